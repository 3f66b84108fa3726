//! How large one file that crosses may be: what the charter says, held to where it is sent and where it is received.
//!
//! The limit of a file is that of the terms that its entry was written under, or of those in force if they let it be larger: lowering
//! it takes nothing back that was sent in order, raising it fetches what was too large. A partner that sends more than that is told
//! nothing and asked for nothing: both sides see on the entry that the file stays where it is.

use crate::App;
use crate::attach::SealedFile;
use crate::codec::header_of;
use crate::error::{AppError, Result};
use crate::files::MAX_FILE;
use crate::record::Scene;
use entente_core::header::Header;
use entente_core::ids::NodeName;
use entente_store::{AttachmentRow, AttachmentState, Read, Write};

/// Rows looked at in one go when a limit may have been raised: no index leads to them, since that is once in the life of a charter.
const PORTION: u32 = 4_096;

/// Refuses to send what the partner would not fetch.
pub(crate) fn refuse_above_limits(scene: &Scene, files: &[SealedFile]) -> Result<()> {
    let most = scene
        .terms
        .as_ref()
        .map(|(_, terms)| terms.quotas.file_bytes);
    match most.filter(|_| scene.audience.len() > 1) {
        Some(most) if files.iter().any(|file| file.described.size > most) => {
            Err(AppError::TooLarge(most))
        }
        _ => Ok(()),
    }
}

impl App {
    /// Most bytes of one file of this entry between us and a partner.
    pub(crate) fn file_limit(
        &self,
        tx: &dyn Read,
        header: &Header,
        partner: &NodeName,
    ) -> Result<u64> {
        let between = |node: &NodeName| *node == self.inner.me || node == partner;
        let cited = self.terms_of(tx, header.under.charter)?;
        let cited = cited.filter(|t| t.parties.iter().filter(|n| between(n)).count() == 2);
        // Those of a dossier of three states or more are its own: no charter of a link stands in their place.
        let of_many = cited.as_ref().is_some_and(|terms| terms.parties.len() > 2);
        let in_force = match of_many {
            true => None,
            false => self.terms_in_force(tx, partner)?,
        };
        let limits = cited.iter().chain(&in_force);
        let most = limits.map(|terms| terms.quotas.file_bytes).max();
        Ok(most.map_or(MAX_FILE, |most| most.min(MAX_FILE)))
    }

    /// The limit that keeps a file at its author, and the nodes that do not fetch it: we, or those that ours is for.
    pub(crate) fn kept_by_limit(
        &self,
        tx: &dyn Read,
        header: &Header,
        file: &AttachmentRow,
    ) -> Result<Option<(u64, Vec<NodeName>)>> {
        if let (AttachmentState::Above, Some(partner)) = (file.state, &file.partner) {
            let most = self.file_limit(tx, header, partner)?;
            return Ok(Some((most, vec![self.inner.me.clone()])));
        }
        let mut kept: Option<(u64, Vec<NodeName>)> = None;
        let ours = header.node() == self.inner.me && file.state == AttachmentState::Held;
        let others = header.audience.iter().filter(|n| **n != self.inner.me);
        for other in others.filter(|_| ours) {
            let most = self.file_limit(tx, header, other)?;
            if file.size > most {
                let (least, nodes) = kept.get_or_insert((most, Vec::new()));
                *least = most.min(*least);
                nodes.push(other.clone());
            }
        }
        Ok(kept)
    }

    /// New terms are in force with a partner: what they let be fetched is wanted from now on.
    pub(crate) fn raise_limit(&self, tx: &mut dyn Write, partner: &NodeName) -> Result<()> {
        let mut stays = 0;
        loop {
            let rows = tx.above_limit(partner, PORTION, stays)?;
            if rows.is_empty() {
                return Ok(());
            }
            for mut row in rows {
                let header = header_of(tx.as_read(), row.entry)?;
                let header = header.ok_or(AppError::Bug("a file of no entry"))?;
                if row.size > self.file_limit(tx.as_read(), &header, partner)? {
                    stays += 1;
                    continue;
                }
                row.state = AttachmentState::Wanted;
                tx.put_attachment(&row)?;
            }
        }
    }
}
