//! Whether two are the same: by the keys that both have, as far as nothing speaks against it. Imports ask it of rows, forms of
//! what is being typed.
//!
//! Codes are shared (branches have their company's VAT number) and so are e-mails and phones (an accountant's stands with
//! all clients), so a key is where to look, and name, place and birth decide.

use std::collections::HashMap;

use base::codes::Code;
use base::{Result, Rid, fold};
use chrono::NaiveDate;
use meta::value::primary_address;
use meta::{Kind, Model, Value};
use store::Tx;
use store::records::lookup_kind;

/// What of a record says whether it is the same as another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sketch {
    /// The words of the title in the order of the alphabet.
    title: String,
    /// Values of the choices on which other fields depend: companies are no persons.
    kinds: Vec<String>,
    town: String,
    street: Street,
    /// National codes and day of birth, by position.
    codes: Vec<(usize, String)>,
    born: Option<NaiveDate>,
}

/// The word by which people know a street, and the number: `Via G. Garibaldi n. 12/A` is `garibaldi`, `12a`.
#[derive(Clone, Debug, Default, PartialEq)]
struct Street {
    word: String,
    number: String,
}

/// A key under which a record is found, strongest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    pub strength: Strength,
    /// The lookup table's kind; empty for the title.
    pub kind: String,
    pub key: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// The number that the old program gave: settles it, unless two programs gave the same one to different parties.
    Number,
    /// A person's tax code: as good.
    Person,
    /// A VAT number or a company's tax code: at one address, or with one name where an address is missing.
    Code,
    /// E-mail, phone: with one name.
    Contact,
    /// Name and town.
    Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Same,
    /// One VAT number at two addresses, or with two names: parties of their own.
    Related,
    Other,
}

/// The keys of a record by the chosen fields, the strongest first.
pub(crate) fn keys(model: &Model, fields: &[usize], by_name: bool, values: &[Value]) -> Vec<Key> {
    let mut keys = Vec::new();
    for at in fields {
        let (def, value) = (&model.fields[*at], &values[*at]);
        let Some(kind) = lookup_kind(model, def) else { continue };
        for key in meta::normal::lookup_keys(value, &def.kind) {
            let strength = match def.kind {
                Kind::Text { .. } => Strength::Number,
                Kind::Code(Code::TaxCode) if key.len() == 16 => Strength::Person,
                Kind::Code(_) | Kind::Codes(_) => Strength::Code,
                _ => Strength::Contact,
            };
            keys.push(Key { strength, kind: kind.clone(), key });
        }
    }
    let title = base::text_key(values[model.title].text());
    if by_name && !title.is_empty() && !town(values).is_empty() {
        keys.push(Key { strength: Strength::Name, kind: String::new(), key: title });
    }
    keys.sort();
    keys
}

impl Sketch {
    pub fn of(model: &Model, values: &[Value]) -> Sketch {
        let mut words: Vec<String> = base::fold::words(values[model.title].text()).collect();
        words.sort();
        let address = values.iter().find_map(|value| primary_address(value.addresses()));
        let code = |(at, value): (usize, &Value)| {
            let def = &model.fields[at];
            (matches!(def.kind, Kind::Code(_)) && !value.is_empty()).then(|| (at, value.text().to_owned()))
        };
        let kind = |(def, value): (&meta::FieldDef, &Value)| {
            (matches!(def.kind, Kind::Choice(_)) && def.required).then(|| value.text().to_owned())
        };
        let born = |(def, value): (&meta::FieldDef, &Value)| match value {
            Value::Date(day) if def.key.starts_with("born") || def.key.starts_with("birth") => Some(*day),
            _ => None,
        };
        Sketch {
            title: words.join(" "),
            kinds: model.fields.iter().zip(values).filter_map(kind).collect(),
            town: town(values),
            street: address.map(|address| Street::of(&address.street)).unwrap_or_default(),
            codes: values.iter().enumerate().filter_map(code).collect(),
            born: model.fields.iter().zip(values).find_map(born),
        }
    }

    /// What a key that both have says of them.
    pub fn compare(&self, other: &Sketch, by: Strength) -> Verdict {
        let kinds = self.kinds == other.kinds;
        match by {
            Strength::Number if kinds && self.is_another(other) => Verdict::Related,
            Strength::Number | Strength::Person if kinds => Verdict::Same,
            Strength::Code if kinds && !self.elsewhere(other) && (self.title == other.title || self.is_at(other)) => {
                Verdict::Same
            }
            Strength::Code => Verdict::Related,
            Strength::Contact if kinds && self.title == other.title && !self.contradicts(other) => Verdict::Same,
            Strength::Name
                if kinds && self.town == other.town && !self.elsewhere(other) && !self.contradicts(other) =>
            {
                Verdict::Same
            }
            _ => Verdict::Other,
        }
    }

    /// Whether both are of the same kind: companies are no persons.
    pub fn is_kindred(&self, other: &Sketch) -> bool {
        self.kinds == other.kinds
    }

