//! Invariant 5 and the purpose, checked once more where bytes leave: our own officers wrote it, released it, for this partner, and
//! for a purpose that the terms in force with it admit.
//!
//! Nothing blocks a register: what may not leave stays where it is, and what is behind it goes on. What a mistake of ours put
//! into the outbox stays there for ever. A dossier that was opened while the link was suspended, and whose purpose the terms do
//! not admit any more, stays until they do: all its entries with it. One that has crossed is brought to its end under the terms
//! that it was begun under, as the judge reads it: otherwise what is owed in it could never be answered (invariant 1).

use crate::App;
use crate::codec::{cell, digest_of};
use crate::error::{AppError, Result};
use entente_core::act::Config;
use entente_core::charter::Terms;
use entente_core::codes::Purpose;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::kinds;
use entente_proof::leaf::Leaf;
use entente_store::{Direction, OutboxItem, OutboxRow, Read};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most outbox items appended in one transaction.
const APPEND_MAX: u32 = 1_024;
/// Most outbox items looked through for what flows while the link is suspended, or while what is in front may not leave.
const SUSPENDED_MAX: u32 = 65_536;

/// What goes into our register next: the numbers in the outbox, and the leaves with the entries they name.
#[derive(Default)]
pub(crate) struct Leaving {
    pub numbers: Vec<u64>,
    pub leaves: Vec<(Vec<u8>, Option<EntryId>)>,
}

/// What is known of the dossiers of one batch: the purpose, or nothing if the dossier may not cross.
struct Gate<'a> {
    app: &'a App,
    tx: &'a dyn Read,
    partner: &'a NodeName,
    terms: Option<Arc<Terms>>,
    dossiers: BTreeMap<DossierId, Option<Purpose>>,
}

impl App {
    /// What of the outbox may leave for this partner now, in order.
    pub(crate) fn leaving(&self, tx: &dyn Read, partner: &NodeName) -> Result<Leaving> {
        let (ours, theirs) = self.flags_up(tx, partner)?;
        if ours || theirs {
            let rows = self.flowing(tx, tx.outbox(partner, SUSPENDED_MAX)?)?;
            return self.through_the_gate(tx, partner, rows);
        }
        let first = tx.outbox(partner, APPEND_MAX)?;
        let whole = u32::try_from(first.len()).is_ok_and(|n| n < APPEND_MAX);
        let leaving = self.through_the_gate(tx, partner, first)?;
        if whole || !leaving.leaves.is_empty() {
            return Ok(leaving);
        }
        // Everything in front stays: what is behind it must not wait for that.
        let more = tx.outbox(partner, SUSPENDED_MAX)?;
        self.through_the_gate(tx, partner, more)
    }

    /// The first of these rows that may leave.
    fn through_the_gate(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        rows: Vec<OutboxRow>,
    ) -> Result<Leaving> {
        let mut gate = Gate {
            app: self,
            tx,
            partner,
            terms: self.terms_in_force(tx, partner)?,
            dossiers: BTreeMap::new(),
        };
        let mut leaving = Leaving::default();
        for row in rows {
            let leaf = match row.item {
                OutboxItem::Entry(id) if gate.lets(id)? => {
                    (Leaf::Entry(digest_of(id)).encode(), Some(id))
                }
                OutboxItem::Entry(_) => continue,
                OutboxItem::Leaf(bytes) => (bytes, None),
            };
            leaving.numbers.push(row.number);
            leaving.leaves.push(leaf);
            if u32::try_from(leaving.leaves.len()).is_ok_and(|n| n >= APPEND_MAX) {
                break;
            }
        }
        Ok(leaving)
    }
}

impl Gate<'_> {
    fn lets(&mut self, id: EntryId) -> Result<bool> {
        let row = self.tx.entry(id)?;
        let row = row.ok_or(AppError::Bug("outbox names no entry"))?;
        let Ok(header) = Header::from_bytes(&row.header) else {
            // Not ours to read: it came back in our name when a register began again.
            self.tell(id)?;
            return Ok(false);
        };
        let mut purpose = self.purpose(row.dossier)?;
        if purpose.is_none() && self.follows_crossed(&header)? {
            purpose = Some(header.purpose);
        }
        let Some(purpose) = purpose else {
            return Ok(false);
        };
        let fits = header.node() == self.app.inner.me
            && header.audience.contains(self.partner)
            && header.handling.sendable()
            && header.release.is_some()
            && header.purpose == purpose;
        if !fits {
            self.tell(id)?;
        }
        Ok(fits)
    }

    /// Says once in the life of a process that an entry of ours reached the outbox and may never leave.
    fn tell(&self, id: EntryId) -> Result<()> {
        let told = &self.app.inner.memory.never_sent;
        told.get_or(&id, || {
            tracing::error!(entry = %id, partner = %self.partner, "an entry that may not be sent reached the outbox: it stays there");
            Ok(Some(()))
        })?;
        Ok(())
    }

    fn purpose(&mut self, dossier: DossierId) -> Result<Option<Purpose>> {
        if let Some(known) = self.dossiers.get(&dossier) {
            return Ok(*known);
        }
        let found = self.find_purpose(dossier)?;
        self.dossiers.insert(dossier, found);
        Ok(found)
    }

    /// The purpose of a dossier, if it may cross to this partner or has crossed.
    fn find_purpose(&self, dossier: DossierId) -> Result<Option<Purpose>> {
        let missing = || AppError::Bug("an entry without dossier");
        // An entry of ours that came back to us before what it follows waits for that.
        let Some(row) = self.tx.dossier(dossier)? else {
            return Ok(None);
        };
        let kind = kinds::find(&row.kind).ok_or_else(missing)?;
        // What leads to terms has none above it.
        if !kind.needs_charter || self.crossed(dossier, &row.convenor)? {
            return Ok(Some(row.purpose));
        }
        let config = self.tx.latest_config(dossier)?.ok_or_else(missing)?;
        let config: Config = cell(&config.config, "config", "config")?;
        let terms = self.terms.as_ref();
        let admitted = terms.is_some_and(|terms| match config.is_of_many() {
            // Its own terms judge it; the charter of a link decides whether it crosses that link (rule 16).
            true => terms.admit_among(kind.name, &config),
            false => terms.admit(kind.name, &config),
        });
        Ok(admitted.then_some(row.purpose))
    }

    /// Whether the partner has the dossier's opening from us, or we have it from the partner.
    fn crossed(&self, dossier: DossierId, convenor: &NodeName) -> Result<bool> {
        if *convenor == *self.partner {
            return Ok(true);
        }
        let opening = dossier.opening();
        let sent = self.tx.leaf_place(self.partner, Direction::Out, opening)?;
        Ok(sent.is_some())
    }

    /// Whether an entry of a dossier that a third state opened follows what crossed this link: then that goes on to its end.
    fn follows_crossed(&self, header: &Header) -> Result<bool> {
        for parent in &header.after {
            for direction in [Direction::Out, Direction::In] {
                if self
                    .tx
                    .leaf_place(self.partner, direction, *parent)?
                    .is_some()
                {
                    return Ok(header.dossier.is_some());
                }
            }
        }
        Ok(false)
    }
}
