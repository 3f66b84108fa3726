//! Rectification: what our node wrote and was wrong is corrected wherever it went (invariant 9). One act corrects the entry in its own
//! dossier and every release of it in dossiers that continue this one; each recipient owes a word on what it did, and on whom it had
//! told in its turn.
//!
//! Whoever reads the wrong entry reads the corrected text first, at both ends. A correction repeats what its original was about, so it
//! is kept beside it as translations are, and does not outlive it.

use crate::codec::header_of;
use crate::drafts::{Content, Signing};
use crate::error::{AppError, Result};
use crate::record::Scene;
use crate::search::Wanted;
use crate::translation::Original;
use crate::views::{CorrectionView, RecipientView, Via};
use crate::{Actor, App, Recorded, Recording};
use entente_core::act::Config;
use entente_core::codes::{Ask, Urgency};
use entente_core::field::{FieldError, Problem, Value, Values};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::{Instant, Span};
use entente_core::judge::Verdict;
use entente_core::kind::EntryType;
use entente_core::kinds::common::TRANSLATION;
use entente_core::kinds::erasure::{ASK_ERASURE, ATTEST_ERASURE, ERASE};
use entente_core::kinds::intelligence::DISAGREE;
use entente_core::kinds::rectify::{
    NOBODY, OF, PASSED_ON, RECTIFIED, RECTIFY, RIGHTS, TO_WHOM, WHY,
};
use entente_core::kinds::rights;
use entente_core::label::Lang;
use entente_core::released::released;
use entente_store::{BodyState, Direction, EntryRow, Read, Write};

/// What a recipient has under a charter without a clock for corrections: as long as the default of new ones.
const WITHOUT_CLOCK: Span = Span::days(7);

/// The entry that a recording corrects, if it corrects one.
pub(crate) fn rectified(recording: &Recording) -> Option<EntryId> {
    let named = recording.values.text(OF).filter(|_| corrects(recording));
    named.and_then(|text| text.parse().ok())
}

fn corrects(recording: &Recording) -> bool {
    recording.entry_type == RECTIFY.name
}

impl App {
    /// What a correction that is being written corrects: an entry of our own that left, for those who hold it.
    pub(crate) fn to_rectify(
        &self,
        tx: &dyn Read,
        (dossier, config): (DossierId, &Config),
        recording: &Recording,
    ) -> Result<Original> {
        let row = match rectified(recording) {
            Some(id) => tx.entry(id)?.filter(|row| row.dossier == dossier),
            None => None,
        };
        let row = row.filter(|row| self.rectifiable(row));
        let row = row.ok_or_else(|| wrong(Problem::NothingHere))?;
        let header = Header::from_bytes(&row.header).map_err(|_| wrong(Problem::NothingHere))?;
        // Whoever left the dossier is not reached by it: the list of recipients says so.
        let mut audience = header.audience;
        audience.retain(|node| config.nodes().contains(node));
        if recording.own_only || audience.len() < 2 {
            return Err(wrong(Problem::NothingHere));
        }
        Ok(Original {
            audience,
            handling: header.handling,
            found: None,
        })
    }

    /// When a correction is due under a charter that was agreed before there were any, and has no clock for them.
    pub(crate) fn corrected_by(&self, scene: &Scene) -> Option<Instant> {
        let terms = scene.terms.as_ref().map(|(_, terms)| terms);
        let clocked = terms.is_none_or(|t| t.allowed(Ask::Correct, Urgency::Normal).is_some());
        let unclocked = scene.entry_type.name == RECTIFY.name && !clocked;
        unclocked.then(|| self.now() + WITHOUT_CLOCK)
    }

    /// Whether an entry is one that we correct: our own, with effect, still readable, that left and says something of its own.
    pub(crate) fn rectifiable(&self, row: &EntryRow) -> bool {
        let derived = [
            &TRANSLATION,
            &RECTIFY,
            &ERASE,
            &ASK_ERASURE,
            &ATTEST_ERASURE,
        ];
        let own = |header: Header| header.node() == self.inner.me && header.audience.len() > 1;
        row.verdict == Verdict::Regular.number()
            && row.body == BodyState::Here
            && derived.iter().all(|kind| kind.name != row.kind)
            && Header::from_bytes(&row.header).is_ok_and(own)
    }

