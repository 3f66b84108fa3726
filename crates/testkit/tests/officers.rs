//! Officers as administrators see and change them: invited, changed, deactivated, and reset by two of them.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{
    Actor, AppError, By, InputFault, NewOfficer, OfficerChange, PeopleFault, Reauthenticating,
};
use entente_core::codes::Role;
use entente_core::ids::ServiceName;
use entente_core::instant::Span;
use entente_core::label::Lang;
use entente_testkit::authenticator::Authenticator;
use entente_testkit::desk::{PASSWORD, absent, refused};
use entente_testkit::node::{SharedTime, TestNode, Writing, recording, service};
use entente_testkit::pair::TestPair;

fn new(id: &str, unit: &str, role: Role) -> NewOfficer {
    NewOfficer {
        id: id.into(),
        name: format!("Personne {id}"),
        services: vec![format!("ma/{unit}").parse().unwrap()],
        roles: vec![role],
        password: None,
        lang: Lang::Fr,
    }
}

/// A node with three administrators, one of them an inspector too, who reads what they did.
struct World {
    time: SharedTime,
    node: TestNode,
    one: Actor,
    other: Actor,
}

impl World {
    fn new() -> Self {
        let time = SharedTime::default();
        let node = TestNode::build("ma").time(&time).open().unwrap();
        let other = new("second", "machines", Role::Administrator);
        node.app.add_officer(other).unwrap();
        let (one, other) = ("administrator", "second");
        let (one, other) = (node.app.actor(one).unwrap(), node.app.actor(other).unwrap());
        Self {
            time,
            node,
            one,
            other,
        }
    }

    /// Somebody who took up an invitation, and a session of theirs.
    fn joined(&self, id: &str) -> (Actor, String) {
        let officer = new(id, "liaison", Role::Liaison);
        let link = self.node.app.invite_officer(self.by(), &officer).unwrap();
        let signed = self.node.app.accept_invitation(&link, PASSWORD, "");
        let token = signed.unwrap().token;
        (self.node.app.actor(id).unwrap(), token)
    }

    fn by(&self) -> By<'_> {
        By::Officer(&self.one)
    }

    /// What the inspector reads of administration, the newest first.
    fn acts(&self) -> Vec<(String, String, String)> {
        let inspector = self.node.app.actor("inspector").unwrap();
        let records = self.node.app.access_records(&inspector, 50, 0).unwrap();
        let of =
            |r: entente_app::access::AccessRecord| (r.actor, r.verb, r.object.unwrap_or_default());
        records.into_iter().map(|(_, record)| of(record)).collect()
    }
}

#[test]
fn an_invitation_works_once_and_for_72_hours() {
    let world = World::new();
    let app = &world.node.app;
    let officer = new("agent", "liaison", Role::Liaison);
    let link = app.invite_officer(world.by(), &officer).unwrap();
    // It is no session, and there is no password that would fit.
    assert!(app.signed_in(&link, "").is_err() && app.sign_in("agent", "", "").is_err());
    assert_eq!(app.invited(&link, Lang::Fr).unwrap(), "Personne agent");
    let short = app.accept_invitation(&link, "too short", "");
    assert!(matches!(
        short,
        Err(AppError::Input(InputFault::Password { .. }))
    ));
    let signed = app.accept_invitation(&link, PASSWORD, "").unwrap();
    assert_eq!(app.signed_in(&signed.token, "").unwrap().actor.id, "agent");
    assert!(app.sign_in("agent", PASSWORD, "").is_ok());
    absent(app.accept_invitation(&link, PASSWORD, ""));
    absent(app.invited(&link, Lang::Fr));
    let late = new("late", "liaison", Role::Liaison);
    let link = app.invite_officer(world.by(), &late).unwrap();
    world.time.advance(Span::hours(72).0 - 1);
    assert!(app.invited(&link, Lang::Fr).is_ok());
    world.time.advance(1);
    absent(app.accept_invitation(&link, PASSWORD, ""));
    // Another link takes the place of the one before; who is in already gets none.
    let first = app.invite_again(world.by(), "late").unwrap();
    let second = app.invite_again(world.by(), "late").unwrap();
    absent(app.accept_invitation(&first, PASSWORD, ""));
    app.accept_invitation(&second, PASSWORD, "").unwrap();
    refused(
        app.invite_again(world.by(), "late"),
        PeopleFault::NotInvited,
    );
    let taken = app.invite_officer(world.by(), &late);
    assert!(matches!(
        taken,
        Err(AppError::Input(InputFault::OfficerTaken))
    ));
}

