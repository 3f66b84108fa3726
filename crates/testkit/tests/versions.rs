//! Rule 8 and invariant 14: a node whose program is older than its partner's. What it cannot evaluate is kept, shown as such, raises
//! no alarm, and is judged once it is upgraded.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{AppError, LinkFault, Recorded, Recording};
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, EntryId};
use entente_core::judge::Verdict;
use entente_store::{StoreExt, WAITING};
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};

/// Puts a side's program back to an older one, or to the newest. Of an older one, which speaks an older version of the wire, its people
/// show the partner the card: else the partner holds it to the one before.
fn program(pair: &mut TestPair, side: Side, older: bool) {
    pair.wire.die(side.index(), true);
    let node = &mut pair.nodes[side.index()];
    node.set_older(older);
    node.restart().unwrap();
    if older {
        pair.node(side.other()).pin(pair.node(side)).unwrap();
    }
}

fn declaration() -> Writing<'static> {
    Writing::new(&[("title", "Déclaration"), ("date", "2015-05-28")])
}

fn do_it(pair: &mut TestPair, side: Side, what: Recording) -> Result<Recorded, AppError> {
    let node = pair.node(side);
    let done = node.app.record(&node.officer("liaison").unwrap(), what);
    pair.wire.wake(side.index());
    done
}

fn is_older(result: &Result<Recorded, AppError>) -> bool {
    matches!(result, Err(AppError::Link(LinkFault::VersionOlder)))
}

fn verdict(pair: &TestPair, side: Side, id: EntryId) -> u8 {
    pair.node(side).entry(id).unwrap().unwrap().verdict
}

/// A dossier that `ma` opened, with a note that follows, while `fr` was put back to a program without its kind.
fn behind(seed: u64) -> (TestPair, DossierId, EntryId) {
    let mut pair = TestPair::linked(seed);
    pair.cut(true);
    pair.wire.tear(true);
    let opened = pair.write(Side::Ma, "declaration.open", &declaration());
    let note = Writing::on(
        opened.dossier,
        &[("text", "Et l’annexe ?"), ("needs_answer", "on")],
    );
    let note = pair.write(Side::Ma, "note", &note).entry;
    program(&mut pair, Side::Fr, true);
    pair.cut(false);
    pair.settle();
    (pair, opened.dossier, note)
}

/// Take out: in `app/src/unevaluated.rs::find_upgrade`, the setting of `AGAIN`; or in `app/src/apply.rs::missing_ancestors`, the case
/// of what is not evaluated; or in `app/src/digests.rs`, either call of `evaluates`.
#[test]
fn rule_08_what_an_older_program_kept_is_judged_once_it_is_upgraded() {
    let (mut pair, dossier, note) = behind(801);
    let opening = dossier.opening();
    assert_eq!(
        verdict(&pair, Side::Fr, opening),
        Verdict::NotEvaluated.number()
    );
    assert_eq!(verdict(&pair, Side::Fr, note), WAITING, "it follows that");
    for side in Side::BOTH {
        assert!(pair.evidence(side).is_empty(), "no alarm at {side:?}");
        let (held, size, waiting) = pair
            .node(side)
            .app
            .receipted(&pair.node(side.other()).name)
            .unwrap();
        assert_eq!((held, waiting), (size, 0), "kept means received");
    }
    let (theirs, ours) = (pair.ma().entry(opening), pair.fr().entry(opening));
    assert_eq!(
        theirs.unwrap().unwrap().header,
        ours.unwrap().unwrap().header
    );
    // Work on everything else goes on, and nothing of it follows what could not be judged.
    let (other, asked) = pair.ask(Side::Fr, "normal");
    pair.settle();
    pair.answer(Side::Ma, other, asked);
    pair.settle();

    // Still old after a restart: nothing changes.
    program(&mut pair, Side::Fr, true);
    pair.settle();
    assert_eq!(
        verdict(&pair, Side::Fr, opening),
        Verdict::NotEvaluated.number()
    );

    program(&mut pair, Side::Fr, false);
    pair.settle();
    for id in [opening, note] {
        assert_eq!(verdict(&pair, Side::Fr, id), Verdict::Regular.number());
    }
    assert!(pair.fr().app.evaluates(&pair.ma().name).unwrap());
    pair.assert_same();
    let owed = pair.fr().obligations(Some(dossier)).unwrap();
    assert!(
        owed.iter().any(|r| r.id.entry == note),
        "the ask is seen at last"
    );
    pair.fr().check().unwrap();
}

