//! CommonMark to blocks, and the front matter that may stand before it.

use super::blocks::{Block, Builder};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// Reads Markdown without front matter.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    let mut top_heading = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                builder.flush_para();
                top_heading = level == HeadingLevel::H1;
            }
            Event::End(TagEnd::Heading(_)) => builder.flush_heading(top_heading),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph | TagEnd::CodeBlock) => {
                builder.flush_para()
            }
            Event::Start(Tag::List(first)) => builder.open_list(first),
            Event::End(TagEnd::List(_)) => builder.close_list(),
            Event::Start(Tag::Item) => builder.open_item(),
            Event::End(TagEnd::Item) => builder.close_item(),
            Event::Start(Tag::Strong) => builder.strong(true),
            Event::End(TagEnd::Strong) => builder.strong(false),
            Event::Text(text) | Event::Code(text) => builder.text(&text),
            Event::SoftBreak => builder.text(" "),
            Event::HardBreak => builder.text("\n"),
            Event::Rule => builder.rule(),
            _ => {}
        }
    }
    builder.flush_para();
    builder.blocks
}

/// Fields of a front matter (`---` lines around `key: value`) and the rest of the file.
pub(super) fn front_matter(text: &str) -> (Vec<(String, String)>, &str) {
    let Some(body) = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))
    else {
        return (Vec::new(), text);
    };
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut at = text.len() - body.len();
    for line in body.split_inclusive('\n') {
        at += line.len();
        let trimmed = line.trim_end();
        if trimmed == "---" || trimmed == "..." {
            return (fields, text.get(at..).unwrap_or(""));
        }
        match trimmed.split_once(':') {
            Some((key, value)) if !key.starts_with([' ', '-', '\t']) => {
                fields.push((key.trim().to_owned(), unquote(value.trim())))
            }
            _ if trimmed.is_empty() || trimmed.starts_with([' ', '-', '#', '\t']) => {}
            _ => return (Vec::new(), text),
        }
    }
    (Vec::new(), text)
}

/// A YAML scalar without its quotes; `\_` is a space and `\xE9` a character in double quotes.
fn unquote(value: &str) -> String {
    let inner = |q: char| value.strip_prefix(q).and_then(|v| v.strip_suffix(q));
    if let Some(v) = inner('\'') {
        return v.replace("''", "'");
    }
    let Some(v) = inner('"') else {
        return value.to_owned();
    };
    let mut out = String::new();
    let mut chars = v.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('_') => out.push(' '),
            Some('n') => out.push(' '),
            Some('x') => {
                let hex: String = chars.by_ref().take(2).collect();
                out.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}
