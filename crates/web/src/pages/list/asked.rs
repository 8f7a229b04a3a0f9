//! A list as it is asked for: by its address, with the columns that somebody chose.

use base::Result;
use engine::query::at;
use engine::{Listed, Query};
use maud::{Markup, html};
use meta::access::Verb;
use meta::entity::Face;
use meta::{Kind, Model, Record};
use store::list::Mark;
use ui::{Avatar, Column, ListWords, More, Phone, Row, Sorted};

use crate::Visit;
use crate::pages::field;
use crate::parts::address::ListAddress;
use crate::parts::fields;

/// Rows of a page.
const PAGE: usize = 50;

/// A list as it is asked for.
pub(in crate::pages) struct Asked<'a> {
    pub(in crate::pages) visit: &'a Visit<'a>,
    pub(in crate::pages) model: &'a Model,
    pub(in crate::pages) face: Option<&'static Face>,
    pub(in crate::pages) address: ListAddress,
    /// Positions of the columns that are shown, the title first.
    pub(in crate::pages) columns: Vec<usize>,
}

impl<'a> Asked<'a> {
    pub(in crate::pages) fn read(visit: &'a Visit<'a>, path: &str) -> Result<Asked<'a>> {
        Asked::at(visit, path, &visit.ask.query)
    }

    fn at(visit: &'a Visit<'a>, path: &str, query: &str) -> Result<Asked<'a>> {
        let (model, face) = at(&visit.catalogue, path)?;
        let address = ListAddress::read(path, query)?;
        let remembered = visit.engine().preference(visit.user.rid, &format!("columns.{path}"))?;
        let named = |keys: Vec<&str>| keys.into_iter().filter_map(|key| model.position(key)).collect::<Vec<_>>();
        let mut columns = match (&address.columns, &remembered) {
            (Some(keys), _) => named(keys.iter().map(String::as_str).collect()),
            (None, Some(keys)) => named(keys.split(',').collect()),
            (None, None) => model.list(face),
        };
        // The first column is always the title.
        columns.retain(|at| *at != model.title && !model.fields[*at].hidden);
        columns.insert(0, model.title);
        Ok(Asked { visit, model, face, address, columns })
    }

    /// Whether something may be done at all with what is listed.
    pub(in crate::pages) fn may(&self, verb: Verb) -> bool {
        engine::access::may(&self.visit.actor, self.model, self.face, verb)
    }

    /// The order by default: the title, then the newest.
    pub(in crate::pages) fn query(&self) -> Query {
        let mut query = self.address.query();
        if query.sort.is_empty() {
            query.sort = vec![self.model.fields[self.model.title].key.to_owned()];
        }
        query
    }

    /// What a place in the list holds for.
    pub(super) fn question(&self) -> String {
        format!("{:?}", self.query())
    }

    pub(super) fn page(&self, after: Option<&Mark>) -> Result<Listed> {
        let mut read = self.columns.clone();
        // The picture and what decides whether it is round.
        let extra = self.model.entity.picture.iter().map(|field| field.def().key);
        let conditions =
            self.model.entity.faces.iter().flat_map(|face| face.only.iter().map(|condition| condition.field));
        for at in extra.chain(conditions).filter_map(|key| self.model.position(key)) {
            if !read.contains(&at) {
                read.push(at);
            }
        }
        self.visit.engine().list(&self.visit.actor, &self.query(), &read, after, PAGE)
    }

    pub(in crate::pages) fn plural(&self) -> String {
        self.called().plural
    }

    pub(super) fn called(&self) -> meta::Called {
        self.model.called(self.face, self.visit.words())
    }

    pub(super) fn heads(&self) -> Vec<Column<'a>> {
        let sort = self.query().sort.first().cloned().unwrap_or_default();
        let may_change = engine::access::may(&self.visit.actor, self.model, self.face, Verb::Change);
        let mut lines = [Phone::Second, Phone::Second, Phone::Third].into_iter();
        self.columns
            .iter()
            .map(|at| {
                let def = &self.model.fields[*at];
                let sorted = match sort.strip_prefix('-') {
                    Some(key) if key == def.key => Some(Sorted::Down),
                    None if sort == def.key => Some(Sorted::Up),
                    _ => None,
                };
                let next = match sorted {
                    Some(Sorted::Up) => format!("-{}", def.key),
                    Some(Sorted::Down) => def.key.to_owned(),
                    // Of numbers and dates people want the largest first.
                    None if def.kind.is_number() || matches!(def.kind, Kind::Date | Kind::Instant) => {
                        format!("-{}", def.key)
                    }
                    None => def.key.to_owned(),
                };
                let phone = match def.kind {
                    _ if *at == self.model.title => Phone::Hidden,
                    Kind::Phones => Phone::Call,
                    Kind::Pick(_) | Kind::Text { .. } | Kind::Emails | Kind::Link(_) | Kind::Money => {
                        lines.next().unwrap_or(Phone::Hidden)
                    }
                    _ => Phone::Hidden,
                };
                Column {
                    key: if may_change && field::is_edited_in_place(def) { def.key.into() } else { "".into() },
                    label: self.model.label(*at, self.visit.words()).into(),
                    sort_url: if def.kind.sorts() { self.address.with_sort(&next).url().into() } else { "".into() },
                    sorted,
                    right: def.kind.is_number(),
                    phone,
                }
            })
            .collect()
    }

    pub(super) fn rows(&self, listed: &Listed) -> Vec<Row<'a>> {
        let query = self.address.query_string();
        let from = if query.is_empty() {
            String::new()
        } else {
            format!("?from={}", crate::posted::encode(&[("f", &query)])[2..].to_owned())
        };
        let row = |record: &Record| Row {
            id: record.id.to_string().into(),
            url: format!("/{}/{}{from}", self.address.path, record.id).into(),
            // The name stands beside it.
            avatar: Avatar { name: "".into(), ..fields::avatar(self.model, record) },
            title: if record.title.is_empty() { "–".into() } else { record.title.clone().into() },
            secondary: "".into(),
            cells: self.columns[1..]
                .iter()
                .map(|at| fields::cell(self.visit, self.model, *at, record, &listed.titles))
                .collect(),
        };
        listed.records.iter().map(row).collect()
    }

    /// One row as the list at this address shows it: the answer after one of its cells was edited.
    pub(in crate::pages) fn row(visit: &'a Visit<'a>, path: &str, query: &str, listed: &Listed) -> Result<Markup> {
        let asked = Asked::at(visit, path, query)?;
        let rows = asked.rows(listed);
        Ok(html! { @for row in &rows { (ui::row(row, &asked.heads(), &asked.words())) } })
    }

    /// How the rows after these come.
    pub(super) fn more(&self, listed: &Listed) -> Option<More<'a>> {
        let mark = listed.next.as_ref()?;
        let mut url = self.address.under("/rows");
        url.push(if url.contains('?') { '&' } else { '?' });
        let cursor = crate::api::cursor::of_mark(self.visit.engine().passing_key(), &self.question(), mark).ok()?;
        url.push_str(&crate::posted::encode(&[("after", cursor)]));
        let (label, note) = match listed.early {
            true => ("Search on", self.visit.say("Not all records were looked through yet.")),
            false => ("Load more", "".into()),
        };
        Some(More { url: url.into(), label: self.visit.say(label), note })
    }

    /// The line after a search that was gone on with and found nothing any more.
    pub(super) fn end(&self, listed: &Listed) -> Option<More<'a>> {
        let over = listed.records.is_empty() && listed.next.is_none();
        over.then(|| More { note: self.visit.say("There are no others."), ..More::default() })
    }

    pub(super) fn words(&self) -> ListWords<'a> {
        let visit = self.visit;
        ListWords {
            select_all: visit.say("Select all"),
            select: visit.say("Select"),
            row_menu: visit.say("What to do with"),
            filters: visit.say("Filters"),
            more: visit.say("More"),
            search: visit.say("Search"),
            sorted_by: visit.say("Sorted by"),
        }
    }
}
