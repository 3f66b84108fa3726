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

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::ids::NodeName;
    use entente_store::sqlite::SqliteStore;
    use entente_store::{OutboxRow, PartnerRow};

    fn looked_at(lane: &str, seq: u64) -> AccessRow {
        let hash = [u8::try_from(seq).unwrap(); 32];
        AccessRow {
            lane: lane.to_owned(),
            seq,
            at_ms: 0,
            hash,
            sealed: vec![1],
        }
    }

    /// Rule 13: once a day, towards every partner, another value each day, and the heads can be compared later.
    #[test]
    fn rule_13_the_journal_is_witnessed_once_a_day() {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open_in_memory().unwrap());
        let fr: NodeName = "fr".parse().unwrap();
        assert!(!queue(&store, 5).unwrap(), "nobody to witness");
        let partner = PartnerRow {
            node: fr.clone(),
            card: vec![1],
            address: String::new(),
            pinned_ms: 0,
            stopped: false,
        };
        store
            .update("test", move |tx| {
                tx.put_partner(&partner)?;
                tx.append_access(&looked_at("serve", 1))
            })
            .unwrap();
        assert!(queue(&store, 5).unwrap());
        assert!(!queue(&store, DAY_MS - 1).unwrap(), "twice in a day");
        store
            .update("test", |tx| tx.append_access(&looked_at("serve", 2)))
            .unwrap();
        assert!(queue(&store, DAY_MS).unwrap());
        let waiting: Vec<OutboxRow> = store.view("test", |tx| tx.outbox(&fr, 10)).unwrap();
        let leaf = |row: &OutboxRow| match &row.item {
            OutboxItem::Leaf(bytes) => Leaf::decode(bytes).unwrap(),
            OutboxItem::Entry(_) => panic!("no entry was written"),
        };
        let leaves: Vec<Leaf> = waiting.iter().map(leaf).collect();
        assert!(
            matches!(leaves.as_slice(), [Leaf::Witness(one), Leaf::Witness(other)] if one != other)
        );
        let kept = store
            .view("test", |tx| tx.setting("journal.witness.1"))
            .unwrap()
            .unwrap();
        let kept = String::from_utf8(kept).unwrap();
        let (first, record) = kept.split_once('\n').unwrap();
        let salt = hex::decode(first.strip_prefix("salt ").unwrap()).unwrap();
        assert_eq!(
            leaves[1],
            Leaf::Witness(tagged(DOMAIN, &[&salt, record.as_bytes()]))
        );
        assert!(record.starts_with("serve 2 0202"));
    }
}
