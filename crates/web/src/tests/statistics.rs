//! Differencing, tried on real nodes over pages, files and API of two months: whoever knows every person but one learns nothing of
//! that one (invariant 7).

use super::real::Person;
use axum::http::StatusCode;
use entente_core::codes::{Ask, Role};
use entente_core::instant::Span;
use entente_core::statistics::FLOOR;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use std::collections::BTreeMap;

/// What the attacker knows to have come in the first month: access, rectification, erasure.
const KNOWN: [(&str, u64); 3] = [("access", 12), ("rectification", 8), ("erasure", 11)];
const MONTHS: [&str; 2] = ["2015-05", "2015-06"];

/// What comes in the second month.
#[derive(Clone, Copy, Default)]
struct Second {
    /// Known to the attacker, all of them access.
    access: u64,
    /// Known to be decided in the second month: one who asked for erasure in the first.
    decided: bool,
    /// The one person whom the attacker wants to know about.
    victim: Option<&'static str>,
}

fn ask_for(pair: &mut TestPair, right: &'static str) -> entente_app::Recorded {
    let fields = [
        ("title", "Demande inventée"),
        ("right", right),
        ("relation", "person"),
        ("identity", "in_person"),
        ("received_on", "2015-05-20"),
        ("person_language", "fr"),
        ("person", "Personne inventée"),
        ("asked", "Savoir."),
    ];
    pair.write(Side::Ma, "rights.open", &Writing::new(&fields))
}

/// A node that published two months, and all that anybody is shown of them.
async fn shown(second: Second) -> Vec<String> {
    let mut pair = TestPair::linked(4711);
    let mut dossiers = Vec::new();
    for (right, persons) in KNOWN {
        for _ in 0..persons {
            dossiers.push(ask_for(&mut pair, right).dossier);
        }
    }
    pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.time.advance(Span::days(5).0);
    assert!(pair.ma().app.publish_statistics().unwrap(), "May");
    if second.decided {
        let erasure = dossiers[dossiers.len() - 1];
        let duty = pair.open_one(Side::Ma, erasure, Ask::Decide).id;
        let decision = [("result", "no_data"), ("to_person", "Rien.")];
        let decision = Writing::on(erasure, &decision).target(duty);
        pair.write(Side::Ma, "rights.decide", &decision);
    }
    for _ in 0..second.access {
        ask_for(&mut pair, "access");
    }
    if let Some(right) = second.victim {
        ask_for(&mut pair, right);
    }
    pair.settle();
    pair.time.advance(Span::days(31).0);
    assert!(pair.ma().app.publish_statistics().unwrap(), "June");
    looks(&pair).await
}

/// All that an investigator, who sees no rights dossier, is shown of both months, and of the balance.
async fn looks(pair: &TestPair) -> Vec<String> {
    let anybody = Person::with_role(pair.ma(), "anybody", "enquetes", Role::Investigator).await;
    let mut all = Vec::new();
    for month in MONTHS {
        let page = anybody.get(&format!("/statistics/{month}")).await;
        let tables = page.split("<table").skip(1);
        all.extend(tables.filter_map(|rest| rest.split("</table>").next().map(str::to_owned)));
        for path in [
            format!("/statistics/{month}/csv"),
            format!("/api/v1/statistics/{month}"),
        ] {
            let (status, text) = anybody.fetch(&path, "en").await;
            assert_eq!(status, StatusCode::OK, "{path}");
            // When it was computed is told, and is about nobody.
            let at = text
                .split("\"at\":\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            all.push(at.map_or(text.clone(), |at| text.replace(at, "")));
        }
    }
    let (_, balance) = anybody
        .fetch("/api/v1/balance/fr?from=2015-05-01&to=2015-08-01", "en")
        .await;
    assert!(balance.contains("\"rights\":null"), "{balance}");
    all.push(balance);
    all
}

/// The figures of persons of a file, by line and column.
fn figures(csv: &str) -> BTreeMap<(String, String), String> {
    let rows = csv.lines().filter_map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        let key = (cells[2].to_owned(), cells[3].to_owned());
        (cells[1] == "rights").then(|| (key, cells[4].to_owned()))
    });
    rows.collect()
}

fn files(all: &[String]) -> Vec<BTreeMap<(String, String), String>> {
    let files = all.iter().filter(|text| text.starts_with("month,table,"));
    files.map(|text| figures(text)).collect()
}

