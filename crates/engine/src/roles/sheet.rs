//! What an administrator says of a role, and how it is kept: in words, so that another version of the program reads what it still
//! knows.

use std::collections::{BTreeMap, BTreeSet};

use base::{Error, Result};
use meta::Entity;
use meta::access::{Rights, Scope, Scopes, Sight};
use serde::{Deserialize, Serialize};

/// A row of the matrix; where it says nothing, the row above holds: that of the entity for a face, the usual one for an entity.
pub type Row = [Option<Scope>; 7];

/// A role as it is edited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub outside: bool,
    pub usual: Scopes,
    /// By the key of an entity or the path of a face.
    pub rows: BTreeMap<String, Row>,
    pub fields: BTreeMap<String, BTreeMap<String, Sight>>,
    pub barred: BTreeSet<String>,
    pub keeps: BTreeSet<String>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Written {
    outside: bool,
    /// Scopes in the order of `Verb::ALL`; empty where the row above holds.
    usual: Vec<String>,
    rows: BTreeMap<String, Vec<String>>,
    fields: BTreeMap<String, BTreeMap<String, String>>,
    barred: BTreeSet<String>,
    keeps: BTreeSet<String>,
}

impl Sheet {
    /// As rights that were built in say it.
    pub(crate) fn of(rights: &Rights) -> Sheet {
        Sheet { outside: rights.outside, usual: rights.usual, ..Sheet::default() }
    }

    /// What it comes to with these entities.
    pub fn rights(&self, entities: &[&'static Entity]) -> Rights {
        let said = |row: &Row, above: &Scopes| -> Scopes { std::array::from_fn(|at| row[at].unwrap_or(above[at])) };
        let (mut rows, mut faces) = (BTreeMap::new(), BTreeMap::new());
        for entity in entities {
            let own = self.rows.get(entity.key).map(|row| said(row, &self.usual));
            rows.extend(own.map(|own| (entity.key.to_owned(), own)));
            for face in entity.faces {
                let row = self.rows.get(face.path).map(|row| said(row, own.as_ref().unwrap_or(&self.usual)));
                faces.extend(row.map(|_| (face.path.to_owned(), entity.key.to_owned())));
                rows.extend(row.map(|row| (face.path.to_owned(), row)));
            }
        }
        Rights {
            admin: false,
            outside: self.outside,
            usual: self.usual,
            rows,
            faces,
            fields: self.fields.clone(),
            barred: self.barred.clone(),
            keeps: self.keeps.clone(),
        }
    }

    pub(crate) fn written(&self) -> Result<String> {
        let words = |row: &Row| row.iter().map(|scope| scope.map_or("", Scope::key).to_owned()).collect();
        let fields = |fields: &BTreeMap<String, Sight>| {
            fields.iter().map(|(field, sight)| (field.clone(), sight.key().to_owned())).collect()
        };
        let written = Written {
            outside: self.outside,
            usual: words(&self.usual.map(Some)),
            rows: self.rows.iter().map(|(place, row)| (place.clone(), words(row))).collect(),
            fields: self.fields.iter().map(|(entity, all)| (entity.clone(), fields(all))).collect(),
            barred: self.barred.clone(),
            keeps: self.keeps.clone(),
        };
        serde_json::to_string(&written).map_err(|cause| Error::caused("rights that cannot be kept", cause))
    }

    /// What is not known gives nothing: a scope is none, a field hidden.
    pub(crate) fn read(text: &str) -> Result<Sheet> {
        let written: Written =
            serde_json::from_str(text).map_err(|cause| Error::caused("rights of a role that cannot be read", cause))?;
        let row = |words: &[String]| -> Row {
            let scope = |word: &String| (!word.is_empty()).then(|| Scope::from_key(word).unwrap_or_default());
            std::array::from_fn(|at| words.get(at).and_then(scope))
        };
        let sights = |fields: &BTreeMap<String, String>| {
            let sight = |word: &str| Sight::from_key(word).unwrap_or(Sight::Hidden);
            fields.iter().map(|(field, word)| (field.clone(), sight(word))).collect()
        };
        Ok(Sheet {
            outside: written.outside,
            usual: row(&written.usual).map(Option::unwrap_or_default),
            rows: written.rows.iter().map(|(place, words)| (place.clone(), row(words))).collect(),
            fields: written.fields.iter().map(|(entity, all)| (entity.clone(), sights(all))).collect(),
            barred: written.barred,
            keeps: written.keeps,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_read_as_it_was_written() {
        let mut sheet = Sheet::of(&crate::roles::built_in("seller"));
        sheet.rows.insert("leads".into(), [Some(Scope::All), None, None, None, None, None, Some(Scope::None)]);
        sheet.fields.entry("party".into()).or_default().insert("revenue".into(), Sight::Seen);
        sheet.barred.insert("opportunity.stage=won".into());
        sheet.keeps.insert("product".into());
        assert_eq!(Sheet::read(&sheet.written().unwrap()).unwrap(), sheet);
    }

    #[test]
    fn what_is_not_known_gives_nothing() {
        let sheet = Sheet::read(r#"{"usual": ["everything"], "fields": {"party": {"revenue": "blurred"}}}"#).unwrap();
        let rights = sheet.rights(&[]);
        assert_eq!(rights.usual, [Scope::None; 7]);
        assert_eq!(rights.sight("party", "revenue"), Sight::Hidden);
    }
}
