//! What is wrong with a policy file, by file and line. Texts are English: those of Cedar are.

/// Something wrong in a policy file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub struct PolicyError {
    /// Name of the file; empty for what is wrong with all of them together.
    pub file: String,
    /// Line in it, from 1; 0 if it is of no line.
    pub line: usize,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Cedar cannot read it.
    #[error("{0}")]
    Unreadable(String),
    /// It speaks of what the schema does not know.
    #[error("{0}")]
    AgainstSchema(String),
    /// It has no `@id`, or another one has the same.
    #[error("a policy needs an @id(\"…\") of its own")]
    Id,
    /// It does not say what it means in a language.
    #[error("a policy needs @{0}(\"…\"): what it means, in words")]
    Title(&'static str),
    /// Templates have no place here.
    #[error("a policy cannot be a template")]
    Template,
    /// There is none at all: nobody could do anything.
    #[error("there is no policy: nobody could do anything")]
    None,
    /// More than [`crate::MOST`].
    #[error("more than {} policies", crate::MOST)]
    TooMany,
}

impl PolicyError {
    fn said(&self) -> String {
        match (self.file.as_str(), self.line) {
            ("", _) => self.why.to_string(),
            (file, 0) => format!("{file}: {}", self.why),
            (file, line) => format!("{file}:{line}: {}", self.why),
        }
    }
}
