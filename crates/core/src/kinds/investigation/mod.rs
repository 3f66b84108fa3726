//! `investigation`: a joint investigation. Every contribution shows what became of it (FIELD B9); what it is about is recorded as things
//! with links.

pub mod agreement;
pub mod cells;
pub mod chain;
pub mod compare;
pub mod court;
pub mod custody;
pub mod day;
pub mod links;
pub mod lists;
pub mod near;
pub mod phases;
pub mod plan;
pub mod steps;
pub mod things;

use super::conditions::CONDITION_TEXT;
use super::{bridges, common as c, persons, release};
use crate::codes::{Ask, Phase, Purpose};
use crate::field::{Bind, Field, FieldType};
use crate::keeping::Keeps;
use crate::kind::{Effect, EntryType, Kind, When};
use crate::label::label;

static OPEN: EntryType = EntryType {
    name: "investigation.open",
    version: 1,
    label: label(
        "ouverture d’une enquête conjointe",
        "فتح تحقيق مشترك",
        "opening of a joint investigation",
    ),
    verb: label(
        "ouvrir une enquête conjointe",
        "فتح تحقيق مشترك",
        "open a joint investigation",
    ),
    fields: &[
        Field::new(
            "title",
            label(
                "nom de l’enquête",
                "اسم التحقيق",
                "name of the investigation",
            ),
            FieldType::Line(160),
        )
        .required(),
        Field::new("aim", label("but", "الغاية", "aim"), FieldType::Text(4_000)).required(),
        Field::new(
            "facts",
            label("exposé des faits", "عرض الوقائع", "description of facts"),
            FieldType::Text(8_000),
        ),
        Field::new(
            "legal_basis",
            label("fondement", "الأساس القانوني", "legal basis"),
            FieldType::Line(200),
        )
        .folded(),
        Field::new("from", label("début", "البداية", "from"), FieldType::Date).folded(),
        Field::new(
            "to_date",
            label("fin prévue", "النهاية المقررة", "planned end"),
            FieldType::Date,
        )
        .folded(),
        Field::new(
            "to",
            label("service invité", "المصلحة المدعوة", "service invited"),
            FieldType::Service,
        )
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
        release::CONTINUES,
        persons::PERSONS,
        persons::ASSURANCES,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[
        Effect::Open(Phase::Open),
        Effect::Ask(Ask::Decide, When::Always),
        Effect::Continues,
    ],
    phases: &[],
    files: true,
};

static JOIN: EntryType = EntryType {
    name: "investigation.join",
    version: 1,
    label: label(
        "adhésion à l’enquête",
        "الانضمام إلى التحقيق",
        "joining the investigation",
    ),
    verb: label(
        "rejoindre l’enquête",
        "الانضمام إلى التحقيق",
        "join the investigation",
    ),
    fields: &[
        Field::new(
            "text",
            label("message", "رسالة", "message"),
            FieldType::Text(4_000),
        ),
        Field::new(
            "leader",
            label(
                "direction de notre côté (fonction)",
                "القيادة من جانبنا (الوظيفة)",
                "leader on our side (function)",
            ),
            FieldType::Line(120),
        ),
    ],
    effects: &[Effect::On(crate::kind::On::Answer, &[Ask::Decide])],
    phases: phases::UNDER_WAY,
    files: false,
};

/// Contributes facts or an assessment; owed feedback.
pub static CONTRIBUTE: EntryType = EntryType {
    name: "investigation.contribute",
    version: 1,
    label: label("contribution", "مساهمة", "contribution"),
    verb: label("verser une contribution", "تقديم مساهمة", "contribute"),
    fields: &[
        Field::new(
            "title",
            label("titre", "العنوان", "title"),
            FieldType::Line(160),
        )
        .required(),
        Field::new(
            "text",
            label("contenu", "المضمون", "content"),
            FieldType::Text(20_000),
        )
        .required(),
        Field::new(
            "nature",
            label("nature", "الطبيعة", "nature"),
            FieldType::Code(super::request::natures),
        )
        .folded(),
        c::SOURCE,
        c::ACCURACY,
        persons::ASSESSMENT,
        persons::PERSONS,
        persons::ASSURANCES,
        c::HANDLING,
        CONDITION_TEXT,
    ],
    effects: &[Effect::Ask(Ask::Feedback, When::Feedback)],
    phases: phases::GATHERING,
    files: true,
};

/// An entry that samples name.
const ONE_ENTRY: &str = "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa";

/// The kind.
pub static KIND: Kind = Kind {
    name: "investigation",
    label: label("enquête conjointe", "تحقيق مشترك", "joint investigation"),
    purpose_text: label(
        "enquêter ensemble et voir ce que devient chaque contribution",
        "التحقيق معا ومعرفة مآل كل مساهمة",
        "investigate together, and see what became of every contribution",
    ),
    purposes: &[Purpose::Justice],
    entries: c::of_a_case![
        &OPEN,
        &JOIN,
        &CONTRIBUTE,
        &things::PERSON,
        &things::ORGANISATION,
        &things::PHONE,
        &things::ACCOUNT,
        &things::VEHICLE,
        &things::VESSEL,
        &things::ADDRESS,
        &things::DEVICE,
        &things::DOCUMENT,
        &things::EVENT,
        &things::PLACE,
        &links::LINK,
        &links::SAME,
        &links::NOT_SAME,
        &links::UNDO,
        &custody::EXHIBIT,
        &custody::CUSTODY,
        &custody::TRANSFER,
        &custody::RECEIVED,
        &custody::ASK_RETURN,
        &custody::RETURNED,
        &agreement::AGREEMENT,
        &agreement::COUNTER,
        &agreement::SIGN,
        &phases::TO_OPERATIONAL,
        &phases::TO_PROSECUTION,
        &phases::TO_EVALUATION,
        &phases::MIDTERM,
        &phases::EVALUATE,
        &plan::TASK,
        &plan::TASK_DONE,
        &plan::TASK_AGREED,
        &day::DAY,
        &day::GO,
        &day::NO_GO,
        &day::CALL_OFF,
        &day::STEP_STATE,
        &day::STEP_RESULT,
        &day::ASK_RESULTS,
        &compare::COMPARE,
        &compare::COMPARED,
        &compare::OUTCOME,
        &court::PROCEEDINGS,
        &court::VENUE,
        &court::VENUE_COUNTER,
        &court::VENUE_AGREE,
        &court::PRODUCED,
        &court::OUTCOME,
    ],
    samples: &[
        bridges::SAMPLE_PURPOSE,
        bridges::SAMPLE_AGENDA,
        (
            "investigation.open",
            &[
                ("title", "Estuaire"),
                (
                    "aim",
                    "Comprendre et arrêter une filière de faux titres de transport.",
                ),
            ],
        ),
        (
            "investigation.join",
            &[
                ("text", "Nous participons."),
                ("leader", "chef de l’unité d’enquête"),
            ],
        ),
        (
            "investigation.contribute",
            &[
                ("title", "Relevé des départs"),
                ("text", "Trois départs sous la même raison sociale."),
                ("source", "B"),
                ("accuracy", "2"),
                ("handling", "H1"),
            ],
        ),
        (
            "investigation.person",
            &[
                ("name", "Exemple Inventé"),
                ("script", "fr-Latn"),
                ("second_name", "مثال مخترع"),
                ("second_script", "ar-Arab"),
                ("category", "contact"),
                ("from_date", "1987-05"),
                ("nature", "fact"),
                ("source", "B"),
                ("accuracy", "2"),
            ],
        ),
        (
            "investigation.phone",
            &[
                ("name", "+212 5 00 00 00 00"),
                ("from_date", "2014"),
                ("nature", "fact"),
                ("source", "A"),
                ("accuracy", "1"),
            ],
        ),
        (
            "investigation.link",
            &[
                (
                    "from_thing",
                    "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
                ("how", "uses"),
                (
                    "to_thing",
                    "6f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
                ("from_date", "2015-03"),
                ("nature", "assessment"),
            ],
        ),
        (
            "investigation.same",
            &[
                (
                    "one",
                    "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
                (
                    "other",
                    "6f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
                ("text", "Même numéro, mêmes dates."),
            ],
        ),
        (
            "investigation.exhibit",
            &[
                ("name", "Téléphone, écran fendu"),
                ("mark", "EST-7"),
                ("exhibit_sort", "device"),
                ("seized_at", "2015-06-03T06:40"),
                ("seized_where", "entrepôt du quai sud"),
                ("seized_by", "unité d’enquête"),
                ("seal", "bag"),
                ("seal_number", "S-0412"),
                ("source", "A"),
                ("accuracy", "1"),
            ],
        ),
        (
            "investigation.custody",
            &[
                ("exhibit", ONE_ENTRY),
                ("step", "handed_over"),
                ("done_at", "2015-06-03T09:15"),
                ("from_whom", "unité d’enquête"),
                ("to_whom", "laboratoire"),
                ("what_for", "copie du support"),
                ("seal_found", "intact"),
                ("seal_left", "intact"),
            ],
        ),
        (
            "investigation.transfer",
            &[
                ("exhibit", ONE_ENTRY),
                ("handed", "transit_copy"),
                ("done_at", "2015-06-05T10:00"),
                ("copy_until", "2035-06-30"),
                ("hash_method", "sha256"),
                (
                    "hash",
                    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                ),
            ],
        ),
        (
            "investigation.received",
            &[("done_at", "2015-06-05T16:20"), ("seal_found", "intact")],
        ),
        (
            "investigation.ask_return",
            &[("exhibit", ONE_ENTRY), ("by", "2035-09-30")],
        ),
        (
            "investigation.returned",
            &[("done_at", "2015-09-14T11:00"), ("seal", "bag")],
        ),
        (
            "investigation.agreement",
            &[
                ("begins", "2015-06-01"),
                ("ends", "2016-05-31"),
                ("other_lang", "ar"),
                ("parties", "Le parquet de chaque État."),
                ("parties_other", "النيابة العامة في كل دولة."),
                ("purpose", "Établir l’itinéraire des faux titres."),
                ("purpose_other", "تحديد مسار الرسوم المزورة."),
                ("states", "Les deux États."),
                ("states_other", "الدولتان."),
                ("leaders", "Un magistrat de chaque côté."),
                ("leaders_other", "قاض من كل جانب."),
            ],
        ),
        ("investigation.sign", &[("text", "Lu et approuvé.")]),
        (
            "investigation.to_operational",
            &[("text", "L’accord est signé.")],
        ),
        (
            "investigation.midterm",
            &[("next_time", "Convenir plus tôt des interprètes.")],
        ),
        (
            "investigation.task",
            &[
                ("title", "Relever les départs de nuit"),
                ("to", "ma/liaison"),
                ("by", "2015-07-15"),
                ("text", "Une semaine, de 22 h à 4 h."),
                ("place", "Quai 3 (36.834, -2.463)"),
            ],
        ),
        (
            "investigation.task_done",
            &[("text", "Deux départs, le mardi et le vendredi.")],
        ),
        (
            "investigation.day",
            &[
                ("name", "Estuaire, contrôle simultané"),
                ("zero", "2015-09-10T04:30"),
                (
                    "steps",
                    "-01:00 | ma/liaison | Quai 3 | mise en place\n+00:00 | fr/liaison | Dépôt | contrôle\n+00:00 | ma/liaison | Quai 3 | contrôle",
                ),
            ],
        ),
        ("investigation.go", &[("text", "Équipes en place.")]),
        ("investigation.no_go", &[("text", "Mer trop forte.")]),
        (
            "investigation.step",
            &[
                (
                    "day",
                    "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
                ("step", "1"),
                ("state", "started"),
            ],
        ),
        (
            "investigation.compare",
            &[("blinded_points", "AAAA"), ("kept_sealed", "AAAA")],
        ),
        (
            "investigation.compared",
            &[
                ("raised_points", "AAAA"),
                ("own_points", "AAAA"),
                ("kept_sealed", "AAAA"),
            ],
        ),
        ("investigation.compare_outcome", &[("points_met", "[]")]),
        (
            "investigation.proceedings",
            &[
                ("court", "juge d’instruction"),
                ("stage", "judicial"),
                ("since", "2015-09-01"),
                ("part", "Fabrication des titres."),
            ],
        ),
        (
            "investigation.venue",
            &[
                ("part", "Fabrication des titres."),
                ("authority", "fr/liaison"),
                ("grounds", "place, evidence"),
                ("text", "L’atelier et les pièces s’y trouvent."),
            ],
        ),
        (
            "investigation.venue_agree",
            &[("text", "Nous en convenons.")],
        ),
        (
            "investigation.produced",
            &[
                ("court", "tribunal du lieu des faits"),
                ("reference", "12/2016"),
                (
                    "entries",
                    "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
            ],
        ),
        (
            "investigation.outcome",
            &[
                ("result", "conviction"),
                ("day", "2016-11-07"),
                ("court", "tribunal du lieu des faits"),
                (
                    "entries",
                    "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
                ("outcome", "supported_case"),
            ],
        ),
        (
            "release",
            &[
                (
                    "entry",
                    "5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa5f1c90aa",
                ),
                ("handling", "H2"),
            ],
        ),
    ],
    needs_charter: true,
    closed_to: &[],
    keeps: Keeps {
        days: 1095,
        after_closing: 365,
        each: false,
        personal: true,
    },
    extends_once: false,
};
