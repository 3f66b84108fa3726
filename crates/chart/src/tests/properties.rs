//! What holds of every network: no panic, the same answer twice, figures that do not depend on names, marks that do not cover each other.

use super::{all, code, day, numbered, said, thing};
use crate::{
    Filter, Layout, Link, Look, Network, Sort, Span, Thing, Words, chart, compare, graphml,
    links_csv, things_csv,
};
use proptest::prelude::*;

/// No two marks, labels included, have a point in common, and all are on the sheet.
pub(super) fn apart(layout: &Layout) {
    let places = layout.places();
    for (at, one) in places.iter().enumerate() {
        assert!(one.x - one.half >= 0.0 && one.y >= 20.0, "off the sheet");
        assert!(
            one.x + one.half <= layout.width && one.y + 36.0 <= layout.height,
            "off the sheet"
        );
        for other in places.iter().skip(at + 1) {
            assert!(!one.covers(other), "{one:?} covers {other:?}");
        }
    }
}

/// A date as far as it is known.
fn written(year: i32, month: Option<i32>, day: Option<i32>) -> crate::Dated {
    let part = |of: Option<i32>| of.map_or_else(String::new, |n| format!("-{n:02}"));
    format!("{year:04}{}{}", part(month), part(day))
        .parse()
        .unwrap()
}

fn spans() -> impl Strategy<Value = Span> {
    let days = || {
        proptest::option::of(
            (1990..2030, 1..=12, 1..=28, 0..3).prop_map(|(y, m, d, known)| {
                written(y, (known > 0).then_some(m), (known > 1).then_some(d))
            }),
        )
    };
    (days(), days()).prop_map(|(from, until)| Span { from, until })
}

fn evaluations() -> impl Strategy<Value = Option<crate::Evaluation>> {
    proptest::option::of(
        proptest::sample::select(vec!["A1", "B2", "C3", "X4", "A4"]).prop_map(code),
    )
}

fn things() -> impl Strategy<Value = Thing> {
    let sorts = proptest::sample::select(Sort::ALL.to_vec());
    (
        "[0-9a-z]{1,3}",
        ".{0,30}",
        sorts,
        "(fr|ma)",
        evaluations(),
        spans(),
    )
        .prop_map(|(id, label, sort, origin, evaluation, span)| Thing {
            id,
            label,
            sort,
            origin,
            evaluation,
            span,
        })
}

prop_compose! {
    fn networks()(
        things in proptest::collection::btree_map("[0-9a-z]{1,3}", things(), 0..40),
        ends in proptest::collection::vec((any::<usize>(), any::<usize>(), any::<bool>(), "(calls|owns)", "(fr|ma)", evaluations(), spans()), 0..80),
    ) -> Network {
        let things: Vec<Thing> = things.into_iter().map(|(id, thing)| Thing { id, ..thing }).collect();
        let id = |n: usize| things.get(n % things.len().max(1)).map(|thing| thing.id.clone());
        let links = ends.into_iter().filter_map(|(a, b, directed, relation, origin, evaluation, span)| Some(Link {
            from: id(a)?, to: id(b)?, relation, directed, origin, evaluation, span, sources: vec!["fr-1".to_owned()],
        })).collect();
        Network::new(things.clone(), links).unwrap()
    }
}

fn filters() -> impl Strategy<Value = Filter> {
    let sorts = proptest::collection::btree_set(proptest::sample::select(Sort::ALL.to_vec()), 0..4);
    (
        sorts,
        evaluations(),
        proptest::option::of(spans()),
        any::<bool>(),
    )
        .prop_map(|(sorts, least, time, alone)| Filter {
            sorts,
            least,
            time,
            alone,
            ..Filter::default()
        })
}

fn drawing(network: &Network, filter: &Filter) -> String {
    let view = network.view(filter);
    let layout = Layout::of(&view).unwrap();
    let reading = view.read(None, 1);
    let groups = view.groups();
    let size = |id: &str| reading.by_between(id);
    let look = Look {
        ours: "fr",
        chosen: None,
        size: Some(&size),
        reading: Some(&reading),
        groups: Some(&groups),
        address: &|id| Some(format!("?thing={id}")),
    };
    let words = Words {
        title: "t",
        summary: "s",
        sort: &|sort| sort.code().to_owned(),
        relation: &str::to_owned,
        linked: &|many| many.to_string(),
        cut: "cut",
        group: &|number| number.to_string(),
    };
    chart(&view, &layout, &look, &words)
}

