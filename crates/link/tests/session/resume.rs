//! Two honest nodes over pipes that fragment, cut and lose: in the end both hold the same.

use crate::world::*;
use entente_link::frame::{BlobRefusalCode, BlobRequest, LedgerDigest};
use entente_link::*;
use entente_proof::checkpoint::{Checkpoint, origin, sign_checkpoint};
use entente_proof::digest::sha256;
use entente_proof::leaf::KeyChange;

#[test]
fn two_empty_nodes_open_and_everything_flows_both_ways() {
    let mut world = World::new();
    world.settle();
    assert!(world.ends[0].session().is_open() && world.ends[1].session().is_open());
    world.append(0, 10);
    world.append(1, 3);
    world.settle();
    world.assert_equal();
    // Ten entries and the receipt for three; three entries and a receipt for ten: receipts are not receipted by leaves.
    assert_eq!((world.nodes[0].size(), world.nodes[1].size()), (11, 4));
}

#[test]
fn one_byte_at_a_time_is_as_good_as_any_fragmentation() {
    let mut world = World::new();
    world.append(0, 5);
    loop {
        let mut moved = world.carry(0, 1) | world.carry(1, 1);
        for side in 0..2 {
            moved |= world.ends[side].store_one(&mut world.nodes[side]);
        }
        if !moved {
            break;
        }
    }
    world.assert_equal();
}

/// Invariant 3: cut after every single byte of a conversation; after a reconnect both are equal, whatever was lost.
#[test]
fn a_cut_at_every_byte_loses_nothing() {
    let mut whole = World::new();
    whole.append(0, 3);
    whole.settle();
    for (side, stored_before_cut) in [(0, false), (0, true), (1, false), (1, true)] {
        for cut in 0..2500 {
            let mut world = World::new();
            world.append(0, 3);
            // The other direction flows freely, this one is cut.
            let mut left = cut;
            loop {
                let before = world.ends[side].outgoing.len();
                let mut moved = world.carry(side, left);
                left -= before - world.ends[side].outgoing.len().min(before);
                moved |= world.carry(1 - side, usize::MAX);
                if stored_before_cut || left > 0 {
                    for end in 0..2 {
                        moved |= world.ends[end].store_one(&mut world.nodes[end]);
                    }
                }
                if !moved {
                    break;
                }
            }
            let exhausted = left > 0;
            world.reconnect();
            world.settle();
            world.assert_equal();
            if exhausted {
                break;
            }
        }
    }
}

/// Random fragments, cuts, slow and interrupted stores, partners that go back: always equal in the end.
#[test]
fn random_faults_always_end_equal() {
    for seed in 0..300 {
        let mut rng = Rng::new(seed + 1);
        let mut world = World::new();
        world
            .nodes
            .iter_mut()
            .for_each(|node| node.max_batch = 1 + usize::try_from(seed % 7).unwrap());
        for _ in 0..150 {
            let side = usize::try_from(rng.below(2)).unwrap();
            match rng.below(12) {
                0..=1 => world.append(side, 1 + rng.below(9)),
                2..=6 => {
                    let count = usize::try_from(1 + rng.below(900)).unwrap();
                    world.carry(side, count);
                }
                7..=9 => {
                    world.ends[side].store_one(&mut world.nodes[side]);
                }
                10 => {
                    // Crash after the store, before the session learned of it.
                    if let Some(batch) = world.ends[side].to_store.pop_front() {
                        world.nodes[side].store(&batch);
                        world.reconnect();
                    }
                }
                _ => {
                    if rng.below(3) == 0 {
                        let [a, b] = &mut world.nodes;
                        let (node, partner) = if side == 0 { (a, b) } else { (b, a) };
                        let back = rng.below(node.held.len() as u64 + 1);
                        node.lose_held(back, partner);
                    }
                    world.reconnect();
                }
            }
            for end in &world.ends {
                assert_eq!(end.seen.closed, None, "seed {seed}");
            }
        }
        world.settle();
        world.assert_equal();
    }
}

