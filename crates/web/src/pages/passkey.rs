//! Passkeys: added and taken away on "My account", asked for at the door. The script of the page talks to the authenticator; without
//! script there are none, and the password is there.

use super::account::{Typed, again, back, code_field, codes_shown, first};
use super::sign_in::{draw, entered};
use crate::assets;
use crate::context::{Cx, blocking, go, local};
use crate::fail::{Fail, Reply};
use crate::layout::{csrf, dot};
use crate::post::{GuestPost, OwnPost};
use entente_app::views::AccountView;
use entente_app::{Challenge, NewPasskey};
use maud::{Markup, html};

/// The passkeys of an account, and a form for one more.
pub fn listed(cx: &Cx, view: &AccountView) -> Markup {
    let words = cx.words;
    html! {
        p.quiet { (words.t("passkey-why")) }
        @if !view.has_password && !view.passkeys.is_empty() { (proving(cx, view)) }
        ul.sessions {
            @for key in &view.passkeys {
                li {
                    strong { bdi { (key.label) } }
                    (dot()) (words.t("session-since")) " " (cx.time(key.since))
                    (dot()) (words.t("session-seen")) " " (cx.time(key.used))
                    details {
                        summary { (words.t("passkey-remove")) }
                        form method="post" action="/account/passkey/remove" {
                            (csrf(cx))
                            (first(cx, view, &format!("gone-{}", key.name)))
                            @if view.app_since.is_some() { (code_field(words, &format!("code-{}", key.name), "code")) }
                            p { button type="submit" name="_passkey" value=(key.name) { (words.t("passkey-remove")) } }
                        }
                    }
                }
            }
        }
        form method="post" action="/account/passkey" {
            (csrf(cx))
            div.field {
                label for="passkey-label" { (words.t("passkey-label")) }
                input #passkey-label type="text" name="label" maxlength="60" dir="auto" required;
            }
            (first(cx, view, "passkey-password"))
            @if view.app_since.is_some() { (code_field(words, "passkey-code", "code")) }
            p { button type="submit" { (words.t("passkey-add")) } }
        }
    }
}

/// Whoever has no password shows by a passkey that they are there still.
fn proving(cx: &Cx, view: &AccountView) -> Markup {
    let words = cx.words;
    html! {
        form method="post" action="/account/passkey/prove" {
            (csrf(cx))
            p { (words.t("passkey-prove-why")) }
            @if let Some(until) = view.proved_until { p.good { (words.t("provider-proved-until")) " " (cx.time(until)) } }
            p { button type="submit" { (words.t("passkey-prove")) } }
        }
    }
}

/// At the door: whose passkey is to be asked for.
pub fn form(cx: &Cx, next: &str) -> Markup {
    let words = cx.words;
    html! {
        form method="post" action="/sign-in/passkey" {
            (csrf(cx))
            input type="hidden" name="_next" value=(local(next));
            div.field {
                label for="passkey-id" { (words.t("sign-in-id")) }
                input #passkey-id type="text" name="id" autocomplete="username webauthn" dir="ltr" required;
            }
            p { button type="submit" { (words.t("passkey-sign-in")) } }
        }
    }
}

/// The page on which the authenticator is asked; its script sends the form.
fn asking(cx: &Cx, challenge: &Challenge, action: &str, kept: &[(&str, &str)]) -> Reply {
    let words = cx.words;
    let main = html! {
        section.sign-in {
            h1 { (words.t("passkeys")) }
            p role="status" { (words.t("passkey-asking")) }
            p #passkey-failed .alert role="alert" hidden { (words.t("passkey-failed")) }
            noscript { p.alert { (words.t("passkey-failed")) } }
            form method="post" action=(action) data-passkey=(challenge.options) {
                (csrf(cx))
                input type="hidden" name="_token" value=(challenge.token);
                input type="hidden" name="_answer" value="";
                @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
            }
            p { a href=(if cx.actor.is_some() { "/account" } else { "/sign-in" }) { (words.t("passkey-back")) } }
            script type="module" src=(assets::passkey()) {}
        }
    };
    cx.page(&words.t("passkeys"), &main)
}

/// Begins to add a passkey.
pub async fn begin(OwnPost { cx, form }: OwnPost) -> Reply {
    let typed = Typed::of(&cx, &form);
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    match cx
        .run(move |app, me| app.begin_passkey(me, &typed.by()))
        .await
    {
        Ok(challenge) => {
            let kept = [("label", form.last("label"))];
            asking(&cx, &challenge, "/account/passkey/add", &kept)
        }
        Err(fail) => again(&cx, fail).await,
    }
}

/// Keeps a passkey; shows recovery codes where they are new.
pub async fn add(OwnPost { cx, form }: OwnPost) -> Reply {
    let session = cx.token.clone();
    let added = cx.run(move |app, me| {
        let new = NewPasskey {
            token: form.last("_token"),
            answer: form.last("_answer"),
            label: form.last("label"),
        };
        app.add_passkey(me, &session, &new)
    });
    match added.await {
        Ok(codes) if codes.is_empty() => Ok(go("/account")),
        codes => codes_shown(&cx, codes).await,
    }
}

/// Takes a passkey away.
pub async fn remove(OwnPost { cx, form }: OwnPost) -> Reply {
    let (typed, name) = (Typed::of(&cx, &form), form.last("_passkey").to_owned());
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    let done = cx.run(move |app, me| app.remove_passkey(me, &typed.by(), &name));
    back(&cx, done.await).await
}

/// Asks whoever is signed in for a passkey, in the place of a password.
pub async fn prove(OwnPost { cx, .. }: OwnPost) -> Reply {
    let session = cx.token.clone();
    let asked = cx.run(move |app, me| app.ask_passkey_again(me, &session));
    match asked.await {
        Ok(challenge) => asking(&cx, &challenge, "/account/passkey/prove/answer", &[]),
        Err(fail) => again(&cx, fail).await,
    }
}

/// Takes that answer: it counts for one change.
pub async fn proved(OwnPost { cx, form }: OwnPost) -> Reply {
    let session = cx.token.clone();
    let (token, answer) = (
        form.last("_token").to_owned(),
        form.last("_answer").to_owned(),
    );
    let done = cx.run(move |app, me| app.prove_by_passkey(me, &session, (&token, &answer)));
    back(&cx, done.await).await
}

/// Asks for a passkey at the door.
pub async fn ask(GuestPost { cx, form }: GuestPost) -> Reply {
    let (verbs, id) = (cx.shared.verbs.clone(), form.last("id").to_owned());
    let challenge = blocking(move || verbs.ask_passkey(&id)).await?;
    let kept = [("_next", local(form.last("_next")))];
    asking(&cx, &challenge, "/sign-in/passkey/answer", &kept)
}

/// Takes the answer.
pub async fn answer(GuestPost { cx, form }: GuestPost) -> Reply {
    let (verbs, known) = (cx.shared.verbs.clone(), cx.known.clone());
    let (token, answer) = (
        form.last("_token").to_owned(),
        form.last("_answer").to_owned(),
    );
    let next = form.last("_next");
    match blocking(move || verbs.passkey_sign_in(&token, &answer, &known)).await {
        Ok(signed) => Ok(entered(&cx, next, &signed)),
        Err(fail) if fail.code == "input" => {
            let wrong = fail.sentences(cx.words).join(" ");
            let mut response = draw(&cx, next, Some(wrong)).await?;
            *response.status_mut() = fail.status;
            Ok(response)
        }
        Err(fail) => Err(fail),
    }
}
