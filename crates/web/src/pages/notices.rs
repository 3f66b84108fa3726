//! Notices by mail, on a page of the account: the address and its code, how often and when, and exactly what the next mail would say.

use super::account::{Typed, code_field, first};
use crate::context::{Cx, Own, go};
use crate::fail::{Fail, Reply};
use crate::layout::csrf;
use crate::mail::{self, Sender};
use crate::post::{Fields, OwnPost};
use entente_app::views::{AccountView, NoticesView};
use entente_app::{AppError, Mail, MailFailure, PeopleFault};
use entente_core::label::Label;
use entente_core::notice::{Frequency, Wishes};
use maud::{Markup, html};

/// The page.
pub async fn show(Own(cx): Own) -> Reply {
    draw(&cx, None).await
}

async fn draw(cx: &Cx, wrong: Option<&Fail>) -> Reply {
    let view = cx.run(|app, me| app.notices(me)).await?;
    let token = cx.token.clone();
    let account = cx.run(move |app, me| app.account(me, &token)).await?;
    let words = cx.words;
    let main = html! {
        h1 { (words.t("notices")) }
        @if let Some(fail) = wrong { div.alert role="alert" { (fail.says(words)) } }
        p.quiet { (words.t("notices-why")) }
        @match view.mail {
            None => p.notice { (words.t("notices-off")) },
            Some(class) => {
                p { (words.s("notices-class", words.label(class.label()))) }
                section.panel #address { h2 { (words.t("notices-address")) } (address(cx, &view, &account)) }
                section.panel #times { h2 { (words.t("notices-times")) } (times(cx, &view)) }
                section.panel #preview { h2 { (words.t("notices-preview")) } (preview(cx, &view)) }
            }
        }
        p { a href="/account" { (words.t("notices-back")) } }
    };
    cx.page(&words.t("notices"), &main)
}

fn address(cx: &Cx, view: &NoticesView, account: &AccountView) -> Markup {
    let words = cx.words;
    html! {
        @match &view.address {
            Some(address) => {
                p { strong { bdi dir="ltr" { (address) } } " " em.good { (words.t("notices-confirmed")) } }
                @if view.elsewhere { p.alert role="status" { (words.t("notices-elsewhere")) } }
                @if let Some((at, why)) = view.failed { p.alert role="status" { (words.t(failure(why))) " " (cx.time(at)) } }
                @if let Some(at) = view.told { p.quiet { (words.t("notices-told")) " " (cx.time(at)) } }
            },
            None => p { (words.t("notices-none")) },
        }
        @if let Some((address, until)) = &view.waiting {
            form method="post" action="/account/notices" {
                (csrf(cx))
                input type="hidden" name="_do" value="confirm";
                p { (words.t("notices-sent")) " " strong { bdi dir="ltr" { (address) } } ". " (words.t("notices-until")) " " (cx.time(*until)) }
                (code_field(words, "mail-code", "notices-code"))
                p { button.main type="submit" { (words.t("notices-confirm")) } }
            }
        }
        @if view.address.is_some() { details { summary { (words.t("notices-other")) } (ask(cx, account)) } }
        @else { (ask(cx, account)) }
        @if view.address.is_some() || view.waiting.is_some() { (remove(cx)) }
    }
}

fn ask(cx: &Cx, account: &AccountView) -> Markup {
    let words = cx.words;
    html! {
        form method="post" action="/account/notices" {
            (csrf(cx))
            input type="hidden" name="_do" value="address";
            div.field {
                label for="mail-address" { (words.t("notices-address")) }
                input #mail-address type="email" name="address" autocomplete="email" maxlength="254" dir="ltr" required;
            }
            (first(cx, account, "mail-password"))
            @if account.app_since.is_some() { (code_field(words, "mail-again", "code")) }
            p { button type="submit" { (words.t("notices-ask")) } }
        }
    }
}

fn remove(cx: &Cx) -> Markup {
    html! {
        form method="post" action="/account/notices" {
            (csrf(cx))
            input type="hidden" name="_do" value="remove";
            p { button type="submit" { (cx.words.t("notices-remove")) } " " small.quiet { (cx.words.t("notices-remove-how")) } }
        }
    }
}

fn failure(why: MailFailure) -> &'static str {
    match why {
        MailFailure::Unreachable => "notices-unreachable",
        MailFailure::Untrusted => "notices-untrusted",
        MailFailure::Credentials => "notices-credentials",
        MailFailure::Later => "notices-later",
        MailFailure::Refused => "notices-refused",
    }
}

