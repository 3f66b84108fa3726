//! The courier on a partner's page: what the last bundles carried, a bundle to download, one to upload.

use super::id;
use crate::context::{Cx, blocking, go};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::post::Post;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use entente_app::courier::{CourierFault, CourierReport, CourierView, Fault};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use maud::{Markup, html};
use std::io::{Cursor, Error, ErrorKind};
use tokio::sync::mpsc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;

/// Parts of a bundle that may wait for a slow reader.
const WAITING: usize = 4;

/// The section of a partner's page.
pub fn section(cx: &Cx, view: &CourierView) -> Markup {
    let words = cx.words;
    let action = |verb: &str| format!("/partners/{}/courier/{verb}", view.partner);
    html! {
        section.panel #courier {
            h2 { (words.t("courier")) }
            p.quiet { (words.t("courier-why")) }
            @if view.not_received > 0 {
                p { strong.late { (words.count("courier-not-received", view.not_received)) } }
            }
            dl.facts {
                dt { (words.t("courier-packed")) } dd { (carried(cx, view.packed.as_ref())) }
                dt { (words.t("courier-unpacked")) } dd { (carried(cx, view.unpacked.as_ref())) }
                dt { (words.t("courier-key")) } dd { (key(cx, view)) }
            }
            @if view.may_carry {
                form.row method="post" action=(action("pack")) {
                    (csrf(cx))
                    button type="submit" disabled[view.key_past] { (words.t("courier-pack")) }
                }
                form.row method="post" action=(action("unpack")) enctype="multipart/form-data" {
                    (csrf(cx))
                    label for="bundle" { (words.t("courier-file")) }
                    input id="bundle" type="file" name="bundle" required;
                    button type="submit" { (words.t("courier-unpack")) }
                }
                p.quiet { (words.s("courier-limit", &cx.held_limit())) }
            }
        }
    }
}

fn carried(cx: &Cx, report: Option<&CourierReport>) -> Markup {
    let words = cx.words;
    let Some(report) = report else {
        return html! { (words.t("courier-none")) };
    };
    html! {
        (cx.time(Instant(report.here_ms))) (dot()) (words.count("courier-entries", report.entries))
        (dot()) (words.count("courier-files", report.files)) (dot()) (words.size(report.bytes))
        (dot()) code { bdi { (report.bundle.get(..8).unwrap_or_default()) } }
        @if report.stopped_by_quota { (dot()) strong.late { (words.t("courier-fault-over-quota")) } }
    }
}

fn key(cx: &Cx, view: &CourierView) -> Markup {
    let words = cx.words;
    html! {
        @match view.key_until {
            None => strong.late { (words.s("courier-fault-no-key", view.partner.as_str())) },
            Some(_) if view.key_past => strong.late { (words.s("courier-fault-key-past", view.partner.as_str())) },
            Some(until) => { (words.t("courier-key-until")) " " (cx.time(until)) },
        }
    }
}

/// Packs a bundle and sends it as it is made.
pub async fn pack(Path(node): Path<String>, Post { cx, .. }: Post) -> Reply {
    let node: NodeName = id(&node)?;
    stream(cx, node).await
}

/// Unpacks an uploaded bundle.
pub async fn unpack(Path(node): Path<String>, Post { cx, mut form }: Post) -> Reply {
    let node: NodeName = id(&node)?;
    let file = form.held.pop().filter(|f| !f.bytes.is_empty());
    let file = file.ok_or_else(|| Fail::input_key("courier-file-missing"))?;
    let from = node.clone();
    cx.run(move |app, me| {
        let mut bytes = Cursor::new(file.bytes);
        app.courier_unpack(me, Some(&from), &mut bytes, &mut |_, _| {})
    })
    .await?;
    Ok(go(&format!("/partners/{node}#courier")))
}

