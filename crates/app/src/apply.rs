//! Applying one entry, our own or a partner's, inside one transaction: store it, judge it once, fold its effects.
//!
//! The same code on both sides is what makes both see the same. An entry whose ancestors are missing is stored and waits; when
//! the last of them comes, it is judged then, from the same past that its author had.

use crate::App;
use crate::codec::{cell, config_of, dossier_key, encode, entry_id, place_bytes, scope};
use crate::erase::destroy_file;
use crate::error::{AppError, Result};
use crate::files::MAX_FILE;
use crate::keyless::count_erasure;
use crate::leaving::involve;
use crate::many::carried;
use crate::past::StorePast;
use crate::relayed::is_relayed;
use crate::release::brought;
use crate::told::told_of;
use entente_core::act::{Act, Config, OnAct};
use entente_core::charter::Terms;
use entente_core::codes::Outcome;
use entente_core::field::Values;
use entente_core::header::{Header, HeaderError};
use entente_core::ids::{Commitment, DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::judge::{self, Causal, Irregular, Parent, Verdict};
use entente_core::obligation::State;
use entente_core::told::Told;
use entente_store::{
    ActRow, AttachmentRow, AttachmentState, BodyRow, BodyState, ConfigRow, DossierRow, EntryRow,
    FlagRow, ObligationRow, Read, RelationRow, TermsRow, WAITING, Write,
};
use std::sync::Arc;

/// A body as it comes with an entry.
#[derive(Clone, Debug)]
pub(crate) enum BodyIn {
    /// Here, with what was computed of it.
    Here(Box<Prepared>),
    /// Destroyed at its origin.
    Erased,
    /// Not sent.
    Absent,
}

impl BodyIn {
    /// The commitment to a body that is here.
    pub(crate) fn commitment(&self) -> Option<Commitment> {
        match self {
            Self::Here(body) => Some(body.commitment),
            Self::Erased | Self::Absent => None,
        }
    }
}

/// A body with all that can be computed of it before a transaction begins.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub salt: [u8; 16],
    pub bytes: Vec<u8>,
    pub commitment: Commitment,
    /// None where the bytes are no values of ours: shown unreadable, changes nothing.
    pub values: Option<Values>,
    /// Search tokens.
    pub tokens: Vec<[u8; 8]>,
}

/// What applying came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Applied {
    /// The dossier that changed; none where nothing did.
    pub dossier: Option<DossierId>,
    /// The verdict's number, [`WAITING`] while it waits.
    pub verdict: u8,
    /// Where its body stands; none where it was here before.
    pub body: Option<BodyState>,
    /// What other recipients are told of it.
    pub told: Option<Told>,
}

impl App {
    /// Computes what a body needs, outside any transaction.
    pub(crate) fn prepare(&self, salt: [u8; 16], bytes: Vec<u8>) -> Prepared {
        let values = Values::from_bytes(&bytes).ok();
        Prepared {
            salt,
            commitment: crate::codec::body_commitment(&salt, &bytes),
            tokens: values
                .as_ref()
                .map(|v| self.tokens(brought(v).as_ref().unwrap_or(v)))
                .unwrap_or_default(),
            values,
            bytes,
        }
    }

    /// Stores and judges one entry. `from` is the partner it came from, none for our own.
    pub(crate) fn apply(
        &self,
        tx: &mut dyn Write,
        bytes: &[u8],
        body: &BodyIn,
        from: Option<&NodeName>,
    ) -> Result<Applied> {
        let id = entry_id(bytes);
        if let Some(verdict) = tx.verdict(id)? {
            return match is_relayed(self, tx.as_read(), id, verdict)? {
                Some(row) => self.came_itself(tx, row, body, from),
                None => Ok(Applied::default()),
            };
        }
        match Header::from_bytes(bytes) {
            Ok(header) => {
                let header = self.inner.able.reads(header);
                self.apply_header(tx, &header, bytes, body, from)
            }
            Err(error) => self.keep_unreadable(tx, (id, bytes), from, error),
        }
    }

