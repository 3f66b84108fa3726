//! Releasing what our node wrote in an earlier dossier into one that continues it, and reading what others release (rule 16).
//!
//! A release wraps its original's header, salt and body as they were signed, and brings its files again under keys of their own. It is
//! read as history where it holds against both headers, and binds nothing. It does not outlive its original: whoever erases that
//! erases every release of it.

use crate::attach::SealedFile;
use crate::charter::regular;
use crate::codec::{body_commitment, config_of, entry_id, header_of};
use crate::error::{AppError, Result};
use crate::files::{Described, described};
use crate::relations::Tie;
use crate::translation::Original;
use crate::weight::Rest;
use crate::{Actor, App, DraftId, Recording, Submitted};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entente_core::act::{Act, Config, Earlier};
use entente_core::codes::{Basis, Necessity};
use entente_core::field::{Bind, MAX_BODY, Problem, Value, Values};
use entente_core::floor::Action;
use entente_core::handling::HandlingCodes;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::judge::{Irregular, Verdict};
use entente_core::kind::{EntryType, MOST_EARLIER, kind_name};
use entente_core::kinds::intelligence::{DISAGREE, SETTLE};
use entente_core::kinds::investigation::links::{LINK, NOT_SAME, SAME, UNDO};
use entente_core::kinds::release::{BODY, HEADER, RELEASE, SALT};
use entente_core::released::{self, EarlierProblem, Mismatch, Wrapped, releasable};
use entente_proof::bundle::{Bundle, MAX_BUNDLE};
use entente_proof::commit::chunk_count;
use entente_store::{
    AttachmentRow, AttachmentState, BodyState, EntryRow, Read, RelationRow, StoreExt, Write,
};
use std::collections::BTreeMap;

/// How a release stands to its original among the relations of entries.
const RELEASES: u8 = Tie::Releases.number();
/// How the opening of a dossier stands to that of one which it continues.
const CONTINUES: u8 = Tie::Continues.number();

/// Most bytes of a proof as text.
const ARMOURED: u64 = 2 * MAX_BUNDLE as u64;

/// What to release, all under one decision.
#[derive(Clone, Debug)]
pub struct Releasing {
    /// The dossier to release into.
    pub dossier: DossierId,
    /// Our own entries of dossiers that it continues.
    pub entries: Vec<EntryId>,
    /// Conditions beyond those that each has already.
    pub handling: Option<HandlingCodes>,
    /// Why it is necessary, where the officer says otherwise than the default.
    pub necessity: Option<Necessity>,
    /// On what basis, where the officer says otherwise than the default.
    pub basis: Option<Basis>,
}

impl App {
    /// Releases entries, each by an entry of its own, or keeps each as a draft where a second signature is asked. What was done before one that fails stands, and is skipped when asked again.
    ///
    /// # Errors
    /// As [`App::record`]: [`AppError::Fields`] says what of the entry cannot be released.
    pub fn release(&self, actor: &Actor, releasing: &Releasing) -> Result<Vec<Submitted>> {
        self.inner.store.view("release", |tx| {
            let row = self.visible(tx, actor, releasing.dossier)?;
            self.authorise_in(actor, Action::Release, &row)?;
            match self.earlier_of(tx, releasing.dossier)?.is_empty() {
                true => Err(AppError::Irregular(Irregular::Earlier)),
                false => Ok(()),
            }
        })?;
        if releasing.entries.is_empty() {
            return Err(wrong(Problem::Missing));
        }
        let mut done = Vec::with_capacity(releasing.entries.len());
        let mut rest = releasing.entries.as_slice();
        while let [entry, after @ ..] = rest {
            rest = after;
            let others = Rest {
                entries: after.to_vec(),
                drafts: drafts_of(&done),
            };
            let first = (releasing.recording(*entry), others);
            let submitted = self.submit_first(actor, first, None)?;
            // The officer's passkey signs one at a time.
            let signs = matches!(submitted, Submitted::Signs(_));
            done.push(submitted);
            if signs {
                break;
            }
        }
        Ok(done)
    }

