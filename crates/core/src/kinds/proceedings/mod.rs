//! `proceedings`: what the judicial authorities of two states tell and ask each other under a legal duty (FIELD B12). One informs the other of
//! facts committed on the other's territory, and is told what the other does; or it asks for the other's observations on proceedings of its
//! own, for a time that the charter agrees, and decides what follows.
//!
//! A magistrate's decision stands before whatever leaves. When the time for observations is over, that the proceedings carry on is offered to
//! the magistrate; no clock does it, and no state of the record follows from time alone.

use super::conditions::CONDITION_TEXT;
use super::duty::{self, COLLECT, INFORM, TRIGGER, triggers};
use super::{bridges, common as c, persons};
use crate::codes::{Ask, Phase, Purpose, Role};
use crate::field::{Bind, Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind, On, When};
use crate::label::{Label, label};

/// Name of the kind.
pub const NAME: &str = "proceedings";
/// Field of what is sent: the magistrate's decision that ordered it, by its identifier. It tells the other side nothing but that there is
/// one, and lets a court hold the decision against it later.
pub const DECISION: &str = "decision";
/// Field of an answer: what the other side's authority does.
pub const POSITION: &str = "position";
/// Field of what is decided after an answer.
pub const FOLLOWS: &str = "follows";
/// Code of that: the proceedings are transferred to the other side.
pub const TRANSFER: &str = "transfer";
/// Field of a decision to carry on: its ground.
pub const GROUND: &str = "ground";
/// Decisions and statements of a magistrate.
pub const DECISIONS: &[&str] = &[
    "proceedings.open",
    "proceedings.position",
    "proceedings.decide",
    "proceedings.carry_on",
];

fn positions() -> Vec<(&'static str, Label)> {
    vec![
        (
            "opens",
            label("ouvre une procédure", "تفتح مسطرة", "opens proceedings"),
        ),
        (
            "joins",
            label(
                "joint l’information à une procédure en cours",
                "تضم المعلومة إلى مسطرة جارية",
                "joins the information to proceedings under way",
            ),
        ),
        (
            "observations",
            label(
                "présente des observations",
                "تقدم ملاحظات",
                "makes observations",
            ),
        ),
        (
            "takes_over",
            label(
                "prend la procédure à son compte",
                "تتولى المسطرة",
                "will take the proceedings over",
            ),
        ),
        (
            "wants_transfer",
            label(
                "demande que la procédure lui soit transmise",
                "تطلب إحالة المسطرة عليها",
                "asks that the proceedings be transferred",
            ),
        ),
        (
            "closes",
            label(
                "clôt, ou a déjà jugé les faits",
                "تحفظ المسطرة أو سبق الحكم في الأفعال",
                "closes, or the facts were judged already",
            ),
        ),
        (
            "nothing",
            label(
                "ne donne pas de suite",
                "لا تعطي أي متابعة",
                "does nothing further",
            ),
        ),
    ]
}

fn consequences() -> Vec<(&'static str, Label)> {
    vec![
        (
            TRANSFER,
            label(
                "transmission de la procédure à l’autre Partie",
                "إحالة المسطرة على الطرف الآخر",
                "transfer of the proceedings to the other Party",
            ),
        ),
        (
            "closure",
            label(
                "clôture de notre procédure",
                "حفظ مسطرتنا",
                "closure of our proceedings",
            ),
        ),
        (
            "carry_on",
            label(
                "poursuite de notre procédure, observations prises en compte",
                "مواصلة مسطرتنا بعد أخذ الملاحظات بعين الاعتبار",
                "our proceedings carry on, the observations considered",
            ),
        ),
        (
            "inertia",
            label(
                "poursuite de notre procédure, faute de suite réelle donnée à la réponse",
                "مواصلة مسطرتنا لعدم تفعيل الجواب",
                "our proceedings carry on, since nothing real followed the answer",
            ),
        ),
    ]
}

/// Why proceedings carry on without an answer.
#[must_use]
pub fn fallbacks() -> Vec<(&'static str, Label)> {
    vec![
        (
            "no_answer",
            label(
                "aucune réponse dans le délai convenu",
                "لا جواب داخل الأجل المتفق عليه",
                "no answer within the agreed time",
            ),
        ),
        (
            "inertia",
            label(
                "inertie établie de l’autre autorité",
                "ثبوت تقاعس السلطة الأخرى",
                "proven inertia of the other authority",
            ),
        ),
    ]
}

const SAID: Field = Field::new(
    "text",
    label("texte", "النص", "text"),
    FieldType::Text(20_000),
)
.required();

