//! Reading: pages of records, one record, counts; always through the filter of rights.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use base::{Error, Id, Problem, Result, Rid, say};
use meta::access::Verb;
use meta::entity::Face;
use meta::filter::{Column, Where, resolve};
use meta::{Catalogue, Filter, Model, Record};
use store::groups::{By, Group};
use store::list::{ListQuery, Mark, Sort, Trash};
use store::search::Scope;

use crate::sights::conceal;
use crate::titles::Titles;
use crate::{Actor, Engine, access};

/// What is asked of the records of an entity or a face.
#[derive(Clone, Debug)]
pub struct Query {
    /// The path of the entity or face.
    pub path: String,
    pub filter: Filter,
    /// Keys with a leading `-` for descending.
    pub sort: Vec<String>,
    /// Words that the record must be found by.
    pub search: Option<String>,
    /// Only what lies in the trash.
    pub trash: bool,
}

/// A page of records, with what their links lead to.
pub struct Listed {
    pub catalogue: Arc<Catalogue>,
    pub records: Vec<Record>,
    pub titles: Titles,
    pub next: Option<Mark>,
    /// The time to look for them was over before the page was full: `next` goes on with the search.
    pub early: bool,
}

/// How many records match.
pub struct Counted {
    pub found: usize,
    /// There are more, or there may be: counting stopped at [`COUNT_CAP`] or when its time was over.
    pub or_more: bool,
}

/// Counting stops here.
pub const COUNT_CAP: usize = 10_000;

impl Query {
    pub fn all(path: impl Into<String>) -> Query {
        Query { path: path.into(), filter: Filter::everything(), sort: Vec::new(), search: None, trash: false }
    }
}

/// What answers at a path.
pub fn at<'a>(catalogue: &'a Catalogue, path: &str) -> Result<(&'a Model, Option<&'static Face>)> {
    catalogue.at_path(path).ok_or(Error::Missing)
}

impl Engine {
    /// One page, with the fields at the given positions.
    pub fn list(
        &self,
        actor: &Actor,
        query: &Query,
        columns: &[usize],
        after: Option<&Mark>,
        limit: usize,
    ) -> Result<Listed> {
        let catalogue = self.seen(actor);
        let (model, _) = at(&catalogue, &query.path)?;
        let (page, titles) = self.store.read(|tx| {
            let list = compiled(tx, actor, &catalogue, query, Verb::View)?;
            let mut page = page_of(tx, &list, columns, after, limit)?;
            conceal(model, &mut page.records);
            let titles = Titles::of(tx, actor, &catalogue, model, &page.records)?;
            Ok((page, titles))
        })?;
        Ok(Listed { catalogue, records: page.records, titles, next: page.next, early: page.early })
    }

    pub fn count(&self, actor: &Actor, query: &Query) -> Result<Counted> {
        let catalogue = self.seen(actor);
        let counted = self.store.read(|tx| {
            let list = compiled(tx, actor, &catalogue, query, Verb::View)?;
            store::list::count(tx, &list, COUNT_CAP)
        })?;
        Ok(Counted { found: counted.found.min(COUNT_CAP), or_more: counted.early || counted.found > COUNT_CAP })
    }

    /// Counts, and sums of money fields, of what matches, by the values of fields.
    pub fn groups(&self, actor: &Actor, query: &Query, by: &[By], sums: &[usize]) -> Result<Vec<Group>> {
        let catalogue = self.seen(actor);
        let (model, _) = at(&catalogue, &query.path)?;
        if by.iter().map(|by| by.field()).chain(sums.iter().copied()).any(|at| model.fields[at].secret) {
            return Err(Error::Missing);
        }
        let found = self.store.read(|tx| {
            let list = compiled(tx, actor, &catalogue, query, Verb::View)?;
            store::groups::groups(tx, &list, by, sums)
        })?;
        found.ok_or_else(|| {
            Problem::whole("too_many", "There are too many records to sum them up: narrow the filter").into()
        })
    }

    /// Rows that match and that one may do something with, in the order in which they were made: what bulk changes walk.
    pub fn rids(&self, actor: &Actor, query: &Query, verb: Verb, after: Rid, limit: usize) -> Result<Vec<Rid>> {
        let catalogue = self.seen(actor);
        self.store.read(|tx| {
            let list = compiled(tx, actor, &catalogue, query, verb)?;
            store::list::rids(tx, &list, after, limit)
        })
    }

