//! A key is known to others, by forms: a partner's declaration is taken from its file or from what its people said by voice, one of our own
//! former keys is declared. What it means is read in words first, and sending asks once more: nothing takes it back.

use super::restart::{confirmed, mended, sent_text, status, sure, trouble};
use super::{compromised, id};
use crate::context::{Cx, go};
use crate::fail::{Fail, Reply};
use crate::layout::{csrf, dot};
use crate::post::{Fields, Post};
use axum::extract::Path;
use entente_app::{
    AppError, By, CompromiseFault, CompromiseView, Fingerprint, InputFault, KeyChangeView,
};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use maud::{Markup, html};

/// Where one of our own keys is declared.
const OWN: &str = "/keys/compromised";

/// Whether the reader may: who answers for the cooperation, and who has the node's keys and links in hand.
fn declares(cx: &Cx) -> bool {
    cx.may(Action::Restart) || cx.may(Action::Administer)
}

async fn refuse_others(cx: &Cx) -> Result<(), Fail> {
    match declares(cx) {
        true => Ok(()),
        false => Err(cx.refuse().await),
    }
}

fn at(partner: &NodeName) -> String {
    format!("/partners/{partner}/compromised")
}

/// The ways to declare a key of a partner, on its page.
pub fn section(cx: &Cx, partner: &NodeName) -> Markup {
    let words = cx.words;
    html! {
        @if declares(cx) {
            details #declare {
                summary { (words.t("compromise-ways")) }
                p.quiet { (words.t("compromise-why")) }
                form.row method="post" action=(format!("{}/read", at(partner))) enctype="multipart/form-data" {
                    (csrf(cx))
                    label for="compromise-file" { (words.t("compromise-file")) }
                    input id="compromise-file" type="file" name="file" required;
                    button type="submit" { (words.t("compromise-read")) }
                }
                p { a.button href=(at(partner)) { (words.t("compromise-voice")) } }
            }
        }
    }
}

/// The way to declare one of ours, beside our card.
pub fn own_section(cx: &Cx) -> Markup {
    html! { @if declares(cx) { p { a.button href=(OWN) { (cx.words.t("compromise-own")) } } } }
}

/// What was typed of a key: its fingerprint and the time, if both can be read.
fn typed(form: &Fields) -> Result<(Fingerprint, Instant), Fail> {
    let print = form.last("fingerprint").parse();
    let print = print.map_err(|_| Fail::from(AppError::from(InputFault::FingerprintForm)))?;
    let since = Instant::parse(form.last("since"));
    let since = since.ok_or_else(|| Fail::from(AppError::from(CompromiseFault::Time)))?;
    Ok((print, since))
}

/// The field of the time from which a key proves nothing.
fn since_field(cx: &Cx, sent: &Fields) -> Markup {
    let words = cx.words;
    let value = match sent.last("since") {
        "" => cx.now.to_civil(),
        typed => typed.to_owned(),
    };
    html! {
        div.field {
            label for="f-since" { (words.t("compromise-since")) }
            small.help #f-since-h { (words.t("compromise-since-why")) }
            input id="f-since" type="datetime-local" step="1" name="since" value=(value) required aria-describedby="f-since-h";
        }
    }
}

/// A page of a form: what it is about, what was wrong, the form itself.
fn asking(cx: &Cx, (title, whose): (&str, &NodeName), fail: Option<Fail>, form: &Markup) -> Reply {
    let title = cx.words.t(title);
    let back = match whose == cx.me() {
        true => "/partners".to_owned(),
        false => format!("/partners/{whose}"),
    };
    let main = html! {
        section.panel {
            h1 { (title) }
            p.ob-facts { a href=(back) { bdi { (whose) } } }
            (trouble(cx, fail.as_ref()))
        }
        (form)
    };
    status(cx.page(&title, &main), fail)
}

