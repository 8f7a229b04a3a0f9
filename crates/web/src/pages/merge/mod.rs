//! Several records that are one, side by side: which one stays, and for every field where they differ what it shall have.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Id, Problem, Result, say};
use engine::merge::{Merging, both_texts, joined, keeps_both};
use engine::query::at;
use maud::{Markup, html};
use meta::{Model, Record, Value};
use ui::{Act, Button};

use crate::answer::{html as answer, redirect, with_status};
use crate::pages::undo;
use crate::parts::{fields, shell};
use crate::posted::{Posted, encode, parse};
use crate::{Ask, Visit};

/// From the bulk bar: those that were ticked, on their way to the page.
pub async fn ticked(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        if posted.first("all") == "1" {
            let text = say!("Tick the records that are one: all that match are too many to look at");
            return Err(Problem::whole("too_many", text).into());
        }
        let ids: Vec<&str> = posted.all("id").collect();
        if ids.len() < 2 {
            return Err(Problem::whole("too_few", "Choose at least two records to merge").into());
        }
        Ok(redirect(visit.ask, &address(&path, &ids.join(","), "")))
    })
    .await
}

fn address(path: &str, ids: &str, keep: &str) -> String {
    let pairs = [("ids", ids), ("keep", keep)];
    let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    format!("/{path}/merge?{}", encode(&pairs))
}

pub async fn page(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Posted { fields: parse(&visit.ask.query), ..Posted::default() };
        let sides = Sides::read(visit, &path, &asked)?;
        answer(sides.page(&[], None))
    })
    .await
}

pub async fn merge(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let sides = Sides::read(visit, &path, posted)?;
        let one = &sides.merging.records[0];
        let others: Vec<Id> = sides.merging.records[1..].iter().map(|record| record.id).collect();
        match visit.engine().merge(&visit.actor, &path, one.id, &others, sides.chosen(posted)) {
            Ok(merged) => {
                let said = visit.text(say!("{title} is one now", title = merged.title));
                undo::done(visit, Some(merged.operation), &said, Some(format!("/{path}/{}", merged.kept)))
            }
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, sides.page(&problems, Some(posted))))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// The records as they stand side by side, the one that stays first.
struct Sides<'a> {
    visit: &'a Visit<'a>,
    path: &'a str,
    model: &'a Model,
    merging: Merging,
}

