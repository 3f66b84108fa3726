//! The walls of invariant 7 over every page and address: what is planted behind one is read by nobody on the other side, and a number asked
//! for gets one answer.

use super::real::Person;
use super::{ask, html, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entente_core::codes::Role;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_testkit::node::{TestNode, Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use serde_json::{Value, json};

/// What stands in titles and words of each dossier, by the kind that it is of; no other word of the test holds it.
const PLANTED: [(&str, &str); 3] = [
    ("request", "Zanzibarite"),
    ("investigation", "Quetzalcoatl"),
    ("desk", "Xylophage"),
];

/// A node with dossiers of justice and of governance, in all of which the liaison service takes part.
struct World {
    pair: TestPair,
    dossiers: Vec<(&'static str, DossierId, EntryId)>,
    asked: ObligationId,
}

fn planted(kind: &str) -> &'static str {
    PLANTED.iter().find(|(k, _)| *k == kind).unwrap().1
}

/// A filled opening of a kind, with its word wherever free text goes.
fn opening(kind: &'static str) -> Writing<'static> {
    let word = planted(kind);
    let kind = entente_core::kinds::find(kind).unwrap();
    let opening = kind.opening().unwrap();
    let (_, sample) = kind
        .samples
        .iter()
        .find(|(name, _)| *name == opening.name)
        .unwrap();
    let fields: Vec<(&str, &str)> = sample
        .iter()
        .map(|(name, value)| match *name {
            "title" | "question" | "facts" | "aim" | "country_link" => (*name, word),
            _ => (*name, *value),
        })
        .collect();
    Writing::new(&fields)
}

fn world(seed: u64) -> World {
    let mut pair = TestPair::linked(seed);
    let mut dossiers = Vec::new();
    for kind in ["request", "investigation", "desk"] {
        let name = entente_core::kinds::find(kind)
            .unwrap()
            .opening()
            .unwrap()
            .name;
        let opened = pair.write(Side::Ma, name, &opening(kind));
        let note = Writing::on(
            opened.dossier,
            &[("text", planted(kind)), ("needs_answer", "on")],
        );
        let note = pair.write(Side::Ma, "note", &note).entry;
        dossiers.push((kind, opened.dossier, note));
    }
    pair.settle();
    let asked = ObligationId {
        entry: dossiers[0].2,
        index: 0,
    };
    World {
        pair,
        dossiers,
        asked,
    }
}

/// Every address that is read, filled with what there is of a dossier.
fn addresses(world: &World, (dossier, entry): (DossierId, EntryId)) -> Vec<String> {
    let on = world.asked.to_string().replace('#', "%23");
    let pages = crate::addresses().into_iter();
    let pages = pages.filter(|a| !a.demo && a.methods.contains(&"get"));
    let mut all: Vec<String> = pages.map(|a| a.path.to_owned()).collect();
    let document = crate::api::document(entente_core::label::Lang::En);
    let paths = document["paths"].as_object().unwrap().iter();
    all.extend(
        paths
            .filter(|(_, methods)| methods["get"].is_object())
            .map(|(path, _)| path.clone()),
    );
    // A stream that never ends, and the number of a draft that is none.
    all.retain(|path| path != "/events");
    let id = |path: &str| match path {
        path if path.contains("/entries/") => entry.to_string(),
        path if path.contains("/obligations/") => on.clone(),
        path if path.contains("/officers/") => "agent".to_owned(),
        _ => dossier.to_string(),
    };
    let filled = |path: String| {
        let id = id(&path);
        let path = path.replace("{id}", &id).replace("{n}", "0");
        let path = path.replace("{partner}", "fr").replace("{node}", "fr");
        let path = path.replace("{type}", &format!("note?dossier={dossier}"));
        let path = path.replace("{kind}", "note").replace("{token}", "x");
        path.replace("{name}", "none.css")
            .replace("{generation}", "1")
    };
    let mut out: Vec<String> = all.into_iter().map(filled).collect();
    for (_, word) in PLANTED {
        out.push(format!("/dossiers?q={word}"));
        out.push(format!("/api/v1/dossiers?q={word}&reason=coordination"));
    }
    out
}

/// As every role, in a service that takes part in all of them: what the floor closes to the role, no address of pages or API shows a word
/// of; and the same to whoever takes no part, whatever their role.
#[tokio::test]
async fn invariant_07_no_page_or_address_shows_what_stands_behind_a_wall() {
    let world = world(4301);
    let ma = world.pair.ma();
    let mut tried = 0;
    for &role in Role::ALL {
        for (unit, inside) in [("liaison", true), ("archives", false)] {
            let id = format!("{role}.{unit}").replace('_', "-");
            let who = Person::with_role(ma, &id, unit, role).await;
            for (kind, dossier, entry) in &world.dossiers {
                let purpose = entente_core::kinds::find(kind).unwrap().purposes[0];
                let reads = !matches!(role, Role::Administrator | Role::Inspector)
                    && !entente_core::floor::is_walled(role, purpose);
                // Case workers and rescuers read governance; nobody outside reads anything.
                if inside && reads {
                    let (status, page) = who.fetch(&format!("/dossiers/{dossier}"), "en").await;
                    let asks = status == StatusCode::FORBIDDEN;
                    assert!(asks || page.contains(planted(kind)), "{id} {kind}");
                    continue;
                }
                for path in addresses(&world, (*dossier, *entry)) {
                    let (status, page) = who.fetch(&path, "en").await;
                    // What one typed oneself stands in the search box again.
                    let word = planted(kind);
                    let page = page.replace(&format!("value=\"{word}\""), "");
                    let shown = page.replace(&format!("q={word}"), "").contains(word);
                    assert!(!shown, "{id} reads {kind} at {path}: {status}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 2_000, "{tried} addresses");
}

/// A page of a dossier that is there and may not be seen, and one of none: the same bytes, with the form that asks by number; and the same
/// answer, page and record after asking, whatever the number is of.
#[tokio::test]
async fn invariant_07_asking_by_number_is_answered_alike_byte_by_byte() {
    let mut pair = TestPair::linked(4302);
    let open = Writing::new(&[("title", "Estuaire"), ("aim", "Comprendre.")]);
    let dossier = pair.write(Side::Ma, "investigation.open", &open).dossier;
    pair.settle();
    let ma = pair.ma();
    let liaison = ma.officer("liaison").unwrap();
    let number = ma.app.dossier_number(&liaison, dossier).unwrap();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let none = format!("MA-{}", "9".repeat(digits.len()));
    let real = format!("/dossiers/{dossier}");
    let fake = format!("/dossiers/{}", "7".repeat(64));
    for (id, unit, role) in [
        ("analyste", "analyse", Role::Analyst),
        ("sauveteur", "liaison", Role::RescueCoordinator),
    ] {
        let who = Person::with_role(ma, id, unit, role).await;
        for lang in ["fr", "ar", "en"] {
            let (status, page) = who.fetch(&real, lang).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
            // The address asked for stands in it, and nothing else of it.
            let same = |page: &str, path: &str| page.replace(path, "");
            assert!(page.contains("action=\"/admission\""));
            assert!(
                html::problems(&page).is_empty(),
                "{:?}",
                html::problems(&page)
            );
            let (other, none) = who.fetch(&fake, lang).await;
            assert_eq!((other, same(&none, &fake)), (status, same(&page, &real)));
        }
        for path in [&real, &fake] {
            let (status, problem) = who.fetch(&format!("/api/v1{path}"), "en").await;
            assert_eq!(status, StatusCode::NOT_FOUND);
            let problem: Value = serde_json::from_str(&problem).unwrap();
            assert_eq!(problem["ask_access"], "/api/v1/admissions");
        }
        let mut answers = Vec::new();
        for asked in [&number, &none] {
            let fields = [("number", asked.as_str()), ("reason", "coordination")];
            let response = who.request("/admission", &fields).await;
            let status = response.status();
            let mut headers: Vec<String> = response
                .headers()
                .iter()
                .map(|(name, value)| format!("{name}: {value:?}"))
                .collect();
            headers.sort();
            answers.push((status, headers, text(response).await));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0].0, StatusCode::SEE_OTHER);
        // Both stand among one's requests, told apart by their digits alone.
        let page = who.get("/admission").await;
        let around = |number: &str| {
            let (before, after) = page.split_once(&format!(">{number}</bdi>")).unwrap();
            let from = before.rfind("<li>").unwrap();
            let to = after.find("</li>").unwrap();
            (before[from..].to_owned(), after[..to].to_owned())
        };
        assert_eq!(around(&number), around(&none));
    }
    granted(ma, (&real, &none)).await;
}

/// Of the four requests of the test above, the one that the floor lets be granted is; the inspector has figures.
async fn granted(ma: &TestNode, (real, none): (&str, &str)) {
    // Whoever answers for it grants; then it is among the asker's dossiers. The other is kept out by the floor, and can be refused alone.
    let chef = Person::with_role(ma, "chef", "liaison", Role::Coordinator).await;
    let today = chef.get("/").await;
    assert!(today.contains("id=\"admissions\"") && today.contains("Personne analyste"));
    assert_eq!(
        today.matches("value=\"grant\"").count(),
        1,
        "the rescuer is behind a wall"
    );
    let name = today
        .split("action=\"/admission/")
        .skip(1)
        .find(|rest| {
            rest.split("</form>")
                .next()
                .is_some_and(|form| form.contains("value=\"grant\""))
        })
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    let path = format!("/admission/{name}");
    let (status, _) = chef.send(&path, &[("_do", "other")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(chef.post(&path, &[("_do", "grant")]).await, "/admission");
    let analyst = Person::signed_in(ma, "analyste").await;
    let (status, _) = analyst.fetch(real, "en").await;
    assert!(
        status == StatusCode::OK || status == StatusCode::FORBIDDEN,
        "{status}"
    );
    let inspects = Person::with_role(ma, "inspecte", "inspection", Role::Inspector).await;
    let desk = inspects.get("/oversight").await;
    assert!(desk.contains(
        "Requests for access within thirty days: 4, of which 2 for a number that no dossier here has."
    ));
    assert!(!desk.contains(none), "no number of none");
}

/// By the API: asked, listed, refused; and nobody signed out asks.
#[tokio::test]
async fn access_is_asked_for_and_answered_by_the_interface() {
    let mut pair = TestPair::linked(4303);
    let open = Writing::new(&[("title", "Estuaire"), ("aim", "Comprendre.")]);
    let dossier = pair.write(Side::Ma, "investigation.open", &open).dossier;
    pair.settle();
    let ma = pair.ma();
    let number = {
        let liaison = ma.officer("liaison").unwrap();
        ma.app.dossier_number(&liaison, dossier).unwrap()
    };
    let analyst = Person::with_role(ma, "analyste", "analyse", Role::Analyst).await;
    let chef = Person::with_role(ma, "chef", "liaison", Role::Coordinator).await;
    let send = async |who: &Person, path: &str, body: Value| {
        let request = Request::post(path)
            .header(header::COOKIE, &who.cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-entente-csrf", &who.csrf);
        let response = ask(
            &who.router,
            request.body(Body::from(body.to_string())).unwrap(),
        )
        .await;
        response.status()
    };
    let wanted = json!({"number": number, "reason": "coordination"});
    assert_eq!(
        send(&analyst, "/api/v1/admissions", wanted).await,
        StatusCode::ACCEPTED
    );
    let other = json!({"number": number, "reason": "other"});
    assert_eq!(
        send(&analyst, "/api/v1/admissions", other).await,
        StatusCode::BAD_REQUEST
    );
    let listed = |text: String| -> Value { serde_json::from_str(&text).unwrap() };
    let own = listed(analyst.fetch("/api/v1/admissions", "en").await.1);
    assert_eq!(
        (
            own["own"].as_array().unwrap().len(),
            own["tasks"].as_array().unwrap().len()
        ),
        (1, 0)
    );
    let tasks = listed(chef.fetch("/api/v1/admissions", "en").await.1);
    let task = &tasks["tasks"][0];
    assert_eq!(
        (task["officer"]["id"].as_str(), task["barred"].is_null()),
        (Some("analyste"), true)
    );
    let path = format!(
        "/api/v1/admissions/{}",
        task["request"]["name"].as_str().unwrap()
    );
    assert_eq!(
        send(&analyst, &path, json!({"do": "grant"})).await,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        send(&chef, &path, json!({"do": "nothing"})).await,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        send(&chef, &path, json!({"do": "refuse"})).await,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        send(&chef, &path, json!({"do": "refuse"})).await,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        listed(analyst.fetch("/api/v1/admissions", "en").await.1),
        own,
        "nothing is said of it"
    );
}

/// The pages of a change of purpose: written by one, approved by another, read on the far side without a way back.
#[tokio::test]
async fn invariant_07_a_change_of_purpose_is_written_approved_and_read_on_pages() {
    let mut pair = TestPair::linked(4304);
    let open = |title| Writing::new(&[("title", title), ("aim", "Comprendre.")]);
    let from = pair
        .write(Side::Ma, "investigation.open", &open("Estuaire"))
        .dossier;
    pair.settle();
    let word = Writing::on(
        from,
        &[
            ("title", "Relevé"),
            ("text", "Zanzibarite"),
            ("source", "B"),
            ("accuracy", "2"),
        ],
    );
    let entry = pair
        .write(Side::Ma, "investigation.contribute", &word)
        .entry
        .to_string();
    let ma = pair.ma();
    let analyst = Person::with_role(ma, "analyste", "analyse", Role::Analyst).await;
    let into = {
        let officer = ma.officer("analyste").unwrap();
        let what = recording("investigation.open", &open("Delta")).unwrap();
        ma.app.record(&officer, what).unwrap().dossier
    };
    let number = ma
        .app
        .dossier_number(&ma.officer("analyste").unwrap(), into)
        .unwrap();
    let agent = Person::of(ma, "agent", "liaison").await;
    let judge = Person::with_role(ma, "juge", "liaison", Role::Magistrate).await;
    let page = agent.get(&format!("/dossiers/{from}")).await;
    let write = format!("/dossiers/{from}/write/change_purpose");
    assert!(page.contains(&write));
    let form = agent.get(&format!("{write}?entry={entry}")).await;
    assert!(form.contains("name=\"purpose\"") && form.contains("name=\"used_in\""));
    assert!(form.contains("Read it as it will be recorded"));
    let fields = [
        ("entry", entry.as_str()),
        ("used_in", number.as_str()),
        ("purpose", "prosecution"),
        ("ground", "court"),
        ("reason", "Ordonnance du juge."),
        ("_lang", "fr"),
    ];
    let draft = agent.post(&write, &fields).await;
    assert!(draft.starts_with("/drafts/"), "{draft}");
    let path = draft.split('?').next().unwrap().to_owned();
    let there = format!("/dossiers/{into}");
    assert!(!analyst.get(&there).await.contains("Zanzibarite"));
    let waits = judge.get(&path).await;
    assert!(waits.contains("Ordonnance du juge."));
    // Nothing of it leaves, and nothing says so.
    for said in [
        "To read and sign before it takes effect",
        "What is recorded here",
        "Approve: it takes effect here",
        "Nothing leaves.",
    ] {
        assert!(waits.contains(said), "{said}");
    }
    assert!(!waits.contains("What leaves") && !waits.contains("it leaves<"));
    judge.post(&path, &[("_do", "approve")]).await;
    let read = analyst.get(&there).await;
    assert!(read.contains("id=\"brought\"") && read.contains("Zanzibarite"));
    assert!(!read.contains("Estuaire") && !read.contains(&from.to_string()));
    let api: Value =
        serde_json::from_str(&analyst.fetch(&format!("/api/v1{there}"), "en").await.1).unwrap();
    assert_eq!(api["brought"][0]["values"]["text"], "Zanzibarite");
    assert!(api["brought"][0]["from"].is_null());
}
