//! The declaration text engine: from a final declaration as published to numbered paragraphs, statements and proposed
//! commitments (DESIGN section 1).
//!
//! Everything here is a **proposal** that people confirm: each statement carries the words that made it decide, and nothing is
//! opened by a machine. The rules are linguistic (verbs, subjects, clauses) in French, English and Arabic; the words are in
//! `lexicon_fr.rs`, `lexicon_en.rs`, `lexicon_ar.rs`, the countries in `countries.rs`. Input is hostile until decoded: sizes are
//! limited first and every failure is an [`ImportError`].

mod actors;
mod align;
mod blocks;
mod classify;
mod clause;
mod countries;
mod day;
mod due;
mod future;
mod html;
mod import;
mod label;
mod lang;
mod lexicon_ar;
mod lexicon_en;
mod lexicon_fr;
mod markdown;
mod metadata;
mod negation;
mod objects;
mod pattern;
mod pieces;
mod plain;
mod propose;
pub mod register;
mod speaker;
mod split;
#[cfg(test)]
mod tests;
mod token;
mod topic;

use serde::{Deserialize, Serialize};

pub use align::{Alignment, Row, align};
pub use due::{Due, DueRelation};
pub use import::{MAX_BYTES, MAX_PARAGRAPHS, import};
pub use objects::title;
pub use propose::propose;
pub use topic::Topic;

/// A language of declarations. Serialised as `fr`, `en`, `ar`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
    /// Arabic.
    Ar,
}

/// The format of a declaration's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one paragraph per line or hard-wrapped with blank lines.
    Text,
    /// CommonMark, with or without front matter.
    Markdown,
    /// HTML.
    Html,
    /// Decide from the first bytes.
    Auto,
}

/// What kind of fault the JSON of a register has; never what the file says there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Not JSON.
    #[error("not JSON")]
    Syntax,
    /// JSON of another shape.
    #[error("a field is missing or of the wrong type")]
    Shape,
    /// It ends too early.
    #[error("the file is cut short")]
    Cut,
}

/// Why a text or a register was refused. All of them are the fault of the file: nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More bytes than the limit; nothing was decoded.
    #[error("the file has {found} bytes, more than the {limit} accepted")]
    TooLarge {
        /// Size of the input in bytes.
        found: usize,
        /// Largest accepted size in bytes.
        limit: usize,
    },
    /// Not UTF-8.
    #[error("the file is not UTF-8: first wrong byte at offset {offset}")]
    NotUtf8 {
        /// Offset of the first wrong byte.
        offset: usize,
    },
    /// Control characters that no text has.
    #[error("the file is binary, not text: control character at offset {offset}")]
    Binary {
        /// Offset of the first such byte.
        offset: usize,
    },
    /// No paragraph was found.
    #[error("the file holds no text")]
    Empty,
    /// More paragraphs than any declaration has.
    #[error("the file has more than {limit} paragraphs")]
    TooManyParagraphs {
        /// Largest accepted number.
        limit: usize,
    },
    /// Neither French, English nor Arabic.
    #[error("the language is neither French, English nor Arabic: name it")]
    UnknownLanguage,
    /// The register is not the JSON that is expected.
    #[error("the register's JSON is wrong at line {line}, column {column}: {reason}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What kind of fault it is.
        reason: JsonFault,
    },
    /// Two instruments or two points carry one identifier.
    #[error("the identifier {id} is used twice")]
    DuplicateId {
        /// The identifier.
        id: String,
    },
    /// A point names an instrument that the register does not have.
    #[error("point {point} names the instrument {instrument}, which the register does not have")]
    UnknownInstrument {
        /// The point.
        point: String,
        /// What it names.
        instrument: String,
    },
    /// A point follows a point that the register does not have.
    #[error("point {point} follows {follows}, which the register does not have")]
    UnknownPoint {
        /// The point.
        point: String,
        /// What it names.
        follows: String,
    },
    /// Points follow one another in a circle.
    #[error("point {point} follows itself through others")]
    Cycle {
        /// A point of the circle.
        point: String,
    },
    /// A declaration without any text.
    #[error("a declaration has at least one text")]
    NoText,
}

impl ImportError {
    /// A stable code, for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::NotUtf8 { .. } => "not-utf8",
            Self::Binary { .. } => "binary",
            Self::Empty => "empty",
            Self::TooManyParagraphs { .. } => "too-many-paragraphs",
            Self::UnknownLanguage => "unknown-language",
            Self::Json { .. } => "json",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::UnknownInstrument { .. } => "unknown-instrument",
            Self::UnknownPoint { .. } => "unknown-point",
            Self::Cycle { .. } => "cycle",
            Self::NoText => "no-text",
        }
    }
}

/// What a line that is not a paragraph says about the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetaKind {
    /// A date line.
    Date,
    /// Who published it.
    Source,
    /// Names under the text.
    Signature,
    /// A rule or an end mark.
    Separator,
    /// A field of the front matter.
    FrontMatter,
}

