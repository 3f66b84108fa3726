//! Phases of a joint investigation, one after the other: preparatory, operational, prosecution, evaluation, closed. The convenor sets them
//! and says why. What a phase does not allow is irregular: the table is the types' own, which both sides judge by.
//!
//! An investigation is opened in its preparatory phase. Evaluations are entries of either side: the figures come from the record, the words
//! beside them are each side's own.

use super::super::{common as c, conditions::CONDITION_TEXT};
use crate::codes::Phase;
use crate::field::{Field, FieldType};
use crate::kind::{Effect, EntryType};
use crate::label::{Label, label};

/// Phases in which an investigation gathers: contributions, things, links.
pub const GATHERING: &[Phase] = &[Phase::Open, Phase::Operational, Phase::Prosecution];
/// All phases of an investigation that is not closed.
pub const UNDER_WAY: &[Phase] = &[
    Phase::Open,
    Phase::Operational,
    Phase::Prosecution,
    Phase::Evaluation,
];

/// Field of an evaluation: the figures of the record when it was written. The program puts them there.
pub const FIGURES: &str = "figures";

/// What a phase of an investigation is called.
#[must_use]
pub fn called(phase: Phase) -> Label {
    match phase {
        Phase::Open => label("préparation", "مرحلة التحضير", "preparatory phase"),
        other => other.label(),
    }
}

const WHY: Field = Field::new(
    "text",
    label("motif", "السبب", "ground"),
    FieldType::Text(4_000),
)
.required();

const fn step(
    name: &'static str,
    words: Label,
    verb: Label,
    (to, phases): (&'static [Effect], &'static [Phase]),
) -> EntryType {
    EntryType {
        name,
        version: 1,
        label: words,
        verb,
        fields: &[WHY],
        effects: to,
        phases,
        files: false,
    }
}

/// From preparation, or back from later, to operations.
pub static TO_OPERATIONAL: EntryType = step(
    "investigation.to_operational",
    label(
        "passage à la phase opérationnelle",
        "الانتقال إلى المرحلة الميدانية",
        "operational phase begun",
    ),
    label(
        "passer à la phase opérationnelle",
        "الانتقال إلى المرحلة الميدانية",
        "begin the operational phase",
    ),
    (
        &[Effect::SetPhase(Phase::Operational)],
        &[Phase::Open, Phase::Prosecution, Phase::Evaluation],
    ),
);

/// From operations to prosecution.
pub static TO_PROSECUTION: EntryType = step(
    "investigation.to_prosecution",
    label(
        "passage à la phase de poursuites",
        "الانتقال إلى مرحلة المتابعة القضائية",
        "prosecution phase begun",
    ),
    label(
        "passer à la phase de poursuites",
        "الانتقال إلى مرحلة المتابعة القضائية",
        "begin the prosecution phase",
    ),
    (
        &[Effect::SetPhase(Phase::Prosecution)],
        &[Phase::Operational],
    ),
);

/// From operations or prosecution to evaluation.
pub static TO_EVALUATION: EntryType = step(
    "investigation.to_evaluation",
    label(
        "passage à la phase d’évaluation",
        "الانتقال إلى مرحلة التقييم",
        "evaluation phase begun",
    ),
    label(
        "passer à la phase d’évaluation",
        "الانتقال إلى مرحلة التقييم",
        "begin the evaluation phase",
    ),
    (
        &[Effect::SetPhase(Phase::Evaluation)],
        &[Phase::Operational, Phase::Prosecution],
    ),
);

const fn words(name: &'static str, words: Label) -> Field {
    Field::new(name, words, FieldType::Text(6_000))
}

const EVALUATED: &[Field] = &[
    words(
        "setting_up",
        label(
            "mise en place : partenaires, autorisations, traduction",
            "الإعداد: الشركاء والأذون والترجمة",
            "setting up: partners, approvals, translation",
        ),
    ),
    words(
        "operations",
        label(
            "opérations : langue, preuves, délais",
            "العمليات: اللغة والأدلة والآجال",
            "operations: language, evidence, time",
        ),
    ),
    words(
        "trial",
        label(
            "poursuites et procès",
            "المتابعات والمحاكمة",
            "prosecution and trial",
        ),
    )
    .folded(),
    words(
        "good_practice",
        label(
            "ce qui est à refaire",
            "ما ينبغي تكراره",
            "what to do again",
        ),
    ),
    words(
        "next_time",
        label("ce qui est à changer", "ما ينبغي تغييره", "what to change"),
    )
    .required(),
    Field::new(
        FIGURES,
        label(
            "chiffres du dossier",
            "أرقام الملف",
            "figures of the dossier",
        ),
        FieldType::Document(4_000),
    ),
    c::HANDLING,
    CONDITION_TEXT,
];

/// One side's evaluation while the investigation goes on.
pub static MIDTERM: EntryType = EntryType {
    name: "investigation.midterm",
    version: 1,
    label: label(
        "évaluation à mi-parcours",
        "تقييم منتصف المدة",
        "mid-term evaluation",
    ),
    verb: label(
        "évaluer à mi-parcours",
        "إجراء تقييم منتصف المدة",
        "evaluate at mid-term",
    ),
    fields: EVALUATED,
    effects: &[],
    phases: &[Phase::Operational, Phase::Prosecution],
    files: true,
};

/// One side's evaluation at the end.
pub static EVALUATE: EntryType = EntryType {
    name: "investigation.evaluate",
    version: 1,
    label: label("évaluation finale", "التقييم النهائي", "final evaluation"),
    verb: label(
        "évaluer l’enquête",
        "تقييم التحقيق",
        "evaluate the investigation",
    ),
    fields: EVALUATED,
    effects: &[],
    phases: &[Phase::Evaluation],
    files: true,
};

/// Whether entries of this type evaluate the investigation.
#[must_use]
pub fn evaluates(entry_type: &str) -> bool {
    entry_type == MIDTERM.name || entry_type == EVALUATE.name
}
