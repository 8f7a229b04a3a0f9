//! Files that are none, lie, or never end: the command line ends with 3 and a sentence, the wizard answers 422 with the same one.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/plain.rs"]
mod plain;

use std::io::{Cursor, Read, Write};
use std::process::Command;

use common::{Running, bottega, done};
use plain::Plain;

const PASSWORD: &str = "una-lunga-password";

/// A workbook whose sheet is a hundred megabytes of nothing, packed into some thousands.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("[Content_Types].xml", options).unwrap();
    archive.write_all(b"<Types/>").unwrap();
    archive.start_file("xl/workbook.xml", options).unwrap();
    archive.write_all(b"<workbook/>").unwrap();
    archive.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    let nothing = vec![b' '; 1 << 20];
    (0..1200).for_each(|_| archive.write_all(&nothing).unwrap());
    archive.finish().unwrap().into_inner()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// What cannot be brought in, and words of the sentence that says why.
fn unusable() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let mut half = bomb();
    half.truncate(half.len() / 2);
    vec![
        ("vuoto.csv", Vec::new(), "è vuoto"),
        ("bianco.csv", b" \r\n\r\n  \r\n".to_vec(), "è vuoto"),
        ("solo-un-segno.csv", b"\xEF\xBB\xBF".to_vec(), "è vuoto"),
        ("foto.csv", [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0; 400]].concat(), "un'immagine"),
        ("fattura.csv", b"%PDF-1.7\n1 0 obj\n".to_vec(), "un PDF"),
        ("pagina.xls", b"<!DOCTYPE html><html><table><tr><td>Nome</table></html>".to_vec(), "pagina web"),
        ("zeri.csv", vec![0; 100_000], "non è un CSV né un Excel"),
        ("senza-fine.csv", vec![b'a'; 24 << 20], "non va a capo"),
        ("bomba.xlsx", bomb(), "troppo grande"),
        ("tronco.xlsx", half, ""),
    ]
}

/// Within a gigabyte and a half of addresses, where the system can say so.
fn within_bounds(place: &[&str], words: &[&str]) -> Command {
    let inner = bottega(place);
    if !cfg!(target_os = "linux") {
        let mut command = inner;
        command.args(words);
        return command;
    }
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 1500000; exec \"$0\" \"$@\""]).arg(inner.get_program()).args(inner.get_args());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.args(words);
    command
}

