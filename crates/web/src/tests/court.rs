//! An investigation before the courts on pages: what is ticked is asked for by one click and produced by a magistrate, the bundle that the page
//! gives out is verified without a node, and its own page is whole in every language.

use super::real::Person;
use super::{ask, html};
use crate::court::CourtPages;
use crate::i18n::{Digits, Words};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use entente_app::court::archive::{MAX_ARCHIVE, Opened};
use entente_app::court::index::PAGE;
use entente_app::court::{Bundling, Trusted, verify_court};
use entente_core::codes::Role;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::label::Lang;

use entente_testkit::desk::person;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use std::io::Cursor;

/// An investigation with a contribution of the other side's under H1, whose words are hostile.
fn opened(seed: u64) -> (TestPair, DossierId, EntryId) {
    let mut pair = TestPair::linked(seed);
    for side in Side::BOTH {
        let node = pair.node(side);
        let judge = person(node, "juge", "liaison", Role::Magistrate);
        node.app.add_officer(judge).unwrap();
    }
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
    pair.settle();
    let fields = [
        ("title", "Relevé <script>alert(1)</script>"),
        ("text", "Trois départs & un retour."),
        ("handling", "H1"),
    ];
    let given = Writing::on(opened.dossier, &fields).by("juge");
    let given = given.file("plan.txt", b"plan".to_vec());
    let given = pair
        .write(Side::Fr, "investigation.contribute", &given)
        .entry;
    pair.settle();
    (pair, opened.dossier, given)
}

