//! Programmes between two nodes: clauses accepted, refused and written otherwise, a version of exactly what was accepted, signed and brought into
//! force; cohorts in numbers; whoever takes part is known to the node that trains them and to nobody else.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{AgreementState, ProgrammeView};
use entente_app::{Actor, AppError};
use entente_core::codes::Phase;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::kinds::programme::clauses::Standing;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

struct World {
    pair: TestPair,
    dossier: DossierId,
}

impl World {
    /// A training of imams that Morocco puts to study, studied by France, being drafted.
    fn drafting(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let fields = [
            ("title", "Formation d’imams"),
            ("owner", "institute"),
            ("idea", "Étudier un accord."),
            ("owners", "un institut et des universités"),
        ];
        let opened = pair.write(Side::Ma, "imam_training.open", &Writing::new(&fields));
        pair.settle();
        let mut world = Self {
            pair,
            dossier: opened.dossier,
        };
        let on = world.asked_by(opened.entry);
        let found = [("finding", "pursue"), ("text", "Favorable.")];
        world.on(Side::Fr, "programme.studied", &found, on).unwrap();
        world
            .write(Side::Ma, "programme.to_drafting", &[("text", "Étudié.")])
            .unwrap();
        world
    }

    fn actor(&self, side: Side) -> Actor {
        self.pair.node(side).officer("liaison").unwrap()
    }

    fn view(&self, side: Side) -> ProgrammeView {
        let app = &self.pair.node(side).app;
        app.programme(&self.actor(side), self.dossier).unwrap()
    }

    fn asked_by(&self, entry: EntryId) -> ObligationId {
        let header = self.pair.ma().header(entry);
        let (index, _) = header.acts.asks().next().unwrap();
        ObligationId { entry, index }
    }

    fn write(
        &mut self,
        side: Side,
        name: &str,
        fields: &[(&str, &str)],
    ) -> Result<EntryId, AppError> {
        let written = self
            .pair
            .try_write(side, name, &Writing::on(self.dossier, fields))?;
        self.pair.settle();
        Ok(written.entry)
    }

    fn on(
        &mut self,
        side: Side,
        name: &str,
        fields: &[(&str, &str)],
        on: ObligationId,
    ) -> Result<EntryId, AppError> {
        let writing = Writing::on(self.dossier, fields).target(on);
        let written = self.pair.try_write(side, name, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    fn clause(&mut self, side: Side, number: &str, text: &str) -> ObligationId {
        let entry = self
            .write(side, "programme.clause", &clause(number, text))
            .unwrap();
        self.asked_by(entry)
    }

    fn accept(&mut self, side: Side, on: ObligationId) {
        self.on(side, "programme.accept_clause", &[("text", "Lu.")], on)
            .unwrap();
    }

    fn sign(&mut self, side: Side, on: ObligationId) -> Result<EntryId, AppError> {
        self.on(side, "programme.sign", &[("text", "Lu et approuvé.")], on)
    }

    /// What both sides say of clauses and versions, which must be the same.
    fn same(&self) -> ProgrammeView {
        let [ma, fr] = [Side::Ma, Side::Fr].map(|side| self.view(side));
        assert_eq!(ma.agreed, fr.agreed);
        let stand = |view: &ProgrammeView| -> Vec<(EntryId, Standing)> {
            view.clauses
                .iter()
                .map(|one| (one.said.entry, one.standing))
                .collect()
        };
        assert_eq!(stand(&ma), stand(&fr));
        let signed = |view: &ProgrammeView| -> Vec<(EntryId, AgreementState, usize)> {
            let all = view.versions.iter();
            all.map(|v| (v.said.entry, v.state, v.signatures.len()))
                .collect()
        };
        assert_eq!(signed(&ma), signed(&fr));
        ma
    }
}

fn clause<'a>(number: &'a str, text: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("number", number),
        ("heading", "Clause"),
        ("text", text),
        ("other_lang", "ar"),
        ("other_text", "بند"),
    ]
}

/// Clauses 1 and 3 accepted, 2 refused, and 3 in another text; signed by both and in force.
fn signed(seed: u64) -> (World, [EntryId; 3]) {
    let mut world = World::drafting(seed);
    let one = world.clause(Side::Ma, "1", "Cinquante places par an.");
    let two = world.clause(Side::Ma, "2", "À refuser.");
    let three = world.clause(Side::Fr, "3", "Suivi annuel.");
    world.accept(Side::Fr, one);
    let ground = [("ground", "national_law")];
    let grounds = entente_core::field::grounds();
    let ground = grounds
        .first()
        .map_or(ground, |(code, _)| [("ground", *code)]);
    world.on(Side::Fr, "refuse", &ground, two).unwrap();
    let other = clause("3", "Suivi deux fois par an.");
    let other = world
        .on(Side::Ma, "programme.counter", &other, three)
        .unwrap();
    let waits = world.asked_by(other);
    world.accept(Side::Fr, waits);
    (world, [one.entry, two.entry, other])
}

