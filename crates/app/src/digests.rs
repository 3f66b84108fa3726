//! The ledger digest at a named cut and instant (rule 1): what both nodes compute byte for byte alike, or raise an alarm.

use crate::App;
use crate::error::{AppError, Result};
use crate::fold::{Cut, Folding};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_core::ledger;
use entente_core::obligation::Obligation;
use entente_link::frame::LedgerDigest;
use entente_proof::digest::{Digest, tagged};
use entente_store::{DigestRow, Direction, ObligationFilter, ObligationRow, StoreExt};

/// How far ahead of our clock a partner may date a digest or a bundle, in milliseconds: a digest beyond says nothing about now, and a
/// bundle from a clock that is years ahead must not silence all after it.
pub(crate) const AHEAD_MS: i64 = 86_400_000;
/// Digests kept of the exchanges with one partner.
const DIGESTS_KEPT: u32 = 500;

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

    /// Our digest, once everything that could be judged is.
    pub(crate) fn own_digest(&self, partner: &NodeName, now: i64) -> Result<Option<LedgerDigest>> {
        if !self.is_settled()? || !self.evaluates(partner)? {
            return Ok(None);
        }
        let (out, inn, digest) = self.digest_at(partner, None, now)?;
        let row = DigestRow {
            partner: partner.clone(),
            out_size: out,
            in_size: inn,
            at_ms: now,
            ours: digest,
            theirs: None,
        };
        self.inner.store.update("own_digest", move |tx| {
            tx.put_digest(&row)?;
            Ok::<_, AppError>(tx.prune_digests(&row.partner, DIGESTS_KEPT)?)
        })?;
        Ok(Some(LedgerDigest {
            out_size: out,
            in_size: inn,
            instant_ms: now,
            digest: Digest(digest),
        }))
    }

    /// Their digest: computed here at the same cut and instant; a difference is an alarm.
    pub(crate) fn their_digest(&self, partner: &NodeName, theirs: &LedgerDigest) -> Result<()> {
        crate::clock::tell_apart(theirs.instant_ms, self.now().0);
        // Their own register is our incoming one.
        let cut = Cut {
            out: theirs.in_size,
            inn: theirs.out_size,
        };
        let holds = self.inner.store.view("cut", |tx| {
            let (out, inn) = (
                tx.register(partner, Direction::Out)?.size,
                tx.register(partner, Direction::In)?.size,
            );
            Ok::<_, AppError>(cut.out <= out && cut.inn <= inn)
        })?;
        if !holds
            || !self.evaluates(partner)?
            || theirs.instant_ms > self.now().0.saturating_add(AHEAD_MS)
        {
            return Ok(());
        }
        let (_, _, ours) = self.digest_at(partner, Some(cut), theirs.instant_ms)?;
        let row = DigestRow {
            partner: partner.clone(),
            out_size: cut.out,
            in_size: cut.inn,
            at_ms: theirs.instant_ms,
            ours,
            theirs: Some(theirs.digest.0),
        };
        let differs = ours != theirs.digest.0;
        self.inner.store.update("their_digest", move |tx| {
            tx.put_digest(&row)?;
            Ok::<_, AppError>(tx.prune_digests(&row.partner, DIGESTS_KEPT)?)
        })?;
        if differs {
            let mut evidence = ours.to_vec();
            evidence.extend_from_slice(&theirs.digest.0);
            self.keep_evidence(partner, "ledgers-differ", evidence)?;
        }
        self.told();
        Ok(())
    }
}
