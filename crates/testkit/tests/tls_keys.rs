//! A node changes the key of its TLS end (rule 15): its partner follows without a human, whatever breaks in between, and the old key opens
//! nothing afterwards.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_app::{AppError, By, InputFault, TlsKeysView};
use entente_proof::bundle::{Bundle, BundleError, Trusted, verify_bundle};
use entente_proof::card::{Card, armour_card, dearmour_card, sign_card, verify_card};
use entente_proof::leaf::Leaf;
use entente_proof::sign::{SigningKey, VerifyingKey};
use entente_proof::tls_change::TlsChange;
use entente_store::{Direction, StoreExt};
use entente_testkit::backup::Backup;
use entente_testkit::fault::{Break, Plan, at_every_write};
use entente_testkit::node::TestNode;
use entente_testkit::pair::{Side, TestPair};

const DAY: i64 = 24 * 3_600 * 1_000;

/// The key that a side shows first.
fn shown(pair: &TestPair, side: Side) -> VerifyingKey {
    pair.node(side).app.tls_ends().unwrap()[0]
}

/// What opens a connection at the partner of `side`, in its name.
fn taken(pair: &TestPair, side: Side) -> Vec<VerifyingKey> {
    let owner = &pair.node(side).name;
    let reader = pair.node(side.other());
    reader.app.tls_accepted(owner).unwrap()
}

fn print(pair: &TestPair, side: Side) -> String {
    pair.node(side).app.own_fingerprint().unwrap()
}

fn keys(pair: &TestPair, side: Side) -> TlsKeysView {
    pair.node(side).app.signing_keys().unwrap().tls
}

/// Changes of the TLS key of `side` as its partner shows them, oldest first, by fingerprints, and whether each key is shown.
fn followed(pair: &TestPair, side: Side) -> Vec<(String, String, bool)> {
    let reader = pair.node(side.other());
    let actor = reader.officer("liaison").unwrap();
    let view = reader.app.partner(&actor, &pair.node(side).name).unwrap();
    let changes = view.tls_changes.into_iter().rev();
    changes.map(|c| (c.before, c.after, c.shown)).collect()
}

/// Changes in the register of `side` as its partner holds it.
fn change_leaves(pair: &TestPair, side: Side) -> usize {
    let owner = pair.node(side).name.clone();
    let leaves = pair
        .node(side.other())
        .look(|tx| tx.leaves(&owner, Direction::In, 0, u32::MAX));
    let is_change = |leaf: &[u8]| matches!(Leaf::decode(leaf), Ok(Leaf::TlsChange(_)));
    let leaves = leaves.unwrap();
    leaves.iter().filter(|l| is_change(&l.leaf)).count()
}

fn own_card(node: &TestNode) -> Card {
    verify_card(&dearmour_card(&node.app.own_card()).unwrap()).unwrap()
}

/// What orders two connections, as each side has it: ours and the partner's.
fn order(pair: &TestPair) -> [(String, String); 2] {
    Side::BOTH.map(|side| {
        let (node, other) = (pair.node(side), pair.node(side.other()));
        let partners = node.app.partners().unwrap();
        let (_, card, ..) = partners.iter().find(|p| p.0 == other.name).unwrap();
        let (own, peer) = node.app.link_order(&other.name, card).unwrap();
        (own.to_string(), peer.to_string())
    })
}

/// Each side's change is complete: the newest is shown, and the partner takes no other.
fn complete(pair: &TestPair, side: Side, changes: usize) {
    assert_eq!(change_leaves(pair, side), changes, "{side:?}");
    assert_eq!(taken(pair, side), [shown(pair, side)], "{side:?}");
    let keys = keys(pair, side);
    assert_eq!(keys.changes.len(), changes);
    assert_eq!((keys.next, keys.waits), (None, Vec::new()));
    let followed = followed(pair, side);
    assert_eq!(followed.len(), changes);
    assert!(followed.iter().all(|(.., shown)| *shown));
    let last = followed.last().map(|(_, after, _)| after.clone());
    assert_eq!(last, (changes > 0).then(|| print(pair, side)));
    let evidence = pair.evidence(side).into_iter();
    let against = evidence.filter(|row| row.what != "restored");
    assert_eq!(against.count(), 0);
}

