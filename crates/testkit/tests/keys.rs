//! A node changes its signing key (rule 15): its partner follows without a human, whatever breaks in between.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_app::courier::CourierFault;
use entente_app::{AppError, InputFault};
use entente_core::ids::EntryId;
use entente_link::courier::CourierError;
use entente_proof::bundle::{
    Bundle, BundleError, BundleReport, Compromised, Trusted, verify_bundle,
};
use entente_proof::card::{Fingerprint, armour_card, dearmour_card, sign_card, verify_card};
use entente_proof::leaf::{KeyChange, Leaf};
use entente_proof::sign::SigningKey;
use entente_store::{Direction, StoreExt};
use entente_testkit::backup::Backup;
use entente_testkit::fault::{Break, Plan, at_every_write};
use entente_testkit::node::{Said, TestNode, Writing};
use entente_testkit::pair::{Side, TestPair};

/// Fingerprints from key to key as the partner of `side` followed them, oldest first.
fn followed(pair: &TestPair, side: Side) -> Vec<(String, String)> {
    let reader = pair.node(side.other());
    let actor = reader.officer("liaison").unwrap();
    let view = reader.app.partner(&actor, &pair.node(side).name).unwrap();
    let changes = view.key_changes.into_iter().rev();
    changes.map(|c| (c.before, c.after)).collect()
}

/// Key changes in the register of `side` as its partner holds it.
fn change_leaves(pair: &TestPair, side: Side) -> usize {
    let owner = pair.node(side).name.clone();
    let leaves = pair
        .node(side.other())
        .look(|tx| tx.leaves(&owner, Direction::In, 0, u32::MAX));
    let is_change = |leaf: &[u8]| matches!(Leaf::decode(leaf), Ok(Leaf::KeyChange(_)));
    let leaves = leaves.unwrap();
    leaves.iter().filter(|l| is_change(&l.leaf)).count()
}

fn fingerprint(pair: &TestPair, side: Side) -> String {
    pair.node(side).app.own_fingerprint().unwrap()
}

fn proved(node: &TestNode, entry: EntryId) -> BundleReport {
    let actor = node.officer("liaison").unwrap();
    let armour = node.app.proof(&actor, entry).unwrap();
    verify_bundle(&Bundle::dearmour(&armour).unwrap()).unwrap()
}

fn no_evidence(pair: &TestPair) {
    for side in Side::BOTH {
        let evidence = pair.evidence(side);
        assert!(evidence.is_empty(), "{side:?}: {evidence:?}");
    }
}

fn confirmed(pair: &TestPair, side: Side) -> bool {
    let keys = pair.node(side).app.signing_keys().unwrap();
    keys.partners.iter().all(|(_, confirmed)| *confirmed)
}

/// Take out: in `own_register.rs`, `note_own_changes`, or in `receive.rs`, `note_their_changes`; in `keys.rs`, `announce_keys` of `rotate_signing_key`.
#[test]
fn rule_15_a_partner_follows_a_new_key_through_every_restart() {
    let mut pair = TestPair::linked(151);
    let before = pair.note(Side::Ma, "Sous l’ancienne clé.");
    pair.settle();
    let (old, theirs) = (fingerprint(&pair, Side::Ma), fingerprint(&pair, Side::Fr));
    pair.rotate(Side::Ma);
    let new = fingerprint(&pair, Side::Ma);
    assert_ne!(old, new);
    assert!(!confirmed(&pair, Side::Ma), "nobody can have heard yet");
    let after = pair.note(Side::Ma, "Sous la nouvelle clé.");
    pair.note(Side::Fr, "Du partenaire.");
    pair.settle();
    assert_eq!(followed(&pair, Side::Ma), [(old.clone(), new.clone())]);
    assert!(confirmed(&pair, Side::Ma));
    // Both processes start again: what they know of the keys is in their stores.
    for side in [Side::Ma, Side::Fr] {
        pair.restart(side);
        pair.note(side, "Après un redémarrage.");
        pair.settle();
    }
    pair.assert_same();
    no_evidence(&pair);
    pair.ma().check().unwrap();
    // The card that the partner shows is the new one, which nobody had to compare.
    let actor = pair.fr().officer("liaison").unwrap();
    let view = pair.fr().app.partner(&actor, &pair.ma().name).unwrap();
    assert_eq!(view.fingerprint, new);
    for node in [pair.ma(), pair.fr()] {
        for entry in [before, after] {
            let report = proved(node, entry);
            assert_eq!(report.signed_by.to_string(), new, "the card of now");
            assert_eq!(report.cosigned_by.to_string(), theirs);
            assert_eq!(report.key_changes, 1);
            let prints: Vec<String> = report
                .owner_prints
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(prints, [old.clone(), new.clone()]);
        }
    }
}

