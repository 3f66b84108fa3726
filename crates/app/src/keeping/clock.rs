//! Whether our clock may be believed enough to erase by it. A clock that is behind erases late, which the next day mends; one that is ahead
//! would erase what nobody can bring back, so it must be confirmed: by its own steady course, by a partner that dated something of the same
//! day, or by an administrator.

use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::instant::{Instant, Span};
use entente_store::{DossierFilter, Read, StoreExt, Write};

/// The last time at which the clock was believed, UTC ms.
const BELIEVED: &str = "keeping.clock";
/// So far it may go between two looks, and so far may a partner's time be from ours: less than any time of grace.
const STEP: Span = Span::hours(26);
/// Digests of a partner that are looked at.
const DIGESTS: u32 = 20;

impl App {
    /// Now, if the clock may be believed.
    pub(crate) fn believed_now(&self) -> Result<Option<Instant>> {
        let now = self.now();
        let believed = self
            .inner
            .store
            .view("believed_clock", |tx| self.is_plausible(tx, now))?;
        if !believed {
            tracing::warn!(
                "the clock is not confirmed: nothing is erased at the end of its term until a partner or an administrator confirms it"
            );
            return Ok(None);
        }
        self.inner.store.update("believe_clock", move |tx| {
            believe(tx, now)?;
            Ok::<_, AppError>(Some(now))
        })
    }

    fn is_plausible(&self, tx: &dyn Read, now: Instant) -> Result<bool> {
        let near = |at_ms: i64| (now.0.saturating_sub(at_ms)).abs() <= STEP.0;
        let last = match believed(tx)? {
            Some(last) => Some(last),
            None => self.last_dated(tx)?,
        };
        if last.is_none_or(near) {
            return Ok(true);
        }
        for partner in tx.partners()? {
            let rows = tx.digests(&partner.node, DIGESTS)?;
            let mut told = rows.iter().filter(|row| row.theirs.is_some());
            if told.any(|row| near(row.at_ms)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// When something last happened here, of a node whose clock was never looked at.
    fn last_dated(&self, tx: &dyn Read) -> Result<Option<i64>> {
        let newest = DossierFilter {
            limit: 1,
            ..DossierFilter::default()
        };
        let rows = tx.dossiers(&newest)?;
        Ok(rows.first().map(|row| row.updated_ms))
    }

    /// An administrator says that the clock is right.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for anybody else.
    pub fn confirm_clock(&self, actor: &Actor) -> Result<()> {
        self.authorise(actor, Action::Administer)?;
        let record = AccessRecord::by(actor, Operation::Administer, "confirm_clock");
        let (app, now) = (self.clone(), self.now());
        self.inner.store.update("confirm_clock", move |tx| {
            app.record_access(tx, &record)?;
            believe(tx, now)
        })
    }
}

fn believed(tx: &dyn Read) -> Result<Option<i64>> {
    let bytes = tx.setting(BELIEVED)?;
    Ok(bytes
        .and_then(|bytes| bytes.try_into().ok())
        .map(i64::from_be_bytes))
}

fn believe(tx: &mut dyn Write, now: Instant) -> Result<()> {
    Ok(tx.set_setting(BELIEVED, &now.0.to_be_bytes())?)
}