    /// Corrects the releases of what is corrected, in the dossiers that they are in, and asks those who hold them. The officer need not
    /// work there: then it is in the name of the service that released. Gives the partners to wake.
    pub(crate) fn rectify_releases(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        (recording, signing): (&Recording, Signing<'_>),
        (dossier, releases): (DossierId, Vec<EntryId>),
    ) -> Result<Vec<NodeName>> {
        let mut queued = Vec::new();
        for release in releases {
            let (actor, next) =
                self.correction_of(tx.as_read(), actor, recording, (dossier, release))?;
            // Where nobody joined yet there is nobody to ask: the list of recipients shows that it is still to be done.
            if self.asks_somebody(tx.as_read(), &actor, &next)? {
                queued.extend(self.record_correction(tx, &actor, (&next, signing))?);
            }
        }
        Ok(queued)
    }

    /// A release of what was corrected before takes the newest correction along: nobody receives what is known to be wrong without
    /// what is right. Gives the partners to wake.
    pub(crate) fn correct_release(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        (recording, signing): (&Recording, Signing<'_>),
        recorded: &Recorded,
    ) -> Result<Vec<NodeName>> {
        let header = header_of(tx.as_read(), recorded.entry)?;
        let Some((original, from)) = header.as_ref().and_then(released) else {
            return Ok(Vec::new());
        };
        let Some(row) = tx.entry(original)? else {
            return Ok(Vec::new());
        };
        let newest = self.corrections_of(tx.as_read(), from, &row)?.pop();
        let values = newest
            .map(|c| self.values_of(tx.as_read(), &c))
            .transpose()?;
        let Some(values) = values.flatten() else {
            return Ok(Vec::new());
        };
        let corrected = Recording {
            values,
            ..recording.clone()
        };
        let place = (recorded.dossier, recorded.entry);
        let (actor, next) = self.correction_of(tx.as_read(), actor, &corrected, place)?;
        self.record_correction(tx, &actor, (&next, signing))
    }

    /// The same correction of a release, in the name of the service that released it.
    fn correction_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        recording: &Recording,
        (dossier, release): (DossierId, EntryId),
    ) -> Result<(Actor, Recording)> {
        let row = tx.entry(release)?;
        let mut actor = actor.clone();
        actor
            .services
            .extend(row.and_then(|row| row.service.parse().ok()));
        let mut values = recording.values.clone();
        let of = Value::Text(release.to_string());
        values.values.insert(OF.to_owned(), of);
        let next = Recording {
            dossier: Some(dossier),
            entry_type: RECTIFY.name.to_owned(),
            values,
            necessity: recording.necessity,
            basis: recording.basis,
            ..Recording::default()
        };
        Ok((actor, next))
    }

    fn record_correction(
        &self,
        tx: &mut dyn Write,
        actor: &Actor,
        (next, signing): (&Recording, Signing<'_>),
    ) -> Result<Vec<NodeName>> {
        let body = self.new_body(next.values.body_of(RECTIFY.fields).to_bytes());
        let content = Content {
            signing,
            ..Content::own(&body, &[])
        };
        Ok(self.record_in(tx, actor, next, content)?.1)
    }

    /// The corrections of an entry with effect, oldest first: only its own author's, since nobody else corrects it.
    pub(crate) fn corrections_of(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        original: &EntryRow,
    ) -> Result<Vec<EntryRow>> {
        let mut rows = Vec::new();
        for id in tx.translations(dossier, original.id)? {
            let row = tx.entry(id)?.filter(|row| {
                row.kind == RECTIFY.name
                    && row.verdict == Verdict::Regular.number()
                    && written_by_one(row, original)
            });
            rows.extend(row);
        }
        rows.sort_by_key(|row| row.position);
        Ok(rows)
    }

    /// Whether an entry was corrected since.
    pub(crate) fn is_corrected(&self, tx: &dyn Read, row: &EntryRow) -> Result<bool> {
        Ok(!self.corrections_of(tx, row.dossier, row)?.is_empty())
    }

    /// The corrections of an entry as they are shown, oldest first; of a translation, those of its original.
    pub(crate) fn corrections(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
        values: Option<&Values>,
    ) -> Result<Vec<CorrectionView>> {
        let named = values.filter(|_| row.kind == TRANSLATION.name);
        let named = named.and_then(|v| v.text("of")?.parse::<EntryId>().ok());
        let original = named.map(|id| tx.entry(id)).transpose()?.flatten();
        let original = original.filter(|o| o.dossier == row.dossier);
        let of = original.as_ref().unwrap_or(row);
        let mut out = Vec::new();
        for row in self.corrections_of(tx, of.dossier, of)? {
            let (Some(values), Ok(service)) = (self.read_by(tx, actor, &row)?, row.service.parse())
            else {
                continue;
            };
            let text = |name: &str| values.text(name).unwrap_or_default().to_owned();
            out.push(CorrectionView {
                entry: row.id,
                text: text("text"),
                why: text(WHY),
                lang: values.lang,
                service,
                at: Instant(row.at_ms),
            });
        }
        Ok(out)
    }

    /// Everyone who received an entry of ours, by itself, released into a wider dossier or translated, with the receipt and with what
    /// became of its correction there. Empty for what another wrote.
    pub(crate) fn recipients(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
        header: &Header,
    ) -> Result<Vec<RecipientView>> {
        if header.node() != self.inner.me {
            return Ok(Vec::new());
        }
        let mut out = Vec::new();
        self.recipients_of(tx, actor, (row, header, Via::Itself), &mut out)?;
        for (_, id) in self.releases_of(tx, row.id, header)? {
            let found = tx.entry(id)?;
            let Some((release, header)) = found.and_then(with_header) else {
                continue;
            };
            self.recipients_of(tx, actor, (&release, &header, Via::Release), &mut out)?;
        }
        for id in tx.translations(row.dossier, row.id)? {
            let found = tx.entry(id)?.filter(|t| t.kind == TRANSLATION.name);
            let Some((translation, header)) = found.and_then(with_header) else {
                continue;
            };
            if header.node() == self.inner.me {
                let into = self.read_by(tx, actor, &translation)?;
                let into = into.and_then(|v| v.text("into").and_then(Lang::parse));
                let via = Via::Translation(into);
                self.recipients_of(tx, actor, (&translation, &header, via), &mut out)?;
            }
        }
        Ok(out)
    }

    fn recipients_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header, via): (&EntryRow, &Header, Via),
        out: &mut Vec<RecipientView>,
    ) -> Result<()> {
        let corrected = match via {
            Via::Translation(_) => None,
            _ => self.corrections_of(tx, row.dossier, row)?.pop(),
        };
        let corrected = corrected.and_then(with_header);
        let dossier = self.related(tx, actor, row.dossier, None)?;
        let others = header.audience.iter().filter(|n| **n != self.inner.me);
        for node in others {
            let received = match tx.leaf_place(node, Direction::Out, row.id)? {
                Some(at) => tx.receipt(node, at.register, at.position)?,
                None => None,
            };
            // Of a dossier that the reader does not see, not even an obligation is named.
            let asked = match corrected.as_ref().filter(|_| dossier.visible) {
                Some((row, header)) => self.asked_to_correct(tx, actor, (row.id, header), node)?,
                None => None,
            };
            out.push(RecipientView {
                node: node.clone(),
                entry: row.id,
                dossier: dossier.clone(),
                via,
                files: header.attachments.len() as u64,
                received: received.map(|r| Instant(r.time_ms)),
                correction: corrected.as_ref().map(|(row, _)| row.id),
                asked,
            });
        }
        Ok(())
    }

