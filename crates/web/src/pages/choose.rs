//! Suggestions while one types: records to link to, towns.

use axum::extract::Path;
use axum::response::Response;
use engine::Query;
use engine::query::at;
use ui::widgets::{Linked, suggestions};

use crate::Ask;
use crate::answer::html as answer;
use crate::parts::fields;
use crate::posted::parse;

/// Suggestions at most.
const MOST: usize = 8;

fn asked(ask: &Ask) -> String {
    parse(&ask.query).into_iter().find(|(name, _)| name == "q").map(|(_, words)| words).unwrap_or_default()
}

pub async fn records(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let (model, _) = at(&visit.catalogue, &path)?;
        let words = asked(visit.ask);
        let mut query = Query::all(path.clone());
        query.search = Some(words).filter(|words| !words.trim().is_empty());
        query.sort = vec![model.fields[model.title].key.to_owned()];
        let columns = model.positions(model.entity.subtitle);
        let listed = visit.engine().list(&visit.actor, &query, &columns, None, MOST)?;
        let found: Vec<Linked> = listed
            .records
            .iter()
            .map(|record| {
                let said =
                    columns.iter().map(|at| fields::plain(visit, model, *at, &record.values[*at], &listed.titles));
                let detail: Vec<String> = said.filter(|text| !text.is_empty()).collect();
                Linked {
                    id: record.id.to_string().into(),
                    title: record.title.clone().into(),
                    detail: detail.join(" · ").into(),
                    ..Linked::default()
                }
            })
            .collect();
        answer(suggestions(&found, &visit.say("Nothing found")))
    })
    .await
}

pub async fn towns(ask: Ask) -> Response {
    ask.run(|visit| {
        let words = asked(visit.ask);
        let key = base::fold(&words);
        let towns = towns::Towns::get();
        let all = towns.all().iter().filter(|town| !key.is_empty() && base::fold(town.name).starts_with(&key));
        let found: Vec<Linked> = all
            .take(MOST)
            .map(|town| Linked {
                id: town.name.into(),
                title: town.name.into(),
                detail: town.province.into(),
                ..Linked::default()
            })
            .collect();
        answer(suggestions(&found, &visit.say("Nothing found")))
    })
    .await
}
