//! Workbooks: written and read, typed, lying and cut off.

#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write;

use chrono::NaiveDate;
use common::{all, file};
use sheet::{Cell, DateOrder, Format, Heading, Limits, Looks, LooksLike, Measure, Shape, SheetError, XlsxWriter};
use sheet::{rows, rows_from, sniff, sniff_within};

fn workbook(rows: u32) -> Vec<u8> {
    let titles = ["Nome", "Importo", "Dal", "Quantità"];
    let headings = titles.map(|title| Heading { title, width: Some(20.0) });
    let mut writer = XlsxWriter::new("Clienti: [tutti]", &headings, None).unwrap();
    let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    for row in 0..rows {
        let name = format!("=cmd|' /C calc'!A{row}");
        let money = Cell::Money { units: -123_456 - i64::from(row), scale: 2 };
        writer.row(&[Cell::Text(&name), money, Cell::Date(day), Cell::Number(0.1 + 0.2)]).unwrap();
    }
    let mut bytes = Vec::new();
    assert_eq!(writer.finish(&mut bytes).unwrap().rows, u64::from(rows));
    bytes
}

#[test]
fn typed_cells_come_back_as_plain_text() {
    let file = file(workbook(3));
    let shape = sniff(file.path()).unwrap();
    assert_eq!((shape.format, shape.rows, shape.has_header), (Format::Xlsx, 3, true));
    assert_eq!(shape.sheets, ["Clienti tutti"]);
    assert_eq!((shape.columns[2].looks, shape.columns[2].dates), (Looks::Date, DateOrder::Ymd));
    let first = &all(file.path(), &shape)[0];
    assert_eq!(first.cells, ["=cmd|' /C calc'!A0", "-1234,56", "2024-02-29", "0,3"]);
    assert_eq!((first.number, first.line), (1, 2));
}

#[test]
fn texts_are_never_formulas() {
    let bytes = workbook(1);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let sheet = std::io::read_to_string(archive.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
    assert!(!sheet.contains("<f>") && sheet.contains("autoFilter") && sheet.contains("frozen"));
}

#[test]
fn reading_goes_on_after_a_row() {
    let file = file(workbook(3_000));
    let shape = sniff(file.path()).unwrap();
    let all = all(file.path(), &shape);
    let rest: Vec<_> = rows_from(file.path(), &shape, all[1_500].position_after).unwrap().map(Result::unwrap).collect();
    assert!(all.len() == 3_000 && rest == all[1_501..]);
}

#[test]
fn a_reader_that_is_dropped_early_leaves_nothing_hanging() {
    let file = file(workbook(20_000));
    let shape = Shape::xlsx(&["Nome"]);
    assert!(rows(file.path(), &shape).unwrap().next().unwrap().is_ok());
}

#[test]
fn a_workbook_cut_off_anywhere_ends_in_an_error() {
    let bytes = workbook(50);
    for at in (10..bytes.len() - 30).step_by(997) {
        let error = sniff(file(&bytes[..at]).path()).unwrap_err();
        assert!(matches!(error, SheetError::Truncated), "{at}: {error}");
    }
}

#[test]
fn a_workbook_with_a_byte_changed_never_panics() {
    let bytes = workbook(5);
    for at in (0..bytes.len()).step_by(211) {
        let mut broken = bytes.clone();
        broken[at] ^= 0x55;
        let file = file(&broken);
        if let Ok(shape) = sniff(file.path()) {
            assert!(rows(file.path(), &shape).map(|rows| rows.count()).is_ok());
        }
    }
}

#[test]
fn an_unknown_sheet_is_named() {
    let file = file(workbook(1));
    let shape = Shape { sheet: Some("Altro".into()), ..Shape::xlsx(&["Nome"]) };
    let first = rows(file.path(), &shape).unwrap().next().unwrap();
    assert!(matches!(first, Err(SheetError::NoSuchSheet { sheet }) if sheet == "Altro"));
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn archives_that_are_no_workbook_are_named() {
    let looks_like = |parts: &[(&str, &[u8])]| match sniff(file(archive(parts)).path()) {
        Err(SheetError::Binary { looks_like }) => looks_like,
        other => panic!("{other:?}"),
    };
    assert_eq!(looks_like(&[("a.txt", b"x")]), LooksLike::Zip);
    assert_eq!(looks_like(&[("word/document.xml", b"x")]), LooksLike::Document);
    assert!(matches!(sniff(file(archive(&[("xl/workbook.xml", b"<x")])).path()), Err(SheetError::Damaged { .. })));
}

#[test]
fn a_bomb_is_refused_before_it_is_opened() {
    let zeros = vec![b' '; 8 << 20];
    let limits = Limits { max_unpacked_bytes: 4 << 20, ..Limits::default() };
    let bomb = file(archive(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeros)]));
    let error = sniff_within(bomb.path(), limits).unwrap_err();
    assert!(matches!(error, SheetError::TooLarge { what: Measure::Unpacked, .. }));
}

#[test]
fn a_bomb_that_declares_a_small_size_is_refused() {
    let zeros = vec![b' '; 8 << 20];
    let mut bytes = archive(&[("xl/workbook.xml", b"<x/>"), ("xl/sharedStrings.xml", &zeros)]);
    let size = (8u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|&at| bytes[at..at + 4] == size).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|&at| bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes()));
    let limits = Limits { max_unpacked_bytes: 4 << 20, ..Limits::default() };
    let error = sniff_within(file(bytes).path(), limits).unwrap_err();
    assert!(matches!(error, SheetError::TooLarge { .. } | SheetError::Damaged { .. }), "{error}");
}

#[test]
fn a_far_off_cell_takes_no_memory() {
    let titles = [Heading { title: "a", width: None }];
    let mut writer = XlsxWriter::new("x", &titles, None).unwrap();
    let mut cells = vec![Cell::Empty; 16_384];
    cells[16_383] = Cell::Text("far");
    writer.row(&cells).unwrap();
    let mut bytes = Vec::new();
    writer.finish(&mut bytes).unwrap();
    let error = sniff(file(bytes).path()).unwrap_err();
    assert!(matches!(error, SheetError::TooLarge { what: Measure::Columns, .. }), "{error}");
}

#[test]
fn an_old_workbook_that_is_none_is_damaged() {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.extend_from_slice(&[7; 2_000]);
    assert!(matches!(sniff(file(bytes).path()), Err(SheetError::Damaged { .. } | SheetError::Truncated)));
}
