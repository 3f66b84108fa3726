//! One session against a hostile partner: exact errors, exact evidence, never a panic (DESIGN invariants 4 and 12).
//!
//! Told by hand in version 2; what version 3 puts before it is in `presence.rs`, and the states it brings are among those here.

use crate::world::*;
use entente_link::error::*;
use entente_link::frame::*;
use entente_link::*;
use entente_proof::checkpoint::{Checkpoint, origin, sign_checkpoint};
use entente_proof::cosign::{cosign_line, cosigner_name};
use entente_proof::digest::{Digest, sha256};
use entente_proof::merkle::{Frontier, empty_root, leaf_hash};
use proptest::prelude::*;

/// `ma`, the hostile one, with this many entries.
fn ma(entries: u64) -> Node {
    let mut node = Node::older("ma", "fr");
    (0..entries).for_each(|number| node.append(entry(number)));
    node
}

/// `fr`, which holds the first `size` leaves of `ma`.
fn fr_holding(ma: &Node, size: u64) -> Node {
    let mut node = Node::older("fr", "ma");
    let keep = usize::try_from(size).unwrap();
    node.held = ma.own[..keep].to_vec();
    node.held_frontiers = ma.own_frontiers[..=keep].to_vec();
    node.held_note = (size > 0).then(|| ma.note(size));
    node
}

fn hello_of(node: &Node) -> Hello {
    let (_, outputs) = node.session().handle(Input::Connected {
        role: Role::Dialled,
        binding: Some(BINDING),
    });
    let [Output::Send(bytes)] = &outputs[..] else {
        panic!("{outputs:?}");
    };
    match Frame::decode(FrameType::HELLO, &bytes[5..]) {
        Ok(Frame::Hello(hello)) => *hello,
        other => panic!("{other:?}"),
    }
}

fn connected(fr: &Node) -> Session {
    fr.session()
        .handle(Input::Connected {
            role: Role::Accepted,
            binding: Some(BINDING),
        })
        .0
}

fn feed(session: Session, frame: &Frame) -> (Session, Vec<Output>) {
    session.handle(Input::Bytes(frame.encode().unwrap()))
}

/// `fr` open towards `ma`.
fn open(ma: &Node, fr: &Node) -> Session {
    let (session, outputs) = feed(connected(fr), &Frame::Hello(Box::new(hello_of(ma))));
    assert!(session.is_open(), "{outputs:?}");
    session
}

/// The outputs must be exactly: tell the partner, close with this error.
fn assert_error(outputs: &[Output], error: impl Into<LinkError>) {
    let error = error.into();
    let (blame, detail) = error.code();
    let told = Frame::Error { blame, detail }.encode().unwrap();
    assert_eq!(
        outputs,
        [Output::Send(told), Output::Close(Reason::Error(error))]
    );
}

fn assert_malformed(outputs: &[Output], malformed: Malformed) {
    assert_error(outputs, LinkError::Malformed(malformed));
}

fn assert_alarm(outputs: &[Output], evidence: &Evidence) {
    let (blame, detail) = (Blame::HISTORY, 0);
    let told = Frame::Error { blame, detail }.encode().unwrap();
    assert_eq!(
        outputs,
        [
            Output::Alarm(Box::new(evidence.clone())),
            Output::Send(told),
            Output::Close(Reason::Alarmed)
        ]
    );
    assert_eq!(Evidence::decode(&evidence.encode()).as_ref(), Ok(evidence));
    let keys = ["ma", "fr"].map(|name| signing_key(name).verifying_key());
    assert_eq!(evidence.check(&keys), Ok(()));
}

fn batch_of(node: &Node, from: u64, count: usize) -> Batch {
    let batch = node.out_batch(from, count);
    Batch {
        from,
        items: batch.items,
        note: batch.checkpoint_note,
    }
}

/// The same register up to `common`, then another history up to `size`.
fn forked(common: u64, size: u64) -> Node {
    let mut node = ma(common);
    (common..size).for_each(|number| node.append(entry(1000 + number)));
    node
}

fn root(node: &Node, size: u64) -> Digest {
    node.own_frontiers[usize::try_from(size).unwrap()].root()
}

fn fork_evidence(held: &Node, held_at: u64, offered: &Node, offered_at: u64, at: u64) -> Evidence {
    Evidence::Fork {
        register: origin("ma", "fr", 0),
        held_note: held.note(held_at),
        offered_note: offered.note(offered_at),
        at_size: at,
        held_root: root(held, at),
        offered_root: root(offered, at),
    }
}

// --- Histories that contradict each other (invariant 4) ---

#[test]
fn inv_04_a_fork_shown_in_hello_is_an_alarm() {
    let (honest, liar) = (ma(5), forked(3, 5));
    let fr = fr_holding(&honest, 5);
    let (_, outputs) = feed(connected(&fr), &Frame::Hello(Box::new(hello_of(&liar))));
    assert_alarm(&outputs, &fork_evidence(&honest, 5, &liar, 5, 5));
}

#[test]
fn inv_04_a_fork_in_resent_batches_is_an_alarm_wherever_it_lies() {
    let (honest, liar) = (ma(8), forked(3, 12));
    let fr = fr_holding(&honest, 8);
    // Ends where we are; ends below (a lookup is needed); goes on beyond us.
    let (_, outputs) = feed(open(&honest, &fr), &Frame::Batch(batch_of(&liar, 2, 6)));
    assert_alarm(&outputs, &fork_evidence(&honest, 8, &liar, 8, 8));

    let (session, outputs) = feed(open(&honest, &fr), &Frame::Batch(batch_of(&liar, 2, 4)));
    assert_eq!(
        outputs,
        [Output::WantHeldFrontier { size: 6 }, Output::PauseReading]
    );
    let answer = |size: usize| Input::HeldFrontier {
        size: size as u64,
        frontier: Some(honest.own_frontiers[size].clone()),
    };
    let (_, outputs) = session.handle(answer(6));
    assert_alarm(&outputs, &fork_evidence(&honest, 8, &liar, 6, 6));

    let (session, outputs) = feed(open(&honest, &fr), &Frame::Batch(batch_of(&liar, 2, 10)));
    assert_eq!(outputs[0], Output::WantHeldFrontier { size: 2 });
    let (_, outputs) = session.handle(answer(2));
    assert_alarm(&outputs, &fork_evidence(&honest, 8, &liar, 12, 8));
}

