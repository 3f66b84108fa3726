//! Exhibits on pages: recorded by a form, handed over, receipted from the page of the exhibit, its gap said in three languages; and files
//! looked at in place, hostile ones among them, which never run.

use super::real::Person;
use super::{ask, html};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use entente_core::ids::EntryId;
use entente_core::label::Lang;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// An investigation that Morocco opened, with somebody at a desk on either side.
struct Place {
    pair: TestPair,
    dossier: String,
    ma: Person,
    fr: Person,
}

async fn place(seed: u64) -> Place {
    let mut pair = TestPair::linked(seed);
    let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
    let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
    pair.settle();
    Place {
        ma: Person::of(pair.ma(), "agent", "liaison").await,
        fr: Person::of(pair.fr(), "agent", "liaison").await,
        dossier: format!("/dossiers/{}", opened.dossier),
        pair,
    }
}

/// The whole path by forms: an exhibit, its transfer, the receipt from the exhibit's page, and the gap that the receipt leaves.
/// Take out: the way to the receipt in `owed`, or `gap_line`, of `pages/exhibits.rs`.
#[tokio::test]
async fn an_exhibit_is_recorded_handed_over_and_receipted_by_forms() {
    let mut at = place(811).await;
    let (ma, fr, write) = (&at.ma, &at.fr, format!("{}/write", at.dossier));
    let list = format!("{}/exhibits", at.dossier);
    assert!(ma.get(&at.dossier).await.contains(&list), "the way there");
    assert!(ma.get(&list).await.contains("investigation.exhibit"));
    let fields = [
        ("name", "Téléphone <b>fendu</b>"),
        ("mark", "EST-7"),
        ("seized_at", "2015-06-03T06:40"),
        ("seized_by", "unité d’enquête"),
        ("hash_method", "md5"),
        ("hash", "12"),
    ];
    let path = format!("{write}/investigation.exhibit");
    let (status, again) = ma.send(&path, &fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.contains("32 hexadecimal digits"), "{again}");
    let exhibit = ma.post(&path, &fields[..4]).await;
    assert!(exhibit.starts_with("/exhibits/"), "{exhibit}");
    let id = exhibit.trim_start_matches("/exhibits/");

    let way = format!("{write}/investigation.transfer?exhibit={id}");
    assert!(ma.get(&exhibit).await.contains(&way));
    let form = ma.get(&way).await;
    assert!(form.contains(&format!("value=\"{id}\" selected")) && form.contains("EST-7"));
    let given = [
        ("exhibit", id),
        ("handed", "original"),
        ("done_at", "2015-06-05T10:00"),
        ("from_whom", "unité d’enquête"),
        ("to_whom", "laboratoire"),
    ];
    let back = ma
        .post(&format!("{write}/investigation.transfer"), &given)
        .await;
    assert_eq!(back, exhibit);
    at.pair.settle();

    let page = fr.get(&exhibit).await;
    let on = page.split("investigation.received?on=").nth(1);
    let on: String = on
        .expect("a way to the receipt")
        .chars()
        .take_while(|c| *c != '"')
        .collect();
    let on = on.replace("%23", "#");
    let receipt = [
        ("_on", on.as_str()),
        ("done_at", "2015-06-06T08:00"),
        ("to_whom", "greffe"),
        ("seal_found", "unchecked"),
    ];
    fr.post(&format!("{write}/investigation.received"), &receipt)
        .await;
    at.pair.settle();
    for person in [ma, fr] {
        let page = person.get(&exhibit).await;
        assert!(page.contains("Nothing is recorded between"));
        assert!(page.contains("Last recorded holder") && page.contains("greffe"));
        assert!(!page.contains("<b>fendu</b>"));
        assert!(!page.contains("investigation.received?on="), "owed no more");
    }
    for (lang, said) in [
        (Lang::Fr, "Rien n’est noté entre"),
        (Lang::Ar, "لم يقيد شيء بين"),
    ] {
        for path in [&list, &exhibit] {
            let (status, page) = fr.fetch(path, lang.as_str()).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(html::problems(&page), [""; 0], "{path} in {lang}");
        }
        assert!(fr.fetch(&exhibit, lang.as_str()).await.1.contains(said));
    }
}

