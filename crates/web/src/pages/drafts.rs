//! What waits for a second signature: read exactly as the partner will read it, then released, given back or taken back.

use super::{id, weigh};
use crate::context::{Cx, go};
use crate::fail::{Fail, Reply};
use crate::layout::{csrf, dot};
use crate::pages::entry::stream;
use crate::parts::{self, preview};
use crate::post::{Fields, Post};
use axum::extract::Path;
use entente_app::views::{DraftLine, DraftState, DraftView};
use entente_app::{AppError, DraftId};
use entente_core::ids::EntryId;
use maud::{Markup, html};

/// A draft with what may be done about it.
pub async fn show(cx: Cx, Path(draft): Path<String>) -> Reply {
    draw(&cx, id(&draft)?, None).await
}

async fn draw(cx: &Cx, draft: DraftId, trouble: Option<&Fail>) -> Reply {
    let view = cx.run(move |app, me| app.draft(me, draft)).await?;
    let words = cx.words;
    let title = words.t(heading(&view.line));
    let main = html! {
        p.kicker.ways { a href="/" { (words.t("go-today")) } }
        h1 { (title) }
        @if let Some(fail) = trouble { div.alert role="alert" { p { strong { (words.t("fail-irregular")) } } (fail.says(words)) } }
        section.panel { (facts(cx, &view.line)) (grounds(cx, &view)) }
        (said(cx, &view))
        (acts(cx, &view))
    };
    cx.page(&title, &main)
}

/// What a draft is to its reader: key of a message.
#[must_use]
pub fn heading(line: &DraftLine) -> &'static str {
    match (line.state, line.mine) {
        (DraftState::Waits, true) => "draft-mine-waits",
        (DraftState::Waits, false) if stays(line) => "draft-waits-here",
        (DraftState::Waits, false) => "draft-waits",
        (DraftState::Returned, _) => "draft-returned",
        (DraftState::Unsigned, _) => "draft-unsigned",
        (DraftState::Refused, _) => "draft-refused",
    }
}

/// Whether it never leaves the node: nothing does that goes over a bridge between purposes.
fn stays(line: &DraftLine) -> bool {
    line.entry_type.bridge().is_some()
}

/// The button that approves, and what it does: keys of messages.
fn approving(line: &DraftLine) -> (&'static str, &'static str) {
    match stays(line) {
        true => ("draft-approve-here", "draft-approve-means-here"),
        false => ("draft-approve", "draft-approve-means"),
    }
}

fn facts(cx: &Cx, line: &DraftLine) -> Markup {
    let words = cx.words;
    html! {
        dl.facts {
            dt { (words.t("entry-type")) } dd { (words.label(line.entry_type.label)) }
            dt { (words.t("draft-dossier")) } dd { (dossier(cx, line)) }
            dt { (words.t("entry-author")) } dd { (parts::service(&line.service)) (dot()) bdi { (line.author) } }
            dt { (words.t("entry-written")) } dd { (cx.time(line.at)) }
            @if matches!(line.state, DraftState::Waits | DraftState::Unsigned) {
                dt { (words.t("draft-due")) } dd { (cx.time(line.due)) @if line.overdue { " " strong.late { "▲ " (words.t("draft-overdue")) } } }
            }
            @if let Some(entry) = line.entry { dt { (words.t("draft-left-as")) } dd { a href=(format!("/entries/{entry}")) { bdi { (entry.short()) } } } }
        }
    }
}

/// The dossier that it is in, or that it will open.
fn dossier(cx: &Cx, line: &DraftLine) -> Markup {
    let words = cx.words;
    html! {
        @match &line.dossier {
            Some(dossier) => a href=(format!("/dossiers/{}", dossier.id)) { bdi.number { (dossier.number) } " " (parts::title(words, &dossier.title)) },
            None => { (words.t("draft-opens")) (dot()) (words.label(line.kind.label)) }
        }
    }
}

