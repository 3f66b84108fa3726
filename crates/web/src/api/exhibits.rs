//! Exhibits with their custody as JSON: for the API and for the command line alike.

use super::json::{obligation, time};
use entente_app::views::{CustodyDeed, CustodyMoment, Exhibit, Exhibits};
use entente_core::ids::EntryId;
use entente_core::kinds::investigation::chain::{Break, Compared, Gap, Hash};
use serde_json::{Value, json};

/// See [`Exhibits`].
#[must_use]
pub fn exhibits(all: &Exhibits) -> Value {
    json!({
        "dossier": all.dossier.id.to_string(), "number": all.dossier.number, "withheld": all.withheld,
        "exhibits": all.exhibits.iter().map(exhibit).collect::<Vec<_>>(),
    })
}

fn exhibit(one: &Exhibit) -> Value {
    let by = &one.brought;
    json!({
        "entry": one.entry, "mark": one.mark, "name": one.name, "sort": one.sort, "where": one.place, "hash": one.hash.as_ref().map(hash),
        "derived_from": one.from.as_ref().map(|derived| json!({"exhibit": derived.from, "by": derived.by})), "derived": one.derived,
        "text": one.text, "files": one.files, "service": by.service, "written": time(by.at), "corrected": by.corrected,
        "moments": one.moments.iter().map(moment).collect::<Vec<_>>(), "gaps": one.gaps.iter().map(gap).collect::<Vec<_>>(),
    })
}

fn moment(one: &CustodyMoment) -> Value {
    let (what, of, code) = deed(&one.what);
    let by = &one.brought;
    let received = one
        .ladder
        .iter()
        .map(|rung| json!({"node": rung.node, "received": rung.received.map(time)}));
    json!({
        "entry": one.entry, "what": what, "code": code, "of": of, "at": one.at.map(time), "from": one.from, "to": one.to, "purpose": one.purpose,
        "seal": one.seal, "seal_number": one.number, "seal_found": one.found, "seal_left": one.left, "hash": one.hash.as_ref().map(hash),
        "compared": one.compared.map(compared), "text": one.text, "files": one.files, "service": by.service, "written": time(by.at),
        "corrected": by.corrected, "recipients": received.collect::<Vec<_>>(), "asks": one.asks.iter().map(obligation).collect::<Vec<_>>(),
    })
}

fn deed(what: &CustodyDeed) -> (&'static str, Option<EntryId>, Option<&str>) {
    match what {
        CustodyDeed::Seized => ("seized", None, None),
        CustodyDeed::Step(code) => ("step", None, Some(code)),
        CustodyDeed::Transfer { handed } => ("transfer", None, Some(handed)),
        CustodyDeed::Received(of) => ("received", Some(*of), None),
        CustodyDeed::AskedBack => ("asked_back", None, None),
        CustodyDeed::Returned(of) => ("returned", Some(*of), None),
    }
}

fn hash(hash: &Hash) -> Value {
    json!({"method": hash.method, "digits": hash.digits})
}

fn compared(compared: Compared) -> &'static str {
    match compared {
        Compared::Equal => "equal",
        Compared::EqualButWeak => "equal_but_weak",
        Compared::Different => "different",
        Compared::OtherMethod => "other_method",
    }
}

/// A gap: the places of the two moments, and what does not meet.
fn gap(gap: &Gap) -> Value {
    let (what, left, found) = match &gap.what {
        Break::Holder(left, found) => ("holder", left, found),
        Break::Seal(left, found) => ("seal", left, found),
        Break::Number(left, found) => ("seal_number", left, found),
    };
    json!({"after": gap.after, "before": gap.before, "what": what, "left": left, "found": found})
}