    /// What a release says: its original wrapped, and the files of that sealed again.
    pub(crate) fn release_content(
        &self,
        actor: &Actor,
        recording: &Recording,
    ) -> Result<(Vec<u8>, Vec<SealedFile>)> {
        let (row, salt, bytes) = self.inner.store.view("to_release", |tx| {
            self.refuse_closed(tx)?;
            self.authorise_recording(tx, actor, recording)?;
            let row = self.original_row(tx, actor, recording)?;
            self.scene(tx, actor, recording)?;
            let body = self.body(tx, row.dossier, row.id)?;
            let (salt, bytes) = body.ok_or_else(|| wrong(EarlierProblem::Incomplete))?;
            Ok::<_, AppError>((row, salt, bytes))
        })?;
        let wrapping = wrapping(&row.header, &salt, &bytes).to_bytes();
        if wrapping.len() > MAX_BODY {
            return Err(AppError::TooLarge(MAX_BODY as u64));
        }
        let files = Values::from_bytes(&bytes).map(|v| described(&v));
        let files = files.unwrap_or_default();
        self.refuse_quoted(&row, &files)?;
        Ok((wrapping, self.seal_again(&row, &files)?))
    }

    /// A proof of what another state wrote, attached to an entry of ours, would be relayed with it (invariant 5).
    fn refuse_quoted(&self, row: &EntryRow, files: &[Described]) -> Result<()> {
        let small = (0u32..).zip(files).filter(|(_, f)| f.size <= ARMOURED);
        for (index, file) in small {
            let mut bytes = Vec::new();
            for chunk in 0..chunk_count(file.size) {
                let read = self.read_chunk(row.dossier, row.id, index, chunk)?;
                bytes.extend(read.ok_or_else(|| wrong(EarlierProblem::Incomplete))?.0);
            }
            let proof = String::from_utf8(bytes).ok();
            let proof = proof.and_then(|text| Bundle::dearmour(&text).ok());
            let header = proof.and_then(|p| Header::from_bytes(&p.header).ok());
            if header.is_some_and(|h| h.node() != self.inner.me) {
                return Err(wrong(Mismatch::Derived));
            }
        }
        Ok(())
    }

