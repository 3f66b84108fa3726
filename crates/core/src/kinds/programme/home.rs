//! Who takes part, at the node that trains them: what is said of single participants is for that node's eyes and leaves by no path. No more
//! is kept than a name, a way to reach them and the day of their consent; nothing asks what anybody believes, thinks or how they behave.

use super::running::{COHORTS, which, written};
use crate::field::{Field, FieldType};
use crate::kind::EntryType;
use crate::label::label;

/// Field of a participant: the day of their consent.
pub const CONSENTED: &str = "consented";
/// Field of attendance and certificates: which participants.
pub const PRESENT: &str = "present";

const ENROLLED: &[&str] = &["programme.participant"];
const WHO: Field = Field::new(
    PRESENT,
    label("participants", "المشاركون", "participants"),
    FieldType::Entries,
)
.naming(ENROLLED)
.required();

/// Somebody who takes part, and consented to be recorded.
pub static PARTICIPANT: EntryType = written(
    "programme.participant",
    (
        label("participant inscrit", "مشارك مسجل", "participant enrolled"),
        label(
            "inscrire un participant",
            "تسجيل مشارك",
            "enrol a participant",
        ),
    ),
    &[
        which(label("promotion", "الفوج", "cohort"), COHORTS).required(),
        Field::new("name", label("nom", "الاسم", "name"), FieldType::Line(160)).required(),
        Field::new(
            "contact",
            label("moyen de le joindre", "وسيلة الاتصال", "way to reach them"),
            FieldType::Line(160),
        ),
        Field::new(
            CONSENTED,
            label("consentement donné le", "تاريخ الموافقة", "consented on"),
            FieldType::Date,
        )
        .required()
        .help(label(
            "sans consentement, personne n’est inscrit ; qui le retire est effacé",
            "لا يسجل أحد دون موافقته، ومن سحبها محيت بياناته",
            "nobody is enrolled without consent; whoever withdraws it is erased",
        )),
    ],
);

/// Who was there at a session.
pub static ATTENDANCE: EntryType = written(
    "programme.attendance",
    (
        label("présences", "الحضور", "attendance"),
        label("noter les présences", "تسجيل الحضور", "note attendance"),
    ),
    &[
        which(label("séance", "الحصة", "session"), &["programme.session"]).required(),
        WHO,
    ],
);

/// Who was given the certificate of a cohort.
pub static CERTIFIED: EntryType = written(
    "programme.certified",
    (
        label("certificats remis", "شهادات مسلمة", "certificates given"),
        label(
            "remettre les certificats",
            "تسليم الشهادات",
            "give certificates",
        ),
    ),
    &[
        which(label("promotion", "الفوج", "cohort"), COHORTS).required(),
        WHO,
    ],
);

/// Somebody takes part no longer; why is asked of nobody.
pub static WITHDREW: EntryType = written(
    "programme.withdrew",
    (
        label(
            "retrait d’un participant",
            "انسحاب مشارك",
            "participant withdrew",
        ),
        label("noter un retrait", "تسجيل انسحاب", "note a withdrawal"),
    ),
    &[which(label("participant", "المشارك", "participant"), ENROLLED).required()],
);
