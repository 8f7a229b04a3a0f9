//! Lists whose values are parted by those of another: the stages of several pipelines. Where only one of those has any, nothing
//! of it shows.

use std::collections::HashMap;

use super::{Catalogue, List, ListItem};
use crate::field::FieldDef;
use crate::kind::Kind;
use crate::list::PickList;

impl Catalogue {
    /// What parts the values of a list, in the administrator's order, as far as each has any; none where there is but one.
    pub fn groups(&self, list: &PickList) -> Vec<&ListItem> {
        groups(&self.lists, list)
    }

    /// Whether a value parts other lists and none of theirs is of it: a pipeline that has no stages yet.
    pub fn is_bare(&self, list: &PickList, key: &str) -> bool {
        let parted = |other: &&List| other.declared.grouped.is_some_and(|by| by.key == list.key);
        let has_one = |other: &List| {
            let mut offered = other.items.iter().filter(|item| !item.retired);
            offered.any(|item| group_of(&self.lists, other.declared, &item.key) == Some(key))
        };
        let mut parted = self.lists.values().filter(parted).peekable();
        parted.peek().is_some() && !parted.any(has_one)
    }

    /// What a value of a list is a part of: as it says itself, or the first that was declared, however an administrator orders them.
    pub fn group_of(&self, list: &PickList, key: &str) -> Option<&str> {
        group_of(&self.lists, list, key)
    }

    /// The first value of a group that is of a class and still offered.
    pub fn first_in_group(&self, list: &PickList, group: &str, class: &str) -> Option<&str> {
        let fits = |item: &&ListItem| !item.retired && item.class.as_deref() == Some(class);
        let mut items = self.lists.get(list.key)?.items.iter().filter(fits);
        items.find(|item| self.group_of(list, &item.key) == Some(group)).map(|item| item.key.as_str())
    }

    /// Whether a field says what goes without saying, because there is but one group.
    pub fn is_idle(&self, def: &FieldDef) -> bool {
        is_idle(&self.lists, def)
    }
}

fn groups<'l>(lists: &'l HashMap<&'static str, List>, list: &PickList) -> Vec<&'l ListItem> {
    let (Some(by), Some(parted)) = (list.grouped.and_then(|by| lists.get(by.key)), lists.get(list.key)) else {
        return Vec::new();
    };
    let has_any = |group: &&ListItem| {
        parted.items.iter().any(|item| group_of(lists, list, &item.key) == Some(group.key.as_str()))
    };
    let groups: Vec<&ListItem> = by.items.iter().filter(has_any).collect();
    if groups.len() > 1 { groups } else { Vec::new() }
}

fn group_of<'l>(lists: &'l HashMap<&'static str, List>, list: &PickList, key: &str) -> Option<&'l str> {
    let by = lists.get(list.grouped?.key)?;
    let said = lists.get(list.key)?.item(key)?.group.as_deref();
    said.filter(|group| by.item(group).is_some()).or_else(|| by.declared.items.first().map(|first| first.key))
}

pub(super) fn is_idle(lists: &HashMap<&'static str, List>, def: &FieldDef) -> bool {
    let Kind::Pick(by) = def.kind else { return false };
    let parts = |list: &&List| list.declared.grouped.is_some_and(|known| known.key == by.key);
    let parted: Vec<&List> = lists.values().filter(parts).collect();
    !parted.is_empty() && parted.iter().all(|list| groups(lists, list.declared).is_empty())
}
