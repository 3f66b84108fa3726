//! Entries that wait for an ancestor, and what follows once it is here, in bounded portions.
//!
//! A partner may send thousands of entries whose first ancestor comes last. Judging them all in the transaction that brings it
//! would hold the only writer for minutes. So what is judged only notes that others wait for it: a queue in the store, worked a
//! portion at a time by whoever comes next, also after a crash. Verdicts do not depend on when they are reached; ledgers are
//! compared once the queue is empty.

use crate::apply::{Judged, missing_ancestors};
use crate::codec::encode;
use crate::error::Result;
use crate::{App, Change};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::judge::Verdict;
use entente_store::{Read, StoreExt, WAITING, Write};

/// Entries looked at in one transaction.
pub(crate) const PORTION: u32 = 256;
/// Under this name stands what was judged and has others waiting for it: no entry has it, since an identifier is a digest.
const QUEUE: EntryId = EntryId([0; 32]);

impl App {
    /// Notes that what waits for this entry may be judged.
    pub(crate) fn wake_waiting(&self, tx: &mut dyn Write, judged: EntryId) -> Result<()> {
        if tx.waiting_for(judged, 1)?.is_empty() {
            return Ok(());
        }
        let now = self.now().0;
        Ok(tx.wait_for(QUEUE, judged, now)?)
    }

    /// Whether everything is judged that can be: if not, our ledger cannot be compared with a partner's.
    ///
    /// # Errors
    /// Storage only.
    pub fn is_settled(&self) -> Result<bool> {
        self.inner.store.view("settled", |tx| {
            Ok(tx.waiting_for(QUEUE, 1)?.is_empty() && !self.is_upgrading(tx)?)
        })
    }

    /// Judges what waited, at most so many portions, a transaction each.
    ///
    /// # Errors
    /// Storage only.
    pub fn settle_some(&self, portions: u32) -> Result<()> {
        for _ in 0..portions {
            if self.is_settled()? {
                break;
            }
            let app = self.clone();
            let judged = self
                .inner
                .store
                .update("judge_waiting", move |tx| {
                    match app.is_upgrading(tx.as_read())? {
                        true => app.judge_aside(tx, PORTION),
                        false => app.judge_waiting(tx, PORTION),
                    }
                })
                .inspect_err(|_| self.inner.memory.undone())?;
            for dossier in judged {
                self.changed(Change {
                    position: 0,
                    dossier: Some(dossier),
                });
            }
        }
        Ok(())
    }

    /// Judges what waited, looking at so many entries at most; gives the dossiers that changed, each once.
    pub(crate) fn judge_waiting(
        &self,
        tx: &mut dyn Write,
        mut left: u32,
    ) -> Result<Vec<DossierId>> {
        let mut changed = Vec::new();
        while left > 0 {
            let Some(ready) = tx.waiting_for(QUEUE, 1)?.pop() else {
                break;
            };
            let waiting = match is_judged(tx.as_read(), ready)? {
                true => tx.waiting_for(ready, left)?,
                // A partner named the queue itself as an ancestor: nothing follows from that.
                false => Vec::new(),
            };
            let looked = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
            if looked < left {
                tx.stop_waiting(QUEUE, ready)?;
            }
            left = left.saturating_sub(looked.max(1));
            for id in waiting {
                tx.stop_waiting(ready, id)?;
                changed.extend(self.judge_late(tx, id)?);
            }
        }
        changed.sort_unstable();
        changed.dedup();
        Ok(changed)
    }

    /// Judges a stored entry from the beginning: now, which gives its dossier, or once the ancestors that it waits for are here.
    pub(crate) fn judge_or_wait(
        &self,
        tx: &mut dyn Write,
        id: EntryId,
        header: &Header,
    ) -> Result<Option<DossierId>> {
        let missing = missing_ancestors(self, tx, header)?;
        // It waits since it came, whenever that is found.
        let came = match missing.is_empty() {
            true => None,
            false => tx.entry(id)?.map(|row| row.here_ms),
        };
        for ancestor in &missing {
            tx.wait_for(*ancestor, id, came.unwrap_or(self.now().0))?;
        }
        match missing.is_empty() {
            true => self.judge_late(tx, id),
            false => Ok(None),
        }
    }

    /// Judges a stored entry if nothing is missing any more; gives its dossier.
    fn judge_late(&self, tx: &mut dyn Write, id: EntryId) -> Result<Option<DossierId>> {
        let Some(mut row) = tx.entry(id)?.filter(|r| r.verdict == WAITING) else {
            return Ok(None);
        };
        let Ok(header) = Header::from_bytes(&row.header) else {
            return Ok(None);
        };
        let header = self.inner.able.reads(header);
        let forked = self.forked_too_often(tx.as_read(), &header.node())?;
        if forked || !missing_ancestors(self, tx, &header)?.is_empty() {
            return Ok(None);
        }
        let (verdict, causal) = self.judge(tx, id, &header)?;
        row.verdict = verdict.number();
        row.depth = causal.depth;
        tx.judge_entry(id, row.verdict, causal.depth, &encode(&causal))?;
        if verdict == Verdict::NotEvaluated {
            self.put_aside(tx, &header.node(), Some(row.dossier))?;
            return Ok(Some(row.dossier));
        }
        // A program that did not know releases kept it as something else.
        let destroyed = !self.known_as_release(tx, &row, &header)?;
        let values = self.values_of(tx.as_read(), &row)?.filter(|_| !destroyed);
        let judged = Judged {
            row: &row,
            header: &header,
            verdict,
            causal: &causal,
            values: values.as_ref(),
            tokens: &values.as_ref().map(|v| self.tokens(v)).unwrap_or_default(),
        };
        self.settle(tx, &judged)?;
        self.wake_waiting(tx, id)?;
        Ok(Some(row.dossier))
    }
}

fn is_judged(tx: &dyn Read, id: EntryId) -> Result<bool> {
    Ok(tx.verdict(id)?.is_some_and(|verdict| verdict != WAITING))
}
