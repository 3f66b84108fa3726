//! What is let in, filtered, taken out; and that a figure can be read and nothing else (invariant 9).

use super::{all, code, day, link, thing};
use crate::{
    Figure, Figures, Filter, Link, Network, Reading, Sensitivity, Sort, Span, Step, Thing, Unfit,
    View, Whole, graphml, links_csv, slices, things_csv,
};
use std::collections::BTreeSet;

fn span(from: &str, until: &str) -> Span {
    Span {
        from: Some(from.parse().unwrap()),
        until: Some(until.parse().unwrap()),
    }
}

#[test]
fn a_network_refuses_what_is_none() {
    let two = || vec![thing("a"), thing("b")];
    assert_eq!(
        Network::new(two(), vec![link("a", "c")]).unwrap_err(),
        Unfit::Loose
    );
    assert_eq!(
        Network::new([two(), two()].concat(), Vec::new()).unwrap_err(),
        Unfit::Twice
    );
    assert_eq!(
        Network::new(vec![thing("")], Vec::new()).unwrap_err(),
        Unfit::Text
    );
    let many = (0..=crate::THINGS).map(|n| thing(&n.to_string())).collect();
    assert_eq!(Network::new(many, Vec::new()).unwrap_err(), Unfit::TooMany);
}

fn dated() -> Network {
    let phone = Thing {
        sort: Sort::Phone,
        origin: "ma".to_owned(),
        ..thing("c")
    };
    let links = vec![
        Link {
            span: span("2015-01-10", "2015-02-10"),
            evaluation: Some(code("A1")),
            ..link("a", "b")
        },
        Link {
            span: span("2015-03-01", "2015-03-31"),
            evaluation: Some(code("C2")),
            relation: "owns".to_owned(),
            origin: "ma".to_owned(),
            ..link("b", "c")
        },
        link("a", "c"),
    ];
    Network::new(vec![thing("a"), thing("b"), phone, thing("d")], links).unwrap()
}

fn shown(filter: Filter) -> (Vec<String>, usize) {
    let network = dated();
    let view = network.view(&filter);
    (
        view.things().map(|thing| thing.id.clone()).collect(),
        view.links().count(),
    )
}

fn ids(of: &[&str]) -> Vec<String> {
    of.iter().map(ToString::to_string).collect()
}

#[test]
fn filters_let_through_what_they_say() {
    let only = |filter: Filter| shown(filter);
    assert_eq!(only(Filter::default()), (ids(&["a", "b", "c"]), 3));
    assert_eq!(
        only(Filter {
            alone: true,
            ..Filter::default()
        }),
        (ids(&["a", "b", "c", "d"]), 3)
    );
    assert_eq!(
        only(Filter {
            sorts: BTreeSet::from([Sort::Person]),
            ..Filter::default()
        }),
        (ids(&["a", "b"]), 1)
    );
    assert_eq!(
        only(Filter {
            relations: BTreeSet::from(["owns".to_owned()]),
            ..Filter::default()
        }),
        (ids(&["b", "c"]), 1)
    );
    // A thing of another origin goes with its links, also those that ours drew to it.
    assert_eq!(
        only(Filter {
            origins: BTreeSet::from(["fr".to_owned()]),
            ..Filter::default()
        }),
        (ids(&["a", "b"]), 1)
    );
    // What nobody evaluated counts as X4, things included.
    assert_eq!(
        only(Filter {
            least: Some(code("B2")),
            ..Filter::default()
        }),
        (Vec::new(), 0)
    );
    assert_eq!(
        only(Filter {
            least: Some(code("X4")),
            ..Filter::default()
        }),
        (ids(&["a", "b", "c"]), 3)
    );
}

#[test]
fn time_slices_hold_what_is_dated_in_them() {
    let during = |from, until| {
        shown(Filter {
            time: Some(span(from, until)),
            ..Filter::default()
        })
    };
    assert_eq!(during("2015-02-01", "2015-02-28"), (ids(&["a", "b"]), 1));
    assert_eq!(during("2015-02-11", "2015-02-28"), (Vec::new(), 0));
    assert_eq!(
        during("2015-01-01", "2015-12-31"),
        (ids(&["a", "b", "c"]), 2)
    );
    let network = dated();
    let (step, cut) = slices(&network, &Filter::default(), Step::Month);
    let told: Vec<(String, usize, usize)> = cut
        .iter()
        .map(|one| (one.slice.from.to_string(), one.things, one.links))
        .collect();
    assert_eq!(step, Step::Month);
    assert_eq!(
        told,
        [
            ("2015-01-01".to_owned(), 2, 1),
            ("2015-02-01".to_owned(), 2, 1),
            ("2015-03-01".to_owned(), 2, 1)
        ]
    );
    assert_eq!(cut[1].slice.until, day("2015-02-28"));
    assert_eq!(all(&network).undated(), 1);
    // A thousand years by weeks become years, and no more than are shown.
    let long = Network::new(
        vec![thing("a"), thing("b")],
        vec![Link {
            span: span("1015-01-01", "2015-01-01"),
            ..link("a", "b")
        }],
    )
    .unwrap();
    let (step, cut) = slices(&long, &Filter::default(), Step::Week);
    assert_eq!((step, cut.len()), (Step::Year, 121));
}

