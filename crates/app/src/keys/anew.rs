//! Keys that begin anew: another one in the place of a lost one, and what was signed before a register began again (rule 15).

use super::tls::forget_places;
use super::{
    RING, RING_NAME, RegisterKeys, Ringed, keep, keys_name, ring, stored, their_keys, unwrapped,
};
use crate::App;
use crate::codec::{encode, kept};
use crate::env::{NodeKeys, random};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::people::administers;
use entente_core::ids::NodeName;
use entente_proof::bundle::MAX_HISTORY;
use entente_proof::card::verify_card;
use entente_proof::seal::ObjectKey;
use entente_proof::sign::{SigningKey, VerifyingKey};
use entente_store::{Direction, Read, StoreExt, Write};
use minicbor::bytes::ByteVec;

/// Our cards of before another key was begun, newest first: proofs under the keys of then need them.
const FORMER_CARDS: &str = "card/former";

impl App {
    /// Begins with another signing key that nothing leads to, since the secret of the one before is lost or known to others. Every
    /// register of ours must then begin again with it, partner by partner.
    pub(crate) fn begin_signing_key(&self, reason: &str) -> Result<()> {
        let (app, reason) = (self.clone(), reason.trim().to_owned());
        if reason.is_empty() {
            return Err(InputFault::NoReason.into());
        }
        let seed = ObjectKey::new(random(&*self.inner.random));
        self.inner.store.update("begin_signing_key", move |tx| {
            let mut ring = ring(tx.as_read())?;
            if ring.len() >= MAX_HISTORY {
                return Err(InputFault::KeyChanges { most: MAX_HISTORY }.into());
            }
            let key = SigningKey::from_seed(*seed.as_bytes()).verifying_key();
            let wrapped = app.wrapped(&seed, &key)?;
            ring.push(Ringed {
                change: None,
                wrapped,
                begun: Some(key),
            });
            tx.put_object_key(RING, RING_NAME, &encode(&ring))?;
            let mut former = former_cards(tx.as_read())?;
            former.insert(0, app.card_in(tx.as_read())?);
            let former: Vec<ByteVec> = former.into_iter().map(ByteVec::from).collect();
            tx.set_setting(FORMER_CARDS, &encode(&former))?;
            app.reissue_card(tx, |_| ())?;
            app.record_access(tx, &administers("begin_signing_key", &reason))
        })
    }

    /// Our card as it was under these keys: the present one, or one of before another key was begun.
    fn card_of(&self, tx: &dyn Read, keys: &RegisterKeys) -> Result<Vec<u8>> {
        let present = self.card_in(tx)?;
        let history = keys.history();
        for card in std::iter::once(present.clone()).chain(former_cards(tx)?) {
            let read = verify_card(&card).map_err(|_| AppError::Bug("own card"))?;
            if history.all().any(|key| *key == read.signing_key) {
                return Ok(card);
            }
        }
        Ok(present)
    }

    /// A side's register begins again with this key; the keys and the card of the generation that ends stay, for proofs.
    pub(crate) fn begin_keys_anew(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        side: Direction,
        (generation, key): (u32, VerifyingKey),
    ) -> Result<()> {
        let (keys, card) = match side.written() {
            Direction::Out => {
                let keys = self.our_keys(tx.as_read(), partner)?;
                let card = self.card_of(tx.as_read(), &keys)?;
                (keys, card)
            }
            _ => {
                let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
                (their_keys(tx.as_read(), partner)?, row.card)
            }
        };
        if side.written() == Direction::Out {
            forget_places(tx, partner)?;
        }
        let closed = side.closed(generation);
        keep(tx, partner, closed, &keys)?;
        tx.set_setting(&card_name(partner, closed), &card)?;
        keep(tx, partner, side, &RegisterKeys::new(key))
    }

    /// A side's register goes on in a generation that had ended, with the keys of then.
    pub(crate) fn keys_back(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        side: Direction,
        generation: u32,
    ) -> Result<()> {
        match stored(tx.as_read(), partner, side.closed(generation))? {
            Some(keys) => keep(tx, partner, side, &keys),
            None => Err(AppError::Bug("keys of a closed generation")),
        }
    }

    /// Our register towards a partner was cut off at a size: changes of key beyond it are not in it any more.
    pub(crate) fn cut_own_keys(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        size: u64,
    ) -> Result<()> {
        let mut keys = self.our_keys(tx.as_read(), partner)?;
        let known = keys.changes.len();
        keys.changes.retain(|change| change.leaf < size);
        match keys.changes.len() < known {
            true => keep(tx, partner, Direction::Out, &keys),
            false => Ok(()),
        }
    }
}

/// What a node signed with in a closed generation, and the card that it had then: for proofs.
pub(crate) fn closed_keys(
    tx: &dyn Read,
    partner: &NodeName,
    register: Direction,
) -> Result<Option<(RegisterKeys, Vec<u8>)>> {
    let keys = stored(tx, partner, register)?;
    let card = tx.setting(&card_name(partner, register))?;
    Ok(keys.zip(card))
}

/// Where the card of a closed generation is kept, beside its keys.
fn card_name(partner: &NodeName, register: Direction) -> String {
    format!("{}/card", keys_name(partner, register))
}

/// Whether a node's card may begin with this key: the one of its key file, or one that was begun later under the same file.
pub(crate) fn begins_with(keys: &NodeKeys, tx: &dyn Read, first: &VerifyingKey) -> Result<bool> {
    if keys.signing.verifying_key() == *first {
        return Ok(true);
    }
    let ring = ring(tx)?;
    let begun = ring.iter().find(|ringed| ringed.begun == Some(*first));
    Ok(begun.is_some_and(|ringed| unwrapped(keys, ringed).is_ok()))
}

fn former_cards(tx: &dyn Read) -> Result<Vec<Vec<u8>>> {
    let cards: Vec<ByteVec> = kept(tx, FORMER_CARDS, "card")?;
    Ok(cards.into_iter().map(Vec::from).collect())
}
