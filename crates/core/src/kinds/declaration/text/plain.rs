//! Plain text to blocks: one paragraph per line, or hard-wrapped lines joined again.

use super::blocks::{Block, BlockKind, clean};
use super::label::{LabelKind, label};

/// Lines longer than this are paragraphs of their own, in characters.
const WRAP: usize = 125;
/// A line of at most so many words without a final mark may be a heading.
const HEADING_WORDS: usize = 12;

/// Reads plain text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut group: Vec<&str> = Vec::new();
    for line in text.lines().chain(std::iter::once("")) {
        if line.trim().is_empty() {
            flush(&group, &mut out);
            group.clear();
        } else {
            group.push(line);
        }
    }
    out
}

fn width(line: &str) -> usize {
    line.trim_end().chars().count()
}

/// Lines between two empty lines.
fn flush(group: &[&str], out: &mut Vec<Block>) {
    let widest = group.iter().map(|l| width(l)).max().unwrap_or(0);
    let wrapped = group.len() > 1 && widest <= WRAP && wrapped(group, widest);
    let mut open = String::new();
    let mut indents: Vec<usize> = Vec::new();
    let mut previous: Option<&str> = None;
    for line in group {
        let labelled = label(line.trim()).is_some();
        let ends_before = previous.is_some_and(|p| !wrapped || closes(p, widest) || is_shout(p));
        if previous.is_some() && (labelled || ends_before) {
            emit(&open, &mut indents, out);
            open.clear();
        }
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(line);
        previous = Some(line);
    }
    emit(&open, &mut indents, out);
}

/// Hard-wrapped text: most lines but the last of a paragraph are nearly as long as the longest.
fn wrapped(group: &[&str], widest: usize) -> bool {
    let full = group.iter().filter(|l| width(l) * 10 >= widest * 7).count();
    let open = group
        .iter()
        .rev()
        .skip(1)
        .filter(|l| !l.trim_end().ends_with(['.', ':', ';', '!', '?', '؟', '؛']))
        .count();
    widest >= 40 && full * 2 >= group.len() && open * 2 >= group.len().saturating_sub(1)
}

/// A short line with a final mark ends its paragraph.
fn closes(line: &str, widest: usize) -> bool {
    let end = line.trim_end();
    end.ends_with(['.', ':', '!', '?', '؟']) && width(end) * 4 <= widest * 3
}

/// A line in capitals.
fn is_shout(line: &str) -> bool {
    let letters: Vec<char> = line.chars().filter(|c| c.is_alphabetic()).collect();
    letters.len() >= 4 && letters.iter().all(|c| c.is_uppercase())
}

fn emit(text: &str, indents: &mut Vec<usize>, out: &mut Vec<Block>) {
    let indent = text.chars().take_while(|c| c.is_whitespace()).count();
    let clean = clean(text);
    if clean.is_empty() {
        return;
    }
    let found = label(&clean);
    if let Some(l) = found.filter(|l| matches!(l.kind, LabelKind::Bullet | LabelKind::Letter)) {
        let rest = super::cut(&clean, l.rest, clean.len()).to_owned();
        if rest.is_empty() || !rest.chars().any(char::is_alphanumeric) {
            out.push(Block {
                kind: BlockKind::Rule,
                text: clean,
            });
            return;
        }
        while indents.last().is_some_and(|i| *i > indent) {
            indents.pop();
        }
        if indents.last() != Some(&indent) {
            indents.push(indent);
        }
        let marker = (l.kind == LabelKind::Letter).then_some(l.text);
        out.push(Block {
            kind: BlockKind::Item {
                depth: indents.len().max(1),
                marker,
                first: true,
            },
            text: rest,
        });
        return;
    }
    let kind = if is_heading(&clean) {
        BlockKind::Heading
    } else {
        BlockKind::Para
    };
    out.push(Block { kind, text: clean });
}

/// A short line without a final mark: a heading, unless it says a date or a source (the assembly decides that first).
fn is_heading(text: &str) -> bool {
    let words = text.split(' ').count();
    let body = label(text).map_or(text, |l| super::cut(text, l.rest, text.len()));
    let ends = text.ends_with(['.', ';', ',', '?', '!', '؟', '؛', '،', ':']);
    let capital = body
        .chars()
        .find(|c| c.is_alphabetic())
        .is_none_or(|c| !c.is_lowercase());
    is_shout(text) && words <= 30 || words <= HEADING_WORDS && !ends && capital
}
