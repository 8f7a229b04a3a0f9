//! Files that are broken, lie, or never end.

#![allow(clippy::unwrap_used)]

mod common;

use common::{all, file};
use sheet::{
    Limits, LooksLike, Measure, RowProblem, Shape, SheetError, UTF_8, UTF_16LE, WINDOWS_1252, rows, sniff, sniff_within,
};

fn cells(text: &str, headers: &[&str]) -> Vec<Vec<String>> {
    let file = file(text);
    all(file.path(), &Shape::csv(UTF_8, ';', headers)).into_iter().map(|row| row.cells).collect()
}

fn looks_like(bytes: &[u8]) -> LooksLike {
    match sniff(file(bytes).path()) {
        Err(SheetError::Binary { looks_like }) => looks_like,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_table_is_named() {
    assert_eq!(looks_like(b"%PDF-1.7\nfoo"), LooksLike::Pdf);
    assert_eq!(looks_like(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"), LooksLike::Picture);
    assert_eq!(looks_like(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01"), LooksLike::Picture);
    assert_eq!(looks_like(b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>"), LooksLike::Html);
    assert_eq!(looks_like(b"<?xml version=\"1.0\"?><Workbook>"), LooksLike::Xml);
    assert_eq!(looks_like(b"\x1F\x8B\x08\0\0\0\0\0\0\x03abc"), LooksLike::Archive);
    assert_eq!(looks_like(&[&b"\x7FELF\x02\x01\x01"[..], &[0; 80]].concat()), LooksLike::Program);
    assert_eq!(looks_like(&[0; 500]), LooksLike::Unknown);
}

#[test]
fn a_header_that_begins_like_a_picture_is_text() {
    assert!(sniff(file("BM;Nome\n1;Anna\n2;Ugo\n").path()).is_ok());
    assert!(sniff(file("MZ;Nome\n1;Anna\n2;Ugo\n").path()).is_ok());
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    for text in ["", "\r\n\r\n", ";;;\n;;;\n", "\u{FEFF}"] {
        assert!(matches!(sniff(file(text).path()), Err(SheetError::Empty)), "{text:?}");
    }
}

#[test]
fn a_file_that_is_not_there_is_an_input_error() {
    assert!(matches!(sniff("/nowhere/at/all.csv".as_ref()), Err(SheetError::Io(_))));
}

#[test]
fn an_unclosed_quote_swallows_no_row() {
    let text = "a;b;c\n1;\"foo;x\n2;\"bar\";y\n3;baz;\"z\"\n";
    assert_eq!(cells(text, &["a", "b", "c"]), [["1", "\"foo", "x"], ["2", "bar", "y"], ["3", "baz", "z"]]);
    let file = file(text);
    let first = rows(file.path(), &Shape::csv(UTF_8, ';', &["a", "b", "c"])).unwrap().next().unwrap().unwrap();
    assert_eq!(first.problem, Some(RowProblem::UnclosedQuote { line: 2 }));
    assert_eq!(first.raw.as_deref(), Some("1;\"foo;x"));
}

#[test]
fn an_unclosed_quote_with_no_other_after_it_swallows_no_row() {
    let mut text = "a;b\n1;\"foo\n".to_owned();
    (2..3_000).for_each(|row| text.push_str(&format!("{row};x\n")));
    let read = cells(&text, &["a", "b"]);
    assert_eq!((read.len(), &read[0][1], &read[1][0]), (2_999, &"\"foo".to_owned(), &"2".to_owned()));
    assert_eq!(sniff(file(&text).path()).unwrap().problem_rows, 1);
}

#[test]
fn an_unclosed_quote_after_a_good_cell_of_several_lines_ends_with_its_line() {
    let text = "a;b;c\n1;\"x\ny\";\"foo\n2;p;q\n3;\"r\";s\n";
    assert_eq!(cells(text, &["a", "b", "c"]), [["1", "x\ny", "\"foo"], ["2", "p", "q"], ["3", "r", "s"]]);
}

#[test]
fn a_file_cut_off_within_a_quote_keeps_its_rows() {
    assert_eq!(cells("a;b\n1;x\n2;\"y", &["a", "b"]), [["1", "x"], ["2", "\"y"]]);
    assert_eq!(cells("a;b\n1;x\n2;\"y\nz\"", &["a", "b"]), [["1", "x"], ["2", "y\nz"]]);
}

#[test]
fn short_and_long_rows_are_marked_and_given() {
    let file = file("a;b;c\n1;2\n1;2;3;4\n1;2;3;;;\n\n;;\n1;2;3");
    let rows = all(file.path(), &Shape::csv(UTF_8, ';', &["a", "b", "c"]));
    let problems: Vec<_> = rows.iter().map(|row| (row.number, row.line, row.problem.clone())).collect();
    let (few, many) =
        (RowProblem::TooFewCells { found: 2, expected: 3 }, RowProblem::TooManyCells { found: 4, expected: 3 });
    assert_eq!(problems, [(1, 2, Some(few)), (2, 3, Some(many)), (3, 4, None), (4, 7, None)]);
}

#[test]
fn a_wrongly_declared_encoding_marks_the_rows_it_breaks() {
    let file = file(b"nome;x\nNiccol\xF2;1\nAnna;2\n");
    let rows = all(file.path(), &Shape::csv(UTF_8, ';', &["nome", "x"]));
    assert_eq!((rows[0].problem.clone(), rows[1].problem.clone()), (Some(RowProblem::WrongEncoding), None));
    let right = all(file.path(), &Shape::csv(WINDOWS_1252, ';', &["nome", "x"]));
    assert_eq!(right[0].cells[0], "Niccolò");
}

#[test]
fn utf16_is_read_with_and_without_its_mark() {
    let text = "nome;città\r\nNiccolò;\"Forlì\nEst\"\r\nAnna;Roma\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for head in [&b"\xFF\xFE"[..], b""] {
        let file = file([head, &bytes].concat());
        let shape = sniff(file.path()).unwrap();
        assert_eq!((shape.encoding, shape.bom, shape.separator), (UTF_16LE, !head.is_empty(), ';'));
        assert_eq!(shape.columns[1].header, "città");
        assert_eq!(all(file.path(), &shape)[0].cells, ["Niccolò", "Forlì\nEst"]);
    }
}

#[test]
fn utf8_with_one_broken_place_stays_utf8() {
    let mut bytes = "nome;città\n".to_owned().into_bytes();
    (0..50).for_each(|row| bytes.extend_from_slice(format!("Niccolò {row};Forlì\n").as_bytes()));
    bytes.extend_from_slice(b"Ugo;Forl\xEC\n");
    let shape = sniff(file(bytes).path()).unwrap();
    assert_eq!((shape.encoding, shape.problem_rows), (UTF_8, 1));
    assert_eq!(shape.findings[0].problem, RowProblem::WrongEncoding);
}

#[test]
fn endless_files_and_lines_end_in_a_clear_error() {
    let limits = Limits { max_bytes: 1 << 20, max_line_bytes: 1 << 16, ..Limits::default() };
    let long = file("a;b;c\n".repeat(300_000));
    let error = sniff_within(long.path(), limits).unwrap_err();
    assert!(matches!(error, SheetError::TooLarge { what: Measure::Bytes, limit: 1_048_576 }));
    let wide = file("a;".repeat(100_000));
    let error = sniff_within(wide.path(), limits).unwrap_err();
    assert!(matches!(error, SheetError::TooLarge { what: Measure::Line, limit: 65_536 }));
    let many = file("a;b\n".repeat(100));
    let shape = Shape { limits: Limits { max_rows: 10, ..limits }, ..Shape::csv(UTF_8, ';', &["a", "b"]) };
    let last = rows(many.path(), &shape).unwrap().last().unwrap();
    assert!(matches!(last, Err(SheetError::TooLarge { what: Measure::Rows, limit: 10 })));
}

#[test]
fn a_cell_beyond_the_limit_marks_its_row_only() {
    let text = format!("a;b\n1;{}\n2;x\n", "y".repeat(100));
    let file = file(text);
    let limits = Limits { max_cell_bytes: 50, ..Limits::default() };
    let rows = all(file.path(), &Shape { limits, ..Shape::csv(UTF_8, ';', &["a", "b"]) });
    assert_eq!(rows[0].problem, Some(RowProblem::CellTooLarge { column: 1, bytes: 100, limit: 50 }));
    assert_eq!(rows[1].problem, None);
}

#[test]
fn a_shape_that_cannot_be_is_refused() {
    let file = file("a;b\n");
    for (separator, quote) in [('é', None), ('\n', None), (';', Some('€')), (';', Some(';'))] {
        let shape = Shape { quote, ..Shape::csv(UTF_8, separator, &["a"]) };
        assert!(matches!(rows(file.path(), &shape), Err(SheetError::BadShape { .. })));
    }
}

#[test]
fn many_quotes_left_open_do_not_make_reading_slow() {
    let text = "a\";\"\n".repeat(50_000);
    let start = std::time::Instant::now();
    assert!(!cells(&text, &["a", "b"]).is_empty());
    assert!(start.elapsed().as_secs() < 20);
}
