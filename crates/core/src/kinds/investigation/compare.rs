//! What is planned, compared between states that do not tell each other what it is: private set intersection that rides on obligations.
//!
//! `compare` carries blinded points of one's own plan, or of a place and a time that are typed, and asks the other side to decide; `compared` answers with those points raised and its
//! own, and asks for a report; `compare_outcome` reports which of the other side's points were met. Each is an officer's act and stands in both
//! registers. What no partner can read is in `kept`: sealed by the author's node for itself, so that the result can be told after a restart
//! and dies with the entry. None of it changes control state: points are in bodies (rule 2).

use super::phases::GATHERING;
use super::plan::ALWAYS;
use crate::codes::Ask;
use crate::field::{Field, FieldType};
use crate::kind::{Effect, EntryType, On, When};
use crate::label::label;

/// Field of a comparison: the own task or day that is compared. It is taken out before anything is written: what is compared never leaves.
pub const PLAN: &str = "plan";
/// Field of a comparison: where, where no plan is named but a place is typed. It is taken out as the plan is.
pub const WHERE: &str = "place";
/// Field of a comparison: from when, UTC, beside a place that is typed.
pub const FROM: &str = "from";
/// Field of a comparison: until when, UTC, beside a place that is typed; without it one moment.
pub const UNTIL: &str = "until";
/// What an officer gives of a comparison: all of it is taken out before anything is written.
pub const TYPED: [&str; 4] = [PLAN, WHERE, FROM, UNTIL];
/// Field of a comparison: the blinded points, base64.
pub const POINTS: &str = "blinded_points";
/// Field of an answer: the asked points raised, base64.
pub const RAISED: &str = "raised_points";
/// Field of an answer: the answering side's own points, base64.
pub const OWN: &str = "own_points";
/// Field: what the author's node keeps to itself, sealed, base64.
pub const KEPT: &str = "kept_sealed";
/// Field of an outcome: places of the answering side's points that were met, a JSON list of numbers.
pub const MATCHES: &str = "points_met";

/// Fields that hold no words: nothing of them is searched for.
pub const WORDLESS: [&str; 5] = [POINTS, RAISED, OWN, KEPT, MATCHES];

/// Whether entries of a type are of a comparison: nothing else rests on what they say.
#[must_use]
pub fn is_of_comparing(entry_type: &str) -> bool {
    [COMPARE.name, COMPARED.name, OUTCOME.name].contains(&entry_type)
}

/// Most bytes of a list of points as text: the largest class.
const MOST_POINTS: usize = 4096 * 32 * 4 / 3 + 4;
/// Most bytes of what is kept as text.
const MOST_KEPT: usize = 400_000;

const fn points(name: &'static str, label: crate::label::Label) -> Field {
    Field::new(name, label, FieldType::Document(MOST_POINTS))
}

const KEPT_FIELD: Field = Field::new(
    KEPT,
    label(
        "scellé par le nœud de l’auteur, pour lui seul",
        "مختوم من عقدة الكاتب لها وحدها",
        "sealed by the author’s node, for itself alone",
    ),
    FieldType::Document(MOST_KEPT),
);

/// Asks the other states whether they plan something near an own plan, without telling it.
pub static COMPARE: EntryType = EntryType {
    name: "investigation.compare",
    version: 1,
    label: label(
        "comparaison demandée aux autres États",
        "طلب مقارنة إلى الدول الأخرى",
        "comparison asked of the other states",
    ),
    verb: label(
        "comparer avec les autres États",
        "المقارنة مع الدول الأخرى",
        "compare with the other states",
    ),
    fields: &[
        Field::new(
            PLAN,
            label(
                "tâche ou journée d’action à comparer",
                "المهمة أو يوم العمل المراد مقارنته",
                "task or action day to compare",
            ),
            FieldType::Entry,
        )
        .help(label(
            "ni le lieu, ni l’heure, ni la tâche ne partent : seulement des points chiffrés, dont l’autre Partie ne tire rien",
            "لا يغادر المكان ولا الساعة ولا المهمة: نقط مشفرة فحسب، لا يستخلص منها الطرف الآخر شيئا",
            "neither place, time nor task leaves: only blinded points, from which the other side learns nothing",
        )),
        Field::new(
            WHERE,
            label(
                "lieu, s’il n’est sur aucun plan",
                "المكان إن لم يرد في أي خطة",
                "place, if it is on no plan",
            ),
            FieldType::Line(240),
        )
        .help(label(
            "coordonnées après le nom, si vous les avez : Dépôt nord (35.785, -5.809). Sans elles, seul le même nom se retrouve",
            "الإحداثيات بعد الاسم إن كانت لديكم: المستودع الشمالي (35.785، -5.809). وبدونها لا يطابق إلا الاسم نفسه",
            "with coordinates after the name, where you have them: North depot (35.785, -5.809). Without them only the same name is met",
        )),
        Field::new(
            FROM,
            label("à partir de", "ابتداء من", "from"),
            FieldType::Moment,
        ),
        Field::new(
            UNTIL,
            label("jusqu’à", "إلى غاية", "until"),
            FieldType::Moment,
        ),
        points(
            POINTS,
            label("points chiffrés", "نقط مشفرة", "blinded points"),
        ),
        KEPT_FIELD,
    ],
    effects: &[Effect::Ask(Ask::Decide, When::Always)],
    phases: GATHERING,
    files: false,
};

/// Answers a comparison: the node compares all that it plans, and its officer sees neither what is asked nor what was met.
pub static COMPARED: EntryType = EntryType {
    name: "investigation.compared",
    version: 1,
    label: label("comparaison effectuée", "أجريت المقارنة", "comparison made"),
    verb: label("effectuer la comparaison", "إجراء المقارنة", "compare"),
    fields: &[
        points(
            RAISED,
            label(
                "points reçus, chiffrés à nouveau",
                "النقط الواردة مشفرة من جديد",
                "points received, blinded again",
            ),
        ),
        points(
            OWN,
            label(
                "points de ce côté, chiffrés",
                "نقط هذا الطرف مشفرة",
                "points of this side, blinded",
            ),
        ),
        KEPT_FIELD,
    ],
    effects: &[
        Effect::On(On::Answer, &[Ask::Decide]),
        Effect::Ask(Ask::Report, When::Always),
    ],
    phases: ALWAYS,
    files: false,
};

/// Tells the side that answered which of its points were met, so that its own coordinator is told too.
pub static OUTCOME: EntryType = EntryType {
    name: "investigation.compare_outcome",
    version: 1,
    label: label(
        "résultat d’une comparaison",
        "نتيجة مقارنة",
        "result of a comparison",
    ),
    verb: label(
        "communiquer le résultat à l’autre Partie",
        "إبلاغ النتيجة إلى الطرف الآخر",
        "tell the other side the result",
    ),
    fields: &[Field::new(
        MATCHES,
        label(
            "points de l’autre Partie qui coïncident",
            "نقط الطرف الآخر المتطابقة",
            "points of the other side that were met",
        ),
        FieldType::Document(30_000),
    )],
    effects: &[Effect::On(On::Answer, &[Ask::Report])],
    phases: ALWAYS,
    files: false,
};

/// Whether entries of this type are of a comparison: offered on the pages of plans and days, and nowhere in general.
#[must_use]
pub fn is_of_comparison(entry_type: &str) -> bool {
    [COMPARE.name, COMPARED.name, OUTCOME.name].contains(&entry_type)
}
