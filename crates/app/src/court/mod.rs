//! An investigation before the courts: what recording holds such entries to, and the bundle for a court ([`Bundling`], [`verify_court`]).
//!
//! Only what may be produced is recorded as produced, by whom policies let do so. What a court decided answers all feedback that is still
//! owed on the contributions that it names, in one entry.

pub mod archive;
pub mod index;
mod make;
mod verify;

pub use entente_proof::bundle::Trusted;
pub use make::{Bundling, Pages};
pub(crate) use verify::said;
pub use verify::{CourtFault, CourtReport, read_index, verify_court};

use crate::charter::regular;
use crate::error::{AppError, Result};
use crate::record::Scene;
use crate::relations::Tie;
use crate::{Actor, App, Recording};
use entente_core::act::{Act, Config, OnAct};
use entente_core::codes::Ask;
use entente_core::field::{FieldError, Problem, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::court::{
    ENTRIES, EVIDENCE_EXCLUDED, EXCLUDED, OUTCOME, PRODUCED, RESULT,
};
use entente_store::{EntryRow, Read, RelationRow, Write};
use std::collections::BTreeSet;

/// How an entry about the courts stands to one that it names, among the relations of entries.
const SAYS_OF: u8 = Tie::SaysOf.number();
/// Most entries about the courts that are noted of one: a partner could write without end.
const MOST_SAID: usize = 1_000;
/// Most entries that are produced, or decided upon, at once.
pub const MOST_PRODUCED: usize = 100;

/// The entries that a production or an outcome names.
pub(crate) fn entries_of(values: &Values) -> Vec<EntryId> {
    let named = values.list(ENTRIES).iter();
    named.filter_map(|id| id.parse().ok()).collect()
}

impl App {
    /// Whom a production or an outcome is for: no more nodes than hold all that it names, and each originator among them. Nothing for
    /// entries of other types.
    ///
    /// # Errors
    /// [`AppError::Fields`] where it names what is no entry of this dossier that its author may read, or, to be produced, what may not be.
    pub(crate) fn told_of_court(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier, config): (&'static EntryType, DossierId, &Config),
        (values, answers): (&Values, bool),
    ) -> Result<Option<Vec<NodeName>>> {
        if entry_type.name != PRODUCED.name && entry_type.name != OUTCOME.name {
            return Ok(None);
        }
        let wrong = |problem| AppError::field(entry_type, ENTRIES, problem);
        let named = entries_of(values);
        if named.len() > MOST_PRODUCED {
            return Err(wrong(Problem::TooLong(MOST_PRODUCED)));
        }
        let all = config.nodes();
        let mut audience = all.clone();
        let mut authors: BTreeSet<NodeName> = BTreeSet::new();
        for id in named {
            let row = tx.entry(id)?.filter(|row| row.dossier == dossier);
            let said = row.and_then(|row| regular(&row).map(|header| (row, header)));
            let Some((row, header)) = said else {
                return Err(wrong(Problem::NotInList));
            };
            let fits = match entry_type.produces() {
                true => self.court_standing(tx, actor, (&row, &header))?.may(),
                false => self.read_by(tx, actor, &row)?.is_some(),
            };
            if !fits {
                return Err(wrong(Problem::NotInList));
            }
            audience.retain(|node| header.audience.contains(node));
            authors.insert(header.node());
        }
        // Whoever gave something is told what became of it; and what answers an obligation goes to all for whom that was.
        let told = authors.iter().all(|node| audience.contains(node));
        match told && (!answers || audience == all) {
            true => Ok(Some(audience)),
            false => Err(wrong(Problem::NotInList)),
        }
    }

    /// Notes which entries one about the courts names, so that it is found from each of them.
    pub(crate) fn came_of_court(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        values: Option<&Values>,
    ) -> Result<()> {
        let says = row.kind == PRODUCED.name || row.kind == OUTCOME.name;
        let Some(values) = values.filter(|_| says) else {
            return Ok(());
        };
        let named: BTreeSet<EntryId> = entries_of(values).into_iter().collect();
        for to in named.into_iter().take(MOST_PRODUCED) {
            let known = tx.relations(to)?;
            let known = known.iter().filter(|r| r.relation == SAYS_OF && r.to == to);
            let known: Vec<EntryId> = known.map(|r| r.entry).collect();
            if known.len() >= MOST_SAID || known.contains(&row.id) {
                continue;
            }
            tx.insert_relation(&RelationRow {
                entry: row.id,
                from: row.id,
                to,
                to_dossier: row.dossier,
                relation: SAYS_OF,
            })?;
        }
        Ok(())
    }

    /// The entries about the courts that name an entry of their dossier, with effect, in order.
    pub(crate) fn said_in_court(
        &self,
        tx: &dyn Read,
        (dossier, entry): (DossierId, EntryId),
    ) -> Result<Vec<EntryRow>> {
        let mut rows = Vec::new();
        for relation in tx.relations(entry)? {
            if relation.relation == SAYS_OF && relation.to == entry {
                rows.extend(
                    tx.entry(relation.entry)?
                        .filter(|row| row.dossier == dossier),
                );
            }
        }
        rows.retain(|row| [PRODUCED.name, OUTCOME.name].contains(&row.kind.as_str()));
        rows.sort_by_key(|row| row.position);
        Ok(rows)
    }

    /// The feedback of ours, still open, that the entries of an outcome are owed.
    pub(crate) fn feedback_owed(
        &self,
        tx: &dyn Read,
        recording: &Recording,
    ) -> Result<Vec<ObligationId>> {
        let mut owed: Vec<ObligationId> = Vec::new();
        if recording.entry_type != OUTCOME.name {
            return Ok(owed);
        }
        for id in entries_of(&recording.values) {
            let row = tx
                .entry(id)?
                .filter(|row| Some(row.dossier) == recording.dossier);
            let header = row.and_then(|row| Header::from_bytes(&row.header).ok());
            for ob in header.iter().flat_map(|header| feedback_of(id, header)) {
                let open = tx.obligation(ob)?.filter(|row| row.ask == Ask::Feedback);
                let ours =
                    open.filter(|row| row.state.is_open() && row.debtor.node() == self.inner.me);
                if ours.is_some() && !owed.contains(&ob) {
                    owed.push(ob);
                }
            }
        }
        Ok(owed)
    }

    /// What an outcome does to one feedback it does to all that is owed on the entries that it names.
    pub(crate) fn answered_besides(
        &self,
        tx: &dyn Read,
        (recording, scene): (&Recording, &Scene),
        acts: &[Act],
    ) -> Result<Vec<Act>> {
        let Some(target) = &scene.target else {
            return Ok(Vec::new());
        };
        let done: Vec<OnAct> = acts.iter().filter_map(on_act).cloned().collect();
        let owed = self.feedback_owed(tx, recording)?.into_iter();
        let others = owed.filter(|ob| *ob != target.ask.id);
        let again = |obligation: ObligationId| {
            let act = move |act: &OnAct| Act::On {
                obligation,
                act: act.clone(),
            };
            done.iter().map(act).collect::<Vec<_>>()
        };
        Ok(others.flat_map(again).collect())
    }
}

fn on_act(act: &Act) -> Option<&OnAct> {
    match act {
        Act::On { act, .. } => Some(act),
        _ => None,
    }
}

/// The feedback that an entry asks for, or joined.
fn feedback_of(id: EntryId, header: &Header) -> Vec<ObligationId> {
    let joined = header.acts.on().filter(|(_, act)| **act == OnAct::Join);
    let joined = joined.map(|(ob, _)| ob);
    header.asked(id).chain(joined).collect()
}

/// What an outcome leaves unsaid: where evidence was set aside, why.
pub(crate) fn unsaid(entry_type: &'static EntryType, values: &Values) -> Option<FieldError> {
    let excluded = values.text(RESULT) == Some(EVIDENCE_EXCLUDED);
    let silent = excluded && values.text(EXCLUDED).is_none();
    (silent && entry_type.name == OUTCOME.name)
        .then(|| entry_type.wrong(EXCLUDED, Problem::Missing))
        .flatten()
}
