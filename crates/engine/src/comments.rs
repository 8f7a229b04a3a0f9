//! What people say of a record, whatever it is: read and written by whoever sees it, changed by who wrote it.
//!
//! A comment is no record of its own: who sees the record sees it, and nothing else has to be asked. What was said, changed and taken
//! away is in the change log of the record, and can be undone as other operations are.

mod mentions;
mod undo;

use std::collections::{HashMap, HashSet};

use base::{Error, Id, Problem, Result, Rid, say};
use chrono::{DateTime, Utc};
use meta::access::Verb;
use meta::{Catalogue, Model};
use serde_json::{Map, json};
use store::files::File;
use store::log::NewEntry;
use store::{Lane, Row, Sql, Tx};

use crate::write::begin;
use crate::{Actor, Engine, Titles, files, notices, query};

pub use mentions::mentioned_in;
pub(crate) use undo::{is_comment, take_back};

/// The verb of an operation on a comment, and of its entry in the log: `{comment: [old text, new text]}`, null where there is none.
pub const VERB: &str = "comment";

/// Characters and files of one comment.
pub const LONGEST: usize = 10_000;
pub const MOST_FILES: usize = 10;

#[derive(Debug)]
pub struct Comment {
    pub id: Id,
    /// None for the program.
    pub by: Option<Rid>,
    pub text: String,
    pub at: DateTime<Utc>,
    pub changed_at: Option<DateTime<Utc>>,
    /// Users that are named in it.
    pub mentions: Vec<Rid>,
    pub files: Vec<File>,
    /// Whether who asks may change it and take it away.
    pub may_change: bool,
}

#[derive(Debug)]
pub struct Comments {
    /// The earliest first.
    pub items: Vec<Comment>,
    /// Of who wrote them and who is named.
    pub titles: Titles,
    /// Whether there are earlier ones.
    pub earlier: bool,
}

/// A comment that was written, changed or taken away; no operation where nothing was another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    pub id: Id,
    pub operation: Option<Id>,
}

/// Where a comment stands: the path of its record's kind, and the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub path: &'static str,
    pub record: Id,
    pub text: String,
}

impl Engine {
    /// The last comments of a record that one sees, or those before one of them.
    pub fn comments(
        &self,
        actor: &Actor,
        path: &str,
        record: Id,
        before: Option<Id>,
        limit: usize,
    ) -> Result<Comments> {
        let catalogue = self.catalogue();
        let (model, _) = query::at(&catalogue, path)?;
        self.store.read(|tx| {
            let rid = query::row_for(tx, actor, &catalogue, model, record, Verb::View)?;
            let mut items = of_record(tx, actor, rid, before, limit + 1)?;
            let earlier = items.len() > limit;
            items.truncate(limit);
            items.reverse();
            besides(tx, &mut items)?;
            let people: HashSet<Rid> =
                items.iter().flat_map(|one| one.mentions.iter().copied().chain(one.by)).collect();
            let titles = Titles::of_rows(tx, actor, &catalogue, &people)?;
            Ok(Comments { items, titles, earlier })
        })
    }

    /// Says something of a record that one sees; `files` are uploads of one's own.
    pub fn comment(&self, actor: &Actor, path: &str, record: Id, text: &str, files: &[Id]) -> Result<Said> {
        let text = checked(text, files)?;
        self.write(Lane::People, |tx, catalogue| {
            let (model, _) = query::at(catalogue, path)?;
            let rid = query::row_for(tx, actor, catalogue, model, record, Verb::View)?;
            let (op, operation) = operation(tx, actor, model, rid)?;
            let known = files::usable(tx, actor, catalogue, files)?;
            if known.len() != files.len() || !(files.is_empty() || store::files::take_up(tx, files)?) {
                return Err(Problem::at("files", "missing", "There is no such file").into());
            }
            let id = Id::new();
            let mut sql = Sql::new("INSERT INTO comment (id, record, by_user, text, at) VALUES (");
            sql.bind(id).push(", ").bind(rid).push(", ").bind(actor.user()).push(", ").bind(text.as_str());
            sql.push(", ").bind(base::clock::now()).push(")");
            tx.execute(&sql)?;
            for file in files {
                let sql = Sql::new("INSERT INTO comment_file (comment, file) VALUES ($1, $2)").with(id).with(*file);
                tx.execute(&sql)?;
            }
            mentions::keep(tx, id, &text)?;
            log(tx, op, model, rid, id, (None, Some(&text)))?;
            let named = mentions::users(tx, &text)?;
            notices::told_of_comment(tx, op, model, rid, (id, &text), &named, true)?;
            Ok(Said { id, operation: Some(operation) })
        })
    }

