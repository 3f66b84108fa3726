//! `entente evidence export`: a package with what the proof of an entry shows of its transfer, as provenance in the package's own form. It
//! is added only if the package is a file of that entry, byte for byte, as the entry's signed header commits to it.

use std::path::PathBuf;

use clap::Args;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::instant::Instant;
use entente_evidence::export::{Given, Receipt, with_provenance};
use entente_proof::bundle::{Bundle, BundleReport, verify_bundle};
use entente_proof::commit::{CHUNK, SALT, attachment_commitment, chunk_digest};
use entente_proof::digest::{Digest, sha256};
use serde::Deserialize;
use serde_json::json;

use super::{failed, package_of, read_package};
use crate::cli::link::read_text;
use crate::cli::{CliError, Context, say};
use crate::node::write_private;

/// Largest proof read.
const MAX_PROOF: u64 = 12 << 20;

/// Flags of `entente evidence export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The package as it was given
    file: PathBuf,
    /// The proof of the entry that gave it, as `entente proof` exports it
    #[arg(long, value_name = "FILE")]
    proof: PathBuf,
    /// A new file; printed if absent
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Adds the transfer, and says whose keys the proof rests on: `entente verify` says whether they are to be trusted.
pub fn run(context: &Context, export: &Export) -> Result<(), CliError> {
    let bytes = read_package(&export.file)?;
    let package = package_of(context, &export.file, &bytes)?;
    let armour = read_text(&export.proof, MAX_PROOF)?;
    let nothing = |why| CliError::Refused(say::s("cli-proves-nothing", why));
    let bundle = Bundle::dearmour(&armour)
        .and_then(|bundle| verify_bundle(&bundle).map(|report| (bundle, report)));
    let (bundle, report) =
        bundle.map_err(|error| nothing(entente_web::proof_check(say::words(), error.check())))?;
    let header = Header::from_bytes(&bundle.header).ok();
    let held = header.filter(|header| is_attached(&bundle, header, &bytes));
    let Some(header) = held else {
        return Err(CliError::Refused(say::t("cli-evidence-not-given")));
    };
    let given = given(&report, &header, &bytes);
    let whole = with_provenance(&package, &given);
    let whole = whole.map_err(|error| failed(context, &export.file, error))?;
    let text = match whole.to_text() {
        text if text.len() > entente_evidence::limits::MAX_BYTES => whole.to_line(),
        text => text,
    };
    match &export.out {
        Some(path) => {
            // Never over something that is there.
            write_private(path, text.as_bytes())?;
            if context.json {
                say::json(
                    &json!({"entry": given.entry.to_string(), "sha256": given.digest.to_string()}),
                );
            }
        }
        None => say::out(&text),
    }
    let sides = [
        ("cli-written-by", &report.register.from, report.signed_by),
        ("cli-held-by", &report.register.to, report.cosigned_by),
    ];
    for (key, node, print) in sides {
        say::note(&say::two(key, node, print));
    }
    say::note(&say::t("cli-compare"));
    Ok(())
}

/// Whether these bytes are a file of the entry: as its body, which the proof brings, describes it and its header commits to it.
fn is_attached(bundle: &Bundle, header: &Header, bytes: &[u8]) -> bool {
    let body = bundle.body.as_ref();
    let Some(values) = body.and_then(|body| Values::from_bytes(&body.bytes).ok()) else {
        return false;
    };
    let described = values.list("files").iter();
    let mut described = described.filter_map(|text| serde_json::from_str::<Described>(text).ok());
    described.any(|file| file.is_of(header) && file.is(bytes))
}

/// A file as the body of its entry describes it.
#[derive(Deserialize)]
struct Described {
    size: u64,
    salt: String,
    chunks: Vec<String>,
}

impl Described {
    fn salt(&self) -> Option<[u8; SALT]> {
        hex::decode(&self.salt).ok()?.try_into().ok()
    }

    /// Whether the header commits to it.
    fn is_of(&self, header: &Header) -> bool {
        let digests: Option<Vec<Digest>> = self.chunks.iter().map(|c| c.parse().ok()).collect();
        let (Some(salt), Some(digests)) = (self.salt(), digests) else {
            return false;
        };
        let made = attachment_commitment(&salt, self.size, &digests);
        header.attachments.iter().any(|known| known.0 == made.0)
    }

    /// Whether these are its bytes.
    fn is(&self, bytes: &[u8]) -> bool {
        let Some(salt) = self.salt().filter(|_| self.size == size(bytes)) else {
            return false;
        };
        let made = (0u64..).zip(bytes.chunks(CHUNK));
        let mut made = made.map(|(i, chunk)| chunk_digest(&salt, i, chunk).to_string());
        bytes.chunks(CHUNK).len() == self.chunks.len()
            && self.chunks.iter().all(|c| made.next().as_ref() == Some(c))
    }
}

fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

fn given(report: &BundleReport, header: &Header, bytes: &[u8]) -> Given {
    let since = i64::try_from(report.cosigned_at_s).unwrap_or(i64::MAX / 1_000);
    Given {
        entry: report.entry,
        by: header.author.service.to_string(),
        at: say::time(header.at),
        digest: sha256(bytes),
        size: size(bytes),
        receipts: vec![Receipt {
            node: report.register.to.to_string(),
            size: report.size,
            root: report.root,
            at: say::time(Instant(since.saturating_mul(1_000))),
        }],
    }
}
