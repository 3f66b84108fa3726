//! A restored node: bodies are readable, and full text finds again what the backup held no tokens of.

use entente_app::views::DossierQuery;
use entente_store::sqlite::SqliteStore;
use entente_testkit::node::{TestNode, Writing};
use std::sync::Arc;

#[expect(clippy::unwrap_used, reason = "a helper of tests")]
fn hits(node: &TestNode) -> usize {
    let officer = node.officer("liaison").unwrap();
    let query = DossierQuery {
        text: "coopération".into(),
        ..DossierQuery::default()
    };
    node.app.dossiers(&officer, &query).unwrap().hits.len()
}

#[test]
fn the_search_index_is_rebuilt_after_a_restore() {
    let (ma, fr) = (
        TestNode::build("ma").seed(7).open().unwrap(),
        TestNode::build("fr").seed(8).open().unwrap(),
    );
    ma.pin(&fr).unwrap();
    let charter = Writing::new(&[("title", "Charte de coopération")]).by("liaison");
    ma.write("charter.open", &charter).unwrap();
    assert_eq!(hits(&ma), 1);

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    ma.store.backup(&at("main"), &at("keys")).unwrap();
    SqliteStore::restore(&at("restored"), &at("main"), &at("keys")).unwrap();
    let store = Arc::new(SqliteStore::open(&at("restored")).unwrap());
    let again = TestNode::build("ma")
        .seed(7)
        .officers(&[])
        .store(store)
        .open()
        .unwrap();
    again.app.open_alone("nobody to be heard").unwrap();
    assert_eq!(hits(&again), 1);
    assert!(again.app.check().unwrap().iter().all(|line| line.ok));
}
