//! `duty`: a magistrate's file on a legal duty to inform (FIELD B12). Facts were committed on the other Party's territory: either somebody of
//! that Party may be liable for them, and its judicial authority is informed at once, or proceedings are open here, and its observations are
//! collected. The file is of our own node alone: no other takes part in it, and nothing of it leaves.
//!
//! Whoever works on the facts reports; a magistrate decides, and nobody else: to transmit, to defer on a ground until a day on which it is
//! looked at again, or to refuse on a ground. Nothing lapses and nothing follows by itself. That the conditions of a duty are met is the
//! statement of a person about the facts, and no datum on anybody: there is no field for a nationality, nothing to filter or to count by it.

use super::{common as c, erasure, keeping, weight};
use crate::codes::{DeferGround, Phase, Purpose, Role};
use crate::field::{Bind, Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind};
use crate::label::{Label, label};

/// Name of the kind.
pub const NAME: &str = "duty";
/// Field of a report, and of what is sent: which duty.
pub const TRIGGER: &str = "trigger";
/// Code of a duty: inform the other Party's judicial authority at once.
pub const INFORM: &str = "inform";
/// Code of a duty: collect the observations of the other Party's judicial authority.
pub const COLLECT: &str = "collect";
/// Field of a report: the state whose judicial authority is meant, by the name of its node.
pub const PARTY: &str = "party";
/// Field of a decision: its ground.
pub const GROUND: &str = "ground";
/// Field of a decision: why, in words.
pub const REASONS: &str = "reasons";
/// Field of a decision to defer: the day on which it is looked at again.
pub const REVIEW: &str = "review_on";
/// Field of a decision: the entries that it rests on.
pub const READ: &str = "read";
/// Decisions of a file.
pub const DECISIONS: &[&str] = &["duty.transmit", "duty.defer", "duty.refuse"];

/// The two duties.
#[must_use]
pub fn triggers() -> Vec<(&'static str, Label)> {
    vec![
        (
            INFORM,
            label(
                "informer sans délai l’autorité judiciaire de l’autre Partie (faits commis sur son territoire, dont un de ses ressortissants pourrait répondre)",
                "إخبار السلطة القضائية للطرف الآخر فورا (أفعال ارتكبت فوق ترابه وقد يسأل عنها أحد مواطنيه)",
                "inform the other Party’s judicial authority at once (facts on its territory for which one of its nationals may be liable)",
            ),
        ),
        (
            COLLECT,
            label(
                "recueillir les observations de l’autorité judiciaire de l’autre Partie (procédure ouverte ici pour des faits commis là-bas)",
                "تلقي ملاحظات السلطة القضائية للطرف الآخر (مسطرة مفتوحة هنا بشأن أفعال ارتكبت هناك)",
                "collect the observations of the other Party’s judicial authority (proceedings open here for facts committed there)",
            ),
        ),
    ]
}

/// Grounds on which a magistrate may defer; a charter may name fewer.
#[must_use]
pub fn deferrals() -> Vec<(&'static str, Label)> {
    let all = DeferGround::ALL.iter();
    all.map(|ground| (ground.as_str(), ground.label()))
        .collect()
}

/// Grounds on which a magistrate refuses.
#[must_use]
pub fn refusals() -> Vec<(&'static str, Label)> {
    use crate::codes::Ground;
    let mut grounds = vec![(
        "no_duty",
        label(
            "les conditions du devoir ne sont pas réunies",
            "شروط الواجب غير متوفرة",
            "the conditions of the duty are not met",
        ),
    )];
    let kept = [
        Ground::Torture,
        Ground::DeathPenalty,
        Ground::Persecution,
        Ground::UnfairTrial,
        Ground::Political,
        Ground::EssentialSecurity,
        Ground::Jeopardises,
    ];
    grounds.extend(kept.iter().map(|ground| (ground.as_str(), ground.label())));
    grounds
}

