//! The action plan and an action day on pages: a task is asked, done and taken; a day is proposed in rows, decided with a box that is ticked on
//! purpose, and live; what is planned nearby is said without saying what.

use super::html::{self, on};
use super::real::Person;
use super::{ask, multipart, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use entente_core::ids::DossierId;
use entente_testkit::node::{Writing, recording};
use entente_testkit::pair::{Side, TestPair};

fn opened(seed: u64) -> (TestPair, DossierId) {
    let mut pair = TestPair::linked(seed);
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
    pair.settle();
    (pair, opened.dossier)
}

/// Take out: in `pages/dossier.rs`, the way to the plan; in `form.rs::services`, that a task may be one's own side's.
#[tokio::test]
async fn a_task_is_asked_done_and_taken_by_pages() {
    let (mut pair, dossier) = opened(720);
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let (page, write) = (
        format!("/dossiers/{dossier}/plan"),
        format!("/dossiers/{dossier}/write"),
    );
    assert!(
        ma.get(&format!("/dossiers/{dossier}"))
            .await
            .contains(&page)
    );
    assert!(ma.get(&page).await.contains("No task is under way."));
    let form = format!("{write}/investigation.task");
    let drawn = ma.get(&form).await;
    assert!(drawn.contains("value=\"fr/liaison\"") && drawn.contains("value=\"ma/liaison\""));
    let task = [
        ("title", "Relever les départs"),
        ("to", "fr/liaison"),
        ("by", "2015-07-15"),
        ("place", "Quai 3"),
        ("_lang", "fr"),
    ];
    ma.post(&form, &task).await;
    pair.settle();
    let read = fr.get(&page).await;
    assert!(read.contains("Relever les départs") && read.contains("our turn"));
    let asked = on(&read, "investigation.task_done");
    let done = [
        ("_on", asked.as_str()),
        ("text", "Deux départs."),
        ("_lang", "fr"),
    ];
    fr.post(&format!("{write}/investigation.task_done"), &done)
        .await;
    pair.settle();
    let read = ma.get(&page).await;
    assert!(read.contains("Deux départs.") && read.contains("our turn"));
    let asked = on(&read, "investigation.task_agreed");
    ma.post(
        &format!("{write}/investigation.task_agreed"),
        &[("_on", asked.as_str())],
    )
    .await;
    pair.settle();
    assert!(fr.get(&page).await.contains("Tasks ended"));
}

const CELLS: [(&str, &str); 8] = [
    ("steps", "+00:00"),
    ("steps", "fr/liaison"),
    ("steps", "Dépôt"),
    ("steps", "contrôle simultané"),
    ("steps", "-01:00"),
    ("steps", "ma/liaison"),
    ("steps", "Quai 3"),
    ("steps", "mise en place"),
];

/// Take out: in `pages/day.rs::row`, that a step stands in its service's column; in `form.rs::weight`, the go of a day.
#[tokio::test]
async fn a_day_is_proposed_in_rows_decided_and_live_by_pages() {
    let (mut pair, dossier) = opened(721);
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let write = format!("/dossiers/{dossier}/write");
    let form = format!("{write}/investigation.day");
    let head = [
        ("name", "Contrôle simultané"),
        ("zero", "2015-06-10T04:30"),
        ("_lang", "fr"),
    ];
    let mut wrong: Vec<(&str, &str)> = head.to_vec();
    wrong.extend([
        ("steps", "plus tard"),
        ("steps", "fr/liaison"),
        ("steps", ""),
        ("steps", "x"),
    ]);
    let (status, said) = ma.send(&form, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("row 1: needs a time"), "and names the row");
    assert!(
        said.contains("value=\"plus tard\""),
        "and keeps what was typed"
    );
    let right: Vec<(&str, &str)> = head.into_iter().chain(CELLS).collect();
    ma.post(&form, &right).await;
    pair.settle();
    let plan = fr.get(&format!("/dossiers/{dossier}/plan")).await;
    let begins = format!("/dossiers/{dossier}/days/");
    let id: String = plan
        .split(&begins)
        .nth(1)
        .unwrap()
        .chars()
        .take_while(|c| *c != '"')
        .collect();
    let day = format!("{begins}{id}");
    for (who, step) in [(&fr, "2"), (&ma, "1")] {
        let read = who.get(&day).await;
        assert!(read.contains("mise en place") && read.contains("waits for a decision"));
        let asked = on(&read, "investigation.go");
        let go = format!("{write}/investigation.go");
        let (status, said) = who.send(&go, &[("_on", asked.as_str())]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "without the box");
        assert!(said.contains("Tick the box"), "{step}");
        who.post(&go, &[("_on", asked.as_str()), ("_sure", "yes")])
            .await;
        pair.settle();
    }
    let read = ma.get(&day).await;
    assert!(read.contains("go from both sides"));
    let headed = read.split("<table class=\"steps\">").nth(1).unwrap();
    let (first, second) = (
        headed.find("T-01:00").unwrap(),
        headed.find("T+00:00").unwrap(),
    );
    assert!(first < second, "in the order of time, however it was typed");
    // One click says how a step of ours stands, and leads back; theirs is not ours to say.
    let started = [
        ("day", id.as_str()),
        ("step", "1"),
        ("state", "started"),
        ("_back", day.as_str()),
    ];
    let onward = ma
        .post(&format!("{write}/investigation.step"), &started)
        .await;
    assert!(onward.starts_with(&day), "{onward}");
    let theirs = [("day", id.as_str()), ("step", "2"), ("state", "started")];
    let (status, said) = ma
        .send(&format!("{write}/investigation.step"), &theirs)
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("no step of our own side has this number"));
    pair.settle();
    let read = fr.get(&day).await;
    assert!(
        read.contains("data-state=\"started\"")
            && read.contains("behind its time") == read.contains("T0 was")
    );
    // A change starts from the day that it replaces.
    let change = fr.get(&format!("{form}?replaces={id}")).await;
    assert!(
        change.contains("value=\"Contrôle simultané\"")
            && change.contains("value=\"mise en place\"")
    );
    let (status, page) = fr.fetch(&day, "ar").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("ضوء أخضر من الجانبين"));
    assert_eq!(html::problems(&page), [""; 0]);
}

