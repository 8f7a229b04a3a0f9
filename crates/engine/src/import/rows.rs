//! A row of the file as values of a record: read, joined and normalised. What cannot be read becomes a line of the description.

use std::collections::HashMap;

use base::names::split_town_line;
use base::{Error, Problem, Result, Text, fold, say};
use meta::normal::normalise;
use meta::{Address, Catalogue, Kind, Model, Value};
use sheet::{Position, Row, RowProblem};

use super::cells::{self, Writing};
use super::names::FirstNames;
use super::plan::{AddressPart, Plan, Target};
use crate::Actor;

/// A row on its way to a draft.
pub(super) struct Parsed {
    /// Data row, counted from 1.
    pub number: u64,
    pub line: u64,
    pub cells: Vec<String>,
    /// What is wrong with the row as a whole: it is refused.
    pub broken: Option<RowProblem>,
    pub after: Position,
    /// Positions in the model with values in normal form; nothing empty.
    pub values: Vec<(usize, Value)>,
    /// Fields that link by what the other record is called, with head and cell.
    pub links: Vec<Named>,
    /// What goes into the description behind what a column puts there.
    pub lines: Vec<String>,
    pub warnings: Vec<Problem>,
    /// Head and cell of each field's value, for when it turns out not to hold.
    pub written: HashMap<usize, Vec<(String, String)>>,
}

/// Records named in a cell.
pub(super) struct Named {
    pub at: usize,
    pub header: String,
    pub cell: String,
}

/// Reads the rows of one file by its plan.
pub(super) struct Reader<'a> {
    model: &'a Model,
    plan: &'a Plan,
    styles: Vec<meta::human::Style>,
    /// Positions of the targets of each column; none for lines and what is ignored.
    places: Vec<Vec<Option<usize>>>,
    description: Option<usize>,
    /// First and last name, where the entity has them.
    person: Option<(usize, usize)>,
    tax_code: Option<usize>,
    /// A required choice that follows from which fields are filled when the file does not say it.
    kinds: Vec<usize>,
    defaults: Vec<Value>,
    names: FirstNames,
}

