//! The rules of the exchange (DESIGN section 5): one simulation per rule, which fails without it.
//!
//! Each test says what to take out of the code to see it fail; all of these were tried. Changes of keys and new generations (15) have
//! `keys.rs`, `presence.rs` and `restart.rs`; dossiers of three states (16) have `many.rs` and `release.rs`.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{AppError, Event, LinkDriver};
use entente_core::act::{Act, Config, OnAct};
use entente_core::codes::{Ask, Ground, Outcome, Phase, Purpose};
use entente_core::field::{Field, FieldType, Value, Values};
use entente_core::header::Header;
use entente_core::ids::{Commitment, DossierId, EntryId, ObligationId, Pseudonym};
use entente_core::instant::{Instant, Span};
use entente_core::judge::{Causal, Irregular, Verdict};
use entente_core::kind::RULES;
use entente_core::kinds;
use entente_core::kinds::lesson::SOURCE;
use entente_core::kinds::programme::COMMITMENT;
use entente_core::obligation::State;
use entente_core::terms::TermsDraft;
use entente_link::frame::{BlobRefusal, BlobRefusalCode, Frame, FrameType};
use entente_link::{Body, Role};
use entente_proof::commit::{attachment_commitment, chunk_digest};
use entente_proof::digest::Digest;
use entente_proof::lane::LaneHead;
use entente_proof::leaf::Leaf;
use entente_store::sqlite::SqliteStore;
use entente_store::{
    BodyState, Direction, EntryRow, OutboxItem, Store, StoreError, StoreExt, WAITING,
};
use entente_testkit::backup::Backup;
use entente_testkit::liar::{Liar, VISIT, Visit, commit, id_of, next_header};
use entente_testkit::node::{TestNode, Writing, node_name, recording};
use entente_testkit::pair::{Side, TestPair};
use std::sync::Arc;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn verdict(pair: &TestPair, side: Side, id: EntryId) -> Verdict {
    Verdict::from_number(pair.node(side).entry(id).unwrap().unwrap().verdict)
}

fn evidence(pair: &TestPair, side: Side) -> Vec<String> {
    pair.evidence(side)
        .into_iter()
        .map(|row| row.what)
        .collect()
}

fn register(pair: &TestPair, side: Side, direction: Direction) -> u64 {
    let partner = pair.node(side.other()).name.clone();
    pair.node(side)
        .look(|tx| Ok(tx.register(&partner, direction)?.size))
        .unwrap()
}

/// Receipts are leaves of the recipient's own register with its own time, they alone start clocks, receipts of receipts do not
/// exist, and a digest counts only receipts below its cut.
///
/// Take out: in `app/src/fold.rs::standing`, the filter `r.leaf < receipts_below`.
#[test]
fn rule_01_receipts_are_facts_of_the_fold() {
    let mut pair = TestPair::linked(101);
    pair.ma().clock.set_skew(90_000);
    pair.settle();
    // A note reaches fr, so that it will name its ledger soon; it does so at a cut with the ask and without the ask's receipt, and
    // ma reads that after it gave the receipt.
    let note = Writing::on(pair.charter.unwrap(), &[("text", "Bonjour.")]);
    pair.write(Side::Ma, "note", &note);
    pair.wire.deliver(&pair.nodes);
    let (_, asked) = pair.ask(Side::Fr, "normal");
    let named = pair.wire.frames(0, FrameType::LEDGER_DIGEST).len();
    pair.time.advance(3_000);
    pair.wire.tick(1);
    let frames = pair.wire.frames(0, FrameType::LEDGER_DIGEST);
    assert!(frames.len() > named, "fr names its ledger");
    let payload = &frames.last().unwrap()[5..];
    let Ok(Frame::LedgerDigest(cut)) = Frame::decode(FrameType::LEDGER_DIGEST, payload) else {
        panic!("no digest")
    };
    assert_eq!(pair.obligation(Side::Fr, asked).received_ms, None);
    let receipted_at = pair.ma().app.now();
    pair.settle();
    let name = pair.fr().name.clone();
    let compared = pair.ma().look(|tx| tx.digests(&name, 50)).unwrap();
    let same_cut = compared
        .iter()
        .find(|d| (d.out_size, d.in_size, d.at_ms) == (cut.in_size, cut.out_size, cut.instant_ms));
    assert_eq!(
        same_cut.and_then(|d| d.theirs),
        same_cut.map(|d| d.ours),
        "at that cut nothing was receipted"
    );
    assert!(
        same_cut.is_some(),
        "ma compared another cut than the one that fr named"
    );
    assert!(evidence(&pair, Side::Ma).is_empty() && evidence(&pair, Side::Fr).is_empty());
    pair.assert_same();
    let (here, there) = (
        pair.obligation(Side::Fr, asked),
        pair.obligation(Side::Ma, asked),
    );
    assert_eq!(here.received_ms, there.received_ms);
    assert!(
        here.received_ms.unwrap() >= receipted_at.0,
        "the time is the recipient's own"
    );
    assert_eq!(here.due_ms, Some(here.received_ms.unwrap() + 7 * DAY));

    let size = register(&pair, Side::Ma, Direction::Out);
    (0..5).for_each(|_| pair.round());
    assert_eq!(
        register(&pair, Side::Ma, Direction::Out),
        size,
        "a receipt asks for no receipt"
    );
    let name = pair.fr().name.clone();
    let leaves = pair
        .ma()
        .look(|tx| tx.leaves(&name, Direction::Out, 0, 10_000))
        .unwrap();
    assert!(leaves.iter().any(|l| matches!(Leaf::decode(&l.leaf), Ok(Leaf::Receipt(r)) if Some(r.time_ms) == here.received_ms)));
}

/// An answer whose body does not fit its commitment answers all the same; what was erased before it left leaves the same ledger.
///
/// Take out: in `app/src/apply.rs::settle`, apply the effects only when `values` is there.
#[test]
fn rule_02_control_state_folds_headers_only() {
    let mut pair = TestPair::linked(102);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.cut(true);
    pair.wire.tear(true);
    let note = pair.write(
        Side::Ma,
        "note",
        &Writing::on(
            dossier,
            &[("text", "Avez-vous le contrat ?"), ("needs_answer", "on")],
        ),
    );
    pair.write(
        Side::Ma,
        "erase",
        &Writing::on(dossier, &[("entry", &note.entry.to_string())]),
    );
    pair.cut(false);
    pair.settle();
    assert_eq!(
        pair.fr().entry(note.entry).unwrap().unwrap().body,
        BodyState::Erased
    );
    assert_eq!(
        pair.obligation(
            Side::Fr,
            ObligationId {
                entry: note.entry,
                index: 0
            }
        )
        .state,
        State::Open
    );
    pair.assert_same();

    let mut liar = Liar::of(&pair, Side::Fr);
    let act = Act::On {
        obligation: asked,
        act: OnAct::Answer {
            partial: false,
            outcome: Outcome::None,
        },
    };
    let mut header = next_header(&pair, Side::Fr, dossier, "request.answer", vec![act]);
    commit(&mut header, &[1; 16], b"what was promised");
    let answer = liar.push(&header, [1; 16], b"something else");
    liar.tell(&mut pair);
    let row = pair.ma().entry(answer).unwrap().unwrap();
    assert_eq!((row.verdict, row.body), (0, BodyState::Owed));
    assert_eq!(pair.obligation(Side::Ma, asked).state, State::Answered);
    pair.ma().check().unwrap();
}

/// Both act at the same time: each entry is judged from its own past, on both sides alike, and discharge beats withdrawal.
///
/// Take out: in `core/src/judge.rs::on_obligation`, the filter `in_past`.
#[test]
fn rule_03_judged_once_from_its_own_past() {
    let mut pair = TestPair::linked(103);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.cut(true);
    pair.wire.tear(true);
    let withdrawn = pair.write(
        Side::Ma,
        "withdraw",
        &Writing::on(dossier, &[]).target(asked),
    );
    pair.fr().clock.set_skew(-20 * DAY);
    let answered = pair.answer(Side::Fr, dossier, asked);
    pair.fr().clock.set_skew(0);
    pair.cut(false);
    pair.settle();
    for side in Side::BOTH {
        assert_eq!(verdict(&pair, side, withdrawn.entry), Verdict::Regular);
        assert_eq!(
            verdict(&pair, side, answered.entry),
            Verdict::Regular,
            "backdated and late, judged from its own past"
        );
        assert_eq!(pair.obligation(side, asked).state, State::Answered);
    }
    pair.assert_same();
    let late = pair.try_write(
        Side::Fr,
        "refuse",
        &Writing::on(dossier, &[("ground", "political")]).target(asked),
    );
    assert!(
        matches!(late, Err(AppError::Irregular(Irregular::Transition))),
        "what is known is judged: {late:?}"
    );
}

