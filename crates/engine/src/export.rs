//! "Export what I see": the records of a query, in the reader's language, page by page in constant memory.
//!
//! Heads and cells are written so that an import of the file knows every column by itself.

use std::io::Write;

use base::words::Words;
use base::{Error, Result, say};
use chrono::NaiveDateTime;
use meta::access::Verb;
use meta::filter::Where;
use meta::human::{self, Style, show_item};
use meta::{Catalogue, Kind, Model, Record, Value};
use sheet::{Cell, CsvStyle, CsvWriter, Heading, SheetError, XlsxWriter};
use store::list::ListQuery;

use crate::import::header;
use crate::query::{at, compiled};
use crate::titles::Titles;
use crate::{Actor, Engine, Query, access};

/// In what to write.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExportFormat {
    Csv(CsvStyle),
    Xlsx,
}

/// Records of one page.
const PAGE: usize = 500;

impl Engine {
    /// Writes the fields at the given positions of all records that match and that one may see and export; how many they were.
    /// The access log has it.
    ///
    /// # Errors
    /// `Denied` without the right to export, `Unreadable` when there are more than a workbook holds.
    pub fn export(
        &self,
        actor: &Actor,
        query: &Query,
        columns: &[usize],
        format: ExportFormat,
        words: &Words,
        to: impl Write + Send,
    ) -> Result<u64> {
        let catalogue = self.seen(actor);
        let (model, _) = at(&catalogue, &query.path)?;
        let columns: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|at| !model.fields[*at].secret && !matches!(model.fields[*at].kind, Kind::File | Kind::Picture))
            .collect();
        let heads: Vec<String> = columns.iter().map(|at| header(model, *at, words)).collect();
        let count = match format {
            ExportFormat::Csv(style) => {
                let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
                let mut writer = CsvWriter::new(to, style, &heads).map_err(unwritten)?;
                let count = self.each_row(actor, &catalogue, query, &columns, words, |cells| writer.row(cells))?;
                writer.finish().and_then(|(mut to, _)| Ok(to.flush()?)).map_err(unwritten)?;
                count
            }
            ExportFormat::Xlsx => {
                let heads: Vec<Heading> = heads.iter().map(|title| Heading { title, width: None }).collect();
                let mut writer =
                    XlsxWriter::new(&model.plural(words), &heads, self.store.folder()).map_err(unwritten)?;
                let count = self.each_row(actor, &catalogue, query, &columns, words, |cells| writer.row(cells))?;
                writer.finish(to).map_err(unwritten)?;
                count
            }
        };
        self.log_export(actor, query, count)?;
        Ok(count)
    }

    fn each_row(
        &self,
        actor: &Actor,
        catalogue: &Catalogue,
        query: &Query,
        columns: &[usize],
        words: &Words,
        mut write: impl FnMut(&[Cell]) -> Result<(), SheetError>,
    ) -> Result<u64> {
        let (model, face) = at(catalogue, &query.path)?;
        let teller = Teller { catalogue, model, words, style: Style::of(words.language(), actor.today(), actor.zone) };
        let mut after = None;
        let mut count = 0;
        loop {
            let (records, titles, next) = self.store.read(|tx| {
                let mut list: ListQuery = compiled(tx, actor, catalogue, query, Verb::Export)?;
                let seen = access::allowed(&actor.person, model, face, Verb::View)
                    .ok_or_else(|| access::denied(Verb::View))?;
                list.filter = Where::All(vec![list.filter, seen]);
                let page = crate::query::page_of(tx, &list, columns, after.as_ref(), PAGE)?;
                let titles = Titles::of(tx, actor, catalogue, model, &page.records)?;
                Ok((page.records, titles, page.next))
            })?;
            for record in &records {
                let told: Vec<Told> = columns.iter().map(|at| teller.tell(record, *at, &titles)).collect();
                let cells: Vec<Cell> = told.iter().map(Told::cell).collect();
                write(&cells).map_err(unwritten)?;
                count += 1;
            }
            match next {
                Some(mark) => after = Some(mark),
                None => return Ok(count),
            }
        }
    }
}

