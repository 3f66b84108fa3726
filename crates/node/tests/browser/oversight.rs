//! Oversight in the browser: an investigator searches and says why; an inspector finds it, is told of a bulk reader, and sees that the
//! records are whole.

use serde_json::{Value, json};

use super::accessibility::pictures;
use super::demo::demo;
use super::http;
use super::pages::sign_in;
use super::window::{Manner, in_browser};

/// Things that the seeded bulk reader looks at: above what the default settings call bulk.
const MANY: usize = 125;

/// A session of a program, with its token.
fn signed_in(node: &str, persona: &str) -> String {
    let body = json!({"persona": persona}).to_string();
    let answer = http::request("POST", &format!("{node}/api/v1/session"), None, Some(&body));
    let answer = answer.expect("an answer");
    let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
    let token = answer["token"].as_str().expect("a token");
    format!("Authorization: Bearer {token}")
}

fn call(node: &str, header: &str, method: &str, path: &str, body: Option<&Value>) -> Value {
    let body = body.map(ToString::to_string);
    let address = format!("{node}{path}");
    let answer = http::request(method, &address, Some(header), body.as_deref());
    let answer = answer.expect("an answer");
    assert!(
        matches!(answer.status, 200 | 201),
        "{path}: {}",
        answer.body
    );
    serde_json::from_str(&answer.body).unwrap_or_default()
}

/// The charter's dossier, which is open to every role, filled with notes that one person reads one after the other.
fn read_in_bulk(node: &str) {
    let header = signed_in(node, "liaison");
    let charters = call(node, &header, "GET", "/api/v1/dossiers?kind=charter", None);
    let dossier = charters["lines"][0]["id"].as_str().expect("a charter");
    for n in 0..MANY {
        let note = json!({"dossier": dossier, "type": "note", "lang": "fr", "own_only": true, "values": {"text": format!("Note {n}")}});
        let written = call(node, &header, "POST", "/api/v1/entries", Some(&note));
        let entry = written["entry"].as_str().expect("an entry");
        call(
            node,
            &header,
            "GET",
            &format!("/api/v1/entries/{entry}"),
            None,
        );
    }
}

/// The file that an inspector takes out holds by itself, without a node, and does not once a letter of it changed.
fn verified(text: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("records.txt");
    for (text, holds) in [
        (text.to_owned(), true),
        (text.replacen("AA", "AB", 1), false),
    ] {
        std::fs::write(&file, text).expect("a file");
        let data = folder.path().join("none");
        let ended = std::process::Command::new(env!("CARGO_BIN_EXE_entente"))
            .arg("--data")
            .arg(data)
            .arg("verify")
            .arg(&file)
            .output()
            .expect("the program");
        let said = String::from_utf8_lossy(&ended.stdout);
        assert_eq!(ended.status.success(), holds, "{said}");
        assert_eq!(said.contains("enquete"), holds, "{said}");
    }
}

#[test]
fn a_search_with_its_reason_and_a_bulk_reader_are_found_by_the_inspector() {
    in_browser("oversight", Manner::default(), |window| async move {
        let node = demo().ma.clone();
        read_in_bulk(&node);
        sign_in(&window, &node, "enquete", "fr").await;
        let search = format!("{node}/dossiers?q=camionnette");
        window.goto(&search).await;
        window.one("form#reason").await;
        pictures(&window, &search, "oversight-reason").await;
        // One click is the reason, and leads to what was searched.
        window.goto(&search).await;
        window
            .follow("form#reason button[value='coordination']")
            .await;
        assert_eq!(window.address().await, search);
        window.one("#dossiers").await;
        window.goto(&format!("{node}/dossiers?q=chantier")).await;
        assert_eq!(window.count("form#reason").await, 0, "remembered");

        window.goto(&format!("{node}/")).await;
        window.follow("form[action='/sign-out'] button").await;
        sign_in(&window, &node, "inspection", "fr").await;
        window.follow("nav.nav a[href='/oversight']").await;
        let findings = window.text("#findings").await;
        assert!(findings.contains("lecture en masse"), "{findings}");
        assert!(findings.contains("liaison"), "{findings}");
        pictures(&window, &format!("{node}/oversight"), "oversight-desk").await;
        let filtered = format!("{node}/oversight?officer=enquete&operation=search");
        window.goto(&filtered).await;
        let records = window.text("#records").await;
        assert!(records.contains("recoupement"), "{records}");
        assert!(!records.contains("camionnette"), "words are not kept");
        window
            .follow("#records tbody a[href^='/oversight/records/']")
            .await;
        let record = window.address().await;
        pictures(&window, &record, "oversight-record").await;
        let text = window
            .fetched_text("/oversight/export?officer=enquete&operation=search")
            .await;
        verified(&text);
        window.goto(&format!("{node}/oversight/check")).await;
        window.one("#whole .good").await;
        pictures(
            &window,
            &format!("{node}/oversight/check"),
            "oversight-check",
        )
        .await;
    });
    let narrow = Manner {
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("oversight-narrow", narrow, |window| async move {
        let node = &demo().ma;
        sign_in(&window, node, "inspection", "fr").await;
        for (name, page) in [("desk", "/oversight"), ("check", "/oversight/check")] {
            let name = format!("oversight-{name}-390");
            pictures(&window, &format!("{node}{page}"), &name).await;
        }
    });
}
