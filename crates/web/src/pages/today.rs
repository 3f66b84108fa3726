//! Today: what we owe and what we are owed, side by side; then what nobody received, the next meeting, news, links.

use crate::context::{Cx, go};
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::pages::{absence, admission, drafts, duties, partners, reviews};
use crate::parts::{self, Place, instead, obligations};
use crate::post::OwnPost;
use entente_app::AppError;
use entente_app::views::{NearbyLine, NewsLine, ObligationView, TodayView, Waits};
use entente_core::codes::Role;
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_core::kinds;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The front page.
pub async fn show(cx: Cx) -> Reply {
    let view = cx.run(|app, me| app.today(me)).await?;
    let may_act_for = cx.run(|app, me| app.may_act_for(me)).await?;
    let words = cx.words;
    let main = html! {
        div.title-row { h1 { (words.t("nav-today")) } (opening_menu(&cx)) (duties::report(&cx, view.informs)) }
        (absence::offered(&cx, &may_act_for))
        @if !view.not_received.is_empty() {
            section.panel.alarm #not-received data-live-part {
                h2 { (words.t("today-not-received")) }
                p.quiet { (words.t("today-not-received-why")) }
                (obligations(&cx, &view.not_received, Place::List))
                (by_courier(&cx, &view))
            }
        }
        (nearby(&cx, &view.nearby))
        (waits(&cx, &view.waits))
        (duties::waiting(&cx, &view.duties))
        (drafts::waiting(&cx, &view.drafts))
        (admission::waiting(&cx, &view.admissions))
        @if !cx.writes() { (no_content(&cx)) }
        @else { div.two {
            section.panel #we-owe data-live-part {
                h2 { (words.t("today-we-owe")) " " span.count { (words.counted(view.we_owe_total, COUNTED)) } (late(words, &view.we_owe)) }
                (instead(view.we_owe.is_empty(), &words.t("empty-owe")))
                (obligations(&cx, &view.we_owe, Place::List))
                (more(&cx, view.we_owe.len(), view.we_owe_total, "/ledger?side=debtor&open=yes"))
            }
            section.panel #owed-to-us data-live-part {
                h2 { (words.t("today-owed")) " " span.count { (words.counted(view.owed_to_us_total, COUNTED)) } (late(words, &view.owed_to_us)) }
                (instead(view.owed_to_us.is_empty(), &words.t("empty-owed")))
                (obligations(&cx, &view.owed_to_us, Place::List))
                (more(&cx, view.owed_to_us.len(), view.owed_to_us_total, "/ledger?side=creditor&open=yes"))
            }
        } }
        (below(&cx, &view))
    };
    cx.page(&words.t("nav-today"), &main)
}

/// Plans of the reader's services near which something is planned, each with the way to where it is said.
fn nearby(cx: &Cx, all: &[NearbyLine]) -> Markup {
    let words = cx.words;
    let way = |line: &NearbyLine| match line.day {
        true => format!("/dossiers/{}/days/{}", line.dossier.id, line.entry),
        false => format!("/dossiers/{}/plan", line.dossier.id),
    };
    html! {
        @if !all.is_empty() {
            section.panel.alarm #nearby data-live-part {
                h2 { (words.t("today-nearby")) }
                p.quiet { (words.t("today-nearby-why")) }
                ul.lines { @for line in all {
                    li {
                        a href=(way(line)) {
                            @match &line.name {
                                Some(name) => (parts::title(words, name)),
                                None if line.typed => (words.t("today-nearby-typed")),
                                None => (words.t("plan-not-readable")),
                            }
                        }
                        (dot()) bdi.number { (line.dossier.number) } " " (parts::title(words, &line.dossier.title))
                    }
                } }
            }
        }
    }
}

/// Entries that wait for one that is not here, and what people can do about it.
fn waits(cx: &Cx, all: &Waits) -> Markup {
    let words = cx.words;
    html! {
        @if !all.lines.is_empty() {
            section.panel.alarm #waits data-live-part {
                h2 { (words.t("today-waits")) }
                p.quiet { (words.t("today-waits-why")) }
                ul.lines { @for line in &all.lines {
                    li {
                        @match &line.dossier {
                            Some(dossier) => {
                                a href=(format!("/dossiers/{}", dossier.id)) { bdi.number { (dossier.number) } " " (crate::parts::title(words, &dossier.title)) }
                                (dot()) a href=(format!("/entries/{}", line.entry)) { bdi { (line.entry.short()) } }
                            }
                            None => { (words.t("today-waits-unknown")) (dot()) bdi { (line.entry.short()) } }
                        }
                        (dot()) bdi { (line.service) }
                        (dot()) (words.t("today-waits-for")) " " code.hash dir="ltr" { (line.missing.short()) }
                        (dot()) small { (cx.time(line.came)) }
                    }
                } }
                @if all.more > 0 { p.quiet { (words.count("today-waits-more", all.more)) } }
                @if all.uncounted { p.quiet { (words.t("today-waits-uncounted")) } }
            }
        }
    }
}

