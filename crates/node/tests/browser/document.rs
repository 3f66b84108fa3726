//! A real PDF of two pages, in French and in Arabic, printed by the browser itself: attached to a contribution, and looked at page by page as pictures
//! that the node drew, with the letters beside them; pages turn by the keyboard, in the direction of the language.

use std::path::PathBuf;

use super::demo::{demo, in_target};
use super::inquiry::{dossier, pictures};
use super::pages::sign_in;
use super::window::{Manner, Window, in_browser};

#[test]
fn a_document_is_looked_at_page_by_page() {
    in_browser("document", Manner::default(), |window| path(window, "1280"));
}

/// The same in a narrow window.
#[test]
fn a_document_needs_little_room() {
    let manner = Manner {
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("document-narrow", manner, |window| path(window, "390"));
}

const PAGE: &str = "<!doctype html><meta charset=utf-8><body style='font: 20px sans-serif'>\
    <h1>Procès-verbal de saisie</h1><p>Téléphone, écran fendu, scellé S-0412.</p>\
    <div dir=rtl lang=ar style='break-before: page'><h1>محضر حجز</h1><p>هاتف بشاشة مكسورة، الختم 0412.</p></div>";

async fn path(window: Window, width: &'static str) {
    let fr = demo().fr.as_str();
    let pdf = printed(&window, width).await;
    sign_in(&window, fr, "enquete", "fr").await;
    let home = dossier(&window, fr).await;
    window
        .goto(&format!("{fr}{home}/write/investigation.contribute"))
        .await;
    let field = |name: &str| format!("form.entry-form [name='{name}']");
    window
        .fill(&field("title"), &format!("Procès-verbal {width}"))
        .await;
    window.fill(&field("text"), "Voir la pièce jointe.").await;
    window
        .attach("form.entry-form input[type='file']", &pdf)
        .await;
    window.follow("form.entry-form .submit button.main").await;
    let view = "a[href$='/files/0/view']";
    let address = format!("{fr}{home}");
    window.reload_until(&address, view).await;
    let way = way_to(&window, &format!("document-{width}.pdf")).await;
    window.goto(&format!("{fr}{way}")).await;
    let title = window.text("h1").await;
    assert!(title.contains(&format!("document-{width}.pdf")), "{title}");
    is_drawn(&window, "page 1 sur 2").await;
    assert!(letters(&window).await.contains("Procès-verbal de saisie"));
    turn(&window, "ArrowRight").await;
    is_drawn(&window, "page 2 sur 2").await;
    let arabic = letters(&window).await;
    assert!(
        arabic.contains("محضر حجز") && arabic.contains("0412"),
        "{arabic}"
    );
    let second = window.address().await;
    pictures(&window, &second, "document", width).await;
}

/// The way to a file by its name: the other window's is in the same dossier.
async fn way_to(window: &Window, name: &str) -> String {
    let find = "const named = a => a.textContent.includes(arguments[0]); \
        return [...document.querySelectorAll(\"a[href$='/files/0/view']\")].find(named).getAttribute('href');";
    window.script(find, vec![name.into()]).await
}

/// The page as the browser prints it.
async fn printed(window: &Window, width: &str) -> PathBuf {
    let folder = in_target("pictures");
    let html = folder.join(format!("document-{width}.html"));
    std::fs::write(&html, PAGE).expect("a page");
    window.goto(&format!("file://{}", html.display())).await;
    let pdf = folder.join(format!("document-{width}.pdf"));
    window.print(&pdf).await;
    pdf
}

/// The picture of the page came, and says which it is to who does not see it.
async fn is_drawn(window: &Window, said: &str) {
    let alt = window.attribute("img.page", "alt").await;
    assert!(alt.unwrap_or_default().ends_with(said));
    let drawn =
        "const i = document.querySelector('img.page'); await i.decode(); return i.naturalWidth;";
    let wide: u32 = window
        .script(&format!("return (async () => {{ {drawn} }})();"), vec![])
        .await;
    assert!((1_200..=1_240).contains(&wide), "{wide}");
}

async fn letters(window: &Window) -> String {
    window
        .script(
            "return document.querySelector('.letters').textContent;",
            vec![],
        )
        .await
}

/// A key is pressed on the page, and another page comes.
async fn turn(window: &Window, key: &str) {
    let before = window.address().await;
    let press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true })); return null;";
    window
        .script::<serde_json::Value>(press, vec![key.into()])
        .await;
    let before = &before;
    window
        .until("another page", || async move {
            let now = window.address().await;
            Ok((now != *before).then_some(()))
        })
        .await;
}