impl<'a> Reader<'a> {
    /// # Errors
    /// `Unreadable` when the plan names a field that is not there.
    pub fn new(catalogue: &'a Catalogue, plan: &'a Plan, actor: &Actor) -> Result<Reader<'a>> {
        let model = catalogue.model(&plan.entity).ok_or(Error::Missing)?;
        let place = |target: &Target| match target.field_key() {
            None => Ok(None),
            Some(key) => match model.position(key) {
                Some(at) => Ok(Some(at)),
                None => Err(Error::Unreadable(say!("There is no field {name}", name = key.to_owned()))),
            },
        };
        let places = plan.columns.iter().map(|column| column.targets.iter().map(place).collect::<Result<Vec<_>>>());
        if let Some(constant) = plan.constants.iter().find(|constant| model.position(&constant.field).is_none()) {
            return Err(Error::Unreadable(say!("There is no field {name}", name = constant.field.clone())));
        }
        let is = |key: &str| model.position(key);
        let code = |def: &meta::FieldDef| matches!(def.kind, Kind::Code(base::codes::Code::TaxCode));
        Ok(Reader {
            model,
            plan,
            styles: plan.shape.columns.iter().map(|column| cells::style(column, actor.today(), actor.zone)).collect(),
            places: places.collect::<Result<_>>()?,
            description: description(model),
            person: is("first_name").zip(is("last_name")),
            tax_code: model.fields.iter().position(code),
            kinds: (0..model.fields.len()).filter(|at| decides(model, *at)).collect(),
            defaults: defaults(model),
            names: FirstNames::default(),
        })
    }

    pub fn read(&mut self, row: Row) -> Parsed {
        let mut parsed = Parsed {
            number: row.number,
            line: row.line,
            cells: row.cells,
            broken: row.problem.filter(|problem| *problem != RowProblem::WrongEncoding),
            after: row.position_after,
            values: Vec::new(),
            links: Vec::new(),
            lines: Vec::new(),
            warnings: Vec::new(),
            written: HashMap::new(),
        };
        if parsed.broken.is_some() {
            return parsed;
        }
        let mut gathered = Gathered::default();
        for (index, cell) in std::mem::take(&mut parsed.cells).into_iter().enumerate() {
            self.cell(index, &cell, &mut gathered, &mut parsed);
            parsed.cells.push(cell);
        }
        self.constants(&mut gathered, &mut parsed);
        self.addresses(&mut gathered);
        self.two_names_in_one(&mut gathered.values);
        self.kind_by_what_is_filled(&mut gathered.values);
        self.hold(gathered, &mut parsed);
        parsed
    }

    fn cell(&self, index: usize, cell: &str, gathered: &mut Gathered, parsed: &mut Parsed) {
        let text = cell.trim();
        let Some(column) = self.plan.columns.get(index).filter(|_| !text.is_empty()) else { return };
        let mut kept = column.targets.is_empty();
        let mut understood = false;
        let mut reason = None;
        for (target, place) in column.targets.iter().zip(&self.places[index]) {
            match (target, place) {
                (Target::Line, _) => kept = true,
                (Target::Ignore, _) | (_, None) => understood = true,
                (Target::Address { part, kind, .. }, Some(at)) if *part != AddressPart::Whole => {
                    gathered.part(*at, kind.as_deref(), *part, text);
                    understood = true;
                }
                (Target::Address { kind, .. } | Target::Field { kind, .. }, Some(at)) => {
                    match self.value(*at, text, index, kind.as_deref()) {
                        Ok(None) => {
                            parsed.links.push(Named { at: *at, header: column.header.clone(), cell: text.to_owned() })
                        }
                        Ok(Some(value)) => {
                            gathered.add(*at, value);
                            parsed.written.entry(*at).or_default().push((column.header.clone(), text.to_owned()));
                        }
                        Err(why) => {
                            reason.get_or_insert((*at, why));
                            continue;
                        }
                    }
                    understood = true;
                }
            }
        }
        // Where one word says several things, each field takes what it knows.
        if let Some((at, why)) = reason.filter(|_| !understood) {
            parsed.warnings.push(Problem::at(self.model.fields[at].key, "kept_as_line", why));
            kept = true;
        }
        if kept {
            parsed.lines.push(labelled(&column.header, text));
        }
    }

    /// None for what names other records.
    fn value(&self, at: usize, text: &str, index: usize, kind: Option<&str>) -> Result<Option<Value>, Text> {
        let def = &self.model.fields[at];
        if crate::titles::holds_rows(&def.kind) {
            return Ok(None);
        }
        let writing = Writing { style: self.styles[index], words: self.plan.words.get(def.key), kind };
        let value = cells::value(text, def, &writing)?;
        normalise(value, def, &mut Vec::new()).map(Some).map_err(|problem| problem.text)
    }

    fn constants(&self, gathered: &mut Gathered, parsed: &mut Parsed) {
        for constant in &self.plan.constants {
            let Some(at) = self.model.position(&constant.field) else { continue };
            if gathered.values.contains_key(&at) || parsed.links.iter().any(|link| link.at == at) {
                continue;
            }
            match self.value(at, &constant.value, 0, None) {
                Ok(Some(value)) => gathered.add(at, value),
                Ok(None) => {
                    parsed.links.push(Named { at, header: constant.field.clone(), cell: constant.value.clone() })
                }
                Err(why) => parsed.warnings.push(Problem::at(constant.field.clone(), "kept_as_line", why)),
            }
        }
    }

    /// Parts become addresses; a cell that holds more than its part gives the rest where nothing else does.
    fn addresses(&self, gathered: &mut Gathered) {
        for ((at, kind), parts) in std::mem::take(&mut gathered.parts) {
            let mut address = Address { kind, ..parts };
            let town = address.town.trim_end_matches("()").trim().to_owned();
            address.town = town;
            if let Some(line) = split_town_line(&address.town) {
                fill(&mut address.zip, line.zip.unwrap_or_default());
                fill(&mut address.province, line.province.unwrap_or_default());
                address.town = line.town;
            }
            let whole = cells::address(&address.street);
            if !whole.street.is_empty() && !whole.zip.is_empty() {
                address.street = whole.street;
                fill(&mut address.zip, whole.zip);
                fill(&mut address.town, whole.town);
                fill(&mut address.province, whole.province);
            }
            if !address.is_blank() {
                gathered.add(at, Value::Addresses(vec![address]));
            }
        }
    }

    fn two_names_in_one(&mut self, values: &mut HashMap<usize, Value>) {
        let Some((first, last)) = self.person else { return };
        match (values.get(&first), values.get(&last)) {
            (Some(Value::Text(name)), Some(_)) => self.names.learn(name),
            (Some(Value::Text(full)), None) | (None, Some(Value::Text(full))) => {
                let code = self.tax_code.and_then(|at| values.get(&at)).map_or("", Value::text);
                if let Some((first_name, last_name)) = self.names.split(full, code) {
                    values.insert(first, Value::Text(first_name));
                    values.insert(last, Value::Text(last_name));
                }
            }
            _ => {}
        }
    }

    /// A file of people need not say in each row that they are people: it follows from what is required of them.
    fn kind_by_what_is_filled(&self, values: &mut HashMap<usize, Value>) {
        for at in &self.kinds {
            if values.contains_key(at) {
                continue;
            }
            let Kind::Choice(choices) = self.model.fields[*at].kind else { continue };
            let key = self.model.fields[*at].key;
            let asked = |choice: &str| {
                let of = |def: &meta::FieldDef| {
                    def.required_when.is_some_and(|when| when.field == key && when.any_of.contains(&choice))
                };
                (0..self.model.fields.len()).filter(move |at| of(&self.model.fields[*at])).collect::<Vec<_>>()
            };
            let found = choices.iter().find(|choice| {
                let asked = asked(choice.key);
                !asked.is_empty() && asked.iter().all(|at| values.contains_key(at))
            });
            if let Some(choice) = found {
                values.insert(*at, Value::Text(choice.key.to_owned()));
            }
        }
    }

    /// What the record has no place for, given its kind, becomes lines; the lines go behind the description.
    fn hold(&self, gathered: Gathered, parsed: &mut Parsed) {
        let mut whole = self.defaults.clone();
        gathered.values.iter().for_each(|(at, value)| whole[*at] = value.clone());
        let mut values: Vec<(usize, Value)> = gathered.values.into_iter().collect();
        values.sort_by_key(|(at, _)| *at);
        for (at, value) in values {
            if self.model.is_shown(at, &whole) || Some(at) == self.description {
                parsed.values.push((at, value));
                continue;
            }
            for (header, cell) in parsed.written.remove(&at).unwrap_or_default() {
                parsed.lines.push(labelled(&header, &cell));
            }
        }
    }
}

