//! The conditions of an originator, seen by two people: one answers under H1 and H3 in French; the other reads it in Arabic after
//! confirming the condition, is refused the proof, asks for permission, gets it for one procedure, and exports.

use super::accessibility::{axe, pictures_in};
use super::demo::{demo, in_target};
use super::pages::{acknowledge, ask, sign_in, words};
use super::window::{Manner, Window, in_browser};

const CONDITION: &str = "Ne rien entreprendre avant notre accord écrit.";
/// Begins a proof as text.
const ARMOUR: &str = "-----BEGIN";
const PROCEEDINGS: &str = "instruction 12/2026";

#[test]
fn conditions_hold_from_french_to_arabic() {
    in_browser("conditions", Manner::default(), |window| {
        path(window, "1280")
    });
}

#[test]
fn conditions_hold_in_a_narrow_window() {
    let narrow = Manner {
        size: (390, 900),
        ..Manner::default()
    };
    in_browser("conditions-narrow", narrow, |window| path(window, "390"));
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, ma, "liaison", "ar").await;
    sign_in(&window, fr, "liaison", "fr").await;
    let (path, _) = ask(&window, ma, &words("ar")).await;
    let (at_ma, at_fr) = (format!("{ma}{path}"), format!("{fr}{path}"));
    acknowledge(&window, &at_fr).await;
    answer_under_conditions(&window, &at_fr).await;

    // The recipient sees that something waits, and by what; not what it says.
    let confirm = "form[action$='/write/confirm_condition'] button";
    window.reload_until(&at_ma, confirm).await;
    let shown = window.text("#entries").await;
    assert!(shown.contains(CONDITION), "{shown}");
    assert!(!shown.contains(words("fr").answer), "{shown}");
    pictures(&window, &at_ma, "waits", width).await;
    window.goto(&at_ma).await;
    window.follow(confirm).await;
    assert!(window.text("#entries").await.contains(words("fr").answer));

    // H1 keeps the proof in, and the way to ask stands there.
    let link = "#entries a[href*='/write/ask_permission?entry=']";
    let href = window.attribute(link, "href").await.expect("a way to ask");
    let entry = href.split("entry=").nth(1).expect("the entry").to_owned();
    let page = format!("{ma}/entries/{entry}");
    window.goto(&page).await;
    assert_eq!(window.count("a[href$='/proof']").await, 0);
    let proof = format!("/entries/{entry}/proof");
    let refused = window.fetched_text(&proof).await;
    assert!(
        refused.contains("<html") && !refused.contains(ARMOUR),
        "{refused}"
    );
    pictures(&window, &page, "barred", width).await;
    window.goto(&page).await;
    window
        .follow("a[href*='/write/ask_permission?entry=']")
        .await;
    window.click("input[name='court']").await;
    window.fill("input[name='proceedings']", PROCEEDINGS).await;
    pictures_here(&window, "asks", width).await;
    window.follow("form.entry-form .submit button").await;

    let permit = "#obligations a[href*='/write/permit?on=']";
    window.reload_until(&at_fr, permit).await;
    window.follow(permit).await;
    window.fill("input[name='proceedings']", PROCEEDINGS).await;
    pictures_here(&window, "permits", width).await;
    window.follow("form.entry-form .submit button").await;

    window.reload_until(&page, "a[href$='/proof']").await;
    let shown = window.text("main").await;
    assert!(shown.contains(PROCEEDINGS), "{shown}");
    // What leaves the node has a reason: asked once, and then remembered.
    assert!(window.fetched_text(&proof).await.contains("id=\"reason\""));
    window.follow("a[href$='/proof']").await;
    window
        .click("form#reason button[value='coordination']")
        .await;
    let given = || async {
        Ok(window
            .fetched_text(&proof)
            .await
            .contains(ARMOUR)
            .then_some(()))
    };
    window.until("the proof", given).await;
    pictures(&window, &page, "permitted", width).await;
    window.goto(&page).await;
    let sheets = format!("conditions-{width}.pdf");
    window.print(&in_target("browser").join(sheets)).await;
    window.media("print").await;
    pictures_here(&window, "paper", width).await;
    window.media("screen").await;
}

async fn answer_under_conditions(window: &Window, dossier: &str) {
    let link = "#obligations a[href*='/write/request.answer?on=']";
    window.reload_until(dossier, link).await;
    window.follow(link).await;
    window
        .fill("form.entry-form textarea[name='text']", words("fr").answer)
        .await;
    window.click("form.entry-form details.folded summary").await;
    for code in ["H1", "H3"] {
        let tick = format!("form.entry-form input[name='handling'][value='{code}']");
        window.click(&tick).await;
    }
    window
        .fill("form.entry-form textarea[name='condition']", CONDITION)
        .await;
    window.follow("form.entry-form .submit button").await;
}

/// Takes a page in three languages, and holds it against the rules of accessibility where the window is wide; it ends in Arabic.
async fn pictures(window: &Window, page: &str, name: &str, width: &str) {
    let axe = axe().filter(|_| width == "1280");
    let name = format!("conditions-{name}-{width}");
    pictures_in(window, (page, &name), ["en", "fr", "ar"], axe.as_deref()).await;
}

async fn pictures_here(window: &Window, name: &str, width: &str) {
    let picture = format!("conditions-{name}-{width}.png");
    window.picture(&in_target("browser").join(picture)).await;
}
