//! Who connects must prove the newest signing key (rule 15): against a thief of an old `node.keys`, with and without what it may try.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_link::frame::{Frame, FrameType};
use entente_proof::card::{sign_card, verify_card};
use entente_proof::leaf::KeyChange;
use entente_proof::sign::SigningKey;
use entente_store::Direction;
use entente_testkit::liar::{Liar, Visit};
use entente_testkit::pair::{Side, TestPair};

/// `ma` changed its key, `fr` followed and has something to send.
fn changed(seed: u64) -> TestPair {
    let mut pair = TestPair::linked(seed);
    pair.note(Side::Ma, "Sous l’ancienne clé.");
    pair.settle();
    pair.rotate(Side::Ma);
    pair.settle();
    pair.cut(true);
    pair.wire.tear(true);
    pair.note(Side::Fr, "Que seul le vrai partenaire doit lire.");
    pair
}

/// Somebody with the key file of `ma` of before the change: the TLS key, and the first signing key.
fn thief(pair: &TestPair) -> Liar {
    let mut thief = Liar::of(pair, Side::Ma);
    thief.key = pair.ma().signing_key();
    thief.versions = vec![3, 2, 1];
    thief
}

fn kinds(visit: &Visit) -> Vec<FrameType> {
    visit.heard.iter().map(Frame::frame_type).collect()
}

/// Everything of `fr` that a session could have changed.
fn state(pair: &TestPair) -> impl PartialEq + std::fmt::Debug + use<> {
    let name = pair.ma().name.clone();
    let fr = pair.fr();
    let at = |direction| {
        let row = fr.look(|tx| tx.register(&name, direction)).unwrap();
        (row.size, row.cosigned, row.note)
    };
    let outbox = fr.look(|tx| tx.outbox_size(&name)).unwrap();
    let card = fr.look(|tx| tx.partner(&name)).unwrap().unwrap().card;
    (at(Direction::Out), at(Direction::In), outbox, card)
}

/// Take out: in `link/src/session/presence.rs::peer_present`, the verification.
#[test]
fn rule_15_a_thief_of_the_old_keys_gets_nothing_and_nothing_is_signed_for_it() {
    let mut pair = changed(171);
    let before = state(&pair);
    let thief = thief(&pair);
    let true_change = pair.ma().app.own_card();
    let bytes = entente_proof::card::dearmour_card(&true_change).unwrap();
    let to_new = verify_card(&bytes).unwrap().changes.unwrap();
    let own = SigningKey::from_seed([66; 32]);
    let to_own = KeyChange::sign("ma", &thief.key, &own, 5).unwrap();
    for (key, changes) in [
        (&thief.key, Vec::new()),
        (&thief.key, to_new),
        (&own, vec![to_own]),
    ] {
        for size in [thief.size(), 1] {
            let mut visit = thief.visit_with(pair.fr(), size, thief.note(size)).unwrap();
            assert!(!visit.is_open());
            let hello = thief.hello(size, thief.note(size));
            visit.say(&thief.prove(&hello, key, changes.clone()));
            visit.wake();
            visit.tick();
            let told = [FrameType::HELLO, FrameType::PRESENCE, FrameType::ERROR];
            assert_eq!(kinds(&visit), told);
            let why = visit.closed.unwrap();
            assert!(why.contains("not its newest signing key"), "{why}");
        }
    }
    assert!(
        pair.evidence(Side::Fr).is_empty(),
        "and nothing stops the link"
    );
    // The one of before is refused as well, without so much as a proof of ours.
    let mut old = Liar::of(&pair, Side::Ma);
    old.key = pair.ma().signing_key();
    old.versions = vec![3, 2, 1];
    let visit = {
        let mut hello = old.hello(old.size(), old.note(old.size()));
        if let Frame::Hello(hello) = &mut hello {
            hello.versions = vec![2, 1];
        }
        let mut visit = old.visit_silent(pair.fr()).unwrap();
        visit.say(&hello);
        visit
    };
    assert_eq!(kinds(&visit), [FrameType::HELLO, FrameType::ERROR]);
    assert_eq!(state(&pair), before, "nothing changed, nothing was signed");
    drop(visit);
    pair.cut(false);
    pair.settle();
    pair.assert_same();
}

