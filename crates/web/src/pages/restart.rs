//! A register begins again, on the page of the link: a coordinator proposes it, takes the partner's file after reading what it says, gives
//! the answer out, or takes a proposal back. What is agreed is said in words before anything is signed, and signing asks once more.

use super::{Query, id};
use crate::context::{Cx, go};
use crate::fail::{Fail, Reply};
use crate::form::SURE;
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::post::{Fields, Post};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;
use entente_app::restart::{
    Ground, RestartFault, RestartStep, RestartView, RestartWaits, Restarts,
};
use entente_app::views::LinkView;
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use maud::{Markup, html};

/// The text of a file goes on in the form up to this many bytes; a longer one is chosen again.
const CARRIED: usize = 1 << 20;

/// Whether the reader may act here: those who answer for the cooperation.
fn coordinates(cx: &Cx) -> bool {
    cx.may(Action::Restart)
}

async fn refuse_others(cx: &Cx) -> Result<(), Fail> {
    match coordinates(cx) {
        true => Ok(()),
        false => Err(cx.refuse().await),
    }
}

/// The section of a partner's page: registers of this link that began again, what waits for the partner's answer, and what a coordinator
/// may do.
pub fn section(cx: &Cx, partner: &NodeName, (restarts, waits): &Restarts) -> Markup {
    let words = cx.words;
    let acts = coordinates(cx);
    html! {
        @if !restarts.is_empty() || waits.is_some() || acts {
            section.panel #restarts {
                h2 { (words.t("restarts-title")) }
                @if let Some(view) = waits {
                    p { strong { (words.s("cli-restart-waits", view.partner.as_str())) } }
                    (said(cx, view))
                    @if acts { (waiting(cx, partner)) }
                }
                @for view in restarts {
                    (said(cx, view))
                    @if acts && view.owner == *partner {
                        p { a.button href=(format!("{}/answer/{}", at(partner), view.generation)) { (words.t("restart-answer-file")) } }
                    }
                    @if acts && view.owner == *cx.me() {
                        (agreed_again(cx, partner, view.generation))
                    }
                }
                @if acts { (ways(cx, partner, waits.is_none())) }
            }
        }
    }
}

/// Who is waited for until a register begins again, in a line of its own.
pub fn waits(cx: &Cx, link: &LinkView) -> Markup {
    let (key, since) = match link.restart_waits {
        None => return html! {},
        Some(RestartWaits::Answer(since)) => ("link-restart-answer", since),
        Some(RestartWaits::Owner(since)) => ("link-restart-owner", since),
        Some(RestartWaits::Other(since)) => ("link-restart-other", since),
    };
    let href = format!("/partners/{}#restarts", link.partner);
    html! {
        p.alert {
            a href=(href) { (cx.words.s(key, link.partner.as_str())) }
            (dot()) small { (cx.words.t("link-since")) " " (cx.time(since)) }
        }
    }
}

/// What the partner agreed to, once more; with the leaves that it lost, where its node says that it holds fewer than were agreed.
fn agreed_again(cx: &Cx, partner: &NodeName, generation: u32) -> Markup {
    let (words, from) = (cx.words, format!("agreed-from-{generation}"));
    html! {
        form.row method="get" action=(format!("{}/agreed/{generation}", at(partner))) {
            label for=(from) { (words.t("restart-agreed-from")) }
            input id=(from) type="number" name="from" min="0" dir="ltr";
            button type="submit" { (words.t("restart-agreed-file")) }
        }
    }
}

fn at(partner: &NodeName) -> String {
    format!("/partners/{partner}/restart")
}

/// The file of a proposal that waits, and taking it back.
fn waiting(cx: &Cx, partner: &NodeName) -> Markup {
    let words = cx.words;
    html! {
        p { (words.t("restart-carry")) }
        div.row {
            a.button href=(format!("{}/proposal", at(partner))) { (words.t("restart-proposal-file")) }
            form method="post" action=(format!("{}/withdraw", at(partner))) {
                (csrf(cx))
                button type="submit" { (words.t("restart-withdraw")) }
            }
        }
    }
}

