//! "200 incoming entries in a day make at most 20 lines in Today" (DESIGN section 6), with 200 real entries over a real link.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::restart::{Ground, RestartWaits};
use entente_app::views::{ObligationView, TodayView};
use entente_app::{Actor, NewOfficer};
use entente_core::codes::Role;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::label::Lang;
use entente_core::obligation::{self as core, Chase};
use entente_proof::digest::entry_id;
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::node::{Writing, recording, service};
use entente_testkit::pair::{Side, TestPair};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// What came in, as many lines as it makes for the receiver.
fn lines(view: &TodayView) -> usize {
    view.we_owe.len() + view.owed_to_us.len() + view.not_received.len() + view.news.len()
}

fn today(pair: &TestPair, side: Side) -> TodayView {
    let node = pair.node(side);
    node.app.today(&node.officer("liaison").unwrap()).unwrap()
}

fn note(pair: &mut TestPair, dossier: DossierId, text: &str) {
    pair.write(Side::Ma, "note", &Writing::on(dossier, &[("text", text)]));
}

/// Dossiers with nothing owed in them by `fr`, older than what is new to whoever marked nothing.
fn quiet_dossiers(pair: &mut TestPair, count: usize) -> Vec<DossierId> {
    let title = [("title", "Vols d'engins"), ("aim", "Les comprendre.")];
    let open = |pair: &mut TestPair| {
        pair.write(Side::Fr, "investigation.open", &Writing::new(&title))
            .dossier
    };
    let all = (0..count).map(|_| open(pair)).collect();
    pair.settle();
    pair.time.advance(8 * DAY);
    all
}

#[test]
fn two_hundred_asks_in_two_hundred_dossiers() {
    let mut pair = TestPair::linked(31);
    for _ in 0..200 {
        pair.ask(Side::Ma, "normal");
    }
    pair.settle();
    let view = today(&pair, Side::Fr);
    assert_eq!((view.we_owe_total, lines(&view)), (200, 20));
    assert!(view.news_more, "the others are a click away");
}

#[test]
fn two_hundred_notes_in_few_dossiers_are_grouped_by_dossier() {
    let mut pair = TestPair::linked(32);
    let dossiers = quiet_dossiers(&mut pair, 4);
    let before = lines(&today(&pair, Side::Fr));
    for n in 0..200 {
        note(&mut pair, dossiers[n % 4], "Rien à signaler.");
    }
    pair.settle();
    let view = today(&pair, Side::Fr);
    assert_eq!((lines(&view) - before, view.news.len()), (4, 4));
    // A line counts at most a page of its dossier's newest entries.
    assert!(view.news.iter().all(|line| line.count == 50));
    assert!(!view.news_more);
}

#[test]
fn a_mixed_day_shares_one_screen_and_tells_nothing_twice() {
    let mut pair = TestPair::linked(33);
    let quiet = quiet_dossiers(&mut pair, 30);
    let before = lines(&today(&pair, Side::Fr));
    let asked: Vec<DossierId> = (0..12).map(|_| pair.ask(Side::Ma, "normal").0).collect();
    for n in 0..100 {
        note(&mut pair, quiet[n % 30], "Point de situation.");
    }
    for n in 0..88 {
        note(&mut pair, asked[n % 6], "Complément.");
    }
    pair.settle();
    let view = today(&pair, Side::Fr);
    assert_eq!(lines(&view) - before, 20);
    assert_eq!((view.we_owe_total, view.we_owe.len()), (12, 12));
    assert_eq!(view.news.len(), 8);
    assert!(view.news_more);
    // An ask that stands above is no news; what came to its dossier besides is.
    for line in view.news.iter().filter(|l| asked.contains(&l.dossier.id)) {
        assert!(asked[..6].contains(&line.dossier.id), "told twice");
        assert_eq!(line.newest, "note");
    }
}

