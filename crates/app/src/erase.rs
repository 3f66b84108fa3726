//! Erasing what our own node wrote: one entry, or all of a dossier; the other side then owes its attestation (invariant 10).
//!
//! Bodies, files and keys are destroyed by `apply` when the erasure is judged, here as at the partner.

use crate::error::{AppError, Result};
use crate::{Actor, App, Recorded, Recording};
use entente_core::field::{Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::erasure::{ALL, ASK_ERASURE, ATTEST_ERASURE, ERASE, OF, WHOLE};
use entente_store::{BodyState, EntryRow, StoreExt};

/// What a recording erases.
pub(crate) enum Scope {
    /// Nothing.
    None,
    /// What it names.
    Named,
    /// Everything that our node wrote in the dossier.
    All,
}

pub(crate) fn scope(recording: &Recording) -> Scope {
    if recording.entry_type != ERASE.name {
        return Scope::None;
    }
    match recording.values.flag(ALL) {
        true => Scope::All,
        false => Scope::Named,
    }
}

impl App {
    /// Most entries that one entry erases: its acts must fit a header.
    pub const MOST_ERASED: usize = 200;

    /// Erases what is named, and asks the partner to attest it unless the partner never had it.
    pub(crate) fn erase_named(&self, actor: &Actor, recording: Recording) -> Result<Recorded> {
        if recording.erases.len() > Self::MOST_ERASED {
            return Err(AppError::TooLarge(Self::MOST_ERASED as u64));
        }
        let erased = recording.values.text("entry").map(str::to_owned);
        let about = match erased {
            Some(entry) => (OF, Value::Text(entry)),
            None => (WHOLE, Value::Flag(true)),
        };
        let attest = (!recording.own_only).then(|| asks_attestation(recording.dossier, about));
        self.record_with(actor, recording, attest)
    }

    /// Erases all that our node wrote in a dossier: what the partner holds too, with one request to attest it, then what never left.
    /// What stands already is skipped, so that an erasure cut short goes on when it is asked for again.
    pub(crate) fn erase_all(&self, actor: &Actor, recording: &Recording) -> Result<Recorded> {
        let dossier = recording.dossier.ok_or(AppError::NotFound)?;
        let mut last = None;
        for own_only in [false, true] {
            let mut attest =
                (!own_only).then(|| asks_attestation(Some(dossier), (WHOLE, Value::Flag(true))));
            let mut offset = 0;
            while let Some(page) = self.written_here(dossier, own_only, offset)? {
                offset += page.read;
                if page.ours.is_empty() {
                    continue;
                }
                let next = Recording {
                    own_only,
                    erases: page.ours,
                    seen: String::new(),
                    ..recording.clone()
                };
                last = Some(self.record_with(actor, next, attest.take())?);
            }
        }
        last.ok_or(AppError::Input(
            "nothing of ours is left to erase here".into(),
        ))
    }

    /// A page of a dossier with what of it is ours and can be read; none after the last.
    fn written_here(
        &self,
        dossier: DossierId,
        own_only: bool,
        offset: u32,
    ) -> Result<Option<Page>> {
        let most = u32::try_from(Self::MOST_ERASED).unwrap_or(u32::MAX);
        let rows = self.inner.store.view("erasable", |tx| {
            Ok::<_, AppError>(tx.entries(dossier, false, most, offset)?)
        })?;
        let read = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let ours = rows
            .iter()
            .filter(|row| self.erasable(row) == Some(own_only));
        let page = Page {
            ours: ours.map(|row| row.id).collect(),
            read,
        };
        Ok((read > 0).then_some(page))
    }

    /// Whether an entry is ours, can be read and is no evidence of an erasure; if so, whether it is for our node only.
    pub(crate) fn erasable(&self, row: &EntryRow) -> Option<bool> {
        let header = Header::from_bytes(&row.header).ok()?;
        let evidence = [&ERASE, &ASK_ERASURE, &ATTEST_ERASURE];
        let ours = header.node() == self.inner.me
            && row.body == BodyState::Here
            && evidence.iter().all(|kind| kind.name != header.kind);
        ours.then_some(header.audience.len() == 1)
    }
}

struct Page {
    ours: Vec<EntryId>,
    read: u32,
}

fn asks_attestation(dossier: Option<DossierId>, (field, value): (&str, Value)) -> Recording {
    Recording {
        dossier,
        entry_type: ASK_ERASURE.name.to_owned(),
        values: Values {
            lang: None,
            values: std::iter::once((field.to_owned(), value)).collect(),
        },
        ..Recording::default()
    }
}
