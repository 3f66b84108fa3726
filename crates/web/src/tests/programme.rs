//! A programme on pages of two nodes: a training of imams from study through clauses in two languages to what both signed.

use super::html::on;
use super::real::Person;
use axum::http::StatusCode;
use entente_core::ids::DossierId;
use entente_core::kinds::programme::IMAMS;
use entente_core::kinds::programme::templates::starts;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// A form sent, and what it asks delivered.
async fn sent(pair: &mut TestPair, who: &Person, form: &str, fields: &[(&str, &str)]) {
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("_lang", "fr")]).collect();
    who.post(form, &fields).await;
    pair.settle();
}

/// A training of imams put to study.
fn opened(seed: u64) -> (TestPair, DossierId) {
    let mut pair = TestPair::linked(seed);
    let fields = [
        ("title", "Formation d’imams"),
        ("owner", "institute"),
        ("idea", "Étudier un accord."),
        ("owners", "un institut et des universités"),
        ("to", "fr/liaison"),
    ];
    let opened = pair.write(Side::Ma, "imam_training.open", &Writing::new(&fields));
    pair.settle();
    (pair, opened.dossier)
}

/// What the study found, and the way from there to drafting.
async fn drafting(pair: &mut TestPair, (ma, fr): (&Person, &Person), dossier: DossierId) {
    let page = format!("/dossiers/{dossier}/programme");
    let write = format!("/dossiers/{dossier}/write");
    let asked = on(&fr.get(&page).await, "programme.studied");
    let found = [
        ("finding", "pursue"),
        ("text", "Favorable."),
        ("_on", asked.as_str()),
    ];
    sent(pair, fr, &format!("{write}/programme.studied"), &found).await;
    let form = format!("{write}/programme.to_drafting");
    sent(pair, ma, &form, &[("text", "Étudié.")]).await;
}

/// A clause offered to begin with, sent as it stands.
async fn begun(pair: &mut TestPair, who: &Person, page: &str, number: &str) {
    let read = who.get(page).await;
    let start = read.split("href=\"").find_map(|rest| {
        let href = rest.split('"').next()?.replace("&amp;", "&");
        let wanted = format!("programme.clause?number={number}&");
        href.contains(&wanted).then_some(href)
    });
    let form = who.get(&start.expect("a clause to begin from")).await;
    let start = number.parse().ok().and_then(|number: usize| {
        let all = starts(IMAMS, None);
        all.get(number.checked_sub(1)?)
    });
    let start = start.expect("a starting clause");
    assert!(form.contains(start.text.en) && form.contains(start.text.ar));
    let fields = [
        ("number", number),
        ("heading", "Clause"),
        ("text", "Une clause."),
        ("other_lang", "ar"),
        ("other_text", "نص البند."),
    ];
    let write = page.replace("/programme", "/write/programme.clause");
    sent(pair, who, &write, &fields).await;
}

