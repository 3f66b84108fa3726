//! Lessons between two nodes: observed by one side, identified by the other, endorsed, tried, reported on and learned; every step answers
//! what the one before asked, and both nodes tell the same of each.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_app::views::LessonsView;
use entente_core::codes::Role;
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::kind::ComposeError;
use entente_core::kinds::lesson::path::State;
use entente_testkit::desk::person;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const SEEN: [(&str, &str); 4] = [
    ("title", "Réponses sans suite dite"),
    ("observed", "Une réponse sur trois restait sans retour."),
    ("context", "Demandes de renseignements de l’année."),
    ("matters", "Qui répond ne sait pas ce qui sert."),
];
const IDENTIFIED: [(&str, &str); 4] = [
    ("title", "Le retour se demande à l’ouverture"),
    ("root_cause", "Personne n’est désigné."),
    ("remedy", "Nommer la fonction à l’ouverture."),
    ("owner", "les services de liaison"),
];
const TRIED: [(&str, &str); 3] = [
    ("text", "Une fonction nommée, trois mois."),
    ("owner", "service de liaison"),
    ("due", "2030-06-30"),
];

const QUESTION: [(&str, &str); 5] = [
    ("title", "Retours attendus sur des réponses"),
    ("question", "Quelles réponses restaient sans retour ?"),
    ("facts", "Des réponses sans suite dite."),
    ("country_link", "Envoyées chez vous."),
    ("offence", "other"),
];

struct World {
    pair: TestPair,
    dossier: DossierId,
}

impl World {
    /// A record of lessons that Morocco opened.
    fn opened(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let fields = [("title", "Retours"), ("theme", "feedback")];
        let opened = pair.write(Side::Ma, "lesson.open", &Writing::new(&fields));
        pair.settle();
        Self {
            pair,
            dossier: opened.dossier,
        }
    }

    fn view(&self, side: Side) -> LessonsView {
        let node = self.pair.node(side);
        let actor = node.officer("liaison").unwrap();
        node.app.lessons(&actor, self.dossier).unwrap()
    }

