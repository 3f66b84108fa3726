//! Exhibits of an investigation, each with its moments: what was seized, every step, what was handed over with its receipts, copies in transit,
//! returns. The chain and its gaps are computed by [`chain`], from what the reader may read.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::all_of;
use crate::error::{AppError, Result};
use crate::files::described;
use crate::things::named;
use crate::views::{
    BroughtBy, CustodyDeed, CustodyMoment, Derived, Exhibit, ExhibitView, Exhibits, Rung,
};
use crate::{Actor, App};
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_core::kind::{Effect, EntryType};
use entente_core::kinds;
use entente_core::kinds::investigation::chain::{self, Hash};
use entente_core::kinds::investigation::custody::{
    self as fields, ASK_RETURN, CUSTODY, EXHIBIT, ON_EXHIBITS, RECEIVED, RETURNED, TRANSFER,
    is_of_custody,
};
use entente_core::kinds::investigation::things::NAME;
use entente_store::{EntryRow, Read, StoreExt};
use std::collections::BTreeMap;

/// An entry on an exhibit that may be read, with what it says.
struct Said {
    row: EntryRow,
    header: Header,
    values: Values,
    corrected: bool,
    printed: bool,
    ours: bool,
}

impl App {
    /// The exhibits of a dossier with their custody.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such dossier that the actor belongs to, or it is of a kind without exhibits.
    pub fn exhibits(&self, actor: &Actor, dossier: DossierId) -> Result<Exhibits> {
        let why = self.looks_into(actor, dossier)?;
        self.noted(AccessRecord::by(actor, Operation::Consult, "exhibits").within(dossier, why))?;
        self.inner
            .store
            .view("exhibits", |tx| self.exhibits_of(tx, actor, dossier))
    }

    /// One exhibit with its custody and its own entry.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor may read.
    pub fn exhibit(&self, actor: &Actor, entry: EntryId) -> Result<ExhibitView> {
        let (dossier, why) = self.inner.store.view("visible", |tx| {
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            let row = self.visible(tx, actor, row.dossier)?;
            Ok::<_, AppError>((row.id, self.entering(tx, actor, &row)?))
        })?;
        let record = AccessRecord::by(actor, Operation::Consult, "exhibit").on(entry);
        self.noted(record.within(dossier, why))?;
        self.inner.store.view("exhibit", |tx| {
            let all = self.exhibits_of(tx, actor, dossier)?;
            all.exhibit(entry).ok_or(AppError::NotFound)?;
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            Ok(ExhibitView {
                all,
                entry,
                record: self.entry_view(tx, actor, &row)?,
            })
        })
    }

    pub(super) fn exhibits_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Exhibits> {
        let row = self.visible(tx, actor, dossier)?;
        let kind = kinds::find(&row.kind).ok_or(AppError::NotFound)?;
        kind.entry(EXHIBIT.name).ok_or(AppError::NotFound)?;
        let mut showing = Showing::new(self, tx);
        let line = showing.line(&row)?.ok_or(AppError::NotFound)?;
        let (said, withheld) = self.said_of_custody(tx, actor, dossier)?;
        let subjects = subjects(&said);
        let mut exhibits = Vec::new();
        for one in said.iter().filter(|one| one.row.kind == EXHIBIT.name) {
            let of = said
                .iter()
                .filter(|other| subjects.get(&other.row.id) == Some(&one.row.id));
            let of: Vec<&Said> = of.collect();
            exhibits.push(self.exhibit_of(actor, &mut showing, one, &of)?);
        }
        derive(&mut exhibits);
        Ok(Exhibits {
            dossier: line,
            exhibits,
            withheld,
            forms: self.writable(actor, &row, begins),
        })
    }

