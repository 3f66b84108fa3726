//! A node made of samples: every kind of view with hostile and Arabic text in it, all people invented.

pub mod drafts;
mod exhibits;
mod inquiry;
mod lessons;
mod meetings;
mod plan;
mod programme;
mod things;

use crate::verbs::Verbs;
use entente_app::Fingerprint;
use entente_app::access::{AccessRecord, Operation, Taken};
use entente_app::courier::{self, CourierFault, CourierReport, CourierView};
use entente_app::court::Bundling;
use entente_app::restart::{
    Ground as RestartGround, RestartStep, RestartView, RestartWaits, Restarts,
};
use entente_app::views::*;
use entente_app::{
    Absence, Actor, AppError, Asking, Brought, By, Came, Challenge, Change, CompromiseView,
    DeclarationImport, DraftId, Errand, FileReader, FormQuery, GivenReason, Giving, Going, Heard,
    Incoming, InputFault, KeyChangeView, MailFailure, NewOfficer, NewPasskey, NodeSettings,
    NoticeSettings, OfficerChange, PeopleFault, Reauthenticating, Recorded, Recording, Releasing,
    Reopening, Result, Session, SignatureAsked, SignedIn, SigningFault, SigningKeysView, Stays,
    Submitted, TlsChangeView, TlsKeysView, Tried, Unreleasable, Weighed,
};
use entente_core::access::{Reason, Refusal};
use entente_core::act::{Act, Config, Earlier, OnAct};
use entente_core::anomaly::{Finding, Pattern};
use entente_core::balance::{ByTheme, Figures, Promises, Reading, Themes, Year, too_long};
use entente_core::charter::Terms;
use entente_core::codes::*;
use entente_core::conditions::{Answer, Conditions, Restriction, Use, Uses};
use entente_core::field::{FieldType, Problem, Value, Values};
use entente_core::floor::{Action, Bar};
use entente_core::handling::{Evaluation, Handling, HandlingCodes};
use entente_core::header::Release;
use entente_core::ids::*;
use entente_core::instant::{Instant, Span};
use entente_core::judge::{Irregular, Verdict};
use entente_core::keeping::Because;
use entente_core::kind::{EntryType, Kind};
use entente_core::kinds;
use entente_core::kinds::declaration::text::ImportError;
use entente_core::label::{Lang, label};
use entente_core::notice::{self, Digest, Wishes};
use entente_core::obligation::{Chase, ProposedTime, Side, State};
use entente_core::released::{EarlierProblem, Mismatch};
use entente_core::statistics::{Counts, Month, Published};
use entente_core::wall::{Across, BridgeGround, Line, SecurityPurpose};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// What must never appear unescaped.
pub const HOSTILE: &str = "<script>alert(\"1\")</script> & 'ق' \u{202e}";
/// 24 November 2025, 13:05 UTC.
pub const NOW: Instant = Instant(1_763_989_500_000);
/// Session token of the sample.
pub const TOKEN: &str = "token";
/// Form secret of the sample.
pub const CSRF: &str = "secret-of-forms";
/// The mark of a browser in which somebody signed in before.
pub const KNOWN: &str = "mark-of-a-desk";

/// The node: remembers what was recorded.
pub struct Sample {
    me: NodeName,
    settings: NodeSettings,
    pub recorded: Mutex<Vec<Recording>>,
    /// What was released.
    pub released: Mutex<Vec<Releasing>>,
    /// What recording fails with, once.
    pub refuse: Mutex<Option<AppError>>,
    /// Why something was to leave by one signature.
    pub alone: Mutex<Vec<String>>,
    /// How many files began to be sealed.
    pub begun: AtomicU64,
}

impl Sample {
    /// A node in a demonstration.
    pub fn new() -> Self {
        Self::of(true)
    }

    /// A node outside any demonstration.
    pub fn plain() -> Self {
        Self::of(false)
    }

    fn of(demo: bool) -> Self {
        let clocks = vec![
            ("Rabat".into(), "Africa/Casablanca".into()),
            ("Paris".into(), "Europe/Paris".into()),
        ];
        let settings = NodeSettings {
            title: format!("Nœud {HOSTILE}"),
            demo,
            lang: Lang::Fr,
            clocks,
            second_factor: false,
            public_url: None,
            notices: NoticeSettings {
                mail: Some(Class::Restricted),
                ..NoticeSettings::default()
            },
        };
        Self {
            me: node("ma"),
            settings,
            recorded: Mutex::default(),
            begun: AtomicU64::default(),
            released: Mutex::default(),
            refuse: Mutex::default(),
            alone: Mutex::default(),
        }
    }
}

pub fn node(name: &str) -> NodeName {
    name.parse().unwrap()
}
fn service(name: &str) -> ServiceName {
    name.parse().unwrap()
}
pub fn entry_id(n: u8) -> EntryId {
    EntryId([n; 32])
}
pub fn dossier_id(n: u8) -> DossierId {
    DossierId([n; 32])
}
fn kind(name: &str) -> &'static Kind {
    kinds::find(name).unwrap()
}

/// An entry that another purpose uses, readable there or not.
fn brought(answer: Answer, readable: bool) -> BroughtView {
    let mut said = Values {
        lang: Some(Lang::Fr),
        ..Values::default()
    };
    let text = Value::Text(HOSTILE.into());
    said.values.insert("text".to_owned(), text);
    BroughtView {
        entry: entry_id(8),
        entry_type: kind("investigation").entry("investigation.contribute"),
        type_name: "investigation.contribute".into(),
        service: service("fr/liaison"),
        at: NOW,
        handling: Handling {
            class: Class::Restricted,
            codes: HandlingCodes::H1,
            evaluation: None,
        },
        said: readable.then_some(said),
        corrected: true,
        printed: readable,
        answer,
        from: readable.then(|| related(true)),
        decision: entry_id(9),
        decided: NOW,
        ground: BridgeGround::Court,
        purpose: SecurityPurpose::Prosecution,
    }
}

fn line(kind_name: &str) -> DossierLine {
    DossierLine {
        id: dossier_id(7),
        number: "FR-3".into(),
        title: HOSTILE.into(),
        kind: kind(kind_name),
        purpose: Purpose::Justice,
        phase: Phase::Open,
        nodes: vec![node("fr"), node("ma")],
        opened: NOW - Span::days(400),
        updated: NOW - Span::hours(2),
        open: 3,
        overdue: 1,
    }
}

/// An obligation in each state, with everything that an obligation may carry somewhere among them.
pub(crate) fn obligations() -> Vec<ObligationView> {
    let offers: Vec<&'static EntryType> = kind("request")
        .entries
        .iter()
        .copied()
        .filter(|e| e.on_obligation())
        .collect();
    let one = |(n, state): (u8, State)| ObligationView {
        id: ObligationId {
            entry: entry_id(n),
            index: 1,
        },
        number: format!("MA-{n}"),
        dossier: dossier_id(7),
        title: if n == 3 {
            String::new()
        } else {
            HOSTILE.into()
        },
        kind: "request".into(),
        ask: Ask::ALL[usize::from(n) % Ask::ALL.len()],
        creditor: service("ma/liaison"),
        owing: service("fr/enquetes"),
        urgency: Urgency::ALL[usize::from(n) % 4],
        state,
        turn: if state.is_open() {
            Some(if n == 5 { Side::Creditor } else { Side::Debtor })
        } else {
            None
        },
        ours: Some(if n % 2 == 0 {
            Side::Creditor
        } else {
            Side::Debtor
        }),
        asked: NOW - Span::days(3),
        received: (n != 2).then_some(NOW - Span::days(2)),
        due: (n != 2).then_some(if n == 1 {
            NOW - Span::hours(50)
        } else {
            NOW + Span::hours(3)
        }),
        stopped: (n == 5).then_some(NOW),
        ended: (!state.is_open()).then_some(NOW),
        overdue: n == 1,
        on_time: (!state.is_open()).then_some(n % 2 == 0),
        chase: [
            Chase::Quiet,
            Chase::Meeting,
            Chase::Soon,
            Chase::Liaison,
            Chase::Coordinator,
            Chase::Overdue,
        ][usize::from(n) % 6],
        extended: (n == 4).then_some((NOW + Span::days(9), Delay::Workload)),
        contested: (n == 6).then_some(Contested::Answer),
        proposed: Vec::from_iter((n == 3).then(proposed_time)),
        agreed: if n == 4 {
            vec![(entry_id(1), NOW - Span::hours(5))]
        } else {
            Vec::new()
        },
        doubtful: (n == 5).then_some(DoubtfulReceipt {
            of: entry_id(1),
            received: NOW,
            arrived: NOW - Span::hours(3),
        }),
        refused: (state == State::Refused).then_some((Ground::Jeopardises, true)),
        outcome: if n == 8 {
            Outcome::TooLate
        } else {
            Outcome::None
        },
        not_received: n == 2,
        asked_by: entry_id(1),
        answered_by: Some(entry_id(2)),
        joined: vec![entry_id(3)],
        pause: (n == 5).then(|| entry_id(2)),
        offers: if state.is_open() {
            offers.clone()
        } else {
            Vec::new()
        },
        seen: format!("seen-{n}"),
    };
    (1u8..).zip(State::ALL).map(one).collect()
}

fn proposed_time() -> ProposedTime {
    ProposedTime {
        entry: entry_id(2),
        by: node("fr"),
        of: entry_id(1),
        at: NOW - Span::hours(4),
    }
}

