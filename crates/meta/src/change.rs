//! A change on its way to be saved, as rules see it.

use std::collections::HashMap;

use base::{Problem, Rid};
use chrono::{DateTime, NaiveDate, Utc};

use crate::catalogue::{Catalogue, Model};
use crate::choice::Choice;
use crate::field::{Declared, Field, Pick};
use crate::kind::Kind;
use crate::record::Record;
use crate::typed::Typed;
use crate::value::Value;

/// A record as it was and as it shall be. Rules may set what shall be, or refuse.
pub struct Change<'a> {
    pub model: &'a Model,
    pub catalogue: &'a Catalogue,
    /// None when the record is new.
    pub before: Option<&'a Record>,
    /// The values as they shall be, by position.
    pub after: Vec<Value>,
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    /// The user who changes it; none for the program by itself.
    pub by: Option<Rid>,
    /// Titles of the records it links to, fetched for the whole batch beforehand.
    pub titles: &'a HashMap<Rid, String>,
    /// The records behind the links that the entity declares to read, likewise.
    pub linked: &'a HashMap<Rid, Record>,
    /// Whether the program itself writes, and nobody typed this.
    pub by_program: bool,
}

impl Change<'_> {
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// The value as it shall be.
    pub fn get<T: Typed>(&self, field: &Field<T>) -> T {
        T::read(self.value(field), &field.def, self.catalogue)
    }

    /// The value as it was; the empty one for a new record.
    pub fn old<T: Typed>(&self, field: &Field<T>) -> T {
        let value = self.before.map_or(&Value::Null, |before| &before.values[self.at(field)]);
        T::read(value, &field.def, self.catalogue)
    }

    pub fn set<T: Typed>(&mut self, field: &Field<T>, value: T) {
        let at = self.at(field);
        self.after[at] = value.write();
    }

    /// Whether it will hold something else than it does; for a new record, whether it holds anything.
    pub fn changed(&self, field: &dyn Declared) -> bool {
        match self.before {
            Some(before) => before.values[self.at(field)] != *self.value(field),
            None => !self.value(field).is_empty(),
        }
    }

    pub fn value(&self, field: &dyn Declared) -> &Value {
        &self.after[self.at(field)]
    }

    /// The first value offered of a field's list that is of this class.
    pub fn first_of<T, C: Choice>(&self, field: &Field<T>, class: C) -> Option<Pick<C>> {
        let (Kind::Pick(list) | Kind::Picks(list)) = field.def.kind else { return None };
        let key = self.catalogue.first_of_class(list.key, class.key())?;
        Some(Pick { key: key.to_owned(), class: Some(class) })
    }

    /// What the picked value is a part of, where its list is parted by another.
    pub fn group_of<C: Choice>(&self, field: &Field<Pick<C>>) -> Option<&str> {
        let Kind::Pick(list) = field.def.kind else { return None };
        self.catalogue.group_of(list, self.value(field).text())
    }

    /// The first value offered of a group that is of this class.
    pub fn first_in_group<C: Choice>(&self, field: &Field<Pick<C>>, group: &str, class: C) -> Option<Pick<C>> {
        let Kind::Pick(list) = field.def.kind else { return None };
        let key = self.catalogue.first_in_group(list, group, class.key())?;
        Some(Pick { key: key.to_owned(), class: Some(class) })
    }

    /// What stands beside the picked value in its list, in hundredths of a percent.
    pub fn percent_of<C: Choice>(&self, field: &Field<Pick<C>>) -> Option<i64> {
        let Kind::Pick(list) = field.def.kind else { return None };
        self.catalogue.list(list.key)?.item(&self.get(field).key)?.percent
    }

    /// A field of the record that a link leads to; the empty value when it leads nowhere.
    pub fn through<T: Typed>(&self, link: &Field<Option<Rid>>, field: &Field<T>) -> T {
        let found = || {
            let Kind::Link(to) = link.def.kind else { return None };
            let at = self.catalogue.of(to).position(field.def.key)?;
            Some(&self.linked.get(&self.get(link)?)?.values[at])
        };
        T::read(found().unwrap_or(&Value::Null), &field.def, self.catalogue)
    }

    pub fn title_of(&self, link: Rid) -> &str {
        self.titles.get(&link).map_or("", String::as_str)
    }

    /// The start-up check has seen that every rule's fields are its entity's.
    fn at(&self, field: &dyn Declared) -> usize {
        self.model.position(field.def().key).unwrap_or_else(|| {
            unreachable!("{}: a rule reads {}, which is not its entity's", self.model.entity.key, field.def().key)
        })
    }
}

/// `return refuse(&LOST_WHY, "Say why the opportunity was lost")`
pub fn refuse(field: &dyn Declared, why: impl Into<base::Text>) -> Result<(), Problem> {
    Err(Problem::at(field.def().key, "rule", why))
}
