//! A register begins again: life after a fork and after a lost key (rule 15). Both sides end with both branches, nothing lost, nothing
//! twice, whatever breaks in between.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_app::restart::{RestartFault, RestartStep, RestartWaits};
use entente_app::{AppError, InputFault, LinkDriver};
use entente_core::ids::EntryId;
use entente_link::Role;
use entente_proof::beginning::Ground;
use entente_proof::bundle::{Bundle, BundleError, BundleReport, verify_bundle};
use entente_proof::leaf::Leaf;
use entente_store::{Direction, StoreExt as _};
use entente_testkit::backup::Backup;
use entente_testkit::fault::{Break, Plan};
use entente_testkit::liar::{Liar, VISIT, commit, next_header};
use entente_testkit::node::{Said, TestNode, Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use std::collections::BTreeSet;

/// Two real histories of `fr`: what happened after a backup, and what its restored node signed without hearing its partner. Gives entries
/// of both branches, the first of which only `ma` has.
fn forked(pair: &mut TestPair) -> (Vec<EntryId>, Vec<EntryId>) {
    pair.note(Side::Fr, "Avant la sauvegarde.");
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let backup = Backup::of(pair.fr());
    // The first branch: an answer, and receipts of what `ma` writes.
    let mut lost = vec![pair.answer(Side::Fr, dossier, asked).entry];
    pair.note(Side::Ma, "Reçue dans la première branche.");
    pair.settle();
    lost.push(pair.note(Side::Fr, "Fin de la première branche."));
    pair.settle();
    backup.restore(pair, Side::Fr);
    let fr = pair.fr();
    fr.app.open_alone("exercice de bifurcation").unwrap();
    let mut other = vec![pair.note(Side::Fr, "La seconde branche.")];
    other.push(pair.note(Side::Fr, "Sa fin."));
    // A courier's bundle is signed without the partner being heard: so honest nodes fork themselves.
    pair.pack(Side::Fr).unwrap();
    for _ in 0..20 {
        pair.round();
    }
    assert!(
        pair.stopped(Side::Ma) || pair.stopped(Side::Fr),
        "a fork is an alarm"
    );
    let evidence = Side::BOTH.map(|side| pair.evidence(side));
    assert!(
        evidence.iter().flatten().any(|e| e.what == "fork"),
        "and its proof is kept"
    );
    (lost, other)
}

fn propose(pair: &TestPair, owner: Side, ground: Ground) -> Said<String> {
    let (node, partner) = (pair.node(owner), pair.node(owner.other()));
    let actor = node.app.coordinator("coordinator")?;
    node.app.propose_restart(&actor, &partner.name, ground)
}

/// People at `side` take a file, after they compared the fingerprint of the other side's card.
fn take(pair: &TestPair, side: Side, file: &str) -> Said<RestartStep> {
    let print = pair.node(side.other()).app.own_fingerprint()?;
    let node = pair.node(side);
    node.app
        .accept_restart(&node.app.coordinator("coordinator")?, file, &print)
}

fn answered(step: RestartStep) -> String {
    match step {
        RestartStep::Answer(file) | RestartStep::Next(file) => file,
        other => panic!("a proposal is answered, not {other:?}"),
    }
}

/// The whole of it, with a lease's time in between: drivers of before are gone by then.
fn restart(pair: &mut TestPair, owner: Side, ground: Ground) -> u64 {
    let proposal = propose(pair, owner, ground).unwrap();
    pair.wire.tear(true);
    pair.time.advance(10_000);
    let answer = answered(take(pair, owner.other(), &proposal).unwrap());
    pair.time.advance(10_000);
    match take(pair, owner, &answer).unwrap() {
        RestartStep::Concluded { returned } => returned,
        other => panic!("an answer is concluded, not {other:?}"),
    }
}

/// Comes to rest, the same at both ends, with these entries.
fn rests_with(pair: &mut TestPair, entries: &[EntryId]) {
    pair.time.advance(10_000);
    pair.settle();
    pair.assert_same();
    have_all(pair, entries);
}

/// Nothing lost, nothing twice: both have these entries once, the register's owner told each once.
fn have_all(pair: &TestPair, entries: &[EntryId]) {
    hold_all(pair, entries);
    for side in Side::BOTH {
        pair.node(side).check().unwrap();
    }
}

fn hold_all(pair: &TestPair, entries: &[EntryId]) {
    for side in Side::BOTH {
        let ids: Vec<EntryId> = pair
            .node(side)
            .entries()
            .unwrap()
            .iter()
            .map(|e| e.id)
            .collect();
        let distinct: BTreeSet<EntryId> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len());
        for entry in entries {
            assert!(distinct.contains(entry), "{side:?} has not {entry}");
        }
        let partner = &pair.node(side.other()).name;
        let leaves = pair
            .node(side)
            .look(|tx| tx.leaves(partner, Direction::Out, 0, u32::MAX));
        let told: Vec<EntryId> = leaves.unwrap().iter().filter_map(|l| l.entry).collect();
        let once: BTreeSet<EntryId> = told.iter().copied().collect();
        assert_eq!(told.len(), once.len(), "{side:?} tells an entry twice");
    }
}

