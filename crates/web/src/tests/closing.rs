//! Closing a dossier on pages: what stands in the way is shown.

use super::sample::{CSRF, dossier_id};
use super::{ask, post, text, world};
use axum::http::StatusCode;
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
