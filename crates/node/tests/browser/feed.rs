//! The calendar address in a real browser at a real node: made, shown once, fetched by a program, seen on the page, revoked; and nowhere in what the
//! node writes about itself.

use std::path::Path;

use entente_core::codes::Role;

use super::accessibility::pictures_in;
use super::alone::{self, PASSWORD};
use super::demo::in_target;
use super::window::{Manner, Window, in_browser};
use super::{http, owned};

/// Makes an address by the form of the page: gives what the page shows.
async fn made(window: &Window, page: &str) -> String {
    window.goto(page).await;
    window.fill("#feed-password", PASSWORD).await;
    window.follow("#address form button.main").await;
    window.text("pre.armour").await.trim().to_owned()
}

/// Everything that the node wrote of itself.
fn told(data: &Path, node: &str) -> String {
    let log = std::fs::read_to_string(data.join("serve.log")).expect("its log");
    assert!(log.contains(" serving "), "it logged nothing: {log}");
    let metrics = http::get(&format!("{node}/metrics"), None).expect("metrics");
    log + metrics.body.as_str()
}

/// Take out: in `web/src/pages/feed.rs`, the form, the secret shown once or what was fetched; or log the address of a request.
#[test]
fn an_address_is_shown_once_fetched_and_revoked_and_stands_in_no_log() {
    for size in [(1280, 1000), (390, 844)] {
        let manner = Manner {
            size,
            ..Manner::default()
        };
        in_browser("feed", manner, move |window| async move {
            let folder = tempfile::tempdir().expect("a folder");
            let (data, port) = (folder.path().join("ma"), owned::free_port());
            let node = format!("http://localhost:{port}");
            let home = alone::make(&data, port);
            let officer = alone::officer("agent", "ma", Role::Liaison, Some(PASSWORD));
            home.app.add_officer(officer).expect("an officer");
            drop(home);
            let more = "\n[calendar]\n\n[log]\nlevel = \"trace\"\n";
            alone::configure(&data, &node, more);
            let process = alone::start(&data);
            alone::ready(&node);
            window.goto(&format!("{node}/sign-in")).await;
            window.fill("#id", "agent").await;
            window.fill("#password", PASSWORD).await;
            window.follow("form[action='/sign-in'] button.main").await;
            let page = format!("{node}/account/calendar");
            let address = made(&window, &page).await;
            let secret = address.rsplit('/').next().expect("a name").to_owned();
            assert!(address.starts_with(&format!("{node}/calendar/")) && secret.len() == 47);
            let name = format!("feed-{}", size.0);
            window
                .picture(&in_target("browser").join(format!("{name}-once.png")))
                .await;
            let file = http::get(&address, None).expect("an answer");
            assert_eq!(file.status, 200);
            assert!(
                file.body.starts_with("BEGIN:VCALENDAR\r\n"),
                "{}",
                file.body
            );
            window.goto(&page).await;
            assert_eq!(window.count("#address dl.facts dd").await, 3);
            pictures_in(&window, (&page, &name), ["ar", "en", "fr"], None).await;
            window.goto(&page).await;
            window.follow("#address > form button").await;
            assert_eq!(http::get(&address, None).expect("an answer").status, 404);
            let other = made(&window, &page).await;
            assert_ne!(other, address);
            assert_eq!(http::get(&other, None).expect("an answer").status, 200);
            let told = told(&data, &node);
            drop(process);
            assert!(!told.contains(&secret[..43]), "a secret stands in the log");
            assert!(!told.contains("/calendar/"), "an address stands in the log");
        });
    }
}
