//! One entry: body, effects, files, and how far it came at each recipient.

use crate::access::{AccessRecord, Operation};
use crate::compromise::declarations;
use crate::conditions::Found;
use crate::error::{AppError, Result};
use crate::fault::LinkFault;
use crate::keeping::{KEEPER, keeper_called};
use crate::keys::{RegisterKeys, closed_keys, proved_by, their_keys};
use crate::reasons::Why;
use crate::restart::beginnings;
use crate::tree::from_nodes;
use crate::views::{BodyView, EntryView, FileErased, FileView, Rights, Rung};
use crate::{Actor, App, FileReader, called};
use entente_core::conditions::{Answer, Use};
use entente_core::field::{BodyError, Values};
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::judge::Verdict;
use entente_core::kinds;
use entente_core::kinds::conditions::CONDITION;
use entente_core::kinds::rectify::RECTIFY;
use entente_core::label::Lang;
use entente_proof::bundle::{BUNDLE_VERSION, Bundle, BundleBody, verify_bundle};
use entente_proof::digest::Digest;
use entente_proof::leaf::KeyChange;
use entente_proof::merkle::inclusion_from;
use entente_store::{
    AttachmentRow, AttachmentState, BodyState, Direction, DossierRow, EntryRow, LeafPlace,
    ObligationRow, Read, StoreExt, WAITING,
};
use minicbor::bytes::ByteVec;
use std::sync::Arc;

/// Which checkpoint a proof rests on.
#[derive(Clone, Copy)]
pub(crate) enum Which {
    /// The first that covers the entry: the earliest word that it was held.
    First,
    /// The newest.
    Newest,
}

/// A proof that may be taken out.
pub(crate) struct Proved {
    /// The dossier of its entry.
    pub(crate) dossier: DossierId,
    /// Why it may be taken out.
    pub(crate) why: Why,
    /// By which permissions it goes out.
    pub(crate) permitted: Vec<EntryId>,
    /// The proof.
    pub(crate) bundle: Bundle,
}

impl App {
    /// One entry.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor may see.
    pub fn entry(&self, actor: &Actor, id: EntryId) -> Result<EntryView> {
        let (dossier, why) = self.inner.store.view("entry_dossier", |tx| {
            let row = tx.entry(id)?.ok_or(AppError::NotFound)?;
            let dossier = self.visible(tx, actor, row.dossier)?;
            let why = self.entering(tx, actor, &dossier)?;
            Ok::<_, AppError>((dossier.id, why))
        })?;
        let record = AccessRecord::by(actor, Operation::Consult, "entry").on(id);
        self.noted(record.within(dossier, why))?;
        self.inner.store.view("entry", |tx| {
            let row = tx.entry(id)?.ok_or(AppError::NotFound)?;
            let mut view = self.entry_view(tx, actor, &row)?;
            let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
            view.recipients = self.recipients(tx, actor, &row, &header)?;
            view.named = self.names_in(tx, actor, (row.dossier, std::slice::from_ref(&view)))?;
            view.in_court = self.told_in_court(tx, actor, &row)?;
            view.signed = self.signed_state(tx, actor, (&row, &header))?;
            Ok(view)
        })
    }

