//! Our sealing keys: made fresh every fourteen days, destroyed thirty days after they were made (rule 6).
//!
//! A new key takes its place in a new card of the same fingerprint; the one before still opens what is under way until its own end.
//! Secret halves are wrapped in the key store, under a pseudo-dossier that no backup takes along: a bundle that somebody kept cannot be
//! opened later, not even with everything that this node and its backups have by then.

use crate::App;
use crate::codec::{encode, kept};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::people::administers;
use crate::storage_key::{unwrap_stored, wrap_stored};
use entente_core::instant::Instant;
use entente_proof::seal::{self, ObjectKey};
use entente_proof::sealing::{KeyId, SealingKey, SealingPublic};
use entente_store::{NEVER_COPIED, Read, StoreExt, Write};
use minicbor::{Decode, Encode};

const DAY_MS: i64 = 86_400_000;
/// How long the secret half of a sealing key exists, in milliseconds: 30 days.
pub const KEY_LIFE_MS: i64 = 30 * DAY_MS;
/// A key is replaced at this age, so that what is sealed to it has as long again to arrive.
const FRESH_MS: i64 = 14 * DAY_MS;
/// Ends of keys remembered, to say that a bundle came too late rather than that its key is unknown.
const REMEMBERED: usize = 64;
const SETTING: &str = "courier/keys";

/// One of our sealing keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealingKeyView {
    /// Its id, 32 hexadecimal digits.
    pub id: String,
    /// When it was made.
    pub made: Instant,
    /// When its secret half is destroyed, or was.
    pub until: Instant,
    /// Whether partners seal to it: the newest.
    pub current: bool,
    /// Whether its secret half is destroyed.
    pub destroyed: bool,
}

#[derive(Clone, Encode, Decode)]
#[cbor(map)]
struct KeyRow {
    #[cbor(n(0), with = "minicbor::bytes")]
    id: [u8; 16],
    #[n(1)]
    made_ms: i64,
    #[n(2)]
    until_ms: i64,
    #[n(3)]
    destroyed: bool,
}

/// What became of a key that a bundle names.
pub(super) enum Found {
    Here(SealingKey),
    Destroyed,
    Unknown,
}

fn name(id: [u8; 16]) -> Vec<u8> {
    format!("sealing-{}", hex::encode(id)).into_bytes()
}

fn aad(id: [u8; 16]) -> Vec<u8> {
    seal::cell("sealing", &NEVER_COPIED.0, &id, 0)
}

fn rows(tx: &dyn Read) -> Result<Vec<KeyRow>> {
    kept(tx, SETTING, "value")
}

impl App {
    /// Makes a sealing key if there is none or the newest is two weeks old; destroys those whose term is over. Cheap when there is
    /// nothing to do: to be called by the hour.
    ///
    /// # Errors
    /// Storage only.
    pub fn keep_sealing_keys(&self) -> Result<()> {
        let now = self.now().0;
        let due = self.inner.store.view("sealing_keys", |tx| {
            let rows = rows(tx)?;
            // A clock that was set back must not keep a key beyond its days.
            let fresh = |row: &KeyRow| (0..FRESH_MS).contains(&(now - row.made_ms));
            let past = |row: &KeyRow| !row.destroyed && row.until_ms <= now;
            // A restored backup knows its keys and has none of them: partners must not go on sealing to what nobody opens.
            let usable = match rows.last() {
                Some(row) if fresh(row) && !row.destroyed => tx
                    .object_key(NEVER_COPIED, &name(row.id))?
                    .is_some_and(|wrapped| !wrapped.is_empty()),
                _ => false,
            };
            Ok::<_, AppError>((!usable, rows.iter().any(past)))
        })?;
        match due {
            (false, false) => Ok(()),
            (make, _) => self.turn_keys(make, false, None),
        }
    }

    /// Makes a new sealing key now; with `destroy`, those before it are destroyed at once and bundles under way can no longer be
    /// opened: for when a key may be known to others.
    ///
    /// # Errors
    /// Storage only.
    pub fn rotate_sealing_key(&self, destroy: bool) -> Result<()> {
        let verb = match destroy {
            true => "destroy_sealing_keys",
            false => "rotate_sealing_key",
        };
        self.turn_keys(true, destroy, Some(verb))
    }

