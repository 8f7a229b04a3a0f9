//! Taking an operation back, and the toast that offers it.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Id, Result, say};
use ui::Toast;

use crate::answer::redirect;
use crate::pages::preferences::back;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// The name of the cookie that carries a toast to the next page.
const TOAST: &str = "toast";

/// Something was done: on to a page (the one it was done on, by default), which shows the toast with its undo.
pub fn done(visit: &Visit, operation: Option<Id>, said: &str, to: Option<String>) -> Result<Response> {
    answer(visit, operation, said, to, false)
}

/// The same of what was done in part: the toast says why the rest was not.
pub fn done_in_part(visit: &Visit, operation: Option<Id>, said: &str, to: Option<String>) -> Result<Response> {
    answer(visit, operation, said, to, true)
}

fn answer(visit: &Visit, operation: Option<Id>, said: &str, to: Option<String>, warns: bool) -> Result<Response> {
    let to = to.unwrap_or_else(|| back(visit.ask));
    let mut response = redirect(visit.ask, &to);
    let packed = crate::posted::encode(&[
        ("op", operation.map_or(String::new(), |id| id.to_string())),
        ("said", said.to_owned()),
        ("warns", if warns { "1" } else { "" }.to_owned()),
    ]);
    // A cookie of ten seconds that no script needs; it says only what this person just did.
    let packed = packed.replace('&', "%26").replace('=', "%3D");
    if let Ok(value) = HeaderValue::from_str(&format!("{TOAST}={packed}; Path=/; Max-Age=10; HttpOnly; SameSite=Lax")) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// The toast that the last page sent on.
pub fn carried<'a>(visit: &Visit<'a>) -> Option<Toast<'a>> {
    let packed = visit.ask.cookie(TOAST).filter(|packed| !packed.is_empty())?;
    let pairs = crate::posted::parse(&packed.replace("%26", "&").replace("%3D", "="));
    let first = |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let operation: Option<Id> = first("op").parse().ok();
    Some(Toast { warns: !first("warns").is_empty(), ..toast(visit, operation, first("said")) })
}

/// The header that takes the carried toast away once it was shown.
pub fn taken() -> (header::HeaderName, HeaderValue) {
    (header::SET_COOKIE, HeaderValue::from_static("toast=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"))
}

pub fn toast<'a>(visit: &Visit<'a>, operation: Option<Id>, said: &str) -> Toast<'a> {
    Toast {
        text: said.to_owned().into(),
        undo_url: operation.map_or("".into(), |id| format!("/operations/{id}/undo").into()),
        undo_word: visit.say("Undo"),
        csrf: visit.csrf.clone().into(),
        close_word: visit.say("Close"),
        ..Toast::default()
    }
}

pub async fn undo(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let id: Id = id.parse().map_err(|_| base::Error::Missing)?;
        let undone = visit.engine().undo(&visit.actor, id)?;
        let mut said = visit.text(say!("Taken back: {count}", count = undone.reverted));
        let in_part = !undone.kept.is_empty();
        if let Some(kept) = undone.kept.first() {
            let why = visit.text(kept.why.clone());
            let more = undone.kept.len();
            said = visit.text(match kept.title.is_empty() {
                true => say!("{said}. {count} stayed as they are: {why}", said = said, count = more, why = why),
                false => say!(
                    "{said}. {count} stayed as they are, {title} for one: {why}",
                    said = said,
                    count = more,
                    title = kept.title.clone(),
                    why = why
                ),
            });
        }
        answer(visit, undone.operation, &said, None, in_part)
    })
    .await
}
