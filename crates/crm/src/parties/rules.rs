//! What always holds of a party, whoever writes it.

use base::names::{NameKind, unshout};
use base::{Refusal, fold};
use chrono::NaiveDate;
use meta::change::refuse;
use meta::entity::Rule;
use meta::value::primary_address;
use meta::{Change, Field};
use towns::Towns;

use super::*;

type Answer = Result<(), Refusal>;

/// In this order: the later ones read what the earlier ones set.
pub(super) static ALL: &[Rule] = &[
    names_are_not_shouted,
    the_name_follows_its_parts,
    the_town_follows_the_primary_address,
    customer_as_role_and_as_stage_are_kept_together,
    a_pec_is_an_email_address,
    nobody_is_born_in_the_future,
    nobody_employs_fewer_than_none,
    asking_not_to_be_called_or_mailed_has_its_date,
    consent_has_its_date,
    a_lead_has_a_state,
    who_converted_a_lead_is_kept,
];

fn names_are_not_shouted(change: &mut Change) -> Answer {
    for field in [&LEGAL_NAME, &TRADE_NAME] {
        quiet(change, field, NameKind::Company);
    }
    for field in [&FIRST_NAME, &LAST_NAME] {
        quiet(change, field, NameKind::Person);
    }
    Ok(())
}

fn quiet(change: &mut Change, field: &Field<Option<String>>, kind: NameKind) {
    let Some(name) = change.get(field).filter(|_| change.changed(field)) else { return };
    // Who changes nothing but the case means it: "IVECO".
    if change.old(field).is_some_and(|old| fold(&old) == fold(&name)) {
        return;
    }
    change.set(field, Some(unshout(&name, kind)));
}