#[test]
fn the_command_line_says_why_a_file_is_unusable_and_ends_with_3() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = ["--data", data.to_str().unwrap()];
    for (name, bytes, said) in unusable() {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = within_bounds(&place, &["import", "companies", path.to_str().unwrap()]).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{name}: {told}");
        assert!(told.contains(said) && !told.trim().is_empty() && output.stdout.is_empty(), "{name}: {told}");
    }
    assert_eq!(done(&place, &["doctor"]), "Tutto a posto\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_never_ends_is_refused_within_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = ["--data", data.to_str().unwrap()];
    let output = within_bounds(&place, &["import", "companies", "/dev/zero"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_file_that_lies_about_its_encoding_comes_in_or_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = ["--data", data.to_str().unwrap()];
    let latin = b"Ragione sociale;Citt\xE0\r\nCaff\xE8 Nazionale;Forl\xEC\r\n".to_vec();
    for (name, bytes) in [
        ("utf-8 declared, Windows-1252 written", [b"\xEF\xBB\xBF".to_vec(), latin.clone()].concat()),
        ("UTF-16 declared, Windows-1252 written", [b"\xFF\xFE".to_vec(), latin.clone()].concat()),
        (
            "UTF-16 the other way round",
            [b"\xFE\xFF".to_vec(), utf16("Ragione sociale;Città\r\nCaffè;Forlì\r\n")].concat(),
        ),
        ("UTF-16 cut in the middle of a sign", {
            let mut bytes = [b"\xFF\xFE".to_vec(), utf16("Ragione sociale;Città\r\nCaffè;Forlì\r\n")].concat();
            bytes.pop();
            bytes
        }),
        ("cut off within a quote", b"Ragione sociale;Note\r\nRossi;\"una nota che non".to_vec()),
        ("nothing but quotes", vec![b'"'; 50_000]),
        ("nothing but separators", vec![b';'; 50_000]),
        ("line ends of three kinds", b"Ragione sociale;CAP\rUno;20121\nDue;20122\r\nTre;20123\r".to_vec()),
    ] {
        let path = folder.path().join("file.csv");
        std::fs::write(&path, bytes).unwrap();
        let words = ["import", "companies", path.to_str().unwrap(), "--json", "--dry-run"];
        let output = within_bounds(&place, &words).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => {
                let counts: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
                let of = |key: &str| counts[key].as_u64().unwrap();
                assert_eq!(of("read"), of("created") + of("updated") + of("skipped") + of("refused"), "{name}");
            }
            Some(3) => assert!(!told.trim().is_empty(), "{name}"),
            other => panic!("{name}: {other:?} {told}"),
        }
    }
    // Marked as UTF-8 and written as Windows-1252: the names are read as they were meant.
    let path = folder.path().join("caffe.csv");
    std::fs::write(&path, &latin).unwrap();
    let told: serde_json::Value =
        serde_json::from_str(&done(&place, &["import", "companies", path.to_str().unwrap(), "--json"])).unwrap();
    assert_eq!((&told["created"], &told["refused"]), (&1.into(), &0.into()));
}

fn signed_in(place: &[&str]) -> (Running, Plain) {
    let words = ["user", "create", "anna@example.it", "--role", "admin", "--name", "Anna", "--password", PASSWORD];
    done(place, &words);
    let server = Running::start(place, &["serve", "--listen", "127.0.0.1:0"]);
    let browser = Plain::signed_in(&server.url, "anna@example.it", PASSWORD);
    (server, browser)
}

#[test]
fn the_wizard_says_why_a_file_is_unusable_and_goes_on_with_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, mut browser) = signed_in(&["--data", folder.path().to_str().unwrap()]);
    for (name, bytes, said) in unusable() {
        let page = browser.open("/companies/import");
        let answer = browser.send(page.form("#wizard", "Continua").attach("file", name, &bytes));
        assert_eq!(answer.status, 422, "{name}: {}", answer.text("body"));
        assert!(
            answer.text("#n-file").to_lowercase().contains(&said.to_lowercase()),
            "{name}: {}",
            answer.text("#n-file")
        );
    }
    let page = browser.open("/companies/import");
    let sound = page.form("#wizard", "Continua").attach("file", "ditte.csv", b"Ragione sociale;CAP\nRossi;20121\n");
    let columns = browser.send(sound);
    assert_eq!(columns.status, 200);
    let left: Vec<_> = std::fs::read_dir(folder.path().join("imports")).unwrap().collect();
    assert_eq!(left.len(), 1, "of what was refused nothing is kept: {left:?}");
}

#[test]
fn what_looks_like_a_formula_is_exported_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let place = ["--data", folder.path().to_str().unwrap()];
    let file = folder.path().join("formule.csv");
    let formulas = ["=Hyperlink(1)", "+Somma(a1)", "-A1-cmd", "@Sum(a1)"];
    let rows: String = formulas.iter().map(|formula| format!("{formula};20121\n")).collect();
    std::fs::write(&file, format!("Ragione sociale;CAP\n{rows}")).unwrap();
    done(&place, &["import", "companies", file.to_str().unwrap()]);
    let (_server, mut browser) = signed_in(&place);
    let csv = String::from_utf8(browser.open("/companies/export/csv").body).unwrap();
    for formula in formulas {
        let cell = csv.lines().flat_map(|line| line.split(';')).find(|cell| cell.contains(formula));
        assert_eq!(cell.map(|cell| cell.trim_matches('"')), Some(&*format!("'{formula}")), "{csv}");
    }
    let book = browser.open("/companies/export/xlsx").body;
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut sheet = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    assert!(sheet.contains("=Hyperlink(1)") && !sheet.contains("<f>"), "a text, and no formula");
}
