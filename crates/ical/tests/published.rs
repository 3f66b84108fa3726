//! The published calendars: what each holds, or why it is refused, held against a list that people read (`golden/calendars.txt`).

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use entente_ical::{When, read};
use std::fmt::Write;
use std::path::PathBuf;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/calendars");
    if !folder.is_dir() {
        eprintln!("the shared calendars are absent: {}", folder.display());
        return None;
    }
    Some(folder)
}

fn told(when: &When) -> String {
    match when {
        When::Day(day) => format!("{day}"),
        When::Floating(local) => format!("{local} floating"),
        When::Zoned {
            local,
            zone,
            at: None,
        } => format!("{local} in {zone}, unknown"),
        When::Zoned { at: Some(at), .. } | When::Utc(at) => at.to_string(),
    }
}

fn line(name: &str, bytes: &[u8]) -> String {
    let calendar = match read(bytes) {
        Err(refused) => return format!("{name}: refused: {refused}"),
        Ok(calendar) => calendar,
    };
    let mut line = format!("{name}: {} events", calendar.events.len());
    for (other, count) in &calendar.others {
        write!(line, ", {count} {other}").unwrap();
    }
    if let Some(method) = calendar.method {
        write!(line, ", {}", method.as_str()).unwrap();
    }
    if let Some(first) = calendar.events.first() {
        write!(line, "; first {}", told(&first.start)).unwrap();
        if let Some(end) = &first.end {
            write!(line, " to {}", told(end)).unwrap();
        }
        if !first.attendees.is_empty() {
            write!(line, ", {} invited", first.attendees.len()).unwrap();
        }
    }
    for unread in &calendar.unread {
        write!(line, "; event {}: {:?}", unread.event, unread.why).unwrap();
    }
    line
}

/// Take out: in `src/read.rs`, `balanced`, or `zones`.
#[test]
fn every_published_calendar_is_read_as_its_source_says_or_refused_with_its_reason() {
    let Some(folder) = folder() else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "ics"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 133);
    let mut lines = String::new();
    for file in &files {
        let name = file.file_name().unwrap().to_str().unwrap();
        lines += &line(name, &std::fs::read(file).unwrap());
        lines.push('\n');
    }
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/calendars.txt");
    let known = std::fs::read_to_string(&golden).unwrap_or_default();
    if known != lines {
        std::fs::write(golden.with_extension("new.txt"), &lines).unwrap();
    }
    assert!(known == lines, "see tests/golden/calendars.new.txt");
}
