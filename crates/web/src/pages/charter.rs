//! A charter's terms in words, and its proposals with what may be done about them.

use crate::context::{Cx, percent};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{listed, side};
use entente_app::views::{Binding, CharterView, Ending, Lapsed, Proposal};
use entente_core::charter::{Escalation, Quotas, Terms};
use entente_core::codes::{Ask, Urgency};
use entente_core::ids::{DossierId, NodeName};
use entente_core::instant::Span;
use entente_core::kinds;
use entente_core::terms::Part;
use maud::{Markup, PreEscaped, html};

/// The charter's part of its dossier's page.
pub fn section(cx: &Cx, dossier: DossierId, view: &CharterView) -> Markup {
    let words = cx.words;
    html! {
        // What waits for a signature comes before what stands.
        @for proposal in &view.proposals { (proposed(cx, dossier, proposal, view.in_force.as_ref())) }
        section.panel #charter data-live-part {
            h2 { (words.t("charter-in-force")) }
            (suspension(words, view.suspended))
            @match &view.in_force { Some(t) => (terms(cx, t)), None => p.quiet { (words.t("charter-none")) } }
            @if !view.lapsed.is_empty() {
                h3 { (words.t("charter-lapsed")) }
                ul.lines { @for lapsed in &view.lapsed { li { (ended(cx, lapsed)) } } }
            }
        }
    }
}

/// How a proposal ended that was not signed: the way to the entry that says so, and why if a reason was given.
fn ended(cx: &Cx, lapsed: &Lapsed) -> Markup {
    let words = cx.words;
    html! {
        a href=(format!("/entries/{}", lapsed.proposal)) { (words.n("charter-proposed", i64::from(lapsed.version))) }
        (dot()) (side(cx, &lapsed.by)) (dot()) a href=(format!("/entries/{}", lapsed.entry)) { (ending(words, lapsed.how)) }
    }
}

/// What became of a proposal that was not signed.
pub fn ending(words: Words, how: Ending) -> String {
    match how {
        Ending::Declined => words.t("charter-declined"),
        Ending::Withdrawn => words.t("charter-withdrawn"),
    }
}

/// Both suspension flags in words.
pub fn suspension(words: Words, (ours, theirs): (bool, bool)) -> Markup {
    html! {
        @if ours { p.alert { (words.t("suspended-by-us")) } }
        @if theirs { p.alert { (words.t("suspended-by-them")) } }
    }
}

fn proposed(cx: &Cx, dossier: DossierId, p: &Proposal, in_force: Option<&Terms>) -> Markup {
    let words = cx.words;
    html! {
        section.panel.proposal id=(format!("proposal-{}", p.entry.short())) {
            h2 { (words.n("charter-proposed", i64::from(p.terms.version))) " " (side(cx, &p.by)) }
            p { (words.t("charter-signed-by")) " " (signatories(words, &p.signed)) (dot()) (waits_for(words, p)) }
            (ways(cx, dossier, p))
            (obstacles(words, p))
            @if let Some(before) = in_force { (changes(cx, before, &p.terms)) }
            details { summary { (words.t("charter-terms")) } (terms(cx, &p.terms)) }
        }
    }
}

/// Why a proposal cannot be signed here.
fn obstacles(words: Words, p: &Proposal) -> Markup {
    html! {
        @if p.overtaken { p.alert { (words.t("charter-overtaken")) } }
        @if !p.faults.is_empty() {
            div.alert role="alert" {
                p { strong { (words.t("terms-faults")) } }
                ul { @for fault in &p.faults { li { (words.label(fault.label)) ": " (fault.problem.text(words.lang)) } } }
            }
        }
    }
}

fn signatories(words: Words, signed: &[NodeName]) -> Markup {
    html! {
        (listed(words, signed.iter().map(|node| html! { bdi { (node) } })))
        @if signed.is_empty() { (words.t("charter-signed-by-none")) }
    }
}

/// Whose word a proposal waits for.
fn waits_for(words: Words, p: &Proposal) -> Markup {
    let missing = p.terms.parties.iter().find(|n| !p.signed.contains(n));
    html! {
        @match missing {
            Some(node) => (words.s("charter-waits-signature", node.as_str())),
            None => (words.s("charter-waits-enactment", p.terms.convenor.as_str())),
        }
    }
}

/// The ways on: each leads to a page that says what the act means, none binds by one click.
fn ways(cx: &Cx, dossier: DossierId, p: &Proposal) -> Markup {
    let words = cx.words;
    let path = |entry: &str| format!("/dossiers/{dossier}/write/{entry}");
    let proposal = format!("?proposal={}", p.entry);
    let on = p.asks.map(|on| format!("?on={}", percent(&on.to_string())));
    let on = on.unwrap_or_default();
    html! {
        div.row {
            @if p.may_sign { a.button.main href=(path("charter.sign") + &proposal) { (words.t("charter-sign")) } }
            @if p.may_enact { a.button.main href=(path("charter.enact") + &proposal) { (words.t("charter-enact")) } }
            @if p.may_decline { a.button href=(path("charter.decline") + &on) { (words.t("charter-decline")) } }
            @if p.may_withdraw { a.button href=(path("charter.withdraw") + &on) { (words.t("charter-withdraw")) } }
        }
    }
}

