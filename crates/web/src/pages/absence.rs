//! Absences: who acts for an officer, on the page of their account and on an administrator's page of them; and acting for somebody.

use crate::context::{Cx, go};
use crate::fail::{Fail, Reply};
use crate::layout::{csrf, dot};
use crate::pages::account;
use crate::post::{Fields, OwnPost};
use entente_app::views::{AbsenceView, Absences, Colleague};
use entente_app::{Absence, Actor, AppError, By, PeopleFault, called};
use entente_core::instant::Instant;
use maud::{Markup, html};

/// Who acts for an officer, and a form to appoint a colleague. `action` is where its forms are sent.
pub fn provided(cx: &Cx, absences: &Absences, action: &str) -> Markup {
    let words = cx.words;
    html! {
        p.quiet { (words.t("absence-why")) }
        @if !absences.own.is_empty() {
            form method="post" action=(action) {
                (csrf(cx))
                input type="hidden" name="_do" value="end-absence";
                ul.sessions { @for absence in &absences.own { li { (days(cx, &absence.colleague, absence)) (end(cx, absence)) } } }
            }
        }
        @if absences.colleagues.is_empty() { p.quiet { (words.t("absence-nobody")) } }
        @else { details open[absences.own.is_empty()] { summary { (words.t("absence-appoint")) } (form(cx, &absences.colleagues, action)) } }
    }
}

fn form(cx: &Cx, colleagues: &[Colleague], action: &str) -> Markup {
    let words = cx.words;
    let today = cx.now.to_civil();
    let today = today.split('T').next().unwrap_or_default();
    html! {
        form method="post" action=(action) {
            (csrf(cx))
            input type="hidden" name="_do" value="appoint";
            div.field {
                label for="colleague" { (words.t("absence-colleague")) }
                select #colleague name="colleague" required {
                    option value="" {}
                    @for colleague in colleagues { option value=(colleague.id) { (called(&colleague.name, words.lang)) " (" (colleague.id) ")" } }
                }
            }
            div.field { label for="from" { (words.t("absence-from")) } input #from type="date" name="from" value=(today) min=(today) required; }
            div.field { label for="until" { (words.t("absence-until")) } input #until type="date" name="until" min=(today) required; }
            p { button.main type="submit" { (words.t("absence-appoint")) } }
        }
    }
}

/// A person, and the days.
fn days(cx: &Cx, who: &Colleague, absence: &AbsenceView) -> Markup {
    let words = cx.words;
    html! {
        strong { bdi { (called(&who.name, words.lang)) } }
        (dot()) (words.t("absence-since")) " " (cx.time(absence.from))
        (dot()) (words.t("absence-to")) " " (cx.time(absence.until)) " "
    }
}

fn end(cx: &Cx, absence: &AbsenceView) -> Markup {
    html! { button type="submit" name="_absence" value=(absence.name) { (cx.words.t("absence-end")) } }
}

/// For whom the reader acts, or will.
pub fn for_others(cx: &Cx, others: &[AbsenceView]) -> Markup {
    html! {
        ul.sessions { @for absence in others { li {
            (days(cx, &absence.officer, absence))
            @if absence.now { (act_button(cx, absence)) }
        } } }
    }
}

/// On the front page of whoever may act for somebody now.
pub fn offered(cx: &Cx, others: &[AbsenceView]) -> Markup {
    let words = cx.words;
    html! {
        @for absence in others {
            aside.notice role="status" {
                (words.t("absence-you-may")) " " strong { bdi { (called(&absence.officer.name, words.lang)) } }
                (dot()) (words.t("absence-to")) " " (cx.time(absence.until)) " " (act_button(cx, absence))
            }
        }
    }
}

fn act_button(cx: &Cx, absence: &AbsenceView) -> Markup {
    html! {
        form.inline method="post" action="/account/act-for" {
            (csrf(cx))
            button type="submit" name="_officer" value=(absence.officer.id) { (cx.words.t("act-for")) }
        }
    }
}

/// On every page of whoever acts for somebody.
pub fn acting(cx: &Cx) -> Markup {
    let words = cx.words;
    let acts_for = cx.actor.as_ref().and_then(|actor| actor.acts_for.as_ref());
    html! {
        @if let Some(of) = acts_for {
            aside.notice #acts-for role="status" {
                (words.t("acts-for")) " " strong { bdi { (called(&of.name, words.lang)) } }
                (dot()) (words.t("absence-to")) " " (cx.time(of.until)) " "
                form.inline method="post" action="/account/act-for" {
                    (csrf(cx))
                    button type="submit" { (words.t("act-for-stop")) }
                }
            }
        }
    }
}

/// What a form of an absence says to do.
pub enum Wanted {
    Appoint(Absence),
    End(String),
}

/// Reads a form of an absence of an officer.
///
/// # Errors
/// Days that are none.
pub fn wanted(officer: &str, form: &Fields) -> Result<Wanted, Fail> {
    if form.last("_do") == "end-absence" {
        return Ok(Wanted::End(form.last("_absence").to_owned()));
    }
    let at = |name: &str, time: &str| {
        let at = Instant::parse(&format!("{}T{time}", form.last(name)));
        at.ok_or_else(|| Fail::from(AppError::from(PeopleFault::StandInPeriod)))
    };
    Ok(Wanted::Appoint(Absence {
        officer: officer.to_owned(),
        colleague: form.last("colleague").to_owned(),
        from: at("from", "00:00")?,
        until: at("until", "23:59")?,
    }))
}

/// Appoints a colleague for one's own absence, or ends it.
pub async fn own(OwnPost { cx, form }: OwnPost) -> Reply {
    let id = cx.actor.as_ref().map(|actor| actor.id.clone());
    let id = id.ok_or_else(Fail::sign_in)?;
    let done = match wanted(&id, &form) {
        Err(fail) => Err(fail),
        Ok(Wanted::Appoint(absence)) => {
            cx.run(move |app, me| app.appoint(By::Officer(me), &absence))
                .await
        }
        Ok(Wanted::End(name)) => {
            cx.run(move |app, me| app.end_absence(By::Officer(me), &me.id, &name))
                .await
        }
    };
    account::back(&cx, done).await
}

/// Acts for somebody from now on, or for oneself again; then the front page, which is theirs.
pub async fn act_for(OwnPost { cx, form }: OwnPost) -> Reply {
    let (token, officer) = (cx.token.clone(), form.last("_officer").to_owned());
    let whom = move |app: &dyn crate::verbs::Verbs, me: &Actor| {
        let officer = Some(officer.as_str()).filter(|id| !id.is_empty());
        app.act_for(me, &token, officer)
    };
    cx.run(whom).await?;
    Ok(go("/"))
}
