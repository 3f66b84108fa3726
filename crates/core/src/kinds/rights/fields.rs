//! The closed lists of a rights dossier, with their words. None says anything about the person but what they ask.

use super::COMPETENT;
use crate::codes::Ground;
use crate::field::{Field, FieldType};
use crate::label::{Label, label};

type Codes = Vec<(&'static str, Label)>;

/// The authority to which a request was handed, by function.
pub(super) const COMPETENT_AUTHORITY: Field = Field::new(
    COMPETENT,
    label(
        "autorité compétente (fonction)",
        "السلطة المختصة (الوظيفة)",
        "competent authority (function)",
    ),
    FieldType::Line(160),
)
.help(label(
    "à remplir si la demande lui est transmise",
    "يملأ إذا أحيل الطلب عليها",
    "needed where the request is transferred to it",
));

/// Which right.
pub fn rights() -> Codes {
    vec![
        ("access", label("accès", "الاطلاع", "access")),
        (
            "rectification",
            label("rectification", "التصحيح", "rectification"),
        ),
        ("erasure", label("effacement", "المحو", "erasure")),
        (
            "restriction",
            label("limitation", "تقييد المعالجة", "restriction"),
        ),
        ("complaint", label("réclamation", "شكاية", "complaint")),
    ]
}

/// Who asks, in their relation to the person.
pub(super) fn relations() -> Codes {
    vec![
        (
            "person",
            label("la personne elle-même", "الشخص نفسه", "the person"),
        ),
        ("lawyer", label("son avocat", "محاميه", "their lawyer")),
        (
            "representative",
            label(
                "son représentant légal",
                "ممثله القانوني",
                "their legal representative",
            ),
        ),
        (
            "heir",
            label("ses ayants droit", "ذوو حقوقه", "those who inherit"),
        ),
        (
            "authority",
            label(
                "l’autorité de contrôle",
                "سلطة المراقبة",
                "the supervisory authority",
            ),
        ),
    ]
}

/// How the identity was verified.
pub(super) fn identities() -> Codes {
    vec![
        (
            "in_person",
            label(
                "titre d’identité vu en présence de la personne",
                "وثيقة هوية عوينت بحضور الشخص",
                "identity document seen in the person’s presence",
            ),
        ),
        (
            "certified_copy",
            label(
                "copie certifiée conforme",
                "نسخة مطابقة للأصل",
                "certified copy",
            ),
        ),
        (
            "mandate",
            label(
                "mandat et titre d’identité",
                "وكالة ووثيقة هوية",
                "mandate and identity document",
            ),
        ),
        (
            "by_authority",
            label(
                "vérifiée par l’autorité de contrôle",
                "تحققت منها سلطة المراقبة",
                "verified by the supervisory authority",
            ),
        ),
        (
            "electronic",
            label(
                "identification électronique",
                "تعريف إلكتروني",
                "electronic identification",
            ),
        ),
        ("not_yet", label("pas encore", "لم يتم بعد", "not yet")),
    ]
}

/// What an authority did for the other.
pub(super) fn answers() -> Codes {
    vec![
        ("granted", label("fait", "تم", "done")),
        (
            "in_part",
            label("fait en partie", "تم جزئيا", "done in part"),
        ),
        (
            "no_data",
            label("aucune donnée", "لا معطيات", "no data held"),
        ),
        transferred(),
    ]
}

/// What is decided towards the person.
pub(super) fn decisions() -> Codes {
    vec![
        ("granted", label("accordé", "قبول", "granted")),
        (
            "in_part",
            label("accordé en partie", "قبول جزئي", "granted in part"),
        ),
        (
            "no_data",
            label("aucune donnée", "لا معطيات", "no data held"),
        ),
        transferred(),
        (
            "desisted",
            label(
                "la personne s’est désistée",
                "تنازل الشخص عن طلبه",
                "the person withdrew",
            ),
        ),
    ]
}

fn transferred() -> (&'static str, Label) {
    (
        super::TRANSFERRED,
        label(
            "transmis à l’autorité compétente",
            "أحيل على السلطة المختصة",
            "transferred to the competent authority",
        ),
    )
}

/// Grounds on which a right is refused: those of the header's list that data protection law knows, in its own words.
pub fn grounds() -> Codes {
    let of = |ground: Ground, words| (ground.as_str(), words);
    vec![
        of(
            Ground::NotAvailable,
            label(
                "identité non établie, ou données impossibles à retrouver",
                "الهوية غير ثابتة أو تعذر العثور على المعطيات",
                "identity not established, or data that cannot be found",
            ),
        ),
        of(
            Ground::Disproportionate,
            label(
                "demande manifestement infondée ou excessive",
                "طلب لا أساس له أو مفرط بوضوح",
                "manifestly unfounded or excessive",
            ),
        ),
        of(
            Ground::JudgeRefused,
            label(
                "pièces d’une procédure : la voie est celle du juge",
                "وثائق مسطرة قضائية: السبيل هو القاضي",
                "papers of a judicial procedure: the way is the court’s",
            ),
        ),
        of(
            Ground::EssentialSecurity,
            label(
                "sûreté de l’État, défense ou sécurité publique",
                "أمن الدولة أو الدفاع أو الأمن العام",
                "state security, defence or public security",
            ),
        ),
        of(
            Ground::Jeopardises,
            label(
                "nuirait à une enquête ou aux droits d’autrui",
                "يضر بتحقيق أو بحقوق الغير",
                "would prejudice an inquiry or the rights of others",
            ),
        ),
    ]
}
