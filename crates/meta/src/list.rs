//! Pick lists: values that the administrator edits. Rules read the class of a value, never its key.

use crate::choice::{Choice, ChoiceDef};

/// A list as declared: what a new installation starts with.
pub struct PickList {
    pub key: &'static str,
    pub label: &'static str,
    /// What the values mean to rules and reports, where rules care.
    pub classes: &'static [ChoiceDef],
    pub items: &'static [PickItem],
    /// Values may be added while typing, as tags are.
    pub open: bool,
    /// What the percentage beside each value is called, where there is one: the probability of a stage.
    pub percent: Option<&'static str>,
    /// The list whose values part this one: each of its values is of one of those, the first declared one when none is said.
    pub grouped: Option<&'static PickList>,
}

/// One value of a list. `key` never changes; label, order and colour are the administrator's.
#[derive(Clone, Copy, Debug)]
pub struct PickItem {
    pub key: &'static str,
    pub label: &'static str,
    pub class: Option<&'static str>,
    /// One of the twelve named colours, or none.
    pub colour: Option<&'static str>,
    /// In hundredths of a percent.
    pub percent: Option<i64>,
    /// The value of the list that parts this one.
    pub group: Option<&'static str>,
    /// Other words for it in imported files, in any language, folded when compared.
    pub aliases: &'static [&'static str],
}

pub const fn list(key: &'static str, label: &'static str) -> PickList {
    PickList { key, label, classes: &[], items: &[], open: false, percent: None, grouped: None }
}

pub const fn item(key: &'static str, label: &'static str) -> PickItem {
    PickItem { key, label, class: None, colour: None, percent: None, group: None, aliases: &[] }
}

impl PickList {
    pub const fn classes<C: Choice>(mut self) -> PickList {
        self.classes = C::ALL;
        self
    }

    pub const fn items(mut self, items: &'static [PickItem]) -> PickList {
        self.items = items;
        self
    }

    pub const fn percent(mut self, label: &'static str) -> PickList {
        self.percent = Some(label);
        self
    }

    pub const fn grouped_by(mut self, groups: &'static PickList) -> PickList {
        self.grouped = Some(groups);
        self
    }

    pub const fn open(mut self) -> PickList {
        self.open = true;
        self
    }
}

impl PickItem {
    pub const fn class(mut self, key: &'static str) -> PickItem {
        self.class = Some(key);
        self
    }

    /// So many of a hundred.
    pub const fn percent(mut self, whole: u8) -> PickItem {
        self.percent = Some(whole as i64 * 100);
        self
    }

    pub const fn group(mut self, key: &'static str) -> PickItem {
        self.group = Some(key);
        self
    }

    pub const fn aliases(mut self, words: &'static [&'static str]) -> PickItem {
        self.aliases = words;
        self
    }

    pub const fn colour(mut self, colour: &'static str) -> PickItem {
        self.colour = Some(colour);
        self
    }
}
