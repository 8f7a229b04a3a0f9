//! The Italian municipalities: names, provinces, postal codes, cadastral codes.
//!
//! [`Towns::get`] reads the list at its first use. What it tells is a hint: hamlets are no municipalities, and the list is as
//! old as its package, so an unknown town is never wrong.

mod aliases;
mod check;

use std::sync::OnceLock;

pub use check::Completed;

/// A municipality (comune).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Town {
    /// In its proper writing; of bilingual ones the Italian name.
    pub name: &'static str,
    /// Sigla, two capitals.
    pub province: &'static str,
    pub region: &'static str,
    /// The place in a tax code, as `F205`.
    pub cadastral: &'static str,
    zips: &'static str,
}

impl Town {
    /// Every CAP of the town: one, or one a district.
    pub fn zips(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.zips.split(',').filter(|zip| !zip.is_empty())
    }

    /// Whether letters with this CAP get there: one of its own, the old generic one of a town that has several (`20100`), or
    /// any of the same zone, since the Post adds districts.
    pub fn accepts_zip(&self, zip: &str) -> bool {
        let zone = |zip: &str| zip.get(..3).map(str::to_owned);
        self.zips().any(|own| own == zip || (is_city_zip(own) && zip.len() == 5 && zone(own) == zone(zip)))
    }
}

/// Provincial capitals have CAPs `xx1xx`, or one that ends with `00`; all others are of the province's country.
fn is_city_zip(zip: &str) -> bool {
    zip.as_bytes().get(2) == Some(&b'1') || zip.ends_with("00")
}

