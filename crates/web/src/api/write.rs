//! Writing by the API.

use super::{Api, Brought, Sent, guest_body, weight};
use crate::context::blocking;
use crate::fail::{Fail, Reply};
use crate::pages::id;
use crate::state::Shared;
use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entente_app::{
    AppError, DeclarationImport, NewFile, Recorded, Recording, Releasing, Submitted,
};
use entente_core::codes::{Basis, Necessity};
use entente_core::field::Bind;
use entente_core::field::Values;
use entente_core::handling::HandlingCodes;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::EntryType;
use entente_core::kinds;
use entente_core::kinds::erasure::ERASE;
use entente_core::label::Lang;
use entente_core::terms::TermsDraft;
use serde::Deserialize as _;
use serde_json::{Value, json};
use std::str::FromStr;

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value
        .get(name)
        .and_then(Value::as_str)
        .filter(|t| !t.is_empty())
}

/// An optional name or identifier.
fn parsed<T: FromStr>(value: &Value, name: &str) -> Result<Option<T>, Fail> {
    text(value, name)
        .map(|t| {
            t.parse()
                .map_err(|_| Fail::input(format!("{name}: not of its form")))
        })
        .transpose()
}

fn lang_of(value: &Value) -> Option<Lang> {
    text(value, "lang").and_then(Lang::parse)
}

/// Bytes given as `base64`, or as `text`.
pub fn bytes_of(value: &Value) -> Result<Vec<u8>, Fail> {
    match (text(value, "base64"), text(value, "text")) {
        (Some(coded), _) => STANDARD
            .decode(coded)
            .map_err(|_| Fail::input("base64: not of its form")),
        (None, Some(words)) => Ok(words.as_bytes().to_vec()),
        (None, None) => Err(Fail::input("text or base64 is required")),
    }
}

/// What became of an entry: recorded, or waiting for a second signature.
pub fn recorded_as(submitted: Submitted) -> axum::response::Response {
    match submitted {
        Submitted::Recorded(r) => recorded(StatusCode::CREATED, r),
        Submitted::Waits(_) | Submitted::Signs(_) => {
            (StatusCode::ACCEPTED, Json(became(&submitted))).into_response()
        }
    }
}

fn became(submitted: &Submitted) -> Value {
    match submitted {
        Submitted::Recorded(r) => place(r),
        Submitted::Waits(draft) => json!({"draft": draft.to_string()}),
        Submitted::Signs(asked) => weight::asked(asked),
    }
}

fn recorded(status: StatusCode, r: Recorded) -> axum::response::Response {
    (status, Json(place(&r))).into_response()
}

/// Where an entry was recorded, and as which.
pub fn place(r: &Recorded) -> Value {
    json!({"dossier": r.dossier.to_string(), "entry": r.entry.to_string()})
}

/// Signs in with a password and, where there is a second factor, its code; or as a person of the demonstration.
pub async fn sign_in(State(shared): State<Shared>, request: Request) -> Reply {
    if !crate::post::own_origin(request.headers()) {
        return Err(Fail::foreign_form());
    }
    let sent = guest_body(request).await?;
    let own = |name: &str| text(&sent, name).unwrap_or_default().to_owned();
    let verbs = shared.verbs.clone();
    let (login, password, known) = (own("id"), own("password"), own("known"));
    let (persona, code) = (own("persona"), own("code"));
    let _held = shared.passwords.acquire().await.map_err(|_| Fail::bug())?;
    let signed = blocking(move || {
        if persona.is_empty() {
            let signed = verbs.sign_in(&login, &password, &known)?;
            match signed.code_next && !code.is_empty() {
                true => verbs.second_step(&signed.token, &code, &known),
                false => Ok(signed),
            }
        } else {
            verbs.sign_in_persona(&persona)
        }
    })
    .await?;
    if signed.code_next {
        return Err(Fail::code_needed());
    }
    Ok(
        Json(json!({"token": signed.token, "csrf": signed.csrf, "known": signed.known}))
            .into_response(),
    )
}

