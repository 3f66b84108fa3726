//! Recording an entry of our own: from a filled form to a judged, stored, queued entry, in one transaction.
//!
//! Nothing is signed here and no position is given: that is the driver's (rule 5). No request ever waits for the partner.

mod compose;
mod scene;

use self::compose::refuse_strange_terms;
pub(crate) use self::compose::{default_release, handling_in, takes_more};
pub(crate) use self::scene::{
    Scene, asked_service, liaison_of, proposes_terms, seen_of, seen_terms,
};

use crate::access::{AccessRecord, Operation};
use crate::apply::BodyIn;
use crate::attach::SealedFile;
use crate::conditions;
use crate::court;
use crate::drafts::{ByPasskey, Content, Signing};
use crate::env::random;
use crate::erase;
use crate::error::{AppError, Result};
use crate::evaluations;
use crate::fault::LinkFault;
use crate::files::{Described, describe};
use crate::limits::refuse_above_limits;
use crate::programme;
use crate::rectify::{self, rectified};
use crate::translation::spoken;
use crate::weight::PasskeySigned;
use crate::{Actor, App, Change, Recorded, Recording};
use entente_core::able::{self, Able};
use entente_core::field::{MAX_BODY, Value, Values};
use entente_core::header::{Header, MAX_HEADER};
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::judge::Verdict;
use entente_core::kind::{self, EntryType};
use entente_core::kinds;
use entente_core::kinds::keeping::EXPIRED;
use entente_core::kinds::release::RELEASE;
use entente_core::released::released;
use entente_proof::card::verify_card;
use entente_store::{DossierFilter, OutboxItem, Read, StoreExt, Write};
use std::sync::Arc;

/// What the desk of a link is called that the program opens.
pub(crate) const DESK_TITLE: &str = "Bureau permanent · المكتب الدائم · Standing desk";

impl App {
    /// Records one entry.
    ///
    /// # Errors
    /// [`AppError::Fields`] and [`AppError::Compose`] for what the person must mend, [`AppError::Irregular`] for what would have
    /// no effect, [`AppError::Stale`] when the obligation changed since the form was drawn; nothing is stored in any of these.
    pub fn record(&self, actor: &Actor, recording: Recording) -> Result<Recorded> {
        // Before anything is said about the form, and once more where it is recorded.
        self.inner.store.view("authorise", |tx| {
            self.refuse_closed(tx)?;
            self.authorise_recording(tx, actor, &recording)
        })?;
        if recording.entry_type == EXPIRED.name {
            return self.expire_by(actor, &recording);
        }
        let recording = self.completed(actor, recording)?;
        match erase::scope(&recording) {
            erase::Scope::All => self.erase_all(actor, &recording),
            erase::Scope::None | erase::Scope::Named => {
                let plan = self.plan(actor, recording)?;
                self.record_planned(actor, plan, None)
            }
        }
    }

    /// All that can be prepared of an entry before it is recorded, and of what must follow it.
    pub(crate) fn plan(&self, actor: &Actor, mut recording: Recording) -> Result<Plan> {
        if recording.entry_type == RELEASE.name {
            let (body, files) = self.release_content(actor, &recording)?;
            return Ok(Plan::of(recording, (self.new_body(body), files)));
        }
        recording.own_only |= self.stays_here(self.entry_type_of(&recording)?, &recording)?;
        let follows = match erase::scope(&recording) {
            erase::Scope::None => self.calls_off(&recording)?,
            erase::Scope::Named => self.to_erase(actor, &mut recording)?,
            erase::Scope::All => return self.plan_erasing_all(actor, &recording),
        };
        self.plan_with(recording, follows)
    }

    /// The same of an entry and what follows it.
    pub(crate) fn plan_with(
        &self,
        recording: Recording,
        follows: Option<Recording>,
    ) -> Result<Plan> {
        let (body, files) = self.content_of(&recording)?;
        let follows = match follows {
            Some(next) => Some((self.new_body(self.body_of(&next, &[])?), next)),
            None => None,
        };
        let plan = Plan::of(recording, (self.new_body(body), files));
        Ok(Plan { follows, ..plan })
    }

    /// Records one entry and, in the same transaction, what must follow it, if there is somebody to ask.
    pub(crate) fn record_with(
        &self,
        actor: &Actor,
        recording: Recording,
        follows: Option<Recording>,
    ) -> Result<Recorded> {
        self.record_planned(actor, self.plan_with(recording, follows)?, None)
    }