    /// Every entry on an exhibit that may be read, in the order of the dossier, and how many there are besides.
    fn said_of_custody(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<(Vec<Said>, u64)> {
        let rows = all_of(tx, dossier, &ON_EXHIBITS)?;
        let ids: Vec<(DossierId, EntryId)> = rows.iter().map(|row| (dossier, row.id)).collect();
        crate::ahead::of_words(tx, &ids)?;
        crate::ahead::of_corrections(tx, &ids)?;
        let (mut said, mut withheld) = (Vec::new(), 0);
        for row in rows {
            let Some(header) = regular(&row) else {
                continue;
            };
            match self.read_by(tx, actor, &row)? {
                Some(values) => said.push(Said {
                    corrected: self.is_corrected(tx, &row)?,
                    printed: self.prints(tx, actor, &row)?,
                    ours: header.node() == self.inner.me,
                    row,
                    header,
                    values,
                }),
                None => withheld += 1,
            }
        }
        Ok((said, withheld))
    }

    fn exhibit_of(
        &self,
        actor: &Actor,
        showing: &mut Showing<'_>,
        said: &Said,
        of: &[&Said],
    ) -> Result<Exhibit> {
        let mut moments = vec![seized(said)];
        for one in of {
            moments.push(self.moment_of(actor, showing, one)?);
        }
        compare(&mut moments);
        // The seizure is first among those of the same time, and where its time is not said.
        moments.sort_by_key(|moment| {
            let seized = moment.what == CustodyDeed::Seized;
            (
                !(seized && moment.at.is_none()),
                moment.at.is_none(),
                moment.at,
            )
        });
        let chained: Vec<chain::Moment> = (0..moments.len())
            .map(|place| chained(&moments, place))
            .collect();
        let text = |name: &str| text_of(&said.values, name);
        let from = named(&said.values, fields::DERIVED_FROM).map(|from| Derived {
            from: Some(from),
            by: text(fields::DERIVED_BY),
        });
        Ok(Exhibit {
            entry: said.row.id,
            name: text(NAME),
            mark: text(fields::MARK),
            sort: code_of(&said.values, fields::SORT),
            place: text(fields::SEIZED_WHERE),
            hash: hash_of(&said.values),
            from,
            derived: Vec::new(),
            text: text("text"),
            files: files_of(&said.values),
            brought: brought(said),
            gaps: chain::gaps(&chained),
            moments,
        })
    }

    fn moment_of(
        &self,
        actor: &Actor,
        showing: &mut Showing<'_>,
        said: &Said,
    ) -> Result<CustodyMoment> {
        let asks = showing.asked_by(actor, (said.row.id, &said.header))?;
        let mut ladder = self.ladder(showing.tx, &said.row, &said.header)?;
        if !said.ours {
            ladder.push(self.held_here(said));
        }
        let text = |name: &str| text_of(&said.values, name);
        let purpose = match text(fields::WHAT_FOR) {
            purpose if purpose.is_empty() => text(fields::CARRIED),
            purpose => purpose,
        };
        Ok(CustodyMoment {
            asks,
            ladder,
            from: text(fields::FROM_WHOM),
            to: text(fields::TO_WHOM),
            purpose,
            at: said.values.moment(fields::DONE_AT),
            what: deed(said),
            ..told(said)
        })
    }

    /// That our node holds what the other side wrote: the time of the receipt that it gave.
    fn held_here(&self, said: &Said) -> Rung {
        let here = Instant(said.row.here_ms);
        Rung {
            node: self.inner.me.clone(),
            accepted: said.header.at,
            position: None,
            received: Some(here),
            answered: None,
        }
    }

    /// The exhibits of a dossier that a form may name, as people read them.
    pub(super) fn exhibit_choices(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Vec<(EntryId, String)>> {
        let all = self.exhibits_of(tx, actor, dossier)?;
        let read = |one: &Exhibit| {
            let said = format!("{} · {} · {}", one.mark, one.name, one.brought.origin);
            (one.entry, said)
        };
        Ok(all.exhibits.iter().map(read).collect())
    }
}

/// Types on exhibits that answer nothing: what answers is offered where it was asked.
fn begins(entry: &EntryType) -> bool {
    let answers = entry.effects.iter().any(|e| matches!(e, Effect::On(..)));
    is_of_custody(entry.name) && !answers
}

/// Of each entry, the exhibit that it is about: named by itself, or by what it answers.
fn subjects(said: &[Said]) -> BTreeMap<EntryId, EntryId> {
    let mut subjects: BTreeMap<EntryId, EntryId> = BTreeMap::new();
    for one in said {
        let subject = match named(&one.values, fields::EXHIBIT_OF) {
            Some(exhibit) => Some(exhibit),
            // What it answers came before it.
            None => answered(one).and_then(|asking| subjects.get(&asking).copied()),
        };
        subjects.extend(subject.map(|exhibit| (one.row.id, exhibit)));
    }
    subjects
}

/// The entry whose ask this one answers.
fn answered(said: &Said) -> Option<EntryId> {
    let mut on = said.header.acts.on();
    on.next().map(|(obligation, _)| obligation.entry)
}

/// Fills in what was derived from what; what is derived from an exhibit that is not here says so.
fn derive(exhibits: &mut [Exhibit]) {
    let mut derived: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
    for one in exhibits.iter() {
        if let Some(from) = one.from.as_ref().and_then(|derived| derived.from) {
            derived.entry(from).or_default().push(one.entry);
        }
    }
    let here: Vec<EntryId> = exhibits.iter().map(|one| one.entry).collect();
    for one in exhibits {
        one.derived = derived.remove(&one.entry).unwrap_or_default();
        if let Some(from) = &mut one.from {
            from.from = from.from.filter(|from| here.contains(from));
        }
    }
}

fn seized(said: &Said) -> CustodyMoment {
    CustodyMoment {
        at: said.values.moment(fields::SEIZED_AT),
        to: text_of(&said.values, fields::SEIZED_BY),
        purpose: text_of(&said.values, fields::SEIZED_WHERE),
        text: String::new(),
        ..told(said)
    }
}

/// What every moment has.
fn told(said: &Said) -> CustodyMoment {
    let code = |name| code_of(&said.values, name);
    CustodyMoment {
        entry: said.row.id,
        what: CustodyDeed::Seized,
        at: None,
        from: String::new(),
        to: String::new(),
        purpose: String::new(),
        seal: code(fields::SEAL),
        number: text_of(&said.values, fields::SEAL_NUMBER),
        found: code(fields::SEAL_FOUND),
        left: code(fields::SEAL_LEFT),
        hash: hash_of(&said.values),
        compared: None,
        text: text_of(&said.values, "text"),
        files: files_of(&said.values),
        brought: brought(said),
        asks: Vec::new(),
        ladder: Vec::new(),
    }
}

fn deed(said: &Said) -> CustodyDeed {
    let answers = answered(said).unwrap_or(said.row.id);
    match said.row.kind.as_str() {
        kind if kind == CUSTODY.name => CustodyDeed::Step(text_of(&said.values, fields::STEP)),
        kind if kind == TRANSFER.name => CustodyDeed::Transfer {
            handed: text_of(&said.values, fields::HANDED),
        },
        kind if kind == RECEIVED.name => CustodyDeed::Received(answers),
        kind if kind == ASK_RETURN.name => CustodyDeed::AskedBack,
        kind if kind == RETURNED.name => CustodyDeed::Returned(answers),
        _ => CustodyDeed::Seized,
    }
}

/// A receipt's hash is compared with what was handed over, that with the one of the source.
fn compare(moments: &mut [CustodyMoment]) {
    let source = moments.first().and_then(|seized| seized.hash.clone());
    let known: BTreeMap<EntryId, Hash> = moments
        .iter()
        .filter_map(|one| Some((one.entry, one.hash.clone()?)))
        .collect();
    for one in moments.iter_mut().skip(1) {
        let before = match &one.what {
            CustodyDeed::Received(of) => known.get(of).or(source.as_ref()),
            _ => source.as_ref(),
        };
        let compared = before.zip(one.hash.as_ref());
        one.compared = compared.map(|(before, anew)| before.compared(anew));
    }
}

/// A moment as a link of the chain of the exhibit itself: what became of copies of it is not.
fn chained(moments: &[CustodyMoment], place: usize) -> chain::Moment {
    let Some(one) = moments.get(place).filter(|one| one.is_of_itself(moments)) else {
        return chain::Moment::default();
    };
    let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let sealed = one.seal.as_ref().map(|seal| match seal.as_str() {
        fields::NO_SEAL => fields::NO_SEAL.to_owned(),
        _ => "intact".to_owned(),
    });
    let received = matches!(one.what, CustodyDeed::Received(_));
    let (found, left) = match received {
        true => (said(&one.number), None),
        false => (None, said(&one.number)),
    };
    chain::Moment {
        at: one.at,
        from: said(&one.from),
        to: said(&one.to),
        seal_found: one.found.clone(),
        seal_left: one.left.clone().or(sealed),
        number_found: found,
        number_left: left,
    }
}

fn brought(said: &Said) -> BroughtBy {
    BroughtBy {
        origin: said.header.node(),
        ours: said.ours,
        service: said.header.author.service.clone(),
        at: said.header.at,
        assessment: false,
        handling: said.header.handling,
        lang: said.values.lang,
        rests_on: None,
        corrected: said.corrected,
        printed: said.printed,
    }
}

fn text_of(values: &Values, name: &str) -> String {
    values.text(name).unwrap_or_default().to_owned()
}

fn code_of(values: &Values, name: &str) -> Option<String> {
    let text = values.text(name).filter(|text| !text.is_empty());
    text.map(str::to_owned)
}

fn files_of(values: &Values) -> u64 {
    u64::try_from(described(values).len()).unwrap_or(u64::MAX)
}

fn hash_of(values: &Values) -> Option<Hash> {
    Some(Hash {
        method: code_of(values, fields::HASH_METHOD)?,
        digits: code_of(values, fields::HASH)?.to_lowercase(),
    })
}
