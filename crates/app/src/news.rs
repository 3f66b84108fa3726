//! Since when something is new to an officer: since they last said that they had seen what was there, so that a weekend or an absence hides nothing.
//!
//! The mark is a row beside the officer's tokens that nobody has the token of; it tells nobody else anything and ends by itself.

use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::{Actor, App};
use entente_core::instant::{Instant, Span};
use entente_store::{Read, SessionRow, SessionSort, StoreExt};

/// What came within this time is new to whoever never said that they saw it.
const UNMARKED: Span = Span::days(7);
/// Nothing older is new, whatever the mark says: it stands in its dossier.
const OLDEST: Span = Span::days(30);
/// How long a mark lasts.
const LASTS: Span = Span::days(60);

impl App {
    /// From when on something is new to this officer. Whoever acts for somebody else has no mark there.
    pub(crate) fn new_since(&self, tx: &dyn Read, actor: &Actor) -> Result<Instant> {
        let now = self.now();
        let marked = match actor.acts_for {
            Some(_) => None,
            None => marks(tx, &actor.id)?.iter().filter_map(marked).max(),
        };
        let since = marked.unwrap_or(now - UNMARKED);
        Ok(since.max(now - OLDEST).min(now))
    }

    /// Notes that an officer saw what was new until then; a time to come counts as now, and an earlier mark never replaces a later one.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] while acting for somebody else: what they did not see stays new to them.
    pub fn saw_news(&self, actor: &Actor, until: Instant) -> Result<()> {
        if actor.acts_for.is_some() {
            return Err(AppError::Forbidden);
        }
        let until = until.min(self.now());
        let (_, row) = self.fresh_token(&actor.id, SessionSort::News, LASTS);
        let row = SessionRow {
            csrf: String::new(),
            state: until.0.to_be_bytes().to_vec(),
            ..row
        };
        let record = AccessRecord::by(actor, Operation::Permit, "saw_news");
        let (app, id) = (self.clone(), actor.id.clone());
        self.inner.store.update("saw_news", move |tx| {
            let before = marks(tx.as_read(), &id)?;
            if before.iter().filter_map(marked).any(|at| at >= until) {
                return Ok(());
            }
            app.record_access(tx, &record)?;
            for old in before {
                tx.end_session(&old.digest)?;
            }
            Ok::<_, AppError>(tx.insert_session(&row)?)
        })
    }
}

fn marks(tx: &dyn Read, officer: &str) -> Result<Vec<SessionRow>> {
    let mut rows = tx.sessions(officer)?;
    rows.retain(|row| row.sort == SessionSort::News);
    Ok(rows)
}

fn marked(row: &SessionRow) -> Option<Instant> {
    let ms = row.state.as_slice().try_into().ok()?;
    Some(Instant(i64::from_be_bytes(ms)))
}