pub async fn sign_out(Api(cx): Api) -> Reply {
    let (verbs, token) = (cx.shared.verbs.clone(), cx.token.clone());
    blocking(move || verbs.sign_out(&token)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The definition of a type's name.
fn definition(name: &str) -> Option<&'static EntryType> {
    let found = kinds::entry(name);
    found.filter(|entry| !entry.is_written_beside())
}

/// Records an entry, or opens a dossier.
pub async fn record(Brought { cx, body, files }: Brought) -> Reply {
    let mut recording = recording_of(&body)?;
    recording.files.extend(files);
    let alone = text(&body, "alone").map(str::to_owned);
    let done = cx.run(move |app, me| app.submit(me, recording, alone.as_deref()));
    Ok(recorded_as(done.await?))
}

/// An entry to come, from its JSON.
///
/// # Errors
/// What cannot be read.
pub fn recording_of(body: &Value) -> Result<Recording, Fail> {
    let entry = text(body, "type")
        .and_then(definition)
        .ok_or_else(|| Fail::input("type: no such entry type"))?;
    let empty = serde_json::Map::new();
    let object = body
        .get("values")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let values = Values::from_json(entry.fields, object, lang_of(body))
        .map_err(|e| Fail::from(AppError::Fields(e)))?;
    let erases = erases(body)?;
    if !erases.is_empty()
        && ERASE
            .text(&values, Bind::Erase)
            .is_none_or(|_| entry.name != ERASE.name)
    {
        return Err(Fail::input(
            "erases: only beside the entry that an erasure names",
        ));
    }
    Ok(Recording {
        dossier: parsed(body, "dossier")?,
        partner: parsed(body, "partner")?,
        entry_type: entry.name.to_owned(),
        values,
        target: parsed(body, "on")?,
        files: files(body)?,
        own_only: body
            .get("own_only")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        seen: text(body, "seen").unwrap_or_default().to_owned(),
        necessity: text(body, "necessity").and_then(Necessity::parse),
        basis: text(body, "basis").and_then(Basis::parse),
        terms: terms(body)?,
        proposal: parsed(body, "proposal")?,
        erases,
        erases_here: Vec::new(),
        expired: None,
    })
}

/// What one erasure takes beside the entry that it names: read whole or refused.
fn erases(body: &Value) -> Result<Vec<EntryId>, Fail> {
    let list = match body.get("erases") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(Fail::input("erases: not a list of entries")),
    };
    let one = |id: &Value| id.as_str().and_then(|id| id.parse().ok());
    let ids: Option<Vec<EntryId>> = list.iter().map(one).collect();
    ids.ok_or_else(|| Fail::input("erases: not a list of entries"))
}

/// Changes to charter terms: read whole or refused, never in part.
fn terms(body: &Value) -> Result<Option<TermsDraft>, Fail> {
    match body.get("terms") {
        None | Some(Value::Null) => Ok(None),
        // A list would be read as its parts in their order.
        Some(given) if !given.is_object() => Err(Fail::input("terms: not an object")),
        Some(given) => TermsDraft::deserialize(given)
            .map(Some)
            .map_err(|error| Fail::input(format!("terms: {error}"))),
    }
}

fn files(body: &Value) -> Result<Vec<NewFile>, Fail> {
    let given = body
        .get("files")
        .and_then(Value::as_array)
        .map_or(&[][..], Vec::as_slice);
    let one = |f: &Value| {
        Ok(NewFile::of(
            text(f, "name").unwrap_or("file"),
            text(f, "media").unwrap_or("application/octet-stream"),
            bytes_of(f)?,
        ))
    };
    given.iter().map(one).collect()
}

/// What the text engine proposes; nothing is stored.
pub async fn propose(Sent { cx, body }: Sent) -> Reply {
    let bytes = bytes_of(&body)?;
    let name = text(&body, "file_name").unwrap_or("pasted.txt").to_owned();
    let lang = lang_of(&body);
    let proposal = cx
        .run(move |app, _| app.propose_declaration(&bytes, &name, lang))
        .await?;
    Ok(Json(proposal).into_response())
}

