//! What the command line prints: text for people, JSON for programs. A closed pipe ends it quietly.

use std::io::Write as _;

use entente_app::views::ObligationView;
use entente_core::field::FieldError;
use entente_core::instant::Instant;
use entente_core::label::Lang;
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

/// Prints how far something is to standard error.
pub fn note(text: &str) {
    let _closed = writeln!(std::io::stderr().lock(), "{text}");
}

/// Fields to mend, in one sentence.
pub fn fields(errors: &[FieldError]) -> String {
    let each: Vec<String> = errors
        .iter()
        .map(|e| format!("{} ({}): {}", e.field, e.label.en, e.problem.text(Lang::En)))
        .collect();
    format!("please mend: {}", each.join("; "))
}

/// An instant as RFC 3339 in UTC, to the second.
pub fn time(at: Instant) -> String {
    let stamp =
        jiff::Timestamp::from_second(at.0.div_euclid(1000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    stamp.to_string()
}

/// Milliseconds as the two largest units, such as `2 d 3 h`.
pub fn span(ms: i64) -> String {
    let minutes = ms.abs() / 60_000;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
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
        "contested": o.contested.map(|c| c.as_str()), "refused": o.refused.map(|(ground, _)| ground.as_str()),
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
    let state = serde_json::to_value(o.state)
        .ok()
        .and_then(|v| v.as_str().map(|s| s.replace('_', " ")))
        .unwrap_or_default();
    let when = match (o.ended, o.due) {
        (Some(ended), _) => format!("ended {}", time(ended)),
        (None, Some(due)) if o.overdue => format!("{} late", span((now - due).0)),
        (None, Some(due)) => format!("due in {}", span((due - now).0)),
        (None, None) => "no date".to_owned(),
    };
    let title = if o.title.is_empty() {
        "(not open to you)"
    } else {
        &o.title
    };
    format!(
        "{:<8} {:<12} {:<14} {} -> {}  {when}  {title}",
        o.number,
        o.ask.as_str(),
        state,
        o.creditor,
        o.owing
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
    fn times_and_spans_read_well() {
        assert_eq!(time(Instant(1_432_771_200_999)), "2015-05-28T00:00:00Z");
        assert_eq!(span(59_000), "0 min");
        assert_eq!(span(-3 * 3_600_000), "3 h 0 min");
        assert_eq!(span(51 * 3_600_000), "2 d 3 h");
    }
}
