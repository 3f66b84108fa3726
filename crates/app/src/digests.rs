//! The ledger digest at a named cut and instant (rule 1): what both nodes compute byte for byte alike, or raise an alarm.

use crate::App;
use crate::error::Result;
use crate::fold::{Cut, Folding};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_core::ledger;
use entente_core::obligation::Obligation;
use entente_proof::digest::tagged;
use entente_store::{Direction, ObligationFilter, ObligationRow, StoreExt};

impl App {
    /// The digest of the ledger with a partner at the present cut and instant: sizes of both registers, and the digest.
    ///
    /// # Errors
    /// Storage only.
    pub fn ledger_digest(&self, partner: &NodeName) -> Result<(u64, u64, [u8; 32])> {
        self.digest_at(partner, None, self.now().0)
    }

    /// The digest at an instant named by the caller, so that two nodes can be compared at one instant.
    ///
    /// # Errors
    /// Storage only.
    pub fn ledger_digest_at(
        &self,
        partner: &NodeName,
        at: Instant,
    ) -> Result<(u64, u64, [u8; 32])> {
        self.digest_at(partner, None, at.0)
    }

    pub(crate) fn digest_at(
        &self,
        partner: &NodeName,
        cut: Option<Cut>,
        at_ms: i64,
    ) -> Result<(u64, u64, [u8; 32])> {
        self.inner.store.view("ledger_digest", |tx| {
            let cut = match cut {
                Some(cut) => cut,
                None => Cut {
                    out: tx.register(partner, Direction::Out)?.size,
                    inn: tx.register(partner, Direction::In)?.size,
                },
            };
            let folding = Folding::new(self, tx, partner, Some(cut))?;
            let mut folded: Vec<(Obligation, ObligationRow)> = Vec::new();
            for row in self.link_rows(tx, partner)? {
                if let Some(ob) = folding.obligation(&row)? {
                    folded.push((ob, row));
                }
            }
            folded.sort_by_key(|(ob, _)| ob.ask.id);
            let mut running = [0u8; 32];
            for (ob, row) in &folded {
                let terms = self.terms_of(tx, row.charter)?;
                let line = ledger::line(ob, Instant(at_ms), terms.as_deref());
                running = tagged("entente/ledger/1", &[&running, &line]).0;
            }
            Ok((cut.out, cut.inn, running))
        })
    }

    fn link_rows(
        &self,
        tx: &dyn entente_store::Read,
        partner: &NodeName,
    ) -> Result<Vec<ObligationRow>> {
        let me = Some(self.inner.me.clone());
        let theirs = Some(partner.clone());
        let mut rows = tx.obligations(&ObligationFilter {
            debtor_node: me.clone(),
            creditor_node: theirs.clone(),
            ..Default::default()
        })?;
        rows.extend(tx.obligations(&ObligationFilter {
            debtor_node: theirs,
            creditor_node: me,
            ..Default::default()
        })?);
        // Where a third state takes part, what is judged does not follow from both registers of this link alone.
        rows.retain(|row| row.audience.split(',').count() <= 2);
        Ok(rows)
    }
}
