//! Meetings: how often a series meets beside how often it is meant to, the next meeting with an agenda that the ledger fills, what was
//! proposed, said and decided. The agenda and the minutes are made to be printed; a meeting is given as a calendar file.

pub mod all;
pub mod dates;
pub mod paper;
pub mod plain;

use super::{Query, id};
use crate::context::{Cx, go, percent};
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::{csrf, dot};
use crate::parts::{Place, instead, obligations, obligations_about, prose, service};
use crate::post::Post;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use entente_app::views::{
    AgendaItem, CalendarAnswer, Decision, Meeting, MeetingsView, Minutes, NotTaken, ObligationView,
    OnAgenda, ProposedDates, Standing,
};
use entente_core::cadence::Cadence;
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Instant;
use entente_core::kinds::common::REFUSE;
use entente_core::kinds::meeting::{self as kind, CADENCE, LASTS, MODE, PLACE};
use entente_core::label::{Label, Lang};
use maud::{Markup, html};

/// Why something is on the agenda, in the order in which it stands there.
const GROUPS: [OnAgenda; 4] = [
    OnAgenda::Escalated,
    OnAgenda::Contested,
    OnAgenda::Overdue,
    OnAgenda::DueBefore,
];

/// The page.
pub async fn show(cx: Cx, Path(dossier): Path<String>, query: Query) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx.run(move |app, me| app.meetings(me, dossier)).await?;
    let words = cx.words;
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{dossier}")) { (words.t("entry-to-dossier")) } (dot()) a href="/meetings" { (words.t("all-meetings")) } }
        h1 { (words.t("meetings-title")) }
        (actions(&cx, &view))
        (cadence(&cx, &view))
        section.panel #meetings data-live-part {
            h2 { (words.t("meetings-held")) }
            (instead(view.meetings.is_empty(), &words.t("meetings-none")))
            (taking(&cx, &view))
            ul.things { @for meeting in view.meetings.iter().rev() { (meeting_line(&cx, &view, meeting)) } }
        }
        @if !view.proposals.is_empty() {
            section.panel #dates data-live-part {
                h2 { (words.t("meetings-dates")) }
                ul.things { @for proposal in &view.proposals { (proposed(&cx, &view, proposal)) } }
            }
        }
        (dates::find(&cx, &view, &query))
        (agenda(&cx, &view))
        section.panel #decisions data-live-part {
            h2 { (words.t("meetings-decisions")) }
            (instead(view.decisions.is_empty(), &words.t("meetings-no-decision")))
            ul.things { @for decision in &view.decisions { (decided(&cx, decision)) } }
        }
    };
    cx.page(&words.t("meetings-title"), &main)
}

/// A meeting as a calendar file.
pub async fn calendar(cx: Cx, Path(entry): Path<String>) -> Reply {
    let entry: EntryId = id(&entry)?;
    let file = cx.run(move |app, me| app.meeting_file(me, entry)).await?;
    let media = format!("text/calendar; charset=utf-8; method={}", file.method);
    let headers = [
        (CONTENT_TYPE, media.as_str()),
        (CONTENT_DISPOSITION, "attachment; filename=\"entente.ics\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, file.text).into_response())
}

/// The answer of a calendar program: the ordinary form, filled with what it says, to be read and sent by a person.
pub async fn take(Path(dossier): Path<String>, Post { cx, mut form }: Post) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let file = form.held.pop().map(|file| file.bytes).unwrap_or_default();
    let none = file.is_empty();
    let answer = cx
        .run(move |app, me| app.meeting_answer(me, dossier, &file))
        .await?;
    match answer {
        Ok(answer) => Ok(go(&form_of(dossier, answer))),
        // Nothing was chosen: back to where one chooses.
        Err(_) if none => Ok(go(&format!("/dossiers/{dossier}/meetings#take"))),
        Err(why) => Err(Fail::input_key(not_taken(why))),
    }
}

/// The address of the form that an answer fills.
#[must_use]
pub fn form_of(dossier: DossierId, answer: CalendarAnswer) -> String {
    let to = |form: &str| format!("/dossiers/{dossier}/write/{form}");
    let on =
        |form: &str, id: &ObligationId| format!("{}?on={}", to(form), percent(&id.to_string()));
    match answer {
        CalendarAnswer::Attends(id) => on(kind::ATTEND.name, &id),
        CalendarAnswer::Declines(id) => on(REFUSE.name, &id),
        CalendarAnswer::Proposes { at, minutes } => {
            let at = dates::civil(at);
            let lasts = minutes.map_or_else(String::new, |n| format!("&{LASTS}={n}"));
            format!("{}?first={at}{lasts}", to(kind::DATES.name))
        }
    }
}

/// Why an answer is not taken, in words.
#[must_use]
pub fn not_taken(why: NotTaken) -> &'static str {
    match why {
        NotTaken::Unreadable => "meetings-take-unreadable",
        NotTaken::NoAnswer => "meetings-take-no-answer",
        NotTaken::NotOne => "meetings-take-not-one",
        NotTaken::OfNoMeeting => "meetings-take-of-none",
        NotTaken::Older => "meetings-take-older",
        NotTaken::Over => "meetings-take-over",
        NotTaken::NothingAsked => "meetings-take-nothing-asked",
        NotTaken::Undecided => "meetings-take-undecided",
        NotTaken::NoTime => "meetings-take-no-time",
    }
}