/// A time is typed by the clock that stands beside it, and recorded in UTC; an hour that there is not is refused, one that comes twice is asked
/// about. Take out: `zone::read` of `pages/write.rs`.
#[tokio::test]
async fn times_are_typed_by_the_clock_of_our_state() {
    let (pair, dossier) = opened(722);
    Person::of(pair.ma(), "agent", "liaison").await;
    let form = format!("/dossiers/{dossier}/write/investigation.day");
    let rabat = Person::in_rabat(pair.ma(), "agent").await;
    let drawn = rabat.get(&form).await;
    assert!(drawn.contains("By the clock of Rabat") && drawn.contains("name=\"_zoned\""));
    let at = |zero| {
        [
            &[("zero", zero), ("_zoned", "on"), ("name", "Contrôle")][..],
            &CELLS,
        ]
        .concat()
    };
    let (status, said) = rabat.send(&form, &at("2015-03-29T02:30")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("there is no such hour on that day"));
    let (status, said) = rabat.send(&form, &at("2015-06-14T02:30")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.contains("say which is meant") && said.contains("name=\"zero#fold\""));
    assert!(said.contains("the first (UTC+01)") && said.contains("the second (UTC+00)"));
    assert!(said.contains("value=\"2015-06-14T02:30\""), "as typed");
    // A file that is refused shifts no time: the form comes back with what was typed.
    let mut large = at("2015-06-10T09:30");
    large.push(("_csrf", &rabat.csrf));
    let request = Request::post(&form).header(header::COOKIE, &rabat.cookie);
    let file = ("_files", "vide.pdf", vec![b'z'; 2 << 20]);
    let request = multipart(request.body(Body::empty()).unwrap(), &large, file);
    let answer = ask(&rabat.router, request).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let said = text(answer).await;
    assert!(said.contains("value=\"2015-06-10T09:30\""), "{said}");
    assert!(said.contains("aria-describedby=\"f-zero-z\""));
    let second = [&at("2015-06-14T02:30")[..], &[("zero#fold", "2")]].concat();
    let day = rabat.post(&form, &second).await;
    let day = rabat.get(day.split('#').next().unwrap()).await;
    assert!(day.contains("datetime=\"2015-06-14T02:30:00Z\""), "{day}");
}

/// Who may not see the other dossier is told that there is something, and nothing of what. Take out: in `pages/plan.rs::near`, the case of
/// what is not known.
#[tokio::test]
async fn what_is_planned_nearby_is_said_without_saying_what() {
    let (mut pair, dossier) = opened(722);
    let of = |to: &'static str, title: &'static str| {
        [
            ("title", title),
            ("to", to),
            ("by", "2015-07-15"),
            ("place", "Quai 3"),
            ("starts", "2015-07-10T10:00"),
        ]
    };
    let hidden = of("ma/liaison", "Surveillance secrète");
    pair.write(
        Side::Ma,
        "investigation.task",
        &Writing::on(dossier, &hidden),
    );
    let fields = [("title", "Passage"), ("aim", "Comprendre.")];
    let mine = pair.write(
        Side::Ma,
        "investigation.open",
        &Writing::new(&fields).by("investigator"),
    );
    let own = of("ma/police", "Relevé");
    pair.write(
        Side::Ma,
        "investigation.task",
        &Writing::on(mine.dossier, &own).by("investigator"),
    );
    pair.settle();
    let police = Person::of(pair.ma(), "agent", "police").await;
    let page = police
        .get(&format!("/dossiers/{}/plan", mine.dossier))
        .await;
    assert!(page.contains("Another service plans something near there and then"));
    assert!(!page.contains("secrète") && !page.contains(&dossier.to_string()));
}

