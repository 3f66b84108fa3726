//! Programmes between two nodes: clauses accepted, refused and written otherwise, a version of exactly what was accepted, signed and brought into
//! force; cohorts in numbers; whoever takes part is known to the node that trains them and to nobody else.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{
    AccessQuery, AgreementState, Evidence, PointStatus, PointView, ProgrammeView,
};
use entente_app::{Actor, AppError, By, InputFault, NewOfficer, OfficerChange};
use entente_core::act::{Act, OnAct};
use entente_core::codes::{Outcome, Phase, Role};
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::judge::Verdict;
use entente_core::kind::{Effect, On};
use entente_core::kinds;
use entente_core::kinds::declaration::evidence::written;
use entente_core::kinds::programme::ProgrammeProblem;
use entente_core::kinds::programme::clauses::Standing;
use entente_core::label::Lang;
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::node::{Writing, service};
use entente_testkit::pair::{Side, TestPair};

struct World {
    pair: TestPair,
    dossier: DossierId,
}

impl World {
    /// A training of imams that Morocco puts to study, studied by France, being drafted.
    fn drafting(seed: u64) -> Self {
        Self::drafting_for(TestPair::linked(seed), &[])
    }

    fn drafting_for(mut pair: TestPair, more: &[(&str, &str)]) -> Self {
        let mut fields = IDEA.to_vec();
        fields.push(("to", "fr/liaison"));
        fields.extend(more);
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

const IDEA: [(&str, &str); 4] = [
    ("title", "Formation d’imams"),
    ("owner", "institute"),
    ("idea", "Étudier un accord."),
    ("owners", "un institut et des universités"),
];

/// Clauses 1 and 3 accepted, 2 refused, and 3 in another text; signed by both and in force.
fn signed(seed: u64) -> (World, [EntryId; 3]) {
    agreed(World::drafting(seed))
}

fn agreed(mut world: World) -> (World, [EntryId; 3]) {
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

/// Who cannot read an accepted clause cannot tell what stands: nothing is composed or signed, and what is shown is not "not agreed". Take out: in
/// `app/src/programme.rs`, `refuse_unclear`.
#[test]
fn nothing_is_signed_while_an_accepted_clause_cannot_be_read() {
    let (mut world, [one, ..]) = signed(1407);
    let version = world.write(Side::Ma, "programme.version", &[]).unwrap();
    let on = world.asked_by(version);
    let instead = ("replaces", one.to_string());
    let mut fields = clause("1", "Soixante places par an.").to_vec();
    fields.push((instead.0, instead.1.as_str()));
    let changed = world.write(Side::Ma, "programme.clause", &fields).unwrap();
    let changed = world.asked_by(changed);
    world.accept(Side::Fr, changed);
    let gone = changed.entry.to_string();
    world.write(Side::Ma, "erase", &[("entry", &gone)]).unwrap();
    for side in [Side::Ma, Side::Fr] {
        assert_eq!(world.view(side).unclear, Some(Problem::UnreadClause));
        let composed = world.write(side, "programme.version", &[]);
        assert!(matches!(composed, Err(AppError::Fields(_))), "{side:?}");
    }
    assert!(matches!(world.sign(Side::Fr, on), Err(AppError::Fields(_))));
    let gone = version.to_string();
    world.write(Side::Ma, "erase", &[("entry", &gone)]).unwrap();
    assert_eq!(world.same().versions[0].state, AgreementState::Unread);
}

/// Two articles of one number are no agreement, and a clause takes the place of an accepted one of this dossier or of none. Take out: in
/// `core/src/kinds/programme/clauses.rs`, the body of `twice_numbered`; in `refuse_strange_programme`, the question to `REPLACES`.
#[test]
fn two_clauses_of_one_number_are_not_signed() {
    let (mut world, [one, two, _]) = signed(1408);
    let version = world.write(Side::Ma, "programme.version", &[]).unwrap();
    let on = world.asked_by(version);
    let twin = world.clause(Side::Fr, "1", "Dix places par an.");
    world.accept(Side::Ma, twin);
    assert_eq!(world.same().unclear, Some(Problem::TwiceNumbered));
    let composed = world.write(Side::Ma, "programme.version", &[]);
    assert!(matches!(composed, Err(AppError::Fields(_))));
    assert!(world.sign(Side::Fr, on).is_err());
    for strange in [two, EntryId([7; 32])] {
        let strange = strange.to_string();
        let mut fields = clause("9", "Autre.").to_vec();
        fields.push(("replaces", strange.as_str()));
        let refused = world.write(Side::Ma, "programme.clause", &fields);
        assert!(matches!(refused, Err(AppError::Fields(_))));
    }
    let replaced = one.to_string();
    let mut fields = clause("9", "Autre.").to_vec();
    fields.push(("replaces", replaced.as_str()));
    let moved = world.write(Side::Ma, "programme.clause", &fields).unwrap();
    let moved = world.asked_by(moved);
    world.accept(Side::Fr, moved);
    assert_eq!(world.same().unclear, None);
    world.write(Side::Ma, "programme.version", &[]).unwrap();
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
        ("title", "Promotion 2015"),
        ("places", "50"),
        ("place", "Rabat"),
        ("begins", "2015-01-12"),
        ("ends", "2017-12-14"),
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
    judged_in_tens(&mut world, &cohort);
}

/// How many answered tells no more than the figures do.
fn judged_in_tens(world: &mut World, cohort: &str) {
    let judged = [
        ("of", cohort),
        ("when", "end"),
        ("content_good", "37"),
        ("content_fair", "8"),
        ("content_poor", "2"),
    ];
    let judged = judged.as_slice();
    world
        .write(Side::Ma, "programme.evaluation", judged)
        .unwrap();
    for side in [Side::Ma, Side::Fr] {
        let view = world.view(side);
        let told = view.cohorts[0].evaluations[0].values.as_ref().unwrap();
        let counts = ["content_good", "content_fair", "content_poor"];
        assert_eq!(counts.map(|name| told.number(name)), [Some(30), None, None]);
    }
}

/// A declaration by which both promise one thing, and its commitment.
fn declared(pair: &mut TestPair) -> (DossierId, EntryId) {
    let opened = pair.write(
        Side::Ma,
        "declaration.open",
        &Writing::new(&[("title", "Déclaration finale")]),
    );
    let point = [
        ("title", "Étudier un accord sur la formation d’imams"),
        ("point", "RHN12/6"),
        ("class", "studies_towards"),
        ("debtors", "FR, MA"),
    ];
    let writing = Writing::on(opened.dossier, &point);
    let commitment = pair.write(Side::Ma, "declaration.commitment", &writing);
    pair.settle();
    (opened.dossier, commitment.entry)
}

impl World {
    /// A commitment as a side reads it.
    fn point(&self, side: Side, declaration: DossierId) -> PointView {
        let app = &self.pair.node(side).app;
        let view = app.dossier(&self.actor(side), declaration, None).unwrap();
        view.points.into_iter().next().unwrap()
    }

    /// What a side owes for the commitment.
    fn owed(&self, side: Side, declaration: DossierId) -> ObligationId {
        let point = self.point(side, declaration);
        let node = self.pair.node(side).app.me().clone();
        let mut owed = point.obligations.iter();
        owed.find(|ob| ob.owing.node() == node).unwrap().id
    }

    fn claims(
        &mut self,
        side: Side,
        (declaration, evidence): (DossierId, &str),
    ) -> Result<ObligationId, AppError> {
        let on = self.owed(side, declaration);
        let fields = [("text", "L’accord est signé."), ("evidence", evidence)];
        let writing = Writing::on(declaration, &fields).target(on);
        self.pair.try_write(side, "declaration.claim", &writing)?;
        self.pair.settle();
        Ok(on)
    }

    fn comes_into_force(&mut self) -> EntryId {
        let version = self.write(Side::Ma, "programme.version", &[]).unwrap();
        let on = self.asked_by(version);
        self.sign(Side::Fr, on).unwrap();
        let signed = [("text", "Signé.")];
        self.write(Side::Ma, "programme.to_force", &signed).unwrap();
        version
    }

    fn opens_cohort(&mut self) -> EntryId {
        let cohort = [
            ("title", "Promotion 2016"),
            ("places", "50"),
            ("place", "Rabat"),
            ("begins", "2016-01-11"),
            ("ends", "2018-12-14"),
        ];
        self.write(Side::Ma, "programme.cohort", &cohort).unwrap()
    }
}

/// Invariant 2: an agreement in force and a cohort are evidence on the commitment of the declaration, told alike at both nodes, and the
/// commitment is agreed once each side claimed and the other agreed. Take out: in `app/src/apply.rs`, `came_of_commitment`.
#[test]
fn invariant_02_a_commitment_is_kept_with_the_agreement_as_evidence() {
    let mut pair = TestPair::linked(1404);
    let (declaration, commitment) = declared(&mut pair);
    let answers = written((declaration, commitment));
    let world = World::drafting_for(pair, &[("commitment", &answers)]);
    let (mut world, _) = agreed(world);
    for side in [Side::Ma, Side::Fr] {
        let point = world.point(side, declaration);
        assert_eq!(
            point.programmes.len(),
            1,
            "the programme is found from the commitment"
        );
        assert_eq!(point.programmes[0].phase, Phase::Draft);
        assert_eq!(world.view(side).commitments[0].status, PointStatus::Open);
        assert!(
            world.view(side).evidence().is_empty(),
            "nothing is in force"
        );
    }
    let version = world.comes_into_force();
    let cohort = world.opens_cohort();
    assert_eq!(world.view(Side::Fr).evidence(), [version, cohort]);
    let shown = [version, cohort].map(|entry| written((world.dossier, entry)));
    for (side, other) in [(Side::Ma, Side::Fr), (Side::Fr, Side::Ma)] {
        let on = world.claims(side, (declaration, &shown.join(" "))).unwrap();
        let agree = Writing::on(declaration, &[]).target(on);
        world.pair.try_write(other, "agree", &agree).unwrap();
        world.pair.settle();
    }
    let told = [Side::Ma, Side::Fr].map(|side| {
        let point = world.point(side, declaration);
        assert_eq!(point.status, PointStatus::Agreed);
        assert_eq!(world.view(side).commitments[0].status, PointStatus::Agreed);
        let evidence = point.evidence.into_iter();
        let told: Vec<(EntryId, EntryId, Evidence)> = evidence
            .map(|one| (one.claim, one.entry, one.what))
            .collect();
        told
    });
    assert_eq!(
        told[0].len(),
        4,
        "two claims, each with two pieces of evidence"
    );
    let mut told = told.map(|mut told| {
        told.sort_by_key(|(claim, entry, _)| (*claim, *entry));
        told
    });
    assert_eq!(told[0], told[1]);
    told[0].retain(|(_, entry, _)| *entry == version);
    assert!(
        told[0]
            .iter()
            .all(|(.., what)| *what == Evidence::Agreement(AgreementState::Signed))
    );
    world.pair.assert_same();
}

/// What is no evidence is not taken as such: an agreement that nobody signed, what the other side does not hold, what is not there. Take out:
/// in `app/src/record/scene.rs`, `refuse_strange_evidence`.
#[test]
fn evidence_is_signed_and_held_by_both() {
    let mut pair = TestPair::linked(1405);
    let (declaration, commitment) = declared(&mut pair);
    let world = World::drafting_for(pair, &[]);
    let (mut world, [clause, ..]) = agreed(world);
    let unsigned = world.write(Side::Ma, "programme.version", &[]).unwrap();
    let on = world.asked_by(unsigned);
    let of = |world: &World, entry| written((world.dossier, entry));
    let strange = [
        of(&world, unsigned),
        of(&world, EntryId([7; 32])),
        written((DossierId([7; 32]), clause)),
    ];
    for evidence in strange {
        let refused = world.claims(Side::Ma, (declaration, &evidence));
        assert!(matches!(refused, Err(AppError::Fields(_))), "{evidence}");
    }
    world.sign(Side::Fr, on).unwrap();
    world
        .write(Side::Ma, "programme.to_force", &[("text", "Signé.")])
        .unwrap();
    let cohort = world.opens_cohort().to_string();
    let who = [
        ("of", cohort.as_str()),
        ("name", "Personne Fictive"),
        ("consented", "2016-01-04"),
    ];
    let who = world
        .write(Side::Ma, "programme.participant", &who)
        .unwrap();
    let at_home = of(&world, who);
    let refused = world.claims(Side::Ma, (declaration, &at_home));
    assert!(
        matches!(refused, Err(AppError::Fields(_))),
        "a participant is at home"
    );
    world
        .claims(Side::Ma, (declaration, &of(&world, unsigned)))
        .unwrap();
    let strange = written((declaration, unsigned));
    let mut fields = IDEA.to_vec();
    fields.extend([("to", "fr/liaison"), ("commitment", &strange)]);
    let refused = world
        .pair
        .try_write(Side::Ma, "imam_training.open", &Writing::new(&fields));
    assert!(
        matches!(refused, Err(AppError::Fields(_))),
        "a programme answers a point of a declaration"
    );
    let answers = written((declaration, commitment));
    let result = [
        ("text", "Cinquante diplômés."),
        ("commitment", answers.as_str()),
    ];
    world.write(Side::Ma, "programme.result", &result).unwrap();
    assert_eq!(world.point(Side::Fr, declaration).programmes.len(), 1);
}

/// A training of imams takes in no service in which somebody investigates, and turns to the liaison service of no side by itself. Take out: in
/// `app/src/record/scene.rs`, the question to `keeps_security_out`; in `app/src/programme.rs`, `refuse_security`.
#[test]
fn invariant_07_no_security_service_takes_part_in_a_training_of_imams() {
    let mut pair = TestPair::linked(1406);
    let ma = pair.ma().app.me().clone();
    let officer = |id: &str, unit: &str, role| NewOfficer {
        id: id.into(),
        name: id.into(),
        services: vec![service(&ma, unit)],
        roles: vec![role],
        password: None,
        lang: Lang::Fr,
    };
    let app = &pair.ma().app;
    app.add_officer(officer("enquete", "liaison", Role::Investigator))
        .unwrap();
    app.add_officer(officer("institut", "institute", Role::Coordinator))
        .unwrap();
    let unnamed = Writing::new(&IDEA).by("institut");
    let refused = pair.try_write(Side::Ma, "imam_training.open", &unnamed);
    assert!(
        matches!(refused, Err(AppError::Fields(_))),
        "whom to ask is named: the liaison service of no side stands in"
    );
    let mut fields = IDEA.to_vec();
    fields.push(("to", "fr/university"));
    let refused = pair.try_write(Side::Ma, "imam_training.open", &Writing::new(&fields));
    assert!(
        matches!(refused, Err(AppError::Input(InputFault::TrainsImams))),
        "somebody of the liaison service investigates"
    );
    let opened = pair.write(
        Side::Ma,
        "imam_training.open",
        &Writing::new(&fields).by("institut"),
    );
    pair.settle();
    for side in [Side::Ma, Side::Fr] {
        let row = pair
            .node(side)
            .look(|tx| tx.dossier(opened.dossier))
            .unwrap()
            .unwrap();
        assert_eq!(row.services, "fr/university,ma/institute");
    }
    let invited = [("services", "ma/liaison")];
    let invited = Writing::on(opened.dossier, &invited).by("institut");
    let refused = pair.try_write(Side::Ma, "invite", &invited);
    assert!(matches!(
        refused,
        Err(AppError::Input(InputFault::TrainsImams))
    ));
}

/// Whoever administers gives neither the role of who investigates or analyses to somebody of a service that trains imams, nor such a service to one who
/// has the role; once the training ended they may. Take out: `refuse_among_trainers` in `alter`, `invite_officer` or `add_officer`; in it, the phase.
#[test]
fn invariant_07_no_officer_of_a_training_service_becomes_an_investigator() {
    let mut pair = TestPair::linked(1410);
    let ma = pair.ma().app.me().clone();
    let app = pair.ma().app.clone();
    let officer = |id: &str, unit: &str, role| NewOfficer {
        id: id.into(),
        name: id.into(),
        services: vec![service(&ma, unit)],
        roles: vec![role],
        password: None,
        lang: Lang::Fr,
    };
    app.add_officer(officer("institut", "institute", Role::Coordinator))
        .unwrap();
    app.add_officer(officer("enquete", "police", Role::Investigator))
        .unwrap();
    let mut fields = IDEA.to_vec();
    fields.push(("to", "fr/university"));
    let opening = Writing::new(&fields).by("institut");
    let opened = pair.write(Side::Ma, "imam_training.open", &opening);
    pair.settle();
    let change = |unit: &str, roles: &[Role]| OfficerChange {
        name: "Personne inventée".into(),
        services: vec![service(&ma, unit)],
        roles: roles.to_vec(),
        lang: Lang::Fr,
    };
    let refused = |said: Result<(), AppError>| {
        assert!(matches!(
            said,
            Err(AppError::Input(InputFault::TrainsImams))
        ));
    };
    let analyst = change("institute", &[Role::Coordinator, Role::Analyst]);
    refused(app.change_officer(By::Machine, "institut", &analyst));
    let moved = change("institute", &[Role::Investigator]);
    refused(app.change_officer(By::Machine, "enquete", &moved));
    refused(app.add_officer(officer("nouveau", "institute", Role::Analyst)));
    let invited = officer("nouveau", "institute", Role::Analyst);
    refused(app.invite_officer(By::Machine, &invited).map(drop));
    // Neither role nor service is wrong by itself.
    let other = change("institute", &[Role::Magistrate]);
    app.change_officer(By::Machine, "institut", &other).unwrap();
    let other = change("police", &[Role::Investigator, Role::Analyst]);
    app.change_officer(By::Machine, "enquete", &other).unwrap();
    let header = pair.ma().header(opened.entry);
    let (index, _) = header.acts.asks().next().unwrap();
    let on = ObligationId {
        entry: opened.entry,
        index,
    };
    let back = change("institute", &[Role::Coordinator]);
    app.change_officer(By::Machine, "institut", &back).unwrap();
    let why = [("text", "Sans objet.")];
    let withdraw = Writing::on(opened.dossier, &why).target(on).by("institut");
    pair.write(Side::Ma, "withdraw", &withdraw);
    let why = [("summary", "Sans suite.")];
    pair.write(
        Side::Ma,
        "close",
        &Writing::on(opened.dossier, &why).by("institut"),
    );
    pair.settle();
    app.change_officer(By::Machine, "institut", &analyst)
        .unwrap();
}

/// Once an accepted clause was erased, another accepted text takes its place and both sides go on: a version without the erased one is signed and
/// comes into force. Take out: in `app/src/show/programme.rs`, `followed` of `unclear`.
#[test]
fn invariant_02_a_clause_takes_the_place_of_an_erased_one() {
    let (mut world, [one, ..]) = signed(1411);
    let gone = one.to_string();
    world.write(Side::Ma, "erase", &[("entry", &gone)]).unwrap();
    assert_eq!(world.same().unclear, Some(Problem::UnreadClause));
    let mut fields = clause("1", "Soixante places par an.").to_vec();
    fields.push(("replaces", gone.as_str()));
    let instead = world.write(Side::Fr, "programme.clause", &fields).unwrap();
    assert_eq!(
        world.same().unclear,
        Some(Problem::UnreadClause),
        "nobody accepted it yet"
    );
    let asked = world.asked_by(instead);
    world.accept(Side::Ma, asked);
    let view = world.same();
    assert_eq!(view.unclear, None);
    assert!(view.agreed.contains(&instead) && !view.agreed.contains(&one));
    let version = world.comes_into_force();
    let held = world.same();
    let held = held.in_force().unwrap();
    assert_eq!(held.said.entry, version);
    assert!(held.clauses.contains(&instead) && !held.clauses.contains(&one));
    world.pair.assert_same();
}

/// Invariant 11: a look at a programme names the declarations that it answers, a look at a declaration the programmes and the evidence that it tells of.
/// Take out: either `drawing_on`.
#[test]
fn invariant_11_a_look_names_what_it_draws_on() {
    let mut pair = TestPair::linked(1412);
    let (declaration, commitment) = declared(&mut pair);
    let answers = written((declaration, commitment));
    let world = World::drafting_for(pair, &[("commitment", &answers)]);
    world.view(Side::Ma);
    world.point(Side::Ma, declaration);
    let inspector = world.pair.ma().officer("inspector").unwrap();
    let app = &world.pair.ma().app;
    let list = app.access_list(&inspector, &AccessQuery::default());
    let lines = list.unwrap().lines;
    let look = |verb: &str, of: DossierId| {
        let of = of.to_string();
        let mut found = lines.iter().filter(|line| line.record.verb == verb);
        let found = found.find(|line| line.record.dossier.as_deref() == Some(of.as_str()));
        found.unwrap().record.dossiers.clone()
    };
    assert_eq!(look("programme", world.dossier), [declaration.to_string()]);
    assert_eq!(look("dossier", declaration), [world.dossier.to_string()]);
}

/// A partner who names one commitment in more programmes than are shown does not hide that there are more. Take out: in `app/src/evidenced.rs`, the
/// `true` of `answering`.
#[test]
fn more_programmes_than_are_shown_are_told() {
    let mut pair = TestPair::linked(1413);
    let (declaration, commitment) = declared(&mut pair);
    let answers = written((declaration, commitment));
    let fields = [
        ("title", "Visites"),
        ("template", "visits"),
        ("idea", "Des visites d’étude."),
        ("owners", "directions de la formation"),
        ("commitment", answers.as_str()),
    ];
    let opens = |pair: &mut TestPair, many: usize| {
        for _ in 0..many {
            pair.write(Side::Fr, "programme.open", &Writing::new(&fields));
        }
        pair.settle();
    };
    let point = |pair: &TestPair| {
        let officer = pair.ma().officer("liaison").unwrap();
        let view = pair.ma().app.dossier(&officer, declaration, None).unwrap();
        let point = view.points.into_iter().next().unwrap();
        (point.programmes.len(), point.cut)
    };
    opens(&mut pair, 50);
    assert_eq!(point(&pair), (50, false));
    opens(&mut pair, 1);
    assert_eq!(point(&pair), (50, true));
}

/// What FIELD B13 lists stands at both nodes: how a cohort is selected, its part at a university of the other side, placements in whole tens, a point of
/// follow-up that is owed until it is reported, and the second evaluation awaited after three months. Take out: `in_tens` or `unsaid` of `PLACEMENT` in
/// `app/src/programme.rs`; in `app/src/show/programme.rs`, `judged_later`, or `FOLLOWED` in `follow_ups`; the line of `FOLLOW_UP` in `DECIDED`.
#[test]
fn invariant_02_what_is_arranged_and_followed_up_is_told_alike() {
    let (mut world, _) = signed(1414);
    world.comes_into_force();
    let cohort = [
        ("title", "Promotion 2014"),
        ("places", "50"),
        ("place", "Rabat"),
        ("begins", "2012-01-11"),
        ("ends", "2014-12-14"),
        ("curriculum", "Droit, langue."),
    ];
    let cohort = world.write(Side::Ma, "programme.cohort", &cohort).unwrap();
    let cohort = cohort.to_string();
    let of = ("of", cohort.as_str());
    let rules = [of, ("rules", "Licence."), ("selected_by", "l’institut")];
    world
        .write(Side::Ma, "programme.selection", &rules)
        .unwrap();
    let part = [
        of,
        ("universities", "une université"),
        ("curriculum", "Sociologie."),
    ];
    world
        .write(Side::Fr, "programme.university", &part)
        .unwrap();
    let placed = |many: &'static str| {
        [
            of,
            ("institute", "institut"),
            ("host", "associations"),
            ("placed", many),
        ]
    };
    let few = world.write(Side::Ma, "programme.placement", &placed("7"));
    assert!(matches!(few, Err(AppError::Fields(_))), "of few nothing");
    world
        .write(Side::Ma, "programme.placement", &placed("47"))
        .unwrap();
    let point = [("text", "Logement des diplômés."), ("by", "2016-06-30")];
    let point = world
        .write(Side::Ma, "programme.follow_up", &point)
        .unwrap();
    let on = world.asked_by(point);
    let study = [("finding", "pursue"), ("text", "Favorable.")];
    assert!(
        world.on(Side::Fr, "programme.studied", &study, on).is_err(),
        "a study is no report"
    );
    assert!(world.view(Side::Fr).follow_ups[0].asks[0].state.is_open());
    let report = [("text", "Tous sont logés.")];
    world
        .on(Side::Fr, "programme.followed", &report, on)
        .unwrap();
    for side in [Side::Ma, Side::Fr] {
        let view = world.view(side);
        let told = &view.cohorts[0];
        let counts = [&told.selections, &told.universities, &told.placements];
        assert_eq!(counts.map(Vec::len), [1, 1, 1]);
        let values = told.placements[0].values.as_ref().unwrap();
        assert_eq!(values.number("placed"), Some(40));
        assert_eq!(view.follow_ups[0].reports.len(), 1);
        assert!(!view.follow_ups[0].asks[0].state.is_open());
        assert!(told.later.is_some());
    }
    let judged = [
        of,
        ("when", "later"),
        ("content_good", "30"),
        ("content_fair", "10"),
    ];
    // Whoever opened the cohort counts it: what the other side writes of it is not its evaluation.
    let other = world.write(Side::Fr, "programme.evaluation", &judged);
    assert!(matches!(other, Err(AppError::Fields(_))));
    assert!(world.view(Side::Ma).cohorts[0].later.is_some());
    world
        .write(Side::Ma, "programme.evaluation", &judged)
        .unwrap();
    assert_eq!(world.view(Side::Fr).cohorts[0].later, None);
    world.pair.assert_same();
}

/// Whoever asked answers nothing of it themselves, whatever the type: of every type of programmes and meetings that answers something, written by a
/// partner's altered program on what its own side asked, nothing counts, and what was asked stays open. Take out: in `core/src/judge.rs`, that an answer is the
/// debtor's.
#[test]
fn rule_03_no_side_answers_what_it_asked() {
    let mut pair = TestPair::linked(1415);
    let asked = asks_of_fr(&mut pair);
    assert!(asked.len() >= 5);
    let mut liar = Liar::of(&pair, Side::Fr);
    let mut sent = Vec::new();
    for (kind, dossier, on) in &asked {
        let of = kinds::find(kind).unwrap();
        let answers = of.entries.iter().filter(|entry| {
            let answers = |effect: &Effect| matches!(effect, Effect::On(On::Answer, _));
            entry.effects.iter().any(answers)
        });
        for entry in answers {
            let act = Act::On {
                obligation: *on,
                act: OnAct::Answer {
                    partial: false,
                    outcome: Outcome::None,
                },
            };
            let mut header = next_header(&pair, Side::Fr, *dossier, entry.name, vec![act]);
            commit(&mut header, &[3; 16], b"");
            header.seq += u64::try_from(sent.len()).unwrap();
            sent.push((entry.name, liar.push(&header, [3; 16], b"")));
        }
    }
    assert!(sent.len() > 10);
    drop(liar.tell(&mut pair));
    for (name, id) in sent {
        let row = pair.ma().entry(id).unwrap().unwrap();
        assert_ne!(row.verdict, Verdict::Regular.number(), "{name}");
    }
    for (kind, _, on) in asked {
        assert!(pair.obligation(Side::Ma, on).state.is_open(), "{kind}");
    }
}

/// What France asks in a programme and in a series of meetings: kind, dossier and obligation.
fn asks_of_fr(pair: &mut TestPair) -> Vec<(&'static str, DossierId, ObligationId)> {
    let idea = [
        ("title", "Visites"),
        ("template", "visits"),
        ("idea", "Des visites d’étude."),
        ("owners", "directions de la formation"),
    ];
    let programme = pair.write(Side::Fr, "programme.open", &Writing::new(&idea));
    let series = [
        ("title", "Rencontres"),
        ("aim", "Lever ce qui retarde."),
        ("form", "series"),
        ("level", "services"),
    ];
    let meeting = pair.write(Side::Fr, "meeting.open", &Writing::new(&series));
    let called = [
        ("title", "Rencontre"),
        ("at", "2014-12-01T09:00"),
        ("lasts", "60"),
        ("mode", "place"),
    ];
    let called = Writing::on(meeting.dossier, &called);
    let called = pair
        .write(Side::Fr, "meeting.convene", &called)
        .entry
        .to_string();
    let step = Writing::on(programme.dossier, &[("text", "Étudié.")]);
    pair.write(Side::Fr, "programme.to_drafting", &step);
    let article = clause("1", "Objet.");
    let minutes = [
        ("of", called.as_str()),
        ("held", "2014-12-01T09:00"),
        ("present", "chefs de la coordination"),
        ("text", "Six dossiers."),
    ];
    let dates = [
        ("title", "Rencontre d’hiver"),
        ("first", "2016-02-01T09:00"),
        ("second", "2016-02-03T09:00"),
        ("lasts", "120"),
    ];
    let (of_programme, of_meeting) = (programme.dossier, meeting.dossier);
    let mut asking = vec![
        ("programme", of_programme, programme.entry),
        ("meeting", of_meeting, meeting.entry),
    ];
    let mut write = |kind, dossier, what: &str, fields: &[(&str, &str)]| {
        let said = pair.try_write(Side::Fr, what, &Writing::on(dossier, fields));
        let entry = said.unwrap_or_else(|e| panic!("{what}: {e}")).entry;
        asking.push((kind, dossier, entry));
    };
    write("programme", of_programme, "programme.clause", &article);
    write("meeting", of_meeting, "meeting.minutes", &minutes);
    write("meeting", of_meeting, "meeting.dates", &dates);
    pair.settle();
    let of = |(kind, dossier, entry)| {
        let acts = pair.ma().header(entry).acts;
        let asks: Vec<u8> = acts.asks().map(|(index, _)| index).collect();
        let id = move |index| (kind, dossier, ObligationId { entry, index });
        asks.into_iter().map(id)
    };
    asking.into_iter().flat_map(of).collect()
}

/// What an erased clause had replaced stays replaced, at both nodes, under whatever number: nobody signs again what was given up. Take out: in
/// `app/src/evidenced.rs`, the tie of `TAKES_PLACE`; in `app/src/show/programme.rs`, `replaced_by` in `clauses`.
#[test]
fn invariant_02_what_an_erased_clause_replaced_stays_replaced() {
    let (mut world, [first, ..]) = signed(1416);
    let change = |world: &mut World, number: &str, of: EntryId| {
        let of = of.to_string();
        let mut fields = clause(number, "Autre texte.").to_vec();
        fields.push(("replaces", of.as_str()));
        let written = world.write(Side::Ma, "programme.clause", &fields).unwrap();
        let asked = world.asked_by(written);
        world.accept(Side::Fr, asked);
        written
    };
    let second = change(&mut world, "7", first);
    let gone = second.to_string();
    world.write(Side::Ma, "erase", &[("entry", &gone)]).unwrap();
    assert_eq!(world.same().unclear, Some(Problem::UnreadClause));
    let third = change(&mut world, "8", second);
    let view = world.same();
    assert_eq!(view.unclear, None);
    assert!(view.agreed.contains(&third));
    assert!(!view.agreed.contains(&first) && !view.agreed.contains(&second));
}

/// A partner who opens a training of imams and names a service of ours hinders nobody here, until we take part in it. Take out: `took_part` in
/// `app/src/programme.rs`.
#[test]
fn invariant_13_no_partner_freezes_the_roles_of_a_service() {
    let mut pair = TestPair::linked(1417);
    let (ma, fr) = (pair.ma().app.me().clone(), pair.fr().app.me().clone());
    let officer = |id: &str, node, unit: &str, role| NewOfficer {
        id: id.into(),
        name: id.into(),
        services: vec![service(node, unit)],
        roles: vec![role],
        password: None,
        lang: Lang::Fr,
    };
    let institute = officer("institut", &fr, "institute", Role::Coordinator);
    pair.fr().app.add_officer(institute).unwrap();
    let mut fields = IDEA.to_vec();
    fields.push(("to", "ma/police"));
    let opening = Writing::new(&fields).by("institut");
    let opened = pair.write(Side::Fr, "imam_training.open", &opening);
    pair.settle();
    let app = pair.ma().app.clone();
    let added = officer("enquete", &ma, "police", Role::Investigator);
    app.add_officer(added).unwrap();
    let studies = officer("etude", &ma, "police", Role::Coordinator);
    app.add_officer(studies).unwrap();
    let header = pair.ma().header(opened.entry);
    let (index, _) = header.acts.asks().next().unwrap();
    let on = ObligationId {
        entry: opened.entry,
        index,
    };
    let found = [("finding", "pursue"), ("text", "Favorable.")];
    let study = Writing::on(opened.dossier, &found).target(on).by("etude");
    pair.write(Side::Ma, "programme.studied", &study);
    pair.settle();
    let added = officer("autre", &ma, "police", Role::Investigator);
    let refused = app.add_officer(added);
    assert!(matches!(
        refused,
        Err(AppError::Input(InputFault::TrainsImams))
    ));
    // What was so before stays, and may be changed in what does not matter here.
    let renamed = OfficerChange {
        name: "Autre nom".into(),
        services: vec![service(&ma, "police")],
        roles: vec![Role::Investigator],
        lang: Lang::Ar,
    };
    app.change_officer(By::Machine, "enquete", &renamed)
        .unwrap();
}

/// Figures and the course are counted by whoever opened the cohort, of one that has begun, and no more than were selected. Take out: in
/// `app/src/programme.rs`, a return of `refuse_too_early`, or `MoreThanSelected`.
#[test]
fn figures_are_of_a_cohort_of_ones_own_that_has_begun() {
    let (mut world, _) = signed(1418);
    world.comes_into_force();
    let later = world.opens_cohort().to_string();
    let of = ("of", later.as_str());
    let present = [of, ("selected", "50"), ("present", "40")];
    let early = world.write(Side::Ma, "programme.figures", &present);
    let why = |said: Result<EntryId, AppError>| match said {
        Err(AppError::Fields(fields)) => fields[0].problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(early), ProgrammeProblem::NotBegun.into());
    let selected = [of, ("selected", "50")];
    world
        .write(Side::Ma, "programme.figures", &selected)
        .unwrap();
    let theirs = world.write(Side::Fr, "programme.figures", &selected);
    assert_eq!(why(theirs), ProgrammeProblem::NotOurs.into());
    let begun = [
        ("title", "Promotion 2014"),
        ("places", "50"),
        ("place", "Rabat"),
        ("begins", "2014-01-13"),
        ("ends", "2016-12-14"),
    ];
    let begun = world.write(Side::Ma, "programme.cohort", &begun).unwrap();
    let begun = begun.to_string();
    let of = ("of", begun.as_str());
    let more = [of, ("selected", "20"), ("present", "25")];
    let more = world.write(Side::Ma, "programme.figures", &more);
    assert_eq!(why(more), ProgrammeProblem::MoreThanSelected.into());
}
