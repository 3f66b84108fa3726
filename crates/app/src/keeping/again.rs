//! Working out reviews again when a charter comes into force, in bounded portions.
//!
//! Another term moves the day of every dossier of a link, a hundred thousand perhaps. So the charter only notes that they are to be worked
//! out again, and portions go on from a place that is kept in the store, also after a crash. A day that stays the same stays announced; one
//! that moves is announced anew, so that nobody loses the time of grace.

use crate::App;
use crate::codec::{encode, kept, names};
use crate::error::Result;
use entente_core::ids::{DossierId, NodeName};
use entente_store::{Read, ReviewFilter, ReviewRow, StoreExt, Write};
use std::collections::BTreeMap;

/// Dossiers looked at in one transaction: of each, what its entries say of keeping it is read.
const PORTION: u32 = 100;
/// The setting that says for which links reviews are being worked out again.
const PENDING: &str = "keeping.again";
/// How far the pass of a link is, in the order of reviews, and whether another one must follow.
type Passes = BTreeMap<NodeName, (Option<(i64, DossierId)>, bool)>;

impl App {
    /// Notes that the reviews of all dossiers with a partner are to be worked out again.
    pub(crate) fn review_again(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        let mut passes = passes(tx.as_read())?;
        let pass = passes.entry(partner.clone()).or_insert((None, false));
        // What was worked out before this charter must be once more.
        pass.1 |= pass.0.is_some();
        keep_passes(tx, &passes)
    }

    /// Works out again what charters changed, at most so many portions, a transaction each.
    ///
    /// # Errors
    /// Storage only.
    pub fn review_some_again(&self, portions: u32) -> Result<()> {
        for _ in 0..portions {
            let pending = self.inner.store.view("reviewing_again", |tx| {
                Ok::<_, crate::AppError>(tx.setting(PENDING)?.is_none() || !passes(tx)?.is_empty())
            })?;
            if !pending {
                break;
            }
            let app = self.clone();
            self.inner
                .store
                .update("review_again", move |tx| app.review_portion_again(tx))?;
        }
        Ok(())
    }

    fn review_portion_again(&self, tx: &mut dyn Write) -> Result<()> {
        let mut passes = passes(tx.as_read())?;
        let Some((partner, (place, again))) = passes.pop_first() else {
            return keep_passes(tx, &passes);
        };
        let filter = ReviewFilter {
            before_ms: i64::MAX,
            after: place,
            limit: PORTION,
            ..ReviewFilter::default()
        };
        let rows = tx.reviews(&filter)?;
        for row in &rows {
            self.work_out_again(tx, row, &partner)?;
        }
        // A day that moved behind this place is met once more, and stands.
        let full = u32::try_from(rows.len()).is_ok_and(|n| n == PORTION);
        match (rows.last().filter(|_| full), again) {
            (Some(last), _) => {
                let place = Some((last.due_ms, last.dossier));
                passes.insert(partner, (place, again));
            }
            (None, true) => {
                passes.insert(partner, (None, false));
            }
            (None, false) => {}
        }
        keep_passes(tx, &passes)
    }

    fn work_out_again(
        &self,
        tx: &mut dyn Write,
        review: &ReviewRow,
        partner: &NodeName,
    ) -> Result<()> {
        let row = tx.dossier(review.dossier)?;
        if !row.is_some_and(|row| names(&row.nodes).contains(partner)) {
            return Ok(());
        }
        let kept = self.kept_of(tx.as_read(), review.dossier)?;
        let me = &self.inner.me;
        let due = kept.map(|kept| match kept.was_erased(me) {
            true => kept.a_term_from(self.now()).0.min(review.due_ms),
            false => kept.due().0,
        });
        match due {
            Some(due_ms) if due_ms != review.due_ms => Ok(tx.put_review(&ReviewRow {
                due_ms,
                told_ms: 0,
                ..review.clone()
            })?),
            _ => Ok(()),
        }
    }
}

fn keep_passes(tx: &mut dyn Write, passes: &Passes) -> Result<()> {
    Ok(tx.set_setting(PENDING, &encode(passes))?)
}

/// Links whose reviews are being worked out again: all of them, of a node that an earlier program kept, which missed such charters.
fn passes(tx: &dyn Read) -> Result<Passes> {
    if tx.setting(PENDING)?.is_some() {
        return kept(tx, PENDING, "reviews");
    }
    let partners = tx.partners()?.into_iter();
    Ok(partners.map(|row| (row.node, (None, false))).collect())
}