/// What waits at a clause or a version may be answered on the page, and both sides read the same: what is signed is what was accepted. Take
/// out: in `web/src/pages/programme.rs`, the obligations of a clause; in `web/src/form.rs`, the question to `programme::binds`.
#[tokio::test]
async fn clauses_are_answered_and_their_version_signed_on_the_page() {
    let (mut pair, dossier) = opened(420);
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let page = format!("/dossiers/{dossier}/programme");
    let write = format!("/dossiers/{dossier}/write");
    assert!(
        ma.get(&format!("/dossiers/{dossier}"))
            .await
            .contains(&page)
    );
    let read = fr.get(&page).await;
    assert!(read.contains("under study") && read.contains("No clause has been proposed yet."));
    drafting(&mut pair, (&ma, &fr), dossier).await;
    assert!(ma.get(&page).await.contains("being drafted"));

    begun(&mut pair, &ma, &page, "1").await;
    let read = fr.get(&page).await;
    assert!(read.contains("waits for an answer") && read.contains("dir=\"rtl\""));
    let asked = on(&read, "programme.accept_clause");
    let form = format!("{write}/programme.accept_clause");
    sent(&mut pair, &fr, &form, &[("text", "Lu."), ("_on", &asked)]).await;
    begun(&mut pair, &ma, &page, "2").await;
    let asked = on(&fr.get(&page).await, "refuse");
    let refused = [
        ("ground", "disproportionate"),
        ("reason", "Trop large."),
        ("_on", asked.as_str()),
    ];
    sent(&mut pair, &fr, &format!("{write}/refuse"), &refused).await;
    for person in [&ma, &fr] {
        let read = person.get(&page).await;
        assert!(read.contains(">accepted<") && read.contains("refused or withdrawn"));
    }

    // Nothing is bound by one click: without the box, nothing is written.
    let form = format!("{write}/programme.version");
    let unsure = [("text", "À signer."), ("_lang", "fr")];
    let unsure = ma.request(&form, &unsure).await;
    assert_eq!(unsure.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let unbound = ma.get(&page).await;
    assert!(unbound.contains("No version has been proposed"));
    let sure = [("text", "À signer."), ("_sure", "yes")];
    sent(&mut pair, &ma, &form, &sure).await;
    let asked = on(&fr.get(&page).await, "programme.sign");
    let signs = [("_on", asked.as_str()), ("text", "Lu."), ("_sure", "yes")];
    sent(&mut pair, &fr, &format!("{write}/programme.sign"), &signs).await;
    for person in [&ma, &fr] {
        let read = person.get(&page).await;
        assert!(read.contains("signed by all") && !read.contains("waits for a signature"));
        let version = read.split("id=\"versions\"").nth(1).expect("versions");
        let version = version.split("id=\"cohorts\"").next().expect("versions");
        assert_eq!(
            version.matches("<li>Article ").count(),
            1,
            "the accepted clause alone"
        );
    }
    for person in [&ma, &fr] {
        let paper = person.get(&format!("{page}/agreement")).await;
        let rows: Vec<&str> = paper
            .split("<section class=\"both\" dir=\"ltr\">")
            .collect();
        assert_eq!(rows.len(), 4, "heading, the accepted clause, signatures");
        for row in &rows[1..] {
            let place = |column| row.find(column).expect("a column");
            assert!(place("lang=\"fr\" dir=\"ltr\"") < place("lang=\"ar\" dir=\"rtl\""));
        }
        assert!(rows[2].contains("Une clause.") && rows[2].contains("نص البند."));
        assert!(rows[3].contains("ma/liaison") && rows[3].contains("fr/liaison"));
        let (status, told) = person.fetch(&format!("/api/v1{page}"), "en").await;
        let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(status, StatusCode::OK);
        assert_eq!(told["versions"][0]["state"], "signed");
        assert_eq!(told["in_force"], told["versions"][0]["said"]["entry"]);
        assert_eq!(told["clauses"][1]["standing"], "refused");
    }
}

/// A point of a declaration leads to the form of a programme that answers it, and to the programme once there is one; so does the API. Take
/// out: in `web/src/pages/declaration.rs`, the way to study; in `app/src/apply.rs`, `came_of_commitment`.
#[tokio::test]
async fn a_commitment_leads_to_its_programme_and_back() {
    let mut pair = TestPair::linked(421);
    let fields = [("title", "Déclaration finale")];
    let opened = pair.write(Side::Ma, "declaration.open", &Writing::new(&fields));
    let point = [
        ("title", "Étudier un accord sur la formation d’imams"),
        ("point", "RHN12/6"),
        ("class", "studies_towards"),
        ("topic", "imam training"),
        ("debtors", "FR, MA"),
    ];
    let commitment = pair.write(
        Side::Ma,
        "declaration.commitment",
        &Writing::on(opened.dossier, &point),
    );
    pair.settle();
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let declaration = format!("/dossiers/{}", opened.dossier);
    let read = fr.get(&declaration).await;
    let study = read.split("href=\"").find_map(|rest| {
        let href = rest.split('"').next()?.replace("&amp;", "&");
        href.starts_with("/open/imam_training?").then_some(href)
    });
    let form = fr.get(&study.expect("the way to study")).await;
    let named = format!("{}:{}", opened.dossier, commitment.entry);
    assert!(form.contains(&named) && form.contains("formation d’imams"));
    let idea = [
        ("title", "Formation d’imams"),
        ("owner", "institute"),
        ("idea", "Étudier un accord."),
        ("owners", "un institut"),
        ("to", "ma/liaison"),
        ("commitment", named.as_str()),
    ];
    sent(&mut pair, &fr, "/open/imam_training", &idea).await;
    let read = fr.get(&declaration).await;
    let programme = read.split("href=\"").find_map(|rest| {
        let href = rest.split('"').next()?;
        href.ends_with("/programme").then(|| href.to_owned())
    });
    let programme = programme.expect("the programme stands at its commitment");
    assert!(!read.contains("/open/imam_training?"), "one is enough");
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let back = format!("{declaration}#p-{}", commitment.entry.short());
    for person in [&ma, &fr] {
        assert!(person.get(&programme).await.contains(&back));
    }
    // Nothing is in force: there is nothing to claim with.
    assert!(!fr.get(&programme).await.contains("evidence="));
}

/// An accepted clause leads to the form of another text, which begins with its words and names it; a clause that only waits does not. Take out:
/// in `app/src/show/form.rs`, `clause_to_change`; in `web/src/pages/programme.rs`, `changes`.
#[tokio::test]
async fn a_clause_that_stands_is_changed_from_its_own_words() {
    let (mut pair, dossier) = opened(421);
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let (page, write) = (
        format!("/dossiers/{dossier}/programme"),
        format!("/dossiers/{dossier}/write"),
    );
    drafting(&mut pair, (&ma, &fr), dossier).await;
    begun(&mut pair, &ma, &page, "1").await;
    let change = "programme.clause?replaces=";
    assert!(!ma.get(&page).await.contains(change), "it only waits");
    let asked = on(&fr.get(&page).await, "programme.accept_clause");
    sent(
        &mut pair,
        &fr,
        &format!("{write}/programme.accept_clause"),
        &[("_on", asked.as_str())],
    )
    .await;
    let read = ma.get(&page).await;
    let form = read.split("href=\"").find(|rest| rest.contains(change));
    let form = form
        .and_then(|rest| rest.split('"').next())
        .expect("a way to change it");
    let form = form.replace("&amp;", "&");
    let clause = form.rsplit('=').next().expect("a clause").to_owned();
    let filled = ma.get(&form).await;
    for text in [
        "Une clause.",
        "نص البند.",
        &format!("value=\"{clause}\" selected"),
    ] {
        assert!(filled.contains(text), "{text} is not in the form");
    }
}
