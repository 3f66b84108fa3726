//! `declaration`: the declaration of a High-Level Meeting, from its text to commitments that are kept (DESIGN section 1).
//!
//! The text engine proposes, people confirm. Each confirmed commitment is an obligation of every party that promised towards
//! the other; *claimed by one*, *claimed by the other* and *agreed* are different states of these obligations.

use super::common as c;
use crate::codes::{Ask, Phase, Purpose};
use crate::field::{self, Bind, Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind, On, When};
use crate::label::{Label, label};

pub mod evidence;
pub mod figures;
pub mod similar;
pub mod text;
pub mod themes;

/// Field of a claim: what shows that it was done, entries of other dossiers among words.
pub const EVIDENCE: &str = "evidence";

fn classes() -> Vec<(&'static str, Label)> {
    vec![
        ("commitment", label("engagement", "التزام", "commitment")),
        ("obligation", label("obligation", "واجب", "obligation")),
        (
            "reaffirmation",
            label("réaffirmation", "تأكيد", "reaffirmation"),
        ),
        (
            "studies_towards",
            label(
                "à l’étude en vue d’un accord",
                "قيد الدراسة في أفق اتفاق",
                "studied towards an agreement",
            ),
        ),
        ("appeal", label("appel", "نداء", "appeal")),
        ("position", label("position", "موقف", "position")),
        (
            "fulfilment",
            label("accomplissement", "إنجاز", "fulfilment"),
        ),
        (
            "restatement",
            label("réitération", "إعادة تأكيد", "restatement"),
        ),
        (
            "acknowledgement",
            label("constat", "إقرار", "acknowledgement"),
        ),
        ("rule", label("règle", "قاعدة", "rule")),
        ("milestone", label("étape", "مرحلة", "milestone")),
    ]
}

static OPEN: EntryType = EntryType {
    name: "declaration.open",
    version: 1,
    label: label(
        "déclaration importée",
        "تصريح مستورد",
        "imported declaration",
    ),
    verb: label(
        "importer une déclaration",
        "استيراد تصريح",
        "import a declaration",
    ),
    fields: &[
        Field::new(
            "title",
            label("titre", "العنوان", "title"),
            FieldType::Line(300),
        )
        .required(),
        Field::new(
            "reference",
            label("référence", "المرجع", "reference"),
            FieldType::Line(60),
        ),
        Field::new("date", label("date", "التاريخ", "date"), FieldType::Date),
        Field::new(
            "place",
            label("lieu", "المكان", "place"),
            FieldType::Line(120),
        ),
        Field::new(
            "level",
            label("niveau", "المستوى", "level"),
            FieldType::Line(120),
        )
        .folded(),
        Field::new(
            "parties",
            label("parties", "الأطراف", "parties"),
            FieldType::Line(120),
        )
        .folded(),
        Field::new(
            "document",
            label("texte", "النص", "text"),
            FieldType::Document(900_000),
        )
        .folded(),
    ],
    effects: &[Effect::Open(Phase::Open)],
    phases: &[],
    files: true,
};

static VERSION: EntryType = EntryType {
    name: "declaration.version",
    version: 1,
    label: label(
        "version dans une autre langue",
        "صيغة بلغة أخرى",
        "version in another language",
    ),
    verb: label(
        "ajouter une version dans une autre langue",
        "إضافة صيغة بلغة أخرى",
        "add a version in another language",
    ),
    fields: &[Field::new(
        "document",
        label("texte", "النص", "text"),
        FieldType::Document(900_000),
    )
    .required()],
    effects: &[],
    phases: &[Phase::Open],
    files: true,
};

