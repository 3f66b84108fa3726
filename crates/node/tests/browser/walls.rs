//! Walls, seen by people of both nodes: an officer uses an entry of one investigation in another, the magistrate approves it, it is read there
//! and the other state learns nothing of it; and who finds nothing at an address asks by number, and is told the same whatever it is.

use super::accessibility::{axe, pictures_in};
use super::demo::demo;
use super::pages::sign_in;
use super::window::{Manner, Window, in_browser};

const TEXT: &str = "Trois virements le même jour, exemple inventé pour une autre fin.";
const WHY: &str = "Ordonnance inventée du juge de la seconde affaire.";

#[test]
fn a_change_of_purpose_stays_at_home_and_a_number_gets_one_answer() {
    in_browser("walls", Manner::default(), |window| path(window, "1280"));
}

/// The same where no script runs, in a narrow window.
#[test]
fn walls_need_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("walls-narrow", manner, |window| path(window, "390"));
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, ma, "liaison", "fr").await;
    let first = opened(&window, ma, "Estuaire, première fin").await;
    let second = opened(&window, ma, "Delta, autre fin").await;
    let number = window.text(".dossier-head .number").await;
    contribute(&window, &format!("{ma}{first}")).await;

    // Written where the entry stands; it waits for another officer.
    let link = "details.more a[href$='/write/change_purpose']";
    let href = window.attribute(link, "href").await.expect("it is offered");
    let newest = "#entries .entries article:last-child a.type";
    let entry = window.attribute(newest, "href").await.expect("an entry");
    let entry = entry.rsplit('/').next().unwrap_or_default();
    window.goto(&format!("{ma}{href}?entry={entry}")).await;
    window
        .fill("form.entry-form [name='used_in']", &number)
        .await;
    window
        .choose("form.entry-form select[name='purpose']", "prosecution")
        .await;
    window
        .choose("form.entry-form select[name='ground']", "court")
        .await;
    window.fill("form.entry-form [name='reason']", WHY).await;
    window.follow("form.entry-form .submit button.main").await;
    let draft = window.address().await;
    assert!(draft.contains("/drafts/"), "it waits: {draft}");
    assert_eq!(window.count("#decide button[value='approve']").await, 0);
    window.goto(&format!("{ma}{second}")).await;
    assert_eq!(window.count("#brought").await, 0);

    window.goto(&format!("{ma}/")).await;
    window.follow("form[action='/sign-out'] button").await;
    sign_in(&window, ma, "magistrature", "fr").await;
    pictures(&window, &draft, "to-sign", width).await;
    window.goto(&draft).await;
    window.follow("#decide button[value='approve']").await;

    let there = format!("{ma}{second}");
    // The magistrate does not work on it: one click says why they open it.
    window.goto(&there).await;
    window
        .follow("form#reason button[value='coordination']")
        .await;
    assert!(window.text("#brought").await.contains(TEXT));
    pictures(&window, &there, "brought", width).await;

    // At the other node both investigations are as they were: nobody there learns of the decision.
    sign_in(&window, fr, "liaison", "fr").await;
    window
        .reload_until(&format!("{fr}{first}"), "#entries .entry.theirs")
        .await;
    let shown = window.text("#entries").await;
    assert!(shown.contains(TEXT) && !shown.contains(WHY), "{shown}");
    window.goto(&format!("{fr}{second}")).await;
    assert_eq!(window.count("#brought").await, 0);

    // Nothing here: the form stands on the page, and a number of nothing is answered as any other.
    let nothing = format!("{fr}/dossiers/{}", "7".repeat(64));
    pictures(&window, &nothing, "nothing", width).await;
    window.goto(&nothing).await;
    window.fill("#ask-access [name='number']", "MA-987").await;
    window
        .follow("#ask-access button[value='coordination']")
        .await;
    assert!(window.address().await.ends_with("/admission"));
    assert!(window.text("#own-requests").await.contains("MA-987"));
    pictures(&window, &format!("{fr}/admission"), "asked", width).await;
}

/// An investigation of both nodes; the path of its dossier.
async fn opened(window: &Window, ma: &str, title: &str) -> String {
    window.goto(&format!("{ma}/open/investigation")).await;
    window.fill("#f-title", title).await;
    window
        .fill("form.entry-form [name='aim']", "Une affaire inventée.")
        .await;
    window.follow("form.entry-form .submit button.main").await;
    let address = window.address().await;
    let path = address.strip_prefix(ma).unwrap_or_default();
    path.split('#').next().unwrap_or_default().to_owned()
}

async fn contribute(window: &Window, dossier: &str) {
    window
        .goto(&format!("{dossier}/write/investigation.contribute"))
        .await;
    window.fill("#f-title", "Relevé").await;
    window.fill("form.entry-form [name='text']", TEXT).await;
    window.follow("form.entry-form .submit button.main").await;
    window.goto(dossier).await;
}

/// Takes a page in three languages, and holds it against the rules of accessibility where the window is wide; it ends in French.
async fn pictures(window: &Window, page: &str, name: &str, width: &str) {
    let axe = axe().filter(|_| width == "1280");
    let name = format!("walls-{name}-{width}");
    pictures_in(window, (page, &name), ["ar", "en", "fr"], axe.as_deref()).await;
}
