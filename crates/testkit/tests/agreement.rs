//! The agreement of an investigation, its phases and its evaluation between two nodes: in force only once both signed, changed by versions,
//! led by the convenor alone, looked back upon in figures that both sides compute alike.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{AgreementState, AgreementView, BodyView, EvaluationView};
use entente_app::{Actor, AppError};
use entente_core::act::{Act, Config};
use entente_core::codes::{Ask, Phase, Urgency};
use entente_core::field::{Problem, Value, Values};
use entente_core::ids::{DossierId, EntryId, ObligationId, ServiceName};
use entente_core::judge::{Irregular, Verdict};
use entente_core::kinds::investigation::agreement::{CHANGES, ENDS};
use entente_core::kinds::investigation::phases::FIGURES;
use entente_core::obligation::State;
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::many::TestMany;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// An investigation that Morocco opened.
struct Inquiry {
    pair: TestPair,
    dossier: DossierId,
}

const TERMS: [(&str, &str); 11] = [
    ("begins", "2015-06-01"),
    ("ends", "2016-05-31"),
    ("other_lang", "ar"),
    ("parties", "Le parquet de chaque État."),
    ("parties_other", "النيابة العامة في كل دولة."),
    ("purpose", "Établir l’itinéraire."),
    ("states", "Les deux États."),
    ("leaders", "Un magistrat de chaque côté."),
    ("purpose_other", "تحديد المسار."),
    ("states_other", "الدولتان."),
    ("leaders_other", "قاض من كل جانب."),
];

impl Inquiry {
    fn new(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
        let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
        pair.settle();
        Self {
            pair,
            dossier: opened.dossier,
        }
    }

    fn actor(&self, side: Side) -> Actor {
        self.pair.node(side).officer("liaison").unwrap()
    }

    fn view(&self, side: Side) -> AgreementView {
        let app = &self.pair.node(side).app;
        app.agreement(&self.actor(side), self.dossier).unwrap()
    }

    fn evaluation(&self, side: Side) -> EvaluationView {
        let app = &self.pair.node(side).app;
        app.evaluation(&self.actor(side), self.dossier).unwrap()
    }

