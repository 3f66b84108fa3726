//! What is wrong with a package, and who has to mend it. No text of an error holds anything that the package says.

use entente_proof::blame::Blame;

/// Why a package cannot be read, compared or added to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// More bytes than [`crate::limits::MAX_BYTES`].
    #[error("larger than {} MiB", crate::limits::MAX_BYTES >> 20)]
    TooLarge,
    /// Objects and arrays nested deeper than [`crate::limits::MAX_DEPTH`].
    #[error("nested too deeply at byte {at}")]
    TooDeep {
        /// Place in the file, from 0.
        at: usize,
    },
    /// More values, terms or identifiers than the limits allow.
    #[error("too many or too long: {0}")]
    TooMany(Many),
    /// Not JSON as RFC 8259 has it, in UTF-8.
    #[error("no JSON at byte {at}: {fault}")]
    Json {
        /// Place in the file, from 0.
        at: usize,
        /// What is wrong there.
        fault: JsonFault,
    },
    /// JSON, but not JSON-LD.
    #[error("JSON-LD: {0}")]
    Shape(Shape),
    /// JSON-LD that this reader refuses rather than reading it wrongly.
    #[error("JSON-LD feature that is not read: {0}")]
    Refused(Feature),
    /// Nodes without a name that are so alike that telling them apart takes too long.
    #[error("nodes without a name are too many and too alike to compare")]
    TooAlike,
    /// The package already has a node of the name that was to be added.
    #[error("a node of this name is in the package already")]
    Taken,
}

impl EvidenceError {
    /// Who has to mend it. A refused feature is nobody's fault: both are right, and share no form.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::TooLarge
            | Self::TooDeep { .. }
            | Self::TooMany(_)
            | Self::Json { .. }
            | Self::Shape(_)
            | Self::TooAlike => Blame::Malformed,
            Self::Refused(_) => Blame::NoCommonVersion,
            Self::Taken => Blame::OurBug,
        }
    }
}

/// What there is too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Many {
    /// JSON values.
    #[error("values")]
    Values,
    /// Digits of a number.
    #[error("digits of a number")]
    Digits,
    /// Terms of a context.
    #[error("terms of the context")]
    Terms,
    /// Identifiers, or one that is too long.
    #[error("identifiers")]
    Iris,
}

/// What is wrong with JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Bytes that are no UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// It ends too early.
    #[error("ends too early")]
    Ends,
    /// Something else was due here.
    #[error("something else was due")]
    Unexpected,
    /// A number that is none.
    #[error("no number")]
    Number,
    /// An escape that is none, or half a surrogate pair.
    #[error("no escape")]
    Escape,
    /// A control character in a text.
    #[error("a control character in a text")]
    Control,
    /// One name twice in an object: readers would take different ones.
    #[error("one name twice in an object")]
    Twice,
    /// Something after the end.
    #[error("something after the end")]
    Trailing,
}

/// What makes JSON no JSON-LD.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Shape {
    /// Neither an object nor an array of objects.
    #[error("the file is no object and no array of objects")]
    Top,
    /// A context, or one of its terms, of another form; or terms that are defined by each other.
    #[error("the context has another form than it may")]
    Context,
    /// The name of a node is no text.
    #[error("the name of a node is no text")]
    Id,
    /// A type is no text.
    #[error("a type is no text")]
    Type,
    /// An object with a value that has something beside it, or a value that is none.
    #[error("a value has another form than it may")]
    Value,
    /// A node was due.
    #[error("something else than a node in a graph")]
    Node,
    /// One meaning twice in an object, by two spellings of a keyword.
    #[error("one keyword twice in an object")]
    Twice,
}

/// JSON-LD features that are refused, each because reading it half would say something else than what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Feature {
    /// A context by its address: nothing is fetched while evidence is read.
    #[error("a context by its address")]
    RemoteContext,
    /// A context inside a node, or inside a term.
    #[error("a context inside a node or a term")]
    ScopedContext,
    /// `@import`, `@propagate`, `@direction` or another version in a context.
    #[error("a context with @import, @propagate, @direction or another version")]
    ContextKeyword,
    /// A container other than `@list` and `@set`.
    #[error("a container other than @list and @set")]
    Container,
    /// `@reverse`, `@nest`, `@included`, `@index`, `@direction`, or a keyword not known.
    #[error("@reverse, @nest, @included, @index, @direction or a keyword not known")]
    Keyword,
    /// A graph that has a name: what it says is a quotation, not a statement.
    #[error("a graph with a name")]
    NamedGraph,
    /// A name that is relative to its place by more than a simple last part.
    #[error("a relative name that is more than a last part")]
    RelativeName,
}
