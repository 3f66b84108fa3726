//! Two nodes end to end: ask, answer, feedback, and both ledgers the same.

use entente_app::{AppError, Recording};
use entente_core::codes::Ask;
use entente_core::field::{Value, Values};
use entente_core::label::Lang;
use entente_core::obligation::{Side as Owed, State};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

#[test]
fn ask_answer_feedback_leave_nothing_open_and_both_ledgers_equal() {
    let mut pair = TestPair::linked(1);
    let (dossier, asked) = pair.ask(Side::Fr, "urgent_direct");
    pair.settle();
    pair.assert_same();
    let row = pair.obligation(Side::Ma, asked);
    assert_eq!((row.state, row.turn), (State::Open, Some(Owed::Debtor)));
    assert!(row.due_ms.is_some(), "the clock runs once it is received");

    pair.answer(Side::Ma, dossier, asked);
    pair.settle();
    pair.assert_same();
    assert_eq!(pair.obligation(Side::Fr, asked).state, State::Answered);

    let feedback = pair.open_one(Side::Ma, dossier, Ask::Feedback);
    assert_eq!(feedback.owing.node(), pair.fr().name);
    pair.feedback(Side::Fr, dossier, feedback.id, "opened_case");
    pair.settle();
    pair.assert_same();
    let open = pair
        .ma()
        .obligations(Some(dossier))
        .unwrap()
        .into_iter()
        .filter(|r| r.state.is_open())
        .count();
    assert_eq!(open, 0);
    pair.ma().check().unwrap();
    pair.fr().check().unwrap();
}

/// One rule for pages, API and command line, which do not all read a form: a text of spaces is missing.
#[test]
fn an_empty_note_is_refused_whoever_sends_it() {
    let mut pair = TestPair::linked(6);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let actor = ma.officer("liaison").unwrap();
    let note = |text: &str| Recording {
        dossier: Some(dossier),
        entry_type: "note".into(),
        values: Values {
            lang: Some(Lang::Fr),
            values: [("text".to_owned(), Value::Text(text.to_owned()))].into(),
        },
        ..Recording::default()
    };
    for text in ["", " ", "\n\t"] {
        let refused = ma.app.record(&actor, note(text)).unwrap_err();
        let AppError::Fields(fields) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(fields[0].field, "text");
    }
    ma.app.record(&actor, note("Bien.")).unwrap();
}

#[test]
fn files_arrive_whole_and_are_attested() {
    let mut pair = TestPair::linked(2);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let bytes: Vec<u8> = (0..600_000u32)
        .map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1])
        .collect();
    let answer = pair.write(
        Side::Fr,
        "request.answer",
        &Writing::on(dossier, &[("text", "Contrat joint.")])
            .target(asked)
            .file("contrat.pdf", bytes.clone()),
    );
    pair.settle();
    let ma = pair.ma();
    let reader = ma
        .app
        .file(&ma.officer("liaison").unwrap(), answer.entry, 0)
        .unwrap();
    let read: Vec<u8> = reader.chunks.flat_map(Result::unwrap).collect();
    assert_eq!(read, bytes);
    pair.assert_same();
}

/// A large file whose connection breaks in the middle of a request goes on from there, without a fault of ours.
#[test]
fn a_large_file_goes_on_where_it_stopped() {
    let mut pair = TestPair::linked(3);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let bytes: Vec<u8> = (0..5_500_000u32)
        .map(|n| n.to_le_bytes()[2] ^ n.to_le_bytes()[0])
        .collect();
    let note = pair.write(
        Side::Fr,
        "note",
        &Writing::on(dossier, &[("text", "Vidéo.")]).file("video.bin", bytes.clone()),
    );
    // The entry arrives, the file is asked for, and a few chunks of the first request come.
    for _ in 0..40 {
        pair.wire.read(0, 50_000);
        pair.wire.read(1, 50_000);
    }
    let next = pair
        .ma()
        .look(|tx| Ok(tx.attachments(note.entry)?[0].next_chunk))
        .unwrap();
    assert!(
        next > 0 && !next.is_multiple_of(16),
        "the break is in the middle of a request: {next}"
    );
    pair.wire.tear(true);
    let closed = pair.wire.reasons.len();
    pair.wire.dial(&pair.nodes, 0).unwrap();
    pair.wire.accept(&pair.nodes);
    for _ in 0..400 {
        pair.wire.read(0, 50_000);
        pair.wire.read(1, 50_000);
    }
    pair.settle();
    assert_eq!(
        pair.wire.reasons[closed..],
        [],
        "no connection was closed on the way"
    );
    let ma = pair.ma();
    let reader = ma
        .app
        .file(&ma.officer("liaison").unwrap(), note.entry, 0)
        .unwrap();
    let read: Vec<u8> = reader.chunks.flat_map(Result::unwrap).collect();
    assert!(read == bytes, "the file is not the one that was sent");
}

/// More waits than one batch holds, so that batches end between the sizes that were signed when appending; the word for the first
/// of them is lost with the connection. The next connection goes on from there.
#[test]
fn a_lost_word_for_a_size_between_two_checkpoints_is_said_again() {
    let mut pair = TestPair::linked(4);
    pair.wire.tear(true);
    let document = format!("\"{}\"", "mot ".repeat(210_000));
    for number in 0..6 {
        let title = format!("Déclaration {number}");
        pair.write(
            Side::Ma,
            "declaration.open",
            &Writing::new(&[("title", &title), ("document", &document)]),
        );
    }
    let before = pair.held(Side::Fr).unwrap();
    pair.wire.dial(&pair.nodes, 0).unwrap();
    pair.wire.accept(&pair.nodes);
    // Hello, proof and the first batches.
    for side in [0, 1, 0] {
        pair.wire.read(side, usize::MAX);
    }
    while pair.held(Side::Fr).unwrap() == before {
        assert!(pair.wire.read(1, 100_000) > 0, "nothing more comes");
    }
    let held = pair.held(Side::Fr).unwrap();
    assert!(
        held > before && held < before + 6,
        "one batch of several came: {held}"
    );
    pair.wire.tear(true);
    let closed = pair.wire.reasons.len();
    pair.settle();
    assert_eq!(
        pair.wire.reasons[closed..],
        [],
        "no connection was closed on the way"
    );
    pair.assert_same();
}
