//! The partners witness our journal (DESIGN section 5 rule 13): once a day a salted hash of the heads of all access lanes goes as a
//! leaf into every outgoing register. The partner cosigns it and learns nothing; nobody can change the journal unseen afterwards.
//!
//! The salt and the heads stay here, in a setting per day, for the inspectors who compare.

use std::sync::Arc;

use entente_proof::digest::tagged;
use entente_proof::leaf::Leaf;
use entente_store::{AccessRow, OutboxItem, Store, StoreError, StoreExt as _};

/// Domain of the hash.
pub const DOMAIN: &str = "entente/journal/1";
const LAST: &str = "journal.witnessed";
const DAY_MS: i64 = 86_400_000;

/// Queues today's witness towards every partner, unless it was queued already; whether it was now.
///
/// # Errors
/// Of the store.
pub fn queue(store: &Arc<dyn Store>, now_ms: i64) -> Result<bool, StoreError> {
    let day = now_ms.div_euclid(DAY_MS);
    let mut salt = [0; 32];
    crate::clock::fill(&mut salt);
    store.update("witness_journal", move |tx| {
        let last: Option<i64> = tx
            .setting(LAST)?
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| text.parse().ok());
        let (partners, heads) = (tx.partners()?, tx.lane_heads()?);
        if last.is_some_and(|last| last >= day) || partners.is_empty() || heads.is_empty() {
            return Ok(false);
        }
        let record = heads.iter().map(head_line).collect::<String>();
        let leaf = Leaf::Witness(tagged(DOMAIN, &[&salt, record.as_bytes()])).encode();
        for partner in partners {
            tx.push_outbox(&partner.node, &OutboxItem::Leaf(leaf.clone()), now_ms)?;
        }
        let kept = format!("salt {}\n{record}", hex::encode(salt));
        tx.set_setting(&format!("journal.witness.{day}"), kept.as_bytes())?;
        tx.set_setting(LAST, day.to_string().as_bytes())?;
        Ok::<_, StoreError>(true)
    })
}

fn head_line(head: &AccessRow) -> String {
    format!("{} {} {}\n", head.lane, head.seq, hex::encode(head.hash))
}
