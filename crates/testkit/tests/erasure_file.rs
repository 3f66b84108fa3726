//! Invariant 10: one file of an entry is erased alone. Its bytes, key and size go at both ends, its name is shown no more, its text
//! stays and says so; whatever breaks, waits or comes late meanwhile.
//!
//! Each test says what to take out of the code to see it fail.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_app::views::{BodyView, DossierQuery, EntryView, FileView};
use entente_core::act::Act;
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, EntryId};
use entente_core::judge::{Irregular, Verdict};
use entente_core::obligation::State;
use entente_link::Body;
use entente_link::frame::{BlobRefusalCode, BlobRequest, Frame};
use entente_proof::bundle::{BodyShown, Bundle, verify_bundle};
use entente_proof::digest::Digest;
use entente_store::blobs::Blobs as _;
use entente_store::{AttachmentRow, AttachmentState, BodyState, StoreExt as _, WAITING};
use entente_testkit::backup::Backup;
use entente_testkit::fault::{Break, Plan};
use entente_testkit::liar::{Liar, commit, next_header, with_file};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const SIZE: usize = 300_000;
const REASON: &str = "Versé par erreur.";

fn bytes(n: u8) -> Vec<u8> {
    (0..SIZE).map(|at| at.to_le_bytes()[0] ^ n).collect()
}

fn note<'a>(dossier: DossierId, text: &str) -> Writing<'a> {
    Writing::on(dossier, &[("text", text)])
}

/// A note with two files.
fn two_files(pair: &mut TestPair, dossier: DossierId) -> EntryId {
    let note = note(dossier, "Deux pièces jointes.")
        .file("secret.bin", bytes(1))
        .file("reste.bin", bytes(2));
    pair.write(Side::Ma, "note", &note).entry
}

/// Erases a file, counted from 1.
fn erase<'a>(dossier: DossierId, entry: EntryId, file: &str) -> Writing<'a> {
    let entry = entry.to_string();
    let fields = [
        ("entry", entry.as_str()),
        ("file", file),
        ("reason", REASON),
    ];
    Writing::on(dossier, &fields)
}

fn rows(pair: &TestPair, side: Side, entry: EntryId) -> Vec<AttachmentRow> {
    pair.node(side).look(|tx| tx.attachments(entry)).unwrap()
}

fn states(pair: &TestPair, side: Side, entry: EntryId) -> Vec<AttachmentState> {
    rows(pair, side, entry)
        .iter()
        .map(|row| row.state)
        .collect()
}

fn shown(pair: &TestPair, side: Side, entry: EntryId) -> EntryView {
    let actor = pair.node(side).officer("liaison").unwrap();
    pair.node(side).app.entry(&actor, entry).unwrap()
}

/// Of the first file nothing is left at this side, and the second and the text are as before.
fn is_gone(pair: &TestPair, side: Side, entry: EntryId) {
    let node = pair.node(side);
    let row = rows(pair, side, entry).remove(0);
    assert_eq!(
        (row.state, row.size),
        (AttachmentState::Erased, 0),
        "{side:?}"
    );
    let mut name = entry.0.to_vec();
    name.extend_from_slice(&0u32.to_be_bytes());
    let key = node.look(|tx| tx.object_key(row.dossier, &name)).unwrap();
    assert!(key.is_none_or(|key| key.is_empty()), "{side:?}: its key");
    assert_eq!(pair.node(side).file(entry, 0), None, "{side:?}");
    assert_eq!(pair.node(side).file(entry, 1), Some(bytes(2)), "{side:?}");
    let view = shown(pair, side, entry);
    assert!(matches!(view.body, BodyView::Here(_)), "{side:?}");
    let all = format!("{view:?}");
    assert!(!all.contains("secret.bin"), "{side:?}: {all}");
    assert!(
        all.contains("reste.bin") && all.contains("Deux pièces"),
        "{side:?}"
    );
}

/// The blobs that a side still has, once what was erased is freed.
fn blobs_left(pair: &TestPair, side: Side) -> usize {
    pair.node(side).app.free_erased().unwrap();
    pair.node(side).blobs.list().unwrap().len()
}

