//! The agreement of a joint investigation (FIELD B9): drawn up together, signed by both sides, amended by versions.
//!
//! A version asks the other side to decide. It is signed, refused with a ground, answered by a counter-proposal, or withdrawn by whoever
//! wrote it; until then it stands in both ledgers. Proposing is signing: a version is in force once everybody who was asked signed it,
//! and the one before it holds until then. Every clause is in the language of the entry and, beside it, in one other: both are signed.

use super::super::common as c;
use crate::codes::{Ask, Phase};
use crate::field::{Field, FieldType, Values};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of a version: the language of the second text of every clause.
pub const OTHER_LANG: &str = "other_lang";
/// Field of a version: the first day of the period.
pub const BEGINS: &str = "begins";
/// Field of a version: the last day of the period.
pub const ENDS: &str = "ends";
/// Field of a version: the version that it changes.
pub const CHANGES: &str = "changes";

/// A clause: its name, that of its second text, and its heading.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// The field of its text.
    pub name: &'static str,
    /// The field of the same in the other language.
    pub other: &'static str,
    /// Its heading.
    pub heading: Label,
}

impl Clause {
    /// The field that a version leaves empty though it has the clause in its other language: both are signed, so both say it or neither does.
    #[must_use]
    pub fn unwritten(&self, values: &Values) -> Option<&'static str> {
        let written = |name| {
            values
                .text(name)
                .is_some_and(|text| !text.trim().is_empty())
        };
        match (written(self.name), written(self.other)) {
            (true, false) => Some(self.other),
            (false, true) => Some(self.name),
            _ => None,
        }
    }
}

/// The clauses by what they are about: the first clause of each group, and its heading.
pub const GROUPS: &[(&str, Label)] = &[
    (
        "parties",
        label("Parties et but", "الأطراف والغاية", "Parties and purpose"),
    ),
    ("leaders", label("L’équipe", "الفريق", "The team")),
    (
        "evidence_before",
        label(
            "Preuves et informations",
            "الأدلة والمعلومات",
            "Evidence and information",
        ),
    ),
    (
        "data_protection",
        label(
            "Données, communication, dépenses",
            "المعطيات والتواصل والنفقات",
            "Data, publicity, costs",
        ),
    ),
    (
        "evaluation",
        label(
            "Évaluation et plan",
            "التقييم والخطة",
            "Evaluation and plan",
        ),
    ),
];

/// Declares the clauses once: for the form, the paper and the comparison of versions.
macro_rules! clauses {
    ($($name:literal, $other:literal, $most:literal, $needed:expr, $fr:literal, $ar:literal, $en:literal;)+) => {
        /// The clauses in their order.
        pub const CLAUSES: &[Clause] = &[$(Clause {
            name: $name,
            other: $other,
            heading: label($fr, $ar, $en),
        }),+];
        const FIELDS: &[Field] = &[
            CHANGES_FIELD, BEGINS_FIELD, ENDS_FIELD, OTHER_LANG_FIELD,
            $(
                Field { required: $needed, ..Field::new($name, label($fr, $ar, $en), FieldType::Text($most)) },
                Field::new(
                    $other,
                    label(
                        concat!($fr, " (autre langue)"),
                        concat!($ar, " (اللغة الأخرى)"),
                        concat!($en, " (other language)"),
                    ),
                    FieldType::Text($most),
                )
                .beside(),
            )+
        ];
    };
}

const CHANGES_FIELD: Field = Field::new(
    CHANGES,
    label(
        "version modifiée",
        "الصيغة المعدلة",
        "version that it changes",
    ),
    FieldType::Entry,
)
.folded();
const BEGINS_FIELD: Field = Field::new(
    BEGINS,
    label(
        "début de la période",
        "بداية المدة",
        "beginning of the period",
    ),
    FieldType::Date,
)
.required();
const ENDS_FIELD: Field = Field::new(
    ENDS,
    label("fin de la période", "نهاية المدة", "end of the period"),
    FieldType::Date,
)
.required()
.help(label(
    "prolonger, c’est proposer une version dont la fin est plus tardive",
    "التمديد هو اقتراح صيغة نهايتها أبعد",
    "to extend is to propose a version that ends later",
));
const OTHER_LANG_FIELD: Field = Field::new(
    OTHER_LANG,
    label(
        "l’autre langue de l’accord",
        "اللغة الأخرى للاتفاق",
        "the agreement’s other language",
    ),
    FieldType::Code(c::languages),
)
.required();

