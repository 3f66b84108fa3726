//! What a second officer does with a draft, and its author: released, given back, taken back. Each ends or changes it in the
//! transaction that leaves its trace.

use super::kept::{dossier_row, traced};
use super::{ByPasskey, Content, DraftId, GROUND, Kept, Signing, leaving_of};
use crate::access::Operation;
use crate::apply::BodyIn;
use crate::error::{AppError, Result};
use crate::fault::SigningFault;
use crate::people::actor_of;
use crate::weight::PasskeySigned;
use crate::{Actor, App, FileReader, Recorded};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_store::{DraftRow, DraftSort, Read, StoreExt, Write};
use std::sync::Arc;

/// How an officer stands to a draft that they may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// They wrote it.
    Author,
    /// They may sign it.
    Signer,
}

/// A draft that waits, opened.
pub(crate) struct Waiting {
    pub(crate) row: DraftRow,
    pub(crate) kept: Kept,
    pub(crate) author: Actor,
}

impl App {
    /// Releases a draft: the entry is recorded in its author's name, with this officer as its approver.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for what is not here, was decided already, or may not be signed by this officer;
    /// [`SigningFault::Own`] for what they wrote; as [`App::record`] for what came in between: then the draft stays.
    pub fn approve_draft(&self, actor: &Actor, id: DraftId) -> Result<Recorded> {
        let waiting = self.waiting_draft(actor, id)?;
        let body = self.new_body(waiting.kept.body.clone());
        self.approve_waiting(actor, waiting, body, None)
    }

    /// A draft that waits for this officer.
    pub(crate) fn waiting_draft(&self, actor: &Actor, id: DraftId) -> Result<Waiting> {
        self.inner.store.view("draft", |tx| {
            self.refuse_closed(tx)?;
            let row = self.to_sign(tx, actor, id, DraftSort::Waits)?;
            let kept = self.open_draft(tx, &row)?.ok_or(SigningFault::Lost)?;
            let author = author_of(tx, &row)?;
            Ok::<_, AppError>(Waiting { row, kept, author })
        })
    }

    /// Releases a draft with this body; with `signed`, exactly the entry that the officer's passkey signed.
    pub(crate) fn approve_waiting(
        &self,
        actor: &Actor,
        waiting: Waiting,
        body: BodyIn,
        signed: Option<Arc<PasskeySigned>>,
    ) -> Result<Recorded> {
        let Waiting { row, kept, author } = waiting;
        let recording = kept.recording(&row)?;
        let files = Arc::new(kept.files()?);
        let (app, signer, told) = (self.clone(), actor.clone(), row.clone());
        let outcome = self.inner.store.update("approve_draft", move |tx| {
            app.refuse_decided(tx.as_read(), &row)?;
            // Whoever may not write there any more sends nothing there either.
            match app.authorise_recording(tx.as_read(), &author, &recording) {
                Err(AppError::Forbidden | AppError::NotFound) => {
                    return Err(SigningFault::AuthorGone.into());
                }
                other => other?,
            }
            let content = Content {
                body: &body,
                files: &files,
                signing: Signing::Second(&signer),
                passkey: signed.as_deref().map_or(ByPasskey::No, ByPasskey::Signed),
            };
            let mut recorded = app.record_whole(tx, &author, &recording, content)?;
            if let Some(signed) = &signed {
                recorded.1.extend(app.sign_beside(tx, recorded.0, signed)?);
            }
            let mut left = row.clone();
            left.dossier = recorded.0.dossier.0.to_vec();
            left.entry = recorded.0.entry.0.to_vec();
            let stays = recorded.1.is_empty();
            let operation = match stays {
                true => Operation::Collect,
                false => Operation::Disclose,
            };
            app.record_access(tx, &traced(&signer, operation, "approve", &left))?;
            app.destroy_draft(tx, &row)?;
            Ok::<(Recorded, Vec<NodeName>), AppError>(recorded)
        });
        let (recorded, queued) = outcome.inspect_err(|_| self.inner.memory.undone())?;
        self.announce(recorded, &queued);
        self.draft_changed(&told);
        Ok(recorded)
    }

    /// Gives a draft back to its author, with a ground.
    ///
    /// # Errors
    /// As [`App::approve_draft`]; [`SigningFault::NoGround`].
    pub fn return_draft(&self, actor: &Actor, id: DraftId, ground: &str) -> Result<()> {
        let ground = ground_of(ground)?;
        self.change_draft(actor, id, move |app, tx, actor| {
            let mut row = app.to_sign(tx.as_read(), actor, id, DraftSort::Waits)?;
            let kept = app.open_draft(tx.as_read(), &row)?;
            let mut kept = kept.ok_or(SigningFault::Lost)?;
            kept.grounds.push(ground.clone());
            row.sort = DraftSort::Returned;
            app.put_draft(tx, row.clone(), &kept)?;
            app.record_access(tx, &traced(actor, Operation::Collect, "return_draft", &row))
        })
    }

