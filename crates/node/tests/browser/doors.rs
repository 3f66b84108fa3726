//! Every address tried as nobody and as another service. Those of the API come from its own document, so that a new one is tried
//! without anybody thinking of it. No browser is needed here.

use serde_json::{Value, json};

use super::demo::{Demo, demo, turn};
use super::http::{self, Answer};

/// A dossier in which inspection and administration have no part, with one of its entries and obligations.
struct Target {
    dossier: String,
    entry: String,
    obligation: String,
    file: String,
    title: String,
}

fn session(node: &str, persona: &str) -> String {
    let body = json!({"persona": persona}).to_string();
    let answer = http::request("POST", &format!("{node}/api/v1/session"), None, Some(&body))
        .expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer: Value = serde_json::from_str(&answer.body).expect("JSON");
    answer["token"].as_str().expect("a token").to_owned()
}

fn get(node: &str, path: &str, token: &str) -> Answer {
    http::get(
        &format!("{node}{path}"),
        Some(&format!("Authorization: Bearer {token}")),
    )
    .expect("an answer")
}

/// Pages know a session by its cookie only.
fn page(node: &str, path: &str, token: &str) -> Answer {
    http::get(
        &format!("{node}{path}"),
        Some(&format!("Cookie: entente-ma={token}")),
    )
    .expect("an answer")
}

fn of(node: &str, path: &str, token: &str) -> Value {
    let answer = get(node, path, token);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// A request with an attached file, written by `ma/liaison`.
fn target(demo: &Demo) -> Target {
    let token = session(&demo.ma, "liaison");
    let title = "Porte fermée : exemple inventé";
    let body = json!({
        "partner": "fr", "type": "request.open", "lang": "fr",
        "values": {"title": title, "question": "Qui ?", "facts": "Inventés.", "country_link": "Aucun.", "offence": "other"},
        "files": [{"name": "essai.txt", "media": "text/plain", "base64": "ZXNzYWk="}],
    });
    let header = format!("Authorization: Bearer {token}");
    let answer = http::request(
        "POST",
        &format!("{}/api/v1/entries", demo.ma),
        Some(&header),
        Some(&body.to_string()),
    )
    .expect("an answer");
    assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
    let recorded: Value = serde_json::from_str(&answer.body).expect("JSON");
    let text = |name: &str| recorded[name].as_str().unwrap_or_default().to_owned();
    let (dossier, entry) = (text("dossier"), text("entry"));
    let view = of(&demo.ma, &format!("/api/v1/dossiers/{dossier}"), &token);
    let obligation = view
        .pointer("/obligations/0/id")
        .cloned()
        .unwrap_or_default();
    let obligation = obligation
        .as_str()
        .map_or_else(|| obligation.to_string(), str::to_owned);
    let file = format!("/entries/{entry}/files/0");
    assert_eq!(
        page(&demo.ma, &file, &token).status,
        200,
        "its author reads the file"
    );
    Target {
        dossier,
        entry,
        obligation,
        file,
        title: title.to_owned(),
    }
}

/// Pages of one dossier, and of anybody.
fn addresses(t: &Target) -> (Vec<String>, Vec<String>) {
    let Target {
        dossier,
        entry,
        file,
        ..
    } = t;
    let inside = vec![
        format!("/dossiers/{dossier}"),
        format!("/dossiers/{dossier}/write/note"),
        format!(
            "/dossiers/{dossier}/write/acknowledge?on={}",
            percent(&t.obligation)
        ),
        format!("/entries/{entry}"),
        format!("/entries/{entry}/proof"),
        file.clone(),
    ];
    let common = [
        "/",
        "/dossiers",
        "/ledger",
        "/ledger/meeting",
        "/balance/fr",
        "/partners",
        "/partners/fr",
        "/open/request",
        "/import/declaration",
        "/events",
    ];
    (
        inside,
        common.iter().map(|path| (*path).to_owned()).collect(),
    )
}

#[test]
fn nobody_gets_sign_in_at_every_page() {
    let _turn = turn();
    let demo = demo();
    let (inside, common) = addresses(&target(demo));
    for path in inside.iter().chain(&common) {
        let answer = http::get(&format!("{}{path}", demo.ma), None).expect("an answer");
        let to_sign_in = matches!(answer.status, 302 | 303 | 307)
            && answer
                .header("location")
                .is_some_and(|to| to.starts_with("/sign-in") || (path == "/" && to == "/tour"));
        assert!(
            to_sign_in || answer.status == 401,
            "{path} answers {} to nobody",
            answer.status
        );
    }
    for path in [
        "/",
        "/sign-out",
        "/open/request",
        "/lang/fr",
        "/import/register",
        "/partners/fr/courier/pack",
        "/partners/fr/courier/unpack",
        "/tour/cut",
        "/tour/jump",
        "/tour/tamper",
        "/tour/ask",
    ] {
        let answer =
            http::request("POST", &format!("{}{path}", demo.ma), None, None).expect("an answer");
        assert!(
            (300..500).contains(&answer.status),
            "{path} answers {} to a form from nowhere",
            answer.status
        );
    }
}

/// Every method and path that the API's document names.
fn routes(node: &str, t: &Target) -> Vec<(String, String, bool)> {
    let document: Value = serde_json::from_str(
        &http::get(&format!("{node}/api/openapi.json"), None)
            .expect("an answer")
            .body,
    )
    .expect("JSON");
    let mut out = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods
            .as_object()
            .expect("methods")
            .iter()
            .filter(|(m, _)| *m != "parameters")
        {
            let open = operation["security"].as_array().is_some_and(Vec::is_empty);
            let id = if path.contains("/entries/") {
                t.entry.clone()
            } else if path.contains("/obligations/") {
                percent(&t.obligation)
            } else {
                t.dossier.clone()
            };
            let path = path
                .replace("{id}", &id)
                .replace("{n}", "0")
                .replace("{partner}", "fr")
                .replace("{node}", "fr")
                .replace("{type}", "note");
            out.push((method.to_uppercase(), path, open));
        }
    }
    assert!(
        out.len() > 15,
        "the document names only {} routes",
        out.len()
    );
    out
}