/// Our own writing in many dossiers hides what came into another one, and the page says so.
#[test]
fn what_was_not_looked_at_is_not_denied() {
    let mut pair = TestPair::linked(34);
    let quiet = quiet_dossiers(&mut pair, 41);
    note(&mut pair, quiet[0], "Point de situation.");
    pair.settle();
    let view = today(&pair, Side::Fr);
    assert_eq!((view.news.len(), view.news_more), (1, false));
    for dossier in &quiet[1..] {
        pair.time.advance(1_000);
        let words = [("text", "De notre côté.")];
        pair.write(Side::Fr, "note", &Writing::on(*dossier, &words));
    }
    let view = today(&pair, Side::Fr);
    assert_eq!((view.news.len(), view.news_more), (0, true));
}

/// An officer who coordinates, and belongs to the service that asks and is asked.
fn coordinator(pair: &TestPair, side: Side) -> Actor {
    let node = pair.node(side);
    let officer = NewOfficer {
        id: "coordination".into(),
        name: "Coordonnatrice inventée".into(),
        services: vec![
            service(&node.name, "coordination"),
            service(&node.name, "liaison"),
        ],
        roles: vec![Role::Coordinator],
        password: None,
        lang: Lang::Fr,
    };
    node.app.add_officer(officer).unwrap();
    node.app.actor("coordination").unwrap()
}

/// What stays unanswered comes onto the list for the next meeting by itself, at both nodes: one reads that it owes, the other that it
/// is owed the same thing.
#[test]
fn what_nobody_answered_is_on_both_lists_for_the_next_meeting() {
    let mut pair = TestPair::linked(34);
    let [ma, fr] = [Side::Ma, Side::Fr].map(|side| coordinator(&pair, side));
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    let (_, back) = pair.ask(Side::Fr, "normal");
    pair.settle();
    let lists = |pair: &TestPair| {
        let of = |side, me| {
            let app = &pair.node(side).app;
            let list = app.meeting_list(me).unwrap();
            let today = app.today(me).unwrap().meeting;
            let ids = |list: &[ObligationView]| list.iter().map(|o| o.id).collect::<Vec<_>>();
            assert_eq!(ids(&list), ids(&today), "Today shows the same list");
            list
        };
        (of(Side::Ma, &ma), of(Side::Fr, &fr))
    };
    // Seven days to answer and seven more until the meeting: an hour before, it is on nobody's list.
    pair.time.advance(14 * DAY - HOUR);
    pair.settle();
    let (at_ma, at_fr) = lists(&pair);
    assert!(at_ma.is_empty() && at_fr.is_empty());

    pair.time.advance(2 * HOUR);
    pair.settle();
    let (at_ma, at_fr) = lists(&pair);
    for (id, debtor) in [(asked, Side::Fr), (back, Side::Ma)] {
        let one = |list: &[ObligationView]| list.iter().find(|o| o.id == id).cloned().unwrap();
        let (here, there) = (one(&at_ma), one(&at_fr));
        let (owing, owed) = match debtor {
            Side::Fr => (&there, &here),
            Side::Ma => (&here, &there),
        };
        assert_eq!(owing.ours, Some(core::Side::Debtor));
        assert_eq!(owed.ours, Some(core::Side::Creditor));
        for view in [&here, &there] {
            assert!(view.overdue && view.chase == Chase::Meeting);
        }
        assert_eq!(
            (here.number.as_str(), here.due, &here.owing, here.state),
            (there.number.as_str(), there.due, &there.owing, there.state)
        );
    }
    assert_eq!((at_ma.len(), at_fr.len()), (2, 2), "and nothing else");

    pair.answer(Side::Fr, dossier, asked);
    pair.settle();
    let (at_ma, at_fr) = lists(&pair);
    let left = |list: &[ObligationView]| list.iter().map(|o| o.id).collect::<Vec<_>>();
    assert_eq!((left(&at_ma), left(&at_fr)), (vec![back], vec![back]));
}