/// A line kept beside the paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// What it is.
    pub kind: MetaKind,
    /// As written.
    pub text: String,
}

/// A line of a paragraph: byte span in the paragraph's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// True for an item of a list.
    pub item: bool,
}

/// A numbered paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Position in the document, from 1.
    pub number: u32,
    /// Its own numbering as written ("Article 2", "3.", "a)"), if it has one.
    pub label: Option<String>,
    /// The label in a form that is the same in every language ("2", "3", "3.a").
    pub key: Option<String>,
    /// Title of the section it stands in.
    pub section: Option<String>,
    /// For an item of a list: number of the paragraph that introduces the list.
    pub lead_in: Option<u32>,
    /// True for an item of a list.
    pub item: bool,
    /// Text with single spaces; lines of an article are separated by `\n`.
    pub text: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A declaration as imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Language, given or detected.
    pub language: Lang,
    /// Title, if the document has one.
    pub title: Option<String>,
    /// Date of the document (`YYYY-MM-DD`), if it says so.
    pub date: Option<String>,
    /// What was set aside.
    pub metadata: Vec<Metadata>,
    /// The paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Promises to do something.
    Commits,
    /// Says again what was promised or held before.
    Reaffirms,
    /// Works or studies towards an agreement.
    StudiesTowards,
    /// Is concerned.
    IsConcerned,
    /// Condemns.
    Condemns,
    /// Supports.
    Supports,
    /// Welcomes, thanks, commends.
    Welcomes,
    /// Calls on somebody.
    CallsOn,
    /// Any other position or fact.
    Notes,
    /// Procedure: adoption, signature, entry into force.
    DecidesProcedural,
}

/// Who speaks, or whom it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Actor {
    /// All authors of the declaration together.
    Both,
    /// One author.
    One {
        /// Name as in the text.
        name: String,
        /// ISO 3166 code, if it is a state.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<String>,
    },
    /// Somebody who is not an author.
    Third {
        /// Name as in the text.
        name: String,
    },
    /// Not said.
    Unknown,
}

/// Words that decided, with their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// The paragraph where they stand (a lead-in may be another one than the statement's).
    pub paragraph: u32,
    /// First byte in that paragraph.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The words.
    pub text: String,
}

/// One statement of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What it does.
    pub act: Act,
    /// Who makes it.
    pub speaker: Actor,
    /// For appeals, to whom; for support and welcome, whose action.
    pub addressee: Option<Actor>,
    /// Verbatim.
    pub text: String,
    /// First byte in the paragraph.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The words that decided.
    pub because: Vec<Because>,
}

/// A paragraph with its statements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedParagraph {
    /// As in [`Paragraph`].
    pub number: u32,
    /// As in [`Paragraph`].
    pub label: Option<String>,
    /// As in [`Paragraph`].
    pub key: Option<String>,
    /// As in [`Paragraph`].
    pub section: Option<String>,
    /// As in [`Paragraph`].
    pub lead_in: Option<u32>,
    /// As in [`Paragraph`].
    pub text: String,
    /// What it says, in order.
    pub statements: Vec<Statement>,
}

/// The class of a proposed commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A promise.
    Commitment,
    /// An older promise restated.
    Reaffirmation,
    /// Work towards an agreement.
    StudiesTowards,
    /// An appeal to others: the authors owe each other a report on what came of it; nobody outside the link is obliged.
    Appeal,
}

/// What a confirmed proposal would oblige its owners to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObligationType {
    /// To do what was promised.
    Act,
    /// To report on what came of it.
    Report,
}

/// A proposed commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Number of its paragraph.
    pub paragraph: u32,
    /// Index of its statement in that paragraph, from 0.
    pub statement: usize,
    /// Its class.
    pub class: Class,
    /// What confirming it would oblige to.
    pub obligation: ObligationType,
    /// Short title, at most 120 characters.
    pub title: String,
    /// Verbatim.
    pub text: String,
    /// First byte in the paragraph.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Proposed topic.
    pub topic: Topic,
    /// The words that decided.
    pub because: Vec<Because>,
    /// Candidate owner.
    pub owners: Actor,
    /// Due phrases found.
    pub due: Vec<Due>,
}

/// All that the engine proposes for a declaration; `entente import declaration --propose --json` prints exactly this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Language of the text.
    pub language: Lang,
    /// Title, if any.
    pub title: Option<String>,
    /// Date of the declaration, if any.
    pub date: Option<String>,
    /// Authors found in the text, by name or ISO 3166 code.
    pub parties: Vec<String>,
    /// Paragraphs and statements.
    pub paragraphs: Vec<ProposedParagraph>,
    /// Proposed commitments, in order.
    pub commitments: Vec<Commitment>,
}

/// A slice that never panics: empty when the span is not one of the text.
fn cut(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}