    /// Bytes that are authentic but no header of ours: kept, shown, no effect (invariant 14).
    fn keep_unreadable(
        &self,
        tx: &mut dyn Write,
        (id, bytes): (EntryId, &[u8]),
        from: Option<&NodeName>,
        error: HeaderError,
    ) -> Result<Applied> {
        let verdict = match error {
            HeaderError::Newer => Verdict::NotEvaluated,
            HeaderError::TooLarge | HeaderError::Malformed | HeaderError::NotDeterministic => {
                Verdict::Irregular(Irregular::Undecodable)
            }
        };
        let row = EntryRow {
            position: 0,
            dossier: dossier_key(id),
            id,
            kind: String::new(),
            service: String::new(),
            at_ms: 0,
            here_ms: self.now().0,
            verdict: verdict.number(),
            depth: 0,
            causal: encode(&Causal::default()),
            header: bytes.to_vec(),
            body: BodyState::Owed,
        };
        tx.insert_entry(&row)?;
        if let Some(partner) = from.filter(|_| verdict == Verdict::NotEvaluated) {
            self.put_aside(tx, partner, None)?;
        }
        Ok(Applied {
            dossier: Some(row.dossier),
            verdict: row.verdict,
            // What is no header of ours commits to nothing that could be asked for.
            body: None,
            told: None,
        })
    }

    fn apply_header(
        &self,
        tx: &mut dyn Write,
        header: &Header,
        bytes: &[u8],
        body: &BodyIn,
        from: Option<&NodeName>,
    ) -> Result<Applied> {
        let id = entry_id(bytes);
        let dossier = header.dossier_of(id);
        // A node speaks only for itself: a header authored elsewhere is no entry of this partner (invariant 5).
        // Nor is one that was never meant for us.
        let relayed = from.is_some_and(|partner| {
            header.node() != *partner || !header.audience.contains(&self.inner.me)
        });
        let state = body_state(header, body);
        let mut row = EntryRow {
            position: 0,
            dossier,
            id,
            kind: header.kind.clone(),
            service: header.author.service.to_string(),
            at_ms: header.at.0,
            here_ms: self.now().0,
            verdict: WAITING,
            depth: 0,
            causal: encode(&Causal::default()),
            header: bytes.to_vec(),
            body: state,
        };
        let missing = missing_ancestors(self, tx, header)?;
        let judged = if relayed {
            Some((Verdict::Irregular(Irregular::Audience), Causal::default()))
        } else if missing.is_empty() {
            Some(self.judge(tx, id, header)?)
        } else {
            None
        };
        if let Some((verdict, causal)) = &judged {
            row.verdict = verdict.number();
            row.depth = causal.depth;
            row.causal = encode(causal);
        }
        tx.insert_entry(&row)?;
        self.keep_body(tx, &row, body)?;
        let body = match body {
            BodyIn::Here(body) if state == BodyState::Here => Some(body),
            _ => None,
        };
        let values = body.and_then(|b| b.values.as_ref());
        self.expect_files(tx, &row, header, values, from)?;
        self.came_signature(tx, &row, values)?;
        self.came_of_court(tx, &row, values)?;
        self.came_of_commitment(tx, (&row, header), values)?;
        // Whatever the verdict, and while it waits: what repeats a content goes with it.
        self.note_release(tx, &row, header)?;
        let readable = self.came_translation(tx, &row, values)?
            && self.came_release(tx, &row, header, values)?;
        let (body, values) = (body.filter(|_| readable), values.filter(|_| readable));
        let applied = Applied {
            dossier: Some(dossier),
            verdict: row.verdict,
            body: Some(state),
            told: told_of(id, header).filter(|_| !relayed),
        };
        match judged {
            // What a partner relays of others is kept and has no place among the heads: nothing of ours follows it.
            Some(_) if relayed => self.note_relayed(tx, &row, from)?,
            Some((Verdict::NotEvaluated, _)) => {
                self.put_aside(tx, &header.node(), Some(dossier))?;
                self.erase_ahead(tx, (id, header), dossier)?;
            }
            Some((verdict, causal)) => {
                let judged = Judged {
                    row: &row,
                    header,
                    verdict,
                    causal: &causal,
                    values,
                    tokens: body.map(|b| &*b.tokens).unwrap_or_default(),
                };
                self.settle(tx, &judged)?;
                self.wake_waiting(tx, id)?;
            }
            None => {
                for ancestor in missing {
                    tx.wait_for(ancestor, id, row.here_ms)?;
                }
                self.erase_ahead(tx, (id, header), dossier)?;
            }
        }
        Ok(applied)
    }

