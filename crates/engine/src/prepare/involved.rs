//! The subjects involved, as they shall be: found, offered, and none of those taken away whom the writer does not see.

use base::{Problem, Rid};
use meta::normal::not_offered;
use meta::typed::Typed;
use meta::{Involved, PickList, Value};
use store::records::Entry;

use super::Batch;
use crate::Channel;

impl Batch<'_> {
    /// Those who were involved may stay, in the trash too; of those that the writer does not see, all do.
    pub(super) fn involved(&self, value: Value, was: &Value, missing: impl Fn() -> Problem) -> Result<Value, Problem> {
        let of_subjects =
            |entry: &Entry| self.catalogue.model(&entry.entity).is_some_and(|m| m.entity.subject.is_some());
        let may = |rid: Rid, by_id: bool| match self.linked.get(&rid) {
            Some(entry) => of_subjects(entry) && (entry.deleted_at.is_none() || was.links().contains(&rid)),
            None => !by_id && was.links().contains(&rid),
        };
        let row = |id: base::Id| self.by_id.get(&id).copied().filter(|rid| may(*rid, true)).ok_or_else(&missing);
        let asked = match value {
            Value::Involving(involving) => involving.known_by(row)?,
            Value::Involved(involved) if involved.who().iter().all(|rid| may(*rid, false)) => involved,
            Value::Null => Involved::default(),
            _ => return Err(missing()),
        };
        let asked = asked.once();
        let Value::Involved(stood) = was else { return Ok(asked.write()) };
        let seen = |(rid, _): &(Rid, Option<&str>)| self.linked.contains_key(rid);
        let hidden = self.actor.channel != Channel::Program && !stood.pairs().all(|pair| seen(&pair));
        if !hidden || asked.pairs().any(|pair| !seen(&pair)) {
            return Ok(asked.write());
        }
        if stood.pairs().filter(seen).eq(asked.pairs()) {
            return Ok(was.clone());
        }
        let unseen = stood.pairs().filter(|pair| !seen(pair)).map(|(rid, role)| (rid, role.map(str::to_owned)));
        Ok(asked.and(&unseen.collect()).write())
    }

    /// What they are involved as is offered, or was what somebody is.
    pub(super) fn roles(&self, key: &str, list: &PickList, involved: &Involved, was: &Value) -> Result<(), Problem> {
        let known = self.catalogue.list(list.key);
        let stood = |role: &String| matches!(was, Value::Involved(was) if was.roles().any(|known| known == role));
        let offered =
            |role: &String| known.and_then(|list| list.item(role)).is_some_and(|item| !item.retired) || stood(role);
        match involved.roles().find(|role| !offered(role)) {
            Some(stranger) => Err(not_offered(key, stranger.clone())),
            None => Ok(()),
        }
    }
}
