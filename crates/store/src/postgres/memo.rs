//! What one transaction knows already: rows that it read, or read ahead, are not asked for again.
//!
//! A reader's snapshot never changes, so that what it read stays true. A writer holds the turn, so that nobody else changes anything
//! meanwhile; what it changes itself it forgets here ([`super::cells::Tx::run`]). Nothing outlives the transaction.

use crate::{
    AccessRow, ActRow, AttachmentRow, BodyRow, ConfigRow, Direction, DossierRow, EntryRow, FlagRow,
    LeafPlace, ObligationRow, OfficerRow, ReceiptRow, RelationRow, Result, TermsRow,
};
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Rows by what they are asked for with; nothing where there is none.
#[derive(Default)]
pub(super) struct Known {
    pub(super) dossiers: Rows<DossierId, DossierRow>,
    pub(super) configs: Rows<DossierId, ConfigRow>,
    pub(super) entries: Rows<EntryId, EntryRow>,
    pub(super) verdicts: Rows<EntryId, u8>,
    pub(super) terms: Rows<NodeName, TermsRow>,
    pub(super) flags: BTreeMap<NodeName, Vec<FlagRow>>,
    pub(super) settings: Rows<String, Vec<u8>>,
    pub(super) series: BTreeMap<String, u32>,
    /// All heads of a scope, as the server has them.
    pub(super) heads: BTreeMap<(DossierId, String), Vec<EntryId>>,
    /// How far lanes go, as the server has it.
    pub(super) tops: Rows<(DossierId, Vec<u8>), u64>,
    /// Whether any entry waits for another.
    pub(super) waits: Option<bool>,
    /// Last records of access lanes, as the server has them.
    pub(super) lanes: Rows<String, AccessRow>,
    /// Our own pseudonyms by officer.
    pub(super) own: Rows<(DossierId, String), [u8; 8]>,
    pub(super) bodies: Rows<(DossierId, EntryId), BodyRow>,
    pub(super) keys: Rows<(DossierId, Vec<u8>), Vec<u8>>,
    pub(super) files: BTreeMap<EntryId, Vec<AttachmentRow>>,
    pub(super) translations: BTreeMap<(DossierId, EntryId), Vec<EntryId>>,
    pub(super) relations: BTreeMap<EntryId, Vec<RelationRow>>,
    pub(super) officers: Rows<String, OfficerRow>,
    pub(super) pseudonyms: Rows<(DossierId, [u8; 8]), String>,
    pub(super) obligations: Rows<ObligationId, ObligationRow>,
    pub(super) acts: BTreeMap<ObligationId, Vec<ActRow>>,
    pub(super) places: Rows<(NodeName, Direction, EntryId), LeafPlace>,
    pub(super) receipts: Rows<(NodeName, Direction, u64), ReceiptRow>,
}

/// Most rows of a sort that are kept of those read one by one.
const MOST: usize = 4_096;

/// Rows, or that there is none.
pub(super) type Rows<K, V> = BTreeMap<K, Option<V>>;

/// The memo of one transaction.
#[derive(Default)]
pub(super) struct Memo(RefCell<Known>);

impl Memo {
    /// What is known under a key, else what `find` reads, known from then on.
    pub(super) fn get_or<K: Ord + Clone, V: Clone>(
        &self,
        map: fn(&mut Known) -> &mut BTreeMap<K, V>,
        key: &K,
        find: impl FnOnce() -> Result<V>,
    ) -> Result<V> {
        if let Some(known) = self.known(map, key) {
            return Ok(known);
        }
        let found = find()?;
        let mut known = self.0.borrow_mut();
        let here = map(&mut known);
        if here.len() >= MOST {
            here.clear();
        }
        here.insert(key.clone(), found.clone());
        Ok(found)
    }

    /// What is known under a key, if it was read ahead; else what `find` reads, which is not kept: whoever walks through a whole
    /// database must not hold it in memory.
    pub(super) fn ahead_or<K: Ord, V: Clone>(
        &self,
        map: fn(&mut Known) -> &mut BTreeMap<K, V>,
        key: &K,
        find: impl FnOnce() -> Result<V>,
    ) -> Result<V> {
        match self.known(map, key) {
            Some(known) => Ok(known),
            None => find(),
        }
    }

    /// What is known under a key.
    pub(super) fn known<K: Ord, V: Clone>(
        &self,
        map: fn(&mut Known) -> &mut BTreeMap<K, V>,
        key: &K,
    ) -> Option<V> {
        map(&mut self.0.borrow_mut()).get(key).cloned()
    }

    /// Of these keys, those under which nothing is known yet, each once.
    pub(super) fn unknown<K: Ord + Clone, V>(
        &self,
        map: fn(&mut Known) -> &mut BTreeMap<K, V>,
        keys: &[K],
    ) -> Vec<K> {
        let mut known = self.0.borrow_mut();
        let here = map(&mut known);
        let mut keys: Vec<K> = keys
            .iter()
            .filter(|k| !here.contains_key(k))
            .cloned()
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Keeps what was read ahead.
    pub(super) fn keep<T>(&self, keep: impl FnOnce(&mut Known) -> T) -> T {
        keep(&mut self.0.borrow_mut())
    }

    /// Looks at what is known, without copying rows.
    pub(super) fn look<T>(&self, see: impl FnOnce(&Known) -> T) -> T {
        see(&self.0.borrow())
    }

    /// Something changed: nothing is known any more.
    pub(super) fn forget(&self) {
        self.0.take();
    }
}
