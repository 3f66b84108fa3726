//! The balance with a partner: what was asked within a period, year by year before it, how often both met and what they promised.
//!
//! All of it is read from the ledger's columns: the rows of the period, and the years counted by the database. What a series of meetings
//! means to reach stands in words, and is told only to who may read them all.

use crate::access::{AccessRecord, Operation};
use crate::codec::{all_with_words, names};
use crate::error::{AppError, Result};
use crate::fold::Folding;
use crate::views::{BalanceView, MeetingTarget};
use crate::{Actor, App};
use entente_core::balance::{Figures, Line, Reading, figures, window, years};
use entente_core::cadence;
use entente_core::codes::{Ask, Phase};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kinds::{meeting, rights};
use entente_core::obligation::Obligation;
use entente_core::statistics::is_of_persons;
use entente_store::{Asked, DossierFilter, ObligationFilter, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};

/// Most series of meetings whose targets are added up.
const SERIES: u32 = 50;

impl App {
    /// What was asked within a period, both directions; both sides read the same figures. Rights of persons are apart, and shown to who
    /// sees such dossiers.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such partner.
    pub fn balance(
        &self,
        actor: &Actor,
        partner: &NodeName,
        from: Instant,
        to: Instant,
    ) -> Result<BalanceView> {
        self.authorise(actor, Action::Figures)?;
        let (view, read) = self.inner.store.view("balance", |tx| {
            tx.partner(partner)?.ok_or(AppError::NotFound)?;
            let lines = self.balance_lines(tx, partner, (from, to))?;
            let (target, read) = self.meeting_target(tx, actor, partner)?;
            let mut view = self.balance_of(actor, partner, (from, to), lines);
            let (past, end) = window(self.now());
            let counted = tx.tallies(&Asked {
                between: [self.inner.me.clone(), partner.clone()],
                from_ms: past.0,
                to_ms: end.0,
                now_ms: self.now().0,
            })?;
            view.years = years(&counted, [&self.inner.me, partner], self.now());
            view.target = target;
            Ok::<_, AppError>((view, read))
        })?;
        self.noted(AccessRecord {
            dossiers: read.iter().map(DossierId::to_string).collect(),
            ..AccessRecord::by(actor, Operation::Consult, "balance")
        })?;
        Ok(view)
    }

    fn balance_of(
        &self,
        actor: &Actor,
        partner: &NodeName,
        (from, to): (Instant, Instant),
        lines: Vec<Line>,
    ) -> BalanceView {
        // Exact figures with persons in them, less the published tables without, would tell what the statistics hide.
        let persons = |line: &Line| is_of_persons(&line.tally.kind);
        let (persons, all): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(persons);
        let me = &self.inner.me;
        let mut reading = Reading::between(me, partner);
        all.iter().for_each(|line| reading.count(&line.tally));
        let of = |node: &NodeName| figures(all.iter().filter(|l| l.tally.debtor == *node));
        BalanceView {
            partner: partner.clone(),
            from,
            to,
            ours: of(me),
            theirs: of(partner),
            by_service: by_service(&all),
            by_kind: by_kind(&all),
            reading,
            years: Vec::new(),
            target: None,
            lags: self.refolding(),
            rights: self.sees_kind(actor, rights::NAME).then(|| {
                let of = |node: &NodeName| {
                    let duty = |l: &&Line| {
                        let t = &l.tally;
                        t.kind == rights::NAME && t.ask == Ask::Decide && t.debtor == *node
                    };
                    figures(persons.iter().filter(duty))
                };
                (of(me), of(partner))
            }),
        }
    }

    /// What was asked in a period, as the ledger's columns have it.
    fn balance_lines(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        period: (Instant, Instant),
    ) -> Result<Vec<Line>> {
        let now = self.now();
        let mut out = Vec::new();
        for filter in self.both_directions(partner, Some(period)) {
            let rows = tx.obligations(&filter)?;
            out.extend(rows.iter().map(|row| row.line(now)));
        }
        Ok(out)
    }

