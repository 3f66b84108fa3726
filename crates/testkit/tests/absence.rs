//! Who acts for an officer in their absence: for some days, under their own name, with the absent officer's services and roles and none
//! of their own, across no wall.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::DossierQuery;
use entente_app::{Absence, Actor, AppError, By, OfficerChange, PeopleFault};
use entente_core::codes::Role;
use entente_core::floor::Action;
use entente_core::ids::DossierId;
use entente_core::instant::{Instant, Span};
use entente_core::label::Lang;
use entente_testkit::desk::{PASSWORD, absent, person, refused};
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::TestPair;

/// Two linked nodes, at one of which `away` works at the liaison service and `near` at the archives; each has a dossier there.
struct World {
    pair: TestPair,
    theirs: DossierId,
    own: DossierId,
    token: String,
}

const REQUEST: [(&str, &str); 5] = [
    ("title", "Véhicule"),
    ("question", "À qui ?"),
    ("facts", "Vu trois fois."),
    ("country_link", "Immatriculé."),
    ("offence", "other"),
];

impl World {
    fn new(seed: u64) -> Self {
        let pair = TestPair::linked(seed);
        let node = pair.ma();
        for (id, unit, role) in [
            ("away", "coordination", Role::Coordinator),
            ("near", "archives", Role::Liaison),
            ("judge", "justice", Role::Magistrate),
            ("social", "support", Role::CaseWorker),
            ("police", "police", Role::Investigator),
            ("second", "machines", Role::Administrator),
        ] {
            node.app.add_officer(person(node, id, unit, role)).unwrap();
        }
        let open = |id: &str| {
            let what = recording("request.open", &Writing::new(&REQUEST)).unwrap();
            let officer = node.app.actor(id).unwrap();
            node.app.record(&officer, what).unwrap().dossier
        };
        let (theirs, own) = (open("away"), open("near"));
        let token = node.app.sign_in("near", PASSWORD, "").unwrap().token;
        Self {
            theirs,
            own,
            token,
            pair,
        }
    }

    fn officer(&self, id: &str) -> Actor {
        self.pair.ma().app.actor(id).unwrap()
    }

    /// Who is signed in, as their pages see them.
    fn signed_in(&self) -> Actor {
        let session = self.pair.ma().app.signed_in(&self.token, "");
        session.unwrap().actor
    }

    fn days(&self, from: i64, until: i64) -> (Instant, Instant) {
        let now = self.pair.ma().app.now();
        (now + Span::days(from), now + Span::days(until))
    }

    fn absence(&self, officer: &str, colleague: &str, days: (i64, i64)) -> Absence {
        let (from, until) = self.days(days.0, days.1);
        Absence {
            officer: officer.into(),
            colleague: colleague.into(),
            from,
            until,
        }
    }

    /// `by` appoints.
    fn appoint(&self, by: &str, absence: &Absence) -> Result<(), AppError> {
        let by = self.officer(by);
        self.pair.ma().app.appoint(By::Officer(&by), absence)
    }

    fn act_for(&self, whom: Option<&str>) -> Result<(), AppError> {
        let near = self.officer("near");
        self.pair.ma().app.act_for(&near, &self.token, whom)
    }

    /// `away` is absent for a week, and `near` acts for them.
    fn acting(seed: u64) -> Self {
        let world = Self::new(seed);
        world
            .appoint("away", &world.absence("away", "near", (0, 7)))
            .unwrap();
        world.act_for(Some("away")).unwrap();
        world
    }

    fn sees(&self, actor: &Actor, dossier: DossierId) -> bool {
        let app = &self.pair.ma().app;
        let listed = app.dossiers(actor, &DossierQuery::default()).unwrap();
        let listed = listed.lines.iter().any(|line| line.id == dossier);
        assert_eq!(listed, app.dossier(actor, dossier, None).is_ok());
        listed
    }
}

#[test]
fn whoever_stands_in_has_the_others_dossiers_and_not_their_own() {
    let world = World::acting(1200);
    let acting = world.signed_in();
    assert_eq!(acting.id, "near");
    assert_eq!(acting.acts_for.as_ref().unwrap().id, "away");
    assert_eq!(acting.roles, [Role::Coordinator]);
    assert!(world.sees(&acting, world.theirs) && !world.sees(&acting, world.own));

    // In somebody's name nothing is marked as seen: it stays new to them.
    let app = &world.pair.ma().app;
    let now = world.pair.time.now();
    let marked = app.saw_news(&acting, now);
    assert!(matches!(marked, Err(AppError::Forbidden)));
    world.act_for(None).unwrap();
    let own = world.signed_in();
    assert_eq!(
        (own.acts_for.clone(), own.roles.as_slice()),
        (None, &[Role::Liaison][..])
    );
    assert!(!world.sees(&own, world.theirs) && world.sees(&own, world.own));
}

/// What they write is signed with their own pseudonym, for the other's service and role; and both are in its record.
#[test]
fn invariant_11_what_is_done_in_an_absence_names_both() {
    let mut world = World::acting(1201);
    let acting = world.signed_in();
    let words = Writing::on(world.theirs, &[("text", "En son absence.")]);
    let node = world.pair.ma();
    let written = node
        .app
        .record(&acting, recording("note", &words).unwrap())
        .unwrap();
    let shown = node.app.entry(&acting, written.entry).unwrap();
    assert_eq!(shown.service.as_str(), "ma/coordination");
    let inspector = node.app.actor("inspector").unwrap();
    let records = node.app.access_records(&inspector, 20, 0).unwrap();
    let of = |verb: &str| {
        let mut found = records.iter().filter(|(_, record)| record.verb == verb);
        found.next().unwrap().1.clone()
    };
    let note = of("note");
    assert_eq!(
        (note.actor.as_str(), note.acts_for.as_deref()),
        ("near", Some("away"))
    );
    assert_eq!(of("act_for").object.as_deref(), Some("away"));
    let appointed = of("appoint_stand_in").object.unwrap();
    assert!(appointed.starts_with("away near "), "{appointed}");
    world.pair.settle();
    world.pair.assert_same();
}

