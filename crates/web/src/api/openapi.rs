//! The OpenAPI 3.1 document, made from the catalogue.

use base::Words;
use meta::catalogue::Model;
use meta::{Catalogue, Face};
use serde_json::{Map, Value as Json, json};

use crate::api::schema::{self, Way, reference};
use crate::api::{ROOT, bulk, look_alikes};

/// What the document is made for.
pub struct Reader<'a> {
    pub catalogue: &'a Catalogue,
    pub words: &'a Words,
    /// Whether they are one of the house, who see the fields that it added.
    pub custom: bool,
}

/// An address of records: an entity, or one of its faces.
pub struct Place<'a> {
    pub path: &'static str,
    pub plural: String,
    pub model: &'a Model,
}

/// All addresses of records, each entity before its faces.
pub fn places<'a>(reader: &Reader<'a>) -> Vec<Place<'a>> {
    let of = |model: &'a Model| {
        let face = |face: &&'static Face| Place { path: face.path, plural: face.plural(reader.words), model };
        let own = Place { path: model.entity.path, plural: model.plural(reader.words), model };
        std::iter::once(own).chain(model.entity.faces.iter().map(face)).collect::<Vec<_>>()
    };
    reader.catalogue.models.iter().flat_map(of).collect()
}

/// Positions of the fields that the reader may know of.
pub fn fields<'a>(reader: &'a Reader, model: &'a Model) -> impl Iterator<Item = usize> + 'a {
    model.visible().filter(move |at| reader.custom || !model.fields[*at].custom)
}

pub fn document(reader: &Reader) -> Json {
    let mut paths = Map::new();
    for place in places(reader) {
        paths.insert(format!("/{}", place.path), all_of(reader, &place));
        paths.insert(format!("/{}/{{id}}", place.path), one_of(reader, &place));
        paths.insert(format!("/{}/look-alikes", place.path), look_alikes_of(reader, &place));
        paths.insert(format!("/{}/bulk", place.path), bulk_of(reader, &place));
        paths.insert(format!("/{}/{{id}}/restoration", place.path), restoration_of(reader, &place));
        paths.insert(format!("/{}/{{id}}/history", place.path), history_of(reader, &place));
        paths.insert(format!("/{}/{{id}}/comments", place.path), comments_of(reader, &place));
        for (form, _) in reader.catalogue.actions(place.model.entity.key) {
            paths.insert(format!("/{}/{{id}}/{}", place.path, form.entity.key), action_of(reader, &place, form));
        }
        if !place.model.entity.house {
            paths.insert(format!("/{}/{{id}}/merge", place.path), merge_of(reader, &place));
        }
    }
    paths.extend(others(reader));
    let mut schemas = schema::shared();
    schemas.extend(bulk::schemas());
    for model in &reader.catalogue.models {
        schemas.extend(schemas_of(reader, model));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Bottega",
            "version": env!("CARGO_PKG_VERSION"),
            "description": reader.words.say("The records of this Bottega: find, create, change, delete, restore and undo them with the rights of a user"),
        },
        "servers": [{ "url": ROOT }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
            "parameters": {
                "id": { "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } },
                "cursor": { "name": "cursor", "in": "query", "schema": { "type": "string" } },
                "limit": { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 200, "default": 50 } },
                "if_match": { "name": "If-Match", "in": "header", "schema": { "type": "string" } },
                "idempotency_key": { "name": "Idempotency-Key", "in": "header", "schema": { "type": "string", "maxLength": 200 } },
            },
            "headers": {
                "operation": { "schema": { "type": "string", "format": "uuid" } },
                "version": { "schema": { "type": "string" } },
                "location": { "schema": { "type": "string" } },
            },
            "responses": { "problem": {
                "description": reader.words.say("What went wrong, as RFC 9457 has it"),
                "content": { "application/problem+json": { "schema": reference("Problem") } },
            } },
        },
    })
}

