//! Agenda and minutes on paper, in the languages of the meeting side by side: what is read from the left stands on the left and what is read from
//! the right on the right, whatever the reader's own language. Words of people stand in the language in which they were written.

use super::super::id;
use super::dates::hijri_words;
use super::{GROUPS, heading};
use crate::context::Cx;
use crate::fail::{Fail, Reply};
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::columns::{self, row, words_in};
use crate::parts::{prose, service};
use crate::time::due_words;
use axum::extract::Path;
use entente_app::views::{
    AgendaItem, Decision, Meeting, MeetingsView, Minutes, ObligationView, OnAgenda,
};
use entente_core::field::{Value, Values};
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kinds::meeting::{INTERPRETERS, LANGUAGES, LASTS, MODE, PLACE};
use entente_core::label::Lang;
use maud::{Markup, html};

/// The agenda of the next meeting: what became of what the last one decided, then what the ledger puts on it.
pub async fn agenda(cx: Cx, Path(dossier): Path<String>) -> Reply {
    let dossier: DossierId = id(&dossier)?;
    let view = cx
        .run(move |app, me| app.meetings_on_paper(me, dossier))
        .await?;
    let next = view.next();
    let both = spoken(
        cx.words,
        &languages(&view, next.and_then(|m| m.values.as_ref())),
    );
    let owed = view.follow_up();
    let printed = next.is_none_or(|meeting| meeting.printed) && owed.iter().all(|one| one.printed);
    // What one officer sees of everything is theirs; on the paper of a meeting stands what is between those who meet.
    let between: Vec<&AgendaItem> = view
        .agenda
        .iter()
        .filter(|item| is_between(&view, item))
        .collect();
    let paper = html! {
        (row(&both, &|words| top(&cx, words, &view, "meetings-agenda", next)))
        (row(&both, &|words| html! { h3 { (words.t("meetings-follow-up")) } (became(&cx, words, &owed)) }))
        @for because in GROUPS {
            @let items: Vec<&AgendaItem> = between.iter().copied().filter(|item| item.because == because).collect();
            @if !items.is_empty() { (row(&both, &|words| group(&cx, words, because, &items))) }
        }
        @if between.is_empty() { (row(&both, &|words| html! { p { (words.t("meetings-agenda-empty")) } })) }
    };
    sheet(&cx, &view, "meetings-agenda", printed, &paper)
}

/// Whether both sides of an obligation take part in the dossier of the meetings.
fn is_between(view: &MeetingsView, item: &AgendaItem) -> bool {
    let ob = &item.obligation;
    let nodes = [ob.creditor.node(), ob.owing.node()];
    nodes.iter().all(|node| view.dossier.nodes.contains(node))
}

/// Minutes, with what was decided and who stands by them.
pub async fn minutes(cx: Cx, Path((dossier, entry)): Path<(String, String)>) -> Reply {
    let (dossier, entry): (DossierId, EntryId) = (id(&dossier)?, id(&entry)?);
    let view = cx
        .run(move |app, me| app.meetings_on_paper(me, dossier))
        .await?;
    let (meeting, minutes) = view.minutes(entry).ok_or_else(Fail::not_found)?;
    let mut langs = languages(&view, meeting.values.as_ref());
    let written = [first_language(minutes), other_language(minutes)];
    langs.extend(written.into_iter().flatten());
    let both = spoken(cx.words, &langs);
    let decided: Vec<&Decision> = view.decided_at(meeting).collect();
    let printed =
        minutes.printed && meeting.printed && decided.iter().all(|decision| decision.printed);
    let paper = html! {
        (row(&both, &|words| top(&cx, words, &view, "meetings-minutes", Some(meeting))))
        (row(&both, &|words| present(&cx, words, minutes)))
        (row(&both, &|words| text(words, minutes, column_of(minutes, &both))))
        (row(&both, &|words| html! { h3 { (words.t("meetings-decisions")) } (became(&cx, words, &decided)) }))
        (row(&both, &|words| approvals(&cx, words, minutes)))
    };
    sheet(&cx, &view, "meetings-minutes", printed, &paper)
}

