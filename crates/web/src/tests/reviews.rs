//! Reviews as people read them, on real nodes in three languages: the list, the dossier's head, and what a prolongation does to the day.

use super::real::Person;
use axum::http::StatusCode;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const DAY: i64 = 86_400_000;

/// The node that looks after its reviews, by a clock that its administrator confirms.
fn look(pair: &TestPair) {
    let ma = pair.ma();
    ma.app
        .confirm_clock(&ma.officer("administrator").unwrap())
        .unwrap();
    ma.app.keep_reviews().unwrap();
}

/// The words of a page without its tags, one space between them.
fn words_of(page: &str) -> String {
    let text = page
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = text.collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What of a page is said in each language.
async fn says(person: &Person, path: &str, words: [&str; 3]) {
    for (lang, words) in ["fr", "ar", "en"].into_iter().zip(words) {
        let (status, page) = person.fetch(path, lang).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        let plain = words_of(&page);
        assert!(
            plain.contains(words),
            "{path} in {lang}: no {words}: {plain}"
        );
    }
}

#[tokio::test]
async fn a_review_is_read_with_its_day_and_why_it_is_that_day() {
    let mut pair = TestPair::linked(31);
    let (request, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.time.advance((3 * 365 - 20) * DAY);
    look(&pair);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let path = format!("/dossiers/{request}");
    // The day alone, by no clock: opened on 28 May 2015, and three years of 365 days later.
    says(
        &ma,
        "/reviews",
        [
            "réexamen le 27 mai · effacé à partir du 11 juin",
            "المراجعة في 27 ماي · يمحى ابتداء من 11 يونيو",
            "review on 27 May · erased from 11 Jun",
        ],
    )
    .await;
    says(
        &ma,
        &path,
        [
            "Réexamen 27 mai · durée prévue pour ce type de dossier, depuis son ouverture · effacé à partir du 11 juin",
            "المراجعة 27 ماي · المدة المقررة لهذا النوع منذ فتحه · يمحى ابتداء من 11 يونيو",
            "Review 27 May · the term of this kind, from its opening · erased from 11 Jun",
        ],
    )
    .await;
    pair.time.advance(21 * DAY);
    look(&pair);
    let ma = Person::of(pair.ma(), "agent-of-later", "liaison").await;
    says(
        &ma,
        "/reviews",
        [
            "demeure : quelque chose est encore dû",
            "يبقى: لا يزال شيء مستحقا",
            "stays: something is still owed",
        ],
    )
    .await;
    says(
        &ma,
        &path,
        [
            "▲ 27 mai · durée prévue",
            "▲ 27 ماي · المدة المقررة",
            "▲ 27 May · the term of this kind",
        ],
    )
    .await;
}

/// A day too late is refused with the last one that is taken; one before the review that stands is kept, and said to change nothing; one
/// after it moves the day, and the head says so.
#[tokio::test]
async fn a_prolongation_says_what_it_does() {
    let mut pair = TestPair::linked(32);
    let (request, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    pair.time.advance(10 * DAY);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let form = format!("/dossiers/{request}/write/keep");
    says(
        &ma,
        &form,
        [
            "réexamen le 27 mai 2018 · durée prévue",
            "المراجعة في 27 ماي 2018 · المدة المقررة",
            "review on 27 May 2018 · the term of this kind",
        ],
    )
    .await;
    let keep = |until| [("until", until), ("why", "still_needed")];
    let (status, page) = ma.send(&form, &keep("2021-01-01")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"f-until-e\""), "{page}");
    assert!(page.contains("no later than 6 Jun 2018"), "{page}");
    ma.post(&form, &keep("2016-01-01")).await;
    let dossier = format!("/dossiers/{request}");
    says(
        &ma,
        &dossier,
        [
            "réexaminé ; le jour indiqué étant plus proche, le réexamen reste fixé au 27 mai 2018",
            "روجع؛ واليوم المذكور أقرب، فتبقى المراجعة في 27 ماي 2018",
            "reviewed; an earlier day was named, and the review stays on 27 May 2018",
        ],
    )
    .await;
    ma.post(&form, &keep("2018-06-01")).await;
    says(
        &ma,
        &dossier,
        [
            "Réexamen 1 juin 2018 · conservé : toujours nécessaires",
            "المراجعة 1 يونيو 2018 · مبقى عليه: لا تزال لازمة",
            "Review 1 Jun 2018 · kept: still needed for what they were sent for",
        ],
    )
    .await;
    let (_, json) = ma.fetch(&format!("/api/v1/dossiers/{request}"), "en").await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["review"]["because"], "kept");
    assert_eq!(json["review"]["reason"], "still_needed");
    assert_eq!(json["review"]["due"], "2018-06-02T00:00:00Z");
    // What was written for our node alone needs no partner; erased, nothing is left to review.
    let erased = Writing::on(request, &[("all", "on")]);
    pair.write(Side::Ma, "erase", &erased);
    let (_, page) = ma.fetch(&dossier, "en").await;
    assert!(!page.contains("id=\"review\""), "nothing is left of it");
}
