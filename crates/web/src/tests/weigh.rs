//! Acts of weight on pages: what a passkey is to sign is read first, a wrong answer records nothing, and an entry says who signed it.

use super::real::Person;
use super::sample::{CSRF, HOSTILE, entry_id};
use super::{ask, get, html, location, post, text, world};
use axum::http::StatusCode;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use entente_testkit::passkey::SoftPasskey;
use serde_json::{Value, json};

#[tokio::test]
async fn what_a_passkey_signs_is_read_before_in_every_language() {
    let (router, sample) = world();
    for (lang, press) in [
        ("fr", "Signer avec ma clé"),
        ("ar", "التوقيع بمفتاح مروري"),
        ("en", "Sign with my passkey"),
    ] {
        let fields = format!("_csrf={CSRF}&_token=moved&_answer=%7B%7D");
        let mut request = post("/weigh", &fields);
        let cookies = request.headers()["cookie"].to_str().unwrap();
        let cookies = cookies.replace("lang=en", &format!("lang={lang}"));
        let headers = request.headers_mut();
        headers.insert("cookie", cookies.parse().unwrap());
        let asked = ask(&router, request).await;
        assert_eq!(asked.status(), StatusCode::OK);
        let page = text(asked).await;
        assert!(page.contains(press), "{lang}");
        assert!(
            page.contains(&entry_id(9).to_string()),
            "the identifier is shown"
        );
        assert!(page.contains("data-passkey-press") && page.contains("id=\"preview\""));
        assert!(page.contains("value=\"token-of-a-challenge\""));
        assert!(!page.contains(HOSTILE), "escaped");
        assert!(
            html::problems(&page).is_empty(),
            "{:?}",
            html::problems(&page)
        );
    }
    let wrong = post("/weigh", &format!("_csrf={CSRF}&_token=wrong&_answer="));
    assert_ne!(ask(&router, wrong).await.status(), StatusCode::SEE_OTHER);
    assert!(sample.recorded.lock().unwrap().is_empty());
    let foreign = post("/weigh", "_csrf=other&_token=moved&_answer=");
    assert!(ask(&router, foreign).await.status().is_client_error());
}

#[tokio::test]
async fn an_entry_says_who_signed_it_and_its_signature_can_be_disclosed() {
    let (router, _) = world();
    let path = format!("/entries/{}", entry_id(2));
    let page = text(ask(&router, get(&path, "en")).await).await;
    assert!(page.contains("id=\"signed\"") && page.contains("A passkey signed this entry"));
    let disclosed = post(&format!("{path}/signature"), &format!("_csrf={CSRF}"));
    let disclosed = ask(&router, disclosed).await;
    assert_eq!(location(&disclosed), format!("{path}#signed"));
}

/// By the API in two calls: what was to be recorded says what a passkey is to sign, and its answer records exactly that.
#[tokio::test]
async fn the_api_asks_for_a_passkey_and_records_what_it_signed() {
    const ORIGIN: &str = "https://ma.example";
    let mut pair = TestPair::linked(5120);
    pair.nodes[0].set_public_url(ORIGIN);
    pair.restart(Side::Ma);
    let agent = Person::of(pair.ma(), "agent", "liaison").await;
    let mut passkey = SoftPasskey::of(ORIGIN);
    let (_, token) = agent.cookie.split_once('=').unwrap();
    passkey.add_within(&pair.ma().app, token);
    let charter = pair.charter.unwrap();
    let note = Writing::on(charter, &[("text", "À effacer.")]);
    let note = pair.write(Side::Ma, "note", &note).entry.to_string();
    let erase = json!({
        "dossier": charter.to_string(), "type": "erase", "lang": "fr", "values": {"entry": note},
    });
    let (status, asked) = agent.call("/api/v1/entries", &erase).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{asked}");
    let sign = &asked["sign"];
    let answer = passkey.sign(&sign["options"].to_string());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let finish = json!({"token": sign["token"], "answer": answer});
    let (status, done) = agent.call("/api/v1/weigh", &finish).await;
    assert_eq!(status, StatusCode::CREATED, "{done}");
    assert_eq!(done["entry"], sign["entry"], "exactly what was signed");
    let (status, twice) = agent.call("/api/v1/weigh", &finish).await;
    assert!(status.is_client_error(), "{twice}");
}
