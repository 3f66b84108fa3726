//! Properties of the balance over random ledgers.

use super::*;
use crate::instant::Instant;
use crate::kinds;
use crate::kinds::declaration::themes::THEMES;
use crate::statistics::is_of_persons;
use proptest::prelude::*;

const NOW: Instant = Instant(1_790_000_000_000);

fn node(name: &str) -> NodeName {
    name.parse().unwrap()
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let known = kinds::ALL.iter().map(|kind| kind.name).collect::<Vec<_>>();
    let what = (
        0..known.len(),
        0..Ask::ALL.len(),
        0..State::ALL.len(),
        0_i32..YEARS,
        any::<(bool, bool, bool, bool)>(),
        prop::option::of(any::<bool>()),
        0_i64..1_000_000,
    );
    let line = what.prop_map(move |(kind, ask, state, back, flags, ended, delay)| {
        let (ours, contested, late, follows) = flags;
        let state = State::ALL[state];
        let working = state.is_open() && state != State::Claimed;
        let service = if ours { "fr/liaison" } else { "ma/liaison" };
        let owing: ServiceName = service.parse().unwrap();
        let tally = Tally {
            year: year_of(NOW) - back,
            debtor: owing.node(),
            kind: known[kind].to_owned(),
            ask: Ask::ALL[ask],
            state,
            outcome: Outcome::None,
            ground: (state == State::Refused).then_some(Ground::Political),
            contested,
            on_time: ended.filter(|_| !working),
            overdue: working && late,
            received: !late,
            follows,
            many: 1,
        };
        Line {
            tally,
            owing,
            delay: (!working).then_some(Span(delay)),
            gap: (!late).then_some(Span(delay / 2)),
        }
    });
    prop::collection::vec(line, 0..60)
}

fn of<'a>(lines: &'a [Line], debtor: &'a NodeName) -> impl Iterator<Item = &'a Line> {
    lines.iter().filter(move |l| l.tally.debtor == *debtor)
}

proptest! {
    /// What was asked is answered, refused, let go, overdue or running, each once; both nodes name the sides in one order.
    /// Take out: an arm of `Figures::count`, or the `claimed` share of `running`.
    #[test]
    fn invariant_02_parts_make_the_whole(lines in lines()) {
        let (ma, fr) = (node("ma"), node("fr"));
        for side in [&ma, &fr] {
            let f = figures(of(&lines, side));
            prop_assert_eq!(f.asked, f.answered + f.refused + f.dropped + f.overdue + f.running());
            prop_assert_eq!(f.open, f.claimed + f.overdue + f.running());
            prop_assert!(f.on_time + f.late <= f.answered + f.refused);
            prop_assert!(f.feedback_no_use <= f.feedback_given && f.feedback_given <= f.feedback_asked);
            prop_assert_eq!(f.grounds.values().sum::<u64>(), f.refused);
        }
    }

    /// The years and the sum of the kinds say the same as all lines without persons, and what is of persons is in none.
    /// Take out: `is_of_persons` in `Reading::count`, or `skip_while`'s condition on what is empty.
    #[test]
    fn invariant_07_years_make_the_whole_without_persons(lines in lines()) {
        let (ma, fr) = (node("ma"), node("fr"));
        let all = years(lines.iter().map(|l| &l.tally), [&ma, &fr], NOW);
        // Whoever looks from the other side computes the same, in the same order.
        prop_assert_eq!(&all, &years(lines.iter().rev().map(|l| &l.tally), [&fr, &ma], NOW));
        prop_assert!(all.last().is_some_and(|year| year.running && year.year == year_of(NOW)));
        prop_assert!(all.windows(2).all(|pair| pair[0].year + 1 == pair[1].year));
        for side in [&ma, &fr] {
            let counted: Vec<&Line> = of(&lines, side).filter(|l| !is_of_persons(&l.tally.kind)).collect();
            let sum = |of: fn(&Figures) -> u64| all.iter().map(|y| of(&y.reading.sides[side].figures)).sum::<u64>();
            let whole = figures(counted.iter().copied());
            prop_assert_eq!(sum(|f| f.asked), whole.asked);
            prop_assert_eq!(sum(|f| f.on_time), whole.on_time);
            prop_assert_eq!(sum(|f| f.overdue), whole.overdue);
            prop_assert_eq!(sum(|f| f.feedback_given), whole.feedback_given);
        }
    }

    /// Every promise stands in one place. Take out: an arm of `Promises::count`.
    #[test]
    fn promises_stand_in_one_place(lines in lines()) {
        let (ma, fr) = (node("ma"), node("fr"));
        let mut reading = Reading::between(&ma, &fr);
        lines.iter().for_each(|line| reading.count(&line.tally));
        for account in reading.sides.values() {
            for p in [&account.commitments, &account.decisions] {
                prop_assert_eq!(p.made, p.agreed + p.claimed + p.ended + p.open + p.late);
                prop_assert!(p.contested <= p.made);
            }
        }
    }

    /// By theme, together and year by year, the sides promised what they promised in all. Take out: a line of `Promises::add`, or the filter of
    /// what is no commitment in `Themes::of`.
    #[test]
    fn themes_make_the_whole_of_the_commitments(lines in lines(), seed in 0_usize..99) {
        let (ma, fr) = (node("ma"), node("fr"));
        let promised: Vec<Promised> = lines.iter().enumerate().map(|(at, line)| Promised {
            theme: THEMES[(at * 7 + seed) % THEMES.len()],
            tally: line.tally.clone(),
        }).collect();
        let mut whole = Reading::between(&ma, &fr);
        lines.iter().for_each(|line| whole.count(&line.tally));
        let themes = Themes::of(&promised, [&ma, &fr]);
        prop_assert_eq!(&themes, &Themes::of(promised.iter().rev(), [&fr, &ma]));
        let years = themes_by_year(&promised, [&ma, &fr]);
        for side in [&ma, &fr] {
            let sum = |all: &mut dyn Iterator<Item = &Themes>| {
                let mut sum = Promises::default();
                all.flat_map(|themes| themes.0.values()).for_each(|sides| sum.add(&sides[side]));
                sum
            };
            prop_assert_eq!(&sum(&mut std::iter::once(&themes)), &whole.sides[side].commitments);
            prop_assert_eq!(&sum(&mut years.values()), &whole.sides[side].commitments);
        }
        let together: u64 = themes.together().map(|(_, both)| both.made).sum();
        prop_assert_eq!(together, whole.sides.values().map(|side| side.commitments.made).sum::<u64>());
    }

    /// Counted in the database by groups or one by one is the same. Take out: `many` in `Figures::count`.
    #[test]
    fn groups_count_as_their_members(lines in lines()) {
        let (ma, fr) = (node("ma"), node("fr"));
        let mut groups: Vec<Tally> = Vec::new();
        for line in &lines {
            let alike = |t: &&mut Tally| Tally { many: 1, ..(**t).clone() } == line.tally;
            match groups.iter_mut().find(alike) {
                Some(group) => group.many += 1,
                None => groups.push(line.tally.clone()),
            }
        }
        let (mut one, mut many) = (Reading::between(&ma, &fr), Reading::between(&ma, &fr));
        lines.iter().for_each(|line| one.count(&line.tally));
        groups.iter().for_each(|group| many.count(group));
        prop_assert_eq!(one, many);
    }
}

