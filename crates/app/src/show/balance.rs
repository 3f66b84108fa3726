//! The balance with a partner over a period.

use crate::access::Operation;
use crate::error::{AppError, Result};
use crate::fold::Folding;
use crate::views::BalanceView;
use crate::{Actor, App};
use entente_core::balance::{Figures, figures};
use entente_core::codes::Ask;
use entente_core::floor::Action;
use entente_core::ids::{NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kinds::rights;
use entente_core::obligation::Obligation;
use entente_core::statistics::is_of_persons;
use entente_store::{ObligationFilter, Read, StoreExt};
use std::collections::BTreeMap;

impl App {
    /// What was asked within a period, both directions; both sides read the same figures. Rights of persons are apart, and shown to who
    /// sees such dossiers.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such partner.
    pub fn balance(
        &self,
        actor: &Actor,
        partner: &NodeName,
        from: Instant,
        to: Instant,
    ) -> Result<BalanceView> {
        self.authorise(actor, Action::Figures)?;
        self.looked(actor, Operation::Consult, "balance", None, None)?;
        let now = self.now();
        self.inner.store.view("balance", |tx| {
            tx.partner(partner)?.ok_or(AppError::NotFound)?;
            let rows = self.link_obligations_by_kind(tx, partner, Some((from, to)))?;
            // Exact figures with persons in them, less the published tables without, would tell what the statistics hide.
            let (persons, all): (Vec<_>, Vec<_>) =
                rows.into_iter().partition(|(kind, _)| is_of_persons(kind));
            let all = obligations(all);
            let services: BTreeMap<ServiceName, ()> =
                all.iter().map(|o| (o.owing.clone(), ())).collect();
            let by_service = services
                .into_keys()
                .map(|service| {
                    let own: Vec<&Obligation> = all.iter().filter(|o| o.owing == service).collect();
                    let node = service.node();
                    (service, figures(own, &node, now))
                })
                .collect::<Vec<(ServiceName, Figures)>>();
            Ok(BalanceView {
                partner: partner.clone(),
                from,
                to,
                ours: figures(&all, &self.inner.me, now),
                theirs: figures(&all, partner, now),
                by_service,
                rights: self.sees_kind(actor, rights::NAME).then(|| {
                    let of = |node: &NodeName| figures(duties(&persons), node, now);
                    (of(&self.inner.me), of(partner))
                }),
            })
        })
    }

    /// Every obligation of a link, both directions, with the kind of its dossier.
    pub(crate) fn link_obligations_by_kind(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        period: Option<(Instant, Instant)>,
    ) -> Result<Vec<(String, Obligation)>> {
        let folding = Folding::new(self, tx, partner, None)?;
        let me = Some(self.inner.me.clone());
        let base = ObligationFilter {
            asked_from_ms: period.map(|p| p.0.0),
            asked_to_ms: period.map(|p| p.1.0),
            ..Default::default()
        };
        let mut out = Vec::new();
        for filter in [
            ObligationFilter {
                debtor_node: me.clone(),
                creditor_node: Some(partner.clone()),
                ..base.clone()
            },
            ObligationFilter {
                creditor_node: me.clone(),
                debtor_node: Some(partner.clone()),
                ..base
            },
        ] {
            for row in tx.obligations(&filter)? {
                let folded = folding.obligation(&row)?;
                out.extend(folded.map(|ob| (row.kind, ob)));
            }
        }
        Ok(out)
    }
}

fn obligations(rows: Vec<(String, Obligation)>) -> Vec<Obligation> {
    rows.into_iter().map(|(_, ob)| ob).collect()
}

/// The duties to answer persons who exercised a right.
fn duties(persons: &[(String, Obligation)]) -> impl Iterator<Item = &Obligation> {
    let duty =
        |(kind, ob): &&(String, Obligation)| kind == rights::NAME && ob.ask.ask == Ask::Decide;
    persons.iter().filter(duty).map(|(_, ob)| ob)
}
