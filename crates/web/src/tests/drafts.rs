//! Drafts on pages: what is read before a signature, and what a decision leads to.

use super::sample::drafts::draft_id;
use super::sample::{CSRF, dossier_id, entry_id};
use super::{ask, get, location, text, world};
use axum::http::StatusCode;

/// What may be decided is offered to whom it is open, in every state.
#[tokio::test]
async fn each_state_offers_what_may_be_decided_and_no_more() {
    let (router, _) = world();
    for (state, mine, offered) in [
        (0, false, &["approve", "return"][..]),
        (0, true, &["take-back"]),
        (1, false, &[]),
        (1, true, &["take-back"]),
        (2, false, &["sign", "refuse"]),
        (2, true, &[]),
        (3, false, &["settle"]),
        (3, true, &[]),
    ] {
        let path = format!("/drafts/{}", draft_id(state, mine));
        let page = text(ask(&router, get(&path, "fr")).await).await;
        for act in ["approve", "return", "take-back", "sign", "refuse", "settle"] {
            let there = page.contains(&format!("value=\"{act}\""));
            assert_eq!(there, offered.contains(&act), "{state} {mine} {act}");
        }
        let waits = state < 2;
        assert_eq!(page.contains("id=\"preview\""), waits, "{state}");
    }
}

#[tokio::test]
async fn a_decision_leads_to_what_left_or_back_to_today() {
    let (router, sample) = world();
    let path = format!("/drafts/{}", draft_id(0, false));
    let post = |fields: &str| super::post(&path, &format!("_csrf={CSRF}&{fields}"));
    let approved = ask(&router, post("_do=approve")).await;
    let there = format!("/dossiers/{}#e-{}", dossier_id(7), entry_id(9).short());
    assert_eq!(location(&approved), there);
    let returned = ask(&router, post("_do=return&ground=Why")).await;
    assert_eq!(location(&returned), "/");
    let unsaid = ask(&router, post("_do=return&ground=")).await;
    assert_eq!(unsaid.status(), StatusCode::CONFLICT);
    assert!(text(unsaid).await.contains("300 c"));
    *sample.refuse.lock().unwrap() = Some(entente_app::AppError::Stale);
    let stale = ask(&router, post("_do=approve")).await;
    assert_eq!(stale.status(), StatusCode::CONFLICT);
    let strange = ask(&router, post("_do=anything")).await;
    assert_eq!(strange.status(), StatusCode::NOT_FOUND);
}

/// The line that says why there is no time reaches the verb; a preview records nothing.
#[tokio::test]
async fn a_preview_records_nothing_and_the_urgent_line_is_taken() {
    let (router, sample) = world();
    let path = format!("/dossiers/{}/write/note", dossier_id(7));
    let fields = format!("_csrf={CSRF}&text=Bonjour&_lang=fr&_seen=seen");
    let seen = ask(&router, super::post(&format!("{path}/preview"), &fields)).await;
    assert_eq!(seen.status(), StatusCode::OK);
    let seen = text(seen).await;
    assert!(seen.contains("id=\"preview\"") && seen.contains("id=\"readers\""));
    assert!(sample.recorded.lock().unwrap().is_empty());
    let alone = format!("{fields}&_alone=Vies+en+danger");
    let sent = ask(&router, super::post(&path, &alone)).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    assert_eq!(*sample.alone.lock().unwrap(), ["Vies en danger"]);
    let page = text(ask(&router, get(&path, "en")).await).await;
    assert!(page.contains("formtarget=\"_blank\"") && page.contains("name=\"_alone\""));
}
