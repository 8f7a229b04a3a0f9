//! From the cast's words to the values of fields.

use base::{Currency, Money, Rid};
use chrono::NaiveDate;
use engine::{Draft, Target};
use meta::entity::{IN_CHARGE, OPEN_TO_ALL};
use meta::typed::Typed;
use meta::{Address, Catalogue, Entity, Field, Item, Kind, Pick, Value};

use super::cast::{DemoAddress, DemoAffiliation, DemoCompany, DemoEmail, DemoPerson, DemoPhone, DemoSite};
use crate::affiliations::{self, AFFILIATION};
use crate::parties::{self, LEGAL_FORMS, PARTY};
use crate::sites::{self, SITE};

/// The values of one draft under construction.
pub(super) struct Values<'a> {
    catalogue: &'a Catalogue,
    entity: &'static Entity,
    values: Vec<(usize, Value)>,
}

impl<'a> Values<'a> {
    pub fn of(catalogue: &'a Catalogue, entity: &'static Entity) -> Values<'a> {
        Values { catalogue, entity, values: Vec::new() }
    }

    pub fn set<T: Typed>(mut self, field: &Field<T>, value: T) -> Values<'a> {
        if let Some(at) = self.catalogue.of(self.entity).position(field.def.key) {
            self.values.retain(|(known, _)| *known != at);
            self.values.push((at, value.write()));
        }
        self
    }

    pub fn draft(self, target: Target) -> Draft {
        Draft { entity: self.entity.key, target, values: self.values }
    }
}

/// Everything but the group it belongs to.
pub(super) fn company<'a>(catalogue: &'a Catalogue, company: &DemoCompany, users: &[Rid]) -> Values<'a> {
    Values::of(catalogue, &PARTY)
        .set(&parties::KIND, Some(parties::Kind::Company))
        .set(&parties::CODE, Some(company.code.clone()))
        .set(&parties::LEGAL_NAME, Some(company.legal_name.clone()))
        .set(&parties::TRADE_NAME, company.trade_name.clone())
        .set(&parties::LEGAL_FORM, pick(legal_form(company.legal_form)))
        .set(&parties::VAT_NUMBER, Some(company.vat_number.clone()))
        .set(&parties::TAX_CODE, Some(company.tax_code.clone()))
        .set(&parties::SDI_CODE, Some(company.sdi_code.clone()))
        .set(&parties::PEC, Some(company.pec.clone()))
        .set(&parties::SECTOR, pick(company.sector))
        .set(&parties::TYPE, pick(market(company.sector)))
        .set(&parties::EMPLOYEES, Some(company.employees.into()))
        .set(&parties::REVENUE, Some(Money { minor: company.revenue_cents, currency: Currency::EUR }))
        .set(&parties::ADDRESSES, addresses(&company.addresses))
        .set(&parties::PHONES, phones(&company.phones))
        .set(&parties::EMAILS, emails(&company.emails))
        .set(&parties::WEB, company.web.iter().map(|link| one(link, "site")).collect())
        .set(&parties::IBANS, company.iban.iter().map(|code| Item { value: code.clone(), ..Item::default() }).collect())
        .set(&parties::STAGE, pick(company.stage))
        .set(&parties::ROLES, company.roles.iter().map(|role| pick(role)).collect())
        .set(&parties::CUSTOMER_SINCE, company.customer_since)
        .set(&parties::SOURCE, pick(company.source))
        .set(&parties::LANGUAGE, Some(parties::Language::Italian))
        .set(&parties::TAGS, company.tags.iter().map(|tag| (*tag).to_owned()).collect())
        .set(&parties::DESCRIPTION, company.description.clone())
        .set(&IN_CHARGE, in_charge(&company.in_charge, users))
        .set(&OPEN_TO_ALL, company.open_to_all)
}

/// Everything but the day they asked not to be called, which only the program may set.
pub(super) fn person<'a>(catalogue: &'a Catalogue, person: &DemoPerson, users: &[Rid]) -> Values<'a> {
    let sex = if person.female { parties::Gender::Female } else { parties::Gender::Male };
    let values = Values::of(catalogue, &PARTY)
        .set(&parties::KIND, Some(parties::Kind::Person))
        .set(&parties::CODE, Some(person.code.clone()))
        .set(&parties::HONORIFIC, person.title.map(str::to_owned))
        .set(&parties::FIRST_NAME, Some(person.first_name.clone()))
        .set(&parties::LAST_NAME, Some(person.last_name.clone()))
        .set(&parties::SEX, Some(sex))
        .set(&parties::BORN_ON, Some(person.born_on))
        .set(&parties::BORN_IN, Some(person.born_in.clone()))
        .set(&parties::TAX_CODE, Some(person.tax_code.clone()))
        .set(&parties::JOB, person.job.map(str::to_owned))
        .set(&parties::ADDRESSES, addresses(&person.addresses))
        .set(&parties::PHONES, phones(&person.phones))
        .set(&parties::EMAILS, emails(&person.emails))
        .set(&parties::CUSTOMER_SINCE, person.customer_since)
        .set(&parties::SOURCE, pick(person.source))
        .set(&parties::LANGUAGE, Some(parties::Language::Italian))
        .set(&parties::TAGS, person.tags.iter().map(|tag| (*tag).to_owned()).collect())
        .set(&IN_CHARGE, in_charge(&person.in_charge, users))
        .set(&OPEN_TO_ALL, person.open_to_all);
    // Who is known through a company is no customer of their own.
    if person.private {
        values.set(&parties::STAGE, pick(person.stage)).set(&parties::TYPE, pick("private"))
    } else {
        values
    }
}

