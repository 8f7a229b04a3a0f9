//! The trash: who put what there, and what goes out of it for good.
//!
//! Of a record that is gone for good a row of the directory remains, with nothing in it: the change log, links that still lead there
//! and the addresses of merged records have something to refer to. Its `anchor` is 0, which is nobody's row.

use std::collections::{HashMap, HashSet};

use base::{Id, Result, Rid};
use chrono::{DateTime, Utc};
use meta::{Catalogue, Model};

use crate::records::{by_chunks, pointing};
use crate::sql::Sql;
use crate::{Tx, search};

/// How a record came into the trash.
#[derive(Clone, Debug, PartialEq)]
pub struct Binned {
    pub by: Option<Rid>,
    /// What it lives on in.
    pub merged_into: Option<Rid>,
    /// The act that put it there.
    pub operation: Option<Id>,
}

/// How some records came into the trash.
pub fn binned(tx: &Tx, rids: &[Rid]) -> Result<HashMap<Rid, Binned>> {
    let found = by_chunks(rids, |chunk| {
        let mut sql = Sql::new(
            "SELECT r.rid, r.deleted_by, r.merged_into, o.id FROM record r LEFT JOIN operation o ON o.op = \
             (SELECT max(c.op) FROM change c WHERE c.record = r.rid AND c.verb = 'delete') WHERE r.rid IN ",
        );
        sql.bind_list(chunk.iter().copied());
        tx.query(&sql)?
            .iter()
            .map(|row| {
                let operation = row.id(3).ok();
                Ok((
                    row.rid(0),
                    Binned { by: row.opt_int(1).map(Rid), merged_into: row.opt_int(2).map(Rid), operation },
                ))
            })
            .collect()
    })?;
    Ok(found.into_iter().collect())
}

/// Records that lie there since before a moment, after a row; with the keys of their entities.
pub fn due(tx: &Tx, before: DateTime<Utc>, after: Rid, limit: usize) -> Result<Vec<(Rid, String)>> {
    let mut sql = Sql::new("SELECT rid, entity FROM record WHERE deleted_at < ");
    sql.bind(before).push(" AND anchor <> 0 AND rid > ").bind(after).push(" ORDER BY rid LIMIT ");
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(tx.query(&sql)?.iter().map(|row| (row.rid(0), row.text(1).to_owned())).collect())
}

/// Of these records of an entity, those that something else leads to; what is itself among `going` does not count.
pub fn led_to(
    tx: &Tx,
    catalogue: &Catalogue,
    model: &Model,
    rids: &[Rid],
    going: &HashSet<Rid>,
) -> Result<HashSet<Rid>> {
    let mut led_to = HashSet::new();
    for (from, at) in catalogue.links_to(model.entity.key).into_iter().chain(catalogue.any_links()) {
        let rows = pointing(tx, from, at, rids, usize::MAX)?;
        let rows: Vec<Rid> = rows.into_iter().filter(|rid| !going.contains(rid)).collect();
        for record in crate::records::load_columns(tx, from, &rows, &[at], false)? {
            led_to.extend(record.values[at].links().iter().filter(|rid| rids.contains(rid)));
        }
    }
    Ok(led_to)
}

/// Takes records out of the trash for good: their rows, what they are found by, and what their history says.
pub fn empty(tx: &Tx, model: &Model, rids: &[Rid]) -> Result<()> {
    for chunk in rids.chunks(200) {
        for rid in chunk {
            search::put(tx, *rid, "", true)?;
        }
        let each = |head: &str, tail: &str| {
            let mut sql = Sql::new(head);
            sql.bind_list(chunk.iter().copied()).push(tail);
            tx.execute(&sql)
        };
        let said = "(SELECT id FROM comment WHERE record IN ";
        each(&format!("DELETE FROM comment_mention WHERE comment IN {said}"), ")")?;
        each(&format!("DELETE FROM comment_file WHERE comment IN {said}"), ")")?;
        each("DELETE FROM comment WHERE record IN ", "")?;
        each("DELETE FROM lookup WHERE record IN ", "")?;
        each("DELETE FROM tie WHERE record IN ", "")?;
        each("DELETE FROM share WHERE record IN ", "")?;
        each("UPDATE change SET fields = NULL WHERE record IN ", "")?;
        each(&format!("DELETE FROM \"{}\" WHERE rid IN ", model.entity.key), "")?;
        each("UPDATE record SET title = '', title_key = '', anchor = 0 WHERE rid IN ", "")?;
    }
    Ok(())
}
