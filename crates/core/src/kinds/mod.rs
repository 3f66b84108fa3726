//! Every kind of dossier. Adding a kind is adding a folder and one line in [`ALL`].

pub mod bridges;
pub mod charter;
pub mod common;
pub mod conditions;
pub mod declaration;
pub mod desk;
pub mod document;
pub mod erasure;
pub mod intelligence;
pub mod investigation;
pub mod keeping;
pub mod meeting;
pub mod persons;
pub mod rectify;
pub mod release;
pub mod request;
pub mod rights;
pub mod weight;

use crate::kind::Kind;

/// The kinds that this version knows.
pub const ALL: &[&Kind] = &[
    &request::KIND,
    &investigation::KIND,
    &intelligence::KIND,
    &declaration::KIND,
    &meeting::KIND,
    &desk::KIND,
    &rights::KIND,
    &charter::KIND,
];

/// The kind of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kind> {
    ALL.iter().find(|k| k.name == name).copied()
}

/// Names of all kinds that need a charter, for default terms.
#[must_use]
pub fn chartered() -> Vec<String> {
    ALL.iter()
        .filter(|k| k.needs_charter)
        .map(|k| k.name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests;
