//! The steps of a lesson, each with what it answers and what it asks.

use super::super::common as c;
use crate::codes::{Ask, Phase};
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of an opening, an observation or a lesson: its title.
pub const TITLE: &str = "title";
/// Field of an observation: what was observed.
pub const OBSERVED: &str = "observed";
/// Field of an observation: the entry of a dossier of governance that it comes from, as `dossier:entry`.
pub const SOURCE: &str = "source";
/// Field of a lesson identified: its root cause.
pub const ROOT_CAUSE: &str = "root_cause";
/// Field of a lesson identified: the remedial action that is recommended.
pub const REMEDY: &str = "remedy";
/// Field of a lesson identified and of an action: who is to act, a function.
pub const OWNER: &str = "owner";
/// Field of an action: the day by which a report is owed.
pub const DUE: &str = "due";
/// Field of a report: whether it worked.
pub const RESULT: &str = "result";
/// Field of a report and of a lesson learned: what changed.
pub const CHANGED: &str = "changed";

const NAMED: Field = Field::new(
    TITLE,
    label("intitulé", "العنوان", "title"),
    FieldType::Line(160),
)
.required();
const REMARK: Field = Field::new(
    "text",
    label("remarque", "ملاحظة", "remark"),
    FieldType::Text(4_000),
);
const WHY: Field = Field::new(
    "text",
    label("motif", "السبب", "reason"),
    FieldType::Text(4_000),
)
.required();

fn themes() -> Vec<(&'static str, Label)> {
    vec![
        (
            "feedback",
            label("retour d’informations", "الإفادة بالنتائج", "feedback"),
        ),
        (
            "requests",
            label(
                "demandes et réponses",
                "الطلبات والأجوبة",
                "requests and answers",
            ),
        ),
        (
            "investigations",
            label(
                "enquêtes communes",
                "الأبحاث المشتركة",
                "joint investigations",
            ),
        ),
        (
            "meetings",
            label(
                "rencontres et décisions",
                "الاجتماعات والقرارات",
                "meetings and decisions",
            ),
        ),
        ("training", label("formation", "التكوين", "training")),
        (
            "emergencies",
            label("urgences", "الحالات المستعجلة", "emergencies"),
        ),
        (
            "means",
            label("moyens et liaisons", "الوسائل والاتصالات", "means and links"),
        ),
        (
            "law",
            label(
                "droit et procédure",
                "القانون والمسطرة",
                "law and procedure",
            ),
        ),
        ("other", label("autre", "غير ذلك", "other")),
    ]
}

/// Opens a dossier of lessons on one subject.
pub static OPEN: EntryType = EntryType {
    name: "lesson.open",
    version: 1,
    label: label(
        "ouverture d’un recueil d’enseignements",
        "فتح سجل دروس",
        "opening of a record of lessons",
    ),
    verb: label(
        "ouvrir un recueil d’enseignements",
        "فتح سجل دروس",
        "open a record of lessons",
    ),
    fields: &[
        NAMED,
        Field::new(
            "theme",
            label("thème", "المحور", "theme"),
            FieldType::Code(themes),
        )
        .required(),
        Field::new(
            "subject",
            label("sujet", "الموضوع", "subject"),
            FieldType::Text(2_000),
        ),
        Field::new(
            "to",
            label(
                "service de l’autre partie",
                "مصلحة الطرف الآخر",
                "the other side’s service",
            ),
            FieldType::Service,
        )
        .bound(Bind::AskOf)
        .folded(),
    ],
    effects: &[Effect::Open(Phase::Open)],
    phases: &[],
    files: false,
};

const RULES: Label = label(
    "des faits, utiles à d’autres et compris sans le contexte ; aucune personne n’est nommée",
    "وقائع مفيدة للآخرين ومفهومة دون سياقها، ولا يسمى أي شخص",
    "facts, of use to others and understood without their context; no person is named",
);
const SEEN: [Field; 5] = [
    NAMED,
    Field::new(
        OBSERVED,
        label("ce qui a été observé", "ما لوحظ", "what was observed"),
        FieldType::Text(6_000),
    )
    .required()
    .help(RULES),
    Field::new(
        "context",
        label("dans quel contexte", "في أي سياق", "in which context"),
        FieldType::Text(2_000),
    )
    .required(),
    Field::new(
        "matters",
        label("pourquoi c’est important", "لماذا هو مهم", "why it matters"),
        FieldType::Text(2_000),
    )
    .required(),
    Field::new(
        SOURCE,
        label(
            "écriture d’où elle vient (dossier:écriture)",
            "القيد الذي وردت منه (ملف:قيد)",
            "entry that it comes from (dossier:entry)",
        ),
        FieldType::Line(129),
    )
    .folded()
    .help(label(
        "seulement d’un dossier de gouvernance que les deux parties tiennent",
        "فقط من ملف حكامة يوجد لدى الطرفين",
        "only of a dossier of governance that both sides hold",
    )),
];
const SEEN_OWN: [Field; 6] = {
    let [title, observed, context, matters, source] = SEEN;
    let due = Field::new(
        DUE,
        label("analyse rendue le", "تقديم التحليل في", "analysis by"),
        FieldType::Date,
    );
    [
        title,
        observed,
        context,
        matters,
        source,
        due.required().bound(Bind::By),
    ]
};