/// A partner writes two different entries of one number, one that answers and one that refuses: both are kept, the alarm names
/// them, and what follows either of them is judged from its own past, whatever came first.
///
/// Take out: in `core/src/judge.rs::place`, the branch where `past.taken`.
#[test]
fn rule_03_two_entries_of_one_number_are_exposed() {
    for answer_first in [true, false] {
        let mut pair = TestPair::linked(134);
        let (dossier, asked) = pair.ask(Side::Ma, "normal");
        pair.settle();
        let mut liar = Liar::of(&pair, Side::Fr);
        let on = |act: OnAct| {
            vec![Act::On {
                obligation: asked,
                act,
            }]
        };
        let refusal = OnAct::Refuse {
            ground: Ground::Political,
            withheld: false,
        };
        let mut answer = next_header(
            &pair,
            Side::Fr,
            dossier,
            "acknowledge",
            on(OnAct::Acknowledge),
        );
        commit(&mut answer, &[1; 16], b"");
        let mut refuse = next_header(&pair, Side::Fr, dossier, "refuse", on(refusal));
        commit(&mut refuse, &[2; 16], b"");
        assert_eq!(answer.seq, refuse.seq);
        let (first, second) = match answer_first {
            true => (&answer, &refuse),
            false => (&refuse, &answer),
        };
        let one = liar.push(first, [if answer_first { 1 } else { 2 }; 16], b"");
        let two = liar.push(second, [if answer_first { 2 } else { 1 }; 16], b"");
        let (acknowledged, refused) = if answer_first { (one, two) } else { (two, one) };

        // Whoever saw only the acknowledgement may still say that work goes on; whoever saw the refusal may not.
        let mut follow = |after, salt| {
            let mut header = next_header(&pair, Side::Fr, dossier, "progress", on(OnAct::Progress));
            header.seq = answer.seq + 1;
            header.after = vec![after];
            commit(&mut header, &[salt; 16], b"");
            liar.push(&header, [salt; 16], b"")
        };
        let (goes_on, too_late) = (follow(acknowledged, 3), follow(refused, 4));
        liar.tell(&mut pair);
        let ma = |id| verdict(&pair, Side::Ma, id);
        assert_eq!((ma(one), ma(two)), (Verdict::Regular, Verdict::Regular));
        assert_eq!(
            ma(goes_on),
            Verdict::Regular,
            "answer first: {answer_first}"
        );
        assert_eq!(
            ma(too_late),
            Verdict::Irregular(Irregular::Transition),
            "answer first: {answer_first}"
        );
        assert_eq!(pair.obligation(Side::Ma, asked).state, State::Refused);

        let kept = pair.evidence(Side::Ma);
        assert!(!kept.is_empty() && kept.iter().all(|e| e.what == "equivocation" && !e.stops));
        let headers: Vec<minicbor::bytes::ByteVec> =
            minicbor::decode(&kept.last().unwrap().evidence).unwrap();
        let named: Vec<EntryId> = headers
            .iter()
            .map(|h| EntryId(entente_proof::digest::entry_id(h).0))
            .collect();
        assert_eq!(named, [two, one], "both are kept, the newer first");
        assert!(!pair.stopped(Side::Ma));

        // What ma writes now has seen both.
        let answered = pair.try_write(
            Side::Ma,
            "note",
            &Writing::on(dossier, &[("text", "Deux actes sous un rang.")]),
        );
        assert!(answered.is_ok(), "{answered:?}");
        pair.ma().check().unwrap();
    }
}

/// A database of an earlier version does not hold how far lanes go, nor what is last of our own: opening it fills both from the
/// entries, so that a fork is found out after it as before.
///
/// Take out: in `app/src/node.rs::open`, the call of `fill_lanes`.
#[test]
fn rule_03_an_upgraded_node_knows_its_lanes() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let mut pair = TestPair::linked(141);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let private = [("text", "Pour nous seuls.")];
    let own = Writing::on(dossier, &private).own_only();
    let alone = pair.write(Side::Ma, "note", &own).entry;
    let words = Writing::on(dossier, &[("text", "Une note.")]);
    let last = pair.write(Side::Ma, "note", &words).entry;
    pair.settle();
    let mut liar = Liar::of(&pair, Side::Fr);
    let mut first = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    let mut second = first.clone();
    commit(&mut first, &[1; 16], b"");
    commit(&mut second, &[2; 16], b"");
    liar.push(&first, [1; 16], b"");
    liar.tell(&mut pair);
    let forked = liar.push(&second, [2; 16], b"");

    pair.ma()
        .store
        .backup(&file("copy"), &file("keys"))
        .unwrap();
    SqliteStore::restore(&file("old"), &file("copy"), &file("keys")).unwrap();
    let old = rusqlite::Connection::open(file("old")).unwrap();
    let gone = "DELETE FROM lane; DELETE FROM head WHERE scope LIKE 'own:%'; DELETE FROM setting WHERE key = 'lanes';";
    old.execute_batch(gone).unwrap();
    drop(old);
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&file("old")).unwrap());
    let node = TestNode::build("ma").seed(141).time(&pair.time);
    pair.nodes[0] = node.officers(&[]).store(store).open().unwrap();
    pair.time.advance(20_000);

    let heads = |pair: &TestPair, scope: &str| pair.ma().look(|tx| tx.heads(dossier, scope, 9));
    assert_eq!(heads(&pair, "own:fr,ma").unwrap(), [last]);
    let mut both = vec![alone, last];
    both.sort();
    assert_eq!(heads(&pair, "own:ma").unwrap(), both);
    liar.tell(&mut pair);
    let row = pair.ma().entry(forked).unwrap().unwrap();
    let causal: Causal = minicbor::decode(&row.causal).unwrap();
    assert_eq!(causal.branch, Some(forked), "the number is taken");
    assert_eq!(evidence(&pair, Side::Ma), ["equivocation"]);

    // Filling again, as after an interruption, changes nothing.
    let filled = |pair: &TestPair| pair.ma().look(|tx| tx.setting("lanes")).unwrap().unwrap();
    assert_eq!(filled(&pair), u64::MAX.to_be_bytes());
    let again = |tx: &mut dyn entente_store::Write| -> Result<(), StoreError> {
        tx.set_setting("lanes", &[])
    };
    pair.ma().store.update("again", again).unwrap();
    pair.nodes[0].restart().unwrap();
    assert_eq!(filled(&pair), u64::MAX.to_be_bytes());
    assert_eq!(heads(&pair, "own:ma").unwrap(), both);
    pair.ma().check().unwrap();
}

/// The other of two entries with one number is looked for among a dossier's entries, but not for every fork that a partner makes:
/// beyond some a day the newer one is kept alone.
///
/// Take out: in `app/src/evidence.rs::watch_lane`, the condition `may_look`.
#[test]
fn rule_03_many_forks_do_not_make_us_look_each_time() {
    let mut pair = TestPair::linked(140);
    let dossiers: Vec<_> = (0..4).map(|_| pair.ask(Side::Ma, "normal").0).collect();
    pair.settle();
    let mut liar = Liar::of(&pair, Side::Fr);
    for dossier in dossiers {
        let mut header = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
        for salt in 1..=4 {
            commit(&mut header, &[salt; 16], b"");
            liar.push(&header, [salt; 16], b"");
        }
    }
    liar.tell(&mut pair);
    let headers_of = |pair: &TestPair| -> Vec<usize> {
        let kept = pair.evidence(Side::Ma);
        let kept = kept.iter().filter(|e| e.what == "equivocation");
        kept.map(|e| {
            minicbor::decode::<Vec<minicbor::bytes::ByteVec>>(&e.evidence)
                .unwrap()
                .len()
        })
        .collect()
    };
    let first = headers_of(&pair);
    assert!(first.len() > 8, "every fork is kept: {first:?}");
    assert_eq!(first.iter().filter(|n| **n == 2).count(), 8, "{first:?}");
    assert_eq!(
        first.iter().rev().take(8).min(),
        Some(&2),
        "the first ones in full"
    );
}

/// What a partner makes of the heads, our next entry follows our last one and is the next in our lane: were it not, we would have
/// signed two entries of one number. The flood is irregular and follows the opening only; among it is one of a wider audience that
/// names our last one without bringing it into its past.
///
/// Take out: in `app/src/record.rs::parents`, our own heads; or in `app/src/apply.rs::advance_heads`, the comparison of audiences.
#[test]
fn rule_03_a_flood_of_heads_makes_nobody_equivocate() {
    let mut pair = TestPair::linked(139);
    let (dossier, asked) = pair.ask(Side::Fr, "normal");
    pair.settle();
    let mut liar = Liar::of(&pair, Side::Fr);
    let flood = |liar: &mut Liar, pair: &TestPair, after: EntryId, wide: bool, from: u64| {
        let mut header = next_header(pair, Side::Fr, dossier, "note", Vec::new());
        header.after = vec![after];
        if wide {
            header.audience.push(node_name("zz"));
        }
        for n in from..from + if wide { 1 } else { 130 } {
            header.seq = 1_000 + n;
            commit(&mut header, &[1; 16], b"");
            liar.push(&header, [1; 16], b"");
        }
    };
    flood(&mut liar, &pair, dossier.opening(), false, 0);
    liar.tell(&mut pair);
    let mut last: Option<EntryId> = None;
    for n in 1..=4u64 {
        let note = Writing::on(dossier, &[("text", "Une note.")]);
        let id = pair.write(Side::Ma, "note", &note).entry;
        let header = pair.ma().header(id);
        assert_eq!(verdict(&pair, Side::Ma, id), Verdict::Regular);
        assert_eq!(header.seq, n, "one number each");
        if let Some(last) = last {
            assert!(header.after.contains(&last), "it follows our own last");
        }
        let row = pair.ma().entry(id).unwrap().unwrap();
        let causal: Causal = minicbor::decode(&row.causal).unwrap();
        assert_eq!(causal.branch, None, "our lane is not forked");
        flood(&mut liar, &pair, id, true, n * 1_000);
        flood(&mut liar, &pair, dossier.opening(), false, n * 1_000 + 1);
        liar.tell(&mut pair);
        last = Some(id);
    }
    let answer = pair.answer(Side::Ma, dossier, asked);
    assert_eq!(verdict(&pair, Side::Ma, answer.entry), Verdict::Regular);
    pair.ma().check().unwrap();
}

