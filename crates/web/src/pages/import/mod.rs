//! The import wizard: file, columns, duplicates, rehearsal, run. Everything stays with the import, so that it can be left and
//! come back to; nothing is written to records before the last step.

mod columns;
mod duplicates;
mod file;
mod preview;
mod rehearsal;
mod report;
mod run;
mod settings;
mod targets;
mod values;

pub use report::stayed;

use axum::extract::{DefaultBodyLimit, Path};
use axum::response::Response;
use axum::routing::{get, post};
use base::{Error, Id, Result, say};
use engine::import::DraftImport;
use maud::Markup;
use ui::{Act, Button, Step, Wizard};

use crate::answer::{html as answer, redirect};
use crate::pages::routes::Routes;
use crate::parts::shell;
use crate::upload::LARGEST_FILE;
use crate::{Ask, Visit};

pub fn router() -> Routes {
    let upload = get(file::page).post(file::send).layer(DefaultBodyLimit::max(LARGEST_FILE));
    Routes::default()
        .page("/{path}/import", "import", upload)
        .page("/imports/{id}", "import", get(run::page).post(run::start))
        .page("/imports/{id}/columns", "import", get(columns::page).post(columns::save))
        .page("/imports/{id}/duplicates", "import", get(duplicates::page).post(duplicates::save))
        .page("/imports/{id}/rehearsal", "import", get(rehearsal::page))
        .part("/imports/{id}/cancellation", post(run::cancel))
        .part("/imports/{id}/deletion", post(run::discard))
        .part("/imports/{id}/refused", get(run::refused))
}

/// The five steps, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Stage {
    File,
    Columns,
    Duplicates,
    Rehearsal,
    Run,
}

impl Stage {
    const ALL: [(Stage, &'static str, &'static str); 5] = [
        (Stage::File, "File", ""),
        (Stage::Columns, "Columns", "columns"),
        (Stage::Duplicates, "Duplicates", "duplicates"),
        (Stage::Rehearsal, "Rehearsal", "rehearsal"),
        (Stage::Run, "Import", ""),
    ];
}

/// What the steps have in common. Those that are done lead back, as long as nothing runs.
fn frame<'a>(visit: &'a Visit<'a>, path: &str, draft: Option<Id>, stage: Stage) -> Result<Wizard<'a>> {
    let (model, face) = engine::query::at(&visit.catalogue, path)?;
    let plural = model.called(face, visit.words()).plural;
    let step = |(known, label, place): &(Stage, &'static str, &'static str)| Step {
        label: visit.say(label),
        url: match (draft, known) {
            (Some(id), known) if *known < stage && !place.is_empty() => format!("/imports/{id}/{place}").into(),
            (Some(_), Stage::File) => format!("/{path}/import").into(),
            _ => "".into(),
        },
        done: *known < stage,
        current: *known == stage,
    };
    Ok(Wizard {
        title: visit.text(say!("Import: {what}", what = plural.to_lowercase())).into(),
        steps: Stage::ALL.iter().map(step).collect(),
        promise: if stage < Stage::Run { visit.say("Nothing is written before the last step") } else { "".into() },
        csrf: visit.csrf.clone().into(),
        ..Wizard::default()
    })
}

fn whole(visit: &Visit, path: &str, wizard: &Wizard) -> Result<Response> {
    let content = ui::wizard(wizard);
    if visit.ask.is_fragment() {
        return answer(content);
    }
    answer(page(visit, path, wizard, content))
}

fn page(visit: &Visit, path: &str, wizard: &Wizard, content: Markup) -> Markup {
    shell::page(visit, &wizard.title, Some(path), content)
}

fn back<'a>(visit: &'a Visit<'a>, url: String) -> Button<'a> {
    Button { label: visit.say("Back"), icon: "arrow-left", act: Act::Link(url.into()), ..Button::default() }
}

fn submit<'a>(label: std::borrow::Cow<'a, str>, step: &'static str, kind: ui::Kind) -> Button<'a> {
    let act = Act::Submit { name: "step".into(), value: step.into(), form: "".into() };
    Button { label, kind, act, ..Button::default() }
}

fn known(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::Missing)
}

/// The draft that an address names; one that was started is shown where it stands.
fn draft(visit: &Visit, id: &str) -> Result<std::result::Result<DraftImport, Response>> {
    let id = known(id)?;
    if visit.engine().import(&visit.actor, id)?.state != "draft" {
        return Ok(Err(redirect(visit.ask, &format!("/imports/{id}"))));
    }
    Ok(Ok(visit.engine().import_draft(&visit.actor, id)?))
}

/// A page of a draft.
async fn on_draft(
    Path(id): Path<String>,
    ask: Ask,
    show: impl FnOnce(&Visit, DraftImport) -> Result<Response> + Send + 'static,
) -> Response {
    ask.run(move |visit| match draft(visit, &id)? {
        Ok(draft) => show(visit, draft),
        Err(elsewhere) => Ok(elsewhere),
    })
    .await
}
