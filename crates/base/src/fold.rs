//! Text without its accents, case and typography: what sorting, comparing and searching look at.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The version of the folding. Raise it with every change to what [`fold`] answers: stored keys are then built again.
pub const FOLDING: i64 = 1;

/// How many characters of a folded text its stored key keeps.
const KEY_CHARS: usize = 64;

/// Compatibility decomposition (Unicode NFKD) without combining marks, in lower case, letters that do not decompose
/// spelled out (`ß` is `ss`), quotes and dashes in ASCII, runs of white space as one blank, trimmed. Folding twice
/// changes nothing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        text.chars().for_each(|c| push(&mut folded, if c == '`' { '\'' } else { c.to_ascii_lowercase() }));
    } else {
        for c in text.chars().map(plain_mark).nfkd().filter(|c| !is_combining_mark(*c)) {
            for lower in c.to_lowercase() {
                match spelled(lower) {
                    Some(letters) => folded.push_str(letters),
                    None => push(&mut folded, plain_mark(lower)),
                }
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The folded text cut to its first 64 characters, for a column that is sorted and compared.
pub fn text_key(text: &str) -> String {
    let mut key = fold(text);
    if let Some((end, _)) = key.char_indices().nth(KEY_CHARS) {
        key.truncate(end);
    }
    key
}

/// The folded words of a text, letters and digits only: `"Città d'arte"` gives `citta`, `d`, `arte`.
pub fn words(text: &str) -> impl Iterator<Item = String> + use<> {
    let folded = fold(text);
    let words: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

fn push(folded: &mut String, c: char) {
    if !c.is_whitespace() {
        folded.push(c);
    } else if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// Typographic marks as the keyboard has them. Asked before the decomposition too, which splits `´` into a blank and
/// an accent.
fn plain_mark(c: char) -> char {
    match c {
        '`' | '´' | '‘' | '’' | '‚' | '‛' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ˈ' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        other => other,
    }
}

/// Lower-case letters that Unicode does not decompose, and characters that nobody sees.
fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_typography_do_not_tell_two_names_apart() {
        assert_eq!(fold("  Società\u{a0} D’ANGELO — Forlì\t"), "societa d'angelo - forli");
        assert_eq!(fold("D`ANGELO  srl"), fold("D´Angelo srl"));
        assert_eq!(fold("STRAẞE Øre Łódź Đoković Æsir œuvre ΟΔΟΣ"), "strasse ore lodz dokovic aesir oeuvre οδοσ");
        assert_eq!(fold("co\u{ad}op\u{feff}"), "coop");
        assert_eq!(fold("ﬁne № ½"), "fine no 1⁄2");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["İstanbul  ΑΣ ς", "´a` ¨ ", "K Å ẞ", "\u{a0}\u{301}x"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }

    #[test]
    fn a_key_is_cut_between_characters() {
        assert_eq!(text_key(&"Ж".repeat(90)), "ж".repeat(64));
        assert_eq!(text_key("Rossi"), "rossi");
    }

    #[test]
    fn words_are_letters_and_digits() {
        assert_eq!(words("L'Aquila, S.r.l. (2026)").collect::<Vec<_>>(), ["l", "aquila", "s", "r", "l", "2026"]);
    }
}
