//! The courier by hand: with the link cut, a bundle packed on one node's page and unpacked on the other's brings a request over.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::demo::{demo, in_target};
use super::pages::{ask, sign_in, words};
use super::window::{Manner, Window, in_browser};

/// A session that was up a moment ago keeps couriers off for a few seconds.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(500);

/// Sends the form that the page offers for packing, as its button does, and gives back the status and the bytes of the answer.
const PACK: &str = "const done = arguments[0], form = document.querySelector(\"#courier form[action$='/pack']\");
    fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))})
        .then(async r => done([r.status, Array.from(new Uint8Array(await r.arrayBuffer()))]), () => done([0, []]));";

#[test]
fn a_bundle_packed_on_one_page_is_unpacked_on_the_others() {
    in_browser("courier", Manner::default(), |window| async move {
        let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
        sign_in(&window, fr, "liaison", "fr").await;
        sign_in(&window, ma, "liaison", "fr").await;
        window.goto(&format!("{ma}/tour")).await;
        window.follow("#step-3 form button").await;
        let (path, _) = ask(&window, ma, &words("fr")).await;
        let at_fr = format!("{fr}{path}");
        window.goto(&at_fr).await;
        assert_eq!(window.count("#obligations").await, 0, "the link is cut");
        let file = packed(&window, &format!("{ma}/partners/fr")).await;
        unpacked(&window, &format!("{fr}/partners/ma"), &file).await;
        window.goto(&at_fr).await;
        assert!(
            window.count("#obligations .ob").await > 0,
            "what was carried is there although the link is still cut"
        );
        window.goto(&format!("{ma}/tour")).await;
        window.follow("#step-3 form button").await;
        window
            .reload_until(&format!("{ma}{path}"), "#state .good")
            .await;
    });
}

/// A bundle from a partner's page, as a file.
async fn packed(window: &Window, page: &str) -> PathBuf {
    let begun = Instant::now();
    window.goto(page).await;
    loop {
        let (status, bytes): (u16, Vec<u8>) = window.script_later(PACK, Vec::new()).await;
        if status == 200 {
            let file = in_target("browser").join("by-hand.courier");
            std::fs::write(&file, bytes).expect("a file to carry");
            return file;
        }
        assert!(begun.elapsed() < PATIENCE, "not packed: {status}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Uploads a bundle on a partner's page until it is taken.
async fn unpacked(window: &Window, page: &str, file: &Path) {
    let begun = Instant::now();
    loop {
        window.goto(page).await;
        window.attach("#bundle", file).await;
        window
            .follow("#courier form[action$='/unpack'] button")
            .await;
        // Taken, it leads back to the page; refused, it says why at the address of the form.
        if window.address().await == page {
            return;
        }
        let said = window.text("main").await;
        assert!(begun.elapsed() < PATIENCE, "not unpacked: {said}");
        tokio::time::sleep(PAUSE).await;
    }
}