    /// Where a comment stands that one may change.
    pub fn own_comment(&self, actor: &Actor, id: Id) -> Result<Place> {
        let catalogue = self.catalogue();
        self.store.read(|tx| {
            let own = own(tx, actor, &catalogue, id)?;
            Ok(Place { path: own.model.entity.path, record: own.record, text: own.text })
        })
    }

    /// Gives a comment another text: one's own, or anybody's for administrators.
    pub fn change_comment(&self, actor: &Actor, id: Id, text: &str) -> Result<Said> {
        let text = checked(text, &[])?;
        self.write(Lane::People, |tx, catalogue| {
            let own = own(tx, actor, catalogue, id)?;
            if own.text == text {
                return Ok(Said { id, operation: None });
            }
            let (op, operation) = operation(tx, actor, own.model, own.rid)?;
            let before = mentions::users(tx, &own.text)?;
            put(tx, id, Some(&text))?;
            log(tx, op, own.model, own.rid, id, (Some(&own.text), Some(&text)))?;
            let mut named = mentions::users(tx, &text)?;
            named.retain(|user| !before.contains(user));
            notices::told_of_comment(tx, op, own.model, own.rid, (id, &text), &named, false)?;
            Ok(Said { id, operation: Some(operation) })
        })
    }

    /// Takes a comment away: one's own, or anybody's for administrators.
    pub fn delete_comment(&self, actor: &Actor, id: Id) -> Result<Said> {
        self.write(Lane::People, |tx, catalogue| {
            let own = own(tx, actor, catalogue, id)?;
            let (op, operation) = operation(tx, actor, own.model, own.rid)?;
            put(tx, id, None)?;
            log(tx, op, own.model, own.rid, id, (Some(&own.text), None))?;
            Ok(Said { id, operation: Some(operation) })
        })
    }
}

fn checked(text: &str, files: &[Id]) -> Result<String> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() && files.is_empty() {
        return Err(Problem::at("text", "required", "Write something first").into());
    }
    if text.chars().count() > LONGEST {
        let text = say!("The comment is longer than {most} characters", most = LONGEST);
        return Err(Problem::at("text", "too_long", text).into());
    }
    if files.len() > MOST_FILES {
        let text = say!("A comment has {most} files at most", most = MOST_FILES);
        return Err(Problem::at("files", "too_many", text).into());
    }
    Ok(text)
}

/// Begins an operation on a comment of a record that is not in the trash.
fn operation(tx: &Tx, actor: &Actor, model: &Model, rid: Rid) -> Result<(i64, Id)> {
    let binned = store::records::entries(tx, &[rid])?.iter().any(|entry| entry.deleted_at.is_some());
    if binned {
        return Err(Problem::whole("deleted", "It is in the trash").into());
    }
    begin(tx, actor, VERB, model.entity.key, 1, None)
}

/// A comment that may be changed.
struct Own<'a> {
    model: &'a Model,
    rid: Rid,
    record: Id,
    text: String,
}

fn own<'a>(tx: &Tx, actor: &Actor, catalogue: &'a Catalogue, id: Id) -> Result<Own<'a>> {
    let sql = Sql::new("SELECT record, by_user, text FROM comment WHERE id = $1 AND deleted_at IS NULL").with(id);
    let row = tx.first(&sql)?.ok_or(Error::Missing)?;
    let entry = store::records::entries(tx, &[row.rid(0)])?.pop().ok_or(Error::Missing)?;
    let entry = store::records::standing(tx, entry)?;
    let model = catalogue.model(&entry.entity).ok_or(Error::Missing)?;
    query::row_for(tx, actor, catalogue, model, entry.id, Verb::View)?;
    let by = row.opt_int(1).map(Rid);
    if !may_change(actor, by) {
        return Err(Error::Denied("Only who wrote a comment changes it".into()));
    }
    Ok(Own { model, rid: entry.rid, record: entry.id, text: row.text(2).to_owned() })
}

