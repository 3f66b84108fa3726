//! The words of the story: worded by the project, fictional throughout. Both sides get the same parts: one overdue, one refusal, one
//! good feedback each. Nobody is named; no place, company or service is real.

use super::world::other;
use serde_json::{Value, json};

/// The commitments of the twelfth meeting, in our words, by language: file name and text.
pub const DECLARATION: [(&str, &str, &str); 3] = [
    (
        "fr",
        "engagements.fr.txt",
        include_str!("texts/declaration.fr.txt"),
    ),
    (
        "ar",
        "engagements.ar.txt",
        include_str!("texts/declaration.ar.txt"),
    ),
    (
        "en",
        "engagements.en.txt",
        include_str!("texts/declaration.en.txt"),
    ),
];

/// A file of the first answer, its size chosen so that it takes several chunks.
pub fn timetable() -> Vec<u8> {
    let mut out = String::from("jour;ligne;depart;arrivee;colis\n");
    for n in 0..12_000_u32 {
        let (day, line, hour) = (n / 400 + 1, n % 12 + 1, n % 24);
        out.push_str(&format!(
            "{day:02};L{line:02};{hour:02}:{:02};{:02}:{:02};{}\n",
            n % 60,
            (hour + 3) % 24,
            (n * 7) % 60,
            n % 41
        ));
    }
    out.into_bytes()
}

/// A short file of the second answer.
pub const EXTRACT: &[u8] = b"rubrique;valeur\nforme;societe a responsabilite limitee\nobjet;transport de marchandises\nstatut;radiee\n";

/// A request as each side opens one.
pub struct Ask {
    /// Who asks.
    pub from: &'static str,
    /// Language of its text.
    pub lang: &'static str,
    /// Its urgency.
    pub urgency: &'static str,
    subject: &'static str,
    question: &'static str,
    facts: &'static str,
    link: &'static str,
    offence: &'static str,
}

impl Ask {
    /// The form's values.
    pub fn values(&self) -> Value {
        let other = other(self.from);
        json!({
            "title": self.subject, "question": self.question, "facts": self.facts, "country_link": self.link, "offence": self.offence,
            "urgency": self.urgency, "to": format!("{other}/investigation"),
        })
    }
}

/// Answered with a file, then good feedback: one from each side.
pub const ANSWERED: [Ask; 2] = [
    Ask {
        from: "ma",
        lang: "fr",
        urgency: "normal",
        subject: "Horaires d’un transporteur de colis",
        question: "Quels départs ce transporteur a-t-il déclarés en mars, et pour combien de colis ?",
        facts: "Des titres de transport contrefaits portent tous la marque d’un même transporteur fictif.",
        link: "Le transporteur y est enregistré.",
        offence: "fraud",
    },
    Ask {
        from: "fr",
        lang: "fr",
        urgency: "normal",
        subject: "Statut d’une société de transport",
        question: "Cette société existe-t-elle encore, et quel est son objet ?",
        facts: "Son cachet figure sur trois documents saisis lors d’un contrôle ordinaire.",
        link: "Son siège déclaré s’y trouve.",
        offence: "fraud",
    },
];

/// Refused with a ground: one from each side.
pub const REFUSED: [Ask; 2] = [
    Ask {
        from: "ma",
        lang: "fr",
        urgency: "normal",
        subject: "Liste complète des abonnés d’une messagerie",
        question: "Qui sont tous les abonnés de cette messagerie depuis deux ans ?",
        facts: "Un des comptes a servi à proposer de faux titres.",
        link: "Le service y est exploité.",
        offence: "fraud",
    },
    Ask {
        from: "fr",
        lang: "fr",
        urgency: "normal",
        subject: "Images d’un parc de stationnement",
        question: "Les images du 2 mars sont-elles encore disponibles ?",
        facts: "Un véhicule utilitaire y aurait été chargé de nuit.",
        link: "Le parc s’y trouve.",
        offence: "property",
    },
];

/// Given a new date: one from each side.
pub const EXTENDED: [Ask; 2] = [
    Ask {
        from: "ma",
        lang: "ar",
        urgency: "urgent_indirect",
        subject: "مسار شحنة من المعدات",
        question: "ما هو مسار هذه الشحنة بعد خروجها من المستودع؟",
        facts: "معدات سُرقت من ورش بناء أعيد بيعها بوثائق مزورة.",
        link: "المستودع يوجد لديكم.",
        offence: "property",
    },
    Ask {
        from: "fr",
        lang: "fr",
        urgency: "urgent_indirect",
        subject: "Origine d’un lot de cartes prépayées",
        question: "À quel point de vente ce lot a-t-il été livré ?",
        facts: "Des cartes du même lot ont payé des envois sous de fausses raisons sociales.",
        link: "Le lot y a été mis en vente.",
        offence: "fraud",
    },
];

/// Left without an answer until it stands on the next meeting's list: one from each side.
pub const OVERDUE: [Ask; 2] = [
    Ask {
        from: "ma",
        lang: "fr",
        urgency: "normal",
        subject: "Propriétaire d’un entrepôt",
        question: "À qui cet entrepôt est-il loué depuis janvier ?",
        facts: "Deux livraisons suspectes y ont été annoncées.",
        link: "L’entrepôt s’y trouve.",
        offence: "organised_crime",
    },
    Ask {
        from: "fr",
        lang: "en",
        urgency: "normal",
        subject: "Origin of a printing plate",
        question: "Which workshop ordered printing plates of this format this year?",
        facts: "Counterfeit waybills were printed with plates of an unusual format.",
        link: "Plates of this format are sold there.",
        offence: "fraud",
    },
];

/// How many persons exercise their rights with `ma`.
pub const PERSONS: u32 = 12;

/// The request of a fictional person, known by no more than a reference.
pub fn rights(n: u32, received: &str) -> Value {
    json!({
        "title": format!("Demande fictive {n}"), "right": "access", "relation": "person", "identity": "in_person",
        "received_on": received, "person_language": if n.is_multiple_of(3) { "ar" } else { "fr" },
        "person": format!("Titulaire de la référence fictive {n}."),
        "asked": "Savoir quelles données la concernant furent échangées.",
    })
}

/// What `fr` answers to each.
pub fn no_data() -> Value {
    json!({"result": "no_data", "text": "Rien n’a été trouvé sous cette référence."})
}

/// What each is told.
pub fn decided() -> Value {
    json!({"result": "no_data", "to_person": "Aucune donnée vous concernant n’a été échangée."})
}

/// The joint investigation, opened by `ma`.
pub fn investigation() -> Value {
    json!({
        "title": "Estuaire",
        "aim": "Comprendre et arrêter une filière de faux titres de transport entre les deux pays.",
        "facts": "Des envois circulent sous des raisons sociales inventées ; les mêmes modèles de documents reviennent.",
        "to": "fr/investigation",
    })
}

/// The opening story: what `fr` contributes, and what it later reads that `ma` made of it.
pub fn first_contribution() -> Value {
    json!({
        "title": "Trois modèles de lettres de voiture",
        "text": "Les documents saisis se ramènent à trois modèles. Le deuxième porte une faute constante dans la mention de retour.",
        "nature": "fact", "source": "A", "accuracy": "2", "handling": "H2",
    })
}

/// What `ma` contributes.
pub fn second_contribution() -> Value {
    json!({
        "title": "Points de dépôt récurrents",
        "text": "Sept dépôts sur dix ont lieu dans les deux mêmes relais, le mardi et le vendredi.",
        "nature": "fact", "source": "B", "accuracy": "3", "handling": "H2",
    })
}
