//! `entente verify`: an exported proof, offline, years later, without a node.

use std::path::PathBuf;

use clap::Args;
use entente_core::instant::Instant;
use entente_proof::bundle::{
    BodyShown, Bundle, BundleError, BundleReport, Compromised, Trusted, verify_bundle,
};
use entente_proof::card::Fingerprint;
use serde_json::json;

use super::link::read_text;
use super::{CliError, Context, say};

/// Largest proof file read: armour makes a bundle of 2 MiB longer by a third.
const MAX_PROOF_FILE: u64 = 4 << 20;

/// Flags of `entente verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The proof, as `entente proof` or the pages export it
    file: PathBuf,
    /// Fingerprint that the entry's node must have, or have had before it changed its key; may be repeated: any of them
    #[arg(long = "signed-by", value_name = "FINGERPRINT")]
    signed_by: Vec<Fingerprint>,
    /// Fingerprint that the cosigning node must have, in the same way; may be repeated: any of them
    #[arg(long = "cosigned-by", value_name = "FINGERPRINT")]
    cosigned_by: Vec<Fingerprint>,
    /// A key that its owner declared compromised, and when, such as "5f1c 90aa …=2026-11-26T10:00:00Z"; may be repeated
    ///
    /// What it signed counts only if the other node cosigned it before; what it cosigned, and keys that only it vouches for, count no
    /// more.
    #[arg(long, value_parser = compromised, value_name = "FINGERPRINT=TIME")]
    compromised: Vec<Compromised>,
}

fn compromised(text: &str) -> Result<Compromised, String> {
    let (print, time) = text.rsplit_once('=').ok_or("written FINGERPRINT=TIME")?;
    let print = print
        .parse()
        .map_err(|_| "a fingerprint is 32 hexadecimal digits")?;
    let time: jiff::Timestamp = time
        .trim()
        .parse()
        .map_err(|_| "a time is written such as 2026-11-26T10:00:00Z")?;
    let declared_s = u64::try_from(time.as_second()).map_err(|_| "a time after 1970")?;
    Ok(Compromised { print, declared_s })
}

/// Verifies and says what the proof shows.
pub fn run(context: &Context, verify: &Verify) -> Result<(), CliError> {
    let armour = read_text(&verify.file, MAX_PROOF_FILE)?;
    let trusted = Trusted {
        signed_by: verify.signed_by.clone(),
        cosigned_by: verify.cosigned_by.clone(),
        compromised: verify.compromised.clone(),
    };
    // A key that was trusted once vouches for the one that replaced it, by the change that both signed.
    let verified = Bundle::dearmour(&armour)
        .and_then(|bundle| verify_bundle(&bundle))
        .and_then(|report| report.trusts(&trusted).map(|()| report));
    let report = verified.map_err(|error| {
        let said = match error {
            BundleError::SignedByOther => say::t("cli-signed-other"),
            BundleError::CosignedByOther => say::t("cli-cosigned-other"),
            BundleError::Compromised => say::t("cli-compromised"),
            other => entente_web::proof_check(say::words(), other.check()),
        };
        failed(
            context,
            (&error.to_string(), &said),
            &format!("{:?}", error.blame()),
        )
    })?;
    shown(
        context,
        &report,
        !verify.signed_by.is_empty() && !verify.cosigned_by.is_empty(),
    );
    Ok(())
}

/// The reason for programs, and in the reader's words.
fn failed(context: &Context, (reason, said): (&str, &str), blame: &str) -> CliError {
    if context.json {
        say::json(&json!({"valid": false, "reason": reason, "blame": blame}));
    }
    CliError::Refused(say::s("cli-proves-nothing", said))
}

fn shown(context: &Context, report: &BundleReport, compared: bool) {
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
    for begun in &report.beginnings {
        let ended = begun.agreed.size;
        say::line(&say::two("cli-generation", begun.generation(), ended));
    }
    if !compared {
        say::line(&say::t("cli-compare"));
    }
}
