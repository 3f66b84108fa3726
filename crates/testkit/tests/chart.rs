//! The link chart of an investigation between two nodes: the same network at both, one thing for records that people joined, what may not be
//! used so is left out of plates and files, every use on record, and nothing for whoever takes no part.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_app::access::{Operation, Taken};
use entente_app::views::{AccessQuery, ChartUse, ChartView};
use entente_chart::Filter;
use entente_core::codes::Role;
use entente_core::ids::{DossierId, EntryId};
use entente_testkit::desk::person;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

struct Inquiry {
    pair: TestPair,
    dossier: DossierId,
}

impl Inquiry {
    fn new(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
        let dossier = pair
            .write(Side::Ma, "investigation.open", &Writing::new(&fields))
            .dossier;
        for side in [Side::Ma, Side::Fr] {
            let judge = person(pair.node(side), "juge", "liaison", Role::Magistrate);
            pair.node(side).app.add_officer(judge).unwrap();
        }
        pair.settle();
        Self { pair, dossier }
    }

    fn phone(&mut self, side: Side, number: &str, handling: &str) -> EntryId {
        let fields = [
            ("name", number),
            ("nature", "fact"),
            ("handling", handling),
            ("source", "B"),
            ("accuracy", "2"),
        ];
        let writing = Writing {
            // What is under H1 leaves by a magistrate alone.
            officer: if handling.contains("H1") {
                "juge"
            } else {
                "liaison"
            },
            ..Writing::on(self.dossier, &fields)
        };
        let entry = self.pair.write(side, "investigation.phone", &writing).entry;
        self.pair.settle();
        entry
    }

    fn link(&mut self, side: Side, (from, to): (EntryId, EntryId), handling: &str) -> EntryId {
        let (from, to) = (from.to_string(), to.to_string());
        let fields = [
            ("from_thing", from.as_str()),
            ("how", "called"),
            ("to_thing", to.as_str()),
            ("nature", "fact"),
            ("from_date", "2015-03"),
            ("to_date", "2015-04-02"),
            ("handling", handling),
        ];
        let writing = Writing::on(self.dossier, &fields);
        let entry = self.pair.write(side, "investigation.link", &writing).entry;
        self.pair.settle();
        entry
    }

    fn chart(&self, side: Side, wanted: ChartUse) -> Result<ChartView, AppError> {
        let node = self.pair.node(side);
        let officer = node.officer("liaison").unwrap();
        node.app.chart(&officer, self.dossier, wanted)
    }
}

fn ids(view: &ChartView) -> Vec<String> {
    let things = view.network.things().iter();
    things.map(|thing| thing.id.clone()).collect()
}

/// Both nodes draw the same; joined records are one thing, and a link to either is a link to it.
#[test]
fn invariant_02_both_sides_have_the_same_network() {
    let mut inquiry = Inquiry::new(521);
    let one = inquiry.phone(Side::Ma, "+212 5 00 00 01 01", "H0");
    let two = inquiry.phone(Side::Fr, "+33 1 00 00 01 02", "H0");
    let again = inquiry.phone(Side::Fr, "+212 5 00 00 01 01", "H0");
    inquiry.link(Side::Fr, (two, again), "H0");
    let apart = inquiry.chart(Side::Ma, ChartUse::Look).unwrap();
    assert_eq!(apart.network.things().len(), 3);
    let (a, b) = (one.to_string(), again.to_string());
    let same = [
        ("one", a.as_str()),
        ("other", b.as_str()),
        ("text", "Même numéro."),
    ];
    let writing = Writing::on(inquiry.dossier, &same);
    inquiry.pair.write(Side::Ma, "investigation.same", &writing);
    inquiry.pair.settle();
    let ma = inquiry.chart(Side::Ma, ChartUse::Look).unwrap();
    let fr = inquiry.chart(Side::Fr, ChartUse::Look).unwrap();
    assert_eq!(ids(&ma), ids(&fr));
    assert_eq!(ma.network.things().len(), 2);
    let link = ma.network.links().next().unwrap();
    assert_eq!(
        (link.from.as_str(), link.to.as_str()),
        (two.to_string().as_str(), a.as_str())
    );
    assert!(link.directed && link.relation == "called" && link.origin == "fr");
    // A month that was written is no first day of it.
    assert_eq!(link.span.from.unwrap().to_string(), "2015-03");
    assert_eq!(link.span.until.unwrap().to_string(), "2015-04-02");
    let phone = ma.network.thing(&a).unwrap();
    assert_eq!(phone.label, "+212 5 00 00 01 01 (×2)");
    assert_eq!(phone.evaluation.unwrap().code(), "B2");
    assert_eq!(ma.network.view(&Filter::default()).len(), 2);
}