/// The list with its indexes: about 1.5 MB, made in some ten milliseconds.
pub struct Towns {
    /// In the order of their keys, then of their names.
    towns: Vec<Town>,
    keys: Vec<Box<str>>,
    by_zip: Vec<(&'static str, u16)>,
    by_cadastral: Vec<(&'static str, u16)>,
    provinces: Vec<&'static str>,
}

impl Towns {
    pub fn get() -> &'static Towns {
        static TOWNS: OnceLock<Towns> = OnceLock::new();
        TOWNS.get_or_init(|| Towns::read(assets::TOWNS))
    }

    fn read(lines: &'static str) -> Towns {
        let mut keyed: Vec<(Box<str>, Town)> =
            lines.lines().filter_map(town).map(|town| (key(town.name), town)).collect();
        keyed.sort_by(|(key, town), (other_key, other)| {
            (key, town.name, town.province).cmp(&(other_key, other.name, other.province))
        });
        let (keys, towns): (Vec<Box<str>>, Vec<Town>) = keyed.into_iter().unzip();
        let numbered = || towns.iter().enumerate().filter_map(|(at, town)| Some((u16::try_from(at).ok()?, town)));
        let mut by_zip: Vec<_> = numbered().flat_map(|(at, town)| town.zips().map(move |zip| (zip, at))).collect();
        let mut by_cadastral: Vec<_> = numbered().map(|(at, town)| (town.cadastral, at)).collect();
        let mut provinces: Vec<_> = towns.iter().map(|town| town.province).collect();
        by_zip.sort_unstable();
        by_cadastral.sort_unstable();
        provinces.sort_unstable();
        provinces.dedup();
        Towns { towns, keys, by_zip, by_cadastral, provinces }
    }

    /// Every municipality, by name.
    pub fn all(&self) -> &[Town] {
        &self.towns
    }

    /// The municipalities of that name, without regard to case, accents, apostrophes and blanks. Knows `S. Donato`, both halves of
    /// `Bolzano/Bozen`, the German names of South Tyrol's towns and the short names of a few others. Empty when there is none,
    /// two or three where namesakes are.
    pub fn find(&self, name: &str) -> &[Town] {
        let found = self.of_key(&key(name));
        if !found.is_empty() {
            return found;
        }
        let other_writings = aliases::other_writings(name);
        other_writings.iter().map(|name| self.of_key(&key(name))).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The municipalities that share a CAP; of a city's old generic one (`20100`) the city.
    pub fn by_zip(&self, zip: &str) -> impl Iterator<Item = &Town> {
        let zip = zip.trim();
        let exact = of(&self.by_zip, zip);
        let zone = if exact.is_empty() && zip.len() == 5 { zip.get(..3).unwrap_or("none") } else { "none" };
        let of_zone = self.by_zip.partition_point(|(known, _)| *known < zone);
        let zone = self.by_zip[of_zone..].iter().take_while(move |(known, _)| known.starts_with(zone));
        let mut seen = None;
        let places = exact.iter().chain(zone.filter(|(known, _)| is_city_zip(known)));
        places.filter(move |(_, at)| seen.replace(*at) != Some(*at)).map(|(_, at)| &self.towns[usize::from(*at)])
    }

    /// The municipality of a cadastral code, as a tax code holds it; not of those that were merged into others.
    pub fn by_cadastral(&self, code: &str) -> Option<&Town> {
        of(&self.by_cadastral, code).first().map(|(_, at)| &self.towns[usize::from(*at)])
    }

    /// Whether there is a province of that sigla today, or was one in Sardinia from 2005 to 2016, whose siglas are still written.
    pub fn province_exists(&self, sigla: &str) -> bool {
        self.provinces.binary_search(&sigla).is_ok() || aliases::SARDINIAN.contains(&sigla)
    }

    fn of_key(&self, key: &str) -> &[Town] {
        let start = self.keys.partition_point(|known| &**known < key);
        let count = self.keys[start..].iter().take_while(|known| &***known == key).count();
        &self.towns[start..start + count]
    }
}

fn of<'a>(index: &'a [(&'static str, u16)], key: &str) -> &'a [(&'static str, u16)] {
    let start = index.partition_point(|(known, _)| *known < key);
    let count = index[start..].iter().take_while(|(known, _)| *known == key).count();
    &index[start..start + count]
}

fn town(line: &'static str) -> Option<Town> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Town { name: next()?, province: next()?, region: next()?, cadastral: next()?, zips: next()? })
}

/// Letters and digits alone: blanks, hyphens and apostrophes are what people forget.
fn key(name: &str) -> Box<str> {
    base::fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(towns: &[Town]) -> Vec<&'static str> {
        towns.iter().map(|town| town.name).collect()
    }

    #[test]
    fn a_town_is_found_in_any_writing() {
        let towns = Towns::get();
        for (written, name) in [
            ("muggio'", "Muggiò"),
            ("MUGGIÒ", "Muggiò"),
            ("Citta di castello", "Città di Castello"),
            ("Appiano sulla strada del vino", "Appiano sulla strada del vino"),
            ("Appiano/Eppan", "Appiano sulla strada del vino"),
            ("Bolzano - Bozen", "Bolzano"),
            ("Bozen", "Bolzano"),
            ("Reggio Emilia", "Reggio nell'Emilia"),
            ("Reggio Calabria", "Reggio di Calabria"),
            ("S. Donato Milanese", "San Donato Milanese"),
            ("S.Angelo Lodigiano", "Sant'Angelo Lodigiano"),
            ("Vo", "Vo'"),
            ("L Aquila", "L'Aquila"),
        ] {
            assert_eq!(names(towns.find(written)), [name], "{written}");
        }
        assert_eq!(names(towns.find("Samone")), ["Samone", "Samone"]);
        assert!(towns.find("").is_empty() && towns.find("Atlantide").is_empty() && towns.find("S.").is_empty());
    }

    #[test]
    fn a_town_is_found_by_cap_and_by_cadastral_code() {
        let towns = Towns::get();
        let by_zip = |zip| towns.by_zip(zip).map(|town| town.name).collect::<Vec<_>>();
        assert_eq!(by_zip("20121"), ["Milano"]);
        assert_eq!(by_zip("20100"), ["Milano"]);
        assert!(by_zip("22010").contains(&"Livo"));
        assert!(by_zip("").is_empty() && by_zip("99999").is_empty() && by_zip("ààà").is_empty());
        assert_eq!(towns.by_cadastral("H501").map(|town| town.name), Some("Roma"));
    }

    #[test]
    fn a_city_accepts_its_generic_cap_and_a_village_only_its_own() {
        let towns = Towns::get();
        let accepts = |town: &str, zip| towns.find(town)[0].accepts_zip(zip);
        assert!(accepts("Milano", "20121") && accepts("Milano", "20100") && accepts("Prato", "59100"));
        assert!(!accepts("Muggiò", "20836") && accepts("Muggiò", "20835"));
        assert!(!accepts("Milano", "20900"));
    }

    #[test]
    fn every_town_is_found_by_its_own_name_in_a_province_that_exists() {
        let towns = Towns::get();
        assert!(towns.all().len() > 7_800);
        for town in towns.all() {
            assert!(towns.find(town.name).contains(town), "{}", town.name);
            assert!(towns.province_exists(town.province) && town.cadastral.len() == 4, "{}", town.name);
            assert!(town.zips().all(|zip| zip.len() == 5 && town.accepts_zip(zip)), "{}", town.name);
        }
        assert!(!towns.province_exists("XX") && !towns.province_exists("") && towns.province_exists("OT"));
    }
}
