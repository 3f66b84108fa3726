//! Comparing a place and a time that an officer types, while they are on no plan yet: the same question at the same price, and as little of it leaves.

use super::*;
use entente_core::field::Problem;

pub(super) const AT: [(&str, &str); 3] = [
    ("place", HERE),
    ("from", "2015-07-10T04:00"),
    ("until", "2015-07-10T06:00"),
];

impl World {
    pub(super) fn types(
        &mut self,
        side: Side,
        fields: &[(&str, &str)],
    ) -> Result<EntryId, AppError> {
        let on = (self.shared, None);
        self.write(side, "investigation.compare", on, fields)
    }
}

/// What is typed is compared as a plan is: found or not found, shown again to the side that typed it, and to it alone; nobody there learns what
/// was asked, and the other side's plan is told its word. Take out: in `app/src/compare.rs::to_compare`, what was typed; in
/// `app/src/show/compare.rs::comparisons`, that a typed one is shown.
#[test]
fn a_typed_place_and_time_is_compared_and_stays_at_home() {
    let mut world = World::new(821, &json!(true));
    let elsewhere = open(&mut world.pair, Side::Fr);
    let theirs = world.plans(Side::Fr, elsewhere, CLOSE);
    assert!(world.plan_of(Side::Ma, world.shared).compared.typed);
    let asking = world.types(Side::Ma, &AT).unwrap();
    let answer = world
        .answers(Side::Fr, "investigation.compared", asking)
        .unwrap();
    let view = world.plan_of(Side::Ma, world.shared);
    let one = &view.compared.asked[0];
    assert_eq!(one.found, Some(Found::Near(1)));
    assert!(!one.by_name, "by coordinates");
    let typed = one.typed.as_ref().unwrap();
    assert_eq!((typed.place.as_str(), one.plan), (HERE, None));
    assert!(
        view.near.iter().all(|near| !near.abroad),
        "no plan of ours is near"
    );
    let outcome = world
        .answers(Side::Ma, "investigation.compare_outcome", answer)
        .unwrap();
    assert!(world.told_abroad(Side::Fr, elsewhere, theirs));
    let theirs = world.plan_of(Side::Fr, world.shared);
    let one = &theirs.compared.asked[0];
    assert!(!one.own && one.typed.is_none() && one.found.is_none());
    let fr = world.actor(Side::Fr);
    for entry in [asking, answer, outcome] {
        for (side, actor) in [(Side::Fr, &fr), (Side::Ma, &world.actor(Side::Ma))] {
            let read = world.pair.node(side).app.entry(actor, entry).unwrap();
            let said = format!("{read:?}");
            for secret in ["36.834", "Quai", "2015-07-10T04"] {
                assert!(!said.contains(secret), "{secret} at {side:?}");
            }
        }
    }
    // Without coordinates only the name is compared, and its own side is told so. Take out: `is_by_name`.
    world
        .types(
            Side::Ma,
            &[("place", "Quai sans nom"), ("from", "2015-07-10T04:00")],
        )
        .unwrap();
    let asked = world.plan_of(Side::Ma, world.shared).compared.asked;
    let named: Vec<_> = asked.iter().filter(|one| one.by_name).collect();
    assert!(named.len() == 1 && named[0].typed.as_ref().unwrap().place == "Quai sans nom");
    assert!(
        world
            .plan_of(Side::Fr, world.shared)
            .compared
            .asked
            .iter()
            .all(|one| !one.by_name)
    );
    let far = [("place", FAR), ("from", "2015-07-10T04:00")];
    let asking = world.types(Side::Ma, &far).unwrap();
    world
        .answers(Side::Fr, "investigation.compared", asking)
        .unwrap();
    assert_eq!(world.found(Side::Ma), Some(Found::Nothing));
}