/// Take out: in `app/src/restart/retell.rs::queue`, what is chained; in `store`, what `close_register` does with receipts; in
/// `app/src/receive.rs::take_receipt`, closed generations.
#[test]
fn rule_15_after_a_fork_both_agree_and_the_register_goes_on_with_both_branches() {
    let mut pair = TestPair::linked(701);
    let (lost, other) = forked(&mut pair);
    assert!(pair.fr().entry(lost[0]).unwrap().is_none());
    assert!(pair.ma().entry(other[0]).unwrap().is_none());
    assert_eq!(
        restart(&mut pair, Side::Fr, Ground::Fork),
        2,
        "both entries of the lost branch came back"
    );
    assert!(!pair.stopped(Side::Ma) && !pair.stopped(Side::Fr));
    let before = other.clone();
    pair.settle();
    pair.assert_same();
    have_all(&pair, &[lost, before].concat());

    // The first leaf commits to what both signed, and entries of before the fork still stand in the closed generation.
    let (fr, ma) = (pair.fr(), pair.ma());
    let leaves = ma
        .look(|tx| tx.leaves(&fr.name, Direction::In, 0, 1))
        .unwrap();
    assert!(matches!(
        Leaf::decode(&leaves[0].leaf),
        Ok(Leaf::Beginning(_))
    ));
    let head = ma.look(|tx| tx.register(&fr.name, Direction::In)).unwrap();
    let closed = ma
        .look(|tx| tx.register(&fr.name, Direction::InClosed(0)))
        .unwrap();
    assert_eq!((head.generation, closed.generation), (1, 0));
    assert!(
        closed.size > 0,
        "what was receipted before the backup is agreed"
    );
    let ours = fr
        .look(|tx| tx.register(&ma.name, Direction::OutClosed(0)))
        .unwrap();
    assert_eq!((ours.size, ours.frontier), (closed.size, closed.frontier));

    // Life goes on, also through a restart of both processes and by courier.
    let (dossier, asked) = pair.ask(Side::Fr, "normal");
    pair.settle();
    pair.answer(Side::Ma, dossier, asked);
    for side in Side::BOTH {
        pair.restart(side);
    }
    pair.settle();
    pair.assert_same();
    pair.cut(true);
    for _ in 0..12 {
        pair.round();
    }
    pair.note(Side::Fr, "Par courrier.");
    pair.settle_by_courier();
    pair.cut(false);
    pair.settle();
    pair.assert_same();
    have_all(&pair, &other);
}

/// A thief with the key tells the partner what the owner never wrote. Both see it afterwards, and the owner's own goes on beside it.
#[test]
fn rule_15_what_somebody_else_told_in_the_owners_name_is_in_both_ledgers_after_it() {
    let mut pair = TestPair::linked(702);
    let dossier = pair.charter.unwrap();
    pair.note(Side::Fr, "Avant.");
    pair.settle();
    let mut liar = Liar::of(&pair, Side::Fr);
    let mut header = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    let body = b"\xa0";
    commit(&mut header, &[3; 16], body);
    let forged = liar.push(&header, [3; 16], body);
    pair.cut(true);
    for _ in 0..12 {
        pair.round();
    }
    let honest = pair.note(Side::Fr, "La vraie suite.");
    pair.pack(Side::Fr).unwrap();
    drop(liar.tell(&mut pair));
    pair.cut(false);
    pair.time.advance(10_000);
    for _ in 0..20 {
        pair.round();
    }
    assert!(pair.ma().entry(forged).unwrap().is_some());
    assert!(
        pair.evidence(Side::Ma)
            .iter()
            .chain(&pair.evidence(Side::Fr))
            .any(|e| e.what == "fork")
    );
    assert_eq!(restart(&mut pair, Side::Fr, Ground::Fork), 1);
    pair.settle();
    pair.assert_same();
    have_all(&pair, &[forged, honest]);
}

/// Both registers of a link begin again, one after the other, and one of them twice.
#[test]
fn rule_15_generations_follow_each_other_on_both_sides() {
    let mut pair = TestPair::linked(703);
    let mut all = Vec::new();
    for (owner, generation) in [(Side::Fr, 1), (Side::Ma, 1), (Side::Fr, 2)] {
        all.push(pair.note(owner, "Avant."));
        all.push(pair.note(owner.other(), "Avant, de l’autre côté."));
        pair.settle();
        assert_eq!(
            restart(&mut pair, owner, Ground::Fork),
            0,
            "nothing was lost"
        );
        all.push(pair.note(owner, "Après."));
        pair.settle();
        pair.assert_same();
        let (node, partner) = (pair.node(owner), pair.node(owner.other()));
        let head = node
            .look(|tx| tx.register(&partner.name, Direction::Out))
            .unwrap();
        assert_eq!(head.generation, generation);
    }
    have_all(&pair, &all);
    let restarts = pair.fr().app.restarts(&pair.ma().name).unwrap();
    assert_eq!(restarts.0.len(), 3);
    assert_eq!(restarts.1, None);
}

/// Nothing is signed between proposal and conclusion; only coordinators act, only compared fingerprints count, and only the right files.
#[test]
fn rule_15_nothing_is_signed_before_both_agreed_and_nobody_else_decides() {
    let mut pair = TestPair::linked(704);
    pair.note(Side::Fr, "Avant.");
    pair.settle();
    let liaison = pair.fr().officer("liaison").unwrap();
    let ma = pair.ma().name.clone();
    let refused = pair.fr().app.propose_restart(&liaison, &ma, Ground::Fork);
    assert!(matches!(refused, Err(AppError::Forbidden)));
    let lost = propose(&pair, Side::Fr, Ground::KeyLost);
    assert!(matches!(
        lost,
        Err(AppError::Restart(RestartFault::SameKey))
    ));

    let proposal = propose(&pair, Side::Fr, Ground::Fork).unwrap();
    let size = |pair: &TestPair| {
        let ma = &pair.ma().name;
        pair.fr()
            .look(|tx| tx.register(ma, Direction::Out))
            .unwrap()
            .size
    };
    let before = size(&pair);
    let waiting = pair.note(Side::Fr, "Attend.");
    for _ in 0..12 {
        pair.round();
    }
    let driver = LinkDriver::start(&pair.fr().app, &ma, (Role::Dialled, VISIT));
    assert!(matches!(
        driver,
        Err(AppError::Restart(RestartFault::Proposed))
    ));
    assert_eq!(size(&pair), before, "nothing is signed");

    let coordinator = pair.ma().app.coordinator("coordinator").unwrap();
    let own = pair.ma().app.own_fingerprint().unwrap();
    let wrong = pair.ma().app.accept_restart(&coordinator, &proposal, &own);
    assert!(matches!(
        wrong,
        Err(AppError::Input(InputFault::FingerprintDiffers))
    ));
    let liaison = pair.ma().officer("liaison").unwrap();
    let print = pair.fr().app.own_fingerprint().unwrap();
    let wrong = pair.ma().app.accept_restart(&liaison, &proposal, &print);
    assert!(matches!(wrong, Err(AppError::Forbidden)));
    let own = take(&pair, Side::Fr, &proposal);
    assert!(own.is_err(), "nobody accepts their own proposal");
    for bent in [
        proposal.replacen('A', "B", 1),
        proposal[..proposal.len() / 2].to_owned(),
        String::new(),
    ] {
        assert!(take(&pair, Side::Ma, &bent).is_err());
    }
    pair.wire.tear(true);
    pair.time.advance(10_000);
    let answer = answered(take(&pair, Side::Ma, &proposal).unwrap());
    let again = answered(take(&pair, Side::Ma, &proposal).unwrap());
    let read = |text: &str| pair.fr().app.read_restart(text).unwrap();
    assert_eq!(
        read(&answer),
        read(&again),
        "accepted once, answered as often as people ask"
    );
    assert!(
        take(&pair, Side::Ma, &answer).is_err(),
        "an answer is for who proposed"
    );
    take(&pair, Side::Fr, &answer).unwrap();
    let twice = take(&pair, Side::Fr, &answer);
    assert!(matches!(
        twice,
        Err(AppError::Restart(RestartFault::Generation))
    ));
    rests_with(&mut pair, &[waiting]);
}