    pub(crate) fn judge(
        &self,
        tx: &mut dyn Write,
        id: EntryId,
        header: &Header,
    ) -> Result<(Verdict, Causal)> {
        let dossier = header.dossier_of(id);
        let mut parents = Vec::new();
        for parent in &header.after {
            parents.push(Parent::clone(&*self.placed(tx, *parent, dossier)?));
        }
        let past = StorePast::new(self, tx.as_read(), dossier);
        let causal = judge::place(id, header, &parents, &past);
        let verdict = judge::judge(id, header, &parents, &past);
        let causal = judge::settle_place(causal, header, verdict, &past);
        past.finish()?;
        self.inner.memory.placed.keep(
            &(id, dossier),
            &Arc::new(Parent {
                audience: header.audience.clone(),
                causal: causal.clone(),
            }),
        );
        Ok((verdict, causal))
    }

    /// Audience and place of a judged entry, as a parent in a dossier. One of another dossier, or unreadable, shows an empty
    /// audience: the judge lets nobody follow it.
    pub(crate) fn placed(
        &self,
        tx: &dyn Read,
        id: EntryId,
        dossier: DossierId,
    ) -> Result<Arc<Parent>> {
        let found = self.inner.memory.placed.get_or(&(id, dossier), || {
            let Some(row) = tx.entry(id)? else {
                return Ok(None);
            };
            let audience = Header::from_bytes(&row.header)
                .ok()
                .filter(|_| row.dossier == dossier)
                .map(|h| h.audience);
            Ok(Some(Arc::new(Parent {
                audience: audience.unwrap_or_default(),
                causal: cell(&row.causal, "entry", "causal")?,
            })))
        })?;
        found.ok_or(AppError::Bug("parent vanished"))
    }

    /// Stores the body if it is the one committed to.
    fn keep_body(&self, tx: &mut dyn Write, row: &EntryRow, body: &BodyIn) -> Result<()> {
        match (row.body, body) {
            (BodyState::Here, BodyIn::Here(body)) => {
                self.put_body(tx, row.dossier, row.id, &body.salt, &body.bytes)
            }
            (BodyState::None, _) => Ok(()),
            (state, _) => {
                tx.put_body(
                    row.dossier,
                    row.id,
                    &BodyRow {
                        state,
                        sealed: Vec::new(),
                    },
                )?;
                Ok(())
            }
        }
    }

    /// Notes the files that the body describes: ours are here already, a partner's are to be fetched.
    pub(crate) fn expect_files(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        header: &Header,
        values: Option<&Values>,
        from: Option<&NodeName>,
    ) -> Result<()> {
        let Some(partner) = from else { return Ok(()) };
        let described = values.map(crate::files::described).unwrap_or_default();
        if described.is_empty() {
            return Ok(());
        }
        let limit = self.file_limit(tx.as_read(), header, partner)?;
        // A file erased alone before its body came stays so.
        let gone = |row: &AttachmentRow| row.state == AttachmentState::Erased;
        let gone: Vec<AttachmentRow> = tx.attachments(row.id)?.into_iter().filter(gone).collect();
        for (index, (commitment, file)) in (0u32..).zip(header.attachments.iter().zip(&described)) {
            if gone.iter().any(|file| file.index == index) {
                continue;
            }
            let fits = file.commitment() == *commitment && file.size <= MAX_FILE;
            tx.put_attachment(&AttachmentRow {
                dossier: row.dossier,
                entry: row.id,
                index,
                partner: Some(partner.clone()),
                size: if fits { file.size } else { 0 },
                state: match fits {
                    true if file.size > limit => AttachmentState::Above,
                    true => AttachmentState::Wanted,
                    false => AttachmentState::Failed,
                },
                next_chunk: 0,
                blob: String::new(),
            })?;
        }
        Ok(())
    }

    /// What a body brings that came after its entry was applied: the files it describes, a dossier's title, words to search.
    pub(crate) fn came_late(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        header: &Header,
        body: &Prepared,
    ) -> Result<()> {
        let values = body.values.as_ref();
        self.expect_files(tx, row, header, values, Some(&header.node()))?;
        self.came_signature(tx, row, values)?;
        self.came_of_court(tx, row, values)?;
        self.came_of_commitment(tx, (row, header), values)?;
        // Whatever the verdict, and while it waits: it must not outlive what it translates.
        let readable = self.came_translation(tx, row, values)?
            && self.came_release(tx, row, header, values)?;
        if row.verdict != Verdict::Regular.number() {
            return Ok(());
        }
        if readable {
            tx.put_tokens(row.dossier, row.id, &body.tokens)?;
        }
        let title = values.and_then(|v| v.text("title"));
        let opened = tx
            .dossier(row.dossier)?
            .filter(|dossier| dossier.id.opening() == row.id);
        if let (Some(title), Some(mut dossier)) = (title, opened) {
            dossier.title = self.seal_title(tx, row.dossier, title)?;
            tx.put_dossier(&dossier)?;
        }
        Ok(tx.touch_dossier(row.dossier, self.now().0)?)
    }