/// A quick action from a page that shows an older state is refused with the news: of an obligation by what it acts on, of the
/// dossier's terms by the terms. A note overwrites nothing and is never stale.
///
/// Take out: in `app/src/record.rs::refuse_stale`, either arm that gives a token; in `app/src/show`, the tokens of the views.
#[test]
fn rule_03_quick_actions_from_a_stale_page_are_refused() {
    let mut pair = TestPair::linked(138);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let page = |pair: &TestPair, side: Side| {
        let actor = pair.node(side).officer("liaison").unwrap();
        let view = pair.node(side).app.dossier(&actor, dossier, None).unwrap();
        assert!(!view.seen.is_empty() && view.obligations.iter().all(|o| !o.seen.is_empty()));
        view.seen
    };
    let before = pair.shown(Side::Fr, dossier, asked).seen;
    pair.write(
        Side::Fr,
        "acknowledge",
        &Writing::on(dossier, &[]).target(asked).seen(&before),
    );
    let again = Writing::on(dossier, &[]).target(asked);
    let stale = pair.try_write(Side::Fr, "progress", &again.clone().seen(&before));
    assert!(matches!(stale, Err(AppError::Stale)), "{stale:?}");
    let now = pair.shown(Side::Fr, dossier, asked).seen;
    pair.write(Side::Fr, "progress", &again.seen(&now));

    let drawn = page(&pair, Side::Ma);
    let police = [("services", "fr/police")];
    let justice = [("services", "fr/justice")];
    pair.write(
        Side::Ma,
        "invite",
        &Writing::on(dossier, &police).seen(&drawn),
    );
    let stale = pair.try_write(
        Side::Ma,
        "invite",
        &Writing::on(dossier, &justice).seen(&drawn),
    );
    assert!(matches!(stale, Err(AppError::Stale)), "{stale:?}");
    let note = Writing::on(dossier, &[("text", "Bonjour.")]).seen(&drawn);
    pair.write(Side::Ma, "note", &note);
    let drawn = page(&pair, Side::Ma);
    pair.write(
        Side::Ma,
        "invite",
        &Writing::on(dossier, &justice).seen(&drawn),
    );
}

/// Entries for one's own node change nothing shared, and acts carry exactly their ask's audience.
///
/// Take out: in `core/src/judge.rs::history`, the comparison of audiences (for the first), in `acts` the call of `shared` (second).
#[test]
fn rule_04_audience_scopes_state() {
    let mut pair = TestPair::linked(104);
    let (dossier, asked) = pair.ask(Side::Fr, "normal");
    pair.settle();
    let own = pair.try_write(
        Side::Ma,
        "acknowledge",
        &Writing::on(dossier, &[]).target(asked).own_only(),
    );
    assert!(
        matches!(own, Err(AppError::Irregular(Irregular::Obligation))),
        "{own:?}"
    );
    let invited = pair.try_write(
        Side::Fr,
        "invite",
        &Writing::on(dossier, &[("services", "ma/police")]).own_only(),
    );
    assert!(
        matches!(invited, Err(AppError::Irregular(Irregular::Audience))),
        "{invited:?}"
    );
    let size = register(&pair, Side::Ma, Direction::Out);
    let note = pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Pour nous seuls.")]).own_only(),
    );
    let shared = pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "Pour les deux.")]),
    );
    assert!(
        !pair.ma().header(shared.entry).after.contains(&note.entry),
        "a shared entry names only shared ones"
    );
    pair.settle();
    assert!(
        pair.fr().entry(note.entry).unwrap().is_none(),
        "it never leaves"
    );
    assert_eq!(register(&pair, Side::Ma, Direction::Out), size + 1);
    pair.assert_same();
}

/// Recording gives no position and signs nothing; a driver whose lease was taken over signs nothing more.
///
/// Take out: in `app/src/own_register.rs::append_outbox`, the call of `check_lease`.
#[test]
fn rule_05_only_the_driver_signs() {
    let mut pair = TestPair::linked(105);
    let desk = pair.charter.unwrap();
    let size = register(&pair, Side::Ma, Direction::Out);
    let zombie_app = pair.ma().app.clone();
    pair.wire.tear(true);
    let liar = Liar::of(&pair, Side::Fr);
    let name = pair.fr().name.clone();
    liar.show_card(pair.ma());
    let (mut zombie, _) = LinkDriver::start(&zombie_app, &name, (Role::Accepted, VISIT)).unwrap();
    let hello = hello_of(&liar);
    zombie.handle(Event::Bytes(hello.clone()));
    assert!(zombie.is_established());

    let refused = replica(&mut pair);
    assert!(
        matches!(refused, Err(AppError::Link(_))),
        "a live lease is respected"
    );
    pair.time.advance(11_000);
    replica(&mut pair).unwrap();
    pair.ma()
        .write("note", &Writing::on(desk, &[("text", "Encore une note.")]))
        .unwrap();
    assert_eq!(
        register(&pair, Side::Ma, Direction::Out),
        size,
        "recording signs nothing"
    );
    zombie.handle(Event::Wake);
    assert!(zombie.is_closed(), "its fencing epoch is over");
    assert_eq!(register(&pair, Side::Ma, Direction::Out), size);
    pair.settle();
    pair.assert_same();
}

fn hello_of(liar: &Liar) -> Vec<u8> {
    use entente_link::frame::{HeldClaim, Hello};
    let held = HeldClaim {
        size: 0,
        root: entente_proof::merkle::empty_root(),
        note: None,
        cosignature: None,
    };
    let hello = Hello {
        versions: vec![1],
        node: liar.name.to_string(),
        to: liar.to.to_string(),
        own_generation: 0,
        peer_generation: 0,
        held,
        size: liar.size(),
        note: liar.note(liar.size()),
        card: Digest([0; 32]),
        flags: entente_link::Flags::default(),
    };
    Frame::Hello(Box::new(hello)).encode().unwrap()
}

/// Another process of `ma` over the same disk takes the link.
fn replica(pair: &mut TestPair) -> Result<(), AppError> {
    let name = pair.fr().name.clone();
    pair.nodes[0].restart()?;
    LinkDriver::start(&pair.ma().app, &name, (Role::Accepted, VISIT)).map(|_| ())
}

/// A node restored from an old backup and opened alone learns from its partner that it lost something, before it signs anything: no
/// fork. What was written meanwhile has a number that is taken, which both sides see; nothing is lost.
///
/// Take out: in `link/src/session/mod.rs::peer_hello`, the comparison of sizes.
#[test]
fn rule_05_a_restored_node_signs_nothing_before_it_has_learnt() {
    let mut pair = TestPair::linked(106);
    let charter = pair.charter.unwrap();
    let backup = Backup::of(pair.ma());
    pair.write(
        Side::Ma,
        "note",
        &Writing::on(charter, &[("text", "Après la sauvegarde.")]),
    );
    pair.settle();
    backup.restore(&mut pair, Side::Ma);
    pair.ma().app.open_alone("exercice").unwrap();
    pair.time.advance(20_000);
    let note = Writing::on(charter, &[("text", "Une autre histoire.")]);
    pair.write(Side::Ma, "note", &note);
    pair.settle();
    pair.assert_same();
    assert!(!pair.stopped(Side::Ma));
    assert!(!pair.stopped(Side::Fr));
    assert!(evidence(&pair, Side::Fr).contains(&"restored".to_owned()));
    assert!(evidence(&pair, Side::Fr).contains(&"equivocation".to_owned()));
}

/// What is erased has no key and no sealed bytes any more, at either end; a copy of the database alone opens nothing.
///
/// Take out: in `app/src/apply.rs::erase_here`, the call of `erase_body`, or the loop over files.
#[test]
fn rule_06_erasure_by_keys() {
    let mut pair = TestPair::linked(107);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let file = b"contenu du fichier".to_vec();
    let note = pair.write(
        Side::Ma,
        "note",
        &Writing::on(dossier, &[("text", "secret-a-effacer")]).file("piece.txt", file),
    );
    pair.settle();
    pair.write(
        Side::Ma,
        "erase",
        &Writing::on(dossier, &[("entry", &note.entry.to_string())]),
    );
    pair.settle();
    for side in Side::BOTH {
        let node = pair.node(side);
        let body = node
            .look(|tx| tx.body(dossier, note.entry))
            .unwrap()
            .unwrap();
        assert_eq!((body.state, body.sealed.len()), (BodyState::Erased, 0));
        let key = node
            .look(|tx| tx.object_key(dossier, &note.entry.0))
            .unwrap();
        assert!(key.is_none_or(|k| k.is_empty()), "the body's key is gone");
        let mut name = note.entry.0.to_vec();
        name.extend_from_slice(&0u32.to_be_bytes());
        let key = node.look(|tx| tx.object_key(dossier, &name)).unwrap();
        assert!(key.is_none_or(|k| k.is_empty()), "the file's key is gone");
        let actor = node.officer("liaison").unwrap();
        let read = node
            .app
            .file(&actor, note.entry, 0)
            .map(|f| f.chunks.filter_map(Result::ok).count());
        assert!(matches!(read, Err(_) | Ok(0)), "no reader gets it back");
        node.check().unwrap();
    }
    pair.assert_same();
}

