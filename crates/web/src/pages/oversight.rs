//! The inspector's desk: access records by filters, one in words, patterns found, and whether the records are whole. No contents.

use super::{Query, id};
use crate::context::{Cx, percent};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{instead, listed};
use crate::post::Post;
use crate::time::{start_of_day, utc_day};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use entente_app::access::{AccessRecord, NOBODY, Operation};
use entente_app::views::{
    AccessCheck, AccessLine, AccessList, AccessPlace, AccessQuery, FindingView, InspectionFigure,
    LaneCheck, WitnessView,
};
use entente_core::access::{Reason, Refusal};
use entente_core::anomaly::Pattern;
use entente_core::deeds;
use entente_core::instant::{Instant, Span};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Lanes listed one by one: the broken ones and the newest.
const LANES: usize = 30;

/// Reads the filters of a query.
///
/// # Errors
/// Days and places that cannot be read.
pub fn query_of(query: &BTreeMap<String, String>) -> Result<AccessQuery, Fail> {
    let text = |name: &str| query.get(name).map(|v| v.trim()).filter(|v| !v.is_empty());
    let day = |name: &str| match text(name) {
        Some(text) => start_of_day(text)
            .map(Some)
            .ok_or_else(|| Fail::input_key("input-day")),
        None => Ok(None),
    };
    let words = |name: &str| text(name).unwrap_or_default().chars().take(80).collect();
    Ok(AccessQuery {
        actor: words("officer"),
        service: text("service").and_then(|s| s.parse().ok()),
        from: day("from")?,
        to: day("to")?.map(|day| day + Span::days(1)),
        operation: text("operation").and_then(Operation::parse),
        dossier: words("dossier"),
        outside: text("outside").is_some(),
        reason: text("reason").and_then(Reason::parse),
        before: match text("before") {
            Some(text) => Some(place(text).ok_or_else(Fail::not_found)?),
            None => None,
        },
        limit: AccessQuery::PAGE,
    })
}

/// A place in the list, as an address writes it.
#[must_use]
pub fn place(text: &str) -> Option<AccessPlace> {
    let (at_ms, n) = text.split_once('.')?;
    Some(AccessPlace {
        at_ms: at_ms.parse().ok()?,
        n: n.parse().ok()?,
    })
}

/// A place as text.
#[must_use]
pub fn place_text(place: AccessPlace) -> String {
    format!("{}.{}", place.at_ms, place.n)
}

/// The desk: filters, records, and the patterns found.
pub async fn show(cx: Cx, query: Query) -> Reply {
    let asked = query_of(&query)?;
    let first = asked.before.is_none();
    let wanted = asked.clone();
    let (list, findings, asks) = cx
        .run(move |app, me| {
            let list = app.access_list(me, &wanted)?;
            let (findings, asks) = match first {
                true => (
                    app.access_findings(me, 0)?,
                    Some(app.admission_figures(me)?),
                ),
                false => (Vec::new(), None),
            };
            Ok((list, findings, asks))
        })
        .await?;
    let words = cx.words;
    let main = html! {
        div.title-row {
            h1 { (words.t("oversight")) }
            a.button href="/oversight/check" { (words.t("oversight-check")) }
        }
        p.quiet { (words.t("oversight-why")) }
        @if first { (findings_panel(&cx, &findings)) }
        @if let Some(asks) = asks.filter(|asks| asks.asked > 0) {
            p #asks { (words.two("admission-figures", &words.number(asks.asked), &words.number(asks.for_nothing))) }
        }
        section.panel #records {
            h2 { (words.t("oversight-records")) }
            (filters(&cx, &asked))
            (sealed_export(&cx, &query))
            (records(&cx, &list, own_looks(&cx, &asked)))
            (onward(words, &query, &list))
        }
    };
    cx.page(&words.t("oversight"), &main)
}

