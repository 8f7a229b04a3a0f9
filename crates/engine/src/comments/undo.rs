//! Taking back what was said, changed or taken away.

use base::{Error, Id, Result};
use meta::Catalogue;
use meta::access::Verb;
use serde_json::{Map, Value as Json};
use store::log::{Entry, NewEntry, Operation};
use store::{Sql, Tx};

use super::{VERB, put};
use crate::Actor;
use crate::query::row_for;
use crate::undo::{Kept, Undone};
use crate::write::begin;

/// The entry of an operation that is about a comment; none of any other.
pub(crate) fn is_comment(tx: &Tx, operation: &Operation) -> Result<Option<Entry>> {
    if !matches!(operation.verb.as_str(), VERB | "undo") {
        return Ok(None);
    }
    let entries = store::log::of_operation(tx, operation.op, 0, 2)?;
    Ok(entries.into_iter().next().filter(|entry| entry.verb == VERB))
}

/// The text goes back to what it was, unless somebody changed it since.
pub(crate) fn take_back(
    tx: &Tx,
    catalogue: &Catalogue,
    actor: &Actor,
    operation: &Operation,
    entry: &Entry,
) -> Result<Undone> {
    let found = store::records::entries(tx, &[entry.record])?.pop().ok_or(Error::Missing)?;
    let found = store::records::standing(tx, found)?;
    let model = catalogue.model(&found.entity).ok_or(Error::Missing)?;
    row_for(tx, actor, catalogue, model, found.id, Verb::View)?;
    let (op, id) = begin(tx, actor, "undo", &operation.entity, 0, Some(operation.op))?;
    let mut undone = Undone { operation: Some(id), ..Undone::default() };
    let mut fields = Map::new();
    for (key, pair) in &entry.fields {
        let comment: Id = key.parse().map_err(|_| Error::fault("a comment without an id"))?;
        let sql = Sql::new("SELECT text, deleted_at FROM comment WHERE id = $1").with(comment);
        let row = tx.first(&sql)?.ok_or(Error::Missing)?;
        let stands = row.opt_int(1).is_none().then(|| row.text(0));
        if stands != pair[1].as_str() {
            let why = "It was changed since".into();
            undone.kept.push(Kept { record: found.id, title: found.title.clone(), field: None, why });
            continue;
        }
        put(tx, comment, pair[0].as_str())?;
        fields.insert(key.clone(), Json::Array(vec![pair[1].clone(), pair[0].clone()]));
        undone.reverted += 1;
    }
    store::log::more_records(tx, op, undone.reverted)?;
    store::log::write(tx, op, &[NewEntry { record: entry.record, version: entry.version, verb: VERB, fields }])?;
    Ok(undone)
}
