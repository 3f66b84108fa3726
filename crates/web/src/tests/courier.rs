//! The courier on a partner's page and in the API: bundles down and up, refusals in words that say who is at fault.

use super::html;
use super::sample::{CSRF, TOKEN};
use super::{ask, get, location, multipart, post, text, world};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use entente_app::AppError;
use entente_app::courier::{CourierError, CourierFault};
use serde_json::Value;

const PACK: &str = "/partners/fr/courier/pack";
const UNPACK: &str = "/partners/fr/courier/unpack";

fn upload(bytes: &str) -> Request<Body> {
    upload_at(UNPACK, bytes)
}

fn upload_at(path: &str, bytes: &str) -> Request<Body> {
    let bundle = ("bundle", "for-ma.courier", bytes.as_bytes().to_vec());
    multipart(post(path, ""), &[("_csrf", CSRF)], bundle)
}

#[tokio::test]
async fn the_partners_page_offers_the_courier_when_an_ask_was_not_received() {
    let (router, _) = world();
    for (lang, offer) in [
        ("en", "have not been received in time"),
        ("fr", "préparez un pli"),
        ("ar", "أعدوا ظرفا"),
    ] {
        let today = text(ask(&router, get("/", lang)).await).await;
        assert!(today.contains("/partners/fr#courier"), "{lang}");
        let page = text(ask(&router, get("/partners/fr", lang)).await).await;
        assert!(page.contains(offer), "{lang}");
        assert!(page.contains(PACK) && page.contains(UNPACK));
        let problems = html::problems(&page);
        assert!(problems.is_empty(), "{lang}: {problems:?}");
    }
}

#[tokio::test]
async fn a_bundle_is_downloaded_as_it_is_packed() {
    let (router, _) = world();
    let response = ask(&router, post(PACK, &format!("_csrf={CSRF}"))).await;
    assert_eq!(response.status(), StatusCode::OK);
    let name = response.headers()[header::CONTENT_DISPOSITION].to_str();
    assert_eq!(name.unwrap(), "attachment; filename=\"for-fr.courier\"");
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    assert_eq!(bytes.len(), 18 + 100_000);
    assert!(bytes.starts_with(b"entente/courier/1\n"));
    let foreign = ask(&router, post(PACK, "_csrf=guessed")).await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_cannot_be_packed_is_a_page_and_no_file() {
    let (router, sample) = world();
    let past = CourierFault::KeyPast("fr".parse().unwrap());
    *sample.refuse.lock().unwrap() = Some(past.into());
    let response = ask(&router, post(PACK, &format!("_csrf={CSRF}"))).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("past its term") && page.contains("Nobody is at fault"));
    assert!(html::problems(&page).is_empty());
}

#[tokio::test]
async fn a_bundle_is_uploaded_and_refusals_say_who_is_at_fault() {
    let (router, sample) = world();
    let taken = ask(&router, upload("entente/courier/1 ...")).await;
    assert_eq!(taken.status(), StatusCode::SEE_OTHER);
    assert_eq!(location(&taken), "/partners/fr#courier");
    let none = ask(&router, upload("")).await;
    assert_eq!(none.status(), StatusCode::BAD_REQUEST);
    let all = [
        CourierFault::File(CourierError::CutShort),
        CourierFault::File(CourierError::Altered { segment: 3 }),
        CourierFault::File(CourierError::NotSigned),
        CourierFault::File(CourierError::FormerKey),
        CourierFault::ForAnother("es".into()),
        CourierFault::Stranger,
        CourierFault::Gap { begins: 9, held: 4 },
        CourierFault::Contradiction,
        CourierFault::OwnBehind,
        CourierFault::KeyDestroyed,
    ];
    for fault in all {
        *sample.refuse.lock().unwrap() = Some(AppError::Courier(fault.clone()));
        let response = ask(&router, upload("x")).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = text(response).await;
        assert!(page.contains("Nothing was applied"), "{fault}");
        assert!(page.to_lowercase().contains("at fault"), "{fault}");
        assert!(html::problems(&page).is_empty(), "{fault}");
    }
}

#[tokio::test]
async fn a_bundle_uploaded_on_another_partners_page_is_refused_with_the_news() {
    let (router, _) = world();
    let response = ask(&router, upload_at("/partners/es/courier/unpack", "x")).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains("It comes from fr"), "{page}");
    assert!(page.contains("Nothing was applied"), "{page}");
}

#[tokio::test]
async fn a_bundle_that_was_interrupted_is_not_said_to_be_refused_whole() {
    let (router, sample) = world();
    let why = Box::new(CourierFault::File(CourierError::CutShort));
    *sample.refuse.lock().unwrap() = Some(CourierFault::Interrupted(why).into());
    let page = text(ask(&router, upload("x")).await).await;
    assert!(!page.contains("Nothing was applied"), "{page}");
    assert!(page.contains("A part is applied") && page.contains("cut short"));
}

fn api(method: &str, path: &str, body: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {TOKEN}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

#[tokio::test]
async fn the_api_packs_unpacks_and_names_faults() {
    let (router, sample) = world();
    let seen = ask(&router, api("GET", "/api/v1/partners/fr/courier", "")).await;
    let seen: Value = serde_json::from_str(&text(seen).await).unwrap();
    assert_eq!(
        (&seen["not_received"], &seen["packed"]["entries"]),
        (&2.into(), &3.into())
    );
    let packed = ask(&router, api("POST", "/api/v1/partners/fr/courier/pack", "")).await;
    assert_eq!(packed.status(), StatusCode::OK);
    let bytes = to_bytes(packed.into_body(), 1 << 20).await.unwrap();
    assert_eq!(bytes.len(), 18 + 100_000);
    let unpack = || api("POST", "/api/v1/courier/unpack", "{\"base64\":\"AAAA\"}");
    let report: Value = serde_json::from_str(&text(ask(&router, unpack()).await).await).unwrap();
    assert_eq!(report["bytes"], 3);
    *sample.refuse.lock().unwrap() = Some(CourierFault::Own.into());
    let refused = ask(&router, unpack()).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = serde_json::from_str(&text(refused).await).unwrap();
    assert_eq!(problem["type"], "urn:entente:problem:courier");
    assert!(problem["detail"].as_str().unwrap().starts_with("own: "));
}
