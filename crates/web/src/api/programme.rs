//! A programme as JSON: how each clause and version stands, cohorts in numbers, the commitments that it answers. For the API and for the
//! command line alike.

use super::json::{line, obligation, point_status, time, values_of};
use super::{Api, read::answer};
use crate::fail::Reply;
use crate::pages::id;
use axum::extract::Path;
use entente_app::views::{
    AgreementSignature, AgreementState, ClauseView, CohortView, CommitmentView, Evidence,
    EvidenceView, FollowUpView, ProgrammeVersion, ProgrammeView, Said,
};
use entente_core::field::Problem;
use entente_core::ids::DossierId;
use entente_core::kinds::programme::TALLY;
use entente_core::kinds::programme::clauses::Standing;
use serde_json::{Map, Value, json};

/// A programme.
pub async fn of(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx
        .run_why(move |app, me| app.programme(me, dossier))
        .await?;
    answer(programme(&view))
}

/// See [`ProgrammeView`].
#[must_use]
pub fn programme(view: &ProgrammeView) -> Value {
    // While an accepted clause cannot be read, whether another one stands is not known.
    let known = view.unclear != Some(Problem::UnreadClause);
    let agreed = |one: &ClauseView| view.agreed.contains(&one.said.entry);
    let clause = |one: &ClauseView| clause(one, (known || !agreed(one)).then(|| agreed(one)));
    let unclear = match view.unclear {
        Some(Problem::UnreadClause) => Some("unread_clause"),
        Some(_) => Some("twice_numbered"),
        None => None,
    };
    json!({
        "unclear": unclear,
        "dossier": line(&view.dossier), "opened": view.opened.as_ref().map(said), "study": all(&view.study, obligation),
        "commitments": all(&view.commitments, commitment), "clauses": all(&view.clauses, clause),
        "versions": all(&view.versions, |one| version(one, view.standing(one))), "in_force": view.in_force().map(|version| version.said.entry.to_string()),
        "cohorts": all(&view.cohorts, cohort), "studies": all(&view.studies, said), "follow_ups": all(&view.follow_ups, follow_up), "costs": all(&view.costs, said), "results": all(&view.results, said),
        "forms": view.forms.iter().map(|entry| entry.name).collect::<Vec<_>>(),
    })
}

pub(super) fn all<T>(items: &[T], one: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(one).collect())
}

/// See [`Said`].
pub(super) fn said(said: &Said) -> Value {
    let lang = said.values.as_ref().and_then(|values| values.lang);
    json!({
        "entry": said.entry.to_string(), "type": said.kind, "service": said.by, "at": time(said.at), "lang": lang,
        "values": said.values.as_ref().map(values_of),
    })
}

fn commitment(one: &CommitmentView) -> Value {
    json!({
        "dossier": one.dossier.to_string(), "entry": one.entry.to_string(), "words": one.words, "status": point_status(&one.status),
        "obligations": all(&one.asks, obligation),
    })
}

fn clause(one: &ClauseView, agreed: Option<bool>) -> Value {
    let standing = match one.standing {
        Standing::Accepted => "accepted",
        Standing::Proposed => "proposed",
        Standing::Countered => "countered",
        Standing::Refused => "refused",
    };
    json!({"standing": standing, "agreed": agreed, "said": said(&one.said), "obligations": all(&one.asks, obligation)})
}

/// The code of a version's state.
fn state(state: AgreementState) -> &'static str {
    match state {
        AgreementState::Proposed => "proposed",
        AgreementState::Signed => "signed",
        AgreementState::Replaced => "replaced",
        AgreementState::NotAgreed => "not_agreed",
        AgreementState::Unread => "unread",
    }
}

fn version(one: &ProgrammeVersion, stands: AgreementState) -> Value {
    let signature = |by: &AgreementSignature| json!({"entry": by.entry.to_string(), "service": by.service, "at": time(by.at)});
    json!({
        "said": said(&one.said), "state": state(stands), "sound": one.sound, "digest": one.digest,
        "clauses": one.clauses.iter().map(ToString::to_string).collect::<Vec<_>>(), "signatures": all(&one.signatures, signature),
        "obligations": all(&one.asks, obligation),
    })
}

fn cohort(one: &CohortView) -> Value {
    let counted = |here: [usize; 4]| -> Map<String, Value> {
        let named = TALLY.iter().zip(here);
        named
            .map(|(name, n)| ((*name).to_owned(), json!(n)))
            .collect()
    };
    json!({
        "said": said(&one.said), "sessions": all(&one.sessions, said), "figures": one.figures.as_ref().map(said),
        "selections": all(&one.selections, said), "universities": all(&one.universities, said), "placements": all(&one.placements, said),
        "evaluations": all(&one.evaluations, said), "here": one.here.map(counted),
        "evaluated_again": one.later.map(|later| json!({"from": time(later.from), "until": time(later.until), "late": later.late})),
    })
}

fn follow_up(one: &FollowUpView) -> Value {
    json!({"said": said(&one.said), "obligations": all(&one.asks, obligation), "reports": all(&one.reports, said)})
}

/// See [`EvidenceView`].
pub(super) fn evidence(one: &EvidenceView) -> Value {
    let (code, of) = match &one.what {
        Evidence::Agreement(stands) => ("agreement", Some(state(*stands).to_owned())),
        Evidence::Cohort => ("cohort", None),
        Evidence::Other(name) => ("other", Some(name.clone())),
    };
    json!({
        "claim": one.claim.to_string(), "service": one.by, "dossier": line(&one.dossier), "entry": one.entry.to_string(),
        "what": code, "state": of,
    })
}
