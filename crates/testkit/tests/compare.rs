//! Comparing what is planned between two states without telling it: off unless both signed it; what is near is said to whoever asked and, once the
//! result came back, to whoever owns the plan that was met; whoever answers sees nothing, and neither place nor time is in what left.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "compare/typed.rs"]
mod typed;
#[path = "compare/walls.rs"]
mod walls;

use entente_app::views::{Found, PlanView};
use entente_app::{Actor, AppError, InputFault, LinkFault};
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::obligation::State;
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use serde_json::{Value, json};

const HERE: &str = "Quai 3 (36.834, -2.463)";
/// A kilometre away, under another name.
const CLOSE: &str = "Hangar B (36.842, -2.458)";
const FAR: &str = "Col (31.050, -7.910)";

/// An investigation that both share, and one of each side's own with nobody of the other's liaison in it.
struct World {
    pair: TestPair,
    shared: DossierId,
}

impl World {
    fn new(seed: u64, terms: &Value) -> Self {
        let mut pair = TestPair::linked(seed);
        if !terms.is_null() {
            let charter = pair.charter.unwrap();
            let mut proposal = recording("charter.propose", &Writing::on(charter, &[])).unwrap();
            proposal.terms = serde_json::from_value(json!({"compare": terms})).unwrap();
            let liaison = pair.ma().officer("liaison").unwrap();
            pair.ma().app.record(&liaison, proposal).unwrap();
            pair.wire.wake(0);
            pair.agree(Side::Fr);
        }
        let shared = open(&mut pair, Side::Ma);
        Self { pair, shared }
    }

    fn actor(&self, side: Side) -> Actor {
        self.pair.node(side).officer("liaison").unwrap()
    }

