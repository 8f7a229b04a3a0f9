//! What else on the page of a record is another since a field was saved: what a rule changed, the header, the history.

use base::Result;
use maud::{Markup, html};
use meta::access::Verb;
use ui::Again;

use super::{Seen, header, sections};
use crate::pages::{field, history};

/// The parts that changed besides the field that was saved, each for its own place; none when a whole section came or went,
/// and the page must be loaded again.
pub fn besides(before: &Seen, after: &Seen, saved: usize) -> Result<Option<Markup>> {
    let may_change = after.record().deleted_at.is_none() && after.may(Verb::Change)?;
    let old = sections(before);
    let new = sections(after);
    let by = after.model.entity.board.map(|board| board.by.def().key);
    // The way through its values has a section of its own.
    let moved = by == Some(after.model.fields[saved].key);
    let keys = |section: &Option<&meta::layout::Section>| section.map(|section| section.key.clone());
    if moved || old.iter().map(|(section, _)| keys(section)).ne(new.iter().map(|(section, _)| keys(section))) {
        return Ok(None);
    }
    let key = |at: &usize| after.model.fields[*at].key;
    let mut parts: Vec<Again> = Vec::new();
    for ((_, old), (_, new)) in old.iter().zip(&new) {
        parts.extend(old.iter().filter(|at| !new.contains(at)).map(|at| Again::Gone(key(at))));
        let mut previous: Option<&usize> = None;
        for at in new {
            let shown = || field::field_of(after, *at, may_change);
            if !old.contains(at) {
                let next = new.iter().find(|next| old.contains(next));
                match (previous, next) {
                    (Some(previous), _) => parts.push(Again::After(key(previous), shown())),
                    (None, Some(next)) => parts.push(Again::Before(key(next), shown())),
                    (None, None) => return Ok(None),
                }
            } else if *at != saved && before.record().values[*at] != after.record().values[*at] {
                parts.push(Again::Field(shown()));
            }
            previous = Some(at);
        }
    }
    parts.push(Again::Header(Box::new(header(after, may_change)?)));
    parts.push(Again::Side(history::side(after)?));
    Ok(Some(html! { @for part in &parts { (ui::again(part)) } }))
}