fn may_change(actor: &Actor, by: Option<Rid>) -> bool {
    actor.person.rights.admin || (by.is_some() && by == actor.user())
}

/// Another text, or none: then it is taken away.
fn put(tx: &Tx, id: Id, text: Option<&str>) -> Result<()> {
    let now = base::clock::now();
    let sql = match text {
        Some(text) => Sql::new("UPDATE comment SET deleted_at = NULL, changed_at = $1, text = $2 WHERE id = $3")
            .with(now)
            .with(text)
            .with(id),
        None => Sql::new("UPDATE comment SET deleted_at = $1 WHERE id = $2").with(now).with(id),
    };
    tx.execute(&sql)?;
    text.map_or(Ok(()), |text| mentions::keep(tx, id, text))
}

fn log(tx: &Tx, op: i64, model: &Model, rid: Rid, id: Id, (old, new): (Option<&str>, Option<&str>)) -> Result<()> {
    let record = store::records::load_columns(tx, model, &[rid], &[], false)?.pop().ok_or(Error::Missing)?;
    let fields = Map::from_iter([(id.to_string(), json!([old, new]))]);
    store::log::write(tx, op, &[NewEntry { record: rid, version: record.version, verb: VERB, fields }])
}

/// Of a record and of those that were merged into it, the latest first.
fn of_record(tx: &Tx, actor: &Actor, rid: Rid, before: Option<Id>, limit: usize) -> Result<Vec<Comment>> {
    let mut sql = Sql::new("WITH RECURSIVE one (rid) AS (SELECT rid FROM record WHERE rid = ");
    sql.bind(rid);
    sql.push(" UNION SELECT r.rid FROM record r JOIN one ON r.merged_into = one.rid) ");
    sql.push("SELECT c.id, c.by_user, c.text, c.at, c.changed_at FROM comment c JOIN one ON c.record = one.rid ");
    sql.push("WHERE c.deleted_at IS NULL");
    if let Some(before) = before {
        sql.push(" AND (c.at, c.id) < (SELECT at, id FROM comment WHERE id = ").bind(before).push(")");
    }
    sql.push(" ORDER BY c.at DESC, c.id DESC LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    tx.query(&sql)?.iter().map(|row| comment(actor, row)).collect()
}

fn comment(actor: &Actor, row: &Row) -> Result<Comment> {
    let by = row.opt_int(1).map(Rid);
    Ok(Comment {
        id: row.id(0)?,
        by,
        text: row.text(2).to_owned(),
        at: row.instant(3),
        changed_at: row.opt_instant(4),
        mentions: Vec::new(),
        files: Vec::new(),
        may_change: may_change(actor, by),
    })
}

/// Reads the files of some comments, and who is named in them.
fn besides(tx: &Tx, items: &mut [Comment]) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let ids = || items.iter().map(|one| one.id);
    let mut sql = Sql::new("SELECT comment, user_rid FROM comment_mention WHERE comment IN ");
    sql.bind_list(ids());
    let named = tx.query(&sql)?;
    let mut sql = Sql::new("SELECT comment, file FROM comment_file WHERE comment IN ");
    sql.bind_list(ids());
    let held = tx.query(&sql)?.iter().map(|row| Ok((row.id(0)?, row.id(1)?))).collect::<Result<Vec<(Id, Id)>>>()?;
    let known = store::files::known(tx, &held.iter().map(|(_, file)| *file).collect::<Vec<_>>())?;
    let known: HashMap<Id, File> = known.into_iter().map(|file| (file.id, file)).collect();
    let places: HashMap<Id, usize> = items.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
    for row in &named {
        if let Some(at) = places.get(&row.id(0)?) {
            items[*at].mentions.push(row.rid(1));
        }
    }
    for (comment, file) in held {
        if let (Some(at), Some(file)) = (places.get(&comment), known.get(&file)) {
            items[*at].files.push(file.clone());
        }
    }
    items.iter_mut().for_each(|one| one.files.sort_by(|one, other| one.name.cmp(&other.name)));
    Ok(())
}
