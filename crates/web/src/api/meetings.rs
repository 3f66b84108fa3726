//! The meetings of a series as JSON: cadence, meetings with their minutes, dates proposed, decisions, the agenda. For the API and for the command
//! line alike.

use super::json::{line, obligation, time, values_of};
use super::write::bytes_of;
use super::{Api, Sent, read::answer};
use crate::fail::{Fail, Reply};
use crate::pages::id;
use crate::pages::meetings::not_taken;
use axum::extract::Path;
use axum::http::StatusCode;
use entente_app::views::{
    CalendarAnswer, Decision, Meeting, MeetingsView, Minutes, ObligationView, OnAgenda,
    ProposedDates, Standing,
};
use entente_core::field::Values;
use entente_core::ids::{DossierId, ObligationId};
use entente_core::kinds::common::REFUSE;
use entente_core::kinds::meeting::{ATTEND, DATES, LASTS};
use serde_json::{Value, json};

/// The meetings.
pub async fn of(Api(cx): Api, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run_why(move |app, me| app.meetings(me, dossier)).await?;
    answer(meetings(&view))
}

/// What the answer of a calendar program comes to: the type of the entry that it fills, with its values. Nothing is recorded by it.
pub async fn take(Path(dossier): Path<String>, Sent { cx, body }: Sent) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let file = bytes_of(&body)?;
    let taken = cx
        .run_why(move |app, me| app.meeting_answer(me, dossier, &file))
        .await?;
    // The request is as it should be; what the file says is not (RFC 9110 section 15.5.21).
    let refused = |why| Fail {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Fail::input_key(not_taken(why))
    };
    answer(filled(taken.map_err(refused)?))
}

fn filled(answer: CalendarAnswer) -> Value {
    let on =
        |name: &str, id: ObligationId| json!({"type": name, "on": id.to_string(), "values": {}});
    match answer {
        CalendarAnswer::Attends(id) => on(ATTEND.name, id),
        CalendarAnswer::Declines(id) => on(REFUSE.name, id),
        CalendarAnswer::Proposes { at, minutes } => {
            let mut values = json!({"first": time(at)});
            if let Some(minutes) = minutes {
                values[LASTS] = json!(minutes);
            }
            json!({"type": DATES.name, "values": values})
        }
    }
}

/// See [`MeetingsView`].
#[must_use]
pub fn meetings(view: &MeetingsView) -> Value {
    let cadence = &view.cadence;
    let agenda = view.agenda.iter().map(|item| {
        json!({"because": because(item.because), "obligation": obligation(&item.obligation)})
    });
    let follow_up = view.follow_up();
    json!({
        "dossier": line(&view.dossier), "opened": said(view.opened.as_ref()),
        "cadence": {
            "held": cadence.held, "last_year": cadence.last_year, "year_before": cadence.year_before, "mean_days": cadence.mean_days,
            "longest_days": cadence.longest_days, "last": cadence.last.map(time), "due": cadence.due.map(time),
        },
        "meetings": all(&view.meetings, meeting), "next": view.next().map(|next| next.entry.to_string()),
        "dates": all(&view.proposals, dates), "decisions": all(&view.decisions, decision),
        "follow_up": follow_up.iter().map(|one| one.entry.to_string()).collect::<Vec<_>>(), "agenda": agenda.collect::<Vec<_>>(),
        "forms": view.forms.iter().map(|entry| entry.name).collect::<Vec<_>>(),
    })
}

fn all<T>(items: &[T], one: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(one).collect())
}

fn said(values: Option<&Values>) -> Value {
    json!(values.map(|values| json!({"lang": values.lang, "values": values_of(values)})))
}

fn asks(asks: &[ObligationView]) -> Value {
    all(asks, obligation)
}

fn meeting(one: &Meeting) -> Value {
    let (standing, by) = match one.standing {
        Standing::Ahead => ("ahead", None),
        Standing::Unminuted => ("unminuted", None),
        Standing::Minuted => ("minuted", None),
        Standing::Approved => ("approved", None),
        Standing::Moved(by) => ("moved", Some(by)),
        Standing::Cancelled(by) => ("cancelled", Some(by)),
        Standing::Unknown => ("unknown", None),
    };
    json!({
        "entry": one.entry.to_string(), "service": one.by, "written": time(one.written), "said": said(one.values.as_ref()), "at": one.at.map(time),
        "standing": standing, "by": by.map(|by| by.to_string()), "sequence": one.sequence, "first": one.first.to_string(),
        "obligations": asks(&one.asks), "minutes": all(&one.minutes, minutes),
    })
}

fn minutes(one: &Minutes) -> Value {
    let approvals = one.approvals.iter();
    let approvals = approvals.map(|(by, at)| json!({"service": by, "at": time(*at)}));
    json!({
        "entry": one.entry.to_string(), "service": one.by, "held": one.held.map(time), "said": said(one.values.as_ref()),
        "approved": one.approved, "approvals": approvals.collect::<Vec<_>>(), "obligations": asks(&one.asks),
    })
}

fn dates(one: &ProposedDates) -> Value {
    let date = |(name, at): &(&'static str, _)| json!({"name": name, "at": time(*at), "suits_all": one.suits_all(name)});
    json!({
        "entry": one.entry.to_string(), "service": one.by, "said": said(one.values.as_ref()), "dates": all(&one.dates, date),
        "obligations": asks(&one.asks),
    })
}

fn decision(one: &Decision) -> Value {
    json!({
        "entry": one.entry.to_string(), "of": one.of.map(|of| of.to_string()), "said": said(one.values.as_ref()),
        "obligations": asks(&one.asks),
    })
}

fn because(because: OnAgenda) -> &'static str {
    match because {
        OnAgenda::Escalated => "escalated",
        OnAgenda::Contested => "contested",
        OnAgenda::Overdue => "overdue",
        OnAgenda::DueBefore => "due_before",
    }
}
