//! Translations: entries of their own, shown beside the original, which alone is authentic (DESIGN section 5).
//!
//! A translation says again what its original says, so it goes no further than the original may, carries the same conditions, and
//! does not outlive its content.

use crate::error::{AppError, Result};
use crate::rectify::stands_beside;
use crate::views::TranslationView;
use crate::{Actor, App, Recording};
use entente_core::act::Act;
use entente_core::conditions::{Answer, Use};
use entente_core::field::{Problem, Values};
use entente_core::handling::Handling;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::judge::Verdict;
use entente_core::kind::EntryType;
use entente_core::label::Lang;
use entente_store::{BodyState, EntryRow, Read, Write};

/// Name of the entry type.
pub(crate) const TRANSLATION: &str = "translation";

/// What a translation, a correction or a release takes over from its original.
pub(crate) struct Original {
    /// Who may hold it: never more than hold the original.
    pub audience: Vec<NodeName>,
    /// The original's conditions.
    pub handling: Handling,
    /// The act by which a release names it; none for a translation.
    pub found: Option<Act>,
}

impl App {
    /// The original of a translation that is being written; nothing for entries of other types.
    ///
    /// # Errors
    /// [`AppError::Fields`] if there is nothing to translate, or the machine is not named.
    pub(crate) fn original(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (entry_type, dossier): (&EntryType, DossierId),
        recording: &Recording,
    ) -> Result<Option<Original>> {
        if entry_type.name != TRANSLATION {
            return Ok(None);
        }
        let values = &recording.values;
        if values.text("origin") == Some("machine") && values.text("machine").is_none() {
            return Err(AppError::field(entry_type, "machine", Problem::Missing));
        }
        let row = match values.text("of").and_then(|id| id.parse().ok()) {
            Some(id) => tx.entry(id)?,
            None => None,
        };
        let row = row
            .filter(|r| r.dossier == dossier && r.kind != TRANSLATION && r.body == BodyState::Here)
            .ok_or_else(|| AppError::field(entry_type, "of", Problem::NotInList))?;
        let header = Header::from_bytes(&row.header)
            .map_err(|_| AppError::field(entry_type, "of", Problem::NotInList))?;
        let found = self.said_of(tx, actor, (&row, &header))?;
        let quotes = found.binding(&self.inner.me).answer(Use::Quote, self.now());
        if matches!(quotes, Answer::Acknowledge(_) | Answer::Ended(_)) {
            return Err(AppError::Condition(quotes));
        }
        // What its originator lets nobody pass on or quote (H2, invariant 6), and what is ours alone, is translated at home.
        let stays = recording.own_only || header.audience.len() < 2 || !quotes.allowed();
        let mut handling = header.handling;
        handling.codes = handling.codes.union(found.codes());
        Ok(Some(Original {
            found: None,
            handling,
            audience: if stays {
                vec![self.inner.me.clone()]
            } else {
                header.audience
            },
        }))
    }

    /// Entries that translate this one with effect, oldest first.
    pub(crate) fn translations_of(
        &self,
        tx: &dyn Read,
        dossier: DossierId,
        original: EntryId,
    ) -> Result<Vec<EntryRow>> {
        let mut rows = Vec::new();
        for id in tx.translations(dossier, original)? {
            let row = tx.entry(id)?;
            rows.extend(row.filter(|r| r.verdict == Verdict::Regular.number()));
        }
        rows.retain(|row| row.kind == TRANSLATION);
        rows.sort_by_key(|row| row.position);
        Ok(rows)
    }

    /// Notes what a translation or a correction that came is about, whatever its verdict; one of what was destroyed is destroyed itself,
    /// and what came before its destroyed original as well (invariant 10). Says whether the body that came may be read.
    pub(crate) fn came_translation(
        &self,
        tx: &mut dyn Write,
        row: &EntryRow,
        values: Option<&Values>,
    ) -> Result<bool> {
        if row.body == BodyState::Erased {
            self.erase_here(tx, row.dossier, row.id)?;
        }
        let named = values
            .and_then(|v| v.text("of"))
            .and_then(|id| id.parse().ok());
        let Some(original) = named.filter(|_| stands_beside(&row.kind)) else {
            return Ok(true);
        };
        tx.put_translation(row.dossier, original, row.id)?;
        let destroyed = tx
            .entry(original)?
            .is_some_and(|o| o.body == BodyState::Erased);
        if destroyed {
            self.erase_here(tx, row.dossier, row.id)?;
        }
        Ok(!destroyed)
    }

    /// The translations of an entry as they are shown, oldest first; none of what cannot be read itself.
    pub(crate) fn translations(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        original: &EntryRow,
    ) -> Result<Vec<TranslationView>> {
        if original.kind == TRANSLATION || original.body != BodyState::Here {
            return Ok(Vec::new());
        }
        let mut out = Vec::new();
        for row in self.translations_of(tx, original.dossier, original.id)? {
            let (Some(values), Ok(service)) = (self.read_by(tx, actor, &row)?, row.service.parse())
            else {
                continue;
            };
            let text = |name: &str| values.text(name).unwrap_or_default().to_owned();
            out.push(TranslationView {
                entry: row.id,
                lang: values.text("into").and_then(Lang::parse),
                origin: text("origin"),
                machine: text("machine"),
                text: text("text"),
                service,
                at: Instant(row.at_ms),
            });
        }
        Ok(out)
    }
}

/// The language of a translation's text is the one that it is into.
pub(crate) fn spoken(entry_type: &EntryType, values: &Values) -> Option<Lang> {
    let into = values
        .text("into")
        .filter(|_| entry_type.name == TRANSLATION);
    into.and_then(Lang::parse).or(values.lang)
}
