//! HTML to blocks, from the token stream: no tree is built, so that nesting costs nothing.

use super::blocks::{Block, Builder};
use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

const SKIPPED: &[&str] = &[
    "script", "style", "template", "noscript", "svg", "nav", "head", "form", "button", "select",
    "textarea", "iframe", "object", "figure",
];
const BLOCK: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "body",
    "html",
    "blockquote",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "dl",
    "dt",
    "dd",
    "pre",
    "aside",
    "address",
    "figcaption",
    "center",
];

/// Reads HTML.
pub(super) fn blocks(html: &str) -> Vec<Block> {
    let mut emitter: DefaultEmitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        reader.token(&token);
    }
    reader.builder.flush_para();
    reader.builder.blocks
}

#[derive(Default)]
struct Reader {
    builder: Builder,
    /// Name of the skipped element and how many of that name are open.
    skipping: Option<(String, usize)>,
    in_title: bool,
}

fn name(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).to_ascii_lowercase()
}

impl Reader {
    fn token(&mut self, token: &Token) {
        match token {
            Token::StartTag(tag) => self.start(&name(&tag.name), tag),
            Token::EndTag(tag) => self.end(&name(&tag.name)),
            Token::String(text) if self.skipping.is_none() => {
                let text = String::from_utf8_lossy(text).replace(['\n', '\r', '\t'], " ");
                self.builder.text(&text);
            }
            _ => {}
        }
    }

    fn start(&mut self, name: &str, tag: &StartTag<()>) {
        if let Some((skipped, depth)) = &mut self.skipping {
            *depth += usize::from(skipped == name && !tag.self_closing);
            if name != "body" {
                return;
            }
            self.skipping = None;
        }
        match name {
            _ if SKIPPED.contains(&name) && !tag.self_closing => {
                self.builder.flush_para();
                self.skipping = Some((name.to_owned(), 1));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.builder.flush_para();
                self.in_title = name == "h1";
            }
            "ul" => self.builder.open_list(None),
            "ol" => {
                let start = tag
                    .attributes
                    .iter()
                    .find(|(k, _)| name_is(k, "start"))
                    .and_then(|(_, v)| String::from_utf8_lossy(v).trim().parse().ok());
                self.builder.open_list(Some(start.unwrap_or(1)));
            }
            "li" => self.builder.open_item(),
            "b" | "strong" => self.builder.strong(true),
            "br" => self.builder.text("\n"),
            "hr" => self.builder.rule(),
            _ if BLOCK.contains(&name) => self.builder.flush_para(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipping {
            if skipped == name {
                *depth = depth.saturating_sub(1);
                if *depth == 0 {
                    self.skipping = None;
                }
            }
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self
                .builder
                .flush_heading(std::mem::take(&mut self.in_title)),
            "ul" | "ol" => self.builder.close_list(),
            "li" => self.builder.close_item(),
            "b" | "strong" => self.builder.strong(false),
            _ if BLOCK.contains(&name) => self.builder.flush_para(),
            _ => {}
        }
    }
}

fn name_is(bytes: &HtmlString, wanted: &str) -> bool {
    name(bytes) == wanted
}
