//! What each figure means, in words, at the foot of the page and of the paper.

use crate::i18n::Words;
use maud::{Markup, html};

/// Figures and the messages that say what they mean.
pub const DEFINED: [(&str, &str); 10] = [
    ("fig-asked", "def-asked"),
    ("fig-answered", "def-answered"),
    ("fig-on-time", "def-on-time"),
    ("fig-overdue", "def-overdue"),
    ("fig-feedback", "def-feedback"),
    ("balance-meetings", "def-meetings"),
    ("balance-commitments", "def-commitments"),
    ("balance-by-theme", "def-by-theme"),
    ("balance-by-year", "def-years"),
    ("def-left-out-name", "def-left-out"),
];

/// All of them.
pub fn all(words: Words) -> Markup {
    html! {
        section.panel {
            h2 { (words.t("balance-definitions")) }
            dl.defined { @for one in DEFINED { (defined(words, one)) } }
        }
    }
}

/// One of them.
pub fn defined(words: Words, (name, means): (&str, &str)) -> Markup {
    html! { div { dt { (words.t(name)) } dd { (words.t(means)) } } }
}