    fn terms<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let kept = TERMS
            .into_iter()
            .filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
        kept.chain(changed.iter().copied()).collect()
    }

    /// Proposes a version; gives what it asks.
    fn propose(&mut self, side: Side, changed: &[(&str, &str)]) -> ObligationId {
        let writing = Writing::on(self.dossier, &Self::terms(changed));
        let entry = self
            .pair
            .write(side, "investigation.agreement", &writing)
            .entry;
        self.pair.settle();
        self.asked_by(entry)
    }

    fn asked_by(&self, entry: EntryId) -> ObligationId {
        let header = self.pair.ma().header(entry);
        let (index, _) = header.acts.asks().next().unwrap();
        ObligationId { entry, index }
    }

    fn answer(
        &mut self,
        side: Side,
        entry_type: &str,
        on: ObligationId,
    ) -> Result<EntryId, AppError> {
        let writing = Writing::on(self.dossier, &[("text", "Lu.")]).target(on);
        let written = self.pair.try_write(side, entry_type, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    fn step(&mut self, side: Side, name: &str) -> Result<EntryId, AppError> {
        let writing = Writing::on(self.dossier, &[("text", "Convenu.")]);
        let written = self.pair.try_write(side, name, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    fn phase(&self, side: Side) -> Phase {
        let app = &self.pair.node(side).app;
        let view = app.dossier(&self.actor(side), self.dossier, None).unwrap();
        view.line.phase
    }
}

/// Whether a version of that end is what holds, for both sides.
fn holds(inquiry: &Inquiry, ends: &str) {
    for side in Side::BOTH {
        let view = inquiry.view(side);
        let in_force = view.in_force().unwrap();
        assert_eq!(in_force.values.as_ref().unwrap().text(ENDS), Some(ends));
        assert_eq!(in_force.signatures.len(), 2);
    }
}

/// Invariant 1: a version is owed an answer in both ledgers, and only a signature makes it hold. A later one replaces it only once signed.
/// Take out: in `app/src/show/agreement.rs::signed`, that the answer must be a signature.
#[test]
fn invariant_01_an_agreement_is_in_force_once_both_signed() {
    let mut inquiry = Inquiry::new(601);
    let on = inquiry.propose(Side::Ma, &[]);
    for side in Side::BOTH {
        let view = inquiry.view(side);
        assert!(view.in_force().is_none());
        assert_eq!(view.versions[0].state, AgreementState::Proposed);
        assert_eq!(inquiry.pair.obligation(side, on).ask, Ask::Decide);
    }
    let offers: Vec<&str> = inquiry.view(Side::Fr).versions[0].asks[0]
        .offers
        .iter()
        .map(|e| e.name)
        .collect();
    assert!(offers.contains(&"investigation.sign") && offers.contains(&"investigation.counter"));
    assert!(offers.contains(&"refuse"));
    assert!(!offers.contains(&"investigation.join") && !offers.contains(&"reply"));
    inquiry.answer(Side::Fr, "investigation.sign", on).unwrap();
    assert_eq!(inquiry.pair.obligation(Side::Ma, on).state, State::Answered);
    holds(&inquiry, "2016-05-31");

    // The period is extended by a version that ends later: what holds is what both signed last.
    let changed = on.entry.to_string();
    let longer = [(ENDS, "2016-12-31"), (CHANGES, changed.as_str())];
    let on = inquiry.propose(Side::Fr, &longer);
    holds(&inquiry, "2016-05-31");
    inquiry.answer(Side::Ma, "investigation.sign", on).unwrap();
    holds(&inquiry, "2016-12-31");
    let view = inquiry.view(Side::Ma);
    assert_eq!(view.standing(&view.versions[0]), AgreementState::Replaced);
    inquiry.pair.assert_same();
}

#[test]
fn a_version_is_answered_by_another_refused_or_withdrawn() {
    let mut inquiry = Inquiry::new(602);
    let first = inquiry.propose(Side::Ma, &[]);
    let app = &inquiry.pair.fr().app;
    let form = app.form(
        &inquiry.actor(Side::Fr),
        &entente_app::FormQuery {
            dossier: Some(inquiry.dossier),
            entry_type: "investigation.counter".into(),
            target: Some(first),
            ..entente_app::FormQuery::default()
        },
    );
    let preset = form.unwrap().preset;
    assert_eq!(
        preset.text("purpose"),
        Some("Établir l’itinéraire."),
        "from what it answers"
    );
    assert_eq!(preset.text(CHANGES), Some(first.entry.to_string().as_str()));
    let terms = Inquiry::terms(&[
        ("media", "Communiqué commun."),
        ("media_other", "بلاغ مشترك."),
    ]);
    let counter = Writing::on(inquiry.dossier, &terms).target(first);
    let counter = inquiry
        .pair
        .write(Side::Fr, "investigation.counter", &counter)
        .entry;
    inquiry.pair.settle();
    let second = inquiry.asked_by(counter);
    assert_eq!(
        inquiry.view(Side::Ma).versions[0].state,
        AgreementState::NotAgreed
    );
    assert_eq!(
        inquiry
            .pair
            .obligation(Side::Ma, second)
            .debtor
            .node()
            .as_str(),
        "ma"
    );
    let refuse = [("ground", "disproportionate"), ("reason", "Trop large.")];
    let refuse = Writing::on(inquiry.dossier, &refuse).target(second);
    inquiry.pair.write(Side::Ma, "refuse", &refuse);
    inquiry.pair.settle();
    let third = inquiry.propose(Side::Ma, &[]);
    inquiry.answer(Side::Ma, "withdraw", third).unwrap();
    for side in Side::BOTH {
        let view = inquiry.view(side);
        assert!(view.in_force().is_none());
        assert!(
            view.versions
                .iter()
                .all(|v| v.state == AgreementState::NotAgreed)
        );
        assert_eq!(view.versions.len(), 3);
    }
}

#[test]
fn nothing_but_a_version_is_signed_and_a_version_is_answered_by_nothing_else() {
    let mut inquiry = Inquiry::new(603);
    let opening = inquiry.asked_by(inquiry.dossier.opening());
    let refused = inquiry.answer(Side::Fr, "investigation.sign", opening);
    assert!(matches!(refused, Err(AppError::Compose(_))), "{refused:?}");
    inquiry
        .answer(Side::Fr, "investigation.join", opening)
        .unwrap();
    let on = inquiry.propose(Side::Ma, &[]);
    for other in ["investigation.join", "reply"] {
        let refused = inquiry.answer(Side::Fr, other, on);
        assert!(
            matches!(refused, Err(AppError::Compose(_))),
            "{other}: {refused:?}"
        );
    }
    let alone = inquiry.step(Side::Fr, "investigation.sign");
    assert!(alone.is_err(), "a signature of nothing: {alone:?}");
    let backwards = Inquiry::terms(&[(ENDS, "2015-05-31")]);
    let tried = inquiry.pair.try_write(
        Side::Fr,
        "investigation.agreement",
        &Writing::on(inquiry.dossier, &backwards),
    );
    match tried {
        Err(AppError::Fields(errors)) => assert_eq!(errors[0].problem, Problem::BeforeBeginning),
        other => panic!("{other:?}"),
    }
}

/// The convenor leads, each step where its phase allows it; the judge refuses the rest on both sides. Take out: in `core/src/judge.rs`,
/// the line that asks `keeps_phase`.
#[test]
fn phases_are_set_by_the_convenor_where_they_may_follow() {
    let mut inquiry = Inquiry::new(604);
    let opening = inquiry.asked_by(inquiry.dossier.opening());
    inquiry
        .answer(Side::Fr, "investigation.join", opening)
        .unwrap();
    let refused = |tried: Result<EntryId, AppError>| match tried {
        Err(AppError::Irregular(reason)) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        refused(inquiry.step(Side::Fr, "investigation.to_operational")),
        Irregular::NotConvenor
    );
    assert_eq!(
        refused(inquiry.step(Side::Ma, "investigation.to_prosecution")),
        Irregular::Phase
    );
    let words = [("next_time", "Convenir plus tôt des interprètes.")];
    let writing = Writing::on(inquiry.dossier, &words);
    let early = inquiry
        .pair
        .try_write(Side::Fr, "investigation.midterm", &writing);
    assert_eq!(refused(early.map(|r| r.entry)), Irregular::Phase);
    inquiry
        .step(Side::Ma, "investigation.to_operational")
        .unwrap();
    for side in Side::BOTH {
        assert_eq!(inquiry.phase(side), Phase::Operational);
    }
    let midterm = inquiry
        .pair
        .write(Side::Fr, "investigation.midterm", &writing)
        .entry;
    inquiry.pair.settle();
    inquiry
        .step(Side::Ma, "investigation.to_prosecution")
        .unwrap();
    inquiry
        .step(Side::Ma, "investigation.to_evaluation")
        .unwrap();
    let fields = [("title", "Relevé"), ("text", "Trois départs.")];
    let late = Writing::on(inquiry.dossier, &fields);
    let late = inquiry
        .pair
        .try_write(Side::Fr, "investigation.contribute", &late);
    assert_eq!(refused(late.map(|r| r.entry)), Irregular::Phase);
    let note = Writing::on(inquiry.dossier, &[("text", "Encore un mot.")]);
    inquiry.pair.write(Side::Fr, "note", &note);
    inquiry
        .pair
        .write(Side::Ma, "investigation.evaluate", &writing);
    inquiry.pair.settle();
    for side in Side::BOTH {
        let view = inquiry.evaluation(side);
        assert_eq!(view.evaluations.len(), 2);
        let first = view.evaluations.iter().find(|e| e.id == midterm).unwrap();
        assert!(matches!(&first.body, BodyView::Here(values) if values.text(FIGURES).is_some()));
    }
    inquiry.step(Side::Ma, "close").unwrap();
    assert_eq!(inquiry.phase(Side::Fr), Phase::Closed);
    inquiry.pair.assert_same();
}

/// Bringing somebody in changes no phase, whoever writes it. Take out the same line.
#[test]
fn rule_09_an_invitation_leads_no_investigation_into_another_phase() {
    let mut inquiry = Inquiry::new(605);
    let dossier = inquiry.dossier;
    let opening = inquiry.pair.ma().header(dossier.opening());
    let opens = |act: &Act| match act {
        Act::Open { config, .. } => Some(config.clone()),
        _ => None,
    };
    let config = opening.acts.known.iter().find_map(opens).unwrap();
    let lie = |phase| Act::Configure {
        config: Config {
            phase,
            ..config.clone()
        },
    };
    let mut liar = Liar::of(&inquiry.pair, Side::Ma);
    let acts = vec![lie(Phase::Evaluation)];
    let mut header = next_header(&inquiry.pair, Side::Ma, dossier, "invite", acts);
    commit(&mut header, &[3; 16], b"");
    let id = liar.push(&header, [3; 16], b"");
    drop(liar.tell(&mut inquiry.pair));
    let verdict = inquiry.pair.fr().entry(id).unwrap().unwrap().verdict;
    assert_eq!(
        Verdict::from_number(verdict),
        Verdict::Irregular(Irregular::Phase)
    );
}

/// A clause in one of the two languages only is refused where it is written; a version that an earlier program signed so is regular, is signed, and
/// holds as it is: rules of writing judge nothing that was written before them.
///
/// Take out: in `app/src/inquiry.rs::refuse_strange_version`, `half_written`; or let the judge ask for it.
#[test]
fn rule_08_a_version_signed_in_one_language_before_still_holds() {
    let mut inquiry = Inquiry::new(613);
    let half = Inquiry::terms(&[("media", "Communiqué commun.")]);
    let (mut pair, dossier) = (inquiry.pair, inquiry.dossier);
    let said = pair.try_write(
        Side::Ma,
        "investigation.agreement",
        &Writing::on(dossier, &half),
    );
    let Err(AppError::Fields(errors)) = said else {
        panic!("taken: {said:?}");
    };
    let wrong: Vec<&str> = errors.iter().map(|error| error.field).collect();
    assert_eq!(wrong, ["media_other"]);
    // The same as a program of before writes it.
    let mut values = Values::default();
    for (name, text) in &half {
        values
            .values
            .insert((*name).to_owned(), Value::Text((*text).to_owned()));
    }
    let ask = Act::Ask {
        ask: Ask::Decide,
        of: "fr/liaison".parse().unwrap(),
        urgency: Urgency::Normal,
        by: None,
        number: 2,
        about: None,
        to: None,
    };
    let mut liar = Liar::of(&pair, Side::Ma);
    let mut header = next_header(
        &pair,
        Side::Ma,
        dossier,
        "investigation.agreement",
        vec![ask],
    );
    let body = values.to_bytes();
    commit(&mut header, &[3; 16], &body);
    let entry = liar.push(&header, [3; 16], &body);
    drop(liar.tell(&mut pair));
    inquiry.pair = pair;
    let row = inquiry.pair.fr().entry(entry).unwrap().unwrap();
    assert_eq!(Verdict::from_number(row.verdict), Verdict::Regular);
    let on = ObligationId { entry, index: 0 };
    let writing = Writing::on(dossier, &[("text", "Lu.")]).target(on);
    let signed = inquiry
        .pair
        .try_write(Side::Fr, "investigation.sign", &writing);
    assert!(signed.is_ok(), "{signed:?}");
    let view = inquiry.view(Side::Fr);
    assert_eq!(view.in_force().map(|version| version.entry), Some(entry));
}

/// Invariant 2: the figures of an evaluation are the record's, and both nodes compute the same.
#[test]
fn invariant_02_both_sides_evaluate_the_same_figures() {
    let mut inquiry = Inquiry::new(606);
    let fields = [("title", "Relevé"), ("text", "Trois départs.")];
    let writing = Writing::on(inquiry.dossier, &fields);
    inquiry
        .pair
        .write(Side::Fr, "investigation.contribute", &writing);
    let phone = [("name", "+33 1 00 00 00 01"), ("nature", "fact")];
    let phone = Writing::on(inquiry.dossier, &phone);
    inquiry.pair.write(Side::Fr, "investigation.phone", &phone);
    inquiry.pair.settle();
    inquiry
        .pair
        .write(Side::Ma, "investigation.phone", &phone.own_only());
    let (ma, fr) = (inquiry.evaluation(Side::Ma), inquiry.evaluation(Side::Fr));
    assert_eq!(ma.figures, fr.figures);
    let of = |name: &str| {
        ma.figures
            .iter()
            .find(|(n, _)| n.as_str() == name)
            .unwrap()
            .1
    };
    assert_eq!((of("fr").contributions, of("fr").things), (1, 1));
    assert_eq!(of("ma").things, 0, "what stays at home is not counted");
    assert_eq!((of("ma").feedback_asked, of("ma").feedback_given), (1, 0));
    assert_eq!(
        (of("fr").asked, of("fr").open),
        (1, 1),
        "the opening asks to join"
    );
}

/// Of three states all sign: a counter-proposal asks every other side, not only the one that it answers. Take out: in
/// `core/src/kind.rs::asked_each`, the counters.
#[test]
fn among_three_a_counter_proposal_asks_every_other_side_and_is_in_force_once_all_signed() {
    let mut world = TestMany::linked(631, &["ma", "fr", "es"]);
    let dossier = world.joined(0, &[1, 2], None);
    let terms = Writing::on(dossier, &TERMS);
    world.write(0, "investigation.agreement", &terms);
    world.settle();
    let asked = world.owed(1, dossier, Ask::Decide);
    let counter = world.write(1, "investigation.counter", &terms.clone().target(asked));
    world.settle();
    for (place, signers) in [(0, 2), (2, 3)] {
        let own: ServiceName = world.nodes[place].officer("liaison").unwrap().service;
        let header = world.nodes[place].header(counter.entry);
        let mut asked = header.asked(counter.entry);
        let of_own = |id: &ObligationId| {
            let row = world.nodes[place].look(|tx| tx.obligation(*id)).unwrap();
            row.is_some_and(|row| row.owing.node() == own.node())
        };
        let asked = asked.find(of_own).expect("asked too");
        let signs = Writing::on(dossier, &[("text", "Lu.")]).target(asked);
        world.write(place, "investigation.sign", &signs);
        world.settle();
        for node in &world.nodes {
            let officer = node.officer("liaison").unwrap();
            let view = node.app.agreement(&officer, dossier).unwrap();
            let last = view.versions.last().unwrap();
            assert_eq!(last.signatures.len(), signers, "{}", node.name);
            assert_eq!(view.in_force().is_some(), signers == 3, "{}", node.name);
        }
    }
}
