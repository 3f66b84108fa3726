//! Invariant 10: what is erased is gone at both ends, and the other side owes its attestation until it gives it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_core::codes::Ask;
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::obligation::State;
use entente_store::{AttachmentState, BodyState, EntryRow};
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const SIDES: [Side; 2] = [Side::Ma, Side::Fr];

fn erase<'a>(dossier: DossierId, entry: EntryId) -> Writing<'a> {
    Writing::on(dossier, &[("entry", &entry.to_string())])
}

fn everything<'a>(dossier: DossierId) -> Writing<'a> {
    Writing::on(dossier, &[("all", "on"), ("reason", "Délai atteint.")])
}

/// Entries of a dossier that a side holds.
fn entries(pair: &TestPair, side: Side, dossier: DossierId) -> Vec<EntryRow> {
    let all = pair.node(side).entries().unwrap();
    all.into_iter().filter(|e| e.dossier == dossier).collect()
}

/// How many entries of this node a side can still read, the evidence of erasures aside.
fn readable(pair: &TestPair, side: Side, dossier: DossierId, by: &str) -> usize {
    let by: NodeName = by.parse().unwrap();
    let evidence = ["erase", "ask_erasure", "attest_erasure"];
    let left = |row: &&EntryRow| {
        let header = pair.node(side).header(row.id);
        row.body == BodyState::Here
            && header.node() == by
            && !evidence.contains(&header.kind.as_str())
    };
    entries(pair, side, dossier).iter().filter(left).count()
}

/// How often a side was asked to attest an erasure in a dossier, open or ended.
fn asked(pair: &TestPair, side: Side, dossier: DossierId) -> usize {
    let rows = pair.node(side).obligations(Some(dossier)).unwrap();
    rows.iter().filter(|row| row.ask == Ask::Erase).count()
}

#[test]
fn invariant_10_the_partner_owes_its_attestation_until_it_gives_it() {
    let mut pair = TestPair::linked(81);
    let dossier = pair.charter.unwrap();
    let note = pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "À effacer.")]),
    );
    pair.settle();
    pair.write(Side::Ma, "erase", &erase(dossier, note.entry));
    pair.settle();
    for side in SIDES {
        let row = pair.node(side).entry(note.entry).unwrap().unwrap();
        assert_eq!(row.body, BodyState::Erased, "{side:?}");
        let owed = pair.open_one(side, dossier, Ask::Erase);
        assert_eq!(owed.debtor.node().as_str(), "fr", "{side:?}");
        let shown = pair.shown(side, dossier, owed.id);
        assert!(shown.due.is_some(), "an attestation has a clock");
    }
    let owed = pair.open_one(Side::Fr, dossier, Ask::Erase).id;
    let ours = pair.try_write(
        Side::Ma,
        "attest_erasure",
        &Writing::on(dossier, &[("copies", "none")]).target(owed),
    );
    assert!(ours.is_err(), "nobody attests for the other side");
    let silent = pair.try_write(
        Side::Fr,
        "attest_erasure",
        &Writing::on(dossier, &[]).target(owed),
    );
    assert!(
        matches!(silent, Err(AppError::Fields(_))),
        "what became of copies is said"
    );
    let attest = Writing::on(
        dossier,
        &[
            ("copies", "destroyed"),
            ("text", "Deux impressions détruites."),
        ],
    );
    pair.write(Side::Fr, "attest_erasure", &attest.target(owed));
    pair.settle();
    for side in SIDES {
        assert_eq!(
            pair.obligation(side, owed).state,
            State::Answered,
            "{side:?}"
        );
    }
    pair.assert_same();
}

