//! What the command line prints: text for people, JSON for programs. A closed pipe ends it quietly.

use std::fmt::Display;
use std::io::Write as _;
use std::sync::OnceLock;

use entente_app::views::ObligationView;
use entente_app::{AppError, Recorded, SigningFault, Submitted};
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

/// An identifier, a name of the house or a number inside a line: where the line runs from right to left it is isolated, so that it
/// stays whole and what stands beside it keeps its place (Unicode Standard Annex 9).
pub fn plain(text: impl Display) -> String {
    isolated(text, '\u{2066}')
}

/// The same of what people wrote, in whatever script: it takes its direction from its own first letter.
pub fn free(text: impl Display) -> String {
    isolated(text, '\u{2068}')
}

fn isolated(text: impl Display, opening: char) -> String {
    match words().lang {
        Lang::Ar => format!("{opening}{text}\u{2069}"),
        Lang::Fr | Lang::En => text.to_string(),
    }
}

/// A line of columns, each as wide as said; the last as wide as it is. It runs as the language does, whatever it begins with.
pub fn row(columns: &[(String, usize)], last: &str) -> String {
    let mut out = match words().lang {
        Lang::Ar => "\u{200f}".to_owned(),
        Lang::Fr | Lang::En => String::new(),
    };
    for (text, wide) in columns {
        out.push_str(&column(text, *wide));
        out.push(' ');
    }
    out + last
}

/// A text with blanks up to a width. What takes no room on screen, such as vowel signs and isolates, counts for none.
pub fn column(text: &str, wide: usize) -> String {
    let blanks = wide.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// How many places a text takes, where a letter takes one.
fn width(text: &str) -> usize {
    let takes_none = |c: &char| matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !takes_none(c)).count()
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

/// The day of an instant in UTC, as days are typed.
pub fn day(at: Instant) -> String {
    at.to_civil().chars().take(10).collect()
}

/// What was recorded, as JSON: the entry and its dossier.
pub fn recorded_json(recorded: &Recorded) -> Value {
    json!({"dossier": recorded.dossier.to_string(), "entry": recorded.entry.to_string()})
}

/// The same of what may still wait for a second signature.
pub fn submitted_json(submitted: &Submitted) -> Value {
    match submitted {
        Submitted::Recorded(recorded) => recorded_json(recorded),
        Submitted::Waits(draft) => json!({"draft": draft.to_string()}),
        // Never said: see `unsigned`.
        Submitted::Signs(asked) => json!({"sign": asked.entry.to_string()}),
    }
}

/// No browser is here: what a passkey has to sign is refused, and done on a page.
///
/// # Errors
/// Says so.
pub fn unsigned(submitted: Submitted) -> Result<Submitted, AppError> {
    match submitted {
        Submitted::Signs(_) => Err(SigningFault::NeedsPasskey.into()),
        other => Ok(other),
    }
}

/// Says what became of an entry of this type.
pub fn submitted(what: &str, submitted: Submitted) {
    match submitted {
        Submitted::Recorded(recorded) => line(&two("cli-recorded", what, recorded.entry)),
        Submitted::Waits(draft) => line(&two("cli-waits", what, draft)),
        Submitted::Signs(asked) => line(&two("cli-waits", what, asked.entry)),
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
        free(&o.title)
    };
    let arrow = if words.lang == Lang::Ar { "←" } else { "→" };
    let columns = [
        (plain(&o.number), 8),
        (words.label(o.ask.label()).to_owned(), 20),
        (words.label(o.state.label()).to_owned(), 22),
    ];
    let (creditor, owing) = (plain(&o.creditor), plain(&o.owing));
    let due = entente_web::due_words(words, o, now);
    row(
        &columns,
        &format!("{creditor} {arrow} {owing}  {due}  {title}"),
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

    /// Marks that take no room do not shift what stands after them.
    #[test]
    fn columns_count_what_is_seen() {
        let isolated = "\u{2066}MA-12\u{2069}";
        assert_eq!(width(isolated), 5);
        let (bare, marked) = (column("MA-12", 8), column(isolated, 8));
        assert_eq!(width(&bare), width(&marked));
        assert_eq!(width(&column("مُدَّة", 6)), 6, "vowel signs stand above");
        assert_eq!(column("longer than that", 4), "longer than that");
    }

    #[test]
    fn times_read_well() {
        assert_eq!(time(Instant(1_432_771_200_999)), "2015-05-28T00:00:00Z");
    }
}
