//! The goals, and whether the figures reach them.

use std::fmt::Write;

use crate::fill::USUAL;
use crate::report::{ListOf, Other, Whole, grouped, mega};

/// Rows of the table of goals. What was not measured in this run has no row.
pub fn table(whole: &Whole) -> String {
    let mut out = Goals(String::new());
    for one in whole.sized.iter().filter(|one| one.rows == USUAL) {
        // On PostgreSQL everything may take twice as long.
        let times = if one.bare.is_some() { 1.0 } else { 2.0 };
        let on = format!("{}, {} parties", one.database, grouped(one.rows));
        if let (Some(bare), Some(list)) = (one.bare, one.lists.first()) {
            out.most(
                &format!("list page through the engine against the bare SQL of its rows ({on})"),
                3.0,
                one.engine / bare,
                "×",
            );
            out.most(
                &format!("list page over HTTP, with its markup, against the same ({on})"),
                3.0,
                list.page.p50 / bare,
                "×",
            );
        }
        for ListOf { who, page, .. } in &one.lists {
            out.most(&format!("list, {who}, p99 ({on})"), 10.0 * times, page.p99, "ms");
        }
        for Other { what, times: found, .. } in &one.others {
            let (goal, figure, which) = match what.as_str() {
                "record" | "save" => (10.0, found.p99, "p99"),
                "list by an added field with an index" => (10.0, found.p99, "p99"),
                "look-alikes" => (50.0, found.p50, "p50"),
                what if what.starts_with("board") || what.starts_with("forecast") => continue,
                "search, fragment" => (50.0, found.p50, "p50"),
                "search, typo" => (150.0, found.p50, "p50"),
                _ => (20.0, found.p50, "p50"),
            };
            out.most(&format!("{what}, {which} ({on})"), goal * times, figure, "ms");
        }
    }
    for many in whole.sized.iter().filter(|one| one.rows == 1_000_000) {
        let few = whole.sized.iter().find(|one| one.rows == 20_000 && one.database == many.database);
        if let Some((few, many)) = few.and_then(|few| Some((few.lists.first()?, many.lists.first()?))) {
            out.most("list of 1,000,000 against that of 20,000, p50", 1.3, many.page.p50 / few.page.p50, "×");
        }
    }
    if let [first, .., last] = whole.imports.as_slice() {
        out.least("import on SQLite, with everything on", 4000.0, last.per_second(), "rows/s");
        let what = format!("import: memory with {} rows against {}", grouped(last.rows), grouped(first.rows));
        out.most(&what, 1.3, last.memory as f64 / first.memory.max(1) as f64, "×");
    }
    for one in whole.sized.iter().filter(|one| one.rows == USUAL && one.bare.is_some()) {
        out.most("ready on an existing database of 200,000", 0.5, one.ready, "s");
        out.most("anonymous memory after the benchmark", 100.0, mega(one.memory), "MB");
    }
    out.most("size of the binary", 40.0, mega(whole.binary), "MB");
    let (page, rest) = whole.first_page;
    out.most("first page with everything, as it comes over the wire", 150.0, (page + rest) as f64 / 1000.0, "KB");
    out.0
}

struct Goals(String);

impl Goals {
    fn most(&mut self, what: &str, goal: f64, found: f64, unit: &str) {
        self.row(what, &format!("≤ {goal}"), found, unit, found <= goal);
    }

    fn least(&mut self, what: &str, goal: f64, found: f64, unit: &str) {
        self.row(what, &format!("≥ {goal}"), found, unit, found >= goal);
    }

    fn row(&mut self, what: &str, goal: &str, found: f64, unit: &str, reached: bool) {
        let digits = if found >= 100.0 { 0 } else { 2 };
        let verdict = if reached { "reached" } else { "**missed**" };
        let _ = writeln!(self.0, "| {what} | {goal} {unit} | {found:.digits$} {unit} | {verdict} |");
    }
}