fn the_name_follows_its_parts(change: &mut Change) -> Answer {
    let name = match change.get(&KIND) {
        Some(Kind::Person) => {
            let parts = [change.get(&FIRST_NAME), change.get(&LAST_NAME)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        _ => change.get(&LEGAL_NAME).or_else(|| change.get(&TRADE_NAME)).unwrap_or_default(),
    };
    change.set(&NAME, name);
    Ok(())
}

fn the_town_follows_the_primary_address(change: &mut Change) -> Answer {
    // The list of municipalities is searched only when there is something to find.
    if !change.is_new() && !change.changed(&ADDRESSES) {
        return Ok(());
    }
    let addresses = change.get(&ADDRESSES);
    let primary = primary_address(&addresses).cloned().unwrap_or_default();
    let region = match primary.country.as_str() {
        "" | "IT" => region_of(&primary),
        _ => None,
    };
    let some = |text: String| (!text.is_empty()).then_some(text);
    change.set(&TOWN, some(primary.town));
    change.set(&PROVINCE, some(primary.province));
    change.set(&REGION, region.map(str::to_owned));
    Ok(())
}

fn region_of(address: &Address) -> Option<&'static str> {
    if address.is_blank() {
        return None;
    }
    let towns = Towns::get();
    let namesakes = towns.find(&address.town);
    let of_province = |town: &&towns::Town| town.province == address.province;
    match (namesakes, address.province.as_str()) {
        ([only], "") => Some(only.region),
        (_, "") => None,
        _ => {
            namesakes.iter().find(of_province).or_else(|| towns.all().iter().find(of_province)).map(|town| town.region)
        }
    }
}

/// The side that was changed leads; where both were, the stage does. A former customer is no customer.
fn customer_as_role_and_as_stage_are_kept_together(change: &mut Change) -> Answer {
    let is_customer = |roles: &[Pick<Role>]| roles.iter().any(|role| role.class == Some(Role::Customer));
    let stage = change.get(&STAGE).class;
    let mut roles = change.get(&ROLES);
    let (by_stage, by_role) = (stage == Some(Stage::Customer), is_customer(&roles));
    if by_stage == by_role {
        return Ok(());
    }
    let stage_leads = match change.before {
        Some(_) => change.changed(&STAGE),
        None => by_stage || stage == Some(Stage::Former),
    };
    match (stage_leads, by_stage) {
        (true, true) => roles.extend(change.first_of(&ROLES, Role::Customer)),
        (true, false) => roles.retain(|role| role.class != Some(Role::Customer)),
        (false, _) if !change.is_new() && !change.changed(&ROLES) => return Ok(()),
        (false, _) => {
            let follows = if by_role { Stage::Customer } else { Stage::Former };
            if let Some(stage) = change.first_of(&STAGE, follows) {
                change.set(&STAGE, stage);
            }
            return Ok(());
        }
    }
    change.set(&ROLES, roles);
    Ok(())
}

fn a_pec_is_an_email_address(change: &mut Change) -> Answer {
    let Some(pec) = change.get(&PEC).filter(|_| change.changed(&PEC)) else { return Ok(()) };
    match base::email::normalise(&pec) {
        Some(address) => change.set(&PEC, Some(address)),
        None => return refuse(&PEC, "A PEC is an e-mail address, as in name@pec.it"),
    }
    Ok(())
}

fn nobody_is_born_in_the_future(change: &mut Change) -> Answer {
    match change.get(&BORN_ON) {
        Some(day) if day > change.today && change.changed(&BORN_ON) => {
            refuse(&BORN_ON, "A birth date cannot be in the future")
        }
        _ => Ok(()),
    }
}

fn nobody_employs_fewer_than_none(change: &mut Change) -> Answer {
    match change.get(&EMPLOYEES) {
        Some(count) if count < 0 && change.changed(&EMPLOYEES) => refuse(&EMPLOYEES, "This cannot be less than zero"),
        _ => Ok(()),
    }
}

fn asking_not_to_be_called_or_mailed_has_its_date(change: &mut Change) -> Answer {
    since(change, &DO_NOT_CALL, &DO_NOT_CALL_SINCE);
    since(change, &DO_NOT_MAIL, &DO_NOT_MAIL_SINCE);
    Ok(())
}

fn consent_has_its_date(change: &mut Change) -> Answer {
    let since = change.get(&CONSENT).map(|_| change.get(&CONSENT_ON).unwrap_or(change.today));
    change.set(&CONSENT_ON, since);
    if since.is_none() {
        change.set(&CONSENT_HOW, Pick { key: String::new(), class: None });
    }
    Ok(())
}

fn is_lead(stage: &Pick<Stage>) -> bool {
    stage.class == Some(Stage::Lead)
}

/// New when it comes, assigned when somebody else is put in charge of it.
fn a_lead_has_a_state(change: &mut Change) -> Answer {
    if !is_lead(&change.get(&STAGE)) {
        return Ok(());
    }
    let state = change.get(&LEAD_STATE);
    let follows = match state.class {
        None if state.key.is_empty() => LeadState::New,
        Some(LeadState::New) if !change.is_new() && change.changed(&IN_CHARGE) => LeadState::Assigned,
        _ => return Ok(()),
    };
    if let Some(state) = change.first_of(&LEAD_STATE, follows) {
        change.set(&LEAD_STATE, state);
    }
    Ok(())
}

/// What ties a party to something is called as the party.
pub fn called_as(change: &mut Change, party: &Field<Option<Rid>>, name: &Field<String>) -> Answer {
    let title = change.get(party).map_or("", |party| change.title_of(party)).to_owned();
    change.set(name, title);
    Ok(())
}

/// Whether a change takes a record out of the stage of leads.
pub fn is_converted(change: &Change) -> bool {
    let was_lead = change.before.is_some() && is_lead(&change.old(&STAGE));
    let stage = change.get(&STAGE);
    was_lead && !is_lead(&stage) && stage.class.is_some()
}

/// As long as it is no lead again.
fn who_converted_a_lead_is_kept(change: &mut Change) -> Answer {
    let stage = change.get(&STAGE);
    if is_converted(change) {
        let (now, by) = (change.now, change.by);
        change.set(&CONVERTED_AT, Some(now));
        change.set(&CONVERTED_BY, by);
    } else if is_lead(&stage) {
        change.set(&CONVERTED_AT, None);
        change.set(&CONVERTED_BY, None);
    }
    Ok(())
}

fn since(change: &mut Change, asked: &Field<bool>, day: &Field<Option<NaiveDate>>) {
    let since = change.get(asked).then(|| change.get(day).unwrap_or(change.today));
    change.set(day, since);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{World, words};

    fn pick<C>(key: &str) -> Pick<C> {
        Pick { key: key.to_owned(), class: None }
    }

    fn keys<C: PartialEq>(roles: &[Pick<C>]) -> Vec<&str> {
        roles.iter().map(|role| role.key.as_str()).collect()
    }

    fn person(change: &mut Change, first: &str, last: &str) {
        change.set(&KIND, Some(Kind::Person));
        change.set(&FIRST_NAME, Some(first.to_owned()));
        change.set(&LAST_NAME, Some(last.to_owned()));
    }

    #[test]
    fn a_company_is_called_by_its_legal_name_or_else_by_its_sign() {
        let world = World::new();
        let mut change = world.new_record(&PARTY);
        change.set(&KIND, Some(Kind::Company));
        change.set(&TRADE_NAME, Some("Da Fausto".to_owned()));
        the_name_follows_its_parts(&mut change).unwrap();
        assert_eq!(change.get(&NAME), "Da Fausto");
        change.set(&LEGAL_NAME, Some("CARROZZERIA ROSSI SRL".to_owned()));
        ALL.iter().for_each(|rule| rule(&mut change).unwrap());
        assert_eq!(change.get(&NAME), "Carrozzeria Rossi S.r.l.");
    }

    #[test]
    fn employees_are_none_or_more() {
        let world = World::new();
        let mut change = world.new_record(&PARTY);
        for (count, holds) in [(None, true), (Some(0), true), (Some(-5), false)] {
            change.set(&EMPLOYEES, count);
            assert_eq!(nobody_employs_fewer_than_none(&mut change).is_ok(), holds, "{count:?}");
        }
    }

    #[test]
    fn a_person_is_called_by_first_and_last_name_without_shouting() {
        let world = World::new();
        let mut change = world.new_record(&PARTY);
        person(&mut change, "NICCOLO'", "DALLA COSTA");
        ALL.iter().for_each(|rule| rule(&mut change).unwrap());
        assert_eq!(change.get(&NAME), "Niccolò Dalla Costa");
    }

    #[test]
    fn a_writing_that_is_insisted_upon_stays() {
        let world = World::new();
        let mut first = world.new_record(&PARTY);
        first.set(&LEGAL_NAME, Some("Fonderia Omega".to_owned()));
        let before = World::saved(&first);
        let mut change = world.change(&PARTY, &before);
        change.set(&LEGAL_NAME, Some("FONDERIA OMEGA".to_owned()));
        names_are_not_shouted(&mut change).unwrap();
        assert_eq!(change.get(&LEGAL_NAME).as_deref(), Some("FONDERIA OMEGA"));
    }

    #[test]
    fn town_province_and_region_are_those_of_the_primary_address() {
        let world = World::new();
        let mut change = world.new_record(&PARTY);
        let address = |town: &str, province: &str, primary| Address {
            town: town.to_owned(),
            province: province.to_owned(),
            primary,
            ..Address::default()
        };
        change.set(&ADDRESSES, vec![address("Lecco", "LC", false), address("Piacenza", "PC", true)]);
        the_town_follows_the_primary_address(&mut change).unwrap();
        assert_eq!(change.get(&TOWN).as_deref(), Some("Piacenza"));
        assert_eq!(change.get(&PROVINCE).as_deref(), Some("PC"));
        assert_eq!(change.get(&REGION).as_deref(), Some("Emilia-Romagna"));
        change.set(&ADDRESSES, Vec::new());
        the_town_follows_the_primary_address(&mut change).unwrap();
        assert_eq!((change.get(&TOWN), change.get(&REGION)), (None, None));
    }

    #[test]
    fn who_is_new_as_a_customer_is_one_by_stage_and_by_role() {
        let world = World::new();
        let mut by_stage = world.new_record(&PARTY);
        by_stage.set(&STAGE, pick("customer"));
        customer_as_role_and_as_stage_are_kept_together(&mut by_stage).unwrap();
        assert_eq!(keys(&by_stage.get(&ROLES)), ["customer"]);
        let mut by_role = world.new_record(&PARTY);
        by_role.set(&ROLES, vec![pick("supplier"), pick("customer")]);
        customer_as_role_and_as_stage_are_kept_together(&mut by_role).unwrap();
        assert_eq!(by_role.get(&STAGE).class, Some(Stage::Customer));
        let mut former = world.new_record(&PARTY);
        former.set(&STAGE, pick("former"));
        former.set(&ROLES, vec![pick("customer")]);
        customer_as_role_and_as_stage_are_kept_together(&mut former).unwrap();
        assert!(former.get(&ROLES).is_empty());
        let mut supplier = world.new_record(&PARTY);
        supplier.set(&ROLES, vec![pick("supplier")]);
        customer_as_role_and_as_stage_are_kept_together(&mut supplier).unwrap();
        assert_eq!(supplier.get(&STAGE).class, None);
    }

    #[test]
    fn a_customer_who_leaves_by_stage_or_by_role_leaves_by_both() {
        let world = World::new();
        let mut customer = world.new_record(&PARTY);
        customer.set(&STAGE, pick("customer"));
        customer.set(&ROLES, vec![pick("customer"), pick("partner")]);
        let before = World::saved(&customer);
        let mut by_stage = world.change(&PARTY, &before);
        by_stage.set(&STAGE, pick("former"));
        customer_as_role_and_as_stage_are_kept_together(&mut by_stage).unwrap();
        assert_eq!(keys(&by_stage.get(&ROLES)), ["partner"]);
        let mut by_role = world.change(&PARTY, &before);
        by_role.set(&ROLES, vec![pick("partner")]);
        customer_as_role_and_as_stage_are_kept_together(&mut by_role).unwrap();
        assert_eq!(by_role.get(&STAGE).class, Some(Stage::Former));
    }

    #[test]
    fn a_pec_is_kept_in_its_normal_form_or_refused() {
        let world = World::new();
        let mut change = world.new_record(&PARTY);
        change.set(&PEC, Some(" Rossi@PEC.example ".to_owned()));
        a_pec_is_an_email_address(&mut change).unwrap();
        assert_eq!(change.get(&PEC).as_deref(), Some("rossi@pec.example"));
        change.set(&PEC, Some("non presente".to_owned()));
        let refusal = a_pec_is_an_email_address(&mut change).unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some("pec"));
        assert_eq!(words().text(&refusal.text), "La PEC è un indirizzo e-mail, come nome@pec.it");
    }

    #[test]
    fn a_birth_date_in_the_future_is_refused() {
        let world = World::new();
        let mut change = world.new_record(&PARTY);
        change.set(&BORN_ON, Some(change.today));
        nobody_is_born_in_the_future(&mut change).unwrap();
        change.set(&BORN_ON, change.today.succ_opt());
        let refusal = nobody_is_born_in_the_future(&mut change).unwrap_err();
        assert_eq!(words().text(&refusal.text), "La data di nascita non può essere nel futuro");
    }

    #[test]
    fn the_day_someone_asked_not_to_be_called_is_kept_as_long_as_it_holds() {
        let world = World::new();
        let mut change = world.new_record(&PARTY);
        change.set(&DO_NOT_CALL, true);
        asking_not_to_be_called_or_mailed_has_its_date(&mut change).unwrap();
        assert_eq!((change.get(&DO_NOT_CALL_SINCE), change.get(&DO_NOT_MAIL_SINCE)), (Some(change.today), None));
        let yesterday = change.today.pred_opt();
        change.set(&DO_NOT_CALL_SINCE, yesterday);
        asking_not_to_be_called_or_mailed_has_its_date(&mut change).unwrap();
        assert_eq!(change.get(&DO_NOT_CALL_SINCE), yesterday);
        change.set(&DO_NOT_CALL, false);
        asking_not_to_be_called_or_mailed_has_its_date(&mut change).unwrap();
        assert_eq!(change.get(&DO_NOT_CALL_SINCE), None);
    }
}
