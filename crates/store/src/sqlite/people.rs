//! Officers, what they sign in with, sessions, pseudonyms, partners and evidence.

use super::cells::{Tx, statements};
use crate::{EvidenceRow, FactorRow, FactorSort, OfficerRow, PartnerRow, Result, SessionRow};
use entente_core::ids::{DossierId, NodeName};
use rusqlite::params;

statements! {
    OFFICER = "SELECT id, name, services, roles, password, lang, active FROM officer WHERE id = ?1";
    OFFICERS = "SELECT id, name, services, roles, password, lang, active FROM officer ORDER BY id";
    PUT_OFFICER = "INSERT INTO officer (id, name, services, roles, password, lang, active) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, services = excluded.services, roles = excluded.roles,
        password = excluded.password, lang = excluded.lang, active = excluded.active";
    SESSION = "SELECT digest, officer, csrf, begun_ms, ends_ms, sort, seen_ms, device, state FROM session WHERE digest = ?1";
    SESSIONS = "SELECT digest, officer, csrf, begun_ms, ends_ms, sort, seen_ms, device, state FROM session
        WHERE officer = ?1 ORDER BY begun_ms, digest";
    RESETS = "SELECT digest, officer, csrf, begun_ms, ends_ms, sort, seen_ms, device, state FROM session
        WHERE sort = 4 ORDER BY officer";
    STAND_INS = "SELECT digest, officer, csrf, begun_ms, ends_ms, sort, seen_ms, device, state FROM session
        WHERE sort = 5 ORDER BY officer, begun_ms";
    ACCESS_ASKS = "SELECT digest, officer, csrf, begun_ms, ends_ms, sort, seen_ms, device, state FROM session
        WHERE sort = 6 ORDER BY begun_ms, digest";
    INSERT_SESSION = "INSERT INTO session (digest, officer, csrf, begun_ms, ends_ms, sort, seen_ms, device, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    SEE_SESSION = "UPDATE session SET seen_ms = ?2, device = ?3, state = ?4 WHERE digest = ?1";
    END_SESSION = "DELETE FROM session WHERE digest = ?1";
    END_EXPIRED = "DELETE FROM session WHERE ends_ms < ?1";
    FACTORS = "SELECT officer, sort, id, label, since_ms, last, sealed FROM factor WHERE officer = ?1 ORDER BY sort, id";
    BOUND = "SELECT officer, sort, id, label, since_ms, last, sealed FROM factor WHERE sort = 4 AND id = ?1";
    PUT_FACTOR = "INSERT INTO factor (officer, sort, id, label, since_ms, last, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (officer, sort, id) DO UPDATE SET label = excluded.label, since_ms = excluded.since_ms, last = excluded.last,
        sealed = excluded.sealed";
    DROP_FACTOR = "DELETE FROM factor WHERE officer = ?1 AND sort = ?2 AND id = ?3";
    PARTNER = "SELECT node, card, address, pinned_ms, stopped FROM partner WHERE node = ?1";
    PARTNERS = "SELECT node, card, address, pinned_ms, stopped FROM partner ORDER BY node";
    PUT_PARTNER = "INSERT INTO partner (node, card, address, pinned_ms, stopped) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (node) DO UPDATE SET card = excluded.card, address = excluded.address, pinned_ms = excluded.pinned_ms,
        stopped = excluded.stopped";
    EVIDENCE = "SELECT partner, at_ms, what, evidence, stops FROM evidence WHERE partner = ?1 ORDER BY at_ms DESC, n DESC LIMIT ?2";
    INSERT_EVIDENCE = "INSERT INTO evidence (partner, at_ms, what, evidence, stops) VALUES (?1, ?2, ?3, ?4, ?5)";
    PRUNE_EVIDENCE = "DELETE FROM evidence AS e WHERE partner = ?1 AND stops = 0
        AND n NOT IN (SELECT n FROM evidence WHERE partner = ?1 ORDER BY at_ms DESC, n DESC LIMIT ?2)
        AND EXISTS (SELECT 1 FROM evidence f WHERE f.partner = ?1 AND f.what = e.what AND f.n < e.n)";
    PSEUDONYM = "SELECT pseudonym FROM pseudonym WHERE dossier = ?1 AND officer = ?2";
    OFFICER_BEHIND = "SELECT officer FROM pseudonym WHERE dossier = ?1 AND pseudonym = ?2";
    PUT_PSEUDONYM = "INSERT INTO pseudonym (dossier, officer, pseudonym) VALUES (?1, ?2, ?3)";
}

