//! A key is declared compromised on the pages of two real nodes: read in words, confirmed, taken by the partner; and who may not.

use super::real::Person;
use super::{ask, html, location, multipart, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entente_core::codes::Role;
use entente_testkit::pair::{Side, TestPair};

const OWN: &str = "/keys/compromised";
const THEIRS: &str = "/partners/ma/compromised";
/// Before the test worlds began.
const SINCE: (&str, &str) = ("since", "2015-05-28T07:00:00");
const READ: (&str, &str) = ("_read", "yes");
const SURE: (&str, &str) = ("_sure", "yes");

/// What a partner's page answers to an uploaded file.
async fn reads(who: &Person, file: &str) -> (StatusCode, String) {
    let request = Request::post(format!("{THEIRS}/read")).header(header::COOKIE, &who.cookie);
    let part = ("file", "sent.txt", file.as_bytes().to_vec());
    let fields = [("_csrf", who.csrf.as_str())];
    let request = multipart(request.body(Body::empty()).unwrap(), &fields, part);
    let response = ask(&who.router, request).await;
    (response.status(), text(response).await)
}

/// A form that leads on, and where to.
async fn leads(who: &Person, path: &str, fields: &[(&str, &str)]) -> String {
    let response = who.request(path, fields).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path}");
    location(&response).to_owned()
}

/// A page in words, well formed, that declares nothing yet.
fn in_words(said: &(StatusCode, String), print: &str) {
    let (status, page) = said;
    assert_eq!(*status, StatusCode::OK, "{page}");
    assert!(html::problems(page).is_empty());
    assert!(
        page.contains("Kept for good") && page.contains(print),
        "{page}"
    );
    assert!(page.contains("name=\"_sure\""));
}

#[tokio::test]
async fn rule_15_a_key_is_declared_by_its_owner_and_taken_by_the_partner() {
    let mut pair = TestPair::linked(321);
    pair.settle();
    let old = pair.ma().app.own_fingerprint().unwrap();
    let ma = Person::with_role(pair.ma(), "coord", "coordination", Role::Coordinator).await;
    let fr = Person::with_role(pair.fr(), "admin", "machines", Role::Administrator).await;
    assert!(ma.get(OWN).await.contains("never changed its signing key"));
    pair.rotate(Side::Ma);
    pair.settle();
    let form = ma.get(OWN).await;
    assert!(form.contains(&old) && form.contains("Which key"), "{form}");

    // Typed, read in words, confirmed: nothing before the box.
    let key = ("fingerprint", old.as_str());
    in_words(&ma.send(OWN, &[key, SINCE]).await, &old);
    let (status, again) = ma.send(OWN, &[key, SINCE, READ]).await;
    assert!(status.is_client_error() && again.contains("Nothing was done"));
    let none = || pair.ma().app.compromised(&pair.ma().name).unwrap();
    assert!(none().is_empty());
    let ahead = ("since", "2115-05-28T07:00:00");
    let (status, said) = ma.send(OWN, &[key, ahead, READ, SURE]).await;
    assert!(
        status.is_client_error() && said.contains("time that has passed"),
        "{said}"
    );
    let (status, said) = ma.send(OWN, &[key, READ, SURE]).await;
    assert!(
        status.is_client_error() && said.contains(&old),
        "no time: {said}"
    );
    assert!(none().is_empty());
    assert_eq!(
        leads(&ma, OWN, &[key, SINCE, READ, SURE]).await,
        "/partners#compromised"
    );
    let file = none().remove(0).text;
    let shown = ma.get("/partners").await;
    assert!(shown.contains("-----BEGIN ENTENTE COMPROMISE") && shown.contains(&old));

    // The partner's file: read first, refused if damaged, then taken.
    assert!(
        fr.get("/partners/ma")
            .await
            .contains("Declare a key of this partner")
    );
    in_words(&reads(&fr, &file).await, &old);
    let (status, damaged) = reads(&fr, "nothing").await;
    assert!(
        status.is_client_error() && damaged.contains("no whole declaration"),
        "{damaged}"
    );
    let known = || pair.fr().app.compromised(&pair.ma().name).unwrap();
    let take = format!("{THEIRS}/take");
    let text = ("_text", file.as_str());
    let (status, said) = fr.send(&take, &[text]).await;
    assert!(status.is_client_error() && said.contains("Nothing was done"));
    assert!(known().is_empty());
    assert_eq!(
        leads(&fr, &take, &[text, SURE]).await,
        "/partners/ma#compromised"
    );
    assert_eq!(known()[0].print, old);
    pair.note(Side::Ma, "On continue.");
    pair.settle();
    pair.assert_same();
}

#[tokio::test]
async fn rule_15_by_voice_only_a_key_that_is_known_of_the_partner_is_declared() {
    let pair = TestPair::linked(322);
    let fr = Person::with_role(pair.fr(), "coord", "coordination", Role::Coordinator).await;
    let known = || pair.fr().app.compromised(&pair.ma().name).unwrap();
    let form = fr.get(THEIRS).await;
    assert!(form.contains("as the people of ma read it") || form.contains("read it to you"));
    let (status, said) = fr.send(THEIRS, &[("fingerprint", "no hex"), SINCE]).await;
    assert!(
        status.is_client_error() && said.contains("no hex"),
        "kept: {said}"
    );
    let stranger = ("fingerprint", "0123 4567 89ab cdef 0123 4567 89ab cdef");
    in_words(&fr.send(THEIRS, &[stranger, SINCE]).await, stranger.1);
    let (status, said) = fr.send(THEIRS, &[stranger, SINCE, READ, SURE]).await;
    assert!(
        status.is_client_error() && said.contains("No key of this fingerprint"),
        "{said}"
    );
    assert!(known().is_empty());
    let print = pair.ma().app.own_fingerprint().unwrap();
    let right = [("fingerprint", print.as_str()), SINCE, READ, SURE];
    assert_eq!(leads(&fr, THEIRS, &right).await, "/partners/ma#compromised");
    assert_eq!(
        (known()[0].print.clone(), known()[0].by.clone()),
        (print, pair.fr().name.clone())
    );
}

#[tokio::test]
async fn rule_15_whoever_neither_coordinates_nor_administers_is_offered_nothing_and_refused() {
    let mut pair = TestPair::linked(323);
    pair.rotate(Side::Ma);
    pair.settle();
    for (node, role) in [(pair.ma(), Role::Liaison), (pair.fr(), Role::Inspector)] {
        let other = Person::with_role(node, "agent", "liaison", role).await;
        let (_, page) = other.fetch("/partners", "en").await;
        assert!(!page.contains(OWN));
        for path in [OWN, THEIRS] {
            let (status, _) = other.fetch(path, "en").await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        }
        let print = pair.ma().app.own_fingerprint().unwrap();
        let fields = [
            ("fingerprint", print.as_str()),
            SINCE,
            READ,
            SURE,
            ("_text", "x"),
        ];
        for path in [
            OWN,
            THEIRS,
            &format!("{THEIRS}/take"),
            &format!("{THEIRS}/read"),
        ] {
            let (status, _) = other.send(path, &fields).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    for node in [pair.ma(), pair.fr()] {
        assert!(node.app.compromised(&pair.ma().name).unwrap().is_empty());
    }
}
