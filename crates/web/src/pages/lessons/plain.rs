//! Lessons as text, for the command line: each with how far it has come, and who owes its next step.

use crate::i18n::Words;
use entente_app::views::{LessonView, LessonsView};
use entente_core::kinds::lesson::TITLE;
use std::fmt::Write as _;

/// The lessons of a dossier, a line each.
#[must_use]
pub fn lessons(words: Words, view: &LessonsView) -> String {
    let mut out = format!("{}  {}\n", view.dossier.number, view.dossier.title);
    for lesson in &view.lessons {
        let _infallible = writeln!(out, "  {}", line(words, lesson));
    }
    out
}

fn line(words: Words, lesson: &LessonView) -> String {
    let title = lesson.text(TITLE).map(str::to_owned);
    let title = title.unwrap_or_else(|| words.t("programme-not-readable"));
    let owed = lesson.asks.iter().filter(|ask| ask.state.is_open());
    let owed: Vec<String> = owed
        .map(|ask| format!("{} {}", ask.number, ask.owing))
        .collect();
    let owed = match owed.is_empty() {
        true => String::new(),
        false => format!(" → {}", owed.join(words.comma())),
    };
    format!("[{}] {title}{owed}", words.label(lesson.state.label()))
}
