//! Fields of an entity: made, changed, hidden. Columns are added at once and never dropped.

use base::words::Words;
use base::{Error, Problem, Result, say};
use meta::custom::{Index, Look, MOST, Shape, can_be_indexed};
use meta::{Catalogue, Model, PickList};
use store::{Sql, Tx};

use super::{Engine, Of, checks, index, json, note, refused, sections};
use crate::Actor;

/// A field about to be made.
#[derive(Clone, Debug)]
pub struct NewField {
    /// Its key without `x_`; made from its name when there is none.
    pub key: Option<String>,
    /// With an empty list, a new one is made for it.
    pub shape: Shape,
    pub look: Look,
    /// The key of the section that it stands in; the last one when there is none.
    pub section: Option<String>,
}

impl Engine {
    /// Makes a field; its key. Every node knows it at its next write.
    ///
    /// # Errors
    /// Refuses names and keys that are taken, shapes that name what is not there, more than [`MOST`].
    pub fn add_field(&self, actor: &Actor, entity: &str, new: &NewField, words: &[&Words]) -> Result<String> {
        self.alter(actor, Of::Entity(entity), |tx, catalogue| {
            let model = catalogue.model(entity).ok_or(Error::Missing)?;
            let look = clean(&new.look);
            let mut problems = checks::look(model, None, &look, catalogue, words);
            let labels: Vec<&String> = look.labels.get("it").into_iter().chain(look.labels.values()).collect();
            let key = checks::key(model, new.key.as_deref(), &labels);
            problems.extend(key.as_ref().err().cloned());
            let of_new_list = makes_a_list(&new.shape);
            problems.extend(checks::shape(&new.shape, catalogue).filter(|_| !of_new_list));
            if model.fields.iter().filter(|def| def.custom).count() >= MOST {
                problems.push(Problem::whole("too_many", say!("At most {most} fields can be added here", most = MOST)));
            }
            let key = match key {
                Ok(key) if problems.is_empty() => key,
                _ => return Err(Error::Refused(problems)),
            };
            let shape = match of_new_list {
                true => with_list(&new.shape, super::lists::make(tx, catalogue, &look.labels)?),
                false => new.shape.clone(),
            };
            write(tx, catalogue, model, &key, shape, look, actor)?;
            sections::put(tx, model, &key, new.section.as_deref())?;
            let name = new.look.labels.values().next().cloned().unwrap_or_default();
            note(tx, actor, &about(entity), "Field added", &name)?;
            Ok(key)
        })
    }

    /// Gives a field another look: its own field's, or a declared one's.
    ///
    /// # Errors
    /// Refuses to hide what must be filled in, names that are taken, conditions that do not hold together.
    pub fn change_field(&self, actor: &Actor, entity: &str, key: &str, look: &Look, words: &[&Words]) -> Result<()> {
        self.alter(actor, Of::Entity(entity), |tx, catalogue| {
            let model = catalogue.model(entity).ok_or(Error::Missing)?;
            let def = model.field(key).filter(|def| !def.system).ok_or(Error::Missing)?;
            let mut look = clean(look);
            if !def.custom {
                // What the declaration says of these is what the rules count on.
                look = Look {
                    labels: look.labels,
                    hint: look.hint,
                    hidden: look.hidden,
                    off_form: look.off_form,
                    list: look.list,
                    quick: look.quick,
                    ..Look::default()
                };
            }
            let problems = checks::look(model, Some(key), &look, catalogue, words);
            if !problems.is_empty() {
                return Err(Error::Refused(problems));
            }
            let was = kept(tx, entity, key)?.unwrap_or_default();
            // What was found by the search stays so: its texts were made when records were saved.
            look.search = was.search;
            if def.custom {
                look.index = index::changed(tx, actor, model, def, was.index, look.index)?;
            }
            let sql = Sql::new(
                "INSERT INTO custom_field (entity, key, ordinal, shape, look) VALUES ($1, $2, 0, NULL, $3) \
                 ON CONFLICT (entity, key) DO UPDATE SET look = excluded.look",
            );
            tx.execute(&sql.with(entity).with(key).with(json(&look)?))?;
            let verb = match (was.hidden, look.hidden) {
                (false, true) => "Field hidden",
                (true, false) => "Field shown again",
                _ => "Field changed",
            };
            let name = def.labels.first().map_or(def.label, |(_, label)| label);
            note(tx, actor, &about(entity), verb, look.labels.values().next().map_or(name, String::as_str))
        })
    }