    /// What an entry to come says: its body, and its files sealed.
    pub(crate) fn content_of(&self, recording: &Recording) -> Result<(Vec<u8>, Vec<SealedFile>)> {
        let files = self.seal_files(recording)?;
        let described: Vec<Described> = files.iter().map(|f| f.described.clone()).collect();
        let body = self.body_of(recording, &described);
        let body = body.inspect_err(|error| self.drop_refused(error, &names_of(&files)))?;
        Ok((body, files))
    }

    /// Records one entry whose body and files are prepared; with `signed`, exactly the one that a passkey signed.
    pub(crate) fn record_planned(
        &self,
        actor: &Actor,
        plan: Plan,
        signed: Option<Arc<PasskeySigned>>,
    ) -> Result<Recorded> {
        let sealed = names_of(&plan.files);
        let (app, officer) = (self.clone(), actor.clone());
        let enacts = plan.recording.entry_type == "charter.enact";
        let actor = actor.clone();
        let outcome = self.inner.store.update("record_entry", move |tx| {
            app.record_plan_in(tx, &actor, &plan, signed.as_deref())
        });
        let (recorded, queued) = outcome.inspect_err(|error| {
            self.inner.memory.undone();
            self.drop_refused(error, &sealed);
        })?;
        self.announce(recorded, &queued);
        if enacts {
            self.open_desk(&officer, queued.first())?;
        }
        Ok(recorded)
    }

    fn record_plan_in(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        plan: &Plan,
        signed: Option<&PasskeySigned>,
    ) -> Result<(Recorded, Vec<NodeName>)> {
        let recording = &plan.recording;
        self.authorise_recording(tx.as_read(), actor, recording)?;
        // Before it, since what is erased here takes its releases with it.
        let mut erased = erase::named(recording);
        erased.extend(&recording.erases_here);
        let elsewhere = self.released_elsewhere(tx.as_read(), &erased)?;
        // A hold may have come since this was written, and others hold what was released elsewhere.
        if let Some(dossier) = recording.dossier.filter(|_| !erased.is_empty()) {
            self.refuse_held(tx.as_read(), dossier, Some(&erased))?;
        }
        let content = Content {
            passkey: signed.map_or(ByPasskey::No, ByPasskey::Signed),
            ..Content::own(&plan.body, &plan.files)
        };
        let (recorded, mut queued) = self.record_whole(tx, actor, recording, content)?;
        if let Some(signed) = signed {
            queued.extend(self.sign_beside(tx, recorded, signed)?);
        }
        if let Some((body, next)) = &plan.follows
            && self.asks_somebody(tx.as_read(), actor, next)?
        {
            let content = Content::own(body, &[]);
            queued.extend(self.record_in(tx, actor, next, content)?.1);
        }
        self.erase_beside(tx, actor, recorded, recording)?;
        for releases in elsewhere {
            queued.extend(self.erase_releases(tx, actor, recorded, releases)?);
        }
        Ok((recorded, queued))
    }

    /// Records an entry; one that corrects another also corrects, signed alike, what was released of that one elsewhere.
    pub(crate) fn record_whole(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        recording: &Recording,
        content: Content<'_>,
    ) -> Result<(Recorded, Vec<NodeName>)> {
        let corrected = self.released_elsewhere(tx.as_read(), rectified(recording).as_slice())?;
        let (recorded, mut queued) = self.record_in(tx, actor, recording, content)?;
        let signed = (recording, content.signing);
        queued.extend(self.correct_release(tx, actor, signed, &recorded)?);
        for releases in corrected {
            queued.extend(self.rectify_releases(tx, actor, signed, releases)?);
        }
        Ok((recorded, queued))
    }

    /// Tells pages and links of an entry that was recorded.
    pub(crate) fn announce(&self, recorded: Recorded, queued: &[NodeName]) {
        self.announce_in(recorded.dossier, queued);
    }

    /// The same of entries of a dossier.
    pub(crate) fn announce_in(&self, dossier: DossierId, queued: &[NodeName]) {
        self.changed(Change {
            position: 0,
            dossier: Some(dossier),
        });
        for partner in queued {
            self.wake(partner);
        }
    }

    /// Removes what was sealed for an entry that was refused. Where the storage failed, the entry may be there all the same; and what
    /// cannot be removed now is bytes without a key.
    pub(crate) fn drop_refused(&self, error: &AppError, sealed: &[String]) {
        if matches!(error, AppError::Store(_)) {
            return;
        }
        for blob in sealed {
            let _unreadable = self.inner.blobs.remove(blob);
        }
    }