fn times(cx: &Cx, view: &NoticesView) -> Markup {
    let (words, wishes) = (cx.words, &view.wishes);
    let (from, to) = wishes
        .quiet
        .map_or((None, None), |(a, b)| (Some(a), Some(b)));
    html! {
        form method="post" action="/account/notices" {
            (csrf(cx))
            input type="hidden" name="_do" value="wishes";
            (frequency(cx, wishes))
            (hours(cx, "hour", "notices-hour", Some(wishes.hour), false))
            label.check { input type="checkbox" name="at_once" value="yes" checked[wishes.at_once]; " " (words.t("notices-at-once")) }
            fieldset {
                legend { (words.t("notices-quiet")) }
                (hours(cx, "quiet_from", "notices-quiet-from", from, true))
                (hours(cx, "quiet_to", "notices-quiet-to", to, true))
                @if view.rests { p.quiet { (words.t("notices-rests")) } }
                label.check { input type="checkbox" name="urgent" value="yes" checked[wishes.urgent]; " " (words.t("notices-urgent")) }
            }
            (zones(cx, view))
            p { button.main type="submit" { (words.t("notices-save")) } }
        }
    }
}

fn frequency(cx: &Cx, wishes: &Wishes) -> Markup {
    let words = cx.words;
    let said = |label: Label| words.label(label);
    html! {
        div.field {
            label for="frequency" { (words.t("notices-frequency")) }
            select #frequency name="frequency" {
                @for one in Frequency::ALL { option value=(one.as_str()) selected[*one == wishes.frequency] { (said(one.label())) } }
            }
        }
    }
}

/// An hour to choose, or none where that may be.
fn hours(cx: &Cx, name: &str, label: &str, now: Option<i8>, none: bool) -> Markup {
    let words = cx.words;
    html! {
        div.field {
            label for=(name) { (words.t(label)) }
            select id=(name) name=(name) {
                @if none { option value="" selected[now.is_none()] { (words.t("notices-no-hour")) } }
                @for hour in 0..24_i8 { option value=(hour) selected[now == Some(hour)] { (words.digits(&format!("{hour:02}:00"))) } }
            }
        }
    }
}

fn zones(cx: &Cx, view: &NoticesView) -> Markup {
    html! {
        div.field {
            label for="zone" { (cx.words.t("notices-zone")) }
            select #zone name="zone" dir="ltr" {
                @for zone in &view.zones { option value=(zone) selected[*zone == view.wishes.zone] { (zone) } }
            }
        }
    }
}

fn preview(cx: &Cx, view: &NoticesView) -> Markup {
    let words = cx.words;
    let settings = cx.shared.verbs.settings();
    let lang = cx.actor.as_ref().map_or(words.lang, |actor| actor.lang);
    let from = Sender {
        node: cx.me().as_str(),
        url: settings.public_url.as_deref(),
    };
    let text = mail::text(&Mail::Digest(view.digest.clone()), lang, from);
    html! {
        @match view.next {
            Some(at) => p { (words.t("notices-next")) " " (cx.time(at)) },
            None => p.quiet { (words.t("notices-no-next")) },
        }
        @if view.digest.is_empty() { p.quiet { (words.t("notices-empty")) } }
        div.letters lang=(lang) dir=(lang.dir()) { strong { (text.subject) } "\n\n" (text.body) }
    }
}

/// What a form of the page says to do.
pub async fn act(OwnPost { cx, form }: OwnPost) -> Reply {
    let done = match form.last("_do") {
        "address" => {
            let (typed, address) = (Typed::of(&cx, &form), form.last("address").to_owned());
            let gate = cx.shared.passwords.clone();
            let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
            cx.run(move |app, me| app.ask_mail_address(me, &typed.by(), &address))
                .await
        }
        "confirm" => {
            let code = form.last("code").to_owned();
            cx.run(move |app, me| app.confirm_mail_address(me, &code))
                .await
        }
        "remove" => cx.run(|app, me| app.remove_mail_address(me)).await,
        _ => {
            let wishes = read(&form);
            cx.run(move |app, me| app.wish_notices(me, &wishes.ok_or_else(no_hours)?))
                .await
        }
    };
    match done {
        Ok(()) => Ok(go("/account/notices")),
        Err(fail) if matches!(fail.code, "input" | "wait") => {
            let mut response = draw(&cx, Some(&fail)).await?;
            *response.status_mut() = fail.status;
            fail.say_when(&mut response);
            Ok(response)
        }
        Err(fail) => Err(fail),
    }
}

fn no_hours() -> AppError {
    PeopleFault::MailHours.into()
}

/// The wishes of a form; none if an hour is no hour, or only one of two is there.
fn read(form: &Fields) -> Option<Wishes> {
    let hour = |name: &str| form.last(name).parse::<i8>().ok();
    let quiet = match (form.last("quiet_from"), form.last("quiet_to")) {
        ("", "") => None,
        _ => Some((hour("quiet_from")?, hour("quiet_to")?)),
    };
    Some(Wishes {
        frequency: Frequency::parse(form.last("frequency"))?,
        hour: hour("hour")?,
        at_once: form.flag("at_once"),
        quiet,
        urgent: form.flag("urgent"),
        zone: form.last("zone").to_owned(),
    })
}
