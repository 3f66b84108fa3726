//! The action plan of an investigation between two nodes: tasks asked, accepted, done and taken; joint action days decided by both sides,
//! changed by another day, called off, and live; and what is planned near what, across dossiers that a service may not see.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "plan/nearby.rs"]
mod nearby;

use entente_app::views::{DayStanding, DayView, PlanView};
use entente_app::{Actor, AppError};
use entente_core::codes::Ask;
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::kinds::investigation::day::StepState;
use entente_core::obligation::State;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// An investigation that a service of Morocco opened.
struct Inquiry {
    pair: TestPair,
    dossier: DossierId,
}

const STEPS: &str = "-01:00 | ma/liaison | Quai 3 (36.834, -2.463) | mise en place\n\
    +00:00 | fr/liaison | Dépôt | contrôle\n+00:00 | ma/liaison | Quai 3 (36.834, -2.463) | contrôle";

fn open(pair: &mut TestPair, officer: &'static str) -> DossierId {
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(
        Side::Ma,
        "investigation.open",
        &Writing::new(&fields).by(officer),
    );
    pair.settle();
    opened.dossier
}

impl Inquiry {
    fn new(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let dossier = open(&mut pair, "liaison");
        Self { pair, dossier }
    }

    fn actor(&self, side: Side) -> Actor {
        self.pair.node(side).officer("liaison").unwrap()
    }

    fn plan(&self, side: Side) -> PlanView {
        let app = &self.pair.node(side).app;
        app.plan_of(&self.actor(side), self.dossier).unwrap()
    }

    fn day(&self, side: Side, day: EntryId) -> DayView {
        let app = &self.pair.node(side).app;
        app.day(&self.actor(side), self.dossier, day).unwrap()
    }