/// Takes a proposal back, and the link goes on as it was.
#[test]
fn rule_15_a_proposal_can_be_withdrawn() {
    let mut pair = TestPair::linked(705);
    propose(&pair, Side::Fr, Ground::Fork).unwrap();
    let entry = pair.note(Side::Fr, "Attend.");
    let coordinator = pair.fr().app.coordinator("coordinator").unwrap();
    let ma = pair.ma().name.clone();
    pair.fr().app.withdraw_restart(&coordinator, &ma).unwrap();
    let again = pair.fr().app.withdraw_restart(&coordinator, &ma);
    assert!(matches!(
        again,
        Err(AppError::Restart(RestartFault::NotProposed))
    ));
    pair.settle();
    pair.assert_same();
    have_all(&pair, &[entry]);
}

/// A crash before and after every write of the restart, at both sides: people do the step again, and all is well.
#[test]
fn rule_15_a_crash_at_any_write_of_a_restart_loses_nothing() {
    for how in [Break::Failed, Break::FailedButPersisted] {
        for at in 0..6 {
            let mut pair = TestPair::linked(710 + at);
            let (lost, other) = forked(&mut pair);
            let mut proposal = String::new();
            let mut answer = String::new();
            let plan = Plan {
                after: at,
                how,
                crash: true,
            };
            for (side, step) in [(Side::Fr, 0), (Side::Ma, 1), (Side::Fr, 2)] {
                pair.wire.tear(true);
                pair.time.advance(10_000);
                pair.node(side).disk.plan(plan);
                let mut done = act(&pair, step, (&mut proposal, &mut answer));
                if pair.node(side).disk.is_dead() {
                    pair.nodes[side.index()].restart().unwrap();
                    pair.time.advance(10_000);
                    done = act(&pair, step, (&mut proposal, &mut answer));
                }
                pair.node(side).disk.spare();
                // What persisted although the caller heard otherwise was concluded already.
                let concluded = matches!(done, Err(AppError::Restart(RestartFault::Generation)));
                assert!(
                    done.is_ok() || (step == 2 && concluded),
                    "{how:?} {at} {step}: {done:?}"
                );
            }
            rests_with(&mut pair, &[lost, other].concat());
        }
    }
}

fn act(pair: &TestPair, step: usize, (proposal, answer): (&mut String, &mut String)) -> Said<()> {
    match step {
        0 => *proposal = propose(pair, Side::Fr, Ground::Fork)?,
        1 => *answer = answered(take(pair, Side::Ma, proposal)?),
        _ => drop(take(pair, Side::Fr, answer)?),
    }
    Ok(())
}

/// A crash while the new generation is told: the session recovers what the partner holds of it.
#[test]
fn rule_15_a_crash_while_the_new_generation_is_told_loses_nothing() {
    for at in 0..14 {
        let mut pair = TestPair::linked(730 + at);
        let (lost, other) = forked(&mut pair);
        restart(&mut pair, Side::Fr, Ground::Fork);
        let side = if at % 2 == 0 { Side::Fr } else { Side::Ma };
        let how = if at % 4 < 2 {
            Break::Failed
        } else {
            Break::FailedButPersisted
        };
        pair.node(side).disk.plan(Plan {
            after: at / 2,
            how,
            crash: true,
        });
        for _ in 0..8 {
            pair.round();
        }
        if pair.node(side).disk.is_dead() {
            pair.restart(side);
        }
        pair.node(side).disk.spare();
        rests_with(&mut pair, &[lost, other].concat());
    }
}

/// The owner is restored from a backup of after the restart, or of before it: then the same answer is concluded again, and the session brings
/// back what the new generation has.
#[test]
fn rule_15_a_restored_node_crosses_the_generations() {
    for before in [false, true] {
        let mut pair = TestPair::linked(750);
        let (lost, other) = forked(&mut pair);
        let proposal = propose(&pair, Side::Fr, Ground::Fork).unwrap();
        pair.wire.tear(true);
        pair.time.advance(10_000);
        let early = Backup::of(pair.fr());
        let answer = answered(take(&pair, Side::Ma, &proposal).unwrap());
        take(&pair, Side::Fr, &answer).unwrap();
        let late = Backup::of(pair.fr());
        pair.time.advance(10_000);
        pair.settle();
        let after = pair.note(Side::Fr, "Dans la nouvelle génération.");
        pair.note(Side::Ma, "De l’autre côté.");
        pair.settle();
        if before {
            early.restore(&mut pair, Side::Fr);
            let sealed = take(&pair, Side::Fr, &answer);
            assert!(
                matches!(sealed, Err(AppError::Restart(RestartFault::Unopened))),
                "keys of couriers are in no backup: {sealed:?}"
            );
            // What both signed stands: asked again, the partner gives the same, sealed anew.
            restart(&mut pair, Side::Fr, Ground::Fork);
        } else {
            late.restore(&mut pair, Side::Fr);
        }
        pair.settle();
        pair.assert_same();
        have_all(&pair, &[lost, other, vec![after]].concat());
        let ma = pair.ma().name.clone();
        let head = pair.fr().look(|tx| tx.register(&ma, Direction::Out));
        assert_eq!(head.unwrap().generation, 1);
    }
}

