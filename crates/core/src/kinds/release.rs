//! Releasing what one's own node wrote in an earlier dossier into one that continues it (rule 16): so a state that came later receives
//! what each originator lets it have, from that originator and nobody else.
//!
//! The body wraps the original's header, salt and body as they were signed. Whether they are true is read from both headers
//! ([`crate::released`]); nothing of it has any effect, and nothing is owed for it.

use super::common::{HANDLING, WORKING};
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType};
use crate::label::label;

/// The earlier dossier that an opening continues. It is in the header, so that all participants judge by it what may be released.
pub(super) const CONTINUES: Field = Field::new(
    "continues",
    label(
        "poursuit le dossier",
        "يواصل الملف",
        "continues the dossier",
    ),
    FieldType::Line(64),
)
.bound(Bind::Continues)
.folded()
.help(label(
    "identifiant d’une enquête antérieure à laquelle nous participons : chacun pourra montrer ici ce qu’il y a écrit",
    "معرف تحقيق سابق نشارك فيه: يمكن لكل طرف أن يعرض هنا ما كتبه فيه",
    "identifier of an earlier investigation in which we take part: each may show here what it wrote there",
));

/// In the body: the header of what is released, base64.
pub const HEADER: &str = "released_header";
/// In the body: the salt of what is released, hexadecimal.
pub const SALT: &str = "released_salt";
/// In the body: the body of what is released, base64.
pub const BODY: &str = "released_body";

/// Shows what our node wrote in an earlier dossier.
pub static RELEASE: EntryType = EntryType {
    name: "release",
    version: 1,
    label: label(
        "communication d’une écriture antérieure",
        "عرض قيد سابق",
        "release of an earlier entry",
    ),
    verb: label(
        "montrer ce que nous avons écrit avant",
        "عرض ما كتبناه سابقا",
        "show what we wrote before",
    ),
    fields: &[
        Field::new(
            "entry",
            label(
                "écriture à communiquer",
                "القيد المراد عرضه",
                "entry to release",
            ),
            FieldType::Line(64),
        )
        .required()
        .bound(Bind::Release),
        HANDLING,
    ],
    effects: &[Effect::Release],
    phases: WORKING,
    // Those of what it wraps come with it; no others.
    files: false,
};