    /// Everything that follows from a verdict: heads, and for a regular entry its effects.
    pub(crate) fn settle(&self, tx: &mut dyn Write, entry: &Judged<'_>) -> Result<()> {
        let (row, header) = (entry.row, entry.header);
        self.watch_lane(tx, entry)?;
        self.advance_heads(tx, entry)?;
        if entry.verdict == Verdict::Regular {
            for (index, act) in (0u8..=u8::MAX).zip(&header.acts.known) {
                self.effect(tx, entry, index, act)?;
            }
            // Only now: what ends one obligation often asks for feedback on it.
            if header.acts.on().next().is_some() {
                self.end_reading(tx, row.dossier)?;
            }
            tx.put_tokens(row.dossier, row.id, entry.tokens)?;
        }
        Ok(tx.touch_dossier(row.dossier, self.now().0)?)
    }

    fn effect(&self, tx: &mut dyn Write, entry: &Judged<'_>, index: u8, act: &Act) -> Result<()> {
        match act {
            Act::Open {
                kind,
                number,
                config,
            } => self.opened(tx, entry, kind, *number, config),
            Act::Configure { config } => self.configured(tx, entry, config),
            Act::Ask { .. } => self.asked(tx, entry, index, act),
            Act::On { obligation, act } => self.acted(tx, entry, index, *obligation, act),
            Act::Enact { proposal, .. } => self.enacted(tx, entry, *proposal),
            Act::Flag { suspended } => self.flagged(tx, entry, *suspended),
            Act::Relate {
                relation,
                from,
                to,
                to_dossier,
            } => Ok(tx.insert_relation(&RelationRow {
                entry: entry.row.id,
                from: *from,
                to: *to,
                to_dossier: *to_dossier,
                relation: relation.number(),
            })?),
            Act::Erase { entry: target } => {
                self.erasure_told(tx, *target)?;
                self.erase_here(tx, entry.row.dossier, *target)
            }
            Act::EraseFile {
                entry: target,
                index,
            } => self.erase_file_here(tx, (entry.row.dossier, *target, *index), entry.row.id),
            Act::Leave { service } => self.left(tx, entry.row.dossier, service),
            Act::Continues { earlier } => self.continues(tx, entry.row.id, earlier),
            Act::Wants { .. } | Act::Permit { .. } | Act::Tighten { .. } | Act::Confirm { .. } => {
                self.note_condition(tx, entry.row, act)
            }
            Act::Keep { .. } | Act::Hold { .. } | Act::Lift { .. } => {
                self.note_keeping(tx, (entry.row, entry.header), act)
            }
            Act::Expired { before } => {
                self.note_keeping(tx, (entry.row, entry.header), act)?;
                self.expired(tx, entry, *before)
            }
            Act::ProposeTerms { .. } | Act::Sign { .. } | Act::Release { .. } => Ok(()),
        }
    }

    fn opened(
        &self,
        tx: &mut dyn Write,
        entry: &Judged<'_>,
        kind: &str,
        number: u32,
        config: &Config,
    ) -> Result<()> {
        let title = match entry.values.and_then(|v| v.text("title")) {
            Some(title) => self.seal_title(tx, entry.row.dossier, title)?,
            None => Vec::new(),
        };
        tx.put_dossier(&DossierRow {
            id: entry.row.dossier,
            kind: kind.to_owned(),
            purpose: config.purpose,
            phase: config.phase,
            convenor: config.convenor.clone(),
            number,
            nodes: scope(&config.nodes()),
            services: services(&config.participants),
            title,
            opened_ms: entry.header.at.0,
            updated_ms: self.now().0,
        })?;
        self.put_config(tx, entry, 1, kind, config)
    }

    fn put_config(
        &self,
        tx: &mut dyn Write,
        entry: &Judged<'_>,
        number: u32,
        kind: &str,
        config: &Config,
    ) -> Result<()> {
        Ok(tx.insert_config(&ConfigRow {
            entry: entry.row.id,
            dossier: entry.row.dossier,
            number,
            kind: kind.to_owned(),
            set_by: place_bytes(&entry.causal.lane(entry.header), entry.header.seq),
            config: encode(config),
        })?)
    }

