//! Lines of an address that hold several things.

/// `20121 Milano (MI)` taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownLine {
    /// CAP, five digits; four where the first was a zero and got lost.
    pub zip: Option<String>,
    pub town: String,
    /// Sigla, two capitals.
    pub province: Option<String>,
}

/// Takes a town's line apart; `None` when there is neither a CAP before the town nor a province after it, so that the
/// text is simply a town, or something else.
pub fn split_town_line(text: &str) -> Option<TownLine> {
    let text = text.trim();
    let foreign_style =
        ["I-", "IT-", "I - "].iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text).trim_start();
    let digits = foreign_style.bytes().take_while(u8::is_ascii_digit).count();
    let (zip, rest) = match foreign_style.split_at(digits) {
        // Spreadsheets take the first zero away.
        (zip, rest) if matches!(digits, 4 | 5) => (Some(zip.to_owned()), rest),
        (_, rest) if digits == 0 => (None, rest),
        _ => return None,
    };
    let (town, province) = split_province(rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ',')));
    let short = zip.as_ref().is_some_and(|zip| zip.len() < 5);
    if town.is_empty()
        || (province.is_none() && (zip.is_none() || short))
        || town.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    Some(TownLine { zip, town: town.to_owned(), province })
}

/// `Via Tiziano, n. 132/B` as street and number; the number is empty when there is none.
pub fn split_street(text: &str) -> (String, String) {
    let text = text.trim();
    let nothing = (text.to_owned(), String::new());
    let lower = text.to_lowercase();
    if lower.len() == text.len() && lower.ends_with(" snc") {
        return (text[..text.len() - 4].trim_end_matches([',', ' ']).to_owned(), "snc".to_owned());
    }
    let is_number = |word: &str| {
        let mut parts = word.splitn(2, |c: char| !c.is_ascii_digit());
        let digits = parts.next().unwrap_or_default();
        let after = word[digits.len()..].trim_start_matches(['/', '-']);
        (1..=5).contains(&digits.len())
            && after.chars().count() <= 4
            && after.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '-'))
    };
    let Some(at) = text.rfind(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '°' | 'º')) else {
        return nothing;
    };
    let step = text[at..].chars().next().map_or(1, char::len_utf8);
    let (mut start, mut number) = (at, text[at + step..].to_owned());
    if matches!(number.to_lowercase().as_str(), "bis" | "ter") {
        let before = text[..at].trim_end();
        let Some(space) = before.rfind(char::is_whitespace) else { return nothing };
        (start, number) = (space, format!("{} {number}", before[space..].trim()));
    }
    if !is_number(number.split(' ').next().unwrap_or_default()) {
        return nothing;
    }
    // Characters that are marks of the number: "n.", "n°", "nr", "num."
    let mut street = text[..start].trim_end_matches([' ', ',', '.', '°', 'º']);
    for mark in [" num", " nr", " n", ",n", ",num", " N", ",N", " NR"] {
        if let Some(rest) = street.strip_suffix(mark) {
            street = rest;
            break;
        }
    }
    let street = street.trim_end_matches([' ', ',']);
    // "Piazza 4" is no street without a name; "Corso 4 Novembre" does not come here.
    if street.is_empty() { nothing } else { (street.to_owned(), number) }
}

fn split_province(text: &str) -> (&str, Option<String>) {
    let sigla = |text: &str| {
        (text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic())).then(|| text.to_ascii_uppercase())
    };
    if let Some(open) = text.rfind(['(', '['])
        && let Some(province) = sigla(text[open + 1..].trim_end_matches([')', ']']).trim())
    {
        return (text[..open].trim_end_matches([' ', ',', '-']), Some(province));
    }
    if let Some((town, last)) = text.rsplit_once([' ', ',', '-', '/'])
        && last.bytes().all(|b| b.is_ascii_uppercase())
        && let Some(province) = sigla(last)
        && !town.trim().is_empty()
    {
        return (town.trim_end_matches([' ', ',', '-', '/']), Some(province));
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_cap_town_and_province_is_taken_apart() {
        for line in [
            "20121 Milano (MI)",
            "20121 Milano MI",
            "I-20121 Milano (mi)",
            "20121 - Milano - MI",
            "20121  Milano, MI",
            "20121 Milano [MI]",
        ] {
            let expected = TownLine { zip: Some("20121".into()), town: "Milano".into(), province: Some("MI".into()) };
            assert_eq!(split_town_line(line), Some(expected), "{line}");
        }
        assert_eq!(
            split_town_line("39042 Bressanone").map(|line| (line.town, line.province)),
            Some(("Bressanone".into(), None))
        );
        assert_eq!(
            split_town_line("Villa d'Adda (BG)").map(|line| (line.zip, line.town)),
            Some((None, "Villa d'Adda".into()))
        );
    }

    #[test]
    fn a_cap_that_lost_its_zero_is_still_one() {
        assert_eq!(
            split_town_line("3028 San Giovanni Incarico (FR)").and_then(|line| line.zip).as_deref(),
            Some("3028")
        );
        assert_eq!(split_town_line("3028 San Giovanni"), None);
    }

    #[test]
    fn a_mere_town_is_no_line() {
        for text in ["Milano", "", "Città di Castello", "12", "20121", "(MI)", "Via Roma 3"] {
            assert_eq!(split_town_line(text), None, "{text}");
        }
    }

    #[test]
    fn a_street_is_parted_from_its_number() {
        for (text, street, number) in [
            ("Via Amerigo Vespucci n.179", "Via Amerigo Vespucci", "179"),
            ("Via Tiziano, n. 132", "Via Tiziano", "132"),
            ("V. Torino, n° 11", "V. Torino", "11"),
            ("Vicolo Meucci, n. 155/C", "Vicolo Meucci", "155/C"),
            ("Piazza Puccini 132", "Piazza Puccini", "132"),
            ("Corso 4 Novembre, n. 25", "Corso 4 Novembre", "25"),
            ("Via Roma 12 bis", "Via Roma", "12 bis"),
            ("Via Roma snc", "Via Roma", "snc"),
            ("Piazza Vittorio Emanuele II", "Piazza Vittorio Emanuele II", ""),
            ("Corso Novembre", "Corso Novembre", ""),
            ("", "", ""),
        ] {
            assert_eq!(split_street(text), (street.to_owned(), number.to_owned()), "{text}");
        }
    }
}