/// A step that is written while the record is worked on.
const fn step(
    name: &'static str,
    (words, verb): (Label, Label),
    fields: &'static [Field],
    effects: &'static [Effect],
) -> EntryType {
    EntryType {
        files: true,
        ..c::plain(name, words, verb, fields, effects)
    }
}

/// An observation that the other side is asked to analyse.
pub static OBSERVATION: EntryType = EntryType {
    phases: c::WORKING,
    ..step(
        "lesson.observation",
        (
            label("observation", "ملاحظة ميدانية", "observation"),
            label(
                "soumettre une observation",
                "تقديم ملاحظة ميدانية",
                "submit an observation",
            ),
        ),
        &SEEN,
        &[Effect::Ask(Ask::Decide, When::Always)],
    )
};

/// An observation that its author’s side analyses and owes the analysis of.
pub static OWN_OBSERVATION: EntryType = EntryType {
    phases: c::WORKING,
    ..step(
        "lesson.own_observation",
        (
            label(
                "observation à analyser par son auteur",
                "ملاحظة ميدانية يحللها صاحبها",
                "observation that its author analyses",
            ),
            label(
                "soumettre une observation et l’analyser nous-mêmes",
                "تقديم ملاحظة ميدانية وتحليلها بأنفسنا",
                "submit an observation and analyse it ourselves",
            ),
        ),
        &SEEN_OWN,
        &[Effect::Ask(Ask::Decide, When::OfOurselves)],
    )
};

/// What an observation teaches: the other side is asked to endorse it.
pub static IDENTIFIED: EntryType = step(
    "lesson.identified",
    (
        label("enseignement identifié", "درس مستخلص", "lesson identified"),
        label(
            "identifier un enseignement",
            "تحديد درس",
            "identify a lesson",
        ),
    ),
    &[
        NAMED,
        Field::new(
            ROOT_CAUSE,
            label("cause profonde", "السبب الجذري", "root cause"),
            FieldType::Text(4_000),
        )
        .required(),
        Field::new(
            REMEDY,
            label(
                "mesure recommandée",
                "التدبير الموصى به",
                "recommended remedial action",
            ),
            FieldType::Text(4_000),
        )
        .required(),
        Field::new(
            OWNER,
            label(
                "responsable proposé (fonction)",
                "المسؤول المقترح (الوظيفة)",
                "proposed owner of the action (function)",
            ),
            FieldType::Line(160),
        )
        .required(),
    ],
    &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Decide, When::Always),
    ],
);

fn grounds() -> Vec<(&'static str, Label)> {
    vec![
        (
            "known",
            label("déjà connue", "معروفة من قبل", "known already"),
        ),
        ("obvious", label("évidente", "بديهية", "obvious")),
        (
            "not_reusable",
            label(
                "sans utilité pour d’autres",
                "لا تفيد غير أصحابها",
                "of no use to others",
            ),
        ),
        (
            "not_factual",
            label("pas factuelle", "لا تقوم على وقائع", "not factual"),
        ),
        (
            "unclear",
            label(
                "incompréhensible sans le contexte",
                "لا تفهم دون سياقها",
                "not understood without its context",
            ),
        ),
        (
            "person",
            label("désigne une personne", "تشير إلى شخص", "points at a person"),
        ),
        (
            "elsewhere",
            label(
                "relève d’un autre cadre",
                "تعود إلى إطار آخر",
                "belongs elsewhere",
            ),
        ),
    ]
}

/// An observation is not taken further.
pub static REJECTED: EntryType = step(
    "lesson.rejected",
    (
        label(
            "observation écartée",
            "ملاحظة مستبعدة",
            "observation rejected",
        ),
        label(
            "écarter l’observation",
            "استبعاد الملاحظة",
            "reject the observation",
        ),
    ),
    &[
        Field::new(
            "ground",
            label("motif", "السبب", "ground"),
            FieldType::Code(grounds),
        )
        .required(),
        REMARK,
    ],
    &[Effect::On(On::Answer, &[Ask::Decide])],
);

/// The other side agrees that this is the lesson: whoever identified it is asked to have it tried.
pub static ENDORSE: EntryType = step(
    "lesson.endorse",
    (
        label("enseignement approuvé", "درس معتمد", "lesson endorsed"),
        label(
            "approuver l’enseignement",
            "اعتماد الدرس",
            "endorse the lesson",
        ),
    ),
    &[REMARK],
    &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Decide, When::Always),
    ],
);

