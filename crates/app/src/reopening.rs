//! After a restore from a backup: nothing is shown or written before every partner was heard (rules 5 and 6).
//!
//! A backup is older than what happened since: bodies that were erased may still be in it, and entries that were sent are not. Both
//! come with the partners' registers and with our own, which they hold. Until each partner was heard to the end of what it had when it
//! spoke, the node is closed to readers and writers; an administrator may open it alone, with a reason that the inspector reads.

use crate::App;
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::people::administers;
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_store::sqlite::RESTORED as FRESH;
use entente_store::{Direction, Read, StoreExt, Write};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What no partner holds, for the inspector; `restored-not-back` says it to officers in their language.
const NOT_BACK: &str = "the journal since the backup, what was not sent, erasures among it, entries for this node only, accounts and settings changed since, \
     officers behind pseudonyms made since";
/// Setting that holds the [`Reopening`].
const SETTING: &str = "reopening";

/// How a restore stands, or ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// When the restore was found out, UTC ms.
    pub found_ms: i64,
    /// Time of the last act in the node's journal as the backup has it, UTC ms; none if it has none.
    pub backup_ms: Option<i64>,
    /// When the node opened again, UTC ms.
    pub opened_ms: Option<i64>,
    /// Whether an administrator opened it before every partner was heard; the reason is with the inspector.
    pub alone: bool,
    /// What each partner gave back.
    pub partners: BTreeMap<String, Heard>,
}

/// What a partner gave back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Leaves of our own register that came back.
    pub recovered: u64,
    /// Size of its own register when it was heard; we must hold that much.
    pub until: Option<u64>,
    /// Whether we hold it.
    pub done: bool,
}

impl Reopening {
    /// Whether readers and writers still have to wait.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.opened_ms.is_none()
    }
    /// Whether a partner's word on what was lost is still to come: the node is closed, or was opened without waiting for it.
    fn awaits(&self, partner: &NodeName) -> bool {
        self.is_closed() || (self.alone && !self.has_heard(partner))
    }
    fn has_heard(&self, partner: &NodeName) -> bool {
        let heard = self.partners.get(partner.as_str());
        heard.is_some_and(|heard| heard.done)
    }
    /// When the node was restored.
    #[must_use]
    pub fn found(&self) -> Instant {
        Instant(self.found_ms)
    }
}

impl App {
    /// The last restore of this node, if there was one.
    ///
    /// # Errors
    /// Storage only.
    pub fn reopening(&self) -> Result<Option<Reopening>> {
        self.inner.store.view("reopening", |tx| stored(tx))
    }

