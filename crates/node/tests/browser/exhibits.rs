//! An exhibit by two officers, one who works in French and one in Arabic: it is recorded, handed over, receipted from its page, the gap that the
//! receipt leaves is said, and its files are looked at in place. In three languages by the rules of accessibility, and narrow.

use std::path::Path;

use super::demo::{demo, in_target};
use super::inquiry::{dossier, pictures};
use super::pages::sign_in;
use super::window::{Manner, Window, in_browser};

#[test]
fn an_exhibit_is_handed_over_and_receipted() {
    in_browser("exhibits", Manner::default(), |window| path(window, "1280"));
}

/// The same in a narrow window.
#[test]
fn an_exhibit_needs_little_room() {
    let manner = Manner {
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("exhibits-narrow", manner, |window| path(window, "390"));
}

async fn path(window: Window, width: &'static str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, fr, "enquete", "fr").await;
    let home = dossier(&window, fr).await;
    let exhibit = recorded(&window, (fr, &home), width).await;
    handed_over(&window, fr, &exhibit).await;
    pictures(&window, &format!("{fr}{home}/exhibits"), "exhibits", width).await;
    sign_in(&window, ma, "enquete", "ar").await;
    receipted(&window, ma, &exhibit).await;
    pictures(&window, &format!("{ma}{exhibit}"), "exhibit", width).await;
    looked_at(&window, ma, &exhibit, width).await;
}

/// Records an exhibit with a text beside it; gives its path.
pub async fn recorded(window: &Window, (node, home): (&str, &str), width: &str) -> String {
    let notes = in_target("pictures").join(format!("exhibit-{width}.txt"));
    std::fs::write(&notes, "Photographié à 06:40.\nصورت القطعة عند الحجز.\n").expect("a file");
    window.goto(&format!("{node}{home}")).await;
    window.follow(&format!("a[href='{home}/exhibits']")).await;
    window
        .follow("a.button[href$='/write/investigation.exhibit']")
        .await;
    let field = |name: &str| format!("form.entry-form [name='{name}']");
    window.fill(&field("name"), "Téléphone, écran fendu").await;
    window.fill(&field("mark"), &format!("EST-{width}")).await;
    window.fill(&field("seized_by"), "unité d’enquête").await;
    set(window, &field("seized_at"), "2015-06-03T06:40").await;
    window.choose(&field("seal"), "bag").await;
    window.fill(&field("seal_number"), "S-0412").await;
    attach(window, &notes).await;
    window.follow("form.entry-form .submit button.main").await;
    let address = window.address().await;
    let path = address.strip_prefix(node).unwrap_or_default().to_owned();
    assert!(path.starts_with("/exhibits/"), "{path}");
    path
}

async fn attach(window: &Window, file: &Path) {
    window
        .attach("form.entry-form input[type='file']", file)
        .await;
}

/// A moment: browsers take it apart as it is typed, by the language of the machine.
async fn set(window: &Window, css: &str, value: &str) {
    let script = "document.querySelector(arguments[0]).value = arguments[1]; return null;";
    window
        .script::<serde_json::Value>(script, vec![css.into(), value.into()])
        .await;
}

pub async fn handed_over(window: &Window, node: &str, exhibit: &str) {
    window.goto(&format!("{node}{exhibit}")).await;
    window
        .follow("a.button[href*='/write/investigation.transfer']")
        .await;
    let field = |name: &str| format!("form.entry-form [name='{name}']");
    window.choose(&field("handed"), "original").await;
    set(window, &field("done_at"), "2015-06-05T10:00").await;
    window.fill(&field("from_whom"), "unité d’enquête").await;
    window.fill(&field("to_whom"), "laboratoire").await;
    window.follow("form.entry-form .submit button.main").await;
    assert_eq!(window.address().await, format!("{node}{exhibit}"));
    assert_eq!(window.count("#chain > ol > li").await, 2);
}

/// In Arabic: the receipt is given from the exhibit's page, by another than the transfer names, and the page says so.
pub async fn receipted(window: &Window, node: &str, exhibit: &str) {
    let receipt = "#chain a.button[href*='/write/investigation.received']";
    window
        .reload_until(&format!("{node}{exhibit}"), receipt)
        .await;
    window.follow(receipt).await;
    let field = |name: &str| format!("form.entry-form [name='{name}']");
    set(window, &field("done_at"), "2015-06-06T08:00").await;
    window.fill(&field("to_whom"), "كتابة الضبط").await;
    window.choose(&field("seal_found"), "intact").await;
    window.follow("form.entry-form .submit button.main").await;
    window.goto(&format!("{node}{exhibit}")).await;
    assert_eq!(window.count("#chain li.gap").await, 1);
    let gap = window.text("#chain li.gap").await;
    assert!(
        gap.contains("laboratoire") && gap.contains("كتابة الضبط"),
        "{gap}"
    );
    assert_eq!(window.count(receipt).await, 0);
}

/// The text that came with it, line by line.
async fn looked_at(window: &Window, node: &str, exhibit: &str, width: &str) {
    let way = "#record a[href$='/files/0/view']";
    window.reload_until(&format!("{node}{exhibit}"), way).await;
    window.follow(way).await;
    assert_eq!(window.count(".letters > div[dir='auto']").await, 2);
    let address = window.address().await;
    pictures(window, &address, "in-place", width).await;
}
