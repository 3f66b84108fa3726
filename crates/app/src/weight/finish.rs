//! What a passkey answered: verified twice, by the library that registered it and by what verifies offline; then exactly the header is
//! recorded that it signed, and the signature beside it, in one transaction.

use super::held::What;
use super::{AskedAgain, HeldWeighty, Next, Weighed};
use crate::apply::BodyIn;
use crate::drafts::{ByPasskey, Content, DraftId, Signing};
use crate::env::random;
use crate::error::{AppError, Result};
use crate::fault::{InputFault, PeopleFault};
use crate::keys::newest_secret;
use crate::passkeys::Asserted;
use crate::{Actor, App, Recorded, Recording};
use entente_core::able::Able;
use entente_core::field::{Value, Values};
use entente_core::header::Header;
use entente_core::ids::NodeName;
use entente_core::kinds::weight::{COMMITMENT, OF, OFFICER_SIGNATURE, SALT, WHOLE};
use entente_proof::card::verify_card;
use entente_proof::digest::Digest;
use entente_proof::weight::{OfficerSignature, Signed, WEIGHT_VERSION};
use entente_store::{Read, Write};
use std::sync::Arc;

/// An act that an officer's passkey signed.
pub(crate) struct PasskeySigned {
    header: Header,
    signer: Actor,
    asserted: Asserted,
    /// Files that waited with it.
    files: Vec<String>,
}

impl PasskeySigned {
    /// Holds a header that was composed now to the one that was signed: it takes its time, and must be the same in everything else.
    pub(crate) fn hold(&self, header: &mut Header) -> Result<()> {
        header.at = self.header.at;
        match *header == self.header {
            true => Ok(()),
            false => Err(AppError::Stale),
        }
    }
}

impl App {
    /// Takes the passkey's answer for an act of weight, and records exactly the entry that was signed.
    ///
    /// # Errors
    /// [`PeopleFault::PasskeyWrong`] if it is another's or came too late; as [`App::record`] or [`App::approve_draft`].
    pub fn finish_weighty(&self, actor: &Actor, token: &str, answer: &str) -> Result<Weighed> {
        let (sealed, fits) = self.asserted(actor, token, answer)?;
        let held = HeldWeighty::open(token, &sealed)?;
        match fits.and_then(|asserted| self.record_signed(actor, &held, asserted)) {
            Ok(recorded) => Ok(match self.ask_next(actor, &held)? {
                Next::Signs(next) => Weighed::Again(next),
                Next::Done(drafts) if drafts.is_empty() => Weighed::Recorded(recorded),
                Next::Done(drafts) => Weighed::Waits(recorded, drafts),
            }),
            // The dossier moved: what was signed would follow what is no longer its past (rule 3).
            Err(AppError::Stale) => self.ask_anew(actor, &held, AskedAgain::Moved),
            Err(AppError::Input(InputFault::People(PeopleFault::PasskeyWrong))) => {
                self.ask_anew(actor, &held, AskedAgain::Wrong)
            }
            Err(error) => Err(error),
        }
    }

    fn record_signed(
        &self,
        actor: &Actor,
        held: &HeldWeighty,
        asserted: Asserted,
    ) -> Result<Recorded> {
        let header = held.header()?;
        let signed = |files| {
            Arc::new(PasskeySigned {
                header,
                signer: actor.clone(),
                asserted,
                files,
            })
        };
        match &held.what {
            What::Entry(entry) => {
                let plan = entry.plan(self, held.salt)?;
                let signed = signed(crate::record::names_of(&plan.files));
                self.record_planned(actor, plan, Some(signed))
            }
            What::Draft(id) => {
                let waiting = self.waiting_draft(actor, DraftId(*id))?;
                let body = self.prepare(held.salt, waiting.kept.body.clone());
                let body = BodyIn::Here(Box::new(body));
                self.approve_waiting(actor, waiting, body, Some(signed(Vec::new())))
            }
        }
    }

    /// Composed again from what was typed; where what it acts on changed, the officer reads the news first.
    fn ask_anew(&self, actor: &Actor, held: &HeldWeighty, why: AskedAgain) -> Result<Weighed> {
        let again = match &held.what {
            What::Draft(id) => self.ask_to_approve(actor, DraftId(*id))?,
            What::Entry(entry) => {
                let recording = entry.asked.recording()?;
                match self.ask_signature(actor, recording.clone(), held.others()) {
                    Err(AppError::Stale) => return Ok(Weighed::Stale(Box::new(recording))),
                    asked => Some(asked?),
                }
            }
        };
        let mut asked = again.ok_or(PeopleFault::PasskeyWrong)?;
        asked.again = Some(why);
        Ok(Weighed::Again(Box::new(asked)))
    }

