//! Small graphs whose figures everybody knows: Krackhardt's kite (1990), Zachary's karate club (1977), paths and stars.

use super::{all, numbered, said};
use crate::{Figures, Network, Side};

/// Krackhardt's kite: ten things, of which three are the most linked, the nearest and the most between, each another one.
const KITE: [(usize, usize); 18] = [
    (0, 1),
    (0, 2),
    (0, 3),
    (0, 5),
    (1, 3),
    (1, 4),
    (1, 6),
    (2, 3),
    (2, 5),
    (3, 4),
    (3, 5),
    (3, 6),
    (4, 6),
    (5, 6),
    (5, 7),
    (6, 7),
    (7, 8),
    (8, 9),
];

/// Zachary's club: 34 members, 78 friendships.
#[rustfmt::skip]
const KARATE: [(usize, usize); 78] = [
    (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (0, 8), (0, 10), (0, 11), (0, 12), (0, 13), (0, 17), (0, 19), (0, 21), (0, 31),
    (1, 2), (1, 3), (1, 7), (1, 13), (1, 17), (1, 19), (1, 21), (1, 30), (2, 3), (2, 7), (2, 8), (2, 9), (2, 13), (2, 27), (2, 28), (2, 32),
    (3, 7), (3, 12), (3, 13), (4, 6), (4, 10), (5, 6), (5, 10), (5, 16), (6, 16), (8, 30), (8, 32), (8, 33), (9, 33), (13, 33), (14, 32),
    (14, 33), (15, 32), (15, 33), (18, 32), (18, 33), (19, 33), (20, 32), (20, 33), (22, 32), (22, 33), (23, 25), (23, 27), (23, 29),
    (23, 32), (23, 33), (24, 25), (24, 27), (24, 31), (25, 31), (26, 29), (26, 33), (27, 33), (28, 31), (28, 33), (29, 32), (29, 33),
    (30, 32), (30, 33), (31, 32), (31, 33), (32, 33),
];

fn read(network: &Network, id: &str, check: impl Fn(&Figures)) {
    let view = all(network);
    check(view.read(Some(id), 0).chosen().unwrap());
}

#[test]
fn krackhardts_kite_has_its_three_centres() {
    let kite = numbered(10, &KITE);
    let expected = [
        (
            "0003",
            ["6", "0.667", "0.102", "0.600", "0.470", "0.533"],
            false,
        ),
        (
            "0005",
            ["5", "0.556", "0.231", "0.643", "0.445", "0.500"],
            false,
        ),
        (
            "0007",
            ["3", "0.333", "0.389", "0.600", "0.431", "0.333"],
            true,
        ),
        (
            "0008",
            ["2", "0.222", "0.222", "0.429", "0.500", "0.000"],
            true,
        ),
        (
            "0009",
            ["1", "0.111", "0.000", "0.310", "1.000", "none"],
            false,
        ),
    ];
    for (id, figures, cut) in expected {
        read(&kite, id, |of| {
            assert_eq!(said(of), figures, "{id}");
            assert_eq!(of.cut, cut, "{id}");
        });
    }
    // The one of most links, and the broker on the way to the tail.
    read(&kite, "0003", |of| {
        assert_eq!(
            (of.position.links, of.position.between),
            (Side::Above, Side::Below)
        );
    });
    read(&kite, "0007", |of| {
        assert_eq!(
            (of.position.links, of.position.between),
            (Side::Below, Side::Above)
        );
    });
}

#[test]
fn zacharys_club_falls_into_known_groups() {
    let club = numbered(34, &KARATE);
    let view = all(&club);
    let whole = view.whole();
    let shares = [
        whole.density,
        whole.closure,
        whole.transitivity,
        whole.centralisation,
    ]
    .map(|f| f.to_string());
    assert_eq!(shares, ["0.139", "0.571", "0.256", "0.400"]);
    read(&club, "0000", |of| {
        assert_eq!(
            said(of),
            ["16", "0.485", "0.438", "0.569", "0.155", "0.150"]
        )
    });
    read(&club, "0033", |of| {
        assert_eq!(
            said(of),
            ["17", "0.515", "0.304", "0.550", "0.156", "0.110"]
        )
    });

    // The best that is known is 0.4198; greedy joining (Clauset, Newman and Moore 2004) finds 0.3807.
    let groups = view.groups();
    let found: f64 = groups.modularity().to_string().parse().unwrap();
    assert!((0.40..=0.4199).contains(&found), "{found}");
    // The two who quarrelled lead different groups, and each keeps those nearest to them.
    let of = |n: usize| groups.group(&format!("{n:04}")).unwrap();
    assert_ne!(of(0), of(33));
    assert_eq!(of(32), of(33));
    assert_eq!(of(0), of(1));
    // The split that the club went through has the published modularity.
    let first = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21];
    let split: Vec<usize> = (0..34).map(|n| usize::from(first.contains(&n))).collect();
    let value = crate::groups::modularity(view.graph(), &split);
    assert!((value - 0.3582).abs() < 0.0001, "{value}");
}

#[test]
fn a_path_and_a_star_are_as_on_paper() {
    let path = numbered(5, &[(0, 1), (1, 2), (2, 3), (3, 4)]);
    read(&path, "0002", |of| {
        assert_eq!(said(of), ["2", "0.500", "0.667", "0.667", "0.500", "0.000"])
    });
    let star = numbered(6, &[(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]);
    read(&star, "0000", |of| {
        assert_eq!(said(of), ["5", "1.000", "1.000", "1.000", "0.200", "0.000"]);
        assert!(of.cut);
    });
    assert_eq!(all(&star).whole().centralisation.to_string(), "1.000");
}

#[test]
fn what_is_linked_with_nothing_has_figures_too() {
    let network = numbered(3, &[(0, 1), (2, 2)]);
    read(&network, "0002", |of| {
        assert_eq!(said(of), ["0", "0.000", "0.000", "0.000", "none", "none"])
    });
    let empty = numbered(0, &[]);
    let view = all(&empty);
    assert!(view.read(Some("0000"), 0).chosen().is_none());
    assert_eq!(view.whole().density.to_string(), "0.000");
    assert_eq!(view.groups().many(), 0);
}

#[test]
fn several_links_of_a_pair_count_once() {
    let once = numbered(4, &[(0, 1), (1, 2), (2, 3)]);
    let often = numbered(4, &[(0, 1), (1, 0), (1, 2), (1, 2), (2, 3), (3, 3)]);
    for id in ["0000", "0001", "0002", "0003"] {
        let view = all(&once);
        let reading = view.read(Some(id), 0);
        read(&often, id, |of| {
            assert_eq!(said(of), said(reading.chosen().unwrap()))
        });
    }
}