fn told() -> Vec<(&'static str, Label)> {
    vec![
        ("victim", label("la victime", "الضحية", "the victim")),
        (
            "victim_lawyer",
            label(
                "l’avocat de la victime",
                "محامي الضحية",
                "the victim’s lawyer",
            ),
        ),
        (
            "complainant",
            label("le plaignant", "المشتكي", "the complainant"),
        ),
        (
            "person_lawyer",
            label(
                "l’avocat de la personne mise en cause",
                "محامي الشخص المعني",
                "the lawyer of the person concerned",
            ),
        ),
        (
            "person",
            label(
                "la personne mise en cause",
                "الشخص المعني",
                "the person concerned",
            ),
        ),
    ]
}

fn means() -> Vec<(&'static str, Label)> {
    vec![
        ("letter", label("par lettre", "برسالة", "by letter")),
        (
            "bailiff",
            label(
                "par officier ministériel",
                "بواسطة مفوض قضائي",
                "by a bailiff",
            ),
        ),
        (
            "hearing",
            label("à l’audience", "في الجلسة", "at a hearing"),
        ),
        (
            "electronic",
            label(
                "par voie électronique",
                "بالوسائل الإلكترونية",
                "electronically",
            ),
        ),
        (
            "lawyer",
            label(
                "par l’intermédiaire de l’avocat",
                "بواسطة المحامي",
                "through the lawyer",
            ),
        ),
        (
            "impossible",
            label(
                "impossible : voir les motifs",
                "تعذر: انظر الأسباب",
                "not possible: see the reasons",
            ),
        ),
    ]
}

const TITLE: Field = Field::new(
    "title",
    label(
        "référence, sans nom de personne",
        "مرجع دون اسم شخص",
        "reference, without a person’s name",
    ),
    FieldType::Line(160),
)
.required();

/// What a magistrate gives for every decision.
const WHY: Field = Field::new(
    REASONS,
    label("motifs", "التعليل", "reasons"),
    FieldType::Text(8_000),
)
.required();

const RELIED: Field = Field::new(
    READ,
    label(
        "écritures sur lesquelles la décision se fonde",
        "القيود التي يستند إليها القرار",
        "entries that the decision rests on",
    ),
    FieldType::Entries,
)
.help(label(
    "tout ce qui était au dossier est retenu de toute façon, avec l’heure",
    "يسجل على كل حال كل ما كان في الملف مع وقته",
    "all that was in the dossier is recorded in any case, with its time",
));

static OPEN: EntryType = EntryType {
    name: "duty.open",
    version: 1,
    label: label(
        "signalement au magistrat",
        "إشعار للقاضي",
        "report to a magistrate",
    ),
    verb: label(
        "signaler un devoir d’information",
        "الإشعار بواجب إخبار",
        "report a duty to inform",
    ),
    fields: &[
        TITLE,
        Field::new(
            TRIGGER,
            label("devoir en cause", "الواجب المعني", "which duty"),
            FieldType::Code(triggers),
        )
        .required(),
        Field::new(
            "facts",
            label("exposé des faits", "عرض الوقائع", "description of facts"),
            FieldType::Text(8_000),
        )
        .required(),
        Field::new(
            "conditions",
            label(
                "pourquoi les conditions paraissent réunies",
                "لماذا تبدو الشروط متوفرة",
                "why the conditions appear to be met",
            ),
            FieldType::Text(4_000),
        )
        .required()
        .help(label(
            "une appréciation des faits, en toutes lettres ; rien n’en est tenu comme donnée sur une personne",
            "تقدير للوقائع بالكلمات؛ لا يحتفظ بشيء منه كمعطى عن شخص",
            "an assessment of the facts, in words; nothing of it is kept as data about a person",
        )),
        Field::new(
            "magistrates",
            label(
                "services des magistrats saisis",
                "مصالح القضاة المعروض عليهم الأمر",
                "services of the magistrates who decide",
            ),
            FieldType::Services,
        )
        .bound(Bind::Invite)
        .help(label(
            "services de notre nœud seulement : personne d’autre ne voit ce dossier",
            "مصالح عقدتنا فقط: لا يرى هذا الملف أحد سواها",
            "services of our node only: nobody else sees this dossier",
        )),
        Field::new(
            PARTY,
            label("l’autre Partie", "الطرف الآخر", "the other Party"),
            FieldType::Line(32),
        )
        .folded()
        .help(label(
            "nom de son nœud, tel que ma ; sans indication, l’unique partenaire",
            "اسم عقدته مثل ma؛ وإلا الشريك الوحيد",
            "the name of its node, such as ma; the only partner if left out",
        )),
        Field::new(
            "source",
            label(
                "dossier d’origine (numéro seul)",
                "الملف الأصلي (الرقم فقط)",
                "dossier it comes from (number alone)",
            ),
            FieldType::Line(64),
        )
        .folded(),
    ],
    effects: &[Effect::Open(Phase::Open)],
    phases: &[],
    files: true,
};

