//! The balance with a partner: what was asked within a period, year by year before it, how often both met and what they promised.
//!
//! All of it is read from the ledger's columns: the rows of the period, and the years counted by the database. What a series of meetings
//! means to reach stands in words, and is told only to who may read them all.

use crate::access::{AccessRecord, Operation};
use crate::ahead::of_series;
use crate::charter::regular;
use crate::codec::{all_dossiers, names};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::fold::Folding;
use crate::views::{BalanceView, MeetingTarget};
use crate::{Actor, App};
use entente_core::balance::{Figures, Line, Reading, figures, too_long, window, years};
use entente_core::cadence;
use entente_core::codes::{Ask, Phase};
use entente_core::floor::Action;
use entente_core::ids::{DossierId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kinds::{self, meeting, rights};
use entente_core::obligation::Obligation;
use entente_core::statistics::is_of_persons;
use entente_store::{Asked, DossierFilter, ObligationFilter, Read, StoreExt};
use std::collections::{BTreeMap, BTreeSet};

/// Most open series of both whose targets are added up.
const SERIES: usize = 50;

impl App {
    /// What was asked within a period, both directions; both sides read the same figures. Rights of persons are apart, and shown to who
    /// sees such dossiers.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such partner, [`AppError::Input`] for more than ten years.
    pub fn balance(
        &self,
        actor: &Actor,
        partner: &NodeName,
        from: Instant,
        to: Instant,
    ) -> Result<BalanceView> {
        self.authorise(actor, Action::Figures)?;
        if too_long(from, to) {
            return Err(InputFault::BalanceYears.into());
        }
        let (view, read) = self.inner.store.view("balance", |tx| {
            tx.partner(partner)?.ok_or(AppError::NotFound)?;
            let lines = self.balance_lines(tx, partner, (from, to))?;
            let (target, mut read) = self.meeting_target(tx, actor, partner)?;
            let (themes, declarations) = self.themes_of(tx, actor, partner, (from, to))?;
            read.extend(declarations);
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
            view.themes = themes;
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
        for (node, side) in &mut reading.sides {
            side.figures = of(node);
        }
        BalanceView {
            partner: partner.clone(),
            from,
            to,
            by_service: by_service(&all),
            by_kind: self.sees_counted(actor).then(|| by_kind(&all)),
            reading,
            years: Vec::new(),
            target: None,
            themes: None,
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

    /// Whether an actor sees dossiers of every kind that is counted by kind: all that there are, so that being told or not says nothing of what
    /// was asked.
    fn sees_counted(&self, actor: &Actor) -> bool {
        let mut counted = kinds::ALL.iter().filter(|kind| !is_of_persons(kind.name));
        counted.all(|kind| self.sees_kind(actor, kind.name))
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
        let among = |node: &NodeName| *node == self.inner.me || node == partner;
        let mut rows = all_dossiers(
            tx,
            DossierFilter {
                kind: Some(meeting::KIND.name.to_owned()),
                phase: Some(Phase::Open),
                node: Some(partner.clone()),
                ..DossierFilter::default()
            },
        )?;
        // Counted when those with others are out: both nodes count the same.
        rows.retain(|row| names(&row.nodes).iter().all(among));
        let open: Vec<DossierId> = rows.iter().map(|row| row.id).collect();
        let untold = Ok((None, BTreeSet::new()));
        if open.len() > SERIES {
            return untold;
        }
        of_series(tx, &open)?;
        let (mut every, mut read) = (Vec::new(), BTreeSet::new());
        for dossier in open {
            if self.unasked(tx, actor, dossier)?.is_none() {
                return untold;
            }
            // What opened the dossier alone says it: an opening written into it later, by whom it may be, changes nothing.
            let Some(opening) = tx.entry(dossier.opening())? else {
                continue;
            };
            if regular(&opening).is_none() || opening.kind != meeting::OPEN.name {
                continue;
            }
            let Some(values) = self.read_by(tx, actor, &opening)? else {
                return untold;
            };
            every.extend(values.number(meeting::CADENCE).filter(|days| *days > 0));
            read.insert(dossier);
        }
        let series = u64::try_from(every.len()).unwrap_or(u64::MAX);
        let target = cadence::a_year(every).map(|a_year| MeetingTarget { series, a_year });
        Ok((target, read))
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
    pub(super) fn both_directions(
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
        // Why one kind was refused, on one day, would tell of a dossier.
        let of = Figures {
            grounds: BTreeMap::new(),
            ..figures(lines)
        };
        out.entry(kind.to_owned())
            .or_default()
            .insert(node.clone(), of);
    }
    out
}
