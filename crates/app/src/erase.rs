//! Erasing what our own node wrote: one entry, one file of it, or all of a dossier; the other side then owes its attestation
//! (invariant 10).
//!
//! Bodies, files and keys are destroyed by `apply` when the erasure is judged, here as at the partner. Where one file goes alone, its
//! row stays: it says that the file is gone, also to a body that comes late, and the setting beside it says by which entry.

use crate::codec::{by_pages, config_of, header_of};
use crate::drafts::{ByPasskey, Content};
use crate::error::{AppError, Result};
use crate::files::key_name;
use crate::keeping::is_evidence;
use crate::keyless::{count_erasure, untold};
use crate::record::Plan;
use crate::{Actor, App, Recorded, Recording};
use entente_core::field::{Bind, FieldError, Problem, Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::kind::EntryType;
use entente_core::kinds::erasure::{ASK_ERASURE, ATTEST_ERASURE, ERASE, FILE, KEPT, OF, WHOLE};
use entente_store::{
    AttachmentRow, AttachmentState, BodyState, EntryRow, Read, StoreExt, WAITING, Write,
};
use std::ops::ControlFlow;

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
    let all = ERASE.field(Bind::EraseAll);
    match all.is_some_and(|field| recording.values.flag(field.name)) {
        true => Scope::All,
        false => Scope::Named,
    }
}

/// The entries that a recording erases, if it erases any.
pub(crate) fn named(recording: &Recording) -> Vec<EntryId> {
    if recording.entry_type != ERASE.name {
        return Vec::new();
    }
    let entry = ERASE.text(&recording.values, Bind::Erase);
    let entry = entry.and_then(|t| t.parse().ok());
    match recording.erases.as_slice() {
        [] => entry.into_iter().collect(),
        erases => erases.to_vec(),
    }
}

impl App {
    /// Most entries that one entry erases: its acts must fit a header.
    pub const MOST_ERASED: usize = 200;

    /// What is asked of the partner beside the erasure of what is named, for whoever may hold it: to attest it.
    pub(crate) fn to_erase(
        &self,
        actor: &Actor,
        recording: &mut Recording,
    ) -> Result<Option<Recording>> {
        let named = ERASE.text(&recording.values, Bind::Erase);
        let named = named.map(str::to_owned);
        let file = ERASE.field(Bind::EraseFile);
        let file = file.and_then(|field| recording.values.number(field.name));
        if !recording.erases.is_empty() && named.is_some() {
            self.to_erase_with(actor, recording)?;
        }
        if recording.erases.len() > Self::MOST_ERASED {
            return Err(wrong(Bind::Erase, Problem::TooMany(Self::MOST_ERASED)));
        }
        // What never left is destroyed for our node alone, whatever the box beside it says.
        if let Some(entry) = named.as_ref().and_then(|text| text.parse::<EntryId>().ok()) {
            let store = &self.inner.store;
            let dossier = recording.dossier;
            let header = store.view("to_erase", |tx| {
                if let Some(dossier) = dossier {
                    self.refuse_held(tx, dossier, Some(&[entry]))?;
                }
                header_of(tx, entry)
            })?;
            recording.own_only |= header.is_some_and(|h| h.audience.len() == 1);
            if let Some(number) = file {
                self.refuse_no_file(actor, recording.dossier, (entry, number))?;
            }
        }
        let mut about: Vec<(&str, Value)> = match named {
            Some(entry) => vec![(OF, Value::Text(entry))],
            None => vec![(WHOLE, Value::Flag(true))],
        };
        about.extend(file.map(|number| (FILE, Value::Number(number))));
        if let [_, others @ ..] = recording.erases.as_slice() {
            about.extend((!others.is_empty()).then(|| ("text", Value::Text(listed(others)))));
        }
        Ok((!recording.own_only).then(|| asks_attestation(recording.dossier, about)))
    }