/// An entry of each body state, verdict and side.
fn entries() -> Vec<EntryView> {
    let values = |lang| {
        let mut values = Values {
            lang: Some(lang),
            ..Values::default()
        };
        for (name, value) in [
            ("title", Value::Text(HOSTILE.into())),
            ("text", Value::Text(format!("مرحبا\n\n{HOSTILE}\nline"))),
            ("offence", Value::Text("fraud".into())),
            ("wished", Value::Text("2025-12-31".into())),
            ("unheard_of", Value::List(vec![HOSTILE.into()])),
        ] {
            values.values.insert(name.into(), value);
        }
        values
    };
    let bodies = [
        BodyView::Here(values(Lang::Ar)),
        BodyView::Here(values(Lang::Fr)),
        BodyView::None,
        BodyView::Unreadable,
        BodyView::Erased,
        BodyView::Owed,
        BodyView::Withheld,
    ];
    (1u8..)
        .zip(bodies)
        .map(|(n, body)| entry(n, body))
        .collect()
}

/// A file in every state.
fn files() -> Vec<FileView> {
    let erased = FileErased {
        by: entry_id(5),
        service: service("fr/liaison"),
        officer: HOSTILE.into(),
        at: Instant(1_430_000_000_000),
        reason: Some((HOSTILE.into(), Some(Lang::Fr))),
    };
    let file = |(state, index): (&'static str, u32)| FileView {
        index,
        name: HOSTILE.into(),
        media: "text/html".into(),
        size: 2_000_000,
        state,
        percent: 40,
        erased: (state == "erased").then(|| erased.clone()),
        limit: matches!(state, "held" | "above").then(|| (1 << 20, vec![node("fr"), node("ma")])),
    };
    let states = ["held", "wanted", "erased", "failed", "above"];
    states.into_iter().zip(0..).map(file).collect()
}

fn entry(n: u8, body: BodyView) -> EntryView {
    let type_name = [
        "request.open",
        "investigation.contribute",
        "note",
        "from.the.future",
    ][usize::from(n) % 4];
    // Whose body is withheld, nothing of is open.
    let open = !matches!(body, BodyView::Withheld);
    EntryView {
        rights: Rights {
            by_policy: true,
            read: open,
            open_files: open,
            export: open,
            erase: open,
        },
        conditions: conditions(n),
        left_standing: (n == 2).then_some(NOW),
        id: entry_id(n),
        dossier: dossier_id(7),
        type_name: type_name.into(),
        entry_type: kinds::entry(type_name),
        ours: n.is_multiple_of(2),
        service: service(if n.is_multiple_of(2) {
            "ma/liaison"
        } else {
            "fr/enquetes"
        }),
        officer: HOSTILE.into(),
        role: Role::Liaison,
        at: NOW - Span::days(i64::from(n)),
        here: NOW,
        handling: Handling {
            class: Class::Restricted,
            codes: HandlingCodes::H1.union(HandlingCodes::H3),
            evaluation: Some(Evaluation {
                source: Source::B,
                accuracy: Accuracy::Two,
            }),
        },
        release: Some(Release {
            necessity: Necessity::AnswersAsk,
            basis: Basis::Instrument,
            approver: Pseudonym([9; 8]),
        }),
        audience: if n == 3 {
            vec![node("ma")]
        } else {
            vec![node("fr"), node("ma")]
        },
        verdict: [
            Some(Verdict::Regular),
            Some(Verdict::Irregular(Irregular::StillOwed)),
            Some(Verdict::NotEvaluated),
            None,
        ][usize::from(n) % 4],
        body,
        acts: acts(),
        opened: vec![ObligationId {
            entry: entry_id(n),
            index: 1,
        }],
        files: files(),
        released: released(n),
        corrections: vec![CorrectionView {
            entry: entry_id(7),
            text: format!("Juste : {HOSTILE}"),
            why: "typing".into(),
            lang: Some(Lang::Fr),
            service: service("ma/liaison"),
            at: NOW,
        }],
        recipients: recipients(),
        named: std::sync::Arc::default(),
        in_court: inquiry::court().outcomes,
        signed: Some(drafts::signed()),
        rectifiable: true,
        evaluations: vec![otherwise()],
        translations: vec![TranslationView {
            entry: entry_id(8),
            lang: Some(Lang::Ar),
            origin: "machine".into(),
            machine: HOSTILE.into(),
            text: format!("ترجمة {HOSTILE}"),
            service: service("fr/liaison"),
            at: NOW,
        }],
        ladder: ladder(),
    }
}

fn otherwise() -> OtherwiseView {
    OtherwiseView {
        entry: entry_id(8),
        service: service("fr/liaison"),
        at: NOW,
        paragraph: Some(2),
        evaluation: Evaluation::X4,
        lang: Some(Lang::Fr),
        text: HOSTILE.into(),
        settled: Some(SettledView {
            entry: entry_id(9),
            service: service("ma/liaison"),
            at: NOW,
            agreed: Some(Evaluation::X4),
            lang: Some(Lang::Ar),
            text: format!("تقييم {HOSTILE}"),
        }),
    }
}

fn ladder() -> Vec<Rung> {
    vec![
        Rung {
            node: node("fr"),
            accepted: NOW,
            position: Some(12_345),
            received: Some(NOW),
            answered: Some(NOW),
        },
        Rung {
            node: node("es"),
            accepted: NOW,
            position: None,
            received: None,
            answered: None,
        },
    ]
}

fn related(visible: bool) -> RelatedDossier {
    RelatedDossier {
        id: dossier_id(6),
        number: "MA-2".into(),
        title: if visible {
            HOSTILE.into()
        } else {
            String::new()
        },
        visible,
    }
}

/// Among the entries, one that releases and one whose release does not fit.
/// One by each way in which an entry goes out.
fn recipients() -> Vec<RecipientView> {
    let ways = [Via::Itself, Via::Release, Via::Translation(Some(Lang::Ar))];
    let recipient = |(n, via): (usize, Via)| RecipientView {
        node: node("fr"),
        entry: entry_id(2),
        dossier: related(n == 0),
        via,
        files: n as u64,
        received: (n > 0).then_some(NOW),
        correction: (n < 2).then(|| entry_id(7)),
        asked: (n == 0).then(|| obligations().swap_remove(0)),
    };
    ways.into_iter().enumerate().map(recipient).collect()
}

fn released(n: u8) -> Option<ReleasedView> {
    let known = kinds::entry("note");
    let original = OriginalView {
        type_name: HOSTILE.into(),
        entry_type: known.filter(|_| n == 2),
        service: service("fr/enquetes"),
        officer: HOSTILE.into(),
        role: Role::Liaison,
        at: NOW - Span::days(90),
        handling: Handling::plain(Class::Restricted),
    };
    let fits = n == 1 || n == 2;
    (fits || n == 4).then(|| ReleasedView {
        entry: entry_id(3),
        dossier: related(n == 2),
        held: n == 2,
        original: fits.then_some(original),
        mismatch: (!fits).then_some(Mismatch::Body),
    })
}

/// Conditions in every state that a page shows: none, one to confirm, barred uses with what was permitted and asked for, one that
/// has ended.
fn conditions(n: u8) -> ConditionsView {
    let all = HandlingCodes::H1.union(HandlingCodes::H2);
    let restriction = |until: Option<Instant>, read: bool| Restriction {
        by: entry_id(4),
        codes: all.union(HandlingCodes::H3),
        until,
        read,
    };
    let restrictions = match n % 4 {
        0 => return ConditionsView::default(),
        1 => vec![restriction(None, false)],
        2 => vec![restriction(Some(NOW + Span::days(3)), true)],
        _ => vec![restriction(Some(NOW - Span::days(3)), true)],
    };
    let read = restrictions.iter().all(|r| r.read);
    let until = restrictions.iter().find_map(|r| r.until);
    let known = Conditions {
        restrictions,
        grants: Vec::new(),
    };
    let granted = |holds| Granted {
        entry: entry_id(5),
        to: node("ma"),
        uses: Uses::COURT.union(Uses::QUOTE),
        until: Some(NOW),
        holds,
        proceedings: HOSTILE.into(),
        to_whom: HOSTILE.into(),
        lang: Some(Lang::Fr),
    };
    let text = |text: &str| ConditionText {
        by: entry_id(4),
        dossier: dossier_id(7),
        text: text.into(),
        lang: Some(Lang::Fr),
        assured: vec![(
            "fair_trial",
            label("procès équitable", "محاكمة عادلة", "fair trial"),
        )],
        read,
    };
    ConditionsView {
        codes: known.codes(),
        until,
        tightened: vec![entry_id(4)],
        texts: vec![text(HOSTILE), text("")],
        answers: Use::ALL.map(|u| (u, known.answer(u, NOW))).to_vec(),
        granted: vec![granted(true), granted(false)],
        wanted: vec![Wanted {
            entry: entry_id(6),
            uses: Uses::FORWARD.union(Uses::PURPOSE),
        }],
    }
}

/// More than the list takes.
const REVIEWS_DUE: ReviewsDue = ReviewsDue {
    soon: 201,
    pressing: 5,
    passed: 2,
};

/// The review of a dossier, with all that its head may say.
fn review_head() -> ReviewHead {
    ReviewHead {
        due: NOW,
        because: Because::Kept(KeepReason::Law),
        each: false,
        again: false,
        erased_from: Some(NOW),
        stays: vec![Stays::Held, Stays::Owed],
    }
}

/// What is about how long contents are kept.
fn acts_on_keeping() -> [Act; 5] {
    let hold = |entry| Act::Hold {
        entry,
        ground: HoldGround::CourtOrder,
        until: NOW,
    };
    [
        Act::Keep {
            until: NOW,
            reason: KeepReason::Law,
        },
        hold(None),
        hold(Some(entry_id(3))),
        Act::Lift { hold: entry_id(3) },
        Act::Expired { before: NOW },
    ]
}

/// What is about an originator's conditions.
fn acts_on_conditions() -> [Act; 4] {
    let entry = entry_id(3);
    [
        Act::Wants {
            entry,
            uses: Uses::COURT,
        },
        Act::Permit {
            entry,
            uses: Uses::COURT,
            until: Some(NOW),
        },
        Act::Tighten {
            entry,
            codes: HandlingCodes::H2,
            until: Some(NOW),
        },
        Act::Confirm { condition: entry },
    ]
}

