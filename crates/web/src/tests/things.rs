//! Things of an investigation on pages: brought by a form, found, linked to another that is chosen from the list, said to be the same as
//! one of the other side, and parted again. In three languages, by two nodes.

use super::html;
use super::real::Person;
use axum::http::StatusCode;
use entente_core::label::Lang;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

#[tokio::test]
async fn things_are_brought_linked_and_compared_by_forms() {
    let mut pair = TestPair::linked(91);
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
    let dossier = opened.dossier;
    pair.settle();
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let (list, write) = (
        format!("/dossiers/{dossier}/things"),
        format!("/dossiers/{dossier}/write"),
    );
    let page = ma.get(&format!("/dossiers/{dossier}")).await;
    assert!(page.contains(&list), "the dossier's page leads there");
    assert!(
        !page.contains("write/investigation.vessel"),
        "and offers no list of sorts itself"
    );

    let form = ma.get(&format!("{write}/investigation.person")).await;
    assert!(form.contains("placeholder=\"1987-05\""), "a partial date");
    let mut person = vec![
        ("name", "Exemple Inventé"),
        ("script", "fr-Latn"),
        ("second_name", "مثال مخترع"),
        ("second_script", "ar-Arab"),
        ("from_date", "1987-5"),
        ("nature", "fact"),
    ];
    let (status, said) = ma
        .send(&format!("{write}/investigation.person"), &person)
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("as far as it is known") && said.contains("is required"));
    person[4].1 = "1987-05";
    person.push(("category", "witness"));
    let (status, _) = ma
        .send(&format!("{write}/investigation.person"), &person)
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a closed list");
    person[6].1 = "contact";
    let thing = ma
        .post(&format!("{write}/investigation.person"), &person)
        .await;
    assert!(thing.starts_with("/things/"), "{thing}");
    let number = [("name", "+212 5 00 00 00 01"), ("nature", "fact")];
    let phone = ma
        .post(&format!("{write}/investigation.phone"), &number)
        .await;
    let theirs = fr
        .post(&format!("{write}/investigation.phone"), &number)
        .await;
    pair.settle();

    // What to link to is chosen on the list, by a search within this dossier.
    let id = thing.trim_start_matches("/things/");
    let choose = ma.get(&format!("{list}?link={id}&q=00+01")).await;
    let there = phone.trim_start_matches("/things/");
    let way = format!("{write}/investigation.link?from_thing={id}&amp;to_thing={there}");
    assert!(choose.contains(&way), "{choose}");
    let form = ma.get(&way.replace("&amp;", "&")).await;
    assert!(
        form.contains(&format!("value=\"{there}\" selected")),
        "both are chosen already"
    );
    let link = [
        ("from_thing", id),
        ("how", "uses"),
        ("to_thing", there),
        ("nature", "assessment"),
    ];
    let back = ma.post(&format!("{write}/investigation.link"), &link).await;
    assert_eq!(back, thing);
    pair.settle();
    let seen = fr.fetch(&phone, "ar").await.1;
    assert!(
        seen.contains("يستعمله"),
        "read from the other end, in Arabic"
    );
    assert!(fr.get(&thing).await.contains("lang=\"ar-Arab\""));

    // Only two of one sort can be the same; people say so, and take it back.
    let other = theirs.trim_start_matches("/things/");
    let compare = ma.get(&format!("{list}?same={there}")).await;
    assert!(compare.contains(&format!("one={there}&amp;other={other}")));
    assert!(!compare.contains(&format!("other={id}")));
    let same = [("one", there), ("other", other), ("text", "Même numéro.")];
    ma.post(&format!("{write}/investigation.same"), &same).await;
    pair.settle();
    let joined = fr.get(&theirs).await;
    assert!(joined.contains("Records of the same thing") && joined.contains("is used by"));
    let undo = joined
        .split("investigation.undo?decision=")
        .nth(1)
        .expect("a way to undo it");
    let decision: String = undo.chars().take(64).collect();
    let undo = [
        ("decision", decision.as_str()),
        ("text", "Autre titulaire."),
    ];
    fr.post(&format!("{write}/investigation.undo"), &undo).await;
    pair.settle();
    let parted = ma.get(&phone).await;
    assert!(!parted.contains("Records of the same thing"));
    assert!(parted.contains("Autre titulaire.") && parted.contains("undone"));
    for lang in Lang::ALL {
        for path in [&list, &thing, &phone] {
            let (status, page) = ma.fetch(path, lang.as_str()).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(html::problems(&page), [""; 0], "{path} in {lang}");
        }
    }
}
