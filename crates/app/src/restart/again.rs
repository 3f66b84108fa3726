//! A partner that was restored from a backup of before it accepted a restart takes again what both signed: its own signature on it says that it
//! had compared and agreed, so that nobody compares anew.
//!
//! It must hold what was agreed of the generation that ended. From the alarm, or the lost key, to the acceptance nothing comes, so
//! that any backup of that time holds it; of an older one this says what is missing.

use super::file::Agreed;
use super::propose::did;
use super::{RestartFault, beginning, named};
use crate::access::Operation;
use crate::courier::Lease;
use crate::error::{AppError, Result};
use crate::tree::tree_root;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_proof::beginning::Beginning;
use entente_store::{Direction, StoreExt, Write};
use minicbor::bytes::ByteVec;

impl App {
    /// What a partner agreed to when a generation of our register ended, with our card of now: for a partner that lost it.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] unless a coordinator acts, [`AppError::NotFound`] if no such generation ended; storage.
    pub fn agreed_file(
        &self,
        actor: &Actor,
        partner: &NodeName,
        generation: u32,
    ) -> Result<String> {
        self.authorise(actor, Action::Restart)?;
        let agreed = self.inner.store.view("agreed_file", |tx| {
            let next = generation.saturating_add(1);
            let both = beginning(tx, partner, Direction::Out, next)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>(Agreed {
                beginning: ByteVec::from(both.encode()),
                card: ByteVec::from(self.card_in(tx)?),
            })
        })?;
        self.looked(actor, Operation::Export, "restart-agreed", None, None)?;
        Ok(agreed.to_text())
    }

    /// Takes again what we accepted once and lost. Taken twice, it changes nothing.
    pub(super) fn take_again(&self, actor: &Actor, agreed: Box<Agreed>) -> Result<()> {
        let both = agreed.beginning()?;
        let card = agreed.card(&both)?;
        let owner = named(&both.offer().owner)?;
        if both.offer().partner != self.inner.me.as_str() {
            return Err(RestartFault::OtherNodes.into());
        }
        self.knows_tls(&owner, &card)?;
        let lease = Lease::take(self, &owner)?;
        let (app, name, epoch) = (self.clone(), owner.clone(), lease.epoch);
        let who = actor.id.clone();
        self.inner.store.update("take_restart_again", move |tx| {
            tx.check_lease(&Self::lease_name(&name), epoch)?;
            app.take_again_in(tx, &name, (&both, &agreed.card), &who)
        })?;
        drop(lease);
        self.told();
        self.wake(&owner);
        Ok(())
    }

    fn take_again_in(
        &self,
        tx: &mut dyn Write,
        owner: &NodeName,
        (both, card): (&Beginning, &[u8]),
        officer: &str,
    ) -> Result<()> {
        if !self.every_key(tx.as_read())?.contains(&both.partner_key) {
            return Err(RestartFault::NotOurs.into());
        }
        let head = tx.register(owner, Direction::In)?;
        let known = beginning(tx.as_read(), owner, Direction::In, head.generation)?;
        if known.as_ref() == Some(both) {
            return Ok(());
        }
        let (offer, before) = (both.offer(), known.map(|b| b.digest()));
        if offer.generation != head.generation || offer.before != before {
            return Err(RestartFault::Generation.into());
        }
        self.refuse_proposed(tx.as_read(), owner)?;
        if head.size < both.agreed.size {
            return Err(RestartFault::HeldLess.into());
        }
        let root = tree_root(tx.as_read(), owner, Direction::In, both.agreed.size)?;
        if root != Some(both.agreed.root) {
            return Err(RestartFault::Differs.into());
        }
        let ground = offer.why().map_or("", |ground| ground.name());
        self.record_access(tx, &did(officer, "take_restart_again", owner, ground))?;
        self.close_theirs(tx, owner, both, card)
    }
}
