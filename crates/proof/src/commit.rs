//! Salted commitments: what a header says of a body or attachment without saying anything about it.
//!
//! The salt is random, travels with the content and dies with it; without it the digest tells nothing,
//! even of a content that can be guessed (DESIGN section 5, rule 7). In scope: bodies, and attachments in
//! chunks so that a transfer can be checked while it goes on. Not in scope: drawing salts, storing content.

use crate::digest::{Digest, tagged};

/// Bytes of a salt.
pub const SALT: usize = 16;
/// Bytes of every chunk of an attachment but the last: 256 KiB.
pub const CHUNK: usize = 256 * 1024;
/// Domain of [`body_commitment`].
pub const BODY_DOMAIN: &str = "entente/body/1";
/// Domain of [`attachment_commitment`].
pub const ATTACHMENT_DOMAIN: &str = "entente/attachment/1";
/// Domain of [`chunk_digest`].
pub const CHUNK_DOMAIN: &str = "entente/chunk/1";

/// Tagged hash of salt and data; every use has a domain of its own.
#[must_use]
pub fn commit(domain: &str, salt: &[u8; SALT], data: &[u8]) -> Digest {
    tagged(domain, &[salt, data])
}

/// The commitment of a header to its body.
#[must_use]
pub fn body_commitment(salt: &[u8; SALT], body: &[u8]) -> Digest {
    commit(BODY_DOMAIN, salt, body)
}

/// Digest of the chunk at `index` (from 0) of an attachment.
#[must_use]
pub fn chunk_digest(salt: &[u8; SALT], index: u64, bytes: &[u8]) -> Digest {
    tagged(CHUNK_DOMAIN, &[salt, &index.to_be_bytes(), bytes])
}

/// The commitment of a header to an attachment of `size` bytes, over its chunk digests in order.
#[must_use]
pub fn attachment_commitment(salt: &[u8; SALT], size: u64, chunk_digests: &[Digest]) -> Digest {
    let joined: Vec<u8> = chunk_digests.iter().flat_map(|digest| digest.0).collect();
    tagged(ATTACHMENT_DOMAIN, &[salt, &size.to_be_bytes(), &joined])
}

/// Number of chunks of an attachment of `size` bytes; an empty one has none.
#[must_use]
pub fn chunk_count(size: u64) -> u64 {
    size.div_ceil(CHUNK as u64)
}

/// Bytes of the chunk at `index` of an attachment of `size` bytes; `None` past its end.
#[must_use]
pub fn chunk_len(size: u64, index: u64) -> Option<usize> {
    let rest = size.checked_sub(index.checked_mul(CHUNK as u64)?)?;
    let length = usize::try_from(rest.min(CHUNK as u64)).ok()?;
    (length > 0).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn domain_salt_and_data_all_count() {
        let base = body_commitment(&[1; SALT], b"body");
        assert_ne!(base, body_commitment(&[2; SALT], b"body"));
        assert_ne!(base, body_commitment(&[1; SALT], b"bodz"));
        assert_ne!(base, commit(ATTACHMENT_DOMAIN, &[1; SALT], b"body"));
    }

    #[test]
    fn chunks_cannot_be_moved_or_cut() {
        let salt = [1; SALT];
        let digests = [chunk_digest(&salt, 0, b"a"), chunk_digest(&salt, 1, b"b")];
        let whole = attachment_commitment(&salt, 2, &digests);
        assert_ne!(chunk_digest(&salt, 0, b"a"), chunk_digest(&salt, 1, b"a"));
        let swapped = attachment_commitment(&salt, 2, &[digests[1], digests[0]]);
        assert_ne!(whole, swapped);
        assert_ne!(whole, attachment_commitment(&salt, 2, &digests[..1]));
        assert_ne!(whole, attachment_commitment(&salt, 3, &digests));
    }

    #[test]
    fn chunk_arithmetic_at_the_edges() {
        let chunk = CHUNK as u64;
        for (size, count) in [
            (0, 0),
            (1, 1),
            (chunk, 1),
            (chunk + 1, 2),
            (u64::MAX, 1 << 46),
        ] {
            assert_eq!(chunk_count(size), count);
        }
        assert_eq!(chunk_len(0, 0), None);
        assert_eq!(chunk_len(chunk + 7, 0), Some(CHUNK));
        assert_eq!(chunk_len(chunk + 7, 1), Some(7));
        assert_eq!(chunk_len(chunk, 1), None);
        assert_eq!(chunk_len(chunk, u64::MAX), None);
    }

    proptest! {
        #[test]
        fn chunk_lengths_add_up(size in 0_u64..3_000_000) {
            let total: usize = (0..chunk_count(size)).filter_map(|index| chunk_len(size, index)).sum();
            prop_assert_eq!(total as u64, size);
            prop_assert_eq!(chunk_len(size, chunk_count(size)), None);
        }
    }
}
