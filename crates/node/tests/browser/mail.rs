//! Notices by mail in a real browser, with a real mail server: an address is confirmed by the code that came, the preview is there, and the address is
//! gone again.

use entente_core::codes::Role;
use serde_json::Value;

use super::accessibility::pictures_in;
use super::alone::{self, PASSWORD};
use super::demo::in_target;
use super::owned;
use super::pages::language;
use super::smtp::{Smtp, code_in};
use super::window::{Manner, in_browser};

/// Take out: the job of `jobs.rs` that sends, or the form of the code.
#[test]
fn an_address_is_confirmed_by_the_code_that_came_and_taken_away() {
    for size in [(1280, 1000), (390, 844)] {
        let Some(server) = Smtp::start("tls") else {
            return;
        };
        let manner = Manner {
            size,
            ..Manner::default()
        };
        in_browser("mail", manner, move |window| async move {
            let folder = tempfile::tempdir().expect("a folder");
            let (data, port) = (folder.path().join("ma"), owned::free_port());
            let node = format!("http://localhost:{port}");
            let made = alone::make(&data, port);
            let officer = alone::officer("agent", "ma", Role::Liaison, Some(PASSWORD));
            made.app.add_officer(officer).expect("an officer");
            drop(made);
            alone::configure(&data, &node, &server.table("tls", "ca.pem"));
            let _process = alone::start(&data);
            alone::ready(&node);
            window.goto(&format!("{node}/sign-in")).await;
            window.fill("#id", "agent").await;
            window.fill("#password", PASSWORD).await;
            window.follow("form[action='/sign-in'] button.main").await;
            let page = format!("{node}/account/notices");
            window.goto(&page).await;
            window.fill("#mail-address", "agent@mail.example").await;
            window.fill("#mail-password", PASSWORD).await;
            window.follow("#address form button[type=submit]").await;
            let taken = || async { Ok(server.taken().pop()) };
            let mail = window.until("a mail", taken).await;
            window.fill("#mail-code", &code_in(&mail)).await;
            window.follow("#address form button.main").await;
            assert_eq!(
                window.text("#address strong bdi").await,
                "agent@mail.example"
            );
            window.one("#address em.good").await;
            let said = window.text("#preview .letters").await;
            assert!(said.contains("Rien ne vous attend."), "{said}");
            let name = format!("notices-{}", size.0);
            pictures_in(&window, (&page, &name), ["ar", "en", "fr"], None).await;
            for lang in ["ar", "fr"] {
                language(&window, lang).await;
                window.goto(&page).await;
                let down = "document.querySelector('#preview').scrollIntoView(); return null;";
                window.script::<Value>(down, Vec::new()).await;
                let picture = format!("{name}-preview-{lang}.png");
                window.picture(&in_target("browser").join(picture)).await;
            }
            window.goto(&format!("{node}/account")).await;
            window.one("#notices a.button").await;
            window.goto(&page).await;
            window.follow("#address > form:last-of-type button").await;
            assert_eq!(window.count("#address strong bdi").await, 0);
        });
    }
}
