//! Signing keys that were declared compromised, ours and the partners' (rule 15): what both sides keep of it for good, and what follows.
//!
//! Our own is declared under our newest key, and the file goes to every partner. A partner that has no newer key we could know, because it
//! lost it or a thief changed it, says so by voice, and our node declares it in its own name. Either way, from then on: a proof counts
//! only if it was cosigned before (`entente verify`), proofs that we export carry what we know, nothing further is taken that the key signed,
//! and our own register goes on under the key that came after, whatever waited before it.

use crate::access::AccessRecord;
use crate::codec::{encode, kept};
use crate::error::{AppError, Result};
use crate::fault::{CompromiseFault, InputFault, LinkFault};
use crate::keys::{
    closed_keys, every_tls, newest_secret, shown_tls, their_keys, their_newest, their_tls,
};
use crate::officers::By;
use crate::people::administers;
use crate::restart::beginning;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::{EntryId, NodeName};
use entente_core::instant::Instant;
use entente_proof::beginning::Ground;
use entente_proof::bundle::MAX_DECLARATIONS;
use entente_proof::card::{Card, Fingerprint, verify_card};
use entente_proof::compromise::{COMPROMISE_VERSION, CompromiseError, Declaration, Declared};
use entente_proof::sign::VerifyingKey;
use entente_store::{Direction, OutboxItem, Read, StoreExt, Write};
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

/// Most of the outbox that is looked through for a change that waits there.
const OUTBOX_MOST: u32 = 1_000_000;

/// A key that was declared compromised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompromiseView {
    /// Whose key it is.
    pub node: NodeName,
    /// Fingerprint of that node's card with it.
    pub print: String,
    /// From when on it counts for nothing.
    pub since: Instant,
    /// Who declared it: the same node, or its partner in its own name.
    pub by: NodeName,
    /// When, by the clock of whoever declared it.
    pub declared: Instant,
    /// When this node declared it or took the declaration.
    pub here: Instant,
    /// The signed declaration, in armour.
    pub text: String,
}

/// A declaration as it is kept.
#[derive(Clone, Encode, Decode)]
#[cbor(map)]
struct Kept {
    #[n(0)]
    declaration: ByteVec,
    #[n(1)]
    here_ms: i64,
}

fn name_of(node: &NodeName) -> String {
    format!("compromised/{node}")
}

fn all_of(tx: &dyn Read, node: &NodeName) -> Result<Vec<Kept>> {
    kept(tx, &name_of(node), "compromised")
}

fn read(kept: &Kept) -> Result<Declaration> {
    Declaration::decode(&kept.declaration).map_err(|_| AppError::Bug("stored declaration"))
}

/// Every declaration of a node's keys that this node knows, in the order in which it came to know them.
pub(crate) fn declarations(tx: &dyn Read, node: &NodeName) -> Result<Vec<Declaration>> {
    all_of(tx, node)?.iter().map(read).collect()
}

/// The keys of a node that were declared compromised.
pub(crate) fn compromised_keys(tx: &dyn Read, node: &NodeName) -> Result<Vec<VerifyingKey>> {
    let keys = declarations(tx, node)?.into_iter();
    Ok(keys.map(|one| one.declared.key).collect())
}

/// The keys of a partner that sign for nobody: declared compromised, or the last of a generation that ended since others knew it.
pub(crate) fn known_to_others(tx: &dyn Read, partner: &NodeName) -> Result<Vec<VerifyingKey>> {
    let mut keys = compromised_keys(tx, partner)?;
    for generation in 1..=tx.register(partner, Direction::In)?.generation {
        let begun = beginning(tx, partner, Direction::In, generation)?;
        let why = begun.as_ref().and_then(|begun| begun.offer().why());
        if why != Some(Ground::KeyCompromised) {
            continue;
        }
        let closed = Direction::In.closed(generation - 1);
        if let Some((of_before, _)) = closed_keys(tx, partner, closed)? {
            keys.push(*of_before.history().newest());
        }
    }
    Ok(keys)
}

pub(crate) fn compromises(tx: &dyn Read, node: &NodeName) -> Result<Vec<CompromiseView>> {
    all_of(tx, node)?.iter().map(view).collect()
}

fn view(kept: &Kept) -> Result<CompromiseView> {
    let declaration = read(kept)?;
    let declared = &declaration.declared;
    let node = |name: &str| {
        name.parse()
            .map_err(|_| AppError::Bug("stored declaration"))
    };
    let since = i64::try_from(declared.since_s).unwrap_or(i64::MAX);
    Ok(CompromiseView {
        node: node(&declared.node)?,
        print: declaration.print().to_string(),
        since: Instant(since.saturating_mul(1_000)),
        by: node(&declared.by)?,
        declared: Instant(declared.time_ms),
        here: Instant(kept.here_ms),
        text: declaration.armour(),
    })
}

