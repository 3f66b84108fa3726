//! "Show what we wrote before": our own entries of the dossiers that this one continues, ticked and released as history (rule 16).

use super::id;
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::form;
use crate::layout::{csrf, dot};
use crate::pages::weigh;
use crate::parts::{self, entry_card, nothing};
use crate::post::{Fields, Post};
use axum::extract::Path;
use entente_app::views::{EarlierView, ReleasableView, ReleaseView};
use entente_app::{Releasing, Submitted, Unreleasable};
use entente_core::codes::{Basis, Necessity};
use entente_core::handling::HandlingCodes;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::judge::Irregular;
use entente_core::kinds::release::RELEASE;
use entente_core::label::Lang;
use maud::{Markup, html};

/// The list to tick.
pub async fn show(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run(move |app, me| app.releasable(me, dossier)).await?;
    page(&cx, &view, &Fields::default(), &html! {})
}

/// Releases what is ticked.
pub async fn record(Path(dossier): Path<String>, Post { cx, form }: Post) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let ticked = form.fields.get("entry").map_or(&[][..], Vec::as_slice);
    let releasing = Releasing {
        dossier,
        entries: ticked.iter().filter_map(|t| t.parse().ok()).collect(),
        handling: HandlingCodes::parse(&ticked_codes(&form).join("+")),
        necessity: Necessity::parse(form.last("_necessity")),
        basis: Basis::parse(form.last("_basis")),
    };
    match cx.run(move |app, me| app.release(me, &releasing)).await {
        Ok(mut done) => Ok(match done.pop() {
            Some(Submitted::Signs(asked)) => return weigh::asking(&cx, &asked),
            Some(Submitted::Waits(draft)) => crate::context::go(&format!("/drafts/{draft}")),
            Some(Submitted::Recorded(last)) => {
                crate::context::go(&format!("/dossiers/{dossier}#e-{}", last.entry.short()))
            }
            None => crate::context::go(&format!("/dossiers/{dossier}")),
        }),
        Err(fail) if matches!(fail.code, "not-found" | "sign-in") => Err(fail),
        Err(fail) => again(&cx, dossier, &form, fail).await,
    }
}

/// The conditions that are added, by name.
fn ticked_codes(sent: &Fields) -> Vec<&str> {
    let sent = sent.fields.get("handling");
    sent.map_or_else(Vec::new, |codes| codes.iter().map(String::as_str).collect())
}

/// The list once more, with what was ticked and why it was refused: what was released before it stays.
async fn again(cx: &Cx, dossier: DossierId, form: &Fields, fail: Fail) -> Reply {
    let view = cx.run(move |app, me| app.releasable(me, dossier)).await?;
    let trouble = html! { div.alert role="alert" { p { strong { (cx.words.t("fail-irregular")) } } (fail.says(cx.words)) } };
    page(cx, &view, form, &trouble).map(|mut response| {
        *response.status_mut() = fail.status;
        response
    })
}

fn page(cx: &Cx, view: &ReleaseView, sent: &Fields, above: &Markup) -> Reply {
    let words = cx.words;
    let title = words.label(RELEASE.verb);
    let any = view.earlier.iter().any(|e| e.entries.iter().any(ticks));
    let main = html! {
        section.panel {
            h1 { (title) }
            p.ob-facts { a href=(format!("/dossiers/{}", view.line.id)) { bdi { (view.line.number) } " " (parts::title(words, &view.line.title)) } }
            p.ob-facts { (words.t("release-to")) " " (parts::listed(words, view.recipients.iter().map(|n| parts::side(cx, n)))) }
            p { (words.t("release-means")) }
            (above)
            (form::waits(cx, view.suspended))
        }
        form.entry-form method="post" action=(format!("/dossiers/{}/release", view.line.id)) {
            (csrf(cx))
            @if view.earlier.is_empty() { p.quiet { (words.t("release-none")) } }
            @for earlier in &view.earlier { (one_earlier(cx, earlier, sent)) }
            @if any { (decision(cx, view, sent)) }
        }
    };
    cx.page(title, &main)
}

