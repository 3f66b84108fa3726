//! The partners witness our journal (rule 13): once a day a salted hash of its head goes as a leaf into every outgoing register. The
//! partner cosigns it and learns nothing; nobody can change the journal unseen afterwards.
//!
//! The salt and what it was of stay here, in a setting per day, for the inspectors who compare.

use crate::App;
use crate::env::random;
use crate::error::Result;
use entente_core::ids::NodeName;
use entente_proof::commit::SALT;
use entente_proof::digest::Digest;
use entente_proof::lane::witness;
use entente_proof::leaf::Leaf;
use entente_store::{Direction, OutboxItem, Read, StoreExt, Write};

const LAST: &str = "journal.witnessed";
const DAY_MS: i64 = 86_400_000;
/// Leaves looked through for a witness: as many as may have waited before it.
const LOOKED_THROUGH: u64 = 20_000;
/// Leaves read at once.
const AT_ONCE: u32 = 1_000;

/// What was given to the partners on a day.
pub(super) struct Witnessed {
    /// The day, counted from 1970.
    pub(super) day: i64,
    /// Line of the journal.
    pub(super) line: u64,
    /// Its hash.
    pub(super) hash: [u8; 32],
    salt: [u8; SALT],
    /// Partners, with the sizes of our registers towards them at that time.
    pub(super) towards: Vec<(NodeName, u64)>,
}

impl App {
    /// Queues today's witness towards every partner, unless it was queued already; whether it was now.
    ///
    /// # Errors
    /// Storage.
    pub fn witness_journal(&self) -> Result<bool> {
        self.keep_journal()?;
        let day = self.now().0.div_euclid(DAY_MS);
        let last = self.inner.store.view("witnessed", |tx| last_day(tx))?;
        if last.is_some_and(|last| last >= day) {
            return Ok(false);
        }
        let (app, salt) = (self.clone(), random::<SALT>(&*self.inner.random));
        let queued = self.inner.store.update("witness_journal", move |tx| {
            app.queue_witness(tx, day, salt)
        })?;
        for partner in &queued {
            self.wake(partner);
        }
        Ok(!queued.is_empty())
    }

    fn queue_witness(
        &self,
        tx: &mut dyn Write,
        day: i64,
        salt: [u8; SALT],
    ) -> Result<Vec<NodeName>> {
        let last = last_day(tx.as_read())?;
        let (partners, head) = (tx.partners()?, tx.journal_last()?);
        let Some(head) = head.filter(|_| last.is_none_or(|last| last < day)) else {
            return Ok(Vec::new());
        };
        if partners.is_empty() {
            return Ok(Vec::new());
        }
        let leaf = Leaf::Witness(witness(&salt, &Digest(head.hash))).encode();
        let mut kept = format!(
            "salt {}\njournal {} {}\n",
            hex::encode(salt),
            head.n,
            hex::encode(head.hash)
        );
        let mut queued = Vec::new();
        for partner in partners {
            let size = tx.register(&partner.node, Direction::Out)?.size;
            kept.push_str(&format!("towards {} {size}\n", partner.node));
            let item = OutboxItem::Leaf(leaf.clone());
            tx.push_outbox(&partner.node, &item, self.now().0)?;
            queued.push(partner.node);
        }
        tx.set_setting(&setting(day), kept.as_bytes())?;
        tx.set_setting(LAST, day.to_string().as_bytes())?;
        Ok(queued)
    }
}

fn setting(day: i64) -> String {
    format!("journal.witness.{day}")
}

fn last_day(tx: &dyn Read) -> Result<Option<i64>> {
    let last = tx.setting(LAST)?;
    let text = last.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(text.and_then(|text| text.parse().ok()))
}

/// What was last given to the partners; nothing before the first day, or where the day's was given by a program of before.
pub(super) fn last(tx: &dyn Read) -> Result<Option<Witnessed>> {
    let Some(day) = last_day(tx)? else {
        return Ok(None);
    };
    let kept = tx.setting(&setting(day))?;
    let text = kept.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(text.and_then(|text| read(day, &text)))
}

fn read(day: i64, text: &str) -> Option<Witnessed> {
    let mut lines = text.lines();
    let salt = hex::decode(lines.next()?.strip_prefix("salt ")?).ok()?;
    let (line, hash) = lines.next()?.strip_prefix("journal ")?.split_once(' ')?;
    let towards = lines.filter_map(|line| {
        let (node, size) = line.strip_prefix("towards ")?.split_once(' ')?;
        Some((node.parse().ok()?, size.parse().ok()?))
    });
    Some(Witnessed {
        day,
        line: line.parse().ok()?,
        hash: hex::decode(hash).ok()?.try_into().ok()?,
        salt: salt.try_into().ok()?,
        towards: towards.collect(),
    })
}

impl Witnessed {
    /// Where our register towards a partner has it, if it does: a register that began again since has it in a generation closed.
    pub(super) fn position(&self, tx: &dyn Read, partner: &NodeName) -> Result<Option<u64>> {
        let leaf = Leaf::Witness(witness(&self.salt, &Digest(self.hash))).encode();
        let known = self.towards.iter().find(|(node, _)| node == partner);
        let Some((_, begin)) = known else {
            return Ok(None);
        };
        let mut from = *begin;
        while from < begin.saturating_add(LOOKED_THROUGH) {
            let leaves = tx.leaves(partner, Direction::Out, from, AT_ONCE)?;
            if let Some(found) = leaves.iter().find(|row| row.leaf == leaf) {
                return Ok(Some(found.position));
            }
            if leaves.is_empty() {
                return Ok(None);
            }
            from = from.saturating_add(leaves.len() as u64);
        }
        Ok(None)
    }
}