fn filters(cx: &Cx, asked: &AccessQuery) -> Markup {
    let words = cx.words;
    let day = |at: Option<Instant>| at.map(utc_day);
    let service = asked.service.as_ref().map(ToString::to_string);
    html! {
        form.filters method="get" action="/oversight" {
            input type="text" name="officer" value=(asked.actor) dir="ltr" maxlength="80"
                aria-label=(words.t("oversight-officer")) placeholder=(words.t("oversight-officer"));
            input type="text" name="service" value=[service] dir="ltr" maxlength="80"
                aria-label=(words.t("oversight-service")) placeholder=(words.t("oversight-service"));
            input type="text" name="dossier" value=(asked.dossier) dir="ltr" maxlength="80"
                aria-label=(words.t("oversight-dossier")) placeholder=(words.t("oversight-dossier"));
            select name="operation" aria-label=(words.t("oversight-operation")) {
                option value="" { (words.t("oversight-operation")) }
                @for one in Operation::ALL { option value=(one) selected[asked.operation == Some(*one)] { (words.label(one.label())) } }
            }
            select name="reason" aria-label=(words.t("oversight-reason")) {
                option value="" { (words.t("oversight-reason")) }
                @for one in Reason::ALL { option value=(one) selected[asked.reason == Some(*one)] { (words.label(one.label())) } }
            }
            label { (words.t("balance-from")) " " input type="date" name="from" value=[day(asked.from)]; }
            label { (words.t("balance-to")) " " input type="date" name="to" value=[day(asked.to.map(|to| to - Span::days(1)))]; }
            label.check { input type="checkbox" name="outside" value="yes" checked[asked.outside]; " " (words.t("oversight-outside")) }
            button.main type="submit" { (words.t("filter")) }
            button type="submit" formaction="/oversight/export" { (words.t("oversight-export")) }
        }
    }
}

/// Whose looks stand folded in one line: the reader's own, unless they are what is sought.
fn own_looks<'a>(cx: &'a Cx, asked: &AccessQuery) -> Option<&'a str> {
    let me = cx.actor.as_ref()?.id.as_str();
    let sought = asked.operation == Some(Operation::Inspect) || asked.actor == me;
    (!sought).then_some(me)
}

/// The records, newest first; looks of `own` in one line that opens, where the newest of them is.
fn records(cx: &Cx, list: &AccessList, own: Option<&str>) -> Markup {
    let words = cx.words;
    let is_own = |line: &&AccessLine| {
        line.record.operation == Operation::Inspect && own == Some(line.record.actor.as_str())
    };
    let looks: Vec<&AccessLine> = list.lines.iter().filter(is_own).collect();
    let newest = looks.first().map(|line| line.n);
    html! {
        (instead(list.lines.is_empty(), &words.t("oversight-none")))
        @if !list.lines.is_empty() {
            div.scroll { table.list {
                thead { tr {
                    th scope="col" { (words.t("oversight-when")) } th scope="col" { (words.t("oversight-who")) }
                    th scope="col" { (words.t("oversight-what")) } th scope="col" { (words.t("oversight-about")) }
                    th scope="col" { (words.t("oversight-reason")) }
                } }
                tbody { @for line in &list.lines {
                    @if newest == Some(line.n) { (folded(cx, &looks)) } @else if !is_own(&line) { (row(cx, line)) }
                } }
            } }
        }
    }
}

fn row(cx: &Cx, line: &AccessLine) -> Markup {
    let words = cx.words;
    html! { tr {
        td { (at(cx, line)) }
        td { (who(words, line)) }
        td { (what(words, line)) }
        td { (about(words, line)) }
        td { (why(words, &line.record)) }
    } }
}

fn at(cx: &Cx, line: &AccessLine) -> Markup {
    html! { a href=(format!("/oversight/records/{}", line.n)) { (cx.time(line.at)) } }
}

fn what(words: Words, line: &AccessLine) -> Markup {
    html! { (words.label(line.record.operation.label())) (dot()) (named(words, &line.record.verb)) }
}

fn named(words: Words, verb: &str) -> Markup {
    html! {
        @if deeds::deed(verb).is_some() { (deed(words, verb)) } @else { code dir="ltr" { (verb) } }
    }
}

/// On which page or by which act, in words; what has none, such as the address of an attempt, as it is.
#[must_use]
pub fn deed(words: Words, verb: &str) -> String {
    let known = deeds::deed(verb).map(|known| words.label(known));
    known.unwrap_or(verb).to_owned()
}

/// The reader's own looks of a page in one line: they are on record like any other, and other inspectors see them one by one.
fn folded(cx: &Cx, looks: &[&AccessLine]) -> Markup {
    let words = cx.words;
    let count = u64::try_from(looks.len()).unwrap_or(u64::MAX);
    html! { tr { td colspan="5" {
        details.own-looks {
            summary { (words.count("oversight-own-looks", count)) }
            ul.lines { @for line in looks { li {
                (at(cx, line)) (dot()) (what(words, line))
                @if let Some(object) = &line.record.object { (dot()) code dir="ltr" { (object) } }
            } } }
        }
    } } }
}

