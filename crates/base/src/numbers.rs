//! Exact numbers as scaled integers, in the API's form and as people write them: 1.234,56 or 1,234.56.
//!
//! A scaled integer with `decimals` 2 keeps 12.5 as 1250. There are no floats.

use crate::{Currency, Money, Text, say};

/// How people of a language write a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberStyle {
    /// 1.234,56
    Italian,
    /// 1,234.56
    English,
}

impl NumberStyle {
    fn point(self) -> char {
        match self {
            NumberStyle::Italian => ',',
            NumberStyle::English => '.',
        }
    }

    fn group(self) -> char {
        match self {
            NumberStyle::Italian => '.',
            NumberStyle::English => ',',
        }
    }
}

/// Reads the API's form, `-12.5`: ASCII digits, a point, no group signs, no plus sign. `None` for anything else, for
/// more than `decimals` digits after the point and for what does not fit.
pub fn parse_scaled(text: &str, decimals: u8) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    if whole.is_empty() || fraction.len() > usize::from(decimals) {
        return None;
    }
    scaled(negative, whole, fraction, decimals)
}

/// Writes the API's form, exact, without zeros at the end: 1250 with two decimals is `12.5`.
pub fn format_scaled(value: i64, decimals: u8) -> String {
    let full = format_scaled_full(value, decimals);
    match full.contains('.') {
        true => full.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => full,
    }
}

/// The API's form with all its decimals: 1250 with two decimals is `12.50`.
pub(crate) fn format_scaled_full(value: i64, decimals: u8) -> String {
    let (whole, fraction) = split(value, decimals);
    let sign = if value < 0 { "-" } else { "" };
    match fraction.is_empty() {
        true => format!("{sign}{whole}"),
        false => format!("{sign}{whole}.{fraction}"),
    }
}

/// Reads what a person typed. Thousands may be grouped by the style's sign, by blanks or by apostrophes, in threes; a
/// sign stands before or (minus only) after; `€`, `EUR` or `euro` stand before or after. `1.234` in Italian is 1234, and
/// `1.23` is refused rather than guessed. The error is a sentence that says what to write.
pub fn parse_human(text: &str, style: NumberStyle, decimals: u8) -> Result<i64, Text> {
    parse_marked(text, style, decimals, &["€", "EUR", "euro"])
}

/// [`parse_human`] for an amount: the sign and the code of this currency may stand beside it, no other.
pub fn parse_money_human(text: &str, style: NumberStyle, currency: Currency) -> Result<Money, Text> {
    let name = if currency == Currency::EUR { "euro" } else { currency.code() };
    let minor = parse_marked(text, style, currency.minor_digits(), &[currency.sign(), currency.code(), name])?;
    Ok(Money { minor, currency })
}

/// Writes a number for people, thousands grouped, with all its decimals: `1.234,50`.
pub fn format_human(value: i64, decimals: u8, style: NumberStyle) -> String {
    let (whole, fraction) = split(value, decimals);
    let mut text = String::with_capacity(whole.len() * 4 / 3 + fraction.len() + 2);
    if value < 0 {
        text.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(style.group());
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(style.point());
        text.push_str(&fraction);
    }
    text
}

/// Writes an amount for people: `1.234,56 €` with a no-break space in Italian, `€1,234.56` in English; a currency
/// without a sign of its own stands with its code.
pub fn format_money_human(money: Money, style: NumberStyle) -> String {
    let number = format_human(money.minor, money.currency.minor_digits(), style);
    let sign = money.currency.sign();
    match style {
        NumberStyle::Italian => format!("{number}\u{a0}{sign}"),
        NumberStyle::English => {
            let (minus, number) = number.strip_prefix('-').map_or(("", number.as_str()), |rest| ("-", rest));
            let space = if sign == money.currency.code() { "\u{a0}" } else { "" };
            format!("{minus}{sign}{space}{number}")
        }
    }
}

/// `number / divisor` rounded half away from zero, as amounts of money are. `None` for a divisor below one.
pub fn divide_rounded(number: i128, divisor: i128) -> Option<i128> {
    if divisor < 1 {
        return None;
    }
    let (whole, rest) = (number / divisor, number % divisor);
    // Compared without doubling, which could leave the type.
    let away = rest.abs() >= divisor - rest.abs();
    Some(if away { whole + number.signum() } else { whole })
}

