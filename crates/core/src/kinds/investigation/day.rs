//! A joint action day: steps of several services at times that count from T0, decided by a leader of each side, and its live state.
//!
//! A day asks a decision of both sides: of the other, and of the side that proposes it, which owes it to the other. `go` and `no_go`
//! answer it, so that who decided what follows from headers alone and both nodes agree (rule 2). It is on only once everybody who was
//! asked said go, and it is off as soon as one of them said otherwise, or it was called off. A change is another day that names the one
//! it replaces, and is decided anew: those who act by a plan must have agreed to that plan. What each step has come to is said by its own side.

use super::super::{common as c, conditions::CONDITION_TEXT};
use super::phases::{GATHERING, UNDER_WAY};
use super::steps;
use crate::codes::Ask;
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of a day: what it is called.
pub const NAME: &str = "name";
/// Field of a day: T0, UTC.
pub const ZERO: &str = "zero";
/// Field of a day: its steps.
pub const STEPS: &str = "steps";
/// Field of a day: the day that it replaces.
pub const REPLACES: &str = "replaces";
/// Field of what is said of a day: which.
pub const DAY_OF: &str = "day";
/// Field of what is said of a step: its number.
pub const STEP: &str = "step";
/// Field of what is said of a step: what it has come to.
pub const STATE: &str = "state";
/// Field of what is said of a step: when that was, UTC.
pub const AT: &str = "at";

/// What a step has come to: a closed list, readiness before T0 included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepState {
    /// Nothing was said of it yet.
    Planned,
    /// Whoever does it is in place.
    Ready,
    /// Whoever does it cannot begin yet.
    NotReady,
    /// It has begun.
    Started,
    /// It is done.
    Done,
    /// It was stopped.
    Stopped,
}

impl StepState {
    /// What may be said of a step.
    pub const SAID: [Self; 5] = [
        Self::Ready,
        Self::NotReady,
        Self::Started,
        Self::Done,
        Self::Stopped,
    ];

    /// Name in files and interfaces.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Ready => "ready",
            Self::NotReady => "not_ready",
            Self::Started => "started",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }

    /// What a person reads.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Planned => label("prévue", "مقررة", "planned"),
            Self::Ready => label("prêt", "جاهز", "ready"),
            Self::NotReady => label("pas encore prêt", "غير جاهز بعد", "not ready yet"),
            Self::Started => label("commencée", "بدأت", "started"),
            Self::Done => label("accomplie", "أنجزت", "done"),
            Self::Stopped => label("arrêtée", "أوقفت", "stopped"),
        }
    }

    /// The state of a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::SAID.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether nothing more is to come of it but its result.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Stopped)
    }
}

fn states() -> Vec<(&'static str, Label)> {
    let one = |state: StepState| (state.as_str(), state.label());
    StepState::SAID.into_iter().map(one).collect()
}

const fn of_day() -> Field {
    Field::new(
        DAY_OF,
        label("journée d’action", "يوم العمل المشترك", "action day"),
        FieldType::Entry,
    )
    .required()
}

const fn of_step() -> Field {
    Field::new(
        STEP,
        label("étape n°", "رقم الخطوة", "step number"),
        FieldType::Number(1, MOST_STEPS),
    )
    .required()
}

/// Most steps, as a field counts them.
const MOST_STEPS: i64 = 40;
const _: () = assert!(steps::MOST == 40, "both count the same");

const WHY: Field = Field::new(
    "text",
    label("motif", "السبب", "ground"),
    FieldType::Text(4_000),
);

/// Proposes a day, or a change of one.
pub static DAY: EntryType = EntryType {
    name: "investigation.day",
    version: 1,
    label: label("journée d’action conjointe proposée", "اقتراح يوم عمل مشترك", "joint action day proposed"),
    verb: label("proposer une journée d’action", "اقتراح يوم عمل مشترك", "propose an action day"),
    fields: &[
        Field::new(NAME, label("nom de la journée", "اسم يوم العمل", "name of the day"), FieldType::Line(160)).required(),
        Field::new(ZERO, label("heure zéro, T0", "ساعة الصفر T0", "zero hour, T0"), FieldType::Moment)
            .required()
            .help(label(
                "affichée ensuite à l’heure des deux capitales",
                "تعرض بعد ذلك بتوقيت العاصمتين",
                "shown afterwards in the time of both capitals",
            )),
        Field::new(STEPS, label("étapes", "الخطوات", "steps"), FieldType::Steps)
            .required()
            .help(label(
                "l’heure se compte à partir de T0 : +00:30, -01:00 ; des étapes à la même heure sont simultanées",
                "يحسب الوقت ابتداء من T0: +00:30 أو -01:00؛ والخطوات ذات الوقت الواحد متزامنة",
                "times count from T0: +00:30, -01:00; steps at one time are simultaneous",
            )),
        Field::new("text", label("consignes", "التعليمات", "instructions"), FieldType::Text(8_000)),
        Field::new("decide_by", label("décision attendue le", "القرار منتظر في", "decision wanted by"), FieldType::Date)
            .bound(Bind::By)
            .folded(),
        Field::new(REPLACES, label("remplace la journée", "يعوض يوم العمل", "replaces the day"), FieldType::Entry).folded(),
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::Ask(Ask::Decide, When::Always),
        Effect::Ask(Ask::Decide, When::OfOurselves),
    ],
    phases: GATHERING,
    files: true,
};