#[test]
fn two_who_take_up_one_invitation_at_once() {
    let world = World::new();
    let officer = new("agent", "liaison", Role::Liaison);
    let link = world.node.app.invite_officer(world.by(), &officer).unwrap();
    let taken = std::thread::scope(|scope| {
        let tries = ["one fictional password", "another fictional one"].map(|password| {
            let (app, link) = (&world.node.app, &link);
            scope.spawn(move || app.accept_invitation(link, password, "").is_ok())
        });
        tries.map(|t| t.join().unwrap())
    });
    assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1);
}

/// What is not open to somebody does not exist; and nobody changes their own standing, or who administers.
#[test]
fn only_administrators_administer_and_never_themselves() {
    let world = World::new();
    let app = &world.node.app;
    let (agent, _) = world.joined("agent");
    for id in ["inspector", "coordinator", "agent"] {
        let actor = app.actor(id).unwrap();
        let by = By::Officer(&actor);
        absent(app.all_officers(by));
        absent(app.one_officer(by, "liaison"));
        absent(app.invite_officer(by, &new("x", "liaison", Role::Liaison)));
        absent(app.set_active(by, "liaison", false));
        absent(app.end_sessions_of(by, "liaison"));
        absent(app.ask_reset(by, "liaison"));
        absent(app.withdraw_reset(by, "liaison"));
        absent(app.confirm_reset(by, "liaison"));
        absent(app.invite_again(by, "liaison"));
    }
    let change = |roles: &[Role]| OfficerChange {
        name: "Personne".into(),
        services: vec![service(&world.node.name, "liaison")],
        roles: roles.to_vec(),
        lang: Lang::En,
    };
    let coordinates = change(&[Role::Coordinator]);
    let own = app.change_officer(world.by(), "administrator", &coordinates);
    refused(own, PeopleFault::Oneself);
    refused(
        app.set_active(world.by(), "administrator", false),
        PeopleFault::Oneself,
    );
    let administers = change(&[Role::Administrator]);
    for (id, to) in [("agent", &administers), ("second", &coordinates)] {
        let done = app.change_officer(world.by(), id, to);
        refused(done, PeopleFault::AdministratorAtMachine);
    }
    let puppet = new("puppet", "machines", Role::Administrator);
    refused(
        app.invite_officer(world.by(), &puppet),
        PeopleFault::AdministratorAtMachine,
    );
    app.change_officer(By::Machine, "agent", &administers)
        .unwrap();
    assert!(app.actor(&agent.id).unwrap().roles == [Role::Administrator]);
}

#[test]
fn changed_roles_and_services_hold_with_the_next_click() {
    let world = World::new();
    let app = &world.node.app;
    let (_, token) = world.joined("agent");
    let change = OfficerChange {
        name: "Fonction | الوظيفة | Function".into(),
        services: ["ma/police", "ma/liaison"]
            .map(|s| s.parse().unwrap())
            .into(),
        roles: vec![Role::Investigator, Role::Analyst],
        lang: Lang::Ar,
    };
    app.change_officer(world.by(), "agent", &change).unwrap();
    let replica = TestNode::build("ma")
        .time(&world.time)
        .store(world.node.store.clone())
        .officers(&[])
        .open()
        .unwrap();
    let actor = replica.app.signed_in(&token, "").unwrap().actor;
    assert_eq!(
        (actor.roles, actor.services),
        (change.roles.clone(), change.services.clone())
    );
    assert_eq!(
        (actor.service.as_str(), actor.lang),
        ("ma/police", Lang::Ar)
    );
    assert!(
        app.sign_in("agent", PASSWORD, "").is_ok(),
        "the password stays"
    );
    let foreign: ServiceName = "fr/liaison".parse().unwrap();
    let foreign = OfficerChange {
        services: vec![foreign],
        ..change
    };
    let done = app.change_officer(world.by(), "agent", &foreign);
    assert!(matches!(
        done,
        Err(AppError::Input(InputFault::OfficerServices))
    ));
    app.set_active(world.by(), "agent", false).unwrap();
    assert!(replica.app.signed_in(&token, "").is_err());
}

