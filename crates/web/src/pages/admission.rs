//! Access asked for by number: the form on every page that says "nothing here", the reader's own requests, and those to answer.

use crate::context::{Cx, go};
use crate::fail::{Fail, Reply};
use crate::layout::{csrf, dot};
use crate::parts::{self, instead, service};
use crate::post::Post;
use axum::extract::Path;
use entente_app::views::{AdmissionBar, AdmissionLine, AdmissionTask};
use entente_app::{App, Asking, InputFault, called};
use entente_core::access::Reason;
use entente_core::ids::ServiceName;
use maud::{Markup, html};

/// Whether the reader may ask: who has rights on contents, in their own name.
pub fn offers(cx: &Cx) -> bool {
    let own = cx.actor.as_ref().is_some_and(|a| a.acts_for.is_none());
    cx.has_menu() && cx.writes() && own
}

/// The form. It names no dossier: what stands here is the same wherever it stands.
pub fn form(cx: &Cx) -> Markup {
    let words = cx.words;
    let services: &[ServiceName] = cx.actor.as_ref().map_or(&[], |actor| &actor.services);
    html! {
        section.panel #ask-access {
            h2 { (words.t("admission-ask")) }
            p.quiet { (words.t("admission-offer")) }
            form method="post" action="/admission" {
                (csrf(cx))
                div.field {
                    label for="ask-number" { (words.t("admission-number")) }
                    input #ask-number type="text" name="number" dir="ltr" maxlength="40" required;
                }
                @if services.len() > 1 {
                    div.field {
                        label for="ask-service" { (words.t("admission-service")) }
                        select #ask-service name="service" { @for one in services { option value=(one) { (one) } } }
                    }
                }
                fieldset.field {
                    legend { (words.t("reason-choose")) }
                    div.actions {
                        @for reason in App::admission_reasons() {
                            button type="submit" name="reason" value=(reason) { (words.label(reason.label())) }
                        }
                    }
                }
            }
            @if cx.path != "/admission" { p { a.quiet href="/admission" { (words.t("admission-own")) } } }
        }
    }
}

/// The reader's requests, and those for dossiers that they answer for.
pub async fn show(cx: Cx) -> Reply {
    let view = cx.run(|app, me| app.admissions(me)).await?;
    let words = cx.words;
    let main = html! {
        h1 { (words.t("admission-title")) }
        (waiting(&cx, &view.tasks))
        @if offers(&cx) {
            section.panel #own-requests {
                h2 { (words.t("admission-own")) }
                p.quiet { (words.t("admission-own-why")) }
                (instead(view.own.is_empty(), &words.t("admission-none")))
                ul.lines { @for line in &view.own { li { (asked(&cx, line)) } } }
            }
            (form(&cx))
        }
    };
    cx.page(&words.t("admission-title"), &main)
}

fn asked(cx: &Cx, line: &AdmissionLine) -> Markup {
    let words = cx.words;
    html! {
        bdi.number { (line.number) } (dot()) (service(&line.service)) (dot()) (words.label(line.reason.label()))
        (dot()) small { (cx.time(line.at)) } (dot()) small { (words.t("admission-until")) " " (cx.time(line.until)) }
    }
}

/// What is to be answered, as a part of *Today* too.
pub fn waiting(cx: &Cx, tasks: &[AdmissionTask]) -> Markup {
    let words = cx.words;
    html! {
        @if !tasks.is_empty() {
            section.panel #admissions data-live-part {
                h2 { (words.t("admission-to-decide")) " " span.count { (words.number(u64::try_from(tasks.len()).unwrap_or(u64::MAX))) } }
                p.quiet { (words.t("admission-to-decide-why")) }
                ul.lines { @for task in tasks { li { (one(cx, task)) } } }
            }
        }
    }
}

fn one(cx: &Cx, task: &AdmissionTask) -> Markup {
    let words = cx.words;
    let (line, dossier) = (&task.line, &task.dossier);
    html! {
        p {
            strong { bdi { (called(&task.who.name, words.lang)) } } (dot()) (service(&line.service))
            (dot()) (parts::listed(words, task.roles.iter().map(|role| html! { (words.label(role.label())) })))
            (dot()) (words.label(line.reason.label()))
            (dot()) a href=(format!("/dossiers/{}", dossier.id)) { bdi.number { (dossier.number) } " " (parts::title(words, &dossier.title)) }
            (dot()) small { (cx.time(line.at)) }
        }
        @match &task.barred {
            Some(bar) => p.quiet { (why_barred(cx, bar)) },
            None => p.quiet { (words.s("admission-means", line.service.as_str())) },
        }
        form.inline method="post" action=(format!("/admission/{}", line.name)) {
            (csrf(cx))
            @if task.barred.is_none() { button.main type="submit" name="_do" value="grant" { (words.t("admission-grant")) } " " }
            button type="submit" name="_do" value="refuse" { (words.t("admission-refuse")) }
        }
    }
}

fn why_barred(cx: &Cx, bar: &AdmissionBar) -> String {
    match bar {
        AdmissionBar::Floor(bar) => cx.words.label(bar.label()).to_owned(),
        AdmissionBar::Policy => cx.words.t("admission-barred-policy"),
        AdmissionBar::Convenor(node) => cx.words.s("admission-barred-convenor", node.as_str()),
    }
}

/// Asks: whatever the number is of, the same is done and said.
pub async fn ask(Post { cx, form }: Post) -> Reply {
    let wrong = || Fail::from(entente_app::AppError::from(InputFault::ReasonText));
    let asking = Asking {
        number: form.last("number").to_owned(),
        service: match form.last("service") {
            "" => None,
            text => Some(super::id(text)?),
        },
        reason: Reason::parse(form.last("reason")).ok_or_else(wrong)?,
    };
    cx.run(move |app, me| app.ask_admission(me, &asking))
        .await?;
    Ok(go("/admission"))
}

/// Grants or refuses.
pub async fn decide(Path(name): Path<String>, Post { cx, form }: Post) -> Reply {
    let grant = match form.last("_do") {
        "grant" => true,
        "refuse" => false,
        _ => return Err(Fail::not_found()),
    };
    cx.run(move |app, me| app.decide_admission(me, &name, grant).map(drop))
        .await?;
    Ok(go("/admission"))
}
