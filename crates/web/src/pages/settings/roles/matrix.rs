//! The matrix of a role: a row for each kind of record and each of its faces, a column for each thing one does.

use engine::roles::{Row, Sheet, with_rights};
use maud::{Markup, html};
use meta::Model;
use meta::access::{Scope, Verb};
use meta::catalogue::ListItem;

use super::role_of;
use crate::Visit;

/// The name of the row that holds for everything without one of its own.
pub const USUAL: &str = "usual";

pub fn matrix(visit: &Visit, item: &ListItem, sheet: &Sheet) -> Markup {
    let usual: Row = sheet.usual.map(Some);
    let words = visit.words();
    html! {
        p.muted.settings-lead {
            (visit.say("Whose records somebody with this role may do something with. A dash means: as the row above that it belongs to says. Whoever has several roles has the widest of each."))
        }
        div.rights-scroll {
            table.rights {
                thead { tr {
                    th scope="col" { (visit.say("Records of")) }
                    @for verb in Verb::ALL { th scope="col" { (visit.say(verb_word(verb))) } }
                    th scope="col" { span.visually-hidden { (visit.say("Fields and steps")) } }
                } }
                tbody {
                    (row(visit, USUAL, &visit.say("Everything"), 0, &usual, None, None))
                    @for model in with_rights(&visit.catalogue) {
                        @let own = sheet.rows.get(model.entity.key).copied().unwrap_or_default();
                        @let more = format!("{}/{}", role_of(&item.key), model.entity.key);
                        (row(visit, model.entity.key, &model.plural(words), 1, &own, Some(&usual), Some((&more, limits(sheet, model)))))
                        @let above: Row = std::array::from_fn(|at| own[at].or(usual[at]));
                        @for face in model.entity.faces {
                            @let own = sheet.rows.get(face.path).copied().unwrap_or_default();
                            (row(visit, face.path, &face.plural(words), 2, &own, Some(&above), None))
                        }
                    }
                }
            }
        }
    }
}

/// How many fields and steps of an entity are kept from the role.
fn limits(sheet: &Sheet, model: &Model) -> usize {
    let acts = sheet.barred.iter().filter(|act| act.split(['/', '.']).next() == Some(model.entity.key));
    sheet.fields.get(model.entity.key).map_or(0, |fields| fields.len()) + acts.count()
}

fn row(
    visit: &Visit,
    key: &str,
    label: &str,
    depth: u8,
    said: &Row,
    above: Option<&Row>,
    more: Option<(&str, usize)>,
) -> Markup {
    html! {
        tr class={ "rights-" (depth) } {
            th scope="row" { (label) }
            @for (at, verb) in Verb::ALL.into_iter().enumerate() {
                @let holds = said[at].or(above.and_then(|above| above[at])).unwrap_or_default();
                td {
                    select name={ "r." (key) "." (verb.key()) } class={ "scope-" (holds.key()) }
                        aria-label={ (label) ", " (visit.say(verb_word(verb))) } {
                        @if let Some(inherited) = above.map(|above| above[at].unwrap_or_default()) {
                            option value="" selected[said[at].is_none()] { "– " (visit.say(scope_word(verb, inherited))) }
                        }
                        @for scope in verb.scopes() {
                            option value=(scope.key()) selected[said[at].is_some_and(|said| shown(verb, said) == *scope)] { (visit.say(scope_word(verb, *scope))) }
                        }
                    }
                }
            }
            td {
                @if let Some((url, limits)) = more {
                    a.btn.btn-bare.btn-small href=(url) {
                        (visit.say("Fields and steps"))
                        @if limits > 0 { " " span.count { (limits) } }
                    }
                }
            }
        }
    }
}

/// Of a verb that is done or not, any scope is done.
fn shown(verb: Verb, scope: Scope) -> Scope {
    match verb.scopes().contains(&scope) {
        true => scope,
        false => Scope::All,
    }
}

pub fn verb_word(verb: Verb) -> &'static str {
    match verb {
        Verb::View => "See",
        Verb::Create => "Create",
        Verb::Change => "Change",
        Verb::Delete => "Delete",
        Verb::Export => "Export",
        Verb::Import => "Import",
        Verb::Bulk => "Many at once",
    }
}

fn scope_word(verb: Verb, scope: Scope) -> &'static str {
    let is_plain = verb.scopes().len() == 2;
    match scope {
        Scope::None if is_plain => "No",
        Scope::None => "no record",
        Scope::Own => "their own",
        Scope::Team => "their team’s",
        Scope::All if is_plain => "Yes",
        Scope::All => "all records",
    }
}
