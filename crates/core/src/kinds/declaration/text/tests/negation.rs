//! Negated promises: what is said not to be done is no commitment; a promise not to do something is one and keeps its "not".

use super::super::Class;
use super::{of, proposal, titles};

#[test]
fn a_negated_promise_is_no_commitment() {
    for text in [
        "La partie marocaine ne s'engage pas à extrader ses nationaux.",
        "Les deux pays ne se sont pas engagés à publier le rapport.",
        "Nous ne nous engageons pas à publier le rapport.",
        "Les deux parties n'ont pas décidé de créer une commission.",
        "Les deux parties n'entendent pas développer leurs échanges.",
        "Ils ne sont pas convenus de partager leurs analyses.",
        "La partie française ne publiera pas le rapport.",
        "Les deux pays ne mettront plus en place de cellule commune.",
        "Les deux pays ne vont pas renforcer leurs échanges.",
        "Il n'a pas été décidé de créer une commission.",
        "La partie française ne fournira ni ne transmettra de liste.",
        "Le rapport ne sera pas publié.",
        "The Moroccan side does not undertake to extradite its nationals.",
        "The Moroccan side doesn't undertake to extradite its nationals.",
        "The French side will not publish the report.",
        "The French side will never publish the report.",
        "The French side will no longer publish the report.",
        "Each Party shall neither publish nor transmit the list.",
        "Each Party shall under no circumstances publish the list.",
        "Both sides have not agreed to open a liaison office.",
        "The two countries are not committed to opening an office.",
        "The leaders are not determined to end the programme.",
        "Neither side undertakes to publish the report.",
        "The report will not be published.",
        "A working group will not be set up.",
        "لا يلتزم الجانب المغربي بتسليم مواطنيه.",
        "ولا يلتزم الجانب المغربي بتسليم مواطنيه.",
        "لم يتفق الطرفان على إنشاء لجنة.",
        "لن يتعهد الطرفان بتبادل المعلومات.",
        "سوف لن ينشر الجانب الفرنسي التقرير.",
    ] {
        let p = proposal(text);
        assert!(p.commitments.is_empty(), "{text}: {:#?}", p.commitments);
    }
}

#[test]
fn a_promise_not_to_do_something_keeps_its_not() {
    for (text, not) in [
        (
            "La partie marocaine s'engage à ne pas extrader ses nationaux.",
            "Ne pas extrader",
        ),
        (
            "Les deux pays ont décidé de ne pas publier le rapport.",
            "Ne pas publier",
        ),
        (
            "The Moroccan side undertakes not to extradite its nationals.",
            "Not to extradite",
        ),
        (
            "Both sides agreed not to publish the report.",
            "Not to publish",
        ),
        (
            "The two countries have decided never to publish the list.",
            "Never to publish",
        ),
        ("يلتزم الجانب المغربي بعدم تسليم مواطنيه.", "بعدم تسليم"),
        ("يتعهد الطرفان بعدم نشر التقرير.", "بعدم نشر"),
    ] {
        let p = proposal(text);
        let titles = titles(&p, Class::Commitment);
        assert_eq!(titles.len(), 1, "{text}: {:#?}", p.paragraphs);
        assert!(titles[0].starts_with(not), "{text}: {titles:?}");
    }
}

#[test]
fn two_negations_and_not_only_promise() {
    for text in [
        "Les deux pays ne manqueront pas de partager leurs analyses.",
        "Les deux pays ne ménageront aucun effort pour partager leurs analyses.",
        "The two countries will not hesitate to share their findings.",
        "The two sides not only agreed to open an office.",
        "Les deux pays ne publieront que le résumé du rapport.",
    ] {
        let p = proposal(text);
        assert_eq!(
            of(&p, Class::Commitment).len(),
            1,
            "{text}: {:#?}",
            p.paragraphs
        );
    }
}

#[test]
fn the_next_clause_is_read_for_itself() {
    for (text, title) in [
        (
            "La partie française ne publiera pas le rapport et s'engage à informer la partie marocaine.",
            "Informer la partie marocaine",
        ),
        (
            "The French side will not publish the report and will inform the Moroccan side.",
            "Inform the Moroccan side",
        ),
    ] {
        assert_eq!(titles(&proposal(text), Class::Commitment), [title]);
    }
}

#[test]
fn a_list_of_what_is_not_promised_holds_no_promise() {
    for text in [
        "Les deux parties ne s'engagent pas à :\n- publier le rapport ;\n- créer une commission.\n",
        "The two sides do not undertake to:\n- publish the report;\n- establish a commission.\n",
    ] {
        let p = proposal(text);
        assert!(p.commitments.is_empty(), "{text}: {:#?}", p.commitments);
    }
}
