//! Lessons on pages of two nodes: from an observation to its analysis by what the page offers, an evaluation of governance that fills the
//! form of an observation, and lessons found again beside a young dossier.

use super::html::on;
use super::real::Person;
use entente_core::ids::DossierId;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const SEEN: [(&str, &str); 4] = [
    ("title", "Réponses sans suite dite"),
    ("observed", "Une réponse sur trois restait sans retour."),
    ("context", "Demandes de renseignements."),
    ("matters", "Qui répond ne sait pas ce qui sert."),
];

fn opened(seed: u64) -> (TestPair, DossierId) {
    let mut pair = TestPair::linked(seed);
    let fields = [("title", "Retours"), ("theme", "feedback")];
    let opened = pair.write(Side::Ma, "lesson.open", &Writing::new(&fields));
    pair.settle();
    (pair, opened.dossier)
}

/// What waits at a lesson is answered from the page, and both sides read the same states. Take out: in `web/src/pages/lessons.rs`, the
/// obligations of a lesson; in `core`, the ask of an observation.
#[tokio::test]
async fn a_lesson_is_led_on_from_the_page() {
    let (mut pair, dossier) = opened(430);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let page = format!("/dossiers/{dossier}/lessons");
    let home = ma.get(&format!("/dossiers/{dossier}")).await;
    assert!(home.contains(&page));
    assert!(
        ma.get(&page)
            .await
            .contains("No observation has been submitted yet.")
    );
    let mut fields = SEEN.to_vec();
    fields.push(("_lang", "fr"));
    ma.post(
        &format!("/dossiers/{dossier}/write/lesson.observation"),
        &fields,
    )
    .await;
    pair.settle();
    let read = fr.get(&page).await;
    assert!(read.contains("observation to be analysed") && read.contains("Une réponse sur trois"));
    let asked = on(&read, "lesson.identified");
    let identified = [
        ("title", "Le retour se demande à l’ouverture"),
        ("root_cause", "Personne n’est désigné."),
        ("remedy", "Nommer la fonction."),
        ("owner", "les services de liaison"),
        ("_on", asked.as_str()),
        ("_lang", "fr"),
    ];
    fr.post(
        &format!("/dossiers/{dossier}/write/lesson.identified"),
        &identified,
    )
    .await;
    pair.settle();
    for person in [&ma, &fr] {
        let read = person.get(&page).await;
        assert!(
            read.contains("lesson to be endorsed") && !read.contains("observation to be analysed")
        );
        assert!(read.contains("Le retour se demande à l’ouverture"));
        let (_, told) = person.fetch(&format!("/api/v1{page}"), "en").await;
        let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(told["lessons"][0]["state"], "identified");
        assert_eq!(
            told["lessons"][0]["steps"].as_array().map(Vec::len),
            Some(2)
        );
    }
    assert!(ma.get(&page).await.contains("write/lesson.endorse"));
    assert!(!fr.get(&page).await.contains("write/lesson.endorse"));
}

/// A young dossier shows lessons near to its words, and so does the form that opens one once words are given. Take out: in
/// `web/src/pages/dossier.rs`, `near`; in `web/src/pages/write.rs`, `above`.
#[tokio::test]
async fn lessons_are_found_again_beside_a_young_dossier() {
    let (mut pair, dossier) = opened(431);
    pair.write(Side::Ma, "lesson.observation", &Writing::on(dossier, &SEEN));
    let desk = [("title", "Réponses restées sans retour")];
    let desk = pair.write(Side::Fr, "desk.open", &Writing::new(&desk));
    let far = [("title", "Agenda")];
    let far = pair.write(Side::Fr, "desk.open", &Writing::new(&far));
    pair.settle();
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let near = format!("/dossiers/{dossier}/lessons#l-");
    let young = fr.get(&format!("/dossiers/{}", desk.dossier)).await;
    assert!(young.contains(&near) && young.contains("Réponses sans suite dite"));
    let far = fr.get(&format!("/dossiers/{}", far.dossier)).await;
    assert!(!far.contains(&near));
    let form = fr.get("/open/desk").await;
    assert!(form.contains("name=\"near\"") && !form.contains(&near));
    let form = fr
        .get("/open/desk?near=r%C3%A9ponse%20retour&title=Essai")
        .await;
    assert!(form.contains(&near));
    assert!(
        form.contains("name=\"title\" value=\"Essai\""),
        "what the form was filled with stays"
    );
}