fn schemas_of(reader: &Reader, model: &Model) -> Map<String, Json> {
    let fields = |way| -> Map<String, Json> {
        let field = |at: usize| {
            (model.fields[at].key.to_owned(), schema::field(model, at, way, reader.catalogue, reader.words))
        };
        fields(reader, model).map(field).collect()
    };
    let required: Vec<&str> = fields(Way::Sent)
        .keys()
        .filter_map(|key| model.field(key))
        .filter(|def| def.required && def.default.is_none())
        .map(|def| def.key)
        .collect();
    let name = name_of(model);
    let mut record = schema::head();
    record["fields"] = reference(&format!("{name}Fields"));
    let sent = reference(&format!("{name}Sent"));
    let mut new = sent.clone();
    new["required"] = json!(required);
    let schemas = [
        (
            name.clone(),
            json!({
                "type": "object", "title": model.singular(reader.words), "properties": record,
                "required": ["id", "version", "title", "created_at", "updated_at", "deleted_at", "fields"],
            }),
        ),
        (format!("{name}Fields"), json!({ "type": "object", "properties": fields(Way::Answered) })),
        (
            format!("{name}Sent"),
            json!({ "type": "object", "properties": fields(Way::Sent), "additionalProperties": false }),
        ),
        (
            format!("{name}New"),
            json!({
                "type": "object", "required": ["fields"], "additionalProperties": false,
                "properties": { "id": { "type": "string", "format": "uuid" }, "fields": new },
            }),
        ),
        (
            format!("{name}Change"),
            json!({
                "type": "object", "required": ["fields"], "additionalProperties": false,
                "properties": { "version": { "type": "integer" }, "fields": sent },
            }),
        ),
    ];
    schemas.into_iter().collect()
}

fn all_of(reader: &Reader, place: &Place) -> Json {
    let name = name_of(place.model);
    let plain = |name: &str, schema: Json, words: &'static str| json!({ "name": name, "in": "query", "schema": schema, "description": reader.words.say(words) });
    let text = || json!({ "type": "string" });
    let tick = || json!({ "type": "string", "enum": ["0", "1"] });
    let mut parameters = vec![
        plain("columns", text(), "Fields to answer, with commas between them; all without it"),
        plain("sort", text(), "Fields to sort by, with commas between them; a leading - is descending"),
        plain("filter", text(), "A filter with and/or groups, as JSON"),
        plain("q", text(), "Words that the records are found by"),
        plain("count", tick(), "1 answers how many there are, counted up to 10,000"),
        plain("trash", tick(), "1 answers only what is in the trash"),
        parameter("limit"),
        parameter("cursor"),
    ];
    for at in fields(reader, place.model) {
        let def = &place.model.fields[at];
        parameters.push(json!({
            "name": def.key, "in": "query", "style": "deepObject", "explode": true,
            "schema": schema::operators(def), "description": place.model.label(at, reader.words),
        }));
    }
    let list = json!({
        "type": "object", "required": ["items", "next"],
        "properties": {
            "items": { "type": "array", "items": reference(&name) },
            "next": { "type": ["string", "null"] },
            "count": { "type": "object", "properties": { "value": { "type": "integer" }, "capped": { "type": "boolean" } } },
        },
    });
    let mut created = answer(reader, reference(&name));
    created["headers"] = headers(&["operation", "version", "location"]);
    json!({
        "get": act(place, "list", &place.plural, &parameters, None, ("200", answer(reader, list))),
        "post": act(place, "create", &place.plural, &[parameter("idempotency_key")], Some(format!("{name}New")), ("201", created)),
    })
}

fn one_of(reader: &Reader, place: &Place) -> Json {
    let (name, title) = (name_of(place.model), place.model.singular(reader.words));
    let id = parameter("id");
    let mut read = answer(reader, reference(&name));
    read["headers"] = headers(&["version"]);
    let mut changed = answer(reader, reference(&name));
    changed["headers"] = headers(&["operation", "version"]);
    let gone = json!({ "description": reader.words.say("Done"), "headers": headers(&["operation"]) });
    json!({
        "get": act(place, "read", &title, std::slice::from_ref(&id), None, ("200", read)),
        "patch": act(place, "change", &title, &[id.clone(), parameter("if_match")], Some(format!("{name}Change")), ("200", changed)),
        "delete": act(place, "delete", &title, &[id.clone(), parameter("if_match")], None, ("204", gone)),
    })
}

