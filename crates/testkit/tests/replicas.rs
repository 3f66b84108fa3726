//! Two processes of one node on one store: who may drive a link, and how one hears of what the other did.

use std::sync::{Arc, Mutex};

use entente_app::{AppError, Change};
use entente_testkit::node::Writing;
use entente_testkit::pair::TestPair;

/// A lease taken before dialling keeps other processes off the link, passes at once when it is given back, and by itself in seconds.
#[test]
fn rule_14_a_lease_is_waited_for_given_back_and_runs_out() {
    let mut pair = TestPair::linked(141);
    pair.wire.tear(true);
    let partner = pair.fr().name.clone();
    let first = pair.ma().app.clone();
    pair.nodes[0].restart().unwrap();
    let second = pair.ma().app.clone();
    let refused = |said: Result<(), AppError>| matches!(said, Err(AppError::Link(_)));

    first.reserve_link(&partner).unwrap();
    assert!(refused(second.reserve_link(&partner)));
    second.release_link(&partner).unwrap();
    assert!(
        refused(second.reserve_link(&partner)),
        "nobody gives back another's lease"
    );
    first.release_link(&partner).unwrap();
    second.reserve_link(&partner).unwrap();
    assert!(refused(first.reserve_link(&partner)));
    pair.time.advance(7_000);
    first.reserve_link(&partner).unwrap();
    assert!(refused(second.reserve_link(&partner)));
}

/// What one process wrote is news to the other, once.
#[test]
fn changes_of_another_process_are_heard_once() {
    let mut pair = TestPair::linked(142);
    let desk = pair.charter.unwrap();
    pair.settle();
    let first = pair.ma().app.clone();
    pair.nodes[0].restart().unwrap();
    let heard: Arc<Mutex<Vec<Change>>> = Arc::default();
    let hearing = heard.clone();
    first.on_change(Box::new(move |change| hearing.lock().unwrap().push(change)));
    let before = first
        .look_for_changes(&first.seen_so_far().unwrap())
        .unwrap();
    heard.lock().unwrap().clear();
    let note = Writing::on(desk, &[("text", "D'une autre réplique.")]);
    pair.ma().write("note", &note).unwrap();
    assert!(heard.lock().unwrap().is_empty(), "not its own doing");
    let after = first.look_for_changes(&before).unwrap();
    let news: Vec<_> = heard
        .lock()
        .unwrap()
        .drain(..)
        .map(|change| change.dossier)
        .collect();
    assert_eq!(news, [Some(desk)]);
    assert_ne!(before, after);
    assert_eq!(first.look_for_changes(&after).unwrap(), after);
    assert!(heard.lock().unwrap().is_empty(), "no news");
}
