//! The catalogue: declarations, custom fields and lists as they stand now. An immutable value, shared by all.

mod groups;
mod meanings;
mod seen;

use std::collections::HashMap;

use base::words::Words;

use crate::access::Rights;
use crate::action::Action;
use crate::choice::ChoiceDef;
use crate::custom::Adjusted;
use crate::effect::Effects;
use crate::entity::{Entity, Face, IN_CHARGE, OPEN_TO_ALL};
use crate::field::{Declared, FieldDef};
use crate::kind::Kind;
use crate::layout::{self, Section};
use crate::list::PickList;

/// Everything that can be asked of the shape of the data.
pub struct Catalogue {
    /// Rises with every change of a custom field or a list.
    pub epoch: i64,
    pub models: Vec<Model>,
    /// Of actions: they have no records.
    pub forms: Vec<Model>,
    /// What each role may do, by its key.
    pub roles: HashMap<String, Rights>,
    lists: HashMap<&'static str, List>,
    by_key: HashMap<&'static str, usize>,
    /// Entities and faces by their path.
    by_path: HashMap<&'static str, (usize, Option<&'static Face>)>,
}

/// An entity as it stands: its fields, declared and custom, by position.
///
/// Positions stay while the program runs: custom fields come last, the oldest first, and hidden ones keep theirs.
#[derive(Clone)]
pub struct Model {
    pub entity: &'static Entity,
    pub fields: Vec<FieldDef>,
    /// Of the page and the form, in their order.
    pub sections: Vec<Section>,
    by_key: HashMap<&'static str, usize>,
    /// What else follows from a change: its own effects, and the reactions of those declared later.
    pub effects: Vec<Effects>,
    /// Position of the link through which its records are seen, when they have no ties of their own.
    pub belongs: Option<usize>,
    pub title: usize,
    /// Positions of the people in charge and of the tick that opens a record to everybody; none for children.
    pub in_charge: Option<usize>,
    pub open_to_all: Option<usize>,
    /// Position of the subjects involved.
    pub involved: Option<usize>,
}

/// A pick list as it stands.
#[derive(Clone)]
pub struct List {
    pub declared: &'static PickList,
    /// Made by the administrator.
    pub custom: bool,
    /// What the administrator calls it, by the tag of a language.
    pub labels: std::collections::BTreeMap<String, String>,
    /// In the administrator's order.
    pub items: Vec<ListItem>,
}

#[derive(Clone, Debug)]
pub struct ListItem {
    pub key: String,
    /// The administrator's own words by language; none where the declaration's hold.
    pub labels: HashMap<String, String>,
    /// The declaration's English; the key for values that were added.
    pub english: String,
    pub class: Option<String>,
    pub colour: Option<String>,
    /// In hundredths of a percent, where the list has a percentage beside its values.
    pub percent: Option<i64>,
    /// The value of the list that parts this one; none where it is of the first that was declared.
    pub group: Option<String>,
    pub retired: bool,
}

impl Model {
    /// Of the declaration alone.
    pub(crate) fn declared(entity: &'static Entity) -> Model {
        Model::new(entity, &Adjusted::default())
    }