fn proved(node: &TestNode, entry: EntryId) -> BundleReport {
    let actor = node.officer("liaison").unwrap();
    for armour in [
        node.app.proof(&actor, entry),
        node.app.newest_proof(&actor, entry),
    ] {
        verify_bundle(&Bundle::dearmour(&armour.unwrap()).unwrap()).unwrap();
    }
    let armour = node.app.proof(&actor, entry).unwrap();
    verify_bundle(&Bundle::dearmour(&armour).unwrap()).unwrap()
}

/// The secret of the newest key is gone, with the data of now or of a backup of before the change. With another key, compared by people, the
/// register goes on after all that the partner holds; what was received stays received.
///
/// Take out: in `app/src/restart/accept.rs::agreed`, the first return; in `app/src/show/entry.rs::known_as`, closed generations.
#[test]
fn rule_15_after_a_lost_key_the_register_begins_again_with_another() {
    for newer_data in [true, false] {
        let mut pair = TestPair::linked(760);
        let first = pair.note(Side::Fr, "Sous la première clé.");
        pair.settle();
        let old = Backup::of(pair.fr());
        pair.rotate(Side::Fr);
        let (dossier, asked) = pair.ask(Side::Fr, "normal");
        let second = pair.note(Side::Fr, "Sous la clé qui sera perdue.");
        pair.settle();
        pair.answer(Side::Ma, dossier, asked);
        pair.settle();
        let received = pair.obligation(Side::Ma, asked).received_ms;
        assert!(received.is_some());
        let lost = pair.fr().app.own_fingerprint().unwrap();
        let new = Backup::of(pair.fr());
        if newer_data {
            let opened = new.opened_with_keys_of(&old, &mut pair, Side::Fr);
            assert!(matches!(opened, Err(AppError::KeyMissing)));
        } else {
            old.restore(&mut pair, Side::Fr);
        }
        let refused = pair.nodes[1].restart_with_new_key(" ");
        assert!(matches!(
            refused,
            Err(AppError::Input(InputFault::NoReason))
        ));
        pair.nodes[1]
            .restart_with_new_key("clé perdue avec le disque")
            .unwrap();
        pair.time.advance(10_000);
        for _ in 0..12 {
            pair.round();
        }
        assert!(
            !pair.wire.is_up(0),
            "nothing is signed with a key that nobody agreed on"
        );
        // Nobody is at fault meanwhile, our program least of all: it says what it waits for.
        let ma = pair.ma().name.clone();
        let refused = LinkDriver::start(&pair.fr().app, &ma, (Role::Dialled, VISIT)).map(|_| ());
        let said = match newer_data {
            true => matches!(refused, Err(AppError::KeyMissing)),
            false => matches!(refused, Err(AppError::Restart(RestartFault::NewKey))),
        };
        assert!(said, "{refused:?}");
        let returned = restart(&mut pair, Side::Fr, Ground::KeyLost);
        assert_eq!(returned > 0, !newer_data, "{returned} came back");
        pair.settle();
        let third = pair.note(Side::Fr, "Sous la nouvelle clé.");
        pair.note(Side::Ma, "Du partenaire.");
        pair.settle();
        pair.assert_same();
        // Bodies whose keys went with the key store stay unreadable at their own node, whatever the register does.
        hold_all(&pair, &[first, second, third]);
        pair.ma().check().unwrap();
        for side in Side::BOTH {
            assert_eq!(
                pair.obligation(side, asked).received_ms,
                received,
                "received stays received"
            );
            let node = pair.node(side);
            let report = proved(node, second);
            assert_eq!(
                (report.register.generation, report.beginnings.len()),
                (0, 0)
            );
            assert_eq!(report.signing_print.to_string(), lost);
            let report = proved(node, third);
            assert_eq!(report.register.generation, 1);
            assert_eq!(report.beginnings.len(), 1);
            assert_eq!(
                report.signing_print.to_string(),
                pair.fr().app.own_fingerprint().unwrap()
            );
        }
        // And the next change is followed like any other.
        pair.rotate(Side::Fr);
        pair.note(Side::Fr, "Après un changement ordinaire.");
        for side in Side::BOTH {
            pair.restart(side);
        }
        pair.time.advance(10_000);
        pair.settle();
        pair.assert_same();
    }
}

/// The partner is restored from a backup that it made after the alarm and before it accepted: it takes again what both signed.
///
/// Take out: in `app/src/restart/again.rs`, the key that must be ours, or what is held.
#[test]
fn rule_15_a_partner_restored_from_before_it_accepted_takes_again_what_both_signed() {
    let mut pair = TestPair::linked(709);
    let early = Backup::of(pair.ma());
    let (lost, other) = forked(&mut pair);
    let backup = Backup::of(pair.ma());
    restart(&mut pair, Side::Fr, Ground::Fork);
    pair.settle();
    let after = pair.note(Side::Fr, "Dans la nouvelle génération.");
    pair.note(Side::Ma, "Reçue là.");
    pair.settle();
    backup.restore(&mut pair, Side::Ma);
    assert!(pair.try_settle().is_err(), "no way on by itself");
    let file = |pair: &TestPair| {
        let actor = pair.fr().app.coordinator("coordinator").unwrap();
        pair.fr().app.agreed_file(&actor, &pair.ma().name, 0, None)
    };
    let agreed = file(&pair).unwrap();
    pair.wire.tear(true);
    pair.time.advance(10_000);
    // Only what we signed ourselves: nothing else says that people here compared anything.
    let foreign = take(&pair, Side::Fr, &agreed);
    assert!(
        matches!(foreign, Err(AppError::Restart(RestartFault::OtherNodes))),
        "{foreign:?}"
    );
    for _ in 0..2 {
        let step = take(&pair, Side::Ma, &agreed).unwrap();
        assert_eq!(step, RestartStep::Again);
        pair.time.advance(10_000);
    }
    pair.note(Side::Fr, "Et le lien reprend.");
    pair.settle();
    pair.assert_same();
    have_all(&pair, &[lost, other, vec![after]].concat());
    // A backup of before the alarm lacks what came until then, and says how much it has.
    early.restore(&mut pair, Side::Ma);
    assert!(pair.try_settle().is_err());
    pair.wire.tear(true);
    pair.time.advance(10_000);
    let held = held_of(&pair, Side::Ma);
    let less = take(&pair, Side::Ma, &agreed);
    assert!(
        matches!(less, Err(AppError::Restart(RestartFault::HeldLess { held: said })) if said == held),
        "{less:?}"
    );
}

