//! `rights`: what a person asks about data on them that both sides exchanged (FIELD B5, complaint 13): access, rectification, erasure,
//! restriction, complaint. The duty to answer the person is an obligation like any other, with its clock from the day of their request.
//!
//! It belongs to none of the groups that use such data: roles of these groups never see it (`Kind::closed_to`). What was wrong is
//! corrected where it stands, by an officer who works there ([`super::rectify`]).

mod fields;

pub use fields::{grounds, rights};

use super::{common as c, erasure, keeping, rectify, weight};
use crate::codes::{Ask, Phase, Purpose, Role};
use crate::field::{Bind, Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind, On, When};
use crate::label::label;

/// Name of the kind.
pub const NAME: &str = "rights";
/// Field of the opening: which right.
pub const RIGHT: &str = "right";
/// Field of the opening: the language of the person.
pub const LANGUAGE: &str = "person_language";
/// Field of the opening: the day on which the request came.
pub const RECEIVED: &str = "received_on";
/// Field of a decision: what was decided.
pub const RESULT: &str = "result";
/// Code of a decision: handed to the authority that is competent.
pub const TRANSFERRED: &str = "transferred";
/// Field of a decision or answer: the authority that is competent, by function.
pub const COMPETENT: &str = "competent";
/// Field of a decision, a refusal or a new date: the paragraphs that the person reads in the letter.
pub const TO_PERSON: &str = "to_person";

/// What the other side owes under each right: it answers, corrects or erases.
const ANSWERED: &[&str] = &["access", "restriction", "complaint"];

static OPEN: EntryType = EntryType {
    name: "rights.open",
    version: 1,
    label: label(
        "demande d’une personne sur ses données",
        "طلب شخص بشأن معطياته",
        "request of a person about their data",
    ),
    verb: label(
        "ouvrir une demande de droits",
        "فتح طلب يتعلق بالحقوق",
        "open a rights request",
    ),
    fields: &[
        Field::new(
            "title",
            label(
                "référence, sans nom de personne",
                "مرجع دون اسم شخص",
                "reference, without a person’s name",
            ),
            FieldType::Line(160),
        )
        .required(),
        Field::new(
            RIGHT,
            label("droit exercé", "الحق الممارس", "right exercised"),
            FieldType::Code(fields::rights),
        )
        .required(),
        Field::new(
            "relation",
            label("qui le demande", "صاحب الطلب", "who asks"),
            FieldType::Code(fields::relations),
        )
        .required(),
        Field::new(
            "identity",
            label(
                "comment l’identité fut vérifiée",
                "كيف تم التحقق من الهوية",
                "how the identity was verified",
            ),
            FieldType::Code(fields::identities),
        )
        .required(),
        Field::new(
            RECEIVED,
            label("demande reçue le", "ورد الطلب في", "request received on"),
            FieldType::Date,
        )
        .required()
        .bound(Bind::Since),
        Field::new(
            LANGUAGE,
            label(
                "langue de la personne",
                "لغة الشخص",
                "language of the person",
            ),
            FieldType::Code(c::languages),
        )
        .required(),
        Field::new(
            "person",
            label(
                "ce qui permet de retrouver ses données",
                "ما يسمح بالعثور على معطياته",
                "what lets their data be found",
            ),
            FieldType::Text(2_000),
        )
        .required(),
        Field::new(
            "asked",
            label(
                "ce que la personne demande",
                "ما يطلبه الشخص",
                "what the person asks",
            ),
            FieldType::Text(8_000),
        )
        .required(),
        Field::new(
            "exchanged",
            label(
                "où elles furent échangées (numéros seuls)",
                "أين تم تبادلها (الأرقام فقط)",
                "where they were exchanged (numbers alone)",
            ),
            FieldType::Line(300),
        )
        .folded(),
        Field::new(
            "to",
            label("service sollicité", "المصلحة المطلوبة", "service asked"),
            FieldType::Service,
        )
        .bound(Bind::AskOf)
        .folded(),
        c::HANDLING,
    ],
    effects: &[
        Effect::Open(Phase::Open),
        Effect::Ask(Ask::Decide, When::OfOurselves),
        Effect::Ask(Ask::Answer, When::Said(RIGHT, ANSWERED)),
        Effect::Ask(Ask::Correct, When::Said(RIGHT, &["rectification"])),
        Effect::Ask(Ask::Erase, When::Said(RIGHT, &["erasure"])),
    ],
    phases: &[],
    files: true,
};

