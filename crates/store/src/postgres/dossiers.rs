//! Dossiers, entries, heads, bodies and their keys, configurations, terms, flags and relations.

use super::cells::{Tx, Value, blobs, int, statements, values};
use crate::cells::CellReader as _;
use crate::rows::pair_texts;
use crate::{
    BodyRow, BodyState, ConfigRow, DossierFilter, DossierRow, EntryRow, FlagRow, LatelyRow,
    RelationRow, Result, StoreError, TermsRow,
};
use entente_core::codes::Purpose;
use entente_core::ids::{DossierId, EntryId, NodeName, ServiceName};

/// A scope of fewer heads is known whole. A partner may make any number of them.
const ALL_HEADS: u32 = 512;

macro_rules! dossier_sql {
    () => {
        "SELECT o.id, o.kind, o.purpose, o.phase, o.convenor, o.number, o.nodes, o.services, o.title, o.opened_ms, o.updated_ms
         FROM dossier o "
    };
}
pub(super) use dossier_sql;
macro_rules! entry_sql {
    ($rest:literal) => {
        concat!(
            "SELECT position, dossier, id, kind, service, at_ms, here_ms, verdict, depth, causal, header, body FROM entry ",
            $rest
        )
    };
}
pub(super) use entry_sql;

statements! {
    SETTING = "SELECT value FROM setting WHERE key = $1";
    LAST_NUMBER = "SELECT last FROM series WHERE name = $1";
    NEXT_NUMBER = "INSERT INTO series (name, last) VALUES ($1, 1)
        ON CONFLICT (name) DO UPDATE SET last = series.last + 1 RETURNING last";
    DOSSIER = concat!(dossier_sql!(), "WHERE o.id = $1");
    PUT_DOSSIER = "INSERT INTO dossier (id, kind, purpose, phase, convenor, number, nodes, services, title, opened_ms, updated_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, purpose = excluded.purpose, phase = excluded.phase,
        convenor = excluded.convenor, number = excluded.number, nodes = excluded.nodes, services = excluded.services,
        title = excluded.title, opened_ms = excluded.opened_ms, updated_ms = excluded.updated_ms";
    CLEAR_SERVICES = "DELETE FROM dossier_service WHERE dossier = $1 AND service <> ALL ($2::text[])";
    ADD_SERVICES = "INSERT INTO dossier_service (dossier, service) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING";
    ENTRY = entry_sql!("WHERE id = $1");
    ENTRIES_OLDEST = entry_sql!("WHERE dossier = $1 ORDER BY depth, id LIMIT $2 OFFSET $3");
    ENTRIES_NEWEST = entry_sql!("WHERE dossier = $1 ORDER BY depth DESC, id DESC LIMIT $2 OFFSET $3");
    ENTRIES_OF = entry_sql!("JOIN (SELECT p.id AS place FROM unnest($2::text[]) AS w (kind) CROSS JOIN LATERAL (SELECT id, depth FROM entry
            WHERE dossier = $1 AND kind = w.kind AND (depth, id) > ($3, $4) ORDER BY depth, id LIMIT $5) AS p
            ORDER BY p.depth, p.id LIMIT $5) AS w ON id = w.place ORDER BY depth, id");
    LATELY = "SELECT l.dossier, l.id, l.kind, l.service, l.here_ms
        FROM unnest($1::bytea[]) WITH ORDINALITY AS w (dossier, place) CROSS JOIN LATERAL (SELECT dossier, id, kind, service, here_ms,
            depth FROM entry WHERE dossier = w.dossier ORDER BY depth DESC, id DESC LIMIT $2) AS l
        WHERE l.here_ms >= $3 AND NOT starts_with(l.service, $4) ORDER BY w.place, l.depth DESC, l.id DESC";
    LEFT = "SELECT service FROM left_service WHERE dossier = $1 ORDER BY service";
    PUT_LEFT = "INSERT INTO left_service (dossier, service) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    DROP_LEFT = "DELETE FROM left_service WHERE dossier = $1 AND service = $2";
    LANE_TOP = "SELECT top FROM lane WHERE dossier = $1 AND lane = $2";
    TRANSLATIONS = "SELECT entry FROM translation WHERE dossier = $1 AND original = $2 ORDER BY entry";
    PUT_TRANSLATION = "INSERT INTO translation (dossier, original, entry) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    COUNT_ENTRIES = "SELECT count(*) FROM entry WHERE dossier = $1";
    IRREGULAR = entry_sql!("WHERE verdict <> 0 AND verdict <> 254 ORDER BY position DESC LIMIT $1");
    SINCE = entry_sql!("WHERE position > $1 ORDER BY position LIMIT $2");
    VERDICT_OF = "SELECT verdict FROM entry WHERE id = $1";
    JUDGE_ENTRY = "UPDATE entry SET verdict = $2, depth = $3, causal = $4 WHERE id = $1";
    HEADS = "SELECT entry FROM head WHERE dossier = $1 AND scope = $2 ORDER BY entry LIMIT $3";
    ANY_WAITS = "SELECT EXISTS (SELECT 1 FROM waiting)";
    WAITING_FOR =  "SELECT entry FROM waiting WHERE missing = $1 ORDER BY entry LIMIT $2";
    AWAITED = "SELECT w.missing, w.entry FROM waiting w WHERE w.missing > $1 AND NOT EXISTS (
        SELECT 1 FROM waiting o WHERE o.missing = w.missing AND (o.since_ms, o.entry) < (w.since_ms, w.entry))
        ORDER BY w.since_ms, w.missing LIMIT $2";
    WAIT_FOR = "INSERT INTO waiting (missing, entry, since_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    STOP_WAITING = "DELETE FROM waiting WHERE missing = $1 AND entry = $2";
    BODY = "SELECT state, sealed FROM body WHERE dossier = $1 AND entry = $2";
    PUT_BODY = "INSERT INTO body (dossier, entry, state, sealed)
        SELECT dossier, id, $3, $4 FROM entry WHERE dossier = $1 AND id = $2
        ON CONFLICT (dossier, entry) DO UPDATE SET state = excluded.state, sealed = excluded.sealed";
    MARK_BODY = "UPDATE entry SET body = $3 WHERE dossier = $1 AND id = $2 AND body <> $3";
    ERASE_BODY = "INSERT INTO body (dossier, entry, state, sealed)
        SELECT dossier, id, $3, ''::bytea FROM entry WHERE dossier = $1 AND id = $2 AND body <> 0
        ON CONFLICT (dossier, entry) DO UPDATE SET state = excluded.state, sealed = excluded.sealed";
    MARK_ERASED = "UPDATE entry SET body = $3 WHERE dossier = $1 AND id = $2 AND body <> 0 AND body <> $3";
    OBJECT_KEY = "SELECT wrapped FROM object_key WHERE dossier = $1 AND object = $2";
    WITH_KEY = "SELECT dossier FROM object_key WHERE object = $1 AND dossier > $2 ORDER BY dossier LIMIT $3";
    DROP_OBJECT_KEY = "DELETE FROM object_key WHERE dossier = $1 AND object = $2";
    CONFIG = "SELECT entry, dossier, number, kind, set_by, config FROM config WHERE entry = $1";
    LATEST_CONFIG = "SELECT entry, dossier, number, kind, set_by, config FROM config
        WHERE dossier = $1 ORDER BY number DESC, entry DESC LIMIT 1";
    INSERT_CONFIG = "INSERT INTO config (entry, dossier, number, kind, set_by, config) VALUES ($1, $2, $3, $4, $5, $6)";
    TERMS = "SELECT entry, dossier, partner, version, terms FROM terms WHERE entry = $1";
    TERMS_WITH = "SELECT entry, dossier, partner, version, terms FROM terms
        WHERE partner = $1 ORDER BY version DESC, entry DESC LIMIT 1";
    INSERT_TERMS = "INSERT INTO terms (entry, dossier, partner, version, terms) VALUES ($1, $2, $3, $4, $5)";
    FLAGS = "SELECT partner, entry, node, up, at_ms FROM flag WHERE partner = $1 ORDER BY at_ms, entry";
    INSERT_FLAG = "INSERT INTO flag (partner, entry, node, up, at_ms) VALUES ($1, $2, $3, $4, $5)";
    RELATIONS = "SELECT entry, later, earlier, earlier_dossier, relation FROM relation WHERE later = $1
        UNION SELECT entry, later, earlier, earlier_dossier, relation FROM relation WHERE earlier = $1 ORDER BY 1, 2, 3";
    INSERT_RELATION = "INSERT INTO relation (entry, later, earlier, earlier_dossier, relation) VALUES ($1, $2, $3, $4, $5)";
}