/// Take out: in `keys.rs`, `note_their_tls`, `note_own_tls` or `unannounced_tls`; in `tls.rs`, the partners of `tls_is_ready`; in
/// `link_order`, the first key.
#[test]
fn rule_15_a_partner_follows_a_new_tls_key_through_every_restart() {
    let mut pair = TestPair::linked(401);
    pair.note(Side::Ma, "Sous l’ancienne clé.");
    pair.settle();
    let (old, before, ordered) = (shown(&pair, Side::Ma), print(&pair, Side::Ma), order(&pair));
    let (ours, theirs) = ordered[0].clone();
    assert_eq!(ordered[1], (theirs, ours), "both order alike");
    pair.rotate_tls(Side::Ma, false);
    // Nobody can have heard yet: the old key is shown, and the page says which comes next.
    assert_eq!(shown(&pair, Side::Ma), old);
    assert_eq!(print(&pair, Side::Ma), before);
    let waits = keys(&pair, Side::Ma);
    assert_eq!(waits.waits, [pair.fr().name.clone()]);
    let again = pair.ma().app.rotate_tls_key(false);
    assert!(matches!(
        again,
        Err(AppError::Input(InputFault::TlsChanging))
    ));
    pair.note(Side::Ma, "Sous la nouvelle clé.");
    pair.settle();
    let new = shown(&pair, Side::Ma);
    assert_ne!(new, old);
    assert_eq!(Some(print(&pair, Side::Ma)), waits.next);
    complete(&pair, Side::Ma, 1);
    assert_eq!(order(&pair), ordered, "whatever key is shown");
    // All is in the stores; no connection of before is left.
    for side in Side::BOTH {
        pair.restart(side);
        pair.note(side, "Après un redémarrage.");
        pair.settle();
        complete(&pair, Side::Ma, 1);
    }
    pair.assert_same();
    pair.ma().check().unwrap();
}

/// Take out: in `tls_theirs.rs::accepted`, the keys after the one that is shown.
#[test]
fn rule_15_while_the_change_is_under_way_both_keys_open_and_afterwards_one() {
    let mut pair = TestPair::linked(402);
    let es = TestNode::build("es")
        .seed(9)
        .time(&pair.time)
        .open()
        .unwrap();
    es.pin(pair.ma()).unwrap();
    pair.ma().pin(&es).unwrap();
    pair.settle();
    let old = shown(&pair, Side::Ma);
    pair.rotate_tls(Side::Ma, false);
    pair.settle();
    // `es` never answers: the old key is shown still, and `fr` takes both.
    assert_eq!(shown(&pair, Side::Ma), old);
    let both = taken(&pair, Side::Ma);
    assert_eq!(both.len(), 2);
    assert_eq!(both[0], old);
    let waits = keys(&pair, Side::Ma).waits;
    assert_eq!(waits, std::slice::from_ref(&es.name));
    let fr = pair.fr().officer("liaison").unwrap();
    let view = pair.fr().app.partner(&fr, &pair.ma().name).unwrap();
    assert_eq!(view.fingerprint, print(&pair, Side::Ma));
    assert_eq!(view.next_fingerprint, keys(&pair, Side::Ma).next);
    // A connection is enough, before any card or term says so.
    pair.fr()
        .app
        .saw_tls_key(&pair.ma().name, &both[1])
        .unwrap();
    assert_eq!(taken(&pair, Side::Ma), both[1..]);
    pair.fr().app.saw_tls_key(&pair.ma().name, &old).unwrap();
    assert_eq!(taken(&pair, Side::Ma), both[1..], "no key comes back");
}