#[test]
fn an_absence_begins_and_ends_by_itself() {
    let world = World::new(1202);
    let now = world.pair.ma().app.now();
    let later = Absence {
        from: now + Span::minutes(10),
        until: now + Span::minutes(40),
        ..world.absence("away", "near", (0, 1))
    };
    world.appoint("away", &later).unwrap();
    absent(world.act_for(Some("away")));
    world.pair.time.advance(Span::minutes(10).0);
    world.act_for(Some("away")).unwrap();
    let until = world.signed_in().acts_for.unwrap().until;
    assert_eq!(until, later.until);
    world.pair.time.advance(Span::minutes(30).0);
    assert_eq!(world.signed_in().acts_for, None, "the days are over");
    absent(world.act_for(Some("away")));
}

/// With the next click: who left, or whose roles changed, is acted for no more.
#[test]
fn what_changes_meanwhile_ends_it() {
    let world = World::acting(1203);
    let app = &world.pair.ma().app;
    let second = world.officer("second");
    let roles = |roles: &[Role]| OfficerChange {
        name: "Personne".into(),
        services: vec!["ma/coordination".parse().unwrap()],
        roles: roles.to_vec(),
        lang: Lang::Fr,
    };
    for (roles_now, acts) in [
        (&[Role::Magistrate][..], false),
        (&[Role::Coordinator][..], true),
        (&[Role::Inspector][..], false),
        (&[Role::Liaison][..], true),
    ] {
        let by = By::Officer(&second);
        app.change_officer(by, "away", &roles(roles_now)).unwrap();
        assert_eq!(world.signed_in().acts_for.is_some(), acts, "{roles_now:?}");
    }
    app.set_active(By::Officer(&second), "away", false).unwrap();
    assert_eq!(world.signed_in().acts_for, None);
    app.set_active(By::Officer(&second), "away", true).unwrap();
    assert_eq!(world.signed_in().acts_for, None, "it does not come back");
}

/// Invariant 7: nobody stands on both sides of a wall by turns; and who has no rights on contents hands none on.
#[test]
fn invariant_07_nobody_stands_in_across_a_wall() {
    let world = World::new(1204);
    for (officer, colleague, fault) in [
        ("social", "police", PeopleFault::StandInWalled),
        ("police", "social", PeopleFault::StandInWalled),
        ("judge", "near", PeopleFault::StandInMagistrate),
        ("away", "second", PeopleFault::StandInContents),
        ("away", "inspector", PeopleFault::StandInContents),
    ] {
        let absence = world.absence(officer, colleague, (0, 7));
        refused(world.appoint(officer, &absence), fault);
    }
    for days in [(-3, 7), (3, 2), (2, 2), (0, 100)] {
        let absence = world.absence("away", "near", days);
        refused(world.appoint("away", &absence), PeopleFault::StandInPeriod);
    }
    absent(world.appoint("away", &world.absence("away", "away", (0, 7))));
    absent(world.appoint("away", &world.absence("away", "nobody", (0, 7))));
    absent(world.act_for(Some("away")));
}

/// Officers provide for their own absence, administrators for anybody's; nobody for another's. Whoever stands in hands nothing on, and
/// agrees to no restart of a register.
#[test]
fn nobody_hands_on_what_is_anothers() {
    let world = World::acting(1205);
    let app = &world.pair.ma().app;
    let third = world.absence("away", "judge", (0, 7));
    absent(world.appoint("near", &third));
    let acting = world.signed_in();
    absent(app.appoint(By::Officer(&acting), &third));
    let own = world.absence("near", "judge", (0, 7));
    absent(app.appoint(By::Officer(&acting), &own));
    assert!(app.may(&world.officer("away"), Action::Restart));
    assert!(!app.may(&acting, Action::Restart));
    world.appoint("second", &third).unwrap();
    let listed = |by: &str, whose: &str| {
        let by = world.officer(by);
        let all = app.absences(By::Officer(&by), whose);
        all.map(|all| (all.own.len(), all.others.len()))
    };
    assert_eq!(listed("away", "away").unwrap(), (2, 0));
    assert_eq!(listed("near", "near").unwrap(), (0, 1));
    assert_eq!(listed("second", "away").unwrap(), (2, 0));
    absent(listed("near", "away"));
}

/// Ended by the officer, the colleague or an administrator; and by no new password, which ends sessions.
#[test]
fn an_absence_is_ended_by_those_whom_it_concerns() {
    for (seed, by, may) in [
        (1206, "away", true),
        (1207, "near", true),
        (1208, "second", true),
        (1209, "judge", false),
    ] {
        let world = World::acting(seed);
        let app = &world.pair.ma().app;
        let away = world.officer("away");
        app.end_other_sessions(&away, "none").unwrap();
        let own = app.absences(By::Officer(&away), "away").unwrap().own;
        let by = world.officer(by);
        let ended = app.end_absence(By::Officer(&by), "away", &own[0].name);
        assert_eq!(ended.is_ok(), may);
        assert_eq!(world.signed_in().acts_for.is_none(), may);
    }
}
