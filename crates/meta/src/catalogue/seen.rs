//! The catalogue as one person sees it: without the fields that their roles keep from them. Whoever asks by it can neither name
//! nor be shown what is not in it.

use crate::access::{Rights, Sight};
use crate::catalogue::{Catalogue, Model};
use crate::field::FieldDef;

impl Catalogue {
    /// As somebody with these rights sees it; none when they see it as it is.
    pub fn seen_with(&self, rights: &Rights) -> Option<Catalogue> {
        if rights.admin || rights.fields.is_empty() {
            return None;
        }
        let model = |model: &Model| model.seen_with(rights);
        Some(Catalogue {
            epoch: self.epoch,
            models: self.models.iter().map(model).collect(),
            forms: self.forms.iter().map(model).collect(),
            roles: self.roles.clone(),
            lists: self.lists.clone(),
            by_key: self.by_key.clone(),
            by_path: self.by_path.clone(),
        })
    }
}

impl Model {
    fn seen_with(&self, rights: &Rights) -> Model {
        let mut seen = self.clone();
        for at in 0..seen.fields.len() {
            match rights.sight(self.entity.key, self.fields[at].key) {
                Sight::Changed => {}
                Sight::Seen => seen.fields[at].read_only = true,
                Sight::Hidden => seen.hide(at),
            }
        }
        seen
    }

    fn hide(&mut self, at: usize) {
        let def: &mut FieldDef = &mut self.fields[at];
        (def.hidden, def.secret, def.search, def.required, def.required_when) = (true, true, false, false, None);
        self.by_key.remove(def.key);
        self.sections.iter_mut().for_each(|section| section.fields.retain(|field| *field != at));
        self.involved = self.involved.filter(|involved| *involved != at);
    }

    /// The positions of what is kept from whoever this is the model of.
    pub fn secrets(&self) -> impl Iterator<Item = usize> {
        (0..self.fields.len()).filter(|at| self.fields[*at].secret)
    }
}
