//! What an eye would see at once: nothing runs off the side of a narrow or a wide window, and the keyboard alone leads everywhere,
//! with its place in sight. `make album` takes a picture of every page in every language for people to look at, and prints it.

use serde_json::Value;

use super::demo::{demo, in_target};
use super::pages::{language, sign_in};
use super::window::{Manner, Window, in_browser};

/// A telephone, and the modest screen of an office.
const WIDTHS: [(u32, u32); 2] = [(390, 844), (1280, 900)];
const LANGS: [&str; 3] = ["fr", "ar", "en"];

/// Every page of a node after the story, with a short name.
async fn every_page(window: &Window, node: &str) -> Vec<(&'static str, String)> {
    window.goto(&format!("{node}/")).await;
    let first = |list: Value, what: &str| {
        list.pointer("/lines/0/id")
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("the story has {what}"))
            .to_owned()
    };
    let mut dossier = Vec::new();
    for kind in ["investigation", "declaration", "charter", "request"] {
        let list = window.json(&format!("/api/v1/dossiers?kind={kind}")).await;
        dossier.push(first(list, kind));
    }
    let [investigation, declaration, charter, request] = dossier.as_slice() else {
        panic!("four dossiers")
    };
    let inquiry = in_mid_life(window).await;
    window
        .goto(&format!("{node}/dossiers/{investigation}"))
        .await;
    let entry = window
        .attribute("#entries a.type", "href")
        .await
        .unwrap_or_default();
    let original = entry.rsplit('/').next().unwrap_or_default().to_owned();
    let partner = if node == demo().ma { "fr" } else { "ma" };
    vec![
        ("today", "/".into()),
        ("dossiers", "/dossiers".into()),
        ("search", "/dossiers?q=12".into()),
        ("none", "/dossiers?q=introuvable".into()),
        ("investigation", format!("/dossiers/{investigation}")),
        ("request", format!("/dossiers/{request}")),
        ("declaration", format!("/dossiers/{declaration}")),
        ("charter", format!("/dossiers/{charter}")),
        (
            "terms",
            format!("/dossiers/{charter}/write/charter.propose"),
        ),
        ("entry", format!("/entries/{original}")),
        (
            "translate",
            format!("/dossiers/{investigation}/write/translation?of={original}"),
        ),
        (
            "bring-in",
            format!("/open/investigation?continues={investigation}"),
        ),
        ("release", format!("/dossiers/{investigation}/release")),
        ("ask", "/open/request".into()),
        (
            "contribute",
            format!("/dossiers/{investigation}/write/investigation.contribute"),
        ),
        ("erase", format!("/dossiers/{investigation}/write/erase")),
        ("things", format!("/dossiers/{inquiry}/things")),
        ("chart", format!("/dossiers/{inquiry}/chart")),
        ("plan", format!("/dossiers/{inquiry}/plan")),
        (
            "chart-asked",
            format!("/dossiers/{inquiry}/chart?groups=yes&cut=yes&marks=between"),
        ),
        ("agreement", format!("/dossiers/{inquiry}/agreement")),
        ("evaluation", format!("/dossiers/{inquiry}/evaluation")),
        (
            "bring-thing",
            format!("/dossiers/{inquiry}/write/investigation.person"),
        ),
        ("share", "/open/intelligence".into()),
        ("ledger", "/ledger".into()),
        ("meeting", "/ledger/meeting".into()),
        ("balance", format!("/balance/{partner}")),
        ("statistics", "/statistics".into()),
        ("reviews", "/reviews".into()),
        ("admission", "/admission".into()),
        ("partners", "/partners".into()),
        ("partner", format!("/partners/{partner}")),
        ("import", "/import/declaration".into()),
        ("account", "/account".into()),
        ("calendar", "/account/calendar".into()),
        ("notices", "/account/notices".into()),
        ("tour", "/tour".into()),
        ("absent", "/nothing-here".into()),
    ]
}

/// The investigation of the story that has things, links and an agreement.
async fn in_mid_life(window: &Window) -> String {
    let list = window.json("/api/v1/dossiers?kind=investigation").await;
    let lines = list["lines"].as_array().cloned().unwrap_or_default();
    let named = lines.iter().find(|line| line["title"] == "Passerelle");
    let id = named.and_then(|line| line["id"].as_str());
    id.expect("the story has an investigation in mid-life")
        .to_owned()
}