#[test]
fn inv_04_a_rollback_is_an_alarm_here_and_recovery_there() {
    let old = |mut node: Node| {
        node.versions = vec![1];
        node
    };
    let (before, restored) = (ma(9), old(ma(4)));
    let fr = old(fr_holding(&before, 9));
    let (_, outputs) = feed(connected(&fr), &Frame::Hello(Box::new(hello_of(&restored))));
    let rollback = |claimed: &Node| Evidence::Rollback {
        register: origin("ma", "fr", 0),
        held_note: before.note(9),
        claimed_size: claimed.size(),
        claimed_note: (claimed.size() > 0).then(|| claimed.note(claimed.size())),
    };
    assert_alarm(&outputs, &rollback(&restored));
    for size in [0, 1, 8] {
        let less = ma(size);
        let (_, outputs) = feed(connected(&fr), &Frame::Hello(Box::new(hello_of(&less))));
        assert_alarm(&outputs, &rollback(&less));
    }

    // The restored node itself learns that it is behind, and signs and sends nothing.
    let (_, outputs) = feed(connected(&restored), &Frame::Hello(Box::new(hello_of(&fr))));
    let (blame, detail) = (Blame::OWN_BEHIND, 0);
    let expected = [
        Output::OwnBehind { partner_holds: 9 },
        Output::Send(Frame::Error { blame, detail }.encode().unwrap()),
        Output::Close(Reason::OwnRegisterBehind),
    ];
    assert_eq!(outputs, expected);
}

/// A node that was restored and wrote on: it learns from the partner's hello that it forked itself.
#[test]
fn inv_04_a_node_that_forked_itself_learns_it_before_sending() {
    let (before, forked) = (ma(6), forked(4, 9));
    let fr = fr_holding(&before, 6);
    let (session, outputs) = feed(connected(&forked), &Frame::Hello(Box::new(hello_of(&fr))));
    assert_eq!(
        outputs,
        [Output::WantOwnRoot { size: 6 }, Output::PauseReading]
    );
    let (_, outputs) = session.handle(Input::OwnRoot {
        size: 6,
        root: Some(root(&forked, 6)),
    });
    let evidence = fork_evidence(&before, 6, &forked, 9, 6);
    assert_alarm(&outputs, &evidence);
}

/// The leaves do not lead to the signed root: the bytes, or the signature, lie.
#[test]
fn inv_04_a_history_that_does_not_lead_to_its_checkpoint_is_tampered() {
    let (honest, liar) = (ma(8), forked(3, 12));
    let fr = fr_holding(&honest, 8);
    let frame = Frame::Batch(batch_of(&liar, 8, 4));
    let bytes = frame.encode().unwrap();
    let (_, outputs) = feed(open(&honest, &fr), &frame);
    let mut frontier = honest.own_frontiers[8].clone();
    liar.own[8..12]
        .iter()
        .for_each(|item| frontier.append(leaf_hash(&item.leaf)));
    let evidence = Evidence::Tampered {
        register: origin("ma", "fr", 0),
        held_note: Some(honest.note(8)),
        offered_note: liar.note(12),
        from: 8,
        cause: TamperCause::Root {
            computed: frontier.root(),
        },
        batch_digest: sha256(&bytes[5..]),
    };
    assert_alarm(&outputs, &evidence);
}

/// Every byte of a batch frame flipped, in two ways. Nothing altered is ever delivered but a body, which the driver checks
/// against the header's commitment; leaves and headers raise the alarm.
#[test]
fn inv_04_every_flipped_byte_of_a_batch_is_found() {
    let ma = ma(4);
    let fr = fr_holding(&ma, 0);
    let batch = batch_of(&ma, 0, 4);
    let bytes = Frame::Batch(batch.clone()).encode().unwrap();
    let find = |needle: &[u8]| {
        let at = bytes.windows(needle.len()).position(|w| w == needle);
        at.unwrap()..at.unwrap() + needle.len()
    };
    let mut bound = Vec::new();
    let mut bodies = Vec::new();
    for item in &batch.items {
        bound.push(find(&item.leaf));
        bound.push(find(item.header.as_ref().unwrap()));
        if let Body::Present { salt, bytes } = &item.body {
            bodies.push(find(salt));
            bodies.push(find(bytes));
        }
    }
    let note = find(batch.note.as_bytes());
    for position in 0..bytes.len() {
        for flip in [0x01, 0x80] {
            let mut altered = bytes.clone();
            altered[position] ^= flip;
            let (_, outputs) = open(&ma, &fr).handle(Input::Bytes(altered));
            let inside = |ranges: &[std::ops::Range<usize>]| {
                ranges.iter().any(|range| range.contains(&position))
            };
            if inside(&bound) {
                assert!(
                    matches!(&outputs[0], Output::Alarm(evidence)
                        if matches!(**evidence, Evidence::Tampered { .. })),
                    "byte {position}: {outputs:?}"
                );
                assert_eq!(outputs.last(), Some(&Output::Close(Reason::Alarmed)));
            } else if inside(&bodies) {
                let [Output::Deliver(got)] = &outputs[..] else {
                    panic!("byte {position}: {outputs:?}");
                };
                assert!(got.items != batch.items, "byte {position}");
                let bound = |items: &[Item]| -> Vec<_> {
                    let parts = items.iter().map(|i| (i.leaf.clone(), i.header.clone()));
                    parts.collect()
                };
                assert_eq!(bound(&got.items), bound(&batch.items));
            } else if note.contains(&position) {
                let malformed = Malformed::NotDeterministic(FrameType::BATCH);
                let not_utf8 = [Output::Close(Reason::Error(LinkError::Malformed(
                    malformed,
                )))];
                if outputs.last() != not_utf8.last() {
                    assert_error(&outputs, Deviation::BadCheckpoint);
                }
            } else {
                // Frame and map structure: whatever is made of it, nothing false is delivered.
                for output in &outputs {
                    if let Output::Deliver(got) = output {
                        assert_eq!(got.leaf_hashes.len(), 4, "byte {position}");
                        assert_eq!(got.frontier_after.root(), root(&ma, 4));
                    }
                }
            }
        }
    }
}