/// What names an earlier dossier.
fn acts_on_earlier() -> [Act; 2] {
    [
        Act::Continues {
            earlier: vec![Earlier {
                dossier: dossier_id(6),
                convenor: node("ma"),
                number: 2,
            }],
        },
        Act::Release {
            entry: entry_id(3),
            dossier: dossier_id(6),
        },
    ]
}

fn on(act: OnAct) -> Act {
    let obligation = ObligationId {
        entry: entry_id(1),
        index: 1,
    };
    Act::On { obligation, act }
}

fn acts() -> Vec<Act> {
    let mut out: Vec<Act> = vec![
        Act::Open {
            kind: "request".into(),
            number: 3,
            config: config(),
        },
        Act::Configure { config: config() },
        Act::Leave {
            service: service("fr/enquetes"),
        },
        Act::ProposeTerms { terms: terms() },
        Act::Sign {
            proposal: entry_id(1),
        },
        Act::Enact {
            proposal: entry_id(1),
            signatures: vec![],
            predecessor: None,
        },
        Act::Flag { suspended: true },
        Act::Ask {
            ask: Ask::Answer,
            of: service("fr/enquetes"),
            urgency: Urgency::Life,
            by: Some(NOW),
            number: 4,
            about: None,
            to: None,
        },
        Act::Relate {
            relation: Relation::Widens,
            from: entry_id(1),
            to: entry_id(2),
            to_dossier: dossier_id(1),
        },
        Act::Erase { entry: entry_id(4) },
        Act::EraseFile {
            entry: entry_id(4),
            index: 1,
        },
    ];
    out.extend(acts_on_earlier());
    out.extend(acts_on_conditions());
    out.extend(acts_on_keeping());
    out.extend(
        [
            OnAct::Acknowledge,
            OnAct::Progress,
            OnAct::AwaitAuthorisation,
            OnAct::Extend {
                until: NOW,
                reason: Delay::Other,
            },
            OnAct::Pause,
            OnAct::Resume { pause: entry_id(1) },
            OnAct::Answer {
                partial: true,
                outcome: Outcome::Arrest,
            },
            OnAct::Refuse {
                ground: Ground::Torture,
                withheld: true,
            },
            OnAct::Waive,
            OnAct::Withdraw,
            OnAct::Contest {
                what: Contested::Ground,
            },
            OnAct::HandOver {
                to: service("fr/liaison"),
            },
            OnAct::Accept,
            OnAct::Join,
            OnAct::ProposeTime {
                of: entry_id(1),
                at: NOW,
            },
            OnAct::AgreeTime {
                proposal: entry_id(2),
            },
        ]
        .map(on),
    );
    out
}

fn config() -> Config {
    Config {
        convenor: node("ma"),
        participants: vec![service("fr/enquetes"), service("ma/liaison")],
        purpose: Purpose::Justice,
        ceiling: Class::Restricted,
        phase: Phase::Open,
        rules: 1,
    }
}

pub fn terms() -> Terms {
    Terms::modelled(&node("ma"), &node("fr"), &node("ma"), kinds::chartered())
}

fn points() -> Vec<PointView> {
    let states = [
        PointStatus::None,
        PointStatus::Open,
        PointStatus::Claimed(vec![node("fr")]),
        PointStatus::Agreed,
    ];
    let one = |(n, status): (u8, PointStatus)| PointView {
        entry: entry_id(100 + n),
        point: format!("R12/{n}"),
        title: HOSTILE.into(),
        heading: HOSTILE.into(),
        class: "commitment".into(),
        topic: "meetings".into(),
        texts: vec![("fr".into(), HOSTILE.into()), ("ar".into(), "نص".into())],
        because: HOSTILE.into(),
        debtors: "FR, MA".into(),
        due_text: "2016".into(),
        obligations: obligations().into_iter().take(2).collect(),
        relates: Relation::ALL
            .iter()
            .map(|r| (*r, "R11/1".to_owned()))
            .collect(),
        related_by: Relation::ALL
            .iter()
            .map(|r| (*r, "R13/1".to_owned()))
            .collect(),
        status,
        programmes: vec![line("programme")],
        cut: n == 2,
        tied: BTreeSet::new(),
        evidence: vec![EvidenceView {
            claim: entry_id(110 + n),
            by: service("fr/liaison"),
            dossier: line("programme"),
            entry: entry_id(120 + n),
            what: Evidence::Agreement(AgreementState::Signed),
        }],
        figures: stated(n),
    };
    (1u8..).zip(states).map(one).collect()
}

/// Figures of a point: one that both agree on, and one on which each has its own.
fn stated(n: u8) -> Vec<FigureView> {
    use entente_core::kinds::declaration::figures::Standing;
    let one = |standing, ma: i64, fr: i64| FigureView {
        entry: entry_id(130 + n),
        by: node("ma"),
        what: HOSTILE.into(),
        unit: "people".into(),
        since: "2015-06-01".into(),
        until: "2016-05-28".into(),
        held: [(node("ma"), Some(ma)), (node("fr"), Some(fr))].into(),
        standing,
        asks: obligations().into_iter().take(1).collect(),
        printed: true,
    };
    vec![
        one(Standing::Agreed(Some(71)), 71, 71),
        one(Standing::Differs, 53, 47),
    ]
}

/// A proposal on which everything may be done at once.
fn charter_proposal() -> Proposal {
    Proposal {
        entry: entry_id(4),
        asks: Some(ObligationId {
            entry: entry_id(4),
            index: 1,
        }),
        by: node("fr"),
        terms: Terms {
            version: 2,
            transit: Span::hours(2),
            ..terms()
        },
        signed: vec![node("fr")],
        may_sign: true,
        may_enact: true,
        may_decline: true,
        may_withdraw: true,
        overtaken: false,
        faults: Vec::new(),
    }
}

fn lapsed(how: Ending) -> Lapsed {
    Lapsed {
        proposal: entry_id(5),
        by: node("ma"),
        version: 2,
        how,
        entry: entry_id(6),
    }
}

fn proposal() -> serde_json::Value {
    let text = "Les deux parties ont convenu de multiplier leurs rencontres. <b>";
    serde_json::json!({"language": "fr", "paragraphs": [
        {"number": 1, "label": "1.", "section": "Titre <i>", "text": text, "statements": [
            {"act": "commits", "speaker": {"who": "both"}, "text": text, "start": 0, "end": 60, "because": [{"paragraph": 1, "start": 17, "end": 31, "text": "ont convenu de"}]}]},
        {"number": 2, "text": "Autre.", "statements": []}],
        "commitments": [{"paragraph": 1, "statement": 0, "title": "Multiplier <u>", "text": text, "class": "commitment", "topic": "meetings",
            "because": [{"paragraph": 1, "start": 17, "end": 31, "text": "ont convenu de"}], "owners": {"who": "one", "name": "la Partie <s>"}, "due": [{"text": "avant 2017 <s>", "latest": "2016-12-31"}]}]})
}

fn tls_change() -> TlsChangeView {
    TlsChangeView {
        at: NOW,
        until: NOW + Span::days(30),
        here: Some(NOW),
        before: "ab12 cd34".into(),
        after: "cd34 ef56".into(),
        shown: false,
    }
}

fn compromise(whose: &str) -> CompromiseView {
    CompromiseView {
        node: node(whose),
        print: "89ab cdef".into(),
        since: NOW,
        by: node(whose),
        declared: NOW,
        here: NOW,
        text: HOSTILE.into(),
    }
}

fn link() -> LinkView {
    LinkView {
        partner: node("fr"),
        connected: false,
        stopped: Some("cut"),
        since: Some(NOW),
        out_size: 27_649,
        out_held: 27_640,
        in_size: 12,
        waiting: 2,
        files_wanted: 1,
        agreement: Some(Agreement {
            out_size: 9,
            in_size: 8,
            at: NOW,
            digest: "ab12".into(),
            equal: Some(false),
        }),
        ahead_ms: Some(7_200_000),
        compromised: vec![compromise("fr")],
        restart_waits: Some(RestartWaits::Answer(NOW)),
        suspended: (false, true),
    }
}

/// A month with figures, few and withheld.
fn published(month: Month) -> Published {
    let mut counts = Counts::new(3, 5);
    (0..12).for_each(|_| counts.add(0, 0));
    let obligations = vec![vec![4, 1, 0, 0, 2, 0, 3, 1]; 10];
    Published {
        month,
        at: NOW,
        persons: BTreeMap::from([("rights".to_owned(), counts.shown_after(None))]),
        obligations: BTreeMap::from([
            ("owed_by_us".to_owned(), obligations.clone()),
            ("owed_to_us".to_owned(), obligations),
        ]),
    }
}

fn figures() -> Figures {
    Figures {
        asked: 12,
        median: Some(Span::hours(30)),
        feedback_given: 3,
        feedback_asked: 4,
        feedback_no_use: 2,
        grounds: [(Ground::Political, 2)].into(),
        ..Figures::default()
    }
}

/// A reading of which there is the more, the larger `n`.
fn reading(partner: &NodeName, n: u64) -> Reading {
    let mut reading = Reading::between(&node("ma"), partner);
    if let Some(side) = reading.sides.get_mut(&node("ma")) {
        side.figures.asked = 4 + 3 * n;
        side.figures.answered = 3 + 2 * n;
        side.figures.on_time = 2 + n;
        side.figures.late = 2;
    }
    if let Some(side) = reading.sides.get_mut(partner) {
        side.figures = figures();
        side.commitments = Promises {
            made: 5,
            agreed: 2,
            claimed: 1,
            late: 1,
            open: 1,
            contested: 1,
            ..Promises::default()
        };
    }
    reading.held = n;
    reading
}

