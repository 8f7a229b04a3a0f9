//! Final accents that were typed as an apostrophe: `MUGGIO'`, `Niccolo'`, `Citta' di Castello`.

/// Words that really end in an apostrophe: elisions and the town of Vo'.
const ELIDED: &[&str] = &[
    "vo'", "ca'", "de'", "po'", "mo'", "fra'", "ne'", "co'", "da'", "a'", "e'", "i'", "o'", "u'", "pie'", "ma'", "to'",
    "su'",
];
/// Names that end in a closed é; all others take the open one.
const CLOSED_E: &[&str] = &["che'", "ne'", "jose'", "poiche'", "perche'", "rene'", "andre'"];

/// Puts the accent on every word that ends in vowel and apostrophe (or grave accent), unless an apostrophe before it opens
/// a quotation or the word is known to end so.
pub(super) fn restore(text: &str) -> String {
    let quoted = text.starts_with('\'') || text.contains(" '");
    text.split(' ').map(|word| if quoted { word.to_owned() } else { accented(word) }).collect::<Vec<_>>().join(" ")
}

fn accented(word: &str) -> String {
    let body = word.trim_end_matches([',', '.', ')']);
    let Some(stem) = body.strip_suffix(['\'', '’', '`', '´']) else { return word.to_owned() };
    let lower = format!("{}'", stem.to_lowercase());
    let last_part = lower.rsplit(['-', '(']).next().unwrap_or(&lower);
    let Some(vowel) = stem.chars().last() else { return word.to_owned() };
    if ELIDED.contains(&last_part) || stem.chars().count() < 2 {
        return word.to_owned();
    }
    let accented = match vowel {
        'a' => 'à',
        'e' if CLOSED_E.iter().any(|name| lower == *name) => 'é',
        'e' => 'è',
        'i' => 'ì',
        'o' => 'ò',
        'u' => 'ù',
        'A' => 'À',
        'E' if CLOSED_E.iter().any(|name| lower == *name) => 'É',
        'E' => 'È',
        'I' => 'Ì',
        'O' => 'Ò',
        'U' => 'Ù',
        _ => return word.to_owned(),
    };
    let kept = &stem[..stem.len() - vowel.len_utf8()];
    format!("{kept}{accented}{}", &word[body.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_after_a_final_vowel_is_an_accent_unless_it_is_an_elision_or_a_quotation() {
        for (written, expected) in [
            ("Muggio'", "Muggiò"),
            ("FORLI'", "FORLÌ"),
            ("Citta` di Castello", "Città di Castello"),
            ("Jose'", "José"),
            ("Noe'", "Noè"),
            ("de' Medici", "de' Medici"),
            ("Vo'", "Vo'"),
            ("Bar 'Roma'", "Bar 'Roma'"),
            ("Dell'", "Dell'"),
            ("'", "'"),
        ] {
            assert_eq!(restore(written), expected);
        }
    }
}
