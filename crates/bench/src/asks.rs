//! What is asked of the measured records: the page of a company, a field saved, and the four ways of searching.

use base::{Result, Rid};
use engine::{Actor, Engine, Query};
use meta::{Filter, Op};

use crate::cast;
use crate::client::{Ask, Visitor};

/// Records that are saved in turn.
const SAVED: usize = 500;
/// Different words of each way of searching.
const WORDS: usize = 40;

/// The company with twenty people, three sites and fifty changes.
pub fn record(engine: &Engine) -> Result<Ask> {
    let mut query = Query::all("companies");
    query.filter = Filter::test("code", Op::Eq, "0000000");
    let found = engine.list(&Actor::program(), &query, &[], None, 1)?;
    let id = found.records.first().map(|record| record.id).ok_or(base::Error::Missing)?;
    Ok(Ask::page(format!("/companies/{id}")))
}

/// One field of one record, saved in its place; another record and another value each time.
pub fn saves(engine: &Engine) -> Result<impl Fn(usize) -> Ask + Sync> {
    let rids: Vec<Rid> =
        engine.rids(&Actor::program(), &Query::all("companies"), meta::access::Verb::Change, Rid(100), SAVED)?;
    let entries = engine.store.read(|tx| store::records::entries(tx, &rids))?;
    let urls: Vec<String> = entries.iter().map(|entry| format!("/companies/{}/fields/employees", entry.id)).collect();
    Ok(move |number: usize| Ask::form(urls[number % urls.len()].clone(), format!("employees={}", number + 1)))
}

/// A list filtered and sorted by a field that the house has added, of thirty.
pub fn by_an_added_field(number: usize) -> Ask {
    let (from, field) = (number % 300, cast::SEATS);
    Ask::page(format!("/companies?{field}[ge]={from}&{field}[le]={}&sort={field}", from + 40))
}

/// The columns of a board, with the cards that one sees of each at first.
pub fn board() -> Ask {
    Ask::page("/opportunities?shape=board")
}

/// As they are asked for while somebody types a company's name and number.
pub fn look_alikes(number: usize, rows: usize) -> Ask {
    let index = (number * 7919 * 5) % rows;
    let form = format!("kind=company&legal_name={}&phones[0].value=347{index:07}", cast::name(index).replace(' ', "+"));
    Ask::form("/companies/look-alikes", form)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Exact,
    Prefix,
    Fragment,
    Typo,
}

impl Way {
    pub const ALL: [Way; 4] = [Way::Exact, Way::Prefix, Way::Fragment, Way::Typo];

    pub fn name(self) -> &'static str {
        match self {
            Way::Exact => "exact",
            Way::Prefix => "prefix",
            Way::Fragment => "fragment",
            Way::Typo => "typo",
        }
    }
}

/// Searches as the box sends them, for records all over the registry; those that find nothing are left out.
pub fn searches(visitor: &Visitor, way: Way, rows: usize) -> Result<Vec<Ask>> {
    let mut asks = Vec::with_capacity(WORDS);
    for number in 0..WORDS * 3 {
        let index = (number * 7919 * 5) % rows;
        let Some(words) = words(way, &cast::name(index)) else { continue };
        let ask = Ask::part(format!("/search?q={}", words.replace(' ', "+")));
        if asks.len() < WORDS && leads_to_a_record(&visitor.text(&ask)?) {
            asks.push(ask);
        }
    }
    Ok(asks)
}

/// What is offered beside records has no id in its address; the ids of records begin with the time, and so with a 0.
fn leads_to_a_record(found: &str) -> bool {
    ["parties", "companies", "people", "leads"].iter().any(|path| found.contains(&format!("href=\"/{path}/0")))
}

/// Of `Officine Barbochi S.r.l.`: all of it; `offic barbo`; `arboch`; `Barobchi`.
fn words(way: Way, name: &str) -> Option<String> {
    let mut parts = name.split(' ');
    let (trade, surname) = (parts.next()?, parts.next()?);
    let letters: Vec<char> = surname.chars().collect();
    if letters.len() < 8 {
        return None;
    }
    Some(match way {
        Way::Exact => name.to_owned(),
        Way::Prefix => {
            let start = |word: &str| word.chars().take(5).collect::<String>();
            format!("{} {}", start(trade), start(surname))
        }
        Way::Fragment => letters[1..7].iter().collect(),
        Way::Typo => {
            let mut letters = letters;
            // Two that differ, not at the beginning.
            let at = (3..letters.len() - 1).find(|at| letters[*at] != letters[at + 1])?;
            letters.swap(at, at + 1);
            letters.into_iter().collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_searched_whole_by_beginnings_by_a_fragment_and_with_two_letters_changed_over() {
        let words = |way| words(way, "Officine Barbocchi S.r.l.").unwrap_or_default();
        assert_eq!(words(Way::Prefix), "Offic Barbo");
        assert_eq!(words(Way::Fragment), "arbocc");
        assert_eq!(words(Way::Typo), "Barobcchi");
    }
}
