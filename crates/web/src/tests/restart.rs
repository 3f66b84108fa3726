//! A register begins again on the pages of two real nodes: proposed, read in words, accepted after comparing, concluded; and who may not.

use super::real::Person;
use super::{ask, html, location, multipart, text};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use entente_core::codes::Role;
use entente_testkit::pair::{Side, TestPair};

/// A form with a file, or none, as a browser sends it.
async fn send(who: &Person, path: &str, fields: &[(&str, &str)], file: &str) -> Response<Body> {
    let fields = [&[("_csrf", who.csrf.as_str())], fields].concat();
    let request = Request::post(path).header(header::COOKIE, &who.cookie);
    let part = ("file", "sent.txt", file.as_bytes().to_vec());
    let request = multipart(request.body(Body::empty()).unwrap(), &fields, part);
    ask(&who.router, request).await
}

/// The page that a form answers with.
async fn refused(who: &Person, path: &str, fields: &[(&str, &str)], file: &str) -> String {
    let response = send(who, path, fields, file).await;
    assert!(response.status().is_client_error(), "{}", response.status());
    let page = text(response).await;
    assert!(html::problems(&page).is_empty());
    page
}

async fn taken(who: &Person, path: &str, fields: &[(&str, &str)], file: &str) {
    let response = send(who, path, fields, file).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
    assert!(location(&response).ends_with("#restarts"));
}

/// A file that a page gives out.
async fn file(who: &Person, path: &str) -> String {
    let (status, text) = who.fetch(path, "en").await;
    assert_eq!(status, StatusCode::OK, "{path}");
    text
}

const MA: &str = "/partners/fr/restart";
const FR: &str = "/partners/ma/restart";

#[tokio::test]
async fn a_register_begins_again_on_the_pages_of_both_nodes() {
    let mut pair = TestPair::linked(311);
    pair.note(Side::Ma, "Avant.");
    pair.settle();
    pair.wire.tear(true);
    pair.time.advance(10_000);
    let ma = Person::with_role(pair.ma(), "coord", "coordination", Role::Coordinator).await;
    let fr = Person::with_role(pair.fr(), "coord", "coordination", Role::Coordinator).await;

    // Proposed: with a ground, and meant.
    let form = ma.get(&format!("{MA}/propose")).await;
    let print = pair.ma().app.own_fingerprint().unwrap();
    assert!(form.contains("Register of ma towards fr") && form.contains(&print));
    let propose = format!("{MA}/propose");
    let said = refused(&ma, &propose, &[("ground", "fork")], "").await;
    assert!(said.contains("Nothing was done") && said.contains("checked"));
    let said = refused(&ma, &propose, &[("_sure", "yes")], "").await;
    assert!(said.contains("Nothing was proposed"));
    let lost = [("ground", "key-lost"), ("_sure", "yes")];
    let said = refused(&ma, &propose, &lost, "").await;
    assert!(said.contains("make a new key first"), "{said}");
    assert!(pair.ma().app.restarts(&pair.fr().name).unwrap().1.is_none());
    taken(&ma, &propose, &[("ground", "fork"), ("_sure", "yes")], "").await;
    let waits = ma.get("/partners/fr").await;
    assert!(waits.contains("The link waits for the answer of fr"));
    let proposal = file(&ma, &format!("{MA}/proposal")).await;
    assert!(proposal.starts_with("-----BEGIN ENTENTE REGISTER PROPOSAL"));

    // Read at the partner, in words; accepted after comparing, and meant.
    fr.get("/partners/ma").await;
    let read = send(&fr, &format!("{FR}/read"), &[], &proposal).await;
    assert_eq!(read.status(), StatusCode::OK);
    let read = text(read).await;
    assert!(html::problems(&read).is_empty());
    assert!(read.contains("Register of ma towards fr") && read.contains("two histories"));
    assert!(
        read.contains("-----BEGIN ENTENTE REGISTER PROPOSAL"),
        "carried on"
    );
    assert!(
        !read.contains(&print),
        "what is to be compared is not shown"
    );
    let take = format!("{FR}/take");
    let compared = [("_text", &*proposal), ("fingerprint", &*print)];
    let said = refused(&fr, &take, &compared, "").await;
    assert!(
        said.contains("Nothing was done") && said.contains(&print),
        "kept"
    );
    let other = pair.fr().app.own_fingerprint().unwrap();
    let wrong = [
        ("_text", &*proposal),
        ("fingerprint", &*other),
        ("_sure", "yes"),
    ];
    let said = refused(&fr, &take, &wrong, "").await;
    assert!(said.contains("fingerprints differ"), "{said}");
    let damaged = refused(&fr, &format!("{FR}/read"), &[], "nothing").await;
    assert!(damaged.contains("no whole proposal"), "{damaged}");
    refused(&fr, &format!("{FR}/read"), &[], "").await;
    let foreign = refused(&ma, &format!("{MA}/take"), &wrong, "").await;
    assert!(
        foreign.contains("not between"),
        "our own proposal: {foreign}"
    );
    let right = [compared[0], compared[1], ("_sure", "yes")];
    taken(&fr, &take, &right, "").await;
    assert!(fr.get("/partners/ma").await.contains("/restart/answer/0"));
    let answer = file(&fr, &format!("{FR}/answer/0")).await;
    let (missing, _) = fr.fetch(&format!("{FR}/answer/7"), "en").await;
    assert_eq!(missing, StatusCode::NOT_FOUND);

    // Concluded: the file is chosen, not carried.
    let read = text(send(&ma, &format!("{MA}/read"), &[], &answer).await).await;
    assert!(read.contains("Agreed by both coordinators"), "{read}");
    refused(&ma, &format!("{MA}/take"), &[], &answer).await;
    taken(&ma, &format!("{MA}/take"), &[("_sure", "yes")], &answer).await;
    let done = ma.get("/partners/fr").await;
    assert!(!done.contains("The link waits") && done.contains("Generation 0 ends"));
    pair.time.advance(10_000);
    pair.note(Side::Ma, "Dans la nouvelle génération.");
    pair.settle();
    pair.assert_same();

    // And taken back.
    pair.wire.tear(true);
    taken(&ma, &propose, &[("ground", "fork"), ("_sure", "yes")], "").await;
    taken(&ma, &format!("{MA}/withdraw"), &[], "").await;
    assert!(pair.ma().app.restarts(&pair.fr().name).unwrap().1.is_none());
}

#[tokio::test]
async fn whoever_is_no_coordinator_is_offered_nothing_and_refused() {
    let pair = TestPair::linked(312);
    let other = Person::of(pair.ma(), "agent", "liaison").await;
    let page = other.get("/partners/fr").await;
    assert!(!page.contains("/restart/"));
    let forbidden = StatusCode::FORBIDDEN;
    for path in ["propose", "proposal", "answer/0"] {
        let (status, _) = other.fetch(&format!("{MA}/{path}"), "en").await;
        assert_eq!(status, forbidden, "{path}");
    }
    let sure = [("ground", "fork"), ("_sure", "yes"), ("_text", "x")];
    for path in ["propose", "read", "take", "withdraw"] {
        let response = send(&other, &format!("{MA}/{path}"), &sure, "x").await;
        assert_eq!(response.status(), forbidden, "{path}");
    }
    assert!(pair.ma().app.restarts(&pair.fr().name).unwrap().1.is_none());
}