/// What the cells of a row gave so far.
#[derive(Default)]
struct Gathered {
    values: HashMap<usize, Value>,
    parts: HashMap<(usize, Option<String>), Address>,
}

impl Gathered {
    /// One more of several values; of single ones the first stays.
    fn add(&mut self, at: usize, value: Value) {
        match (self.values.get_mut(&at), value) {
            (_, value) if value.is_empty() => {}
            (None, value) => {
                self.values.insert(at, value);
            }
            (Some(Value::Items(items)), Value::Items(more)) => {
                more.into_iter().for_each(|mut item| {
                    item.primary = false;
                    if !items.iter().any(|known| known.value == item.value) {
                        items.push(item);
                    }
                });
            }
            (Some(Value::Addresses(known)), Value::Addresses(more)) => known.extend(more),
            (Some(Value::Keys(keys)), Value::Keys(more)) => keys.extend(more),
            (Some(Value::Text(text)), Value::Text(more)) if text.contains('\n') || more.contains('\n') => {
                text.push('\n');
                text.push_str(&more);
            }
            _ => {}
        }
    }

    fn part(&mut self, at: usize, kind: Option<&str>, part: AddressPart, text: &str) {
        let address = self.parts.entry((at, kind.map(str::to_owned))).or_default();
        let place = match part {
            AddressPart::Street | AddressPart::Whole => &mut address.street,
            AddressPart::Zip => &mut address.zip,
            AddressPart::Town => &mut address.town,
            AddressPart::Province => &mut address.province,
            AddressPart::Country => {
                let italy = matches!(fold(text).as_str(), "it" | "i" | "ita" | "italia" | "italy");
                if !italy && text.len() == 2 {
                    address.country = text.to_uppercase();
                }
                return;
            }
        };
        if !place.is_empty() {
            place.push(' ');
        }
        place.push_str(text);
    }
}

fn fill(part: &mut String, with: String) {
    if part.is_empty() {
        *part = with;
    }
}

/// `Agente: Galli S.`
pub(super) fn labelled(header: &str, cell: &str) -> String {
    let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if header.is_empty() { cell } else { format!("{header}: {cell}") }
}

/// Where lines go: the description, else the first text of several lines.
pub(super) fn description(model: &Model) -> Option<usize> {
    let long =
        |def: &meta::FieldDef| matches!(def.kind, Kind::LongText | Kind::RichText) && !def.read_only && !def.hidden;
    model.position("description").filter(|at| long(&model.fields[*at])).or_else(|| model.fields.iter().position(long))
}

/// Whether other fields are required or not by what is chosen here.
fn decides(model: &Model, at: usize) -> bool {
    let key = model.fields[at].key;
    matches!(model.fields[at].kind, Kind::Choice(_))
        && model.fields.iter().any(|def| def.required_when.is_some_and(|when| when.field == key))
}

fn defaults(model: &Model) -> Vec<Value> {
    let of = |def: &meta::FieldDef| match (def.kind, def.default) {
        (Kind::Choice(_) | Kind::Pick(_), Some(key)) => Value::Text(key.to_owned()),
        (Kind::Tick, default) => Value::Tick(default == Some("true")),
        _ => Value::Null,
    };
    model.fields.iter().map(of).collect()
}
