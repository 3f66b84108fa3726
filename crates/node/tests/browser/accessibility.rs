//! WCAG 2.2 AA as far as a program can tell: axe-core in every page and language. It is fetched as an npm package at test time,
//! injected by the driver, and never shipped.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::demo::{demo, in_target};
use super::pages::{ask, language, sign_in, words};
use super::window::{Manner, Window, in_browser};

const RULES: &str = "const done = arguments[0]; axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})\
    .then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 5).map(n => n.html.slice(0, 160)).join(' | '))), e => done([String(e)]));";

/// The script's text, or none without npm.
pub(super) fn axe() -> Option<String> {
    let folder = in_target("axe");
    let script = folder.join("package/axe.min.js");
    if !script.exists() {
        fetch(&folder)?;
    }
    std::fs::read_to_string(script).ok()
}

fn fetch(folder: &PathBuf) -> Option<()> {
    let run = |program: &str, words: &[&str]| {
        let done = Command::new(program)
            .args(words)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        done.status
            .success()
            .then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
    };
    let archive = run("npm", &["pack", "--silent", "axe-core@4"])?;
    run(
        "tar",
        &["xzf", archive.lines().last()?, "package/axe.min.js"],
    )
    .map(drop)
}

pub(super) async fn check(window: &Window, axe: &str, page: &str, faults: &mut Vec<String>) {
    // From the top, where the bar stays and covers nothing. Without a value of its own the script would give back the whole library.
    window
        .script::<Value>(&format!("{axe}\nscrollTo(0, 0);\nreturn null;"), Vec::new())
        .await;
    let found: Vec<String> = window.script_later(RULES, Vec::new()).await;
    faults.extend(found.into_iter().map(|fault| format!("{page}: {fault}")));
}

/// Takes a page in three languages, for people to look at, and holds it against the rules of accessibility; it ends in French.
pub(super) async fn pictures(window: &Window, page: &str, name: &str) {
    pictures_in(window, (page, name), ["ar", "en", "fr"], axe().as_deref()).await;
}

/// The same in languages in this order, held against the rules where there is `axe`.
pub(super) async fn pictures_in(
    window: &Window,
    (page, name): (&str, &str),
    langs: [&str; 3],
    axe: Option<&str>,
) {
    let mut faults = Vec::new();
    for lang in langs {
        window.goto(page).await;
        language(window, lang).await;
        window.goto(page).await;
        let picture = format!("{name}-{lang}.png");
        window.picture(&in_target("browser").join(picture)).await;
        if let Some(axe) = axe {
            check(window, axe, &format!("{lang} {name}"), &mut faults).await;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_page_in_any_language_breaks_an_accessibility_rule() {
    let Some(axe) = axe() else {
        println!("skipped: axe-core needs npm and the registry, and one of them is absent");
        return;
    };
    in_browser("accessibility", Manner::default(), |window| async move {
        let ma = demo().ma.as_str();
        let mut faults = Vec::new();
        for page in ["/sign-in", "/sign-in/code", "/tour"] {
            window.goto(&format!("{ma}{page}")).await;
            for lang in ["fr", "ar", "en"] {
                language(&window, lang).await;
                let place = format!("{lang} {page} to nobody");
                check(&window, &axe, &place, &mut faults).await;
            }
        }
        sign_in(&window, ma, "liaison", "fr").await;
        let (dossier, _) = ask(&window, ma, &words("fr")).await;
        let first = window
            .attribute("#entries a.type", "href")
            .await
            .unwrap_or_default();
        let pages = [
            "/",
            "/dossiers",
            &dossier,
            &first,
            "/open/request",
            "/ledger",
            "/ledger/meeting",
            "/reviews",
            "/balance/fr",
            "/balance/fr/paper",
            "/statistics",
            "/partners",
            "/partners/fr",
            "/import/declaration",
            "/account",
            "/account/calendar",
            "/meetings",
            "/account/notices",
            "/tour",
        ];
        for lang in ["fr", "ar", "en"] {
            window.goto(&format!("{ma}/")).await;
            language(&window, lang).await;
            for page in pages {
                window.goto(&format!("{ma}{page}")).await;
                window.one("main").await;
                check(&window, &axe, &format!("{lang} {page}"), &mut faults).await;
            }
        }
        window.goto(&format!("{ma}/")).await;
        window.follow("form[action='/sign-out'] button").await;
        sign_in(&window, ma, "administration", "fr").await;
        for lang in ["fr", "ar", "en"] {
            for page in ["/officers", "/officers/liaison"] {
                window.goto(&format!("{ma}{page}")).await;
                language(&window, lang).await;
                check(&window, &axe, &format!("{lang} {page}"), &mut faults).await;
            }
        }
        // The check itself is checked: a picture without words must be found.
        window
            .script::<Value>(
                "document.querySelector('main').append(new Image()); return null;",
                Vec::new(),
            )
            .await;
        let mut planted = Vec::new();
        check(&window, &axe, "planted", &mut planted).await;
        assert!(
            planted.iter().any(|fault| fault.contains("image-alt")),
            "axe-core does not find a planted fault: {planted:?}"
        );
        assert!(
            faults.is_empty(),
            "{} faults:\n{}",
            faults.len(),
            faults.join("\n")
        );
    });
}

/// The page's keyboard path: the first stop skips to the main part, which takes the focus.
#[test]
fn the_keyboard_reaches_the_main_part_first() {
    in_browser("keyboard", Manner::default(), |window| async move {
        let ma = demo().ma.as_str();
        sign_in(&window, ma, "liaison", "en").await;
        let body = window
            .driver
            .find(thirtyfour::By::Css("body"))
            .await
            .expect("a body");
        body.send_keys(thirtyfour::Key::Tab + "")
            .await
            .expect("a key");
        let focused: String = window
            .script("return document.activeElement.className", Vec::new())
            .await;
        assert_eq!(focused, "skip");
        let link = window
            .driver
            .active_element()
            .await
            .expect("the focused link");
        link.send_keys(thirtyfour::Key::Enter + "")
            .await
            .expect("a key");
        let focused: String = window
            .script("return document.activeElement.id", Vec::new())
            .await;
        assert_eq!(focused, "main");
    });
}
