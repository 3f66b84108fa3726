//! Templates: where the drafting of an agreement may begin. Their clauses are neutral, name no body and bind nobody until a side proposes them,
//! changed as it will, and the other accepts.

use super::IMAMS;
use crate::label::{Label, label};

/// A clause to begin from.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Its heading.
    pub heading: Label,
    /// Its text.
    pub text: Label,
}

const fn start(heading: Label, text: Label) -> Start {
    Start { heading, text }
}

/// What a programme may be about. The training of imams is a kind of its own.
pub(super) fn choices() -> Vec<(&'static str, Label)> {
    vec![
        (
            "police",
            label("formation de policiers", "تكوين الشرطة", "police training"),
        ),
        (
            "magistrates",
            label(
                "formation de magistrats",
                "تكوين القضاة",
                "magistrates’ training",
            ),
        ),
        (
            "visits",
            label(
                "visites et échange d’expérience",
                "زيارات وتبادل الخبرات",
                "visits and exchange of experience",
            ),
        ),
        (
            "experts",
            label("experts détachés", "خبراء ملحقون", "seconded experts"),
        ),
        (
            "development",
            label(
                "projet de développement inclusif",
                "مشروع تنمية شاملة",
                "inclusive development project",
            ),
        ),
    ]
}

const FOLLOW_UP: Start = start(
    label("Suivi", "المتابعة", "Follow-up"),
    label(
        "Un mécanisme de suivi réunit les deux parties au moins une fois par an. Il examine les chiffres de chaque promotion, les évaluations du cours et les dépenses, et en rend compte à la rencontre suivante.",
        "تجتمع آلية للمتابعة تضم الطرفين مرة في السنة على الأقل. وتنظر في أرقام كل فوج وتقييمات الدورة والنفقات، وترفع تقريرا إلى الاجتماع الموالي.",
        "A follow-up mechanism brings both parties together at least once a year. It looks at the figures of each cohort, the evaluations of the course and the expenses, and reports to the next meeting.",
    ),
);
const COSTS: Start = start(
    label("Dépenses", "النفقات", "Costs"),
    label(
        "Chaque partie prend en charge l’enseignement donné sur son territoire. Les frais de voyage sont à la charge de la partie qui envoie.",
        "يتحمل كل طرف نفقات التدريس المقدم فوق ترابه. وتقع مصاريف السفر على عاتق الطرف الموفد.",
        "Each party bears the teaching given on its territory. Travel is borne by the party that sends.",
    ),
);
const DATA: Start = start(
    label("Données", "المعطيات", "Data"),
    label(
        "Aucune donnée sur un participant ne passe d’une partie à l’autre par ce programme : seuls des nombres et des lieux sont échangés. Nul n’est inscrit sans son consentement.",
        "لا تنتقل أي معطيات عن أي مشارك من طرف إلى آخر عبر هذا البرنامج، ولا تتبادل إلا أعداد وأماكن. ولا يسجل أحد دون موافقته.",
        "No data on a participant pass from one party to the other through this programme: only numbers and places are exchanged. Nobody is enrolled without consent.",
    ),
);
const TERM: Start = start(
    label("Durée", "المدة", "Term"),
    label(
        "L’accord vaut trois ans à compter de sa signature. Il est modifié clause par clause, par accord des deux parties.",
        "يسري الاتفاق ثلاث سنوات من تاريخ توقيعه. ويعدل بندا بندا باتفاق الطرفين.",
        "The agreement holds for three years from its signature. It is changed clause by clause, by agreement of both parties.",
    ),
);

const IMAM_CLAUSES: &[Start] = &[
    start(
        label("Objet", "الموضوع", "Object"),
        label(
            "L’institut de formation de la première partie forme des candidats présentés par la seconde.",
            "يتولى معهد التكوين التابع للطرف الأول تكوين مرشحين يقدمهم الطرف الثاني.",
            "The training institute of the first party trains candidates put forward by the second.",
        ),
    ),
    start(
        label("Sélection", "الانتقاء", "Selection"),
        label(
            "Les candidats sont retenus selon les règles d’admission de l’institut, avec les associations qui les proposent.",
            "ينتقى المرشحون وفق قواعد القبول بالمعهد، مع الجمعيات التي تقترحهم.",
            "Candidates are selected by the institute’s rules of admission, with the associations that propose them.",
        ),
    ),
    start(
        label("Places", "المقاعد", "Places"),
        label(
            "Une promotion d’environ cinquante places est ouverte chaque année. La formation dure environ trois ans.",
            "يفتح كل سنة فوج من نحو خمسين مقعدا. ويدوم التكوين نحو ثلاث سنوات.",
            "A cohort of about fifty places opens each year. The training takes about three years.",
        ),
    ),
    start(
        label("Partie universitaire", "الشق الجامعي", "University part"),
        label(
            "Un complément est suivi dans des universités de la seconde partie : droit, sociologie, langue et institutions.",
            "يتابع تكوين تكميلي في جامعات الطرف الثاني: القانون وعلم الاجتماع واللغة والمؤسسات.",
            "A further part is taken at universities of the second party: law, sociology, language and institutions.",
        ),
    ),
    start(
        label("Placement", "التعيين", "Placement"),
        label(
            "Chaque placement fait l’objet d’un contrat tripartite entre l’institut, l’association d’accueil et la personne formée.",
            "يكون كل تعيين موضوع عقد ثلاثي بين المعهد والجمعية المستقبلة والشخص المكوَّن.",
            "Each placement is by a contract of three: the institute, the receiving association and the person trained.",
        ),
    ),
    start(
        label("Services exclus", "المصالح المستثناة", "Services left out"),
        label(
            "Aucun service de sécurité ne prend part au programme. Les participants évaluent le cours ; eux-mêmes ne sont évalués que par leurs examens.",
            "لا تشارك أي مصلحة أمنية في البرنامج. ويقيّم المشاركون الدورة، ولا يقيَّمون هم إلا بامتحاناتهم.",
            "No security service takes part in the programme. Participants evaluate the course; they themselves are examined only on what they were taught.",
        ),
    ),
    COSTS,
    DATA,
    FOLLOW_UP,
    TERM,
];