/// Digits before and after the point, without the sign.
fn split(value: i64, decimals: u8) -> (String, String) {
    let decimals = usize::from(decimals);
    let mut digits = format!("{:0>width$}", value.unsigned_abs(), width = decimals + 1);
    let fraction = digits.split_off(digits.len() - decimals);
    (digits, fraction)
}

fn scaled(negative: bool, whole: &str, fraction: &str, decimals: u8) -> Option<i64> {
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padding = std::iter::repeat_n(b'0', usize::from(decimals).checked_sub(fraction.len())?);
    let mut value: i64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()).chain(padding) {
        let digit = i64::from(digit - b'0');
        // Counted on the side of its sign, so that the smallest number can be read back.
        value = value.checked_mul(10)?.checked_add(if negative { -digit } else { digit })?;
    }
    Some(value)
}

fn parse_marked(text: &str, style: NumberStyle, decimals: u8, marks: &[&str]) -> Result<i64, Text> {
    let example = || format_human(123_456, 2, style);
    let typed = text.trim();
    if typed.is_empty() {
        return Err(say!("Write a number, for example {example}.", example = example()));
    }
    let nonsense = || say!("“{text}” is not a number. Write it like {example}.", text = typed, example = example());
    let (negative, number) = bare(typed, marks).ok_or_else(nonsense)?;
    let (whole, fraction) = match number.split_once(style.point()) {
        Some((_, "")) => return Err(nonsense()),
        Some(parts) => parts,
        None => (number, ""),
    };
    let whole = if whole.is_empty() && !fraction.is_empty() { "0".to_owned() } else { ungrouped(whole, style) };
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(nonsense());
    }
    if fraction.len() > usize::from(decimals) {
        return Err(match decimals {
            0 => say!("“{text}” has decimals: a whole number is needed here.", text = typed),
            _ => {
                say!("“{text}” has too many decimals: at most {count} here.", text = typed, count = i64::from(decimals))
            }
        });
    }
    scaled(negative, &whole, fraction, decimals).ok_or_else(|| say!("“{text}” is too large a number.", text = typed))
}

/// The number without its sign and currency, and whether it is negative. `None` when either stands there twice.
fn bare<'t>(typed: &'t str, marks: &[&str]) -> Option<(bool, &'t str)> {
    let (mut negative, mut signed, mut marked) = (false, false, false);
    let mut number = typed;
    loop {
        let before = number;
        if let Some(rest) = number.strip_prefix(['-', '−']).or_else(|| number.strip_suffix(['-', '−'])) {
            (negative, number) = (true, rest.trim());
        } else if let Some(rest) = number.strip_prefix('+') {
            number = rest.trim();
        } else if let Some(rest) = marks.iter().find_map(|mark| strip_mark(number, mark)) {
            if std::mem::replace(&mut marked, true) {
                return None;
            }
            number = rest.trim();
            continue;
        }
        if number.len() == before.len() {
            return Some((negative, number));
        }
        if std::mem::replace(&mut signed, true) {
            return None;
        }
    }
}

fn strip_mark<'t>(number: &'t str, mark: &str) -> Option<&'t str> {
    let starts =
        number.get(..mark.len()).filter(|start| start.eq_ignore_ascii_case(mark)).map(|_| &number[mark.len()..]);
    starts.or_else(|| {
        let at = number.len().checked_sub(mark.len())?;
        number.get(at..).filter(|end| end.eq_ignore_ascii_case(mark)).map(|_| &number[..at])
    })
}