    /// What a release that is being written releases, to whom, and how it is to be handled; looked up where it is recorded, so that
    /// nothing is released that was erased a moment ago.
    pub(crate) fn releasing(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, config): (DossierId, &Config),
        recording: &Recording,
    ) -> Result<Original> {
        let row = self.original_row(tx, actor, recording)?;
        let header = Header::from_bytes(&row.header).map_err(|_| wrong(Problem::NothingHere))?;
        let earlier = self.earlier_of(tx, dossier)?;
        if !earlier.iter().any(|e| e.dossier == row.dossier) {
            return Err(AppError::Irregular(Irregular::Earlier));
        }
        if recording.own_only {
            return Err(wrong(Mismatch::Kept));
        }
        if let Some(problem) = self.cannot_release(tx, (dossier, config), &row, &header)? {
            return Err(match problem {
                Unreleasable::Says(problem) => wrong(problem),
                Unreleasable::AboveCeiling => AppError::Irregular(Irregular::Ceiling),
            });
        }
        let more = RELEASE.text(&recording.values, Bind::Handling);
        let more = more.and_then(HandlingCodes::parse).unwrap_or_default();
        // What we tightened since goes along.
        let more = more.union(self.said_of(tx, actor, (&row, &header))?.codes());
        Ok(Original {
            audience: config.nodes(),
            handling: released::handling(header.handling, more),
            found: Some(Act::Release {
                entry: row.id,
                dossier: row.dossier,
            }),
        })
    }

    /// The entry that a release names: of a dossier that the officer works in, and written by our node.
    fn original_row(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
    ) -> Result<EntryRow> {
        let named = RELEASE.text(&recording.values, Bind::Release);
        let id: Option<EntryId> = named.and_then(|text| text.parse().ok());
        let row = match id {
            Some(id) => tx.entry(id)?,
            None => return Err(wrong(Problem::NotInList)),
        };
        let row = row.ok_or_else(|| wrong(Problem::NothingHere))?;
        // What may not be seen does not exist.
        let seen = self.seen_by(tx, actor, row.dossier)?;
        seen.ok_or_else(|| wrong(Problem::NothingHere))?;
        match self.may_with(tx, actor, Action::Read, &row)? {
            true => Ok(row),
            false => Err(wrong(Problem::NothingHere)),
        }
    }

    /// Why an entry cannot be released into a dossier, if it cannot.
    pub(crate) fn cannot_release(
        &self,
        tx: &dyn Read,
        (dossier, config): (DossierId, &Config),
        row: &EntryRow,
        header: &Header,
    ) -> Result<Option<Unreleasable>> {
        fn says(problem: impl Into<Problem>) -> Result<Option<Unreleasable>> {
            Ok(Some(Unreleasable::Says(problem.into())))
        }
        if header.node() != self.inner.me {
            return says(Mismatch::Author);
        }
        if let Err(mismatch) = releasable(header) {
            return says(mismatch);
        }
        // What speaks of other entries goes no further than these.
        if speaks_of_others(&header.kind) {
            return says(Problem::NothingHere);
        }
        if header.purpose != config.purpose {
            return says(Mismatch::Purpose);
        }
        if row.verdict != Verdict::Regular.number() {
            return says(Problem::NothingHere);
        }
        if header.handling.class > config.ceiling {
            return Ok(Some(Unreleasable::AboveCeiling));
        }
        for (into, _) in self.releases_of(tx, row.id, header)? {
            if into == dossier {
                return says(EarlierProblem::Released);
            }
        }
        let files = tx.attachments(row.id)?;
        let held = files.iter().filter(|f| f.state == AttachmentState::Held);
        let whole = row.body == BodyState::Here && held.count() == header.attachments.len();
        match whole {
            true => Ok(None),
            false => says(EarlierProblem::Incomplete),
        }
    }

    /// The dossiers that one continues, by the word of its opening, the nearest first.
    pub(crate) fn earlier_of(&self, tx: &dyn Read, dossier: DossierId) -> Result<Vec<Earlier>> {
        let header = tx.entry(dossier.opening())?.as_ref().and_then(regular);
        let acts = header.map(|h| h.acts.known).unwrap_or_default();
        let named = acts.into_iter().find_map(|act| match act {
            Act::Continues { earlier } => Some(earlier),
            _ => None,
        });
        Ok(named.unwrap_or_default())
    }

    /// The dossiers here that continue one.
    pub(crate) fn later_of(&self, tx: &dyn Read, dossier: DossierId) -> Result<Vec<DossierId>> {
        let opening = dossier.opening();
        let rows = tx.relations(opening)?.into_iter();
        let continued = rows.filter(|r| r.relation == CONTINUES && r.to == opening);
        Ok(continued.map(|r| DossierId::of(r.entry)).collect())
    }

    /// What an opening that is being written continues: the dossier that it names, which the officer works in, and what that one
    /// continues itself.
    pub(crate) fn to_continue(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry_type: &EntryType,
        values: &Values,
    ) -> Result<Option<Act>> {
        let field = entry_type.field(Bind::Continues);
        let Some((field, text)) = field.and_then(|f| Some((f, values.text(f.name)?))) else {
            return Ok(None);
        };
        let wrong = |problem| AppError::Fields(vec![field.error(problem)]);
        let dossier: DossierId = text.parse().map_err(|_| wrong(Problem::NotInList))?;
        let row = self.seen_by(tx, actor, dossier)?;
        let row = row.filter(|row| row.kind == kind_name(entry_type.name));
        let row = row.ok_or_else(|| wrong(Problem::NothingHere))?;
        let mut earlier = vec![Earlier {
            dossier,
            convenor: row.convenor,
            number: row.number,
        }];
        earlier.extend(self.earlier_of(tx, dossier)?);
        earlier.truncate(MOST_EARLIER);
        Ok(Some(Act::Continues { earlier }))
    }

    /// Notes which dossiers a regular opening continues.
    pub(crate) fn continues(
        &self,
        tx: &mut dyn Write,
        opening: EntryId,
        earlier: &[Earlier],
    ) -> Result<()> {
        for earlier in earlier {
            tx.insert_relation(&RelationRow {
                entry: opening,
                from: opening,
                to: earlier.dossier.opening(),
                to_dossier: earlier.dossier,
                relation: CONTINUES,
            })?;
        }
        Ok(())
    }

    /// Notes what an entry that came releases, whatever its verdict: it goes with its original.
    pub(crate) fn note_release(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        header: &Header,
    ) -> Result<()> {
        let Some((original, dossier)) = released::released(header) else {
            return Ok(());
        };
        // Of another's entry it is no release, and whoever writes many must not make the list of an entry grow.
        if tx.entry(original)?.is_some_and(|o| !written_by(&o, header)) {
            return Ok(());
        }
        Ok(tx.insert_relation(&RelationRow {
            entry: row.id,
            from: row.id,
            to: original,
            to_dossier: dossier,
            relation: RELEASES,
        })?)
    }

    /// Notes a release that a program kept which did not know what it is, with its files; whether what it releases is still here. Anything
    /// else, and what was noted when it came, stays as it is.
    pub(crate) fn known_as_release(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        header: &Header,
    ) -> Result<bool> {
        let Some((original, _)) = released::released(header) else {
            return Ok(true);
        };
        let noted = tx.relations(original)?;
        if noted.iter().any(|r| r.entry == row.id) {
            return Ok(true);
        }
        self.note_release(tx, row, header)?;
        let body = self.body(tx.as_read(), row.dossier, row.id)?;
        let values = body.and_then(|(_, bytes)| Values::from_bytes(&bytes).ok());
        if tx.attachments(row.id)?.is_empty() {
            self.expect_files(tx, row, header, values.as_ref(), Some(&header.node()))?;
        }
        self.came_release(tx, row, header, values.as_ref())?;
        let kept = tx.entry(row.id)?;
        Ok(kept.is_some_and(|row| row.body != BodyState::Erased))
    }

    /// Whether the body of an entry that came may be read: of a release, where all that it wraps holds. One whose original was
    /// destroyed here is destroyed itself.
    pub(crate) fn came_release(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        header: &Header,
        values: Option<&Values>,
    ) -> Result<bool> {
        let Some((original, _)) = released::released(header) else {
            return Ok(true);
        };
        let here = tx.entry(original)?.filter(|o| written_by(o, header));
        let erased = |file: &AttachmentRow| file.state == AttachmentState::Erased;
        let destroyed = match here {
            Some(o) => o.body == BodyState::Erased || tx.attachments(o.id)?.iter().any(erased),
            None => false,
        };
        if destroyed {
            self.erase_here(tx, row.dossier, row.id)?;
            return Ok(false);
        }
        let wrapped = values.and_then(unwrap);
        Ok(released::holds(header, wrapped.as_ref()).is_ok())
    }

    /// The entries here that release this one, with their dossiers: only its own author's, since nobody else's is a release of it.
    pub(crate) fn releases_of(
        &self,
        tx: &dyn Read,
        original: EntryId,
        header: &Header,
    ) -> Result<Vec<(DossierId, EntryId)>> {
        let mut out = Vec::new();
        let rows = tx.relations(original)?.into_iter();
        for relation in rows.filter(|r| r.relation == RELEASES && r.to == original) {
            let row = tx.entry(relation.entry)?;
            let own = row.filter(|row| written_by(row, header) && row.body != BodyState::Erased);
            out.extend(own.map(|row| (row.dossier, row.id)));
        }
        Ok(out)
    }

    /// The releases of what is erased, by the dossiers that they are in: what an erasure of ours must reach besides. Where our node
    /// speaks no more to all who hold one, no erasure of ours would count there: only what is here goes.
    pub(crate) fn released_elsewhere(
        &self,
        tx: &dyn Read,
        erased: &[EntryId],
    ) -> Result<Vec<(DossierId, Vec<EntryId>)>> {
        let mut out: BTreeMap<DossierId, Vec<EntryId>> = BTreeMap::new();
        for id in erased {
            let header = header_of(tx, *id)?.filter(|h| h.node() == self.inner.me);
            let Some(header) = header else { continue };
            for (dossier, release) in self.releases_of(tx, *id, &header)? {
                if self.reaches_all(tx, dossier, release)? {
                    out.entry(dossier).or_default().push(release);
                }
            }
        }
        Ok(out.into_iter().collect())
    }

    /// Whether all who may hold an entry still take part in its dossier, our node among them.
    fn reaches_all(&self, tx: &dyn Read, dossier: DossierId, entry: EntryId) -> Result<bool> {
        let Some(config) = config_of(tx, dossier)? else {
            return Ok(false);
        };
        Ok(header_of(tx, entry)?.is_some_and(|h| h.audience == config.nodes()))
    }
}