/// Terms that wait for a signature have no clock that runs out: both sides read on their front page that they wait, and for whom, also where
/// each proposed its own.
#[test]
fn terms_that_wait_for_a_signature_are_on_both_front_pages() {
    let mut pair = TestPair::linked(38);
    let charter = pair.charter.unwrap();
    let waiting = |pair: &TestPair, side| {
        let of_charter =
            |list: &[ObligationView]| list.iter().filter(|o| o.dossier == charter).count();
        let view = today(pair, side);
        (of_charter(&view.we_owe), of_charter(&view.owed_to_us))
    };
    for side in Side::BOTH {
        let mut proposal = recording("charter.propose", &Writing::on(charter, &[])).unwrap();
        proposal.terms =
            Some(serde_json::from_value(serde_json::json!({"transit": "1h"})).unwrap());
        let node = pair.node(side);
        node.app
            .record(&node.officer("liaison").unwrap(), proposal)
            .unwrap();
        pair.wire.wake(side.index());
    }
    pair.settle();
    pair.time.advance(90 * DAY);
    pair.settle();
    for side in Side::BOTH {
        assert_eq!(
            waiting(&pair, side),
            (1, 1),
            "{side:?}: one to decide, one to wait for"
        );
    }
}

/// A register that is to begin again waits for people at the other side, while nothing is sent: both front pages say so, and since when.
#[test]
fn a_register_that_waits_to_begin_again_is_on_both_front_pages() {
    let pair = TestPair::linked(39);
    let waits = |side| {
        today(&pair, side)
            .links
            .iter()
            .map(|link| link.restart_waits)
            .collect::<Vec<_>>()
    };
    assert_eq!((waits(Side::Ma), waits(Side::Fr)), (vec![None], vec![None]));
    let (ma, fr) = (pair.ma(), pair.fr());
    let since = pair.time.now();
    let actor = fr.app.coordinator("coordinator").unwrap();
    let proposal = fr
        .app
        .propose_restart(&actor, &ma.name, Ground::Fork)
        .unwrap();
    assert_eq!(waits(Side::Fr), [Some(RestartWaits::Answer(since))]);
    pair.time.advance(2 * DAY);
    let then = pair.time.now();
    let actor = ma.app.coordinator("coordinator").unwrap();
    let print = fr.app.own_fingerprint().unwrap();
    ma.app.accept_restart(&actor, &proposal, &print).unwrap();
    assert_eq!(waits(Side::Ma), [Some(RestartWaits::Owner(then))]);
    assert_eq!(waits(Side::Fr), [Some(RestartWaits::Answer(since))]);
}

/// Somebody with the key of `fr` told what follows an entry that nobody has: it waits for good, and people see what waits for what, each at
/// the head of what follows it.
/// Take out: in `app/src/show/waits.rs`, what waits itself, or who sees it.
#[test]
fn what_waits_for_an_entry_that_nobody_has_is_on_the_front_page() {
    let mut pair = TestPair::linked(41);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let mut lost = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    commit(&mut lost, &[1; 16], b"\xa0");
    let missing = EntryId(entry_id(&lost.to_bytes()).0);
    let mut liar = Liar::of(&pair, Side::Fr);
    let mut after = missing;
    let told: Vec<EntryId> = (2..4_u8)
        .map(|n| {
            let mut next = lost.clone();
            next.seq += u64::from(n) - 1;
            next.after = vec![after];
            commit(&mut next, &[n; 16], b"\xa0");
            after = liar.push(&next, [n; 16], b"\xa0");
            after
        })
        .collect();
    drop(liar.tell(&mut pair));
    pair.wire.tear(true);
    assert!(
        today(&pair, Side::Ma).waits.lines.is_empty(),
        "it may still come"
    );
    pair.time.advance(25 * HOUR);
    let waits = today(&pair, Side::Ma).waits.lines;
    let seen: Vec<_> = waits.iter().map(|w| (w.entry, w.missing)).collect();
    assert_eq!(seen, [(told[0], missing)]);
    assert_eq!(waits[0].dossier.as_ref().map(|line| line.id), Some(dossier));
    let ma = pair.ma();
    let stranger = ma.app.today(&ma.officer("rescue").unwrap()).unwrap();
    assert!(
        stranger.waits.lines.is_empty(),
        "who does not see the dossier"
    );
    liar.push(&lost, [1; 16], b"\xa0");
    drop(liar.tell(&mut pair));
    assert!(today(&pair, Side::Ma).waits.lines.is_empty(), "it came");
}

