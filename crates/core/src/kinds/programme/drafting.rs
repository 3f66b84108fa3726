//! The agreement, clause by clause in two languages side by side.
//!
//! A clause asks the other side to decide: it is accepted, answered by another text, refused with a ground, waived or withdrawn. What is
//! signed is a version: the accepted clauses, named by the program, and nothing else.

use super::super::common as c;
use crate::codes::{Ask, Phase};
use crate::field::{Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::label;

/// Field of a clause: its number.
pub const NUMBER: &str = "number";
/// Field of a clause: its heading, in the language of the entry.
pub const HEADING: &str = "heading";
/// Field of a clause: the language of its second text.
pub const OTHER_LANG: &str = "other_lang";
/// Field of a clause: its heading in the other language.
pub const OTHER_HEADING: &str = "other_heading";
/// Field of a clause: the same in the other language.
pub const OTHER_TEXT: &str = "other_text";
/// Field of a clause: the accepted one whose place it takes.
pub const REPLACES: &str = "replaces";
/// Field of a version: the clauses that it holds, by entry, with their digest. The program puts them there.
pub const CONTENT: &str = "content";

/// Clauses are drawn up before the agreement is in force, and changed after.
const DRAFTED_IN: &[Phase] = &[Phase::Draft, Phase::InForce, Phase::Evaluation];

/// Only a clause takes the place of one.
const CLAUSES: &[&str] = &["programme.clause", "programme.counter"];

const FIELDS: &[Field] = &[
    Field::new(
        NUMBER,
        label("numéro", "الرقم", "number"),
        FieldType::Number(1, 200),
    )
    .required(),
    Field::new(
        HEADING,
        label("intitulé", "العنوان", "heading"),
        FieldType::Line(160),
    )
    .required(),
    Field::new(
        "text",
        label("texte", "النص", "text"),
        FieldType::Text(8_000),
    )
    .required(),
    Field::new(
        OTHER_LANG,
        label("autre langue", "اللغة الأخرى", "other language"),
        FieldType::Code(c::languages),
    )
    .required(),
    Field::new(
        OTHER_HEADING,
        label(
            "intitulé dans l’autre langue",
            "العنوان باللغة الأخرى",
            "heading in the other language",
        ),
        FieldType::Line(160),
    ),
    Field::new(
        OTHER_TEXT,
        label(
            "texte dans l’autre langue",
            "النص باللغة الأخرى",
            "text in the other language",
        ),
        FieldType::Text(8_000),
    )
    .required(),
    Field::new(
        REPLACES,
        label(
            "clause remplacée",
            "البند المستبدل",
            "clause whose place it takes",
        ),
        FieldType::Entry,
    )
    .naming(CLAUSES)
    .folded(),
];

/// Proposes a clause, or another text of one that was accepted.
pub static CLAUSE: EntryType = EntryType {
    name: "programme.clause",
    version: 1,
    label: label("clause proposée", "بند مقترح", "clause proposed"),
    verb: label("proposer une clause", "اقتراح بند", "propose a clause"),
    fields: FIELDS,
    effects: &[Effect::Ask(Ask::Decide, When::Always)],
    phases: DRAFTED_IN,
    files: false,
};

/// Answers a clause by another text.
pub static COUNTER: EntryType = EntryType {
    name: "programme.counter",
    version: 1,
    label: label(
        "autre rédaction de la clause",
        "صياغة أخرى للبند",
        "other text of the clause",
    ),
    verb: label(
        "proposer une autre rédaction",
        "اقتراح صياغة أخرى",
        "propose another text",
    ),
    fields: FIELDS,
    effects: &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Decide, When::Always),
    ],
    phases: DRAFTED_IN,
    files: false,
};

const REMARK: &[Field] = &[Field::new(
    "text",
    label("remarque", "ملاحظة", "remark"),
    FieldType::Text(4_000),
)];

/// Accepts a clause for one's own side.
pub static ACCEPT: EntryType = EntryType {
    name: "programme.accept_clause",
    version: 1,
    label: label("clause acceptée", "بند مقبول", "clause accepted"),
    verb: label("accepter la clause", "قبول البند", "accept the clause"),
    fields: REMARK,
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: DRAFTED_IN,
    files: false,
};

/// Proposes the accepted clauses for signature, and signs them for its author's side.
pub static VERSION: EntryType = EntryType {
    name: "programme.version",
    version: 1,
    label: label(
        "accord proposé et signé par son auteur",
        "اتفاق مقترح وموقع من صاحبه",
        "agreement proposed, and signed by its author",
    ),
    verb: label(
        "proposer l’accord à la signature",
        "عرض الاتفاق للتوقيع",
        "propose the agreement for signature",
    ),
    fields: &[
        Field::new(
            "text",
            label("remarque", "ملاحظة", "remark"),
            FieldType::Text(4_000),
        ),
        Field::new(
            CONTENT,
            label(
                "clauses de l’accord",
                "بنود الاتفاق",
                "clauses of the agreement",
            ),
            FieldType::Document(32_000),
        ),
    ],
    effects: &[Effect::Ask(Ask::Decide, When::Always)],
    phases: DRAFTED_IN,
    files: false,
};

/// Signs a version for one's own side.
pub static SIGN: EntryType = EntryType {
    name: "programme.sign",
    version: 1,
    label: label(
        "signature de l’accord",
        "توقيع الاتفاق",
        "signature of the agreement",
    ),
    verb: label("signer l’accord", "توقيع الاتفاق", "sign the agreement"),
    fields: REMARK,
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: DRAFTED_IN,
    files: false,
};

/// Whether entries of this type propose a clause.
#[must_use]
pub fn proposes_clause(entry_type: &str) -> bool {
    entry_type == CLAUSE.name || entry_type == COUNTER.name
}

/// Whether writing an entry of this type binds its side to the agreement.
#[must_use]
pub fn binds(entry_type: &str) -> bool {
    entry_type == VERSION.name || entry_type == SIGN.name
}