const TRAINING: &[Start] = &[
    start(
        label("Objet", "الموضوع", "Object"),
        label(
            "Les deux parties forment ensemble des agents de chacune d’elles, dans leurs écoles nationales.",
            "يكوّن الطرفان معا أطرا من كليهما في مدارسهما الوطنية.",
            "Both parties train staff of each of them together, at their national schools.",
        ),
    ),
    start(
        label("Programme d’études", "المنهاج", "Curriculum"),
        label(
            "Le programme d’études est arrêté en commun avant chaque promotion, y compris les droits fondamentaux et la protection des données.",
            "يحدد المنهاج باتفاق مشترك قبل كل فوج، ويشمل الحقوق الأساسية وحماية المعطيات.",
            "The curriculum is settled jointly before each cohort, fundamental rights and data protection included.",
        ),
    ),
    start(
        label("Places", "المقاعد", "Places"),
        label(
            "Chaque promotion compte autant de places pour l’une que pour l’autre partie.",
            "يضم كل فوج عددا متساويا من المقاعد لكل طرف.",
            "Each cohort has as many places for one party as for the other.",
        ),
    ),
    COSTS,
    DATA,
    FOLLOW_UP,
    TERM,
];

const VISITS: &[Start] = &[
    start(
        label("Objet", "الموضوع", "Object"),
        label(
            "Les parties se rendent visite et échangent leur expérience sur des thèmes choisis chaque année.",
            "يتبادل الطرفان الزيارات والخبرات حول مواضيع تختار كل سنة.",
            "The parties visit each other and exchange experience on subjects chosen each year.",
        ),
    ),
    start(
        label("Compte rendu", "التقرير", "Report"),
        label(
            "Chaque visite donne lieu, dans le mois, à un compte rendu commun de ce qui est à reprendre.",
            "تفضي كل زيارة خلال شهر إلى تقرير مشترك عما ينبغي اعتماده.",
            "Each visit leads within a month to a joint report on what is to be taken up.",
        ),
    ),
    COSTS,
    DATA,
    FOLLOW_UP,
    TERM,
];

const EXPERTS: &[Start] = &[
    start(
        label("Objet", "الموضوع", "Object"),
        label(
            "Une partie détache auprès de l’autre des experts, pour une mission écrite et limitée dans le temps.",
            "يلحق أحد الطرفين خبراء لدى الآخر لمهمة مكتوبة ومحددة المدة.",
            "One party seconds experts to the other, for a task that is written and limited in time.",
        ),
    ),
    start(
        label("Statut", "الوضع", "Status"),
        label(
            "L’expert reste rémunéré par la partie qui l’envoie et suit les règles de service de celle qui le reçoit.",
            "يظل الخبير على نفقة الطرف الموفد ويتبع قواعد العمل لدى الطرف المستقبل.",
            "The expert stays in the pay of the party that sends, and follows the rules of service of the one that receives.",
        ),
    ),
    COSTS,
    DATA,
    FOLLOW_UP,
    TERM,
];

const DEVELOPMENT: &[Start] = &[
    start(
        label("Objet", "الموضوع", "Object"),
        label(
            "Les parties mènent ensemble un projet ouvert à tous les habitants du territoire choisi, sans distinction.",
            "ينجز الطرفان معا مشروعا مفتوحا لجميع سكان المجال المختار دون تمييز.",
            "The parties carry out together a project open to all who live in the chosen area, without distinction.",
        ),
    ),
    start(
        label("Résultats attendus", "النتائج المنتظرة", "Expected results"),
        label(
            "Les résultats attendus sont chiffrés et datés avant le début : personnes formées, emplois, équipements ouverts.",
            "تحدد النتائج المنتظرة بالأرقام والتواريخ قبل البدء: المستفيدون من التكوين وفرص الشغل والمرافق المفتوحة.",
            "Expected results are put in numbers and dates before the beginning: people trained, jobs, facilities opened.",
        ),
    ),
    COSTS,
    DATA,
    FOLLOW_UP,
    TERM,
];

/// The clauses that the drafting of a programme may begin from.
#[must_use]
pub fn starts(kind: &str, template: Option<&str>) -> &'static [Start] {
    match template {
        _ if kind == IMAMS => IMAM_CLAUSES,
        Some("police" | "magistrates") => TRAINING,
        Some("visits") => VISITS,
        Some("experts") => EXPERTS,
        Some("development") => DEVELOPMENT,
        _ => &[],
    }
}
