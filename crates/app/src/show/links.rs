//! Links and partners: is the session up, who holds what, do the ledgers agree.

use crate::access::Operation;
use crate::compromise::compromises;
use crate::error::{AppError, Result};
use crate::evidence::ALARM_LIFTED;
use crate::keys::{their_changes, tls_changes};
use crate::receive::receipted_up_to;
use crate::restart::restart_waits;
use crate::views::{Agreement, EvidenceLine, LinkView, PartnerView};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, NodeName};
use entente_core::instant::Instant;
use entente_core::judge::Verdict;
use entente_core::kinds;
use entente_proof::card::{Card, Fingerprint, armour_card, verify_card};
use entente_store::{Direction, DossierFilter, EvidenceRow, PartnerRow, Read, StoreExt};
use std::sync::Arc;

impl App {
    /// Every link.
    ///
    /// # Errors
    /// Storage only.
    pub fn links(&self, actor: &Actor) -> Result<Vec<LinkView>> {
        self.authorise(actor, Action::Links)?;
        self.looked(actor, Operation::Consult, "links", None, None)?;
        self.link_views()
    }

    pub(crate) fn link_views(&self) -> Result<Vec<LinkView>> {
        self.inner.store.view("links", |tx| {
            tx.partners()?
                .iter()
                .map(|row| self.link_view(tx, row))
                .collect()
        })
    }

    fn link_view(&self, tx: &dyn Read, row: &PartnerRow) -> Result<LinkView> {
        let out = tx.register(&row.node, Direction::Out)?;
        let inn = tx.register(&row.node, Direction::In)?;
        let state = self.link_state_in(tx, &row.node)?;
        let cut = self.cut_since_in(tx, &row.node)?;
        let stopped = match (row.stopped, state.cut || cut.is_some()) {
            (true, _) => Some("alarm"),
            (false, true) => Some("cut"),
            (false, false) => None,
        };
        Ok(LinkView {
            partner: row.node.clone(),
            connected: state.up,
            stopped,
            since: cut.or(state.since),
            out_size: out.size,
            out_held: out.cosigned.max(receipted_up_to(tx, &row.node)?),
            in_size: inn.size,
            waiting: tx.outbox_size(&row.node)?.0,
            files_wanted: tx.wanted(&row.node, 1_000)?.len() as u64,
            agreement: agreement(tx, &row.node)?,
            ahead_ms: self.partner_ahead(tx, &row.node)?,
            suspended: self.flags_up(tx, &row.node)?,
            compromised: compromises(tx, &row.node)?,
            restart_waits: restart_waits(tx, &row.node)?,
        })
    }

    /// One partner.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such partner.
    pub fn partner(&self, actor: &Actor, node: &NodeName) -> Result<PartnerView> {
        self.authorise(actor, Action::Links)?;
        self.looked(actor, Operation::Consult, "partner", None, None)?;
        self.inner.store.view("partner", |tx| {
            let row = tx.partner(node)?.ok_or(AppError::NotFound)?;
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
            let own = verify_card(&self.card_in(tx)?).map_err(|_| AppError::Bug("own card"))?;
            let (tls_changes, next_fingerprint) = tls_changes(tx, node, &card)?;
            let desk = DossierFilter {
                kind: Some("desk".into()),
                node: Some(node.clone()),
                limit: 1,
                ..Default::default()
            };
            let evidence = tx
                .evidence(node, 50)?
                .into_iter()
                .map(evidence_line)
                .collect();
            let charter = self.charter_dossier(tx, node)?;
            let kind = kinds::find("charter");
            let proposes = charter.is_none() && kind.is_some_and(|k| self.may_open(actor, k));
            let mut irregular = Vec::new();
            for row in tx.irregular_entries(200)? {
                let dossier = tx.dossier(row.dossier)?;
                if dossier.is_some_and(|d| {
                    self.may_in(actor, Action::See, &d)
                        && d.nodes.split(',').any(|n| n == node.as_str())
                }) {
                    irregular.push(row);
                }
            }
            Ok(PartnerView {
                link: self.link_view(tx, &row)?,
                fingerprint: card.fingerprint().to_string(),
                key_changes: their_changes(tx, node, &card)?,
                tls_changes,
                next_fingerprint,
                own_next: next_print(&own),
                own_fingerprint: own.fingerprint().to_string(),
                card: armour_card(&row.card),
                address: row.address.clone(),
                pinned: Instant(row.pinned_ms),
                terms: self.terms_in_force(tx, node)?.map(Arc::unwrap_or_clone),
                charter: self.seen_among(tx, actor, charter)?,
                may_propose: proposes,
                desk: self.seen_among(tx, actor, tx.dossiers(&desk)?.first().map(|d| d.id))?,
                evidence,
                irregular: irregular
                    .into_iter()
                    .map(|r| (r.id, r.dossier, Verdict::from_number(r.verdict)))
                    .collect(),
            })
        })
    }

    /// A dossier that a page would lead to, if the actor may see it.
    fn seen_among(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        id: Option<DossierId>,
    ) -> Result<Option<DossierId>> {
        let row = id.map(|id| self.seen_by(tx, actor, id)).transpose()?;
        Ok(row.flatten().map(|row| row.id))
    }
}

/// The fingerprint that our card has once the newest TLS key is shown, if it is not yet.
fn next_print(own: &Card) -> Option<String> {
    let newest = *own.tls_keys().ok()?.last()?;
    let next = Fingerprint::of(&own.signing_key, &newest);
    (newest != own.tls_key).then(|| next.to_string())
}

fn evidence_line(row: EvidenceRow) -> EvidenceLine {
    let lifted = row.what == ALARM_LIFTED;
    EvidenceLine {
        at: Instant(row.at_ms),
        what: row.what,
        reason: lifted.then(|| String::from_utf8_lossy(&row.evidence).into_owned()),
    }
}

/// The newest comparison that both sides answered, else the newest of ours.
fn agreement(tx: &dyn Read, partner: &NodeName) -> Result<Option<Agreement>> {
    let rows = tx.digests(partner, 20)?;
    let chosen = rows.iter().find(|r| r.theirs.is_some()).or(rows.first());
    Ok(chosen.map(|r| Agreement {
        out_size: r.out_size,
        in_size: r.in_size,
        at: Instant(r.at_ms),
        digest: r.ours.iter().take(6).map(|b| format!("{b:02x}")).collect(),
        equal: r.theirs.map(|theirs| theirs == r.ours),
    }))
}
