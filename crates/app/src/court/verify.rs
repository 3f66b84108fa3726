//! Verifying a court bundle offline, years later and without a node: that nothing was altered, taken out, added or renamed; that every entry's
//! proof holds; that what each proof commits to is the content and the files in the bundle.
//!
//! The signature under the index shows that the node which produced it named exactly these parts; the proofs show without it that each
//! entry is its author's. Whose the keys are, people compare by fingerprint.

use super::archive::{ArchiveFault, Opened, Placed};
use super::index::{
    INDEX, INDEX_FORM, Index, Item, MAX_INDEX, MAX_TEXT, PAGE, Part, PartOf, SIGNATURE, content,
};
use crate::files::{Described, described};
use crate::release::read as read_body;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_proof::bundle::{
    BodyShown, Bundle, BundleError, BundleReport, Compromised, Trusted, verify_bundle,
};
use entente_proof::card::Fingerprint;
use entente_proof::commit::CHUNK;
use entente_proof::digest::sha256;
use entente_proof::manifest::{MAX_MANIFEST, Manifest, ManifestError};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

/// Why a bundle proves nothing. Texts name parts, which the program named, and numbers of entries.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CourtFault {
    /// The archive itself.
    #[error("{0}")]
    Archive(#[from] ArchiveFault),
    /// There is no index, or no signature under it.
    #[error("the bundle has no index or no signature under it")]
    NoIndex,
    /// The index cannot be read.
    #[error("the index cannot be read")]
    Index,
    /// The index is of a version that is not known.
    #[error("the bundle is of a version that is not known")]
    Version,
    /// The signature under the index does not hold.
    #[error("the signature under the index does not hold: {0}")]
    Signature(ManifestError),
    /// The index is not the one that was signed.
    #[error("the index was altered after it was signed")]
    IndexAltered,
    /// The node that signed is not the one that the index or the proofs name, or has another fingerprint than those given.
    #[error("the index was signed by another node than the one that produces")]
    Signer,
    /// A part that the index names is not there.
    #[error("a part is missing: {0}")]
    Missing(String),
    /// A part is there that the index does not name.
    #[error("a part was added: {0}")]
    Added(String),
    /// A part stands under another name.
    #[error("a part was renamed: {from} is now {to}")]
    Renamed {
        /// What the index calls it.
        from: String,
        /// Under which name it is there.
        to: String,
    },
    /// A part has other bytes.
    #[error("a part was altered: {0}")]
    Altered(String),
    /// An entry without a proof.
    #[error("entry {0} has no proof")]
    NoProof(u32),
    /// An entry's proof does not hold.
    #[error("the proof of entry {number} does not hold: {error}")]
    Proof {
        /// Its number.
        number: u32,
        /// Why.
        error: BundleError,
    },
    /// The proof is of another entry than the index names there, or of another author, type or time.
    #[error("the index says something else of entry {0} than its proof")]
    OtherEntry(u32),
    /// The content is not what the proof commits to.
    #[error("the content of entry {0} is not the one that was signed")]
    Content(u32),
    /// A file is not what the proof commits to.
    #[error("file {file} of entry {number} is not the one that was signed")]
    File {
        /// The entry's number.
        number: u32,
        /// The file's, from 1.
        file: usize,
    },
}