const fn decision(
    name: &'static str,
    words: Label,
    verb: Label,
    fields: &'static [Field],
) -> EntryType {
    EntryType {
        name,
        version: 1,
        label: words,
        verb,
        fields,
        effects: &[],
        phases: &[Phase::Open],
        files: true,
    }
}

/// The magistrate orders that the other Party's authority be told, or asked. The letter is written next, and cites this decision.
pub static TRANSMIT: EntryType = decision(
    "duty.transmit",
    label(
        "décision de transmettre",
        "قرار الإحالة",
        "decision to transmit",
    ),
    label(
        "décider de transmettre",
        "تقرير الإحالة",
        "decide to transmit",
    ),
    &[
        WHY,
        Field::new(
            "limits",
            label(
                "ce qui ne doit pas être communiqué",
                "ما لا ينبغي إبلاغه",
                "what must not be communicated",
            ),
            FieldType::Text(4_000),
        )
        .folded(),
        RELIED,
    ],
);

/// The magistrate defers, on a ground of the charter, until a day on which they look again.
pub static DEFER: EntryType = decision(
    "duty.defer",
    label("décision de différer", "قرار التأجيل", "decision to defer"),
    label("décider de différer", "تقرير التأجيل", "decide to defer"),
    &[
        Field::new(
            GROUND,
            label("fondement", "الأساس", "ground"),
            FieldType::Code(deferrals),
        )
        .required(),
        Field::new(
            REVIEW,
            label("à réexaminer le", "تعاد دراسته في", "to be reviewed on"),
            FieldType::Date,
        )
        .required(),
        WHY,
        RELIED,
    ],
);

/// The magistrate refuses, on a ground.
pub static REFUSE: EntryType = decision(
    "duty.refuse",
    label(
        "décision de ne pas transmettre",
        "قرار عدم الإحالة",
        "decision not to transmit",
    ),
    label(
        "décider de ne pas transmettre",
        "تقرير عدم الإحالة",
        "decide not to transmit",
    ),
    &[
        Field::new(
            GROUND,
            label("fondement", "الأساس", "ground"),
            FieldType::Code(refusals),
        )
        .required(),
        WHY,
        RELIED,
    ],
);

/// Fields of a notice to a victim or a lawyer: by function, never by name.
pub(super) const NOTICE: &[Field] = &[
    Field::new(
        "told",
        label(
            "qui a été avisé (par qualité, sans nom)",
            "من تم إشعاره (بصفته دون اسم)",
            "who was told (by capacity, without a name)",
        ),
        FieldType::Code(told),
    )
    .required(),
    Field::new(
        "told_on",
        label("avisé le", "تاريخ الإشعار", "told on"),
        FieldType::Date,
    )
    .required(),
    Field::new(
        "means",
        label("comment", "الوسيلة", "by which means"),
        FieldType::Code(means),
    )
    .required(),
    Field::new(
        "text",
        label(
            "ce qui a été dit, ou pourquoi rien ne l’a été",
            "ما قيل أو سبب عدم الإشعار",
            "what was said, or why nothing was",
        ),
        FieldType::Text(4_000),
    ),
];