#[test]
fn invariant_10_a_whole_dossier_is_erased_with_one_request_to_attest() {
    let mut pair = TestPair::linked(82);
    let (dossier, target) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.answer(Side::Fr, dossier, target);
    pair.settle();
    for n in 0..3 {
        let text = format!("Note {n}");
        let note = Writing::on(dossier, &[("text", &text)]).file("piece.bin", vec![7; 70_000]);
        pair.write(Side::Ma, "note", &note);
    }
    pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Pour nous.")]).own_only(),
    );
    pair.settle();
    assert_eq!(readable(&pair, Side::Ma, dossier, "ma"), 5);
    assert_eq!(readable(&pair, Side::Fr, dossier, "ma"), 4);
    pair.write(Side::Ma, "erase", &everything(dossier));
    pair.settle();
    for side in SIDES {
        assert_eq!(readable(&pair, side, dossier, "ma"), 0, "{side:?}");
        assert_eq!(
            readable(&pair, side, dossier, "fr"),
            1,
            "what the other wrote is the other's to erase"
        );
        assert_eq!(
            pair.files(side, AttachmentState::Held).unwrap(),
            0,
            "{side:?}"
        );
        assert_eq!(asked(&pair, side, dossier), 1, "{side:?}");
        let title = pair.node(side).look(|tx| tx.dossier(dossier)).unwrap();
        assert!(title.unwrap().title.is_empty(), "{side:?}");
    }
    let again = pair.try_write(Side::Ma, "erase", &everything(dossier));
    assert!(matches!(again, Err(AppError::Fields(_))), "{again:?}");
    // The other side follows with its own, and each attests to the other.
    pair.write(Side::Fr, "erase", &everything(dossier));
    pair.settle();
    for side in SIDES {
        assert_eq!(readable(&pair, side, dossier, "fr"), 0, "{side:?}");
        assert_eq!(asked(&pair, side, dossier), 2, "{side:?}");
        let attest = Writing::on(dossier, &[("copies", "none")]);
        let rows = pair.node(side).obligations(Some(dossier)).unwrap();
        let me = pair.node(side).app.me().clone();
        let mine = rows
            .iter()
            .find(|r| r.ask == Ask::Erase && r.debtor.node() == me)
            .unwrap();
        pair.write(side, "attest_erasure", &attest.target(mine.id));
    }
    pair.settle();
    pair.assert_same();
    for side in SIDES {
        pair.node(side).check().unwrap();
    }
}

#[test]
fn more_than_one_entry_can_name_is_erased_by_several_and_attested_once() {
    let mut pair = TestPair::linked(83);
    let dossier = pair.charter.unwrap();
    let count = entente_app::App::MOST_ERASED + 20;
    for n in 0..count {
        let text = format!("Note {n}");
        pair.write(Side::Ma, "note", &Writing::on(dossier, &[("text", &text)]));
    }
    pair.write(Side::Ma, "erase", &everything(dossier));
    pair.settle();
    for side in SIDES {
        assert_eq!(readable(&pair, side, dossier, "ma"), 0, "{side:?}");
        assert_eq!(asked(&pair, side, dossier), 1, "{side:?}");
    }
    pair.assert_same();
}

#[test]
fn what_never_left_is_erased_without_asking_anybody() {
    let mut pair = TestPair::linked(84);
    let dossier = pair.charter.unwrap();
    let own = pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Pour nous.")]).own_only(),
    );
    pair.write(Side::Ma, "erase", &erase(dossier, own.entry).own_only());
    let row = pair.ma().entry(own.entry).unwrap().unwrap();
    assert_eq!(row.body, BodyState::Erased);
    assert_eq!(asked(&pair, Side::Ma, dossier), 0);
    let nothing = pair.try_write(Side::Ma, "erase", &Writing::on(dossier, &[]));
    assert!(
        matches!(nothing, Err(AppError::Compose(_) | AppError::Fields(_))),
        "{nothing:?}"
    );
}

