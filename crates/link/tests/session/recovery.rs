//! A register comes back to its author from the partner (DESIGN section 5 rule 5), whole, after cuts, and from liars not at all.

use crate::world::*;
use entente_link::error::*;
use entente_link::frame::*;
use entente_link::*;
use entente_proof::checkpoint::{Checkpoint, origin, sign_checkpoint};
use entente_proof::digest::Digest;
use entente_proof::leaf::KeyChange;

/// `ma` and `fr` hold everything of each other; `ma` sent in batches that end at these sizes (its receipts follow).
fn settled(batches: &[u64]) -> World {
    let mut world = World::between([Node::older("ma", "fr"), Node::older("fr", "ma")]);
    for size in batches {
        let more = size - world.nodes[0].size();
        world.append(0, more);
        world.settle();
    }
    world
}

#[test]
fn rule_05_what_the_partner_holds_comes_back_and_nothing_else_moves() {
    for kept in 0..9 {
        let mut world = settled(&[3, 7, 9]);
        let before = world.nodes[0].clone();
        world.nodes[0].lose_own(kept);
        world.reconnect();
        world.settle();
        let seen = &world.ends[0].seen;
        assert_eq!(seen.recovering, Some((Some(9), false)));
        assert_eq!(seen.closed, Some(Reason::Recovered));
        assert!(!seen.established);
        assert_eq!(world.ends[1].seen.recovering, Some((None, true)));
        assert!(world.nodes[0].own == before.own, "byte for byte");
        assert!(
            world.nodes[0].held == before.held,
            "nothing was cosigned meanwhile"
        );
        world.reconnect();
        world.settle();
        world.assert_equal();
    }
}

/// Read late, from a connection that `ma` gave up, its hello is older than what `fr` holds since. Only who asks has lost anything.
#[test]
fn rule_14_an_old_hello_is_no_loss_until_its_author_asks() {
    let mut world = settled(&[2, 5, 7]);
    world.nodes[0].lose_own(2);
    world.reconnect();
    let hello = world.ends[0].take(usize::MAX);
    world.ends[1].input(&mut world.nodes[1], Input::Bytes(hello));
    assert_eq!(world.ends[1].seen.recovering, Some((None, false)));
    for (from, lost) in [(2, true), (5, true)] {
        let ask = Frame::Recover { from }.encode().unwrap();
        world.ends[1].input(&mut world.nodes[1], Input::Bytes(ask));
        assert_eq!(world.ends[1].seen.recovering, Some((None, lost)));
    }
}

#[test]
fn rule_05_both_recover_at_once() {
    let mut world = settled(&[4, 8]);
    world.append(1, 5);
    world.settle();
    let before = [world.nodes[0].clone(), world.nodes[1].clone()];
    world.nodes[0].lose_own(2);
    world.nodes[1].lose_own(1);
    for _ in 0..4 {
        world.reconnect();
        world.settle();
    }
    world.assert_equal();
    for (node, before) in world.nodes.iter().zip(&before) {
        assert!(node.own == before.own);
    }
}

/// Cut anywhere, the next connection goes on from what was stored.
#[test]
fn rule_05_a_recovery_cut_anywhere_goes_on() {
    for seed in 0..200 {
        let mut rng = Rng::new(seed);
        let mut world = settled(&[2, 5, 6, 11, 12]);
        let before = world.nodes[0].clone();
        world.nodes[0].lose_own(rng.below(12));
        for _ in 0..30 {
            world.reconnect();
            for _ in 0..rng.below(8) {
                let side = usize::from(rng.below(2) == 0);
                let count = usize::try_from(rng.below(900)).unwrap();
                if world.ends[1 - side].seen.closed.is_none() {
                    world.carry(side, count);
                }
            }
        }
        for _ in 0..2 {
            world.reconnect();
            world.settle();
        }
        world.assert_equal();
        assert!(world.nodes[0].own == before.own, "seed {seed}");
    }
}

