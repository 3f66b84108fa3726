//! What *Today* says of plans nearby: once to each officer whose service plans, with the way, and until it is looked after.

use super::*;
use entente_app::Actor;
use entente_app::views::AccessQuery;
use entente_store::StoreExt;

fn nearby(pair: &TestPair, side: Side, officer: &str) -> Vec<EntryId> {
    let node = pair.node(side);
    let view = node.app.today(&node.officer(officer).unwrap()).unwrap();
    view.nearby.iter().map(|line| line.entry).collect()
}

fn task(pair: &mut TestPair, dossier: DossierId, officer: &'static str, hour: &str) -> EntryId {
    let to = if officer == "liaison" {
        "ma/liaison"
    } else {
        "ma/police"
    };
    let place = if officer == "liaison" {
        "Hangar (36.8345, -2.4630)"
    } else {
        "Quai 3 (36.834, -2.463)"
    };
    let writing = Writing::on(dossier, &watches(to, place, hour)).by(officer);
    let written = pair.write(Side::Ma, "investigation.task", &writing).entry;
    pair.settle();
    written
}

fn told(pair: &TestPair) -> usize {
    let ma = pair.ma();
    let all = ma
        .app
        .access_list(&ma.officer("inspector").unwrap(), &AccessQuery::default());
    let lines = all.unwrap().lines;
    lines
        .iter()
        .filter(|line| format!("{line:?}").contains("planned_near"))
        .count()
}

/// Who plans is told on their front page, once, on record, and no more than that there is something; the line goes when they opened the plan,
/// comes again for something else, and goes by itself when the other plan ends. Others are told nothing. Take out: in
/// `app/src/show/nearby.rs`, `plans_it`, the comparison of digests, what `looked_after` keeps, or `told_nearby`.
#[test]
fn today_says_it_once_to_who_plans_until_it_is_looked_after() {
    let mut pair = TestPair::linked(714);
    let (theirs, ours) = (open(&mut pair, "liaison"), open(&mut pair, "investigator"));
    let hidden = task(&mut pair, theirs, "liaison", "2015-07-10T10:00");
    assert!(nearby(&pair, Side::Ma, "investigator").is_empty());
    let own = task(&mut pair, ours, "investigator", "2015-07-10T14:00");
    let before = told(&pair);
    let police = pair.ma().officer("investigator").unwrap();
    let view = pair.ma().app.today(&police).unwrap();
    assert_eq!(told(&pair), before + 1, "on record");
    assert_eq!(view.nearby.len(), 1);
    assert_eq!(
        (view.nearby[0].entry, view.nearby[0].dossier.id),
        (own, ours)
    );
    let said = format!("{:?}", view.nearby);
    for secret in [hidden.to_string(), theirs.to_string(), "Hangar".to_owned()] {
        assert!(!said.contains(&secret), "{secret}");
    }
    assert_eq!(
        nearby(&pair, Side::Ma, "analyst"),
        [own],
        "each officer of the service"
    );
    assert_eq!(nearby(&pair, Side::Ma, "liaison"), [hidden]);
    for (side, officer) in [
        (Side::Ma, "coordinator"),
        (Side::Ma, "rescue"),
        (Side::Fr, "liaison"),
    ] {
        assert!(nearby(&pair, side, officer).is_empty(), "{officer}");
    }
    pair.ma().app.plan_of(&police, ours).unwrap();
    assert!(
        nearby(&pair, Side::Ma, "investigator").is_empty(),
        "looked after"
    );
    assert_eq!(
        nearby(&pair, Side::Ma, "analyst"),
        [own],
        "by one officer, not by another"
    );
    task(&mut pair, theirs, "liaison", "2015-07-10T11:00");
    assert_eq!(
        nearby(&pair, Side::Ma, "investigator"),
        [own],
        "something else"
    );
    // One of the two goes: that is nobody's to know. Take out: that each is known again by itself.
    pair.ma().app.plan_of(&police, ours).unwrap();
    ended(&mut pair, (theirs, hidden), "liaison");
    assert!(nearby(&pair, Side::Ma, "investigator").is_empty(), "gone");
    // What is kept of it goes with it, once something else is looked at. Take out: what `looked_after` lets go of.
    assert_eq!(kept(&pair, &police), 2);
    let last = task(&mut pair, theirs, "liaison", "2015-07-10T12:00");
    pair.ma().app.plan_of(&police, ours).unwrap();
    assert_eq!(kept(&pair, &police), 2);
    ended(&mut pair, (theirs, last), "liaison");
    // The officer's own plan ends, and nobody is told of it any more.
    ended(&mut pair, (ours, own), "investigator");
    for officer in ["investigator", "analyst", "liaison"] {
        assert!(nearby(&pair, Side::Ma, officer).is_empty(), "{officer}");
    }
}

/// How many digests of what was near an officer's plans are kept.
fn kept(pair: &TestPair, officer: &Actor) -> usize {
    let key = format!("near-seen/{}", officer.id);
    let kept = pair.ma().store.view("test", |tx| tx.setting(&key));
    kept.unwrap().unwrap().len() / 16
}

/// A task is done, and its creditor agrees.
fn ended(pair: &mut TestPair, (dossier, task): (DossierId, EntryId), officer: &'static str) {
    let asked = pair.ma().header(task).asked(task).next().unwrap();
    let reason = [("text", "Sans objet.")];
    let done = Writing::on(dossier, &reason).target(asked).by(officer);
    pair.write(Side::Ma, "investigation.task_done", &done);
    pair.settle();
    let agreed = Writing::on(dossier, &[]).target(asked);
    pair.write(Side::Fr, "investigation.task_agreed", &agreed);
    pair.settle();
}
