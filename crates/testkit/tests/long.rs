//! Long dossiers: what comes after ten thousand entries is there as well, on both databases, and lists are shown by pages.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{AgreementState, CourtPart, CourtView, ThingPages};
use entente_core::codes::Ask;
use entente_core::ids::{DossierId, EntryId};
use entente_store::postgres::PostgresStore;
use entente_store::postgres::server::Server;
use entente_store::{EntryRow, Store, StoreExt};
use entente_testkit::node::{SharedTime, TestNode, Writing};
use entente_testkit::pair::{Side, TestPair};
use entente_testkit::wire::Wire;
use std::sync::Arc;

/// More things than are read at once, but for one.
const PAGE: usize = 505;

/// A version of an agreement.
const TERMS: [(&str, &str); 11] = [
    ("begins", "2015-06-01"),
    ("ends", "2016-05-31"),
    ("other_lang", "ar"),
    ("parties", "Le parquet de chaque État."),
    ("parties_other", "النيابة العامة في كل دولة."),
    ("purpose", "Établir l’itinéraire."),
    ("states", "Les deux États."),
    ("leaders", "Un magistrat de chaque côté."),
    ("purpose_other", "تحديد المسار."),
    ("states_other", "الدولتان."),
    ("leaders_other", "قاض من كل جانب."),
];

/// More contributions than one feedback covers, and than one page shows.
const GIVEN: u64 = 203;

/// More entries than were ever read at once.
const MANY: u64 = 10_050;

/// The stores of two nodes, as far as the machine has both databases.
fn worlds() -> Vec<[Arc<dyn Store>; 2]> {
    let sqlite = || -> Arc<dyn Store> {
        Arc::new(entente_store::sqlite::SqliteStore::open_in_memory().unwrap())
    };
    let mut worlds = vec![[sqlite(), sqlite()]];
    match Server::shared() {
        Some(server) => {
            let store =
                || -> Arc<dyn Store> { Arc::new(PostgresStore::open(&server.database()).unwrap()) };
            worlds.push([store(), store()]);
        }
        None => println!("skipped on PostgreSQL: it is not installed"),
    }
    worlds
}

/// A linked pair with an investigation that was filled with notes: rows as the app stores them, put in at once, each with the header of a
/// real one.
struct Long {
    pair: TestPair,
    stores: [Arc<dyn Store>; 2],
    dossier: DossierId,
}

impl Long {
    fn new(seed: u64, stores: [Arc<dyn Store>; 2]) -> Self {
        let time = SharedTime::default();
        let node = |name: &str, store: &Arc<dyn Store>| {
            let node = TestNode::build(name).seed(seed).time(&time);
            node.store(store.clone())
                .officers(&["liaison"])
                .open()
                .unwrap()
        };
        let nodes = [node("ma", &stores[0]), node("fr", &stores[1])];
        nodes[0].pin(&nodes[1]).unwrap();
        nodes[1].pin(&nodes[0]).unwrap();
        let mut pair = TestPair {
            nodes,
            wire: Wire::default(),
            time,
            charter: None,
        };
        pair.charter();
        let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
        let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
        let dossier = opened.dossier;
        let note = pair.write(
            Side::Ma,
            "note",
            &Writing::on(dossier, &[("text", "Suite.")]),
        );
        pair.settle();
        let long = Self {
            pair,
            stores,
            dossier,
        };
        long.fill(note.entry);
        long
    }

    /// Puts in notes before everything that is written from now on.
    fn fill(&self, note: EntryId) {
        for store in &self.stores {
            let row = store.view("note", |tx| tx.entry(note)).unwrap().unwrap();
            let filled: Result<(), entente_store::StoreError> = store.update("fill", move |tx| {
                for n in 0..MANY {
                    tx.insert_entry(&EntryRow {
                        id: numbered(n),
                        ..row.clone()
                    })?;
                }
                Ok(())
            });
            filled.unwrap();
        }
    }

    fn write(&mut self, side: Side, entry_type: &str, fields: &[(&str, &str)]) -> EntryId {
        let writing = Writing::on(self.dossier, fields);
        self.pair.write(side, entry_type, &writing).entry
    }
}

/// An identifier that no header has.
fn numbered(n: u64) -> EntryId {
    let mut id = [7; 32];
    id[24..].copy_from_slice(&n.to_be_bytes());
    EntryId(id)
}

fn phone(number: &str) -> [(&str, &str); 2] {
    [("name", number), ("nature", "fact")]
}

