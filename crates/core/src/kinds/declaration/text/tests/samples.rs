//! Our own sample declarations: acts, speakers, splitting, lists, and what must not be taken for a promise.

use super::super::{Act, Actor, Class, Proposal, Topic};
use super::{of, proposal, titles};

fn acts(p: &Proposal) -> Vec<Act> {
    p.paragraphs
        .iter()
        .flat_map(|q| q.statements.iter().map(|s| s.act))
        .collect()
}

fn code(actor: &Actor) -> Option<&str> {
    if let Actor::One { code, .. } = actor {
        code.as_deref()
    } else {
        None
    }
}

#[test]
fn french_numbered_declaration() {
    let p = proposal(include_str!("sample.fr.txt"));
    assert_eq!(p.parties, ["PT", "TN"]);
    assert_eq!(p.date.as_deref(), Some("2031-03-03"));
    let commitments = of(&p, Class::Commitment);
    assert_eq!(
        commitments.len(),
        12,
        "{:#?}",
        titles(&p, Class::Commitment)
    );
    assert_eq!(
        titles(&p, Class::Reaffirmation),
        ["Lutter contre le financement du terrorisme"]
    );
    assert_eq!(titles(&p, Class::StudiesTowards).len(), 1);
    assert_eq!(titles(&p, Class::Appeal).len(), 1);
    let owners: Vec<_> = commitments.iter().map(|c| code(&c.owners)).collect();
    assert_eq!(
        owners,
        [
            None,
            None,
            Some("PT"),
            Some("TN"),
            None,
            None,
            None,
            None,
            None,
            None,
            Some("TN"),
            Some("PT")
        ]
    );
    let items: Vec<_> = p
        .paragraphs
        .iter()
        .filter(|q| q.lead_in == Some(7))
        .map(|q| q.key.as_deref())
        .collect();
    assert_eq!(items[..3], [Some("7.a"), Some("7.b"), Some("7.c")]);
    assert_eq!(commitments[1].topic, Topic::Feedback);
}

#[test]
fn english_communique_with_lists() {
    let p = proposal(include_str!("sample.en.md"));
    assert_eq!(p.parties, ["CA", "KE"]);
    let c = titles(&p, Class::Commitment);
    assert_eq!(c.len(), 14, "{c:#?}");
    assert_eq!(
        titles(&p, Class::Appeal),
        ["Encouraged civil society to contribute"]
    );
    assert_eq!(titles(&p, Class::Reaffirmation).len(), 1);
    for position in [
        "will help",
        "As was agreed",
        "who will take part",
        "deplore",
        "commended",
    ] {
        assert!(
            of(&p, Class::Commitment)
                .iter()
                .all(|c| !c.text.contains(position)),
            "{position}"
        );
    }
    assert!(
        acts(&p).contains(&Act::IsConcerned)
            && acts(&p).contains(&Act::Supports)
            && acts(&p).contains(&Act::Welcomes)
    );
}

#[test]
fn arabic_declaration_with_joined_particles() {
    let p = proposal(include_str!("sample.ar.txt"));
    assert_eq!(p.parties, ["EG", "JO"]);
    assert_eq!(
        titles(&p, Class::Commitment).len(),
        8,
        "{:#?}",
        titles(&p, Class::Commitment)
    );
    assert_eq!(titles(&p, Class::Reaffirmation).len(), 1);
    assert_eq!(titles(&p, Class::Appeal).len(), 1);
    assert_eq!(titles(&p, Class::StudiesTowards).len(), 1);
    let owners: Vec<_> = of(&p, Class::Commitment)
        .iter()
        .filter_map(|c| code(&c.owners))
        .collect();
    assert_eq!(owners, ["JO", "EG"]);
    let all = acts(&p);
    for act in [Act::Condemns, Act::CallsOn, Act::Welcomes, Act::IsConcerned] {
        assert!(all.contains(&act), "{act:?}");
    }
}

#[test]
fn one_sentence_may_hold_two_acts() {
    for (text, expected) in [
        (
            "Le Nord et le Sud ont exprimé leur inquiétude et ont fermement condamné ces actes.",
            vec![Act::IsConcerned, Act::Condemns],
        ),
        (
            "Les deux pays, qui se sont dits préoccupés par ces drames, appellent l'Union africaine à agir.",
            vec![Act::IsConcerned, Act::CallsOn],
        ),
        (
            "The ministers welcomed the report and agreed to publish it.",
            vec![Act::Welcomes, Act::Commits],
        ),
        (
            "We recognize our duties and pledge to fulfil them.",
            vec![Act::Notes, Act::Commits],
        ),
        (
            "أعرب الطرفان عن قلقهما ونددا بالهجمات.",
            vec![Act::IsConcerned, Act::Condemns],
        ),
    ] {
        assert_eq!(acts(&proposal(text)), expected, "{text}");
    }
}