    /// What was said of a field; nothing of a declared one that is as it was declared.
    pub fn field_look(&self, entity: &str, key: &str) -> Result<Look> {
        Ok(self.store.read(|tx| kept(tx, entity, key))?.unwrap_or_default())
    }
}

pub(super) fn about(entity: &str) -> String {
    format!("fields.{entity}")
}

pub(super) fn kept(tx: &Tx, entity: &str, key: &str) -> Result<Option<Look>> {
    let sql = Sql::new("SELECT look FROM custom_field WHERE entity = $1 AND key = $2").with(entity).with(key);
    tx.first(&sql)?.map(|row| super::load::read(row.text(0))).transpose()
}

pub(super) fn keep(tx: &Tx, entity: &str, key: &str, look: &Look) -> Result<()> {
    let sql = Sql::new("UPDATE custom_field SET look = $1 WHERE entity = $2 AND key = $3");
    tx.execute(&sql.with(json(look)?).with(entity).with(key)).map(|_| ())
}

/// The row of the field, and its columns.
fn write(
    tx: &Tx,
    catalogue: &Catalogue,
    model: &Model,
    key: &str,
    shape: Shape,
    mut look: Look,
    actor: &Actor,
) -> Result<()> {
    let mut lists: Vec<&'static PickList> = catalogue.lists().map(|list| list.declared).collect();
    if let Shape::Pick { list } | Shape::Picks { list } = &shape
        && !lists.iter().any(|known| known.key == list)
    {
        lists.push(meta::intern::pick_list(list, list, false));
    }
    let entities: Vec<&'static meta::Entity> = catalogue.models.iter().map(|model| model.entity).collect();
    let kind = shape.kind(&lists, &entities).ok_or_else(|| refused("kind", "invalid", "Choose what it holds"))?;
    if look.index != Index::None && !can_be_indexed(&kind) {
        return Err(refused("index", "invalid", "A field of this kind needs no index"));
    }
    let def = look.field(key, kind);
    store::schema::add_columns(tx, model.entity.key, &def)?;
    look.index = index::changed(tx, actor, model, &def, Index::None, look.index)?;
    let last = Sql::new("SELECT coalesce(max(ordinal), 0) FROM custom_field WHERE entity = $1").with(model.entity.key);
    let ordinal = tx.first(&last)?.map_or(0, |row| row.int(0)) + 1;
    let sql = Sql::new("INSERT INTO custom_field (entity, key, ordinal, shape, look) VALUES ($1, $2, $3, $4, $5)");
    let sql = sql.with(model.entity.key).with(key).with(ordinal).with(json(&shape)?).with(json(&look)?);
    tx.execute(&sql).map(|_| ())
}

fn makes_a_list(shape: &Shape) -> bool {
    matches!(shape, Shape::Pick { list } | Shape::Picks { list } if list.is_empty())
}

fn with_list(shape: &Shape, list: String) -> Shape {
    match shape {
        Shape::Picks { .. } => Shape::Picks { list },
        _ => Shape::Pick { list },
    }
}

/// Without blanks around words, and without empty ones.
fn clean(look: &Look) -> Look {
    let mut look = look.clone();
    look.labels = super::lists::cleaned(&look.labels);
    look.hint = look.hint.map(|hint| hint.trim().to_owned()).filter(|hint| !hint.is_empty());
    look
}
