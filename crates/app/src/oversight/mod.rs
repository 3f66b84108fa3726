//! Access records as inspectors use them (invariant 11, rule 13): found by what they say, one by one in words, checked against the
//! journal and its witnesses, and the patterns in them.
//!
//! Inspectors see who did what when; never a title, a name or a word of a dossier. What they look at is recorded like everything else.

mod check;
mod export;
mod found_by;
mod journal;
mod patterns;
mod refused;
mod retention;
mod witness;

pub(crate) use refused::Refusals;
pub use refused::Tried;

use crate::access::{AccessRecord, MONTH_MS, Operation, month_at, month_name};
use crate::error::{AppError, Result};
use crate::keeping::KeepingSettings;
use crate::show::number;
use crate::views::{AccessLine, AccessList, AccessQuery, InspectionFigure};
use crate::{Actor, App};
use entente_core::anomaly::Thresholds;
use entente_core::floor::Action;
use entente_core::ids::{DossierId, NodeName};
use entente_core::instant::{Instant, Span};
use entente_store::{AccessPlace, DossierFilter, PlacedAccess, Read, StoreExt};
use std::collections::BTreeMap;

/// Records that a year's figure of inspections counts at most.
const COUNTED: usize = 20_000;
/// Dossiers read at once where one is named by its number.
const DOSSIERS: u32 = 1_000;

/// How access records are watched over: the operator's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OversightSettings {
    /// How long a reason need not be given again.
    pub reasons_last: Span,
    /// For how many months of thirty days records can be read; 0: for ever.
    pub months: u16,
    /// From how much on a pattern is told.
    pub thresholds: Thresholds,
    /// When people are told of a review, and how long the node waits after it.
    pub keeping: KeepingSettings,
}

impl Default for OversightSettings {
    /// Eight hours; three years (FIELD, after article 25 of the JITs platform).
    fn default() -> Self {
        Self {
            reasons_last: Span::hours(8),
            months: 37,
            thresholds: Thresholds::default(),
            keeping: KeepingSettings::default(),
        }
    }
}

/// Records in the clear, and where the next page begins.
type Page = (Vec<(PlacedAccess, AccessRecord)>, Option<AccessPlace>);

impl App {
    /// Access records, newest first, one page of those that a query finds. For inspectors only.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other role.
    pub fn access_list(&self, actor: &Actor, query: &AccessQuery) -> Result<AccessList> {
        self.authorise(actor, Action::Inspect)?;
        self.did(actor, Operation::Inspect, "access", Some(query.words()))?;
        self.keep_journal()?;
        self.inner.store.view("access_list", |tx| {
            let Some(dossier) = self.dossier_meant(tx, query)? else {
                return Ok(AccessList::default());
            };
            let (found, next) = self.found(tx, query, dossier)?;
            let mut lines = Vec::with_capacity(found.len());
            for (placed, record) in found {
                lines.push(access_line(tx, &placed, record)?);
            }
            Ok(AccessList { lines, next })
        })
    }

    /// One access record. For inspectors only.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other role; [`AppError::NotFound`] if there is none, or its month has ended for good.
    pub fn access_record(&self, actor: &Actor, n: u64) -> Result<AccessLine> {
        self.authorise(actor, Action::Inspect)?;
        self.did(
            actor,
            Operation::Inspect,
            "access_record",
            Some(n.to_string()),
        )?;
        self.inner.store.view("access_record", |tx| {
            let placed = tx.access_numbered(n)?.ok_or(AppError::NotFound)?;
            let opened = self.open_record(tx, &placed.row)?;
            let (record, _) = opened.ok_or(AppError::NotFound)?;
            access_line(tx, &placed, record)
        })
    }

