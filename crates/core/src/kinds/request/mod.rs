//! `request`: a request for information, from the ask to the feedback (FIELD B6, B8).

use super::conditions::CONDITION_TEXT;
use super::{bridges, common as c, persons};
use crate::codes::{Ask, Phase, Purpose};
use crate::field::{self, Bind, Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind, On, When};
use crate::label::{Label, label};

/// Offence categories: broad, none about a person (modelled on the list of FIELD B6).
pub(crate) fn offences() -> Vec<(&'static str, Label)> {
    vec![
        (
            "organised_crime",
            label(
                "criminalité organisée",
                "الجريمة المنظمة",
                "organised crime",
            ),
        ),
        ("terrorism", label("terrorisme", "الإرهاب", "terrorism")),
        (
            "trafficking_persons",
            label(
                "traite des êtres humains",
                "الاتجار بالبشر",
                "trafficking in human beings",
            ),
        ),
        (
            "trafficking_drugs",
            label(
                "trafic de stupéfiants",
                "الاتجار في المخدرات",
                "drug trafficking",
            ),
        ),
        (
            "trafficking_arms",
            label("trafic d’armes", "الاتجار في الأسلحة", "arms trafficking"),
        ),
        (
            "money_laundering",
            label("blanchiment", "غسل الأموال", "money laundering"),
        ),
        (
            "cybercrime",
            label("cybercriminalité", "الجريمة الإلكترونية", "cybercrime"),
        ),
        (
            "fraud",
            label("fraude et faux", "التزوير والاحتيال", "fraud and forgery"),
        ),
        (
            "violence",
            label(
                "atteintes aux personnes",
                "الاعتداء على الأشخاص",
                "offences against the person",
            ),
        ),
        (
            "property",
            label(
                "atteintes aux biens",
                "الاعتداء على الممتلكات",
                "offences against property",
            ),
        ),
        (
            "other",
            label("autre infraction", "جريمة أخرى", "other offence"),
        ),
    ]
}