/// Invariant 2: both nodes say the same of every clause, and what is signed is what was accepted. Take out: in `app/src/programme.rs`,
/// that a version takes `view.agreed`; in `app/src/inquiry.rs`, the clauses among `DECIDED`.
#[test]
fn invariant_02_what_is_signed_is_what_both_accepted() {
    let (mut world, [one, two, other]) = signed(1401);
    let view = world.same();
    assert_eq!(view.agreed, [one, other]);
    assert_eq!(view.clause(two).unwrap().standing, Standing::Refused);
    let early = world.write(Side::Ma, "programme.to_force", &[("text", "Trop tôt.")]);
    assert!(matches!(early, Err(AppError::Fields(_))), "nobody signed");
    let version = world.write(Side::Ma, "programme.version", &[]).unwrap();
    let on = world.asked_by(version);
    assert_eq!(world.same().versions[0].state, AgreementState::Proposed);
    let fits = world.on(Side::Fr, "programme.accept_clause", &[], on);
    assert!(
        fits.is_err(),
        "a version is signed, not accepted as a clause"
    );
    world.sign(Side::Fr, on).unwrap();
    let view = world.same();
    let held = view.in_force().unwrap();
    assert_eq!(
        (held.clauses.as_slice(), held.signatures.len()),
        ([one, other].as_slice(), 2)
    );
    assert!(
        !held.clauses.contains(&two),
        "what was refused is not in what is signed"
    );
    world
        .write(Side::Ma, "programme.to_force", &[("text", "Signé.")])
        .unwrap();
    assert_eq!(world.same().dossier.phase, Phase::InForce);
    world.pair.assert_same();
}

/// A signature is of the clauses that stand: once another was accepted, the version before it is signed no more. Take out: in
/// `refuse_strange_programme`, that the clauses are those agreed on.
#[test]
fn a_signature_of_another_version_does_not_count() {
    let (mut world, _) = signed(1402);
    let version = world.write(Side::Ma, "programme.version", &[]).unwrap();
    let old = world.asked_by(version);
    let more = world.clause(Side::Ma, "4", "Durée de trois ans.");
    world.accept(Side::Fr, more);
    assert!(world.sign(Side::Fr, old).is_err());
    assert!(world.same().in_force().is_none());
    let version = world.write(Side::Fr, "programme.version", &[]).unwrap();
    let on = world.asked_by(version);
    world.sign(Side::Ma, on).unwrap();
    assert_eq!(world.same().in_force().unwrap().clauses.len(), 3);
}

/// Invariant 5: whoever takes part is recorded here and leaves by no path; figures of imams cross in whole tens. Take out: in
/// `app/src/conditions.rs::stays_here`, the question to `is_at_home`; in `app/src/programme.rs`, `in_tens`.
#[test]
fn invariant_05_participants_stay_at_the_node_that_trains_them() {
    let (mut world, _) = signed(1403);
    let version = world.write(Side::Ma, "programme.version", &[]).unwrap();
    let on = world.asked_by(version);
    world.sign(Side::Fr, on).unwrap();
    world
        .write(Side::Ma, "programme.to_force", &[("text", "Signé.")])
        .unwrap();
    let cohort = [
        ("title", "Promotion 2016"),
        ("places", "50"),
        ("place", "Rabat"),
        ("begins", "2016-01-11"),
        ("ends", "2018-12-14"),
    ];
    let cohort = world
        .write(Side::Ma, "programme.cohort", &cohort)
        .unwrap()
        .to_string();
    let who = [
        ("of", cohort.as_str()),
        ("name", "Personne Fictive"),
        ("consented", "2016-01-04"),
    ];
    let who = world
        .write(Side::Ma, "programme.participant", &who)
        .unwrap();
    assert_eq!(world.pair.ma().header(who).audience.len(), 1);
    assert!(world.pair.fr().entry(who).unwrap().is_none());
    let certified = [("of", cohort.as_str()), ("present", &who.to_string())];
    world
        .write(Side::Ma, "programme.certified", &certified)
        .unwrap();
    assert_eq!(world.view(Side::Ma).cohorts[0].here, Some([1, 0, 1, 0]));
    assert_eq!(world.view(Side::Fr).cohorts[0].here, None);
    let few = [("of", cohort.as_str()), ("withdrawn", "3")];
    let few = world.write(Side::Ma, "programme.figures", &few);
    assert!(
        matches!(few, Err(AppError::Fields(_))),
        "three are too few to tell"
    );
    let told = [
        ("of", cohort.as_str()),
        ("selected", "50"),
        ("certified", "47"),
        ("withdrawn", "0"),
    ];
    world.write(Side::Ma, "programme.figures", &told).unwrap();
    let view = world.view(Side::Fr);
    let figures = view.cohorts[0]
        .figures
        .as_ref()
        .unwrap()
        .values
        .as_ref()
        .unwrap();
    assert_eq!(figures.number("certified"), Some(40));
    assert_eq!(figures.number("selected"), Some(50));
}
