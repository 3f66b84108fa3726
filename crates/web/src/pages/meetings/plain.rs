//! Meetings as text, for the command line: the series, or the agenda of its next meeting.

use super::{GROUPS, heading, standing_key};
use crate::i18n::Words;
use crate::time::rfc3339;
use entente_app::views::{Decision, MeetingsView, ObligationView};
use entente_core::field::Values;

/// The meetings of a series with how each stands, the last first, and its decisions.
#[must_use]
pub fn meetings(words: Words, view: &MeetingsView) -> String {
    let mut out = vec![format!("{}  {}", view.dossier.number, view.dossier.title)];
    for one in view.meetings.iter().rev() {
        let at = one.at.map(rfc3339).unwrap_or_default();
        let stands = words.t(standing_key(one.standing));
        let title = named(words, one.values.as_ref());
        out.push(format!(
            "{at}  {title}: {stands} ({})  {}",
            one.by, one.entry
        ));
    }
    let all: Vec<&Decision> = view.decisions.iter().collect();
    decided(words, &mut out, "meetings-decisions", &all);
    out.join("\n") + "\n"
}

/// The agenda of the next meeting: what became of decisions, then what the ledger puts on it.
#[must_use]
pub fn agenda(words: Words, view: &MeetingsView) -> String {
    let mut out = Vec::new();
    out.push(match view.next() {
        Some(next) => format!(
            "{}: {}  {}",
            words.t("meetings-agenda"),
            named(words, next.values.as_ref()),
            next.at.map(rfc3339).unwrap_or_default()
        ),
        None => words.t("meetings-no-next"),
    });
    decided(words, &mut out, "meetings-follow-up", &view.follow_up());
    for because in GROUPS {
        let items = view.agenda.iter().filter(|item| item.because == because);
        let lines: Vec<String> = items
            .map(|item| {
                format!(
                    "  {}  {}",
                    owed(words, &item.obligation),
                    item.obligation.title
                )
            })
            .collect();
        if !lines.is_empty() {
            out.push(words.t(heading(because)));
            out.extend(lines);
        }
    }
    if view.agenda.is_empty() {
        out.push(words.t("meetings-agenda-empty"));
    }
    out.join("\n") + "\n"
}

fn decided(words: Words, out: &mut Vec<String>, title: &str, decisions: &[&Decision]) {
    if !decisions.is_empty() {
        out.push(words.t(title));
    }
    for one in decisions {
        out.push(format!("  {}", named(words, one.values.as_ref())));
        out.extend(
            one.asks
                .iter()
                .map(|ask| format!("    {}", owed(words, ask))),
        );
    }
}

fn named(words: Words, values: Option<&Values>) -> String {
    let title = values.and_then(|values| values.text("title"));
    title.map_or_else(|| words.t("agreement-not-readable"), str::to_owned)
}

fn owed(words: Words, ask: &ObligationView) -> String {
    let due = ask.due.map(rfc3339).unwrap_or_default();
    let late = if ask.overdue {
        words.t("meetings-overdue")
    } else {
        String::new()
    };
    let stands = words.label(ask.state.label());
    format!("{}  {}  {stands}  {due}  {late}", ask.number, ask.owing)
}
