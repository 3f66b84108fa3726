//! The search index: keyed tokens of entries.
//!
//! Indexing a new entry writes one small row; its tokens are merged into the index later, many entries at a time and in the
//! index's own order, when the writer is idle or too many wait. A search reads both, so that it never misses anything.

use super::cells::{Tx, int, statements};
use crate::cells::{CellReader as _, Shape};
use crate::{Result, StoreError};
use entente_core::ids::{DossierId, EntryId};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};
use std::collections::BTreeSet;

/// So many entries may wait to be merged: a search reads them one by one.
pub(super) const PENDING_MAX: u64 = 16_384;
/// So many entries are merged in one transaction.
const MERGED_AT_ONCE: u32 = 4_096;
/// A token of no more entries than this is rare: its entries are looked at one by one, whatever the number of dossiers.
const RARE: usize = 2_000;
/// In so few dossiers, one query for each is quicker than anything else.
const FEW_DOSSIERS: usize = 50;
/// Further words of a query do not narrow it: enough for a sentence.
const WORDS_MAX: usize = 32;
/// Further tokens of a word do not widen it: more than there are stemmers.
const ALTERNATIVES_MAX: usize = 8;

statements! {
    TOKENS_OF = "SELECT tokens FROM token_of WHERE position = ?1";
    PUT_TOKENS_OF = "INSERT INTO token_of (position, dossier, tokens) VALUES (?1, ?2, ?3)
        ON CONFLICT (position) DO UPDATE SET tokens = excluded.tokens";
    DROP_TOKENS_OF = "DELETE FROM token_of WHERE position = ?1";
    DOSSIER_OF = "SELECT dossier FROM entry WHERE position = ?1";
    ADD_PENDING = "INSERT OR IGNORE INTO token_pending (position) VALUES (?1)";
    DROP_PENDING = "DELETE FROM token_pending WHERE position = ?1";
    DROP_PENDING_TO = "DELETE FROM token_pending WHERE position <= ?1";
    PENDING = "SELECT t.position, t.dossier, t.tokens FROM token_pending p CROSS JOIN token_of t ON t.position = p.position
        ORDER BY p.position LIMIT ?1";
    COUNT_PENDING = "SELECT count(*) FROM token_pending";
    ADD_TOKEN = "INSERT OR IGNORE INTO token (token, dossier, position) VALUES (?1, ?2, ?3)";
    DROP_TOKEN = "DELETE FROM token WHERE token = ?1 AND dossier = ?2 AND position = ?3";
    HOLDERS = "SELECT dossier, position FROM token WHERE token = ?1 LIMIT ?2";
    HOLDS = "SELECT 1 FROM token WHERE token = ?1 AND dossier = ?2 AND position = ?3";
    NAMES = "SELECT d.id, e.id FROM entry e JOIN dossier_no d ON d.n = e.dossier WHERE e.position = ?1";
}

const WAITING_SHAPE: Shape = ("token_of", &["position", "dossier", "tokens"]);

