//! Obligations and the acts on them.

use super::cells::{Tx, blobs, int, statements, values};
use super::dossiers::Conditions;
use crate::cells::{ACT, CellReader as _, NEVER, Shape, act_row, turn_number};
use crate::{ActRow, Asked, Direction, ObligationFilter, ObligationRow, OpenRow, Result};
use entente_core::balance::Tally;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId};
use entente_core::obligation::Side;
use std::collections::BTreeSet;

macro_rules! obligation_sql {
    () => {
        "SELECT o.entry, o.idx, o.dossier, o.kind, o.audience, o.ask, o.creditor, o.debtor, o.owing, o.urgency, o.number,
         o.asked_ms, o.by_ms, o.about_entry, o.about_idx, o.charter, o.asked_in, o.received_ms, o.state, o.turn, o.due_ms,
         o.ended_ms, o.outcome, o.ground, o.contested FROM obligation o "
    };
}
pub(super) use obligation_sql;

statements! {
    OBLIGATIONS_AFTER = "SELECT n, entry, idx FROM obligation
        WHERE n > $1 AND (debtor_node = $2 OR creditor_node = $2) ORDER BY n LIMIT $3";
    OBLIGATION = concat!(obligation_sql!(), "WHERE o.entry = $1 AND o.idx = $2");
    PUT_OBLIGATION = "INSERT INTO obligation (entry, idx, dossier, kind, audience, ask, creditor, debtor, owing, urgency,
        number, asked_ms, by_ms, about_entry, about_idx, charter, asked_in, received_ms, state, turn, due_ms, ended_ms, outcome,
        ground, contested, open, debtor_node, creditor_node)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27, $28)
        ON CONFLICT (entry, idx) DO UPDATE SET dossier = excluded.dossier, kind = excluded.kind, audience = excluded.audience,
        ask = excluded.ask, creditor = excluded.creditor, debtor = excluded.debtor, owing = excluded.owing,
        urgency = excluded.urgency, number = excluded.number, asked_ms = excluded.asked_ms, by_ms = excluded.by_ms,
        about_entry = excluded.about_entry, about_idx = excluded.about_idx, charter = excluded.charter,
        asked_in = excluded.asked_in, received_ms = excluded.received_ms, state = excluded.state, turn = excluded.turn,
        due_ms = excluded.due_ms, ended_ms = excluded.ended_ms, outcome = excluded.outcome, ground = excluded.ground,
        contested = excluded.contested, open = excluded.open, debtor_node = excluded.debtor_node,
        creditor_node = excluded.creditor_node";
    TALLIES = "SELECT EXTRACT(YEAR FROM to_timestamp(o.asked_ms / 1000.0) AT TIME ZONE 'UTC')::int8, o.debtor_node, o.kind, o.ask,
        o.state, o.outcome, o.ground, o.contested,
        CASE WHEN o.ended_ms IS NULL OR o.due_ms = $5 THEN NULL WHEN o.ended_ms <= o.due_ms THEN 1 ELSE 0 END::int8,
        COALESCE(o.turn = $6, false) AND o.due_ms < $7, o.received_ms IS NOT NULL, o.about_entry IS NOT NULL, count(*)
        FROM obligation o WHERE o.asked_ms >= $1 AND o.asked_ms < $2
        AND ((o.debtor_node = $3 AND o.creditor_node = $4) OR (o.debtor_node = $4 AND o.creditor_node = $3))
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12";
    OPEN_IN = "SELECT w.dossier, (SELECT count(*) FROM obligation o WHERE o.dossier = w.dossier AND o.open),
        (SELECT count(*) FROM obligation o WHERE o.dossier = w.dossier AND o.open AND o.due_ms < $2 AND o.turn = $3)
        FROM unnest($1::bytea[]) AS w (dossier)";
    ACTS = "SELECT dossier, entry, idx, node, at_ms, depth, seq, lane, act FROM act WHERE ask = $1 AND ask_idx = $2
        ORDER BY entry, idx";
    INSERT_ACT = "INSERT INTO act (ask, ask_idx, entry, idx, dossier, node, at_ms, depth, seq, lane, act)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ACTED_ON = "SELECT DISTINCT ask, ask_idx FROM act WHERE entry = $1 ORDER BY ask, ask_idx";
    TOUCHED = "SELECT a.ask, a.ask_idx FROM leaf l JOIN act a ON a.entry = l.entry
        WHERE l.partner = $1 AND l.direction = $2 AND l.position >= $3 AND l.position < $4
        UNION SELECT o.entry, o.idx FROM leaf l JOIN obligation o ON o.entry = l.entry
        WHERE l.partner = $1 AND l.direction = $2 AND l.position >= $3 AND l.position < $4";
}

const ASKED_SHAPE: Shape = ("act", &["ask", "ask_idx"]);