/// The term ends by itself on both sides, whoever never answered.
///
/// Take out: in `tls_is_ready`, `until_ms`; in `accepted`, what ended.
#[test]
fn rule_15_after_its_term_the_old_key_is_neither_shown_nor_taken() {
    let mut pair = TestPair::linked(403);
    pair.settle();
    let old = shown(&pair, Side::Ma);
    pair.rotate_tls(Side::Ma, false);
    // `fr` learns of it, `ma` never hears that it did.
    pair.wire.read(1, usize::MAX);
    pair.cut(true);
    pair.wire.tear(true);
    assert_eq!(taken(&pair, Side::Ma).len(), 2);
    pair.time.advance(29 * DAY);
    pair.round();
    assert_eq!(shown(&pair, Side::Ma), old);
    pair.time.advance(DAY);
    pair.round();
    assert_ne!(shown(&pair, Side::Ma), old);
    assert_eq!(taken(&pair, Side::Ma).len(), 2, "clocks differ");
    pair.time.advance(DAY);
    assert_eq!(taken(&pair, Side::Ma), [shown(&pair, Side::Ma)]);
    pair.cut(false);
    pair.settle();
    complete(&pair, Side::Ma, 1);
}

/// A partner that heard nothing for so long is met with the key that it knows, whoever dials.
///
/// Take out: in `tls.rs::tls_ends`, all but the first.
#[test]
fn rule_15_a_partner_that_was_away_for_the_whole_term_follows() {
    for dialler in [0, 1] {
        let mut pair = TestPair::linked(404);
        pair.settle();
        pair.cut(true);
        pair.wire.tear(true);
        let old = shown(&pair, Side::Ma);
        pair.rotate_tls(Side::Ma, false);
        pair.time.advance(31 * DAY);
        pair.round();
        assert_ne!(shown(&pair, Side::Ma), old);
        assert_eq!(taken(&pair, Side::Ma), [old]);
        only(&pair, dialler);
        pair.settle();
        complete(&pair, Side::Ma, 1);
    }
}

/// Only one side dials.
fn only(pair: &TestPair, dialler: usize) {
    for side in Side::BOTH {
        let cut = side.index() != dialler;
        pair.node(side)
            .app
            .set_cut(&pair.node(side.other()).name, cut);
    }
}

#[test]
fn rule_15_both_change_their_tls_keys_again_and_again_also_without_a_line() {
    let mut pair = TestPair::linked(405);
    let ordered = order(&pair);
    for round in 1..=3_usize {
        pair.cut(true);
        pair.wire.tear(true);
        for side in Side::BOTH {
            pair.note(side, "Avant.");
            pair.rotate_tls(side, round == 2);
            pair.rotate(side);
        }
        pair.cut(false);
        pair.settle();
        pair.settle();
        for side in Side::BOTH {
            complete(&pair, side, round);
        }
    }
    assert_eq!(order(&pair), ordered);
    pair.assert_same();
}

/// The old key is known to others: it is shown to whoever knows no other, and nobody who follows takes it.
///
/// Take out: in `accepted`, `is_at_once`; in `change_tls`, `shown`.
#[test]
fn rule_15_a_key_that_is_known_to_others_is_stopped_at_once() {
    for dialler in [0, 1] {
        for changing in [false, true] {
            let mut pair = TestPair::linked(406);
            pair.settle();
            pair.cut(true);
            pair.wire.tear(true);
            let old = shown(&pair, Side::Ma);
            if changing {
                pair.rotate_tls(Side::Ma, false);
            }
            pair.rotate_tls(Side::Ma, true);
            let new = shown(&pair, Side::Ma);
            assert_ne!(new, old);
            assert_eq!(pair.ma().app.tls_ends().unwrap().last(), Some(&old));
            only(&pair, dialler);
            pair.settle();
            complete(&pair, Side::Ma, 1 + usize::from(changing));
            assert_eq!(taken(&pair, Side::Ma), [new]);
        }
    }
}

/// The leaf alone stops it, before the new key was seen or named by a card.
#[test]
fn rule_15_the_change_itself_stops_a_stolen_key() {
    let mut pair = TestPair::linked(407);
    pair.settle();
    pair.rotate_tls(Side::Ma, true);
    // The leaf goes on its way before the card, which is told with the lease.
    pair.wire.read(1, usize::MAX);
    assert_eq!(change_leaves(&pair, Side::Ma), 1);
    assert_eq!(taken(&pair, Side::Ma), [shown(&pair, Side::Ma)]);
}