/// To propose, and to take a file that came.
fn ways(cx: &Cx, partner: &NodeName, proposes: bool) -> Markup {
    let words = cx.words;
    html! {
        details {
            summary { (words.t("restart-ways")) }
            p.quiet { (words.t("restart-why")) }
            @if proposes { p { a.button href=(format!("{}/propose", at(partner))) { (words.t("restart-propose")) } } }
            form.row method="post" action=(format!("{}/read", at(partner))) enctype="multipart/form-data" {
                (csrf(cx))
                label for="restart-file" { (words.t("restart-file")) }
                input id="restart-file" type="file" name="file" required;
                button type="submit" { (words.t("restart-read")) }
            }
        }
    }
}

/// Why a register begins again.
pub fn ground(words: Words, name: &str) -> String {
    match name {
        "fork" => words.t("restart-ground-fork"),
        "key-lost" => words.t("restart-ground-key-lost"),
        _ => words.t("restart-ground-key-compromised"),
    }
}

/// A ground where the line above says already that it is one.
fn bare(ground: &str) -> &str {
    let named = ground.split_once(':');
    named.map_or(ground, |(_, ground)| ground.trim())
}

/// What exactly is proposed or agreed.
fn said(cx: &Cx, view: &RestartView) -> Markup {
    let words = cx.words;
    let (ends, begins) = (u64::from(view.generation), u64::from(view.generation) + 1);
    html! {
        ul.lines {
            li { strong { (words.two("restart-register", view.owner.as_str(), view.partner.as_str())) } }
            li { (words.two("restart-generation", &words.number(ends), &words.number(begins))) }
            li { (ground(words, view.ground)) }
            li { (words.s("restart-offered", &words.number(view.offered))) (dot()) (cx.time(view.proposed)) }
            @if let Some((size, root, at)) = &view.agreed {
                li { (words.s("restart-agreed-at", &words.number(*size))) (dot()) (cx.time(*at)) }
                li { small { (words.t("restart-root-at")) " " code.hash dir="ltr" { (root) } } }
            }
        }
    }
}

/// The form to propose with.
pub async fn form(cx: Cx, Path(node): Path<String>) -> Reply {
    refuse_others(&cx).await?;
    asked(&cx, &id(&node)?, &Fields::default(), None).await
}

async fn asked(cx: &Cx, node: &NodeName, sent: &Fields, fail: Option<Fail>) -> Reply {
    let partner = node.clone();
    let view = cx.run(move |app, me| app.partner(me, &partner)).await?;
    let words = cx.words;
    let chosen = sent.last("ground");
    let main = html! {
        section.panel {
            h1 { (words.t("restart-propose")) }
            p.ob-facts { a href=(format!("/partners/{node}")) { bdi { (node) } } }
            (trouble(cx, fail.as_ref()))
            ul.lines {
                li { strong { (words.two("restart-register", cx.me().as_str(), node.as_str())) } }
                li { (words.s("restart-has", &words.number(view.link.out_size))) }
                li { (words.t("restart-our-key")) " " code.hash dir="ltr" { (view.own_fingerprint) } }
            }
        }
        form.entry-form method="post" action=(format!("{}/propose", at(node))) {
            (csrf(cx))
            section.panel {
                fieldset.choices {
                    legend { (words.t("restart-ground")) }
                    @for one in Ground::ALL {
                        label { input type="radio" name="ground" value=(one.name()) required checked[chosen == one.name()]; " " (bare(&ground(words, one.name()))) }
                    }
                }
                p.quiet { (words.t("restart-ground-why")) }
                (confirmed(cx, "restart-propose-means", "sign-sure"))
                p { button.main type="submit" { (words.t("restart-propose-do")) } }
            }
        }
    };
    status(cx.page(&words.t("restart-propose"), &main), fail)
}

/// The box that says once more that it is meant.
pub(super) fn confirmed(cx: &Cx, means: &str, sure: &str) -> Markup {
    html! {
        p.alert { (cx.words.t(means)) }
        label.check { input type="checkbox" name=(SURE) value="yes" required; " " (cx.words.t(sure)) }
    }
}

