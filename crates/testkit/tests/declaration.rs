//! A declaration's proposals in the hands of people: confirmed they oblige, set aside they do not wait any longer.

use entente_app::views::LedgerQuery;
use entente_app::{Actor, DeclarationImport};
use entente_core::label::Lang;
use entente_testkit::pair::{Side, TestPair};

const TEXT: &str = "1. Les deux parties ont décidé de créer une commission mixte avant la fin de 2030.\n\
                    2. La France s'engage à former les gardes-côtes.\n";

#[test]
fn a_proposal_set_aside_is_recorded_and_obliges_nobody() {
    let mut pair = TestPair::linked(7);
    let app = pair.ma().app.clone();
    let actor = pair.ma().officer("liaison").unwrap();
    let import = DeclarationImport {
        title: "Déclaration".into(),
        versions: vec![(Some(Lang::Fr), "d.txt".into(), TEXT.as_bytes().to_vec())],
        ..DeclarationImport::default()
    };
    let dossier = app.import_declaration(&actor, import).unwrap().dossier;

    let (_, values) = app.proposed(&actor, dossier, 0).unwrap();
    assert_eq!(values.text("owners"), Some("fr, ma"));
    assert_eq!(values.text("by"), Some("2030-12-31"));
    let (_, values) = app.proposed(&actor, dossier, 1).unwrap();
    assert!(values.text("owners").unwrap().contains("France"));

    let aside = app.dismiss(&actor, dossier, 0).unwrap();
    pair.settle();
    pair.assert_same();
    let open = |side: Side| {
        let node = pair.node(side);
        node.obligations(Some(dossier)).unwrap().len()
    };
    assert_eq!((open(Side::Ma), open(Side::Fr)), (0, 0));
    let view = app.dossier(&actor, dossier, None).unwrap();
    let point = &view.points[0];
    assert_eq!(
        (point.entry, point.class.as_str()),
        (aside.entry, "position")
    );
    assert!(point.debtors.is_empty());

    app.confirm(&actor, dossier, 1).unwrap();
    pair.settle();
    pair.assert_same();
    assert_eq!(pair.fr().obligations(Some(dossier)).unwrap().len(), 1);
}

#[test]
fn a_promise_is_shown_in_the_readers_language_where_the_declaration_has_it() {
    let mut pair = TestPair::linked(8);
    let app = pair.ma().app.clone();
    let actor = pair.ma().officer("liaison").unwrap();
    let version =
        |lang, name: &str, text: &str| (Some(lang), name.to_owned(), text.as_bytes().to_vec());
    let import = DeclarationImport {
        title: "Déclaration".into(),
        versions: vec![
            version(
                Lang::Fr,
                "fr.txt",
                "1. Les deux parties ont décidé de créer une commission mixte.\n",
            ),
            version(
                Lang::En,
                "en.txt",
                "1. Both parties decided to establish a joint commission.\n",
            ),
        ],
        ..DeclarationImport::default()
    };
    let dossier = app.import_declaration(&actor, import).unwrap().dossier;
    app.confirm(&actor, dossier, 0).unwrap();
    pair.settle();
    let read_in = |lang: Lang| {
        let reader = Actor {
            lang,
            ..actor.clone()
        };
        let view = app.ledger(&reader, &LedgerQuery::default()).unwrap();
        let mut titles: Vec<String> = view
            .lines
            .into_iter()
            .filter(|line| line.dossier == dossier)
            .map(|line| line.title)
            .collect();
        titles.dedup();
        titles
    };
    assert_eq!(read_in(Lang::Fr), ["Créer une commission mixte"]);
    assert_eq!(
        read_in(Lang::En),
        ["Both parties decided to establish a joint commission"]
    );
    // There is no Arabic version.
    assert_eq!(read_in(Lang::Ar), read_in(Lang::Fr));
}