/// In words what is about to be declared for good, with the box that says once more that it is meant.
fn words_page(
    cx: &Cx,
    (action, whose): (&str, &NodeName),
    (print, since): (&Fingerprint, Instant),
    fail: Option<Fail>,
) -> Reply {
    let words = cx.words;
    let ours = whose == cx.me();
    let means = if ours {
        "compromise-own-means"
    } else {
        "compromise-means"
    };
    let form = html! {
        form.entry-form method="post" action=(action) {
            (csrf(cx))
            section.panel #means {
                ul.lines {
                    li { strong { (words.s("compromise-of", whose.as_str())) } }
                    li { code.hash dir="ltr" { (print) } }
                    li { strong.late { (words.t("key-compromised-from")) } " " (cx.time(since)) }
                }
                input type="hidden" name="_read" value="yes";
                input type="hidden" name="fingerprint" value=(print);
                input type="hidden" name="since" value=(since.to_civil());
                (confirmed(cx, means, "compromise-sure"))
                p { button.main type="submit" { (words.t("compromise-do")) } }
            }
        }
    };
    asking(cx, ("compromise-title", whose), fail, &form)
}

/// Which step a form is at: typed, or read in words and confirmed.
fn was_read(form: &Fields) -> bool {
    form.last("_read") == "yes"
}

/// The form for what a partner's people said by voice.
pub async fn form(cx: Cx, Path(node): Path<String>) -> Reply {
    refuse_others(&cx).await?;
    let node: NodeName = id(&node)?;
    let partner = node.clone();
    // What is no partner does not exist.
    cx.run(move |app, me| app.partner(me, &partner)).await?;
    by_voice(&cx, &node, &Fields::default(), None)
}

fn by_voice(cx: &Cx, node: &NodeName, sent: &Fields, fail: Option<Fail>) -> Reply {
    let words = cx.words;
    let form = html! {
        form.entry-form method="post" action=(at(node)) {
            (csrf(cx))
            section.panel {
                p.quiet { (words.t("compromise-voice-why")) }
                div.field {
                    label for="f-fingerprint" { (words.s("compromise-print", node.as_str())) }
                    small.help #f-fingerprint-h { (words.t("restart-compare-why")) }
                    input id="f-fingerprint" name="fingerprint" dir="ltr" autocomplete="off" spellcheck="false" maxlength="64" required
                        aria-describedby="f-fingerprint-h" value=(sent.last("fingerprint"));
                }
                (since_field(cx, sent))
                p { button.main type="submit" { (words.t("compromise-next")) } }
            }
        }
    };
    asking(cx, ("compromise-title", node), fail, &form)
}

/// What was typed is shown in words; once that is confirmed, it is declared in our own name.
pub async fn declare(Path(node): Path<String>, Post { cx, form }: Post) -> Reply {
    refuse_others(&cx).await?;
    let node: NodeName = id(&node)?;
    let (print, since) = match typed(&form) {
        Ok(typed) => typed,
        Err(fail) => return by_voice(&cx, &node, &form, Some(fail)),
    };
    if !was_read(&form) {
        return words_page(&cx, (&at(&node), &node), (&print, since), None);
    }
    if let Err(fail) = sure(&form) {
        return words_page(&cx, (&at(&node), &node), (&print, since), Some(fail));
    }
    let partner = node.clone();
    let done = cx
        .run(move |app, me| app.note_compromised(By::Officer(me), &partner, print, since))
        .await;
    match done {
        Ok(_) => Ok(go(&format!("/partners/{node}#compromised"))),
        Err(fail) if mended(&fail) => by_voice(&cx, &node, &form, Some(fail)),
        Err(fail) => Err(fail),
    }
}

/// What a partner's file says, before anything is done with it.
pub async fn read(Path(node): Path<String>, Post { cx, mut form }: Post) -> Reply {
    refuse_others(&cx).await?;
    let node: NodeName = id(&node)?;
    let text = sent_text(&mut form)?;
    told(&cx, &node, text, None).await
}

async fn told(cx: &Cx, node: &NodeName, text: String, fail: Option<Fail>) -> Reply {
    let (partner, given) = (node.clone(), text.clone());
    let view = cx
        .run(move |app, me| app.read_compromised(me, &partner, &given))
        .await?;
    let words = cx.words;
    let form = html! {
        form.entry-form method="post" action=(format!("{}/take", at(node))) enctype="multipart/form-data" {
            (csrf(cx))
            section.panel #means {
                (said(cx, &view))
                input type="hidden" name="_text" value=(text);
                (confirmed(cx, "compromise-means", "compromise-sure"))
                p { button.main type="submit" { (words.t("compromise-take")) } }
            }
        }
    };
    asking(cx, ("compromise-title", node), fail, &form)
}