/// What `reading` promised, by theme.
fn themes(partner: &NodeName) -> ThemesView {
    let of = |promises: Promises| {
        BTreeMap::from([
            (node("ma"), Promises::default()),
            (partner.clone(), promises),
        ])
    };
    let feedback = Promises {
        made: 3,
        agreed: 1,
        claimed: 1,
        late: 1,
        ..Promises::default()
    };
    let training = Promises {
        made: 2,
        agreed: 1,
        open: 1,
        contested: 1,
        ..Promises::default()
    };
    let all = Themes(BTreeMap::from([
        ("feedback", of(feedback)),
        ("imam_training", of(training)),
    ]));
    ThemesView {
        by: ByTheme {
            years: (2012..=2015).map(|year| (year, all.clone())).collect(),
            period: all,
        },
        prints: *partner == node("fr"),
    }
}

/// A reading of a period: one side was asked much, the other nothing.
fn of_period(partner: &NodeName) -> Reading {
    let mut of = reading(partner, 3);
    for (side, account) in &mut of.sides {
        account.figures = match side == partner {
            true => Figures::default(),
            false => figures(),
        };
    }
    of
}

fn officer(active: bool) -> OfficerLine {
    OfficerLine {
        id: "agent".into(),
        name: HOSTILE.into(),
        services: vec![service("ma/liaison"), service("ma/police")],
        roles: vec![Role::Liaison, Role::Analyst],
        active,
        reset_waits: active,
    }
}

fn signed_in() -> SignedIn {
    SignedIn {
        token: TOKEN.into(),
        csrf: CSRF.into(),
        known: KNOWN.into(),
        code_next: false,
    }
}

/// A record that says all that one can say.
fn access_line() -> AccessLine {
    let record = AccessRecord::of(HOSTILE, Operation::Search, HOSTILE);
    AccessLine {
        n: 3,
        at: NOW,
        lane: HOSTILE.into(),
        seq: 2,
        numbers: vec![HOSTILE.into(), "MA-2".into()],
        roles: vec![Role::Liaison],
        record: AccessRecord {
            object: Some(HOSTILE.into()),
            service: Some(service("ma/liaison")),
            outside: true,
            reason: Some(Reason::Other),
            text: Some(HOSTILE.into()),
            words: vec!["0707070707070707".into()],
            recipients: vec![HOSTILE.into()],
            refused: Some(Refusal::Condition),
            times: Some(3),
            taken: Some(Taken::of(&[entry_id(1), entry_id(2)].into())),
            ..record
        },
    }
}

impl Verbs for Sample {
    fn me(&self) -> &NodeName {
        &self.me
    }
    fn now(&self) -> Instant {
        NOW
    }
    fn refolding(&self) -> bool {
        true
    }
    fn settings(&self) -> &NodeSettings {
        &self.settings
    }
    fn may(&self, actor: &Actor, action: Action) -> bool {
        let role = match action {
            Action::Administer => Role::Administrator,
            Action::Restart => Role::Coordinator,
            _ => return true,
        };
        actor.roles.contains(&role)
    }