/// What nothing signed binds never reaches the driver.
#[test]
fn unbound_bytes_are_dropped() {
    let mut ma = ma(0);
    let stray = Body::Present {
        salt: [0; 16],
        bytes: b"stray".to_vec(),
    };
    for leaf in [vec![5; 33], vec![77, 1, 2, 3]] {
        ma.append(Item {
            leaf,
            header: Some(b"stray".to_vec()),
            body: stray.clone(),
        });
    }
    let mut headless = entry(7);
    headless.header = None;
    headless.body = stray;
    ma.append(headless);
    let (_, outputs) = feed(
        open(&ma, &fr_holding(&ma, 0)),
        &Frame::Batch(batch_of(&ma, 0, 3)),
    );
    let [Output::Deliver(batch)] = &outputs[..] else {
        panic!("{outputs:?}");
    };
    for (got, sent) in batch.items.iter().zip(&ma.own) {
        assert_eq!(
            got.leaf, sent.leaf,
            "invariant 14: the leaf is kept byte for byte"
        );
        assert_eq!((&got.header, &got.body), (&None, &Body::Absent));
    }
}

// --- Replay and order ---

#[test]
fn a_replayed_conversation_changes_nothing() {
    let ma = ma(6);
    let mut fr = fr_holding(&ma, 0);
    let first = Frame::Batch(batch_of(&ma, 0, 4));
    let (session, outputs) = feed(open(&ma, &fr), &first);
    let [Output::Deliver(batch)] = &outputs[..] else {
        panic!("{outputs:?}");
    };
    // Before and after it is stored, whole, and as the beginning of a longer one.
    let (session, outputs) = feed(session, &first);
    assert_eq!(outputs, []);
    let (session, outputs) = session.handle(fr.store(batch));
    assert!(matches!(&outputs[..], [Output::Send(_)]));
    let (session, outputs) = feed(session, &first);
    assert_eq!(outputs, []);
    let (session, outputs) = feed(session, &Frame::Batch(batch_of(&ma, 0, 6)));
    let [Output::Deliver(batch)] = &outputs[..] else {
        panic!("{outputs:?}");
    };
    assert_eq!((batch.from, batch.items.len()), (4, 2));
    let (session, _) = session.handle(fr.store(batch));
    // A shorter one that ends inside what is stored.
    let (session, outputs) = feed(session, &Frame::Batch(batch_of(&ma, 1, 2)));
    assert_eq!(outputs[0], Output::WantHeldFrontier { size: 3 });
    let frontier = Some(ma.own_frontiers[3].clone());
    let (session, outputs) = session.handle(Input::HeldFrontier { size: 3, frontier });
    assert_eq!(outputs, [Output::ResumeReading]);
    // Yesterday's hello on today's connection.
    let (_, outputs) = feed(session, &Frame::Hello(Box::new(hello_of(&ma))));
    assert_error(&outputs, Deviation::SecondHello);
}

#[test]
fn batches_out_of_order_have_exact_errors() {
    let ma = ma(40);
    let fr = fr_holding(&ma, 2);
    let check = |batch: Batch, deviation: Deviation| {
        let (_, outputs) = feed(open(&ma, &fr), &Frame::Batch(batch));
        assert_error(&outputs, deviation);
    };
    check(batch_of(&ma, 3, 1), Deviation::Gap);
    let mut empty = batch_of(&ma, 2, 1);
    empty.items.clear();
    check(empty, Deviation::EmptyBatch);
    let mut short = batch_of(&ma, 2, 3);
    short.items.pop();
    check(short, Deviation::SizeMismatch);
    let mut far = batch_of(&ma, 2, 3);
    far.from = u64::MAX;
    check(far, Deviation::SizeMismatch);
    let mut unsigned = batch_of(&ma, 2, 3);
    let stranger = signing_key("stranger");
    let checkpoint = Checkpoint::new(origin("ma", "fr", 0), 5, root(&ma, 5));
    unsigned.note = sign_checkpoint(&checkpoint, &stranger).unwrap();
    check(unsigned, Deviation::BadCheckpoint);
    let mut other_register = batch_of(&ma, 2, 3);
    let checkpoint = Checkpoint::new(origin("ma", "fr", 1), 5, root(&ma, 5));
    other_register.note = sign_checkpoint(&checkpoint, &ma.key).unwrap();
    check(other_register, Deviation::BadCheckpoint);

    // A batch that cuts one that is verified but not stored: nobody can look it up, and no honest sender does it.
    let (session, _) = feed(open(&ma, &fr), &Frame::Batch(batch_of(&ma, 2, 4)));
    let (_, outputs) = feed(session, &Frame::Batch(batch_of(&ma, 4, 4)));
    assert_error(&outputs, Deviation::MisalignedOverlap);

    let mut session = open(&ma, &fr);
    for from in 2..2 + limits::WINDOW as u64 {
        let (next, outputs) = feed(session, &Frame::Batch(batch_of(&ma, from, 1)));
        assert!(!next.is_closed(), "{outputs:?}");
        session = next;
    }
    let from = 2 + limits::WINDOW as u64;
    let (_, outputs) = feed(session, &Frame::Batch(batch_of(&ma, from, 1)));
    assert_error(&outputs, Deviation::WindowExceeded);
}

