//! A key that others may have is declared compromised (rule 15): as data that both sides keep, that proofs carry, and that both nodes obey.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente_app::courier::CourierFault;
use entente_app::restart::{RestartFault, RestartStep};
use entente_app::{AppError, By, CompromiseFault, InputFault, LinkDriver, LinkFault};
use entente_core::ids::EntryId;
use entente_core::instant::{Instant, Span};
use entente_link::Role;
use entente_link::courier::CourierError;
use entente_proof::beginning::Ground;
use entente_proof::bundle::{Bundle, BundleError, BundleReport, Trusted, verify_bundle};
use entente_proof::card::Fingerprint;
use entente_proof::leaf::Leaf;
use entente_store::Direction;
use entente_testkit::node::{Said, TestNode, Writing};
use entente_testkit::pair::{Side, TestPair};
use entente_testkit::wire::binding;

fn print(pair: &TestPair, side: Side) -> Fingerprint {
    let own = pair.node(side).app.own_fingerprint();
    own.unwrap().parse().unwrap()
}

fn fault<T: std::fmt::Debug>(said: Said<T>) -> CompromiseFault {
    match said {
        Err(AppError::Input(InputFault::Compromise(fault))) => fault,
        other => panic!("a fault of the declaration was expected, not {other:?}"),
    }
}

fn proved(node: &TestNode, entry: EntryId, newest: bool) -> BundleReport {
    let actor = node.officer("liaison").unwrap();
    let armour = match newest {
        true => node.app.newest_proof(&actor, entry),
        false => node.app.proof(&actor, entry),
    };
    verify_bundle(&Bundle::dearmour(&armour.unwrap()).unwrap()).unwrap()
}

/// What `fr` holds of the register of `ma`, from this leaf on: whether each is a change of key.
fn changes_from(pair: &TestPair, from: u64) -> Vec<bool> {
    let name = &pair.ma().name;
    let leaves = pair
        .fr()
        .look(|tx| tx.leaves(name, Direction::In, from, u32::MAX));
    let is_change = |leaf: &[u8]| matches!(Leaf::decode(leaf), Ok(Leaf::KeyChange(_)));
    let leaves = leaves.unwrap();
    leaves.iter().map(|row| is_change(&row.leaf)).collect()
}

/// `ma` was robbed: the link is cut, `ma` changed its key and declared the one before; what it wrote meanwhile waits.
fn robbed(pair: &mut TestPair) -> (EntryId, Fingerprint, Instant, String) {
    let entry = pair.note(Side::Ma, "Avant le vol.");
    pair.settle();
    let old = print(pair, Side::Ma);
    pair.cut(true);
    pair.wire.tear(true);
    pair.note(Side::Ma, "Attend devant le changement.");
    pair.time.advance(60_000);
    let since = pair.time.now();
    pair.time.advance(60_000);
    pair.rotate(Side::Ma);
    let declared = pair
        .ma()
        .app
        .declare_compromised(By::Machine, None, since)
        .unwrap();
    assert_eq!(declared.print, old.to_string(), "the one before the newest");
    (entry, old, since, declared.text)
}

