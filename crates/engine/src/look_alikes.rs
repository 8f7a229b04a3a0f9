//! Records that may be what someone is about to write a second time: told while they type.
//!
//! The same code, number or e-mail in any writing, by the lookup table; or a near name in the same town, by the search index.

use std::collections::{HashMap, HashSet};

use base::names::telling_words;
use base::{Result, Rid};
use meta::access::Verb;
use meta::normal::normalise;
use meta::{Catalogue, Change, Model, Record, Value};
use store::Tx;
use store::list::Trash;
use store::search::Scope;

use crate::alike::{Sketch, Strength, holders, keys, town};
use crate::query::at;
use crate::search::{Found, described};
use crate::{Actor, Engine, access};

/// A record that may be the same.
#[derive(Clone, Debug, PartialEq)]
pub struct LookAlike {
    pub found: Found,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The field at this position says the same.
    Same(usize),
    /// The same name, and nothing says that it is in another town.
    SameName,
    /// A near name in the same town.
    NearName,
}

/// So many are told.
const TOLD: usize = 5;
/// Names that the index finds are looked at up to here.
const LOOKED_AT: usize = 40;
/// Words of a name that are asked for one by one, when all together find too little.
const ONE_BY_ONE: usize = 3;
/// Shorter names are near to too many.
const SHORTEST: usize = 3;

impl Engine {
    /// Records of an entity that may be the same as one with these values, as far as one may see them: the surest first, five at
    /// most. What does not hold in the values is passed over. `except` is the record itself, where it is there already.
    pub fn look_alikes(
        &self,
        actor: &Actor,
        path: &str,
        values: Vec<(usize, Value)>,
        except: Option<Rid>,
    ) -> Result<Vec<LookAlike>> {
        let catalogue = self.catalogue();
        let (model, _) = at(&catalogue, path)?;
        self.store.read(|tx| among(tx, actor, &catalogue, model, values.clone(), except))
    }
}

/// As [`Engine::look_alikes`] answers, in a transaction.
pub(crate) fn among(
    tx: &Tx,
    actor: &Actor,
    catalogue: &Catalogue,
    model: &Model,
    values: Vec<(usize, Value)>,
    except: Option<Rid>,
) -> Result<Vec<LookAlike>> {
    let Some(seen) = access::allowed(&actor.person, model, None, Verb::View) else { return Ok(Vec::new()) };
    let values = completed(actor, catalogue, model, values);
    let mut ways: Vec<(Strength, Option<usize>, Rid)> = by_keys(tx, model, &values)?;
    let by_name = by_name(tx, catalogue, Scope { model, seen, trash: Trash::Without }, &values)?;
    ways.extend(by_name.into_iter().map(|rid| (Strength::Name, None, rid)));
    ways.retain(|(_, _, rid)| Some(*rid) != except);
    let rids: HashSet<Rid> = ways.iter().map(|(_, _, rid)| *rid).collect();
    let rids: Vec<Rid> = rids.into_iter().collect();
    let seen = access::among(tx, actor, catalogue, model, &rids, Verb::View)?;
    let rids: Vec<Rid> = rids.into_iter().filter(|rid| seen.contains(rid)).collect();
    let records = store::records::load(tx, model, &rids, false)?.into_iter();
    let live = records.filter(|record| record.deleted_at.is_none());
    let records: HashMap<Rid, Record> = live.map(|record| (record.rid, record)).collect();
    let chosen = chosen(model, &values, ways, &records);
    let entries = store::records::entries(tx, &chosen.iter().map(|(rid, _)| *rid).collect::<Vec<_>>())?;
    let mut found: HashMap<Rid, Found> =
        described(tx, catalogue, entries)?.into_iter().map(|found| (found.rid, found)).collect();
    let told = chosen.into_iter().filter_map(|(rid, why)| Some(LookAlike { found: found.remove(&rid)?, why }));
    Ok(told.collect())
}

/// The values in normal form, and what the rules make of them: the name, the town. Nothing is refused.
fn completed(actor: &Actor, catalogue: &Catalogue, model: &Model, typed: Vec<(usize, Value)>) -> Vec<Value> {
    let mut after = vec![Value::Null; model.fields.len()];
    for (at, value) in typed {
        if let Ok(value) = normalise(value, &model.fields[at], &mut Vec::new()) {
            after[at] = value;
        }
    }
    let titles = HashMap::new();
    let mut change = Change {
        model,
        catalogue,
        before: None,
        after,
        today: actor.today(),
        now: base::clock::now(),
        by: actor.user(),
        titles: &titles,
        linked: &Default::default(),
        by_program: false,
    };
    for rule in model.entity.rules {
        let _ = rule(&mut change);
    }
    change.after
}

fn by_keys(tx: &Tx, model: &Model, values: &[Value]) -> Result<Vec<(Strength, Option<usize>, Rid)>> {
    let mut found = Vec::new();
    for at in model.positions(model.entity.keys) {
        for key in keys(model, &[at], false, values) {
            let rids = holders(tx, model, &key.kind, std::slice::from_ref(&key.key))?.into_values().flatten();
            found.extend(rids.map(|rid| (key.strength, Some(at), rid)));
        }
    }
    Ok(found)
}