pub(super) fn site<'a>(catalogue: &'a Catalogue, site: &DemoSite, party: Rid) -> Values<'a> {
    let phones = site.phone.iter().map(|phone| one(phone, "work")).collect();
    Values::of(catalogue, &SITE)
        .set(&sites::PARTY, Some(party))
        .set(&sites::NAME, site.name.clone())
        .set(&sites::KIND, pick(site.kind))
        .set(&sites::ADDRESS, addresses(std::slice::from_ref(&site.address)))
        .set(&sites::PHONES, phones)
        .set(&sites::OPENING_HOURS, site.opening_hours.map(str::to_owned))
        .set(&sites::NOTE, site.note.map(str::to_owned))
}

pub(super) fn affiliation<'a>(
    catalogue: &'a Catalogue,
    work: &DemoAffiliation,
    person: Rid,
    company: Rid,
) -> Values<'a> {
    Values::of(catalogue, &AFFILIATION)
        .set(&affiliations::PERSON, Some(person))
        .set(&affiliations::COMPANY, Some(company))
        .set(&affiliations::ROLE, pick(work.role))
        .set(&affiliations::DEPARTMENT, work.department.map(str::to_owned))
        .set(&affiliations::PRIMARY, work.primary)
        .set(&affiliations::SINCE, Some(work.since))
}

/// A step forward: to the stage that the cast gives, won on that day where it makes a customer.
pub(super) fn promotion<'a>(catalogue: &'a Catalogue, company: &DemoCompany, day: NaiveDate) -> Values<'a> {
    let values = Values::of(catalogue, &PARTY).set(&parties::STAGE, pick(company.stage));
    match company.stage {
        "customer" => values.set(&parties::CUSTOMER_SINCE, Some(day)),
        _ => values,
    }
}

/// The stage before a stage.
pub(super) fn stage_before(stage: &'static str) -> &'static str {
    match stage {
        "former" => "customer",
        "customer" => "prospect",
        "prospect" => "suspect",
        _ => "lead",
    }
}

pub(super) fn pick<C>(key: &str) -> Pick<C> {
    Pick { key: key.to_owned(), class: None }
}

fn legal_form(written: &str) -> &'static str {
    let form = LEGAL_FORMS.items.iter().find(|form| form.label == written || form.aliases.contains(&written));
    form.map_or("", |form| form.key)
}

fn market(sector: &str) -> &'static str {
    match sector {
        "wholesale" | "retail" => "trade",
        "it_services" | "hospitality" | "logistics" => "services",
        "professional" => "professional",
        "construction" | "electrical" | "automotive" | "wood_furniture" => "crafts",
        _ => "industry",
    }
}

fn in_charge(indexes: &[usize], users: &[Rid]) -> Vec<Rid> {
    indexes.iter().filter_map(|index| users.get(*index).copied()).collect()
}

fn one(value: &str, kind: &str) -> Item {
    Item { value: value.to_owned(), kind: Some(kind.to_owned()), primary: true }
}

fn phones(phones: &[DemoPhone]) -> Vec<Item> {
    items(phones.iter().map(|phone| (phone.e164.as_str(), phone.kind)), &Kind::Phones)
}

fn emails(emails: &[DemoEmail]) -> Vec<Item> {
    items(emails.iter().map(|email| (email.address.as_str(), email.kind)), &Kind::Emails)
}

/// The first is the primary one. What the field has no kind for is of the usual kind.
fn items<'a>(values: impl Iterator<Item = (&'a str, &'static str)>, kind: &Kind) -> Vec<Item> {
    let item = |(index, (value, of)): (usize, (&str, &'static str))| Item {
        value: value.to_owned(),
        kind: Some(known_kind(kind, of).to_owned()),
        primary: index == 0,
    };
    values.enumerate().map(item).collect()
}

fn addresses(addresses: &[DemoAddress]) -> Vec<Address> {
    let address = |(index, address): (usize, &DemoAddress)| Address {
        street: format!("{}, {}", address.street, address.number),
        zip: address.zip.clone(),
        town: address.town.clone(),
        province: address.province.clone(),
        country: String::new(),
        kind: Some(
            known_kind(&Kind::Addresses, if address.kind == "site" { "operating" } else { address.kind }).to_owned(),
        ),
        primary: index == 0,
    };
    addresses.iter().enumerate().map(address).collect()
}

fn known_kind(kind: &Kind, of: &'static str) -> &'static str {
    let kinds = kind.item_kinds();
    let of = if of == "personal" { "home" } else { of };
    kinds.iter().find(|known| known.key == of).or_else(|| kinds.first()).map_or(of, |known| known.key)
}
