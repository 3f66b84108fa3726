//! From bytes to numbered paragraphs: limits, decoding, format, language, numbering.

use super::blocks::{Block, BlockKind};
use super::day::{Day, whole_date};
use super::label::{Label, LabelKind, label};
use super::metadata::{cut_at, date_line, is_preamble, is_source};
use super::{
    Format, ImportError, Lang, Line, MetaKind, Metadata, Paragraph, Text, cut, html, lang,
    markdown, plain, token,
};

/// Largest accepted input in bytes (2 MiB).
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Largest accepted number of paragraphs.
pub const MAX_PARAGRAPHS: usize = 20_000;

/// Imports a declaration. Limits are checked before anything is decoded; the language is detected unless given.
///
/// # Errors
/// [`ImportError`] for a file that is too large, not UTF-8, binary, empty, or in no language of the three.
pub fn import(bytes: &[u8], format: Format, given: Option<Lang>) -> Result<Text, ImportError> {
    let source = decode(bytes)?;
    let (fields, body) = match format {
        Format::Html => (Vec::new(), source),
        _ => markdown::front_matter(source),
    };
    let blocks = match format {
        Format::Text => plain::blocks(body),
        Format::Markdown => markdown::blocks(body),
        Format::Html => html::blocks(body),
        Format::Auto if looks_html(body) => html::blocks(body),
        Format::Auto if !fields.is_empty() || looks_markdown(body) => markdown::blocks(body),
        Format::Auto => plain::blocks(body),
    };
    let sample = blocks
        .iter()
        .map(|b| b.text.as_str())
        .take(400)
        .collect::<Vec<_>>()
        .join("\n");
    if !sample.chars().any(char::is_alphanumeric) {
        return Err(ImportError::Empty);
    }
    let language = given
        .or_else(|| lang::detect(&sample))
        .ok_or(ImportError::UnknownLanguage)?;
    assemble(blocks, fields, language)
}

fn decode(bytes: &[u8]) -> Result<&str, ImportError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImportError::TooLarge {
            found: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| ImportError::NotUtf8 {
        offset: e.valid_up_to(),
    })?;
    let control = |c: char| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}');
    if let Some((offset, _)) = text.char_indices().find(|(_, c)| control(*c)) {
        return Err(ImportError::Binary { offset });
    }
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

fn looks_html(text: &str) -> bool {
    let head: String = text
        .trim_start()
        .chars()
        .take(400)
        .collect::<String>()
        .to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<?xml")
        || ["<body", "<p>", "<p ", "<div", "<h1", "<article"]
            .iter()
            .any(|t| head.contains(t))
}

fn looks_markdown(text: &str) -> bool {
    let marks = text.lines().take(2_000).filter(|l| {
        let l = l.trim_start();
        l.starts_with("# ")
            || l.starts_with("## ")
            || l.starts_with("### ")
            || l.contains("**")
            || l.starts_with("- ")
            || l.starts_with("* ")
            || l.starts_with("> ")
    });
    marks.count() >= 1
        && (text.contains("**")
            || text.contains("\n#")
            || text.starts_with('#')
            || text.contains("\n\n- ")
            || text.contains("\n\n* "))
}

/// Builds the numbered paragraphs.
fn assemble(
    blocks: Vec<Block>,
    fields: Vec<(String, String)>,
    language: Lang,
) -> Result<Text, ImportError> {
    let mut out = Assembly {
        text: Text {
            language,
            title: None,
            date: None,
            metadata: Vec::new(),
            paragraphs: Vec::new(),
        },
        section: None,
        lead: None,
        article: None,
        parents: Vec::new(),
        base: 0,
        merging: false,
    };
    for (key, value) in fields {
        out.field(&key, &value);
    }
    let last = blocks.len();
    for (i, block) in blocks.iter().enumerate() {
        let next = blocks
            .get(i + 1..)
            .unwrap_or(&[])
            .iter()
            .find(|b| b.kind != BlockKind::Rule);
        out.block(block, next, last - i)?;
    }
    out.finish()
}

struct Assembly {
    text: Text,
    section: Option<String>,
    /// The paragraph that a list would follow.
    lead: Option<u32>,
    /// Label and key of a heading like "Article 2", waiting for its text.
    article: Option<(String, String)>,
    /// Keys of the labels above, for nested numbering.
    parents: Vec<String>,
    /// How many of them stand above the items of a list.
    base: usize,
    /// True while the paragraphs of an article are joined.
    merging: bool,
}

impl Assembly {
    fn field(&mut self, key: &str, value: &str) {
        match key {
            "title" if !value.is_empty() => self.text.title = Some(value.trim().to_owned()),
            "date" => self.text.date = value.get(..10).and_then(Day::parse).map(|d| d.to_string()),
            _ => {}
        }
        self.text.metadata.push(Metadata {
            kind: MetaKind::FrontMatter,
            text: format!("{key}: {value}"),
        });
    }