/// What is asked and found is one section of the page.
fn compared(page: &str) -> &str {
    let rest = page.split("id=\"compared\"").nth(1).expect("the section");
    rest.split("</section>").next().unwrap()
}

/// The obligation that a one-click form of this type on a page answers.
fn clicked(page: &str, entry_type: &str) -> String {
    let form = page.split(&format!("/write/{entry_type}\"")).nth(1);
    let form = form.unwrap_or_else(|| panic!("no {entry_type} is offered"));
    let on = form.split("name=\"_on\" value=\"").nth(1).unwrap();
    on.split('"').next().unwrap().to_owned()
}

/// A pair whose charter admits comparing, with a task of each side's own at nearly one place: theirs in a dossier of their own.
fn to_compare(seed: u64) -> (TestPair, DossierId, DossierId) {
    let mut pair = TestPair::linked(seed);
    let mut proposal = recording("charter.propose", &Writing::on(pair.charter.unwrap(), &[]));
    if let Ok(proposal) = &mut proposal {
        proposal.terms = serde_json::from_value(serde_json::json!({"compare": true})).unwrap();
    }
    let liaison = pair.ma().officer("liaison").unwrap();
    pair.ma().app.record(&liaison, proposal.unwrap()).unwrap();
    pair.wire.wake(0);
    pair.agree(Side::Fr);
    let mut plans = |side: Side, title, place| {
        let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
        let opened = pair.write(side, "investigation.open", &Writing::new(&fields));
        pair.settle();
        let to = format!("{}/liaison", pair.node(side).name);
        let fields = [
            ("title", title),
            ("to", to.as_str()),
            ("by", "2015-07-15"),
            ("place", place),
            ("starts", "2015-07-10T04:00"),
        ];
        pair.write(
            side,
            "investigation.task",
            &Writing::on(opened.dossier, &fields),
        );
        pair.settle();
        opened.dossier
    };
    let shared = plans(Side::Ma, "Planque", "Quai 3 (36.834, -2.463)");
    let elsewhere = plans(Side::Fr, "Filature", "Hangar B (36.842, -2.458)");
    (pair, shared, elsewhere)
}

/// A plan is compared by one click on each side, also from *Today*; whoever answers reads nothing of it, and the result says no more than that another
/// state plans something near. Take out: in `parts.rs`, the types of comparisons in `ONE_CLICK`; in `pages/plan.rs`, the section; in `pages/plan.rs::near`,
/// the case of another state.
#[tokio::test]
async fn plans_are_compared_by_one_click_and_the_result_says_no_more() {
    let (mut pair, shared, elsewhere) = to_compare(723);
    let (ma, fr) = (
        Person::of(pair.ma(), "agent", "liaison").await,
        Person::of(pair.fr(), "agent", "liaison").await,
    );
    let page = format!("/dossiers/{shared}/plan");
    let write = |name: &str| format!("/dossiers/{shared}/write/{name}");
    let drawn = ma.get(&page).await;
    let drawn = compared(&drawn);
    assert!(drawn.contains("Neither place, time nor name leaves this node"));
    let plan = drawn.split("name=\"plan\" value=\"").nth(1).unwrap();
    let plan = plan.split('"').next().unwrap();
    let fields = [("plan", plan), ("_back", page.as_str())];
    let onward = ma.post(&write("investigation.compare"), &fields).await;
    assert!(onward.starts_with(&page), "{onward}");
    pair.settle();
    let asked = fr.get(&page).await;
    let asked = compared(&asked);
    assert!(asked.contains("Comparison asked by the other Party"));
    assert!(!asked.contains("Planque") && !asked.contains("Filature"));
    let on = clicked(&fr.get("/").await, "investigation.compared");
    let back = [("_on", on.as_str()), ("_back", page.as_str())];
    fr.post(&write("investigation.compared"), &back).await;
    pair.settle();
    let answered = fr.get(&page).await;
    assert!(!compared(&answered).contains("Another state plans"));
    let found = ma.get(&page).await;
    let said =
        "Another state plans something near there and then (1 step): contact the coordinator.";
    assert!(compared(&found).contains(said));
    for unsaid in ["Filature", "Hangar", &elsewhere.to_string()] {
        assert!(!found.contains(unsaid), "{unsaid}");
    }
    let on = clicked(compared(&found), "investigation.compare_outcome");
    ma.post(
        &write("investigation.compare_outcome"),
        &[("_on", on.as_str())],
    )
    .await;
    pair.settle();
    let theirs = format!("/dossiers/{elsewhere}/plan");
    assert!(
        fr.get(&theirs).await.contains(
            "Another state plans something near there and then: contact the coordinator."
        )
    );
}

