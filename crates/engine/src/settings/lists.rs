//! Pick lists: an administrator adds values, renames, colours and orders them, and says which are offered no longer. None is
//! ever taken away: a value in use stays readable.

use std::collections::{BTreeMap, HashSet};

use base::{Error, Problem, Result, say};
use meta::Catalogue;
use meta::catalogue::List;
use meta::custom::PREFIX;
use store::{Sql, Tx};

use super::{Engine, Of, json, note};
use crate::Actor;

/// The named colours of values; the stylesheet knows them.
pub const COLOURS: [&str; 12] =
    ["ottanio", "ochre", "plum", "moss", "brick", "slate", "rose", "sky", "olive", "sand", "mint", "grey"];

/// How full the square of a value is drawn, in lists that have steps; the last is that of what is over and lost.
pub const SQUARES: [&str; 4] = ["hollow", "half", "full", "grey"];

/// Values of one list at most.
const MOST: usize = 500;
const LONGEST_LABEL: usize = 80;

/// A value as an administrator wants it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemLook {
    /// None for a new value: its key is made from its name.
    pub key: Option<String>,
    /// By the tag of a language; a declared value without any is called as it was declared.
    pub labels: BTreeMap<String, String>,
    pub class: Option<String>,
    pub colour: Option<String>,
    /// In hundredths of a percent, where the list has a percentage beside its values.
    pub percent: Option<i64>,
    /// The value of the list that parts this one.
    pub group: Option<String>,
    /// Offered no longer.
    pub retired: bool,
}

impl Engine {
    /// Gives a list these values in this order; values that are not named stay at the end.
    ///
    /// # Errors
    /// Refuses values without a name or a class that rules ask for, two of one name, and a class that would have none left.
    pub fn change_list(&self, actor: &Actor, key: &str, items: &[ItemLook]) -> Result<()> {
        self.alter(actor, Of::List(key), |tx, catalogue| {
            let list = catalogue.list(key).ok_or(Error::Missing)?;
            let items: Vec<ItemLook> =
                items.iter().map(|item| ItemLook { labels: cleaned(&item.labels), ..item.clone() }).collect();
            let problems = wrong(catalogue, list, &items);
            if !problems.is_empty() {
                return Err(Error::Refused(problems));
            }
            let mut keys: HashSet<String> = list.items.iter().map(|item| item.key.clone()).collect();
            let mut position = 0;
            for item in &items {
                let key = item.key.clone().unwrap_or_else(|| named(&item.labels, |key| keys.contains(key)));
                keys.insert(key.clone());
                put(tx, list.declared.key, &key, position, item)?;
                position += 1;
            }
            for left in
                list.items.iter().filter(|item| !items.iter().any(|known| known.key.as_ref() == Some(&item.key)))
            {
                let sql = Sql::new("UPDATE pick SET position = $1 WHERE list = $2 AND key = $3");
                tx.execute(&sql.with(position).with(list.declared.key).with(&left.key))?;
                position += 1;
            }
            note(tx, actor, &format!("lists.{key}"), "List changed", "")
        })
    }

    /// Makes a list without values; its key.
    pub fn add_list(&self, actor: &Actor, labels: &BTreeMap<String, String>) -> Result<String> {
        self.alter(actor, Of::Program, |tx, catalogue| {
            let labels = cleaned(labels);
            if labels.is_empty() {
                return Err(super::refused("labels", "required", "Give it a name"));
            }
            let key = make(tx, catalogue, &labels)?;
            note(tx, actor, &format!("lists.{key}"), "List added", labels.values().next().map_or("", String::as_str))?;
            Ok(key)
        })
    }

    /// Gives a list another name.
    pub fn rename_list(&self, actor: &Actor, key: &str, labels: &BTreeMap<String, String>) -> Result<()> {
        self.alter(actor, Of::List(key), |tx, catalogue| {
            catalogue.list(key).ok_or(Error::Missing)?;
            let labels = cleaned(labels);
            let sql = Sql::new(
                "INSERT INTO custom_list (list, labels) VALUES ($1, $2) ON CONFLICT (list) DO UPDATE SET labels = excluded.labels",
            );
            tx.execute(&sql.with(key).with(json(&labels)?))?;
            note(tx, actor, &format!("lists.{key}"), "List renamed", labels.values().next().map_or("", String::as_str))
        })
    }
}