/// What went wrong, above a form that is shown again.
pub(super) fn trouble(cx: &Cx, fail: Option<&Fail>) -> Markup {
    html! { @if let Some(fail) = fail { div.alert role="alert" { (fail.says(cx.words)) } } }
}

/// The page of a form that is shown again, with the status of what went wrong.
pub(super) fn status(reply: Reply, fail: Option<Fail>) -> Reply {
    reply.map(|mut response| {
        if let Some(fail) = fail {
            *response.status_mut() = fail.status;
        }
        response
    })
}

/// Whether the box was ticked.
pub(super) fn sure(form: &Fields) -> Result<(), Fail> {
    match form.flag(SURE) {
        true => Ok(()),
        false => Err(Fail::input_key("restart-not-sure")),
    }
}

/// Whether what went wrong can be mended in the form.
pub(super) fn mended(fail: &Fail) -> bool {
    !matches!(fail.code, "not-found" | "sign-in")
}

/// Proposes it; the file is on the partner's page from then on.
pub async fn propose(Path(node): Path<String>, Post { cx, form }: Post) -> Reply {
    refuse_others(&cx).await?;
    let node: NodeName = id(&node)?;
    let why =
        Ground::parse(form.last("ground")).ok_or_else(|| Fail::input_key("restart-no-ground"));
    let checked = sure(&form).and(why);
    let partner = node.clone();
    let done = match checked {
        Ok(ground) => {
            cx.run(move |app, me| app.propose_restart(me, &partner, ground))
                .await
        }
        Err(fail) => Err(fail),
    };
    match done {
        Ok(_) => Ok(go(&format!("/partners/{node}#restarts"))),
        Err(fail) if mended(&fail) => asked(&cx, &node, &form, Some(fail)).await,
        Err(fail) => Err(fail),
    }
}

/// The file of our proposal.
pub async fn proposal(cx: Cx, Path(node): Path<String>) -> Reply {
    let node: NodeName = id(&node)?;
    let name = format!("register-proposal-{}-{node}.txt", cx.me());
    let text = cx.run(move |app, me| app.proposal_file(me, &node)).await?;
    file(text, &name)
}

/// The file of an answer that we gave.
pub async fn answer(cx: Cx, Path((node, generation)): Path<(String, String)>) -> Reply {
    let (node, generation): (NodeName, u32) = (id(&node)?, id(&generation)?);
    let name = format!("register-answer-{}-{node}.txt", cx.me());
    let text = cx
        .run(move |app, me| app.answer_file(me, &node, generation))
        .await?;
    file(text, &name)
}

/// What the partner agreed to, for when it lost that.
pub async fn agreed(
    cx: Cx,
    Path((node, generation)): Path<(String, String)>,
    axum::extract::Query(asked): Query,
) -> Reply {
    let (node, generation): (NodeName, u32) = (id(&node)?, id(&generation)?);
    let from = match asked.get("from").map(|from| from.trim()) {
        None | Some("") => None,
        Some(from) => Some(id(from)?),
    };
    let name = format!("register-agreed-{}-{node}.txt", cx.me());
    let text = cx
        .run(move |app, me| app.agreed_file(me, &node, generation, from))
        .await?;
    file(text, &name)
}

