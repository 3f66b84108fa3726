//! `entente verify`: an exported proof, offline, years later, without a node. Where there is one, what it knows of the two nodes counts too.

use std::path::PathBuf;

use clap::Args;
use entente_core::header::Header;
use entente_core::ids::Pseudonym;
use entente_core::instant::Instant;
use entente_proof::bundle::{
    BodyShown, Bundle, BundleError, BundleReport, Compromised, Trusted, verify_bundle,
};
use entente_proof::card::Fingerprint;
use entente_proof::compromise::Declaration;
use entente_proof::extract::{Extract, Stretch, is_extract};
use entente_proof::sealed::is_sealed;
use serde_json::json;

use super::link::read_text;
use super::{CliError, Context, compromise, say};
use crate::node;

/// Largest file read: armour makes an extract of 8 MiB longer by a third.
const MAX_PROOF_FILE: u64 = 12 << 20;

/// Flags of `entente verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The proof, as `entente proof` or the pages export it; or access records, as `entente access export` does
    file: PathBuf,
    /// Fingerprint that the entry's node must have, or have had before it changed its key; may be repeated: any of them
    #[arg(long = "signed-by", value_name = "FINGERPRINT")]
    signed_by: Vec<Fingerprint>,
    /// Fingerprint that the cosigning node must have, in the same way; may be repeated: any of them
    #[arg(long = "cosigned-by", value_name = "FINGERPRINT")]
    cosigned_by: Vec<Fingerprint>,
    /// A declaration that a key is compromised, as `entente key compromise` made it; may be repeated
    ///
    /// What the key signed counts only if the other node cosigned it before the time declared; what it cosigned, and keys that only it
    /// vouches for, count no more. Declarations in the proof, and those that a node on this machine knows, count without being named.
    #[arg(long, value_name = "FILE")]
    declaration: Vec<PathBuf>,
    /// The same by hand: a key and the time from which on it counts for nothing, such as "5f1c 90aa …=2026-11-26T10:00:00Z"; may be repeated
    #[arg(long, value_parser = compromised, value_name = "FINGERPRINT=TIME")]
    compromised: Vec<Compromised>,
}

fn compromised(text: &str) -> Result<Compromised, String> {
    let (print, time) = text.rsplit_once('=').ok_or("written FINGERPRINT=TIME")?;
    let print = print
        .parse()
        .map_err(|_| "a fingerprint is 32 hexadecimal digits")?;
    let since = compromise::time(time)?.0.div_euclid(1_000);
    let since_s = u64::try_from(since).map_err(|_| "a time after 1970")?;
    Ok(Compromised { print, since_s })
}

/// Verifies and says what the proof shows.
pub fn run(context: &Context, verify: &Verify) -> Result<(), CliError> {
    let armour = read_text(&verify.file, MAX_PROOF_FILE)?;
    if is_sealed(&armour) {
        return Err(CliError::Refused(say::t("cli-extract-sealed")));
    }
    if is_extract(&armour) {
        return extracted(context, &armour, &verify.signed_by);
    }
    let mut trusted = Trusted {
        signed_by: verify.signed_by.clone(),
        cosigned_by: verify.cosigned_by.clone(),
        compromised: verify.compromised.clone(),
    };
    for file in &verify.declaration {
        let read = Declaration::dearmour(&compromise::declaration(file)?);
        let read =
            read.map_err(|_| CliError::Refused(say::s("cli-compromise-damaged", file.display())))?;
        trusted.compromised.push(Compromised::from(&read));
    }
    let verified = Bundle::dearmour(&armour).and_then(|bundle| verify_bundle(&bundle));
    if let Ok(report) = &verified {
        let brought = report.declarations.iter().map(Compromised::from);
        trusted.compromised.extend(brought);
        known_here(context, report, &mut trusted)?;
    }
    // A key that was trusted once vouches for the one that replaced it, by the change that both signed.
    let verified = verified.and_then(|report| report.trusts(&trusted).map(|()| report));
    let report = verified.map_err(|error| failed(context, &error, &trusted))?;
    let compared = !trusted.signed_by.is_empty() && !trusted.cosigned_by.is_empty();
    let officer = officer_of(&armour, &report, &trusted);
    shown(context, &report, officer.as_ref(), compared);
    Ok(())
}