/// Take out: in `app/src/compromise.rs::take_compromised`, the place of the signer; in `own_register.rs::append_own`, `changes_first`;
/// in `show/entry.rs::bundle`, the declarations.
#[test]
fn rule_15_both_sides_keep_a_declaration_and_the_link_goes_on_under_the_new_key() {
    let mut pair = TestPair::linked(181);
    let (entry, old, since, text) = robbed(&mut pair);
    let (ma, name) = (pair.ma().name.clone(), pair.fr().name.clone());
    let held = pair.held(Side::Fr).unwrap();
    // Who knows only the key before believes nobody that it is compromised: the new card comes first, compared by people.
    let early = pair.fr().app.take_compromised(By::Machine, &ma, &text);
    assert_eq!(fault(early), CompromiseFault::Signer);
    pair.fr().pin(pair.ma()).unwrap();
    let taken = pair
        .fr()
        .app
        .take_compromised(By::Machine, &ma, &text)
        .unwrap();
    assert_eq!((taken.since, taken.by), (since, ma.clone()));
    // Once more changes nothing; nothing else is taken.
    assert_eq!(
        pair.fr()
            .app
            .take_compromised(By::Machine, &ma, &text)
            .unwrap()
            .here,
        taken.here
    );
    let altered = text.replacen("A", "B", 9);
    let refused = [
        (
            pair.fr().app.take_compromised(By::Machine, &ma, &altered),
            false,
        ),
        (
            pair.ma().app.take_compromised(By::Machine, &name, &text),
            true,
        ),
    ];
    for (said, foreign) in refused {
        let fault = fault(said);
        assert_eq!(fault == CompromiseFault::OtherNode, foreign, "{fault:?}");
    }
    pair.cut(false);
    pair.settle();
    pair.assert_same();
    assert!(
        pair.wire
            .reasons
            .iter()
            .all(|(_, why)| !why.contains("compromised"))
    );
    let changes = changes_from(&pair, held);
    assert!(
        changes[0],
        "the change goes before what waited: {changes:?}"
    );
    assert_eq!(changes.iter().filter(|is| **is).count(), 1, "and once");
    // Both show it, also after a restart, and it is in the journal.
    for side in Side::BOTH {
        pair.restart(side);
        let known = pair.node(side).app.compromised(&ma).unwrap();
        assert_eq!(known.len(), 1);
        assert_eq!((known[0].since, &known[0].text), (since, &text));
    }
    let links = pair.fr().app.links(&pair.fr().officer("liaison").unwrap());
    assert_eq!(links.unwrap()[0].compromised.len(), 1);
    // A proof that rests on the old key brings the declaration with it; cosigned before, it still counts.
    for node in [pair.ma(), pair.fr()] {
        let first = proved(node, entry, false);
        assert_eq!(first.signing_print, old);
        assert_eq!(first.declarations.len(), 1);
        let reader = Trusted {
            signed_by: vec![old],
            ..Trusted::default()
        };
        assert_eq!(first.trusts(&reader), Ok(()));
        let now = Trusted {
            signed_by: vec![print(&pair, Side::Ma)],
            ..Trusted::default()
        };
        assert_eq!(proved(node, entry, true).trusts(&now), Ok(()));
    }
    // Declared since an earlier time, that counts, at whoever knows it.
    let cosigned = i64::try_from(proved(pair.ma(), entry, false).cosigned_at_s);
    let earlier = Instant(cosigned.unwrap() * 1_000);
    let again = pair
        .ma()
        .app
        .declare_compromised(By::Machine, Some(old), earlier)
        .unwrap();
    assert_ne!(again.text, text);
    let first = proved(pair.ma(), entry, false);
    let since_s = first.cosigned_at_s;
    assert_eq!(
        first.trusts(&Trusted::default()),
        Err(BundleError::Compromised { since_s })
    );
    pair.settle();
    pair.assert_same();
}

/// The thief packs a bundle for a courier before the change is in the register at the partner. That was taken once.
///
/// Take out: in `app/src/courier/unpack.rs`, what is inserted into `signers`, or the filter in `Reading::signer`.
#[test]
fn rule_15_no_bundle_of_a_compromised_key_is_taken_before_the_change_came() {
    let mut pair = TestPair::by_courier(182);
    pair.settle_by_courier();
    let (old, ma) = (pair.ma().signing_key(), pair.ma().name.clone());
    let forge = |pair: &TestPair| pair.bundle(Side::Ma, pair.time.now().0, &[], &old);
    pair.rotate(Side::Ma);
    let text = pair
        .ma()
        .app
        .declare_compromised(By::Machine, None, pair.time.now());
    pair.fr().pin(pair.ma()).unwrap();
    let before = pair.holdings(Side::Fr);
    pair.unpack(Side::Fr, &forge(&pair)).unwrap();
    let taken = pair
        .fr()
        .app
        .take_compromised(By::Machine, &ma, &text.unwrap().text);
    taken.unwrap();
    let refused = pair.unpack(Side::Fr, &forge(&pair));
    assert!(
        matches!(
            &refused,
            Err(AppError::Courier(CourierFault::File(
                CourierError::FormerKey
            )))
        ),
        "{refused:?}"
    );
    assert_eq!(pair.holdings(Side::Fr), before);
    // The true one brings the change.
    let charter = pair.charter.unwrap();
    pair.write(
        Side::Ma,
        "note",
        &Writing::on(charter, &[("text", "Vraie.")]),
    );
    pair.settle_by_courier();
    pair.assert_same();
}

