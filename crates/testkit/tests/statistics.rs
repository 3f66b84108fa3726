//! Statistics are published once for a month and never change: not by a second process, a crash, or what is written afterwards
//! (invariant 7).

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::App;
use entente_app::AppError;
use entente_core::access::Operation;
use entente_core::codes::Ask;
use entente_core::instant::Span;
use entente_core::statistics::{Month, Published};
use entente_testkit::pair::{Side, TestPair};

fn may() -> Month {
    "2015-05".parse().unwrap()
}

fn published(app: &App, pair: &TestPair) -> Published {
    let liaison = pair.ma().officer("liaison").unwrap();
    let view = app.statistics(&liaison, Some(may())).unwrap();
    view.published.unwrap()
}

/// A month in which one thing was asked has ended.
fn ended(seed: u64) -> TestPair {
    let mut pair = TestPair::linked(seed);
    pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.time.advance(Span::days(5).0);
    pair
}

#[test]
fn invariant_07_a_month_is_published_once_and_never_changes() {
    let mut pair = ended(4721);
    // Two processes of one node.
    let other = pair.ma().app.clone();
    assert!(pair.ma().app.publish_statistics().unwrap());
    assert!(!other.publish_statistics().unwrap());
    let first = published(&other, &pair);
    let owed = &first.obligations["owed_to_us"];
    let answer = Ask::ALL.iter().position(|ask| *ask == Ask::Answer).unwrap();
    assert_eq!(owed[answer].iter().sum::<u64>(), 1);
    pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.restart(Side::Ma);
    assert!(!pair.ma().app.publish_statistics().unwrap());
    assert_eq!(published(&pair.ma().app, &pair), first);
    // A clock that goes back publishes nothing again.
    pair.ma().clock.set_skew(-Span::days(40).0);
    assert!(!pair.ma().app.publish_statistics().unwrap());
    pair.ma().clock.set_skew(0);
    // The month that follows does not change this one, and months in which the node slept are not made up for.
    pair.time.advance(Span::days(92).0);
    assert!(pair.ma().app.publish_statistics().unwrap());
    assert_eq!(published(&pair.ma().app, &pair), first);
    let liaison = pair.ma().officer("liaison").unwrap();
    let view = pair.ma().app.statistics(&liaison, None).unwrap();
    let months: Vec<String> = view.months.iter().map(Month::to_string).collect();
    assert_eq!(months, ["2015-05", "2015-08"]);
    let slept = pair.ma().app.statistics(&liaison, Some(may().next()));
    assert!(matches!(slept, Err(AppError::NotFound)), "{slept:?}");
}

/// Where the disk is full nothing is published, and afterwards all of it.
#[test]
fn invariant_07_a_month_is_published_whole_or_not_at_all() {
    let pair = ended(4722);
    pair.ma().disk.fill_up();
    assert!(pair.ma().app.publish_statistics().is_err());
    pair.ma().disk.restart();
    let liaison = pair.ma().officer("liaison").unwrap();
    let view = pair.ma().app.statistics(&liaison, None).unwrap();
    assert!(view.months.is_empty() && view.published.is_none());
    assert!(pair.ma().app.publish_statistics().unwrap());
    assert_eq!(published(&pair.ma().app, &pair).month, may());
}

/// Every role reads them by the default policies, and each look is on record with its month.
#[test]
fn invariant_11_reading_published_statistics_leaves_a_trace() {
    let pair = ended(4723);
    assert!(pair.ma().app.publish_statistics().unwrap());
    published(&pair.ma().app, &pair);
    let inspector = pair.ma().officer("inspector").unwrap();
    assert!(pair.ma().app.statistics(&inspector, None).is_ok());
    let records = pair.ma().app.access_records(&inspector, 10, 0).unwrap();
    let found = records.iter().any(|(_, record)| {
        record.actor == "liaison"
            && record.operation == Operation::Consult
            && record.verb == "statistics"
            && record.object.as_deref() == Some("2015-05")
    });
    assert!(found, "{records:?}");
}
