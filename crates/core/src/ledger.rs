//! The ledger: all obligations between two parties, and the bytes by which both sides compare it (invariant 2).
//!
//! A digest names both register sizes and an instant. Overdue and escalation are derived from the instant, so they are compared
//! too although nobody stores them.

use crate::charter::Terms;
use crate::ids::ObligationId;
use crate::instant::Instant;
use crate::obligation::{Chase, Obligation, Side};
use minicbor::Encoder;

/// Canonical bytes of one obligation at an instant: what both nodes must agree on, byte for byte.
#[must_use]
pub fn line(ob: &Obligation, now: Instant, terms: Option<&Terms>) -> Vec<u8> {
    let mut e = Encoder::new(Vec::with_capacity(160));
    let chase = terms.map_or(Chase::Quiet, |t| ob.chase(now, t));
    let time = |t: Option<Instant>| t.map_or(i64::MIN, |t| t.0);
    let side = match ob.turn {
        None => 0u8,
        Some(Side::Creditor) => 1,
        Some(Side::Debtor) => 2,
    };
    let written = (|| {
        e.array(17)?
            .encode(ob.ask.id)?
            .encode(ob.ask.dossier)?
            .u8(ob.ask.ask.number())?;
        e.encode(&ob.ask.creditor)?
            .encode(&ob.owing)?
            .u32(ob.ask.number)?
            .u8(ob.ask.urgency.number())?;
        e.i64(ob.ask.at.0)?
            .i64(time(ob.ask.received))?
            .u8(ob.state.number())?
            .u8(side)?;
        e.i64(time(ob.due))?
            .i64(time(ob.ended))?
            .u8(ob.outcome.number())?;
        e.bool(ob.contested.is_some())?
            .bool(ob.overdue(now))?
            .u8(chase_number(chase))?;
        Ok::<(), minicbor::encode::Error<std::convert::Infallible>>(())
    })();
    debug_assert!(written.is_ok(), "encoding into a vector cannot fail");
    e.into_writer()
}

fn chase_number(chase: Chase) -> u8 {
    match chase {
        Chase::Quiet => 0,
        Chase::Soon => 1,
        Chase::Overdue => 2,
        Chase::Liaison => 3,
        Chase::Coordinator => 4,
        Chase::Meeting => 5,
    }
}

/// The lines of a whole ledger in their one order, fed to a hash as `(length, bytes)` pairs by the caller.
#[must_use]
pub fn lines(
    obligations: &[Obligation],
    now: Instant,
    terms_of: &dyn Fn(ObligationId) -> Option<Terms>,
) -> Vec<Vec<u8>> {
    let mut sorted: Vec<&Obligation> = obligations.iter().collect();
    sorted.sort_by_key(|o| o.ask.id);
    sorted
        .into_iter()
        .map(|o| line(o, now, terms_of(o.ask.id).as_ref()))
        .collect()
}
