//! Meetings between two nodes: what is moved, called off and minuted is an invitation of the series that fits, whoever writes it and by whatever way.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{FormView, MeetingsView, Standing};
use entente_app::{AppError, FormQuery};
use entente_core::field::{Problem, Value};
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::{Instant, Span};
use entente_core::kinds::meeting::{INTERPRETERS, LANGUAGES, MOVES, OF, PLACE};
use entente_core::obligation::State;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

struct World {
    pair: TestPair,
    dossier: DossierId,
}

/// A moment as a form holds it.
fn civil(at: Instant) -> String {
    at.to_civil().chars().take(16).collect()
}

impl World {
    fn new(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let fields = [
            ("title", "Responsables"),
            ("aim", "Suivre."),
            ("form", "series"),
            ("level", "services"),
            ("cadence", "30"),
            (LANGUAGES, "fr"),
            (INTERPRETERS, "on"),
        ];
        let opened = pair.write(Side::Ma, "meeting.open", &Writing::new(&fields));
        pair.settle();
        let dossier = opened.dossier;
        Self { pair, dossier }
    }

    fn ahead(&self, days: i64) -> Instant {
        self.pair.time.now() + Span::days(days)
    }

    fn write(
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

    fn call(&mut self, title: &str, at: Instant, more: &[(&str, &str)]) -> EntryId {
        let at = civil(at);
        let mut fields = vec![
            ("title", title),
            ("at", &*at),
            ("lasts", "60"),
            ("mode", "place"),
        ];
        fields.extend(more);
        self.write(Side::Ma, "meeting.convene", &fields).unwrap()
    }

    fn form(&self, side: Side, query: FormQuery) -> FormView {
        let node = self.pair.node(side);
        let query = FormQuery {
            dossier: Some(self.dossier),
            ..query
        };
        node.app
            .form(&node.officer("liaison").unwrap(), &query)
            .unwrap()
    }

    fn offered(&self, entry_type: &str) -> Vec<EntryId> {
        let query = FormQuery {
            entry_type: entry_type.into(),
            ..FormQuery::default()
        };
        let form = self.form(Side::Ma, query);
        form.entries.into_iter().map(|(id, _)| id).collect()
    }

    fn view(&self, side: Side) -> MeetingsView {
        let node = self.pair.node(side);
        node.app
            .meetings(&node.officer("liaison").unwrap(), self.dossier)
            .unwrap()
    }
}

fn problem(said: Result<EntryId, AppError>, field: &str) -> Option<Problem> {
    match said {
        Err(AppError::Fields(all)) => all
            .into_iter()
            .find(|e| e.field == field)
            .map(|e| e.problem),
        _ => None,
    }
}

/// Take out: `calls_off` in `record.rs`; `refuse_other_types` in `record/scene.rs`, or what it says of meetings that are over; `naming` of a field.
#[test]
fn what_is_called_off_moved_or_minuted_is_an_invitation_that_fits() {
    let mut world = World::new(61);
    let first = world.call("Première", world.ahead(10), &[("place", "Rabat")]);
    let when = civil(world.ahead(20));
    let dates = [("title", "Autre"), ("first", &*when), ("lasts", "60")];
    let proposed = world.write(Side::Ma, "meeting.dates", &dates).unwrap();
    assert_eq!(world.offered("meeting.cancel"), [first]);
    for (name, field, more) in [
        ("meeting.cancel", OF, vec![("text", "Salle prise.")]),
        (
            "meeting.convene",
            MOVES,
            vec![
                ("title", "Encore"),
                ("at", &*when),
                ("lasts", "60"),
                ("mode", "place"),
            ],
        ),
    ] {
        for named in [proposed.to_string(), EntryId([7; 32]).to_string()] {
            let mut fields = more.clone();
            fields.push((field, &named));
            let refused = world.write(Side::Ma, name, &fields);
            assert_eq!(problem(refused, field), Some(Problem::NotInList), "{name}");
        }
    }

    let second = world.call("Deuxième", world.ahead(12), &[(MOVES, &first.to_string())]);
    let again = world.write(
        Side::Ma,
        "meeting.cancel",
        &[(OF, &first.to_string()), ("text", "Non.")],
    );
    assert_eq!(problem(again, OF), Some(Problem::NotInList), "it was moved");
    assert_eq!(world.offered("meeting.cancel"), [second]);
    world
        .write(
            Side::Ma,
            "meeting.cancel",
            &[(OF, &second.to_string()), ("text", "Non.")],
        )
        .unwrap();
    assert_eq!(world.offered("meeting.cancel"), [] as [EntryId; 0]);
    for side in Side::BOTH {
        let all = world.view(side).meetings;
        let open = all.iter().filter(|one| one.standing == Standing::Ahead);
        assert_eq!(open.count(), 0, "{side:?}");
        // Nobody owes an answer to a meeting that does not take place.
        let asks: Vec<State> = all
            .iter()
            .flat_map(|one| &one.asks)
            .map(|ask| ask.state)
            .collect();
        assert_eq!(asks, [State::Withdrawn, State::Withdrawn], "{side:?}");
    }
}

/// Take out: the time in `refuse_other_types`; `held <= now` in `meetings_of`.
#[test]
fn no_minutes_are_of_a_time_to_come() {
    let mut world = World::new(62);
    let (at, of) = (
        world.ahead(3),
        world.call("Lundi", world.ahead(3), &[]).to_string(),
    );
    let held = civil(at);
    let minutes = [
        (OF, &*of),
        ("held", &*held),
        ("present", "chefs"),
        ("text", "Vu."),
    ];
    let early = world.write(Side::Fr, "meeting.minutes", &minutes);
    assert_eq!(problem(early, "held"), Some(Problem::ToCome));
    assert_eq!(world.view(Side::Ma).cadence.held, 0);
    world.pair.time.advance(3 * 86_400_000);
    world.write(Side::Fr, "meeting.minutes", &minutes).unwrap();
    assert_eq!(world.view(Side::Ma).cadence.held, 1);
}

/// Who moves a meeting types nothing anew, and a first invitation speaks the languages of its series. Take out: `meeting_to_move` or a half of it.
#[test]
fn an_invitation_begins_with_what_is_known() {
    let mut world = World::new(63);
    let first = world.call("Première", world.ahead(10), &[("place", "Rabat")]);
    let convene = |chosen| FormQuery {
        entry_type: "meeting.convene".into(),
        chosen,
        ..FormQuery::default()
    };
    let fresh = world.form(Side::Ma, convene(vec![])).preset;
    assert_eq!(fresh.list(LANGUAGES), ["fr"]);
    assert_eq!(fresh.values.get(INTERPRETERS), Some(&Value::Flag(true)));
    assert_eq!((fresh.text(MOVES), fresh.text(PLACE)), (None, None));
    let moved = world.form(Side::Ma, convene(vec![first])).preset;
    let named = first.to_string();
    assert_eq!(
        (moved.text(MOVES), moved.text(PLACE)),
        (Some(&*named), Some("Rabat"))
    );
    let form = world.form(Side::Ma, convene(vec![]));
    assert_eq!(form.entries.len(), 1);
    assert_eq!(form.moments.len(), 1, "the invitation is told with its day");
}

/// The boxes of an answer stand for dates, and other minutes begin with those that they amend. Take out: `dates_asked`, `minutes_to_amend`.
#[test]
fn answers_show_what_they_answer() {
    let mut world = World::new(64);
    let (one, two) = (world.ahead(5), world.ahead(6));
    let (a, b) = (civil(one), civil(two));
    let dates = [
        ("title", "Hiver"),
        ("first", &*a),
        ("third", &*b),
        ("lasts", "60"),
    ];
    let asked = world.write(Side::Ma, "meeting.dates", &dates).unwrap();
    let on = |entry| FormQuery {
        target: Some(ObligationId { entry, index: 0 }),
        ..FormQuery::default()
    };
    let query = FormQuery {
        entry_type: "meeting.suits".into(),
        ..on(asked)
    };
    let minute = |at: Instant| at.0 / 60_000;
    let shown: Vec<(String, i64)> = world
        .form(Side::Fr, query)
        .moments
        .into_iter()
        .map(|(name, at)| (name, minute(at)))
        .collect();
    assert_eq!(
        shown,
        [
            ("first".to_owned(), minute(one)),
            ("third".to_owned(), minute(two))
        ]
    );

    let of = world.call("Lundi", world.ahead(1), &[]).to_string();
    world.pair.time.advance(2 * 86_400_000);
    let held = civil(world.pair.time.now());
    let minutes = [
        (OF, &*of),
        ("held", &*held),
        ("present", "chefs"),
        ("text", "Vu."),
    ];
    let entry = world.write(Side::Ma, "meeting.minutes", &minutes).unwrap();
    let query = FormQuery {
        entry_type: "meeting.amend".into(),
        ..on(entry)
    };
    let preset = world.form(Side::Fr, query).preset;
    assert_eq!(
        (preset.text("text"), preset.text(OF)),
        (Some("Vu."), Some(&*of))
    );
}