/// What has no effect is erased like what has: by its author's node alone, in turn or out of it.
///
/// Take out: in `core/src/judge.rs::erase`, `written_before` (`in_past` instead); in `written_before`, the part about parents.
#[test]
fn rule_06_irregular_bodies_are_erased_too() {
    for out_of_turn in [false, true] {
        let mut pair = TestPair::linked(137);
        let charter = pair.charter.unwrap();
        let mut liar = Liar::of(&pair, Side::Fr);
        let mut header = next_header(&pair, Side::Fr, charter, "no.such.type", Vec::new());
        header.seq += if out_of_turn { 7 } else { 0 };
        let seq = header.seq;
        commit(&mut header, &[1; 16], b"what must go");
        let strange = liar.push(&header, [1; 16], b"what must go");
        let erase = vec![Act::Erase { entry: strange }];
        let mut header = next_header(&pair, Side::Fr, charter, "erase", erase.clone());
        header.seq = if out_of_turn { header.seq } else { seq + 1 };
        header.after.push(strange);
        commit(&mut header, &[2; 16], b"");
        let mut stranger = next_header(&pair, Side::Fr, charter, "erase", erase);
        commit(&mut stranger, &[3; 16], b"");
        let unseen = liar.push(&stranger, [3; 16], b"");
        liar.tell(&mut pair);
        assert!(matches!(
            verdict(&pair, Side::Ma, strange),
            Verdict::Irregular(_)
        ));
        assert_eq!(
            pair.ma().entry(strange).unwrap().unwrap().body,
            BodyState::Here
        );
        assert_eq!(
            verdict(&pair, Side::Ma, unseen),
            Verdict::Irregular(Irregular::Parents),
            "an erasure that has not seen it"
        );
        let own = Writing::on(charter, &[("entry", &strange.to_string())]);
        let ours = pair.try_write(Side::Ma, "erase", &own);
        assert!(
            matches!(ours, Err(AppError::Irregular(Irregular::NotOriginator))),
            "{ours:?}"
        );
        let mut liar = Liar::of(&pair, Side::Fr);
        let gone = liar.push(&header, [2; 16], b"");
        liar.tell(&mut pair);
        assert_eq!(verdict(&pair, Side::Ma, gone), Verdict::Regular);
        assert_eq!(
            pair.ma().entry(strange).unwrap().unwrap().body,
            BodyState::Erased
        );
        let key = pair
            .ma()
            .look(|tx| tx.object_key(charter, &strange.0))
            .unwrap();
        assert!(key.is_none_or(|k| k.is_empty()), "its key is gone");
        pair.ma().check().unwrap();
    }
}

/// No text that people type is in what is kept for ever, and an officer is another pseudonym in every dossier.
///
/// Take out: in `app/src/record.rs::header`, the pseudonym of the dossier (a constant instead).
#[test]
fn rule_07_nothing_personal_in_headers() {
    const CANARY: &str = "zzcanary";
    let mut pair = TestPair::linked(108);
    for kind in kinds::ALL
        .iter()
        .filter(|k| k.needs_charter && !kinds::is_of_duties(k.name))
    {
        let opening = kind.opening().unwrap();
        let mut fields: Vec<(&str, String)> = canary_fields(opening, CANARY);
        let service = |f: &&Field| f.required && matches!(f.holds, FieldType::Service);
        let asked = opening.fields.iter().filter(service);
        fields.extend(asked.map(|field| (field.name, "fr/liaison".to_owned())));
        let said = pair.write(
            Side::Ma,
            opening.name,
            &Writing {
                fields,
                ..Writing::default()
            },
        );
        for entry in kind
            .entries
            .iter()
            .filter(|e| !e.opens() && !e.on_obligation())
        {
            let fields = canary_fields(entry, CANARY);
            let _some_need_more = pair.try_write(
                Side::Ma,
                entry.name,
                &Writing {
                    dossier: Some(said.dossier),
                    fields,
                    ..Writing::default()
                },
            );
        }
    }
    pair.settle();
    let mut pseudonyms: Vec<(Vec<u8>, Pseudonym)> = Vec::new();
    for row in pair.fr().entries().unwrap() {
        let text = String::from_utf8_lossy(&row.header).into_owned();
        for forbidden in [CANARY, "Salma", "Imaginaire"] {
            assert!(
                !text.contains(forbidden),
                "{}: {forbidden} in a header",
                row.kind
            );
        }
        let header = Header::from_bytes(&row.header).unwrap();
        pseudonyms.push((row.dossier.0.to_vec(), header.author.officer));
    }
    pseudonyms.sort_by_key(|(dossier, p)| (dossier.clone(), *p));
    pseudonyms.dedup();
    let mut alone: Vec<Pseudonym> = pseudonyms.iter().map(|(_, p)| *p).collect();
    let before = alone.len();
    alone.sort();
    alone.dedup();
    assert!(
        before > 4 && alone.len() == before,
        "one pseudonym in two dossiers links them"
    );
}

fn canary_fields(
    entry: &entente_core::kind::EntryType,
    canary: &str,
) -> Vec<(&'static str, String)> {
    let texts = entry
        .fields
        .iter()
        .filter(|f| f.bind.in_body() && !["debtors", COMMITMENT, SOURCE].contains(&f.name));
    let mut out = Vec::new();
    for field in texts {
        match field.holds {
            FieldType::Line(_) | FieldType::Text(_) | FieldType::Document(_) => {
                out.push((field.name, canary.to_owned()))
            }
            FieldType::Paragraphs(_) => out.push((field.name, format!("[B2] {canary}"))),
            FieldType::Steps => out.push((field.name, format!("+00:00 | fr/liaison | | {canary}"))),
            FieldType::Code(choices) => out.push((field.name, choices()[0].0.to_owned())),
            FieldType::Date if field.required => out.push((field.name, "2015-05-20".to_owned())),
            _ => {}
        }
    }
    out
}

/// A dossier under rules that this version does not know is kept, shown as not evaluated, and raises no alarm.
///
/// Take out: in `core/src/judge.rs::opening`, the question whether our version judges it.
#[test]
fn rule_08_newer_rules_are_not_evaluated_and_raise_no_alarm() {
    let mut pair = TestPair::linked(109);
    let mut liar = Liar::of(&pair, Side::Fr);
    let charter = pair.charter.unwrap();
    let config = Config {
        convenor: pair.fr().name.clone(),
        participants: vec!["fr/liaison".parse().unwrap(), "ma/liaison".parse().unwrap()],
        purpose: entente_core::codes::Purpose::Governance,
        ceiling: entente_core::codes::Class::Restricted,
        phase: Phase::Open,
        rules: RULES + 1,
    };
    let mut header = next_header(
        &pair,
        Side::Fr,
        charter,
        "desk.open",
        vec![Act::Open {
            kind: "desk".into(),
            number: 900,
            config,
        }],
    );
    (
        header.dossier,
        header.seq,
        header.after,
        header.under.config,
    ) = (None, 1, Vec::new(), None);
    commit(&mut header, &[1; 16], b"");
    let opened = liar.push(&header, [1; 16], b"");
    let visit = liar.tell(&mut pair);
    assert_eq!(verdict(&pair, Side::Ma, opened), Verdict::NotEvaluated);
    assert!(visit.closed.is_none() && evidence(&pair, Side::Ma).is_empty());
    assert_eq!(
        pair.held(Side::Ma).unwrap(),
        liar.size(),
        "stored and receipted"
    );
}

/// Only the convenor sets a configuration or enacts, and terms never go back along the causal past.
///
/// Take out: in `core/src/judge.rs::configure`, the first requirement (and for the second, `found.number >= before.config_no`).
#[test]
fn rule_09_one_writer_for_terms() {
    let mut pair = TestPair::linked(110);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let first = pair
        .fr()
        .look(|tx| tx.latest_config(dossier))
        .unwrap()
        .unwrap();
    pair.write(
        Side::Ma,
        "invite",
        &Writing::on(dossier, &[("services", "fr/police")]),
    );
    pair.settle();
    let invited = pair.try_write(
        Side::Fr,
        "invite",
        &Writing::on(dossier, &[("services", "fr/justice")]),
    );
    assert!(
        matches!(invited, Err(AppError::Irregular(Irregular::NotConvenor))),
        "{invited:?}"
    );

    let now = pair
        .ma()
        .look(|tx| tx.latest_config(dossier))
        .unwrap()
        .unwrap();
    let mut config: Config = minicbor_config(&now.config);
    config.participants.push("ma/police".parse().unwrap());
    config.participants.sort();
    let mut liar = Liar::of(&pair, Side::Fr);
    let mut header = next_header(
        &pair,
        Side::Fr,
        dossier,
        "invite",
        vec![Act::Configure { config }],
    );
    commit(&mut header, &[1; 16], b"");
    let seized = liar.push(&header, [1; 16], b"");
    let mut header = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    header.under.config = Some(first.entry);
    header.seq += 1;
    header.after = vec![seized];
    commit(&mut header, &[2; 16], b"");
    let back = liar.push(&header, [2; 16], b"");
    liar.tell(&mut pair);
    assert_eq!(
        verdict(&pair, Side::Ma, seized),
        Verdict::Irregular(Irregular::NotConvenor)
    );
    assert_eq!(
        verdict(&pair, Side::Ma, back),
        Verdict::Irregular(Irregular::Under)
    );
    assert_eq!(
        pair.ma()
            .look(|tx| tx.latest_config(dossier))
            .unwrap()
            .unwrap()
            .entry,
        now.entry
    );
}

