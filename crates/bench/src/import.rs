//! The sample registry, many times over, brought in by the command line: rows a second, and memory at two sizes of file.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base::codes::{self, Check, Code};
use base::{Error, Result};

use crate::server;

/// What an import did.
#[derive(Clone, Copy, Debug)]
pub struct Imported {
    pub rows: usize,
    pub seconds: f64,
    /// The most anonymous memory that it held, in bytes.
    pub memory: u64,
}

impl Imported {
    pub fn per_second(&self) -> f64 {
        self.rows as f64 / self.seconds.max(0.001)
    }
}

/// How often the memory is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Brings the sample in `times` times over, into an empty SQLite database.
pub fn sample(program: &Path, folder: &Path, sample: &Path, times: usize) -> Result<Imported> {
    let (file, rows) = multiplied(folder, sample, times)?;
    let data = folder.join("import");
    let _ = fs::remove_dir_all(&data);
    let told = |cause| Error::caused(program.display().to_string(), cause);
    let started = Instant::now();
    let mut child = Command::new(program)
        .arg("--data")
        .arg(&data)
        .args(["import", "parties", "--json"])
        .arg(&file)
        .env("BOTTEGA_LOG", "warn")
        .stdout(Stdio::null())
        .spawn()
        .map_err(told)?;
    let mut memory = 0;
    let status = loop {
        memory = memory.max(server::anonymous(child.id()));
        match child.try_wait().map_err(told)? {
            Some(status) => break status,
            None => std::thread::sleep(LOOK),
        }
    };
    let seconds = started.elapsed().as_secs_f64();
    let _ = fs::remove_dir_all(&data);
    if !status.success() {
        return Err(Error::fault(format!("the import ended with {status}")));
    }
    Ok(Imported { rows, seconds, memory })
}

/// The sample with numbers, codes, addresses and names of each copy its own, or it would be a file of duplicates.
fn multiplied(folder: &Path, sample: &Path, times: usize) -> Result<(PathBuf, usize)> {
    let told = |cause: std::io::Error| Error::caused("the sample", cause);
    let bytes = fs::read(sample).map_err(told)?;
    // Windows-1252 to text and back: every character of the sample is in both.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let (head, rows) = rows(&text);
    let file = folder.join(format!("sample-{times}.csv"));
    let mut out = BufWriter::new(File::create(&file).map_err(told)?);
    let mut write = |line: &str| -> std::io::Result<()> {
        let line: Vec<u8> = line.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap_or(b'?')).collect();
        out.write_all(&line)?;
        out.write_all(b"\r\n")
    };
    write(&head).map_err(told)?;
    for copy in 0..times {
        for row in &rows {
            write(&copied(row, copy)).map_err(told)?;
        }
    }
    out.flush().map_err(told)?;
    Ok((file, rows.len() * times))
}

/// The first line, and those that begin with a number of six digits, with the lines that belong to them.
fn rows(text: &str) -> (String, Vec<String>) {
    let mut lines = text.lines();
    let head = lines.next().unwrap_or_default().to_owned();
    let mut rows: Vec<String> = Vec::new();
    for line in lines {
        let begins = line.len() > 7 && line.as_bytes()[..6].iter().all(u8::is_ascii_digit);
        match rows.last_mut() {
            Some(row) if !begins && row.matches('"').count() % 2 == 1 => {
                row.push_str("\r\n");
                row.push_str(line);
            }
            _ if begins => rows.push(line.to_owned()),
            _ => {}
        }
    }
    (head, rows)
}

/// Cells between separators; quoted ones stay as they are, whatever is in them.
fn copied(row: &str, copy: usize) -> String {
    if copy == 0 {
        return row.to_owned();
    }
    let mut quoted = false;
    let cells = row.split(|sign| {
        quoted ^= sign == '"';
        sign == ';' && !quoted
    });
    cells.enumerate().map(|(at, cell)| changed(at, cell, copy)).collect::<Vec<_>>().join(";")
}

fn changed(at: usize, cell: &str, copy: usize) -> String {
    if cell.is_empty() {
        return String::new();
    }
    match at {
        0 => format!("{copy:02}{cell}"),
        // The name of the company, the last name of the person.
        2 | 5 if cell.ends_with('"') => cell.to_owned(),
        2 | 5 => format!("{cell} {}", ["Nord", "Sud", "Est", "Ovest", "Due", "Tre", "Bis"][copy % 7]),
        8 => valid(Code::VatNumber, cell, copy, b"0123456789"),
        9 => valid(Code::TaxCode, cell, copy, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        14 | 15 => digits(cell, copy),
        16 if cell.contains('@') => format!("{copy}.{cell}"),
        _ => cell.to_owned(),
    }
}

/// Another code, right where the first was: digits in its middle are changed and the last sign is made to fit.
fn valid(code: Code, cell: &str, copy: usize, last: &[u8]) -> String {
    let known = codes::normalise(code, cell);
    let (from, until) = if known.len() == 16 { (12, 15) } else { (4, 7) };
    if codes::check(code, &known) != Check::Valid || !known.is_ascii() || known.len() < 11 {
        return digits(cell, copy);
    }
    let Ok(number) = known[from..until].parse::<usize>() else { return digits(cell, copy) };
    let changed = format!("{}{:03}{}", &known[..from], (number + copy * 37) % 1000, &known[until..]);
    let digits = if known.len() == 16 { last } else { b"0123456789" };
    let endings = digits.iter().map(|end| format!("{}{}", &changed[..changed.len() - 1], char::from(*end)));
    endings.into_iter().find(|whole| codes::check(code, whole) == Check::Valid).unwrap_or(changed)
}

/// The last three digits, moved on.
fn digits(cell: &str, copy: usize) -> String {
    let mut changed: Vec<char> = cell.chars().collect();
    let mut places = changed.iter().enumerate().filter(|(_, sign)| sign.is_ascii_digit()).map(|(at, _)| at);
    let mut last: Vec<usize> = places.by_ref().collect();
    let last = last.split_off(last.len().saturating_sub(3));
    let number: usize =
        last.iter().filter_map(|at| changed[*at].to_digit(10)).fold(0, |sum, one| sum * 10 + one as usize);
    let moved = format!("{:03}", (number + copy * 41) % 1000);
    for (at, sign) in last.iter().zip(moved[3 - last.len()..].chars()) {
        changed[*at] = sign;
    }
    changed.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_a_number_codes_and_addresses_of_its_own_and_right_codes_stay_right() {
        let row = "000007;A;Rossi S.r.l.;;;;;;01533300156;;Via Roma, 1;20121;Milano;MI;02 1234567;;a@b.it;;;;;;";
        let copy = copied(row, 3);
        assert!(copy.starts_with("03000007;A;Rossi S.r.l. Ovest;") && copy.contains(";3.a@b.it;"), "{copy}");
        let vat = copy.split(';').nth(8).unwrap_or_default();
        assert!(vat != "01533300156" && codes::check(Code::VatNumber, vat) == Check::Valid);
        assert_eq!(copied(row, 0), row);
    }

    #[test]
    fn a_line_break_in_quotes_does_not_end_a_row() {
        let (head, rows) = rows("Cod.;Note\r\n000001;\"one\r\ntwo\"\r\n000002;x\r\nTotale;2\r\n");
        assert_eq!((head.as_str(), rows.len()), ("Cod.;Note", 2));
    }
}
