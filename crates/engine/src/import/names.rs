//! First and last name out of one cell that holds both.

use std::collections::HashSet;

use base::codes::tax_code_for;
use base::fold;
use chrono::NaiveDate;

/// First names that are remembered of a file.
const REMEMBERED: usize = 20_000;

/// The first names that a file has said so far: what tells first and last name apart elsewhere in it.
#[derive(Default)]
pub(super) struct FirstNames(HashSet<String>);

impl FirstNames {
    pub fn learn(&mut self, name: &str) {
        if self.0.len() < REMEMBERED {
            self.0.insert(fold(name));
        }
    }

    /// `(first, last)` of a full name; none when there is one word only. The tax code decides (its first six letters are of last
    /// and first name, DM 12/3/1974), else first names met before, else the order of registers: last name first.
    pub fn split(&self, full: &str, tax_code: &str) -> Option<(String, String)> {
        let words: Vec<&str> = full.split_whitespace().collect();
        let ways = (1..words.len()).flat_map(|cut| {
            let (head, tail) = (words[..cut].join(" "), words[cut..].join(" "));
            [(tail.clone(), head.clone()), (head, tail)]
        });
        let ways: Vec<(String, String)> = ways.collect();
        let by_code = |(first, last): &&(String, String)| {
            let day = NaiveDate::default();
            tax_code.len() == 16
                && tax_code.get(..6).is_some_and(|six| tax_code_for(last, first, day, false, "H501").starts_with(six))
        };
        let known = |(first, last): &&(String, String)| self.0.contains(&fold(first)) && !self.0.contains(&fold(last));
        let found = ways.iter().find(by_code).or_else(|| ways.iter().find(known)).cloned();
        found.or_else(|| {
            let (first, last) = words.split_last().filter(|(_, last)| !last.is_empty())?;
            Some(((*first).to_owned(), last.join(" ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(full: &str, code: &str) -> (String, String) {
        let mut names = FirstNames::default();
        names.learn("Mario");
        names.split(full, code).unwrap_or_default()
    }

    #[test]
    fn the_tax_code_tells_first_and_last_name() {
        assert_eq!(split("Di Lorenzo Renato", "DLRRNT90D15L947V"), ("Renato".into(), "Di Lorenzo".into()));
        assert_eq!(split("Renato Di Lorenzo", "DLRRNT90D15L947V"), ("Renato".into(), "Di Lorenzo".into()));
    }

    #[test]
    fn names_of_the_file_tell_it_else_the_last_name_stands_first() {
        assert_eq!(split("MARIO CASLUCCI", ""), ("MARIO".into(), "CASLUCCI".into()));
        assert_eq!(split("Faltello  Nadia", ""), ("Nadia".into(), "Faltello".into()));
        assert_eq!(FirstNames::default().split("Madonna", ""), None);
    }
}
