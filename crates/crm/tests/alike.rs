//! Parties that are written a second time, and parties that become one, on both databases.

#![allow(clippy::unwrap_used)]

use base::{Id, Rid};
use crm::parties::{self, PARTY};
use crm::{affiliations, affiliations::AFFILIATION};
use engine::look_alikes::Why;
use engine::{Actor, Draft, Engine, Query};
use meta::{Address, Declared, Entity, Item, Value};
use store::Location;

fn on_both(test: impl Fn(&Engine)) {
    let open = |location: &Location| Engine::open(location, crm::ENTITIES).unwrap_or_else(|error| panic!("{error}"));
    let folder = tempfile::tempdir().unwrap();
    test(&open(&Location::Folder(folder.path().to_owned())));
    let database = testkit::postgres::fresh_database();
    test(&open(&Location::Postgres(database.url.clone())));
}

type Typed = Vec<(&'static dyn Declared, Value)>;

fn values(engine: &Engine, entity: &'static Entity, typed: Typed) -> Vec<(usize, Value)> {
    let catalogue = engine.catalogue();
    typed.into_iter().map(|(field, value)| (catalogue.of(entity).position(field.def().key).unwrap(), value)).collect()
}

fn makes(engine: &Engine, entity: &'static Entity, typed: Typed) -> (Rid, Id) {
    let draft = Draft::new(entity, values(engine, entity, typed));
    let saved = engine.save(&Actor::program(), vec![draft]).unwrap_or_else(|error| panic!("{error}"));
    (saved.records[0].rid, saved.records[0].id)
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn item(value: &str) -> Value {
    Value::Items(vec![Item { value: value.to_owned(), ..Item::default() }])
}

fn in_town(town: &str) -> Value {
    Value::Addresses(vec![Address { town: town.to_owned(), ..Address::default() }])
}

fn company(name: &str) -> Typed {
    vec![(&parties::KIND, text("company")), (&parties::LEGAL_NAME, text(name))]
}

fn person(first: &str, last: &str) -> Typed {
    vec![(&parties::KIND, text("person")), (&parties::FIRST_NAME, text(first)), (&parties::LAST_NAME, text(last))]
}

fn with(mut typed: Typed, more: Typed) -> Typed {
    typed.extend(more);
    typed
}

#[test]
fn who_is_written_a_second_time_is_told_and_why() {
    on_both(|engine| {
        let known: Typed = vec![
            (&parties::VAT_NUMBER, text("01234567897")),
            (&parties::PHONES, item("035 592190")),
            (&parties::EMAILS, item("info@brambati.example")),
            (&parties::ADDRESSES, in_town("Zogno")),
        ];
        let (rid, _) = makes(engine, &PARTY, with(company("Carpenteria Brambati S.r.l."), known));
        makes(engine, &PARTY, with(company("Carpenteria Rossi"), vec![(&parties::ADDRESSES, in_town("Zogno"))]));
        let position = |field: &dyn Declared| engine.catalogue().of(&PARTY).position(field.def().key).unwrap();
        let told = |typed: Typed| {
            let typed = values(engine, &PARTY, typed);
            let found = engine.look_alikes(&Actor::program(), "companies", typed, None).unwrap();
            found.into_iter().map(|one| (one.found.title, one.why)).collect::<Vec<_>>()
        };
        let it = |why| vec![("Carpenteria Brambati S.r.l.".to_owned(), why)];
        let same = |field| it(Why::Same(position(field)));
        assert_eq!(told(vec![(&parties::VAT_NUMBER, text("IT 01234567897"))]), same(&parties::VAT_NUMBER));
        assert_eq!(told(vec![(&parties::PHONES, item("+39 035/59.21.90"))]), same(&parties::PHONES));
        assert_eq!(told(vec![(&parties::EMAILS, item("Info@Brambati.example"))]), same(&parties::EMAILS));
        assert_eq!(told(company("BRAMBATI CARPENTERIA SPA")), []);
        assert_eq!(told(company("carpenteria brambati s.r.l.")), it(Why::SameName));
        let there = |name| with(company(name), vec![(&parties::ADDRESSES, in_town("ZOGNO"))]);
        assert_eq!(told(there("Brambati Carpenteria")), it(Why::SameName));
        assert_eq!(told(there("Carpenteria Branbati")), it(Why::NearName));
        assert_eq!(told(there("Brambati")), it(Why::NearName));
        assert_eq!(told(there("Officina Verdi")), []);
        assert_eq!(told(with(company("Carpenteria Branbati"), vec![(&parties::ADDRESSES, in_town("Lecco"))])), []);
        // Its number settles it, whatever else is the same.
        assert_eq!(told(with(there("Carpenteria Brambati"), vec![(&parties::VAT_NUMBER, text("01234567897"))])), {
            same(&parties::VAT_NUMBER)
        });
        assert_eq!(told(vec![(&parties::PHONES, item("no number"))]), []);
        let typed = values(engine, &PARTY, vec![(&parties::VAT_NUMBER, text("01234567897"))]);
        assert_eq!(engine.look_alikes(&Actor::program(), "parties", typed, Some(rid)).unwrap(), []);
    });
}

#[test]
fn a_person_of_two_companies_that_are_one_stands_in_it_once() {
    on_both(|engine| {
        let actor = Actor::program();
        let (one, one_id) = makes(engine, &PARTY, company("Brambati"));
        let (two, two_id) = makes(engine, &PARTY, company("Brambati Carpenteria"));
        let (elisa, _) = makes(engine, &PARTY, person("Elisa", "Pozzi"));
        let (renato, _) = makes(engine, &PARTY, person("Renato", "Brambati"));
        let stands = |company: Rid, person: Rid, role: &str| {
            let typed: Typed = vec![
                (&affiliations::COMPANY, Value::Link(company)),
                (&affiliations::PERSON, Value::Link(person)),
                (&affiliations::ROLE, text(role)),
            ];
            makes(engine, &AFFILIATION, typed);
        };
        stands(one, elisa, "purchasing");
        stands(two, elisa, "purchasing");
        stands(one, renato, "owner");
        stands(two, renato, "technician");
        let merged = engine.merge(&actor, "companies", one_id, &[two_id], Vec::new()).unwrap();
        let count = || engine.count(&actor, &Query::all("affiliations")).unwrap().found;
        assert_eq!(count(), 3, "what says the same is joined, what says more is kept");
        engine.undo(&actor, merged.operation).unwrap();
        assert_eq!(count(), 4);
    });
}
