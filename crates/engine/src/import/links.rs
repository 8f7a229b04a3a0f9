//! Records that a file's cells name: found by what they are called, for all rows together.

use std::collections::{HashMap, HashSet};

use base::{Problem, Result, Rid, Text, say};
use meta::access::Verb;
use meta::{Kind, Value};

use super::batch::{Pending, Step};
use super::rows::{Named, Parsed, labelled};
use crate::access;
use crate::users::USER;

impl Step<'_> {
    /// Rows with their lines in the description and with the records that they name.
    pub fn linked(&self, rows: &[Parsed]) -> Result<Vec<Pending>> {
        let found = self.named(rows)?;
        let mut pending = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.broken.is_none()) {
            let mut one = Pending { index, values: row.values.clone(), warnings: row.warnings.clone() };
            row.lines.iter().for_each(|line| self.line(&mut one.values, line));
            for named in &row.links {
                self.link(named, &found, &mut one);
            }
            pending.push(one);
        }
        Ok(pending)
    }

    fn link(&self, named: &Named, found: &HashMap<(String, String), Vec<Rid>>, row: &mut Pending) {
        let def = &self.model.fields[named.at];
        let people = matches!(def.kind, Kind::People);
        let names = names(&named.cell, people);
        let rids: Option<Vec<Rid>> = names
            .iter()
            .map(|name| {
                let key = base::text_key(self.meant(def.key, name));
                match found.get(&(linked_entity(&def.kind).to_owned(), key)).map(Vec::as_slice) {
                    Some([only]) => Some(*only),
                    _ => None,
                }
            })
            .collect();
        match rids {
            Some(rids) if people => row.values.push((named.at, Value::Links(rids))),
            Some(rids) => row.values.extend(rids.first().map(|rid| (named.at, Value::Link(*rid)))),
            None => {
                let text: Text = say!(
                    "There is no one record called {name}: it is kept as a line of the description",
                    name = named.cell.clone()
                );
                row.warnings.push(Problem::at(def.key, "missing", text));
                self.line(&mut row.values, &labelled(&named.header, &named.cell));
            }
        }
    }

    /// What somebody said that a word of the file stands for, or the word.
    fn meant<'b>(&'b self, field: &str, name: &'b str) -> &'b str {
        self.plan.words.get(field).and_then(|words| words.get(&base::fold(name))).map_or(name, String::as_str)
    }

    fn named(&self, rows: &[Parsed]) -> Result<HashMap<(String, String), Vec<Rid>>> {
        let mut wanted: HashMap<&str, HashSet<String>> = HashMap::new();
        for named in rows.iter().flat_map(|row| &row.links) {
            let def = &self.model.fields[named.at];
            let kind = &def.kind;
            let names = names(&named.cell, matches!(kind, Kind::People)).into_iter();
            let keys = names.map(|name| base::text_key(self.meant(def.key, name)));
            wanted.entry(linked_entity(kind)).or_default().extend(keys);
        }
        let mut found: HashMap<(String, String), Vec<Rid>> = HashMap::new();
        for (entity, keys) in wanted {
            let Some(model) = self.catalogue.model(entity) else { continue };
            let keys: Vec<String> = keys.into_iter().collect();
            let pairs = store::records::find_by_title(self.tx, entity, &keys)?;
            let rids: Vec<Rid> = pairs.iter().map(|(_, rid)| *rid).collect();
            let seen = access::among(self.tx, self.actor, self.catalogue, model, &rids, Verb::View)?;
            for (key, rid) in pairs.into_iter().filter(|(_, rid)| seen.contains(rid)) {
                found.entry((entity.to_owned(), key)).or_default().push(rid);
            }
        }
        Ok(found)
    }
}

fn linked_entity(kind: &Kind) -> &'static str {
    match kind {
        Kind::Link(to) => to.key,
        Kind::People => USER.key,
        _ => "",
    }
}

/// People are several between `;`; other records are one, whatever signs its name has.
fn names(cell: &str, several: bool) -> Vec<&str> {
    let separators: &[char] = if several { &[';', '|'] } else { &[] };
    cell.split(separators).map(str::trim).filter(|name| !name.is_empty()).collect()
}
