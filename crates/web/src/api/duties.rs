//! Duties to inform as JSON: the magistrates' files, and all of one for judicial review, with its proofs where it is taken out. For the API and
//! for the command line alike.

use super::json::{entry, line, obligation, time};
use super::{Api, read::answer};
use crate::fail::Reply;
use crate::pages::id;
use axum::extract::Path;
use entente_app::views::{DutyFile, DutyState, ReviewEntry, ReviewView};
use entente_core::ids::{DossierId, EntryId};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The magistrates' files.
pub async fn list(Api(cx): Api) -> Reply {
    answer(files(&cx.run(|app, me| app.duty_files(me)).await?))
}

/// All that concerns a duty, in the order of time.
pub async fn of(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    answer(review(
        &cx.run_why(move |app, me| app.review(me, dossier)).await?,
    ))
}

/// The same to take out, with the proofs.
pub async fn taken(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx
        .run_why(move |app, me| app.review_file(me, dossier))
        .await?;
    answer(review(&view))
}

/// See [`DutyFile`].
#[must_use]
pub fn files(all: &[DutyFile]) -> Value {
    let one = |file: &DutyFile| json!({"dossier": line(&file.dossier), "state": state(&file.state), "waits": file.state.waits()});
    json!({"files": all.iter().map(one).collect::<Vec<_>>()})
}

/// See [`ReviewView`]; papers cite each other by their place, from 1.
#[must_use]
pub fn review(view: &ReviewView) -> Value {
    let places = view.places();
    json!({
        "dossier": line(&view.dossier), "drawn": view.drawn.iter().map(line).collect::<Vec<_>>(), "state": view.state.as_ref().map(state),
        "terms": view.terms, "at": time(view.at), "left_out": view.left_out,
        "obligations": view.obligations.iter().map(obligation).collect::<Vec<_>>(),
        "entries": view.entries.iter().map(|one| paper(one, &places)).collect::<Vec<_>>(),
    })
}

fn paper(one: &ReviewEntry, places: &BTreeMap<EntryId, usize>) -> Value {
    let on_file: Vec<&usize> = one.on_file.iter().filter_map(|id| places.get(id)).collect();
    json!({
        "place": places.get(&one.entry.id), "decides": one.decides(), "on_file": on_file, "printed": one.printed, "proof": one.proof,
        "entry": entry(&one.entry),
    })
}

/// See [`DutyState`].
fn state(state: &DutyState) -> Value {
    let decided = |code: &str, by: &EntryId| json!({"code": code, "decision": by.to_string()});
    match state {
        DutyState::Owed => json!({"code": "owed"}),
        DutyState::Ordered(by) => decided("ordered", by),
        DutyState::Refused(by) => decided("refused", by),
        DutyState::Sent { decision, dossier } => {
            json!({"code": "sent", "decision": decision.to_string(), "dossier": dossier.to_string()})
        }
        DutyState::Deferred {
            decision,
            until,
            due,
        } => {
            json!({"code": "deferred", "decision": decision.to_string(), "until": until, "due": due})
        }
    }
}