#[test]
fn the_window_bounds_what_is_on_the_way() {
    let mut world = World::new();
    world.nodes[0].max_batch = 1;
    world.settle();
    world.append(0, 50);
    while world.carry(0, usize::MAX) || world.carry(1, usize::MAX) {}
    // Nothing stored: one batch is with the driver, the rest of the window waits in the session.
    assert_eq!(world.ends[1].to_store.len(), 1);
    assert_eq!(
        world.ends[0].session().counters().frames_out,
        2 + limits::WINDOW as u64,
        "hello, proof, batches"
    );
    assert!(world.ends[1].store_one(&mut world.nodes[1]));
    assert_eq!(
        world.ends[1].to_store.len(),
        1,
        "the next batch comes without waiting for the wire"
    );
    world.settle();
    world.assert_equal();
}

#[test]
fn a_partner_that_goes_back_gets_everything_again() {
    let mut world = World::new();
    world.append(0, 20);
    world.settle();
    for back in [20, 13, 1, 0] {
        let [a, b] = &mut world.nodes;
        b.lose_held(back, a);
        world.reconnect();
        world.settle();
        assert_eq!(world.ends[0].seen.closed, None);
        world.assert_equal();
    }
}

/// A cosignature that was stored but never arrived comes with the next hello, unchanged.
#[test]
fn a_lost_cosignature_comes_with_the_next_hello() {
    let mut world = World::new();
    world.nodes[1].receipts = false;
    world.append(0, 4);
    while world.carry(0, usize::MAX) || world.carry(1, usize::MAX) {}
    world.ends[1].store_one(&mut world.nodes[1]);
    assert_eq!(world.nodes[0].cosigned, 0);
    world.reconnect();
    // The hello, and the proof of who said it.
    for side in [1, 0, 1] {
        world.carry(side, usize::MAX);
    }
    assert_eq!(world.nodes[0].cosigned, 4);
}

#[test]
fn attachments_resume_in_the_middle_and_are_refused_while_suspended() {
    let mut world = World::new();
    let entry = sha256(b"entry");
    let chunks = vec![
        vec![1; limits::CHUNK],
        vec![2; limits::CHUNK],
        vec![3; limits::CHUNK],
        vec![4; 10],
    ];
    world.nodes[0]
        .attachments
        .insert((entry, 2), chunks.clone());
    world.settle();
    let ask = |first, count| {
        Input::RequestBlob(BlobRequest {
            entry,
            index: 2,
            first,
            count,
        })
    };
    let [_, b] = &mut world.nodes;
    world.ends[1].input(b, ask(0, 2));
    world.settle();
    world.ends[1].input(&mut world.nodes[1], ask(2, limits::MAX_BLOB_COUNT));
    world.settle();
    let got: Vec<_> = world.ends[1]
        .seen
        .chunks
        .iter()
        .map(|c| c.bytes.clone())
        .collect();
    assert_eq!(got, chunks);
    assert!(world.ends[1].seen.chunks[3].last);

    world.ends[0].input(&mut world.nodes[0], Input::Suspend { on: true });
    world.settle();
    assert!(world.ends[1].seen.flags[0].suspended());
    world.ends[1].input(&mut world.nodes[1], ask(0, 1));
    world.settle();
    assert_eq!(
        world.ends[1].seen.refused[0].code,
        BlobRefusalCode::SUSPENDED
    );
    // Suspension stops content, never the session: the register goes on.
    world.append(1, 2);
    world.settle();
    world.assert_equal();
    world.ends[0].input(&mut world.nodes[0], Input::Suspend { on: false });
    world.settle();
    world.ends[1].input(
        &mut world.nodes[1],
        Input::RequestBlob(BlobRequest {
            entry,
            index: 9,
            first: 0,
            count: 1,
        }),
    );
    world.settle();
    assert_eq!(world.ends[1].seen.refused[1].code, BlobRefusalCode::UNKNOWN);
}

/// For measuring by hand: `cargo test -p entente-link throughput -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[expect(
    clippy::disallowed_methods,
    reason = "a measurement reads the real clock"
)]
fn throughput() {
    let mut world = World::new();
    world.nodes.iter_mut().for_each(|node| {
        node.receipts = false;
        node.max_batch = 500;
    });
    world.settle();
    for number in 0..100_000 {
        let mut item = entry(number);
        item.body = Body::Present {
            salt: [1; 16],
            bytes: vec![0x55; 600],
        };
        world.nodes[0].append(item);
    }
    let start = std::time::Instant::now();
    let size = world.nodes[0].size();
    world.ends[0].input(&mut world.nodes[0], Input::OwnGrown { size });
    world.settle();
    println!("100000 entries in {:?}", start.elapsed());
    world.assert_equal();
}

