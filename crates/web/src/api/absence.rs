//! Absences by the API: who acts for whom, and for whom this session acts.

use super::{Api, Sent};
use crate::fail::{Fail, Reply};
use crate::time::rfc3339;
use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use entente_app::views::{AbsenceView, Absences, Colleague};
use entente_app::{Absence, By};
use entente_core::instant::Instant;
use serde_json::{Value, json};

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn needed(value: &Value, name: &str) -> Result<String, Fail> {
    let found = text(value, name).filter(|text| !text.is_empty());
    let found = found.ok_or_else(|| Fail::input(format!("{name} is required")))?;
    Ok(found.to_owned())
}

fn moment(value: &Value, name: &str) -> Result<Instant, Fail> {
    let at = Instant::parse(&needed(value, name)?);
    at.ok_or_else(|| {
        Fail::input(format!(
            "{name}: a moment in UTC, such as 2026-08-03T00:00Z"
        ))
    })
}

/// Whose absence is meant: one's own, unless an administrator names somebody.
fn whose(value: &Value, me: &str) -> String {
    text(value, "officer").unwrap_or(me).to_owned()
}

fn colleague(c: &Colleague) -> Value {
    json!({"id": c.id, "name": c.name})
}

fn absence(a: &AbsenceView) -> Value {
    json!({
        "name": a.name, "officer": colleague(&a.officer), "colleague": colleague(&a.colleague),
        "from": rfc3339(a.from), "until": rfc3339(a.until), "now": a.now,
    })
}

fn shown(all: &Absences) -> Value {
    let each = |list: &[AbsenceView]| list.iter().map(absence).collect::<Vec<_>>();
    json!({
        "own": each(&all.own), "others": each(&all.others),
        "colleagues": all.colleagues.iter().map(colleague).collect::<Vec<_>>(),
    })
}

/// Who acts for the officer, for whom they act, whom they could appoint.
pub async fn list(Api(cx): Api) -> Reply {
    let all = cx
        .run(|app, me| app.absences(By::Officer(me), &me.id))
        .await?;
    Ok(Json(shown(&all)).into_response())
}

/// Appoints a colleague.
pub async fn appoint(Sent { cx, body }: Sent) -> Reply {
    let (colleague, from, until) = (
        needed(&body, "colleague")?,
        moment(&body, "from")?,
        moment(&body, "until")?,
    );
    cx.run(move |app, me| {
        let absence = Absence {
            officer: whose(&body, &me.id),
            colleague,
            from,
            until,
        };
        app.appoint(By::Officer(me), &absence)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Ends what was provided.
pub async fn end(Sent { cx, body }: Sent) -> Reply {
    let name = needed(&body, "name")?;
    cx.run(move |app, me| app.end_absence(By::Officer(me), &whose(&body, &me.id), &name))
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// From now on this session acts for somebody who is absent; with none named, for its own officer again.
pub async fn act_for(Sent { cx, body }: Sent) -> Reply {
    let token = cx.token.clone();
    cx.run(move |app, me| app.act_for(me, &token, text(&body, "officer")))
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