impl Tx<'_> {
    pub(super) fn setting(&self, key: &str) -> Result<Option<Vec<u8>>> {
        if let Some(waits) = self.pending_setting(key) {
            return Ok(Some(waits));
        }
        let shape = ("setting", &["value"][..]);
        let read = || self.past().one(SETTING, values![key], shape, |c| c.bytes());
        let memo = &self.notes.memo;
        memo.get_or(|k| &mut k.settings, &key.to_owned(), read)
    }
    pub(super) fn last_number(&self, series: &str) -> Result<u32> {
        let shape = ("series", &["last"][..]);
        let read = || {
            let past = self.past();
            let last = past.one(LAST_NUMBER, values![series], shape, |c| c.int())?;
            Ok(last.unwrap_or(0))
        };
        let memo = &self.notes.memo;
        memo.get_or(|k| &mut k.series, &series.to_owned(), read)
    }
    pub(super) fn next_number(&self, series: &str) -> Result<u32> {
        let shape = ("series", &["last"][..]);
        let past = self.past();
        let next: Option<u32> = past.one(NEXT_NUMBER, values![series], shape, |c| c.int())?;
        self.notes.memo.keep(|known| {
            known.series.remove(series);
        });
        next.ok_or_else(|| StoreError::Failed("series: no number".to_owned()))
    }

    pub(super) fn dossier(&self, id: DossierId) -> Result<Option<DossierRow>> {
        let read = || match self.is_touched(id) {
            true => self.row(DOSSIER, values![id.0]),
            false => self.past().row(DOSSIER, values![id.0]),
        };
        self.notes.memo.get_or(|k| &mut k.dossiers, &id, read)
    }
    pub(super) fn dossiers(&self, filter: &DossierFilter) -> Result<Vec<DossierRow>> {
        let limit = if filter.limit == 0 { 100 } else { filter.limit };
        let mut found = dossier_conditions(filter);
        let (limit, offset) = (found.value(limit), found.value(filter.offset));
        let sql = format!(
            "{}{} ORDER BY o.updated_ms DESC, o.n DESC LIMIT {limit} OFFSET {offset}",
            dossier_sql!(),
            found.sql
        );
        self.rows(&sql, found.values)
    }
    pub(super) fn count_dossiers(&self, filter: &DossierFilter) -> Result<u64> {
        let found = dossier_conditions(filter);
        let sql = format!("SELECT count(*) FROM dossier o {}", found.sql);
        let count = self.one(&sql, found.values, ("dossier", &["count"]), |c| c.int())?;
        Ok(count.unwrap_or(0))
    }
    pub(super) fn put_dossier(&self, row: &DossierRow) -> Result<()> {
        self.run_one(
            PUT_DOSSIER,
            values![
                row.id.0,
                &row.kind,
                row.purpose.number(),
                row.phase.number(),
                row.convenor.as_str(),
                row.number,
                &row.nodes,
                &row.services,
                &row.title,
                row.opened_ms,
                row.updated_ms
            ],
            "dossier",
        )?;
        let services: Vec<String> = row
            .services
            .split(',')
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect();
        self.run(CLEAR_SERVICES, values![row.id.0, services.clone()])?;
        self.run(ADD_SERVICES, values![row.id.0, services])
    }

    pub(super) fn verdict(&self, id: EntryId) -> Result<Option<u8>> {
        let shape = ("entry", &["verdict"][..]);
        if let Some(waits) = self.pending_verdict(id) {
            return Ok(Some(waits));
        }
        let verdict = |row: &Option<EntryRow>| row.as_ref().map(|row| row.verdict);
        if let Some(known) = self.notes.memo.look(|k| k.entries.get(&id).map(verdict)) {
            return Ok(known);
        }
        let read = || {
            let past = self.past();
            past.one(VERDICT_OF, values![id.0], shape, |c| c.int())
        };
        self.notes.memo.get_or(|k| &mut k.verdicts, &id, read)
    }
    pub(super) fn entry(&self, id: EntryId) -> Result<Option<EntryRow>> {
        self.notes
            .memo
            .ahead_or(|k| &mut k.entries, &id, || self.row(ENTRY, values![id.0]))
    }
    pub(super) fn entries(
        &self,
        dossier: DossierId,
        newest: bool,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<EntryRow>> {
        let sql = if newest {
            ENTRIES_NEWEST
        } else {
            ENTRIES_OLDEST
        };
        let values = values![dossier.0, limit, offset];
        self.rows(sql, values)
    }
    pub(super) fn entries_of(
        &self,
        dossier: DossierId,
        types: &[&str],
        after: Option<(u64, EntryId)>,
        limit: u32,
    ) -> Result<Vec<EntryRow>> {
        let (depth, id) = match after {
            Some((depth, id)) => (int(depth)?, id.0),
            None => (-1, [0; 32]),
        };
        let types: Vec<String> = types.iter().map(|name| (*name).to_owned()).collect();
        self.rows(ENTRIES_OF, values![dossier.0, types, depth, id, limit])
    }
    pub(super) fn lately(
        &self,
        dossiers: &[DossierId],
        but: &NodeName,
        since_ms: i64,
        look: u32,
    ) -> Result<Vec<LatelyRow>> {
        let dossiers = blobs(dossiers, |d| &d.0);
        let values = values![dossiers, look, since_ms, format!("{but}/")];
        self.rows(LATELY, values)
    }
    pub(super) fn left(&self, dossier: DossierId) -> Result<Vec<ServiceName>> {
        let shape = ("left_service", &["service"][..]);
        self.many(LEFT, values![dossier.0], shape, |c| c.name())
    }
    pub(super) fn put_left(&self, dossier: DossierId, service: &ServiceName) -> Result<()> {
        self.run(PUT_LEFT, values![dossier.0, service.as_str()])
    }
    pub(super) fn drop_left(&self, dossier: DossierId, service: &ServiceName) -> Result<()> {
        self.run(DROP_LEFT, values![dossier.0, service.as_str()])
    }
    pub(super) fn lane_top(&self, dossier: DossierId, lane: &[u8]) -> Result<Option<u64>> {
        let shape = ("lane", &["top"][..]);
        let key = (dossier, lane.to_vec());
        let read = || {
            let past = self.past();
            past.one(LANE_TOP, values![dossier.0, lane], shape, |c| c.int())
        };
        let stored = self.notes.memo.get_or(|k| &mut k.tops, &key, read)?;
        Ok(stored.max(self.pending_top(&key)))
    }
    pub(super) fn translations(
        &self,
        dossier: DossierId,
        original: EntryId,
    ) -> Result<Vec<EntryId>> {
        let shape = ("translation", &["entry"][..]);
        let values = values![dossier.0, original.0];
        let read = || self.many(TRANSLATIONS, values, shape, |c| c.entry());
        let memo = &self.notes.memo;
        memo.ahead_or(|k| &mut k.translations, &(dossier, original), read)
    }
    pub(super) fn put_translation(
        &self,
        dossier: DossierId,
        original: EntryId,
        translation: EntryId,
    ) -> Result<()> {
        let values = values![dossier.0, original.0, translation.0];
        self.run(PUT_TRANSLATION, values)
    }
    pub(super) fn count_entries(&self, dossier: DossierId) -> Result<u64> {
        let shape = ("entry", &["count"][..]);
        let count = self.one(COUNT_ENTRIES, values![dossier.0], shape, |c| c.int())?;
        Ok(count.unwrap_or(0))
    }
    pub(super) fn irregular_entries(&self, limit: u32) -> Result<Vec<EntryRow>> {
        self.rows(IRREGULAR, values![limit])
    }
    pub(super) fn entries_since(&self, position: u64, limit: u32) -> Result<Vec<EntryRow>> {
        let values = values![int(position)?, limit];
        self.rows(SINCE, values)
    }
    pub(super) fn judge_entry(
        &self,
        id: EntryId,
        verdict: u8,
        depth: u64,
        causal: &[u8],
    ) -> Result<()> {
        self.run_one(
            JUDGE_ENTRY,
            values![id.0, verdict, int(depth)?, causal],
            "entry",
        )
    }

    pub(super) fn heads(
        &self,
        dossier: DossierId,
        scope: &str,
        limit: u32,
    ) -> Result<Vec<EntryId>> {
        let key = (dossier, scope.to_owned());
        let stored = match self.notes.memo.known(|k| &mut k.heads, &key) {
            Some(known) => known,
            None => {
                let stored = self.past().first_heads(dossier, scope, ALL_HEADS)?;
                if stored.len() as u64 >= u64::from(ALL_HEADS) {
                    return self.first_heads(dossier, scope, limit);
                }
                let known = stored.clone();
                self.notes.memo.keep(|k| k.heads.insert(key, known));
                stored
            }
        };
        let mut heads = self.with_pending_heads(dossier, scope, stored);
        heads.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(heads)
    }
    /// The first heads of a scope, as the server has them.
    fn first_heads(&self, dossier: DossierId, scope: &str, limit: u32) -> Result<Vec<EntryId>> {
        let values = values![dossier.0, scope, limit];
        self.many(HEADS, values, ("head", &["entry"]), |c| c.entry())
    }
    pub(super) fn waiting_for(&self, missing: EntryId, limit: u32) -> Result<Vec<EntryId>> {
        let shape = ("waiting", &["entry"][..]);
        let memo = &self.notes.memo;
        if memo.look(|known| known.waits).is_none() {
            let any = self.past().one(ANY_WAITS, values![], shape, |c| c.flag())?;
            memo.keep(|known| known.waits = any);
        }
        if memo.look(|known| known.waits) == Some(false) {
            return Ok(Vec::new());
        }
        let values = values![missing.0, limit];
        self.past().many(WAITING_FOR, values, shape, |c| c.entry())
    }
    pub(super) fn awaited(&self, limit: u32) -> Result<Vec<(EntryId, EntryId)>> {
        let shape = ("waiting", &["missing", "entry"][..]);
        let values = values![[0; 32], limit];
        self.past()
            .many(AWAITED, values, shape, |c| Ok((c.entry()?, c.entry()?)))
    }
    pub(super) fn wait_for(&self, missing: EntryId, entry: EntryId, since_ms: i64) -> Result<()> {
        self.run(WAIT_FOR, values![missing.0, entry.0, since_ms.max(0)])
    }
    pub(super) fn stop_waiting(&self, missing: EntryId, entry: EntryId) -> Result<()> {
        self.run(STOP_WAITING, values![missing.0, entry.0])
    }
}

