//! A programme in force: cohorts and sessions, the figures of each cohort, how those who took part judge the course, what it cost, what came of
//! it. Numbers and places: nobody is named.

use super::super::common as c;
use super::opening::{ANSWERS, FINDING};
use crate::codes::Phase;
use crate::field::{Field, FieldType};
use crate::kind::EntryType;
use crate::label::{Label, label};

/// Field of what is about a cohort, a session or a participant: which.
pub const OF: &str = "of";
/// Field of a cohort: how many places.
pub const PLACES: &str = "places";
/// Field of a cohort or session: where.
pub const PLACE: &str = "place";
/// Field of a cohort: its first day.
pub const BEGINS: &str = "begins";
/// Field of a cohort: its last day.
pub const ENDS: &str = "ends";
/// Field of a cohort, or of what was spent: minor units of the currency.
pub const SPENT: &str = "cost";
/// Field beside a cost: its currency, ISO 4217.
pub const CURRENCY: &str = "currency";
/// Field of an evaluation: at the end, or some months after.
pub const WHEN: &str = "when";
/// The code of [`WHEN`] of an evaluation some months after.
pub const LATER: &str = "later";
/// Field of a cohort's figures: how many were selected.
pub const SELECTED: &str = "selected";
/// Fields of a cohort's figures, in their order.
pub const TALLY: [&str; 4] = [SELECTED, "present", "certified", "withdrawn"];

const RUN_IN: &[Phase] = &[Phase::InForce, Phase::Evaluation];

/// Currencies, ISO 4217, each of two decimals: a cost is in hundredths.
fn currencies() -> Vec<(&'static str, Label)> {
    vec![
        (
            "MAD",
            label("dirham marocain", "درهم مغربي", "Moroccan dirham"),
        ),
        ("EUR", label("euro", "أورو", "euro")),
        (
            "USD",
            label("dollar des États-Unis", "دولار أمريكي", "US dollar"),
        ),
    ]
}

fn moments() -> Vec<(&'static str, Label)> {
    vec![
        ("end", label("à la fin", "عند النهاية", "at the end")),
        (
            LATER,
            label(
                "après 3 à 6 mois",
                "بعد 3 إلى 6 أشهر",
                "after 3 to 6 months",
            ),
        ),
    ]
}

/// What is said of a cohort names it.
pub(super) const COHORTS: &[&str] = &["programme.cohort"];

pub(super) const fn which(words: Label, of: &'static [&'static str]) -> Field {
    Field::new(OF, words, FieldType::Entry).naming(of)
}
const WHICH_COHORT: Label = label("promotion", "الفوج", "cohort");
const TITLE: Field = Field::new(
    "title",
    label("intitulé", "العنوان", "title"),
    FieldType::Line(160),
);
const WHERE: Field = Field::new(
    PLACE,
    label("lieu", "المكان", "place"),
    FieldType::Line(160),
);
const COSTS: Field = Field::new(
    SPENT,
    label("coût (centimes)", "الكلفة (بالسنتيم)", "cost (hundredths)"),
    FieldType::Number(0, 1_000_000_000_000),
);
const MONEY: Field = Field::new(
    CURRENCY,
    label("monnaie", "العملة", "currency"),
    FieldType::Code(currencies),
);

/// A type that acts on nothing, while the programme runs or is reviewed.
pub(super) const fn written(
    name: &'static str,
    (words, verb): (Label, Label),
    fields: &'static [Field],
) -> EntryType {
    EntryType {
        phases: RUN_IN,
        ..c::plain(name, words, verb, fields, &[])
    }
}

/// Those who are trained together.
pub static COHORT: EntryType = written(
    "programme.cohort",
    (
        label("promotion", "فوج", "cohort"),
        label("ouvrir une promotion", "فتح فوج", "open a cohort"),
    ),
    &[
        TITLE.required(),
        Field::new(
            PLACES,
            label("places", "المقاعد", "places"),
            FieldType::Number(1, 100_000),
        )
        .required(),
        WHERE.required(),
        Field::new(BEGINS, label("début", "البداية", "begins"), FieldType::Date).required(),
        Field::new(ENDS, label("fin", "النهاية", "ends"), FieldType::Date).required(),
        Field::new(
            "languages",
            label(
                "langues d’enseignement",
                "لغات التدريس",
                "languages of teaching",
            ),
            FieldType::Codes(c::languages),
        ),
        Field::new(
            "curriculum",
            label("matières", "المواد", "curriculum"),
            FieldType::Text(8_000),
        )
        .folded(),
        COSTS,
        MONEY,
    ],
);

/// A session of a cohort.
pub static SESSION: EntryType = written(
    "programme.session",
    (
        label("séance", "حصة", "session"),
        label("prévoir une séance", "برمجة حصة", "plan a session"),
    ),
    &[
        which(WHICH_COHORT, COHORTS).required(),
        TITLE.required(),
        Field::new("at", label("début", "البداية", "begins"), FieldType::Moment).required(),
        Field::new(
            "lasts",
            label("durée (minutes)", "المدة (بالدقائق)", "length (minutes)"),
            FieldType::Number(15, 10_080),
        )
        .required(),
        WHERE,
    ],
);

