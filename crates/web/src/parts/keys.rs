//! The sheet of the keys that act on every page, on lists and on records.

use base::words::Language;
use ui::{KeyGroup, KeySheet, Text};

use super::shell::enter;
use crate::Visit;

/// A place that `G` and a letter lead to.
pub struct Place<'a> {
    pub letter: &'static str,
    pub url: String,
    pub label: Text<'a>,
}

/// A letter as it stands on its key; none for what is no letter of the alphabet.
pub fn cap(letter: char) -> Option<&'static str> {
    let at = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(letter.to_ascii_uppercase())?;
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ".get(at..=at)
}

pub fn sheet<'a>(visit: &Visit<'a>, go: &[Place<'a>]) -> KeySheet<'a> {
    let w = visit.words();
    let enter = enter(w.language());
    let (shift, space, delete) = match w.language() {
        Language::It => ("Maiusc", "Spazio", "Canc"),
        Language::En => ("Shift", "Space", "Delete"),
    };
    let group = |title, keys| KeyGroup { title, keys };
    KeySheet {
        title: w.say("Keys"),
        close: w.say("Close"),
        groups: vec![
            group(
                w.say("Everywhere"),
                vec![
                    (vec!["/"], w.say("Search")),
                    (vec!["Ctrl", "K"], w.say("Search, also while writing")),
                    (vec!["C"], w.say("Create")),
                    (vec!["["], w.say("Narrow the bar")),
                    (vec!["Ctrl", "Z"], w.say("Undo the last act")),
                    (vec!["F1"], w.say("Help on this page")),
                    (vec!["?"], w.say("Keys of this page")),
                    (vec!["Esc"], w.say("Close")),
                ],
            ),
            group(w.say("Go to"), go.iter().map(|place| (vec!["G", place.letter], place.label.clone())).collect()),
            group(
                w.say("In a list"),
                vec![
                    (vec!["J", "K"], w.say("Next and previous")),
                    (vec!["↓", "↑"], w.say("Next and previous")),
                    (vec![enter], w.say("Open")),
                    (vec![space], w.say("Select")),
                    (vec![shift, "↓", "↑"], w.say("Select several")),
                    (vec!["Ctrl", "A"], w.say("Select the rows shown; again, all that match")),
                    (vec!["M"], w.say("Menu of the row")),
                    (vec!["E"], w.say("Edit")),
                    (vec!["Alt", enter], w.say("Edit in the list")),
                    (vec![delete], w.say("Move to the trash")),
                    (vec!["F"], w.say("Filter")),
                    (vec!["1", "…", "9"], w.say("Views")),
                ],
            ),
            group(
                w.say("In a record"),
                vec![
                    (vec!["J", "K"], w.say("Next and previous")),
                    (vec!["E"], w.say("Edit as a form")),
                    (vec!["Tab"], w.say("Next field; it saves the one that is open")),
                    (vec![enter], w.say("Open and save a field")),
                    (vec!["Ctrl", enter], w.say("Save")),
                    (vec!["Ctrl", shift, enter], w.say("Save and create new")),
                ],
            ),
        ],
    }
}
