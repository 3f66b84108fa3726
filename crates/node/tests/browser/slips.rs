//! What hands do without thinking: Back after sending, two menus at once, Escape.

use super::demo::demo;
use super::pages::{ask, sign_in, words};
use super::window::{Manner, in_browser};

/// Back brings a sent form up again as it was left: it may be mended and sent.
#[test]
fn a_form_that_back_brings_up_can_be_sent_again() {
    in_browser("back", Manner::default(), |window| async move {
        let (ma, said) = (demo().ma.as_str(), words("en"));
        sign_in(&window, ma, "liaison", "en").await;
        ask(&window, ma, &said).await;
        window.driver.back().await.expect("the page before");
        window.one("form.entry-form").await;
        // What a browser does that kept the page as it was left, whether or not this one did.
        let stuck: bool = window
            .script(
                "const form = document.querySelector('form.entry-form'); form.dataset.sent = '1';
                 dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
                 return 'sent' in form.dataset;",
                Vec::new(),
            )
            .await;
        assert!(!stuck, "Record would do nothing");
    });
}

/// One menu is open at a time, and Escape closes it wherever the keyboard is.
#[test]
fn menus_close_when_another_opens_and_with_escape() {
    in_browser("menus", Manner::default(), |window| async move {
        let ma = demo().ma.as_str();
        sign_in(&window, ma, "liaison", "en").await;
        window.goto(&format!("{ma}/ledger?open=yes")).await;
        let open: (u64, u64) = window
            .script_later(
                "const done = arguments[arguments.length - 1];
                 const menus = [...document.querySelectorAll('details.more')].slice(0, 2);
                 for (const menu of menus) menu.open = true;
                 const count = () => document.querySelectorAll('details.more[open]').length;
                 setTimeout(() => {
                   const both = count();
                   document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
                   done([both, count()]);
                 }, 200);",
                Vec::new(),
            )
            .await;
        assert_eq!(open, (1, 0));
    });
}