/// The whole way: both ends destroy, say when, by whom and why, and the partner attests.
///
/// Take out: in `app/src/apply.rs::effect`, the call of `erase_file_here`; in `app/src/erase.rs`, the loss of the key or of the size;
/// in `app/src/show/entry.rs::files`, the filter on the description.
#[test]
fn invariant_10_one_file_is_erased_alone_and_attested() {
    let mut pair = TestPair::linked(1801);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let entry = two_files(&mut pair, dossier);
    // The same bytes in another entry are another file.
    let twin = note(dossier, "La même.").file("secret.bin", bytes(1));
    let twin = pair.write(Side::Ma, "note", &twin).entry;
    pair.settle();
    let erasure = pair
        .write(Side::Ma, "erase", &erase(dossier, entry, "1"))
        .entry;
    pair.settle();
    let at = pair.ma().header(erasure).at;
    for side in Side::BOTH {
        is_gone(&pair, side, entry);
        assert_eq!(blobs_left(&pair, side), 2, "{side:?}");
        assert_eq!(pair.node(side).file(twin, 0), Some(bytes(1)), "{side:?}");
        let view = shown(&pair, side, entry);
        let files: Vec<&FileView> = view.files.iter().filter(|f| f.erased.is_some()).collect();
        let [
            FileView {
                erased: Some(erased),
                name,
                media,
                ..
            },
        ] = files[..]
        else {
            panic!("{side:?}: {:?}", view.files)
        };
        assert_eq!((name.as_str(), media.as_str()), ("", ""), "{side:?}");
        assert_eq!((erased.by, erased.at), (erasure, at), "{side:?}");
        assert_eq!(erased.service.as_str(), "ma/liaison", "{side:?}");
        let reason = erased.reason.as_ref().map(|(text, _)| text.as_str());
        assert_eq!(reason, Some(REASON), "{side:?}");
        let actor = pair.node(side).officer("liaison").unwrap();
        let query = DossierQuery {
            text: "jointes".into(),
            ..DossierQuery::default()
        };
        let hits = pair.node(side).app.dossiers(&actor, &query).unwrap().hits;
        assert_eq!(hits.len(), 1, "{side:?}: its text is found as before");
        let proof = pair.node(side).app.proof(&actor, entry).unwrap();
        let proved = verify_bundle(&Bundle::dearmour(&proof).unwrap()).unwrap();
        assert_eq!(proved.body, BodyShown::Matches, "{side:?}: and proved");
    }
    let owed = pair.open_one(Side::Fr, dossier, Ask::Erase).id;
    let asked = shown(&pair, Side::Fr, owed.entry);
    let BodyView::Here(values) = asked.body else {
        panic!("{:?}", asked.body)
    };
    assert_eq!(values.text("of"), Some(entry.to_string().as_str()));
    assert_eq!(values.number("file"), Some(1), "which file is meant");
    let attest = Writing::on(dossier, &[("copies", "none")]).target(owed);
    pair.write(Side::Fr, "attest_erasure", &attest);
    pair.settle();
    pair.assert_same();
    for side in Side::BOTH {
        assert_eq!(pair.obligation(side, owed).state, State::Answered);
        pair.node(side).check().unwrap();
    }
}

/// Nobody erases another's file, one that is not there, or one that is gone; nor a file and everything at once.
///
/// Take out: in `app/src/erase.rs`, `refuse_no_file`; in `core/src/judge.rs`, the look at the number of attachments.
#[test]
fn only_a_file_of_ones_own_that_is_there_is_erased() {
    let mut pair = TestPair::linked(1802);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let entry = two_files(&mut pair, dossier);
    pair.settle();
    let theirs = pair.try_write(Side::Fr, "erase", &erase(dossier, entry, "1"));
    assert!(
        matches!(theirs, Err(AppError::Irregular(Irregular::NotOriginator))),
        "{theirs:?}"
    );
    for wrong in ["3", "0", "x", "-1"] {
        let said = pair.try_write(Side::Ma, "erase", &erase(dossier, entry, wrong));
        assert!(said.is_err(), "{wrong}: {said:?}");
    }
    let alone = Writing::on(dossier, &[("file", "1")]);
    let said = pair.try_write(Side::Ma, "erase", &alone);
    assert!(said.is_err(), "a file of no entry: {said:?}");
    let all = Writing::on(dossier, &[("all", "on"), ("file", "1")]);
    let said = pair.try_write(Side::Ma, "erase", &all);
    assert!(matches!(said, Err(AppError::Fields(_))), "{said:?}");
    assert_eq!(states(&pair, Side::Ma, entry), [AttachmentState::Held; 2]);

    // A partner that names a place beyond the last, or an entry of ours, is heard and changes nothing.
    let mut liar = Liar::of(&pair, Side::Fr);
    let act = vec![Act::EraseFile { entry, index: 0 }];
    let mut header = next_header(&pair, Side::Fr, dossier, "erase", act);
    commit(&mut header, &[1; 16], b"");
    let forged = liar.push(&header, [1; 16], b"");
    liar.tell(&mut pair);
    let verdict = pair.ma().entry(forged).unwrap().unwrap().verdict;
    assert_eq!(
        Verdict::from_number(verdict),
        Verdict::Irregular(Irregular::NotOriginator)
    );
    assert_eq!(states(&pair, Side::Ma, entry), [AttachmentState::Held; 2]);
}

