//! Who comes must prove the newest signing key on this very connection, before anything else (wire version 3; DESIGN section 5 rule 15).

use crate::world::*;
use entente_link::error::*;
use entente_link::frame::*;
use entente_link::*;
use entente_proof::leaf::KeyChange;
use entente_proof::presence::{Binding, Presence, Proof};
use entente_proof::sign::Signature;

/// A connection to `fr`, on which whoever is at the other end is told by hand.
struct Visit {
    fr: Node,
    end: End,
}

impl Visit {
    fn to(mut fr: Node) -> Self {
        let end = End::on(&mut fr, Role::Accepted, BINDING);
        Self { fr, end }
    }

    fn say(&mut self, frame: &Frame) {
        self.hear(frame.encode().unwrap());
    }

    fn hear(&mut self, bytes: Vec<u8>) {
        self.end.input(&mut self.fr, Input::Bytes(bytes));
    }

    /// Types of the frames that `fr` sent, in order.
    fn heard(&self) -> Vec<FrameType> {
        let bytes: Vec<u8> = self.end.outgoing.iter().copied().collect();
        let (mut rest, mut types) = (&bytes[..], Vec::new());
        while !rest.is_empty() {
            types.push(FrameType(rest[4]));
            rest = &rest[frame_length(rest)..];
        }
        types
    }

    /// `fr` refused, after its hello and, if it went so far, its own proof: nothing else left it, and nothing changed.
    fn assert_refused(&self, deviation: Deviation, proved: bool) {
        let reason = Reason::Error(LinkError::PeerDeviates(deviation));
        assert_eq!(self.end.seen.closed, Some(reason));
        let mut expected = vec![FrameType::HELLO];
        expected.extend(proved.then_some(FrameType::PRESENCE));
        expected.push(FrameType::ERROR);
        assert_eq!(self.heard(), expected);
        assert!(!self.end.seen.established && self.end.seen.alarms.is_empty());
        assert!(self.end.to_store.is_empty() && self.end.seen.recovering.is_none());
    }
}

/// `ma` in whoever's hands, with these leaves.
fn ma(leaves: u64) -> Node {
    let mut node = Node::new("ma", "fr");
    (0..leaves).for_each(|number| node.append(entry(number)));
    node
}

/// `fr` with something to send, which knows that `ma` signs with its second key.
fn fr() -> Node {
    let mut node = Node::new("fr", "ma");
    (0..3).for_each(|number| node.append(entry(number)));
    node.peer_newest = signing_key("ma/2").verifying_key();
    node
}

fn change(old: &str, new: &str) -> KeyChange {
    KeyChange::sign("ma", &signing_key(old), &signing_key(new), 5).unwrap()
}

/// The hello of a node that dialled, and what it proves: with this key and these changes, on a connection with this value.
fn greeting(node: &mut Node, key: &str, changes: Vec<KeyChange>, binding: Binding) -> [Vec<u8>; 2] {
    let mut end = End::on(node, Role::Dialled, binding);
    let hello = end.take(usize::MAX);
    let presence = Presence {
        binding,
        node: node.name.clone(),
        to: node.peer.clone(),
        dialled: true,
        hello: entente_proof::digest::sha256(&hello[FRAME_HEAD..]),
    };
    let proof = presence.prove(&signing_key(key), changes);
    let proof = Frame::Presence(Box::new(proof)).encode().unwrap();
    [hello, proof]
}

fn visited(key: &str, changes: Vec<KeyChange>) -> Visit {
    let mut visit = Visit::to(fr());
    let [hello, proof] = greeting(&mut ma(2), key, changes, BINDING);
    visit.hear([hello, proof].concat());
    visit
}

/// A proof that nobody made.
pub fn proof() -> Proof {
    Proof {
        signature: Signature([7; 64]),
        changes: vec![change("ma", "ma/2")],
    }
}

/// The frame of it.
pub fn stranger() -> Frame {
    Frame::Presence(Box::new(proof()))
}