/// Every write of the days around a change breaks once, in both ways, with and without a crash.
///
/// Take out: the transaction in `rotate_tls_key`, or in `show_newest_tls_key`.
#[test]
fn rule_15_a_fault_at_any_write_of_a_tls_change_leaves_a_node_that_goes_on() {
    let changed = at_every_write(14, rotated_with_a_fault);
    assert!(changed > 80, "only {changed} runs changed a key");
}

/// Whether the key changed.
fn rotated_with_a_fault(plan: Plan, broken: Side) -> bool {
    let mut pair = TestPair::linked(408);
    pair.settle();
    let old = shown(&pair, Side::Ma);
    pair.node(broken).disk.plan(plan);
    let said = pair.ma().app.rotate_tls_key(false);
    assert!(
        said.is_ok() || broken == Side::Ma,
        "only a broken disk refuses"
    );
    pair.wire.wake(0);
    for _ in 0..6 {
        pair.round();
    }
    if pair.node(broken).disk.is_dead() {
        pair.restart(broken);
    }
    pair.node(broken).disk.spare();
    pair.note(Side::Ma, "On continue.");
    pair.note(Side::Fr, "Nous aussi.");
    pair.settle();
    pair.settle();
    pair.assert_same();
    let changed = shown(&pair, Side::Ma) != old;
    let persisted = said.is_ok() || plan.how == Break::FailedButPersisted;
    assert_eq!(changed, persisted, "{plan:?} {broken:?}: {said:?}");
    complete(&pair, Side::Ma, usize::from(changed));
    // The next change needs the secret of this one.
    pair.rotate_tls(Side::Ma, false);
    pair.settle();
    pair.settle();
    complete(&pair, Side::Ma, 1 + usize::from(changed));
    changed
}

/// A partner restored from before the change knows only the key of then.
#[test]
fn rule_15_a_partner_restored_from_before_the_tls_change_follows_again() {
    for dialler in [0, 1] {
        let mut pair = TestPair::linked(409);
        pair.note(Side::Fr, "Avant.");
        pair.settle();
        let backup = Backup::of(pair.fr());
        let old = shown(&pair, Side::Ma);
        pair.rotate_tls(Side::Ma, false);
        pair.settle();
        complete(&pair, Side::Ma, 1);
        for text in ["Un.", "Deux."] {
            pair.note(Side::Fr, text);
            pair.note(Side::Ma, text);
            pair.settle();
        }
        backup.restore(&mut pair, Side::Fr);
        assert_eq!(taken(&pair, Side::Ma), [old]);
        only(&pair, dialler);
        pair.settle();
        complete(&pair, Side::Ma, 1);
        pair.assert_same();
    }
}

/// A node restored from before its change, with the keys of after it: it goes on with the new key, which partners saw, whatever they saw.
#[test]
fn rule_15_a_restore_of_older_data_with_newer_keys_knows_the_tls_change() {
    for moved in [false, true] {
        let mut pair = TestPair::linked(410);
        pair.note(Side::Ma, "Avant la sauvegarde.");
        pair.settle();
        let older = Backup::of(pair.ma());
        if !moved {
            pair.wire.tear(true);
            pair.cut(true);
        }
        pair.rotate_tls(Side::Ma, false);
        if moved {
            pair.settle();
        }
        let newer = Backup::of(pair.ma());
        older.restore_with_keys_of(&newer, &mut pair, Side::Ma);
        pair.cut(false);
        pair.settle();
        pair.note(Side::Ma, "Après la restauration.");
        pair.note(Side::Fr, "Réponse.");
        pair.settle();
        pair.assert_same();
        complete(&pair, Side::Ma, 1);
        pair.ma().check().unwrap();
    }
}