/// Things, links, versions of the agreement and figures that come after more entries than were ever read at once are there, equal on both
/// sides. Take out: in `app/src/codec.rs::by_types`, the next page.
#[test]
fn invariant_02_what_comes_late_in_a_long_dossier_is_there_on_both_sides() {
    for (seed, stores) in (901..).zip(worlds()) {
        let mut long = Long::new(seed, stores);
        for n in 1..PAGE {
            let number = format!("+212 5 00 00 {n:04}");
            long.write(Side::Ma, "investigation.phone", &phone(&number));
        }
        let ours = long.write(
            Side::Ma,
            "investigation.phone",
            &phone("+212 5 00 00 99 99"),
        );
        long.pair.settle();
        let theirs = long.write(Side::Fr, "investigation.phone", &phone("+33 1 00 00 00 01"));
        let (from, to) = (ours.to_string(), theirs.to_string());
        let ends = &[("from_thing", from.as_str()), ("to_thing", to.as_str())][..];
        let said = [
            ("how", "called"),
            ("nature", "fact"),
            ("text", "Trois appels."),
        ];
        let link = long.write(
            Side::Fr,
            "investigation.link",
            &[ends, said.as_slice()].concat(),
        );
        let version = long.write(Side::Fr, "investigation.agreement", &TERMS);
        long.pair.settle();
        for side in Side::BOTH {
            let node = long.pair.node(side);
            let officer = node.officer("liaison").unwrap();
            let all = node.app.things(&officer, long.dossier, "").unwrap();
            assert_eq!(all.things.len(), PAGE + 1, "{}", node.name);
            assert_eq!(all.things.last().map(|thing| thing.entry), Some(theirs));
            assert_eq!(all.links.len(), 1, "{}", node.name);
            let view = node
                .app
                .thing(&officer, ours, ThingPages::default())
                .unwrap();
            assert_eq!(
                (view.links[0].entry, view.links[0].text.as_str()),
                (link, "Trois appels.")
            );
            let figures = node.app.evaluation(&officer, long.dossier).unwrap().figures;
            let figures = figures.iter().map(|(_, of)| (of.things, of.links));
            let brought: Vec<(u64, u64)> = figures.collect();
            assert_eq!(brought, [(1, 1), (PAGE as u64, 0)], "{}", node.name);
            let agreement = node.app.agreement(&officer, long.dossier).unwrap();
            let versions: Vec<EntryId> = agreement.versions.iter().map(|v| v.entry).collect();
            assert_eq!(versions, [version], "{}", node.name);
            assert_eq!(agreement.versions[0].state, AgreementState::Proposed);
        }
    }
}

/// Before a court nothing of a long dossier is left out: what comes after ten thousand entries is on the last page, and what was said of courts on
/// every one, equal on both sides. Take out: in `app/src/show/court.rs::materials`, the next part.
#[test]
fn invariant_02_a_court_sees_what_comes_late_in_a_long_dossier() {
    for (seed, stores) in (921..).zip(worlds()) {
        let mut long = Long::new(seed, stores);
        let given = [("title", "Relevé"), ("text", "Trois départs.")];
        let given = long.write(Side::Ma, "investigation.contribute", &given);
        let open = [
            ("court", "juge d’instruction"),
            ("stage", "judicial"),
            ("since", "2015-06-01"),
        ];
        let open = long.write(Side::Ma, "investigation.proceedings", &open);
        long.pair.settle();
        let seen = |side: Side, part: &CourtPart| -> CourtView {
            let node = long.pair.node(side);
            let officer = node.officer("liaison").unwrap();
            node.app.court(&officer, long.dossier, part).unwrap()
        };
        for side in Side::BOTH {
            let first = seen(side, &CourtPart::Page(0));
            // The opening, the notes that were put in, the one that they were made of, and the contribution.
            assert_eq!(first.total, MANY + 3, "{side:?}");
            assert_eq!(first.pieces.len(), CourtView::PAGE as usize);
            assert_eq!(first.proceedings[0].entry, open);
            let last = u32::try_from((first.total - 1) / u64::from(CourtView::PAGE)).unwrap();
            let last = seen(side, &CourtPart::Page(last));
            assert_eq!(last.pieces.last().map(|one| one.entry), Some(given));
            assert_eq!(last.proceedings.len(), 1, "{side:?}");
            let one = seen(side, &CourtPart::Only(vec![given]));
            assert_eq!((one.pieces.len(), one.pieces[0].entry), (1, given));
        }
    }
}

/// What feedback covers stays a list that a person can answer: after two hundred entries the next one asks anew. The dossier's page shows as
/// many and says how many there are. Take out: in `app/src/record/compose.rs::takes_more`, the limit.
#[test]
fn feedback_covers_no_more_than_a_list_that_can_be_answered() {
    let mut pair = TestPair::linked(911);
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
    pair.settle();
    let fields = [("title", "Relevé"), ("text", "Trois départs.")];
    let contribution = Writing::on(opened.dossier, &fields);
    for _ in 0..GIVEN {
        pair.write(Side::Fr, "investigation.contribute", &contribution);
    }
    pair.settle();
    for side in Side::BOTH {
        let node = pair.node(side);
        let rows = node.obligations(Some(opened.dossier)).unwrap();
        let open = rows.iter().filter(|row| row.ask == Ask::Feedback);
        assert_eq!(open.count(), 2, "{}", node.name);
        let officer = node.officer("liaison").unwrap();
        let view = node.app.dossier(&officer, opened.dossier, None).unwrap();
        let (lines, total) = match side {
            Side::Fr => (view.given, view.given_total),
            Side::Ma => (view.got, view.got_total),
        };
        assert_eq!((lines.len(), total), (200, GIVEN), "{}", node.name);
    }
}
