//! The urgent path: one officer releases alone and says why in a line; the second signature is owed within a day, shown when it is
//! late, and its refusal is recorded for the inspector. The line stays at our node: no header holds it.

use super::decide::ground_of;
use super::kept::traced;
use super::{ByPasskey, Content, DraftId, Kept, SIGNED_WITHIN, Signing, about_of, gate};
use crate::access::Operation;
use crate::authorise::Leaving;
use crate::env::random;
use crate::error::{AppError, Result};
use crate::fault::SigningFault;
use crate::record::names_of;
use crate::{Actor, App, Recorded, Recording};
use entente_core::kinds::release::RELEASE;
use entente_store::{DraftRow, DraftSort, StoreExt, Write};
use std::sync::Arc;

impl App {
    /// Records an entry by one signature.
    pub(super) fn record_alone(
        &self,
        actor: &Actor,
        mut recording: Recording,
        why: &str,
    ) -> Result<Recorded> {
        let why = ground_of(why)?;
        if recording.entry_type == RELEASE.name {
            // What was written earlier is not what life depends on now.
            return Err(SigningFault::NeedsSecond.into());
        }
        let (body, files) = self.content_of(&recording)?;
        recording.files = Vec::new();
        let sealed = names_of(&files);
        let (body, files) = (self.new_body(body), Arc::new(files));
        let (app, actor) = (self.clone(), actor.clone());
        let outcome = self.inner.store.update("record_alone", move |tx| {
            app.authorise_recording(tx.as_read(), &actor, &recording)?;
            let scene = app.scene(tx.as_read(), &actor, &recording)?;
            let about = gate::leaving(&scene, &recording);
            let content = Content {
                body: &body,
                files: &files,
                signing: Signing::Alone,
                passkey: ByPasskey::No,
            };
            let recorded = app.record_whole(tx, &actor, &recording, content)?;
            app.owe_signature(tx, &actor, (&about, recorded.0), &why)?;
            Ok::<_, AppError>(recorded)
        });
        let (recorded, queued) = outcome.inspect_err(|error| {
            self.inner.memory.undone();
            self.drop_refused(error, &sealed);
        })?;
        self.announce(recorded, &queued);
        Ok(recorded)
    }

    /// Notes that the second signature is owed.
    fn owe_signature(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        (about, recorded): (&Leaving, Recorded),
        why: &str,
    ) -> Result<()> {
        let row = DraftRow {
            id: random(&*self.inner.random),
            sort: DraftSort::Unsigned,
            dossier: recorded.dossier.0.to_vec(),
            entry: recorded.entry.0.to_vec(),
            officer: actor.id.clone(),
            service: about.service.to_string(),
            at_ms: self.now().0,
            due_ms: (self.now() + SIGNED_WITHIN).0,
            about: about_of(about),
            sealed: Vec::new(),
        };
        let kept = Kept::because(why);
        self.put_draft(tx, row.clone(), &kept)?;
        self.record_access(
            tx,
            &traced(actor, Operation::Disclose, "release_alone", &row),
        )
    }

    /// Gives the second signature on what left by one.
    ///
    /// # Errors
    /// As [`App::approve_draft`].
    pub fn sign_afterwards(&self, actor: &Actor, id: DraftId) -> Result<()> {
        self.change_draft(actor, id, move |app, tx, actor| {
            let row = app.to_sign(tx.as_read(), actor, id, DraftSort::Unsigned)?;
            let verb = "second_signature";
            app.record_access(tx, &traced(actor, Operation::Disclose, verb, &row))?;
            app.destroy_draft(tx, &row)
        })
    }

    /// Refuses the second signature, with a ground: what left is then withdrawn, erased or corrected by whoever works on the dossier.
    ///
    /// # Errors
    /// As [`App::approve_draft`]; [`SigningFault::NoGround`].
    pub fn refuse_afterwards(&self, actor: &Actor, id: DraftId, ground: &str) -> Result<()> {
        let ground = ground_of(ground)?;
        self.change_draft(actor, id, move |app, tx, actor| {
            let mut row = app.to_sign(tx.as_read(), actor, id, DraftSort::Unsigned)?;
            let mut kept = app.open_draft(tx.as_read(), &row)?.unwrap_or_default();
            kept.grounds.push(ground.clone());
            row.sort = DraftSort::Refused;
            app.put_draft(tx, row.clone(), &kept)?;
            let verb = "second_signature_refused";
            app.record_access(tx, &traced(actor, Operation::Disclose, verb, &row))
        })
    }

    /// Says that what followed from a refused signature was done: by an officer who may sign, not by its author.
    ///
    /// # Errors
    /// As [`App::approve_draft`].
    pub fn settle_refused(&self, actor: &Actor, id: DraftId) -> Result<()> {
        self.change_draft(actor, id, move |app, tx, actor| {
            let row = app.to_sign(tx.as_read(), actor, id, DraftSort::Refused)?;
            let verb = "second_signature_settled";
            app.record_access(tx, &traced(actor, Operation::Collect, verb, &row))?;
            app.destroy_draft(tx, &row)
        })
    }
}
