//! Declarations: points with their chains, where each commitment stands, and the texts with their proposals.

use super::Showing;
use crate::charter::regular;
use crate::codec::{all_of, all_with_words};
use crate::error::Result;
use crate::evidenced::Known;
use crate::views::{DeclarationView, ObligationView, PointStatus, PointView};
use crate::{Actor, App};
use entente_core::codes::Relation;
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::kinds::declaration::text;
use entente_core::label::Lang;
use entente_core::obligation::State;
use entente_store::{EntryRow, Read};
use std::collections::BTreeSet;

/// Entry types that are points of a declaration.
const POINTS: [&str; 3] = [
    "declaration.commitment",
    "declaration.appeal",
    "declaration.point",
];
/// Most obligations of one point.
pub(crate) const OBLIGATIONS: u8 = 8;

impl App {
    /// Every point of a declaration, in the order of its entries.
    pub(crate) fn points(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        dossier: DossierId,
    ) -> Result<Vec<PointView>> {
        let mut rows = all_of(tx, dossier, &POINTS)?;
        rows.retain(|row| regular(row).is_some());
        self.ahead_of_points(tx, &rows)?;
        let (mut out, mut known) = (Vec::new(), Known::default());
        let mut figures = self.figures(tx, actor, showing, dossier)?;
        for row in rows {
            if let Some(values) = self.read_by(tx, actor, &row)? {
                let mut point = self.point(tx, actor, showing, (&row, &values), &mut known)?;
                point.figures = figures.remove(&row.id).unwrap_or_default();
                out.push(point);
            }
        }
        Ok(out)
    }

    fn point(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        showing: &mut Showing<'_>,
        (row, values): (&EntryRow, &Values),
        known: &mut Known,
    ) -> Result<PointView> {
        let text = |name: &str| values.text(name).unwrap_or_default().to_owned();
        let mut obligations = Vec::new();
        for index in 0..OBLIGATIONS {
            let Some(ob) = tx.obligation(ObligationId {
                entry: row.id,
                index,
            })?
            else {
                continue;
            };
            obligations.extend(showing.obligation(actor, &ob)?);
        }
        let (mut relates, mut related_by, mut tied) = (Vec::new(), Vec::new(), BTreeSet::new());
        let relations = tx.relations(row.id)?;
        for relation in &relations {
            let Some(how) = Relation::from_number(relation.relation) else {
                continue;
            };
            let (ends, other) = match relation.from == row.id {
                true => (&mut relates, relation.to),
                false => (&mut related_by, relation.from),
            };
            if let Some((dossier, label)) = self.point_label(tx, actor, other)? {
                tied.extend(Some(dossier).filter(|dossier| *dossier != row.dossier));
                ends.push((how, label));
            }
        }
        let (programmes, more) = self.answering(tx, actor, showing, (row.id, &relations))?;
        let of = (row.dossier, row.id, &relations[..]);
        let (evidence, more_evidence) = self.evidence_of(tx, actor, of, known)?;
        Ok(PointView {
            entry: row.id,
            point: text("point"),
            title: text("title"),
            heading: heading(values, actor.lang),
            class: text("class"),
            topic: text("topic"),
            texts: ["fr", "ar", "en"]
                .iter()
                .filter_map(|l| {
                    values
                        .text(&format!("text_{l}"))
                        .map(|t| ((*l).to_owned(), t.to_owned()))
                })
                .collect(),
            because: text("because"),
            debtors: text("debtors"),
            due_text: text("due_text"),
            status: status(&obligations),
            obligations,
            relates,
            related_by,
            programmes,
            evidence,
            cut: more || more_evidence,
            tied,
            figures: Vec::new(),
        })
    }

    /// What was promised, in the reader's language where the declaration has it, else in its own.
    pub(crate) fn promise(&self, tx: &dyn Read, actor: &Actor, row: &EntryRow) -> Result<String> {
        if !POINTS.contains(&row.kind.as_str()) {
            return self.first_words(tx, actor, row);
        }
        let values = self.read_by(tx, actor, row)?;
        Ok(values.map_or_else(String::new, |values| heading(&values, actor.lang)))
    }

    /// The point's own label; nothing of one that the actor may not see, which does not exist for them.
    fn point_label(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry: EntryId,
    ) -> Result<Option<(DossierId, String)>> {
        let Some(row) = tx.entry(entry)? else {
            return Ok(None);
        };
        if self.unasked(tx, actor, row.dossier)?.is_none() {
            return Ok(None);
        }
        let values = self.read_by(tx, actor, &row)?;
        let label = values.and_then(|values| values.text("point").map(str::to_owned));
        Ok(Some((row.dossier, label.unwrap_or_else(|| entry.short()))))
    }

    /// The imported texts, one a language.
    pub(crate) fn declaration_view(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossier: DossierId,
    ) -> Result<Option<DeclarationView>> {
        let mut versions = Vec::new();
        let rows = all_with_words(tx, dossier, &["declaration.open", "declaration.version"])?;
        for row in rows {
            let Some(values) = self.read_by(tx, actor, &row)? else {
                continue;
            };
            let Some(document) = values
                .text("document")
                .and_then(|d| serde_json::from_str::<serde_json::Value>(d).ok())
            else {
                continue;
            };
            let lang = document
                .get("language")
                .and_then(|l| l.as_str())
                .unwrap_or_default()
                .to_owned();
            versions.push((lang, document));
        }
        Ok((!versions.is_empty()).then_some(DeclarationView { versions }))
    }
}

/// Claims of one side and agreement are different states; an answer is one side's word.
pub(crate) fn status(obligations: &[ObligationView]) -> PointStatus {
    if obligations.is_empty() {
        return PointStatus::None;
    }
    let done =
        |o: &ObligationView| matches!(o.state, State::Agreed | State::Waived | State::Withdrawn);
    if obligations.iter().all(done) {
        return PointStatus::Agreed;
    }
    let claimed: Vec<NodeName> = obligations
        .iter()
        .filter(|o| matches!(o.state, State::Claimed | State::Agreed | State::Answered))
        .map(|o| o.owing.node())
        .collect();
    if claimed.is_empty() {
        PointStatus::Open
    } else {
        PointStatus::Claimed(claimed)
    }
}

/// What a point is about: said in the reader's language where an aligned version is, else in its own.
fn heading(values: &Values, reader: Lang) -> String {
    let here = values.text(&format!("text_{reader}"));
    match here.filter(|_| values.lang != Some(reader)) {
        Some(text) => text::title(text),
        None => values.text("title").unwrap_or_default().to_owned(),
    }
}