/// Bodies and keys.
impl Tx<'_> {
    pub(super) fn body(&self, dossier: DossierId, entry: EntryId) -> Result<Option<BodyRow>> {
        let read = || self.row(BODY, values![dossier.0, entry.0]);
        let memo = &self.notes.memo;
        memo.ahead_or(|k| &mut k.bodies, &(dossier, entry), read)
    }
    pub(super) fn put_body(&self, dossier: DossierId, entry: EntryId, row: &BodyRow) -> Result<()> {
        if self.put_body_later(dossier, entry, row) {
            return Ok(());
        }
        let state = row.state.number();
        self.run_one(
            PUT_BODY,
            values![dossier.0, entry.0, state, &row.sealed],
            "body: its entry is not in this dossier",
        )?;
        self.run(MARK_BODY, values![dossier.0, entry.0, state])
    }
    pub(super) fn object_key(&self, dossier: DossierId, object: &[u8]) -> Result<Option<Vec<u8>>> {
        let shape = ("object_key", &["wrapped"][..]);
        let key = (dossier, object.to_vec());
        if let Some(waits) = self.pending_key(&key) {
            return Ok(Some(waits));
        }
        let read = || {
            let past = self.past();
            past.one(OBJECT_KEY, values![dossier.0, object], shape, |c| c.bytes())
        };
        let memo = &self.notes.memo;
        // The key of a dossier is asked for with every entry of it; that of an entry once.
        match object.len() == size_of::<EntryId>() {
            true => memo.ahead_or(|k| &mut k.keys, &key, read),
            false => memo.get_or(|k| &mut k.keys, &key, read),
        }
    }
    pub(super) fn with_key(
        &self,
        object: &[u8],
        after: Option<DossierId>,
        limit: u32,
    ) -> Result<Vec<DossierId>> {
        let after = after.map_or(Vec::new(), |dossier| dossier.0.to_vec());
        let shape = ("object_key", &["dossier"][..]);
        let values = values![object, &after, i64::from(limit)];
        self.many(WITH_KEY, values, shape, |c| c.dossier())
    }
    /// An empty key destroys the one that is there.
    pub(super) fn put_object_key(
        &self,
        dossier: DossierId,
        object: &[u8],
        wrapped: &[u8],
    ) -> Result<()> {
        if wrapped.is_empty() {
            return self.drop_key(dossier, object);
        }
        self.put_key_later(dossier, object, wrapped);
        Ok(())
    }
    pub(super) fn erase_body(&self, dossier: DossierId, entry: EntryId) -> Result<()> {
        let erased = BodyState::Erased.number();
        self.drop_key(dossier, &entry.0)?;
        self.drop_tokens(dossier, entry)?;
        self.run(ERASE_BODY, values![dossier.0, entry.0, erased])?;
        self.run(MARK_ERASED, values![dossier.0, entry.0, erased])
    }
    fn drop_key(&self, dossier: DossierId, object: &[u8]) -> Result<()> {
        self.notes.erased.set(true);
        self.run(DROP_OBJECT_KEY, values![dossier.0, object])
    }
}

