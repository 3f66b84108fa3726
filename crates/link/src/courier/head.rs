//! The clear head of a bundle: who sends to whom, under which key. All that whoever carries the file can read.

use super::{ANY_MAGIC, CourierError, MAGIC};
use crate::limits;
use crate::wire::{Reader, Writer, required};
use entente_proof::cbor;
use entente_proof::digest::{Digest, sha256};
use entente_proof::sealing::{ENCAPPED, KeyId};

/// Longest head, magic included, in bytes.
pub const MAX_HEAD: usize = 4096;
const LENGTH: usize = 4;

/// The head of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Node that packed it.
    pub from: String,
    /// Node that it is for.
    pub to: String,
    /// Random name of this bundle.
    pub bundle: [u8; 16],
    /// Which sealing key of the receiver it is sealed to.
    pub key: KeyId,
    /// The encapsulated key.
    pub encapped: Vec<u8>,
}

/// How many bytes the head takes, from the first bytes of a file; `None` while there are too few to say.
///
/// # Errors
/// [`CourierError::NotABundle`], [`CourierError::Version`], [`CourierError::Head`].
pub fn head_length(first: &[u8]) -> Result<Option<usize>, CourierError> {
    let Some((magic, rest)) = first.split_at_checked(MAGIC.len()) else {
        return match MAGIC.starts_with(first) {
            true => Ok(None),
            false if first.starts_with(ANY_MAGIC) => Err(CourierError::Version),
            false => Err(CourierError::NotABundle),
        };
    };
    if magic != MAGIC {
        return Err(match magic.starts_with(ANY_MAGIC) {
            true => CourierError::Version,
            false => CourierError::NotABundle,
        });
    }
    let Some((length, _)) = rest.split_first_chunk::<LENGTH>() else {
        return Ok(None);
    };
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    let whole = length.saturating_add(MAGIC.len()).saturating_add(LENGTH);
    match whole <= MAX_HEAD {
        true => Ok(Some(whole)),
        false => Err(CourierError::Head),
    }
}

impl Head {
    /// Magic, length and deterministic CBOR.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut w = Writer::after(Vec::with_capacity(ENCAPPED + 128));
        w.map(5);
        w.uint(1);
        w.text(&self.from);
        w.uint(2);
        w.text(&self.to);
        w.uint(3);
        w.bytes(&self.bundle);
        w.uint(4);
        w.bytes(&self.key.0);
        w.uint(5);
        w.bytes(&self.encapped);
        let map = w.finish();
        let length = u32::try_from(map.len()).unwrap_or(u32::MAX);
        [MAGIC, &length.to_be_bytes(), &map].concat()
    }

    /// Reads exactly the bytes that [`head_length`] counted.
    ///
    /// # Errors
    /// As [`head_length`]; [`CourierError::CutShort`] if bytes are missing.
    pub fn decode(bytes: &[u8]) -> Result<Self, CourierError> {
        let length = head_length(bytes)?.ok_or(CourierError::CutShort)?;
        if bytes.len() < length {
            return Err(CourierError::CutShort);
        }
        let map = bytes
            .get(MAGIC.len() + LENGTH..length)
            .filter(|_| bytes.len() == length)
            .ok_or(CourierError::Head)?;
        let limits = cbor::Limits {
            max_bytes: MAX_HEAD,
            max_depth: 4,
            max_items: 64,
        };
        cbor::check_deterministic(map, &limits).map_err(|_| CourierError::Head)?;
        read(map).ok_or(CourierError::Head)
    }

    /// Digest of the encoded head: every segment and the signature are bound to it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        sha256(&self.encode())
    }

    /// What the key schedule of the sealing binds.
    pub(super) fn info(from: &str, to: &str, bundle: &[u8; 16]) -> Vec<u8> {
        [MAGIC, from.as_bytes(), b"\n", to.as_bytes(), b"\n", bundle].concat()
    }
}

fn read(map: &[u8]) -> Option<Head> {
    let (mut from, mut to, mut bundle, mut key, mut encapped) = (None, None, None, None, None);
    Reader::new(map)
        .map(|r, field| {
            match field {
                1 => from = Some(r.line(limits::MAX_NODE_NAME)?.to_owned()),
                2 => to = Some(r.line(limits::MAX_NODE_NAME)?.to_owned()),
                3 => bundle = Some(r.fixed()?),
                4 => key = Some(KeyId(r.fixed()?)),
                5 => encapped = Some(r.bytes(ENCAPPED)?.to_vec()),
                _ => return Ok(false),
            }
            Ok(true)
        })
        .ok()?;
    let head = Head {
        from: required(from, 1).ok()?,
        to: required(to, 2).ok()?,
        bundle: required(bundle, 3).ok()?,
        key: required(key, 4).ok()?,
        encapped: required(encapped, 5).ok()?,
    };
    // Other fields would not survive: the head is bound by what it encodes to.
    (head.encode().get(MAGIC.len() + LENGTH..) == Some(map)).then_some(head)
}