/// A place that the entry does not have is no file: the erasure has no effect, at any node.
///
/// Take out: in `core/src/judge.rs`, the look at the number of attachments.
#[test]
fn a_file_that_an_entry_does_not_have_is_erased_by_nobody() {
    let mut pair = TestPair::linked(1803);
    let dossier = pair.charter.unwrap();
    let (body, commitment) = with_file("Une pièce.", &bytes(1));
    let mut header = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    header.attachments = vec![commitment];
    commit(&mut header, &[1; 16], &body);
    let mut liar = Liar::of(&pair, Side::Fr);
    let entry = liar.push(&header, [1; 16], &body);
    liar.tell(&mut pair);
    assert_eq!(states(&pair, Side::Ma, entry), [AttachmentState::Wanted]);
    for (index, regular) in [(1, false), (u32::MAX, false), (0, true)] {
        let act = vec![Act::EraseFile { entry, index }];
        let mut header = next_header(&pair, Side::Fr, dossier, "erase", act);
        commit(&mut header, &[2; 16], b"");
        let mut liar = Liar::of(&pair, Side::Fr);
        let erasure = liar.push(&header, [2; 16], b"");
        liar.tell(&mut pair);
        let row = pair.ma().entry(erasure).unwrap().unwrap();
        let expected = match regular {
            true => Verdict::Regular,
            false => Verdict::Irregular(Irregular::Act),
        };
        assert_eq!(Verdict::from_number(row.verdict), expected, "{index}");
    }
    assert_eq!(states(&pair, Side::Ma, entry), [AttachmentState::Erased]);
    pair.ma().check().unwrap();
}

/// What never left, and what leaves with its erasure behind it: no byte of the file crosses.
///
/// Take out: in `app/src/chunks.rs::serve_blob`, the refusal as erased, and in `app/src/attach.rs::read_chunk`, the state.
#[test]
fn invariant_10_a_file_erased_before_it_was_sent_never_leaves() {
    let mut pair = TestPair::linked(1804);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.wire.tear(true);
    let entry = two_files(&mut pair, dossier);
    pair.write(Side::Ma, "erase", &erase(dossier, entry, "1"));
    let own = note(dossier, "Pour nous.")
        .file("own.bin", bytes(3))
        .own_only();
    let own = pair.write(Side::Ma, "note", &own).entry;
    pair.write(Side::Ma, "erase", &erase(dossier, own, "1"));
    assert_eq!(states(&pair, Side::Ma, own), [AttachmentState::Erased]);
    pair.settle();
    for side in Side::BOTH {
        is_gone(&pair, side, entry);
        assert_eq!(blobs_left(&pair, side), 1, "{side:?}");
    }
    let rows = pair.fr().obligations(Some(dossier)).unwrap();
    let asked = rows.iter().filter(|row| row.ask == Ask::Erase).count();
    assert_eq!(asked, 1, "what never left is attested by nobody");
    pair.assert_same();
}

/// Erased while its chunks are on their way: the recipient keeps none of them, and what it asks for afterwards is refused as erased.
///
/// Take out: in `app/src/chunks.rs::serve_blob`, the refusal as erased.
#[test]
fn invariant_10_a_file_is_erased_while_it_is_fetched() {
    let mut pair = TestPair::linked(1805);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    for after in 0..12 {
        let entry = two_files(&mut pair, dossier);
        let (app, actor) = (pair.ma().app.clone(), pair.ma().officer("liaison").unwrap());
        let erasing = entente_testkit::node::recording("erase", &erase(dossier, entry, "1"));
        let erasing = erasing.unwrap();
        // In the midst of storing a chunk, before the next change of the recipient's files.
        pair.fr().blobs.meanwhile(after, move || {
            app.record(&actor, erasing).unwrap();
        });
        pair.settle();
        // What did not come to it.
        if states(&pair, Side::Ma, entry)[0] != AttachmentState::Erased {
            pair.write(Side::Ma, "erase", &erase(dossier, entry, "1"));
            pair.settle();
        }
        for side in Side::BOTH {
            is_gone(&pair, side, entry);
        }
    }
    assert_eq!(blobs_left(&pair, Side::Fr), 12);
    let entry = two_files(&mut pair, dossier);
    pair.settle();
    pair.write(Side::Ma, "erase", &erase(dossier, entry, "1"));
    let liar = Liar::of(&pair, Side::Fr);
    let mut visit = liar.visit(pair.ma()).unwrap();
    visit.say(&Frame::BlobRequest(BlobRequest {
        entry: Digest(entry.0),
        index: 0,
        first: 0,
        count: 2,
    }));
    visit.tick();
    let refused =
        |frame: &Frame| matches!(frame, Frame::BlobRefused(r) if r.code == BlobRefusalCode::ERASED);
    let chunk = |frame: &Frame| matches!(frame, Frame::BlobChunk(_));
    assert!(visit.heard.iter().any(refused), "{:?}", visit.heard.len());
    assert!(!visit.heard.iter().any(chunk));
}