/// What a signature or an entry into force makes binding: for whom, from when, and what changes by it.
pub fn binding(cx: &Cx, binding: &Binding, enacts: bool) -> Markup {
    let words = cx.words;
    let p = &binding.proposal;
    let from = match enacts {
        true => words.t("binding-from-now"),
        false => words.s("binding-from-enactment", p.terms.convenor.as_str()),
    };
    html! {
        dl.facts.binding {
            dt { (words.t("binding-what")) } dd { (words.n("charter-proposed", i64::from(p.terms.version))) (dot()) (side(cx, &p.by)) }
            dt { (words.t("binding-whom")) } dd { (signatories(words, &p.terms.parties)) }
            dt { (words.t("binding-from")) } dd { (from) }
            dt { (words.t("binding-earlier")) } dd { (words.t("binding-earlier-asks")) }
        }
        (obstacles(words, p))
        @if let Some(before) = &binding.in_force { (changes(cx, before, &p.terms)) }
        details open[binding.in_force.is_none()] { summary { (words.t("charter-terms")) } (terms(cx, &p.terms)) }
    }
}

/// Terms in words.
pub fn terms(cx: &Cx, t: &Terms) -> Markup {
    html! {
        div.terms {
            dl.facts { @for (part, said) in facts(cx, t) { dt { (cx.words.label(part.label)) } dd { (said) } } }
            (clocks(cx, t))
            (super::clock_models::line(cx.words, t))
            details {
                summary { (cx.words.t("terms-idle")) }
                dl.facts { @for (part, said) in idle(cx, t) { dt { (cx.words.label(part.label)) } dd { (said) } } }
            }
        }
    }
}

/// Each part of the terms that is acted upon, but for the clocks, with what it says.
fn facts(cx: &Cx, t: &Terms) -> Vec<(Part, Markup)> {
    let words = cx.words;
    let purposes = t.purposes.iter().map(|p| words.label(p.label()).to_owned());
    let kind = |name: &String| kind_name(words, name);
    let mut out = vec![
        (Part::VERSION, html! { (words.number(t.version)) }),
        (
            Part::PARTIES,
            html! { @for (i, p) in t.parties.iter().enumerate() { @if i > 0 { (dot()) } bdi { (p) } } },
        ),
        (Part::CONVENOR, html! { bdi { (t.convenor) } }),
        (Part::PURPOSES, html! { (joined(purposes)) }),
        (Part::KINDS, html! { (joined(t.kinds.iter().map(kind))) }),
        (Part::CEILING, html! { (words.label(t.ceiling.label())) }),
        (Part::EQUIVALENCES, equivalences(words, t)),
        (Part::FEEDBACK, yes_or_no(words, t.feedback)),
        (Part::FOUR_EYES, yes_or_no(words, t.four_eyes)),
        (Part::INFORM, informs(words, t)),
        (Part::COMPARE, compares(words, t)),
        (Part::TRANSIT, html! { (exact(words, t.transit)) }),
        (Part::DELIVERY, html! { (exact(words, t.delivery)) }),
        (
            Part::DELIVERY_URGENT,
            html! { (exact(words, t.delivery_urgent)) },
        ),
        (Part::QUOTAS, quotas(words, &t.quotas)),
        (Part::ESCALATION, escalation(words, &t.escalation)),
    ];
    out.retain(|(_, said)| !said.0.is_empty());
    out
}

/// What the charter records and no version acts upon yet.
fn idle(cx: &Cx, t: &Terms) -> [(Part, Markup); 3] {
    let words = cx.words;
    [
        (Part::NAMES, yes_or_no(words, t.names)),
        (Part::OPENED, yes_or_no(words, t.opened)),
        (Part::REVIEW, html! { (exact(words, t.review)) }),
    ]
}

fn informs(words: Words, t: &Terms) -> Markup {
    match &t.inform {
        None => yes_or_no(words, false),
        Some(inform) => super::duties::in_words(words, inform),
    }
}

fn compares(words: Words, t: &Terms) -> Markup {
    match &t.compare {
        None => yes_or_no(words, false),
        Some(compare) => html! {
            (words.n("terms-compare-a-day", i64::from(compare.points_a_day))) (dot())
            (words.s("terms-compare-within", &compare.answer.in_words(words.lang)))
        },
    }
}

fn yes_or_no(words: Words, yes: bool) -> Markup {
    html! { (if yes { words.t("yes") } else { words.t("no") }) }
}

