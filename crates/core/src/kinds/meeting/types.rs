//! The entries of meetings.

use super::super::common as c;
use crate::codes::{Ask, Phase};
use crate::field::{Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of an opening: who meets.
pub const LEVEL: &str = "level";
/// Field of an opening: at most so many days from one meeting to the next.
pub const CADENCE: &str = "cadence";
/// Field of a meeting: when it begins.
pub const AT: &str = "at";
/// Field of a meeting: how long it lasts, in minutes.
pub const LASTS: &str = "lasts";
/// Field of a meeting: in one place, by video, or both.
pub const MODE: &str = "mode";
/// Field of a meeting: where.
pub const PLACE: &str = "place";
/// Field of a meeting or series: the languages spoken.
pub const LANGUAGES: &str = "languages";
/// Field of a meeting or series: whether interpreters come.
pub const INTERPRETERS: &str = "interpreters";
/// Field of a meeting: the invitation that this one takes the place of.
pub const MOVES: &str = "moves";
/// Field of what is about a meeting or its minutes: which.
pub const OF: &str = "of";
/// Field of minutes: when the meeting was held.
pub const HELD: &str = "held";
/// Fields of proposed dates, in their order; the answer ticks them by the same names.
pub const PROPOSED: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

const OPENED: &[Phase] = &[Phase::Open];

fn levels() -> Vec<(&'static str, Label)> {
    vec![
        ("services", label("services", "المصالح", "services")),
        (
            "prosecutors",
            label(
                "parquets et magistrats",
                "النيابات العامة والقضاة",
                "prosecutors and judges",
            ),
        ),
        ("ministers", label("ministres", "الوزراء", "ministers")),
        (
            "high_level",
            label(
                "rencontre de haut niveau",
                "اجتماع رفيع المستوى",
                "high-level meeting",
            ),
        ),
    ]
}

fn forms() -> Vec<(&'static str, Label)> {
    vec![
        (
            "series",
            label(
                "rencontres régulières",
                "اجتماعات دورية",
                "regular meetings",
            ),
        ),
        (
            "group",
            label(
                "groupe de contact permanent",
                "فريق اتصال دائم",
                "permanent contact group",
            ),
        ),
        (
            "once",
            label("rencontre unique", "اجتماع واحد", "one meeting"),
        ),
        (
            "urgent",
            label("rencontre urgente", "اجتماع مستعجل", "urgent meeting"),
        ),
    ]
}

fn modes() -> Vec<(&'static str, Label)> {
    vec![
        ("place", label("sur place", "حضوريا", "in one place")),
        ("video", label("par visioconférence", "عن بعد", "by video")),
        (
            "both",
            label(
                "sur place et par visioconférence",
                "حضوريا وعن بعد",
                "in one place and by video",
            ),
        ),
    ]
}

fn dates() -> Vec<(&'static str, Label)> {
    vec![
        (
            "first",
            label("première date", "التاريخ الأول", "first date"),
        ),
        (
            "second",
            label("deuxième date", "التاريخ الثاني", "second date"),
        ),
        (
            "third",
            label("troisième date", "التاريخ الثالث", "third date"),
        ),
        (
            "fourth",
            label("quatrième date", "التاريخ الرابع", "fourth date"),
        ),
        (
            "fifth",
            label("cinquième date", "التاريخ الخامس", "fifth date"),
        ),
    ]
}

const TITLE: Field = Field::new(
    "title",
    label("objet", "الموضوع", "subject"),
    FieldType::Line(160),
)
.required();
const SPOKEN: Field = Field::new(
    LANGUAGES,
    label("langues de travail", "لغات العمل", "working languages"),
    FieldType::Codes(c::languages),
);
const INTERPRETED: Field = Field::new(
    INTERPRETERS,
    label("avec interprètes", "مع ترجمة شفوية", "with interpreters"),
    FieldType::Flag,
)
.folded();
const LASTING: Field = Field::new(
    LASTS,
    label("durée (minutes)", "المدة (بالدقائق)", "length (minutes)"),
    FieldType::Number(15, 7 * 24 * 60),
)
.required();
const HOW: Field = Field::new(
    MODE,
    label(
        "forme de la rencontre",
        "شكل الاجتماع",
        "form of the meeting",
    ),
    FieldType::Code(modes),
)
.required();
const WHERE: Field = Field::new(
    PLACE,
    label("lieu", "المكان", "place"),
    FieldType::Line(160),
);
const REPLY_BY: Field = Field::new(
    "reply_by",
    label(
        "réponse souhaitée au plus tard",
        "الجواب مطلوب قبل",
        "answer wanted by",
    ),
    FieldType::Date,
)
.bound(Bind::By)
.folded();
const WORDS: Field = Field::new(
    "text",
    label("précisions", "توضيحات", "details"),
    FieldType::Text(8_000),
);

/// Types of what a meeting is told from.
const CALLED: &[&str] = &["meeting.convene"];
const HELD_OR_CALLED: &[&str] = &["meeting.minutes", "meeting.amend", "meeting.convene"];

const fn which(words: Label, of: &'static [&'static str]) -> Field {
    Field::new(OF, words, FieldType::Entry)
        .naming(of)
        .required()
}

