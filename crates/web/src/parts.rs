//! Pieces that several pages share: obligations, entries, free text, the ladder of evidence.

pub mod columns;
pub mod evaluated;
pub mod preview;
pub mod walls;

use crate::conditions;
use crate::context::{Cx, percent};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::pages::meetings::dates;
use crate::time::{civil_day, due_words, partial_text};
use entente_app::views::{
    BodyView, EntryView, FileView, NamedEntry, ObligationView, RelatedDossier, ReleasedView, Rung,
    TranslationView,
};
use entente_core::act::{Act, Earlier, OnAct};
use entente_core::codes::{Ask, Urgency};
use entente_core::field::{Field, FieldType, Value, Values};
use entente_core::handling::Handling;
use entente_core::ids::{EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::judge::Verdict;
use entente_core::kind::{self, Effect, EntryType, On};
use entente_core::kinds::common::FEEDBACK;
use entente_core::kinds::declaration::evidence::{self, Piece};
use entente_core::kinds::investigation::compare::{COMPARED, OUTCOME};
use entente_core::kinds::investigation::steps;
use entente_core::kinds::investigation::things::NAME;
use entente_core::kinds::persons::ASSURED;
use entente_core::kinds::rectify::{RECTIFY, WHY};
use entente_core::kinds::rights::TO_PERSON;
use entente_core::kinds::weight::OF;
use entente_core::label::{Label, Lang};
use entente_core::obligation::{Chase, Side};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Free text with its language and direction; line breaks kept.
pub fn prose(lang: Option<Lang>, text: &str) -> Markup {
    html! {
        div.prose lang=[lang.map(Lang::as_str)] dir=(lang.map_or("auto", Lang::dir)) {
            @for block in text.split("\n\n").filter(|b| !b.trim().is_empty()) {
                p { @for (i, line) in block.lines().enumerate() { @if i > 0 { br; } (line) } }
            }
        }
    }
}

/// A name or title inside a line.
pub fn inline(lang: Option<Lang>, text: &str) -> Markup {
    html! { bdi lang=[lang.map(Lang::as_str)] { (text) } }
}

/// Several things in a line, with the comma of the language between them.
pub fn listed(words: Words, items: impl IntoIterator<Item = Markup>) -> Markup {
    html! { @for (i, item) in items.into_iter().enumerate() { @if i > 0 { (words.comma()) } (item) } }
}

/// Which side something comes from, in words.
pub fn side(cx: &Cx, node: &NodeName) -> Markup {
    let ours = node == cx.me();
    let word = if ours {
        cx.words.t("side-ours")
    } else {
        cx.words.t("side-theirs")
    };
    html! { span.side.ours[ours].theirs[!ours] { bdi { (node) } " " small { (word) } } }
}

/// A service's name.
pub fn service(name: &ServiceName) -> Markup {
    html! { bdi.service { (name) } }
}

/// A service's name, told apart by side: in colour and by its edge.
pub fn party(cx: &Cx, name: &ServiceName) -> Markup {
    let ours = name.node() == *cx.me();
    html! { bdi.service.ours[ours].theirs[!ours] { (name) } }
}

/// How an obligation stands, for style sheets.
fn tone(ob: &ObligationView) -> &'static str {
    if ob.overdue || ob.not_received {
        "late"
    } else if ob.chase == Chase::Soon {
        "soon"
    } else if !ob.state.is_open() {
        "done"
    } else {
        "calm"
    }
}

/// Where an obligation is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a list over many dossiers: with the dossier's title.
    List,
    /// On its dossier's page, where others point to it by number.
    Home,
    /// On its dossier's page once more, under what it is about.
    Under,
}

/// A list of obligations.
pub fn obligations(cx: &Cx, list: &[ObligationView], place: Place) -> Markup {
    let title = |ob: &ObligationView| (place == Place::List).then(|| ob.title.clone());
    obligations_about(cx, list, place, &title)
}

/// A list of obligations, each with what it is about.
pub fn obligations_about(
    cx: &Cx,
    list: &[ObligationView],
    place: Place,
    about: &dyn Fn(&ObligationView) -> Option<String>,
) -> Markup {
    html! { @if !list.is_empty() { ul.obs { @for ob in list { (obligation(cx, ob, place, about(ob))) } } } }
}

/// One obligation with what may be done about it.
fn obligation(cx: &Cx, ob: &ObligationView, place: Place, about: Option<String>) -> Markup {
    let words = cx.words;
    html! {
        li.ob data-tone=(tone(ob)) id=[(place == Place::Home).then(|| format!("ob-{}", ob.number))] {
            div.ob-when {
                strong.due { (due_words(words, ob, cx.now)) }
                @if let Some(due) = ob.due.filter(|_| ob.state.is_open()) { small { (cx.time(due)) } (cx.shared.calendars.show(words, due)) }
            }
            div.ob-what {
                p.ob-line {
                    a href=(format!("/dossiers/{}#ob-{}", ob.dossier, ob.number)) { bdi.number { (ob.number) } " " (words.label(ob.ask.label())) }
                    @if let Some(about) = about.filter(|a| !a.is_empty()) { (dot()) bdi.title { (about) } }
                }
                p.ob-facts { (facts(cx, ob)) }
                @if !ob.joined.is_empty() {
                    p.ob-facts { (words.count("ob-joined", u64::try_from(ob.joined.len()).unwrap_or_default())) }
                }
            }
            div.ob-do { (offers(cx, ob)) }
        }
    }
}