/// What the other side did with what it holds.
static ANSWER: EntryType = EntryType {
    files: true,
    ..c::plain(
        "rights.answer",
        label(
            "réponse à l’autre autorité",
            "جواب إلى السلطة الأخرى",
            "answer to the other authority",
        ),
        label(
            "répondre à l’autre autorité",
            "إجابة السلطة الأخرى",
            "answer the other authority",
        ),
        &[
            Field::new(
                RESULT,
                label("suite donnée", "المآل", "what was done"),
                FieldType::Code(fields::answers),
            )
            .required(),
            c::TEXT.required(),
            fields::COMPETENT_AUTHORITY,
            c::HANDLING,
        ],
        &[Effect::On(
            On::Answer,
            &[Ask::Answer, Ask::Correct, Ask::Erase],
        )],
    )
};

/// What the person is told: it ends the duty to answer them.
static DECIDE: EntryType = EntryType {
    files: true,
    ..c::plain(
        "rights.decide",
        label(
            "décision dite à la personne",
            "القرار المبلغ إلى الشخص",
            "decision told to the person",
        ),
        label(
            "décider et répondre à la personne",
            "البت وإجابة الشخص",
            "decide and answer the person",
        ),
        &[
            Field::new(
                RESULT,
                label("décision", "القرار", "decision"),
                FieldType::Code(fields::decisions),
            )
            .required(),
            Field::new(
                TO_PERSON,
                label(
                    "ce que la lettre lui dit",
                    "ما تقوله له الرسالة",
                    "what the letter tells them",
                ),
                FieldType::Text(8_000),
            )
            .required(),
            fields::COMPETENT_AUTHORITY,
        ],
        &[Effect::On(On::Answer, &[Ask::Decide])],
    )
};

/// Refuses on a ground of the law of data protection; without a word on whether there are data, where the law has it so.
static REFUSE: EntryType = c::plain(
    "rights.refuse",
    label("refus motivé", "رفض معلل", "refusal with ground"),
    label(
        "refuser avec motif",
        "الرفض مع التعليل",
        "refuse with a ground",
    ),
    &[
        Field::new(
            "ground",
            label("motif", "السبب", "ground"),
            FieldType::Code(fields::grounds),
        )
        .required()
        .bound(Bind::Ground),
        Field::new(
            "neither",
            label(
                "ne confirmer ni infirmer : la vérification passe par l’autorité de contrôle",
                "دون تأكيد ولا نفي: يتم التحقق عبر سلطة المراقبة",
                "neither confirm nor deny: the supervisory authority checks",
            ),
            FieldType::Flag,
        )
        .bound(Bind::Withheld)
        .help(label(
            "seulement pour les deux motifs de sécurité",
            "فقط للسببين الأمنيين",
            "only on the two security grounds",
        )),
        c::REASON,
        Field::new(
            TO_PERSON,
            label(
                "ce que la lettre ajoute",
                "ما تضيفه الرسالة",
                "what the letter adds",
            ),
            FieldType::Text(8_000),
        ),
    ],
    &[Effect::On(On::Refuse, &[])],
);

/// A new date, once, of which the person was told with the reason.
static EXTEND: EntryType = c::plain(
    "rights.extend",
    label("prolongation", "تمديد", "extension"),
    label("prolonger, une fois", "التمديد مرة واحدة", "extend, once"),
    &[
        Field::new(
            "until",
            label("nouvelle date", "التاريخ الجديد", "new date"),
            FieldType::Date,
        )
        .required()
        .bound(Bind::Until),
        Field::new(
            "delay",
            label("raison", "السبب", "reason"),
            FieldType::Code(crate::field::delays),
        )
        .required()
        .bound(Bind::Delay),
        Field::new(
            "told_on",
            label(
                "raison dite à la personne le",
                "أخبر الشخص بالسبب في",
                "the person was told the reason on",
            ),
            FieldType::Date,
        )
        .required(),
        c::REASON,
    ],
    &[Effect::On(On::Extend, &[])],
);

