//! What the roles of whoever acts let them do with a field of a record that they may change.

use base::{Problem, Result};
use meta::access::Sight;
use meta::{Kind, Model, Record, Value};

use super::Batch;
use crate::Channel;
use crate::roles::step;

impl Batch<'_> {
    /// Whether a field may get a value other than the one it has. What the program does of itself, or follows, is not asked about.
    pub(super) fn rights_to(
        &self,
        model: &Model,
        at: usize,
        value: &Value,
        before: Option<&Record>,
    ) -> Result<(), Problem> {
        let rights = &self.actor.person.rights;
        if self.follows || self.actor.channel == Channel::Program || rights.admin {
            return Ok(());
        }
        let (entity, def) = (model.entity, &model.fields[at]);
        // A record that is made on the list of leads is one, whoever makes it.
        let makes_it_one_of_a_face = before.is_none()
            && entity
                .faces
                .iter()
                .any(|face| model.fixed(Some(face)).iter().any(|(of, fixed)| *of == at && fixed == value));
        if rights.sight(entity.key, def.key) < Sight::Changed && !makes_it_one_of_a_face {
            return Err(Problem::at(def.key, "denied", "Your role does not let you change this field"));
        }
        if rights.barred.is_empty() {
            return Ok(());
        }
        let class = match def.kind {
            Kind::Pick(list) => self.catalogue.class(list.key, value.text()),
            _ => None,
        };
        if rights.bars(&step(entity, def, class.unwrap_or(value.text()))) {
            return Err(Problem::at(def.key, "denied", "Your role does not let you take this step"));
        }
        Ok(())
    }
}