/// While the change is still on its way, the proof brings it: the true owner of the new key goes on, and the old key alone does not
/// once it was heard.
#[test]
fn rule_15_an_honest_change_on_its_way_goes_on() {
    let mut pair = TestPair::linked(172);
    pair.settle();
    pair.cut(true);
    pair.wire.tear(true);
    for _ in 0..3 {
        pair.ma().app.rotate_signing_key().unwrap();
        pair.fr().app.rotate_signing_key().unwrap();
    }
    pair.note(Side::Ma, "Sous la nouvelle clé.");
    pair.note(Side::Fr, "Nous aussi.");
    pair.cut(false);
    pair.settle();
    pair.assert_same();
    for side in Side::BOTH {
        assert!(pair.evidence(side).is_empty());
    }
}

/// After a theft: the link is cut, the new card pinned by hand, the link mended. The change is still on its way in the register, and whoever
/// has the old key gets nothing all the same.
///
/// Take out: in `app/src/keys.rs::their_newest`, the card.
#[test]
fn rule_15_a_new_card_pinned_by_hand_shuts_the_old_key_out_at_once() {
    let mut pair = TestPair::linked(174);
    pair.note(Side::Ma, "Avant le vol.");
    pair.settle();
    let (ma, fr) = (pair.ma().name.clone(), pair.fr().name.clone());
    pair.fr().app.cut_link(&ma).unwrap();
    pair.wire.tick(1);
    pair.ma().app.rotate_signing_key().unwrap();
    pair.note(Side::Fr, "Que seul le vrai partenaire doit lire.");
    pair.fr().pin(pair.ma()).unwrap();
    pair.wire.tear(true);
    pair.fr().app.mend_link(&ma).unwrap();
    let before = state(&pair);
    let thief = thief(&pair);
    let mut visit = thief.visit(pair.fr()).unwrap();
    let hello = thief.hello(thief.size(), thief.note(thief.size()));
    visit.say(&thief.prove(&hello, &thief.key, Vec::new()));
    assert!(visit.closed.unwrap().contains("not its newest signing key"));
    assert_eq!(state(&pair), before);
    let known = pair
        .fr()
        .look(|tx| tx.register(&ma, Direction::In))
        .unwrap();
    let ours = pair
        .ma()
        .look(|tx| tx.register(&fr, Direction::Out))
        .unwrap();
    assert_eq!(
        known.size, ours.size,
        "the change is not even in the register yet"
    );
    pair.settle();
    pair.assert_same();
    assert!(pair.evidence(Side::Fr).is_empty());
}

/// A partner of an older program is served as ever; from its first session with a newer one on, nothing older is spoken with it.
///
/// Take out: in `link/src/session/hello.rs::greet`, the refusal; in `app/src/keys.rs::settle_keys`, the card that is issued again.
#[test]
fn rule_15_after_an_upgrade_there_is_no_way_back_to_a_session_without_proof() {
    let mut pair = TestPair::linked(173);
    pair.settle();
    let name = pair.ma().name.clone();
    let pinned = |pair: &TestPair| {
        let row = pair.fr().look(|tx| tx.partner(&name)).unwrap().unwrap();
        verify_card(&row.card).unwrap()
    };
    // As if `ma` had run an older program until now: its own store has that card, and so has its partner.
    let mut old = pinned(&pair);
    old.versions = vec![2, 1];
    old.issued_ms += 1;
    let old = sign_card(&old, &pair.ma().signing_key()).unwrap();
    pair.fr().pin_card(&name, old.clone());
    let own = old.clone();
    let stored = pair.ma().store.clone();
    entente_store::StoreExt::update(&*stored, "card", move |tx| tx.set_setting("card", &own))
        .unwrap();
    pair.wire.tear(true);
    let mut elder = Liar::of(&pair, Side::Ma);
    elder.versions = vec![2, 1];
    assert!(elder.visit(pair.fr()).unwrap().is_open(), "served as ever");
    // The new program issues the card anew when it starts, and tells it.
    pair.nodes[0].restart().unwrap();
    pair.settle();
    assert_eq!(pinned(&pair).versions, [3, 2, 1]);
    pair.wire.tear(true);
    let mut visit = elder.visit_silent(pair.fr()).unwrap();
    visit.say(&elder.hello(elder.size(), elder.note(elder.size())));
    let why = visit.closed.unwrap();
    assert!(why.contains("older version than its card"), "{why}");
    pair.settle();
    pair.assert_same();
}
