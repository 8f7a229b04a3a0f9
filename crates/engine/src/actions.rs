//! Carrying out actions: the form is begun, filled in and checked as a record is; what it decides is done as one operation.

use std::collections::HashMap;
use std::sync::Arc;

use base::{Error, Id, Problem, Result, Rid};
use meta::access::Verb;
use meta::action::{Acting, Deed};
use meta::effect::THIS;
use meta::{Action, Catalogue, Change, Effect, Kind, Model, Record, Value};
use store::Tx;

use crate::ending::Ending;
use crate::look_alikes::LookAlike;
use crate::prepare::Batch;
use crate::query::at;
use crate::save::lane;
use crate::titles::Titles;
use crate::write::begin;
use crate::{Actor, Draft, Engine, Target, access, effects, look_alikes, merge};

/// A form as it stands before anybody fills it in.
pub struct Begun {
    pub catalogue: Arc<Catalogue>,
    /// By position in the form's model.
    pub values: Vec<Value>,
    pub titles: Titles,
    pub offers: Vec<Offered>,
}

/// What a link of the form may lead to.
pub struct Offered {
    /// The link, by position in the form's model.
    pub at: usize,
    /// The record that would be made: positions in the model of what the link leads to.
    pub like: Vec<(usize, Value)>,
    /// Never empty; the surest first.
    pub found: Vec<(LookAlike, Record)>,
}

/// What an action did.
#[derive(Debug)]
pub struct Acted {
    pub operation: Id,
    /// The record, or the one that it joined.
    pub id: Id,
    pub title: String,
    /// The titles of what was made and stands by itself.
    pub made: Vec<String>,
}

impl Engine {
    /// The form of an action with a record, begun, with the records it offers.
    pub fn begin_action(&self, actor: &Actor, path: &str, id: Id, key: &str) -> Result<Begun> {
        let catalogue = self.catalogue();
        let (values, offers) = self.store.read(|tx| {
            let (form, action, record) = asked(tx, actor, &catalogue, path, id, key, false)?;
            let ground = Ground::of(tx, &catalogue, &record, &[])?;
            let acting = begun(actor, &catalogue, form, action, &record, &ground);
            let offers = offers(tx, actor, &catalogue, form, action, &acting)?;
            let values = acting.form.after;
            Ok((values, offers))
        })?;
        let titles = self.titles(actor, &values)?;
        Ok(Begun { catalogue: self.seen(actor), values, titles, offers })
    }

    /// Does it. Fields of the form that are not named stay as they were begun.
    ///
    /// # Errors
    /// `Missing` where there is no such record or action, `Denied` without the right to change the record or to make what is made,
    /// `Refused` at the fields of the form.
    pub fn act(&self, actor: &Actor, path: &str, id: Id, key: &str, values: Vec<(usize, Value)>) -> Result<Acted> {
        self.write(lane(actor), |tx, catalogue| {
            let (form, action, record) = asked(tx, actor, catalogue, path, id, key, true)?;
            let model = catalogue.of(action.to);
            let ground = Ground::of(tx, catalogue, &record, &[])?;
            let mut decided: Vec<(usize, Value)> =
                begun(actor, catalogue, form, action, &record, &ground).form.after.into_iter().enumerate().collect();
            for (at, value) in &values {
                if form.fields[*at].read_only && decided[*at].1 != *value {
                    let text = "This is kept by the program and cannot be typed";
                    return Err(Problem::at(form.fields[*at].key, "read_only", text).into());
                }
                decided[*at].1 = value.clone();
            }
            let draft = Draft { entity: form.entity.key, target: Target::New(None), values: decided };
            let drafts = [draft];
            let decided = Batch::read(tx, catalogue, actor, &drafts)?.prepare(&drafts[0])?.after;
            let ground = Ground::of(tx, catalogue, &record, &behind(form, &decided))?;
            let acting = Acting {
                of: ground.change(actor, catalogue, model, Some(&record), record.values.clone()),
                form: ground.change(actor, catalogue, form, None, decided),
            };
            let Deed { effects, join } = (action.run)(&acting).map_err(|problem| Error::Refused(vec![problem]))?;
            may(actor, catalogue, &effects)?;
            let (op, operation) = begin(tx, actor, form.entity.key, model.entity.key, 0, None)?;
            let mut ending = Ending::default();
            let this = match join {
                Some(one) => merge::join(tx, catalogue, actor, op, (model, one, record.rid), &mut ending)?,
                None => record.clone(),
            };
            let made = effects::carry_out(tx, catalogue, op, &vec![(this.rid, effects.clone())], &mut ending)?;
            ending.put(tx, catalogue, Some(op))?;
            // What ties records together is called after them, and goes without saying.
            let says = |entity: &str| catalogue.model(entity).is_some_and(|model| model.belongs.is_none());
            let made = made.into_iter().flatten().zip(&effects);
            let made = made.filter(|(_, effect)| effect.record.is_none() && says(effect.entity));
            let made: Vec<Rid> = made.filter_map(|(rid, _)| rid).collect();
            let titles = store::records::titles(tx, &[made.clone(), vec![this.rid]].concat())?;
            let title = |rid: &Rid| titles.get(rid).cloned().unwrap_or_default();
            Ok(Acted { operation, id: this.id, title: title(&this.rid), made: made.iter().map(title).collect() })
        })
    }
}

