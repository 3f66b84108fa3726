//! Commitments across declarations: every point of those that the reader works in or may enter unasked, where it stands, what it follows by people's
//! decision, and which earlier point it is like. What was drawn on is on record before any of it is given out.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::all_with_words;
use crate::error::Result;
use crate::views::{CommitmentsView, Committed};
use crate::{Actor, App};
use entente_core::codes::Relation;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kinds::declaration::KIND;
use entente_core::kinds::declaration::similar::{likeness, stems};
use entente_store::{DossierFilter, DossierRow, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};

/// Most declarations that are looked through, the latest changed first.
const DECLARATIONS: u32 = 400;
/// How alike two points are before one is proposed for the other, of a hundred.
const ALIKE: usize = 50;
/// Most points that are proposed for one.
const PROPOSED: usize = 3;

impl App {
    /// The points of every declaration that the actor belongs to.
    ///
    /// # Errors
    /// Storage only.
    pub fn follow_up(&self, actor: &Actor) -> Result<CommitmentsView> {
        let view = self
            .inner
            .store
            .view("follow_up", |tx| self.follow_up_of(tx, actor))?;
        self.noted(AccessRecord {
            dossiers: drawn_on(&view).iter().map(DossierId::to_string).collect(),
            ..AccessRecord::by(actor, Operation::Consult, "follow_up")
        })?;
        Ok(view)
    }

    fn follow_up_of(&self, tx: &dyn Read, actor: &Actor) -> Result<CommitmentsView> {
        let mut showing = Showing::new(self, tx);
        let mut points = Vec::new();
        for row in self.declarations(tx, actor)? {
            let Some(line) = showing.line(&row)? else {
                continue;
            };
            let date = self.declared(tx, actor, row.id)?;
            for point in self.points(tx, actor, &mut showing, row.id)? {
                let entry = tx.entry(point.entry)?;
                let printed = match &entry {
                    Some(entry) => self.prints(tx, actor, entry)?,
                    None => false,
                };
                points.push(Committed {
                    dossier: line.clone(),
                    date: date.clone(),
                    point,
                    printed,
                    follows: Vec::new(),
                    followed_by: Vec::new(),
                    alike: Vec::new(),
                });
            }
        }
        // The order of the declarations, and within one that of its entries.
        points.sort_by(|a, b| (&a.date, a.dossier.opened).cmp(&(&b.date, b.dossier.opened)));
        tie(tx, &mut points)?;
        propose(&mut points);
        Ok(CommitmentsView { points })
    }

    /// The declarations that the actor may look into without being asked why.
    fn declarations(&self, tx: &dyn Read, actor: &Actor) -> Result<Vec<DossierRow>> {
        let sees = self.sees(actor);
        let rows = tx.dossiers(&DossierFilter {
            kind: Some(KIND.name.to_owned()),
            services: sees.services,
            among: sees.among,
            limit: DECLARATIONS,
            ..DossierFilter::default()
        })?;
        let mut out = Vec::new();
        for row in rows {
            let seen = self.seen_by(tx, actor, row.id)?.is_some();
            if seen && !self.standing(tx, actor, &row)?.outside {
                out.push(row);
            }
        }
        Ok(out)
    }

    /// The day that a declaration says it is of; empty where it says none.
    fn declared(&self, tx: &dyn Read, actor: &Actor, dossier: DossierId) -> Result<String> {
        let opened = all_with_words(tx, dossier, &["declaration.open"])?;
        let Some(row) = opened.first().filter(|row| regular(row).is_some()) else {
            return Ok(String::new());
        };
        let values = self.read_by(tx, actor, row)?;
        let date = values.and_then(|values| values.text("date").map(str::to_owned));
        Ok(date.unwrap_or_default())
    }
}

/// Every dossier that a view was made from.
fn drawn_on(view: &CommitmentsView) -> BTreeSet<DossierId> {
    let of = |one: &Committed| {
        let programmes = one.point.programmes.iter().map(|line| line.id);
        let evidence = one.point.evidence.iter().map(|shown| shown.dossier.id);
        let mut all: Vec<DossierId> = programmes.chain(evidence).collect();
        all.push(one.dossier.id);
        all
    };
    view.points.iter().flat_map(of).collect()
}

/// What people related, between points that are here: an end that the reader may not see does not exist.
fn tie(tx: &dyn Read, points: &mut [Committed]) -> Result<()> {
    let here: BTreeSet<EntryId> = points.iter().map(|one| one.point.entry).collect();
    for one in points {
        let entry = one.point.entry;
        for row in tx.relations(entry)? {
            let Some(how) = Relation::from_number(row.relation) else {
                continue;
            };
            if row.from == entry && here.contains(&row.to) {
                one.follows.push((how, row.to));
            } else if row.to == entry && here.contains(&row.from) {
                one.followed_by.push((how, row.from));
            }
        }
    }
    Ok(())
}

/// Proposes for each point the earlier ones of other declarations that say nearly the same and are not of its chain.
fn propose(points: &mut [Committed]) {
    let chains = chains(points);
    let known: Vec<(DossierId, EntryId, BTreeMap<String, BTreeSet<String>>)> = points
        .iter()
        .map(|one| {
            let texts = one.point.texts.iter();
            let mut by: BTreeMap<_, _> = texts
                .map(|(lang, text)| (lang.clone(), stems(text)))
                .collect();
            by.entry(String::new())
                .or_insert_with(|| stems(&one.point.title));
            (one.dossier.id, one.point.entry, by)
        })
        .collect();
    for (at, one) in points.iter_mut().enumerate() {
        let Some(own) = known.get(at) else { continue };
        let earlier = known.get(..at).unwrap_or_default().iter();
        let mut found: Vec<(usize, EntryId)> = earlier
            .filter(|other| other.0 != own.0)
            .filter(|other| chains.get(&other.1) != chains.get(&own.1))
            .map(|other| (alike(&own.2, &other.2), other.1))
            .filter(|(percent, _)| *percent >= ALIKE)
            .collect();
        found.sort_by_key(|(percent, _)| std::cmp::Reverse(*percent));
        one.alike = found.into_iter().take(PROPOSED).map(|(_, e)| e).collect();
    }
}

/// Which chain each point is of, by the first point of it: what ties reach already needs no proposal.
fn chains(points: &[Committed]) -> BTreeMap<EntryId, EntryId> {
    let ends = |one: &Committed| -> Vec<EntryId> {
        let all = one.follows.iter().chain(&one.followed_by);
        all.map(|(_, entry)| *entry).collect()
    };
    let ties: BTreeMap<EntryId, Vec<EntryId>> = points
        .iter()
        .map(|one| (one.point.entry, ends(one)))
        .collect();
    let mut out = BTreeMap::new();
    for first in points.iter().map(|one| one.point.entry) {
        let mut waiting = vec![first];
        while let Some(entry) = waiting.pop() {
            if out.contains_key(&entry) {
                continue;
            }
            out.insert(entry, first);
            waiting.extend(ties.get(&entry).into_iter().flatten());
        }
    }
    out
}

/// Compared in each language that both have; the best counts.
fn alike(
    one: &BTreeMap<String, BTreeSet<String>>,
    other: &BTreeMap<String, BTreeSet<String>>,
) -> usize {
    let each = one.iter();
    let each = each.filter_map(|(lang, stems)| Some(likeness(stems, other.get(lang)?)));
    each.max().unwrap_or(0)
}