fn restoration_of(reader: &Reader, place: &Place) -> Json {
    let mut restored = answer(reader, reference(&name_of(place.model)));
    restored["headers"] = headers(&["operation", "version"]);
    json!({ "post": act(place, "restore", &place.model.singular(reader.words), &[parameter("id")], None, ("200", restored)) })
}

fn merge_of(reader: &Reader, place: &Place) -> Json {
    let name = name_of(place.model);
    let mut merged = answer(reader, reference(&name));
    merged["headers"] = headers(&["operation", "version"]);
    let mut act = act(place, "merge", &place.model.singular(reader.words), &[parameter("id")], None, ("200", merged));
    let others = json!({ "type": "array", "minItems": 1, "items": { "type": "string", "format": "uuid" } });
    let body = json!({
        "type": "object", "required": ["others"], "additionalProperties": false,
        "properties": { "others": others, "fields": reference(&format!("{name}Sent")) },
    });
    act["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": body } } });
    json!({ "post": act })
}

fn action_of(reader: &Reader, place: &Place, form: &Model) -> Json {
    let mut done = answer(reader, reference(&name_of(place.model)));
    done["headers"] = headers(&["operation", "version"]);
    let title = form.singular(reader.words);
    let mut act = act(place, form.entity.key, &title, &[parameter("id")], None, ("200", done));
    let asked = (0..form.fields.len()).filter(|at| !form.fields[*at].read_only);
    let asked = asked
        .map(|at| (form.fields[at].key.to_owned(), schema::field(form, at, Way::Sent, reader.catalogue, reader.words)));
    let fields = json!({ "type": "object", "additionalProperties": false, "properties": Map::from_iter(asked) });
    let body = json!({ "type": "object", "additionalProperties": false, "properties": { "fields": fields } });
    act["requestBody"] = json!({ "required": false, "content": { "application/json": { "schema": body } } });
    json!({ "post": act })
}

fn look_alikes_of(reader: &Reader, place: &Place) -> Json {
    let known = fields(reader, place.model).filter(|at| look_alikes::is_told_by(&place.model.fields[*at].kind));
    let parameter = |at: usize| {
        let label = place.model.label(at, reader.words);
        json!({ "name": place.model.fields[at].key, "in": "query", "schema": { "type": "string" }, "description": label })
    };
    let found =
        json!({ "type": "object", "properties": { "items": { "type": "array", "items": { "type": "object" } } } });
    let parameters: Vec<Json> = known.map(parameter).collect();
    json!({ "get": act(place, "look_alikes_of", &place.plural, &parameters, None, ("200", answer(reader, found))) })
}

/// One act on many; 202 when a job does it.
fn bulk_of(reader: &Reader, place: &Place) -> Json {
    let mut done = answer(reader, reference("BulkReport"));
    done["headers"] = headers(&["operation"]);
    let mut act = act(place, "bulk", &place.plural, &[], None, ("200", done));
    act["requestBody"] =
        json!({ "required": true, "content": { "application/json": { "schema": reference("Bulk") } } });
    let mut begun = answer(reader, reference("BulkReport"));
    begun["headers"] = headers(&["location"]);
    act["responses"]["202"] = begun;
    json!({ "post": act })
}

fn history_of(reader: &Reader, place: &Place) -> Json {
    let parameters = [parameter("id"), parameter("limit"), parameter("cursor")];
    let events = json!({ "type": "object", "properties": {
        "items": { "type": "array", "items": { "type": "object" } }, "next": { "type": ["string", "null"] },
    } });
    json!({ "get": act(place, "history_of", &place.model.singular(reader.words), &parameters, None, ("200", answer(reader, events))) })
}