/// The form and the record, which one may change.
fn asked<'a>(
    tx: &Tx,
    actor: &Actor,
    catalogue: &'a Catalogue,
    path: &str,
    id: Id,
    key: &str,
    lock: bool,
) -> Result<(&'a Model, &'a Action, Record)> {
    let (model, _) = at(catalogue, path)?;
    let mut actions = catalogue.actions(model.entity.key);
    let (form, action) = actions.find(|(form, _)| form.entity.key == key).ok_or(Error::Missing)?;
    let entry = store::records::entries_by_id(tx, &[id])?.pop().ok_or(Error::Missing)?;
    if entry.entity != model.entity.key
        || access::among(tx, actor, catalogue, model, &[entry.rid], Verb::View)?.is_empty()
    {
        return Err(Error::Missing);
    }
    let barred = actor.person.rights.bars(&crate::roles::act(model.entity.key, key));
    if barred || access::among(tx, actor, catalogue, model, &[entry.rid], Verb::Change)?.is_empty() {
        return Err(access::denied(Verb::Change));
    }
    let record = store::records::load(tx, model, &[entry.rid], lock)?.pop().ok_or(Error::Missing)?;
    if record.deleted_at.is_some() {
        return Err(Error::Refused(vec![Problem::whole("deleted", "This is in the trash: restore it first")]));
    }
    Ok((form, action, record))
}

/// What the changes of an action look at, read beforehand.
struct Ground {
    titles: HashMap<Rid, String>,
    linked: HashMap<Rid, Record>,
}

impl Ground {
    fn of(tx: &Tx, catalogue: &Catalogue, record: &Record, links: &[(&'static str, Rid)]) -> Result<Ground> {
        let own = record.values.iter().flat_map(|value| value.links().iter().copied());
        let rids: Vec<Rid> = own.chain(links.iter().map(|(_, rid)| *rid)).collect();
        let mut wanted: HashMap<&'static str, Vec<Rid>> = HashMap::new();
        links.iter().for_each(|(entity, rid)| wanted.entry(entity).or_default().push(*rid));
        let mut linked = HashMap::new();
        for (entity, rids) in wanted {
            let found = store::records::load(tx, catalogue.model(entity).ok_or(Error::Missing)?, &rids, false)?;
            linked.extend(found.into_iter().map(|record| (record.rid, record)));
        }
        Ok(Ground { titles: store::records::titles(tx, &rids)?, linked })
    }

    fn change<'a>(
        &'a self,
        actor: &Actor,
        catalogue: &'a Catalogue,
        model: &'a Model,
        before: Option<&'a Record>,
        after: Vec<Value>,
    ) -> Change<'a> {
        Change {
            model,
            catalogue,
            before,
            after,
            today: actor.today(),
            now: base::clock::now(),
            by: actor.user(),
            titles: &self.titles,
            linked: &self.linked,
            by_program: false,
        }
    }
}

fn begun<'a>(
    actor: &Actor,
    catalogue: &'a Catalogue,
    form: &'a Model,
    action: &Action,
    record: &'a Record,
    ground: &'a Ground,
) -> Acting<'a> {
    let empty = vec![Value::Null; form.fields.len()];
    let mut acting = Acting {
        of: ground.change(actor, catalogue, catalogue.of(action.to), Some(record), record.values.clone()),
        form: ground.change(actor, catalogue, form, None, empty),
    };
    (action.begin)(&mut acting);
    acting
}

/// The records that links of a form lead to; forms are small.
fn behind(form: &Model, values: &[Value]) -> Vec<(&'static str, Rid)> {
    let of = |(def, value): (&meta::FieldDef, &Value)| match def.kind {
        Kind::Link(to) => value.links().first().map(|rid| (to.key, *rid)),
        _ => None,
    };
    form.fields.iter().zip(values).filter_map(of).collect()
}

fn offers(
    tx: &Tx,
    actor: &Actor,
    catalogue: &Catalogue,
    form: &Model,
    action: &Action,
    acting: &Acting,
) -> Result<Vec<Offered>> {
    let this = acting.of.before.map(|record| record.rid);
    let mut offers = Vec::new();
    for offer in action.offers {
        let Some(at) = form.position(offer.field.def().key) else { continue };
        let Some(effect) = (offer.like)(&acting.of) else { continue };
        let model = catalogue.model(effect.entity).ok_or(Error::Missing)?;
        let values = effect.values.into_iter().filter_map(|(key, value)| Some((model.position(key)?, value)));
        let like: Vec<(usize, Value)> = values.filter(|(_, value)| !value.is_empty()).collect();
        let alike = look_alikes::among(tx, actor, catalogue, model, like.clone(), this)?;
        let rids: Vec<Rid> = alike.iter().map(|one| one.found.rid).collect();
        let records = store::records::load(tx, model, &rids, false)?.into_iter();
        let mut records: HashMap<Rid, Record> = records.map(|record| (record.rid, record)).collect();
        let fits = |record: &Record| form.fields[at].among.is_none_or(|those| model.holds(&those, &record.values));
        let found = alike.into_iter().filter_map(|one| Some((records.remove(&one.found.rid)?, one)));
        let found: Vec<_> = found.filter(|(record, _)| fits(record)).map(|(record, one)| (one, record)).collect();
        if !found.is_empty() {
            offers.push(Offered { at, like, found });
        }
    }
    Ok(offers)
}

/// What is made must be theirs to make, what is changed besides the record to change.
fn may(actor: &Actor, catalogue: &Catalogue, effects: &[Effect]) -> Result<()> {
    for effect in effects.iter().filter(|effect| effect.record != Some(THIS)) {
        let model = catalogue.model(effect.entity).ok_or(Error::Missing)?;
        let verb = if effect.record.is_none() { Verb::Create } else { Verb::Change };
        if !access::may(actor, model, None, verb) {
            return Err(access::denied(verb));
        }
    }
    Ok(())
}
