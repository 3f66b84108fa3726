//! A real OpenID provider in real Chromium: an invitation is taken up on the provider's own page, one works, signs out at both, and comes in
//! again; without the provider the door opens by password.

use entente_app::By;
use entente_core::codes::Role;
use entente_node::demo::world::Process;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

use super::glewlwyd::{Glewlwyd, PERSON};
use super::window::{Manner, Window, in_browser};
use super::{alone, owned};

const PASSWORD: &str = "another fictional password";
/// Of the node's sessions.
const COOKIE: &str = "entente-ma";
/// What the provider's own page does when its person agrees to be signed out (Debian's version of that page stops before).
const END: &str =
    "const done = arguments[0]; const sid = new URL(location).searchParams.get('sid');
    fetch('/api/oidc/session/' + sid, {method: 'DELETE'}).then(answer => done(answer.status));";

/// A node of its own, with the provider, and an invitation to it.
struct Served {
    address: String,
    link: String,
    _process: Process,
    _folder: TempDir,
}

fn made(data: &Path, address: &str, port: u16) -> String {
    let made = alone::make(data, port);
    let colleague = alone::officer("collegue", "ma", Role::Liaison, Some(PASSWORD));
    made.app.add_officer(colleague).expect("an officer");
    let invited = alone::officer("agent", "ma", Role::Liaison, None);
    let token = made.app.invite_officer(By::Machine, &invited);
    format!("{address}/welcome/{}", token.expect("an invitation"))
}

fn served(folder: TempDir, port: u16, provider: &Glewlwyd) -> Served {
    let (data, address): (PathBuf, _) =
        (folder.path().join("ma"), format!("http://localhost:{port}"));
    let link = made(&data, &address, port);
    alone::configure(&data, &address, &provider.configuration(&data));
    let process = alone::start(&data);
    alone::ready(&address);
    Served {
        address,
        link,
        _process: process,
        _folder: folder,
    }
}

/// On the provider's own page, which asks for identifier and password and then whether to go on.
async fn at_the_provider(window: &Window) {
    let (name, password) = PERSON;
    window.fill("#username", name).await;
    window.fill("#password", password).await;
    window.click("#loginbut").await;
    window.click("button.btn-success").await;
}

/// Waits until a page below this address is shown.
async fn at(window: &Window, address: &str) {
    window
        .until("the provider's address", || async {
            let there = window.address().await.starts_with(address);
            Ok(there.then_some(()))
        })
        .await;
}

/// The provider ends its session at another desk: what it began here is over, without anybody coming by.
async fn ended_at_another_desk(window: &Window, node: &str) {
    let kept = window
        .driver
        .get_named_cookie(COOKIE)
        .await
        .expect("a session");
    window
        .driver
        .delete_cookie(COOKIE)
        .await
        .expect("another desk");
    window.goto(&format!("{node}/sign-in")).await;
    window
        .click("form[action='/sign-in/provider'] button")
        .await;
    window.click("button.btn-success").await;
    window.one("a.who").await;
    window.click("form[action='/sign-out'] button").await;
    window.one("button.btn-danger").await;
    let ended: u16 = window.script_later(END, Vec::new()).await;
    assert_eq!(ended, 200);
    window.goto(&format!("{node}/sign-in")).await;
    window
        .driver
        .add_cookie(kept)
        .await
        .expect("back at the first desk");
    window
        .reload_until(
            &format!("{node}/ledger"),
            "form[action='/sign-in/provider'] button",
        )
        .await;
}

#[test]
fn a_real_provider_signs_in_and_out_on_its_own_pages() {
    let any = Manner {
        any_certificate: true,
        ..Manner::default()
    };
    in_browser("provider", any, |window| async move {
        let port = owned::free_port();
        let folder = tempfile::tempdir().expect("a folder");
        let Some(mut provider) = Glewlwyd::start(&format!("http://localhost:{port}")).await else {
            return;
        };
        let served = served(folder, port, &provider);
        let node = &served.address;
        window.goto(&served.link).await;
        window.click("form[action$='/provider'] button").await;
        at_the_provider(&window).await;
        window
            .one("#provider form[action='/account/provider/prove']")
            .await;
        assert!(window.address().await.ends_with("/account"));

        window.goto(&format!("{node}/ledger")).await;
        window.one("a.who").await;
        // Out here at once; the provider then asks whether to be out there too.
        window.click("form[action='/sign-out'] button").await;
        at(&window, &provider.address).await;
        window.goto(&format!("{node}/ledger")).await;
        window.one("form[action='/sign-in/provider'] button").await;

        // In again: the provider knows its person still.
        window
            .click("form[action='/sign-in/provider'] button")
            .await;
        window.click("button.btn-success").await;
        window.one("a.who").await;
        assert!(window.address().await.ends_with("/ledger"));
        window.goto(&format!("{node}/account")).await;
        assert_eq!(window.text("#provider h2").await, "Annuaire fictif");

        ended_at_another_desk(&window, node).await;

        // Without the provider the door opens by password.
        provider.end();
        window
            .driver
            .delete_all_cookies()
            .await
            .expect("a browser of nobody");
        window.goto(&format!("{node}/sign-in")).await;
        window
            .click("form[action='/sign-in/provider'] button")
            .await;
        // Its description is known still, and the browser finds nobody there.
        at(&window, &provider.address).await;
        window.goto(&format!("{node}/sign-in")).await;
        window.fill("#id", "collegue").await;
        window.fill("#password", PASSWORD).await;
        window.follow("form[action='/sign-in'] button.main").await;
        window.one("a.who").await;
    });
}
