//! Searching: a text is found by its words whatever the language of the text and of the reader's pages.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::Actor;
use entente_app::views::DossierQuery;
use entente_core::ids::EntryId;
use entente_core::label::Lang;
use entente_testkit::node::{TestNode, Writing, recording};
use entente_testkit::pair::{Side, TestPair};

const LANGS: [Lang; 3] = [Lang::Fr, Lang::Ar, Lang::En];
const PRINTING: &str = "Origin of a printing plate, seized at sea";
const SMUGGLING: &str = "Réseaux de contrebande : véhicules saisis à la frontière";
const COOPERATION: &str = "تقرير عن التعاون في مكافحة التهريب";
/// Its author did not say in which language it is.
const UNSAID: &str = "Rapport sur les conteneurs / containers report";

struct World {
    pair: TestPair,
    printing: EntryId,
    smuggling: EntryId,
    cooperation: EntryId,
    unsaid: EntryId,
}

fn world() -> World {
    let mut pair = TestPair::linked(51);
    let title = [("title", "Dossier commun"), ("aim", "Comprendre.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&title));
    let note = |text: &str, lang: Option<Lang>| {
        let node = pair.node(Side::Ma);
        let mut wanted =
            recording("note", &Writing::on(opened.dossier, &[("text", text)])).unwrap();
        wanted.values.lang = lang;
        let officer = node.officer("liaison").unwrap();
        node.app.record(&officer, wanted).unwrap().entry
    };
    let [printing, smuggling, cooperation, unsaid] = [
        note(PRINTING, Some(Lang::En)),
        note(SMUGGLING, Some(Lang::Fr)),
        note(COOPERATION, Some(Lang::Ar)),
        note(UNSAID, None),
    ];
    pair.settle();
    World {
        pair,
        printing,
        smuggling,
        cooperation,
        unsaid,
    }
}

/// What an officer finds with pages in this language.
fn found(node: &TestNode, text: &str, lang: Lang) -> Vec<EntryId> {
    let officer = node.officer("liaison").unwrap();
    let reader = Actor { lang, ..officer };
    let query = DossierQuery {
        text: text.into(),
        ..DossierQuery::default()
    };
    let list = node.app.dossiers(&reader, &query).unwrap();
    list.hits.iter().map(|hit| hit.entry).collect()
}

impl World {
    /// The same on both sides, with pages in each language.
    fn finds(&self, text: &str, expected: &[EntryId]) {
        for side in [Side::Ma, Side::Fr] {
            for lang in LANGS {
                let hits = found(self.pair.node(side), text, lang);
                assert_eq!(hits, expected, "{text} on {side:?} in {lang:?}");
            }
        }
    }
}

#[test]
fn a_word_of_each_language_is_found_from_pages_in_each() {
    let world = world();
    for (word, entry) in [
        ("plate", world.printing),
        ("Plates", world.printing),
        ("prints", world.printing),
        ("contrebandes", world.smuggling),
        ("vehicule", world.smuggling),
        ("saisi", world.smuggling),
        ("والتعاون", world.cooperation),
        ("تعاون", world.cooperation),
        ("conteneur", world.unsaid),
        ("containers", world.unsaid),
    ] {
        world.finds(word, &[entry]);
    }
}

#[test]
fn every_word_must_be_there_in_any_of_its_forms() {
    let world = world();
    world.finds("seized plates", &[world.printing]);
    world.finds("plate plates plate", &[world.printing]);
    world.finds("frontières réseau", &[world.smuggling]);
    world.finds("مكافحة تقرير", &[world.cooperation]);
    world.finds("rapports container", &[world.unsaid]);
    // One that is there with one that is not, or is in another entry.
    world.finds("plate engraving", &[]);
    world.finds("plate contrebande", &[]);
    world.finds("التعاون plate", &[]);
    world.finds("nowhere", &[]);
}