fn minicbor_config(bytes: &[u8]) -> Config {
    minicbor::decode(bytes).unwrap()
}

/// The convenor cannot put a state out of a dossier while that state owes something there or is owed: it could neither answer nor
/// be answered. Once nothing is open, it can.
///
/// Take out: in `core/src/judge.rs::configure`, the requirement about those dropped.
#[test]
fn rule_09_nobody_is_dropped_who_owes_or_is_owed() {
    for open in [true, false] {
        let mut pair = TestPair::linked(135);
        let (dossier, asked) = pair.ask(Side::Ma, "normal");
        pair.settle();
        if !open {
            pair.answer(Side::Fr, dossier, asked);
            pair.settle();
            let feedback = pair.open_one(Side::Ma, dossier, Ask::Feedback);
            pair.feedback(Side::Ma, dossier, feedback.id, "too_late");
            pair.settle();
        }
        let row = pair
            .fr()
            .look(|tx| tx.latest_config(dossier))
            .unwrap()
            .unwrap();
        let mut config: Config = minicbor_config(&row.config);
        config.participants.retain(|s| s.node() == pair.ma().name);
        let acts = vec![Act::Configure { config }];
        let mut header = next_header(&pair, Side::Ma, dossier, "invite", acts);
        commit(&mut header, &[1; 16], b"");
        let mut liar = Liar::of(&pair, Side::Ma);
        let dropped = liar.push(&header, [1; 16], b"");
        liar.tell(&mut pair);
        let expected = match open {
            true => Verdict::Irregular(Irregular::StillOwed),
            false => Verdict::Regular,
        };
        assert_eq!(verdict(&pair, Side::Fr, dropped), expected);
    }
}

/// A service that leaves reads no more, neither what comes nor what was there; while it owes something or is owed, it goes on; a
/// new ask brings it back. The other state sees none of this.
///
/// Take out: in `app/src/leaving.rs::end_reading`, the call of `has_open` (for the first part), or the loop (for the second).
#[test]
fn leaving_ends_reading_once_nothing_is_owed() {
    let mut pair = TestPair::linked(136);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let sees = |pair: &TestPair| {
        let actor = pair.fr().officer("liaison").unwrap();
        let view = pair.fr().app.dossier(&actor, dossier, None);
        let listed = pair.fr().app.dossiers(&actor, &Default::default()).unwrap();
        assert_eq!(view.is_ok(), listed.lines.iter().any(|l| l.id == dossier));
        view.is_ok()
    };
    pair.write(Side::Fr, "leave", &Writing::on(dossier, &[]));
    assert!(sees(&pair), "it still owes the answer");
    pair.answer(Side::Fr, dossier, asked);
    pair.settle();
    assert!(sees(&pair), "it is owed feedback");
    let feedback = pair.open_one(Side::Ma, dossier, Ask::Feedback);
    pair.feedback(Side::Ma, dossier, feedback.id, "too_late");
    pair.settle();
    assert!(!sees(&pair), "nothing is open any more");
    pair.write(
        Side::Ma,
        "invite",
        &Writing::on(dossier, &[("services", "fr/police")]),
    );
    let note = Writing::on(dossier, &[("text", "Suite."), ("needs_answer", "")]);
    pair.write(Side::Ma, "note", &note);
    pair.settle();
    assert!(
        !sees(&pair),
        "a configuration that names it still brings nobody back"
    );
    let actor = pair.fr().officer("liaison").unwrap();
    let late = pair.fr().app.form(
        &actor,
        &entente_app::FormQuery {
            dossier: Some(dossier),
            entry_type: "note".into(),
            ..Default::default()
        },
    );
    assert!(matches!(late, Err(AppError::NotFound)));
    pair.assert_same();

    let ask = Writing::on(
        dossier,
        &[("text", "Encore une question."), ("needs_answer", "on")],
    );
    pair.write(Side::Ma, "note", &ask);
    pair.settle();
    assert!(sees(&pair), "a new ask brings it back");
    pair.assert_same();
}

/// A clock starts when the ask is received and ends when the answer is, less transit; an ask nobody received is chased.
///
/// Take out: in `core/src/obligation.rs`, `received.max(out.ask.at)` of `set_due`, and `end_of` of `settle`.
#[test]
fn rule_10_clocks_nobody_owns() {
    let mut pair = TestPair::linked(111);
    pair.cut(true);
    pair.wire.tear(true);
    let (dossier, asked) = pair.ask(Side::Fr, "normal");
    pair.time.advance(3 * DAY);
    let fr = pair.fr();
    let today = fr.app.today(&fr.officer("liaison").unwrap()).unwrap();
    assert_eq!(
        today.not_received.len(),
        1,
        "an ask that nobody received alarms its author"
    );
    assert_eq!(
        pair.obligation(Side::Fr, asked).due_ms,
        None,
        "and is not yet due"
    );
    pair.cut(false);
    pair.settle();
    let row = pair.obligation(Side::Fr, asked);
    assert!(row.received_ms.unwrap() >= row.asked_ms + 3 * DAY);
    assert_eq!(row.due_ms, Some(row.received_ms.unwrap() + 7 * DAY));

    pair.cut(true);
    pair.wire.tear(true);
    let answer = pair.answer(Side::Ma, dossier, asked);
    let written = pair.ma().header(answer.entry).at;
    pair.time.advance(8 * DAY);
    pair.cut(false);
    pair.settle();
    let row = pair.obligation(Side::Fr, asked);
    let ended = Instant(row.ended_ms.unwrap());
    assert!(
        ended > written + Span::days(7),
        "an answer kept back counts when it arrives"
    );
    assert!(row.ended_ms > row.due_ms, "and is late");
    pair.assert_same();
}

/// `fr` pushes the start of its clock by a receipt time two days ahead: `ma` sees that it cannot be true and proposes another, which
/// counts at both once `fr` agreed, whoever of them wrote what.
///
/// Take out: in `core/src/obligation.rs::fold`, the call of `in_place_of` for the ask; in
/// `app/src/fold.rs::doubtful`, the call of `plausible`.
#[test]
fn rule_10_a_receipt_time_is_replaced_by_one_that_both_agreed() {
    let mut pair = TestPair::linked(132);
    pair.fr().clock.set_skew(2 * DAY);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.fr().clock.set_skew(0);
    let pushed = pair.obligation(Side::Ma, asked);
    let (said, wrote) = (pushed.received_ms.unwrap(), pushed.asked_ms);
    assert!(said >= wrote + 2 * DAY && pushed.due_ms == Some(said + 7 * DAY));
    let shown = pair.shown(Side::Ma, dossier, asked);
    let doubt = shown.doubtful.expect("ma sees that it cannot be true");
    assert_eq!((doubt.of, doubt.received), (asked.entry, Instant(said)));
    assert!(pair.shown(Side::Fr, dossier, asked).doubtful.is_none());

    let better = doubt.arrived.to_civil();
    let fields = [("received_at", better.as_str())];
    pair.write(
        Side::Ma,
        "receipt_time",
        &Writing::on(dossier, &fields).target(asked),
    );
    let alone = Writing::on(dossier, &[]).target(asked);
    let itself = pair.try_write(Side::Ma, "agree_receipt_time", &alone);
    assert!(itself.is_err(), "nobody agrees with themselves: {itself:?}");
    pair.settle();
    for side in Side::BOTH {
        let row = pair.obligation(side, asked);
        assert_eq!((row.received_ms, row.contested), (Some(said), true));
    }
    pair.assert_same();

    pair.write(Side::Fr, "agree_receipt_time", &alone);
    pair.settle();
    let agreed = Instant::parse(&better).unwrap();
    for side in Side::BOTH {
        let row = pair.obligation(side, asked);
        assert_eq!((row.received_ms, row.contested), (Some(agreed.0), false));
        assert_eq!(row.due_ms, Some((agreed.0).max(wrote) + 7 * DAY));
        assert!(pair.shown(side, dossier, asked).doubtful.is_none());
    }
    pair.assert_same();
}

