//! The balance with a partner over a period.

use crate::access::Operation;
use crate::error::{AppError, Result};
use crate::fold::Folding;
use crate::views::BalanceView;
use crate::{Actor, App};
use entente_core::balance::{Figures, figures};
use entente_core::codes::Ask;
use entente_core::floor::Action;
use entente_core::ids::{DossierId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kinds::rights;
use entente_core::obligation::Obligation;
use entente_store::{DossierFilter, ObligationFilter, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};

impl App {
    /// What was asked within a period, both directions; both sides read the same figures.
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
            let all = self.link_obligations(tx, partner, Some((from, to)))?;
            let rights = self.duties_to_persons(tx, partner, &all)?;
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
                rights_ours: figures(rights.iter().copied(), &self.inner.me, now),
                rights_theirs: figures(rights.iter().copied(), partner, now),
            })
        })
    }

    /// Of the obligations of a link, the duties to answer persons who exercised a right.
    fn duties_to_persons<'o>(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        all: &'o [Obligation],
    ) -> Result<Vec<&'o Obligation>> {
        let filter = DossierFilter {
            kind: Some(rights::NAME.to_owned()),
            node: Some(partner.clone()),
            limit: u32::MAX,
            ..DossierFilter::default()
        };
        let dossiers = tx.dossiers(&filter)?.into_iter().map(|row| row.id);
        let dossiers: BTreeSet<DossierId> = dossiers.collect();
        let duty = |o: &&Obligation| o.ask.ask == Ask::Decide && dossiers.contains(&o.ask.dossier);
        Ok(all.iter().filter(duty).collect())
    }

    /// Every obligation of a link, both directions.
    pub(crate) fn link_obligations(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        period: Option<(Instant, Instant)>,
    ) -> Result<Vec<Obligation>> {
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
                out.extend(folding.obligation(&row)?);
            }
        }
        Ok(out)
    }
}
