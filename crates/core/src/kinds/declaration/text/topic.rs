//! What a commitment is about, proposed from key words in three languages.

use super::Lang;
use super::pattern::{Fillers, Index, Pattern};
use super::token::Token;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A proposed topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Feedback in investigations.
    Feedback,
    /// Meetings.
    Meetings,
    /// Coordination of services.
    Coordination,
    /// Exchange of intelligence, information or experience.
    Exchange,
    /// Deradicalisation.
    Deradicalisation,
    /// Terrorist networks and foreign fighters.
    Networks,
    /// Organised crime.
    OrganisedCrime,
    /// Training of imams.
    ImamTraining,
    /// Migration.
    Migration,
    /// Rescue.
    Rescue,
    /// Follow-up of what was decided.
    FollowUp,
    /// Cybercrime.
    Cybercrime,
    /// Training.
    Training,
    /// None of these.
    Other,
}

impl Topic {
    /// Topics of one family stay in one commitment when one verb promises both.
    pub(super) fn family(self) -> u8 {
        match self {
            Self::Feedback => 1,
            Self::Meetings | Self::FollowUp => 2,
            Self::Coordination | Self::Exchange => 3,
            Self::Deradicalisation | Self::Networks => 4,
            Self::OrganisedCrime => 5,
            Self::ImamTraining | Self::Training => 6,
            Self::Migration | Self::Rescue => 7,
            Self::Cybercrime => 8,
            Self::Other => 9,
        }
    }
}

const FR: &[(Topic, &str)] = &[
    (
        Topic::Feedback,
        "retour|retours d' information|informations|experience|experiences;enquete|enquetes conjointe|conjointes|commune|communes;suites donnees|reservees",
    ),
    (
        Topic::Meetings,
        "rencontre|rencontres|reunion|reunions;@reun|reunir|reuniront|reunira;session|sessions;consultations;dialogue;visites",
    ),
    (
        Topic::Coordination,
        "coordonner|coordination|coordonnent|coordonne;concertation;cooperation operationnelle;cooperer;collaborer",
    ),
    (
        Topic::Exchange,
        "echange|echanges|echanger|echangeront|partage|partager|partageront ~ <4> renseignement|renseignements|information|informations|donnees|experience|experiences|pratiques;circulation <2> renseignement|informations;demande|demandes <4> renseignement|renseignements|information|informations;reponse|repondre|repondront <4> demandes|demande",
    ),
    (
        Topic::Deradicalisation,
        "deradicalisation|deradicaliser;radicalisation;extremisme <1> violent;amalgames;desengagement",
    ),
    (
        Topic::Networks,
        "filieres;combattants;reseaux <2> terroristes|djihadistes;cellules terroristes;terrorisme|terroriste|terroristes",
    ),
    (
        Topic::OrganisedCrime,
        "criminalite|crime organise|organisee|transnationale|transfrontaliere;trafic|trafics <2> drogue|drogues|stupefiants|armes|illicite|illicites;blanchiment;stupefiants;reseaux criminels;armes a feu;narcotrafic",
    ),
    (
        Topic::ImamTraining,
        "imams|imam|predicateurs;cadres religieux",
    ),
    (
        Topic::Migration,
        "migration|migrations|migratoire|migratoires|migrants|migrant;refugies;asile;traite;passeurs;readmission;readmissions;regularisation;frontieres;visas|visa;mobilite",
    ),
    (
        Topic::Rescue,
        "sauvetage|secours;naufrages|naufrage;recherche et sauvetage",
    ),
    (
        Topic::FollowUp,
        "suivi|suivre;bilan;evaluer|evaluation;mise en oeuvre;rapport|rapports;faire le point;feuille de route",
    ),
    (Topic::Cybercrime, "cyber*;informatique;en ligne"),
    (
        Topic::Training,
        "formation|formations|former|stages|stage;renforcement des capacites",
    ),
];

const EN: &[(Topic, &str)] = &[
    (
        Topic::Feedback,
        "feedback;joint investigation|investigations|inquiries;what became of;outcome|outcomes of <3> investigations|investigation|inquiries",
    ),
    (
        Topic::Meetings,
        "meeting|meetings|meet|convene|convening;session|sessions;consultation|consultations;dialogue;visits;summit;round",
    ),
    (
        Topic::Coordination,
        "coordinate|coordinating|coordination|coordinated;cooperate|cooperating;liaison;operational cooperation;joint operations",
    ),
    (
        Topic::Exchange,
        "exchange|exchanges|exchanging|share|sharing <4> intelligence|information|data|experience|experiences|practices|expertise|lessons;information|information-sharing|intelligence ?exchange|sharing|flow",
    ),
    (
        Topic::Deradicalisation,
        "deradicali*;de-radicali*;radicali*;violent extremism;disengagement",
    ),
    (
        Topic::Networks,
        "foreign ?terrorist fighters;terrorist|terror networks|cells|groups;terrorism|counterterrorism|counter-terrorism|terrorist|terrorists",
    ),
    (
        Topic::OrganisedCrime,
        "organized|organised|transnational crime|criminal|crimes;traffick*;money laundering;firearms|weapons|drugs|drug|narcotics|precursor|precursors|arms;criminal networks|organizations|groups;homicide*;smuggling of goods",
    ),
    (
        Topic::ImamTraining,
        "imam|imams|preachers;religious leaders|scholars",
    ),
    (
        Topic::Migration,
        "migration|migrants|migrant|migratory;refugee|refugees;asylum;human|migrant smuggling|trafficking;border|borders;readmission;regularization|regularisation;visa|visas;stateless*;returnees;pathways",
    ),
    (
        Topic::Rescue,
        "rescue|rescues;shipwreck*;search and rescue;lives at sea",
    ),
    (
        Topic::FollowUp,
        "follow-up|follow up;review|reviewing|evaluate|evaluation|assess;implementation|implement;report|reports|reporting;roadmap|road",
    ),
    (Topic::Cybercrime, "cyber*;online"),
    (
        Topic::Training,
        "training|trainings|train|courses|course;capacity ?building;capacity-building;workshops",
    ),
];

