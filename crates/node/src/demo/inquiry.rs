//! A joint investigation in mid-life: an agreement signed in two languages and extended, things of every sort brought by both sides with the
//! links between them, two records that people joined and two that they kept apart, operations under way, a first look back.
//!
//! Everything is invented: nobody is named, aliases are words, numbers are of ranges that no one has.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One record: its key in this story, who brings it, its sort, and its fields.
type Thing = (&'static str, &'static str, &'static str, Fields);
/// Fields by name.
type Fields = &'static [(&'static str, &'static str)];
/// A link: who brings it, from, how, to, fact or assessment, since when.
type Link = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// The opening, by `fr`.
pub const OPENING: Fields = &[
    ("title", "Passerelle"),
    (
        "aim",
        "Comprendre comment du matériel volé sur des chantiers passe d’un pays à l’autre, et l’arrêter.",
    ),
    (
        "facts",
        "Des engins volés d’un côté reparaissent de l’autre sous de faux documents de vente.",
    ),
    ("to", "ma/investigation"),
];

/// The agreement, in French and Arabic.
pub const AGREEMENT: Fields = &[
    ("other_lang", "ar"),
    (
        "parties",
        "Les autorités de poursuite des deux États, par leurs services d’enquête.",
    ),
    (
        "parties_other",
        "سلطات المتابعة في الدولتين، عبر مصالح التحقيق لديهما.",
    ),
    (
        "purpose",
        "Établir l’itinéraire du matériel volé et des faux documents qui l’accompagnent.",
    ),
    (
        "purpose_other",
        "تحديد مسار المعدات المسروقة والوثائق المزورة المرافقة لها.",
    ),
    (
        "states",
        "Les deux États ; chaque service opère chez lui, selon sa loi.",
    ),
    (
        "states_other",
        "الدولتان معا؛ كل مصلحة تعمل في بلدها وفق قانونها.",
    ),
    (
        "leaders",
        "De chaque côté, la personne qui dirige l’unité d’enquête.",
    ),
    ("leaders_other", "من كل جانب، رئيس وحدة التحقيق."),
    (
        "evidence_before",
        "Les pièces d’avant l’accord sont versées une à une, par qui les détient.",
    ),
    (
        "evidence_before_other",
        "وثائق ما قبل الاتفاق يقدمها صاحبها واحدة واحدة.",
    ),
    (
        "evidence_during",
        "Chaque pièce est versée au dossier avec son évaluation ; son auteur dit s’il en permet la production en justice.",
    ),
    (
        "evidence_during_other",
        "كل وثيقة تقدم في الملف مع تقييمها، ويقول صاحبها هل يسمح بالإدلاء بها أمام القضاء.",
    ),
    (
        "media",
        "Aucune communication sans l’accord des deux directions.",
    ),
    ("media_other", "لا تواصل مع العموم دون موافقة الطرفين."),
    ("costs", "Chaque État supporte ses propres dépenses."),
    ("costs_other", "تتحمل كل دولة نفقاتها."),
    (
        "evaluation",
        "À mi-parcours et à la fin, d’après les chiffres du dossier.",
    ),
    (
        "evaluation_other",
        "في منتصف المدة وعند النهاية، وفق أرقام الملف.",
    ),
];

/// The things, in the order in which they are brought.
pub const THINGS: &[Thing] = &[
    (
        "typographe",
        "fr",
        "person",
        &[
            ("name", "« le Typographe »"),
            ("script", "fr-Latn"),
            ("second_name", "الطباع"),
            ("second_script", "ar-Arab"),
            ("category", "suspect"),
            ("from_date", "1979"),
            ("nature", "fact"),
            ("source", "B"),
            ("accuracy", "2"),
            (
                "text",
                "Compose les faux documents de vente ; connu par cet alias seul.",
            ),
        ],
    ),
    (
        "mistral",
        "fr",
        "person",
        &[
            ("name", "alias Mistral"),
            ("script", "fr-Latn"),
            ("category", "suspect"),
            ("nature", "fact"),
            ("source", "B"),
            ("accuracy", "3"),
        ],
    ),
    (
        "gardien",
        "fr",
        "person",
        &[
            ("name", "gardien du dépôt nord"),
            ("script", "fr-Latn"),
            ("category", "contact"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
            ("text", "Témoin ; a signalé deux chargements de nuit."),
        ],
    ),
    (
        "chirgui",
        "ma",
        "person",
        &[
            ("name", "لقب الشرقي"),
            ("script", "ar-Arab"),
            ("second_name", "alias Chergui"),
            ("second_script", "ar-Latn"),
            ("category", "suspect"),
            ("from_date", "1984-03"),
            ("nature", "fact"),
            ("source", "B"),
            ("accuracy", "2"),
        ],
    ),
    (
        "loueur",
        "ma",
        "person",
        &[
            ("name", "مالك ورشة متضررة"),
            ("script", "ar-Arab"),
            ("category", "victim"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "nakkal",
        "ma",
        "person",
        &[
            ("name", "الناقل"),
            ("script", "ar-Arab"),
            ("second_name", "le Convoyeur"),
            ("second_script", "fr-Latn"),
            ("category", "contact"),
            ("nature", "assessment"),
            ("source", "C"),
            ("accuracy", "4"),
            ("text", "قد يكون سائقا لا يعرف ما ينقل."),
        ],
    ),
    (
        "atelier",
        "fr",
        "organisation",
        &[
            ("name", "Atelier d’impression fictif"),
            ("script", "fr-Latn"),
            ("form", "société"),
            ("from_date", "2011"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "negoce",
        "ma",
        "organisation",
        &[
            ("name", "شركة وهمية لبيع المعدات"),
            ("script", "ar-Arab"),
            ("second_name", "Négoce de matériel (fictif)"),
            ("second_script", "fr-Latn"),
            ("form", "شركة"),
            ("from_date", "2013-05"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "transit",
        "fr",
        "organisation",
        &[
            ("name", "Transit de l’Estuaire (fictif)"),
            ("script", "fr-Latn"),
            ("form", "société"),
            ("nature", "fact"),
            ("source", "B"),
            ("accuracy", "2"),
        ],
    ),
    (
        "tel_fr",
        "fr",
        "phone",
        &[
            ("name", "+33 0 00 00 00 11"),
            ("from_date", "2014-10"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "tel_ma",
        "ma",
        "phone",
        &[
            ("name", "+33 0 00 00 00 11"),
            ("nature", "fact"),
            ("source", "B"),
            ("accuracy", "2"),
            ("text", "ورد في دفتر مضبوط."),
        ],
    ),
    (
        "tel_chergui",
        "ma",
        "phone",
        &[
            ("name", "+212 0 00 00 00 12"),
            ("from_date", "2015-01"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "tel_depot",
        "fr",
        "phone",
        &[
            ("name", "+33 0 00 00 00 13"),
            ("nature", "fact"),
            ("source", "B"),
            ("accuracy", "2"),
        ],
    ),
    (
        "compte",
        "fr",
        "account",
        &[
            ("name", "FR00 0000 0000 0000"),
            ("account_sort", "bank"),
            ("held_at", "banque fictive"),
            ("from_date", "2012"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "mandat",
        "ma",
        "account",
        &[
            ("name", "وكالة تحويل 00"),
            ("account_sort", "transfer"),
            ("nature", "fact"),
            ("source", "B"),
            ("accuracy", "3"),
        ],
    ),
    (
        "annonce",
        "fr",
        "account",
        &[
            ("name", "vendeur_chantier_00"),
            ("account_sort", "online"),
            ("held_at", "site d’annonces fictif"),
            ("from_date", "2014-12"),
            ("to_date", "2015-04"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "camion",
        "fr",
        "vehicle",
        &[
            ("name", "AA-000-AA"),
            ("model", "camion plateau"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "fourgon",
        "ma",
        "vehicle",
        &[
            ("name", "00000-أ-00"),
            ("model", "شاحنة صغيرة"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "navire",
        "ma",
        "vessel",
        &[
            ("name", "سفينة خيالية"),
            ("script", "ar-Arab"),
            ("second_name", "Navire imaginaire"),
            ("second_script", "fr-Latn"),
            ("flag", "pavillon fictif"),
            ("nature", "fact"),
            ("source", "B"),
            ("accuracy", "2"),
        ],
    ),
    (
        "depot",
        "fr",
        "address",
        &[
            ("name", "Dépôt nord, quai fictif"),
            ("town", "ville portuaire fictive"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "hangar",
        "ma",
        "address",
        &[
            ("name", "مستودع الحي الصناعي الوهمي"),
            ("town", "مدينة وهمية"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "appareil",
        "fr",
        "device",
        &[
            ("name", "00-000000-000000-0"),
            ("model", "téléphone"),
            ("from_date", "2015-02"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "facture",
        "fr",
        "document",
        &[
            ("name", "Facture de vente no 00-17"),
            ("script", "fr-Latn"),
            ("document_sort", "invoice"),
            ("from_date", "2015-03-12"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
            (
                "text",
                "Fausse : la mention de retour porte la faute constante.",
            ),
        ],
    ),
    (
        "connaissement",
        "ma",
        "document",
        &[
            ("name", "وثيقة شحن 00-18"),
            ("script", "ar-Arab"),
            ("document_sort", "ticket"),
            ("from_date", "2015-03-20"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
    (
        "chargement",
        "fr",
        "event",
        &[
            ("name", "Chargement de nuit au dépôt nord"),
            ("from_date", "2015-03-18"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "2"),
        ],
    ),
    (
        "dechargement",
        "ma",
        "event",
        &[
            ("name", "تفريغ في المستودع"),
            ("from_date", "2015-03-24"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "2"),
        ],
    ),
    (
        "quai",
        "fr",
        "place",
        &[
            ("name", "Quai des engins (fictif)"),
            ("script", "fr-Latn"),
            ("second_name", "رصيف المعدات (وهمي)"),
            ("second_script", "ar-Arab"),
            ("nature", "fact"),
            ("source", "A"),
            ("accuracy", "1"),
        ],
    ),
];

/// The links, in the order in which they are brought.
pub const LINKS: &[Link] = &[
    (
        "fr",
        "typographe",
        "directs",
        "atelier",
        "assessment",
        "2014",
    ),
    ("fr", "typographe", "uses", "tel_fr", "fact", "2014-10"),
    (
        "fr",
        "typographe",
        "acted_with",
        "mistral",
        "assessment",
        "2015",
    ),
    ("fr", "mistral", "uses", "tel_depot", "fact", "2015-02"),
    ("fr", "mistral", "uses", "annonce", "fact", "2014-12"),
    ("fr", "mistral", "uses", "camion", "fact", "2015-03"),
    ("fr", "atelier", "owns", "compte", "fact", "2012"),
    ("fr", "atelier", "located_at", "depot", "fact", ""),
    ("fr", "transit", "owns", "camion", "fact", "2013"),
    ("fr", "gardien", "works_for", "transit", "fact", "2010"),
    (
        "fr",
        "gardien",
        "present_at",
        "chargement",
        "fact",
        "2015-03-18",
    ),
    (
        "fr",
        "chargement",
        "happened_at",
        "depot",
        "fact",
        "2015-03-18",
    ),
    (
        "fr",
        "camion",
        "present_at",
        "chargement",
        "fact",
        "2015-03-18",
    ),
    ("fr", "depot", "located_at", "quai", "fact", ""),
    ("fr", "appareil", "located_at", "depot", "fact", "2015-02"),
    (
        "fr",
        "tel_depot",
        "installed_in",
        "appareil",
        "fact",
        "2015-02",
    ),
    ("fr", "atelier", "named_in", "facture", "fact", "2015-03-12"),
    (
        "fr",
        "facture",
        "issued_to",
        "transit",
        "fact",
        "2015-03-12",
    ),
    ("fr", "tel_fr", "called", "tel_depot", "fact", "2015-03"),
    ("fr", "transit", "paid", "compte", "fact", "2015-03"),
    ("ma", "chirgui", "uses", "tel_chergui", "fact", "2015-01"),
    (
        "ma",
        "chirgui",
        "directs",
        "negoce",
        "assessment",
        "2013-05",
    ),
    ("ma", "chirgui", "holds", "mandat", "assessment", "2015"),
    (
        "ma",
        "chirgui",
        "in_contact_with",
        "nakkal",
        "fact",
        "2015-02",
    ),
    ("ma", "nakkal", "uses", "fourgon", "fact", "2015-03"),
    (
        "ma",
        "nakkal",
        "present_at",
        "dechargement",
        "fact",
        "2015-03-24",
    ),
    (
        "ma",
        "dechargement",
        "happened_at",
        "hangar",
        "fact",
        "2015-03-24",
    ),
    ("ma", "negoce", "located_at", "hangar", "fact", "2013"),
    (
        "ma",
        "fourgon",
        "present_at",
        "dechargement",
        "fact",
        "2015-03-24",
    ),
    (
        "ma",
        "negoce",
        "named_in",
        "connaissement",
        "fact",
        "2015-03-20",
    ),
    (
        "ma",
        "navire",
        "named_in",
        "connaissement",
        "fact",
        "2015-03-20",
    ),
    (
        "ma",
        "loueur",
        "in_contact_with",
        "negoce",
        "fact",
        "2015-04",
    ),
    (
        "ma",
        "tel_chergui",
        "called",
        "tel_ma",
        "fact",
        "2015-03-17",
    ),
    (
        "ma",
        "tel_ma",
        "called",
        "tel_chergui",
        "fact",
        "2015-03-21",
    ),
    ("ma", "negoce", "paid", "mandat", "assessment", "2015-03"),
    (
        "ma",
        "dechargement",
        "follows",
        "chargement",
        "assessment",
        "2015-03-24",
    ),
    (
        "ma",
        "chirgui",
        "in_contact_with",
        "mistral",
        "assessment",
        "2015-02",
    ),
    ("fr", "navire", "went_to", "quai", "fact", "2015-03-19"),
    (
        "fr",
        "facture",
        "delivered_to",
        "negoce",
        "assessment",
        "2015-03",
    ),
    ("fr", "annonce", "named_in", "facture", "fact", "2015-03-12"),
    (
        "fr",
        "transit",
        "delivered_to",
        "negoce",
        "assessment",
        "2015-03",
    ),
];

/// The year in which the story's facts are told; each is shown in the year before the demonstration.
const TOLD: &str = "2015";

/// Fields as JSON, with what happened told of the year before.
#[must_use]
pub fn values(fields: Fields, last_year: &str) -> Value {
    let pair = |(name, text): &(&str, &str)| {
        let text = text.replace(TOLD, last_year);
        ((*name).to_owned(), json!(text))
    };
    let map: Map<String, Value> = fields.iter().map(pair).collect();
    Value::Object(map)
}

/// The agreement as JSON, with the days of its period.
#[must_use]
pub fn agreement((begins, ends): (&str, &str), changes: Option<&str>) -> Value {
    let mut out = values(AGREEMENT, TOLD);
    if let Some(map) = out.as_object_mut() {
        map.insert("begins".to_owned(), json!(begins));
        map.insert("ends".to_owned(), json!(ends));
        map.insert("changes".to_owned(), json!(changes));
    }
    out
}

/// A link as JSON, between the entries that its things became.
#[must_use]
pub fn link(link: &Link, entries: &BTreeMap<&str, String>, last_year: &str) -> Value {
    let (_, from, how, to, nature, since) = link;
    let mut out = json!({
        "from_thing": entries.get(from), "how": how, "to_thing": entries.get(to), "nature": nature, "source": "B", "accuracy": "2",
    });
    if let (Some(map), false) = (out.as_object_mut(), since.is_empty()) {
        map.insert(
            "from_date".to_owned(),
            json!(since.replace(TOLD, last_year)),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::kinds::investigation::lists::link_sort;
    use entente_core::kinds::investigation::things::ThingSort;
    use std::collections::BTreeSet;

    #[test]
    fn every_sort_is_brought_and_every_link_is_between_things_of_the_story() {
        let keys: BTreeSet<&str> = THINGS.iter().map(|(key, ..)| *key).collect();
        assert_eq!(keys.len(), THINGS.len());
        for sort in ThingSort::ALL {
            assert!(THINGS.iter().any(|(_, _, of, _)| *of == sort.as_str()));
        }
        for (by, from, how, to, ..) in LINKS {
            assert!(
                keys.contains(from) && keys.contains(to) && from != to,
                "{from} {to}"
            );
            assert!(
                link_sort(how).is_some() && ["fr", "ma"].contains(by),
                "{how}"
            );
        }
        for node in ["fr", "ma"] {
            assert!(THINGS.iter().filter(|(_, by, ..)| *by == node).count() >= 10);
        }
    }
}