/// While suspended the erasure overtakes what waits; the request to attest it waits with the rest (rule 11).
#[test]
fn rule_11_a_suspended_link_destroys_at_once_and_attests_later() {
    let mut pair = TestPair::linked(85);
    let charter = pair.charter.unwrap();
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let note = pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "À effacer.")]),
    );
    pair.settle();
    pair.write(
        Side::Fr,
        "charter.suspend",
        &Writing::on(charter, &[("text", "Pourparlers.")]),
    );
    pair.settle();
    let held = pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Attend.")]),
    );
    pair.write(Side::Ma, "erase", &erase(dossier, note.entry));
    pair.settle();
    let row = pair.fr().entry(note.entry).unwrap().unwrap();
    assert_eq!(row.body, BodyState::Erased);
    assert!(
        pair.fr().entry(held.entry).unwrap().is_none(),
        "content waits"
    );
    assert_eq!(
        asked(&pair, Side::Fr, dossier),
        0,
        "the request waits with it"
    );
    pair.write(Side::Fr, "charter.resume", &Writing::on(charter, &[]));
    pair.settle();
    for side in SIDES {
        let owed = pair.open_one(side, dossier, Ask::Erase);
        assert_eq!(owed.debtor.node().as_str(), "fr", "{side:?}");
    }
    pair.assert_same();
}

/// "For our node only" means what never left, also with "everything"; and an entry of that sort is erased so without being told.
#[test]
fn for_our_node_only_destroys_nothing_elsewhere() {
    let mut pair = TestPair::linked(86);
    let dossier = pair.charter.unwrap();
    pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Partagée.")]),
    );
    pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Pour nous.")]).own_only(),
    );
    let alone = pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Aussi.")]).own_only(),
    );
    pair.settle();
    let shared = readable(&pair, Side::Fr, dossier, "ma");
    pair.write(Side::Ma, "erase", &erase(dossier, alone.entry));
    pair.write(Side::Ma, "erase", &everything(dossier).own_only());
    pair.settle();
    assert_eq!(readable(&pair, Side::Fr, dossier, "ma"), shared);
    assert_eq!(readable(&pair, Side::Ma, dossier, "ma"), shared);
    assert_eq!(asked(&pair, Side::Fr, dossier), 0);
    let both = Writing::on(
        dossier,
        &[("all", "on"), ("entry", &alone.entry.to_string())],
    );
    let refused = pair.try_write(Side::Ma, "erase", &both);
    assert!(matches!(refused, Err(AppError::Fields(_))), "{refused:?}");
}

/// What another wrote in our name is none of ours: it neither blocks an erasure nor is erased by it.
#[test]
fn a_forged_entry_in_our_name_blocks_no_erasure() {
    let mut pair = TestPair::linked(87);
    let dossier = pair.charter.unwrap();
    let mut header = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    header.author.service = "ma/liaison".parse().unwrap();
    let (salt, body) = ([1; 16], Values::default().to_bytes());
    commit(&mut header, &salt, &body);
    let mut liar = Liar::of(&pair, Side::Fr);
    let forged = liar.push(&header, salt, &body);
    liar.tell(&mut pair);
    let row = pair.ma().entry(forged).unwrap().unwrap();
    assert_eq!(row.body, BodyState::Here, "kept, without effect");
    pair.write(Side::Ma, "erase", &everything(dossier));
    assert_eq!(readable(&pair, Side::Ma, dossier, "ma"), 1);
}

#[test]
fn copies_that_stay_are_named_and_a_request_says_what_to_destroy() {
    let mut pair = TestPair::linked(88);
    let dossier = pair.charter.unwrap();
    let empty = pair.try_write(Side::Ma, "ask_erasure", &Writing::on(dossier, &[]));
    assert!(matches!(empty, Err(AppError::Fields(_))), "{empty:?}");
    pair.write(
        Side::Ma,
        "ask_erasure",
        &Writing::on(dossier, &[("text", "Vos extraits du 3.")]),
    );
    pair.settle();
    let owed = pair.open_one(Side::Fr, dossier, Ask::Erase).id;
    let kept = [("copies", "kept_by_law")];
    let silent = pair.try_write(
        Side::Fr,
        "attest_erasure",
        &Writing::on(dossier, &kept).target(owed),
    );
    assert!(matches!(silent, Err(AppError::Fields(_))), "{silent:?}");
    let told = [
        ("copies", "kept_by_law"),
        ("text", "Une copie au dossier du juge."),
    ];
    pair.write(
        Side::Fr,
        "attest_erasure",
        &Writing::on(dossier, &told).target(owed),
    );
    pair.settle();
    pair.assert_same();
}