    fn configured(&self, tx: &mut dyn Write, entry: &Judged<'_>, config: &Config) -> Result<()> {
        let Some(mut dossier) = tx.dossier(entry.row.dossier)? else {
            return Ok(());
        };
        // Whoever took part before and left since is not brought back by a configuration that only names them still.
        let before = config_of(tx.as_read(), entry.row.dossier)?;
        let before = before.map_or_else(Vec::new, |config| config.participants);
        self.put_config(
            tx,
            entry,
            entry.causal.config_no,
            &dossier.kind.clone(),
            config,
        )?;
        // Closing brings the review nearer.
        tx.drop_review(entry.row.dossier)?;
        dossier.phase = config.phase;
        dossier.nodes = scope(&config.nodes());
        tx.put_dossier(&dossier)?;
        let invited: Vec<&ServiceName> = config
            .participants
            .iter()
            .filter(|s| !before.contains(s))
            .collect();
        involve(tx, entry.row.dossier, &invited)
    }

    fn asked(&self, tx: &mut dyn Write, entry: &Judged<'_>, index: u8, act: &Act) -> Result<()> {
        let Act::Ask {
            ask,
            of,
            urgency,
            by,
            number,
            about,
            to,
        } = act
        else {
            return Ok(());
        };
        let kind = tx
            .dossier(entry.row.dossier)?
            .map(|d| d.kind)
            .unwrap_or_default();
        let id = ObligationId {
            entry: entry.row.id,
            index,
        };
        tx.put_obligation(&ObligationRow {
            id,
            dossier: entry.row.dossier,
            kind,
            audience: scope(&entry.header.audience),
            ask: *ask,
            creditor: to
                .clone()
                .unwrap_or_else(|| entry.header.author.service.clone()),
            debtor: of.clone(),
            owing: of.clone(),
            urgency: *urgency,
            number: *number,
            asked_ms: entry.header.at.0,
            by_ms: by.map(|t| t.0),
            about: *about,
            charter: match carried(entry.header) {
                Some(_) => Some(entry.row.id),
                None => entry.header.under.charter,
            },
            asked_in: place_bytes(&entry.causal.lane(entry.header), entry.header.seq),
            received_ms: None,
            state: State::Open,
            turn: Some(entente_core::obligation::Side::Debtor),
            due_ms: None,
            ended_ms: None,
            outcome: Outcome::None.number(),
            ground: None,
            contested: false,
        })?;
        self.refold(tx, id)?;
        let named: Vec<&ServiceName> = std::iter::once(of).chain(to).collect();
        involve(tx, entry.row.dossier, &named)
    }

    fn acted(
        &self,
        tx: &mut dyn Write,
        entry: &Judged<'_>,
        index: u8,
        obligation: ObligationId,
        act: &OnAct,
    ) -> Result<()> {
        tx.insert_act(&ActRow {
            dossier: entry.row.dossier,
            obligation,
            entry: entry.row.id,
            index,
            node: entry.header.node(),
            at_ms: entry.header.at.0,
            depth: entry.causal.depth,
            seq: entry.header.seq,
            lane: encode(&entry.causal.lane(entry.header)),
            act: encode(act),
        })?;
        if let OnAct::HandOver { to } = act {
            involve(tx, entry.row.dossier, &[to])?;
        }
        if matches!(act, OnAct::Answer { partial: false, .. }) {
            self.attested(tx, (entry.row.id, entry.header), obligation)?;
        }
        self.refold(tx, obligation)
    }

    fn enacted(&self, tx: &mut dyn Write, entry: &Judged<'_>, proposal: EntryId) -> Result<()> {
        let row = tx
            .entry(proposal)?
            .ok_or(AppError::Bug("proposal vanished"))?;
        let header =
            Header::from_bytes(&row.header).map_err(|_| AppError::Bug("proposal unreadable"))?;
        let proposed = header.acts.known.iter().find_map(|a| {
            if let Act::ProposeTerms { terms } = a {
                Some(terms.clone())
            } else {
                None
            }
        });
        let terms: Terms = proposed.ok_or(AppError::Bug("proposal without terms"))?;
        if !terms.parties.contains(&self.inner.me) {
            return Ok(());
        }
        let Some(partner) = terms.other(&self.inner.me).cloned() else {
            return Ok(());
        };
        tx.insert_terms(&TermsRow {
            entry: entry.row.id,
            dossier: entry.row.dossier,
            partner: partner.clone(),
            version: terms.version,
            terms: encode(&terms),
        })?;
        self.review_again(tx, &partner)?;
        self.raise_limit(tx, &partner)
    }