/// A partner of version 1 and a register that went back: alarm there, stop here, as ever.
#[test]
fn version_1_on_either_side_stops_as_before() {
    for old in 0..2 {
        let mut world = settled(&[3, 7]);
        world.nodes[0].lose_own(3);
        world.nodes[old].versions = vec![1];
        world.nodes[1 - old].peer_proves = false;
        world.reconnect();
        world.carry(1, usize::MAX);
        assert_eq!(world.ends[0].seen.behind, Some(7));
        assert_eq!(world.ends[0].seen.closed, Some(Reason::OwnRegisterBehind));
        let mut world = settled(&[3, 7]);
        world.nodes[0].lose_own(3);
        world.nodes[old].versions = vec![1];
        world.nodes[1 - old].peer_proves = false;
        world.reconnect();
        world.carry(0, usize::MAX);
        assert_eq!(world.ends[1].seen.closed, Some(Reason::Alarmed));
    }
}

/// A shorter register with another beginning is a fork, not a loss.
#[test]
fn inv_04_another_beginning_is_a_fork() {
    let mut world = settled(&[3, 7]);
    world.nodes[0].lose_own(2);
    world.nodes[0].append(entry(99));
    world.reconnect();
    world.carry(0, usize::MAX);
    let seen = &world.ends[1].seen;
    assert_eq!(seen.closed, Some(Reason::Alarmed));
    assert!(matches!(
        seen.alarms[..],
        [Evidence::Fork { at_size: 3, .. }]
    ));
}

/// `ma`, which lost all but two of seven leaves, in a recovery; and what an honest `fr` would lend.
fn asking() -> (World, Session, Batch) {
    let mut world = settled(&[2, 5, 7]);
    world.nodes[0].lose_own(2);
    world.reconnect();
    let hello = world.ends[1].take(usize::MAX);
    let session = world.nodes[0].session();
    let (session, _) = session.handle(Input::Connected {
        role: Role::Dialled,
        binding: Some(BINDING),
    });
    let (session, outputs) = session.handle(Input::Bytes(hello));
    assert!(
        matches!(outputs[0], Output::Recovering { .. }),
        "{outputs:?}"
    );
    assert_eq!(outputs[1], Output::WantOwnFrontier { size: 2 });
    let frontier = world.nodes[0].own_frontiers.last().cloned();
    let (session, outputs) = session.handle(Input::OwnFrontier { size: 2, frontier });
    let ask = Frame::Recover { from: 2 }.encode().unwrap();
    assert_eq!(outputs, [Output::Send(ask)]);
    let lent = world.nodes[1].lend(2);
    let batch = Batch {
        from: lent.from,
        items: lent.items,
        note: lent.checkpoint_note,
    };
    (world, session, batch)
}

fn hear(session: Session, frame: &Frame) -> Vec<Output> {
    let bytes = frame.encode().unwrap();
    session.handle(Input::Bytes(bytes)).1
}

/// Whatever a lying partner gives back, it is blamed and nothing reaches the driver.
#[test]
fn inv_12_a_lying_lender_is_blamed_and_changes_nothing() {
    let lies: &[fn(&World, &mut Batch)] = &[
        // Leaves that our checkpoint does not cover.
        |world, batch| {
            let other = Checkpoint::new(origin("ma", "fr", 0), 5, Digest([7; 32]));
            batch.note = sign_checkpoint(&other, &world.nodes[1].key).unwrap();
        },
        |_, batch| batch.items[0] = entry(77),
        |_, batch| batch.items[0].header = Some(b"another header".to_vec()),
        |_, batch| batch.items[0].header = None,
        |_, batch| batch.items.swap(0, 1),
        |_, batch| {
            batch.items.pop();
        },
        |_, batch| batch.items.clear(),
        |_, batch| batch.items.push(entry(78)),
        |_, batch| batch.from = 0,
        |_, batch| batch.from = 3,
        // More than was shown, even if it is truly ours.
        |_, batch| {
            let mut whole = settled(&[2, 5, 7]);
            whole.append(0, 4);
            batch.items = whole.nodes[0].own[2..].to_vec();
            batch.note = whole.nodes[0].note(11);
        },
    ];
    for (number, lie) in lies.iter().enumerate() {
        let (world, session, mut batch) = asking();
        lie(&world, &mut batch);
        let outputs = hear(session, &Frame::Recovered(batch));
        let error = LinkError::PeerDeviates(Deviation::BadRecovery);
        let told = Frame::Error {
            blame: Blame::DEVIATES,
            detail: 19,
        };
        let expected = [
            Output::Send(told.encode().unwrap()),
            Output::Close(Reason::Error(error)),
        ];
        assert_eq!(outputs, expected, "lie {number}");
    }
    let (_, session, batch) = asking();
    let outputs = hear(session, &Frame::Recovered(batch));
    assert!(
        matches!(outputs[..], [Output::Recover(_)]),
        "the truth is taken"
    );
}