/// Keys older than the data are found at the start; all older than the change, with the register that comes back.
#[test]
fn rule_15_a_restore_without_the_newest_tls_key_says_what_is_missing() {
    let mut pair = TestPair::linked(411);
    pair.settle();
    let older = Backup::of(pair.ma());
    pair.rotate_tls(Side::Ma, false);
    let newer = Backup::of(pair.ma());
    pair.wire.die(0, true);
    let started = newer.opened_with_keys_of(&older, &mut pair, Side::Ma);
    assert!(matches!(started, Err(AppError::KeyMissing)), "{started:?}");

    let mut pair = TestPair::linked(412);
    pair.settle();
    // A third partner that never answers: the old key is shown still, so that a session comes about.
    let es = TestNode::build("es")
        .seed(9)
        .time(&pair.time)
        .open()
        .unwrap();
    pair.ma().pin(&es).unwrap();
    let older = Backup::of(pair.ma());
    pair.rotate_tls(Side::Ma, false);
    pair.settle();
    older.restore(&mut pair, Side::Ma);
    assert!(pair.try_settle().is_err());
    let missing = AppError::KeyMissing.to_string();
    let why = pair
        .wire
        .reasons
        .iter()
        .any(|(side, why)| *side == 0 && *why == missing);
    assert!(why, "{:?}", pair.wire.reasons);
}

/// Bundles carry a change like anything else.
#[test]
fn rule_15_a_bundle_brings_a_tls_change_and_its_confirmation() {
    let mut pair = TestPair::by_courier(413);
    pair.settle_by_courier();
    let old = shown(&pair, Side::Ma);
    pair.rotate_tls(Side::Ma, false);
    assert!(!pair.ma().app.show_newest_tls_key().unwrap());
    let brings = pair.pack(Side::Ma).unwrap();
    pair.unpack(Side::Fr, &brings).unwrap();
    assert_eq!(taken(&pair, Side::Ma).len(), 2);
    assert!(!pair.ma().app.show_newest_tls_key().unwrap());
    pair.settle_by_courier();
    assert!(pair.ma().app.show_newest_tls_key().unwrap());
    assert_ne!(shown(&pair, Side::Ma), old);
    pair.settle_by_courier();
    complete(&pair, Side::Ma, 1);
    pair.rotate_tls(Side::Fr, true);
    pair.settle_by_courier();
    complete(&pair, Side::Fr, 1);
    pair.assert_same();
}

/// A second process of the node opened before the change reads the key where it shows it, and either may bring the next into force.
#[test]
fn rule_15_every_process_of_a_node_shows_the_same_tls_key() {
    let mut pair = TestPair::linked(414);
    pair.settle();
    let other = pair.ma().app.clone();
    pair.restart(Side::Ma);
    other.rotate_tls_key(false).unwrap();
    assert_eq!(other.tls_ends().unwrap(), pair.ma().app.tls_ends().unwrap());
    pair.note(Side::Ma, "Par l’autre processus.");
    pair.settle();
    complete(&pair, Side::Ma, 1);
    assert_eq!(other.tls_ends().unwrap(), pair.ma().app.tls_ends().unwrap());
    let secrets = other.tls_secrets().unwrap();
    let public: Vec<VerifyingKey> = secrets.iter().map(SigningKey::verifying_key).collect();
    assert_eq!(public, other.tls_ends().unwrap());
}

/// Take out: in `refuse_tls_change`, the partners.
#[test]
fn rule_15_a_partner_that_cannot_follow_stops_the_change_unless_it_must_be_at_once() {
    let mut pair = TestPair::linked(415);
    pair.settle();
    pair.cut(true);
    pair.wire.tear(true);
    let name = pair.fr().name.clone();
    // As if `fr` ran a program of before: its card says nothing of changes.
    let mut before = own_card(pair.fr());
    before.tls_changes = None;
    before.issued_ms -= 1;
    let before = sign_card(&before, &pair.fr().signing_key()).unwrap();
    pair.ma().pin_card(&name, before);
    assert_eq!(pair.ma().app.tls_unable().unwrap(), [name]);
    let refused = pair.ma().app.rotate_tls_key(false);
    assert!(matches!(
        refused,
        Err(AppError::Input(InputFault::TlsPartners))
    ));
    assert!(keys(&pair, Side::Ma).changes.is_empty());
    pair.ma().app.rotate_tls_key(true).unwrap();
    // It was updated meanwhile: it asks for the key that it knows, and follows.
    pair.cut(false);
    pair.settle();
    complete(&pair, Side::Ma, 1);
    assert!(pair.ma().app.tls_unable().unwrap().is_empty());
}

