//! Oversight by the API: reasons given, access records for inspectors, patterns found, and whether the records are whole.

use super::{Api, Sent};
use crate::fail::{Fail, Reply};
use crate::pages::oversight::{file, place_text, query_of};
use crate::pages::{Query, id};
use crate::time::rfc3339;
use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use entente_app::views::{AccessLine, FindingView};
use entente_app::{AppError, Giving, InputFault, ReasonWanted};
use entente_core::access::{Reason, Wanted};
use entente_core::instant::Instant;
use serde_json::{Value, json};

/// Gives a reason for a search, for entering a dossier that others work in, or for an export.
pub async fn give(Sent { cx, body }: Sent) -> Reply {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let wanted = Wanted::parse(text("wanted"))
        .ok_or_else(|| Fail::input("wanted: search, enter or export"))?;
    let reason = Reason::parse(text("reason"))
        .ok_or_else(|| Fail::from(AppError::from(InputFault::ReasonText)))?;
    let dossier = match text("dossier") {
        "" => None,
        dossier => Some(id(dossier)?),
    };
    let giving = Giving {
        on: ReasonWanted { wanted, dossier },
        reason,
        text: text("why").to_owned(),
    };
    let token = cx.token.clone();
    let given = cx
        .run(move |app, me| app.give_reason(me, &token, &giving))
        .await?;
    let until = rfc3339(given.until);
    Ok(Json(json!({"wanted": wanted, "reason": given.reason, "until": until})).into_response())
}

/// Access records, newest first.
pub async fn list(Api(cx): Api, query: Query) -> Reply {
    let asked = query_of(&query)?;
    let list = cx.run(move |app, me| app.access_list(me, &asked)).await?;
    let lines: Vec<Value> = list.lines.iter().map(line).collect();
    Ok(Json(json!({"records": lines, "next": list.next.map(place_text)})).into_response())
}

/// Access records in a signed file.
pub async fn export(Api(cx): Api, query: Query) -> Reply {
    crate::pages::oversight::export(cx, query).await
}

/// The same, sealed to the key of an inspector.
pub async fn export_to(query: Query, Sent { cx, body }: Sent) -> Reply {
    let asked = query_of(&query)?;
    let key = body.get("to").and_then(Value::as_str).unwrap_or_default();
    let key = key.to_owned();
    let sealed = cx.run(move |app, me| app.access_export_to(me, &asked, &key));
    Ok(file("access-records-sealed.txt", sealed.await?))
}

/// One access record.
pub async fn record(Api(cx): Api, Path(n): Path<String>) -> Reply {
    let n: u64 = id(&n)?;
    let found = cx.run(move |app, me| app.access_record(me, n)).await?;
    Ok(Json(line(&found)).into_response())
}

/// Patterns found.
pub async fn findings(Api(cx): Api) -> Reply {
    let found = cx.run(|app, me| app.access_findings(me, 0)).await?;
    let all: Vec<Value> = found.iter().map(finding).collect();
    Ok(Json(Value::Array(all)).into_response())
}

/// Whether the records are whole; how often inspectors looked within a year.
pub async fn check(Api(cx): Api) -> Reply {
    let (check, looks, asks) = cx
        .run(|app, me| {
            let looks = app.inspections(me)?;
            Ok((app.access_check(me)?, looks, app.admission_figures(me)?))
        })
        .await?;
    let at = |at: Option<Instant>| at.map(rfc3339);
    let lanes = check.lanes.iter().map(|lane| {
        json!({"lane": lane.lane, "from": lane.from, "to": lane.to, "first": at(lane.first), "last": at(lane.last), "unbroken": lane.unbroken})
    });
    let witnesses = check.witnesses.iter().map(|one| {
        json!({"partner": one.partner, "day": rfc3339(one.day), "line": one.line, "same": one.same, "position": one.position,
            "cosigned": one.cosigned, "received": at(one.receipted)})
    });
    let looks = looks
        .iter()
        .map(|one| json!({"inspector": one.inspector, "looks": one.looks}));
    Ok(Json(json!({
        "whole": check.holds(), "records": check.records, "lanes": lanes.collect::<Vec<_>>(),
        "journal": {"lines": check.journal_lines, "unbroken": check.journal_unbroken},
        "witnesses": witnesses.collect::<Vec<_>>(), "inspections": looks.collect::<Vec<_>>(),
        "admissions": super::admission::figures(asks),
    }))
    .into_response())
}

/// A record for programs.
#[must_use]
pub fn line(line: &AccessLine) -> Value {
    let mut out = json!(line.record);
    if let Some(map) = out.as_object_mut() {
        map.insert("n".into(), json!(line.n));
        map.insert("at".into(), json!(rfc3339(line.at)));
        map.insert("lane".into(), json!(line.lane));
        map.insert("seq".into(), json!(line.seq));
        map.insert("numbers".into(), json!(line.numbers));
    }
    out
}

/// A pattern for programs.
#[must_use]
pub fn finding(one: &FindingView) -> Value {
    let found = &one.finding;
    json!({
        "n": one.n, "officer": one.actor, "pattern": found.pattern, "from": rfc3339(found.from), "to": rfc3339(found.to),
        "count": found.count, "with_reason": found.with_reason, "exported": found.exported, "dossiers": found.dossiers, "numbers": one.numbers,
    })
}
