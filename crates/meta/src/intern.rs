//! Words that live as long as the program: declarations are static, and what an administrator adds becomes one of them.
//! The same word is kept once, however often the catalogue is read again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::field::Condition;
use crate::list::{PickList, list};

/// Key, label, and whether it is open.
type ListName = (&'static str, &'static str, bool);
type Kept<T> = LazyLock<Mutex<HashSet<&'static T>>>;

/// Labels by the tag of their language.
pub type Labels = &'static [(&'static str, &'static str)];

static WORDS: Kept<str> = LazyLock::new(Mutex::default);
static SERIES: Kept<[&'static str]> = LazyLock::new(Mutex::default);
static LABELS: Kept<[(&'static str, &'static str)]> = LazyLock::new(Mutex::default);
static CONDITIONS: Kept<Condition> = LazyLock::new(Mutex::default);
static LISTS: LazyLock<Mutex<HashMap<ListName, &'static PickList>>> = LazyLock::new(Mutex::default);

pub fn word(text: &str) -> &'static str {
    keep(&WORDS, text, || text.into())
}

pub fn words(texts: &[String]) -> &'static [&'static str] {
    let texts: Vec<&'static str> = texts.iter().map(|text| word(text)).collect();
    keep(&SERIES, &texts, || texts.as_slice().into())
}

pub fn labels(texts: &BTreeMap<String, String>) -> Labels {
    let texts: Vec<_> = texts.iter().map(|(tag, text)| (word(tag), word(text))).collect();
    keep(&LABELS, &texts, || texts.as_slice().into())
}

pub fn condition(one: Condition) -> &'static Condition {
    keep(&CONDITIONS, &one, || Box::new(one))
}

/// A list that no module declares.
pub fn pick_list(key: &str, label: &str, open: bool) -> &'static PickList {
    let (key, label) = (word(key), word(label));
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    lists.entry((key, label, open)).or_insert_with(|| Box::leak(Box::new(PickList { open, ..list(key, label) })))
}

fn keep<T: ?Sized + Eq + Hash>(kept: &Kept<T>, one: &T, make: impl FnOnce() -> Box<T>) -> &'static T {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(one) {
        return known;
    }
    let fresh: &'static T = Box::leak(make());
    kept.insert(fresh);
    fresh
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_kept_once() {
        assert!(std::ptr::eq(word("Coperti"), word(&format!("Coper{}", "ti"))));
        let labels_of = || labels(&BTreeMap::from([("it".to_owned(), "Coperti".to_owned())]));
        assert!(std::ptr::eq(labels_of(), labels_of()));
        assert!(std::ptr::eq(pick_list("x_a", "A", false), pick_list("x_a", "A", false)));
    }
}