/// Opens a series, a contact group or one meeting; the other side is asked to take part.
pub static OPEN: EntryType = EntryType {
    name: "meeting.open",
    version: 1,
    label: label("rencontres instituées", "إحداث اجتماعات", "meetings set up"),
    verb: label("instituer des rencontres", "إحداث اجتماعات", "set up meetings"),
    fields: &[
        TITLE,
        Field::new("aim", label("but", "الغاية", "aim"), FieldType::Text(4_000)).required(),
        Field::new("form", label("forme", "الشكل", "form"), FieldType::Code(forms)).required(),
        Field::new(LEVEL, label("niveau", "المستوى", "level"), FieldType::Code(levels)).required(),
        Field::new(
            CADENCE,
            label(
                "au plus tant de jours d’une rencontre à la suivante",
                "أقصى عدد للأيام بين اجتماع وآخر",
                "at most so many days from one meeting to the next",
            ),
            FieldType::Number(1, 1_830),
        )
        .help(label(
            "rencontres régulières et groupes de contact : la cadence visée, comparée à celle qui est tenue",
            "للاجتماعات الدورية وأفرقة الاتصال: الوتيرة المنشودة مقارنة بالمحققة",
            "regular meetings and contact groups: the cadence aimed at, beside the one that is kept",
        )),
        SPOKEN,
        INTERPRETED,
        Field::new("to", label("service invité", "المصلحة المدعوة", "service invited"), FieldType::Service)
            .bound(Bind::AskOf)
            .folded(),
        Field::new(
            "others",
            label(
                "services d’autres États invités",
                "مصالح دول أخرى مدعوة",
                "services of other states invited",
            ),
            FieldType::Services,
        )
        .bound(Bind::Invite)
        .folded(),
    ],
    effects: &[
        Effect::Open(Phase::Open),
        Effect::Ask(Ask::Attend, When::Always),
    ],
    phases: &[],
    files: true,
};

/// Invites to a meeting, or moves one: then it names the invitation whose place it takes.
pub static CONVENE: EntryType = EntryType {
    name: "meeting.convene",
    version: 1,
    label: label(
        "convocation à une rencontre",
        "دعوة إلى اجتماع",
        "invitation to a meeting",
    ),
    verb: label(
        "convoquer une rencontre",
        "الدعوة إلى اجتماع",
        "call a meeting",
    ),
    fields: &[
        TITLE,
        Field::new(AT, label("début", "البداية", "begins"), FieldType::Moment).required(),
        LASTING,
        HOW,
        WHERE,
        SPOKEN,
        INTERPRETED,
        WORDS,
        REPLY_BY,
        Field::new(
            MOVES,
            label(
                "remplace la convocation",
                "تحل محل الدعوة",
                "takes the place of the invitation",
            ),
            FieldType::Entry,
        )
        .naming(CALLED)
        .folded(),
    ],
    effects: &[Effect::Ask(Ask::Attend, When::Always)],
    phases: OPENED,
    files: true,
};

/// Says that one's side takes part, and with whom, by function.
pub static ATTEND: EntryType = EntryType {
    name: "meeting.attend",
    version: 1,
    label: label(
        "participation confirmée",
        "تأكيد المشاركة",
        "participation confirmed",
    ),
    verb: label("participer", "المشاركة", "take part"),
    fields: &[
        Field::new(
            "delegation",
            label(
                "délégation (fonctions)",
                "الوفد (الوظائف)",
                "delegation (functions)",
            ),
            FieldType::Text(2_000),
        ),
        WORDS,
    ],
    effects: &[Effect::On(On::Answer, &[Ask::Attend])],
    phases: OPENED,
    files: false,
};

/// Says that a meeting does not take place: whoever was invited confirms that it is known. An invitation that is still open is withdrawn by
/// the act that withdraws any ask.
pub static CANCEL: EntryType = EntryType {
    name: "meeting.cancel",
    version: 1,
    label: label("rencontre annulée", "إلغاء اجتماع", "meeting cancelled"),
    verb: label("annuler une rencontre", "إلغاء اجتماع", "cancel a meeting"),
    fields: &[
        which(
            label(
                "convocation annulée",
                "الدعوة الملغاة",
                "invitation cancelled",
            ),
            CALLED,
        ),
        Field::new(
            "text",
            label("motif", "السبب", "ground"),
            FieldType::Text(4_000),
        )
        .required(),
    ],
    effects: &[Effect::Ask(Ask::Acknowledge, When::Always)],
    phases: OPENED,
    files: false,
};