/// What does not hold, at `items/2/labels` and the like.
fn wrong(catalogue: &Catalogue, list: &List, items: &[ItemLook]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let at = |index: usize, part: &str| format!("items/{index}/{part}");
    let mut labels: HashSet<(Option<String>, String, String)> = HashSet::new();
    let mut keys: HashSet<&String> = HashSet::new();
    for (index, item) in items.iter().enumerate() {
        let known = item.key.as_ref().map(|key| list.item(key));
        if matches!(known, Some(None)) || item.key.as_ref().is_some_and(|key| !keys.insert(key)) {
            problems.push(Problem::at(at(index, "key"), "unknown", "This value is not one of the list"));
        }
        if item.key.as_ref().is_none_or(|key| !list.declared.items.iter().any(|known| known.key == key))
            && item.labels.is_empty()
        {
            problems.push(Problem::at(at(index, "labels"), "required", "Give it a name"));
        }
        if item.labels.values().any(|label| label.chars().count() > LONGEST_LABEL) {
            let text = say!("At most {most} characters fit here", most = LONGEST_LABEL);
            problems.push(Problem::at(at(index, "labels"), "too_long", text));
        }
        for (language, label) in &item.labels {
            if !labels.insert((item.group.clone(), language.clone(), base::fold(label))) {
                let text = say!("Another value is called {label} already", label = label.clone());
                problems.push(Problem::at(at(index, "labels"), "taken", text));
            }
        }
        let classes = list.declared.classes;
        let fits = |class: &String| classes.iter().any(|known| known.key == class);
        if !classes.is_empty() && !item.class.as_ref().is_some_and(fits) {
            problems.push(Problem::at(at(index, "class"), "required", "Choose what it means to the program"));
        }
        if item.colour.as_ref().is_some_and(|colour| !is_colour(list, item, colour)) {
            problems.push(Problem::at(at(index, "colour"), "unknown", "Choose one of the colours"));
        }
    }
    problems.extend(wrong_groups(catalogue, list, items));
    if items.len() > MOST {
        problems.push(Problem::whole("too_many", say!("At most {most} values fit in a list", most = MOST)));
    }
    for class in list.declared.classes {
        let offered = |item: &&meta::catalogue::ListItem| !item.retired && item.class.as_deref() == Some(class.key);
        let is_left = |item: &ItemLook| !item.retired && item.class.as_deref() == Some(class.key);
        let unnamed = list.items.iter().filter(offered);
        let mut unnamed = unnamed.filter(|item| !items.iter().any(|named| named.key.as_ref() == Some(&item.key)));
        if list.items.iter().any(|item| offered(&item)) && unnamed.next().is_none() && !items.iter().any(is_left) {
            let text = say!(
                "The program needs at least one value that means “{class}”",
                class = base::Text::from(class.label)
            );
            problems.push(Problem::whole("rule", text));
        }
    }
    problems
}

/// Percentages that are none, groups that are not there, and groups without a value that rules ask for.
fn wrong_groups(catalogue: &Catalogue, list: &List, items: &[ItemLook]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let groups = list.declared.grouped.and_then(|by| catalogue.list(by.key));
    let group_of =
        |item: &ItemLook| item.group.clone().or_else(|| Some(groups?.declared.items.first()?.key.to_owned()));
    for (index, item) in items.iter().enumerate() {
        if item.percent.is_some_and(|percent| !(0..=10_000).contains(&percent)) {
            let text = "A percentage lies between 0 and 100";
            problems.push(Problem::at(format!("items/{index}/percent"), "invalid", text));
        }
        if item.group.as_ref().is_some_and(|group| groups.is_none_or(|groups| groups.item(group).is_none())) {
            problems.push(Problem::at(format!("items/{index}/group"), "unknown", "This value is not one of the list"));
        }
    }
    let mut seen = HashSet::new();
    for (index, first) in items.iter().enumerate().filter(|(_, item)| groups.is_some() && !item.retired) {
        let group = group_of(first);
        if !seen.insert(group.clone()) {
            continue;
        }
        let offered = |class: &str| {
            let mut of_it = items.iter().filter(|item| !item.retired && group_of(item) == group);
            let unnamed =
                list.items.iter().filter(|item| !items.iter().any(|named| named.key.as_ref() == Some(&item.key)));
            let mut unnamed = unnamed.filter(|item| !item.retired && item.class.as_deref() == Some(class));
            of_it.any(|item| item.class.as_deref() == Some(class))
                || unnamed.any(|item| catalogue.group_of(list.declared, &item.key) == group.as_deref())
        };
        if let Some(class) = list.declared.classes.iter().find(|class| !offered(class.key)) {
            let text = say!("Beside it nothing means “{class}” yet", class = base::Text::from(class.label));
            problems.push(Problem::at(format!("items/{index}/class"), "rule", text));
        }
    }
    problems
}

/// One of the twelve, a square where others are drawn so, or how the value was drawn before.
fn is_colour(list: &List, item: &ItemLook, colour: &str) -> bool {
    let before = item.key.as_ref().and_then(|key| list.item(key)).and_then(|item| item.colour.as_deref());
    COLOURS.contains(&colour) || before == Some(colour) || has_squares(list) && SQUARES.contains(&colour)
}