    pub(crate) fn entry_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
    ) -> Result<EntryView> {
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
        self.entry_view_of(tx, actor, row, header)
    }

    /// The same of entries of one dossier, in their order.
    pub(crate) fn entry_views(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        rows: Vec<EntryRow>,
    ) -> Result<Vec<EntryView>> {
        let mut read = Vec::with_capacity(rows.len());
        for row in rows {
            let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
            read.push((row, header));
        }
        self.ahead_of_views(tx, &read)?;
        let view = |(row, header)| self.entry_view_of(tx, actor, &row, header);
        read.into_iter().map(view).collect()
    }

    fn entry_view_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
        header: Header,
    ) -> Result<EntryView> {
        let ours = header.node() == self.inner.me;
        let values = match row.body {
            BodyState::Here => self
                .body(tx, row.dossier, row.id)?
                .map(|(_, bytes)| Values::from_bytes(&bytes)),
            BodyState::None | BodyState::Erased | BodyState::Owed => None,
        };
        let dossier = tx.dossier(row.dossier)?;
        let kind = dossier.as_ref().and_then(|d| kinds::find(&d.kind));
        let found = self.said_of(tx, actor, (row, &header))?;
        let rights = self.rights_on(tx, actor, (dossier.as_ref(), row), (&header, &found))?;
        // Whose body one may not read, one learns neither its files' names nor what it releases.
        let values = values.filter(|_| rights.read);
        let outer = values.as_ref().and_then(|v| v.as_ref().ok());
        let corrections = match rights.read {
            true => self.corrections(tx, actor, row, outer)?,
            false => Vec::new(),
        };
        let files = self.files(tx, (row.id, &header), outer, actor.lang)?;
        let released = self.released_view(tx, actor, (row, &header), (kind, outer))?;
        let (released, instead) = released.map_or((None, None), |(view, body)| (Some(view), body));
        let body = match rights.read {
            true => instead.unwrap_or_else(|| body_view(row.body, values)),
            false => withheld(row.body),
        };
        let conditions = self.conditions_view(tx, &found, rights.by_policy)?;
        let left_standing = self.left_standing(tx, row, &header)?;
        let opened = header.asked(row.id).collect();
        Ok(EntryView {
            id: row.id,
            dossier: row.dossier,
            entry_type: kind.and_then(|k| k.entry(&header.kind)),
            ours,
            officer: if ours {
                self.officer_here(tx, row, &header, actor.lang)?
            } else {
                header.author.officer.to_string()
            },
            role: header.author.role,
            at: header.at,
            here: Instant(row.here_ms),
            verdict: (row.verdict != WAITING).then(|| Verdict::from_number(row.verdict)),
            files,
            released,
            body: match body {
                BodyView::Here(mut values) => {
                    // It stands above, with whether it was confirmed.
                    if conditions.texts.iter().any(|text| text.by == row.id) {
                        values.values.remove(CONDITION);
                    }
                    BodyView::Here(without_files(values))
                }
                other => other,
            },
            ladder: self.ladder(tx, row, &header)?,
            translations: match rights.read {
                true => self.translations(tx, actor, row)?,
                false => Vec::new(),
            },
            evaluations: match rights.read {
                true => self.evaluations(tx, actor, row)?,
                false => Vec::new(),
            },
            rights,
            conditions,
            left_standing,
            corrections,
            recipients: Vec::new(),
            in_court: Vec::new(),
            named: Arc::default(),
            signed: None,
            rectifiable: self.rectifiable(row)
                && kind.is_some_and(|k| k.entry(RECTIFY.name).is_some()),
            type_name: header.kind.clone(),
            service: header.author.service,
            handling: header.handling,
            release: header.release,
            audience: header.audience,
            acts: header.acts.known,
            opened,
        })
    }

    /// What a reader who sees the dossier may do with an entry.
    fn rights_on(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, row): (Option<&DossierRow>, &EntryRow),
        (header, found): (&Header, &Found),
    ) -> Result<Rights> {
        let answer = |action| self.may_under(tx, actor, action, (row, header, found));
        let may = |action| Ok::<_, AppError>(answer(action)? == Some(Answer::Allowed));
        let erases = |d: &DossierRow| self.may_in(actor, Action::Erase, d);
        Ok(Rights {
            by_policy: answer(Action::Read)?.is_some(),
            read: may(Action::Read)?,
            open_files: may(Action::OpenFile)?,
            export: may(Action::Export)?,
            erase: dossier.is_some_and(erases),
        })
    }

    fn officer_here(
        &self,
        tx: &dyn Read,
        row: &EntryRow,
        header: &Header,
        reader: Lang,
    ) -> Result<String> {
        self.called_behind(tx, row.dossier, header.author.officer.0, reader)
    }

    /// The name of one of our own officers; a pseudonym if nobody stands behind it any more.
    pub(crate) fn called_behind(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        pseudonym: [u8; 8],
        reader: Lang,
    ) -> Result<String> {
        if let Some(id) = tx.officer_behind(dossier, pseudonym)? {
            if id == KEEPER {
                return Ok(keeper_called(reader));
            }
            if let Some(officer) = tx.officer(&id)? {
                return Ok(called(&officer.name, reader).to_owned());
            }
        }
        Ok(hex::encode(pseudonym))
    }

    fn files(
        &self,
        tx: &dyn Read,
        (entry, header): (EntryId, &Header),
        values: Option<&Values>,
        reader: Lang,
    ) -> Result<Vec<FileView>> {
        let described = values.map(crate::files::described).unwrap_or_default();
        let mut views = Vec::new();
        for row in tx.attachments(entry)? {
            let place = usize::try_from(row.index).ok();
            let gone = row.state == AttachmentState::Erased;
            // The signed body goes on naming what was erased alone; nobody is shown it.
            let file = place.and_then(|i| described.get(i)).filter(|_| !gone);
            views.push(FileView {
                index: row.index,
                name: file.map(|f| f.name.clone()).unwrap_or_default(),
                media: file.map(|f| f.media.clone()).unwrap_or_default(),
                size: row.size,
                state: state_name(row.state),
                percent: percent(&row),
                erased: match gone {
                    true => self.file_erased(tx, entry, row.index, reader)?,
                    false => None,
                },
                limit: self.kept_by_limit(tx, header, &row)?,
            });
        }
        Ok(views)
    }

    /// When, by whom and on what ground a file was erased alone.
    fn file_erased(
        &self,
        tx: &dyn Read,
        entry: EntryId,
        index: u32,
        reader: Lang,
    ) -> Result<Option<FileErased>> {
        let Some(by) = self.eraser(tx, entry, index)? else {
            return Ok(None);
        };
        let row = tx.entry(by)?.ok_or(AppError::Bug("erasure vanished"))?;
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::Bug("erasure"))?;
        let body = self.body(tx, row.dossier, by)?;
        let values = body.and_then(|(_, bytes)| Values::from_bytes(&bytes).ok());
        let reason = values.and_then(|v| Some((v.text("reason")?.to_owned(), v.lang)));
        Ok(Some(FileErased {
            by,
            officer: match header.node() == self.inner.me {
                true => self.officer_here(tx, &row, &header, reader)?,
                false => header.author.officer.to_string(),
            },
            at: header.at,
            service: header.author.service,
            reason,
        }))
    }

    /// Accepted here, received there, answered: per recipient node.
    pub(super) fn ladder(
        &self,
        tx: &dyn Read,
        row: &EntryRow,
        header: &Header,
    ) -> Result<Vec<Rung>> {
        if header.node() != self.inner.me {
            return Ok(Vec::new());
        }
        let mut out = Vec::new();
        for node in header.audience.iter().filter(|n| **n != self.inner.me) {
            let place = tx.leaf_place(node, Direction::Out, row.id)?;
            let received = match place {
                Some(at) => tx
                    .receipt(node, at.register, at.position)?
                    .map(|r| Instant(r.time_ms)),
                None => None,
            };
            let answered = self.answered_at(tx, row.id, header, node)?;
            out.push(Rung {
                node: node.clone(),
                accepted: Instant(row.here_ms),
                position: place.map(|at| at.position),
                received,
                answered,
            });
        }
        Ok(out)
    }

    fn answered_at(
        &self,
        tx: &dyn Read,
        id: EntryId,
        header: &Header,
        node: &NodeName,
    ) -> Result<Option<Instant>> {
        // Of several recipients each has a rung of its own.
        let its = |row: &ObligationRow| header.audience.len() <= 2 || row.debtor.node() == *node;
        for asked in header.asked(id) {
            if let Some(row) = tx.obligation(asked)?
                && its(&row)
                && let Some(ended) = row.ended_ms
            {
                return Ok(Some(Instant(ended)));
            }
        }
        Ok(None)
    }

    /// A file's chunks, decrypted one by one.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such file that is here and that the actor may see.
    pub fn file(&self, actor: &Actor, entry: EntryId, index: u32) -> Result<FileReader> {
        let (dossier, why, view) = self.inner.store.view("file", |tx| {
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            let dossier = self.visible(tx, actor, row.dossier)?;
            self.authorise_with(tx, actor, Action::OpenFile, &row)?;
            let why = self.entering(tx, actor, &dossier)?;
            let view = self.entry_view(tx, actor, &row)?;
            let held =
                |f: &FileView| f.index == index && f.state == state_name(AttachmentState::Held);
            let file = view
                .files
                .into_iter()
                .find(held)
                .ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((row.dossier, why, file))
        })?;
        let record = AccessRecord::by(actor, Operation::Decrypt, "file");
        let record = record.on(format!("{entry} file {index}"));
        self.noted(record.within(dossier, why))?;
        Ok(self.file_reader(dossier, entry, view))
    }

    /// An offline proof of an entry: header, body, inclusion in a checkpoint that the other side cosigned, both cards.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if the actor may not see it; [`AppError::Link`] while it has no cosignature yet.
    pub fn proof(&self, actor: &Actor, entry: EntryId) -> Result<String> {
        self.proved(actor, entry, Which::First)
    }

    /// The same under the newest checkpoint that the other side cosigned: of a later date, and by the keys of now.
    ///
    /// # Errors
    /// As [`App::proof`].
    pub fn newest_proof(&self, actor: &Actor, entry: EntryId) -> Result<String> {
        self.proved(actor, entry, Which::Newest)
    }

    fn proved(&self, actor: &Actor, entry: EntryId, which: Which) -> Result<String> {
        let proved = self
            .inner
            .store
            .view("proof", |tx| self.proof_in(tx, actor, (entry, which)))?;
        let within = (proved.dossier, proved.why);
        // By which permissions it goes out is on record before it does.
        for by in proved.permitted {
            self.noted_permission(actor, by, within)?;
        }
        let record = AccessRecord::by(actor, Operation::Export, "proof").on(entry);
        self.noted(record.within(within.0, within.1))?;
        Ok(proved.bundle.armour())
    }

    /// That something goes out by this permission.
    pub(crate) fn noted_permission(
        &self,
        actor: &Actor,
        by: EntryId,
        (dossier, why): (DossierId, Why),
    ) -> Result<()> {
        let record = AccessRecord::by(actor, Operation::Export, "permitted").on(by);
        self.noted(record.within(dossier, why))
    }

    /// A proof that may be taken out, before that is on record.
    pub(crate) fn proof_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry, which): (EntryId, Which),
    ) -> Result<Proved> {
        let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
        let dossier = self.visible(tx, actor, row.dossier)?;
        self.authorise_with(tx, actor, Action::Export, &row)?;
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
        let conditions = self.conditions(tx, actor, (&row, &header))?;
        let permitted = conditions.by_which(Use::Prove, self.now()).map(|g| g.by);
        Ok(Proved {
            dossier: row.dossier,
            permitted: permitted.collect(),
            why: self.exporting(tx, actor, (&dossier, &row))?,
            bundle: self.bundle(tx, &row, which)?,
        })
    }

    /// Whether a proof of an entry can be given: the other side's word that it holds it is here.
    pub(crate) fn has_proof(&self, tx: &dyn Read, row: &EntryRow, header: &Header) -> Result<bool> {
        let (partner, side) = match self.register_of(tx, row.id, header) {
            Err(AppError::Link(_)) => return Ok(false),
            found => found?,
        };
        let Some(place) = tx.leaf_place(&partner, side, row.id)? else {
            return Ok(false);
        };
        let held = tx.cosigned(&partner, place.register, place.position + 1)?;
        Ok(held.is_some())
    }

    /// The proof of an entry under the first checkpoint that covers it, for whoever has asked what may be given out.
    pub(crate) fn first_bundle(&self, tx: &dyn Read, row: &EntryRow) -> Result<Bundle> {
        self.bundle(tx, row, Which::First)
    }

    fn bundle(&self, tx: &dyn Read, row: &EntryRow, which: Which) -> Result<Bundle> {
        let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
        let (partner, side) = self.register_of(tx, row.id, &header)?;
        let place = tx.leaf_place(&partner, side, row.id)?;
        let LeafPlace { register, position } = place.ok_or(LinkFault::NotReceived)?;
        let head = tx.register(&partner, register)?;
        let newest = match side {
            Direction::Out => head.cosigned,
            _ => head.size,
        };
        let least = match which {
            Which::First => position + 1,
            Which::Newest => newest.max(position + 1),
        };
        // Of a closed generation nothing beyond what was agreed proves anything.
        let checkpoint = tx.cosigned(&partner, register, least)?;
        let checkpoint = checkpoint.filter(|c| !register.is_closed() || c.size <= head.size);
        let checkpoint = checkpoint.ok_or(LinkFault::NotReceived)?;
        let note = entente_proof::cosign::add_line(&checkpoint.note, &checkpoint.cosignature)
            .map_err(|_| AppError::Bug("stored cosignature"))?;
        let included = |leaf: u64| included(tx, &partner, (register, leaf), checkpoint.size);
        let beginnings = beginnings(tx, &partner, side, head.generation)?;
        let begun = (!beginnings.is_empty()).then(|| included(0)).transpose()?;
        let bundle = Bundle {
            version: BUNDLE_VERSION,
            header: row.header.clone(),
            body: self
                .body(tx, row.dossier, row.id)?
                .map(|(salt, bytes)| BundleBody { salt, bytes }),
            leaf_index: position,
            inclusion: included(position)?,
            note,
            owner_card: Vec::new(),
            cosigner_card: Vec::new(),
            owner_history: Vec::new(),
            cosigner_history: Vec::new(),
            beginnings: begun.is_some().then(|| {
                let documents = beginnings.iter().map(|one| ByteVec::from(one.encode()));
                documents.collect()
            }),
            begun,
            declarations: known_declarations(tx, &[partner.clone(), self.inner.me.clone()])?,
            officer: self
                .signature_of(tx, (row, &header))?
                .map(|s| s.encode().into()),
        };
        self.with_cards(tx, &partner, side, bundle)
    }

    /// The bundle with the cards and histories under which it holds: those of now, or of a generation of either side that was closed.
    fn with_cards(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        side: Direction,
        bundle: Bundle,
    ) -> Result<Bundle> {
        let theirs = tx.partner(partner)?.ok_or(AppError::NotFound)?.card;
        let ours = (self.our_keys(tx, partner)?, self.card_in(tx)?);
        let ours = known_as(tx, partner, Direction::Out, ours)?;
        let theirs = known_as(
            tx,
            partner,
            Direction::In,
            (their_keys(tx, partner)?, theirs),
        )?;
        let (owners, cosigners) = match side {
            Direction::Out => (ours, theirs),
            _ => (theirs, ours),
        };
        let only = owners.len() == 1 && cosigners.len() == 1;
        for (owner_card, owner_history) in &owners {
            for (cosigner_card, cosigner_history) in &cosigners {
                let whole = Bundle {
                    owner_card: owner_card.clone(),
                    owner_history: owner_history.clone(),
                    cosigner_card: cosigner_card.clone(),
                    cosigner_history: cosigner_history.clone(),
                    ..bundle.clone()
                };
                if only || verify_bundle(&whole).is_ok() {
                    return Ok(whole);
                }
            }
        }
        Err(AppError::Bug("no card proves this entry"))
    }

    /// The register that an entry stands in, of those we hold: of several that ours is for, the first to which it has gone.
    fn register_of(
        &self,
        tx: &dyn Read,
        id: EntryId,
        header: &Header,
    ) -> Result<(NodeName, Direction)> {
        let author = header.node();
        if author != self.inner.me {
            return Ok((author, Direction::In));
        }
        let others = || header.audience.iter().filter(|n| **n != self.inner.me);
        for other in others() {
            if tx.leaf_place(other, Direction::Out, id)?.is_some() {
                return Ok((other.clone(), Direction::Out));
            }
        }
        let other = others().next().cloned();
        other
            .map(|n| (n, Direction::Out))
            .ok_or(LinkFault::NeverLeft.into())
    }
}