/// Two checkpoints of one size under our own key: somebody else has it.
#[test]
fn inv_04_two_histories_under_our_own_key_are_an_alarm() {
    let (world, session, mut batch) = asking();
    batch.items = world.nodes[1].held[2..].to_vec();
    let mut forked = world.nodes[0].clone();
    (0..5).for_each(|n| forked.append(entry(50 + n)));
    batch.items = forked.own[2..].to_vec();
    batch.note = forked.note(7);
    let outputs = hear(session, &Frame::Recovered(batch));
    assert!(
        matches!(&outputs[0], Output::Alarm(e) if matches!(**e, Evidence::Fork { at_size: 7, .. }))
    );
}

/// During a recovery nothing else is heard, and a recovery that is not due is no way into our store.
#[test]
fn inv_12_frames_out_of_place_are_blamed() {
    let out_of_place = |outputs: Vec<Output>| {
        let last = outputs.last().cloned();
        let error = LinkError::PeerDeviates(Deviation::DuringRecovery);
        assert_eq!(last, Some(Output::Close(Reason::Error(error))));
    };
    let (_, session, batch) = asking();
    out_of_place(hear(session, &Frame::Batch(batch)));
    let (_, session, _) = asking();
    out_of_place(hear(session, &Frame::Recover { from: 0 }));
    for frame in [Frame::Recover { from: 0 }, Frame::Recovered(asking().2)] {
        let mut world = settled(&[3]);
        world.ends[0].input(&mut world.nodes[0], Input::Bytes(frame.encode().unwrap()));
        let error = LinkError::PeerDeviates(Deviation::DuringRecovery);
        assert_eq!(world.ends[0].seen.closed, Some(Reason::Error(error)));
    }
}

/// `ma`, whose key `ma` was replaced by `ma/2` with its third leaf, and what it says to a hello that claims this of its register.
fn hears_claim(own: u64, claim: &Node, size: u64) -> (Session, Vec<Output>) {
    let (old, new) = (signing_key("ma"), signing_key("ma/2"));
    let mut ma = replaced_key();
    ma.lose_own(own);
    let mut config = ma.config();
    let first = KeyHistory::new(old.verifying_key());
    config.own_keys = match own > 2 {
        true => first.changed_at(2, new.verifying_key()).unwrap(),
        false => first,
    };
    ma.key = if own > 2 { new.clone() } else { old.clone() };
    config.own.note = Some(ma.note(own));
    config.own_ring = vec![old.verifying_key(), new.verifying_key()];
    let session = Session::new(config, START_MS).unwrap();
    let connected = || Input::Connected {
        role: Role::Dialled,
        binding: Some(BINDING),
    };
    let (session, _) = session.handle(connected());
    let mut config = Node::older("fr", "ma").config();
    let at = usize::try_from(size).unwrap();
    config.held.frontier = claim.own_frontiers[at].clone();
    config.held.note = Some(claim.note(size));
    let (_, hello) = Session::new(config, START_MS).unwrap().handle(connected());
    let Some(Output::Send(hello)) = hello.into_iter().next() else {
        panic!("a hello")
    };
    session.handle(Input::Bytes(hello))
}

