//! Invariant 10: one act erases a thing with what speaks of it: the links, decisions, lines of custody and whatever else of one's own side names
//! it, chosen by the officer, at both nodes; and afterwards nothing that either node shows or gives out names it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{SpeaksOf, ThingPages};
use entente_app::{AppError, Recording};
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, EntryId};
use entente_core::obligation::State;
use entente_store::BodyState;
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};

/// Peculiar enough that it stands nowhere by chance.
const NAME: &str = "+212 5 00 11 22 33";

struct World {
    pair: TestPair,
    dossier: DossierId,
    phone: EntryId,
    other: EntryId,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
        let dossier = pair
            .write(Side::Ma, "investigation.open", &Writing::new(&fields))
            .dossier;
        pair.settle();
        let mut world = Self {
            pair,
            dossier,
            phone: EntryId([0; 32]),
            other: EntryId([0; 32]),
        };
        world.phone = world.write(
            Side::Ma,
            "investigation.phone",
            &[("name", NAME), ("nature", "fact")],
            false,
        );
        world.other = world.write(
            Side::Ma,
            "investigation.phone",
            &[("name", "+212 5 00 99"), ("nature", "fact")],
            false,
        );
        world
    }

    fn write(
        &mut self,
        side: Side,
        name: &str,
        fields: &[(&str, &str)],
        own_only: bool,
    ) -> EntryId {
        let mut writing = Writing::on(self.dossier, fields);
        writing.own_only = own_only;
        let written = self.pair.write(side, name, &writing).entry;
        self.pair.settle();
        written
    }

    fn link(&mut self, side: Side, own_only: bool) -> EntryId {
        let (from, to) = (self.phone.to_string(), self.other.to_string());
        let fields = [
            ("from_thing", from.as_str()),
            ("how", "called"),
            ("to_thing", to.as_str()),
            ("nature", "fact"),
            ("text", NAME),
        ];
        self.write(side, "investigation.link", &fields, own_only)
    }

    fn speaks(&self, side: Side) -> SpeaksOf {
        let node = self.pair.node(side);
        node.app
            .speaks_of(&node.officer("liaison").unwrap(), self.phone)
            .unwrap()
    }

    fn erase(&mut self, with: &[EntryId]) -> Result<EntryId, AppError> {
        let named = self.phone.to_string();
        let fields = [("entry", named.as_str()), ("text", "Erreur de saisie.")];
        let erase = recording("erase", &Writing::on(self.dossier, &fields)).unwrap();
        let erase = Recording {
            erases: std::iter::once(self.phone)
                .chain(with.iter().copied())
                .collect(),
            ..erase
        };
        let ma = self.pair.ma();
        let erased = ma.app.record(&ma.officer("liaison").unwrap(), erase);
        self.pair.wire.wake(0);
        self.pair.settle();
        erased.map(|recorded| recorded.entry)
    }

    fn body(&self, side: Side, entry: EntryId) -> Option<BodyState> {
        let row = self.pair.node(side).entry(entry).unwrap();
        row.map(|row| row.body)
    }

    /// Whatever a node shows or gives out of the dossier, as text.
    fn shown(&self, side: Side) -> String {
        let node = self.pair.node(side);
        let liaison = node.officer("liaison").unwrap();
        let app = &node.app;
        let mut out = format!(
            "{:?}",
            app.dossier(&liaison, self.dossier, None).unwrap().entries
        );
        out += &format!("{:?}", app.things(&liaison, self.dossier, "").unwrap());
        out += &format!("{:?}", app.exhibits(&liaison, self.dossier).unwrap());
        out += &format!("{:?}", app.plan_of(&liaison, self.dossier).unwrap());
        let pages = ThingPages::default();
        out += &format!("{:?}", app.thing(&liaison, self.other, pages).unwrap());
        for row in node
            .entries()
            .unwrap()
            .iter()
            .filter(|row| row.dossier == self.dossier)
        {
            out += &format!("{:?}", app.entry(&liaison, row.id).map(|entry| entry.body));
        }
        out
    }
}