    /// What a correction asks of a node.
    fn asked_to_correct(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry, header): (EntryId, &Header),
        node: &NodeName,
    ) -> Result<Option<crate::views::ObligationView>> {
        let mut showing = crate::show::Showing::new(self, tx);
        for id in header.asked(entry) {
            let row = tx.obligation(id)?;
            let row = row.filter(|row| row.ask == Ask::Correct && row.debtor.node() == *node);
            if let Some(row) = row {
                return showing.obligation(actor, &row);
            }
        }
        Ok(None)
    }
}

fn with_header(row: EntryRow) -> Option<(EntryRow, Header)> {
    let header = Header::from_bytes(&row.header).ok()?;
    Some((row, header))
}

fn written_by_one(row: &EntryRow, other: &EntryRow) -> bool {
    let author = |row: &EntryRow| Header::from_bytes(&row.header).ok().map(|h| h.node());
    author(row).is_some_and(|node| author(other) == Some(node))
}

fn wrong(problem: Problem) -> AppError {
    field(&RECTIFY, OF).map_or(AppError::Bug("field of a correction"), |f| {
        AppError::Fields(vec![f.error(problem)])
    })
}

fn field(
    entry_type: &'static EntryType,
    name: &str,
) -> Option<&'static entente_core::field::Field> {
    entry_type.fields.iter().find(|field| field.name == name)
}

/// What must be said once something else was: to which authority a request went, whom the recipient had told; and of the rights dossier
/// its number and nothing else.
pub(crate) fn unsaid(entry_type: &'static EntryType, values: &Values) -> Option<FieldError> {
    let told = |name: &str| {
        values
            .text(name)
            .is_some_and(|text| !text.trim().is_empty())
    };
    let said = |name: &str, code: &str| values.text(name) == Some(code);
    let (name, problem) = if said(rights::RESULT, rights::TRANSFERRED) && !told(rights::COMPETENT) {
        (rights::COMPETENT, Problem::Missing)
    } else if entry_type.name == RECTIFIED.name && !said(PASSED_ON, NOBODY) && !told(TO_WHOM) {
        (TO_WHOM, Problem::Missing)
    } else if entry_type.name == RECTIFY.name && told(RIGHTS) && !is_number(values.text(RIGHTS)?) {
        (RIGHTS, Problem::NotInList)
    } else {
        return None;
    };
    field(entry_type, name).map(|f| f.error(problem))
}

/// Whether a text is a dossier's number, such as `MA-12`, and says nothing else.
fn is_number(text: &str) -> bool {
    let named = text.trim().split_once('-');
    let named = named.is_some_and(|(node, _)| node.to_lowercase().parse::<NodeName>().is_ok());
    named && Wanted::read(text).is_some()
}

/// Whether an entry is one that is kept beside its original and goes with it.
pub(crate) fn stands_beside(kind: &str) -> bool {
    [TRANSLATION.name, RECTIFY.name, DISAGREE.name].contains(&kind)
}
