//! Links from one thing to another, and the decisions of people that two records are of the same thing, or are not. Nothing is merged:
//! records stay as each side brought them, a decision stands beside them, and its undoing beside the decision.

use super::super::{common as c, conditions::CONDITION_TEXT};
use super::lists;
use super::phases::GATHERING;
use super::things::{ACCURACY, NATURE_FIELD, RESTS_ON_FIELD, SINCE, SOURCE, ThingSort, UNTIL};
use crate::field::{Field, FieldType};
use crate::kind::EntryType;
use crate::label::{Label, label};

/// Field of a link: the thing that it leads from.
pub const FROM: &str = "from_thing";
/// Field of a link: how.
pub const HOW: &str = "how";
/// Field of a link: the thing that it leads to.
pub const TO: &str = "to_thing";
/// Field of a decision: the one thing.
pub const ONE: &str = "one";
/// Field of a decision: the other.
pub const OTHER: &str = "other";
/// Field of an undoing: the decision.
pub const DECISION: &str = "decision";

const fn of_thing(name: &'static str, words: Label) -> Field {
    Field::new(name, words, FieldType::Thing).required()
}

const ONE_THING: Field = of_thing(ONE, label("l’une", "الأولى", "the one"));
const OTHER_THING: Field = of_thing(OTHER, label("l’autre", "الأخرى", "the other"));
const WHY: Field = Field::new(
    "text",
    label("pourquoi", "السبب", "why"),
    FieldType::Text(4_000),
)
.required();

/// Links two things.
pub static LINK: EntryType = EntryType {
    name: "investigation.link",
    version: 1,
    label: label("lien", "رابط", "link"),
    verb: label("relier deux éléments", "ربط عنصرين", "link two things"),
    fields: &[
        of_thing(FROM, label("de", "من", "from")),
        Field::new(
            HOW,
            label("comment", "كيف", "how"),
            FieldType::Code(lists::link_codes),
        )
        .required(),
        of_thing(TO, label("à", "إلى", "to")),
        SINCE,
        UNTIL,
        NATURE_FIELD,
        Field::new(
            "text",
            label("précisions", "توضيحات", "details"),
            FieldType::Text(4_000),
        ),
        SOURCE,
        ACCURACY,
        RESTS_ON_FIELD,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[],
    phases: GATHERING,
    files: false,
};

const fn decision(name: &'static str, words: Label, verb: Label) -> EntryType {
    EntryType {
        name,
        version: 1,
        label: words,
        verb,
        fields: &[ONE_THING, OTHER_THING, WHY],
        effects: &[],
        phases: GATHERING,
        files: false,
    }
}

/// Somebody decided that two records are of the same thing.
pub static SAME: EntryType = decision(
    "investigation.same",
    label("même élément", "عنصر واحد", "the same thing"),
    label(
        "dire que c’est le même",
        "القول بأنهما شيء واحد",
        "say that they are the same",
    ),
);

/// Somebody decided that they are not: it is remembered.
pub static NOT_SAME: EntryType = decision(
    "investigation.not_same",
    label("éléments distincts", "عنصران مختلفان", "not the same thing"),
    label(
        "dire que ce n’est pas le même",
        "القول بأنهما مختلفان",
        "say that they are not the same",
    ),
);

/// Takes such a decision back; all stays on record.
pub static UNDO: EntryType = EntryType {
    name: "investigation.undo",
    version: 1,
    label: label("décision défaite", "إلغاء قرار", "decision undone"),
    verb: label("défaire une décision", "إلغاء قرار", "undo a decision"),
    fields: &[
        Field::new(
            DECISION,
            label(
                "décision à défaire",
                "القرار المراد إلغاؤه",
                "decision to undo",
            ),
            FieldType::Entry,
        )
        .required(),
        WHY,
    ],
    effects: &[],
    phases: GATHERING,
    files: false,
};

/// Whether entries of this type record a thing or a link, or decide about things.
#[must_use]
pub fn is_about_things(entry_type: &str) -> bool {
    let other = [LINK.name, UNDO.name].contains(&entry_type);
    other || decides(entry_type) || ThingSort::of(entry_type).is_some()
}

/// Whether entries of this type decide about two things.
#[must_use]
pub fn decides(entry_type: &str) -> bool {
    entry_type == SAME.name || entry_type == NOT_SAME.name
}