#[test]
fn rule_15_both_change_again_and_again_also_without_a_line() {
    let mut pair = TestPair::linked(152);
    let mut prints = Side::BOTH.map(|side| vec![fingerprint(&pair, side)]);
    for round in 0..3 {
        pair.cut(true);
        pair.wire.tear(true);
        for side in Side::BOTH {
            pair.note(side, "Avant.");
            for _ in 0..=round {
                pair.rotate(side);
                prints[side.index()].push(fingerprint(&pair, side));
                pair.note(side, "Entre deux.");
            }
        }
        pair.cut(false);
        pair.settle();
    }
    pair.assert_same();
    no_evidence(&pair);
    for side in Side::BOTH {
        let chain = &prints[side.index()];
        let steps: Vec<_> = chain
            .windows(2)
            .map(|w| (w[0].clone(), w[1].clone()))
            .collect();
        assert_eq!(followed(&pair, side), steps);
        assert_eq!(steps.len(), 6);
    }
    let keys = pair.ma().verifying_keys();
    assert_eq!(keys.len(), 7);
}

/// Every write of the days around a change breaks once, in both ways, with and without a crash: the node goes on, the partner follows.
///
/// Take out: the transaction in `rotate_signing_key` (two of them instead of one).
#[test]
fn rule_15_a_fault_at_any_write_leaves_a_node_that_goes_on() {
    let changed = at_every_write(14, rotated_with_a_fault);
    assert!(changed > 80, "only {changed} runs changed a key");
}

/// Whether the key changed.
fn rotated_with_a_fault(plan: Plan, broken: Side) -> bool {
    let mut pair = TestPair::linked(153);
    pair.settle();
    let old = fingerprint(&pair, Side::Ma);
    pair.node(broken).disk.plan(plan);
    let said = pair.ma().app.rotate_signing_key();
    assert!(
        said.is_ok() || broken == Side::Ma,
        "only a broken disk refuses"
    );
    pair.wire.wake(0);
    for _ in 0..4 {
        pair.round();
    }
    if pair.node(broken).disk.is_dead() {
        pair.restart(broken);
    }
    pair.node(broken).disk.spare();
    pair.note(Side::Ma, "On continue.");
    pair.note(Side::Fr, "Nous aussi.");
    pair.settle();
    pair.assert_same();
    no_evidence(&pair);
    let new = fingerprint(&pair, Side::Ma);
    let persisted = said.is_ok() || plan.how == Break::FailedButPersisted;
    assert_eq!(new != old, persisted, "{plan:?} {broken:?}: {said:?}");
    assert_eq!(change_leaves(&pair, Side::Ma), usize::from(new != old));
    // The next change needs the secret of this one.
    pair.rotate(Side::Ma);
    pair.settle();
    assert_eq!(followed(&pair, Side::Ma).len(), 1 + usize::from(new != old));
    new != old
}