/// By pages and the API, whoever answers without access to what is planned finds nothing of it anywhere: the shared dossier, what was asked and
/// answered, the front page, search, and the other dossier's own addresses. What was typed stays with who typed it; *Today* leads there and then
/// says no more. Take out: in `pages/plan/compared.rs`, the form of what is typed; in `pages/today.rs`, `nearby`.
#[tokio::test]
async fn what_is_typed_is_compared_by_pages_and_whoever_answers_learns_nothing() {
    let (mut pair, _, elsewhere) = to_compare(724);
    let fields = [("title", "Delta"), ("aim", "Comprendre une filière.")];
    let opened = Writing::new(&fields).by("investigator");
    let shared = pair.write(Side::Fr, "investigation.open", &opened).dossier;
    pair.settle();
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let fr = Person::of(pair.fr(), "agent", "police").await;
    let page = format!("/dossiers/{shared}/plan");
    let write = |name: &str| format!("/dossiers/{shared}/write/{name}");
    assert!(compared(&ma.get(&page).await).contains("name=\"place\""));
    let typed = [
        ("place", "Môle (36.834, -2.463)"),
        ("from", "2015-07-10T04:00"),
        ("until", "2015-07-10T06:00"),
        ("_back", page.as_str()),
    ];
    ma.post(&write("investigation.compare"), &typed).await;
    pair.settle();
    let on = clicked(compared(&fr.get(&page).await), "investigation.compared");
    fr.post(&write("investigation.compared"), &[("_on", on.as_str())])
        .await;
    pair.settle();
    let today = ma.get("/").await;
    assert!(today.contains("id=\"nearby\"") && today.contains(&format!("href=\"{page}\"")));
    let found = ma.get(&page).await;
    assert!(compared(&found).contains("Môle (36.834, -2.463)"));
    assert!(compared(&found).contains("Another state plans something near there and then"));
    let today = ma.get("/").await;
    assert!(!today.contains(&format!("href=\"{page}\"")), "looked after");
    let on = clicked(compared(&found), "investigation.compare_outcome");
    ma.post(
        &write("investigation.compare_outcome"),
        &[("_on", on.as_str())],
    )
    .await;
    pair.settle();
    let rows = pair.fr().entries().unwrap();
    let entries = rows.iter().filter(|row| row.dossier == shared);
    let mut looked = vec![
        "/".to_owned(),
        "/dossiers".to_owned(),
        "/dossiers?q=Filature".to_owned(),
        "/ledger".to_owned(),
        format!("/dossiers/{shared}"),
        page.clone(),
        "/api/v1/today".to_owned(),
        "/api/v1/ledger".to_owned(),
        format!("/api/v1/dossiers/{shared}"),
        format!("/api/v1{page}"),
    ];
    for row in entries {
        looked.push(format!("/entries/{}", row.id));
        looked.push(format!("/api/v1/entries/{}", row.id));
    }
    for path in &looked {
        let (status, said) = fr.fetch(path, "en").await;
        assert_eq!(status, StatusCode::OK, "{path}");
        let said = said
            .replace("q=Filature", "")
            .replace("value=\"Filature\"", "");
        for secret in [
            "Filature",
            "Hangar",
            "Môle",
            "Another state plans",
            &elsewhere.to_string(),
        ] {
            assert!(!said.contains(secret), "{secret} at {path}");
        }
    }
    let task = rows
        .iter()
        .find(|row| row.kind == "investigation.task" && row.dossier == elsewhere);
    let task = task.unwrap().id;
    for path in [
        format!("/dossiers/{elsewhere}"),
        format!("/dossiers/{elsewhere}/plan"),
        format!("/entries/{task}"),
        format!("/api/v1/entries/{task}"),
        format!("/api/v1/dossiers/{elsewhere}/plan"),
        "/oversight".to_owned(),
    ] {
        let (status, said) = fr.fetch(&path, "en").await;
        assert!(
            !status.is_success() && !said.contains("Filature"),
            "{path}: {status}"
        );
    }
}