/// Invariant 6: what its originator barred from printing is on no plate, what it barred from leaving is in no file, and the link to it goes
/// too. Take out: in `app/src/show/chart.rs::keep_allowed`, what is retained.
#[test]
fn invariant_06_plates_and_files_hold_what_their_use_allows() {
    let mut inquiry = Inquiry::new(522);
    let open = inquiry.phone(Side::Fr, "+33 1 00 00 02 01", "H0");
    let court = inquiry.phone(Side::Fr, "+33 1 00 00 02 02", "H1");
    let closed = inquiry.phone(Side::Fr, "+33 1 00 00 02 03", "H2");
    inquiry.link(Side::Fr, (open, court), "H0");
    inquiry.link(Side::Fr, (open, closed), "H0");
    let seen = |side, wanted| {
        let view = inquiry.chart(side, wanted).unwrap();
        let (things, links) = (view.network.things().len(), view.network.link_count());
        (things, links, view.left_out)
    };
    assert_eq!(seen(Side::Ma, ChartUse::Look), (3, 2, 0));
    assert_eq!(
        seen(Side::Ma, ChartUse::Print),
        (2, 1, 2),
        "H2 bars printing"
    );
    assert_eq!(
        seen(Side::Ma, ChartUse::File),
        (1, 0, 4),
        "H1 and H2 bar files"
    );
    for wanted in [ChartUse::Print, ChartUse::File] {
        assert_eq!(
            seen(Side::Fr, wanted),
            (3, 2, 0),
            "nobody is bound by their own"
        );
    }
    let plate = inquiry.chart(Side::Ma, ChartUse::Print).unwrap();
    let codes: Vec<&str> = plate.codes().names().map(|(code, _)| code).collect();
    assert_eq!(codes, ["H0", "H1"]);
}

/// Invariant 6: a plate says the conditions of now, with what was tightened since its things were brought. Take out: in
/// `app/src/show/things.rs::read_thing`, the union with what was tightened.
#[test]
fn invariant_06_a_plate_says_what_was_tightened_since() {
    let mut inquiry = Inquiry::new(527);
    let phone = inquiry.phone(Side::Fr, "+33 1 00 00 02 09", "H0");
    let of = phone.to_string();
    let tightens = [("entry", of.as_str()), ("handling", "H1")];
    let tightens = Writing::on(inquiry.dossier, &tightens);
    inquiry.pair.write(Side::Fr, "tighten", &tightens);
    inquiry.pair.settle();
    for side in [Side::Ma, Side::Fr] {
        let plate = inquiry.chart(side, ChartUse::Print).unwrap();
        let codes: Vec<&str> = plate.codes().names().map(|(code, _)| code).collect();
        assert_eq!(codes, ["H0", "H1"], "{side:?}");
        assert_eq!(plate.handled()[&phone].codes, plate.codes(), "{side:?}");
    }
}

