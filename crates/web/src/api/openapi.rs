//! The OpenAPI 3.1 document: routes from the table, schemas from the kinds' definitions.

use super::{Route, table};
use crate::context::Guest;
use crate::fail::Reply;
use axum::Json;
use axum::response::IntoResponse;
use entente_app::App;
use entente_core::access::{Reason, TEXT_MAX, Wanted};
use entente_core::codes::{Ask, Basis, Class, DeferGround, Necessity, Purpose, Urgency};
use entente_core::kinds::{self, document};
use entente_core::label::Lang;
use serde_json::{Map, Value, json};

/// The document, its labels in the reader's language.
pub async fn serve(Guest(cx): Guest) -> Reply {
    Ok(Json(document(cx.words.lang)).into_response())
}

/// See the module.
pub fn document(lang: Lang) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for (route, _) in table() {
        if let Some(path) = paths
            .entry(route.path)
            .or_insert_with(|| json!({}))
            .as_object_mut()
        {
            path.insert(route.method.to_owned(), operation(&route));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Entente", "version": "1",
            "description": "The verbs of a node. Instants are RFC 3339 in UTC; those inside terms and figures are milliseconds.",
        },
        "paths": paths,
        "security": [{"bearer": []}, {"cookie": []}],
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "session token from POST /api/v1/session"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "entente-{node}", "description": "with the prefix __Host- behind https; other than reading also needs the header X-Entente-Csrf"},
            },
            "schemas": schemas(lang),
        },
    })
}

/// A form with files: sealed as they come, so that their size is no matter of memory at either end.
fn with_files(entry: &Value) -> Value {
    json!({"type": "object", "required": ["entry"], "properties": {
        "entry": {"allOf": [entry], "description": "the same as JSON; before the files"},
        "file": {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}, "description": "files to attach, of any field name: each part with its file name and media type"}}})
}

