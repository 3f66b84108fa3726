//! An investigation before the courts: a magistrate sees what may be produced and what may not, produces an entry and takes the bundle out
//! once they have said why; the other side sees where what it gave has gone, and proposes who tries what.

use super::accessibility::{axe, pictures_in};
use super::demo::demo;
use super::inquiry::dossier;
use super::pages::sign_in;
use super::window::{Manner, Window, in_browser};

#[test]
fn an_investigation_goes_to_court() {
    in_browser("court", Manner::default(), |window| path(window, "1280"));
}

/// The same where no script runs, in a narrow window.
#[test]
fn an_investigation_goes_to_court_without_script_and_in_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("court-narrow", manner, |window| path(window, "390"));
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, fr, "liaison", "fr").await;
    let home = dossier(&window, fr).await;
    let court = format!("tribunal de la salle {width}");
    sign_in(&window, ma, "magistrature", "fr").await;
    let page = format!("{ma}{home}/court");
    window.goto(&page).await;
    // Whoever works elsewhere says why they look.
    if window.count("form#reason").await > 0 {
        window
            .follow("form#reason button[value='coordination']")
            .await;
        window.goto(&page).await;
    }
    let may = "#court-may input[name='entries']";
    assert!(window.count(may).await > 0, "nothing may be produced");
    assert_eq!(window.count("#court-barred input[name='entries']").await, 0);
    pictures(&window, &page, "list", width).await;
    window.goto(&page).await;
    window.click(may).await;
    window.fill("#do input[name='court']", &court).await;
    window.follow("#do button[value='produce']").await;
    let said = window.text("#produced").await;
    assert!(said.contains(&court), "{said}");
    taken(&window, &page).await;

    // The other side reads at once where it went.
    let theirs = format!("{fr}{home}/court");
    window.reads(&theirs, "#produced", &court).await;
    proposed(&window, &theirs, width).await;
}

/// Takes the bundle out: the reason first, then the file.
async fn taken(window: &Window, page: &str) {
    let link = "#produced a[href$='/bundle']";
    let bundle = window.attribute(link, "href").await.expect("a bundle");
    window.goto(page).await;
    window.follow(link).await;
    if window.count("form#reason").await > 0 {
        window
            .click("form#reason button[value='coordination']")
            .await;
    }
    window.goto(page).await;
    let given = || async {
        let file = window.fetched_text(&bundle).await;
        Ok((file.starts_with("PK") && file.contains("index.json")).then_some(()))
    };
    window.until("the bundle", given).await;
}

async fn proposed(window: &Window, page: &str, width: &str) {
    window.goto(page).await;
    window.follow("a[href$='/write/investigation.venue']").await;
    window
        .fill(
            "form.entry-form textarea[name='part']",
            "Fabrication des titres.",
        )
        .await;
    window
        .choose("form.entry-form [name='authority']", "ma/liaison")
        .await;
    window
        .click("form.entry-form input[name='grounds'][value='place']")
        .await;
    window.follow("form.entry-form .submit button.main").await;
    window.goto(page).await;
    let venues = window.text("#venues").await;
    assert!(venues.contains("Fabrication des titres."), "{venues}");
    pictures(window, page, "after", width).await;
}

/// Takes a page in three languages, and holds it against the rules of accessibility where the window is wide; it ends in French.
async fn pictures(window: &Window, page: &str, name: &str, width: &str) {
    let axe = axe().filter(|_| width == "1280");
    let name = format!("court-{name}-{width}");
    pictures_in(window, (page, &name), ["ar", "en", "fr"], axe.as_deref()).await;
}