// --- Hello ---

#[test]
fn a_wrong_hello_has_an_exact_error() {
    let ma = ma(3);
    let fr = fr_holding(&ma, 2);
    let check = |change: &dyn Fn(&mut Hello), error: LinkError| {
        let mut hello = hello_of(&ma);
        change(&mut hello);
        let (_, outputs) = feed(connected(&fr), &Frame::Hello(Box::new(hello)));
        assert_error(&outputs, error);
    };
    let deviates = LinkError::PeerDeviates;
    check(
        &|h| h.node = "es".to_owned(),
        deviates(Deviation::WrongNode),
    );
    check(
        &|h| h.to = "es".to_owned(),
        deviates(Deviation::WrongAddressee),
    );
    check(
        &|h| h.own_generation = 1,
        deviates(Deviation::WrongGeneration),
    );
    check(
        &|h| h.peer_generation = 1,
        deviates(Deviation::WrongGeneration),
    );
    check(&|h| h.size = 4, deviates(Deviation::SizeMismatch));
    check(&|h| h.note = None, deviates(Deviation::SizeMismatch));
    check(
        &|h| h.note = Some("x".to_owned()),
        deviates(Deviation::BadCheckpoint),
    );
    check(&|h| h.held.size = 1, deviates(Deviation::SizeMismatch));
    check(
        &|h| h.held.root = Digest([0; 32]),
        deviates(Deviation::BadHeldClaim),
    );
    check(
        &|h| h.held.cosignature = Some("x".to_owned()),
        deviates(Deviation::BadHeldClaim),
    );
    // A claim of more than we have, not signed by us, is a lie and no reason to recover.
    let lie = Checkpoint::new(origin("fr", "ma", 0), 7, Digest([1; 32]));
    let lie = sign_checkpoint(&lie, &ma.key).unwrap();
    check(
        &|h| {
            h.held.size = 7;
            h.held.root = Digest([1; 32]);
            h.held.note = Some(lie.clone());
        },
        deviates(Deviation::BadHeldClaim),
    );
    check(
        &|h| h.versions = vec![8, 9],
        LinkError::NoCommonVersion {
            ours: vec![2, 1],
            theirs: vec![8, 9],
        },
    );
}

/// A newest checkpoint at or below what we hold must be signed by a key that we know.
#[test]
fn a_strangers_checkpoint_in_hello_is_refused() {
    let ma = ma(3);
    let mut hello = hello_of(&ma);
    let checkpoint = Checkpoint::new(origin("ma", "fr", 0), 3, root(&ma, 3));
    hello.note = Some(sign_checkpoint(&checkpoint, &signing_key("stranger")).unwrap());
    let (_, outputs) = feed(
        connected(&fr_holding(&ma, 3)),
        &Frame::Hello(Box::new(hello)),
    );
    assert_error(&outputs, Deviation::BadCheckpoint);
}

#[test]
fn versions_of_the_future_meet_at_the_highest_common_one() {
    let ma = ma(0);
    let mut hello = hello_of(&ma);
    hello.versions = vec![7, 3, 1];
    let (session, outputs) = feed(
        connected(&fr_holding(&ma, 0)),
        &Frame::Hello(Box::new(hello)),
    );
    assert!(session.is_open());
    assert!(matches!(outputs[0], Output::Established { version: 1, .. }));
}

#[test]
fn nothing_goes_before_hello() {
    let fr = fr_holding(&ma(0), 0);
    for frame in [Frame::Ping, Frame::Pong, Frame::Flags(Flags(1))] {
        let (_, outputs) = feed(connected(&fr), &frame);
        assert_error(&outputs, Deviation::BeforeHello);
    }
    let (_, outputs) = feed(connected(&fr), &Frame::Busy);
    assert_eq!(outputs, [Output::Close(Reason::Busy)]);
}

// --- Floods and malformed bytes (invariant 12) ---

#[test]
fn inv_12_a_flood_is_refused_before_it_is_read() {
    let ma = ma(0);
    let fr = fr_holding(&ma, 0);
    let too_long = |stated: u32| Malformed::FrameTooLong { stated };
    let max = u32::try_from(limits::MAX_FRAME).unwrap();
    let first = u32::try_from(limits::MAX_FIRST_FRAME).unwrap();
    for stated in [max + 1, u32::MAX] {
        let bytes = stated.to_be_bytes().to_vec();
        let (_, outputs) = open(&ma, &fr).handle(Input::Bytes(bytes));
        assert_malformed(&outputs, too_long(stated));
    }
    let bytes = (first + 1).to_be_bytes().to_vec();
    let (_, outputs) = connected(&fr).handle(Input::Bytes(bytes));
    assert_malformed(&outputs, too_long(first + 1));
    let (_, outputs) = open(&ma, &fr).handle(Input::Bytes(vec![0; 4]));
    assert_malformed(&outputs, Malformed::EmptyFrame);
    // At the limit it only waits.
    let (session, outputs) = open(&ma, &fr).handle(Input::Bytes(max.to_be_bytes().to_vec()));
    assert!(outputs.is_empty() && session.is_open());
}

/// The limits of version 1 are part of the wire: changing one needs a new version.
#[test]
fn inv_12_the_limits_of_version_1_are_frozen() {
    use limits::*;
    assert_eq!((MAX_FRAME, MAX_FIRST_FRAME), (4_194_304, 65_536));
    assert_eq!((MAX_LEAF, MAX_HEADER, MAX_BODY), (1024, 16_384, 1_048_576));
    assert_eq!((MAX_BATCH_ITEMS, WINDOW), (4096, 8));
    assert_eq!((MAX_NOTE, MAX_LINE, MAX_NODE_NAME), (16_384, 1024, 32));
    assert_eq!((CHUNK, MAX_BLOB_COUNT, MAX_BLOB_REQUESTS), (262_144, 64, 4));
    assert_eq!((MAX_VERSIONS, MAX_DEPTH), (32, 16));
    assert_eq!(MAX_CBOR_ITEMS, 131_072);
    assert_eq!(
        (HELLO_TIMEOUT_MS, PING_AFTER_MS, SILENCE_MS),
        (10_000, 15_000, 45_000)
    );
}