    /// Access records in the clear, newest first. For inspectors only.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other role.
    pub fn access_records(
        &self,
        actor: &Actor,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<(Instant, AccessRecord)>> {
        self.authorise(actor, Action::Inspect)?;
        self.looked(actor, Operation::Inspect, "access", None, None)?;
        self.inner.store.view("access", |tx| {
            let mut out = Vec::new();
            for row in tx.access(limit, offset)? {
                if let Some((record, _)) = self.open_record(tx, &row)? {
                    out.push((Instant(row.at_ms), record));
                }
            }
            Ok(out)
        })
    }

    /// How often each inspector looked at access records within the last year. For inspectors only.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other role.
    pub fn inspections(&self, actor: &Actor) -> Result<Vec<InspectionFigure>> {
        self.authorise(actor, Action::Inspect)?;
        self.looked(actor, Operation::Inspect, "inspections", None, None)?;
        self.keep_journal()?;
        let query = AccessQuery {
            operation: Some(Operation::Inspect),
            from: Some(self.now() - Span::days(365)),
            limit: 1_000,
            ..AccessQuery::default()
        };
        self.inner.store.view("inspections", |tx| {
            let mut by: BTreeMap<String, InspectionFigure> = BTreeMap::new();
            let (mut counted, mut query) = (0, query.clone());
            loop {
                let (found, next) = self.found(tx, &query, None)?;
                counted += found.len();
                for (_, record) in found {
                    let figure = by.entry(record.actor.clone()).or_default();
                    figure.inspector = record.actor;
                    figure.looks += 1;
                }
                if next.is_none() || counted >= COUNTED {
                    return Ok(by.into_values().collect());
                }
                query.before = next;
            }
        })
    }

    /// The dossier that a query means by number or identifier; an inner nothing where it names none, an outer one where there is no
    /// such dossier.
    fn dossier_meant(
        &self,
        tx: &dyn Read,
        query: &AccessQuery,
    ) -> Result<Option<Option<DossierId>>> {
        let text = query.dossier.trim();
        if text.is_empty() {
            return Ok(Some(None));
        }
        if let Ok(id) = text.parse() {
            return Ok(Some(Some(id)));
        }
        let Some(wanted) = crate::search::Wanted::whole(text) else {
            return Ok(None);
        };
        let node: Option<NodeName> = wanted.node().cloned();
        let mut filter = DossierFilter {
            node,
            limit: DOSSIERS,
            ..DossierFilter::default()
        };
        loop {
            let rows = tx.dossiers(&filter)?;
            let fits =
                |row: &&entente_store::DossierRow| wanted.fits(&number(&row.convenor, row.number));
            if let Some(row) = rows.iter().find(fits) {
                return Ok(Some(Some(row.id)));
            }
            if rows.is_empty() {
                return Ok(None);
            }
            filter.offset = filter.offset.saturating_add(DOSSIERS);
        }
    }

    /// One page of the records that a query finds, and where the next page begins. Marks are under the key of their month: it is asked
    /// month by month, from the newest.
    pub(super) fn found(
        &self,
        tx: &dyn Read,
        query: &AccessQuery,
        dossier: Option<DossierId>,
    ) -> Result<Page> {
        let limit = match query.limit {
            0 => AccessQuery::PAGE,
            limit => limit.min(AccessQuery::MOST),
        };
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let Some(oldest) = tx.oldest_access()? else {
            return Ok((Vec::new(), None));
        };
        let since = query.from.map_or(oldest, |from| from.0.max(oldest));
        let until = query.to.map_or(i64::MAX, |to| to.0);
        let mut before = query.before.unwrap_or(AccessPlace::NEWEST);
        if before.at_ms > until {
            before = AccessPlace { at_ms: until, n: 0 };
        }
        let newest = tx.access(1, 0)?.first().map_or(oldest, |row| row.at_ms);
        let mut month = month_at(before.at_ms.min(newest));
        let mut out = Vec::new();
        while out.len() < wanted && (month + 1) * MONTH_MS > since {
            let begins = month.saturating_mul(MONTH_MS);
            if let Some(key) = self.month_key(tx, &month_name(month))? {
                let marks = query.marks(&key, dossier);
                let left = u32::try_from(wanted - out.len()).unwrap_or(limit);
                let rows = tx.access_by(&marks, before, since.max(begins), left)?;
                for placed in rows {
                    before = AccessPlace {
                        at_ms: placed.row.at_ms,
                        n: placed.n,
                    };
                    if let Some((record, _)) = self.open_record(tx, &placed.row)? {
                        out.push((placed, record));
                    }
                }
            }
            if out.len() < wanted {
                before = AccessPlace {
                    at_ms: before.at_ms.min(begins),
                    n: 0,
                };
                month -= 1;
            }
        }
        let next = (out.len() >= wanted).then_some(before);
        Ok((out, next))
    }
}

/// A record with the numbers of its dossiers.
pub(super) fn access_line(
    tx: &dyn Read,
    placed: &PlacedAccess,
    record: AccessRecord,
) -> Result<AccessLine> {
    let numbered = |text: &String| numbered(tx, text);
    let named = record.dossier.iter().chain(&record.dossiers);
    let numbers: Result<Vec<Option<String>>> = named.map(numbered).collect();
    let officer = tx.officer(&record.actor)?;
    Ok(AccessLine {
        n: placed.n,
        at: Instant(placed.row.at_ms),
        lane: placed.row.lane.clone(),
        seq: placed.row.seq,
        numbers: numbers?.into_iter().flatten().collect(),
        roles: officer.map_or(Vec::new(), |row| crate::people::roles_of(&row)),
        record,
    })
}

/// The number of a dossier by its identifier, if it is here.
pub(super) fn numbered(tx: &dyn Read, dossier: &str) -> Result<Option<String>> {
    let Ok(id) = dossier.parse::<DossierId>() else {
        return Ok(None);
    };
    let row = tx.dossier(id)?;
    Ok(row.map(|row| number(&row.convenor, row.number)))
}
