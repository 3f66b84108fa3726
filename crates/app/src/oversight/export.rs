//! Access records taken out: a file that the node signs, with each lane whole between the first record taken and the last.

use crate::access::{AccessRecord, Operation};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::views::AccessQuery;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_proof::card::verify_card;
use entente_proof::digest::Digest;
use entente_proof::extract::{EXTRACT_VERSION, Extract, Extracted, MAX_RECORDS, Stretch, Taken};
use entente_proof::lane::START;
use entente_proof::sealed::{SealedExtract, dearmour_key};
use entente_proof::sealing::ENCAP_RANDOM;
use entente_store::{PlacedAccess, Read, StoreExt};
use std::collections::BTreeMap;

/// Records that a query may find for one file.
const MOST: usize = 2_000;

/// Of a lane, what was taken by sequence number.
type Lanes = BTreeMap<String, BTreeMap<u64, AccessRecord>>;

impl App {
    /// The records that a query finds, as a signed file in text armour. For inspectors only; recorded as an export.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for any other role; [`AppError::NotFound`] if nothing is found; [`InputFault::ExtractLarge`] if it is too
    /// much for one file.
    pub fn access_export(&self, actor: &Actor, query: &AccessQuery) -> Result<String> {
        Ok(self.extracted(actor, query, query.words())?.armour())
    }

    /// The same, sealed to the key of an inspector, by the text of its public half: only who has the other half reads it.
    ///
    /// # Errors
    /// As [`App::access_export`]; [`InputFault::InspectorKey`] for what is no such key.
    pub fn access_export_to(
        &self,
        actor: &Actor,
        query: &AccessQuery,
        key: &str,
    ) -> Result<String> {
        self.authorise(actor, Action::Inspect)?;
        let key = dearmour_key(key).map_err(|_| InputFault::InspectorKey)?;
        let said = format!("{} to={}", query.words(), key.id());
        let extract = self.extracted(actor, query, said.trim().to_owned())?;
        let random = random::<ENCAP_RANDOM>(&*self.inner.random);
        let sealed = SealedExtract::seal(&extract, &key, random);
        Ok(sealed.map_err(|_| AppError::Bug("seal"))?.armour())
    }

    fn extracted(&self, actor: &Actor, query: &AccessQuery, said: String) -> Result<Extract> {
        self.authorise(actor, Action::Inspect)?;
        self.did(actor, Operation::Inspect, "access_export", Some(said))?;
        self.keep_journal()?;
        self.inner.store.view("access_export", |tx| {
            let taken = self.taken(tx, query)?;
            if taken.is_empty() {
                return Err(AppError::NotFound);
            }
            let lanes = stretches(tx, &taken)?;
            let journal = tx.journal_last()?.ok_or(AppError::Bug("journal"))?;
            let signer = self.newest_secret(tx)?;
            let card = verify_card(&self.card_in(tx)?).map_err(|_| AppError::Bug("own card"))?;
            let extracted = Extracted {
                version: EXTRACT_VERSION,
                node: self.inner.me.to_string(),
                made_ms: self.now().0,
                filter: query.words(),
                signer: signer.verifying_key(),
                tls_key: card.tls_key,
                lanes,
                journal_line: journal.n,
                journal: Digest(journal.hash),
            };
            let extract = Extract::sign(extracted, &signer);
            extract.map_err(|_| AppError::Bug("extract"))
        })
    }

    fn taken(&self, tx: &dyn Read, query: &AccessQuery) -> Result<Lanes> {
        let Some(dossier) = self.dossier_meant(tx, query)? else {
            return Ok(Lanes::new());
        };
        let mut query = AccessQuery {
            limit: AccessQuery::MOST,
            ..query.clone()
        };
        let (mut lanes, mut count) = (Lanes::new(), 0);
        loop {
            let (found, next) = self.found(tx, &query, dossier)?;
            count += found.len();
            if count > MOST {
                return Err(InputFault::ExtractLarge.into());
            }
            for (PlacedAccess { row, .. }, record) in found {
                lanes.entry(row.lane).or_default().insert(row.seq, record);
            }
            query.before = next;
            if next.is_none() {
                return Ok(lanes);
            }
        }
    }
}

fn stretches(tx: &dyn Read, taken: &Lanes) -> Result<Vec<Stretch>> {
    let (mut out, mut count) = (Vec::new(), 0);
    for (lane, records) in taken {
        let (Some((first, _)), Some((last, _))) =
            (records.first_key_value(), records.last_key_value())
        else {
            continue;
        };
        let length = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
        count = length.saturating_add(count);
        if count > MAX_RECORDS {
            return Err(InputFault::ExtractLarge.into());
        }
        let from = match first.checked_sub(1).filter(|before| *before > 0) {
            Some(before) => tx
                .lane(lane, before, 1)?
                .first()
                .map(|row| Digest(row.hash)),
            None => Some(START),
        };
        let rows = tx.lane(lane, *first, u32::try_from(length).unwrap_or(u32::MAX))?;
        let to = rows.last().map(|row| Digest(row.hash));
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let plain = records.get(&row.seq).map(serde_json::to_string).transpose();
            all.push(Taken {
                at_ms: row.at_ms,
                sealed: row.sealed.into(),
                plain: plain.map_err(|_| AppError::Bug("access record"))?,
            });
        }
        out.push(Stretch {
            lane: lane.clone(),
            before: first.saturating_sub(1),
            from: from.unwrap_or(START),
            records: all,
            to: to.unwrap_or(START),
        });
    }
    Ok(out)
}
