//! Asking for an officer's passkey: the entry is composed as it will be recorded and undone again, its header is held, and the challenge
//! follows from the entry's id alone.

use super::held::{HeldEntry, HeldRecording, What, salted};
use super::{HeldWeighty, Next, Rest, SignatureAsked};
use crate::access::Operation;
use crate::attach::SealedFile;
use crate::drafts::DraftId;
use crate::error::{AppError, Result};
use crate::fault::SigningFault;
use crate::record::{Plan, names_of};
use crate::views::PreviewFile;
use crate::{Actor, App, Recording, Submitted};
use entente_core::act::Config;
use entente_core::field::{Bind, Value, Values};
use entente_core::header::Header;
use entente_core::ids::EntryId;
use entente_core::kinds::release::RELEASE;
use entente_proof::digest::Digest;
use entente_proof::seal::ObjectKey;
use entente_proof::weight::challenge;
use entente_store::{Read, StoreExt};
use minicbor::bytes::ByteArray;

impl App {
    /// Asks for the passkey of an officer who writes an act of weight. `rest`: what is released after it by the same decision, and what of it waits.
    pub(crate) fn ask_signature(
        &self,
        actor: &Actor,
        recording: Recording,
        rest: Rest,
    ) -> Result<SignatureAsked> {
        self.drop_held_files()?;
        let asked = HeldRecording::of(&recording);
        let plan = self.plan(actor, recording)?;
        let sealed = names_of(&plan.files);
        let made = self.rehearse_plan(actor, &plan);
        let (header, config) = made.inspect_err(|error| self.drop_refused(error, &sealed))?;
        let (salt, body) = salted(&plan.body)?;
        let held = HeldWeighty {
            header: header.to_bytes().into(),
            salt,
            what: What::Entry(Box::new(HeldEntry::of(&plan, asked)?)),
            rest: rest.entries,
            drafts: Some(rest.drafts.iter().map(|id| ByteArray::from(id.0)).collect()),
        };
        let seen = (&plan.recording, header, &config);
        self.ask(actor, &held, seen, (body, &plan.files))
    }

    fn rehearse_plan(&self, actor: &Actor, plan: &Plan) -> Result<(Header, Config)> {
        self.name_in(actor, plan.recording.dossier, &[&actor.id])?;
        let content = (plan.body.clone(), copied(&plan.files));
        self.rehearse(actor, &plan.recording, content, None)
    }

    /// Asks for the passkey of an officer who releases a draft; nothing where none is asked of them.
    ///
    /// # Errors
    /// As [`App::approve_draft`].
    pub fn ask_to_approve(&self, actor: &Actor, id: DraftId) -> Result<Option<SignatureAsked>> {
        let waiting = self.waiting_draft(actor, id)?;
        let recording = waiting.kept.recording(&waiting.row)?;
        let entry_type = self.entry_type_of(&recording)?;
        let signs = self
            .inner
            .store
            .view("signs", |tx| self.signs_by_passkey(tx, actor, entry_type))?;
        if !signs {
            return Ok(None);
        }
        let (body, files) = (
            self.new_body(waiting.kept.body.clone()),
            waiting.kept.files()?,
        );
        self.name_in(actor, recording.dossier, &[&actor.id, &waiting.author.id])?;
        let content = (body.clone(), copied(&files));
        let (header, config) = self.rehearse(&waiting.author, &recording, content, Some(actor))?;
        let (salt, body) = salted(&body)?;
        let held = HeldWeighty {
            header: header.to_bytes().into(),
            salt,
            what: What::Draft(id.0),
            rest: Vec::new(),
            drafts: None,
        };
        // Its files stay the draft's.
        let seen = (&recording, header, &config);
        self.ask(actor, &held, seen, (body, &files)).map(Some)
    }

    /// Officers get their pseudonyms of a dossier now: what a rehearsal makes is undone with it.
    fn name_in(
        &self,
        actor: &Actor,
        dossier: Option<entente_core::ids::DossierId>,
        officers: &[&str],
    ) -> Result<()> {
        // No act of weight opens a dossier.
        let dossier = dossier.ok_or(AppError::NotFound)?;
        let app = self.clone();
        let actor = actor.clone();
        let officers: Vec<String> = officers.iter().map(|id| (*id).to_owned()).collect();
        self.inner.store.update("pseudonyms", move |tx| {
            app.visible(tx.as_read(), &actor, dossier)?;
            for officer in &officers {
                app.pseudonym(tx, dossier, officer)?;
            }
            Ok::<_, AppError>(())
        })
    }