#[test]
fn objects_of_distinct_topics_are_split_and_of_one_family_stay_together() {
    let count = |text: &str| of(&proposal(text), Class::Commitment).len();
    assert_eq!(
        count(
            "Les deux pays ont décidé d'améliorer le retour d'informations et de multiplier les réunions."
        ),
        2
    );
    assert_eq!(
        count(
            "Les deux pays ont décidé de mieux coordonner leurs services et de préserver l'échange de renseignements."
        ),
        1
    );
    assert_eq!(
        count("Les deux pays ont décidé de poursuivre leurs efforts et de les amplifier."),
        1
    );
    assert_eq!(
        count("Both sides agreed to hold more meetings and to train the coast guards."),
        2
    );
    assert_eq!(
        count("Both sides agreed to coordinate their services and to share intelligence."),
        1
    );
}

#[test]
fn nouns_infinitives_and_relative_clauses_are_no_promises() {
    for text in [
        "The two countries welcomed the plans to build a bridge.",
        "The ministers praised the measures that the two sides agreed to last year.",
        "Les deux pays saluent les mesures que les parties ont décidé de prendre.",
        "The project, which will be completed in spring, was presented to the ministers.",
        "Le plan qui sera adopté ultérieurement a été présenté aux ministres.",
        "The African Union will send observers to the region.",
        "La situation sera difficile dans les prochains mois pour la région.",
        "Such a step would help the two countries to grow.",
        "Ce projet permettrait de renforcer les liens entre les deux pays.",
        "They recalled their pledge and discussed the results.",
        "Both sides agreed on the importance of dialogue.",
        "Les deux parties sont convenues de la nécessité du dialogue.",
        "The ministers agree that the situation is serious.",
        "رحب الطرفان بالالتزام المتبادل وبالنتائج.",
    ] {
        let p = proposal(text);
        assert!(
            of(&p, Class::Commitment).is_empty(),
            "{text}: {:#?}",
            p.commitments
        );
    }
}

#[test]
fn promises_in_many_words() {
    for text in [
        "The two countries will establish a joint unit.",
        "Each Party shall inform the other without delay.",
        "A working group will be set up.",
        "The next session will take place in spring.",
        "We direct our ministers to report back.",
        "Both sides have decided to open a liaison office.",
        "The leaders are determined to end impunity.",
        "Les deux pays mettront en place une cellule commune.",
        "Nous veillerons à la protection des victimes.",
        "Les deux pays vont renforcer leurs échanges.",
        "Canada announced that it would open a liaison office.",
        "Canada announced that it would contribute to the fund.",
        "Officers of both countries are to be trained together.",
        "They concurred on deepening their exchanges.",
        "Le Canada a annoncé qu'il ouvrirait un bureau de liaison.",
        "Les ministres compétents ont été chargés de présenter un rapport.",
        "Les deux pays prévoient la désignation d'un magistrat de liaison.",
        "Un comité mixte sera créé.",
        "La prochaine session se tiendra au printemps.",
        "Les deux parties entendent développer leurs échanges.",
        "Ils sont également convenus de partager leurs analyses.",
        "Les deux parties ont exprimé leur volonté de coopérer.",
        "Les ministres ont chargé leurs services de préparer un accord.",
        "Il a été décidé de créer une commission.",
        "ستعمل اللجنة المشتركة على إعداد خطة.",
        "سيتم إحداث خلية مشتركة.",
        "يتعهد الطرفان بتبادل المعلومات.",
        "قررت الحكومتان فتح مكتب اتصال.",
        "عبر الجانبان عن عزمهما على التعاون.",
    ] {
        let p = proposal(text);
        assert_eq!(
            of(&p, Class::Commitment).len(),
            1,
            "{text}: {:#?}",
            p.paragraphs
        );
        assert!(!p.commitments[0].because.is_empty());
    }
}

#[test]
fn restated_promises_are_a_class_of_their_own() {
    for text in [
        "The ministers reaffirmed their commitment to fight trafficking.",
        "We remain committed to dialogue and to peace.",
        "Les deux pays ont réitéré leur engagement à combattre la fraude.",
        "Nous restons déterminés à protéger les victimes.",
        "جدد الطرفان التزامهما بمحاربة الفساد.",
    ] {
        let p = proposal(text);
        assert_eq!(
            p.commitments.iter().map(|c| c.class).collect::<Vec<_>>(),
            [Class::Reaffirmation],
            "{text}"
        );
    }
    let view = proposal("The ministers reaffirmed the importance of dialogue.");
    assert!(view.commitments.is_empty() && acts(&view) == [Act::Reaffirms]);
}

#[test]
fn the_json_form_is_the_documented_one() {
    let p = proposal("The two sides agree to meet by 2030.");
    let v = serde_json::to_value(&p).expect("json");
    assert_eq!(v["language"], "en");
    assert_eq!(v["paragraphs"][0]["number"], 1);
    assert_eq!(v["paragraphs"][0]["statements"][0]["act"], "commits");
    assert_eq!(
        v["paragraphs"][0]["statements"][0]["speaker"]["who"],
        "both"
    );
    assert_eq!(
        v["paragraphs"][0]["statements"][0]["because"][0]["text"],
        "agree to"
    );
    assert_eq!(v["commitments"][0]["class"], "commitment");
    assert_eq!(v["commitments"][0]["topic"], "meetings");
    assert_eq!(v["commitments"][0]["title"], "Meet by 2030");
    assert_eq!(v["commitments"][0]["due"][0]["date"], "2030");
}