/// While the link is suspended the file goes at once at the partner, ahead of content that waits; judged later.
///
/// Take out: in `app/src/apply.rs::erase_ahead`, the arm for a file; in `app/src/suspension.rs`, `erased`.
#[test]
fn rule_11_a_files_erasure_goes_ahead_of_content_that_waits() {
    let mut pair = TestPair::linked(1806);
    let charter = pair.charter.unwrap();
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let entry = two_files(&mut pair, dossier);
    pair.settle();
    pair.write(Side::Fr, "charter.suspend", &note(charter, "Pourparlers."));
    pair.settle();
    let held_back = pair
        .write(Side::Ma, "note", &note(dossier, "Attend."))
        .entry;
    let erasure = pair
        .write(Side::Ma, "erase", &erase(dossier, entry, "1"))
        .entry;
    pair.settle();
    assert!(pair.fr().entry(held_back).unwrap().is_none());
    let row = pair.fr().entry(erasure).unwrap().unwrap();
    assert_eq!(row.verdict, WAITING);
    is_gone(&pair, Side::Fr, entry);
    pair.write(Side::Fr, "charter.resume", &Writing::on(charter, &[]));
    pair.settle();
    let row = pair.fr().entry(erasure).unwrap().unwrap();
    assert_eq!(row.verdict, Verdict::Regular.number());
    pair.assert_same();
}

/// The body comes after the erasure: the file that it describes is not fetched.
///
/// Take out: in `app/src/apply.rs::expect_files`, the look at what is gone.
#[test]
fn invariant_10_a_body_that_comes_late_brings_no_erased_file() {
    let pair = TestPair::linked(1807);
    let dossier = pair.charter.unwrap();
    let size = pair.held(Side::Ma).unwrap();
    let (body, commitment) = with_file("Une pièce.", &bytes(1));
    let mut header = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    header.attachments = vec![commitment];
    commit(&mut header, &[1; 16], &body);
    let mut liar = Liar::of(&pair, Side::Fr);
    let entry = liar.push_bytes(&header.to_bytes(), Body::Absent);
    let act = vec![Act::EraseFile { entry, index: 0 }];
    let mut erasure = next_header(&pair, Side::Fr, dossier, "erase", act);
    erasure.seq = header.seq + 1;
    erasure.after = vec![entry];
    commit(&mut erasure, &[2; 16], b"");
    let erasure = liar.push(&erasure, [2; 16], b"");
    let mut visit = liar.visit(pair.ma()).unwrap();
    visit.say(&liar.batch(size, liar.size()));
    assert_eq!(visit.closed, None);
    drop(visit);
    let row = pair.ma().entry(erasure).unwrap().unwrap();
    assert_eq!(Verdict::from_number(row.verdict), Verdict::Regular);
    let body_state = |pair: &TestPair| pair.ma().entry(entry).unwrap().unwrap().body;
    assert_eq!(body_state(&pair), BodyState::Owed);
    pair.time.advance(3_600_001);
    let at = usize::try_from(size).unwrap();
    liar.items[at].body = Body::Present {
        salt: [1; 16],
        bytes: body,
    };
    let mut visit = liar.visit(pair.ma()).unwrap();
    visit.say(&liar.batch(size, liar.size()));
    drop(visit);
    assert_eq!(body_state(&pair), BodyState::Here);
    assert_eq!(states(&pair, Side::Ma, entry), [AttachmentState::Erased]);
    let view = shown(&pair, Side::Ma, entry);
    assert!(!format!("{view:?}").contains("piece.bin"));
    let by = view.files[0].erased.as_ref().unwrap().by;
    assert_eq!(by, erasure);
    pair.ma().check().unwrap();
}

