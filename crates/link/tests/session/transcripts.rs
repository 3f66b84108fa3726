//! A whole conversation of wire version 1, frozen byte for byte, as each of the two roles sees it.
//!
//! The files under `tests/transcripts/` are annotated hex: `>` sent, `<` received, `;` begins a note. They are the format
//! that deployed nodes speak. If a test here fails, do not regenerate them: a change of bytes is a new wire version, with
//! transcripts of its own beside these (`v2_*.txt`); version 1 must go on giving exactly these bytes.

use crate::world::*;
use entente_link::frame::{BlobRequest, Frame, FrameType, LedgerDigest};
use entente_link::*;
use entente_proof::digest::sha256;
use minicbor::Decoder;
use std::fmt::Write as _;

const DIALLED: &str = include_str!("../transcripts/v1_dialled.txt");
const ACCEPTED: &str = include_str!("../transcripts/v1_accepted.txt");
const FROZEN_2: &str =
    "wire version 2 is frozen: its bytes may not change. Give the change a new wire version.";
const RECOVERS: &str = include_str!("../transcripts/v2_dialled.txt");
const LENDS: &str = include_str!("../transcripts/v2_accepted.txt");
const FROZEN_3: &str =
    "wire version 3 is frozen: its bytes may not change. Give the change a new wire version.";
const PROVES: &str = include_str!("../transcripts/v3_dialled.txt");
const PROVED: &str = include_str!("../transcripts/v3_accepted.txt");
const FROZEN: &str = "wire version 1 is frozen: its bytes may not change. Give the change a new wire version \
    (WIRE_VERSIONS in crates/link/src/lib.rs, docs/wire/session.md) and transcripts of its own.";

#[test]
fn version_1_conversation_as_the_dialling_side_sees_it() {
    assert!(render(&conversation(), 0) == DIALLED, "{FROZEN}");
}

#[test]
fn version_1_conversation_as_the_accepting_side_sees_it() {
    assert!(render(&conversation(), 1) == ACCEPTED, "{FROZEN}");
}

/// A register is recovered: what version 2 brought.
#[test]
fn version_2_recovery_in_both_roles() {
    assert!(render_as(2, &recovery(), 0) == RECOVERS, "{FROZEN_2}");
    assert!(render_as(2, &recovery(), 1) == LENDS, "{FROZEN_2}");
}

/// Both prove their newest signing key, one of them a replaced one's successor: what version 3 brought.
#[test]
fn version_3_presence_in_both_roles() {
    assert!(render_as(3, &presence(), 0) == PROVES, "{FROZEN_3}");
    assert!(render_as(3, &presence(), 1) == PROVED, "{FROZEN_3}");
}

/// Each frozen frame decodes, and encodes back to itself.
#[test]
fn every_frozen_frame_round_trips() {
    let mut types = std::collections::BTreeSet::new();
    for (_, bytes) in parse(DIALLED) {
        if bytes.is_empty() {
            continue;
        }
        let frame_type = FrameType(bytes[4]);
        let frame = Frame::decode(frame_type, &bytes[5..]).unwrap();
        assert_eq!(frame.encode().unwrap(), bytes);
        types.insert(frame_type);
    }
    let all: Vec<u8> = (1..=13).filter(|code| *code != 8 && *code != 12).collect();
    let seen: Vec<u8> = types.iter().map(|frame_type| frame_type.0).collect();
    assert_eq!(
        seen, all,
        "every frame type but match round and busy occurs"
    );
}

/// A node of today hears the frozen words of either side and ends where the frozen node did.
#[test]
fn frozen_words_are_still_understood() {
    let whole = conversation();
    for (text, name, peer, side) in [(DIALLED, "ma", "fr", 0), (ACCEPTED, "fr", "ma", 1)] {
        // Its own register as it was at the end; so the frozen hello claims less, and is checked.
        let mut node = Node::new(name, peer);
        node.peer_proves = false;
        node.own = whole.nodes[side].own.clone();
        node.own_frontiers = whole.nodes[side].own_frontiers.clone();
        node.receipts = false;
        let mut end = End::new(&mut node, Role::Accepted);
        for (sent, bytes) in parse(text) {
            if bytes.is_empty() {
                end = End::new(&mut node, Role::Accepted);
                continue;
            }
            if !sent && ![4, 5, 6, 11].contains(&bytes[4]) {
                end.input(&mut node, Input::Bytes(bytes));
                end.store_one(&mut node);
            }
        }
        assert_eq!(end.seen.closed, None);
        assert!(end.seen.established);
        assert!(node.held == whole.nodes[side].held);
        assert_eq!(node.cosigned, whole.nodes[side].cosigned);
        assert_eq!(end.seen.digests.len(), 1);
    }
}

