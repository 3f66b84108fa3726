//! Fuzz targets: one plain function per decoder of hostile bytes (invariant 12). Each must come back, whatever it is given.
//!
//! Called by `cargo fuzz` (the folder `fuzz/` beside `crates/`, which needs a nightly compiler) and by the smoke test here, which
//! mutates samples in a fixed order on stable Rust. A target asserts what must hold of whatever it could decode; it has no state.
//! Dev only; nothing here is part of a node.

pub mod mutate;

use entente_app::court::archive::{MAX_ARCHIVE, Opened, Packing};
use entente_app::court::{read_index, verify_court};
use entente_app::restart::read_restart;
use entente_app::{KeyFile, MAX_KEY_FILE, unwrap_released};
use entente_core::charter::Terms;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::kinds;
use entente_core::kinds::declaration::text::{self, Format, Lang};
use entente_core::label;
use entente_core::released;
use entente_core::statistics::Month;
use entente_core::terms::{TermsDraft, faults};
use entente_core::told::Told;
use entente_evidence::canon::canonical;
use entente_evidence::export::{Given, with_provenance};
use entente_evidence::{Package, custody, files, proposals};
use entente_ical::{Message, Method};
use entente_link::courier::{Head, MAX_HEAD, Opening, Unpacker, head_length};
use entente_link::frame::{FRAME_HEAD, Frame, FrameType};
use entente_link::{
    Config, Evidence, HeldRegister, Input, KeyHistory, Output, OwnRegister, Role, Session,
};
use entente_proof::beginning::{Beginning, Proposal};
use entente_proof::bundle::{Bundle, Trusted, verify_bundle};
use entente_proof::card::{Fingerprint, armour_card, dearmour_card, verify_card};
use entente_proof::checkpoint::{Checkpoint, parse_origin};
use entente_proof::compromise::Declaration;
use entente_proof::cosign::verify_cosignature_line;
use entente_proof::digest::{Digest, sha256};
use entente_proof::extract::Extract;
use entente_proof::intersect::{self, CLASSES, Points, Seed};
use entente_proof::leaf::{Leaf, MAX_LEAF};
use entente_proof::manifest::Manifest;
use entente_proof::note::{Note, NoteSignature, Vkey};
use entente_proof::presence::{Binding, Presence};
use entente_proof::seal::ObjectKey;
use entente_proof::sealed::{SealedExtract, dearmour_key, dearmour_secret};
use entente_proof::sealing::SealingKey;
use entente_proof::sign::SigningKey;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Cursor;
use std::str::FromStr;

/// A target: must come back without panic.
pub type Target = fn(&[u8]);

/// Every target by name; the names are those of the folders in `fuzz/corpus/`.
pub const TARGETS: &[(&str, Target)] = &[
    ("beginning", beginning),
    ("body", body),
    ("bundle", bundle),
    ("card", card),
    ("checkpoint", checkpoint),
    ("compromise", compromise),
    ("extract", extract),
    ("cosignature", cosignature),
    ("courier", courier),
    ("court", court),
    ("declaration", declaration),
    ("evidence", evidence),
    ("form", form),
    ("frame", frame),
    ("header", header),
    ("ical", ical),
    ("ids", ids),
    ("intersect", intersect),
    ("key_file", key_file),
    ("leaf", leaf),
    ("package", package),
    ("presence", presence),
    ("register", register),
    ("released", released),
    ("restart", restart),
    ("session", session),
    ("terms", terms),
    ("told", told),
];

/// The seed of the sealing key that the courier's samples are sealed to.
pub const COURIER_SEED: [u8; 32] = [7; 32];
/// The seed of the key that signs the courier's samples.
pub const SIGNER_SEED: [u8; 32] = [1; 32];

/// What both sign before a register begins again, whole and the owner's part of it alone.
pub fn beginning(data: &[u8]) {
    if let Ok(proposal) = Proposal::decode(data) {
        assert_eq!(proposal.encode(), data, "one form only");
    }
    if let Ok(beginning) = Beginning::decode(data) {
        assert_eq!(beginning.encode(), data, "one form only");
        assert!(
            beginning.proposal.verify().is_ok() && beginning.proposal.offers(&beginning.agreed)
        );
    }
}

