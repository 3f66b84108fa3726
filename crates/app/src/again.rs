//! Asking for the partner's register again from an earlier point, when what came did not fit or bodies are owed.
//!
//! A checkpoint that does not extend what is held proves nothing by itself: its bytes may have been altered on the way. The next
//! session therefore claims less than it holds, further back each time. What was altered comes right; a register that was changed
//! cannot lead from there to a signed root without contradicting another one, and that is a fork. Bodies that were absent or did
//! not fit their commitment heal by the same way, when their author has them: no frame of its own is needed.

use crate::App;
use crate::apply::BodyIn;
use crate::codec::{encode, kept, number};
use crate::error::{AppError, Result};
use crate::tree::tree_root;
use entente_core::header::Header;
use entente_core::ids::{EntryId, NodeName};
use entente_link::frame::HeldClaim;
use entente_link::{AgainBatch, Input};
use entente_proof::merkle::empty_root;
use entente_store::{BodyState, Direction, Read, StoreExt, Write};

/// Owed bodies are asked for again this long after the last time, in milliseconds, or when our clock was set.
const OWED_AGAIN_MS: i64 = 3_600_000;
/// Owed bodies remembered of one partner; those beyond are shown as owed and not asked for.
const OWED_KEPT: usize = 256;
/// Each time that what came does not fit, one goes this many times further back.
const FURTHER: u64 = 8;

/// An entry of a partner whose body is owed: its position in the partner's register.
type Owed = (u64, EntryId);

impl App {
    /// From where this session asks again, if it must.
    pub(crate) fn asks_again(&self, partner: &NodeName) -> Result<Option<HeldClaim>> {
        let now = self.now().0;
        let partner = partner.clone();
        let (claim, for_bodies) = self.inner.store.view("asks_again", |tx| {
            let held = tx.register(&partner, Direction::In)?.size;
            let unfit = number(tx, &again_key(&partner))?.filter(|from| *from < held);
            let bodies = match due(tx, &partner, now)? {
                Some(position) => Some(point(tx, &partner, position, 0)?),
                None => None,
            };
            let Some(from) = unfit.into_iter().chain(bodies).min() else {
                return Ok::<_, AppError>((None, false));
            };
            Ok((Some(claim(tx, &partner, from)?), bodies.is_some()))
        })?;
        if for_bodies {
            self.inner.store.update("asked_again", move |tx| {
                Ok::<_, AppError>(tx.set_setting(&asked_key(&partner), &now.to_be_bytes())?)
            })?;
        }
        Ok(claim)
    }

    /// Whether bodies are owed for long enough that a session of some age should make way for one that asks for them.
    pub(crate) fn bodies_due(&self, partner: &NodeName) -> Result<bool> {
        let now = self.now().0;
        self.inner
            .store
            .view("bodies_due", |tx| Ok(due(tx, partner, now)?.is_some()))
    }

    /// What came did not fit: the next session asks from further back, at last from the beginning.
    pub(crate) fn ask_further_back(&self, partner: &NodeName) -> Result<()> {
        let partner = partner.clone();
        self.inner.store.update("ask_further_back", move |tx| {
            let held = tx.register(&partner, Direction::In)?.size;
            let before = number(tx.as_read(), &again_key(&partner))?;
            let before = before.filter(|from| *from < held).unwrap_or(held);
            let back = (held - before).saturating_mul(FURTHER);
            let from = point(tx.as_read(), &partner, before.saturating_sub(1), back)?;
            Ok::<_, AppError>(tx.set_setting(&again_key(&partner), &from.to_be_bytes())?)
        })
    }

    /// The partner's register goes on from what is held: nothing needs to be asked again for that.
    pub(crate) fn fits_again(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        let key = again_key(partner);
        if number(tx.as_read(), &key)?.is_some() {
            tx.set_setting(&key, &[])?;
        }
        Ok(())
    }

    /// Remembers which bodies of a batch are owed.
    pub(crate) fn note_owed(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        more: Vec<Owed>,
    ) -> Result<()> {
        if more.is_empty() {
            return Ok(());
        }
        let mut list = owed(tx.as_read(), partner)?;
        list.extend(more);
        list.truncate(OWED_KEPT);
        Ok(tx.set_setting(&owed_key(partner), &encode(&list))?)
    }

    /// The first body that is owed in what we hold of a partner, by its position there.
    pub(crate) fn first_owed(&self, tx: &dyn Read, partner: &NodeName) -> Result<Option<u64>> {
        Ok(owed(tx, partner)?
            .iter()
            .map(|(position, _)| *position)
            .min())
    }

    /// The partner's register began again: positions of before mean nothing any more.
    pub(crate) fn forget_owed(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        if !owed(tx.as_read(), partner)?.is_empty() {
            tx.set_setting(&owed_key(partner), &encode(&Vec::<Owed>::new()))?;
        }
        self.fits_again(tx, partner)
    }

