//! Officers, for administrators: who is here, invited, changed, deactivated, recovered by two. Contents of dossiers: none.

use crate::context::{Cx, go};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::pages::absence::{self, Wanted};
use crate::post::{Fields, Post};
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use entente_app::views::{OfficerLine, OfficerView, ResetView};
use entente_app::{By, InputFault, NewOfficer, OfficerChange, called};
use entente_core::codes::Role;
use entente_core::floor::Roles;
use entente_core::ids::ServiceName;
use entente_core::label::Lang;
use maud::{Markup, html};

/// The list, and a form to invite somebody.
pub async fn list(cx: Cx) -> Reply {
    draw_list(&cx, &Fields::default(), None).await
}

async fn draw_list(cx: &Cx, sent: &Fields, wrong: Option<&Fail>) -> Reply {
    let officers = cx.run(|app, me| app.all_officers(By::Officer(me))).await?;
    let words = cx.words;
    let main = html! {
        h1 { (words.t("officers")) }
        @if let Some(fail) = wrong { div.alert role="alert" { (fail.says(words)) } }
        section.panel #officers {
            div.scroll { table.list {
                thead { tr {
                    th scope="col" { (words.t("officer")) } th scope="col" { (words.t("sign-in-id")) }
                    th scope="col" { (words.t("officer-services")) } th scope="col" { (words.t("officer-roles")) }
                } }
                tbody { @for officer in &officers { (row(words, officer)) } }
            } }
        }
        section.panel {
            h2 { (words.t("officer-invite")) }
            p.quiet { (words.t("officer-invite-how")) }
            form method="post" action="/officers" {
                (csrf(cx))
                div.field {
                    label for="id" { (words.t("sign-in-id")) }
                    input #id type="text" name="id" value=(sent.last("id")) pattern="[a-z0-9.\\-]{1,64}" maxlength="64" dir="ltr" required;
                    small.help { (words.t("input-fault-officer-id")) }
                }
                (standing(words, &Standing::sent(sent, words.lang), false))
                p { button.main type="submit" { (words.t("officer-invite")) } }
            }
        }
    };
    cx.page(&words.t("officers"), &main)
}

fn row(words: Words, officer: &OfficerLine) -> Markup {
    html! {
        tr {
            td {
                a href=(format!("/officers/{}", officer.id)) { bdi { (called(&officer.name, words.lang)) } }
                @if !officer.active { (dot()) em.quiet { (words.t("officer-inactive")) } }
                @if officer.reset_waits { (dot()) strong.late { (words.t("reset-waits")) } }
            }
            td { bdi dir="ltr" { (officer.id) } }
            td { (services(&officer.services)) }
            td { (roles(words, &officer.roles)) }
        }
    }
}

fn services(services: &[ServiceName]) -> Markup {
    html! { @for (n, service) in services.iter().enumerate() { @if n > 0 { (dot()) } bdi { (service) } } }
}

fn roles(words: Words, roles: &[Role]) -> Markup {
    html! { @for (n, role) in roles.iter().enumerate() { @if n > 0 { (dot()) } (words.label(role.label())) } }
}

/// Name, services, roles and language, as a form shows them.
struct Standing {
    name: String,
    services: String,
    roles: Vec<Role>,
    lang: Lang,
}

impl Standing {
    fn of(view: &OfficerView) -> Self {
        let names: Vec<&str> = view.line.services.iter().map(ServiceName::as_str).collect();
        Self {
            name: view.line.name.clone(),
            services: names.join(" "),
            roles: view.line.roles.clone(),
            lang: view.lang,
        }
    }

    fn sent(form: &Fields, reader: Lang) -> Self {
        let ticked = form.fields.get("role").into_iter().flatten();
        Self {
            name: form.last("name").trim().to_owned(),
            services: form.last("services").to_owned(),
            roles: ticked.filter_map(|role| Role::parse(role)).collect(),
            lang: Lang::parse(form.last("lang")).unwrap_or(reader),
        }
    }

    /// Read, or refused.
    fn change(self) -> Result<OfficerChange, Fail> {
        let names = self.services.split([' ', ',', '\n', '،']);
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        let services: Result<Vec<ServiceName>, _> = names.map(str::parse).collect();
        let wrong = |fault: InputFault| Fail::from(entente_app::AppError::from(fault));
        let services = services.map_err(|_| wrong(InputFault::OfficerServices))?;
        Ok(OfficerChange {
            name: self.name,
            services,
            roles: self.roles,
            lang: self.lang,
        })
    }
}

