//! Legal duties to inform between two nodes: off unless both signed them; nothing is sent without a magistrate's decision, nothing follows from
//! time alone, and all of it is there for judicial review.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::access::{Operation, Taken};
use entente_app::views::{AccessQuery, DutyState, ReviewView};
use entente_app::{Actor, AppError, Giving, InputFault, LinkFault};
use entente_core::access::Reason;
use entente_core::act::Acts;
use entente_core::codes::{Ask, Role};
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Span;
use entente_core::judge::{Irregular, Verdict};
use entente_core::kinds::duty;
use entente_core::obligation::State;
use entente_store::StoreExt;
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use serde_json::json;

/// Two nodes whose charter has the duties, if wanted.
fn world(seed: u64, duties: bool) -> TestPair {
    let mut pair = TestPair::linked(seed);
    if duties {
        let charter = pair.charter.unwrap();
        let mut proposal = recording("charter.propose", &Writing::on(charter, &[])).unwrap();
        proposal.terms = serde_json::from_value(json!({"inform": true})).unwrap();
        let liaison = pair.ma().officer("liaison").unwrap();
        pair.ma().app.record(&liaison, proposal).unwrap();
        pair.wire.wake(0);
        pair.agree(Side::Fr);
    }
    pair
}

fn magistrate(pair: &TestPair, side: Side) -> Actor {
    pair.node(side).officer("magistrate").unwrap()
}

fn own(side: Side) -> &'static str {
    match side {
        Side::Ma => "ma/justice",
        Side::Fr => "fr/justice",
    }
}