/// How much a side holds of the other's register, of the generation that it takes to be written.
fn held_of(pair: &TestPair, side: Side) -> u64 {
    let owner = &pair.node(side.other()).name;
    let head = pair.node(side).look(|tx| tx.register(owner, Direction::In));
    head.unwrap().size
}

/// What the owner gives a partner that lost what was agreed, and leaves before it: from so many on. Keys to seal to are in no backup, so that
/// the partner's people showed its card of now before.
fn agreed_from(pair: &TestPair, owner: Side, from: u64) -> Said<String> {
    let (node, partner) = (pair.node(owner), pair.node(owner.other()));
    partner.app.keep_sealing_keys()?;
    node.pin(partner)?;
    let actor = node.app.coordinator("coordinator")?;
    node.app.agreed_file(&actor, &partner.name, 0, Some(from))
}

/// The partner is restored from a backup that is older than what stopped the link: the owner's file brings what was agreed and lost, in as
/// many parts as it takes, and both sides count the same as before.
/// Take out: in `app/src/restart/again.rs::take_rest`, what is applied, or the comparison of roots; in `cosign_agreed`, the word; in
/// `app/src/recovery.rs::recover_receipt`, what is folded again.
#[test]
fn rule_15_a_partner_restored_from_before_the_link_stopped_takes_again_what_both_signed_with_what_it_lost()
 {
    let mut pair = TestPair::linked(739);
    let early = Backup::of(pair.ma());
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let mut all = vec![pair.answer(Side::Fr, dossier, asked).entry];
    pair.settle();
    let (owed, ask) = pair.ask(Side::Fr, "normal");
    pair.settle();
    let (lost, other) = forked(&mut pair);
    all.extend([lost, other].concat());
    restart(&mut pair, Side::Fr, Ground::Fork);
    pair.settle();
    all.push(pair.note(Side::Fr, "Dans la nouvelle génération."));
    pair.settle();
    early.restore(&mut pair, Side::Ma);
    assert!(pair.try_settle().is_err(), "no way on by itself");
    pair.wire.tear(true);
    pair.time.advance(10_000);

    // What was sealed to a key that went with the disk cannot be opened; leaves behind a gap do not fit.
    let held = held_of(&pair, Side::Ma);
    let actor = pair.fr().app.coordinator("coordinator").unwrap();
    let sealed = pair
        .fr()
        .app
        .agreed_file(&actor, &pair.ma().name, 0, Some(held));
    let unopened = take(&pair, Side::Ma, &sealed.unwrap());
    assert!(
        matches!(unopened, Err(AppError::Restart(RestartFault::Unopened))),
        "{unopened:?}"
    );
    let gap = agreed_from(&pair, Side::Fr, held + 1).unwrap();
    let less = take(&pair, Side::Ma, &gap);
    assert!(
        matches!(less, Err(AppError::Restart(RestartFault::HeldLess { held: said })) if said == held),
        "{less:?}"
    );
    pair.wire.die(Side::Fr.index(), true);
    pair.nodes[Side::Fr.index()].set_most_returned(1);
    pair.nodes[Side::Fr.index()].restart().unwrap();
    let (mut files, mut from) = (0, held);
    loop {
        let file = agreed_from(&pair, Side::Fr, from).unwrap();
        pair.time.advance(10_000);
        files += 1;
        match take(&pair, Side::Ma, &file).unwrap() {
            RestartStep::More { held } => {
                assert!(held > from, "something came");
                from = held;
            }
            RestartStep::Again => break,
            step => panic!("{step:?}"),
        }
    }
    assert!(files > 2, "{files} files");
    rests_with(&mut pair, &all);
    pair.answer(Side::Ma, owed, ask);
    pair.settle();
    pair.assert_same();
    // What it took again it can give back to its owner in turn.
    restart(&mut pair, Side::Fr, Ground::Fork);
    pair.settle();
    pair.assert_same();
}

/// The same file bent, or of leaves that contradict what is held, brings nothing.
#[test]
fn rule_15_leaves_that_a_partner_lost_are_taken_only_as_they_were_signed() {
    let mut pair = TestPair::linked(741);
    let early = Backup::of(pair.ma());
    pair.note(Side::Fr, "Perdue chez le partenaire.");
    pair.settle();
    restart(&mut pair, Side::Fr, Ground::Fork);
    pair.settle();
    early.restore(&mut pair, Side::Ma);
    let held = held_of(&pair, Side::Ma);
    pair.wire.tear(true);
    pair.time.advance(10_000);
    // Other leaves of its own in the place of what it lost: it is no beginning of what was agreed.
    let mut liar = Liar::of(&pair, Side::Fr);
    let dossier = pair.charter.unwrap();
    let mut header = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    commit(&mut header, &[3; 16], b"\xa0");
    liar.push(&header, [3; 16], b"\xa0");
    drop(liar.tell(&mut pair));
    pair.wire.tear(true);
    pair.time.advance(10_000);
    for from in [held, held_of(&pair, Side::Ma)] {
        let file = agreed_from(&pair, Side::Fr, from).unwrap();
        let taken = take(&pair, Side::Ma, &file);
        assert!(
            matches!(
                taken,
                Err(AppError::Restart(
                    RestartFault::Differs | RestartFault::HeldLess { .. }
                ))
            ),
            "{taken:?}"
        );
    }
    let head = pair
        .ma()
        .look(|tx| tx.register(&pair.fr().name, Direction::In));
    assert_eq!(head.unwrap().generation, 0);
}