fn comments_of(reader: &Reader, place: &Place) -> Json {
    let title = place.model.singular(reader.words);
    let found = json!({ "type": "object", "properties": {
        "items": { "type": "array", "items": reference("Comment") }, "next": { "type": ["string", "null"] },
    } });
    let mut written =
        answer(reader, json!({ "type": "object", "properties": { "id": { "type": "string", "format": "uuid" } } }));
    written["headers"] = headers(&["operation", "location"]);
    let mut write = act(place, "comment_on", &title, &[parameter("id")], None, ("201", written));
    write["requestBody"] =
        json!({ "required": true, "content": { "application/json": { "schema": reference("CommentSent") } } });
    let parameters = [parameter("id"), parameter("limit"), parameter("cursor")];
    json!({ "get": act(place, "comments_of", &title, &parameters, None, ("200", answer(reader, found))), "post": write })
}

/// A comment by itself.
fn comment(reader: &Reader) -> Json {
    let one = |id: &str, status: &str, done: Json| {
        json!({
            "operationId": id, "tags": ["comments"], "parameters": [parameter("id")],
            "responses": { status: done, "default": { "$ref": "#/components/responses/problem" } },
        })
    };
    let mut changed = answer(reader, json!({ "type": "object" }));
    changed["headers"] = headers(&["operation"]);
    let mut change = one("change_comment", "200", changed);
    let text = json!({ "type": "object", "required": ["text"], "properties": { "text": { "type": "string" } } });
    change["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": text } } });
    let gone = json!({ "description": reader.words.say("Done"), "headers": headers(&["operation"]) });
    json!({ "patch": change, "delete": one("delete_comment", "204", gone) })
}

/// What is of no entity.
fn others(reader: &Reader) -> Map<String, Json> {
    let act = |id: &str, parameters: &[Json], schema: Json| {
        json!({
            "operationId": id, "parameters": parameters,
            "responses": { "200": answer(reader, schema), "default": { "$ref": "#/components/responses/problem" } },
        })
    };
    let object = || json!({ "type": "object" });
    let key = json!({ "name": "key", "in": "path", "required": true, "schema": { "type": "string" } });
    let words = json!({ "name": "q", "in": "query", "required": true, "schema": { "type": "string" } });
    let undone = json!({ "type": "object", "required": ["reverted", "kept"], "properties": {
        "reverted": { "type": "integer" },
        "kept": { "type": "array", "items": { "type": "object", "properties": {
            "record": { "type": "string", "format": "uuid" }, "field": { "type": ["string", "null"] }, "why": { "type": "string" },
        } } },
    } });
    let found =
        json!({ "type": "object", "properties": { "items": { "type": "array", "items": { "type": "object" } } } });
    let file = |id: &str| {
        let picture = json!({ "type": "string", "contentMediaType": "image/*" });
        let content = json!({ "image/jpeg": { "schema": picture }, "image/png": { "schema": picture } });
        let done = json!({ "description": reader.words.say("Done"), "content": content });
        json!({ "get": {
            "operationId": id, "tags": ["files"], "parameters": [parameter("id")],
            "responses": { "200": done, "404": { "$ref": "#/components/responses/problem" } },
        } })
    };
    Map::from_iter([
        ("/files".to_owned(), json!({ "post": upload(reader) })),
        ("/files/{id}".to_owned(), file("read_file")),
        ("/files/{id}/thumbnail".to_owned(), file("read_thumbnail")),
        ("/comments/{id}".to_owned(), comment(reader)),
        ("/search".to_owned(), json!({ "get": act("search", &[words, parameter("limit")], found.clone()) })),
        ("/lists/{key}".to_owned(), json!({ "get": act("read_list", &[key], found) })),
        ("/bulk/{id}".to_owned(), json!({ "get": act("read_bulk", &[parameter("id")], reference("BulkReport")) })),
        (
            "/bulk/{id}/cancellation".to_owned(),
            json!({ "post": act("cancel_bulk", &[parameter("id")], reference("BulkReport")) }),
        ),
        ("/operations/{id}".to_owned(), json!({ "get": act("read_operation", &[parameter("id")], object()) })),
        ("/operations/{id}/undo".to_owned(), json!({ "post": act("undo_operation", &[parameter("id")], undone) })),
    ])
}