/// A card of another TLS key is taken only where the change leads, under the newest signing key.
///
/// Take out: in `node.rs::renew`, `related`; in `TlsChange::verify`, any of the three.
#[test]
fn rule_15_a_card_of_another_tls_key_is_taken_only_as_the_change_leads_there() {
    let mut pair = TestPair::linked(416);
    pair.settle();
    pair.cut(true);
    pair.round();
    let (first, stolen) = (own_card(pair.ma()), pair.ma().signing_key());
    let old = pair.ma().app.tls_secrets().unwrap().remove(0);
    let thief = SigningKey::from_seed([66; 32]);
    let refused = |pair: &TestPair, card: &Card, by: &SigningKey| {
        let armour = armour_card(&sign_card(card, by).unwrap());
        let said = pair
            .fr()
            .app
            .pin_partner(&armour, "", &card.fingerprint().to_string());
        assert!(matches!(said, Err(AppError::Input(_))), "{said:?}");
    };
    let mut rival = first.clone();
    rival.issued_ms += 5;
    rival.tls_key = thief.verifying_key();
    // Whoever has the signing key and not the TLS key: no change at all, or one without its signature.
    refused(&pair, &rival, &stolen);
    let mut unsigned = TlsChange::sign("ma", (&old, &thief), &stolen, (5, 5)).unwrap();
    unsigned.old_signature = unsigned.new_signature;
    rival.tls_changes = Some(vec![unsigned]);
    refused(&pair, &rival, &stolen);
    // Whoever has both of before, once the true signing key is known.
    pair.rotate(Side::Ma);
    pair.rotate_tls(Side::Ma, true);
    pair.fr().pin(pair.ma()).unwrap();
    assert_eq!(taken(&pair, Side::Ma), [shown(&pair, Side::Ma)]);
    rival.tls_changes = Some(vec![
        TlsChange::sign("ma", (&old, &thief), &stolen, (5, 5)).unwrap(),
    ]);
    refused(&pair, &rival, &stolen);
    // The card of before takes nothing back.
    let armour = armour_card(&sign_card(&first, &stolen).unwrap());
    let print_of_first = first.fingerprint().to_string();
    pair.fr()
        .app
        .pin_partner(&armour, "", &print_of_first)
        .unwrap();
    assert_eq!(taken(&pair, Side::Ma), [shown(&pair, Side::Ma)]);
    pair.cut(false);
    pair.settle();
    complete(&pair, Side::Ma, 1);
}

/// Who has a signing key of before, and the old TLS key, changes nothing by a leaf of its own either: a leaf counts by whoever signed it.
///
/// Take out: in `note_their_tls`, `signers`.
#[test]
fn rule_15_a_leaf_by_a_key_that_is_not_the_nodes_changes_nothing() {
    let mut pair = TestPair::linked(417);
    pair.settle();
    let old = pair.ma().app.tls_secrets().unwrap().remove(0);
    let (thief, own) = (
        SigningKey::from_seed([66; 32]),
        SigningKey::from_seed([67; 32]),
    );
    let name = pair.fr().name.clone();
    let mine = pair.ma().signing_key();
    let by = |node: &str, signer| TlsChange::sign(node, (&old, &own), signer, (5, 5)).unwrap();
    for change in [by("ma", &thief), by("dz", &mine)] {
        let leaf = Leaf::TlsChange(Box::new(change)).encode();
        let (store, name, now) = (pair.ma().store.clone(), name.clone(), pair.time.now().0);
        let queued = store.update("queue", move |tx| {
            tx.push_outbox(&name, &entente_store::OutboxItem::Leaf(leaf.clone()), now)
        });
        queued.unwrap();
        pair.wire.wake(0);
        pair.settle();
    }
    assert_eq!(change_leaves(&pair, Side::Ma), 2, "kept all the same");
    assert_eq!(taken(&pair, Side::Ma), [shown(&pair, Side::Ma)]);
    assert!(followed(&pair, Side::Ma).is_empty());
}