fn facts(cx: &Cx, ob: &ObligationView) -> Markup {
    let words = cx.words;
    html! {
        (party(cx, &ob.creditor)) " " span.arrow role="img" aria-label=(words.t("ob-asks")) { "→" } " " (party(cx, &ob.owing))
        (dot()) (words.label(ob.state.label()))
        @if ob.urgency != Urgency::Normal { (dot()) strong { (words.label(ob.urgency.label())) } }
        @if ob.state.is_open() { (dot()) (turn(words, ob)) }
        @if let Some((until, delay)) = &ob.extended { (dot()) (words.t("ob-extended")) " " (cx.time(*until)) " (" (words.label(delay.label())) ")" }
        @if let Some(what) = &ob.contested { (dot()) strong { (words.s("ob-contested", words.label(what.label()))) } }
        (receipt_times(cx, ob))
        @if let Some((ground, withheld)) = &ob.refused {
            (dot()) (words.label(ground.label())) @if *withheld { " (" (words.t("ob-withheld")) ")" }
        }
        @if ob.outcome != entente_core::codes::Outcome::None { (dot()) strong { (words.label(ob.outcome.label())) } }
        @if let Some(chased) = chase(words, ob.chase) { (dot()) strong { (chased) } }
        @if let Some(ended) = ob.ended { (dot()) (words.t("ob-ended")) " " (cx.time(ended)) }
    }
}

/// What is said about when something was received, where that is in doubt (rule 10).
fn receipt_times(cx: &Cx, ob: &ObligationView) -> Markup {
    let words = cx.words;
    html! {
        @if let Some(doubt) = &ob.doubtful {
            (dot()) strong { (words.t("ob-receipt-doubtful")) } " " (cx.time(doubt.received)) " "
            (words.t("ob-receipt-arrived")) " " (cx.time(doubt.arrived))
        }
        @for proposed in &ob.proposed {
            (dot()) strong { (words.s("ob-receipt-proposed", proposed.by.as_str())) } " " (cx.time(proposed.at))
            " " a href=(format!("/entries/{}", proposed.of)) { bdi { (proposed.of.short()) } }
        }
        @for (of, at) in &ob.agreed {
            (dot()) (words.t("ob-receipt-agreed")) " " (cx.time(*at)) " " a href=(format!("/entries/{of}")) { bdi { (of.short()) } }
        }
    }
}

fn turn(words: Words, ob: &ObligationView) -> String {
    match (ob.turn, ob.ours) {
        (Some(turn), Some(ours)) if turn == ours => words.t("turn-ours"),
        (Some(Side::Debtor), _) => words.s("turn-of", ob.owing.node().as_str()),
        (Some(Side::Creditor), _) => words.s("turn-of", ob.creditor.node().as_str()),
        (None, _) => words.t("turn-nobody"),
    }
}

fn chase(words: Words, chase: Chase) -> Option<String> {
    match chase {
        Chase::Quiet | Chase::Soon | Chase::Overdue => None,
        Chase::Liaison => Some(words.t("chase-liaison")),
        Chase::Coordinator => Some(words.t("chase-coordinator")),
        Chase::Meeting => Some(words.t("chase-meeting")),
    }
}

/// Types that need nothing typed: one click records them.
const ONE_CLICK: [&str; 4] = ["acknowledge", "progress", COMPARED.name, OUTCOME.name];

/// What may be done about an obligation: what is offered at once, and what stands in the menu.
pub fn ways(ob: &ObligationView) -> (Vec<&'static EntryType>, Vec<&'static EntryType>) {
    let answers = |t: &EntryType| {
        t.effects
            .iter()
            .any(|e| matches!(e, Effect::On(On::Answer, _)))
    };
    // Of several ways to answer, the kind's own comes first, and of feedback the plain one; the others are in the menu.
    let plain = |t: &&&EntryType| ob.ask == Ask::Feedback && t.name == FEEDBACK.name;
    let answering = || ob.offers.iter().filter(|t| answers(t));
    let best = answering().find(plain).or_else(|| answering().next());
    let best = best.map(|t| t.name);
    // Going on without the details is no way to be hurried into.
    let dispenses = |t: &EntryType| kind::resuming_side(t) == Some(Side::Debtor);
    let first = |t: &&EntryType| leads(t) && !dispenses(t) && (!answers(t) || best == Some(t.name));
    ob.offers.iter().copied().partition(first)
}

fn offers(cx: &Cx, ob: &ObligationView) -> Markup {
    let (main, rest) = ways(ob);
    html! {
        @for entry in &main { (offer(cx, ob, entry)) }
        @if !rest.is_empty() {
            details.more {
                summary { (cx.words.t("more")) }
                div.menu { @for entry in &rest { (offer(cx, ob, entry)) } }
            }
        }
    }
}