/// Pages that only some offices have, with who has them.
fn pages_of_offices(node: &str) -> [(&'static str, Vec<(&'static str, String)>); 3] {
    let partner = if node == demo().ma { "fr" } else { "ma" };
    [
        (
            "administration",
            vec![
                ("account", "/account".into()),
                ("officers", "/officers".into()),
                ("officer", "/officers/liaison".into()),
            ],
        ),
        (
            "inspection",
            vec![
                ("desk", "/oversight".into()),
                ("desk-export", "/oversight/export".into()),
                ("desk-check", "/oversight/check".into()),
            ],
        ),
        (
            "coordination",
            vec![
                ("restart", format!("/partners/{partner}/restart/propose")),
                ("compromise", format!("/partners/{partner}/compromised")),
                ("compromise-own", "/keys/compromised".into()),
                ("restarts", format!("/partners/{partner}#restarts")),
            ],
        ),
    ]
}

/// Another person in the same window.
async fn change_to(window: &Window, node: &str, persona: &'static str) {
    window.goto(&format!("{node}/")).await;
    window.follow("form[action='/sign-out'] button").await;
    sign_in(window, node, persona, "fr").await;
}

/// The elements that stick out furthest, or nothing where the page fits its window.
const STICKS_OUT: &str = "const w = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= w) return [];
    const inside = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
    return [...document.querySelectorAll('main *, header *, footer *, aside *')]
      .filter(e => { const r = e.getBoundingClientRect(); return r.width > 0 && (r.right > w + 1 || r.left < -1) && !inside(e); })
      .slice(0, 4).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40) + ' in ' + e.parentElement.tagName + '.' + e.parentElement.className);";

fn of(size: (u32, u32)) -> Manner {
    Manner {
        size,
        ..Manner::default()
    }
}

#[test]
fn no_page_runs_off_the_side_of_a_narrow_or_a_wide_window() {
    for size in WIDTHS {
        in_browser("width", of(size), move |window| async move {
            let node = demo().ma.as_str();
            sign_in(&window, node, "liaison", "fr").await;
            let pages = every_page(&window, node).await;
            let mut faults = too_wide(&window, node, &pages).await;
            for (persona, pages) in pages_of_offices(node) {
                change_to(&window, node, persona).await;
                faults.extend(too_wide(&window, node, &pages).await);
            }
            let faults: Vec<String> = faults
                .into_iter()
                .map(|f| format!("{} pixels: {f}", size.0))
                .collect();
            assert!(faults.is_empty(), "{}", faults.join("\n"));
        });
    }
}

/// What sticks out of pages, in every language.
async fn too_wide(window: &Window, node: &str, pages: &[(&'static str, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    for lang in LANGS {
        window.goto(&format!("{node}/")).await;
        language(window, lang).await;
        for (name, path) in pages {
            window.goto(&format!("{node}{path}")).await;
            let out: Vec<String> = window.script(STICKS_OUT, Vec::new()).await;
            faults.extend(out.into_iter().map(|e| format!("{lang} {name}: {e}")));
        }
    }
    faults
}

/// What is on paper and leads or asks somewhere: paper answers no click.
const CLICKS: &str = "const shown = (e) => e.checkVisibility() && e.getClientRects().length > 0;
    return [...document.querySelectorAll('button, input, select, textarea, a.button, a.quiet, .ways')].filter(shown)
      .slice(0, 4).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40) + ' in ' + e.parentElement.tagName + '.' + e.parentElement.className);";

/// A4 less its margins, in pixels of a browser.
const PAPER: (u32, u32) = (673, 1000);

