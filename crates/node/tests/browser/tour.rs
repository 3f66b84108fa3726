//! The tour's six steps with its live buttons, at both nodes.

use super::demo::{demo, turn};
use super::http;
use super::pages::{answer, language, no_use, sign_in, words};
use super::window::{Manner, in_browser};

#[test]
fn the_six_steps_of_the_tour() {
    in_browser("tour", Manner::default(), |window| async move {
        let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
        // Nobody is signed in, at either node: the first page is the tour.
        window.goto(&format!("{ma}/")).await;
        assert_eq!(window.address().await, format!("{ma}/tour"));
        language(&window, "en").await;
        // 1 Ask.
        window.follow("#step-1 form button").await;
        let address = window
            .driver
            .current_url()
            .await
            .expect("an address")
            .to_string();
        let id = address
            .split("d=")
            .nth(1)
            .and_then(|rest| rest.split(['&', '#']).next())
            .expect("the dossier in the tour's address")
            .to_owned();
        let (at_ma, at_fr) = (format!("{ma}/dossiers/{id}"), format!("{fr}/dossiers/{id}"));
        let tour = format!("{ma}/tour?d={id}");
        // 2 See it at fr.
        window.follow("#step-2 a.button").await;
        assert_eq!(window.address().await, at_fr);
        window.reload_until(&at_fr, "#obligations .ob").await;
        // 3 Cut the link.
        window.goto(&tour).await;
        window.follow("#step-3 form button").await;
        window.one("#demo strong:nth-of-type(2)").await;
        // 4 Jump eight hours: overdue on both, with the link still cut. The first jump may not end sessions.
        window.follow("#step-4 form button").await;
        window
            .reload_until(&at_ma, "#obligations .ob[data-tone='late']")
            .await;
        window
            .reload_until(&at_fr, "#obligations .ob[data-tone='late']")
            .await;
        // Mend; 5 answer and give feedback.
        window.goto(&tour).await;
        window.follow("#step-3 form button").await;
        answer(&window, &at_fr, &words("en"), None).await;
        no_use(&window, &at_ma, "too_vague").await;
        // 6 Tamper with one byte.
        window.goto(&tour).await;
        window.follow("#step-6 form button").await;
        assert!(
            window
                .text("#step-6 [role='status']")
                .await
                .starts_with("Caught"),
            "one changed byte is caught"
        );
        // Whoever was signed in by a step finds Today in place of the tour.
        for node in [ma, fr] {
            window.goto(&format!("{node}/")).await;
            window.one("#we-owe").await;
        }
    });
}

/// The invented people are called by their functions, each in the reader's language.
#[test]
fn people_are_called_by_their_function_in_three_languages() {
    let _turn = turn();
    for (lang, functions) in [
        (
            "fr",
            [
                "Officier de liaison (ma)",
                "Cheffe de l’unité d’enquête (ma)",
            ],
        ),
        ("ar", ["ضابط الاتصال (ma)", "رئيسة وحدة التحقيق (ma)"]),
        (
            "en",
            [
                "Liaison officer (ma)",
                "Head of the investigation unit (ma)",
            ],
        ),
    ] {
        let cookie = format!("Cookie: entente-ma-lang={lang}");
        let page = http::get(&format!("{}/sign-in", demo().ma), Some(&cookie));
        let page = page.expect("an answer").body;
        for function in functions {
            assert!(page.contains(function), "{function} is missing");
        }
        assert!(!page.contains(" | "), "one language at a time: {lang}");
    }
}

/// What is written while the link is cut waits, is a number on the page, and arrives once the link is mended.
#[test]
fn nothing_is_lost_while_the_link_is_cut() {
    in_browser("cut", Manner::default(), |window| async move {
        let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
        sign_in(&window, fr, "liaison", "fr").await;
        sign_in(&window, ma, "liaison", "fr").await;
        window.goto(&format!("{ma}/tour")).await;
        window.follow("#step-3 form button").await;
        let (path, _) = super::pages::ask(&window, ma, &words("fr")).await;
        let (at_ma, at_fr) = (format!("{ma}{path}"), format!("{fr}{path}"));
        window.goto(&at_ma).await;
        window.one("#state .late").await;
        window.goto(&at_fr).await;
        assert_eq!(
            window.count("#obligations").await,
            0,
            "what was not sent does not exist at fr"
        );
        window.goto(&format!("{ma}/tour")).await;
        window.follow("#step-3 form button").await;
        window.reload_until(&at_fr, "#obligations .ob").await;
        window.reload_until(&at_ma, "#state .good").await;
    });
}
