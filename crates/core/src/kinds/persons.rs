//! What a form asks where personal data leave: whom they are about (FIELD B5, article 6), what in them is assessment and not fact, and
//! what their originator requires of whoever receives them (DESIGN section 7). All of it is in bodies: no fold knows of it, and a
//! version that does not know these fields shows them by their names.

use crate::field::{Field, FieldType};
use crate::label::{Label, label};

/// Name of the field that stands above the content of its entry.
pub const ASSURED: &str = "assurances";

/// Categories of persons (FIELD B5, article 6).
pub(super) fn categories() -> Vec<(&'static str, Label)> {
    vec![
        (
            "suspect",
            label("personnes soupçonnées", "مشتبه فيهم", "suspects"),
        ),
        (
            "convicted",
            label(
                "personnes condamnées",
                "محكوم عليهم",
                "persons convicted of an offence",
            ),
        ),
        ("victim", label("victimes", "ضحايا", "victims")),
        (
            "contact",
            label(
                "témoins, contacts et proches",
                "شهود ومعارف ومخالطون",
                "witnesses, contacts and associates",
            ),
        ),
        (
            "other",
            label("autres personnes", "أشخاص آخرون", "other persons"),
        ),
    ]
}

fn assurances() -> Vec<(&'static str, Label)> {
    vec![
        (
            "no_death_penalty",
            label("pas de peine de mort", "لا عقوبة إعدام", "no death penalty"),
        ),
        (
            "no_torture",
            label(
                "ni torture ni mauvais traitement",
                "لا تعذيب ولا سوء معاملة",
                "no torture or ill-treatment",
            ),
        ),
        (
            "fair_trial",
            label("procès équitable", "محاكمة عادلة", "fair trial"),
        ),
        (
            "specialty",
            label(
                "spécialité : pour cette affaire seulement",
                "التخصيص: لهذه القضية فقط",
                "specialty: for this matter only",
            ),
        ),
        (
            "no_third_state",
            label(
                "pas de transmission à un État tiers",
                "لا نقل إلى دولة ثالثة",
                "no sending on to a third state",
            ),
        ),
    ]
}

/// Categories of persons, told apart as far as possible.
pub const PERSONS: Field = Field::new(
    "person_categories",
    label(
        "catégories de personnes concernées",
        "فئات الأشخاص المعنيين",
        "categories of persons concerned",
    ),
    FieldType::Codes(categories),
)
.folded();

/// Assessments apart from facts.
pub const ASSESSMENT: Field = Field::new(
    "assessment",
    label(
        "appréciations, à part des faits",
        "تقديرات منفصلة عن الوقائع",
        "assessments, apart from the facts",
    ),
    FieldType::Text(8_000),
)
.help(label(
    "ce que nous en pensons et qui n’est pas établi",
    "ما نراه ولم يثبت",
    "what we think of it and is not established",
))
.folded();

/// What the originator requires.
pub const ASSURANCES: Field = Field::new(
    ASSURED,
    label(
        "garanties exigées du destinataire",
        "ضمانات مطلوبة من المرسل إليه",
        "assurances required of the recipient",
    ),
    FieldType::Codes(assurances),
)
.folded();
