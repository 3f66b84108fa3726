//! Commitments of the balance by theme. What was promised stands in the ledger, what about in words: told only to who may read every word that is
//! counted, so that it is the same for all to whom it is told, and adds up to the commitments that everybody is told.

use crate::ahead::{of_lines, of_words};
use crate::charter::regular;
use crate::error::Result;
use crate::views::ThemesView;
use crate::{Actor, App};
use entente_core::balance::{ByTheme, Promised, Themes, themes_by_year, window};
use entente_core::codes::{Ask, Purpose};
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::kinds::declaration::themes::theme;
use entente_core::kinds::declaration::{KIND, is_point};
use entente_store::{ObligationFilter, ObligationRow, Read};
use std::collections::{BTreeMap, BTreeSet};

/// Most promises that are told by theme, of each side; where there are more nobody is told.
const PROMISES: u32 = 1_000;

/// Most declarations that are looked into for it: each is asked about by itself.
const DECLARATIONS: usize = 100;

/// What is told, and the declarations in which it was read.
pub(super) type Told = (Option<ThemesView>, BTreeSet<DossierId>);

impl App {
    /// Commitments between us and a partner by theme, of a period and of the years that are looked back over.
    pub(super) fn themes_of(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        partner: &NodeName,
        (from, to): (Instant, Instant),
    ) -> Result<Told> {
        let untold = (None, BTreeSet::new());
        let (past, end) = window(self.now());
        let Some(rows) = self.promises(tx, partner, (from.min(past), to.max(end)))? else {
            return Ok(untold);
        };
        let counted = |row: &&ObligationRow| {
            let at = Instant(row.asked_ms);
            (from <= at && at < to) || (past <= at && at < end)
        };
        let rows: Vec<&ObligationRow> = rows.iter().filter(counted).collect();
        let declarations: BTreeSet<DossierId> = rows.iter().map(|row| row.dossier).collect();
        if declarations.len() > DECLARATIONS || !self.enters_all(tx, actor, &declarations)? {
            return Ok(untold);
        }
        let Some(about) = self.abouts(tx, actor, &rows)? else {
            return Ok(untold);
        };
        let now = self.now();
        let (mut within, mut over, mut prints) = (Vec::new(), Vec::new(), true);
        for row in rows {
            let Some((theme, printed)) = about.get(&row.id.entry) else {
                return Ok(untold);
            };
            let at = Instant(row.asked_ms);
            let one = Promised {
                theme,
                tally: row.line(now).tally,
            };
            prints &= printed;
            if past <= at && at < end {
                over.push(one.clone());
            }
            if from <= at && at < to {
                within.push(one);
            }
        }
        let between = [&self.inner.me, partner];
        let by = ByTheme {
            period: Themes::of(&within, between),
            years: themes_by_year(&over, between),
        };
        Ok((Some(ThemesView { by, prints }), declarations))
    }

    /// What both promised each other in declarations; nothing where it is too much.
    fn promises(
        &self,
        tx: &dyn Read,
        partner: &NodeName,
        period: (Instant, Instant),
    ) -> Result<Option<Vec<ObligationRow>>> {
        let mut out = Vec::new();
        for base in self.both_directions(partner, Some(period)) {
            let rows = tx.obligations(&ObligationFilter {
                ask: Some(Ask::Act),
                among: Some(vec![(KIND.name.to_owned(), Purpose::Governance)]),
                limit: PROMISES + 1,
                ..base
            })?;
            if rows.len() > PROMISES as usize {
                return Ok(None);
            }
            out.extend(rows);
        }
        Ok(Some(out))
    }

    /// Whether an actor may look into each of these without being asked why.
    fn enters_all(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        dossiers: &BTreeSet<DossierId>,
    ) -> Result<bool> {
        let all: Vec<DossierId> = dossiers.iter().copied().collect();
        of_lines(tx, &all)?;
        for dossier in all {
            if self.unasked(tx, actor, dossier)?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The theme of each asking entry, and whether its author lets it be printed; nothing where one of them may not be read, or is erased.
    fn abouts(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        rows: &[&ObligationRow],
    ) -> Result<Option<BTreeMap<EntryId, (&'static str, bool)>>> {
        let asking: BTreeSet<(DossierId, EntryId)> =
            rows.iter().map(|row| (row.dossier, row.id.entry)).collect();
        let asking: Vec<(DossierId, EntryId)> = asking.into_iter().collect();
        of_words(tx, &asking)?;
        let mut out = BTreeMap::new();
        for (_, id) in asking {
            let Some(row) = tx.entry(id)?.filter(|row| regular(row).is_some()) else {
                return Ok(None);
            };
            let Some(values) = self.read_by(tx, actor, &row)? else {
                return Ok(None);
            };
            // What promises without being a point has no topic of its own.
            let topic = values.text("topic").filter(|_| is_point(&row.kind));
            let printed = self.prints(tx, actor, &row)?;
            out.insert(id, (theme(topic.unwrap_or_default()), printed));
        }
        Ok(Some(out))
    }
}
