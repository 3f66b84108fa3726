//! What somebody tried and was refused, on record for inspectors (invariant 11): where they tried it, why it was refused, and which dossier
//! it was, if it was one. What a page does not offer is tried by nobody, and leaves nothing.
//!
//! A flood costs little: the first refusal of a thing has its record before the answer, those that follow within its minute are counted
//! and have one together afterwards. Beyond [`MOST`] different things of one officer in a minute the rest count as one thing.

use crate::access::{AccessRecord, Operation};
use crate::error::Result;
use crate::{Actor, App};
use entente_core::access::Refusal;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_store::{Read, StoreExt};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most different things of one officer in a minute that have records of their own.
const MOST: usize = 30;
/// What the rest is called.
const REST: &str = "further";
const MINUTE_MS: i64 = 60_000;

/// What was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The address as its table names it, such as `/dossiers/{id}`: nothing that was typed.
    pub address: String,
    /// The identifier named there, if one was, in the form of one.
    pub object: Option<String>,
}

/// Refusals of the running minute, in the memory of this process.
#[derive(Default)]
pub(crate) struct Refusals {
    counted: Mutex<BTreeMap<Key, Counted>>,
}

/// Whose, why, and of what: address and identifier.
type Key = (String, Refusal, (String, Option<String>));

struct Counted {
    minute: i64,
    further: u32,
    /// As it was written the first time; none before that.
    record: Option<AccessRecord>,
}

impl Refusals {
    fn locked(&self) -> MutexGuard<'_, BTreeMap<Key, Counted>> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a refusal; what it counts as, if it is the first of its minute.
    fn count(&self, mut key: Key, minute: i64) -> Option<Key> {
        let mut counted = self.locked();
        let of_officer = counted.keys().filter(|(who, ..)| *who == key.0).count();
        if !counted.contains_key(&key) && of_officer >= MOST {
            key.2 = (REST.to_owned(), None);
        }
        if let Some(known) = counted.get_mut(&key) {
            known.further = known.further.saturating_add(1);
            return None;
        }
        let first = Counted {
            minute,
            further: 0,
            record: None,
        };
        counted.insert(key.clone(), first);
        Some(key)
    }

    /// Those of minutes that are over, each with how many times more.
    fn over(&self, minute: i64) -> Vec<AccessRecord> {
        let mut counted = self.locked();
        let mut over = Vec::new();
        counted.retain(|_, one| {
            if one.minute == minute {
                return true;
            }
            let times = Some(one.further).filter(|further| *further > 0);
            let record = one.record.take().filter(|_| times.is_some());
            over.extend(record.map(|record| AccessRecord { times, ..record }));
            false
        });
        over
    }
}

impl App {
    /// Notes that somebody was refused what they tried; durable when this returns, or counted with what is.
    ///
    /// # Errors
    /// Storage: then the refusal itself is not answered.
    pub fn note_refused(&self, actor: &Actor, tried: &Tried, why: Refusal) -> Result<()> {
        self.note_refusals_over()?;
        let minute = self.now().0.div_euclid(MINUTE_MS);
        let what = (tried.address.clone(), tried.object.clone());
        let key = (actor.id.clone(), why, what);
        let Some(key) = self.inner.refusals.count(key, minute) else {
            return Ok(());
        };
        let noted = self.note_first(actor, &key);
        let mut counted = self.inner.refusals.locked();
        match noted {
            Ok(record) => {
                if let Some(one) = counted.get_mut(&key) {
                    one.record = Some(record);
                }
                Ok(())
            }
            Err(error) => {
                counted.remove(&key);
                Err(error)
            }
        }
    }

    fn note_first(&self, actor: &Actor, (_, why, (address, object)): &Key) -> Result<AccessRecord> {
        let named = object.as_deref();
        let (dossier, object) = self.inner.store.view("refused", |tx| named_by(tx, named))?;
        let record = AccessRecord {
            dossier: dossier.map(|dossier| dossier.to_string()),
            object,
            refused: Some(*why),
            ..AccessRecord::by(actor, Operation::Refused, address)
        };
        self.noted(record.clone())?;
        Ok(record)
    }

    /// Writes what was counted in minutes that are over.
    pub(super) fn note_refusals_over(&self) -> Result<()> {
        let minute = self.now().0.div_euclid(MINUTE_MS);
        for record in self.inner.refusals.over(minute) {
            self.noted(record)?;
        }
        Ok(())
    }
}

/// The dossier that an identifier means, if it is here, and the identifier where it is of something else.
fn named_by(tx: &dyn Read, named: Option<&str>) -> Result<(Option<DossierId>, Option<String>)> {
    let Some(text) = named else {
        return Ok((None, None));
    };
    let object = Some(text.to_owned());
    if let Ok(id) = text.parse::<DossierId>()
        && tx.dossier(id)?.is_some()
    {
        return Ok((Some(id), None));
    }
    if let Ok(id) = text.parse::<EntryId>() {
        return Ok((tx.entry(id)?.map(|row| row.dossier), object));
    }
    match text.parse::<ObligationId>() {
        Ok(id) => Ok((tx.obligation(id)?.map(|row| row.dossier), object)),
        Err(_) => Ok((None, object)),
    }
}