const fn proposed(name: &'static str, words: Label) -> Field {
    Field::new(name, words, FieldType::Moment)
}

/// Proposes up to five dates; nobody shows a diary.
pub static DATES: EntryType = EntryType {
    name: "meeting.dates",
    version: 1,
    label: label("dates proposées", "تواريخ مقترحة", "dates proposed"),
    verb: label("proposer des dates", "اقتراح تواريخ", "propose dates"),
    fields: &[
        TITLE,
        proposed(
            "first",
            label("première date", "التاريخ الأول", "first date"),
        )
        .required(),
        proposed(
            "second",
            label("deuxième date", "التاريخ الثاني", "second date"),
        ),
        proposed(
            "third",
            label("troisième date", "التاريخ الثالث", "third date"),
        ),
        proposed(
            "fourth",
            label("quatrième date", "التاريخ الرابع", "fourth date"),
        ),
        proposed(
            "fifth",
            label("cinquième date", "التاريخ الخامس", "fifth date"),
        ),
        LASTING,
        WORDS,
        REPLY_BY,
    ],
    effects: &[Effect::Ask(Ask::Answer, When::Always)],
    phases: OPENED,
    files: false,
};

/// Says which of the proposed dates suit; none ticked, none does.
pub static SUITS: EntryType = EntryType {
    name: "meeting.suits",
    version: 1,
    label: label(
        "dates qui conviennent",
        "التواريخ المناسبة",
        "dates that suit",
    ),
    verb: label(
        "dire quelles dates conviennent",
        "تحديد التواريخ المناسبة",
        "say which dates suit",
    ),
    fields: &[
        Field::new(
            "suit",
            label("nous conviennent", "تناسبنا", "suit us"),
            FieldType::Codes(dates),
        )
        .help(label(
            "rien de coché : aucune ne convient ; proposez-en d’autres",
            "بلا اختيار: لا يناسب أي منها؛ اقترحوا غيرها",
            "nothing ticked: none of them does; propose others",
        )),
        WORDS,
    ],
    effects: &[Effect::On(On::Answer, &[Ask::Answer])],
    phases: OPENED,
    files: false,
};

const MINUTED: &[Field] = &[
    which(
        label(
            "convocation de la rencontre",
            "الدعوة إلى الاجتماع",
            "invitation to the meeting",
        ),
        CALLED,
    ),
    Field::new(
        HELD,
        label("tenue le", "انعقد في", "held on"),
        FieldType::Moment,
    )
    .required(),
    Field::new(
        "present",
        label(
            "présents (fonctions)",
            "الحاضرون (الوظائف)",
            "present (functions)",
        ),
        FieldType::Text(4_000),
    )
    .required(),
    Field::new(
        "text",
        label("compte rendu", "المحضر", "minutes"),
        FieldType::Text(20_000),
    )
    .required(),
    Field::new(
        "other_lang",
        label(
            "autre langue du compte rendu",
            "لغة المحضر الأخرى",
            "other language of the minutes",
        ),
        FieldType::Code(c::languages),
    )
    .folded(),
    Field::new(
        "other_text",
        label(
            "compte rendu dans l’autre langue",
            "المحضر باللغة الأخرى",
            "minutes in the other language",
        ),
        FieldType::Text(20_000),
    )
    .folded(),
];

/// Minutes as one side writes them, for the other to approve or amend.
pub static MINUTES: EntryType = EntryType {
    name: "meeting.minutes",
    version: 1,
    label: label("compte rendu proposé", "محضر مقترح", "minutes proposed"),
    verb: label(
        "écrire le compte rendu",
        "كتابة المحضر",
        "write the minutes",
    ),
    fields: MINUTED,
    effects: &[Effect::Ask(Ask::Decide, When::Always)],
    phases: OPENED,
    files: true,
};

/// Other minutes in answer to those that were proposed.
pub static AMEND: EntryType = EntryType {
    name: "meeting.amend",
    version: 1,
    label: label("compte rendu amendé", "محضر معدل", "minutes amended"),
    verb: label(
        "amender le compte rendu",
        "تعديل المحضر",
        "amend the minutes",
    ),
    fields: MINUTED,
    effects: &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Decide, When::Always),
    ],
    phases: OPENED,
    files: true,
};

