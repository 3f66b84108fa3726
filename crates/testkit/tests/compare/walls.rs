//! What comparing tells to whom: an officer who answers without access to what is planned, a partner whose program is older, a third state.

use super::*;
use entente_app::views::AccessQuery;
use entente_app::{App, Asking};
use entente_core::kind::RULES_OF_GOVERNANCE;
use entente_proof::card::{armour_card, dearmour_card, sign_card, verify_card};
use entente_testkit::many::TestMany;

/// Peculiar enough that it stands nowhere by chance.
const TITLE: &str = "Veille Belladone";

/// A task in a dossier of its own, and another dossier, of the police, in which comparing goes on.
fn planned_elsewhere(world: &mut World) -> (DossierId, EntryId) {
    let elsewhere = open(&mut world.pair, Side::Fr);
    let fields = [
        ("title", TITLE),
        ("to", "fr/liaison"),
        ("by", "2015-07-15"),
        ("place", CLOSE),
        ("starts", "2015-07-10T04:00"),
    ];
    let on = (elsewhere, None);
    let theirs = world
        .write(Side::Fr, "investigation.task", on, &fields)
        .unwrap();
    let opening = [("title", "Delta"), ("aim", "Comprendre une filière.")];
    let writing = Writing::new(&opening).by("investigator");
    world.shared = world
        .pair
        .write(Side::Fr, "investigation.open", &writing)
        .dossier;
    world.pair.settle();
    (elsewhere, theirs)
}

