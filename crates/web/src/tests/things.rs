//! Things of an investigation on pages: brought by a form, found, linked to another that is chosen from the list, said to be the same as
//! one of the other side, and parted again. In three languages, by two nodes.

use super::html;
use super::real::Person;
use axum::http::StatusCode;
use entente_core::label::Lang;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// An investigation that Morocco opened, with somebody at a desk on either side.
struct Place {
    pair: TestPair,
    list: String,
    write: String,
    ma: Person,
    fr: Person,
}

const NUMBER: [(&str, &str); 2] = [("name", "+212 5 00 00 00 01"), ("nature", "fact")];

async fn place(seed: u64) -> Place {
    let mut pair = TestPair::linked(seed);
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
    let dossier = opened.dossier;
    pair.settle();
    Place {
        ma: Person::of(pair.ma(), "agent", "liaison").await,
        fr: Person::of(pair.fr(), "agent", "liaison").await,
        list: format!("/dossiers/{dossier}/things"),
        write: format!("/dossiers/{dossier}/write"),
        pair,
    }
}

fn id_in(path: &str) -> &str {
    path.trim_start_matches("/things/")
}

#[tokio::test]
async fn things_are_brought_found_and_linked_by_forms() {
    let mut at = place(91).await;
    let (ma, fr, write) = (&at.ma, &at.fr, &at.write);
    let page = ma.get(at.list.trim_end_matches("/things")).await;
    assert!(page.contains(&at.list), "the dossier's page leads there");
    assert!(
        !page.contains("write/investigation.vessel"),
        "and offers no list of sorts itself"
    );
    let path = format!("{write}/investigation.person");
    assert!(ma.get(&path).await.contains("placeholder=\"1987-05\""));
    let mut person = vec![
        ("name", "Exemple Inventé"),
        ("script", "fr-Latn"),
        ("second_name", "مثال مخترع"),
        ("second_script", "ar-Arab"),
        ("from_date", "1987-5"),
        ("nature", "fact"),
    ];
    let (status, said) = ma.send(&path, &person).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("as far as it is known") && said.contains("is required"));
    person[4].1 = "1987-05";
    person.push(("category", "witness"));
    let (status, _) = ma.send(&path, &person).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a closed list");
    person[6].1 = "contact";
    let thing = ma.post(&path, &person).await;
    assert!(thing.starts_with("/things/"), "{thing}");
    let phone = ma
        .post(&format!("{write}/investigation.phone"), &NUMBER)
        .await;

    // What to link to is chosen on the list, by a search within this dossier.
    let (id, there) = (id_in(&thing), id_in(&phone));
    let choose = ma.get(&format!("{}?link={id}&q=00+01", at.list)).await;
    let way = format!("{write}/investigation.link?from_thing={id}&amp;to_thing={there}");
    assert!(choose.contains(&way), "{choose}");
    let form = ma.get(&way.replace("&amp;", "&")).await;
    assert!(
        form.contains(&format!("value=\"{there}\" selected")),
        "chosen already"
    );
    let link = [
        ("from_thing", id),
        ("how", "uses"),
        ("to_thing", there),
        ("nature", "assessment"),
    ];
    let back = ma.post(&format!("{write}/investigation.link"), &link).await;
    assert_eq!(back, thing);
    at.pair.settle();
    let seen = fr.fetch(&phone, "ar").await.1;
    assert!(
        seen.contains("يستعمله"),
        "read from the other end, in Arabic"
    );
    assert!(fr.get(&thing).await.contains("lang=\"ar-Arab\""));
}

#[tokio::test]
async fn two_records_are_said_to_be_the_same_and_parted_by_forms() {
    let mut at = place(94).await;
    let (ma, fr, write) = (&at.ma, &at.fr, &at.write);
    let path = format!("{write}/investigation.phone");
    let (phone, theirs) = (ma.post(&path, &NUMBER).await, fr.post(&path, &NUMBER).await);
    let car = [("name", "1-A-1"), ("nature", "fact")];
    let car = ma
        .post(&format!("{write}/investigation.vehicle"), &car)
        .await;
    at.pair.settle();

    // Only two of one sort can be the same; people say so, and take it back.
    let (there, other) = (id_in(&phone), id_in(&theirs));
    let compare = ma.get(&format!("{}?same={there}", at.list)).await;
    assert!(compare.contains(&format!("one={there}&amp;other={other}")));
    assert!(!compare.contains(&format!("other={}", id_in(&car))));
    let same = [("one", there), ("other", other), ("text", "Même numéro.")];
    ma.post(&format!("{write}/investigation.same"), &same).await;
    at.pair.settle();
    let joined = fr.get(&theirs).await;
    assert!(joined.contains("Records of the same thing"));
    let undo = joined.split("investigation.undo?decision=").nth(1);
    let decision: String = undo.expect("a way to undo it").chars().take(64).collect();
    let form = fr
        .get(&format!("{write}/investigation.undo?decision={decision}"))
        .await;
    assert!(form.contains(&format!("value=\"{decision}\" selected")));
    let undo = [
        ("decision", decision.as_str()),
        ("text", "Autre titulaire."),
    ];
    fr.post(&format!("{write}/investigation.undo"), &undo).await;
    at.pair.settle();
    let parted = ma.get(&phone).await;
    assert!(!parted.contains("Records of the same thing"));
    assert!(parted.contains("Autre titulaire.") && parted.contains("undone"));
    for lang in Lang::ALL {
        for path in [&at.list, &phone, &theirs] {
            let (status, page) = ma.fetch(path, lang.as_str()).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(html::problems(&page), [""; 0], "{path} in {lang}");
        }
    }
}

/// Invariant 6: a name that its originator lets nobody print is on no paper, neither as a title, in a list nor at the other end of a link.
#[tokio::test]
async fn invariant_06_a_page_that_names_what_is_not_printed_is_not_printed() {
    let mut at = place(97).await;
    let (ma, fr, write) = (&at.ma, &at.fr, &at.write);
    let path = format!("{write}/investigation.phone");
    let ours = ma.post(&path, &NUMBER).await;
    at.pair.settle();
    for page in [&at.list, &ours] {
        assert!(
            !ma.get(page).await.contains("this page is not printed"),
            "{page}"
        );
    }
    let closed = [
        ("name", "+33 1 00 00 00 09"),
        ("nature", "fact"),
        ("handling", "H2"),
    ];
    let theirs = fr.post(&path, &closed).await;
    at.pair.settle();
    let title = "<title>+33 1 00 00 00 09";
    for page in [&at.list, &ours, &theirs] {
        let read = ma.get(page).await;
        assert!(read.contains("this page is not printed"), "{page}");
        assert!(
            read.contains("class=\"unprinted\"") && !read.contains(title),
            "{page}"
        );
    }
    assert!(
        fr.get(&theirs).await.contains(title),
        "nobody is bound by their own"
    );
}