/// What is offered first: what ends an obligation well, and saying that it arrived.
fn leads(entry: &EntryType) -> bool {
    entry.effects.iter().any(|e| {
        matches!(
            e,
            Effect::On(
                On::Answer | On::Acknowledge | On::Accept | On::Resume | On::AgreeTime,
                _
            )
        )
    })
}

fn offer(cx: &Cx, ob: &ObligationView, entry: &EntryType) -> Markup {
    let path = format!("/dossiers/{}/write/{}", ob.dossier, entry.name);
    let label = cx.words.label(entry.verb);
    html! {
        @if ONE_CLICK.contains(&entry.name) {
            form.inline method="post" action=(path) {
                (csrf(cx))
                input type="hidden" name="_on" value=(ob.id);
                input type="hidden" name="_seen" value=(ob.seen);
                input type="hidden" name="_back" value=(cx.path);
                button.small type="submit" { (label) }
            }
        } @else {
            a.button.small href=(format!("{path}?on={}", percent(&ob.id.to_string()))) { (label) }
        }
    }
}

/// Looks up an obligation's number for reading.
pub type Numbers<'a> = &'a dyn Fn(ObligationId) -> Option<String>;

/// An entry as a card: side, type, author, effects, text, files, evidence. With an anchor where the page shows it only once.
pub fn entry_card(cx: &Cx, e: &EntryView, numbers: Numbers<'_>, anchor: bool) -> Markup {
    let words = cx.words;
    html! {
        article.entry.ours[e.ours].theirs[!e.ours] id=[anchor.then(|| format!("e-{}", e.id.short()))] {
            header.entry-head {
                (side(cx, &e.service.node()))
                a.type href=(format!("/entries/{}", e.id)) { (type_label(words, e.entry_type, &e.type_name)) }
                span.by { (service(&e.service)) (dot()) bdi { (e.officer) } (dot()) (words.label(e.role.label())) }
                span.at { (cx.time(e.at)) }
                (handling(words, e.handling)) (conditions::added(words, e))
                @if e.audience.len() < 2 { span.tag { (words.t("own-only")) } }
            }
            (verdict(words, e.verdict))
            (effects(cx, e, numbers))
            (corrections(cx, e))
            (conditions::notice(cx, e, anchor))
            (conditions::printable(words, conditions::prints(e), &html! { (content(cx, e)) (evaluated::otherwise(cx, e)) }))
            (translate(cx, e))
            (files(cx, e))
            @if !e.ladder.is_empty() { (ladder(cx, &e.ladder)) }
        }
    }
}

/// What an entry says, with its translations beside it.
fn content(cx: &Cx, e: &EntryView) -> Markup {
    html! {
        @if let Some(why) = conditions::why_withheld(cx.words, e) { p.gone { (why) } }
        @else if e.type_name == "translation" { details { summary { (cx.words.t("translation-read")) } (body(cx, e.entry_type, &e.body)) } }
        @else if e.translations.is_empty() { (read(cx, e)) }
        @else { div.columns { div { (read(cx, e)) } div { (translations(cx, e)) } } }
    }
}

/// That an entry was wrong, with what is right instead: read before its own text, on every page and on paper.
fn corrections(cx: &Cx, e: &EntryView) -> Markup {
    let words = cx.words;
    html! {
        @for c in &e.corrections {
            aside.corrected {
                p.ob-facts {
                    a href=(format!("/entries/{}", c.entry)) { strong { (words.t("corrected-by")) } } " " (side(cx, &c.service.node())) " " (service(&c.service))
                    (dot()) (cx.time(c.at)) (dot()) (why_corrected(words, &c.why))
                }
                (prose(c.lang, &c.text))
            }
        }
        @if !e.corrections.is_empty() { p.quiet { (words.t("corrected-old")) } }
    }
}

/// What was wrong, by its code.
fn why_corrected(words: Words, code: &str) -> Markup {
    let field = RECTIFY.fields.iter().find(|field| field.name == WHY);
    let known = field.and_then(Field::choices).unwrap_or_default();
    let label = known.into_iter().find(|(name, _)| *name == code);
    html! { @match label { Some((_, label)) => (words.label(label)), None => bdi { (code) } } }
}

/// What an entry says; where it releases an earlier one, that one as history.
fn read(cx: &Cx, e: &EntryView) -> Markup {
    html! {
        @match &e.released {
            Some(released) => (history(cx, e, released)),
            None => (body_naming(cx, e.entry_type, &e.body, &e.named)),
        }
    }
}

/// What was released: when it was written, by whom, in which dossier, and that it binds nothing here.
fn history(cx: &Cx, e: &EntryView, released: &ReleasedView) -> Markup {
    let words = cx.words;
    html! {
        div.history {
            p.ob-facts { strong { (words.t("history")) } (dot()) (words.t("history-released")) " " (cx.time(e.at)) (dot()) (words.t("history-binds-nothing")) }
            @if let Some(mismatch) = released.mismatch {
                p.verdict { strong { (words.t("history-mismatch")) } " " (words.label(mismatch.label())) ". " (words.t("history-not-shown")) }
            }
            p.ob-facts {
                @if let Some(original) = &released.original {
                    strong { (type_label(words, original.entry_type, &original.type_name)) }
                    (dot()) (service(&original.service)) (dot()) bdi { (original.officer) } (dot()) (words.label(original.role.label()))
                    (dot()) (words.t("history-written")) " " (cx.time(original.at)) (dot())
                }
                (words.t("history-of")) " " (related(&released.dossier))
                @if released.held { (dot()) a href=(format!("/entries/{}", released.entry)) { (words.t("history-original")) } }
            }
            @if released.mismatch.is_none() { (body_naming(cx, e.read_by(), &e.body, &e.named)) }
        }
    }
}

