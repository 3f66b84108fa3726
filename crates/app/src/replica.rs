//! Several processes of one node on one database: who drives a link, and how each hears of what the others did.
//!
//! A link's lease is taken before it is dialled, so that replicas do not call a partner at the same time, and given back when a
//! session ends in order. A holder that dies keeps it for at most [`crate::driver::LEASE_MS`]. Whether a session is up is a small
//! value beside the lease that names its epoch: with the lease it ends by itself.

use crate::driver::LEASE_MS;
use crate::error::{AppError, Result};
use crate::fault::LinkFault;
use crate::{App, Change, LinkState};
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_store::{Direction, Read, StoreExt};
use std::collections::BTreeMap;

/// Most new entries announced one by one; beyond, one change stands for all.
const ANNOUNCED: u32 = 200;

/// What one look at the store found, to compare the next one with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    position: u64,
    links: BTreeMap<NodeName, (u64, u64, u64, bool)>,
}

impl App {
    pub(crate) fn lease_name(partner: &NodeName) -> String {
        format!("link/{partner}")
    }

    fn up_name(partner: &NodeName) -> String {
        format!("link-up/{partner}")
    }

    /// Takes the lease on a link before it is dialled.
    ///
    /// # Errors
    /// [`AppError::Link`] while another process holds it; storage.
    pub fn reserve_link(&self, partner: &NodeName) -> Result<()> {
        self.take_lease(partner).map(drop)
    }

    pub(crate) fn take_lease(&self, partner: &NodeName) -> Result<u64> {
        self.lease_for(partner, &self.inner.process, LEASE_MS)?
            .ok_or(LinkFault::Driven.into())
    }

    /// Takes or renews the lease on a link for so many milliseconds from now; its epoch, or `None` while somebody else holds it.
    pub(crate) fn lease_for(
        &self,
        partner: &NodeName,
        holder: &str,
        ms: i64,
    ) -> Result<Option<u64>> {
        let (name, holder, now) = (Self::lease_name(partner), holder.to_owned(), self.now().0);
        self.inner.store.update("lease", move |tx| {
            Ok(tx.take_lease(&name, &holder, now, now + ms)?)
        })
    }

    /// Gives the lease back, if it is still ours: another process need not wait for its end.
    ///
    /// # Errors
    /// Storage only.
    pub fn release_link(&self, partner: &NodeName) -> Result<()> {
        let (name, holder, now) = (
            Self::lease_name(partner),
            self.inner.process.clone(),
            self.now().0,
        );
        self.inner.store.update("release_lease", move |tx| {
            if tx.lease(&name)?.is_some_and(|lease| lease.holder == holder) {
                tx.take_lease(&name, &holder, now, now)?;
            }
            Ok::<_, AppError>(())
        })
    }

    /// Notes for the other processes that a session runs under this epoch of the lease.
    pub(crate) fn tell_link_up(&self, partner: &NodeName, epoch: u64) -> Result<()> {
        let (lease, name, since) = (
            Self::lease_name(partner),
            Self::up_name(partner),
            self.now().0,
        );
        self.inner.store.update("link_up", move |tx| {
            tx.check_lease(&lease, epoch)?;
            Ok::<_, AppError>(tx.set_setting(&name, format!("{epoch} {since}").as_bytes())?)
        })
    }

    /// How a link is, whichever process drives it.
    pub(crate) fn link_state_in(&self, tx: &dyn Read, partner: &NodeName) -> Result<LinkState> {
        let here = self.link_state(partner);
        if here.up {
            return Ok(here);
        }
        let Some(lease) = tx.lease(&Self::lease_name(partner))? else {
            return Ok(here);
        };
        let told = tx.setting(&Self::up_name(partner))?;
        let told = told.and_then(|told| String::from_utf8(told).ok());
        let told = told.as_deref().and_then(|told| told.split_once(' '));
        let elsewhere = lease.holder != self.inner.process && lease.until_ms > self.now().0;
        match told {
            Some((epoch, since)) if elsewhere && epoch == lease.epoch.to_string() => {
                Ok(LinkState {
                    up: true,
                    cut: here.cut,
                    since: since.parse().ok().map(Instant),
                })
            }
            _ => Ok(here),
        }
    }

    /// Looks for what other processes did since the last look, and tells listeners of it as of one's own changes.
    ///
    /// # Errors
    /// Storage only.
    pub fn look_for_changes(&self, before: &Seen) -> Result<Seen> {
        let (seen, mut changes) = self.inner.store.view("changes", |tx| {
            let rows = tx.entries_since(before.position, ANNOUNCED)?;
            let changes: Vec<Change> = rows
                .iter()
                .map(|row| Change {
                    position: row.position,
                    dossier: Some(row.dossier),
                })
                .collect();
            let mut links = BTreeMap::new();
            for row in tx.partners()? {
                let out = tx.register(&row.node, Direction::Out)?;
                let inn = tx.register(&row.node, Direction::In)?;
                let up = self.link_state_in(tx, &row.node)?.up;
                links.insert(row.node, (out.size, out.cosigned, inn.size, up));
            }
            let position = rows.last().map_or(before.position, |row| row.position);
            Ok::<_, AppError>((Seen { position, links }, changes))
        })?;
        if changes.is_empty() && seen.links != before.links {
            changes.push(Change {
                position: seen.position,
                dossier: None,
            });
        }
        changes.into_iter().for_each(|change| self.changed(change));
        Ok(seen)
    }

    /// What there is now, for the first look: nothing of it is news.
    ///
    /// # Errors
    /// Storage only.
    pub fn seen_so_far(&self) -> Result<Seen> {
        self.inner.store.view("seen", |tx| {
            let mut seen = Seen::default();
            // The last position by halving, not by reading everything.
            let mut step = 1_u64 << 40;
            while step > 0 {
                match tx.entries_since(seen.position + step - 1, 1)?.first() {
                    Some(row) => seen.position = row.position,
                    None => step /= 2,
                }
            }
            Ok(seen)
        })
    }
}
