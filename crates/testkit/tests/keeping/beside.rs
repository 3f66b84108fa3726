//! What is held is held with all that stands beside it, translations and corrections, and with what was released of it elsewhere.

use super::{DAY, InputFault, SIDES, Side, TERM, answered, day_of, days, readable, written};
use entente_app::{AppError, Recorded};
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, EntryId};
use entente_store::BodyState;
use entente_testkit::many::TestMany;
use entente_testkit::node::{Said, Writing};
use entente_testkit::pair::TestPair;

/// An answer of `fr` with a translation by `ma` and a correction by `fr`, which `ma` confirms.
struct Family {
    dossier: DossierId,
    answer: EntryId,
    translation: EntryId,
    correction: EntryId,
}

impl Family {
    fn of(pair: &mut TestPair) -> Self {
        let dossier = answered(pair);
        let answer = written(pair, Side::Ma, dossier, "request.answer", "fr")[0];
        let translation = pair
            .write(Side::Ma, "translation", &translates(dossier, answer))
            .entry;
        pair.settle();
        let correction = pair
            .write(Side::Fr, "rectify", &corrects(dossier, answer))
            .entry;
        pair.settle();
        let owed = pair.open_one(Side::Ma, dossier, Ask::Correct);
        let done = [("done", "corrected"), ("passed_on", "nobody")];
        pair.write(
            Side::Ma,
            "rectified",
            &Writing::on(dossier, &done).target(owed.id),
        );
        pair.settle();
        Self {
            dossier,
            answer,
            translation,
            correction,
        }
    }
    fn all(&self) -> [EntryId; 3] {
        [self.answer, self.translation, self.correction]
    }
}

fn translates(dossier: DossierId, of: EntryId) -> Writing<'static> {
    let of = of.to_string();
    let fields = [
        ("of", of.as_str()),
        ("into", "ar"),
        ("origin", "human"),
        ("text", "جواب"),
    ];
    Writing::on(dossier, &fields)
}

fn corrects(dossier: DossierId, of: EntryId) -> Writing<'static> {
    let of = of.to_string();
    let fields = [
        ("of", of.as_str()),
        ("text", "Le 3 et non le 4."),
        ("why", "typing"),
    ];
    Writing::on(dossier, &fields)
}

fn holds(dossier: DossierId, entry: EntryId, until: i64) -> Writing<'static> {
    let (entry, until) = (entry.to_string(), day_of(until));
    let fields = [
        ("entry", entry.as_str()),
        ("ground", "court_order"),
        ("until", until.as_str()),
    ];
    Writing::on(dossier, &fields)
}

fn erases(dossier: DossierId, entry: EntryId) -> Writing<'static> {
    Writing::on(dossier, &[("entry", &entry.to_string())])
}

fn here(pair: &TestPair, side: Side, entry: EntryId) -> bool {
    pair.node(side).entry(entry).unwrap().unwrap().body == BodyState::Here
}

fn is_held(result: Said<Recorded>) {
    assert!(
        matches!(result, Err(AppError::Input(InputFault::Held))),
        "{result:?}"
    );
}

/// Whichever of them is named, the original stays with what translates and corrects it, at both ends, until the hold ends.
#[test]
fn a_hold_keeps_an_entry_with_what_stands_beside_it_whichever_is_named() {
    let mut pair = TestPair::linked(941);
    let families = [0, 1, 2].map(|_| Family::of(&mut pair));
    pair.time.advance(TERM - 40 * DAY);
    pair.settle();
    let until = pair.ma().app.now().0 + 100 * DAY;
    for (family, named) in families.iter().zip([0, 1, 2]) {
        let hold = holds(family.dossier, family.all()[named], until);
        pair.write(Side::Ma, "hold", &hold);
    }
    pair.settle();
    for after in [40, 16, 20] {
        days(&mut pair, after);
    }
    for (family, named) in families.iter().zip([0, 1, 2]) {
        for side in SIDES {
            for entry in family.all() {
                assert!(here(&pair, side, entry), "{side:?}, {named} held");
            }
            assert_eq!(readable(&pair, side, family.dossier), 3, "{side:?}");
        }
    }
    days(&mut pair, 60);
    for family in &families {
        for side in SIDES {
            assert_eq!(readable(&pair, side, family.dossier), 0, "{side:?}");
        }
    }
    pair.assert_same();
}

