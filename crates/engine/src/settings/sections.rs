//! The sections of a page: headings that an administrator adds, profiles of characteristics, and where each field stands.

use std::collections::BTreeMap;

use base::{Error, Problem, Result};
use meta::custom::{PREFIX, When};
use meta::layout::{SectionLook, key_of, looks};
use meta::{Catalogue, Model};
use store::{Sql, Tx};

use super::{Engine, Of, checks, fields::about, json, lists::cleaned, note, refused};
use crate::Actor;

/// A section as an administrator wants it.
#[derive(Clone, Debug, Default)]
pub struct NewSection {
    /// By the tag of a language.
    pub labels: BTreeMap<String, String>,
    /// It and its fields are there only then.
    pub when: Option<When>,
    /// Characteristics: asked one after the other.
    pub profile: bool,
}

/// To which side something is moved by one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// Sections of one entity at most.
const MOST: usize = 60;

impl Engine {
    /// Adds a section at the end; its key.
    pub fn add_section(&self, actor: &Actor, entity: &str, new: &NewSection) -> Result<String> {
        self.arrange(actor, entity, "Section added", |catalogue, model, sections| {
            let labels = checked(catalogue, model, new)?;
            if sections.len() >= MOST {
                return Err(Error::Refused(vec![Problem::whole("too_many", "There are enough sections here")]));
            }
            let name = labels.values().next().cloned().unwrap_or_default();
            let slug = Some(super::slug(&name)).filter(|slug| !slug.is_empty()).unwrap_or("section".to_owned());
            let key = super::free(&format!("{PREFIX}{slug}"), |key| sections.iter().any(|known| known.key == key));
            sections.push(SectionLook {
                key: key.clone(),
                labels,
                when: new.when.clone(),
                profile: new.profile,
                fields: Vec::new(),
            });
            Ok((key, name))
        })
    }

    /// Renames a section; of one that was added, also when it is there.
    pub fn change_section(&self, actor: &Actor, entity: &str, key: &str, new: &NewSection) -> Result<()> {
        self.arrange(actor, entity, "Section changed", |catalogue, model, sections| {
            let section = find(sections, key)?;
            if is_declared(model, key) {
                section.labels = cleaned(&new.labels);
            } else {
                section.labels = checked(catalogue, model, new)?;
                if new.when.is_some() && section.fields.iter().any(|key| must_stand(model, key)) {
                    return Err(kept_in_sight());
                }
                section.when = new.when.clone();
                section.profile = new.profile;
            }
            Ok(((), section.labels.values().next().cloned().unwrap_or_default()))
        })
    }

    /// Takes away a section that was added; its fields go to the one before it.
    pub fn remove_section(&self, actor: &Actor, entity: &str, key: &str) -> Result<()> {
        self.arrange(actor, entity, "Section removed", |_, model, sections| {
            if is_declared(model, key) {
                return Err(refused("section", "declared", "The sections of the program stay"));
            }
            let at = sections.iter().position(|section| section.key == key).ok_or(Error::Missing)?;
            let gone = sections.remove(at);
            if let Some(heir) = sections.get_mut(at.saturating_sub(1)) {
                heir.fields.extend(gone.fields);
            }
            Ok(((), gone.labels.values().next().cloned().unwrap_or_default()))
        })
    }

    pub fn move_section(&self, actor: &Actor, entity: &str, key: &str, way: Way) -> Result<()> {
        self.arrange(actor, entity, "Section moved", |_, _, sections| {
            let at = sections.iter().position(|section| section.key == key).ok_or(Error::Missing)?;
            if let Some(to) = beside(at, way, sections.len()) {
                sections.swap(at, to);
            }
            Ok(((), String::new()))
        })
    }

    /// Moves a field by one place; from the edge of its section into the next one.
    pub fn move_field(&self, actor: &Actor, entity: &str, key: &str, way: Way) -> Result<()> {
        self.arrange(actor, entity, "Field moved", |_, model, sections| {
            let (section, at) = place(sections, key)?;
            if let Some(to) = beside(at, way, sections[section].fields.len()) {
                sections[section].fields.swap(at, to);
            } else if let Some(next) = beside(section, way, sections.len()) {
                if sections[next].when.is_some() && must_stand(model, key) {
                    return Err(kept_in_sight());
                }
                let field = sections[section].fields.remove(at);
                let end = if way == Way::Up { sections[next].fields.len() } else { 0 };
                sections[next].fields.insert(end, field);
            }
            Ok(((), name(model, key)))
        })
    }