/// Every signing key that we know a partner to have had, oldest first: of closed generations, of its card, of its register.
fn keys_of(tx: &dyn Read, partner: &NodeName, card: &Card) -> Result<Vec<VerifyingKey>> {
    let mut known: Vec<VerifyingKey> = Vec::new();
    let mut add = |keys: Vec<VerifyingKey>| {
        for key in keys {
            if !known.contains(&key) {
                known.push(key);
            }
        }
    };
    let of_card = |card: &Card| card.keys().unwrap_or_else(|_| vec![card.signing_key]);
    for generation in 0..tx.register(partner, Direction::In)?.generation {
        if let Some((keys, card)) = closed_keys(tx, partner, Direction::In.closed(generation))? {
            let card = verify_card(&card).map_err(|_| AppError::Bug("stored card"))?;
            add(of_card(&card));
            add(keys.oldest_first());
        }
    }
    let followed = their_keys(tx, partner)?.oldest_first();
    // Whichever of card and register leads on from the other comes last.
    let newest = their_newest(card, &their_keys(tx, partner)?);
    match newest == card.signing_key {
        true => [followed, of_card(card)].into_iter().for_each(add),
        false => [of_card(card), followed].into_iter().for_each(add),
    }
    Ok(known)
}

/// The TLS key beside which a signing key has this fingerprint: people may have compared it before another one took its place.
fn with(key: &VerifyingKey, ends: &[VerifyingKey], print: &Fingerprint) -> Option<VerifyingKey> {
    let mut ends = ends.iter();
    ends.find(|tls| Fingerprint::of(key, tls) == *print)
        .copied()
}

fn pinned(tx: &dyn Read, partner: &NodeName) -> Result<Card> {
    let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
    verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))
}

impl App {
    /// Whoever answers for the cooperation may declare a key, and whoever has the node's keys and links in hand.
    fn check_declares(&self, by: By<'_>) -> Result<()> {
        let By::Officer(actor) = by else {
            return Ok(());
        };
        match self.may(actor, Action::Restart) || self.may(actor, Action::Administer) {
            true => Ok(()),
            false => Err(AppError::Forbidden),
        }
    }

    /// Declares one of our keys compromised: the one with this fingerprint, or the one before the newest. Declared again, the earlier
    /// time counts. Any process may be running.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for an officer who neither coordinates nor administers; [`AppError::Input`] if there is no such key, if it
    /// is the newest, or for a time to come; [`AppError::Closed`] after a restore; storage.
    pub fn declare_compromised(
        &self,
        by: By<'_>,
        print: Option<Fingerprint>,
        since: Instant,
    ) -> Result<CompromiseView> {
        self.check_declares(by)?;
        let (app, by) = (self.clone(), by.id());
        let declared = self.inner.store.update("declare_compromised", move |tx| {
            app.refuse_closed(tx.as_read())?;
            let every = app.every_key(tx.as_read())?;
            let (newest, before) = every.split_last().ok_or(AppError::Bug("keys"))?;
            let ends = every_tls(&app.inner.keys, tx.as_read())?;
            let shown = shown_tls(&app.inner.keys, tx.as_read())?;
            let beside = |key: &VerifyingKey| print.map_or(Some(shown), |p| with(key, &ends, &p));
            let named = before.iter().rev();
            let named = named.filter_map(|key| Some((*key, beside(key)?))).next();
            let (key, tls) = match named {
                Some(named) => named,
                None if beside(newest).is_some() => return Err(CompromiseFault::Newest.into()),
                None => return Err(CompromiseFault::UnknownKey.into()),
            };
            let me = app.inner.me.clone();
            app.declare(tx, (&me, key, tls), since, &by)
        })?;
        self.told();
        Ok(declared)
    }

    /// Takes a partner's declaration of its own key, signed by a newer one that we know.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner; [`AppError::Input`] if it is none, of another node, or by a key that may not declare
    /// it; storage.
    pub fn take_compromised(
        &self,
        by: By<'_>,
        partner: &NodeName,
        text: &str,
    ) -> Result<CompromiseView> {
        self.check_declares(by)?;
        let declaration = dearmoured(text)?;
        let (app, node, by) = (self.clone(), partner.clone(), by.id());
        let taken = self.inner.store.update("take_compromised", move |tx| {
            acceptable(tx.as_read(), &node, &declaration)?;
            app.keep_compromised(tx, &node, declaration.clone(), &by)
        })?;
        self.told();
        self.wake(partner);
        Ok(taken)
    }