fn grounds(cx: &Cx, view: &DraftView) -> Markup {
    let words = cx.words;
    html! {
        @if view.lost { p.verdict { (words.t("signing-fault-lost")) } }
        @if let Some(why) = view.stale { p.verdict { strong { (words.t("draft-cannot-leave")) } " " (words.t(why_not(why))) } }
        @for (n, ground) in view.grounds.iter().enumerate() {
            p { strong { (words.t(ground_key(view, n))) } " " (parts::inline(None, ground)) }
        }
    }
}

/// What is said of a draft that cannot be recorded as it is.
fn why_not(code: &str) -> &'static str {
    match code {
        "stale" => "draft-stale",
        "author-gone" => "signing-fault-author-gone",
        _ => "draft-irregular",
    }
}

/// The first line of what left alone says why it did; every other why it was not signed.
fn ground_key(view: &DraftView, n: usize) -> &'static str {
    match view.line.entry {
        Some(_) if n == 0 => "draft-ground-alone",
        _ => "draft-ground",
    }
}

fn said(cx: &Cx, view: &DraftView) -> Markup {
    let id = view.line.id;
    let file = move |n: usize| Some(format!("/drafts/{id}/files/{n}"));
    html! {
        @if let Some(seen) = &view.preview { (preview::seen(cx, seen, &file)) }
        @if let Some(entry) = view.line.entry { p { a.button href=(format!("/entries/{entry}")) { (cx.words.t("draft-read-left")) } } }
    }
}

fn acts(cx: &Cx, view: &DraftView) -> Markup {
    let (words, line) = (cx.words, &view.line);
    let path = format!("/drafts/{}", line.id);
    let (approve, approve_means) = approving(line);
    html! {
        section.panel #decide {
            h2 { (words.t("draft-decide")) }
            @match (line.state, line.mine) {
                (DraftState::Waits, false) => {
                    @if view.preview.is_some() { (button(cx, &path, "approve", approve, true)) p.quiet { (words.t(approve_means)) } }
                    @if !view.lost { (with_ground(cx, &path, "return", "draft-return")) }
                }
                (DraftState::Waits | DraftState::Returned, true) => {
                    @if let Some(again) = rewrite(view) { p { a.button href=(again) { (words.t("draft-rewrite")) } } p.quiet { (words.t("draft-rewrite-means")) } }
                    (button(cx, &path, "take-back", "draft-take-back", false))
                }
                (DraftState::Returned, false) => p.quiet { (words.t("draft-with-author")) },
                (DraftState::Unsigned, false) => {
                    (button(cx, &path, "sign", "draft-sign", true))
                    (with_ground(cx, &path, "refuse", "draft-refuse"))
                }
                (DraftState::Unsigned, true) => p.quiet { (words.t("draft-other-signs")) },
                (DraftState::Refused, mine) => {
                    p { (words.t("draft-refused-means")) }
                    (remedies(cx, line))
                    @if !mine { (button(cx, &path, "settle", "draft-settle", false)) }
                }
            }
        }
    }
}

/// What may be done about what left and was not signed afterwards.
fn remedies(cx: &Cx, line: &DraftLine) -> Markup {
    let words = cx.words;
    let (Some(dossier), Some(entry)) = (&line.dossier, line.entry) else {
        return html! {};
    };
    let erase = |entry: EntryId| format!("/dossiers/{}/write/erase?entry={entry}", dossier.id);
    html! {
        p.row {
            a.button href=(format!("/dossiers/{}#e-{}", dossier.id, entry.short())) { (words.t("draft-withdraw-there")) }
            a.button href=(format!("/dossiers/{}/write/note", dossier.id)) { (words.t("draft-correct")) }
            a.button href=(erase(entry)) { (words.t("entry-erase")) }
        }
    }
}

/// Where its author writes a draft again.
fn rewrite(view: &DraftView) -> Option<String> {
    let (line, name) = (&view.line, view.line.entry_type.name);
    view.form.as_ref()?;
    let on = view.target.map(|on| on.to_string().replace('#', "%23"));
    Some(match &line.dossier {
        Some(dossier) => format!(
            "/dossiers/{}/write/{name}?draft={}{}",
            dossier.id,
            line.id,
            on.map(|on| format!("&on={on}")).unwrap_or_default()
        ),
        None => format!("/open/{}?draft={}", line.kind.name, line.id),
    })
}

