//! The agreement of an investigation on pages: proposed in two languages, changed by the other side, signed with a box that is ticked on
//! purpose, printed side by side; and the phases and evaluation that follow.

use super::html::{self, on};
use super::real::Person;
use axum::http::StatusCode;
use entente_core::ids::DossierId;
use entente_core::kinds::investigation::agreement::CLAUSES;
use entente_core::label::Lang;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const TERMS: [(&str, &str); 11] = [
    ("begins", "2015-06-01"),
    ("ends", "2016-05-31"),
    ("other_lang", "ar"),
    ("parties", "Le parquet de chaque État."),
    ("parties_other", "النيابة العامة في كل دولة."),
    ("purpose", "Établir l’itinéraire."),
    ("states", "Les deux États."),
    ("leaders", "Un magistrat de chaque côté."),
    ("purpose_other", "تحديد المسار."),
    ("states_other", "الدولتان."),
    ("leaders_other", "قاض من كل جانب."),
];

fn opened(seed: u64) -> (TestPair, DossierId) {
    let mut pair = TestPair::linked(seed);
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
    pair.settle();
    (pair, opened.dossier)
}

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = TERMS
        .into_iter()
        .filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    kept.chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn an_agreement_is_drawn_up_signed_and_printed_by_pages() {
    let (mut pair, dossier) = opened(92);
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let (page, write) = (
        format!("/dossiers/{dossier}/agreement"),
        format!("/dossiers/{dossier}/write"),
    );
    assert!(
        ma.get(&format!("/dossiers/{dossier}"))
            .await
            .contains(&page)
    );
    assert!(
        ma.get(&page)
            .await
            .contains("No agreement has been proposed yet.")
    );
    let form = format!("{write}/investigation.agreement");
    // Take out: `.beside()` of the clauses. Every clause has its two texts side by side, in sight.
    let empty = ma.get(&form).await;
    let pairs: Vec<&str> = empty.split("<div class=\"languages\">").skip(1).collect();
    assert_eq!(pairs.len(), CLAUSES.len());
    for (pair, clause) in pairs.iter().zip(CLAUSES) {
        let at = |name: &str| pair.find(&format!("name=\"{name}\"")).unwrap();
        assert!(at(clause.name) < at(clause.other), "{}", clause.name);
    }
    let (status, said) = ma.send(&form, &with(&[])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "without the box");
    assert!(said.contains("commit your state") && said.contains("Tick the box"));
    let (status, said) = ma
        .send(&form, &with(&[("ends", "2015-01-01"), ("_sure", "yes")]))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("the end is before the beginning"));
    ma.post(&form, &with(&[("_sure", "yes"), ("_lang", "fr")]))
        .await;
    pair.settle();

    // The other side reads it in both languages, and proposes otherwise: what changes is shown clause by clause.
    let read = fr.get(&page).await;
    assert!(read.contains("dir=\"rtl\"") && read.contains("النيابة العامة"));
    assert!(read.contains("waits for a signature"));
    let asked = on(&read, "investigation.counter");
    let counter = format!("{write}/investigation.counter");
    let drawn = fr
        .get(&format!("{counter}?on={}", asked.replace('#', "%23")))
        .await;
    assert!(
        drawn.contains("Établir l’itinéraire."),
        "it starts from what it answers"
    );
    let version = asked.split('#').next().unwrap().to_owned();
    half_a_clause_is_refused(&fr, &counter, &asked).await;
    let changed = with(&[
        ("media", "Communiqué commun."),
        ("media_other", "بلاغ مشترك."),
        ("changes", version.as_str()),
        ("_on", asked.as_str()),
        ("_sure", "yes"),
        ("_lang", "fr"),
    ]);
    fr.post(&counter, &changed).await;
    pair.settle();
    let read = ma.get(&page).await;
    assert!(read.contains("What changes from version 1"));
    assert!(read.contains("<ins dir=\"auto\">Communiqué commun.</ins>"));
    assert!(
        !read.contains("<ins dir=\"auto\">Établir"),
        "and nothing else"
    );
    let asked = on(&read, "investigation.sign");
    let sign = [("_on", asked.as_str()), ("_sure", "yes")];
    ma.post(&format!("{write}/investigation.sign"), &sign).await;
    pair.settle();
    for (who, lang, said) in [
        (&ma, Lang::Ar, "سارية المفعول"),
        (&fr, Lang::Fr, "en vigueur"),
        (&fr, Lang::En, "in force"),
    ] {
        let (status, page) = who.fetch(&page, lang.as_str()).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(html::problems(&page), [""; 0]);
        assert!(page.contains(said), "{lang}");
    }
}

/// Take out: in `app/src/inquiry.rs::half_written`, either of its two checks. Both columns are signed: a clause in one of
/// them only is none.
async fn half_a_clause_is_refused(fr: &Person, counter: &str, asked: &str) {
    let half = with(&[
        ("media", "Communiqué commun."),
        ("_on", asked),
        ("_sure", "yes"),
        ("_lang", "fr"),
    ]);
    let (status, said) = fr.send(counter, &half).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("written in the other language only"));
    let wrong = said.split("id=\"f-media_other-e\"").count();
    assert_eq!(
        wrong, 2,
        "said at the empty box, in the group that holds it"
    );
    assert!(said.contains("Data, publicity, costs <span class=\"count\">1 of 6 written</span>"));
    let alike = with(&[
        ("other_lang", "fr"),
        ("_on", asked),
        ("_sure", "yes"),
        ("_lang", "fr"),
    ]);
    let (status, said) = fr.send(counter, &alike).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("written in two different languages"));
}

#[tokio::test]
async fn an_investigation_is_led_and_evaluated_by_pages() {
    let (mut pair, dossier) = opened(93);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let (home, write) = (
        format!("/dossiers/{dossier}"),
        format!("/dossiers/{dossier}/write"),
    );
    let page = ma.get(&home).await;
    assert!(page.contains("preparatory phase"));
    assert!(page.contains("write/investigation.to_operational"));
    assert!(
        !page.contains("write/investigation.to_prosecution"),
        "only what may follow"
    );
    let theirs = fr.get(&home).await;
    assert!(
        !theirs.contains("write/investigation.to_operational"),
        "the convenor leads"
    );
    let why = [("text", "L’accord est signé.")];
    ma.post(&format!("{write}/investigation.to_operational"), &why)
        .await;
    pair.settle();
    assert!(fr.get(&home).await.contains("operational phase"));
    let evaluation = format!("{home}/evaluation");
    let page = fr.get(&evaluation).await;
    assert!(page.contains("write/investigation.midterm"));
    assert!(page.contains("contributions") && page.contains("feedback owed"));
    let words = [
        ("next_time", "Convenir plus tôt des interprètes."),
        ("_lang", "fr"),
    ];
    fr.post(&format!("{write}/investigation.midterm"), &words)
        .await;
    pair.settle();
    assert!(
        ma.get(&evaluation)
            .await
            .contains("Convenir plus tôt des interprètes.")
    );
    // What was given and what came of it stands before all that may be done.
    let fields = [("title", "Relevé"), ("text", "Trois départs.")];
    fr.post(&format!("{write}/investigation.contribute"), &fields)
        .await;
    pair.settle();
    let page = ma.get(&home).await;
    let (got, does) = (page.find("id=\"got\""), page.find("class=\"actions\""));
    assert!(got.expect("what was got") < does.expect("what may be done"));
}
