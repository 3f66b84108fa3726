//! Why somebody looks outside the dossiers that they work in: asked once, by one click on a reason, and remembered for the session.

use crate::context::{Cx, go};
use crate::fail::{Fail, Reply};
use crate::layout::csrf;
use crate::post::Post;
use entente_app::{Giving, InputFault, ReasonWanted};
use entente_core::access::{Reason, TEXT_MAX, Wanted};
use maud::{Markup, html};

/// The message that says what is asked for.
pub fn asked(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Search => "reason-search",
        Wanted::Enter => "reason-enter",
        Wanted::Export => "reason-export",
    }
}

/// The form. `back` is where the reader wanted to go.
pub fn form(cx: &Cx, on: ReasonWanted, back: &str) -> Markup {
    let words = cx.words;
    html! {
        section.calm {
            h1 { (words.t("fail-reason")) }
            p { (words.t(asked(on.wanted))) }
            form #reason method="post" action="/reason" {
                (csrf(cx))
                input type="hidden" name="wanted" value=(on.wanted);
                @if let Some(dossier) = on.dossier { input type="hidden" name="dossier" value=(dossier); }
                input type="hidden" name="_back" value=(back);
                div.field {
                    label for="why" { (words.t("reason-text")) }
                    input #why type="text" name="why" maxlength=(TEXT_MAX) dir="auto";
                }
                fieldset.field {
                    legend { (words.t("reason-choose")) }
                    div.actions {
                        @for reason in Reason::given() {
                            button type="submit" name="reason" value=(reason) { (words.label(reason.label())) }
                        }
                    }
                }
            }
            p.quiet { (words.t("reason-recorded")) }
            p { a.quiet href="/" { (words.t("go-today")) } }
        }
    }
}

/// Takes a reason, and leads to where the reader wanted to go.
pub async fn give(Post { cx, form }: Post) -> Reply {
    let wanted = Wanted::parse(form.last("wanted")).ok_or_else(Fail::not_found)?;
    let wrong = || Fail::from(entente_app::AppError::from(InputFault::ReasonText));
    let reason = Reason::parse(form.last("reason")).ok_or_else(wrong)?;
    let dossier = match form.last("dossier") {
        "" => None,
        text => Some(super::id(text)?),
    };
    let giving = Giving {
        on: ReasonWanted { wanted, dossier },
        reason,
        text: form.last("why").to_owned(),
    };
    let token = cx.token.clone();
    cx.run(move |app, me| app.give_reason(me, &token, &giving))
        .await?;
    Ok(go(form.last("_back")))
}
