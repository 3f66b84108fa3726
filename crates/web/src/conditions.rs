//! An originator's conditions on pages (invariant 6): what they are, what they bar, who permitted what, and the way to ask. Whatever is
//! printed carries them on every sheet; what must not be printed says why in its place.

use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::prose;
use entente_app::views::{BodyView, ConditionText, EntryView, Granted};
use entente_core::conditions::{Answer, Use, Uses};
use entente_core::handling::HandlingCodes;
use entente_core::label::Label;
use maud::{Markup, html};

/// Everything about the conditions of an entry, above what it says. `alone`: whether it stands on its page or among others, not within
/// a form.
pub fn notice(cx: &Cx, e: &EntryView, alone: bool) -> Markup {
    let words = cx.words;
    let conditions = &e.conditions;
    let something = !conditions.texts.is_empty()
        || conditions.until.is_some()
        || !conditions.tightened.is_empty()
        || !conditions.granted.is_empty()
        || !conditions.wanted.is_empty()
        || may_ask(e);
    html! {
        @if something {
            div.conditions {
                @for text in &conditions.texts { (condition(cx, e, text, alone)) }
                @if let Some(until) = conditions.until {
                    p.ob-facts { strong { (words.t("condition-until")) } " " (cx.time(until)) }
                }
                @for by in &conditions.tightened {
                    p.ob-facts { (words.t("condition-added")) " " a href=(format!("/entries/{by}")) { bdi { (by.short()) } } }
                }
                @for granted in &conditions.granted { (permission(cx, granted)) }
                @for wanted in &conditions.wanted {
                    p.ob-facts { a href=(format!("/entries/{}", wanted.entry)) { (words.t("permission-asked")) } (dot()) (uses(words, wanted.uses)) }
                }
                @if may_ask(e) {
                    p.ob-facts {
                        (words.t("condition-bars")) " " (barred(words, e)) ". "
                        a.quiet href=(format!("/dossiers/{}/write/ask_permission?entry={}", e.dossier, e.id)) { (words.t("permission-ask")) }
                    }
                }
            }
        }
    }
}

/// Whether its originator could permit something that its conditions bar, of what one can read.
fn may_ask(e: &EntryView) -> bool {
    e.rights.read && !e.ours && e.conditions.permittable() != Uses::default()
}

/// The free text of a condition: before the content until it is confirmed, and above it from then on.
fn condition(cx: &Cx, e: &EntryView, text: &ConditionText, alone: bool) -> Markup {
    let words = cx.words;
    html! {
        div.condition.unread[!text.read] {
            p.ob-facts {
                strong { (words.t("condition-title")) }
                @if text.read && !e.ours { (dot()) (words.t("condition-read")) }
            }
            (said(words, text))
            @if !text.read && !e.ours && e.rights.by_policy && alone {
                form.inline method="post" action=(format!("/dossiers/{}/write/confirm_condition", text.dossier)) {
                    (csrf(cx))
                    input type="hidden" name="entry" value=(text.by);
                    input type="hidden" name="_back" value=(cx.path);
                    button.main type="submit" { (words.t("condition-confirm")) }
                }
            }
        }
    }
}

/// What is confirmed. Where it says assurances of the closed list, whoever reads another language has them in their own: the codes bind.
fn said(words: Words, text: &ConditionText) -> Markup {
    let foreign = text.lang != Some(words.lang) && !text.assured.is_empty();
    html! {
        @if foreign {
            p.assurances { strong { (words.t("condition-commits")) } " " (listed(words, text.assured.iter().map(|(_, words)| *words))) }
            p.quiet { (words.t("condition-own-words")) }
        }
        @if text.text.is_empty() { p { (words.t("condition-no-text")) } } @else { (prose(text.lang, &text.text)) }
    }
}