/// Of much that waits, what waits longest is on the front page, whatever the identifiers of what is missing; and the page says how much more
/// there is.
/// Take out: in `store/src/sqlite/dossiers.rs`, the order of `AWAITED`; in `app/src/show/waits.rs`, `more`.
#[test]
fn what_waits_longest_is_shown_first_and_the_rest_is_counted() {
    let mut pair = TestPair::linked(42);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let base = next_header(&pair, Side::Fr, dossier, "note", Vec::new());
    let mut liar = Liar::of(&pair, Side::Fr);
    let mut follows = |pair: &mut TestPair, missing: u8| {
        let mut header = base.clone();
        header.seq += u64::from(missing);
        header.after = vec![EntryId([missing; 32])];
        commit(&mut header, &[missing; 16], b"\xa0");
        let told = liar.push(&header, [missing; 16], b"\xa0");
        drop(liar.tell(pair));
        pair.wire.tear(true);
        told
    };
    // The later something came, the smaller is what it waits for.
    let mut came = Vec::new();
    for n in 0..23_u8 {
        came.push(follows(&mut pair, 200 - n));
        pair.time.advance(60_000);
    }
    pair.time.advance(25 * HOUR);
    let waits = today(&pair, Side::Ma).waits;
    let shown: Vec<EntryId> = waits.lines.iter().map(|line| line.entry).collect();
    assert_eq!(shown, came[..shown.len()]);
    assert_eq!(shown.len() as u64 + waits.more, 23);
    assert!(waits.more > 0 && !waits.uncounted, "{}", waits.more);
    // Those who came a moment ago may still be followed by what they wait for.
    let late = follows(&mut pair, 100);
    let after = today(&pair, Side::Ma).waits;
    assert!(after.lines.iter().all(|line| line.entry != late));
    assert_eq!(after.more, waits.more);
}

/// What came stays new over a weekend, until the officer says that they saw it; what came after the page was drawn stays new also then.
/// Take out: the mark in `App::new_since`; `min(self.now())` in `App::saw_news`.
#[test]
fn news_stay_new_until_they_were_seen() {
    let mut pair = TestPair::linked(41);
    let quiet = quiet_dossiers(&mut pair, 2);
    pair.time.advance(7 * DAY);
    note(&mut pair, quiet[0], "Point de situation.");
    pair.settle();
    pair.time.advance(4 * DAY);
    let view = today(&pair, Side::Fr);
    assert_eq!(view.news.len(), 1, "four days later it is new still");

    let officer = pair.node(Side::Fr).officer("liaison").unwrap();
    pair.time.advance(HOUR);
    note(&mut pair, quiet[1], "Complément.");
    pair.settle();
    let app = pair.node(Side::Fr).app.clone();
    app.saw_news(&officer, view.at).unwrap();
    let left: Vec<DossierId> = today(&pair, Side::Fr)
        .news
        .iter()
        .map(|line| line.dossier.id)
        .collect();
    assert_eq!(
        left,
        [quiet[1]],
        "what came since the page was drawn is new"
    );

    // An older page that is sent late takes nothing back, and no mark lies in the future.
    app.saw_news(&officer, Instant(view.at.0 + 400 * DAY))
        .unwrap();
    app.saw_news(&officer, view.at).unwrap();
    assert_eq!(today(&pair, Side::Fr).news.len(), 0);
    pair.time.advance(HOUR);
    note(&mut pair, quiet[0], "Encore un point.");
    pair.settle();
    assert_eq!(today(&pair, Side::Fr).news.len(), 1);

    // A colleague of the same service has a mark of their own.
    let theirs = app.today(&coordinator(&pair, Side::Fr)).unwrap();
    assert_eq!(theirs.news.len(), 2);
}
