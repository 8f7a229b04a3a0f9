//! What each column of a file probably means: by its name in Italian and English, and by what stands in it.

use std::collections::BTreeMap;
use std::path::Path;

use base::codes::{Code, check};
use base::words::Words;
use base::{codes, email, fold, phones};
use meta::{Catalogue, Face, FieldDef, Kind, Model};
use sheet::{Column, Looks, Shape, SheetError};

use super::headers::{address_part, kind as kind_of_header, plain};
use super::labels::{choices, header};
use super::plan::{AddressPart, ColumnPlan, Confidence, Constant, Duplicates, Plan, Target};
use super::refused::REASON;

/// The plan for a file of this shape. What is not known is kept as a labelled line of the description, never dropped.
pub fn propose(catalogue: &Catalogue, model: &Model, shape: &Shape, words: &[&Words]) -> Plan {
    let mut proposer =
        Proposer { model, words, dictionary: dictionary(catalogue, model, words), shape, taken: Vec::new() };
    // What a name says for certain comes before what contents only suggest.
    let named: Vec<Option<ColumnPlan>> = shape.columns.iter().map(|column| proposer.by_name(column)).collect();
    let columns = shape.columns.iter().zip(named).map(|(column, named)| match named {
        Some(plan) => plan,
        None => proposer.by_contents(column),
    });
    Plan {
        entity: model.entity.key.to_owned(),
        columns: columns.collect(),
        shape: shape.clone(),
        constants: Vec::new(),
        duplicates: Duplicates::default(),
        words: proposer.dictionary,
    }
}

/// Looks at a file, and takes its first row for titles where all of it are names that columns go by, however often they stand.
///
/// # Errors
/// As [`sheet::sniff`].
pub fn shape_of(catalogue: &Catalogue, model: &Model, file: &Path, words: &[&Words]) -> Result<Shape, SheetError> {
    let shape = sheet::sniff(file)?;
    if shape.has_header {
        return Ok(shape);
    }
    let titled = sheet::with_header(file, &shape, true)?;
    let proposer =
        Proposer { model, words, dictionary: dictionary(catalogue, model, words), shape: &titled, taken: Vec::new() };
    let names: Vec<String> = titled.columns.iter().map(|column| plain(&column.header)).collect();
    let mut filled = names.iter().filter(|name| !name.is_empty()).peekable();
    let known =
        |name: &String| address_part(name).is_some() || (0..model.fields.len()).any(|at| proposer.is_called(at, name));
    let are_titles = filled.peek().is_some() && filled.all(known);
    Ok(if are_titles { titled } else { shape })
}

/// What makes a record one of the face, where no column says it.
pub fn constants(face: &Face, plan: &Plan) -> Vec<Constant> {
    let said = |field: &str| {
        let mut targets = plan.columns.iter().flat_map(|column| &column.targets);
        targets.any(|target| matches!(target, Target::Field { field: known, .. } if known == field))
    };
    let constant = |condition: &meta::Condition| match condition.any_of {
        [only] if !said(condition.field) => {
            Some(Constant { field: condition.field.to_owned(), value: (*only).to_owned() })
        }
        _ => None,
    };
    face.only.iter().filter_map(constant).collect()
}

fn dictionary(catalogue: &Catalogue, model: &Model, words: &[&Words]) -> BTreeMap<String, BTreeMap<String, String>> {
    let of = |def: &FieldDef| {
        let mut found = choices(catalogue, &def.kind, words);
        for kind in def.kind.item_kinds() {
            found.insert(fold(kind.label), kind.key.to_owned());
            words.iter().for_each(|words| {
                found.insert(fold(&catalogue.key_label(&def.kind, kind.key, words)), kind.key.to_owned());
            });
        }
        (!found.is_empty()).then(|| (def.key.to_owned(), found))
    };
    model.fields.iter().filter_map(of).collect()
}

struct Proposer<'a> {
    model: &'a Model,
    words: &'a [&'a Words],
    dictionary: BTreeMap<String, BTreeMap<String, String>>,
    shape: &'a Shape,
    /// Fields of one value that a column goes to already.
    taken: Vec<usize>,
}