/// Another dossier: a way there, or its number where there is none for this reader.
pub fn related(dossier: &RelatedDossier) -> Markup {
    html! {
        @if dossier.visible {
            a href=(format!("/dossiers/{}", dossier.id)) { bdi.number { (dossier.number) } " " bdi { (dossier.title) } }
        } @else { bdi.number { (dossier.number) } }
    }
}

/// The translations of an entry, beside their original, each with its origin.
fn translations(cx: &Cx, e: &EntryView) -> Markup {
    let words = cx.words;
    html! {
        @for t in &e.translations {
            aside.translation {
                p.ob-facts {
                    a href=(format!("/entries/{}", t.entry)) { strong { (words.t("translation")) } }
                    @if let Some(lang) = t.lang { " " span lang=(lang) { (lang.own_name()) } }
                    (dot()) (origin(words, t))
                    (dot()) (side(cx, &t.service.node())) " " (service(&t.service))
                    (dot()) (words.t("translation-original"))
                }
                (prose(t.lang, &t.text))
            }
        }
    }
}

/// A dossier's title, or that there is none to read: erased, or not here yet.
pub fn title(words: Words, title: &str) -> Markup {
    html! { @if title.is_empty() { em.quiet { (words.t("title-gone")) } } @else { bdi { (title) } } }
}

/// The way to a translation, where there is free text to translate.
fn translate(cx: &Cx, e: &EntryView) -> Markup {
    let may = matches!(&e.body, BodyView::Here(values) if has_words(values))
        && !matches!(
            e.type_name.as_str(),
            "translation" | "declaration.open" | "declaration.version"
        );
    html! {
        @if may {
            p.translate { a.quiet href=(format!("/dossiers/{}/write/translation?of={}", e.dossier, e.id)) { (cx.words.t("translate")) } }
        }
    }
}

/// Whether there is free text to translate.
fn has_words(values: &Values) -> bool {
    let written = |name: &str| values.text(name).is_some_and(|t| !t.trim().is_empty());
    ["title", "text", "question", TO_PERSON]
        .into_iter()
        .any(written)
}

fn origin(words: Words, t: &TranslationView) -> Markup {
    html! {
        @match t.origin.as_str() {
            "human" => (words.t("translation-human")),
            "machine" => { (words.t("translation-machine")) " " bdi { (t.machine) } },
            _ => (words.t("translation-uncertain")),
        }
    }
}

/// The label of an entry's type; its name where this version does not know it.
pub fn type_label(words: Words, known: Option<&EntryType>, name: &str) -> Markup {
    html! { @if let Some(t) = known { (words.label(t.label)) } @else { bdi { (name) } } }
}

/// Handling marks.
pub fn handling(words: Words, h: Handling) -> Markup {
    html! {
        span.handling {
            span.tag { (words.label(h.class.label())) }
            @for (name, label) in h.codes.names() { abbr.tag title=(words.label(label)) { bdi { (name) } } }
            @if let Some(e) = h.evaluation {
                abbr.tag title=(format!("{} · {}", words.label(e.source.label()), words.label(e.accuracy.label()))) { bdi { (e.code()) } }
            }
        }
    }
}

/// Why an entry has no effect, if it has none.
pub fn verdict(words: Words, verdict: Option<Verdict>) -> Markup {
    html! {
        @match verdict {
            Some(Verdict::Irregular(reason)) => p.verdict {
                strong { (words.t("verdict-irregular")) } " " (words.label(reason.label())) ". " (words.t("verdict-kept"))
            },
            Some(Verdict::NotEvaluated) => p.verdict.mild { (words.t("verdict-not-evaluated")) },
            None => p.verdict.mild { (words.t("verdict-waiting")) },
            Some(Verdict::Regular) => {},
        }
    }
}

/// What an entry does; a review that names an earlier day than the one that stood says that this one stays.
fn effects(cx: &Cx, entry: &EntryView, numbers: Numbers<'_>) -> Markup {
    let one = |a: &Act| match (a, entry.left_standing) {
        (Act::Keep { reason, .. }, Some(stood)) => Some(html! {
            strong { (cx.words.t("act-leaves-review")) } " " (cx.day(stood - Span(1))) (dot()) (cx.words.label(reason.label()))
        }),
        (a, _) => act(cx, a, numbers),
    };
    lines(entry.acts.iter().filter_map(one).collect())
}

fn acts(cx: &Cx, acts: &[Act], numbers: Numbers<'_>) -> Markup {
    lines(acts.iter().filter_map(|a| act(cx, a, numbers)).collect())
}

