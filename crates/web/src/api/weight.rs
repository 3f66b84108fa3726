//! Acts of weight by the API, in two calls: what was to be recorded answers with what a passkey is to sign; its answer records it.

use super::write::{place, recorded_as};
use super::{Api, Sent};
use crate::fail::{Fail, Reply};
use crate::pages::id;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use entente_app::{
    AppError, AskedAgain, DraftId, Recorded, SignatureAsked, SignedState, Submitted, Weighed,
};
use entente_core::ids::EntryId;
use serde_json::{Value, json};

/// What a passkey is to sign: `options` are those of `navigator.credentials.get`.
pub fn asked(asked: &SignatureAsked) -> Value {
    let options: Value = serde_json::from_str(&asked.challenge.options).unwrap_or_default();
    json!({"sign": {
        "token": asked.challenge.token, "options": options, "entry": asked.entry.to_string(), "rest": asked.rest,
        "drafts": named(&asked.waits),
        "preview": super::json::drafts::preview(&asked.preview),
        "again": asked.again.map(|why| match why {
            AskedAgain::Moved => "moved",
            AskedAgain::Wrong => "wrong",
        }),
    }})
}

/// Takes the passkey's answer, and records exactly what was signed.
pub async fn finish(Sent { cx, body }: Sent) -> Reply {
    let own = |name: &str| body.get(name).and_then(Value::as_str);
    let token = own("token").ok_or_else(|| Fail::input("token is required"))?;
    let answer = body.get("answer").filter(|answer| answer.is_object());
    let answer = answer.ok_or_else(|| Fail::input("answer: not an object"))?;
    let (token, answer) = (token.to_owned(), answer.to_string());
    let done = cx.run(move |app, me| app.finish_weighty(me, &token, &answer));
    Ok(match done.await? {
        Weighed::Recorded(recorded) => recorded_as(Submitted::Recorded(recorded)),
        Weighed::Waits(recorded, drafts) => with_drafts(recorded, &drafts),
        Weighed::Again(next) => (StatusCode::ACCEPTED, Json(asked(&next))).into_response(),
        Weighed::Stale(_) => return Err(AppError::Stale.into()),
    })
}

/// What was recorded, with what waits for a second officer beside it.
fn with_drafts(recorded: Recorded, drafts: &[DraftId]) -> Response {
    let mut place = place(&recorded);
    if let Some(place) = place.as_object_mut() {
        place.insert("drafts".to_owned(), named(drafts));
    }
    (StatusCode::CREATED, Json(place)).into_response()
}

fn named(drafts: &[DraftId]) -> Value {
    drafts.iter().map(ToString::to_string).collect()
}

/// Gives the partner the whole signature.
pub async fn disclose(Path(entry): Path<String>, Api(cx): Api) -> Reply {
    let entry: EntryId = id(&entry)?;
    let done = cx
        .run(move |app, me| app.disclose_signature(me, entry))
        .await?;
    Ok(recorded_as(Submitted::Recorded(done)))
}

/// What is known of an officer's own signature.
pub fn state(state: &SignedState) -> Value {
    match state {
        SignedState::Valid(by) => json!({
            "state": "valid", "officer": by.officer, "wrote": by.wrote, "passkey": by.passkey, "host": by.host,
            "registered_ms": by.registered.0, "told": by.told,
        }),
        SignedState::Kept => json!({"state": "kept"}),
        SignedState::False => json!({"state": "false"}),
        SignedState::Follows(of) => {
            json!({"state": "follows", "of": of.map(|id| id.to_string())})
        }
        SignedState::Unsigned => json!({"state": "unsigned"}),
    }
}
