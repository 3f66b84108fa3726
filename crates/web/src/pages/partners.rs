//! Partners: how each link is, the card and its fingerprints, the charter, the registers, the evidence.

use super::{charter, compromise, compromised, courier, id, restart};
use crate::context::Cx;
use crate::fail::Reply;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::verdict;
use axum::extract::Path;
use entente_app::Reopening;
use entente_app::views::{Agreement, LinkView, PartnerView};
use entente_app::{KeyChangeView, SigningKeysView, TlsChangeView};
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kinds::erasure::ERASE;
use maud::{Markup, html};

/// All partners.
pub async fn list(cx: Cx) -> Reply {
    let (links, card, (restored, untold), keys) = cx
        .run(|app, me| {
            let restored = (app.reopening()?, app.untold_erasures(Some(me))?);
            Ok((
                app.links(me)?,
                app.own_card(),
                restored,
                app.signing_keys()?,
            ))
        })
        .await?;
    let words = cx.words;
    let main = html! {
        h1 { (words.t("nav-partners")) }
        section.panel #links data-live-part {
            (crate::parts::instead(links.is_empty(), &words.t("empty-partners")))
            @for link in &links { (link_line(&cx, link)) }
        }
        @if let Some(restore) = &restored { (after_restore(&cx, restore, &untold)) }
        section.panel {
            h2 { (words.t("own-card")) }
            p.quiet { (words.t("own-card-why")) }
            (own_keys(&cx, &keys))
            pre.armour dir="ltr" tabindex="0" role="region" aria-label=(words.t("own-card")) { (card) }
        }
    };
    cx.page(&words.t("nav-partners"), &main)
}

/// What came back after the node was restored from a backup, and what did not.
fn after_restore(cx: &Cx, restore: &Reopening, untold: &[(DossierId, EntryId)]) -> Markup {
    let words = cx.words;
    html! {
        section.panel #restored {
            h2 { (words.t("restored-title")) }
            dl.facts {
                dt { (words.t("restored-at")) } dd { (cx.time(restore.found())) }
                @if let Some(at) = restore.backup_ms { dt { (words.t("restored-journal")) } dd { (cx.time(Instant(at))) } }
                @for (partner, heard) in &restore.partners {
                    dt { bdi { (partner) } } dd { (words.count("restored-back", heard.recovered)) }
                }
                @if let Some(at) = restore.opened_ms {
                    dt { (if restore.alone { words.t("restored-alone") } else { words.t("restored-opened") }) } dd { (cx.time(Instant(at))) }
                }
            }
            p { (words.t("restored-not-back")) }
            @if !untold.is_empty() {
                p { strong { (words.count("restored-untold", untold.len() as u64)) } }
                ul {
                    @for (dossier, entry) in untold {
                        li { a href=(format!("/dossiers/{dossier}/write/{}?entry={entry}", ERASE.name)) { code dir="ltr" { (entry) } } }
                    }
                }
            }
        }
    }
}

/// One link in a line or two.
pub fn link_line(cx: &Cx, link: &LinkView) -> Markup {
    let words = cx.words;
    html! {
        div.link-line {
            p {
                a href=(format!("/partners/{}", link.partner)) { strong { bdi { (link.partner) } } }
                (dot()) (state(words, link))
                @if let Some(since) = link.since { (dot()) small { (words.t("link-since")) " " (cx.time(since)) } }
            }
            p.ob-facts {
                (words.two("link-held", &words.number(link.out_held), &words.number(link.out_size)))
                @if link.waiting > 0 { (dot()) strong { (waiting(words, link)) } }
                (dot()) (words.s("link-in", &words.number(link.in_size)))
                @if link.files_wanted > 0 { (dot()) (words.count("link-files", link.files_wanted)) }
                @if let Some(a) = &link.agreement { (dot()) (agreement(cx, a)) }
                @if let Some(ms) = link.ahead_ms { (dot()) strong.late { (words.count("link-clocks", minutes(ms))) } }
            }
            (super::restart::waits(cx, link))
            (charter::suspension(words, link.suspended))
            (compromised::line(cx, &link.compromised))
        }
    }
}

/// Whole minutes, at least one.
fn minutes(ms: i64) -> u64 {
    u64::try_from(ms / 60_000).unwrap_or(0).max(1)
}

fn state(words: Words, link: &LinkView) -> Markup {
    html! {
        @match (link.stopped, link.connected) {
            (Some(why), _) => strong.late { (stopped_words(words, why)) },
            (None, true) => span.good { (words.t("link-up")) },
            (None, false) => strong { (words.t("link-down")) },
        }
    }
}

fn stopped_words(words: Words, why: &str) -> String {
    match why {
        "cut" => words.t("link-cut"),
        "alarm" => words.t("link-alarm"),
        other => other.to_owned(),
    }
}

fn agreement(cx: &Cx, a: &Agreement) -> Markup {
    let words = cx.words;
    html! {
        @match a.equal {
            Some(true) => span.good { (words.t("ledgers-agree")) },
            Some(false) => strong.late { (words.t("ledgers-differ")) },
            None => span { (words.t("ledgers-asked")) },
        }
        " " small { code { bdi { (a.digest) } } " " (cx.time(a.at)) }
    }
}

