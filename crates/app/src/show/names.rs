//! What the entries are called that an entry names in its fields: a thing by its name, any other by its type, as far as the reader may read it. An
//! identifier is for programs; people read names.

use crate::charter::regular;
use crate::error::Result;
use crate::views::{BodyView, EntryView, NamedEntry};
use crate::{Actor, App};
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId};
use entente_core::kind::Kind;
use entente_core::kinds;
use entente_core::kinds::investigation::things::NAMES;
use entente_core::kinds::meeting::AT;
use entente_store::{BodyState, EntryRow, Read};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most entries that are looked up for one: a body may name hundreds.
const MOST: usize = 50;

/// Most characters of a name: it stands within a line.
const LONGEST: usize = 160;

impl App {
    /// The entries that those of a page name, by what they are called. Only those of their own dossier are looked up: another has readers of its
    /// own.
    pub(super) fn names_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (dossier, page): (DossierId, &[EntryView]),
    ) -> Result<Arc<BTreeMap<EntryId, NamedEntry>>> {
        let wanted: BTreeSet<EntryId> = page.iter().flat_map(named_by).collect();
        if wanted.is_empty() {
            return Ok(Arc::default());
        }
        let here: Vec<(DossierId, EntryId)> = wanted.iter().map(|id| (dossier, *id)).collect();
        crate::ahead::of_words(tx, &here)?;
        crate::ahead::of_corrections(tx, &here)?;
        let row = tx.dossier(dossier)?;
        let kind = row.and_then(|row| kinds::find(&row.kind));
        let mut found = BTreeMap::new();
        for id in wanted {
            let row = tx.entry(id)?.filter(|row| row.dossier == dossier);
            if let Some(row) = row {
                found.extend(
                    self.named_as(tx, actor, (row, kind))?
                        .map(|named| (id, named)),
                );
            }
        }
        Ok(Arc::new(found))
    }

    /// What one is called. The words of one that was found irregular name nothing.
    fn named_as(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        (row, kind): (EntryRow, Option<&'static Kind>),
    ) -> Result<Option<NamedEntry>> {
        let Ok(header) = Header::from_bytes(&row.header) else {
            return Ok(None);
        };
        let mut named = NamedEntry {
            entry_type: kind.and_then(|kind| kind.entry(&header.kind)),
            label: None,
            printed: true,
            erased: row.body == BodyState::Erased,
            corrected: false,
            origin: header.node(),
            at: header.at,
            when: None,
        };
        let said = match regular(&row) {
            Some(header) => self.read_thing(tx, actor, (row, header))?,
            None => None,
        };
        if let Some(said) = said {
            named.label = label_of(&said.values);
            named.when = said.values.moment(AT);
            (named.printed, named.corrected) = (said.printed, said.corrected);
        }
        Ok(Some(named))
    }
}

/// The name or title among what an entry says, within a line.
fn label_of(values: &Values) -> Option<String> {
    let mut names = NAMES.iter().map(|(name, _)| *name).chain(["title"]);
    let text = |name| values.text(name).map(str::trim);
    let label = names.find_map(|name| text(name).filter(|text| !text.is_empty()))?;
    Some(match label.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label.to_owned(),
    })
}

/// The entries that an entry names.
fn named_by(view: &EntryView) -> BTreeSet<EntryId> {
    match (view.read_by(), &view.body) {
        (Some(definition), BodyView::Here(values)) => {
            definition.names_in(values).take(MOST).collect()
        }
        _ => BTreeSet::new(),
    }
}
