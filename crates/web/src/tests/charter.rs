//! What binds two states is read and confirmed on a page of its own, and what was proposed can be declined or taken back.

use super::real::Person;
use super::sample::{CSRF, dossier_id, entry_id};
use super::{ask, get, location, post, text, world};
use axum::http::StatusCode;
use entente_app::Recording;
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};

fn path(entry: &str) -> String {
    format!("/dossiers/{}/write/{entry}", dossier_id(7))
}

/// The charter's page leads to every act on a proposal and does none by itself.
#[tokio::test]
async fn the_page_of_a_charter_leads_to_what_may_be_done() {
    let (router, _) = world();
    for (lang, gone) in [
        ("en", ["declined", "withdrawn"]),
        ("fr", ["déclinée", "retirée"]),
        ("ar", ["رفض", "سحب"]),
    ] {
        let page = format!("/dossiers/{}", dossier_id(7));
        let page = text(ask(&router, get(&page, lang)).await).await;
        let proposal = entry_id(4);
        for act in ["charter.sign", "charter.enact"] {
            let way = format!("href=\"{}?proposal={proposal}\"", path(act));
            assert!(page.contains(&way), "{act}");
            assert!(
                !page.contains(&format!("action=\"{}\"", path(act))),
                "{act}"
            );
        }
        for act in ["charter.decline", "charter.withdraw"] {
            let way = format!("href=\"{}?on={proposal}%231\"", path(act));
            assert!(page.contains(&way), "{act}: {page}");
        }
        let (_, lapsed) = page.split_once("id=\"charter\"").unwrap();
        assert!(gone.iter().all(|how| lapsed.contains(how)), "{lang}");
    }
}

/// Signing and bringing into force say what becomes binding, for whom and from when, and are done only once that is ticked.
#[tokio::test]
async fn what_binds_is_read_and_confirmed() {
    let (router, sample) = world();
    for act in ["charter.sign", "charter.enact"] {
        for (lang, said) in [
            ("en", ["For whom", "From when", "What would change"]),
            ("fr", ["Pour qui", "À partir de quand", "Ce qui changerait"]),
            ("ar", ["لمن", "ابتداء من", "ما الذي سيتغير"]),
        ] {
            let page = format!("{}?proposal={}", path(act), entry_id(4));
            let page = text(ask(&router, get(&page, lang)).await).await;
            for said in said {
                assert!(page.contains(said), "{act} {lang}: {said}");
            }
            assert!(page.contains("name=\"_sure\""), "{act}");
        }
        let body = format!("_csrf={CSRF}&_seen=seen&proposal={}", entry_id(4));
        let unsure = ask(&router, post(&path(act), &body)).await;
        assert_eq!(unsure.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(unsure).await.contains("Tick the box"), "{act}");
        assert!(sample.recorded.lock().unwrap().is_empty(), "{act}");
        let sure = ask(&router, post(&path(act), &format!("{body}&_sure=yes"))).await;
        assert_eq!(sure.status(), StatusCode::SEE_OTHER);
        let recorded = sample.recorded.lock().unwrap().pop().unwrap();
        assert_eq!(recorded.proposal, Some(entry_id(4)), "{act}");
    }
}

/// A wrong turn keeps the menu, and tells nobody whether a page exists that they may not see.
#[tokio::test]
async fn a_page_that_is_not_there_keeps_the_menu_and_tells_nothing() {
    let (router, _) = world();
    let missing = |at: &str| format!("/dossiers/{at}");
    let (one, other) = (dossier_id(8).to_string(), dossier_id(9).to_string());
    for (lang, today) in [("en", "Today"), ("fr", "Aujourd’hui"), ("ar", "اليوم")] {
        let mut pages = Vec::new();
        for at in [&one, &other] {
            let answer = ask(&router, get(&missing(at), lang)).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND);
            pages.push(text(answer).await);
        }
        assert_eq!(pages[0], pages[1]);
        assert!(pages[0].contains("class=\"nav\"") && pages[0].contains(today));
        assert!(pages[0].contains("action=\"/sign-out\""));
        let nowhere = text(ask(&router, get("/nowhere", lang)).await).await;
        assert!(nowhere.contains("class=\"nav\""), "{lang}");
    }
    let refused = ask(&router, post("/nowhere", "x=1")).await;
    let refused = text(refused).await;
    assert!(refused.contains("class=\"nav\""));
    let guest = axum::http::Request::get("/nowhere");
    let guest = guest.body(axum::body::Body::empty()).unwrap();
    let guest = text(ask(&router, guest).await).await;
    assert!(!guest.contains("class=\"nav\""), "nobody is signed in");
}

