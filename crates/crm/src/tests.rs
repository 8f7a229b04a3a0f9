//! The declarations hold, and every word of them has its Italian.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use base::text::slug;
use base::words::{Language, Words};
use base::{Id, Rid};
use chrono::{DateTime, NaiveDate};
use meta::catalogue::List;
use meta::{Catalogue, Change, Entity, Kind, Record, Value};

use crate::{ENTITIES, ITALIAN};

/// The catalogue of a new installation, and the titles of a person and a company.
pub(crate) struct World {
    catalogue: Catalogue,
    titles: HashMap<Rid, String>,
    linked: HashMap<Rid, Record>,
}

impl World {
    pub const ELISA: Rid = Rid(1);
    pub const BRAMBATI: Rid = Rid(2);

    pub fn new() -> World {
        let lists = Catalogue::declared_lists(ENTITIES).into_iter().map(List::declared).collect();
        let titles = [(Self::ELISA, "Elisa Pozzi"), (Self::BRAMBATI, "Carpenteria Brambati S.r.l.")];
        World {
            catalogue: Catalogue::new(0, ENTITIES, &HashMap::new(), lists),
            titles: titles.map(|(rid, title)| (rid, title.to_owned())).into(),
            linked: HashMap::new(),
        }
    }

    pub fn new_record(&self, entity: &'static Entity) -> Change<'_> {
        let model = self.catalogue.of(entity);
        Change {
            model,
            catalogue: &self.catalogue,
            before: None,
            after: vec![Value::Null; model.fields.len()],
            today: NaiveDate::from_ymd_opt(2026, 11, 18).unwrap(),
            now: DateTime::UNIX_EPOCH,
            by: None,
            titles: &self.titles,
            linked: &self.linked,
            by_program: false,
        }
    }

    pub fn change<'a>(&'a self, entity: &'static Entity, before: &'a Record) -> Change<'a> {
        Change { before: Some(before), after: before.values.clone(), ..self.new_record(entity) }
    }

    pub fn saved(change: &Change) -> Record {
        let at = DateTime::UNIX_EPOCH;
        Record {
            rid: Rid(3),
            id: Id::new(),
            version: 1,
            created_at: at,
            updated_at: at,
            deleted_at: None,
            title: String::new(),
            values: change.after.clone(),
        }
    }
}

pub(crate) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Language::It, ITALIAN).unwrap());
    &WORDS
}

#[test]
fn the_declarations_hold() {
    let house = [&engine::users::TEAM, &engine::users::USER];
    let all: Vec<&Entity> = house.into_iter().chain(ENTITIES.iter().copied()).collect();
    let catalogue = Catalogue::new(0, &all, &HashMap::new(), Vec::new());
    assert_eq!(meta::check::check(&all, &catalogue.models), Vec::<String>::new());
    assert_eq!(meta::check::check(&all, &catalogue.forms), Vec::<String>::new());
}

#[test]
fn the_sectors_are_those_of_the_demo() {
    let declared: HashSet<_> = crate::parties::SECTORS.items.iter().map(|item| item.key).collect();
    assert_eq!(declared, crate::demo::cast::sectors().map(|(key, _)| key).collect());
}

/// Words that floors below say too: the languages of the program, and the last kind of phone, e-mail and address.
const SAID_ELSEWHERE: [&str; 3] = ["italian", "english", "other"];

#[test]
fn every_word_has_its_italian_and_every_italian_line_its_word() {
    let italian: HashSet<String> = words().ids().into_iter().collect();
    let wanted: HashSet<String> = wanted().into_iter().filter(|id| !SAID_ELSEWHERE.contains(&id.as_str())).collect();
    let sorted = |ids: Vec<&String>| {
        let mut ids: Vec<String> = ids.into_iter().cloned().collect();
        ids.sort();
        ids
    };
    assert_eq!(sorted(wanted.difference(&italian).collect()), Vec::<String>::new(), "without Italian");
    assert_eq!(sorted(italian.difference(&wanted).collect()), Vec::<String>::new(), "without an owner");
}

fn wanted() -> Vec<String> {
    let world = World::new();
    let mut ids: Vec<String> = refusals().map(slug).collect();
    for model in world.catalogue.models.iter().chain(&world.catalogue.forms) {
        let entity = model.entity;
        ids.extend([entity.key.to_owned(), format!("{}.plural", entity.key), format!("{}.gender", entity.key)]);
        ids.extend(entity.sections().map(|section| slug(section.title)));
        ids.extend(entity.figures.map(|figures| slug(figures.label)));
        ids.extend(entity.action.into_iter().flat_map(|action| [slug(action.label), slug(action.done)]));
        if let Some(summary) = entity.summary {
            ids.push(slug(summary.label));
            ids.extend(summary.columns.iter().map(|column| slug(column.label)));
        }
        for face in entity.faces {
            ids.extend([face.path.to_owned(), format!("{}.singular", face.path), format!("{}.gender", face.path)]);
        }
        for def in model.fields.iter().filter(|def| !def.system) {
            ids.push(format!("{}.{}", entity.key, def.key));
            ids.extend([def.panel, def.hint].into_iter().flatten().map(slug));
            if let Kind::Choice(choices) = def.kind {
                ids.extend(choices.iter().map(|choice| slug(choice.label)));
            }
        }
    }
    for list in Catalogue::declared_lists(ENTITIES) {
        ids.push(list.key.to_owned());
        ids.extend(list.items.iter().map(|item| format!("{}.{}", list.key, item.key)));
        ids.extend(list.classes.iter().map(|class| slug(class.label)));
        ids.extend(list.percent.map(slug));
    }
    ids
}

/// What the rules say, read from their source: the sentence stands on the line of its `refuse`.
fn refusals() -> impl Iterator<Item = &'static str> {
    let sources = [
        include_str!("parties/rules.rs"),
        include_str!("subjects/rules.rs"),
        include_str!("sites/rules.rs"),
        include_str!("affiliations/rules.rs"),
        include_str!("initiatives/mod.rs"),
        include_str!("initiatives/interests.rs"),
        include_str!("opportunities/rules.rs"),
        include_str!("opportunities/lines.rs"),
        include_str!("opportunities/sale.rs"),
        include_str!("leads/conversion.rs"),
    ];
    let lines = sources.into_iter().flat_map(str::lines);
    lines.filter(|line| line.contains("refuse(&") || line.contains("say!(")).filter_map(|line| line.split('"').nth(1))
}