fn said(cx: &Cx, view: &CompromiseView) -> Markup {
    let words = cx.words;
    html! {
        ul.lines {
            li { strong { (words.s("compromise-of", view.node.as_str())) } }
            li { code.hash dir="ltr" { (view.print) } }
            li { strong.late { (words.t("key-compromised-from")) } " " (cx.time(view.since)) }
            li { small { (words.s("key-compromised-by", view.by.as_str())) " " (cx.time(view.declared)) } }
        }
    }
}

/// Takes the file that was read.
pub async fn take(Path(node): Path<String>, Post { cx, mut form }: Post) -> Reply {
    refuse_others(&cx).await?;
    let node: NodeName = id(&node)?;
    let text = sent_text(&mut form)?;
    let (partner, given) = (node.clone(), text.clone());
    let done = match sure(&form) {
        Ok(()) => {
            cx.run(move |app, me| app.take_compromised(By::Officer(me), &partner, &given))
                .await
        }
        Err(fail) => Err(fail),
    };
    match done {
        Ok(_) => Ok(go(&format!("/partners/{node}#compromised"))),
        Err(fail) if mended(&fail) => told(&cx, &node, text, Some(fail)).await,
        Err(fail) => Err(fail),
    }
}

/// The form for one of our own keys.
pub async fn own_form(cx: Cx) -> Reply {
    refuse_others(&cx).await?;
    own_asked(&cx, &Fields::default(), None).await
}

async fn own_asked(cx: &Cx, sent: &Fields, fail: Option<Fail>) -> Reply {
    let keys = cx.run(|app, _| app.signing_keys()).await?;
    let words = cx.words;
    let form = html! {
        @if keys.changes.is_empty() {
            section.panel { p { (words.t("compromise-none")) } }
        } @else {
            form.entry-form method="post" action=(OWN) {
                (csrf(cx))
                section.panel {
                    p.quiet { (words.t("compromise-own-why")) }
                    fieldset.choices {
                        legend { (words.t("compromise-key")) }
                        @for change in &keys.changes { (former(cx, change, sent.last("fingerprint"))) }
                    }
                    (since_field(cx, sent))
                    p { button.main type="submit" { (words.t("compromise-next")) } }
                }
            }
            (compromised::list(cx, &keys.compromised))
        }
    };
    asking(cx, ("compromise-own", cx.me()), fail, &form)
}

/// A key of ours that another one replaced.
fn former(cx: &Cx, change: &KeyChangeView, chosen: &str) -> Markup {
    html! {
        label {
            input type="radio" name="fingerprint" value=(change.before) required checked[chosen == change.before]; " "
            code.hash dir="ltr" { (change.before) }
            (dot()) small { (cx.words.t("compromise-replaced")) " " (cx.time(change.at)) }
        }
    }
}

/// What was chosen is shown in words; once that is confirmed, it is declared.
pub async fn own(Post { cx, form }: Post) -> Reply {
    refuse_others(&cx).await?;
    let me = cx.me().clone();
    let (print, since) = match typed(&form) {
        Ok(typed) => typed,
        Err(fail) => return own_asked(&cx, &form, Some(fail)).await,
    };
    if !was_read(&form) {
        return words_page(&cx, (OWN, &me), (&print, since), None);
    }
    if let Err(fail) = sure(&form) {
        return words_page(&cx, (OWN, &me), (&print, since), Some(fail));
    }
    let done = cx
        .run(move |app, me| app.declare_compromised(By::Officer(me), Some(print), since))
        .await;
    match done {
        Ok(_) => Ok(go("/partners#compromised")),
        Err(fail) if mended(&fail) => own_asked(&cx, &form, Some(fail)).await,
        Err(fail) => Err(fail),
    }
}