fn file(text: String, name: &str) -> Reply {
    let name = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let name = name.map_err(|_| Fail::bug())?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

/// The file that was sent: chosen now, or carried on by the form.
pub(super) fn sent_text(form: &mut Fields) -> Result<String, Fail> {
    let carried = form.last("_text").to_owned();
    let file = form.held.pop().filter(|file| !file.bytes.is_empty());
    match file {
        Some(file) => String::from_utf8(file.bytes)
            .map_err(|_| entente_app::AppError::from(RestartFault::Damaged).into()),
        None if !carried.is_empty() => Ok(carried),
        None => Err(Fail::input_key("restart-file-missing")),
    }
}

/// What an uploaded file says, before anything is done with it.
pub async fn read(Path(node): Path<String>, Post { cx, mut form }: Post) -> Reply {
    refuse_others(&cx).await?;
    let node: NodeName = id(&node)?;
    let text = sent_text(&mut form)?;
    told(&cx, &node, (text, &form), None).await
}

async fn told(
    cx: &Cx,
    node: &NodeName,
    (text, sent): (String, &Fields),
    fail: Option<Fail>,
) -> Reply {
    let read = text.clone();
    let view = cx.run(move |app, _| app.read_restart(&read)).await?;
    // The partner's proposal is of its own register; its answer is about ours; what we accepted once is of its own, and agreed.
    let agreed = view.agreed.is_some();
    let ours = view.owner == *cx.me() && view.partner == *node;
    let theirs = view.owner == *node && view.partner == *cx.me();
    if !(theirs || ours && agreed) {
        return Err(entente_app::AppError::from(RestartFault::OtherNodes).into());
    }
    let words = cx.words;
    let means = match ours {
        true => "restart-conclude-means",
        false => "restart-again-means",
    };
    let title = words.t(match (agreed, ours) {
        (true, true) => "restart-conclude",
        (true, false) => "restart-again",
        (false, _) => "restart-accept",
    });
    let main = html! {
        section.panel {
            h1 { (title) }
            p.ob-facts { a href=(format!("/partners/{node}")) { bdi { (node) } } }
            (trouble(cx, fail.as_ref()))
            (said(cx, &view))
        }
        form.entry-form method="post" action=(format!("{}/take", at(node))) enctype="multipart/form-data" {
            (csrf(cx))
            section.panel {
                @if text.len() <= CARRIED { input type="hidden" name="_text" value=(text); }
                @else {
                    div.field {
                        label for="restart-again" { (words.t("restart-file-again")) }
                        input id="restart-again" type="file" name="file" required;
                    }
                }
                @if agreed { (confirmed(cx, means, "restart-conclude-sure")) }
                @else {
                    div.field {
                        label for="f-fingerprint" { (words.s("restart-compare", view.owner.as_str())) }
                        small.help #f-fingerprint-h { (words.t("restart-compare-why")) }
                        input id="f-fingerprint" name="fingerprint" dir="ltr" autocomplete="off" spellcheck="false" maxlength="64" required
                            aria-describedby="f-fingerprint-h" value=(sent.last("fingerprint"));
                    }
                    (confirmed(cx, "restart-accept-means", "sign-sure"))
                }
                p { button.main type="submit" { (title) } }
            }
        }
    };
    status(cx.page(&title, &main), fail)
}

/// Takes the file that was read: accepts the partner's proposal, or concludes with its answer.
pub async fn take(Path(node): Path<String>, Post { cx, mut form }: Post) -> Reply {
    refuse_others(&cx).await?;
    let node: NodeName = id(&node)?;
    let text = sent_text(&mut form)?;
    let (given, print) = (text.clone(), form.last("fingerprint").to_owned());
    let done = match sure(&form) {
        Ok(()) => {
            cx.run(move |app, me| app.accept_restart(me, &given, &print))
                .await
        }
        Err(fail) => Err(fail),
    };
    match done {
        // Of an answer in parts each file is given here and nowhere else.
        Ok(RestartStep::Next(next)) => file(next, &format!("register-part-{}-{node}.txt", cx.me())),
        // What came is kept: people read what the next file must bring.
        Ok(RestartStep::More { held }) => {
            let less = entente_app::AppError::from(RestartFault::HeldLess { held });
            told(&cx, &node, (text, &form), Some(less.into())).await
        }
        Ok(_) => Ok(go(&format!("/partners/{node}#restarts"))),
        Err(fail) if mended(&fail) => told(&cx, &node, (text, &form), Some(fail)).await,
        Err(fail) => Err(fail),
    }
}

/// Takes our proposal back.
pub async fn withdraw(Path(node): Path<String>, Post { cx, .. }: Post) -> Reply {
    let node: NodeName = id(&node)?;
    let partner = node.clone();
    cx.run(move |app, me| app.withdraw_restart(me, &partner))
        .await?;
    Ok(go(&format!("/partners/{node}#restarts")))
}