fn at<'a>(file: &'a BTreeMap<(String, String), String>, line: &str, column: &str) -> &'a str {
    &file[&(line.to_owned(), column.to_owned())]
}

/// Whatever else the attacker knows to have changed: with the one person and without, every published figure of both months is the
/// same, on pages, in files, by the API, and in the balance. Take out: what `figure` in core/src/statistics.rs compares with the last
/// one shown, its floor, a total over what is hidden, or `is_of_persons` in the balance.
#[tokio::test]
async fn invariant_07_two_months_subtracted_tell_nothing_of_one_person() {
    let knowing = [
        Second::default(),
        Second {
            access: 8,
            ..Second::default()
        },
        Second {
            decided: true,
            ..Second::default()
        },
    ];
    for known in knowing {
        let without = shown(known).await;
        for right in ["access", "rectification"] {
            let with = Second {
                victim: Some(right),
                ..known
            };
            assert_eq!(shown(with).await, without, "{right}: the person is seen");
        }
        let [may, june] = <[_; 2]>::try_from(files(&without)).unwrap();
        assert_eq!(at(&may, "answer", "open"), "12");
        assert_eq!(at(&june, "answer", "open"), "12");
        // One who was decided is neither seen to leave nor to come.
        assert_eq!(at(&june, "erase", "open"), "11");
        assert_eq!(at(&june, "erase", "in_time"), "fewer_than_10");
        for file in [&may, &june] {
            assert_eq!(at(file, "correct", "open"), "fewer_than_10");
            // No total is told over a figure that is not.
            assert_eq!(at(file, "answer", "total"), "withheld");
            assert_eq!(at(file, "total", "open"), "withheld");
            assert_eq!(at(file, "total", "total"), "withheld");
        }
    }
}

/// Ten more are told, as ten; nine are not. Between any two months a figure is the same or differs by the floor at least.
#[tokio::test]
async fn invariant_07_a_figure_moves_by_the_floor_or_not_at_all() {
    for (more, expected) in [(FLOOR - 1, 12), (FLOOR, 12 + FLOOR)] {
        let second = Second {
            access: more,
            ..Second::default()
        };
        let all = shown(second).await;
        let [may, june] = <[_; 2]>::try_from(files(&all)).unwrap();
        assert_eq!(at(&june, "answer", "open"), expected.to_string());
        for (place, before) in &may {
            let (before, now) = (before.parse::<u64>(), june[place].parse::<u64>());
            if let (Ok(before), Ok(now)) = (before, now) {
                let differ = before.abs_diff(now);
                assert!(differ == 0 || differ >= FLOOR, "{place:?}: {before} {now}");
            }
        }
        // What is about no person is exact.
        let file = all.iter().rfind(|text| text.starts_with("month,")).unwrap();
        assert!(
            file.contains("2015-06,owed_to_us,answer,overdue,1\r\n"),
            "{file}"
        );
        assert!(!file.contains("owed_by_us,decide,open,1"), "{file}");
    }
}

/// The month is the only parameter: whatever else is asked changes nothing, and what is no month published is not there.
#[tokio::test]
async fn invariant_07_statistics_take_no_filter() {
    let mut pair = TestPair::linked(4712);
    for _ in 0..12 {
        ask_for(&mut pair, "access");
    }
    pair.time.advance(Span::days(5).0);
    assert!(pair.ma().app.publish_statistics().unwrap());
    let anybody = Person::with_role(pair.ma(), "anybody", "enquetes", Role::Investigator).await;
    let (_, plain) = anybody.fetch("/api/v1/statistics/2015-05", "en").await;
    assert!(plain.contains("12"), "{plain}");
    for filter in [
        "from=2015-05-28",
        "service=ma/liaison",
        "partner=fr",
        "right=access",
        "q=x",
    ] {
        let path = format!("/api/v1/statistics/2015-05?{filter}");
        assert_eq!(anybody.fetch(&path, "en").await.1, plain, "{filter}");
    }
    for month in ["2015-06", "2015-04", "2015-13", "2015", "x"] {
        for path in ["/statistics/", "/api/v1/statistics/"] {
            let (status, _) = anybody.fetch(&format!("{path}{month}"), "en").await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}{month}");
        }
    }
}
