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

/// The report sets what both agree on apart from what each side says, side by side, in both languages. Take out: in
/// `web/src/pages/commitments/figures.rs::report`, either table.
#[tokio::test]
async fn the_report_tells_figures_agreed_and_not_agreed_apart() {
    let (router, _) = world();
    let report = text(super::ask(&router, get("/commitments/report", "fr")).await).await;
    let agreed = report
        .find("Chiffres convenus par les deux parties")
        .expect("what is agreed");
    let apart = report
        .find("Chiffres non convenus, côte à côte")
        .expect("what is not");
    let (agreed, apart) = (&report[agreed..apart], &report[apart..]);
    assert!(agreed.contains(": 71") && !agreed.contains(": 53"));
    let row = apart.split("</tr>").nth(1).expect("a row");
    let (ma, fr) = (row.find(": 53"), row.find(": 47"));
    assert!(ma.is_some() && fr.is_some() && ma != fr, "{row}");
    assert!(report.contains("الأرقام غير المتفق عليها"));
    // The declaration's own points say the same.
    let list = text(super::ask(&router, get("/commitments", "fr")).await).await;
    assert!(list.contains("chiffres convenus"), "{list}");
}

/// Whatever is chosen, the columns of each side sum to what it promised. Take out: in `web/src/pages/commitments/report.rs`, a state of `COLUMNS`.
#[tokio::test]
async fn the_columns_of_the_report_sum() {
    let (router, _) = world();
    let mut met = 0;
    for chosen in [
        "",
        "?theme=meetings",
        "?side=fr",
        "?state=open",
        "?state=ended",
    ] {
        let page = format!("/commitments/report{chosen}");
        let report = text(super::ask(&router, get(&page, "en")).await).await;
        assert_eq!(
            report.contains("Limited to:"),
            !chosen.is_empty(),
            "{chosen}"
        );
        let table = report.split("<tbody>").nth(1).unwrap_or_default();
        let table = table.split("</tbody>").next().unwrap_or_default();
        for row in table.split("<tr>").skip(1) {
            let cells = row.split("<td class=\"num\">").skip(1);
            let numbers: Vec<usize> = cells
                .map(|cell| cell.split('<').next().unwrap_or_default())
                .map(|number| number.parse().expect("a number"))
                .collect();
            let (promised, parts) = numbers.split_first().expect("cells");
            assert_eq!(*promised, parts.iter().sum::<usize>(), "{chosen} {row}");
            met += promised;
        }
    }
    assert!(met > 0);
}
