//! The frame of every page: bar, search, language, the demonstration's notice, main part.

use crate::assets;
use crate::context::Cx;
use crate::demo::DemoState;
use crate::i18n::{Digits, Words};
use crate::pages::absence;
use crate::state::Shared;
use crate::thread::{Thread, strip, visit};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use entente_app::called;
use entente_core::floor::Action;
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_core::label::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// HTML with its media type.
pub fn html_response(page: Markup) -> Response {
    (
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        page.into_string(),
    )
        .into_response()
}

fn head(words: Words, title: &str, live: bool) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · Entente" }
            link rel="icon" type="image/svg+xml" href=(assets::mark());
            link rel="stylesheet" href=(assets::style());
            script type="module" src=(assets::script()) data-live=[live.then_some("/events")] data-news=(words.t("live-news")) {}
        }
    }
}

/// What every page is drawn with, whoever reads it.
pub struct Frame<'a> {
    pub shared: &'a Shared,
    pub words: Words,
    /// The node's clock, UTC.
    pub now: Instant,
    /// How the demonstration stands, as far as is known.
    pub demo: Option<&'a DemoState>,
    /// Where the reader is in its tour.
    pub thread: Option<Thread>,
}

impl<'a> Frame<'a> {
    fn of(cx: &'a Cx) -> Self {
        Self {
            shared: &cx.shared,
            words: cx.words,
            now: cx.now,
            demo: cx.demo.as_ref(),
            thread: cx.thread,
        }
    }
}

/// The one way to make a page: what stands here, stands on all of them. A demonstration says first that it is one.
fn document(frame: &Frame<'_>, title: &str, live: bool, inside: &Markup) -> Markup {
    let words = frame.words;
    html! {
        (DOCTYPE)
        html lang=(words.lang) dir=(words.lang.dir()) {
            (head(words, title, live))
            body {
                a.skip href="#main" { (words.t("skip")) }
                @if frame.shared.verbs.settings().demo { (demo_notice(frame)) }
                (inside)
            }
        }
    }
}

/// A page without bar or forms: for failures.
pub fn bare(frame: &Frame<'_>, title: &str, main: &Markup) -> Markup {
    let inside = html! {
        header.bar { (mark("Entente")) }
        main #main tabindex="-1" { (main) }
    };
    document(frame, title, false, &inside)
}

/// A whole page.
pub fn page(cx: &Cx, title: &str, main: &Markup) -> Markup {
    framed(cx, title, cx.has_menu(), main)
}

/// A page that nothing new belongs on: a failure, with the menu of whoever is signed in.
pub fn still(cx: &Cx, title: &str, main: &Markup) -> Markup {
    framed(cx, title, false, main)
}

fn framed(cx: &Cx, title: &str, live: bool, main: &Markup) -> Markup {
    let words = cx.words;
    let on_tour = cx.path.split('?').next() == Some("/tour");
    let settings = cx.shared.verbs.settings();
    let node = called(&settings.title, words.lang);
    let inside = html! {
        header.bar {
            (mark(node))
            @if cx.has_menu() { (navigation(cx)) (search(cx)) }
            (reader(cx))
        }
        @if cx.actor.is_some() && cx.shared.verbs.refolding() {
            aside.notice role="status" data-live-part #refolding { (words.t("refolding")) }
        }
        (absence::acting(cx))
        @if let Some(thread) = cx.thread.filter(|_| !on_tour) { (strip(words, thread)) }
        main #main tabindex="-1" { (main) }
        footer.foot {
            span { bdi { (node) } }
            span { (words.t("foot-clock")) " " (cx.time(cx.now)) }
            @if let Some(actor) = &cx.actor {
                span.printed { (words.t("foot-printed")) " " bdi { (actor.called()) } " · " bdi { (actor.service) } }
            }
        }
    };
    document(&Frame::of(cx), title, live, &inside)
}

fn mark(title: &str) -> Markup {
    html! { a.mark href="/" accesskey="1" { img src=(assets::mark()) alt="" width="22" height="22"; bdi { (title) } } }
}