/// The fields. The role of administrator is shown where somebody has it, and is not offered.
fn standing(words: Words, now: &Standing, administers: bool) -> Markup {
    let offered = Role::ALL.iter().copied();
    let offered = offered.filter(|role| *role != Role::Administrator || administers);
    html! {
        div.field {
            label for="name" { (words.t("officer-name")) }
            input #name type="text" name="name" value=(now.name) maxlength="200" dir="auto" required;
            small.help { (words.t("officer-name-how")) }
        }
        div.field {
            label for="services" { (words.t("officer-services")) }
            input #services type="text" name="services" value=(now.services) maxlength="600" dir="ltr" required;
            small.help { (words.t("officer-services-how")) }
        }
        fieldset.field {
            legend { (words.t("officer-roles")) }
            @for role in offered {
                label.check { input type="checkbox" name="role" value=(role.as_str()) checked[now.roles.contains(&role)]; " " (words.label(role.label())) }
            }
        }
        div.field {
            label for="lang" { (words.t("officer-language")) }
            select #lang name="lang" { @for lang in Lang::ALL { option value=(lang) selected[now.lang == lang] lang=(lang) { (lang.own_name()) } } }
        }
    }
}

/// Invites somebody: shows the link, this once.
pub async fn invite(headers: HeaderMap, Post { cx, form }: Post) -> Reply {
    let (id, standing) = (
        form.last("id").to_owned(),
        Standing::sent(&form, cx.words.lang),
    );
    let token = match standing.change() {
        Err(fail) => Err(fail),
        Ok(change) => {
            let officer = NewOfficer {
                id: id.clone(),
                name: change.name,
                services: change.services,
                roles: change.roles,
                password: None,
                lang: change.lang,
            };
            cx.run(move |app, me| app.invite_officer(By::Officer(me), &officer))
                .await
        }
    };
    match token {
        Ok(token) => link_shown(&cx, &headers, &id, &token),
        Err(fail) if fail.code == "input" => {
            let mut response = draw_list(&cx, &form, Some(&fail)).await?;
            *response.status_mut() = fail.status;
            Ok(response)
        }
        Err(fail) => Err(fail),
    }
}

fn link_shown(cx: &Cx, headers: &HeaderMap, id: &str, token: &str) -> Reply {
    let words = cx.words;
    // As the administrator's own browser reached this node: the sender of the form was checked against it.
    let origin = headers.get(header::ORIGIN).and_then(|v| v.to_str().ok());
    let link = format!("{}/welcome/{token}", origin.unwrap_or_default());
    let main = html! {
        section.panel {
            h1 { (words.t("invitation")) }
            p { (words.t("invitation-give")) " " strong { bdi dir="ltr" { (id) } } }
            pre.armour dir="ltr" tabindex="0" role="region" aria-label=(words.t("invitation")) { (link) }
            p.alert { (words.t("invitation-once")) }
            p { a.button href=(format!("/officers/{id}")) { (words.t("officer-back")) } }
        }
    };
    cx.page(&words.t("invitation"), &main)
}

/// One officer.
pub async fn show(cx: Cx, Path(id): Path<String>) -> Reply {
    draw(&cx, &id, None).await
}

async fn draw(cx: &Cx, id: &str, wrong: Option<&Fail>) -> Reply {
    let asked = id.to_owned();
    let view = cx
        .run(move |app, me| app.one_officer(By::Officer(me), &asked))
        .await?;
    let asked = id.to_owned();
    let absences = cx.run(move |app, me| app.absences(By::Officer(me), &asked));
    let absences = absences.await?;
    let (words, name) = (cx.words, called(&view.line.name, cx.words.lang));
    let main = html! {
        p { a href="/officers" { (words.t("officers")) } }
        h1 { bdi { (name) } }
        @if let Some(fail) = wrong { div.alert role="alert" { (fail.says(words)) } }
        section.panel { (facts(cx, &view)) }
        @if view.oneself { p.notice role="status" { (words.t("officer-oneself")) " " a href="/account" { (words.t("account")) } } }
        @else {
            (acts(cx, &view))
            @if view.line.active && has_contents(&view.line.roles) {
                section.panel #absence { h2 { (words.t("absence")) } (absence::provided(cx, &absences, &format!("/officers/{id}"))) }
            }
        }
    };
    cx.page(name, &main)
}

/// Whoever administers or inspects has nothing to hand on.
fn has_contents(of: &[Role]) -> bool {
    of.iter().copied().collect::<Roles>().read_contents()
}

fn facts(cx: &Cx, view: &OfficerView) -> Markup {
    let words = cx.words;
    let yes = |yes| words.t(if yes { "officer-yes" } else { "officer-no" });
    html! {
        dl.facts {
            dt { (words.t("sign-in-id")) } dd { bdi dir="ltr" { (view.line.id) } }
            dt { (words.t("officer-services")) } dd { (services(&view.line.services)) }
            dt { (words.t("officer-roles")) } dd { (roles(words, &view.line.roles)) }
            dt { (words.t("officer-active")) } dd { (yes(view.line.active)) }
            dt { (words.t("sign-in-password")) } dd { (yes(view.has_password)) }
            dt { (words.t("factor")) } dd { (yes(view.has_factor)) }
            @if view.bound_since.is_some() || cx.shared.verbs.provider_name(words.lang).is_some() {
                dt { (words.t("provider-account")) } dd { (yes(view.bound_since.is_some())) }
            }
            dt { (words.t("sessions")) } dd { (words.number(view.sessions)) }
            @if let Some(until) = view.invited_until { dt { (words.t("invitation-until")) } dd { (cx.time(until)) } }
        }
    }
}

