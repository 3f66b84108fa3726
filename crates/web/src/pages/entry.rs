//! One entry with all its facts, its proof and its files.

use super::{download, id, weigh};
use crate::conditions;
use crate::context::{Cx, percent};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::{self, entry_card, service};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use entente_app::FileReader;
use entente_app::views::{BodyView, EntryView, ObligationView, RecipientView, Via};
use entente_core::header::Release;
use entente_core::ids::{EntryId, ObligationId};
use entente_core::kinds::lesson;
use maud::{Markup, html};

/// Whether an entry that is here may be submitted as an observation.
fn teaches(view: &EntryView) -> bool {
    lesson::teaches(&view.type_name) && matches!(view.body, BodyView::Here(_))
}

/// The entry's page.
pub async fn show(cx: Cx, Path(entry): Path<String>) -> Reply {
    let entry: EntryId = id(&entry)?;
    let (view, opened) = cx
        .run(move |app, me| {
            let view = app.entry(me, entry)?;
            let opened: Vec<ObligationView> = view
                .opened
                .iter()
                .filter_map(|o| app.obligation(me, *o).ok())
                .collect();
            Ok((view, opened))
        })
        .await?;
    let words = cx.words;
    let number = |id: ObligationId| opened.iter().find(|o| o.id == id).map(|o| o.number.clone());
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{}#e-{}", view.dossier, view.id.short())) { (words.t("entry-to-dossier")) } }
        h1 { (parts::type_label(words, view.entry_type, &view.type_name)) }
        (entry_card(&cx, &view, &number, true))
        @if !opened.is_empty() {
            section.panel { h2 { (words.t("entry-opened")) } (parts::obligations(&cx, &opened, parts::Place::Home)) }
        }
        (conditions::on_paper(words, std::iter::once(&view)))
        (facts(&cx, &view))
        (weigh::signed(&cx, &view))
        @if !view.in_court.is_empty() {
            section.panel #court {
                h2 { (words.t("court-told")) }
                ul.things { @for word in &view.in_court { li.ours[word.ours].theirs[!word.ours] { p { (super::court::short(&cx, word)) } } } }
            }
        }
        @if teaches(&view) { p { (super::lessons::way(words, view.id)) } }
        (recipients(&cx, &view))
        (proof_section(&cx, &view))
        @if view.is_erasable() {
            p { a.quiet href=(format!("/dossiers/{}/write/erase?entry={}", view.dossier, view.id)) { (words.t("entry-erase")) } }
            @if view.audience.len() > 1 {
                p { a.quiet href=(format!("/dossiers/{}/write/tighten?entry={}", view.dossier, view.id)) { (words.t("entry-tighten")) } }
            }
        }
    };
    let title = view
        .entry_type
        .map_or(view.type_name.as_str(), |t| words.label(t.label));
    cx.page(title, &main)
}

fn facts(cx: &Cx, view: &EntryView) -> Markup {
    let words = cx.words;
    html! {
        section.panel {
            h2 { (words.t("entry-facts")) }
            dl.facts {
                dt { (words.t("entry-id")) } dd { code.hash { bdi { (view.id) } } }
                dt { (words.t("entry-type")) } dd { code { bdi { (view.type_name) } } }
                dt { (words.t("entry-author")) } dd { (service(&view.service)) (dot()) bdi { (view.officer) } (dot()) (words.label(view.role.label())) }
                dt { (words.t("entry-written")) } dd { (cx.time(view.at)) }
                dt { (words.t("entry-here")) } dd { (cx.time(view.here)) }
                dt { (words.t("entry-audience")) } dd { @for (i, n) in view.audience.iter().enumerate() { @if i > 0 { (dot()) } bdi { (n) } } }
                dt { (words.t("entry-handling")) } dd { (parts::handling(words, view.handling)) }
                @if let Some(release) = &view.release { (decision(words, view.audience.len() > 1, release)) }
            }
        }
    }
}

/// Who decided that it is sent, why and on what basis; of what stays here, who approved it.
fn decision(words: Words, leaves: bool, release: &Release) -> Markup {
    html! {
        dt { (words.t(if leaves { "entry-release" } else { "entry-decision" })) }
        dd {
            @if leaves { (words.label(release.necessity.label())) (dot()) (words.label(release.basis.label())) (dot()) }
            (words.t("release-by")) " " bdi { (release.approver) }
        }
    }
}

/// Everyone who received an entry of ours, and what became of its correction there; one act corrects it for all of them.
fn recipients(cx: &Cx, view: &EntryView) -> Markup {
    let words = cx.words;
    html! {
        @if !view.recipients.is_empty() {
            section.panel #recipients {
                h2 { (words.t("recipients")) }
                p.quiet { (words.t("recipients-why")) }
                div.scroll {
                    table.list {
                        thead { tr {
                            th scope="col" { (words.t("proof-recipient")) } th scope="col" { (words.t("recipients-what")) }
                            th scope="col" { (words.t("recipients-where")) } th scope="col" { (words.t("proof-receipt")) }
                            th scope="col" { (words.t("recipients-corrected")) }
                        } }
                        tbody { @for one in &view.recipients { (recipient(cx, one)) } }
                    }
                }
                @if view.rectifiable {
                    p.actions { a.button href=(format!("/dossiers/{}/write/rectify?of={}", view.dossier, view.id)) { (words.t("entry-rectify")) } }
                }
            }
        }
    }
}

