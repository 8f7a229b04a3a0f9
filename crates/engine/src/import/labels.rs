//! The words by which fields and their choices are called in files: what an export writes and an import knows again.

use std::collections::{BTreeMap, HashMap};

use base::fold;
use base::words::Words;
use meta::{Catalogue, Kind, Model};

/// The head of a field's column: its label, and the entity's name behind it where a field that is typed has the same label.
pub fn header(model: &Model, at: usize, words: &Words) -> String {
    let label = model.label(at, words);
    let same = |other: usize| other != at && model.label(other, words) == label;
    let typed = (0..model.fields.len()).any(|other| same(other) && !model.fields[other].read_only);
    let first = (0..at).any(|other| same(other) && model.fields[other].read_only == model.fields[at].read_only);
    match (model.fields[at].read_only && typed, first) {
        (true, _) => format!("{label} ({})", model.singular(words)),
        (_, true) => format!("{label} ({})", model.fields[at].key),
        _ => label,
    }
}

/// The words that stand for the keys of a closed set or a list: keys, labels, aliases, and initials where no two share one.
pub(crate) fn choices(catalogue: &Catalogue, kind: &Kind, words: &[&Words]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let keys: Vec<String> = match kind {
        Kind::Choice(choices) => choices.iter().map(|choice| choice.key.to_owned()).collect(),
        Kind::Pick(list) | Kind::Picks(list) | Kind::Involved(list) => {
            let items = catalogue.list(list.key).map_or(&[][..], |list| list.items.as_slice());
            items.iter().filter(|item| !item.retired).map(|item| item.key.clone()).collect()
        }
        _ => return found,
    };
    let mut put = |word: &str, key: &str| {
        let word = fold(word);
        if !word.is_empty() {
            found.entry(word).or_insert_with(|| key.to_owned());
        }
    };
    for key in &keys {
        put(key, key);
        words.iter().for_each(|words| put(&catalogue.key_label(kind, key, words), key));
    }
    if let Kind::Pick(list) | Kind::Picks(list) | Kind::Involved(list) = kind {
        for item in list.items.iter().filter(|item| keys.iter().any(|key| key == item.key)) {
            put(item.label, item.key);
            item.aliases.iter().for_each(|alias| put(alias, item.key));
        }
    }
    if let Kind::Choice(choices) = kind {
        choices.iter().for_each(|choice| put(choice.label, choice.key));
        initials(catalogue, kind, &keys, words).into_iter().for_each(|(initial, key)| put(&initial, &key));
    }
    found
}

/// `A` and `P` of "Azienda" and "Persona": the first letters of each language where they differ.
fn initials(catalogue: &Catalogue, kind: &Kind, keys: &[String], words: &[&Words]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for words in words {
        let mut by_initial: HashMap<String, Option<&String>> = HashMap::new();
        for key in keys {
            let initial: String = fold(&catalogue.key_label(kind, key, words)).chars().take(1).collect();
            by_initial.entry(initial).and_modify(|known| *known = None).or_insert(Some(key));
        }
        let mut single: Vec<_> =
            by_initial.into_iter().filter_map(|(letter, key)| Some((letter, key?.clone()))).collect();
        single.sort();
        found.extend(single);
    }
    found
}