    /// How often the open series with a partner are meant to meet, in a year, and the dossiers in which that was read. Told only to who may
    /// read the opening of each: it is the same for all to whom it is told.
    fn meeting_target(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        partner: &NodeName,
    ) -> Result<(Option<MeetingTarget>, BTreeSet<DossierId>)> {
        let mut rows = tx.dossiers(&DossierFilter {
            kind: Some(meeting::KIND.name.to_owned()),
            node: Some(partner.clone()),
            limit: SERIES,
            ..DossierFilter::default()
        })?;
        let full = u32::try_from(rows.len()).is_ok_and(|n| n == SERIES);
        let among = |node: &NodeName| *node == self.inner.me || node == partner;
        rows.retain(|row| names(&row.nodes).iter().all(among) && row.phase != Phase::Closed);
        let (mut target, mut read) = (MeetingTarget::default(), BTreeSet::new());
        for row in rows {
            if full || self.unasked(tx, actor, row.id)?.is_none() {
                return Ok((None, BTreeSet::new()));
            }
            for opening in all_with_words(tx, row.id, &[meeting::OPEN.name])? {
                let Some(values) = self.read_by(tx, actor, &opening)? else {
                    return Ok((None, BTreeSet::new()));
                };
                let days = values.number(meeting::CADENCE).filter(|days| *days > 0);
                target.series += u64::from(days.is_some());
                target.a_year += days.map_or(0, in_a_year);
            }
            read.insert(row.id);
        }
        Ok(((target.series > 0).then_some(target), read))
    }

    /// Every obligation of a link, both directions, with the kind of its dossier.
    pub(crate) fn link_obligations_by_kind(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        period: Option<(Instant, Instant)>,
    ) -> Result<Vec<(String, Obligation)>> {
        let folding = Folding::new(self, tx, partner, None)?;
        let mut out = Vec::new();
        for filter in self.both_directions(partner, period) {
            for row in tx.obligations(&filter)? {
                let folded = folding.obligation(&row)?;
                out.extend(folded.map(|ob| (row.kind, ob)));
            }
        }
        Ok(out)
    }

    /// What we owe a partner, and what it owes us.
    fn both_directions(
        &self,
        partner: &NodeName,
        period: Option<(Instant, Instant)>,
    ) -> [ObligationFilter; 2] {
        let me = Some(self.inner.me.clone());
        let base = ObligationFilter {
            asked_from_ms: period.map(|p| p.0.0),
            asked_to_ms: period.map(|p| p.1.0),
            ..Default::default()
        };
        let owe = ObligationFilter {
            debtor_node: me.clone(),
            creditor_node: Some(partner.clone()),
            ..base.clone()
        };
        let owed = ObligationFilter {
            creditor_node: me,
            debtor_node: Some(partner.clone()),
            ..base
        };
        [owe, owed]
    }
}

/// How many meetings so many days from one to the next make in a year, rounded to the nearest.
fn in_a_year(days: i64) -> u64 {
    u64::try_from((cadence::YEAR + days / 2) / days).unwrap_or(0)
}

/// By the service that owes now, in the order of their names.
fn by_service(all: &[Line]) -> Vec<(ServiceName, Figures)> {
    let services: BTreeSet<&ServiceName> = all.iter().map(|line| &line.owing).collect();
    let of = |service: &ServiceName| figures(all.iter().filter(|line| line.owing == *service));
    services.into_iter().map(|s| (s.clone(), of(s))).collect()
}

/// By kind of dossier and side, both in the order of their names.
fn by_kind(all: &[Line]) -> BTreeMap<String, BTreeMap<NodeName, Figures>> {
    let mut parts: BTreeMap<(&str, &NodeName), Vec<&Line>> = BTreeMap::new();
    for line in all {
        let t = &line.tally;
        parts.entry((&t.kind, &t.debtor)).or_default().push(line);
    }
    let mut out: BTreeMap<String, BTreeMap<NodeName, Figures>> = BTreeMap::new();
    for ((kind, node), lines) in parts {
        let of = figures(lines);
        out.entry(kind.to_owned())
            .or_default()
            .insert(node.clone(), of);
    }
    out
}