/// The other side starts it, about the receipt of its answer, after the end; and whoever agrees with their own proposal, by an
/// altered node, has written an irregular entry.
///
/// Take out: in `core/src/judge.rs::on_obligation`, the requirement of `fits`; in `core/src/obligation.rs::proposed_by_other`, the
/// comparison of nodes.
#[test]
fn rule_10_either_side_starts_and_only_a_proposal_is_agreed() {
    let mut pair = TestPair::linked(133);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.time.advance(6 * DAY);
    pair.ma().clock.set_skew(3 * DAY);
    let answer = pair.answer(Side::Fr, dossier, asked);
    pair.settle();
    pair.ma().clock.set_skew(0);
    let late = pair.obligation(Side::Fr, asked);
    assert!(
        late.ended_ms > late.due_ms,
        "its receipt says that it came late"
    );

    let at = pair.fr().header(answer.entry).at.to_civil();
    let of = answer.entry.to_string();
    let fields = [("received_at", at.as_str()), ("receipt_of", of.as_str())];
    let proposed = pair.write(
        Side::Fr,
        "receipt_time",
        &Writing::on(dossier, &fields).target(asked),
    );
    pair.settle();
    pair.write(
        Side::Ma,
        "agree_receipt_time",
        &Writing::on(dossier, &[]).target(asked),
    );
    pair.settle();
    for side in Side::BOTH {
        let row = pair.obligation(side, asked);
        assert!(row.ended_ms < row.due_ms, "in time, by the time agreed");
        assert_eq!((row.state, row.contested), (State::Answered, false));
    }
    pair.assert_same();

    let act = Act::On {
        obligation: asked,
        act: OnAct::AgreeTime {
            proposal: proposed.entry,
        },
    };
    let mut liar = Liar::of(&pair, Side::Fr);
    let mut header = next_header(&pair, Side::Fr, dossier, "agree_receipt_time", vec![act]);
    commit(&mut header, &[1; 16], b"");
    let agreed = liar.push(&header, [1; 16], b"");
    liar.tell(&mut pair);
    assert_eq!(
        verdict(&pair, Side::Ma, agreed),
        Verdict::Irregular(Irregular::Transition)
    );
}

/// Suspended while either flag is up; only its setter lifts it; content waits, the charter and danger to life do not; clocks stand.
///
/// Take out: in `app/src/sendable.rs::leaving`, the branch for flags that are up.
#[test]
fn rule_11_suspension_has_two_flags() {
    let mut pair = TestPair::linked(112);
    let charter = pair.charter.unwrap();
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let due = pair.obligation(Side::Fr, asked).due_ms.unwrap();
    pair.write(
        Side::Ma,
        "charter.suspend",
        &Writing::on(charter, &[("text", "talks")]),
    );
    pair.settle();
    pair.write(
        Side::Fr,
        "charter.suspend",
        &Writing::on(charter, &[("text", "talks")]),
    );
    pair.settle();
    pair.time.advance(2 * DAY);
    let note = pair.write(
        Side::Fr,
        "note",
        &Writing::on(dossier, &[("text", "Attend la reprise.")]),
    );
    let (_, life) = pair.ask(Side::Fr, "life");
    pair.settle();
    assert!(
        pair.ma().entry(note.entry).unwrap().is_none(),
        "content waits"
    );
    assert_eq!(
        pair.obligation(Side::Ma, life).state,
        State::Open,
        "danger to life does not"
    );
    assert_eq!(
        pair.obligation(Side::Ma, asked).due_ms,
        None,
        "the clock stands still"
    );

    pair.write(Side::Ma, "charter.resume", &Writing::on(charter, &[]));
    pair.settle();
    assert!(
        pair.ma().entry(note.entry).unwrap().is_none(),
        "the other flag is still up"
    );
    assert!(pair.suspended(Side::Ma).unwrap() && pair.suspended(Side::Fr).unwrap());
    pair.write(Side::Fr, "charter.resume", &Writing::on(charter, &[]));
    pair.settle();
    assert!(
        pair.ma().entry(note.entry).unwrap().is_some(),
        "nothing was lost"
    );
    let later = pair.obligation(Side::Ma, asked).due_ms.unwrap();
    assert!(
        later >= due + 2 * DAY,
        "the clock stood for the time of the suspension"
    );
    pair.assert_same();
}

/// A file that the partner cannot give now is asked for again after ten seconds, at whatever time of the clock that is.
///
/// Take out: in `app/src/driver.rs::tell_suspension`, `waited`.
#[test]
fn rule_12_a_file_that_cannot_be_had_is_asked_for_again() {
    let mut pair = TestPair::linked(139);
    let charter = pair.charter.unwrap();
    pair.time
        .advance(15_000 - pair.time.now().0.rem_euclid(10_000));
    let (salt, bytes) = ([7; 16], b"a piece");
    let digest = chunk_digest(&salt, 0, bytes);
    let file = serde_json::json!({"name": "piece", "media": "text/plain", "size": bytes.len(),
        "salt": "07".repeat(16), "chunks": [digest.to_string()]});
    let mut body = Values::default();
    let named = Value::List(vec![file.to_string()]);
    body.values.insert("files".into(), named);
    let body = body.to_bytes();
    let mut liar = Liar::of(&pair, Side::Fr);
    let mut header = next_header(&pair, Side::Fr, charter, "note", Vec::new());
    let committed = attachment_commitment(&salt, bytes.len() as u64, &[digest]);
    header.attachments = vec![Commitment(committed.0)];
    commit(&mut header, &[1; 16], &body);
    let entry = Digest(liar.push(&header, [1; 16], &body).0);
    let mut visit = liar.tell(&mut pair);
    let asked = |visit: &Visit| {
        let of = |f: &&Frame| matches!(f, Frame::BlobRequest(r) if r.entry == entry);
        visit.heard.iter().filter(of).count()
    };
    assert_eq!(asked(&visit), 1);
    visit.say(&Frame::BlobRefused(BlobRefusal {
        entry,
        index: 0,
        code: BlobRefusalCode::UNAVAILABLE,
    }));
    for (ms, times) in [(1_000, 1), (8_000, 1), (2_000, 2)] {
        pair.time.advance(ms);
        visit.tick();
        visit.wake();
        assert_eq!(asked(&visit), times, "{ms}: {:?}", visit.closed);
    }
}

/// Undecodable headers, unknown leaves, irregular entries, erased and mismatched bodies: all stored and receipted, and what follows
/// them is taken.
///
/// Take out: in `app/src/apply.rs::keep_unreadable`, return an error.
#[test]
fn rule_12_nothing_blocks_a_register() {
    let mut pair = TestPair::linked(113);
    let charter = pair.charter.unwrap();
    let mut liar = Liar::of(&pair, Side::Fr);
    let rubbish = liar.push_bytes(
        b"\xff\x00 no header",
        Body::Present {
            salt: [0; 16],
            bytes: b"x".to_vec(),
        },
    );
    liar.push_leaf(vec![200, 1, 2, 3]);
    liar.push_leaf(Vec::new());
    let mut header = next_header(&pair, Side::Fr, charter, "no.such.type", Vec::new());
    commit(&mut header, &[1; 16], b"");
    let strange = liar.push(&header, [1; 16], b"");
    header.kind = "note".into();
    header.seq += 1;
    header.after = vec![strange];
    commit(&mut header, &[2; 16], b"gone");
    let erased = liar.push_bytes(&header.to_bytes(), Body::Erased);
    header.seq += 1;
    header.after = vec![erased];
    commit(&mut header, &[3; 16], b"right");
    let owed = liar.push(&header, [3; 16], b"wrong");
    header.seq += 1;
    header.after = vec![owed];
    let fine_body = entente_core::field::Values {
        lang: None,
        values: Default::default(),
    }
    .to_bytes();
    commit(&mut header, &[4; 16], &fine_body);
    let fine = liar.push(&header, [4; 16], &fine_body);
    let visit = liar.tell(&mut pair);
    assert!(visit.closed.is_none());
    assert_eq!(pair.held(Side::Ma).unwrap(), liar.size());
    let receipts = visit
        .heard
        .iter()
        .filter(|f| matches!(f, Frame::Cosignature(c) if c.size == liar.size()))
        .count();
    assert_eq!(receipts, 1, "all of it is receipted");
    assert_eq!(
        verdict(&pair, Side::Ma, rubbish),
        Verdict::Irregular(Irregular::Undecodable)
    );
    assert_eq!(
        verdict(&pair, Side::Ma, strange),
        Verdict::Irregular(Irregular::Type)
    );
    assert_eq!(verdict(&pair, Side::Ma, fine), Verdict::Regular);
    let body = |id| pair.ma().entry(id).unwrap().unwrap().body;
    assert_eq!(
        (body(erased), body(owed), body(fine)),
        (BodyState::Erased, BodyState::Owed, BodyState::Here)
    );
    pair.ma().check().unwrap();
}

