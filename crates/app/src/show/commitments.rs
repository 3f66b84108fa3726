//! Commitments across declarations: every point of those that the reader works in or may enter unasked, where it stands, what it follows by people's
//! decision, and which earlier point it is like. What was drawn on is on record before any of it is given out.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::charter::regular;
use crate::codec::names;
use crate::error::{AppError, Result};
use crate::past::act_facts;
use crate::views::{CommitmentsView, Committed, Follow, ObligationView, Tied, Ties};
use crate::{Actor, App};
use entente_core::act::OnAct;
use entente_core::codes::Relation;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::kinds::declaration::KIND;
use entente_core::kinds::declaration::similar::{likeness, stems};
use entente_core::obligation::State;
use entente_store::{DossierFilter, DossierRow, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};

/// Most declarations that are looked through, the latest changed first.
const DECLARATIONS: u32 = 400;
/// How alike two points are before one is proposed for the other, of a hundred.
const ALIKE: usize = 50;
/// Most points that are proposed for one.
const PROPOSED: usize = 3;

impl App {
    /// The points of the declarations that the actor belongs to, as far as they are looked at.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for a point that is not among them and for no partner; [`AppError::Link`] where a report is for one of several.
    pub fn follow_up(&self, actor: &Actor, follow: &Follow) -> Result<CommitmentsView> {
        let view = self
            .inner
            .store
            .view("follow_up", |tx| self.follow_up_of(tx, actor, follow))?;
        let record = AccessRecord {
            dossiers: drawn_on(&view).iter().map(DossierId::to_string).collect(),
            ..AccessRecord::by(actor, Operation::Consult, "follow_up")
        };
        self.noted(match follow.of {
            Some(of) => record.on(of),
            None => record,
        })?;
        Ok(view)
    }

