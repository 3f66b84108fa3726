//! Files that come in piece by piece: the same bytes at both ends, however they were cut; refused or let go, nothing of them stays.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use entente_app::{AppError, CHUNK, NewFile, Recording};
use entente_core::field::Problem;
use entente_core::ids::DossierId;
use entente_store::blobs::{Blobs as _, is_temporary};
use entente_testkit::blobs::Bad;
use entente_testkit::node::{Said, TestNode, Writing, recording};
use entente_testkit::pair::{Side, TestPair};

fn bytes(size: usize) -> Vec<u8> {
    let one = |n: usize| (n * 31 + n / 251).to_le_bytes()[0];
    (0..size).map(one).collect()
}

/// A file that came in pieces of this size.
fn came(node: &TestNode, name: &str, (bytes, piece): (&[u8], usize)) -> Said<NewFile> {
    let mut file = node.app.begin_file(name, "text/plain")?;
    for piece in bytes.chunks(piece) {
        file.write(piece)?;
    }
    file.finish()
}

/// A note on a dossier of the pair, with files.
fn note(dossier: DossierId, text: &str, files: Vec<NewFile>) -> Recording {
    let note = recording("note", &Writing::on(dossier, &[("text", text)])).unwrap();
    Recording { files, ..note }
}

fn blobs(node: &TestNode) -> Vec<String> {
    node.blobs.list().unwrap()
}

/// However a file was cut on its way, the partner gets the same bytes.
///
/// Take out: in `app/src/incoming.rs`, that a full chunk waits for the next byte before it is sealed.
#[test]
fn the_same_bytes_arrive_however_they_came() {
    let mut pair = TestPair::linked(41);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let actor = pair.ma().officer("liaison").unwrap();
    for size in [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7] {
        for piece in [1_000, CHUNK, 5 * CHUNK] {
            let whole = bytes(size);
            let file = came(pair.ma(), "a.txt", (&whole, piece)).unwrap();
            assert_eq!(file.content.size(), size as u64);
            let note = note(dossier, "Une pièce.", vec![file]);
            let recorded = pair.ma().app.record(&actor, note).unwrap();
            pair.settle();
            for side in [Side::Ma, Side::Fr] {
                let read = pair.node(side).file(recorded.entry, 0);
                assert!(read.as_deref() == Some(&*whole), "{size} by {piece}");
            }
        }
    }
    assert!(blobs(pair.ma()).iter().all(|name| !is_temporary(name)));
}

/// What is let go of before it is recorded goes with its bytes: broken off, refused with its entry, or beside a file that was refused.
///
/// Take out: in `app/src/incoming.rs`, what `Begun` does when it goes; in `app/src/attach.rs::seal_files`, `given_up`.
#[test]
fn nothing_stays_of_a_file_that_no_entry_has() {
    let mut pair = TestPair::linked(42);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let node = pair.ma();
    let actor = node.officer("liaison").unwrap();
    let whole = bytes(2 * CHUNK + 5);
    let mut half = node.app.begin_file("a.txt", "text/plain").unwrap();
    half.write(&whole).unwrap();
    assert_eq!(blobs(node).len(), 1, "it is sealed as it comes");
    drop(half);
    assert_eq!(blobs(node), [""; 0]);
    let came = |name| came(node, name, (&whole, 4_096));
    // An answer to nothing.
    let fields = [("text", "Rien.")];
    let answer = recording("request.answer", &Writing::on(dossier, &fields)).unwrap();
    let files = vec![came("a.txt").unwrap()];
    let answer = Recording { files, ..answer };
    assert!(node.app.record(&actor, answer).is_err());
    assert_eq!(blobs(node), [""; 0]);
    let beside = vec![came("a.txt").unwrap(), NewFile::of("b.txt", "", Vec::new())];
    let refused = node.app.record(&actor, note(dossier, "Deux.", beside));
    let refused = refused.unwrap_err();
    assert!(matches!(&refused, AppError::Fields(e) if e[0].problem == Problem::EmptyFile));
    assert_eq!(blobs(node), [""; 0]);
    let name = came("a\u{202e}fdp.txt").unwrap_err();
    assert!(matches!(&name, AppError::Fields(e) if e[0].problem == Problem::HiddenCharacters));
}

/// A disk that is full, fails or keeps other bytes is found before the entry is recorded, and what was begun goes.
///
/// Take out: in `app/src/incoming.rs::settle_file`, that it is read back.
#[test]
fn what_was_not_kept_whole_is_no_file() {
    let mut pair = TestPair::linked(43);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let node = pair.ma();
    let actor = node.officer("liaison").unwrap();
    let whole = bytes(4 * CHUNK);
    for how in [0, 2] {
        for after in 1..5 {
            node.blobs.plan(after, Bad::of(how));
            let kept = came(node, "a.txt", (&whole, CHUNK));
            let kept = kept.and_then(|file| {
                let files = vec![file];
                node.app.record(&actor, note(dossier, "Une pièce.", files))
            });
            node.blobs.heal();
            assert!(
                matches!(kept, Err(AppError::Store(_))),
                "{how} after {after}"
            );
            assert_eq!(blobs(node), [""; 0], "{how} after {after}");
        }
    }
}
