//! The tour is the first page of a demonstration, works for whoever is not signed in, and does not exist elsewhere; neither do
//! people who sign in by one click.

use super::sample::{TOKEN, dossier_id};
use super::{ask, get, html, location, plain_world, text, world};
use crate::state::Inner;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use entente_testkit::pair::TestPair;
use serde_json::json;
use std::sync::Arc;

fn guest(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

/// A form of somebody who is not signed in, with the secret that the guest's page gave.
async fn guest_post(router: &Router, path: &str, body: &str) -> Response<Body> {
    let page = ask(router, guest("/sign-in")).await;
    let cookie = page.headers()["set-cookie"].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let secret = cookie.split_once('=').unwrap().1;
    let request = Request::post(path)
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("_csrf={secret}&{body}")))
        .unwrap();
    ask(router, request).await
}

fn signs_in(response: &Response<Body>) -> bool {
    let cookies = response.headers().get_all(header::SET_COOKIE);
    let session = format!("entente-ma={TOKEN};");
    cookies
        .iter()
        .any(|cookie| cookie.to_str().unwrap().starts_with(&session))
}

#[tokio::test]
async fn the_first_page_of_a_demonstration_is_the_tour_and_today_once_signed_in() {
    let (router, _) = world();
    let first = ask(&router, guest("/")).await;
    assert_eq!(
        (first.status(), location(&first)),
        (StatusCode::SEE_OTHER, "/tour")
    );
    let tour = ask(&router, guest("/tour")).await;
    assert_eq!(tour.status(), StatusCode::OK);
    let tour = text(tour).await;
    for step in 1..=6 {
        assert!(tour.contains(&format!("id=\"step-{step}\"")), "step {step}");
    }
    assert!(html::problems(&tour).is_empty());
    let today = ask(&router, get("/", "en")).await;
    assert_eq!(today.status(), StatusCode::OK);
    assert!(text(today).await.contains("id=\"we-owe\""));
}

#[tokio::test]
async fn the_first_page_of_another_node_is_its_sign_in() {
    let (router, _) = plain_world();
    let first = ask(&router, guest("/")).await;
    assert_eq!(location(&first), "/sign-in");
}

#[tokio::test]
async fn steps_sign_in_whom_they_need_and_nobody_else() {
    let (router, sample) = world();
    let asked = guest_post(&router, "/tour/ask", "").await;
    let dossier = dossier_id(7);
    assert_eq!(location(&asked), format!("/tour?d={dossier}#step-2"));
    assert!(signs_in(&asked), "the question is somebody's");
    assert_eq!(sample.recorded.lock().unwrap().len(), 1);

    let seen = ask(&router, guest(&format!("/tour/see?d={dossier}"))).await;
    assert_eq!(location(&seen), format!("/dossiers/{dossier}"));
    assert!(signs_in(&seen));
    let own = ask(&router, get(&format!("/tour/see?d={dossier}"), "en")).await;
    assert_eq!(location(&own), format!("/dossiers/{dossier}"));
    assert!(!signs_in(&own), "whoever is signed in stays so");
    let astray = ask(&router, guest("/tour/see?d=//elsewhere.test")).await;
    assert_eq!(location(&astray), "/");

    let cut = guest_post(&router, "/tour/cut", "_value=yes").await;
    assert_eq!(location(&cut), "/tour#step-3");
    let tampered = guest_post(&router, "/tour/tamper", "").await;
    assert_eq!(tampered.status(), StatusCode::OK);
    for response in [&cut, &tampered] {
        assert!(!signs_in(response), "the link and the copy are nobody's");
    }
}

#[tokio::test]
async fn a_form_of_the_tour_from_elsewhere_is_refused() {
    let (router, sample) = world();
    for step in ["ask", "cut", "jump", "tamper"] {
        let request = Request::post(format!("/tour/{step}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("_value=yes"))
            .unwrap();
        let response = ask(&router, request).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{step}");
    }
    assert!(sample.recorded.lock().unwrap().is_empty());
}

/// The real verbs, of a node that has officers and is no demonstration.
#[tokio::test]
async fn a_node_outside_a_demonstration_has_no_tour_and_no_people_of_one_click() {
    let (demo, _) = world();
    let offered = text(ask(&demo, guest("/sign-in")).await).await;
    assert!(
        offered.contains("name=\"_persona\""),
        "the demonstration has"
    );

    let pair = TestPair::linked(21);
    let officer = pair.ma().app.officers().unwrap().remove(0).id;
    let router = crate::over(Inner::over(Arc::new(pair.ma().app.clone())));
    let page = text(ask(&router, guest("/sign-in")).await).await;
    assert!(!page.contains("_persona") && !page.contains("personas"));
    let taken = guest_post(&router, "/sign-in", &format!("_persona={officer}")).await;
    assert_eq!(taken.status(), StatusCode::FORBIDDEN);
    assert!(taken.headers().get(header::SET_COOKIE).is_none());
    let api = Request::post("/api/v1/session")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json!({"persona": officer}).to_string()))
        .unwrap();
    let api = ask(&router, api).await;
    assert_eq!(api.status(), StatusCode::FORBIDDEN);
    assert!(!text(api).await.contains("token"));

    for address in crate::addresses().iter().filter(|a| a.demo) {
        for method in address.methods {
            let answer = match *method {
                "get" => ask(&router, guest(address.path)).await,
                _ => guest_post(&router, address.path, "_value=yes").await,
            };
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{}", address.path);
        }
    }
}
