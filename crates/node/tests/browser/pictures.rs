//! `make pictures`: takes the pictures of the documents again from the running demonstration. Not part of `make test`.

use std::path::{Path, PathBuf};

use super::demo::{demo, in_target, repository};
use super::pages::{language, sign_in};
use super::window::{Manner, Window, in_browser};

/// Width and height of one node in the joined picture, CSS pixels.
const ONE: (u32, u32) = (900, 1050);

/// Where the pictures of the documents lie.
fn folder() -> PathBuf {
    let folder = repository().join("docs/pictures");
    std::fs::create_dir_all(&folder).expect("docs/pictures");
    folder
}

/// The dossier that shows best: the joint investigation of the story.
async fn story(window: &Window) -> String {
    let list = window.json("/api/v1/dossiers?kind=investigation").await;
    let id = list
        .pointer("/lines/0/id")
        .and_then(|id| id.as_str())
        .expect("the story opens an investigation");
    format!("/dossiers/{id}")
}

#[test]
#[ignore = "takes the pictures of the documents: run by `make pictures`"]
fn pictures_of_the_documents() {
    in_browser(
        "pictures",
        Manner {
            size: ONE,
            ..Manner::default()
        },
        |window| async move {
            let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
            sign_in(&window, fr, "liaison", "fr").await;
            sign_in(&window, ma, "liaison", "fr").await;
            let dossier = story(&window).await;
            for lang in ["fr", "ar", "en"] {
                window.goto(&format!("{ma}/")).await;
                language(&window, lang).await;
                window
                    .picture(&folder().join(format!("today-{lang}.png")))
                    .await;
                window.goto(&format!("{ma}{dossier}")).await;
                window
                    .picture(&folder().join(format!("dossier-{lang}.png")))
                    .await;
            }
            // Side by side: `ma` in Arabic, `fr` in French, the same dossier.
            let sides = [
                in_target("pictures").join("ma.png"),
                in_target("pictures").join("fr.png"),
            ];
            window.goto(&format!("{ma}/")).await;
            language(&window, "ar").await;
            for (node, side) in [ma, fr].iter().zip(&sides) {
                window.goto(&format!("{node}{dossier}")).await;
                window.one("#entries").await;
                window.picture(side).await;
            }
            join(&window, &sides).await;
        },
    );
}

/// Joins two pictures by a page of two images.
async fn join(window: &Window, sides: &[PathBuf; 2]) {
    let shown = |path: &Path| {
        format!(
            "<img src=\"file://{}\" width=\"{}\">",
            path.display(),
            ONE.0
        )
    };
    let page = in_target("pictures").join("both.html");
    let html = format!(
        "<!doctype html><meta charset=utf-8><title>both</title><style>body{{margin:0;display:flex;gap:12px;background:#777}}img{{display:block}}</style>{}{}",
        shown(&sides[0]),
        shown(&sides[1])
    );
    std::fs::write(&page, html).expect("a page of two images");
    window
        .driver
        .set_window_rect(0, 0, ONE.0 * 2 + 12, ONE.1)
        .await
        .expect("a wider window");
    window.goto(&format!("file://{}", page.display())).await;
    window.picture(&folder().join("both-nodes.png")).await;
}