#[test]
fn nobody_gets_401_at_every_route_of_the_api() {
    let _turn = turn();
    let demo = demo();
    let t = target(demo);
    let mut open_ones = Vec::new();
    for (method, path, open) in routes(&demo.ma, &t) {
        let answer = http::request(
            &method,
            &format!("{}{path}", demo.ma),
            None,
            (method == "POST").then_some("{}"),
        )
        .expect("an answer");
        if open {
            open_ones.push(path);
        } else {
            assert_eq!(
                answer.status, 401,
                "{method} {path} to nobody: {}",
                answer.body
            );
        }
    }
    open_ones.sort();
    // Exceptions by name: this list may only shrink.
    assert_eq!(
        open_ones,
        ["/api/openapi.json", "/api/v1/card", "/api/v1/session"]
    );
}

/// What one may not see does not exist: 404, and absent from every list.
#[test]
fn another_service_finds_nothing() {
    let _turn = turn();
    let demo = demo();
    let t = target(demo);
    for persona in ["inspection", "administration"] {
        let token = session(&demo.ma, persona);
        let (inside, common) = addresses(&t);
        for path in &inside {
            assert_eq!(
                page(&demo.ma, path, &token).status,
                404,
                "{path} to {persona}"
            );
        }
        for path in common
            .iter()
            .filter(|path| *path != "/events")
            .chain([&"/dossiers?q=exemple+invent%C3%A9".to_owned()])
        {
            let answer = page(&demo.ma, path, &token);
            assert!(
                matches!(answer.status, 200 | 403 | 404),
                "{path} answers {} to {persona}",
                answer.status
            );
            assert!(
                !answer.body.contains(&t.title) && !answer.body.contains(&t.dossier),
                "{path} tells {persona} of the dossier"
            );
        }
        for (method, path, open) in routes(&demo.ma, &t)
            .into_iter()
            .filter(|(m, ..)| m == "GET")
        {
            let answer = get(&demo.ma, &path, &token);
            let inside = path.contains(&t.dossier)
                || path.contains(&t.entry)
                || path.contains(&percent(&t.obligation));
            assert!(
                open || !inside || answer.status == 404,
                "{method} {path} answers {} to {persona}",
                answer.status
            );
            assert!(
                !answer.body.contains(&t.title),
                "{path} tells {persona} the title"
            );
        }
        // The same refusal for a dossier that one may not see and for one that does not exist.
        let nowhere = "0".repeat(t.dossier.len());
        let [there, absent] =
            [&t.dossier, &nowhere].map(|dossier| write_note(&demo.ma, dossier, &token));
        assert!(
            matches!(there.status, 403 | 404),
            "{persona} writes: {}",
            there.body
        );
        assert_eq!(
            (there.status, there.body),
            (absent.status, absent.body),
            "{persona} learns from a refusal that the dossier exists"
        );
    }
}

fn write_note(node: &str, dossier: &str, token: &str) -> Answer {
    let body = json!({"dossier": dossier, "type": "note", "lang": "fr", "values": {"text": "x"}})
        .to_string();
    let header = format!("Authorization: Bearer {token}");
    http::request(
        "POST",
        &format!("{node}/api/v1/entries"),
        Some(&header),
        Some(&body),
    )
    .expect("an answer")
}

/// A session of one node is nothing at the other.
#[test]
fn a_session_ends_at_the_border() {
    let _turn = turn();
    let demo = demo();
    let token = session(&demo.ma, "liaison");
    assert_eq!(get(&demo.fr, "/api/v1/today", &token).status, 401);
    assert_eq!(get(&demo.ma, "/api/v1/today", &token).status, 200);
}

#[test]
fn every_page_is_armed_against_other_sites() {
    let _turn = turn();
    let demo = demo();
    let token = session(&demo.ma, "liaison");
    for path in ["/", "/dossiers", "/ledger", "/sign-in", "/nothing-here"] {
        let answer = page(&demo.ma, path, &token);
        let policy = answer
            .header("content-security-policy")
            .unwrap_or_default()
            .to_owned();
        for part in [
            "default-src 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path} lacks {part}: {policy}");
        }
        assert!(!policy.contains("unsafe-"), "{path}: {policy}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
    }
}