fn recipient(cx: &Cx, one: &RecipientView) -> Markup {
    let words = cx.words;
    html! {
        tr {
            td { bdi { (one.node) } }
            td {
                @match one.via {
                    Via::Itself => (words.t("recipients-itself")),
                    Via::Release => (words.t("recipients-release")),
                    Via::Translation(lang) => { (words.t("translation")) @if let Some(lang) = lang { " " span lang=(lang) { (lang.own_name()) } } },
                }
                @if one.files > 0 { (dot()) (words.count("release-files", one.files)) }
            }
            td { @if one.dossier.visible { (parts::related(&one.dossier)) } @else { (words.t("recipients-elsewhere")) } }
            td { @if let Some(at) = one.received { (cx.time(at)) } @else { (words.t("proof-no-receipt")) } }
            td {
                @if let Some(ob) = &one.asked {
                    a href=(format!("/dossiers/{}#ob-{}", ob.dossier, ob.number)) { bdi { (ob.number) } } " " (words.label(ob.state.label()))
                    @if let Some(ended) = ob.ended { (dot()) (cx.time(ended)) }
                } @else if one.correction.is_some() { (words.t("recipients-asked")) } @else { "—" }
            }
        }
    }
}

fn proof_section(cx: &Cx, view: &EntryView) -> Markup {
    let words = cx.words;
    html! {
        section.panel #proof {
            h2 { (words.t("entry-proof")) }
            p.quiet { (words.t("entry-proof-why")) }
            @if !view.ladder.is_empty() {
                div.scroll {
                    table.list {
                        thead { tr {
                            th scope="col" { (words.t("proof-recipient")) } th scope="col" { (words.t("proof-position")) }
                            th scope="col" { (words.t("ladder-accepted")) } th scope="col" { (words.t("proof-receipt")) } th scope="col" { (words.t("ladder-answered")) }
                        } }
                        tbody { @for rung in &view.ladder { tr {
                            td { bdi { (rung.node) } }
                            td.num { @if let Some(n) = rung.position { (words.number(n)) } @else { (words.t("proof-waiting")) } }
                            td { (cx.time(rung.accepted)) }
                            td { @if let Some(at) = rung.received { (cx.time(at)) } @else { (words.t("proof-no-receipt")) } }
                            td { @if let Some(at) = rung.answered { (cx.time(at)) } @else { "—" } }
                        } } }
                    }
                }
            }
            @for c in &view.corrections {
                p { strong { (words.t("proof-corrected")) } " " a href=(format!("/entries/{}#proof", c.entry)) { bdi { (c.entry.short()) } } }
            }
            @if view.rights.export {
                p { a.button href=(format!("/entries/{}/proof", view.id)) { (words.t("proof-download")) } }
                p.quiet { (words.t("proof-verify")) " " code dir="ltr" { "entente verify " (view.id.short()) ".proof" } }
                @for granted in view.conditions.granted.iter().filter(|g| g.holds && !view.ours) {
                    p.quiet { (words.t("proof-permitted")) " " a href=(format!("/entries/{}", granted.entry)) { bdi { (granted.entry.short()) } } " " bdi { (granted.proceedings) } }
                }
            } @else { p.quiet { (words.t("proof-withheld")) } }
        }
    }
}

/// The offline proof as a file.
pub async fn proof(cx: Cx, Path(entry): Path<String>) -> Reply {
    let entry: EntryId = id(&entry)?;
    let armoured = cx.run_why(move |app, me| app.proof(me, entry)).await?;
    let name = format!("attachment; filename=\"{}.proof\"", entry.short());
    let disposition = HeaderValue::try_from(name).map_err(|_| Fail::bug())?;
    let mut response = (
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        armoured,
    )
        .into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// A file, streamed for downloading; what may be looked at in place is [`super::in_place`]'s to say.
pub async fn file(cx: Cx, Path((entry, n)): Path<(String, String)>, headers: HeaderMap) -> Reply {
    let (entry, n): (EntryId, u32) = (id(&entry)?, id(&n)?);
    let reader = cx.run_why(move |app, me| app.file(me, entry, n)).await?;
    let (name, media) = for_download(&reader)?;
    // An entry's files never change.
    let tag = format!("\"{entry}-{n}\"");
    download::answer(reader, (name, media), &headers, &tag)
}

/// Answers with a file as its chunks are decrypted.
///
/// # Errors
/// Our own bug.
pub fn stream(reader: FileReader) -> Reply {
    let (name, media) = for_download(&reader)?;
    stream_as(reader, name, media)
}

/// The disposition and type of a file that is downloaded.
fn for_download(reader: &FileReader) -> Result<(HeaderValue, HeaderValue), Fail> {
    let put = |value: String| HeaderValue::try_from(value).map_err(|_| Fail::bug());
    let name = put(format!(
        "attachment; filename*=UTF-8''{}",
        percent(&reader.view.name)
    ))?;
    let media = put(reader.view.media.clone())
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    Ok((name, media))
}

/// The same under a disposition and a type of the caller's; never as something that runs.
///
/// # Errors
/// Our own bug.
pub fn stream_as(reader: FileReader, disposition: HeaderValue, media: HeaderValue) -> Reply {
    let size = reader.view.size;
    Ok(download::part(reader, (disposition, media), 0..size))
}