impl Tx<'_> {
    pub(super) fn obligation(&self, id: ObligationId) -> Result<Option<ObligationRow>> {
        let read = || self.row(OBLIGATION, values![id.entry.0, id.index]);
        self.notes.memo.ahead_or(|k| &mut k.obligations, &id, read)
    }
    pub(super) fn obligations(&self, filter: &ObligationFilter) -> Result<Vec<ObligationRow>> {
        let mut found = conditions(filter);
        let limit = Some(filter.limit).filter(|limit| *limit > 0);
        let (limit, offset) = (found.value(limit), found.value(filter.offset));
        let sql = format!(
            "{}{} ORDER BY o.due_ms, o.n LIMIT {limit} OFFSET {offset}",
            obligation_sql!(),
            found.sql
        );
        self.rows(&sql, found.values)
    }
    pub(super) fn obligations_after(
        &self,
        partner: &NodeName,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, ObligationId)>> {
        let values = values![int(place)?, partner.as_str(), limit];
        let shape = ("obligation", &["n", "entry", "idx"][..]);
        self.many(OBLIGATIONS_AFTER, values, shape, |c| {
            let place = c.int()?;
            Ok((place, c.obligation()?))
        })
    }
    pub(super) fn count_obligations(&self, filter: &ObligationFilter) -> Result<u64> {
        let found = conditions(filter);
        let limit = match filter.count_most {
            0 => String::new(),
            most => format!(" LIMIT {most}"),
        };
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM obligation o {}{limit}) AS counted",
            found.sql
        );
        let count = self.one(&sql, found.values, ("obligation", &["count"]), |c| c.int())?;
        Ok(count.unwrap_or(0))
    }
    pub(super) fn tallies(&self, asked: &Asked) -> Result<Vec<Tally>> {
        let [one, other] = &asked.between;
        let turn = turn_number(Side::Debtor);
        self.rows(
            TALLIES,
            values![
                asked.from_ms,
                asked.to_ms,
                one.as_str(),
                other.as_str(),
                NEVER,
                turn,
                asked.now_ms
            ],
        )
    }
    pub(super) fn open_in(&self, dossiers: &[DossierId], now_ms: i64) -> Result<Vec<OpenRow>> {
        let dossiers = blobs(dossiers, |d| &d.0);
        let values = values![dossiers, now_ms, turn_number(Side::Debtor)];
        self.rows(OPEN_IN, values)
    }
    pub(super) fn put_obligation(&self, row: &ObligationRow) -> Result<()> {
        self.run_one(
            PUT_OBLIGATION,
            values![
                row.id.entry.0,
                row.id.index,
                row.dossier.0,
                &row.kind,
                &row.audience,
                row.ask.number(),
                row.creditor.as_str(),
                row.debtor.as_str(),
                row.owing.as_str(),
                row.urgency.number(),
                row.number,
                row.asked_ms,
                row.by_ms,
                row.about.map(|a| a.entry.0),
                row.about.map(|a| a.index),
                row.charter.map(|c| c.0),
                &row.asked_in,
                row.received_ms,
                row.state.number(),
                row.turn.map(turn_number),
                row.due_ms.unwrap_or(NEVER),
                row.ended_ms,
                row.outcome,
                row.ground,
                row.contested,
                row.state.is_open(),
                row.debtor.node().as_str(),
                row.creditor.node().as_str()
            ],
            "obligation",
        )
    }

    pub(super) fn acts(&self, id: ObligationId) -> Result<Vec<ActRow>> {
        let values = values![id.entry.0, id.index];
        let read = || self.many(ACTS, values, ACT, |c| act_row(c, id));
        self.notes.memo.ahead_or(|k| &mut k.acts, &id, read)
    }
    pub(super) fn insert_act(&self, row: &ActRow) -> Result<()> {
        self.run_one(
            INSERT_ACT,
            values![
                row.obligation.entry.0,
                row.obligation.index,
                row.entry.0,
                row.index,
                row.dossier.0,
                row.node.as_str(),
                row.at_ms,
                int(row.depth)?,
                int(row.seq)?,
                &row.lane,
                &row.act
            ],
            "act",
        )
    }
    pub(super) fn acted_on(&self, entry: EntryId) -> Result<Vec<ObligationId>> {
        self.many(ACTED_ON, values![entry.0], ASKED_SHAPE, |c| c.obligation())
    }
    pub(super) fn touched(
        &self,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        to: u64,
    ) -> Result<Vec<ObligationId>> {
        // A caller may mean "to the end" by the largest number.
        let bound = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let values = values![partner.as_str(), direction.number(), bound(from), bound(to)];
        let touched = self.many(TOUCHED, values, ASKED_SHAPE, |c| c.obligation())?;
        Ok(BTreeSet::from_iter(touched).into_iter().collect())
    }
}

fn conditions(filter: &ObligationFilter) -> Conditions {
    let mut found = Conditions::new();
    if let Some(dossier) = filter.dossier {
        found.add("o.dossier = ?", dossier.0);
    }
    if let Some(node) = &filter.debtor_node {
        found.add("o.debtor_node = ?", node.as_str());
    }
    if let Some(node) = &filter.creditor_node {
        found.add("o.creditor_node = ?", node.as_str());
    }
    found.any("o.owing", &filter.owing);
    found.any("o.creditor", &filter.asking);
    match filter.open {
        // Written out, so that partial indexes fit.
        Some(true) => found.plain("o.open"),
        Some(false) => found.plain("NOT o.open"),
        None => {}
    }
    if let Some(turn) = filter.turn {
        found.add("o.turn = ?", turn_number(turn));
    }
    if let Some(before) = filter.due_before_ms {
        // A date at the end of time is none.
        found.add("o.due_ms < ?", before);
    }
    if let Some(ask) = filter.ask {
        found.add("o.ask = ?", ask.number());
    }
    if let Some(from) = filter.asked_from_ms {
        found.add("o.asked_ms >= ?", from);
    }
    if let Some(to) = filter.asked_to_ms {
        found.add("o.asked_ms < ?", to);
    }
    if filter.unreceived {
        found.plain("o.received_ms IS NULL");
    }
    if filter.contested {
        found.plain("o.contested");
    }
    if let Some(number) = filter.number {
        found.add("o.number = ?", number);
    }
    found.takes_part("o.dossier", &filter.visible_to);
    found.among("o.dossier", filter.among.as_deref());
    found
}
