//! A person's request, by hand: opened at one node, answered at the other, decided, told in a letter in the person's language; who
//! investigates finds nothing of it; and what was wrong is corrected for everyone who received it.

use serde_json::Value;

use super::accessibility::pictures;
use super::demo::{demo, in_target};
use super::pages::sign_in;
use super::window::{Manner, Window, in_browser};

const SUBMIT: &str = "form.entry-form .submit button";

async fn fill(window: &Window, fields: &[(&str, &str)]) {
    for (name, text) in fields {
        let css = format!("form.entry-form [name='{name}']");
        window.fill(&css, text).await;
    }
}

async fn choose(window: &Window, fields: &[(&str, &str)]) {
    for (name, code) in fields {
        let css = format!("form.entry-form select[name='{name}']");
        window.choose(&css, code).await;
    }
}

/// The form of an act on an obligation, once it is offered.
async fn act(window: &Window, dossier: &str, kind: &str) {
    let link = format!("#obligations a[href*='/write/{kind}?on=']");
    window.reload_until(dossier, &link).await;
    // What is not offered first is in the menu beside it.
    let open = "document.querySelectorAll('#obligations details').forEach(d => d.open = true); return null;";
    window.script::<Value>(open, Vec::new()).await;
    window.follow(&link).await;
}

#[test]
fn a_person_is_answered_and_what_was_wrong_is_corrected_everywhere() {
    in_browser("persons", Manner::default(), |window| async move {
        let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
        sign_in(&window, ma, "liaison", "fr").await;
        sign_in(&window, fr, "liaison", "fr").await;
        let path = opened(&window, ma).await;
        let (at_ma, at_fr) = (format!("{ma}{path}"), format!("{fr}{path}"));

        act(&window, &at_fr, "rights.answer").await;
        choose(&window, &[("result", "granted")]).await;
        fill(&window, &[("text", "Date corrigée dans nos fichiers.")]).await;
        window.follow(SUBMIT).await;
        pictures(&window, &at_ma, "persons-dossier").await;

        act(&window, &at_ma, "rights.decide").await;
        choose(&window, &[("result", "in_part"), ("_lang", "fr")]).await;
        fill(
            &window,
            &[("to_person", "La date fut corrigée des deux côtés.")],
        )
        .await;
        window.follow(SUBMIT).await;
        letter(&window, &at_ma).await;
        corrected(&window, (ma, fr), &path).await;
        nothing_for_investigators(&window, ma, &path).await;
    });
}

/// Opens the request and gives back the path of its dossier.
async fn opened(window: &Window, ma: &str) -> String {
    pictures(window, &format!("{ma}/open/rights"), "persons-open").await;
    window.goto(&format!("{ma}/open/rights")).await;
    let texts = [
        ("title", "Demande imaginaire 41"),
        ("person", "Titulaire d’un passeport imaginaire."),
        ("asked", "Rectifier la date de naissance."),
    ];
    fill(window, &texts).await;
    let codes = [
        ("right", "rectification"),
        ("relation", "lawyer"),
        ("identity", "mandate"),
        ("person_language", "ar"),
    ];
    choose(window, &codes).await;
    let now = window.json("/api/v1/me").await["now"].clone();
    let day = now.as_str().and_then(|now| now.get(..10)).expect("a day");
    let put = "document.querySelector(\"[name='received_on']\").value = arguments[0]; return null;";
    window.script::<Value>(put, vec![day.into()]).await;
    window.follow(SUBMIT).await;
    let address = window.address().await;
    let path = address.strip_prefix(ma).unwrap_or_default();
    assert!(path.starts_with("/dossiers/"), "{address}");
    path.split('#').next().unwrap_or_default().to_owned()
}

/// The letter is in the person's language whatever the officer's, and says that the officer's paragraphs are not.
async fn letter(window: &Window, at_ma: &str) {
    window.goto(at_ma).await;
    let link = "header.dossier-head a[href$='/letter']";
    window.follow(link).await;
    let paper = "article.letter[lang='ar'][dir='rtl']";
    let said = window.text(paper).await;
    assert!(said.contains("وقد استجبنا له جزئيا"), "{said}");
    assert!(said.contains("La date fut corrigée"), "{said}");
    assert!(!said.contains("passeport"), "nothing of what was asked");
    window
        .one("aside.note .alert a[href*='/write/translation?of=']")
        .await;
    pictures(window, &format!("{at_ma}/letter"), "persons-letter").await;
    window.goto(&format!("{at_ma}/letter")).await;
    window
        .print(&in_target("browser").join("persons-letter.pdf"))
        .await;
}

/// One act on the page of a wrong entry; both ends read what is right above it.
async fn corrected(window: &Window, (ma, fr): (&str, &str), path: &str) {
    let (at_ma, at_fr) = (format!("{ma}{path}"), format!("{fr}{path}"));
    window.goto(&at_ma).await;
    window.fill("#note-text", "Né le 4 mars 1991.").await;
    window.follow("#note button.main").await;
    let entry = window
        .attribute("#entries article:last-of-type a.type", "href")
        .await
        .expect("the note");
    let page = format!("{ma}{entry}");
    window.reload_until(&page, "#recipients").await;
    window
        .follow("#recipients a[href*='/write/rectify?of=']")
        .await;
    choose(window, &[("why", "typing")]).await;
    fill(window, &[("text", "Né le 3 avril 1991.")]).await;
    window.follow(SUBMIT).await;
    for dossier in [&at_fr, &at_ma] {
        window.reload_until(dossier, "#entries .corrected").await;
        let shown = window.text("#entries article:has(.corrected)").await;
        let (right, wrong) = (shown.find("3 avril 1991"), shown.find("4 mars 1991"));
        assert!(right.is_some() && right < wrong, "{shown}");
    }
    pictures(window, &page, "persons-recipients").await;
    act(window, &at_fr, "rectified").await;
    choose(window, &[("done", "corrected"), ("passed_on", "nobody")]).await;
    window.follow(SUBMIT).await;
    let link = "#recipients td a[href*='#ob-']";
    window.reload_until(&page, link).await;
}

/// Who investigates, in the same service, finds no such dossier.
async fn nothing_for_investigators(window: &Window, ma: &str, path: &str) {
    window.goto(&format!("{ma}/")).await;
    window.follow("form[action='/sign-out'] button").await;
    sign_in(window, ma, "enquete", "fr").await;
    for page in [
        path.to_owned(),
        format!("{path}/letter"),
        "/dossiers?q=imaginaire".into(),
    ] {
        window.goto(&format!("{ma}{page}")).await;
        let main = window.text("main").await;
        assert!(!main.contains("Demande imaginaire 41"), "{page}: {main}");
        assert_eq!(window.count(".letter, #entries").await, 0, "{page}");
    }
    window.follow("form[action='/sign-out'] button").await;
}