/// Access records that a node signed: by which node, from where to where in each lane, and what was asked for.
fn extracted(context: &Context, armour: &str, signed_by: &[Fingerprint]) -> Result<(), CliError> {
    let read = Extract::dearmour(armour);
    let nothing = |why: String| CliError::Refused(say::s("cli-extract-nothing", why));
    let extract = read.map_err(|error| {
        if context.json {
            say::json(&json!({"valid": false, "reason": error.to_string(), "blame": format!("{:?}", error.blame())}));
        }
        nothing(error.to_string())
    })?;
    if !signed_by.is_empty() && !signed_by.contains(&extract.print()) {
        return Err(nothing(say::t("cli-signed-other")));
    }
    let of = &extract.extracted;
    let taken = |lane: &Stretch| lane.records.iter().filter(|r| r.plain.is_some()).count();
    let last = |lane: &Stretch| {
        let count = u64::try_from(lane.records.len()).unwrap_or(u64::MAX);
        lane.before.saturating_add(count)
    };
    if context.json {
        let lanes = of.lanes.iter().map(|lane| {
            json!({"lane": lane.lane, "from": lane.before + 1, "to": last(lane), "taken": taken(lane), "head": lane.to.to_string()})
        });
        say::json(&json!({
            "valid": true, "node": of.node, "signed_by": extract.print().to_string(), "made": say::time(Instant(of.made_ms)),
            "filter": of.filter, "lanes": lanes.collect::<Vec<_>>(), "journal_line": of.journal_line, "journal": of.journal.to_string(),
        }));
        return Ok(());
    }
    say::line(&say::two(
        "cli-extract-signed",
        say::plain(&of.node),
        extract.print(),
    ));
    say::line(&say::s("cli-extract-made", say::time(Instant(of.made_ms))));
    for lane in &of.lanes {
        let stretch = format!("{} {}–{}", lane.lane, lane.before + 1, last(lane));
        say::line(&say::two(
            "cli-extract-lane",
            say::plain(stretch),
            taken(lane),
        ));
    }
    for record in of.lanes.iter().flat_map(|lane| &lane.records) {
        if let Some(plain) = &record.plain {
            say::line(&format!(
                "{} {}",
                say::time(Instant(record.at_ms)),
                say::plain(plain)
            ));
        }
    }
    if signed_by.is_empty() {
        say::line(&say::t("cli-extract-compare"));
    }
    Ok(())
}

/// What the node on this machine knows of the two nodes, if there is one: declarations, and fingerprints where none was named.
fn known_here(
    context: &Context,
    report: &BundleReport,
    trusted: &mut Trusted,
) -> Result<(), CliError> {
    let config = match context.config() {
        Err(CliError::Usage(_)) => return Ok(()),
        config => config,
    };
    let opened = config.and_then(|config| Ok(node::open(config, "cli")?));
    let node = match opened {
        Ok(node) => node,
        Err(CliError::Refused(why) | CliError::Usage(why) | CliError::Keys(why)) => {
            say::problem(&say::s("cli-verify-alone", why));
            return Ok(());
        }
        Err(CliError::Said) => return Ok(()),
    };
    let sides = [
        (&report.register.from, &mut trusted.signed_by),
        (&report.register.to, &mut trusted.cosigned_by),
    ];
    for (name, prints) in sides {
        let (known, declared) = node.app.known_of(name)?;
        let declared = declared.iter().map(Compromised::from);
        trusted.compromised.extend(declared);
        if prints.is_empty() {
            *prints = known;
        }
    }
    Ok(())
}

/// Why it proves nothing, in the reader's words.
fn why(error: &BundleError, trusted: &Trusted) -> String {
    let since = |seconds: u64| {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX / 1_000);
        say::time(Instant(seconds.saturating_mul(1_000)))
    };
    let declared = !trusted.compromised.is_empty();
    match error {
        BundleError::SignedByOther if declared && trusted.signed_by.is_empty() => {
            say::t("cli-unvouched")
        }
        BundleError::CosignedByOther if declared && trusted.cosigned_by.is_empty() => {
            say::t("cli-unvouched-cosigner")
        }
        BundleError::SignedByOther => say::t("cli-signed-other"),
        BundleError::CosignedByOther => say::t("cli-cosigned-other"),
        BundleError::Compromised { since_s } => say::s("cli-compromised", since(*since_s)),
        BundleError::CosignerCompromised { since_s } => {
            say::s("cli-cosigner-compromised", since(*since_s))
        }
        other => entente_web::proof_check(say::words(), other.check()),
    }
}