/// What is called nearly so, by the directory and by the index; whether it is near enough is not asked yet.
fn by_name(tx: &Tx, catalogue: &Catalogue, scope: Scope, values: &[Value]) -> Result<HashSet<Rid>> {
    let model = scope.model;
    let title = values[model.title].text();
    if title.chars().count() < SHORTEST {
        return Ok(HashSet::new());
    }
    let key = base::text_key(title);
    let mut rids: HashSet<Rid> = holders(tx, model, "", &[key])?.into_values().flatten().collect();
    rids.extend(store::search::by_title(tx, model.entity.key, title, LOOKED_AT)?);
    let (words, town) = (telling_words(title), town(values));
    if town.is_empty() || words.is_empty() {
        return Ok(rids);
    }
    let ask = |words: &str, rids: &mut HashSet<Rid>| -> Result<()> {
        rids.extend(store::search::find_begun(tx, catalogue, &scope, &format!("{words} {town}"), LOOKED_AT)?);
        Ok(())
    };
    // A slip of the finger is rarely at the beginning of a word, and more rarely in all words.
    let begun: Vec<String> = words.iter().map(|word| beginning(word)).collect();
    ask(&words.join(" "), &mut rids)?;
    ask(&begun.join(" "), &mut rids)?;
    if rids.len() < TOLD && words.len() > 1 {
        let mut longest: Vec<&String> = words.iter().filter(|word| word.chars().count() > SHORTEST).collect();
        longest.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        for word in longest.into_iter().take(ONE_BY_ONE) {
            ask(word, &mut rids)?;
        }
    }
    Ok(rids)
}

/// Two thirds of a word.
fn beginning(word: &str) -> String {
    let length = word.chars().count();
    word.chars().take(SHORTEST.max(length * 2 / 3)).collect()
}

/// The best way to each, as far as it holds; the surest first.
fn chosen(
    model: &Model,
    values: &[Value],
    ways: Vec<(Strength, Option<usize>, Rid)>,
    records: &HashMap<Rid, Record>,
) -> Vec<(Rid, Why)> {
    let (mine, words, town) = (Sketch::of(model, values), telling_words(values[model.title].text()), town(values));
    let mut best: HashMap<Rid, (u8, u8, Why)> = HashMap::new();
    for (strength, field, rid) in ways {
        let Some(record) = records.get(&rid) else { continue };
        let theirs = telling_words(&record.title);
        let nearness = nearness(&words, &theirs);
        let there = self::town(&record.values);
        let why = match field {
            Some(at) => Why::Same(at),
            None if !mine.is_kindred(&Sketch::of(model, &record.values)) => continue,
            None if nearness == 0 && (there == town || there.is_empty() || town.is_empty()) => Why::SameName,
            None if nearness <= 1 && there == town && !town.is_empty() => Why::NearName,
            None => continue,
        };
        let rank = (strength as u8, nearness, why);
        let known = best.entry(rid).or_insert(rank);
        if (rank.0, rank.1) < (known.0, known.1) {
            *known = rank;
        }
    }
    let mut chosen: Vec<_> = best.into_iter().collect();
    chosen.sort_by_key(|(rid, (strength, nearness, _))| (*strength, *nearness, *rid));
    chosen.into_iter().take(TOLD).map(|(rid, (.., why))| (rid, why)).collect()
}

/// 0 the same words in any order, 1 nearly, 2 another name.
fn nearness(mine: &[String], theirs: &[String]) -> u8 {
    let (few, many) = if mine.len() <= theirs.len() { (mine, theirs) } else { (theirs, mine) };
    if few.is_empty() {
        return 2;
    }
    let mut rest: Vec<&String> = many.iter().collect();
    let (mut same, mut near) = (0, 0);
    for word in few {
        let least = rest.iter().enumerate().map(|(at, other)| (distance(word, other), at)).min();
        match least {
            Some((0, at)) => {
                rest.remove(at);
                same += 1;
            }
            Some((1, at)) => {
                rest.remove(at);
                near += 1;
            }
            _ => {}
        }
    }
    let met = same + near;
    match () {
        _ if same == few.len() && few.len() == many.len() => 0,
        // All words of the shorter, or two of three.
        _ if met == few.len() && many.len() <= met + 1 => 1,
        _ if met >= 2 && met * 3 >= many.len() * 2 => 1,
        _ => 2,
    }
}

/// 0 the same, 1 a slip of the finger away, 2 another word.
fn distance(one: &str, other: &str) -> u8 {
    let length = one.chars().count().min(other.chars().count());
    let most = match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    match strsim::osa_distance(one, other) {
        0 => 0,
        some if some <= most => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_near_when_a_slip_or_a_word_makes_the_difference() {
        let near = |one, other| nearness(&telling_words(one), &telling_words(other));
        assert_eq!(near("Carpenteria Brambati S.r.l.", "BRAMBATI CARPENTERIA SPA"), 0);
        assert_eq!(near("Carpenteria Brambati", "Carpenteria Brambatti"), 1);
        assert_eq!(near("Carpenteria Brambati", "Carpenteria Brambati e Figli"), 1);
        assert_eq!(near("Carpenteria Brambati", "Carpenteria Rossi"), 2);
        assert_eq!(near("Bar Roma", "Bar Milano"), 2);
        assert_eq!(near("", "Bar"), 2);
    }
}
