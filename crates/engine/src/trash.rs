//! The trash: what lies there and who put it there, and what goes out of it for good after a number of days.
//!
//! By default nothing goes by itself: what is lost is lost for good, so an administrator says so first.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use base::{Error, Id, Problem, Result, Rid, say};
use chrono::NaiveDate;
use meta::{Catalogue, Record};
use store::{Lane, Tx};

use crate::titles::{Linked, Titles};
use crate::{Actor, Engine};

/// The setting with the days that records lie in the trash; 0 and nothing are for ever.
const DAYS: &str = "trash_days";
/// The setting with the day on which it was last emptied.
const EMPTIED: &str = "trash_emptied";
/// Ten years.
const MOST: u32 = 3650;

/// Records looked at together.
const SOME: usize = 200;
/// One transaction, on usual machines.
const TRANSACTION: Duration = Duration::from_millis(40);

/// How a record came into the trash, as far as one may see it.
#[derive(Debug)]
pub struct InTrash {
    pub by: Option<String>,
    /// What it was merged into, with its id.
    pub merged_into: Option<Linked>,
    pub operation: Option<Id>,
}

impl Engine {
    /// After how many days records go out of the trash for good; 0 is never.
    pub fn trash_days(&self) -> Result<u32> {
        Ok(self.setting(DAYS)?.and_then(|days| days.parse().ok()).unwrap_or(0))
    }

    /// # Errors
    /// `Denied` unless an administrator says so, `Refused` over ten years.
    pub fn set_trash_days(&self, actor: &Actor, days: u32) -> Result<()> {
        if !actor.person.rights.admin {
            return Err(Error::Denied("Only an administrator decides this".into()));
        }
        if days > MOST {
            let text = say!("At most {count} days, or 0 for never", count = MOST as usize);
            return Err(Problem::at("days", "invalid", text).into());
        }
        self.set_setting(DAYS, &days.to_string())
    }

    /// Who put records into the trash, and what became of those that were merged.
    pub fn in_trash(&self, actor: &Actor, records: &[Record]) -> Result<HashMap<Rid, InTrash>> {
        let catalogue = self.seen(actor);
        let rids: Vec<Rid> = records.iter().map(|record| record.rid).collect();
        self.store.read(|tx| {
            let binned = store::trash::binned(tx, &rids)?;
            let others = binned.values().flat_map(|one| one.by.into_iter().chain(one.merged_into));
            let titles = Titles::of_rows(tx, actor, &catalogue, &others.collect::<HashSet<Rid>>())?;
            let of = |rid: Option<Rid>| rid.and_then(|rid| titles.get(rid));
            let one = |(rid, one): (Rid, store::trash::Binned)| {
                let by = of(one.by).map(|linked| linked.title.clone());
                (rid, InTrash { by, merged_into: of(one.merged_into).cloned(), operation: one.operation })
            };
            Ok(binned.into_iter().map(one).collect())
        })
    }

    /// Once a day, what has lain in the trash for as long as the administrator allows goes for good. What something else still
    /// leads to stays until that goes, too. How many records went.
    pub fn empty_trash(&self, today: NaiveDate) -> Result<usize> {
        let days = self.trash_days()?;
        if days == 0 || self.setting(EMPTIED)?.is_some_and(|day| day == today.to_string()) {
            return Ok(0);
        }
        let before = base::clock::now() - chrono::Duration::days(days.into());
        let mut gone = 0;
        // What led to something is gone after the first round, and so on.
        loop {
            let round = self.empty_round(before)?;
            gone += round;
            if round == 0 {
                break;
            }
        }
        self.set_setting(EMPTIED, &today.to_string())?;
        Ok(gone)
    }

    fn empty_round(&self, before: chrono::DateTime<chrono::Utc>) -> Result<usize> {
        let (mut after, mut gone) = (Some(Rid(0)), 0);
        while let Some(from) = after {
            let (next, some) = self.write(Lane::Jobs, |tx, catalogue| {
                let (begun, mut last, mut some) = (Instant::now(), from, 0);
                loop {
                    let due = store::trash::due(tx, before, last, SOME)?;
                    let Some((end, _)) = due.last() else { return Ok((None, some)) };
                    last = *end;
                    some += empty(tx, catalogue, due)?;
                    if tx.wanted() || begun.elapsed() >= TRANSACTION {
                        return Ok((Some(last), some));
                    }
                }
            })?;
            (after, gone) = (next, gone + some);
        }
        Ok(gone)
    }
}

fn empty(tx: &Tx, catalogue: &Catalogue, due: Vec<(Rid, String)>) -> Result<usize> {
    let mut going: HashSet<Rid> = due.iter().map(|(rid, _)| *rid).collect();
    let mut by_entity: HashMap<String, Vec<Rid>> = HashMap::new();
    due.into_iter().for_each(|(rid, entity)| by_entity.entry(entity).or_default().push(rid));
    // Who did something stays known.
    by_entity.retain(|entity, _| catalogue.model(entity).is_some_and(|model| !model.entity.house));
    // What something leads to that stays, stays as well, and what that leads to.
    loop {
        let mut stays = HashSet::new();
        for (entity, rids) in &by_entity {
            let Some(model) = catalogue.model(entity) else { continue };
            stays.extend(store::trash::led_to(tx, catalogue, model, rids, &going)?);
        }
        let before = going.len();
        going.retain(|rid| !stays.contains(rid));
        if going.len() == before {
            break;
        }
    }
    let mut gone = 0;
    for (entity, rids) in &by_entity {
        let Some(model) = catalogue.model(entity) else { continue };
        let rids: Vec<Rid> = rids.iter().copied().filter(|rid| going.contains(rid)).collect();
        store::trash::empty(tx, model, &rids)?;
        gone += rids.len();
    }
    Ok(gone)
}