/// The reason for programs, and in the reader's words.
fn failed(context: &Context, error: &BundleError, trusted: &Trusted) -> CliError {
    if context.json {
        let since = match error {
            BundleError::Compromised { since_s } | BundleError::CosignerCompromised { since_s } => {
                Some(*since_s)
            }
            _ => None,
        };
        let blame = format!("{:?}", error.blame());
        say::json(&json!({
            "valid": false, "reason": error.to_string(), "check": error.check(), "blame": blame, "compromised_since_s": since,
        }));
    }
    CliError::Refused(say::s("cli-proves-nothing", why(error, trusted)))
}

/// An officer's own signature, in words.
struct Officer {
    /// Pseudonym, role and node.
    who: String,
    passkey: String,
    wrote: bool,
    doubtful: bool,
}

fn officer_of(armour: &str, report: &BundleReport, trusted: &Trusted) -> Option<Officer> {
    let shown = report.officer.as_ref()?;
    let signed = &shown.signature.signed;
    let header = Bundle::dearmour(armour).ok();
    let header = header.and_then(|bundle| Header::from_bytes(&bundle.header).ok());
    let role = match (shown.wrote, header) {
        (true, Some(header)) => say::words().label(header.author.role.label()).to_owned(),
        (true, None) => say::t("signed-wrote"),
        (false, _) => say::t("signed-approved"),
    };
    let pseudonym = Pseudonym(signed.officer);
    Some(Officer {
        who: format!("{pseudonym} · {role} · {}", signed.node),
        passkey: signed.credential.short(),
        wrote: shown.wrote,
        doubtful: report.doubts_officer(trusted),
    })
}

/// The same as lines.
fn officer_lines(officer: Option<&Officer>) -> Vec<String> {
    match officer {
        None => vec![say::t("cli-officer-none")],
        Some(officer) => {
            let signed = say::two("cli-officer-signed", &officer.who, &officer.passkey);
            let doubt = officer.doubtful.then(|| say::t("cli-officer-doubtful"));
            std::iter::once(signed).chain(doubt).collect()
        }
    }
}

fn shown(context: &Context, report: &BundleReport, officer: Option<&Officer>, compared: bool) {
    let at = Instant(
        i64::try_from(report.cosigned_at_s)
            .unwrap_or(i64::MAX / 1000)
            .saturating_mul(1000),
    );
    let body = if report.body == BodyShown::Matches {
        "matches"
    } else {
        "absent"
    };
    if context.json {
        say::json(&json!({
            "valid": true, "entry": report.entry.to_string(), "register": {"from": report.register.from, "to": report.register.to, "generation": report.register.generation},
            "index": report.index, "size": report.size, "root": report.root.to_string(),
            "signed_by": report.signed_by.to_string(), "cosigned_by": report.cosigned_by.to_string(),
            "cosigned_at": say::time(at), "body": body, "key_changes": report.key_changes, "fingerprints_compared": compared,
            "officer": officer.map(|o| json!({"who": o.who, "passkey": o.passkey, "wrote": o.wrote, "doubtful": o.doubtful})),
            "declarations": report.declarations.iter().map(|d| json!({
                "node": d.declared.node, "fingerprint": d.print().to_string(), "since_s": d.declared.since_s, "by": d.declared.by,
            })).collect::<Vec<_>>(),
            "generations": report.beginnings.iter().map(|b| json!({
                "generation": b.generation(), "agreed": b.agreed.size, "ground": b.offer().why().map(|g| g.name()),
            })).collect::<Vec<_>>(),
        }));
        return;
    }
    let register = &report.register;
    let shown_body = if report.body == BodyShown::Matches {
        say::t("cli-body-matches")
    } else {
        say::t("cli-body-absent")
    };
    for line in [
        say::s("cli-valid", report.entry),
        say::two("cli-written-by", &register.from, report.signed_by),
        say::two("cli-held-by", &register.to, report.cosigned_by),
        say::s("cli-held-since", say::time(at)),
        say::two("cli-place", report.index, report.size),
        shown_body,
        say::s("cli-key-changes", report.key_changes),
    ] {
        say::line(&line);
    }
    for line in officer_lines(officer) {
        say::line(&line);
    }
    for begun in &report.beginnings {
        let ended = begun.agreed.size;
        say::line(&say::two("cli-generation", begun.generation(), ended));
    }
    if !compared {
        say::line(&say::t("cli-compare"));
    }
}
