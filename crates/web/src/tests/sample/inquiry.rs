//! An agreement in every state, with hostile clauses, one version unreadable and one not to be printed; an evaluation of both sides; and the
//! courts with an entry in every standing.

use super::{HOSTILE, NOW, entries, entry_id, line, node, obligations, service};
use entente_app::views::{
    AgreementSignature, AgreementState, AgreementVersion, AgreementView, CaseFigures, CourtView,
    CourtWord, DutyState, DutyTask, EntryView, EvaluationView, PieceView, ReviewEntry, ReviewView,
    SpeakingLine, SpeaksOf, VenueState, VenueView,
};
use entente_core::charter::Inform;
use entente_core::codes::Role;
use entente_core::court::{Bar, Standing};
use entente_core::field::{Value, Values};
use entente_core::kinds::investigation::agreement::{BEGINS, CLAUSES, ENDS, OTHER_LANG};
use entente_core::kinds::investigation::court as of_court;
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

fn word(n: u8, entry_type: &'static entente_core::kind::EntryType) -> CourtWord {
    let mut values = Values {
        lang: Some(Lang::Fr),
        ..Values::default()
    };
    let texts = [of_court::COURT, of_court::PART, of_court::REFERENCE, "text"];
    for name in texts {
        let text = Value::Text(HOSTILE.into());
        values.values.insert(name.to_owned(), text);
    }
    let codes = [
        (of_court::STAGE, if n == 2 { "ended" } else { "trial" }),
        (of_court::RESULT, of_court::EVIDENCE_EXCLUDED),
        (of_court::EXCLUDED, "custody"),
        (of_court::SINCE, "2015-09-01"),
        (of_court::DAY, "2016-11-07"),
        (of_court::AUTHORITY, "fr/liaison"),
    ];
    for (name, code) in codes {
        let code = Value::Text(code.into());
        values.values.insert(name.to_owned(), code);
    }
    let grounds = vec!["place".to_owned(), HOSTILE.to_owned()];
    values
        .values
        .insert(of_court::GROUNDS.to_owned(), Value::List(grounds));
    CourtWord {
        entry: entry_id(n),
        entry_type,
        service: service(if n.is_multiple_of(2) {
            "fr/enquetes"
        } else {
            "ma/liaison"
        }),
        at: NOW,
        ours: n % 2 == 1,
        values: (n != 4).then_some(values),
        about: vec![entry_id(1), entry_id(7)],
        printed: n != 3,
    }
}

/// Every standing of an entry, everything that is said about the courts, words that may not be read or printed among it.
pub fn court() -> CourtView {
    let dossier = line("investigation");
    let standings = [
        Standing::May(Vec::new()),
        Standing::May(vec![entry_id(2)]),
        Standing::Asks(vec![(entry_id(1), "H1"), (entry_id(2), "H2")]),
        Standing::Barred(Bar::Unread(entry_id(1))),
        Standing::Barred(Bar::Ended(NOW)),
        Standing::Barred(Bar::NoProof),
        Standing::Barred(Bar::Correction),
    ];
    let piece = |(n, standing): (u8, Standing)| PieceView {
        entry: entry_id(n),
        entry_type: dossier
            .kind
            .entry("investigation.contribute")
            .filter(|_| n != 2),
        type_name: "investigation.contribute".into(),
        title: if n == 4 {
            String::new()
        } else {
            HOSTILE.into()
        },
        ours: n == 1,
        service: service("fr/enquetes"),
        at: NOW,
        codes: entente_core::handling::HandlingCodes::H1,
        standing,
        asked: obligations()
            .into_iter()
            .take(usize::from(n == 3))
            .collect(),
        files: u64::from(n),
        corrected: n == 2,
        told: vec![word(1, &of_court::PRODUCED), word(2, &of_court::OUTCOME)],
        printed: n != 4,
    };
    let states = [
        VenueState::Proposed,
        VenueState::Agreed,
        VenueState::NotAgreed,
    ];
    let venue = |(n, state): (u8, VenueState)| VenueView {
        word: word(n, &of_court::VENUE),
        asks: obligations().into_iter().take(1).collect(),
        state,
    };
    let all = |entry_type| (1..=4).map(|n| word(n, entry_type)).collect::<Vec<_>>();
    let forms = dossier.kind.entries.iter().copied();
    CourtView {
        pieces: (1..).zip(standings).map(piece).collect(),
        page: 1,
        total: 250,
        produced: all(&of_court::PRODUCED),
        proceedings: all(&of_court::PROCEEDINGS),
        outcomes: all(&of_court::OUTCOME),
        venues: (1..).zip(states).map(venue).collect(),
        forms: forms.filter(|e| of_court::is_of_court(e.name)).collect(),
        dossier,
    }
}

/// A link, an entry of our node alone, one to erase apart, one of an unknown type; and some of theirs.
pub fn speaks_of() -> SpeaksOf {
    let line = |n: u8| SpeakingLine {
        entry: entry_id(n),
        entry_type: entente_core::kinds::find("investigation")
            .and_then(|k| k.entry("investigation.link"))
            .filter(|_| n != 4),
        type_name: "investigation.link".into(),
        service: service("ma/liaison"),
        at: NOW,
        here: n == 2,
        apart: n == 3,
        chosen: n == 1,
    };
    SpeaksOf {
        ours: (1..=4).map(line).collect(),
        theirs: 2,
        here: false,
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
        left_out: 0,
        obligations: obligations(),
        terms: Some(Inform::modelled()),
        at: NOW,
    }
}
