//! An investigation before the courts: proceedings under way, which state tries which part, what was produced, and what the courts decided.
//!
//! Which state tries what is proposed and asks the other side to decide: it is agreed, answered by another proposal, refused with a ground or
//! withdrawn, and stands in both ledgers until then. What the courts decided answers the feedback that is owed on contributions, and is told
//! where none is owed any more. All words are in bodies (rule 2), courts by their function and never by name of a person.

use super::super::conditions::CONDITION_TEXT;
use super::super::{common as c, persons};
use super::phases::UNDER_WAY;
use crate::codes::{Ask, Phase};
use crate::field::{self, Bind, Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::{Label, label};

/// Field of all of them: the court or authority, by its function.
pub const COURT: &str = "court";
/// Field of proceedings: how far they are.
pub const STAGE: &str = "stage";
/// Field of proceedings: since when.
pub const SINCE: &str = "since";
/// Field of proceedings and of a venue: which part of the matter.
pub const PART: &str = "part";
/// Field of a venue: the service in whose state that part would be tried.
pub const AUTHORITY: &str = "authority";
/// Field of a venue: on which grounds.
pub const GROUNDS: &str = "grounds";
/// Field of a production and of an outcome: the entries that it is about.
pub const ENTRIES: &str = "entries";
/// Field of a production: the proceedings, by their reference.
pub const REFERENCE: &str = "reference";
/// Field of an outcome: what the court decided.
pub const RESULT: &str = "result";
/// Field of an outcome: why evidence was excluded.
pub const EXCLUDED: &str = "excluded";
/// Field of an outcome: the day of the decision.
pub const DAY: &str = "day";
/// The result by which evidence was excluded.
pub const EVIDENCE_EXCLUDED: &str = "evidence_excluded";

/// Phases in which a court may still decide: a trial outlives the investigation.
const UNTIL_JUDGED: &[Phase] = &[
    Phase::Open,
    Phase::Operational,
    Phase::Prosecution,
    Phase::Evaluation,
    Phase::Closed,
];

type Codes = Vec<(&'static str, Label)>;

/// How far proceedings are.
#[must_use]
pub fn stages() -> Codes {
    vec![
        (
            "preliminary",
            label("enquête préliminaire", "بحث تمهيدي", "preliminary inquiry"),
        ),
        (
            "judicial",
            label(
                "information judiciaire",
                "تحقيق قضائي",
                "judicial investigation",
            ),
        ),
        (
            "charged",
            label("mise en accusation", "توجيه الاتهام", "charges brought"),
        ),
        ("trial", label("procès", "محاكمة", "trial")),
        (
            "judged",
            label("jugement rendu", "صدور حكم", "judgment given"),
        ),
        ("appeal", label("recours", "طعن", "appeal")),
        (
            "final",
            label("décision définitive", "حكم نهائي", "final decision"),
        ),
        ("ended", label("classement", "حفظ", "discontinued")),
    ]
}

/// Why one state rather than the other tries a part: a closed list, after what prosecutors weigh when both could.
#[must_use]
pub fn grounds() -> Codes {
    vec![
        (
            "place",
            label("lieu des faits", "مكان الوقائع", "place of the facts"),
        ),
        (
            "accused",
            label(
                "lieu où se trouvent les mis en cause",
                "مكان وجود المتهمين",
                "where the accused are",
            ),
        ),
        (
            "victims",
            label(
                "lieu et intérêts des victimes",
                "مكان الضحايا ومصالحهم",
                "place and interests of the victims",
            ),
        ),
        (
            "witnesses",
            label(
                "audition et protection des témoins",
                "سماع الشهود وحمايتهم",
                "hearing and protection of witnesses",
            ),
        ),
        (
            "evidence",
            label("lieu des preuves", "مكان الأدلة", "place of the evidence"),
        ),
        (
            "stage",
            label(
                "état d’avancement des procédures",
                "مرحلة المساطر",
                "stage of proceedings",
            ),
        ),
        (
            "together",
            label(
                "jugement de l’ensemble en un lieu",
                "محاكمة الكل في مكان واحد",
                "all tried in one place",
            ),
        ),
        (
            "assets",
            label(
                "lieu des avoirs saisis",
                "مكان الأموال المحجوزة",
                "place of seized assets",
            ),
        ),
        (
            "transfer",
            label(
                "remise ou extradition impossible",
                "تعذر التسليم",
                "no surrender or extradition possible",
            ),
        ),
        (
            "enforcement",
            label(
                "exécution de la peine",
                "تنفيذ العقوبة",
                "enforcement of the sentence",
            ),
        ),
    ]
}

/// What a court decided.
#[must_use]
pub fn results() -> Codes {
    vec![
        ("conviction", label("condamnation", "إدانة", "conviction")),
        (
            "part_conviction",
            label(
                "condamnation partielle",
                "إدانة جزئية",
                "conviction in part",
            ),
        ),
        (
            "acquittal",
            label("relaxe ou acquittement", "براءة", "acquittal"),
        ),
        (
            "discontinued",
            label(
                "non-lieu ou classement",
                "عدم المتابعة أو الحفظ",
                "discontinued",
            ),
        ),
        (
            "appeal",
            label(
                "décision frappée de recours",
                "حكم مطعون فيه",
                "appeal pending",
            ),
        ),
        (
            EVIDENCE_EXCLUDED,
            label("preuve écartée", "استبعاد دليل", "evidence excluded"),
        ),
        (
            "confiscation",
            label("confiscation", "مصادرة", "confiscation"),
        ),
        (
            "transferred",
            label(
                "procédure transférée à l’autre État",
                "إحالة المسطرة على الدولة الأخرى",
                "proceedings transferred to the other state",
            ),
        ),
        (
            "other",
            label("autre décision", "قرار آخر", "another decision"),
        ),
    ]
}

/// Why a court set evidence aside.
#[must_use]
pub fn exclusions() -> Codes {
    vec![
        (
            "unlawful",
            label(
                "obtenue irrégulièrement",
                "جمع بصورة غير قانونية",
                "unlawfully obtained",
            ),
        ),
        (
            "custody",
            label(
                "chaîne de garde rompue",
                "انقطاع سلسلة الحيازة",
                "chain of custody broken",
            ),
        ),
        (
            "permission",
            label(
                "produite sans l’autorisation de son auteur",
                "أدلي به دون إذن صاحبه",
                "produced without its originator’s permission",
            ),
        ),
        (
            "defence",
            label(
                "droits de la défense",
                "حقوق الدفاع",
                "rights of the defence",
            ),
        ),
        (
            "authenticity",
            label(
                "authenticité non établie",
                "عدم ثبوت الصحة",
                "authenticity not established",
            ),
        ),
        (
            "translation",
            label(
                "traduction insuffisante",
                "ترجمة غير كافية",
                "insufficient translation",
            ),
        ),
        (
            "late",
            label("produite trop tard", "تأخر الإدلاء به", "produced too late"),
        ),
        (
            "irrelevant",
            label(
                "sans rapport avec l’affaire",
                "لا صلة له بالقضية",
                "not relevant",
            ),
        ),
        ("other", label("autre motif", "سبب آخر", "another ground")),
    ]
}

const COURT_FIELD: Field = Field::new(
    COURT,
    label(
        "juridiction ou autorité, par sa fonction",
        "المحكمة أو السلطة، بحسب وظيفتها",
        "court or authority, by its function",
    ),
    FieldType::Line(200),
)
.required();
const PART_FIELD: Field = Field::new(
    PART,
    label(
        "partie de l’affaire",
        "الجزء المعني من القضية",
        "part of the matter",
    ),
    FieldType::Text(2_000),
);
const WORDS: Field = Field::new(
    "text",
    label("en quelques mots", "بإيجاز", "in a few words"),
    FieldType::Text(4_000),
);
const REFERENCE_FIELD: Field = Field::new(
    REFERENCE,
    label(
        "référence de la procédure",
        "مرجع المسطرة",
        "reference of the proceedings",
    ),
    FieldType::Line(200),
);

/// Proceedings that one side knows of: the other learns of them before both try the same.
pub static PROCEEDINGS: EntryType = EntryType {
    name: "investigation.proceedings",
    version: 1,
    label: label(
        "procédure signalée",
        "مسطرة مبلغ عنها",
        "proceedings reported",
    ),
    verb: label(
        "signaler une procédure",
        "الإبلاغ عن مسطرة",
        "report proceedings",
    ),
    fields: &[
        COURT_FIELD,
        Field::new(
            STAGE,
            label("état d’avancement", "المرحلة", "stage"),
            FieldType::Code(stages),
        )
        .required(),
        Field::new(SINCE, label("depuis le", "منذ", "since"), FieldType::Date).required(),
        PART_FIELD,
        REFERENCE_FIELD.folded(),
        WORDS.folded(),
        persons::PERSONS,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[],
    phases: UNDER_WAY,
    files: true,
};

const PROPOSED: &[Field] = &[
    PART_FIELD.required(),
    Field::new(
        AUTHORITY,
        label(
            "serait jugée dans l’État de ce service",
            "يحاكم في دولة هذه المصلحة",
            "would be tried in the state of this service",
        ),
        FieldType::Service,
    )
    .required(),
    Field::new(
        GROUNDS,
        label("motifs", "الأسباب", "grounds"),
        FieldType::Codes(grounds),
    )
    .required(),
    WORDS,
    persons::PERSONS.folded(),
    c::HANDLING,
    CONDITION_TEXT,
];

/// Proposes which state tries a part of the matter, and asks the other side to decide.
pub static VENUE: EntryType = EntryType {
    name: "investigation.venue",
    version: 1,
    label: label(
        "proposition de juridiction compétente",
        "اقتراح الجهة القضائية المختصة",
        "venue proposed",
    ),
    verb: label(
        "proposer la juridiction compétente",
        "اقتراح الجهة القضائية المختصة",
        "propose a venue",
    ),
    fields: PROPOSED,
    effects: &[Effect::Ask(Ask::Decide, When::Always)],
    phases: UNDER_WAY,
    files: true,
};

/// Answers a proposal by another.
pub static VENUE_COUNTER: EntryType = EntryType {
    name: "investigation.venue_counter",
    version: 1,
    label: label(
        "autre juridiction proposée",
        "اقتراح جهة قضائية أخرى",
        "another venue proposed",
    ),
    verb: label(
        "proposer une autre juridiction",
        "اقتراح جهة قضائية أخرى",
        "propose another venue",
    ),
    fields: PROPOSED,
    effects: &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Decide, When::Always),
    ],
    phases: UNDER_WAY,
    files: true,
};

/// Agrees with a proposal.
pub static VENUE_AGREE: EntryType = EntryType {
    name: "investigation.venue_agree",
    version: 1,
    label: label(
        "accord sur la juridiction compétente",
        "موافقة على الجهة القضائية المختصة",
        "venue agreed",
    ),
    verb: label(
        "accepter cette juridiction",
        "قبول هذه الجهة القضائية",
        "agree to this venue",
    ),
    fields: &[WORDS],
    effects: &[Effect::On(On::Answer, &[Ask::Decide])],
    phases: UNDER_WAY,
    files: false,
};

/// Entries were produced in court. It discharges nothing: it tells each originator where what it gave has gone.
pub static PRODUCED: EntryType = EntryType {
    name: "investigation.produced",
    version: 1,
    label: label(
        "production en justice",
        "إدلاء أمام القضاء",
        "production in court",
    ),
    verb: label(
        "produire en justice",
        "الإدلاء أمام القضاء",
        "produce in court",
    ),
    fields: &[
        COURT_FIELD,
        REFERENCE_FIELD,
        Field::new(
            ENTRIES,
            label(
                "écritures produites",
                "القيود المدلى بها",
                "entries produced",
            ),
            FieldType::Entries,
        )
        .required(),
        WORDS,
    ],
    effects: &[],
    phases: UNTIL_JUDGED,
    files: false,
};

/// What a court decided. It answers the feedback owed on contributions, where some is owed, and is told in any case.
pub static OUTCOME: EntryType = EntryType {
    name: "investigation.outcome",
    version: 1,
    label: label("décision de justice", "قرار قضائي", "court’s decision"),
    verb: label(
        "rapporter une décision de justice",
        "الإخبار بقرار قضائي",
        "report a court’s decision",
    ),
    fields: &[
        Field::new(
            RESULT,
            label("décision", "القرار", "decision"),
            FieldType::Code(results),
        )
        .required(),
        Field::new(
            EXCLUDED,
            label(
                "motif d’exclusion de la preuve",
                "سبب استبعاد الدليل",
                "ground on which evidence was excluded",
            ),
            FieldType::Code(exclusions),
        )
        .help(label(
            "à dire si une preuve est écartée",
            "يذكر إذا استبعد دليل",
            "to be said where evidence was excluded",
        )),
        Field::new(
            DAY,
            label("date de la décision", "تاريخ القرار", "day of the decision"),
            FieldType::Date,
        )
        .required(),
        COURT_FIELD,
        Field::new(
            ENTRIES,
            label(
                "contributions concernées",
                "المساهمات المعنية",
                "contributions concerned",
            ),
            FieldType::Entries,
        ),
        Field::new(
            "outcome",
            label(
                "ce qu’il en est advenu",
                "ما آلت إليه",
                "what became of them",
            ),
            FieldType::Code(field::outcomes),
        )
        .required()
        .bound(Bind::Outcome),
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
        WORDS,
        persons::PERSONS,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::On(On::Answer, &[Ask::Feedback]),
        Effect::On(On::Extend, &[Ask::Feedback]),
    ],
    phases: UNTIL_JUDGED,
    files: true,
};

/// Whether entries of this type propose a venue.
#[must_use]
pub fn proposes_venue(entry_type: &str) -> bool {
    entry_type == VENUE.name || entry_type == VENUE_COUNTER.name
}

/// Whether entries of this type are about the courts: they have a page of their own.
#[must_use]
pub fn is_of_court(entry_type: &str) -> bool {
    [
        PROCEEDINGS.name,
        VENUE.name,
        VENUE_COUNTER.name,
        VENUE_AGREE.name,
        PRODUCED.name,
        OUTCOME.name,
    ]
    .contains(&entry_type)
}

impl EntryType {
    /// Whether writing it produces entries in court.
    #[must_use]
    pub fn produces(&self) -> bool {
        self.name == PRODUCED.name
    }
    /// Whether it is told also where nothing is owed that it could answer.
    #[must_use]
    pub fn tells_unasked(&self) -> bool {
        self.name == OUTCOME.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds;

    /// What carries a decision about a venue is answered by either side in every phase in which it may be proposed. Take out: a phase of
    /// [`VENUE_AGREE`].
    #[test]
    fn a_venue_is_agreed_wherever_it_is_proposed() {
        for proposal in [&VENUE, &VENUE_COUNTER] {
            assert!(
                proposal
                    .phases
                    .iter()
                    .all(|p| VENUE_AGREE.phases.contains(p))
            );
            assert!(proposes_venue(proposal.name) && is_of_court(proposal.name));
        }
        assert!(!proposes_venue(VENUE_AGREE.name));
    }

    /// Codes are told apart, and in no list is a nationality, an origin or a belief (invariant 9). Take out: give two codes one name.
    #[test]
    fn codes_of_each_list_are_distinct() {
        for list in [stages(), grounds(), results(), exclusions()] {
            let mut names: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), list.len());
            let never = ["national", "origin", "relig", "belief"];
            assert!(
                never
                    .iter()
                    .all(|n| names.iter().all(|name| !name.contains(n)))
            );
        }
        let kind = kinds::find("investigation").unwrap();
        let of_court = kind.entries.iter().filter(|e| is_of_court(e.name)).count();
        assert_eq!(of_court, 6);
    }
}