fn demo_notice(frame: &Frame<'_>) -> Markup {
    let words = frame.words;
    let clock = frame.shared.clocks.show(words, frame.now, frame.now);
    html! {
        aside.demo #demo data-live-part {
            strong { (words.t("demo-fictional")) }
            " " (words.t("demo-unendorsed"))
            " " span.demo-clock { (words.t("demo-clock")) " " (clock) }
            @if let Some(demo) = frame.demo {
                @if demo.link_cut { " · " strong { (words.t("demo-link-cut")) } }
                @if demo.clock_offset_ms != 0 {
                    " · " (words.s("demo-ahead", &crate::time::span(words, entente_core::instant::Span(demo.clock_offset_ms))))
                }
                span.ways {
                    " · " a href="/tour" { (words.t("nav-tour")) }
                    " · " a href=(visit(&demo.partner_url, frame.thread, words.lang)) { (words.t("demo-other-side")) }
                }
            }
        }
    }
}

fn navigation(cx: &Cx) -> Markup {
    let words = cx.words;
    let links = [
        ("/", words.t("nav-today"), "t"),
        ("/dossiers", words.t("nav-dossiers"), "d"),
        ("/ledger", words.t("nav-ledger"), "l"),
        ("/partners", words.t("nav-partners"), "p"),
        ("/import/declaration", words.t("nav-import"), "i"),
        ("/officers", words.t("officers"), "o"),
        ("/oversight", words.t("oversight"), "v"),
    ];
    // What a form would only refuse is not offered.
    let offered = |href: &str| match href {
        "/import/declaration" => cx.may_open_named("declaration"),
        "/officers" => cx.may(Action::Administer),
        "/oversight" => cx.may(Action::Inspect),
        _ => true,
    };
    let links = links.into_iter().filter(|(href, ..)| offered(href));
    let path = cx.path.split('?').next().unwrap_or_default();
    let current = |href: &str| {
        if href == "/" {
            path == "/"
        } else {
            path.starts_with(href)
        }
    };
    html! {
        nav.nav aria-label=(words.t("nav-label")) {
            @for (href, name, key) in links {
                a href=(href) accesskey=(key) aria-current=[current(href).then_some("page")] { (name) }
            }
        }
    }
}

/// The dossier whose page is shown: a search from there is for it, and needs no other reason.
fn dossier_shown(cx: &Cx) -> Option<DossierId> {
    let path = cx.path.split('?').next().unwrap_or_default();
    let rest = path.strip_prefix("/dossiers/")?;
    rest.split('/').next()?.parse().ok()
}

fn search(cx: &Cx) -> Markup {
    let words = cx.words;
    html! {
        form.search role="search" action="/dossiers" method="get" {
            @if let Some(dossier) = dossier_shown(cx) { input type="hidden" name="for" value=(dossier); }
            input type="search" name="q" accesskey="s" dir="auto" maxlength="200" placeholder=(words.t("search-hint")) aria-label=(words.t("search"))
                data-search title="/";
        }
    }
}

fn reader(cx: &Cx) -> Markup {
    let words = cx.words;
    html! {
        div.reader {
            form.langs method="post" action="/lang/fr" {
                (csrf(cx))
                input type="hidden" name="_back" value=(cx.path);
                @for lang in Lang::ALL {
                    button.plain type="submit" formaction=(format!("/lang/{lang}")) lang=(lang) dir=(lang.dir())
                        aria-pressed=(if words.lang == lang { "true" } else { "false" }) title=(lang.own_name()) {
                        (match lang { Lang::Fr => "FR", Lang::Ar => "ع", Lang::En => "EN" })
                    }
                }
                @if words.lang == Lang::Ar {
                    @let arabic = words.numerals() == Digits::Arabic;
                    button.plain type="submit" formaction=(if arabic { "/digits/latn" } else { "/digits/arab" }) title=(words.t("digits")) {
                        (if arabic { "123" } else { "١٢٣" })
                    }
                }
            }
            @if let Some(actor) = &cx.actor {
                form method="post" action="/sign-out" {
                    (csrf(cx))
                    a.who href="/account" title=(words.t("account")) { bdi { (actor.called()) } br; small { bdi { (actor.service) } } }
                    button.plain type="submit" { (words.t("sign-out")) }
                }
            }
        }
    }
}

/// The hidden field with the form's secret.
pub fn csrf(cx: &Cx) -> Markup {
    html! { input type="hidden" name="_csrf" value=(cx.csrf); }
}

/// A separator that screen readers skip.
pub fn dot() -> Markup {
    PreEscaped(r#" <span class="dot" aria-hidden="true">·</span> "#.to_owned())
}
