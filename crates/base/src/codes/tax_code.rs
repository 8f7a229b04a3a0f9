//! The Italian tax code (DM 12/3/1974): what it says of a person, its check character, and how one is made.

use chrono::{Datelike, NaiveDate};

use super::{Check, vat_number};
use crate::fold;

/// What a person's tax code says. It does not follow from it that the person has it: the office gives another one
/// where two would be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxCodeFacts {
    pub born_on: NaiveDate,
    pub female: bool,
    /// Cadastral code of the municipality (`F205`), or of the state abroad (`Z112`).
    pub place_code: String,
}

const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";
/// What stands for 0 to 9 where two persons would have the same code (omocodia).
const STAND_INS: &[u8; 10] = b"LMNPQRSTUV";
/// The places of digits, counted from 0.
const DIGITS: [usize; 7] = [6, 7, 9, 10, 12, 13, 14];
/// What a character adds in an odd place: 0 to 9 as A to J, then the rest of the alphabet.
const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

pub(super) fn check(normalised: &str) -> Check {
    let count = normalised.chars().count();
    let digits_only = normalised.bytes().all(|b| b.is_ascii_digit());
    match count {
        11 if digits_only => vat_number::check(normalised),
        16 => match plain(normalised) {
            Some(code) if day_and_month(&code).is_none() => Check::WrongShape { count, misplaced: true },
            Some(_) if check_character(&normalised.as_bytes()[..15]) == normalised.as_bytes().last().copied() => {
                Check::Valid
            }
            Some(_) => Check::WrongDigit,
            None => Check::WrongShape { count, misplaced: true },
        },
        _ => Check::WrongShape { count, misplaced: count == 11 },
    }
}

/// What a normalised, valid code of 16 characters says, `None` for any other. The century is not in the code: the birth is
/// taken to be the last possible day that is not after `today`.
pub fn tax_code_facts(code: &str, today: NaiveDate) -> Option<TaxCodeFacts> {
    if code.len() != 16 || check(code) != Check::Valid {
        return None;
    }
    let code = plain(code)?;
    let (day, month) = day_and_month(&code)?;
    let female = day > 40;
    let of_century: i32 = code.get(6..8)?.parse().ok()?;
    let century = today.year() - today.year() % 100;
    let born_on = [century, century - 100]
        .into_iter()
        .filter_map(|century| NaiveDate::from_ymd_opt(century + of_century, month, if female { day - 40 } else { day }))
        .find(|day| *day <= today)?;
    Some(TaxCodeFacts { born_on, female, place_code: code.get(11..15)?.to_owned() })
}

/// The code that a person would be given, without regard to others who have the same. `place_code` is the cadastral code.
pub fn tax_code_for(last: &str, first: &str, born_on: NaiveDate, female: bool, place_code: &str) -> String {
    let day = born_on.day() + if female { 40 } else { 0 };
    let month = char::from(MONTHS[born_on.month0() as usize]);
    let mut code = format!(
        "{}{}{:02}{month}{day:02}{place_code}",
        of_last_name(last),
        of_first_name(first),
        born_on.year().rem_euclid(100)
    );
    if let Some(check) = check_character(code.as_bytes()) {
        code.push(char::from(check));
    }
    code
}

/// The code with digits in place of their stand-ins; `None` where letters and digits are not where they belong.
fn plain(code: &str) -> Option<String> {
    let mut plain = String::with_capacity(16);
    for (place, b) in code.bytes().enumerate() {
        let digit = DIGITS.contains(&place);
        plain.push(match b {
            b'0'..=b'9' if digit => char::from(b),
            b'A'..=b'Z' if !digit => char::from(b),
            _ if digit => char::from_digit(STAND_INS.iter().position(|s| *s == b)? as u32, 10)?,
            _ => return None,
        });
    }
    (plain.len() == 16).then_some(plain)
}

/// The day as written, 41 and up for women, and the month from 1.
fn day_and_month(plain: &str) -> Option<(u32, u32)> {
    let day: u32 = plain.get(9..11)?.parse().ok()?;
    let month = MONTHS.iter().position(|m| Some(m) == plain.as_bytes().get(8))? as u32 + 1;
    matches!(day, 1..=31 | 41..=71).then_some((day, month))
}

