//! The link of an invitation: whoever holds it sets a password of their own, once, and is in.

use super::account::password_field;
use super::provider;
use super::sign_in::entered;
use crate::context::{Cx, Guest, blocking};
use crate::fail::{Fail, Reply};
use crate::layout::csrf;
use crate::post::GuestPost;
use axum::extract::Path;
use maud::html;

/// The form; nothing is here once the link was used or is over.
pub async fn show(Guest(cx): Guest, Path(token): Path<String>) -> Reply {
    draw(&cx, &token, None).await
}

async fn draw(cx: &Cx, token: &str, wrong: Option<String>) -> Reply {
    let (words, verbs, asked) = (cx.words, cx.shared.verbs.clone(), token.to_owned());
    let name = blocking(move || verbs.invited(&asked, words.lang)).await?;
    let main = html! {
        section.sign-in {
            h1 { (words.t("welcome")) }
            p { bdi { (name) } }
            @if let Some(wrong) = wrong { p.alert role="alert" { (wrong) } }
            p { (words.t("welcome-how")) }
            form method="post" action=(format!("/welcome/{token}")) {
                (csrf(cx))
                (password_field(words, "new", "_new", "password-new", "new-password"))
                (password_field(words, "again", "_again", "password-again", "new-password"))
                p { button.main type="submit" { (words.t("welcome-set")) } }
            }
            (provider::accepting(cx, token))
        }
    };
    cx.page(&words.t("welcome"), &main)
}

/// Sets the password, and leads to one's own account.
pub async fn accept(Path(token): Path<String>, GuestPost { cx, form }: GuestPost) -> Reply {
    let password = form.last("_new").to_owned();
    if password != form.last("_again") {
        return again(&cx, &token, &Fail::input_key("password-differs")).await;
    }
    let (verbs, asked, known) = (cx.shared.verbs.clone(), token.clone(), cx.known.clone());
    let gate = cx.shared.passwords.clone();
    let _held = gate.acquire().await.map_err(|_| Fail::bug())?;
    match blocking(move || verbs.accept_invitation(&asked, &password, &known)).await {
        Ok(signed) => Ok(entered(&cx, "/account", &signed)),
        Err(fail) if fail.code == "input" => again(&cx, &token, &fail).await,
        Err(fail) => Err(fail),
    }
}

/// The page again, with what was wrong.
pub async fn again(cx: &Cx, token: &str, fail: &Fail) -> Reply {
    let wrong = fail.sentences(cx.words).join(" ");
    let mut response = draw(cx, token, Some(wrong)).await?;
    *response.status_mut() = fail.status;
    Ok(response)
}