fn permission(cx: &Cx, granted: &Granted) -> Markup {
    let words = cx.words;
    html! {
        p.ob-facts.permission {
            a href=(format!("/entries/{}", granted.entry)) {
                strong { (if granted.holds { words.t("permission-holds") } else { words.t("permission-over") }) }
            }
            (dot()) bdi { (granted.to) } (dot()) (uses(words, granted.uses))
            @if let Some(until) = granted.until { (dot()) (words.t("permission-until")) " " (cx.time(until)) }
            @for (key, text) in [("permission-proceedings", &granted.proceedings), ("permission-whom", &granted.to_whom)] {
                @if !text.is_empty() { (dot()) (words.t(key)) " " bdi lang=[granted.lang] { (text) } }
            }
        }
    }
}

/// Uses in words.
pub fn uses(words: Words, uses: Uses) -> Markup {
    listed(words, uses.names().map(|(_, label)| label))
}

/// What conditions bar, in words.
fn barred(words: Words, e: &EntryView) -> Markup {
    let barred = e.conditions.answers.iter();
    let barred = barred.filter(|(_, answer)| matches!(answer, Answer::Permission(_)));
    listed(words, barred.map(|(what, _)| what.label()))
}

fn listed(words: Words, labels: impl Iterator<Item = Label>) -> Markup {
    crate::parts::listed(words, labels.map(|label| html! { (words.label(label)) }))
}

/// Why a body is not shown though the reader's role would read it; nothing where it is the role.
pub fn why_withheld(words: Words, e: &EntryView) -> Option<String> {
    let answer = e.conditions.answer(Use::Read);
    if !e.rights.by_policy || !matches!(e.body, BodyView::Withheld) {
        return None;
    }
    match answer {
        Answer::Acknowledge(_) => Some(words.t("condition-waits")),
        Answer::Ended(_) => Some(words.t("condition-ended")),
        Answer::Allowed | Answer::Permission(_) => None,
    }
}

/// Something that an entry says, as it is printed: not at all where its conditions bar it, and then the reason stands there.
pub fn printable(words: Words, print: Answer, content: &Markup) -> Markup {
    html! {
        @match unprinted(print) {
            None => (content),
            Some(why) => { div.unprinted { (content) } p.instead-of-print { (words.t(why)) } },
        }
    }
}

/// Why something is not printed, and so what opens it: key of a message.
fn unprinted(print: Answer) -> Option<&'static str> {
    match print {
        Answer::Allowed => None,
        Answer::Permission(_) => Some("print-barred"),
        Answer::Acknowledge(_) => Some("print-waits"),
        Answer::Ended(_) => Some("condition-ended"),
    }
}

/// What printing it comes to.
pub fn prints(e: &EntryView) -> Answer {
    e.conditions.answer(Use::Print)
}

/// The conditions of all that a page shows: in words once, and by the style sheet as codes in the margin of every sheet that is
/// printed of it.
pub fn on_paper<'e>(words: Words, entries: impl Iterator<Item = &'e EntryView>) -> Markup {
    let shown = entries.filter(|e| e.rights.read);
    let codes = shown.map(|e| e.conditions.codes);
    let codes = codes.fold(HandlingCodes::default(), HandlingCodes::union);
    html! {
        @if !codes.is_empty() {
            @let names: Vec<&str> = codes.names().map(|(name, _)| name).collect();
            p.paper-conditions data-codes=(names.join(" ")) {
                strong { (words.t("print-under")) } " "
                @for (i, (_, label)) in codes.names().enumerate() { @if i > 0 { (dot()) } (words.label(label)) }
            }
        }
    }
}

/// The codes that were added after an entry was sent, as tags.
pub fn added(words: Words, e: &EntryView) -> Markup {
    let first = e.handling.codes;
    let later = e.conditions.codes.names();
    let later = later.filter(move |(name, _)| {
        HandlingCodes::parse(name).is_some_and(|code| !first.contains(code))
    });
    html! { @for (name, label) in later { abbr.tag.later title=(words.label(label)) { "+ " bdi { (name) } } } }
}
