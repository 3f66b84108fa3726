//! The commitments of two meetings by two officers, one who works in Arabic and one in French: a promise said again is proposed, tied by a person, its
//! chain read at the other side; the matrix leads to its list; the report stands in two languages.

use super::accessibility::{axe, pictures_in};
use super::demo::{demo, in_target};
use super::pages::sign_in;
use super::window::{Manner, Window, in_browser};
use serde_json::json;

/// Take out: in `web/src/pages/commitments.rs`, `proposed`; the chain's ties.
#[test]
fn a_promise_is_followed_over_two_meetings() {
    in_browser("commitments", Manner::default(), |window| {
        path(window, "1280")
    });
}

/// The same where no script runs, in a narrow window.
#[test]
fn commitments_need_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("commitments-narrow", manner, |window| path(window, "390"));
}

async fn path(window: Window, width: &str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, ma, "coordination", "ar").await;
    sign_in(&window, fr, "coordination", "fr").await;
    imports(&window, ma, width).await;

    // In French: what is said again is proposed, and a person ties it.
    let later = format!("T{width}/2");
    let list = format!("{fr}/commitments?theme=training");
    window
        .reload_until(&list, "#list li:has(a[href*='of=']) bdi.number")
        .await;
    let of = link_of(&window, &later).await;
    window.goto(&format!("{fr}{of}")).await;
    assert!(window.text("#alike").await.contains(&format!("T{width}/1")));
    window.follow("#alike a[href*='declaration.relate']").await;
    window
        .choose("form.entry-form [name='relation']", "restates")
        .await;
    window.follow("form.entry-form .submit button.main").await;
    window.goto(&format!("{fr}{of}")).await;
    assert_eq!(window.count("#alike").await, 0);
    assert_eq!(window.count("#chain li.point").await, 2);

    // In Arabic, at the other side: the same chain.
    window
        .reload_until(&format!("{ma}{of}"), "#chain li.point:nth-child(2)")
        .await;
    let chain = window.text("#chain").await;
    assert!(chain.contains(&format!("T{width}/1")), "{chain}");

    figures(&window, (ma, fr), (&of, &later)).await;

    // A number of the matrix leads to as many lines.
    window.goto(&format!("{ma}/commitments")).await;
    let cell = "#matrix tbody tr:first-child td.num:nth-child(2) a";
    let many = window.text(cell).await;
    window.follow(cell).await;
    assert_eq!(window.text("#list h2 .count").await, many);

    window.goto(&format!("{fr}/commitments/report")).await;
    let report = window.text("#document").await;
    assert!(report.contains(said(width)[0]) && report.contains("تكوين"));
    let axe = axe().filter(|_| width == "1280");
    for (page, name) in [
        ("/commitments".to_owned(), "matrix"),
        (of, "chain"),
        ("/commitments/report".to_owned(), "report"),
    ] {
        let name = format!("commitments-{name}-{width}");
        let page = format!("{ma}{page}");
        pictures_in(&window, (&page, &name), ["fr", "en", "ar"], axe.as_deref()).await;
    }
}

/// In Arabic one side states a figure for a point, in French the other answers with its own; the report has them side by side, until the first takes
/// the other's.
async fn figures(window: &Window, (ma, fr): (&str, &str), (of, label): (&str, &str)) {
    let submit = "form.entry-form .submit button.main";
    window.goto(&format!("{ma}{of}")).await;
    let here = "#chain li[aria-current] a[href^='/dossiers/']";
    let dossier = window.attribute(here, "href").await.expect("the dossier");
    window.goto(&format!("{ma}{dossier}")).await;
    // A day is typed differently in every browser: it stands in the address.
    let form = "#points a[href*='/write/declaration.figure?of=']";
    let form = window.attribute(form, "href").await.expect("the form");
    let form = format!("{ma}{form}&until=2033-02-28");
    window.goto(&form).await;
    window
        .fill("form.entry-form [name='what']", "عدد الضباط المكونين")
        .await;
    window.fill("form.entry-form [name='number']", "53").await;
    window
        .choose("form.entry-form [name='unit']", "people")
        .await;
    window.follow(submit).await;

    let own = "#points .figure a[href*='/write/declaration.own_figure?']";
    window.reload_until(&format!("{fr}{dossier}"), own).await;
    window.follow(own).await;
    window.fill("form.entry-form [name='number']", "47").await;
    window.follow(submit).await;
    window.goto(&format!("{fr}/commitments/report")).await;
    let report = window.text("#document").await;
    assert!(
        report.contains(": 53") && report.contains(": 47"),
        "{report}"
    );
    assert!(report.contains("côte à côte") && report.contains(label));

    let agree = "#points .figure a[href*='/write/declaration.agree_figure?']";
    window.reload_until(&format!("{ma}{dossier}"), agree).await;
    window.click("#points .figure details.more > summary").await;
    window.follow(agree).await;
    window.follow(submit).await;
    let agreed = "#points .figure [data-status='agreed']";
    window.reload_until(&format!("{fr}{dossier}"), agreed).await;
    let points = window.text("#points").await;
    assert!(
        points.contains(": 47") && !points.contains(": 53"),
        "{points}"
    );
}

/// The address of the chain of the point with that label, from the list.
async fn link_of(window: &Window, label: &str) -> String {
    for n in 1..=window.count("#list li").await {
        let at = format!("#list ul > li:nth-child({n})");
        if window.count(&at).await == 1 && window.text(&at).await.contains(label) {
            let href = window
                .attribute(&format!("{at} a[href*='of=']"), "href")
                .await;
            return href.expect("an address");
        }
    }
    panic!("{label} is not on the list");
}

/// A promise, and the same said again.
fn said(width: &str) -> [&'static str; 2] {
    match width {
        "1280" => [
            "Former des officiers de police judiciaire aux saisies numériques.",
            "Les officiers de police judiciaire sont formés aux saisies numériques.",
        ],
        _ => [
            "Entraîner les garde-côtes au sauvetage nocturne des embarcations.",
            "Le sauvetage nocturne des embarcations par les garde-côtes est entraîné.",
        ],
    }
}

/// Two meetings with a promise that the second says again, worded for this test.
async fn imports(window: &Window, ma: &str, width: &str) {
    let point = |n: u8, fr: &str, ar: &str| {
        json!({
            "id": format!("T{width}/{n}"), "instrument": format!("T{width}-{n}"), "kind": "commitment", "topic": "training", "debtor": ["FR"],
            "creditor": ["MA"], "due": null, "text_fr": fr, "text_ar": ar,
        })
    };
    // Both tests share one demonstration: what one ties is nothing to the other.
    let [first, again] = said(width);
    let meeting = |n: u8, date: &str| {
        json!({
            "id": format!("T{width}-{n}"), "date": date, "place": "Rabat", "parties": ["FR", "MA"], "kind": "declaration",
            "title_fr": format!("Rencontre {n} ({width})"),
        })
    };
    let register = json!({
        "instruments": [meeting(1, "2031-03-01"), meeting(2, "2033-03-01")],
        "points": [
            point(1, first, "تكوين جديد."),
            point(2, again, "تكوين."),
        ],
    });
    let file = in_target("browser").join(format!("commitments-{width}.json"));
    std::fs::write(&file, register.to_string()).expect("a register");
    window.goto(&format!("{ma}/import/declaration")).await;
    window.attach("#register", &file).await;
    window
        .follow("form[action='/import/register'] button[type='submit']")
        .await;
}
