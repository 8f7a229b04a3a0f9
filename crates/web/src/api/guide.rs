//! `GET /api`: the reference for people, made from the same catalogue as the OpenAPI document. It needs no script.

use maud::{DOCTYPE, Markup, html};
use meta::Op;

use crate::api::ROOT;
use crate::api::openapi::{Place, Reader, fields, places};

pub fn page(reader: &Reader) -> Markup {
    let say = |english: &'static str| reader.words.say(english);
    let places = places(reader);
    let sample = places.iter().find(|place| !place.model.entity.house).or(places.last());
    html! {
        (DOCTYPE)
        html lang=(reader.words.language().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Bottega · API" }
                link rel="icon" href=(assets::url("mark.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::url("app.css"));
            }
            body {
                main.prose {
                    h1 { "API" }
                    p { (say("Whatever the pages show can be read and written by other programs, with the rights of a user.")) " "
                        (say("The same description for programs:")) " " a href="/api/openapi.json" { "openapi.json" } " (OpenAPI 3.1)." }
                    (entering(reader))
                    @if let Some(sample) = sample { (working(reader, sample)) }
                    (filtering(reader))
                    (failing(reader))
                    h2 { (say("Addresses and fields")) }
                    @for place in &places { (of_place(reader, place)) }
                }
            }
        }
    }
}

fn entering(reader: &Reader) -> Markup {
    let say = |english: &'static str| reader.words.say(english);
    html! {
        h2 { (say("Access")) }
        p { (say("Make a token in My account, or at the command line; it goes with every request.")) }
        pre tabindex="0" { code { "bottega token create --user anna@example.com\n\ncurl -H \"Authorization: Bearer $TOKEN\" $BOTTEGA" (ROOT) "/users" } }
    }
}

fn working(reader: &Reader, place: &Place) -> Markup {
    let say = |english: &'static str| reader.words.say(english);
    let title = place.model.fields.get(place.model.title).map_or("name", |def| def.key);
    let at = format!("$BOTTEGA{ROOT}/{}", place.path);
    let auth = "-H \"Authorization: Bearer $TOKEN\"";
    html! {
        h2 { (say("Records")) }
        p { (say("A record has an id, a version, a title, and its fields. A change names the version that it was made from: changes to different fields are joined, the same field changed by two is a conflict (409) with both values.")) }
        pre tabindex="0" { code {
            "curl -g " (auth) " '" (at) "?" (title) "[contains]=bianchi&sort=" (title) "&count=1'\n"
            "curl -g " (auth) " -H 'Idempotency-Key: 42' \\\n  -d '{\"fields\": {\"" (title) "\": \"Bianchi\"}}' " (at) "\n"
            "curl -g " (auth) " -X PATCH \\\n  -d '{\"version\": 1, \"fields\": {\"" (title) "\": \"Bianchi & C.\"}}' " (at) "/$ID\n"
            "curl -g " (auth) " -X DELETE " (at) "/$ID\n"
            "curl -g " (auth) " -X POST " (at) "/$ID/restoration\n"
            "curl -g " (auth) " " (at) "/$ID/history"
        } }
        p { (say("Every write answers the header Operation; an operation is taken back as a whole.")) }
        pre tabindex="0" { code { "curl -g " (auth) " -X POST $BOTTEGA" (ROOT) "/operations/$OPERATION/undo" } }
        p { (say("One act changes many records, by their ids or by a filter; large ones are carried out by a job, which is asked how far it is. Records that are one are merged into one of them: the addresses of the others then lead to it.")) }
        pre tabindex="0" { code {
            "curl -g " (auth) " -d '{\"act\": {\"verb\": \"set\", \"field\": \"" (title) "\", \"value\": \"Bianchi\"}, \"filter\": {}}' " (at) "/bulk\n"
            "curl -g " (auth) " $BOTTEGA" (ROOT) "/bulk/$JOB\n"
            "curl -g " (auth) " '" (at) "/look-alikes?" (title) "=bianchi'\n"
            "curl -g " (auth) " -d '{\"others\": [\"'$OTHER'\"]}' " (at) "/$ID/merge"
        } }
        p { (say("A picture is sent first; the field of a record then takes its id.")) }
        pre tabindex="0" { code { "curl -g " (auth) " --data-binary @logo.png $BOTTEGA" (ROOT) "/files" } }
        p { (say("Records of all kinds are searched in one place; lists give their values.")) }
        pre tabindex="0" { code { "curl -g " (auth) " '$BOTTEGA" (ROOT) "/search?q=bianchi'\ncurl " (auth) " $BOTTEGA" (ROOT) "/lists/role" } }
    }
}

fn filtering(reader: &Reader) -> Markup {
    let say = |english: &'static str| reader.words.say(english);
    html! {
        h2 { (say("Lists")) }
        p { code { "columns" } ", " code { "sort" } ", " code { "limit" } ", " code { "cursor" } ", " code { "q" } ", " code { "count" } ", "
            code { "trash" } ", " code { "filter" } ": "
            (say("which fields, in which order, how many (50, at most 200), from where, found by which words, counted or not, from the trash, and a filter in JSON with and/or groups.")) }
        p { (say("Any field filters, one step through a link too; several filters must all hold.")) }
        table.table {
            thead { tr { th { (say("Operator")) } th { (say("Meaning")) } } }
            tbody { @for op in Op::ALL { tr { td { code { "field[" (op.key()) "]=" } } td { (say(op.label())) } } } }
        }
        p { code { "me" } ", " code { "my-team" } ", " code { "today" } ", " code { "this-week" } ", " code { "-30d" } ": "
            (say("words that mean whoever asks, and when.")) }
        pre tabindex="0" { code { "filter={\"any\": [{\"field\": \"town\", \"op\": \"eq\", \"value\": \"Milano\"},\n        {\"field\": \"created_at\", \"op\": \"within\", \"value\": \"-30d\"}]}" } }
    }
}

fn failing(reader: &Reader) -> Markup {
    let say = |english: &'static str| reader.words.say(english);
    let statuses = [
        ("400", say("The request cannot be read, or names what is not there")),
        ("401", say("No token, or one that is not valid")),
        ("403", say("The user may see it and may not do it")),
        ("404", say("It is not there, or you may not see it")),
        ("409", say("Someone else changed the same fields meanwhile")),
        ("413", say("The body is too large")),
        ("422", say("The values do not hold: each field says why")),
        ("428", say("The version is missing")),
        ("500", say("Our fault; the answer has a number by which it is found in the log")),
        ("503", say("The database does not answer: Retry-After says in how many seconds to send it again")),
    ];
    html! {
        h2 { (say("Errors")) }
        p { code { "application/problem+json" } " (RFC 9457)" }
        table.table { tbody { @for (status, words) in &statuses { tr { td { code { (status) } } td { (words) } } } } }
    }
}

fn of_place(reader: &Reader, place: &Place) -> Markup {
    let say = |english: &'static str| reader.words.say(english);
    html! {
        details id=(place.path) {
            summary { code { (ROOT) "/" (place.path) } " " (place.plural) }
            table.table {
                thead { tr { th { (say("Field")) } th { (say("Kind")) } th { (say("Filters")) } } }
                tbody { @for at in fields(reader, place.model) {
                    @let def = &place.model.fields[at];
                    tr {
                        td { code { (def.key) } br; (place.model.label(at, reader.words))
                            @if def.required { " · " (say("required")) } @if def.read_only { " · " (say("kept by the program")) } }
                        td { (def.kind.name()) @if let Some(detail) = detail(&def.kind) { br; code { (detail) } } }
                        td { @for (index, op) in def.kind.operators().iter().enumerate() { @if index > 0 { ", " } (op.key()) } }
                    }
                } }
            }
        }
    }
}

/// The keys of a choice, the list of a pick, the target of a link.
fn detail(kind: &meta::Kind) -> Option<String> {
    match kind {
        meta::Kind::Choice(choices) => Some(choices.iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ")),
        meta::Kind::Pick(list) | meta::Kind::Picks(list) | meta::Kind::Involved(list) => {
            Some(format!("/lists/{}", list.key))
        }
        meta::Kind::Link(to) => Some(format!("/{}", to.path)),
        _ => None,
    }
}