/// `ma` lost its newest key, or it is the one that is known to others: its people say so by voice.
///
/// Take out: in `app/src/driver.rs::session_config`, `refused_keys`.
#[test]
fn rule_15_of_a_newest_key_the_partner_declares_it_and_takes_nothing_until_there_is_another() {
    let mut pair = TestPair::linked(183);
    let entry = pair.note(Side::Ma, "Sous la seule clé.");
    pair.settle();
    let (old, ma) = (print(&pair, Side::Ma), pair.ma().name.clone());
    let now = pair.time.now();
    assert_eq!(
        fault(pair.ma().app.declare_compromised(By::Machine, None, now)),
        CompromiseFault::Newest
    );
    let fr = pair.fr().app.clone();
    let stranger = print(&pair, Side::Fr);
    assert_eq!(
        fault(fr.note_compromised(By::Machine, &ma, stranger, now)),
        CompromiseFault::UnknownKey
    );
    let ahead = now + Span::hours(1);
    assert_eq!(
        fault(fr.note_compromised(By::Machine, &ma, old, ahead)),
        CompromiseFault::Time
    );
    let noted = fr.note_compromised(By::Machine, &ma, old, now).unwrap();
    assert_eq!(noted.by, pair.fr().name);
    pair.wire.tear(true);
    pair.time.advance(10_000);
    let line = (Role::Accepted, binding(1));
    let refused = LinkDriver::start(&fr, &ma, line).map(|_| ());
    assert!(
        matches!(
            refused,
            Err(AppError::Link(LinkFault::PartnerKeyCompromised))
        ),
        "{refused:?}"
    );
    let since_s = u64::try_from(now.0 / 1_000).unwrap();
    let first = proved(pair.fr(), entry, false);
    let expected = match first.cosigned_at_s >= since_s {
        true => Err(BundleError::Compromised { since_s }),
        false => Ok(()),
    };
    assert_eq!(
        first.declarations.len(),
        1,
        "a word of the other side counts"
    );
    assert_eq!(first.trusts(&Trusted::default()), expected);
    pair.time.advance(10_000);
    // Another key, which nothing leads to, and the register begins again with it.
    let node = &mut pair.nodes[Side::Ma.index()];
    node.restart_with_new_key("volée").unwrap();
    let declared = pair
        .ma()
        .app
        .declare_compromised(By::Machine, None, now)
        .unwrap();
    let act = |side: Side| pair.node(side).app.coordinator("coordinator").unwrap();
    let proposal = pair
        .ma()
        .app
        .propose_restart(&act(Side::Ma), &pair.fr().name, Ground::KeyCompromised)
        .unwrap();
    let new = pair.ma().app.own_fingerprint().unwrap();
    let step = fr.accept_restart(&act(Side::Fr), &proposal, &new).unwrap();
    let RestartStep::Answer(answer) = step else {
        panic!("a proposal is answered")
    };
    pair.ma()
        .app
        .accept_restart(&act(Side::Ma), &answer, "")
        .unwrap();
    // Now its own word is known to be its own, and both are kept.
    fr.take_compromised(By::Machine, &ma, &declared.text)
        .unwrap();
    assert_eq!(fr.compromised(&ma).unwrap().len(), 2);
    pair.time.advance(10_000);
    pair.note(Side::Ma, "Sous une autre clé.");
    pair.settle();
    pair.assert_same();
}

/// Nothing further is signed by an owner whose register only a new beginning takes away from the key.
#[test]
fn rule_15_our_own_register_signs_nothing_with_a_key_that_we_declared() {
    let mut pair = TestPair::linked(184);
    pair.settle();
    let now = pair.time.now();
    pair.wire.tear(true);
    pair.nodes[Side::Ma.index()]
        .restart_with_new_key("volée")
        .unwrap();
    pair.ma()
        .app
        .declare_compromised(By::Machine, None, now)
        .unwrap();
    let charter = pair.charter.unwrap();
    let entry = Writing::on(charter, &[("text", "Attend la suite.")]);
    pair.write(Side::Ma, "note", &entry);
    let before = pair.holdings(Side::Ma);
    pair.time.advance(10_000);
    let refused = pair.pack(Side::Ma);
    assert!(
        matches!(refused, Err(AppError::Link(LinkFault::OwnKeyCompromised))),
        "{refused:?}"
    );
    assert_eq!(pair.holdings(Side::Ma), before, "no leaf, no checkpoint");
}