/// A proof is read with any fingerprint that the node had: the TLS key signs nothing in it.
///
/// Take out: in `bundle.rs::trusts`, `of_now`.
#[test]
fn rule_15_a_proof_holds_under_the_fingerprints_of_before_the_tls_change() {
    let mut pair = TestPair::linked(418);
    let entry = pair.note(Side::Ma, "Avant.");
    pair.settle();
    let before = [print(&pair, Side::Ma), print(&pair, Side::Fr)];
    for side in Side::BOTH {
        pair.rotate_tls(side, false);
    }
    pair.rotate(Side::Ma);
    pair.settle();
    pair.settle();
    let after = [print(&pair, Side::Ma), print(&pair, Side::Fr)];
    assert!(before[0] != after[0] && before[1] != after[1]);
    let actor = pair.fr().officer("liaison").unwrap();
    let armour = pair.fr().app.proof(&actor, entry).unwrap();
    let report = verify_bundle(&Bundle::dearmour(&armour).unwrap()).unwrap();
    assert_eq!(report.signed_by.to_string(), after[0]);
    for [signed, cosigned] in [before.clone(), after.clone()] {
        let reader = Trusted {
            signed_by: vec![signed.parse().unwrap()],
            cosigned_by: vec![cosigned.parse().unwrap()],
            compromised: Vec::new(),
        };
        assert_eq!(report.trusts(&reader), Ok(()));
    }
    let stranger = Trusted {
        signed_by: vec![before[1].parse().unwrap()],
        ..Trusted::default()
    };
    assert_eq!(report.trusts(&stranger), Err(BundleError::SignedByOther));
    // The first signing key under either TLS key is the one that is declared; it signed before that time, and nothing since.
    pair.time.advance(DAY);
    for named in [Some(before[0].parse().unwrap()), None] {
        let declared = pair
            .ma()
            .app
            .declare_compromised(By::Machine, named, pair.time.now());
        let declared = declared.unwrap();
        assert_eq!(declared.print, before[0], "declared once");
    }
    let (prints, declared) = pair.ma().app.known_of("ma").unwrap();
    assert_eq!((prints.len(), declared.len()), (4, 1));
    let known = Trusted {
        signed_by: prints,
        ..Trusted::default()
    };
    assert_eq!(report.trusts(&known), Ok(()));
}

/// A card names sixteen changes.
#[test]
fn rule_15_sixteen_tls_changes_and_the_link_goes_on() {
    let mut pair = TestPair::linked(419);
    for _ in 0..16 {
        pair.rotate_tls(Side::Ma, true);
        pair.rotate(Side::Ma);
    }
    let refused = pair.ma().app.rotate_tls_key(true);
    assert!(matches!(
        refused,
        Err(AppError::Input(InputFault::TlsChanges { most: 16 }))
    ));
    pair.note(Side::Ma, "La dernière.");
    pair.settle();
    complete(&pair, Side::Ma, 16);
    pair.assert_same();
    // A partner of now knows all of it from the card, and orders connections as the node does.
    let late = TestNode::build("es")
        .seed(7)
        .time(&pair.time)
        .open()
        .unwrap();
    late.pin(pair.ma()).unwrap();
    pair.ma().pin(&late).unwrap();
    assert_eq!(
        late.app.tls_accepted(&pair.ma().name).unwrap(),
        [shown(&pair, Side::Ma)]
    );
    let partners = late.app.partners().unwrap();
    let (_, theirs) = late
        .app
        .link_order(&pair.ma().name, &partners[0].1)
        .unwrap();
    let known = pair.ma().app.partners().unwrap();
    let (_, card, ..) = known.iter().find(|p| p.0 == late.name).unwrap();
    let (ours, _) = pair.ma().app.link_order(&late.name, card).unwrap();
    assert_eq!(ours, theirs);
}
