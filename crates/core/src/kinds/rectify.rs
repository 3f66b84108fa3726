//! Rectification: what one's own node wrote and was wrong is corrected by an entry of its own, at everyone who received it
//! (invariant 9, FIELD B5: recipients are told and must follow).
//!
//! The wrong entry stays as it was signed and is shown under the mark of the corrected text. Each recipient owes a word on what it
//! did with what it had taken over, and on whom it had told in its turn: those are asked on by it, since nobody speaks for another.

use super::common::{TEXT, plain};
use crate::codes::Ask;
use crate::field::{Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of a rectification: the entry of one's own that was wrong.
pub const OF: &str = "of";
/// Field of a rectification: why it was wrong.
pub const WHY: &str = "why";
/// Field of a rectification: the number of the dossier of the person's rights, if one gave rise to it. Nothing else of it is named.
pub const RIGHTS: &str = "rights";
/// Field of the word on a rectification: whom the recipient had told.
pub const PASSED_ON: &str = "passed_on";
/// Field of the word on a rectification: those whom it had told, by function.
pub const TO_WHOM: &str = "to_whom";
/// Nobody had been told.
pub const NOBODY: &str = "nobody";

/// Corrects what our node wrote, for everyone who received it.
pub static RECTIFY: EntryType = plain(
    "rectify",
    label("rectification", "تصحيح", "correction"),
    label("rectifier une écriture", "تصحيح قيد", "correct an entry"),
    &[
        Field::new(
            OF,
            label("écriture rectifiée", "القيد المصحح", "entry corrected"),
            FieldType::Entry,
        )
        .required(),
        TEXT.required(),
        Field::new(
            WHY,
            label("ce qui n’allait pas", "وجه الخطأ", "what was wrong"),
            FieldType::Code(reasons),
        )
        .required(),
        Field::new(
            RIGHTS,
            label(
                "dossier de droits (numéro seul)",
                "ملف الحقوق (الرقم فقط)",
                "rights dossier (its number alone)",
            ),
            FieldType::Line(40),
        )
        .folded()
        .help(label(
            "par exemple MA-12 ; rien d’autre n’en est dit ici",
            "مثلا MA-12؛ لا يذكر منه هنا شيء آخر",
            "for example MA-12; nothing else of it is said here",
        )),
    ],
    &[Effect::Ask(Ask::Correct, When::Always)],
);

fn reasons() -> Vec<(&'static str, Label)> {
    vec![
        ("wrong", label("c’était faux", "كان خطأ", "it was wrong")),
        (
            "other_person",
            label(
                "cela concernait une autre personne",
                "كان يخص شخصا آخر",
                "it was about another person",
            ),
        ),
        (
            "outdated",
            label("ce n’est plus vrai", "لم يعد صحيحا", "it is no longer true"),
        ),
        (
            "incomplete",
            label(
                "incomplet au point de tromper",
                "ناقص إلى حد التضليل",
                "so incomplete that it misled",
            ),
        ),
        (
            "assessment",
            label(
                "une appréciation donnée pour un fait",
                "تقدير قدم على أنه واقعة",
                "an assessment given as a fact",
            ),
        ),
        (
            "typing",
            label("erreur de saisie", "خطأ في الإدخال", "a slip in typing"),
        ),
    ]
}

/// A recipient's word, under its signature, on what it did with what it had received.
pub static RECTIFIED: EntryType = EntryType {
    files: true,
    ..plain(
        "rectified",
        label(
            "rectification faite",
            "التصحيح منجز",
            "correction carried out",
        ),
        label(
            "dire la rectification faite",
            "الإخبار بإنجاز التصحيح",
            "say that it is corrected",
        ),
        &[
            Field::new(
                "done",
                label(
                    "ce qui en avait été repris",
                    "ما أخذ منه",
                    "what had been taken over from it",
                ),
                FieldType::Code(done),
            )
            .required(),
            Field::new(
                PASSED_ON,
                label(
                    "à qui nous l’avions dit",
                    "من أخبرناهم به",
                    "whom we had told",
                ),
                FieldType::Code(passed_on),
            )
            .required(),
            Field::new(
                TO_WHOM,
                label(
                    "lesquels (fonctions, sans nom)",
                    "من هم (الوظائف دون أسماء)",
                    "which ones (functions, no names)",
                ),
                FieldType::Text(2_000),
            ),
            TEXT,
        ],
        &[Effect::On(On::Answer, &[Ask::Correct])],
    )
};

fn done() -> Vec<(&'static str, Label)> {
    vec![
        (
            "corrected",
            label("corrigé partout", "صحح في كل مكان", "corrected everywhere"),
        ),
        (
            "marked",
            label(
                "gardé à titre de preuve, avec la marque",
                "حفظ دليلا وعليه العلامة",
                "kept as evidence, with the mark",
            ),
        ),
        (
            "nothing",
            label(
                "rien n’en avait été repris",
                "لم يؤخذ منه شيء",
                "nothing had been taken over",
            ),
        ),
    ]
}

fn passed_on() -> Vec<(&'static str, Label)> {
    vec![
        (NOBODY, label("personne", "لا أحد", "nobody")),
        (
            "asked",
            label(
                "d’autres services, auxquels la rectification est demandée",
                "مصالح أخرى طلب منها التصحيح",
                "other services, which have been asked to correct it",
            ),
        ),
        (
            "done",
            label(
                "d’autres services, qui ont tous rectifié",
                "مصالح أخرى صححته كلها",
                "other services, all of which have corrected it",
            ),
        ),
    ]
}