    fn block(
        &mut self,
        block: &Block,
        next: Option<&Block>,
        remaining: usize,
    ) -> Result<(), ImportError> {
        if self.text.paragraphs.len() >= MAX_PARAGRAPHS {
            return Err(ImportError::TooManyParagraphs {
                limit: MAX_PARAGRAPHS,
            });
        }
        let text = block.text.as_str();
        if let Some(kind) = self.metadata_kind(block, next, remaining) {
            self.text.metadata.push(Metadata {
                kind,
                text: text.to_owned(),
            });
            return Ok(());
        }
        match &block.kind {
            BlockKind::Rule => self.merging = false,
            BlockKind::Title if self.text.title.is_none() => {
                self.text.title = Some(text.to_owned())
            }
            BlockKind::Title if self.text.paragraphs.is_empty() => {}
            BlockKind::Title | BlockKind::Heading => self.heading(text, next),
            BlockKind::Para => self.para(text, next),
            BlockKind::Item {
                depth,
                marker,
                first,
            } => self.item(text, *depth, marker.as_deref(), *first),
        }
        Ok(())
    }

    /// Dates, sources, end marks and names under the text.
    fn metadata_kind(
        &mut self,
        block: &Block,
        next: Option<&Block>,
        remaining: usize,
    ) -> Option<MetaKind> {
        let text = block.text.as_str();
        if !text.chars().any(char::is_alphanumeric) {
            return Some(MetaKind::Separator);
        }
        if matches!(block.kind, BlockKind::Item { .. } | BlockKind::Title) {
            return None;
        }
        if is_source(text) {
            return Some(MetaKind::Source);
        }
        if let Some(day) = date_line(text, self.text.language) {
            self.text.date.get_or_insert_with(|| day.to_string());
            return Some(MetaKind::Date);
        }
        // A name with a date under it signs a quotation or the text.
        let dated = block.kind == BlockKind::Heading
            && next.is_some_and(|n| date_line(&n.text, self.text.language).is_some());
        if dated && (!self.text.paragraphs.is_empty()) && text.split(' ').count() <= 8 {
            return Some(MetaKind::Signature);
        }
        let names = || {
            text.split(' ').count() <= 10
                && !text.ends_with(['.', ':', ';'])
                && text
                    .split(' ')
                    .all(|w| w.chars().next().is_some_and(|c| !c.is_lowercase()))
        };
        let closing = remaining <= 4
            && block.kind != BlockKind::Rule
            && !self.text.paragraphs.is_empty()
            && self.article.is_none();
        (closing && self.text.language != Lang::Ar && label(text).is_none() && names())
            .then_some(MetaKind::Signature)
    }

    fn heading(&mut self, text: &str, next: Option<&Block>) {
        self.merging = false;
        let found = label(text);
        // A line without a final mark is no heading when nothing follows it, or when it stands in a list that was announced.
        if found.is_none() && self.article.is_none() {
            let listed = self.lead.is_some_and(|n| {
                self.paragraph(n)
                    .is_some_and(|p| p.text.trim_end().ends_with(':'))
            }) && next.is_none_or(|b| b.kind == BlockKind::Heading);
            if listed || next.is_none() {
                self.push(text, (None, None), listed);
                return;
            }
        }
        self.lead = None;
        match found {
            Some(l) if l.kind == LabelKind::Article => {
                let rest = cut(text, l.rest, text.len()).trim();
                if !rest.is_empty() {
                    self.section = Some(rest.to_owned());
                } else if self.section.as_deref().is_some_and(is_preamble) {
                    self.section = None;
                }
                self.article = Some((l.text, l.key));
            }
            Some(l) if l.kind == LabelKind::Number && !introduces(next) => {
                let item = false;
                self.labelled(text, &l, item);
            }
            Some(l) if l.kind == LabelKind::Bullet => {
                self.section = Some(cut(text, l.rest, text.len()).to_owned())
            }
            _ if self.text.title.is_none()
                && self.text.paragraphs.is_empty()
                && self.section.is_none()
                && next.is_some() =>
            {
                self.text.title = Some(text.to_owned())
            }
            _ => self.section = Some(text.to_owned()),
        }
    }

    fn para(&mut self, text: &str, next: Option<&Block>) {
        if let Some((written, key)) = self.article.take() {
            self.merging = true;
            self.push(text, (Some(written), Some(key.clone())), false);
            self.parents = vec![key];
            return;
        }
        match label(text).filter(|l| l.rest < text.len() && l.kind != LabelKind::Bullet) {
            Some(l) if self.merging && l.kind != LabelKind::Article => self.append(text, true),
            Some(l)
                if l.kind == LabelKind::Roman
                    && introduces(next)
                    && text.split(' ').count() <= 14
                    && !text.ends_with('.') =>
            {
                self.section = Some(text.to_owned())
            }
            Some(l) => {
                let item = l.kind != LabelKind::Article
                    && self.lead.is_some_and(|n| self.announces(n, l.kind));
                self.labelled(text, &l, item);
                self.merging = l.kind == LabelKind::Article;
            }
            None if self.merging => self.append(text, false),
            None => self.push(text, (None, None), false),
        }
    }

