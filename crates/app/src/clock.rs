//! Whether our clock can be right: what this node dated itself, and what partners dated, is compared with now.
//!
//! Only a clock that is behind shows in what is stored: what lies in its future was dated by a clock that was ahead, then or there.
//! A node whose clock is ahead is told so by its partners' pages. Nothing is refused and nothing re-dated (rule 10): people put the
//! clock right, and agree on other times of receipt where it matters.

use crate::error::Result;
use crate::{App, CheckLine};
use entente_core::ids::NodeName;
use entente_store::{DossierFilter, Read, StoreExt};

/// So far two clocks may be apart before anybody is told, in milliseconds.
pub(crate) const APART_MS: i64 = 300_000;
/// Digests looked at: those that we made and those that were told us take turns.
const DIGESTS: u32 = 20;

impl App {
    /// How far the newest instant that a partner named lies in our future, in milliseconds; none if it does not, or hardly.
    pub(crate) fn partner_ahead(&self, tx: &dyn Read, partner: &NodeName) -> Result<Option<i64>> {
        let rows = tx.digests(partner, DIGESTS)?;
        let told = rows.iter().filter(|row| row.theirs.is_some());
        Ok(self.beyond(told.map(|row| row.at_ms).max()))
    }

    /// How far the newest instant that we wrote ourselves lies in our future.
    fn own_ahead(&self, tx: &dyn Read) -> Result<Option<i64>> {
        let newest = DossierFilter {
            limit: 1,
            ..DossierFilter::default()
        };
        let rows = tx.dossiers(&newest)?;
        let mut last = rows.first().map(|row| row.updated_ms);
        for partner in tx.partners()? {
            let rows = tx.digests(&partner.node, DIGESTS)?;
            let ours = rows.iter().filter(|row| row.theirs.is_none());
            last = last.max(ours.map(|row| row.at_ms).max());
        }
        Ok(self.beyond(last))
    }

    fn beyond(&self, instant: Option<i64>) -> Option<i64> {
        let ahead = instant?.saturating_sub(self.now().0);
        (ahead > APART_MS).then_some(ahead)
    }

    /// Whether our clock is behind what we dated ourselves, and behind what each partner dated: for people who look after the node.
    ///
    /// # Errors
    /// Storage only.
    pub fn check_clock(&self) -> Result<Vec<CheckLine>> {
        self.inner.store.view("check_clock", |tx| {
            let line = |what: String, ahead: Option<i64>| CheckLine {
                what,
                ok: ahead.is_none(),
                detail: ahead.map_or_else(String::new, |ms| format!("{} minutes", ms / 60_000)),
            };
            let ours = "the clock is not behind what this node dated".to_owned();
            let mut lines = vec![line(ours, self.own_ahead(tx)?)];
            for partner in tx.partners()? {
                let theirs = format!("the clock is not behind what {} dated", partner.node);
                lines.push(line(theirs, self.partner_ahead(tx, &partner.node)?));
            }
            Ok(lines)
        })
    }
}

/// Tells the log that a partner's clock and ours differ. Names nobody.
pub(crate) fn tell_apart(theirs_ms: i64, ours_ms: i64) {
    let apart = theirs_ms.saturating_sub(ours_ms);
    if apart.abs() > APART_MS {
        tracing::warn!(
            seconds = apart / 1_000,
            "a partner's clock and ours differ: ahead of ours if positive"
        );
    }
}
