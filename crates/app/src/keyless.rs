//! What was erased since the backup that a node was restored from (rule 6, invariant 10): copies of the keys are newer than the data,
//! and a body or file whose key is gone was destroyed in between.
//!
//! Erasures are counted in the data and among the keys. Only if the keys know of more were they copied after an erasure that the data do
//! not have; with keys that are older than the data, what has no key was written since, and is not touched.
//!
//! The entry that erased it usually comes back with our register. If the disk was lost before any partner had it, nobody knows of it
//! any more, and what cannot be read must not go on as if it were here: it is destroyed like anything erased, the title that repeats it
//! with it, and whoever asks for it is told so. A partner may hold it: people are shown what to erase once more.

use crate::codec::{encode, kept, number};
use crate::erase::destroy_file;
use crate::error::Result;
use crate::files::key_name;
use crate::vault::DOSSIER_KEY;
use crate::{Actor, App};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_store::{
    Ahead, AttachmentState, BodyState, EntryRow, Read, SIGNING_KEYS, StoreExt, Write,
};

/// Entries read in one go.
const PAGE: u32 = 1_000;
/// Entries remembered that are to be erased once more.
const MOST: usize = 10_000;
/// How many erasures there were: a setting, and a cell among the keys.
const ERASURES: &str = "erasures";
/// Setting that holds them, with their dossiers.
const UNTOLD: &str = "erased-untold";

type Place = (DossierId, EntryId);

impl App {
    /// Entries of ours whose content was destroyed before the last restore by an erasure that no partner had heard of: to be erased once
    /// more, as far as partners hold it. For a reader, those of dossiers that it may see.
    ///
    /// # Errors
    /// Storage only.
    pub fn untold_erasures(&self, reader: Option<&Actor>) -> Result<Vec<Place>> {
        self.inner.store.view("untold_erasures", |tx| {
            let mut list = untold(tx)?;
            if let Some(reader) = reader {
                let mut seen = Vec::new();
                for place in list {
                    if self.seen_by(tx, reader, place.0)?.is_some() {
                        seen.push(place);
                    }
                }
                list = seen;
            }
            Ok(list)
        })
    }

    /// After a restore with newer keys: what has none any more is destroyed.
    pub(crate) fn destroy_keyless(&self, tx: &mut dyn Write) -> Result<()> {
        let (by_data, by_keys) = erasures(tx.as_read())?;
        if by_keys <= by_data {
            return Ok(());
        }
        let mut list = untold(tx.as_read())?;
        let mut after = 0;
        loop {
            let rows = tx.entries_since(after, PAGE)?;
            let Some(last) = rows.last() else { break };
            after = last.position;
            ahead(tx.as_read(), &rows)?;
            for row in &rows {
                if row.body == BodyState::Here && self.destroy_without_key(tx, row)? {
                    list.push((row.dossier, row.id));
                }
            }
        }
        list.sort_unstable();
        list.dedup();
        list.truncate(MOST);
        keep(tx, &list)
    }

    /// Destroys of an entry what has no key; whether its author is ours, its body is gone and somebody else may hold it.
    fn destroy_without_key(&self, tx: &mut dyn Write, row: &EntryRow) -> Result<bool> {
        let header = Header::from_bytes(&row.header).ok();
        if !has_key(tx.as_read(), row.dossier, &row.id.0)? {
            self.erase_here(tx, row.dossier, row.id)?;
            let told = |h: Header| h.node() == self.inner.me && h.audience.len() > 1;
            return Ok(header.is_some_and(told));
        }
        if header.is_none_or(|header| header.attachments.is_empty()) {
            return Ok(false);
        }
        for mut file in tx.attachments(row.id)? {
            let held = file.state == AttachmentState::Held;
            if held && !has_key(tx.as_read(), row.dossier, &key_name(row.id, file.index))? {
                destroy_file(tx, &mut file)?;
            }
        }
        Ok(false)
    }

    /// It was erased by an entry that is here: nothing is left to say.
    pub(crate) fn erasure_told(&self, tx: &mut dyn Write, target: EntryId) -> Result<()> {
        let mut list = untold(tx.as_read())?;
        let before = list.len();
        list.retain(|(_, id)| *id != target);
        match list.len() < before {
            true => keep(tx, &list),
            false => Ok(()),
        }
    }
}

/// Something is erased: counted where the data are and where the keys are.
pub(crate) fn count_erasure(tx: &mut dyn Write) -> Result<()> {
    let (by_data, by_keys) = erasures(tx.as_read())?;
    let count = by_data.max(by_keys).saturating_add(1).to_be_bytes();
    tx.put_object_key(SIGNING_KEYS, ERASURES.as_bytes(), &count)?;
    Ok(tx.set_setting(ERASURES, &count)?)
}

/// Erasures that the data know of, and the keys.
fn erasures(tx: &dyn Read) -> Result<(u64, u64)> {
    let by_keys = tx.object_key(SIGNING_KEYS, ERASURES.as_bytes())?;
    let by_keys = by_keys.and_then(|bytes| bytes.try_into().ok());
    let by_keys = by_keys.map_or(0, u64::from_be_bytes);
    Ok((number(tx, ERASURES)?.unwrap_or(0), by_keys))
}

/// Entries of ours that are to be erased once more.
pub(crate) fn untold(tx: &dyn Read) -> Result<Vec<Place>> {
    kept(tx, UNTOLD, UNTOLD)
}

fn keep(tx: &mut dyn Write, list: &[Place]) -> Result<()> {
    Ok(tx.set_setting(UNTOLD, &encode(&list))?)
}

fn ahead(tx: &dyn Read, rows: &[EntryRow]) -> Result<()> {
    if !tx.far()? {
        return Ok(());
    }
    let mut wanted = Ahead::default();
    for row in rows {
        wanted.keys.push((row.dossier, DOSSIER_KEY.to_vec()));
        wanted.bodies.push((row.dossier, row.id));
    }
    Ok(tx.ahead(&wanted)?)
}

/// Whether an object and its dossier have their keys.
fn has_key(tx: &dyn Read, dossier: DossierId, object: &[u8]) -> Result<bool> {
    for name in [DOSSIER_KEY, object] {
        if tx
            .object_key(dossier, name)?
            .is_none_or(|key| key.is_empty())
        {
            return Ok(false);
        }
    }
    Ok(true)
}
