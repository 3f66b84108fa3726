//! Tests of the declaration text engine: our own sample texts in three languages, hostile input, and the shared inputs when they
//! stand beside the repository.

mod align;
mod due;
mod hostile;
mod import;
mod measure;
mod negation;
mod register;
mod samples;
mod shared;
mod truth;
mod unseen;

use super::{Class, Commitment, Format, Lang, Proposal, Text, import as import_text, propose};

/// Imports and proposes a text of ours.
fn proposal(text: &str) -> Proposal {
    propose(&read(text))
}

fn read(text: &str) -> Text {
    import_text(text.as_bytes(), Format::Auto, None).expect("our own sample is read")
}

/// Titles of the commitments of a class.
fn titles(p: &Proposal, class: Class) -> Vec<&str> {
    p.commitments
        .iter()
        .filter(|c| c.class == class)
        .map(|c| c.title.as_str())
        .collect()
}

fn of(p: &Proposal, class: Class) -> Vec<&Commitment> {
    p.commitments.iter().filter(|c| c.class == class).collect()
}

/// A file of the shared data, or `None` (said plainly) when it is not there.
fn shared_bytes(name: &str) -> Option<Vec<u8>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/declarations")
        .join(name);
    #[expect(
        clippy::disallowed_methods,
        reason = "a test reads the shared inputs; the code under test does not"
    )]
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        println!("skipped: shared data absent");
    }
    bytes
}

fn shared_text(name: &str, lang: Lang) -> Option<Text> {
    let text =
        import_text(&shared_bytes(name)?, Format::Auto, None).expect("a shared input is read");
    assert_eq!(text.language, lang, "{name}");
    Some(text)
}
