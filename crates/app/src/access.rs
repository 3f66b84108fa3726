//! Access records: every look leaves a trace, written before the answer is given (invariant 11, rule 13).
//!
//! Each process appends to its own hash-chained lane. The record's content is sealed under a key of its month, so that destroying
//! that key ends its retention; the chain stays verifiable without it.

use crate::Actor;
use crate::App;
use crate::env::random;
use crate::error::{AppError, Result};
use crate::reasons::Why;
use entente_core::access::{Reason, Refusal};
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_proof::digest::Digest;
use entente_proof::lane;
use entente_proof::seal::{self, ObjectKey};
use entente_store::{AccessRow, Read, StoreExt, Write};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

pub use entente_core::access::Operation;

/// Actor of what somebody tried who is not known.
pub const NOBODY: &str = "nobody";

/// One access record in the clear: only inspectors read it. What older records do not say is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRecord {
    /// Officer, or the name of a process.
    pub actor: String,
    /// What.
    pub operation: Operation,
    /// On which page or by which verb.
    pub verb: String,
    /// Dossier, where there is one; of a search, the one that it was for.
    pub dossier: Option<String>,
    /// Object, where there is one.
    pub object: Option<String>,
    /// In whose absence it was done, where it was in somebody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts_for: Option<String>,
    /// Service acted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceName>,
    /// Whether the officer does not work in the dossier, and others do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
    /// Why, where a reason was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The line that was typed with the reason, in the record of giving it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Keyed digests of the words sought, in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Nodes that it went to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
    /// Further dossiers, where it is about several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dossiers: Vec<String>,
    /// Why it was refused, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
    /// How many times more within the same minute, where the record is of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// Of an export of several entries: which they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
}

/// Which entries were taken out together: how many, and the SHA-256 of their identifiers, ascending, one after the other. Whoever has the
/// entries can compute it again; the record stays short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// How many.
    pub entries: u64,
    /// Hexadecimal digits.
    pub digest: String,
}

impl Taken {
    /// What these are.
    #[must_use]
    pub fn of(entries: &BTreeSet<EntryId>) -> Self {
        let ids: Vec<u8> = entries.iter().flat_map(|id| id.0).collect();
        Self {
            entries: u64::try_from(entries.len()).unwrap_or(u64::MAX),
            digest: hex::encode(entente_proof::digest::sha256(&ids).0),
        }
    }
}

impl AccessRecord {
    /// A record of somebody's act, about nothing yet.
    #[must_use]
    pub fn of(actor: &str, operation: Operation, verb: &str) -> Self {
        Self {
            actor: actor.to_owned(),
            operation,
            verb: verb.to_owned(),
            dossier: None,
            object: None,
            acts_for: None,
            service: None,
            outside: false,
            reason: None,
            text: None,
            words: Vec::new(),
            recipients: Vec::new(),
            dossiers: Vec::new(),
            refused: None,
            times: None,
            taken: None,
        }
    }

    /// The same of an officer signed in.
    #[must_use]
    pub fn by(actor: &Actor, operation: Operation, verb: &str) -> Self {
        Self {
            acts_for: actor.acts_for.as_ref().map(|of| of.id.clone()),
            service: Some(actor.service.clone()),
            ..Self::of(&actor.id, operation, verb)
        }
    }

    /// The same about a dossier, and why.
    pub(crate) fn within(self, dossier: DossierId, why: Why) -> Self {
        Self {
            dossier: Some(dossier.to_string()),
            outside: why.outside,
            reason: why.reason,
            ..self
        }
    }

    /// The same, made also from what other dossiers hold.
    pub(crate) fn drawing_on(self, others: impl IntoIterator<Item = DossierId>) -> Self {
        let others: BTreeSet<DossierId> = others.into_iter().collect();
        Self {
            dossiers: others.iter().map(DossierId::to_string).collect(),
            ..self
        }
    }

    /// The same about an object, named by words of ours or checked ones.
    pub(crate) fn on(self, object: impl ToString) -> Self {
        Self {
            object: Some(object.to_string()),
            ..self
        }
    }
}

/// Pseudo-dossier under which month keys are kept.
pub(crate) fn month_vault() -> DossierId {
    DossierId([0xac; 32])
}

/// Length of a month of the journal, in ms: thirty days.
pub(crate) const MONTH_MS: i64 = 30 * 86_400_000;

/// Which month an instant is in, counted from 1970.
pub(crate) fn month_at(at_ms: i64) -> i64 {
    at_ms.div_euclid(MONTH_MS)
}

/// The name under which a month's key is kept.
pub(crate) fn month_name(month: i64) -> Vec<u8> {
    format!("month-{month}").into_bytes()
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
        self.noted(AccessRecord {
            dossier: dossier.map(|d| d.to_string()),
            object: object.map(|o| o.to_string()),
            ..AccessRecord::by(actor, operation, verb)
        })
    }

    /// Records an act on what is no entry, named by words of ours or checked ones, before it is done.
    pub(crate) fn did(
        &self,
        actor: &Actor,
        operation: Operation,
        verb: &str,
        object: Option<String>,
    ) -> Result<()> {
        self.noted(AccessRecord {
            object,
            ..AccessRecord::by(actor, operation, verb)
        })
    }

    /// Writes a record by itself; it is durable when this returns.
    pub(crate) fn noted(&self, record: AccessRecord) -> Result<()> {
        let app = self.clone();
        self.inner
            .store
            .update("access", move |tx| app.record_access(tx, &record))
    }

    /// Appends a record to this process's lane inside a transaction that does what it records.
    pub(crate) fn record_access(&self, tx: &mut dyn Write, record: &AccessRecord) -> Result<()> {
        let now = self.now();
        let plain = serde_json::to_vec(record).map_err(|_| AppError::Bug("access record"))?;
        let month = month_name(month_at(now.0));
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
    pub(crate) fn month_key(&self, tx: &dyn Read, month: &[u8]) -> Result<Option<ObjectKey>> {
        let Some(wrapped) = tx.object_key(month_vault(), month)? else {
            return Ok(None);
        };
        let known = &self.inner.memory.keys;
        known.get_or(&wrapped, || self.object_key(tx, month_vault(), month))
    }

    /// A record in the clear, and the key of its month; nothing once that key was destroyed.
    pub(crate) fn open_record(
        &self,
        tx: &dyn Read,
        row: &AccessRow,
    ) -> Result<Option<(AccessRecord, ObjectKey)>> {
        let month = month_name(month_at(row.at_ms));
        let Some(key) = self.month_key(tx, &month)? else {
            return Ok(None);
        };
        let aad = seal::cell("access", row.lane.as_bytes(), &month, 0);
        let plain =
            seal::open(&key, &aad, &row.sealed).map_err(|_| AppError::Bug("access record"))?;
        let record = serde_json::from_slice(&plain).map_err(|_| AppError::Bug("access record"))?;
        Ok(Some((record, key)))
    }
}
