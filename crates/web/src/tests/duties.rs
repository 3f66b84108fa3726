//! Duties to inform on pages: an officer reports, a magistrate decides and writes, the file says how it stands, and the review is read in three
//! languages and taken out as one file.

use super::html;
use super::real::Person;
use axum::http::StatusCode;
use entente_core::codes::Role;
use entente_core::kinds::duty;
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};
use serde_json::json;

fn world(seed: u64) -> TestPair {
    let mut pair = TestPair::linked(seed);
    let charter = pair.charter.unwrap();
    let mut proposal = recording("charter.propose", &Writing::on(charter, &[])).unwrap();
    proposal.terms = serde_json::from_value(json!({"inform": true})).unwrap();
    let liaison = pair.ma().officer("liaison").unwrap();
    pair.ma().app.record(&liaison, proposal).unwrap();
    pair.wire.wake(0);
    pair.agree(Side::Fr);
    pair
}

/// What stands between two marks of a page.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let rest = page.split(from).nth(1).expect(from);
    rest.split(to).next().expect(to)
}

const REPORT: [(&str, &str); 6] = [
    ("title", "Dossier 2026-117"),
    ("trigger", duty::INFORM),
    ("facts", "Un dépôt de matériel volé a été constaté là-bas."),
    ("conditions", "Les conditions paraissent réunies."),
    ("magistrates", "ma/justice"),
    ("_lang", "fr"),
];

/// Take out: in `pages/today.rs`, the section of what waits; in `app/src/show/form.rs`, `order_preset`.
#[tokio::test]
async fn a_duty_is_reported_decided_carried_out_and_reviewed_by_pages() {
    let mut pair = world(4201);
    let agent = Person::of(pair.ma(), "agent", "liaison").await;
    let judge = Person::with_role(pair.ma(), "juge", "justice", Role::Magistrate).await;
    assert!(agent.get("/").await.contains("/open/duty"));
    agent.post("/open/duty", &REPORT).await;

    // It waits for a magistrate, and nobody else is offered to decide.
    let today = judge.get("/").await;
    let waits = between(&today, "id=\"duties\"", "</section>");
    assert!(waits.contains("a magistrate’s decision is owed at once"));
    let file = format!("/dossiers/{}", between(waits, "/dossiers/", "\""));
    let seen = agent.get(&file).await;
    assert!(!seen.contains("write/duty.transmit") && seen.contains("Only a magistrate decides"));
    assert!(judge.get(&file).await.contains("write/duty.transmit"));
    let (status, _) = agent
        .fetch(&format!("{file}/write/duty.transmit"), "en")
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);

    let decide = [("reasons", "Rien n’y fait obstacle."), ("_lang", "fr")];
    judge
        .post(&format!("{file}/write/duty.transmit"), &decide)
        .await;
    let ordered = judge.get(&file).await;
    let form = between(&ordered, "href=\"/open/proceedings?", "\"").replace("&amp;", "&");
    let form = judge.get(&format!("/open/proceedings?{form}")).await;
    assert!(
        form.contains("Un dépôt de matériel volé"),
        "it starts from the report"
    );
    let decision = between(&form, "name=\"decision\"", ">").to_owned();
    let decision = between(&decision, "value=\"", "\"");
    let letter = [
        ("title", "Dépôt de matériel volé"),
        ("trigger", duty::INFORM),
        ("facts", "Constaté chez vous le 3 mars."),
        ("decision", decision),
        ("to", "fr/justice"),
        ("_lang", "fr"),
    ];
    judge.post("/open/proceedings", &letter).await;
    pair.settle();
    assert!(
        judge
            .get(&file)
            .await
            .contains("transmitted to the other Party’s authority")
    );
    reviewed(&judge, &file).await;
    taken_by_programs(&judge, &file).await;
}

/// A program reads the same, and takes it out with proofs that hold without a node; whatever is altered in the file is found.
/// Take out: in `app/src/review_file.rs::proved`, what is compared.
async fn taken_by_programs(judge: &Person, file: &str) {
    use entente_app::review_file::{ReviewFault, verify_review};
    let (status, list) = judge.fetch("/api/v1/duties", "en").await;
    assert_eq!(status, StatusCode::OK);
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["files"][0]["state"]["code"], "sent", "{list}");

    let (status, seen) = judge.fetch(&format!("/api/v1{file}/review"), "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!seen.contains("BEGIN ENTENTE"), "to look is no export");
    let (status, text) = judge
        .fetch(&format!("/api/v1{file}/review/file"), "en")
        .await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let papers = verify_review(&text).unwrap();
    let proved: Vec<&str> = papers
        .iter()
        .filter(|p| p.proof.is_some())
        .map(|p| p.entry_type.as_str())
        .collect();
    assert_eq!(
        (papers.len(), proved),
        (3, vec!["proceedings.open"]),
        "what stays at home has no proof"
    );

    let letter = papers.iter().find(|p| p.proof.is_some()).unwrap().place;

    let words = text.replace(
        "Constaté chez vous le 3 mars.",
        "Constaté chez vous le 4 mars.",
    );
    assert!(matches!(verify_review(&words), Err(ReviewFault::Words(n)) if n == letter));
    let author = text.replace("\"service\":\"ma/justice\"", "\"service\":\"ma/autre\"");
    assert_ne!(author, text);
    assert!(matches!(
        verify_review(&author),
        Err(ReviewFault::OtherEntry(n)) if n == letter
    ));
    let proof = text.find("BEGIN ENTENTE").map(|at| at + 400).unwrap();
    let mut bytes = text.into_bytes();
    bytes[proof] = if bytes[proof] == b'A' { b'B' } else { b'A' };
    let altered = String::from_utf8(bytes).unwrap();
    assert!(matches!(
        verify_review(&altered),
        Err(ReviewFault::Proof { place, .. }) if place == letter
    ));
    assert!(matches!(verify_review("{}"), Err(ReviewFault::NotAReview)));
}

async fn reviewed(judge: &Person, file: &str) {
    let review = format!("{file}/review");
    for (lang, title, function) in [
        ("fr", "Contrôle du juge", "magistrat"),
        ("ar", "رقابة القضاء", "قاض"),
        ("en", "Judicial review", "magistrate"),
    ] {
        let (status, page) = judge.fetch(&review, lang).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(html::problems(&page), [""; 0]);
        assert!(page.contains(title) && page.contains(function), "{lang}");
        assert!(page.contains("Rien n’y fait obstacle."), "{lang}");
    }
    let (status, taken) = judge.fetch(&format!("{review}/file"), "ar").await;
    assert_eq!(status, StatusCode::OK, "{taken}");
    // In the language of the matter, whoever takes it out; with the proof of what the other side received.
    assert!(taken.contains("<html lang=\"fr\"") && taken.contains("Contrôle du juge"));
    assert!(taken.contains("data:text/plain") && !taken.contains("<script"));
}

/// Where the charter does not have the duties, nothing is offered, and who asks for the form reads why.
/// Take out: in `app/src/show/form.rs::barred`, that files of duties are asked about.
#[tokio::test]
async fn without_the_option_the_form_says_why() {
    let pair = TestPair::linked(4202);
    let agent = Person::of(pair.ma(), "agent", "liaison").await;
    assert!(!agent.get("/").await.contains("/open/duty"));
    let form = agent.get("/open/duty").await;
    assert!(form.contains("charter.propose"), "the way to the terms");
}