impl Proposer<'_> {
    fn by_name(&mut self, column: &Column) -> Option<ColumnPlan> {
        let name = plain(&column.header);
        if name.is_empty() {
            return None;
        }
        if plain(REASON) == name || self.words.iter().any(|words| plain(&words.say(REASON)) == name) {
            return Some(planned(
                column,
                vec![Target::Ignore],
                Confidence::Certain,
                "The reasons of an earlier import",
            ));
        }
        let fields: Vec<usize> = (0..self.model.fields.len()).filter(|at| self.is_called(*at, &name)).collect();
        let typed: Vec<usize> = fields.iter().copied().filter(|at| is_typed(&self.model.fields[*at])).collect();
        if typed.is_empty()
            && let Some(target) = self.part_of_address(column)
        {
            return Some(planned(column, vec![target], Confidence::Certain, ""));
        }
        if typed.is_empty() {
            let kept = !fields.is_empty();
            return kept.then(|| {
                planned(column, vec![Target::Ignore], Confidence::Certain, "The program keeps this by itself")
            });
        }
        self.goes_to(column, &typed)
    }

    fn is_called(&self, at: usize, name: &str) -> bool {
        let def = &self.model.fields[at];
        let labels = self.words.iter().flat_map(|words| [header(self.model, at, words), self.model.label(at, words)]);
        plain(def.label) == name
            || plain(def.key) == name
            || def.aliases.iter().any(|alias| plain(alias) == name)
            || labels.into_iter().any(|label| plain(&label) == name)
    }

    /// Of an address in several columns, or of one whose column has a whole.
    fn part_of_address(&self, column: &Column) -> Option<Target> {
        let at = self.model.fields.iter().position(|def| matches!(def.kind, Kind::Addresses) && is_typed(def))?;
        let part = address_part(&column.header)?;
        let whole =
            self.shape.columns.iter().any(|other| {
                self.words.iter().any(|words| plain(&self.model.label(at, words)) == plain(&other.header))
            });
        (!whole).then(|| Target::Address { field: self.model.fields[at].key.to_owned(), part, kind: None })
    }

    fn goes_to(&mut self, column: &Column, fields: &[usize]) -> Option<ColumnPlan> {
        let model = self.model;
        let closed = |at: &usize| matches!(model.fields[*at].kind, Kind::Choice(_) | Kind::Pick(_) | Kind::Picks(_));
        // One word may say several things: a category is a stage and a role.
        let fields: Vec<usize> = if fields.iter().all(closed) {
            fields.to_vec()
        } else {
            let fits = |at: &&usize| fits(&model.fields[**at].kind, column);
            vec![*fields.iter().find(fits).or(fields.first())?]
        };
        let fresh: Vec<usize> =
            fields.into_iter().filter(|at| several(&model.fields[*at].kind) || !self.taken.contains(at)).collect();
        if fresh.is_empty() {
            return Some(planned(column, vec![Target::Line], Confidence::Check, "Another column goes there already"));
        }
        let known = self.known(column, &fresh);
        let confidence = if known { Confidence::Certain } else { Confidence::Check };
        let note = match () {
            () if !known => "Some values are not known: they are kept as lines of the description",
            () if column.two_digit_years => "Years of two digits",
            () => "",
        };
        self.taken.extend(&fresh);
        let targets = fresh.into_iter().map(|at| self.target(at, column)).collect();
        Some(planned(column, targets, confidence, note))
    }

    fn target(&self, at: usize, column: &Column) -> Target {
        let def = &self.model.fields[at];
        let field = def.key.to_owned();
        let labelled = self.words.iter().any(|words| plain(&self.model.label(at, words)) == plain(&column.header));
        let kind = || kind_of_header(&column.header, def.kind.item_kinds());
        match def.kind {
            Kind::Addresses => {
                let others = self.shape.columns.iter().filter_map(|other| address_part(&other.header));
                let split = others.into_iter().any(|part| part != AddressPart::Street);
                let part = if split && address_part(&column.header).is_some() {
                    AddressPart::Street
                } else {
                    AddressPart::Whole
                };
                Target::Address { field, part, kind: None }
            }
            // The plain label is what an export writes, with the kinds in the cells.
            _ if def.kind.item_kinds().is_empty() || (labelled && self.says_kinds(column, def)) => {
                Target::field(&field)
            }
            _ => Target::Field { field, kind: kind() },
        }
    }

    fn says_kinds(&self, column: &Column, def: &FieldDef) -> bool {
        let known = self.dictionary.get(def.key);
        let says = |value: &str| {
            value.split_once(':').is_some_and(|(kind, _)| known.is_some_and(|known| known.contains_key(&fold(kind))))
        };
        column.examples.iter().any(|example| says(&example.value))
    }

    /// Whether the fields' words cover what is seen of the column, each by one of them at least.
    fn known(&self, column: &Column, fields: &[usize]) -> bool {
        let covers = |at: &usize, value: &str| {
            let def = &self.model.fields[*at];
            let list_is_open = matches!(def.kind, Kind::Picks(list) | Kind::Pick(list) if list.open);
            match def.kind {
                Kind::Choice(_) | Kind::Pick(_) | Kind::Picks(_) if !list_is_open => {
                    let known = self.dictionary.get(def.key);
                    let is = |word: &str| known.is_some_and(|known| known.contains_key(&fold(word)));
                    is(value) || value.split([';', '|']).all(is)
                }
                _ => true,
            }
        };
        column.examples.iter().all(|example| fields.iter().any(|at| covers(at, &example.value)))
    }

    fn by_contents(&mut self, column: &Column) -> ColumnPlan {
        let examples: Vec<&str> = column.examples.iter().map(|example| example.value.as_str()).collect();
        if examples.is_empty() {
            return planned(column, vec![Target::Ignore], Confidence::Certain, "Nothing stands in it");
        }
        let all =
            |test: &dyn Fn(&str) -> bool| examples.iter().filter(|value| test(value)).count() * 5 >= examples.len() * 4;
        let found = (0..self.model.fields.len()).filter(|at| is_typed(&self.model.fields[*at])).find(|at| {
            let def = &self.model.fields[*at];
            let free = several(&def.kind) || !self.taken.contains(at);
            free && match def.kind {
                Kind::Emails => all(&|value| email::normalise(value).is_some()),
                Kind::Phones => {
                    column.looks != Looks::Date
                        && all(&|value| value.len() >= 8 && !phones::parse_all(value, "IT").is_empty())
                }
                Kind::WebLinks => all(&|value| value.starts_with("http") || value.starts_with("www.")),
                Kind::Code(code) | Kind::Codes(code) if code != Code::SdiCode => {
                    all(&|value| check(code, &codes::normalise(code, value)) == codes::Check::Valid)
                }
                Kind::Choice(_) | Kind::Pick(_) | Kind::Picks(_) => {
                    examples.len() > 1 && self.known(column, &[*at]) && !is_open(&def.kind)
                }
                _ => false,
            }
        });
        match found {
            Some(at) => {
                self.taken.push(at);
                planned(column, vec![self.target(at, column)], Confidence::Check, "Matched by what stands in it")
            }
            None => planned(column, vec![Target::Line], Confidence::Choose, "Kept as a line of the description"),
        }
    }
}

fn planned(column: &Column, targets: Vec<Target>, confidence: Confidence, note: &'static str) -> ColumnPlan {
    ColumnPlan { header: column.header.clone(), targets, confidence, note: note.to_owned() }
}

/// Whether a person, and so a file, may say it.
fn is_typed(def: &FieldDef) -> bool {
    !def.read_only && !def.hidden && !matches!(def.kind, Kind::File | Kind::Picture)
}

fn is_open(kind: &Kind) -> bool {
    matches!(kind, Kind::Pick(list) | Kind::Picks(list) if list.open)
}

/// Whether several columns can go there.
fn several(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Emails
            | Kind::Phones
            | Kind::WebLinks
            | Kind::Codes(_)
            | Kind::Picks(_)
            | Kind::Involved(_)
            | Kind::Addresses
            | Kind::LongText
            | Kind::RichText
    )
}

fn fits(kind: &Kind, column: &Column) -> bool {
    match kind {
        Kind::Date | Kind::Instant => matches!(column.looks, Looks::Date | Looks::Empty),
        Kind::Money | Kind::Number { .. } | Kind::Percent => matches!(column.looks, Looks::Number | Looks::Empty),
        _ => column.looks != Looks::Date,
    }
}
