//! Telephone numbers: E.164 out of any writing, and back to what one reads aloud.
//!
//! Italian numbers in plain writing are read and shown here in a fraction of a microsecond, because a list shows a
//! hundred of them; everything else is libphonenumber's.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

/// A number that can be dialled from anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// ITU-T E.164, with `+`: `+390308914420`.
    pub e164: String,
    /// What to dial after the answer, digits.
    pub extension: Option<String>,
}

/// Reads one number; numbers without a country are of `default_region` (ISO 3166, `IT` when unknown). `None` when it is
/// not a number that is given out: keep what was written then.
pub fn parse(text: &str, default_region: &str) -> Option<Phone> {
    let (number, extension) = split_extension(text);
    let number = without_label(number);
    if default_region == "IT"
        && let Some(e164) = plain_italian(number)
    {
        return Some(Phone { e164, extension });
    }
    let region = default_region.parse().unwrap_or(Region::IT);
    let parsed = PHONE_NUMBER_UTIL.parse(number, Some(region)).ok().filter(|parsed| parsed.is_valid())?;
    let own = Some(parsed.extension()).filter(|extension| !extension.is_empty()).map(str::to_owned);
    Some(Phone { e164: parsed.format_as(PhoneNumberFormat::E164).into_owned(), extension: extension.or(own) })
}

/// Reads a cell that may hold several numbers. Empty when any piece of it cannot be read, so that nothing is lost.
pub fn parse_all(text: &str, default_region: &str) -> Vec<Phone> {
    let mut pieces = vec![text];
    for separator in [";", "\n", "|", ",", " oppure ", " o ", " e ", " / ", " - "] {
        let split: Vec<&str> =
            pieces.iter().flat_map(|piece| piece.split(separator)).filter(|p| !p.trim().is_empty()).collect();
        // A separator counts only where numbers stand on both sides: "0733 / 704956" is one number.
        if split.iter().all(|piece| piece.bytes().filter(u8::is_ascii_digit).count() >= 6) {
            pieces = split;
        }
    }
    let read: Option<Vec<Phone>> = pieces.iter().map(|piece| parse(piece, default_region)).collect();
    let mut phones = read.unwrap_or_default();
    let mut seen = Vec::new();
    phones.retain(|phone| {
        !seen.contains(phone) && {
            seen.push(phone.clone());
            true
        }
    });
    phones
}

/// As one reads it aloud: Italian numbers national (`030 891 4420`, `335 610 2284`), others international. What is not E.164
/// is answered as it came.
pub fn readable(e164: &str) -> String {
    if let Some(national) = e164.strip_prefix("+39")
        && let Some(groups) = italian_groups(national)
    {
        return groups;
    }
    match PHONE_NUMBER_UTIL.parse(e164, None) {
        Ok(number) if e164.starts_with("+39") => number.format_as(PhoneNumberFormat::National).into_owned(),
        Ok(number) => number.format_as(PhoneNumberFormat::International).into_owned(),
        Err(_) => e164.to_owned(),
    }
}

/// The form that numbers are searched by: the digits of E.164, or whatever digits there are when it is not one.
pub fn lookup_key(text: &str) -> String {
    match parse(text, "IT") {
        Some(phone) => digits(&phone.e164),
        None => digits(text),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// "tel. 0574…" without its label, white space of any kind as blanks trimmed.
fn without_label(text: &str) -> &str {
    let start = text.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '('));
    start.map_or(text, |start| &text[start..]).trim()
}

/// "int. 12", "interno 12": the words that Italian switchboards use; libphonenumber knows the English ones.
fn split_extension(text: &str) -> (&str, Option<String>) {
    let lower = text.to_ascii_lowercase();
    let Some(at) = lower.find("int") else { return (text, None) };
    let extension = digits(&text[at..]);
    let plausible = (1..=6).contains(&extension.len()) && text[..at].bytes().any(|b| b.is_ascii_digit());
    if plausible { (&text[..at], Some(extension)) } else { (text, None) }
}

/// E.164 of a number of the Italian plan (AGCOM 8/15/CIR) in common writing: geographic ones begin with 0 and have 8 to 11
/// digits here, mobile ones with 3 and have 10. `None` leaves the question open.
fn plain_italian(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '-' | '/' | '(' | ')' | '+');
    if !text.chars().all(plain) || text.chars().skip(1).any(|c| c == '+') {
        return None;
    }
    let written = digits(text);
    let national = if text.starts_with('+') {
        written.strip_prefix("39")?
    } else {
        written
            .strip_prefix("0039")
            .or_else(|| written.strip_prefix("39").filter(|rest| is_italian(rest) && written.len() > 10))
            .unwrap_or(&written)
    };
    is_italian(national).then(|| format!("+39{national}"))
}

fn is_italian(national: &str) -> bool {
    let mut first = national.bytes();
    match (first.next(), first.next()) {
        (Some(b'3'), Some(b'1'..=b'9')) => national.len() == 10,
        (Some(b'0'), Some(b'1'..=b'9')) => (8..=11).contains(&national.len()),
        _ => false,
    }
}