/// The heaviest batches that the limits allow fit into a frame and are accepted.
#[test]
fn inv_12_the_heaviest_batch_fits_a_frame() {
    let filled = |number: u64, bytes: usize| {
        let mut item = entry(number);
        item.body = Body::Present {
            salt: [0xff; 16],
            bytes: vec![7; bytes],
        };
        item
    };
    let mut large = ma(0);
    (0..3).for_each(|number| large.append(filled(number, limits::MAX_BODY)));
    let left = limits::MAX_BATCH_WEIGHT - large.own.iter().map(Item::weight).sum::<usize>();
    let rest = left - filled(9, 0).weight();
    large.append(filled(9, rest));
    let mut many = ma(0);
    let each = limits::MAX_BATCH_WEIGHT / limits::MAX_BATCH_ITEMS - filled(9999, 0).weight();
    (0..limits::MAX_BATCH_ITEMS as u64).for_each(|number| many.append(filled(number, each)));
    for ma in [large, many] {
        let weight: usize = ma.own.iter().map(Item::weight).sum();
        assert!(weight <= limits::MAX_BATCH_WEIGHT && weight > limits::MAX_BATCH_WEIGHT - 65_536);
        let fr = fr_holding(&ma, 0);
        let batch = ma.out_batch(0, limits::MAX_BATCH_ITEMS);
        let sender = feed(connected(&ma), &Frame::Hello(Box::new(hello_of(&fr)))).0;
        let (_, outputs) = sender.handle(Input::Batch(batch));
        let Output::Send(bytes) = &outputs[0] else {
            panic!("{outputs:?}");
        };
        let (_, outputs) = open(&ma, &fr).handle(Input::Bytes(bytes.clone()));
        assert!(matches!(&outputs[..], [Output::Deliver(_)]), "{outputs:?}");
    }
}

#[test]
fn inv_12_every_field_limit_has_an_exact_error() {
    let ma = ma(3);
    let fr = fr_holding(&ma, 0);
    let field = |frame, key, fault| Malformed::Field { frame, key, fault };
    let check = |frame: Frame, malformed: Malformed| {
        let (_, outputs) = feed(open(&ma, &fr), &frame);
        assert_malformed(&outputs, malformed);
    };
    let with = |change: &dyn Fn(&mut Batch)| {
        let mut batch = batch_of(&ma, 0, 3);
        change(&mut batch);
        Frame::Batch(batch)
    };
    let batch = |key| field(FrameType::BATCH, key, Fault::TooLong);
    check(
        with(&|b| b.items[0].leaf = vec![1; limits::MAX_LEAF + 1]),
        batch(1),
    );
    let header = vec![1; limits::MAX_HEADER + 1];
    check(
        with(&|b| b.items[1].header = Some(header.clone())),
        batch(2),
    );
    let body = Body::Present {
        salt: [0; 16],
        bytes: vec![1; limits::MAX_BODY + 1],
    };
    check(with(&|b| b.items[2].body = body.clone()), batch(5));
    let crowd = vec![ma.own[0].clone(); limits::MAX_BATCH_ITEMS + 1];
    check(with(&|b| b.items = crowd.clone()), batch(2));
    check(
        with(&|b| b.note = "x".repeat(limits::MAX_NOTE + 1)),
        batch(3),
    );
    let cosignature = |line: &str| {
        Frame::Cosignature(Cosignature {
            size: 1,
            line: line.to_owned(),
        })
    };
    let line = |fault| field(FrameType::COSIGNATURE, 2, fault);
    check(
        cosignature(&"x".repeat(limits::MAX_LINE + 1)),
        line(Fault::TooLong),
    );
    check(cosignature("two\nlines"), line(Fault::BadText));
    check(cosignature(""), line(Fault::BadText));
    let chunk = Frame::BlobChunk(BlobChunk {
        entry: Digest([0; 32]),
        index: 0,
        chunk: 0,
        last: true,
        bytes: vec![0; limits::CHUNK + 1],
    });
    check(chunk, field(FrameType::BLOB_CHUNK, 5, Fault::TooLong));
}

#[test]
fn inv_12_raw_payloads_have_exact_errors() {
    let ma = ma(0);
    let fr = fr_holding(&ma, 0);
    let field = |frame, key, fault| Malformed::Field { frame, key, fault };
    let not = Malformed::NotDeterministic;
    for (frame, payload, malformed) in [
        (FrameType::PING, "", not(FrameType::PING)),
        (FrameType::PING, "bf ff", not(FrameType::PING)),
        (FrameType::PING, "a0 00", not(FrameType::PING)),
        (
            FrameType::PING,
            "80",
            field(FrameType::PING, 0, Fault::WrongType),
        ),
        (
            FrameType::PING,
            "a1 20 00",
            field(FrameType::PING, 0, Fault::WrongType),
        ),
        (
            FrameType::FLAGS,
            "a0",
            field(FrameType::FLAGS, 1, Fault::Missing),
        ),
        (
            FrameType::FLAGS,
            "a1 01 20",
            field(FrameType::FLAGS, 1, Fault::WrongType),
        ),
        (FrameType::FLAGS, "a1 01 18 01", not(FrameType::FLAGS)),
        (FrameType::FLAGS, "a2 01 01 01 01", not(FrameType::FLAGS)),
        (
            FrameType::ERROR,
            "a2 01 1a 00 01 00 00 02 00",
            field(FrameType::ERROR, 1, Fault::OutOfRange),
        ),
        (
            FrameType::BATCH,
            "a3 01 00 02 81 a0 03 61 78",
            field(FrameType::BATCH, 1, Fault::Missing),
        ),
        (
            FrameType::BATCH,
            "a3 01 00 02 81 a2 01 41 01 03 01 03 61 78",
            field(FrameType::BATCH, 4, Fault::Missing),
        ),
        (
            FrameType::LEDGER_DIGEST,
            "a4 01 00 02 00 03 20 04 41 00",
            field(FrameType::LEDGER_DIGEST, 4, Fault::OutOfRange),
        ),
    ] {
        let payload: Vec<u8> = payload
            .split_whitespace()
            .map(|byte| u8::from_str_radix(byte, 16).unwrap())
            .collect();
        let (_, outputs) = open(&ma, &fr).handle(Input::Bytes(raw(frame, &payload)));
        assert_malformed(&outputs, malformed);
    }
}

