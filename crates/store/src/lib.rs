//! Durable storage: the [`Store`] trait in the verbs of the domain, and its backends.
//!
//! The trait assumes neither one process nor one machine: whatever must be exclusive is guarded by a lease whose epoch is
//! checked in the same transaction ([`Write::check_lease`]). A write transaction is one closure; the SQLite backend commits many
//! of them in one go (group commit), so a closure may run on another thread and must not depend on being alone in its commit.
//! Rows are keyed by dossier first, so that a distributed database can shard on it.
//!
//! | store | trusted? | may be lost? | may roll back? |
//! |---|---|---|---|
//! | main database | yes | no: recovered from backup and partner | detected by the partner (rule 5) |
//! | keys (table `object_key`) | yes, secret | then bodies are unreadable | no: would undo erasures; backed up apart |
//! | blobs | no: sealed, named by digest of ciphertext | fetched again from the partner | harmless |

mod ahead;
pub mod blobs;
mod cells;
#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod pool;
pub mod postgres;
mod queue;
pub mod rows;
pub mod sqlite;
pub mod tls;
mod verbs;

pub use ahead::Ahead;
pub use rows::*;

use entente_core::balance::Tally;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;

/// Pseudo-dossier of the keys that no backup takes along and no restore gives back: those whose loss costs nothing and whose copies would
/// outlive their term (the courier's sealing keys).
pub const NEVER_COPIED: DossierId = DossierId([0x5e; 32]);

/// Pseudo-dossier of the node's own signing keys: copied with the keys, and given back also beside data that are older than they.
pub const SIGNING_KEYS: DossierId = DossierId([0x51; 32]);

/// What can go wrong in storage. Texts never hold contents.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("storage failed: {0}")]
    Failed(String),
    /// The disk or database is full.
    #[error("storage is full")]
    Full,
    /// A stored cell does not hold what it must.
    #[error("damaged cell: {table}.{column}")]
    Damaged {
        /// Table.
        table: &'static str,
        /// Column.
        column: &'static str,
    },
    /// The database was migrated by a newer version of this program.
    #[error("the database is at schema version {found}, this program knows up to {known}")]
    UnknownVersion {
        /// Version found.
        found: u32,
        /// Highest version known.
        known: u32,
    },
    /// The caller no longer holds the lease: another process took over.
    #[error("the lease on this link was taken over")]
    LeaseLost,
    /// The closure asked for its transaction to be undone; its own error is with the caller.
    #[error("transaction undone by its caller")]
    Undone,
    /// The store is shutting down.
    #[error("storage is closed")]
    Closed,
}

impl StoreError {
    /// Whether there is no room: for whoever runs the node to mend, and to say so.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full)
    }
}

/// Result of a storage verb.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An outbox is counted no further than this: a page says "10,000 or more".
pub const OUTBOX_COUNTED: u64 = 10_000;

/// A closure run inside one write transaction. An `Err` undoes everything it did.
///
/// It may be run again from the beginning when its transaction was undone for a reason that is not its own (another job of the
/// same group failed, a database asks for a retry): it must not consume what it captured, and only the last run counts.
pub type WriteJob = Box<dyn FnMut(&mut dyn Write) -> Result<()> + Send>;