fn who(words: Words, line: &AccessLine) -> Markup {
    let record = &line.record;
    html! {
        a href=(format!("/oversight?officer={}", percent(&record.actor))) {
            // Whoever tried a password or a code is nobody yet.
            @if record.actor == NOBODY { (words.t("oversight-unknown")) } @else { bdi { (record.actor) } }
        }
        @if let Some(service) = &record.service { br; small { bdi { (service) } } }
    }
}

fn about(words: Words, line: &AccessLine) -> Markup {
    html! {
        @for (place, number) in line.numbers.iter().take(5).enumerate() {
            @if place > 0 { (dot()) }
            a href=(format!("/oversight?dossier={}", percent(number))) { bdi.number { (number) } }
        }
        @if line.numbers.len() > 5 { " …" }
        @if let Some(why) = line.record.refused { @if !line.numbers.is_empty() { (dot()) } strong.late { (refused(words, why, line.record.times)) } }
        @if let Some(taken) = &line.record.taken {
            @if !line.numbers.is_empty() { (dot()) }
            (words.count("oversight-taken", taken.entries)) " " code dir="ltr" title=(taken.digest) { (taken.digest.chars().take(16).collect::<String>()) }
        }
        @if line.record.outside { @if !line.numbers.is_empty() { (dot()) } strong.late { (words.t("oversight-outside-mark")) } }
    }
}

/// Why something was refused, and how many times more within its minute.
#[must_use]
pub fn refused(words: Words, why: Refusal, times: Option<u32>) -> String {
    let why = words.label(why.label());
    match times {
        Some(times) => format!(
            "{why} ({})",
            words.count("oversight-times", u64::from(times))
        ),
        None => why.to_owned(),
    }
}

fn why(words: Words, record: &AccessRecord) -> Markup {
    html! {
        @if let Some(reason) = record.reason { (words.label(reason.label())) }
        @if let Some(text) = &record.text { blockquote dir="auto" { (text) } }
    }
}

/// A way to the older ones: pages begin at a place in the list, which stays the same whatever is recorded meanwhile.
fn onward(words: Words, query: &BTreeMap<String, String>, list: &AccessList) -> Markup {
    let mut address = "/oversight?".to_owned();
    for (name, value) in query
        .iter()
        .filter(|(n, v)| *n != "before" && !v.is_empty())
    {
        address.push_str(&format!("{}={}&", percent(name), percent(value)));
    }
    let older = list
        .next
        .map(|next| format!("{address}before={}", place_text(next)));
    html! {
        @if older.is_some() || query.contains_key("before") {
            nav.pager aria-label=(words.t("pages")) {
                @if query.contains_key("before") { a rel="first" href=(address) { (words.t("oversight-newest")) } }
                @if let Some(older) = older { a rel="next" href=(older) { (words.t("oversight-older")) } }
            }
        }
    }
}

fn findings_panel(cx: &Cx, findings: &[FindingView]) -> Markup {
    let words = cx.words;
    html! {
        section.panel #findings {
            h2 { (words.t("oversight-findings")) }
            p.quiet { (words.t("oversight-findings-why")) }
            (instead(findings.is_empty(), &words.t("oversight-findings-none")))
            @if !findings.is_empty() {
                ul.given { @for one in findings { li { (finding(cx, one)) } } }
            }
        }
    }
}

/// A pattern with its why, in words.
fn finding(cx: &Cx, one: &FindingView) -> Markup {
    let (words, found) = (cx.words, &one.finding);
    let (from, to) = (utc_day(found.from), utc_day(found.to));
    let records = format!(
        "/oversight?officer={}&from={from}&to={to}",
        percent(&one.actor)
    );
    html! {
        p {
            strong { (words.label(found.pattern.label())) } (dot()) bdi { (one.actor) } (dot())
            (cx.time(found.from)) " – " (cx.time(found.to))
        }
        p {
            (told(words, one)) " " (words.s("finding-with-reason", &words.number(found.with_reason)))
            @for (place, number) in one.numbers.iter().enumerate() { @if place > 0 { (words.comma()) } @else { " " } bdi.number { (number) } }
        }
        p { a href=(records) { (words.t("finding-records")) } }
    }
}