static OPEN: EntryType = EntryType {
    name: "proceedings.open",
    version: 1,
    label: label(
        "communication entre autorités judiciaires",
        "مراسلة بين السلطات القضائية",
        "communication between judicial authorities",
    ),
    verb: label(
        "écrire à l’autorité judiciaire de l’autre Partie",
        "مراسلة السلطة القضائية للطرف الآخر",
        "write to the other Party’s judicial authority",
    ),
    fields: &[
        Field::new(
            "title",
            label(
                "objet, sans nom de personne",
                "الموضوع دون اسم شخص",
                "subject, without a person’s name",
            ),
            FieldType::Line(160),
        )
        .required(),
        Field::new(
            TRIGGER,
            label("devoir en cause", "الواجب المعني", "which duty"),
            FieldType::Code(triggers),
        )
        .required(),
        Field::new(
            "facts",
            label("exposé des faits", "عرض الوقائع", "description of facts"),
            FieldType::Text(8_000),
        )
        .required(),
        Field::new(
            "stage",
            label(
                "où en est la procédure ici",
                "مرحلة المسطرة لدينا",
                "where proceedings stand here",
            ),
            FieldType::Text(4_000),
        ),
        Field::new(
            "legal_basis",
            label("fondement", "الأساس القانوني", "legal basis"),
            FieldType::Line(200),
        )
        .folded(),
        Field::new(
            DECISION,
            label(
                "décision du magistrat (empreinte)",
                "قرار القاضي (بصمته)",
                "the magistrate’s decision (fingerprint)",
            ),
            FieldType::Line(64),
        )
        .required()
        .folded()
        .help(label(
            "l’autre Partie n’en apprend que l’existence ; un juge pourra s’y faire produire la décision et la comparer",
            "لا يعلم الطرف الآخر منه إلا وجوده؛ ويمكن لقاض أن يطلب القرار ويقارنه به",
            "the other Party learns only that there is one; a court may have it produced and compare",
        )),
        Field::new(
            "to",
            label(
                "autorité destinataire",
                "السلطة المرسل إليها",
                "authority addressed",
            ),
            FieldType::Service,
        )
        .bound(Bind::AskOf)
        .folded(),
        persons::PERSONS,
        persons::ASSURANCES,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::Open(Phase::Open),
        Effect::Ask(Ask::Acknowledge, When::Said(TRIGGER, &[INFORM])),
        Effect::Ask(Ask::Answer, When::Always),
    ],
    phases: &[],
    files: true,
};

static RECEIVED: EntryType = c::plain(
    "proceedings.received",
    label(
        "réception de l’information",
        "التوصل بالإخبار",
        "information received",
    ),
    label(
        "accuser réception de l’information",
        "الإشعار بالتوصل بالإخبار",
        "acknowledge the information",
    ),
    &[Field::new(
        "text",
        label("texte", "النص", "text"),
        FieldType::Text(4_000),
    )],
    &[Effect::On(On::Answer, &[Ask::Acknowledge])],
);

/// What the other authority does, or observes.
pub static POSITION_TAKEN: EntryType = EntryType {
    files: true,
    ..c::plain(
        "proceedings.position",
        label(
            "position de l’autorité judiciaire",
            "موقف السلطة القضائية",
            "the judicial authority’s position",
        ),
        label("prendre position", "اتخاذ موقف", "take a position"),
        &[
            Field::new(
                POSITION,
                label("notre autorité", "سلطتنا", "our authority"),
                FieldType::Code(positions),
            )
            .required(),
            SAID,
            Field::new(
                "partial",
                label(
                    "réponse provisoire, une autre suivra",
                    "جواب مؤقت يتبعه آخر",
                    "provisional, another will follow",
                ),
                FieldType::Flag,
            )
            .bound(Bind::Partial),
            persons::PERSONS,
            persons::ASSURANCES,
            c::HANDLING,
            CONDITION_TEXT,
        ],
        &[Effect::On(On::Answer, &[Ask::Answer])],
    )
};

/// What the seised authority decides after it was answered. A transfer asks the other side what it does with it.
pub static DECIDE: EntryType = EntryType {
    files: true,
    phases: c::WORKING,
    ..c::plain(
        "proceedings.decide",
        label(
            "suite décidée par l’autorité saisie",
            "ما قررته السلطة المعروض عليها الأمر",
            "what the seised authority decides",
        ),
        label(
            "décider de la suite",
            "البت في المآل",
            "decide what follows",
        ),
        &[
            Field::new(
                FOLLOWS,
                label("suite", "المآل", "what follows"),
                FieldType::Code(consequences),
            )
            .required(),
            SAID,
            persons::ASSURANCES,
            c::HANDLING,
            CONDITION_TEXT,
        ],
        &[Effect::Ask(Ask::Answer, When::Said(FOLLOWS, &[TRANSFER]))],
    )
};