    /// One act that erases an entry with others of our own which name it: they are put after it, those that never left apart, for an erasure that
    /// follows; each must be one that [`App::speaks_of`] offers.
    fn to_erase_with(&self, actor: &Actor, recording: &mut Recording) -> Result<()> {
        let strange = || wrong(Bind::Erase, Problem::NotInList);
        let named = ERASE.text(&recording.values, Bind::Erase);
        let named: EntryId = named
            .and_then(|text| text.parse().ok())
            .ok_or_else(strange)?;
        let dossier = recording.dossier.ok_or(AppError::NotFound)?;
        let with: Vec<EntryId> = recording
            .erases
            .iter()
            .copied()
            .filter(|id| *id != named)
            .collect();
        if ERASE
            .field(Bind::EraseFile)
            .is_some_and(|field| recording.values.number(field.name).is_some())
        {
            return Err(wrong(Bind::EraseFile, Problem::NotBoth));
        }
        let offered = self
            .inner
            .store
            .view("speaks_of", |tx| self.speaking(tx, actor, (dossier, named)))?;
        let (mut shared, mut here) = (vec![named], Vec::new());
        for id in with {
            let line = offered
                .ours
                .iter()
                .find(|line| line.entry == id && !line.apart);
            match line.ok_or_else(strange)?.here {
                true => here.push(id),
                false => shared.push(id),
            }
        }
        // Where the entry itself never left, nothing that names it did.
        if offered.here {
            shared.append(&mut here);
        }
        (recording.erases, recording.erases_here) = (shared, here);
        Ok(())
    }

    /// Erases what never left and was chosen beside what is erased, for our node alone and in the same transaction.
    pub(crate) fn erase_beside(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        cause: Recorded,
        recording: &Recording,
    ) -> Result<()> {
        if recording.erases_here.is_empty() {
            return Ok(());
        }
        let erases = Recording {
            dossier: recording.dossier,
            entry_type: ERASE.name.to_owned(),
            erases: recording.erases_here.clone(),
            own_only: true,
            ..Recording::default()
        };
        let body = self.new_body(Values::default().to_bytes());
        // It follows from the erasure that the officer signed.
        let content = Content {
            passkey: ByPasskey::Follows,
            ..Content::own(&body, &[])
        };
        let (erased, _) = self.record_in(tx, actor, &erases, content)?;
        self.note_cause(tx, erased, cause)
    }

    /// A file that is not there, or not any more, is not erased once again.
    fn refuse_no_file(
        &self,
        actor: &Actor,
        dossier: Option<DossierId>,
        (entry, number): (EntryId, i64),
    ) -> Result<()> {
        let dossier = dossier.ok_or(AppError::NotFound)?;
        let there = self.inner.store.view("file_to_erase", |tx| {
            self.refuse_closed(tx)?;
            self.visible(tx, actor, dossier)?;
            let rows = tx.attachments(entry)?;
            Ok::<_, AppError>(rows.iter().any(|row| {
                row.dossier == dossier
                    && i64::from(row.index) + 1 == number
                    && row.state != AttachmentState::Erased
            }))
        })?;
        match there {
            true => Ok(()),
            false => Err(wrong(Bind::EraseFile, Problem::NothingHere)),
        }
    }

    /// Erases all that our node wrote in a dossier until now: what the partner holds too, unless only what never left is meant, and
    /// what never left. The request to attest goes with the last that the partner must destroy, so that it covers all of it. What is
    /// erased already is skipped: an erasure cut short goes on when it is asked for again.
    pub(crate) fn erase_all(&self, actor: &Actor, recording: &Recording) -> Result<Recorded> {
        let (dossier, written) = self.all_erasable(actor, recording)?;
        let mut last = None;
        if !recording.own_only {
            let pages = written.shared.chunks(Self::MOST_ERASED);
            let count = pages.len();
            for (number, page) in pages.enumerate() {
                let attest = (number + 1 == count)
                    .then(|| asks_attestation(Some(dossier), vec![(WHOLE, Value::Flag(true))]));
                let next = page_of(recording, page, false);
                last = Some(self.record_with(actor, next, attest)?);
            }
        }
        for page in written.own.chunks(Self::MOST_ERASED) {
            last = Some(self.record_with(actor, page_of(recording, page, true), None)?);
        }
        last.ok_or_else(|| wrong(Bind::EraseAll, Problem::NothingHere))
    }

    /// The first of the entries that erasing all takes: each is signed by itself where a passkey signs.
    pub(crate) fn plan_erasing_all(&self, actor: &Actor, recording: &Recording) -> Result<Plan> {
        let (dossier, written) = self.all_erasable(actor, recording)?;
        let shared = !recording.own_only && !written.shared.is_empty();
        let of = if shared {
            &written.shared
        } else {
            &written.own
        };
        let mut pages = of.chunks(Self::MOST_ERASED);
        let page = pages.next();
        let page = page.ok_or_else(|| wrong(Bind::EraseAll, Problem::NothingHere))?;
        let last = pages.next().is_none();
        let attest = (shared && last)
            .then(|| asks_attestation(Some(dossier), vec![(WHOLE, Value::Flag(true))]));
        let plan = self.plan_with(page_of(recording, page, !shared), attest)?;
        Ok(Plan {
            more: !last || (shared && !written.own.is_empty()),
            ..plan
        })
    }