/// Our officers erase no translation of what we hold, nor what a translation that we hold says again; the originator's erasure wins.
#[test]
fn our_officers_erase_nothing_beside_what_we_hold() {
    let mut pair = TestPair::linked(942);
    let one = Family::of(&mut pair);
    let until = pair.ma().app.now().0 + 100 * DAY;
    let hold = pair.write(Side::Ma, "hold", &holds(one.dossier, one.answer, until));
    is_held(pair.try_write(Side::Ma, "erase", &erases(one.dossier, one.translation)));
    let lift = Writing::on(one.dossier, &[("hold", &hold.entry.to_string())]);
    pair.write(Side::Ma, "lift_hold", &lift);
    // And the other way round: the answer goes with its translation, which fr holds.
    pair.settle();
    let hold = holds(one.dossier, one.translation, until);
    pair.write(Side::Fr, "hold", &hold);
    is_held(pair.try_write(Side::Fr, "erase", &erases(one.dossier, one.answer)));
    is_held(pair.try_write(Side::Fr, "erase", &erases(one.dossier, one.correction)));
    pair.settle();
    // It is no hold of ours, and we wrote that: erasure wins.
    pair.write(Side::Ma, "erase", &erases(one.dossier, one.translation));
    pair.settle();
    for side in SIDES {
        assert!(!here(&pair, side, one.translation), "{side:?}");
        assert!(here(&pair, side, one.answer), "{side:?}");
    }
    pair.assert_same();
}

const MA: usize = 0;
const FR: usize = 1;
const ES: usize = 2;
const PT: usize = 3;

/// What is erased in one dossier takes along what was released of it into another: our hold there stops that, on the release or on its
/// translation, also where a state left that holds it and no erasure of ours would reach all.
#[test]
fn our_hold_stops_what_was_released_elsewhere() {
    let mut world = TestMany::linked(943, &["ma", "fr", "es", "pt"]);
    let earlier = world.joined(MA, &[FR, ES], None);
    let wider = world.joined(MA, &[FR, ES, PT], Some(earlier));
    let fields = [("title", "Relevé"), ("text", "Trois départs.")];
    let contribution = Writing::on(earlier, &fields);
    let given = [0, 1].map(|_| {
        world
            .write(FR, "investigation.contribute", &contribution)
            .entry
    });
    world.settle();
    let released = given.map(|entry| {
        let release = Writing::on(wider, &[("entry", &entry.to_string())]);
        world.write(FR, "release", &release).entry
    });
    world.settle();
    let translation = world.write(FR, "translation", &translates(wider, released[1]));
    world.settle();
    let until = world.nodes[FR].app.now().0 + 100 * DAY;
    let of_release = world.write(FR, "hold", &holds(wider, released[0], until));
    let of_translation = world.write(FR, "hold", &holds(wider, translation.entry, until));
    world.settle();
    let all = Writing::on(earlier, &[("all", "on")]);
    let refused = |world: &mut TestMany| {
        for entry in given {
            is_held(world.write_to(FR, "erase", &erases(earlier, entry), None));
        }
        is_held(world.write_to(FR, "erase", &all, None));
        for entry in given.into_iter().chain(released) {
            let row = world.nodes[FR].entry(entry).unwrap().unwrap();
            assert_eq!(row.body, BodyState::Here, "nothing went before it");
        }
    };
    refused(&mut world);
    world.write(ES, "leave", &Writing::on(wider, &[]));
    world.settle();
    refused(&mut world);
    for hold in [of_release, of_translation] {
        let lift = Writing::on(wider, &[("hold", &hold.entry.to_string())]);
        world.write(FR, "lift_hold", &lift);
    }
    world.settle();
    world.write(FR, "erase", &all);
    world.settle();
    for entry in given.into_iter().chain(released) {
        let row = world.nodes[FR].entry(entry).unwrap().unwrap();
        assert_eq!(row.body, BodyState::Erased);
    }
}