/// For a new wire version only: prints what its transcript files should hold.
/// `cargo test -p entente-link print_transcripts -- --ignored --nocapture`
#[test]
#[ignore = "prints the transcripts of a new wire version; all before are frozen"]
fn print_transcripts() {
    for side in 0..2 {
        println!("=== {side}\n{}=== end", render_as(3, &presence(), side));
    }
}

/// In place of a side: the connection was lost and opened again here.
const RECONNECTED: usize = 2;
const RECONNECTED_NOTE: &str = "; reconnected";

struct Conversation {
    frames: Vec<(usize, Vec<u8>)>,
    nodes: [Node; 2],
}

/// Two nodes that speak these versions only, as it was before version 3.
fn speaking(versions: &[u16]) -> [Node; 2] {
    [Node::new("ma", "fr"), Node::new("fr", "ma")].map(|mut node| {
        node.versions = versions.to_vec();
        node.peer_proves = false;
        node
    })
}

/// The conversation: hello, entries and receipt, hello again, attachment, ledger digests, suspension, ping, a storage fault.
fn conversation() -> Conversation {
    let mut world = World::between(speaking(&[1]));
    let mut frames = Vec::new();
    run(&mut world, &mut frames);
    world.append(0, 4);
    run(&mut world, &mut frames);
    world.reconnect();
    frames.push((RECONNECTED, Vec::new()));
    run(&mut world, &mut frames);
    let entry = sha256(b"entry");
    let chunks = vec![b"a very short attachment".to_vec()];
    world.nodes[1].attachments.insert((entry, 0), chunks);
    for index in 0..2 {
        let ask = Input::RequestBlob(BlobRequest {
            entry,
            index,
            first: 0,
            count: limits::MAX_BLOB_COUNT,
        });
        world.ends[0].input(&mut world.nodes[0], ask);
    }
    run(&mut world, &mut frames);
    for side in 0..2 {
        let digest = LedgerDigest {
            out_size: world.nodes[side].size(),
            in_size: world.nodes[1 - side].size(),
            instant_ms: START_MS,
            digest: sha256(b"ledger"),
        };
        world.ends[side].input(&mut world.nodes[side], Input::LedgerDigest(digest));
    }
    world.ends[1].input(&mut world.nodes[1], Input::Suspend { on: true });
    run(&mut world, &mut frames);
    let now_ms = START_MS + limits::PING_AFTER_MS;
    world.ends[0].input(&mut world.nodes[0], Input::Tick { now_ms });
    run(&mut world, &mut frames);
    world.assert_equal();
    world.ends[1].input(&mut world.nodes[1], Input::StorageFailed);
    run(&mut world, &mut frames);
    let nodes = world.nodes;
    Conversation { frames, nodes }
}

/// `ma` lost all but three of nine leaves, and gets them back in two pieces; then the session opens again.
fn recovery() -> Conversation {
    let mut world = World::between(speaking(&[2, 1]));
    let mut frames = Vec::new();
    for count in [3, 4, 2] {
        world.append(0, count);
        run(&mut world, &mut Vec::new());
    }
    world.nodes[0].lose_own(3);
    for _ in 0..2 {
        world.reconnect();
        frames.push((RECONNECTED, Vec::new()));
        run(&mut world, &mut frames);
    }
    world.assert_equal();
    let nodes = world.nodes;
    Conversation { frames, nodes }
}

/// `ma` changed its key and says so in its proof and in its register; `fr` knows the first one.
fn presence() -> Conversation {
    let mut nodes = [Node::new("ma", "fr"), Node::new("fr", "ma")];
    for node in &mut nodes {
        node.versions = vec![3, 2, 1];
    }
    nodes[0].change_key(signing_key("ma/2"), START_MS);
    let mut world = World::between(nodes);
    let mut frames = Vec::new();
    run(&mut world, &mut frames);
    world.append(1, 1);
    run(&mut world, &mut frames);
    world.assert_equal();
    let nodes = world.nodes;
    Conversation { frames, nodes }
}

