//! Values of a workbook's cells as text: numbers without the noise of binary fractions, dates as ISO 8601.

use calamine::{Data, ExcelDateTime};

use crate::shape::Decimal;

/// Numbers follow the column's `decimal`, so that a column of numbers and texts reads in one way.
pub(crate) fn text(value: &Data, decimal: Decimal) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => self::number(*number, decimal),
        Data::String(text) => unescape(text),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(moment) => self::moment(*moment),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// Fifteen significant digits: what spreadsheets show, and what a double holds for certain.
fn number(number: f64, decimal: Decimal) -> String {
    let exact = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    let text = exact.to_string();
    if decimal == Decimal::Comma { text.replace('.', ",") } else { text }
}

fn moment(moment: ExcelDateTime) -> String {
    if moment.is_duration() {
        let seconds = (moment.as_f64() * 86_400.0).round() as i64;
        let (sign, seconds) = (if seconds < 0 { "-" } else { "" }, seconds.unsigned_abs());
        return format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (0.0..1.0).contains(&moment.as_f64()) {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

/// `_x000D_` is how a workbook writes characters that XML cannot (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|_| rest.as_bytes().get(6) == Some(&b'_'));
        let hex = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(sign) => {
                out.push(sign);
                rest = &rest[7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_without_the_noise_of_fractions() {
        assert_eq!(number(0.1 + 0.2, Decimal::Point), "0.3");
        assert_eq!(number(1234.56, Decimal::Comma), "1234,56");
        assert_eq!(number(39057.0, Decimal::Comma), "39057");
        assert_eq!(number(8_001_234_567_890.0, Decimal::Comma), "8001234567890");
    }

    #[test]
    fn escaped_characters_are_read_and_others_left_alone() {
        assert_eq!(unescape("a_x000D_b_x005F_x_y"), "a\rb_x_y");
        assert_eq!(unescape("_x12"), "_x12");
        assert_eq!(unescape("_xàèìò_"), "_xàèìò_");
    }
}