/// Minutes that the other side answered are of a meeting, amended ones of one; those refused, waived, taken back or still open of none.
/// Take out: `follows` or the state in `Reading::count`.
#[test]
fn only_minutes_that_were_answered_are_of_a_meeting() {
    let (ma, fr) = (node("ma"), node("fr"));
    let minutes = |state, follows| Tally {
        year: 2026,
        debtor: ma.clone(),
        kind: "meeting".into(),
        ask: Ask::Decide,
        state,
        outcome: Outcome::None,
        ground: (state == State::Refused).then_some(Ground::Political),
        contested: false,
        on_time: None,
        overdue: false,
        received: true,
        follows,
        many: 1,
    };
    let held = |all: &[(State, bool)]| {
        let mut reading = Reading::between(&ma, &fr);
        for (state, follows) in all {
            reading.count(&minutes(*state, *follows));
        }
        reading.held
    };
    for state in State::ALL {
        let wanted = u64::from(state == State::Answered);
        assert_eq!(held(&[(state, false)]), wanted, "{state:?}");
        assert_eq!(held(&[(state, true)]), 0, "amended, {state:?}");
        assert_eq!(held(&[(State::Answered, false), (state, true)]), 1);
    }
}

/// Take out: the limit in `too_long`.
#[test]
fn ten_years_are_counted_at_once_and_no_more() {
    for first in 1990..2030 {
        let (from, to) = (year_begins(first), year_begins(first + YEARS));
        assert!(!too_long(from, to), "{first}");
        assert!(too_long(from, year_begins(first + YEARS + 1)), "{first}");
    }
}

#[test]
fn years_begin_and_end_in_utc() {
    let (from, to) = window(NOW);
    assert_eq!(year_of(from), year_of(NOW) - YEARS + 1);
    assert_eq!(year_of(Instant(from.0 - 1)), year_of(NOW) - YEARS);
    assert_eq!(year_of(Instant(to.0 - 1)), year_of(NOW));
    assert_eq!(year_of(to), year_of(NOW) + 1);
}

/// What was let go is in no share. Take out: `ended` in `Promises::kept_percent`.
#[test]
fn what_was_let_go_is_no_failure() {
    let promised = Promises {
        made: 4,
        agreed: 2,
        ended: 2,
        ..Promises::default()
    };
    assert_eq!(promised.kept_percent(), Some(100));
    assert_eq!(Promises::default().kept_percent(), None);
}