/// A year stays a year in every file, and is compared by the days that it can mean.
///
/// Take out: `exact` of `Dated::fmt` (write the first day), or `last` of `Span::meets`.
#[test]
fn a_date_known_in_part_is_taken_out_as_it_was_written() {
    let links = vec![
        Link {
            span: Span {
                until: None,
                ..span("2025", "2025")
            },
            ..link("a", "b")
        },
        Link {
            span: span("2025-02", "2025-03-04"),
            ..link("b", "c")
        },
    ];
    let known = Thing {
        span: span("1999", "2026-12"),
        ..thing("c")
    };
    let network = Network::new(vec![thing("a"), thing("b"), known], links).unwrap();
    let view = all(&network);
    let nothing = |_: &str| String::new();
    let csv = links_csv(&view, &nothing);
    assert!(csv.contains("a,b,calls,no,fr,,,2025,,\r\n"), "{csv}");
    assert!(csv.contains("b,c,calls,no,fr,,,2025-02,2025-03-04,\r\n"));
    assert!(things_csv(&view, &nothing).contains(",1999,2026-12\r\n"));
    let xml = graphml(&view, "", &nothing);
    for said in [
        "<data key=\"held_from\">2025</data>",
        "<data key=\"held_from\">2025-02</data>",
        "<data key=\"held_until\">2025-03-04</data>",
        "<data key=\"from\">1999</data>",
        "<data key=\"until\">2026-12</data>",
    ] {
        assert!(xml.contains(said), "{said}");
    }
    assert!(!xml.contains("-01-01") && !csv.contains("-01-01"));
    // By months: both may have begun in any month that they can mean; only the second is sure to have held in March.
    let (_, cut) = slices(&network, &Filter::default(), Step::Month);
    let told: Vec<(String, usize, usize)> = cut
        .iter()
        .take(3)
        .map(|one| (one.slice.from.to_string(), one.links, one.unsure))
        .collect();
    assert_eq!(
        told,
        [
            ("2025-01-01".to_owned(), 1, 1),
            ("2025-02-01".to_owned(), 2, 1),
            ("2025-03-01".to_owned(), 2, 1),
        ]
    );
    assert_eq!(
        (cut.len(), cut[11].links, cut[11].unsure),
        (12, 1, 0),
        "by its last month it has begun"
    );
    let (_, cut) = slices(&network, &Filter::default(), Step::Year);
    assert_eq!((cut[0].links, cut[0].unsure), (2, 0));
}

