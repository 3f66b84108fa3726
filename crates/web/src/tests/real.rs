//! Pages over two real nodes in memory: a person asks through a form on one side, another answers on the other.

use super::{ask, html, location, multipart, text};
use crate::drawing::{Answer, Chunks, Drawing, Refused, Wanted};
use crate::state::Inner;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::label::Lang;
pub use entente_testkit::desk::PASSWORD;
use entente_testkit::desk::person;
use entente_testkit::node::{TestNode, Writing, service};
use entente_testkit::pair::{Side, TestPair};
use serde_json::Value;
use std::sync::Arc;

/// Reads pages of a PDF in this process: the documents of these tests are our own.
struct Here;

impl Drawing for Here {
    fn page(
        &self,
        file: Chunks,
        number: u32,
        wanted: Wanted,
    ) -> entente_app::Result<Result<Answer, Refused>> {
        let chunks: entente_app::Result<Vec<Vec<u8>>> = file.collect();
        Ok(entente_render::page(chunks?.concat(), number, wanted))
    }
}

/// Somebody signed in to a node's pages.
pub struct Person {
    pub router: Router,
    pub cookie: String,
    pub csrf: String,
}

impl Person {
    pub async fn of(node: &TestNode, id: &str, unit: &str) -> Self {
        Self::with_role(node, id, unit, Role::Liaison).await
    }

    pub async fn with_role(node: &TestNode, id: &str, unit: &str, role: Role) -> Self {
        let officer = NewOfficer {
            lang: Lang::En,
            ..person(node, id, unit, role)
        };
        node.app.add_officer(officer).unwrap();
        Self::signed_in(node, id).await
    }

    /// An officer that there is, signed in by password.
    pub async fn signed_in(node: &TestNode, id: &str) -> Self {
        Self::signed_in_at(Inner::over(Arc::new(node.app.clone())), id).await
    }

    /// The same at a node that shows the clock of Rabat and takes files of a mebibyte.
    pub async fn in_rabat(node: &TestNode, id: &str) -> Self {
        let mut inner = Inner::over(Arc::new(node.app.clone()));
        let rabat = ("Rabat".to_owned(), "Africa/Casablanca".to_owned());
        inner.clocks = crate::time::Clocks::new(&[rabat]);
        inner.max_upload = 1 << 20;
        Self::signed_in_at(inner, id).await
    }

    async fn signed_in_at(mut inner: Inner, id: &str) -> Self {
        inner.drawing = Arc::new(Here);
        let router = crate::over(inner);
        let first = ask(
            &router,
            Request::get("/sign-in").body(Body::empty()).unwrap(),
        )
        .await;
        let guest = first.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let secret = guest.split_once('=').unwrap().1;
        let body = format!(
            "_csrf={secret}&id={id}&password={}",
            PASSWORD.replace(' ', "+")
        );
        let request = Request::post("/sign-in")
            .header(header::COOKIE, &guest)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let signed = ask(&router, request.body(Body::from(body)).unwrap()).await;
        assert_eq!(signed.status(), StatusCode::SEE_OTHER);
        let cookie = signed.headers()["set-cookie"]
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let mut person = Self {
            router,
            cookie,
            csrf: String::new(),
        };
        let page = person.get("/").await;
        let secret = page
            .split("name=\"_csrf\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        person.csrf = secret.to_owned();
        person
    }

    pub async fn fetch(&self, path: &str, lang: &str) -> (StatusCode, String) {
        let cookie = format!(
            "{}; entente-ma-lang={lang}; entente-fr-lang={lang}",
            self.cookie
        );
        let response = ask(
            &self.router,
            Request::get(path)
                .header(header::COOKIE, cookie)
                .body(Body::empty())
                .unwrap(),
        )
        .await;
        (response.status(), text(response).await)
    }

    /// A page that must be there and well formed, in English; the other languages are looked at too.
    pub async fn get(&self, path: &str) -> String {
        for lang in ["fr", "ar", "en"] {
            let (status, page) = self.fetch(path, lang).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(
                html::problems(&page).is_empty(),
                "{path} in {lang}: {:?}",
                html::problems(&page)
            );
        }
        self.fetch(path, "en").await.1
    }

    pub async fn request(&self, path: &str, fields: &[(&str, &str)]) -> Response<Body> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(n, v)| format!("{}={}", n, crate::context::percent(v)))
            .collect();
        let body = format!("_csrf={}&{}", self.csrf, pairs.join("&"));
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        ask(&self.router, request.body(Body::from(body)).unwrap()).await
    }

    /// Sends JSON to the API; gives its answer.
    pub async fn call(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-entente-csrf", &self.csrf);
        let request = request.body(Body::from(body.to_string())).unwrap();
        let response = ask(&self.router, request).await;
        let (status, said) = (response.status(), text(response).await);
        (status, serde_json::from_str(&said).unwrap_or_default())
    }

    /// Sends a form that may be refused.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let response = self.request(path, fields).await;
        (response.status(), text(response).await)
    }

    /// Sends a form; gives where it leads.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let response = self.request(path, fields).await;
        let (status, onward) = (response.status(), location(&response).to_owned());
        assert_eq!(
            status,
            StatusCode::SEE_OTHER,
            "{path}: {}",
            text(response).await
        );
        onward
    }
}

