//! `intelligence`: what one side tells the other without having been asked, or beside any case: a report whose paragraphs each carry their own
//! source and evaluation (FIELD B2, B8).
//!
//! The provider evaluates. A recipient that sees it otherwise says so and gives its own evaluation; the provider decides, and both stand on
//! record: nobody overwrites the other's (Regulation (EU) 2016/794, article 29).

use super::conditions::CONDITION_TEXT;
use super::{bridges, common as c, persons, request};
use crate::codes::{Ask, Phase, Purpose};
use crate::field::{self, Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind, On, When};
use crate::label::{Label, label};

/// Field of a report: its paragraphs.
pub const PARAGRAPHS: &str = "paragraphs";
/// Field of a disagreement: the report.
pub const OF: &str = "of";
/// Field of a disagreement: the paragraph, from 1; without it the whole report is meant.
pub const PARAGRAPH: &str = "paragraph";
/// Field of a disagreement, and of an answer to it: the reliability of the source as this side sees it.
pub const SOURCE: &str = "own_source";
/// Field of both: the accuracy as this side sees it.
pub const ACCURACY: &str = "own_accuracy";
/// Field of an answer to a disagreement: what the provider decides.
pub const DECIDES: &str = "decides";
/// The provider keeps its evaluation.
pub const KEPT: &str = "kept";
/// Both agree on another evaluation, which the answer names.
pub const CHANGED: &str = "changed";

const TITLE: Field = Field::new(
    "title",
    label("objet", "الموضوع", "subject"),
    FieldType::Line(160),
)
.required();

const REPORTED: Field = Field::new(
    PARAGRAPHS,
    label(
        "paragraphes, chacun avec son évaluation",
        "فقرات، لكل منها تقييمها",
        "paragraphs, each with its evaluation",
    ),
    FieldType::Paragraphs(20_000),
)
.required()
.help(label(
    "une ligne vide entre deux paragraphes ; chacun commence par [B2] ou par [B2 nature de la source]",
    "سطر فارغ بين فقرتين؛ تبدأ كل فقرة بـ [B2] أو بـ [B2 طبيعة المصدر]",
    "an empty line between two paragraphs; each begins with [B2], or with [B2 what the source is]",
));

const OFFENCE: Field = Field::new(
    "offence",
    label("infraction", "الجريمة", "offence"),
    FieldType::Code(request::offences),
)
.folded();

const NAMED: Field = Field::new(
    "persons",
    label(
        "personnes et entités, lien avec l’objet",
        "الأشخاص والكيانات وصلتهم بالموضوع",
        "persons and entities, link to purpose",
    ),
    FieldType::Text(4_000),
)
.folded();

const TO: Field = Field::new(
    "to",
    label(
        "service destinataire",
        "المصلحة المرسل إليها",
        "service told",
    ),
    FieldType::Service,
)
.bound(field::Bind::AskOf)
.folded();

static OPEN: EntryType = EntryType {
    name: "intelligence.open",
    version: 1,
    label: label("renseignement", "معلومة استخباراتية", "intelligence report"),
    verb: label(
        "communiquer un renseignement",
        "إبلاغ معلومة استخباراتية",
        "share intelligence",
    ),
    fields: &[
        TITLE,
        REPORTED,
        OFFENCE,
        NAMED,
        persons::ASSESSMENT,
        TO,
        persons::PERSONS,
        persons::ASSURANCES,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::Open(Phase::Open),
        Effect::Ask(Ask::Feedback, When::Feedback),
    ],
    phases: &[],
    files: true,
};