    /// Our sealing keys, newest first.
    ///
    /// # Errors
    /// Storage only.
    pub fn sealing_keys(&self) -> Result<Vec<SealingKeyView>> {
        self.inner.store.view("sealing_keys", |tx| {
            let mut views: Vec<SealingKeyView> = rows(tx)?
                .iter()
                .map(|row| SealingKeyView {
                    id: hex::encode(row.id),
                    made: Instant(row.made_ms),
                    until: Instant(row.until_ms),
                    current: false,
                    destroyed: row.destroyed,
                })
                .collect();
            views.reverse();
            if let Some(newest) = views.first_mut() {
                newest.current = !newest.destroyed;
            }
            Ok(views)
        })
    }

    pub(super) fn sealing_secret(&self, id: KeyId) -> Result<Found> {
        self.inner.store.view("sealing_secret", |tx| {
            let known = rows(tx)?.into_iter().find(|row| row.id == id.0);
            let Some(row) = known else {
                return Ok(Found::Unknown);
            };
            let wrapped = tx
                .object_key(NEVER_COPIED, &name(id.0))?
                .unwrap_or_default();
            if row.destroyed {
                return Ok(Found::Destroyed);
            }
            // Known and not here: restored from a backup without its keys.
            if wrapped.is_empty() {
                return Ok(Found::Unknown);
            }
            let secret = unwrap_stored(&self.inner.keys, tx, &aad(id.0), &wrapped)?;
            let secret = secret.map_err(|_| AppError::Bug("sealing key"))?;
            Ok(Found::Here(SealingKey::from_seed(*secret.as_bytes())))
        })
    }

    /// Every sealing key that is here under the newest storage key.
    pub(crate) fn rewrap_sealing_keys(&self, tx: &mut dyn Write) -> Result<()> {
        for row in rows(tx.as_read())?.iter().filter(|row| !row.destroyed) {
            let wrapped = tx.object_key(NEVER_COPIED, &name(row.id))?;
            let Some(wrapped) = wrapped.filter(|wrapped| !wrapped.is_empty()) else {
                continue;
            };
            if let Some(anew) = self.rewrapped(tx.as_read(), &aad(row.id), &wrapped)? {
                tx.put_object_key(NEVER_COPIED, &name(row.id), &anew)?;
            }
        }
        Ok(())
    }

    /// `verb` is what an operator asked for, if one did: it leaves a record.
    fn turn_keys(&self, make: bool, destroy: bool, verb: Option<&'static str>) -> Result<()> {
        let app = self.clone();
        self.inner.store.update("turn_sealing_keys", move |tx| {
            let now = app.now().0;
            let mut rows = rows(tx.as_read())?;
            // The row of a key that is to be forgotten is the only way to its secret: that goes first.
            let forgotten = (rows.len() + usize::from(make)).saturating_sub(REMEMBERED);
            for (place, row) in rows
                .iter_mut()
                .enumerate()
                .filter(|(_, row)| !row.destroyed)
            {
                if destroy || row.until_ms <= now || place < forgotten {
                    tx.put_object_key(NEVER_COPIED, &name(row.id), &[])?;
                    row.destroyed = true;
                    row.until_ms = row.until_ms.min(now);
                }
            }
            if make {
                rows.push(app.make_key(tx, now)?);
            }
            rows.drain(..forgotten);
            tx.set_setting(SETTING, &encode(&rows))?;
            if let Some(verb) = verb {
                app.record_access(tx, &administers(verb, "courier"))?;
            }
            Ok::<_, AppError>(())
        })?;
        self.told();
        Ok(())
    }

    fn make_key(&self, tx: &mut dyn Write, now: i64) -> Result<KeyRow> {
        let seed = ObjectKey::new(random(&*self.inner.random));
        let public = SealingKey::from_seed(*seed.as_bytes())
            .public()
            .map_err(|_| AppError::Bug("sealing key"))?;
        let id = public.id().0;
        let nonce = random(&*self.inner.random);
        let wrapped = wrap_stored(&self.inner.keys, tx.as_read(), &aad(id), &seed, nonce)?;
        tx.put_object_key(NEVER_COPIED, &name(id), &wrapped)?;
        let until_ms = now.saturating_add(KEY_LIFE_MS);
        self.issue_card(tx, &public, until_ms)?;
        Ok(KeyRow {
            id,
            made_ms: now,
            until_ms,
            destroyed: false,
        })
    }

    /// A new card with this sealing key.
    fn issue_card(&self, tx: &mut dyn Write, key: &SealingPublic, until_ms: i64) -> Result<()> {
        self.reissue_card(tx, |card| {
            card.sealing_key = Some(key.as_bytes().to_vec());
            card.sealing_until_ms = Some(until_ms);
        })
    }
}