/// Values of an entry's body.
pub fn body(data: &[u8]) {
    if let Ok(values) = Values::from_bytes(data) {
        let again = Values::from_bytes(&values.to_bytes());
        assert!(again.is_ok(), "what was read is written readably");
        assert!(values.texts().count() <= data.len());
    }
}

/// The offline proof of an entry, as bytes and in armour.
pub fn bundle(data: &[u8]) {
    if let Ok(bundle) = Bundle::decode(data) {
        assert_eq!(Bundle::decode(&bundle.encode()).as_ref(), Ok(&bundle));
        // A verdict either way; the samples are valid, most of what is made of them is not.
        let _verdict = verify_bundle(&bundle);
    }
    if let Ok(text) = str::from_utf8(data)
        && let Ok(bundle) = Bundle::dearmour(text)
    {
        let _verdict = verify_bundle(&bundle);
    }
}

/// A node's card, as bytes and in armour.
pub fn card(data: &[u8]) {
    if let Ok(card) = verify_card(data) {
        assert_eq!(dearmour_card(&armour_card(data)).as_deref(), Ok(data));
        let _key = card.sealing();
    }
    if let Ok(text) = str::from_utf8(data)
        && let Ok(bytes) = dearmour_card(text)
    {
        let _verdict = verify_card(&bytes);
    }
}

/// A signed note with a checkpoint.
pub fn checkpoint(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    if let Ok(note) = Note::parse(text) {
        assert_eq!(note.emit(), text, "a note is kept to the byte");
        if let Ok(checkpoint) = Checkpoint::parse(note.text()) {
            assert_eq!(checkpoint.text(), note.text());
        }
    }
    let _parts = (parse_origin(text), Vkey::parse(text));
}

/// Access records taken out, as bytes and in armour; sealed ones, and inspectors' keys.
pub fn extract(data: &[u8]) {
    if let Ok(sealed) = SealedExtract::decode(data) {
        assert_eq!(sealed.encode(), data, "kept to the byte");
        let _refused = sealed.open(&SealingKey::from_seed([7; 32]));
    }
    if let Ok(text) = str::from_utf8(data) {
        if let Ok(sealed) = SealedExtract::dearmour(text) {
            assert_eq!(SealedExtract::dearmour(&sealed.armour()), Ok(sealed));
        }
        let _keys = (dearmour_key(text), dearmour_secret(text).is_ok());
    }
    if let Ok(extract) = Extract::decode(data) {
        assert_eq!(extract.encode(), data, "kept to the byte");
    }
    if let Ok(text) = str::from_utf8(data)
        && let Ok(extract) = Extract::dearmour(text)
    {
        assert_eq!(Extract::dearmour(&extract.armour()), Ok(extract));
    }
}

/// A court bundle: the archive with its directory, and all that verifying reads; its index and the signature under it alone.
pub fn court(data: &[u8]) {
    let found = verify_court(Cursor::new(data), &Trusted::default());
    if let Ok(report) = found {
        assert!(!report.proofs.is_empty(), "what proves nothing is refused");
    }
    if let Ok(mut archive) = Opened::open(Cursor::new(data)) {
        let mut again = Vec::new();
        let mut packing = Packing::new(Cursor::new(&mut again), MAX_ARCHIVE);
        for part in archive.parts().to_vec() {
            let bytes = archive.whole(&part, MAX_ARCHIVE).unwrap_or_default();
            assert!(
                packing.whole(&part.name, &bytes).is_ok(),
                "packed once more"
            );
        }
        assert!(packing.finish().is_ok());
        assert_eq!(again.len(), data.len(), "nothing is hidden in it");
    }
    if let Ok(index) = read_index(data) {
        assert_eq!(read_index(&index.to_bytes()).ok(), Some(index));
    }
    if let Ok(text) = str::from_utf8(data)
        && let Ok(manifest) = Manifest::dearmour(text)
    {
        assert_eq!(Manifest::dearmour(&manifest.armour()), Ok(manifest));
    }
}

