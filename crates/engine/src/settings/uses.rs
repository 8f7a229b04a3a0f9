//! Where a field is used: an administrator who hides it is told first.

use base::words::Words;
use base::{Error, Result};
use meta::{Catalogue, Kind, Model};
use store::{Sql, Tx};

use super::Engine;
use super::{Of, keeper};
use crate::Actor;

/// One place where a field is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    pub what: Used,
    /// What it is called; for personal views and choices of columns, how many there are.
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// A view that all see.
    View,
    /// Views that people keep for themselves.
    OwnViews,
    /// Choices of columns, and of what cards show.
    Columns,
    ImportProfile,
    /// Another field is shown, required or read-only because of it.
    Field,
    /// A section is.
    Section,
}

impl Engine {
    /// Where a field is used.
    pub fn field_uses(&self, actor: &Actor, entity: &str, key: &str, words: &Words) -> Result<Vec<Use>> {
        let catalogue = self.catalogue();
        keeper(actor, &catalogue, Of::Entity(entity))?;
        let model = catalogue.model(entity).ok_or(Error::Missing)?;
        let mut uses = Vec::new();
        for (at, def) in model.fields.iter().enumerate().filter(|(_, def)| !def.hidden) {
            let conditions = [def.shown, def.required_when, def.read_only_when];
            let mut ways = conditions.into_iter().flatten().flat_map(meta::Condition::ways);
            if ways.any(|way| way.field == key) {
                uses.push(Use { what: Used::Field, name: model.label(at, words) });
            }
        }
        for section in model.sections.iter().filter(|section| section.when.is_some_and(|when| when.field == key)) {
            uses.push(Use { what: Used::Section, name: section.title(words) });
        }
        self.store.read(|tx| {
            views(tx, &catalogue, model, key, &mut uses)?;
            let sql = Sql::new("SELECT name, plan FROM import_profile WHERE entity = $1 ORDER BY name").with(entity);
            for row in tx.query(&sql)?.iter().filter(|row| names(&plain(row.text(1))).any(|name| name == key)) {
                uses.push(Use { what: Used::ImportProfile, name: row.text(0).to_owned() });
            }
            Ok(())
        })?;
        Ok(uses)
    }
}

fn views(tx: &Tx, catalogue: &Catalogue, model: &Model, key: &str, uses: &mut Vec<Use>) -> Result<()> {
    let mut own = 0;
    for row in tx.query(&Sql::new("SELECT path, name, shared, query FROM saved_view ORDER BY path, position, name"))? {
        if !is_named(catalogue, model, key, row.text(0), row.text(3)) {
            continue;
        }
        match row.int(2) {
            0 => own += 1,
            _ => uses.push(Use { what: Used::View, name: row.text(1).to_owned() }),
        }
    }
    let mut columns = 0;
    let chosen = "SELECT key, value FROM preference WHERE key LIKE 'columns.%' OR key LIKE 'card.%'";
    for row in tx.query(&Sql::new(chosen))? {
        let path = row.text(0).split_once('.').map_or("", |(_, path)| path);
        columns += usize::from(is_named(catalogue, model, key, path, row.text(1)));
    }
    for (what, count) in [(Used::OwnViews, own), (Used::Columns, columns)] {
        if count > 0 {
            uses.push(Use { what, name: count.to_string() });
        }
    }
    Ok(())
}

/// Whether what stands at a list's path names the field: by itself, or behind a link that leads to its entity.
fn is_named(catalogue: &Catalogue, model: &Model, key: &str, path: &str, text: &str) -> bool {
    let Some((list, _)) = catalogue.at_path(path) else { return false };
    let leads_here = |name: &str| {
        list.field(name).is_some_and(|def| matches!(def.kind, Kind::Link(to) if to.key == model.entity.key))
    };
    let mut before = "";
    let text = plain(text);
    for name in names(&text) {
        if name == key && (list.entity.key == model.entity.key || leads_here(before)) {
            return true;
        }
        before = name;
    }
    false
}

/// With a blank for each character that a query string writes as its number.
fn plain(text: &str) -> String {
    let mut parts = text.split('%');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push(' ');
        plain.push_str(part.get(2..).unwrap_or_default());
    }
    plain
}

/// The names in a query string or JSON, in their order.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')).filter(|name| !name.is_empty())
}
