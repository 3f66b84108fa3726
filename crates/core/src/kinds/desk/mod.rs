//! `desk`: the standing dossier of a link, for notes that belong to no case. One per link and opening side.

use super::{common as c, conditions, erasure, keeping, rectify, weight};
use crate::codes::{Phase, Purpose};
use crate::field::{Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind};
use crate::label::label;

static OPEN: EntryType = EntryType {
    name: "desk.open",
    version: 1,
    label: label(
        "ouverture du bureau permanent",
        "فتح المكتب الدائم",
        "opening of the standing desk",
    ),
    verb: label(
        "ouvrir le bureau permanent",
        "فتح المكتب الدائم",
        "open the standing desk",
    ),
    fields: &[Field::new(
        "title",
        label("titre", "العنوان", "title"),
        FieldType::Line(160),
    )
    .required()],
    effects: &[Effect::Open(Phase::Open)],
    phases: &[],
    files: false,
};

/// The kind.
pub static KIND: Kind = Kind {
    name: "desk",
    label: label("bureau permanent", "المكتب الدائم", "standing desk"),
    purpose_text: label(
        "s’écrire sans ouvrir d’affaire",
        "التراسل دون فتح قضية",
        "write to each other without opening a case",
    ),
    purposes: &[Purpose::Governance],
    entries: &[
        &OPEN,
        &c::NOTE,
        &c::TRANSLATION,
        &c::REPLY,
        &c::ACKNOWLEDGE,
        &c::PROGRESS,
        &c::EXTEND,
        &c::REFUSE,
        &c::DETAILS_NEEDED,
        &c::DETAILS,
        &c::GO_ON,
        &c::WAIVE,
        &c::WITHDRAW,
        &c::CONTEST,
        &c::RECEIPT_TIME,
        &c::AGREE_RECEIPT_TIME,
        &c::HAND_OVER,
        &c::INVITE,
        &c::LEAVE,
        &erasure::ERASE,
        &erasure::ASK_ERASURE,
        &erasure::ATTEST_ERASURE,
        &keeping::KEEP,
        &keeping::HOLD,
        &keeping::LIFT_HOLD,
        &keeping::EXPIRED,
        &weight::OFFICER_SIGNATURE,
        &conditions::ASK_PERMISSION,
        &conditions::PERMIT,
        &conditions::TIGHTEN,
        &conditions::CONFIRM,
        &rectify::RECTIFY,
        &rectify::RECTIFIED,
        &c::CLOSE,
    ],
    samples: &[
        ("desk.open", &[("title", "Bureau permanent")]),
        (
            "note",
            &[
                ("text", "La réunion de jeudi commence à dix heures."),
                ("needs_answer", "on"),
            ],
        ),
    ],
    needs_charter: true,
    closed_to: &[],
    keeps: Keeps {
        days: 365,
        after_closing: 365,
        each: true,
        personal: true,
    },
    extends_once: false,
};