/// An entry of the other side with these files.
fn with_files(at: &mut Place, files: &[(&'static str, &[u8])]) -> EntryId {
    let dossier = at.dossier.trim_start_matches("/dossiers/").parse().unwrap();
    let fields = [("title", "Pièces"), ("text", "Voir les fichiers.")];
    let mut writing = Writing::on(dossier, &fields);
    for (name, bytes) in files {
        writing = writing.file(name, bytes.to_vec());
    }
    let entry = at
        .pair
        .write(Side::Ma, "investigation.contribute", &writing)
        .entry;
    at.pair.settle();
    entry
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnothing that draws";

/// Markup that is called a picture is letters, a script in a picture's address does not exist, and what is given as a picture can run nothing.
/// Take out: `nature` in `picture`, or the policy in `stream_as`.
#[tokio::test]
async fn invariant_12_hostile_files_are_letters_and_never_run() {
    let mut at = place(812).await;
    let script = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(2)</script></svg>";
    let page = b"<!doctype html><script>alert(3)</script>";
    let pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 /OpenAction /JavaScript";
    let entry = with_files(
        &mut at,
        &[
            ("carte.svg", script),
            ("photo.png", page),
            ("acte.pdf", pdf),
            ("vue.png", PNG),
        ],
    );
    let file = |n: u32| format!("/entries/{entry}/files/{n}");
    let card = at.fr.get(&format!("/entries/{entry}")).await;
    assert!(card.contains(&format!("{}/view", file(0))), "the way there");
    for n in [0, 1] {
        let shown = at.fr.get(&format!("{}/view", file(n))).await;
        assert!(!shown.contains("<script>alert") && !shown.contains("<svg xmlns"));
        assert!(shown.contains("&lt;script&gt;alert"), "{shown}");
        assert!(!shown.contains("/picture"));
    }
    let other = at.fr.get(&format!("{}/view", file(2))).await;
    assert!(
        other.contains("is damaged and cannot be shown here"),
        "{other}"
    );
    assert!(!other.contains("/picture") && !other.contains("JavaScript"));
    let shown = at.fr.get(&format!("{}/view", file(3))).await;
    assert!(shown.contains(&format!("src=\"{}/picture\"", file(3))));
    for n in [0, 1, 2, 9] {
        let (status, _) = at.fr.fetch(&format!("{}/picture", file(n)), "en").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{n}");
    }
    let request = Request::get(format!("{}/picture", file(3)));
    let request = request.header(header::COOKIE, &at.fr.cookie);
    let answer = ask(&at.fr.router, request.body(Body::empty()).unwrap()).await;
    let said = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(said("content-type"), "image/png");
    assert_eq!(said("x-content-type-options"), "nosniff");
    let policy = said("content-security-policy");
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"));
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    assert_eq!(&bytes[..], PNG);
}

/// A document of two pages of which the first has letters and the second has none.
fn two_pages() -> Vec<u8> {
    let drawn = "BT /F 24 Tf 72 700 Td (Acte de saisie <b>7</b>) Tj ET";
    let box_of = "/Parent 2 0 R /MediaBox [0 0 595 842]";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (alert\\(1\\)) >> >>"
            .to_owned(),
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_owned(),
        format!("<< /Type /Page {box_of} /Contents 5 0 R /Resources << /Font << /F 6 0 R >> >> >>"),
        format!("<< /Type /Page {box_of} >>"),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    // Without its table of places: readers find the objects by themselves.
    let objects = (1..).zip(objects);
    let objects: String = objects
        .map(|(n, o)| format!("{n} 0 obj\n{o}\nendobj\n"))
        .collect();
    format!("%PDF-1.7\n{objects}trailer\n<< /Size 7 /Root 1 0 R >>\n%%EOF\n").into_bytes()
}

/// A PDF is looked at page by page: a picture with a word for who does not see it, its letters as letters, the way to the next page; the document
/// itself is never given out for opening. Take out: `Nature::Pdf` in `picture`, the policy in `pages/pdf.rs`, or `visible` in `lettered`.
#[tokio::test]
async fn a_pdf_is_shown_page_by_page_and_never_itself() {
    let mut at = place(816).await;
    let entry = with_files(&mut at, &[("acte.pdf", &two_pages()), ("vue.png", PNG)]);
    let file = format!("/entries/{entry}/files/0");
    let first = at.fr.get(&format!("{file}/view")).await;
    assert!(
        first.contains(&format!("src=\"{file}/picture?page=1\"")),
        "{first}"
    );
    assert!(first.contains("alt=\"acte.pdf, page 1 of 2\""), "{first}");
    assert!(
        first.contains("Acte de saisie &lt;b&gt;7&lt;/b&gt;"),
        "{first}"
    );
    assert!(first.contains(&format!("rel=\"next\" href=\"{file}/view?page=2\"")));
    assert!(!first.contains("rel=\"prev\"") && !first.contains("alert"));
    let second = at.fr.get(&format!("{file}/view?page=2")).await;
    assert!(second.contains(&format!("rel=\"prev\" href=\"{file}/view?page=1\"")));
    assert!(second.contains("No text can be read from this page"));
    let third = at.fr.get(&format!("{file}/view?page=3")).await;
    assert!(third.contains("has no such page") && !third.contains("/picture"));
    for (lang, said) in [
        (Lang::Fr, "Texte de cette page"),
        (Lang::Ar, "نص هذه الصفحة"),
    ] {
        let (status, page) = at.fr.fetch(&format!("{file}/view"), lang.as_str()).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(html::problems(&page), [""; 0], "{lang}");
        assert!(page.contains(said));
    }

    let request = Request::get(format!("{file}/picture?page=1"));
    let request = request.header(header::COOKIE, &at.fr.cookie);
    let answer = ask(&at.fr.router, request.body(Body::empty()).unwrap()).await;
    let said = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(said("content-type"), "image/png");
    assert!(said("content-security-policy").contains("sandbox"));
    let png = to_bytes(answer.into_body(), 8 << 20).await.unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    for none in [
        "0/picture",
        "0/picture?page=3",
        "0/picture?page=0",
        "0/picture?page=x",
    ] {
        let path = format!("/entries/{entry}/files/{none}");
        assert_eq!(
            at.fr.fetch(&path, "en").await.0,
            StatusCode::NOT_FOUND,
            "{none}"
        );
    }
}

/// Each line of a text has its own direction, and of a long one the beginning is shown and said to be that.
/// Take out: `MOST_TEXT` in `begin`.
#[tokio::test]
async fn a_text_is_shown_line_by_line_and_cut() {
    let mut at = place(813).await;
    let short = "première ligne\nالسطر الثاني\n".as_bytes();
    let long = vec![b'a'; 300 * 1024];
    let entry = with_files(&mut at, &[("notes.txt", short), ("long.txt", &long)]);
    let shown = at.fr.get(&format!("/entries/{entry}/files/0/view")).await;
    assert!(
        shown.contains("<div dir=\"auto\">السطر الثاني</div>"),
        "{shown}"
    );
    assert!(!shown.contains("Only the beginning"));
    let cut = at.fr.get(&format!("/entries/{entry}/files/1/view")).await;
    assert!(cut.contains("Only the beginning") && cut.len() < 280 * 1024);
}

/// Invariants 6 and 11: what waits for a condition is not looked at in place either, and a look leaves its record.
/// Take out: `app.file` in `in_place::show`.
#[tokio::test]
async fn invariant_06_a_condition_is_read_before_a_file_is_looked_at() {
    let mut at = place(814).await;
    let dossier = at.dossier.trim_start_matches("/dossiers/").parse().unwrap();
    let fields = [
        ("title", "Pièces"),
        ("text", "Voir."),
        ("handling", "H3"),
        ("condition", "Ne pas recopier."),
    ];
    let writing = Writing::on(dossier, &fields).file("vue.png", PNG.to_vec());
    let writing = writing.file("acte.pdf", two_pages());
    let entry = at
        .pair
        .write(Side::Ma, "investigation.contribute", &writing)
        .entry;
    at.pair.settle();
    for end in ["view", "picture", "view?page=1", "picture?page=1"] {
        let (status, page) = at
            .fr
            .fetch(&format!("/entries/{entry}/files/1/{end}"), "en")
            .await;
        assert_ne!(status, StatusCode::OK, "{end}");
        assert!(!page.contains("acte.pdf"));
        let path = format!("/entries/{entry}/files/0/{end}");
        let (status, page) = at.fr.fetch(&path, "en").await;
        assert_ne!(status, StatusCode::OK, "{end}");
        assert!(!page.contains("vue.png"));
    }
}

const PACKAGE: &str = r#"{
  "@context": {"kb": "http://example.org/kb/", "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/", "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "maker": "http://maker.example/"},
  "@graph": [
    {"@id": "kb:p1", "@type": "uco-identity/Person", "@type": "x"}
  ]
}"#;

const CASE: &str = r#"{
  "@context": {"kb": "http://example.org/kb/", "identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "core": "https://ontology.unifiedcyberontology.org/uco/core/", "observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "maker": "http://maker.example/"},
  "@graph": [
    {"@id": "kb:p1", "@type": "identity:Person", "core:name": "Exemple <i>Inventé</i>", "maker:nationality": "secret-nationality"},
    {"@id": "kb:d1", "@type": "observable:MobileDevice", "core:name": "Appareil 7"},
    {"@id": "kb:d2", "@type": "observable:MobileDevice", "core:name": "Appareil 8"},
    {"@id": "kb:m1", "@type": "observable:SMSMessage", "core:name": "Message"},
    {"@id": "kb:d3", "@type": "observable:MobileDevice"},
    {"@id": "kb:l1", "@type": "core:Relationship", "core:kindOfRelationship": "Connected_To",
      "core:source": {"@id": "kb:d1"}, "core:target": {"@id": "kb:d2"}}
  ]
}"#;

/// A package is read on a page and its proposals lead to ordinary forms with the name alone: nothing is recorded, whatever the package says of
/// a person is not taken along, and one that is refused says why.
/// Take out: `cut` or the form in `proposed`, or the limit in `read`, of `pages/package.rs`.
#[tokio::test]
async fn invariant_09_a_package_proposes_and_takes_nothing_by_itself() {
    let mut at = place(815).await;
    let files: &[(&'static str, &[u8])] = &[
        ("case.jsonld", CASE.as_bytes()),
        ("twice.json", PACKAGE.as_bytes()),
    ];
    let entry = with_files(&mut at, files);
    let view = at.fr.get(&format!("/entries/{entry}/files/0/view")).await;
    assert!(view.contains(&format!("/entries/{entry}/package?file=0")));
    let page = at.fr.get(&format!("/entries/{entry}/package?file=0")).await;
    assert!(
        page.contains("Exemple &lt;i&gt;Inventé&lt;/i&gt;") && page.contains("Appareil 7"),
        "{page}"
    );
    // Take out: `to_take` of the page. One count for the page and for `entente evidence read`, of what a dossier can take.
    assert!(page.contains("Things that could be proposed for a dossier: 3; links: 1."));
    assert!(page.contains("which stay in the package: 2."));
    assert!(page.contains("mobile device <code class=\"quiet\"><bdi>observable:MobileDevice"));
    assert!(
        page.contains("maker:nationality"),
        "unknown parts are shown"
    );
    let write = format!("{}/write/investigation.person", at.dossier);
    assert!(page.contains(&format!("action=\"{write}/preview\"")));
    assert!(!page.contains("secret-nationality"));
    let id = entry.to_string();
    let taken = [
        ("name", "Exemple <i>Inventé</i>"),
        ("rests_on", id.as_str()),
    ];
    let (status, _) = at.fr.send(&format!("{write}/preview"), &taken).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the officer says the rest"
    );
    // As the page sends it, it is the beginning of a form: nothing in it is wrong yet.
    assert!(page.contains("name=\"_begins\" value=\"on\""));
    let begins = [taken[0], taken[1], ("_begins", "on")];
    let (status, form) = at.fr.send(&format!("{write}/preview"), &begins).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!form.contains("aria-invalid"), "{form}");
    assert!(
        form.contains("value=\"Exemple &lt;i&gt;Inventé&lt;/i&gt;\""),
        "{form}"
    );
    assert!(form.contains(&format!("value=\"{id}\" selected")));
    let things = at.fr.get(&format!("{}/things", at.dossier)).await;
    assert!(!things.contains("Inventé"), "nothing was recorded");
    let twice = at.fr.get(&format!("/entries/{entry}/package?file=1")).await;
    assert!(twice.contains("is not read"), "{twice}");
}

/// A link of a package leads to its form once both its ends were taken over, with both, and without saying how; then it is said to be there.
/// Take out: `is_linked`, or the condition on both ends, in `linked` of `pages/package.rs`.
#[tokio::test]
async fn invariant_09_a_link_of_a_package_waits_for_both_ends_and_for_its_officer() {
    let mut at = place(817).await;
    let entry = with_files(&mut at, &[("case.jsonld", CASE.as_bytes())]);
    let (fr, page) = (&at.fr, format!("/entries/{entry}/package?file=0"));
    let write = format!("{}/write", at.dossier);
    let link = format!("action=\"{write}/investigation.link/preview\"");
    let id = entry.to_string();
    let mut things = Vec::new();
    for name in ["Appareil 7", "Appareil 8"] {
        let before = fr.get(&page).await;
        assert!(!before.contains(&link) && before.contains("Take over both ends first"));
        let fields = [
            ("name", name),
            ("nature", "fact"),
            ("rests_on", id.as_str()),
        ];
        let thing = fr
            .post(&format!("{write}/investigation.device"), &fields)
            .await;
        things.push(thing.trim_start_matches("/things/").to_owned());
    }
    let both = fr.get(&page).await;
    assert!(
        both.contains(&link) && both.contains("Taken over:"),
        "{both}"
    );
    let ends = [
        ("from_thing", things[0].as_str()),
        ("to_thing", things[1].as_str()),
        ("rests_on", id.as_str()),
    ];
    let path = format!("{write}/investigation.link");
    let (status, form) = fr.send(&format!("{path}/preview"), &ends).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "how is the officer's to say"
    );
    assert!(
        form.contains(&format!("value=\"{}\" selected", things[1])),
        "{form}"
    );
    let said = [&ends[..], &[("how", "uses"), ("nature", "fact")]].concat();
    let (status, answer) = fr.send(&path, &said).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{answer}");
    let after = fr.get(&page).await;
    assert!(
        !after.contains(&link) && after.contains("Linked already"),
        "{after}"
    );
}

/// Two files: one by the SHA-256 of `abc`, one by another.
const NAMED: &str = r#"{
  "@context": {"kb": "http://example.org/kb/", "core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "observable": "https://ontology.unifiedcyberontology.org/uco/observable/", "types": "https://ontology.unifiedcyberontology.org/uco/types/"},
  "@graph": [
    {"@id": "kb:f1", "@type": "observable:File", "core:hasFacet": [{"@type": "observable:FileFacet", "observable:fileName": "vue.txt"},
      {"@type": "observable:ContentDataFacet", "observable:hash": {"types:hashMethod": "SHA256",
        "types:hashValue": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}}]},
    {"@id": "kb:f2", "@type": "observable:File", "core:hasFacet": [{"@type": "observable:FileFacet", "observable:fileName": "image.dd"},
      {"@type": "observable:ContentDataFacet", "observable:hash": {"types:hashMethod": "SHA256",
        "types:hashValue": "ef797c8118f02dfb649607dd5d3f8c7623048c9c063d532cc95c5ed7a898a64f"}}]}
  ]
}"#;

/// The page of a package says of each file that it names whether it is attached, is another one, or is absent, and what to do; programs read the
/// same of the whole dossier.
/// Take out: in `pages/package.rs::file_line`, what was found; in `show/held.rs::held`, what is read.
#[tokio::test]
async fn the_page_of_a_package_says_which_of_its_files_are_attached() {
    for (bytes, words, code) in [
        (
            &b"abc"[..],
            [
                "avec la même empreinte",
                "وبالبصمة نفسها",
                "with the same hash",
            ],
            "same",
        ),
        (
            b"abd",
            ["autre fichier", "وثيقة أخرى", "another file"],
            "differs",
        ),
    ] {
        let given: &[(&'static str, &[u8])] =
            &[("case.jsonld", NAMED.as_bytes()), ("vue.txt", bytes)];
        let mut at = place(if code == "same" { 820 } else { 821 }).await;
        let entry = with_files(&mut at, given);
        let page = format!("/entries/{entry}/package?file=0");
        let absent = ["Non joint ici", "غير مرفقة هنا", "Not attached here"];
        for (lang, (word, absent)) in Lang::ALL.iter().zip(words.iter().zip(absent)) {
            let (status, page) = at.fr.fetch(&page, lang.as_str()).await;
            assert_eq!(status, StatusCode::OK);
            assert_eq!(html::problems(&page), [""; 0]);
            assert!(page.contains(word) && page.contains(absent), "{page}");
        }
        let api = format!("/api/v1{}/evidence", at.dossier);
        let (status, told) = at.fr.fetch(&api, "en").await;
        assert_eq!(status, StatusCode::OK);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let files = &told["packages"][0]["files"];
        assert_eq!(files[0]["found"], code, "{told}");
        assert_eq!(files[1]["found"], "absent");
        assert_eq!(files[0]["attached"]["entry"], entry.to_string());
    }
}