    /// Writes the signature beside what was signed: the whole for our own node; for the others the whole where officers sign in their
    /// office, and elsewhere a commitment, since one public key in two dossiers would say that two pseudonyms are one officer.
    pub(crate) fn sign_beside(
        &self,
        tx: &mut dyn Write,
        recorded: Recorded,
        signed: &PasskeySigned,
    ) -> Result<Vec<NodeName>> {
        self.keep_asserted(tx, &signed.asserted)?;
        self.release_held_files(tx, &signed.files)?;
        let signature = self.vouch(tx.as_read(), recorded, signed)?;
        let salt = random::<16>(&*self.inner.random);
        let whole = [
            (OF, recorded.entry.to_string()),
            (WHOLE, hex::encode(signature.encode())),
            (SALT, hex::encode(salt)),
        ];
        let audience = &signed.header.audience;
        let told = audience.len() > 1 && self.know_signatures(tx.as_read(), audience)?;
        let row = tx.dossier(recorded.dossier)?.ok_or(AppError::NotFound)?;
        let mut queued = Vec::new();
        if !(told && in_office(&row.kind)) {
            queued.extend(self.write_beside(tx, (recorded, signed), &whole, true)?);
        } else {
            queued.extend(self.write_beside(tx, (recorded, signed), &whole, false)?);
        }
        if told && !in_office(&row.kind) {
            let kept = [
                (OF, recorded.entry.to_string()),
                (COMMITMENT, signature.commitment(&salt).to_string()),
            ];
            queued.extend(self.write_beside(tx, (recorded, signed), &kept, false)?);
        }
        Ok(queued)
    }

    /// The node's word on whose passkey it is, under its newest key.
    fn vouch(
        &self,
        tx: &dyn Read,
        recorded: Recorded,
        signed: &PasskeySigned,
    ) -> Result<OfficerSignature> {
        let wrong = || AppError::from(PeopleFault::PasskeyWrong);
        let pseudonym = tx.pseudonym(recorded.dossier, &signed.signer.id)?;
        let key = newest_secret(&self.inner.keys, tx)?;
        let by = &signed.asserted;
        let made = Signed {
            version: WEIGHT_VERSION,
            entry: Digest(recorded.entry.0),
            node: self.inner.me.to_string(),
            dossier: Digest(recorded.dossier.0),
            officer: pseudonym.ok_or_else(wrong)?,
            host: by.host.clone(),
            credential: by.credential.clone(),
            registered_ms: by.registered_ms(),
            authenticator_data: by.authenticator_data.clone().into(),
            client_data: by.client_data.clone().into(),
            assertion: by.signature.clone().into(),
            by: key.verifying_key(),
        };
        OfficerSignature::sign(made, &key).map_err(|_| wrong())
    }

    fn write_beside(
        &self,
        tx: &mut dyn Write,
        (recorded, signed): (Recorded, &PasskeySigned),
        values: &[(&str, String)],
        own_only: bool,
    ) -> Result<Vec<NodeName>> {
        let named = values.iter();
        let named = named.map(|(name, text)| ((*name).to_owned(), Value::Text(text.clone())));
        let recording = Recording {
            dossier: Some(recorded.dossier),
            entry_type: OFFICER_SIGNATURE.name.to_owned(),
            values: Values {
                lang: None,
                values: named.collect(),
            },
            own_only,
            ..Recording::default()
        };
        let body = self.new_body(
            recording
                .values
                .body_of(OFFICER_SIGNATURE.fields)
                .to_bytes(),
        );
        let content = Content {
            signing: Signing::Beside,
            passkey: ByPasskey::Follows,
            ..Content::own(&body, &[])
        };
        Ok(self.record_in(tx, &signed.signer, &recording, content)?.1)
    }

    /// Whether every other node's program knows what stands beside, by its card: to another nothing of it is written.
    pub(super) fn know_signatures(&self, tx: &dyn Read, audience: &[NodeName]) -> Result<bool> {
        for node in audience.iter().filter(|node| **node != self.inner.me) {
            let Some(row) = tx.partner(node)? else {
                return Ok(false);
            };
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("partner's card"))?;
            let able = Able {
                rules: card.rules,
                kinds: card.kinds,
            };
            if able.version_of(&OFFICER_SIGNATURE).is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether officers act in their office in dossiers of this kind, so that the partner gets their signatures whole.
fn in_office(kind: &str) -> bool {
    kind == "charter"
}
