//! The judge's look-ups over the store.
//!
//! A storage error cannot travel through [`Past`]: the first one is kept aside and must be asked for after judging
//! ([`StorePast::finish`]), so that no entry is ever judged on a failed look-up.

use crate::App;
use crate::codec::{cell, encode, names, place_cell};
use crate::error::{AppError, Result};
use entente_core::able::Able;
use entente_core::act::{Config, OnAct};
use entente_core::charter::Terms;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::instant::Instant;
use entente_core::judge::{Causal, History, InForce, Lane, Past, Verdict};
use entente_core::obligation::{ActFacts, AskFacts};
use entente_store::{ActRow, ObligationFilter, ObligationRow, Read, WAITING};
use std::cell::RefCell;
use std::sync::Arc;

pub(crate) struct StorePast<'a> {
    app: &'a App,
    tx: &'a dyn Read,
    dossier: DossierId,
    failed: RefCell<Option<AppError>>,
}

impl<'a> StorePast<'a> {
    pub(crate) fn new(app: &'a App, tx: &'a dyn Read, dossier: DossierId) -> Self {
        Self {
            app,
            tx,
            dossier,
            failed: RefCell::new(None),
        }
    }

    /// The first look-up that failed, if any did.
    pub(crate) fn finish(self) -> Result<()> {
        self.failed.into_inner().map_or(Ok(()), Err)
    }

    fn keep<T: Default>(&self, result: Result<T>) -> T {
        result.unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            T::default()
        })
    }

    fn find_config(&self, entry: EntryId) -> Result<Option<Arc<InForce>>> {
        let found = self.app.inner.memory.configs.get_or(&entry, || {
            let Some(row) = self.tx.config(entry)? else {
                return Ok(None);
            };
            let in_force = InForce {
                number: row.number,
                config: cell::<Config>(&row.config, "config", "config")?,
                kind: row.kind,
                set_by: place_cell(&row.set_by, "config")?,
            };
            Ok(Some((row.dossier, Arc::new(in_force))))
        })?;
        let here = found.filter(|(dossier, _)| *dossier == self.dossier);
        Ok(here.map(|(_, in_force)| in_force))
    }

    fn find_obligation(&self, id: ObligationId) -> Result<Option<History>> {
        let Some(row) = self
            .tx
            .obligation(id)?
            .filter(|r| r.dossier == self.dossier)
        else {
            return Ok(None);
        };
        let mut acts = Vec::new();
        for act in self.tx.acts(id)? {
            acts.push((cell::<Lane>(&act.lane, "act", "lane")?, act_facts(&act)?));
        }
        Ok(Some(History {
            ask: ask_facts(&row, None),
            audience: names::<NodeName>(&row.audience),
            asked_in: place_cell(&row.asked_in, "obligation")?,
            acts,
        }))
    }

    fn find_written(&self, id: EntryId) -> Result<Option<(Causal, Header)>> {
        let found = self
            .tx
            .entry(id)?
            .filter(|r| r.dossier == self.dossier && r.verdict != WAITING);
        let Some(row) = found else { return Ok(None) };
        let Ok(header) = Header::from_bytes(&row.header) else {
            return Ok(None);
        };
        let causal: Causal = cell(&row.causal, "entry", "causal")?;
        // What a partner relayed in another's name was given no place: it is nobody's entry.
        Ok((causal.depth > 0).then_some((causal, header)))
    }

    fn find_entry(&self, id: EntryId) -> Result<Option<(Lane, u64, Header)>> {
        let found = self
            .tx
            .entry(id)?
            .filter(|r| r.dossier == self.dossier && r.verdict == Verdict::Regular.number());
        let Some(row) = found else { return Ok(None) };
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::Bug("stored header"))?;
        let causal: Causal = cell(&row.causal, "entry", "causal")?;
        Ok(Some((causal.lane(&header), header.seq, header)))
    }
}

impl Past for StorePast<'_> {
    fn able(&self) -> &Able {
        &self.app.inner.able
    }
    fn config(&self, entry: EntryId) -> Option<Arc<InForce>> {
        self.keep(self.find_config(entry))
    }
    fn terms(&self, entry: EntryId) -> Option<Arc<Terms>> {
        self.keep(self.app.terms_of(self.tx, Some(entry)))
    }
    fn obligation(&self, id: ObligationId) -> Option<History> {
        self.keep(self.find_obligation(id))
    }
    fn obligations(&self) -> Vec<ObligationId> {
        let filter = ObligationFilter {
            dossier: Some(self.dossier),
            ..ObligationFilter::default()
        };
        let find = || -> Result<Vec<ObligationId>> {
            Ok(self
                .tx
                .obligations(&filter)?
                .into_iter()
                .map(|r| r.id)
                .collect())
        };
        self.keep(find())
    }
    fn entry(&self, id: EntryId) -> Option<(Lane, u64, Header)> {
        self.keep(self.find_entry(id))
    }
    fn written(&self, id: EntryId) -> Option<(Causal, Header)> {
        self.keep(self.find_written(id))
    }
    fn taken(&self, lane: &Lane, seq: u64) -> bool {
        let top = self.tx.lane_top(self.dossier, &encode(lane));
        self.keep(top.map_err(AppError::from))
            .is_some_and(|top| top >= seq)
    }
}

/// Facts of an ask from its row.
pub(crate) fn ask_facts(row: &ObligationRow, received: Option<Instant>) -> AskFacts {
    AskFacts {
        id: row.id,
        dossier: row.dossier,
        ask: row.ask,
        creditor: row.creditor.clone(),
        debtor: row.debtor.clone(),
        urgency: row.urgency,
        number: row.number,
        at: Instant(row.asked_ms),
        by: row.by_ms.map(Instant),
        about: row.about,
        received,
    }
}

/// Facts of an act from its row, without when it was received.
pub(crate) fn act_facts(row: &ActRow) -> Result<ActFacts> {
    Ok(ActFacts {
        entry: row.entry,
        index: row.index,
        seq: row.seq,
        depth: row.depth,
        node: row.node.clone(),
        at: Instant(row.at_ms),
        received: None,
        act: cell::<OnAct>(&row.act, "act", "act")?,
    })
}
