//! A plan and an action day in every state, with hostile words, one of each unreadable and one not to be printed.

use super::{HOSTILE, NOW, entry_id, line, node, obligations, service};
use crate::tests::sample::dossier_id;
use entente_app::views::{
    ComparisonView, Comparisons, DayLine, DayStanding, DayView, DroppedStep, Found, NearOther,
    NearView, NearbyLine, PlanView, ResultView, SaidOfStep, StepView, TaskView, TypedView,
};
use entente_core::field::{Value, Values};
use entente_core::ids::EntryId;
use entente_core::instant::Span;
use entente_core::kinds::investigation::day::{NAME, StepState, ZERO, is_of_day};
use entente_core::kinds::investigation::plan::{ABOUT, ENDS, PLACE, STARTS, TITLE, plans};
use entente_core::kinds::investigation::steps::{FromZero, Step};
use entente_core::label::Lang;

fn values(fields: &[(&str, &str)]) -> Values {
    let text = |(name, text): &(&str, &str)| ((*name).to_owned(), Value::Text((*text).to_owned()));
    Values {
        lang: Some(Lang::Ar),
        values: fields.iter().map(text).collect(),
    }
}

fn result(n: u8, readable: bool) -> ResultView {
    ResultView {
        entry: entry_id(n),
        service: service("ma/liaison"),
        at: NOW,
        values: readable.then(|| values(&[("text", HOSTILE)])),
        printed: n.is_multiple_of(2),
    }
}

fn near() -> Vec<NearView> {
    let one = |step, other| NearView {
        entry: entry_id(1),
        abroad: false,
        step,
        other,
    };
    let abroad = NearView {
        abroad: true,
        ..one(Some(1), None)
    };
    let known = NearOther {
        dossier: dossier_id(6),
        entry: entry_id(3),
        service: service("ma/liaison"),
    };
    vec![one(None, None), abroad, one(Some(2), Some(known))]
}

/// Comparisons of ours in every state, and one that the other side asks.
fn compared() -> Comparisons {
    let founds = [
        None,
        Some(Found::Nothing),
        Some(Found::Near(2)),
        Some(Found::Unreadable),
    ];
    let one = |(n, plan, found): (u8, Option<EntryId>, Option<Found>)| ComparisonView {
        entry: entry_id(n),
        own: n != 30,
        by_name: n != 30,
        plan,
        typed: (n == 31).then(|| TypedView {
            place: HOSTILE.to_owned(),
            from: NOW,
            until: NOW + Span::hours(2),
        }),
        found,
        asks: obligations().into_iter().take(2).collect(),
    };
    let ours = (20u8..).zip(founds);
    let ours = ours.map(|(n, found)| (n, Some(entry_id(1)), found));
    Comparisons {
        offered: vec![entry_id(1), entry_id(2)],
        typed: true,
        older: vec![node("es")],
        asked: ours
            .chain([(30, None, None), (31, None, None)])
            .map(one)
            .collect(),
    }
}

/// A task, a day and a typed place near which something is planned, one of them unreadable.
pub fn nearby() -> Vec<NearbyLine> {
    let one = |(n, name): (u8, Option<&str>)| NearbyLine {
        dossier: line("investigation"),
        entry: entry_id(n),
        day: n == 2,
        typed: n == 3,
        name: name.map(str::to_owned),
    };
    [(1, Some(HOSTILE)), (2, Some(HOSTILE)), (3, None), (4, None)]
        .map(one)
        .to_vec()
}

pub fn plan() -> PlanView {
    let said = values(&[
        (TITLE, HOSTILE),
        ("text", HOSTILE),
        (PLACE, HOSTILE),
        (STARTS, "2025-11-24T10:00"),
        (ENDS, "2025-11-24T12:00"),
        (ABOUT, &entry_id(2).to_string()),
    ]);
    let asks = obligations();
    let task = |(n, ask)| TaskView {
        entry: entry_id(n),
        values: (n != 2).then(|| said.clone()),
        printed: n != 3,
        ask,
        results: vec![result(n, true), result(n, false)],
    };
    let dossier = line("investigation");
    let forms = dossier.kind.entries.iter().copied();
    PlanView {
        forms: forms
            .filter(|e| plans(e.name) || is_of_day(e.name))
            .collect(),
        dossier,
        tasks: (1u8..).zip(asks).map(task).collect(),
        days: (1u8..)
            .zip(STANDINGS)
            .map(|(n, standing)| day_line(n, standing))
            .collect(),
        near: near(),
        compared: compared(),
    }
}

const STANDINGS: [DayStanding; 5] = [
    DayStanding::Go,
    DayStanding::Proposed,
    DayStanding::NoGo,
    DayStanding::CalledOff,
    DayStanding::Replaced,
];

fn day_line(n: u8, standing: DayStanding) -> DayLine {
    let said = values(&[
        (NAME, HOSTILE),
        (ZERO, "2025-11-24T10:00"),
        ("text", HOSTILE),
    ]);
    DayLine {
        entry: entry_id(n),
        service: service("fr/enquetes"),
        values: (n != 2).then_some(said),
        printed: n != 3,
        zero: (n != 2).then_some(NOW),
        replaces: None,
        standing,
        decisions: obligations().into_iter().take(2).collect(),
        called_off: vec![entry_id(9)],
    }
}

pub fn day() -> DayView {
    let states = [StepState::Planned].into_iter().chain(StepState::SAID);
    let step = |(n, state): (i64, StepState)| {
        let at = FromZero(i32::try_from(n / 2).unwrap() * 60 - 60);
        let name = if n % 2 == 0 {
            "ma/liaison"
        } else {
            "fr/enquetes"
        };
        StepView {
            number: n,
            at: at.after(NOW),
            step: Step {
                at,
                service: service(name),
                place: HOSTILE.to_owned(),
                what: HOSTILE.to_owned(),
            },
            state,
            said: (state != StepState::Planned).then(|| SaidOfStep {
                entry: entry_id(4),
                day: entry_id(if n == 3 { 2 } else { 1 }),
                service: service(name),
                at: NOW,
                text: HOSTILE.to_owned(),
            }),
            results: if n > 4 {
                vec![result(5, true)]
            } else {
                Vec::new()
            },
        }
    };
    let dossier = line("investigation");
    let forms = dossier.kind.entries.iter().copied();
    let dropped = |one: StepView| DroppedStep {
        day: entry_id(2),
        step: one,
    };
    DayView {
        forms: forms.filter(|e| is_of_day(e.name)).collect(),
        dossier,
        day: day_line(1, DayStanding::Go),
        replaced_by: Some(entry_id(3)),
        steps: (1..).zip(states.clone()).map(step).collect(),
        dropped: (1..).zip(states).skip(3).map(step).map(dropped).collect(),
        asks: obligations().into_iter().take(1).collect(),
        unheard: vec![(node("fr"), Some(NOW - Span::hours(3))), (node("es"), None)],
        near: near(),
        compared: compared(),
    }
}