fn operation(route: &Route) -> Value {
    let in_path = route
        .path
        .split('/')
        .filter_map(|p| p.strip_prefix('{'))
        .map(|p| p.trim_end_matches('}'));
    let mut parameters: Vec<Value> = in_path
        .map(|n| json!({"name": n, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    parameters.extend(route.query.iter().map(|(n, what)| json!({"name": n, "in": "query", "description": what, "schema": {"type": "string"}})));
    let mut out = json!({
        "summary": route.summary, "parameters": parameters,
        "responses": {
            "200": {"description": "done", "content": {route.answer: {}}},
            "default": {"description": "a problem (RFC 9457)", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
        },
    });
    if let Some(map) = out.as_object_mut() {
        if let Some(body) = route.body {
            let schema = json!({"$ref": format!("#/components/schemas/{body}")});
            let mut content = json!({"application/json": {"schema": schema}});
            if body == "Recording" && route.path == "/api/v1/entries" {
                content["multipart/form-data"] = json!({"schema": with_files(&schema)});
            }
            let body = json!({"required": true, "content": content});
            map.insert("requestBody".into(), body);
        }
        if route.open {
            map.insert("security".into(), json!([]));
        }
        if route.waits {
            map["responses"]["429"] = json!({
                "description": "too many wrong passwords or codes: a problem with the seconds to wait",
                "headers": {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}},
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            });
        }
    }
    out
}

fn codes<T: std::fmt::Display>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// Changes to charter terms, as `TermsDraft` reads them.
fn terms_schema() -> Value {
    let length = json!({"anyOf": [{"type": "integer", "description": "milliseconds"}, {"type": "string", "examples": ["30min", "8h", "7d"]}]});
    let list = |items: Value| json!({"type": "array", "items": items});
    let clock = json!({"type": "object", "required": ["ask", "urgency", "allowed"], "additionalProperties": false,
        "properties": {"ask": {"type": "string", "enum": codes(Ask::ALL)}, "urgency": {"type": "string", "enum": codes(Urgency::ALL)}, "allowed": length}});
    let text = json!({"type": "string"});
    let equal = json!({"type": "object", "required": ["class", "party", "level"], "additionalProperties": false,
        "properties": {"class": {"type": "string", "enum": codes(Class::ALL)}, "party": text, "level": text}});
    let whole = json!({"type": "integer"});
    json!({"type": "object", "description": "changes to the charter's terms, with charter.open and charter.propose; what is absent stays",
        "additionalProperties": false, "properties": {
        "version": whole, "parties": list(text.clone()), "convenor": text,
        "purposes": list(json!({"type": "string", "enum": codes(Purpose::ALL)})), "kinds": list(json!({"type": "string", "enum": kinds::chartered()})),
        "ceiling": {"type": "string", "enum": codes(Class::ALL)}, "equivalences": list(equal), "clocks": list(clock), "feedback": {"type": "boolean"},
        "escalation": {"type": "object", "required": ["soon", "liaison", "coordinator", "meeting"], "additionalProperties": false,
            "properties": {"soon": length, "liaison": length, "coordinator": length, "meeting": length}},
        "quotas": {"type": "object", "required": ["entries_a_day", "body_bytes", "file_bytes"], "additionalProperties": false,
            "properties": {"entries_a_day": whole, "body_bytes": whole, "file_bytes": whole}},
        "transit": length, "delivery": length, "delivery_urgent": length,
        "names": {"type": "boolean"}, "opened": {"type": "boolean"}, "review": length, "four_eyes": {"type": "boolean"},
        "inform": {"oneOf": [{"type": "boolean"}, {"type": "object", "properties": {"observations": length, "grounds": list(json!({"type": "string", "enum": codes(DeferGround::ALL)}))}}]}}})
}

/// See `absence.rs`.
fn absences() -> [(String, Value); 3] {
    let text = json!({"type": "string"});
    let moment = json!({"type": "string", "format": "date-time"});
    let whose = json!({"type": "string", "description": "who is absent: oneself, unless an administrator names somebody"});
    let end = json!({"type": "object", "required": ["name"], "properties": {"officer": whose, "name": text}});
    let acts_for = json!({"type": "object", "properties": {"officer": {"type": "string", "description": "who is absent; without it one acts for oneself"}}});
    let absence = json!({"type": "object", "required": ["colleague", "from", "until"],
        "properties": {"officer": whose, "colleague": text, "from": moment, "until": moment}});
    [
        ("Absence".to_owned(), absence),
        ("AbsenceEnd".to_owned(), end),
        ("ActsFor".to_owned(), acts_for),
    ]
}

/// See `admission.rs`.
fn admissions() -> [(String, Value); 2] {
    let reasons = codes(&App::admission_reasons());
    let ask = json!({"type": "object", "required": ["number", "reason"], "properties": {
        "number": {"type": "string", "maxLength": 40, "examples": ["MA-12"]},
        "service": {"type": "string", "description": "the caller's service that would take part; the usual one if absent"},
        "reason": {"type": "string", "enum": reasons}}});
    let decision = json!({"type": "object", "required": ["do"], "properties": {"do": {"type": "string", "enum": ["grant", "refuse"]}}});
    [
        ("Admission".to_owned(), ask),
        ("AdmissionDecision".to_owned(), decision),
    ]
}

fn schemas(lang: Lang) -> Value {
    let text = json!({"type": "string"});
    let mut out = Map::new();
    let mut types: Vec<&str> = Vec::new();
    let entries = kinds::ALL.iter().flat_map(|k| k.entries);
    for entry in entries.filter(|entry| !entry.is_written_beside()) {
        if !types.contains(&entry.name) {
            types.push(entry.name);
            out.insert(entry.name.to_owned(), document::schema(entry, lang));
        }
    }
    let values: Vec<Value> = types
        .iter()
        .map(|t| json!({"$ref": format!("#/components/schemas/{t}")}))
        .collect();
    let base64 = json!({"type": "string", "contentEncoding": "base64"});
    let langs = json!({"type": "string", "enum": ["fr", "ar", "en"]});
    out.insert(
        "SignIn".into(),
        json!({"type": "object", "properties": {"id": text, "password": text, "persona": text,
            "code": {"type": "string", "description": "code of the second factor, or a recovery code: asked for by the problem code-needed"},
            "known": {"type": "string", "description": "the `known` of an earlier answer: wrong passwords tried from elsewhere never make its holder wait"}}}),
    );
    out.extend(absences());
    out.extend(admissions());
    out.insert("Confirm".into(), json!({"type": "object", "required": ["index"], "properties": {
        "index": {"type": "integer", "description": "place among the proposed commitments of the first version, from 0"}}}));
    out.insert(
        "CourierBundle".into(),
        json!({"type": "object", "required": ["base64"], "properties": {"base64": base64}}),
    );
    out.insert(
        "Calendar".into(),
        json!({"type": "object", "properties": {"text": text, "base64": base64}}),
    );
    out.insert("Propose".into(), json!({"type": "object", "properties": {"text": text, "base64": base64, "file_name": text, "lang": langs}}));
    out.insert("Register".into(), json!({"type": "object", "required": ["register"], "properties": {"partner": text, "register": {"type": "object"}}}));
    let version = json!({"type": "object", "properties": {"lang": langs, "file_name": text, "text": text, "base64": base64}});
    out.insert("Declaration".into(), json!({"type": "object", "required": ["title", "versions"], "properties": {"partner": text, "title": text,
        "reference": text, "date": {"type": "string", "format": "date"}, "place": text, "versions": {"type": "array", "minItems": 1, "maxItems": 3, "items": version}}}));
    let file = json!({"type": "object", "required": ["name", "base64"], "properties": {"name": text, "media": text, "base64": base64}});
    out.insert("Recording".into(), json!({"type": "object", "required": ["type", "values"], "properties": {
        "dossier": {"type": "string", "description": "dossier; absent to open one"}, "partner": {"type": "string", "description": "partner, when opening"},
        "type": {"type": "string", "enum": types}, "values": {"anyOf": values}, "on": {"type": "string", "description": "obligation acted on"},
        "lang": langs, "seen": {"type": "string", "description": "state that the writer saw; a stale one is refused"}, "own_only": {"type": "boolean"},
        "necessity": {"type": "string", "enum": codes(Necessity::ALL)}, "basis": {"type": "string", "enum": codes(Basis::ALL)},
        "proposal": {"type": "string", "description": "charter proposal to sign or enact; the newest if absent"},
        "alone": {"type": "string", "maxLength": 300, "description": "why there is no time for a second signature: it leaves by one, and the second is owed within a day"},
        "erases": {"type": "array", "items": text, "description": "of an erasure: entries of one's own that name the one to erase, erased by the same act"},
        "terms": terms_schema(), "files": {"type": "array", "items": file}}}));
    out.insert("Decision".into(), json!({"type": "object", "required": ["do"], "properties": {
        "do": {"type": "string", "enum": super::drafts::DECISIONS}, "ground": {"type": "string", "maxLength": 300, "description": "why, in one line: to return or refuse"}}}));
    out.insert("Weighing".into(), json!({"type": "object", "required": ["token", "answer"], "properties": {
        "token": {"type": "string", "description": "of `sign`, with which an act of weight was answered"},
        "answer": {"type": "object", "description": "what `navigator.credentials.get` gave for its options, as JSON"}}}));
    out.insert("Releasing".into(), json!({"type": "object", "required": ["entries"], "properties": {
        "entries": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "description": "entries of our node in dossiers that this one continues"},
        "handling": {"type": "array", "uniqueItems": true, "items": {"type": "string", "enum": ["H0", "H1", "H2", "H3"]}, "description": "conditions beyond those that each has"},
        "necessity": {"type": "string", "enum": codes(Necessity::ALL)}, "basis": {"type": "string", "enum": codes(Basis::ALL)}}}));
    out.insert("Reason".into(), json!({"type": "object", "required": ["wanted", "reason"], "properties": {
        "wanted": {"type": "string", "enum": codes(Wanted::ALL)}, "reason": {"type": "string", "enum": codes(Reason::given())},
        "dossier": {"type": "string", "description": "dossier to enter or to export from; absent for a search"},
        "why": {"type": "string", "maxLength": TEXT_MAX, "description": "a line of text; needed with `other`"}}}));
    out.insert("SealedExport".into(), json!({"type": "object", "required": ["to"], "properties": {
        "to": {"type": "string", "maxLength": 8_000, "description": "public key of an inspector, as `entente oversight key` writes it"}}}));
    out.insert("Problem".into(), json!({"type": "object", "properties": {"type": text, "title": text, "status": {"type": "integer"}, "detail": text,
        "limit": {"type": "integer"}, "ask_access": {"type": "string", "description": "with not-found: where access can be asked for by number, whether there is such a dossier or not"}, "retry_after": {"type": "integer", "description": "seconds"}, "errors": {"type": "array", "items": {"type": "object", "properties": {"field": text, "detail": text}}}}}));
    Value::Object(out)
}