fn button(cx: &Cx, path: &str, act: &str, key: &str, main: bool) -> Markup {
    html! {
        form.submit method="post" action=(path) {
            (csrf(cx))
            button.main[main] type="submit" name="_do" value=(act) { (cx.words.t(key)) }
        }
    }
}

fn with_ground(cx: &Cx, path: &str, act: &str, key: &str) -> Markup {
    let field = format!("g-{act}");
    html! {
        form method="post" action=(path) {
            (csrf(cx))
            div.field {
                label for=(field) { (cx.words.t("draft-say-why")) }
                input id=(field) name="ground" maxlength="300" required;
            }
            p { button type="submit" name="_do" value=(act) { (cx.words.t(key)) } }
        }
    }
}

/// Does what a button says.
pub async fn act(Path(draft): Path<String>, Post { cx, form }: Post) -> Reply {
    let draft: DraftId = id(&draft)?;
    if form.last("_do") == "approve" {
        match cx.run(move |app, me| app.ask_to_approve(me, draft)).await {
            Ok(Some(asked)) => return weigh::asking(&cx, &asked),
            Ok(None) => {}
            Err(fail) if matches!(fail.code, "not-found" | "sign-in") => return Err(fail),
            Err(fail) => return refused(&cx, draft, &fail).await,
        }
    }
    match done(&cx, draft, &form).await {
        Ok(Some((dossier, entry))) => Ok(go(&format!("/dossiers/{dossier}#e-{entry}"))),
        Ok(None) => Ok(go("/")),
        Err(fail) if matches!(fail.code, "not-found" | "sign-in") => Err(fail),
        Err(fail) => refused(&cx, draft, &fail).await,
    }
}

async fn refused(cx: &Cx, draft: DraftId, fail: &Fail) -> Reply {
    let mut response = draw(cx, draft, Some(fail)).await?;
    *response.status_mut() = fail.status;
    Ok(response)
}

/// What became of it: the dossier and the short name of the entry that left, if one did.
async fn done(cx: &Cx, id: DraftId, form: &Fields) -> Result<Option<(String, String)>, Fail> {
    let (what, ground) = (form.last("_do").to_owned(), form.last("ground").to_owned());
    cx.run(move |app, me| {
        match what.as_str() {
            "approve" => {
                let left = app.approve_draft(me, id)?;
                return Ok(Some((left.dossier.to_string(), left.entry.short())));
            }
            "return" => app.return_draft(me, id, &ground)?,
            "take-back" => app.take_draft_back(me, id)?,
            "sign" => app.sign_afterwards(me, id)?,
            "refuse" => app.refuse_afterwards(me, id, &ground)?,
            "settle" => app.settle_refused(me, id)?,
            _ => return Err(AppError::NotFound),
        }
        Ok(None)
    })
    .await
}

/// A file of a draft.
pub async fn file(cx: Cx, Path((draft, n)): Path<(String, String)>) -> Reply {
    let (draft, n): (DraftId, u32) = (id(&draft)?, id(&n)?);
    let reader = cx.run(move |app, me| app.draft_file(me, draft, n)).await?;
    stream(reader)
}

/// What waits for signatures, as a part of *Today*.
pub fn waiting(cx: &Cx, lines: &[DraftLine]) -> Markup {
    let words = cx.words;
    html! {
        @if !lines.is_empty() {
            section.panel #signatures data-live-part {
                h2 { (words.t("today-signatures")) " " span.count { (words.number(u64::try_from(lines.len()).unwrap_or(u64::MAX))) } }
                ul.lines { @for line in lines { li { (one(cx, line)) } } }
            }
        }
    }
}

fn one(cx: &Cx, line: &DraftLine) -> Markup {
    let words = cx.words;
    html! {
        a href=(format!("/drafts/{}", line.id)) { (words.t(heading(line))) }
        (dot()) (words.label(line.entry_type.label))
        (dot()) (dossier(cx, line))
        @if !line.mine { (dot()) bdi { (line.author) } }
        (dot()) small { (cx.time(line.at)) }
        @if line.overdue { " " strong.late { "▲ " (words.t("draft-overdue")) } }
    }
}