const POINT: &[Field] = &[
    Field::new(
        "title",
        label("intitulé", "العنوان", "short title"),
        FieldType::Line(200),
    )
    .required(),
    Field::new(
        "point",
        label("point", "النقطة", "point"),
        FieldType::Line(60),
    )
    .folded(),
    Field::new(
        "class",
        label("nature", "الطبيعة", "nature"),
        FieldType::Code(classes),
    )
    .required(),
    Field::new(
        "topic",
        label("thème", "المحور", "topic"),
        FieldType::Line(80),
    )
    .folded(),
    Field::new(
        "text_fr",
        label("texte français", "النص الفرنسي", "French text"),
        FieldType::Text(8_000),
    )
    .folded(),
    Field::new(
        "text_ar",
        label("texte arabe", "النص العربي", "Arabic text"),
        FieldType::Text(8_000),
    )
    .folded(),
    Field::new(
        "text_en",
        label("texte anglais", "النص الإنجليزي", "English text"),
        FieldType::Text(8_000),
    )
    .folded(),
    Field::new(
        "because",
        label(
            "mots qui l’ont fait proposer",
            "الكلمات التي دلت عليه",
            "words that made it proposed",
        ),
        FieldType::Line(300),
    )
    .folded(),
    Field::new(
        "deliverable",
        label("résultat attendu", "النتيجة المنتظرة", "deliverable"),
        FieldType::Line(300),
    ),
    Field::new(
        "owners",
        label("responsables", "المسؤولون", "owners"),
        FieldType::Line(200),
    ),
    Field::new(
        "debtors",
        label("parties qui s’engagent", "الأطراف الملتزمة", "who owes"),
        FieldType::Line(120),
    )
    .folded(),
    Field::new(
        "creditors",
        label("envers", "اتجاه", "to whom"),
        FieldType::Line(120),
    )
    .folded(),
    Field::new(
        "due_text",
        label("échéance (texte)", "الأجل (نص)", "due, in words"),
        FieldType::Line(120),
    )
    .folded(),
    Field::new("by", label("échéance", "الأجل", "due date"), FieldType::Date).bound(Bind::By),
];

/// A commitment that a person confirmed: each party that promised owes the other an act.
static COMMITMENT: EntryType = EntryType {
    name: "declaration.commitment",
    version: 1,
    label: label("engagement confirmé", "التزام مؤكد", "confirmed commitment"),
    verb: label(
        "confirmer un engagement",
        "تأكيد التزام",
        "confirm a commitment",
    ),
    fields: POINT,
    effects: &[Effect::Ask(Ask::Act, When::Promised)],
    phases: &[Phase::Open],
    files: false,
};

/// An appeal to a third party: its authors owe each other a report on what came of it; nobody outside the link owes anything.
static APPEAL: EntryType = EntryType {
    name: "declaration.appeal",
    version: 1,
    label: label(
        "appel à un tiers",
        "نداء إلى طرف ثالث",
        "appeal to a third party",
    ),
    verb: label(
        "confirmer un appel à un tiers",
        "تأكيد نداء إلى طرف ثالث",
        "confirm an appeal to a third party",
    ),
    fields: POINT,
    effects: &[Effect::Ask(Ask::Report, When::Promised)],
    phases: &[Phase::Open],
    files: false,
};

/// Any other point: a position, a rule, an acknowledgement. Nobody owes anything.
static POINT_ENTRY: EntryType = EntryType {
    name: "declaration.point",
    version: 1,
    label: label("point", "نقطة", "point"),
    verb: label("ajouter un point", "إضافة نقطة", "add a point"),
    fields: POINT,
    effects: &[],
    phases: &[Phase::Open],
    files: false,
};

/// One party claims that it did what it promised, with evidence; the other has not agreed yet.
pub static CLAIM: EntryType = EntryType {
    name: "declaration.claim",
    version: 1,
    label: label("accomplissement déclaré", "تصريح بالإنجاز", "claimed done"),
    verb: label(
        "déclarer accompli",
        "التصريح بالإنجاز",
        "claim that it is done",
    ),
    fields: &[
        Field::new(
            "text",
            label("ce qui a été fait", "ما تم إنجازه", "what was done"),
            FieldType::Text(8_000),
        )
        .required(),
        Field::new(
            EVIDENCE,
            label("éléments de preuve", "الأدلة", "evidence"),
            FieldType::Line(300),
        ),
        Field::new(
            "partial",
            label("en partie", "جزئيا", "in part"),
            FieldType::Flag,
        )
        .bound(Bind::Partial),
    ],
    effects: &[Effect::On(On::Answer, &[Ask::Act])],
    phases: &[Phase::Open],
    files: true,
};

