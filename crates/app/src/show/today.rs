//! Today: what we owe, what we are owed, by urgency; then what is new and the links.

use super::Showing;
use crate::access::{AccessRecord, Operation};
use crate::error::{AppError, Result};
use crate::views::{DossierLine, NewsLine, ObligationView, TodayView};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::DossierId;
use entente_core::instant::{Instant, Span};
use entente_core::kinds;
use entente_core::obligation::{Chase, Side};
use entente_core::wall::Across;
use entente_store::{DossierFilter, DossierRow, LatelyRow, ObligationFilter, Read, StoreExt};
use std::collections::BTreeMap;

/// What was asked within this time and stands under "what we owe" takes a line of the screen that it shares with the news.
const A_DAY: Span = Span::hours(24);

/// So many dossiers are looked at in one go.
const NEWS_AT_ONCE: usize = 20;

/// Of each dossier so many of the newest entries are looked at.
const NEWS_LOOK: u32 = 50;

impl App {
    /// The front page.
    ///
    /// # Errors
    /// Storage only.
    pub fn today(&self, actor: &Actor) -> Result<TodayView> {
        self.looked(actor, Operation::Consult, "today", None, None)?;
        let links = match self.may(actor, Action::Links) {
            true => self.link_views()?,
            false => Vec::new(),
        };
        let at = self.now();
        let (view, nearby) = self.inner.store.view("today", |tx| {
            let mut showing = Showing::new(self, tx);
            let mine = self.sees(actor);
            let lines = |filter: ObligationFilter| ObligationFilter {
                limit: TodayView::LINES,
                count_most: TodayView::COUNTED + 1,
                visible_to: mine.services.clone(),
                among: mine.among.clone(),
                ..filter
            };
            // Whose turn it is decides the column: what waits for our details or our agreement is ours to do.
            let owe = [lines(self.awaiting_us()), lines(self.our_turn())];
            let owed = [lines(self.their_turn()), lines(self.awaiting_them())];
            let unreceived = lines(ObligationFilter {
                unreceived: true,
                ..self.asked_by_us()
            });
            let mut not_received = showing.obligations(actor, &unreceived)?;
            not_received.retain(|o| o.not_received);
            let we_owe = listed(&mut showing, actor, &owe)?;
            let news_since = self.new_since(tx, actor)?;
            let (news, news_more) = self.news(actor, tx, &mut showing, (news_since, &we_owe))?;
            let nearby = self.nearby(tx, actor, &mut showing)?;
            let view = TodayView {
                nearby: nearby.lines.clone(),
                drafts: self.draft_lines(tx, actor, &mut showing)?,
                admissions: self.admission_tasks(tx, actor, &mut showing)?,
                across: self.across_walls(tx, actor, &mut showing)?,
                we_owe_total: count(tx, &owe)?,
                we_owe,
                owed_to_us_total: count(tx, &owed)?,
                owed_to_us: listed(&mut showing, actor, &owed)?,
                not_received,
                waits: self.waits(actor, tx, &mut showing)?,
                meeting: self.for_meeting(actor, tx, &mut showing)?,
                reviews: self.reviews_due(tx, actor)?,
                duties: self.duty_tasks(tx, actor, &mut showing)?,
                informs: self.informs(tx)?,
                news,
                news_more,
                news_since,
                at,
                links: links.clone(),
            };
            Ok::<_, AppError>((view, nearby))
        })?;
        self.told_nearby(actor, &nearby)?;
        Ok(view)
    }

    pub(crate) fn our_turn(&self) -> ObligationFilter {
        ObligationFilter {
            debtor_node: Some(self.inner.me.clone()),
            open: Some(true),
            turn: Some(Side::Debtor),
            ..Default::default()
        }
    }

    fn their_turn(&self) -> ObligationFilter {
        ObligationFilter {
            creditor_node: Some(self.inner.me.clone()),
            open: Some(true),
            turn: Some(Side::Debtor),
            ..Default::default()
        }
    }

