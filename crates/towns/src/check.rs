//! Whether town, CAP and province agree, and what one says of the others.

use base::Text;
use base::say;

use crate::{Town, Towns, aliases};

/// A town's line after what could be told for sure was put right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completed {
    pub zip: Option<String>,
    pub town: Option<String>,
    pub province: Option<String>,
}

impl Towns {
    /// What does not agree, in words. Empty texts are not there; a town that is not in the list is not doubted.
    pub fn warnings(&self, town: &str, zip: &str, province: &str) -> Vec<Text> {
        let (town, zip, province) = (town.trim(), zip.trim(), province.trim().to_uppercase());
        let mut warnings = Vec::new();
        let exists = self.province_exists(&province);
        if !province.is_empty() && !exists {
            warnings.push(say!("There is no province {province}", province = province.as_str()));
        }
        let namesakes = self.find(town);
        let there: Vec<&Town> = namesakes.iter().filter(|town| !exists || is_in(town, &province)).collect();
        if let ([first, ..], true) = (namesakes, there.is_empty()) {
            warnings.push(say!("{town} is in the province {province}", town = first.name, province = first.province));
        }
        if zip.is_empty() {
            return warnings;
        }
        let digits = zip.chars().filter(char::is_ascii_digit).count();
        if digits != 5 || zip.len() != 5 {
            warnings.push(say!("The postal code has 5 digits: here there are {count}", count = digits));
            return warnings;
        }
        let candidates: Vec<&Town> = if there.is_empty() { namesakes.iter().collect() } else { there };
        if !candidates.is_empty() && !candidates.iter().any(|town| town.accepts_zip(zip)) {
            warnings.push(say!("{zip} is not a postal code of {town}", zip = zip, town = candidates[0].name));
        }
        warnings
    }

    /// Puts right what follows for sure: the town's proper writing, its province, the zero that a spreadsheet took from the
    /// CAP. Whatever else was given comes back as it was, trimmed.
    pub fn complete(&self, zip: &str, town: &str, province: &str) -> Completed {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let mut completed = Completed { zip: given(zip), town: given(town), province: given(&province.to_uppercase()) };
        if let Some(short) =
            completed.zip.as_mut().filter(|zip| zip.len() == 4 && zip.bytes().all(|b| b.is_ascii_digit()))
        {
            let restored = format!("0{short}");
            let namesakes = self.find(town);
            let fits = |town: &Town| town.accepts_zip(&restored);
            if namesakes.iter().any(fits) || (namesakes.is_empty() && self.by_zip(&restored).next().is_some()) {
                *short = restored;
            }
        }
        let zip = completed.zip.as_deref();
        let mut candidates: Vec<&Town> = self.find(town).iter().collect();
        let mut narrow = |fits: &dyn Fn(&Town) -> bool| {
            if candidates.iter().any(|town| fits(town)) {
                candidates.retain(|town| fits(town));
            }
        };
        narrow(&|candidate| completed.province.as_deref().is_some_and(|province| is_in(candidate, province)));
        narrow(&|candidate| zip.is_some_and(|zip| candidate.accepts_zip(zip)));
        narrow(&|candidate| candidate.name == town.trim());
        let writings = |name: &str| candidates.iter().all(|town| town.name == name);
        if let Some(first) = candidates.first().filter(|first| writings(first.name)) {
            completed.town = Some(first.name.to_owned());
        }
        if completed.province.is_none() {
            let of_zip: Vec<&Town> = zip.map(|zip| self.by_zip(zip).collect()).unwrap_or_default();
            let witnesses = if candidates.is_empty() { of_zip } else { candidates };
            completed.province = common_province(&witnesses);
        }
        completed
    }
}

fn common_province(towns: &[&Town]) -> Option<String> {
    let (first, rest) = towns.split_first()?;
    rest.iter().all(|town| town.province == first.province).then(|| first.province.to_owned())
}

fn is_in(town: &Town, province: &str) -> bool {
    town.province == province
        || (town.region == "Sardegna" && (aliases::SARDINIAN.contains(&province) || is_sardinian(province)))
}

fn is_sardinian(province: &str) -> bool {
    matches!(province, "CA" | "NU" | "OR" | "SS" | "SU")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(town: &str, zip: &str, province: &str) -> String {
        let warnings = Towns::get().warnings(town, zip, province);
        warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    fn completed(zip: &str, town: &str, province: &str) -> [String; 3] {
        let completed = Towns::get().complete(zip, town, province);
        [completed.zip, completed.town, completed.province].map(Option::unwrap_or_default)
    }

    #[test]
    fn what_agrees_is_not_commented() {
        for (town, zip, province) in [
            ("Milano", "20121", "MI"),
            ("muggio'", "20835", "mb"),
            ("Milano", "20100", ""),
            ("", "", ""),
            ("Marzamemi", "96018", "SR"),
            ("Olbia", "07026", "OT"),
        ] {
            assert_eq!(told(town, zip, province), "", "{town}");
        }
    }

    #[test]
    fn what_does_not_agree_is_told() {
        assert_eq!(told("Milano", "24100", "MI"), "24100 is not a postal code of Milano");
        assert_eq!(told("Muggiò", "20835", "MI"), "Muggiò is in the province MB");
        assert_eq!(
            told("Muggiò", "2083", "XY"),
            "There is no province XY; The postal code has 5 digits: here there are 4"
        );
        assert_eq!(told("Samone", "38059", "TO"), "38059 is not a postal code of Samone");
    }

    #[test]
    fn what_follows_for_sure_is_put_right() {
        assert_eq!(completed("20835", "MUGGIO'", ""), ["20835", "Muggiò", "MB"]);
        assert_eq!(completed("3011", "Alatri", ""), ["03011", "Alatri", "FR"]);
        assert_eq!(completed("", "Citta di castello", "pg"), ["", "Città di Castello", "PG"]);
        assert_eq!(completed("9017", "Pantelleria", "TP"), ["9017", "Pantelleria", "TP"]);
        assert_eq!(completed("38059", "samone", ""), ["38059", "Samone", "TN"]);
    }

    #[test]
    fn what_is_not_sure_stays_as_it_was() {
        assert_eq!(completed("", "samone", ""), ["", "Samone", ""]);
        assert_eq!(completed("99999", " Atlantide ", ""), ["99999", "Atlantide", ""]);
        assert_eq!(completed("96018", "Marzamemi", ""), ["96018", "Marzamemi", "SR"]);
        assert_eq!(completed("", "", ""), ["", "", ""]);
    }
}
