//! The sample registry, as the export of an old Italian program writes it.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use sheet::{DateOrder, Decimal, Format, LineEnd, Looks, RowProblem, WINDOWS_1252, rows, rows_from, sniff};

fn sample() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/anagrafica.csv")
}

#[test]
fn its_dialect_is_found() {
    let shape = sniff(&sample()).unwrap();
    assert_eq!((shape.format, shape.encoding, shape.bom), (Format::Csv, WINDOWS_1252, false));
    assert_eq!((shape.separator, shape.quote, shape.line_end), (';', Some('"'), LineEnd::CrLf));
    assert!(shape.has_header);
    assert_eq!((shape.skip, shape.columns.len(), shape.rows, shape.blank_rows), (0, 23, 5_002, 1));
}

#[test]
fn its_columns_are_known_by_their_values() {
    let shape = sniff(&sample()).unwrap();
    let column = |name: &str| shape.columns.iter().find(|column| column.header == name).unwrap();
    assert_eq!(column("Cod.").looks, Looks::Text);
    assert_eq!(column("CAP").looks, Looks::Text);
    assert_eq!(
        (column("Fatturato ult. anno").looks, column("Fatturato ult. anno").decimal),
        (Looks::Number, Decimal::Comma)
    );
    let since = column("Cliente dal");
    assert_eq!((since.looks, since.dates, since.two_digit_years), (Looks::Date, DateOrder::Dmy, true));
    assert_eq!(column("Località").examples[0].value, "Appiano sulla strada del vino");
    assert_eq!((column("Località").examples[1].row, column("Località").examples.len()), (2, 5));
    assert!(shape.share_empty(column("Insegna")) > 0.5 && shape.share_empty(column("Cod.")) < 0.001);
}

#[test]
fn its_bad_rows_are_reported_and_stop_no_other() {
    let shape = sniff(&sample()).unwrap();
    let codes: Vec<_> = shape.findings.iter().map(|finding| finding.problem.clone()).collect();
    assert_eq!(codes, [RowProblem::TooFewCells { found: 9, expected: 23 }, RowProblem::Totals]);
    let short = rows(&sample(), &shape).unwrap().map(Result::unwrap).find(|row| row.problem.is_some()).unwrap();
    assert_eq!(short.cells[0], "003106");
    assert!(short.raw.as_deref().unwrap().starts_with("003106;A;D.A.N."));
    let text = std::fs::read(sample()).unwrap();
    let line = text.split(|&byte| byte == b'\n').nth(short.line as usize - 1).unwrap();
    assert!(line.starts_with(b"003106;"));
}

#[test]
fn line_breaks_and_quotes_within_a_cell_stay() {
    let shape = sniff(&sample()).unwrap();
    let note = rows(&sample(), &shape).unwrap().map(Result::unwrap).nth(48).unwrap().cells.pop().unwrap();
    assert_eq!(note, "fiera 2019\nSentito il 02/07: richiamare dopo le 18,00; chiede \"sconto 10%\"");
}

#[test]
fn reading_goes_on_after_any_row() {
    let shape = sniff(&sample()).unwrap();
    let all: Vec<_> = rows(&sample(), &shape).unwrap().map(Result::unwrap).collect();
    for at in [0, 47, 48, 49, 2_729, 3_100, 5_000] {
        let rest: Vec<_> = rows_from(&sample(), &shape, all[at].position_after).unwrap().map(Result::unwrap).collect();
        assert!(rest == all[at + 1..]);
    }
}

#[test]
fn a_shape_can_be_kept() {
    fn kept<T: serde::Serialize + for<'de> serde::Deserialize<'de>>() {}
    kept::<sheet::Shape>();
    kept::<sheet::Position>();
    kept::<sheet::RowProblem>();
}

/// Run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn speed() {
    let start = std::time::Instant::now();
    let shape = sniff(&sample()).unwrap();
    println!("sniffed in {:?}", start.elapsed());
    let start = std::time::Instant::now();
    let count = (0..40).map(|_| rows(&sample(), &shape).unwrap().map(Result::unwrap).count()).sum::<usize>();
    println!("{:.0} rows/s", count as f64 / start.elapsed().as_secs_f64());
}
