//! Names as people write them: without SHOUTING, with their accents, and the two letters that stand for a name.
//!
//! What someone wrote with care is left alone; only text in capitals (persons also: all in small letters) is rewritten.

mod accents;
mod legal_forms;
mod lines;
mod particles;

use legal_forms::legal_form;
use particles::{is_acronym, is_particle, is_roman, written_small};

pub use lines::{TownLine, split_street, split_town_line};

/// What the name is of, which decides the particles: `Dalla Costa` is a person, `Bar della Costa` a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    Person,
    Company,
    Street,
    Town,
}

/// The name in common writing, trimmed, with single blanks.
pub fn unshout(text: &str, kind: NameKind) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return String::new();
    }
    if !is_shouted(&words, kind) {
        let quiet = words.join(" ");
        return if matches!(kind, NameKind::Person | NameKind::Town) { accents::restore(&quiet) } else { quiet };
    }
    let accented = accents::restore(&words.join(" "));
    let words: Vec<&str> = accented.split(' ').collect();
    let mut rewritten: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        if kind == NameKind::Company
            && at > 0
            && let Some((form, taken)) = legal_form(&words[at..])
        {
            rewritten.push(form);
            at += taken;
            continue;
        }
        rewritten.push(word(words[at], kind, at == 0));
        at += 1;
    }
    rewritten.join(" ")
}

/// The folded words that tell one name from another: without its legal form and its particles. `Officine F.lli Rossi di Rossi
/// S.r.l.` gives `officine`, `f`, `lli`, `rossi`, `rossi`.
pub fn telling_words(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut telling = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        match (at > 0).then(|| legal_form(&words[at..])).flatten() {
            Some((_, taken)) => at += taken,
            None => {
                let told = crate::fold::words(words[at]).filter(|word| !is_particle(word) && word != "e");
                telling.extend(told);
                at += 1;
            }
        }
    }
    telling
}

/// Two capitals for the round picture: of the first two words that say something, of a single word its first two letters.
pub fn initials(title: &str) -> String {
    let words: Vec<&str> = title.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | ',')).collect();
    let mut telling: Vec<&str> = Vec::new();
    let mut at = 0;
    // Two words are enough, and a legal form is no first word: fifty names stand on a page.
    while at < words.len() && telling.len() < 2 {
        match (at > 0).then(|| legal_form(&words[at..])).flatten() {
            Some((_, taken)) => at += taken,
            None => {
                let bare = words[at].trim_matches(|c: char| !c.is_alphanumeric());
                let lower = bare.to_lowercase();
                if !bare.is_empty() && lower != "c" && !is_particle(&lower) {
                    telling.push(bare);
                }
                at += 1;
            }
        }
    }
    let letters: String = match telling.as_slice() {
        [] => title.chars().filter(|c| c.is_alphanumeric()).take(2).collect(),
        [word] => word.chars().filter(|c| c.is_alphanumeric()).take(2).collect(),
        [first, second, ..] => first.chars().take(1).chain(second.chars().take(1)).collect(),
    };
    letters.to_uppercase().chars().take(2).collect()
}

/// No small letter anywhere; or, of companies, none outside a legal form, when at least two long words shout (one alone
/// is as well a trade mark: `IVECO S.p.A.`).
fn is_shouted(words: &[&str], kind: NameKind) -> bool {
    let shouts = |word: &str| !word.chars().any(char::is_lowercase) && word.chars().any(char::is_uppercase);
    let quiet = |word: &str| !word.chars().any(char::is_uppercase);
    if words.iter().all(|word| !word.chars().any(char::is_lowercase)) {
        return words.iter().any(|word| shouts(word));
    }
    match kind {
        NameKind::Person => words.iter().all(|word| quiet(word)),
        NameKind::Company => {
            let (mut at, mut long) = (0, 0);
            while at < words.len() {
                match legal_form(&words[at..]) {
                    Some((_, taken)) if at > 0 => at += taken,
                    _ if !shouts(words[at]) && words[at].chars().any(char::is_alphabetic) => return false,
                    _ => {
                        long += usize::from(words[at].chars().filter(|c| c.is_alphabetic()).count() > 3);
                        at += 1;
                    }
                }
            }
            long >= 2
        }
        NameKind::Street | NameKind::Town => false,
    }
}

