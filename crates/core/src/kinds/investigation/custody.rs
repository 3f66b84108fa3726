//! Exhibits of an investigation and who had them: what was seized, sealed and hashed at the source, every step since, what was handed to the
//! other side with the receipt that it owes, copies in transit with the day by which they are gone, and returns.
//!
//! All content is in bodies; what somebody owes (a receipt, an erasure, a return) is in headers. Times are those of the acts themselves, which
//! people write down: the record proves when it was told, not when it happened.

use super::super::{common as c, conditions::CONDITION_TEXT};
use super::lists;
use super::phases::{GATHERING, UNDER_WAY};
use super::things::{ACCURACY, NAME, SOURCE};
use crate::codes::Ask;
use crate::field::{Bind, Field, FieldError, FieldType, Problem, Values};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of an exhibit: the number or mark that it bears.
pub const MARK: &str = "mark";
/// Field of an exhibit: what sort of thing it is.
pub const SORT: &str = "exhibit_sort";
/// Field of an exhibit: when it was seized or made.
pub const SEIZED_AT: &str = "seized_at";
/// Field of an exhibit: where.
pub const SEIZED_WHERE: &str = "seized_where";
/// Field of an exhibit: by which function.
pub const SEIZED_BY: &str = "seized_by";
/// Field of an exhibit, a transfer and a return: how it is sealed.
pub const SEAL: &str = "seal";
/// Field of everything that puts a seal: its number.
pub const SEAL_NUMBER: &str = "seal_number";
/// Field: the method of the hash beside it.
pub const HASH_METHOD: &str = "hash_method";
/// Field: a hash, hexadecimal.
pub const HASH: &str = "hash";
/// Field of a derived exhibit: the one that it was made from.
pub const DERIVED_FROM: &str = "derived_from";
/// Field of a derived exhibit: by which method or tool.
pub const DERIVED_BY: &str = "derived_by";
/// Field of everything about an exhibit: which.
pub const EXHIBIT_OF: &str = "exhibit";
/// Field of a step: what was done.
pub const STEP: &str = "step";
/// Field of a step, a transfer, a receipt and a return: when it was done.
pub const DONE_AT: &str = "done_at";
/// Field: the service or function that had it before.
pub const FROM_WHOM: &str = "from_whom";
/// Field: the service or function that has it since.
pub const TO_WHOM: &str = "to_whom";
/// Field of a step: for what purpose.
pub const WHAT_FOR: &str = "what_for";
/// Field: the state of the seal as it was found.
pub const SEAL_FOUND: &str = "seal_found";
/// Field of a step: the state of the seal as it was left.
pub const SEAL_LEFT: &str = "seal_left";
/// Field of a transfer: whether the original or a copy was handed over.
pub const HANDED: &str = "handed";
/// Field of a transfer: how it travels.
pub const CARRIED: &str = "carried";
/// Field of a transfer: the day by which a copy in transit is gone.
pub const UNTIL: &str = "copy_until";
/// Code of [`HANDED`]: the original itself.
pub const ORIGINAL: &str = "original";
/// Code of [`HANDED`]: a copy that is erased after an agreed day.
pub const TRANSIT_COPY: &str = "transit_copy";
/// Code of [`SEAL`]: no seal.
pub const NO_SEAL: &str = "none";

const fn line(name: &'static str, words: Label, most: usize) -> Field {
    Field::new(name, words, FieldType::Line(most))
}

const fn code(name: &'static str, words: Label, choices: crate::field::Choices) -> Field {
    Field::new(name, words, FieldType::Code(choices))
}

const AS_WRITTEN: Label = label(
    "l’heure du procès-verbal, ramenée à l’horloge indiquée ci-dessous",
    "ساعة المحضر محولة إلى التوقيت المبين أدناه",
    "the time in the written record, converted to the clock named below",
);
const AT: Field = Field::new(DONE_AT, label("quand", "متى", "when"), FieldType::Moment)
    .required()
    .help(AS_WRITTEN);
