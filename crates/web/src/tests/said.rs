//! What pages say before something is done, over two real nodes: an assurance in the reader's language, the pseudonym that will be read, and
//! nothing of leaving where nothing leaves.

use super::real::Person;
use entente_core::codes::Role;
use entente_core::ids::EntryId;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// What a state requires is read by the other in its own language before it is confirmed, beside its author's words.
#[tokio::test]
async fn invariant_06_an_assurance_is_read_in_the_readers_language_before_it_is_confirmed() {
    let mut pair = TestPair::linked(4801);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let fields = [
        ("text", "De Zanzibar."),
        ("assurances", "no_death_penalty,fair_trial"),
    ];
    let answer = Writing::on(dossier, &fields).target(asked);
    let answer = pair.write(Side::Fr, "request.answer", &answer).entry;
    pair.settle();
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let entry = format!("/entries/{answer}");
    let own = "Qui confirme s’y engage pour son service : pas de peine de mort ; procès équitable.";
    for (lang, commits, fair) in [
        ("ar", "من يؤكد يلتزم باسم مصلحته:", "محاكمة عادلة"),
        (
            "en",
            "Whoever confirms commits their service to this:",
            "fair trial",
        ),
    ] {
        let page = ma.fetch(&entry, lang).await.1;
        let notice = condition(&page);
        assert!(notice.contains(commits) && notice.contains(fair), "{lang}");
        assert!(notice.contains(own), "{lang}: its author’s words beside it");
        assert!(!page.contains("Zanzibar"), "{lang}");
    }
    // Whoever reads the author's language reads it once.
    let page = ma.fetch(&entry, "fr").await.1;
    assert_eq!(condition(&page).matches("procès équitable").count(), 1);
    let said = ma.fetch(&format!("/api/v1{entry}"), "en").await.1;
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let assured = &said["conditions"]["texts"][0]["assurances"];
    assert_eq!(
        *assured,
        serde_json::json!(["no_death_penalty", "fair_trial"])
    );
}

/// The notice of a condition on a page.
fn condition(page: &str) -> &str {
    let notice = page.split("class=\"condition unread\"").nth(1);
    notice
        .and_then(|rest| rest.split("</form>").next())
        .unwrap()
}

/// An author under a pseudonym, with the role after it.
const UNNAMED: &str = "under a pseudonym <span class=\"dot\"";

/// A preview names its author only by the pseudonym that the entry will have.
#[tokio::test]
async fn a_preview_shows_the_pseudonym_that_will_be_read_or_says_that_there_will_be_one() {
    let mut pair = TestPair::linked(4802);
    let charter = pair.charter.unwrap();
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let path = format!("/dossiers/{charter}/write/note");
    let fields = [("text", "Bonjour."), ("_lang", "fr")];
    let preview = format!("{path}/preview");
    let before = ma.send(&preview, &fields).await.1;
    assert!(before.contains(UNNAMED), "{before}");
    ma.post(&path, &fields).await;
    pair.settle();
    let written = pair.ma().entries().unwrap();
    let of_agent = |id: EntryId| pair.ma().header(id).author.officer;
    let agent = written.last().map(|row| of_agent(row.id)).unwrap();
    let after = ma.send(&preview, &fields).await.1;
    assert!(after.contains(&format!("<bdi>{agent}</bdi>")), "{after}");
    assert!(!after.contains(UNNAMED), "{after}");
}

/// Of what is for our own node alone no form says that it leaves, or that anybody else must destroy it.
#[tokio::test]
async fn what_stays_here_is_not_said_to_leave() {
    let mut pair = TestPair::linked(4803);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let own = Writing::on(dossier, &[("text", "Pour nous.")]).own_only();
    let own = pair.write(Side::Ma, "note", &own).entry;
    let shared = Writing::on(dossier, &[("text", "Pour les deux.")]);
    let shared = pair.write(Side::Ma, "note", &shared).entry;
    pair.settle();
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let write = format!("/dossiers/{dossier}/write");
    for (entry, stays) in [(own, true), (shared, false)] {
        let translate = ma.get(&format!("{write}/translation?of={entry}")).await;
        assert_eq!(translate.contains("Read it as it will be recorded"), stays);
        assert_eq!(translate.contains("Read it as the partner will"), !stays);
        assert_eq!(translate.contains("Record and send"), !stays);
        let erase = ma.get(&format!("{write}/erase?entry={entry}")).await;
        assert_eq!(erase.contains("It never left this node"), stays);
        assert_eq!(erase.contains("destroyed at both nodes"), !stays);
    }
    let fields = [
        ("text", "Pour nous aussi."),
        ("_lang", "fr"),
        ("_own", "on"),
    ];
    let seen = ma.send(&format!("{write}/note/preview"), &fields).await.1;
    assert!(seen.contains("As it will be recorded here"), "{seen}");
    assert!(seen.contains("What is recorded here") && !seen.contains("What leaves"));
}

/// At the inspector's desk a record says in words what was done, and that whoever tried a password was signed in as nobody.
#[tokio::test]
async fn the_desk_speaks_in_words_of_whoever_is_signed_in_or_not() {
    let pair = TestPair::linked(4804);
    let ma = pair.ma();
    let refused = ma
        .app
        .sign_in("nobody-has-this", "a password of nobody", "");
    assert!(refused.is_err());
    let inspector = Person::with_role(ma, "inspecte", "inspection", Role::Inspector).await;
    let desk = inspector.get("/oversight?operation=session").await;
    for said in ["nobody signed in", "sign-in refused", "session"] {
        assert!(desk.contains(said), "{said}: {desk}");
    }
    assert!(!desk.contains("nobody-has-this") && !desk.contains("sign_in_refused"));
    let record = desk.split("/oversight/records/").nth(1).unwrap();
    let record = record.split('"').next().unwrap();
    let record = inspector.get(&format!("/oversight/records/{record}")).await;
    assert!(
        record.contains("<code dir=\"ltr\">"),
        "the code is beside the words"
    );
}

/// Whoever finds nothing is led to asking by number, and whoever finds something is not.
#[tokio::test]
async fn a_search_in_vain_leads_to_asking_by_number() {
    let pair = TestPair::linked(4805);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let way = "href=\"/admission\"";
    assert!(ma.get("/dossiers?kind=investigation").await.contains(way));
    assert!(!ma.get("/dossiers?kind=charter").await.contains(way));
}
