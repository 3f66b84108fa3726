//! Access records: every look leaves a trace, written before the answer is given (invariant 11, rule 13).
//!
//! Each process appends to its own hash-chained lane. The record's content is sealed under a key of its month, so that destroying
//! that key ends its retention; the chain stays verifiable without it.

use crate::Actor;
use crate::App;
use crate::env::random;
use crate::error::{AppError, Result};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_proof::digest::Digest;
use entente_proof::lane;
use entente_proof::seal::{self, ObjectKey};
use entente_store::{AccessRow, Read, StoreExt, Write};
use serde::{Deserialize, Serialize};

/// What was done: the six operations of FIELD B5, and a few more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Signed in or out.
    Session,
    /// Looked at.
    Consult,
    /// Searched.
    Search,
    /// Wrote.
    Collect,
    /// Sent to a partner.
    Disclose,
    /// Exported.
    Export,
    /// Destroyed.
    Erase,
    /// Administered.
    Administer,
}

/// One access record in the clear: only inspectors read it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessRecord {
    /// Officer, or the name of a process.
    pub actor: String,
    /// What.
    pub operation: Operation,
    /// On which page or by which verb.
    pub verb: String,
    /// Dossier, where there is one.
    pub dossier: Option<String>,
    /// Object, where there is one.
    pub object: Option<String>,
    /// In whose absence it was done, where it was in somebody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<String>,
}

/// In whose absence an officer does something, for its record.
pub(crate) fn absent(actor: &Actor) -> Option<String> {
    actor.acts_for.as_ref().map(|of| of.id.clone())
}

/// Pseudo-dossier under which month keys are kept.
fn month_vault() -> DossierId {
    DossierId([0xac; 32])
}

fn month_of(at: Instant) -> Vec<u8> {
    format!("month-{}", at.0.div_euclid(30 * 86_400_000)).into_bytes()
}

impl App {
    /// Records a look before its result is shown.
    pub(crate) fn looked(
        &self,
        actor: &Actor,
        operation: Operation,
        verb: &str,
        dossier: Option<DossierId>,
        object: Option<EntryId>,
    ) -> Result<()> {
        let record = AccessRecord {
            actor: actor.id.clone(),
            operation,
            verb: verb.to_owned(),
            dossier: dossier.map(|d| d.to_string()),
            object: object.map(|o| o.to_string()),
            acts_for: absent(actor),
        };
        let app = self.clone();
        self.inner
            .store
            .update("access", move |tx| app.record_access(tx, &record))
    }

    /// Records an act on what is no entry, named by words of ours or checked ones, before it is done.
    pub(crate) fn did(
        &self,
        actor: &Actor,
        operation: Operation,
        verb: &str,
        object: Option<String>,
    ) -> Result<()> {
        let record = AccessRecord {
            actor: actor.id.clone(),
            operation,
            verb: verb.to_owned(),
            dossier: None,
            object,
            acts_for: absent(actor),
        };
        let app = self.clone();
        self.inner
            .store
            .update("access", move |tx| app.record_access(tx, &record))
    }

    /// Appends a record to this process's lane inside a transaction that does what it records.
    pub(crate) fn record_access(&self, tx: &mut dyn Write, record: &AccessRecord) -> Result<()> {
        let now = self.now();
        let plain = serde_json::to_vec(record).map_err(|_| AppError::Bug("access record"))?;
        let month = month_of(now);
        let key = match self.month_key(tx.as_read(), &month)? {
            Some(key) => key,
            None => self.new_object_key(tx, month_vault(), &month)?,
        };
        let lane = self.inner.process.clone();
        let (seq, prev) = tx
            .lane_head(&lane)?
            .map_or((0, Digest([0; 32])), |head| (head.seq, Digest(head.hash)));
        let aad = seal::cell("access", lane.as_bytes(), &month, 0);
        let sealed = seal::seal(&key, random(&*self.inner.random), &aad, &plain)
            .map_err(|_| AppError::Bug("seal"))?;
        let hash = lane::next(&prev, seq + 1, &sealed).0;
        Ok(tx.append_access(&AccessRow {
            lane,
            seq: seq + 1,
            at_ms: now.0,
            hash,
            sealed,
        })?)
    }

    /// The key of a month, if it was not destroyed. Unwrapped once: every look needs it.
    fn month_key(&self, tx: &dyn Read, month: &[u8]) -> Result<Option<ObjectKey>> {
        let Some(wrapped) = tx.object_key(month_vault(), month)? else {
            return Ok(None);
        };
        let known = &self.inner.memory.keys;
        known.get_or(&wrapped, || self.object_key(tx, month_vault(), month))
    }

    /// Access records in the clear, newest first. For inspectors only.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other role.
    pub fn access_records(
        &self,
        actor: &Actor,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<(Instant, AccessRecord)>> {
        self.authorise(actor, Action::Inspect)?;
        self.looked(actor, Operation::Consult, "access", None, None)?;
        self.inner.store.view("access", |tx| {
            let mut out = Vec::new();
            for row in tx.access(limit, offset)? {
                let month = month_of(Instant(row.at_ms));
                let Some(key) = self.object_key(tx, month_vault(), &month)? else {
                    continue;
                };
                let aad = seal::cell("access", row.lane.as_bytes(), &month, 0);
                let plain = seal::open(&key, &aad, &row.sealed)
                    .map_err(|_| AppError::Bug("access record"))?;
                let record =
                    serde_json::from_slice(&plain).map_err(|_| AppError::Bug("access record"))?;
                out.push((Instant(row.at_ms), record));
            }
            Ok(out)
        })
    }
}
