//! Records that a file's cells name: found by what they are called, for all rows together.

use std::collections::{HashMap, HashSet};

use base::{Problem, Result, Rid, Text, say};
use meta::access::Verb;
use meta::{Involved, Kind, Value};

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
        let one = |name: &str| {
            let key = (self.linked_entity(&def.kind).to_owned(), base::text_key(name));
            if let Some([only]) = found.get(&key).map(Vec::as_slice) { Some(*only) } else { None }
        };
        let names = names(&named.cell, &def.kind).into_iter();
        let value = match def.kind {
            Kind::Involved(_) => {
                let as_column = self.role(def.key, &named.header);
                let known = |name| {
                    let whole = one(name).map(|rid| (rid, as_column));
                    whole
                        .or_else(|| self.in_role(def.key, name).and_then(|(name, role)| Some((one(name)?, Some(role)))))
                };
                let pairs = names.map(|name| known(name).map(|(rid, role)| (rid, role.map(str::to_owned))));
                pairs.collect::<Option<Involved>>().map(Value::Involved)
            }
            Kind::People => names.map(|name| one(self.meant(def.key, name))).collect::<Option<_>>().map(Value::Links),
            _ => names.map(|name| one(self.meant(def.key, name)).map(Value::Link)).next().flatten(),
        };
        match value {
            Some(Value::Involved(more)) => {
                // Columns of several roles go to one field.
                match row.values.iter_mut().find(|(at, _)| *at == named.at) {
                    Some((_, Value::Involved(known))) => *known = known.and(&more),
                    _ => row.values.push((named.at, Value::Involved(more.once()))),
                }
            }
            Some(value) => row.values.push((named.at, value)),
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

    /// The role that a word of the file stands for.
    fn role(&self, field: &str, word: &str) -> Option<&str> {
        self.plan.words.get(field)?.get(&base::fold(word)).map(String::as_str)
    }

    /// `Name (role)`, as an export writes it.
    fn in_role<'b>(&'b self, field: &str, written: &'b str) -> Option<(&'b str, &'b str)> {
        let (name, role) = written.strip_suffix(')')?.rsplit_once('(')?;
        Some((name.trim(), self.role(field, role.trim())?))
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
            let keys = wanted.entry(self.linked_entity(kind)).or_default();
            for name in names(&named.cell, kind) {
                if matches!(kind, Kind::Involved(_)) {
                    keys.insert(base::text_key(name));
                    keys.extend(self.in_role(def.key, name).map(|(name, _)| base::text_key(name)));
                } else {
                    keys.insert(base::text_key(self.meant(def.key, name)));
                }
            }
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

    fn linked_entity(&self, kind: &Kind) -> &'static str {
        match kind {
            Kind::Link(to) => to.key,
            Kind::People => USER.key,
            Kind::Involved(_) => self.catalogue.subjects().map_or("", |model| model.entity.key),
            _ => "",
        }
    }
}

/// People and subjects are several between `;`; other records are one, whatever signs its name has.
fn names<'a>(cell: &'a str, kind: &Kind) -> Vec<&'a str> {
    let several = matches!(kind, Kind::People | Kind::Involved(_));
    let separators: &[char] = if several { &[';', '|'] } else { &[] };
    cell.split(separators).map(str::trim).filter(|name| !name.is_empty()).collect()
}