/// A second process of the node opened before the change; it reads the key where it signs.
#[test]
fn rule_15_every_process_of_a_node_signs_with_the_new_key() {
    let mut pair = TestPair::linked(154);
    pair.settle();
    let other = pair.ma().app.clone();
    pair.restart(Side::Ma);
    other.rotate_signing_key().unwrap();
    // `other` is another process than the one that drives the link here.
    pair.note(Side::Ma, "Par l’autre processus.");
    pair.settle();
    assert_eq!(followed(&pair, Side::Ma).len(), 1);
    assert_eq!(
        other.own_fingerprint().unwrap(),
        fingerprint(&pair, Side::Ma)
    );
    pair.assert_same();
    no_evidence(&pair);
}

/// A backup of before the change, with the keys of after it: the register comes back with the change, and nothing is signed twice.
///
/// Take out: `own_ring` in `session_config`, or `note_own_changes` in `recovery.rs`.
#[test]
fn rule_15_a_restore_of_older_data_with_newer_keys_recovers_the_change() {
    for moved in [false, true] {
        let mut pair = TestPair::linked(155);
        pair.note(Side::Ma, "Avant la sauvegarde.");
        pair.settle();
        let older = Backup::of(pair.ma());
        pair.rotate(Side::Ma);
        pair.note(Side::Ma, "Après le changement.");
        if moved {
            pair.settle();
        } else {
            // The partner never hears of the change before the restore.
            pair.wire.tear(true);
        }
        let new = fingerprint(&pair, Side::Ma);
        let newer = Backup::of(pair.ma());
        older.restore_with_keys_of(&newer, &mut pair, Side::Ma);
        pair.settle();
        assert_eq!(fingerprint(&pair, Side::Ma), new, "the keys are newer");
        pair.note(Side::Ma, "Après la restauration.");
        pair.note(Side::Fr, "Réponse.");
        pair.settle();
        pair.assert_same();
        assert_eq!(change_leaves(&pair, Side::Ma), 1, "moved: {moved}");
        assert_eq!(followed(&pair, Side::Ma).len(), 1);
        assert!(confirmed(&pair, Side::Ma));
        pair.ma().check().unwrap();
    }
}

/// A backup of before the change with its own keys: the secret is gone. Nothing is signed, the node stays closed, and says why.
#[test]
fn rule_15_a_restore_without_the_newest_key_signs_nothing() {
    let mut pair = TestPair::linked(156);
    pair.settle();
    let backup = Backup::of(pair.ma());
    pair.rotate(Side::Ma);
    pair.note(Side::Ma, "Sous la nouvelle clé.");
    pair.settle();
    let held = pair.held(Side::Fr).unwrap();
    backup.restore(&mut pair, Side::Ma);
    assert!(pair.try_settle().is_err());
    assert!(
        pair.ma().app.reopening().unwrap().unwrap().is_closed(),
        "closed as long as the register is not back"
    );
    let rotated = pair.ma().app.rotate_signing_key();
    assert!(matches!(rotated, Err(AppError::Closed)), "{rotated:?}");
    assert_eq!(pair.held(Side::Fr).unwrap(), held, "nothing new");
    let why = pair.wire.reasons.iter().any(|(side, why)| {
        *side == 0 && why.contains("put the newest copy of the keys folder in place")
    });
    assert!(why, "{:?}", pair.wire.reasons);
    // Keys older than the data are found at the start.
    let newer_data = {
        let mut other = TestPair::linked(157);
        let older = Backup::of(other.ma());
        other.rotate(Side::Ma);
        let newer = Backup::of(other.ma());
        other.wire.die(0, true);
        newer.opened_with_keys_of(&older, &mut other, Side::Ma)
    };
    assert!(
        matches!(newer_data, Err(AppError::KeyMissing)),
        "{newer_data:?}"
    );
}