/// What entries set up.
impl Tx<'_> {
    pub(super) fn config(&self, entry: EntryId) -> Result<Option<ConfigRow>> {
        self.past().row(CONFIG, values![entry.0])
    }
    pub(super) fn latest_config(&self, dossier: DossierId) -> Result<Option<ConfigRow>> {
        let read = || self.past().row(LATEST_CONFIG, values![dossier.0]);
        self.notes.memo.get_or(|k| &mut k.configs, &dossier, read)
    }
    pub(super) fn insert_config(&self, row: &ConfigRow) -> Result<()> {
        self.run_one(
            INSERT_CONFIG,
            values![
                row.entry.0,
                row.dossier.0,
                row.number,
                &row.kind,
                &row.set_by,
                &row.config
            ],
            "config",
        )
    }
    pub(super) fn terms(&self, entry: EntryId) -> Result<Option<TermsRow>> {
        self.past().row(TERMS, values![entry.0])
    }
    pub(super) fn terms_with(&self, partner: &NodeName) -> Result<Option<TermsRow>> {
        let read = || self.past().row(TERMS_WITH, values![partner.as_str()]);
        self.notes.memo.get_or(|k| &mut k.terms, partner, read)
    }
    pub(super) fn insert_terms(&self, row: &TermsRow) -> Result<()> {
        self.run_one(
            INSERT_TERMS,
            values![
                row.entry.0,
                row.dossier.0,
                row.partner.as_str(),
                row.version,
                &row.terms
            ],
            "terms",
        )
    }
    pub(super) fn flags(&self, partner: &NodeName) -> Result<Vec<FlagRow>> {
        let read = || self.past().rows(FLAGS, values![partner.as_str()]);
        self.notes.memo.get_or(|k| &mut k.flags, partner, read)
    }
    pub(super) fn insert_flag(&self, row: &FlagRow) -> Result<()> {
        self.run_one(
            INSERT_FLAG,
            values![
                row.partner.as_str(),
                row.entry.0,
                row.node.as_str(),
                row.set,
                row.at_ms
            ],
            "flag",
        )
    }
    pub(super) fn relations(&self, point: EntryId) -> Result<Vec<RelationRow>> {
        let read = || self.rows(RELATIONS, values![point.0]);
        let memo = &self.notes.memo;
        memo.ahead_or(|k| &mut k.relations, &point, read)
    }
    pub(super) fn insert_relation(&self, row: &RelationRow) -> Result<()> {
        self.run_one(
            INSERT_RELATION,
            values![
                row.entry.0,
                row.from.0,
                row.to.0,
                row.to_dossier.0,
                row.relation
            ],
            "relation",
        )
    }
}

