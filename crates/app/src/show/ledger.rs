//! The ledger across all dossiers of a link.

use super::Showing;
use crate::access::Operation;
use crate::error::Result;
use crate::views::{LedgerQuery, LedgerView};
use crate::{Actor, App};
use entente_core::obligation::Side;
use entente_store::{ObligationFilter, StoreExt};

/// Lines on one page.
const PAGE: u32 = 100;

impl App {
    /// Obligations by side, state and ask; titles only of dossiers that the actor belongs to.
    ///
    /// # Errors
    /// Storage only.
    pub fn ledger(&self, actor: &Actor, query: &LedgerQuery) -> Result<LedgerView> {
        self.looked(actor, Operation::Consult, "ledger", None, None)?;
        let filters = self.ledger_filters(actor, query);
        self.inner.store.view("ledger", |tx| {
            let mut showing = Showing::new(self, tx);
            let (mut lines, mut total) = (Vec::new(), 0);
            let mut skip = u64::from(query.page) * u64::from(PAGE);
            for filter in &filters {
                let count = tx.count_obligations(filter)?;
                total += count;
                let room = PAGE.saturating_sub(u32::try_from(lines.len()).unwrap_or(PAGE));
                if skip >= count {
                    skip -= count;
                } else if room > 0 {
                    let offset = u32::try_from(skip).unwrap_or(u32::MAX);
                    lines.extend(showing.obligations(
                        actor,
                        &ObligationFilter {
                            limit: room,
                            offset,
                            ..filter.clone()
                        },
                    )?);
                    skip = 0;
                }
            }
            // What is late, of what is open, is what to look at first.
            lines.sort_by_key(|o| (!o.state.is_open(), !o.overdue));
            Ok(LedgerView { lines, total })
        })
    }

    /// One filter for each side of ours that is asked for, for what is open before what has ended.
    fn ledger_filters(&self, actor: &Actor, query: &LedgerQuery) -> Vec<ObligationFilter> {
        let sees = self.sees(actor);
        let base = ObligationFilter {
            open: if query.overdue {
                Some(true)
            } else {
                query.open
            },
            ask: query.ask,
            due_before_ms: query.overdue.then(|| self.now().0),
            turn: query.overdue.then_some(Side::Debtor),
            visible_to: sees.services,
            among: sees.among,
            ..ObligationFilter::default()
        };
        let me = Some(self.inner.me.clone());
        let owe = ObligationFilter {
            debtor_node: me.clone(),
            creditor_node: query.partner.clone(),
            ..base.clone()
        };
        let owed = ObligationFilter {
            creditor_node: me,
            debtor_node: query.partner.clone(),
            ..base
        };
        let sides = match query.side {
            Some(Side::Debtor) => vec![owe],
            Some(Side::Creditor) => vec![owed],
            None => vec![owe, owed],
        };
        let asked = |open: bool| {
            sides
                .iter()
                .filter(move |f| f.open.is_none_or(|o| o == open))
        };
        let of = |open: bool| {
            asked(open).map(move |f| ObligationFilter {
                open: Some(open),
                ..f.clone()
            })
        };
        of(true).chain(of(false)).collect()
    }
}
