//! National codes: how they are written, whether they add up, and what to tell the person who typed them.
//!
//! A wrong code is never refused: it is kept, marked unverified, with a [`warning`].

mod tax_code;
mod vat_number;

use iban::{Iban, ParseIbanError};

use crate::Text;

pub use tax_code::{TaxCodeFacts, tax_code_facts, tax_code_for};
pub use vat_number::vat_with_check_digit;

/// What kind of code a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// Partita IVA: 11 digits, the last a check digit (DM 23/12/1976). Foreign ones keep their country's two letters.
    VatNumber,
    /// Codice fiscale: 16 characters for persons (DM 12/3/1974), 11 digits for companies.
    TaxCode,
    /// Codice destinatario of electronic invoices (SdI): 7 letters and digits, 6 for public offices.
    SdiCode,
    /// ISO 13616, with the national shape of each country in the registry.
    Iban,
}

/// What a look at a code tells. Only [`Check::Valid`] is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    Valid,
    /// The shape is right and the check digit is not: something was mistyped.
    WrongDigit,
    /// `count` letters and digits are there; `misplaced` when that is a right number of them, and some are where the
    /// other kind belongs.
    WrongShape {
        count: usize,
        misplaced: bool,
    },
    /// Another country's, which this program does not verify.
    Foreign,
}

/// The code as it is stored: upper case, no blanks, dots or dashes, an Italian VAT number without its `IT`. Answers what is
/// left of any text, the empty text too.
pub fn normalise(code: Code, text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace());
    let plain: String = text.chars().filter(kept).flat_map(char::to_uppercase).collect();
    match code {
        Code::VatNumber => vat_number::without_prefix(&plain).to_owned(),
        Code::Iban => plain.strip_prefix("IBAN").unwrap_or(&plain).to_owned(),
        Code::TaxCode | Code::SdiCode => plain,
    }
}

/// Checks what [`normalise`] answered.
pub fn check(code: Code, normalised: &str) -> Check {
    match code {
        Code::VatNumber => vat_number::check(normalised),
        Code::TaxCode => tax_code::check(normalised),
        Code::SdiCode => shape(normalised, &[6, 7], normalised.chars().all(|c| c.is_ascii_alphanumeric())),
        Code::Iban => check_iban(normalised),
    }
}

/// What is wrong with the code in words, `None` when nothing is or when nobody here can tell.
pub fn warning(code: Code, normalised: &str) -> Option<Text> {
    Some(match (code, check(code, normalised)) {
        (_, Check::Valid | Check::Foreign) => return None,
        (Code::VatNumber, Check::WrongDigit) => "The VAT number does not add up: one digit is wrong".into(),
        (Code::VatNumber, Check::WrongShape { misplaced: true, .. }) => {
            "The VAT number is made of digits only: here there are letters".into()
        }
        (Code::VatNumber, Check::WrongShape { count, .. }) => {
            crate::say!("The VAT number has 11 digits: here there are {count}", count = count)
        }
        (Code::TaxCode, Check::WrongDigit) => "The tax code does not add up: one character is wrong".into(),
        (Code::TaxCode, Check::WrongShape { misplaced: true, .. }) => {
            "The tax code has a letter where a digit belongs, or the other way round".into()
        }
        (Code::TaxCode, Check::WrongShape { count, .. }) => {
            crate::say!(
                "The tax code has 16 characters, or 11 digits for companies: here there are {count}",
                count = count
            )
        }
        (Code::SdiCode, Check::WrongShape { count, misplaced: false }) => {
            crate::say!("The SDI code has 7 characters, 6 for public offices: here there are {count}", count = count)
        }
        (Code::SdiCode, _) => "The SDI code is made of letters and digits only".into(),
        (Code::Iban, Check::WrongDigit) => "The IBAN does not add up: one character is wrong".into(),
        (Code::Iban, Check::WrongShape { count, misplaced: false }) if normalised.starts_with("IT") => {
            crate::say!("The Italian IBAN has 27 characters: here there are {count}", count = count)
        }
        (Code::Iban, Check::WrongShape { .. }) => "The IBAN is not written as in its country".into(),
    })
}

fn check_iban(normalised: &str) -> Check {
    let italian = normalised.starts_with("IT");
    match normalised.parse::<Iban>() {
        Ok(_) => Check::Valid,
        Err(ParseIbanError::UnknownCountry(_)) => Check::Foreign,
        Err(ParseIbanError::InvalidBaseIban { source: iban::ParseBaseIbanError::InvalidChecksum })
            if !italian || normalised.len() == 27 =>
        {
            Check::WrongDigit
        }
        Err(_) => {
            let count = normalised.chars().count();
            Check::WrongShape { count, misplaced: italian && count == 27 }
        }
    }
}

fn shape(text: &str, lengths: &[usize], well_placed: bool) -> Check {
    let count = text.chars().count();
    match (lengths.contains(&count), well_placed) {
        (true, true) => Check::Valid,
        (right_length, _) => Check::WrongShape { count, misplaced: right_length },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(code: Code, text: &str) -> String {
        warning(code, &normalise(code, text)).map(|text| text.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_wrong_code_says_what_is_wrong_with_it() {
        assert_eq!(told(Code::VatNumber, "0074313015"), "The VAT number has 11 digits: here there are 10");
        assert_eq!(
            told(Code::VatNumber, "007l3130157"),
            "The VAT number is made of digits only: here there are letters"
        );
        assert_eq!(told(Code::SdiCode, "M5UXCR"), "");
        assert_eq!(
            told(Code::SdiCode, "m5uxcr1x"),
            "The SDI code has 7 characters, 6 for public offices: here there are 8"
        );
        assert_eq!(
            told(Code::Iban, "IT60 X054 2811 1010 0000 0123 45"),
            "The Italian IBAN has 27 characters: here there are 26"
        );
    }

    #[test]
    fn an_iban_is_read_in_any_writing_and_checked_by_its_country() {
        assert_eq!(normalise(Code::Iban, "IBAN: it60 x054 2811 1010 0000 0123 456"), "IT60X0542811101000000123456");
        assert_eq!(check(Code::Iban, "IT60X0542811101000000123456"), Check::Valid);
        assert_eq!(check(Code::Iban, "IT60X0542811101000000123465"), Check::WrongDigit);
        assert_eq!(check(Code::Iban, "DE89370400440532013000"), Check::Valid);
        assert!(matches!(check(Code::Iban, "ciao"), Check::WrongShape { .. }));
    }

    #[test]
    fn any_text_has_a_normal_form_and_an_answer() {
        for code in [Code::VatNumber, Code::TaxCode, Code::SdiCode, Code::Iban] {
            for text in [
                "",
                " ",
                "IT",
                "è",
                "ààààààààààà",
                "ßßßßßßßßßßßßßßßß",
                "🙂",
                "------",
                "ⅧⅧⅧⅧⅧⅧⅧⅧⅧⅧⅧ",
                "１２３４５６７８９０１",
            ] {
                let normal = normalise(code, text);
                assert!(check(code, &normal) != Check::Valid, "{code:?} {text:?}");
                let _ = warning(code, &normal);
            }
        }
    }
}
