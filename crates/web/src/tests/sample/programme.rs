//! A programme with clauses in every standing, with texts made to hurt.

use super::{HOSTILE, NOW, entry_id, line, obligations, service};
use entente_app::views::{
    AgreementSignature, AgreementState, ClauseView, CohortView, CommitmentView, FollowUpView,
    JudgedLater, PointStatus, ProgrammeVersion, ProgrammeView, Said,
};
use entente_core::field::{Value, Values};
use entente_core::ids::DossierId;
use entente_core::kinds::programme::clauses::Standing;
use entente_core::kinds::programme::{CLAUSE, COST, EVALUATION, FIGURES, OPEN, REVIEW, TALLY};

fn values(texts: &[(&str, &str)], numbers: &[(&str, i64)]) -> Values {
    let mut values = Values::default();
    for (name, text) in texts {
        let text = Value::Text((*text).to_owned());
        values.values.insert((*name).to_owned(), text);
    }
    for (name, number) in numbers {
        let number = Value::Number(*number);
        values.values.insert((*name).to_owned(), number);
    }
    values
}

fn said(n: u8, kind: &str, values: Option<Values>) -> Said {
    Said {
        entry: entry_id(n),
        kind: kind.to_owned(),
        by: service("fr/liaison"),
        at: NOW,
        values,
        printed: true,
    }
}

fn clause((n, standing): (u8, Standing)) -> ClauseView {
    let texts = [
        ("heading", HOSTILE),
        ("text", HOSTILE),
        ("other_lang", "ar"),
        ("other_heading", HOSTILE),
        ("other_text", HOSTILE),
    ];
    let readable = standing != Standing::Refused;
    ClauseView {
        said: said(
            n,
            CLAUSE.name,
            readable.then(|| values(&texts, &[("number", i64::from(n))])),
        ),
        standing,
        asks: obligations(),
    }
}

fn version(n: u8, state: AgreementState) -> ProgrammeVersion {
    ProgrammeVersion {
        said: said(n, "programme.version", None),
        clauses: vec![entry_id(1), entry_id(9)],
        sound: state == AgreementState::Signed,
        digest: Some("5f1c90aa".repeat(8)),
        state,
        signatures: vec![AgreementSignature {
            entry: entry_id(n),
            service: service("ma/liaison"),
            at: NOW,
        }],
        asks: obligations(),
    }
}

fn cohort() -> CohortView {
    let texts = [
        ("title", HOSTILE),
        ("place", HOSTILE),
        ("begins", "2026-01-11"),
        ("ends", "2028-12-14"),
        ("currency", "EUR"),
    ];
    let numbers = [("places", 50), ("cost", 1_234_505)];
    CohortView {
        said: said(3, "programme.cohort", Some(values(&texts, &numbers))),
        sessions: vec![said(4, "programme.session", None)],
        selections: vec![said(
            13,
            "programme.selection",
            Some(values(&[("rules", HOSTILE), ("until", "2025-11-30")], &[])),
        )],
        universities: vec![said(14, "programme.university", None)],
        placements: vec![said(
            15,
            "programme.placement",
            Some(values(&[("host", HOSTILE)], &[("placed", 40)])),
        )],
        later: Some(JudgedLater {
            from: NOW,
            until: NOW,
            late: true,
        }),
        figures: Some(said(5, FIGURES.name, Some(values(&[], &[(TALLY[0], 50)])))),
        evaluations: ["end", "later"]
            .map(|when| {
                let answers = [("content_good", 31), ("content_fair", 9)];
                said(
                    6,
                    EVALUATION.name,
                    Some(values(&[("when", when)], &answers)),
                )
            })
            .to_vec(),
        here: Some([50, 48, 40, 2]),
    }
}

pub fn programme() -> ProgrammeView {
    let standings = [
        Standing::Accepted,
        Standing::Proposed,
        Standing::Countered,
        Standing::Refused,
    ];
    let states = [
        AgreementState::Signed,
        AgreementState::Proposed,
        AgreementState::NotAgreed,
    ];
    let dossier = line("programme");
    let opened = values(
        &[
            ("template", "police"),
            ("idea", HOSTILE),
            ("owners", HOSTILE),
        ],
        &[],
    );
    let spent = values(
        &[("title", HOSTILE), ("currency", "MAD")],
        &[("cost", 1_200)],
    );
    ProgrammeView {
        forms: dossier.kind.entries.iter().copied().take(6).collect(),
        dossier,
        opened: Some(said(1, OPEN.name, Some(opened))),
        study: obligations(),
        commitments: vec![CommitmentView {
            dossier: DossierId([1; 32]),
            entry: entry_id(2),
            words: HOSTILE.into(),
            status: PointStatus::Open,
            asks: obligations(),
        }],
        clauses: (1..).zip(standings).map(clause).collect(),
        agreed: vec![entry_id(1)],
        unclear: None,
        versions: (1..)
            .zip(states)
            .map(|(n, state)| version(n, state))
            .collect(),
        cohorts: vec![cohort()],
        studies: vec![said(
            18,
            "programme.studied",
            Some(values(&[("finding", "pursue"), ("text", HOSTILE)], &[])),
        )],
        follow_ups: vec![FollowUpView {
            said: said(
                16,
                "programme.follow_up",
                Some(values(&[("text", HOSTILE)], &[])),
            ),
            asks: obligations(),
            reports: vec![said(17, "programme.followed", None)],
        }],
        costs: vec![said(7, COST.name, Some(spent))],
        results: vec![said(8, REVIEW.name, None)],
    }
}
