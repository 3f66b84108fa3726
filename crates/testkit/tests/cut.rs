//! A link that people cut: no connection, and nothing else changes (invariant 13).

use entente_app::driver::LinkDriver;
use entente_app::{AppError, LinkFault};
use entente_link::Role;
use entente_testkit::liar::VISIT;
use entente_testkit::pair::{Side, TestPair};

/// Take out: in `app/src/driver.rs`, `refuse_cut` of `start`, or the look of `tick`.
#[test]
fn invariant_13_a_cut_link_has_no_connection_and_drains_when_mended() {
    let mut pair = TestPair::linked(181);
    pair.settle();
    let (ma, fr) = (pair.ma().name.clone(), pair.fr().name.clone());
    // Another process of the node, as the command line is.
    let other = pair.ma().app.clone();
    pair.restart(Side::Ma);
    pair.settle();
    let before = pair.held(Side::Fr).unwrap();
    other.cut_link(&fr).unwrap();
    pair.wire.tick(0);
    assert!(!pair.wire.is_up(0), "the session ended with the next tick");
    for role in [Role::Dialled, Role::Accepted] {
        let refused = LinkDriver::start(&pair.ma().app, &fr, (role, VISIT));
        let refused = refused.map(|_| ()).unwrap_err();
        assert!(
            matches!(refused, AppError::Link(LinkFault::Cut)),
            "{refused:?}"
        );
    }
    pair.note(Side::Ma, "Le travail continue ici.");
    pair.note(Side::Fr, "Et là-bas.");
    for _ in 0..20 {
        pair.round();
        assert!(!pair.wire.is_up(0) && !pair.wire.is_up(1));
    }
    assert_eq!(pair.held(Side::Fr).unwrap(), before, "nothing left");
    assert_eq!(
        pair.evidence(Side::Fr).len() + pair.evidence(Side::Ma).len(),
        0
    );
    // Suspension is another thing: nobody's clock stops.
    let flags = pair
        .ma()
        .app
        .links(&pair.ma().officer("liaison").unwrap())
        .unwrap();
    assert_eq!(
        (flags[0].stopped, flags[0].suspended),
        (Some("cut"), (false, false))
    );
    assert_eq!(flags[0].since, pair.ma().app.cut_since(&fr).unwrap());
    assert!(
        pair.fr().app.cut_since(&ma).unwrap().is_none(),
        "each side has its own"
    );
    // Cut again, it is cut since then all the same; it survives a restart.
    let since = other.cut_since(&fr).unwrap();
    pair.time.advance(5_000);
    other.cut_link(&fr).unwrap();
    pair.nodes[0].restart().unwrap();
    assert_eq!(pair.ma().app.cut_since(&fr).unwrap(), since);
    other.mend_link(&fr).unwrap();
    let again = other.mend_link(&fr).unwrap_err();
    assert!(matches!(again, AppError::Link(LinkFault::NotCut)));
    pair.settle();
    pair.assert_same();
    assert!(pair.held(Side::Fr).unwrap() > before);
    let stranger = "dz".parse().unwrap();
    assert!(matches!(other.cut_link(&stranger), Err(AppError::NotFound)));
}

/// A stolen key that announces another one in that moment would otherwise be believed.
///
/// Take out: in `app/src/cutting.rs`, `take_line_from_session`.
#[test]
fn rule_15_what_arrives_between_the_cut_and_the_end_of_the_session_is_not_taken() {
    let mut pair = TestPair::linked(183);
    pair.settle();
    let before = pair.held(Side::Fr).unwrap();
    let ma = pair.ma().name.clone();
    pair.fr().app.clone().cut_link(&ma).unwrap();
    pair.rotate(Side::Ma);
    pair.note(Side::Ma, "Sous la clé volée.");
    pair.wire.wake(0);
    assert!(pair.wire.is_up(1), "no tick has ended the session yet");
    assert!(pair.wire.deliver(&pair.nodes));
    assert_eq!(pair.held(Side::Fr).unwrap(), before);
    assert!(!pair.wire.is_up(1), "it ended with what it could not store");
    pair.fr().app.mend_link(&ma).unwrap();
    pair.settle();
    pair.assert_same();
    assert!(pair.held(Side::Fr).unwrap() > before);
}

/// What an inspector reads afterwards.
#[test]
fn invariant_11_cutting_and_mending_leave_a_trace() {
    let pair = TestPair::linked(182);
    let fr = pair.fr().name.clone();
    pair.ma().app.cut_link(&fr).unwrap();
    pair.ma().app.mend_link(&fr).unwrap();
    let inspector = pair.ma().officer("inspector").unwrap();
    let records = pair.ma().app.access_records(&inspector, 50, 0).unwrap();
    for verb in ["cut_link", "mend_link"] {
        let found = records.iter().filter(|(_, r)| r.verb == verb);
        assert_eq!(found.count(), 1, "{verb}");
    }
}