/// `ma` with seven leaves of which the third changed its key.
fn replaced_key() -> Node {
    let (old, new) = (signing_key("ma"), signing_key("ma/2"));
    let mut ma = Node::older("ma", "fr");
    let change = KeyChange::sign("ma", &old, &new, 5).unwrap();
    for number in 0..7 {
        ma.append(match number {
            2 => key_change(&change),
            other => entry(other),
        });
    }
    ma.key = new;
    ma
}

/// Whoever has a key that we replaced cannot make us take leaves of its invention for ours, nor close our node by a claim.
#[test]
fn rule_15_a_replaced_key_extends_nothing() {
    let blamed = |outputs: &[Output], deviation| {
        let error = LinkError::PeerDeviates(deviation);
        assert_eq!(outputs.last(), Some(&Output::Close(Reason::Error(error))));
        assert_eq!(outputs.len(), 2, "an error and the close: {outputs:?}");
    };
    let honest = replaced_key();
    let mut thief = replaced_key();
    thief.lose_own(4);
    (0..3).for_each(|n| thief.append(entry(50 + n)));
    thief.key = signing_key("ma");
    // Beyond what we have, and at sizes of which we know that the new key signed them.
    for (own, size) in [(4, 7), (4, 5), (4, 4), (4, 3)] {
        blamed(&hears_claim(own, &thief, size).1, Deviation::BadHeldClaim);
    }
    let early = hears_claim(4, &thief, 2).1;
    assert!(
        early.contains(&Output::WantOwnRoot { size: 2 }),
        "it signed that"
    );
    // Before the leaf of the change came back, both keys may have signed what is claimed; the leaves say which one did.
    for forged in [true, false] {
        let (session, outputs) = hears_claim(1, &honest, 7);
        assert_eq!(
            outputs[0],
            Output::Recovering {
                partner_holds: Some(7)
            }
        );
        let frontier = Some(honest.own_frontiers[1].clone());
        let (session, _) = session.handle(Input::OwnFrontier { size: 1, frontier });
        let signer = if forged { &thief } else { &honest };
        let batch = |from: usize, end: u64, signer: &Node| {
            Frame::Recovered(Batch {
                from: from as u64,
                items: honest.own[from..usize::try_from(end).unwrap()].to_vec(),
                note: signer.note(end),
            })
        };
        let bytes = batch(1, 4, signer).encode().unwrap();
        let (session, outputs) = session.handle(Input::Bytes(bytes));
        if forged {
            blamed(&outputs, Deviation::BadRecovery);
            continue;
        }
        assert!(matches!(outputs[..], [Output::Recover(_)]), "{outputs:?}");
        let (session, _) = session.handle(Input::Recovered { size: 4 });
        let outputs = hear(session, &batch(4, 7, &honest));
        assert!(matches!(outputs[..], [Output::Recover(_)]), "{outputs:?}");
    }
}

/// A borrower that asks for what it has, or beyond the end, is blamed.
#[test]
fn inv_12_a_borrower_asks_only_for_what_it_lacks() {
    for from in [0, 1, 7, 8, u64::MAX] {
        let mut world = settled(&[2, 5, 7]);
        world.nodes[0].lose_own(2);
        world.reconnect();
        let hello = world.ends[0].take(usize::MAX);
        let hello_only = hello[..frame_length(&hello)].to_vec();
        world.ends[1].input(&mut world.nodes[1], Input::Bytes(hello_only));
        let ask = Frame::Recover { from }.encode().unwrap();
        world.ends[1].input(&mut world.nodes[1], Input::Bytes(ask));
        let error = LinkError::PeerDeviates(Deviation::BadRecovery);
        assert_eq!(
            world.ends[1].seen.closed,
            Some(Reason::Error(error)),
            "{from}"
        );
    }
}