/// A session whose own proof is being signed, and one that waits for the partner's.
pub fn unproved() -> [Session; 2] {
    [false, true].map(|signed| {
        let fr = fr();
        let (session, _) = fr.session().handle(Input::Connected {
            role: Role::Accepted,
            binding: Some(BINDING),
        });
        let [hello, _] = greeting(&mut ma(2), "ma", Vec::new(), BINDING);
        let (session, outputs) = session.handle(Input::Bytes(hello));
        let Some(Output::WantPresence(presence)) = outputs.into_iter().next() else {
            panic!("a proof is wanted")
        };
        match signed {
            true => {
                let own = presence.prove(&fr.newest, Vec::new());
                session.handle(Input::Present(own)).0
            }
            false => session,
        }
    })
}

#[test]
fn rule_15_the_newest_key_opens_the_session_and_so_does_one_that_took_its_place() {
    for (key, changes) in [
        ("ma/2", Vec::new()),
        ("ma/2", vec![change("ma", "ma/2")]),
        ("ma/3", vec![change("ma", "ma/2"), change("ma/2", "ma/3")]),
        ("ma/3", vec![change("ma/2", "ma/3")]),
    ] {
        let visit = visited(key, changes);
        assert!(visit.end.seen.established, "{:?}", visit.end.seen.closed);
        assert_eq!(visit.heard()[..2], [FrameType::HELLO, FrameType::PRESENCE]);
        assert!(visit.heard().contains(&FrameType::BATCH));
    }
}

/// A copy of the key file of before: the TLS key still opens the connection, and that is all.
#[test]
fn rule_15_a_thief_of_a_replaced_key_gets_nothing_and_changes_nothing() {
    for changes in [
        Vec::new(),
        vec![change("ma", "ma/2")],
        vec![change("ma", "thief")],
        vec![change("ma", "ma/2"), change("ma", "thief")],
    ] {
        for key in ["ma", "thief"] {
            visited(key, changes.clone()).assert_refused(Deviation::BadPresence, true);
        }
    }
}

/// Nor can it raise an alarm: a second history under a key of before, or a shorter one, is not even read.
#[test]
fn rule_15_a_thief_cannot_stop_the_link_with_another_history() {
    for kept in [1, 3] {
        let honest = ma(3);
        let mut fr = fr();
        fr.held = honest.own.clone();
        fr.held_frontiers = honest.own_frontiers.clone();
        fr.held_note = Some(honest.note(3));
        let mut liar = ma(kept - 1);
        liar.append(entry(99));
        let mut visit = Visit::to(fr);
        let [hello, proof] = greeting(&mut liar, "ma", Vec::new(), BINDING);
        visit.hear([hello, proof].concat());
        visit.assert_refused(Deviation::BadPresence, true);
    }
}

/// Whoever stands between two connections and passes on what each side says proves nothing: they are two connections.
#[test]
fn rule_15_a_proof_passed_on_from_another_connection_is_refused() {
    let mut visit = Visit::to(fr());
    let [hello, proof] = greeting(&mut ma(2), "ma/2", Vec::new(), Binding([43; 32]));
    visit.hear([hello, proof].concat());
    visit.assert_refused(Deviation::BadPresence, true);
}

#[test]
fn rule_15_a_proof_of_another_hello_or_role_is_refused() {
    // Said with another register than the one that was signed for.
    let mut visit = Visit::to(fr());
    let [hello, _] = greeting(&mut ma(2), "ma/2", Vec::new(), BINDING);
    let [_, proof] = greeting(&mut ma(1), "ma/2", Vec::new(), BINDING);
    visit.hear([hello, proof].concat());
    visit.assert_refused(Deviation::BadPresence, true);
    // What we signed ourselves comes back.
    let mut visit = Visit::to(fr());
    let [hello, _] = greeting(&mut ma(2), "ma/2", Vec::new(), BINDING);
    visit.hear(hello);
    let own: Vec<u8> = visit.end.outgoing.iter().copied().collect();
    visit.hear(own[frame_length(&own)..].to_vec());
    visit.assert_refused(Deviation::BadPresence, true);
}