    /// One record with all its fields. What may not be seen is not there. Records in the trash are found too.
    pub fn record(&self, actor: &Actor, path: &str, id: Id) -> Result<Listed> {
        let catalogue = self.seen(actor);
        let (model, _) = at(&catalogue, path)?;
        let (record, titles) = self.store.read(|tx| {
            let mut record = seen(tx, actor, &catalogue, model, id)?;
            conceal(model, std::slice::from_mut(&mut record));
            let titles = Titles::of(tx, actor, &catalogue, model, std::slice::from_ref(&record))?;
            Ok((record, titles))
        })?;
        Ok(Listed { catalogue, records: vec![record], titles, next: None, early: false })
    }

    /// The rows of records by their ids, of one entity, that may be seen; what is not there is left out.
    pub fn rows(&self, actor: &Actor, path: &str, ids: &[Id]) -> Result<Vec<Rid>> {
        let known = self.rows_by_id(actor, path, ids)?;
        Ok(ids.iter().filter_map(|id| known.get(id).copied()).collect())
    }

    /// The same, each with its id.
    pub fn rows_by_id(&self, actor: &Actor, path: &str, ids: &[Id]) -> Result<HashMap<Id, Rid>> {
        let catalogue = self.seen(actor);
        let (model, _) = at(&catalogue, path)?;
        self.store.read(|tx| {
            let mut entries = store::records::entries_by_id(tx, ids)?;
            entries.retain(|entry| entry.entity == model.entity.key);
            let rids: Vec<Rid> = entries.iter().map(|entry| entry.rid).collect();
            let seen = access::among(tx, actor, &catalogue, model, &rids, Verb::View)?;
            let seen = entries.into_iter().filter(|entry| seen.contains(&entry.rid));
            Ok(seen.map(|entry| (entry.id, entry.rid)).collect())
        })
    }

    /// What someone may do with a record that they see: for buttons that would be refused.
    pub fn may(&self, actor: &Actor, path: &str, rid: Rid, verb: Verb) -> Result<bool> {
        Ok(self.among(actor, path, &[rid], verb)?.contains(&rid))
    }

    /// Of these records of one entity, the ones that someone may do something with.
    pub fn among(&self, actor: &Actor, path: &str, rids: &[Rid], verb: Verb) -> Result<HashSet<Rid>> {
        let catalogue = self.seen(actor);
        let (model, _) = at(&catalogue, path)?;
        self.store.read(|tx| access::among(tx, actor, &catalogue, model, rids, verb))
    }
}

/// A page of the store's.
pub(crate) fn page_of(
    tx: &store::Tx,
    list: &ListQuery,
    columns: &[usize],
    after: Option<&Mark>,
    limit: usize,
) -> Result<store::list::Page> {
    store::list::page(tx, list, columns, after, limit)?.ok_or_else(|| {
        let text =
            say!("There are too many records to put them in this order: narrow the filter, or sort by another column");
        Problem::at("sort", "too_many", text).into()
    })
}

/// The row behind an id, following merges; not there when it is of another entity.
pub(crate) fn row_of(tx: &store::Tx, model: &Model, id: Id) -> Result<Rid> {
    let entry = store::records::entries_by_id(tx, &[id])?.into_iter().next();
    let entry = entry.filter(|entry| entry.entity == model.entity.key).ok_or(Error::Missing)?;
    Ok(store::records::standing(tx, entry)?.rid)
}

/// The row of a record that someone may do something with.
///
/// # Errors
/// `Missing` where they do not see it, `Denied` where they see it and no more.
pub(crate) fn row_for(
    tx: &store::Tx,
    actor: &Actor,
    catalogue: &Catalogue,
    model: &Model,
    id: Id,
    verb: Verb,
) -> Result<Rid> {
    let rid = row_of(tx, model, id)?;
    let may = |verb| Ok::<_, Error>(access::among(tx, actor, catalogue, model, &[rid], verb)?.contains(&rid));
    match () {
        () if !may(Verb::View)? => Err(Error::Missing),
        () if verb != Verb::View && !may(verb)? => Err(access::denied(verb)),
        () => Ok(rid),
    }
}

