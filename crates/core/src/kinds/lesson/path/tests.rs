//! How far lessons have come, whatever order their steps arrive in.

use super::super::*;
use super::*;

fn id(n: u8) -> EntryId {
    EntryId([n; 32])
}

/// A path of these types, each answered by the next, the last asking as told.
fn chain(kinds: &[&str], last: Came) -> Vec<Step> {
    let count = kinds.len();
    let each = (1_u8..).zip(kinds).enumerate();
    each.map(|(i, (n, kind))| Step {
        entry: id(n),
        kind: (*kind).to_owned(),
        came: match i + 1 == count {
            true => last.clone(),
            false => Came::Answered(id(n + 1)),
        },
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
        came: Came::Answered(id(1)),
    }];
    assert_eq!(paths(&going_round)[0].state, State::Noted);
}