    /// Opens the node although partners were not heard: what they erased since the backup may be readable here until they are.
    ///
    /// # Errors
    /// [`AppError::Input`] without a reason, or when the node is open.
    pub fn open_alone(&self, reason: &str) -> Result<()> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(InputFault::NoReason.into());
        }
        let app = self.clone();
        self.inner.store.update("open_alone", move |tx| {
            let Some(mut state) = stored(tx.as_read())?.filter(Reopening::is_closed) else {
                return Err(InputFault::NodeOpen.into());
            };
            state.alone = true;
            app.open_again(tx, state, &reason)
        })?;
        self.told();
        Ok(())
    }

    /// Nothing is shown or written while the node is closed.
    pub(crate) fn refuse_closed(&self, tx: &dyn Read) -> Result<()> {
        match stored(tx)?.is_some_and(|state| state.is_closed()) {
            true => Err(AppError::Closed),
            false => Ok(()),
        }
    }

    /// Whether this node is closed and has not everything of a partner yet that it had when it spoke.
    pub(crate) fn must_hear(&self, partner: &NodeName) -> Result<bool> {
        let closed = self.reopening()?.filter(Reopening::is_closed);
        Ok(closed.is_some_and(|state| !state.has_heard(partner)))
    }

    /// Whether this node was ever put back to a backup.
    pub(crate) fn was_restored(&self, tx: &dyn Read) -> Result<bool> {
        Ok(stored(tx)?.is_some())
    }

    /// At the start: a restore left its mark.
    pub(crate) fn find_restore(&self) -> Result<()> {
        let fresh = self.inner.store.view("restored", |tx| {
            Ok::<_, AppError>(tx.setting(FRESH)?.as_deref() == Some(&[1][..]))
        })?;
        if !fresh {
            return Ok(());
        }
        let app = self.clone();
        self.inner.store.update("restored", move |tx| {
            app.close(tx)?;
            Ok::<_, AppError>(tx.set_setting(FRESH, &[])?)
        })
    }

    /// A partner proved that we lost of our register, whether or not a restore left its mark. Where people did not wait for that partner,
    /// they know.
    pub(crate) fn own_lost(&self, partner: &NodeName) -> Result<()> {
        let (app, name) = (self.clone(), partner.clone());
        self.inner.store.update("own_lost", move |tx| {
            match stored(tx.as_read())?.filter(|state| state.awaits(&name)) {
                Some(_) => Ok(()),
                None => app.close(tx),
            }
        })
    }

    fn close(&self, tx: &mut dyn Write) -> Result<()> {
        let last = tx.lane_heads()?.iter().map(|head| head.at_ms).max();
        let state = Reopening {
            found_ms: self.now().0,
            backup_ms: last,
            ..Reopening::default()
        };
        keep(tx, &state)?;
        self.destroy_keyless(tx)?;
        let at = last.map_or_else(|| "none".to_owned(), |ms| ms.to_string());
        self.record_access(tx, &administers("restored", &format!("journal up to {at}")))
    }

    /// Leaves of our register came back from a partner.
    pub(crate) fn note_recovered(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        leaves: u64,
    ) -> Result<()> {
        let awaiting = stored(tx.as_read())?.filter(|state| state.awaits(partner));
        let Some(mut state) = awaiting else {
            return Ok(());
        };
        state.heard(partner).recovered += leaves;
        keep(tx, &state)
    }

    /// An open session: we have our whole register, and the partner said how long its own is. It may be open for long when another
    /// partner proves that we lost something.
    pub(crate) fn heard(&self, partner: &NodeName, size: u64) -> Result<()> {
        let to_hear = |state: &Reopening| state.awaits(partner) && !state.has_heard(partner);
        if self.reopening()?.filter(to_hear).is_none() {
            return Ok(());
        }
        let (app, name) = (self.clone(), partner.clone());
        self.inner.store.update("heard", move |tx| {
            let awaiting = stored(tx.as_read())?.filter(|state| state.awaits(&name));
            let Some(mut state) = awaiting else {
                return Ok(());
            };
            let open = !state.is_closed();
            let heard = state.heard(&name);
            heard.until = Some(size);
            heard.done |= open;
            keep(tx, &state)?;
            app.reopen(tx, &name)
        })
    }

    /// Opens the node when the last partner was heard to the end; called where something of a partner was stored.
    pub(crate) fn reopen(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        let Some(mut state) = stored(tx.as_read())?.filter(Reopening::is_closed) else {
            return Ok(());
        };
        let held = tx.register(partner, Direction::In)?.size;
        let heard = state.heard(partner);
        if heard.done || heard.until.is_none_or(|until| held < until) {
            return Ok(());
        }
        heard.done = true;
        keep(tx, &state)?;
        match tx.partners()?.iter().all(|row| state.has_heard(&row.node)) {
            true => self.open_again(tx, state, "every partner was heard"),
            false => Ok(()),
        }
    }

    fn open_again(&self, tx: &mut dyn Write, mut state: Reopening, why: &str) -> Result<()> {
        state.opened_ms = Some(self.now().0);
        keep(tx, &state)?;
        self.record_access(tx, &administers("reopened", &state.told(why)))
    }
}

impl Reopening {
    /// What the inspector reads of a restore that ended.
    fn told(&self, why: &str) -> String {
        let back =
            |(node, heard): (&String, &Heard)| format!("{node} gave back {}", heard.recovered);
        let back: Vec<String> = self.partners.iter().map(back).collect();
        let back = if back.is_empty() {
            "nobody gave back anything".to_owned()
        } else {
            back.join(", ")
        };
        format!("{why}; leaves of our register: {back}; not back: {NOT_BACK}",)
    }

    fn heard(&mut self, partner: &NodeName) -> &mut Heard {
        self.partners.entry(partner.to_string()).or_default()
    }
}

fn stored(tx: &dyn Read) -> Result<Option<Reopening>> {
    let Some(bytes) = tx.setting(SETTING)? else {
        return Ok(None);
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|_| AppError::Bug("stored reopening"))
}

fn keep(tx: &mut dyn Write, state: &Reopening) -> Result<()> {
    let bytes = serde_json::to_vec(state).map_err(|_| AppError::Bug("reopening"))?;
    Ok(tx.set_setting(SETTING, &bytes)?)
}