/// The proof of an entry holds in whichever generation it stands, and says how they follow from each other; a bent chain proves nothing.
#[test]
fn rule_15_a_proof_carries_the_chain_of_generations() {
    let mut pair = TestPair::linked(770);
    let before = pair.note(Side::Fr, "Avant.");
    pair.settle();
    restart(&mut pair, Side::Fr, Ground::Fork);
    pair.settle();
    let between = pair.note(Side::Fr, "Entre les deux.");
    pair.settle();
    restart(&mut pair, Side::Fr, Ground::Fork);
    let after = pair.note(Side::Fr, "Après.");
    pair.settle();
    for (entry, generation) in [(before, 0), (between, 1), (after, 2)] {
        for side in Side::BOTH {
            let report = proved(pair.node(side), entry);
            assert_eq!(report.register.generation, generation);
            assert_eq!(u32::try_from(report.beginnings.len()), Ok(generation));
        }
    }
    let actor = pair.ma().officer("liaison").unwrap();
    let armour = pair.ma().app.proof(&actor, after).unwrap();
    let whole = Bundle::dearmour(&armour).unwrap();
    let other = |alter: &dyn Fn(&mut Bundle)| {
        let mut bent = whole.clone();
        alter(&mut bent);
        verify_bundle(&bent)
    };
    let documents = |bundle: &mut Bundle| bundle.beginnings.take().unwrap();
    let shorter = other(&|b| b.beginnings = Some(documents(b)[..1].to_vec()));
    assert_eq!(shorter, Err(BundleError::Generations));
    let turned = other(&|b| b.beginnings = Some(documents(b).into_iter().rev().collect()));
    assert_eq!(turned, Err(BundleError::Generations));
    assert!(other(&|b| b.begun = Some(Vec::new())).is_err());
    assert_eq!(Bundle::decode(&whole.encode()), Ok(whole));
}

/// What an answer brings back is bounded: the rest comes in further files, each asked for with the one before, whatever is taken twice or
/// breaks in between; nothing is concluded before all of it is here.
/// Take out: in `app/src/restart/accept.rs::answer`, `offered.from`; in `parts.rs::parts`, the parts before; in `keep_part`, what keeps
/// the leaves; in `conclude.rs::verified`, the comparison of where the tree ends.
#[test]
fn rule_15_an_answer_too_large_for_one_file_comes_in_parts_and_nothing_is_lost() {
    let mut pair = TestPair::linked(731);
    let (mut lost, other) = forked(&mut pair);
    // The second restart brings back what a thief told in many batches.
    restart(&mut pair, Side::Fr, Ground::Fork);
    pair.settle();
    let backup = Backup::of(pair.fr());
    for n in 0..5 {
        lost.push(pair.note(Side::Fr, &format!("Perdue, numéro {n}.")));
        pair.note(Side::Ma, "Reçue.");
        pair.settle();
    }
    backup.restore(&mut pair, Side::Fr);
    pair.fr().app.open_alone("exercice de bifurcation").unwrap();
    lost.push(pair.note(Side::Fr, "La seconde branche."));
    pair.pack(Side::Fr).unwrap();
    for _ in 0..20 {
        pair.round();
    }
    pair.wire.die(Side::Ma.index(), true);
    pair.nodes[Side::Ma.index()].set_most_returned(1);
    pair.nodes[Side::Ma.index()].restart().unwrap();

    let generation = |pair: &TestPair| {
        let ma = &pair.ma().name;
        let head = pair.fr().look(|tx| tx.register(ma, Direction::Out));
        head.unwrap().generation
    };
    let before = generation(&pair);
    let mut ask = propose(&pair, Side::Fr, Ground::Fork).unwrap();
    pair.wire.tear(true);
    let mut files: Vec<String> = Vec::new();
    let mut returned = None;
    while returned.is_none() {
        assert_eq!(generation(&pair), before, "nothing is concluded yet");
        pair.time.advance(10_000);
        let answer = answered(take(&pair, Side::Ma, &ask).unwrap());
        pair.time.advance(10_000);
        if files.len() == 2 {
            let disk = &pair.fr().disk;
            disk.plan(Plan {
                after: 0,
                how: Break::Failed,
                crash: false,
            });
            let broken = take(&pair, Side::Fr, &answer);
            assert!(matches!(broken, Err(AppError::Store(_))), "{broken:?}");
            pair.fr().disk.spare();
            pair.time.advance(10_000);
            take(&pair, Side::Fr, &files[1]).unwrap();
            pair.time.advance(10_000);
        }
        if files.len() == 3 {
            // Whoever begins again with the first takes the others in their order.
            take(&pair, Side::Fr, &files[0]).unwrap();
            let early = take(&pair, Side::Fr, &answer);
            let differs = matches!(early, Err(AppError::Restart(RestartFault::Differs)));
            assert!(differs, "{early:?}");
            for file in &files[1..] {
                take(&pair, Side::Fr, file).unwrap();
            }
        }
        match take(&pair, Side::Fr, &answer).unwrap() {
            RestartStep::Next(next) => ask = next,
            RestartStep::Concluded { returned: came } => returned = Some(came),
            other => panic!("{other:?} of a part"),
        }
        files.push(answer);
    }
    assert!(files.len() > 3, "{} files", files.len());
    assert_eq!(returned, Some(5), "each of the lost entries once");
    rests_with(&mut pair, &[lost, other].concat());
}

