//! Whatever is written is read back, in every dialect; whatever bytes there are, reading ends.

#![allow(clippy::unwrap_used)]

mod common;

use common::{all, file};
use proptest::prelude::*;
use sheet::{Cell, CsvStyle, CsvWriter, Encoding, Heading, Limits, Position, Shape, UTF_8, WINDOWS_1252};
use sheet::{XlsxWriter, rows, rows_from, sniff, sniff_within};

const HEADERS: [&str; 3] = ["uno", "due", "tre"];

/// Signs that mean something to one format or the other come up often.
fn text() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => prop::sample::select(vec!['a', 'è', '€', ' ', '1', '0', 'x', '_']),
        4 => prop::sample::select(vec![';', ',', '\t', '|', '"', '\'', '\n', '\r', '=', '+', '-', '@', '<', '&', '\u{B}']),
    ];
    prop::collection::vec(sign, 0..8).prop_map(String::from_iter)
}

/// Rows are not blank: those are passed over.
fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec((text(), text(), text()).prop_map(|(a, b, c)| vec![a, format!("k{b}"), c]), 0..8)
}

fn written(table: &[Vec<String>], separator: char, encoding: &'static Encoding, bom: bool) -> Vec<u8> {
    let style = CsvStyle { separator, encoding, bom, ..CsvStyle::default() };
    let mut writer = CsvWriter::new(Vec::new(), style, &HEADERS).unwrap();
    for row in table {
        writer.row(&row.iter().map(|cell| Cell::Text(cell)).collect::<Vec<_>>()).unwrap();
    }
    let (bytes, replaced) = writer.finish().unwrap();
    assert_eq!(replaced, 0);
    bytes
}

fn cells(path: &std::path::Path, shape: &Shape) -> Vec<Vec<String>> {
    all(path, shape).into_iter().map(|row| row.cells).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn csv_comes_back_as_it_was(table in table(), separator in prop::sample::select(vec![';', ',', '\t', '|']), kind in 0..3) {
        let (encoding, bom) = [(UTF_8, true), (UTF_8, false), (WINDOWS_1252, false)][kind as usize];
        let file = file(written(&table, separator, encoding, bom));
        prop_assert_eq!(cells(file.path(), &Shape::csv(encoding, separator, &HEADERS)), table);
    }

    #[test]
    fn utf16_comes_back_as_it_was(table in table(), big in any::<bool>()) {
        let text = String::from_utf8(written(&table, ';', UTF_8, true)).unwrap();
        let bytes: Vec<u8> = text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
        let encoding = if big { sheet::UTF_16BE } else { sheet::UTF_16LE };
        prop_assert_eq!(cells(file(bytes).path(), &Shape::csv(encoding, ';', &HEADERS)), table);
    }

    #[test]
    fn reading_goes_on_after_any_row(table in table(), at in any::<prop::sample::Index>()) {
        prop_assume!(!table.is_empty());
        let file = file(written(&table, ';', UTF_8, true));
        let shape = Shape::csv(UTF_8, ';', &HEADERS);
        let all = all(file.path(), &shape);
        let at = at.index(all.len());
        let rest: Vec<_> = rows_from(file.path(), &shape, all[at].position_after).unwrap().map(Result::unwrap).collect();
        prop_assert_eq!(&rest[..], &all[at + 1..]);
    }

    #[test]
    fn any_bytes_end_in_rows_or_an_error(bytes in prop::collection::vec(
        prop_oneof![3 => prop::sample::select(b";,\t|\"'\n\r a1\0".to_vec()), 1 => any::<u8>()], 0..200,
    )) {
        let file = file(&bytes);
        let limits = Limits { max_rows: 1_000, ..Limits::default() };
        let mut shape = Shape { limits, ..Shape::csv(UTF_8, ';', &HEADERS) };
        if let Ok(found) = sniff_within(file.path(), limits) {
            shape = found;
        }
        let all: Vec<_> = rows(file.path(), &shape).unwrap().map(Result::unwrap).collect();
        let mut last = Position::default();
        for row in &all {
            prop_assert!(row.position_after.offset > last.offset && row.position_after.offset <= bytes.len() as u64);
            last = row.position_after;
        }
        prop_assert_eq!(shape.rows == 0 || shape.rows == all.len() as u64, true);
    }

    #[test]
    fn the_dialect_of_a_believable_table_is_found(
        people in prop::collection::vec(("[A-Z][a-zòàùèì]{3,9}", "[A-Z][a-z]{3,9}( [A-Z][a-z]{3,9})?", 1u32..900_000, 1u32..29, 1u32..13), 4..30),
        separator in prop::sample::select(vec![';', '\t', ',', '|']),
        latin in any::<bool>(),
    ) {
        let encoding = if latin { WINDOWS_1252 } else { UTF_8 };
        let style = CsvStyle { separator, encoding, bom: false, ..CsvStyle::default() };
        let mut writer = CsvWriter::new(Vec::new(), style, &["Nome", "Città", "Fatturato", "Nato il"]).unwrap();
        for (name, town, cents, day, month) in &people {
            let date = format!("{day:02}/{month:02}/1980");
            let money = Cell::Money { units: i64::from(*cents), scale: 2 };
            writer.row(&[Cell::Text(name), Cell::Text(town), money, Cell::Text(&date)]).unwrap();
        }
        let shape = sniff(file(writer.finish().unwrap().0).path()).unwrap();
        prop_assert_eq!((shape.separator, shape.quote, shape.has_header, shape.skip), (separator, Some('"'), true, 0));
        prop_assert_eq!(shape.rows, people.len() as u64);
        prop_assert_eq!(shape.problem_rows, 0);
        prop_assert_eq!(shape.columns.iter().map(|column| column.header.as_str()).collect::<Vec<_>>(), ["Nome", "Città", "Fatturato", "Nato il"]);
        prop_assert_eq!(shape.columns[3].dates, sheet::DateOrder::Dmy);
        prop_assert_eq!(shape.columns[2].decimal, sheet::Decimal::Comma);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_workbook_comes_back_as_it_was(table in table()) {
        let headings = HEADERS.map(|title| Heading { title, width: None });
        let mut writer = XlsxWriter::new("Foglio", &headings, None).unwrap();
        for row in &table {
            writer.row(&row.iter().map(|cell| Cell::Text(cell)).collect::<Vec<_>>()).unwrap();
        }
        let mut bytes = Vec::new();
        writer.finish(&mut bytes).unwrap();
        prop_assert_eq!(cells(file(bytes).path(), &Shape::xlsx(&HEADERS)), table);
    }
}