/// A record that someone sees, with all its fields.
pub(crate) fn seen(tx: &store::Tx, actor: &Actor, catalogue: &Catalogue, model: &Model, id: Id) -> Result<Record> {
    let rid = row_for(tx, actor, catalogue, model, id, Verb::View)?;
    store::records::load(tx, model, &[rid], false)?.into_iter().next().ok_or(Error::Missing)
}

pub(crate) fn compiled<'a>(
    tx: &store::Tx,
    actor: &Actor,
    catalogue: &'a Catalogue,
    query: &Query,
    verb: Verb,
) -> Result<ListQuery<'a>> {
    let (model, face) = at(catalogue, &query.path)?;
    let reach = access::allowed(&actor.person, model, face, verb).ok_or_else(|| access::denied(verb))?;
    let asked = resolve(&query.filter, model, catalogue, &actor.asking())?;
    let mut parts = vec![access::guard(asked, actor, model, catalogue), reach];
    if let Some(face) = face {
        parts.push(access::only(model, face));
    }
    let trash = if query.trash { Trash::Only } else { Trash::Without };
    if let Some(words) = query.search.as_deref().filter(|words| !words.trim().is_empty()) {
        let scope = Scope { model, seen: Where::All(parts.clone()), trash };
        parts.push(crate::search::by_words(tx, catalogue, scope, words)?);
    }
    let sort = query.sort.iter().map(|key| sort_of(model, key)).collect::<Result<Vec<_>, _>>()?;
    let mut seen = HashSet::new();
    let sort: Vec<Sort> = sort.into_iter().filter(|sort| seen.insert(sort.by)).take(3).collect();
    Ok(ListQuery { catalogue, model, filter: Where::All(parts), sort, trash })
}

/// `-created_at`: a key, descending.
fn sort_of(model: &Model, key: &str) -> Result<Sort, Problem> {
    let (key, descending) = key.strip_prefix('-').map_or((key, false), |key| (key, true));
    let by = match key {
        // Rows are numbered in the order in which records are made.
        "created_at" | "id" => Column::Id,
        "updated_at" => Column::UpdatedAt,
        key => match model.position(key) {
            Some(at) if model.fields[at].kind.sorts() => Column::Field(at),
            _ => {
                return Err(Problem::at("sort", "unknown", say!("There is no order by {name}", name = key.to_owned())));
            }
        },
    };
    Ok(Sort { by, descending })
}

impl Engine {
    /// The title of a record that one may see, of whatever entity.
    pub fn title_of(&self, actor: &Actor, id: Id) -> Result<Option<String>> {
        let catalogue = self.seen(actor);
        self.store.read(|tx| {
            let Some(entry) = store::records::entries_by_id(tx, &[id])?.into_iter().next() else { return Ok(None) };
            let titles = Titles::of_rows(tx, actor, &catalogue, &HashSet::from([entry.rid]))?;
            Ok(titles.get(entry.rid).map(|linked| linked.title.clone()))
        })
    }

    /// The records of an entity that are called so, up to two: for a name typed where no list can be offered.
    pub fn named(&self, actor: &Actor, entity: &str, title: &str) -> Result<Vec<Record>> {
        let catalogue = self.seen(actor);
        let model = catalogue.model(entity).ok_or(Error::Missing)?;
        let mut query = Query::all(model.entity.path);
        query.filter = Filter::test(model.fields[model.title].key, meta::Op::Eq, title);
        Ok(self.list(actor, &query, &[], None, 2)?.records)
    }
}

impl Engine {
    /// The records before and after one in the order of a list; none where it is the first, the last, or not in the list.
    pub fn neighbours(&self, actor: &Actor, query: &Query, record: &Record) -> Result<(Option<Id>, Option<Id>)> {
        let catalogue = self.seen(actor);
        self.store.read(|tx| {
            let list = compiled(tx, actor, &catalogue, query, Verb::View)?;
            let next = store::list::neighbour(tx, &list, record, false)?;
            let previous = store::list::neighbour(tx, &list, record, true)?;
            Ok((previous, next))
        })
    }
}