/// The same change of key stands at different places of two branches: the other branch is verified by the key that signed it there.
/// Take out: in `app/src/restart/conclude.rs::verified`, what forgets changes of our own branch; for the
/// alarm, in `link/src/session/hello.rs`, the use of `of_another_branch`.
#[test]
fn rule_15_branches_that_changed_the_key_at_different_places_come_together() {
    let mut pair = TestPair::linked(733);
    pair.note(Side::Fr, "Avant la sauvegarde.");
    pair.settle();
    let backup = Backup::of(pair.fr());
    // The first branch goes on for a while under the old key, and then changes it.
    let mut all = Vec::new();
    for n in 0..3 {
        all.push(pair.note(Side::Fr, &format!("Sous l’ancienne clé, {n}.")));
        pair.settle();
    }
    pair.fr().app.rotate_signing_key().unwrap();
    pair.wire.wake(Side::Fr.index());
    pair.settle();
    all.push(pair.note(Side::Fr, "Sous la nouvelle clé."));
    pair.settle();
    let newest = Backup::of(pair.fr());
    backup.restore_with_keys_of(&newest, &mut pair, Side::Fr);
    pair.fr().app.open_alone("exercice de bifurcation").unwrap();
    // The second one changes it at once.
    all.push(pair.note(Side::Fr, "La seconde branche."));
    pair.pack(Side::Fr).unwrap();
    for _ in 0..20 {
        pair.round();
    }
    let evidence = pair.evidence(Side::Ma);
    assert!(
        evidence.iter().any(|e| e.what == "fork" && e.stops),
        "whichever key signed it, it is a fork"
    );
    assert_eq!(restart(&mut pair, Side::Fr, Ground::Fork), 4);
    pair.settle();
    pair.assert_same();
    have_all(&pair, &all);
}

/// What had crossed beyond the agreed end of a generation is told again and brought to its end, whatever the terms admit by then
/// (invariant 1).
/// Take out: in `app/src/restart/conclude.rs::conclude_in`, `note_crossed`.
#[test]
fn invariant_01_what_crossed_beyond_the_agreed_end_goes_on_under_terms_that_admit_it_no_more() {
    let mut pair = TestPair::linked(734);
    let charter = pair.charter.unwrap();
    let early = pair.note(Side::Fr, "Son corps est dû.");
    pair.settle();
    let (dossier, asked) = pair.ask(Side::Fr, "normal");
    pair.settle();
    let narrower =
        serde_json::json!({"purposes": ["governance"], "kinds": ["declaration", "desk"]});
    let mut proposal = recording("charter.propose", &Writing::on(charter, &[])).unwrap();
    proposal.terms = Some(serde_json::from_value(narrower).unwrap());
    let officer = pair.ma().officer("liaison").unwrap();
    pair.ma().app.record(&officer, proposal).unwrap();
    pair.wire.wake(Side::Ma.index());
    pair.agree(Side::Fr);

    // A body is owed: nothing after it is agreed, and all of it is told again.
    let fr = pair.fr().name.clone();
    let place = pair
        .ma()
        .look(|tx| tx.leaf_place(&fr, Direction::In, early));
    let owed = vec![(place.unwrap().unwrap().position, early)];
    let owed = minicbor::to_vec(owed).unwrap();
    let noted = pair.ma().store.update("owed", move |tx| {
        tx.set_setting(&format!("owed/{fr}"), &owed)
    });
    noted.unwrap();
    restart(&mut pair, Side::Fr, Ground::Fork);
    let opening = dossier.opening();
    let ma = pair.ma().name.clone();
    let agreed = pair
        .fr()
        .look(|tx| tx.leaf_place(&ma, Direction::Out, opening));
    assert!(agreed.unwrap().is_none(), "it is beyond what is agreed");
    pair.settle();
    let told = pair
        .fr()
        .look(|tx| tx.leaf_place(&ma, Direction::Out, opening));
    assert!(told.unwrap().is_some(), "and is told again");
    pair.answer(Side::Ma, dossier, asked);
    pair.settle();
    pair.assert_same();
}

/// The owner loses its disk after the partner accepted, and its restored node is opened alone and goes on another way. What both signed
/// agrees on leaves that it does not have and has others in place of: they take the place of its own, which are told again. The same
/// whether it had concluded before or not.
/// Take out: in `app/src/restart/accept.rs::answer`, what is common now; in `conclude.rs::leave_branch`, what is cut off, or its keys; in
/// `retell.rs`, what stands.
#[test]
fn rule_15_another_branch_after_both_concluded_has_a_way_out() {
    let mut pair = TestPair::linked(781);
    pair.note(Side::Ma, "Avant la sauvegarde.");
    pair.settle();
    let backup = Backup::of(pair.fr());
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let mut all = vec![pair.answer(Side::Fr, dossier, asked).entry];
    pair.settle();
    pair.fr().app.rotate_signing_key().unwrap();
    pair.wire.wake(Side::Fr.index());
    pair.settle();
    restart(&mut pair, Side::Fr, Ground::Fork);
    all.push(pair.note(Side::Fr, "Dans la nouvelle génération."));
    pair.settle();
    let newest = Backup::of(pair.fr());
    backup.restore_with_keys_of(&newest, &mut pair, Side::Fr);
    pair.fr().app.open_alone("exercice").unwrap();
    for n in 0..3 {
        all.push(pair.note(Side::Fr, &format!("Une autre branche, {n}.")));
        pair.pack(Side::Fr).unwrap();
    }
    restart(&mut pair, Side::Fr, Ground::Fork);
    pair.settle();
    pair.assert_same();
    have_all(&pair, &all);
    let head = pair
        .fr()
        .look(|tx| tx.register(&pair.ma().name, Direction::Out));
    assert_eq!(head.unwrap().generation, 1, "what both signed stands");
}

/// The same before it concluded.
#[test]
fn rule_15_another_branch_after_both_agreed_has_a_way_out() {
    let mut pair = TestPair::linked(780);
    let backup = Backup::of(pair.fr());
    let lost = pair.note(Side::Fr, "Avant la proposition.");
    pair.settle();
    let proposal = propose(&pair, Side::Fr, Ground::Fork).unwrap();
    pair.wire.tear(true);
    pair.time.advance(10_000);
    answered(take(&pair, Side::Ma, &proposal).unwrap());
    backup.restore(&mut pair, Side::Fr);
    pair.fr().app.open_alone("exercice").unwrap();
    let other = pair.note(Side::Fr, "Une autre branche.");
    pair.pack(Side::Fr).unwrap();
    restart(&mut pair, Side::Fr, Ground::Fork);
    pair.settle();
    pair.assert_same();
    have_all(&pair, &[lost, other]);
}