/// An empty list would say that nothing is owed; the truth is that this reader may not see it.
pub fn no_content(cx: &Cx) -> Markup {
    let words = cx.words;
    let role = |wanted: Role| cx.actor.iter().any(|a| a.roles.contains(&wanted));
    html! {
        section.panel #no-content {
            h2 { (words.t("no-content")) }
            @if role(Role::Administrator) { p { (words.t("no-content-administrator")) } }
            @if role(Role::Inspector) { p { (words.t("no-content-inspector")) } }
            p { a.button href="/partners" { (words.t("nav-partners")) } }
        }
    }
}

/// Totals beyond this are "more than".
const COUNTED: u64 = TodayView::COUNTED as u64;

/// How many of a list are late: what to look at first. Lists come most pressing first, so the late ones are in sight.
fn late(words: Words, list: &[ObligationView]) -> Markup {
    let late = list.iter().filter(|o| o.overdue).count();
    let late = u64::try_from(late).unwrap_or(u64::MAX);
    html! { @if late > 0 { " " strong.late { "▲ " (words.count("overdue-count", late)) } } }
}

/// The courier, offered towards each partner that has not received something in time.
fn by_courier(cx: &Cx, view: &TodayView) -> Markup {
    let partners: BTreeSet<NodeName> = view.not_received.iter().map(|o| o.owing.node()).collect();
    html! {
        p.row {
            @for partner in &partners {
                a.button href=(format!("/partners/{partner}#courier")) { (cx.words.s("courier-to", partner.as_str())) }
            }
        }
    }
}

fn more(cx: &Cx, shown: usize, total: u64, href: &str) -> Markup {
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    html! {
        @if total > COUNTED { p { a href=(href) { (cx.words.t("today-all")) } } }
        @else if total > shown { p { a href=(href) { (cx.words.count("today-more", total - shown)) } } }
    }
}

/// Kinds of dossiers that a person opens by hand.
pub fn opening_menu(cx: &Cx) -> Markup {
    // A magistrate's file is offered where a charter has such duties; what leaves for it, from that file alone.
    let by_hand = |name: &str| {
        !matches!(name, "desk" | "declaration" | "charter") && !kinds::is_of_duties(name)
    };
    html! {
        @if cx.writes() { div.new {
            @for kind in kinds::ALL.iter().filter(|k| by_hand(k.name) && cx.may_open(k)) {
                @if let Some(opening) = kind.opening() {
                    a.button href=(format!("/open/{}", kind.name)) title=(cx.words.label(kind.purpose_text)) { (cx.words.label(opening.verb)) }
                }
            }
        } }
    }
}

fn below(cx: &Cx, view: &TodayView) -> Markup {
    let words = cx.words;
    html! {
        div.two {
            @if cx.writes() {
                section.panel #news data-live-part {
                    h2 { (words.t("today-news")) }
                    p.quiet { (words.t("today-news-since")) " " (cx.time(view.news_since)) }
                    (instead(view.news.is_empty() && !view.news_more, &words.t("empty-news")))
                    ul.lines { @for line in &view.news { (news(cx, line)) } }
                    @if view.news_more { p { a href="/dossiers" { (words.t("today-news-more")) } } }
                    (seen(cx, view))
                }
            }
            div {
                @if !view.meeting.is_empty() {
                    section.panel #meeting data-live-part {
                        h2 { a href="/ledger/meeting" { (words.t("today-meeting")) } }
                        (obligations(cx, &view.meeting, Place::List))
                    }
                }
                (reviews::due(cx, view.reviews))
                (parts::walls::across(cx, &view.across))
                section.panel #links data-live-part {
                    h2 { a href="/partners" { (words.t("today-links")) } }
                    (instead(view.links.is_empty(), &words.t("empty-partners")))
                    @for link in &view.links { (partners::link_line(cx, link)) }
                }
            }
        }
    }
}

/// Says that what is shown here was seen: from its moment on, something is new again. Not offered in somebody's absence.
fn seen(cx: &Cx, view: &TodayView) -> Markup {
    let own = cx.actor.iter().any(|actor| actor.acts_for.is_none());
    html! {
        @if own && (view.news_more || !view.news.is_empty()) {
            form method="post" action="/news" {
                (csrf(cx))
                input type="hidden" name="until" value=(view.at.0);
                p { button type="submit" { (cx.words.t("today-news-seen")) } }
            }
        }
    }
}

/// The form of [`seen`].
pub async fn saw(OwnPost { cx, form }: OwnPost) -> Reply {
    let until = form.last("until").parse().map(Instant);
    let until = until.map_err(|_| AppError::NotFound)?;
    cx.run(move |app, me| app.saw_news(me, until)).await?;
    Ok(go("/#news"))
}

fn news(cx: &Cx, line: &NewsLine) -> Markup {
    let words = cx.words;
    let newest = line.dossier.kind.entry(&line.newest);
    html! {
        li {
            a href=(format!("/dossiers/{}", line.dossier.id)) { bdi.number { (line.dossier.number) } " " (crate::parts::title(words, &line.dossier.title)) }
            (dot()) (words.count("news-count", line.count))
            (dot()) (crate::parts::type_label(words, newest, &line.newest))
            (dot()) bdi { (line.service) }
            (dot()) small { (cx.time(line.at)) }
        }
    }
}