fn raw(frame: FrameType, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len() + 1).unwrap();
    [&length.to_be_bytes()[..], &[frame.0], payload].concat()
}

/// Invariant 14 for frames: what a newer version sends is skipped and counted, never an error.
#[test]
fn inv_14_unknown_frames_keys_and_states_are_tolerated() {
    let ma = ma(0);
    let session = open(&ma, &fr_holding(&ma, 0));
    let mut bytes = raw(FrameType(200), b"anything at all");
    bytes.extend(raw(FrameType::MATCH_ROUND, &[0xff]));
    bytes.extend(raw(FrameType(0), &[]));
    // Flags with a further key 9 holding a nested map.
    bytes.extend(raw(
        FrameType::FLAGS,
        &[0xa2, 0x01, 0x03, 0x09, 0xa1, 0x01, 0x80],
    ));
    let (session, outputs) = session.handle(Input::Bytes(bytes));
    assert_eq!(outputs, [Output::PeerFlags(Flags(3))]);
    assert_eq!(session.counters().unknown_frames, 3);
    // A body state of the future is owed, and does not block the register.
    let payload = [0xa3, 1, 0, 2, 0x81, 0xa2, 1, 0x41, 9, 3, 7, 3, 0x60];
    let Ok(Frame::Batch(batch)) = Frame::decode(FrameType::BATCH, &payload) else {
        panic!("must decode");
    };
    assert_eq!(batch.items[0].body, Body::Absent);
}

// --- Cosignatures and attachments ---

#[test]
fn false_cosignatures_have_exact_errors() {
    let mut fr = Node::older("fr", "ma");
    (0..4).for_each(|number| fr.append(entry(number)));
    let ma = ma(0);
    let sent = || {
        let session = open(&ma, &fr);
        session.handle(Input::Batch(fr.out_batch(0, 3))).0
    };
    let cosign = |session, size, note: &str, name: &str| {
        let line = cosign_line(note, &cosigner_name(name), &signing_key(name), 9).unwrap();
        let line = line.trim_end().to_owned();
        feed(session, &Frame::Cosignature(Cosignature { size, line }))
    };
    let note = fr.note(3);
    let (_, outputs) = cosign(sent(), 2, &note, "ma");
    assert_error(&outputs, Deviation::CosignedUnsent);
    let (_, outputs) = cosign(sent(), 4, &fr.note(4), "ma");
    assert_error(&outputs, Deviation::CosignedUnsent);
    let (_, outputs) = cosign(sent(), 3, &note, "es");
    assert_error(&outputs, Deviation::BadCosignature);
    let (_, outputs) = cosign(sent(), 3, &fr.note(2), "ma");
    assert_error(&outputs, Deviation::BadCosignature);
    let (session, outputs) = cosign(sent(), 3, &note, "ma");
    assert!(matches!(
        outputs[0],
        Output::Cosigned {
            size: 3,
            time_s: 9,
            ..
        }
    ));
    // Said again: nothing new.
    let (_, outputs) = cosign(session, 3, &note, "ma");
    assert_eq!(outputs, []);
}

#[test]
fn attachments_out_of_order_have_exact_errors() {
    let ma = ma(0);
    let fr = fr_holding(&ma, 0);
    let request = |index, first, count| BlobRequest {
        entry: Digest([5; 32]),
        index,
        first,
        count,
    };
    let chunk = |chunk, last, length| {
        Frame::BlobChunk(BlobChunk {
            entry: Digest([5; 32]),
            index: 0,
            chunk,
            last,
            bytes: vec![0; length],
        })
    };
    let asked = || {
        open(&ma, &fr)
            .handle(Input::RequestBlob(request(0, 3, 2)))
            .0
    };
    let (_, outputs) = feed(open(&ma, &fr), &chunk(0, true, 1));
    assert_error(&outputs, Deviation::UnrequestedBlob);
    for (number, last, length) in [(2, true, 1), (4, true, 1), (3, false, 1)] {
        let (_, outputs) = feed(asked(), &chunk(number, last, length));
        assert_error(&outputs, Deviation::ChunkOutOfOrder);
    }
    let (session, _) = feed(asked(), &chunk(3, true, 1));
    let (_, outputs) = feed(session, &chunk(4, true, 1));
    assert_error(&outputs, Deviation::UnrequestedBlob);

    for wrong in [
        request(0, 0, 0),
        request(0, 0, limits::MAX_BLOB_COUNT + 1),
        request(0, u64::MAX, 1),
    ] {
        let (_, outputs) = feed(open(&ma, &fr), &Frame::BlobRequest(wrong));
        assert_error(&outputs, Deviation::TooManyBlobRequests);
    }
    let mut session = open(&ma, &fr);
    for index in 0..u32::try_from(limits::MAX_BLOB_REQUESTS).unwrap() {
        let (next, outputs) = feed(session, &Frame::BlobRequest(request(index, 0, 1)));
        assert_eq!(outputs, [Output::WantBlobChunks(request(index, 0, 1))]);
        session = next;
    }
    let (_, outputs) = feed(session, &Frame::BlobRequest(request(99, 0, 1)));
    assert_error(&outputs, Deviation::TooManyBlobRequests);
    let (session, _) = feed(open(&ma, &fr), &Frame::BlobRequest(request(1, 0, 1)));
    let (_, outputs) = feed(session, &Frame::BlobRequest(request(1, 4, 1)));
    assert_error(&outputs, Deviation::DuplicateBlobRequest);
}

