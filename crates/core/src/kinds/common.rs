//! Entry types that every kind takes: notes, and the acts on obligations.

pub(super) use super::sets::{of_a_case, of_a_request, of_governance};
use crate::codes::{Ask, Phase};
use crate::field::{self, Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::label;

/// Phases in which work goes on.
pub const WORKING: &[Phase] = &[
    Phase::Draft,
    Phase::Open,
    Phase::InForce,
    Phase::Operational,
    Phase::Prosecution,
    Phase::Evaluation,
];
/// Discharging what is owed stays possible after closing: concurrent asks must find their answer (invariant 1).
pub(super) const ALWAYS: &[Phase] = &[
    Phase::Draft,
    Phase::Open,
    Phase::InForce,
    Phase::Operational,
    Phase::Prosecution,
    Phase::Evaluation,
    Phase::Closed,
];

pub(super) const TEXT: Field = Field::new(
    "text",
    label("texte", "النص", "text"),
    FieldType::Text(20_000),
);
pub(super) const REASON: Field = Field::new(
    "reason",
    label("explication", "توضيح", "explanation"),
    FieldType::Text(4_000),
);
/// Handling code of the originator.
pub const HANDLING: Field = Field::new(
    "handling",
    label("conditions d’usage", "شروط الاستعمال", "handling"),
    FieldType::CodeSet(handling_choices),
)
.bound(Bind::Handling)
.folded();
/// Reliability of the source.
pub const SOURCE: Field = Field::new(
    "source",
    label(
        "fiabilité de la source",
        "موثوقية المصدر",
        "source reliability",
    ),
    FieldType::Code(field::sources),
)
.bound(Bind::Source)
.folded();
/// Accuracy of the information.
pub const ACCURACY: Field = Field::new(
    "accuracy",
    label("exactitude", "دقة المعلومة", "accuracy"),
    FieldType::Code(field::accuracies),
)
.bound(Bind::Accuracy)
.folded();

/// Each condition: they combine freely (FIELD B1).
pub(super) fn handling_choices() -> Vec<(&'static str, crate::label::Label)> {
    crate::handling::HandlingCodes::ALL
        .into_iter()
        .filter(|(_, name, _)| *name != "national")
        .map(|(_, n, l)| (n, l))
        .collect()
}

pub(super) const fn plain(
    name: &'static str,
    words: crate::label::Label,
    verb: crate::label::Label,
    fields: &'static [Field],
    effects: &'static [Effect],
) -> EntryType {
    EntryType {
        name,
        version: 1,
        label: words,
        verb,
        fields,
        effects,
        phases: ALWAYS,
        files: false,
    }
}

/// A note: one text box, no obligation unless "I need an answer" is ticked.
pub static NOTE: EntryType = EntryType {
    name: "note",
    version: 1,
    label: label("note", "ملاحظة", "note"),
    verb: label("écrire une note", "كتابة ملاحظة", "write a note"),
    fields: &[
        TEXT.required(),
        Field::new(
            "needs_answer",
            label("j’attends une réponse", "أنتظر جوابا", "I need an answer"),
            FieldType::Flag,
        )
        .bound(Bind::NeedsAnswer),
    ],
    effects: &[Effect::Ask(Ask::Answer, When::NeedsAnswer)],
    phases: WORKING,
    files: true,
};

/// Acknowledges an obligation.
pub static ACKNOWLEDGE: EntryType = plain(
    "acknowledge",
    label("accusé de réception", "إشعار بالتوصل", "acknowledgement"),
    label("accuser réception", "الإشعار بالتوصل", "acknowledge"),
    &[TEXT],
    &[Effect::On(On::Acknowledge, &[])],
);

/// Says that work goes on.
pub static PROGRESS: EntryType = plain(
    "progress",
    label("travail en cours", "العمل جار", "work in progress"),
    label(
        "signaler que c’est en cours",
        "الإخبار بأن العمل جار",
        "say that work goes on",
    ),
    &[TEXT],
    &[Effect::On(On::Progress, &[])],
);

/// Says that a judge must authorise.
pub static AWAIT: EntryType = plain(
    "await_authorisation",
    label(
        "autorisation demandée",
        "طلب إذن",
        "authorisation requested",
    ),
    label(
        "attendre une autorisation",
        "انتظار إذن",
        "await authorisation",
    ),
    &[TEXT],
    &[Effect::On(On::AwaitAuthorisation, &[])],
);

/// Gives a new date with a reason.
pub static EXTEND: EntryType = plain(
    "extend",
    label("nouveau délai", "أجل جديد", "new date"),
    label(
        "donner une nouvelle date",
        "تحديد أجل جديد",
        "give a new date",
    ),
    &[
        Field::new(
            "until",
            label("nouvelle date", "التاريخ الجديد", "new date"),
            FieldType::Date,
        )
        .required()
        .bound(Bind::Until),
        Field::new(
            "delay",
            label("raison", "السبب", "reason"),
            FieldType::Code(field::delays),
        )
        .required()
        .bound(Bind::Delay),
        REASON,
    ],
    &[Effect::On(On::Extend, &[])],
);

/// Refuses with a ground.
pub static REFUSE: EntryType = plain(
    "refuse",
    label("refus motivé", "رفض معلل", "refusal with ground"),
    label(
        "refuser avec motif",
        "الرفض مع التعليل",
        "refuse with a ground",
    ),
    &[
        Field::new(
            "ground",
            label("motif", "السبب", "ground"),
            FieldType::Code(field::grounds),
        )
        .required()
        .bound(Bind::Ground),
        Field::new(
            "withheld",
            label("taire les raisons", "حجب الأسباب", "withhold the reason"),
            FieldType::Flag,
        )
        .bound(Bind::Withheld)
        .help(label(
            "seulement pour les deux motifs de sécurité",
            "فقط للسببين الأمنيين",
            "only on the two security grounds",
        )),
        REASON,
    ],
    &[Effect::On(On::Refuse, &[])],
);

/// Asks for further details: the clock stops.
pub static DETAILS_NEEDED: EntryType = plain(
    "details_needed",
    label(
        "précisions demandées",
        "طلب توضيحات",
        "further details needed",
    ),
    label("demander des précisions", "طلب توضيحات", "ask for details"),
    &[TEXT.required()],
    &[Effect::On(On::Pause, &[Ask::Answer])],
);

/// Gives the details: the clock runs again.
pub static DETAILS: EntryType = plain(
    "details",
    label("précisions", "توضيحات", "further details"),
    label(
        "donner les précisions",
        "تقديم التوضيحات",
        "give the details",
    ),
    &[TEXT.required()],
    &[Effect::On(On::Resume, &[])],
);

/// Whoever asked for details goes on without them: the clock runs again.
pub static GO_ON: EntryType = plain(
    "go_on",
    label(
        "précisions plus nécessaires",
        "لم تعد التوضيحات لازمة",
        "details no longer needed",
    ),
    label(
        "continuer sans les précisions",
        "المواصلة دون التوضيحات",
        "go on without the details",
    ),
    &[TEXT],
    &[Effect::On(On::Resume, &[])],
);

/// Answers what a note, an act, a decision or a report asked for.
pub static REPLY: EntryType = EntryType {
    name: "reply",
    version: 1,
    label: label("réponse", "جواب", "reply"),
    verb: label("répondre", "الإجابة", "reply"),
    fields: &[
        TEXT.required(),
        Field::new(
            "partial",
            label("réponse partielle", "جواب جزئي", "partial answer"),
            FieldType::Flag,
        )
        .bound(Bind::Partial),
    ],
    effects: &[Effect::On(
        On::Answer,
        &[
            Ask::Answer,
            Ask::Decide,
            Ask::Report,
            Ask::Correct,
            Ask::Return,
            Ask::Attend,
            Ask::Acknowledge,
        ],
    )],
    phases: ALWAYS,
    files: true,
};

/// Says what became of what was given (FIELD B8).
pub static FEEDBACK: EntryType = plain(
    "feedback",
    label("retour d’informations", "إفادة", "feedback"),
    label("faire un retour", "تقديم إفادة", "give feedback"),
    &[
        Field::new(
            "outcome",
            label("ce qu’il en est advenu", "ما آلت إليه", "what became of it"),
            FieldType::Code(field::outcomes),
        )
        .required()
        .bound(Bind::Outcome),
        Field::new(
            "text",
            label("en quelques mots", "بإيجاز", "in a few words"),
            FieldType::Text(4_000),
        ),
        Field::new(
            "timely",
            label("à temps (1 à 5)", "في الوقت (1-5)", "timely (1-5)"),
            FieldType::Number(1, 5),
        )
        .folded(),
        Field::new(
            "complete",
            label("complet (1 à 5)", "كامل (1-5)", "complete (1-5)"),
            FieldType::Number(1, 5),
        )
        .folded(),
        Field::new(
            "accurate",
            label("exact (1 à 5)", "دقيق (1-5)", "accurate (1-5)"),
            FieldType::Number(1, 5),
        )
        .folded(),
        Field::new(
            "new_to_you",
            label("nouveau pour vous", "جديد بالنسبة لكم", "new to you"),
            FieldType::Flag,
        )
        .folded(),
        Field::new(
            "evaluation_to_revise",
            label(
                "évaluation à revoir",
                "يراجع التقييم",
                "evaluation to revise",
            ),
            FieldType::Flag,
        )
        .folded(),
        Field::new(
            "may_tell_source",
            label(
                "peut être dit à la source",
                "يمكن إخبار المصدر",
                "may be told to the source",
            ),
            FieldType::Flag,
        )
        .folded(),
        Field::new(
            "result_date",
            label("date du résultat", "تاريخ النتيجة", "date of the result"),
            FieldType::Date,
        )
        .folded(),
        Field::new(
            "until",
            label(
                "prochain retour le",
                "الإفادة المقبلة في",
                "next feedback on",
            ),
            FieldType::Date,
        )
        .bound(Bind::Until)
        .folded(),
        Field::new(
            "covers",
            label(
                "contributions visées",
                "المساهمات المعنية",
                "contributions covered",
            ),
            FieldType::Entries,
        )
        .folded(),
        HANDLING,
    ],
    &[
        Effect::On(On::Answer, &[Ask::Feedback]),
        Effect::On(On::Extend, &[Ask::Feedback]),
    ],
);

/// The languages of the exchange.
pub fn languages() -> Vec<(&'static str, crate::label::Label)> {
    vec![
        ("fr", label("français", "الفرنسية", "French")),
        ("ar", label("arabe", "العربية", "Arabic")),
        ("en", label("anglais", "الإنجليزية", "English")),
    ]
}

fn origins() -> Vec<(&'static str, crate::label::Label)> {
    vec![
        ("human", label("une personne", "شخص", "a person")),
        ("machine", label("une machine", "آلة", "a machine")),
        (
            "uncertain",
            label("origine incertaine", "مصدر غير مؤكد", "origin uncertain"),
        ),
    ]
}

/// A translation of another entry of the dossier, shown beside the original, which alone is authentic. It never obliges anyone,
/// and goes no further than its original does.
pub static TRANSLATION: EntryType = EntryType {
    name: "translation",
    version: 1,
    label: label("traduction", "ترجمة", "translation"),
    verb: label("traduire une écriture", "ترجمة قيد", "translate an entry"),
    fields: &[
        Field::new(
            "of",
            label("écriture traduite", "القيد المترجم", "entry translated"),
            FieldType::Entry,
        )
        .required(),
        Field::new(
            "into",
            label("vers", "إلى", "into"),
            FieldType::Code(languages),
        )
        .required(),
        Field::new(
            "origin",
            label("traduit par", "المترجم", "translated by"),
            FieldType::Code(origins),
        )
        .required(),
        Field::new(
            "machine",
            label("quelle machine", "أي آلة", "which machine"),
            FieldType::Line(120),
        )
        .help(label(
            "nom et version ; à remplir si une machine a traduit",
            "الاسم والإصدار؛ يملأ إذا ترجمت آلة",
            "name and version; needed where a machine translated",
        )),
        TEXT.required(),
    ],
    effects: &[],
    phases: ALWAYS,
    files: false,
};

/// The creditor no longer insists.
pub static WAIVE: EntryType = plain(
    "waive",
    label("abandon par le créancier", "تنازل", "waiver"),
    label("renoncer à l’exiger", "التنازل عن المطالبة", "waive it"),
    &[REASON],
    &[Effect::On(On::Waive, &[])],
);

/// The author takes the ask back.
pub static WITHDRAW: EntryType = plain(
    "withdraw",
    label("retrait", "سحب", "withdrawal"),
    label("retirer la demande", "سحب الطلب", "withdraw the ask"),
    &[REASON],
    &[Effect::On(On::Withdraw, &[])],
);

/// Contests an answer, a ground, a new date or a receipt time.
pub static CONTEST: EntryType = plain(
    "contest",
    label("contestation", "اعتراض", "contest"),
    label("contester", "الاعتراض", "contest"),
    &[
        Field::new(
            "what",
            label("objet", "الموضوع", "what"),
            FieldType::Code(field::contests),
        )
        .required()
        .bound(Bind::Contest),
        REASON.required(),
    ],
    &[Effect::On(On::Contest, &[])],
);

/// Proposes the time at which an ask or an answer was really received, in place of the receipt's (rule 10).
pub static RECEIPT_TIME: EntryType = plain(
    "receipt_time",
    label(
        "heure de réception proposée",
        "اقتراح وقت التوصل",
        "receipt time proposed",
    ),
    label(
        "proposer une heure de réception",
        "اقتراح وقت التوصل",
        "propose a receipt time",
    ),
    &[
        Field::new(
            "received_at",
            label(
                "reçu en réalité le",
                "وقت التوصل الفعلي",
                "really received at",
            ),
            FieldType::Moment,
        )
        .required()
        .bound(Bind::ReceivedAt)
        .help(label(
            "ne compte qu’une fois acceptée par l’autre partie",
            "لا يعتد به إلا بعد قبول الطرف الآخر",
            "counts only once the other side has agreed",
        )),
        Field::new(
            "receipt_of",
            label("réception de", "التوصل بـ", "receipt of"),
            FieldType::Line(64),
        )
        .bound(Bind::ReceiptOf)
        .folded()
        .help(label(
            "la demande, si rien n’est indiqué",
            "الطلب ما لم يحدد غيره",
            "the ask, if nothing is named",
        )),
        REASON,
    ],
    &[Effect::On(On::ProposeTime, &[])],
);

/// Agrees with the receipt time that the other side proposed (rule 10).
pub static AGREE_RECEIPT_TIME: EntryType = plain(
    "agree_receipt_time",
    label(
        "accord sur l’heure de réception",
        "موافقة على وقت التوصل",
        "receipt time agreed",
    ),
    label(
        "accepter l’heure proposée",
        "قبول الوقت المقترح",
        "agree to the proposed time",
    ),
    &[TEXT],
    &[Effect::On(On::AgreeTime, &[])],
);

/// Hands an obligation to another service of one's node.
pub static HAND_OVER: EntryType = plain(
    "hand_over",
    label(
        "transmission à un autre service",
        "إحالة على مصلحة أخرى",
        "hand-over to another service",
    ),
    label(
        "transmettre à un autre service",
        "الإحالة على مصلحة أخرى",
        "hand over to another service",
    ),
    &[
        Field::new(
            "to",
            label("service", "المصلحة", "service"),
            FieldType::Service,
        )
        .required()
        .bound(Bind::HandOver),
        REASON,
    ],
    &[Effect::On(On::HandOver, &[])],
);

/// Agrees that what was claimed is done.
pub static AGREE: EntryType = plain(
    "agree",
    label(
        "accord : c’est accompli",
        "موافقة: تم الإنجاز",
        "agreed: it is done",
    ),
    label(
        "convenir que c’est accompli",
        "الموافقة على أنه أنجز",
        "agree that it is done",
    ),
    &[TEXT],
    &[Effect::On(On::Accept, &[])],
);

/// Brings further services in.
pub static INVITE: EntryType = plain(
    "invite",
    label(
        "invitation de services",
        "دعوة مصالح",
        "invitation of services",
    ),
    label("inviter des services", "دعوة مصالح", "invite services"),
    &[
        Field::new(
            "services",
            label("services", "المصالح", "services"),
            FieldType::Services,
        )
        .required()
        .bound(Bind::Invite),
        REASON,
    ],
    &[Effect::Invite],
);

/// A service leaves; it always may.
pub static LEAVE: EntryType = plain(
    "leave",
    label("départ", "انسحاب", "leaving"),
    label(
        "quitter le dossier",
        "الانسحاب من الملف",
        "leave the dossier",
    ),
    &[REASON],
    &[Effect::Leave],
);

/// Closes the dossier, with nothing owed.
pub static CLOSE: EntryType = EntryType {
    name: "close",
    version: 1,
    label: label("clôture", "إغلاق", "closure"),
    verb: label("clore le dossier", "إغلاق الملف", "close the dossier"),
    fields: &[REASON],
    effects: &[Effect::SetPhase(Phase::Closed)],
    phases: WORKING,
    files: false,
};