static OPEN: EntryType = EntryType {
    name: "request.open",
    version: 1,
    label: label(
        "demande d’informations",
        "طلب معلومات",
        "request for information",
    ),
    verb: label(
        "demander une information",
        "طلب معلومة",
        "ask for information",
    ),
    fields: &[
        Field::new(
            "title",
            label("objet", "الموضوع", "subject"),
            FieldType::Line(160),
        )
        .required(),
        Field::new(
            "question",
            label("ce que nous demandons", "ما نطلبه", "what we ask"),
            FieldType::Text(8_000),
        )
        .required(),
        Field::new(
            "facts",
            label("exposé des faits", "عرض الوقائع", "description of facts"),
            FieldType::Text(8_000),
        )
        .required(),
        Field::new(
            "country_link",
            label(
                "lien avec votre pays",
                "الصلة ببلدكم",
                "link with your country",
            ),
            FieldType::Line(300),
        )
        .required(),
        Field::new(
            "offence",
            label("infraction", "الجريمة", "offence"),
            FieldType::Code(offences),
        )
        .required(),
        Field::new(
            "urgency",
            label("urgence", "الاستعجال", "urgency"),
            FieldType::Code(field::urgencies),
        )
        .bound(Bind::Urgency),
        Field::new(
            "urgency_reason",
            label("raison de l’urgence", "سبب الاستعجال", "reason for urgency"),
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
        Field::new(
            "persons",
            label(
                "personnes et entités, lien avec l’objet",
                "الأشخاص والكيانات وصلتهم بالموضوع",
                "persons and entities, link to purpose",
            ),
            FieldType::Text(4_000),
        )
        .folded(),
        Field::new(
            "reasons",
            label(
                "pourquoi l’information serait chez vous",
                "لماذا توجد المعلومة لديكم",
                "why the information may be with you",
            ),
            FieldType::Text(2_000),
        )
        .folded(),
        Field::new(
            "use",
            label("usage prévu", "الاستعمال المقرر", "how it will be used"),
            FieldType::Line(300),
        )
        .folded(),
        Field::new(
            "restrictions",
            label(
                "restrictions d’usage",
                "قيود الاستعمال",
                "restrictions on use",
            ),
            FieldType::Line(300),
        )
        .folded(),
        Field::new(
            "legal_basis",
            label("fondement", "الأساس القانوني", "legal basis"),
            FieldType::Line(200),
        )
        .folded(),
        Field::new(
            "wished",
            label("date souhaitée", "التاريخ المرغوب", "date wished"),
            FieldType::Date,
        )
        .folded(),
        persons::PERSONS,
        persons::ASSURANCES,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::Open(Phase::Open),
        Effect::Ask(Ask::Answer, When::Always),
    ],
    phases: &[],
    files: true,
};

static ANSWER: EntryType = EntryType {
    name: "request.answer",
    version: 1,
    label: label(
        "réponse à la demande",
        "جواب على الطلب",
        "answer to the request",
    ),
    verb: label(
        "répondre à la demande",
        "الإجابة على الطلب",
        "answer the request",
    ),
    fields: &[
        Field::new(
            "text",
            label("réponse", "الجواب", "answer"),
            FieldType::Text(20_000),
        )
        .required(),
        Field::new(
            "nature",
            label("nature", "الطبيعة", "nature"),
            FieldType::Code(natures),
        )
        .folded(),
        Field::new(
            "partial",
            label("réponse partielle", "جواب جزئي", "partial answer"),
            FieldType::Flag,
        )
        .bound(Bind::Partial),
        c::SOURCE,
        c::ACCURACY,
        persons::ASSESSMENT,
        persons::PERSONS,
        persons::ASSURANCES,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::On(On::Answer, &[Ask::Answer]),
        Effect::Ask(Ask::Feedback, When::Feedback),
    ],
    phases: &[Phase::Open, Phase::Closed],
    files: true,
};

/// Facts apart from personal assessments (FIELD B5, article 7).
pub fn natures() -> Vec<(&'static str, Label)> {
    vec![
        ("fact", label("fait", "واقعة", "fact")),
        ("assessment", label("appréciation", "تقدير", "assessment")),
    ]
}

/// The kind.
pub static KIND: Kind = Kind {
    name: "request",
    label: label(
        "demande d’informations",
        "طلب معلومات",
        "request for information",
    ),
    purpose_text: label(
        "demander une information à l’autre partie et lui dire ce qu’elle a permis",
        "طلب معلومة من الطرف الآخر وإخباره بما آلت إليه",
        "ask the other side for information, and tell it what came of it",
    ),
    purposes: &[Purpose::Justice, Purpose::Governance],
    entries: c::of_a_request![
        &OPEN,
        &ANSWER,
        &c::ACKNOWLEDGE,
        &c::PROGRESS,
        &c::AWAIT,
        &c::EXTEND,
        &c::REFUSE,
        &c::DETAILS_NEEDED,
        &c::DETAILS,
        &c::GO_ON,
        &c::REPLY,
        &c::FEEDBACK,
        &c::WITHDRAW,
        &c::WAIVE,
    ],
    samples: &[
        bridges::SAMPLE_PURPOSE,
        bridges::SAMPLE_AGENDA,
        (
            "request.open",
            &[
                ("title", "Immatriculation d’un véhicule utilitaire"),
                (
                    "question",
                    "À qui ce véhicule était-il loué du 3 au 9 mars ?",
                ),
                (
                    "facts",
                    "Le véhicule apparaît sur trois lieux de dépôt d’outillage volé.",
                ),
                ("country_link", "Le véhicule y est immatriculé."),
                ("offence", "property"),
                ("urgency", "urgent_direct"),
            ],
        ),
        ("receipt_time", &[("received_at", "2026-03-09T14:30")]),
        ("agree_receipt_time", &[]),
        (
            "request.answer",
            &[
                ("text", "Loué par une société de transport ; contrat joint."),
                ("nature", "fact"),
                ("source", "A"),
                ("accuracy", "1"),
            ],
        ),
        (
            "translation",
            &[
                (
                    "of",
                    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                ),
                ("into", "ar"),
                ("origin", "human"),
                ("text", "لمن كانت هذه السيارة مكتراة؟"),
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
