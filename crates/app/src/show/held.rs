//! Packages of evidence that are files of a dossier, and its other files held against the hashes that they name. What an officer may not open is not
//! here: it is neither read nor counted.

use crate::access::{AccessRecord, Operation, Taken};
use crate::charter::regular;
use crate::codec::by_types;
use crate::error::{AppError, Result};
use crate::files::described;
use crate::views::{HeldFile, HeldFiles, PackageLine, Reading, Unread};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds;
use entente_evidence::Package;
use entente_evidence::files::{File, Method, files};
use entente_evidence::held::{Digesting, Here, Likely, hold, methods};
use entente_evidence::limits::MAX_BYTES;
use entente_proof::commit::chunk_count;
use entente_store::{AttachmentState, DossierRow, EntryRow, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

impl App {
    /// Holds the files of a package, itself a file of an entry, against those of its dossier: first those of the same entry, then whatever has a
    /// name or a size that the package names. `most`: bytes that are read for it at most; what is left out is said not to be read.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such entry that the actor may see; [`AppError::Forbidden`] if they may not open its files.
    pub fn held(
        &self,
        actor: &Actor,
        (entry, index): (EntryId, u32),
        package: &Package,
        most: u64,
    ) -> Result<HeldFiles> {
        let (row, why, here) = self.inner.store.view("held", |tx| {
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            let dossier = self.visible(tx, actor, row.dossier)?;
            self.authorise_with(tx, actor, Action::OpenFile, &row)?;
            let why = self.entering(tx, actor, &dossier)?;
            Ok::<_, AppError>((row, why, self.files_in(tx, actor, &dossier)?))
        })?;
        let named = files(package.graph());
        let here = beside(&here, (entry, index), &named);
        let read: BTreeSet<EntryId> = here.iter().map(|file| file.entry).collect();
        let record = AccessRecord {
            taken: Some(Taken::of(&read)),
            ..AccessRecord::by(actor, Operation::Decrypt, "file_hashes")
        };
        let record = record.on(format!("{entry} file {index}"));
        self.noted(record.within(row.dossier, why))?;
        self.held_of(row.dossier, &named, (here, most))
    }

    /// Gives every package of evidence of a dossier that the actor may open, in the order of the dossier, each with its files held against those
    /// that are here. One is read after the other, so that whoever keeps of each what they say of it never holds two in memory.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to.
    pub fn packages(
        &self,
        actor: &Actor,
        (dossier, reading): (DossierId, Reading),
        take: &mut dyn FnMut(PackageLine),
    ) -> Result<()> {
        let (why, here) = self.inner.store.view("packages", |tx| {
            let row = self.visible(tx, actor, dossier)?;
            let why = self.entering(tx, actor, &row)?;
            Ok::<_, AppError>((why, self.files_in(tx, actor, &row)?))
        })?;
        let read: BTreeSet<EntryId> = here.iter().map(|file| file.entry).collect();
        let record = AccessRecord {
            taken: Some(Taken::of(&read)),
            ..AccessRecord::by(actor, Operation::Decrypt, "packages")
        };
        self.noted(record.within(dossier, why))?;
        let mut left = reading.all;
        for file in here.iter().filter(|file| file.is_package()) {
            let read = match read_of(file, (reading, left)) {
                Err(unread) => Err(unread),
                Ok(()) => {
                    left -= file.size;
                    match self.package_of(dossier, file)? {
                        Some(read) => read.map_err(Unread::Not),
                        None => continue,
                    }
                }
            };
            let read = match read {
                Ok(package) => {
                    let named = files(package.graph());
                    let beside = beside(&here, (file.entry, file.index), &named);
                    let held = self.held_of(dossier, &named, (beside, left))?;
                    left = left.saturating_sub(held.read);
                    Ok((package, held))
                }
                Err(unread) => Err(unread),
            };
            let file = file.clone();
            take(PackageLine { file, read });
        }
        Ok(())
    }

    /// A file read as a package; none where it is too large for one, or not here after all.
    pub(super) fn package_of(
        &self,
        dossier: DossierId,
        file: &HeldFile,
    ) -> Result<Option<std::result::Result<Package, entente_evidence::EvidenceError>>> {
        if file.size > MAX_BYTES as u64 {
            return Ok(Some(Err(entente_evidence::EvidenceError::TooLarge)));
        }
        let mut bytes = Vec::new();
        let whole = self.pieces(dossier, file, |piece| bytes.extend_from_slice(piece))?;
        Ok(whole.then(|| Package::decode(&bytes)))
    }

    /// Every file of a dossier that is here and that the actor may open, in its order.
    pub(super) fn files_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: &DossierRow,
    ) -> Result<Vec<HeldFile>> {
        let kind = kinds::find(&dossier.kind).ok_or(AppError::NotFound)?;
        let types = kind.entries.iter().filter(|entry| entry.files);
        let types: Vec<&str> = types.map(|entry| entry.name).collect();
        let mut all = Vec::new();
        let ended: Option<()> = by_types(tx, dossier.id, &types, |rows| {
            for row in rows {
                let header = regular(&row).filter(|header| !header.attachments.is_empty());
                if let Some(header) = header {
                    all.extend(self.files_by(tx, actor, (&row, &header))?);
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        debug_assert!(ended.is_none());
        Ok(all)
    }

    /// The files of one entry that are here, if the actor may open them.
    pub(super) fn files_by(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Vec<HeldFile>> {
        if !self.may_with(tx, actor, Action::OpenFile, row)? {
            return Ok(Vec::new());
        }
        let Some(values) = self.read_by(tx, actor, row)? else {
            return Ok(Vec::new());
        };
        let said = described(&values);
        let held = tx.attachments(row.id)?.into_iter();
        let held = held.filter(|at| at.state == AttachmentState::Held);
        let one = |at: entente_store::AttachmentRow| {
            let file = said.get(usize::try_from(at.index).ok()?)?;
            Some(HeldFile {
                entry: row.id,
                index: at.index,
                name: file.name.clone(),
                media: file.media.clone(),
                size: at.size,
                service: header.author.service.clone(),
                at: header.at,
            })
        };
        Ok(held.filter_map(one).collect())
    }

    fn held_of(
        &self,
        dossier: DossierId,
        named: &[File<'_>],
        (here, most): (Vec<HeldFile>, u64),
    ) -> Result<HeldFiles> {
        let methods = methods(named);
        let (mut all, mut read) = (Vec::with_capacity(here.len()), 0_u64);
        for file in &here {
            let digests = self.digests(dossier, file, (&methods, most, &mut read))?;
            all.push(Here {
                name: file.name.clone(),
                size: file.size,
                digests,
            });
        }
        Ok(HeldFiles {
            found: hold(named, &all).into_iter().collect(),
            here,
            read,
        })
    }

    /// Digests of a file that is here; none where that would take more bytes than may be read, or where it is not here after all. What was
    /// computed before is known: bytes under one name never change.
    pub(super) fn digests(
        &self,
        dossier: DossierId,
        file: &HeldFile,
        (methods, most, read): (&BTreeSet<Method>, u64, &mut u64),
    ) -> Result<Option<BTreeMap<Method, String>>> {
        let known = &self.inner.memory.file_digests;
        let key = |method: Method| (file.entry, file.index, method);
        let (mut made, mut missing) = (BTreeMap::new(), BTreeSet::new());
        for method in methods {
            match known.get_or(&key(*method), || Ok(None))? {
                Some(digits) => drop(made.insert(*method, digits)),
                None => drop(missing.insert(*method)),
            }
        }
        if missing.is_empty() {
            return Ok(Some(made));
        }
        if read.saturating_add(file.size) > most {
            return Ok(None);
        }
        *read = read.saturating_add(file.size);
        let mut digesting = Digesting::by(&missing);
        if !self.pieces(dossier, file, |piece| digesting.update(piece))? {
            return Ok(None);
        }
        for (method, digits) in digesting.finish() {
            known.keep(&key(method), &digits);
            made.insert(method, digits);
        }
        Ok(Some(made))
    }

    /// Gives the pieces of a file in order; false where one is not here.
    fn pieces(
        &self,
        dossier: DossierId,
        file: &HeldFile,
        mut take: impl FnMut(&[u8]),
    ) -> Result<bool> {
        for chunk in 0..chunk_count(file.size) {
            match self.read_chunk(dossier, file.entry, file.index, chunk)? {
                Some((bytes, _)) => take(&bytes),
                None => return Ok(false),
            }
        }
        Ok(true)
    }
}

/// Whether a package may be read, of which one look reads so much.
fn read_of(file: &HeldFile, (reading, left): (Reading, u64)) -> std::result::Result<(), Unread> {
    match file.size {
        size if size > reading.package => Err(Unread::TooLarge(reading.package)),
        size if size > left => Err(Unread::NoMore),
        _ => Ok(()),
    }
}

/// What of the files that are here is held against a package: not itself; those of its own entry first, then what can be a file that it names.
fn beside(here: &[HeldFile], (entry, index): (EntryId, u32), named: &[File<'_>]) -> Vec<HeldFile> {
    if methods(named).is_empty() {
        return Vec::new();
    }
    let other = here.iter();
    let other = other.filter(|file| (file.entry, file.index) != (entry, index));
    let (own, others): (Vec<_>, Vec<_>) = other.partition(|file| file.entry == entry);
    let likely = Likely::of(named);
    let fits = others
        .into_iter()
        .filter(|file| likely.is(&file.name, file.size));
    own.into_iter().chain(fits).cloned().collect()
}