/// A victim or a lawyer was told.
pub static TOLD: EntryType = c::plain(
    "duty.notice",
    label(
        "avis donné à une victime ou à un avocat",
        "إشعار ضحية أو محام",
        "notice to a victim or a lawyer",
    ),
    label(
        "consigner un avis donné",
        "تسجيل إشعار",
        "record a notice given",
    ),
    NOTICE,
    &[],
);

/// What is added to a file, or sets something right in it: it stands beside what was written, which stays.
pub static ADD: EntryType = EntryType {
    files: true,
    ..c::plain(
        "duty.add",
        label(
            "complément ou rectification",
            "تكملة أو تصحيح",
            "addition or correction",
        ),
        label(
            "compléter ou rectifier",
            "التكملة أو التصحيح",
            "add or correct",
        ),
        &[
            Field::new(
                "about",
                label(
                    "écriture visée, s’il y en a une",
                    "القيد المعني إن وجد",
                    "entry meant, if there is one",
                ),
                FieldType::Entry,
            ),
            c::TEXT.required(),
        ],
        &[],
    )
};

/// The kind.
pub static KIND: Kind = Kind {
    name: NAME,
    label: label(
        "devoir d’information, dossier du magistrat",
        "واجب الإخبار، ملف القاضي",
        "duty to inform, magistrate’s dossier",
    ),
    purpose_text: label(
        "faire décider par un magistrat, chez nous, s’il faut informer l’autorité judiciaire de l’autre Partie ou recueillir ses observations",
        "عرض مسألة إخبار السلطة القضائية للطرف الآخر أو تلقي ملاحظاتها على قاض لدينا ليقرر فيها",
        "have a magistrate of ours decide whether the other Party’s judicial authority is informed, or asked for its observations",
    ),
    purposes: &[Purpose::Justice],
    entries: &[
        &OPEN,
        &TRANSMIT,
        &DEFER,
        &REFUSE,
        &TOLD,
        &ADD,
        &c::INVITE,
        &c::LEAVE,
        &c::TRANSLATION,
        &erasure::ERASE,
        &keeping::KEEP,
        &keeping::HOLD,
        &keeping::LIFT_HOLD,
        &keeping::EXPIRED,
        &weight::OFFICER_SIGNATURE,
        &c::CLOSE,
    ],
    samples: &[
        (
            "duty.open",
            &[
                ("title", "Dossier 2026-117"),
                (TRIGGER, INFORM),
                (
                    "facts",
                    "Un dépôt de matériel volé a été constaté sur le territoire de l’autre Partie.",
                ),
                (
                    "conditions",
                    "Les faits ont été commis là-bas ; leur auteur présumé relève de cette Partie.",
                ),
            ],
        ),
        (
            "duty.transmit",
            &[(
                REASONS,
                "Les conditions sont réunies ; rien n’y fait obstacle.",
            )],
        ),
        (
            "duty.defer",
            &[
                (GROUND, "secrecy"),
                (REVIEW, "2026-05-04"),
                (REASONS, "Une perquisition est prévue ce mois-ci."),
            ],
        ),
        (
            "duty.refuse",
            &[
                (GROUND, "torture"),
                (REASONS, "Une allégation sérieuse n’est pas levée."),
            ],
        ),
        (
            "duty.notice",
            &[
                ("told", "victim_lawyer"),
                ("told_on", "2026-03-20"),
                ("means", "letter"),
            ],
        ),
        ("duty.add", &[("text", "La date des faits est le 3 mars.")]),
    ],
    // What leads to nothing that leaves is under no charter: a file goes on to its end when the option is switched off.
    needs_charter: false,
    closed_to: &[Role::RescueCoordinator, Role::CaseWorker],
    keeps: Keeps {
        days: 1095,
        after_closing: 1095,
        each: false,
        personal: true,
    },
    extends_once: false,
};