    fn all_erasable(&self, actor: &Actor, recording: &Recording) -> Result<(DossierId, Written)> {
        for bind in [Bind::Erase, Bind::EraseFile] {
            let field = ERASE.field(bind);
            if field.is_some_and(|f| recording.values.values.contains_key(f.name)) {
                return Err(wrong(bind, Problem::NotBoth));
            }
        }
        let dossier = recording.dossier.ok_or(AppError::NotFound)?;
        let written = self.inner.store.view("erasable", |tx| {
            self.refuse_closed(tx)?;
            self.visible(tx, actor, dossier)?;
            self.refuse_held(tx, dossier, None)?;
            let written = self.written_here(tx, dossier)?;
            // Before anything goes: what was released of it elsewhere may be held there.
            if !recording.own_only {
                self.refuse_held(tx, dossier, Some(&written.shared))?;
            }
            Ok::<_, AppError>(written)
        })?;
        Ok((dossier, written))
    }

    /// Erases releases of what is erased elsewhere, and asks whoever holds them to attest it: in the same transaction, so that nothing
    /// of it is left behind. The officer need not work on that dossier: then it is in the name of the service that released, which
    /// hears the attestation. Gives the partners to wake.
    pub(crate) fn erase_releases(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        cause: Recorded,
        (dossier, releases): (DossierId, Vec<EntryId>),
    ) -> Result<Vec<NodeName>> {
        let first = releases.first().map(|id| tx.entry(*id)).transpose()?;
        let releasing = first.flatten().and_then(|row| row.service.parse().ok());
        let mut actor = actor.clone();
        actor.services.extend(releasing);
        let actor = &actor;
        let mut queued = Vec::new();
        for page in releases.chunks(Self::MOST_ERASED) {
            let erases = Recording {
                dossier: Some(dossier),
                entry_type: ERASE.name.to_owned(),
                erases: page.to_vec(),
                ..Recording::default()
            };
            let about = match page {
                [one] => (OF, Value::Text(one.to_string())),
                several => ("text", Value::Text(listed(several))),
            };
            let asks = asks_attestation(Some(dossier), vec![about]);
            let body = self.new_body(Values::default().to_bytes());
            // It follows from the erasure that the officer signed.
            let content = Content {
                passkey: ByPasskey::Follows,
                ..Content::own(&body, &[])
            };
            let (erased, woken) = self.record_in(tx, actor, &erases, content)?;
            queued.extend(woken);
            self.note_cause(tx, erased, cause)?;
            if self.asks_somebody(tx.as_read(), actor, &asks)? {
                let body = self.new_body(asks.values.to_bytes());
                let content = Content::own(&body, &[]);
                queued.extend(self.record_in(tx, actor, &asks, content)?.1);
            }
        }
        Ok(queued)
    }

    /// Whether anything of a dossier is ours and can be read.
    pub(crate) fn has_own(&self, tx: &dyn Read, dossier: DossierId) -> Result<bool> {
        let written = self.written_here(tx, dossier)?;
        Ok(!(written.shared.is_empty() && written.own.is_empty()))
    }

    /// What of a dossier is ours and can be read, by whom it is for.
    fn written_here(&self, tx: &dyn Read, dossier: DossierId) -> Result<Written> {
        let config = config_of(tx, dossier)?.ok_or(AppError::NotFound)?;
        let untold = untold(tx)?;
        let mut written = Written::default();
        by_pages(tx, dossier, |rows| {
            for row in &rows {
                match self.erasable(row, &untold) {
                    Some(audience) if audience.len() == 1 => written.own.push(row.id),
                    Some(audience) if audience == config.nodes() => written.shared.push(row.id),
                    _ => {}
                }
            }
            Ok(ControlFlow::<()>::Continue(()))
        })?;
        Ok(written)
    }

    /// For whom an entry is, if it is ours, can be read and is no evidence of an erasure; or was erased before a restore, `untold`. What
    /// another node wrote in our name has no place in our past: no erasure of ours could name it.
    pub(crate) fn erasable(
        &self,
        row: &EntryRow,
        untold: &[(DossierId, EntryId)],
    ) -> Option<Vec<NodeName>> {
        let header = Header::from_bytes(&row.header).ok()?;
        let ours = header.node() == self.inner.me
            && row.depth > 0
            && row.verdict != WAITING
            && (row.body == BodyState::Here || untold.contains(&(row.dossier, row.id)))
            && !is_evidence(&header.kind);
        ours.then_some(header.audience)
    }

