//! Dates and instants: 31/12/2026 for people of either language, ISO 8601 for the API, and what people type or export.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SecondsFormat, Utc};
use chrono_tz::Tz;

use crate::{Text, fold, say};

/// What stands first in a date of three numbers. A first number of four digits is a year in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    Dmy,
    Mdy,
    Ymd,
}

/// A year of two digits is this many years ahead at most, and otherwise in the past.
const YEARS_AHEAD: i32 = 1;

/// Each month as the sentences name it, then the words that a typed name is the start of.
const MONTHS: [(&str, [&str; 2]); 12] = [
    ("January", ["gennaio", "january"]),
    ("February", ["febbraio", "february"]),
    ("March", ["marzo", "march"]),
    ("April", ["aprile", "april"]),
    ("May", ["maggio", "may"]),
    ("June", ["giugno", "june"]),
    ("July", ["luglio", "july"]),
    ("August", ["agosto", "august"]),
    ("September", ["settembre", "september"]),
    ("October", ["ottobre", "october"]),
    ("November", ["novembre", "november"]),
    ("December", ["dicembre", "december"]),
];

/// `31/12/2026`, in Italian and in British English alike.
pub fn format_date(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// `31/12/2026 09:30`, by the clocks of the zone.
pub fn format_instant(instant: DateTime<Utc>, zone: Tz) -> String {
    instant.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string()
}

/// `2026-12-31`.
pub fn format_date_api(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// Reads `2026-12-31` and nothing else.
pub fn parse_date_api(text: &str) -> Option<NaiveDate> {
    // chrono would also take missing zeros, blanks and signs; PostgreSQL has no year 0.
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|date| shaped && date.year() > 0)
}

/// RFC 3339 in UTC with microseconds: `2026-12-31T08:30:00.000000Z`.
pub fn format_instant_api(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// Reads RFC 3339 with any offset. What is finer than a microsecond is dropped.
pub fn parse_instant_api(text: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(DateTime::parse_from_rfc3339(text).ok()?.timestamp_micros())
}

/// Reads a date that a person typed or a program exported. Separators are `/`, `-`, `.`, a comma or a blank; the month
/// is a number or an Italian or English name of at least three letters; ISO dates hold in any order; a time of day after
/// the date is dropped. A year of two digits is next year at the latest, otherwise of the century before. The error is a
/// sentence that says what is wrong.
pub fn parse_date_human(text: &str, today: NaiveDate, order: DateOrder) -> Result<NaiveDate, Text> {
    let typed = Typed::read(text, order)?;
    typed.date(typed.full_year(today.year() + YEARS_AHEAD))
}

/// [`parse_date_human`] for a birth and the like: no year of two digits leads past today, and a later date is refused.
pub fn parse_past_date_human(text: &str, today: NaiveDate, order: DateOrder) -> Result<NaiveDate, Text> {
    let typed = Typed::read(text, order)?;
    let year = typed.full_year(today.year());
    let date = typed.date(year);
    match date {
        Ok(date) if date <= today => Ok(date),
        Ok(_) if typed.year_digits == 2 => typed.date(year - 100),
        Ok(date) => Err(say!("{date} is still to come: write a date in the past.", date = format_date(date))),
        Err(text) => Err(text),
    }
}

/// Day, month and year as they were written, not yet known to be a date.
struct Typed {
    day: u32,
    month: u32,
    year: i32,
    year_digits: usize,
}

impl Typed {
    fn read(text: &str, order: DateOrder) -> Result<Typed, Text> {
        let typed = text.trim();
        if typed.is_empty() {
            return Err("Write a date, for example 31/12/2026.".into());
        }
        let nonsense = || say!("“{text}” is not a date. Write it like 31/12/2026.", text = typed);
        let folded = fold(typed);
        let parts: Vec<&str> = without_time(&folded)
            .split(|c: char| matches!(c, '/' | '-' | '.' | ',') || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .collect();
        let &[first, second, third] = parts.as_slice() else { return Err(nonsense()) };
        let (day, month, year) = match order {
            _ if named_month(first).is_some() => (second, first, third),
            _ if first.len() == 4 => (third, second, first),
            DateOrder::Mdy if named_month(second).is_none() => (second, first, third),
            DateOrder::Dmy | DateOrder::Mdy => (first, second, third),
            DateOrder::Ymd => (third, second, first),
        };
        let (month, day) = match named_month(month) {
            // "1° maggio"
            Some(number) => (number, day.trim_end_matches(['°', 'o'])),
            None => (small(month).ok_or_else(nonsense)?, day),
        };
        let day = small(day).ok_or_else(nonsense)?;
        let number: i32 = digits(year).ok_or_else(nonsense)?;
        if year.len() != 2 && (year.len() != 4 || number < 1000) {
            return Err(say!("“{text}”: write the year with four digits.", text = typed));
        }
        Ok(Typed { day, month, year: number, year_digits: year.len() })
    }

    /// The year, one of two digits in the hundred years that end with `latest`.
    fn full_year(&self, latest: i32) -> i32 {
        match self.year_digits {
            2 => latest - (latest - self.year).rem_euclid(100),
            _ => self.year,
        }
    }

    fn date(&self, year: i32) -> Result<NaiveDate, Text> {
        let Some((name, _)) = self.month.checked_sub(1).and_then(|index| MONTHS.get(index as usize)) else {
            return Err(say!("There is no month {month}: write day, month and year.", month = self.month.to_string()));
        };
        NaiveDate::from_ymd_opt(year, self.month, self.day).ok_or_else(|| {
            say!(
                "There is no day {day} in {month} {year}.",
                day = self.day.to_string(),
                month = Text::from(*name),
                year = year.to_string()
            )
        })
    }
}

/// The date of `31/12/2026 00:00:00` and `2026-12-31t00:00`, folded text, as spreadsheets and databases export it.
fn without_time(folded: &str) -> &str {
    let is_time =
        |time: &str| ["%H:%M:%S%.f", "%H:%M"].iter().any(|form| NaiveTime::parse_from_str(time, form).is_ok());
    match folded.rsplit_once([' ', 't']) {
        Some((date, time)) if is_time(time) => date,
        _ => folded,
    }
}

fn named_month(part: &str) -> Option<u32> {
    if part.len() < 3 {
        return None;
    }
    (1..).zip(MONTHS).find(|(_, (_, names))| names.iter().any(|name| name.starts_with(part))).map(|(number, _)| number)
}

/// A day or a month: one or two digits.
fn small(part: &str) -> Option<u32> {
    digits(part).filter(|_| part.len() <= 2)
}

/// Digits only: `parse` alone would take a sign.
fn digits<N: std::str::FromStr>(part: &str) -> Option<N> {
    part.parse().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::DateOrder::{Dmy, Mdy, Ymd};
    use super::*;
    use crate::clock::ZONE;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn read(text: &str, order: DateOrder) -> Result<NaiveDate, String> {
        parse_date_human(text, day(2026, 6, 15), order).map_err(|text| text.to_string())
    }

    #[test]
    fn people_and_programs_write_a_date_in_many_ways() {
        for text in [
            "3/12/2026",
            "03-12-2026",
            "3.12.26",
            " 3 12 2026 ",
            "2026-12-03",
            "2026/12/3",
            "03/12/2026 00:00:00",
            "2026-12-03T00:00:00.000",
            "3 dic 2026",
            "3 Dicembre 2026",
            "3-dic-26",
            "3 dic. 2026",
            "December 3, 2026",
            "3° dicembre 2026",
        ] {
            assert_eq!(read(text, Dmy), Ok(day(2026, 12, 3)), "{text}");
        }
        assert_eq!(read("12/3/2026", Mdy), Ok(day(2026, 12, 3)));
        assert_eq!(read("3-Dec-2026", Mdy), Ok(day(2026, 12, 3)));
        assert_eq!(read("26-12-03", Ymd), Ok(day(2026, 12, 3)));
    }

    #[test]
    fn an_impossible_date_is_refused_with_the_reason() {
        assert_eq!(read("31/2/2026", Dmy).unwrap_err(), "There is no day 31 in February 2026.");
        assert_eq!(read("12/31/2026", Dmy).unwrap_err(), "There is no month 31: write day, month and year.");
        assert_eq!(read("1/1/026", Dmy).unwrap_err(), "“1/1/026”: write the year with four digits.");
        for text in [
            "",
            "domani",
            "3/12",
            "1/2/3/4",
            "+3/12/2026",
            "0/0/2026",
            "3/0/2026",
            "123/1/2026",
            "3 xx 2026",
            "è/é/ù",
            "31/12/2026 25:00",
        ] {
            assert!(read(text, Dmy).is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_of_two_digits_is_next_year_at_the_latest() {
        assert_eq!(read("1/1/27", Dmy), Ok(day(2027, 1, 1)));
        assert_eq!(read("1/1/28", Dmy), Ok(day(1928, 1, 1)));
        assert_eq!(read("1/1/00", Dmy), Ok(day(2000, 1, 1)));
    }

    #[test]
    fn a_birth_is_never_in_the_future() {
        let born = |text| parse_past_date_human(text, day(2026, 6, 15), Dmy);
        assert_eq!(born("15/6/26"), Ok(day(2026, 6, 15)));
        assert_eq!(born("16/6/26"), Ok(day(1926, 6, 16)));
        assert_eq!(born("1/1/27"), Ok(day(1927, 1, 1)));
        assert!(born("16/6/2026").unwrap_err().to_string().contains("16/06/2026"));
    }

    #[test]
    fn an_instant_is_shown_by_the_clocks_of_the_zone() {
        let instant = parse_instant_api("2026-07-01T00:30:00.1234567+02:00").unwrap();
        assert_eq!(format_instant_api(instant), "2026-06-30T22:30:00.123456Z");
        assert_eq!(parse_instant_api("2026-06-30T22:30:00.123456Z"), Some(instant));
        assert_eq!(format_instant(instant, ZONE), "01/07/2026 00:30");
        assert_eq!(parse_instant_api("2026-06-30"), None);
    }

    #[test]
    fn the_api_takes_iso_dates_only() {
        assert_eq!(parse_date_api("2026-12-31").map(format_date_api).as_deref(), Some("2026-12-31"));
        for text in ["2026-2-1", "31/12/2026", "2026-02-30", "+026-01-01", " 026-01-01", "0000-01-01", ""] {
            assert_eq!(parse_date_api(text), None, "{text}");
        }
    }
}