/// The obligation that the first form or link of this type on a page is about.
fn target(page: &str, entry: &str) -> String {
    let link = page
        .split(&format!("/write/{entry}?on="))
        .nth(1)
        .unwrap_or_else(|| panic!("no {entry} is offered"));
    link.split('"').next().unwrap().replace("%23", "#")
}

/// Invariant 10: a file is erased from its entry's page, after a box was ticked; both sides read when and why, and its name no more.
#[tokio::test]
async fn invariant_10_one_file_is_erased_from_its_entrys_page() {
    let mut pair = TestPair::linked(31);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let charter = pair.charter.unwrap();
    let note = Writing::on(charter, &[("text", "Avec une pièce.")]);
    let note = note.file("secret.pdf", vec![7; 9_000]);
    let entry = pair.write(Side::Ma, "note", &note).entry.to_string();
    pair.settle();
    let page = format!("/entries/{entry}");
    let form = format!("/dossiers/{charter}/write/erase");
    let button = format!("{form}?entry={entry}&amp;file=1");
    assert!(ma.get(&page).await.contains(&button));
    let theirs = fr.get(&page).await;
    assert!(theirs.contains("secret.pdf") && !theirs.contains(&button));

    let drawn = ma.get(&format!("{form}?entry={entry}&file=1")).await;
    assert!(drawn.contains("the text and the other files stay"));
    assert!(drawn.contains("Avec une pièce."), "read beside it");
    let fields = [
        ("entry", entry.as_str()),
        ("file", "1"),
        ("reason", "Versée par erreur."),
        ("_lang", "fr"),
    ];
    let (status, refused) = ma.send(&form, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.contains("Nothing was destroyed."));
    assert!(refused.contains("the text and the other files stay"));
    let sure = [&fields[..], &[("_sure", "yes")]].concat();
    ma.post(&form, &sure).await;
    pair.wire.wake(0);
    pair.settle();
    for (person, side) in [(&ma, "ma"), (&fr, "fr")] {
        let shown = person.get(&page).await;
        assert!(!shown.contains("secret.pdf"), "{side}: {shown}");
        assert!(shown.contains("file 1 erased"), "{side}");
        assert!(shown.contains("Versée par erreur."), "{side}");
        assert!(shown.contains("Avec une pièce."), "{side}");
        let dossier = person.get(&format!("/dossiers/{charter}")).await;
        assert!(dossier.contains("erases file 1 of"), "{side}");
        assert!(!dossier.contains("secret.pdf"), "{side}");
    }
}

const REQUEST: [(&str, &str); 6] = [
    ("title", "Camionnette <b>bleue</b>"),
    ("question", "À qui était-elle louée ?"),
    ("facts", "Vue sur trois lieux."),
    ("country_link", "Immatriculée chez vous."),
    ("offence", "property"),
    ("_lang", "fr"),
];