/// What was found, in one sentence.
#[must_use]
pub fn told(words: Words, one: &FindingView) -> String {
    let key = match one.finding.pattern {
        Pattern::Outside => "finding-outside",
        Pattern::Bulk if one.finding.exported => "finding-exports",
        Pattern::Bulk => "finding-bulk",
        Pattern::Hunting => "finding-hunting",
        Pattern::Hours => "finding-hours",
        Pattern::Asking => "finding-asking",
        Pattern::Probing => "finding-probing",
    };
    words.s(key, &words.number(one.finding.count))
}

/// The records that the filters find, as a file that the node signs.
pub async fn export(cx: Cx, query: Query) -> Reply {
    let asked = query_of(&query)?;
    let text = cx.run(move |app, me| app.access_export(me, &asked)).await?;
    Ok(file("access-records.txt", text))
}

/// The same, sealed to the key of an inspector.
pub async fn export_to(Post { cx, form }: Post) -> Reply {
    let filters = form
        .fields
        .iter()
        .filter(|(name, _)| !name.starts_with('_'));
    let filters = filters.map(|(name, _)| (name.clone(), form.last(name).to_owned()));
    let asked = query_of(&filters.collect())?;
    let key = form.last("_to").to_owned();
    let sealed = cx.run(move |app, me| app.access_export_to(me, &asked, &key));
    Ok(file("access-records-sealed.txt", sealed.await?))
}

/// A file for who asked.
pub fn file(name: &str, text: String) -> Response {
    let heads = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (heads, text).into_response()
}

/// The form by which the records found are taken out for one reader alone.
fn sealed_export(cx: &Cx, query: &BTreeMap<String, String>) -> Markup {
    let words = cx.words;
    html! {
        details.folded {
            summary { (words.t("oversight-seal")) }
            form method="post" action="/oversight/export" {
                (csrf(cx))
                @for (name, value) in query.iter().filter(|(name, _)| *name != "before" && !name.starts_with('_')) {
                    input type="hidden" name=(name) value=(value);
                }
                div.field {
                    label for="f-to" { (words.t("oversight-seal-to")) }
                    textarea #f-to name="_to" rows="5" required dir="ltr" maxlength="8000" aria-describedby="f-to-h" {}
                    small.help #f-to-h { (words.t("oversight-seal-means")) }
                }
                p.submit { button type="submit" { (words.t("oversight-seal-do")) } }
            }
        }
    }
}

/// One record in words.
pub async fn record(cx: Cx, Path(n): Path<String>) -> Reply {
    let n: u64 = id(&n)?;
    let line = cx.run(move |app, me| app.access_record(me, n)).await?;
    let (words, record) = (cx.words, &line.record);
    let main = html! {
        p.kicker.ways { a href="/oversight" { (words.t("oversight")) } }
        h1 { (what(words, &line)) }
        section.panel { dl.facts {
            dt { (words.t("oversight-when")) } dd { (cx.time(line.at)) }
            dt { (words.t("oversight-who")) } dd {
                (who(words, &line))
                @if !line.roles.is_empty() { (dot()) (listed(words, line.roles.iter().map(|role| html! { (words.label(role.label())) }))) }
            }
            dt { (words.t("oversight-what")) } dd { (what(words, &line)) @if deeds::deed(&record.verb).is_some() { (dot()) code dir="ltr" { (record.verb) } } }
            dt { (words.t("oversight-about")) } dd { (about(words, &line)) @if line.numbers.is_empty() && !record.outside { "—" } }
            @if let Some(object) = &record.object { dt { (words.t("oversight-object")) } dd { code.hash { bdi { (object) } } } }
            @if record.reason.is_some() { dt { (words.t("oversight-reason")) } dd { (why(words, record)) } }
            @if !record.words.is_empty() {
                dt { (words.t("oversight-words")) }
                dd { (words.number(u64::try_from(record.words.len()).unwrap_or(u64::MAX))) " " span.quiet { (words.t("oversight-words-why")) } }
            }
            @if !record.recipients.is_empty() {
                dt { (words.t("oversight-recipients")) }
                dd { (listed(words, record.recipients.iter().map(|node| html! { bdi { (node) } }))) }
            }
            dt { (words.t("oversight-lane")) } dd { bdi dir="ltr" { (line.lane) } (dot()) (words.number(line.seq)) }
        } }
    };
    cx.page(&words.t("oversight"), &main)
}