/// It costs what a plan costs, of one amount, and not without the option. Take out: in `app/src/compare.rs::refuse_uncompared`, the amount.
#[test]
fn it_is_within_the_days_amount_and_the_charter() {
    let mut without = World::new(822, &Value::Null);
    assert!(!without.plan_of(Side::Ma, without.shared).compared.typed);
    let refused = without.types(Side::Ma, &AT);
    assert!(matches!(
        refused,
        Err(AppError::Link(LinkFault::NoComparing))
    ));
    let mut world = World::new(823, &json!({"points_a_day": 64, "answer": 86_400_000}));
    let ours = world.plans(Side::Ma, world.shared, HERE);
    world.types(Side::Ma, &AT).unwrap();
    for refused in [world.types(Side::Ma, &AT), world.asks(Side::Ma, ours)] {
        assert!(matches!(
            refused,
            Err(AppError::Input(InputFault::ComparedMost))
        ));
    }
}

/// What is typed says where and when, in its order, to come and short enough, and names no plan beside it. Take out: each check of
/// `app/src/compare.rs::typed`, one by one; in `to_compare`, `NotBoth`.
#[test]
fn what_is_typed_is_held_to_a_place_and_a_time() {
    let mut world = World::new(824, &json!(true));
    let plan = world.plans(Side::Ma, world.shared, HERE).to_string();
    let (place, from, until) = (AT[0], AT[1], AT[2]);
    let before = ("until", "2015-07-10T03:00");
    for (fields, name, problem) in [
        (vec![from, until], "place", Problem::Missing),
        (vec![("place", " (…) "), from], "place", Problem::Missing),
        (vec![place, until], "from", Problem::Missing),
        (vec![place, from, before], "until", Problem::BeforeBeginning),
        (
            vec![place, from, ("plan", plan.as_str())],
            "place",
            Problem::NotBoth,
        ),
    ] {
        match world.types(Side::Ma, &fields) {
            Err(AppError::Fields(errors)) => {
                assert_eq!(
                    (errors[0].field, &errors[0].problem),
                    (name, &problem),
                    "{fields:?}"
                );
            }
            other => panic!("{fields:?}: {other:?}"),
        }
    }
    for (from, until) in [
        ("2014-07-10T04:00", "2014-07-10T06:00"),
        ("2015-07-10T04:00", "2015-09-10T04:00"),
    ] {
        let refused = world.types(Side::Ma, &[place, ("from", from), ("until", until)]);
        assert!(
            matches!(refused, Err(AppError::Input(InputFault::ComparesNothing))),
            "{refused:?}"
        );
    }
    assert!(
        world
            .plan_of(Side::Ma, world.shared)
            .compared
            .asked
            .is_empty()
    );
}

/// What a comparison met stands on the front page of who asked, then of who plans what was met, each until they looked. Take out: in
/// `app/src/show/near.rs::near_abroad`, by what it is near; in `app/src/show/compare.rs::met_by_others`, the outcomes.
#[test]
fn today_says_what_a_comparison_met() {
    let mut world = World::new(825, &json!(true));
    let today = |world: &World, side| -> Vec<EntryId> {
        let view = world.pair.node(side).app.today(&world.actor(side)).unwrap();
        view.nearby.iter().map(|line| line.entry).collect()
    };
    let elsewhere = open(&mut world.pair, Side::Fr);
    let theirs = world.plans(Side::Fr, elsewhere, CLOSE);
    let asking = world.types(Side::Ma, &AT).unwrap();
    assert!(today(&world, Side::Ma).is_empty());
    let answer = world
        .answers(Side::Fr, "investigation.compared", asking)
        .unwrap();
    assert_eq!(today(&world, Side::Ma), [asking]);
    assert!(
        today(&world, Side::Fr).is_empty(),
        "before the word comes back"
    );
    world
        .answers(Side::Ma, "investigation.compare_outcome", answer)
        .unwrap();
    assert_eq!(today(&world, Side::Fr), [theirs]);
    for (side, dossier) in [(Side::Ma, world.shared), (Side::Fr, elsewhere)] {
        world.plan_of(side, dossier);
        assert!(today(&world, side).is_empty(), "{side:?}");
    }
}
