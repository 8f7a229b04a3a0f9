//! Taking a merge back: what it put into the trash comes back first, so that links can lead there again.

use std::collections::{HashMap, HashSet};

use base::{Error, Result, Rid};
use meta::Catalogue;
use meta::access::Verb;
use store::Tx;
use store::log::{Entry, Operation};

use super::{Kept, Told};
use crate::merge::kept_by;
use crate::write::move_to;
use crate::{Actor, access};

/// Takes out of the trash what a merge put there.
///
/// # Errors
/// `Denied` without the rights that the merge took: to change the one, to delete the others.
pub(super) fn come_back(
    tx: &Tx,
    catalogue: &Catalogue,
    actor: &Actor,
    merge: &Operation,
    op: i64,
    told: Told,
) -> Result<()> {
    let Told { undone, ending } = told;
    let model = catalogue.model(&merge.entity).ok_or(Error::Missing)?;
    if let Some(one) = kept_by(merge)
        && access::among(tx, actor, catalogue, model, &[one], Verb::Change)?.is_empty()
    {
        return Err(access::denied(Verb::Change));
    }
    let gone = store::log::deleted_by(tx, merge.op)?;
    let mut by_entity: HashMap<String, Vec<Rid>> = HashMap::new();
    for entry in store::records::entries(tx, &gone)? {
        by_entity.entry(entry.entity).or_default().push(entry.rid);
    }
    for (entity, rids) in by_entity {
        let Some(model) = catalogue.model(&entity) else { continue };
        let own = model.entity.key == merge.entity;
        let may = access::among(tx, actor, catalogue, model, &rids, Verb::Delete)?;
        if own && may.len() < rids.len() {
            return Err(access::denied(Verb::Delete));
        }
        let records = store::records::load_columns(tx, model, &rids, &[], true)?;
        let there: HashSet<Rid> = records.iter().map(|record| record.rid).collect();
        let back: Vec<_> = records.iter().filter(|record| record.deleted_at.is_some()).collect();
        move_to(tx, model, op, &back, None, ending)?;
        undone.reverted += back.len();
        // Those that were emptied from the trash meanwhile.
        let lost = store::records::entries(tx, &rids)?.into_iter().filter(|entry| !there.contains(&entry.rid));
        undone.kept.extend(lost.map(|entry| Kept {
            record: entry.id,
            title: entry.title,
            field: None,
            why: "It is not there any more".into(),
        }));
    }
    Ok(())
}

/// When a merge holds again, because its undo was undone, the addresses of what it put away lead to the one again.
pub(super) fn lead_on_again(tx: &Tx, merge: &Operation, entries: &[Entry]) -> Result<()> {
    let Some(one) = kept_by(merge) else { return Ok(()) };
    let back = entries.iter().filter(|entry| entry.verb == "restore").map(|entry| entry.record);
    let back: Vec<Rid> = back.collect();
    let entries = store::records::entries(tx, &back)?;
    let away = entries.into_iter().filter(|entry| entry.deleted_at.is_some() && entry.entity == merge.entity);
    store::records::set_merged(tx, &away.map(|entry| entry.rid).collect::<Vec<_>>(), one)
}
