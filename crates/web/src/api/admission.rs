//! Access asked for by number, by the API.

use super::{Api, Sent};
use crate::fail::{Fail, Reply};
use crate::time::rfc3339;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use entente_app::views::{AdmissionFigures, AdmissionLine, AdmissionTask};
use entente_app::{AppError, Asking, InputFault};
use entente_core::access::Reason;
use serde_json::{Value, json};

fn line(l: &AdmissionLine) -> Value {
    json!({
        "name": l.name, "number": l.number, "service": l.service, "reason": l.reason, "at": rfc3339(l.at), "until": rfc3339(l.until),
    })
}

/// See [`AdmissionTask`].
pub fn task(t: &AdmissionTask) -> Value {
    json!({
        "request": line(&t.line), "officer": {"id": t.who.id, "name": t.who.name}, "roles": t.roles,
        "dossier": super::json::line(&t.dossier), "barred": t.barred.as_ref().map(|bar| bar.name()),
    })
}

/// See [`AdmissionFigures`].
pub fn figures(f: AdmissionFigures) -> Value {
    json!({"asked": f.asked, "for_nothing": f.for_nothing})
}

/// The caller's requests, and those that they are to answer.
pub async fn list(Api(cx): Api) -> Reply {
    let view = cx.run(|app, me| app.admissions(me)).await?;
    let own: Vec<Value> = view.own.iter().map(line).collect();
    let tasks: Vec<Value> = view.tasks.iter().map(task).collect();
    Ok(Json(json!({"own": own, "tasks": tasks})).into_response())
}

/// Asks: accepted, whatever the number is of.
pub async fn ask(Sent { cx, body }: Sent) -> Reply {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let reason = text("reason").and_then(Reason::parse);
    let reason = reason.ok_or_else(|| Fail::from(AppError::from(InputFault::ReasonText)))?;
    let asking = Asking {
        number: text("number").unwrap_or_default().to_owned(),
        service: text("service").map(crate::pages::id).transpose()?,
        reason,
    };
    cx.run(move |app, me| app.ask_admission(me, &asking))
        .await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// Grants or refuses: `do` says which.
pub async fn decide(Path(name): Path<String>, Sent { cx, body }: Sent) -> Reply {
    let grant = match body.get("do").and_then(Value::as_str) {
        Some("grant") => true,
        Some("refuse") => false,
        _ => return Err(Fail::input("do: grant or refuse")),
    };
    cx.run(move |app, me| app.decide_admission(me, &name, grant).map(drop))
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
