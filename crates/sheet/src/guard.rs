//! Keeps a spreadsheet from running what a cell says.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, tab or carriage return may be taken for a formula when a CSV file is opened
//! ("CSV injection", <https://owasp.org/www-community/attacks/CSV_Injection>). Such a cell is written with an apostrophe in
//! front. Spared are cells of a sign followed by nothing but figures, spaces and `.,/()-`: amounts (`-12,5`) and phone
//! numbers (`+39 081/123 45`), which can call no function and must not be damaged.

use std::borrow::Cow;

/// The cell as it is written into CSV. [`unguard`] gives back exactly what was there.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if risky(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Takes off the apostrophe of [`guard`], and no other.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if risky(rest) => rest,
        _ => cell,
    }
}

/// Apostrophes already there are looked through, so that guarding can always be taken back.
fn risky(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    match bare.chars().next() {
        Some('=' | '@' | '\t' | '\r' | '\n') => true,
        // Written by Japanese keyboards, and understood by Excel as their narrow twins.
        Some('\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}') => true,
        Some('+' | '-') => !bare[1..].chars().all(|c| c.is_ascii_digit() || " .,/()-".contains(c)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_get_an_apostrophe() {
        for cell in
            ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+A1", "\tx", "\r=1", "'=1", "=HYPERLINK(\"http://x\")"]
        {
            assert_eq!(guard(cell), format!("'{cell}"));
            assert_eq!(unguard(&guard(cell)), cell);
        }
    }

    #[test]
    fn phones_and_amounts_are_not_damaged() {
        for cell in
            ["+39 081 12345", "+39-349-0306017", "-12,5", "-1.234,56", "+390809714095", "-", "'o sole mio", "L'Aquila"]
        {
            assert_eq!(guard(cell), cell);
            assert_eq!(unguard(cell), cell);
        }
    }
}
