//! The sections of a page as they stand: the declared ones, and the headings that an administrator added, in their order.

use std::collections::BTreeMap;

use base::words::Words;
use serde::{Deserialize, Serialize};

use crate::custom::When;
use crate::entity::Entity;
use crate::field::{Condition, FieldDef};
use crate::intern::{self, Labels};

/// A section as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SectionLook {
    /// The slug of a declared title, or `x_` and a name.
    pub key: String,
    /// By the tag of a language; empty where the declaration's words hold.
    pub labels: BTreeMap<String, String>,
    /// It and its fields are there only then.
    pub when: Option<When>,
    /// A profile of characteristics: filled in by questions, one after the other.
    pub profile: bool,
    /// Keys of its fields in their order.
    pub fields: Vec<String>,
}

/// A section of the page, the form and the import.
#[derive(Clone, Debug)]
pub struct Section {
    pub key: String,
    /// The declared English; none for one that an administrator added.
    declared: Option<&'static str>,
    labels: Labels,
    pub when: Option<Condition>,
    pub profile: bool,
    /// Positions, without those of hidden fields.
    pub fields: Vec<usize>,
}

impl Section {
    pub fn title(&self, words: &Words) -> String {
        let tag = words.language().tag();
        let own = self.labels.iter().find(|(language, _)| *language == tag).map(|(_, label)| *label);
        match (own, self.declared) {
            (Some(label), _) => label.to_owned(),
            (None, Some(declared)) => words.say(declared).into_owned(),
            (None, None) => self.labels.first().map_or_else(|| self.key.clone(), |(_, label)| (*label).to_owned()),
        }
    }

    /// The title that the declaration gives it; none for one that an administrator added.
    pub fn declared_title(&self, words: &Words) -> Option<String> {
        self.declared.map(|title| words.say(title).into_owned())
    }

    pub fn is_own(&self) -> bool {
        self.declared.is_none()
    }

    pub fn labels(&self) -> Labels {
        self.labels
    }
}

/// The key of a declared section.
pub fn key_of(title: &str) -> String {
    base::text::slug(title)
}

/// Where every field stands, hidden ones too: as the administrator ordered them, and what is not named where it is declared.
pub fn looks(entity: &'static Entity, fields: &[FieldDef], layout: &[SectionLook]) -> Vec<SectionLook> {
    let mut sections: Vec<SectionLook> = layout.to_vec();
    let mut placed: Vec<String> = Vec::new();
    for section in &mut sections {
        section.fields.retain(|key| {
            let first = fields.iter().any(|def| def.key == key && !def.system) && !placed.contains(key);
            if first {
                placed.push(key.clone());
            }
            first
        });
    }
    for declared in entity.sections() {
        let key = key_of(declared.title);
        let missing =
            declared.fields.iter().map(|field| field.def().key).filter(|key| !placed.iter().any(|k| k == key));
        let missing: Vec<String> = missing.map(str::to_owned).collect();
        placed.extend(missing.iter().cloned());
        match sections.iter_mut().find(|section| section.key == key) {
            Some(section) => section.fields.extend(missing),
            None => sections.push(SectionLook { key, fields: missing, ..SectionLook::default() }),
        }
    }
    let custom = fields.iter().filter(|def| def.custom && !placed.iter().any(|key| key == def.key));
    let rest: Vec<String> = custom.map(|def| def.key.to_owned()).collect();
    if let Some(last) = sections.last_mut() {
        last.fields.extend(rest);
    }
    sections
}

/// The sections of a model; a field that stands in one with a condition is given it.
pub(crate) fn sections(entity: &'static Entity, fields: &mut [FieldDef], layout: &[SectionLook]) -> Vec<Section> {
    let declared = |key: &str| entity.sections().map(|section| section.title).find(|title| key_of(title) == key);
    let mut sections = Vec::new();
    for look in looks(entity, fields, layout) {
        let when = look.when.as_ref().map(When::condition);
        let mut own = Vec::with_capacity(look.fields.len());
        for key in &look.fields {
            let Some(at) = fields.iter().position(|def| def.key == key) else { continue };
            fields[at].applies = when;
            if !fields[at].hidden {
                own.push(at);
            }
        }
        sections.push(Section {
            declared: declared(&look.key),
            labels: intern::labels(&look.labels),
            when,
            profile: look.profile,
            fields: own,
            key: look.key,
        });
    }
    sections
}
