//! What the entries are called that an entry names in its fields: a thing by its name, any other by its type, as far as the reader may read it. An
//! identifier is for programs; people read names.

use crate::error::Result;
use crate::views::{BodyView, EntryView, NamedEntry};
use crate::{Actor, App};
use entente_core::field::{FieldType, Value};
use entente_core::header::Header;
use entente_core::ids::EntryId;
use entente_core::kinds;
use entente_core::kinds::investigation::things::NAMES;
use entente_store::{BodyState, Read};
use std::collections::{BTreeMap, BTreeSet};

/// Most entries that are looked up for one: a body may name hundreds.
const MOST: usize = 50;

impl App {
    /// The entries that one names, by what they are called. Only those of its own dossier are looked up: another has readers of its own.
    pub(super) fn names_in(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        view: &EntryView,
    ) -> Result<BTreeMap<EntryId, NamedEntry>> {
        let mut found = BTreeMap::new();
        for id in named_by(view) {
            let row = tx.entry(id)?.filter(|row| row.dossier == view.dossier);
            let Some(row) = row else {
                continue;
            };
            let Ok(header) = Header::from_bytes(&row.header) else {
                continue;
            };
            let dossier = tx.dossier(row.dossier)?;
            let kind = dossier.and_then(|dossier| kinds::find(&dossier.kind));
            let (of, at, origin) = (header.kind.clone(), header.at, header.node());
            let erased = row.body == BodyState::Erased;
            let said = self.read_thing(tx, actor, (row, header))?;
            let text = |name: &&str| said.as_ref().and_then(|said| said.values.text(name));
            let mut names = NAMES.iter().map(|(name, _)| name).chain(&["title"]);
            found.insert(
                id,
                NamedEntry {
                    entry_type: kind.and_then(|kind| kind.entry(&of)),
                    label: names.find_map(text).map(str::to_owned),
                    printed: said.as_ref().is_none_or(|said| said.printed),
                    erased,
                    origin,
                    at,
                },
            );
        }
        Ok(found)
    }
}

/// The entries that stand in fields of an entry that hold one.
fn named_by(view: &EntryView) -> BTreeSet<EntryId> {
    let (Some(definition), BodyView::Here(values)) = (view.read_by(), &view.body) else {
        return BTreeSet::new();
    };
    let holds = |holds: FieldType| {
        matches!(
            holds,
            FieldType::Thing | FieldType::Entry | FieldType::Entries
        )
    };
    let fields = definition.fields.iter().filter(|field| holds(field.holds));
    let said = fields.filter_map(|field| values.values.get(field.name));
    let texts = said.flat_map(|value| match value {
        Value::Text(text) => vec![text.as_str()],
        Value::List(items) => items.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    });
    texts.filter_map(|id| id.parse().ok()).take(MOST).collect()
}