/// Approves minutes: they are both sides' from then on.
pub static APPROVE: EntryType = EntryType {
    name: "meeting.approve",
    version: 1,
    label: label(
        "compte rendu approuvé",
        "محضر مصادق عليه",
        "minutes approved",
    ),
    verb: label(
        "approuver le compte rendu",
        "المصادقة على المحضر",
        "approve the minutes",
    ),
    fields: &[WORDS],
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: OPENED,
    files: false,
};

/// What was decided: an act that its owner owes the other side by a day.
pub static DECISION: EntryType = EntryType {
    name: "meeting.decision",
    version: 1,
    label: label("décision", "قرار", "decision"),
    verb: label("inscrire une décision", "تدوين قرار", "record a decision"),
    fields: &[
        TITLE,
        Field::new(
            "text",
            label("ce qui est décidé", "ما تقرر", "what is decided"),
            FieldType::Text(8_000),
        ),
        which(
            label(
                "compte rendu ou convocation",
                "المحضر أو الدعوة",
                "minutes or invitation",
            ),
            HELD_OR_CALLED,
        ),
        Field::new(
            "to",
            label("service chargé", "المصلحة المكلفة", "service in charge"),
            FieldType::Service,
        )
        .required()
        .bound(Bind::AskOf),
        Field::new("by", label("échéance", "الأجل", "due date"), FieldType::Date)
            .required()
            .bound(Bind::By),
    ],
    effects: &[Effect::Ask(Ask::Act, When::Always)],
    phases: OPENED,
    files: true,
};

/// Says that a decision was carried out; the other side agrees or contests.
pub static DONE: EntryType = EntryType {
    name: "meeting.done",
    version: 1,
    label: label("décision exécutée", "قرار منفذ", "decision carried out"),
    verb: label(
        "déclarer exécutée",
        "التصريح بالتنفيذ",
        "say that it is carried out",
    ),
    fields: &[
        Field::new(
            "text",
            label("ce qui a été fait", "ما تم إنجازه", "what was done"),
            FieldType::Text(8_000),
        )
        .required(),
        Field::new(
            "partial",
            label("en partie", "جزئيا", "in part"),
            FieldType::Flag,
        )
        .bound(Bind::Partial),
    ],
    effects: &[Effect::On(On::Answer, &[Ask::Act])],
    phases: OPENED,
    files: true,
};

/// Whether entries of this type are minutes.
#[must_use]
pub fn minutes_like(entry_type: &str) -> bool {
    entry_type == MINUTES.name || entry_type == AMEND.name
}

const SOME_ENTRY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// One filled form of each type.
pub(super) const SAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "meeting.open",
        &[
            ("title", "Rencontres des responsables de la coordination"),
            (
                "aim",
                "Suivre les dossiers communs et lever ce qui les retarde.",
            ),
            ("form", "series"),
            (LEVEL, "services"),
            (CADENCE, "30"),
        ],
    ),
    (
        "meeting.convene",
        &[
            ("title", "Rencontre d’automne"),
            (AT, "2026-10-06T09:00"),
            (LASTS, "180"),
            (MODE, "place"),
            (PLACE, "Rabat"),
        ],
    ),
    (
        "meeting.attend",
        &[("delegation", "chef de la coordination, deux analystes")],
    ),
    (
        "meeting.cancel",
        &[(OF, SOME_ENTRY), ("text", "Salle indisponible.")],
    ),
    (
        "meeting.dates",
        &[
            ("title", "Rencontre d’hiver"),
            ("first", "2026-12-01T09:00"),
            ("second", "2026-12-03T14:00"),
            (LASTS, "120"),
        ],
    ),
    ("meeting.suits", &[("text", "Les deux matinées.")]),
    (
        "meeting.minutes",
        &[
            (OF, SOME_ENTRY),
            (HELD, "2026-10-06T09:00"),
            ("present", "chefs de la coordination des deux côtés"),
            (
                "text",
                "Les six dossiers en retard ont été passés en revue.",
            ),
        ],
    ),
    (
        "meeting.amend",
        &[
            (OF, SOME_ENTRY),
            (HELD, "2026-10-06T09:00"),
            ("present", "chefs de la coordination des deux côtés"),
            ("text", "Cinq dossiers en retard ont été passés en revue."),
        ],
    ),
    ("meeting.approve", &[]),
    (
        "meeting.decision",
        &[
            ("title", "Un point de contact par port"),
            (OF, SOME_ENTRY),
            ("to", "fr/liaison"),
            ("by", "2026-12-31"),
        ],
    ),
    (
        "meeting.done",
        &[("text", "Les deux points de contact sont désignés.")],
    ),
];