    /// Whether everything but the number speaks against it: another name, and another national code or place. Two that
    /// are one can be merged; one that is two is hard to take apart.
    fn is_another(&self, other: &Sketch) -> bool {
        let long = |title: &str| title.split(' ').filter(|word| word.len() > 3).map(str::to_owned).collect::<Vec<_>>();
        let (mine, theirs) = (long(&self.title), long(&other.title));
        let shared = mine.iter().filter(|word| theirs.contains(word)).count();
        let few_words_shared = shared * 2 <= mine.len().min(theirs.len());
        let moved = !self.town.is_empty() && !other.town.is_empty() && self.town != other.town;
        let named_otherwise = !self.title.is_empty() && !other.title.is_empty() && self.title != other.title;
        let one_code = self.codes.iter().any(|code| other.codes.contains(code));
        (named_otherwise && self.contradicts(other) && !self.is_at(other)) || (few_words_shared && moved && !one_code)
    }

    /// Whether both are known to be at one address.
    fn is_at(&self, other: &Sketch) -> bool {
        !self.town.is_empty()
            && self.town == other.town
            && !self.street.word.is_empty()
            && self.street.word == other.street.word
    }

    fn elsewhere(&self, other: &Sketch) -> bool {
        let differ = |one: &str, two: &str| !one.is_empty() && !two.is_empty() && one != two;
        differ(&self.town, &other.town)
            || differ(&self.street.word, &other.street.word)
            || differ(&self.street.number, &other.street.number)
    }

    fn contradicts(&self, other: &Sketch) -> bool {
        let codes =
            self.codes.iter().any(|(at, code)| other.codes.iter().any(|(there, theirs)| there == at && theirs != code));
        codes || self.born.zip(other.born).is_some_and(|(one, two)| one != two)
    }
}

impl Street {
    fn of(street: &str) -> Street {
        let (name, number) = base::names::split_street(street);
        let folded = fold(&name);
        let word = folded.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty() && *word != "n");
        let number = fold(&number).chars().filter(|c| c.is_alphanumeric()).collect();
        Street { word: word.unwrap_or_default().to_owned(), number }
    }
}

pub(crate) fn town(values: &[Value]) -> String {
    let address = values.iter().find_map(|value| primary_address(value.addresses()));
    address.map(|address| base::text_key(&address.town)).unwrap_or_default()
}

/// The records of an entity that hold some keys, the oldest first and not too many of each.
pub(crate) fn holders(tx: &Tx, model: &Model, kind: &str, keys: &[String]) -> Result<HashMap<String, Vec<Rid>>> {
    let found = match kind {
        "" => store::records::find_by_title(tx, model.entity.key, keys)?,
        kind => store::records::find_by_key(tx, kind, keys)?,
    };
    let mut holders: HashMap<String, Vec<Rid>> = HashMap::new();
    found.into_iter().for_each(|(key, rid)| holders.entry(key).or_default().push(rid));
    holders.values_mut().for_each(|rids| {
        rids.sort_unstable();
        rids.truncate(MOST);
    });
    Ok(holders)
}

/// Records that are looked at under one key.
pub(crate) const MOST: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(title: &str, town: &str, street: &str) -> Sketch {
        Sketch {
            title: title.to_owned(),
            kinds: Vec::new(),
            town: town.to_owned(),
            street: Street::of(street),
            codes: Vec::new(),
            born: None,
        }
    }

    #[test]
    fn one_vat_number_at_two_addresses_is_two_parties() {
        let here = sketch("rossi", "milano", "Via G. Garibaldi n. 12");
        assert_eq!(here.compare(&sketch("rossi srl", "milano", "VIA GARIBALDI, 12"), Strength::Code), Verdict::Same);
        assert_eq!(here.compare(&sketch("rossi", "milano", "Via Roma, 1"), Strength::Code), Verdict::Related);
        assert_eq!(here.compare(&sketch("rossi", "", ""), Strength::Code), Verdict::Same);
        assert_eq!(here.compare(&sketch("verdi", "", ""), Strength::Code), Verdict::Related);
    }

    #[test]
    fn a_shared_address_of_two_names_is_two_parties() {
        let one = sketch("bianchi", "roma", "");
        assert_eq!(one.compare(&sketch("verdi", "roma", ""), Strength::Contact), Verdict::Other);
        assert_eq!(one.compare(&one, Strength::Contact), Verdict::Same);
    }

    #[test]
    fn one_number_of_two_programs_is_two_parties() {
        let code = |code: &str| vec![(3, code.to_owned())];
        let one = Sketch { codes: code("70455160799"), ..sketch("morandini pastificio", "lodi", "Via Roma 1") };
        let other = Sketch { codes: code("88910370142"), ..sketch("vetreria", "matera", "Via Milano 2") };
        assert_eq!(one.compare(&other, Strength::Number), Verdict::Related);
        let renamed = Sketch { codes: code("70455160799"), ..sketch("morandini pasta", "milano", "Via Verdi 3") };
        assert_eq!(one.compare(&renamed, Strength::Number), Verdict::Same);
        let married = sketch("maria verdi", "milano", "");
        assert_eq!(sketch("maria rossi", "milano", "").compare(&married, Strength::Number), Verdict::Same);
        let namesake = sketch("maria verdi", "roma", "");
        assert_eq!(sketch("maria rossi", "milano", "").compare(&namesake, Strength::Number), Verdict::Related);
    }

    #[test]
    fn namesakes_born_on_other_days_are_two_people() {
        let one = Sketch { born: NaiveDate::from_ymd_opt(1980, 1, 1), ..sketch("mario rossi", "roma", "") };
        let other = Sketch { born: NaiveDate::from_ymd_opt(1990, 1, 1), ..one.clone() };
        assert_eq!(one.compare(&other, Strength::Name), Verdict::Other);
    }
}
