//! Acts of weight in real Chromium, by the virtual authenticator of its DevTools, between two real nodes: one proposes a charter, the other's
//! officer signs it with their passkey, the first brings it into force with theirs, and each side reads and verifies the other's signature.

use std::path::Path;

use entente_core::codes::Role;
use entente_node::config::Config;
use entente_node::demo::world::{Process, World};
use entente_node::node;
use serde_json::Value;
use tempfile::TempDir;

use super::accessibility::pictures_in;
use super::alone::{self, PASSWORD};
use super::demo::in_target;
use super::pages::language;
use super::passkeys::Authenticator;
use super::window::{Manner, Window, in_browser};

/// Two linked nodes without a charter, each with an officer who signs in by password.
struct Two {
    ma: String,
    fr: String,
    _processes: [Process; 2],
    _world: World,
    _folder: TempDir,
}

fn two() -> Two {
    let folder = tempfile::tempdir().expect("a folder");
    let world = World::create(folder.path(), 0).expect("two nodes");
    let [ma, fr] = ["ma", "fr"].map(|name| named(&world.data(name), name));
    let processes = ["ma", "fr"].map(|name| alone::start(&world.data(name)));
    [&ma, &fr]
        .into_iter()
        .for_each(|address| alone::ready(address));
    Two {
        ma,
        fr,
        _processes: processes,
        _world: world,
        _folder: folder,
    }
}

/// Adds the officer and the name by which browsers reach the node; gives its address.
fn named(data: &Path, name: &str) -> String {
    let config = Config::load(data, &std::collections::BTreeMap::new()).expect("its settings");
    let address = format!("http://localhost:{}", config.http.port());
    let opened = node::open(config, "cli").expect("the node");
    let officer = alone::officer("agent", name, Role::Coordinator, Some(PASSWORD));
    opened.app.add_officer(officer).expect("an officer");
    drop(opened);
    alone::configure(data, &address, "");
    address
}

/// Signs in and adds a passkey.
async fn enrol(window: &Window, node: &str) {
    window.goto(&format!("{node}/sign-in")).await;
    window.fill("#id", "agent").await;
    window.fill("#password", PASSWORD).await;
    window.follow("form[action='/sign-in'] button.main").await;
    window.goto(&format!("{node}/account")).await;
    window.fill("#passkey-label", "Téléphone inventé").await;
    window.fill("#passkey-password", PASSWORD).await;
    window.click("form[action='/account/passkey'] button").await;
    window.one("ol.recovery li:first-child code").await;
}

/// Presses the button of the page that asks for the passkey; gives the identifier that was to be signed.
async fn press(window: &Window) -> String {
    let entry = window.text("#weigh code.hash").await;
    window.click("#weigh button.main").await;
    window.one("#signed").await;
    let at = window.address().await;
    assert!(at.contains(&entry), "exactly that entry was recorded: {at}");
    entry
}

#[test]
fn a_charter_is_signed_by_passkeys_and_each_side_verifies_the_others() {
    in_browser("weight", Manner::default(), |window| async move {
        let two = two();
        let (ma, fr) = (two.ma.as_str(), two.fr.as_str());
        let _authenticator = Authenticator::of(&window);
        enrol(&window, fr).await;
        enrol(&window, ma).await;
        window.goto(&format!("{ma}/open/charter?partner=fr")).await;
        window.fill("#f-title", "Charte inventée").await;
        window.follow("form.entry-form .submit button.main").await;
        let address = window.address().await;
        let path = address.strip_prefix(ma).expect("an address of ma");
        let path = path.split('#').next().unwrap_or_default().to_owned();

        // The other side reads what it signs; nothing is recorded before the passkey answers.
        let at_fr = format!("{fr}{path}");
        window.reload_until(&at_fr, ".proposal a.button.main").await;
        window.follow(".proposal a.button.main").await;
        window
            .fill("form.entry-form [name='text']", "Lu et approuvé.")
            .await;
        window.click("form.entry-form input[name='_sure']").await;
        window.follow("form.entry-form .submit button.main").await;
        assert!(window.text("#preview").await.contains("Lu et approuvé."));
        picture(&window, "ask-fr").await;
        let signature = press(&window).await;
        let by = window.text("#signed").await;
        assert!(
            by.contains("Personne inventée") && by.contains("localhost"),
            "{by}"
        );

        // The first side sees by whom, under a pseudonym, and brings it into force with its own passkey.
        let at_ma = format!("{ma}{path}");
        window
            .reload_until(&at_ma, "a[href*='charter.enact']")
            .await;
        let signed = format!("{ma}/entries/{signature}");
        window.reload_until(&signed, "#signed dl.facts").await;
        let theirs = window.text("#signed").await;
        assert!(
            !theirs.contains("Personne"),
            "outside they are a pseudonym: {theirs}"
        );
        pictures(&window, &signed, "theirs").await;
        window.goto(&at_ma).await;
        window.follow("a[href*='charter.enact']").await;
        window.click("form.entry-form input[name='_sure']").await;
        window.follow("form.entry-form .submit button.main").await;
        let enacted = press(&window).await;
        pictures(&window, &format!("{ma}/entries/{enacted}"), "ours").await;
        window
            .reload_until(&format!("{fr}/entries/{enacted}"), "#signed dl.facts")
            .await;
    });
}

async fn picture(window: &Window, name: &str) {
    let file = format!("weight-{name}.png");
    window.picture(&in_target("browser").join(file)).await;
}

/// The same page in three languages, for people to look at; it ends in French.
async fn pictures(window: &Window, page: &str, name: &str) {
    language(window, "fr").await;
    let width: Value = window
        .driver
        .get_window_rect()
        .await
        .map_or(Value::Null, |r| r.width.into());
    let name = format!("weight-{name}-{width}");
    pictures_in(window, (page, &name), ["ar", "en", "fr"], None).await;
}