    /// What was asked for again and is held already: owed bodies heal, and its checkpoint is cosigned, as it was before if it was.
    pub(crate) fn came_again(
        &self,
        partner: &NodeName,
        epoch: u64,
        mut batch: AgainBatch,
    ) -> Result<Vec<Input>> {
        let bodies: Vec<BodyIn> = batch.items.iter_mut().map(|i| self.body_in(i)).collect();
        let (app, partner) = (self.clone(), partner.clone());
        let size = batch.from.saturating_add(batch.items.len() as u64);
        let line = self.inner.store.update("came_again", move |tx| {
            tx.check_lease(&Self::lease_name(&partner), epoch)?;
            let list = owed(tx.as_read(), &partner)?;
            let mut left = Vec::with_capacity(list.len());
            for (position, id) in &list {
                let index = position.checked_sub(batch.from).map(usize::try_from);
                let body = index.and_then(|i| bodies.get(i.ok()?));
                if !body.map_or(Ok(false), |body| app.heal(tx, *id, body))? {
                    left.push((*position, *id));
                }
            }
            if left.len() < list.len() {
                tx.set_setting(&owed_key(&partner), &encode(&left))?;
            }
            match &batch.note {
                Some(note) => app.cosign_again(tx, &partner, note, size).map(Some),
                None => Ok::<_, AppError>(None),
            }
        })?;
        let answer = line.map(|cosignature_line| Input::HeldAlready {
            size,
            cosignature_line,
        });
        Ok(answer.into_iter().collect())
    }

    /// Our word on a checkpoint at or below what we hold. The word once given is given again unchanged.
    fn cosign_again(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        note: &str,
        size: u64,
    ) -> Result<String> {
        let before = tx.checkpoint(partner, Direction::In, size)?;
        if let Some(row) = before.filter(|r| r.note == note && !r.cosignature.is_empty())
            && let Some(line) = self.known_there(tx.as_read(), partner, row)?
        {
            return Ok(line);
        }
        self.cosignature(tx.as_read(), partner, note, self.now().0)
    }

    /// Takes an owed body if it is the one committed to; whether nothing is owed any more.
    pub(crate) fn heal(&self, tx: &mut dyn Write, id: EntryId, body: &BodyIn) -> Result<bool> {
        let owing = tx.entry(id)?.filter(|r| r.body == BodyState::Owed);
        let Some(mut row) = owing else {
            return Ok(true);
        };
        let Ok(header) = Header::from_bytes(&row.header) else {
            return Ok(true);
        };
        match body {
            BodyIn::Here(body) if header.body == Some(body.commitment) => {
                row.body = BodyState::Here;
                self.put_body(tx, row.dossier, id, &body.salt, &body.bytes)?;
                self.came_late(tx, &row, &header, body)?;
                Ok(true)
            }
            BodyIn::Erased => {
                self.erase_here(tx, row.dossier, id)?;
                Ok(true)
            }
            BodyIn::Here(_) | BodyIn::Absent => Ok(false),
        }
    }
}

fn again_key(partner: &NodeName) -> String {
    format!("again/{partner}")
}

fn asked_key(partner: &NodeName) -> String {
    format!("owed-asked/{partner}")
}

fn owed_key(partner: &NodeName) -> String {
    format!("owed/{partner}")
}

fn owed(tx: &dyn Read, partner: &NodeName) -> Result<Vec<Owed>> {
    kept(tx, &owed_key(partner), "owed")
}

/// The position of the first owed body, when it is time to ask for it again.
fn due(tx: &dyn Read, partner: &NodeName, now: i64) -> Result<Option<u64>> {
    let asked = number(tx, &asked_key(partner))?.map_or(i64::MIN, u64::cast_signed);
    if asked.abs_diff(now) < OWED_AGAIN_MS.unsigned_abs() {
        return Ok(None);
    }
    Ok(owed(tx, partner)?.first().map(|(position, _)| *position))
}

/// A size at most `most` and some `back` leaves before it that both signed; 0 where there is none.
fn point(tx: &dyn Read, partner: &NodeName, most: u64, mut back: u64) -> Result<u64> {
    loop {
        let candidate = most.saturating_sub(back);
        if candidate == 0 {
            return Ok(0);
        }
        let found = tx.cosigned(partner, Direction::In, candidate)?;
        if let Some(point) = found.filter(|c| c.size <= most) {
            return Ok(point.size);
        }
        back = back.saturating_mul(FURTHER).max(1);
    }
}

/// The claim to hold no more than this.
fn claim(tx: &dyn Read, partner: &NodeName, size: u64) -> Result<HeldClaim> {
    let signed = tx
        .checkpoint(partner, Direction::In, size)?
        .filter(|_| size > 0);
    let Some(signed) = signed else {
        return Ok(HeldClaim {
            size: 0,
            root: empty_root(),
            note: None,
            cosignature: None,
        });
    };
    let root = tree_root(tx, partner, Direction::In, size)?;
    Ok(HeldClaim {
        size,
        root: root.ok_or(AppError::Bug("register tree"))?,
        note: Some(signed.note),
        cosignature: Some(signed.cosignature).filter(|line| !line.is_empty()),
    })
}