impl Releasing {
    fn recording(&self, entry: EntryId) -> Recording {
        let mut values = Values::default();
        for field in RELEASE.fields {
            let value = match field.bind {
                Bind::Release => Some(entry.to_string()),
                Bind::Handling => self
                    .handling
                    .and_then(|codes| codes.names().next().map(|(name, _)| name.to_owned())),
                _ => None,
            };
            if let Some(text) = value {
                values
                    .values
                    .insert(field.name.to_owned(), Value::Text(text));
            }
        }
        Recording {
            dossier: Some(self.dossier),
            entry_type: RELEASE.name.to_owned(),
            values,
            necessity: self.necessity,
            basis: self.basis,
            ..Recording::default()
        }
    }
}

/// What waits for a second officer, of what became of several releases.
fn drafts_of(done: &[Submitted]) -> Vec<DraftId> {
    let draft = |one: &Submitted| match one {
        Submitted::Waits(draft) => Some(*draft),
        Submitted::Recorded(_) | Submitted::Signs(_) => None,
    };
    done.iter().filter_map(draft).collect()
}

/// Why an entry cannot be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreleasable {
    /// In words.
    Says(Problem),
    /// Its class is above the ceiling of the dossier.
    AboveCeiling,
}

fn written_by(row: &EntryRow, header: &Header) -> bool {
    Header::from_bytes(&row.header).is_ok_and(|h| h.node() == header.node())
}