/// Proceedings carry on without an answer: offered when the agreed time is over, and done by a reasoned decision alone. Observations are then
/// no longer owed; they may still be sent.
pub static CARRY_ON: EntryType = c::plain(
    "proceedings.carry_on",
    label(
        "poursuite sans réponse de l’autre Partie",
        "المواصلة دون جواب الطرف الآخر",
        "carrying on without the other Party’s answer",
    ),
    label(
        "décider de poursuivre sans réponse",
        "تقرير المواصلة دون جواب",
        "decide to carry on without an answer",
    ),
    &[
        Field::new(
            GROUND,
            label("fondement", "الأساس", "ground"),
            FieldType::Code(fallbacks),
        )
        .required(),
        Field::new(
            duty::REASONS,
            label("motifs", "التعليل", "reasons"),
            FieldType::Text(8_000),
        )
        .required(),
    ],
    &[Effect::On(On::Waive, &[Ask::Answer])],
);

/// A victim or a lawyer was told: each side keeps its own at home.
pub static TOLD: EntryType = c::plain(
    "proceedings.notice",
    label(
        "avis donné à une victime ou à un avocat",
        "إشعار ضحية أو محام",
        "notice to a victim or a lawyer",
    ),
    label(
        "consigner un avis donné",
        "تسجيل إشعار",
        "record a notice given",
    ),
    duty::NOTICE,
    &[],
);

/// What is not a magistrate's statement is waived as anywhere; observations are given up by a reasoned decision ([`CARRY_ON`]).
static WAIVE: EntryType = EntryType {
    effects: &[Effect::On(
        On::Waive,
        &[Ask::Acknowledge, Ask::Erase, Ask::Correct],
    )],
    ..c::WAIVE
};

/// The kind.
pub static KIND: Kind = Kind {
    name: NAME,
    label: label(
        "information entre autorités judiciaires",
        "إخبار بين السلطات القضائية",
        "information between judicial authorities",
    ),
    purpose_text: label(
        "informer l’autorité judiciaire de l’autre Partie, ou recueillir ses observations, sur décision d’un magistrat",
        "إخبار السلطة القضائية للطرف الآخر أو تلقي ملاحظاتها بقرار من قاض",
        "inform the other Party’s judicial authority, or collect its observations, on a magistrate’s decision",
    ),
    purposes: &[Purpose::Justice],
    entries: c::of_a_request![
        &OPEN,
        &POSITION_TAKEN,
        &RECEIVED,
        &DECIDE,
        &CARRY_ON,
        &TOLD,
        &c::ACKNOWLEDGE,
        &c::PROGRESS,
        &c::AWAIT,
        &c::EXTEND,
        &c::REFUSE,
        &c::DETAILS_NEEDED,
        &c::DETAILS,
        &c::GO_ON,
        &c::WITHDRAW,
        &WAIVE,
    ],
    samples: &[
        bridges::SAMPLE_PURPOSE,
        bridges::SAMPLE_AGENDA,
        (
            "proceedings.open",
            &[
                ("title", "Dépôt de matériel volé, port du nord"),
                (TRIGGER, COLLECT),
                ("facts", "Du matériel volé a été retrouvé dans votre port."),
                ("stage", "Information ouverte le 2 mars."),
                (
                    DECISION,
                    "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
            ],
        ),
        (
            "proceedings.position",
            &[
                (POSITION, "observations"),
                ("text", "Les faits sont connus ici sous un autre numéro."),
            ],
        ),
        (
            "proceedings.decide",
            &[
                (FOLLOWS, TRANSFER),
                ("text", "Nous vous transmettons la procédure."),
            ],
        ),
        (
            "proceedings.carry_on",
            &[
                (GROUND, "no_answer"),
                (duty::REASONS, "Deux rappels sont restés sans réponse."),
            ],
        ),
        (
            "proceedings.notice",
            &[
                ("told", "victim"),
                ("told_on", "2026-03-20"),
                ("means", "letter"),
            ],
        ),
    ],
    needs_charter: true,
    closed_to: &[Role::RescueCoordinator, Role::CaseWorker],
    keeps: Keeps {
        days: 1095,
        after_closing: 1095,
        each: false,
        personal: true,
    },
    extends_once: false,
};