/// Relates a point to an earlier one.
static RELATE: EntryType = EntryType {
    name: "declaration.relate",
    version: 1,
    label: label(
        "lien entre points",
        "صلة بين نقطتين",
        "relation between points",
    ),
    verb: label("relier deux points", "ربط نقطتين", "relate two points"),
    fields: &[
        Field::new(
            "relation",
            label("lien", "الصلة", "relation"),
            FieldType::Code(field::relations),
        )
        .required()
        .bound(Bind::Relation),
        Field::new(
            "from",
            label("point", "النقطة", "point"),
            FieldType::Line(64),
        )
        .required()
        .bound(Bind::RelateFrom),
        Field::new(
            "earlier",
            label(
                "point antérieur (dossier:écriture)",
                "النقطة السابقة",
                "earlier point (dossier:entry)",
            ),
            FieldType::Line(129),
        )
        .required()
        .bound(Bind::RelateTo),
        Field::new(
            "text",
            label("remarque", "ملاحظة", "remark"),
            FieldType::Text(2_000),
        ),
    ],
    effects: &[Effect::Relate],
    phases: &[Phase::Open],
    files: false,
};

/// Whether entries of this type are points of a declaration.
#[must_use]
pub fn is_point(entry_type: &str) -> bool {
    [COMMITMENT.name, APPEAL.name, POINT_ENTRY.name].contains(&entry_type)
}

/// The kind.
pub static KIND: Kind = Kind {
    name: "declaration",
    label: label("déclaration", "تصريح مشترك", "declaration"),
    purpose_text: label(
        "tenir les engagements d’une rencontre de haut niveau",
        "الوفاء بالتزامات اجتماع رفيع المستوى",
        "keep the commitments of a high-level meeting",
    ),
    purposes: &[Purpose::Governance],
    entries: c::of_governance![
        &OPEN,
        &VERSION,
        &COMMITMENT,
        &APPEAL,
        &POINT_ENTRY,
        &CLAIM,
        &c::AGREE,
        &RELATE,
        &figures::FIGURE,
        &figures::OWN_FIGURE,
        &figures::AGREE_FIGURE,
        &c::NOTE,
        &c::TRANSLATION,
        &c::REPLY,
    ],
    samples: &[
        (
            "declaration.open",
            &[
                ("title", "Déclaration finale de la rencontre"),
                ("reference", "R12"),
                ("date", "2015-05-28"),
                ("place", "Paris"),
            ],
        ),
        ("declaration.version", &[("document", "{}")]),
        (
            "declaration.commitment",
            &[
                ("title", "Multiplier les rencontres"),
                ("point", "R12/2"),
                ("class", "commitment"),
                ("by", "2016-05-28"),
            ],
        ),
        (
            "declaration.appeal",
            &[
                ("title", "Appel à une politique de solidarité"),
                ("class", "appeal"),
            ],
        ),
        (
            "declaration.point",
            &[("title", "Préoccupation commune"), ("class", "position")],
        ),
        (
            "declaration.claim",
            &[
                ("text", "Trois rencontres tenues."),
                ("evidence", "comptes rendus joints"),
            ],
        ),
        (
            "declaration.figure",
            &[
                (
                    "of",
                    "0909090909090909090909090909090909090909090909090909090909090909",
                ),
                ("what", "Rencontres tenues"),
                ("number", "3"),
                ("unit", "meetings"),
                ("since", "2015-06-01"),
                ("until", "2016-05-28"),
            ],
        ),
        (
            "declaration.own_figure",
            &[("number", "2"), ("text", "L’une fut reportée.")],
        ),
    ],
    needs_charter: true,
    closed_to: &[],
    keeps: Keeps {
        days: 3650,
        after_closing: 3650,
        each: false,
        personal: false,
    },
    extends_once: false,
};
