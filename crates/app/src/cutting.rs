//! A link that people cut: no process of this node has a connection with that partner until people mend it.
//!
//! It stops the line and nothing else: what is local goes on, clocks run (they stop while the link is *suspended*, which both sides
//! see), couriers carry what people give them. The partner is not told: whoever answers there may be the reason.

use crate::App;
use crate::courier;
use crate::error::{AppError, Result};
use crate::fault::LinkFault;
use crate::people::administers;
use entente_core::ids::{DossierId, NodeName};
use entente_core::instant::Instant;
use entente_store::{Read, StoreExt, Write};

fn name_of(partner: &NodeName) -> String {
    format!("link-cut/{partner}")
}

impl App {
    /// Cuts the link with a partner: connections end, here and at the other processes of the node, and none is dialled or taken. Cut
    /// already, it stays as it is.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner; storage.
    pub fn cut_link(&self, partner: &NodeName) -> Result<()> {
        self.set_cut_off(partner, "cut_link", Some(self.now()))
    }

    /// Mends a link that was cut: it is dialled and taken again, and what waited flows.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner, [`AppError::Link`] if the link was not cut; storage.
    pub fn mend_link(&self, partner: &NodeName) -> Result<()> {
        self.set_cut_off(partner, "mend_link", None)
    }

    fn set_cut_off(
        &self,
        partner: &NodeName,
        verb: &'static str,
        since: Option<Instant>,
    ) -> Result<()> {
        let (app, node) = (self.clone(), partner.clone());
        self.inner.store.update(verb, move |tx| {
            tx.partner(&node)?.ok_or(AppError::NotFound)?;
            match (since, app.cut_since_in(tx.as_read(), &node)?) {
                (Some(now), None) => {
                    tx.set_setting(&name_of(&node), now.0.to_string().as_bytes())?;
                    Self::take_line_from_session(tx, &node, now)?;
                }
                (Some(_), Some(_)) => {}
                (None, Some(_)) => tx.set_setting(&name_of(&node), &[])?,
                (None, None) => return Err(LinkFault::NotCut.into()),
            }
            app.record_access(tx, &administers(verb, node.as_str()))
        })?;
        self.told();
        self.wake(partner);
        Ok(())
    }

    /// What a session that still runs has heard but not yet stored is not stored any more: a partner's stolen key could announce
    /// another one in the moment between. The lease goes to nobody, under a new epoch; a courier that holds it goes on.
    fn take_line_from_session(tx: &mut dyn Write, partner: &NodeName, now: Instant) -> Result<()> {
        let name = Self::lease_name(partner);
        if let Some(lease) = tx.lease(&name)?
            && !courier::holds(&lease.holder)
        {
            tx.take_lease(&name, &lease.holder, now.0, now.0)?;
            tx.take_lease(&name, "nobody: cut", now.0, now.0)?;
        }
        Ok(())
    }

    /// Since when people have the link cut; `None` if they have not.
    ///
    /// # Errors
    /// Storage only.
    pub fn cut_since(&self, partner: &NodeName) -> Result<Option<Instant>> {
        self.inner
            .store
            .view("cut_since", |tx| self.cut_since_in(tx, partner))
    }

    pub(crate) fn cut_since_in(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
    ) -> Result<Option<Instant>> {
        let since = tx.setting(&name_of(partner))?.unwrap_or_default();
        let since = std::str::from_utf8(&since).unwrap_or_default();
        Ok(since.parse().ok().map(Instant))
    }

    /// No session begins while the link is cut.
    pub(crate) fn refuse_cut(&self, partner: &NodeName) -> Result<()> {
        match self.cut_since(partner)? {
            Some(_) => Err(LinkFault::Cut.into()),
            None => Ok(()),
        }
    }

    /// The partners of a dossier whose link people cut: what is written there waits.
    ///
    /// # Errors
    /// Storage only.
    pub fn cut_in(&self, dossier: DossierId) -> Result<Vec<NodeName>> {
        self.inner.store.view("cut_in", |tx| {
            let mut cut = Vec::new();
            for name in self.partners_of(tx, dossier)? {
                cut.extend(self.cut_since_in(tx, &name)?.map(|_| name));
            }
            Ok(cut)
        })
    }
}