/// Whoever answers without access to the dossier in which something is planned learns nothing of it: not by the answer, what came of it, the plan
/// page, the front page, search, the dossier's number or the records. Take out: in `app/src/show/compare.rs::near_abroad`, that the plan is
/// read by the reader; in `compared`, nothing of the plan is in the answer: put its entry into a field in `app/src/compare.rs::replied`.
#[test]
fn whoever_answers_without_access_to_the_plan_learns_nothing() {
    let mut world = World::new(831, &json!(true));
    let (elsewhere, theirs) = planned_elsewhere(&mut world);
    // On a plan of theirs in this dossier the police would be told by our own node: what is typed it does not hold.
    let asking = world.types(Side::Ma, &typed::AT).unwrap();
    let police = world.pair.fr().officer("investigator").unwrap();
    let mut writing = Writing::on(world.shared, &[]).by("investigator");
    writing.target = Some(world.asked(Side::Fr, asking));
    let answer = world
        .pair
        .try_write(Side::Fr, "investigation.compared", &writing)
        .unwrap()
        .entry;
    world.pair.settle();
    assert_eq!(
        world.found(Side::Ma),
        Some(Found::Near(1)),
        "there is something to learn"
    );
    let outcome = world
        .answers(Side::Ma, "investigation.compare_outcome", answer)
        .unwrap();
    assert!(world.told_abroad(Side::Fr, elsewhere, theirs));

    let app = &world.pair.fr().app;
    let number = app
        .dossier(&world.actor(Side::Fr), elsewhere, None)
        .unwrap()
        .line
        .number;
    let mut said: Vec<String> = Vec::new();
    for entry in [asking, answer, outcome] {
        said.push(format!("{:?}", app.entry(&police, entry).unwrap()));
    }
    let plan = app.plan_of(&police, world.shared).unwrap();
    assert!(plan.near.is_empty());
    assert!(plan.compared.asked.iter().all(|one| one.found.is_none()));
    said.push(format!("{plan:?}"));
    said.push(format!("{:?}", app.today(&police).unwrap()));
    said.push(format!(
        "{:?}",
        app.dossier(&police, world.shared, None).unwrap()
    ));
    for text in &said {
        for secret in [
            TITLE,
            "36.842",
            &theirs.to_string(),
            &theirs.short(),
            &elsewhere.to_string(),
            number.as_str(),
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    for number in [number.as_str(), "FR-9999"] {
        let asking = Asking {
            number: number.to_owned(),
            service: None,
            reason: App::admission_reasons()[0],
        };
        app.ask_admission(&police, &asking).unwrap();
    }
    let asked = app.admissions(&police).unwrap();
    let told = asked.own.iter();
    let told: Vec<_> = told
        .map(|one| (&one.service, one.reason, one.at, one.until))
        .collect();
    assert!(
        matches!(&told[..], [one, other] if one == other),
        "{told:?}"
    );
    // By number and identifier there is nothing, and asking for access answers the same as for a number that nothing has.
    assert!(matches!(
        app.plan_of(&police, elsewhere),
        Err(AppError::NotFound)
    ));
    assert!(matches!(
        app.entry(&police, theirs),
        Err(AppError::NotFound)
    ));
    assert!(matches!(
        app.access_list(&police, &AccessQuery::default()),
        Err(AppError::Forbidden)
    ));
}

/// A partner whose program is of before comparing is asked nothing: the act is not offered, the page names whose program it is, and writing it
/// all the same is refused for that reason. Take out: in `app/src/show/compare.rs::comparable`, the question for older partners.
#[test]
fn rule_08_a_partner_of_rules_7_is_asked_nothing() {
    let mut world = World::new(832, &json!(true));
    let ours = world.plans(Side::Ma, world.shared, HERE);
    let offered = world.plan_of(Side::Ma, world.shared).compared;
    assert!(offered.older.is_empty() && offered.typed && offered.offered == [ours]);
    let fr = world.pair.fr();
    let mut card = verify_card(&dearmour_card(&fr.app.own_card()).unwrap()).unwrap();
    card.rules.retain(|rules| *rules < RULES_OF_GOVERNANCE);
    let older = sign_card(&card, &fr.signing_key()).unwrap();
    let older = dearmour_card(&armour_card(&older)).unwrap();
    let name = fr.name.clone();
    world.pair.ma().pin_card(&name, older);
    let view = world.plan_of(Side::Ma, world.shared).compared;
    assert_eq!(view.older, [name]);
    assert!(view.offered.is_empty() && !view.typed);
    let tried = world.asks(Side::Ma, ours);
    assert!(
        matches!(tried, Err(AppError::Link(LinkFault::VersionOlder))),
        "{tried:?}"
    );
}

const MA: usize = 0;
const FR: usize = 1;
const ES: usize = 2;

/// Three states, each two of which may compare.
fn three(seed: u64) -> TestMany {
    let mut world = TestMany::linked(seed, &["ma", "fr", "es"]);
    for (low, high) in [(MA, FR), (MA, ES), (FR, ES)] {
        let partner = world.nodes[high].name.clone();
        let filter = entente_store::DossierFilter {
            kind: Some("charter".into()),
            node: Some(partner),
            ..Default::default()
        };
        let charter = world.nodes[low].look(|tx| tx.dossiers(&filter)).unwrap()[0].id;
        let mut proposal = recording("charter.propose", &Writing::on(charter, &[])).unwrap();
        proposal.terms = serde_json::from_value(json!({"compare": true})).unwrap();
        let node = &world.nodes[low];
        node.app
            .record(&node.officer("liaison").unwrap(), proposal)
            .unwrap();
        world.wake(low);
        world.settle();
        world.write(high, "charter.sign", &Writing::on(charter, &[]));
        world.settle();
        world.write(low, "charter.enact", &Writing::on(charter, &[]));
        world.settle();
    }
    world
}

fn between(world: &mut TestMany, one: usize, other: usize) -> DossierId {
    let partner = world.nodes[other].name.clone();
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = world.write_to(
        one,
        "investigation.open",
        &Writing::new(&fields),
        Some(&partner),
    );
    world.settle();
    opened.unwrap().dossier
}

fn task(world: &mut TestMany, at: usize, dossier: DossierId, place: &str) -> EntryId {
    let to = format!("{}/liaison", world.nodes[at].name);
    let fields = [
        ("title", TITLE),
        ("to", to.as_str()),
        ("by", "2015-07-15"),
        ("place", place),
        ("starts", "2015-07-10T04:00"),
    ];
    let task = world
        .write(at, "investigation.task", &Writing::on(dossier, &fields))
        .entry;
    world.settle();
    task
}

/// `ma` asks, `fr` answers, `ma` tells what came of it; what `ma` found.
fn compared(world: &mut TestMany, dossier: DossierId, plan: EntryId) -> Option<Found> {
    let named = plan.to_string();
    let asks = Writing::on(dossier, &[("plan", named.as_str())]);
    let mut last = world.write(MA, "investigation.compare", &asks).entry;
    for (at, name) in [
        (FR, "investigation.compared"),
        (MA, "investigation.compare_outcome"),
    ] {
        world.settle();
        let on = world.nodes[at].header(last).asked(last).next().unwrap();
        let answer = Writing::on(dossier, &[]).target(on);
        last = world.write(at, name, &answer).entry;
    }
    world.settle();
    let ma = &world.nodes[MA];
    let view = ma
        .app
        .plan_of(&ma.officer("liaison").unwrap(), dossier)
        .unwrap();
    view.compared.asked[0].found
}

fn said_abroad(world: &TestMany, at: usize, dossier: DossierId) -> bool {
    let node = &world.nodes[at];
    let view = node
        .app
        .plan_of(&node.officer("liaison").unwrap(), dossier)
        .unwrap();
    view.near.iter().any(|near| near.abroad)
}

/// What one state compares with another stays between the two: the third holds nothing of it, is told nothing, and what it plans in dossiers
/// that the one who answers holds is no part of the answer. Take out: in `app/src/compare.rs::own_plans`, whose service it is.
#[test]
fn a_third_state_neither_sees_it_nor_is_seen_by_it() {
    let mut world = three(833);
    let (ours, others) = (between(&mut world, MA, FR), between(&mut world, FR, ES));
    let plan = task(&mut world, MA, ours, HERE);
    let third = task(&mut world, ES, others, CLOSE);
    assert_eq!(compared(&mut world, ours, plan), Some(Found::Nothing));
    assert!(!said_abroad(&world, ES, others) && !said_abroad(&world, FR, others));
    let met = task(&mut world, FR, others, CLOSE);
    assert_eq!(compared(&mut world, ours, plan), Some(Found::Near(1)));
    assert!(said_abroad(&world, FR, others), "who plans it is told");
    assert!(
        !said_abroad(&world, ES, others),
        "and no third state, though it holds that plan"
    );
    let rows = world.nodes[ES].entries().unwrap();
    assert!(rows.iter().any(|row| row.id == met) && rows.iter().any(|row| row.id == third));
    assert!(
        rows.iter()
            .all(|row| row.dossier != ours && !row.kind.contains(".compare"))
    );
}
