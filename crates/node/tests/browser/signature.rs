//! Two signatures: an officer drafts in French what a policy reserves to a magistrate, reads it as the partner will, submits it; the
//! magistrate reads it and approves; the partner reads it in Arabic, with what is required of it above.

use serde_json::Value;

use super::accessibility::pictures_in;
use super::demo::{demo, in_target};
use super::pages::sign_in;
use super::window::{Manner, Window, in_browser};

const TITLE: &str = "Relevé des départs du quai";
const TEXT: &str = "Trois départs sous la même raison sociale, exemple inventé.";

#[test]
fn a_magistrate_approves_what_an_officer_drafted_and_the_partner_reads_it() {
    in_browser("signature", Manner::default(), signed);
}

/// The same where no script runs, in a narrow window.
#[test]
fn a_second_signature_needs_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("signature-narrow", manner, signed);
}

async fn signed(window: Window) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, ma, "liaison", "fr").await;
    let path = opened(&window, ma).await;
    let form = format!("{ma}{path}/write/investigation.contribute");

    // Read before it leaves, in a window of its own; this one keeps what was typed.
    fill(&window, &form).await;
    let before = window.driver.windows().await.expect("windows");
    window
        .click("form.entry-form button[formaction$='/preview']")
        .await;
    preview_in(&window, &before).await;
    let typed = window.one("#f-title").await.value().await.expect("a value");
    assert_eq!(typed.as_deref(), Some(TITLE));
    window.follow("form.entry-form .submit button.main").await;
    let address = window.address().await;
    assert!(address.contains("/drafts/"), "it waits: {address}");
    window.one("#decide button[value='take-back']").await;
    assert_eq!(window.count("#decide button[value='approve']").await, 0);
    pictures(&window, &address, "mine").await;

    // The second officer finds it in Today and reads exactly what will leave.
    window.follow("form[action='/sign-out'] button").await;
    sign_in(&window, ma, "magistrature", "fr").await;
    window.goto(&format!("{ma}/")).await;
    pictures(&window, &format!("{ma}/"), "today").await;
    let draft = address
        .strip_prefix(ma)
        .expect("an address of ma")
        .to_owned();
    window
        .follow(&format!("#signatures a[href='{draft}']"))
        .await;
    assert!(window.text("#preview").await.contains(TEXT));
    assert!(window.text("#readers").await.contains("fr/liaison"));
    pictures(&window, &address, "to-sign").await;
    window.follow("#decide button[value='approve']").await;
    assert!(window.address().await.contains(&path), "it left");

    sign_in(&window, fr, "liaison", "ar").await;
    let at_fr = format!("{fr}{path}");
    // What is required obliges: it is confirmed before anything is shown.
    let confirm = "form[action$='/write/confirm_condition'] button";
    window.reload_until(&at_fr, confirm).await;
    assert!(!window.text("#entries").await.contains(TEXT));
    window.follow(confirm).await;
    window
        .reload_until(&at_fr, "#entries .entry.theirs .assurances")
        .await;
    assert!(window.text("#entries").await.contains(TEXT));
    let assured = window.text("#entries .entry.theirs .assurances").await;
    assert!(assured.contains("لا عقوبة إعدام"), "{assured}");
}

/// An investigation of both nodes; the path of its dossier.
async fn opened(window: &Window, ma: &str) -> String {
    window.goto(&format!("{ma}/open/investigation")).await;
    window.fill("#f-title", "Estuaire, second volet").await;
    window
        .fill(
            "form.entry-form [name='aim']",
            "Comprendre une filière inventée.",
        )
        .await;
    window.follow("form.entry-form .submit button.main").await;
    let address = window.address().await;
    let path = address.strip_prefix(ma).unwrap_or_default();
    let path = path.split('#').next().unwrap_or_default().to_owned();
    assert!(path.starts_with("/dossiers/"), "{address}");
    path
}

async fn fill(window: &Window, form: &str) {
    window.goto(form).await;
    window.fill("#f-title", TITLE).await;
    window.fill("form.entry-form [name='text']", TEXT).await;
    window
        .click("form.entry-form details.folded > summary")
        .await;
    window
        .click("form.entry-form input[name='handling'][value='H1']")
        .await;
    window
        .click("form.entry-form input[name='assurances'][value='no_death_penalty']")
        .await;
    window
        .click("form.entry-form input[name='person_categories'][value='suspect']")
        .await;
}

/// Looks at the window that a preview opened, and closes it.
async fn preview_in(window: &Window, before: &[thirtyfour::WindowHandle]) {
    let here = window.driver.window().await.expect("this window");
    let begun = std::time::Instant::now();
    let opened = loop {
        let now = window.driver.windows().await.expect("windows");
        if let Some(new) = now.into_iter().find(|w| !before.contains(w)) {
            break new;
        }
        assert!(begun.elapsed().as_secs() < 30, "no window opened");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    window
        .driver
        .switch_to_window(opened)
        .await
        .expect("the new window");
    assert!(window.text("#preview").await.contains(TEXT));
    assert!(window.text("#readers").await.contains("fr/liaison"));
    let picture = in_target("browser").join("signature-preview.png");
    window.picture(&picture).await;
    window.driver.close_window().await.expect("closed");
    window.driver.switch_to_window(here).await.expect("back");
}

/// The same page in three languages, for people to look at; it ends in French.
async fn pictures(window: &Window, page: &str, name: &str) {
    let width: Value = window
        .driver
        .get_window_rect()
        .await
        .map_or(Value::Null, |r| r.width.into());
    let name = format!("signature-{name}-{width}");
    pictures_in(window, (page, &name), ["ar", "en", "fr"], None).await;
}