/// A deactivated officer is out at once, on all replicas; what was written stays; reactivated, they sign in as before.
#[test]
fn a_deactivated_officer_is_out_and_what_they_wrote_stays() {
    let mut pair = TestPair::linked(5);
    let app = pair.ma().app.clone();
    let admin = app.actor("administrator").unwrap();
    let by = By::Officer(&admin);
    let link = app.invite_officer(by, &new("agent", "liaison", Role::Liaison));
    let token = app
        .accept_invitation(&link.unwrap(), PASSWORD, "")
        .unwrap()
        .token;
    let note = Writing::on(pair.charter.unwrap(), &[("text", "Reste.")]);
    let agent = app.actor("agent").unwrap();
    let entry = app.record(&agent, recording("note", &note).unwrap());
    let entry = entry.unwrap().entry;
    pair.settle();
    let waiting = app.invite_officer(by, &new("other", "liaison", Role::Liaison));
    let waiting = waiting.unwrap();
    for id in ["agent", "other"] {
        app.set_active(by, id, false).unwrap();
    }
    assert!(app.signed_in(&token, "").is_err());
    assert!(matches!(
        app.sign_in("agent", PASSWORD, ""),
        Err(AppError::SignIn)
    ));
    absent(app.accept_invitation(&waiting, PASSWORD, ""));
    absent(app.invite_again(by, "other"));
    absent(app.actor("agent"));
    let liaison = app.actor("liaison").unwrap();
    assert_eq!(app.entry(&liaison, entry).unwrap().id, entry);
    let listed = app.all_officers(by).unwrap();
    let line = listed.iter().find(|o| o.id == "agent").unwrap();
    assert!(!line.active, "still listed");
    app.set_active(by, "agent", true).unwrap();
    assert!(app.signed_in(&token, "").is_err(), "no session comes back");
    assert!(app.sign_in("agent", PASSWORD, "").is_ok());
}

#[test]
fn a_lost_factor_is_reset_only_when_a_second_administrator_confirms() {
    let world = World::new();
    let app = &world.node.app;
    let (agent, token) = world.joined("agent");
    let by = |password, code| Reauthenticating {
        token: &token,
        known: "",
        password,
        code,
    };
    app.offer_factor(&agent, &by(PASSWORD, "")).unwrap();
    let offered = app.account(&agent, &token).unwrap().offered.unwrap();
    let phone = Authenticator::with(&offered.secret);
    let code = phone.code(world.time.now());
    app.confirm_factor(&agent, &by("", &code)).unwrap();
    assert!(app.sign_in("agent", PASSWORD, "").unwrap().code_next);

    let (one, other) = (world.by(), By::Officer(&world.other));
    refused(app.confirm_reset(other, "agent"), PeopleFault::NoReset);
    app.ask_reset(one, "agent").unwrap();
    refused(
        app.confirm_reset(one, "agent"),
        PeopleFault::SecondAdministrator,
    );
    // Nothing happened yet; the other one sees that it waits, and who asked.
    assert!(app.signed_in(&token, "").is_ok());
    let listed = app.all_officers(other).unwrap();
    let waits: Vec<&str> = listed
        .iter()
        .filter(|o| o.reset_waits)
        .map(|o| o.id.as_str())
        .collect();
    assert_eq!(waits, ["agent"]);
    let seen = app.one_officer(other, "agent").unwrap().reset.unwrap();
    assert_eq!((seen.by.as_str(), seen.own), ("administrator", false));
    // Taken back, it cannot be confirmed; asked again and left for three days, neither.
    app.withdraw_reset(one, "agent").unwrap();
    refused(app.confirm_reset(other, "agent"), PeopleFault::NoReset);
    app.ask_reset(one, "agent").unwrap();
    world.time.advance(Span::hours(72).0);
    refused(app.confirm_reset(other, "agent"), PeopleFault::NoReset);
    // Asked by the other now, so that the first confirms.
    app.ask_reset(other, "agent").unwrap();
    let (_, late) = (
        app.end_expired_sessions(),
        app.sign_in("agent", PASSWORD, ""),
    );
    assert!(late.unwrap().code_next);
    let link = app.confirm_reset(one, "agent").unwrap();
    assert!(app.signed_in(&token, "").is_err());
    assert!(app.sign_in("agent", PASSWORD, "").is_err());
    assert_eq!(world.node.look(|tx| tx.factors("agent")).unwrap(), []);
    refused(app.confirm_reset(one, "agent"), PeopleFault::NoReset);
    let fresh = "another fictional one";
    app.accept_invitation(&link, fresh, "").unwrap();
    assert!(!app.sign_in("agent", fresh, "").unwrap().code_next);
    // An administrator's own is reset by two others, or by whoever holds the machine.
    refused(app.ask_reset(one, "administrator"), PeopleFault::Oneself);
    app.ask_reset(other, "administrator").unwrap();
    refused(
        app.confirm_reset(one, "administrator"),
        PeopleFault::Oneself,
    );
    app.confirm_reset(By::Machine, "administrator").unwrap();
}