fn equivalences(words: Words, t: &Terms) -> Markup {
    html! { @for e in &t.equivalences { (words.label(e.class.label())) " = " bdi { (e.party) } ": " bdi { (e.level) } br; } }
}

fn quotas(words: Words, q: &Quotas) -> Markup {
    html! {
        (words.number(q.entries_a_day)) " " (words.t("terms-entries-a-day")) (dot()) (words.s("terms-body", &exact_size(words, u64::from(q.body_bytes))))
        (dot()) (words.s("terms-file", &exact_size(words, q.file_bytes)))
    }
}

fn escalation(words: Words, steps: &Escalation) -> Markup {
    let after = |s: Span| match s.0 {
        0 => words.t("terms-at-due"),
        _ => words.s("terms-after", &exact(words, s)),
    };
    html! {
        (words.s("terms-soon", &exact(words, steps.soon))) (dot()) (words.s("terms-liaison", &after(steps.liaison)))
        (dot()) (words.s("terms-coordinator", &after(steps.coordinator))) (dot()) (words.s("terms-meeting", &after(steps.meeting)))
    }
}

/// A kind as people read it; its own name where this version does not know it.
pub fn kind_name(words: Words, name: &str) -> String {
    let known = kinds::find(name).map(|kind| words.label(kind.label));
    known.unwrap_or(name).to_owned()
}

/// A length of time without rounding: what is signed is read to the last unit.
pub fn exact(words: Words, length: Span) -> String {
    let (count, unit) = length.in_whole_units();
    match (unit, count >= 0) {
        ("d", true) => words.n("span-days", count),
        ("h", true) => words.n("span-hours", count),
        ("min", true) => words.n("span-minutes", count),
        _ => length.in_words(words.lang),
    }
}

/// A size without rounding.
fn exact_size(words: Words, bytes: u64) -> String {
    let whole = bytes > 0
        && [1 << 30, 1 << 20, 1 << 10]
            .iter()
            .any(|unit| bytes.is_multiple_of(*unit) && bytes / unit < 1_024);
    match whole {
        true => words.size(bytes),
        false => words.s("size-bytes", &words.number(bytes)),
    }
}

/// What a proposal changes in the terms in force: what stood, and what would stand.
fn changes(cx: &Cx, before: &Terms, after: &Terms) -> Markup {
    let words = cx.words;
    let all = |terms| {
        facts(cx, terms)
            .into_iter()
            .chain(idle(cx, terms))
            .collect::<Vec<_>>()
    };
    let (old, new) = (all(before), all(after));
    let said = |facts: &[(Part, Markup)], part: Part| {
        let found = facts.iter().find(|(p, _)| p.name == part.name);
        found.map_or_else(String::new, |(_, said)| said.0.clone())
    };
    let mut lines: Vec<(String, String, String)> = Vec::new();
    for (part, _) in new.iter().chain(&old) {
        let line = (
            words.label(part.label).to_owned(),
            said(&old, *part),
            said(&new, *part),
        );
        if part.name != Part::VERSION.name && line.1 != line.2 && !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.extend(changed_clocks(words, before, after));
    html! {
        h3 { (words.t("terms-changes")) }
        @if lines.is_empty() { p.quiet { (words.t("terms-no-change")) } }
        dl.facts.changes {
            @for (label, was, is) in &lines {
                dt { (label) }
                dd { @if !was.is_empty() { del { (PreEscaped(was)) } " " } @if !is.is_empty() { ins { (PreEscaped(is)) } } }
            }
        }
    }
}

fn changed_clocks(words: Words, before: &Terms, after: &Terms) -> Vec<(String, String, String)> {
    let own = |t: &Terms, ask: Ask, urgency: Urgency| {
        let clock = t.clock(ask, urgency);
        clock.map_or_else(|| "—".to_owned(), |allowed| exact(words, allowed))
    };
    let line = |(ask, urgency)| {
        let (was, is) = (own(before, ask, urgency), own(after, ask, urgency));
        (was != is).then(|| (clock_label(words, ask, urgency), was, is))
    };
    pairs().filter_map(line).collect()
}

/// Every ask at every urgency.
pub fn pairs() -> impl Iterator<Item = (Ask, Urgency)> {
    let urgencies = |ask: &'static Ask| Urgency::ALL.iter().map(|u| (*ask, *u));
    Ask::ALL.iter().flat_map(urgencies)
}

/// What a clock is for.
pub fn clock_label(words: Words, ask: Ask, urgency: Urgency) -> String {
    let (ask, urgency) = (words.label(ask.label()), words.label(urgency.label()));
    format!("{ask} — {urgency}")
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(" · ")
}

fn clocks(cx: &Cx, t: &Terms) -> Markup {
    let words = cx.words;
    let cell = |ask: Ask, urgency: Urgency| {
        let own = t.clock(ask, urgency);
        html! { td.num { @if let Some(allowed) = own { (exact(words, allowed)) } @else { "—" } } }
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(words.t("terms-clocks")) {
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
