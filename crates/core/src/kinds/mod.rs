//! Every kind of dossier. Adding a kind is adding a folder and one line in [`ALL`].

pub mod bridges;
pub mod charter;
pub mod common;
pub mod conditions;
pub mod declaration;
pub mod desk;
pub mod document;
pub mod duty;
pub mod erasure;
pub mod intelligence;
pub mod investigation;
pub mod keeping;
pub mod lesson;
pub mod meeting;
pub mod persons;
pub mod proceedings;
pub mod programme;
pub mod rectify;
pub mod release;
pub mod request;
pub mod rights;
mod sets;
pub mod weight;

use crate::kind::{EntryType, Kind};

/// The kinds that this version knows.
pub const ALL: &[&Kind] = &[
    &request::KIND,
    &investigation::KIND,
    &intelligence::KIND,
    &declaration::KIND,
    &meeting::KIND,
    &programme::KIND,
    &programme::IMAM_TRAINING,
    &lesson::KIND,
    &desk::KIND,
    &rights::KIND,
    &proceedings::KIND,
    &duty::KIND,
    &charter::KIND,
];

/// The kind of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kind> {
    ALL.iter().find(|k| k.name == name).copied()
}

/// The entry type of a name, whichever kind has it: what several take is one definition, of the first that has it.
#[must_use]
pub fn entry(name: &str) -> Option<&'static EntryType> {
    ALL.iter().find_map(|kind| kind.entry(name))
}

/// Whether a kind is of the legal duties to inform: a charter admits it by that option, and not by listing it.
#[must_use]
pub fn is_of_duties(name: &str) -> bool {
    [proceedings::NAME, duty::NAME].contains(&name)
}

/// Whether entries of a type are decisions that only a magistrate takes.
#[must_use]
pub fn is_decision(entry_type: &str) -> bool {
    proceedings::DECISIONS.contains(&entry_type) || duty::DECISIONS.contains(&entry_type)
}

/// Whether dossiers of a kind are files of our own node, in which no other takes part and of which nothing leaves.
#[must_use]
pub fn stays_home(name: &str) -> bool {
    name == duty::NAME
}

/// Names of all kinds that a charter may list, for default terms.
#[must_use]
pub fn chartered() -> Vec<String> {
    ALL.iter()
        .filter(|k| k.needs_charter && !is_of_duties(k.name))
        .map(|k| k.name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests;