/// Whether the records are whole, and how often inspectors looked.
pub async fn check(cx: Cx) -> Reply {
    let (check, looks) = cx
        .run(|app, me| Ok((app.access_check(me)?, app.inspections(me)?)))
        .await?;
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href="/oversight" { (words.t("oversight")) } }
        h1 { (words.t("oversight-check")) }
        section.panel.alarm[!check.holds()] #whole {
            p { @if check.holds() { strong.good { (words.t("check-whole")) } } @else { strong.late { (words.t("check-broken")) } } }
            dl.facts {
                dt { (words.t("oversight-records")) } dd { (words.number(check.records)) }
                dt { (words.t("check-journal")) } dd {
                    (words.number(check.journal_lines)) (dot()) (unbroken(words, check.journal_unbroken))
                }
            }
        }
        (witnessed(&cx, &check))
        (lanes(&cx, &check))
        (inspections(words, &looks))
    };
    cx.page(&words.t("oversight-check"), &main)
}

fn unbroken(words: Words, whole: bool) -> Markup {
    html! { @if whole { span.good { (words.t("check-unbroken")) } } @else { strong.late { (words.t("check-lane-broken")) } } }
}

fn witnessed(cx: &Cx, check: &AccessCheck) -> Markup {
    let words = cx.words;
    html! {
        section.panel #witnesses {
            h2 { (words.t("check-witnesses")) }
            p.quiet { (words.t("check-witnesses-why")) }
            (instead(check.witnesses.is_empty(), &words.t("check-witnesses-none")))
            ul.given { @for one in &check.witnesses { li { (witness(cx, one)) } } }
        }
    }
}

/// One sentence: up to which line a partner holds the journal, and since when.
fn witness(cx: &Cx, one: &WitnessView) -> Markup {
    let words = cx.words;
    html! {
        bdi { (one.partner) } (dot()) (words.s("check-witness-line", &words.number(one.line))) (dot())
        @match (one.receipted, one.cosigned) {
            (Some(at), _) => span.good { (words.t("check-witness-since")) " " (cx.time(at)) },
            (None, true) => span.good { (words.t("check-witness-cosigned")) },
            (None, false) => span.quiet { (words.t("check-witness-waits")) },
        }
        @if !one.same { (dot()) strong.late { (words.t("check-witness-other")) } }
    }
}

fn lanes(cx: &Cx, check: &AccessCheck) -> Markup {
    let words = cx.words;
    let mut lanes: Vec<&LaneCheck> = check.lanes.iter().collect();
    lanes.sort_by_key(|lane| (lane.unbroken, std::cmp::Reverse(lane.last)));
    let more = lanes.len().saturating_sub(LANES);
    lanes.truncate(LANES);
    html! {
        section.panel #lanes {
            h2 { (words.t("check-lanes")) }
            p.quiet { (words.t("check-lanes-why")) }
            div.scroll tabindex="0" role="region" aria-label=(words.t("check-lanes")) { table.list {
                thead { tr {
                    th scope="col" { (words.t("oversight-lane")) } th.num scope="col" { (words.t("oversight-records")) }
                    th scope="col" { (words.t("check-from")) } th scope="col" { (words.t("check-to")) } th scope="col" { (words.t("check-chain")) }
                } }
                tbody { @for lane in lanes { tr {
                    td { bdi dir="ltr" { (lane.lane) } }
                    td.num { (words.number(lane.to)) }
                    td { @if let Some(at) = lane.first { (cx.time(at)) } }
                    td { @if let Some(at) = lane.last { (cx.time(at)) } }
                    td { (unbroken(words, lane.unbroken)) }
                } } }
            } }
            @if more > 0 { p.quiet { (words.s("check-lanes-more", &words.number(u64::try_from(more).unwrap_or(u64::MAX)))) } }
        }
    }
}

fn inspections(words: Words, looks: &[InspectionFigure]) -> Markup {
    html! {
        section.panel #inspections {
            h2 { (words.t("oversight-inspections")) }
            p.quiet { (words.t("oversight-inspections-why")) }
            div.scroll tabindex="0" role="region" aria-label=(words.t("oversight-inspections")) { table.list {
                thead { tr { th scope="col" { (words.t("officer")) } th.num scope="col" { (words.t("oversight-looks")) } } }
                tbody { @for figure in looks { tr {
                    td { a href=(format!("/oversight?operation=inspect&officer={}", percent(&figure.inspector))) { bdi { (figure.inspector) } } }
                    td.num { (words.number(figure.looks)) }
                } } }
            } }
        }
    }
}
