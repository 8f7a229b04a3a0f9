//! The JSON schemas (draft 2020-12, as OpenAPI 3.1 has it) of field kinds.

use base::Words;
use meta::{Catalogue, FieldDef, Kind, Model, Op};
use serde_json::{Map, Value as Json, json};

/// Which way a value goes.
#[derive(Clone, Copy, PartialEq)]
pub enum Way {
    Answered,
    Sent,
}

pub fn reference(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A field of a model, with its label and what is known of it.
pub fn field(model: &Model, at: usize, way: Way, catalogue: &Catalogue, words: &Words) -> Json {
    let def = &model.fields[at];
    let mut schema = kind(&def.kind, way, catalogue);
    schema["title"] = json!(model.label(at, words));
    if let Some(hint) = def.hint {
        schema["description"] = json!(words.say(hint));
    }
    if def.read_only {
        schema["readOnly"] = json!(true);
    }
    schema["x-kind"] = json!(def.kind.name());
    if def.kind.sorts() {
        schema["x-sorts"] = json!(true);
    }
    schema
}

/// A value that may be null.
fn kind(kind: &Kind, way: Way, catalogue: &Catalogue) -> Json {
    let text = |format: &str| json!({ "type": ["string", "null"], "format": format });
    let decimal = || json!({ "type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$" });
    let many = |items: Json| json!({ "type": "array", "items": items, "maxItems": 200 });
    let maybe = |name: &str| json!({ "anyOf": [reference(name), { "type": "null" }] });
    match kind {
        Kind::Text { max } => json!({ "type": ["string", "null"], "maxLength": max }),
        Kind::LongText => json!({ "type": ["string", "null"], "maxLength": meta::kind::LONGEST }),
        Kind::RichText => {
            json!({ "type": ["string", "null"], "maxLength": meta::kind::LONGEST, "contentMediaType": "text/markdown" })
        }
        Kind::Code(code) => json!({ "type": ["string", "null"], "x-code": meta::kind::code_name(*code) }),
        Kind::Number { decimals: 0, .. } | Kind::Duration => json!({ "type": ["integer", "null"] }),
        Kind::Number { .. } | Kind::Percent => decimal(),
        Kind::Money => maybe("Money"),
        Kind::Date => text("date"),
        Kind::Instant => text("date-time"),
        Kind::Choice(choices) => {
            let keys = choices.iter().map(|choice| json!(choice.key)).chain([Json::Null]);
            json!({ "type": ["string", "null"], "enum": keys.collect::<Vec<_>>() })
        }
        Kind::Pick(list) => {
            json!({ "type": ["string", "null"], "x-list": list.key, "examples": keys(list.key, catalogue) })
        }
        Kind::Picks(list) => {
            json!({ "type": "array", "items": { "type": "string" }, "x-list": list.key, "examples": [keys(list.key, catalogue)] })
        }
        Kind::Tick => json!({ "type": "boolean" }),
        Kind::Link(to) => {
            let mut schema = maybe(link(way));
            schema["x-entity"] = json!(to.key);
            schema
        }
        Kind::AnyLink => maybe(link(way)),
        Kind::People => many(reference(link(way))),
        Kind::Involved(list) => {
            let mut schema = many(reference(if way == Way::Sent { "InvolvedSent" } else { "Involved" }));
            schema["x-list"] = json!(list.key);
            schema["x-entity"] = json!(catalogue.subjects().map(|model| model.entity.key));
            schema
        }
        Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) => {
            let mut schema = many(reference("Item"));
            let kinds: Vec<&str> = kind.item_kinds().iter().map(|choice| choice.key).collect();
            if !kinds.is_empty() {
                schema["x-kinds"] = json!(kinds);
            }
            schema
        }
        Kind::Addresses => many(reference("Address")),
        Kind::File | Kind::Picture => text("uuid"),
        Kind::Place => maybe("Place"),
    }
}

fn link(way: Way) -> &'static str {
    if way == Way::Sent { "LinkSent" } else { "Link" }
}

/// A few keys that the declaration starts with; what an administrator added is asked for at `/lists/{key}`.
fn keys(list: &str, catalogue: &Catalogue) -> Vec<&'static str> {
    catalogue.list(list).map_or_else(Vec::new, |list| list.declared.items.iter().take(8).map(|item| item.key).collect())
}