/// One partner.
pub async fn show(cx: Cx, Path(node): Path<String>) -> Reply {
    let node: NodeName = id(&node)?;
    let (view, carried, restarts) = cx
        .run(move |app, me| {
            let restarts = app.restarts(&node)?;
            Ok((app.partner(me, &node)?, app.courier(me, &node)?, restarts))
        })
        .await?;
    let words = cx.words;
    let partner = view.link.partner.to_string();
    let main = html! {
        div.title-row {
            h1 { bdi { (partner) } }
            div.row {
                @if let Some(desk) = view.desk.filter(|_| cx.writes()) { a.button href=(format!("/dossiers/{desk}")) { (words.t("partner-desk")) } }
                @if let Some(charter) = view.charter.filter(|_| cx.writes()) { a.button href=(format!("/dossiers/{charter}")) { (words.t("partner-charter")) } }
                @else if view.may_propose { a.button.main href=(format!("/open/charter?partner={partner}")) { (words.t("partner-propose-charter")) } }
                a.button href=(format!("/ledger?partner={partner}")) { (words.t("nav-ledger")) }
                a.button href=(format!("/balance/{partner}")) { (words.s("balance-with", &partner)) }
            }
        }
        section.panel #link data-live-part { h2 { (words.t("partner-link")) } (link_line(&cx, &view.link)) (registers(&cx, &view)) }
        (courier::section(&cx, &carried))
        (suspend(&cx, &view))
        (identity(&cx, &view))
        (evidence(&cx, &view))
        (restart::section(&cx, &view.link.partner, &restarts))
        @if let Some(t) = &view.terms { section.panel { h2 { (words.t("charter-in-force")) } (charter::terms(&cx, t)) } }
    };
    cx.page(&partner, &main)
}

/// What waits to leave; beyond what is counted, "more than".
fn waiting(words: Words, link: &LinkView) -> String {
    let most = LinkView::COUNTED;
    if link.waiting > most {
        words.s("link-waiting-more", &words.number(most))
    } else {
        words.count("link-waiting", link.waiting)
    }
}

fn registers(cx: &Cx, view: &PartnerView) -> Markup {
    let (words, link) = (cx.words, &view.link);
    html! {
        dl.facts {
            dt { (words.t("reg-out")) } dd { (words.number(link.out_size)) }
            dt { (words.t("reg-held")) } dd { (words.number(link.out_held)) }
            dt { (words.t("reg-in")) } dd { (words.number(link.in_size)) }
            dt { (words.t("reg-waiting")) } dd { (words.counted(link.waiting, LinkView::COUNTED)) }
            @if let Some(a) = &link.agreement {
                dt { (words.t("reg-cut")) } dd { (words.two("reg-cut-sizes", &words.number(a.out_size), &words.number(a.in_size))) }
            }
        }
    }
}

fn suspend(cx: &Cx, view: &PartnerView) -> Markup {
    let words = cx.words;
    let (ours, _) = view.link.suspended;
    html! {
        @if let Some(charter) = view.charter.filter(|_| view.terms.is_some() && cx.writes()) {
            section.panel {
                h2 { (words.t("suspend-title")) }
                p.quiet { (words.t("suspend-why")) }
                @if ours {
                    form.row method="post" action=(format!("/dossiers/{charter}/write/charter.resume")) {
                        (csrf(cx))
                        input type="hidden" name="_back" value=(cx.path);
                        input type="text" name="text" maxlength="300" dir="auto" aria-label=(words.t("suspend-remark")) placeholder=(words.t("suspend-remark"));
                        button type="submit" { (words.t("resume-do")) }
                    }
                } @else {
                    p { a.button href=(format!("/dossiers/{charter}/write/charter.suspend")) { (words.t("suspend-do")) } }
                }
            }
        }
    }
}

fn identity(cx: &Cx, view: &PartnerView) -> Markup {
    let words = cx.words;
    html! {
        section.panel {
            h2 { (words.t("identity")) }
            p.quiet { (words.t("identity-why")) }
            dl.facts {
                (print(words.t("fingerprint-theirs"), Some(&view.fingerprint)))
                (print(words.t("fingerprint-theirs-next"), view.next_fingerprint.as_ref()))
                (print(words.t("fingerprint-ours"), Some(&view.own_fingerprint)))
                (print(words.t("fingerprint-ours-next"), view.own_next.as_ref()))
                dt { (words.t("identity-address")) } dd { bdi { (view.address) } }
                dt { (words.t("identity-pinned")) } dd { (cx.time(view.pinned)) }
            }
            (key_changes(cx, &view.key_changes))
            (tls_changes(cx, &view.tls_changes))
            (compromised::list(cx, &view.link.compromised))
            (compromise::section(cx, &view.link.partner))
            details { summary { (words.t("identity-card")) } pre.armour dir="ltr" tabindex="0" role="region" aria-label=(words.t("identity-card")) { (view.card) } }
        }
    }
}