/// Conditions joined by AND, with their values in order.
pub(super) struct Conditions {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    pub(super) fn new() -> Self {
        Self {
            sql: "WHERE true".to_owned(),
            values: Vec::new(),
        }
    }
    /// The placeholder of one more value.
    pub(super) fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }
    pub(super) fn plain(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }
    /// A condition in which `?` stands for a value.
    pub(super) fn add(&mut self, condition: &str, value: impl Into<Value>) {
        let mark = self.value(value);
        self.plain(&condition.replace('?', &mark));
    }
    /// That a column is one of these; no condition if there are none.
    pub(super) fn any<T: ToString>(&mut self, column: &str, of: &[T]) {
        if !of.is_empty() {
            let of: Vec<String> = of.iter().map(ToString::to_string).collect();
            self.add(&format!("{column} = ANY (?::text[])"), of);
        }
    }
    /// That any of these services takes part in a dossier; no condition if there are none.
    pub(super) fn takes_part<T: ToString>(&mut self, dossier: &str, services: &[T]) {
        if !services.is_empty() {
            let of: Vec<String> = services.iter().map(ToString::to_string).collect();
            let condition = format!(
                "EXISTS (SELECT 1 FROM dossier_service s WHERE s.dossier = {dossier} AND s.service = ANY (?::text[]))"
            );
            self.add(&condition, of);
        }
    }
    /// That a dossier is of one of these pairs of kind and purpose; no condition where all may be.
    pub(super) fn among(&mut self, dossier: &str, pairs: Option<&[(String, Purpose)]>) {
        if let Some(pairs) = pairs {
            let condition = format!(
                "EXISTS (SELECT 1 FROM dossier p WHERE p.id = {dossier} AND (p.kind || '/' || p.purpose) = ANY (?::text[]))"
            );
            self.add(&condition, pair_texts(pairs));
        }
    }
}

fn dossier_conditions(filter: &DossierFilter) -> Conditions {
    let mut found = Conditions::new();
    if let Some(number) = filter.number {
        found.add("o.number = ?", number);
    }
    if let Some(kind) = &filter.kind {
        found.add("o.kind = ?", kind);
    }
    if let Some(phase) = filter.phase {
        found.add("o.phase = ?", phase.number());
    }
    if let Some(purpose) = filter.purpose {
        found.add("o.purpose = ?", purpose.number());
    }
    if let Some(node) = &filter.node {
        found.add("strpos(',' || o.nodes || ',', ?) > 0", format!(",{node},"));
    }
    found.takes_part("o.id", &filter.services);
    found.among("o.id", filter.among.as_deref());
    found
}