/// What this node knows of compromised keys of these nodes, declared by one of them.
fn known_declarations(tx: &dyn Read, nodes: &[NodeName; 2]) -> Result<Option<Vec<ByteVec>>> {
    let mut known = Vec::new();
    for node in nodes {
        known.extend(declarations(tx, node)?);
    }
    let between = |by: &str| nodes.iter().any(|node| node.as_str() == by);
    known.retain(|one| between(&one.declared.by));
    let encoded = known.iter().map(|one| ByteVec::from(one.encode()));
    Ok((!known.is_empty()).then(|| encoded.collect()))
}

/// A body as far as it is here.
fn body_view(state: BodyState, values: Option<std::result::Result<Values, BodyError>>) -> BodyView {
    match (state, values) {
        (BodyState::None, _) => BodyView::None,
        (BodyState::Erased, _) | (BodyState::Here, None) => BodyView::Erased,
        (BodyState::Owed, _) => BodyView::Owed,
        (BodyState::Here, Some(Ok(values))) => BodyView::Here(values),
        (BodyState::Here, Some(Err(_))) => BodyView::Unreadable,
    }
}

/// A body that the reader may not read, as far as there is one.
fn withheld(state: BodyState) -> BodyView {
    match state {
        BodyState::Here => BodyView::Withheld,
        other => body_view(other, None),
    }
}