/// One word, with its hyphens and apostrophes.
fn word(word: &str, kind: NameKind, first: bool) -> String {
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
    if kind == NameKind::Street
        && let Some(short) = particles::street_abbreviation(&lower)
    {
        return short.to_owned();
    }
    // Surnames keep their particle's capital: Di Stefano, Lo Presti, Dalla Costa.
    let particles_are_small = kind != NameKind::Person || matches!(bare, "de'" | "von" | "zu" | "e");
    let surname = kind == NameKind::Company && matches!(bare, "de" | "lo" | "la" | "li");
    if !first && particles_are_small && is_particle(bare) && !surname {
        return lower;
    }
    // "N.37", and "(MI)" behind a town.
    if kind == NameKind::Street
        && lower.len() > 2
        && lower.starts_with('n')
        && lower.contains(|c: char| c.is_ascii_digit())
    {
        return lower;
    }
    if matches!(kind, NameKind::Street | NameKind::Town) && lower.starts_with('(') && bare.len() == 2 {
        return word.to_owned();
    }
    if is_roman(word) || (kind == NameKind::Company && is_acronym(word) && !is_particle(bare)) {
        return word.to_owned();
    }
    // House numbers keep their letter: 101/A.
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return if kind == NameKind::Street || is_acronym(word) { word.to_owned() } else { lower };
    }
    let mut out = String::with_capacity(lower.len());
    let mut part = String::new();
    for c in lower.chars() {
        part.push(c);
        if matches!(c, '-' | '\'' | '/' | '.' | '&') {
            push_part(&mut out, &part, &lower, kind, first);
            part.clear();
        }
    }
    push_part(&mut out, &part, &lower, kind, first);
    out
}

/// A part of a word up to its hyphen or apostrophe; `out` is what precedes it in the word.
fn push_part(out: &mut String, part: &str, whole: &str, kind: NameKind, first: bool) {
    let rest = &whole[out.len().min(whole.len())..];
    let after = rest.strip_prefix(part).unwrap_or_default();
    let elision = part.ends_with('\'') && !after.is_empty();
    let small = elision
        && (!first || !out.is_empty())
        && match (part, kind) {
            (_, NameKind::Person) => false,
            ("d'" | "l'", NameKind::Town) => true,
            ("d'", _) => written_small(after),
            _ => is_particle(part),
        };
    // "F.lli", "V.le": the letters after the dot of an abbreviation are small, "S.G.R." are not.
    let abbreviated = out.ends_with('.') && part.chars().count() > 2;
    let inner = out.ends_with('-') && kind != NameKind::Person && is_particle(part.trim_end_matches('-'));
    if small || abbreviated || inner {
        out.push_str(part);
    } else if kind == NameKind::Person && part.len() > 4 && part.starts_with("mc") && out.is_empty() {
        out.push_str("Mc");
        capitalise(out, &part[2..]);
    } else {
        capitalise(out, part);
    }
}

