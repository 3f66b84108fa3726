//! What is due for review: a task of our own node's people, outside every ledger. Two hundred reviews are one line on the front page and one
//! list to print, from which each leads to its dossier.

use super::Showing;
use crate::access::Operation;
use crate::error::{AppError, Result};
use crate::keeping::Stays;
use crate::views::{ReviewHead, ReviewLine, ReviewList, ReviewsDue};
use crate::{Actor, App};
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::instant::Instant;
use entente_store::{Ahead, DossierRow, Read, ReviewFilter, ReviewRow, StoreExt};
use std::collections::BTreeMap;

impl App {
    /// The dossiers that are due for review soon or have been, and what becomes of them where nobody decides.
    ///
    /// # Errors
    /// Storage only.
    pub fn reviews(&self, actor: &Actor) -> Result<ReviewList> {
        self.looked(actor, Operation::Consult, "reviews", None, None)?;
        self.inner.store.view("reviews", |tx| {
            let filter = ReviewFilter {
                limit: ReviewList::LINES,
                ..self.reviews_before(actor, self.now() + self.inner.oversight.keeping.remind)
            };
            let rows = tx.reviews(&filter)?;
            let lines = self.review_lines(tx, &rows)?;
            Ok(ReviewList {
                lines,
                due: self.reviews_due(tx, actor)?,
            })
        })
    }

    /// The day of the review that a recorded prolongation leaves as it stood, the end of it; none where it moved that day.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such entry that the actor may see.
    pub fn leaves_standing(&self, actor: &Actor, entry: EntryId) -> Result<Option<Instant>> {
        self.inner.store.view("leaves_standing", |tx| {
            let row = tx.entry(entry)?.ok_or(AppError::NotFound)?;
            self.visible(tx, actor, row.dossier)?;
            let header = Header::from_bytes(&row.header).map_err(|_| AppError::NotFound)?;
            self.left_standing(tx, &row, &header)
        })
    }

    /// What of that is due, in figures.
    pub(crate) fn reviews_due(&self, tx: &dyn Read, actor: &Actor) -> Result<ReviewsDue> {
        let (now, keeping) = (self.now(), self.inner.oversight.keeping);
        let count = |before| tx.count_reviews(&self.reviews_before(actor, before));
        Ok(ReviewsDue {
            soon: count(now + keeping.remind)?,
            pressing: count(now + keeping.press)?,
            passed: count(now)?,
        })
    }

    fn reviews_before(&self, actor: &Actor, before: Instant) -> ReviewFilter {
        let mine = self.sees(actor);
        ReviewFilter {
            before_ms: before.0,
            // What is not announced yet is not erased either, and may have nothing left to review.
            told: true,
            services: mine.services,
            among: mine.among,
            ..ReviewFilter::default()
        }
    }

    fn review_lines(&self, tx: &dyn Read, reviews: &[ReviewRow]) -> Result<Vec<ReviewLine>> {
        let mut ahead = Ahead::default();
        for review in reviews {
            ahead.dossiers.push(review.dossier);
            ahead.relations.push(review.dossier.opening());
        }
        tx.ahead(&ahead)?;
        let mut rows: Vec<DossierRow> = Vec::with_capacity(reviews.len());
        for review in reviews {
            rows.extend(tx.dossier(review.dossier)?);
        }
        let lines = Showing::new(self, tx).lines(&rows)?;
        let mut lines: BTreeMap<DossierId, _> = lines.into_iter().map(|l| (l.id, l)).collect();
        let mut out = Vec::with_capacity(lines.len());
        for review in reviews {
            let Some(dossier) = lines.remove(&review.dossier) else {
                continue;
            };
            let passed = review.due_ms <= self.now().0;
            let stays = match passed {
                true => self.why_it_stays(tx, review)?,
                false => Vec::new(),
            };
            out.push(ReviewLine {
                dossier,
                due: Instant(review.due_ms),
                erased_from: self.erased_from(review),
                passed,
                stays,
            });
        }
        Ok(out)
    }

    /// When a dossier's contents are reviewed, for whoever sees it; none where nothing is left to review. `readable` says that something is.
    pub(crate) fn review_head(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        readable: bool,
    ) -> Result<Option<ReviewHead>> {
        if !readable && self.first_readable(tx, dossier)?.is_none() {
            return Ok(None);
        }
        let Some(kept) = self.kept_of(tx, dossier)? else {
            return Ok(None);
        };
        let (mut due, because) = kept.due_because();
        let stored = tx.review(dossier)?;
        let again = kept.was_erased(&self.inner.me);
        if let Some(row) = stored.as_ref().filter(|_| again) {
            due = Instant(row.due_ms);
        }
        // Until the job has looked at it, what was announced is of another day.
        let told = stored.filter(|row| row.told_ms != 0 && row.due_ms == due.0);
        // What is owed needs no word before the day: the page says it anyway. Where each entry has its own, it keeps that one alone.
        let stays = match due <= self.now() && !kept.kind.keeps.each {
            true => self.stays(tx, &kept, true)?.all,
            false => {
                let mut holding = kept.said.holding(self.now());
                let all = holding.any(|hold| hold.entry.is_none());
                all.then_some(Stays::Held).into_iter().collect()
            }
        };
        Ok(Some(ReviewHead {
            due,
            because,
            each: kept.kind.keeps.each,
            again,
            erased_from: told.map(|row| self.erased_from(&row)),
            stays: stays.into_iter().collect(),
        }))
    }

    /// Why contents whose day has passed stay, by the same code as the erasure: all of them, or what is left once the rest is erased.
    fn why_it_stays(&self, tx: &dyn Read, review: &ReviewRow) -> Result<Vec<Stays>> {
        let Some(kept) = self.kept_of(tx, review.dossier)? else {
            return Ok(Vec::new());
        };
        let staying = self.stays(tx, &kept, true)?;
        let why = match staying.all.is_empty() && self.erased_from(review) <= self.now() {
            true => self.stays_behind(tx, &kept, &staying)?,
            false => staying.all,
        };
        Ok(why.into_iter().collect())
    }

    /// The time of grace runs from the day, and from when people were told of it.
    fn erased_from(&self, review: &ReviewRow) -> Instant {
        let told = match review.told_ms {
            0 => self.now().0,
            told => told,
        };
        Instant(review.due_ms.max(told)) + self.inner.oversight.keeping.grace
    }
}
