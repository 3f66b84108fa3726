//! Recording an entry of our own: from a filled form to a judged, stored, queued entry, in one transaction.
//!
//! Nothing is signed here and no position is given: that is the driver's (rule 5). No request ever waits for the partner.

use crate::access::{AccessRecord, Operation};
use crate::apply::BodyIn;
use crate::attach::SealedFile;
use crate::codec::{cell, own_heads, scope};
use crate::conditions;
use crate::drafts::{Content, Signing};
use crate::env::random;
use crate::erase;
use crate::error::{AppError, Result};
use crate::fault::{InputFault, LinkFault};
use crate::files::{Described, describe};
use crate::fold::Folding;
use crate::limits::refuse_above_limits;
use crate::many::invited;
use crate::rectify::{self, rectified};
use crate::translation::{Original, spoken};
use crate::{Actor, App, Change, Recorded, Recording};
use entente_core::able::{self, Able};
use entente_core::act::{Act, Acts, Config, OnAct};
use entente_core::charter::Terms;
use entente_core::codes::{Accuracy, Ask, Basis, Class, Necessity, Purpose, Role, Source, Urgency};
use entente_core::field::{Bind, Field, FieldError, MAX_BODY, Problem, Value, Values};
use entente_core::handling::{Evaluation, Handling, HandlingCodes};
use entente_core::header::{Author, HEADER_VERSION, Header, MAX_AFTER, MAX_HEADER, Release, Under};
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::judge::{Causal, Lane, Seen, Verdict};
use entente_core::kind::{self, Asked, Composing, Effect, EntryType, Kind, When, first_config};
use entente_core::kinds;
use entente_core::kinds::rectify::RECTIFY;
use entente_core::kinds::release::RELEASE;
use entente_core::obligation::Obligation;
use entente_core::released::{EarlierProblem, released};
use entente_core::terms::Part;
use entente_proof::card::verify_card;
use entente_store::{
    ConfigRow, DossierFilter, ObligationFilter, OutboxItem, Read, StoreExt, TermsRow, Write,
};
use std::sync::Arc;

/// What the desk of a link is called that the program opens.
pub(crate) const DESK_TITLE: &str = "Bureau permanent · المكتب الدائم · Standing desk";

/// What recording needs to know of its dossier, read in the same transaction.
pub(crate) struct Scene {
    pub(crate) kind: &'static Kind,
    pub(crate) entry_type: &'static EntryType,
    pub(crate) dossier: Option<DossierId>,
    pub(crate) service: ServiceName,
    pub(crate) partner: Option<NodeName>,
    pub(crate) config: Config,
    pub(crate) config_entry: Option<EntryId>,
    pub(crate) terms: Option<(EntryId, Arc<Terms>)>,
    pub(crate) audience: Vec<NodeName>,
    pub(crate) target: Option<Obligation>,
    /// See [`seen_terms`]; empty for an opening.
    pub(crate) seen: String,
    /// What a translation translates, a correction corrects or a release releases.
    pub(crate) original: Option<Original>,
    /// See [`Composing::found`].
    pub(crate) found: Option<Act>,
    /// In a dossier of three states or more, the others that an entry for all of them asks.
    pub(crate) several: Option<Vec<Asked>>,
    /// The terms that the opening of such a dossier carries.
    pub(crate) carried: Option<Terms>,
    /// The officer who approves that it leaves, where that is not its author.
    pub(crate) approver: Option<String>,
}