#[test]
fn a_long_title_ends_where_a_clause_does() {
    for (text, expected) in [
        (
            "Renforcer la coopération entre les services de police et de gendarmerie des deux pays afin de démanteler les réseaux criminels organisés.",
            "Renforcer la coopération entre les services de police et de gendarmerie des deux pays…",
        ),
        (
            "strengthen the cooperation between the police services of the two countries in order to dismantle the criminal networks that they face",
            "Strengthen the cooperation between the police services of the two countries…",
        ),
        ("créer une commission mixte.", "Créer une commission mixte"),
    ] {
        assert_eq!(super::super::title(text), expected);
    }
}

/// What communiqués of elsewhere showed, in sentences of our own: whether each promises. Take out: in `propose.rs`, `continues` of `item`,
/// `says_it_of_a_thing`, `talks` of `item`; in `future.rs`, `french_object_of`, `reported_plan`; in `classify.rs`, `holds_view`; in `actors.rs`,
/// `qualified`.
#[test]
fn what_unseen_communiques_showed_is_read() {
    let promised = |p: &super::Proposal| {
        let last = p.paragraphs.last().expect("a paragraph").number;
        let own = |c: &&super::Commitment| c.paragraph == last && c.class == Class::Commitment;
        p.commitments.iter().any(|c| own(&c))
    };
    for (text, wanted) in [
        (
            "Pour agir, les deux gouvernements :\n\n- doubleront les bourses de recherche.",
            true,
        ),
        (
            "Les ministres ont passé en revue les sujets suivants :\n\n- l'échange de données sur les navires.",
            false,
        ),
        (
            "The ministers discussed:\n\n- support for the victims.",
            false,
        ),
        (
            "Les gouvernements portugais et tunisien agiront de concert.",
            true,
        ),
        (
            "La fraude documentaire fera l'objet d'un plan commun.",
            true,
        ),
        ("Il est institué un comité des ports.", true),
        ("Sont créées des équipes mixtes de plongeurs.", true),
        (
            "Les ministres ont marqué leur accord pour l'ouverture d'une école.",
            true,
        ),
        (
            "Un comité sera institué.\n\nIl se réunira à Lisbonne.",
            true,
        ),
        (
            "Le Portugal et la Tunisie mettront en place un fonds.\n\nElle devra mobiliser toutes les énergies.",
            false,
        ),
        (
            "Both sides had agreed in the plan to act against the smugglers.",
            true,
        ),
        ("The venue of each meeting would be decided by turns.", true),
        (
            "Both sides agreed that the plan would contribute to peace.",
            false,
        ),
        (
            "Both sides agreed that the committee would meet in March.",
            true,
        ),
        ("Agreement was also reached to open a desk in Tunis.", true),
        ("The two sides are committing to share their images.", true),
        ("The open issues will be dealt with by the experts.", true),
        (
            "The two countries share a commitment to peace, democracy and human rights.",
            false,
        ),
        (
            "We met in Lisbon with more than thirty nations committed to peace.",
            false,
        ),
    ] {
        assert_eq!(promised(&proposal(text)), wanted, "{text}");
    }
}

/// Who is bound, and the title. Take out: in `speaker.rs`, `impersonal`; in `objects.rs`, `without_date`, `without_marks`; in `classify.rs`,
/// `only_with_preposition`.
#[test]
fn an_impersonal_promise_binds_both_and_titles_say_what_is_promised() {
    let p = proposal(
        "# Morocco and France\n\nFrance will offer twenty places in its academies.\n\nIt was agreed to set up a working group on cyber threats.",
    );
    let of = of(&p, Class::Commitment);
    assert_eq!(of.len(), 2);
    assert!(matches!(of[0].owners, Actor::One { .. }));
    assert_eq!(of[1].owners, Actor::Both);
    let title = super::super::title;
    let long = "Fournira au Maroc, avant le 30 juin 2027, vingt places dans ses écoles.";
    assert_eq!(
        title(long),
        "Fournira au Maroc vingt places dans ses écoles"
    );
    let two = "prévenir ensemble la radicalisation et à démanteler les filières";
    let wanted = "Prévenir ensemble la radicalisation et démanteler les filières";
    assert_eq!(title(two), wanted);
    let elided = "coordonner leurs enquêtes et d'échanger des pièces";
    assert_eq!(
        title(elided),
        "Coordonner leurs enquêtes et échanger des pièces"
    );
    let ar = "يجدد الطرفان التزامهما برفض كل تطرف وكل خلط بين أي جماعة والعنف.";
    let p = proposal(ar);
    let said: Vec<&str> = p.commitments.iter().map(|c| c.text.as_str()).collect();
    assert!(
        said.iter().any(|text| text.contains("برفض كل تطرف")),
        "{said:?}"
    );
}