    fn new(entity: &'static Entity, adjusted: &Adjusted) -> Model {
        let mut fields: Vec<FieldDef> = Vec::new();
        let mut add = |def: FieldDef| {
            if !fields.iter().any(|known| known.key == def.key) {
                fields.push(def);
            }
        };
        for section in entity.sections() {
            section.fields.iter().for_each(|field| add(*field.def()));
        }
        entity.title.iter().for_each(|field| add(*field.def()));
        entity.list.iter().chain(entity.kept).for_each(|field| add(*field.def()));
        let belongs = fields.iter().position(|def| def.belongs);
        if belongs.is_none() && !entity.house && !entity.common {
            for def in [*IN_CHARGE.def(), *OPEN_TO_ALL.def()] {
                // A list may show it and has it already.
                if !fields.iter().any(|known| known.key == def.key) {
                    fields.push(def);
                }
            }
        }
        for def in &mut fields {
            if let Some(look) = adjusted.looks.get(def.key) {
                look.put_on(def);
            }
        }
        fields.extend(&adjusted.own);
        let sections = layout::sections(entity, &mut fields, &adjusted.layout);
        let by_key: HashMap<_, _> = fields.iter().enumerate().map(|(at, def)| (def.key, at)).collect();
        let title = entity.title.and_then(|field| by_key.get(field.def().key).copied()).unwrap_or(0);
        let in_charge = by_key.get(IN_CHARGE.key()).copied();
        let open_to_all = by_key.get(OPEN_TO_ALL.key()).copied();
        let involved = fields.iter().position(|def| matches!(def.kind, Kind::Involved(_)));
        let effects = entity.effects.to_vec();
        Model { entity, fields, sections, by_key, effects, belongs, title, in_charge, open_to_all, involved }
    }