const AR: &[(Topic, &str)] = &[
    (
        Topic::Feedback,
        "الإفادة|إفادة|التغذية ?بالمعلومات|الراجعة;تحقيقات|التحقيقات|أبحاث|الأبحاث المشتركة|مشتركة;مآل",
    ),
    (
        Topic::Meetings,
        "لقاءات|اللقاءات|لقاء|اجتماع|اجتماعات|الاجتماعات|الاجتماع|دورة|دورات;مشاورات|المشاورات;حوار|الحوار;زيارات",
    ),
    (Topic::Coordination, "تنسيق|التنسيق|ينسق|تنسق"),
    (
        Topic::Exchange,
        "تبادل|يتبادل|تتبادل|سيتبادل|تقاسم <3> معلومات|المعلومات|معلومة|الخبرات|الخبرة|خبرات|التجارب|الاستخبارات|البيانات|الممارسات;تداول المعلومات",
    ),
    (
        Topic::Deradicalisation,
        "تطرف|التطرف|الراديكالية|نزع;خلط|الخلط",
    ),
    (
        Topic::Networks,
        "المقاتلين|مقاتلين|المقاتلون ?الإرهابيين|الأجانب;شبكات|الشبكات|خلايا|الخلايا ?الإرهابية|الإرهاب;إرهاب|الإرهاب|إرهابية|الإرهابية",
    ),
    (
        Topic::OrganisedCrime,
        "جريمة|الجريمة|إجرام|الإجرام المنظمة|منظمة|المنظم|العابرة;مخدرات|المخدرات;تهريب|الاتجار|اتجار <1> أسلحة|الأسلحة|المخدرات|السلاح;غسل|غسيل الأموال",
    ),
    (Topic::ImamTraining, "أئمة|الأئمة|المرشدين|مرشدين"),
    (
        Topic::Migration,
        "هجرة|الهجرة|مهاجرين|المهاجرين|المهاجرون;لاجئين|اللاجئين;لجوء|اللجوء;حدود|الحدود;اتجار|الاتجار بالبشر;تهريب المهاجرين;تأشيرات|التأشيرات",
    ),
    (Topic::Rescue, "إنقاذ|الإنقاذ;غرق|إغاثة"),
    (
        Topic::FollowUp,
        "متابعة|المتابعة|تتبع;تقييم|التقييم;تنفيذ|التنفيذ;تقرير|تقارير|تقريرا",
    ),
    (
        Topic::Cybercrime,
        "سيبرانية|السيبرانية|السيبراني|إلكترونية|الإلكترونية|المعلوماتية",
    ),
    (
        Topic::Training,
        "تكوين|التكوين|تدريب|التدريب|تدريبية|دورات;بناء|تعزيز القدرات",
    ),
];

struct Keys {
    index: Index,
    topics: Vec<Topic>,
}

const NONE: Fillers = Fillers {
    words: &[],
    endings: &[],
    nouns: &[],
};

fn keys(lang: Lang) -> &'static Keys {
    static ALL: [OnceLock<Keys>; 3] = [OnceLock::new(), OnceLock::new(), OnceLock::new()];
    let build = |rows: &[(Topic, &str)]| {
        let list: Vec<(Topic, &str)> = rows
            .iter()
            .flat_map(|(t, words)| words.split(';').map(|w| (*t, w)))
            .collect();
        Keys {
            index: Index::new(list.iter().map(|(_, w)| Pattern::new(w)).collect()),
            topics: list.into_iter().map(|(t, _)| t).collect(),
        }
    };
    let [fr, en, ar] = &ALL;
    match lang {
        Lang::Fr => fr.get_or_init(|| build(FR)),
        Lang::En => en.get_or_init(|| build(EN)),
        Lang::Ar => ar.get_or_init(|| build(AR)),
    }
}

/// The weight of a key word: what stands first (the verb and its object) says most; a special topic says more than a general
/// one.
fn weight(topic: Topic, at: usize) -> u32 {
    let place = match at {
        0..=2 => 9,
        3..=8 => 6,
        9..=16 => 3,
        _ => 2,
    };
    let special = match topic {
        Topic::Feedback | Topic::ImamTraining | Topic::Deradicalisation | Topic::Rescue => 4,
        Topic::Cybercrime => 3,
        Topic::Networks | Topic::FollowUp => 1,
        _ => 2,
    };
    place * special
}

/// The topic of a token range: the heaviest, the earliest among equals.
pub(super) fn of(lang: Lang, tokens: &[Token]) -> Topic {
    let keys = keys(lang);
    let mut scores: BTreeMap<Topic, (u32, usize)> = BTreeMap::new();
    let mut words = 0;
    for (at, token) in tokens.iter().enumerate() {
        for (id, _) in keys.index.at(tokens, at, &NONE) {
            let Some(topic) = keys.topics.get(id) else {
                continue;
            };
            let score = scores.entry(*topic).or_insert((0, words));
            score.0 += weight(*topic, words);
        }
        if !token.is_mark() {
            words += 1;
        }
    }
    scores
        .into_iter()
        .max_by_key(|(_, (score, first))| (*score, std::cmp::Reverse(*first)))
        .map_or(Topic::Other, |(t, _)| t)
}
