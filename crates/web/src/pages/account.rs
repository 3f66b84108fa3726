//! "My account": the second factor, the password, the sessions of whoever reads. Nobody else's.

use crate::context::{Cx, Own, go, percent};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::post::{Fields, OwnPost};
use crate::verbs::Verbs;
use entente_app::views::{Absences, AccountView, OfferedView, SessionView};
use entente_app::{Actor, By, Reauthenticating};
use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of light around a QR code (ISO/IEC 18004 section 5.3.8).
const QUIET: i32 = 4;

/// The page.
pub async fn show(Own(cx): Own) -> Reply {
    draw(&cx, None).await
}

async fn draw(cx: &Cx, wrong: Option<&Fail>) -> Reply {
    let token = cx.token.clone();
    let view = cx.run(move |app, me| app.account(me, &token)).await?;
    let absences = cx.run(own_absences).await?;
    let words = cx.words;
    let Some(actor) = &cx.actor else {
        return Err(Fail::sign_in());
    };
    let main = html! {
        h1 { (words.t("account")) }
        @if let Some(fail) = wrong { div.alert role="alert" { (fail.says(words)) } }
        @if cx.must_enrol { p.notice role="status" { (words.t("factor-first")) } }
        section.panel { (who(cx, actor)) }
        section.panel #factor { h2 { (words.t("factor")) } (factor(cx, actor, &view)) }
        @if view.has_passkeys { section.panel #passkeys { h2 { (words.t("passkeys")) } (super::passkey::listed(cx, &view)) } }
        (super::provider::panel(cx, &view))
        @if shows_first(&view) { section.panel { h2 { (words.t("sign-in-password")) } (password_form(cx, &view)) } }
        @if let Some(absences) = &absences {
            @if !absences.others.is_empty() { section.panel #for-others { h2 { (words.t("absence-for-others")) } (super::absence::for_others(cx, &absences.others)) } }
            @if actor.writes() { section.panel #absence { h2 { (words.t("absence")) } (super::absence::provided(cx, absences, "/account/absence")) } }
        }
        @if actor.acts_for.is_none() { section.panel #notices { h2 { (words.t("notices")) } p.quiet { (words.t("notices-why")) } p { a.button href="/account/notices" { (words.t("notices-open")) } } } }
        @if actor.acts_for.is_none() { section.panel #calendar { h2 { (words.t("feed")) } p.quiet { (words.t("feed-why")) } p { a.button href="/account/calendar" { (words.t("feed-open")) } } } }
        section.panel #sessions { h2 { (words.t("sessions")) } (sessions(cx, &view.sessions)) }
    };
    cx.page(&words.t("account"), &main)
}

/// Absences are provided for at one's own desk: not while acting for somebody.
fn own_absences(app: &dyn Verbs, me: &Actor) -> entente_app::Result<Option<Absences>> {
    match me.acts_for {
        Some(_) => Ok(None),
        None => app.absences(By::Officer(me), &me.id).map(Some),
    }
}

fn who(cx: &Cx, actor: &Actor) -> Markup {
    let words = cx.words;
    html! {
        p { strong { bdi { (actor.called()) } } (dot()) bdi { (actor.id) }
            @for service in &actor.services { (dot()) bdi { (service) } }
            @for role in &actor.roles { (dot()) (words.label(role.label())) }
        }
    }
}

fn factor(cx: &Cx, actor: &Actor, view: &AccountView) -> Markup {
    let words = cx.words;
    html! {
        @match view.app_since {
            None => p { (words.t(factor_none(view))) },
            Some(since) => p {
                (words.t("factor-since")) " " (cx.time(since)) (dot())
                (words.count("recovery-left", view.recovery_left))
            },
        }
        @if let Some(offered) = &view.offered { (offer_shown(cx, actor, offered)) }
        @else if shows_first(view) { (offer_form(cx, view)) }
        @else { p.quiet { (words.t("factor-no-password")) } }
        @if view.app_since.is_some() { (changes(cx, view)) }
    }
}

/// What opens the account of whoever has no app.
fn factor_none(view: &AccountView) -> &'static str {
    match (view.has_password, view.provider.is_some()) {
        (true, _) => "factor-none",
        (false, true) => "factor-none-provider",
        (false, false) => "factor-none-passkey",
    }
}

/// The secret as a picture for the app's camera, as a link for an app on this very device, and as text.
fn offer_shown(cx: &Cx, actor: &Actor, offered: &OfferedView) -> Markup {
    let words = cx.words;
    let link = app_link(cx, actor, &offered.secret);
    html! {
        div #offered {
            p { (words.t("factor-scan")) }
            (qr(words, &link))
            p { a href=(link) { (words.t("factor-open")) } }
            p { (words.t("factor-type")) " " code.secret dir="ltr" { (spaced(&offered.secret)) } }
            p.quiet { (words.t("factor-until")) " " (cx.time(offered.until)) }
            form method="post" action="/account/factor/confirm" {
                (csrf(cx))
                (code_field(words, "confirm-code", "factor-first-code"))
                p { button.main type="submit" { (words.t("factor-confirm")) } }
            }
        }
    }
}

fn offer_form(cx: &Cx, view: &AccountView) -> Markup {
    let words = cx.words;
    let replaces = view.app_since.is_some();
    let fields = html! {
        form method="post" action="/account/factor" {
            (csrf(cx))
            (first(cx, view, "offer-password"))
            @if replaces { (code_field(words, "offer-code", "code")) }
            p { button.main[!replaces] type="submit" { (words.t(if replaces { "factor-replace" } else { "factor-take" })) } }
        }
    };
    html! {
        @if replaces { details { summary { (words.t("factor-replace")) } (fields) } }
        @else { p.quiet { (words.t("factor-why")) } (fields) }
    }
}

fn changes(cx: &Cx, view: &AccountView) -> Markup {
    html! {
        (by_both(cx, view, "recovery-renew", "/account/recovery"))
        @if !view.required { (by_both(cx, view, "factor-remove", "/account/factor/remove")) }
    }
}

/// A change that the password and a code are asked for.
fn by_both(cx: &Cx, view: &AccountView, title: &str, action: &str) -> Markup {
    let words = cx.words;
    html! {
        details {
            summary { (words.t(title)) }
            form method="post" action=(action) {
                (csrf(cx))
                (first(cx, view, &format!("{title}-password")))
                (code_field(words, &format!("{title}-code"), "code"))
                p { button type="submit" { (words.t(title)) } }
            }
        }
    }
}

fn password_form(cx: &Cx, view: &AccountView) -> Markup {
    let words = cx.words;
    let title = words.t(if view.has_password {
        "password-change"
    } else {
        "password-set"
    });
    html! {
        details {
            summary { (title) }
            form method="post" action="/account/password" {
                (csrf(cx))
                @if view.has_password { (password_field(words, "old-password", "password", "password-now", "current-password")) }
                @else { (first(cx, view, "old-password")) }
                @if view.app_since.is_some() { (code_field(words, "password-code", "code")) }
                (password_field(words, "new-password", "_new", "password-new", "new-password"))
                p.quiet { (words.t("password-ends")) }
                p { button type="submit" { (title) } }
            }
        }
    }
}

/// Whether there is anything to show first: a password, an account at the OpenID provider, or a passkey.
fn shows_first(view: &AccountView) -> bool {
    view.has_password || view.provider.is_some() || !view.passkeys.is_empty()
}

/// What is shown first again before anything of the account changes: the password or, by whoever has none, that the provider or a passkey
/// showed them a moment ago.
pub fn first(cx: &Cx, view: &AccountView, id: &str) -> Markup {
    let words = cx.words;
    html! {
        @if view.has_password { (password_field(words, id, "password", "sign-in-password", "current-password")) }
        @else if view.proved_until.is_some() { p.good { (words.t("provider-proved")) } }
        @else {
            @if view.provider.is_some() { p.quiet { a href="#provider" { (words.t("provider-prove-first")) } } }
            @if !view.passkeys.is_empty() { p.quiet { a href="#passkeys" { (words.t("passkey-prove-first")) } } }
        }
    }
}

/// A password to type.
pub fn password_field(
    words: Words,
    id: &str,
    name: &str,
    label: &str,
    autocomplete: &str,
) -> Markup {
    html! {
        div.field {
            label for=(id) { (words.t(label)) }
            input id=(id) type="password" name=(name) autocomplete=(autocomplete) dir="ltr" required;
        }
    }
}

/// A code to type.
pub fn code_field(words: Words, id: &str, label: &str) -> Markup {
    html! {
        div.field {
            label for=(id) { (words.t(label)) }
            input id=(id) type="text" name="code" autocomplete="one-time-code" maxlength="40" dir="ltr" required;
        }
    }
}

fn sessions(cx: &Cx, sessions: &[SessionView]) -> Markup {
    let words = cx.words;
    html! {
        form method="post" action="/account/sessions" {
            (csrf(cx))
            ul.sessions {
                @for session in sessions {
                    li {
                        strong { bdi { (session.device) } }
                        (dot()) (words.t("session-since")) " " (cx.time(session.begun))
                        (dot()) (words.t("session-seen")) " " (cx.time(session.seen)) " "
                        @if session.this { em.good { (words.t("session-this")) } }
                        @else { button type="submit" name="_session" value=(session.name) { (words.t("session-end")) } }
                    }
                }
            }
            @if sessions.len() > 1 { p { button type="submit" name="_others" value="yes" { (words.t("session-end-others")) } } }
        }
    }
}

/// What an app reads: the Key Uri Format that all of them take.
fn app_link(cx: &Cx, actor: &Actor, secret: &str) -> String {
    let issuer = percent(&format!("Entente {}", cx.me()));
    let account = percent(&actor.id);
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
}

/// A QR code as a picture in the page, dark on light whatever the page's colours.
fn qr(words: Words, text: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return html! {};
    };
    let side = code.size();
    let whole = side + 2 * QUIET;
    let modules = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
    let dark = modules.filter(|(x, y)| code.get_module(*x, *y));
    let path: String = dark
        .map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET))
        .collect();
    html! {
        svg.qr viewBox=(format!("0 0 {whole} {whole}")) role="img" aria-label=(words.t("factor-picture")) {
            rect width="100%" height="100%" fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

/// In groups of four, as one reads it aloud.
fn spaced(secret: &str) -> String {
    let mut out = String::new();
    for (n, c) in secret.chars().enumerate() {
        if n > 0 && n % 4 == 0 {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// What was typed to be trusted once more.
pub struct Typed {
    token: String,
    known: String,
    password: String,
    code: String,
}

impl Typed {
    pub fn of(cx: &Cx, form: &Fields) -> Self {
        Self {
            token: cx.token.clone(),
            known: cx.known.clone(),
            password: form.last("password").to_owned(),
            code: form.last("code").to_owned(),
        }
    }
    pub fn by(&self) -> Reauthenticating<'_> {
        Reauthenticating {
            token: &self.token,
            known: &self.known,
            password: &self.password,
            code: &self.code,
        }
    }
}

/// Back to the page, or the page again with what was wrong.
pub async fn back(cx: &Cx, done: Result<(), Fail>) -> Reply {
    match done {
        Ok(()) => Ok(go("/account")),
        Err(fail) => again(cx, fail).await,
    }
}

pub async fn again(cx: &Cx, fail: Fail) -> Reply {
    if !matches!(fail.code, "input" | "wait") {
        return Err(fail);
    }
    let mut response = draw(cx, Some(&fail)).await?;
    *response.status_mut() = fail.status;
    fail.say_when(&mut response);
    Ok(response)
}

/// Offers the secret for an app.
pub async fn offer(OwnPost { cx, form }: OwnPost) -> Reply {
    let typed = Typed::of(&cx, &form);
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    let done = cx.run(move |app, me| app.offer_factor(me, &typed.by()));
    back(&cx, done.await).await
}

/// Takes the app as second factor, and shows the recovery codes this once.
pub async fn confirm(OwnPost { cx, form }: OwnPost) -> Reply {
    let typed = Typed::of(&cx, &form);
    let codes = cx.run(move |app, me| app.confirm_factor(me, &typed.by()));
    codes_shown(&cx, codes.await).await
}

/// Gives fresh recovery codes, and shows them this once.
pub async fn renew(OwnPost { cx, form }: OwnPost) -> Reply {
    let typed = Typed::of(&cx, &form);
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    let codes = cx.run(move |app, me| app.renew_recovery_codes(me, &typed.by()));
    codes_shown(&cx, codes.await).await
}

pub async fn codes_shown(cx: &Cx, codes: Result<Vec<String>, Fail>) -> Reply {
    let codes = match codes {
        Ok(codes) => codes,
        Err(fail) => return again(cx, fail).await,
    };
    let words = cx.words;
    let main = html! {
        section.panel {
            h1 { (words.t("recovery")) }
            p { (words.t("recovery-why")) }
            ol.recovery { @for code in &codes { li { code dir="ltr" { (code) } } } }
            p.alert { (words.t("recovery-once")) }
            p { a.button href="/account" { (words.t("account")) } }
        }
    };
    cx.page(&words.t("recovery"), &main)
}

/// Takes the app away.
pub async fn remove(OwnPost { cx, form }: OwnPost) -> Reply {
    let typed = Typed::of(&cx, &form);
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    let done = cx.run(move |app, me| app.remove_factor(me, &typed.by()));
    back(&cx, done.await).await
}

/// Changes the password.
pub async fn password(OwnPost { cx, form }: OwnPost) -> Reply {
    let (typed, fresh) = (Typed::of(&cx, &form), form.last("_new").to_owned());
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    let done = cx.run(move |app, me| app.change_password(me, &typed.by(), &fresh));
    back(&cx, done.await).await
}

/// Ends one session, or all others.
pub async fn end(OwnPost { cx, form }: OwnPost) -> Reply {
    let (name, others) = (form.last("_session").to_owned(), form.flag("_others"));
    let token = cx.token.clone();
    let done = cx.run(move |app, me| match others {
        true => app.end_other_sessions(me, &token),
        false => app.end_own_session(me, &name),
    });
    back(&cx, done.await).await
}
