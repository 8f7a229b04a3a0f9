//! The figures as Markdown tables.

use std::fmt::Write;

use crate::bulk::Changed;
use crate::import::Imported;
use crate::lists::Worst;
use crate::measure::{Crowd, Times};

/// What was measured on one database of one size.
#[derive(Debug, Default)]
pub struct Sized {
    pub database: &'static str,
    pub rows: usize,
    pub lists: Vec<ListOf>,
    /// Record, save and the ways of searching; empty where only lists and searches are measured.
    pub others: Vec<Other>,
    /// Milliseconds of the list's rows through rusqlite alone.
    pub bare: Option<f64>,
    /// The same page through the engine, without HTTP and markup.
    pub engine: f64,
    /// Seconds until the program answered.
    pub ready: f64,
    /// Bytes of anonymous memory after all this.
    pub memory: u64,
}

#[derive(Debug)]
pub struct ListOf {
    pub who: &'static str,
    pub page: Times,
    pub count: Times,
    pub crowd: Crowd,
    pub worst: Worst,
}

#[derive(Debug)]
pub struct Other {
    pub what: String,
    pub times: Times,
    pub crowd: Crowd,
}

#[derive(Debug, Default)]
pub struct Whole {
    pub machine: String,
    pub day: String,
    pub load: (String, String),
    pub sized: Vec<Sized>,
    pub imports: Vec<Imported>,
    pub changed: Option<Changed>,
    pub binary: u64,
    /// Bytes of the page, and of what it brings.
    pub first_page: (usize, usize),
}

/// The whole page, with the goals beside the figures.
pub fn markdown(whole: &Whole, goals: &str) -> String {
    let mut out = String::from(HEAD);
    let _ = writeln!(
        out,
        "\nMeasured on {} on {}. The machine is shared and noisy: its load (1 minute) was {} before and {} after. Times are \
         medians of three rounds in milliseconds; where another program worked at the same moment p99 says more of that one.\n",
        whole.machine, whole.day, whole.load.0, whole.load.1
    );
    out.push_str("## Goals\n\n| what | goal | measured | |\n| --- | --- | --- | --- |\n");
    out.push_str(goals);
    out.push_str("\n## Lists\n\nThe page `/companies` with 50 rows in order of the name, and the count that it fetches after it.\n\n");
    out.push_str(
        "| database | parties | who | p50 | p99 | count p50 | requests/s of 16 | CPU a request | of PostgreSQL | through the engine alone | bare SQL |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for one in &whole.sized {
        for list in &one.lists {
            let bare = one.bare.map_or("".to_owned(), |bare| format!("{bare:.2}"));
            let crowd = &list.crowd;
            let _ = writeln!(
                out,
                "| {} | {} | {} | {:.2} | {:.2} | {:.2} | {:.0} | {:.2} | {} | {:.2} | {bare} |",
                one.database,
                grouped(one.rows),
                list.who,
                list.page.p50,
                list.page.p99,
                list.count.p50,
                crowd.per_second,
                crowd.cpu,
                database_cpu(crowd),
                one.engine
            );
        }
    }
    out.push_str("\nOf 6 filters × 3 orders, and of the counts of the 6, the worst of each user:\n\n");
    out.push_str("| database | parties | who | list | p50 | p99 | count of | p50 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for one in &whole.sized {
        for ListOf { who, worst, .. } in &one.lists {
            let _ = writeln!(
                out,
                "| {} | {} | {who} | `{}` | {:.2} | {:.2} | `{}` | {:.2} |",
                one.database,
                grouped(one.rows),
                worst.question,
                worst.times.p50,
                worst.times.p99,
                worst.counted,
                worst.count.p50
            );
        }
    }
    out.push_str(
        "\n## Record, save, search\n\nThe page of a company with 20 people, 3 sites and 50 changes; one field saved in its place; the \
         search box. As administrator.\n\n| database | parties | what | p50 | p99 | requests/s of 16 | CPU a request | of PostgreSQL |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for one in &whole.sized {
        for Other { what, times, crowd } in &one.others {
            let _ = writeln!(
                out,
                "| {} | {} | {what} | {:.2} | {:.2} | {:.0} | {:.2} | {} |",
                one.database,
                grouped(one.rows),
                times.p50,
                times.p99,
                crowd.per_second,
                crowd.cpu,
                database_cpu(crowd)
            );
        }
    }
    out.push_str("\n## Start and memory\n\n| database | parties | ready after | anonymous memory after the benchmark |\n| --- | --- | --- | --- |\n");
    for one in &whole.sized {
        let _ = writeln!(
            out,
            "| {} | {} | {:.2} s | {:.0} MB |",
            one.database,
            grouped(one.rows),
            one.ready,
            mega(one.memory)
        );
    }
    if let Some(changed) = whole.changed {
        let _ = writeln!(
            out,
            "\n## Change of many\n\nOne field of all parties by one act, as a job on SQLite, and taken back.\n\n\
             | records | changed in | records/s | taken back in | records/s |\n| --- | --- | --- | --- | --- |\n\
             | {} | {:.1} s | {:.0} | {:.1} s | {:.0} |",
            grouped(changed.rows),
            changed.seconds,
            changed.rows as f64 / changed.seconds.max(0.001),
            changed.taken_back,
            changed.rows as f64 / changed.taken_back.max(0.001)
        );
    }
    if !whole.imports.is_empty() {
        out.push_str("\n## Import\n\nThe sample registry many times over, by the command line, on SQLite.\n\n| rows | seconds | rows/s | most anonymous memory |\n| --- | --- | --- | --- |\n");
        for one in &whole.imports {
            let _ = writeln!(
                out,
                "| {} | {:.1} | {:.0} | {:.0} MB |",
                grouped(one.rows),
                one.seconds,
                one.per_second(),
                mega(one.memory)
            );
        }
    }
    out
}

fn database_cpu(crowd: &Crowd) -> String {
    if crowd.database_cpu > 0.0 { format!("{:.2}", crowd.database_cpu) } else { String::new() }
}

pub fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// `1,000,000`
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

const HEAD: &str = "# Benchmarks

Written by `cargo xtask bench`; how, says crates/bench. The program is the release build, asked over HTTP as a browser asks,
on the same machine. The registry is made up: the same for the same size, three parties in five are companies, and each has a
phone, an e-mail, an address and one or two people in charge. SQLite databases are filled through the engine's one door, those of
PostgreSQL out of them by `bottega backup` and `bottega restore`. PostgreSQL keeps its usual settings but for 512 MB of
shared buffers.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_commas() {
        assert_eq!(
            (grouped(1_000_000), grouped(20_000), grouped(7)),
            ("1,000,000".into(), "20,000".into(), "7".into())
        );
    }
}
