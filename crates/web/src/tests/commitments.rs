//! Commitments of all declarations on pages and as JSON: what is told of ties, what is not printed, and by which words a theme is known.

use super::sample::{Sample, TOKEN, entry_id};
use super::{get, text, world};
use crate::api::commitments_json;
use crate::pages::commitments::Filter;
use crate::verbs::Verbs;
use entente_app::views::Follow;
use entente_core::kinds::declaration::themes::theme;

/// A theme is a whole code or a whole name of the list. Take out: in `core/src/kinds/declaration/themes.rs`, the lower case; the list.
#[test]
fn a_theme_is_known_by_its_whole_name() {
    let told = [
        ("organised_crime", "organised_crime"),
        ("Imam Training", "imam_training"),
        ("counter-terrorism", "networks"),
        (" ratification ", "judicial"),
        ("organisation of visits", "other"),
        ("cultural programme", "other"),
        ("retraining", "other"),
        ("", "other"),
    ];
    for (topic, wanted) in told {
        assert_eq!(theme(topic), wanted, "{topic}");
    }
}

/// The points of all declarations say of ties only what the reader may see, with who made them. Take out: in
/// `web/src/api/commitments.rs::committed`, the names that are not kept; there, `by`.
#[test]
fn json_of_all_declarations_names_no_point_that_is_not_there() {
    let sample = Sample::new();
    let actor = sample.signed_in(TOKEN, "").unwrap().actor;
    let view = sample.follow_up(&actor, &Follow::default()).unwrap();
    let unseen = &view.points[0].point.relates[0].1;
    let told = commitments_json(&view, &Filter::default()).to_string();
    assert!(!told.contains("relates") && !told.contains("related_by"));
    assert!(!told.contains(unseen.as_str()));
    assert!(told.contains(r#""by":["fr"]"#));
}

/// What its author's condition bars from print is not printed from the list or the chain either, and a tie says who made it. Take out: in
/// `web/src/pages/commitments.rs`, `unprinted` in `pledge`; in `chain`; `said_by`.
#[tokio::test]
async fn what_is_barred_from_print_is_not_printed_from_list_and_chain() {
    let (router, _) = world();
    let list = text(super::ask(&router, get("/commitments", "en")).await).await;
    let of = format!("/commitments?of={}", entry_id(2));
    let barred = format!("<span class=\"unprinted\"><a href=\"{of}\"");
    assert!(list.contains(&barred), "{list}");
    let chain = text(super::ask(&router, get(&of, "en")).await).await;
    assert!(chain.contains("<h1 class=\"unprinted\""));
    assert!(chain.contains("tied by <bdi>fr</bdi>"), "{chain}");
    // A date is in the reader's words.
    assert!(!chain.contains(">2015-05-28<") && chain.contains("2015"));
}
