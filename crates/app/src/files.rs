//! Files: described in the body, committed to in the header, stored in sealed chunks, fetched chunk by chunk and resumed.

use crate::error::{AppError, Result};
pub use entente_core::field::MAX_FILE;
use entente_core::field::{Value, Values};
use entente_core::ids::{Commitment, EntryId};
use entente_proof::commit;
use entente_proof::digest::Digest;
use serde::{Deserialize, Serialize};

/// Body key under which files are described.
pub(crate) const FILES: &str = "files";

/// A file as its entry's body describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Described {
    /// Name.
    pub name: String,
    /// Media type.
    pub media: String,
    /// Bytes.
    pub size: u64,
    /// Salt of the chunk digests and of the commitment, hexadecimal.
    pub salt: String,
    /// Digest of each chunk, hexadecimal.
    pub chunks: Vec<String>,
}

impl Described {
    /// The commitment that the header must carry; one that fits nothing if the description is malformed.
    pub(crate) fn commitment(&self) -> Commitment {
        let digests: Option<Vec<Digest>> = self.chunks.iter().map(|c| c.parse().ok()).collect();
        match (self.salt_bytes(), digests) {
            (Some(salt), Some(digests))
                if digests.len() as u64 == commit::chunk_count(self.size) =>
            {
                Commitment(commit::attachment_commitment(&salt, self.size, &digests).0)
            }
            _ => Commitment([0; 32]),
        }
    }

    pub(crate) fn salt_bytes(&self) -> Option<[u8; 16]> {
        hex::decode(&self.salt).ok()?.try_into().ok()
    }

    /// Whether these bytes are that chunk.
    pub(crate) fn verifies(&self, index: u64, bytes: &[u8]) -> bool {
        let expected = usize::try_from(index).ok().and_then(|i| self.chunks.get(i));
        let Some(salt) = self.salt_bytes() else {
            return false;
        };
        commit::chunk_len(self.size, index) == Some(bytes.len())
            && expected.is_some_and(|e| *e == commit::chunk_digest(&salt, index, bytes).to_string())
    }
}

/// The files that a body describes, or the body that it wraps; those whose description cannot be read are left out.
pub(crate) fn described(values: &Values) -> Vec<Described> {
    let brought = crate::release::brought(values);
    brought
        .as_ref()
        .unwrap_or(values)
        .list(FILES)
        .iter()
        .filter_map(|text| serde_json::from_str(text).ok())
        .collect()
}

/// Puts descriptions into a body.
pub(crate) fn describe(values: &mut Values, files: &[Described]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let texts: std::result::Result<Vec<String>, _> =
        files.iter().map(serde_json::to_string).collect();
    values.values.insert(
        FILES.to_owned(),
        Value::List(texts.map_err(|_| AppError::Bug("file description"))?),
    );
    Ok(())
}

/// Name of a file's key in the key store.
pub(crate) fn key_name(entry: EntryId, index: u32) -> Vec<u8> {
    let mut name = entry.0.to_vec();
    name.extend_from_slice(&index.to_be_bytes());
    name
}