impl Scene {
    /// The opening of a dossier towards a partner, for all that its configuration names.
    pub(crate) fn of_opening(
        actor: &Actor,
        (kind, entry_type): (&'static Kind, &'static EntryType),
        partner: NodeName,
        config: Config,
    ) -> Self {
        Self {
            kind,
            entry_type,
            dossier: None,
            service: actor.service.clone(),
            audience: config.nodes(),
            partner: Some(partner),
            config,
            config_entry: None,
            terms: None,
            target: None,
            seen: String::new(),
            original: None,
            found: None,
            several: None,
            carried: None,
            approver: None,
        }
    }
}

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
        if recording.entry_type == RELEASE.name {
            return self.record_release(actor, recording);
        }
        let mut recording = recording;
        recording.own_only |= self.stays_here(self.entry_type_of(&recording)?, &recording)?;
        match erase::scope(&recording) {
            erase::Scope::None => self.record_with(actor, recording, None),
            erase::Scope::Named => self.erase_named(actor, recording),
            erase::Scope::All => self.erase_all(actor, &recording),
        }
    }

    /// Records one entry and, in the same transaction, what must follow it, if there is somebody to ask.
    pub(crate) fn record_with(
        &self,
        actor: &Actor,
        recording: Recording,
        follows: Option<Recording>,
    ) -> Result<Recorded> {
        let (body, files) = self.content_of(&recording)?;
        let follows = match follows {
            Some(next) => Some((self.new_body(self.body_of(&next, &[])?), next)),
            None => None,
        };
        self.record_prepared(actor, recording, (self.new_body(body), files), follows)
    }

    /// What an entry to come says: its body, and its files sealed.
    pub(crate) fn content_of(&self, recording: &Recording) -> Result<(Vec<u8>, Vec<SealedFile>)> {
        let files = self.seal_files(recording)?;
        let described: Vec<Described> = files.iter().map(|f| f.described.clone()).collect();
        let body = self.body_of(recording, &described);
        let body = body.inspect_err(|error| self.drop_refused(error, &names_of(&files)))?;
        Ok((body, files))
    }

    /// Records one entry whose body and files are prepared.
    pub(crate) fn record_prepared(
        &self,
        actor: &Actor,
        recording: Recording,
        (body, files): (BodyIn, Vec<SealedFile>),
        follows: Option<(BodyIn, Recording)>,
    ) -> Result<Recorded> {
        let sealed = names_of(&files);
        let (app, officer) = (self.clone(), actor.clone());
        let enacts = recording.entry_type == "charter.enact";
        let actor = actor.clone();
        let outcome = self.inner.store.update("record_entry", move |tx| {
            app.authorise_recording(tx.as_read(), &actor, &recording)?;
            // Before it, since what is erased here takes its releases with it.
            let elsewhere = app.released_elsewhere(tx.as_read(), &erase::named(&recording))?;
            let content = Content::own(&body, &files);
            let (recorded, mut queued) = app.record_whole(tx, &actor, &recording, content)?;
            if let Some((body, next)) = &follows
                && app.asks_somebody(tx.as_read(), &actor, next)?
            {
                let content = Content::own(body, &[]);
                queued.extend(app.record_in(tx, &actor, next, content)?.1);
            }
            for (dossier, releases) in elsewhere {
                queued.extend(app.erase_releases(tx, &actor, dossier, releases)?);
            }
            Ok::<_, AppError>((recorded, queued))
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
        self.changed(Change {
            position: 0,
            dossier: Some(recorded.dossier),
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

    pub(crate) fn scene(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
    ) -> Result<Scene> {
        match recording.dossier {
            Some(dossier) => self.scene_in(tx, actor, recording, dossier),
            None => self.scene_of_opening(tx, actor, recording),
        }
    }

    fn scene_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
        dossier: DossierId,
    ) -> Result<Scene> {
        let row = tx.dossier(dossier)?.ok_or(AppError::NotFound)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        let config_row = tx
            .latest_config(dossier)?
            .ok_or(AppError::Bug("dossier without configuration"))?;
        let config: Config = cell(&config_row.config, "config", "config")?;
        let partner = self.partner_in(&config, recording.partner.as_ref());
        let asked = match recording.target {
            Some(id) => Some(id),
            None => self.signed_ask(tx, recording)?,
        };
        let target = asked.map(|id| self.target(tx, dossier, id)).transpose()?;
        let terms = self.terms_of_dossier(tx, dossier, &config)?;
        let entry_type = kind
            .entry(&recording.entry_type)
            .filter(|e| !e.opens())
            .ok_or(AppError::NotFound)?;
        self.refuse_strange_entry(tx, entry_type, dossier, &recording.values)?;
        let original = match entry_type.releases() {
            true => Some(self.releasing(tx, actor, (dossier, &config), recording)?),
            false if entry_type.name == RECTIFY.name => {
                Some(self.to_rectify(tx, (dossier, &config), recording)?)
            }
            false => self.original(tx, actor, (entry_type, dossier), recording)?,
        };
        let audience = match &original {
            Some(original) => original.audience.clone(),
            None if recording.own_only => vec![self.inner.me.clone()],
            None => config.nodes(),
        };
        let service = acting_service(actor, &crate::codec::names(&row.services));
        let several = match config.is_of_many() {
            true => Some(self.members(tx, dossier, &service)?),
            false => None,
        };
        Ok(Scene {
            kind,
            entry_type,
            found: match original.as_ref().and_then(|o| o.found.clone()) {
                Some(released) => Some(released),
                None => self.asked_to_permit(tx, entry_type, recording.target)?,
            },
            original,
            dossier: Some(dossier),
            several,
            carried: None,
            approver: None,
            service,
            seen: seen_terms(&config_row, terms.as_ref().map(|(entry, _)| *entry)),
            terms,
            partner,
            config,
            config_entry: Some(config_row.entry),
            audience,
            target,
        })
    }

    pub(crate) fn target(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        id: ObligationId,
    ) -> Result<Obligation> {
        let row = tx
            .obligation(id)?
            .filter(|r| r.dossier == dossier)
            .ok_or(AppError::NotFound)?;
        let other = self.other_side(&row);
        Folding::new(self, tx, &other, None)?
            .obligation(&row)?
            .ok_or(AppError::NotFound)
    }

    fn scene_of_opening(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
    ) -> Result<Scene> {
        if recording.own_only {
            return Err(InputFault::OwnOnly.into());
        }
        let kind = kinds::find(kind::kind_name(&recording.entry_type));
        let kind = kind.ok_or(AppError::NotFound)?;
        let entry_type = kind
            .entry(&recording.entry_type)
            .filter(|e| e.opens())
            .ok_or(AppError::NotFound)?;
        let partner = self.partner_or_only(tx, recording.partner.as_ref())?;
        let terms = self.terms_with(tx, Some(&partner))?;
        if kind.needs_charter && terms.is_none() {
            return Err(LinkFault::NoCharter.into());
        }
        let invited = invited(entry_type, &recording.values);
        let found = self.to_continue(tx, actor, entry_type, &recording.values)?;
        if self.are_of_more(&invited, &partner) {
            let others = (invited, found);
            return self.scene_of_many(tx, actor, (kind, entry_type, &partner), recording, others);
        }
        if found.is_some() {
            let field = entry_type.field(Bind::Continues);
            let errors = field.map(|f| f.error(EarlierProblem::NeedsThird.into()));
            return Err(AppError::Fields(errors.into_iter().collect()));
        }
        let ceiling = terms.as_ref().map_or(Class::Restricted, |(_, t)| t.ceiling);
        let purpose = kind
            .purposes
            .first()
            .copied()
            .unwrap_or(Purpose::Governance);
        let mut participants = vec![
            actor.service.clone(),
            liaison_of(&self.inner.me),
            liaison_of(&partner),
        ];
        participants.extend(asked_service(entry_type, &recording.values));
        participants.extend(invited);
        let config = first_config(&self.inner.me, participants, purpose, ceiling);
        Ok(Scene {
            terms,
            ..Scene::of_opening(actor, (kind, entry_type), partner, config)
        })
    }

    pub(crate) fn partner_or_only(
        &self,
        tx: &dyn Read,
        named: Option<&NodeName>,
    ) -> Result<NodeName> {
        let partners = tx.partners()?;
        match (named, partners.as_slice()) {
            (Some(named), _) => partners
                .iter()
                .find(|p| p.node == *named)
                .map(|p| p.node.clone())
                .ok_or(AppError::NotFound),
            (None, [only]) => Ok(only.node.clone()),
            (None, []) => Err(LinkFault::NoPartner.into()),
            (None, _) => Err(LinkFault::PartnerUnnamed.into()),
        }
    }

    pub(crate) fn terms_with(
        &self,
        tx: &dyn Read,
        partner: Option<&NodeName>,
    ) -> Result<Option<(EntryId, Arc<Terms>)>> {
        let Some(partner) = partner else {
            return Ok(None);
        };
        let Some(TermsRow { entry, terms, .. }) = tx.terms_with(partner)? else {
            return Ok(None);
        };
        let terms = self.inner.memory.terms.get_or(&entry, || {
            cell(&terms, "terms", "terms").map(|t: Terms| Some(Arc::new(t)))
        })?;
        Ok(terms.map(|terms| (entry, terms)))
    }

    /// A date promised or wished is still to come, and a new one gives more time: a mistyped year would be a signed
    /// embarrassment.
    fn refuse_vain_date(&self, scene: &Scene, values: &Values) -> Result<()> {
        let vain = |f: &Field| Some(f.error(self.vain(f, scene, values)?));
        let errors: Vec<FieldError> = scene.entry_type.fields.iter().filter_map(vain).collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(AppError::Fields(errors))
        }
    }

    fn vain(&self, field: &Field, scene: &Scene, values: &Values) -> Option<Problem> {
        let until = matches!(field.bind, Bind::Until | Bind::Lasts | Bind::Ends);
        let until = until || field.name == "wished";
        let since = field.bind == Bind::Since || field.name == "told_on";
        if !until && !since {
            return None;
        }
        let day = values.text(field.name).and_then(kind::end_of_day)?;
        if since {
            // A day's end may be ahead while it goes on, also where it began earlier than in UTC.
            let ahead = day > self.now() + Span::days(1) + Span::hours(12);
            return ahead.then_some(Problem::ToCome);
        }
        if day < self.now() {
            return Some(Problem::Past);
        }
        // Feedback may name any next date; a new date in place of the clock is given to have more time.
        let due = scene.target.as_ref().and_then(|t| t.due);
        let extends = field.bind == Bind::Until && field.required;
        (extends && due.is_some_and(|due| day <= due)).then_some(Problem::NotLater)
    }

    /// A form made stale by a concurrent act is refused with the news (rule 3): only what it acts on counts.
    fn refuse_stale(&self, recording: &Recording, scene: &Scene) -> Result<()> {
        let sets = sets_terms(scene.entry_type);
        if recording.seen.is_empty() || (scene.target.is_none() && !sets) {
            return Ok(());
        }
        // A signature was drawn from the dossier's page, or from what the proposal asks.
        let of_target = scene.target.as_ref().map(seen_of);
        let fresh =
            of_target.as_ref() == Some(&recording.seen) || (sets && recording.seen == scene.seen);
        if fresh { Ok(()) } else { Err(AppError::Stale) }
    }

    fn compose(
        &self,
        tx: &mut dyn Write,
        recording: &Recording,
        scene: &Scene,
    ) -> Result<Vec<Act>> {
        let counterpart = match scene.entry_type.wants() {
            true => {
                let named = &scene.config.participants;
                self.originator(tx.as_read(), &recording.values, named)?
            }
            false if may_ask(scene.entry_type, &recording.values) => {
                self.counterpart(tx.as_read(), scene)?
            }
            false => None,
        };
        let asks_feedback = scene
            .entry_type
            .effects
            .iter()
            .any(|e| matches!(e, Effect::Ask(Ask::Feedback, _)));
        let alone = scene.several.is_none();
        let open_feedback = match scene.dossier.filter(|_| asks_feedback && alone) {
            Some(dossier) => self.open_feedback(tx.as_read(), dossier, &scene.service)?,
            None => None,
        };
        let charter = match scene.carried.clone() {
            Some(terms) => Some(Act::ProposeTerms { terms }),
            None => self.charter_act(tx.as_read(), recording, scene.partner.as_ref())?,
        };
        let composing = Composing {
            author: &scene.service,
            config: Some(&scene.config),
            target: scene.target.as_ref(),
            open_feedback,
            feedback: scene.terms.as_ref().is_none_or(|(_, t)| t.feedback),
            counterpart: counterpart.as_ref(),
            next_number: tx.last_number("asks")?.saturating_add(1),
            by: since(scene, &recording.values)
                .or(self.corrected_by(scene))
                .or(self.decided_by(
                    scene.terms.is_some() || scene.carried.is_some(),
                    charter.as_ref(),
                )),
            charter,
            grace: Self::grace(scene.terms.as_ref().map(|(_, terms)| &**terms)),
            ceiling: scene
                .terms
                .as_ref()
                .map_or(scene.config.ceiling, |(_, terms)| terms.ceiling),
            erases: &recording.erases,
            found: scene.found.clone(),
            promises: promises(&scene.service, recording, counterpart.as_ref()),
            several: scene.several.as_deref(),
        };
        let acts = kind::compose(scene.entry_type, &recording.values, &composing)?;
        for act in &acts {
            if matches!(act, Act::Ask { .. } | Act::Open { .. }) {
                tx.next_number("asks")?;
            }
        }
        Ok(renumbered(acts, composing.next_number))
    }

    /// Whom to ask when nobody is named: the service that opened towards us, else the partner's liaison, if it takes part.
    fn counterpart(&self, tx: &dyn Read, scene: &Scene) -> Result<Option<ServiceName>> {
        let Some(partner) = &scene.partner else {
            return Ok(None);
        };
        let theirs: Vec<&ServiceName> = scene
            .config
            .participants
            .iter()
            .filter(|s| s.node() == *partner)
            .collect();
        if let Some(dossier) = scene.dossier {
            let opener = tx
                .entry(dossier.opening())?
                .and_then(|row| row.service.parse::<ServiceName>().ok());
            if let Some(opener) = opener.filter(|s| theirs.contains(&s)) {
                return Ok(Some(opener));
            }
        }
        let liaison = liaison_of(partner);
        Ok(theirs
            .iter()
            .find(|s| **s == &liaison)
            .or(theirs.first())
            .map(|s| (*s).clone()))
    }

    fn open_feedback(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        service: &ServiceName,
    ) -> Result<Option<ObligationId>> {
        let filter = ObligationFilter {
            dossier: Some(dossier),
            ask: Some(Ask::Feedback),
            open: Some(true),
            asking: vec![service.clone()],
            limit: 1,
            ..ObligationFilter::default()
        };
        Ok(tx.obligations(&filter)?.first().map(|r| r.id))
    }

    fn header(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        recording: &Recording,
        scene: &Scene,
        acts: Vec<Act>,
    ) -> Result<Header> {
        let after = match scene.dossier {
            Some(dossier) => self.parents(tx.as_read(), dossier, scene, &acts)?,
            None => Vec::new(),
        };
        let mut seen = Seen::default();
        for parent in &after {
            let dossier = scene
                .dossier
                .ok_or(AppError::Bug("an opening has no heads"))?;
            seen.merge(&self.placed(tx, *parent, dossier)?.causal.seen);
        }
        let lane = Lane::main(self.inner.me.clone(), scene.audience.clone());
        let officer = match scene.dossier {
            Some(dossier) => self.pseudonym(tx, dossier, &actor.id)?,
            None => entente_core::ids::Pseudonym(random(&*self.inner.random)),
        };
        let alone = scene.audience.len() == 1;
        let approver = match (&scene.approver, scene.dossier) {
            (None, _) => officer,
            (Some(other), Some(dossier)) => self.pseudonym(tx, dossier, other)?,
            (Some(_), None) => entente_core::ids::Pseudonym(random(&*self.inner.random)),
        };
        Ok(Header {
            version: HEADER_VERSION,
            dossier: scene.dossier,
            kind: scene.entry_type.name.to_owned(),
            kind_version: scene.entry_type.version,
            author: Author {
                service: scene.service.clone(),
                officer,
                role: acting_role(actor),
            },
            at: self.now(),
            seq: seen.next_of(&lane),
            after,
            under: Under {
                charter: self.cited(scene),
                config: scene.config_entry,
            },
            audience: scene.audience.clone(),
            purpose: scene.config.purpose,
            handling: handling_in(scene, &recording.values),
            release: (!alone).then(|| release_of(recording, scene, approver)),
            acts: Acts::new(acts),
            body: None,
            attachments: Vec::new(),
        })
    }

    /// What an entry of ours follows: first our own last one, so that its number is the next in our lane whatever a partner made
    /// of the other heads; then what it acts on; then heads, as many as an entry may name.
    fn parents(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        scene: &Scene,
        acts: &[Act],
    ) -> Result<Vec<EntryId>> {
        let most = u32::try_from(MAX_AFTER).unwrap_or(u32::MAX);
        let within = scope(&scene.audience);
        let heads = tx.heads(dossier, &within, most.saturating_add(1))?;
        let mut after = tx.heads(dossier, &own_heads(&within), most)?;
        self.follow_erased(tx, acts, &mut after)?;
        // Fewer heads than that bring everything that is here with them.
        let named = match heads.len() > MAX_AFTER {
            true => acted_on(scene, acts),
            false => Vec::new(),
        };
        for id in named {
            let known = tx.entry(id)?.filter(|row| row.dossier == dossier);
            if known.is_some() && !after.contains(&id) {
                after.push(id);
            }
        }
        for head in heads {
            if !after.contains(&head) {
                after.push(head);
            }
        }
        after.truncate(MAX_AFTER);
        Ok(after)
    }

    /// An entry of ours that is out of turn in its lane is in the past only of what names it: an erasure of it does.
    fn follow_erased(&self, tx: &dyn Read, acts: &[Act], after: &mut Vec<EntryId>) -> Result<()> {
        for act in acts {
            let Some(entry) = act.erased() else { continue };
            let Some(row) = tx.entry(entry)?.filter(|_| !after.contains(&entry)) else {
                continue;
            };
            let causal: Causal = cell(&row.causal, "entry", "causal")?;
            let out_of_turn = Header::from_bytes(&row.header)
                .is_ok_and(|h| h.node() == self.inner.me && !causal.counts(&h));
            if out_of_turn && after.len() < MAX_AFTER {
                after.push(entry);
            }
        }
        Ok(())
    }

    /// A charter's first entries cite no charter, an opening that carries terms none either; everything else cites what is in force.
    fn cited(&self, scene: &Scene) -> Option<EntryId> {
        scene.terms.as_ref().map(|(entry, _)| *entry)
    }
}

/// When one's own duty is due, where its clock runs from a day before the entry: by the charter's clock for deciding.
fn since(scene: &Scene, values: &Values) -> Option<Instant> {
    let day = scene.entry_type.text(values, Bind::Since)?;
    let terms = &scene.terms.as_ref()?.1;
    let allowed = terms.allowed(Ask::Decide, Urgency::Normal)?;
    Some(kind::end_of_day(day)? + allowed)
}

/// Terms given with an entry that proposes none would be dropped without a word.
fn refuse_strange_terms(recording: &Recording, scene: &Scene) -> Result<()> {
    if recording.terms.is_none() || proposes_terms(scene.entry_type) {
        return Ok(());
    }
    Err(AppError::Fields(vec![Part::TERMS.wrong(Problem::Unknown)]))
}

/// Whether an entry of this type proposes charter terms.
pub(crate) fn proposes_terms(entry_type: &EntryType) -> bool {
    let proposes = |e: &Effect| matches!(e, Effect::ProposeTerms);
    entry_type.effects.iter().any(proposes)
}

/// Entries that an entry to come acts on or was written under: they must be in its past.
fn acted_on(scene: &Scene, acts: &[Act]) -> Vec<EntryId> {
    let mut named: Vec<EntryId> = scene.config_entry.into_iter().collect();
    if let Some(target) = &scene.target {
        named.push(target.ask.id.entry);
        named.extend(target.answered_by);
        named.extend(target.pause);
    }
    for act in acts {
        match act {
            Act::On {
                act: OnAct::AgreeTime { proposal },
                ..
            }
            | Act::Sign { proposal } => named.push(*proposal),
            Act::Wants { entry, .. }
            | Act::Permit { entry, .. }
            | Act::Tighten { entry, .. }
            | Act::Confirm { condition: entry } => named.push(*entry),
            Act::Enact {
                proposal,
                signatures,
                predecessor,
            } => {
                named.push(*proposal);
                named.extend(signatures);
                named.extend(predecessor);
            }
            _ => {}
        }
    }
    named
}

/// Opening a dossier and asking in it take two numbers of one series: each act its own.
fn renumbered(acts: Vec<Act>, first: u32) -> Vec<Act> {
    let mut next = first;
    let mut take = || {
        let number = next;
        next = next.saturating_add(1);
        number
    };
    acts.into_iter()
        .map(|act| match act {
            Act::Open { kind, config, .. } => Act::Open {
                kind,
                number: take(),
                config,
            },
            Act::Ask {
                ask,
                of,
                urgency,
                by,
                about,
                to,
                ..
            } => Act::Ask {
                ask,
                of,
                urgency,
                by,
                number: take(),
                about,
                to,
            },
            other => other,
        })
        .collect()
}

/// Who promised, by the codes of the imported point: `FR, MA` in the field `debtors`. Parties outside the link owe nothing.
fn promises(
    own: &ServiceName,
    recording: &Recording,
    counterpart: Option<&ServiceName>,
) -> Vec<ServiceName> {
    let Some(text) = recording.values.text("debtors") else {
        return Vec::new();
    };
    let named: Vec<String> = text
        .split([',', ' '])
        .map(|s| s.trim().to_lowercase())
        .filter(|s| !s.is_empty())
        .collect();
    let both = [Some(own), counterpart];
    both.into_iter()
        .flatten()
        .filter(|s| named.contains(&s.node().to_string()))
        .cloned()
        .collect()
}

/// Whether a filled form may ask something: an ordinary note does not, and needs nobody to be found.
fn may_ask(entry_type: &EntryType, values: &Values) -> bool {
    let ticked = |bind: Bind| {
        entry_type
            .fields
            .iter()
            .any(|f| f.bind == bind && values.flag(f.name))
    };
    entry_type.effects.iter().any(|effect| match effect {
        Effect::Ask(_, When::NeedsAnswer) => ticked(Bind::NeedsAnswer),
        Effect::Ask(..) => true,
        _ => false,
    })
}

/// The officer's service that works on this dossier.
fn acting_service(actor: &Actor, working: &[ServiceName]) -> ServiceName {
    actor
        .services
        .iter()
        .find(|s| working.contains(s))
        .unwrap_or(&actor.service)
        .clone()
}

pub(crate) fn names_of(files: &[SealedFile]) -> Vec<String> {
    files.iter().map(|file| file.blob.clone()).collect()
}

/// The liaison service of a node: whom one turns to when no other is known.
pub(crate) fn liaison_of(node: &NodeName) -> ServiceName {
    let name = format!("{node}/liaison");
    name.parse()
        .unwrap_or_else(|_| unreachable!("a node name and a word make a service name"))
}

/// Token of an obligation's state, by which a stale form is known.
pub(crate) fn seen_of(target: &Obligation) -> String {
    let mut line = entente_core::ledger::line(target, entente_core::instant::Instant(0), None);
    // Whoever agrees with a proposed time agrees with the one that was shown.
    line.extend(target.proposed.iter().flat_map(|p| p.entry.0));
    // While a clock stands still a new date moves nothing that the line holds, and yet it was given.
    line.extend(
        target
            .extended
            .iter()
            .flat_map(|(until, _)| until.0.to_be_bytes()),
    );
    short_token(&line)
}

/// Token of a dossier's configuration and of the charter in force: what an entry that changes either was drawn from.
pub(crate) fn seen_terms(config: &ConfigRow, terms: Option<EntryId>) -> String {
    let mut bytes = config.entry.0.to_vec();
    bytes.extend(terms.iter().flat_map(|entry| entry.0));
    short_token(&bytes)
}

fn short_token(bytes: &[u8]) -> String {
    entente_proof::digest::sha256(bytes)
        .to_string()
        .chars()
        .take(16)
        .collect()
}

/// Whether an entry type changes what all participants share: then it must not be written over a change that was not seen.
fn sets_terms(entry_type: &EntryType) -> bool {
    entry_type.effects.iter().any(|e| {
        matches!(
            e,
            Effect::SetPhase(_)
                | Effect::Invite
                | Effect::ProposeTerms
                | Effect::Sign
                | Effect::Enact
        )
    })
}

pub(crate) fn asked_service(entry_type: &EntryType, values: &Values) -> Option<ServiceName> {
    entry_type.text(values, Bind::AskOf)?.parse().ok()
}

pub(crate) fn acting_role(actor: &Actor) -> Role {
    actor
        .roles
        .iter()
        .copied()
        .find(|r| kind::role_writes(*r))
        .unwrap_or(Role::Liaison)
}

/// How an entry to come is to be handled: as the form says, or as what it translates or releases is.
pub(crate) fn handling_in(scene: &Scene, values: &Values) -> Handling {
    match &scene.original {
        Some(original) => original.handling,
        None => handling_of(scene.entry_type, values, scene.config.ceiling),
    }
}

fn handling_of(entry_type: &EntryType, values: &Values, ceiling: Class) -> Handling {
    let bound = |bind: Bind| entry_type.text(values, bind);
    let evaluation = match (
        bound(Bind::Source).and_then(Source::parse),
        bound(Bind::Accuracy).and_then(Accuracy::parse),
    ) {
        (Some(source), Some(accuracy)) => Some(Evaluation { source, accuracy }),
        (None, None) => None,
        _ => Some(Evaluation::X4),
    };
    Handling {
        class: ceiling,
        codes: bound(Bind::Handling)
            .and_then(HandlingCodes::parse)
            .unwrap_or_default(),
        evaluation,
    }
}

/// The decision to send: what the form says, else what follows from the kind and from what is answered (invariant 8).
fn release_of(
    recording: &Recording,
    scene: &Scene,
    approver: entente_core::ids::Pseudonym,
) -> Release {
    let (necessity, basis) = default_release(scene.kind, scene.target.is_some());
    Release {
        necessity: recording.necessity.unwrap_or(necessity),
        basis: recording.basis.unwrap_or(basis),
        approver,
    }
}

/// Necessity and basis recorded without being typed.
pub(crate) fn default_release(kind: &Kind, answers: bool) -> (Necessity, Basis) {
    match kind.name {
        "charter" | "declaration" | "desk" => (Necessity::NoPersonalData, Basis::NotPersonal),
        "investigation" => (Necessity::JointInquiry, Basis::Instrument),
        "rights" => (Necessity::AnswersAsk, Basis::Instrument),
        _ if answers => (Necessity::AnswersAsk, Basis::Instrument),
        _ => (Necessity::JointInquiry, Basis::Instrument),
    }
}

fn trace(
    actor: &Actor,
    recording: &Recording,
    dossier: DossierId,
    entry: EntryId,
    stays: bool,
) -> AccessRecord {
    let operation = match recording.entry_type.as_str() {
        "erase" => Operation::Erase,
        _ if stays => Operation::Collect,
        _ => Operation::Disclose,
    };
    AccessRecord {
        dossier: Some(dossier.to_string()),
        ..AccessRecord::by(actor, operation, &recording.entry_type).on(entry)
    }
}
