//! An agreement in every state, with hostile clauses, one version unreadable and one not to be printed; and an evaluation of both sides.

use super::{HOSTILE, NOW, entries, entry_id, line, node, obligations, service};
use entente_app::views::{
    AgreementSignature, AgreementState, AgreementVersion, AgreementView, CaseFigures, DutyState,
    DutyTask, EntryView, EvaluationView, ReviewEntry, ReviewView,
};
use entente_core::charter::Inform;
use entente_core::codes::Role;
use entente_core::field::{Value, Values};
use entente_core::kinds::investigation::agreement::{BEGINS, CLAUSES, ENDS, OTHER_LANG};
use entente_core::kinds::investigation::phases::evaluates;
use entente_core::label::Lang;

fn values(n: u8) -> Values {
    let mut values = Values {
        lang: Some(Lang::Fr),
        ..Values::default()
    };
    let mut put = |name: &str, text: String| {
        values.values.insert(name.to_owned(), Value::Text(text));
    };
    put(BEGINS, "2015-06-01".into());
    put(ENDS, format!("201{n}-05-31"));
    put(OTHER_LANG, "ar".into());
    for (i, clause) in CLAUSES.iter().enumerate() {
        put(
            clause.name,
            format!("{HOSTILE} {}", usize::from(n) * (i % 2)),
        );
        if i % 3 > 0 {
            put(clause.other, HOSTILE.into());
        }
    }
    values
}

pub fn agreement() -> AgreementView {
    let states = [
        AgreementState::Signed,
        AgreementState::NotAgreed,
        AgreementState::Signed,
        AgreementState::Proposed,
    ];
    let signature = |n: u8| AgreementSignature {
        entry: entry_id(n),
        service: service("fr/enquetes"),
        at: NOW,
    };
    let version = |(n, state): (u8, AgreementState)| AgreementVersion {
        entry: entry_id(n),
        number: u32::from(n),
        changes: (n == 4).then(|| entry_id(1)),
        values: (n != 2).then(|| values(n)),
        printed: n != 1,
        signatures: vec![signature(n), signature(n + 4)],
        state,
        asks: obligations().into_iter().take(usize::from(n)).collect(),
    };
    let dossier = line("investigation");
    let forms = dossier.kind.entry("investigation.agreement");
    AgreementView {
        forms: forms.into_iter().collect(),
        dossier,
        versions: (1..).zip(states).map(version).collect(),
    }
}

pub fn evaluation() -> EvaluationView {
    let dossier = line("investigation");
    let forms = dossier.kind.entries.iter().copied();
    let figures = CaseFigures {
        contributions: 1_234,
        overdue: 2,
        ..CaseFigures::default()
    };
    EvaluationView {
        forms: forms.filter(|entry| evaluates(entry.name)).collect(),
        dossier,
        figures: vec![(node("fr"), figures), (node("ma"), CaseFigures::default())],
        evaluations: entries(),
    }
}

/// A line for each reason why something waits for a magistrate.
pub fn duties() -> Vec<DutyTask> {
    let task = |state| DutyTask {
        dossier: line("duty"),
        state,
        since: NOW,
        over: None,
    };
    let deferred = DutyState::Deferred {
        decision: entry_id(2),
        until: "2026-05-04".into(),
        due: true,
    };
    vec![
        task(Some(DutyState::Owed)),
        task(Some(DutyState::Ordered(entry_id(1)))),
        task(Some(deferred)),
        DutyTask {
            over: Some(obligations().swap_remove(0)),
            ..task(None)
        },
    ]
}

/// A review in which every paper says what could hurt a page.
pub fn review(proof: Option<&str>) -> ReviewView {
    let on_file = vec![entry_id(1), entry_id(2)];
    let one = |entry: EntryView| ReviewEntry {
        printed: true,
        on_file: on_file.clone(),
        role: Role::Magistrate,
        proof: proof.map(str::to_owned),
        entry,
    };
    ReviewView {
        dossier: line("duty"),
        drawn: vec![line("duty"), line("proceedings")],
        state: Some(DutyState::Refused(entry_id(1))),
        entries: entries().into_iter().map(one).collect(),
        obligations: obligations(),
        terms: Some(Inform::modelled()),
        at: NOW,
    }
}