#[test]
fn tables_quote_and_disarm() {
    let hostile = Thing {
        label: "=cmd|'x'!A1, \"q\"\nline".to_owned(),
        ..thing("a")
    };
    let links = vec![Link {
        sources: vec!["fr-1".to_owned(), "ma-2".to_owned()],
        evaluation: Some(code("B3")),
        span: span("2015-01-01", "2015-01-02"),
        ..link("a", "b")
    }];
    let network = Network::new(vec![hostile, thing("b")], links).unwrap();
    let view = all(&network);
    // Of each its own: a link says what each of its sources says, once.
    let handled = |id: &str| {
        let of = [("a", "H2"), ("fr-1", "H3"), ("ma-2", "H1")];
        let found = of.iter().find(|(known, _)| *known == id);
        found.map_or_else(String::new, |(_, said)| (*said).to_owned())
    };
    assert_eq!(
        things_csv(&view, &handled),
        "id,label,sort,origin,evaluation,handling,from,until\r\na,\"'=cmd|'x'!A1, \"\"q\"\"\nline\",person,fr,,H2,,\r\nb,Nb,person,fr,,,,\r\n"
    );
    assert_eq!(
        links_csv(&view, &handled),
        "from,to,relation,directed,origin,evaluation,handling,held_from,held_until,sources\r\na,b,calls,no,fr,B3,H1 ; H3,2015-01-01,2015-01-02,fr-1 ma-2\r\n"
    );
    let xml = graphml(&view, "H1 & H3", &handled);
    assert!(xml.contains("<desc>H1 &amp; H3</desc>"));
    assert!(xml.contains(
        "<edge source=\"a\" target=\"b\" directed=\"false\"><data key=\"relation\">calls</data>"
    ));
    assert!(xml.contains("=cmd|&#39;x&#39;!A1, &quot;q&quot; line"));
    // Every key that is used is declared.
    for used in xml
        .split("<data key=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
    {
        assert!(xml.contains(&format!("<key id=\"{used}\"")), "{used}");
    }
}

/// Compiles only as long as the type has none of the traits by which a figure could be sorted, compared or taken apart.
macro_rules! is_not {
    ($type:ty: $($bound:path),+) => {{$(
        const _: fn() = || {
            trait Twofold<A> {
                fn known() {}
            }
            impl<T: ?Sized> Twofold<()> for T {}
            struct Has;
            impl<T: ?Sized + $bound> Twofold<Has> for T {}
            let _ = <$type as Twofold<_>>::known;
        };
    )+}};
}

#[test]
fn invariant_09_a_figure_has_no_order_and_nothing_lists_things_by_one() {
    is_not!(Figure: PartialOrd, Ord, PartialEq, std::hash::Hash);
    is_not!(Figure: Into<f64>, std::ops::Deref, std::iter::Sum<Figure>);
    is_not!(Figures: Clone, PartialOrd, PartialEq, IntoIterator);
    is_not!(Reading<'static>: Clone, IntoIterator);
    is_not!(Whole: Clone, PartialOrd);
    is_not!(Sensitivity: Clone, PartialOrd);
    // Debugging shows no value either: nothing of it gets into a log.
    let network = Network::new(vec![thing("a"), thing("b")], vec![link("a", "b")]).unwrap();
    let view = all(&network);
    let reading = view.read(Some("a"), 0);
    assert!(!format!("{:?}", reading.chosen()).contains('1'));
    // Figures are of the thing that was chosen for this reading, of no other.
    assert_eq!(reading.chosen().unwrap().links.to_string(), "1");
    assert!(view.read(None, 0).chosen().is_none());
}

/// No order of the crate but that of ids, sizes of components and time; and no crate of the domain can keep a figure: this one knows no serde.
#[test]
fn invariant_09_nothing_here_can_be_stored() {
    let manifest = include_str!("../../Cargo.toml");
    let own = manifest.split("[dev-dependencies]").next().unwrap();
    for word in ["serde", "minicbor", "entente"] {
        assert!(!own.replace("entente-chart", "").contains(word), "{word}");
    }
}

#[test]
fn a_large_network_is_told_and_looked_at_in_part() {
    // A hundred thousand things: one tree of half of them, pairs for the rest.
    let things = (0..100_000).map(|n| thing(&format!("{n:06}"))).collect();
    let id = |n: usize| format!("{n:06}");
    let tree = (1..50_000).map(|n| link(&id(n / 3), &id(n)));
    let pairs = (25_000..50_000).map(|n| link(&id(2 * n), &id(2 * n + 1)));
    let network = Network::new(things, tree.chain(pairs).collect()).unwrap();
    let view: View<'_> = all(&network);
    assert!(!view.drawable());
    assert_eq!(view.component_sizes(), [(50_000, 1), (2, 25_000)]);
    let reading = view.read(Some("000001"), 1);
    assert!(reading.estimated().is_some_and(|sources| sources >= 16));
    assert!(reading.chosen().unwrap().cut);
    let near = view.ego("000001", 2).unwrap();
    assert!(near.drawable() && near.holds("000000"));
    assert_eq!(view.whole().components.to_string(), "25001");
}

/// Each end bounds what the other can mean: what begins on a day and ends in its year lies in the month of that day, whichever day it ends.
///
/// Take out: `clamped` of `Span::surely_meets` (take each end alone).
#[test]
fn one_end_of_a_time_says_how_far_the_other_can_lie() {
    for (known, sure, perhaps) in [
        (
            span("2025-10-05", "2025"),
            span("2025-10-01", "2025-10-31"),
            span("2025-11-01", "2025-11-30"),
        ),
        (
            span("2025", "2025-03-04"),
            span("2025-03-01", "2025-03-31"),
            span("2025-02-01", "2025-02-28"),
        ),
    ] {
        assert!(known.surely_meets(sure), "{known:?}");
        assert!(known.meets(perhaps) && !known.surely_meets(perhaps));
    }
    // Before the day it began, and after the day it ended, nothing is left open.
    assert!(!span("2025", "2025-03-04").meets(span("2025-04-01", "2025-04-30")));
    assert!(!span("2025-10-05", "2025").meets(span("2025-09-01", "2025-09-30")));
}
