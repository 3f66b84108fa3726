//! The search index: keyed tokens of entries, one row for each entry under an inverted index of the database's own.

use super::cells::{Tx, Value, blobs, statements, values};
use crate::Result;
use crate::cells::{CellReader as _, Shape};
use entente_core::ids::{DossierId, EntryId};
use std::fmt::Write as _;

/// Further words of a query do not narrow it: enough for a sentence.
const WORDS_MAX: usize = 32;

statements! {
PUT_TOKENS = "INSERT INTO token (dossier, entry, position, tokens)
        SELECT e.dossier, e.id, e.position, (SELECT array_agg(DISTINCT t ORDER BY t) FROM unnest($3::bigint[]) t)
        FROM entry e WHERE e.dossier = $1 AND e.id = $2
        ON CONFLICT (dossier, entry) DO UPDATE SET tokens =
        (SELECT array_agg(DISTINCT t ORDER BY t) FROM unnest(token.tokens || excluded.tokens) t)";
DROP_TOKENS = "DELETE FROM token WHERE dossier = $1 AND entry = $2";}

const SHAPE: Shape = ("token", &["dossier", "entry"]);

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
        let tokens = numbers(tokens);
        if self.put_tokens_later(dossier, entry, &tokens) {
            return Ok(());
        }
        self.run_one(
            PUT_TOKENS,
            values![dossier.0, entry.0, tokens],
            "token: its entry is not in this dossier",
        )
    }

    /// Forgets an entry's tokens.
    pub(super) fn drop_tokens(&self, dossier: DossierId, entry: EntryId) -> Result<()> {
        self.run(DROP_TOKENS, values![dossier.0, entry.0])
    }

    pub(super) fn search(
        &self,
        words: &[Vec<[u8; 8]>],
        dossiers: &[DossierId],
        limit: u32,
    ) -> Result<Vec<(DossierId, EntryId)>> {
        let wanted = words.get(..WORDS_MAX).unwrap_or(words);
        if wanted.is_empty() || dossiers.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = values![blobs(dossiers, |d| &d.0), limit];
        values.extend(wanted.iter().map(|word| Value::from(numbers(word))));
        self.many(&hits_sql(wanted.len()), values, SHAPE, |c| {
            Ok((c.dossier()?, c.entry()?))
        })
    }
}

/// The query for so many words: 1 are the dossiers, 2 the limit, the tokens of each word follow.
pub(super) fn hits_sql(words: usize) -> String {
    let mut sql = "SELECT dossier, entry FROM token WHERE dossier = ANY ($1::bytea[])".to_owned();
    for word in 0..words {
        // Written into a String, which never fails.
        let _infallible = write!(sql, " AND tokens && ${}::bigint[]", word + 3);
    }
    sql.push_str(" ORDER BY position DESC LIMIT $2");
    sql
}

fn numbers(tokens: &[[u8; 8]]) -> Vec<i64> {
    tokens.iter().map(|t| i64::from_be_bytes(*t)).collect()
}