impl CourtFault {
    /// Which check failed, as a code that is put into the reader's words.
    #[must_use]
    pub fn check(&self) -> &'static str {
        match self {
            Self::Archive(ArchiveFault::TooLarge) => "too-large",
            Self::Archive(ArchiveFault::NoEnd) => "no-end",
            Self::Archive(ArchiveFault::Directory) => "directory",
            Self::Archive(ArchiveFault::Packed) => "packed",
            Self::Archive(ArchiveFault::Name) => "name",
            Self::Archive(ArchiveFault::Twice) => "twice",
            Self::Archive(ArchiveFault::Hidden) => "hidden",
            Self::Archive(ArchiveFault::Io) => "io",
            Self::NoIndex => "no-index",
            Self::Index => "index",
            Self::Version => "version",
            Self::Signature(_) => "signature",
            Self::IndexAltered => "index-altered",
            Self::Signer => "signer",
            Self::Missing(_) => "missing",
            Self::Added(_) => "added",
            Self::Renamed { .. } => "renamed",
            Self::Altered(_) => "altered",
            Self::NoProof(_) => "no-proof",
            Self::Proof { .. } => "proof",
            Self::OtherEntry(_) => "other-entry",
            Self::Content(_) => "content",
            Self::File { .. } => "file",
        }
    }

    /// The part or the number of the entry that it is about, for the reader's words.
    #[must_use]
    pub fn about(&self) -> String {
        match self {
            Self::Missing(name) | Self::Added(name) | Self::Altered(name) => name.clone(),
            Self::Renamed { from, to } => format!("{from} → {to}"),
            Self::NoProof(number)
            | Self::Proof { number, .. }
            | Self::OtherEntry(number)
            | Self::Content(number) => number.to_string(),
            Self::File { number, file } => format!("{number}, {file}"),
            _ => String::new(),
        }
    }
}

/// What a bundle shows, if the fingerprints are those of the nodes one trusts.
#[derive(Clone, Debug)]
pub struct CourtReport {
    /// The index.
    pub index: Index,
    /// Fingerprint of the node that produced it.
    pub signed_by: Fingerprint,
    /// What each proof shows, by the entry's number.
    pub proofs: BTreeMap<u32, BundleReport>,
}

/// Verifies all of a bundle, entry by entry, holding one in memory at a time.
///
/// # Errors
/// [`CourtFault`], the first that is found.
pub fn verify_court<R: Read + Seek>(from: R, trusted: &Trusted) -> Result<CourtReport, CourtFault> {
    let mut archive = Opened::open(from)?;
    let parts = archive.parts().to_vec();
    let (index, manifest) = signed_index(&mut archive, &parts)?;
    let parts = same_parts(&mut archive, parts, &index)?;
    let mut trusted = trusted.clone();
    let mut proofs = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for item in &index.entries {
        if !seen.insert(item.number) {
            return Err(CourtFault::Index);
        }
        if let Some(report) = entry(&mut archive, &parts, item)? {
            trusted
                .compromised
                .extend(report.declarations.iter().map(Compromised::from));
            proofs.insert(item.number, report);
        }
    }
    for (number, report) in &proofs {
        let failed = |error| CourtFault::Proof {
            number: *number,
            error,
        };
        report.trusts(&trusted).map_err(failed)?;
    }
    let signed_by = manifest.print();
    match signs(&manifest, &proofs, &trusted) {
        true => Ok(CourtReport {
            index,
            signed_by,
            proofs,
        }),
        false => Err(CourtFault::Signer),
    }
}

fn signed_index<R: Read + Seek>(
    archive: &mut Opened<R>,
    parts: &[Placed],
) -> Result<(Index, Manifest), CourtFault> {
    let find = |name: &str| parts.iter().find(|part| part.name == name);
    let (Some(index), Some(signature)) = (find(INDEX), find(SIGNATURE)) else {
        return Err(CourtFault::NoIndex);
    };
    let bytes = archive.whole(index, MAX_INDEX)?;
    let text = archive.whole(signature, 4 * MAX_MANIFEST as u64)?;
    let text = String::from_utf8(text).map_err(|_| CourtFault::NoIndex)?;
    let manifest = Manifest::dearmour(&text).map_err(CourtFault::Signature)?;
    if manifest.indexed.index != sha256(&bytes) {
        return Err(CourtFault::IndexAltered);
    }
    let index = read_index(&bytes)?;
    match index.node == manifest.indexed.node {
        true => Ok((index, manifest)),
        false => Err(CourtFault::Signer),
    }
}