/// What is wrong with the entry named.
fn wrong(problem: impl Into<Problem>) -> AppError {
    let field = RELEASE.field(Bind::Release);
    field.map_or(AppError::Bug("field of a release"), |f| {
        AppError::Fields(vec![f.error(problem.into())])
    })
}

/// The body of a release: what was signed, as it was signed.
fn wrapping(header: &[u8], salt: &[u8; 16], body: &[u8]) -> Values {
    let mut values = Values::default();
    for (name, text) in [
        (HEADER, STANDARD.encode(header)),
        (SALT, hex::encode(salt)),
        (BODY, STANDARD.encode(body)),
    ] {
        values.values.insert(name.to_owned(), Value::Text(text));
    }
    values
}

/// What a body wraps, if it wraps something that can be read. It comes from a partner, and nothing of it is believed before
/// [`released::holds`] says so.
#[must_use]
pub fn unwrap(values: &Values) -> Option<Wrapped> {
    let header_bytes = STANDARD.decode(values.text(HEADER)?).ok()?;
    let header = Header::from_bytes(&header_bytes).ok()?;
    let (salt, body) = salted(values)?;
    Some(Wrapped {
        id: entry_id(&header_bytes),
        header,
        commitment: body_commitment(&salt, &body),
        values: Values::from_bytes(&body).ok(),
    })
}

fn salted(values: &Values) -> Option<([u8; 16], Vec<u8>)> {
    let salt = hex::decode(values.text(SALT)?).ok()?.try_into().ok()?;
    Some((salt, STANDARD.decode(values.text(BODY)?).ok()?))
}

/// The values that a body brings: of one that wraps another, those of the other, whether it holds or not.
pub(crate) fn brought(values: &Values) -> Option<Values> {
    let (_, body) = salted(values)?;
    Values::from_bytes(&body).ok()
}

/// What may be read of a body: of a release what it wraps, if it holds.
pub(crate) fn read(header: &Header, bytes: &[u8]) -> Option<Values> {
    let values = Values::from_bytes(bytes).ok()?;
    if released::released(header).is_none() {
        return Some(values);
    }
    let wrapped = unwrap(&values);
    released::holds(header, wrapped.as_ref()).ok()?;
    wrapped.and_then(|w| w.values)
}

/// Whether entries of a type say something of others: which things are linked or the same, how a report is evaluated.
fn speaks_of_others(kind: &str) -> bool {
    let of_things = [&LINK, &SAME, &NOT_SAME, &UNDO];
    let of_reports = [&DISAGREE, &SETTLE];
    let mut all = of_things.into_iter().chain(of_reports);
    all.any(|entry| entry.name == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hostile bodies are read as nothing.
    #[test]
    fn invariant_12_what_is_no_wrapping_is_none() {
        let good = wrapping(b"header", &[7; 16], b"body");
        assert_eq!(unwrap(&good), None, "no header");
        assert_eq!(brought(&good), None, "no values");
        for (name, text) in [(HEADER, "!"), (SALT, "00"), (SALT, "zz"), (BODY, "%%%")] {
            let mut bad = good.clone();
            bad.values.insert(name.to_owned(), Value::Text(text.into()));
            assert_eq!(unwrap(&bad), None, "{name}");
        }
        assert_eq!(unwrap(&Values::default()), None);
        let inner = Values {
            lang: None,
            values: std::iter::once(("text".to_owned(), Value::Flag(true))).collect(),
        };
        let wrapped = wrapping(b"", &[7; 16], &inner.to_bytes());
        assert_eq!(brought(&wrapped), Some(inner));
    }
}