/// The way from one node to the other carries the tour's step, its dossier and the reader's language.
#[tokio::test]
async fn the_tour_goes_on_at_the_other_node() {
    let (router, _) = world();
    let d = dossier_id(7);
    let tour = text(ask(&router, get(&format!("/tour?d={d}"), "ar")).await).await;
    let way = |step| format!("http://fr.test/tour/see?lang=ar&amp;step={step}&amp;d={d}");
    let own = |step| format!("http://ma.test/tour/see?lang=ar&amp;step={step}&amp;d={d}");
    for step in [2, 5] {
        assert!(
            tour.contains(&way(step)) || tour.contains(&own(step)),
            "step {step}"
        );
    }
    let see = ask(
        &router,
        get(&format!("/tour/see?lang=ar&step=2&d={d}"), "en"),
    )
    .await;
    assert_eq!(location(&see), format!("/dossiers/{d}"));
    let cookies: Vec<&str> = see
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|c| c.to_str().unwrap())
        .collect();
    let thread = format!("entente-ma-tour=2.{d};");
    assert!(
        cookies.iter().any(|c| c.starts_with(&thread)),
        "{cookies:?}"
    );
    assert!(cookies.iter().any(|c| c.starts_with("entente-ma-lang=ar;")));
    let mut held = get(&format!("/dossiers/{d}"), "ar");
    let jar = held.headers()["cookie"].to_str().unwrap().to_owned();
    let jar = format!("{jar}; entente-ma-tour=2.{d}");
    held.headers_mut().insert("cookie", jar.parse().unwrap());
    let page = text(ask(&router, held).await).await;
    let (_, strip) = page.split_once("class=\"thread\"").unwrap();
    let (strip, _) = strip.split_once("</nav>").unwrap();
    assert!(
        strip.contains(&format!("href=\"/tour?d={d}#step-3\"")),
        "{strip}"
    );
    assert!(strip.contains("الجولة"), "{strip}");
    let ended = ask(&router, get("/tour/see?step=0", "en")).await;
    let ended = ended.headers()["set-cookie"].to_str().unwrap();
    assert!(ended.starts_with("entente-ma-tour=;") && ended.contains("Max-Age=0"));
}

/// What was found leads on by words that can be read, also where it has none of its own.
#[tokio::test]
async fn what_was_found_has_a_name() {
    let (router, _) = world();
    for (lang, waived) in [
        ("en", "waiver"),
        ("fr", "abandon par le créancier"),
        ("ar", "تنازل"),
    ] {
        let page = text(ask(&router, get("/dossiers?q=x", lang)).await).await;
        let link = format!("<a href=\"/entries/{}\">{waived}</a>", entry_id(2));
        assert!(page.contains(&link), "{lang}");
    }
}

/// Of two proposals, the preview's form is about the one that was chosen, not about another that may be signed too. Take out: the
/// proposal of what `preview` in pages/write.rs asks for.
#[tokio::test]
async fn a_preview_to_mend_is_of_the_proposal_that_was_chosen() {
    let mut pair = TestPair::linked(4731);
    let charter = pair.charter.unwrap();
    let mut proposed = Vec::new();
    for transit in ["2h", "3h"] {
        let terms = serde_json::json!({"transit": transit});
        let wanted = Recording {
            terms: Some(serde_json::from_value(terms).unwrap()),
            ..recording("charter.propose", &Writing::on(charter, &[])).unwrap()
        };
        let fr = pair.fr();
        let done = fr.app.record(&fr.officer("liaison").unwrap(), wanted);
        proposed.push(done.unwrap().entry.to_string());
        pair.wire.wake(Side::Fr.index());
        pair.settle();
    }
    let signer = Person::of(pair.ma(), "signer", "liaison").await;
    let path = format!("/dossiers/{charter}/write/charter.sign");
    let binding = |page: &str| {
        let (_, rest) = page.split_once("class=\"facts binding\"").unwrap();
        rest.split_once("<form").unwrap().0.to_owned()
    };
    let mut seen = Vec::new();
    for proposal in &proposed {
        let form = signer.get(&format!("{path}?proposal={proposal}")).await;
        let too_long = "x".repeat(4_001);
        let fields = [("proposal", proposal.as_str()), ("text", &too_long)];
        let (status, mended) = signer.send(&format!("{path}/preview"), &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(binding(&mended), binding(&form));
        seen.push(binding(&form));
    }
    assert_ne!(seen[0], seen[1]);
}