/// A picture comes as the body itself, or as the first file of a form.
fn upload(reader: &Reader) -> Json {
    let query = |name: &str, schema: Json, words: &'static str| json!({ "name": name, "in": "query", "schema": schema, "description": reader.words.say(words) });
    let frames = json!({ "type": "string", "enum": ["whole", "portrait", "none"], "default": "whole" });
    let raw = json!({ "schema": {} });
    let form = json!({ "schema": {
        "type": "object", "required": ["file"],
        "properties": { "file": { "type": "string", "contentMediaType": "application/octet-stream" } },
    } });
    let kept = json!({ "type": "object", "required": ["id", "name", "mime", "size"], "properties": {
        "id": { "type": "string", "format": "uuid" }, "name": { "type": "string" }, "mime": { "type": "string" }, "size": { "type": "integer" },
    } });
    let mut done = answer(reader, kept);
    done["headers"] = headers(&["location"]);
    let refusal = || json!({ "$ref": "#/components/responses/problem" });
    json!({
        "operationId": "upload_file", "tags": ["files"],
        "summary": reader.words.say("A picture, up to 10 MB; its id is then sent in the field that shall hold it"),
        "parameters": [
            query("name", json!({ "type": "string" }), "What the file is called"),
            query("frame", frames, "Logos are kept whole; a portrait is cut to 200 × 300; none keeps any file as it is"),
            query("crop", json!({ "type": "string", "examples": ["0.1,0,0.8,1"] }), "The part to show: x, y, width and height from 0 to 1"),
        ],
        "requestBody": { "required": true, "content": {
            "image/jpeg": raw, "image/png": raw, "image/webp": raw, "image/gif": raw, "multipart/form-data": form,
        } },
        "responses": { "201": done, "400": refusal(), "401": refusal(), "413": refusal(), "422": refusal() },
    })
}

fn act(place: &Place, verb: &str, title: &str, parameters: &[Json], body: Option<String>, done: (&str, Json)) -> Json {
    let problem = || json!({ "$ref": "#/components/responses/problem" });
    let mut responses = Map::from_iter([(done.0.to_owned(), done.1)]);
    let failures: &[&str] = match verb {
        "create" => &["400", "401", "403", "413", "422"],
        "change" => &["400", "401", "403", "404", "409", "413", "422", "428"],
        "list" => &["400", "401", "403"],
        _ => &["401", "403", "404"],
    };
    failures.iter().chain(&["default"]).for_each(|status| {
        responses.insert((*status).to_owned(), problem());
    });
    let mut act = json!({
        "operationId": format!("{verb}_{}", place.path), "summary": title, "tags": [place.path],
        "parameters": parameters, "responses": responses,
    });
    if let Some(name) = body {
        act["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": reference(&name) } } });
    }
    act
}

fn answer(reader: &Reader, schema: Json) -> Json {
    json!({ "description": reader.words.say("Done"), "content": { "application/json": { "schema": schema } } })
}

fn parameter(name: &str) -> Json {
    json!({ "$ref": format!("#/components/parameters/{name}") })
}

fn headers(names: &[&str]) -> Json {
    let header = |name: &&str| {
        let written = match *name {
            "version" => "ETag",
            "location" => "Location",
            _ => "Operation",
        };
        (written.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }))
    };
    Json::Object(names.iter().map(header).collect())
}

/// `sales_order` becomes `SalesOrder`.
fn name_of(model: &Model) -> String {
    let upper =
        |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    model.entity.key.split('_').map(upper).collect()
}