    fn labelled(&mut self, text: &str, l: &Label, item: bool) {
        let body = cut(text, l.rest, text.len()).to_owned();
        let key = if l.kind == LabelKind::Letter {
            self.nested(&l.key)
        } else {
            l.key.clone()
        };
        self.push(&body, (Some(l.text.clone()), Some(key)), item);
        if l.kind != LabelKind::Letter {
            self.parents = vec![l.key.clone()];
            self.base = 1;
        }
    }

    fn item(&mut self, text: &str, depth: usize, marker: Option<&str>, first: bool) {
        if self.article.is_some() {
            let marked = marker.map_or_else(|| text.to_owned(), |m| format!("{m} {text}"));
            self.para(&marked, None);
            return;
        }
        if self.merging {
            let marked = marker.map_or_else(|| text.to_owned(), |m| format!("{m} {text}"));
            self.append(&marked, true);
            return;
        }
        let own =
            label(text).filter(|l| l.rest < text.len() && !matches!(l.kind, LabelKind::Bullet));
        let found = marker
            .and_then(|m| label(&format!("{m} x")))
            .or_else(|| own.clone());
        let body = match &own {
            Some(l) if marker.is_none() => cut(text, l.rest, text.len()).to_owned(),
            _ => text.to_owned(),
        };
        let labels = found.filter(|_| first).map_or((None, None), |l| {
            self.parents.truncate(self.base + depth.saturating_sub(1));
            let key = self.nested(&l.key);
            self.parents.push(l.key.clone());
            (Some(l.text), Some(key))
        });
        self.push(&body, labels, true);
    }

    fn nested(&self, key: &str) -> String {
        self.parents
            .iter()
            .map(String::as_str)
            .chain(std::iter::once(key))
            .collect::<Vec<_>>()
            .join(".")
    }

    /// True if a paragraph introduces what follows with this kind of label: "3. ... agreed to:" introduces "a)", not "4.".
    fn announces(&self, number: u32, kind: LabelKind) -> bool {
        self.paragraph(number).is_some_and(|p| {
            let own = p
                .label
                .as_deref()
                .and_then(|l| label(&format!("{l} x")))
                .map(|l| l.kind);
            p.text.trim_end().ends_with(':') && own != Some(kind)
        })
    }

    fn paragraph(&self, number: u32) -> Option<&Paragraph> {
        usize::try_from(number)
            .ok()
            .and_then(|n| n.checked_sub(1))
            .and_then(|i| self.text.paragraphs.get(i))
    }

    fn push(&mut self, text: &str, labels: (Option<String>, Option<String>), item: bool) {
        let number = u32::try_from(self.text.paragraphs.len() + 1).unwrap_or(u32::MAX);
        if !item {
            self.lead = Some(number);
            if labels.1.is_none() {
                self.parents.clear();
                self.base = 0;
            }
        }
        let lead_in = if item { self.lead } else { None };
        let lines = vec![Line {
            start: 0,
            end: text.len(),
            item,
        }];
        let (label, key) = labels;
        self.text.paragraphs.push(Paragraph {
            number,
            label,
            key,
            section: self.section.clone(),
            lead_in,
            item,
            text: text.to_owned(),
            lines,
        });
    }

    /// A further line of the article that is open.
    fn append(&mut self, text: &str, item: bool) {
        let Some(p) = self.text.paragraphs.last_mut() else {
            return;
        };
        p.text.push('\n');
        let start = p.text.len();
        p.text.push_str(text);
        p.lines.push(Line {
            start,
            end: p.text.len(),
            item,
        });
    }

    /// Without a date line the date of the meeting in the first paragraph is the declaration's.
    fn finish(mut self) -> Result<Text, ImportError> {
        if self.text.paragraphs.is_empty() {
            return Err(ImportError::Empty);
        }
        if self.text.date.is_none() {
            let opening = self
                .text
                .title
                .iter()
                .map(String::as_str)
                .chain(self.text.paragraphs.first().map(|p| p.text.as_str()));
            let date = opening
                .filter_map(|t| {
                    whole_date(
                        self.text.language,
                        &token::tokens(cut_at(t, 1000), self.text.language),
                    )
                })
                .next();
            self.text.date = date.map(|d| d.to_string());
        }
        Ok(self.text)
    }
}

/// True when a block of running text without a number of its own follows: what stands before it is a heading.
fn introduces(next: Option<&Block>) -> bool {
    next.is_some_and(|b| match b.kind {
        BlockKind::Para => label(&b.text).is_none_or(|l| l.kind == LabelKind::Bullet),
        BlockKind::Item { .. } => true,
        _ => false,
    })
}
