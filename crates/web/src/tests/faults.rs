//! What is wrong with an imported file is said in the reader's language, on pages, in one line and by the API's code: every broken
//! input that the text engine knows (`text/tests/hostile.rs` and `register.rs` there), at a real node.

use super::real::Person;
use super::{ask, html, multipart, text};
use crate::fail::explain;
use crate::i18n::{Digits, Words};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entente_app::AppError;
use entente_core::kinds::declaration::text::{ImportError, register};
use entente_core::label::Lang;
use entente_testkit::pair::TestPair;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A file, its fault by code, and words of that fault in French, Arabic and English that no other fault has.
struct Broken {
    file: &'static str,
    bytes: Vec<u8>,
    code: &'static str,
    said: [&'static str; 3],
}

fn broken(file: &'static str, bytes: impl Into<Vec<u8>>, code: &'static str) -> Broken {
    let said = match code {
        "too-large" => ["plus que les", "وهو أكبر من", "more than the"],
        "not-utf8" => ["pas en UTF-8", "ليست بترميز UTF-8", "not UTF-8"],
        "binary" => ["binaire", "الوثيقة ثنائية", "is binary"],
        "empty" => ["aucun texte", "أي نص", "holds no text"],
        "too-many-paragraphs" => ["paragraphes", "عدد فقرات", "paragraphs"],
        "unknown-language" => ["ni l’arabe", "ولا العربية: حددوها", "nor Arabic"],
        "syntax" => ["pas du JSON", "ليس بصيغة JSON", "it is not JSON"],
        "shape" => ["un champ manque", "حقل ناقص", "a field is missing"],
        "cut" => ["trop tôt", "مبتور", "cut short"],
        "duplicate-id" => ["sert deux fois", "مستعمل مرتين", "used twice"],
        "unknown-instrument" => ["l’instrument", "تحيل على الصك", "names the instrument"],
        "unknown-point" => ["suit", "غير الموجودة", "follows"],
        "cycle" => ["se suit lui-même", "تتبع نفسها", "follows itself"],
        other => panic!("no words for {other}"),
    };
    Broken {
        file,
        bytes: bytes.into(),
        code,
        said,
    }
}

fn declarations() -> Vec<Broken> {
    let wrong = b"Les deux pays \xff conviennent".to_vec();
    let many = "<p>We agree to meet.".repeat(25_000);
    vec![
        broken("a.txt", vec![b'a'; 3 << 20], "too-large"),
        broken("a.txt", wrong, "not-utf8"),
        broken("a.txt", b"MZ\0\0\x01".to_vec(), "binary"),
        broken("a.txt", b"   \n\n ".to_vec(), "empty"),
        broken("a.md", b"###\n----\n".to_vec(), "empty"),
        broken("a.html", many, "too-many-paragraphs"),
        broken("a.txt", "Ωμέγα καὶ ἄλφα", "unknown-language"),
    ]
}

fn registers() -> Vec<Broken> {
    let of = |points: &str| {
        format!(r#"{{"instruments":[{{"id":"I"}}],"points":[{points}]}}"#).into_bytes()
    };
    let point = |id: &str, of: &str, follows: &str| {
        format!(r#"{{"id":"{id}","instrument":"{of}","kind":"commitment","follows":[{follows}]}}"#)
    };
    let twice = [point("P", "I", ""), point("P", "I", "")].join(",");
    let circle = [point("P", "I", "\"Q\""), point("Q", "I", "\"P\"")].join(",");
    vec![
        broken("r.json", vec![b' '; 3 << 20], "too-large"),
        broken("r.json", b"\xff\xfe".to_vec(), "not-utf8"),
        broken("r.json", b"{\n  nonsense".to_vec(), "syntax"),
        broken("r.json", br#"{"instruments":3}"#.to_vec(), "shape"),
        broken("r.json", b"{".to_vec(), "cut"),
        broken("r.json", of(&twice), "duplicate-id"),
        broken("r.json", of(&point("P", "X", "")), "unknown-instrument"),
        broken("r.json", of(&point("P", "I", "\"Q\"")), "unknown-point"),
        broken("r.json", of(&circle), "cycle"),
    ]
}

/// A form with one file, as a browser sends it.
async fn send(
    who: &Person,
    path: &str,
    lang: Lang,
    fields: &[(&str, &str)],
    (field, name, bytes): (&str, &str, &[u8]),
) -> (StatusCode, String) {
    let fields = [&[("_csrf", who.csrf.as_str())], fields].concat();
    let cookie = format!("{}; entente-ma-lang={lang}", who.cookie);
    let request = Request::post(path).header(header::COOKIE, cookie);
    let file = (field, name, bytes.to_vec());
    let request = multipart(request.body(Body::empty()).unwrap(), &fields, file);
    let response = ask(&who.router, request).await;
    (response.status(), text(response).await)
}

async fn upload(who: &Person, path: &str, lang: Lang, field: &str, b: &Broken) -> String {
    let fields = [("title", "Essai"), ("_step", "preview"), ("partner", "fr")];
    let (status, page) = send(who, path, lang, &fields, (field, b.file, &b.bytes)).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{}", b.code);
    page
}

/// The page says it in its language, and nothing in another.
fn told(page: &str, lang: Lang, b: &Broken) {
    let place = Lang::ALL.iter().position(|l| *l == lang).unwrap();
    let problems = html::problems(page);
    assert!(problems.is_empty(), "{} in {lang}: {problems:?}", b.code);
    assert!(
        page.contains(b.said[place]),
        "{} in {lang} does not say {}",
        b.code,
        b.said[place]
    );
    let (_, main) = page.split_once("<main").expect("a main part");
    let alert = main.split_once("</form>").map_or(main, |(first, _)| first);
    assert!(
        !alert.contains("<p lang=\"en\""),
        "{} in {lang} says it in English",
        b.code
    );
}

#[tokio::test]
async fn every_broken_file_is_refused_in_the_readers_language() {
    let pair = TestPair::linked(31);
    let who = Person::of(pair.ma(), "agent", "liaison").await;
    for lang in Lang::ALL {
        for b in declarations() {
            let page = upload(&who, "/import/declaration", lang, "file1", &b).await;
            told(&page, lang, &b);
        }
        for b in registers() {
            let page = upload(&who, "/import/register", lang, "_register", &b).await;
            told(&page, lang, &b);
        }
    }
    let none = who.get("/dossiers?kind=declaration").await;
    assert!(none.contains("0 dossier"), "nothing was stored");
}

#[tokio::test]
async fn the_api_says_the_code_and_english() {
    let pair = TestPair::linked(32);
    let who = Person::of(pair.ma(), "agent", "liaison").await;
    let sent = |path: &str, body: Value| {
        Request::post(path)
            .header(
                header::COOKIE,
                format!("{}; entente-ma-lang=ar", who.cookie),
            )
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-entente-csrf", &who.csrf)
            .body(Body::from(body.to_string()))
            .unwrap()
    };
    for b in declarations() {
        let body = json!({"base64": STANDARD.encode(&b.bytes), "file_name": b.file});
        let answer = ask(&who.router, sent("/api/v1/propose", body)).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{}", b.code);
        let problem: Value = serde_json::from_str(&text(answer).await).unwrap();
        assert_eq!(problem["title"], "input");
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.starts_with(&format!("{}: the ", b.code)),
            "{}: {detail}",
            b.code
        );
    }
    let body = json!({"title": "x", "versions": []});
    let answer = ask(&who.router, sent("/api/v1/declarations", body)).await;
    let problem: Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!(
        problem["detail"],
        "no-text: a declaration has at least one text"
    );
}

/// A file without a byte is refused at its field, which the page names in the reader's language.
#[tokio::test]
async fn an_empty_file_is_refused_in_the_readers_language() {
    let pair = TestPair::linked(33);
    let who = Person::of(pair.ma(), "agent", "liaison").await;
    let asked = [
        ("title", "T"),
        ("question", "Q"),
        ("facts", "F"),
        ("country_link", "L"),
        ("offence", "other"),
    ];
    for (lang, said) in [
        (Lang::Fr, "un fichier vide ne peut pas être joint"),
        (Lang::Ar, "لا يمكن إرفاق وثيقة فارغة"),
        (Lang::En, "an empty file cannot be attached"),
    ] {
        let empty = ("_files", "vide.txt", &b""[..]);
        let (status, page) = send(&who, "/open/request", lang, &asked, empty).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(said), "{lang}");
    }
}

/// The line that the command line prints, for every fault that there is.
#[test]
fn every_fault_has_a_line_in_three_languages() {
    let mut met = BTreeSet::new();
    let faults = declarations()
        .into_iter()
        .map(|b| {
            let error = entente_app::import::propose(&b.bytes, b.file, None).unwrap_err();
            (error, b.said)
        })
        .chain(
            registers()
                .into_iter()
                .map(|b| (register::import(&b.bytes).unwrap_err(), b.said)),
        )
        .chain([(
            ImportError::NoText,
            ["au moins un texte", "نص واحد على الأقل", "at least one text"],
        )]);
    for (error, said) in faults {
        met.insert(error.name());
        for (lang, wanted) in Lang::ALL.into_iter().zip(said) {
            let words = Words::new(lang, Digits::Latin);
            let line = explain(AppError::Import(error.clone()), words);
            assert!(line.contains(wanted), "{lang}: {line}");
            assert!(
                lang == Lang::En || !line.contains("the "),
                "English in {lang}: {line}"
            );
        }
    }
    let every = BTreeSet::from([
        "too-large",
        "not-utf8",
        "binary",
        "empty",
        "too-many-paragraphs",
        "unknown-language",
        "json",
        "duplicate-id",
        "unknown-instrument",
        "unknown-point",
        "cycle",
        "no-text",
    ]);
    assert_eq!(met, every);
}