    fn write(
        &mut self,
        side: Side,
        name: &str,
        (dossier, on): (DossierId, Option<ObligationId>),
        fields: &[(&str, &str)],
    ) -> Result<EntryId, AppError> {
        let mut writing = Writing::on(dossier, fields);
        writing.target = on;
        let written = self.pair.try_write(side, name, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    /// A task of a side's own, promised to the other in that dossier.
    fn plans(&mut self, side: Side, dossier: DossierId, place: &str) -> EntryId {
        self.plans_until(side, dossier, (place, "2015-07-10T06:00"))
    }

    fn plans_until(
        &mut self,
        side: Side,
        dossier: DossierId,
        (place, ends): (&str, &str),
    ) -> EntryId {
        let to = format!("{}/liaison", self.pair.node(side).name);
        let fields = [
            ("title", "Surveillance"),
            ("to", to.as_str()),
            ("by", "2015-07-15"),
            ("place", place),
            ("starts", "2015-07-10T04:00"),
            ("ends", ends),
        ];
        let on = (dossier, None);
        self.write(side, "investigation.task", on, &fields).unwrap()
    }

    fn asks(&mut self, side: Side, plan: EntryId) -> Result<EntryId, AppError> {
        let plan = plan.to_string();
        let on = (self.shared, None);
        self.write(side, "investigation.compare", on, &[("plan", &plan)])
    }

    fn asked(&self, side: Side, entry: EntryId) -> ObligationId {
        let header = self.pair.node(side).header(entry);
        header.asked(entry).next().unwrap()
    }

    fn answers(&mut self, side: Side, name: &str, asking: EntryId) -> Result<EntryId, AppError> {
        let on = (self.shared, Some(self.asked(side, asking)));
        self.write(side, name, on, &[])
    }

    fn plan_of(&self, side: Side, dossier: DossierId) -> PlanView {
        let app = &self.pair.node(side).app;
        app.plan_of(&self.actor(side), dossier).unwrap()
    }

    fn found(&self, side: Side) -> Option<Found> {
        self.plan_of(side, self.shared)
            .compared
            .asked
            .first()?
            .found
    }

    fn told_abroad(&self, side: Side, dossier: DossierId, plan: EntryId) -> bool {
        let view = self.plan_of(side, dossier);
        let mut near = view.near.iter();
        near.any(|near| near.abroad && near.entry == plan && near.other.is_none())
    }
}

fn open(pair: &mut TestPair, side: Side) -> DossierId {
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(side, "investigation.open", &Writing::new(&fields));
    pair.settle();
    opened.dossier
}

/// What is near is found, though it was never sent; both who planned are told, in the dossier where they planned; both ledgers agree and nothing
/// stays owed. Take out: in `app/src/compare.rs`, that `own_plans` are of other dossiers; in `app/src/show/near.rs`, `near_abroad`.
#[test]
fn what_is_near_is_found_and_both_are_told() {
    let mut world = World::new(811, &json!(true));
    let elsewhere = open(&mut world.pair, Side::Fr);
    let theirs = world.plans(Side::Fr, elsewhere, CLOSE);
    let shared = world.shared;
    let ours = world.plans(Side::Ma, shared, HERE);
    let asking = world.asks(Side::Ma, ours).unwrap();
    assert_eq!(world.found(Side::Ma), None);
    assert!(!world.told_abroad(Side::Ma, shared, ours));
    let answer = world
        .answers(Side::Fr, "investigation.compared", asking)
        .unwrap();
    assert_eq!(world.found(Side::Ma), Some(Found::Near(1)));
    assert!(world.told_abroad(Side::Ma, shared, ours));
    assert!(
        !world.told_abroad(Side::Fr, elsewhere, theirs),
        "before the word comes back nobody there knows"
    );
    world
        .answers(Side::Ma, "investigation.compare_outcome", answer)
        .unwrap();
    assert!(world.told_abroad(Side::Fr, elsewhere, theirs));
    for side in Side::BOTH {
        for entry in [asking, answer] {
            let ob = world.pair.obligation(side, world.asked(side, entry));
            assert_eq!(ob.state, State::Answered, "{side:?}");
        }
    }
}

/// What is far is not found, and the other side's plan stays untold. Take out: in `core/src/kinds/investigation/cells.rs`, the cell of an item.
#[test]
fn what_is_far_is_not_found() {
    let mut world = World::new(812, &json!(true));
    let elsewhere = open(&mut world.pair, Side::Fr);
    let theirs = world.plans(Side::Fr, elsewhere, FAR);
    let ours = world.plans(Side::Ma, world.shared, HERE);
    let asking = world.asks(Side::Ma, ours).unwrap();
    let answer = world
        .answers(Side::Fr, "investigation.compared", asking)
        .unwrap();
    world
        .answers(Side::Ma, "investigation.compare_outcome", answer)
        .unwrap();
    assert_eq!(world.found(Side::Ma), Some(Found::Nothing));
    assert!(!world.told_abroad(Side::Fr, elsewhere, theirs));
}

/// Nothing of the plan is in what left, and whoever answers is shown neither what is asked nor what was met. Take out: in
/// `app/src/compare.rs::blinded`, that the plan's name is taken out.
#[test]
fn nothing_of_the_plan_leaves_and_whoever_answers_learns_nothing() {
    let mut world = World::new(813, &json!(true));
    let elsewhere = open(&mut world.pair, Side::Fr);
    world.plans(Side::Fr, elsewhere, CLOSE);
    let ours = world.plans(Side::Ma, world.shared, HERE);
    let asking = world.asks(Side::Ma, ours).unwrap();
    let answer = world
        .answers(Side::Fr, "investigation.compared", asking)
        .unwrap();
    let fr = world.actor(Side::Fr);
    for entry in [asking, answer] {
        let read = world.pair.fr().app.entry(&fr, entry).unwrap();
        let said = format!("{read:?}");
        for secret in ["36.834", "36.842", "Quai", "2015-07-10", &ours.to_string()] {
            assert!(!said.contains(secret), "{secret}");
        }
    }
    let view = world.plan_of(Side::Fr, world.shared);
    assert_eq!(view.compared.asked.len(), 1);
    assert!(
        view.compared
            .asked
            .iter()
            .all(|one| one.found.is_none() && one.plan.is_none())
    );
    assert!(view.near.iter().all(|near| !near.abroad));
    let inspects = world.pair.fr().officer("inspector").unwrap();
    let all = world
        .pair
        .fr()
        .app
        .access_list(&inspects, &entente_app::views::AccessQuery::default());
    assert!(
        all.unwrap()
            .lines
            .iter()
            .any(|line| format!("{line:?}").contains("planned_compared"))
    );
}

/// Without the option nothing is compared, and over the day's amount neither. Take out: in `app/src/compare.rs::refuse_uncompared`, the option;
/// the amount.
#[test]
fn the_charter_says_whether_and_how_much() {
    let mut without = World::new(814, &Value::Null);
    let ours = without.plans(Side::Ma, without.shared, HERE);
    assert!(matches!(
        without.asks(Side::Ma, ours),
        Err(AppError::Link(LinkFault::NoComparing))
    ));
    assert!(
        without
            .plan_of(Side::Ma, without.shared)
            .compared
            .offered
            .is_empty()
    );

    let mut world = World::new(815, &json!({"points_a_day": 64, "answer": 86_400_000}));
    let ours = world.plans(Side::Ma, world.shared, HERE);
    assert_eq!(
        world.plan_of(Side::Ma, world.shared).compared.offered,
        [ours]
    );
    world.asks(Side::Ma, ours).unwrap();
    assert!(matches!(
        world.asks(Side::Ma, ours),
        Err(AppError::Input(InputFault::ComparedMost))
    ));
    let theirs = world.plans(Side::Fr, world.shared, HERE);
    world.asks(Side::Fr, theirs).unwrap();
}

/// A comparison is answered by comparing or refused; words answer neither it nor what came of it, and a refusal ends it. Take out: in
/// `app/src/inquiry.rs`, the lines of comparisons in `DECIDED`; the ask to report.
#[test]
fn invariant_01_it_is_compared_or_refused_and_words_are_no_answer() {
    let mut world = World::new(816, &json!(true));
    let ours = world.plans(Side::Ma, world.shared, HERE);
    let asking = world.asks(Side::Ma, ours).unwrap();
    let on = world.asked(Side::Fr, asking);
    let ob = world.pair.obligation(Side::Fr, on);
    assert_eq!(ob.ask, Ask::Decide);
    let said = world.write(
        Side::Fr,
        "reply",
        (world.shared, Some(on)),
        &[("text", "Non.")],
    );
    assert!(said.is_err());
    let fields = [
        ("ground", "disproportionate"),
        ("reason", "Pas maintenant."),
    ];
    let refused = world.write(Side::Fr, "refuse", (world.shared, Some(on)), &fields);
    if let Err(error) = &refused {
        panic!("{error:?}");
    }
    let ob = world.pair.obligation(Side::Ma, on);
    assert_eq!(ob.state, State::Refused);
    assert_eq!(world.found(Side::Ma), None);
}

/// What was asked before a restart is read after it; once the comparison is erased nothing of it can be told. Take out: in
/// `app/src/compare.rs::blinded`, what is kept.
#[test]
fn a_restart_keeps_it_and_erasure_ends_it() {
    let mut world = World::new(817, &json!(true));
    let elsewhere = open(&mut world.pair, Side::Fr);
    world.plans(Side::Fr, elsewhere, CLOSE);
    let ours = world.plans(Side::Ma, world.shared, HERE);
    let asking = world.asks(Side::Ma, ours).unwrap();
    world.pair.restart(Side::Ma);
    world.pair.settle();
    world
        .answers(Side::Fr, "investigation.compared", asking)
        .unwrap();
    assert_eq!(world.found(Side::Ma), Some(Found::Near(1)));
    let entry = asking.to_string();
    let on = (world.shared, None);
    world
        .write(
            Side::Ma,
            "erase",
            on,
            &[("entry", &entry), ("text", "Erreur.")],
        )
        .unwrap();
    assert!(
        world
            .plan_of(Side::Ma, world.shared)
            .compared
            .asked
            .is_empty()
    );
    assert!(!world.told_abroad(Side::Ma, world.shared, ours));
}

/// The largest comparison is computed at the first look and at none after it. Take out: in `app/src/compare.rs::same_in`, the memory.
#[test]
fn a_result_is_not_computed_at_every_look() {
    let mut world = World::new(818, &json!(true));
    let elsewhere = open(&mut world.pair, Side::Fr);
    for n in 0..14 {
        let place = format!("Lieu {n} (36.{}, -2.463)", 842 + 10 * n);
        world.plans_until(Side::Fr, elsewhere, (&place, "2015-08-09T06:00"));
    }
    let long = (HERE, "2015-08-09T06:00");
    let ours = world.plans_until(Side::Ma, world.shared, long);
    let asking = world.asks(Side::Ma, ours).unwrap();
    world
        .answers(Side::Fr, "investigation.compared", asking)
        .unwrap();
    world.pair.restart(Side::Ma);
    let look = |world: &World| {
        let begun = std::time::Instant::now();
        assert_eq!(world.found(Side::Ma), Some(Found::Near(1)));
        begun.elapsed()
    };
    let first = look(&world);
    let later = (0..5).map(|_| look(&world)).min().unwrap();
    println!("first look {first:?}, later {later:?}");
    assert!(later * 2 < first, "first look {first:?}, later {later:?}");
}
