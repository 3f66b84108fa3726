//! What a newer version wrote (rule 8, invariant 14): kept aside, and judged once our program knows it.
//!
//! An entry that this program cannot evaluate has no effect and no place among the heads, and what follows it waits for it: judged
//! without it, the same entry would be regular here and irregular there, and that could never be put right. Ledgers are not compared
//! with its author meanwhile. When a program starts that knows other things than the one before it, everything set aside is looked at
//! again, in portions, from a place that is kept in the store.

use crate::App;
use crate::codec::{encode, kept};
use crate::error::Result;
use entente_core::header::Header;
use entente_core::ids::{DossierId, NodeName};
use entente_core::judge::{Causal, Verdict};
use entente_store::{EntryRow, Read, StoreExt, WAITING, Write};
use std::collections::BTreeSet;

/// Authors of entries that could not be evaluated.
const ASIDE: &str = "unevaluated";
/// What the program that judged last knew.
const ABLE: &str = "able";
/// Up to which position entries were looked at again; absent or empty unless the program changed.
const AGAIN: &str = "unevaluated.again";

type Authors = BTreeSet<NodeName>;

impl App {
    /// Notes that an entry of this author cannot be evaluated.
    pub(crate) fn put_aside(
        &self,
        tx: &mut dyn Write,
        author: &NodeName,
        dossier: Option<DossierId>,
    ) -> Result<()> {
        let mut authors = authors(tx.as_read())?;
        if authors.insert(author.clone()) {
            tx.set_setting(ASIDE, &encode(&authors))?;
        }
        match dossier {
            Some(dossier) => Ok(tx.touch_dossier(dossier, self.now().0)?),
            None => Ok(()),
        }
    }

    /// Whether everything that a partner wrote could be evaluated: if not, its ledger cannot be compared with ours.
    ///
    /// # Errors
    /// Storage only.
    pub fn evaluates(&self, partner: &NodeName) -> Result<bool> {
        self.inner
            .store
            .view("evaluates", |tx| Ok(!authors(tx)?.contains(partner)))
    }

    /// At the start: whether the program knows other things than the one that judged before.
    pub(crate) fn find_upgrade(&self) -> Result<()> {
        let ours = encode(&self.inner.able);
        let before = self
            .inner
            .store
            .view("able", |tx| Ok::<_, crate::AppError>(tx.setting(ABLE)?))?
            .filter(|said| !said.is_empty());
        if before.as_ref() == Some(&ours) {
            return Ok(());
        }
        self.inner.store.update("able", move |tx| {
            // A program from before this was noted may have kept some.
            let unknown = before.is_none() && !tx.entries_since(0, 1)?.is_empty();
            if unknown || !authors(tx.as_read())?.is_empty() {
                tx.set_setting(AGAIN, &0_u64.to_be_bytes())?;
                tx.set_setting(ASIDE, &encode(&Authors::new()))?;
            }
            Ok(tx.set_setting(ABLE, &ours)?)
        })
    }

    /// Whether what was set aside is still being looked at again.
    pub(crate) fn is_upgrading(&self, tx: &dyn Read) -> Result<bool> {
        Ok(tx.setting(AGAIN)?.is_some_and(|place| !place.is_empty()))
    }

    /// Looks at one portion of all entries for such as could not be evaluated; gives the dossiers that changed.
    pub(crate) fn judge_aside(&self, tx: &mut dyn Write, portion: u32) -> Result<Vec<DossierId>> {
        let after = crate::codec::number(tx.as_read(), AGAIN)?.unwrap_or(0);
        let rows = tx.entries_since(after, portion)?;
        let mut changed = Vec::new();
        for row in &rows {
            if row.verdict == Verdict::NotEvaluated.number() {
                changed.extend(self.judge_anew(tx, row)?);
            }
        }
        match rows
            .last()
            .filter(|_| rows.len() as u64 == u64::from(portion))
        {
            Some(last) => tx.set_setting(AGAIN, &last.position.to_be_bytes())?,
            None => tx.set_setting(AGAIN, &[])?,
        }
        Ok(changed)
    }

    fn judge_anew(&self, tx: &mut dyn Write, row: &EntryRow) -> Result<Option<DossierId>> {
        let header = match Header::from_bytes(&row.header) {
            Ok(header) if header.dossier_of(row.id) == row.dossier => header,
            // Still of a newer form: its author is not known from it, so every partner may be meant.
            _ => {
                for partner in tx.partners()? {
                    self.put_aside(tx, &partner.node, None)?;
                }
                return Ok(None);
            }
        };
        tx.judge_entry(row.id, WAITING, 0, &encode(&Causal::default()))?;
        self.judge_or_wait(tx, row.id, &header)
    }
}

fn authors(tx: &dyn Read) -> Result<Authors> {
    kept(tx, ASIDE, "unevaluated")
}