fn lines(lines: Vec<Markup>) -> Markup {
    html! { @if !lines.is_empty() { ul.acts { @for line in lines { li { (line) } } } } }
}

/// One effect in words; none for those that the page shows elsewhere.
fn act(cx: &Cx, act: &Act, numbers: Numbers<'_>) -> Option<Markup> {
    let words = cx.words;
    Some(match act {
        Act::Open { config, .. } => html! {
            (words.t("act-opens")) " " (listed(words, config.participants.iter().map(service)))
        },
        Act::Configure { config } => html! {
            (words.s("act-configures", words.label(config.phase.label()))) " "
            (listed(words, config.participants.iter().map(service)))
        },
        Act::Leave { service: left } => html! { (words.t("act-leaves")) " " (service(left)) },
        Act::ProposeTerms { terms } => {
            html! { (words.n("act-proposes", i64::from(terms.version))) }
        }
        Act::Sign { .. } => html! { (words.t("act-signs")) },
        Act::Enact { .. } => html! { (words.t("act-enacts")) },
        Act::Flag { suspended } => {
            html! { (if *suspended { words.t("act-suspends") } else { words.t("act-resumes") }) }
        }
        Act::Ask {
            ask,
            of,
            urgency,
            by,
            to,
            ..
        } => html! {
            strong { (if to.is_some() { words.t("act-promises") } else { words.t("act-asks") }) } " " (words.label(ask.label())) (dot()) (service(of))
            @if let Some(to) = to { " " span.arrow { "→" } " " (service(to)) }
            @if *urgency != Urgency::Normal { (dot()) (words.label(urgency.label())) }
            @if let Some(by) = by { (dot()) (words.t("act-by")) " " (cx.time(*by)) }
        },
        Act::On { obligation, act } => on_act(cx, act, numbers(*obligation)),
        Act::Relate { relation, to, .. } => html! {
            (words.label(relation.label())) " " a href=(format!("/entries/{to}")) { bdi { (to.short()) } }
        },
        Act::Continues { earlier } => {
            let number = |e: &Earlier| html! { bdi.number { (e.convenor.as_str().to_uppercase()) "-" (e.number) } };
            html! { (words.t("act-continues")) " " (listed(words, earlier.iter().map(number))) }
        }
        // Shown with what it releases.
        Act::Release { .. } => return None,
        Act::Wants { entry, uses } => html! {
            (words.t("act-wants")) " " (conditions::uses(words, *uses)) (dot()) (about_entry(*entry))
        },
        Act::Permit { entry, uses, until } => html! {
            strong { (words.t("act-permits")) } " " (conditions::uses(words, *uses)) (dot()) (about_entry(*entry))
            @if let Some(until) = until { (dot()) (words.t("permission-until")) " " (cx.time(*until)) }
        },
        Act::Tighten {
            entry,
            codes,
            until,
        } => html! {
            strong { (words.t("act-tightens")) } " " (about_entry(*entry))
            @for (_, label) in codes.names() { (dot()) (words.label(label)) }
            @if let Some(until) = until { (dot()) (words.t("condition-until")) " " (cx.time(*until)) }
        },
        Act::Confirm { condition } => {
            html! { (words.t("act-confirms")) " " (about_entry(*condition)) }
        }
        Act::Keep { until, reason } => html! {
            strong { (words.t("act-keeps")) } " " (cx.time(*until)) (dot()) (words.label(reason.label()))
        },
        Act::Hold {
            entry,
            ground,
            until,
        } => html! {
            strong { (words.t("act-holds")) }
            @if let Some(entry) = entry { " " (about_entry(*entry)) }
            (dot()) (words.label(ground.label())) (dot()) (words.t("act-holds-until")) " " (cx.time(*until))
        },
        Act::Lift { hold } => html! { (words.t("act-lifts")) " " (about_entry(*hold)) },
        Act::Expired { before } => html! {
            strong { (words.t("act-expired")) } " " (cx.time(*before))
        },
        Act::Erase { entry } => {
            html! { (words.t("act-erases")) " " a href=(format!("/entries/{entry}")) { bdi { (entry.short()) } } }
        }
        Act::EraseFile { entry, index } => html! {
            (words.n("act-erases-file", i64::from(*index) + 1)) " " a href=(format!("/entries/{entry}")) { bdi { (entry.short()) } }
        },
    })
}

/// The way to an entry that an act names.
fn about_entry(id: EntryId) -> Markup {
    html! { a href=(format!("/entries/{id}")) { bdi { (id.short()) } } }
}

