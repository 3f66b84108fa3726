//! What an entry to come follows: heads in each scope, those of our own apart, and how far each lane goes.
//!
//! A partner may make any number of heads; our own are moved by nobody else, so that each entry of ours is the next of its lane.
//! A database of an earlier version holds neither our own heads nor the lanes: both are filled once, from the entries.

use crate::App;
use crate::apply::Judged;
use crate::codec::{cell, encode, number, own_heads, scopes_with};
use crate::error::{AppError, Result};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::judge::{Causal, Lane};
use entente_store::{EntryRow, StoreExt, WAITING, Write};

/// Heads of our own read at once: one for each audience that we write to in a dossier, which are two between two states.
const OWN_HEADS: u32 = 64;
/// Up to which position lanes were filled; [`u64::MAX`] once all were.
const FILLED: &str = "lanes";
/// Entries filled in one transaction.
const STRETCH: u32 = 500;

impl App {
    /// Puts an entry in place of the heads that are in its past. A parent that it may not have is not in its past and stays.
    pub(crate) fn advance_heads(&self, tx: &mut dyn Write, entry: &Judged<'_>) -> Result<()> {
        let (row, header) = (entry.row, entry.header);
        let mut followed = Vec::new();
        for parent in &header.after {
            let audience = &self.placed(tx, *parent, row.dossier)?.audience;
            if !audience.is_empty() && header.audience.iter().all(|n| audience.contains(n)) {
                followed.push(*parent);
            }
        }
        for state in scopes_with(&self.inner.me, &header.audience) {
            tx.advance_heads(row.dossier, &state, &followed, row.id)?;
        }
        if header.node() == self.inner.me && entry.causal.counts(header) {
            self.advance_own(tx, (row.dossier, row.id), header, entry.causal)?;
        }
        Ok(())
    }

    /// The same among our own: what is last in each of our lanes, but for what a later one of a narrower audience follows.
    fn advance_own(
        &self,
        tx: &mut dyn Write,
        (dossier, id): (DossierId, EntryId),
        header: &Header,
        causal: &Causal,
    ) -> Result<()> {
        for state in scopes_with(&self.inner.me, &header.audience) {
            let scope = own_heads(&state);
            let (mut followed, mut passed) = (Vec::new(), false);
            for last in tx.heads(dossier, &scope, OWN_HEADS)? {
                let place = self.placed(tx, last, dossier)?;
                let lane = Lane {
                    branch: place.causal.branch,
                    ..Lane::main(self.inner.me.clone(), place.audience.clone())
                };
                let seen = &place.causal.seen;
                // Met only while filling: it is here already, or what follows it is.
                passed |= seen.contains(&causal.lane(header), header.seq);
                if causal.seen.contains(&lane, seen.in_lane(&lane)) {
                    followed.push(last);
                }
            }
            if !passed {
                tx.advance_heads(dossier, &scope, &followed, id)?;
            }
        }
        Ok(())
    }

    /// Fills lanes and our own heads where an earlier version did not keep them: once, a stretch at a time, going on where it was
    /// interrupted.
    pub(crate) fn fill_lanes(&self) -> Result<()> {
        let filled = self.inner.store.view("lanes_filled", |tx| {
            Ok::<_, AppError>(number(tx, FILLED)?.unwrap_or(0))
        })?;
        let mut position = filled;
        while position < u64::MAX {
            let app = self.clone();
            position = self
                .inner
                .store
                .update("fill_lanes", move |tx| app.fill_some(tx, position))?;
        }
        Ok(())
    }

    /// One stretch after a position; where it ended.
    fn fill_some(&self, tx: &mut dyn Write, after: u64) -> Result<u64> {
        let rows = tx.entries_since(after, STRETCH)?;
        for row in &rows {
            self.fill_one(tx, row)?;
        }
        let reached = rows.last().map_or(u64::MAX, |row| row.position);
        tx.set_setting(FILLED, &reached.to_be_bytes())?;
        Ok(reached)
    }

    fn fill_one(&self, tx: &mut dyn Write, row: &EntryRow) -> Result<()> {
        let Ok(header) = Header::from_bytes(&row.header) else {
            return Ok(());
        };
        let causal: Causal = cell(&row.causal, "entry", "causal")?;
        if row.verdict == WAITING || !causal.counts(&header) {
            return Ok(());
        }
        tx.set_lane_top(row.dossier, &encode(&causal.lane(&header)), header.seq)?;
        match header.node() == self.inner.me {
            true => self.advance_own(tx, (row.dossier, row.id), &header, &causal),
            false => Ok(()),
        }
    }
}