/// Before its proof the partner can say hello and nothing else, and hears nothing else.
#[test]
fn rule_15_nothing_goes_before_the_proof() {
    let [hello, _] = greeting(&mut ma(2), "ma", Vec::new(), BINDING);
    let held = ma(2).out_batch(0, 2);
    let batch = Frame::Batch(Batch {
        from: 0,
        items: held.items,
        note: held.checkpoint_note,
    });
    let frames = [
        batch,
        Frame::Ping,
        Frame::Recover { from: 0 },
        Frame::Flags(Flags(1)),
    ];
    for frame in frames {
        let mut visit = Visit::to(fr());
        visit.hear(hello.clone());
        visit.say(&frame);
        visit.assert_refused(Deviation::BeforeHello, true);
    }
    let mut visit = Visit::to(fr());
    visit.hear([hello.clone(), hello.clone()].concat());
    visit.assert_refused(Deviation::SecondHello, true);
    // We have things to say as well: they wait.
    let mut visit = Visit::to(fr());
    visit.hear(hello);
    visit.end.input(&mut visit.fr, Input::Suspend { on: true });
    visit.end.input(&mut visit.fr, Input::OwnGrown { size: 3 });
    assert_eq!(visit.heard(), [FrameType::HELLO, FrameType::PRESENCE]);
    let now_ms = START_MS + limits::HELLO_TIMEOUT_MS;
    visit.end.input(&mut visit.fr, Input::Tick { now_ms });
    assert_eq!(visit.end.seen.closed, Some(Reason::HelloTimeout));
    assert_eq!(visit.heard(), [FrameType::HELLO, FrameType::PRESENCE]);
}

/// What we could not say while the proof was out is said once the session is open.
#[test]
fn flags_that_changed_meanwhile_are_told_when_the_session_opens() {
    let mut visit = Visit::to(fr());
    let [hello, proof] = greeting(&mut ma(2), "ma/2", Vec::new(), BINDING);
    visit.hear(hello);
    visit.end.input(&mut visit.fr, Input::Suspend { on: true });
    visit.hear(proof);
    assert!(visit.heard().contains(&FrameType::FLAGS));
}

/// A partner whose card says that it can prove itself is not served as if it could not.
#[test]
fn rule_15_an_older_version_is_no_way_around() {
    let mut old = ma(2);
    old.versions = vec![2, 1];
    old.peer_proves = false;
    let [hello, _] = greeting(&mut old, "ma/2", Vec::new(), BINDING);
    let mut visit = Visit::to(fr());
    visit.hear(hello.clone());
    visit.assert_refused(Deviation::Downgrade, false);
    // One whose card does not say so is served as ever.
    let mut fr = fr();
    fr.peer_proves = false;
    let mut visit = Visit::to(fr);
    visit.hear(hello);
    assert!(visit.end.seen.established);
    assert!(!visit.heard().contains(&FrameType::PRESENCE));
}

/// The change comes with the proof; the leaf that makes it follows in the register.
#[test]
fn rule_15_a_change_in_mid_flight_goes_on() {
    let mut world = World::between([Node::new("ma", "fr"), Node::new("fr", "ma")]);
    world.append(0, 2);
    world.settle();
    world.nodes[0].change_key(signing_key("ma/2"), 5);
    world.reconnect();
    world.append(1, 2);
    world.settle();
    world.assert_equal();
    assert!(world.ends.iter().all(|end| end.seen.closed.is_none()));
}

/// A driver that signs with another key than ours is our bug, and nothing of it leaves.
#[test]
fn a_proof_of_ours_that_does_not_verify_is_our_bug() {
    let [session, _] = unproved();
    let (_, outputs) = session.handle(Input::Present(proof()));
    let bug = Reason::Error(LinkError::OurBug(Bug::BadOwnPresence));
    assert_eq!(outputs.last(), Some(&Output::Close(bug)));
    let sent = |output: &Output| matches!(output, Output::Send(bytes) if bytes[4] == FrameType::PRESENCE.0);
    assert!(!outputs.iter().any(sent));
}