fn taking(cx: &Cx, view: &MeetingsView) -> Markup {
    let words = cx.words;
    html! {
        @if view.next().is_some() && cx.writes() {
            details.folded #take {
                summary { (words.t("meetings-take")) }
                p.quiet { (words.t("meetings-take-why")) }
                form method="post" action=(format!("/dossiers/{}/meetings/answer", view.dossier.id)) enctype="multipart/form-data" {
                    (csrf(cx))
                    label { (words.t("meetings-take-file")) " " input type="file" name="answer" accept=".ics,text/calendar" required; }
                    " " button type="submit" { (words.t("meetings-take-read")) }
                }
            }
        }
    }
}

fn actions(cx: &Cx, view: &MeetingsView) -> Markup {
    html! {
        div.actions {
            @for form in view.forms.iter().filter(|form| form.name != kind::CANCEL.name) {
                a.button href=(format!("/dossiers/{}/write/{}", view.dossier.id, form.name)) { (cx.words.label(form.verb)) }
            }
        }
    }
}

/// What was held, beside what was meant.
fn cadence(cx: &Cx, view: &MeetingsView) -> Markup {
    let words = cx.words;
    let Cadence {
        held,
        last_year,
        year_before,
        mean_days,
        longest_days,
        last,
        due,
    } = view.cadence;
    let target = view
        .opened
        .as_ref()
        .and_then(|values| values.number(CADENCE));
    let days = |days: Option<i64>| match days {
        Some(days) => words.n("meetings-days", days),
        None => words.t("meetings-no-figure"),
    };
    let many = |n: usize| words.number(u64::try_from(n).unwrap_or(u64::MAX));
    html! {
        section.panel #cadence data-live-part {
            h2 { (words.t("meetings-cadence")) }
            dl.facts {
                dt { (words.t("meetings-target")) } dd { (days(target)) }
                dt { (words.t("meetings-mean")) } dd { (days(mean_days)) }
                dt { (words.t("meetings-longest")) } dd { (days(longest_days)) }
                dt { (words.t("meetings-year")) } dd { (words.two("meetings-year-before", &many(last_year), &many(year_before))) }
                dt { (words.t("meetings-all")) } dd { (many(held)) }
                @if let Some(last) = last { dt { (words.t("meetings-last")) } dd { (cx.time(last)) } }
                @if let Some(due) = due {
                    dt { (words.t("meetings-due")) }
                    dd { (cx.day(due)) @if due < cx.now { " " strong.tag { (words.t("meetings-late")) } } }
                }
            }
        }
    }
}

/// The next meeting and what it has to look at: a page to print.
fn agenda(cx: &Cx, view: &MeetingsView) -> Markup {
    let words = cx.words;
    let opens = view.follow_up();
    html! {
        section.panel #agenda data-live-part {
            h2 { (words.t("meetings-agenda")) }
            @match view.next() {
                Some(next) => { p { (named(words, next.values.as_ref(), "title")) (dot()) @if let Some(at) = next.at { (cx.time(at)) } (place(cx, next)) } }
                None => { p.quiet { (words.t("meetings-no-next")) } }
            }
            p.unprinted { a href=(format!("/dossiers/{}/meetings/agenda", view.dossier.id)) { (words.t("meetings-on-paper")) } }
            @if !opens.is_empty() {
                h3 { (words.t("meetings-follow-up")) }
                ul.things { @for decision in &opens { (decided(cx, decision)) } }
            }
            (instead(view.agenda.is_empty(), &words.t("meetings-agenda-empty")))
            @for because in GROUPS {
                @let items: Vec<&AgendaItem> = view.agenda.iter().filter(|item| item.because == because).collect();
                @if !items.is_empty() {
                    h3 { (words.t(heading(because))) }
                    (listed(cx, &items))
                }
            }
        }
    }
}

