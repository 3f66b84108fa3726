//! The link chart in a browser: held against the rules of accessibility in three languages, moved by the keyboard, chosen from by a mark, and not
//! printed itself.

use entente_node::demo::Writing;
use serde_json::{Value, json};

use super::accessibility::pictures;
use super::pages::sign_in;
use super::states::{States, linked, on};
use super::window::{Manner, Window, in_browser};

const PHONES: [&str; 4] = [
    "+212 5 00 00 00 01",
    "+33 1 00 00 00 02",
    "+212 5 00 00 00 03",
    "+33 1 00 00 00 04",
];

#[test]
fn a_chart_is_moved_chosen_from_and_compared() {
    in_browser("chart", Manner::default(), |window| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let mut states = linked(folder.path(), &["ma", "fr"]).await;
        let dossier = begun(&mut states).await;
        let ma = states.apis[0].url.clone();
        sign_in(&window, &ma, "liaison", "fr").await;
        let page = format!("{ma}/dossiers/{dossier}/chart");
        window.goto(&format!("{ma}/dossiers/{dossier}")).await;
        window
            .follow(&format!("a[href='/dossiers/{dossier}/chart']"))
            .await;
        assert_eq!(window.count("svg.link-chart a.thing").await, 4);
        pictures(&window, &page, "chart").await;

        window.goto(&page).await;
        moved(&window).await;
        // A mark leads to itself chosen, with its figures.
        let click = "document.querySelector('svg.link-chart a.thing').dispatchEvent(new MouseEvent('click', \
                     {bubbles: true, cancelable: true})); return null;";
        window.script::<Value>(click, vec![]).await;
        window.one("#chosen").await;
        let address = window.address().await;
        pictures(
            &window,
            &format!("{address}&groups=yes&cut=yes&marks=between"),
            "chart-chosen",
        )
        .await;

        // On paper, the plate stands in for the page.
        window.goto(&page).await;
        window.media("print").await;
        let shown: bool = window
            .script("return getComputedStyle(document.querySelector('.chart-page')).display !== 'none';", vec![])
            .await;
        assert!(!shown, "what H2 bars would be printed with it");
        window.media("screen").await;
        let plate = window
            .fetched_text(&format!("/dossiers/{dossier}/chart/plate-a4.svg"))
            .await;
        assert!(plate.starts_with("<svg") && plate.contains(PHONES[0]));
        for process in &mut states.processes {
            assert!(process.stop());
        }
    });
}

/// An investigation with four phones in a row.
async fn begun(states: &mut States) -> String {
    let opening = Writing {
        partner: Some("fr"),
        lang: "fr",
        values: json!({"title": "Estuaire", "aim": "Comprendre une filière."}),
        ..Writing::default()
    };
    let dossier = states.write(0, "investigation.open", opening).await;
    states.join(1, &dossier).await;
    let mut phones = Vec::new();
    for phone in PHONES {
        let values = json!({"name": phone, "nature": "fact", "source": "B", "accuracy": "2"});
        let recorded =
            states.apis[0].record("liaison", "investigation.phone", on(&dossier, values));
        phones.push(recorded.await.expect("a record").entry);
    }
    for two in phones.windows(2) {
        let values = json!({"from_thing": two[0], "how": "called", "to_thing": two[1], "nature": "fact", "from_date": "2015-03", "to_date": "2015-03"});
        states
            .write(0, "investigation.link", on(&dossier, values))
            .await;
    }
    dossier
}

/// A key pressed on the first mark.
async fn press(window: &Window, key: &str) {
    let script = "document.querySelector('svg.link-chart a.thing').dispatchEvent(new KeyboardEvent('keydown', \
                  {key: arguments[0], bubbles: true, cancelable: true})); return null;";
    window.script::<Value>(script, vec![key.into()]).await;
}

/// What is seen of the chart: its corner and its size.
async fn seen(window: &Window) -> Vec<f64> {
    let view = window.attribute("svg.link-chart", "viewBox").await;
    let view = view.expect("a view");
    view.split(' ')
        .map(|n| n.parse().expect("a number"))
        .collect()
}

/// Arrows, + and 0 change what is seen of the chart, and so do the buttons.
async fn moved(window: &Window) {
    let all = seen(window).await;
    press(window, "+").await;
    let larger = seen(window).await;
    assert_ne!(larger, all);
    press(window, "ArrowRight").await;
    assert_ne!(seen(window).await, larger);
    press(window, "0").await;
    assert_eq!(seen(window).await, all);
    window.click("button[data-do='in']").await;
    assert_ne!(seen(window).await, all);
    window.click("button[data-do='all']").await;
    assert_eq!(seen(window).await, all);
}
