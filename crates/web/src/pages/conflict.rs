//! Two people changed one field: both values side by side, and what was chosen.

use axum::http::StatusCode;
use axum::response::Response;
use base::error::Conflict;
use base::{Result, say};
use engine::Titles;
use meta::{Kind, Model, Value};
use ui::{Act, Button};

use crate::Visit;
use crate::answer::with_status;
use crate::pages::record::Seen;
use crate::parts::{fields, shell};
use crate::posted::Posted;

/// Of a conflict that was decided, "theirs" is what stands.
pub fn decide(seen: &Seen, decided: &[(&str, &str)], values: &mut Vec<(usize, Value)>) {
    for (key, choice) in decided {
        let Some(at) = seen.model.position(key) else { continue };
        match *choice {
            "theirs" => values.retain(|(known, _)| *known != at),
            "both" => {
                let theirs = seen.record().values[at].text().to_owned();
                for (_, value) in values.iter_mut().filter(|(known, _)| *known == at) {
                    *value = Value::Text(format!("{theirs}\n{}", value.text()));
                }
            }
            _ => {}
        }
    }
}

/// Both values side by side, and a choice for each.
pub fn ask(seen: &Seen, posted: &Posted, conflict: &Conflict) -> Result<Response> {
    let visit = seen.visit;
    let who = conflict.theirs_by.clone().unwrap_or_else(|| visit.say("Someone else").into_owned());
    let time =
        conflict.theirs_at.map_or(String::new(), |at| at.with_timezone(&visit.actor.zone).format("%H:%M").to_string());
    let mut contested = Vec::new();
    for one in &conflict.fields {
        let Some(at) = seen.model.position(&one.field) else { continue };
        let def = &seen.model.fields[at];
        let shown = |json: &serde_json::Value| -> Vec<(ui::Text<'static>, bool)> {
            vec![(said(visit, seen.model, at, json).into(), false)]
        };
        contested.push(ui::ConflictField {
            key: def.key.into(),
            label: seen.model.label(at, visit.words()).into(),
            theirs: shown(&one.theirs),
            yours: shown(&one.yours),
            both: matches!(def.kind, Kind::LongText | Kind::RichText),
            chosen: "",
        });
    }
    let mut hidden: Vec<(ui::Text, ui::Text)> = vec![("standing".into(), conflict.version.to_string().into())];
    let kept =
        posted.fields.iter().filter(|(name, _)| name != "csrf" && name != "standing" && !name.starts_with("choice."));
    hidden.extend(kept.map(|(name, value)| (name.clone().into(), value.clone().into())));
    let markup = ui::conflict(&ui::Conflict {
        title: visit.say("Two people changed this record"),
        text: visit.text(say!("{who} saved at {time} while you were changing it. Choose which value stays: nothing is lost until you save.", who = who.clone(), time = time.clone())).into(),
        action: seen.url().into(),
        csrf: visit.csrf.clone().into(),
        hidden,
        theirs: ui::Side { avatar: shell::person("theirs", &who), name: who.clone().into(), when: visit.text(say!("saved at {time}", time = time)).into() },
        yours: ui::Side { avatar: shell::person(&visit.user.id.to_string(), &visit.user.name), name: visit.say("You"), when: visit.say("not saved yet") },
        fields: contested,
        keep_all: visit.say("Keep all"),
        keep_both: visit.say("Keep both texts"),
        missing: visit.say("Choose for {names}"),
        buttons: vec![
            Button { label: visit.say("Back to the record"), act: Act::Link(seen.url().into()), ..Button::default() },
            Button { label: visit.say("Save the choices"), kind: ui::Kind::Primary, act: Act::Submit { name: "".into(), value: "".into(), form: "".into() }, ..Button::default() },
        ],
        close: visit.say("Close"),
        ..ui::Conflict::default()
    });
    let page = if visit.ask.is_fragment() {
        markup
    } else {
        shell::page(visit, &seen.record().title, Some(seen.path), markup)
    };
    Ok(with_status(StatusCode::CONFLICT, page))
}

/// A contested value in the reader's words.
fn said(visit: &Visit, model: &Model, at: usize, json: &serde_json::Value) -> String {
    let def = &model.fields[at];
    if let serde_json::Value::Object(object) = json
        && matches!(def.kind, Kind::Link(_))
    {
        return object
            .get("title")
            .and_then(|title| title.as_str())
            .map_or_else(|| visit.say("hidden").into_owned(), str::to_owned);
    }
    if matches!(def.kind, Kind::People) {
        let titles = json.as_array().into_iter().flatten().filter_map(|one| one.get("title")?.as_str());
        return titles.collect::<Vec<_>>().join(", ");
    }
    if matches!(def.kind, Kind::Involved(_)) {
        let said = json.as_array().into_iter().flatten().map(|one| {
            let name = one["title"].as_str().map_or_else(|| visit.say("hidden").into_owned(), str::to_owned);
            let role = one["role"].as_str().map(|role| visit.catalogue.key_label(&def.kind, role, visit.words()));
            role.map_or(name.clone(), |role| format!("{name} ({role})"))
        });
        let said = said.collect::<Vec<_>>().join(", ");
        return if said.is_empty() { "–".to_owned() } else { said };
    }
    match meta::json::from_json(json, def.key, &def.kind) {
        Ok(value) if value.is_empty() => "–".to_owned(),
        Ok(value) => fields::plain(visit, model, at, &value, &Titles::default()),
        Err(_) => json.to_string(),
    }
}
