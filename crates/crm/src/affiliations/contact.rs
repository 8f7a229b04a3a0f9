//! Who speaks for a lead: names in its row, and a person of the registry once the lead has become a company.

use meta::effect::{THIS, create, made, set};
use meta::entity::{IN_CHARGE, OPEN_TO_ALL};
use meta::{Change, Effect, Item};

use super::{AFFILIATION, COMPANY, PERSON, PRIMARY};
use crate::parties::{self, Kind, PARTY};

/// Whichever way it left that stage: converted, moved on the board, by a change of many, by an import.
pub(super) fn of_a_lead_becomes_a_person(change: &Change) -> Vec<Effect> {
    let names = [change.get(&parties::FIRST_NAME), change.get(&parties::LAST_NAME)];
    let is_company = change.get(&parties::KIND) == Some(Kind::Company);
    if !is_company || !parties::is_converted(change) || names.iter().all(Option::is_none) {
        return Vec::new();
    }
    vec![
        person_of(change),
        create(&AFFILIATION).with(&COMPANY, Some(THIS)).with(&PERSON, Some(made(0))).with(&PRIMARY, true),
        set(&PARTY, THIS)
            .with(&parties::HONORIFIC, None)
            .with(&parties::FIRST_NAME, None)
            .with(&parties::LAST_NAME, None)
            .with(&parties::JOB, None),
    ]
}

/// The person that the contact of a lead is, in the same hands and with the same consent. The company keeps its numbers and addresses; those that are the person's own the
/// person has as well.
pub fn person_of(change: &Change) -> Effect {
    let last_name = change.get(&parties::LAST_NAME).unwrap_or_default();
    let mobiles = change.get(&parties::PHONES).into_iter().filter(|phone| phone.kind.as_deref() == Some("mobile"));
    let emails = change.get(&parties::EMAILS).into_iter().filter(|email| carries(email, &last_name));
    create(&PARTY)
        .with(&parties::KIND, Some(Kind::Person))
        .with(&parties::HONORIFIC, change.get(&parties::HONORIFIC))
        .with(&parties::FIRST_NAME, change.get(&parties::FIRST_NAME))
        .with(&parties::LAST_NAME, change.get(&parties::LAST_NAME))
        .with(&parties::JOB, change.get(&parties::JOB))
        .with(&parties::PHONES, mobiles.collect())
        .with(&parties::EMAILS, emails.collect())
        .with(&parties::SOURCE, change.get(&parties::SOURCE))
        .with(&parties::LANGUAGE, change.get(&parties::LANGUAGE))
        .with(&parties::CONSENT, change.get(&parties::CONSENT))
        .with(&parties::CONSENT_ON, change.get(&parties::CONSENT_ON))
        .with(&parties::CONSENT_HOW, change.get(&parties::CONSENT_HOW))
        .with(&parties::DO_NOT_CALL, change.get(&parties::DO_NOT_CALL))
        .with(&parties::DO_NOT_MAIL, change.get(&parties::DO_NOT_MAIL))
        .with(&parties::INVOLVED, change.get(&parties::INVOLVED))
        .with(&IN_CHARGE, change.get(&IN_CHARGE))
        .with(&OPEN_TO_ALL, change.get(&OPEN_TO_ALL))
}

/// Whether an address is somebody's own: *m.rossi@officine.example* of Rossi.
fn carries(email: &Item, last_name: &str) -> bool {
    let own = email.value.split('@').next().unwrap_or_default();
    let last_name: String = base::fold(last_name).chars().filter(char::is_ascii_alphanumeric).collect();
    last_name.len() > 2 && base::fold(own).contains(&last_name)
}

#[cfg(test)]
mod tests {
    use meta::Pick;

    use super::*;
    use crate::tests::World;

    fn item(value: &str, kind: &str) -> Item {
        Item { value: value.to_owned(), kind: Some(kind.to_owned()), ..Item::default() }
    }

    fn stage(key: &str) -> Pick<parties::Stage> {
        Pick { key: key.to_owned(), class: None }
    }

    #[test]
    fn a_lead_that_becomes_a_company_leaves_its_contact_as_a_person() {
        let world = World::new();
        let mut lead = world.new_record(&PARTY);
        lead.set(&parties::KIND, Some(Kind::Company));
        lead.set(&parties::STAGE, stage("lead"));
        lead.set(&parties::LAST_NAME, Some("D'Amico".to_owned()));
        lead.set(&parties::PHONES, vec![item("+390301234567", "work"), item("+393351234567", "mobile")]);
        lead.set(
            &parties::EMAILS,
            vec![item("info@officine.example", "work"), item("s.damico@officine.example", "work")],
        );
        assert!(of_a_lead_becomes_a_person(&lead).is_empty());
        let before = World::saved(&lead);
        let mut change = world.change(&PARTY, &before);
        change.set(&parties::STAGE, stage("prospect"));
        let effects = of_a_lead_becomes_a_person(&change);
        assert_eq!(effects.iter().map(|effect| effect.entity).collect::<Vec<_>>(), ["party", "affiliation", "party"]);
        let value = |key: &str| effects[0].values.iter().find(|(known, _)| *known == key).unwrap().1.clone();
        assert_eq!(value("phones").items().len(), 1);
        assert_eq!(value("emails").items()[0].value, "s.damico@officine.example");
        change.set(&parties::LAST_NAME, None);
        assert!(of_a_lead_becomes_a_person(&change).is_empty());
    }
}
