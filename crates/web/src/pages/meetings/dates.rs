//! What there is to know of a proposed date without looking into anybody's diary: its weekday, the Hijri day beside it, which of the states works
//! then; and the next days on which all of them do.

use super::super::Query;
use crate::context::Cx;
use crate::i18n::Words;
use crate::layout::dot;
use crate::parts::instead;
use crate::time::stamp;
use crate::zone;
use entente_app::views::MeetingsView;
use entente_core::calendar::working_days;
use entente_core::field::Field;
use entente_core::hijri::Hijri;
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_core::kinds::meeting::{AT, CONVENE, DATES, PROPOSED};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use maud::{Markup, html};

/// Days that are looked at for some that suit.
const WINDOW: u16 = 92;
/// How many days ahead one looks where nobody says from when: what is proposed has to be answered first.
const AHEAD: i64 = 7;
/// The hour by our state's clock where nobody says another.
const HOUR: Time = Time::constant(10, 0, 0, 0);

/// Whether a field of an entry says when a meeting is or may be.
pub fn is_date(field: &Field) -> bool {
    let named = field.name == AT || PROPOSED.contains(&field.name);
    let mut calls = CONVENE.fields.iter().chain(DATES.fields);
    // Other kinds have fields of these names too, which are no meetings.
    named && calls.any(|of| of.name == field.name && of.label == field.label)
}

/// A moment of a body, as its clocks show it, with its day; as written if it is none.
pub fn written(cx: &Cx, text: &str) -> Markup {
    match Instant::parse(text) {
        Some(at) => html! { (cx.time(at)) " " (beside(cx, at, None)) },
        None => html! { bdi { (text) } },
    }
}

/// The day of a moment that stands in a form, to be read before it is sent; nothing of what is no moment.
pub fn under(cx: &Cx, text: &str) -> Markup {
    Instant::parse(text).map_or_else(|| html! {}, |at| beside(cx, at, None))
}

/// Weekday, Hijri day, and who does not work then of the states that are asked (of all whose calendars are known, if none is named).
pub fn beside(cx: &Cx, at: Instant, nodes: Option<&[NodeName]>) -> Markup {
    let words = cx.words;
    let day = cx.shared.clocks.date(at);
    let off = cx.shared.calendars.off_among(words, at, nodes);
    let known = cx.shared.calendars.of(nodes);
    html! {
        small.day-said {
            (words.weekday(day.weekday())) (hijri(words, day))
            @if off.is_empty() && nodes.is_some_and(|nodes| known.len() == nodes.len()) { (dot()) (words.t("meetings-works")) }
            @for one in &off { (dot()) strong { (one.text) " (" bdi { (one.nodes) } ")" } }
        }
    }
}

fn hijri(words: Words, day: Date) -> Markup {
    let said = hijri_words(words, day);
    html! { @if let Some(said) = said { (dot()) span title=(words.t("hijri-computed")) { (said) } } }
}

/// A day of the Islamic calendar in words, as it is computed.
pub fn hijri_words(words: Words, day: Date) -> Option<String> {
    let hijri = Hijri::of(day)?;
    let month = words.t(month_key(hijri.month));
    let (day, year) = (hijri.day.to_string(), hijri.year.to_string());
    let said = format!("{} {month} {}", words.digits(&day), words.digits(&year));
    Some(words.s("hijri-day", &said))
}

fn month_key(month: i8) -> &'static str {
    match month {
        1 => "hijri-1",
        2 => "hijri-2",
        3 => "hijri-3",
        4 => "hijri-4",
        5 => "hijri-5",
        6 => "hijri-6",
        7 => "hijri-7",
        8 => "hijri-8",
        9 => "hijri-9",
        10 => "hijri-10",
        11 => "hijri-11",
        _ => "hijri-12",
    }
}

/// The next days on which every state of the dossier works, from a day that the reader may choose, to be proposed by one click and a look.
pub fn find(cx: &Cx, view: &MeetingsView, query: &Query) -> Markup {
    let words = cx.words;
    let proposes = view.forms.iter().any(|form| form.name == DATES.name);
    let nodes = Some(&view.dossier.nodes[..]);
    let known = cx.shared.calendars.of(nodes);
    let (from, hour) = wanted(cx, query);
    // At this hour it may be another day in a capital, and over already.
    let suits = |day: &Date| {
        let at = zone::instant(cx, day.to_datetime(hour)).filter(|at| *at > cx.now);
        at.is_some_and(|at| cx.shared.calendars.off_among(words, at, nodes).is_empty())
    };
    let mut found = working_days(&known, from, WINDOW, usize::from(WINDOW));
    found.retain(suits);
    found.truncate(PROPOSED.len());
    html! {
        @if proposes {
            section.panel #free {
                h2 { (words.t("meetings-free")) }
                p.quiet { (words.t("meetings-free-why")) }
                form.inline method="get" action=(format!("/dossiers/{}/meetings#free", view.dossier.id)) {
                    label { (words.t("meetings-free-from")) " " input type="date" name="from" value=(from.to_string()) required; } " "
                    label { (words.s("meetings-free-at", &words.city(&cx.shared.zone(cx.me()).name))) " " input type="time" name="hour" value=(hour.strftime("%H:%M").to_string()) required; } " "
                    button type="submit" { (words.t("meetings-free-look")) }
                }
                @if known.len() < view.dossier.nodes.len() { p.notice { (words.t("meetings-free-unknown")) } }
                (instead(found.is_empty(), &words.t("meetings-free-none")))
                ul { @for day in &found { li { (suggested(cx, *day, hour, nodes)) } } }
                @if !found.is_empty() { p { a.button href=(form_of(cx, view, &found, hour)) { (words.t("meetings-free-propose")) } } }
            }
        }
    }
}

fn suggested(cx: &Cx, day: Date, hour: Time, nodes: Option<&[NodeName]>) -> Markup {
    let at = zone::instant(cx, day.to_datetime(hour)).unwrap_or(cx.now);
    html! { (cx.time(at)) " " (beside(cx, at, nodes)) }
}

/// A moment as the address of a form holds it, in UTC.
pub fn civil(at: Instant) -> String {
    at.to_civil().chars().take(16).collect()
}

/// The form that proposes these days.
fn form_of(cx: &Cx, view: &MeetingsView, found: &[Date], hour: Time) -> String {
    let named = PROPOSED.iter().zip(found);
    let dates: Vec<String> = named
        .filter_map(|(name, day)| Some((name, zone::instant(cx, day.to_datetime(hour))?)))
        .map(|(name, at)| format!("{name}={}", civil(at)))
        .collect();
    let (dossier, form) = (view.dossier.id, DATES.name);
    format!("/dossiers/{dossier}/write/{form}?{}", dates.join("&"))
}

/// From which day and at which hour: as asked, else in a week; never in the past.
fn wanted(cx: &Cx, query: &Query) -> (Date, Time) {
    let today = Offset::UTC.to_datetime(stamp(cx.now)).date();
    let asked = query.get("from").and_then(|text| text.parse::<Date>().ok());
    let later = today.checked_add(jiff::Span::new().days(AHEAD));
    let from = asked.or(later.ok()).unwrap_or(today).max(today);
    let hour = query.get("hour").and_then(|text| text.parse::<Time>().ok());
    (from, hour.unwrap_or(HOUR))
}
