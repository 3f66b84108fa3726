//! A key is known to others, by the pages alone: one of our own former keys is declared by a coordinator, the partner's administrator takes
//! the file, and both pages show it. In a world of its own: what is declared stays declared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use entente_node::config::Config;
use entente_node::demo::world::{Nodes, World};

use super::demo::in_target;
use super::pages::{language, sign_in};
use super::window::{Manner, Window, in_browser};

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");
const LANGS: [&str; 3] = ["ar", "en", "fr"];

/// Two linked nodes, of which `ma` changed its key.
async fn world(folder: &Path) -> (World, Nodes) {
    let world = World::create(folder, 0).expect("two nodes");
    let started = world.start_with(Path::new(PROGRAM)).await;
    let mut nodes = started.expect("both nodes serve");
    entente_node::demo::desk(&mut nodes).await.expect("a desk");
    let mut rotate = std::process::Command::new(PROGRAM);
    let rotate = rotate
        .arg("--data")
        .arg(world.data("ma"))
        .args(["key", "rotate"]);
    assert!(rotate.status().expect("a command").success());
    nodes.settled().await.expect("the change arrives");
    (world, nodes)
}

#[test]
fn rule_15_a_compromised_key_is_declared_on_the_pages_of_both() {
    for size in [(1280, 1000), (390, 844)] {
        let manner = Manner {
            size,
            ..Manner::default()
        };
        in_browser("compromise", manner, move |window| async move {
            let folder = tempfile::tempdir().expect("a folder");
            let (world, mut nodes) = world(folder.path()).await;
            let [ma, fr] = ["ma", "fr"].map(|name| url(&world, name));
            sign_in(&window, &ma, "coordination", "fr").await;
            sign_in(&window, &fr, "administration", "fr").await;
            let (print, file) = ours(&window, &ma, size.0).await;
            theirs(&window, &fr, (&print, &file), size.0).await;
            by_voice(&window, &fr, size.0).await;
            nodes.linked().await.expect("the link goes on");
            assert!(nodes.stop());
        });
    }
}

fn url(world: &World, name: &str) -> String {
    let data = world.data(name);
    let config = Config::load(&data, &BTreeMap::new()).expect("a node");
    let url = config.demo.expect("a demonstration").own_url;
    url.trim_end_matches('/').to_owned()
}

/// Goes to a page in a language.
async fn goto(window: &Window, page: &str, lang: &str) {
    window.goto(page).await;
    language(window, lang).await;
    window.goto(page).await;
}

/// Ticks the box and sends: what was read in words is done.
async fn confirm(window: &Window) {
    window.click("input[name='_sure']").await;
    window.follow("form.entry-form button.main").await;
}

/// Our own key: chosen, read in words, confirmed; the key, and the file for the partner.
async fn ours(window: &Window, ma: &str, width: u32) -> (String, PathBuf) {
    let mut print = String::new();
    for lang in LANGS {
        goto(window, &format!("{ma}/keys/compromised"), lang).await;
        window.click("input[name='fingerprint']").await;
        looked_at(window, "own", (lang, width)).await;
        print = window.text("fieldset code.hash").await;
        window.follow("form.entry-form button.main").await;
        assert_eq!(window.text("#means code.hash").await, print);
        looked_at(window, "own-means", (lang, width)).await;
    }
    // Read three times, confirmed never: nothing is declared.
    window.goto(&format!("{ma}/partners")).await;
    assert_eq!(window.count("#compromised").await, 0);
    goto(window, &format!("{ma}/keys/compromised"), "fr").await;
    window.click("input[name='fingerprint']").await;
    window.follow("form.entry-form button.main").await;
    confirm(window).await;
    assert_eq!(window.address().await, format!("{ma}/partners"));
    let declared = window.text("#compromised ~ ul.lines").await;
    assert!(declared.contains(&print), "{declared}");
    looked_at(window, "declared", ("fr", width)).await;
    window
        .click("#compromised ~ ul.lines details summary")
        .await;
    let text = window.text("#compromised ~ ul.lines details pre").await;
    assert!(text.starts_with("-----BEGIN ENTENTE COMPROMISE"), "{text}");
    let file = in_target("browser").join("declaration.txt");
    std::fs::write(&file, text).expect("a file to carry");
    (print, file)
}

/// The partner's people: the file read in words, confirmed, and shown.
async fn theirs(window: &Window, fr: &str, (print, file): (&str, &Path), width: u32) {
    let page = format!("{fr}/partners/ma");
    for lang in LANGS {
        goto(window, &page, lang).await;
        window.click("#declare summary").await;
        looked_at(window, "ways", (lang, width)).await;
        window.attach("#compromise-file", file).await;
        window.follow("#declare form[action$='/read'] button").await;
        assert_eq!(window.text("#means code.hash").await, print);
        looked_at(window, "take", (lang, width)).await;
    }
    confirm(window).await;
    assert_eq!(window.address().await, page);
    let shown = window.text("#compromised ~ ul.lines").await;
    assert!(shown.contains(print), "{shown}");
}

/// By voice: a fingerprint that is of no key of the partner declares nothing, and what was typed stays.
async fn by_voice(window: &Window, fr: &str, width: u32) {
    let stranger = "0123 4567 89ab cdef 0123 4567 89ab cdef";
    for lang in LANGS {
        goto(window, &format!("{fr}/partners/ma/compromised"), lang).await;
        window.fill("#f-fingerprint", stranger).await;
        looked_at(window, "voice", (lang, width)).await;
        window.follow("form.entry-form button.main").await;
        looked_at(window, "voice-means", (lang, width)).await;
        confirm(window).await;
        assert_eq!(window.count("[role=alert]").await, 1);
        looked_at(window, "voice-refused", (lang, width)).await;
    }
    let typed = window.attribute("#f-fingerprint", "value").await;
    assert!(typed.is_some_and(|typed| typed.starts_with("01")));
}

/// Nothing runs off the side, and a picture for people to look at.
async fn looked_at(window: &Window, name: &str, (lang, width): (&str, u32)) {
    let wider =
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
    let wider: i64 = window.script(wider, Vec::new()).await;
    assert!(wider <= 0, "{name} in {lang} is {wider} wider than {width}");
    let file = in_target("pictures").join(format!("compromise-{name}-{lang}-{width}.png"));
    window.picture(&file).await;
}
