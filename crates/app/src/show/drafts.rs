//! What waits for signatures: those that an officer may give, and what they wrote themselves.

use super::Showing;
use crate::access::Operation;
use crate::drafts::{Kept, Stands, author_of, dossier_of, entry_of, leaving_of};
use crate::error::{AppError, Result};
use crate::views::{DraftLine, DraftState, DraftView, PreviewFile, PreviewView};
use crate::{Actor, App, DraftId, called};
use entente_core::field::Field;
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::DossierId;
use entente_core::instant::Instant;
use entente_core::kinds;
use entente_core::released::released;
use entente_store::{DraftRow, DraftSort, Read, StoreExt};

/// Most that are looked at for one page.
const LOOKED_AT: u32 = 1_000;

impl App {
    /// What waits for signatures and concerns an officer, the oldest first.
    ///
    /// # Errors
    /// Storage only.
    pub fn drafts(&self, actor: &Actor) -> Result<Vec<DraftLine>> {
        self.looked(actor, Operation::Consult, "drafts", None, None)?;
        self.inner.store.view("drafts", |tx| {
            self.refuse_closed(tx)?;
            self.draft_lines(tx, actor, &mut Showing::new(self, tx))
        })
    }

    pub(crate) fn draft_lines(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
    ) -> Result<Vec<DraftLine>> {
        let mut out = Vec::new();
        let rows = tx.drafts(LOOKED_AT)?;
        let dossiers: Vec<DossierId> = rows.iter().filter_map(dossier_of).collect();
        if !dossiers.is_empty() {
            crate::ahead::of_lines(tx, &dossiers)?;
        }
        for row in rows {
            match self.stands_to(tx, actor, &row, Action::Read) {
                Ok(stands) => out.push(self.draft_line(tx, actor, (&row, stands), showing)?),
                Err(AppError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(out)
    }

    /// One of them, with all that is to be read before it is signed.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor wrote or may sign.
    pub fn draft(&self, actor: &Actor, id: DraftId) -> Result<DraftView> {
        self.did(actor, Operation::Consult, "draft", Some(id.to_string()))?;
        let (row, line, kept) = self.inner.store.view("draft", |tx| {
            self.refuse_closed(tx)?;
            let row = tx.draft(&id.0)?.ok_or(AppError::NotFound)?;
            let stands = self.stands_to(tx, actor, &row, Action::Read)?;
            let mut showing = Showing::new(self, tx);
            let line = self.draft_line(tx, actor, (&row, stands), &mut showing)?;
            let kept = self.open_draft(tx, &row)?;
            Ok::<_, AppError>((row, line, kept))
        })?;
        let waits = matches!(line.state, DraftState::Waits | DraftState::Returned);
        let (preview, stale) = match kept.as_ref().filter(|_| waits) {
            Some(kept) => self.rehearsed(&row, kept)?,
            None => (None, None),
        };
        let form = match kept.as_ref().filter(|_| waits && line.mine) {
            Some(kept) => Some(kept.recording(&row)?.values),
            None => None,
        };
        let target = kept.as_ref().and_then(Kept::target);
        Ok(DraftView {
            preview,
            stale,
            lost: waits && kept.is_none(),
            grounds: kept.map(|kept| kept.grounds).unwrap_or_default(),
            form,
            target,
            line,
        })
    }

    /// What would leave now, or why it cannot.
    fn rehearsed(
        &self,
        row: &DraftRow,
        kept: &Kept,
    ) -> Result<(Option<PreviewView>, Option<&'static str>)> {
        let recording = kept.recording(row)?;
        let sealed = kept.files()?;
        let file = |file: &crate::attach::SealedFile| PreviewFile {
            name: file.described.name.clone(),
            media: file.described.media.clone(),
            size: file.described.size,
        };
        let files = sealed.iter().map(file).collect();
        let author = self.inner.store.view("author", |tx| author_of(tx, row));
        let made = author.and_then(|author| {
            let body = self.new_body(kept.said()?.to_bytes());
            self.rehearse(&author, &recording, (body, sealed), None)
        });
        match made {
            Ok((header, config)) => {
                let said = kept.said()?;
                let view = self.preview_whole(&recording, (header, &config), said, files)?;
                Ok((Some(view), None))
            }
            Err(AppError::Store(error)) => Err(error.into()),
            Err(AppError::Stale) => Ok((None, Some("stale"))),
            Err(AppError::Signing(_)) => Ok((None, Some("author-gone"))),
            Err(_) => Ok((None, Some("irregular"))),
        }
    }

    /// An entry to come as it will be read; of a release, what it shows.
    pub(crate) fn preview_whole(
        &self,
        recording: &crate::Recording,
        (header, config): (Header, &entente_core::act::Config),
        said: entente_core::field::Values,
        files: Vec<PreviewFile>,
    ) -> Result<PreviewView> {
        let wraps = crate::release::brought(&said);
        let fields = wraps.as_ref().map(|_| self.fields_released(&header));
        let said = without_files(wraps.unwrap_or(said));
        let mut view = self.preview_of(recording, (header, config), said, files)?;
        view.fields = fields.transpose()?.unwrap_or(view.fields);
        Ok(view)
    }

    /// By which fields the original of a release is read.
    fn fields_released(&self, header: &Header) -> Result<&'static [Field]> {
        let Some((original, _)) = released(header) else {
            return Ok(&[]);
        };
        let row = self
            .inner
            .store
            .view("original", |tx| Ok::<_, AppError>(tx.entry(original)?))?;
        let named = row.and_then(|row| kinds::entry(&row.kind));
        Ok(named.map_or(&[], |entry| entry.fields))
    }

    fn draft_line(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, stands): (&DraftRow, Stands),
        showing: &mut Showing<'_>,
    ) -> Result<DraftLine> {
        let about = leaving_of(row)?.ok_or(AppError::NotFound)?;
        let dossier = match dossier_of(row) {
            Some(id) => match tx.dossier(id)? {
                Some(row) => showing.line(&row)?,
                None => None,
            },
            None => None,
        };
        let author = tx.officer(&row.officer)?;
        let author = author.map(|officer| called(&officer.name, actor.lang).to_owned());
        let owed = matches!(row.sort, DraftSort::Waits | DraftSort::Unsigned);
        Ok(DraftLine {
            id: DraftId(row.id),
            state: state_of(row.sort),
            kind: about.kind,
            entry_type: about.entry_type,
            dossier,
            entry: entry_of(row),
            author: author.unwrap_or_else(|| row.officer.clone()),
            service: about.service,
            mine: stands == Stands::Author,
            at: Instant(row.at_ms),
            due: Instant(row.due_ms),
            overdue: owed && self.now().0 > row.due_ms,
        })
    }
}

fn state_of(sort: DraftSort) -> DraftState {
    match sort {
        DraftSort::Waits => DraftState::Waits,
        DraftSort::Returned => DraftState::Returned,
        DraftSort::Unsigned => DraftState::Unsigned,
        DraftSort::Refused => DraftState::Refused,
    }
}

/// Files are listed apart, not as their descriptions.
fn without_files(mut values: entente_core::field::Values) -> entente_core::field::Values {
    values.values.remove(crate::files::FILES);
    values
}
