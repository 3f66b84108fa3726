//! Bringing in another state: the form of a wider dossier, filled from the one that it continues (rule 16).
//!
//! All that take part there are invited here. Its words are taken over where our own node wrote them: another's words are another's
//! to tell (invariant 5).

use crate::codec::{config_of, names};
use crate::error::{AppError, Result};
use crate::views::RelatedDossier;
use crate::{Actor, App};
use entente_core::field::{Bind, Field, Value};
use entente_core::ids::{DossierId, NodeName, ServiceName};
use entente_core::kind::{EntryType, kind_name};
use entente_store::{DossierRow, EntryRow, Read};
use std::collections::BTreeMap;

/// What the form of a wider dossier starts from.
pub(crate) struct Widening {
    /// The dossier that it continues.
    pub dossier: RelatedDossier,
    /// The first of the other states in it.
    pub partner: Option<NodeName>,
    /// Values by field.
    pub preset: BTreeMap<String, Value>,
    /// See [`crate::views::FormView::others_words`].
    pub others_words: bool,
}

impl App {
    /// What the opening of a wider dossier starts from.
    pub(crate) fn widening(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry_type: &EntryType,
        earlier: DossierId,
    ) -> Result<Widening> {
        let row = self.visible(tx, actor, earlier)?;
        if kind_name(entry_type.name) != row.kind {
            return Err(AppError::NotFound);
        }
        let config = config_of(tx, earlier)?.ok_or(AppError::NotFound)?;
        let others = self.others_in(&config);
        let services: Vec<ServiceName> = others.iter().map(|n| working(n, &row)).collect();
        let opening = tx.entry(earlier.opening())?.ok_or(AppError::NotFound)?;
        let ours = opening.service.starts_with(&format!("{}/", self.inner.me));
        let mut preset = invitations(entry_type, earlier, &services);
        if ours {
            preset.extend(self.own_words(tx, actor, entry_type, &opening)?);
        }
        Ok(Widening {
            dossier: RelatedDossier {
                id: earlier,
                number: super::number(&row.convenor, row.number),
                title: self.open_title(tx, earlier, &row.title)?,
                visible: true,
            },
            partner: others.into_iter().next(),
            preset,
            others_words: !ours,
        })
    }

    /// What our own opening said, field by field.
    fn own_words(
        &self,
        tx: &dyn Read,
        actor: &Actor,
        entry_type: &EntryType,
        opening: &EntryRow,
    ) -> Result<BTreeMap<String, Value>> {
        let words = self.read_by(tx, actor, opening)?.unwrap_or_default().values;
        let spoken = |f: &&Field| f.bind == Bind::Body;
        let fields = entry_type.fields.iter().filter(spoken);
        let said = fields.filter_map(|f| Some((f.name.to_owned(), words.get(f.name)?.clone())));
        Ok(said.collect())
    }
}

/// Everybody that takes part is asked again, and the earlier dossier named.
fn invitations(
    entry_type: &EntryType,
    earlier: DossierId,
    services: &[ServiceName],
) -> BTreeMap<String, Value> {
    let mut preset = BTreeMap::new();
    for field in entry_type.fields {
        let value = match (field.bind, services.split_first()) {
            (Bind::Continues, _) => Some(Value::Text(earlier.to_string())),
            (Bind::AskOf, Some((first, _))) => Some(Value::Text(first.to_string())),
            (Bind::Invite, Some((_, rest))) => {
                let rest = rest.iter().map(ServiceName::to_string);
                Some(Value::List(rest.collect()))
            }
            _ => None,
        };
        preset.extend(value.map(|v| (field.name.to_owned(), v)));
    }
    preset
}

/// The service of a state that works on a dossier: another than its liaison, where there is one.
fn working(node: &NodeName, row: &DossierRow) -> ServiceName {
    let liaison = crate::record::liaison_of(node);
    let known: Vec<ServiceName> = names(&row.services);
    let own = known
        .into_iter()
        .find(|s| s.node() == *node && *s != liaison);
    own.unwrap_or(liaison)
}