/// The digits of `1.234.567`; what is not grouped in threes by one sign comes back as it was, and fails as digits.
fn ungrouped(whole: &str, style: NumberStyle) -> String {
    let is_group = |c: char| c == style.group() || c.is_whitespace() || matches!(c, '\'' | '’');
    let Some(sign) = whole.chars().find(|c| is_group(*c)) else { return whole.to_owned() };
    let groups: Vec<&str> = whole.split(sign).collect();
    let in_threes = groups.iter().skip(1).all(|group| group.len() == 3) && matches!(groups[0].len(), 1..=3);
    if in_threes { groups.concat() } else { whole.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::NumberStyle::{English, Italian};
    use super::*;

    #[test]
    fn the_api_form_is_exact_both_ways() {
        for (text, decimals, value) in [
            ("-12.5", 2, -1250),
            ("0", 2, 0),
            ("1234.56789012", 8, 123_456_789_012),
            ("-92233720368547758.08", 2, i64::MIN),
        ] {
            assert_eq!(parse_scaled(text, decimals), Some(value));
            assert_eq!(format_scaled(value, decimals), text);
        }
        assert_eq!(format_scaled(-5, 2), "-0.05");
        assert_eq!(format_scaled(100, 0), "100");
    }

    #[test]
    fn the_api_form_takes_nothing_else() {
        for text in
            ["", "-", "+1", "1,5", "1.", ".5", "1.234", "1e3", " 1", "1.2.3", "--1", "٣", "92233720368547758.08"]
        {
            assert_eq!(parse_scaled(text, 2), None, "{text}");
        }
    }

    #[test]
    fn people_write_numbers_in_many_ways() {
        for text in
            ["1.234,56", "1234,56", "1 234,56", "1'234,56", "€ 1.234,56", "1.234,56 EUR", "+1.234,56€", "1\u{a0}234,56"]
        {
            assert_eq!(parse_human(text, Italian, 2), Ok(123_456), "{text}");
        }
        assert_eq!(parse_human("1.234", Italian, 2), Ok(123_400));
        assert_eq!(parse_human("1,234.5", English, 2), Ok(123_450));
        for text in ["-5", "5-", "€ -5", "-€5", "5- euro", "−5 €"] {
            assert_eq!(parse_human(text, Italian, 0), Ok(-5), "{text}");
        }
        assert_eq!(parse_human(",5", Italian, 1), Ok(5));
    }

    #[test]
    fn a_number_that_could_mean_two_things_is_refused() {
        for text in [
            "12.50",
            "1.23.456",
            "1.234.56",
            "1,2,3",
            "abc",
            "€",
            "-",
            "--5",
            "-5-",
            "€5€",
            "5,",
            ",",
            "1 23",
            "1.234'567",
            "$5",
            "1..234",
            "12é",
        ] {
            assert!(parse_human(text, Italian, 2).is_err(), "{text}");
        }
        let refused = parse_human("12.50", Italian, 2).unwrap_err();
        assert_eq!(refused.to_string(), "“12.50” is not a number. Write it like 1.234,56.");
        assert!(parse_human("12,345", Italian, 2).unwrap_err().to_string().ends_with("at most 2 here."));
        assert!(parse_human("99999999999999999999", Italian, 0).unwrap_err().to_string().contains("too large"));
    }

    #[test]
    fn amounts_are_written_with_their_currency_and_read_back() {
        let (jpy, chf): (Currency, Currency) = ("JPY".parse().unwrap(), "CHF".parse().unwrap());
        for (money, italian, english) in [
            (Money { minor: -123_456_789, currency: Currency::EUR }, "-1.234.567,89\u{a0}€", "-€1,234,567.89"),
            (Money { minor: 5, currency: chf }, "0,05\u{a0}CHF", "CHF\u{a0}0.05"),
            (Money { minor: 1000, currency: jpy }, "1.000\u{a0}JPY", "JPY\u{a0}1,000"),
        ] {
            assert_eq!(format_money_human(money, Italian), italian);
            assert_eq!(format_money_human(money, English), english);
            assert_eq!(parse_money_human(italian, Italian, money.currency), Ok(money));
            assert_eq!(parse_money_human(english, English, money.currency), Ok(money));
        }
        assert!(parse_money_human("$ 5", Italian, Currency::EUR).is_err());
    }

    #[test]
    fn a_half_is_rounded_away_from_zero() {
        let rounded: Vec<_> = [5, -5, 4, -4, 15, i128::MAX].iter().map(|n| divide_rounded(*n, 10)).collect();
        assert_eq!(rounded, [1, -1, 0, 0, 2, i128::MAX / 10 + 1].map(Some));
        assert_eq!(divide_rounded(1, 0), None);
    }
}