/// A bundle as the body of an answer. What fails before its first byte is a failure like any other; what fails later breaks the
/// download off, and the half file is refused where it arrives.
///
/// # Errors
/// Of the verb.
pub async fn stream(cx: Cx, node: NodeName) -> Reply {
    let actor = cx.actor.clone().ok_or_else(Fail::sign_in)?;
    let (send, mut receive) = mpsc::channel::<Result<Vec<u8>, Fail>>(WAITING);
    let verbs = cx.shared.verbs.clone();
    let (partner, failed) = (node.clone(), send.clone());
    tokio::spawn(async move {
        let packing = move || {
            let mut sink = Sink(send);
            verbs.courier_pack(&actor, &partner, &mut sink, &mut |_, _| {})
        };
        if let Err(fail) = blocking(packing).await {
            // Nobody listens any more when the reader went away.
            let _unheard = failed.send(Err(fail)).await;
        }
    });
    let first = receive.recv().await.ok_or_else(Fail::bug)??;
    let rest = ReceiverStream::new(receive)
        .map(|part| part.map_err(|fail| Error::other(format!("packing failed: {}", fail.code))));
    let body = tokio_stream::once(Ok(first)).chain(rest);
    let mut response = Response::new(Body::from_stream(body));
    let headers = response.headers_mut();
    let name = format!("attachment; filename=\"for-{node}.courier\"");
    let name = HeaderValue::try_from(name).map_err(|_| Fail::bug())?;
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    Ok(response)
}

/// Hands the packed bytes to the answer; blocks while the reader is slow, and ends the packing when the reader goes away.
struct Sink(mpsc::Sender<Result<Vec<u8>, Fail>>);

impl std::io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .blocking_send(Ok(bytes.to_vec()))
            .map_err(|_| Error::from(ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A refusal in the reader's words: what happened, and whose it is to mend.
pub fn refusal(words: Words, fault: &CourierFault) -> Markup {
    html! { p { (what(words, fault)) } p { strong { (whose(words, fault)) } } }
}

/// The same in one line.
pub fn refused(words: Words, fault: &CourierFault) -> String {
    format!("{} {}", what(words, fault), whose(words, fault))
}

fn whose(words: Words, fault: &CourierFault) -> String {
    match fault.fault() {
        Fault::Carrier => words.t("courier-blame-carrier"),
        Fault::Sender => words.t("courier-blame-sender"),
        Fault::Ours => words.t("courier-blame-ours"),
        Fault::Nobody => words.t("courier-blame-nobody"),
    }
}

fn what(words: Words, fault: &CourierFault) -> String {
    match fault {
        CourierFault::ForAnother(node) => words.s("courier-fault-for-another", node),
        CourierFault::FromAnother(node) => words.s("courier-fault-from-another", node.as_str()),
        CourierFault::Interrupted(why) => what(words, why),
        CourierFault::NoKey(node) => words.s("courier-fault-no-key", node.as_str()),
        CourierFault::KeyPast(node) => words.s("courier-fault-key-past", node.as_str()),
        CourierFault::Gap { begins, held } => words.two(
            "courier-fault-gap",
            &words.number(*begins),
            &words.number(*held),
        ),
        other => plain(words, other.name()),
    }
}

fn plain(words: Words, name: &str) -> String {
    match name {
        "not-a-bundle" => words.t("courier-fault-not-a-bundle"),
        "version" => words.t("courier-fault-version"),
        "cut-short" => words.t("courier-fault-cut-short"),
        "head" | "altered" | "trailing" => words.t("courier-fault-altered"),
        "not-signed" => words.t("courier-fault-not-signed"),
        "former-key" => words.t("courier-fault-former-key"),
        "own" => words.t("courier-fault-own"),
        "stranger" => words.t("courier-fault-stranger"),
        "key-destroyed" => words.t("courier-fault-key-destroyed"),
        "key-unknown" => words.t("courier-fault-key-unknown"),
        "contradiction" => words.t("courier-fault-contradiction"),
        "own-behind" => words.t("courier-fault-own-behind"),
        "over-quota" => words.t("courier-fault-over-quota"),
        "malformed" | "order" | "deviates" | "missing-header" => words.t("courier-fault-program"),
        _ => words.t("courier-fault-ours"),
    }
}