impl<'a> Sides<'a> {
    fn read(visit: &'a Visit<'a>, path: &'a str, asked: &Posted) -> Result<Sides<'a>> {
        let (model, _) = at(&visit.catalogue, path)?;
        let ids = asked.first("ids").split(',').map(|id| id.trim().parse::<Id>().map_err(|_| Error::Missing));
        let ids = ids.collect::<Result<Vec<Id>>>()?;
        let mut merging = visit.engine().merging(&visit.actor, path, &ids)?;
        let keep: Option<Id> = asked.first("keep").parse().ok();
        let stays = |record: &Record| match keep {
            Some(id) => record.id == id,
            // Who has been here longest, of those that one may keep.
            None => merging.keepable.contains(&record.rid),
        };
        if let Some(place) = merging.records.iter().position(stays) {
            let one = merging.records.remove(place);
            merging.records.insert(0, one);
        }
        Ok(Sides { visit, path, model, merging })
    }

    fn records(&self) -> &[Record] {
        &self.merging.records
    }

    /// The fields that are chosen: positions where the records say different things.
    fn contested(&self) -> Vec<usize> {
        let (one, others) = (&self.records()[0], &self.records()[1..]);
        let differ = |at: &usize| {
            let def = &self.model.fields[*at];
            let filled = self.records().iter().filter(|record| !record.values[*at].is_empty()).count();
            let shown = self.records().iter().any(|record| self.model.is_shown(*at, &record.values));
            !def.read_only
                && shown
                && filled > 0
                && others.iter().any(|other| other.values[*at] != one.values[*at])
                && !(def.kind.is_several() && filled == 1 && !one.values[*at].is_empty())
        };
        (0..self.model.fields.len()).filter(differ).collect()
    }

    /// What was chosen: `choice.KEY` is the id of the record whose value it is, or `both`.
    fn chosen(&self, posted: &Posted) -> Vec<(usize, Value)> {
        let value = |at: usize| {
            let choice = posted.first(&format!("choice.{}", self.model.fields[at].key)).to_owned();
            if choice == "both" {
                return Some((at, self.together(at)));
            }
            let record = self.records().iter().find(|record| record.id.to_string() == choice)?;
            Some((at, record.values[at].clone()))
        };
        self.contested().into_iter().filter_map(value).collect()
    }

    /// All values of a field in one.
    fn together(&self, at: usize) -> Value {
        match keeps_both(&self.model.fields[at].kind) {
            true => both_texts(at, self.records()),
            false => joined(self.model, at, &self.records()[0], &self.records()[1..]),
        }
    }

    /// The choice that stands at first.
    fn usual(&self, at: usize) -> String {
        if self.model.fields[at].kind.is_several() {
            return "both".to_owned();
        }
        let first = self.records().iter().find(|record| !record.values[at].is_empty()).unwrap_or(&self.records()[0]);
        let own = self.model.open_to_all == Some(at);
        if own { self.records()[0].id.to_string() } else { first.id.to_string() }
    }

    fn page(&self, problems: &[Problem], posted: Option<&Posted>) -> Markup {
        let visit = self.visit;
        let title = visit.text(say!("Merge {count} records into one", count = self.records().len()));
        let ids: Vec<String> = self.records().iter().map(|record| record.id.to_string()).collect();
        let contested = self.contested();
        let content = html! {
            form.merge id="merge" method="post" action={ "/" (self.path) "/merge" } {
                input type="hidden" name="csrf" value=(visit.csrf);
                input type="hidden" name="ids" value=(ids.join(","));
                input type="hidden" name="keep" value=(ids[0]);
                header.title-bar { h1 { (title) } }
                p.merge-text.muted { (visit.say("One of them stays. What the others have and it has not is taken over, everything that points to them will point to it, and their addresses lead to it. They lie in the trash, and it can all be undone.")) }
                @for problem in problems { (self.problem(problem)) }
                div.merge-sides tabindex="0" role="group" aria-label=(visit.say("The records side by side")) {
                    (self.heads(&ids.join(",")))
                    @for at in &contested { (self.field(*at, problems, posted)) }
                }
                @if contested.is_empty() { p.merge-text { (visit.say("They say the same everywhere.")) } }
                (self.pointing())
                footer.form-foot { div.foot-buttons {
                    (ui::button(&Button { label: visit.say("Merge them"), icon: "arrow-merge", kind: ui::Kind::Primary, act: Act::Submit { name: "".into(), value: "".into(), form: "".into() }, ..Button::default() }))
                    (ui::button(&Button { label: visit.say("Cancel"), kind: ui::Kind::Bare, act: Act::Link(format!("/{}", self.path).into()), ..Button::default() }))
                } }
            }
        };
        shell::page(visit, &title, Some(self.path), content)
    }

    fn problem(&self, problem: &Problem) -> Markup {
        let at = problem.field.as_deref().and_then(|field| self.model.position(field.split('/').next()?));
        html! { p.note.error role="alert" {
            (ui::icon("alert-circle"))
            @if let Some(at) = at { b { (self.model.label(at, self.visit.words())) } ": " }
            (self.visit.text(problem.text.clone()))
        } }
    }

    fn heads(&self, ids: &str) -> Markup {
        let visit = self.visit;
        html! {
            div.merge-row.merge-head {
                span {}
                @for (place, record) in self.records().iter().enumerate() {
                    div.merge-side.stays[place == 0] {
                        (ui::avatar(&fields::avatar(self.model, record), "small"))
                        div {
                            a href={ "/" (self.path) "/" (record.id) } target="_blank" { b { (record.title) } }
                            span.muted { (visit.text(say!("since {day}", day = base::dates::format_date(record.created_at.with_timezone(&visit.actor.zone).date_naive())))) }
                        }
                        @if place == 0 {
                            span.merge-stays { (ui::icon("check")) (visit.say("This one stays")) }
                        } @else if self.merging.keepable.contains(&record.rid) {
                            a.btn.btn-quiet.btn-small href=(address(self.path, ids, &record.id.to_string())) { (visit.say("Keep this one")) }
                        }
                    }
                }
            }
        }
    }

    fn field(&self, at: usize, problems: &[Problem], posted: Option<&Posted>) -> Markup {
        let visit = self.visit;
        let def = &self.model.fields[at];
        let label = self.model.label(at, visit.words());
        let name = format!("choice.{}", def.key);
        let usual = self.usual(at);
        let chosen = posted.map(|posted| posted.first(&name).to_owned()).filter(|choice| !choice.is_empty());
        let chosen = chosen.unwrap_or(usual);
        let both = def.kind.is_several() || keeps_both(&def.kind);
        let said = |value: &Value| match value.is_empty() {
            true => "–".to_owned(),
            false => fields::plain(visit, self.model, at, value, &self.merging.titles),
        };
        let refused = problems.iter().any(|problem| problem.field.as_deref() == Some(def.key));
        html! {
            fieldset.merge-field.refused[refused] {
                legend { (label) }
                div.merge-row {
                    span {}
                    @for record in self.records() {
                        label.conflict-value {
                            input type="radio" name=(name) value=(record.id) checked[chosen == record.id.to_string()];
                            span { (said(&record.values[at])) }
                        }
                    }
                }
                @if both {
                    div.merge-row { span {}
                        label.conflict-value.merge-both {
                            input type="radio" name=(name) value="both" checked[chosen == "both"];
                            span { b { (visit.say("All of them")) } " " span.muted { (said(&self.together(at))) } }
                        }
                    }
                }
            }
        }
    }

    /// What will point to the one.
    fn pointing(&self) -> Markup {
        let visit = self.visit;
        let counts = self.merging.pointing.iter().filter_map(|(entity, count)| {
            let model = visit.catalogue.model(entity)?;
            let what = if *count == 1 { model.singular(visit.words()) } else { model.plural(visit.words()) };
            Some(visit.text(say!("{count} {what}", count = *count, what = what.to_lowercase())))
        });
        let counts: Vec<String> = counts.collect();
        html! { @if !counts.is_empty() {
            p.merge-text.muted { (ui::icon("link")) " " (visit.text(say!("Linked to them: {what}.", what = counts.join(", ")))) }
        } }
    }
}