/// Area code, then the rest in two groups of three or four.
fn italian_groups(national: &str) -> Option<String> {
    if !is_italian(national) || !national.is_ascii() {
        return None;
    }
    let (prefix, rest) = national.split_at(if national.starts_with('3') { 3 } else { area_code(national) });
    let cut = match rest.len() {
        ..=5 => return Some(format!("{prefix} {rest}")),
        6 | 7 => 3,
        8 => 4,
        _ => return None,
    };
    let (head, tail) = rest.split_at(cut);
    Some(format!("{prefix} {head} {tail}"))
}

/// Length of the area code: Rome and Milan have two digits, the larger towns three (the last 0, 1, 5 or 9), the others four.
fn area_code(national: &str) -> usize {
    match national.as_bytes() {
        [_, b'2' | b'6', ..] => 2,
        [_, _, b'0' | b'1' | b'5' | b'9', ..] => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e164(text: &str) -> Option<String> {
        parse(text, "IT").map(|phone| phone.e164)
    }

    #[test]
    fn a_number_is_read_in_a_dozen_writings() {
        for (text, expected) in [
            ("tel. 0574388942", "+390574388942"),
            ("Tel: 0574 388942", "+390574388942"),
            ("(081) 0255105", "+390810255105"),
            ("0039 3498464119", "+393498464119"),
            ("+39-349-0306017", "+393490306017"),
            ("0733/704956", "+390733704956"),
            ("0733 / 704956", "+390733704956"),
            ("0733.704.956", "+390733704956"),
            ("390 123 4567", "+393901234567"),
            ("39 349 8464119", "+393498464119"),
            ("00390397344009", "+390397344009"),
            ("075\u{a0}332\u{a0}78\u{a0}50  ", "+390753327850"),
            ("+41 91 123 45 67", "+41911234567"),
            ("0041 91 123 45 67", "+41911234567"),
            ("800 123456", "+39800123456"),
        ] {
            assert_eq!(e164(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "x",
            "3491",
            "123",
            "n.d.",
            "+",
            "++39",
            "0000000",
            "non chiamare",
            "INT",
            "int. 12",
            "+39",
            "è",
            "1".repeat(300).as_str(),
        ] {
            assert_eq!(e164(text), None, "{text}");
        }
    }

    #[test]
    fn an_extension_is_kept_apart() {
        for text in ["06 1234567 int. 12", "06 1234567 interno 12", "06/1234567 ext. 12", "06 1234567 INT12"] {
            let phone = parse(text, "IT").unwrap();
            assert_eq!((phone.e164.as_str(), phone.extension.as_deref()), ("+39061234567", Some("12")), "{text}");
        }
    }

    #[test]
    fn a_cell_with_two_numbers_gives_both_or_none() {
        for text in [
            "0574 388942 / 349 8464119",
            "0574388942; 3498464119",
            "0574 388942 oppure 349 8464119",
            "0574-388942 e 349-8464119",
        ] {
            let read: Vec<String> = parse_all(text, "IT").into_iter().map(|phone| phone.e164).collect();
            assert_eq!(read, ["+390574388942", "+393498464119"], "{text}");
        }
        assert_eq!(parse_all("0733 / 704956", "IT").len(), 1);
        assert!(parse_all("0574 388942; 99999999", "IT").is_empty());
        assert!(parse_all("", "IT").is_empty());
    }

    #[test]
    fn numbers_are_shown_as_one_reads_them_aloud() {
        for (e164, expected) in [
            ("+390308914420", "030 891 4420"),
            ("+393356102284", "335 610 2284"),
            ("+390212345678", "02 1234 5678"),
            ("+390345592187", "0345 592 187"),
            ("+39074912345", "0749 12345"),
            ("+39800123456", "800 123 456"),
            ("+41911234567", "+41 91 123 45 67"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(readable(e164), expected, "{e164}");
        }
    }

    #[test]
    fn the_fast_way_cuts_the_area_code_where_the_library_does() {
        let national = (20_000_000..99_999_999_u64)
            .step_by(777_777)
            .flat_map(|n| [format!("0{n}"), format!("0{}", n / 10), format!("0{n}7")]);
        for national in national.filter(|national| is_italian(national)) {
            let Some(fast) = italian_groups(&national) else { continue };
            let number = PHONE_NUMBER_UTIL.parse(format!("+39{national}"), None).unwrap();
            if number.is_valid() {
                let library = number.format_as(PhoneNumberFormat::National);
                assert_eq!(fast.split(' ').next(), library.split(' ').next(), "{national}");
                assert_eq!(digits(&fast), national);
            }
        }
    }

    #[test]
    fn search_finds_a_number_in_any_writing_and_pieces_of_one() {
        assert_eq!(lookup_key("(030) 891 44 20"), "390308914420");
        assert_eq!(lookup_key("+39 030 8914420"), "390308914420");
        assert_eq!(lookup_key("8914"), "8914");
    }
}
