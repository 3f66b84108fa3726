//! An investigation before the courts as JSON: what may be produced and why the rest may not, what was said of courts, and the bundle as a file.

use super::json::{line, obligation, values_of};
use super::{Api, read::answer};
use crate::fail::Reply;
use crate::pages::{Query, court as court_page, id, page_of};
use crate::time::rfc3339;
use axum::extract::Path;
use entente_app::views::{CourtPart, CourtView, CourtWord, PieceView, VenueState, VenueView};
use entente_core::court::Standing;
use entente_core::ids::DossierId;
use serde_json::{Value, json};

/// A page of what could be produced, and all that was said of the courts.
pub async fn of(Api(cx): Api, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let part = CourtPart::Page(page_of(&query).unwrap_or(0));
    let view = cx.run_why(move |app, me| app.court(me, dossier, &part));
    answer(court(&view.await?))
}

/// The bundle of what was produced.
pub async fn bundle(Api(cx): Api, path: Path<(String, String)>, query: Query) -> Reply {
    court_page::bundle(cx, path, query).await
}

/// See [`CourtView`].
fn court(view: &CourtView) -> Value {
    let words = |of: &[CourtWord]| of.iter().map(word).collect::<Vec<_>>();
    json!({
        "dossier": line(&view.dossier), "pieces": view.pieces.iter().map(piece).collect::<Vec<_>>(), "total": view.total,
        "produced": words(&view.produced), "proceedings": words(&view.proceedings), "outcomes": words(&view.outcomes),
        "venues": view.venues.iter().map(venue).collect::<Vec<_>>(), "parallel": view.parallel(),
        "forms": view.forms.iter().map(|entry| entry.name).collect::<Vec<_>>(),
    })
}

fn word(word: &CourtWord) -> Value {
    json!({
        "entry": word.entry.to_string(), "type": word.entry_type.name, "service": word.service.as_str(), "at": rfc3339(word.at), "ours": word.ours,
        "about": word.about.iter().map(ToString::to_string).collect::<Vec<_>>(), "values": word.values.as_ref().map(values_of),
    })
}

fn venue(venue: &VenueView) -> Value {
    let state = match venue.state {
        VenueState::Agreed => "agreed",
        VenueState::Proposed => "proposed",
        VenueState::NotAgreed => "not_agreed",
    };
    json!({"state": state, "word": word(&venue.word), "asks": venue.asks.iter().map(obligation).collect::<Vec<_>>()})
}

/// See [`PieceView`]. For the API and for the command line alike.
#[must_use]
pub fn piece(piece: &PieceView) -> Value {
    let (barring, by) = match &piece.standing {
        Standing::Asks(barring) => (barring.clone(), Vec::new()),
        Standing::May(by) => (Vec::new(), by.clone()),
        Standing::Barred(_) => (Vec::new(), Vec::new()),
    };
    json!({
        "entry": piece.entry.to_string(), "type": piece.type_name, "title": piece.title, "service": piece.service.as_str(),
        "at": rfc3339(piece.at), "standing": piece.standing.as_str(), "files": piece.files, "corrected": piece.corrected,
        "conditions": barring.iter().map(|(by, code)| json!({"by": by.to_string(), "code": code})).collect::<Vec<_>>(),
        "permissions": by.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "asked": piece.asked.iter().map(|ask| json!({"number": ask.number, "open": ask.state.is_open(), "due": ask.due.map(rfc3339)})).collect::<Vec<_>>(),
    })
}