    /// Whether an ask of this entry would find somebody: of several states, any that joined.
    pub(crate) fn asks_somebody(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        asking: &Recording,
    ) -> Result<bool> {
        // In a file of our own node there is nobody else.
        let row = asking.dossier.map(|id| tx.dossier(id)).transpose()?;
        if row
            .flatten()
            .is_some_and(|row| kinds::stays_home(&row.kind))
        {
            return Ok(false);
        }
        let scene = self.scene(tx, actor, asking)?;
        match &scene.several {
            Some(several) => Ok(!several.is_empty()),
            None => Ok(self.counterpart(tx, &scene)?.is_some()),
        }
    }

    /// Each link has a standing desk: the officer who brings the first charter into force opens it.
    fn open_desk(&self, actor: &Actor, partner: Option<&NodeName>) -> Result<()> {
        let Some(partner) = partner else {
            return Ok(());
        };
        let filter = DossierFilter {
            kind: Some("desk".into()),
            node: Some(partner.clone()),
            limit: 1,
            ..DossierFilter::default()
        };
        if self.inner.store.view("desk", |tx| {
            Ok::<_, AppError>(!tx.dossiers(&filter)?.is_empty())
        })? {
            return Ok(());
        }
        let title = DESK_TITLE.to_owned();
        let values = Values {
            lang: None,
            values: std::iter::once(("title".to_owned(), Value::Text(title))).collect(),
        };
        let desk = Recording {
            partner: Some(partner.clone()),
            entry_type: "desk.open".into(),
            values,
            ..Recording::default()
        };
        self.record(actor, desk).map(|_| ())
    }

    /// The body of an entry to come.
    pub(crate) fn body_of(&self, recording: &Recording, files: &[Described]) -> Result<Vec<u8>> {
        let entry_type = self.entry_type_of(recording)?;
        let mut blank = recording.values.blank(entry_type.fields);
        blank.extend(erase::unsaid(entry_type, &recording.values));
        blank.extend(conditions::unsaid(entry_type, &recording.values));
        blank.extend(rectify::unsaid(entry_type, &recording.values));
        blank.extend(evaluations::unsaid(entry_type, &recording.values));
        blank.extend(court::unsaid(entry_type, &recording.values));
        blank.extend(programme::unsaid(entry_type, &recording.values));
        if !blank.is_empty() {
            return Err(AppError::Fields(blank));
        }
        let mut body = recording.values.body_of(entry_type.fields);
        body.lang = spoken(entry_type, &body);
        describe(&mut body, files)?;
        let bytes = body.to_bytes();
        if bytes.len() > MAX_BODY {
            return Err(AppError::TooLarge(MAX_BODY as u64));
        }
        Ok(bytes)
    }

    /// A body of ours under a salt of its own.
    pub(crate) fn new_body(&self, bytes: Vec<u8>) -> BodyIn {
        let salt = random::<16>(&*self.inner.random);
        BodyIn::Here(Box::new(self.prepare(salt, bytes)))
    }

