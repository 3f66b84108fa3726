//! Terms of the charter, changed on its form, seen by the partner as what would change.

use serde_json::Value;

use super::demo::{demo, in_target};
use super::pages::{language, sign_in};
use super::window::{Manner, in_browser};

const ANSWER: &str = "input[name='_terms.clock.answer.normal']";
const CHANGES: &str = ".proposal .changes";
const CHANGES_TO_SIGN: &str = "main .changes";
const REASON: &str = "Our courts need the old clock until the summer.";

/// A wrong length is said beside its part and nothing typed is lost; the right one reaches the other node, which is shown it.
#[test]
fn changed_terms_are_proposed_and_shown_to_the_partner() {
    in_browser("terms", Manner::default(), |window| async move {
        let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
        sign_in(&window, fr, "liaison", "en").await;
        sign_in(&window, ma, "liaison", "en").await;
        let charters = window.json("/api/v1/dossiers?kind=charter").await;
        let charter = charters.pointer("/lines/0/id").and_then(Value::as_str);
        let charter = format!("/dossiers/{}", charter.expect("a charter"));
        let form = format!("{ma}{charter}/write/charter.propose");
        for lang in ["fr", "ar", "en"] {
            window.goto(&form).await;
            language(&window, lang).await;
            window.goto(&form).await;
            let picture = format!("terms-{lang}.png");
            window.picture(&in_target("browser").join(picture)).await;
        }
        window.fill(ANSWER, "").await;
        window.fill("input[name='_terms.meeting']", "10").await;
        window.follow(".entry-form button.main").await;
        let error = window.text(".terms-form .error").await;
        assert!(error.contains("ordinary clock"), "{error}");
        let typed = window
            .attribute("input[name='_terms.meeting']", "value")
            .await;
        assert_eq!(typed.as_deref(), Some("10"));

        window.fill("input[name='_terms.more.0']", "5").await;
        window
            .choose("select[name='_terms.more.0.ask']", "answer")
            .await;
        window.follow(".entry-form button.main").await;
        let ours = window.text(CHANGES).await;
        assert!(
            ours.contains("7 days") && ours.contains("5 days") && ours.contains("10 days"),
            "{ours}"
        );
        let at_fr = format!("{fr}{charter}");
        window.reload_until(&at_fr, CHANGES).await;
        assert_eq!(
            window.text(CHANGES).await,
            ours,
            "both sides read the same changes"
        );
        for lang in ["fr", "ar"] {
            language(&window, lang).await;
            window.goto(&at_fr).await;
            let picture = format!("terms-proposed-{lang}.png");
            window.picture(&in_target("browser").join(picture)).await;
        }

        // Signing is read first: nothing binds by one click.
        for lang in ["fr", "ar", "en"] {
            language(&window, lang).await;
            window.goto(&at_fr).await;
            window.follow(".proposal a.button.main").await;
            let picture = format!("sign-{lang}.png");
            window.picture(&in_target("browser").join(picture)).await;
        }
        window.one(".entry-form input[name='_sure']").await;
        assert_eq!(window.text(CHANGES_TO_SIGN).await, ours);

        // fr declines and says why; ma reads it.
        window.goto(&at_fr).await;
        window.follow(".proposal a[href*='charter.decline']").await;
        window.fill("textarea[name='reason']", REASON).await;
        window.follow(".entry-form button.main").await;
        assert_eq!(window.count(".proposal").await, 0, "nothing waits any more");
        let at_ma = format!("{ma}{charter}");
        window.reload_until(&at_ma, "#charter ul.lines li").await;
        let lapsed = window.text("#charter ul.lines li").await;
        assert!(lapsed.contains("declined"), "{lapsed}");
        window.follow("#charter ul.lines li a:last-of-type").await;
        let said = window.text("main").await;
        assert!(said.contains(REASON), "{said}");
    });
}