    fn ask(
        &self,
        actor: &Actor,
        held: &HeldWeighty,
        (recording, header, config): (&Recording, Header, &Config),
        (body, files): (Vec<u8>, &[SealedFile]),
    ) -> Result<SignatureAsked> {
        let entry = crate::codec::entry_id(&held.header);
        let verb = "ask_passkey";
        self.looked(actor, Operation::Consult, verb, recording.dossier, None)?;
        let values = Values::from_bytes(&body).map_err(|_| AppError::Bug("body"))?;
        let preview = self.preview_signed(recording, (header, config), values, files)?;
        let over = challenge(&Digest(entry.0)).0;
        let blobs = match held.what {
            What::Entry(_) => names_of(files),
            What::Draft(_) => Vec::new(),
        };
        let challenge = self.challenge_of_weight(actor, over, held, blobs)?;
        Ok(SignatureAsked {
            challenge,
            entry,
            preview,
            rest: held.rest.len() + held.more(),
            waits: held.others().drafts,
            again: None,
        })
    }

    fn preview_signed(
        &self,
        recording: &Recording,
        (header, config): (Header, &Config),
        values: Values,
        files: &[SealedFile],
    ) -> Result<crate::views::PreviewView> {
        let file = |file: &SealedFile| PreviewFile {
            name: file.described.name.clone(),
            media: file.described.media.clone(),
            size: file.described.size,
        };
        let files = files.iter().map(file).collect();
        self.preview_whole(recording, (header, config), values, files)
    }

    /// The next of several: what is released after it, or the rest of what is erased. What needs a second officer is kept as a draft on the
    /// way, for that officer's passkey to sign, and the one after it is the next.
    pub(super) fn ask_next(&self, actor: &Actor, held: &HeldWeighty) -> Result<Next> {
        let mut rest = held.others();
        let What::Entry(entry) = &held.what else {
            return Ok(Next::Done(rest.drafts));
        };
        let mut recording = entry.asked.recording()?;
        if entry.more {
            recording.seen = String::new();
            let asked = self.ask_signature(actor, recording, rest)?;
            return Ok(Next::Signs(Box::new(asked)));
        }
        while let Some((next, after)) = rest.entries.split_first() {
            let following = Rest {
                entries: after.to_vec(),
                drafts: rest.drafts.clone(),
            };
            recording = released_next(recording, *next)?;
            self.refuse_bare(actor, &recording)?;
            match self.submit_first(actor, (recording.clone(), following.clone()), None)? {
                Submitted::Signs(asked) => return Ok(Next::Signs(asked)),
                Submitted::Waits(draft) => {
                    rest = following;
                    rest.drafts.push(draft);
                }
                Submitted::Recorded(_) => return Err(AppError::Bug("released without a passkey")),
            }
        }
        Ok(Next::Done(rest.drafts))
    }

    /// Whoever began with a passkey goes on with it: nothing of the same decision leaves unsigned because it was taken away in between.
    fn refuse_bare(&self, actor: &Actor, recording: &Recording) -> Result<()> {
        let entry_type = self.entry_type_of(recording)?;
        let signs = |tx: &dyn Read| self.signs_by_passkey(tx, actor, entry_type);
        match self.inner.store.view("signs", signs)? {
            true => Ok(()),
            false => Err(SigningFault::NeedsPasskey.into()),
        }
    }
}

/// The same decision about another entry.
fn released_next(mut recording: Recording, next: EntryId) -> Result<Recording> {
    let field = RELEASE.field(Bind::Release);
    let field = field.ok_or(AppError::Bug("field of a release"))?;
    let next = Value::Text(next.to_string());
    recording.values.values.insert(field.name.to_owned(), next);
    Ok(recording)
}

/// The same files once more: a rehearsal takes its own.
fn copied(files: &[SealedFile]) -> Vec<SealedFile> {
    let again = |file: &SealedFile| SealedFile {
        described: file.described.clone(),
        key: ObjectKey::new(*file.key.as_bytes()),
        blob: file.blob.clone(),
    };
    files.iter().map(again).collect()
}

impl HeldWeighty {
    fn more(&self) -> usize {
        match &self.what {
            What::Entry(entry) => usize::from(entry.more),
            What::Draft(_) => 0,
        }
    }
}
