//! The thread of the tour: at which step a visitor is and with which dossier, in a cookie of each node; an address hands it, and the
//! reader's language, to the other node.

use crate::context::cookie;
use crate::i18n::Words;
use crate::layout::dot;
use crate::state::Shared;
use axum::http::HeaderMap;
use entente_core::ids::DossierId;
use entente_core::label::Lang;
use maud::{Markup, html};

/// Ends the name of the cookie.
const SUFFIX: &str = "-tour";
/// How many steps there are.
const STEPS: u8 = 6;

/// Where a visitor of the demonstration is in its tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thread {
    /// From 1 to [`STEPS`].
    step: u8,
    /// The dossier of the tour, once something was asked.
    pub dossier: Option<DossierId>,
}

impl Thread {
    /// A thread at a step that exists.
    pub fn at(step: u8, dossier: Option<DossierId>) -> Option<Self> {
        (1..=STEPS)
            .contains(&step)
            .then_some(Self { step, dossier })
    }

    /// The thread that a browser holds; none outside a demonstration.
    pub fn of(headers: &HeaderMap, shared: &Shared) -> Option<Self> {
        shared.demo.as_ref()?;
        let held = cookie(headers, &format!("{}{SUFFIX}", shared.cookie()))?;
        let (step, dossier) = held.split_once('.').unwrap_or((held, ""));
        Self::at(step.parse().ok()?, dossier.parse().ok())
    }

    /// The cookie that holds it.
    pub fn kept(self, shared: &Shared) -> String {
        let dossier = self.dossier.map(|d| format!(".{d}")).unwrap_or_default();
        shared.set_cookie(SUFFIX, &format!("{}{dossier}", self.step), None, true)
    }

    /// The cookie that ends it.
    pub fn dropped(shared: &Shared) -> String {
        shared.set_cookie(SUFFIX, "", Some(0), true)
    }

    /// Whether this is the step.
    pub fn is_at(self, step: u8) -> bool {
        self.step == step
    }
}

/// A node's pages as somebody who may see them, in the reader's language: the dossier of the tour, whose identifier is the same on
/// both, or the front page.
pub fn visit(node: &str, thread: Option<Thread>, lang: Lang) -> String {
    let step = thread.map(|t| format!("&step={}", t.step));
    let dossier = thread.and_then(|t| t.dossier).map(|d| format!("&d={d}"));
    let (step, dossier) = (step.unwrap_or_default(), dossier.unwrap_or_default());
    format!("{node}/tour/see?lang={lang}{step}{dossier}")
}

/// The tour's page at a step.
pub fn place(step: u8, dossier: Option<DossierId>) -> String {
    let dossier = dossier.map(|d| format!("?d={d}")).unwrap_or_default();
    format!("/tour{dossier}#step-{step}")
}

/// What a step is called.
pub fn name(words: Words, step: u8) -> String {
    match step {
        1 => words.t("tour-1"),
        2 => words.t("tour-2"),
        3 => words.t("tour-3"),
        4 => words.t("tour-4"),
        5 => words.t("tour-5"),
        _ => words.t("tour-6"),
    }
}

/// On every page but the tour's own: where one is in it, and the way on.
pub fn strip(words: Words, thread: Thread) -> Markup {
    let here = name(words, thread.step);
    let next = thread.step + 1;
    html! {
        nav.thread aria-label=(words.t("nav-tour")) {
            strong { (words.two("tour-at", &words.number(thread.step), &words.number(STEPS))) } " "
            a href=(place(thread.step, thread.dossier)) { (here) }
            @if next <= STEPS { (dot()) a href=(place(next, thread.dossier)) { (words.s("tour-next", &name(words, next))) } }
            (dot()) a href="/tour/see?step=0" { (words.t("tour-end")) }
        }
    }
}
