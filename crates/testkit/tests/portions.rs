//! What a partner can make us do is bounded: long chains of waiting entries and storms of flags are worked in portions, and lanes
//! are not forked without end.
//!
//! Each test says what to take out of the code to see it fail.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_core::act::{Act, OnAct};
use entente_core::header::Header;
use entente_core::ids::{EntryId, ObligationId};
use entente_core::judge::Verdict;
use entente_core::obligation::State;
use entente_link::frame::{Frame, LedgerDigest};
use entente_proof::digest::Digest;
use entente_store::{BodyState, WAITING};
use entente_testkit::liar::{Liar, Visit, commit, id_of, next_header};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const CHAIN: u8 = 8;

fn tick(pair: &TestPair, visit: &mut Visit) {
    pair.time.advance(2_000);
    visit.tick();
}

fn evidence(pair: &TestPair) -> Vec<String> {
    pair.evidence(Side::Ma)
        .into_iter()
        .map(|row| row.what)
        .collect()
}

fn waiting(pair: &TestPair, ids: &[EntryId]) -> usize {
    let waits = |id: &&EntryId| pair.ma().entry(**id).unwrap().unwrap().verdict == WAITING;
    ids.iter().filter(waits).count()
}

/// A pair, a liar for fr, and entries of one lane, each following the one before; the last acknowledges an ask of ma.
fn chain(seed: u64, length: u64) -> (TestPair, ObligationId, Liar, Vec<Header>) {
    let mut pair = TestPair::linked(seed);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let first = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    let mut headers: Vec<Header> = Vec::new();
    for n in 0..length {
        let mut header = match n + 1 == length {
            true => {
                let act = Act::On {
                    obligation: asked,
                    act: OnAct::Acknowledge,
                };
                next_header(&pair, Side::Fr, dossier, "acknowledge", vec![act])
            }
            false => first.clone(),
        };
        header.seq = first.seq + n;
        if let Some(before) = headers.last() {
            header.after = vec![id_of(before)];
        }
        commit(&mut header, &[CHAIN; 16], b"");
        headers.push(header);
    }
    let liar = Liar::of(&pair, Side::Fr);
    (pair, asked, liar, headers)
}

/// Plays a chain whose first entry comes last, and gives the ledger digest that both sides have at the end; `told` is the digest that
/// the partner names while much still waits.
fn play(told: Option<LedgerDigest>, crash: bool) -> LedgerDigest {
    let (mut pair, asked, mut liar, headers) = chain(1601, 2_000);
    let ids: Vec<EntryId> = headers.iter().map(id_of).collect();
    for header in &headers[1..] {
        liar.push(header, [CHAIN; 16], b"");
    }
    drop(liar.tell(&mut pair));
    assert_eq!(waiting(&pair, &ids[1..]), ids.len() - 1);
    liar.push(&headers[0], [CHAIN; 16], b"");
    let mut visit = liar.tell(&mut pair);
    assert_eq!(pair.held(Side::Ma).unwrap(), liar.size(), "receipted");
    let left = waiting(&pair, &ids);
    assert!(
        left > 1_500 && left < ids.len() - 1,
        "{left} wait after the transaction that brought the first"
    );
    if crash {
        drop(visit);
        pair.nodes[0].restart().unwrap();
        // The lease of the process that died runs out.
        pair.time.advance(11_000);
        visit = liar.visit(pair.ma()).unwrap();
    }
    if let Some(told) = told {
        visit.say(&Frame::LedgerDigest(told));
    }
    let mut ticks = 0;
    while waiting(&pair, &ids) > 0 {
        assert!(ticks < 20, "no end");
        tick(&pair, &mut visit);
        ticks += 1;
    }
    assert!(ticks > 1, "all at once");
    tick(&pair, &mut visit);
    assert!(ids.iter().all(|id| {
        let number = pair.ma().entry(*id).unwrap().unwrap().verdict;
        Verdict::from_number(number) == Verdict::Regular
    }));
    assert_eq!(pair.obligation(Side::Ma, asked).state, State::Acknowledged);
    assert!(evidence(&pair).is_empty(), "{:?}", evidence(&pair));
    let name = pair.fr().name.clone();
    if let Some(told) = told {
        let compared = pair.ma().look(|tx| tx.digests(&name, 50)).unwrap();
        let here = compared.iter().find(|d| d.at_ms == told.instant_ms);
        let here = here.filter(|d| d.out_size == told.in_size && d.in_size == told.out_size);
        assert!(
            here.is_some_and(|d| d.theirs == Some(d.ours)),
            "compared at last"
        );
    }
    pair.ma().check().unwrap();
    let (out, inn, digest) = pair.ma().app.ledger_digest(&name).unwrap();
    LedgerDigest {
        out_size: inn,
        in_size: out,
        instant_ms: pair.time.now().0,
        digest: Digest(digest),
    }
}

