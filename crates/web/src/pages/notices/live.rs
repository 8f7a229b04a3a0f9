//! The number at the bell while a page is open: a line that stays open (server-sent events), or asked for now and then.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use base::Rid;
use futures_util::stream::unfold;
use serde_json::{Value as Json, json};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::ask::SESSION;
use crate::{App, Ask};

/// A line is opened anew after a while, so that a session that ended ends here too.
const HELD: Duration = Duration::from_secs(300);
const KEPT_ALIVE: Duration = Duration::from_secs(25);

/// How many lines wait now.
pub async fn count(ask: Ask) -> Response {
    ask.run(|visit| {
        let count = visit.engine().unread(&visit.actor)?;
        Ok(axum::Json(json!({ "count": count, "word": visit.text(super::said(count)) })).into_response())
    })
    .await
}

/// Tells the number whenever it may be another.
pub async fn live(ask: Ask) -> Response {
    let secret = ask.cookie(SESSION).unwrap_or_default().to_owned();
    let (app, bells, ended) = (ask.app.clone(), ask.app.bells.subscribe(), ask.app.ended.subscribe());
    // Whoever is signed in no more is told so, and does not ask again.
    let (user, first) = match now(&app, &secret).await {
        Ok(Some(found)) => found,
        Ok(None) => return StatusCode::NO_CONTENT.into_response(),
        Err(()) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    app.meters.lines.inc();
    let line = Line { app, secret, user, bells, ended, first: Some(first), until: Instant::now() + HELD };
    Sse::new(unfold(line, Line::next)).keep_alive(KeepAlive::new().interval(KEPT_ALIVE)).into_response()
}

/// An open line.
struct Line {
    app: App,
    secret: String,
    user: Rid,
    bells: Receiver<Rid>,
    ended: watch::Receiver<bool>,
    first: Option<Json>,
    until: Instant,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.app.meters.lines.dec();
    }
}

impl Line {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Line)> {
        if let Some(first) = self.first.take() {
            return Some((Ok(event(&first)), self));
        }
        loop {
            let rung = tokio::select! {
                _ = self.ended.wait_for(|ended| *ended) => return None,
                () = tokio::time::sleep_until(self.until) => return None,
                rung = self.bells.recv() => rung,
            };
            match rung {
                Ok(user) if user != self.user => {}
                Ok(_) | Err(RecvError::Lagged(_)) => {
                    let (_, heard) = now(&self.app, &self.secret).await.ok()??;
                    return Some((Ok(event(&heard)), self));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

fn event(heard: &Json) -> Event {
    Event::default().event("bell").retry(Duration::from_secs(5)).data(heard.to_string())
}

/// Who a session belongs to, and what waits for them; an error where nobody can say.
async fn now(app: &App, secret: &str) -> Result<Option<(Rid, Json)>, ()> {
    let (app, secret) = (app.clone(), secret.to_owned());
    let asked = app.clone();
    let found = asked.turns.take(move || -> base::Result<Option<(Rid, Json)>> {
        let Some(signed_in) = app.engine.session(&secret)? else { return Ok(None) };
        let count = app.engine.unread(&signed_in.actor)?;
        let word = app.words.of(signed_in.actor.language).text(&super::said(count));
        Ok(Some((signed_in.user.rid, json!({ "count": count, "word": word }))))
    });
    match found.await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the bell could not be counted");
            Err(())
        }
        Err(_) => Err(()),
    }
}
