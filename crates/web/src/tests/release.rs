//! Releasing what was written before, and bringing in another state: the pages by the sample node.

use super::sample::{CSRF, dossier_id, entry_id};
use super::{ask, get, location, post, text, world};
use axum::http::StatusCode;
use entente_app::AppError;
use entente_core::codes::Necessity;
use entente_core::handling::HandlingCodes;
use entente_core::judge::Irregular;

#[tokio::test]
async fn what_is_ticked_is_released_under_one_decision() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/release", dossier_id(7));
    let page = text(ask(&router, get(&path, "en")).await).await;
    // One may be released; the others say why not, and have no box.
    let boxes = page.matches("type=\"checkbox\" name=\"entry\"").count();
    assert_eq!(boxes, 1, "{page}");
    for reason in [
        "above the ceiling",
        "released in this dossier already",
        "never to leave",
    ] {
        assert!(page.contains(reason), "{reason}");
    }
    assert!(page.contains("MA-2") && page.contains("You take no part in this dossier."));

    let body = format!(
        "_csrf={CSRF}&entry={}&entry={}&entry=nonsense&handling=H2&handling=H3&_necessity=answers_ask",
        entry_id(1),
        entry_id(2)
    );
    let done = ask(&router, post(&path, &body)).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert!(location(&done).contains(&entry_id(2).short()));
    let released = sample.released.lock().unwrap().clone();
    assert_eq!(released[0].entries, [entry_id(1), entry_id(2)]);
    let both = HandlingCodes::H2.union(HandlingCodes::H3);
    assert_eq!(released[0].handling, Some(both));
    assert_eq!(released[0].necessity, Some(Necessity::AnswersAsk));
}

#[tokio::test]
async fn a_refused_release_keeps_what_was_ticked_and_says_why() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/release", dossier_id(7));
    *sample.refuse.lock().unwrap() = Some(AppError::Irregular(Irregular::Earlier));
    let body = format!("_csrf={CSRF}&entry={}&handling=H3", entry_id(1));
    let refused = ask(&router, post(&path, &body)).await;
    assert!(refused.status().is_client_error(), "{}", refused.status());
    let page = text(refused).await;
    assert!(page.contains("from a dossier that this one does not continue"));
    assert_eq!(page.matches(" checked").count(), 2);
    assert!(page.contains("name=\"handling\" value=\"H3\" checked"));
}

/// History is told apart from what was written here, and what does not fit is said in place of its content.
#[tokio::test]
async fn what_was_released_is_shown_as_history() {
    let (router, _) = world();
    let page = text(ask(&router, get(&format!("/dossiers/{}", dossier_id(7)), "en")).await).await;
    assert_eq!(page.matches("class=\"history\"").count(), 3);
    assert!(page.contains("it binds nothing here"));
    assert!(page.contains("its content is not what was signed"));
    assert!(page.contains(&format!("/open/declaration?continues={}", dossier_id(7))));
    assert!(page.contains(&format!("/dossiers/{}/release", dossier_id(7))));
}

/// The form that brings in another state says what it continues, asks for no identifier, and shows whom it invites.
#[tokio::test]
async fn bringing_in_another_state_is_one_form() {
    let (router, _) = world();
    let plain = text(ask(&router, get("/open/investigation?partner=fr", "en")).await).await;
    assert!(!plain.contains("name=\"continues\""));
    let path = format!("/open/investigation?continues={}", dossier_id(6));
    let page = text(ask(&router, get(&path, "en")).await).await;
    let form = page.split("id=\"entry-form\"").nth(1).unwrap();
    assert_eq!(form.matches("name=\"continues\"").count(), 1);
    assert!(page.contains("in your own words"));
    let folded = page.split("<details class=\"folded\"").next().unwrap();
    assert!(folded.contains("name=\"others\""), "in sight");
}