/// The declaration that a key is compromised, as bytes and in armour.
pub fn compromise(data: &[u8]) {
    if let Ok(declaration) = Declaration::decode(data) {
        assert_eq!(declaration.encode(), data, "kept to the byte");
    }
    if let Ok(text) = str::from_utf8(data)
        && let Ok(declaration) = Declaration::dearmour(text)
    {
        assert_eq!(
            Declaration::dearmour(&declaration.armour()),
            Ok(declaration)
        );
    }
}

/// A line of a cosignature.
pub fn cosignature(data: &[u8]) {
    let Ok(line) = str::from_utf8(data) else {
        return;
    };
    if let Ok(signature) = NoteSignature::parse_line(line) {
        assert!(NoteSignature::parse_line(&signature.line()).is_ok());
    }
    let key = SigningKey::from_seed(SIGNER_SEED).verifying_key();
    let refused = verify_cosignature_line("x\n\n", line, "fr", &key);
    assert!(refused.is_err(), "nobody signed that");
}

/// A courier's file; and its opening, which comes out of a valid file only.
pub fn courier(data: &[u8]) {
    let _opening = Opening::decode(data);
    let first = data.get(..MAX_HEAD).unwrap_or(data);
    let Ok(Some(length)) = head_length(first) else {
        return;
    };
    let (Some(head), Some(rest)) = (data.get(..length), data.get(length..)) else {
        return;
    };
    let Ok(head) = Head::decode(head) else {
        return;
    };
    let signers = vec![SigningKey::from_seed(SIGNER_SEED).verifying_key()];
    let key = SealingKey::from_seed(COURIER_SEED);
    let Ok(mut unpacker) = Unpacker::begin(&head, &key, signers) else {
        return;
    };
    for part in rest.chunks(1_021) {
        unpacker.push(part);
        loop {
            match unpacker.next_piece() {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
    let _verdict = unpacker.finish();
}

/// A declaration in every format, in a given language and in none, and what is proposed of it.
pub fn declaration(data: &[u8]) {
    for format in [Format::Auto, Format::Text, Format::Markdown, Format::Html] {
        for lang in [None, Some(Lang::Fr), Some(Lang::Ar)] {
            if let Ok(read) = text::import(data, format, lang) {
                let _proposed = text::propose(&read);
            }
        }
    }
}

/// Evidence of contradicting histories.
pub fn evidence(data: &[u8]) {
    if let Ok(evidence) = Evidence::decode(data) {
        assert_eq!(Evidence::decode(&evidence.encode()), Ok(evidence.clone()));
        let key = SigningKey::from_seed(SIGNER_SEED).verifying_key();
        let _verdict = evidence.check(&[key]);
    }
}

/// What a browser or a program may send for any form: names and values, or an object. What is accepted is written as a body that can be read.
pub fn form(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let mut raw: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.split('&') {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        raw.entry(name.to_owned())
            .or_default()
            .push(value.to_owned());
    }
    let object = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text);
    for entry in kinds::ALL.iter().flat_map(|kind| kind.entries) {
        let read = match &object {
            Ok(object) => Values::from_json(entry.fields, object, None),
            Err(_) => Values::parse(entry.fields, &raw, None),
        };
        if let Ok(values) = read {
            assert!(Values::from_bytes(&values.to_bytes()).is_ok());
        }
    }
}

/// One frame: its type, then its payload.
pub fn frame(data: &[u8]) {
    let Some((code, payload)) = data.split_first() else {
        return;
    };
    let Ok(frame) = Frame::decode(FrameType(*code), payload) else {
        return;
    };
    if let Ok(bytes) = frame.encode() {
        let again = bytes
            .get(FRAME_HEAD..)
            .map(|payload| Frame::decode(FrameType(*code), payload));
        assert_eq!(again, Some(Ok(frame)), "what was read is written the same");
    }
}

/// What one recipient says to another of a third's entries.
pub fn told(data: &[u8]) {
    if let Some(told) = Told::of_leaf(data) {
        assert_eq!(told.to_leaf(), data, "one form only");
    }
}

/// An entry's header.
pub fn header(data: &[u8]) {
    if let Ok(header) = Header::from_bytes(data) {
        assert!(Header::from_bytes(&header.to_bytes()).is_ok());
    }
}

/// What stands in addresses: identifiers, and names of nodes and services.
pub fn ids(data: &[u8]) {
    fn again<T: FromStr + Display + PartialEq>(text: &str) {
        if let Ok(id) = text.parse::<T>() {
            assert!(id.to_string().parse::<T>().is_ok_and(|read| read == id));
        }
    }
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    again::<NodeName>(text);
    again::<ServiceName>(text);
    again::<DossierId>(text);
    again::<EntryId>(text);
    again::<ObligationId>(text);
    again::<Digest>(text);
    again::<Month>(text);
    again::<entente_app::DraftId>(text);
    let _read = (
        text.parse::<Fingerprint>(),
        Instant::parse(text),
        Span::parse(text),
        label::Lang::parse(text),
    );
}

/// The key under which samples of key files are sealed.
pub const KEY_FILE_KEY: [u8; 32] = [7; 32];

/// A node's own key file, in clear or wrapped. No passphrase is stretched: that costs what the file says, within bounds.
pub fn key_file(data: &[u8]) {
    let _keys = entente_app::NodeKeys::from_seed_file_bytes(data);
    if let Ok(file) = KeyFile::decode(data) {
        assert!(data.len() <= MAX_KEY_FILE);
        if let KeyFile::Wrapped(wrapped) = file {
            let _opened = wrapped.open(&ObjectKey::new(KEY_FILE_KEY));
        }
    }
}

/// A leaf of a register: kept to the byte, known or not (invariant 14).
pub fn leaf(data: &[u8]) {
    match Leaf::decode(data) {
        Ok(leaf) => assert_eq!(leaf.encode(), data),
        Err(_) => assert!(data.len() > MAX_LEAF),
    }
    match Leaf::decode(data) {
        Ok(Leaf::KeyChange(change)) => drop(change.verify()),
        Ok(Leaf::TlsChange(change)) => drop(change.verify()),
        _ => {}
    }
}

/// A package of evidence: what could be read is written readably and says the same, every view of it comes back, and what is added changes
/// nothing that came.
pub fn package(data: &[u8]) {
    let Ok(package) = Package::decode(data) else {
        return;
    };
    let again = Package::decode(package.to_text().as_bytes());
    assert_eq!(again.as_ref(), Ok(&package), "nothing is lost");
    let graph = package.graph();
    let _views = (custody::custody(graph), files::files(graph));
    let _lists = (
        proposals::proposals(graph),
        package.unknown(),
        package.by_type(),
    );
    let Ok(form) = canonical(graph) else { return };
    assert!(again.is_ok_and(|again| canonical(again.graph()) == Ok(form)));
    let given = Given {
        entry: sha256(data),
        by: "fr/liaison".to_owned(),
        at: "2015-05-28T00:00:00Z".to_owned(),
        digest: sha256(data),
        size: 1,
        receipts: Vec::new(),
    };
    if let Ok(whole) = with_provenance(&package, &given) {
        assert!(Package::decode(whole.to_line().as_bytes()).is_ok());
    }
}

/// A calendar that any program wrote: what was read of an event is written, and read as the same.
pub fn ical(data: &[u8]) {
    let Ok(calendar) = entente_ical::read(data) else {
        return;
    };
    for event in &calendar.events {
        let message = Message {
            method: Method::Request,
            product: "-//Entente//fuzz//EN",
            name: None,
            refresh: None,
            events: std::slice::from_ref(event),
        };
        let Ok(written) = entente_ical::write(&message) else {
            continue;
        };
        let again = entente_ical::read(written.as_bytes());
        let again = again.expect("what was written is read");
        assert_eq!(again.events.len(), 1, "one event and no other");
    }
}

/// Points that a partner sends to be compared: what is read is of a size class and written back as it was, and can be answered.
pub fn intersect(data: &[u8]) {
    let Ok(points) = Points::decode(data) else {
        return;
    };
    assert!(CLASSES.contains(&points.class()));
    assert_eq!(points.encode(), data);
    if let Ok((reply, _)) = intersect::reply(&Seed::new([3; 32]), &points, &[]) {
        assert_eq!(reply.raised.class(), points.class());
    }
}

/// What [`presence`] holds a proof against.
#[must_use]
pub fn proved_presence() -> Presence {
    Presence {
        binding: Binding([9; 32]),
        node: "ma".to_owned(),
        to: "fr".to_owned(),
        dialled: true,
        hello: sha256(b"hello"),
    }
}

/// The proof of who is at the other end: a frame's payload, held against two keys that may be known.
pub fn presence(data: &[u8]) {
    let Ok(Frame::Presence(proof)) = Frame::decode(FrameType::PRESENCE, data) else {
        return;
    };
    let presence = proved_presence();
    for seed in [SIGNER_SEED, OWN_SEED] {
        let known = SigningKey::from_seed(seed).verifying_key();
        if let Ok(key) = presence.verify(&proof, &known) {
            let last = proof.changes.last().map_or(known, |change| change.new_key);
            assert_eq!(key, last);
        }
    }
}

/// A register of instruments and points.
pub fn register(data: &[u8]) {
    if let Ok(register) = text::register::import(data) {
        let _statuses = register.statuses();
    }
}

/// The body of a release, which wraps what was signed elsewhere: read without believing any of it.
pub fn released(data: &[u8]) {
    let Ok(values) = Values::from_bytes(data) else {
        return;
    };
    if let Some(wrapped) = unwrap_released(&values) {
        let release = wrapped.header.clone();
        let held = released::holds(&release, Some(&wrapped));
        assert!(held.is_err() || released::released(&release).is_some());
    }
}

/// A file of a restart: proposal, answer or part of one, as text.
pub fn restart(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data)
        && let Ok(view) = read_restart(text)
    {
        assert!(!view.ground.is_empty() || view.agreed.is_some() || view.fingerprint.is_some());
    }
}

/// Terms as a program or a file gives them, over those of a model: what stands is without fault.
pub fn terms(data: &[u8]) {
    let Ok(draft) = serde_json::from_slice::<TermsDraft>(data) else {
        return;
    };
    let [ma, fr] = ["ma", "fr"].map(|name| name.parse::<NodeName>());
    let (Ok(ma), Ok(fr)) = (ma, fr) else { return };
    let base = Terms::modelled(&ma, &fr, &ma, kinds::chartered());
    if let Ok(terms) = draft.amend(&base) {
        assert!(faults(&terms).is_empty(), "what was accepted can stand");
    }
}

/// What a partner may send over an open connection: hostile bytes before and after its hello, in fragments.
pub fn session(data: &[u8]) {
    // In version 3 hostile bytes end before the proof; in version 2 they come further.
    for (courier, versions) in [
        (false, &[3, 2, 1][..]),
        (false, &[2, 1]),
        (true, &[3, 2, 1]),
    ] {
        let Ok(session) = Session::new(config(courier, versions), 0) else {
            return;
        };
        let (mut session, _) = session.handle(Input::Connected {
            role: Role::Accepted,
            binding: Some(Binding([9; 32])),
        });
        for part in data.chunks(509) {
            let (next, outputs) = session.handle(Input::Bytes(part.to_vec()));
            session = next;
            for output in outputs {
                if let Output::WantPresence(presence) = output {
                    let proof = presence.prove(&SigningKey::from_seed(OWN_SEED), Vec::new());
                    session = session.handle(Input::Present(proof)).0;
                }
            }
        }
        let (_, _) = session.handle(Input::Disconnected);
    }
}

const OWN_SEED: [u8; 32] = [2; 32];

fn config(courier: bool, versions: &[u16]) -> Config {
    let own = SigningKey::from_seed(OWN_SEED).verifying_key();
    Config {
        node: "fr".into(),
        peer: "ma".into(),
        own_generation: 0,
        peer_generation: 0,
        versions: versions.to_vec(),
        own_keys: KeyHistory::new(own),
        own_ring: Vec::new(),
        peer_keys: KeyHistory::new(SigningKey::from_seed(SIGNER_SEED).verifying_key()),
        peer_newest: SigningKey::from_seed(SIGNER_SEED).verifying_key(),
        peer_refused: Vec::new(),
        peer_proves: false,
        card: sha256(b"card"),
        suspended: false,
        own: OwnRegister::empty(),
        held: HeldRegister::default(),
        courier,
        again: None,
    }
}