fn capitalise(out: &mut String, part: &str) {
    let mut done = false;
    for c in part.chars() {
        if !done && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            done = true;
        } else {
            out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(kind: NameKind, cases: &[(&str, &str)]) {
        for (shouted, expected) in cases {
            assert_eq!(unshout(shouted, kind), *expected, "{shouted}");
        }
    }

    #[test]
    fn a_legal_form_and_particles_tell_no_name_from_another() {
        assert_eq!(
            telling_words("Officine Rossi & C. di Mario Rossi S.r.l."),
            ["officine", "rossi", "c", "mario", "rossi"]
        );
        assert_eq!(telling_words("CARPENTERIA BRAMBATI S. P. A."), ["carpenteria", "brambati"]);
        assert_eq!(telling_words("Srl"), ["srl"]);
    }

    #[test]
    fn a_shouted_person_is_written_as_one_writes_them() {
        all(
            NameKind::Person,
            &[
                ("BARBARA LEONE", "Barbara Leone"),
                ("maria  rossi ", "Maria Rossi"),
                ("DALLA COSTA", "Dalla Costa"),
                ("D'ONOFRIO", "D'Onofrio"),
                ("NICCOLO'", "Niccolò"),
                ("Niccolo'", "Niccolò"),
                ("NICCOLÒ", "Niccolò"),
                ("LORENZO DE' MEDICI", "Lorenzo de' Medici"),
                ("O'BRIEN", "O'Brien"),
                ("MCDONALD", "McDonald"),
                ("BIANCHI-ROSSI", "Bianchi-Rossi"),
                ("IVO", "Ivo"),
                ("De Luca", "De Luca"),
                ("G. ROSSI", "G. Rossi"),
                ("", ""),
            ],
        );
    }

    #[test]
    fn a_shouted_company_gets_its_legal_form_and_small_particles() {
        all(
            NameKind::Company,
            &[
                ("OFFICINE MECCANICHE ROSSI SRL", "Officine Meccaniche Rossi S.r.l."),
                ("F.LLI MONDINI S.N.C. DI MONDINI PAOLO & C.", "F.lli Mondini S.n.c. di Mondini Paolo & C."),
                ("CASEIFICIO D'ONOFRIO S.P.A.", "Caseificio D'Onofrio S.p.A."),
                ("BOTTEGA D'ARTE SAS", "Bottega d'Arte S.a.s."),
                ("S.G.R. VETRERIA", "S.G.R. Vetreria"),
                ("BAR SPORT DI VERDI LUCA", "Bar Sport di Verdi Luca"),
                ("ABC TRASPORTI S. R. L.", "ABC Trasporti S.r.l."),
                ("LAVANDERIA PAGANO SOC. COOP.", "Lavanderia Pagano Soc. Coop."),
                ("CITTA' MERCATO SRLS", "Città Mercato S.r.l.s."),
                ("ACQUE DELL'ADDA SPA IN LIQUIDAZIONE", "Acque dell'Adda S.p.A. in Liquidazione"),
                ("Rossi Srl", "Rossi Srl"),
                ("GALVANICA ROSSI s.r.l.", "Galvanica Rossi S.r.l."),
                ("IVECO S.p.A.", "IVECO S.p.A."),
                ("IBM", "IBM"),
                ("3M", "3M"),
                ("DA PAOLO", "Da Paolo"),
                ("BAR DE SANTIS SNC", "Bar De Santis S.n.c."),
                ("NETLINE SOC. A R.L.", "Netline Soc. a r.l."),
                ("E.ON ITALIA", "E.ON Italia"),
            ],
        );
    }

    #[test]
    fn a_shouted_street_keeps_its_roman_numerals_and_letters() {
        all(
            NameKind::Street,
            &[
                ("VIA XXV APRILE, 161/C", "Via XXV Aprile, 161/C"),
                ("CORSO DELLA PACE, N° 31/B", "Corso della Pace, n° 31/B"),
                ("V.LE DEI MILLE SNC", "V.le dei Mille snc"),
                ("VIA SANT'ANTONIO 2", "Via Sant'Antonio 2"),
                ("PIAZZA VITTORIO EMANUELE II N. 2", "Piazza Vittorio Emanuele II n. 2"),
                ("VIA G. D'ANNUNZIO", "Via G. D'Annunzio"),
                ("VIA TIZIANO N.33 (NA)", "Via Tiziano n.33 (NA)"),
                ("VIA Napoli, 34", "VIA Napoli, 34"),
            ],
        );
    }

    #[test]
    fn a_shouted_town_gets_particles_and_accents() {
        all(
            NameKind::Town,
            &[
                ("MUGGIO'", "Muggiò"),
                ("Muggio'", "Muggiò"),
                ("CITTA' DI CASTELLO", "Città di Castello"),
                ("REGGIO NELL'EMILIA", "Reggio nell'Emilia"),
                ("CORTINA D'AMPEZZO", "Cortina d'Ampezzo"),
                ("L'AQUILA", "L'Aquila"),
                ("VO'", "Vo'"),
                ("RHO", "Rho"),
                ("CA' D'ANDREA", "Ca' d'Andrea"),
                ("SAN DONA' DI PIAVE", "San Donà di Piave"),
                ("PONT-SAINT-MARTIN", "Pont-Saint-Martin"),
            ],
        );
    }

    #[test]
    fn initials_skip_legal_forms_and_particles() {
        for (title, expected) in [
            ("Laminati Valtrompia S.p.A.", "LV"),
            ("Giulia Ferrario", "GF"),
            ("Italfarma", "IT"),
            ("Bar della Costa Snc", "BC"),
            ("Lavanderia Pagano Soc. Coop.", "LP"),
            ("Caseificio D'Onofrio", "CD"),
            ("Rossi S.r.l.", "RO"),
            ("Mondini & C. Snc", "MO"),
            ("à", "À"),
            ("&", ""),
            ("", ""),
        ] {
            assert_eq!(initials(title), expected, "{title}");
        }
    }

    #[test]
    fn any_text_goes_through() {
        for text in ["'", "''", "-", "ß", "ẞ", "İ", "'Ò", "A'", "MC", "D'", "🙂", "N.", "Ǆ"] {
            for kind in [NameKind::Person, NameKind::Company, NameKind::Street, NameKind::Town] {
                let once = unshout(text, kind);
                let _ = (unshout(&once, kind), initials(text));
            }
        }
    }
}