fn report(trigger: &'static str, side: Side) -> Writing<'static> {
    Writing::new(&[
        ("title", "Dossier 2026-117"),
        ("trigger", trigger),
        ("facts", "Un dépôt de matériel volé a été constaté là-bas."),
        ("conditions", "Les conditions paraissent réunies."),
        ("magistrates", own(side)),
    ])
}

/// Somebody reports; the file's dossier.
fn opened(pair: &mut TestPair, side: Side, trigger: &'static str) -> DossierId {
    let file = pair.write(side, "duty.open", &report(trigger, side));
    pair.settle();
    file.dossier
}

fn decides(
    pair: &mut TestPair,
    side: Side,
    file: DossierId,
    how: &str,
) -> Result<EntryId, AppError> {
    let fields: &[(&str, &str)] = match how {
        "duty.defer" => &[
            ("ground", "secrecy"),
            ("review_on", "2015-12-31"),
            ("reasons", "Une perquisition est prévue."),
        ],
        "duty.refuse" => &[
            ("ground", "torture"),
            ("reasons", "Une allégation sérieuse."),
        ],
        _ => &[("reasons", "Rien n’y fait obstacle.")],
    };
    let writing = Writing::on(file, fields).by("magistrate");
    let written = pair.try_write(side, how, &writing)?;
    pair.settle();
    Ok(written.entry)
}

fn letter(side: Side, trigger: &'static str, decision: EntryId) -> Writing<'static> {
    let mut writing = Writing::new(&[
        ("title", "Dépôt de matériel volé"),
        ("trigger", trigger),
        (
            "facts",
            "Un dépôt de matériel volé a été constaté chez vous.",
        ),
        ("to", own(side.other())),
    ]);
    writing.fields.push(("decision", decision.to_string()));
    writing.by("magistrate")
}

/// A decision to transmit that was carried out; the dossier between the authorities.
fn sent(pair: &mut TestPair, side: Side, trigger: &'static str) -> (DossierId, DossierId) {
    let file = opened(pair, side, trigger);
    let decision = decides(pair, side, file, "duty.transmit").unwrap();
    let letter = pair.write(side, "proceedings.open", &letter(side, trigger, decision));
    pair.settle();
    (file, letter.dossier)
}

fn state(pair: &TestPair, side: Side, file: DossierId) -> DutyState {
    let view = pair
        .node(side)
        .app
        .dossier(&magistrate(pair, side), file, None);
    view.unwrap().duty.unwrap().state
}

fn review(pair: &TestPair, side: Side, dossier: DossierId) -> ReviewView {
    let app = &pair.node(side).app;
    app.review(&magistrate(pair, side), dossier).unwrap()
}

fn years(pair: &TestPair, n: i64) {
    pair.time.advance(Span::days(365 * n).0);
}

/// Off by default: neither a file nor a letter is written, and why is said in words.
/// Take out: in `app/src/record/scene.rs::scene_of_opening`, and in `app/src/duties.rs::scene_of_file`, `refuse_without_duties`.
#[test]
fn without_the_option_nothing_of_it_can_be_written() {
    let mut pair = world(4101, false);
    let no_duties =
        |said: Result<_, AppError>| matches!(said, Err(AppError::Link(LinkFault::NoDuties)));
    assert!(no_duties(pair.try_write(
        Side::Ma,
        "duty.open",
        &report("inform", Side::Ma)
    )));
    let letter = letter(Side::Ma, "inform", EntryId([9; 32]));
    assert!(no_duties(pair.try_write(
        Side::Ma,
        "proceedings.open",
        &letter
    )));
    assert!(
        AppError::Link(LinkFault::NoDuties)
            .to_string()
            .contains("duties to inform")
    );
    // Nor is it offered.
    assert!(
        !pair
            .ma()
            .app
            .today(&magistrate(&pair, Side::Ma))
            .unwrap()
            .informs
    );
}

/// Invariant 8, trigger A in both directions: no report, no deferral, no refusal and no officer but a magistrate sends anything; a decision to
/// transmit is cited by what leaves, and carried out once. Both sides see the same asks, and only a magistrate answers.
/// Take out: in `core/src/floor.rs::bar`, `bars_decision`; in `app/src/record/scene.rs`, `refuse_unordered`.
#[test]
fn invariant_08_nothing_is_sent_without_a_magistrates_decision() {
    for (seed, side) in [(4111, Side::Ma), (4112, Side::Fr)] {
        let mut pair = world(seed, true);
        let before = pair.node(side.other()).entries().unwrap().len();
        let file = opened(&mut pair, side, "inform");
        assert_eq!(state(&pair, side, file), DutyState::Owed);
        // Nobody else decides, and no letter leaves before.
        for how in duty::DECISIONS {
            let writing = Writing::on(file, &[("reasons", "Non."), ("ground", "secrecy")]);
            let said = pair.try_write(side, how, &writing);
            let refused = matches!(said, Err(AppError::Forbidden | AppError::Fields(_)));
            assert!(refused, "{how} {said:?}");
        }
        let transmit = Writing::on(file, &[("reasons", "Non.")]);
        let said = pair.try_write(side, "duty.transmit", &transmit);
        assert!(matches!(said, Err(AppError::Forbidden)), "{said:?}");
        let not_ordered = |said: &Result<_, AppError>| {
            matches!(said, Err(AppError::Input(InputFault::NotOrdered)))
        };
        let deferred = decides(&mut pair, side, file, "duty.defer").unwrap();
        let said = pair.try_write(side, "proceedings.open", &letter(side, "inform", deferred));
        assert!(not_ordered(&said), "{said:?}");
        assert_eq!(pair.node(side.other()).entries().unwrap().len(), before);

        let decision = decides(&mut pair, side, file, "duty.transmit").unwrap();
        assert_eq!(state(&pair, side, file), DutyState::Ordered(decision));
        let by_other = letter(side, "inform", decision).by("liaison");
        let said = pair.try_write(side, "proceedings.open", &by_other);
        assert!(matches!(said, Err(AppError::Forbidden)), "{said:?}");
        let said = pair.try_write(side, "proceedings.open", &letter(side, "collect", decision));
        assert!(not_ordered(&said), "another duty: {said:?}");
        let letter_sent = letter(side, "inform", decision);
        let written = pair.write(side, "proceedings.open", &letter_sent);
        pair.settle();
        let dossier = written.dossier;
        assert_eq!(
            state(&pair, side, file),
            DutyState::Sent { decision, dossier }
        );
        let said = pair.try_write(side, "proceedings.open", &letter_sent);
        assert!(not_ordered(&said), "carried out once: {said:?}");

        // Nothing of the file is at the other node.
        let there = pair.node(side.other());
        assert!(!there.app.has_dossier(file).unwrap());
        assert!(there.entry(decision).unwrap().is_none());
        answered_by_a_magistrate_alone(&mut pair, side, dossier);
        pair.assert_same();
    }
}

fn answered_by_a_magistrate_alone(pair: &mut TestPair, side: Side, dossier: DossierId) {
    let other = side.other();
    let owed = pair.open_one(other, dossier, Ask::Acknowledge).id;
    let does = pair.open_one(other, dossier, Ask::Answer).id;
    let received = Writing::on(dossier, &[]).target(owed);
    let said = pair.try_write(other, "proceedings.received", &received);
    assert!(matches!(said, Err(AppError::Signing(_))), "{said:?}");
    pair.write(other, "proceedings.received", &received.by("magistrate"));
    let position = [
        ("position", "opens"),
        ("text", "Une procédure est ouverte."),
    ];
    let position = Writing::on(dossier, &position).target(does);
    let said = pair.try_write(other, "proceedings.position", &position);
    assert!(matches!(said, Err(AppError::Forbidden)), "{said:?}");
    pair.write(other, "proceedings.position", &position.by("magistrate"));
    pair.settle();
    for each in Side::BOTH {
        assert_eq!(pair.obligation(each, owed).state, State::Answered);
        assert_eq!(pair.obligation(each, does).state, State::Answered);
    }
}

/// A node whose program was altered gains nothing: what a magistrate decides, written in another role, has no effect at the other.
/// Take out: in `core/src/judge.rs::judge`, that the role is the one to which the type is reserved.
#[test]
fn invariant_02_what_no_magistrate_wrote_is_irregular_at_the_other_node() {
    let mut pair = world(4121, true);
    let (_, dossier) = sent(&mut pair, Side::Ma, "collect");
    let mut liar = Liar::of(&pair, Side::Ma);
    let acts = Acts::default().known;
    let mut header = next_header(&pair, Side::Ma, dossier, "proceedings.decide", acts);
    header.author.role = Role::Liaison;
    commit(&mut header, &[3; 16], b"");
    let id = liar.push(&header, [3; 16], b"");
    drop(liar.tell(&mut pair));
    let verdict = pair.fr().entry(id).unwrap().unwrap().verdict;
    let role = Verdict::Irregular(Irregular::Role);
    assert_eq!(Verdict::from_number(verdict), role);
}

/// Nothing lapses: a deferral whose day has come is put before a magistrate again, for years if need be, and nothing else happens. A file is not
/// closed without a decision.
/// Take out: in `app/src/duties.rs::refuse_untimely`, the arm of "close".
#[test]
fn invariant_01_a_deferral_comes_back_and_nothing_follows_from_time() {
    let mut pair = world(4131, true);
    let file = opened(&mut pair, Side::Ma, "inform");
    let close = Writing::on(file, &[]).by("magistrate");
    let said = pair.try_write(Side::Ma, "close", &close);
    let owed = matches!(said, Err(AppError::Input(InputFault::DecisionOwed)));
    assert!(owed, "{said:?}");
    let deferred = decides(&mut pair, Side::Ma, file, "duty.defer").unwrap();
    let waits = |pair: &TestPair| {
        let today = pair.ma().app.today(&magistrate(pair, Side::Ma)).unwrap();
        today.duties.iter().any(|task| task.dossier.id == file)
    };
    assert!(!waits(&pair), "its day has not come");
    let held: Vec<usize> = Side::BOTH
        .iter()
        .map(|side| pair.node(*side).entries().unwrap().len())
        .collect();
    years(&pair, 5);
    pair.settle();
    assert!(waits(&pair), "its day has come");
    let due = matches!(state(&pair, Side::Ma, file), DutyState::Deferred { due: true, decision, .. } if decision == deferred);
    assert!(due);
    for (side, before) in Side::BOTH.into_iter().zip(held) {
        let now = pair.node(side).entries().unwrap().len();
        assert_eq!(now, before, "{side:?} wrote something by itself");
    }
    decides(&mut pair, Side::Ma, file, "duty.refuse").unwrap();
    assert!(!waits(&pair));
    pair.write(Side::Ma, "close", &close);
}

/// Trigger B in both directions: observations are awaited for the charter's time. When it is over nothing moves, for years; to carry on is
/// offered, and done by a magistrate's reasoned decision alone.
/// Take out: in `app/src/duties.rs::refuse_untimely`, the arm of `CARRY_ON`; in `app/src/show/mod.rs`, that it is offered once time is over.
#[test]
fn invariant_01_the_fallback_is_offered_and_never_applied_by_itself() {
    for (seed, side) in [(4141, Side::Ma), (4142, Side::Fr)] {
        let mut pair = world(seed, true);
        let (_, dossier) = sent(&mut pair, side, "collect");
        let asked = pair.open_one(side, dossier, Ask::Answer);
        let due = asked.due_ms.unwrap() - asked.asked_ms;
        assert!(
            due >= Span::days(60).0,
            "the agreed time, not an ordinary clock"
        );
        let carry_on = [
            ("ground", "no_answer"),
            ("reasons", "Deux rappels sans réponse."),
        ];
        let carry_on = Writing::on(dossier, &carry_on)
            .target(asked.id)
            .by("magistrate");
        let said = pair.try_write(side, "proceedings.carry_on", &carry_on);
        let early = matches!(said, Err(AppError::Input(InputFault::TimeRunning)));
        assert!(early, "{said:?}");
        let offered = |pair: &TestPair| {
            let today = pair.node(side).app.today(&magistrate(pair, side)).unwrap();
            today.duties.iter().any(|task| task.over.is_some())
        };
        assert!(!offered(&pair));
        years(&pair, 10);
        pair.settle();
        assert!(offered(&pair));
        for each in Side::BOTH {
            let row = pair.obligation(each, asked.id);
            assert!(
                row.state.is_open(),
                "nothing moves at {each:?}: {:?}",
                row.state
            );
        }
        let said = pair.try_write(
            side,
            "proceedings.carry_on",
            &carry_on.clone().by("liaison"),
        );
        assert!(matches!(said, Err(AppError::Forbidden)), "{said:?}");
        pair.write(side, "proceedings.carry_on", &carry_on);
        pair.settle();
        assert!(!offered(&pair));
        for each in Side::BOTH {
            assert_eq!(pair.obligation(each, asked.id).state, State::Waived);
        }
        pair.assert_same();
    }
}

/// What did not arrive has no time that could be over: silence of a link is nobody's inertia.
/// Take out: in `app/src/duties.rs::time_is_over`, that it was received.
#[test]
fn what_was_not_received_is_never_out_of_time() {
    let mut pair = world(4151, true);
    let file = opened(&mut pair, Side::Ma, "collect");
    let decision = decides(&mut pair, Side::Ma, file, "duty.transmit").unwrap();
    pair.cut(true);
    let letter = letter(Side::Ma, "collect", decision);
    let dossier = pair.write(Side::Ma, "proceedings.open", &letter).dossier;
    years(&pair, 3);
    let asked = pair.open_one(Side::Ma, dossier, Ask::Answer).id;
    let carry_on = [("ground", "inertia"), ("reasons", "Aucune nouvelle.")];
    let carry_on = Writing::on(dossier, &carry_on)
        .target(asked)
        .by("magistrate");
    let said = pair.try_write(Side::Ma, "proceedings.carry_on", &carry_on);
    let early = matches!(said, Err(AppError::Input(InputFault::TimeRunning)));
    assert!(early, "{said:?}");
}

/// The seised authority decides what follows an answer, and the other side is asked what it does with a transfer; it decides nothing of the
/// other's proceedings.
/// Take out: in `core/src/judge.rs`, that what follows is the convenor's to decide.
#[test]
fn what_follows_is_decided_by_the_authority_that_is_seised() {
    let mut pair = world(4161, true);
    let (_, dossier) = sent(&mut pair, Side::Ma, "collect");
    let asked = pair.open_one(Side::Fr, dossier, Ask::Answer).id;
    let position = [
        ("position", "wants_transfer"),
        ("text", "Transmettez-la nous."),
    ];
    let position = Writing::on(dossier, &position)
        .target(asked)
        .by("magistrate");
    pair.write(Side::Fr, "proceedings.position", &position);
    pair.settle();
    let transfer = [
        ("follows", "transfer"),
        ("text", "Nous vous la transmettons."),
    ];
    let transfer = Writing::on(dossier, &transfer).by("magistrate");
    let said = pair.try_write(Side::Fr, "proceedings.decide", &transfer);
    let theirs = matches!(said, Err(AppError::Irregular(Irregular::NotConvenor)));
    assert!(theirs, "{said:?}");
    pair.write(Side::Ma, "proceedings.decide", &transfer);
    pair.settle();
    let follows = pair.open_one(Side::Fr, dossier, Ask::Answer);
    assert_ne!(follows.id, asked);
    pair.assert_same();
}

/// All of it is there for review: every decision with its function, its ground, what was on file, notices at home, corrections beside; and the
/// proofs of what the other side received.
/// Take out: in `app/src/show/duties.rs::pasts`, the parents of parents.
#[test]
fn a_review_has_every_decision_with_what_was_on_file() {
    let mut pair = world(4171, true);
    let file = opened(&mut pair, Side::Ma, "inform");
    let deferred = decides(&mut pair, Side::Ma, file, "duty.defer").unwrap();
    let notice = [
        ("told", "victim_lawyer"),
        ("told_on", "2015-05-28"),
        ("means", "letter"),
    ];
    let notice = Writing::on(file, &notice).by("magistrate");
    let notice = pair
        .try_write(Side::Ma, "duty.notice", &notice)
        .unwrap()
        .entry;
    let decision = decides(&mut pair, Side::Ma, file, "duty.transmit").unwrap();
    let letter = pair.write(
        Side::Ma,
        "proceedings.open",
        &letter(Side::Ma, "inform", decision),
    );
    pair.settle();
    let told = [
        ("told", "victim"),
        ("told_on", "2015-05-28"),
        ("means", "hearing"),
    ];
    let told = Writing::on(letter.dossier, &told).by("magistrate");
    let told = pair.write(Side::Fr, "proceedings.notice", &told).entry;
    pair.settle();
    assert!(
        pair.ma().entry(told).unwrap().is_none(),
        "a notice stays at home"
    );

    let ours = review(&pair, Side::Ma, file);
    let listed: Vec<EntryId> = ours.entries.iter().map(|one| one.entry.id).collect();
    for id in [file.opening(), deferred, notice, decision, letter.entry] {
        assert!(listed.contains(&id));
    }
    let at = |id| ours.entries.iter().find(|one| one.entry.id == id).unwrap();
    assert_eq!(at(decision).on_file, [file.opening(), deferred, notice]);
    assert!(at(decision).decides() && at(decision).role == Role::Magistrate);
    assert!(!at(notice).decides());
    assert_eq!(ours.drawn.len(), 2);
    // Whoever asks by the other dossier reads the same.
    let same = review(&pair, Side::Ma, letter.dossier);
    assert_eq!(same.entries.len(), ours.entries.len());
    // The other side reviews its own part: nothing of our file.
    let theirs = review(&pair, Side::Fr, letter.dossier);
    let theirs: Vec<EntryId> = theirs.entries.iter().map(|one| one.entry.id).collect();
    assert!(theirs.contains(&letter.entry) && theirs.contains(&told));
    assert!(!theirs.contains(&decision));

    let app = &pair.ma().app;
    let taken = app.review_file(&magistrate(&pair, Side::Ma), file).unwrap();
    let proof = |id: EntryId| {
        let one = taken.entries.iter().find(|one| one.entry.id == id).unwrap();
        one.proof.as_deref()
    };
    assert!(proof(letter.entry).is_some());
    assert!(proof(decision).is_none(), "what never left has none");
    // Whoever takes no part finds nothing to review.
    let outside = pair.ma().officer("investigator").unwrap();
    let said = app.review(&outside, file);
    assert!(matches!(said, Err(AppError::NotFound)), "{said:?}");
}

/// Whatever else stands beside the opening of what was sent, the file that ordered it is found.
///
/// Take out: in `app/src/relations.rs`, give two relations one number (it does not compile then).
#[test]
fn what_is_held_between_the_authorities_leads_to_the_magistrates_file_all_the_same() {
    let mut pair = world(4172, true);
    let (file, between) = sent(&mut pair, Side::Ma, "inform");
    for _ in 0..8 {
        let hold = [("ground", "court_order"), ("until", "2015-09-01")];
        let hold = Writing::on(between, &hold).by("magistrate");
        pair.write(Side::Ma, "hold", &hold);
        pair.settle();
    }
    let drawn = review(&pair, Side::Ma, between).drawn;
    let drawn: Vec<DossierId> = drawn.iter().map(|line| line.id).collect();
    assert_eq!(drawn, [file, between]);
}

/// A review is taken out with a reason that is asked in the middle of it: nothing is on record of what was not given out, then one export with
/// all that it held, and the dossiers that it drew on.
/// Take out: in `app/src/show/duties.rs::review_file`, that what is to be recorded waits for the whole.
#[test]
fn a_review_taken_out_is_one_export_on_record() {
    let mut pair = world(4173, true);
    let (file, between) = sent(&mut pair, Side::Ma, "inform");
    pair.nodes[Side::Ma.index()].set_asks_reasons(true);
    pair.restart(Side::Ma);
    let app = &pair.ma().app;
    let judge = magistrate(&pair, Side::Ma);
    let exports = || {
        let inspects = pair.ma().officer("inspector").unwrap();
        let query = AccessQuery {
            operation: Some(Operation::Export),
            limit: AccessQuery::MOST,
            ..AccessQuery::default()
        };
        app.access_list(&inspects, &query).unwrap().lines
    };
    let (mut judge, mut asked) = (judge, Vec::new());
    let taken = loop {
        let on = match app.review_file(&judge, file) {
            Err(AppError::ReasonNeeded(on)) => on,
            done => break done.unwrap(),
        };
        assert_eq!(exports().len(), 0, "nothing was given out");
        asked.extend(on.dossier);
        let giving = Giving {
            on,
            reason: Reason::Court,
            text: String::new(),
        };
        judge = app.with_reason(&judge, &giving).unwrap();
    };
    assert_eq!(asked, [file, between], "each dossier asks for itself");
    assert!(taken.entries.iter().any(|one| one.proof.is_some()));
    let exports = exports();
    let [only] = exports.as_slice() else {
        panic!("{exports:?}");
    };
    let record = &only.record;
    let entries = taken.entries.iter().map(|one| one.entry.id).collect();
    assert_eq!(record.verb, "review_file");
    assert_eq!(record.taken, Some(Taken::of(&entries)));
    assert_eq!(record.dossiers, [between.to_string()]);
}

/// A file with more papers than were ever read at once is reviewed to its end.
/// Take out: in `app/src/show/duties.rs::review_entries`, the pages after the first.
#[test]
fn a_long_file_is_reviewed_to_its_end() {
    const MANY: u64 = 2_005;
    let mut pair = world(4174, true);
    let file = opened(&mut pair, Side::Ma, "inform");
    let note = Writing::on(file, &[("text", "Suite.")]).by("magistrate");
    let note = pair.write(Side::Ma, "duty.add", &note).entry;
    let store = &pair.ma().store;
    let row = store.view("note", |tx| tx.entry(note)).unwrap().unwrap();
    let filled: Result<(), entente_store::StoreError> = store.update("fill", move |tx| {
        for n in 0..MANY {
            let mut id = [7; 32];
            id[24..].copy_from_slice(&n.to_be_bytes());
            tx.insert_entry(&entente_store::EntryRow {
                id: EntryId(id),
                ..row.clone()
            })?;
        }
        Ok(())
    });
    filled.unwrap();
    let decision = decides(&mut pair, Side::Ma, file, "duty.refuse").unwrap();
    let seen = review(&pair, Side::Ma, file);
    let last = seen.entries.iter().find(|one| one.entry.id == decision);
    let last = last.unwrap();
    assert_eq!(last.on_file, [file.opening(), note]);
    assert_eq!(u64::try_from(seen.entries.len()).unwrap(), MANY + 3);
}