#[test]
fn ledger_digests_cross() {
    let mut world = World::new();
    world.settle();
    let digest = LedgerDigest {
        out_size: 7,
        in_size: 9,
        instant_ms: -3,
        digest: sha256(b"ledger"),
    };
    world.ends[0].input(&mut world.nodes[0], Input::LedgerDigest(digest));
    world.settle();
    assert_eq!(world.ends[1].seen.digests, vec![digest]);
}

#[test]
fn cards_cross_as_they_were_sent() {
    let mut world = World::new();
    let card = vec![8; 1_500];
    world.ends[0].input(&mut world.nodes[0], Input::Card(card.clone()));
    let early = world.ends[0].seen.closed.clone();
    assert_eq!(early, Some(Reason::Error(LinkError::OurBug(Bug::NotOpen))));
    let mut world = World::new();
    world.settle();
    world.ends[0].input(&mut world.nodes[0], Input::Card(card.clone()));
    world.settle();
    assert_eq!(world.ends[1].seen.cards, vec![card]);
}

#[test]
fn over_quota_stops_reading_and_loses_nothing() {
    let mut world = World::new();
    world.settle();
    world.ends[1].input(&mut world.nodes[1], Input::OverQuota { over: true });
    assert!(world.ends[1].seen.paused);
    world.append(0, 9);
    world.settle();
    assert_eq!(world.nodes[1].held.len(), 0);
    // A long pause is no silence: it is we who do not read.
    let now_ms = START_MS + 40_000;
    world.ends[1].input(&mut world.nodes[1], Input::Tick { now_ms });
    world.carry(1, usize::MAX);
    world.ends[1].input(
        &mut world.nodes[1],
        Input::Tick {
            now_ms: now_ms + 40_000,
        },
    );
    world.ends[1].input(&mut world.nodes[1], Input::OverQuota { over: false });
    assert!(!world.ends[1].seen.paused);
    world.settle();
    world.assert_equal();
}

#[test]
fn timeouts_ping_and_silence() {
    let mut world = World::new();
    let tick = |world: &mut World, side: usize, after_ms: i64| {
        let now_ms = START_MS + after_ms;
        world.ends[side].input(&mut world.nodes[side], Input::Tick { now_ms });
    };
    // No hello within ten seconds.
    tick(&mut world, 0, 9_999);
    assert_eq!(world.ends[0].seen.closed, None);
    tick(&mut world, 0, 10_000);
    assert_eq!(world.ends[0].seen.closed, Some(Reason::HelloTimeout));

    let mut world = World::new();
    world.settle();
    tick(&mut world, 0, 14_999);
    assert!(world.ends[0].outgoing.is_empty());
    tick(&mut world, 0, 15_000);
    assert_eq!(
        world.ends[0].outgoing,
        [0, 0, 0, 2, 9, 0xa0],
        "a ping frame"
    );
    tick(&mut world, 1, 15_000);
    world.settle();
    tick(&mut world, 0, 59_999);
    assert_eq!(world.ends[0].seen.closed, None);
    // The clock goes back an hour: time passed stays passed, pings go on.
    world.ends[0].outgoing.clear();
    let hour = 3_600_000;
    tick(&mut world, 0, 59_999 - hour);
    assert_eq!(world.ends[0].seen.closed, None);
    tick(&mut world, 0, 60_000 - hour);
    assert_eq!(world.ends[0].seen.closed, Some(Reason::Silence));
}

#[test]
fn busy_requested_and_storage_closes_are_told_apart() {
    for (input, here, there) in [
        (Input::Busy, Reason::Busy, Some(Reason::Busy)),
        (
            Input::StorageFailed,
            Reason::StorageFailed,
            Some(Reason::PeerReported {
                blame: Blame::STORAGE,
                detail: 0,
            }),
        ),
        (Input::Close, Reason::Requested, None),
        (Input::Disconnected, Reason::Disconnected, None),
    ] {
        let mut world = World::new();
        world.ends[1].input(&mut world.nodes[1], input);
        world.settle();
        assert_eq!(world.ends[1].seen.closed, Some(here));
        assert_eq!(world.ends[0].seen.closed, there);
    }
}