    fn begin(
        &mut self,
        side: Side,
        name: &str,
        fields: &[(&str, &str)],
    ) -> Result<EntryId, AppError> {
        let writing = Writing::on(self.dossier, fields);
        let written = self.pair.try_write(side, name, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    /// Answers what an entry asked.
    fn answer(
        &mut self,
        side: Side,
        (name, fields): (&str, &[(&str, &str)]),
        asking: EntryId,
    ) -> Result<EntryId, AppError> {
        let header = self.pair.node(side).header(asking);
        let (index, _) = header.acts.asks().next().unwrap();
        let on = ObligationId {
            entry: asking,
            index,
        };
        let writing = Writing::on(self.dossier, fields).target(on);
        let written = self.pair.try_write(side, name, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    /// The state of the only lesson and how many steps it took, the same on both sides, and who owes its next.
    fn same(&self) -> (State, usize, Option<String>) {
        let [ma, fr] = [Side::Ma, Side::Fr].map(|side| {
            let view = self.view(side);
            let [lesson] = view.lessons.as_slice() else {
                panic!("one lesson");
            };
            let open = lesson.asks.iter().find(|ask| ask.state.is_open());
            let owing = open.map(|ask| ask.owing.to_string());
            (lesson.state, lesson.steps.len(), owing)
        });
        assert_eq!(ma, fr);
        ma
    }
}

fn owed(by: &str) -> Option<String> {
    Some(by.to_owned())
}

/// A lesson goes from what Morocco observed to what both learned, and each step says who owes the next. Take out: in `core` an effect of a
/// step of `kinds/lesson/steps.rs`, or a line of `follows` in `path.rs`.
#[test]
fn a_lesson_goes_from_observation_to_learned() {
    let mut world = World::opened(610);
    let seen = world.begin(Side::Ma, "lesson.observation", &SEEN).unwrap();
    assert_eq!(world.same(), (State::Observed, 1, owed("fr/liaison")));
    let identified = world
        .answer(Side::Fr, ("lesson.identified", &IDENTIFIED), seen)
        .unwrap();
    assert_eq!(world.same(), (State::Identified, 2, owed("ma/liaison")));
    let endorsed = world
        .answer(Side::Ma, ("lesson.endorse", &[]), identified)
        .unwrap();
    assert_eq!(world.same(), (State::Endorsed, 3, owed("fr/liaison")));
    let tried = world
        .answer(Side::Fr, ("lesson.action", &TRIED), endorsed)
        .unwrap();
    assert_eq!(world.same(), (State::Tried, 4, owed("fr/liaison")));
    let changed = [("result", "worked"), ("changed", "Neuf retours sur dix.")];
    let report = world
        .answer(Side::Fr, ("lesson.report", &changed), tried)
        .unwrap();
    assert_eq!(world.same(), (State::Reported, 5, owed("ma/liaison")));
    let learned = [("changed", "Toute ouverture nomme la fonction.")];
    world
        .answer(Side::Ma, ("lesson.learned", &learned), report)
        .unwrap();
    assert_eq!(world.same(), (State::Learned, 6, None));
}

/// A report that nothing changed asks nobody: nothing is learned from it; an action may be entrusted to the side that endorsed it. Take out:
/// in `core/src/kinds/lesson/steps.rs`, the codes of the report's ask.
#[test]
fn nothing_is_learned_where_nothing_changed() {
    let mut world = World::opened(611);
    let mut own = SEEN.to_vec();
    own.push(("due", "2030-01-31"));
    let seen = world
        .begin(Side::Ma, "lesson.own_observation", &own)
        .unwrap();
    assert_eq!(world.same(), (State::Observed, 1, owed("ma/liaison")));
    let identified = world
        .answer(Side::Ma, ("lesson.identified", &IDENTIFIED), seen)
        .unwrap();
    assert_eq!(world.same(), (State::Identified, 2, owed("fr/liaison")));
    let endorsed = world
        .answer(Side::Fr, ("lesson.endorse", &[]), identified)
        .unwrap();
    let tried = world
        .answer(Side::Ma, ("lesson.entrust", &TRIED), endorsed)
        .unwrap();
    assert_eq!(world.same(), (State::Tried, 4, owed("fr/liaison")));
    let failed = [("result", "failed"), ("changed", "Aucun effet.")];
    world
        .answer(Side::Fr, ("lesson.report", &failed), tried)
        .unwrap();
    assert_eq!(world.same(), (State::Unchanged, 5, None));
    let learned = [("changed", "Rien.")];
    let unasked = world.begin(Side::Ma, "lesson.learned", &learned);
    assert!(
        matches!(unasked, Err(AppError::Compose(ComposeError::Target))),
        "{unasked:?}"
    );
}

/// A step is answered by the steps that follow it and by nothing else of a lesson, nor by a plain reply. Take out: in `app/src/inquiry.rs`,
/// the lines of lessons in `DECIDED`.
#[test]
fn a_step_is_answered_by_its_next_steps_alone() {
    let mut world = World::opened(612);
    let seen = world.begin(Side::Ma, "lesson.observation", &SEEN).unwrap();
    let learned: &[(&str, &str)] = &[("changed", "Tout.")];
    let reply: &[(&str, &str)] = &[("text", "Vu.")];
    for strange in [
        ("lesson.learned", learned),
        ("lesson.endorse", &[]),
        ("reply", reply),
    ] {
        let refused = world.answer(Side::Fr, strange, seen);
        assert!(
            matches!(refused, Err(AppError::Compose(ComposeError::Target))),
            "{strange:?} {refused:?}"
        );
    }
    let rejected = [("ground", "obvious")];
    world
        .answer(Side::Fr, ("lesson.rejected", &rejected), seen)
        .unwrap();
    assert_eq!(world.same(), (State::Rejected, 2, None));
}

/// A source is an entry of a dossier of governance that both sides hold; one of justice, of this node alone or of nowhere is refused alike.
/// Invariant 7. Take out: in `app/src/record/scene.rs`, the call of `refuse_strange_lesson`.
#[test]
fn invariant_07_a_source_is_of_governance_and_of_both() {
    let mut world = World::opened(613);
    let note = world.pair.write(
        Side::Ma,
        "note",
        &Writing::on(world.dossier, &[("text", "Bilan.")]),
    );
    let request = world
        .pair
        .write(Side::Ma, "request.open", &Writing::new(&QUESTION));
    world.pair.settle();
    let named = |(dossier, entry): (DossierId, EntryId)| format!("{dossier}:{entry}");
    let nowhere = named((world.dossier, EntryId([7; 32])));
    for strange in [
        named((request.dossier, request.entry)),
        nowhere,
        "x".to_owned(),
    ] {
        let mut fields = SEEN.to_vec();
        fields.push(("source", &strange));
        let refused = world.begin(Side::Ma, "lesson.observation", &fields);
        let Err(AppError::Fields(errors)) = refused else {
            panic!("{strange} {refused:?}");
        };
        assert_eq!(errors[0].problem, Problem::NotInList);
    }
    let good = named((world.dossier, note.entry));
    let mut fields = SEEN.to_vec();
    fields.push(("source", &good));
    world
        .begin(Side::Ma, "lesson.observation", &fields)
        .unwrap();
}

/// Lessons near to a young request are found by the stems of its words, in another form and language of page too; an officer of a service that
/// is no member of the record finds nothing, and neither is anything found by words that share nothing. What was shown stands in an access
/// record of its dossier. Invariants 9 and 11. Take out: in `app/src/lessons/near.rs`, the services of the filter with `seen_by`; `noted` in
/// `nearest`; `FEWEST`.
#[test]
fn invariant_11_lessons_are_found_again_by_who_may_read_them() {
    let mut world = World::opened(614);
    world.begin(Side::Ma, "lesson.observation", &SEEN).unwrap();
    let request = world
        .pair
        .write(Side::Fr, "request.open", &Writing::new(&QUESTION));
    world.pair.settle();
    for side in [Side::Ma, Side::Fr] {
        let node = world.pair.node(side);
        let actor = node.officer("liaison").unwrap();
        let near = node
            .app
            .lessons_near_dossier(&actor, request.dossier)
            .unwrap();
        let found: Vec<DossierId> = near.iter().map(|one| one.dossier).collect();
        assert_eq!(found, [world.dossier]);
        let words = "La réponse à une demande de renseignement";
        assert_eq!(node.app.lessons_near(&actor, words).unwrap().len(), 1);
        let far = "Plaques d’immatriculation volées";
        assert!(node.app.lessons_near(&actor, far).unwrap().is_empty());
    }
    let node = world.pair.ma();
    node.app
        .add_officer(person(node, "ailleurs", "elsewhere", Role::Liaison))
        .unwrap();
    let outsider = node.officer("ailleurs").unwrap();
    let words = "réponses sans retour, demandes de renseignements";
    assert!(node.app.lessons_near(&outsider, words).unwrap().is_empty());
}

/// A review of governance fills an observation with its words and source; feedback of a request, which is of justice, fills nothing. Invariant
/// 7. Take out: in `app/src/lessons/near.rs`, `within` in `observing`.
#[test]
fn invariant_07_words_of_another_purpose_fill_no_observation() {
    let mut world = World::opened(615);
    let text = [("text", "Le suivi manque.")];
    let note = world
        .pair
        .write(Side::Ma, "note", &Writing::on(world.dossier, &text));
    let request = world
        .pair
        .write(Side::Ma, "request.open", &Writing::new(&QUESTION));
    world.pair.settle();
    let node = world.pair.ma();
    let actor = node.officer("liaison").unwrap();
    let within = node.app.observing(&actor, note.entry).unwrap();
    let fields = within.fields.unwrap();
    assert_eq!(fields["observed"], "Le suivi manque.");
    assert_eq!(
        fields["source"],
        format!("{}:{}", world.dossier, note.entry)
    );
    assert_eq!(within.into.len(), 1);
    let across = node.app.observing(&actor, request.entry).unwrap();
    assert!(across.fields.is_none() && across.into.len() == 1);
}
