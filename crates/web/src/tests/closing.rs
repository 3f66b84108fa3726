//! What an answer to a form says: what stands in the way of closing a dossier, and where to go next.

use super::sample::{CSRF, dossier_id};
use super::{ask, post, text, world};
use axum::http::{HeaderValue, StatusCode, header};
use entente_app::AppError;
use entente_core::judge::Irregular;

/// Whoever closes a dossier in which something is owed is led to what it is. Take out: the case of `StillOwed` in `write::again`.
#[tokio::test]
async fn a_refused_closing_shows_what_is_still_owed() {
    let (router, sample) = world();
    *sample.refuse.lock().unwrap() = Some(AppError::Irregular(Irregular::StillOwed));
    let path = format!("/dossiers/{}/write/close", dossier_id(7));
    let refused = ask(&router, post(&path, &format!("_csrf={CSRF}"))).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let page = text(refused).await;
    assert!(page.contains("something is still owed"));
    let (_, main) = page.split_once("<main").unwrap();
    assert!(main.contains("class=\"obs\""), "{main}");
}

/// The script sends a form with files and goes where it is told; it must not look there itself. Take out: `led_on` in `headers.rs`.
#[tokio::test]
async fn a_form_that_the_script_sends_is_told_where_to_go() {
    let (router, _) = world();
    let path = format!("/dossiers/{}/write/close", dossier_id(7));
    let mut sent = post(&path, &format!("_csrf={CSRF}"));
    let plain = ask(&router, post(&path, &format!("_csrf={CSRF}"))).await;
    assert_eq!(plain.status(), StatusCode::SEE_OTHER);
    sent.headers_mut()
        .insert("x-entente-sent", HeaderValue::from_static("1"));
    let told = ask(&router, sent).await;
    assert_eq!(told.status(), StatusCode::OK);
    assert!(!told.headers().contains_key(header::LOCATION));
    let place = told.headers()["x-entente-go"].to_str().unwrap();
    assert!(place.starts_with("/dossiers/"), "{place}");
}