/// Thousands of entries wait for one that comes last. They are judged in portions, also after a crash, and no ledger is compared in
/// between.
///
/// Take out: in `app/src/driver.rs::compare_theirs`, the wait for `is_settled`; or `settle_some` in `tick`; or in
/// `app/src/waiting.rs::judge_waiting`, the limit.
#[test]
fn rule_16_a_long_chain_that_waited_is_judged_in_portions() {
    let truth = play(None, false);
    assert_eq!(play(Some(truth), false).digest, truth.digest);
    play(Some(truth), true);
}

/// A partner raises and lowers its flag over and over: the link's obligations are recomputed in portions, once for all flags that
/// came meanwhile, and pages say that totals may lag.
///
/// Take out: in `app/src/refold.rs::refold_portion`, the limit; or `refold_some` in `app/src/driver.rs::tick`; or what `again` is for.
#[test]
fn rule_11_a_storm_of_flags_recomputes_in_portions() {
    let mut pair = TestPair::linked(1602);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    let mut asks = vec![asked];
    for n in 0..600 {
        let text = format!("Question {n} ?");
        let ask = Writing::on(dossier, &[("text", &text), ("needs_answer", "on")]);
        let written = pair.write(Side::Ma, "note", &ask);
        asks.push(ObligationId {
            entry: written.entry,
            index: 0,
        });
    }
    pair.settle();
    let standing = |pair: &TestPair| {
        let stands = |id: &&ObligationId| pair.obligation(Side::Ma, **id).due_ms.is_none();
        asks.iter().filter(stands).count()
    };
    assert_eq!(standing(&pair), 0);
    let mut liar = Liar::of(&pair, Side::Fr);
    let charter = pair.charter.unwrap();
    let mut storm = |pair: &mut TestPair, flags: usize, on: bool| {
        let mut before: Option<Header> = None;
        for n in 0..flags {
            let suspended = (n % 2 == 0) == on;
            let kind = match suspended {
                true => "charter.suspend",
                false => "charter.resume",
            };
            let mut header =
                next_header(pair, Side::Fr, charter, kind, vec![Act::Flag { suspended }]);
            if let Some(before) = &before {
                (header.seq, header.after) = (before.seq + 1, vec![id_of(before)]);
            }
            commit(&mut header, &[3; 16], b"");
            liar.push(&header, [3; 16], b"");
            before = Some(header);
        }
        liar.tell(pair)
    };
    let visit = storm(&mut pair, 51, true);
    assert!(pair.ma().app.refolding(), "pages say it");
    let first = standing(&pair);
    assert!(
        first > 0 && first < 300,
        "{first} of {} at once",
        asks.len()
    );
    drop(visit);
    // The next storm comes in the middle: what was recomputed before it is recomputed once more.
    let mut visit = storm(&mut pair, 20, false);
    let mut ticks = 0;
    while pair.ma().app.refolding() {
        assert!(ticks < 10, "no end");
        tick(&pair, &mut visit);
        ticks += 1;
    }
    assert!(ticks > 0, "all at once");
    assert_eq!(standing(&pair), asks.len(), "the flag is up at the end");
    pair.nodes[0].restart().unwrap();
    pair.ma().check().unwrap();
}