/// The partner is restored from before the change, once it and we had gone on: it meets cosignatures of a key that it does not know.
///
/// Take out: `unproved` in `link/src/session/sending.rs`.
#[test]
fn rule_15_a_partner_restored_from_before_the_change_follows_again() {
    let mut pair = TestPair::linked(158);
    pair.note(Side::Fr, "Avant.");
    pair.settle();
    let backup = Backup::of(pair.fr());
    pair.rotate(Side::Ma);
    pair.settle();
    for text in ["Un.", "Deux.", "Trois."] {
        pair.note(Side::Fr, text);
        pair.note(Side::Ma, text);
        pair.settle();
    }
    backup.restore(&mut pair, Side::Fr);
    pair.settle();
    pair.assert_same();
    assert_eq!(followed(&pair, Side::Ma).len(), 1);
    pair.rotate(Side::Ma);
    pair.settle();
    assert_eq!(followed(&pair, Side::Ma).len(), 2);
    pair.assert_same();
}

/// Bundles carry a change like anything else; afterwards the old key signs no bundle any more.
///
/// Take out: the order of `signers` in `link/src/courier/unpack.rs::check_end`, or `now_signed_by` in `app`.
#[test]
fn rule_15_a_bundle_brings_the_new_key_and_the_old_one_counts_no_more() {
    let mut pair = TestPair::by_courier(159);
    pair.settle_by_courier();
    let old = pair.ma().signing_key();
    let in_time = pair.pack(Side::Ma).unwrap();
    let late = pair.pack(Side::Ma).unwrap();
    pair.rotate(Side::Ma);
    let charter = pair.charter.unwrap();
    let entry = Writing::on(charter, &[("text", "Porté.")]);
    // The first that brings the change is lost on its way, and what is lost again: what is packed next begins before it all the same.
    drop(pair.pack(Side::Ma).unwrap());
    pair.write(Side::Ma, "note", &entry);
    drop(pair.pack(Side::Ma).unwrap());
    pair.unpack(Side::Fr, &in_time).unwrap();
    let brings = pair.pack(Side::Ma).unwrap();
    let again = pair.pack(Side::Ma).unwrap();
    pair.unpack(Side::Fr, &brings).unwrap();
    assert_eq!(followed(&pair, Side::Ma).len(), 1);
    let before = pair.holdings(Side::Fr);
    assert_eq!(
        former(pair.unpack(Side::Fr, &late)),
        CourierError::FormerKey
    );
    let forged = pair.bundle(Side::Ma, pair.time.now().0, &[], &old);
    assert_eq!(
        former(pair.unpack(Side::Fr, &forged)),
        CourierError::FormerKey
    );
    assert_eq!(pair.holdings(Side::Fr), before);
    pair.unpack(Side::Fr, &again).unwrap();
    pair.settle_by_courier();
    pair.rotate(Side::Fr);
    pair.rotate(Side::Ma);
    pair.settle_by_courier();
    assert!(confirmed(&pair, Side::Ma) && confirmed(&pair, Side::Fr));
    pair.assert_same();
    no_evidence(&pair);
}

fn former<T: std::fmt::Debug>(said: Said<T>) -> CourierError {
    match said {
        Err(AppError::Courier(CourierFault::File(error))) => error,
        other => panic!("a fault of the file was expected, not {other:?}"),
    }
}

