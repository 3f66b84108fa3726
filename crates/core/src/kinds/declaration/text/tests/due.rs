//! Due phrases in three languages.

use super::super::DueRelation;
use super::proposal;

/// Text of a promise and its only due phrase: words, date, latest day, period.
fn due(
    text: &str,
) -> (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    DueRelation,
) {
    let p = proposal(text);
    let all: Vec<_> = p.commitments.iter().flat_map(|c| c.due.clone()).collect();
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    let d = all.into_iter().next().expect("one");
    (d.text, d.date, d.latest, d.period, d.relation)
}

#[test]
fn dates_and_bounds() {
    let cases = [
        (
            "The two sides agree to meet before the end of 2018.",
            "before the end of 2018",
            "2018-12-31",
            "2018-12-31",
        ),
        (
            "The two sides agree to meet by 2022.",
            "by 2022",
            "2022",
            "2022-12-31",
        ),
        (
            "The two sides agree to meet before 2018.",
            "before 2018",
            "2018",
            "2017-12-31",
        ),
        (
            "The two sides agree to meet by May 28, 2019.",
            "by May 28, 2019",
            "2019-05-28",
            "2019-05-28",
        ),
        (
            "Les deux pays ont convenu de se réunir d'ici 2020.",
            "d'ici 2020",
            "2020",
            "2020-12-31",
        ),
        (
            "Les deux pays ont convenu de se réunir avant fin 2018.",
            "avant fin 2018",
            "2018-12-31",
            "2018-12-31",
        ),
        (
            "Les deux pays ont convenu de se réunir au plus tard le 31 mars 2021.",
            "au plus tard le 31 mars 2021",
            "2021-03-31",
            "2021-03-31",
        ),
        (
            "Les deux pays ont convenu de se réunir au cours du second semestre 2016.",
            "au cours du second semestre 2016",
            "2016-07-01/2016-12-31",
            "2016-12-31",
        ),
        (
            "اتفق البلدان على عقد اجتماع قبل نهاية سنة 2018.",
            "قبل نهاية سنة 2018",
            "2018-12-31",
            "2018-12-31",
        ),
        (
            "اتفق البلدان على عقد اجتماع بحلول عام ٢٠٢٢.",
            "بحلول عام ٢٠٢٢",
            "2022",
            "2022-12-31",
        ),
    ];
    for (text, words, date, latest) in cases {
        let (w, d, l, _, _) = due(text);
        assert_eq!(
            (w.as_str(), d.as_deref(), l.as_deref()),
            (words, Some(date), Some(latest)),
            "{text}"
        );
    }
}

#[test]
fn periods_and_phrases() {
    let cases = [
        (
            "The two sides agree to meet annually.",
            Some("P1Y"),
            DueRelation::Every,
        ),
        (
            "The two sides agree to meet every six months.",
            Some("P6M"),
            DueRelation::Every,
        ),
        (
            "The two sides agree to answer within 30 days.",
            Some("P30D"),
            DueRelation::Within,
        ),
        (
            "The two sides agree to answer within 48 hours.",
            Some("PT48H"),
            DueRelation::Within,
        ),
        (
            "The two sides agree to answer immediately.",
            None,
            DueRelation::Prompt,
        ),
        (
            "Les deux pays s'engagent à répondre dans un délai de trois mois.",
            Some("P3M"),
            DueRelation::Within,
        ),
        (
            "Les deux pays s'engagent à répondre dans les meilleurs délais.",
            None,
            DueRelation::Prompt,
        ),
        (
            "Les deux pays s'engagent à se réunir deux fois par an.",
            Some("P6M"),
            DueRelation::Every,
        ),
        (
            "يلتزم الطرفان بتقديم الجواب في غضون ثلاثة أشهر.",
            Some("P3M"),
            DueRelation::Within,
        ),
        (
            "يلتزم الطرفان بتقديم الجواب فورا.",
            None,
            DueRelation::Prompt,
        ),
    ];
    for (text, period, relation) in cases {
        let (_, _, _, p, r) = due(text);
        assert_eq!((p.as_deref(), r), (period, relation), "{text}");
    }
}

#[test]
fn relative_dates_need_the_date_of_the_text() {
    let text = "Rome, 31 January 2030\n\nThe two sides agree to answer within one month. They will meet by the end of the year.";
    let p = proposal(text);
    assert_eq!(p.date.as_deref(), Some("2030-01-31"));
    let latest: Vec<_> = p
        .commitments
        .iter()
        .flat_map(|c| &c.due)
        .map(|d| d.latest.as_deref())
        .collect();
    assert_eq!(latest, [Some("2030-02-28"), Some("2030-12-31")]);
}