/// Access records form one hash chain per process, are there before the answer, and say nothing to a reader of the disk.
/// (The journal and its daily witness: `rule_13_lanes_are_bound_in_the_journal_and_witnessed_by_the_partner` in `oversight.rs`.)
///
/// Take out: in `app/src/access.rs::record_access`, take `Digest([0; 32])` for `prev`.
#[test]
fn rule_13_access_records_in_lanes() {
    let mut pair = TestPair::linked(114);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let actor = ma.officer("liaison").unwrap();
    let count = || ma.look(|tx| tx.access(10_000, 0)).unwrap().len();
    let before = count();
    ma.app.entry(&actor, asked.entry).unwrap();
    assert!(count() > before, "a look leaves a record");
    pair.nodes[0].restart().unwrap();
    pair.time.advance(20_000);
    let ma = pair.ma();
    ma.app.dossier(&actor, dossier, None).unwrap();
    let mut rows = ma.look(|tx| tx.access(10_000, 0)).unwrap();
    rows.sort_by_key(|r| (r.lane.clone(), r.seq));
    let mut lanes: Vec<String> = rows.iter().map(|r| r.lane.clone()).collect();
    lanes.dedup();
    assert_eq!(lanes, ["ma-1", "ma-2"], "one lane per process");
    for lane in lanes {
        let mut head = LaneHead::start();
        for row in rows.iter().filter(|r| r.lane == lane) {
            head = head.after(&row.sealed);
            assert_eq!(
                (head.seq, head.head.0),
                (row.seq, row.hash),
                "the chain holds"
            );
            assert!(
                !String::from_utf8_lossy(&row.sealed).contains("liaison"),
                "contents are sealed"
            );
        }
    }
}

/// Both dial at once: exactly one connection survives, the same for both, dialled by the lower fingerprint; a partner may say that
/// it holds less than it said before.
///
/// Take out: in `link/src/survivor.rs`, `preferred_role` (always `Dialled`).
#[test]
fn rule_14_one_session_per_link() {
    for seed in [115, 116, 117, 118] {
        let mut pair = TestPair::linked(seed);
        pair.wire.tear(true);
        pair.wire.dial(&pair.nodes, 0).unwrap();
        pair.wire.dial(&pair.nodes, 1).unwrap();
        assert_eq!(pair.wire.connections(), 2);
        for _ in 0..6 {
            pair.wire.accept(&pair.nodes);
            pair.wire.read(0, usize::MAX);
            pair.wire.read(1, usize::MAX);
            pair.time.advance(1_000);
            pair.wire.tick(0);
            pair.wire.tick(1);
        }
        assert_eq!(pair.wire.connections(), 1);
        assert!(
            pair.wire.is_up(0) && pair.wire.is_up(1),
            "one session is up"
        );
        let prints = [
            pair.ma().app.own_fingerprint().unwrap(),
            pair.fr().app.own_fingerprint().unwrap(),
        ];
        let lower = usize::from(prints[1] < prints[0]);
        assert_eq!(pair.wire.dialler(0), Some(lower));
        assert_eq!(pair.wire.dialler(1), Some(lower));
    }
}

/// "I hold n" may go back: the node keeps what it sent and sends it again, and a receiver skips what it knows.
///
/// Take out: in `link/src/session/sending.rs::resume`, begin at `self.size` instead of the claim.
#[test]
fn rule_14_i_hold_n_may_go_back() {
    let mut pair = TestPair::linked(119);
    pair.ask(Side::Ma, "normal");
    pair.settle();
    let size = register(&pair, Side::Ma, Direction::Out);
    let liar = Liar::of(&pair, Side::Fr);
    let visit = liar.tell(&mut pair);
    assert_eq!(visit.items().count() as u64, size, "all of it again");
    drop(visit);
    pair.settle();
    pair.assert_same();
}

/// A fork stops the link and is kept as proof; both entries and identifiers stay. (Signing generation g+1 together and going on
/// from the last agreed checkpoint, and key changes, are the next issue: nothing here stands for them.)
///
/// Take out: in `link/src/session/hello.rs::check_their_register`, the comparison of roots.
#[test]
fn rule_15_a_fork_stops_the_link_until_people_decide() {
    let mut pair = TestPair::linked(120);
    pair.ask(Side::Fr, "normal");
    pair.settle();
    pair.wire.tear(true);
    let before = pair.ma().entries().unwrap().len();
    let liar = Liar::of(&pair, Side::Fr);
    let note = liar.sign(liar.size(), Digest([5; 32]));
    let visit = liar.visit_with(pair.ma(), liar.size(), Some(note)).unwrap();
    assert!(visit.closed.is_some());
    drop(visit);
    assert_eq!(evidence(&pair, Side::Ma), ["fork"]);
    let name = pair.fr().name.clone();
    let again = LinkDriver::start(&pair.ma().app, &name, (Role::Dialled, VISIT));
    assert!(
        matches!(again, Err(AppError::Link(_))),
        "it stays stopped, also for an honest partner, until people decide"
    );
    assert_eq!(pair.ma().entries().unwrap().len(), before);

    // Neither the card again nor an empty reason is their decision.
    let partner = || pair.ma().look(|tx| tx.partner(&name)).unwrap().unwrap();
    let (card, print) = (
        pair.fr().app.own_card(),
        pair.fr().app.own_fingerprint().unwrap(),
    );
    let pin = |address| pair.ma().app.pin_partner(&card, address, &print).unwrap();
    pin("fr.example:7400");
    pin("");
    assert_eq!(
        (partner().stopped, &*partner().address),
        (true, "fr.example:7400")
    );
    let resume = |reason: &str| pair.ma().app.resume_link(&name, reason);
    for reason in [" \n", &"x".repeat(301)] {
        assert!(matches!(resume(reason), Err(AppError::Input(_))));
    }
    assert!(pair.stopped(Side::Ma));

    resume(" Les coordonnateurs se sont entendus. ").unwrap();
    assert!(!pair.stopped(Side::Ma));
    assert!(matches!(resume("Encore."), Err(AppError::Link(_))));
    let officer = pair.ma().officer("liaison").unwrap();
    let shown = pair.ma().app.partner(&officer, &name).unwrap().evidence;
    assert_eq!(shown.len(), 2);
    assert_eq!(
        (&*shown[0].what, shown[0].reason.as_deref()),
        ("alarm-lifted", Some("Les coordonnateurs se sont entendus."))
    );
    LinkDriver::start(&pair.ma().app, &name, (Role::Dialled, VISIT)).unwrap();
}

/// An entry whose ancestors are missing is stored, receipted and waits; when they come it is judged, with what waited for it.
/// (Dossiers of three states with their own terms are in `many.rs`, `release` entries in `release.rs`.)
///
/// Take out: in `app/src/apply.rs::apply_header`, judge although `missing` is not empty.
#[test]
fn rule_16_entries_with_missing_ancestors_wait() {
    let mut pair = TestPair::linked(121);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let mut liar = Liar::of(&pair, Side::Fr);
    let act = |act| {
        vec![Act::On {
            obligation: asked,
            act,
        }]
    };
    let mut parent = next_header(
        &pair,
        Side::Fr,
        dossier,
        "acknowledge",
        act(OnAct::Acknowledge),
    );
    commit(&mut parent, &[1; 16], b"");
    let parent_id = id_of(&parent);
    let mut child = next_header(
        &pair,
        Side::Fr,
        dossier,
        "refuse",
        act(OnAct::Refuse {
            ground: Ground::Political,
            withheld: false,
        }),
    );
    (child.seq, child.after) = (parent.seq + 1, vec![parent_id]);
    commit(&mut child, &[2; 16], b"");
    let child_id = liar.push(&child, [2; 16], b"");
    liar.tell(&mut pair);
    assert_eq!(pair.ma().entry(child_id).unwrap().unwrap().verdict, WAITING);
    assert_eq!(pair.held(Side::Ma).unwrap(), liar.size(), "receipted");
    assert_eq!(
        pair.obligation(Side::Ma, asked).state,
        State::Open,
        "no effect yet"
    );
    liar.push(&parent, [1; 16], b"");
    liar.tell(&mut pair);
    assert_eq!(verdict(&pair, Side::Ma, parent_id), Verdict::Regular);
    assert_eq!(verdict(&pair, Side::Ma, child_id), Verdict::Regular);
    assert_eq!(pair.obligation(Side::Ma, asked).state, State::Refused);
    pair.ma().check().unwrap();
}

/// Rules 5 and 8 of the invariants meet here: whatever reaches the outbox by a mistake of ours stays there, and what is behind it
/// leaves (rule 12).
///
/// Take out: in `app/src/sendable.rs::lets`, any part of `fits`.
#[test]
fn rule_05_the_driver_refuses_what_may_not_leave() {
    let mut pair = TestPair::linked(122);
    let charter = pair.charter.unwrap();
    let own = Writing::on(charter, &[("text", "Pour nous seuls.")]).own_only();
    let mut kept = vec![pair.write(Side::Ma, "note", &own).entry];
    // Ours in all but one thing each: the author, the decision to send, the purpose.
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let theirs = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    let ours = next_header(&pair, Side::Ma, dossier, "note", Vec::new());
    let mut unreleased = ours.clone();
    unreleased.release = None;
    let mut elsewhere = ours.clone();
    elsewhere.purpose = Purpose::Governance;
    let forged = [theirs, unreleased, elsewhere].map(|header| entry_of(&header, dossier));
    kept.extend(forged.iter().map(|row| row.id));
    let (fr, now, queue) = (node_name("fr"), pair.time.now().0, kept.clone());
    let push = move |tx: &mut dyn entente_store::Write| {
        forged
            .iter()
            .try_for_each(|row| tx.insert_entry(row).map(drop))?;
        queue
            .iter()
            .try_for_each(|id| tx.push_outbox(&fr, &OutboxItem::Entry(*id), now))
    };
    pair.ma()
        .store
        .update::<(), StoreError>("test", push)
        .unwrap();
    let behind = Writing::on(charter, &[("text", "Bonjour.")]);
    let behind = pair.write(Side::Ma, "note", &behind).entry;
    (0..6).for_each(|_| pair.round());
    assert_eq!(verdict(&pair, Side::Fr, behind), Verdict::Regular);
    for id in &kept {
        assert!(pair.fr().entry(*id).unwrap().is_none());
    }
    let name = pair.fr().name.clone();
    let waiting = pair.ma().look(|tx| tx.outbox(&name, 100)).unwrap();
    let waiting: Vec<_> = waiting.into_iter().map(|row| row.item).collect();
    let stay: Vec<_> = kept.into_iter().map(OutboxItem::Entry).collect();
    assert_eq!(waiting, stay, "each stays where it was put");
}

