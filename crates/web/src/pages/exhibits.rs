//! Exhibits of an investigation: the list, and one with its chain of custody on one line of time. Gaps are said in words, never filled; the
//! page is a document on paper too.

use super::id;
use crate::conditions;
use crate::context::{Cx, percent};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{self, entry_card, handling, nothing, prose, service, side};
use axum::extract::Path;
use entente_app::views::{BroughtBy, CustodyDeed, CustodyMoment, Exhibit, ExhibitView, Exhibits};
use entente_core::field::Field;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::chain::{Break, Compared, Gap, Hash};
use entente_core::kinds::investigation::custody::{
    ASK_RETURN, CUSTODY, EXHIBIT, EXHIBIT_OF, HANDED, HASH_METHOD, RECEIVED, RETURNED, SEAL,
    SEAL_FOUND, SORT, STEP, TRANSFER,
};
use maud::{Markup, html};
use std::fmt::Write as _;

/// The exhibits of a dossier.
pub async fn list(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let all = cx.run(move |app, me| app.exhibits(me, dossier)).await?;
    let words = cx.words;
    let printed = all.exhibits.iter().all(is_printed);
    let count = u64::try_from(all.exhibits.len()).unwrap_or(u64::MAX);
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } }
        div.title-row { h1 { (words.t("exhibits-title")) " " span.count { (words.number(count)) } } (legend(words)) }
        p.quiet { (words.t("exhibits-why")) }
        div.actions { @for form in all.forms.iter().filter(|form| form.name == EXHIBIT.name) { (write(words, &all, form, None)) } }
        (nothing(words, all.exhibits.is_empty()))
        @if !printed { p.instead-of-print { (words.t("things-not-printed")) } }
        div.unprinted[!printed] { ul.things { @for one in &all.exhibits { (line(&cx, &all, one)) } } }
        (withheld(words, &all))
    };
    cx.page(&words.t("exhibits-title"), &main)
}

fn legend(words: Words) -> Markup {
    html! { p.legend { span.key.ours { (words.t("legend-ours")) } " " span.key.theirs { (words.t("legend-theirs")) } } }
}