fn sheet(cx: &Cx, view: &MeetingsView, title: &str, printed: bool, paper: &Markup) -> Reply {
    let title = cx.words.t(title);
    let main = html! {
        p.kicker.ways { a href=(format!("/dossiers/{}/meetings", view.dossier.id)) { (cx.words.t("meetings-to-page")) } }
        h1.unprinted { (title) }
        @if !printed { p.instead-of-print { (cx.words.t("print-barred")) } }
        div.unprinted[!printed] { article.letter.agreement #document { (paper) } }
    };
    cx.page(&title, &main)
}

/// The languages in which a meeting works: its own word, else the series', else those in which both sides wrote.
fn languages(view: &MeetingsView, meeting: Option<&Values>) -> Vec<Lang> {
    let said = |values: Option<&Values>| -> Vec<Lang> {
        let named = values.map(|values| values.list(LANGUAGES).iter());
        let named = named.into_iter().flatten();
        named.filter_map(|code| Lang::parse(code)).collect()
    };
    let (own, series) = (said(meeting), said(view.opened.as_ref()));
    let words = |values: &Option<Values>| values.as_ref().and_then(|values| values.lang);
    let written = || {
        let minutes = view.meetings.iter().flat_map(|one| &one.minutes);
        let texts = minutes.flat_map(|one| [first_language(one), other_language(one)]);
        let calls = view.meetings.iter().map(|one| words(&one.values));
        let opened = std::iter::once(words(&view.opened));
        let all = texts.chain(calls).chain(opened);
        all.flatten().collect()
    };
    match (own.is_empty(), series.is_empty()) {
        (false, _) => own,
        (true, false) => series,
        (true, true) => written(),
    }
}

/// In the order of the columns; the reader's own language where none is known, and beside one that is not the reader's.
fn spoken(reader: Words, langs: &[Lang]) -> Vec<Words> {
    let one = langs.iter().all(|lang| Some(lang) == langs.first());
    let shown = |lang: &Lang| langs.contains(lang) || (one && *lang == reader.lang);
    words_in(reader, &columns::languages(shown))
}

fn first_language(minutes: &Minutes) -> Option<Lang> {
    minutes.values.as_ref()?.lang
}

fn other_language(minutes: &Minutes) -> Option<Lang> {
    let values = minutes.values.as_ref()?;
    values.text("other_lang").and_then(Lang::parse)
}

/// A line that somebody wrote, in its language, or that it cannot be read any more.
fn line(words: Words, values: Option<&Values>, field: &str) -> Markup {
    let text = values.and_then(|values| values.text(field));
    let lang = values.and_then(|values| values.lang);
    match text {
        Some(text) => html! { bdi lang=[lang] { (text) } },
        None => html! { em.gone { (words.t("agreement-not-readable")) } },
    }
}

fn top(cx: &Cx, words: Words, view: &MeetingsView, title: &str, of: Option<&Meeting>) -> Markup {
    html! {
        p { bdi.number { (view.dossier.number) } (dot()) bdi.title { (view.dossier.title) } }
        h2 { (words.t(title)) }
        @match of {
            Some(meeting) => {
                p { strong { (line(words, meeting.values.as_ref(), "title")) } }
                @if let Some(at) = meeting.at { (when(cx, words, at)) }
                (how(words, meeting))
            },
            None => p.quiet { (words.t("meetings-no-next")) },
        }
    }
}

/// By every clock, with the weekday and the Hijri day, which is said to be computed.
fn when(cx: &Cx, words: Words, at: Instant) -> Markup {
    let day = cx.shared.clocks.date(at);
    let hijri = hijri_words(words, day);
    html! {
        p { (words.weekday(day.weekday())) " " (cx.shared.clocks.show(words, at, Instant(0)))
            @if let Some(hijri) = hijri { (dot()) (hijri) " " small { "(" (words.t("hijri-computed")) ")" } }
        }
    }
}

fn how(words: Words, meeting: &Meeting) -> Markup {
    let values = meeting.values.as_ref();
    let text = |field| values.and_then(|values| values.text(field));
    let mode = text(MODE).and_then(super::mode);
    let minutes = values.and_then(|values| values.number(LASTS));
    let interpreted = values.and_then(|values| values.values.get(INTERPRETERS));
    html! {
        p {
            @if let Some(mode) = mode { (words.label(mode)) }
            @if let Some(place) = text(PLACE) { (dot()) bdi { (place) } }
            @if let Some(minutes) = minutes { (dot()) (words.n("meetings-minutes-long", minutes)) }
            @if interpreted == Some(&Value::Flag(true)) { (dot()) (words.t("meetings-interpreted")) }
        }
    }
}

/// Decisions, each with who owes it by when and how it stands.
fn became(cx: &Cx, words: Words, decisions: &[&Decision]) -> Markup {
    html! {
        @if decisions.is_empty() { p.quiet { (words.t("meetings-no-decision")) } }
        ol {
            @for decision in decisions {
                li { (line(words, decision.values.as_ref(), "title"))
                    @for ask in &decision.asks { br; (stands(cx, words, ask)) }
                }
            }
        }
    }
}

fn group(cx: &Cx, words: Words, because: OnAgenda, items: &[&AgendaItem]) -> Markup {
    html! {
        h3 { (words.t(heading(because))) }
        ul {
            @for item in items {
                @let ob = &item.obligation;
                li { a href=(format!("/dossiers/{}#ob-{}", ob.dossier, ob.number)) { bdi.number { (ob.number) } } " " (words.label(ob.ask.label()))
                    @if item.printed { (dot()) bdi.title { (ob.title) } } @else { (dot()) em.quiet { (words.t("meetings-unprinted")) } }
                    br; (stands(cx, words, ob))
                }
            }
        }
    }
}

/// Who owes it, by when, how it stands; late is said.
fn stands(cx: &Cx, words: Words, ob: &ObligationView) -> Markup {
    html! {
        span.stands {
            (service(&ob.owing)) (dot()) (words.label(ob.state.label()))
            @if let Some(due) = ob.due { (dot()) (cx.shared.clocks.show(words, due, Instant(0))) }
            @if ob.overdue { (dot()) strong { (due_words(words, ob, cx.now)) } }
        }
    }
}

fn present(cx: &Cx, words: Words, minutes: &Minutes) -> Markup {
    let values = minutes.values.as_ref();
    html! {
        @if let Some(held) = minutes.held { h3 { (words.t("meetings-held-on")) } (when(cx, words, held)) }
        p { (words.t("meetings-present")) " " (line(words, values, "present")) }
    }
}

/// The column of what was written first: that of its language. A program may write without saying which it is: no word is lost for that, and it
/// stands in the first column that the other text does not fill.
fn column_of(minutes: &Minutes, columns: &[Words]) -> Option<Lang> {
    let other = other_language(minutes);
    let free = |lang: &Lang| Some(*lang) != other;
    let mut langs = columns.iter().map(|words| words.lang);
    first_language(minutes).or_else(|| langs.find(free))
}

/// The minutes in this language; where they were not written in it, that is said and not hidden.
fn text(words: Words, minutes: &Minutes, home: Option<Lang>) -> Markup {
    let values = minutes.values.as_ref();
    let text = |field| values.and_then(|values| values.text(field));
    let (first, other) = (first_language(minutes), other_language(minutes));
    // Where no column is left for it, it stands above the other text.
    let here = home.is_none() || home == Some(words.lang);
    let said = [
        text("text").filter(|_| here).map(|said| (first, said)),
        text("other_text")
            .filter(|_| other == Some(words.lang))
            .map(|said| (other, said)),
    ];
    let said: Vec<(Option<Lang>, &str)> = said.into_iter().flatten().collect();
    html! {
        @for (lang, said) in &said { (prose(*lang, said)) }
        @if said.is_empty() {
            @match values {
                Some(_) => p.quiet { (words.t("meetings-one-language")) },
                None => p.gone { (words.t("agreement-not-readable")) },
            }
        }
    }
}

fn approvals(cx: &Cx, words: Words, minutes: &Minutes) -> Markup {
    let (open, ended): (Vec<_>, Vec<_>) = minutes.asks.iter().partition(|ask| ask.state.is_open());
    // Whoever of a side was asked, the approval of another of its services is its own.
    let approved = |by: &ServiceName| {
        let mut given = minutes.approvals.iter();
        given.any(|(service, _)| service.node() == by.node())
    };
    html! {
        h3 { (words.t("meetings-approvals")) }
        @if !minutes.approved { p { strong { (words.t("meetings-minuted")) } } }
        p { (words.t("meetings-written-by")) " " (service(&minutes.by)) }
        @for (by, at) in &minutes.approvals {
            p { (words.t("meetings-approved-by")) " " (service(by)) (dot()) (cx.shared.clocks.day(words, *at)) }
        }
        // Refused, answered by other minutes or withdrawn: that is part of what the paper says.
        @for ask in ended.into_iter().filter(|ask| !approved(&ask.owing)) { p { (service(&ask.owing)) (dot()) strong { (words.label(ask.state.label())) } } }
        @for ask in open { p { (words.t("agreement-awaits")) " " (service(&ask.owing)) " " span.blank {} } }
    }
}
