//! An investigation before the courts: every entry that somebody could produce with how it stands, and what was said of proceedings, venues,
//! productions and decisions. Standing follows from `core::court` alone; each list is in the order of the dossier.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::{all_of, by_pages};
use crate::conditions::Found;
use crate::court::entries_of;
use crate::error::{AppError, Result};
use crate::views::{
    CourtPart, CourtView, CourtWord, ObligationView, PieceView, VenueState, VenueView,
};
use crate::{Actor, App};
use entente_core::conditions::Uses;
use entente_core::court::{Piece, Standing, is_material, standing};
use entente_core::floor::Action;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::kind::{EntryType, Kind};
use entente_core::kinds;
use entente_core::kinds::investigation::court::{
    OUTCOME, PROCEEDINGS, PRODUCED, VENUE_AGREE, is_of_court, proposes_venue,
};
use entente_core::obligation::State;
use entente_store::{AttachmentState, BodyState, EntryRow, Read, StoreExt};
use std::ops::ControlFlow;

/// An entry with its header.
type Said = (EntryRow, Header);

impl App {
    /// An investigation before the courts.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or nothing of its kind goes to court.
    pub fn court(&self, actor: &Actor, dossier: DossierId, part: &CourtPart) -> Result<CourtView> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "court").within(dossier, why))?;
        self.inner
            .store
            .view("court", |tx| self.court_of(tx, actor, (dossier, part)))
    }

    pub(crate) fn court_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, part): (DossierId, &CourtPart),
    ) -> Result<CourtView> {
        let row = self.visible(tx, actor, dossier)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        kind.entry(PRODUCED.name).ok_or(AppError::NotFound)?;
        let mut showing = Showing::new(self, tx);
        let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
        let spoken: Vec<&str> = kind
            .entries
            .iter()
            .map(|e| e.name)
            .filter(|n| is_of_court(n))
            .collect();
        let said: Vec<Said> = all_of(tx, dossier, &spoken)?
            .into_iter()
            .filter_map(read)
            .collect();
        self.ahead_of_views(tx, &said)?;
        let words = self.court_words(tx, actor, kind, &said)?;
        let (material, total) = materials(tx, dossier, part)?;
        self.ahead_of_views(tx, &material)?;
        let mut pieces = Vec::with_capacity(material.len());
        for one in &material {
            pieces.push(self.piece(tx, actor, &mut showing, (kind, one, &words))?);
        }
        let of = |wanted: &EntryType| -> Vec<CourtWord> {
            let named = |word: &&CourtWord| word.entry_type.name == wanted.name;
            words.iter().filter(named).cloned().collect()
        };
        Ok(CourtView {
            dossier: line,
            pieces,
            page: page_of(part),
            total,
            produced: of(&PRODUCED),
            proceedings: of(&PROCEEDINGS),
            outcomes: of(&OUTCOME),
            venues: self.venues(tx, actor, &mut showing, (&words, &said))?,
            forms: self.writable(actor, &row, |entry| is_of_court(entry.name)),
        })
    }

    /// What was said about the courts, in order; words that may not be read are not there, that they were said is.
    fn court_words(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        kind: &'static Kind,
        all: &[Said],
    ) -> Result<Vec<CourtWord>> {
        let mut words = Vec::new();
        for (row, header) in all {
            let entry_type = kind.entry(&row.kind).filter(|e| is_of_court(e.name));
            let Some(entry_type) = entry_type else {
                continue;
            };
            words.push(self.court_word(tx, actor, (entry_type, row, header))?);
        }
        Ok(words)
    }

    pub(crate) fn court_word(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, row, header): (&'static EntryType, &EntryRow, &Header),
    ) -> Result<CourtWord> {
        let values = self.read_by(tx, actor, row)?;
        Ok(CourtWord {
            entry: row.id,
            entry_type,
            service: header.author.service.clone(),
            at: header.at,
            ours: header.node() == self.inner.me,
            about: values.as_ref().map(entries_of).unwrap_or_default(),
            printed: self.prints(tx, actor, row)?,
            values,
        })
    }

    fn piece(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (kind, (row, header), words): (&'static Kind, &Said, &[CourtWord]),
    ) -> Result<PieceView> {
        let found = self.said_of(tx, actor, (row, header))?;
        let told = words.iter().filter(|word| word.about.contains(&row.id));
        Ok(PieceView {
            entry: row.id,
            entry_type: kind.entry(&row.kind),
            type_name: row.kind.clone(),
            title: self.first_words(tx, actor, row)?,
            ours: header.node() == self.inner.me,
            service: header.author.service.clone(),
            at: header.at,
            codes: found.codes(),
            standing: self.court_standing(tx, actor, (row, header))?,
            asked: self.asked_of(actor, showing, &found)?,
            files: u64::try_from(tx.attachments(row.id)?.len()).unwrap_or(u64::MAX),
            corrected: self.is_corrected(tx, row)?,
            told: told.cloned().collect(),
            printed: self.prints(tx, actor, row)?,
        })
    }

    /// The asks for permission to produce an entry, oldest first.
    fn asked_of(
        &self,
        actor: &Actor,
        showing: &mut Showing<'_>,
        found: &Found,
    ) -> Result<Vec<ObligationView>> {
        let mut asked = Vec::new();
        for (entry, uses) in found.wanted() {
            let id = ObligationId { entry, index: 0 };
            let row = showing.tx.obligation(id)?;
            if let Some(row) = row.filter(|_| uses.meets(Uses::COURT)) {
                asked.extend(showing.obligation(actor, &row)?);
            }
        }
        asked.sort_by_key(|ask| ask.asked);
        Ok(asked)
    }

    /// How an entry stands, with the corrections that go with it.
    pub(crate) fn court_standing(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Standing> {
        let alone = self.stands_alone(tx, actor, (row, header))?;
        let mut beside = Vec::new();
        for correction in self.corrections_of(tx, row.dossier, row)? {
            if let Some(header) = regular(&correction) {
                beside.push(self.stands_alone(tx, actor, (&correction, &header))?);
            }
        }
        Ok(alone.with_corrections(beside.iter()))
    }

    /// The same without them.
    pub(crate) fn stands_alone(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (&EntryRow, &Header),
    ) -> Result<Standing> {
        let found = self.said_of(tx, actor, (row, header))?;
        let files = tx.attachments(row.id)?;
        let mut actions = vec![Action::Read, Action::Export];
        actions.extend((!files.is_empty()).then_some(Action::OpenFile));
        let mut permitted = true;
        for action in actions {
            permitted &= self
                .may_under(tx, actor, action, (row, header, &found))?
                .is_some();
        }
        let held = files.iter().all(|file| file.state == AttachmentState::Held);
        let conditions = found.binding(self.me());
        let piece = Piece {
            permitted,
            conditions: &conditions,
            content: row.body == BodyState::Here,
            files: (!files.is_empty()).then_some(held),
            proved: self.has_proof(tx, row, header)?,
        };
        Ok(standing(&piece, self.now()))
    }

    fn venues(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (words, all): (&[CourtWord], &[Said]),
    ) -> Result<Vec<VenueView>> {
        let mut venues = Vec::new();
        for word in words.iter().filter(|w| proposes_venue(w.entry_type.name)) {
            let header = all.iter().find(|(row, _)| row.id == word.entry);
            let Some((_, header)) = header else { continue };
            let asks = showing.asked_by(actor, (word.entry, header))?;
            venues.push(VenueView {
                state: venue_state(tx, &asks, header)?,
                word: word.clone(),
                asks,
            });
        }
        Ok(venues)
    }

    /// Where an entry was produced and what courts decided of it, in order.
    pub(crate) fn told_in_court(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        row: &EntryRow,
    ) -> Result<Vec<CourtWord>> {
        let dossier = tx.dossier(row.dossier)?;
        let kind = dossier.and_then(|dossier| kinds::find(&dossier.kind));
        let Some(kind) =
            kind.filter(|k| is_material(&row.kind) && k.entry(PRODUCED.name).is_some())
        else {
            return Ok(Vec::new());
        };
        let mut words = Vec::new();
        for other in self.said_in_court(tx, (row.dossier, row.id))? {
            let entry_type = kind.entry(&other.kind);
            if let (Some(entry_type), Some(header)) = (entry_type, regular(&other)) {
                words.push(self.court_word(tx, actor, (entry_type, &other, &header))?);
            }
        }
        words.retain(|word| word.about.contains(&row.id));
        Ok(words)
    }
}

fn read(row: EntryRow) -> Option<Said> {
    regular(&row).map(|header| (row, header))
}

fn page_of(part: &CourtPart) -> u32 {
    match part {
        CourtPart::Page(page) => *page,
        CourtPart::All | CourtPart::Only(_) => 0,
    }
}

/// What somebody could produce, as far as it is wanted, and how much there is in all. The dossier is read in parts to its end: types that this
/// program does not know yet are among it, and no list of types could name them.
fn materials(tx: &dyn Read, dossier: DossierId, part: &CourtPart) -> Result<(Vec<Said>, u64)> {
    let page = u64::from(page_of(part)) * u64::from(CourtView::PAGE);
    let shown = page..page + u64::from(CourtView::PAGE);
    let (mut out, mut total) = (Vec::new(), 0);
    by_pages(tx, dossier, |rows| {
        let material = rows.into_iter().filter(|row| is_material(&row.kind));
        for said in material.filter_map(read) {
            let wanted = match part {
                CourtPart::All => true,
                CourtPart::Page(_) => shown.contains(&total),
                CourtPart::Only(ids) => ids.contains(&said.0.id),
            };
            out.extend(wanted.then_some(said));
            total += 1;
        }
        Ok(ControlFlow::<()>::Continue(()))
    })?;
    Ok((out, total))
}

/// A venue is agreed once every other state that it is for agreed: each was asked, or nobody is bound.
fn venue_state(tx: &dyn Read, asks: &[ObligationView], header: &Header) -> Result<VenueState> {
    let mut agreed: Vec<NodeName> = vec![header.node()];
    for ask in asks.iter().filter(|ask| ask.state == State::Answered) {
        let answer: Option<EntryId> = ask.answered_by;
        let row = answer.map(|id| tx.entry(id)).transpose()?.flatten();
        let row = row.filter(|row| row.kind == VENUE_AGREE.name);
        agreed.extend(
            row.and_then(|row| regular(&row))
                .map(|header| header.node()),
        );
    }
    let all = header.audience.len() > 1 && header.audience.iter().all(|node| agreed.contains(node));
    let open = asks.iter().any(|ask| ask.state.is_open());
    Ok(match (all, open) {
        (true, _) => VenueState::Agreed,
        (_, true) => VenueState::Proposed,
        _ => VenueState::NotAgreed,
    })
}
