//! Passkeys in real Chromium, by the virtual authenticator of its DevTools: added on "My account", asked for at the door, taken away.

use entente_core::codes::Role;
use entente_node::demo::world::Process;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::alone::{self, PASSWORD};
use super::owned;
use super::window::{Manner, Window, in_browser};

/// A node of its own, outside any demonstration, that browsers reach as `localhost`.
struct Served {
    address: String,
    _process: Process,
    _folder: TempDir,
}

fn served() -> Served {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("ma");
    let port = owned::free_port();
    let address = format!("http://localhost:{port}");
    let made = alone::make(&data, port);
    let officer = alone::officer("agent", "ma", Role::Liaison, Some(PASSWORD));
    made.app.add_officer(officer).expect("an officer");
    drop(made);
    alone::configure(&data, &address, "");
    let process = alone::start(&data);
    alone::ready(&address);
    Served {
        address,
        _process: process,
        _folder: folder,
    }
}

/// Chromium's own authenticator, of software.
pub(super) struct Authenticator {
    window: Window,
    id: Value,
}

impl Authenticator {
    pub(super) fn of(window: &Window) -> Self {
        window.devtools("WebAuthn.enable", &json!({"enableUI": false}));
        let options = json!({"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "automaticPresenceSimulation": true,
        }});
        let added = window.devtools("WebAuthn.addVirtualAuthenticator", &options);
        Self {
            window: window.clone(),
            id: added["authenticatorId"].clone(),
        }
    }

    /// Whether it recognises its owner from now on.
    fn recognises(&self, owner: bool) {
        let wish = json!({"authenticatorId": self.id, "isUserVerified": owner});
        self.window.devtools("WebAuthn.setUserVerified", &wish);
    }
}

async fn by_password(window: &Window, node: &str) {
    window.goto(&format!("{node}/sign-in")).await;
    window.fill("#id", "agent").await;
    window.fill("#password", PASSWORD).await;
    window.follow("form[action='/sign-in'] button.main").await;
}

async fn by_passkey(window: &Window, node: &str, id: &str) {
    window.goto(&format!("{node}/sign-in?next=/ledger")).await;
    window.fill("#passkey-id", id).await;
    window.click("form[action='/sign-in/passkey'] button").await;
}

#[test]
fn a_passkey_is_added_and_opens_the_account_alone() {
    in_browser("passkeys", Manner::default(), |window| async move {
        let served = served();
        let node = &served.address;
        let authenticator = Authenticator::of(&window);
        by_password(&window, node).await;
        window.goto(&format!("{node}/account")).await;
        window.fill("#passkey-label", "Téléphone inventé").await;
        window.fill("#passkey-password", PASSWORD).await;
        window.click("form[action='/account/passkey'] button").await;
        // The page asks the authenticator by itself, and the node gives recovery codes.
        let code = window.text("ol.recovery li:first-child code").await;
        window.goto(&format!("{node}/account")).await;
        assert_eq!(
            window.text("#passkeys li strong").await,
            "Téléphone inventé"
        );

        window.follow("form[action='/sign-out'] button").await;
        by_passkey(&window, node, "agent").await;
        window.one("a.who").await;
        assert!(window.address().await.ends_with("/ledger"));

        // An authenticator that does not recognise its owner opens nothing; nor does one for another name.
        window.follow("form[action='/sign-out'] button").await;
        authenticator.recognises(false);
        by_passkey(&window, node, "agent").await;
        window.one("#passkey-failed").await;
        authenticator.recognises(true);
        by_passkey(&window, node, "nobody").await;
        window.one("#passkey-failed").await;

        // The password alone opens nothing any more: a recovery code is asked beside it.
        by_password(&window, node).await;
        window.fill("#code", &code).await;
        window
            .follow("form[action='/sign-in/code'] button.main")
            .await;
        window.goto(&format!("{node}/account")).await;
        window.click("#passkeys li details summary").await;
        window
            .fill("#passkeys li input[type=password]", PASSWORD)
            .await;
        window
            .follow("form[action='/account/passkey/remove'] button")
            .await;
        assert_eq!(window.count("#passkeys li").await, 0);
        window.follow("form[action='/sign-out'] button").await;
        by_passkey(&window, node, "agent").await;
        window.one("#passkey-failed").await;
    });
}
