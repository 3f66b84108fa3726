//! Bringing in another state by hand: an investigation of two goes on among three, and each shows there what it wrote before.

use entente_node::demo::Writing;
use serde_json::{Value, json};

use super::accessibility::pictures;
use super::pages::sign_in;
use super::states::{States, linked, on};
use super::window::{Manner, Window, in_browser};

const NAMES: [&str; 3] = ["ma", "fr", "es"];

#[test]
fn another_state_is_brought_in_and_reads_what_is_released_to_it() {
    in_browser("release", Manner::default(), |window| async move {
        let folder = tempfile::tempdir().expect("a folder");
        let mut states = linked(folder.path(), &NAMES).await;
        let first = begun(&mut states).await;
        let (ma, es) = (states.apis[0].url.clone(), states.apis[2].url.clone());
        sign_in(&window, &ma, "liaison", "fr").await;

        // The form knows who takes part and what our own opening said; the new state is ticked.
        let page = format!("{ma}/dossiers/{first}");
        window.goto(&page).await;
        let widen = format!("a[href='/open/investigation?continues={first}']");
        window.one(&widen).await;
        pictures(
            &window,
            &format!("{ma}/open/investigation?continues={first}"),
            "release-bring-in",
        )
        .await;
        window.goto(&page).await;
        window.follow(&widen).await;
        let title = window.attribute("#f-title", "value").await;
        assert_eq!(title.as_deref(), Some("Estuaire"));
        window
            .click("input[name='others'][value='es/liaison']")
            .await;
        window.follow(".entry-form button.main").await;
        let address = window.address().await;
        let (_, wider) = address.split_once("/dossiers/").expect("its page");
        let wider = wider.split('#').next().expect("its identifier").to_owned();
        assert_ne!(wider, first);
        for at in [1, 2] {
            states.join(at, &wider).await;
        }
        // Both dossiers show each other to whoever belongs to both; the new state sees a number.
        window.goto(&page).await;
        window
            .one(&format!("dl.facts a[href='/dossiers/{wider}']"))
            .await;
        let at_ma = format!("{ma}/dossiers/{wider}");
        window.goto(&at_ma).await;
        window
            .one(&format!("dl.facts a[href='/dossiers/{first}']"))
            .await;

        let list = format!("/dossiers/{wider}/release");
        pictures(&window, &format!("{ma}{list}"), "release-list").await;
        window.goto(&at_ma).await;
        window.follow(&format!("a[href='{list}']")).await;
        assert_eq!(window.count("input[name='entry']").await, 2);
        // Nothing ticked is refused on the page, and what is ticked leaves.
        window.follow(".entry-form button.main").await;
        window.one(".alert[role='alert']").await;
        window
            .click("ul.released > li:nth-child(2) input[name='entry']")
            .await;
        window.follow(".entry-form button.main").await;
        window.one("#entries .history").await;
        window.goto(&format!("{ma}{list}")).await;
        assert_eq!(window.count("input[name='entry']").await, 1, "once");

        let number = states.dossier(0, &first).await["line"]["number"].clone();
        let number = number.as_str().expect("a number");
        read_at(&window, &es, (&wider, &first), number).await;
        for process in &mut states.processes {
            assert!(process.stop());
        }
    });
}

/// An investigation of the first two, to which the first contributed with a file.
async fn begun(states: &mut States) -> String {
    let opening = Writing {
        partner: Some("fr"),
        lang: "fr",
        values: json!({"title": "Estuaire", "aim": "Comprendre une filière de faux titres."}),
        ..Writing::default()
    };
    let first = states.write(0, "investigation.open", opening).await;
    states.join(1, &first).await;
    let given =
        json!({"title": "Relevé des départs", "text": "Trois départs du quai.", "handling": "H2"});
    let mut contribution = on(&first, given);
    let plan = [("plan.txt", "text/plain", &b"Plan du quai."[..])];
    contribution.files = &plan;
    states
        .write(0, "investigation.contribute", contribution)
        .await;
    first
}

/// What was released, as the state reads it that came later.
async fn read_at(window: &Window, es: &str, (wider, first): (&str, &str), number: &str) {
    sign_in(window, es, "liaison", "fr").await;
    let at_es = format!("{es}/dossiers/{wider}");
    window.reload_until(&at_es, "#entries .history").await;
    let history = window.text("#entries .history").await;
    for words in [
        "Relevé des départs",
        "Trois départs du quai.",
        "ma/liaison",
        "contribution",
    ] {
        assert!(history.contains(words), "{words} in {history}");
    }
    assert!(history.contains(number), "{history}");
    let ways = format!("#entries .history a[href='/dossiers/{first}']");
    assert_eq!(window.count(&ways).await, 0, "it does not hold it");
    let handling = window
        .text("#entries article:has(.history) .handling")
        .await;
    assert!(handling.contains("H2"), "{handling}");
    window
        .reload_until(
            &at_es,
            "#entries article:has(.history) .files a[href*='/files/']",
        )
        .await;
    let card = window
        .attribute("#entries article:has(.history)", "id")
        .await;
    let card = format!("{at_es}#{}", card.expect("its anchor"));
    pictures(window, &card, "release-history").await;
    let found: Value = window
        .json("/api/v1/dossiers?q=quai&reason=coordination")
        .await;
    assert_eq!(found["hits"].as_array().map(Vec::len), Some(1));
}
