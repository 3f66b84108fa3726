//! What is about to be read: a database that is a journey away is asked once for all of it, whatever its number.

use crate::Direction;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};

/// Rows that a page or a batch is about to read one by one. A hint and nothing else: every verb answers the same without it.
#[derive(Clone, Debug, Default)]
pub struct Ahead {
    /// For [`crate::Read::dossier`].
    pub dossiers: Vec<DossierId>,
    /// For [`crate::Read::entry`] and [`crate::Read::verdict`].
    pub entries: Vec<EntryId>,
    /// For [`crate::Read::body`], and [`crate::Read::object_key`] under the entry's identifier.
    pub bodies: Vec<(DossierId, EntryId)>,
    /// For [`crate::Read::object_key`].
    pub keys: Vec<(DossierId, Vec<u8>)>,
    /// For [`crate::Read::attachments`].
    pub files: Vec<EntryId>,
    /// For [`crate::Read::translations`].
    pub translations: Vec<(DossierId, EntryId)>,
    /// For [`crate::Read::relations`].
    pub relations: Vec<EntryId>,
    /// For [`crate::Read::officer_behind`].
    pub pseudonyms: Vec<(DossierId, [u8; 8])>,
    /// For [`crate::Read::obligation`].
    pub obligations: Vec<ObligationId>,
    /// For [`crate::Read::acts`].
    pub acts: Vec<ObligationId>,
    /// For [`crate::Read::leaf_place`], and [`crate::Read::receipt`] of that place.
    pub places: Vec<(NodeName, Direction, EntryId)>,
}