    /// Asked or promised to us, and now waiting for our details or our agreement.
    pub(crate) fn awaiting_us(&self) -> ObligationFilter {
        ObligationFilter {
            creditor_node: Some(self.inner.me.clone()),
            open: Some(true),
            turn: Some(Side::Creditor),
            ..Default::default()
        }
    }

    /// Owed by us, and now waiting for their details or their agreement.
    fn awaiting_them(&self) -> ObligationFilter {
        ObligationFilter {
            debtor_node: Some(self.inner.me.clone()),
            open: Some(true),
            turn: Some(Side::Creditor),
            ..Default::default()
        }
    }

    fn asked_by_us(&self) -> ObligationFilter {
        ObligationFilter {
            creditor_node: Some(self.inner.me.clone()),
            open: Some(true),
            ..Default::default()
        }
    }

    /// What escalation put on the list for the next meeting, both directions; both sides compute the same.
    pub(crate) fn for_meeting(
        &self,
        actor: &Actor,
        tx: &dyn Read,
        showing: &mut Showing<'_>,
    ) -> Result<Vec<ObligationView>> {
        let mine = self.sees(actor);
        let mut out = Vec::new();
        for partner in tx.partners()? {
            let Some(terms) = self.terms_in_force(tx, &partner.node)? else {
                continue;
            };
            let before = Some((self.now() - terms.escalation.meeting).0);
            for side in [self.our_turn(), self.their_turn()] {
                let filter = ObligationFilter {
                    due_before_ms: before,
                    limit: TodayView::LINES,
                    visible_to: mine.services.clone(),
                    among: mine.among.clone(),
                    ..side
                };
                out.extend(
                    showing
                        .obligations(actor, &filter)?
                        .into_iter()
                        .filter(|o| o.chase == Chase::Meeting),
                );
            }
        }
        let contested = ObligationFilter {
            visible_to: mine.services,
            among: mine.among,
            open: Some(false),
            contested: true,
            limit: 200,
            ..Default::default()
        };
        out.extend(showing.obligations(actor, &contested)?);
        out.sort_by_key(|o| (o.due, o.id));
        out.dedup_by_key(|o| o.id);
        Ok(out)
    }

    /// Dossiers with something new, a line each, and whether there are more. What came in shares one screen: asks of the last day
    /// that stand under "what we owe" leave so many lines fewer here, and are not told a second time.
    fn news(
        &self,
        actor: &Actor,
        tx: &dyn Read,
        showing: &mut Showing<'_>,
        (since, we_owe): (Instant, &[ObligationView]),
    ) -> Result<(Vec<NewsLine>, bool)> {
        let lately = self.now() - A_DAY;
        let fresh = we_owe.iter().filter(|o| o.asked >= lately).count();
        let most = usize::try_from(TodayView::LINES).unwrap_or(usize::MAX);
        let room = most.saturating_sub(fresh);
        let mine = self.sees(actor);
        let filter = DossierFilter {
            services: mine.services,
            among: mine.among,
            limit: TodayView::LINES * 2,
            ..Default::default()
        };
        let mut rows = tx.dossiers(&filter)?;
        let full = rows.len() >= most * 2 && rows.iter().all(|row| row.updated_ms >= since.0);
        rows.retain(|row| row.updated_ms >= since.0 && kinds::find(&row.kind).is_some());
        let mut found = Vec::new();
        for some in rows.chunks(NEWS_AT_ONCE) {
            found.extend(self.news_in(tx, some, (since, we_owe))?);
            if found.len() > room {
                break;
            }
        }
        // A full page of what changed since: there may be more behind it.
        let more = found.len() > room || full;
        found.truncate(room);
        let dossiers: Vec<DossierRow> = found.iter().map(|(row, _)| (*row).clone()).collect();
        let lines = showing.lines(&dossiers)?.into_iter().zip(found);
        let line = |(dossier, (_, news)): (DossierLine, (&DossierRow, Vec<LatelyRow>))| {
            let count = news.len() as u64;
            let newest = news.into_iter().next()?;
            Some(NewsLine {
                dossier,
                count,
                newest: newest.kind,
                service: newest.service,
                at: Instant(newest.here_ms),
            })
        };
        Ok((lines.filter_map(line).collect(), more))
    }