/// One side's leader says go.
pub static GO: EntryType = EntryType {
    name: "investigation.go",
    version: 1,
    label: label("feu vert", "ضوء أخضر", "go"),
    verb: label("donner le feu vert", "إعطاء الضوء الأخضر", "say go"),
    fields: &[Field::new(
        "text",
        label("remarque", "ملاحظة", "remark"),
        FieldType::Text(4_000),
    )],
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: UNDER_WAY,
    files: false,
};

/// One side's leader says no-go: the day does not take place as it is planned.
pub static NO_GO: EntryType = EntryType {
    name: "investigation.no_go",
    version: 1,
    label: label("feu rouge", "ضوء أحمر", "no-go"),
    verb: label("refuser le départ", "رفض الانطلاق", "say no-go"),
    fields: &[WHY.required()],
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: UNDER_WAY,
    files: false,
};

/// Calls a day off after it was decided, at once, for both sides.
pub static CALL_OFF: EntryType = EntryType {
    name: "investigation.call_off",
    version: 1,
    label: label(
        "journée arrêtée",
        "إيقاف يوم العمل",
        "action day called off",
    ),
    verb: label("tout arrêter", "إيقاف كل شيء", "call it off"),
    fields: &[of_day(), WHY.required()],
    effects: &[Effect::Ask(Ask::Acknowledge, When::Always)],
    phases: UNDER_WAY,
    files: false,
};

/// Says what a step of one's own side has come to.
pub static STEP_STATE: EntryType = EntryType {
    name: "investigation.step",
    version: 1,
    label: label("état d’une étape", "حالة خطوة", "state of a step"),
    verb: label(
        "dire où en est une étape",
        "الإخبار بحالة خطوة",
        "say how a step stands",
    ),
    fields: &[
        of_day(),
        of_step(),
        Field::new(
            STATE,
            label("état", "الحالة", "state"),
            FieldType::Code(states),
        )
        .required(),
        Field::new(
            AT,
            label(
                "quand, si ce n’est maintenant",
                "الوقت، إن لم يكن الآن",
                "when, if not now",
            ),
            FieldType::Moment,
        )
        .folded(),
        Field::new(
            "text",
            label("en quelques mots", "بإيجاز", "in a few words"),
            FieldType::Text(2_000),
        ),
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[],
    phases: UNDER_WAY,
    files: false,
};

/// Gives the result of a step of one's own side; feedback is owed on it.
pub static STEP_RESULT: EntryType = EntryType {
    name: "investigation.step_result",
    version: 1,
    label: label("résultat d’une étape", "نتيجة خطوة", "result of a step"),
    verb: label(
        "rendre le résultat d’une étape",
        "تقديم نتيجة خطوة",
        "give the result of a step",
    ),
    fields: &[
        of_day(),
        of_step(),
        Field::new(
            "text",
            label("résultat", "النتيجة", "result"),
            FieldType::Text(20_000),
        )
        .required(),
        c::SOURCE,
        c::ACCURACY,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[Effect::Ask(Ask::Feedback, When::Feedback)],
    phases: UNDER_WAY,
    files: true,
};

/// Asks the other side to report on its part of a day.
pub static ASK_RESULTS: EntryType = EntryType {
    name: "investigation.ask_results",
    version: 1,
    label: label(
        "bilan d’une journée demandé",
        "طلب حصيلة يوم العمل",
        "report on an action day asked for",
    ),
    verb: label("demander le bilan", "طلب الحصيلة", "ask for the report"),
    fields: &[
        of_day(),
        Field::new(
            "text",
            label("précisions", "توضيحات", "details"),
            FieldType::Text(4_000),
        ),
        Field::new("by", label("pour le", "قبل", "by"), FieldType::Date)
            .bound(Bind::By)
            .folded(),
    ],
    effects: &[Effect::Ask(Ask::Report, When::Always)],
    phases: UNDER_WAY,
    files: false,
};

/// Whether entries of this type decide a day that was proposed.
#[must_use]
pub fn decides_day(entry_type: &str) -> bool {
    entry_type == GO.name || entry_type == NO_GO.name
}

/// Whether entries of this type name a day in [`DAY_OF`].
#[must_use]
pub fn is_about_day(entry_type: &str) -> bool {
    [
        CALL_OFF.name,
        STEP_STATE.name,
        STEP_RESULT.name,
        ASK_RESULTS.name,
    ]
    .contains(&entry_type)
}

/// The types that name a step of one's own side.
pub const ON_STEPS: [&str; 2] = [STEP_STATE.name, STEP_RESULT.name];

/// Whether entries of this type name a step of one's own side.
#[must_use]
pub fn is_about_step(entry_type: &str) -> bool {
    ON_STEPS.contains(&entry_type)
}

/// Whether entries of this type are of a day, and offered on its page.
#[must_use]
pub fn is_of_day(entry_type: &str) -> bool {
    entry_type == DAY.name || decides_day(entry_type) || is_about_day(entry_type)
}