    /// The definition that a form was filled from. A dossier's kind never changes, so it is read once.
    pub(crate) fn entry_type_of(&self, recording: &Recording) -> Result<&'static EntryType> {
        let kind = match recording.dossier {
            Some(dossier) => self.inner.memory.kind(dossier, || {
                let row = self
                    .inner
                    .store
                    .view("kind", |tx| tx.dossier(dossier)?.ok_or(AppError::NotFound))?;
                kinds::find(&row.kind).ok_or(AppError::NotFound)
            })?,
            None => {
                kinds::find(kind::kind_name(&recording.entry_type)).ok_or(AppError::NotFound)?
            }
        };
        kind.entry(&recording.entry_type).ok_or(AppError::NotFound)
    }

    pub(crate) fn record_in(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        recording: &Recording,
        content: Content<'_>,
    ) -> Result<(Recorded, Vec<NodeName>)> {
        self.refuse_closed(tx.as_read())?;
        let (body, files) = (content.body, content.files);
        let mut scene = self.scene(tx.as_read(), actor, recording)?;
        self.refuse_unsigned(tx.as_read(), actor, (recording, &scene), content)?;
        self.refuse_unweighed(tx.as_read(), actor, (recording, &scene), content)?;
        if let Signing::Second(other) = content.signing {
            scene.approver = Some(other.id.clone());
        }
        self.refuse_stale(recording, &scene)?;
        self.refuse_vain_date(&scene, &recording.values)?;
        refuse_strange_terms(recording, &scene)?;
        refuse_above_limits(&scene, files)?;
        let acts = self.compose(tx, recording, &scene)?;
        let mut header = self.header(tx, actor, recording, &scene, acts)?;
        self.refuse_unable(tx.as_read(), &scene, &header)?;
        header.body = body.commitment();
        header.attachments = files.iter().map(|f| f.described.commitment()).collect();
        if let ByPasskey::Signed(signed) = content.passkey {
            signed.hold(&mut header)?;
        }
        let bytes = header.to_bytes();
        if bytes.len() > MAX_HEADER {
            return Err(AppError::TooLarge(MAX_HEADER as u64));
        }
        let id = crate::codec::entry_id(&bytes);
        let dossier = header.dossier_of(id);
        if header.dossier.is_none() {
            // The pseudonym was made before the dossier had its identifier: fix it where it belongs.
            tx.put_pseudonym(dossier, &actor.id, header.author.officer.0)?;
            if let (Some(other), Some(release)) = (&scene.approver, &header.release) {
                tx.put_pseudonym(dossier, other, release.approver.0)?;
            }
        }
        let applied = self.apply(tx, &bytes, body, None)?;
        self.refold_portion(tx)?;
        match Verdict::from_number(applied.verdict) {
            Verdict::Regular => {}
            Verdict::Irregular(reason) => return Err(AppError::Irregular(reason)),
            Verdict::NotEvaluated => return Err(AppError::Bug("own entry not evaluated")),
        }
        self.keep_files(tx, dossier, id, files)?;
        let place = (scene.entry_type, dossier, id);
        self.note_bridge(tx, actor, place, &recording.values)?;
        self.note_order(tx, place, &recording.values)?;
        let queued: Vec<NodeName> = header
            .audience
            .iter()
            .filter(|n| **n != self.inner.me)
            .cloned()
            .collect();
        for partner in &queued {
            tx.push_outbox(partner, &OutboxItem::Entry(id), self.now().0)?;
        }
        self.record_access(tx, &trace(actor, recording, dossier, id, queued.is_empty()))?;
        if let Some((entry, from)) = released(&header) {
            let released = trace(actor, recording, from, entry, false);
            self.record_access(tx, &released)?;
        }
        Ok((Recorded { dossier, entry: id }, queued))
    }

    /// Nothing is written that our own program cannot judge, and nothing is begun that a partner's cannot, by its card: it would be
    /// asked what it does not see. What was begun under rules that all had goes on, whatever program a partner was put back to; but an
    /// act or a type of entry that came after these rules is not written for a program that does not know it.
    fn refuse_unable(&self, tx: &dyn Read, scene: &Scene, header: &Header) -> Result<()> {
        let (kind, rules) = (scene.kind.name, scene.config.rules);
        let able = &self.inner.able;
        if !able.judges(kind, rules) || !able.knows(header) {
            return Err(LinkFault::VersionOlder.into());
        }
        let begins = scene.dossier.is_none();
        let news = able::came_with(header) > rules;
        // Of most entries no card says more.
        let asked = |node: &&NodeName| (begins || news) && **node != self.inner.me;
        for node in header.audience.iter().filter(asked) {
            let Some(row) = tx.partner(node)? else {
                continue;
            };
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("partner's card"))?;
            let theirs = Able {
                rules: card.rules,
                kinds: card.kinds,
            };
            let begun = !begins || theirs.judges(kind, rules);
            if !begun || !theirs.knows(header) {
                return Err(LinkFault::VersionOlder.into());
            }
        }
        Ok(())
    }
}

/// An entry prepared to be recorded.
pub(crate) struct Plan {
    pub(crate) recording: Recording,
    pub(crate) body: BodyIn,
    pub(crate) files: Vec<SealedFile>,
    /// What is asked beside it, if there is somebody to ask.
    pub(crate) follows: Option<(BodyIn, Recording)>,
    /// Whether what was asked for takes another entry after this one.
    pub(crate) more: bool,
}

impl Plan {
    fn of(recording: Recording, (body, files): (BodyIn, Vec<SealedFile>)) -> Self {
        Self {
            recording,
            body,
            files,
            follows: None,
            more: false,
        }
    }
}

pub(crate) fn names_of(files: &[SealedFile]) -> Vec<String> {
    files.iter().map(|file| file.blob.clone()).collect()
}

fn trace(
    actor: &Actor,
    recording: &Recording,
    dossier: DossierId,
    entry: EntryId,
    stays: bool,
) -> AccessRecord {
    let operation = match recording.entry_type.as_str() {
        "erase" | "expired" => Operation::Erase,
        _ if stays => Operation::Collect,
        _ => Operation::Disclose,
    };
    AccessRecord {
        dossier: Some(dossier.to_string()),
        ..AccessRecord::by(actor, operation, &recording.entry_type).on(entry)
    }
}