    /// What the other side wrote in each of these dossiers since then, newest first, but for what is told already; those
    /// without are left out.
    fn news_in<'r>(
        &self,
        tx: &dyn Read,
        rows: &'r [DossierRow],
        (since, told): (Instant, &[ObligationView]),
    ) -> Result<Vec<(&'r DossierRow, Vec<LatelyRow>)>> {
        let ids: Vec<DossierId> = rows.iter().map(|row| row.id).collect();
        let mut news: BTreeMap<DossierId, Vec<LatelyRow>> = BTreeMap::new();
        for line in tx.lately(&ids, &self.inner.me, since.0, NEWS_LOOK)? {
            if !told.iter().any(|o| o.asked_by == line.id) {
                news.entry(line.dossier).or_default().push(line);
            }
        }
        let of = |row: &'r DossierRow| Some((row, news.remove(&row.id)?));
        Ok(rows.iter().filter_map(of).collect())
    }

    /// The list for the next meeting.
    ///
    /// # Errors
    /// Storage only.
    pub fn meeting_list(&self, actor: &Actor) -> Result<Vec<ObligationView>> {
        self.looked(actor, Operation::Consult, "meeting_list", None, None)?;
        self.inner.store.view("meeting_list", |tx| {
            let mut showing = Showing::new(self, tx);
            self.for_meeting(actor, tx, &mut showing)
        })
    }

    /// What else is on the agenda of the next meeting, of other groups of purposes: lines and counts alone.
    ///
    /// # Errors
    /// Storage only.
    pub fn agenda_across(&self, actor: &Actor) -> Result<Across> {
        self.looked(actor, Operation::Consult, "agenda", None, None)?;
        self.inner.store.view("agenda", |tx| {
            let mut showing = Showing::new(self, tx);
            self.across_walls(tx, actor, &mut showing)
        })
    }

    /// One obligation.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none that the actor may see.
    pub fn obligation(
        &self,
        actor: &Actor,
        id: entente_core::ids::ObligationId,
    ) -> Result<ObligationView> {
        // What may not be seen does not exist, and a look at nothing leaves its trace too.
        let (dossier, why) = self.inner.store.view("obligation_dossier", |tx| {
            let row = tx.obligation(id)?;
            let seen = match &row {
                Some(row) => self.seen_by(tx, actor, row.dossier)?,
                None => None,
            };
            let why = seen.as_ref().map(|row| self.standing(tx, actor, row));
            Ok::<_, AppError>((seen.map(|row| row.id), why.transpose()?))
        })?;
        let record = AccessRecord::by(actor, Operation::Consult, "obligation").on(id.entry);
        self.noted(match (dossier, why) {
            (Some(dossier), Some(why)) => record.within(dossier, why),
            _ => record,
        })?;
        self.inner.store.view("obligation", |tx| {
            let row = tx.obligation(id)?.ok_or(AppError::NotFound)?;
            self.visible(tx, actor, row.dossier)?;
            Showing::new(self, tx)
                .obligation(actor, &row)?
                .ok_or(AppError::NotFound)
        })
    }
}

fn count(tx: &dyn Read, filters: &[ObligationFilter]) -> Result<u64> {
    filters
        .iter()
        .try_fold(0, |sum, filter| Ok(sum + tx.count_obligations(filter)?))
}

/// The lines of several filters in their order, as many as the front page takes.
fn listed(
    showing: &mut Showing<'_>,
    actor: &Actor,
    filters: &[ObligationFilter],
) -> Result<Vec<ObligationView>> {
    let most = usize::try_from(TodayView::LINES).unwrap_or(usize::MAX);
    let mut out = Vec::new();
    for filter in filters {
        out.extend(showing.obligations(actor, filter)?);
    }
    out.truncate(most);
    Ok(out)
}