    pub fn position(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    pub fn field(&self, key: &str) -> Option<&FieldDef> {
        self.position(key).map(|at| &self.fields[at])
    }

    pub fn positions(&self, fields: &[&'static dyn Declared]) -> Vec<usize> {
        fields.iter().filter_map(|field| self.position(field.def().key)).collect()
    }

    /// Whether a field is asked for, given the values of the record.
    pub fn is_shown(&self, at: usize, values: &[crate::Value]) -> bool {
        let def = &self.fields[at];
        !def.hidden && [def.shown, def.applies].into_iter().flatten().all(|condition| self.holds(&condition, values))
    }

    /// The positions of the fields that are not hidden.
    pub fn visible(&self) -> impl Iterator<Item = usize> {
        (0..self.fields.len()).filter(|at| !self.fields[*at].hidden)
    }

    /// The columns of the list of all records, or of a face, as long as nobody chose others.
    pub fn list(&self, face: Option<&Face>) -> Vec<usize> {
        let declared = face.map(|face| face.list).filter(|list| !list.is_empty()).unwrap_or(self.entity.list);
        let mut columns = self.positions(declared);
        columns.retain(|at| !self.fields[*at].hidden && self.fields[*at].on_list != Some(false));
        let wanted = self.in_order().filter(|at| self.fields[*at].on_list == Some(true) && self.may_show(face, *at));
        let more: Vec<usize> = wanted.filter(|at| !columns.contains(at)).collect();
        columns.extend(more);
        columns
    }

    /// The board of all records, or of a face.
    pub fn board(&self, face: Option<&Face>) -> Option<crate::entity::Board> {
        face.and_then(|face| face.board).or(self.entity.board)
    }

    /// What the form of quick creation asks for.
    pub fn quick(&self) -> Vec<usize> {
        let mut quick = self.positions(self.entity.quick);
        quick.retain(|at| !self.fields[*at].hidden && self.fields[*at].on_quick != Some(false));
        let more: Vec<usize> =
            self.in_order().filter(|at| self.fields[*at].on_quick == Some(true) && !quick.contains(at)).collect();
        quick.extend(more);
        quick
    }

    /// The positions of the fields that stand in a section, in the order of the page.
    fn in_order(&self) -> impl Iterator<Item = usize> {
        self.sections.iter().flat_map(|section| section.fields.iter().copied())
    }

    pub fn is_required(&self, at: usize, values: &[crate::Value]) -> bool {
        let def = &self.fields[at];
        let asked = def.required || def.required_when.is_some_and(|condition| self.holds(&condition, values));
        asked && self.is_shown(at, values)
    }

    /// Whether a condition holds for a record with these values.
    pub fn holds(&self, condition: &crate::Condition, values: &[crate::Value]) -> bool {
        condition.ways().any(|way| self.position(way.field).is_some_and(|at| way.holds(&values[at])))
    }

    /// Whether a record with these values is one of a face.
    pub fn is_of(&self, face: &Face, values: &[crate::Value]) -> bool {
        face.only.iter().all(|condition| self.holds(condition, values))
    }

    /// What makes a new record one of a face: the first value that each of its conditions takes.
    pub fn fixed(&self, face: Option<&Face>) -> Vec<(usize, crate::Value)> {
        let only = face.map_or(&[][..], |face| face.only);
        let value = |condition: &crate::Condition| {
            let (at, first) = (self.position(condition.field)?, (*condition.any_of.first()?).to_owned());
            let value = match self.fields[at].kind {
                Kind::Tick => crate::Value::Tick(first == "true"),
                Kind::Picks(_) => crate::Value::Keys(vec![first]),
                _ => crate::Value::Text(first),
            };
            Some((at, value))
        };
        only.iter().filter_map(value).collect()
    }

    /// Whether a record of a face may show a field: not what only another face's records have.
    pub fn may_show(&self, face: Option<&Face>, at: usize) -> bool {
        let def = &self.fields[at];
        let only = face.map_or(&[][..], |face| face.only);
        let fits = |shown: crate::Condition| {
            shown.ways().any(|way| {
                let mut same = only.iter().filter(|only| only.field == way.field);
                same.all(|only| only.any_of.iter().any(|value| way.any_of.contains(value)))
            })
        };
        !def.hidden && [def.shown, def.applies].into_iter().flatten().all(fits)
    }

    /// The positions of links and of people, which hold row numbers.
    pub fn links(&self) -> impl Iterator<Item = usize> {
        self.fields
            .iter()
            .enumerate()
            .filter(|(_, def)| matches!(def.kind, Kind::Link(_) | Kind::AnyLink))
            .map(|(at, _)| at)
    }

    pub fn plural(&self, words: &Words) -> String {
        words.label(self.entity.key, Some("plural")).unwrap_or_else(|| self.entity.plural.to_owned())
    }

    pub fn singular(&self, words: &Words) -> String {
        words.label(self.entity.key, None).unwrap_or_else(|| self.entity.label.to_owned())
    }

    /// What its records are called on a list of all of them, or of a face.
    pub fn called(&self, face: Option<&Face>, words: &Words) -> Called {
        let (owner, singular, plural) = match face {
            Some(face) => (face.path, face.singular(words), face.plural(words)),
            None => (self.entity.key, self.singular(words), self.plural(words)),
        };
        let gender = words.label(owner, Some("gender")).unwrap_or_else(|| "m".to_owned());
        Called { singular, plural, gender }
    }

    /// The label of a field in the reader's language.
    pub fn label(&self, at: usize, words: &Words) -> String {
        let def = &self.fields[at];
        let own = def.labels.iter().find(|(language, _)| *language == words.language().tag());
        match own.or_else(|| def.labels.first().filter(|_| def.custom)) {
            Some((_, label)) => (*label).to_owned(),
            None => self.declared_label(at, words),
        }
    }

    /// The label that the declaration gives it.
    pub fn declared_label(&self, at: usize, words: &Words) -> String {
        let def = &self.fields[at];
        let owner = if def.system { "record" } else { self.entity.key };
        words.label(owner, Some(def.key)).unwrap_or_else(|| def.label.to_owned())
    }
}

/// The words for the records of an entity or a face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    pub singular: String,
    pub plural: String,
    /// The grammatical gender, `f` or `m`: sentences select on it.
    pub gender: String,
}

impl Catalogue {
    /// Of the declared entities, with what an administrator said of each, and the lists as they stand.
    pub fn new(
        epoch: i64,
        entities: &[&'static Entity],
        adjusted: &HashMap<String, Adjusted>,
        lists: Vec<List>,
    ) -> Catalogue {
        let none = Adjusted::default();
        let model = |entity: &&'static Entity| Model::new(entity, adjusted.get(entity.key).unwrap_or(&none));
        let forms = entities.iter().filter(|entity| entity.action.is_some()).map(model).collect();
        let entities: Vec<&'static Entity> =
            entities.iter().copied().filter(|entity| entity.action.is_none()).collect();
        let mut models: Vec<Model> = entities.iter().map(model).collect();
        for reaction in entities.iter().flat_map(|entity| entity.reactions) {
            let to = models.iter_mut().filter(|model| model.entity.key == reaction.to.key);
            to.for_each(|model| model.effects.extend(reaction.effects));
        }
        let lists: HashMap<&'static str, List> = lists.into_iter().map(|list| (list.declared.key, list)).collect();
        let mut by_path = HashMap::new();
        for (at, entity) in entities.iter().enumerate() {
            by_path.insert(entity.path, (at, None));
            entity.faces.iter().for_each(|face| {
                by_path.insert(face.path, (at, Some(*face)));
            });
        }
        for model in models.iter_mut() {
            meanings::resolve(&lists, &mut model.fields);
            model.fields.iter_mut().for_each(|def| def.hidden |= groups::is_idle(&lists, def));
            let Model { sections, fields, .. } = model;
            sections.iter_mut().for_each(|section| section.fields.retain(|at| !fields[*at].hidden));
        }
        Catalogue {
            epoch,
            by_key: models.iter().enumerate().map(|(at, model)| (model.entity.key, at)).collect(),
            by_path,
            roles: HashMap::new(),
            lists,
            models,
            forms,
        }
    }

    /// The lists that the declared entities use, each once.
    pub fn declared_lists(entities: &[&'static Entity]) -> Vec<&'static PickList> {
        let mut lists: Vec<&'static PickList> = Vec::new();
        let mut add = |list: &'static PickList| {
            if !lists.iter().any(|known| known.key == list.key) {
                lists.push(list);
            }
        };
        for entity in entities {
            for def in &Model::declared(entity).fields {
                if let Kind::Pick(list) | Kind::Picks(list) | Kind::Involved(list) = def.kind {
                    add(list);
                    list.grouped.into_iter().for_each(&mut add);
                }
            }
        }
        lists
    }

    pub fn model(&self, key: &str) -> Option<&Model> {
        self.by_key.get(key).map(|at| &self.models[*at])
    }

    /// What can be done with records of an entity beside keeping them.
    pub fn actions(&self, entity: &str) -> impl Iterator<Item = (&Model, &Action)> {
        let of = move |(_, action): &(&Model, &Action)| action.to.key == entity;
        self.forms.iter().filter_map(|form| Some((form, form.entity.action.as_ref()?))).filter(of)
    }

    /// The model of an entity that was declared.
    pub fn of(&self, entity: &'static Entity) -> &Model {
        self.model(entity.key).unwrap_or_else(|| unreachable!("{} is not in the catalogue", entity.key))
    }

    /// What answers at a path: an entity, or one of its faces.
    pub fn at_path(&self, path: &str) -> Option<(&Model, Option<&'static Face>)> {
        self.by_path.get(path).map(|(at, face)| (&self.models[*at], *face))
    }

    /// What somebody with these roles may do; a role that is not known gives nothing.
    pub fn rights_of(&self, roles: &[String]) -> Rights {
        let known = roles.iter().filter_map(|role| self.roles.get(role)).cloned();
        known.reduce(Rights::join).unwrap_or_default()
    }

    pub fn list(&self, key: &str) -> Option<&List> {
        self.lists.get(key)
    }

    /// All lists, in no order.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        self.lists.values()
    }

    pub fn class(&self, list: &str, key: &str) -> Option<&str> {
        self.lists.get(list)?.item(key)?.class.as_deref()
    }

    /// The first value of a list, in the administrator's order, that is of a class and still offered.
    pub fn first_of_class(&self, list: &str, class: &str) -> Option<&str> {
        let items = &self.lists.get(list)?.items;
        items.iter().find(|item| !item.retired && item.class.as_deref() == Some(class)).map(|item| item.key.as_str())
    }

    /// The entity whose records are the subjects that others involve.
    pub fn subjects(&self) -> Option<&Model> {
        self.models.iter().find(|model| model.entity.subject.is_some())
    }

    /// Every field that links to an entity: model and position. Merging, deleting and panels need it.
    pub fn links_to(&self, entity: &str) -> Vec<(&Model, usize)> {
        let is_subject = self.subjects().is_some_and(|subjects| subjects.entity.key == entity);
        let points = |def: &FieldDef| match def.kind {
            Kind::Link(to) => to.key == entity,
            Kind::Involved(_) => is_subject,
            _ => false,
        };
        self.models
            .iter()
            .flat_map(|model| {
                model.fields.iter().enumerate().filter(|(_, def)| points(def)).map(move |(at, _)| (model, at))
            })
            .collect()
    }

    /// What can be made for each of many records of an entity: model, and the link to them.
    pub fn gathered_by(&self, entity: &str) -> Vec<(&Model, usize)> {
        let is_gathered = |model: &Model, at: usize| {
            model.entity.gathered.iter().any(|field| field.def().key == model.fields[at].key)
        };
        self.links_to(entity).into_iter().filter(|(model, at)| is_gathered(model, *at)).collect()
    }

    /// Every field that links to any record: model and position.
    pub fn any_links(&self) -> Vec<(&Model, usize)> {
        let positions = |model: &Model| {
            let all = 0..model.fields.len();
            all.filter(|at| matches!(model.fields[*at].kind, Kind::AnyLink)).collect::<Vec<_>>()
        };
        self.models.iter().flat_map(|model| positions(model).into_iter().map(move |at| (model, at))).collect()
    }

    /// The label of a picked key, of a choice, or of the kind of one of several values.
    pub fn key_label(&self, kind: &Kind, key: &str, words: &Words) -> String {
        match kind {
            Kind::Pick(list) | Kind::Picks(list) | Kind::Involved(list) => {
                match self.list(list.key).and_then(|list| list.item(key)) {
                    Some(item) => item.label(list.key, words),
                    None => key.to_owned(),
                }
            }
            Kind::Choice(choices) => choice_label(choices, key, words),
            other => choice_label(other.item_kinds(), key, words),
        }
    }
}

fn choice_label(choices: &'static [ChoiceDef], key: &str, words: &Words) -> String {
    match choices.iter().find(|choice| choice.key == key) {
        Some(choice) => words.say(choice.label).into_owned(),
        None => key.to_owned(),
    }
}

impl List {
    /// As a new installation has it.
    pub fn declared(list: &'static PickList) -> List {
        let items = list.items.iter().map(|item| ListItem {
            key: item.key.to_owned(),
            labels: HashMap::new(),
            english: item.label.to_owned(),
            class: item.class.map(str::to_owned),
            colour: item.colour.map(str::to_owned),
            percent: item.percent,
            group: item.group.map(str::to_owned),
            retired: false,
        });
        List { declared: list, custom: false, labels: Default::default(), items: items.collect() }
    }

    pub fn label(&self, words: &Words) -> String {
        match self.labels.get(words.language().tag()).or_else(|| self.labels.values().next().filter(|_| self.custom)) {
            Some(label) => label.clone(),
            None => words.label(self.declared.key, None).unwrap_or_else(|| self.declared.label.to_owned()),
        }
    }

    pub fn item(&self, key: &str) -> Option<&ListItem> {
        self.items.iter().find(|item| item.key == key)
    }
}

impl ListItem {
    pub fn label(&self, list: &str, words: &Words) -> String {
        match self.labels.get(words.language().tag()) {
            Some(label) => label.clone(),
            None => words.label(list, Some(&self.key)).unwrap_or_else(|| self.english.clone()),
        }
    }
}

impl Face {
    pub fn plural(&self, words: &Words) -> String {
        words.label(self.path, None).unwrap_or_else(|| self.plural.to_owned())
    }

    pub fn singular(&self, words: &Words) -> String {
        words.label(self.path, Some("singular")).unwrap_or_else(|| self.label.to_owned())
    }
}
