//! Drafts by the API: what waits for a signature, and what is decided about it.

use super::json::drafts as json;
use super::write::{recorded_as, recording_of};
use super::{Api, Sent};
use crate::fail::{Fail, Reply};
use crate::pages::id;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use entente_app::{AppError, DraftId, Submitted};
use serde_json::{Value, json as object};

/// Everything that concerns who asks.
pub async fn list(Api(cx): Api) -> Reply {
    let lines = cx.run(|app, me| app.drafts(me)).await?;
    let lines: Vec<Value> = lines.iter().map(json::line).collect();
    Ok(Json(object!({"drafts": lines})).into_response())
}

/// One draft, with what would leave.
pub async fn one(Api(cx): Api, Path(draft): Path<String>) -> Reply {
    let draft: DraftId = id(&draft)?;
    let view = cx.run(move |app, me| app.draft(me, draft)).await?;
    Ok(Json(json::view(&view)).into_response())
}

/// A file of a draft.
pub async fn file(Api(cx): Api, path: Path<(String, String)>) -> Reply {
    crate::pages::drafts::file(cx, path).await
}

/// An entry to come as the partner would see it; nothing is stored.
pub async fn preview(Sent { cx, body }: Sent) -> Reply {
    let recording = recording_of(&body)?;
    let seen = cx.run(move |app, me| app.preview(me, recording)).await?;
    Ok(Json(json::preview(&seen)).into_response())
}

/// Decides: `do` says what.
pub async fn decide(Path(draft): Path<String>, Sent { cx, body }: Sent) -> Reply {
    let draft: DraftId = id(&draft)?;
    let own = |name: &str| {
        let text = body.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let (what, ground) = (own("do"), own("ground"));
    if !DECISIONS.contains(&what.as_str()) {
        return Err(Fail::input("do: not one of the decisions"));
    }
    if what == "approve" {
        let asked = cx.run(move |app, me| app.ask_to_approve(me, draft)).await?;
        if let Some(asked) = asked {
            return Ok(recorded_as(Submitted::Signs(Box::new(asked))));
        }
    }
    let done = cx.run(move |app, me| {
        match what.as_str() {
            "approve" => return app.approve_draft(me, draft).map(Some),
            "return" => app.return_draft(me, draft, &ground)?,
            "take_back" => app.take_draft_back(me, draft)?,
            "sign" => app.sign_afterwards(me, draft)?,
            "refuse" => app.refuse_afterwards(me, draft, &ground)?,
            "settle" => app.settle_refused(me, draft)?,
            _ => return Err(AppError::NotFound),
        }
        Ok(None)
    });
    Ok(match done.await? {
        Some(recorded) => recorded_as(Submitted::Recorded(recorded)),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// What may be decided about a draft.
pub const DECISIONS: [&str; 6] = ["approve", "return", "take_back", "sign", "refuse", "settle"];
