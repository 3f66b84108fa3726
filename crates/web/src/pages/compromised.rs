//! Keys that were declared compromised, on the pages of the partners and of our own card: which, from when on, by whom, and the signed file.

use crate::context::Cx;
use crate::layout::dot;
use entente_app::CompromiseView;
use maud::{Markup, html};

/// In one line of a link, so that nobody has to open the partner's page to see it.
pub fn line(cx: &Cx, all: &[CompromiseView]) -> Markup {
    let words = cx.words;
    html! {
        @for one in all {
            p { strong.late { (words.t("key-compromised-short")) } " " (cx.time(one.since)) }
        }
    }
}

/// All that is kept of them.
pub fn list(cx: &Cx, all: &[CompromiseView]) -> Markup {
    let words = cx.words;
    html! {
        @if !all.is_empty() {
            h3 #compromised { (words.t("key-compromised")) }
            p.quiet { (words.t("key-compromised-why")) }
            ul.lines {
                @for one in all {
                    li {
                        code.hash dir="ltr" { (one.print) } br;
                        strong.late { (words.t("key-compromised-from")) } " " (cx.time(one.since)) br;
                        small {
                            (words.s("key-compromised-by", one.by.as_str())) " " (cx.time(one.declared))
                            (dot()) (words.t("key-compromised-here")) " " (cx.time(one.here))
                        }
                        details {
                            summary { (words.t("key-compromised-file")) }
                            pre.armour dir="ltr" tabindex="0" role="region" aria-label=(words.t("key-compromised-file")) { (one.text) }
                        }
                    }
                }
            }
        }
    }
}