    /// What a partner's declaration says, before it is taken.
    ///
    /// # Errors
    /// As [`App::take_compromised`].
    pub fn read_compromised(
        &self,
        actor: &Actor,
        partner: &NodeName,
        text: &str,
    ) -> Result<CompromiseView> {
        self.check_declares(By::Officer(actor))?;
        let declaration = dearmoured(text)?;
        let read = |tx: &dyn Read| acceptable(tx, partner, &declaration);
        self.inner.store.view("read_compromised", read)?;
        view(&Kept {
            declaration: ByteVec::from(declaration.encode()),
            here_ms: self.now().0,
        })
    }

    /// Declares a partner's key compromised in our own name, after people compared its fingerprint: the partner has no newer key that we
    /// know.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown partner; [`AppError::Input`] if we know no key of it with this fingerprint, or for a time to
    /// come; storage.
    pub fn note_compromised(
        &self,
        by: By<'_>,
        partner: &NodeName,
        print: Fingerprint,
        since: Instant,
    ) -> Result<CompromiseView> {
        self.check_declares(by)?;
        let (app, node, by) = (self.clone(), partner.clone(), by.id());
        let noted = self.inner.store.update("note_compromised", move |tx| {
            let card = pinned(tx.as_read(), &node)?;
            let known = keys_of(tx.as_read(), &node, &card)?.into_iter();
            let ends = their_tls(tx.as_read(), &node, &card)?.keys;
            let mut known = known.filter_map(|key| Some((key, with(&key, &ends, &print)?)));
            let (key, tls) = known.next().ok_or(CompromiseFault::UnknownKey)?;
            app.declare(tx, (&node, key, tls), since, &by)
        })?;
        self.told();
        self.wake(partner);
        Ok(noted)
    }

    /// What this node knows of compromised keys of a node, its own or a partner, oldest first.
    ///
    /// # Errors
    /// Storage only.
    pub fn compromised(&self, node: &NodeName) -> Result<Vec<CompromiseView>> {
        self.inner
            .store
            .view("compromised", |tx| compromises(tx, node))
    }

    /// What this node knows to read a proof of a node with: every fingerprint that it had, and the declarations of its keys. Nothing of a
    /// node that is no partner.
    ///
    /// # Errors
    /// Storage only.
    pub fn known_of(&self, node: &str) -> Result<(Vec<Fingerprint>, Vec<Declaration>)> {
        let Ok(node) = node.parse::<NodeName>() else {
            return Ok((Vec::new(), Vec::new()));
        };
        self.inner.store.view("known_of", |tx| {
            let (keys, ends) = match (node == self.inner.me, tx.partner(&node)?) {
                (true, _) => (self.every_key(tx)?, every_tls(&self.inner.keys, tx)?),
                (false, Some(_)) => {
                    let card = pinned(tx, &node)?;
                    (
                        keys_of(tx, &node, &card)?,
                        their_tls(tx, &node, &card)?.keys,
                    )
                }
                (false, None) => return Ok((Vec::new(), Vec::new())),
            };
            let prints = |key| ends.iter().map(move |tls| Fingerprint::of(key, tls));
            let prints = keys.iter().flat_map(prints).collect();
            Ok((prints, declarations(tx, &node)?))
        })
    }

    /// Every signing key that a node is known to have had, ours included; none of a node that is no partner.
    pub(crate) fn keys_known(&self, tx: &dyn Read, node: &NodeName) -> Result<Vec<VerifyingKey>> {
        match (*node == self.inner.me, tx.partner(node)?) {
            (true, _) => self.every_key(tx),
            (false, Some(_)) => keys_of(tx, node, &pinned(tx, node)?),
            (false, None) => Ok(Vec::new()),
        }
    }

    /// Signs a declaration with our newest key, unless one of the same key and no later time is known.
    fn declare(
        &self,
        tx: &mut dyn Write,
        (node, key, tls_key): (&NodeName, VerifyingKey, VerifyingKey),
        since: Instant,
        by: &str,
    ) -> Result<CompromiseView> {
        let now = self.now();
        let since_s = u64::try_from(since.0.div_euclid(1_000));
        let since_s = since_s.ok().filter(|_| since.0 <= now.0);
        let since_s = since_s.ok_or(CompromiseFault::Time)?;
        for one in all_of(tx.as_read(), node)? {
            let known = read(&one)?.declared;
            if known.key == key && known.since_s <= since_s {
                return view(&one);
            }
        }
        let secret = newest_secret(&self.inner.keys, tx.as_read())?;
        let declared = Declared {
            version: COMPROMISE_VERSION,
            node: node.to_string(),
            key,
            tls_key,
            since_s,
            by: self.inner.me.to_string(),
            signer: secret.verifying_key(),
            time_ms: now.0,
        };
        let declaration = Declaration::sign(declared, &secret);
        let declaration = declaration.map_err(|_| AppError::Bug("declaration"))?;
        self.keep_compromised(tx, node, declaration, by)
    }