/// What a person reads of a body: files are shown as files, not as their description.
fn without_files(mut values: Values) -> Values {
    values.values.remove(crate::files::FILES);
    values
}

fn state_name(state: AttachmentState) -> &'static str {
    match state {
        AttachmentState::Wanted => "wanted",
        AttachmentState::Held => "held",
        AttachmentState::Erased => "erased",
        AttachmentState::Failed => "failed",
        AttachmentState::Above => "above",
    }
}

fn percent(row: &AttachmentRow) -> u8 {
    let chunks = entente_proof::commit::chunk_count(row.size).max(1);
    u8::try_from(u64::from(row.next_chunk).min(chunks) * 100 / chunks).unwrap_or(100)
}

/// Inclusion of a leaf in a register of this size.
fn included(
    tx: &dyn Read,
    partner: &NodeName,
    (register, leaf): (Direction, u64),
    size: u64,
) -> Result<Vec<Digest>> {
    let proof = from_nodes(tx, partner, register, |nodes| {
        inclusion_from(leaf, size, nodes)
    })?;
    proof.map_err(|_| AppError::Bug("register tree"))
}

/// A node's card and key changes now, then those of each generation of its register that was closed, newest first.
fn known_as(
    tx: &dyn Read,
    partner: &NodeName,
    side: Direction,
    (keys, card): (RegisterKeys, Vec<u8>),
) -> Result<Vec<(Vec<u8>, Vec<KeyChange>)>> {
    let mut all = vec![proved_by(card, &keys)?];
    for generation in (0..tx.register(partner, side)?.generation).rev() {
        if let Some((keys, card)) = closed_keys(tx, partner, side.closed(generation))? {
            all.push(proved_by(card, &keys)?);
        }
    }
    Ok(all)
}