/// What cannot be read may be what a chain lacks.
fn withheld(words: Words, all: &Exhibits) -> Markup {
    html! { @if all.withheld > 0 { p.quiet #withheld { (words.count("exhibits-withheld", all.withheld)) } } }
}

fn is_printed(one: &Exhibit) -> bool {
    let moments = one.moments.iter().all(|moment| moment.brought.printed);
    one.brought.printed && moments
}

fn write(words: Words, all: &Exhibits, form: &EntryType, exhibit: Option<EntryId>) -> Markup {
    let path = format!("/dossiers/{}/write/{}", all.dossier.id, form.name);
    let path = match exhibit {
        Some(exhibit) => format!("{path}?{EXHIBIT_OF}={exhibit}"),
        None => path,
    };
    html! { a.button href=(path) { (words.label(form.verb)) } }
}

/// One exhibit in the list: what it is, who has it by the last that was said, gaps, what is owed.
fn line(cx: &Cx, all: &Exhibits, one: &Exhibit) -> Markup {
    let words = cx.words;
    let by = &one.brought;
    let open = one.moments.iter().flat_map(|moment| &moment.asks);
    let open: Vec<_> = open.filter(|ask| ask.state.is_open()).collect();
    let overdue = open.iter().any(|ask| ask.overdue);
    let gaps = u64::try_from(one.gaps.len()).unwrap_or(u64::MAX);
    html! {
        li.ours[by.ours].theirs[!by.ours] {
            p {
                a href=(format!("/exhibits/{}", one.entry)) { (called(one)) }
                @if by.corrected { " " strong.tag { (words.t("corrected-since")) } }
                @if let Some(sort) = code(words, &EXHIBIT, SORT, one.sort.as_deref()) { (dot()) (sort) }
                @if one.from.is_some() { (dot()) (words.t("exhibit-derived")) }
            }
            p.ob-facts { (origin(cx, by)) }
            @if let Some(last) = last_holder(one) { p.ob-facts { (words.t("exhibit-last-with")) " " bdi { (last.0) } @if let Some(at) = last.1 { (dot()) (cx.time(at)) } } }
            @if gaps > 0 { p { strong.late { (words.count("exhibit-gaps", gaps)) } } }
            @if !open.is_empty() {
                p.ob-facts { (words.t("exhibit-owed")) " "
                    (parts::listed(words, open.iter().map(|ask| html! {
                        a href=(format!("/dossiers/{}#ob-{}", all.dossier.id, ask.number)) { bdi { (ask.number) } } " " (words.label(ask.ask.label()))
                    })))
                    @if overdue { " " strong.late { (words.t("exhibit-overdue")) } }
                }
            }
        }
    }
}

fn called(one: &Exhibit) -> Markup {
    html! { bdi.number { (one.mark) } (dot()) (parts::inline(one.brought.lang, &one.name)) }
}

/// Who had it by the last moment that says so: no more than that.
fn last_holder(one: &Exhibit) -> Option<(&str, Option<entente_core::instant::Instant>)> {
    let own = one
        .moments
        .iter()
        .rev()
        .filter(|moment| moment.at.is_some());
    let mut own = own.filter(|moment| moment.is_of_itself(&one.moments));
    let last = own.find(|moment| !moment.to.is_empty())?;
    Some((last.to.as_str(), last.at))
}

fn origin(cx: &Cx, by: &BroughtBy) -> Markup {
    html! { (side(cx, &by.origin)) " " (service(&by.service)) (dot()) (cx.time(by.at)) " " (handling(cx.words, by.handling)) }
}

/// The words of a code of a field's list; one that this version does not know, as it is.
fn code(words: Words, entry: &EntryType, field: &str, code: Option<&str>) -> Option<String> {
    let code = code?;
    let known = entry.fields.iter().find(|known| known.name == field);
    let known = known.and_then(Field::choices).unwrap_or_default();
    let label = known.into_iter().find(|(known, _)| *known == code);
    Some(label.map_or_else(
        || code.to_owned(),
        |(_, label)| words.label(label).to_owned(),
    ))
}

/// One exhibit.
pub async fn show(cx: Cx, Path(entry): Path<String>) -> Reply {
    let entry: EntryId = id(&entry)?;
    let view = cx.run(move |app, me| app.exhibit(me, entry)).await?;
    let words = cx.words;
    let Some(one) = view.all.exhibit(entry) else {
        return Err(Fail::not_found());
    };
    let (dossier, printed) = (&view.all.dossier, is_printed(one));
    let number = |_: ObligationId| None;
    let main = html! {
        p.kicker.ways {
            a href=(format!("/dossiers/{}", dossier.id)) { (words.t("entry-to-dossier")) } (dot())
            a href=(format!("/dossiers/{}/exhibits", dossier.id)) { (words.t("exhibits-title")) }
        }
        p.kicker { (words.label(EXHIBIT.label)) (dot()) bdi.number { (dossier.number) } }
        @if !printed { p.instead-of-print { (words.t("things-not-printed")) } }
        div.unprinted[!printed] { h1 { (called(one)) } (facts(&cx, &view, one)) }
        div.actions { @for form in view.all.forms.iter().filter(|form| form.name != EXHIBIT.name) { (write(words, &view.all, form, Some(entry))) } }
        div.unprinted[!printed] { (chain(&cx, &view.all, one)) }
        (withheld(words, &view.all))
        section #record { h2 { (words.t("exhibit-record")) } (conditions::on_paper(words, std::iter::once(&view.record))) (entry_card(&cx, &view.record, &number, true)) }
    };
    cx.page(
        if printed {
            &one.mark
        } else {
            words.label(EXHIBIT.label)
        },
        &main,
    )
}

fn facts(cx: &Cx, view: &ExhibitView, one: &Exhibit) -> Markup {
    let words = cx.words;
    let way = |id: &EntryId| {
        view.all
            .exhibit(*id)
            .map(|other| html! { a href=(format!("/exhibits/{id}")) { (called(other)) } })
    };
    html! {
        dl.facts {
            @if let Some(sort) = code(words, &EXHIBIT, SORT, one.sort.as_deref()) { dt { (words.t("exhibit-sort")) } dd { (sort) } }
            @if let Some(hash) = &one.hash { dt { (words.t("exhibit-hash")) } dd { (digest(words, hash)) } }
            @if let Some(derived) = &one.from {
                dt { (words.t("exhibit-derived-from")) }
                dd {
                    @match derived.from.as_ref().and_then(way) { Some(way) => (way), None => (words.t("exhibit-elsewhere")) }
                    @if !derived.by.is_empty() { (dot()) (parts::inline(one.brought.lang, &derived.by)) }
                }
            }
            @if !one.derived.is_empty() { dt { (words.t("exhibit-derived-into")) } dd { (parts::listed(words, one.derived.iter().filter_map(way))) } }
        }
        @if !one.text.is_empty() { (prose(one.brought.lang, &one.text)) }
    }
}

fn digest(words: Words, hash: &Hash) -> Markup {
    let method = code(words, &EXHIBIT, HASH_METHOD, Some(&hash.method)).unwrap_or_default();
    html! { bdi { (method) } " " code.hash dir="ltr" { (hash.digits) } }
}

/// The chain on one line of time, each gap between the two moments that do not meet.
fn chain(cx: &Cx, all: &Exhibits, one: &Exhibit) -> Markup {
    let words = cx.words;
    html! {
        section.panel #chain {
            h2 { (words.t("exhibit-chain")) }
            @if one.gaps.is_empty() { p.quiet { (words.t("exhibit-no-gaps")) } }
            @else { p { strong.late { (words.count("exhibit-gaps", u64::try_from(one.gaps.len()).unwrap_or(u64::MAX))) } } }
            ol.things.chain {
                @for (place, moment) in one.moments.iter().enumerate() {
                    @for gap in one.gaps.iter().filter(|gap| gap.before == place) { (gap_line(cx, one, gap)) }
                    (moment_line(cx, all, moment))
                }
            }
        }
    }
}

/// What the record lacks: the two times, and what does not meet.
fn gap_line(cx: &Cx, one: &Exhibit, gap: &Gap) -> Markup {
    let words = cx.words;
    let at = |place: usize| one.moments.get(place).and_then(|moment| moment.at);
    html! {
        li.gap {
            p {
                strong.late { (words.t("gap-nothing")) }
                @if let (Some(from), Some(to)) = (at(gap.after), at(gap.before)) { " " (cx.time(from)) " – " (cx.time(to)) }
            }
            p { (broken(words, gap)) }
        }
    }
}

/// What does not meet, in words.
fn broken(words: Words, gap: &Gap) -> String {
    let said = |state: &str| code(words, &CUSTODY, SEAL_FOUND, Some(state)).unwrap_or_default();
    match &gap.what {
        Break::Holder(had, has) => words.two("gap-holder", had, has),
        Break::Seal(left, found) => words.two("gap-seal", &said(left), &said(found)),
        Break::Number(left, found) => words.two("gap-number", left, found),
    }
}

fn moment_line(cx: &Cx, all: &Exhibits, one: &CustodyMoment) -> Markup {
    let words = cx.words;
    let by = &one.brought;
    html! {
        li.ours[by.ours].theirs[!by.ours] {
            p {
                @match one.at { Some(at) => (cx.time(at)), None => (words.t("moment-no-time")) }
                (dot()) a href=(format!("/entries/{}", one.entry)) { strong { (deed(words, &one.what)) } }
                @if by.corrected { " " strong.tag { (words.t("corrected-since")) } }
            }
            @if !one.from.is_empty() || !one.to.is_empty() {
                p { @if !one.from.is_empty() { (words.t("moment-from")) " " bdi { (one.from) } @if !one.to.is_empty() { (dot()) } } @if !one.to.is_empty() { (words.t("moment-to")) " " bdi { (one.to) } } }
            }
            @if !one.purpose.is_empty() { p { (parts::inline(by.lang, &one.purpose)) } }
            (seal(words, one))
            @if let Some(hash) = &one.hash { p { (digest(words, hash)) @if let Some(compared) = one.compared { " " (comparison(words, compared)) } } }
            @if !one.text.is_empty() && one.what != CustodyDeed::Seized { (prose(by.lang, &one.text)) }
            @if one.files > 0 { p.ob-facts { (words.count("release-files", one.files)) } }
            p.ob-facts { (origin(cx, by)) }
            @for rung in &one.ladder {
                p.ob-facts { bdi { (rung.node) } ": " @match rung.received { Some(at) => { (words.t("moment-receipt")) " " (cx.time(at)) }, None => (words.t("proof-no-receipt")) } }
            }
            @for ask in &one.asks { (owed(cx, all, ask)) }
        }
    }
}

/// What a moment asks, and what became of it.
fn owed(cx: &Cx, all: &Exhibits, ask: &entente_app::views::ObligationView) -> Markup {
    let words = cx.words;
    html! {
        p.ob-facts {
            a href=(format!("/dossiers/{}#ob-{}", all.dossier.id, ask.number)) { bdi { (ask.number) } } " "
            (words.label(ask.ask.label())) (dot()) (service(&ask.owing)) (dot()) (words.label(ask.state.label()))
            @if let Some(due) = ask.due.filter(|_| ask.state.is_open()) { (dot()) (words.t("moment-due")) " " (cx.time(due)) }
            @if ask.overdue { " " strong.late { (words.t("exhibit-overdue")) } }
            @if let Some(by) = ask.answered_by { (dot()) a href=(format!("/entries/{by}")) { (words.t("moment-answer")) } }
            @for offer in ask.offers.iter().filter(|offer| answers_it(offer)) {
                " " a.button.small href=(format!("/dossiers/{}/write/{}?on={}", all.dossier.id, offer.name, percent(&ask.id.to_string()))) { (words.label(offer.verb)) }
            }
        }
    }
}

fn answers_it(offer: &EntryType) -> bool {
    [RECEIVED.name, RETURNED.name, "attest_erasure"].contains(&offer.name)
}

fn deed(words: Words, what: &CustodyDeed) -> String {
    match what {
        CustodyDeed::Seized => words.t("moment-seized"),
        CustodyDeed::Step(step) => code(words, &CUSTODY, STEP, Some(step)).unwrap_or_default(),
        CustodyDeed::Transfer { handed } => {
            let handed = code(words, &TRANSFER, HANDED, Some(handed)).unwrap_or_default();
            format!("{} · {handed}", words.label(TRANSFER.label))
        }
        CustodyDeed::Received(_) => words.label(RECEIVED.label).to_owned(),
        CustodyDeed::AskedBack => words.label(ASK_RETURN.label).to_owned(),
        CustodyDeed::Returned(_) => words.label(RETURNED.label).to_owned(),
    }
}

fn seal(words: Words, one: &CustodyMoment) -> Markup {
    let state = |state: &Option<String>| code(words, &CUSTODY, SEAL_FOUND, state.as_deref());
    let (found, left) = (state(&one.found), state(&one.left));
    let how = code(words, &EXHIBIT, SEAL, one.seal.as_deref());
    html! {
        @if found.is_some() || left.is_some() || how.is_some() || !one.number.is_empty() {
            p {
                (words.t("moment-seal")) " "
                @if let Some(how) = how { (how) " " }
                @if !one.number.is_empty() { bdi.number { (one.number) } " " }
                @if let Some(found) = found { (words.s("moment-found", &found)) " " }
                @if let Some(left) = left { (words.s("moment-left", &left)) }
            }
        }
    }
}

fn comparison(words: Words, compared: Compared) -> Markup {
    html! {
        @match compared {
            Compared::Equal => span.good { (words.t("hash-equal")) },
            Compared::EqualButWeak => (words.t("hash-weak")),
            Compared::Different => strong.late { (words.t("hash-different")) },
            Compared::OtherMethod => (words.t("hash-other")),
        }
    }
}

/// The exhibits of a dossier as lines of text, for the command line.
#[must_use]
pub fn plain(words: Words, all: &Exhibits) -> String {
    let mut out = String::new();
    for one in &all.exhibits {
        let _infallible = writeln!(out, "{} · {} · {}", one.mark, one.name, one.entry.short());
        for (place, moment) in one.moments.iter().enumerate() {
            for gap in one.gaps.iter().filter(|gap| gap.before == place) {
                let (said, what) = (words.t("gap-nothing"), broken(words, gap));
                let at = |place: usize| one.moments.get(place).and_then(|moment| moment.at);
                let (from, to) = (day(at(gap.after)), day(at(gap.before)));
                let _infallible = writeln!(out, "  ! {said} {from} – {to}. {what}");
            }
            let _infallible = writeln!(out, "  {}", plain_moment(words, moment));
        }
    }
    if all.withheld > 0 {
        let _infallible = writeln!(out, "{}", words.count("exhibits-withheld", all.withheld));
    }
    out
}

fn day(at: Option<entente_core::instant::Instant>) -> String {
    at.map_or_else(|| "—".to_owned(), entente_core::instant::Instant::to_civil)
}

fn plain_moment(words: Words, one: &CustodyMoment) -> String {
    let mut parts = vec![day(one.at), deed(words, &one.what)];
    let mut more = |key: &str, text: &str| {
        if !text.is_empty() {
            parts.push(format!("{} {text}", words.t(key)));
        }
    };
    more("moment-from", &one.from);
    more("moment-to", &one.to);
    more("moment-seal", &one.number);
    parts.push(one.brought.service.to_string());
    for ask in one.asks.iter().filter(|ask| ask.state.is_open()) {
        let late = if ask.overdue {
            format!(" ({})", words.t("exhibit-overdue"))
        } else {
            String::new()
        };
        parts.push(format!(
            "{} {}{late}",
            ask.number,
            words.label(ask.ask.label())
        ));
    }
    parts.join(" · ")
}