/// A node's durable store.
pub trait Store: Send + Sync {
    /// Runs a read-only closure on one consistent snapshot. `name` goes to traces and metrics.
    ///
    /// # Errors
    /// Whatever the closure returns, or [`StoreError`] of the snapshot itself.
    fn read(&self, name: &'static str, job: &mut dyn FnMut(&dyn Read) -> Result<()>) -> Result<()>;

    /// Runs a closure in one transaction and returns once its outcome is durable.
    ///
    /// # Errors
    /// Whatever the closure returns (then nothing of it stays), or [`StoreError`] of the commit.
    fn write(&self, name: &'static str, job: WriteJob) -> Result<()>;

    /// Writes a consistent copy of everything but the object keys to `target`, and the keys to `keys`.
    ///
    /// # Errors
    /// [`StoreError`] when a file cannot be written or exists already.
    fn backup(&self, target: &std::path::Path, keys: &std::path::Path) -> Result<()>;
}

/// Typed results and errors over [`Store`]'s object-safe verbs.
pub trait StoreExt: Store {
    /// [`Store::read`] with a result and the caller's own error type.
    ///
    /// # Errors
    /// The closure's error, or the store's turned into it.
    fn view<T, E: From<StoreError>>(
        &self,
        name: &'static str,
        mut job: impl FnMut(&dyn Read) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut slot = None;
        self.read(name, &mut |tx| {
            slot = Some(job(tx));
            Ok(())
        })?;
        slot.unwrap_or_else(|| Err(StoreError::Closed.into()))
    }

    /// [`Store::write`] with a result and the caller's own error type; the closure's `Err` undoes the transaction.
    ///
    /// # Errors
    /// The closure's error, or the store's turned into it.
    fn update<T, E>(
        &self,
        name: &'static str,
        mut job: impl FnMut(&mut dyn Write) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let last = Arc::clone(&slot);
        let outcome = self.write(
            name,
            Box::new(move |tx| {
                let result = job(tx);
                let keep = if result.is_ok() {
                    Ok(())
                } else {
                    Err(StoreError::Undone)
                };
                *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
                keep
            }),
        );
        let result = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (result, outcome) {
            (Some(Err(error)), _) => Err(error),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(StoreError::Closed.into()),
        }
    }
}
impl<S: Store + ?Sized> StoreExt for S {}

/// Reading verbs. Lists are in the order named; `None` and empty mean "not there", never an error.
pub trait Read {
    /// Whether a row that is read by itself costs a journey to another process: then whoever reads many reads ahead.
    fn far(&self) -> Result<bool>;
    /// Reads ahead what is about to be read one by one, if that spares journeys. Answers nothing and changes no answer.
    fn ahead(&self, wanted: &Ahead) -> Result<()>;
    /// Lets go of what was read ahead: whoever walks through a long dossier does so after each page. Changes no answer.
    fn let_go(&self) -> Result<()>;

    // settings
    /// A small named value.
    fn setting(&self, key: &str) -> Result<Option<Vec<u8>>>;

    // dossiers and entries
    /// One dossier.
    fn dossier(&self, id: DossierId) -> Result<Option<DossierRow>>;
    /// Dossiers, newest activity first.
    fn dossiers(&self, filter: &DossierFilter) -> Result<Vec<DossierRow>>;
    /// How many dossiers a filter finds, its limit and offset aside.
    fn count_dossiers(&self, filter: &DossierFilter) -> Result<u64>;
    /// One entry, whatever its dossier.
    fn entry(&self, id: EntryId) -> Result<Option<EntryRow>>;
    /// Verdict number of an entry, if it is here: cheaper than the whole row.
    fn verdict(&self, id: EntryId) -> Result<Option<u8>>;
    /// Entries of a dossier in display order (depth, id), at most `limit` from `offset`; `newest` turns the order around.
    fn entries(
        &self,
        dossier: DossierId,
        newest: bool,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<EntryRow>>;
    /// Entries of some types in a dossier, in display order (depth, id), at most `limit`, after the place of one that was read; from the
    /// first without it.
    fn entries_of(
        &self,
        dossier: DossierId,
        types: &[&str],
        after: Option<(u64, EntryId)>,
        limit: u32,
    ) -> Result<Vec<EntryRow>>;
    /// What was written lately in dossiers by others than a node: of the newest `look` entries of each in display order, those that
    /// came here from `since_ms` on and whose service is not of `but`. A line each, without header; those of one dossier stand
    /// together, newest first.
    fn lately(
        &self,
        dossiers: &[DossierId],
        but: &NodeName,
        since_ms: i64,
        look: u32,
    ) -> Result<Vec<LatelyRow>>;
    /// Number of entries of a dossier.
    fn count_entries(&self, dossier: DossierId) -> Result<u64>;
    /// Entries with no effect, newest first: irregular or not evaluated.
    fn irregular_entries(&self, limit: u32) -> Result<Vec<EntryRow>>;
    /// Entries recorded or received after a local position, oldest first: for live updates.
    fn entries_since(&self, position: u64, limit: u32) -> Result<Vec<EntryRow>>;
    /// Heads of a dossier within a scope (a comma-joined ascending node set), ascending, at most `limit`: a partner may make any
    /// number of them.
    fn heads(&self, dossier: DossierId, scope: &str, limit: u32) -> Result<Vec<EntryId>>;
    /// Services that left a dossier and were not brought back, ascending.
    fn left(&self, dossier: DossierId) -> Result<Vec<ServiceName>>;
    /// The highest number that is here of a lane in a dossier.
    fn lane_top(&self, dossier: DossierId, lane: &[u8]) -> Result<Option<u64>>;
    /// Entries that wait for this missing one, at most `limit`.
    fn waiting_for(&self, missing: EntryId, limit: u32) -> Result<Vec<EntryId>>;
    /// What stored entries wait for, what is awaited longest first and at most `limit`, each with the first of those that wait for it. The
    /// identifier of zeros, which no entry has, is left out.
    fn awaited(&self, limit: u32) -> Result<Vec<(EntryId, EntryId)>>;
    /// A body as stored.
    fn body(&self, dossier: DossierId, entry: EntryId) -> Result<Option<BodyRow>>;
    /// A wrapped key.
    fn object_key(&self, dossier: DossierId, object: &[u8]) -> Result<Option<Vec<u8>>>;
    /// Dossiers after one, ascending, that have a key of this name, at most `limit`: to walk through them all. Not of an entry's body.
    fn with_key(
        &self,
        object: &[u8],
        after: Option<DossierId>,
        limit: u32,
    ) -> Result<Vec<DossierId>>;
    /// Configuration set by an entry.
    fn config(&self, entry: EntryId) -> Result<Option<ConfigRow>>;
    /// Latest configuration of a dossier.
    fn latest_config(&self, dossier: DossierId) -> Result<Option<ConfigRow>>;
    /// Terms enacted by an entry.
    fn terms(&self, entry: EntryId) -> Result<Option<TermsRow>>;
    /// Terms in force towards a partner: the highest version.
    fn terms_with(&self, partner: &NodeName) -> Result<Option<TermsRow>>;
    /// Suspension flag facts of a partner's link.
    fn flags(&self, partner: &NodeName) -> Result<Vec<FlagRow>>;
    /// Entries that translate this one, in any order.
    fn translations(&self, dossier: DossierId, original: EntryId) -> Result<Vec<EntryId>>;
    /// Relations whose later or earlier point is this entry.
    fn relations(&self, point: EntryId) -> Result<Vec<RelationRow>>;

    // obligations
    /// One obligation.
    fn obligation(&self, id: ObligationId) -> Result<Option<ObligationRow>>;
    /// Obligations, earliest due first, those without date last.
    fn obligations(&self, filter: &ObligationFilter) -> Result<Vec<ObligationRow>>;
    /// Obligations owed by or to a partner's node after a place in an order that never changes, at most `limit`; each with its place,
    /// which is above 0.
    fn obligations_after(
        &self,
        partner: &NodeName,
        place: u64,
        limit: u32,
    ) -> Result<Vec<(u64, ObligationId)>>;
    /// How many obligations a filter finds, its limit and offset aside; counts up to `count_most`, if that is not 0.
    fn count_obligations(&self, filter: &ObligationFilter) -> Result<u64>;
    /// What two nodes asked each other, counted by what the ledger tells of it: in the database, so that no row is read one by one. In no
    /// particular order.
    fn tallies(&self, asked: &Asked) -> Result<Vec<Tally>>;
    /// How many obligations are open in each of these dossiers, and how many of them are overdue by now: due, and the debtor's turn.
    /// Those with none may be missing.
    fn open_in(&self, dossiers: &[DossierId], now_ms: i64) -> Result<Vec<OpenRow>>;
    /// Regular acts on an obligation in any order.
    fn acts(&self, id: ObligationId) -> Result<Vec<ActRow>>;
    /// Acts of an entry on obligations: which ones.
    fn acted_on(&self, entry: EntryId) -> Result<Vec<ObligationId>>;
    /// Obligations that entries at these positions of a register (from included, to excluded) asked or acted on, each once.
    fn touched(
        &self,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        to: u64,
    ) -> Result<Vec<ObligationId>>;
    /// Highest number that this node gave to an ask or a dossier (`series` names which).
    fn last_number(&self, series: &str) -> Result<u32>;

    // drafts
    /// What waits for a signature, by its identifier.
    fn draft(&self, id: &[u8]) -> Result<Option<DraftRow>>;
    /// What waits for a signature, the oldest first, at most `limit`.
    fn drafts(&self, limit: u32) -> Result<Vec<DraftRow>>;

    // notices
    /// What an officer is told of by mail, if they wish anything.
    fn notice(&self, officer: &str) -> Result<Option<NoticeRow>>;
    /// Those to look after by then (UTC ms), the longest waiting first, at most `limit`.
    fn notices(&self, until_ms: i64, limit: u32) -> Result<Vec<NoticeRow>>;

    // reviews
    /// When a dossier's contents are due for review, if that is worked out.
    fn review(&self, dossier: DossierId) -> Result<Option<ReviewRow>>;
    /// Reviews of dossiers that are here, the earliest due first, then by dossier.
    fn reviews(&self, filter: &ReviewFilter) -> Result<Vec<ReviewRow>>;
    /// How many reviews a filter finds, its limit and place aside.
    fn count_reviews(&self, filter: &ReviewFilter) -> Result<u64>;
    /// Dossiers whose review is not worked out, at most `limit`.
    fn unreviewed(&self, limit: u32) -> Result<Vec<DossierId>>;

    // registers
    /// Head of a register: ours towards the partner, or the partner's towards us.
    fn register(&self, partner: &NodeName, direction: Direction) -> Result<RegisterRow>;
    /// Leaves from a position on, at most `max`.
    fn leaves(
        &self,
        partner: &NodeName,
        direction: Direction,
        from: u64,
        max: u32,
    ) -> Result<Vec<LeafRow>>;
    /// An interior node of a register's tree.
    fn tree_node(
        &self,
        partner: &NodeName,
        direction: Direction,
        level: u8,
        index: u64,
    ) -> Result<Option<[u8; 32]>>;
    /// Where an entry's leaf is in a side's register ([`Direction::Out`] or [`Direction::In`]): in the earliest generation whose agreed
    /// part has it.
    fn leaf_place(
        &self,
        partner: &NodeName,
        side: Direction,
        entry: EntryId,
    ) -> Result<Option<LeafPlace>>;
    /// A checkpoint covering at least this size with the partner's (outgoing) or our (incoming) cosignature, the smallest such.
    fn cosigned(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<CheckpointRow>>;
    /// The checkpoint of exactly this size, cosigned or not.
    fn checkpoint(
        &self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
    ) -> Result<Option<CheckpointRow>>;
    /// The receipt that covers a position: the first whose size is above it. Outgoing: the partner's word on ours.
    fn receipt(
        &self,
        partner: &NodeName,
        direction: Direction,
        position: u64,
    ) -> Result<Option<ReceiptRow>>;
    /// What waits to be appended behind a number of the outbox, oldest first.
    fn outbox_after(&self, partner: &NodeName, after: u64, max: u32) -> Result<Vec<OutboxRow>>;
    /// What waits to be appended, oldest first.
    fn outbox(&self, partner: &NodeName, max: u32) -> Result<Vec<OutboxRow>> {
        self.outbox_after(partner, 0, max)
    }
    /// How much waits, counted up to [`OUTBOX_COUNTED`], and since when.
    fn outbox_size(&self, partner: &NodeName) -> Result<(u64, Option<i64>)>;
    /// Ledger digests exchanged, newest first.
    fn digests(&self, partner: &NodeName, limit: u32) -> Result<Vec<DigestRow>>;

    /// Who holds, or last held, the lease on a link.
    fn lease(&self, link: &str) -> Result<Option<LeaseRow>>;

    // blobs
    /// Attachments of an entry, in order.
    fn attachments(&self, entry: EntryId) -> Result<Vec<AttachmentRow>>;
    /// Attachments still to be fetched from a partner.
    fn wanted(&self, partner: &NodeName, limit: u32) -> Result<Vec<AttachmentRow>>;
    /// Attachments of a partner that are not fetched because they are larger than its charter lets one be, at most `limit` from
    /// `offset`, in an order that never changes.
    fn above_limit(
        &self,
        partner: &NodeName,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<AttachmentRow>>;
    /// Attachments that were erased or given up and still name a blob, at most `limit`.
    fn blobs_to_free(&self, limit: u32) -> Result<Vec<AttachmentRow>>;
    /// Whether any attachment names this blob.
    fn names_blob(&self, name: &str) -> Result<bool>;

    // people, partners, evidence
    /// An officer by identifier.
    fn officer(&self, id: &str) -> Result<Option<OfficerRow>>;
    /// All officers, by identifier.
    fn officers(&self) -> Result<Vec<OfficerRow>>;
    /// A signed-in session by the digest of its token.
    fn session(&self, digest: &[u8]) -> Result<Option<SessionRow>>;
    /// All tokens of an officer, of every sort, the oldest first.
    fn sessions(&self, officer: &str) -> Result<Vec<SessionRow>>;
    /// The tokens of the sort [`SessionSort::Reset`], by officer.
    fn resets(&self) -> Result<Vec<SessionRow>>;
    /// The rows of the sort [`SessionSort::StandIn`], by officer and beginning.
    fn stand_ins(&self) -> Result<Vec<SessionRow>>;
    /// The rows of the sort [`SessionSort::Asks`], the oldest first.
    fn access_asks(&self) -> Result<Vec<SessionRow>>;
    /// What an officer signs in with beside a password, by sort and identifier.
    fn factors(&self, officer: &str) -> Result<Vec<FactorRow>>;
    /// Whom an account at an OpenID provider opens: the row of the sort [`FactorSort::Provider`] with this identifier.
    fn bound(&self, account: &[u8]) -> Result<Option<FactorRow>>;
    /// A partner.
    fn partner(&self, node: &NodeName) -> Result<Option<PartnerRow>>;
    /// All partners, by name.
    fn partners(&self) -> Result<Vec<PartnerRow>>;
    /// Evidence kept against a partner, newest first.
    fn evidence(&self, partner: &NodeName, limit: u32) -> Result<Vec<EvidenceRow>>;
    /// Officer behind a pseudonym in a dossier (own node only), or the pseudonym of an officer there.
    fn pseudonym(&self, dossier: DossierId, officer: &str) -> Result<Option<[u8; 8]>>;
    /// Officer behind a pseudonym of our own node.
    fn officer_behind(&self, dossier: DossierId, pseudonym: [u8; 8]) -> Result<Option<String>>;
    /// Last record of an access lane.
    fn lane_head(&self, lane: &str) -> Result<Option<AccessRow>>;
    /// Access records, newest first.
    fn access(&self, limit: u32, offset: u32) -> Result<Vec<AccessRow>>;
    /// Every lane with its last record, by lane.
    fn lane_heads(&self) -> Result<Vec<AccessRow>>;
    /// Records of a lane from a sequence number on, in their order, at most `limit`.
    fn lane(&self, lane: &str, from: u64, limit: u32) -> Result<Vec<AccessRow>>;
    /// Access records committed after a number, in their order, at most `limit`.
    fn access_after(&self, n: u64, limit: u32) -> Result<Vec<PlacedAccess>>;
    /// One access record by its number.
    fn access_numbered(&self, n: u64) -> Result<Option<PlacedAccess>>;
    /// Access records that bear every one of these marks (none: all), before a place and from `since_ms` on, newest first.
    fn access_by(
        &self,
        marks: &[AccessMark],
        before: AccessPlace,
        since_ms: i64,
        limit: u32,
    ) -> Result<Vec<PlacedAccess>>;
    /// How many access records bear a mark, from a time on and before another.
    fn count_access(&self, mark: &AccessMark, since_ms: i64, until_ms: i64) -> Result<u64>;
    /// Time of the oldest access record.
    fn oldest_access(&self) -> Result<Option<i64>>;
    /// Last line of the journal.
    fn journal_last(&self) -> Result<Option<JournalRow>>;
    /// Lines of the journal from a number on, in their order, at most `limit`.
    fn journal(&self, from: u64, limit: u32) -> Result<Vec<JournalRow>>;
    /// The first line of the journal that covers an access record.
    fn journal_covering(&self, record: u64) -> Result<Option<JournalRow>>;
    /// Patterns found, newest first, those before a number (0: from the newest), at most `limit`.
    fn findings(&self, before: u64, limit: u32) -> Result<Vec<FindingRow>>;
    /// Whether any officer but this one has written in a dossier.
    fn worked_by_others(&self, dossier: DossierId, officer: &str) -> Result<bool>;

    // search
    /// Entries holding every one of these words, within these dossiers, newest first. A word is held by whoever holds one of its
    /// keyed tokens, and by nobody if it has none.
    fn search(
        &self,
        words: &[Vec<[u8; 8]>],
        dossiers: &[DossierId],
        limit: u32,
    ) -> Result<Vec<(DossierId, EntryId)>>;
}

/// Writing verbs; all are inside one transaction.
pub trait Write: Read {
    /// The same transaction, for reading.
    fn as_read(&self) -> &dyn Read;
    /// Sets a small named value.
    fn set_setting(&mut self, key: &str, value: &[u8]) -> Result<()>;
    /// Inserts or replaces a dossier's row.
    fn put_dossier(&mut self, row: &DossierRow) -> Result<()>;
    /// Notes when a dossier last changed here; one that is not here yet is left alone.
    fn touch_dossier(&mut self, id: DossierId, updated_ms: i64) -> Result<()>;
    /// Inserts an entry; `false` if it is there already (nothing is applied twice).
    fn insert_entry(&mut self, row: &EntryRow) -> Result<bool>;
    /// Sets verdict, place and waiting state of a stored entry, once its parents are here.
    fn judge_entry(&mut self, id: EntryId, verdict: u8, depth: u64, causal: &[u8]) -> Result<()>;
    /// Notes that `entry` waits for `missing`, since then; what was noted already stays as it is.
    fn wait_for(&mut self, missing: EntryId, entry: EntryId, since_ms: i64) -> Result<()>;
    /// Forgets that `entry` waits for `missing`.
    fn stop_waiting(&mut self, missing: EntryId, entry: EntryId) -> Result<()>;
    /// Replaces parents by their child among the heads of a scope.
    fn advance_heads(
        &mut self,
        dossier: DossierId,
        scope: &str,
        parents: &[EntryId],
        child: EntryId,
    ) -> Result<()>;
    /// Notes that a service left.
    fn put_left(&mut self, dossier: DossierId, service: &ServiceName) -> Result<()>;
    /// Forgets that a service left: it is back.
    fn drop_left(&mut self, dossier: DossierId, service: &ServiceName) -> Result<()>;
    /// Notes how far a lane goes; a lower number changes nothing.
    fn set_lane_top(&mut self, dossier: DossierId, lane: &[u8], top: u64) -> Result<()>;
    /// Stores a sealed body.
    fn put_body(&mut self, dossier: DossierId, entry: EntryId, row: &BodyRow) -> Result<()>;
    /// Stores a wrapped key.
    fn put_object_key(&mut self, dossier: DossierId, object: &[u8], wrapped: &[u8]) -> Result<()>;
    /// Destroys keys and sealed bytes of a body and its tokens; the row stays, marked erased.
    fn erase_body(&mut self, dossier: DossierId, entry: EntryId) -> Result<()>;
    /// Adds a configuration.
    fn insert_config(&mut self, row: &ConfigRow) -> Result<()>;
    /// Adds enacted terms.
    fn insert_terms(&mut self, row: &TermsRow) -> Result<()>;
    /// Notes that an entry translates another one of its dossier.
    fn put_translation(
        &mut self,
        dossier: DossierId,
        original: EntryId,
        translation: EntryId,
    ) -> Result<()>;
    /// Adds a suspension flag fact.
    fn insert_flag(&mut self, row: &FlagRow) -> Result<()>;
    /// Adds a relation between points.
    fn insert_relation(&mut self, row: &RelationRow) -> Result<()>;
    /// Inserts or replaces an obligation with its folded columns.
    fn put_obligation(&mut self, row: &ObligationRow) -> Result<()>;
    /// Adds a regular act.
    fn insert_act(&mut self, row: &ActRow) -> Result<()>;
    /// Next number of a series of this node, counted from 1 without gaps by commit.
    fn next_number(&mut self, series: &str) -> Result<u32>;
    /// Inserts or replaces what waits for a signature.
    fn put_draft(&mut self, row: &DraftRow) -> Result<()>;
    /// Destroys it; one that is not there is gone already.
    fn drop_draft(&mut self, id: &[u8]) -> Result<()>;
    /// Inserts or replaces what an officer is told of by mail.
    fn put_notice(&mut self, row: &NoticeRow) -> Result<()>;
    /// Drops it, and the address with it.
    fn drop_notice(&mut self, officer: &str) -> Result<()>;
    /// Inserts or replaces when a dossier's contents are due for review.
    fn put_review(&mut self, row: &ReviewRow) -> Result<()>;
    /// Forgets it: it is to be worked out again.
    fn drop_review(&mut self, dossier: DossierId) -> Result<()>;

    /// Takes the lease on a link if it is free, expired or our own: its new epoch, or `None` while another holds it.
    fn take_lease(
        &mut self,
        link: &str,
        holder: &str,
        now_ms: i64,
        until_ms: i64,
    ) -> Result<Option<u64>>;
    /// Fails with [`StoreError::LeaseLost`] unless this epoch is still the current one.
    fn check_lease(&mut self, link: &str, epoch: u64) -> Result<()>;
    /// Appends leaves with the tree nodes they complete, the new frontier and the signed checkpoint.
    fn append_register(
        &mut self,
        partner: &NodeName,
        direction: Direction,
        append: &Append,
    ) -> Result<()>;
    /// Closes the generation that a side writes ([`Direction::Out`] or [`Direction::In`]) at the size agreed, and begins the next with
    /// nothing in it. Receipts on leaves beyond that size go; so do receipts whose own leaf is beyond it, and those before it count from
    /// then on at every cut. Gives the size up to which the other side's register is still receipted.
    fn close_register(
        &mut self,
        partner: &NodeName,
        side: Direction,
        closing: &Closing,
    ) -> Result<u64>;
    /// Takes the last closing of a side's register back, while nothing is in the generation that began with it: the one before is written
    /// again, with this end, up to which it has leaves. Receipts on the generation that goes, go with it; those that its closing took, and
    /// the places of those that it kept, are the caller's to put back.
    fn reopen_register(
        &mut self,
        partner: &NodeName,
        side: Direction,
        whole: &Closing,
    ) -> Result<()>;
    /// Cuts off what lies beyond a size of the generation that a side writes: leaves, tree, checkpoints, receipts on it and receipts that
    /// it said.
    fn cut_register(
        &mut self,
        partner: &NodeName,
        side: Direction,
        closing: &Closing,
    ) -> Result<()>;
    /// Stores a cosignature on a stored checkpoint.
    fn put_cosignature(
        &mut self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
        line: &str,
    ) -> Result<()>;
    /// Adds a receipt.
    fn insert_receipt(
        &mut self,
        partner: &NodeName,
        direction: Direction,
        row: &ReceiptRow,
    ) -> Result<()>;
    /// Takes a receipt away that covers what both sides lost.
    fn drop_receipt(
        &mut self,
        partner: &NodeName,
        direction: Direction,
        row: &ReceiptRow,
    ) -> Result<()>;
    /// Queues something for a partner's register.
    fn push_outbox(&mut self, partner: &NodeName, item: &OutboxItem, now_ms: i64) -> Result<()>;
    /// Removes what was appended: these numbers.
    fn clear_outbox(&mut self, partner: &NodeName, numbers: &[u64]) -> Result<()>;
    /// Keeps a signed checkpoint of a size between two appends, unless one of that size is there.
    fn put_checkpoint(
        &mut self,
        partner: &NodeName,
        direction: Direction,
        size: u64,
        note: &str,
    ) -> Result<()>;
    /// Keeps an exchanged ledger digest.
    fn put_digest(&mut self, row: &DigestRow) -> Result<()>;

    /// Inserts or replaces an attachment's row.
    fn put_attachment(&mut self, row: &AttachmentRow) -> Result<()>;
    /// Inserts or replaces an officer.
    fn put_officer(&mut self, row: &OfficerRow) -> Result<()>;
    /// Inserts a session.
    fn insert_session(&mut self, row: &SessionRow) -> Result<()>;
    /// Notes when and from where a token was last used, and what its sort keeps; one that ended is left alone.
    fn see_session(
        &mut self,
        digest: &[u8],
        seen_ms: i64,
        device: &str,
        state: &[u8],
    ) -> Result<()>;
    /// Inserts or replaces a factor; an account at an OpenID provider that opens another officer already is an error.
    fn put_factor(&mut self, row: &FactorRow) -> Result<()>;
    /// Destroys a factor; one that is not there is gone already.
    fn drop_factor(&mut self, officer: &str, sort: FactorSort, id: &[u8]) -> Result<()>;
    /// Ends a session.
    fn end_session(&mut self, digest: &[u8]) -> Result<()>;
    /// Ends sessions that expired before an instant.
    fn end_expired_sessions(&mut self, now_ms: i64) -> Result<()>;
    /// Inserts or replaces a partner.
    fn put_partner(&mut self, row: &PartnerRow) -> Result<()>;
    /// Keeps evidence.
    fn insert_evidence(&mut self, row: &EvidenceRow) -> Result<()>;
    /// Keeps of the evidence against a partner the newest, the first of each sort and what stopped the link.
    fn prune_evidence(&mut self, partner: &NodeName, newest: u32) -> Result<()>;
    /// Keeps the newest ledger digests exchanged with a partner.
    fn prune_digests(&mut self, partner: &NodeName, newest: u32) -> Result<()>;
    /// Fixes the pseudonym of an officer in a dossier.
    fn put_pseudonym(
        &mut self,
        dossier: DossierId,
        officer: &str,
        pseudonym: [u8; 8],
    ) -> Result<()>;
    /// Appends an access record to its lane.
    fn append_access(&mut self, row: &AccessRow) -> Result<()>;
    /// Makes access records findable by marks: mark, time and number of each.
    fn mark_access(&mut self, marks: &[(AccessMark, i64, u64)]) -> Result<()>;
    /// Forgets the marks of access records older than a time.
    fn drop_marks(&mut self, before_ms: i64) -> Result<()>;
    /// Appends a line to the journal.
    fn append_journal(&mut self, row: &JournalRow) -> Result<()>;
    /// Keeps a pattern found, unless one of its name is kept; its number is given here.
    fn put_finding(&mut self, row: &FindingRow) -> Result<()>;
    /// Indexes an entry under keyed tokens.
    fn put_tokens(&mut self, dossier: DossierId, entry: EntryId, tokens: &[[u8; 8]]) -> Result<()>;
}
