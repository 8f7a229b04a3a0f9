//! The Italian VAT number (DPR 633/1972, article 35): seven digits of the taxpayer, three of the office, one of check.

use super::Check;

/// Without label and Italian prefix; another country's prefix stays.
pub(super) fn without_prefix(plain: &str) -> &str {
    let number = plain.strip_prefix("PIVA").or_else(|| plain.strip_prefix("PARTITAIVA")).unwrap_or(plain);
    match number.strip_prefix("IT") {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => number,
    }
}

pub(super) fn check(normalised: &str) -> Check {
    let count = normalised.chars().count();
    if normalised.bytes().all(|b| b.is_ascii_digit()) && count == 11 {
        // All zeros add up, and are what people type to fill a compulsory field.
        let (body, last) = normalised.split_at(10);
        let right = check_digit(body) == last.parse().ok() && !body.starts_with("0000000");
        return if right { Check::Valid } else { Check::WrongDigit };
    }
    if is_foreign(normalised) {
        return Check::Foreign;
    }
    Check::WrongShape { count, misplaced: count == 11 }
}

/// Completes a number whose first ten digits are given. Anything that is not ten digits is answered as it came.
pub fn vat_with_check_digit(first10: &str) -> String {
    match check_digit(first10) {
        Some(digit) => format!("{first10}{digit}"),
        None => first10.to_owned(),
    }
}

/// The variant of Luhn's algorithm that DM 23/12/1976 prescribes: digits in even places are doubled, nine taken off
/// where that has two digits.
fn check_digit(first10: &str) -> Option<u32> {
    if first10.len() != 10 {
        return None;
    }
    let mut sum = 0;
    for (place, c) in first10.chars().enumerate() {
        let digit = c.to_digit(10)?;
        sum += match (place % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit < 5 => digit * 2,
            (_, digit) => digit * 2 - 9,
        };
    }
    Some((10 - sum % 10) % 10)
}

/// Two letters of a country (`EL` is Greece, `XI` Northern Ireland) and then letters and digits, one digit at least.
fn is_foreign(normalised: &str) -> bool {
    let mut letters = normalised.chars();
    let prefix = letters.by_ref().take(2).filter(char::is_ascii_alphabetic).count() == 2;
    let rest = letters.as_str();
    prefix
        && (5..=13).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric())
        && rest.bytes().filter(u8::is_ascii_digit).count() >= 2
        && !normalised.starts_with("IT")
}

#[cfg(test)]
mod tests {
    use super::super::{Code, check, normalise};
    use super::*;

    #[test]
    fn a_vat_number_is_read_with_and_without_its_prefix() {
        for text in [
            "00743110157",
            "IT00743110157",
            "it 00743110157",
            "IT-007.431.101.57",
            "P.IVA 00743110157",
            "P. IVA: IT00743110157",
        ] {
            assert_eq!(normalise(Code::VatNumber, text), "00743110157", "{text}");
        }
        assert_eq!(check(Code::VatNumber, "00743110157"), Check::Valid);
        assert_eq!(check(Code::VatNumber, "00743110158"), Check::WrongDigit);
        assert_eq!(check(Code::VatNumber, "00000000000"), Check::WrongDigit);
    }

    #[test]
    fn a_foreign_vat_number_keeps_its_prefix_and_is_not_verified() {
        for text in ["ATU12345678", "DE 123456789", "fr xx 999999999", "CHE-123.456.788", "NL123456789B01"] {
            let normal = normalise(Code::VatNumber, text);
            assert_eq!(check(Code::VatNumber, &normal), Check::Foreign, "{text}");
        }
    }

    #[test]
    fn a_generated_number_is_valid_whatever_its_first_ten_digits() {
        for number in (1_000..9_999_999_999_u64).step_by(99_991_337) {
            let vat = vat_with_check_digit(&format!("{number:010}"));
            assert!(vat.starts_with("0000000") || check(Code::VatNumber, &vat) == Check::Valid, "{vat}");
        }
        assert_eq!(vat_with_check_digit("12x"), "12x");
    }
}
