//! The tokens of everybody's programs, for administrators.

use axum::response::Response;
use maud::html;

use super::frame;
use crate::Ask;
use crate::answer::html as answer;
use crate::pages::account;

pub const PLACE: &str = "/settings/tokens";

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        let tokens = visit.engine().all_tokens(&visit.actor)?;
        let users = visit.engine().users()?;
        let rows = tokens.iter().filter_map(|token| Some((users.iter().find(|user| user.rid == token.user)?, token)));
        let body = html! {
            ul.settings-rows {
                @for (user, token) in rows { (account::token_row(visit, user, token, Some(&user.name))) }
                @if tokens.is_empty() { li { span.muted { (visit.say("Nobody has made one yet.")) } } }
            }
        };
        answer(frame(visit, &visit.say("Tokens for programs"), Some((super::PLACE, &visit.say("Settings"))), &[], body))
    })
    .await
}
