//! What the three formats are read into: headings, paragraphs and items of lists, with cleaned text.

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A title.
    Heading,
    /// The document's own title.
    Title,
    /// A paragraph.
    Para,
    /// An item of a list at a depth from 1, with its marker when the list is numbered. A continuation has no marker and `first` false.
    Item {
        /// Depth, from 1.
        depth: usize,
        /// "1." in numbered lists.
        marker: Option<String>,
        /// False for further paragraphs of one item.
        first: bool,
    },
    /// A horizontal rule.
    Rule,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Kind.
    pub kind: BlockKind,
    /// Text with single spaces.
    pub text: String,
}

/// Collects text and emphasis, and makes blocks of them.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// Finished blocks.
    pub blocks: Vec<Block>,
    text: String,
    /// Bytes of `text` that are bold; end of the bold run at the start.
    bold: usize,
    bold_head: usize,
    depth_bold: usize,
    /// Counters of the open lists; `None` for bullets.
    lists: Vec<Option<u64>>,
    item_fresh: bool,
    in_item: Vec<bool>,
}

impl Builder {
    /// Adds running text.
    pub(super) fn text(&mut self, text: &str) {
        if self.depth_bold > 0 {
            if self.bold_head == self.text.trim_end().len()
                || self.text.trim().is_empty()
                || self.bold == self.text.len()
            {
                self.bold_head = self.text.len() + text.len();
            }
            self.bold += text.len();
        } else if text.trim().is_empty() && self.bold_head == self.text.len() {
            self.bold_head += text.len();
            self.bold += text.len();
        }
        self.text.push_str(text);
    }

    /// Bold begins or ends.
    pub(super) fn strong(&mut self, on: bool) {
        self.depth_bold = if on {
            self.depth_bold + 1
        } else {
            self.depth_bold.saturating_sub(1)
        };
    }

    /// A list opens with its first number, or with bullets.
    pub(super) fn open_list(&mut self, first: Option<u64>) {
        self.flush_para();
        self.lists.push(first);
    }

    /// A list closes.
    pub(super) fn close_list(&mut self) {
        self.flush_para();
        self.lists.pop();
    }

    /// An item opens.
    pub(super) fn open_item(&mut self) {
        self.flush_para();
        self.item_fresh = true;
        self.in_item.push(true);
    }

    /// An item closes.
    pub(super) fn close_item(&mut self) {
        self.flush_para();
        self.in_item.pop();
        if let Some(Some(n)) = self.lists.last_mut() {
            *n = n.saturating_add(1);
        }
        self.item_fresh = false;
    }

    /// Ends a paragraph or the paragraph of an item. A paragraph wholly in bold is a heading; a bold run before a dash at its
    /// start is one too.
    pub(super) fn flush_para(&mut self) {
        let (text, bold, head) = (
            std::mem::take(&mut self.text),
            std::mem::take(&mut self.bold),
            std::mem::take(&mut self.bold_head),
        );
        let clean = clean(&text);
        if clean.is_empty() {
            return;
        }
        if !self.in_item.is_empty() {
            let marker = self
                .lists
                .last()
                .copied()
                .flatten()
                .map(|n| format!("{n}."));
            let first = std::mem::take(&mut self.item_fresh);
            self.push(
                BlockKind::Item {
                    depth: self.lists.len().max(1),
                    marker: marker.filter(|_| first),
                    first,
                },
                &text,
            );
            return;
        }
        let words = clean.split(' ').count();
        if bold > 0
            && bold + 1 >= text.trim().len()
            && words <= 30
            && !clean.ends_with(['.', '!', '?', '”'])
        {
            self.push(BlockKind::Heading, &text);
            return;
        }
        let lead = super::cut(&text, 0, head);
        let rest = super::cut(&text, head, text.len()).trim_start();
        let dash = rest.chars().next().filter(|c| matches!(c, '–' | '—' | ':'));
        let dash_in = clean_end(lead);
        if head > 0
            && head < text.len()
            && (dash.is_some() || dash_in)
            && clean_words(lead) <= 14
            && !rest.is_empty()
        {
            let rest = rest.trim_start_matches(['–', '—', ':', ' ']);
            if rest.chars().next().is_some_and(char::is_uppercase) && rest.split(' ').count() > 4 {
                self.push(
                    BlockKind::Heading,
                    lead.trim_end_matches(['–', '—', ':', ' ']),
                );
                self.push(BlockKind::Para, rest);
                return;
            }
        }
        self.push(BlockKind::Para, &text);
    }

    /// Ends a heading.
    pub(super) fn flush_heading(&mut self, title: bool) {
        let text = std::mem::take(&mut self.text);
        (self.bold, self.bold_head) = (0, 0);
        self.push(
            if title {
                BlockKind::Title
            } else {
                BlockKind::Heading
            },
            &text,
        );
    }

    /// A horizontal rule.
    pub(super) fn rule(&mut self) {
        self.flush_para();
        self.blocks.push(Block {
            kind: BlockKind::Rule,
            text: String::new(),
        });
    }

    /// Hard line breaks part paragraphs only where the lines are labelled or short; an empty line always does.
    fn push(&mut self, kind: BlockKind, text: &str) {
        if matches!(kind, BlockKind::Para) && text.contains('\n') {
            self.blocks.extend(super::plain::blocks(text));
            return;
        }
        let text = clean(text);
        if !text.is_empty() {
            self.blocks.push(Block { kind, text });
        }
    }
}

fn clean_end(lead: &str) -> bool {
    lead.trim_end().ends_with(['–', '—', ':'])
}

fn clean_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Single spaces, no invisible characters except those that join or direct letters inside words.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{00AD}') {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}
