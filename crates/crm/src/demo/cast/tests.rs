use base::codes::{Code, check};
use base::{email, phones};
use towns::Towns;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 18).unwrap()
}

#[test]
fn the_same_seed_and_day_give_the_same_cast() {
    assert_eq!(cast(1, today(), 300), cast(1, today(), 300));
    assert_ne!(cast(1, today(), 300).companies[30], cast(2, today(), 300).companies[30]);
}

#[test]
fn a_cast_has_the_size_that_was_asked() {
    for size in [0, 1, 2, 10, 2_000] {
        let cast = cast(7, today(), size);
        assert_eq!(cast.companies.len() + cast.people.len(), size);
        assert_eq!(cast.users.len(), 10);
    }
}

#[test]
fn every_code_is_valid_and_nobody_has_anothers() {
    let cast = cast(3, today(), 2_000);
    let mut taken = HashSet::new();
    for company in &cast.companies {
        assert_eq!(check(Code::VatNumber, &company.vat_number), base::codes::Check::Valid, "{}", company.legal_name);
        assert_eq!(check(Code::TaxCode, &company.tax_code), base::codes::Check::Valid, "{}", company.legal_name);
        assert_eq!(check(Code::SdiCode, &company.sdi_code), base::codes::Check::Valid);
        assert!(company.iban.iter().all(|iban| check(Code::Iban, iban) == base::codes::Check::Valid));
        assert!(taken.insert(&company.vat_number) && taken.insert(&company.legal_name) && taken.insert(&company.code));
    }
    for person in &cast.people {
        let facts = base::codes::tax_code_facts(&person.tax_code, today()).unwrap();
        assert_eq!((facts.born_on, facts.female), (person.born_on, person.female));
        assert!(taken.insert(&person.tax_code) && taken.insert(&person.code), "{}", person.tax_code);
    }
}

#[test]
fn addresses_agree_with_the_municipalities() {
    let cast = cast(3, today(), 2_000);
    let sites = cast.companies.iter().flat_map(|company| company.sites.iter().map(|site| &site.address));
    let offices = cast.companies.iter().flat_map(|company| &company.addresses);
    for address in offices.chain(sites).chain(cast.people.iter().flat_map(|person| &person.addresses)) {
        assert_eq!(Towns::get().warnings(&address.town, &address.zip, &address.province), [], "{address:?}");
        assert_eq!(address.zip.len(), 5);
    }
}

#[test]
fn numbers_and_addresses_on_the_net_are_in_normal_form_and_nobodys() {
    let cast = cast(3, today(), 2_000);
    let company_phones = cast.companies.iter().flat_map(|company| &company.phones);
    for phone in company_phones.chain(cast.people.iter().flat_map(|person| &person.phones)) {
        assert_eq!(phones::parse(&phone.e164, "IT").map(|read| read.e164).as_ref(), Some(&phone.e164));
    }
    let company_emails = cast.companies.iter().flat_map(|company| &company.emails);
    for mail in company_emails.chain(cast.people.iter().flat_map(|person| &person.emails)) {
        assert_eq!(email::normalise(&mail.address).as_ref(), Some(&mail.address));
        assert!(mail.address.ends_with(".example"), "{}", mail.address);
    }
}

#[test]
fn people_work_for_companies_that_are_there_and_nothing_lies_in_the_future() {
    let cast = cast(3, today(), 2_000);
    for (at, company) in cast.companies.iter().enumerate() {
        assert!(company.member_of.is_none_or(|parent| parent < at));
        assert!(company.customer_since.is_none_or(|day| day < today()));
        assert_eq!(company.customer_since.is_some(), matches!(company.stage, "customer" | "former"));
        assert!(!company.in_charge.is_empty() && company.in_charge.iter().all(|user| *user < cast.users.len()));
        assert!(sectors().any(|(key, _)| key == company.sector));
    }
    for person in &cast.people {
        assert_eq!(person.private, person.works_for.is_empty());
        for affiliation in &person.works_for {
            assert!(affiliation.company < cast.companies.len() && affiliation.since <= today());
        }
        assert!(person.customer_since.is_none_or(|day| day <= today()));
    }
}

#[test]
fn the_shares_are_those_of_a_company_that_has_sold_for_years() {
    let cast = cast(3, today(), 2_000);
    let share =
        |step: &str| cast.companies.iter().filter(|company| company.stage == step).count() * 100 / cast.companies.len();
    assert!((40..55).contains(&share("customer")) && (18..32).contains(&share("prospect")) && share("lead") > 3);
    let with_sites = cast.companies.iter().filter(|company| !company.sites.is_empty()).count();
    assert!((80..250).contains(&with_sites), "{with_sites}");
    let groups = cast.companies.iter().filter(|company| company.member_of.is_some()).count();
    assert!((10..80).contains(&groups), "{groups}");
}

#[test]
fn the_companies_of_the_manual_are_in_every_demo() {
    let cast = cast(9, today(), 200);
    let company =
        cast.companies.iter().position(|company| company.legal_name == "Carpenteria Brambati S.r.l.").unwrap();
    let people: Vec<&str> = cast
        .people
        .iter()
        .filter(|person| person.works_for.iter().any(|work| work.company == company))
        .map(|person| person.last_name.as_str())
        .collect();
    assert!(people.starts_with(&["Brambati", "Pozzi", "Haddad"]), "{people:?}");
}