/// Reads an index: of this form, and with no field that this version does not know.
///
/// # Errors
/// [`CourtFault::Version`] for another form, [`CourtFault::Index`] for what is none.
pub fn read_index(bytes: &[u8]) -> Result<Index, CourtFault> {
    #[derive(serde::Deserialize)]
    struct Form {
        form: String,
    }
    let form: Form = serde_json::from_slice(bytes).map_err(|_| CourtFault::Index)?;
    if form.form != INDEX_FORM {
        return Err(CourtFault::Version);
    }
    serde_json::from_slice(bytes).map_err(|_| CourtFault::Index)
}

/// Whether the parts are those of the index, each byte for byte; and no entry shares one with another, or has none.
fn same_parts<R: Read + Seek>(
    archive: &mut Opened<R>,
    parts: Vec<Placed>,
    index: &Index,
) -> Result<BTreeMap<String, Placed>, CourtFault> {
    let beside = |part: &Placed| part.name != INDEX && part.name != SIGNATURE;
    let here: BTreeMap<String, Placed> = parts
        .into_iter()
        .filter(beside)
        .map(|part| (part.name.clone(), part))
        .collect();
    let mut digests: BTreeMap<&str, Part> = BTreeMap::new();
    for (name, part) in &here {
        let sha256 = archive.pieces(part, |_| {})?.to_string();
        digests.insert(
            name,
            Part {
                size: part.size,
                sha256,
            },
        );
    }
    for (name, part) in &index.parts {
        match digests.get(name.as_str()) {
            Some(found) if found == part => {}
            Some(_) => return Err(CourtFault::Altered(name.clone())),
            None => return Err(gone(name, part, &digests, index)),
        }
    }
    let added = here.keys().find(|name| !index.parts.contains_key(*name));
    match added {
        Some(name) => Err(CourtFault::Added(name.clone())),
        None if !index.parts.contains_key(PAGE) => Err(CourtFault::Missing(PAGE.to_owned())),
        None => Ok(here),
    }
}

/// A part that is not there: under another name, or not at all.
fn gone(name: &str, part: &Part, here: &BTreeMap<&str, Part>, index: &Index) -> CourtFault {
    let strange = here
        .iter()
        .filter(|(name, _)| !index.parts.contains_key(**name));
    let mut same = strange
        .filter(|(_, found)| *found == part)
        .map(|(to, _)| (*to).to_owned());
    match same.next() {
        Some(to) => CourtFault::Renamed {
            from: name.to_owned(),
            to,
        },
        None => CourtFault::Missing(name.to_owned()),
    }
}

/// One entry: its proof, and that its content and files are what was signed. Nothing where it rightly has no proof.
fn entry<R: Read + Seek>(
    archive: &mut Opened<R>,
    parts: &BTreeMap<String, Placed>,
    item: &Item,
) -> Result<Option<BundleReport>, CourtFault> {
    let number = item.number;
    let Some(proof) = &item.proof else {
        // The producing side's own record is its own word either way.
        return match item.role {
            PartOf::Production => Ok(None),
            _ => Err(CourtFault::NoProof(number)),
        };
    };
    let text = text_of(archive, parts, proof)?;
    let failed = |error| CourtFault::Proof { number, error };
    let text = String::from_utf8(text).map_err(|_| CourtFault::NoProof(number))?;
    let bundle = Bundle::dearmour(&text).map_err(failed)?;
    let report = verify_bundle(&bundle).map_err(failed)?;
    let header = Header::from_bytes(&bundle.header).map_err(|_| CourtFault::OtherEntry(number))?;
    let at = format!("{}Z", header.at.to_civil());
    let same = report.entry.to_string() == item.entry
        && header.author.service.to_string() == item.service
        && header.kind == item.entry_type
        && at == item.at;
    if !same {
        return Err(CourtFault::OtherEntry(number));
    }
    let values = said(&bundle, &report, &header).ok_or(CourtFault::Content(number))?;
    if text_of(archive, parts, &item.content)? != content(&values) {
        return Err(CourtFault::Content(number));
    }
    files(archive, parts, (item, &values, &header))?;
    Ok(Some(report))
}

