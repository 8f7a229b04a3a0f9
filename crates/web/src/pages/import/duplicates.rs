//! Step 3: how records that are there already are known, and what happens to them.

use axum::extract::Path;
use axum::response::Response;
use base::{Error, Result};
use engine::import::{DraftImport, Policy};
use maud::html;
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Button, Wizard};

use super::{Stage, back, draft, frame, on_draft, submit, whole};
use crate::answer::redirect;
use crate::posted::Posted;
use crate::{Ask, Visit};

const POLICIES: [(Policy, &str, &str, &str); 4] = [
    (
        Policy::Fill,
        "fill",
        "Fill what is empty",
        "Of several values, such as phones, the missing ones are added. Nothing is replaced.",
    ),
    (Policy::Skip, "skip", "Leave them as they are", "The row is passed over."),
    (Policy::Overwrite, "overwrite", "Replace with what the file says", "What the file leaves empty stays."),
    (Policy::Create, "create", "Create all the same", "Every row becomes a record of its own."),
];

pub async fn page(id: Path<String>, ask: Ask) -> Response {
    on_draft(id, ask, |visit, draft| {
        let wizard = wizard(visit, &draft)?;
        whole(visit, &draft.path, &wizard)
    })
    .await
}

fn wizard<'a>(visit: &'a Visit<'a>, draft: &DraftImport) -> Result<Wizard<'a>> {
    let model = visit.catalogue.model(&draft.plan.entity).ok_or(Error::Missing)?;
    let duplicates = &draft.plan.duplicates;
    let declared: Vec<&str> = model.entity.keys.iter().map(|field| field.def().key).collect();
    let is_key = |key: &str| match &duplicates.keys {
        Some(keys) => keys.iter().any(|known| known == key),
        None => declared.contains(&key),
    };
    let mut keys: Vec<Choice> = declared
        .iter()
        .filter_map(|key| Some((key, model.position(key)?)))
        .map(|(key, at)| Choice {
            value: (*key).to_owned().into(),
            label: model.label(at, visit.words()).into(),
            chosen: is_key(key),
            ..Choice::default()
        })
        .collect();
    keys.push(Choice {
        value: "name_and_town".into(),
        label: visit.say("name and town"),
        chosen: duplicates.name_and_town,
        ..Choice::default()
    });
    let main = html! {
        div.wizard-prose {
            h2 id="l-policy" { (visit.say("When a record is there already")) }
            div.ways-list role="radiogroup" aria-labelledby="l-policy" {
                @for (policy, key, label, what) in POLICIES {
                    label.way-line {
                        input type="radio" name="policy" value=(key) checked[policy == duplicates.policy];
                        span { b { (visit.say(label)) } br; span.muted { (visit.say(what)) } }
                    }
                }
            }
            h2 id="l-keys" { (visit.say("How it is known")) }
            p.muted { (visit.say("One that is the same is enough. A code, a VAT number or an e-mail that several share, with another name or at another address, makes a record of its own and is told.")) }
            (widget(&Widget::Several { choices: keys }, &Context { name: "keys", label: &visit.say("How it is known"), ..Context::default() }))
        }
    };
    let enter = crate::parts::shell::enter(visit.actor.language);
    let key = if enter == "Invio" { "Ctrl Invio" } else { "Ctrl Enter" };
    Ok(Wizard {
        action: format!("/imports/{}/duplicates", draft.id).into(),
        main,
        back: Some(back(visit, format!("/imports/{}/columns", draft.id))),
        buttons: vec![Button { key, ..submit(visit.say("Rehearse"), "next", ui::Kind::Primary) }],
        ..frame(visit, &draft.path, Some(draft.id), Stage::Duplicates)?
    })
}

pub async fn save(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let draft = match draft(visit, &id)? {
            Ok(draft) => draft,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let mut plan = draft.plan.clone();
        if let Some((policy, ..)) = POLICIES.iter().find(|(_, key, ..)| *key == posted.first("policy")) {
            plan.duplicates.policy = *policy;
        }
        let keys: Vec<&str> = posted.all("keys").filter(|key| !key.is_empty()).collect();
        plan.duplicates.name_and_town = keys.contains(&"name_and_town");
        plan.duplicates.keys =
            Some(keys.into_iter().filter(|key| *key != "name_and_town").map(str::to_owned).collect());
        visit.engine().change_import(&visit.actor, draft.id, &plan)?;
        Ok(redirect(visit.ask, &format!("/imports/{}/rehearsal", draft.id)))
    })
    .await
}