fn check_character(first15: &[u8]) -> Option<u8> {
    let mut sum = 0;
    for (place, b) in first15.iter().enumerate() {
        let value = match b {
            b'0'..=b'9' => b - b'0',
            b'A'..=b'Z' => b - b'A',
            _ => return None,
        };
        sum += if place % 2 == 0 { ODD[usize::from(value)] } else { u32::from(value) };
    }
    (first15.len() == 15).then_some(b'A' + (sum % 26) as u8)
}

fn of_last_name(name: &str) -> String {
    let (consonants, vowels) = letters(name);
    three(consonants + &vowels)
}

fn of_first_name(name: &str) -> String {
    let (mut consonants, vowels) = letters(name);
    if consonants.len() > 3 {
        consonants.remove(1);
    }
    three(consonants + &vowels)
}

fn letters(name: &str) -> (String, String) {
    fold(name).to_ascii_uppercase().chars().filter(char::is_ascii_uppercase).partition(|c| !"AEIOU".contains(*c))
}

fn three(mut letters: String) -> String {
    letters.push_str("XXX");
    letters.truncate(3);
    letters
}

#[cfg(test)]
mod tests {
    use super::super::{Code, check, normalise};
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_tax_code_follows_from_name_birth_and_place() {
        assert_eq!(tax_code_for("Rossi", "Mario", day(1985, 12, 10), false, "A562"), "RSSMRA85T10A562S");
        assert_eq!(tax_code_for("Fo", "Niccolò", day(2001, 1, 5), false, "F205").get(..6), Some("FOXNCL"));
        assert_eq!(tax_code_for("D'Amico", "Gianfranca", day(1960, 3, 1), true, "L219").get(..11), Some("DMCGFR60C41"));
    }

    #[test]
    fn a_code_tells_birth_gender_and_place_and_the_century_from_today() {
        let facts = tax_code_facts("RSSMRA85T10A562S", day(2026, 11, 18)).unwrap();
        assert_eq!(facts, TaxCodeFacts { born_on: day(1985, 12, 10), female: false, place_code: "A562".into() });
        let newborn = tax_code_for("Bianchi", "Anna", day(2024, 2, 29), true, "H501");
        assert_eq!(tax_code_facts(&newborn, day(2026, 1, 1)).unwrap().born_on, day(2024, 2, 29));
        let tomorrow = tax_code_for("Bianchi", "Anna", day(2026, 12, 31), true, "H501");
        assert_eq!(tax_code_facts(&tomorrow, day(2026, 1, 1)).unwrap().born_on, day(1926, 12, 31));
        assert_eq!(tax_code_facts("00743110157", day(2026, 1, 1)), None);
    }

    #[test]
    fn a_code_whose_digits_were_replaced_because_two_persons_had_it_is_valid() {
        let twin = "RSSMRA85T10A56N";
        let twin = format!("{twin}{}", char::from(check_character(twin.as_bytes()).unwrap()));
        assert_eq!(check(Code::TaxCode, &twin), Check::Valid);
        assert_eq!(tax_code_facts(&twin, day(2026, 1, 1)).unwrap().place_code, "A562");
    }

    #[test]
    fn a_mistyped_code_is_told_from_a_misshapen_one() {
        assert_eq!(check(Code::TaxCode, &normalise(Code::TaxCode, "rss mra 85t10 a562 s")), Check::Valid);
        assert_eq!(check(Code::TaxCode, "RSSMRA85T10A562T"), Check::WrongDigit);
        assert_eq!(check(Code::TaxCode, "RSSMRA85F10A562S"), Check::WrongShape { count: 16, misplaced: true });
        assert_eq!(check(Code::TaxCode, "RSSMRA85T10A562"), Check::WrongShape { count: 15, misplaced: false });
        assert_eq!(check(Code::TaxCode, "00743110157"), Check::Valid);
    }
}