proptest! {
    #[test]
    fn nothing_panics_and_everything_is_the_same_twice(network in networks(), filter in filters(), seed in any::<u64>()) {
        let view = network.view(&filter);
        let first = view.things().next().map(|thing| thing.id.clone());
        let once = format!("{:?}{:?}", view.read(first.as_deref(), seed).chosen().map(said), view.groups().modularity().to_string());
        let again = format!("{:?}{:?}", view.read(first.as_deref(), seed).chosen().map(said), view.groups().modularity().to_string());
        prop_assert_eq!(once, again);
        if let Some(id) = &first {
            let ego = view.ego(id, 1).unwrap();
            prop_assert!(ego.holds(id) && ego.len() <= view.len());
            prop_assert!(view.component_of(id).unwrap().len() >= ego.len());
            prop_assert!(view.between(id, id).unwrap().1 == 0);
            let _told = view.sensitivity(id, 10, 3, seed);
        }
        prop_assert_eq!(drawing(&network, &filter), drawing(&network, &filter));
        prop_assert_eq!(links_csv(&view, &|_| String::new()).matches("\r\n").count(), view.links().count() + 1);
        prop_assert!(things_csv(&view, &|_| String::new()).starts_with("id,label"));
        prop_assert_eq!(graphml(&view, "H1", &|_| String::new()).matches("<edge ").count(), view.links().count());
        prop_assert_eq!(compare(&view, &view).stay.len(), view.len());
        let (_, slices) = crate::slices(&network, &filter, crate::Step::Week);
        prop_assert!(slices.len() <= 120);
    }

    #[test]
    fn no_mark_covers_another(network in networks(), filter in filters()) {
        apart(&Layout::of(&network.view(&filter)).unwrap());
    }

    #[test]
    fn figures_do_not_depend_on_names(edges in proptest::collection::vec((0..12usize, 0..12usize), 0..40), shift in 1..12usize) {
        let one = numbered(12, &edges);
        let turned: Vec<_> = edges.iter().map(|(a, b)| ((a + shift) % 12, (b + shift) % 12)).collect();
        let other = numbered(12, &turned);
        for n in 0..12 {
            let (view, turned) = (all(&one), all(&other));
            let (here, there) = (view.read(Some(&format!("{n:04}")), 0), turned.read(Some(&format!("{:04}", (n + shift) % 12)), 0));
            prop_assert_eq!(said(here.chosen().unwrap()), said(there.chosen().unwrap()));
            prop_assert_eq!(here.by_links(&format!("{n:04}")), there.by_links(&format!("{:04}", (n + shift) % 12)));
        }
    }

    #[test]
    fn groups_hold_each_thing_once_and_are_no_worse_than_none(edges in proptest::collection::vec((0..20usize, 0..20usize), 0..60)) {
        let network = numbered(20, &edges);
        let view = all(&network);
        let groups = view.groups();
        let held: usize = (1..=groups.many()).map(|group| groups.things(group).count()).sum();
        prop_assert_eq!(held, 20);
        let alone: Vec<usize> = (0..20).collect();
        let found = crate::groups::modularity(view.graph(), &view.things().map(|t| groups.group(&t.id).unwrap() - 1).collect::<Vec<_>>());
        prop_assert!(found >= crate::groups::modularity(view.graph(), &alone) - 1e-9);
        prop_assert!(found >= -1e-9);
    }

    #[test]
    fn a_day_is_what_it_says(days in -719_162..=2_932_896i32) {
        let day = crate::Day::new(days).unwrap();
        let (year, month, of_month) = day.date();
        prop_assert_eq!(crate::Day::of(year, month, of_month), Some(day));
        prop_assert_eq!(day.to_string().parse(), Ok(day));
    }

    /// What is read is written again as it was; what is sure to meet a time meets it.
    #[test]
    fn a_date_known_in_part_comes_back(one in spans(), other in spans(), days in -719_162..=2_932_896i32) {
        for date in [one.from, one.until].into_iter().flatten() {
            prop_assert_eq!(date.to_string().parse(), Ok(date));
            prop_assert!(date.first() <= date.last());
        }
        let ordered = one.from.zip(one.until).is_none_or(|(from, until)| from.first() <= until.last());
        if ordered && one.surely_meets(other) {
            prop_assert!(one.meets(other));
        }
        let (year, month, _) = crate::Day::new(days).unwrap().date();
        let (of_year, of_month) = (written(year, None, None), written(year, Some(month), None));
        prop_assert!(of_year.first() <= of_month.first() && of_month.last() <= of_year.last());
        prop_assert_eq!(of_year.last().date(), (year, 12, 31));
        prop_assert_eq!(of_month.last().date().1, month);
    }
}

#[test]
fn a_sheet_of_five_hundred_stays_readable() {
    // A hub, chains, a ring of cliques and things alone, with labels of full length.
    let mut links = Vec::new();
    for n in 1..120 {
        links.push((0, n));
    }
    for n in 120..300 {
        links.push((n, n - 1 - n % 7));
    }
    for n in (300..450).step_by(5) {
        for a in 0..5 {
            for b in 0..a {
                links.push((n + a, n + b));
            }
        }
        links.push((n, if n + 5 < 450 { n + 5 } else { 300 }));
    }
    let id = |n: usize| format!("{n:04}");
    let things = (0..500).map(|n| Thing {
        label: format!("Warehouse number {n} on the quay"),
        ..thing(&id(n))
    });
    let network = Network::new(
        things.collect(),
        links
            .iter()
            .map(|(a, b)| super::link(&id(*a), &id(*b)))
            .collect(),
    )
    .unwrap();
    let view = all(&network);
    let layout = Layout::of(&view).unwrap();
    apart(&layout);
    // Readable also means that it is no desert: marks take a tenth of the sheet or more.
    let taken: f64 = layout
        .places()
        .iter()
        .map(|place| place.half * 2.0 * 56.0)
        .sum();
    assert!(
        taken * 10.0 > layout.width * layout.height,
        "{} by {}",
        layout.width,
        layout.height
    );
}

#[test]
fn days_that_are_none_are_refused() {
    for text in [
        "2015-02-29",
        "2015-13-01",
        "2015-00-10",
        "2015-1-",
        "15-05",
        "",
        "2015-05-28x",
        "+2015-05-28",
        "10000-01-01",
    ] {
        assert!(text.parse::<crate::Day>().is_err(), "{text}");
    }
    assert_eq!(day("1970-01-01").days(), 0);
    assert_eq!(day("2000-02-29").days(), 11_016);
}
