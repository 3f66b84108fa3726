//! Invariant 6 on pages and in the API, over two real nodes: before its condition is confirmed nothing of an entry stands at any address,
//! and what is barred is asked for, permitted and exported by forms.

use super::real::Person;
use crate::context::percent;
use axum::http::StatusCode;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::kinds;
use entente_core::label::Lang;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// A word of the content, of its file and of its file's name, which nothing else holds.
const SECRET: &str = "Zanzibar";
/// A word beside it, to search for: a page says again what was searched.
const BESIDE: &str = "Tombouctou";
const CONDITION: &str = "Ne rien entreprendre avant notre accord.";

/// What France answered Morocco under H1 and H3, in French.
struct Place {
    pair: TestPair,
    dossier: DossierId,
    answer: EntryId,
    asked: ObligationId,
    feedback: ObligationId,
}

fn place(seed: u64) -> Place {
    let mut pair = TestPair::linked(seed);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let text = format!("De {SECRET} à {BESIDE}.");
    let fields = [
        ("text", text.as_str()),
        ("handling", "H1+H3"),
        ("condition", CONDITION),
    ];
    let answer = Writing::on(dossier, &fields)
        .target(asked)
        .file("Zanzibar.txt", SECRET.as_bytes().to_vec());
    let answer = pair.write(Side::Fr, "request.answer", &answer).entry;
    pair.settle();
    let feedback = pair.open_one(Side::Ma, dossier, entente_core::codes::Ask::Feedback);
    Place {
        pair,
        dossier,
        answer,
        asked,
        feedback: feedback.id,
    }
}

impl Place {
    /// Every address that is read, with everything of this place filled in.
    fn addresses(&self) -> Vec<String> {
        let pages = crate::routes::addresses().into_iter();
        let pages = pages.filter(|a| a.methods.contains(&"get") && !a.demo);
        let mut paths: Vec<String> = pages.map(|a| a.path.to_owned()).collect();
        let document = crate::api::document(Lang::En);
        let routes = document["paths"].as_object().unwrap();
        paths.extend(
            routes
                .iter()
                .filter(|(_, r)| r["get"].is_object())
                .map(|(p, _)| p.clone()),
        );
        paths.iter().flat_map(|path| self.filled(path)).collect()
    }

    fn filled(&self, path: &str) -> Vec<String> {
        let id = match path {
            p if p.contains("/dossiers/{id}") => self.dossier.to_string(),
            p if p.contains("/entries/{id}") || p.contains("/things/{id}") => {
                self.answer.to_string()
            }
            p if p.contains("/obligations/{id}") => percent(&self.feedback.to_string()),
            _ => "agent".to_owned(),
        };
        let path = path
            .replace("{id}", &id)
            .replace("{partner}", "fr")
            .replace("{node}", "fr")
            .replace("{generation}", "1")
            .replace("{name}", "style.css")
            .replace("{token}", "x")
            .replace("{file}", "unknown.ics")
            .replace("{code}", "en")
            .replace("{month}", "2015-04")
            .replace("{entry}", &self.answer.to_string())
            .replace("{n}", "0");
        let request = kinds::find("request").unwrap();
        match path.as_str() {
            // The stream says that something changed, never what; it has no end.
            "/events" => Vec::new(),
            "/open/{kind}" => vec!["/open/request".into()],
            "/dossiers" | "/api/v1/dossiers" => vec![path.clone(), format!("{path}?q={BESIDE}")],
            p if p.contains("{kind}") || p.contains("{type}") => {
                let of = |name: &str| {
                    let form = path.replace("{kind}", name).replace("{type}", name);
                    let about = format!("entry={0}&of={0}&dossier={1}", self.answer, self.dossier);
                    [
                        format!("{form}?{about}"),
                        format!("{form}?{about}&on={}", percent(&self.feedback.to_string())),
                        format!("{form}?{about}&on={}", percent(&self.asked.to_string())),
                    ]
                };
                let names = request.entries.iter().filter(|e| !e.opens());
                names.flat_map(|e| of(e.name)).collect()
            }
            _ => vec![path],
        }
    }
}

/// Every address of the pages and of the API, before and after. A new address that gives content out without asking fails here.
#[tokio::test]
async fn invariant_06_nothing_stands_anywhere_before_its_condition_is_confirmed() {
    let mut place = place(71);
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    let addresses = place.addresses();
    assert!(addresses.len() > 80, "{}", addresses.len());
    for path in &addresses {
        assert!(!path.contains('{'), "{path}: fill it");
        let (_, said) = ma.fetch(path, "en").await;
        assert!(!said.contains(SECRET), "{path} gives content out");
    }
    let entry = format!("/entries/{}", place.answer);
    let page = ma.get(&entry).await;
    assert!(page.contains(CONDITION) && page.contains("I have read this condition"));
    assert!(page.contains("not printed before you have confirmed"));
    assert!(
        !page.contains("forbid it without permission"),
        "no permission opens it"
    );
    let api = format!("/api/v1{entry}");
    let said: serde_json::Value = serde_json::from_str(&ma.fetch(&api, "en").await.1).unwrap();
    assert_eq!(
        said["body"],
        serde_json::json!({"state": "withheld", "why": "acknowledge"})
    );
    assert_eq!(said["conditions"]["texts"][0]["text"], CONDITION);

    let form = format!("/dossiers/{}/write/confirm_condition", place.dossier);
    let of = place.answer.to_string();
    let onward = ma.post(&form, &[("entry", &of), ("_back", &entry)]).await;
    assert_eq!(onward, entry);
    place.pair.settle();
    let page = ma.get(&entry).await;
    assert!(page.contains(SECRET) && page.contains("you confirmed that you read it"));
    let mut given = Vec::new();
    for path in &addresses {
        if ma.fetch(path, "en").await.1.contains(SECRET) {
            given.push(path.split('?').next().unwrap().to_owned());
        }
    }
    let (dossier, of) = (place.dossier, place.answer);
    for path in [
        format!("/dossiers/{dossier}"),
        format!("/entries/{of}"),
        format!("/entries/{of}/files/0"),
        format!("/api/v1/dossiers/{dossier}"),
        format!("/api/v1/entries/{of}"),
        "/dossiers".into(),
    ] {
        assert!(
            given.contains(&path),
            "{path} has the word that is looked for"
        );
    }
    // H1 keeps the proof in, on both ways.
    for path in [format!("{entry}/proof"), format!("{api}/proof")] {
        let (status, said) = ma.fetch(&path, "en").await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        assert!(said.contains("without its permission"), "{path}: {said}");
    }
}

