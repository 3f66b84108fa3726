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

/// A page that stands open goes when its session is over, and stays where something is half typed in it.
#[test]
fn an_open_page_goes_when_its_session_is_over() {
    in_browser("over", Manner::default(), |window| async move {
        let ma = demo().ma.as_str();
        let driver = &window.driver;
        sign_in(&window, ma, "liaison", "en").await;
        let read = driver.window().await.expect("a tab");
        window.goto(&format!("{ma}/ledger?open=yes")).await;
        let typed = driver.new_tab().await.expect("another tab");
        let to = driver.switch_to_window(typed.clone()).await;
        to.expect("the tab");
        window.goto(&format!("{ma}/ledger?open=no")).await;
        window.fill("[data-search]", "half a word").await;
        let third = driver.new_tab().await.expect("a third tab");
        driver.switch_to_window(third).await.expect("the tab");
        window.goto(&format!("{ma}/account")).await;
        let leave =
            "document.querySelector(\"form[action='/sign-out']\").requestSubmit(); return true;";
        let _sent: bool = window.script(leave, Vec::new()).await;
        window.one("section.sign-in").await;
        // As when a tab comes to the front again.
        let front = "document.dispatchEvent(new Event('visibilitychange'));
             setTimeout(() => arguments[arguments.length - 1](location.pathname), 1500);";
        driver.switch_to_window(typed).await.expect("the tab");
        let at: String = window.script_later(front, Vec::new()).await;
        assert_eq!(at, "/ledger");
        driver.switch_to_window(read).await.expect("the tab");
        let again = "document.dispatchEvent(new Event('visibilitychange')); return true;";
        let _seen: bool = window.script(again, Vec::new()).await;
        window.one("section.sign-in").await;
        assert!(window.address().await.contains("/sign-in?next="));
    });
}