#[tokio::test]
async fn two_people_ask_answer_and_tell_what_came_of_it() {
    let mut pair = TestPair::linked(11);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let opened = ma.post("/open/request", &REQUEST).await;
    let dossier = opened.split('#').next().unwrap().to_owned();
    assert!(ma.get(&dossier).await.contains("not received yet"));
    pair.wire.wake(0);
    pair.settle();
    assert!(
        ma.get(&dossier)
            .await
            .contains("The partner holds all our entries")
    );

    let today = fr.get("/").await;
    assert!(today.contains("Camionnette &lt;b&gt;bleue&lt;/b&gt;"));
    let on = target(&today, "request.answer");
    let answer = format!("{dossier}/write/request.answer");
    assert!(
        fr.get(&format!("{answer}?on={}", crate::context::percent(&on)))
            .await
            .contains("Vue sur trois lieux."),
        "read while answering"
    );
    fr.post(
        &answer,
        &[
            ("_on", &on),
            ("text", "À une société de transport."),
            ("_lang", "fr"),
        ],
    )
    .await;
    pair.wire.wake(1);
    pair.settle();

    let page = ma.get(&dossier).await;
    assert!(page.contains("À une société de transport."));
    let on = target(&page, "feedback");
    ma.post(
        &format!("{dossier}/write/feedback"),
        &[("_on", &on), ("outcome", "too_late")],
    )
    .await;
    pair.wire.wake(0);
    pair.settle();
    let page = fr.get(&dossier).await;
    assert!(page.contains("no use: too late") && page.contains("id=\"given\""));
    for path in [
        "/",
        "/ledger",
        "/ledger/meeting",
        "/reviews",
        "/partners",
        "/partners/ma",
        "/balance/ma?period=month",
        "/dossiers?q=camionnette",
    ] {
        fr.get(path).await;
    }
    let entry = page
        .split("href=\"/entries/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    assert!(fr.get(&format!("/entries/{entry}")).await.contains(entry));

    let other = Person::of(pair.fr(), "stranger", "elsewhere").await;
    for path in [
        dossier.clone(),
        format!("/entries/{entry}"),
        format!("/entries/{entry}/proof"),
    ] {
        assert_eq!(
            other.fetch(&path, "en").await.0,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert!(!other.get("/").await.contains("Camionnette"));
}

#[tokio::test]
async fn a_declaration_is_imported_and_its_commitment_confirmed() {
    let mut pair = TestPair::linked(12);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let words = "1. Les deux parties se sont engagées à multiplier leurs rencontres avant la fin de 2026.\n\n2. Elles condamnent les attentats.";
    let fields = [
        ("title", "Déclaration d'essai"),
        ("partner", "fr"),
        ("paste1", words),
        ("lang1", "fr"),
        ("_step", "store"),
    ];
    let dossier = ma.post("/import/declaration", &fields).await;
    let page = ma.get(&dossier).await;
    assert!(
        page.contains("<mark>") && page.contains("name=\"_index\" value=\"0\""),
        "a proposal with its words"
    );
    ma.post(&format!("{dossier}/confirm"), &[("_index", "0")])
        .await;
    pair.wire.wake(0);
    pair.settle();
    assert!(ma.get(&dossier).await.contains("data-status=\"open\""));
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    assert!(fr.get(&dossier).await.contains("data-status=\"open\""));
}

/// The point's heading, and its proposal's, are read in the reader's language where an aligned version has them; officers known by
/// their function too.
#[tokio::test]
async fn headings_and_functions_are_said_in_the_readers_language() {
    let pair = TestPair::linked(17);
    let function = "Officier de liaison | ضابط الاتصال | Liaison officer";
    let officer = NewOfficer {
        id: "fonction".into(),
        name: function.into(),
        services: vec![service(&pair.ma().name, "liaison")],
        roles: vec![Role::Liaison],
        password: Some(PASSWORD.into()),
        lang: Lang::En,
    };
    pair.ma().app.add_officer(officer).unwrap();
    let person = Person::signed_in(pair.ma(), "fonction").await;
    let texts = [
        "1. Les deux parties ont convenu de multiplier les rencontres des responsables.",
        "1. اتفق الطرفان على مضاعفة لقاءات المسؤولين.",
        "1. The two parties agreed to multiply the meetings of those in charge.",
    ];
    let import = [
        ("_step", "store"),
        ("title", "R"),
        ("partner", "fr"),
        ("lang1", "fr"),
        ("paste1", texts[0]),
        ("lang2", "ar"),
        ("paste2", texts[1]),
        ("lang3", "en"),
        ("paste3", texts[2]),
    ];
    let dossier = person.post("/import/declaration", &import).await;
    let own = [
        // Titles begin with a capital.
        "ultiplier les rencontres",
        "لقاءات المسؤولين",
        "ultiply the meetings",
    ];
    for (lang, wanted) in ["fr", "ar", "en"].into_iter().zip(own) {
        let (_, page) = person.fetch(&dossier, lang).await;
        let proposed = page.split_once("<div class=\"proposed\">").unwrap().1;
        let title = proposed.split("</strong>").next().unwrap();
        assert!(title.contains(wanted), "proposed in {lang}: {title}");
    }
    person
        .post(&format!("{dossier}/confirm"), &[("_index", "0")])
        .await;
    let functions = function.split(" | ");
    for ((lang, wanted), function) in ["fr", "ar", "en"].into_iter().zip(own).zip(functions) {
        let (_, page) = person.fetch(&dossier, lang).await;
        let point = page.split_once("<article class=\"point\"").unwrap().1;
        let heading = point.split("</header>").next().unwrap();
        assert!(heading.contains(wanted), "{lang}: {heading}");
        let confirmed = page.split_once("<div class=\"proposed\">").unwrap().1;
        assert!(
            !confirmed
                .split("</div>")
                .next()
                .unwrap()
                .contains("name=\"_index\""),
            "{lang}: it is known to be confirmed"
        );
        // The bar, and the author of an entry.
        for part in ["<a class=\"who\"", "id=\"entries\""] {
            let (_, rest) = page.split_once(part).unwrap();
            assert!(rest.contains(function), "{part} in {lang}");
        }
        assert!(!page.contains(" | "), "{lang}");
    }
}

#[tokio::test]
async fn a_number_finds_its_obligation_and_dossier_for_those_who_may_see_it() {
    let pair = TestPair::linked(12);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let stranger = Person::of(pair.ma(), "etranger", "archives").await;
    let opened = ma.post("/open/request", &REQUEST).await;
    let dossier = opened.split('#').next().unwrap().to_owned();
    let page = ma.get(&dossier).await;
    let number = page
        .split("id=\"ob-MA-")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    let link = format!("href=\"{dossier}#ob-MA-{number}\"");
    for typed in [
        format!("ma {number}"),
        format!("MA-{number}"),
        number.clone(),
    ] {
        let path = format!("/dossiers?q={}", crate::context::percent(&typed));
        let found = ma.get(&path).await;
        assert!(found.contains("id=\"numbered\""), "{typed}");
        assert!(found.contains(&link), "{typed}");
        assert!(found.contains("1 dossier"), "{typed}: its dossier too");
        let hidden = stranger.get(&path).await;
        assert!(
            !hidden.contains("id=\"numbered\"") && !hidden.contains(&dossier),
            "{typed}"
        );
    }
    let other = ma.get(&format!("/dossiers?q=fr+{number}")).await;
    assert!(!other.contains("id=\"numbered\""));
}

const DECLARATION: &str = "1. Les deux parties ont convenu de multiplier les rencontres des responsables.\n\n\
    2. Les deux parties ont décidé de renforcer le retour d'informations.\n";

#[tokio::test]
async fn a_proposal_is_read_over_in_a_short_form_or_confirmed_in_one_click() {
    let pair = TestPair::linked(13);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let import = [
        ("_step", "store"),
        ("title", "Déclaration"),
        ("reference", "R1"),
        ("partner", "fr"),
        ("lang1", "fr"),
        ("paste1", DECLARATION),
    ];
    let dossier = ma.post("/import/declaration", &import).await;
    let before = ma.get(&dossier).await;
    let looked = format!("href=\"{dossier}/confirm?index=0\"");
    assert!(
        before.contains(&looked),
        "the first proposal can be read over"
    );
    assert_eq!(before.matches("name=\"_index\"").count(), 2);

    let form = ma.get(&format!("{dossier}/confirm?index=0")).await;
    let place = |what: &str| form.find(what).unwrap_or_else(|| panic!("no {what}"));
    for field in [
        "name=\"title\"",
        "name=\"deliverable\"",
        "name=\"owners\"",
        "name=\"by\"",
    ] {
        assert!(place(field) < place("class=\"folded\""), "{field} is open");
    }
    assert!(place("name=\"text_fr\"") > place("class=\"folded\""));
    assert!(form.contains("multiplier les rencontres des responsables"));
    let mended = [
        ("title", "Trois rencontres par an"),
        ("point", "R1/1"),
        ("class", "commitment"),
        ("debtors", "fr, ma"),
        ("owners", "fr/liaison, ma/liaison"),
        ("deliverable", "trois comptes rendus"),
        ("by", "2035-05-28"),
    ];
    ma.post(&format!("{dossier}/write/declaration.commitment"), &mended)
        .await;
    let after = ma.get(&dossier).await;
    assert!(after.contains("Trois rencontres par an") && after.contains("trois comptes rendus"));
    assert!(
        !after.contains(&looked) && after.matches("name=\"_index\"").count() == 1,
        "mended or not, it is confirmed once"
    );
    ma.post(&format!("{dossier}/confirm"), &[("_index", "1")])
        .await;
    let done = ma.get(&dossier).await;
    assert_eq!(done.matches("name=\"_index\"").count(), 0);
    let (missing, _) = ma.fetch(&format!("{dossier}/confirm?index=9"), "en").await;
    assert_eq!(missing, StatusCode::NOT_FOUND);
}

/// The details are the asking side's to give, and it reads the question while it does; who asked for them may only go on without.
#[tokio::test]
async fn details_are_given_by_the_side_whose_turn_it_is() {
    let mut pair = TestPair::linked(15);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let opened = ma.post("/open/request", &REQUEST).await;
    let dossier = opened.split('#').next().unwrap().to_owned();
    pair.wire.wake(0);
    pair.settle();
    let on = target(&fr.get("/").await, "details_needed");
    let question = [("_on", on.as_str()), ("text", "De quel mois parlez-vous ?")];
    fr.post(&format!("{dossier}/write/details_needed"), &question)
        .await;
    pair.wire.wake(1);
    pair.settle();

    let (theirs, ours) = (fr.get(&dossier).await, ma.get(&dossier).await);
    assert!(!theirs.contains("/write/details?on=") && theirs.contains("/write/go_on?on="));
    assert!(ours.contains("/write/details?on=") && !ours.contains("/write/go_on?on="));
    let form = format!(
        "{dossier}/write/details?on={}",
        crate::context::percent(&on)
    );
    let beside = ma.get(&form).await;
    let beside = beside.split("<aside class=\"beside\">").nth(1).unwrap();
    assert!(beside.contains("De quel mois parlez-vous ?") && !beside.contains("trois lieux"));

    let given = [("_on", on.as_str()), ("text", "Du mois de mars.")];
    let (status, page) = fr.send(&format!("{dossier}/write/details"), &given).await;
    assert_eq!(status, StatusCode::CONFLICT, "{page}");
    fr.post(&format!("{dossier}/write/go_on"), &[("_on", &on)])
        .await;
    assert!(fr.get(&dossier).await.contains("details no longer needed"));
}

/// Who administers or inspects sees no obligations, is told so, and is offered nothing that would be refused.
#[tokio::test]
async fn administrators_and_inspectors_are_told_what_they_may_see() {
    let pair = TestPair::linked(16);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    ma.post("/open/request", &REQUEST).await;
    assert!(ma.get("/").await.contains("/open/request"));
    for (id, role, may) in [
        ("keeper", Role::Administrator, "You keep this node running"),
        ("controller", Role::Inspector, "You inspect this node"),
    ] {
        let reader = Person::with_role(pair.ma(), id, "liaison", role).await;
        let today = reader.get("/").await;
        assert!(
            today.contains(may) && today.contains("id=\"links\""),
            "{id}"
        );
        assert!(!today.contains("We owe nothing") && !today.contains("id=\"we-owe\""));
        for path in ["/", "/dossiers", "/ledger", "/partners", "/partners/fr"] {
            let page = reader.get(path).await;
            for offer in ["/open/", "/write/", "/import/declaration", "/courier/pack"] {
                let carries = role == Role::Administrator && offer == "/courier/pack";
                assert!(carries || !page.contains(offer), "{id} at {path}: {offer}");
            }
        }
    }
}

/// What a date may be is said at the field, and a form drawn before the date changed is refused with the news.
#[tokio::test]
async fn vain_dates_and_grounds_are_refused_at_their_field() {
    let mut pair = TestPair::linked(17);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let fr = Person::of(pair.fr(), "agent", "liaison").await;
    let mut wished = REQUEST.to_vec();
    wished.push(("wished", "2001-01-01"));
    let (status, page) = ma.send("/open/request", &wished).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"f-wished-e\""));
    let opened = ma.post("/open/request", &REQUEST).await;
    let dossier = opened.split('#').next().unwrap().to_owned();
    pair.wire.wake(0);
    pair.settle();
    let on = target(&fr.get("/").await, "extend");
    let path = format!("{dossier}/write/extend");
    let form = fr
        .get(&format!("{path}?on={}", crate::context::percent(&on)))
        .await;
    let seen = form.split("name=\"_seen\" value=\"").nth(1).unwrap();
    let seen = seen.split('"').next().unwrap();
    let fields = |until| {
        [
            ("_on", on.as_str()),
            ("_seen", seen),
            ("until", until),
            ("delay", "workload"),
        ]
    };
    fr.post(&path, &fields("2090-03-01")).await;
    let (status, page) = fr.send(&path, &fields("2090-04-01")).await;
    assert_eq!(status, StatusCode::CONFLICT, "drawn before the new date");
    assert!(page.contains("Something came in between"));
    for until in ["2090-02-01", "2090-03-01"] {
        let unseen = [
            ("_on", on.as_str()),
            ("until", until),
            ("delay", "workload"),
        ];
        let (status, page) = fr.send(&path, &unseen).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{until}");
        assert!(page.contains("later than the present one"));
    }
    let ground = [
        ("_on", on.as_str()),
        ("ground", "not_available"),
        ("withheld", "on"),
    ];
    let (status, page) = fr.send(&format!("{dossier}/write/refuse"), &ground).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"f-withheld-e\"") && page.contains("on two grounds only"));
}