/// An officer who is in after all, and ends all other sessions, ends a reset that somebody asked for.
#[test]
fn an_officer_who_is_in_ends_a_reset_that_waits() {
    let world = World::new();
    let app = &world.node.app;
    let (agent, token) = world.joined("agent");
    app.ask_reset(world.by(), "agent").unwrap();
    app.end_other_sessions(&agent, &token).unwrap();
    let done = app.confirm_reset(By::Officer(&world.other), "agent");
    refused(done, PeopleFault::NoReset);
    assert!(app.signed_in(&token, "").is_ok());
    // An administrator who ends sessions ends no invitation and no reset.
    app.ask_reset(world.by(), "agent").unwrap();
    app.end_sessions_of(world.by(), "agent").unwrap();
    assert!(app.signed_in(&token, "").is_err());
    let seen = app.one_officer(world.by(), "agent").unwrap();
    assert!(seen.reset.is_some() && seen.sessions == 0);
}

/// Each act of administration is there for the inspector, with whose it is and on whom: no name, no link.
#[test]
fn invariant_11_acts_of_administration_leave_a_trace() {
    let world = World::new();
    let app = &world.node.app;
    world.joined("agent");
    let change = OfficerChange {
        name: "Nom inventé".into(),
        services: vec![service(&world.node.name, "police")],
        roles: vec![Role::Analyst],
        lang: Lang::Fr,
    };
    app.change_officer(world.by(), "agent", &change).unwrap();
    app.end_sessions_of(world.by(), "agent").unwrap();
    app.ask_reset(world.by(), "agent").unwrap();
    let link = app
        .confirm_reset(By::Officer(&world.other), "agent")
        .unwrap();
    app.set_active(By::Machine, "agent", false).unwrap();
    app.set_active(world.by(), "agent", true).unwrap();
    let acts = world.acts();
    // The newest is that the inspector looks.
    let own = acts.iter().skip(1).take(8);
    let own: Vec<String> = own
        .map(|(actor, verb, object)| format!("{actor} {verb} {object}"))
        .collect();
    assert_eq!(
        own,
        [
            "administrator reactivate agent analyst ma/police",
            "administration deactivate agent analyst ma/police",
            "second confirm_reset agent",
            "administrator ask_reset agent",
            "administrator end_sessions agent",
            "administrator change_officer agent analyst ma/police",
            "agent sign_in agent",
            "agent accept_invitation agent",
        ]
    );
    let invited = (
        "administrator",
        "invite_officer",
        "agent liaison ma/liaison",
    );
    let (actor, verb, object) = &acts[9];
    assert_eq!((actor.as_str(), verb.as_str(), object.as_str()), invited);
    let text = format!("{acts:?}");
    assert!(!text.contains("inventé") && !text.contains("Personne") && !text.contains(&link));
}
