//! A charter's terms in words, and its proposals with what may be done about them.

use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::side;
use crate::time::span;
use entente_app::views::{CharterView, Proposal};
use entente_core::charter::Terms;
use entente_core::codes::{Ask, Urgency};
use entente_core::ids::DossierId;
use entente_core::instant::Span;
use entente_core::kinds;
use maud::{Markup, html};

/// The charter's part of its dossier's page.
pub fn section(cx: &Cx, dossier: DossierId, view: &CharterView, seen: &str) -> Markup {
    let words = cx.words;
    html! {
        section.panel #charter data-live-part {
            h2 { (words.t("charter-in-force")) }
            (suspension(words, view.suspended))
            @match &view.in_force { Some(t) => (terms(cx, t)), None => p.quiet { (words.t("charter-none")) } }
        }
        @for proposal in &view.proposals { (proposed(cx, dossier, proposal, seen)) }
    }
}

/// Both suspension flags in words.
pub fn suspension(words: Words, (ours, theirs): (bool, bool)) -> Markup {
    html! {
        @if ours { p.alert { (words.t("suspended-by-us")) } }
        @if theirs { p.alert { (words.t("suspended-by-them")) } }
    }
}

fn proposed(cx: &Cx, dossier: DossierId, p: &Proposal, seen: &str) -> Markup {
    let words = cx.words;
    html! {
        section.panel.proposal id=(format!("proposal-{}", p.entry.short())) {
            h2 { (words.n("charter-proposed", i64::from(p.terms.version))) " " (side(cx, &p.by)) }
            p {
                (words.t("charter-signed-by")) " "
                @for (i, node) in p.signed.iter().enumerate() { @if i > 0 { (dot()) } bdi { (node) } }
                @if p.signed.is_empty() { (words.t("charter-signed-by-none")) }
            }
            div.row {
                @if p.may_sign { (act(cx, dossier, p, seen, "charter.sign", &words.t("charter-sign"))) }
                @if p.may_enact { (act(cx, dossier, p, seen, "charter.enact", &words.t("charter-enact"))) }
            }
            details { summary { (words.t("charter-terms")) } (terms(cx, &p.terms)) }
        }
    }
}

fn act(cx: &Cx, dossier: DossierId, p: &Proposal, seen: &str, entry: &str, label: &str) -> Markup {
    html! {
        form.inline method="post" action=(format!("/dossiers/{dossier}/write/{entry}")) {
            (csrf(cx))
            input type="hidden" name="_seen" value=(seen);
            input type="hidden" name="proposal" value=(p.entry);
            button.main type="submit" { (label) }
        }
    }
}

/// Terms in words.
pub fn terms(cx: &Cx, t: &Terms) -> Markup {
    let words = cx.words;
    let after = |s: Span| {
        if s.0 == 0 {
            words.t("terms-at-due")
        } else {
            words.s("terms-after", &span(words, s))
        }
    };
    let yes = |b: bool| if b { words.t("yes") } else { words.t("no") };
    let kind = |name: &String| {
        kinds::find(name).map_or_else(|| name.clone(), |k| words.label(k.label).to_owned())
    };
    html! {
        div.terms {
            dl.facts {
                dt { (words.t("terms-version")) } dd { (words.number(t.version)) }
                dt { (words.t("terms-parties")) } dd { @for (i, p) in t.parties.iter().enumerate() { @if i > 0 { (dot()) } bdi { (p) } } }
                dt { (words.t("dossier-convenor")) } dd { bdi { (t.convenor) } }
                dt { (words.t("terms-purposes")) } dd { (joined(t.purposes.iter().map(|p| words.label(p.label()).to_owned()))) }
                dt { (words.t("terms-kinds")) } dd { (joined(t.kinds.iter().map(kind))) }
                dt { (words.t("dossier-ceiling")) } dd { (words.label(t.ceiling.label())) }
                @if !t.equivalences.is_empty() {
                    dt { (words.t("terms-equivalences")) }
                    dd { @for e in &t.equivalences { (words.label(e.class.label())) " = " bdi { (e.party) } ": " bdi { (e.level) } br; } }
                }
                dt { (words.t("terms-feedback")) } dd { (yes(t.feedback)) }
                dt { (words.t("terms-names")) } dd { (yes(t.names)) }
                dt { (words.t("terms-opened")) } dd { (yes(t.opened)) }
                dt { (words.t("terms-four-eyes")) } dd { (yes(t.four_eyes)) }
                dt { (words.t("terms-review")) } dd { (span(words, t.review)) }
                dt { (words.t("terms-transit")) } dd { (span(words, t.transit)) }
                dt { (words.t("terms-delivery")) } dd { (words.two("terms-delivery-both", &span(words, t.delivery), &span(words, t.delivery_urgent))) }
                dt { (words.t("terms-quotas")) }
                dd { (words.number(t.quotas.entries_a_day)) " " (words.t("terms-entries-a-day")) (dot()) (words.size(u64::from(t.quotas.body_bytes))) (dot()) (words.size(t.quotas.file_bytes)) }
                dt { (words.t("terms-escalation")) }
                dd {
                    (words.s("terms-soon", &span(words, t.escalation.soon))) (dot()) (words.s("terms-liaison", &after(t.escalation.liaison)))
                    (dot()) (words.s("terms-coordinator", &after(t.escalation.coordinator))) (dot()) (words.s("terms-meeting", &after(t.escalation.meeting)))
                }
            }
            (clocks(cx, t))
            (super::clock_models::line(words, t))
        }
    }
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(" · ")
}

fn clocks(cx: &Cx, t: &Terms) -> Markup {
    let words = cx.words;
    let cell = |ask: Ask, urgency: Urgency| {
        let own = t
            .clocks
            .iter()
            .find(|c| c.ask == ask && c.urgency == urgency)
            .map(|c| c.allowed);
        html! { td.num { @if let Some(allowed) = own { (span(words, allowed)) } @else { "—" } } }
    };
    html! {
        div.scroll {
            table.list.figures {
                caption { (words.t("terms-clocks")) }
                thead { tr { th scope="col" { (words.t("col-ask")) } @for u in Urgency::ALL { th scope="col" { (words.label(u.label())) } } } }
                tbody {
                    @for ask in Ask::ALL.iter().filter(|a| t.clocks.iter().any(|c| c.ask == **a)) {
                        tr { th scope="row" { (words.label(ask.label())) } @for u in Urgency::ALL { (cell(*ask, *u)) } }
                    }
                }
            }
        }
    }
}