/// The recipient asks by a form, the originator permits part of it by another, and exactly that is open.
#[tokio::test]
async fn invariant_06_permission_is_asked_for_and_given_by_forms() {
    let mut place = place(72);
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    let fr = Person::of(place.pair.fr(), "agent", "liaison").await;
    let (entry, of) = (
        format!("/entries/{}", place.answer),
        place.answer.to_string(),
    );
    let write = format!("/dossiers/{}/write", place.dossier);
    ma.post(&format!("{write}/confirm_condition"), &[("entry", &of)])
        .await;
    let page = ma.get(&entry).await;
    let form = format!("{write}/ask_permission?entry={of}");
    assert!(
        page.contains(&form),
        "the way to ask stands beside what is barred"
    );
    assert!(ma.get(&form).await.contains("produce in court"));
    let (status, said) = ma
        .send(&format!("{write}/ask_permission"), &[("entry", &of)])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("is required"), "nothing asked for");
    let wanted = [
        ("entry", of.as_str()),
        ("court", "on"),
        ("purpose", "on"),
        ("proceedings", "12/2026"),
    ];
    ma.post(&format!("{write}/ask_permission"), &wanted).await;
    place.pair.wire.wake(0);
    place.pair.settle();
    let dossier = fr.get(&format!("/dossiers/{}", place.dossier)).await;
    let link = format!("{write}/permit?on=");
    let on = dossier.split(&link).nth(1).expect("permitting is offered");
    let on = on.split('"').next().unwrap().replace("%23", "#");
    let drawn = fr.get(&format!("{link}{}", percent(&on))).await;
    assert!(drawn.contains("name=\"court\" checked"), "{drawn}");
    let permitted = [
        ("_on", on.as_str()),
        ("court", "on"),
        ("proceedings", "12/2026"),
    ];
    fr.post(&format!("{write}/permit"), &permitted).await;
    place.pair.wire.wake(1);
    place.pair.settle();
    let page = ma.get(&entry).await;
    assert!(page.contains("12/2026") && page.contains("Exported under the permission"));
    let (status, proof) = ma.fetch(&format!("{entry}/proof"), "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(proof.contains("-----BEGIN"), "{proof}");
    let api = ma.fetch(&format!("/api/v1{entry}"), "en").await.1;
    let said: serde_json::Value = serde_json::from_str(&api).unwrap();
    let uses = &said["conditions"]["uses"];
    assert_eq!(uses["prove"]["answer"], "allowed");
    assert_eq!(
        uses["other_purpose"]["answer"], "permission",
        "not what was asked besides"
    );
}

/// What must not be printed is marked so, says why in its place, and every sheet carries the conditions.
#[tokio::test]
async fn invariant_06_paper_carries_conditions_and_not_what_they_bar() {
    let mut place = place(73);
    let ma = Person::of(place.pair.ma(), "agent", "liaison").await;
    let (entry, of) = (
        format!("/entries/{}", place.answer),
        place.answer.to_string(),
    );
    let confirm = format!("/dossiers/{}/write/confirm_condition", place.dossier);
    ma.post(&confirm, &[("entry", &of)]).await;
    let page = ma.get(&entry).await;
    let sheet = page.split("paper-conditions").nth(1).unwrap();
    assert!(sheet.contains("not in court without permission"));
    assert!(!page.contains("class=\"unprinted\""));
    let tighter = Writing::on(place.dossier, &[("entry", &of), ("handling", "H2")]);
    place.pair.write(Side::Fr, "tighten", &tighter);
    place.pair.settle();
    for path in [entry, format!("/dossiers/{}", place.dossier)] {
        let page = ma.get(&path).await;
        let unprinted = page.split("class=\"unprinted\"").skip(1);
        let within = |part: &str| {
            part.split("instead-of-print")
                .next()
                .unwrap()
                .contains(SECRET)
        };
        assert!(unprinted.clone().any(within), "{path}");
        let printed = page.split("class=\"unprinted\"").next().unwrap();
        assert!(!printed.contains(SECRET), "{path}: nothing of it outside");
        assert!(page.contains("This content is not printed"), "{path}");
    }
}
