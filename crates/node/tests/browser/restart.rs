//! A register begins again, by the pages alone: the coordinator of one node proposes it, the other's reads, compares and accepts, the first
//! takes the answer, and the link goes on.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::demo::{demo, in_target};
use super::pages::{language, sign_in};
use super::window::{Manner, Window, in_browser};

/// A session that was up a moment ago keeps a restart off for a few seconds.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(500);

#[test]
fn rule_15_coordinators_begin_a_register_again_on_the_pages() {
    in_browser("restart", Manner::default(), |window| async move {
        let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
        let (at_ma, at_fr) = (format!("{ma}/partners/fr"), format!("{fr}/partners/ma"));
        // In the three languages, one after the other: the pictures are looked at.
        sign_in(&window, fr, "coordination", "ar").await;
        sign_in(&window, ma, "coordination", "fr").await;
        let before = began_again(&window, &at_ma).await;
        let print = proposed(&window, &at_ma).await;
        let proposal = saved(&window, "proposal.txt", "/partners/fr/restart/proposal").await;

        window.goto(&at_fr).await;
        read(&window, &proposal).await;
        looked_at(&window, "accept").await;
        window.fill("#f-fingerprint", &print).await;
        window.click("input[name='_sure']").await;
        taken(&window, &at_fr).await;
        let path = format!("/partners/ma/restart/answer/{before}");
        let answer = saved(&window, "answer.txt", &path).await;

        window.goto(&at_ma).await;
        language(&window, "en").await;
        window.goto(&at_ma).await;
        read(&window, &answer).await;
        looked_at(&window, "conclude").await;
        window.click("input[name='_sure']").await;
        taken(&window, &at_ma).await;
        assert_eq!(began_again(&window, &at_ma).await, before + 1);
        for page in [&at_ma, &at_fr] {
            window.reload_until(page, "#link .link-line .good").await;
        }
        looked_at(&window, "link").await;
    });
}

/// Registers of this node that began again, as its partner's page lists them.
async fn began_again(window: &Window, page: &str) -> usize {
    window.goto(page).await;
    window.count("#restarts > ul.lines").await
}

/// Proposes it, with the ground and the box; gives the fingerprint to be read aloud.
async fn proposed(window: &Window, page: &str) -> String {
    window.click("#restarts details summary").await;
    looked_at(window, "ways").await;
    window.follow("#restarts a[href$='/restart/propose']").await;
    looked_at(window, "propose").await;
    let print = window.text("main code.hash").await;
    window.click("input[name='ground'][value='fork']").await;
    window.click("input[name='_sure']").await;
    window.follow("form.entry-form button.main").await;
    assert_eq!(window.address().await, page);
    looked_at(window, "waits").await;
    print
}

/// Chooses a file on the partner's page and reads what it says.
async fn read(window: &Window, file: &Path) {
    window.click("#restarts details summary").await;
    window.attach("#restart-file", file).await;
    window
        .follow("#restarts form[action$='/restart/read'] button")
        .await;
}

/// Sends the form until it leads back to the partner's page: what was typed stays.
async fn taken(window: &Window, page: &str) {
    let begun = Instant::now();
    loop {
        window.follow("form.entry-form button.main").await;
        if window.address().await == page {
            return;
        }
        let said = window.text("main").await;
        assert!(begun.elapsed() < PATIENCE, "not taken: {said}");
        tokio::time::sleep(PAUSE).await;
        window.click("input[name='_sure']").await;
    }
}

/// What the page's node gives out, as a file to carry.
async fn saved(window: &Window, name: &str, path: &str) -> PathBuf {
    let text = window.fetched_text(path).await;
    assert!(text.starts_with("-----BEGIN ENTENTE REGISTER"), "{text}");
    let file = in_target("browser").join(name);
    std::fs::write(&file, text).expect("a file to carry");
    file
}

/// Nothing runs off the side, and a picture for people to look at.
async fn looked_at(window: &Window, name: &str) {
    let wider =
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
    let wider: i64 = window.script(wider, Vec::new()).await;
    assert!(wider <= 0, "{name} is {wider} wider than its window");
    let file = in_target("pictures").join(format!("restart-{name}.png"));
    window.picture(&file).await;
}