    /// Keeps a declaration for good; one that is known already stays as it came.
    fn keep_compromised(
        &self,
        tx: &mut dyn Write,
        node: &NodeName,
        declaration: Declaration,
        by: &str,
    ) -> Result<CompromiseView> {
        let mut all = all_of(tx.as_read(), node)?;
        let bytes = ByteVec::from(declaration.encode());
        if let Some(known) = all.iter().find(|one| one.declaration == bytes) {
            return view(known);
        }
        if all.len() >= MAX_DECLARATIONS / 2 {
            return Err(CompromiseFault::Most.into());
        }
        let new = Kept {
            declaration: bytes,
            here_ms: self.now().0,
        };
        all.push(new.clone());
        tx.set_setting(&name_of(node), &encode(&all))?;
        let said = view(&new)?;
        let about = format!("{node} {} since {}", said.print, said.since.0);
        let record = AccessRecord {
            actor: by.to_owned(),
            ..administers("declare_compromised", &about)
        };
        self.record_access(tx, &record)?;
        Ok(said)
    }

    /// No session begins with whoever has nothing but a compromised key of the partner's, nor under a key of ours that only a new beginning
    /// of our register replaces. The keys of the partner that sign nothing further here.
    pub(crate) fn refused_keys(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        peer_newest: &VerifyingKey,
    ) -> Result<Vec<VerifyingKey>> {
        let refused = compromised_keys(tx, partner)?;
        if refused.contains(peer_newest) {
            return Err(LinkFault::PartnerKeyCompromised.into());
        }
        let lost = compromised_keys(tx, &self.inner.me)?;
        let newest = *self.our_keys(tx, partner)?.history().newest();
        match lost.contains(&newest) && self.unannounced(tx, partner)?.is_empty() {
            true => Err(LinkFault::OwnKeyCompromised.into()),
            false => Ok(refused),
        }
    }

    /// Nothing further is signed with a key that we declared compromised: its change goes before whatever waited.
    pub(crate) fn changes_first(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        leaves: &mut Vec<(Vec<u8>, Option<EntryId>)>,
    ) -> Result<()> {
        let lost = compromised_keys(tx.as_read(), &self.inner.me)?;
        if lost.is_empty() {
            return Ok(());
        }
        let newest = *self.our_keys(tx.as_read(), partner)?.history().newest();
        if !lost.contains(&newest) {
            return Ok(());
        }
        let changes = self.unannounced(tx.as_read(), partner)?;
        if changes.is_empty() {
            return Err(LinkFault::OwnKeyCompromised.into());
        }
        leaves.retain(|(leaf, _)| !changes.contains(leaf));
        let waiting = tx.outbox(partner, OUTBOX_MOST)?.into_iter();
        let waiting = waiting.filter(|row| match &row.item {
            OutboxItem::Leaf(leaf) => changes.contains(leaf),
            OutboxItem::Entry(_) => false,
        });
        let numbers: Vec<u64> = waiting.map(|row| row.number).collect();
        tx.clear_outbox(partner, &numbers)?;
        leaves.splice(0..0, changes.into_iter().map(|leaf| (leaf, None)));
        Ok(())
    }
}

fn dearmoured(text: &str) -> Result<Declaration> {
    Declaration::dearmour(text).map_err(|error| match error {
        CompromiseError::Signature(_) => CompromiseFault::Signature.into(),
        _ => CompromiseFault::Damaged.into(),
    })
}

/// Whether it is a partner's own declaration, of a key that we know, by a newer one that we know and that is not compromised itself.
fn acceptable(tx: &dyn Read, node: &NodeName, declaration: &Declaration) -> Result<()> {
    let card = pinned(tx, node)?;
    let declared = &declaration.declared;
    if declared.node != node.as_str() || declared.by != node.as_str() {
        return Err(CompromiseFault::OtherNode.into());
    }
    let known = keys_of(tx, node, &card)?;
    let place = |key: &VerifyingKey| known.iter().position(|other| other == key);
    let key = place(&declared.key).ok_or(CompromiseFault::UnknownKey)?;
    let signer = place(&declared.signer).filter(|signer| *signer > key);
    let lost = compromised_keys(tx, node)?;
    match signer.is_none() || lost.contains(&declared.signer) {
        true => Err(CompromiseFault::Signer.into()),
        false => Ok(()),
    }
}

impl From<CompromiseFault> for AppError {
    fn from(fault: CompromiseFault) -> Self {
        InputFault::Compromise(fault).into()
    }
}