#[test]
fn nothing_runs_off_the_paper_and_no_click_is_printed() {
    in_browser("paper", of(PAPER), |window| async move {
        let node = demo().ma.as_str();
        sign_in(&window, node, "liaison", "fr").await;
        let pages = every_page(&window, node).await;
        let papers = [
            "today",
            "investigation",
            "request",
            "declaration",
            "charter",
            "entry",
            "ledger",
            "meeting",
            "balance",
        ];
        let mut faults = Vec::new();
        for lang in LANGS {
            window.media("screen").await;
            window.goto(&format!("{node}/")).await;
            language(&window, lang).await;
            window.media("print").await;
            let paper: bool = window
                .script("return matchMedia('print').matches", Vec::new())
                .await;
            assert!(paper, "laid out as on a screen");
            for (name, path) in pages.iter().filter(|(name, _)| papers.contains(name)) {
                window.goto(&format!("{node}{path}")).await;
                for looked in [STICKS_OUT, CLICKS] {
                    let out: Vec<String> = window.script(looked, Vec::new()).await;
                    faults.extend(out.into_iter().map(|e| format!("{lang} {name}: {e}")));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}

/// Where the keyboard is, and whether one sees it.
const FOCUS: &str = "const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
    return {what: (e.getAttribute('name') || e.getAttribute('href') || e.tagName) + '', seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
            there: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight};";

#[test]
fn the_keyboard_alone_leads_everywhere_and_its_place_is_seen() {
    in_browser("keyboard", Manner::default(), |window| async move {
        let node = demo().ma.as_str();
        sign_in(&window, node, "liaison", "fr").await;
        let press = |keys: &'static str| {
            let window = window.clone();
            async move {
                let typed = window.driver.action_chain().send_keys(keys);
                typed.perform().await.expect("keys");
            }
        };
        let tab: &'static str = "\u{e004}";
        window.goto(&format!("{node}/")).await;
        let mut passed = Vec::new();
        for _ in 0..30 {
            press(tab).await;
            let focus: Value = window.script(FOCUS, Vec::new()).await;
            assert_eq!(focus["seen"], true, "no outline: {focus}");
            assert_eq!(focus["there"], true, "out of sight: {focus}");
            passed.push(focus["what"].as_str().unwrap_or_default().to_owned());
        }
        assert_eq!(passed[0], "#main", "the way past the bar comes first");
        for wanted in ["/dossiers", "/ledger", "/partners", "q", "/open/request"] {
            assert!(
                passed.iter().any(|p| p == wanted),
                "{wanted} not reached in {passed:?}"
            );
        }
        // "/" goes to the search box from anywhere; a number and Enter find its dossier.
        window.goto(&format!("{node}/ledger")).await;
        let number = window.text("#ledger .ob bdi.number").await;
        press("/").await;
        let focus: Value = window.script(FOCUS, Vec::new()).await;
        assert_eq!(focus["what"], "q");
        let typed = window
            .driver
            .action_chain()
            .send_keys(format!("{number}\u{e007}"));
        typed.perform().await.expect("keys");
        window.one("#numbered .ob").await;
        assert_eq!(window.text("#numbered .ob bdi.number").await, number);
    });
}

#[test]
#[ignore = "takes a picture of every page for people to look at: run by `make album`"]
fn album_of_every_page() {
    for size in WIDTHS {
        in_browser("album", of(size), move |window| async move {
            let sides = [("ma", demo().ma.as_str()), ("fr", demo().fr.as_str())];
            for (side, node) in sides {
                sign_in(&window, node, "liaison", "fr").await;
                let pages = every_page(&window, node).await;
                let printed = side == "ma" && size == WIDTHS[1];
                take(&window, (side, node), &pages, (size.0, printed)).await;
                for (persona, pages) in pages_of_offices(node) {
                    change_to(&window, node, persona).await;
                    take(&window, (side, node), &pages, (size.0, false)).await;
                }
                window.goto(&format!("{node}/")).await;
                window.follow("form[action='/sign-out'] button").await;
            }
        });
    }
}

/// Pictures of pages in every language, and what comes out of a printer if asked for.
async fn take(
    window: &Window,
    (side, node): (&str, &str),
    pages: &[(&'static str, String)],
    (width, printed): (u32, bool),
) {
    let folder = in_target("album");
    for lang in LANGS {
        window.goto(&format!("{node}/")).await;
        language(window, lang).await;
        for (name, path) in pages {
            window.goto(&format!("{node}{path}")).await;
            let file = format!("{side}-{name}-{lang}-{width}.png");
            window.picture(&folder.join(file)).await;
            if printed {
                let paper = format!("paper-{name}-{lang}.pdf");
                window.print(&folder.join(paper)).await;
            }
        }
    }
}