const OF: Field = Field::new(
    EXHIBIT_OF,
    label("pièce", "المحجوز", "exhibit"),
    FieldType::Entry,
)
.required();
const SEALED: Field = code(
    SEAL,
    label("scellé", "نوع الختم", "sealed how"),
    lists::seals,
);
const NUMBERED: Field = line(
    SEAL_NUMBER,
    label("numéro du scellé", "رقم الختم", "number of the seal"),
    80,
);
const METHOD: Field = code(
    HASH_METHOD,
    label("procédé d’empreinte", "خوارزمية البصمة", "hash method"),
    lists::hash_methods,
);
const DIGEST: Field = line(
    HASH,
    label("empreinte", "البصمة الرقمية", "hash"),
    MOST_DIGITS,
)
.help(label(
    "chiffres hexadécimaux, calculés là où la pièce a été saisie ou reçue",
    "أرقام ست عشرية تحسب حيث حجز الشيء أو استلم",
    "hexadecimal digits, computed where it was seized or received",
));
const FOUND: Field = code(
    SEAL_FOUND,
    label("scellé trouvé", "حالة الختم عند التسلم", "seal as found"),
    lists::seal_states,
);
const HAD: Field = line(
    FROM_WHOM,
    label(
        "remis par (service ou fonction)",
        "سلمه (المصلحة أو الوظيفة)",
        "handed over by (service or function)",
    ),
    160,
);
const HAS: Field = line(
    TO_WHOM,
    label(
        "pris en charge par (service ou fonction)",
        "تسلمه (المصلحة أو الوظيفة)",
        "taken over by (service or function)",
    ),
    160,
);
const REMARKS: Field = Field::new(
    "text",
    label("remarques", "ملاحظات", "remarks"),
    FieldType::Text(8_000),
);
/// Digits of the longest hash that is taken.
const MOST_DIGITS: usize = 128;