/// Take out: in `pages/court.rs::act`, the filter `needs`; in `pages/court.rs::doing`, the condition on producing.
#[tokio::test]
async fn an_entry_is_asked_for_permitted_produced_and_taken_out_by_pages() {
    let (mut pair, dossier, given) = opened(95);
    let page = format!("/dossiers/{dossier}/court");
    let liaison = Person::of(pair.ma(), "agent", "liaison").await;
    let judge = Person::with_role(pair.ma(), "jugea", "liaison", Role::Magistrate).await;
    assert!(
        judge
            .get(&format!("/dossiers/{dossier}"))
            .await
            .contains(&page)
    );
    let entry = given.to_string();
    let shown = liaison.get(&page).await;
    assert!(shown.contains("Producing in court is for a magistrate"));
    assert!(!shown.contains("value=\"produce\"") && shown.contains("value=\"ask\""));
    assert!(!shown.contains("<script>alert"));

    let ticked = [
        ("entries", entry.as_str()),
        ("court", "tribunal du port"),
        ("do", "ask"),
    ];
    judge.post(&page, &ticked).await;
    judge.post(&page, &ticked).await;
    pair.settle();
    let asks = pair.fr().entries().unwrap();
    let asks: Vec<EntryId> = asks
        .iter()
        .filter(|row| row.kind == "ask_permission")
        .map(|row| row.id)
        .collect();
    assert_eq!(asks.len(), 1, "asked for once, whatever is clicked again");
    assert!(judge.get(&page).await.contains("Permission asked for"));
    let produce = [
        ("entries", entry.as_str()),
        ("court", "tribunal du port"),
        ("do", "produce"),
    ];
    let (status, said) = judge.send(&page, &produce).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(html::problems(&said), [""; 0]);

    let on = ObligationId {
        entry: asks[0],
        index: 0,
    };
    let permit = Writing::on(dossier, &[("court", "on")])
        .target(on)
        .by("juge");
    pair.write(Side::Fr, "permit", &permit);
    pair.settle();
    let at = judge.post(&page, &produce).await;
    assert!(at.contains("#p-"), "{at}");
    let shown = judge.get(&page).await;
    let link = shown
        .split("href=\"")
        .find(|rest| rest.contains("/bundle\""))
        .unwrap();
    let link = link.split('"').next().unwrap();
    let request = Request::get(link).header(header::COOKIE, &judge.cookie);
    let response = ask(&judge.router, request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/zip");
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let report = verify_court(Cursor::new(&bytes), &Trusted::default()).unwrap();
    assert_eq!(report.index.entries[0].entry, entry);
    assert!(
        !liaison.get(&page).await.contains("/bundle\""),
        "a magistrate's"
    );
    let (status, _) = liaison.fetch(link, "en").await;
    assert_ne!(status, StatusCode::OK);
    assert!(
        judge
            .get(&format!("/entries/{given}"))
            .await
            .contains("What became of it in court")
    );
}

/// The page in the bundle is whole, says the digests, runs nothing and fetches nothing; so do the instructions in three languages. Take out:
/// in `court.rs`, a language or the escaping of a value.
#[test]
fn the_page_of_a_bundle_is_whole_in_every_language() {
    let (mut pair, dossier, given) = opened(96);
    let entry = given.to_string();
    let on = Writing::on(dossier, &[("entry", entry.as_str()), ("court", "on")]).by("juge");
    let asked = pair.write(Side::Ma, "ask_permission", &on).entry;
    pair.settle();
    let on = ObligationId {
        entry: asked,
        index: 0,
    };
    pair.write(
        Side::Fr,
        "permit",
        &Writing::on(dossier, &[("court", "on")])
            .target(on)
            .by("juge"),
    );
    pair.settle();
    let fields = [("court", "tribunal du port"), ("entries", entry.as_str())];
    let produced = pair.write(
        Side::Ma,
        "investigation.produced",
        &Writing::on(dossier, &fields).by("juge"),
    );
    pair.settle();
    for lang in Lang::ALL {
        let wanted = Bundling {
            produced: produced.entry,
            lang,
            pages: &CourtPages(Words::new(lang, Digits::Latin)),
            most: MAX_ARCHIVE,
        };
        let mut out = Cursor::new(Vec::new());
        let ma = pair.ma();
        ma.app
            .court_bundle(&ma.officer("juge").unwrap(), &wanted, &mut out)
            .unwrap();
        let mut archive = Opened::open(Cursor::new(out.into_inner())).unwrap();
        let parts = archive.parts().to_vec();
        let mut read = |name: &str| {
            let part = parts.iter().find(|part| part.name == name).unwrap();
            String::from_utf8(archive.whole(part, MAX_ARCHIVE).unwrap()).unwrap()
        };
        let page = read(PAGE);
        assert!(
            page.starts_with("<!DOCTYPE html>")
                && page.contains(&format!("dir=\"{}\"", lang.dir()))
        );
        assert!(
            !page.contains("<script") && !page.contains("http") && !page.contains('⟦'),
            "{lang}"
        );
        assert!(page.contains("Trois départs &amp; un retour.") && page.contains("plan.txt"));
        for lang in Lang::ALL {
            let text = read(&format!("README.{lang}.txt"));
            assert!(
                text.contains("entente court verify") && !text.contains('⟦'),
                "{lang}"
            );
        }
    }
}

/// Feedback that is owed is given by the plain form first; a court's decision, which is feedback too, stands in the menu.
/// Take out: `plain` in `parts::ways`.
#[test]
fn feedback_is_offered_before_a_courts_decision() {
    use entente_core::codes::Ask;
    use entente_core::kinds::common::FEEDBACK;
    use entente_core::kinds::investigation::court::OUTCOME;
    let mut owed = super::sample::obligations().swap_remove(0);
    owed.ask = Ask::Feedback;
    owed.offers = vec![&OUTCOME, &FEEDBACK];
    let names =
        |of: Vec<&entente_core::kind::EntryType>| of.iter().map(|t| t.name).collect::<Vec<_>>();
    let (first, menu) = crate::parts::ways(&owed);
    assert_eq!(
        (names(first), names(menu)),
        (vec![FEEDBACK.name], vec![OUTCOME.name])
    );
}