/// When a signing key took the place of the one before, newest first.
fn key_changes(cx: &Cx, changes: &[KeyChangeView]) -> Markup {
    let words = cx.words;
    html! {
        @if !changes.is_empty() {
            h3 { (words.t("key-changes")) }
            ul.lines {
                @for change in changes {
                    li {
                        (words.t("key-changed")) " " (cx.time(change.at))
                        @if let Some(leaf) = change.leaf { (dot()) (words.s("key-leaf", &words.number(leaf))) }
                        @if let Some(here) = change.here { (dot()) small { (words.t("key-here")) " " (cx.time(here)) } }
                        br;
                        small { code.hash dir="ltr" { (change.before) } " " span.arrow { "→" } " " code.hash dir="ltr" { (change.after) } }
                    }
                }
            }
        }
    }
}

/// A fingerprint, if there is one.
fn print(name: String, print: Option<&String>) -> Markup {
    html! { @if let Some(print) = print { dt { (name) } dd { code.hash dir="ltr" { (print) } } } }
}

/// When a key of the TLS end took the place of the one before, newest first.
fn tls_changes(cx: &Cx, changes: &[TlsChangeView]) -> Markup {
    let words = cx.words;
    html! {
        @if !changes.is_empty() {
            h3 { (words.t("tls-changes")) }
            p.quiet { (words.t("tls-changes-why")) }
            ul.lines {
                @for change in changes {
                    li {
                        (words.t("tls-changed")) " " (cx.time(change.at))
                        @if !change.shown { (dot()) strong { (words.t("tls-not-shown")) } }
                        @if let Some(here) = change.here { (dot()) small { (words.t("key-here")) " " (cx.time(here)) } }
                        (dot()) small { (words.t("tls-until")) " " (cx.time(change.until)) }
                        br;
                        small { code.hash dir="ltr" { (change.before) } " " span.arrow { "→" } " " code.hash dir="ltr" { (change.after) } }
                    }
                }
            }
        }
    }
}

/// Our own key over time, and who confirmed its newest change.
fn own_keys(cx: &Cx, keys: &SigningKeysView) -> Markup {
    let words = cx.words;
    html! {
        dl.facts {
            (print(words.t("fingerprint-ours"), Some(&keys.fingerprint)))
            (print(words.t("fingerprint-ours-next"), keys.tls.next.as_ref()))
        }
        (key_changes(cx, &keys.changes))
        (tls_changes(cx, &keys.tls.changes))
        @if !keys.tls.changes.is_empty() && !keys.tls.waits.is_empty() {
            p { (words.t("tls-waits")) @for partner in &keys.tls.waits { (dot()) bdi { (partner) } } }
        }
        (compromised::list(cx, &keys.compromised))
        (compromise::own_section(cx))
        @if !keys.changes.is_empty() {
            p {
                (words.t("key-confirmed"))
                @for (partner, confirmed) in &keys.partners {
                    (dot()) bdi { (partner) } ": "
                    @if *confirmed { span.good { (words.t("key-confirmed-yes")) } } @else { (words.t("key-confirmed-not")) }
                }
            }
        }
    }
}

/// What was found, in words; a sort of a later version by its own name.
fn evidence_name(words: Words, what: &str) -> Markup {
    let known = match what {
        "fork" => words.t("evidence-fork"),
        "rollback" => words.t("evidence-rollback"),
        "tampered" => words.t("evidence-tampered"),
        "own-register-behind" => words.t("evidence-own-behind"),
        "restored" => words.t("evidence-restored"),
        "lost-by-both" => words.t("evidence-lost-by-both"),
        "ledgers-differ" => words.t("evidence-ledgers-differ"),
        "lanes-forked" => words.t("evidence-lanes-forked"),
        "equivocation" => words.t("evidence-equivocation"),
        "told-otherwise" => words.t("evidence-told-otherwise"),
        "relayed" => words.t("evidence-relayed"),
        "register-restarted" => words.t("evidence-restarted"),
        "other-beginning" => words.t("evidence-other-beginning"),
        "alarm-lifted" => words.t("evidence-alarm-lifted"),
        _ => return html! { span dir="auto" { (what) } },
    };
    html! { strong { (known) } }
}

fn evidence(cx: &Cx, view: &PartnerView) -> Markup {
    let words = cx.words;
    html! {
        @if !view.evidence.is_empty() {
            section.panel.alarm {
                h2 { (words.t("evidence")) }
                ul.lines {
                    @for line in &view.evidence {
                        li {
                            (cx.time(line.at)) (dot()) (evidence_name(words, &line.what))
                            @if let Some(reason) = &line.reason { (dot()) span dir="auto" { (reason) } }
                        }
                    }
                }
            }
        }
        @if !view.irregular.is_empty() {
            section.panel {
                h2 { (words.t("irregular-entries")) }
                ul.lines { @for (entry, _, word) in &view.irregular { li { a href=(format!("/entries/{entry}")) { bdi { (entry.short()) } } (verdict(words, Some(*word))) } } }
            }
        }
    }
}
