//! Carrying out what follows from changes: in the same transaction and operation, with the program's rights, for all changes of a
//! transaction together.

use base::{Error, Problem, Result, Rid, say};
use meta::effect::resolve;
use meta::{Catalogue, Change, Effect, Value};
use store::Tx;

use crate::draft::{Draft, Target, parts};
use crate::ending::{Ending, Followed};
use crate::prepare::Batch;
use crate::write::write;
use crate::{Actor, Channel};

/// What others follow from comes first: the first effect of every change, then the second of every change. The rows that were made
/// or changed, of each change in the order of its effects; none for what is not there any more.
pub(crate) fn carry_out(
    tx: &Tx,
    catalogue: &Catalogue,
    op: i64,
    follow: &Followed,
    ending: &mut Ending,
) -> Result<Vec<Vec<Option<Rid>>>> {
    let most = follow.iter().map(|(_, effects)| effects.len()).max().unwrap_or(0);
    if most == 0 {
        return Ok(Vec::new());
    }
    let program = for_whoever_began(tx, op)?;
    let mut made: Vec<Vec<Option<Rid>>> = vec![Vec::new(); follow.len()];
    for place in 0..most {
        let (mut drafts, mut given, mut whose) = (Vec::new(), Vec::new(), Vec::new());
        for (index, (this, effects)) in follow.iter().enumerate() {
            let Some(effect) = effects.get(place) else { continue };
            if let Some(draft) = draft(catalogue, effect, *this, &made[index])? {
                drafts.push(draft);
                given.push(effect.given);
                whose.push(index);
            } else {
                made[index].push(None);
            }
        }
        let records = put(tx, catalogue, &program, op, (&drafts, &given), ending)?;
        whose.into_iter().zip(records).for_each(|(index, rid)| made[index].push(rid));
    }
    Ok(made)
}

type Given = Option<fn(&Change) -> bool>;

/// The rows that were written, in the order of the drafts; none of what is not there any more. A record that comes a second time is
/// read again first.
fn put(
    tx: &Tx,
    catalogue: &Catalogue,
    program: &Actor,
    op: i64,
    (drafts, given): (&[Draft], &[Given]),
    ending: &mut Ending,
) -> Result<Vec<Option<Rid>>> {
    let mut rows = Vec::with_capacity(drafts.len());
    let mut given = given.iter();
    for part in parts(drafts) {
        let batch = Batch::read(tx, catalogue, program, part)?.following();
        let mut prepared = Vec::with_capacity(part.len());
        let mut there = Vec::with_capacity(part.len());
        for (draft, given) in part.iter().zip(&mut given) {
            there.push(batch.stands(draft, *given)?);
            if there.last() == Some(&true) {
                prepared.push(batch.prepare(draft).map_err(elsewhere)?);
            }
        }
        let changes = prepared.iter().filter(|one| one.is_change()).count();
        store::log::more_records(tx, op, changes)?;
        let mut written = write(tx, catalogue, op, prepared, ending)?.into_iter();
        rows.extend(there.into_iter().map(|there| if there { written.next().map(|saved| saved.rid) } else { None }));
    }
    Ok(rows)
}

fn draft(catalogue: &Catalogue, effect: &Effect, this: Rid, made: &[Option<Rid>]) -> Result<Option<Draft>> {
    let model = catalogue.model(effect.entity).ok_or(Error::Missing)?;
    let target = match effect.record {
        None => Target::New(None),
        Some(rid) => match resolve(rid, this, made) {
            Some(rid) => Target::Existing(rid, None),
            None => return Ok(None),
        },
    };
    let mut values = Vec::with_capacity(effect.values.len());
    for (key, value) in &effect.values {
        let at = model.position(key).ok_or_else(|| Error::fault(format!("{}: no field {key}", effect.entity)))?;
        values.push((at, placed(value, this, made)));
    }
    Ok(Some(Draft { entity: model.entity.key, target, values }))
}

fn placed(value: &Value, this: Rid, made: &[Option<Rid>]) -> Value {
    match value {
        Value::Link(rid) => resolve(*rid, this, made).map_or(Value::Null, Value::Link),
        other => other.clone(),
    }
}

/// The program, in the name of whoever began the operation.
fn for_whoever_began(tx: &Tx, op: i64) -> Result<Actor> {
    let by = store::log::operations(tx, &[op])?.remove(&op).and_then(|operation| operation.by);
    Ok(Actor::program_for(by))
}

/// A refusal of another record than the one that is being saved.
fn elsewhere(error: Error) -> Error {
    let Error::Refused(problems) = error else { return error };
    let told = |problem: Problem| {
        Problem::whole("follows", say!("What follows from it cannot be saved: {text}", text = problem.text))
    };
    Error::Refused(problems.into_iter().map(told).collect())
}

impl Actor {
    /// The program, in the name of a user: what it makes is theirs, what it does is not bound by their rights.
    pub(crate) fn program_for(user: Option<Rid>) -> Actor {
        let mut program = Actor::program();
        if let Some(user) = user {
            program.person.user = user;
        }
        debug_assert_eq!(program.channel, Channel::Program);
        program
    }
}
