//! How a programme begins and is led: the idea with the commitment that it answers, what its study found, and the phases.

use super::super::common as c;
use super::templates;
use crate::codes::{Ask, Phase};
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of an opening: which of the templates.
pub const TEMPLATE: &str = "template";
/// Field of an opening or a result: the commitment of a declaration, as `dossier:entry`.
pub const COMMITMENT: &str = "commitment";

const TITLE: Field = Field::new(
    "title",
    label("intitulé", "العنوان", "title"),
    FieldType::Line(160),
)
.required();
const IDEA: Field = Field::new(
    "idea",
    label(
        "idée à étudier",
        "الفكرة المعروضة للدراسة",
        "idea to be studied",
    ),
    FieldType::Text(6_000),
)
.required();
const OWNERS: Field = Field::new(
    "owners",
    label(
        "responsables, de chaque côté (fonctions)",
        "المسؤولون من كل جانب (الوظائف)",
        "who is in charge, on each side (functions)",
    ),
    FieldType::Line(300),
)
.required();
/// The commitment that a programme answers.
pub(super) const ANSWERS: Field = Field::new(
    COMMITMENT,
    label(
        "engagement auquel il répond (dossier:écriture)",
        "الالتزام الذي يستجيب له (ملف:قيد)",
        "commitment that it answers (dossier:entry)",
    ),
    FieldType::Line(129),
);
const TO: Field = Field::new(
    "to",
    label(
        "service de l’autre partie",
        "مصلحة الطرف الآخر",
        "the other side’s service",
    ),
    FieldType::Service,
)
.bound(Bind::AskOf)
.folded();
/// Whoever trains imams names the service of the other side that is asked: the liaison service, which works for security too, is never turned to by itself.
const TO_OWNER: Field = Field::new(
    "to",
    label(
        "service de l’autre partie",
        "مصلحة الطرف الآخر",
        "the other side’s service",
    ),
    FieldType::Service,
)
.bound(Bind::AskOf)
.required()
.help(label(
    "un ministère, un institut ou une université ; le service de liaison n’y prend pas part de lui-même",
    "وزارة أو معهد أو جامعة، ولا تشارك مصلحة الاتصال تلقائيا",
    "a ministry, an institute or a university; the liaison service takes no part by itself",
));
const REPLY_BY: Field = Field::new(
    "reply_by",
    label(
        "étude attendue au plus tard",
        "الدراسة منتظرة قبل",
        "study awaited by",
    ),
    FieldType::Date,
)
.bound(Bind::By)
.folded();

fn owner_sorts() -> Vec<(&'static str, Label)> {
    vec![
        ("ministry", label("ministère", "وزارة", "ministry")),
        (
            "institute",
            label("institut de formation", "معهد تكوين", "training institute"),
        ),
        ("university", label("université", "جامعة", "university")),
    ]
}

/// Opens a programme: the other side owes what its study found.
pub static OPEN: EntryType = EntryType {
    name: "programme.open",
    version: 1,
    label: label(
        "idée mise à l’étude",
        "فكرة معروضة للدراسة",
        "idea put to study",
    ),
    verb: label(
        "mettre un programme à l’étude",
        "عرض برنامج للدراسة",
        "put a programme to study",
    ),
    fields: &[
        TITLE,
        Field::new(
            TEMPLATE,
            label("modèle", "النموذج", "template"),
            FieldType::Code(templates::choices),
        )
        .required(),
        IDEA,
        OWNERS,
        ANSWERS,
        TO,
        REPLY_BY,
    ],
    effects: &[
        Effect::Open(Phase::Open),
        Effect::Ask(Ask::Report, When::Always),
    ],
    phases: &[],
    files: true,
};

/// Opens the training of imams: its owner is of a closed list that holds no security service.
pub static OPEN_IMAMS: EntryType = EntryType {
    name: "imam_training.open",
    version: 1,
    label: OPEN.label,
    verb: label(
        "mettre une formation d’imams à l’étude",
        "عرض تكوين الأئمة للدراسة",
        "put a training of imams to study",
    ),
    fields: &[
        TITLE,
        Field::new(
            "owner",
            label("nature du responsable", "صفة المسؤول", "sort of owner"),
            FieldType::Code(owner_sorts),
        )
        .required()
        .help(label(
            "aucun service de sécurité n’y prend part",
            "لا تشارك فيه أي مصلحة أمنية",
            "no security service takes part",
        )),
        IDEA,
        OWNERS,
        ANSWERS,
        TO_OWNER,
        REPLY_BY,
    ],
    effects: OPEN.effects,
    phases: &[],
    files: true,
};

/// What was found, of a study or a review.
pub(super) fn findings() -> Vec<(&'static str, Label)> {
    vec![
        (
            "pursue",
            label("à poursuivre", "يستحق المتابعة", "to be pursued"),
        ),
        (
            "change",
            label("à modifier", "يحتاج إلى تعديل", "to be changed"),
        ),
        (
            "end",
            label(
                "à ne pas poursuivre",
                "لا داعي للمتابعة",
                "not to be pursued",
            ),
        ),
    ]
}

/// Field of what a study or a review found.
pub(super) const FINDING: Field = Field::new(
    "finding",
    label("conclusion", "الخلاصة", "finding"),
    FieldType::Code(findings),
)
.required();

/// What the study found: it answers the opening.
pub static STUDIED: EntryType = EntryType {
    name: "programme.studied",
    version: 1,
    label: label("étude rendue", "دراسة منجزة", "study made"),
    verb: label(
        "rendre l’étude",
        "تقديم الدراسة",
        "give what the study found",
    ),
    fields: &[FINDING, c::TEXT.required()],
    effects: &[Effect::On(On::Answer, &[Ask::Report])],
    phases: c::ALWAYS,
    files: true,
};

const WHY: Field = Field::new(
    "text",
    label("motif", "السبب", "ground"),
    FieldType::Text(4_000),
)
.required();

const fn step(
    name: &'static str,
    (words, verb): (Label, Label),
    (to, phases): (&'static [Effect], &'static [Phase]),
) -> EntryType {
    EntryType {
        name,
        version: 1,
        label: words,
        verb,
        fields: &[WHY],
        effects: to,
        phases,
        files: false,
    }
}

/// From study to drafting.
pub static TO_DRAFTING: EntryType = step(
    "programme.to_drafting",
    (
        label("rédaction engagée", "بدء التحرير", "drafting begun"),
        label("engager la rédaction", "بدء التحرير", "begin drafting"),
    ),
    (&[Effect::SetPhase(Phase::Draft)], &[Phase::Open]),
);

/// Into force, once both signed; and back into it from a review.
pub static TO_FORCE: EntryType = step(
    "programme.to_force",
    (
        label(
            "entrée en vigueur",
            "دخول حيز التنفيذ",
            "brought into force",
        ),
        label(
            "mettre en vigueur",
            "الإدخال حيز التنفيذ",
            "bring into force",
        ),
    ),
    (
        &[Effect::SetPhase(Phase::InForce)],
        &[Phase::Draft, Phase::Evaluation],
    ),
);

/// To be reviewed.
pub static TO_REVIEW: EntryType = step(
    "programme.to_review",
    (
        label("bilan engagé", "بدء التقييم", "review begun"),
        label("engager le bilan", "بدء التقييم", "begin the review"),
    ),
    (&[Effect::SetPhase(Phase::Evaluation)], &[Phase::InForce]),
);