/// Invariant 9: what its originator corrected is on no plate and in no file, nor is a link to it. Take out: in
/// `app/src/show/chart.rs::keep_allowed`, that what was corrected is left out.
#[test]
fn invariant_09_what_was_corrected_is_not_taken_out() {
    let mut inquiry = Inquiry::new(526);
    let right = inquiry.phone(Side::Fr, "+33 1 00 00 02 01", "H0");
    let wrong = inquiry.phone(Side::Fr, "+33 1 00 00 02 02", "H0");
    inquiry.link(Side::Fr, (right, wrong), "H0");
    let of = wrong.to_string();
    let corrects = [
        ("of", of.as_str()),
        ("text", "Un autre numéro."),
        ("why", "wrong"),
    ];
    let corrects = Writing::on(inquiry.dossier, &corrects);
    inquiry.pair.write(Side::Fr, "rectify", &corrects);
    inquiry.pair.settle();
    for side in [Side::Ma, Side::Fr] {
        assert_eq!(
            inquiry
                .chart(side, ChartUse::Look)
                .unwrap()
                .network
                .things()
                .len(),
            2
        );
        for wanted in [ChartUse::Print, ChartUse::File] {
            let taken = inquiry.chart(side, wanted).unwrap();
            assert_eq!(ids(&taken), [right.to_string()], "{side:?}");
            assert_eq!((taken.network.link_count(), taken.left_out), (0, 2));
        }
    }
}

/// Where nothing may be taken out, that is said, and no empty file is given.
#[test]
fn invariant_06_where_all_is_barred_there_is_no_file() {
    let mut inquiry = Inquiry::new(523);
    inquiry.phone(Side::Fr, "+33 1 00 00 03 01", "H2");
    for wanted in [ChartUse::Print, ChartUse::File] {
        let none = inquiry.chart(Side::Ma, wanted);
        assert!(
            matches!(none, Err(AppError::Forbidden)),
            "{wanted:?}: {none:?}"
        );
    }
}

/// Invariant 11: looking is a look, a plate and a file are exports, and whoever takes no part finds nothing.
#[test]
fn invariant_11_every_use_of_a_chart_leaves_its_record() {
    let mut inquiry = Inquiry::new(524);
    let phone = inquiry.phone(Side::Ma, "+212 5 00 00 04 01", "H0");
    for wanted in [ChartUse::Look, ChartUse::Print, ChartUse::File] {
        inquiry.chart(Side::Ma, wanted).unwrap();
    }
    let node = inquiry.pair.ma();
    node.app
        .add_officer(person(node, "inspect", "inspection", Role::Inspector))
        .unwrap();
    let inspector = node.officer("inspect").unwrap();
    let lines = node
        .app
        .access_list(&inspector, &AccessQuery::default())
        .unwrap()
        .lines;
    let of = |operation: Operation| {
        let text = format!("{operation:?}");
        let chart = lines.iter().map(|line| format!("{line:?}"));
        chart
            .filter(|line| line.contains("\"chart\"") && line.contains(&text))
            .count()
    };
    assert_eq!((of(Operation::Consult), of(Operation::Export)), (1, 2));
    // An export says which entries it could take: how many, and a digest that whoever has them computes again.
    let taken = lines.iter().filter_map(|line| line.record.taken.as_ref());
    let held = Taken::of(&[phone].into());
    assert_eq!(taken.collect::<Vec<_>>(), [&held, &held]);
    node.app
        .add_officer(person(node, "dehors", "greffe", Role::Investigator))
        .unwrap();
    let outside = node.officer("dehors").unwrap();
    for wanted in [ChartUse::Look, ChartUse::Print, ChartUse::File] {
        let none = node.app.chart(&outside, inquiry.dossier, wanted);
        assert!(matches!(none, Err(AppError::NotFound)), "{none:?}");
    }
}

/// A kind without things has no chart: it does not exist.
#[test]
fn other_kinds_have_no_chart() {
    let mut pair = TestPair::linked(525);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let liaison = pair.ma().officer("liaison").unwrap();
    let none = pair.ma().app.chart(&liaison, dossier, ChartUse::Look);
    assert!(matches!(none, Err(AppError::NotFound)), "{none:?}");
}