fn listed(cx: &Cx, items: &[&AgendaItem]) -> Markup {
    let list: Vec<ObligationView> = items.iter().map(|item| item.obligation.clone()).collect();
    let title = |ob: &ObligationView| Some(ob.title.clone());
    obligations_about(cx, &list, Place::List, &title)
}

fn heading(because: OnAgenda) -> &'static str {
    match because {
        OnAgenda::Escalated => "meetings-escalated",
        OnAgenda::Contested => "meetings-contested",
        OnAgenda::Overdue => "meetings-overdue",
        OnAgenda::DueBefore => "meetings-due-before",
    }
}

/// A text of an entry, or that it cannot be read any more.
fn named(words: Words, values: Option<&Values>, field: &str) -> Markup {
    match values.and_then(|values| values.text(field)) {
        Some(text) => html! { bdi { (text) } },
        None => html! { em.gone { (words.t("agreement-not-readable")) } },
    }
}

fn place(cx: &Cx, meeting: &Meeting) -> Markup {
    let values = meeting.values.as_ref();
    let text = |field| values.and_then(|values| values.text(field));
    let mode = text(MODE).and_then(mode);
    let lasts = values.and_then(|values| values.number(LASTS));
    html! {
        @if let Some(minutes) = lasts { (dot()) (cx.words.n("meetings-minutes-long", minutes)) }
        @if let Some(mode) = mode { (dot()) (cx.words.label(mode)) }
        @if let Some(place) = text(PLACE) { (dot()) bdi { (place) } }
    }
}

/// A form of meeting in words.
fn mode(code: &str) -> Option<Label> {
    let field = kind::CONVENE
        .fields
        .iter()
        .find(|field| field.name == MODE)?;
    let choices = field.choices().unwrap_or_default();
    choices
        .into_iter()
        .find_map(|(name, label)| (name == code).then_some(label))
}

/// The key of how a meeting stands.
fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Ahead => "meetings-ahead",
        Standing::Unminuted => "meetings-unminuted",
        Standing::Minuted => "meetings-minuted",
        Standing::Approved => "meetings-approved",
        Standing::Moved(_) => "meetings-moved",
        Standing::Cancelled(_) => "meetings-cancelled",
        Standing::Unknown => "meetings-unknown",
    }
}

fn standing(cx: &Cx, standing: Standing) -> Markup {
    let said = cx.words.t(standing_key(standing));
    html! {
        strong.tag {
            @match standing {
                Standing::Moved(by) | Standing::Cancelled(by) => a href=(format!("/entries/{by}")) { (said) },
                _ => (said),
            }
        }
    }
}

fn meeting_line(cx: &Cx, view: &MeetingsView, meeting: &Meeting) -> Markup {
    let words = cx.words;
    let ours = meeting.by.node() == *cx.me();
    html! {
        li.ours[ours].theirs[!ours] {
            p {
                a href=(format!("/entries/{}", meeting.entry)) { (named(words, meeting.values.as_ref(), "title")) }
                " " (standing(cx, meeting.standing))
            }
            p.ob-facts {
                @if let Some(at) = meeting.at { (cx.time(at)) " " (dates::beside(cx, at, Some(&view.dossier.nodes))) }
                (place(cx, meeting)) (dot()) (service(&meeting.by))
                @if meeting.at.is_some() { (dot()) a href=(format!("/entries/{}/calendar", meeting.entry)) { (words.t("meetings-file")) } }
            }
            (about_meeting(cx, view, meeting))
            (obligations(cx, &meeting.asks, Place::Under))
            @for minutes in &meeting.minutes { (minutes_of(cx, view, minutes)) }
        }
    }
}

/// What may be written of a meeting that was not minuted yet: another day, that it does not take place, or its minutes once it is over.
fn about_meeting(cx: &Cx, view: &MeetingsView, meeting: &Meeting) -> Markup {
    let over = meeting.at.is_some_and(|at| at <= cx.now);
    let open = matches!(
        meeting.standing,
        Standing::Ahead | Standing::Unminuted | Standing::Unknown
    );
    let may = |name: &str| open && view.forms.iter().any(|form| form.name == name);
    let ways = [
        (
            over && may(kind::MINUTES.name),
            kind::MINUTES.name,
            kind::OF,
            "meetings-minute",
        ),
        (
            may(kind::CONVENE.name),
            kind::CONVENE.name,
            kind::MOVES,
            "meetings-move",
        ),
        (
            may(kind::CANCEL.name),
            kind::CANCEL.name,
            kind::OF,
            "meetings-cancel",
        ),
    ];
    html! {
        p.ways.unprinted {
            @for (_, form, field, key) in ways.into_iter().filter(|(may, ..)| *may) {
                a.button href=(format!("/dossiers/{}/write/{form}?{field}={}", view.dossier.id, meeting.entry)) { (cx.words.t(key)) } " "
            }
        }
    }
}

