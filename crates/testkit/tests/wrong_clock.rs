//! Rule 10: a clock that is wrong by hours harms nobody, loses nothing, and is told to those who look after the node.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_core::codes::Ask;
use entente_testkit::pair::{Side, TestPair};

const HOUR: i64 = 3_600_000;

/// The lines of the check-up of a side's clock that do not hold.
fn wrong(pair: &TestPair, side: Side) -> Vec<String> {
    let lines = pair.node(side).app.check_clock().unwrap();
    lines
        .into_iter()
        .filter(|l| !l.ok)
        .map(|l| format!("{} {}", l.what, l.detail))
        .collect()
}

fn ahead(pair: &TestPair, side: Side) -> Option<i64> {
    let actor = pair.node(side).officer("liaison").unwrap();
    let links = pair.node(side).app.links(&actor).unwrap();
    links.first().unwrap().ahead_ms
}

/// Take out: in `app/src/clock.rs`, `own_ahead` or `partner_ahead`.
#[test]
fn rule_10_a_clock_that_is_behind_is_told() {
    let mut pair = TestPair::linked(1001);
    pair.ask(Side::Ma, "normal");
    pair.settle();
    assert_eq!(
        (wrong(&pair, Side::Fr), ahead(&pair, Side::Fr)),
        (vec![], None)
    );

    pair.fr().clock.set_skew(-3 * HOUR);
    pair.ask(Side::Ma, "normal");
    pair.settle();
    let lines = wrong(&pair, Side::Fr);
    assert_eq!(
        lines.len(),
        2,
        "behind itself and behind its partner: {lines:?}"
    );
    assert!(lines.iter().all(|l| l.contains("minutes")), "{lines:?}");
    assert!(
        ahead(&pair, Side::Fr).unwrap() > 2 * HOUR,
        "its page says so"
    );
    assert_eq!(wrong(&pair, Side::Ma), Vec::<String>::new());

    pair.fr().clock.set_skew(0);
    pair.settle();
    assert_eq!(
        (wrong(&pair, Side::Fr), ahead(&pair, Side::Fr)),
        (vec![], None)
    );
    pair.assert_same();
}

/// Whoever owes is never due sooner for a wrong clock of the one who asks, nor for the recipient's own.
#[test]
fn rule_10_wrong_clocks_shorten_nobodys_time() {
    let mut pair = TestPair::linked(1002);
    let due = |pair: &TestPair, dossier| {
        pair.open_one(Side::Fr, dossier, Ask::Answer)
            .due_ms
            .unwrap()
    };
    let begun = pair.time.now().0;
    let (right, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let span = due(&pair, right) - begun;
    for skew in [-26 * HOUR, -5 * HOUR, 5 * HOUR, 26 * HOUR] {
        pair.ma().clock.set_skew(skew);
        let written = pair.time.now().0;
        let (dossier, asked) = pair.ask(Side::Ma, "normal");
        pair.settle();
        assert!(
            due(&pair, dossier) >= written + span - 60_000,
            "asked by a clock {skew} ms off"
        );
        pair.answer(Side::Fr, dossier, asked);
        pair.settle();
        pair.ma().clock.set_skew(0);
        pair.settle();
        let row = pair.obligation(Side::Ma, asked);
        assert!(!row.state.is_open(), "and it is answered");
        assert!(pair.evidence(Side::Ma).is_empty() && pair.evidence(Side::Fr).is_empty());
    }
    pair.assert_same();
}
