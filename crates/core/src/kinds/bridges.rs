//! Acts on the bridges between purposes ([`crate::wall`]): an entry used for another purpose, and an obligation put on the meeting's agenda.
//!
//! They stay at the node that writes them and have no effect in the shared record, so that nobody learns of the other side by them.
//! Another officer approves each: the header names both, the body says on which ground.

use super::common::{REASON, WORKING, plain};
use crate::field::{Field, FieldType};
use crate::kind::{EntryType, Sample};
use crate::label::label;
use crate::wall::{agenda_grounds, purpose_grounds, security_purposes};

/// In the body of a change of purpose: the entry.
pub const ENTRY: &str = "entry";
/// In the body of a change of purpose: the dossier in which it is used from then on.
pub const INTO: &str = "used_in";
/// In the body of a change of purpose: the new purpose.
pub const PURPOSE: &str = "purpose";
/// In the body of both: the ground.
pub const GROUND: &str = "ground";
/// In the body of what is put on the agenda: the obligation's number.
pub const NUMBER: &str = "number";

/// A change of purpose, as a sample of every kind that has it.
pub(super) const SAMPLE_PURPOSE: Sample = (
    "change_purpose",
    &[
        (
            ENTRY,
            "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
        ),
        (INTO, "MA-7"),
        (PURPOSE, "prosecution"),
        (GROUND, "court"),
        ("reason", "Ordonnance du juge dans la seconde affaire."),
    ],
);
/// The same of what is put on the agenda.
pub(super) const SAMPLE_AGENDA: Sample = (
    "put_forward",
    &[
        (NUMBER, "MA-12"),
        (GROUND, "commission"),
        ("reason", "Sans réponse depuis deux mois."),
    ],
);

const fn ground(choices: crate::field::Choices) -> Field {
    Field::new(
        GROUND,
        label("fondement", "الأساس", "ground"),
        FieldType::Code(choices),
    )
    .required()
}

/// Lets an entry be used for another purpose, in another dossier of justice and security. It is read there while the decision stands and
/// its originator's conditions allow it, and copied nowhere.
pub static CHANGE_PURPOSE: EntryType = EntryType {
    phases: WORKING,
    ..plain(
        "change_purpose",
        label("changement de finalité", "تغيير الغاية", "change of purpose"),
        label(
            "employer une écriture à une autre fin",
            "استعمال قيد لغاية أخرى",
            "use an entry for another purpose",
        ),
        &[
            Field::new(
                ENTRY,
                label("écriture concernée", "القيد المعني", "entry concerned"),
                FieldType::Entry,
            )
            .required(),
            Field::new(
                INTO,
                label("dans le dossier", "في الملف", "in the dossier"),
                FieldType::Line(64),
            )
            .required()
            .help(label(
                "numéro ou identifiant d’un autre dossier de justice et sécurité auquel vous participez",
                "رقم أو معرف ملف آخر من ملفات العدالة والأمن تشاركون فيه",
                "number or identifier of another dossier of justice and security in which you take part",
            )),
            Field::new(
                PURPOSE,
                label("nouvelle finalité", "الغاية الجديدة", "new purpose"),
                FieldType::Code(security_purposes),
            )
            .required(),
            ground(purpose_grounds),
            REASON.required(),
        ],
        &[],
    )
};

/// Puts an obligation on the agenda of the next meeting, for coordinators who take no part in its dossier: by its line alone.
pub static PUT_FORWARD: EntryType = EntryType {
    phases: WORKING,
    ..plain(
        "put_forward",
        label(
            "inscription à l’ordre du jour",
            "إدراج في جدول الأعمال",
            "put on the agenda",
        ),
        label(
            "porter une obligation à l’ordre du jour",
            "إدراج التزام في جدول الأعمال",
            "put an obligation on the agenda",
        ),
        &[
            Field::new(
                NUMBER,
                label("numéro de l’obligation", "رقم الالتزام", "number of the obligation"),
                FieldType::Line(20),
            )
            .required()
            .help(label(
                "une obligation ouverte de ce dossier, telle que MA-12 ; la commission n’en voit que la ligne",
                "التزام مفتوح من هذا الملف مثل MA-12؛ لا ترى اللجنة منه إلا سطره",
                "an open obligation of this dossier, such as MA-12; the commission sees its line alone",
            )),
            ground(agenda_grounds),
            REASON.required(),
        ],
        &[],
    )
};