/// A new partner compares the newest fingerprint; a known one takes a newer card only if it leads there from the key that it knows.
///
/// Take out: `begin_keys` in `app/src/node.rs`. (Without `keep_first_key` one connection is refused, and the next goes on.)
#[test]
fn rule_15_cards_after_a_change() {
    let mut pair = TestPair::linked(160);
    pair.settle();
    let first_card = pair.ma().app.own_card();
    // The next session begins with the register as it was, under the key of before.
    pair.cut(true);
    pair.round();
    pair.rotate(Side::Ma);
    // By hand, before the line brings it: the card itself shows how the key came about.
    pair.fr().pin(pair.ma()).unwrap();
    pair.cut(false);
    let card = |armour: &str| verify_card(&dearmour_card(armour).unwrap()).unwrap();
    let keys = card(&pair.ma().app.own_card()).keys().unwrap();
    assert_eq!(keys, pair.ma().verifying_keys());
    pair.note(Side::Ma, "La carte est venue d’abord.");
    pair.settle();
    assert_eq!(followed(&pair, Side::Ma).len(), 1);
    // The card of before takes nothing back.
    let first_print = card(&first_card).fingerprint().to_string();
    pair.fr()
        .app
        .pin_partner(&first_card, "", &first_print)
        .unwrap();
    let known = pair.fr().app.partners().unwrap();
    let print = fingerprint(&pair, Side::Ma);
    assert_eq!(known[0].1.fingerprint().to_string(), print);
    // Somebody else under the same name, or a node whose key was lost: not the same node.
    let stranger = TestNode::build("ma").seed(999).open().unwrap();
    for _ in 0..2 {
        let refused = pair.fr().pin(&stranger);
        assert!(
            matches!(&refused, Err(AppError::Input(InputFault::OtherCard))),
            "{refused:?}"
        );
        stranger.app.rotate_signing_key().unwrap();
    }
    // A partner from after the change knows only the new key, and that suffices.
    let late = TestNode::build("es")
        .seed(7)
        .time(&pair.time)
        .open()
        .unwrap();
    late.pin(pair.ma()).unwrap();
    pair.ma().pin(&late).unwrap();
    let key = pair.ma().signing_key_at(&late.name, 0).verifying_key();
    assert_eq!(Some(&key), pair.ma().verifying_keys().last());
}

/// A proof carries sixteen changes of a side, so that is how often a key changes.
#[test]
fn rule_15_sixteen_changes_and_every_proof_still_holds() {
    let mut pair = TestPair::linked(161);
    let first = pair.note(Side::Ma, "La première.");
    pair.settle();
    for _ in 0..16 {
        pair.rotate(Side::Ma);
    }
    let refused = pair.ma().app.rotate_signing_key();
    assert!(matches!(refused, Err(AppError::Input(_))), "{refused:?}");
    let last = pair.note(Side::Ma, "La dernière.");
    pair.settle();
    for node in [pair.ma(), pair.fr()] {
        assert_eq!(proved(node, first).key_changes, 16);
        assert_eq!(proved(node, last).key_changes, 16);
    }
    pair.assert_same();
    assert_eq!(followed(&pair, Side::Ma).len(), 16);
}

/// Rule 15: after a declared compromise an entry of before is proved under the keys of now, and by nothing that the old key signed since.
#[test]
fn rule_15_a_compromised_key_is_replaced_and_entries_are_proved_under_the_new_one() {
    let mut pair = TestPair::linked(162);
    let entry = pair.note(Side::Ma, "Avant.");
    pair.settle();
    let old: Fingerprint = fingerprint(&pair, Side::Ma).parse().unwrap();
    pair.time.advance(86_400_000);
    let seconds = |pair: &TestPair| u64::try_from(pair.time.now().0 / 1_000).unwrap();
    let before_this = seconds(&pair);
    pair.rotate(Side::Ma);
    pair.note(Side::Ma, "Notre clé d’avant est déclarée compromise.");
    pair.settle();
    pair.note(Side::Fr, "Nous en prenons acte.");
    pair.settle();
    let new: Fingerprint = fingerprint(&pair, Side::Ma).parse().unwrap();
    let knows = |since_s| Trusted {
        signed_by: vec![new],
        compromised: vec![Compromised {
            print: old,
            since_s,
        }],
        ..Trusted::default()
    };
    for node in [pair.ma(), pair.fr()] {
        let first = proved(node, entry);
        assert_eq!(first.signing_print, old);
        assert_eq!(first.trusts(&knows(before_this)), Ok(()));
        let backdated = first.trusts(&knows(first.cosigned_at_s));
        assert_eq!(
            backdated,
            Err(BundleError::Compromised {
                since_s: first.cosigned_at_s
            })
        );
        let actor = node.officer("liaison").unwrap();
        let armour = node.app.newest_proof(&actor, entry).unwrap();
        let newest = verify_bundle(&Bundle::dearmour(&armour).unwrap()).unwrap();
        assert_eq!(newest.signing_print, new);
        assert_eq!(newest.entry, first.entry);
        assert_eq!(newest.trusts(&knows(0)), Ok(()));
    }
    // The partner's own key is compromised as well: what it cosigned with the new one proves our entries still.
    let theirs: Fingerprint = fingerprint(&pair, Side::Fr).parse().unwrap();
    pair.rotate(Side::Fr);
    pair.settle();
    pair.note(Side::Ma, "Sous deux nouvelles clés.");
    pair.settle();
    let actor = pair.ma().officer("liaison").unwrap();
    let armour = pair.ma().app.newest_proof(&actor, entry).unwrap();
    let newest = verify_bundle(&Bundle::dearmour(&armour).unwrap()).unwrap();
    let mut both = knows(0);
    both.cosigned_by = vec![fingerprint(&pair, Side::Fr).parse().unwrap()];
    both.compromised.push(Compromised {
        print: theirs,
        since_s: 0,
    });
    assert_eq!(newest.trusts(&both), Ok(()));
}

