//! Meetings in every standing, with texts made to hurt.

use super::{HOSTILE, NOW, entry_id, line, obligations, service};
use entente_app::views::{
    AgendaItem, AllMeetings, DatesAnswer, Decision, Meeting, MeetingsView, Minutes, OnAgenda,
    ProposedDates, SeriesLine, Standing,
};
use entente_core::cadence::Cadence;
use entente_core::field::{Value, Values};
use entente_core::instant::{Instant, Span};
use entente_core::kinds::meeting::{AT, LASTS, MODE, PLACE};
use entente_core::label::Lang;

fn said(fields: &[(&str, &str)]) -> Values {
    let mut values = Values::default();
    for (name, text) in fields {
        values
            .values
            .insert((*name).to_owned(), Value::Text((*text).to_owned()));
    }
    values.values.insert(LASTS.to_owned(), Value::Number(90));
    values
}

fn meeting((n, standing): (u8, Standing)) -> Meeting {
    let words = said(&[
        ("title", HOSTILE),
        (PLACE, HOSTILE),
        (MODE, "video"),
        (AT, "2026-10-06T09:00"),
    ]);
    let minutes = |approved: bool| Minutes {
        entry: entry_id(n),
        by: service("ma/liaison"),
        held: Some(NOW),
        values: approved.then(|| {
            said(&[
                ("present", HOSTILE),
                ("text", HOSTILE),
                ("other_lang", "ar"),
                ("other_text", HOSTILE),
            ])
        }),
        approved,
        printed: approved,
        approvals: vec![(service("fr/liaison"), NOW)],
        asks: obligations(),
    };
    Meeting {
        entry: entry_id(n),
        by: service("fr/liaison"),
        written: NOW,
        values: (standing != Standing::Unknown).then_some(words),
        at: (standing != Standing::Unknown).then_some(NOW + Span::days(i64::from(n))),
        standing,
        sequence: 1,
        first: entry_id(n),
        asks: obligations(),
        printed: true,
        minutes: vec![minutes(true), minutes(false)],
    }
}

pub fn meetings() -> MeetingsView {
    let standings = [
        Standing::Ahead,
        Standing::Unminuted,
        Standing::Minuted,
        Standing::Approved,
        Standing::Moved(entry_id(1)),
        Standing::Cancelled(entry_id(2)),
        Standing::Unknown,
    ];
    let dossier = line("meeting");
    let held: Vec<Instant> = [400, 90, 30].map(|days| NOW - Span::days(days)).to_vec();
    let because = [
        OnAgenda::Escalated,
        OnAgenda::Contested,
        OnAgenda::Overdue,
        OnAgenda::DueBefore,
    ];
    let agenda = because.iter().cycle().zip(obligations());
    MeetingsView {
        forms: dossier.kind.entries.iter().copied().take(6).collect(),
        dossier,
        opened: Some(said(&[("title", HOSTILE)])),
        cadence: Cadence::of(&held, Some(20), NOW),
        meetings: (1..).zip(standings).map(meeting).collect(),
        proposals: vec![ProposedDates {
            entry: entry_id(3),
            by: service("fr/liaison"),
            values: Some(said(&[("title", HOSTILE)])),
            dates: vec![("first", NOW), ("second", NOW + Span::days(1))],
            asks: obligations().into_iter().take(1).collect(),
            answers: vec![DatesAnswer {
                by: service("ma/liaison"),
                suit: vec!["second".to_owned()],
                remark: Some(HOSTILE.into()),
                lang: Some(Lang::Ar),
            }],
        }],
        decisions: vec![Decision {
            entry: entry_id(4),
            values: Some(said(&[("title", HOSTILE)])),
            of: Some(entry_id(4)),
            printed: true,
            asks: obligations(),
        }],
        agenda: agenda
            .map(|(because, obligation)| AgendaItem {
                because: *because,
                obligation,
                printed: true,
            })
            .collect(),
    }
}

/// Every series.
pub fn all() -> AllMeetings {
    let one = meetings();
    AllMeetings {
        decisions: one
            .decisions
            .iter()
            .map(|decision| (one.dossier.clone(), decision.clone()))
            .collect(),
        series: vec![SeriesLine {
            next: one.next().cloned(),
            target: Some(30),
            cadence: one.cadence,
            opened: one.opened,
            dossier: one.dossier,
        }],
    }
}