/// Rule 15: a key change is a leaf signed by both keys; the session follows it, also for a partner that was away.
#[test]
fn a_key_change_is_followed_on_both_sides() {
    let mut world = World::new();
    world.nodes[1].receipts = false;
    world.append(0, 2);
    world.settle();
    let new = signing_key("ma, second key");
    let change = KeyChange::sign("ma", &world.nodes[0].key, &new, 5).unwrap();
    world.nodes[0].append(key_change(&change));
    let old = world.nodes[0].key.clone();
    world.nodes[0].key = new.clone();
    world.append(0, 1);
    world.settle();
    assert_eq!(world.nodes[1].held.len(), 4);
    assert_eq!(world.nodes[0].cosigned, 4);

    // The partner was away and meets the new key in the hello first. In version 2, told by hand.
    for node in &mut world.nodes {
        (node.versions, node.peer_proves) = (vec![2, 1], false);
    }
    let away = &mut world.nodes[1];
    away.held.truncate(2);
    away.held_frontiers.truncate(3);
    let root = away.held_frontiers[2].root();
    let checkpoint = Checkpoint::new(origin("ma", "fr", 0), 2, root);
    away.held_note = Some(sign_checkpoint(&checkpoint, &old).unwrap());
    away.cosignature = None;
    let mut config = world.nodes[0].config();
    config.own_keys = KeyHistory::new(old.verifying_key())
        .changed_at(2, new.verifying_key())
        .unwrap();
    let (sender, hello) = Session::new(config, START_MS)
        .unwrap()
        .handle(Input::Connected {
            role: Role::Dialled,
            binding: Some(BINDING),
        });
    let (receiver, answer) = world.nodes[1].session().handle(Input::Connected {
        role: Role::Accepted,
        binding: Some(BINDING),
    });
    let (sender, outputs) = sender.handle(Input::Bytes(sent(&answer)));
    assert!(outputs.contains(&Output::WantOwnRoot { size: 2 }));
    let root = Some(world.nodes[0].own_frontiers[2].root());
    let (sender, outputs) = sender.handle(Input::OwnRoot { size: 2, root });
    assert!(
        matches!(outputs.last(), Some(Output::ResumeReading)),
        "{outputs:?}"
    );
    let (_, outputs) = sender.handle(Input::Batch(world.nodes[0].out_batch(2, 10)));
    let bytes = [sent(&hello), sent(&outputs)].concat();
    let (_, outputs) = receiver.handle(Input::Bytes(bytes));
    assert!(
        matches!(&outputs[..], [Output::Established { .. }, Output::Deliver(batch)] if batch.items.len() == 2)
    );
}

/// Rule 15: nothing further is taken that a key signed which was declared compromised; a batch that the newer key signed brings what waited.
///
/// Take out: in `link/src/session/receiving.rs`, the key's refusal.
#[test]
fn rule_15_a_compromised_key_signs_nothing_further() {
    for changes in [false, true] {
        let mut world = World::new();
        world.nodes[1].receipts = false;
        world.append(0, 2);
        world.settle();
        let old = world.nodes[0].key.verifying_key();
        world.nodes[1].peer_refused = vec![old];
        world.reconnect();
        world.settle();
        // What is held already is no reason to stop.
        assert!(world.ends[1].seen.established);
        world.nodes[0].append(entry(70));
        if changes {
            let new = signing_key("ma, second key");
            world.nodes[0].change_key(new, 5);
        }
        world.reconnect();
        world.settle();
        let (held, closed) = (world.nodes[1].held.len(), &world.ends[1].seen.closed);
        if changes {
            assert_eq!((held, closed), (4, &None), "under the newer key");
            continue;
        }
        assert_eq!(held, 2);
        let refused = LinkError::PeerDeviates(Deviation::CompromisedKey);
        assert_eq!(closed, &Some(Reason::Error(refused)));
        let told = Some(Reason::PeerReported {
            blame: Blame::DEVIATES,
            detail: 23,
        });
        assert_eq!(world.ends[0].seen.closed, told);
    }
}

fn sent(outputs: &[Output]) -> Vec<u8> {
    let frames = outputs.iter().filter_map(|output| match output {
        Output::Send(bytes) => Some(bytes.as_slice()),
        _ => None,
    });
    frames.collect::<Vec<_>>().concat()
}
