//! How the clauses of an agreement stand: from who was asked and by what each answered, whatever the order in which that came. Both nodes
//! compute it from the same obligations. Which clause took another's place, and the numbers, are in bodies: who cannot read an accepted clause
//! cannot say what stands, and signs nothing.

use crate::ids::EntryId;
use std::collections::{BTreeMap, BTreeSet};

/// How what was asked about a clause or a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nobody has answered yet.
    Open,
    /// Accepted, or signed.
    Agreed,
    /// Another text took its place.
    Countered,
    /// Refused, waived, withdrawn or answered otherwise.
    Otherwise,
}

/// How a clause stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Everybody who was asked accepted it.
    Accepted,
    /// It waits.
    Proposed,
    /// Another text answered it.
    Countered,
    /// It is not agreed.
    Refused,
}

/// How a clause stands by what everybody who was asked answered. A clause that nobody was asked about is not agreed.
#[must_use]
pub fn standing(answers: &[Answer]) -> Standing {
    let any = |wanted: Answer| answers.contains(&wanted);
    if answers.is_empty() || any(Answer::Otherwise) {
        Standing::Refused
    } else if any(Answer::Countered) {
        Standing::Countered
    } else if any(Answer::Open) {
        Standing::Proposed
    } else {
        Standing::Accepted
    }
}

/// A clause as it was proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its entry.
    pub entry: EntryId,
    /// Its number, where it can be read.
    pub number: Option<i64>,
    /// The accepted clause whose place it takes.
    pub replaces: Option<EntryId>,
    /// What everybody who was asked answered.
    pub answers: Vec<Answer>,
}

fn accepted(clauses: &[Clause]) -> impl Iterator<Item = &Clause> {
    let all = clauses.iter();
    all.filter(|clause| standing(&clause.answers) == Standing::Accepted)
}

/// The clauses whose place an accepted one took.
#[must_use]
pub fn followed(clauses: &[Clause]) -> BTreeSet<EntryId> {
    accepted(clauses)
        .filter(|clause| clause.replaces != Some(clause.entry))
        .filter_map(|clause| clause.replaces)
        .collect()
}

/// The clauses that both sides agree on, by number: accepted, and no accepted one took their place.
#[must_use]
pub fn agreed(clauses: &[Clause]) -> Vec<EntryId> {
    let followed = followed(clauses);
    let mut stand: Vec<&Clause> = accepted(clauses)
        .filter(|clause| !followed.contains(&clause.entry))
        .collect();
    stand.sort_by_key(|clause| (clause.number.is_none(), clause.number, clause.entry));
    stand.into_iter().map(|clause| clause.entry).collect()
}

/// Whether two of the clauses that both sides agree on have one number: two articles that contradict each other are no agreement.
#[must_use]
pub fn twice_numbered(clauses: &[Clause]) -> bool {
    let stand: BTreeSet<EntryId> = agreed(clauses).into_iter().collect();
    let mut met = BTreeSet::new();
    let standing = clauses.iter().filter(|one| stand.contains(&one.entry));
    let mut numbers = standing.filter_map(|one| one.number);
    numbers.any(|number| !met.insert(number))
}

/// Whether a version may be signed: it holds a clause, each once, and each was accepted.
#[must_use]
pub fn holds_only_accepted(version: &[EntryId], clauses: &[Clause]) -> bool {
    let known: BTreeMap<EntryId, Standing> = clauses
        .iter()
        .map(|clause| (clause.entry, standing(&clause.answers)))
        .collect();
    let once: BTreeSet<&EntryId> = version.iter().collect();
    let accepted = |entry: &EntryId| known.get(entry) == Some(&Standing::Accepted);
    !version.is_empty() && once.len() == version.len() && version.iter().all(accepted)
}

#[cfg(test)]
mod tests;