const fn count(name: &'static str, words: Label) -> Field {
    Field::new(name, words, FieldType::Number(0, 100_000))
}

/// Figures of a cohort: numbers alone.
pub static FIGURES: EntryType = written(
    "programme.figures",
    (
        label("chiffres de la promotion", "أرقام الفوج", "figures of the cohort"),
        label("donner les chiffres", "تقديم الأرقام", "give figures"),
    ),
    &[
        which(WHICH_COHORT, COHORTS).required(),
        count("selected", label("retenus", "المقبولون", "selected")).help(label(
            "zéro ou au moins dix ; moins de dix se tait. Pour des imams, arrondi à la dizaine inférieure",
            "صفر أو عشرة على الأقل، وما دون العشرة لا يذكر. وللأئمة يقرب إلى العشرة الأدنى",
            "none or at least ten; fewer than ten are not told. Of imams, rounded down to tens",
        )),
        count("present", label("présents", "الحاضرون", "present")),
        count("certified", label("certifiés", "الحاصلون على الشهادة", "certified")),
        count("withdrawn", label("retirés", "المنسحبون", "withdrawn")),
    ],
);

/// A question of an evaluation: its heading, and the field that counts each answer.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// What is judged: of the course, never of a person.
    pub heading: Label,
    /// Fields that count who answered well, fairly, poorly.
    pub counts: [&'static str; 3],
}

/// What the answers are called, in the order of [`Question::counts`].
pub const ANSWERED: [Label; 3] = [
    label("bien", "جيد", "good"),
    label("moyen", "متوسط", "fair"),
    label("insuffisant", "غير كاف", "poor"),
];

macro_rules! questions {
    ($($good:literal, $fair:literal, $poor:literal, $fr:literal, $ar:literal, $en:literal;)+) => {
        /// The questions of an evaluation.
        pub const QUESTIONS: &[Question] = &[$(Question {
            heading: label($fr, $ar, $en),
            counts: [$good, $fair, $poor],
        }),+];
        const EVALUATED: &[Field] = &[
            which(WHICH_COHORT, COHORTS).required(),
            Field::new(WHEN, label("moment", "التوقيت", "when"), FieldType::Code(moments)).required(),
            $(
                count($good, label(concat!($fr, " : bien"), concat!($ar, ": جيد"), concat!($en, ": good"))),
                count($fair, label(concat!($fr, " : moyen"), concat!($ar, ": متوسط"), concat!($en, ": fair"))),
                count($poor, label(concat!($fr, " : insuffisant"), concat!($ar, ": غير كاف"), concat!($en, ": poor"))),
            )+
        ];
    };
}

questions! {
    "content_good", "content_fair", "content_poor", "contenu du cours", "محتوى الدورة", "content of the course";
    "teaching_good", "teaching_fair", "teaching_poor", "enseignement", "التدريس", "teaching";
    "means_good", "means_fair", "means_poor", "organisation et moyens", "التنظيم والوسائل", "organisation and means";
    "use_good", "use_fair", "use_poor", "utilité pour le travail", "الفائدة للعمل", "use for the work";
}

/// How those who took part judge the course, in counts of answers. Nobody is judged.
pub static EVALUATION: EntryType = written(
    "programme.evaluation",
    (
        label(
            "évaluation du cours par les participants",
            "تقييم المشاركين للدورة",
            "the course as participants judge it",
        ),
        label(
            "donner l’évaluation du cours",
            "تقديم تقييم الدورة",
            "give the evaluation of the course",
        ),
    ),
    EVALUATED,
);

/// What was spent.
pub static COST: EntryType = written(
    "programme.cost",
    (
        label("dépense", "نفقة", "expense"),
        label("noter une dépense", "تسجيل نفقة", "note an expense"),
    ),
    &[
        which(WHICH_COHORT, COHORTS).folded(),
        TITLE.required(),
        COSTS.required(),
        MONEY.required(),
    ],
);

/// What came of it, and which commitment that keeps.
pub static RESULT: EntryType = EntryType {
    files: true,
    ..written(
        "programme.result",
        (
            label("résultat", "نتيجة", "result"),
            label("donner un résultat", "تقديم نتيجة", "give a result"),
        ),
        &[
            Field::new(
                "text",
                label("ce qui a été atteint", "ما تحقق", "what was reached"),
                FieldType::Text(8_000),
            )
            .required(),
            ANSWERS,
        ],
    )
};

/// One side's review.
pub static REVIEW: EntryType = EntryType {
    phases: &[Phase::Evaluation],
    files: true,
    ..written(
        "programme.review",
        (
            label("bilan", "تقييم", "review"),
            label("donner son bilan", "تقديم التقييم", "give one’s review"),
        ),
        &[
            FINDING,
            Field::new(
                "text",
                label("bilan", "التقييم", "review"),
                FieldType::Text(8_000),
            )
            .required(),
        ],
    )
};