/// Drivers of before are gone.
fn hang_up(pair: &mut TestPair) {
    pair.wire.tear(true);
    pair.time.advance(10_000);
}

/// What a partner accepted before it was restored it may have forgotten, and signed something else since: only an answer to the newest
/// proposal is taken, also after that was taken back.
/// Take out: in `app/src/restart/conclude.rs::fits`, the newest proposal.
#[test]
fn rule_15_only_an_answer_to_the_newest_proposal_is_taken() {
    let mut pair = TestPair::linked(790);
    let entry = pair.note(Side::Fr, "Avant la proposition.");
    pair.settle();
    let first = propose(&pair, Side::Fr, Ground::Fork).unwrap();
    hang_up(&mut pair);
    let backup = Backup::of(pair.ma());
    let forgotten = answered(take(&pair, Side::Ma, &first).unwrap());
    backup.restore(&mut pair, Side::Ma);
    pair.time.advance(10_000);
    let second = propose(&pair, Side::Fr, Ground::Fork).unwrap();
    let answer = answered(take(&pair, Side::Ma, &second).unwrap());
    let refused = |pair: &TestPair| {
        let taken = take(pair, Side::Fr, &forgotten);
        assert!(
            matches!(taken, Err(AppError::Restart(RestartFault::OtherProposal))),
            "{taken:?}"
        );
    };
    refused(&pair);
    let coordinator = pair.fr().app.coordinator("coordinator").unwrap();
    let ma = pair.ma().name.clone();
    pair.fr().app.withdraw_restart(&coordinator, &ma).unwrap();
    refused(&pair);
    hang_up(&mut pair);
    let step = take(&pair, Side::Fr, &answer).unwrap();
    assert!(matches!(step, RestartStep::Concluded { .. }), "{step:?}");
    rests_with(&mut pair, &[entry]);
}

/// A partner accepted, was restored to before that, accepted the same proposal again, and the owner concluded with the first answer: each
/// begins with another agreement. Nobody is accused, people see it, and the owner's file mends it, whichever of the two ends is further.
/// Take out: in `app/src/restart/again.rs::take_again_in`, what is taken back; in `instead.rs`, `drop_earlier`, `take_or_keep` or
/// `say_again`; in `app/src/receive.rs::store_batch`, the other beginning.
#[test]
fn rule_15_two_agreements_on_one_beginning_have_a_way_out() {
    for (seed, lost_first, lost_second) in
        [(791, false, false), (792, false, true), (793, true, false)]
    {
        let mut pair = TestPair::linked(seed);
        let (dossier, asked) = pair.ask(Side::Ma, "normal");
        pair.settle();
        let early = Backup::of(pair.ma());
        let mut all = vec![pair.answer(Side::Fr, dossier, asked).entry];
        pair.settle();
        let (owed, ask) = pair.ask(Side::Fr, "normal");
        pair.settle();
        all.push(pair.note(Side::Ma, "Reçue avant la proposition."));
        pair.settle();
        let proposal = propose(&pair, Side::Fr, Ground::Fork).unwrap();
        hang_up(&mut pair);
        let late = Backup::of(pair.ma());
        let accept = |pair: &mut TestPair, lost: bool| {
            let backup = if lost { &early } else { &late };
            backup.restore(pair, Side::Ma);
            pair.time.advance(10_000);
            answered(take(pair, Side::Ma, &proposal).unwrap())
        };
        let answer = accept(&mut pair, lost_first);
        let forgotten = accept(&mut pair, lost_second);
        pair.time.advance(10_000);
        let step = take(&pair, Side::Fr, &answer).unwrap();
        assert!(matches!(step, RestartStep::Concluded { .. }), "{step:?}");
        pair.time.advance(10_000);
        all.push(pair.note(Side::Fr, "Dans la nouvelle génération."));
        assert!(pair.try_settle().is_err(), "no way on by itself");
        let kept = pair.evidence(Side::Ma);
        let named = |what: &str| kept.iter().filter(|e| e.what == what).count();
        assert_eq!((named("other-beginning"), named("fork")), (1, 0));
        assert!(!pair.stopped(Side::Ma) && !pair.stopped(Side::Fr));
        let liaison = pair.ma().officer("liaison").unwrap();
        let links = pair.ma().app.links(&liaison).unwrap();
        assert!(
            matches!(links[0].restart_waits, Some(RestartWaits::Other(_))),
            "{:?}",
            links[0].restart_waits
        );
        taken_in_its_place(&mut pair);
        let late = take(&pair, Side::Fr, &forgotten);
        assert!(
            matches!(late, Err(AppError::Restart(RestartFault::Generation))),
            "{late:?}"
        );
        pair.settle();
        pair.assert_same();
        have_all(&pair, &all);
        pair.answer(Side::Ma, owed, ask);
        pair.settle();
        pair.assert_same();
        // And what was closed in that way can be given back in turn.
        restart(&mut pair, Side::Fr, Ground::Fork);
        pair.settle();
        pair.assert_same();
    }
}

/// The partner takes the owner's agreement, in as many files as it lost leaves for.
fn taken_in_its_place(pair: &mut TestPair) {
    hang_up(pair);
    let actor = pair.fr().app.coordinator("coordinator").unwrap();
    let name = pair.ma().name.clone();
    let mut file = pair.fr().app.agreed_file(&actor, &name, 0, None).unwrap();
    for _ in 0..8 {
        let held = match take(pair, Side::Ma, &file) {
            Ok(RestartStep::Again) => {
                pair.time.advance(10_000);
                return;
            }
            Ok(RestartStep::More { held })
            | Err(AppError::Restart(RestartFault::HeldLess { held })) => held,
            other => panic!("{other:?}"),
        };
        file = agreed_from(pair, Side::Fr, held).unwrap();
        pair.time.advance(10_000);
    }
    panic!("what was agreed never comes");
}