// --- Our own driver's bugs are named as ours ---

#[test]
fn a_wrong_driver_is_our_bug() {
    let ma = ma(0);
    let mut fr = fr_holding(&ma, 0);
    (0..4).for_each(|number| fr.append(entry(number)));
    let check = |input: Input, bug: Bug| {
        let (_, outputs) = open(&ma, &fr).handle(input);
        assert_error(&outputs, LinkError::OurBug(bug));
    };
    check(Input::Batch(fr.out_batch(1, 2)), Bug::NotAsked);
    let mut unsigned = fr.out_batch(0, 2);
    unsigned.checkpoint_note = fr.note(3);
    check(Input::Batch(unsigned), Bug::BadOwnCheckpoint);
    let mut heavy = fr.out_batch(0, 2);
    heavy.items[0].header = Some(vec![0; limits::MAX_HEADER + 1]);
    check(Input::Batch(heavy), Bug::AboveLimit);
    check(Input::OwnGrown { size: 3 }, Bug::OwnShrank);
    check(
        Input::OwnRoot {
            size: 1,
            root: None,
        },
        Bug::NotAsked,
    );
    check(
        Input::HeldFrontier {
            size: 1,
            frontier: Some(Frontier::new()),
        },
        Bug::NotAsked,
    );
    check(
        Input::Stored {
            size: 1,
            cosignature_line: String::new(),
        },
        Bug::NotAsked,
    );
    check(
        Input::Connected {
            role: Role::Dialled,
            binding: None,
        },
        Bug::ConnectedTwice,
    );
    // A cosignature that does not verify never leaves.
    let mut liar = ma.clone();
    liar.append(entry(1));
    let (session, _) = feed(open(&ma, &fr), &Frame::Batch(batch_of(&liar, 0, 1)));
    let (_, outputs) = session.handle(Input::Stored {
        size: 1,
        cosignature_line: "\u{2014} x AAAAAAA=".to_owned(),
    });
    assert_error(&outputs, LinkError::OurBug(Bug::BadOwnCosignature));
}

#[test]
fn a_configuration_that_contradicts_itself_is_our_bug() {
    let ma = ma(2);
    let fr = fr_holding(&ma, 2);
    let check = |change: &dyn Fn(&mut Config), bug: Bug| {
        let mut config = fr.config();
        change(&mut config);
        let error = Session::new(config, START_MS).unwrap_err();
        assert_eq!(error, LinkError::OurBug(bug));
    };
    check(&|c| c.versions.clear(), Bug::BadConfig);
    check(&|c| c.held.note = None, Bug::BadConfig);
    check(&|c| c.held.note = Some(ma.note(1)), Bug::BadConfig);
    check(&|c| c.held.frontier = Frontier::new(), Bug::BadConfig);
    check(&|c| c.own.size = 1, Bug::BadConfig);
    check(
        &|c| {
            c.own.size = 2;
            c.own.note = Some(ma.note(2));
        },
        Bug::BadOwnCheckpoint,
    );
    assert_eq!(OwnRegister::empty().root, empty_root());
}

#[test]
fn reading_on_while_paused_is_our_bug_and_bounded() {
    let ma = ma(6);
    let fr = fr_holding(&ma, 6);
    let (session, outputs) = feed(open(&ma, &fr), &Frame::Batch(batch_of(&ma, 1, 2)));
    assert_eq!(outputs[1], Output::PauseReading);
    let (session, outputs) = session.handle(Input::Bytes(vec![0xee; limits::MAX_FRAME]));
    assert_eq!(outputs, []);
    let (_, outputs) = session.handle(Input::Bytes(vec![0xee; limits::MAX_FRAME + 1]));
    assert_error(&outputs, LinkError::OurBug(Bug::ReadWhilePaused));
}

// --- Garbage in every state ---

/// One session per state that a partner or a driver can bring it into.
fn every_state() -> Vec<Session> {
    let ma = ma(6);
    let mut fr = fr_holding(&ma, 3);
    (0..3).for_each(|number| fr.append(entry(number)));
    let mut holding = ma.clone();
    holding.held_frontiers = fr.own_frontiers[..=2].to_vec();
    holding.held_note = Some(fr.note(2));
    let check_own = feed(connected(&fr), &Frame::Hello(Box::new(hello_of(&holding))));
    assert_eq!(check_own.1[0], Output::WantOwnRoot { size: 2 });
    let delivered = feed(open(&ma, &fr), &Frame::Batch(batch_of(&ma, 3, 1))).0;
    let queued = feed(
        feed(open(&ma, &fr), &Frame::Batch(batch_of(&ma, 3, 1))).0,
        &Frame::Batch(batch_of(&ma, 4, 2)),
    );
    let blocked = feed(open(&ma, &fr), &Frame::Batch(batch_of(&ma, 1, 1)));
    assert_eq!(blocked.1[0], Output::WantHeldFrontier { size: 2 });
    let sent = open(&ma, &fr).handle(Input::Batch(fr.out_batch(0, 2))).0;
    let asked = open(&ma, &fr)
        .handle(Input::RequestBlob(BlobRequest {
            entry: Digest([0; 32]),
            index: 0,
            first: 0,
            count: 1,
        }))
        .0;
    let closed = open(&ma, &fr).handle(Input::Close).0;
    let [signing, unproved] = super::presence::unproved();
    vec![
        fr.session(),
        signing,
        unproved,
        connected(&fr),
        check_own.0,
        open(&ma, &fr),
        delivered,
        queued.0,
        blocked.0,
        sent,
        asked,
        closed,
    ]
}