    /// Puts a field at the end of a section.
    pub fn put_field(&self, actor: &Actor, entity: &str, key: &str, section: &str) -> Result<()> {
        self.arrange(actor, entity, "Field moved", |_, model, sections| {
            let (from, at) = place(sections, key)?;
            if sections[from].key == section {
                return Ok(((), name(model, key)));
            }
            let field = sections[from].fields.remove(at);
            let to = find(sections, section)?;
            if to.when.is_some() && must_stand(model, key) {
                return Err(kept_in_sight());
            }
            to.fields.push(field);
            Ok(((), name(model, key)))
        })
    }

    /// The sections of an entity with all their fields, hidden ones too.
    pub fn sections(&self, entity: &str) -> Result<Vec<SectionLook>> {
        let catalogue = self.catalogue();
        let model = catalogue.model(entity).ok_or(Error::Missing)?;
        self.store.read(|tx| standing(tx, model))
    }

    fn arrange<T>(
        &self,
        actor: &Actor,
        entity: &str,
        verb: &str,
        mut work: impl FnMut(&Catalogue, &Model, &mut Vec<SectionLook>) -> Result<(T, String)>,
    ) -> Result<T> {
        self.alter(actor, Of::Entity(entity), |tx, catalogue| {
            let model = catalogue.model(entity).ok_or(Error::Missing)?;
            let mut sections = standing(tx, model)?;
            let (value, what) = work(catalogue, model, &mut sections)?;
            keep(tx, entity, &sections)?;
            note(tx, actor, &about(entity), verb, &what)?;
            Ok(value)
        })
    }
}

/// Puts a new field at the end of a section, or of the last one that has no condition.
pub(super) fn put(tx: &Tx, model: &Model, key: &str, section: Option<&str>) -> Result<()> {
    let mut sections = standing(tx, model)?;
    let at = match section {
        Some(section) => sections
            .iter()
            .position(|known| known.key == section)
            .ok_or_else(|| refused("section", "unknown", "Choose a section"))?,
        None => sections.iter().rposition(|known| known.when.is_none()).unwrap_or(0),
    };
    if let Some(section) = sections.get_mut(at) {
        section.fields.push(key.to_owned());
    }
    keep(tx, model.entity.key, &sections)
}

fn standing(tx: &Tx, model: &Model) -> Result<Vec<SectionLook>> {
    let sql = Sql::new("SELECT sections FROM page_layout WHERE entity = $1").with(model.entity.key);
    let kept: Vec<SectionLook> = match tx.first(&sql)? {
        Some(row) => super::load::read(row.text(0))?,
        None => Vec::new(),
    };
    Ok(looks(model.entity, &model.fields, &kept))
}

fn keep(tx: &Tx, entity: &str, sections: &[SectionLook]) -> Result<()> {
    let sql = Sql::new(
        "INSERT INTO page_layout (entity, sections) VALUES ($1, $2) ON CONFLICT (entity) DO UPDATE SET sections = excluded.sections",
    );
    tx.execute(&sql.with(entity).with(json(&sections)?)).map(|_| ())
}

fn checked(catalogue: &Catalogue, model: &Model, new: &NewSection) -> Result<BTreeMap<String, String>> {
    let labels = cleaned(&new.labels);
    let mut problems = Vec::new();
    if labels.is_empty() {
        problems.push(Problem::at("labels", "required", "Give it a name"));
    }
    problems.extend(new.when.as_ref().and_then(|when| checks::condition(model, None, "when", when, catalogue)));
    if problems.is_empty() { Ok(labels) } else { Err(Error::Refused(problems)) }
}

fn find<'a>(sections: &'a mut [SectionLook], key: &str) -> Result<&'a mut SectionLook> {
    sections.iter_mut().find(|section| section.key == key).ok_or(Error::Missing)
}

fn is_declared(model: &Model, key: &str) -> bool {
    model.entity.sections().any(|section| key_of(section.title) == key)
}

/// Whether a field may not come and go with a condition: rules and lists count on it.
fn must_stand(model: &Model, key: &str) -> bool {
    let title = model.fields[model.title].key == key;
    title || model.field(key).is_some_and(|def| !def.custom && (def.required || def.required_when.is_some()))
}

fn kept_in_sight() -> Error {
    refused("section", "required", "A field of the program that must be filled in stands where it is always shown")
}

/// The section and the place in it of a field.
fn place(sections: &[SectionLook], key: &str) -> Result<(usize, usize)> {
    let found = sections.iter().enumerate().find_map(|(section, look)| {
        let at = look.fields.iter().position(|known| known == key)?;
        Some((section, at))
    });
    found.ok_or(Error::Missing)
}

fn beside(at: usize, way: Way, count: usize) -> Option<usize> {
    match way {
        Way::Up => at.checked_sub(1),
        Way::Down => Some(at + 1).filter(|next| *next < count),
    }
}

fn name(model: &Model, key: &str) -> String {
    model.field(key).map_or(key, |def| def.labels.first().map_or(def.label, |(_, label)| label)).to_owned()
}