/// A cell that owns its text.
enum Told {
    Text(String),
    Exact { units: i64, scale: u8 },
    Date(chrono::NaiveDate),
    Moment(NaiveDateTime),
}

impl Told {
    fn cell(&self) -> Cell<'_> {
        match self {
            Told::Text(text) => Cell::from(text.as_str()),
            Told::Exact { units, scale } => Cell::Money { units: *units, scale: *scale },
            Told::Date(day) => Cell::Date(*day),
            Told::Moment(moment) => Cell::DateTime(*moment),
        }
    }
}

struct Teller<'a> {
    catalogue: &'a Catalogue,
    model: &'a Model,
    words: &'a Words,
    style: Style,
}

impl Teller<'_> {
    fn tell(&self, record: &Record, at: usize, titles: &Titles) -> Told {
        let kind = &self.model.fields[at].kind;
        match &record.values[at] {
            Value::Money(money) if money.currency == base::Currency::EUR => {
                Told::Exact { units: money.minor, scale: money.currency.minor_digits() }
            }
            Value::Money(money) => {
                let amount =
                    base::numbers::format_human(money.minor, money.currency.minor_digits(), self.style.numbers);
                Told::Text(format!("{amount} {}", money.currency))
            }
            Value::Int(units) => match kind {
                Kind::Number { decimals, .. } => Told::Exact { units: *units, scale: *decimals },
                Kind::Percent => Told::Exact { units: *units, scale: 2 },
                _ => Told::Text(human::show(&record.values[at], kind, &self.style)),
            },
            Value::Date(day) => Told::Date(*day),
            Value::Instant(instant) => Told::Moment(instant.with_timezone(&self.style.zone).naive_local()),
            value => Told::Text(self.text(value, kind, titles)),
        }
    }

    fn text(&self, value: &Value, kind: &Kind, titles: &Titles) -> String {
        let listed = |parts: Vec<String>| parts.join("; ");
        let key = |key: &String| self.catalogue.key_label(kind, key, self.words);
        let kinded = |text: String, one: &Option<String>| match one {
            Some(one) => format!("{}: {text}", key(one)),
            None => text,
        };
        match value {
            Value::Tick(on) => self.words.say(if *on { "Yes" } else { "No" }).into_owned(),
            Value::Text(one) if matches!(kind, Kind::Choice(_) | Kind::Pick(_)) => key(one),
            Value::Keys(keys) => listed(keys.iter().map(key).collect()),
            Value::Link(_) | Value::Links(_) => {
                listed(value.links().iter().map(|rid| self.title(*rid, titles)).collect())
            }
            Value::Involved(involved) => listed(
                involved
                    .pairs()
                    .map(|(rid, role)| match role {
                        Some(role) => format!("{} ({})", self.title(rid, titles), key(&role.to_owned())),
                        None => self.title(rid, titles),
                    })
                    .collect(),
            ),
            Value::Items(items) => {
                // The primary one first: that is how it is known again.
                let mut items: Vec<&meta::Item> = items.iter().collect();
                items.sort_by_key(|item| !item.primary);
                listed(items.into_iter().map(|item| kinded(show_item(&item.value, kind), &item.kind)).collect())
            }
            Value::Addresses(addresses) => {
                let mut addresses: Vec<&meta::Address> = addresses.iter().collect();
                addresses.sort_by_key(|address| !address.primary);
                listed(addresses.into_iter().map(|address| kinded(address.one_line(), &address.kind)).collect())
            }
            other => human::show(other, kind, &self.style),
        }
    }

    fn title(&self, rid: base::Rid, titles: &Titles) -> String {
        titles.get(rid).map_or_else(|| self.words.say("Hidden").into_owned(), |linked| linked.title.clone())
    }
}

fn unwritten(error: SheetError) -> Error {
    match error {
        SheetError::TooLarge { limit, .. } => Error::Unreadable(say!(
            "A workbook holds {limit} rows at most: export as CSV",
            limit = i64::try_from(limit).unwrap_or(i64::MAX)
        )),
        other => Error::caused("the export cannot be written", other),
    }
}
