//! What columns of addresses and phones are called in the exports of Italian and English programs.

use base::fold;

use super::plan::AddressPart;

/// Heads of columns that hold a part of an address, folded.
const ADDRESS: &[(AddressPart, &[&str])] = &[
    (
        AddressPart::Street,
        &["indirizzo", "via", "via e numero", "strada", "street", "address", "address line 1", "street address"],
    ),
    (AddressPart::Zip, &["cap", "c a p", "codice postale", "zip", "zip code", "postal code", "postcode"]),
    (AddressPart::Town, &["localita", "citta", "comune", "paese", "city", "town"]),
    (AddressPart::Province, &["prov", "provincia", "pr", "sigla provincia", "province", "state"]),
    (AddressPart::Country, &["nazione", "stato estero", "country", "cod nazione"]),
];

/// Beginnings of heads that say of which kind one of several values is, folded; `key` must be one of the field's kinds.
const KINDS: &[(&str, &[&str])] = &[
    ("mobile", &["cell", "mobile", "portatile", "mobil"]),
    ("fax", &["fax", "telefax"]),
    ("home", &["tel casa", "telefono casa", "abitazione", "home", "casa"]),
    ("switchboard", &["centralino", "switchboard"]),
    ("billing", &["fatturazione", "amministrazione", "billing"]),
    ("linkedin", &["linkedin"]),
    ("facebook", &["facebook"]),
    ("instagram", &["instagram"]),
    ("work", &["tel", "telefono", "phone", "ufficio", "work"]),
    ("site", &["sito", "web", "website", "url", "homepage"]),
];

/// A head without its signs: `Cod.` is `cod`, `P.IVA` is `piva`.
pub(super) fn plain(header: &str) -> String {
    let folded = fold(header);
    let words: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.replace('.', ""))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

pub(super) fn address_part(header: &str) -> Option<AddressPart> {
    let header = plain(header);
    ADDRESS.iter().find(|(_, names)| names.contains(&header.as_str())).map(|(part, _)| *part)
}

/// The kind that a head names, out of those that the field offers.
pub(super) fn kind(header: &str, offered: &[meta::ChoiceDef]) -> Option<String> {
    let header = plain(header);
    let named = |names: &&[&str]| names.iter().any(|name| header.starts_with(name));
    let found = KINDS.iter().filter(|(key, _)| offered.iter().any(|kind| kind.key == *key));
    found.clone().find(|(_, names)| named(names)).map(|(key, _)| (*key).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use meta::Kind;

    #[test]
    fn heads_of_address_columns_are_known_in_both_languages() {
        assert_eq!(address_part("Località"), Some(AddressPart::Town));
        assert_eq!(address_part("C.A.P."), Some(AddressPart::Zip));
        assert_eq!(address_part("Prov."), Some(AddressPart::Province));
        assert_eq!(address_part("ZIP code"), Some(AddressPart::Zip));
        assert_eq!(address_part("Nato a"), None);
    }

    #[test]
    fn a_head_says_of_which_kind_its_phones_are() {
        let kinds = Kind::Phones.item_kinds();
        assert_eq!(kind("Cellulare", kinds).as_deref(), Some("mobile"));
        assert_eq!(kind("Telefono", kinds).as_deref(), Some("work"));
        assert_eq!(kind("Fax", kinds).as_deref(), Some("fax"));
        assert_eq!(kind("Recapiti", kinds), None);
    }
}
