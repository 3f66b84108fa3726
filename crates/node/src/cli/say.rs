//! What the command line prints: text for people, JSON for programs. A closed pipe ends it quietly.

use std::fmt::Display;
use std::io::Write as _;
use std::sync::OnceLock;

use entente_app::Recorded;
use entente_app::views::ObligationView;
use entente_core::field::FieldError;
use entente_core::instant::Instant;
use entente_core::label::Lang;
use entente_web::{Digits, Words};
use serde_json::{Value, json};

/// Prints to standard output.
pub fn out(text: &str) {
    let mut stdout = std::io::stdout().lock();
    // Whoever closed the pipe has read enough.
    let _closed = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
}

/// Prints a line to standard output.
pub fn line(text: &str) {
    out(&format!("{text}\n"));
}

/// Prints JSON to standard output.
pub fn json(value: &Value) {
    line(&serde_json::to_string_pretty(value).unwrap_or_default());
}

/// Prints one sentence to standard error.
pub fn problem(sentence: &str) {
    let _closed = writeln!(std::io::stderr().lock(), "entente: {sentence}");
}

/// The language of this process's output. One process says everything in one language.
static WORDS: OnceLock<Words> = OnceLock::new();

/// Chooses the language, once.
pub fn speak(lang: Lang) {
    // A second choice changes nothing: what was said was said.
    let _first = WORDS.set(Words::new(lang, Digits::Latin));
}

/// The words of the language chosen; English before one is.
pub fn words() -> Words {
    WORDS
        .get()
        .copied()
        .unwrap_or(Words::new(Lang::En, Digits::Latin))
}

/// A message without arguments.
pub fn t(key: &str) -> String {
    words().t(key)
}

/// A message about one thing.
pub fn s(key: &str, x: impl Display) -> String {
    words().s(key, &x.to_string())
}

/// A message about two things.
pub fn two(key: &str, x: impl Display, y: impl Display) -> String {
    words().two(key, &x.to_string(), &y.to_string())
}

/// Prints how far something is to standard error.
pub fn note(text: &str) {
    let _closed = writeln!(std::io::stderr().lock(), "{text}");
}

/// Fields to mend, in one sentence.
pub fn fields(errors: &[FieldError]) -> String {
    let words = words();
    let each: Vec<String> = errors
        .iter()
        .map(|e| {
            let label = words.label(e.label);
            format!("{} ({label}): {}", e.field, e.problem.text(words.lang))
        })
        .collect();
    s("cli-mend", each.join("; "))
}

/// An instant as RFC 3339 in UTC, to the second.
pub fn time(at: Instant) -> String {
    let stamp =
        jiff::Timestamp::from_second(at.0.div_euclid(1000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    stamp.to_string()
}

/// What was recorded, as JSON: the entry and its dossier.
pub fn recorded_json(recorded: &Recorded) -> Value {
    json!({"dossier": recorded.dossier.to_string(), "entry": recorded.entry.to_string()})
}

/// An obligation as JSON.
pub fn obligation_json(o: &ObligationView) -> Value {
    json!({
        "id": o.id.to_string(), "number": o.number, "dossier": o.dossier.to_string(), "kind": o.kind, "title": o.title,
        "ask": o.ask.as_str(), "creditor": o.creditor.to_string(), "owing": o.owing.to_string(), "urgency": o.urgency.as_str(),
        "state": o.state, "turn": o.turn.map(side), "our_side": o.ours.map(side),
        "asked": time(o.asked), "received": o.received.map(time), "due": o.due.map(time), "stopped": o.stopped.map(time),
        "ended": o.ended.map(time), "overdue": o.overdue, "on_time": o.on_time, "chase": o.chase,
        "extended_to": o.extended.map(|(until, _)| time(until)), "extension_reason": o.extended.map(|(_, delay)| delay.as_str()),
        "contested": o.contested.map(|c| c.as_str()),
        "receipt_times_proposed": o.proposed.iter().map(|p| json!({"by": p.by.to_string(), "of": p.of.to_string(), "at": time(p.at)})).collect::<Vec<_>>(),
        "receipt_times_agreed": o.agreed.iter().map(|(of, at)| json!({"of": of.to_string(), "at": time(*at)})).collect::<Vec<_>>(),
        "receipt_time_doubtful": o.doubtful.is_some(), "refused": o.refused.map(|(ground, _)| ground.as_str()),
        "reason_withheld": o.refused.map(|(_, withheld)| withheld), "outcome": o.outcome.as_str(), "not_received": o.not_received,
        "offers": o.offers.iter().map(|t| t.name).collect::<Vec<_>>(),
    })
}

fn side(side: entente_core::obligation::Side) -> &'static str {
    match side {
        entente_core::obligation::Side::Creditor => "creditor",
        entente_core::obligation::Side::Debtor => "debtor",
    }
}

/// An obligation as one line for people.
pub fn obligation_line(o: &ObligationView, now: Instant) -> String {
    let words = words();
    let title = if o.title.is_empty() {
        t("cli-hidden")
    } else {
        o.title.clone()
    };
    let arrow = if words.lang == Lang::Ar { "←" } else { "→" };
    format!(
        "{:<8} {:<20} {:<22} {} {arrow} {}  {}  {title}",
        o.number,
        words.label(o.ask.label()),
        words.label(o.state.label()),
        o.creditor,
        o.owing,
        entente_web::due_words(words, o, now)
    )
}

/// Asks on the terminal; what was typed, trimmed.
pub fn ask(question: &str) -> Option<String> {
    use std::io::IsTerminal as _;
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let mut stderr = std::io::stderr().lock();
    let _closed = write!(stderr, "{question} ").and_then(|()| stderr.flush());
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).ok()?;
    Some(answer.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(time(Instant(1_432_771_200_999)), "2015-05-28T00:00:00Z");
    }
}