/// What names a thing is listed, with what undoes it; chosen is erased by one act at both nodes, what never left too, and nothing names it any
/// more; the other side is asked once to attest, for all of it. Take out: in `app/src/erase.rs::to_erase_with`, what is chosen; in
/// `app/src/record.rs::record_plan_in`, `erase_beside`; in `app/src/show/speaking.rs::speaking_of`, that links are followed further.
#[test]
fn invariant_10_one_act_erases_a_thing_with_what_speaks_of_it() {
    let mut world = World::new(861);
    let (link, own) = (world.link(Side::Ma, false), world.link(Side::Ma, true));
    let (one, other) = (world.phone.to_string(), world.other.to_string());
    let joined = [
        ("one", one.as_str()),
        ("other", other.as_str()),
        ("text", NAME),
    ];
    let same = world.write(Side::Ma, "investigation.same", &joined, false);
    let decision = same.to_string();
    let undone = [("decision", decision.as_str()), ("text", NAME)];
    let undo = world.write(Side::Ma, "investigation.undo", &undone, false);
    let about = [
        ("title", NAME),
        ("to", "fr/liaison"),
        ("by", "2015-07-15"),
        ("about_thing", one.as_str()),
    ];
    let task = world.write(Side::Ma, "investigation.task", &about, false);
    let theirs = world.link(Side::Fr, false);
    let speaks = world.speaks(Side::Ma);
    let of = |wanted: bool| -> Vec<EntryId> {
        let lines = speaks.ours.iter().filter(|line| line.chosen == wanted);
        lines.map(|line| line.entry).collect()
    };
    let mut chosen = of(true);
    chosen.sort();
    let mut expected = vec![link, own, same, undo];
    expected.sort();
    assert_eq!(chosen, expected, "what says nothing else is chosen");
    assert_eq!((of(false), speaks.theirs), (vec![task], 1));
    let all: Vec<EntryId> = speaks.ours.iter().map(|line| line.entry).collect();
    let erased = world.erase(&all).unwrap();
    for entry in [world.phone, link, same, undo, task] {
        for side in Side::BOTH {
            assert_eq!(world.body(side, entry), Some(BodyState::Erased), "{side:?}");
        }
    }
    assert_eq!(world.body(Side::Ma, own), Some(BodyState::Erased));
    assert_eq!(world.body(Side::Fr, own), None, "it never left");
    let acts = world.pair.ma().header(erased).acts.known;
    let named: Vec<EntryId> = acts
        .iter()
        .filter_map(entente_core::act::Act::erased)
        .collect();
    assert!(
        named.contains(&world.phone) && !named.contains(&own),
        "nothing of what never left"
    );
    let owed = world.pair.open_one(Side::Fr, world.dossier, Ask::Erase);
    assert_eq!(owed.state, State::Open, "one attestation for all of it");
    assert_eq!(
        world.body(Side::Fr, theirs),
        Some(BodyState::Here),
        "theirs is theirs to erase"
    );
    let fields = [("entry", &*theirs.to_string())];
    world.write(Side::Fr, "erase", &fields, false);
    for side in Side::BOTH {
        let shown = world.shown(side);
        assert!(!shown.contains(NAME), "{side:?}: {shown}");
        let node = world.pair.node(side);
        let found = node
            .app
            .things(&node.officer("liaison").unwrap(), world.dossier, "00 11")
            .unwrap();
        assert!(found.found.is_none_or(|found| found.is_empty()), "{side:?}");
    }
    world.pair.assert_same();
}

/// Only what names it goes with it, and nothing chosen is nothing more than before. Take out: in `app/src/erase.rs::to_erase_with`, that it is
/// held against what is offered.
#[test]
fn nothing_goes_along_that_does_not_name_it() {
    let mut world = World::new(862);
    let link = world.link(Side::Ma, false);
    let theirs = world.link(Side::Fr, false);
    for strange in [world.other, theirs, world.dossier.opening()] {
        let tried = world.erase(&[link, strange]);
        assert!(matches!(tried, Err(AppError::Fields(_))), "{tried:?}");
    }
    assert_eq!(
        world.body(Side::Ma, world.phone),
        Some(BodyState::Here),
        "all or nothing"
    );
    world.erase(&[]).unwrap();
    assert_eq!(world.body(Side::Fr, world.phone), Some(BodyState::Erased));
    assert_eq!(world.body(Side::Fr, link), Some(BodyState::Here));
}