impl Tx<'_> {
    pub(super) fn officer(&self, id: &str) -> Result<Option<OfficerRow>> {
        self.row(OFFICER, params![id])
    }
    pub(super) fn officers(&self) -> Result<Vec<OfficerRow>> {
        self.rows(OFFICERS, ())
    }
    pub(super) fn put_officer(&self, row: &OfficerRow) -> Result<()> {
        self.run_one(
            PUT_OFFICER,
            params![
                row.id,
                row.name,
                row.services,
                row.roles,
                row.password,
                row.lang,
                row.active
            ],
            "officer",
        )
    }
    pub(super) fn session(&self, digest: &[u8]) -> Result<Option<SessionRow>> {
        self.row(SESSION, params![digest])
    }
    pub(super) fn sessions(&self, officer: &str) -> Result<Vec<SessionRow>> {
        self.rows(SESSIONS, params![officer])
    }
    pub(super) fn resets(&self) -> Result<Vec<SessionRow>> {
        self.rows(RESETS, ())
    }
    pub(super) fn stand_ins(&self) -> Result<Vec<SessionRow>> {
        self.rows(STAND_INS, ())
    }
    pub(super) fn access_asks(&self) -> Result<Vec<SessionRow>> {
        self.rows(ACCESS_ASKS, ())
    }
    pub(super) fn insert_session(&self, row: &SessionRow) -> Result<()> {
        self.run_one(
            INSERT_SESSION,
            params![
                row.digest,
                row.officer,
                row.csrf,
                row.begun_ms,
                row.ends_ms,
                row.sort.number(),
                row.seen_ms,
                row.device,
                row.state
            ],
            "session",
        )
    }
    pub(super) fn see_session(
        &self,
        digest: &[u8],
        seen_ms: i64,
        device: &str,
        state: &[u8],
    ) -> Result<()> {
        self.run(SEE_SESSION, params![digest, seen_ms, device, state])
            .map(drop)
    }
    pub(super) fn factors(&self, officer: &str) -> Result<Vec<FactorRow>> {
        self.rows(FACTORS, params![officer])
    }
    pub(super) fn bound(&self, account: &[u8]) -> Result<Option<FactorRow>> {
        self.row(BOUND, params![account])
    }
    pub(super) fn put_factor(&self, row: &FactorRow) -> Result<()> {
        self.run_one(
            PUT_FACTOR,
            params![
                row.officer,
                row.sort.number(),
                row.id,
                row.label,
                row.since_ms,
                row.last,
                row.sealed
            ],
            "factor",
        )
    }
    pub(super) fn drop_factor(&self, officer: &str, sort: FactorSort, id: &[u8]) -> Result<()> {
        // No copy of the secret stays in what was written before.
        self.notes.erased.set(true);
        self.run(DROP_FACTOR, params![officer, sort.number(), id])
            .map(drop)
    }
    pub(super) fn end_session(&self, digest: &[u8]) -> Result<()> {
        self.run(END_SESSION, params![digest]).map(drop)
    }
    pub(super) fn end_expired_sessions(&self, now_ms: i64) -> Result<()> {
        self.run(END_EXPIRED, params![now_ms]).map(drop)
    }

    pub(super) fn partner(&self, node: &NodeName) -> Result<Option<PartnerRow>> {
        self.row(PARTNER, params![node.as_str()])
    }
    pub(super) fn partners(&self) -> Result<Vec<PartnerRow>> {
        self.rows(PARTNERS, ())
    }
    pub(super) fn put_partner(&self, row: &PartnerRow) -> Result<()> {
        self.run_one(
            PUT_PARTNER,
            params![
                row.node.as_str(),
                row.card,
                row.address,
                row.pinned_ms,
                row.stopped
            ],
            "partner",
        )
    }
    pub(super) fn evidence(&self, partner: &NodeName, limit: u32) -> Result<Vec<EvidenceRow>> {
        self.rows(EVIDENCE, params![partner.as_str(), limit])
    }
    pub(super) fn insert_evidence(&self, row: &EvidenceRow) -> Result<()> {
        self.run_one(
            INSERT_EVIDENCE,
            params![
                row.partner.as_str(),
                row.at_ms,
                row.what,
                row.evidence,
                row.stops
            ],
            "evidence",
        )
    }
    pub(super) fn prune_evidence(&self, partner: &NodeName, newest: u32) -> Result<()> {
        self.run(PRUNE_EVIDENCE, params![partner.as_str(), newest])?;
        Ok(())
    }

    pub(super) fn pseudonym(&self, dossier: DossierId, officer: &str) -> Result<Option<[u8; 8]>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(None);
        };
        let whose = (dossier, officer.to_owned());
        if let Some(known) = self.notes.memo.turn().pseudonyms.get(&whose) {
            return Ok(Some(*known));
        }
        let shape = ("pseudonym", &["pseudonym"][..]);
        let found = self.one(PSEUDONYM, params![n, officer], shape, |c| c.get())?;
        if let Some(pseudonym) = found {
            let mut turn = self.notes.memo.turn();
            turn.pseudonyms.insert(whose, pseudonym);
        }
        Ok(found)
    }
    pub(super) fn officer_behind(
        &self,
        dossier: DossierId,
        pseudonym: [u8; 8],
    ) -> Result<Option<String>> {
        let Some(n) = self.dossier_no(dossier)? else {
            return Ok(None);
        };
        let shape = ("pseudonym", &["officer"][..]);
        self.one(OFFICER_BEHIND, params![n, pseudonym], shape, |c| c.get())
    }
    pub(super) fn put_pseudonym(
        &self,
        dossier: DossierId,
        officer: &str,
        pseudonym: [u8; 8],
    ) -> Result<()> {
        let n = self.make_dossier_no(dossier)?;
        let mut turn = self.notes.memo.turn();
        turn.pseudonyms.remove(&(dossier, officer.to_owned()));
        drop(turn);
        self.run_one(PUT_PSEUDONYM, params![n, officer, pseudonym], "pseudonym")
    }
}