    fn may_open(&self, _: &Actor, _: &Kind) -> bool {
        true
    }
    fn sign_in(&self, id: &str, password: &str, known: &str) -> Result<SignedIn> {
        if id == "guessed" && known != KNOWN {
            return Err(AppError::Wait(Span(127_001)));
        }
        if (id, password) == ("agent", "a long password") {
            Ok(signed_in())
        } else {
            Err(AppError::SignIn)
        }
    }
    fn sign_in_persona(&self, _: &str) -> Result<SignedIn> {
        if !self.settings.demo {
            return Err(AppError::Forbidden);
        }
        Ok(signed_in())
    }
    fn personas(&self) -> Result<Vec<Persona>> {
        if !self.settings.demo {
            return Ok(Vec::new());
        }
        Ok(vec![Persona {
            id: "agent".into(),
            name: HOSTILE.into(),
            service: service("ma/liaison"),
            roles: vec![Role::Liaison],
        }])
    }
    fn signed_in(&self, token: &str, _: &str) -> Result<Session> {
        if token != TOKEN {
            return Err(AppError::SignIn);
        }
        let actor = Actor {
            id: "agent".into(),
            name: HOSTILE.into(),
            service: service("ma/liaison"),
            services: vec![service("ma/liaison")],
            roles: vec![Role::Liaison],
            lang: Lang::Fr,
            acts_for: None,
            reasons: Vec::new(),
        };
        Ok(Session {
            actor,
            csrf: CSRF.into(),
            must_enrol: false,
        })
    }
    fn second_step(&self, _: &str, _: &str, _: &str) -> Result<SignedIn> {
        Err(PeopleFault::CodeWrong.into())
    }
    fn notices(&self, _: &Actor) -> Result<NoticesView> {
        Ok(NoticesView {
            elsewhere: true,
            mail: Some(Class::Restricted),
            address: Some("liaison@mail.example".into()),
            waiting: Some(("other@mail.example".into(), NOW)),
            wishes: Wishes::default(),
            zones: vec!["Africa/Casablanca".into(), "UTC".into()],
            rests: true,
            next: Some(NOW),
            told: Some(NOW),
            failed: Some((NOW, MailFailure::Later)),
            digest: Digest {
                overdue: 1,
                lines: vec![notice::Line {
                    number: "MA-12".into(),
                    kind: "request".into(),
                    ask: Ask::Answer,
                    due: Some(NOW),
                    overdue: true,
                }],
                ..Digest::default()
            },
        })
    }
    fn calendar_address(&self, _: &Actor) -> Result<FeedView> {
        Ok(FeedView {
            class: Some(Class::Open),
            made: Some(NOW),
            ends: Some(NOW),
            fetched: Some((NOW, HOSTILE.into())),
            programs: vec![(NOW, HOSTILE.into()), (NOW, "khal".into())],
        })
    }
    fn make_calendar_address(&self, _: &Actor, _: &Reauthenticating<'_>) -> Result<String> {
        Ok("secret".into())
    }
    fn revoke_calendar_address(&self, _: &Actor) -> Result<()> {
        Ok(())
    }
    fn calendar_feed(&self, _: &str, _: &str) -> Result<FeedFile> {
        Err(AppError::NotFound)
    }
    fn ask_mail_address(&self, _: &Actor, _: &Reauthenticating<'_>, _: &str) -> Result<()> {
        Ok(())
    }
    fn confirm_mail_address(&self, _: &Actor, _: &str) -> Result<()> {
        Ok(())
    }
    fn remove_mail_address(&self, _: &Actor) -> Result<()> {
        Ok(())
    }
    fn wish_notices(&self, _: &Actor, _: &Wishes) -> Result<()> {
        Ok(())
    }
    fn saw_news(&self, _: &Actor, _: Instant) -> Result<()> {
        Ok(())
    }
    fn account(&self, _: &Actor, _: &str) -> Result<AccountView> {
        let session = |this| SessionView {
            name: "ab12".into(),
            begun: NOW,
            seen: NOW,
            device: HOSTILE.into(),
            this,
        };
        Ok(AccountView {
            has_password: true,
            app_since: Some(NOW),
            recovery_left: 3,
            offered: Some(OfferedView {
                secret: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".into(),
                until: NOW,
            }),
            required: false,
            passkeys: vec![PasskeyLine {
                name: "ab12".into(),
                label: HOSTILE.into(),
                since: NOW,
                used: NOW,
            }],
            has_passkeys: true,
            provider: Some(BoundLine {
                since: NOW,
                used: NOW,
            }),
            proved_until: None,
            sessions: vec![session(true), session(false)],
        })
    }
    fn appoint(&self, _: By<'_>, _: &Absence) -> Result<()> {
        Err(PeopleFault::StandInWalled.into())
    }
    fn end_absence(&self, _: By<'_>, _: &str, _: &str) -> Result<()> {
        Ok(())
    }
    fn absences(&self, _: By<'_>, officer: &str) -> Result<Absences> {
        let who = |id: &str| Colleague {
            id: id.into(),
            name: HOSTILE.into(),
        };
        let absence = |of: &str, by: &str, now| AbsenceView {
            name: "ab12".into(),
            officer: who(of),
            colleague: who(by),
            from: NOW,
            until: NOW,
            now,
        };
        Ok(Absences {
            own: vec![absence(officer, "other", false)],
            others: vec![absence("other", officer, true)],
            colleagues: vec![who("other"), who("third")],
        })
    }
    fn may_act_for(&self, actor: &Actor) -> Result<Vec<AbsenceView>> {
        Ok(self.absences(By::Officer(actor), &actor.id)?.others)
    }
    fn act_for(&self, _: &Actor, _: &str, absent: Option<&str>) -> Result<()> {
        absent.map_or(Ok(()), |_| Err(AppError::NotFound))
    }
    fn change_password(&self, _: &Actor, _: &Reauthenticating<'_>, _: &str) -> Result<()> {
        Err(PeopleFault::PasswordWrong.into())
    }
    fn offer_factor(&self, _: &Actor, _: &Reauthenticating<'_>) -> Result<()> {
        Err(AppError::Wait(Span(127_001)))
    }
    fn confirm_factor(&self, _: &Actor, _: &Reauthenticating<'_>) -> Result<Vec<String>> {
        Ok(vec![HOSTILE.into()])
    }
    fn remove_factor(&self, _: &Actor, _: &Reauthenticating<'_>) -> Result<()> {
        Ok(())
    }
    fn renew_recovery_codes(&self, _: &Actor, _: &Reauthenticating<'_>) -> Result<Vec<String>> {
        Ok(vec![HOSTILE.into()])
    }
    fn has_passkeys(&self) -> bool {
        true
    }
    fn begin_passkey(&self, _: &Actor, _: &Reauthenticating<'_>) -> Result<Challenge> {
        Ok(Challenge {
            token: TOKEN.into(),
            options: format!("{{\"publicKey\":\"{HOSTILE}\"}}"),
        })
    }
    fn add_passkey(&self, _: &Actor, _: &str, _: &NewPasskey<'_>) -> Result<Vec<String>> {
        Err(PeopleFault::PasskeyWrong.into())
    }
    fn remove_passkey(&self, _: &Actor, _: &Reauthenticating<'_>, _: &str) -> Result<()> {
        Err(PeopleFault::FactorRequired.into())
    }
    fn ask_passkey_again(&self, _: &Actor, _: &str) -> Result<Challenge> {
        Err(AppError::NotFound)
    }
    fn prove_by_passkey(&self, _: &Actor, _: &str, _: (&str, &str)) -> Result<()> {
        Err(PeopleFault::PasskeyWrong.into())
    }
    fn ask_passkey(&self, _: &str) -> Result<Challenge> {
        Err(PeopleFault::NoPasskeys.into())
    }
    fn passkey_sign_in(&self, _: &str, _: &str, _: &str) -> Result<SignedIn> {
        Err(PeopleFault::PasskeyWrong.into())
    }
    fn provider_off(&self, _: Lang) -> Option<String> {
        Some(HOSTILE.into())
    }
    fn provider_name(&self, _: Lang) -> Option<String> {
        Some(HOSTILE.into())
    }
    fn begin_provider(&self, _: Errand<'_>, _: &str) -> Result<Going> {
        Ok(Going {
            address: "https://provider.test/auth?state=x".into(),
            kept: "sealed".into(),
        })
    }
    fn finish_provider(&self, _: &Brought<'_>, _: &str, _: &str) -> Result<Came> {
        Err(PeopleFault::ProviderWrong.into())
    }
    fn provider_logout(&self, _: &str) -> Result<()> {
        Err(PeopleFault::ProviderWrong.into())
    }
    fn provider_farewell(&self, _: &str) -> Result<Option<String>> {
        Ok(None)
    }
    fn cut_own_provider(&self, _: &Actor, _: &Reauthenticating<'_>) -> Result<()> {
        Err(PeopleFault::ProviderLast.into())
    }
    fn cut_provider(&self, _: By<'_>, _: &str) -> Result<()> {
        Ok(())
    }
    fn end_own_session(&self, _: &Actor, _: &str) -> Result<()> {
        Ok(())
    }
    fn end_other_sessions(&self, _: &Actor, _: &str) -> Result<()> {
        Ok(())
    }
    fn all_officers(&self, _: By<'_>) -> Result<Vec<OfficerLine>> {
        Ok(vec![officer(true), officer(false)])
    }
    fn one_officer(&self, _: By<'_>, id: &str) -> Result<OfficerView> {
        Ok(OfficerView {
            line: officer(true),
            lang: Lang::Ar,
            has_password: true,
            has_factor: false,
            bound_since: Some(NOW),
            invited_until: Some(NOW),
            sessions: 3,
            reset: Some(ResetView {
                by: HOSTILE.into(),
                until: NOW,
                own: id == "own",
            }),
            oneself: id == "oneself",
        })
    }
    fn invite_officer(&self, _: By<'_>, _: &NewOfficer) -> Result<String> {
        Ok(TOKEN.into())
    }
    fn invite_again(&self, _: By<'_>, _: &str) -> Result<String> {
        Ok(TOKEN.into())
    }
    fn invited(&self, _: &str, _: Lang) -> Result<String> {
        Ok(HOSTILE.into())
    }
    fn accept_invitation(&self, _: &str, _: &str, _: &str) -> Result<SignedIn> {
        Err(InputFault::Password { least: 12 }.into())
    }
    fn change_officer(&self, _: By<'_>, _: &str, _: &OfficerChange) -> Result<()> {
        Err(PeopleFault::Oneself.into())
    }
    fn set_active(&self, _: By<'_>, _: &str, _: bool) -> Result<()> {
        Ok(())
    }
    fn end_sessions_of(&self, _: By<'_>, _: &str) -> Result<()> {
        Ok(())
    }
    fn ask_reset(&self, _: By<'_>, _: &str) -> Result<()> {
        Ok(())
    }
    fn withdraw_reset(&self, _: By<'_>, _: &str) -> Result<()> {
        Ok(())
    }
    fn confirm_reset(&self, _: By<'_>, _: &str) -> Result<String> {
        Err(PeopleFault::SecondAdministrator.into())
    }
    fn sign_out(&self, _: &str) -> Result<()> {
        Ok(())
    }
    fn give_reason(&self, _: &Actor, _: &str, giving: &Giving) -> Result<GivenReason> {
        Ok(GivenReason {
            on: giving.on,
            reason: giving.reason,
            until: NOW,
        })
    }
    fn access_list(&self, _: &Actor, _: &AccessQuery) -> Result<AccessList> {
        Ok(AccessList {
            lines: vec![access_line()],
            next: Some(AccessPlace { at_ms: 5, n: 3 }),
        })
    }
    fn access_export(&self, _: &Actor, query: &AccessQuery) -> Result<String> {
        Ok(query.words())
    }
    fn access_export_to(&self, _: &Actor, query: &AccessQuery, key: &str) -> Result<String> {
        match key.is_empty() {
            true => Err(InputFault::InspectorKey.into()),
            false => Ok(query.words()),
        }
    }
    fn access_record(&self, _: &Actor, _: u64) -> Result<AccessLine> {
        Ok(access_line())
    }
    fn access_findings(&self, _: &Actor, _: u64) -> Result<Vec<FindingView>> {
        let all = Pattern::ALL.iter().map(|pattern| FindingView {
            n: 1,
            actor: HOSTILE.into(),
            numbers: vec![HOSTILE.into()],
            finding: Finding {
                pattern: *pattern,
                from: NOW,
                to: NOW,
                count: 5,
                with_reason: 2,
                exported: true,
                dossiers: Vec::new(),
            },
        });
        Ok(all.collect())
    }
    fn access_check(&self, _: &Actor) -> Result<AccessCheck> {
        let lane = |unbroken| LaneCheck {
            lane: HOSTILE.into(),
            from: 1,
            to: 9,
            first: Some(NOW),
            last: Some(NOW),
            unbroken,
        };
        let witness = |receipted| WitnessView {
            partner: node("fr"),
            day: NOW,
            line: 7,
            same: false,
            position: Some(4),
            cosigned: false,
            receipted,
        };
        Ok(AccessCheck {
            records: 18,
            lanes: vec![lane(true), lane(false)],
            journal_lines: 7,
            journal_unbroken: true,
            witnesses: vec![witness(None), witness(Some(NOW))],
        })
    }
    fn inspections(&self, _: &Actor) -> Result<Vec<InspectionFigure>> {
        Ok(vec![InspectionFigure {
            inspector: HOSTILE.into(),
            looks: 3,
        }])
    }
    fn ask_admission(&self, _: &Actor, _: &Asking) -> Result<()> {
        Err(InputFault::AdmissionMost { most: 5 }.into())
    }
    fn admissions(&self, _: &Actor) -> Result<Admissions> {
        let request = AdmissionLine {
            name: "ab12".into(),
            number: "MA-12".into(),
            service: service("ma/analyse"),
            reason: Reason::Coordination,
            at: NOW,
            until: NOW,
        };
        let barred = |bar: Option<AdmissionBar>| AdmissionTask {
            line: request.clone(),
            who: Colleague {
                id: "other".into(),
                name: HOSTILE.into(),
            },
            roles: vec![Role::Analyst, Role::Liaison],
            dossier: line("investigation"),
            barred: bar,
        };
        Ok(Admissions {
            own: vec![request.clone()],
            tasks: vec![
                barred(None),
                barred(Some(AdmissionBar::Floor(Bar::Walled))),
                barred(Some(AdmissionBar::Policy)),
                barred(Some(AdmissionBar::Convenor(node("fr")))),
            ],
        })
    }
    fn decide_admission(&self, _: &Actor, _: &str, _: bool) -> Result<Option<Submitted>> {
        Ok(None)
    }
    fn admission_figures(&self, _: &Actor) -> Result<AdmissionFigures> {
        Ok(AdmissionFigures {
            asked: 12,
            for_nothing: 3,
        })
    }
    fn agenda_across(&self, _: &Actor) -> Result<Across> {
        let line = |due| Line {
            number: "FR-31".into(),
            ask: Ask::Answer,
            service: service("fr/liaison"),
            due,
            state: State::InProgress,
        };
        Ok(Across {
            lines: vec![line(Some(NOW)), line(None)],
            counts: vec![(Purpose::Rescue, 20)],
            more: true,
        })
    }
    fn today(&self, actor: &Actor) -> Result<TodayView> {
        let all = obligations();
        Ok(TodayView {
            nearby: plan::nearby(),
            drafts: drafts::draft_lines(),
            we_owe: all.clone(),
            we_owe_total: 40,
            owed_to_us: all.clone(),
            owed_to_us_total: 12,
            not_received: vec![all[1].clone()],
            waits: waits(),
            meeting: vec![all[0].clone()],
            across: self.agenda_across(actor)?,
            admissions: self.admissions(actor)?.tasks,
            reviews: REVIEWS_DUE,
            duties: inquiry::duties(),
            informs: true,
            news_more: true,
            news: vec![NewsLine {
                dossier: line("request"),
                count: 2,
                newest: "note".into(),
                service: "fr/enquetes".into(),
                at: NOW,
            }],
            news_since: NOW - Span::days(3),
            at: NOW,
            links: vec![link()],
        })
    }
    fn dossiers(&self, _: &Actor, _: &DossierQuery) -> Result<DossierList> {
        let hit = |kind: &str, words: &str| Hit {
            dossier: line("request"),
            entry: entry_id(2),
            kind: kind.into(),
            words: words.into(),
            printed: kind == "note",
            corrected: true,
            at: NOW,
        };
        // The words of the last two are in no field of text, or in none that this version knows.
        let hits = vec![
            hit("note", HOSTILE),
            hit("waive", ""),
            hit("unheard.of", ""),
        ];
        let untitled = DossierLine {
            title: String::new(),
            ..line("request")
        };
        Ok(DossierList {
            lines: vec![line("request"), line("declaration"), untitled],
            total: 120,
            hits,
            numbered: Vec::new(),
        })
    }
    fn dossier(&self, _: &Actor, id: DossierId, _: Option<u32>) -> Result<DossierView> {
        if id != dossier_id(7) {
            return Err(AppError::NotFound);
        }
        let given = |feedback| Given {
            entry: entry_id(2),
            title: HOSTILE.into(),
            corrected: true,
            service: service("ma/liaison"),
            at: NOW,
            feedback,
            words: HOSTILE.into(),
            printed: false,
            waits: false,
        };
        Ok(DossierView {
            suspended: (false, true),
            line: line("declaration"),
            config: config(),
            entries: entries(),
            total: 250,
            page: 1,
            obligations: obligations(),
            forms: kinds::ALL
                .iter()
                .flat_map(|k| k.entries.iter().copied())
                .collect(),
            given_total: 2,
            given: vec![given(Some(obligations()[7].clone())), given(None)],
            got_total: 250,
            got: vec![
                given(Some(obligations()[2].clone())),
                Given {
                    title: String::new(),
                    waits: true,
                    ..given(None)
                },
            ],
            points: points(),
            declaration: Some(DeclarationView {
                versions: vec![("fr".into(), proposal()), ("ar".into(), proposal())],
            }),
            charter: Some(CharterView {
                in_force: Some(terms()),
                proposals: vec![charter_proposal()],
                lapsed: vec![lapsed(Ending::Declined), lapsed(Ending::Withdrawn)],
                suspended: (false, true),
            }),
            seen: "seen".into(),
            unreceipted: 2,
            continues: vec![related(true), related(false)],
            continued_by: vec![related(true)],
            brought: vec![
                brought(Answer::Allowed, true),
                brought(Answer::Allowed, false),
                brought(Answer::Permission(Uses::PURPOSE), false),
            ],
            may_widen: true,
            duty: None,
            review: Some(review_head()),
        })
    }
    fn entry(&self, _: &Actor, id: EntryId) -> Result<EntryView> {
        entries()
            .into_iter()
            .find(|e| e.id == id)
            .ok_or(AppError::NotFound)
    }
    fn things(&self, _: &Actor, id: DossierId, text: &str) -> Result<Things> {
        match id == dossier_id(7) {
            true => Ok(things::all(text)),
            false => Err(AppError::NotFound),
        }
    }
    fn chart(&self, actor: &Actor, id: DossierId, _: ChartUse) -> Result<ChartView> {
        // Joined records are one thing: without decisions, the two that have all the links are two.
        let mut all = self.things(actor, id, "")?;
        all.joins.clear();
        ChartView::of(all, 1)
    }
    fn thing_or_erased(
        &self,
        actor: &Actor,
        id: EntryId,
        at: ThingPages,
    ) -> Result<Option<ThingView>> {
        self.thing(actor, id, at).map(Some)
    }
    fn thing(&self, _: &Actor, id: EntryId, at: ThingPages) -> Result<ThingView> {
        let all = things::all("");
        let joined = all.joined(id);
        all.thing(id).ok_or(AppError::NotFound)?;
        let of = |entry: &EntryView| joined.contains(&entry.id);
        Ok(ThingView {
            records: entries().into_iter().filter(of).collect(),
            entry: id,
            at,
            all_links: 250,
            links: all.links.clone(),
            all_decisions: 2,
            decisions: all.joins.clone(),
            joined,
            all,
        })
    }
    fn exhibits(&self, _: &Actor, id: DossierId) -> Result<Exhibits> {
        match id == dossier_id(7) {
            true => Ok(exhibits::all()),
            false => Err(AppError::NotFound),
        }
    }
    fn exhibit(&self, actor: &Actor, id: EntryId) -> Result<ExhibitView> {
        let all = exhibits::all();
        all.exhibit(id).ok_or(AppError::NotFound)?;
        Ok(ExhibitView {
            record: self.entry(actor, id)?,
            entry: id,
            all,
        })
    }
    fn speaks_of(&self, _: &Actor, _: EntryId) -> Result<SpeaksOf> {
        Ok(inquiry::speaks_of())
    }
    fn plan_of(&self, _: &Actor, id: DossierId) -> Result<PlanView> {
        match id == dossier_id(7) {
            true => Ok(plan::plan()),
            false => Err(AppError::NotFound),
        }
    }
    fn day(&self, _: &Actor, id: DossierId, _: EntryId) -> Result<DayView> {
        match id == dossier_id(7) {
            true => Ok(plan::day()),
            false => Err(AppError::NotFound),
        }
    }
    fn agreement(&self, _: &Actor, id: DossierId) -> Result<AgreementView> {
        match id == dossier_id(7) {
            true => Ok(inquiry::agreement()),
            false => Err(AppError::NotFound),
        }
    }
    fn meetings(&self, _: &Actor, id: DossierId) -> Result<MeetingsView> {
        match id == dossier_id(7) {
            true => Ok(meetings::meetings()),
            false => Err(AppError::NotFound),
        }
    }
    fn all_meetings(&self, _: &Actor, _: &str) -> Result<AllMeetings> {
        Ok(meetings::all())
    }
    fn meetings_on_paper(&self, me: &Actor, id: DossierId) -> Result<MeetingsView> {
        self.meetings(me, id)
    }
    fn follow_up(&self, _: &Actor, _: &Follow) -> Result<CommitmentsView> {
        let mut all = points();
        if let Some(first) = all.first_mut() {
            first.entry = entry_id(2);
        }
        let ids: Vec<EntryId> = all.iter().map(|p| p.entry).collect();
        let first = ids.first().copied().unwrap_or(entry_id(2));
        let of = |point: PointView| Committed {
            dossier: line("declaration"),
            date: "2015-05-28".into(),
            follows: (point.entry != first)
                .then(|| Tied {
                    how: Relation::Widens,
                    entry: first,
                    by: [node("fr")].into(),
                })
                .into_iter()
                .collect(),
            followed_by: Vec::new(),
            alike: ids.last().copied().into_iter().collect(),
            printed: point.entry != first,
            let_go: BTreeSet::new(),
            point,
        };
        Ok(CommitmentsView {
            points: all.into_iter().map(of).collect(),
            partner: None,
            partners: vec![node("fr")],
        })
    }
    fn lessons(&self, _: &Actor, id: DossierId) -> Result<LessonsView> {
        match id == dossier_id(7) {
            true => Ok(lessons::lessons()),
            false => Err(AppError::NotFound),
        }
    }
    fn lessons_near(&self, _: &Actor, _: &str) -> Result<Vec<NearLesson>> {
        Ok(lessons::near())
    }
    fn lessons_near_dossier(&self, _: &Actor, _: DossierId) -> Result<Vec<NearLesson>> {
        Ok(lessons::near())
    }
    fn observing(&self, _: &Actor, _: EntryId) -> Result<ObservingView> {
        Ok(lessons::observing())
    }
    fn programme(&self, _: &Actor, id: DossierId) -> Result<ProgrammeView> {
        match id == dossier_id(7) {
            true => Ok(programme::programme()),
            false => Err(AppError::NotFound),
        }
    }
    fn meeting_file(&self, _: &Actor, _: EntryId) -> Result<CalendarFile> {
        Err(AppError::NotFound)
    }
    fn meeting_answer(
        &self,
        _: &Actor,
        _: DossierId,
        _: &[u8],
    ) -> Result<std::result::Result<CalendarAnswer, NotTaken>> {
        Err(AppError::NotFound)
    }
    fn evaluation(&self, _: &Actor, id: DossierId) -> Result<EvaluationView> {
        match id == dossier_id(7) {
            true => Ok(inquiry::evaluation()),
            false => Err(AppError::NotFound),
        }
    }
    fn court(&self, _: &Actor, id: DossierId, _: &CourtPart) -> Result<CourtView> {
        match id == dossier_id(7) {
            true => Ok(inquiry::court()),
            false => Err(AppError::NotFound),
        }
    }
    fn court_bundle(
        &self,
        _: &Actor,
        _: &Bundling<'_>,
        _: &mut std::io::Cursor<Vec<u8>>,
    ) -> Result<u64> {
        Err(AppError::NotFound)
    }
    fn duty_files(&self, _: &Actor) -> Result<Vec<DutyFile>> {
        Ok(Vec::new())
    }
    fn review(&self, _: &Actor, id: DossierId) -> Result<ReviewView> {
        match id == dossier_id(7) {
            true => Ok(inquiry::review(None)),
            false => Err(AppError::NotFound),
        }
    }
    fn review_file(&self, _: &Actor, id: DossierId) -> Result<ReviewView> {
        match id == dossier_id(7) {
            true => Ok(inquiry::review(Some(HOSTILE))),
            false => Err(AppError::NotFound),
        }
    }
    fn obligation(&self, _: &Actor, _: ObligationId) -> Result<ObligationView> {
        Ok(obligations().swap_remove(0))
    }
    fn begin_file(&self, name: &str, media: &str) -> Result<Incoming> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        entente_testkit::node::incoming(name, media)
    }
    fn form(&self, _: &Actor, q: &FormQuery) -> Result<FormView> {
        let found = kinds::ALL
            .iter()
            .find_map(|k| Some((k, k.entry(&q.entry_type)?)));
        let (kind, entry_type) = found.ok_or(AppError::NotFound)?;
        let mut preset = Values::default();
        if let Some(field) = entry_type
            .fields
            .iter()
            .find(|f| matches!(f.holds, FieldType::Line(_)))
        {
            preset
                .values
                .insert(field.name.into(), Value::Text(HOSTILE.into()));
        }
        Ok(FormView {
            barred: match kind.name {
                "rights" => Some(Barred::NotInCharter(dossier_id(3))),
                "desk" => Some(Barred::PartnerOlder),
                "charter" => None,
                _ => Some(Barred::NoCharter),
            },
            entry_type,
            kind,
            dossier: q.dossier.map(|_| line("request")),
            target: q.target.map(|_| obligations().swap_remove(0)),
            preset,
            partner: q.partner.clone(),
            others: match q.entry_type.as_str() {
                "note" => vec![node("fr"), node("es")],
                _ => Vec::new(),
            },
            services: vec![service("fr/enquetes"), service("ma/liaison")],
            entries: vec![(entry_id(2), HOSTILE.into()), (entry_id(3), String::new())],
            moments: vec![(entry_id(2).to_string(), NOW)],
            things: vec![(entry_id(2), HOSTILE.into()), (entry_id(3), String::new())],
            seen: "seen".into(),
            suspended: (false, true),
            release: ReleaseDefaults {
                purpose: Purpose::Justice,
                necessity: Necessity::AnswersAsk,
                basis: Basis::Instrument,
                approver: HOSTILE.into(),
                second: true,
            },
            terms: q
                .entry_type
                .starts_with("charter.")
                .then(|| Box::new(terms())),
            binds: matches!(q.entry_type.as_str(), "charter.sign" | "charter.enact").then(|| {
                Box::new(Binding {
                    proposal: charter_proposal(),
                    in_force: Some(terms()),
                })
            }),
            continues: q.continues.map(|_| related(true)),
            others_words: q.continues.is_some(),
            review: (q.entry_type == "keep").then(review_head),
        })
    }
    fn releasable(&self, _: &Actor, _: DossierId) -> Result<ReleaseView> {
        let reasons = [
            None,
            Some(Unreleasable::AboveCeiling),
            Some(Unreleasable::Says(Problem::Earlier(
                EarlierProblem::Released,
            ))),
            Some(Unreleasable::Says(Problem::Earlier(
                EarlierProblem::NotReleasable(Mismatch::Kept),
            ))),
        ];
        let entries = entries().into_iter().zip(reasons);
        let entries = entries.map(|(entry, cannot)| ReleasableView { entry, cannot });
        Ok(ReleaseView {
            line: line("investigation"),
            recipients: vec![node("es"), node("fr")],
            suspended: (false, true),
            release: ReleaseDefaults {
                purpose: Purpose::Justice,
                necessity: Necessity::JointInquiry,
                basis: Basis::Instrument,
                approver: HOSTILE.into(),
                second: true,
            },
            earlier: vec![
                EarlierView {
                    dossier: related(true),
                    entries: entries.collect(),
                    left_out: 3,
                },
                EarlierView {
                    dossier: related(false),
                    entries: Vec::new(),
                    left_out: 0,
                },
            ],
        })
    }
    fn release(&self, _: &Actor, releasing: &Releasing) -> Result<Vec<Submitted>> {
        if let Some(error) = self.refuse.lock().unwrap().take() {
            return Err(error);
        }
        self.released.lock().unwrap().push(releasing.clone());
        let one = |entry: &EntryId| {
            Submitted::Recorded(Recorded {
                dossier: releasing.dossier,
                entry: *entry,
            })
        };
        Ok(releasing.entries.iter().map(one).collect())
    }
    fn record(&self, _: &Actor, r: Recording) -> Result<Recorded> {
        if let Some(error) = self.refuse.lock().unwrap().take() {
            return Err(error);
        }
        self.recorded.lock().unwrap().push(r);
        Ok(Recorded {
            dossier: dossier_id(7),
            entry: entry_id(9),
        })
    }
    fn submit(&self, actor: &Actor, r: Recording, alone: Option<&str>) -> Result<Submitted> {
        self.alone.lock().unwrap().extend(alone.map(str::to_owned));
        self.record(actor, r).map(Submitted::Recorded)
    }
    fn preview(&self, _: &Actor, _: Recording) -> Result<PreviewView> {
        match self.refuse.lock().unwrap().take() {
            Some(error) => Err(error),
            None => Ok(drafts::preview()),
        }
    }
    fn drafts(&self, _: &Actor) -> Result<Vec<DraftLine>> {
        Ok(drafts::draft_lines())
    }
    fn draft(&self, _: &Actor, id: DraftId) -> Result<DraftView> {
        Ok(drafts::draft_view(id))
    }
    fn draft_file(&self, actor: &Actor, _: DraftId, index: u32) -> Result<FileReader> {
        self.file(actor, entry_id(2), index)
    }
    fn ask_to_approve(&self, _: &Actor, _: DraftId) -> Result<Option<SignatureAsked>> {
        Ok(None)
    }
    fn finish_weighty(&self, _: &Actor, token: &str, _: &str) -> Result<Weighed> {
        match token {
            "wrong" => Err(PeopleFault::PasskeyWrong.into()),
            _ => Ok(Weighed::Again(Box::new(drafts::asked()))),
        }
    }
    fn disclose_signature(&self, _: &Actor, entry: EntryId) -> Result<Recorded> {
        Ok(Recorded {
            dossier: dossier_id(7),
            entry,
        })
    }
    fn approve_draft(&self, _: &Actor, _: DraftId) -> Result<Recorded> {
        match self.refuse.lock().unwrap().take() {
            Some(error) => Err(error),
            None => Ok(Recorded {
                dossier: dossier_id(7),
                entry: entry_id(9),
            }),
        }
    }
    fn return_draft(&self, _: &Actor, _: DraftId, ground: &str) -> Result<()> {
        match ground.trim() {
            "" => Err(SigningFault::NoGround { most: 300 }.into()),
            _ => Ok(()),
        }
    }
    fn take_draft_back(&self, _: &Actor, _: DraftId) -> Result<()> {
        Ok(())
    }
    fn sign_afterwards(&self, _: &Actor, _: DraftId) -> Result<()> {
        Err(SigningFault::Own.into())
    }
    fn refuse_afterwards(&self, _: &Actor, _: DraftId, _: &str) -> Result<()> {
        Ok(())
    }
    fn settle_refused(&self, _: &Actor, _: DraftId) -> Result<()> {
        Ok(())
    }
    fn reviews(&self, _: &Actor) -> Result<ReviewList> {
        let row = |stays: &[Stays]| ReviewLine {
            dossier: line("request"),
            due: NOW,
            erased_from: NOW,
            passed: true,
            stays: stays.to_vec(),
        };
        Ok(ReviewList {
            lines: vec![
                row(&[]),
                row(&[Stays::Owed, Stays::Held]),
                row(&[Stays::Released]),
            ],
            due: REVIEWS_DUE,
        })
    }
    fn ledger(&self, _: &Actor, _: &LedgerQuery) -> Result<LedgerView> {
        Ok(LedgerView {
            lines: obligations(),
            total: 320,
        })
    }
    fn letter(&self, _: &Actor, _: DossierId) -> Result<Option<LetterView>> {
        Ok(Some(LetterView {
            dossier: line("rights"),
            lang: Lang::Ar,
            right: "rectification".into(),
            received: "2026-03-02".into(),
            entry: entry_id(2),
            service: service("ma/liaison"),
            at: NOW,
            told: Told::Decided("transferred".into(), Some(HOSTILE.into())),
            words: Some((Some(Lang::Fr), HOSTILE.into())),
        }))
    }
    fn balance(
        &self,
        _: &Actor,
        partner: &NodeName,
        from: Instant,
        to: Instant,
    ) -> Result<BalanceView> {
        if too_long(from, to) {
            return Err(InputFault::BalanceYears.into());
        }
        let by_service = vec![(service("fr/enquetes"), figures())];
        Ok(BalanceView {
            partner: partner.clone(),
            from,
            to,
            by_service,
            by_kind: Some(BTreeMap::from([(
                "request".to_owned(),
                BTreeMap::from([
                    (node("ma"), figures()),
                    (partner.clone(), Figures::default()),
                ]),
            )])),
            reading: of_period(partner),
            years: (0..4)
                .map(|n: u8| Year {
                    year: 2012 + i32::from(n),
                    running: n == 3,
                    reading: reading(partner, n.into()),
                })
                .collect(),
            target: Some(MeetingTarget {
                series: 1,
                a_year: 4,
            }),
            themes: Some(themes(partner)),
            lags: false,
            rights: Some((figures(), Figures::default())),
        })
    }
    fn note_refused(&self, _: &Actor, _: &Tried, _: Refusal) -> Result<()> {
        Ok(())
    }
    fn statistics(&self, _: &Actor, month: Option<Month>) -> Result<StatisticsView> {
        let last = "2015-11".parse().unwrap();
        let published = published(month.unwrap_or(last));
        let months = vec!["2015-10".parse().unwrap(), last];
        Ok(StatisticsView {
            months,
            published: Some(published),
        })
    }
    fn links(&self, _: &Actor) -> Result<Vec<LinkView>> {
        Ok(vec![link()])
    }
    fn partner(&self, _: &Actor, _: &NodeName) -> Result<PartnerView> {
        Ok(PartnerView {
            link: link(),
            may_propose: true,
            fingerprint: "ab12 cd34".into(),
            key_changes: vec![KeyChangeView {
                at: NOW,
                here: Some(NOW),
                leaf: Some(7),
                before: "0123 4567".into(),
                after: "ab12 cd34".into(),
            }],
            tls_changes: vec![tls_change()],
            next_fingerprint: Some("cd34 ef56".into()),
            own_fingerprint: "ef56 ab78".into(),
            own_next: Some("ab78 0123".into()),
            card: HOSTILE.into(),
            address: HOSTILE.into(),
            pinned: NOW,
            terms: Some(terms()),
            charter: Some(dossier_id(1)),
            desk: Some(dossier_id(2)),
            evidence: ["equivocation", "alarm-lifted", HOSTILE]
                .map(|what| EvidenceLine {
                    at: NOW,
                    what: what.into(),
                    reason: (what == "alarm-lifted").then(|| HOSTILE.into()),
                })
                .into(),
            irregular: vec![(
                entry_id(2),
                dossier_id(7),
                Verdict::Irregular(Irregular::Phase),
            )],
        })
    }
    fn held(
        &self,
        _: &Actor,
        _: (EntryId, u32),
        _: &entente_evidence::Package,
        _: u64,
    ) -> Result<entente_app::views::HeldFiles> {
        Ok(entente_app::views::HeldFiles::default())
    }
    fn packages(
        &self,
        _: &Actor,
        _: (DossierId, entente_app::views::Reading),
        _: &mut dyn FnMut(entente_app::views::PackageLine),
    ) -> Result<()> {
        Ok(())
    }
    fn case(&self, _: &Actor, _: DossierId, _: u64) -> Result<entente_app::views::CaseFile> {
        Err(AppError::NotFound)
    }
    fn file(&self, _: &Actor, _: EntryId, _: u32) -> Result<FileReader> {
        let view = FileView {
            index: 0,
            name: "pièce \"1\"\r\n.html".into(),
            media: "text/html".into(),
            size: 6,
            state: "held",
            percent: 100,
            erased: None,
            limit: None,
        };
        Ok(FileReader {
            view,
            chunks: Box::new([Ok(b"abc".to_vec()), Ok(b"def".to_vec())].into_iter()),
        })
    }
    fn proof(&self, _: &Actor, _: EntryId) -> Result<String> {
        Ok("ARMOUR".into())
    }
    fn reopening(&self) -> Result<Option<Reopening>> {
        let heard = Heard {
            recovered: 3,
            until: Some(9),
            done: true,
        };
        Ok(Some(Reopening {
            found_ms: NOW.0,
            backup_ms: Some(NOW.0),
            opened_ms: Some(NOW.0),
            alone: false,
            partners: std::iter::once(("fr".to_owned(), heard)).collect(),
        }))
    }
    fn untold_erasures(&self, _: Option<&Actor>) -> Result<Vec<(DossierId, EntryId)>> {
        Ok(vec![(DossierId([4; 32]), EntryId([5; 32]))])
    }
    fn restarts(&self, partner: &NodeName) -> Result<Restarts> {
        let view = |ground, agreed| RestartView {
            owner: node("ma"),
            partner: partner.clone(),
            generation: 0,
            ground,
            fingerprint: None,
            proposed: NOW,
            offered: 12,
            agreed,
        };
        let agreed = Some((9, "89ab cdef".into(), NOW));
        Ok((vec![view("fork", agreed)], Some(view("key-lost", None))))
    }
    fn propose_restart(&self, _: &Actor, _: &NodeName, _: RestartGround) -> Result<String> {
        Err(AppError::NotFound)
    }
    fn proposal_file(&self, _: &Actor, _: &NodeName) -> Result<String> {
        Err(AppError::NotFound)
    }
    fn answer_file(&self, _: &Actor, _: &NodeName, _: u32) -> Result<String> {
        Err(AppError::NotFound)
    }
    fn agreed_file(&self, _: &Actor, _: &NodeName, _: u32, _: Option<u64>) -> Result<String> {
        Err(AppError::NotFound)
    }
    fn read_restart(&self, _: &str) -> Result<RestartView> {
        Err(AppError::NotFound)
    }
    fn accept_restart(&self, _: &Actor, _: &str, _: &str) -> Result<RestartStep> {
        Err(AppError::NotFound)
    }
    fn withdraw_restart(&self, _: &Actor, _: &NodeName) -> Result<()> {
        Err(AppError::NotFound)
    }
    fn signing_keys(&self) -> Result<SigningKeysView> {
        Ok(SigningKeysView {
            fingerprint: "ef56 ab78".into(),
            changes: vec![KeyChangeView {
                at: NOW,
                here: None,
                leaf: None,
                before: "89ab cdef".into(),
                after: "ef56 ab78".into(),
            }],
            partners: vec![(node("ma"), true), (node("fr"), false)],
            compromised: vec![compromise("ma")],
            tls: TlsKeysView {
                changes: vec![tls_change()],
                next: Some("ab78 0123".into()),
                waits: vec![node("fr")],
            },
        })
    }
    fn declare_compromised(
        &self,
        _: By<'_>,
        _: Option<Fingerprint>,
        _: Instant,
    ) -> Result<CompromiseView> {
        Ok(compromise("ma"))
    }
    fn read_compromised(&self, _: &Actor, _: &NodeName, _: &str) -> Result<CompromiseView> {
        Ok(compromise("fr"))
    }
    fn take_compromised(&self, _: By<'_>, _: &NodeName, _: &str) -> Result<CompromiseView> {
        Ok(compromise("fr"))
    }
    fn note_compromised(
        &self,
        _: By<'_>,
        _: &NodeName,
        _: Fingerprint,
        _: Instant,
    ) -> Result<CompromiseView> {
        Ok(compromise("fr"))
    }
    fn own_card(&self) -> String {
        HOSTILE.into()
    }
    fn courier(&self, _: &Actor, partner: &NodeName) -> Result<CourierView> {
        Ok(CourierView {
            partner: partner.clone(),
            packed: Some(courier_report()),
            unpacked: None,
            key_until: Some(NOW + Span::days(9)),
            key_past: false,
            not_received: 2,
            may_carry: true,
        })
    }
    fn courier_pack(
        &self,
        _: &Actor,
        _: &NodeName,
        out: &mut dyn std::io::Write,
        _: &mut dyn FnMut(u64, u64),
    ) -> Result<CourierReport> {
        if let Some(error) = self.refuse.lock().unwrap().take() {
            return Err(error);
        }
        for part in [&b"entente/courier/1\n"[..], &[7; 100_000]] {
            out.write_all(part).map_err(CourierFault::from)?;
        }
        Ok(courier_report())
    }
    fn courier_unpack(
        &self,
        _: &Actor,
        from: Option<&NodeName>,
        source: &mut dyn courier::Source,
        _: &mut dyn FnMut(u64, u64),
    ) -> Result<CourierReport> {
        if let Some(error) = self.refuse.lock().unwrap().take() {
            return Err(error);
        }
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes).map_err(CourierFault::from)?;
        // What this world's bundles say of their sender.
        let sender: NodeName = "fr".parse().unwrap();
        if from.is_some_and(|from| *from != sender) {
            return Err(CourierFault::FromAnother(sender).into());
        }
        Ok(CourierReport {
            bytes: bytes.len() as u64,
            ..courier_report()
        })
    }
    fn propose_declaration(
        &self,
        bytes: &[u8],
        _: &str,
        _: Option<Lang>,
    ) -> Result<serde_json::Value> {
        if bytes.is_ascii() {
            Ok(proposal())
        } else {
            Err(ImportError::NotUtf8 { offset: 3 }.into())
        }
    }
    fn import_declaration(&self, _: &Actor, _: DeclarationImport) -> Result<Recorded> {
        Ok(Recorded {
            dossier: dossier_id(7),
            entry: entry_id(9),
        })
    }
    fn import_register(&self, _: &Actor, _: Option<NodeName>, _: &[u8]) -> Result<Vec<Recorded>> {
        Ok(Vec::new())
    }
    fn proposed(&self, _: &Actor, _: DossierId, index: u32) -> Result<(&'static str, Values)> {
        if index > 0 {
            return Err(AppError::NotFound);
        }
        let pairs = [
            ("title", "Multiplier les rencontres"),
            ("class", "commitment"),
            ("debtors", "fr, ma"),
            (
                "text_fr",
                "Les deux parties ont convenu de multiplier les rencontres.",
            ),
            ("by", "2026-05-28"),
        ];
        let text = |(k, v): (&str, &str)| (k.to_owned(), Value::Text(v.to_owned()));
        let values = Values {
            lang: Some(Lang::Fr),
            values: pairs.into_iter().map(text).collect(),
        };
        Ok(("declaration.commitment", values))
    }
    fn confirm(&self, _: &Actor, _: DossierId, _: u32) -> Result<Recorded> {
        Ok(Recorded {
            dossier: dossier_id(7),
            entry: entry_id(9),
        })
    }
    fn dismiss(&self, _: &Actor, _: DossierId, index: u32) -> Result<Recorded> {
        if index > 0 {
            return Err(AppError::NotFound);
        }
        Ok(Recorded {
            dossier: dossier_id(7),
            entry: entry_id(10),
        })
    }
    fn on_change(&self, _: Box<dyn Fn(Change) + Send + Sync>) {}
}

fn courier_report() -> CourierReport {
    CourierReport {
        bundle: "0123456789abcdef0123456789abcdef".into(),
        partner: "fr".into(),
        made_ms: NOW.0,
        here_ms: NOW.0,
        entries: 3,
        files: 1,
        bytes: 1_234_567,
        held: 9,
        stopped_by_quota: false,
    }
}

fn waits() -> Waits {
    let line = |dossier| WaitLine {
        dossier,
        entry: entry_id(3),
        service: "fr/enquetes".into(),
        came: NOW,
        missing: entry_id(9),
    };
    Waits {
        lines: vec![line(Some(self::line("investigation"))), line(None)],
        more: 3,
        uncounted: true,
    }
}
