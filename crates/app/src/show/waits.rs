//! What waits for an entry that this node does not have: it has no effect and nothing follows it, so that people must see it.
//!
//! Mostly the other one is still on its way from another state, or its link is cut, and it comes by itself. Lost with every disk that had it, it
//! never comes, and no verdict without it could be the same everywhere: whoever wrote what waits writes it again.

use super::Showing;
use crate::error::Result;
use crate::views::{TodayView, WaitLine, Waits};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::EntryId;
use entente_core::instant::{Instant, Span};
use entente_store::{DossierRow, EntryRow, Read};

/// What is under way from several states mostly comes within this time.
const LONG: Span = Span::hours(24);
/// Entries looked at, those that wait longest: whoever sends thousands that follow nothing does not make the front page slow.
const LOOK: u32 = 100;

impl App {
    /// Entries that have waited for long for one that is not here at all, the longest first: those in dossiers that the actor sees, and
    /// those of dossiers that are not known here, for whoever sees to the links.
    pub(super) fn waits(
        &self,
        actor: &Actor,
        tx: &dyn Read,
        showing: &mut Showing<'_>,
    ) -> Result<Waits> {
        let mut found: Vec<(EntryRow, EntryId, Option<DossierRow>)> = Vec::new();
        let awaited = tx.awaited(LOOK + 1)?;
        let looked = usize::try_from(LOOK).unwrap_or(usize::MAX);
        let uncounted = awaited.len() > looked;
        for (missing, entry) in awaited.into_iter().take(looked) {
            // What waits itself is told by what it waits for.
            if tx.verdict(missing)?.is_some() {
                continue;
            }
            let Some(row) = tx.entry(entry)?.filter(|row| self.has_waited(row)) else {
                continue;
            };
            let known = tx.dossier(row.dossier)?.is_some();
            let seen = self.seen_by(tx, actor, row.dossier)?;
            if seen.is_some() || !known && self.may(actor, Action::Links) {
                found.push((row, missing, seen));
            }
        }
        found.sort_by_key(|(row, ..)| (row.here_ms, row.id));
        let most = usize::try_from(TodayView::LINES).unwrap_or(usize::MAX);
        let more = found.len().saturating_sub(most);
        found.truncate(most);
        let mut lines = Vec::with_capacity(found.len());
        for (row, missing, seen) in found {
            let dossier = match seen {
                Some(seen) => showing.lines(&[seen])?.pop(),
                None => None,
            };
            lines.push(WaitLine {
                dossier,
                entry: row.id,
                service: row.service,
                came: Instant(row.here_ms),
                missing,
            });
        }
        Ok(Waits {
            lines,
            more: u64::try_from(more).unwrap_or(u64::MAX),
            uncounted,
        })
    }

    fn has_waited(&self, row: &EntryRow) -> bool {
        row.here_ms <= (self.now() - LONG).0
    }
}