fn acts(cx: &Cx, view: &OfficerView) -> Markup {
    let words = cx.words;
    let (path, active) = (format!("/officers/{}", view.line.id), view.line.active);
    let able = view.has_password || view.has_factor || view.bound_since.is_some();
    let administers = view.line.roles.contains(&Role::Administrator);
    html! {
        section.panel {
            h2 { (words.t("officer-standing")) }
            form method="post" action=(path) {
                (csrf(cx))
                (standing(words, &Standing::of(view), administers))
                p { button.main type="submit" name="_do" value="change" { (words.t("officer-change")) } }
            }
        }
        section.panel {
            h2 { (words.t("officer-access")) }
            form.submit method="post" action=(path) {
                (csrf(cx))
                @if active && !able { button type="submit" name="_do" value="invite" { (words.t("officer-invite-again")) } }
                @if view.sessions > 0 { button type="submit" name="_do" value="sessions" { (words.t("officer-end-sessions")) } }
                @if view.bound_since.is_some() { button type="submit" name="_do" value="cut-provider" { (words.t("provider-cut-officer")) } }
                @if active { button type="submit" name="_do" value="deactivate" { (words.t("officer-deactivate")) } }
                @else { button type="submit" name="_do" value="reactivate" { (words.t("officer-reactivate")) } }
            }
            p.quiet { (words.t("officer-deactivate-means")) }
        }
        @if active && able { section.panel #reset { h2 { (words.t("reset")) } (reset(cx, &path, view.reset.as_ref())) } }
    }
}

fn reset(cx: &Cx, path: &str, waiting: Option<&ResetView>) -> Markup {
    let words = cx.words;
    html! {
        p.quiet { (words.t("reset-how")) }
        form.submit method="post" action=(path) {
            (csrf(cx))
            @match waiting {
                None => button type="submit" name="_do" value="ask-reset" { (words.t("reset-ask")) },
                Some(waiting) => {
                    p { (words.t("reset-asked-by")) " " bdi dir="ltr" { (waiting.by) } (dot()) (words.t("reset-until")) " " (cx.time(waiting.until)) }
                    @if waiting.own { p { strong { (words.t("reset-other")) } } }
                    @else { button.main type="submit" name="_do" value="confirm-reset" { (words.t("reset-confirm")) } }
                    button type="submit" name="_do" value="withdraw-reset" { (words.t("reset-withdraw")) }
                }
            }
        }
    }
}

/// What became of an act.
enum Done {
    /// Look at the officer again.
    Changed,
    /// A link to hand over.
    Invited(String),
}

/// Does what a button says.
pub async fn act(headers: HeaderMap, Path(id): Path<String>, Post { cx, form }: Post) -> Reply {
    match done(&cx, &id, &form).await {
        Ok(Done::Changed) => Ok(go(&format!("/officers/{id}"))),
        Ok(Done::Invited(token)) => link_shown(&cx, &headers, &id, &token),
        Err(fail) if fail.code == "input" => {
            let mut response = draw(&cx, &id, Some(&fail)).await?;
            *response.status_mut() = fail.status;
            Ok(response)
        }
        Err(fail) => Err(fail),
    }
}

async fn done(cx: &Cx, id: &str, form: &Fields) -> Result<Done, Fail> {
    let (id, what) = (id.to_owned(), form.last("_do").to_owned());
    let change = match what.as_str() {
        "change" => Some(Standing::sent(form, cx.words.lang).change()?),
        _ => None,
    };
    let absent = match what.as_str() {
        "appoint" | "end-absence" => Some(absence::wanted(&id, form)?),
        _ => None,
    };
    cx.run(move |app, me| {
        let by = By::Officer(me);
        match &absent {
            Some(Wanted::Appoint(absence)) => {
                return app.appoint(by, absence).map(|()| Done::Changed);
            }
            Some(Wanted::End(name)) => {
                return app.end_absence(by, &id, name).map(|()| Done::Changed);
            }
            None => {}
        }
        match what.as_str() {
            "invite" => return app.invite_again(by, &id).map(Done::Invited),
            "confirm-reset" => return app.confirm_reset(by, &id).map(Done::Invited),
            "sessions" => app.end_sessions_of(by, &id)?,
            "cut-provider" => app.cut_provider(by, &id)?,
            "deactivate" => app.set_active(by, &id, false)?,
            "reactivate" => app.set_active(by, &id, true)?,
            "ask-reset" => app.ask_reset(by, &id)?,
            "withdraw-reset" => app.withdraw_reset(by, &id)?,
            _ => match &change {
                Some(change) => app.change_officer(by, &id, change)?,
                None => return Err(entente_app::AppError::NotFound),
            },
        }
        Ok(Done::Changed)
    })
    .await
}
