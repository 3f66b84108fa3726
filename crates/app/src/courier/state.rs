//! What the courier remembers of each partner: the last bundles, the newest claim, the files asked for. Small named values, so that
//! every store keeps them without a table of their own.

use crate::access::Operation;
use crate::codec::{cell, encode};
use crate::digests::AHEAD_MS;
use crate::error::{AppError, Result};
use crate::show::Showing;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_core::instant::Instant;
use entente_link::frame::BlobRequest;
use entente_proof::card::verify_card;
use entente_proof::digest::Digest;
use entente_store::{Direction, ObligationFilter, Read, StoreExt, Write};
use minicbor::{Decode, Encode};

/// What one bundle carried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CourierReport {
    /// Random name of the bundle, 32 hexadecimal digits.
    #[n(0)]
    pub bundle: String,
    /// The partner's node name.
    #[n(1)]
    pub partner: String,
    /// When it was packed, by its sender's clock, in milliseconds since 1970-01-01T00:00:00Z.
    #[n(2)]
    pub made_ms: i64,
    /// When it was packed or unpacked here.
    #[n(3)]
    pub here_ms: i64,
    /// Entries: when packing those that it carries, when unpacking those that were new here.
    #[n(4)]
    pub entries: u64,
    /// Files of which it carries a part or all.
    #[n(5)]
    pub files: u64,
    /// Bytes of the bundle.
    #[n(6)]
    pub bytes: u64,
    /// How much of the other side's register the sender of the bundle says it holds, in leaves.
    #[n(7)]
    pub held: u64,
    /// Whether reading stopped at the partner's quota of the day.
    #[n(8)]
    pub stopped_by_quota: bool,
}

/// The courier towards one partner, for its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourierView {
    /// The partner.
    pub partner: NodeName,
    /// The last bundle packed here.
    pub packed: Option<CourierReport>,
    /// The last bundle unpacked here.
    pub unpacked: Option<CourierReport>,
    /// Until when files may be sealed to the partner's key that we know; `None` without a key.
    pub key_until: Option<Instant>,
    /// Whether that term is over.
    pub key_past: bool,
    /// Our asks that the partner has not received although their delivery clock has passed.
    pub not_received: u64,
    /// Whether this officer may pack and unpack.
    pub may_carry: bool,
}

/// What the newest bundle of a partner said it holds of ours, and what was cosigned when we read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Claim {
    #[n(0)]
    pub made_ms: i64,
    #[n(1)]
    pub held: u64,
    #[n(2)]
    pub cosigned: u64,
}

/// A part of a file that a partner asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(super) struct Asked {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub entry: [u8; 32],
    #[n(1)]
    pub index: u32,
    #[n(2)]
    pub first: u64,
}

impl Asked {
    pub(super) fn of(request: &BlobRequest) -> Self {
        Self {
            entry: request.entry.0,
            index: request.index,
            first: request.first,
        }
    }

    /// Which file.
    pub(super) fn file(&self) -> ([u8; 32], u32) {
        (self.entry, self.index)
    }

    pub(super) fn chunk(&self, number: u64) -> BlobRequest {
        BlobRequest {
            entry: Digest(self.entry),
            index: self.index,
            first: number,
            count: 1,
        }
    }
}

fn key(what: &str, partner: &NodeName) -> String {
    format!("courier/{what}/{partner}")
}

fn get<T: for<'b> Decode<'b, ()>>(
    tx: &dyn Read,
    what: &str,
    partner: &NodeName,
) -> Result<Option<T>> {
    let stored = tx.setting(&key(what, partner))?;
    stored
        .map(|bytes| cell(&bytes, "setting", "value"))
        .transpose()
}

fn put<T: Encode<()>>(tx: &mut dyn Write, what: &str, partner: &NodeName, value: &T) -> Result<()> {
    Ok(tx.set_setting(&key(what, partner), &encode(value))?)
}

/// What the partner asked for in its newest bundle.
pub(super) fn asked(tx: &dyn Read, partner: &NodeName) -> Result<Vec<Asked>> {
    Ok(get(tx, "asked", partner)?.unwrap_or_default())
}

/// How much of our register the partner holds, as far as we know: what a bundle begins at. A newer bundle that says less than was
/// cosigned before comes from a partner that was restored; one that was read before the last cosignature is merely old.
pub(super) fn believed(tx: &dyn Read, partner: &NodeName) -> Result<u64> {
    let head = tx.register(partner, Direction::Out)?;
    let known = head
        .cosigned
        .max(crate::receive::receipted_up_to(tx, partner)?);
    let claim: Option<Claim> = get(tx, "claim", partner)?;
    Ok(match claim {
        Some(claim) if claim.cosigned == head.cosigned && claim.held < known => claim.held,
        _ => known,
    })
}

/// What is remembered of a bundle that was unpacked. One that is older than the newest says nothing about what is held or wanted.
pub(super) fn remember(
    tx: &mut dyn Write,
    partner: &NodeName,
    report: &CourierReport,
    asked: &[Asked],
) -> Result<()> {
    put(tx, "unpacked", partner, report)?;
    let before: Option<Claim> = get(tx.as_read(), "claim", partner)?;
    let latest = report.here_ms.saturating_add(AHEAD_MS);
    let made_ms = report.made_ms.min(latest);
    if before.is_some_and(|claim| claim.made_ms.min(latest) > made_ms) {
        return Ok(());
    }
    let claim = Claim {
        made_ms,
        held: report.held,
        cosigned: tx.register(partner, Direction::Out)?.cosigned,
    };
    put(tx, "claim", partner, &claim)?;
    put(tx, "asked", partner, &asked.to_vec())
}

pub(super) fn remember_packed(
    tx: &mut dyn Write,
    partner: &NodeName,
    report: &CourierReport,
) -> Result<()> {
    put(tx, "packed", partner, report)
}

impl App {
    fn not_received(&self, actor: &Actor, tx: &dyn Read, partner: &NodeName) -> Result<u64> {
        let sees = self.sees(actor);
        let unreceived = ObligationFilter {
            creditor_node: Some(self.inner.me.clone()),
            debtor_node: Some(partner.clone()),
            open: Some(true),
            unreceived: true,
            visible_to: sees.services,
            among: sees.among,
            ..ObligationFilter::default()
        };
        let asks = Showing::new(self, tx).obligations(actor, &unreceived)?;
        Ok(asks.iter().filter(|ask| ask.not_received).count() as u64)
    }

    /// The courier towards a partner.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is no such partner.
    pub fn courier(&self, actor: &Actor, partner: &NodeName) -> Result<CourierView> {
        self.authorise(actor, Action::Links)?;
        let named = Some(partner.to_string());
        self.did(actor, Operation::Consult, "courier", named)?;
        let now = self.now();
        self.inner.store.view("courier", |tx| {
            let row = tx.partner(partner)?.ok_or(AppError::NotFound)?;
            let card = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
            let until = card.sealing().map(|(_, until)| until);
            Ok(CourierView {
                partner: partner.clone(),
                packed: get(tx, "packed", partner)?,
                unpacked: get(tx, "unpacked", partner)?,
                key_until: until.map(Instant),
                key_past: until.is_none_or(|until| until <= now.0),
                not_received: self.not_received(actor, tx, partner)?,
                may_carry: self.may(actor, Action::Carry),
            })
        })
    }
}
