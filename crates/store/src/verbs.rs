//! Every verb of the storage traits once, for all backends: each is the backend's own method of the same name, in the file of its
//! concern. Those that only say another one in fewer words have their text in the trait.

/// Declares verbs that take `&self` or `&mut self`, whichever is named, and go to an inherent method of the same name.
macro_rules! verbs {
    ($tx:ident $self:ty; $($name:ident($($arg:ident: $type:ty),*) -> $out:ty;)+) => {
        $(fn $name(self: $self, $($arg: $type),*) -> Result<$out> { $tx::$name(self, $($arg),*) })+
    };
}
pub(crate) use verbs;

/// Puts a backend's transaction behind [`crate::Read`] and [`crate::Write`].
macro_rules! implement_verbs {
    ($tx:ident) => {
        use crate::verbs::verbs;
        use crate::*;
        use entente_core::balance::Tally;
        use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};

        impl Read for $tx<'_> {
            verbs! { $tx &Self;
                far() -> bool;
                ahead(wanted: &Ahead) -> ();
                let_go() -> ();
                setting(key: &str) -> Option<Vec<u8>>;
                dossier(id: DossierId) -> Option<DossierRow>;
                dossiers(filter: &DossierFilter) -> Vec<DossierRow>;
                count_dossiers(filter: &DossierFilter) -> u64;
                entry(id: EntryId) -> Option<EntryRow>;
                verdict(id: EntryId) -> Option<u8>;
                entries(dossier: DossierId, newest: bool, limit: u32, offset: u32) -> Vec<EntryRow>;
                entries_of(dossier: DossierId, types: &[&str], after: Option<(u64, EntryId)>, limit: u32) -> Vec<EntryRow>;
                lately(dossiers: &[DossierId], but: &NodeName, since_ms: i64, look: u32) -> Vec<LatelyRow>;
                count_entries(dossier: DossierId) -> u64;
                irregular_entries(limit: u32) -> Vec<EntryRow>;
                entries_since(position: u64, limit: u32) -> Vec<EntryRow>;
                heads(dossier: DossierId, scope: &str, limit: u32) -> Vec<EntryId>;
                left(dossier: DossierId) -> Vec<ServiceName>;
                lane_top(dossier: DossierId, lane: &[u8]) -> Option<u64>;
                waiting_for(missing: EntryId, limit: u32) -> Vec<EntryId>;
                awaited(limit: u32) -> Vec<(EntryId, EntryId)>;
                body(dossier: DossierId, entry: EntryId) -> Option<BodyRow>;
                object_key(dossier: DossierId, object: &[u8]) -> Option<Vec<u8>>;
                with_key(object: &[u8], after: Option<DossierId>, limit: u32) -> Vec<DossierId>;
                config(entry: EntryId) -> Option<ConfigRow>;
                latest_config(dossier: DossierId) -> Option<ConfigRow>;
                terms(entry: EntryId) -> Option<TermsRow>;
                terms_with(partner: &NodeName) -> Option<TermsRow>;
                flags(partner: &NodeName) -> Vec<FlagRow>;
                translations(dossier: DossierId, original: EntryId) -> Vec<EntryId>;
                relations(point: EntryId) -> Vec<RelationRow>;
                obligation(id: ObligationId) -> Option<ObligationRow>;
                obligations(filter: &ObligationFilter) -> Vec<ObligationRow>;
                count_obligations(filter: &ObligationFilter) -> u64;
                tallies(asked: &Asked) -> Vec<Tally>;
                open_in(dossiers: &[DossierId], now_ms: i64) -> Vec<OpenRow>;
                acts(id: ObligationId) -> Vec<ActRow>;
                acted_on(entry: EntryId) -> Vec<ObligationId>;
                obligations_after(partner: &NodeName, place: u64, limit: u32) -> Vec<(u64, ObligationId)>;
                touched(partner: &NodeName, direction: Direction, from: u64, to: u64) -> Vec<ObligationId>;
                last_number(series: &str) -> u32;
                draft(id: &[u8]) -> Option<DraftRow>;
                drafts(limit: u32) -> Vec<DraftRow>;
                notice(officer: &str) -> Option<NoticeRow>;
                notices(until_ms: i64, limit: u32) -> Vec<NoticeRow>;
                review(dossier: DossierId) -> Option<ReviewRow>;
                reviews(filter: &ReviewFilter) -> Vec<ReviewRow>;
                count_reviews(filter: &ReviewFilter) -> u64;
                unreviewed(limit: u32) -> Vec<DossierId>;
                register(partner: &NodeName, direction: Direction) -> RegisterRow;
                leaves(partner: &NodeName, direction: Direction, from: u64, max: u32) -> Vec<LeafRow>;
                tree_node(partner: &NodeName, direction: Direction, level: u8, index: u64) -> Option<[u8; 32]>;
                leaf_place(partner: &NodeName, side: Direction, entry: EntryId) -> Option<LeafPlace>;
                cosigned(partner: &NodeName, direction: Direction, size: u64) -> Option<CheckpointRow>;
                checkpoint(partner: &NodeName, direction: Direction, size: u64) -> Option<CheckpointRow>;
                receipt(partner: &NodeName, direction: Direction, position: u64) -> Option<ReceiptRow>;
                outbox_after(partner: &NodeName, after: u64, max: u32) -> Vec<OutboxRow>;
                outbox_size(partner: &NodeName) -> (u64, Option<i64>);
                digests(partner: &NodeName, limit: u32) -> Vec<DigestRow>;
                lease(link: &str) -> Option<LeaseRow>;
                attachments(entry: EntryId) -> Vec<AttachmentRow>;
                wanted(partner: &NodeName, limit: u32) -> Vec<AttachmentRow>;
                above_limit(partner: &NodeName, limit: u32, offset: u32) -> Vec<AttachmentRow>;
                blobs_to_free(limit: u32) -> Vec<AttachmentRow>;
                names_blob(name: &str) -> bool;
                officer(id: &str) -> Option<OfficerRow>;
                officers() -> Vec<OfficerRow>;
                session(digest: &[u8]) -> Option<SessionRow>;
                sessions(officer: &str) -> Vec<SessionRow>;
                resets() -> Vec<SessionRow>;
                stand_ins() -> Vec<SessionRow>;
                access_asks() -> Vec<SessionRow>;
                factors(officer: &str) -> Vec<FactorRow>;
                bound(account: &[u8]) -> Option<FactorRow>;
                partner(node: &NodeName) -> Option<PartnerRow>;
                partners() -> Vec<PartnerRow>;
                evidence(partner: &NodeName, limit: u32) -> Vec<EvidenceRow>;
                pseudonym(dossier: DossierId, officer: &str) -> Option<[u8; 8]>;
                officer_behind(dossier: DossierId, pseudonym: [u8; 8]) -> Option<String>;
                lane_head(lane: &str) -> Option<AccessRow>;
                access(limit: u32, offset: u32) -> Vec<AccessRow>;
                lane_heads() -> Vec<AccessRow>;
                lane(lane: &str, from: u64, limit: u32) -> Vec<AccessRow>;
                access_after(n: u64, limit: u32) -> Vec<PlacedAccess>;
                access_numbered(n: u64) -> Option<PlacedAccess>;
                access_by(marks: &[AccessMark], before: AccessPlace, since_ms: i64, limit: u32) -> Vec<PlacedAccess>;
                count_access(mark: &AccessMark, since_ms: i64, until_ms: i64) -> u64;
                oldest_access() -> Option<i64>;
                journal_last() -> Option<JournalRow>;
                journal(from: u64, limit: u32) -> Vec<JournalRow>;
                journal_covering(record: u64) -> Option<JournalRow>;
                findings(before: u64, limit: u32) -> Vec<FindingRow>;
                worked_by_others(dossier: DossierId, officer: &str) -> bool;
                search(words: &[Vec<[u8; 8]>], dossiers: &[DossierId], limit: u32) -> Vec<(DossierId, EntryId)>;
            }
        }

        impl Write for $tx<'_> {
            fn as_read(&self) -> &dyn Read {
                self
            }
            verbs! { $tx &mut Self;
                set_setting(key: &str, value: &[u8]) -> ();
                put_dossier(row: &DossierRow) -> ();
                touch_dossier(id: DossierId, updated_ms: i64) -> ();
                insert_entry(row: &EntryRow) -> bool;
                judge_entry(id: EntryId, verdict: u8, depth: u64, causal: &[u8]) -> ();
                wait_for(missing: EntryId, entry: EntryId, since_ms: i64) -> ();
                stop_waiting(missing: EntryId, entry: EntryId) -> ();
                advance_heads(dossier: DossierId, scope: &str, parents: &[EntryId], child: EntryId) -> ();
                put_body(dossier: DossierId, entry: EntryId, row: &BodyRow) -> ();
                put_object_key(dossier: DossierId, object: &[u8], wrapped: &[u8]) -> ();
                erase_body(dossier: DossierId, entry: EntryId) -> ();
                insert_config(row: &ConfigRow) -> ();
                insert_terms(row: &TermsRow) -> ();
                put_translation(dossier: DossierId, original: EntryId, translation: EntryId) -> ();
                insert_flag(row: &FlagRow) -> ();
                insert_relation(row: &RelationRow) -> ();
                put_obligation(row: &ObligationRow) -> ();
                insert_act(row: &ActRow) -> ();
                next_number(series: &str) -> u32;
                put_draft(row: &DraftRow) -> ();
                drop_draft(id: &[u8]) -> ();
                put_notice(row: &NoticeRow) -> ();
                drop_notice(officer: &str) -> ();
                put_review(row: &ReviewRow) -> ();
                drop_review(dossier: DossierId) -> ();
                take_lease(link: &str, holder: &str, now_ms: i64, until_ms: i64) -> Option<u64>;
                check_lease(link: &str, epoch: u64) -> ();
                append_register(partner: &NodeName, direction: Direction, append: &Append) -> ();
                close_register(partner: &NodeName, side: Direction, closing: &Closing) -> u64;
                reopen_register(partner: &NodeName, side: Direction, whole: &Closing) -> ();
                cut_register(partner: &NodeName, side: Direction, closing: &Closing) -> ();
                put_cosignature(partner: &NodeName, direction: Direction, size: u64, line: &str) -> ();
                insert_receipt(partner: &NodeName, direction: Direction, row: &ReceiptRow) -> ();
                drop_receipt(partner: &NodeName, direction: Direction, row: &ReceiptRow) -> ();
                push_outbox(partner: &NodeName, item: &OutboxItem, now_ms: i64) -> ();
                clear_outbox(partner: &NodeName, numbers: &[u64]) -> ();
                put_checkpoint(partner: &NodeName, direction: Direction, size: u64, note: &str) -> ();
                put_digest(row: &DigestRow) -> ();
                put_attachment(row: &AttachmentRow) -> ();
                put_officer(row: &OfficerRow) -> ();
                insert_session(row: &SessionRow) -> ();
                see_session(digest: &[u8], seen_ms: i64, device: &str, state: &[u8]) -> ();
                put_factor(row: &FactorRow) -> ();
                drop_factor(officer: &str, sort: FactorSort, id: &[u8]) -> ();
                end_session(digest: &[u8]) -> ();
                end_expired_sessions(now_ms: i64) -> ();
                put_partner(row: &PartnerRow) -> ();
                insert_evidence(row: &EvidenceRow) -> ();
                prune_evidence(partner: &NodeName, newest: u32) -> ();
                prune_digests(partner: &NodeName, newest: u32) -> ();
                put_left(dossier: DossierId, service: &ServiceName) -> ();
                drop_left(dossier: DossierId, service: &ServiceName) -> ();
                set_lane_top(dossier: DossierId, lane: &[u8], top: u64) -> ();
                put_pseudonym(dossier: DossierId, officer: &str, pseudonym: [u8; 8]) -> ();
                append_access(row: &AccessRow) -> ();
                mark_access(marks: &[(AccessMark, i64, u64)]) -> ();
                drop_marks(before_ms: i64) -> ();
                append_journal(row: &JournalRow) -> ();
                put_finding(row: &FindingRow) -> ();
                put_tokens(dossier: DossierId, entry: EntryId, tokens: &[[u8; 8]]) -> ();
            }
        }
    };
}
pub(crate) use implement_verbs;