/// Carries whole frames one by one until nothing moves, and notes them.
fn run(world: &mut World, frames: &mut Vec<(usize, Vec<u8>)>) {
    loop {
        let mut moved = false;
        for side in 0..2 {
            while !world.ends[side].outgoing.is_empty() {
                let head: Vec<u8> = world.ends[side].outgoing.iter().take(4).copied().collect();
                let bytes = world.ends[side].take(frame_length(&head));
                frames.push((side, bytes.clone()));
                world.ends[1 - side].input(&mut world.nodes[1 - side], Input::Bytes(bytes));
                moved = true;
            }
            moved |= world.ends[side].store_one(&mut world.nodes[side]);
        }
        if !moved {
            return;
        }
    }
}

fn render(conversation: &Conversation, side: usize) -> String {
    render_as(1, conversation, side)
}

fn render_as(version: u16, conversation: &Conversation, side: usize) -> String {
    let role = ["dialled", "accepted"][side];
    let (node, peer) = [("ma", "fr"), ("fr", "ma")][side];
    let mut text = format!(
        "; Wire version {version}, frozen. Node {node} ({role}) with partner {peer}.\n\
         ; > sent by {node}, < received by {node}. Format: docs/wire/session.md.\n"
    );
    for (sender, bytes) in &conversation.frames {
        if *sender == RECONNECTED {
            writeln!(text, "\n{RECONNECTED_NOTE}").unwrap();
            continue;
        }
        let arrow = if *sender == side { '>' } else { '<' };
        let frame_type = FrameType(bytes[4]);
        writeln!(text, "\n{arrow} {} ; length", hex(&bytes[..4])).unwrap();
        writeln!(text, "{arrow} {} ; {frame_type}", hex(&bytes[4..5])).unwrap();
        for (note, part) in fields(frame_type, &bytes[5..]) {
            let mut note = format!(" ; {note}");
            for line in part.chunks(32) {
                writeln!(text, "{arrow}   {}{note}", hex(line)).unwrap();
                note.clear();
            }
        }
    }
    text
}

/// The payload cut into its map head and its pairs, each with the name of its field.
fn fields(frame_type: FrameType, payload: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut decoder = Decoder::new(payload);
    let pairs = decoder.map().unwrap().unwrap();
    let mut parts = vec![(
        format!("map of {pairs}"),
        payload[..decoder.position()].to_vec(),
    )];
    for _ in 0..pairs {
        let start = decoder.position();
        let key = decoder.u8().unwrap();
        decoder.skip().unwrap();
        let name = field_names(frame_type)[usize::from(key) - 1];
        parts.push((
            format!("{key} {name}"),
            payload[start..decoder.position()].to_vec(),
        ));
    }
    parts
}

fn field_names(frame_type: FrameType) -> &'static [&'static str] {
    match frame_type {
        FrameType::HELLO => &[
            "versions",
            "node",
            "to",
            "generation of my register",
            "generation of yours",
            "I hold up to",
            "root",
            "your checkpoint",
            "my cosignature",
            "size of my register",
            "my checkpoint",
            "card",
            "flags",
        ],
        FrameType::BATCH | FrameType::RECOVERED => &["from", "items", "checkpoint"],
        FrameType::RECOVER => &["from"],
        FrameType::PRESENCE => &["signature", "key changes"],
        FrameType::COSIGNATURE => &["size", "line"],
        FrameType::BLOB_REQUEST => &["entry", "index", "first chunk", "count"],
        FrameType::BLOB_CHUNK => &["entry", "index", "chunk", "last", "bytes"],
        FrameType::BLOB_REFUSED => &["entry", "index", "code"],
        FrameType::LEDGER_DIGEST => &["my register", "your register", "instant", "digest"],
        FrameType::ERROR => &["blame", "detail"],
        FrameType::FLAGS => &["flags"],
        _ => &[],
    }
}

/// The frames of a transcript: whether sent, and the bytes; no bytes where the connection was opened again.
fn parse(text: &str) -> Vec<(bool, Vec<u8>)> {
    let mut frames = Vec::new();
    for paragraph in text.split("\n\n").skip(1) {
        let mut bytes = Vec::new();
        for line in paragraph.lines() {
            let line = line.split(';').next().unwrap();
            let digits: String = line.chars().filter(char::is_ascii_hexdigit).collect();
            for pair in digits.as_bytes().chunks(2) {
                let pair = std::str::from_utf8(pair).unwrap();
                bytes.push(u8::from_str_radix(pair, 16).unwrap());
            }
        }
        frames.push((paragraph.starts_with('>'), bytes));
    }
    frames
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
