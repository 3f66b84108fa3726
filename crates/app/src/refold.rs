//! Recomputing the folded columns of a whole link, in bounded portions.
//!
//! A suspension flag, or its receipt, moves every clock of the link. A partner may raise and lower its flag thousands of times, and
//! a link may have a hundred thousand obligations: so a flag only notes that the link is to be recomputed, and portions are worked
//! from a place that is kept in the store, also after a crash. A flag that comes meanwhile begins one more pass, not one each.
//! Ledger digests and single obligations are folded from facts and right at once; until the passes end, only totals, filters and
//! the order of lists may lag, and pages say so.

use crate::App;
use crate::codec::{encode, kept};
use crate::error::Result;
use crate::fold::{Folding, fill};
use crate::waiting::PORTION;
use entente_core::ids::NodeName;
use entente_store::{Read, StoreExt, Write};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

/// The setting that says which links are being recomputed.
const PENDING: &str = "refold";
/// How far the pass of a link is, and whether another one must follow.
type Passes = BTreeMap<NodeName, (u64, bool)>;

impl App {
    /// Notes that everything with a partner is to be recomputed.
    pub(crate) fn refold_link(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        let mut passes = passes(tx.as_read())?;
        let pass = passes.entry(partner.clone()).or_insert((0, false));
        // What was recomputed before this flag must be once more.
        pass.1 |= pass.0 > 0;
        self.keep_passes(tx, &passes)
    }

    /// Recomputes one portion, if anything is to be.
    pub(crate) fn refold_portion(&self, tx: &mut dyn Write) -> Result<()> {
        let mut passes = passes(tx.as_read())?;
        let Some((partner, (place, again))) = passes.pop_first() else {
            return Ok(());
        };
        let found = tx.obligations_after(&partner, place, PORTION)?;
        let mut folded = Vec::with_capacity(found.len());
        let folding = Folding::new(self, tx.as_read(), &partner, None)?;
        for (_, id) in &found {
            let row = tx.obligation(*id)?;
            if let Some(mut row) = row.filter(|row| self.other_side(row) == partner)
                && let Some(ob) = folding.obligation(&row)?
            {
                fill(&mut row, &ob);
                folded.push(row);
            }
        }
        for row in folded {
            tx.put_obligation(&row)?;
        }
        let full = u32::try_from(found.len()).is_ok_and(|n| n == PORTION);
        match (found.last().filter(|_| full), again) {
            (Some((last, _)), _) => {
                passes.insert(partner, (*last, again));
            }
            (None, true) => {
                passes.insert(partner, (0, false));
            }
            (None, false) => {}
        }
        self.keep_passes(tx, &passes)
    }

    /// Recomputes what flags made stale, at most so many portions, a transaction each.
    ///
    /// # Errors
    /// Storage only.
    pub fn refold_some(&self, portions: u32) -> Result<()> {
        for _ in 0..portions {
            let pending = self.inner.store.view("refolding", |tx| {
                Ok::<_, crate::AppError>(!passes(tx)?.is_empty())
            })?;
            self.inner
                .memory
                .refolding
                .store(pending, Ordering::Relaxed);
            if !pending {
                break;
            }
            let app = self.clone();
            self.inner
                .store
                .update("refold", move |tx| app.refold_portion(tx))?;
        }
        Ok(())
    }

    /// Whether totals and the order of lists may lag behind a flag: for pages, without a look into the store.
    #[must_use]
    pub fn refolding(&self) -> bool {
        self.inner.memory.refolding.load(Ordering::Relaxed)
    }

    fn keep_passes(&self, tx: &mut dyn Write, passes: &Passes) -> Result<()> {
        // Should this transaction be undone, the next portion or job puts it right.
        let memory = &self.inner.memory.refolding;
        memory.store(!passes.is_empty(), Ordering::Relaxed);
        Ok(tx.set_setting(PENDING, &encode(passes))?)
    }
}

/// Links that are being recomputed: what is stored of their obligations may lag.
pub(crate) fn lagging(tx: &dyn Read) -> Result<BTreeSet<NodeName>> {
    Ok(passes(tx)?.into_keys().collect())
}

fn passes(tx: &dyn Read) -> Result<Passes> {
    kept(tx, PENDING, "refold")
}