/// The operators of a field as the members of `field[op]=`.
pub fn operators(def: &FieldDef) -> Json {
    let member = |op: &Op| {
        let schema = match op {
            Op::Empty => json!({ "type": "boolean" }),
            _ => json!({ "type": "string" }),
        };
        (op.key().to_owned(), schema)
    };
    let members: Map<String, Json> = def.kind.operators().iter().map(member).collect();
    json!({ "type": "object", "properties": members, "additionalProperties": false })
}

/// What all entities share.
pub fn shared() -> Map<String, Json> {
    let object = |properties: Json, required: Json| json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    let text = || json!({ "type": "string" });
    let id = || json!({ "type": "string", "format": "uuid" });
    let shared = [
        (
            "Money",
            object(
                json!({ "amount": text(), "currency": { "type": "string", "examples": ["EUR"] } }),
                json!(["amount"]),
            ),
        ),
        (
            "Item",
            object(
                json!({ "value": text(), "kind": { "type": ["string", "null"] }, "primary": { "type": "boolean" } }),
                json!(["value"]),
            ),
        ),
        (
            "Address",
            object(
                json!({
                    "street": text(), "zip": text(), "town": text(), "province": text(), "country": text(),
                    "kind": { "type": ["string", "null"] }, "primary": { "type": "boolean" },
                }),
                json!([]),
            ),
        ),
        (
            "Comment",
            object(
                json!({
                    "id": id(), "by": { "type": ["object", "null"] }, "at": { "type": "string", "format": "date-time" },
                    "changed_at": { "type": ["string", "null"], "format": "date-time" }, "text": text(),
                    "mentions": { "type": "array", "items": { "type": "object" } },
                    "files": { "type": "array", "items": { "type": "object", "properties": {
                        "id": id(), "name": text(), "size": { "type": "integer" },
                    } } },
                }),
                json!(["id", "by", "at", "text", "mentions", "files"]),
            ),
        ),
        (
            "CommentSent",
            object(json!({ "text": text(), "files": { "type": "array", "items": id() } }), json!(["text"])),
        ),
        ("Place", object(json!({ "latitude": text(), "longitude": text() }), json!(["latitude", "longitude"]))),
        (
            "Link",
            json!({ "oneOf": [
                { "type": "object", "properties": { "id": id(), "title": text(), "entity": text() }, "required": ["id", "title"] },
                { "type": "object", "properties": { "hidden": { "const": true } }, "required": ["hidden"] },
            ] }),
        ),
        (
            "LinkSent",
            json!({ "oneOf": [id(), { "type": "object", "properties": { "id": id() }, "required": ["id"] }] }),
        ),
        (
            "Involved",
            json!({ "oneOf": [
                { "type": "object", "properties": { "id": id(), "title": text(), "role": { "type": ["string", "null"] } }, "required": ["id", "title"] },
                { "type": "object", "properties": { "hidden": { "const": true }, "role": { "type": ["string", "null"] } }, "required": ["hidden"] },
            ] }),
        ),
        (
            "InvolvedSent",
            json!({ "oneOf": [id(), { "type": "object", "properties": { "id": id(), "role": { "type": ["string", "null"] } }, "required": ["id"] }] }),
        ),
        (
            "Problem",
            json!({
                "type": "object",
                "properties": {
                    "type": text(), "title": text(), "status": { "type": "integer" }, "detail": text(), "incident": text(),
                    "version": { "type": "integer" },
                    "errors": { "type": "array", "items": object(
                        json!({ "pointer": text(), "code": text(), "detail": text(), "in": text() }),
                        json!(["pointer", "code", "detail"]),
                    ) },
                    "conflicts": { "type": "array", "items": object(
                        json!({ "field": text(), "base": {}, "yours": {}, "theirs": {} }),
                        json!(["field", "base", "yours", "theirs"]),
                    ) },
                },
                "required": ["type", "title", "status", "detail"],
            }),
        ),
    ];
    shared.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// The members that stand beside the fields of every record.
pub fn head() -> Json {
    let moment = |null: bool| match null {
        true => json!({ "type": ["string", "null"], "format": "date-time" }),
        false => json!({ "type": "string", "format": "date-time" }),
    };
    json!({
        "id": { "type": "string", "format": "uuid" },
        "version": { "type": "integer" },
        "title": { "type": "string" },
        "created_at": moment(false),
        "updated_at": moment(false),
        "deleted_at": moment(true),
    })
}