fn one_earlier(cx: &Cx, earlier: &EarlierView, sent: &Fields) -> Markup {
    let words = cx.words;
    html! {
        section.panel {
            h2 { (words.t("history-of")) " " (parts::related(&earlier.dossier)) }
            @if earlier.dossier.visible { (nothing(words, earlier.entries.is_empty())) }
            @else { p.quiet { (words.t("release-not-ours")) } }
            ul.released { @for one in &earlier.entries { (line(cx, one, sent)) } }
            @if earlier.left_out > 0 { p.quiet { (words.count("release-left-out", earlier.left_out)) } }
        }
    }
}

fn ticks(one: &ReleasableView) -> bool {
    one.cannot.is_none()
}

/// One entry with its box, and folded below it all that would cross.
fn line(cx: &Cx, one: &ReleasableView, sent: &Fields) -> Markup {
    let (words, e) = (cx.words, &one.entry);
    let ticked = |id: EntryId| {
        let chosen = sent.fields.get("entry").into_iter().flatten();
        chosen.into_iter().any(|t| *t == id.to_string())
    };
    let said = said(one, 90);
    let no_numbers = |_: ObligationId| None;
    html! {
        li {
            @match one.cannot {
                None => label.check {
                    input type="checkbox" name="entry" value=(e.id) checked[ticked(e.id)]; " "
                    strong { (parts::type_label(words, e.entry_type, &e.type_name)) } (dot()) bdi { (said) }
                    (dot()) (cx.time(e.at))
                },
                Some(why) => p {
                    (parts::type_label(words, e.entry_type, &e.type_name)) (dot()) bdi { (said) }
                    (dot()) (cx.time(e.at)) (dot()) em.quiet { (reason(words.lang, why)) }
                },
            }
            details {
                summary { (words.t("release-crosses")) @if !e.files.is_empty() { (dot()) (words.count("release-files", e.files.len() as u64)) } }
                (entry_card(cx, e, &no_numbers, false))
            }
        }
    }
}

/// The beginning of what an entry says: so many letters at most.
pub fn said(one: &ReleasableView, most: usize) -> String {
    let values = one.entry.body.values();
    let first = ["title", "text", "question"]
        .iter()
        .find_map(|name| values.and_then(|v| v.text(name)));
    first.unwrap_or_default().chars().take(most).collect()
}

/// Why an entry cannot be released.
pub fn reason(lang: Lang, why: Unreleasable) -> String {
    match why {
        Unreleasable::Says(problem) => problem.text(lang),
        Unreleasable::AboveCeiling => Irregular::Ceiling.label().get(lang).to_owned(),
    }
}

/// The decision to send, as with any entry, and conditions beyond those that each entry has already.
fn decision(cx: &Cx, view: &ReleaseView, sent: &Fields) -> Markup {
    let (words, offered) = (cx.words, &view.release);
    let necessity = Necessity::parse(sent.last("_necessity")).unwrap_or(offered.necessity);
    let basis = Basis::parse(sent.last("_basis")).unwrap_or(offered.basis);
    let codes = HandlingCodes::ALL.into_iter();
    let codes = codes.filter(|(code, ..)| *code != HandlingCodes::NATIONAL);
    html! {
        section.panel {
            div.field { fieldset.choices {
                legend { (words.t("release-more")) }
                @for (_, name, label) in codes {
                    label { input type="checkbox" name="handling" value=(name) checked[ticked_codes(sent).contains(&name)]; " " (words.label(label)) }
                }
            } }
            (form::decision(words, "r", necessity, basis))
            p.quiet { (words.t("release-with")) " " (words.label(offered.purpose.label())) (dot()) (words.t("release-by")) " " bdi { (offered.approver) } }
            @if offered.second { p { strong { (words.t("second-needed")) } " " (words.t("second-means")) } }
            p.submit { button.main type="submit" { (words.t(if offered.second { "form-submit" } else { "release-do" })) } }
        }
    }
}