clauses! {
    "parties", "parties_other", 4_000, true, "parties (autorités, par fonction)", "الأطراف (السلطات حسب الوظيفة)", "parties (authorities, by function)";
    "purpose", "purpose_other", 6_000, true, "but de l’enquête commune", "غاية التحقيق المشترك", "purpose of the joint investigation";
    "extension", "extension_other", 2_000, false, "prolongation de la période", "تمديد المدة", "extension of the period";
    "states", "states_other", 2_000, true, "États où l’équipe opère", "الدول التي يعمل فيها الفريق", "states of operation";
    "leaders", "leaders_other", 4_000, true, "direction, par État (fonctions)", "القيادة في كل دولة (الوظائف)", "leaders, by state (functions)";
    "members", "members_other", 4_000, false, "membres (fonctions)", "الأعضاء (الوظائف)", "members (functions)";
    "seconded", "seconded_other", 4_000, false, "membres détachés (fonctions)", "الأعضاء الملحقون (الوظائف)", "seconded members (functions)";
    "participants", "participants_other", 4_000, false, "autres participants", "مشاركون آخرون", "other participants";
    "evidence_before", "evidence_before_other", 4_000, false, "preuves d’avant l’accord", "الأدلة السابقة للاتفاق", "evidence gathered before";
    "evidence_during", "evidence_during_other", 4_000, false, "preuves recueillies pendant l’enquête", "الأدلة المجمعة أثناء التحقيق", "evidence gathered during";
    "information", "information_other", 4_000, false, "accès aux informations", "الوصول إلى المعلومات", "access to information";
    "consultation", "consultation_other", 4_000, false, "concertation : suivi, moment d’intervenir, juridiction, confiscation", "التشاور: المتابعة ووقت التدخل والمحكمة والمصادرة", "consultation: progress, timing of intervention, forum for trial, confiscation";
    "data_protection", "data_protection_other", 4_000, false, "protection des données", "حماية المعطيات", "data protection";
    "media", "media_other", 4_000, false, "secret et communication publique", "السرية والتواصل العمومي", "secrecy and media strategy";
    "costs", "costs_other", 4_000, false, "dépenses et moyens", "النفقات والوسائل", "costs and equipment";
    "evaluation", "evaluation_other", 4_000, false, "évaluation, à mi-parcours et finale", "التقييم في منتصف المدة وعند النهاية", "evaluation, mid-term and final";
    "plan", "plan_other", 6_000, false, "plan d’action opérationnel", "خطة العمل الميدانية", "operational action plan";
}

/// Phases in which a version may be proposed: cooperation goes on into the trial.
const PROPOSED_IN: &[Phase] = &[Phase::Open, Phase::Operational, Phase::Prosecution];

/// Proposes an agreement, or a change of the one in force.
pub static AGREEMENT: EntryType = EntryType {
    name: "investigation.agreement",
    version: 1,
    label: label(
        "accord d’enquête proposé et signé par son auteur",
        "اتفاق تحقيق مقترح وموقع من صاحبه",
        "agreement proposed, and signed by its author",
    ),
    verb: label(
        "proposer un accord d’enquête",
        "اقتراح اتفاق تحقيق",
        "propose an agreement",
    ),
    fields: FIELDS,
    effects: &[Effect::Ask(Ask::Decide, When::Always)],
    phases: PROPOSED_IN,
    files: true,
};

/// Answers a version by another: that one is no longer decided, this one is.
pub static COUNTER: EntryType = EntryType {
    name: "investigation.counter",
    version: 1,
    label: label("contre-proposition", "اقتراح مضاد", "counter-proposal"),
    verb: label(
        "proposer autrement",
        "تقديم اقتراح مضاد",
        "make a counter-proposal",
    ),
    fields: FIELDS,
    effects: &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Decide, When::Always),
    ],
    phases: PROPOSED_IN,
    files: true,
};

/// Signs a version for one's own side.
pub static SIGN: EntryType = EntryType {
    name: "investigation.sign",
    version: 1,
    label: label(
        "signature de l’accord",
        "توقيع الاتفاق",
        "signature of the agreement",
    ),
    verb: label("signer l’accord", "توقيع الاتفاق", "sign the agreement"),
    fields: &[Field::new(
        "text",
        label("remarque", "ملاحظة", "remark"),
        FieldType::Text(4_000),
    )],
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: PROPOSED_IN,
    files: false,
};

/// Whether entries of this type are versions of the agreement.
#[must_use]
pub fn proposes(entry_type: &str) -> bool {
    entry_type == AGREEMENT.name || entry_type == COUNTER.name
}

/// Whether writing an entry of this type binds its side to a version.
#[must_use]
pub fn binds(entry_type: &str) -> bool {
    proposes(entry_type) || entry_type == SIGN.name
}
