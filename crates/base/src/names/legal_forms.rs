//! Legal forms of companies in any writing: `SRL`, `s.r.l`, `S. r. l.` are one.

/// Letters alone, and the form as it is written.
const FORMS: &[(&str, &str)] = &[
    ("srl", "S.r.l."),
    ("srls", "S.r.l.s."),
    ("srlu", "S.r.l.u."),
    ("spa", "S.p.A."),
    ("snc", "S.n.c."),
    ("sas", "S.a.s."),
    ("sapa", "S.a.p.A."),
    ("scarl", "S.c.a r.l."),
    ("scrl", "S.c.r.l."),
    ("scpa", "S.c.p.A."),
    ("stp", "S.t.p."),
    ("socarl", "Soc. a r.l."),
    ("soccoop", "Soc. Coop."),
    ("soccooparl", "Soc. Coop. a r.l."),
    ("societàcooperativa", "Società Cooperativa"),
    ("gmbh", "GmbH"),
    ("kg", "KG"),
    ("ag", "AG"),
    ("ltd", "Ltd"),
    ("inc", "Inc."),
    ("onlus", "ONLUS"),
];

/// The longest written form, in words: "Soc. Coop. a r. l.".
const LONGEST: usize = 5;

/// The legal form that these words begin with, in its proper writing, and how many words it takes. Brackets and a comma
/// around it stay.
pub(super) fn legal_form(words: &[&str]) -> Option<(String, usize)> {
    // Nearly no words are a legal form: that is seen by the first of them, without writing them anew.
    let first = letters(words.first()?).next()?;
    let begins = |form: &str| {
        let mut rest = form.chars();
        form.starts_with(first) && letters(words[0]).all(|c| rest.next() == Some(c))
    };
    if !FORMS.iter().any(|(form, _)| begins(form)) {
        return None;
    }
    (1..=words.len().min(LONGEST)).rev().find_map(|taken| {
        let written = words[..taken].join(" ");
        let open = written.len() - written.trim_start_matches(['(', '-']).len();
        let close = written.trim_end_matches([')', ',', ';', '-']).len();
        let letters: String = written
            .get(open..close)?
            .chars()
            .filter(|c| !matches!(c, '.' | ' ' | '/'))
            .flat_map(char::to_lowercase)
            .collect();
        let (_, proper) = FORMS.iter().find(|(form, _)| *form == letters)?;
        Some((format!("{}{proper}{}", &written[..open], &written[close..]), taken))
    })
}

fn letters(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|c| !matches!(c, '.' | '/' | '(' | ')' | '-' | ',' | ';')).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legal_form_is_known_in_any_writing() {
        for written in ["SRL", "s.r.l.", "S.r.l", "S. R. L.", "s r l"] {
            let words: Vec<&str> = written.split(' ').collect();
            assert_eq!(legal_form(&words), Some(("S.r.l.".to_owned(), words.len())), "{written}");
        }
        assert_eq!(legal_form(&["SPA,", "Milano"]), Some(("S.p.A.,".to_owned(), 1)));
        assert_eq!(legal_form(&["Spalla"]), None);
        assert_eq!(legal_form(&[]), None);
    }
}
