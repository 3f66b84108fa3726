//! What our node may release into a dossier that continues earlier ones, and what others released, as it is read.

use super::{Showing, number};
use crate::access::{AccessRecord, Operation};
use crate::codec::{by_pages, config_of};
use crate::error::{AppError, Result};
use crate::record::default_release;
use crate::release::{Unreleasable, unwrap};
use crate::views::{
    BodyView, EarlierView, OriginalView, RelatedDossier, ReleasableView, ReleaseDefaults,
    ReleaseView, ReleasedView,
};
use crate::{Actor, App};
use entente_core::act::{Config, Earlier};
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::Kind;
use entente_core::kinds;
use entente_core::kinds::release::RELEASE;
use entente_core::released::{self, EarlierProblem, Mismatch};
use entente_store::{EntryRow, Read, StoreExt};
use std::ops::ControlFlow;

impl App {
    /// What our node wrote in the dossiers that this one continues, with what of each would cross: the newest come last.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no dossier that the actor belongs to and may write in.
    pub fn releasable(&self, actor: &Actor, dossier: DossierId) -> Result<ReleaseView> {
        let read = self.inner.store.view("visible", |tx| {
            let row = self.visible(tx, actor, dossier)?;
            let mut read = vec![(dossier, self.entering(tx, actor, &row)?)];
            for named in self.earlier_of(tx, dossier)? {
                if let Some(row) = self.seen_by(tx, actor, named.dossier)? {
                    read.push((row.id, self.entering(tx, actor, &row)?));
                }
            }
            Ok::<_, AppError>(read)
        })?;
        for (dossier, why) in read {
            let record = AccessRecord::by(actor, Operation::Consult, "release");
            self.noted(record.within(dossier, why))?;
        }
        self.inner
            .store
            .view("releasable", |tx| self.release_view(tx, actor, dossier))
    }

    fn release_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<ReleaseView> {
        let row = self.visible(tx, actor, dossier)?;
        let line = Showing::new(self, tx).line(&row)?;
        let line = line.ok_or(AppError::NotFound)?;
        let config = config_of(tx, dossier)?.ok_or(AppError::NotFound)?;
        let mut earlier = Vec::new();
        for named in self.earlier_of(tx, dossier)? {
            if RELEASE.phases.contains(&config.phase) {
                earlier.push(self.earlier_view(tx, actor, (dossier, &config), &named)?);
            }
        }
        let (necessity, basis) = default_release(line.kind, false);
        let terms = self.terms_of_dossier(tx, dossier, &config)?;
        Ok(ReleaseView {
            recipients: self.others_in(&config),
            suspended: self.flags_among(tx, &config)?,
            release: ReleaseDefaults {
                purpose: config.purpose,
                necessity,
                basis,
                approver: actor.called().to_owned(),
                second: terms.is_some_and(|(_, terms)| terms.four_eyes),
            },
            line,
            earlier,
        })
    }

