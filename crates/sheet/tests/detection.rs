//! The dialect of a file is found from its bytes alone, whoever wrote it: separator, quote, encoding and line end.

#![allow(clippy::unwrap_used)]

mod common;

use common::{all, file};
use proptest::prelude::*;
use sheet::sniff;

/// A table as a program of its own habits writes it.
#[derive(Clone, Debug)]
struct Habits {
    separator: char,
    quote: char,
    /// Every cell, and not only those that need it.
    quotes_all: bool,
    line_end: &'static str,
    encoding: usize,
}

const ENCODINGS: [&str; 5] = ["UTF-8", "UTF-8 with a mark", "windows-1252", "UTF-16LE", "UTF-16BE"];

fn habits() -> impl Strategy<Value = Habits> {
    let separators = prop::sample::select(vec![';', ',', '\t', '|']);
    let ends = prop::sample::select(vec!["\r\n", "\n"]);
    let quotes = prop_oneof![4 => Just('"'), 1 => Just('\'')];
    (separators, quotes, any::<bool>(), ends, 0..ENCODINGS.len()).prop_map(
        |(separator, quote, quotes_all, line_end, encoding)| Habits {
            separator,
            quote,
            quotes_all,
            line_end,
            encoding,
        },
    )
}

impl Habits {
    fn write(&self, table: &[Vec<String>]) -> Vec<u8> {
        let cell = |text: &String| {
            let needs = text.contains([self.separator, self.quote, '\n', '\r']);
            match needs || self.quotes_all {
                true => {
                    let doubled = text.replace(self.quote, &format!("{0}{0}", self.quote));
                    format!("{0}{doubled}{0}", self.quote)
                }
                false => text.clone(),
            }
        };
        let row = |row: &Vec<String>| {
            row.iter().map(cell).collect::<Vec<_>>().join(&self.separator.to_string()) + self.line_end
        };
        let text: String = table.iter().map(row).collect();
        match self.encoding {
            0 => text.into_bytes(),
            1 => format!("\u{FEFF}{text}").into_bytes(),
            2 => sheet::WINDOWS_1252.encode(&text).0.into_owned(),
            3 => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

/// People with an address of several words and a note that may hold anything.
fn people() -> impl Strategy<Value = Vec<Vec<String>>> {
    let note = prop_oneof![
        3 => "[a-zàèéìòù ]{0,20}",
        1 => "[a-z]{3,8}[;,|\t][a-z ]{3,8}",
        1 => "[a-z]{3,8}\n[a-z ]{3,8}",
        1 => "[a-z]{3,8} \"[a-z]{2,8}\" [a-z]{2,5}",
    ];
    let row = ("[A-Z][a-zòàùèì]{3,9}", "Via [A-Z][a-z]{3,9} [0-9]{1,3}", "[0-9]{5}", note);
    prop::collection::vec(
        row.prop_map(|(name, street, zip, note)| vec![name, street, zip, note.trim().to_owned()]),
        6..30,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_comes_back_as_it_was_whoever_wrote_it(habits in habits(), people in people()) {
        let headers = ["Nome", "Indirizzo", "CAP", "Note"].map(str::to_owned).to_vec();
        let table: Vec<Vec<String>> = std::iter::once(headers.clone()).chain(people.clone()).collect();
        // An apostrophe that quotes is believed where it quotes throughout.
        prop_assume!(habits.quote == '"' || habits.quotes_all);
        let file = file(habits.write(&table));
        let shape = sniff(file.path()).unwrap();
        prop_assert_eq!(shape.separator, habits.separator, "{}", ENCODINGS[habits.encoding]);
        prop_assert_eq!(shape.columns.iter().map(|column| column.header.clone()).collect::<Vec<_>>(), headers);
        let cells: Vec<Vec<String>> = all(file.path(), &shape).into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(cells, people, "{}", ENCODINGS[habits.encoding]);
    }

    #[test]
    fn any_bytes_are_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        if let Ok(shape) = sniff(file(&bytes).path()) {
            prop_assert!(sheet::rows(file(&bytes).path(), &shape).is_ok_and(|rows| rows.count() <= bytes.len() + 1));
        }
    }
}

#[test]
fn a_few_words_with_many_accents_are_italian() {
    let text = "Nome;Indirizzo;CAP;Note\r\nAòèò;Via Aaaa 0;00000;\r\nAùaa;Via Aaaa 0;00000;éòùééòàé\r\n";
    let written = file(sheet::WINDOWS_1252.encode(text).0);
    assert_eq!(sniff(written.path()).unwrap().encoding.name(), "windows-1252");
}

#[test]
fn accents_that_only_mac_roman_has_at_the_ends_of_words_say_what_a_file_is_written_in() {
    let text = "Nome;Località;Note\nNiccolò;Città di Castello;È più che lunedì\nJosé;Forlì;perché\n";
    let mac = sheet::Encoding::for_label(b"macintosh").unwrap();
    let bytes = mac.encode(text).0.into_owned();
    let written = file(&bytes);
    let shape = sniff(written.path()).unwrap();
    assert_eq!(shape.encoding, mac);
    assert_eq!(all(written.path(), &shape)[0].cells[1], "Città di Castello");
    let windows = file(sheet::WINDOWS_1252.encode(text).0);
    assert_eq!(sniff(windows.path()).unwrap().encoding, sheet::WINDOWS_1252);
}