/// A node restored from a backup of before the erasure erases again, before anything is shown.
///
/// Take out: in `app/src/apply.rs::effect`, the call of `erase_file_here`.
#[test]
fn invariant_10_no_older_backup_brings_an_erased_file_back() {
    for restored in Side::BOTH {
        let mut pair = TestPair::linked(1808);
        let (dossier, _) = pair.ask(Side::Ma, "normal");
        let entry = two_files(&mut pair, dossier);
        pair.settle();
        let backup = Backup::of(pair.node(restored));
        pair.write(Side::Ma, "erase", &erase(dossier, entry, "1"));
        pair.settle();
        backup.restore(&mut pair, restored);
        let closed = pair.node(restored).officer("liaison");
        assert!(closed.is_err(), "{restored:?}: closed until heard");
        pair.settle();
        pair.time.advance(60_000);
        pair.settle();
        for side in Side::BOTH {
            is_gone(&pair, side, entry);
        }
        pair.assert_same();
    }
}

/// By courier: asked for in a bundle, erased at the origin meanwhile.
#[test]
fn invariant_10_by_courier_a_file_erased_meanwhile_does_not_come() {
    let mut pair = TestPair::by_courier(1809);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle_by_courier();
    let entry = two_files(&mut pair, dossier);
    pair.settle_by_courier();
    let lost = rows(&pair, Side::Fr, entry).remove(0);
    let wanted = AttachmentRow {
        state: AttachmentState::Wanted,
        next_chunk: 0,
        blob: String::new(),
        ..lost
    };
    let put = pair
        .fr()
        .store
        .update("test", move |tx| tx.put_attachment(&wanted));
    put.unwrap();
    pair.time.advance(60_000);
    pair.carry(Side::Fr);
    pair.write(Side::Ma, "erase", &erase(dossier, entry, "1"));
    pair.time.advance(60_000);
    pair.carry(Side::Ma);
    is_gone(&pair, Side::Fr, entry);
    is_gone(&pair, Side::Ma, entry);
}

/// Every write around the erasure breaks once, at either side, before it or after it, with and without a crash: the file is erased at
/// both in the end, if its author was told so, and otherwise when it is asked again.
///
/// Take out: the one transaction of the erasure (destroy the key in another one after it).
#[test]
fn invariant_10_a_fault_at_any_write_leaves_no_erased_file() {
    let mut broken = 0;
    for after in 0..16 {
        for how in [Break::Failed, Break::FailedButPersisted] {
            for crash in [false, true] {
                for side in Side::BOTH {
                    broken += erased_with_a_fault(Plan { after, how, crash }, side);
                }
            }
        }
    }
    assert!(broken > 40, "only {broken} writes were broken");
}

/// How many writes broke.
fn erased_with_a_fault(plan: Plan, side: Side) -> usize {
    let mut pair = TestPair::linked(1810);
    let dossier = pair.charter.unwrap();
    let entry = two_files(&mut pair, dossier);
    pair.settle();
    pair.node(side).disk.plan(plan);
    let said = pair.try_write(Side::Ma, "erase", &erase(dossier, entry, "1"));
    assert!(said.is_ok() || side == Side::Ma, "{plan:?} {side:?}");
    for _ in 0..4 {
        pair.round();
    }
    let broke = pair.node(side).disk.broke().len();
    if pair.node(side).disk.is_dead() {
        pair.restart(side);
    }
    pair.node(side).disk.spare();
    if said.is_err() {
        let state = states(&pair, Side::Ma, entry)[0];
        let lost = plan.how == Break::Failed;
        assert_eq!(state == AttachmentState::Held, lost, "{plan:?} {side:?}");
        if lost {
            pair.write(Side::Ma, "erase", &erase(dossier, entry, "1"));
        }
    }
    pair.time.advance(60_000);
    pair.settle();
    for both in Side::BOTH {
        is_gone(&pair, both, entry);
        assert_eq!(blobs_left(&pair, both), 1, "{plan:?} {side:?}");
        pair.node(both).check().unwrap();
    }
    let owed = pair.fr().obligations(Some(dossier)).unwrap();
    let asked = owed.iter().filter(|row| row.ask == Ask::Erase).count();
    assert_eq!(asked, 1, "{plan:?} {side:?}: asked once");
    pair.assert_same();
    broke
}