/// Whatever the partner sends, at most one close comes, last; a closed session is silent; and the fault is never ours.
fn assert_orderly(session: Session, inputs: Vec<Input>) {
    let mut session = session;
    for input in inputs {
        let was_closed = session.is_closed();
        let from_partner = matches!(input, Input::Bytes(_));
        let fresh = session.role().is_none();
        let (next, outputs) = session.handle(input);
        session = next;
        if was_closed {
            assert_eq!(outputs, []);
        }
        let closes = outputs.iter().filter(|o| matches!(o, Output::Close(_)));
        assert_eq!(
            closes.count(),
            usize::from(session.is_closed() && !was_closed)
        );
        if session.is_closed() && !was_closed {
            let Some(Output::Close(reason)) = outputs.last() else {
                panic!("close is last");
            };
            let ours = matches!(reason, Reason::Error(LinkError::OurBug(_)));
            assert!(!(ours && from_partner && !fresh), "{reason:?}");
        }
    }
}

/// A valid frame of each type, to be damaged.
fn sample_frames() -> Vec<Vec<u8>> {
    let ma = ma(6);
    let (entry, index) = (Digest([0; 32]), 0);
    let frames = vec![
        Frame::Hello(Box::new(hello_of(&ma))),
        Frame::Batch(batch_of(&ma, 3, 2)),
        Frame::Cosignature(Cosignature {
            size: 2,
            line: "\u{2014} entente.cosigner/ma AAAAAAA=".to_owned(),
        }),
        Frame::BlobRequest(BlobRequest {
            entry,
            index,
            first: 0,
            count: 1,
        }),
        Frame::BlobChunk(BlobChunk {
            entry,
            index,
            chunk: 0,
            last: true,
            bytes: vec![1, 2, 3],
        }),
        Frame::BlobRefused(BlobRefusal {
            entry,
            index,
            code: BlobRefusalCode::ERASED,
        }),
        Frame::LedgerDigest(LedgerDigest {
            out_size: 1,
            in_size: 2,
            instant_ms: 3,
            digest: entry,
        }),
        Frame::Ping,
        Frame::Pong,
        Frame::Error {
            blame: Blame(99),
            detail: 7,
        },
        Frame::Busy,
        Frame::Flags(Flags(u64::MAX)),
        super::presence::stranger(),
    ];
    for frame in &frames {
        let bytes = frame.encode().unwrap();
        assert_eq!(
            Frame::decode(frame.frame_type(), &bytes[5..]).as_ref(),
            Ok(frame)
        );
    }
    frames.iter().map(|frame| frame.encode().unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn inv_12_random_bytes_in_every_state(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 1..4)) {
        for session in every_state() {
            let inputs = pieces.iter().cloned().map(Input::Bytes).collect();
            assert_orderly(session, inputs);
        }
    }

    #[test]
    fn inv_12_random_payloads_of_every_type(kind in 0_u8..19, payload in prop::collection::vec(any::<u8>(), 0..120)) {
        for session in every_state() {
            assert_orderly(session, vec![Input::Bytes(raw(FrameType(kind), &payload))]);
        }
    }

    #[test]
    fn inv_12_damaged_frames_in_every_state(
        which in prop::collection::vec(0_usize..13, 1..4),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        cut in any::<prop::sample::Index>(),
    ) {
        let frames = sample_frames();
        let mut bytes: Vec<u8> = which.iter().flat_map(|which| frames[*which].clone()).collect();
        for (place, value) in damage {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        let (head, tail) = bytes.split_at(cut.index(bytes.len()));
        for session in every_state() {
            assert_orderly(session, vec![Input::Bytes(head.to_vec()), Input::Bytes(tail.to_vec())]);
        }
    }

    /// A driver gone mad in every state: errors, never a panic.
    #[test]
    fn random_driver_inputs_in_every_state(choices in prop::collection::vec((0_u8..17, any::<u64>()), 1..6)) {
        for session in every_state() {
            let inputs = choices.iter().map(|(choice, number)| mad_input(*choice, *number)).collect();
            assert_orderly(session, inputs);
        }
    }
}

fn mad_input(choice: u8, number: u64) -> Input {
    let small = number % 8;
    let (entry, index) = (Digest([0; 32]), 0);
    match choice {
        0 => Input::Connected {
            role: Role::Dialled,
            binding: None,
        },
        1 => Input::Tick {
            now_ms: number.cast_signed(),
        },
        2 => Input::OwnGrown { size: number },
        3 => Input::Batch(OutBatch {
            from: small,
            items: vec![],
            checkpoint_note: String::new(),
        }),
        4 => Input::Batch(OutBatch {
            from: if number.is_multiple_of(2) {
                0
            } else {
                u64::MAX
            },
            items: vec![super::world::entry(number)],
            checkpoint_note: String::new(),
        }),
        5 => Input::Stored {
            size: small,
            cosignature_line: "x".to_owned(),
        },
        6 => Input::OwnRoot {
            size: small,
            root: Some(entry),
        },
        7 => Input::HeldFrontier {
            size: small,
            frontier: number.is_multiple_of(2).then(Frontier::new),
        },
        8 => Input::RequestBlob(BlobRequest {
            entry,
            index,
            first: number,
            count: small,
        }),
        9 => Input::BlobChunk(BlobChunk {
            entry,
            index,
            chunk: small,
            last: false,
            bytes: vec![],
        }),
        10 => Input::BlobRefused(BlobRefusal {
            entry,
            index,
            code: BlobRefusalCode::UNKNOWN,
        }),
        11 => Input::Suspend { on: small > 3 },
        12 => Input::OverQuota { over: small > 3 },
        13 => Input::LedgerDigest(LedgerDigest {
            out_size: 0,
            in_size: 0,
            instant_ms: 0,
            digest: entry,
        }),
        14 => Input::StorageFailed,
        15 => Input::Present(super::presence::proof()),
        _ => Input::Disconnected,
    }
}