/// The window is full of batches that the partner has not confirmed, and the change waits behind them: what is cosigned meanwhile is
/// signed with the key that the partner knows.
///
/// Take out: `cosigned` in `keys.rs::signer_known` (take the register's size instead).
#[test]
fn rule_15_what_is_cosigned_before_the_change_arrives_is_signed_with_the_key_of_before() {
    let mut pair = TestPair::linked(163);
    pair.settle();
    let closed = pair.wire.reasons.len();
    for _ in 0..12 {
        pair.note(Side::Ma, "Encore une.");
    }
    pair.rotate(Side::Ma);
    pair.note(Side::Fr, "À contresigner.");
    pair.wire.read(0, usize::MAX);
    let new = pair.ma().verifying_keys()[1];
    let held = pair.held(Side::Fr).unwrap();
    let name = pair.fr().name.clone();
    let ours = pair.ma().look(|tx| tx.register(&name, Direction::Out));
    assert!(ours.unwrap().size > held + 8, "more than a window");
    assert_eq!(
        pair.ma().signing_key_at(&name, u64::MAX).verifying_key(),
        new,
        "the register has the change"
    );
    pair.settle();
    assert_eq!(pair.wire.reasons.len(), closed, "{:?}", pair.wire.reasons);
    assert!(confirmed(&pair, Side::Ma));
    pair.assert_same();
}

/// Whoever has a key of before signs a change and a card to one of his own: of a node that followed the true change nobody takes it.
///
/// Take out: in `app/src/node.rs::renew`, either of the keys that the new card must lead from.
#[test]
fn rule_15_a_rival_card_that_leads_from_a_former_key_is_refused() {
    let mut pair = TestPair::linked(164);
    pair.settle();
    let name = pair.ma().name.clone();
    let first = pair.fr().look(|tx| tx.partner(&name)).unwrap().unwrap();
    pair.rotate(Side::Ma);
    pair.settle();
    let (stolen, thief) = (pair.ma().signing_key(), SigningKey::from_seed([66; 32]));
    let mut rival = verify_card(&first.card).unwrap();
    rival.signing_key = thief.verifying_key();
    rival.issued_ms = pair.time.now().0 + 1;
    rival.changes = Some(vec![
        KeyChange::sign("ma", &stolen, &thief, rival.issued_ms).unwrap(),
    ]);
    let armour = armour_card(&sign_card(&rival, &thief).unwrap());
    let print = rival.fingerprint().to_string();
    let refused = |pair: &TestPair| pair.fr().app.pin_partner(&armour, "", &print).is_err();
    assert!(refused(&pair));
    // Also if the new card never came, and only the register brought the change.
    pair.fr()
        .store
        .update("card of before", move |tx| tx.put_partner(&first))
        .unwrap();
    assert!(refused(&pair));
    // While the change is under way, it leads there; once people compared, the partner's own word decides.
    pair.fr().pin(pair.ma()).unwrap();
    pair.note(Side::Ma, "La vraie clé.");
    pair.settle();
    assert_eq!(followed(&pair, Side::Ma).len(), 1);
}