/// While the link is suspended, content waits and an erasure written after it goes ahead: the partner destroys at once and judges
/// later. What life depends on is not held up by it.
///
/// Take out: in `app/src/apply.rs::apply_header`, the call of `erase_ahead`; or in `app/src/suspension.rs::ancestors`, `ahead`.
#[test]
fn rule_11_an_erasure_goes_ahead_of_content_that_waits() {
    let mut pair = TestPair::linked(1603);
    let (dossier, asked) = pair.ask(Side::Ma, "life");
    let write = |pair: &mut TestPair, text: &str| {
        let note = Writing::on(dossier, &[("text", text)]);
        pair.write(Side::Ma, "note", &note).entry
    };
    let wrong = write(&mut pair, "Une erreur.");
    pair.settle();
    let charter = pair.charter.unwrap();
    pair.write(
        Side::Ma,
        "charter.suspend",
        &Writing::on(charter, &[("text", "talks")]),
    );
    pair.settle();
    let held_back = write(&mut pair, "Attend la reprise.");
    let erase = Writing::on(dossier, &[("entry", &wrong.to_string())]);
    let erasure = pair.write(Side::Ma, "erase", &erase).entry;
    pair.settle();
    let fr = |pair: &TestPair, id| pair.fr().entry(id).unwrap();
    assert!(fr(&pair, held_back).is_none(), "content waits");
    assert_eq!(fr(&pair, erasure).unwrap().verdict, WAITING);
    assert_eq!(fr(&pair, wrong).unwrap().body, BodyState::Erased);
    let digest = |side: Side| {
        let (node, other) = (pair.node(side), pair.node(side.other()));
        let at = pair.time.now();
        node.app.ledger_digest_at(&other.name, at).unwrap().2
    };
    assert_eq!(digest(Side::Ma), digest(Side::Fr), "same at every cut");

    let withdrawal = Writing::on(dossier, &[]).target(asked);
    let withdrawn = pair.write(Side::Ma, "withdraw", &withdrawal).entry;
    pair.settle();
    assert_eq!(fr(&pair, withdrawn).unwrap().verdict, 0, "life goes ahead");
    assert_eq!(pair.obligation(Side::Fr, asked).state, State::Withdrawn);
    pair.write(Side::Ma, "charter.resume", &Writing::on(charter, &[]));
    pair.settle();
    assert_eq!(fr(&pair, erasure).unwrap().verdict, 0);
    pair.assert_same();
}

/// Only the author of both destroys ahead of judgement.
///
/// Take out: in `app/src/apply.rs::erase_ahead`, the comparison of nodes.
#[test]
fn rule_11_nobody_elses_entry_is_erased_ahead() {
    let mut pair = TestPair::linked(1604);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let note = Writing::on(dossier, &[("text", "De nous.")]);
    let ours = pair.write(Side::Ma, "note", &note).entry;
    pair.settle();
    let mut liar = Liar::of(&pair, Side::Fr);
    let erase = vec![Act::Erase { entry: ours }];
    let mut header = next_header(&pair, Side::Fr, dossier, "erase", erase);
    header.after = vec![EntryId([7; 32])];
    commit(&mut header, &[1; 16], b"");
    let erasure = liar.push(&header, [1; 16], b"");
    let visit = liar.tell(&mut pair);
    assert_eq!(visit.closed, None);
    assert_eq!(pair.ma().entry(erasure).unwrap().unwrap().verdict, WAITING);
    assert_eq!(
        pair.ma().entry(ours).unwrap().unwrap().body,
        BodyState::Here
    );
}

/// A partner forks one lane again and again. Each fork is kept as evidence; too many stop the link before the past of every later
/// entry grows without end, whether they come at once or wait for an ancestor first.
///
/// Take out: in `app/src/receive.rs::receive_in`, the calls of `refuse_forks`; or in `app/src/waiting.rs::judge_late`, `forked`.
#[test]
fn rule_03_lanes_forked_without_end_stop_the_link() {
    for late in [false, true] {
        let (mut pair, _, mut liar, headers) = chain(1605, 2);
        let held = pair.held(Side::Ma).unwrap();
        let twins: Vec<EntryId> = (0..300u16)
            .map(|n| {
                let mut twin = headers[usize::from(late)].clone();
                (twin.kind, twin.acts) = ("note".into(), headers[0].acts.clone());
                let mut salt = [5; 16];
                salt[..2].copy_from_slice(&n.to_be_bytes());
                commit(&mut twin, &salt, b"");
                liar.push(&twin, salt, b"")
            })
            .collect();
        let mut visit = liar.tell(&mut pair);
        if late {
            assert!(!pair.stopped(Side::Ma), "they wait");
            drop(visit);
            liar.push(&headers[0], [CHAIN; 16], b"");
            visit = liar.tell(&mut pair);
            for _ in 0..3 {
                tick(&pair, &mut visit);
            }
            let judged = twins.len() - waiting(&pair, &twins);
            assert!(judged < 70, "{judged} judged");
        } else {
            assert!(visit.closed.is_some());
            assert_eq!(pair.held(Side::Ma).unwrap(), held, "nothing was stored");
        }
        assert!(pair.stopped(Side::Ma));
        assert!(evidence(&pair).contains(&"lanes-forked".to_owned()));
        assert!(liar.visit(pair.ma()).is_err(), "until people decide");
    }
}