/// `exe.png` that is a `gnp.exe`: whoever attaches it is told, and nothing is recorded.
#[tokio::test]
async fn a_file_name_that_deceives_is_refused() {
    let pair = TestPair::linked(18);
    let ma = Person::of(pair.ma(), "agent", "liaison").await;
    let opened = ma.post("/open/request", &REQUEST).await;
    let dossier = opened.split('#').next().unwrap().to_owned();
    let attach = async |name: &str| {
        let request = Request::post(format!("{dossier}/write/note"))
            .header(header::COOKIE, &ma.cookie)
            .body(Body::empty());
        let fields = [("_csrf", ma.csrf.as_str()), ("text", "with a file")];
        let file = ("_files", name, b"bytes".to_vec());
        ask(&ma.router, multipart(request.unwrap(), &fields, file)).await
    };
    for hidden in ["\u{202e}", "\u{2066}", "\u{200f}", "\u{200e}"] {
        let answer = attach(&format!("plan{hidden}gnp.exe")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = text(answer).await;
        assert!(page.contains("id=\"f-files-e\"") && page.contains("rename the file"));
    }
    assert!(entente_core::field::deceives("plan\u{7}.pdf"));
    assert!(!ma.get(&dossier).await.contains("with a file"));
    let plain = attach("خطة.pdf").await;
    assert_eq!(plain.status(), StatusCode::SEE_OTHER);
}