/// The person takes the request back: nothing is owed any more.
static DESIST: EntryType = c::plain(
    "rights.desist",
    label(
        "désistement de la personne",
        "تنازل الشخص",
        "withdrawal by the person",
    ),
    label(
        "constater le désistement",
        "تسجيل التنازل",
        "note that the person withdrew",
    ),
    &[
        Field::new(
            "told_on",
            label(
                "dit par la personne le",
                "صرح به الشخص في",
                "said by the person on",
            ),
            FieldType::Date,
        )
        .required(),
        c::REASON,
    ],
    &[
        Effect::On(On::Withdraw, &[Ask::Answer, Ask::Correct, Ask::Erase]),
        Effect::On(On::Waive, &[Ask::Decide]),
    ],
);

/// The kind.
pub static KIND: Kind = Kind {
    name: NAME,
    label: label("droits des personnes", "حقوق الأشخاص", "rights of persons"),
    purpose_text: label(
        "répondre à une personne qui exerce ses droits sur des données que les deux parties ont échangées",
        "إجابة شخص يمارس حقوقه على معطيات تبادلها الطرفان",
        "answer a person who exercises their rights over data that both sides exchanged",
    ),
    purposes: &[Purpose::Governance],
    entries: &[
        &OPEN,
        &DECIDE,
        &ANSWER,
        &c::ACKNOWLEDGE,
        &c::PROGRESS,
        &c::AWAIT,
        &EXTEND,
        &REFUSE,
        &c::DETAILS_NEEDED,
        &c::DETAILS,
        &c::GO_ON,
        &DESIST,
        &c::CONTEST,
        &c::RECEIPT_TIME,
        &c::AGREE_RECEIPT_TIME,
        &c::HAND_OVER,
        &c::INVITE,
        &c::LEAVE,
        &c::NOTE,
        &c::TRANSLATION,
        &erasure::ERASE,
        &erasure::ASK_ERASURE,
        &erasure::ATTEST_ERASURE,
        &keeping::KEEP,
        &keeping::HOLD,
        &keeping::LIFT_HOLD,
        &keeping::EXPIRED,
        &weight::OFFICER_SIGNATURE,
        &rectify::RECTIFY,
        &rectify::RECTIFIED,
        &c::CLOSE,
    ],
    samples: &[
        (
            "rights.open",
            &[
                ("title", "Demande 2026-041"),
                (RIGHT, "rectification"),
                ("relation", "lawyer"),
                ("identity", "mandate"),
                (RECEIVED, "2026-03-02"),
                (LANGUAGE, "ar"),
                ("person", "Titulaire du passeport dont la copie est jointe."),
                (
                    "asked",
                    "Rectifier la date de naissance et le dire à qui l’a reçue.",
                ),
            ],
        ),
        (
            "rights.answer",
            &[
                (RESULT, "granted"),
                (
                    "text",
                    "Date corrigée dans nos fichiers ; deux services avisés.",
                ),
            ],
        ),
        (
            "rights.decide",
            &[
                (RESULT, "granted"),
                (TO_PERSON, "صحح تاريخ ميلادكم لدى السلطتين معا."),
            ],
        ),
        (
            "rights.refuse",
            &[("ground", "jeopardises"), ("neither", "on")],
        ),
        (
            "rights.extend",
            &[
                ("until", "2026-06-02"),
                ("delay", "third_party"),
                ("told_on", "2026-03-30"),
            ],
        ),
        ("rights.desist", &[("told_on", "2026-03-20")]),
        (
            "rectify",
            &[
                (
                    rectify::OF,
                    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                ),
                ("text", "Né le 3 avril 1991, et non le 4 mars."),
                (rectify::WHY, "typing"),
                (rectify::RIGHTS, "MA-12"),
            ],
        ),
        (
            "rectified",
            &[("done", "corrected"), (rectify::PASSED_ON, rectify::NOBODY)],
        ),
    ],
    needs_charter: true,
    closed_to: &[
        Role::Investigator,
        Role::Analyst,
        Role::RescueCoordinator,
        Role::CaseWorker,
    ],
    keeps: Keeps {
        days: 1095,
        after_closing: 365,
        each: false,
        personal: true,
    },
    extends_once: true,
};
