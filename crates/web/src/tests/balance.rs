//! The balance as a page and on paper: both sides in one order, every plot with its words, periods as they are asked for.

use super::{ask, get, text, world};
use axum::http::StatusCode;
use entente_core::label::Lang;

async fn read(path: &str, lang: Lang) -> String {
    let (router, _) = world();
    let response = ask(&router, get(path, lang.as_str())).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    text(response).await
}

/// Every plot is an image with a name, words and a table; sides stand in the order of their names. Take out: `role`, the table in `figure`,
/// or sort the sides by ours and theirs.
#[tokio::test]
async fn the_balance_is_read_in_words_pictures_and_tables() {
    for lang in Lang::ALL {
        let page = read("/balance/fr?year=2015", lang).await;
        let plots = page.matches("<figure class=\"plot\">").count();
        assert!(plots >= 6, "{lang}: {plots} plots");
        assert_eq!(page.matches("role=\"img\" aria-labelledby").count(), plots);
        assert!(
            page.matches("<table").count() > plots,
            "{lang}: a table for each"
        );
        let said = page.split("id=\"said\"").nth(1).unwrap();
        let sentences: Vec<&str> = said.split("<p class=\"lead\">").skip(1).collect();
        let side = |n: usize| sentences[n].split("</p>").next().unwrap();
        assert!(side(0).contains("fr") && side(1).contains("ma"), "{lang}");
        assert!(page.contains("id=\"rights\"") && page.contains("class=\"defined\""));
    }
    let english = read("/balance/fr?year=2015", Lang::En).await;
    assert!(english.contains("ma was asked 12 times"));
    assert!(english.contains("In 2015"));
    assert!(english.contains("2015*"), "the running year is marked");
}

/// The paper says the same in two languages side by side, its identifiers once. Take out: `words_in`, the language in a plot's
/// identifier, or the target that `paper::show` takes away.
#[tokio::test]
async fn the_balance_stands_on_paper_in_two_languages() {
    let paper = read("/balance/fr/paper?year=2015&with=ar", Lang::Fr).await;
    for part in [
        "<div lang=\"fr\" dir=\"ltr\">",
        "<div lang=\"ar\" dir=\"rtl\">",
        "id=\"asked-fr-title\"",
        "id=\"asked-ar-title\"",
    ] {
        assert!(paper.contains(part), "{part}");
    }
    assert!(
        !paper.contains("Les séries ouvertes visent"),
        "words of an opening are not printed"
    );
    assert!(
        read("/balance/fr?year=2015", Lang::Fr)
            .await
            .contains("Les séries ouvertes visent")
    );
    let (router, _) = world();
    let wrong = ask(&router, get("/balance/fr/paper?with=xx", "fr")).await;
    assert_eq!(wrong.status(), StatusCode::NOT_FOUND);
}

/// What the verb refuses is said in words (testkit/tests/themes.rs: that it refuses). Take out: `BalanceYears` in web/src/faults.rs.
#[tokio::test]
async fn more_than_ten_years_are_refused_in_words() {
    let (router, _) = world();
    for path in ["/balance/fr", "/balance/fr/paper", "/api/v1/balance/fr"] {
        let of = |from: &str| get(&format!("{path}?from={from}&to=2015-12-31"), "en");
        let whole = ask(&router, of("2006-01-01")).await;
        assert_eq!(whole.status(), StatusCode::OK, "{path}");
        let refused = ask(&router, of("2005-01-01")).await;
        assert!(refused.status().is_client_error(), "{path}");
        let said = text(refused).await.to_lowercase();
        assert!(said.contains("at most ten years"), "{path}: {said}");
    }
}

/// Take out: the years without medians in api/json.rs, or the calendar years that `period` takes.
#[tokio::test]
async fn a_year_that_is_none_is_refused() {
    let (router, _) = world();
    for year in ["20O5", "99999", "-3"] {
        for path in [
            format!("/balance/fr?year={year}"),
            format!("/api/v1/balance/fr?year={year}"),
        ] {
            let refused = ask(&router, get(&path, "fr")).await;
            assert!(refused.status().is_client_error(), "{path}");
        }
    }
    let answer = read("/api/v1/balance/fr?year=2015", Lang::En).await;
    let page = read("/balance/fr?period=quarter", Lang::En).await;
    let pressed = "value=\"quarter\" aria-pressed=\"true\"";
    assert!(page.contains(pressed), "the period that is on is told");
    assert!(!page.contains("value=\"month\" aria-pressed"));
    for key in [
        "\"years\":",
        "\"sides\":",
        "\"by_kind\":",
        "\"meetings_held\":3",
        "\"a_year\":4",
    ] {
        assert!(answer.contains(key), "{key} in {answer}");
    }
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let figures = &answer["years"][0]["sides"]["ma"]["figures"];
    assert!(figures["asked"].is_u64() && figures.get("median").is_none());
}