fn on_act(cx: &Cx, act: &OnAct, number: Option<String>) -> Markup {
    let words = cx.words;
    let word = match On::of(act) {
        On::Acknowledge => words.t("on-acknowledge"),
        On::Progress => words.t("on-progress"),
        On::AwaitAuthorisation => words.t("on-await"),
        On::Extend => words.t("on-extend"),
        On::Pause => words.t("on-pause"),
        On::Resume => words.t("on-resume"),
        On::Answer => words.t("on-answer"),
        On::Refuse => words.t("on-refuse"),
        On::Waive => words.t("on-waive"),
        On::Withdraw => words.t("on-withdraw"),
        On::Contest => words.t("on-contest"),
        On::HandOver => words.t("on-hand-over"),
        On::Accept => words.t("on-accept"),
        On::Join => words.t("on-join"),
        On::ProposeTime => words.t("on-propose-time"),
        On::AgreeTime => words.t("on-agree-time"),
    };
    html! {
        strong { (word) }
        @if let Some(number) = number { " " a href=(format!("#ob-{number}")) { bdi { (number) } } }
        @match act {
            OnAct::Extend { until, reason } => { (dot()) (cx.time(*until)) (dot()) (words.label(reason.label())) },
            OnAct::Answer { partial, outcome } => {
                @if *partial { (dot()) (words.t("on-partial")) }
                @if *outcome != entente_core::codes::Outcome::None { (dot()) strong.outcome { (words.label(outcome.label())) } }
            },
            OnAct::Refuse { ground, withheld } => { (dot()) (words.label(ground.label())) @if *withheld { (dot()) (words.t("ob-withheld")) } },
            OnAct::Contest { what } => { (dot()) (words.label(what.label())) },
            OnAct::HandOver { to } => { (dot()) (service(to)) },
            OnAct::ProposeTime { of, at } => {
                (dot()) (cx.time(*at)) (dot()) a href=(format!("/entries/{of}")) { bdi { (of.short()) } }
            },
            OnAct::AgreeTime { proposal } => { (dot()) a href=(format!("/entries/{proposal}")) { bdi { (proposal.short()) } } },
            _ => {},
        }
    }
}

/// What entries are called that another names.
type Names = BTreeMap<EntryId, NamedEntry>;

/// The body as far as it is here: read by its definition, or the reason why it cannot be.
pub fn body(cx: &Cx, definition: Option<&EntryType>, body: &BodyView) -> Markup {
    body_naming(cx, definition, body, &Names::new())
}

/// The same with what the entries are called that it names.
fn body_naming(cx: &Cx, definition: Option<&EntryType>, body: &BodyView, named: &Names) -> Markup {
    let words = cx.words;
    match body {
        BodyView::None => html! {},
        // Digits for programs: what they come to stands on the page of what is signed.
        BodyView::Here(values) if definition.is_some_and(EntryType::is_written_beside) => {
            let of = values.text(OF).and_then(|id| id.parse::<EntryId>().ok());
            html! { @if let Some(of) = of { p { (words.t("signed-of")) " " a href=(format!("/entries/{of}#signed")) { bdi { (of.short()) } } } } }
        }
        BodyView::Here(values) => {
            values_by_definition(cx, definition.map_or(&[], |d| d.fields), values, named)
        }
        BodyView::Unreadable => html! { p.gone { (words.t("body-unreadable")) } },
        BodyView::Erased => html! { p.gone { (words.t("body-erased")) } },
        BodyView::Owed => html! { p.gone { (words.t("body-owed")) } },
        BodyView::Withheld => html! { p.gone { (words.t("body-withheld")) } },
    }
}

fn values_by_definition(cx: &Cx, fields: &[Field], values: &Values, named: &Names) -> Markup {
    // Names, sizes and salts of files are kept in the body; the list of files shows what there is to see.
    let known = |name: &String| name == "files" || fields.iter().any(|f| f.name == name);
    let given: Vec<(&Field, &Value)> = fields
        .iter()
        .filter_map(|f| Some((f, values.values.get(f.name)?)))
        .collect();
    html! {
        div.body {
            @for (field, value) in given.iter().filter(|(f, _)| f.name == ASSURED) {
                p.assurances { strong { (cx.words.t("assurances-required")) } " " (shown(cx, (field, value), written_in(values, field), named)) }
            }
            @for (field, value) in given.iter().filter(|(f, _)| matches!(f.name, "title" | NAME)) {
                h3.entry-title { (shown(cx, (field, value), written_in(values, field), named)) }
            }
            @for (field, value) in given.iter().filter(|(f, _)| f.name == "text") { (shown(cx, (field, value), written_in(values, field), named)) }
            @let others: Vec<_> = given.iter().filter(|(f, _)| !matches!(f.name, "title" | NAME | "text" | ASSURED) && !matches!(f.holds, FieldType::Document(_))).collect();
            @if !others.is_empty() {
                dl.values { @for (field, value) in others { dt { (cx.words.label(field.label)) } dd { (shown(cx, (field, value), written_in(values, field), named)) } } }
            }
            @let extra: Vec<_> = values.values.iter().filter(|(name, _)| !known(name)).collect();
            @if !extra.is_empty() {
                dl.values.extra { @for (name, value) in extra { dt { code { bdi { (name) } } } dd dir="auto" { (value.display()) } } }
            }
        }
    }
}

/// Codes of a list in words; one that it does not have, as it is.
fn coded<'a>(
    words: Words,
    known: &[(&str, Label)],
    codes: impl Iterator<Item = &'a str>,
) -> Markup {
    let said = codes.map(|code| match known.iter().find(|(c, _)| *c == code) {
        Some((_, label)) => html! { (words.label(*label)) },
        None => html! { code { bdi { (code) } } },
    });
    listed(words, said)
}

