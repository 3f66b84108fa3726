//! What never changes once it is known, kept in memory so that it is read and decoded once: kinds of dossiers, places of judged
//! entries, configurations, terms, digests of files, and unwrapped keys of dossiers.
//!
//! Nothing here can grow stale (how far an outbox was looked through is kept with all that it follows from), also where several processes share a database: an entry's identifier is the digest of its bytes,
//! its place follows from its past, and a key is found by the wrapped bytes read in the same transaction. (On which branch of a
//! forked lane an entry stands follows from the order of arrival: whatever holds a place, configurations too, is forgotten when a
//! transaction is undone.) Whether something *is* in the store is never answered from here. Each map is bounded: full, it begins
//! anew.

use crate::error::Result;
use crate::sendable::LookedThrough;
use entente_core::charter::Terms;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::judge::{InForce, Parent};
use entente_core::kind::Kind;
use entente_evidence::files::Method;
use entente_proof::intersect::Same;
use entente_proof::seal::ObjectKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Most things kept of each sort.
const MOST: usize = 4_096;

/// Everything that this node keeps in memory.
#[derive(Default)]
pub(crate) struct Memory {
    kinds: Kept<DossierId, &'static Kind>,
    /// Audience and place of judged entries as parents in a dossier.
    pub placed: Kept<(EntryId, DossierId), Arc<Parent>>,
    /// Configurations by the entry that set them, with its dossier.
    pub configs: Kept<EntryId, (DossierId, Arc<InForce>)>,
    /// Terms by the entry that enacted them.
    pub terms: Kept<EntryId, Arc<Terms>>,
    /// Keys of dossiers and months by their wrapped bytes.
    pub keys: Kept<Vec<u8>, ObjectKey>,
    /// Entries that stay in the outbox for ever by a mistake of ours, and were complained of.
    pub never_sent: Kept<EntryId, ()>,
    /// How far the outbox towards a partner was looked through in vain, and what that followed from.
    pub looked_through: Kept<NodeName, LookedThrough>,
    /// What a comparison and its answer have in common, which takes thousands of multiplications to find, or that they cannot be compared:
    /// places in lists, told only where both bodies still open.
    pub same: Kept<(EntryId, EntryId), Arc<Option<Vec<Same>>>>,
    /// Digests of files by place and method, in hexadecimal digits: bytes under one name never change. Given out only of a file that is here.
    pub file_digests: Kept<(EntryId, u32, Method), String>,
    /// Of which steps of which plan of ours an answer met something: numbers, told only where both bodies are here.
    pub found: Kept<(EntryId, EntryId), Arc<FoundIn>>,
    /// Which plans of ours an outcome says were met in an answer of ours: as above.
    pub met: Kept<(EntryId, EntryId), Arc<Met>>,
    /// Whether a link is being recomputed: no fact, only what pages say of their figures.
    pub refolding: AtomicBool,
}

/// Plans that were met, of an action day with the number of its step.
pub(crate) type Met = Vec<(EntryId, Option<i64>)>;

/// The plan that was compared, where it is one, and those of its steps near which something is.
pub(crate) type FoundIn = (Option<EntryId>, BTreeSet<i64>);

impl Memory {
    /// Forgets keys and what was told by bodies: something was destroyed.
    pub(crate) fn destroyed(&self) {
        self.keys.forget();
        self.found.forget();
        self.met.forget();
    }

    /// Forgets what may have been read or reckoned in a transaction that was undone: places, and the configurations that hold them.
    pub(crate) fn undone(&self) {
        self.placed.forget();
        self.configs.forget();
    }

    /// The kind of a dossier.
    pub(crate) fn kind(
        &self,
        dossier: DossierId,
        find: impl FnOnce() -> Result<&'static Kind>,
    ) -> Result<&'static Kind> {
        let found = self.kinds.get_or(&dossier, || find().map(Some))?;
        found.ok_or(crate::AppError::NotFound)
    }
}

/// A bounded map that is filled by looking things up.
pub(crate) struct Kept<K, V>(Mutex<BTreeMap<K, V>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }
}

impl<K: Ord + Clone, V: Clone> Kept<K, V> {
    /// What is kept under a key, else what `find` gives, kept from then on.
    pub(crate) fn get_or(
        &self,
        key: &K,
        find: impl FnOnce() -> Result<Option<V>>,
    ) -> Result<Option<V>> {
        if let Some(known) = self.lock().get(key) {
            return Ok(Some(known.clone()));
        }
        let found = find()?;
        if let Some(value) = &found {
            self.keep(key, value);
        }
        Ok(found)
    }

    /// Keeps a value.
    pub(crate) fn keep(&self, key: &K, value: &V) {
        let mut kept = self.lock();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key.clone(), value.clone());
    }

    /// Forgets everything: what was destroyed must not live on in memory.
    pub(crate) fn forget(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_not_looked_up_again_and_what_was_not_is() {
        let kept: Kept<u32, u32> = Kept::default();
        assert_eq!(kept.get_or(&1, || Ok(None)).unwrap(), None);
        assert_eq!(kept.get_or(&1, || Ok(Some(5))).unwrap(), Some(5));
        let again = kept.get_or(&1, || Err(crate::AppError::NotFound));
        assert_eq!(again.unwrap(), Some(5));
        kept.forget();
        assert_eq!(kept.get_or(&1, || Ok(None)).unwrap(), None);
    }

    #[test]
    fn an_undone_transaction_leaves_no_place_behind() {
        use entente_core::judge::{Causal, Lane};
        let memory = Memory::default();
        let (id, node) = (
            EntryId([1; 32]),
            "ma".parse::<entente_core::ids::NodeName>(),
        );
        let (dossier, node) = (DossierId([2; 32]), node.unwrap());
        let audience = vec![node.clone()];
        let placed = Parent {
            audience: audience.clone(),
            causal: Causal::default(),
        };
        memory.placed.keep(&(id, dossier), &Arc::new(placed));
        let purpose = entente_core::codes::Purpose::Governance;
        let class = entente_core::codes::Class::Restricted;
        let in_force = InForce {
            number: 1,
            config: entente_core::kind::first_config(&node, Vec::new(), purpose, class),
            kind: "desk".into(),
            set_by: (Lane::main(node.clone(), audience), 1),
        };
        memory.configs.keep(&id, &(dossier, Arc::new(in_force)));
        memory.undone();
        assert!(
            memory
                .placed
                .get_or(&(id, dossier), || Ok(None))
                .unwrap()
                .is_none()
        );
        assert!(memory.configs.get_or(&id, || Ok(None)).unwrap().is_none());
    }

    #[test]
    fn it_never_holds_more_than_its_bound() {
        let kept: Kept<usize, ()> = Kept::default();
        for key in 0..2 * MOST + 3 {
            kept.keep(&key, &());
            assert!(kept.lock().len() <= MOST);
        }
    }
}