    fn earlier_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        into: (DossierId, &Config),
        named: &Earlier,
    ) -> Result<EarlierView> {
        let dossier = self.related(tx, actor, named.dossier, Some(named))?;
        let (mut entries, mut left_out) = (Vec::new(), 0);
        // What one may not see, one does not release.
        let rows = match dossier.visible {
            true => self.sent_from_here(tx, named.dossier)?,
            false => Vec::new(),
        };
        let mut known = Vec::with_capacity(rows.len());
        for (row, header) in rows {
            let cannot = self.cannot_release(tx, into, &row, &header)?;
            known.push((row, cannot));
        }
        // What was released is no reason to leave out what was not.
        let released = Some(Unreleasable::Says(EarlierProblem::Released.into()));
        known.sort_by_key(|(_, cannot)| *cannot == released);
        for (row, cannot) in known {
            if entries.len() == ReleaseView::MOST {
                left_out += 1;
                continue;
            }
            if !self.says_something(tx, &row)? {
                continue;
            }
            entries.push(ReleasableView {
                entry: self.entry_view(tx, actor, &row)?,
                cannot,
            });
        }
        Ok(EarlierView {
            dossier,
            entries,
            left_out,
        })
    }

    /// Our own entries of a dossier that left our node and are nobody else's words: oldest first.
    fn sent_from_here(&self, tx: &dyn Read, dossier: DossierId) -> Result<Vec<(EntryRow, Header)>> {
        let own = format!("{}/", self.inner.me);
        let mut out = Vec::new();
        by_pages(tx, dossier, |rows| {
            for row in rows.into_iter().filter(|r| r.service.starts_with(&own)) {
                let Ok(header) = Header::from_bytes(&row.header) else {
                    continue;
                };
                if released::releasable(&header).is_ok() {
                    out.push((row, header));
                }
            }
            Ok(ControlFlow::<()>::Continue(()))
        })?;
        Ok(out)
    }

    fn says_something(&self, tx: &dyn Read, row: &EntryRow) -> Result<bool> {
        let values = self.values_of(tx, row)?;
        Ok(values.is_some_and(|values| !values.values.is_empty()))
    }

    /// The first words of what may be released into a dossier, for choosing one.
    pub(crate) fn releasable_entries(
        &self,
        tx: &dyn Read,
        (dossier, config): (DossierId, &Config),
        actor: &Actor,
    ) -> Result<Vec<(EntryId, String)>> {
        let mut out = Vec::new();
        for named in self.earlier_of(tx, dossier)? {
            if self.seen_by(tx, actor, named.dossier)?.is_none() {
                continue;
            }
            for (row, header) in self.sent_from_here(tx, named.dossier)? {
                let cannot = self.cannot_release(tx, (dossier, config), &row, &header)?;
                let listed = cannot.is_none() && out.len() < ReleaseView::MOST;
                if listed && self.says_something(tx, &row)? {
                    out.push((row.id, self.first_words(tx, actor, &row)?));
                }
            }
        }
        Ok(out)
    }

    /// The dossiers that one continues, and those that continue it as far as the actor belongs to them.
    pub(crate) fn related_dossiers(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<(Vec<RelatedDossier>, Vec<RelatedDossier>)> {
        let mut earlier = Vec::new();
        for named in self.earlier_of(tx, dossier)? {
            earlier.push(self.related(tx, actor, named.dossier, Some(&named))?);
        }
        let mut later = Vec::new();
        for id in self.later_of(tx, dossier)? {
            later.push(self.related(tx, actor, id, None)?);
        }
        later.retain(|d| d.visible);
        Ok((earlier, later))
    }

    /// Another dossier, by the number that is named where it is not here, or not for this reader.
    pub(crate) fn related(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        id: DossierId,
        named: Option<&Earlier>,
    ) -> Result<RelatedDossier> {
        let row = self.seen_by(tx, actor, id)?;
        let said = named.map(|n| number(&n.convenor, n.number));
        Ok(match row {
            Some(row) => RelatedDossier {
                id,
                number: number(&row.convenor, row.number),
                title: self.open_title(tx, id, &row.title)?,
                visible: true,
            },
            None => RelatedDossier {
                id,
                number: said.unwrap_or_default(),
                title: String::new(),
                visible: false,
            },
        })
    }

    /// What an entry releases, if it releases something, and the body to show for it in place of its own.
    pub(crate) fn released_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, header): (&EntryRow, &Header),
        (kind, values): (Option<&'static Kind>, Option<&Values>),
    ) -> Result<Option<(ReleasedView, Option<BodyView>)>> {
        let Some((entry, from)) = released::released(header) else {
            return Ok(None);
        };
        let named = self.earlier_of(tx, row.dossier)?;
        let named = named.iter().find(|e| e.dossier == from);
        let dossier = self.related(tx, actor, from, named)?;
        let mut view = ReleasedView {
            held: dossier.visible && tx.entry(entry)?.is_some(),
            entry,
            dossier,
            original: None,
            mismatch: None,
        };
        // Erased or owed: there is nothing to hold against anything.
        let Some(values) = values else {
            return Ok(Some((view, None)));
        };
        let wrapped = unwrap(values);
        let body = match (released::holds(header, wrapped.as_ref()), wrapped) {
            (Ok(()), Some(wrapped)) => {
                view.original = Some(original(kind, &wrapped.header));
                wrapped.values.map_or(BodyView::Unreadable, BodyView::Here)
            }
            (holds, _) => {
                view.mismatch = Some(holds.err().unwrap_or(Mismatch::Unreadable));
                BodyView::Unreadable
            }
        };
        Ok(Some((view, Some(body))))
    }
}

/// The original by its header: read in the kind of the dossier that it was released into, or in any other that knows its type.
fn original(kind: Option<&'static Kind>, header: &Header) -> OriginalView {
    let known = kind.and_then(|k| k.entry(&header.kind));
    OriginalView {
        entry_type: known.or_else(|| kinds::entry(&header.kind)),
        type_name: header.kind.clone(),
        service: header.author.service.clone(),
        officer: header.author.officer.to_string(),
        role: header.author.role,
        at: header.at,
        handling: header.handling,
    }
}