    fn write(
        &mut self,
        side: Side,
        name: &str,
        fields: &[(&str, &str)],
        on: Option<ObligationId>,
    ) -> Result<EntryId, AppError> {
        let mut writing = Writing::on(self.dossier, fields);
        writing.target = on;
        let written = self.pair.try_write(side, name, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    /// What an entry asked, in its order.
    fn asked(&self, side: Side, entry: EntryId) -> Vec<ObligationId> {
        let header = self.pair.node(side).header(entry);
        header.asked(entry).collect()
    }

    fn propose(&mut self, side: Side, more: &[(&str, &str)]) -> EntryId {
        let fields = [
            ("name", "Estuaire, contrôle simultané"),
            ("zero", "2015-06-10T04:30"),
            ("steps", STEPS),
        ];
        let kept = fields
            .into_iter()
            .filter(|(name, _)| more.iter().all(|(other, _)| other != name));
        let fields: Vec<(&str, &str)> = kept.chain(more.iter().copied()).collect();
        self.write(side, "investigation.day", &fields, None)
            .unwrap()
    }

    /// A side's own decision on a day.
    fn decides(&mut self, side: Side, day: EntryId, name: &str) {
        let asked = self.asked(side, day);
        let own = |id: &&ObligationId| {
            self.pair.obligation(side, **id).debtor.node() == self.pair.node(side).name
        };
        let on = *asked.iter().find(own).unwrap();
        self.write(side, name, &[("text", "Décidé.")], Some(on))
            .unwrap();
    }

    fn stands(&self, day: EntryId, standing: DayStanding) {
        for side in Side::BOTH {
            assert_eq!(self.day(side, day).day.standing, standing, "{side:?}");
            let plan = self.plan(side);
            let line = plan.days.iter().find(|line| line.entry == day).unwrap();
            assert_eq!(line.standing, standing, "{side:?}");
        }
    }

    fn says(
        &mut self,
        side: Side,
        day: EntryId,
        step: &str,
        state: &str,
    ) -> Result<EntryId, AppError> {
        let day = day.to_string();
        let fields = [("day", day.as_str()), ("step", step), ("state", state)];
        self.write(side, "investigation.step", &fields, None)
    }
}

fn states(view: &DayView) -> Vec<StepState> {
    view.steps.iter().map(|one| one.state).collect()
}

/// Invariant 1: a task stands in both ledgers with its date until its result is taken, and feedback is owed on the result. Take out: in
/// `core/src/kind.rs::answers_feedback`, that an act that was asked is answered too.
#[test]
fn invariant_01_a_task_is_asked_accepted_done_and_its_result_is_taken() {
    let mut inquiry = Inquiry::new(701);
    let fields = [
        ("title", "Relever les départs"),
        ("to", "fr/liaison"),
        ("by", "2015-07-15"),
        ("place", "Quai 3"),
    ];
    let task = inquiry
        .write(Side::Ma, "investigation.task", &fields, None)
        .unwrap();
    let on = inquiry.asked(Side::Ma, task)[0];
    for side in Side::BOTH {
        let plan = inquiry.plan(side);
        let ask = &plan.tasks[0].ask;
        assert_eq!((ask.ask, ask.state), (Ask::Act, State::Open));
        assert!(ask.due.is_some(), "a task has its date");
        assert_eq!(
            plan.tasks[0].values.as_ref().unwrap().text("title"),
            Some("Relever les départs")
        );
    }
    inquiry
        .write(Side::Fr, "acknowledge", &[], Some(on))
        .unwrap();
    assert_eq!(
        inquiry.pair.obligation(Side::Ma, on).state,
        State::Acknowledged
    );
    let done = inquiry
        .write(
            Side::Fr,
            "investigation.task_done",
            &[("text", "Deux départs.")],
            Some(on),
        )
        .unwrap();
    for side in Side::BOTH {
        let task = &inquiry.plan(side).tasks[0];
        assert_eq!(task.ask.state, State::Claimed);
        assert_eq!(task.results[0].entry, done);
        assert_eq!(
            task.results[0].values.as_ref().unwrap().text("text"),
            Some("Deux départs.")
        );
    }
    let feedback = inquiry
        .pair
        .open_one(Side::Ma, inquiry.dossier, Ask::Feedback);
    assert_eq!(
        feedback.owing.node().as_str(),
        "ma",
        "the asker says what came of it"
    );
    inquiry
        .write(Side::Ma, "investigation.task_agreed", &[], Some(on))
        .unwrap();
    for side in Side::BOTH {
        assert_eq!(inquiry.plan(side).tasks[0].ask.state, State::Agreed);
    }
    inquiry.pair.assert_same();
}

/// A task of one's own side is a promise to the other, which takes its result. Take out: in `core/src/kind.rs::asks`, `to`.
#[test]
fn a_task_of_ones_own_side_is_promised_to_the_other() {
    let mut inquiry = Inquiry::new(702);
    let fields = [
        ("title", "Traduire"),
        ("to", "ma/liaison"),
        ("by", "2015-07-15"),
    ];
    let task = inquiry
        .write(Side::Ma, "investigation.task", &fields, None)
        .unwrap();
    let on = inquiry.asked(Side::Ma, task)[0];
    let row = inquiry.pair.obligation(Side::Fr, on);
    assert_eq!(
        (row.debtor.node().as_str(), row.creditor.node().as_str()),
        ("ma", "fr")
    );
    inquiry
        .write(
            Side::Ma,
            "investigation.task_done",
            &[("text", "Fait.")],
            Some(on),
        )
        .unwrap();
    inquiry
        .write(Side::Fr, "investigation.task_agreed", &[], Some(on))
        .unwrap();
    assert_eq!(inquiry.plan(Side::Ma).tasks[0].ask.state, State::Agreed);
    inquiry.pair.assert_same();
}

/// Take out: in `app/src/plan.rs::refuse_strange_plan`, the comparison of times.
#[test]
fn a_task_ends_after_it_begins_and_refusals_have_their_ground() {
    let mut inquiry = Inquiry::new(703);
    let fields = [
        ("title", "Surveiller"),
        ("to", "fr/liaison"),
        ("by", "2015-07-15"),
        ("starts", "2015-07-10T10:00"),
        ("ends", "2015-07-10T09:00"),
    ];
    match inquiry.write(Side::Ma, "investigation.task", &fields, None) {
        Err(AppError::Fields(errors)) => assert_eq!(errors[0].problem, Problem::BeforeBeginning),
        other => panic!("{other:?}"),
    }
    let task = inquiry
        .write(Side::Ma, "investigation.task", &fields[..3], None)
        .unwrap();
    let on = inquiry.asked(Side::Ma, task)[0];
    let ground = [("ground", "disproportionate"), ("reason", "Trop long.")];
    inquiry
        .write(Side::Fr, "refuse", &ground, Some(on))
        .unwrap();
    assert_eq!(inquiry.plan(Side::Ma).tasks[0].ask.state, State::Refused);
}

/// Invariant 2: a day is on once both sides said go, and not before; nothing but go and no-go decides it. Take out: in
/// `app/src/show/day.rs::decided`, that every state of its audience said go, or in `decision`, that the answer must be a go.
#[test]
fn invariant_02_a_day_is_on_once_both_sides_said_go() {
    let mut inquiry = Inquiry::new(704);
    let day = inquiry.propose(Side::Ma, &[]);
    inquiry.stands(day, DayStanding::Proposed);
    for side in Side::BOTH {
        let asked = inquiry.asked(side, day);
        assert_eq!(asked.len(), 2, "both sides decide");
        let view = inquiry.day(side, day);
        let own = view
            .day
            .decisions
            .iter()
            .find(|ob| ob.owing.node() == inquiry.pair.node(side).name);
        let offers: Vec<&str> = own.unwrap().offers.iter().map(|e| e.name).collect();
        assert!(offers.contains(&"investigation.go") && offers.contains(&"investigation.no_go"));
        for other in [
            "reply",
            "investigation.join",
            "investigation.sign",
            "investigation.counter",
        ] {
            assert!(!offers.contains(&other), "{other}");
        }
    }
    let theirs = inquiry.asked(Side::Fr, day)[0];
    for other in ["reply", "investigation.join"] {
        let tried = inquiry.write(Side::Fr, other, &[("text", "Oui.")], Some(theirs));
        assert!(
            matches!(tried, Err(AppError::Compose(_))),
            "{other}: {tried:?}"
        );
    }
    let refused = inquiry.says(Side::Ma, day, "1", "ready");
    assert!(
        refused.is_ok(),
        "readiness is said before the decision: {refused:?}"
    );
    inquiry.decides(Side::Fr, day, "investigation.go");
    inquiry.stands(day, DayStanding::Proposed);
    inquiry.decides(Side::Ma, day, "investigation.go");
    inquiry.stands(day, DayStanding::Go);
    inquiry.pair.assert_same();
}

/// One no-go is enough, whatever the other said, and nothing but a day is decided by go. Take out: in `app/src/show/day.rs::decision`,
/// the reading of what answered.
#[test]
fn one_no_go_stops_a_day() {
    let mut inquiry = Inquiry::new(705);
    let day = inquiry.propose(Side::Fr, &[]);
    inquiry.decides(Side::Fr, day, "investigation.go");
    inquiry.decides(Side::Ma, day, "investigation.no_go");
    inquiry.stands(day, DayStanding::NoGo);
    let opening = inquiry.asked(Side::Ma, inquiry.dossier.opening())[0];
    let tried = inquiry.write(Side::Fr, "investigation.go", &[], Some(opening));
    assert!(matches!(tried, Err(AppError::Compose(_))), "{tried:?}");
}

/// A change is decided anew: what was decided holds until then, and is replaced only by what is. Take out: in
/// `app/src/show/day.rs::days_of`, the marking of what was replaced.
#[test]
fn a_change_is_another_day_that_both_decide() {
    let mut inquiry = Inquiry::new(706);
    let first = inquiry.propose(Side::Ma, &[]);
    for side in Side::BOTH {
        inquiry.decides(side, first, "investigation.go");
    }
    let replaces = first.to_string();
    let later = [
        ("zero", "2015-06-11T04:30"),
        ("replaces", replaces.as_str()),
    ];
    let second = inquiry.propose(Side::Fr, &later);
    inquiry.stands(first, DayStanding::Go);
    inquiry.stands(second, DayStanding::Proposed);
    for side in Side::BOTH {
        inquiry.decides(side, second, "investigation.go");
    }
    inquiry.stands(first, DayStanding::Replaced);
    inquiry.stands(second, DayStanding::Go);
    assert_eq!(inquiry.day(Side::Ma, first).replaced_by, Some(second));
}

/// A step that stands in a version and in the one that it replaces keeps its state, though its time moved; one that is gone is shown as it
/// stood, one that is new begins anew, and both sides decide again. Take out: in `app/src/show/versions.rs::versions`, what is carried; in
/// `known_as`, the versions before; in `steps_of`, those that were dropped.
#[test]
fn steps_keep_their_state_across_versions_of_a_day() {
    use StepState::{Done, Planned, Started};
    let mut inquiry = Inquiry::new(713);
    let first = inquiry.propose(Side::Ma, &[]);
    for side in Side::BOTH {
        inquiry.decides(side, first, "investigation.go");
    }
    inquiry.says(Side::Ma, first, "1", "done").unwrap();
    inquiry.says(Side::Fr, first, "2", "started").unwrap();
    let steps = "-00:30 | ma/liaison | Quai 3 (36.834, -2.463) | mise en place\n\
        +00:00 | ma/liaison | Quai 3 (36.834, -2.463) | contrôle\n+01:00 | fr/liaison | Dépôt | perquisition";
    let named = first.to_string();
    let change = [("steps", steps), ("replaces", named.as_str())];
    let second = inquiry.propose(Side::Fr, &change);
    inquiry.stands(second, DayStanding::Proposed);
    assert_eq!(
        inquiry.asked(Side::Ma, second).len(),
        2,
        "both decide again"
    );
    // What is said until the change is on is said of the day that holds, and counts for the step wherever it stands.
    inquiry.says(Side::Ma, first, "3", "started").unwrap();
    for side in Side::BOTH {
        let view = inquiry.day(side, second);
        assert_eq!(states(&view), [Done, Started, Planned], "{side:?}");
        assert_eq!(view.steps[0].said.as_ref().unwrap().day, first);
        let dropped: Vec<_> = view
            .dropped
            .iter()
            .map(|one| (one.day, one.step.number, one.step.state))
            .collect();
        assert_eq!(dropped, [(first, 2, Started)], "{side:?}");
        assert!(inquiry.day(side, first).dropped.is_empty());
    }
    for side in Side::BOTH {
        inquiry.decides(side, second, "investigation.go");
    }
    inquiry.says(Side::Ma, second, "2", "done").unwrap();
    let (named, fewer) = (second.to_string(), steps.rsplit_once('\n').unwrap().0);
    let third = inquiry.propose(Side::Ma, &[("steps", fewer), ("replaces", named.as_str())]);
    for side in Side::BOTH {
        let view = inquiry.day(side, third);
        assert_eq!(states(&view), [Done, Done], "{side:?}");
        let dropped: Vec<_> = view
            .dropped
            .iter()
            .map(|one| (one.day, one.step.state))
            .collect();
        assert_eq!(dropped, [(second, Planned), (first, Started)], "{side:?}");
    }
    inquiry.pair.assert_same();
}

/// A decided day is called off by either side at once, and stays off. Take out: in `app/src/show/day.rs::day_line`, what called it off.
#[test]
fn a_day_is_called_off_by_either_side() {
    let mut inquiry = Inquiry::new(707);
    let (day, other) = (
        inquiry.propose(Side::Ma, &[]),
        inquiry.propose(Side::Ma, &[]),
    );
    for side in Side::BOTH {
        inquiry.decides(side, day, "investigation.go");
    }
    let named = day.to_string();
    let fields = [("day", named.as_str()), ("text", "Mer trop forte.")];
    let stop = inquiry
        .write(Side::Fr, "investigation.call_off", &fields, None)
        .unwrap();
    inquiry.stands(day, DayStanding::CalledOff);
    inquiry.stands(other, DayStanding::Proposed);
    let asked = inquiry.asked(Side::Fr, stop)[0];
    assert_eq!(
        inquiry.pair.obligation(Side::Ma, asked).ask,
        Ask::Acknowledge
    );
    // Where its words are gone it stops whatever came before it, rather than let it on.
    let gone = stop.to_string();
    inquiry
        .write(Side::Fr, "erase", &[("entry", gone.as_str())], None)
        .unwrap();
    inquiry.stands(day, DayStanding::CalledOff);
    inquiry.stands(other, DayStanding::CalledOff);
    let later = inquiry.propose(Side::Ma, &[]);
    inquiry.stands(later, DayStanding::Proposed);
}

/// Each side says what its own steps have come to, a cut link included; afterwards both show the same. Take out: in
/// `app/src/plan.rs::is_our_step`, whose the step is, or in `show/day.rs::steps_of`, that its own side said it.
#[test]
fn steps_come_to_the_same_on_both_sides_after_a_cut() {
    use StepState::{Done, Planned, Started, Stopped};
    let mut inquiry = Inquiry::new(708);
    let day = inquiry.propose(Side::Ma, &[]);
    for side in Side::BOTH {
        inquiry.decides(side, day, "investigation.go");
    }
    for (side, step) in [(Side::Fr, "1"), (Side::Fr, "4"), (Side::Ma, "2")] {
        match inquiry.says(side, day, step, "started") {
            Err(AppError::Fields(errors)) => assert_eq!(errors[0].problem, Problem::NotOurStep),
            other => panic!("{step}: {other:?}"),
        }
    }
    inquiry.says(Side::Ma, day, "1", "started").unwrap();
    inquiry.pair.cut(true);
    inquiry.pair.wire.tear(false);
    let alone = |inquiry: &mut Inquiry, side, step: &str, state: &str| {
        let named = day.to_string();
        let fields = [("day", named.as_str()), ("step", step), ("state", state)];
        let writing = Writing::on(inquiry.dossier, &fields);
        inquiry
            .pair
            .try_write(side, "investigation.step", &writing)
            .unwrap();
    };
    alone(&mut inquiry, Side::Ma, "1", "done");
    alone(&mut inquiry, Side::Ma, "3", "stopped");
    alone(&mut inquiry, Side::Fr, "2", "started");
    assert_eq!(
        states(&inquiry.day(Side::Ma, day)),
        [Done, Planned, Stopped]
    );
    assert_eq!(
        states(&inquiry.day(Side::Fr, day)),
        [Started, Started, Planned]
    );
    assert_eq!(
        inquiry.day(Side::Fr, day).unheard.len(),
        1,
        "and says that it is alone"
    );
    inquiry.pair.cut(false);
    inquiry.pair.settle();
    for side in Side::BOTH {
        let view = inquiry.day(side, day);
        assert_eq!(states(&view), [Done, Started, Stopped], "{side:?}");
        assert!(view.unheard.is_empty());
    }
    inquiry.pair.assert_same();
}

/// Results are collected by step, feedback is owed on them, and a report in general is asked for and owed. Take out: in
/// `show/day.rs::steps_of`, the results.
#[test]
fn results_of_steps_are_collected_and_feedback_is_owed_on_them() {
    let mut inquiry = Inquiry::new(709);
    let day = inquiry.propose(Side::Ma, &[]);
    for side in Side::BOTH {
        inquiry.decides(side, day, "investigation.go");
    }
    let named = day.to_string();
    let fields = [
        ("day", named.as_str()),
        ("step", "2"),
        ("text", "Rien de saisi."),
    ];
    inquiry
        .write(Side::Fr, "investigation.step_result", &fields, None)
        .unwrap();
    let of = [("day", named.as_str())];
    inquiry
        .write(Side::Ma, "investigation.ask_results", &of, None)
        .unwrap();
    for side in Side::BOTH {
        let view = inquiry.day(side, day);
        let values = view.steps[1].results[0].values.as_ref().unwrap();
        assert_eq!(values.text("text"), Some("Rien de saisi."));
        assert_eq!(view.asks[0].ask, Ask::Report);
        let feedback = inquiry.pair.open_one(side, inquiry.dossier, Ask::Feedback);
        assert_eq!(feedback.owing.node().as_str(), "ma");
    }
}

fn watches<'a>(to: &'a str, place: &'a str, hour: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("title", "Surveillance discrète"),
        ("to", to),
        ("by", "2015-07-15"),
        ("place", place),
        ("starts", hour),
        ("text", "Deux équipes."),
    ]
}