    /// Takes back what one wrote and has not left: it is destroyed, with its files.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for what another wrote, or has been decided.
    pub fn take_draft_back(&self, actor: &Actor, id: DraftId) -> Result<()> {
        let kept = self.inner.store.view("draft", |tx| {
            let row = own_draft(tx, actor, id)?;
            self.open_draft(tx, &row)
        })?;
        self.change_draft(actor, id, move |app, tx, actor| {
            let row = own_draft(tx.as_read(), actor, id)?;
            app.record_access(tx, &traced(actor, Operation::Erase, "take_back", &row))?;
            app.destroy_draft(tx, &row)
        })?;
        for blob in kept.iter().flat_map(Kept::blobs) {
            let _unreadable = self.inner.blobs.remove(&blob);
        }
        Ok(())
    }

    /// A file of a draft, for whoever is to sign it and for its author.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor may see.
    pub fn draft_file(&self, actor: &Actor, id: DraftId, index: u32) -> Result<FileReader> {
        self.did(
            actor,
            Operation::Consult,
            "draft_file",
            Some(id.to_string()),
        )?;
        let kept = self.inner.store.view("draft_file", |tx| {
            self.refuse_closed(tx)?;
            let row = tx.draft(&id.0)?.ok_or(AppError::NotFound)?;
            self.stands_to(tx, actor, &row, Action::OpenFile)?;
            self.open_draft(tx, &row)?.ok_or(AppError::NotFound)
        })?;
        let place = usize::try_from(index).map_err(|_| AppError::NotFound)?;
        let file = kept.files()?.into_iter().nth(place);
        let file = file.ok_or(AppError::NotFound)?;
        let view = crate::views::FileView {
            index,
            name: file.described.name.clone(),
            media: file.described.media.clone(),
            size: file.described.size,
            state: "held",
            percent: 100,
            erased: None,
            limit: None,
        };
        Ok(self.sealed_reader(file, view))
    }

    /// Does something with a draft in one transaction, and tells pages.
    pub(super) fn change_draft(
        &self,
        actor: &Actor,
        id: DraftId,
        mut change: impl FnMut(&Self, &mut dyn Write, &Actor) -> Result<()> + Send + 'static,
    ) -> Result<()> {
        let (app, actor) = (self.clone(), actor.clone());
        let changed = self.inner.store.update("change_draft", move |tx| {
            app.refuse_closed(tx.as_read())?;
            let row = tx.draft(&id.0)?.ok_or(AppError::NotFound)?;
            change(&app, tx, &actor)?;
            Ok::<_, AppError>(row)
        })?;
        self.draft_changed(&changed);
        Ok(())
    }

    /// A draft of this sort that this officer may sign.
    pub(super) fn to_sign(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        id: DraftId,
        sort: DraftSort,
    ) -> Result<DraftRow> {
        let row = tx.draft(&id.0)?.ok_or(AppError::NotFound)?;
        match self.stands_to(tx, actor, &row, Action::Read)? {
            Stands::Author => Err(SigningFault::Own.into()),
            Stands::Signer if row.sort == sort => Ok(row),
            Stands::Signer => Err(AppError::NotFound),
        }
    }

    /// How an officer stands to a draft; to whoever neither wrote nor may sign it, it does not exist. Whoever signs must be allowed to
    /// read what they sign.
    pub(crate) fn stands_to(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &DraftRow,
        reads: Action,
    ) -> Result<Stands> {
        let about = leaving_of(row)?.ok_or(AppError::NotFound)?;
        let dossier = dossier_row(tx, row)?;
        let may = |action| self.may_let_leave(actor, action, dossier.as_ref(), &about);
        if let Some(dossier) = &dossier {
            self.visible(tx, actor, dossier.id)?;
        }
        if row.officer == actor.id {
            return match actor.writes() {
                true => Ok(Stands::Author),
                false => Err(AppError::NotFound),
            };
        }
        match may(Action::Approve) && may(Action::Read) && may(reads) {
            true => Ok(Stands::Signer),
            false => Err(AppError::NotFound),
        }
    }

    /// Somebody else may have decided while this one read.
    fn refuse_decided(&self, tx: &dyn Read, row: &DraftRow) -> Result<()> {
        match tx.draft(&row.id)?.as_ref() == Some(row) {
            true => Ok(()),
            false => Err(AppError::NotFound),
        }
    }
}

/// What the actor wrote and has not left.
fn own_draft(tx: &dyn Read, actor: &Actor, id: DraftId) -> Result<DraftRow> {
    let row = tx.draft(&id.0)?.filter(|row| row.officer == actor.id);
    let here = |row: &DraftRow| matches!(row.sort, DraftSort::Waits | DraftSort::Returned);
    row.filter(here).ok_or(AppError::NotFound)
}

/// The author of a draft, as they are now.
pub(crate) fn author_of(tx: &dyn Read, row: &DraftRow) -> Result<Actor> {
    let officer = tx.officer(&row.officer)?.filter(|officer| officer.active);
    actor_of(&officer.ok_or(SigningFault::AuthorGone)?)
}

/// A ground in one line.
pub(super) fn ground_of(text: &str) -> Result<String> {
    let text = text.trim();
    let plain = !text.chars().any(char::is_control);
    match plain && (1..=GROUND).contains(&text.chars().count()) {
        true => Ok(text.to_owned()),
        false => Err(SigningFault::NoGround { most: GROUND }.into()),
    }
}
