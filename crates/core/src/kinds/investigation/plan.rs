//! The action plan of an investigation: tasks asked across services, each with its date, and what came of them.
//!
//! A task is an obligation to act. It is acknowledged, extended, refused or handed over as every other; `investigation.task_done` says
//! that it is done and with what result, `investigation.task_agreed` ends it. A task that names a service of one's own side is a promise
//! to the other side, which both ledgers hold. What is to be done, where and when is in bodies.

use super::super::{common as c, conditions::CONDITION_TEXT};
use super::phases::GATHERING;
use crate::codes::{Ask, Phase};
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::label;

/// Field of a task: what it is called.
pub const TITLE: &str = "title";
/// Field of a task: where it is to be done.
pub const PLACE: &str = "place";
/// Field of a task: when it begins there, UTC.
pub const STARTS: &str = "starts";
/// Field of a task: when it ends there, UTC.
pub const ENDS: &str = "ends";
/// Field of a task: the thing of this dossier that it is about.
pub const ABOUT: &str = "about_thing";

/// Phases in which a task is discharged: all, since concurrent asks must find their answer (invariant 1).
pub(super) const ALWAYS: &[Phase] = &[
    Phase::Open,
    Phase::Operational,
    Phase::Prosecution,
    Phase::Evaluation,
    Phase::Closed,
];

/// Where something is planned, with its help: the same words for tasks, so that what is planned nearby is recognised.
const PLACE_FIELD: Field = Field::new(
    PLACE,
    label("lieu", "المكان", "place"),
    FieldType::Line(160),
)
.help(label(
    "un nom ; les coordonnées à la suite, comme « 36.834, -2.463 », font reconnaître ce qui est prévu tout près",
    "اسم؛ وإضافة الإحداثيات بعده، مثل « 36.834, -2.463 »، تتيح معرفة ما هو مقرر على مقربة منه",
    "a name; coordinates after it, such as “36.834, -2.463”, let what is planned nearby be recognised",
));

/// Asks a service to act by a date.
pub static TASK: EntryType = EntryType {
    name: "investigation.task",
    version: 1,
    label: label(
        "tâche du plan d’action",
        "مهمة في خطة العمل",
        "task of the action plan",
    ),
    verb: label("confier une tâche", "إسناد مهمة", "assign a task"),
    fields: &[
        Field::new(
            TITLE,
            label("tâche", "المهمة", "task"),
            FieldType::Line(160),
        )
        .required(),
        Field::new(
            "to",
            label("service chargé", "المصلحة المكلفة", "service in charge"),
            FieldType::Service,
        )
        .bound(Bind::AskOf)
        .required()
        .help(label(
            "un service de notre côté : la tâche est alors promise à l’autre partie",
            "إذا كانت من جانبنا فالمهمة وعد للطرف الآخر",
            "a service of our own side: the task is then promised to the other side",
        )),
        Field::new("by", label("pour le", "قبل", "by"), FieldType::Date)
            .bound(Bind::By)
            .required(),
        Field::new(
            "text",
            label(
                "ce qui est à faire",
                "ما يتعين القيام به",
                "what is to be done",
            ),
            FieldType::Text(6_000),
        ),
        PLACE_FIELD,
        Field::new(
            STARTS,
            label("sur place dès", "في المكان ابتداء من", "there from"),
            FieldType::Moment,
        )
        .folded(),
        Field::new(
            ENDS,
            label("sur place jusqu’à", "في المكان إلى غاية", "there until"),
            FieldType::Moment,
        )
        .folded(),
        Field::new(
            ABOUT,
            label(
                "objet de l’enquête concerné",
                "عنصر التحقيق المعني",
                "thing that it is about",
            ),
            FieldType::Thing,
        )
        .folded(),
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[Effect::Ask(Ask::Act, When::Always)],
    phases: GATHERING,
    files: true,
};

/// Says that a task is done, and what it gave; feedback is owed on that.
pub static TASK_DONE: EntryType = EntryType {
    name: "investigation.task_done",
    version: 1,
    label: label(
        "tâche accomplie : résultat",
        "إنجاز المهمة: النتيجة",
        "task done: its result",
    ),
    verb: label("rendre le résultat", "تقديم النتيجة", "give the result"),
    fields: &[
        Field::new(
            "text",
            label("résultat", "النتيجة", "result"),
            FieldType::Text(20_000),
        )
        .required(),
        Field::new(
            "partial",
            label("en partie", "جزئيا", "in part"),
            FieldType::Flag,
        )
        .bound(Bind::Partial),
        c::SOURCE,
        c::ACCURACY,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::On(On::Answer, &[Ask::Act]),
        Effect::Ask(Ask::Feedback, When::Feedback),
    ],
    phases: ALWAYS,
    files: true,
};

/// Takes note that a task is done: it is ended.
pub static TASK_AGREED: EntryType = EntryType {
    name: "investigation.task_agreed",
    version: 1,
    label: label(
        "résultat de la tâche reçu",
        "قبول نتيجة المهمة",
        "result of the task taken",
    ),
    verb: label("clore la tâche", "إنهاء المهمة", "end the task"),
    fields: &[Field::new(
        "text",
        label("remarque", "ملاحظة", "remark"),
        FieldType::Text(4_000),
    )],
    effects: &[Effect::On(On::Accept, &[Ask::Act])],
    phases: ALWAYS,
    files: false,
};

/// Whether entries of this type are of the plan and offered on its page: tasks, and what answers them where it names none.
#[must_use]
pub fn plans(entry_type: &str) -> bool {
    entry_type == TASK.name
}
