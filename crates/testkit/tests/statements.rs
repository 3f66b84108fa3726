//! How often a node on PostgreSQL asks its database. A statement costs a journey or a share of one, so that pages and batches must
//! not ask for each row: as many rows, as few statements. Counted, not timed. Without a server these say that they were skipped.

use entente_app::Actor;
use entente_app::views::{BalanceView, DossierQuery, Follow, ThingPages};
use entente_core::balance::window;
use entente_core::ids::DossierId;
use entente_core::instant::Span;
use entente_store::Store;
use entente_store::postgres::PostgresStore;
use entente_store::postgres::server::Server;
use entente_testkit::node::{Said, SharedTime, TestNode, Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use entente_testkit::wire::Wire;
use std::sync::Arc;

/// What a verb of the app gives: here none may fail.
fn said<T>(said: Said<T>) -> T {
    said.unwrap_or_else(|error| panic!("a verb failed: {error}"))
}

/// A store on a database of its own.
fn store_on(server: &Server) -> Arc<PostgresStore> {
    let opened = PostgresStore::open(&server.database());
    Arc::new(opened.unwrap_or_else(|error| panic!("a database: {error}")))
}

/// The balance over all that was asked.
fn balance(node: &TestNode, officer: &Actor) -> Said<BalanceView> {
    let to = node.app.now() + Span::days(1);
    let fr = "fr".parse().unwrap_or_else(|_| panic!("a name"));
    let (from, _) = window(node.app.now());
    node.app.balance(officer, &fr, from, to)
}

/// Two linked nodes with a charter in force, each on a database of its own.
struct Counted {
    pair: TestPair,
    stores: [Arc<PostgresStore>; 2],
    desk: DossierId,
}

impl Counted {
    fn start(seed: u64) -> Option<Self> {
        let server = Server::shared()?;
        let stores = [store_on(server), store_on(server)];
        let time = SharedTime::default();
        let node = |name: &str, store: &Arc<PostgresStore>| {
            let store: Arc<dyn Store> = store.clone();
            let node = TestNode::build(name).seed(seed).time(&time).store(store);
            said(node.officers(&["liaison"]).open())
        };
        let nodes = [node("ma", &stores[0]), node("fr", &stores[1])];
        said(nodes[0].pin(&nodes[1]));
        said(nodes[1].pin(&nodes[0]));
        let mut pair = TestPair {
            nodes,
            wire: Wire::default(),
            time,
            charter: None,
        };
        pair.charter();
        let opened = pair.write(Side::Ma, "desk.open", &Writing::new(&[("title", "Bureau")]));
        pair.settle();
        Some(Self {
            pair,
            stores,
            desk: opened.dossier,
        })
    }

    /// Notes of both sides that ask for an answer, and reach the other side.
    fn notes(&mut self, count: usize) {
        for n in 0..count {
            let text = format!("Une note sur un échange régulier, la {n}e.");
            let fields = [("text", text.as_str()), ("needs_answer", "on")];
            let side = Side::BOTH[n % 2];
            self.pair
                .write(side, "note", &Writing::on(self.desk, &fields));
        }
        self.pair.settle();
    }

    /// Series that say how often they mean to meet, opened by both sides.
    fn series(&mut self, count: usize) {
        for n in 0..count {
            let title = format!("Rencontres régulières, les {n}es");
            let fields = [
                ("title", title.as_str()),
                ("aim", "Lever ce qui retarde."),
                ("form", "series"),
                ("level", "services"),
                ("cadence", "90"),
            ];
            let side = Side::BOTH[n % 2];
            self.pair
                .write(side, "meeting.open", &Writing::new(&fields));
        }
        self.pair.settle();
    }

    /// How many statements a node sends while something runs.
    fn asked(&self, side: Side, run: impl FnOnce(&TestNode)) -> u64 {
        let store = &self.stores[side.index()];
        let before = store.statements();
        run(self.pair.node(side));
        store.statements() - before
    }

    /// How many statements each page takes, once everything that is kept in memory is.
    fn pages(&self) -> [(&'static str, u64); 5] {
        let desk = self.desk;
        let text = |text: &str| DossierQuery {
            text: text.into(),
            ..DossierQuery::default()
        };
        let (all, found) = (DossierQuery::default(), text("échange"));
        let page = |run: &dyn Fn(&TestNode)| {
            run(self.pair.ma());
            self.asked(Side::Ma, run)
        };
        let officer = |node: &TestNode| said(node.officer("liaison"));
        [
            (
                "dossier",
                page(&|n| drop(said(n.app.dossier(&officer(n), desk, None)))),
            ),
            ("today", page(&|n| drop(said(n.app.today(&officer(n)))))),
            (
                "dossiers",
                page(&|n| drop(said(n.app.dossiers(&officer(n), &all)))),
            ),
            (
                "search",
                page(&|n| drop(said(n.app.dossiers(&officer(n), &found)))),
            ),
            ("balance", page(&|n| drop(said(balance(n, &officer(n)))))),
        ]
    }
}

/// A page of a dossier, Today, the list, the search and the balance ask as often for forty entries, each with an obligation, as for ten, and
/// for eight series of meetings as for two. Take out: `of_series` in `meeting_target`.
#[test]
fn a_page_asks_as_often_for_many_rows_as_for_few() {
    let Some(mut counted) = Counted::start(301) else {
        return;
    };
    counted.notes(10);
    counted.series(2);
    let told = balance(
        counted.pair.ma(),
        &said(counted.pair.ma().officer("liaison")),
    );
    assert!(said(told).target.is_some(), "the openings are read");
    let few = counted.pages();
    counted.notes(30);
    counted.series(6);
    let many = counted.pages();
    for ((page, few), (_, many)) in few.into_iter().zip(many) {
        assert!(many <= few, "{page}: {few} statements, then {many}");
        assert!(many <= 70, "{page} asks {many} statements");
    }
}

/// The things of an investigation, one of them, its agreement and its evaluation ask as often for thirty things as for eight.
#[test]
fn the_things_of_an_investigation_ask_as_often_for_many_as_for_few() {
    let Some(mut counted) = Counted::start(305) else {
        return;
    };
    let title = [("title", "Estuaire"), ("aim", "Comprendre.")];
    let opened = counted
        .pair
        .write(Side::Ma, "investigation.open", &Writing::new(&title));
    let dossier = opened.dossier;
    counted.pair.settle();
    let bring = |counted: &mut Counted, count: usize| {
        // What a record rests on is called by its name beside it.
        let words = [("title", "Relevé"), ("text", "Trois départs.")];
        let brought = Writing::on(dossier, &words);
        let mut last = None;
        for n in 0..count {
            let side = Side::BOTH[n % 2];
            let on = counted
                .pair
                .write(side, "investigation.contribute", &brought);
            let on = on.entry.to_string();
            let number = format!("+212 5 00 00 00 {n}");
            let fields = [
                ("name", number.as_str()),
                ("nature", "fact"),
                ("rests_on", on.as_str()),
            ];
            let phone = Writing::on(dossier, &fields);
            last = Some(
                counted
                    .pair
                    .write(side, "investigation.phone", &phone)
                    .entry,
            );
        }
        counted.pair.settle();
        let ma = |run: &dyn Fn(&TestNode)| {
            run(counted.pair.ma());
            counted.asked(Side::Ma, run)
        };
        let officer = |node: &TestNode| said(node.officer("liaison"));
        let last = last.expect("a thing");
        [
            ma(&|n| drop(said(n.app.things(&officer(n), dossier, "")))),
            ma(&|n| drop(said(n.app.things(&officer(n), dossier, "00 00")))),
            ma(&|n| drop(said(n.app.thing(&officer(n), last, ThingPages::default())))),
            ma(&|n| drop(said(n.app.evaluation(&officer(n), dossier)))),
        ]
    };
    let few = bring(&mut counted, 8);
    let many = bring(&mut counted, 22);
    for (page, (few, many)) in few.into_iter().zip(many).enumerate() {
        assert!(many <= few, "{page}: {few} statements, then {many}");
        assert!(many <= 60, "{page}: {many} statements");
    }
}

/// What was promised is followed up, and told by theme, for thirty points of a declaration with as many statements as for five, each tied to one before. Take
/// out: in `app/src/show/declaration.rs`, `ahead_of_points`; the relations in it; in
/// `app/src/show/themes.rs`, `of_words`.
#[test]
fn commitments_are_followed_up_as_often_for_many_as_for_few() {
    let Some(mut counted) = Counted::start(306) else {
        return;
    };
    let fields = [("title", "Déclaration"), ("reference", "R1")];
    let opened = counted
        .pair
        .write(Side::Ma, "declaration.open", &Writing::new(&fields));
    let declaration = opened.dossier;
    let promise = |counted: &mut Counted, count: usize| {
        for n in 0..count {
            let label = format!("R1/{n}");
            let fields = [
                ("title", "Se réunir plus souvent."),
                ("point", label.as_str()),
                ("class", "commitment"),
                ("debtors", "fr, ma"),
            ];
            let promise = Writing::on(declaration, &fields);
            counted
                .pair
                .write(Side::Ma, "declaration.commitment", &promise);
        }
        counted.pair.settle();
        let follow = |n: &TestNode| {
            let officer = said(n.officer("liaison"));
            drop(said(n.app.follow_up(&officer, &Follow::default())));
            assert!(said(balance(n, &officer)).themes.is_some());
        };
        follow(counted.pair.ma());
        counted.asked(Side::Ma, follow)
    };
    let few = promise(&mut counted, 5);
    let many = promise(&mut counted, 25);
    assert!(many <= few, "{few} statements, then {many}");
    assert!(many <= 90, "{many} statements");
}

/// Entries cross in batches: a batch costs either side statements, an entry of it none of its own.
#[test]
fn a_batch_asks_as_often_for_many_entries_as_for_few() {
    let Some(mut counted) = Counted::start(302) else {
        return;
    };
    let mut crossing = |count: usize| {
        counted.pair.cut(true);
        for n in 0..count {
            let text = format!("Une note qui attend, la {n}e.");
            let note = Writing::on(counted.desk, &[("text", text.as_str())]);
            counted.pair.write(Side::Ma, "note", &note);
        }
        let before = counted.stores.each_ref().map(|store| store.statements());
        counted.pair.cut(false);
        counted.pair.settle();
        let after = counted.stores.each_ref().map(|store| store.statements());
        [after[0] - before[0], after[1] - before[1]]
    };
    crossing(5);
    let (few, many) = (crossing(45), crossing(205));
    for (few, many) in few.into_iter().zip(many) {
        assert!(many < few + 60, "{few} statements for 45, {many} for 205");
    }
}

/// What recording one entry sends, alone in its group.
#[test]
fn an_entry_is_recorded_in_a_bounded_number_of_statements() {
    let Some(counted) = Counted::start(303) else {
        return;
    };
    let note = Writing::on(counted.desk, &[("text", "Une note de plus.")]);
    let record = |node: &TestNode| {
        node.write("note", &note).unwrap();
    };
    record(counted.pair.ma());
    let first = counted.asked(Side::Ma, record);
    for _ in 0..20 {
        record(counted.pair.ma());
    }
    let later = counted.asked(Side::Ma, record);
    assert_eq!(first, later, "it does not grow with the dossier");
    assert!(later <= 45, "{later} statements");
}

/// Rows of the outbox that may not leave are looked through a portion at a time: a look costs statements for each thousand of them, none for
/// a row, whether the terms do not admit their dossier or the link is suspended.
/// Take out: in `app/src/sendable.rs::through`, either call that reads ahead; in `app/src/suspension.rs::flowing`, the one there.
#[test]
fn an_outbox_that_may_not_leave_is_looked_through_in_portions() {
    let Some(mut counted) = Counted::start(304) else {
        return;
    };
    let charter = counted.pair.charter.unwrap();
    let suspend = Writing::on(charter, &[("text", "Pourparlers.")]);
    counted.pair.write(Side::Fr, "charter.suspend", &suspend);
    counted.pair.settle();
    let title = [("title", "Faux documents"), ("aim", "Comprendre.")];
    let opened = counted
        .pair
        .write(Side::Ma, "investigation.open", &Writing::new(&title));
    let look = |counted: &mut Counted, more: usize| {
        for n in 0..more {
            let text = format!("Une note qui ne part pas, la {n}e.");
            let note = Writing::on(opened.dossier, &[("text", text.as_str())]);
            counted.pair.write(Side::Ma, "note", &note);
        }
        // What was looked at is looked at again after a minute.
        counted.pair.time.advance(70_000);
        let before = counted.stores[0].statements();
        counted.pair.round();
        counted.stores[0].statements() - before
    };
    look(&mut counted, 20);
    let few = look(&mut counted, 20);
    let many = look(&mut counted, 300);
    assert!(many < few + 60, "suspended: {few} statements, then {many}");

    // The terms admit that dossier no more, and cooperation goes on.
    let narrower =
        serde_json::json!({"purposes": ["governance"], "kinds": ["declaration", "desk"]});
    let mut proposal = said(recording("charter.propose", &Writing::on(charter, &[])));
    proposal.terms = Some(serde_json::from_value(narrower).unwrap());
    let ma = counted.pair.ma();
    said(ma.app.record(&said(ma.officer("liaison")), proposal));
    let rounds = |counted: &mut Counted| (0..12).for_each(|_| counted.pair.round());
    rounds(&mut counted);
    let on = Writing::on(charter, &[]);
    for (side, act) in [
        (Side::Fr, "charter.sign"),
        (Side::Ma, "charter.enact"),
        (Side::Fr, "charter.resume"),
    ] {
        counted.pair.write(side, act, &on);
        rounds(&mut counted);
    }
    let (_, _, waiting) = said(counted.pair.ma().app.receipted(&counted.pair.fr().name));
    assert!(waiting > 300, "{waiting} wait");
    let many = look(&mut counted, 0);
    assert!(
        many < few + 60,
        "not admitted: {few} statements, then {many}"
    );
}