    fn flagged(&self, tx: &mut dyn Write, entry: &Judged<'_>, set: bool) -> Result<()> {
        let node = entry.header.node();
        let other = entry
            .header
            .audience
            .iter()
            .find(|n| **n != self.inner.me)
            .cloned();
        let Some(partner) = (if node == self.inner.me {
            other
        } else {
            Some(node.clone())
        }) else {
            return Ok(());
        };
        tx.insert_flag(&FlagRow {
            partner: partner.clone(),
            entry: entry.row.id,
            node,
            set,
            at_ms: entry.header.at.0,
        })?;
        self.refold_link(tx, &partner)
    }

    /// An erasure that waits for its ancestors destroys at once what its own node wrote for the same readers: it came ahead of what
    /// is held back (rule 11), and no judgement could ask to keep what its author destroyed.
    fn erase_ahead(
        &self,
        tx: &mut dyn Write,
        (id, header): (EntryId, &Header),
        dossier: DossierId,
    ) -> Result<()> {
        for act in &header.acts.known {
            let Some(target) = act.erased() else {
                continue;
            };
            let written = tx
                .entry(target)?
                .filter(|row| row.dossier == dossier)
                .and_then(|row| Header::from_bytes(&row.header).ok());
            let own = |w: &Header| w.node() == header.node() && w.audience == header.audience;
            let Some(written) = written.filter(own) else {
                continue;
            };
            match act {
                Act::EraseFile { index, .. } => {
                    let place = usize::try_from(*index);
                    if place.is_ok_and(|place| place < written.attachments.len()) {
                        self.erase_file_here(tx, (dossier, target, *index), id)?;
                    }
                }
                _ => self.erase_here(tx, dossier, target)?,
            }
        }
        Ok(())
    }

    /// Destroys a body and its files here, with whatever translates it or its author released of it in other dossiers, whether that
    /// counts or not (invariant 10).
    pub(crate) fn erase_here(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        target: EntryId,
    ) -> Result<()> {
        self.inner.memory.destroyed();
        count_erasure(tx)?;
        for (dossier, id) in self.goes_with(tx.as_read(), (dossier, target))? {
            destroy(tx, dossier, id)?;
        }
        Ok(())
    }
}

/// Destroys one body and its files: keys first, they are what erases.
fn destroy(tx: &mut dyn Write, dossier: DossierId, target: EntryId) -> Result<()> {
    tx.erase_body(dossier, target)?;
    if let Some(mut row) = tx
        .dossier(dossier)?
        .filter(|row| row.id.opening() == target)
    {
        // The title is a copy of what the opening's body said.
        row.title = Vec::new();
        tx.put_dossier(&row)?;
    }
    for mut file in tx.attachments(target)? {
        destroy_file(tx, &mut file)?;
    }
    Ok(())
}

/// An entry with its verdict and its place.
pub(crate) struct Judged<'a> {
    pub(crate) row: &'a EntryRow,
    pub(crate) header: &'a Header,
    pub(crate) verdict: Verdict,
    pub(crate) causal: &'a Causal,
    pub(crate) values: Option<&'a Values>,
    pub(crate) tokens: &'a [[u8; 8]],
}

pub(crate) fn services(participants: &[ServiceName]) -> String {
    participants
        .iter()
        .map(ServiceName::as_str)
        .collect::<Vec<_>>()
        .join(",")
}

pub(crate) fn body_state(header: &Header, body: &BodyIn) -> BodyState {
    match (header.body, body) {
        (None, _) => BodyState::None,
        (Some(committed), BodyIn::Here(body)) if body.commitment == committed => BodyState::Here,
        (Some(_), BodyIn::Erased) => BodyState::Erased,
        (Some(_), _) => BodyState::Owed,
    }
}

/// Ancestors that are not here, could not be evaluated, or themselves wait: parents, and the entries that set its terms.
pub(crate) fn missing_ancestors(
    app: &App,
    tx: &mut dyn Write,
    header: &Header,
) -> Result<Vec<EntryId>> {
    let mut missing = Vec::new();
    for id in header.ancestors() {
        let absent = match tx.verdict(id)? {
            None | Some(WAITING) => true,
            // Its effects are unknown here: what follows it can be judged only together with it (rules 3 and 8).
            Some(verdict) if verdict == Verdict::NotEvaluated.number() => true,
            // It may still come from its author, and only then has its place.
            Some(verdict) => is_relayed(app, tx.as_read(), id, verdict)?.is_some(),
        };
        if absent {
            missing.push(id);
        }
    }
    missing.sort_unstable();
    missing.dedup();
    Ok(missing)
}