/// An item of evidence, original or derived.
pub static EXHIBIT: EntryType = EntryType {
    name: "investigation.exhibit",
    version: 1,
    label: label("pièce à conviction", "محجوز", "exhibit"),
    verb: label("verser une pièce", "إدراج محجوز", "record an exhibit"),
    fields: &[
        line(NAME, label("désignation", "الوصف", "what it is"), 200).required(),
        line(
            MARK,
            label("numéro ou marque", "الرقم أو العلامة", "number or mark"),
            80,
        )
        .required(),
        code(
            SORT,
            label("sorte de pièce", "نوع المحجوز", "sort of exhibit"),
            lists::exhibits,
        ),
        Field::new(
            SEIZED_AT,
            label(
                "saisie ou établie le",
                "تاريخ الحجز أو الإنجاز",
                "seized or made",
            ),
            FieldType::Moment,
        )
        .help(AS_WRITTEN),
        line(SEIZED_WHERE, label("où", "أين", "where"), 200),
        line(
            SEIZED_BY,
            label(
                "par (service ou fonction)",
                "من طرف (المصلحة أو الوظيفة)",
                "by (service or function)",
            ),
            160,
        ),
        SEALED,
        NUMBERED,
        METHOD,
        DIGEST,
        Field::new(
            DERIVED_FROM,
            label(
                "tirée de la pièce",
                "مستخرج من المحجوز",
                "derived from the exhibit",
            ),
            FieldType::Entry,
        )
        .help(label(
            "vide pour un original",
            "يترك فارغا إن كان أصلا",
            "empty for an original",
        )),
        line(
            DERIVED_BY,
            label(
                "par quel procédé ou outil, et sa version",
                "بأي طريقة أو أداة وإصدارها",
                "by which method or tool, and its version",
            ),
            200,
        ),
        REMARKS,
        SOURCE,
        ACCURACY,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[],
    phases: GATHERING,
    files: true,
};

/// A step in the custody of an exhibit.
pub static CUSTODY: EntryType = EntryType {
    name: "investigation.custody",
    version: 1,
    label: label("étape de garde", "مرحلة من مراحل الحيازة", "custody step"),
    verb: label(
        "noter une étape de garde",
        "تدوين مرحلة حيازة",
        "record a custody step",
    ),
    fields: &[
        OF,
        code(
            STEP,
            label("acte", "الإجراء", "what was done"),
            lists::custody_steps,
        )
        .required(),
        AT,
        HAD,
        HAS,
        line(
            WHAT_FOR,
            label("pour quoi faire", "لأي غرض", "for what purpose"),
            200,
        )
        .required(),
        FOUND,
        code(
            SEAL_LEFT,
            label("scellé laissé", "حالة الختم بعد الإجراء", "seal as left"),
            lists::seal_states,
        ),
        NUMBERED,
        REMARKS,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[],
    phases: UNDER_WAY,
    files: true,
};

/// Hands an exhibit or a copy of it to the other side, which owes a receipt; of a copy in transit also its erasure.
pub static TRANSFER: EntryType = EntryType {
    name: "investigation.transfer",
    version: 1,
    label: label("remise de pièce", "تسليم محجوز", "transfer of an exhibit"),
    verb: label("remettre une pièce", "تسليم محجوز", "transfer an exhibit"),
    fields: &[
        OF,
        code(
            HANDED,
            label("ce qui est remis", "ما يسلم", "what is handed over"),
            lists::handed,
        )
        .required(),
        AT,
        HAD,
        HAS,
        line(
            CARRIED,
            label("acheminement", "طريقة النقل", "how it travels"),
            200,
        ),
        SEALED,
        NUMBERED,
        METHOD,
        DIGEST,
        Field::new(
            UNTIL,
            label(
                "copie en transit jusqu’au",
                "نسخة عابرة إلى غاية",
                "transit copy until",
            ),
            FieldType::Date,
        )
        .bound(Bind::Ends)
        .help(label(
            "passé ce jour, le destinataire l’efface et l’atteste",
            "بعد هذا اليوم يمحوها المتلقي ويشهد بذلك",
            "after that day the recipient erases it and attests so",
        )),
        Field::new(
            "to",
            label(
                "service destinataire",
                "المصلحة المتلقية",
                "receiving service",
            ),
            FieldType::Service,
        )
        .bound(Bind::AskOf)
        .folded(),
        Field::new(
            "by",
            label(
                "récépissé attendu avant le",
                "الوصل منتظر قبل",
                "receipt expected by",
            ),
            FieldType::Date,
        )
        .bound(Bind::By)
        .folded(),
        REMARKS,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::Ask(Ask::Acknowledge, When::Always),
        Effect::Ask(Ask::Erase, When::Ends),
    ],
    phases: UNDER_WAY,
    files: true,
};

/// The receipt for what was handed over: the seal as it was found, the hash as it was computed anew.
pub static RECEIVED: EntryType = EntryType {
    name: "investigation.received",
    version: 1,
    label: label(
        "récépissé d’une pièce",
        "وصل استلام محجوز",
        "receipt for an exhibit",
    ),
    verb: label(
        "donner récépissé d’une pièce",
        "تسليم وصل استلام",
        "give a receipt for an exhibit",
    ),
    fields: &[
        AT,
        HAS,
        Field {
            required: true,
            ..FOUND
        },
        NUMBERED,
        METHOD,
        DIGEST,
        REMARKS,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[Effect::On(On::Answer, &[Ask::Acknowledge])],
    phases: c::ALWAYS,
    files: true,
};

/// Asks the other side to give an exhibit back.
pub static ASK_RETURN: EntryType = EntryType {
    name: "investigation.ask_return",
    version: 1,
    label: label(
        "demande de restitution",
        "طلب إرجاع محجوز",
        "request for return",
    ),
    verb: label(
        "demander la restitution d’une pièce",
        "طلب إرجاع محجوز",
        "ask for an exhibit back",
    ),
    fields: &[
        OF,
        Field::new(
            "by",
            label("au plus tard le", "في أجل أقصاه", "at the latest on"),
            FieldType::Date,
        )
        .required()
        .bound(Bind::By),
        Field::new(
            "to",
            label(
                "service détenteur",
                "المصلحة الحائزة",
                "service that has it",
            ),
            FieldType::Service,
        )
        .bound(Bind::AskOf)
        .folded(),
        Field::new(
            "text",
            label("motif", "السبب", "ground"),
            FieldType::Text(4_000),
        ),
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[Effect::Ask(Ask::Return, When::Always)],
    phases: UNDER_WAY,
    files: false,
};

/// Says that an exhibit was given back: whoever asked for it owes the receipt.
pub static RETURNED: EntryType = EntryType {
    name: "investigation.returned",
    version: 1,
    label: label(
        "restitution de pièce",
        "إرجاع محجوز",
        "return of an exhibit",
    ),
    verb: label("restituer une pièce", "إرجاع محجوز", "return an exhibit"),
    fields: &[
        AT,
        HAD,
        HAS,
        line(
            CARRIED,
            label("acheminement", "طريقة النقل", "how it travels"),
            200,
        ),
        SEALED,
        NUMBERED,
        METHOD,
        DIGEST,
        REMARKS,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::On(On::Answer, &[Ask::Return]),
        Effect::Ask(Ask::Acknowledge, When::Always),
    ],
    phases: c::ALWAYS,
    files: true,
};

/// The types that record an exhibit or something about one.
pub const ON_EXHIBITS: [&str; 6] = [
    EXHIBIT.name,
    CUSTODY.name,
    TRANSFER.name,
    RECEIVED.name,
    ASK_RETURN.name,
    RETURNED.name,
];

/// Whether entries of this type record an exhibit or something about one.
#[must_use]
pub fn is_of_custody(entry_type: &str) -> bool {
    ON_EXHIBITS.contains(&entry_type)
}

/// Whether a field names an exhibit.
#[must_use]
pub fn names_exhibit(field: &str) -> bool {
    field == EXHIBIT_OF || field == DERIVED_FROM
}

/// What answers an ask of an entry of this type, where nothing else does: a transfer is answered by a receipt, a request for return by the
/// return.
#[must_use]
pub fn answered_by(asking: &str, ask: Ask) -> Option<&'static EntryType> {
    let gives = asking == TRANSFER.name || asking == RETURNED.name;
    match ask {
        Ask::Acknowledge if gives => Some(&RECEIVED),
        Ask::Return if asking == ASK_RETURN.name => Some(&RETURNED),
        _ => None,
    }
}

/// What is wrong with a filled form beyond its single fields: a hash needs its method and as many digits as that gives, a copy in transit its
/// last day, which nothing else has, and what is derived its method.
#[must_use]
pub fn wrong(entry_type: &EntryType, values: &Values) -> Vec<FieldError> {
    if !is_of_custody(entry_type.name) {
        return Vec::new();
    }
    let told = |name: &str| values.text(name).is_some_and(|text| !text.is_empty());
    let problem = |name: &str, problem| {
        let mut fields = entry_type.fields.iter();
        let field = fields.find(|field| field.name == name);
        field.map(|field| field.error(problem))
    };
    let mut errors: Vec<FieldError> = Vec::new();
    match (values.text(HASH_METHOD), values.text(HASH)) {
        (Some(method), Some(hash)) => {
            let digits = lists::hash_digits(method).unwrap_or(0);
            if !is_hexadecimal(hash, digits) {
                errors.extend(problem(HASH, Problem::NotAHash(digits)));
            }
        }
        (None, Some(_)) => errors.extend(problem(HASH_METHOD, Problem::Missing)),
        (Some(_), None) => errors.extend(problem(HASH, Problem::Missing)),
        (None, None) => {}
    }
    let transit = values.text(HANDED) == Some(TRANSIT_COPY);
    if transit && !told(UNTIL) {
        errors.extend(problem(UNTIL, Problem::Missing));
    } else if told(UNTIL) && !transit {
        errors.extend(problem(UNTIL, Problem::NotBoth));
    }
    if told(DERIVED_FROM) && !told(DERIVED_BY) {
        errors.extend(problem(DERIVED_BY, Problem::Missing));
    }
    errors
}

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