impl Tx<'_> {
    pub(super) fn put_tokens(
        &self,
        dossier: DossierId,
        entry: EntryId,
        tokens: &[[u8; 8]],
    ) -> Result<()> {
        if tokens.is_empty() {
            return Ok(());
        }
        let missing = || StoreError::Failed("token: its entry is not in this dossier".to_owned());
        let (position, n) = match self.notes.memo.entry(&entry) {
            Some(known) => (known.position, known.dossier),
            None => {
                let position = self.entry_at(entry)?.ok_or_else(missing)?;
                let shape = ("entry", &["dossier"][..]);
                let n = self.one(DOSSIER_OF, params![position], shape, |c| c.get())?;
                (position, n.ok_or_else(missing)?)
            }
        };
        if self.dossier_no(dossier)? != Some(n) {
            return Err(missing());
        }
        let mut all: BTreeSet<[u8; 8]> = tokens.iter().copied().collect();
        all.extend(self.tokens_of(position)?);
        let packed: Vec<u8> = all.into_iter().flatten().collect();
        self.run_one(PUT_TOKENS_OF, params![position, n, packed], "token_of")?;
        self.run(ADD_PENDING, params![position])?;
        self.notes.pending.set(self.notes.pending.get() + 1);
        Ok(())
    }

    /// Forgets an entry's tokens, merged or not.
    pub(super) fn drop_tokens(&self, dossier: i64, position: i64) -> Result<()> {
        let tokens = self.tokens_of(position)?.into_iter();
        let rows = tokens.map(|token| Ok((number(token), dossier, position)));
        self.run_each(DROP_TOKEN, "token", false, rows)?;
        self.run(DROP_TOKENS_OF, params![position])?;
        self.run(DROP_PENDING, params![position])?;
        Ok(())
    }

    /// Merges some waiting entries; how many still wait.
    pub(super) fn merge_tokens(&self) -> Result<u64> {
        let waiting = self.waiting_tokens(MERGED_AT_ONCE)?;
        let mut rows: Vec<(i64, i64, i64)> = waiting
            .iter()
            .flat_map(|w| w.tokens.iter().map(|t| (number(*t), w.dossier, w.position)))
            .collect();
        rows.sort_unstable();
        self.run_each(ADD_TOKEN, "token", false, rows.into_iter().map(Ok))?;
        if let Some(last) = waiting.last() {
            self.run(DROP_PENDING_TO, params![last.position])?;
        }
        self.pending_tokens()
    }
    /// How many entries wait to be merged.
    pub(super) fn pending_tokens(&self) -> Result<u64> {
        let shape = ("token_pending", &["count"][..]);
        Ok(self
            .one(COUNT_PENDING, (), shape, |c| c.int())?
            .unwrap_or(0))
    }

    pub(super) fn search(
        &self,
        words: &[Vec<[u8; 8]>],
        dossiers: &[DossierId],
        limit: u32,
    ) -> Result<Vec<(DossierId, EntryId)>> {
        let wanted: BTreeSet<Word> = words.iter().take(WORDS_MAX).map(|w| word(w)).collect();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut within = BTreeSet::new();
        for dossier in dossiers {
            within.extend(self.dossier_no(*dossier)?);
        }
        let mut found = BTreeSet::new();
        match self.rare_holders(&wanted, within.len())? {
            Some(holders) => {
                for (dossier, position) in holders {
                    if within.contains(&dossier) && self.holds_all(&wanted, dossier, position)? {
                        found.insert(position);
                    }
                }
            }
            None => {
                for dossier in &within {
                    found.extend(self.merged_hits(&wanted, *dossier, limit)?);
                }
            }
        }
        for w in self.waiting_tokens(u32::MAX)? {
            let holds = |word: &Word| !word.is_disjoint(&w.tokens);
            if within.contains(&w.dossier) && wanted.iter().all(holds) {
                found.insert(w.position);
            }
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let newest = found.iter().rev().take(limit);
        newest
            .filter_map(|position| {
                let shape = ("entry", &["dossier", "id"][..]);
                self.one(NAMES, params![position], shape, |c| {
                    Ok((c.dossier()?, c.entry()?))
                })
                .transpose()
            })
            .collect()
    }

    /// Dossier and position of every entry that holds the rarest of the words, if one is rare and it is worth it.
    fn rare_holders(
        &self,
        wanted: &BTreeSet<Word>,
        dossiers: usize,
    ) -> Result<Option<BTreeSet<(i64, i64)>>> {
        let mut rarest: Option<BTreeSet<(i64, i64)>> = None;
        if dossiers <= FEW_DOSSIERS {
            return Ok(None);
        }
        for word in wanted {
            let mut holders = BTreeSet::new();
            for token in word {
                let shape = ("token", &["dossier", "position"][..]);
                let values = params![number(*token), int(RARE as u64 + 1)?];
                holders.extend(self.many(HOLDERS, values, shape, |c| Ok((c.get()?, c.get()?)))?);
            }
            let best = rarest.as_ref().map_or(RARE, BTreeSet::len);
            if holders.len() <= best {
                rarest = Some(holders);
            }
        }
        Ok(rarest)
    }
    fn holds_all(&self, wanted: &BTreeSet<Word>, dossier: i64, position: i64) -> Result<bool> {
        for word in wanted {
            if !self.holds_one(word, dossier, position)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
    fn holds_one(&self, word: &Word, dossier: i64, position: i64) -> Result<bool> {
        for token in word {
            let values = params![number(*token), dossier, position];
            let shape = ("token", &["token"][..]);
            let held = self.one(HOLDS, values, shape, |c| c.get::<i64>())?;
            if held.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Newest positions in one dossier that hold every word, from the merged index: once by each token of the first word, each in
    /// the index's own order.
    fn merged_hits(
        &self,
        wanted: &BTreeSet<Word>,
        dossier: i64,
        limit: u32,
    ) -> Result<BTreeSet<i64>> {
        let Some(first) = wanted.first() else {
            return Ok(BTreeSet::new());
        };
        let others: Vec<&Word> = wanted.iter().skip(1).collect();
        let sizes: Vec<usize> = others.iter().map(|word| word.len()).collect();
        let sql = hits_sql(&sizes);
        let mut found = BTreeSet::new();
        for token in first {
            let mut values: Vec<Value> = vec![dossier.into(), limit.into(), number(*token).into()];
            let further = others.iter().copied().flatten();
            values.extend(further.map(|t| Value::from(number(*t))));
            let shape = ("token", &["position"][..]);
            found.extend(self.many(&sql, params_from_iter(values), shape, |c| c.get::<i64>())?);
        }
        Ok(found)
    }
    fn tokens_of(&self, position: i64) -> Result<BTreeSet<[u8; 8]>> {
        let packed = self.one(
            TOKENS_OF,
            params![position],
            ("token_of", &["tokens"]),
            |c| unpack(&c.get::<Vec<u8>>()?).ok_or_else(|| c.damaged()),
        )?;
        Ok(packed.unwrap_or_default())
    }
    fn waiting_tokens(&self, limit: u32) -> Result<Vec<Waiting>> {
        self.many(PENDING, params![limit], WAITING_SHAPE, |c| {
            Ok(Waiting {
                position: c.get()?,
                dossier: c.get()?,
                tokens: unpack(&c.get::<Vec<u8>>()?).ok_or_else(|| c.damaged())?,
            })
        })
    }
}

/// An entry whose tokens are not merged yet.
struct Waiting {
    position: i64,
    dossier: i64,
    tokens: BTreeSet<[u8; 8]>,
}

/// Tokens of which one is enough.
type Word = BTreeSet<[u8; 8]>;

fn word(tokens: &[[u8; 8]]) -> Word {
    tokens.iter().copied().take(ALTERNATIVES_MAX).collect()
}

/// The query by one token and further words with so many tokens each: 1 is the dossier, 2 the limit, 3 the token, the others follow.
pub(super) fn hits_sql(others: &[usize]) -> String {
    let mut sql = "SELECT t.position FROM token t WHERE t.dossier = ?1 AND t.token = ?3".to_owned();
    let mut places = 4..;
    for tokens in others {
        let marks: Vec<String> = places
            .by_ref()
            .take(*tokens)
            .map(|n| format!("?{n}"))
            .collect();
        let further = format!(
            " AND EXISTS (SELECT 1 FROM token u WHERE u.token IN ({}) AND u.dossier = ?1 AND u.position = t.position)",
            marks.join(", ")
        );
        sql.push_str(&further);
    }
    sql.push_str(" ORDER BY t.position DESC LIMIT ?2");
    sql
}

fn unpack(packed: &[u8]) -> Option<BTreeSet<[u8; 8]>> {
    let (tokens, rest) = packed.as_chunks::<8>();
    rest.is_empty().then(|| tokens.iter().copied().collect())
}

fn number(token: [u8; 8]) -> i64 {
    i64::from_be_bytes(token)
}