pub async fn declaration(Sent { cx, body }: Sent) -> Reply {
    let given = body
        .get("versions")
        .and_then(Value::as_array)
        .ok_or_else(|| Fail::input("versions is required"))?;
    let one = |v: &Value| {
        Ok((
            lang_of(v),
            text(v, "file_name").unwrap_or("pasted.txt").to_owned(),
            bytes_of(v)?,
        ))
    };
    let versions = given.iter().map(one).collect::<Result<Vec<_>, Fail>>()?;
    let own = |name: &str| text(&body, name).unwrap_or_default().to_owned();
    let import = DeclarationImport {
        partner: parsed(&body, "partner")?,
        title: own("title"),
        reference: own("reference"),
        date: own("date"),
        place: own("place"),
        versions,
    };
    let done = cx
        .run(move |app, me| app.import_declaration(me, import))
        .await?;
    Ok(recorded(StatusCode::CREATED, done))
}

pub async fn register(Sent { cx, body }: Sent) -> Reply {
    let partner = parsed(&body, "partner")?;
    let bytes = body
        .get("register")
        .map(Value::to_string)
        .ok_or_else(|| Fail::input("register is required"))?
        .into_bytes();
    let done = cx
        .run(move |app, me| app.import_register(me, partner, &bytes))
        .await?;
    Ok(several(&done))
}

pub async fn confirm(Path(dossier): Path<String>, Sent { cx, body }: Sent) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let index = body
        .get("index")
        .and_then(Value::as_u64)
        .and_then(|n| u32::try_from(n).ok());
    let index = index.ok_or_else(|| Fail::input("index is required"))?;
    let done = cx
        .run(move |app, me| app.confirm(me, dossier, index))
        .await?;
    Ok(recorded(StatusCode::CREATED, done))
}

/// Releases entries of earlier dossiers.
pub async fn release(Path(dossier): Path<String>, Sent { cx, body }: Sent) -> Reply {
    let named = body.get("entries").and_then(Value::as_array);
    let named = named.ok_or_else(|| Fail::input("entries is required"))?;
    let one = |v: &Value| {
        let id = v.as_str().and_then(|t| t.parse().ok());
        id.ok_or_else(|| Fail::input("entries: not of their form"))
    };
    let releasing = Releasing {
        dossier: id(&dossier)?,
        entries: named.iter().map(one).collect::<Result<_, Fail>>()?,
        handling: codes(&body)?,
        necessity: text(&body, "necessity").and_then(Necessity::parse),
        basis: text(&body, "basis").and_then(Basis::parse),
    };
    let done = cx.run(move |app, me| app.release(me, &releasing)).await?;
    let list: Vec<Value> = done.iter().map(became).collect();
    Ok((StatusCode::CREATED, Json(json!({"recorded": list}))).into_response())
}

/// Conditions to add: one by its name, several joined by `+`, or a list.
fn codes(body: &Value) -> Result<Option<HandlingCodes>, Fail> {
    let names = match body.get("handling") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(names)) => names.clone(),
        Some(Value::Array(names)) if names.is_empty() => return Ok(None),
        Some(Value::Array(names)) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            names.join("+")
        }
        Some(_) => return Err(Fail::input("handling: not of its form")),
    };
    let read = HandlingCodes::parse(&names);
    let read = read.ok_or_else(|| Fail::input("handling: not of its form"))?;
    Ok(Some(read))
}

/// What several entries were recorded as.
fn several(done: &[Recorded]) -> axum::response::Response {
    let list: Vec<Value> = done.iter().map(place).collect();
    (StatusCode::CREATED, Json(json!({"recorded": list}))).into_response()
}

/// A bundle, streamed as it is packed.
pub async fn courier_pack(Path(node): Path<String>, Api(cx): Api) -> Reply {
    crate::pages::courier::stream(cx, id(&node)?).await
}

pub async fn courier_unpack(Sent { cx, body }: Sent) -> Reply {
    let bytes = bytes_of(&body)?;
    let report = cx
        .run(move |app, me| {
            app.courier_unpack(me, None, &mut std::io::Cursor::new(bytes), &mut |_, _| {})
        })
        .await?;
    Ok(Json(super::json::courier_report(&report)).into_response())
}
