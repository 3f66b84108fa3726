//! Published statistics: a fixed list of tables, computed once when a month has ended and never again (invariant 7).
//!
//! What was published is kept as it is: what the next month may show depends on it. Headers and receipts alone are counted; no body is
//! opened. Several processes may try at once, and a crash at any point leaves the month published or not.

use crate::access::Operation;
use crate::error::{AppError, Result};
use crate::views::StatisticsView;
use crate::{Actor, App};
use entente_core::codes::Ask;
use entente_core::floor::Action;
use entente_core::ids::EntryId;
use entente_core::kinds::rights;
use entente_core::obligation::Obligation;
use entente_core::statistics::{
    Counts, Month, Published, TABLES, Table, is_of_persons, place_of_obligation, place_of_request,
    window,
};
use entente_store::{Read, StoreExt, Write};
use std::collections::BTreeMap;

/// The months published, the oldest first, a line each.
const MONTHS: &str = "statistics.months";

impl App {
    /// Publishes the month that ended last, unless that was done; whether it was done now. Months in which the node did not run are not
    /// made up for.
    ///
    /// # Errors
    /// Storage.
    pub fn publish_statistics(&self) -> Result<bool> {
        let month = Month::at(self.now()).before(1);
        let computed = self.inner.store.view("statistics", |tx| {
            let last = months(tx)?.last().copied();
            let early = last.is_some_and(|last| last >= month) || tx.partners()?.is_empty();
            // Before partners were heard after a restore, much may be missing.
            match self.refuse_closed(tx) {
                Err(AppError::Closed) => return Ok(None),
                other => other?,
            }
            match early {
                true => Ok(None),
                false => Ok::<_, AppError>(Some((last, self.computed(tx, month, last)?))),
            }
        })?;
        let Some((last, published)) = computed else {
            return Ok(false);
        };
        self.inner.store.update("publish_statistics", move |tx| {
            // Another process was first: what it published stands.
            match months(tx.as_read())?.last().copied() == last {
                true => publish(tx, &published).map(|()| true),
                false => Ok(false),
            }
        })
    }

    /// What was published for a month, or for the last one. Leaves a trace like every look.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] where policies say so; [`AppError::NotFound`] for a month that was not published.
    pub fn statistics(&self, actor: &Actor, month: Option<Month>) -> Result<StatisticsView> {
        self.authorise(actor, Action::Statistics)?;
        let named = month.map(|month| month.to_string());
        self.did(actor, Operation::Consult, "statistics", named)?;
        self.inner.store.view("statistics", |tx| {
            let months = months(tx)?;
            let published = match month.or(months.last().copied()) {
                Some(month) => published(tx, month)?,
                None => None,
            };
            if month.is_some() && published.is_none() {
                return Err(AppError::NotFound);
            }
            Ok(StatisticsView { months, published })
        })
    }

    fn computed(&self, tx: &dyn Read, month: Month, last: Option<Month>) -> Result<Published> {
        let mut rows = Vec::new();
        for partner in tx.partners()? {
            rows.extend(self.link_obligations_by_kind(tx, &partner.node, Some(window(month)))?);
        }
        let before = match last {
            Some(last) => Some(published(tx, last)?.ok_or(AppError::Bug("statistics"))?),
            None => None,
        };
        let mut out = Published {
            month,
            at: self.now(),
            persons: BTreeMap::new(),
            obligations: BTreeMap::new(),
        };
        for table in TABLES {
            let name = table.name.to_owned();
            match table.persons {
                Some(_) => {
                    let before = before.as_ref().and_then(|b| b.persons.get(table.name));
                    let counts = self.count_persons(table, &rows);
                    out.persons.insert(name, counts.shown_after(before));
                }
                None => {
                    let counts = self.count_obligations_of(table, &rows);
                    out.obligations.insert(name, counts.of_no_person());
                }
            }
        }
        Ok(out)
    }

    /// Persons by what they asked us and what became of it. A request counts as a person: nothing tells two of one person apart.
    fn count_persons(&self, table: &Table, rows: &[(String, Obligation)]) -> Counts {
        let rights = || {
            let of = rows.iter().filter(|(kind, _)| kind == rights::NAME);
            of.map(|(_, ob)| ob)
        };
        // What the opening asks of the other side says which right it is.
        let aside = rights().filter(|ob| ob.ask.ask != Ask::Decide);
        let asked: BTreeMap<EntryId, Ask> = aside.map(|ob| (ob.ask.id.entry, ob.ask.ask)).collect();
        let ours =
            |ob: &&Obligation| ob.ask.ask == Ask::Decide && ob.ask.debtor.node() == self.inner.me;
        let mut counts = empty(table);
        for duty in rights().filter(ours) {
            let asked = asked.get(&duty.ask.id.entry);
            let place = asked.and_then(|asked| place_of_request(duty, *asked));
            if let Some((line, column)) = place {
                counts.add(line, column);
            }
        }
        counts
    }

    /// Obligations of kinds without persons, those of one side.
    fn count_obligations_of(&self, table: &Table, rows: &[(String, Obligation)]) -> Counts {
        let (now, mut counts) = (self.now(), empty(table));
        for (_, ob) in rows.iter().filter(|(kind, _)| !is_of_persons(kind)) {
            let ours = ob.ask.debtor.node() == self.inner.me;
            let place = place_of_obligation(ob, now).filter(|_| table.is_of_ours() == ours);
            if let Some((line, column)) = place {
                counts.add(line, column);
            }
        }
        counts
    }
}

fn empty(table: &Table) -> Counts {
    Counts::new((table.lines)().len(), table.columns.len())
}

fn name_of(month: Month) -> String {
    format!("statistics.{month}")
}

fn months(tx: &dyn Read) -> Result<Vec<Month>> {
    let kept = tx.setting(MONTHS)?.unwrap_or_default();
    let text = String::from_utf8(kept).map_err(|_| AppError::Bug("statistics"))?;
    let read = |line: &str| line.parse().map_err(|_| AppError::Bug("statistics"));
    text.lines().map(read).collect()
}

fn published(tx: &dyn Read, month: Month) -> Result<Option<Published>> {
    let kept = tx.setting(&name_of(month))?;
    let read = kept.map(|bytes| serde_json::from_slice(&bytes)).transpose();
    read.map_err(|_| AppError::Bug("statistics"))
}

fn publish(tx: &mut dyn Write, published: &Published) -> Result<()> {
    let bytes = serde_json::to_vec(published).map_err(|_| AppError::Bug("statistics"))?;
    let mut months = tx.setting(MONTHS)?.unwrap_or_default();
    months.extend_from_slice(format!("{}\n", published.month).as_bytes());
    tx.set_setting(&name_of(published.month), &bytes)?;
    Ok(tx.set_setting(MONTHS, &months)?)
}