/// A program from before anything was set aside kept such entries too: the first that sets aside looks for them.
/// Take out: in `app/src/unevaluated.rs::find_upgrade`, the part about a program from before.
#[test]
fn rule_08_the_first_program_that_sets_aside_looks_at_what_came_before() {
    let (mut pair, dossier, _) = behind(803);
    let forgotten = pair.fr().store.update("forget", |tx| {
        // No author, as one byte of CBOR; and no word of a program.
        tx.set_setting("unevaluated", &[0x80])?;
        tx.set_setting("able", &[])
    });
    forgotten.unwrap();
    program(&mut pair, Side::Fr, false);
    pair.settle();
    let opening = verdict(&pair, Side::Fr, dossier.opening());
    assert_eq!(opening, Verdict::Regular.number());
    pair.assert_same();
}

/// By the card that came with the last session, nothing is begun that the partner could not see; its upgrade is heard the same way.
/// Take out: in `app/src/record.rs`, the call of `refuse_unable`; for the second half, in `app/src/keys.rs::settle_keys`, that of
/// `reissue_card`.
#[test]
fn rule_08_nothing_is_begun_that_a_partners_card_does_not_list() {
    let mut pair = TestPair::linked(802);
    program(&mut pair, Side::Fr, true);
    pair.settle();
    for side in Side::BOTH {
        let refused = pair.try_write(side, "declaration.open", &declaration());
        assert!(
            matches!(refused, Err(AppError::Link(LinkFault::VersionOlder))),
            "{side:?}: {refused:?}"
        );
    }
    program(&mut pair, Side::Fr, false);
    pair.settle();
    pair.write(Side::Ma, "declaration.open", &declaration());
    pair.settle();
    pair.assert_same();
}

/// What came after the rules that a dossier began under is not written for a program whose card does not list it: there a type of entry
/// that it never heard of would have no effect, also once it is upgraded, and the two ledgers would differ for good. What it knows is
/// written, and its upgrade is enough.
/// Take out: in `app/src/record.rs::refuse_unable`, `news`; or in `core/src/able.rs`, the lines of `LATER` or the acts of later rules.
#[test]
fn rule_08_what_an_older_partner_does_not_know_is_not_written_for_it() {
    let mut pair = TestPair::linked(804);
    let charter = pair.charter.unwrap();
    let amended = || Recording {
        terms: Some(serde_json::from_value(serde_json::json!({"transit": "1h"})).unwrap()),
        ..recording("charter.propose", &Writing::on(charter, &[])).unwrap()
    };
    let proposed = do_it(&mut pair, Side::Fr, amended()).unwrap();
    let with_file = Writing::on(charter, &[("text", "Pièce.")]).file("piece.bin", vec![7; 100]);
    let noted = pair.write(Side::Ma, "note", &with_file).entry;
    pair.settle();
    let asked = pair.open_one(Side::Ma, charter, Ask::Decide).id;
    program(&mut pair, Side::Fr, true);
    pair.settle();

    let entry = noted.to_string();
    let one_file = [
        ("entry", entry.as_str()),
        ("file", "1"),
        ("reason", "Par erreur."),
    ];
    let erase = Writing::on(charter, &one_file);
    let reason = [("reason", "Trop court.")];
    let decline = Writing::on(charter, &reason).target(asked);
    let sign = || Recording {
        proposal: Some(proposed.entry),
        ..recording("charter.sign", &Writing::on(charter, &[])).unwrap()
    };
    for refused in [
        pair.try_write(Side::Ma, "erase", &erase),
        pair.try_write(Side::Ma, "charter.decline", &decline),
        pair.try_write(Side::Fr, "charter.withdraw", &decline),
        do_it(&mut pair, Side::Ma, sign()),
        do_it(&mut pair, Side::Ma, amended()),
    ] {
        assert!(is_older(&refused), "{refused:?}");
    }
    // What never crosses is nobody's affair, and what both know goes on.
    let own = Writing::on(charter, &[("text", "Pour nous.")]).file("a.bin", vec![7; 10]);
    let own = pair
        .write(Side::Ma, "note", &own.own_only())
        .entry
        .to_string();
    let own = [
        ("entry", own.as_str()),
        ("file", "1"),
        ("reason", "Par erreur."),
    ];
    pair.write(Side::Ma, "erase", &Writing::on(charter, &own));
    pair.settle();
    pair.assert_same();

    program(&mut pair, Side::Fr, false);
    pair.settle();
    pair.write(Side::Ma, "erase", &erase);
    pair.write(Side::Ma, "charter.decline", &decline);
    pair.settle();
    pair.assert_same();
    let ended = pair.shown(Side::Fr, charter, asked);
    assert!(!ended.state.is_open());
}