    fn follow_up_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        follow: &Follow,
    ) -> Result<CommitmentsView> {
        let partner = match (&follow.partner, follow.report) {
            (None, false) => None,
            (named, _) => Some(self.partner_or_only(tx, named.as_ref())?),
        };
        let rows = self.declarations(tx, actor, partner.as_ref())?;
        let mut points = self.committed(tx, actor, &rows)?;
        tie(tx, &mut points)?;
        if let Some(of) = follow.of {
            points = around(points, of)?;
        }
        let partners = tx.partners()?.into_iter().map(|row| row.node).collect();
        Ok(CommitmentsView {
            points,
            partner,
            partners,
        })
    }

    /// The points of declarations, without their ties, the earliest declaration first.
    fn committed(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        rows: &[DossierRow],
    ) -> Result<Vec<Committed>> {
        let mut showing = Showing::new(self, tx);
        let mut points = Vec::new();
        for line in showing.lines(rows)? {
            let date = self.declared(tx, actor, line.id)?;
            for point in self.points(tx, actor, &mut showing, line.id)? {
                let printed = match tx.entry(point.entry)? {
                    Some(entry) => self.prints(tx, actor, &entry)?,
                    None => false,
                };
                points.push(Committed {
                    dossier: line.clone(),
                    date: date.clone(),
                    let_go: let_go(tx, &point.obligations)?,
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
        Ok(points)
    }

    /// The declarations that the actor may look into without being asked why; with a partner, those that we share with it and with nobody else.
    fn declarations(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        partner: Option<&NodeName>,
    ) -> Result<Vec<DossierRow>> {
        let sees = self.sees(actor);
        let mut rows = tx.dossiers(&DossierFilter {
            kind: Some(KIND.name.to_owned()),
            node: partner.cloned(),
            services: sees.services,
            among: sees.among,
            limit: DECLARATIONS,
            ..DossierFilter::default()
        })?;
        let within = |node: &NodeName| {
            *node == self.inner.me || partner.is_none_or(|partner| partner == node)
        };
        rows.retain(|row| names::<NodeName>(&row.nodes).iter().all(within));
        let mut out = Vec::new();
        for row in rows {
            out.extend(self.unasked(tx, actor, row.id)?);
        }
        Ok(out)
    }

    /// The day that a declaration says it is of; empty where it says none.
    fn declared(&self, tx: &dyn Read, actor: &Actor, dossier: DossierId) -> Result<String> {
        let opened = tx.entry(dossier.opening())?;
        let Some(row) = opened.filter(|row| regular(row).is_some()) else {
            return Ok(String::new());
        };
        let values = self.read_by(tx, actor, &row)?;
        let date = values.and_then(|values| values.text("date").map(str::to_owned));
        Ok(date.unwrap_or_default())
    }
}

/// Every dossier that a view was made from.
fn drawn_on(view: &CommitmentsView) -> BTreeSet<DossierId> {
    let of = |one: &Committed| {
        let mut all: Vec<DossierId> = one.point.drawn_on().collect();
        all.push(one.dossier.id);
        all
    };
    view.points.iter().flat_map(of).collect()
}

/// Which pledges were claimed done, by their debtor, before their creditor let them go.
fn let_go(tx: &dyn Read, pledges: &[ObligationView]) -> Result<BTreeSet<ObligationId>> {
    let mut out = BTreeSet::new();
    let gone = pledges
        .iter()
        .filter(|one| matches!(one.state, State::Waived | State::Withdrawn));
    for one in gone {
        for act in tx.acts(one.id)? {
            if matches!(act_facts(&act)?.act, OnAct::Answer { partial: false, .. }) {
                out.insert(one.id);
            }
        }
    }
    Ok(out)
}

/// What people related, between points that are here: an end that the reader may not see does not exist. What is said twice is one tie of both who
/// say it, and a point is not tied to itself.
fn tie(tx: &dyn Read, points: &mut [Committed]) -> Result<()> {
    let here: BTreeSet<EntryId> = points.iter().map(|one| one.point.entry).collect();
    for one in points {
        let entry = one.point.entry;
        let (mut follows, mut followed_by) = (Ties::new(), Ties::new());
        for row in tx.relations(entry)? {
            let (from, to) = (row.from, row.to);
            if from == to || !here.contains(&from) || !here.contains(&to) {
                continue;
            }
            let Some(how) = Relation::from_number(row.relation) else {
                continue;
            };
            let Some(by) = tx.entry(row.entry)?.as_ref().and_then(regular) else {
                continue;
            };
            let (ties, other) = match from == entry {
                true => (&mut follows, to),
                false => (&mut followed_by, from),
            };
            let tied = ties.entry((row.relation, other)).or_insert_with(|| Tied {
                how,
                entry: other,
                by: BTreeSet::new(),
            });
            tied.by.insert(by.author.service.node());
        }
        one.follows = follows.into_values().collect();
        one.followed_by = followed_by.into_values().collect();
    }
    Ok(())
}

/// A point with all that ties reach from it, and what is proposed for it.
fn around(mut points: Vec<Committed>, of: EntryId) -> Result<Vec<Committed>> {
    let chain = chain(&points, of);
    let at = points.iter().position(|one| one.point.entry == of);
    let at = at.ok_or(AppError::NotFound)?;
    let alike = proposed(&points, at, &chain);
    points.retain(|one| chain.contains(&one.point.entry) || alike.contains(&one.point.entry));
    if let Some(one) = points.iter_mut().find(|one| one.point.entry == of) {
        one.alike = alike;
    }
    Ok(points)
}

/// The earlier points of other declarations that say nearly the same as one and are not of its chain. Whoever holds the later one must hold the
/// earlier one already: to tie them tells all of the later declaration's states that the earlier one is there.
fn proposed(points: &[Committed], at: usize, chain: &BTreeSet<EntryId>) -> Vec<EntryId> {
    let Some(later) = points.get(at) else {
        return Vec::new();
    };
    let own = words_of(later);
    let held = |one: &Committed| {
        let nodes = &one.dossier.nodes;
        later.dossier.nodes.iter().all(|node| nodes.contains(node))
    };
    let earlier = points.get(..at).unwrap_or_default().iter();
    let mut found: Vec<(usize, EntryId)> = earlier
        .filter(|one| one.dossier.id != later.dossier.id && held(one))
        .filter(|one| !chain.contains(&one.point.entry))
        .map(|one| (alike(&own, &words_of(one)), one.point.entry))
        .filter(|(percent, _)| *percent >= ALIKE)
        .collect();
    found.sort_by_key(|(percent, _)| std::cmp::Reverse(*percent));
    found.into_iter().take(PROPOSED).map(|(_, e)| e).collect()
}

/// The stems of a point by language; those of its title by none.
fn words_of(one: &Committed) -> BTreeMap<String, BTreeSet<String>> {
    let texts = one.point.texts.iter();
    let mut by: BTreeMap<_, _> = texts
        .map(|(lang, text)| (lang.clone(), stems(text)))
        .collect();
    by.insert(String::new(), stems(&one.point.title));
    by
}

/// The points that ties reach from one, with itself.
fn chain(points: &[Committed], from: EntryId) -> BTreeSet<EntryId> {
    let by: BTreeMap<EntryId, &Committed> =
        points.iter().map(|one| (one.point.entry, one)).collect();
    let (mut reached, mut waiting) = (BTreeSet::from([from]), vec![from]);
    while let Some(one) = waiting.pop().and_then(|entry| by.get(&entry)) {
        let ties = one.follows.iter().chain(&one.followed_by);
        waiting.extend(
            ties.map(|tie| tie.entry)
                .filter(|next| reached.insert(*next)),
        );
    }
    reached
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