/// A further report in the same matter.
pub static REPORT: EntryType = EntryType {
    name: "intelligence.report",
    version: 1,
    label: label("suite du renseignement", "تتمة المعلومة", "further report"),
    verb: label(
        "compléter le renseignement",
        "إضافة إلى المعلومة",
        "add a report",
    ),
    fields: &[
        TITLE,
        REPORTED,
        NAMED,
        persons::ASSESSMENT,
        persons::PERSONS,
        persons::ASSURANCES,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[Effect::Ask(Ask::Feedback, When::Feedback)],
    phases: &[Phase::Open],
    files: true,
};

/// The recipient evaluates otherwise, and asks the provider to decide.
pub static DISAGREE: EntryType = EntryType {
    name: "intelligence.disagree",
    version: 1,
    label: label(
        "désaccord sur une évaluation",
        "خلاف حول تقييم",
        "disagreement on an evaluation",
    ),
    verb: label("évaluer autrement", "تقييم مغاير", "evaluate it otherwise"),
    fields: &[
        Field::new(
            OF,
            label("renseignement", "المعلومة", "report"),
            FieldType::Entry,
        )
        .required(),
        Field::new(
            PARAGRAPH,
            label("paragraphe", "الفقرة", "paragraph"),
            FieldType::Number(1, 200),
        )
        .help(label(
            "vide : tout le renseignement",
            "فارغ: المعلومة كلها",
            "empty: the whole report",
        )),
        own_source().required(),
        own_accuracy().required(),
        Field::new(
            "text",
            label("pourquoi", "السبب", "why"),
            FieldType::Text(4_000),
        )
        .required(),
    ],
    effects: &[Effect::Ask(Ask::Decide, When::Always)],
    phases: &[Phase::Open, Phase::Closed],
    files: false,
};

/// The provider answers a disagreement: it keeps its evaluation, or both agree on another.
pub static SETTLE: EntryType = EntryType {
    name: "intelligence.settle",
    version: 1,
    label: label(
        "réponse sur l’évaluation",
        "جواب حول التقييم",
        "answer on the evaluation",
    ),
    verb: label(
        "répondre sur l’évaluation",
        "الجواب حول التقييم",
        "answer on the evaluation",
    ),
    fields: &[
        Field::new(
            DECIDES,
            label("nous", "نحن", "we"),
            FieldType::Code(decisions),
        )
        .required(),
        own_source(),
        own_accuracy(),
        Field::new(
            "text",
            label("pourquoi", "السبب", "why"),
            FieldType::Text(4_000),
        ),
    ],
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: &[Phase::Open, Phase::Closed],
    files: false,
};

const fn own_source() -> Field {
    Field::new(
        SOURCE,
        label(
            "fiabilité de la source",
            "موثوقية المصدر",
            "source reliability",
        ),
        FieldType::Code(field::sources),
    )
}

const fn own_accuracy() -> Field {
    Field::new(
        ACCURACY,
        label("exactitude", "دقة المعلومة", "accuracy"),
        FieldType::Code(field::accuracies),
    )
}

fn decisions() -> Vec<(&'static str, Label)> {
    vec![
        (
            KEPT,
            label(
                "maintenons notre évaluation",
                "نبقي على تقييمنا",
                "keep our evaluation",
            ),
        ),
        (
            CHANGED,
            label(
                "convenons d’une autre évaluation",
                "نتفق على تقييم آخر",
                "agree on another evaluation",
            ),
        ),
    ]
}

/// The kind.
pub static KIND: Kind = Kind {
    name: "intelligence",
    label: label("renseignement", "معلومة استخباراتية", "intelligence"),
    purpose_text: label(
        "dire à l’autre partie ce qu’elle doit savoir, sans attendre qu’elle demande",
        "إخبار الطرف الآخر بما ينبغي أن يعلمه دون انتظار أن يطلب",
        "tell the other side what it should know, without waiting to be asked",
    ),
    purposes: &[Purpose::Justice],
    entries: c::of_a_case![&OPEN, &REPORT, &DISAGREE, &SETTLE,],
    samples: &[
        bridges::SAMPLE_PURPOSE,
        bridges::SAMPLE_AGENDA,
        (
            "intelligence.open",
            &[
                ("title", "Entrepôt loué sous plusieurs noms"),
                (
                    PARAGRAPHS,
                    "[A1 registre du commerce] Le même entrepôt est loué à trois sociétés depuis mars.\n\n[B3 riverain] Des camions y entrent la nuit.",
                ),
                ("offence", "property"),
                ("handling", "H1"),
            ],
        ),
        (
            "intelligence.report",
            &[
                ("title", "Suite : une quatrième société"),
                (
                    PARAGRAPHS,
                    "[B2 bailleur] Une quatrième société a repris le bail en juin.",
                ),
            ],
        ),
        (
            "intelligence.disagree",
            &[
                (
                    OF,
                    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                ),
                (PARAGRAPH, "2"),
                (SOURCE, "C"),
                (ACCURACY, "4"),
                ("text", "Le riverain n’habite plus là depuis janvier."),
            ],
        ),
        (
            "intelligence.settle",
            &[
                (DECIDES, KEPT),
                (
                    "text",
                    "Il y revient chaque semaine ; un relevé le confirme.",
                ),
            ],
        ),
    ],
    needs_charter: true,
    closed_to: &[],
    keeps: Keeps {
        days: 1095,
        after_closing: 365,
        each: false,
        personal: true,
    },
    extends_once: false,
};
