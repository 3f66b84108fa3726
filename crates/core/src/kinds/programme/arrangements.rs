//! What an agreement arranges beside its cohorts (FIELD B13): how they are selected, their part at universities, placements by a contract of three,
//! and the mechanism that follows all of it up, each time by a date that somebody owes. Functions, rules and numbers: nobody is named.

use super::super::common as c;
use super::running::{BEGINS, COHORTS, ENDS, which, written};
use crate::codes::{Ask, Phase};
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of placements: how many were placed.
pub const PLACED: &str = "placed";
/// Field of a selection: by which rules.
pub const RULES: &str = "rules";
/// Field of a selection: who selects.
pub const SELECTED_BY: &str = "selected_by";
/// Field of a selection: the last day on which candidates are proposed.
pub const UNTIL: &str = "until";
/// Field of a university part: which universities.
pub const UNIVERSITIES: &str = "universities";
/// Field of a cohort or of its university part: what is taught.
pub const CURRICULUM: &str = "curriculum";
/// Field of a university part: hours taught.
pub const HOURS: &str = "hours";
/// Fields of placements: the two parties to the contract beside the person placed.
pub const PARTIES: [&str; 2] = ["institute", "host"];

const WHICH_COHORT: Label = label("promotion", "الفوج", "cohort");
const FIRST: Field = Field::new(BEGINS, label("début", "البداية", "begins"), FieldType::Date);
const LAST: Field = Field::new(ENDS, label("fin", "النهاية", "ends"), FieldType::Date);

/// How a cohort is selected.
pub static SELECTION: EntryType = written(
    "programme.selection",
    (
        label(
            "sélection de la promotion",
            "انتقاء الفوج",
            "selection of the cohort",
        ),
        label(
            "dire comment on sélectionne",
            "تحديد طريقة الانتقاء",
            "say how the cohort is selected",
        ),
    ),
    &[
        which(WHICH_COHORT, COHORTS).required(),
        Field::new(
            RULES,
            label("règles de sélection", "قواعد الانتقاء", "rules of selection"),
            FieldType::Text(4_000),
        )
        .required()
        .help(label(
            "diplômes et aptitude au métier, et rien d’autre",
            "الشهادات والأهلية للعمل لا غير",
            "diplomas and fitness for the work, and nothing else",
        )),
        Field::new(
            SELECTED_BY,
            label(
                "qui propose et qui retient (fonctions)",
                "من يقترح ومن يقبل (الوظائف)",
                "who proposes and who selects (functions)",
            ),
            FieldType::Line(300),
        )
        .required(),
        Field::new(
            UNTIL,
            label(
                "candidatures jusqu’au",
                "الترشيحات إلى غاية",
                "applications until",
            ),
            FieldType::Date,
        ),
    ],
);

/// What of a cohort's training is given at universities.
pub static UNIVERSITY: EntryType = written(
    "programme.university",
    (
        label("partie universitaire", "الشق الجامعي", "university part"),
        label(
            "noter la partie universitaire",
            "تسجيل الشق الجامعي",
            "note the university part",
        ),
    ),
    &[
        which(WHICH_COHORT, COHORTS).required(),
        Field::new(
            UNIVERSITIES,
            label("universités", "الجامعات", "universities"),
            FieldType::Line(300),
        )
        .required(),
        Field::new(
            CURRICULUM,
            label("matières", "المواد", "curriculum"),
            FieldType::Text(8_000),
        )
        .required(),
        Field::new(
            HOURS,
            label("heures", "الساعات", "hours"),
            FieldType::Number(1, 10_000),
        ),
        FIRST,
        LAST,
    ],
);

/// Placements by a contract of three: an institute, whoever receives, and the person placed, who is counted and not named.
pub static PLACEMENT: EntryType = written(
    "programme.placement",
    (
        label(
            "placements par contrat tripartite",
            "تعيينات بعقود ثلاثية الأطراف",
            "placements under tripartite contracts",
        ),
        label("noter des placements", "تسجيل التعيينات", "note placements"),
    ),
    &[
        which(WHICH_COHORT, COHORTS).required(),
        Field::new(
            "institute",
            label(
                "institut qui forme",
                "المعهد المكوِّن",
                "institute that trains",
            ),
            FieldType::Line(160),
        )
        .required(),
        Field::new(
            "host",
            label(
                "structure d’accueil (fonction)",
                "الجهة المستقبلة (الوظيفة)",
                "receiving body (function)",
            ),
            FieldType::Line(160),
        )
        .required(),
        Field::new(
            PLACED,
            label("personnes placées", "عدد المعينين", "persons placed"),
            FieldType::Number(0, 100_000),
        )
        .required()
        .help(label(
            "zéro ou au moins dix ; la personne est partie au contrat et n’est pas nommée ici",
            "صفر أو عشرة على الأقل؛ والشخص طرف في العقد ولا يسمى هنا",
            "none or at least ten; the person is a party to the contract and is not named here",
        )),
        FIRST,
        LAST,
        Field::new(
            "text",
            label("clauses du contrat", "بنود العقد", "terms of the contract"),
            FieldType::Text(8_000),
        )
        .help(label(
            "le contrat type, sans nom ; les contrats signés restent chez ceux qui les ont signés",
            "العقد النموذجي دون أسماء؛ أما العقود الموقعة فتبقى لدى موقعيها",
            "the model contract, without names; signed contracts stay with those who signed them",
        )),
    ],
);

const TO_REPORT: &[Phase] = &[Phase::InForce, Phase::Evaluation];

/// What the follow-up mechanism asks of the other side, by a day.
pub static FOLLOW_UP: EntryType = EntryType {
    name: "programme.follow_up",
    version: 1,
    label: label("point de suivi", "نقطة تتبع", "follow-up point"),
    verb: label(
        "demander un point de suivi",
        "طلب نقطة تتبع",
        "ask for a follow-up",
    ),
    fields: &[
        Field::new(
            "text",
            label(
                "ce dont il faut rendre compte",
                "ما ينبغي الإفادة عنه",
                "what is to be reported",
            ),
            FieldType::Text(4_000),
        )
        .required(),
        Field::new(
            "by",
            label("au plus tard", "في أجل أقصاه", "by"),
            FieldType::Date,
        )
        .bound(Bind::By)
        .required(),
    ],
    effects: &[Effect::Ask(Ask::Report, When::Always)],
    phases: TO_REPORT,
    files: false,
};

/// What the other side reports: it answers a point of follow-up.
pub static FOLLOWED: EntryType = EntryType {
    name: "programme.followed",
    version: 1,
    label: label(
        "réponse au point de suivi",
        "تقرير تتبع",
        "follow-up reported",
    ),
    verb: label(
        "répondre au point de suivi",
        "تقديم تقرير التتبع",
        "report on the follow-up",
    ),
    fields: &[c::TEXT.required()],
    effects: &[Effect::On(On::Answer, &[Ask::Report])],
    phases: c::ALWAYS,
    files: true,
};