    /// Destroys one file of an entry here, key first, by another entry: whether it is here, on its way, or not described yet because
    /// the body is owed.
    pub(crate) fn erase_file_here(
        &self,
        tx: &mut dyn Write,
        (dossier, entry, index): (DossierId, EntryId, u32),
        by: EntryId,
    ) -> Result<()> {
        self.inner.memory.destroyed();
        count_erasure(tx)?;
        let mut known = tx.attachments(entry)?.into_iter();
        let header = header_of(tx.as_read(), entry)?;
        let author = header.as_ref().map(Header::node);
        let author = author.filter(|node| *node != self.inner.me);
        let mut row = known
            .find(|row| row.index == index)
            .unwrap_or(AttachmentRow {
                dossier,
                entry,
                index,
                partner: author,
                size: 0,
                state: AttachmentState::Erased,
                next_chunk: 0,
                blob: String::new(),
            });
        destroy_file(tx, &mut row)?;
        // A release carries it under a place of its own, and goes whole.
        if let Some(header) = header {
            for (into, release) in self.releases_of(tx.as_read(), entry, &header)? {
                self.erase_here(tx, into, release)?;
            }
        }
        let key = eraser_key(entry, index);
        match tx.setting(&key)?.is_some() {
            // Whoever erased it first is named.
            true => Ok(()),
            false => Ok(tx.set_setting(&key, &by.0)?),
        }
    }

    /// The entry that erased a file alone.
    pub(crate) fn eraser(
        &self,
        tx: &dyn Read,
        entry: EntryId,
        index: u32,
    ) -> Result<Option<EntryId>> {
        let by = tx.setting(&eraser_key(entry, index))?;
        Ok(by.and_then(|bytes| bytes.try_into().ok()).map(EntryId))
    }
}

/// Destroys a file's key, which is what erases, and its size; the row stays until its bytes are gone, and says so after.
pub(crate) fn destroy_file(tx: &mut dyn Write, file: &mut AttachmentRow) -> Result<()> {
    tx.put_object_key(file.dossier, &key_name(file.entry, file.index), &[])?;
    (file.state, file.size) = (AttachmentState::Erased, 0);
    Ok(tx.put_attachment(file)?)
}

fn eraser_key(entry: EntryId, index: u32) -> String {
    format!("erased-file/{entry}/{index}")
}

/// Our entries of a dossier.
#[derive(Default)]
struct Written {
    /// For all its nodes.
    shared: Vec<EntryId>,
    /// For our node alone.
    own: Vec<EntryId>,
}

fn page_of(recording: &Recording, page: &[EntryId], own_only: bool) -> Recording {
    Recording {
        own_only,
        erases: page.to_vec(),
        seen: String::new(),
        ..recording.clone()
    }
}

/// Identifiers, one a line: in any language.
fn listed(entries: &[EntryId]) -> String {
    let lines: Vec<String> = entries.iter().map(EntryId::to_string).collect();
    lines.join("\n")
}

fn wrong(bind: Bind, problem: Problem) -> AppError {
    ERASE.field(bind).map_or(AppError::NotFound, |f| {
        AppError::Fields(vec![f.error(problem)])
    })
}

/// What must be said of an erasure: which copies stay, and what is to be destroyed.
pub(crate) fn unsaid(entry_type: &EntryType, values: &Values) -> Option<FieldError> {
    let text = values
        .text("text")
        .is_some_and(|text| !text.trim().is_empty());
    let missing = match entry_type.name {
        name if name == ATTEST_ERASURE.name => values.text("copies") == Some(KEPT),
        name if name == ASK_ERASURE.name => values.text(OF).is_none() && !values.flag(WHOLE),
        _ => false,
    };
    (missing && !text)
        .then(|| entry_type.wrong("text", Problem::Missing))
        .flatten()
}

fn asks_attestation(dossier: Option<DossierId>, about: Vec<(&str, Value)>) -> Recording {
    Recording {
        dossier,
        entry_type: ASK_ERASURE.name.to_owned(),
        values: Values {
            lang: None,
            values: about
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        },
        ..Recording::default()
    }
}