/// `fr` proposes that its register begins again, and `ma` answers under the only key that it has.
fn answered(pair: &mut TestPair) -> String {
    let [ma, fr] = [Side::Ma, Side::Fr].map(|side| pair.node(side).app.clone());
    let [at_ma, at_fr] = [&ma, &fr].map(|app| app.coordinator("coordinator").unwrap());
    let name = pair.ma().name.clone();
    let proposal = fr.propose_restart(&at_fr, &name, Ground::Fork).unwrap();
    pair.wire.tear(true);
    pair.time.advance(10_000);
    let step = ma.accept_restart(&at_ma, &proposal, &fr.own_fingerprint().unwrap());
    pair.time.advance(10_000);
    match step.unwrap() {
        RestartStep::Answer(answer) => answer,
        other => panic!("a proposal is answered, not {other:?}"),
    }
}

/// An answer to our proposal counts for nothing once others know the key that signed it: by a declaration, or because a generation ended since
/// they knew it. Otherwise a thief of the key would begin our register again with a partner who never agreed.
/// Take out: in `app/src/restart/conclude.rs::fits`, `known_to_others`; in `app/src/compromise.rs::known_to_others`, either half.
#[test]
fn rule_15_no_answer_under_a_key_that_others_know_begins_our_register_again() {
    for (seed, declared) in [(186, true), (187, false)] {
        let mut pair = TestPair::linked(seed);
        pair.note(Side::Fr, "Avant le vol.");
        pair.settle();
        let answer = answered(&mut pair);
        let (ma, old) = (pair.ma().name.clone(), print(&pair, Side::Ma));
        let act = |pair: &TestPair, side: Side| {
            let node = pair.node(side);
            node.app.coordinator("coordinator").unwrap()
        };
        if declared {
            let now = pair.time.now();
            let noted = pair.fr().app.note_compromised(By::Machine, &ma, old, now);
            assert_eq!(noted.unwrap().by, pair.fr().name);
        } else {
            // Nobody declares it: its own register begins again, since others know the key. Ours waits for nobody meanwhile, but what was
            // answered to it stands.
            let waits = pair.fr().app.withdraw_restart(&act(&pair, Side::Fr), &ma);
            waits.unwrap();
            pair.nodes[Side::Ma.index()]
                .restart_with_new_key("volée")
                .unwrap();
            let fr = pair.fr().name.clone();
            let begins =
                pair.ma()
                    .app
                    .propose_restart(&act(&pair, Side::Ma), &fr, Ground::KeyCompromised);
            let new = pair.ma().app.own_fingerprint().unwrap();
            let step = pair
                .fr()
                .app
                .accept_restart(&act(&pair, Side::Fr), &begins.unwrap(), &new);
            let Ok(RestartStep::Answer(agreed)) = step else {
                panic!("{step:?}");
            };
            let done = pair
                .ma()
                .app
                .accept_restart(&act(&pair, Side::Ma), &agreed, "");
            assert!(
                matches!(done, Ok(RestartStep::Concluded { .. })),
                "{done:?}"
            );
        }
        pair.time.advance(10_000);
        let before = pair.holdings(Side::Fr);
        let own = pair.ma().app.own_fingerprint().unwrap();
        let taken = pair
            .fr()
            .app
            .accept_restart(&act(&pair, Side::Fr), &answer, &own);
        assert!(
            matches!(taken, Err(AppError::Restart(RestartFault::UnknownKey))),
            "declared: {declared}: {taken:?}"
        );
        assert_eq!(pair.holdings(Side::Fr), before, "nothing began again");
    }
}

/// The same answer is taken while nobody else knows the key: what is refused above is refused for the key alone.
#[test]
fn rule_15_an_answer_under_a_partners_own_key_begins_our_register_again() {
    let mut pair = TestPair::linked(188);
    pair.note(Side::Fr, "Avant l’exercice.");
    pair.settle();
    let answer = answered(&mut pair);
    let coordinator = pair.fr().app.coordinator("coordinator").unwrap();
    let taken = pair.fr().app.accept_restart(&coordinator, &answer, "");
    assert!(
        matches!(taken, Ok(RestartStep::Concluded { .. })),
        "{taken:?}"
    );
    pair.time.advance(10_000);
    pair.settle();
    pair.assert_same();
}
