//! Whether an originator told all recipients the same (rule 16): recipients of a dossier of three states or more tell each other the
//! newest that they hold of each other's partners, and compare.
//!
//! What comes from a third is told to the others with the receipt, in the same transaction. Whoever hears of an entry that it holds is
//! content; of another one under a number that it holds, it keeps its own and the other's word as evidence and says what it has
//! itself, so that both know; of one that is ahead of what it has, it says how far it is, so that the one who is ahead compares. It
//! shows no header and no body: the two entries are proved by those who hold them, with `entente proof`.

use crate::App;
use crate::codec::{cell, encode};
use crate::error::Result;
use entente_core::header::Header;
use entente_core::ids::{EntryId, NodeName};
use entente_core::told::Told;
use entente_proof::leaf::Leaf;
use entente_store::{OutboxItem, Read, Write};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// The name of that evidence.
pub(crate) const TOLD_OTHERWISE: &str = "told-otherwise";
/// Sayings of one batch that are compared by looking through a dossier; the others are heard again with the next entry.
const LOOKED_AT: usize = 8;
/// Newest entries of a dossier looked through for one of a number.
const NEWEST: u32 = 500;
/// Entries that wait for an ancestor stand first: so many of them are looked at.
const WAITING_FIRST: u32 = 64;
/// Pieces of evidence looked at for one that is kept already.
const KEPT: u32 = 64;

/// Two signed words that contradict each other: what a node told us, and what another says that it was told.
#[derive(Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct Otherwise {
    /// Who says so; in the register that we hold of it.
    #[n(0)]
    by: NodeName,
    /// What it says it holds.
    #[n(1)]
    told: Told,
    /// The header that we hold under that number; in the register that we hold of its author.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    ours: Vec<u8>,
}

/// What one batch brings: entries that others are told of, and what the partner says of a third's.
#[derive(Default)]
pub(crate) struct News {
    came: Tidings,
    said: Tidings,
}

impl News {
    /// An entry came from its author.
    pub(crate) fn came(&mut self, told: Option<Told>) {
        told.into_iter().for_each(|told| self.came.add(told));
    }

    /// A leaf came that may say something of a third's entries.
    pub(crate) fn said(&mut self, leaf: &Leaf) {
        if let Leaf::Unknown(bytes) = leaf {
            let told = Told::of_leaf(bytes);
            told.into_iter().for_each(|told| self.said.add(told));
        }
    }
}

/// Of each lane the newest.
#[derive(Default)]
struct Tidings(BTreeMap<(NodeName, Vec<NodeName>, [u8; 32]), Told>);

impl Tidings {
    fn add(&mut self, told: Told) {
        let lane = (told.author.clone(), told.audience.clone(), told.dossier.0);
        let newest = self.0.get(&lane).is_none_or(|known| known.seq <= told.seq);
        if newest {
            self.0.insert(lane, told);
        }
    }
}

/// What we would tell others of an entry.
pub(crate) fn told_of(id: EntryId, header: &Header) -> Option<Told> {
    (header.audience.len() > 2).then(|| Told {
        dossier: header.dossier_of(id),
        author: header.node(),
        audience: header.audience.clone(),
        seq: header.seq,
        entry: id,
    })
}

impl App {
    /// Tells others what came from a partner, and compares what it says with what is here.
    pub(crate) fn spread(&self, tx: &mut dyn Write, partner: &NodeName, news: &News) -> Result<()> {
        self.tell_others(tx, partner, &news.came)?;
        self.hear_told(tx, partner, &news.said)
    }

    /// Tells all other recipients what came from a partner.
    fn tell_others(&self, tx: &mut dyn Write, partner: &NodeName, came: &Tidings) -> Result<()> {
        for told in came.0.values().filter(|t| t.author == *partner) {
            for other in &told.audience {
                if *other != self.inner.me && *other != told.author {
                    self.tell(tx, other, told)?;
                }
            }
        }
        Ok(())
    }

    fn tell(&self, tx: &mut dyn Write, other: &NodeName, told: &Told) -> Result<()> {
        if tx.partner(other)?.is_none() {
            return Ok(());
        }
        let leaf = OutboxItem::Leaf(told.to_leaf());
        Ok(tx.push_outbox(other, &leaf, self.now().0)?)
    }

    /// Compares what a partner says of a third's entries with what we hold of them.
    fn hear_told(&self, tx: &mut dyn Write, partner: &NodeName, said: &Tidings) -> Result<()> {
        let mut looked = 0;
        for told in said.0.values() {
            let reads = |n: &NodeName| told.audience.contains(n);
            let third = told.author != *partner && told.author != self.inner.me;
            if !third || !reads(partner) || !reads(&self.inner.me) || holds(tx, told)? {
                continue;
            }
            looked += 1;
            if looked > LOOKED_AT {
                break;
            }
            self.compare_told(tx, partner, told)?;
        }
        Ok(())
    }

    fn compare_told(&self, tx: &mut dyn Write, partner: &NodeName, told: &Told) -> Result<()> {
        let lane = lane_held(tx.as_read(), told)?;
        if let Some((_, ours)) = lane.iter().find(|(held, _)| held.seq == told.seq) {
            return self.told_otherwise(tx, partner, (told, ours));
        }
        let newest = lane
            .iter()
            .map(|(held, _)| held)
            .max_by_key(|held| held.seq);
        match newest.filter(|held| held.seq < told.seq) {
            Some(held) => self.tell(tx, partner, held),
            None => Ok(()),
        }
    }

    /// Keeps it against the author, once, and says in return what we hold.
    fn told_otherwise(
        &self,
        tx: &mut dyn Write,
        partner: &NodeName,
        (told, ours): (&Told, &[u8]),
    ) -> Result<()> {
        if tx.partner(&told.author)?.is_none() {
            return Ok(());
        }
        let evidence = Otherwise {
            by: partner.clone(),
            told: told.clone(),
            ours: ours.to_vec(),
        };
        for kept in tx.evidence(&told.author, KEPT)? {
            let same = kept.what == TOLD_OTHERWISE
                && cell::<Otherwise>(&kept.evidence, "evidence", "evidence")? == evidence;
            if same {
                return Ok(());
            }
        }
        self.keep_evidence_in(tx, &told.author, TOLD_OTHERWISE, &encode(&evidence))?;
        let id = crate::codec::entry_id(ours);
        match Header::from_bytes(ours).ok().and_then(|h| told_of(id, &h)) {
            Some(held) => self.tell(tx, partner, &held),
            None => Ok(()),
        }
    }
}

fn holds(tx: &mut dyn Write, told: &Told) -> Result<bool> {
    Ok(tx.verdict(told.entry)?.is_some())
}

/// What we hold of a lane, as far as it is looked through: each entry with its header.
fn lane_held(tx: &dyn Read, told: &Told) -> Result<Vec<(Told, Vec<u8>)>> {
    let mut rows = tx.entries(told.dossier, true, NEWEST, 0)?;
    rows.extend(tx.entries(told.dossier, false, WAITING_FIRST, 0)?);
    let mut lane = Vec::new();
    for row in rows {
        let Ok(header) = Header::from_bytes(&row.header) else {
            continue;
        };
        if let Some(held) = told_of(row.id, &header)
            && (&held.author, &held.audience) == (&told.author, &told.audience)
        {
            lane.push((held, row.header));
        }
    }
    Ok(lane)
}