fn text_of<R: Read + Seek>(
    archive: &mut Opened<R>,
    parts: &BTreeMap<String, Placed>,
    name: &str,
) -> Result<Vec<u8>, CourtFault> {
    let part = parts.get(name);
    let part = part.ok_or_else(|| CourtFault::Missing(name.to_owned()))?;
    Ok(archive.whole(part, MAX_TEXT)?)
}

/// What an entry says by its proof, if the proof brings the body that the header commits to.
pub(crate) fn said(bundle: &Bundle, report: &BundleReport, header: &Header) -> Option<Values> {
    let body = bundle
        .body
        .as_ref()
        .filter(|_| report.body == BodyShown::Matches)?;
    read_body(header, &body.bytes)
}

/// Whether the files are those that the header commits to, by the descriptions in the body.
fn files<R: Read + Seek>(
    archive: &mut Opened<R>,
    parts: &BTreeMap<String, Placed>,
    (item, values, header): (&Item, &Values, &Header),
) -> Result<(), CourtFault> {
    let number = item.number;
    let wrong = |file: usize| CourtFault::File {
        number,
        file: file + 1,
    };
    let known = described(values);
    let many = known
        .len()
        .max(header.attachments.len())
        .max(item.files.len());
    for place in 0..many {
        let (Some(file), Some(signed), Some(given)) = (
            known.get(place),
            header.attachments.get(place),
            item.files.get(place),
        ) else {
            return Err(wrong(place));
        };
        let part = parts
            .get(&given.part)
            .ok_or_else(|| CourtFault::Missing(given.part.clone()))?;
        let described = file.commitment() == *signed
            && (file.name.as_str(), file.media.as_str())
                == (given.name.as_str(), given.media.as_str());
        if !described || part.size != file.size || !same_bytes(archive, part, file)? {
            return Err(wrong(place));
        }
    }
    Ok(())
}

/// Whether a part's bytes are a described file's, chunk by chunk.
fn same_bytes<R: Read + Seek>(
    archive: &mut Opened<R>,
    part: &Placed,
    file: &Described,
) -> Result<bool, CourtFault> {
    let (mut chunk, mut number, mut same) = (Vec::with_capacity(CHUNK), 0u64, true);
    archive.pieces(part, |piece| {
        let mut piece = piece;
        while !piece.is_empty() {
            let (now, later) = piece.split_at((CHUNK - chunk.len()).min(piece.len()));
            chunk.extend_from_slice(now);
            piece = later;
            if chunk.len() == CHUNK {
                same &= file.verifies(number, &chunk);
                number += 1;
                chunk.clear();
            }
        }
    })?;
    if !chunk.is_empty() || part.size == 0 {
        same &= part.size == 0 || file.verifies(number, &chunk);
    }
    Ok(same)
}

/// Whether the node that signed the index is the one of the proofs, and one of those that the reader trusts if any were named.
fn signs(manifest: &Manifest, proofs: &BTreeMap<u32, BundleReport>, trusted: &Trusted) -> bool {
    let (node, print) = (&manifest.indexed.node, manifest.print());
    let known = |report: &BundleReport| {
        let sides = [
            (&report.register.from, &report.owner_prints),
            (&report.register.to, &report.cosigner_prints),
        ];
        let mut own = sides.into_iter().filter(|(name, _)| *name == node);
        let other = report
            .other_prints
            .iter()
            .any(|(one, same)| *one == print || *same == print);
        own.any(|(_, prints)| prints.contains(&print) || other)
    };
    // Nobody cosigns an index: who has a compromised key signs one of any time.
    let compromised = trusted.compromised.iter().any(|one| one.print == print);
    proofs.values().any(known) && !compromised
}
