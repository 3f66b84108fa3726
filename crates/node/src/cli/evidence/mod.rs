//! `entente evidence`: packages of evidence in CASE/UCO JSON-LD. Offline and without a node: what is in one, whether files have the hashes that it
//! names, whether two say the same, and what the proof of an entry shows of its transfer. Of a node: those of a dossier, and a dossier as one.

mod dossier;
mod folder;
mod given;
mod shown;

pub use dossier::taken_out;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use entente_evidence::canon::{Difference, compare};
use entente_evidence::limits::MAX_BYTES;
use entente_evidence::{EvidenceError, Feature, Package};
use serde_json::json;

use super::link::read_bytes;
use super::{CliError, Context, say};

/// Subcommands of `entente evidence`.
#[derive(Debug, Subcommand)]
pub enum Evidence {
    /// What is in a package: nodes, files with hashes, provenance records in order of time, what is unknown
    Read(Read),
    /// Whether two packages say the same, whatever the order in which they say it; 1 if not
    Compare(Compare),
    /// A package that was given in a dossier, with its transfer added as provenance: who gave it, when, its hash, the partner's receipt
    Export(given::Export),
    /// The packages attached in a dossier, and whether the files that they name are attached with the same hash; 1 if one is not
    List(dossier::List),
    /// A dossier as a package: things, links, exhibits with their custody, files with hashes, and what its packages say; recorded as an export
    Dossier(dossier::Dossier),
}

/// Flags of `entente evidence read`.
#[derive(Debug, Args)]
pub struct Read {
    /// The package: CASE/UCO in JSON-LD
    file: PathBuf,
    /// Folder of the files themselves: whether they have the hashes that the package names; 1 if one is missing or differs
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
}

/// Flags of `entente evidence compare`.
#[derive(Debug, Args)]
pub struct Compare {
    /// One package
    first: PathBuf,
    /// The other
    second: PathBuf,
}

/// Reads or compares.
pub fn run(context: &Context, evidence: &Evidence) -> Result<(), CliError> {
    match evidence {
        Evidence::Read(flags) => read(context, flags),
        Evidence::Compare(flags) => compared(context, flags),
        Evidence::Export(flags) => given::run(context, flags),
        Evidence::List(flags) => dossier::list(context, flags),
        Evidence::Dossier(flags) => dossier::dossier(context, flags),
    }
}

fn package(context: &Context, file: &Path) -> Result<Package, CliError> {
    package_of(context, file, &read_package(file)?)
}

/// The bytes of a package, within its limit.
fn read_package(file: &Path) -> Result<Vec<u8>, CliError> {
    read_bytes(file, u64::try_from(MAX_BYTES).unwrap_or(u64::MAX))
}

fn package_of(context: &Context, file: &Path, bytes: &[u8]) -> Result<Package, CliError> {
    Package::decode(bytes).map_err(|error| failed(context, file, error))
}

fn read(context: &Context, flags: &Read) -> Result<(), CliError> {
    let package = package(context, &flags.file)?;
    let checked = match &flags.files {
        Some(folder) => Some(folder::check(&package, folder)?),
        None => None,
    };
    match context.json {
        true => say::json(&shown::json(&package, checked.as_ref())),
        false => shown::lines(&package, checked.as_ref()),
    }
    match checked.is_some_and(|checked| !checked.holds()) {
        true => Err(CliError::Said),
        false => Ok(()),
    }
}

fn compared(context: &Context, flags: &Compare) -> Result<(), CliError> {
    let first = package(context, &flags.first)?;
    let second = package(context, &flags.second)?;
    let difference = compare(first.graph(), second.graph())
        .map_err(|error| failed(context, &flags.second, error))?;
    let same = difference.is_none();
    match context.json {
        true => say::json(&json!({
            "same": same, "only_first": difference.only_first.iter().map(|i| &**i).collect::<Vec<_>>(),
            "only_second": difference.only_second.iter().map(|i| &**i).collect::<Vec<_>>(),
            "changed": difference.changed.iter().map(|i| &**i).collect::<Vec<_>>(), "unnamed": difference.unnamed,
        })),
        false => differences(&first, &second, &difference),
    }
    match same {
        true => Ok(()),
        false => Err(CliError::Said),
    }
}

fn differences(first: &Package, second: &Package, difference: &Difference) {
    if difference.is_none() {
        let count = first.graph().described().count();
        return say::line(&say::s("cli-evidence-same", count));
    }
    say::line(&say::t("cli-evidence-differ"));
    let lists = [
        ("cli-evidence-only-first", first, &difference.only_first),
        ("cli-evidence-only-second", second, &difference.only_second),
        ("cli-evidence-changed", first, &difference.changed),
    ];
    for (key, package, names) in lists {
        if names.is_empty() {
            continue;
        }
        say::line(&say::s(key, names.len()));
        for name in names {
            let short = shown::one_line(&package.context().short(name));
            say::line(&format!("  {}", say::plain(short)));
        }
    }
    if difference.unnamed {
        say::line(&say::t("cli-evidence-unnamed"));
    }
}

/// Why a package is not read: for programs in English, for people in their language, with who is at fault.
fn failed(context: &Context, file: &Path, error: EvidenceError) -> CliError {
    if context.json {
        let blame = format!("{:?}", error.blame());
        say::json(&json!({"read": false, "reason": error.to_string(), "blame": blame}));
    }
    let why = why(error);
    CliError::Refused(say::two("cli-evidence-unread", file.display(), why))
}

fn why(error: EvidenceError) -> String {
    match error {
        EvidenceError::TooLarge => say::s("cli-evidence-large", MAX_BYTES >> 20),
        EvidenceError::TooDeep { at } => say::s("cli-evidence-deep", at),
        EvidenceError::TooMany(_) => say::t("cli-evidence-many"),
        EvidenceError::Json { at, .. } => say::s("cli-evidence-no-json", at),
        EvidenceError::Shape(_) => say::t("cli-evidence-no-jsonld"),
        EvidenceError::Refused(feature) => say::s("cli-evidence-refused", refused(feature)),
        EvidenceError::TooAlike => say::t("cli-evidence-alike"),
        EvidenceError::Taken => say::t("cli-evidence-taken"),
    }
}

fn refused(feature: Feature) -> String {
    match feature {
        Feature::RemoteContext => say::t("cli-evidence-remote"),
        Feature::ScopedContext => say::t("cli-evidence-scoped"),
        Feature::ContextKeyword => say::t("cli-evidence-context"),
        Feature::Container => say::t("cli-evidence-container"),
        Feature::Keyword => say::t("cli-evidence-keyword"),
        Feature::NamedGraph => say::t("cli-evidence-named"),
        Feature::RelativeName => say::t("cli-evidence-relative"),
    }
}
