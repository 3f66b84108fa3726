//! The main path: ask, see it arrive, acknowledge, answer with a file, read the answer, give feedback, and both ledgers the same.

use std::time::{Duration, Instant};

use super::demo::{demo, in_target};
use super::pages::{self, acknowledge, answer, ask, no_use, same_ledger, sign_in, words};
use super::window::{Manner, Window, in_browser};

/// The file that answers carry.
const CONTRACT: &str = "Contrat de location imaginaire no 7\n";

#[test]
fn main_path_in_french() {
    in_browser("main-fr", Manner::default(), |window| {
        main_path(window, "fr")
    });
}

#[test]
fn main_path_in_arabic() {
    in_browser("main-ar", Manner::default(), |window| {
        main_path(window, "ar")
    });
}

#[test]
fn main_path_in_english() {
    in_browser("main-en", Manner::default(), |window| {
        main_path(window, "en")
    });
}

async fn main_path(window: Window, lang: &'static str) {
    let (ma, fr, said) = (demo().ma.as_str(), demo().fr.as_str(), words(lang));
    let file = in_target("browser").join("contrat.txt");
    std::fs::write(&file, CONTRACT).expect("a file to attach");
    sign_in(&window, ma, "liaison", lang).await;
    sign_in(&window, fr, "liaison", lang).await;
    let (path, fields) = ask(&window, ma, &said).await;
    // DESIGN section 6: a request leaves after at most six fields typed by a person.
    println!("{lang}: a request asks for {fields} fields");
    assert!(
        (1..=6).contains(&fields),
        "a request asks for {fields} fields"
    );
    let (at_ma, at_fr) = (format!("{ma}{path}"), format!("{fr}{path}"));
    acknowledge(&window, &at_fr).await;
    assert!(
        window.text("h1").await.contains(said.title),
        "the dossier at fr has the subject"
    );
    assert!(
        window.count("#entries .entry.theirs").await > 0,
        "the request shows as theirs at fr"
    );
    answer(&window, &at_fr, &said, Some(&file)).await;
    let attached = "#entries .entry.theirs a[href*='/files/']";
    window.reload_until(&at_ma, attached).await;
    assert!(
        window.text("#entries").await.contains(said.answer),
        "the answer is read at ma"
    );
    assert!(
        window.count("#entries .entry.ours").await > 0,
        "the request shows as ours at ma"
    );
    file_arrives(&window, &at_ma, attached).await;
    no_use(&window, &at_ma, "too_late").await;
    let lines = same_ledger(&window, (&at_ma, &at_fr), 2).await;
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines.iter().any(|line| line["outcome"] == "too_late"),
        "the click is the reason: {lines:?}"
    );
    note(&window, &at_ma, &at_fr, said.note).await;
}

/// The file's bytes follow its entry chunk by chunk.
async fn file_arrives(window: &Window, dossier: &str, link: &str) {
    let begun = Instant::now();
    loop {
        window.goto(dossier).await;
        if let Some(path) = window.attribute(link, "href").await
            && window.fetched_text(&path).await == CONTRACT
        {
            return;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "the file did not arrive whole"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// One text box and "I need an answer" make an obligation on the other side.
async fn note(window: &Window, at_ma: &str, at_fr: &str, text: &str) {
    window.goto(at_ma).await;
    window.fill("#note-text", text).await;
    window.click("#note input[name='needs_answer']").await;
    window.follow("#note button.main").await;
    window
        .reload_until(at_fr, "#obligations a[href*='/write/reply?on=']")
        .await;
    assert!(window.text("#entries").await.contains(text));
}

#[test]
fn everything_works_without_script() {
    let manner = Manner {
        script: false,
        ..Manner::default()
    };
    in_browser("no-script", manner, |window| async move {
        window
            .goto("data:text/html,<title>none</title><main></main><script>document.title='ran'</script>")
            .await;
        assert_eq!(
            window.driver.title().await.expect("a title"),
            "none",
            "script is off in this window"
        );
        let (ma, fr, said) = (demo().ma.as_str(), demo().fr.as_str(), words("fr"));
        sign_in(&window, ma, "liaison", "fr").await;
        sign_in(&window, fr, "liaison", "fr").await;
        let (path, _) = ask(&window, ma, &said).await;
        let (at_ma, at_fr) = (format!("{ma}{path}"), format!("{fr}{path}"));
        acknowledge(&window, &at_fr).await;
        answer(&window, &at_fr, &said, None).await;
        no_use(&window, &at_ma, "known_already").await;
        window.reload_until(&at_fr, "#given, #got").await;
    });
}

/// With script, a page that stands open shows what the partner did, and keeps what is being typed.
#[test]
fn an_open_page_renews_itself_and_keeps_what_is_typed() {
    in_browser("live", Manner::default(), |window| async move {
        let (ma, fr, said) = (demo().ma.as_str(), demo().fr.as_str(), words("en"));
        sign_in(&window, ma, "liaison", "en").await;
        sign_in(&window, fr, "liaison", "en").await;
        let (path, _) = ask(&window, ma, &said).await;
        let (at_ma, at_fr) = (format!("{ma}{path}"), format!("{fr}{path}"));
        window
            .reload_until(
                &at_fr,
                "#obligations form[action$='/write/acknowledge'] button",
            )
            .await;
        let fr_tab = window.driver.window().await.expect("a tab");
        let ma_tab = window.driver.new_tab().await.expect("another tab");
        window
            .driver
            .switch_to_window(ma_tab.clone())
            .await
            .expect("the tab");
        window.goto(&at_ma).await;
        window.fill("#note-text", "half a sentence").await;
        window
            .driver
            .switch_to_window(fr_tab)
            .await
            .expect("the first tab");
        acknowledge(&window, &at_fr).await;
        window
            .driver
            .switch_to_window(ma_tab)
            .await
            .expect("the tab");
        // No reload: the acknowledgement comes by itself.
        window.one("#entries .entry.theirs").await;
        let typed = window
            .one("#note-text")
            .await
            .value()
            .await
            .expect("a value");
        assert_eq!(typed.as_deref(), Some("half a sentence"));
    });
}

/// Both personas stay signed in in one browser, since cookie names carry the node's name.
#[test]
fn one_browser_stays_signed_in_to_both_nodes() {
    in_browser("both", Manner::default(), |window| async move {
        let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
        sign_in(&window, ma, "liaison", "en").await;
        sign_in(&window, fr, "liaison", "ar").await;
        window.goto(&format!("{ma}/")).await;
        assert!(window.address().await == format!("{ma}/") && window.count("#we-owe").await == 1);
        assert_eq!(
            window.attribute("html", "lang").await.as_deref(),
            Some("en")
        );
        pages::language(&window, "fr").await;
        window.goto(&format!("{fr}/")).await;
        assert_eq!(
            window.attribute("html", "dir").await.as_deref(),
            Some("rtl")
        );
    });
}