/// Steps of an action day as a table.
fn steps_of(cx: &Cx, text: &str) -> Markup {
    let words = cx.words;
    html! {
        div.scroll {
            table.list {
                thead { tr { @for key in ["day-when", "day-who", "day-where", "day-what"] { th scope="col" { (words.t(key)) } } } }
                tbody {
                    @for step in steps::steps(text) {
                        tr { td { bdi { "T" (words.digits(&step.at.to_string())) } } td { (party(cx, &step.service)) } td dir="auto" { (step.place) } td dir="auto" { (step.what) } }
                    }
                }
            }
        }
    }
}

/// The language in which a field is written: that of the entry, or where the field says the same in another, that one.
fn written_in(values: &Values, field: &Field) -> Option<Lang> {
    let other = field.beside || field.name.starts_with("other_");
    let other = other.then(|| values.text("other_lang").and_then(Lang::parse));
    other.flatten().or(values.lang)
}

/// One value as its field is read.
fn shown(cx: &Cx, (field, value): (&Field, &Value), lang: Option<Lang>, named: &Names) -> Markup {
    let words = cx.words;
    match (field.holds, value) {
        (FieldType::Text(_), Value::Text(text)) => prose(lang, text),
        (FieldType::Paragraphs(_), Value::Text(text)) => evaluated::paragraphs(words, lang, text),
        (FieldType::Steps, Value::Text(text)) => steps_of(cx, text),
        (FieldType::Code(choices), Value::Text(code)) => {
            let label = choices()
                .into_iter()
                .find(|(c, _)| c == code)
                .map(|(_, l)| words.label(l));
            html! { @if let Some(label) = label { (label) } @else { code { bdi { (code) } } } }
        }
        (FieldType::Codes(choices), Value::List(codes)) => {
            coded(words, &choices(), codes.iter().map(String::as_str))
        }
        (FieldType::CodeSet(choices), Value::Text(codes)) => {
            coded(words, &choices(), codes.split('+'))
        }
        (FieldType::Date, Value::Text(day)) => {
            html! { time datetime=(day) { (civil_day(words, day)) } }
        }
        (FieldType::Moment, Value::Text(at)) if dates::is_date(field) => dates::written(cx, at),
        (FieldType::Moment, Value::Text(at)) => moment(cx, at),
        (FieldType::PartialDate, Value::Text(date)) => html! { (partial_text(words, date)) },
        (FieldType::Thing, Value::Text(id)) => naming(cx, ("things", id), named),
        (_, Value::Flag(yes)) => html! { (if *yes { words.t("yes") } else { words.t("no") }) },
        (_, Value::Number(n)) => html! { (words.digits(&n.to_string())) },
        (FieldType::Entry, Value::Text(id)) => naming(cx, ("entries", id), named),
        (FieldType::Entries, Value::List(items)) => {
            let each = items.iter().map(|id| naming(cx, ("entries", id), named));
            listed(words, each)
        }
        (_, Value::List(items)) => listed(words, items.iter().map(|item| html! { bdi { (item) } })),
        (FieldType::Line(_), Value::Text(text)) if !evidence::named(text).is_empty() => {
            referring(lang, text)
        }
        (_, Value::Text(text)) => inline(lang, text),
    }
}

/// A moment as its clocks show it; as written if it is none.
fn moment(cx: &Cx, text: &str) -> Markup {
    match Instant::parse(text) {
        Some(at) => cx.time(at),
        None => html! { bdi { (text) } },
    }
}

/// A line that names entries of other dossiers among its words.
fn referring(lang: Option<Lang>, text: &str) -> Markup {
    html! {
        @for piece in evidence::pieces(text) {
            @match piece {
                Piece::Words(words) => (inline(lang, words)),
                Piece::Named(_, entry) => (entry_link(&entry.to_string())),
            }
        }
    }
}

/// The way to an entry that a field names, by what it is called: a name with its sort, else its type and day; by the beginning of its identifier
/// where nothing is known of it.
fn naming(cx: &Cx, (place, id): (&str, &str), named: &Names) -> Markup {
    let known = id.parse().ok().and_then(|id: EntryId| named.get(&id));
    let words = cx.words;
    let short = || id.chars().take(8).collect::<String>();
    html! {
        a href=(format!("/{place}/{}", percent(id))) {
            @match known {
                Some(NamedEntry { label: Some(label), printed, .. }) => bdi.unprinted[!printed] { (label) },
                Some(NamedEntry { entry_type: Some(of), .. }) => (words.label(of.label)),
                _ => bdi { (short()) },
            }
        }
        @if let Some(known) = known {
            " (" @if let Some(of) = known.entry_type.filter(|_| known.label.is_some()) { (words.label(of.label)) (dot()) }
            bdi { (known.origin) } (dot()) @if let Some(when) = known.when { (cx.time(when)) } @else { (cx.day(known.at)) } ")"
            @if known.corrected { " " strong.tag { (words.t("corrected-since")) } }
            @if known.erased { " " strong.tag { (words.t("named-erased")) } }
        }
    }
}

/// The way to an entry that a field names, by the beginning of its identifier.
fn entry_link(id: &str) -> Markup {
    html! { a href=(format!("/entries/{}", percent(id))) { bdi { (id.chars().take(8).collect::<String>()) } } }
}

