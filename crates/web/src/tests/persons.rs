//! The letter to a person, what stands above an entry that was wrong, and what a form says before anything is typed in vain.

use super::html as check;
use super::sample::TOKEN;
use super::sample::{dossier_id, entry_id};
use super::{ask, get, text, world};
use crate::verbs::Verbs as _;
use maud::html;

#[tokio::test]
async fn the_letter_is_in_the_persons_language_whatever_the_readers() {
    let (router, _) = world();
    let page = format!("/dossiers/{}/letter", dossier_id(7));
    for (lang, warns) in [
        ("fr", "pas dans la langue de la personne"),
        ("ar", "ليست بلغة الشخص"),
        ("en", "not in the person"),
    ] {
        let page = text(ask(&router, get(&page, lang)).await).await;
        assert!(page.contains("<article class=\"letter\" lang=\"ar\" dir=\"rtl\">"));
        // What was decided and the remedies, in Arabic; the officer's paragraphs say that they are French.
        assert!(page.contains("فأحلناه على السلطة المختصة"), "{lang}");
        assert!(page.contains("سلطة مراقبة حماية المعطيات"), "{lang}");
        assert!(page.contains("<div class=\"prose\" lang=\"fr\""), "{lang}");
        assert!(page.contains(warns), "{lang}");
        assert!(check::problems(&page).is_empty(), "{lang}");
    }
}

/// The command line prints the letter of the page, sentence by sentence, and nothing besides.
#[tokio::test]
async fn the_letter_of_the_command_line_says_what_the_page_says() {
    let (router, sample) = world();
    let officer = sample.signed_in(TOKEN, "").unwrap().actor;
    let letter = sample.letter(&officer, dossier_id(7)).unwrap().unwrap();
    let page = format!("/dossiers/{}/letter", dossier_id(7));
    let page = text(ask(&router, get(&page, "en")).await).await;
    let (_, paper) = page.split_once("<article class=\"letter\"").unwrap();
    let (paper, _) = paper.split_once("</article>").unwrap();
    let said = crate::letter_text(&letter);
    let mut sentences = 0;
    for line in said.split("\n\n").map(str::trim) {
        let line = line.trim_start_matches("- ");
        // What stands beside its number or signature in a heading is compared by its words.
        for part in line.split(" · ") {
            let part = part.rsplit_once(' ').map_or(part, |(words, _)| words);
            let escaped = html! { (part) }.into_string();
            assert!(paper.contains(&escaped), "{part}");
            sentences += 1;
        }
    }
    assert!(sentences > 10, "{said}");
}

#[tokio::test]
async fn what_is_right_stands_above_what_was_wrong() {
    let (router, _) = world();
    let page = format!("/entries/{}", entry_id(2));
    for lang in ["fr", "ar", "en"] {
        let page = text(ask(&router, get(&page, lang)).await).await;
        let mark = page.find("<aside class=\"corrected\">");
        let old = page.find("<div class=\"body\">");
        assert!(mark.is_some() && mark < old, "{lang}");
        // Beside the proof stands the way to that of the correction, and all who received it are listed.
        assert!(page.contains(&format!("/entries/{}#proof", entry_id(7))));
        assert!(page.contains("id=\"recipients\"") && page.contains("/write/rectify?of="));
    }
    let found = text(ask(&router, get("/dossiers?q=x", "en")).await).await;
    assert!(found.contains("<strong class=\"tag\">corrected since</strong>"));
}

#[tokio::test]
async fn a_form_says_that_nothing_would_cross_and_leads_to_a_change_of_terms() {
    let (router, _) = world();
    let page = text(ask(&router, get("/open/rights?partner=fr", "en")).await).await;
    assert!(page.contains("does not name this kind"));
    assert!(page.contains(&format!(
        "/dossiers/{}/write/charter.propose",
        dossier_id(3)
    )));
    let page = text(ask(&router, get("/open/desk?partner=fr", "en")).await).await;
    assert!(page.contains("does not know this kind of dossier yet"));
}
