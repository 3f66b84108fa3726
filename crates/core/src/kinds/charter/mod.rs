//! `charter`: the standing agreement of a link. Proposed by either side, enacted by its convenor with both signatures, amended by
//! versions. Suspension is two flags, one a side (rule 11).
//!
//! A proposal asks the other side to decide: it is signed, declined, or withdrawn by whoever made it, and until then stands in both
//! ledgers. To sign is to answer; an answer without a signature declines.

use super::{common as c, erasure, keeping, weight};
use crate::codes::{Ask, Phase, Purpose};
use crate::field::{Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind, On, When};
use crate::label::label;

const REMARK: Field = Field::new(
    "text",
    label("remarque", "ملاحظة", "remark"),
    FieldType::Text(4_000),
);

/// Why a proposal is declined or withdrawn, if one wants to say it.
const REASON: Field = Field::new(
    "reason",
    label("raison", "السبب", "reason"),
    FieldType::Text(4_000),
);

/// Stopping the work of two states is never done without saying why.
const WHY: Field = Field::new(
    "text",
    label("raison", "السبب", "reason"),
    FieldType::Text(4_000),
)
.required();

/// What a proposal asks.
const DECISION: Effect = Effect::Ask(Ask::Decide, When::Always);

/// What else a charter asks. A proposal is not answered in passing, nor refused on the grounds of a request.
const OTHER_ASKS: &[Ask] = &[Ask::Answer, Ask::Erase];

static OPEN: EntryType = EntryType {
    name: "charter.open",
    version: 2,
    label: label("projet de charte", "مشروع ميثاق", "draft charter"),
    verb: label("proposer une charte", "اقتراح ميثاق", "propose a charter"),
    fields: &[
        Field::new(
            "title",
            label("titre", "العنوان", "title"),
            FieldType::Line(160),
        )
        .required(),
        REMARK,
    ],
    effects: &[Effect::Open(Phase::Open), Effect::ProposeTerms, DECISION],
    phases: &[],
    files: false,
};

/// Proposes terms, or a change of those in force.
pub static PROPOSE: EntryType = EntryType {
    name: "charter.propose",
    version: 2,
    label: label("termes proposés", "بنود مقترحة", "proposed terms"),
    verb: label(
        "proposer de nouveaux termes",
        "اقتراح بنود جديدة",
        "propose new terms",
    ),
    fields: &[REMARK],
    effects: &[Effect::ProposeTerms, DECISION],
    phases: c::WORKING,
    files: false,
};

static SIGN: EntryType = EntryType {
    name: "charter.sign",
    version: 2,
    label: label("signature", "توقيع", "signature"),
    verb: label("signer", "التوقيع", "sign"),
    fields: &[REMARK],
    effects: &[Effect::Sign, Effect::On(On::Answer, &[Ask::Decide])],
    phases: c::WORKING,
    files: false,
};

static DECLINE: EntryType = EntryType {
    name: "charter.decline",
    version: 1,
    label: label("proposition déclinée", "رفض الاقتراح", "proposal declined"),
    verb: label(
        "décliner la proposition",
        "رفض الاقتراح",
        "decline the proposal",
    ),
    fields: &[REASON],
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: c::WORKING,
    files: false,
};

static WITHDRAW: EntryType = EntryType {
    name: "charter.withdraw",
    version: 1,
    label: label("proposition retirée", "سحب الاقتراح", "proposal withdrawn"),
    verb: label(
        "retirer la proposition",
        "سحب الاقتراح",
        "withdraw the proposal",
    ),
    fields: &[REASON],
    effects: &[Effect::On(On::Withdraw, &[Ask::Decide])],
    phases: c::WORKING,
    files: false,
};

static REPLY: EntryType = EntryType {
    effects: &[Effect::On(On::Answer, OTHER_ASKS)],
    ..c::REPLY
};

static REFUSE: EntryType = EntryType {
    effects: &[Effect::On(On::Refuse, OTHER_ASKS)],
    ..c::REFUSE
};

static WAIVE: EntryType = EntryType {
    effects: &[Effect::On(On::Waive, OTHER_ASKS)],
    ..c::WAIVE
};

static WITHDRAW_ASK: EntryType = EntryType {
    effects: &[Effect::On(On::Withdraw, OTHER_ASKS)],
    ..c::WITHDRAW
};

static ENACT: EntryType = EntryType {
    name: "charter.enact",
    version: 1,
    label: label("entrée en vigueur", "دخول حيز التنفيذ", "entry into force"),
    verb: label(
        "mettre en vigueur",
        "الإدخال حيز التنفيذ",
        "bring into force",
    ),
    fields: &[REMARK],
    effects: &[Effect::Enact],
    phases: c::WORKING,
    files: false,
};

static SUSPEND: EntryType = EntryType {
    name: "charter.suspend",
    version: 1,
    label: label(
        "suspension de la coopération",
        "تعليق التعاون",
        "suspension of cooperation",
    ),
    verb: label(
        "suspendre la coopération",
        "تعليق التعاون",
        "suspend cooperation",
    ),
    fields: &[WHY],
    effects: &[Effect::Flag(true)],
    phases: c::WORKING,
    files: false,
};

static LIFT: EntryType = EntryType {
    name: "charter.resume",
    version: 1,
    label: label(
        "reprise de la coopération",
        "استئناف التعاون",
        "resumption of cooperation",
    ),
    verb: label(
        "reprendre la coopération",
        "استئناف التعاون",
        "resume cooperation",
    ),
    fields: &[REMARK],
    effects: &[Effect::Flag(false)],
    phases: c::WORKING,
    files: false,
};

/// The kind.
pub static KIND: Kind = Kind {
    name: "charter",
    label: label("charte", "ميثاق", "charter"),
    purpose_text: label(
        "l’accord permanent d’un lien",
        "الاتفاق الدائم للرابط",
        "the standing agreement of a link",
    ),
    purposes: &[Purpose::Governance],
    entries: &[
        &OPEN,
        &PROPOSE,
        &SIGN,
        &DECLINE,
        &WITHDRAW,
        &ENACT,
        &SUSPEND,
        &LIFT,
        &c::NOTE,
        &c::TRANSLATION,
        &REPLY,
        &WAIVE,
        &WITHDRAW_ASK,
        &REFUSE,
        &erasure::ERASE,
        &erasure::ASK_ERASURE,
        &erasure::ATTEST_ERASURE,
        &keeping::KEEP,
        &keeping::HOLD,
        &keeping::LIFT_HOLD,
        &keeping::EXPIRED,
        &weight::OFFICER_SIGNATURE,
    ],
    samples: &[
        ("charter.open", &[("title", "Charte de coopération")]),
        ("charter.sign", &[("text", "Lu et approuvé.")]),
        (
            "charter.decline",
            &[("reason", "Délai trop court pour nos tribunaux.")],
        ),
        (
            "charter.suspend",
            &[("text", "Incident en cours d’examen.")],
        ),
    ],
    needs_charter: false,
    closed_to: &[],
    keeps: Keeps {
        days: 3650,
        after_closing: 3650,
        each: true,
        personal: false,
    },
    extends_once: false,
};