/// The files of an entry.
fn files(cx: &Cx, e: &EntryView) -> Markup {
    html! {
        @if !e.files.is_empty() {
            ul.files {
                @for file in &e.files {
                    li { @if file.state == "erased" { (erased_file(cx, file)) } @else { (file_here(cx, e, file)) } }
                }
            }
        }
    }
}

fn file_here(cx: &Cx, e: &EntryView, file: &FileView) -> Markup {
    let words = cx.words;
    let erases = e.is_erasable();
    html! {
        @if !e.rights.by_policy { (words.t("file-withheld")) }
        @else if !e.rights.read { (words.t("file-waits")) }
        // Not a download by the link's own word: what is answered may be a page that says why not, or asks why.
        @else if file.state == "held" && e.rights.open_files { a href=(format!("/entries/{}/files/{}", e.id, file.index)) { bdi { (file.name) } } }
        @else { bdi { (file.name) } }
        " " small { (words.size(file.size)) (dot()) bdi { (file.media) } }
        @if file.state == "held" && e.rights.open_files { " " a.quiet href=(format!("/entries/{}/files/{}/view", e.id, file.index)) { (words.s("in-place-look", &file.name)) } }
        @if file.state == "held" && e.rights.open_files && file.is_package() { (dot()) a.quiet href=(format!("/entries/{}/package?file={}", e.id, file.index)) { (words.t("package-look")) } }
        @match file.state {
            "held" | "above" => {},
            "failed" => { " " strong { (words.t("file-failed")) } },
            _ => { " " progress max="100" value=(file.percent) {} small { (words.n("file-wanted", i64::from(file.percent))) } },
        }
        @if let Some((most, by)) = &file.limit { " " strong { (above_limit(cx, *most, by)) } }
        @if erases {
            " " a.quiet href=(format!("/dossiers/{}/write/erase?entry={}&file={}", e.dossier, e.id, file.index + 1)) {
                (words.s("file-erase", &file.name))
            }
        }
    }
}

/// That a file is above the charter's limit, and who therefore does not fetch it.
fn above_limit(cx: &Cx, most: u64, by: &[NodeName]) -> String {
    let words = cx.words;
    let names: Vec<&str> = by.iter().map(NodeName::as_str).collect();
    words.two("file-above", &words.size(most), &names.join(words.comma()))
}

/// Of an erased file: that it was, and where it was erased alone, when, by whom and on what ground.
fn erased_file(cx: &Cx, file: &FileView) -> Markup {
    let words = cx.words;
    html! {
        span.gone { (words.n("file-erased", i64::from(file.index) + 1)) }
        @if let Some(erased) = &file.erased {
            " " small {
                a href=(format!("/entries/{}", erased.by)) { (cx.time(erased.at)) }
                (dot()) (service(&erased.service)) (dot()) bdi { (erased.officer) }
            }
            @if let Some((reason, lang)) = &erased.reason { (prose(*lang, reason)) }
        }
    }
}

/// The ladder of evidence, per recipient: accepted here, received there, answered.
pub fn ladder(cx: &Cx, rungs: &[Rung]) -> Markup {
    let words = cx.words;
    html! {
        footer.ladder aria-label=(words.t("ladder")) {
            @for rung in rungs {
                ol {
                    li.reached { (words.t("ladder-accepted")) " " (cx.time(rung.accepted)) }
                    @match rung.received {
                        Some(at) => li.reached { (words.s("ladder-received", rung.node.as_str())) " " (cx.time(at)) },
                        None => li.pending { (words.s("ladder-not-received", rung.node.as_str())) },
                    }
                    @if let Some(at) = rung.answered { li.reached { (words.t("ladder-answered")) " " (cx.time(at)) } }
                }
            }
        }
    }
}

/// Links to the pages of a list. `href` makes the address of a page.
pub fn pager(
    words: Words,
    page: u32,
    total: u64,
    each: u32,
    href: &dyn Fn(u32) -> String,
) -> Markup {
    let pages = total.div_ceil(u64::from(each).max(1)).max(1);
    let last = u32::try_from(pages - 1).unwrap_or(u32::MAX);
    html! {
        @if last > 0 {
            nav.pager aria-label=(words.t("pages")) {
                @if page > 0 { a rel="prev" href=(href(page - 1)) { (words.t("page-before")) } }
                span { (words.two("page-of", &words.number(page.saturating_add(1)), &words.number(pages))) }
                @if page < last { a rel="next" href=(href(page + 1)) { (words.t("page-after")) } }
            }
        }
    }
}

/// Says how many of how many are shown, where that is not all.
pub fn shown_of(words: Words, shown: usize, many: u64) -> Markup {
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    html! { @if shown < many { p.quiet { (words.two("shown-of", &words.number(shown), &words.number(many))) } } }
}

/// An empty list says so.
pub fn nothing(words: Words, empty: bool) -> Markup {
    instead(empty, &words.t("nothing"))
}

/// An empty list says what its emptiness means, or what to do.
pub fn instead(empty: bool, said: &str) -> Markup {
    html! { @if empty { p.quiet { (said) } } }
}