/// Whether the values of a list are drawn as squares.
pub fn has_squares(list: &List) -> bool {
    list.items.iter().any(|item| matches!(item.colour.as_deref(), Some("hollow" | "half" | "full")))
}

fn put(tx: &Tx, list: &str, key: &str, position: i64, item: &ItemLook) -> Result<()> {
    let mut sql =
        Sql::new("INSERT INTO pick (list, key, position, labels, class, colour, retired, percent, of_group) VALUES (");
    sql.bind(list).push(", ").bind(key).push(", ").bind(position).push(", ").bind(json(&item.labels)?).push(", ");
    sql.bind(item.class.as_deref()).push(", ").bind(item.colour.as_deref()).push(", ").bind(item.retired);
    sql.push(", ").bind(item.percent).push(", ").bind(item.group.as_deref());
    sql.push(
        ") ON CONFLICT (list, key) DO UPDATE SET position = excluded.position, labels = excluded.labels, \
         class = excluded.class, colour = excluded.colour, retired = excluded.retired, percent = excluded.percent, \
         of_group = excluded.of_group",
    );
    tx.execute(&sql).map(|_| ())
}

/// Adds a value at the end of a list; its key.
pub(crate) fn add_item(
    tx: &Tx,
    catalogue: &Catalogue,
    list: &str,
    labels: &BTreeMap<String, String>,
) -> Result<String> {
    let known = catalogue.list(list).ok_or(Error::Missing)?;
    let labels = cleaned(labels);
    check_labels(known, None, &labels)?;
    let key = named(&labels, |key| known.item(key).is_some());
    let item = ItemLook { labels, ..ItemLook::default() };
    put(tx, list, &key, i64::try_from(known.items.len()).unwrap_or(i64::MAX), &item)?;
    Ok(key)
}

/// Gives a value of a list other names, and says whether it is offered. Without names a declared one is called as declared.
pub(crate) fn change_item(
    tx: &Tx,
    catalogue: &Catalogue,
    list: &str,
    key: &str,
    labels: &BTreeMap<String, String>,
    retired: bool,
) -> Result<()> {
    let known = catalogue.list(list).ok_or(Error::Missing)?;
    let labels = cleaned(labels);
    let is_declared = known.declared.items.iter().any(|item| item.key == key);
    if !(is_declared && labels.is_empty()) {
        check_labels(known, Some(key), &labels)?;
    }
    let sql = Sql::new("UPDATE pick SET labels = $1, retired = $2 WHERE list = $3 AND key = $4");
    tx.execute(&sql.with(json(&labels)?).with(retired).with(list).with(key)).map(|_| ())
}

fn check_labels(list: &List, of: Option<&str>, labels: &BTreeMap<String, String>) -> Result<()> {
    if labels.is_empty() {
        return Err(super::refused("labels", "required", "Give it a name"));
    }
    if labels.values().any(|label| label.chars().count() > LONGEST_LABEL) {
        let text = say!("At most {most} characters fit here", most = LONGEST_LABEL);
        return Err(super::refused("labels", "too_long", text));
    }
    for (language, label) in labels {
        let same = |item: &&meta::catalogue::ListItem| {
            let known = item.labels.get(language).unwrap_or(&item.english);
            Some(item.key.as_str()) != of && base::fold(known) == base::fold(label)
        };
        if list.items.iter().any(|item| same(&item)) {
            let text = say!("Another value is called {label} already", label = label.clone());
            return Err(super::refused("labels", "taken", text));
        }
    }
    Ok(())
}

/// The key of a value with these names.
fn named(labels: &BTreeMap<String, String>, is_taken: impl Fn(&str) -> bool) -> String {
    let slug = labels.get("it").or_else(|| labels.values().next());
    let slug = slug.map(|label| super::slug(label)).filter(|slug| !slug.is_empty());
    super::free(&slug.unwrap_or("value".to_owned()), is_taken)
}

/// A new list; its key.
pub(super) fn make(tx: &Tx, catalogue: &Catalogue, labels: &BTreeMap<String, String>) -> Result<String> {
    let name = labels.get("it").or_else(|| labels.values().next()).map(|label| super::slug(label)).unwrap_or_default();
    let name = if name.is_empty() { "list".to_owned() } else { name };
    let key = super::free(&format!("{PREFIX}{name}"), |key| catalogue.list(key).is_some());
    let sql = Sql::new("INSERT INTO custom_list (list, labels) VALUES ($1, $2)");
    tx.execute(&sql.with(&key).with(json(labels)?))?;
    Ok(key)
}

/// Without blanks around words, and without empty ones.
pub(super) fn cleaned(labels: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let trimmed = labels.iter().map(|(tag, label)| (tag.clone(), label.trim().to_owned()));
    trimmed.filter(|(_, label)| !label.is_empty()).collect()
}