/// However much must stay in the outbox, what is behind it leaves.
///
/// Take out: in `app/src/sendable.rs::through`, all rows but the first portion.
#[test]
fn rule_12_what_must_stay_blocks_nothing_behind_it() {
    let mut pair = TestPair::linked(123);
    let charter = pair.charter.unwrap();
    let own = Writing::on(charter, &[("text", "Pour nous seuls.")]).own_only();
    let own = pair.write(Side::Ma, "note", &own).entry;
    let (fr, now) = (node_name("fr"), pair.time.now().0);
    // More than one portion of the driver's.
    let push = move |tx: &mut dyn entente_store::Write| {
        (0..1_100).try_for_each(|_| tx.push_outbox(&fr, &OutboxItem::Entry(own), now))
    };
    pair.ma()
        .store
        .update::<(), StoreError>("test", push)
        .unwrap();
    let behind = Writing::on(charter, &[("text", "Bonjour.")]);
    let behind = pair.write(Side::Ma, "note", &behind).entry;
    rounds(&mut pair);
    assert_eq!(verdict(&pair, Side::Fr, behind), Verdict::Regular);
    let (_, _, waiting) = pair.ma().app.receipted(&pair.fr().name).unwrap();
    assert_eq!(waiting, 1_100);
}

/// No number of rows that must stay is too large: what comes behind them leaves, before, during and after a suspension.
///
/// Take out: in `app/src/sendable.rs::through` or `app/src/suspension.rs::flowing`, all rows but the first 65,536.
#[test]
fn rule_12_no_number_of_rows_in_front_blocks_what_is_behind() {
    const MANY: u32 = 70_000;
    let mut pair = TestPair::linked(124);
    let charter = pair.charter.unwrap();
    let own = Writing::on(charter, &[("text", "Pour nous seuls.")]).own_only();
    let own = pair.write(Side::Ma, "note", &own).entry;
    let (fr, now) = (node_name("fr"), pair.time.now().0);
    let push = move |tx: &mut dyn entente_store::Write| {
        (0..MANY).try_for_each(|_| tx.push_outbox(&fr, &OutboxItem::Entry(own), now))
    };
    pair.ma()
        .store
        .update::<(), StoreError>("test", push)
        .unwrap();
    let note = |pair: &mut TestPair, text: &str| {
        let note = Writing::on(charter, &[("text", text)]);
        pair.write(Side::Ma, "note", &note).entry
    };
    let came = |pair: &TestPair, id| pair.fr().entry(id).unwrap().is_some();
    for text in ["Bonjour.", "Encore.", "Toujours."] {
        let behind = note(&mut pair, text);
        rounds(&mut pair);
        assert!(came(&pair, behind), "{text}");
    }
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let wrong = Writing::on(dossier, &[("text", "Une erreur.")]);
    let wrong = pair.write(Side::Ma, "note", &wrong).entry;
    rounds(&mut pair);
    let talks = Writing::on(charter, &[("text", "Pourparlers.")]);
    pair.write(Side::Fr, "charter.suspend", &talks);
    rounds(&mut pair);
    let content = Writing::on(dossier, &[("text", "Attend.")]);
    let content = pair.write(Side::Ma, "note", &content).entry;
    let formal = note(&mut pair, "De la charte.");
    let erase = Writing::on(dossier, &[("entry", &wrong.to_string())]);
    pair.write(Side::Ma, "erase", &erase);
    rounds(&mut pair);
    assert!(came(&pair, formal) && !came(&pair, content));
    let body = pair.fr().entry(wrong).unwrap().unwrap().body;
    assert_eq!(body, BodyState::Erased, "destroyed at once");
    pair.write(Side::Fr, "charter.resume", &Writing::on(charter, &[]));
    rounds(&mut pair);
    assert!(came(&pair, content));
    let (_, _, waiting) = pair.ma().app.receipted(&pair.fr().name).unwrap();
    assert_eq!(waiting, u64::from(MANY).min(entente_store::OUTBOX_COUNTED));
    pair.ma().check().unwrap();
}

/// A row for a header, as a mistake of ours might have stored it.
fn entry_of(header: &Header, dossier: DossierId) -> EntryRow {
    let bytes = header.to_bytes();
    EntryRow {
        position: 0,
        dossier,
        id: EntryId(entente_proof::digest::entry_id(&bytes).0),
        kind: header.kind.clone(),
        service: header.author.service.to_string(),
        at_ms: header.at.0,
        here_ms: header.at.0,
        verdict: 0,
        depth: 0,
        causal: minicbor::to_vec(Causal::default()).unwrap(),
        header: bytes,
        body: BodyState::Owed,
    }
}

/// Purposes are checked at sending too: what was opened while the link was suspended for a purpose that the terms then ceased to
/// admit stays here, whole, until they admit it again. What had crossed before is brought to its end.
///
/// Take out: in `app/src/sendable.rs::find_purpose`, what asks whether the terms admit the dossier.
#[test]
fn invariant_07_no_dossier_crosses_for_a_purpose_that_the_terms_do_not_admit() {
    let mut pair = TestPair::linked(150);
    let charter = pair.charter.unwrap();
    let (crossed, asked) = pair.ask(Side::Fr, "normal");
    pair.settle();
    let suspend = Writing::on(charter, &[("text", "talks")]);
    pair.write(Side::Fr, "charter.suspend", &suspend);
    pair.settle();
    let title = [("title", "Faux documents"), ("aim", "Comprendre.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&title));
    let within = Writing::on(opened.dossier, &[("text", "À vous.")]);
    let within = pair.write(Side::Ma, "note", &within);
    enact(&mut pair, &[Purpose::Governance]);
    pair.write(Side::Fr, "charter.resume", &Writing::on(charter, &[]));
    rounds(&mut pair);

    let here = |pair: &TestPair, id| pair.fr().entry(id).unwrap().is_some();
    assert!(!here(&pair, opened.entry) && !here(&pair, within.entry));
    let again = pair.try_write(Side::Ma, "investigation.open", &Writing::new(&title));
    assert!(
        matches!(again, Err(AppError::Irregular(Irregular::NotAdmitted))),
        "{again:?}"
    );
    pair.answer(Side::Ma, crossed, asked);
    let note = pair.write(
        Side::Ma,
        "note",
        &Writing::on(charter, &[("text", "Voilà.")]),
    );
    rounds(&mut pair);
    assert!(here(&pair, note.entry), "nothing blocks a register");
    assert_eq!(pair.obligation(Side::Fr, asked).state, State::Answered);
    let (_, _, waiting) = pair.ma().app.receipted(&pair.fr().name).unwrap();
    assert_eq!(waiting, 2, "a gap that is shown");

    enact(&mut pair, &[Purpose::Justice, Purpose::Governance]);
    assert_eq!(verdict(&pair, Side::Fr, opened.entry), Verdict::Regular);
    assert_eq!(verdict(&pair, Side::Fr, within.entry), Verdict::Regular);
    pair.settle();
    pair.assert_same();
}

/// Lets all that may leave arrive, also while something stays.
fn rounds(pair: &mut TestPair) {
    (0..12).for_each(|_| pair.round());
}

/// Proposes, signs and enacts the present terms with other purposes.
fn enact(pair: &mut TestPair, purposes: &[Purpose]) {
    let charter = pair.charter.unwrap();
    // A charter admits no kind without its purpose.
    let admitted = kinds::ALL
        .iter()
        .filter(|kind| kind.needs_charter && !kinds::is_of_duties(kind.name));
    let admitted = admitted.filter(|kind| purposes.contains(&kind.purposes[0]));
    let terms = TermsDraft {
        purposes: Some(purposes.to_vec()),
        kinds: Some(admitted.map(|kind| kind.name.to_owned()).collect()),
        ..TermsDraft::default()
    };
    let mut proposal = recording("charter.propose", &Writing::on(charter, &[])).unwrap();
    proposal.terms = Some(terms);
    let officer = pair.ma().officer("liaison").unwrap();
    pair.ma().app.record(&officer, proposal).unwrap();
    rounds(pair);
    pair.write(Side::Fr, "charter.sign", &Writing::on(charter, &[]));
    rounds(pair);
    pair.write(Side::Ma, "charter.enact", &Writing::on(charter, &[]));
    rounds(pair);
}