/// The other side does not agree, and says why.
pub static NOT_ENDORSED: EntryType = step(
    "lesson.not_endorsed",
    (
        label(
            "enseignement non approuvé",
            "درس غير معتمد",
            "lesson not endorsed",
        ),
        label("ne pas approuver", "عدم الاعتماد", "not endorse"),
    ),
    &[WHY],
    &[Effect::On(On::Answer, &[Ask::Decide])],
);

const TRIED: &[Field] = &[
    Field::new(
        "text",
        label("mesure à essayer", "التدبير المراد تجريبه", "action to try"),
        FieldType::Text(4_000),
    )
    .required(),
    Field::new(
        OWNER,
        label(
            "responsable (fonction)",
            "المسؤول (الوظيفة)",
            "owner (function)",
        ),
        FieldType::Line(160),
    )
    .required(),
    Field::new(
        DUE,
        label("compte rendu le", "التقرير في", "report by"),
        FieldType::Date,
    )
    .required()
    .bound(Bind::By),
];

/// Its author’s side tries the remedy and owes a report.
pub static ACTION: EntryType = step(
    "lesson.action",
    (
        label(
            "mesure essayée par son auteur",
            "تدبير يجربه صاحبه",
            "action tried by its author",
        ),
        label(
            "essayer la mesure nous-mêmes",
            "تجريب التدبير بأنفسنا",
            "try the action ourselves",
        ),
    ),
    TRIED,
    &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Report, When::OfOurselves),
    ],
);

/// The other side is to try it and owes a report.
pub static ENTRUST: EntryType = step(
    "lesson.entrust",
    (
        label(
            "mesure confiée à l’autre partie",
            "تدبير معهود به إلى الطرف الآخر",
            "action entrusted to the other side",
        ),
        label(
            "confier la mesure à l’autre partie",
            "إسناد التدبير إلى الطرف الآخر",
            "entrust the action to the other side",
        ),
    ),
    TRIED,
    &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Report, When::Always),
    ],
);

fn results() -> Vec<(&'static str, Label)> {
    vec![
        ("worked", label("oui", "نعم", "it worked")),
        ("partly", label("en partie", "جزئيا", "in part")),
        (
            "failed",
            label(
                "non, rien n’a changé",
                "لا، لم يتغير شيء",
                "no, nothing changed",
            ),
        ),
    ]
}

/// What came of the action. Only where something changed is the other side asked whether the lesson is learned.
pub static REPORT: EntryType = step(
    "lesson.report",
    (
        label(
            "compte rendu d’essai",
            "تقرير عن التجربة",
            "report on the action",
        ),
        label(
            "rendre compte de l’essai",
            "تقديم تقرير عن التجربة",
            "report on the action",
        ),
    ),
    &[
        Field::new(
            RESULT,
            label(
                "la mesure a-t-elle eu l’effet attendu ?",
                "هل نجح التدبير؟",
                "did it work?",
            ),
            FieldType::Code(results),
        )
        .required(),
        Field::new(
            CHANGED,
            label("ce qui a changé", "ما الذي تغير", "what changed"),
            FieldType::Text(6_000),
        )
        .required(),
    ],
    &[
        Effect::On(On::Answer, &[Ask::Report]),
        Effect::Ask(Ask::Decide, When::Said(RESULT, &["worked", "partly"])),
    ],
);

/// A lesson learned: something changed, and the side that did not try it says so.
pub static LEARNED: EntryType = step(
    "lesson.learned",
    (
        label("enseignement acquis", "درس مستفاد", "lesson learned"),
        label(
            "constater que l’enseignement est acquis",
            "الإقرار بأن الدرس مستفاد",
            "say that the lesson is learned",
        ),
    ),
    &[Field::new(
        CHANGED,
        label(
            "ce qui se fait désormais autrement",
            "ما صار يعمل به على نحو مختلف",
            "what is done otherwise from now on",
        ),
        FieldType::Text(4_000),
    )
    .required()],
    &[Effect::On(On::Answer, &[Ask::Decide])],
);

/// Noted and closed: it is kept, and nothing more is made of it.
pub static NOTED: EntryType = step(
    "lesson.noted",
    (
        label("noté et clos", "تم تسجيله وإغلاقه", "noted and closed"),
        label("noter et clore", "التسجيل والإغلاق", "note and close"),
    ),
    &[WHY],
    &[Effect::On(On::Answer, &[Ask::Decide])],
);

/// Whether entries of this type begin the path of a lesson.
#[must_use]
pub fn observes(entry_type: &str) -> bool {
    entry_type == OBSERVATION.name || entry_type == OWN_OBSERVATION.name
}

/// Whether entries of this type ask for a report on an action.
#[must_use]
pub fn tries(entry_type: &str) -> bool {
    entry_type == ACTION.name || entry_type == ENTRUST.name
}