/// Minutes in their languages side by side, and whether both sides stand by them.
fn minutes_of(cx: &Cx, view: &MeetingsView, minutes: &Minutes) -> Markup {
    let words = cx.words;
    let key = if minutes.approved {
        "meetings-approved"
    } else {
        "meetings-minuted"
    };
    let values = minutes.values.as_ref();
    let text = |field| values.and_then(|values| values.text(field));
    let other = text("other_lang").and_then(Lang::parse);
    // What one is asked to approve is there to be read.
    let asked_of_us = minutes
        .asks
        .iter()
        .any(|ask| ask.turn.is_some() && ask.turn == ask.ours);
    html! {
        details.minutes open[asked_of_us] {
            summary { (words.t("meetings-minutes")) (dot()) (service(&minutes.by)) " " strong.tag { (words.t(key)) } }
            @if let Some(held) = minutes.held { p { (words.t("meetings-held-on")) " " (cx.time(held)) } }
            @if let Some(present) = text("present") { p { (words.t("meetings-present")) " " bdi { (present) } } }
            div.both.unprinted[!minutes.printed] {
                @if let Some(said) = text("text") { div { (prose(values.and_then(|values| values.lang), said)) } }
                @if let Some(said) = text("other_text") { div { (prose(other, said)) } }
            }
            p { a href=(format!("/entries/{}", minutes.entry)) { (words.t("meetings-to-minutes")) }
                (dot()) a href=(format!("/dossiers/{}/meetings/minutes/{}", view.dossier.id, minutes.entry)) { (words.t("meetings-on-paper")) } }
            (obligations(cx, &minutes.asks, Place::Under))
        }
    }
}

fn proposed(cx: &Cx, view: &MeetingsView, proposal: &ProposedDates) -> Markup {
    let words = cx.words;
    let ours = proposal.by.node() == *cx.me();
    html! {
        li.ours[ours].theirs[!ours] {
            p { a href=(format!("/entries/{}", proposal.entry)) { (named(words, proposal.values.as_ref(), "title")) } (dot()) (service(&proposal.by)) }
            ul {
                @for (name, at) in &proposal.dates {
                    li { (cx.time(*at)) " " (dates::beside(cx, *at, Some(&view.dossier.nodes))) @if proposal.suits_all(name) { " " strong.tag { (words.t("meetings-suits")) } (call_then(cx, view, proposal, *at)) } }
                }
            }
            @for answer in &proposal.answers {
                @if let Some(remark) = &answer.remark { p.ob-facts { (service(&answer.by)) (dot()) bdi lang=[answer.lang] { (remark) } } }
            }
            (obligations(cx, &proposal.asks, Place::Under))
        }
    }
}

/// The form of an invitation for a day that suits all, or that there is one for it.
fn call_then(cx: &Cx, view: &MeetingsView, proposal: &ProposedDates, at: Instant) -> Markup {
    let words = cx.words;
    let called = view
        .meetings
        .iter()
        .any(|one| one.at == Some(at) && one.standing == Standing::Ahead);
    let may = at > cx.now
        && view
            .forms
            .iter()
            .any(|form| form.name == kind::CONVENE.name);
    let values = proposal.values.as_ref();
    let title = values
        .and_then(|values| values.text("title"))
        .unwrap_or_default();
    let lasts = values.and_then(|values| values.number(LASTS)).unwrap_or(60);
    let form = format!(
        "/dossiers/{}/write/{}?title={}&{}={}&{LASTS}={lasts}",
        view.dossier.id,
        kind::CONVENE.name,
        percent(title),
        kind::AT,
        dates::civil(at),
    );
    html! {
        @if called { (dot()) (words.t("meetings-called")) }
        @else if may { " " a.button.unprinted href=(form) { (words.t("meetings-call-then")) } }
    }
}

fn decided(cx: &Cx, decision: &Decision) -> Markup {
    let words = cx.words;
    html! {
        li {
            p.unprinted[!decision.printed] { a href=(format!("/entries/{}", decision.entry)) { (named(words, decision.values.as_ref(), "title")) } }
            (obligations(cx, &decision.asks, Place::Under))
        }
    }
}
