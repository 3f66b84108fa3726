//! The balance as two officers read it, one in Arabic and one in French: the same figures on both nodes, in one order; no rule of accessibility
//! broken, nothing wider than its window, and a paper of whole plots.

use super::accessibility::{axe, pictures_in};
use super::demo::{demo, in_target};
use super::pages::{language, sign_in};
use super::window::{Manner, Window, in_browser};

/// Take out: in `web/src/plot/mod.rs` the table beside a plot, in `style.css` the widths of `.plots`.
#[test]
fn the_balance_is_read_alike_on_both_sides() {
    in_browser("balance", Manner::default(), |window| path(window, "1280"));
}

/// The same where no script runs, in a narrow window.
#[test]
fn the_balance_needs_no_script_and_little_room() {
    let manner = Manner {
        script: false,
        size: (390, 844),
        ..Manner::default()
    };
    in_browser("balance-narrow", manner, |window| path(window, "390"));
}

/// What the plots of a page say in words, all in English.
async fn told(window: &Window, page: &str) -> Vec<String> {
    window.goto(page).await;
    language(window, "en").await;
    window.goto(page).await;
    let read = "return [...document.querySelectorAll('figure.plot > svg[role=img] > desc')].map((desc) => desc.textContent);";
    window.script(read, vec![]).await
}

async fn path(window: Window, width: &str) {
    let (ma, fr) = (demo().ma.as_str(), demo().fr.as_str());
    sign_in(&window, ma, "liaison", "ar").await;
    sign_in(&window, fr, "liaison", "fr").await;
    let period = "from=2023-01-01&to=2032-12-31";
    let pages = [
        format!("{ma}/balance/fr?{period}"),
        format!("{fr}/balance/ma?{period}"),
    ];
    // Tests beside this one write to the same demonstration: both are looked at until they agree.
    let alike = || async {
        let [one, other] = [
            told(&window, &pages[0]).await,
            told(&window, &pages[1]).await,
        ];
        assert!(!one.is_empty(), "plots");
        Ok((one == other).then_some(()))
    };
    window.until("both sides tell the same", alike).await;
    let axe = axe().filter(|_| width == "1280");
    for (page, name) in [
        (format!("{ma}/balance/fr?{period}"), "page"),
        (format!("{ma}/balance/fr/paper?{period}"), "paper"),
    ] {
        let name = format!("balance-{name}-{width}");
        pictures_in(&window, (&page, &name), ["fr", "en", "ar"], axe.as_deref()).await;
        let wider =
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
        let over: i64 = window.script(wider, vec![]).await;
        assert_eq!(over, 0, "{name} is wider than its window");
        if width == "1280" {
            window
                .print(&in_target("browser").join(format!("{name}.pdf")))
                .await;
        }
    }
}
