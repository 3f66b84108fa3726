//! Rows as both backends read them: which columns a row has, in which order, and what its cells hold. A statement of either backend
//! that gives such a row selects exactly these columns.

use crate::{
    AccessRow, ActRow, AttachmentRow, AttachmentState, BodyRow, BodyState, CheckpointRow,
    ConfigRow, DigestRow, Direction, DossierRow, DraftRow, DraftSort, EntryRow, EvidenceRow,
    FactorRow, FactorSort, FindingRow, FlagRow, JournalRow, LatelyRow, LeafPlace, LeafRow,
    LeaseRow, NoticeRow, ObligationRow, OfficerRow, OpenRow, OutboxItem, OutboxRow, PartnerRow,
    PlacedAccess, ReceiptRow, RegisterRow, RelationRow, Result, ReviewRow, SessionRow, SessionSort,
    StoreError, TermsRow,
};
use entente_core::balance::Tally;
use entente_core::codes::{Ask, Ground, Outcome, Phase, Purpose, Urgency};
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::obligation::{Side, State};
use std::str::FromStr;

/// A table and the columns that a statement selects, in its order.
pub(crate) type Shape = (&'static str, &'static [&'static str]);

/// Stands for "no due time": sorts last.
pub(crate) const NEVER: i64 = i64::MAX;

/// The cells of one row, read from left to right: what does not fit is reported by table and column.
pub(crate) trait CellReader {
    /// The next cell, a text.
    fn text(&self) -> Result<String>;
    /// The next cell, bytes.
    fn bytes(&self) -> Result<Vec<u8>>;
    /// The next cell, bytes, if there are any.
    fn opt_bytes(&self) -> Result<Option<Vec<u8>>>;
    /// The next cell, yes or no.
    fn flag(&self) -> Result<bool>;
    /// The next cell, so many bytes.
    fn array<const N: usize>(&self) -> Result<[u8; N]>;
    /// The next cell, so many bytes, if there are any.
    fn opt_array<const N: usize>(&self) -> Result<Option<[u8; N]>>;
    /// The next cell, a whole number.
    fn number(&self) -> Result<i64>;
    /// The next cell, a whole number, if there is one.
    fn opt_number(&self) -> Result<Option<i64>>;
    /// The next cell, a name of a certain form.
    fn name<T: FromStr>(&self) -> Result<T>;
    /// The next cell, a name of a certain form, if there is one.
    fn opt_name<T: FromStr>(&self) -> Result<Option<T>>;
    /// The cell read last does not hold what it must.
    fn damaged(&self) -> StoreError;

    /// The next cell, a number that must fit.
    fn int<T: TryFrom<i64>>(&self) -> Result<T> {
        T::try_from(self.number()?).map_err(|_| self.damaged())
    }
    /// The next cell, a number that must fit, if there is one.
    fn opt_int<T: TryFrom<i64>>(&self) -> Result<Option<T>> {
        self.opt_number()?
            .map(|n| T::try_from(n).map_err(|_| self.damaged()))
            .transpose()
    }
    /// The next cell, a code.
    fn code<T>(&self, of: impl Fn(u8) -> Option<T>) -> Result<T> {
        of(self.int()?).ok_or_else(|| self.damaged())
    }
    /// The next cell, an entry.
    fn entry(&self) -> Result<EntryId> {
        self.array().map(EntryId)
    }
    /// The next cell, a dossier.
    fn dossier(&self) -> Result<DossierId> {
        self.array().map(DossierId)
    }
    /// The next cell, a register of a link.
    fn direction(&self) -> Result<Direction> {
        Direction::of(self.number()?).ok_or_else(|| self.damaged())
    }
    /// The next two cells, an obligation.
    fn obligation(&self) -> Result<ObligationId> {
        Ok(ObligationId {
            entry: self.entry()?,
            index: self.int()?,
        })
    }
}

/// The error for a cell of a row.
pub(crate) fn damaged((table, columns): Shape, index: usize) -> StoreError {
    StoreError::Damaged {
        table,
        column: columns.get(index).copied().unwrap_or("?"),
    }
}

/// A row that a statement gives whole.
pub(crate) trait FromRow: Sized {
    /// Its table and columns.
    const SHAPE: Shape;
    /// Reads it.
    fn read(c: &impl CellReader) -> Result<Self>;
}

/// Declares rows: type, table, columns, and the cell of each field in the columns' order.
macro_rules! rows {
    ($($row:ident = $table:literal [$($column:literal),+] |$c:ident| { $($field:ident: $cell:expr,)+ })+) => {
        $(impl FromRow for $row {
            const SHAPE: Shape = ($table, &[$($column),+]);
            fn read($c: &impl CellReader) -> Result<Self> {
                Ok(Self { $($field: $cell,)+ })
            }
        })+
    };
}

// Dossiers and entries.
rows! {
    DossierRow = "dossier" ["id", "kind", "purpose", "phase", "convenor", "number", "nodes", "services", "title", "opened_ms", "updated_ms"] |c| {
        id: c.dossier()?,
        kind: c.text()?,
        purpose: c.code(Purpose::from_number)?,
        phase: c.code(Phase::from_number)?,
        convenor: c.name()?,
        number: c.int()?,
        nodes: c.text()?,
        services: c.text()?,
        title: c.bytes()?,
        opened_ms: c.int()?,
        updated_ms: c.int()?,
    }
    EntryRow = "entry" ["position", "dossier", "id", "kind", "service", "at_ms", "here_ms", "verdict", "depth", "causal", "header", "body"] |c| {
        position: c.int()?,
        dossier: c.dossier()?,
        id: c.entry()?,
        kind: c.text()?,
        service: c.text()?,
        at_ms: c.int()?,
        here_ms: c.int()?,
        verdict: c.int()?,
        depth: c.int()?,
        causal: c.bytes()?,
        header: c.bytes()?,
        body: c.code(BodyState::from_number)?,
    }
    LatelyRow = "entry" ["dossier", "id", "kind", "service", "here_ms"] |c| {
        dossier: c.dossier()?,
        id: c.entry()?,
        kind: c.text()?,
        service: c.text()?,
        here_ms: c.int()?,
    }
    BodyRow = "body" ["state", "sealed"] |c| {
        state: c.code(BodyState::from_number)?,
        sealed: c.bytes()?,
    }
    ConfigRow = "config" ["entry", "dossier", "number", "kind", "set_by", "config"] |c| {
        entry: c.entry()?,
        dossier: c.dossier()?,
        number: c.int()?,
        kind: c.text()?,
        set_by: c.bytes()?,
        config: c.bytes()?,
    }
    TermsRow = "terms" ["entry", "dossier", "partner", "version", "terms"] |c| {
        entry: c.entry()?,
        dossier: c.dossier()?,
        partner: c.name()?,
        version: c.int()?,
        terms: c.bytes()?,
    }
    FlagRow = "flag" ["partner", "entry", "node", "up", "at_ms"] |c| {
        partner: c.name()?,
        entry: c.entry()?,
        node: c.name()?,
        set: c.flag()?,
        at_ms: c.int()?,
    }
    RelationRow = "relation" ["entry", "later", "earlier", "earlier_dossier", "relation"] |c| {
        entry: c.entry()?,
        from: c.entry()?,
        to: c.entry()?,
        to_dossier: c.dossier()?,
        relation: c.int()?,
    }
}

// Obligations.
rows! {
    OpenRow = "obligation" ["dossier", "open", "overdue"] |c| {
        dossier: c.dossier()?,
        open: c.int()?,
        overdue: c.int()?,
    }
    Tally = "obligation" ["year", "debtor_node", "kind", "ask", "state", "outcome", "ground", "contested", "on_time", "overdue", "received",
        "follows", "many"] |c| {
        year: c.int()?,
        debtor: c.name()?,
        kind: c.text()?,
        ask: c.code(Ask::from_number)?,
        state: c.code(State::from_number)?,
        outcome: c.code(Outcome::from_number)?,
        ground: c.opt_int()?.and_then(Ground::from_number),
        contested: c.flag()?,
        on_time: c.opt_int::<u8>()?.map(|yes| yes > 0),
        overdue: c.flag()?,
        received: c.flag()?,
        follows: c.flag()?,
        many: c.int()?,
    }
    ObligationRow = "obligation" ["entry", "idx", "dossier", "kind", "audience", "ask", "creditor", "debtor", "owing", "urgency", "number",
        "asked_ms", "by_ms", "about_entry", "about_idx", "charter", "asked_in", "received_ms", "state", "turn", "due_ms", "ended_ms",
        "outcome", "ground", "contested"] |c| {
        id: c.obligation()?,
        dossier: c.dossier()?,
        kind: c.text()?,
        audience: c.text()?,
        ask: c.code(Ask::from_number)?,
        creditor: c.name()?,
        debtor: c.name()?,
        owing: c.name()?,
        urgency: c.code(Urgency::from_number)?,
        number: c.int()?,
        asked_ms: c.int()?,
        by_ms: c.opt_int()?,
        about: about(c)?,
        charter: c.opt_array()?.map(EntryId),
        asked_in: c.bytes()?,
        received_ms: c.opt_int()?,
        state: c.code(State::from_number)?,
        turn: turn(c)?,
        due_ms: Some(c.int()?).filter(|due| *due != NEVER),
        ended_ms: c.opt_int()?,
        outcome: c.int()?,
        ground: c.opt_int()?,
        contested: c.flag()?,
    }
}

fn about(c: &impl CellReader) -> Result<Option<ObligationId>> {
    let entry: Option<[u8; 32]> = c.opt_array()?;
    let index: Option<u8> = c.opt_int()?;
    match (entry, index) {
        (Some(entry), Some(index)) => Ok(Some(ObligationId {
            entry: EntryId(entry),
            index,
        })),
        (None, None) => Ok(None),
        _ => Err(c.damaged()),
    }
}

/// The number of a side in the column `turn`.
pub(crate) fn turn_number(side: Side) -> u8 {
    match side {
        Side::Creditor => 0,
        Side::Debtor => 1,
    }
}

fn turn(c: &impl CellReader) -> Result<Option<Side>> {
    let Some(number) = c.opt_int::<u8>()? else {
        return Ok(None);
    };
    let of = |side: &Side| turn_number(*side) == number;
    let side = [Side::Creditor, Side::Debtor].into_iter().find(of);
    side.map(Some).ok_or_else(|| c.damaged())
}

/// The columns of an act, whose obligation is asked for and so not among them.
pub(crate) const ACT: Shape = (
    "act",
    &[
        "dossier", "entry", "idx", "node", "at_ms", "depth", "seq", "lane", "act",
    ],
);

/// Reads an act on an obligation.
pub(crate) fn act_row(c: &impl CellReader, obligation: ObligationId) -> Result<ActRow> {
    Ok(ActRow {
        dossier: c.dossier()?,
        obligation,
        entry: c.entry()?,
        index: c.int()?,
        node: c.name()?,
        at_ms: c.int()?,
        depth: c.int()?,
        seq: c.int()?,
        lane: c.bytes()?,
        act: c.bytes()?,
    })
}

// Registers.
rows! {
    LeafPlace = "leaf" ["direction", "position"] |c| {
        register: c.direction()?,
        position: c.int()?,
    }
    RegisterRow = "register" ["generation", "size", "frontier", "note", "cosigned"] |c| {
        generation: c.int()?,
        size: c.int()?,
        frontier: c.bytes()?,
        note: c.text()?,
        cosigned: c.int()?,
    }
    LeafRow = "leaf" ["position", "leaf", "entry"] |c| {
        position: c.int()?,
        leaf: c.bytes()?,
        entry: c.opt_array()?.map(EntryId),
    }
    CheckpointRow = "checkpoint" ["size", "note", "cosignature"] |c| {
        size: c.int()?,
        note: c.text()?,
        cosignature: c.text()?,
    }
    ReceiptRow = "receipt" ["size", "root", "time_ms", "leaf", "arrived_ms"] |c| {
        size: c.int()?,
        root: c.array()?,
        time_ms: c.int()?,
        leaf: c.int()?,
        arrived_ms: c.opt_int()?,
    }
    OutboxRow = "outbox" ["number", "queued_ms", "entry", "leaf"] |c| {
        number: c.int()?,
        queued_ms: c.int()?,
        item: outbox_item(c)?,
    }
    DigestRow = "digest" ["partner", "out_size", "in_size", "at_ms", "ours", "theirs"] |c| {
        partner: c.name()?,
        out_size: c.int()?,
        in_size: c.int()?,
        at_ms: c.int()?,
        ours: c.array()?,
        theirs: c.opt_array()?,
    }
    LeaseRow = "lease" ["holder", "epoch", "until_ms"] |c| {
        holder: c.text()?,
        epoch: c.int()?,
        until_ms: c.int()?,
    }
}

fn outbox_item(c: &impl CellReader) -> Result<OutboxItem> {
    let entry: Option<[u8; 32]> = c.opt_array()?;
    match (entry, c.opt_bytes()?) {
        (Some(id), None) => Ok(OutboxItem::Entry(EntryId(id))),
        (None, Some(leaf)) => Ok(OutboxItem::Leaf(leaf)),
        _ => Err(c.damaged()),
    }
}

// Files, people, partners, evidence, access.
rows! {
    AttachmentRow = "attachment" ["dossier", "entry", "idx", "partner", "size", "state", "next_chunk", "blob"] |c| {
        dossier: c.dossier()?,
        entry: c.entry()?,
        index: c.int()?,
        partner: c.opt_name()?,
        size: c.int()?,
        state: c.code(AttachmentState::from_number)?,
        next_chunk: c.int()?,
        blob: c.text()?,
    }
    OfficerRow = "officer" ["id", "name", "services", "roles", "password", "lang", "active"] |c| {
        id: c.text()?,
        name: c.text()?,
        services: c.text()?,
        roles: c.bytes()?,
        password: c.text()?,
        lang: c.text()?,
        active: c.flag()?,
    }
    SessionRow = "session" ["digest", "officer", "csrf", "begun_ms", "ends_ms", "sort", "seen_ms", "device", "state"] |c| {
        digest: c.bytes()?,
        officer: c.text()?,
        csrf: c.text()?,
        begun_ms: c.int()?,
        ends_ms: c.int()?,
        sort: c.code(SessionSort::from_number)?,
        seen_ms: c.int()?,
        device: c.text()?,
        state: c.bytes()?,
    }
    FactorRow = "factor" ["officer", "sort", "id", "label", "since_ms", "last", "sealed"] |c| {
        officer: c.text()?,
        sort: c.code(FactorSort::from_number)?,
        id: c.bytes()?,
        label: c.text()?,
        since_ms: c.int()?,
        last: c.int()?,
        sealed: c.bytes()?,
    }
    DraftRow = "draft" ["id", "sort", "dossier", "entry", "officer", "service", "at_ms", "due_ms", "about", "sealed"] |c| {
        id: c.array()?,
        sort: c.code(DraftSort::from_number)?,
        dossier: c.bytes()?,
        entry: c.bytes()?,
        officer: c.text()?,
        service: c.text()?,
        at_ms: c.int()?,
        due_ms: c.int()?,
        about: c.bytes()?,
        sealed: c.bytes()?,
    }
    NoticeRow = "notice" ["officer", "next_ms", "sealed"] |c| {
        officer: c.text()?,
        next_ms: c.int()?,
        sealed: c.bytes()?,
    }
    ReviewRow = "review" ["dossier", "due_ms", "told_ms"] |c| {
        dossier: c.dossier()?,
        due_ms: c.int()?,
        told_ms: c.int()?,
    }
    PartnerRow = "partner" ["node", "card", "address", "pinned_ms", "stopped"] |c| {
        node: c.name()?,
        card: c.bytes()?,
        address: c.text()?,
        pinned_ms: c.int()?,
        stopped: c.flag()?,
    }
    EvidenceRow = "evidence" ["partner", "at_ms", "what", "evidence", "stops"] |c| {
        partner: c.name()?,
        at_ms: c.int()?,
        what: c.text()?,
        evidence: c.bytes()?,
        stops: c.flag()?,
    }
    AccessRow = "access" ["lane", "seq", "at_ms", "hash", "sealed"] |c| {
        lane: c.text()?,
        seq: c.int()?,
        at_ms: c.int()?,
        hash: c.array()?,
        sealed: c.bytes()?,
    }
    PlacedAccess = "access" ["n", "lane", "seq", "at_ms", "hash", "sealed"] |c| {
        n: c.int()?,
        row: AccessRow::read(c)?,
    }
    JournalRow = "journal" ["n", "at_ms", "through", "heads", "hash"] |c| {
        n: c.int()?,
        at_ms: c.int()?,
        through: c.int()?,
        heads: c.text()?,
        hash: c.array()?,
    }
    FindingRow = "finding" ["n", "at_ms", "name", "sealed"] |c| {
        n: c.int()?,
        at_ms: c.int()?,
        name: c.array()?,
        sealed: c.bytes()?,
    }
}
