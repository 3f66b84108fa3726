//! The ledger: all obligations between the parties, identical on both sides; and what goes to the next meeting.

use super::{Query, page_of, with_page};
use crate::context::Cx;
use crate::fail::Reply;
use crate::parts::{Place, instead, nothing, obligations, pager, walls};
use entente_app::views::{LedgerQuery, LinkView, ObligationView};
use entente_core::codes::Ask;
use entente_core::obligation::{Chase, Side};
use maud::{Markup, html};
use std::collections::BTreeMap;

const EACH: u32 = 100;
/// Most lines that the list for a meeting goes through.
const MEETING_PAGES: u32 = 20;

/// Reads the filters of a query.
pub fn query_of(query: &BTreeMap<String, String>) -> LedgerQuery {
    let text = |name: &str| {
        query
            .get(name)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
    };
    LedgerQuery {
        partner: text("partner").and_then(|p| p.parse().ok()),
        side: match text("side") {
            Some("debtor") => Some(Side::Debtor),
            Some("creditor") => Some(Side::Creditor),
            _ => None,
        },
        open: match text("open") {
            Some("yes" | "true") => Some(true),
            Some("no" | "false") => Some(false),
            _ => None,
        },
        ask: text("ask").and_then(Ask::parse),
        overdue: matches!(text("overdue"), Some("yes" | "on" | "true")),
        page: page_of(query).unwrap_or(0),
    }
}

/// The ledger with its filters.
pub async fn show(cx: Cx, query: Query) -> Reply {
    let asked = query_of(&query);
    let (view, links) = {
        let asked = asked.clone();
        cx.run(move |app, me| Ok((app.ledger(me, &asked)?, app.links(me)?)))
            .await?
    };
    let words = cx.words;
    let main = html! {
        div.title-row {
            h1 { (words.t("ledger-title")) }
            div.row {
                a.button href="/ledger/meeting" { (words.t("today-meeting")) }
                a.button href="/commitments" { (words.t("commitments-title")) }
                @for link in &links { a.button href=(format!("/balance/{}", link.partner)) { (words.s("balance-with", link.partner.as_str())) } }
            }
        }
        p.quiet { (words.t("ledger-same")) }
        (filters(&cx, &asked, &links))
        section.panel #ledger data-live-part {
            p.quiet { (words.count("ledger-found", view.total)) }
            @if !cx.writes() { (super::today::no_content(&cx)) }
            @else { (instead(view.lines.is_empty(), &words.t("empty-ledger"))) }
            (obligations(&cx, &view.lines, Place::List))
            (pager(words, asked.page, view.total, EACH, &|p| with_page("/ledger", &query, p)))
        }
    };
    cx.page(&words.t("ledger-title"), &main)
}

fn filters(cx: &Cx, asked: &LedgerQuery, links: &[LinkView]) -> Markup {
    let words = cx.words;
    let pick = |name: &str, label: String, options: Vec<(String, String, bool)>| {
        html! { select name=(name) aria-label=(label) { option value="" { (label) } @for (code, text, on) in options { option value=(code) selected[on] { (text) } } } }
    };
    let partners = links
        .iter()
        .map(|l| {
            (
                l.partner.to_string(),
                l.partner.to_string(),
                asked.partner.as_ref() == Some(&l.partner),
            )
        })
        .collect();
    let asks = Ask::ALL
        .iter()
        .map(|a| {
            (
                a.as_str().to_owned(),
                words.label(a.label()).to_owned(),
                asked.ask == Some(*a),
            )
        })
        .collect();
    let sides = vec![
        (
            "debtor".into(),
            words.t("today-we-owe"),
            asked.side == Some(Side::Debtor),
        ),
        (
            "creditor".into(),
            words.t("today-owed"),
            asked.side == Some(Side::Creditor),
        ),
    ];
    let states = vec![
        (
            "yes".into(),
            words.t("ledger-open"),
            asked.open == Some(true),
        ),
        (
            "no".into(),
            words.t("ledger-ended"),
            asked.open == Some(false),
        ),
    ];
    html! {
        form.filters method="get" action="/ledger" {
            (pick("partner", words.t("filter-partner"), partners))
            (pick("side", words.t("filter-side"), sides))
            (pick("open", words.t("filter-state"), states))
            (pick("ask", words.t("col-ask"), asks))
            label.check { input type="checkbox" name="overdue" value="yes" checked[asked.overdue]; " " (words.t("filter-overdue")) }
            button type="submit" { (words.t("filter")) }
        }
    }
}

/// What chasing brought onto the list for the next meeting, by partner and direction: a paper to print.
pub async fn meeting(cx: Cx) -> Reply {
    let across = cx.run(|app, me| app.agenda_across(me)).await?;
    let lines = cx
        .run(|app, me| {
            let mut found: Vec<ObligationView> = Vec::new();
            for page in 0..MEETING_PAGES {
                let view = app.ledger(
                    me,
                    &LedgerQuery {
                        open: Some(true),
                        overdue: true,
                        page,
                        ..LedgerQuery::default()
                    },
                )?;
                let more =
                    !view.lines.is_empty() && view.total > u64::from(page + 1) * u64::from(EACH);
                found.extend(view.lines.into_iter().filter(|o| o.chase == Chase::Meeting));
                if !more {
                    break;
                }
            }
            Ok(found)
        })
        .await?;
    let words = cx.words;
    let (ours, theirs): (Vec<_>, Vec<_>) = lines
        .into_iter()
        .partition(|o| o.ours == Some(Side::Debtor));
    let main = html! {
        p.kicker.ways { a href="/meetings" { (words.t("all-meetings")) } }
        h1 { (words.t("meeting-title")) }
        p.quiet { (words.t("meeting-why")) }
        @for (title, list) in [(words.t("today-we-owe"), &ours), (words.t("today-owed"), &theirs)] {
            section.panel { h2 { (title) " " span.count { (words.number(u64::try_from(list.len()).unwrap_or_default())) } } (nothing(words, list.is_empty())) (obligations(&cx, list, Place::List)) }
        }
        (walls::across(&cx, &across))
    };
    cx.page(&words.t("meeting-title"), &main)
}