/// Services of one node that plan at the same place and time are both told, and no more than they may read: whoever does not see the other
/// dossier learns that there is something, and nothing of what. Each told leaves its record. Take out: in `app/src/show/near.rs::near`, the
/// question whether the other plan may be read, or in `told_near`, the record.
#[test]
fn two_services_that_plan_near_each_other_are_told_no_more_than_they_may_read() {
    let mut pair = TestPair::linked(710);
    let (theirs, ours) = (open(&mut pair, "liaison"), open(&mut pair, "investigator"));
    let task = |pair: &mut TestPair, dossier, officer, fields: &[(&'static str, &str)]| {
        let writing = Writing::on(dossier, fields).by(officer);
        pair.write(Side::Ma, "investigation.task", &writing).entry
    };
    let hidden = watches(
        "ma/liaison",
        "Hangar (36.8345, -2.4630)",
        "2015-07-10T10:00",
    );
    let own = watches("ma/police", "Quai 3 (36.834, -2.463)", "2015-07-10T14:00");
    let elsewhere = watches("ma/police", "Col (31.05, -7.91)", "2015-07-10T14:00");
    let first = task(&mut pair, theirs, "liaison", &hidden);
    let second = task(&mut pair, ours, "investigator", &own);
    task(&mut pair, ours, "investigator", &elsewhere);
    pair.settle();
    let ma = pair.ma();
    let records = || {
        let inspects = ma.officer("inspector").unwrap();
        let all = ma
            .app
            .access_list(&inspects, &entente_app::views::AccessQuery::default())
            .unwrap();
        let told = all
            .lines
            .iter()
            .filter(|line| format!("{line:?}").contains("planned_near"));
        told.count()
    };
    let before = records();
    let police = ma.officer("investigator").unwrap();
    assert!(matches!(
        ma.app.plan_of(&police, theirs),
        Err(AppError::NotFound)
    ));
    let told = ma.app.plan_of(&police, ours).unwrap().near;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (told[0].entry, told[0].other.as_ref()),
        (second, None),
        "that there is something, and no more"
    );
    assert_eq!(records(), before + 1);
    // The other is told too, and is led there, since it takes part in both.
    let liaison = ma.officer("liaison").unwrap();
    let told = ma.app.plan_of(&liaison, theirs).unwrap().near;
    let other = told[0].other.as_ref().unwrap();
    assert_eq!(
        (told[0].entry, other.entry, other.dossier),
        (first, second, ours)
    );
    assert_eq!(records(), before + 2);
    // A task that was refused or ended is planned no more.
    let on = ma.header(first).asked(first).next().unwrap();
    let done = Writing::on(theirs, &[("text", "Fait.")]).target(on);
    pair.write(Side::Ma, "investigation.task_done", &done);
    pair.settle();
    let agreed = Writing::on(theirs, &[]).target(on);
    pair.write(Side::Fr, "investigation.task_agreed", &agreed);
    pair.settle();
    assert!(
        pair.ma()
            .app
            .plan_of(&police, ours)
            .unwrap()
            .near
            .is_empty()
    );
}

/// What a partner's services plan in one dossier is told to nobody who may not read it. Take out: in `app/src/show/near.rs::near`, that the
/// service must be of our own node.
#[test]
fn what_a_partner_plans_is_told_in_no_other_dossier() {
    let mut pair = TestPair::linked(711);
    let (theirs, ours) = (open(&mut pair, "liaison"), open(&mut pair, "investigator"));
    let hidden = watches("fr/liaison", "Quai 3", "2015-07-10T10:00");
    pair.write(
        Side::Ma,
        "investigation.task",
        &Writing::on(theirs, &hidden),
    );
    let own = watches("ma/police", "quai 3", "2015-07-10T10:00");
    pair.write(
        Side::Ma,
        "investigation.task",
        &Writing::on(ours, &own).by("investigator"),
    );
    pair.settle();
    let (ma, fr) = (pair.ma(), pair.fr());
    let police = ma.officer("investigator").unwrap();
    assert!(ma.app.plan_of(&police, ours).unwrap().near.is_empty());
    // Who takes part in both reads both, on either side.
    for node in [ma, fr] {
        let liaison = node.officer("liaison").unwrap();
        assert_eq!(node.app.plan_of(&liaison, ours).unwrap().near.len(), 1);
    }
}
