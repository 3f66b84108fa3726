//! How far lessons have come, whatever order their steps arrive in.

use super::super::*;
use super::*;

fn id(n: u8) -> EntryId {
    EntryId([n; 32])
}

fn node(name: &str) -> NodeName {
    name.parse().unwrap()
}

/// A path of these types, each answered by the next as its side owes, the last asking as told.
fn chain(kinds: &[&str], last: Came) -> Vec<Step> {
    let count = kinds.len();
    let each = (1_u8..).zip(kinds).enumerate();
    let (mut by, mut other) = (node("ma"), node("fr"));
    each.map(|(i, (n, kind))| {
        let step = Step {
            entry: id(n),
            kind: (*kind).to_owned(),
            by: by.clone(),
            came: match i + 1 == count {
                true => last.clone(),
                false => Came::Answered(id(n + 1)),
            },
        };
        if !owes(kind, &by, &by) {
            std::mem::swap(&mut by, &mut other);
        }
        step
    })
    .collect()
}

const FULL: [&str; 6] = [
    "lesson.observation",
    "lesson.identified",
    "lesson.endorse",
    "lesson.action",
    "lesson.report",
    "lesson.learned",
];

/// Every step of the whole path has its state, forwards and backwards in order of arrival. Take out: a line of `state`.
#[test]
fn each_step_takes_a_lesson_further() {
    let states = [
        State::Observed,
        State::Identified,
        State::Endorsed,
        State::Tried,
        State::Reported,
    ];
    for (n, state) in (1..).zip(states) {
        let mut steps = chain(&FULL[..n], Came::Open);
        assert_eq!(paths(&steps)[0].state, state);
        steps.reverse();
        assert_eq!(paths(&steps)[0].state, state);
        assert_eq!(paths(&steps)[0].steps.len(), n);
        assert!(state.waits());
        let ended = chain(&FULL[..n], Came::Ended);
        assert_eq!(paths(&ended)[0].state, State::Noted);
    }
    let learned = paths(&chain(&FULL, Came::NothingAsked));
    assert_eq!(learned[0].state, State::Learned);
    assert!(!State::Learned.waits() && !State::Unchanged.waits());
}

/// A report that nothing changed asks nobody, and no lesson is learned from it. Take out: `Unchanged` in `state`; `follows` in `path`.
#[test]
fn nothing_is_learned_where_nothing_changed() {
    let report = chain(&FULL[..5], Came::NothingAsked);
    assert_eq!(paths(&report)[0].state, State::Unchanged);
    // Somebody’s program answers an endorsement by a lesson learned: the path ends there.
    let skipped = [FULL[0], FULL[1], FULL[2], FULL[5]];
    let skipped = paths(&chain(&skipped, Came::NothingAsked));
    assert_eq!(
        (skipped[0].state, skipped[0].steps.len()),
        (State::Noted, 3)
    );
}

/// What is rejected, not endorsed or answered by nothing of a lesson ends the path. Take out: `REJECTED` in `state`.
#[test]
fn paths_that_end_early_say_how() {
    for (kinds, state) in [
        (
            &["lesson.own_observation", "lesson.rejected"][..],
            State::Rejected,
        ),
        (
            &[
                "lesson.observation",
                "lesson.identified",
                "lesson.not_endorsed",
            ][..],
            State::Noted,
        ),
        (&["lesson.observation", "reply"][..], State::Noted),
    ] {
        assert_eq!(
            paths(&chain(kinds, Came::NothingAsked))[0].state,
            state,
            "{kinds:?}"
        );
    }
    let going_round = [Step {
        entry: id(1),
        kind: OBSERVATION.name.to_owned(),
        by: node("ma"),
        came: Came::Answered(id(1)),
    }];
    assert_eq!(paths(&going_round)[0].state, State::Noted);
}

/// Whoever wrote a step does not judge it: a path whose next step is of the wrong side ends there, noted and closed, at every step. Take out:
/// in `path`, the filter by `owes`.
#[test]
fn nobody_takes_the_step_of_the_other_side() {
    let own = ["lesson.own_observation", FULL[1], FULL[2], "lesson.entrust"];
    for kinds in [
        &FULL[..],
        &[own[0], own[1], own[2], own[3], FULL[4], FULL[5]],
    ] {
        let right = chain(kinds, Came::NothingAsked);
        assert_eq!(paths(&right)[0].state, State::Learned, "{kinds:?}");
        for wrong in 1..kinds.len() {
            let mut steps = right.clone();
            // From here on the sides are changed about, so that this one step is of the wrong side and the others are not.
            for step in &mut steps[wrong..] {
                step.by = node(if step.by == node("ma") { "fr" } else { "ma" });
            }
            let path = paths(&steps).remove(0);
            assert_eq!(
                (path.state, path.steps.len()),
                (State::Noted, wrong),
                "{kinds:?}"
            );
        }
    }
}
