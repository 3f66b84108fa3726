//! An act of weight before it is recorded: exactly what the officer's passkey signs, the passkey's answer, and what is known of the
//! signature once it is. The script of the page talks to the authenticator; without script no passkey signs.

use super::{id, write};
use crate::assets;
use crate::context::{Cx, go};
use crate::fail::Reply;
use crate::layout::{csrf, dot};
use crate::parts;
use crate::post::Post;
use axum::extract::Path;
use entente_app::views::EntryView;
use entente_app::{AskedAgain, OfficerSigned, SignatureAsked, SignedState, Weighed};
use entente_core::ids::EntryId;
use maud::{Markup, html};

/// The page on which an act of weight is read and signed.
pub fn asking(cx: &Cx, asked: &SignatureAsked) -> Reply {
    let words = cx.words;
    let dossier = asked.preview.header.dossier;
    let main = html! {
        h1 { (words.t("weigh-title")) }
        @match asked.again {
            None => {},
            Some(AskedAgain::Moved) => div.alert role="alert" { p { (words.t("weigh-moved")) } },
            Some(AskedAgain::Wrong) => div.alert role="alert" { p { (words.t("weigh-wrong")) } },
        }
        p { (words.t("weigh-means")) }
        (parts::preview::seen(cx, &asked.preview, &|_| None))
        section.panel #weigh {
            dl.facts {
                dt { (words.t("weigh-over")) } dd { code.hash { bdi { (asked.entry) } } }
            }
            @if asked.rest > 0 { p.quiet { (words.count("weigh-more", u64::try_from(asked.rest).unwrap_or(u64::MAX))) } }
            @if !asked.waits.is_empty() { p.quiet { (words.count("weigh-waits", u64::try_from(asked.waits.len()).unwrap_or(u64::MAX))) } }
            p #passkey-failed .alert role="alert" hidden { (words.t("weigh-failed")) }
            noscript { p.alert { (words.t("weigh-failed")) } }
            form.submit method="post" action="/weigh" data-passkey=(asked.challenge.options) data-passkey-press {
                (csrf(cx))
                input type="hidden" name="_token" value=(asked.challenge.token);
                input type="hidden" name="_answer" value="";
                button.main type="submit" { (words.t("weigh-press")) }
            }
            @if let Some(dossier) = dossier { p { a href=(format!("/dossiers/{dossier}")) { (words.t("weigh-back")) } } }
        }
        script type="module" src=(assets::passkey()) {}
    };
    cx.page(&words.t("weigh-title"), &main)
}

/// Takes the passkey's answer.
pub async fn finish(Post { cx, form }: Post) -> Reply {
    let (token, answer) = (
        form.last("_token").to_owned(),
        form.last("_answer").to_owned(),
    );
    let done = cx.run(move |app, me| app.finish_weighty(me, &token, &answer));
    match done.await? {
        Weighed::Recorded(recorded) => Ok(go(&format!("/entries/{}#signed", recorded.entry))),
        Weighed::Waits(_, drafts) => Ok(match drafts.as_slice() {
            [one] => go(&format!("/drafts/{one}")),
            _ => go("/#signatures"),
        }),
        Weighed::Again(asked) => asking(&cx, &asked),
        Weighed::Stale(recording) => write::stale(&cx, *recording).await,
    }
}

/// Gives the partner the whole signature of an entry.
pub async fn disclose(Path(entry): Path<String>, Post { cx, .. }: Post) -> Reply {
    let entry: EntryId = id(&entry)?;
    cx.run(move |app, me| app.disclose_signature(me, entry))
        .await?;
    Ok(go(&format!("/entries/{entry}#signed")))
}

/// What is known of the officer's own signature, on the entry's page.
pub fn signed(cx: &Cx, view: &EntryView) -> Markup {
    let words = cx.words;
    let Some(state) = &view.signed else {
        return html! {};
    };
    html! {
        section.panel #signed {
            h2 { (words.t("signed-heading")) }
            @match state {
                SignedState::Valid(by) => (valid(cx, view, by)),
                SignedState::Kept => p { (words.t("signed-kept")) },
                SignedState::False => p.alert { (words.t("signed-false")) },
                SignedState::Follows(cause) => p {
                    (words.t("signed-follows"))
                    @if let Some(cause) = cause { (dot()) a href=(format!("/entries/{cause}#signed")) { (words.t("signed-cause")) } }
                },
                SignedState::Unsigned => p { strong { (words.t("signed-not")) } },
            }
        }
    }
}

fn valid(cx: &Cx, view: &EntryView, by: &OfficerSigned) -> Markup {
    let words = cx.words;
    let shared = view.ours && view.audience.len() > 1;
    html! {
        p { (words.t("signed-valid")) }
        dl.facts {
            dt { (words.t("signed-by")) }
            dd { bdi { (by.officer) } (dot()) (words.t(if by.wrote { "signed-wrote" } else { "signed-approved" })) }
            dt { (words.t("signed-passkey")) } dd { code { bdi { (by.passkey) } } (dot()) (words.t("session-since")) " " (cx.time(by.registered)) }
            dt { (words.t("signed-host")) } dd { bdi { (by.host) } }
        }
        @if shared && by.told { p.quiet { (words.t("signed-told")) } }
        @if shared && !by.told {
            p.quiet { (words.t("signed-untold")) }
            form.submit method="post" action=(format!("/entries/{}/signature", view.id)) {
                (csrf(cx))
                button type="submit" { (words.t("signed-tell")) }
            }
        }
    }
}
