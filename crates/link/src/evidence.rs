//! Evidence: what a node keeps when the histories of a register contradict each other (DESIGN invariant 4).
//!
//! Encoded as deterministic CBOR, so that it can be stored, printed and shown to a third party. In scope: the record and
//! its encoding, and whether it proves itself. Out of scope: keeping it, and what people do with it (rule 15).

use crate::error::Fault;
use crate::limits;
use crate::wire::{FieldFault, Reader, Writer, required};
use entente_proof::cbor;
use entente_proof::checkpoint::{Checkpoint, parse_origin, verify_checkpoint};
use entente_proof::digest::Digest;
use entente_proof::sign::VerifyingKey;

/// Contradiction found in a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Two checkpoints signed by the register's owner belong to different histories.
    Fork {
        /// Origin of the register.
        register: String,
        /// The signed checkpoint of the history already held.
        held_note: String,
        /// The signed checkpoint of the other history.
        offered_note: String,
        /// A size at which the two histories differ. If it is the size of both checkpoints, the two notes are the whole
        /// proof; else the leaves are needed too.
        at_size: u64,
        /// Root at that size in the history held.
        held_root: Digest,
        /// Root at that size in the other history.
        offered_root: Digest,
    },
    /// The owner's hello claims less than it once signed. The claim itself is unsigned: this shows the fact to its owner,
    /// who holds `held_note` as proof of what existed.
    Rollback {
        /// Origin of the register.
        register: String,
        /// The signed checkpoint held.
        held_note: String,
        /// Size claimed now.
        claimed_size: u64,
        /// The signed checkpoint that came with the claim; absent at size 0.
        claimed_note: Option<String>,
    },
    /// The bytes of a batch do not lead from what is held to the signed checkpoint sent with them.
    Tampered {
        /// Origin of the register.
        register: String,
        /// The signed checkpoint held; absent if nothing was held.
        held_note: Option<String>,
        /// The signed checkpoint of the batch.
        offered_note: String,
        /// Index of the batch's first leaf.
        from: u64,
        /// What failed.
        cause: TamperCause,
        /// SHA-256 of the batch frame's payload. The payload itself may hold personal data and is not kept here.
        batch_digest: Digest,
    },
}

/// What failed in a tampered batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TamperCause {
    /// A header is not the one that the leaf at this index names.
    Header {
        /// Index in the register.
        index: u64,
    },
    /// The leaves give another root than the signed one.
    Root {
        /// The root they give.
        computed: Digest,
    },
}

/// Why bytes are no evidence, or evidence does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// Not deterministic CBOR within the limits.
    #[error("not deterministic CBOR")]
    NotDeterministic,
    /// A field is missing, has the wrong type or breaks its limit.
    #[error("field {key}: {fault}")]
    Field {
        /// Map key.
        key: u64,
        /// What is wrong.
        fault: Fault,
    },
    /// A checkpoint does not verify under the given key.
    #[error("a checkpoint does not verify")]
    NotSigned,
    /// The parts do not contradict each other.
    #[error("no contradiction")]
    NoContradiction,
}

const FORK: u64 = 1;
const ROLLBACK: u64 = 2;
const TAMPERED: u64 = 3;

impl Evidence {
    /// Deterministic CBOR of this evidence.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut w = Writer::after(Vec::with_capacity(1024));
        match self {
            Self::Fork {
                register,
                held_note,
                offered_note,
                at_size,
                held_root,
                offered_root,
            } => {
                head(&mut w, 7, FORK, register);
                field_text(&mut w, 3, held_note);
                field_text(&mut w, 4, offered_note);
                field_uint(&mut w, 5, *at_size);
                field_bytes(&mut w, 6, &held_root.0);
                field_bytes(&mut w, 7, &offered_root.0);
            }
            Self::Rollback {
                register,
                held_note,
                claimed_size,
                claimed_note,
            } => {
                head(
                    &mut w,
                    4 + u64::from(claimed_note.is_some()),
                    ROLLBACK,
                    register,
                );
                field_text(&mut w, 3, held_note);
                if let Some(note) = claimed_note {
                    field_text(&mut w, 4, note);
                }
                field_uint(&mut w, 5, *claimed_size);
            }
            Self::Tampered {
                register,
                held_note,
                offered_note,
                from,
                cause,
                batch_digest,
            } => {
                head(
                    &mut w,
                    6 + u64::from(held_note.is_some()),
                    TAMPERED,
                    register,
                );
                if let Some(note) = held_note {
                    field_text(&mut w, 3, note);
                }
                field_text(&mut w, 4, offered_note);
                field_uint(&mut w, 5, *from);
                match cause {
                    TamperCause::Root { computed } => field_bytes(&mut w, 7, &computed.0),
                    TamperCause::Header { index } => field_uint(&mut w, 8, *index),
                }
                field_bytes(&mut w, 9, &batch_digest.0);
            }
        }
        w.finish()
    }

    /// Decodes [`Evidence::encode`].
    ///
    /// # Errors
    /// [`EvidenceError::NotDeterministic`] or [`EvidenceError::Field`].
    pub fn decode(bytes: &[u8]) -> Result<Self, EvidenceError> {
        let limits = cbor::Limits {
            max_bytes: limits::MAX_EVIDENCE,
            max_depth: 4,
            max_items: 64,
        };
        if cbor::check_deterministic(bytes, &limits).is_err() {
            return Err(EvidenceError::NotDeterministic);
        }
        read(&mut Reader::new(bytes))
            .map_err(|FieldFault { key, fault }| EvidenceError::Field { key, fault })
    }

    /// Origin of the register concerned.
    #[must_use]
    pub fn register(&self) -> &str {
        match self {
            Self::Fork { register, .. }
            | Self::Rollback { register, .. }
            | Self::Tampered { register, .. } => register,
        }
    }

    /// Checks that the signed parts are signed by the register's owner and contradict each other, given the owner's keys
    /// (any of them may have signed). A fork below the size of both checkpoints, and a tampered batch, further rest on
    /// leaves that are not part of the evidence.
    ///
    /// # Errors
    /// [`EvidenceError::NotSigned`], [`EvidenceError::NoContradiction`].
    pub fn check(&self, owner_keys: &[VerifyingKey]) -> Result<(), EvidenceError> {
        let read = |note: &str| signed_by(note, self.register(), owner_keys);
        let contradicts = match self {
            Self::Fork {
                held_note,
                offered_note,
                at_size,
                held_root,
                offered_root,
                ..
            } => {
                let (held, offered) = (read(held_note)?, read(offered_note)?);
                let agrees = |c: &Checkpoint, root: &Digest| c.size != *at_size || c.root == *root;
                let within = *at_size <= held.size && *at_size <= offered.size;
                let roots = agrees(&held, held_root) && agrees(&offered, offered_root);
                within && roots && held_root != offered_root
            }
            Self::Rollback {
                held_note,
                claimed_size,
                claimed_note,
                ..
            } => {
                let claimed = claimed_note.as_deref().map(read).transpose()?;
                let stated = claimed.map_or(0, |checkpoint| checkpoint.size);
                stated == *claimed_size && *claimed_size < read(held_note)?.size
            }
            Self::Tampered {
                offered_note,
                cause,
                from,
                ..
            } => {
                let offered = read(offered_note)?;
                match cause {
                    TamperCause::Root { computed } => *computed != offered.root,
                    TamperCause::Header { index } => (*from..offered.size).contains(index),
                }
            }
        };
        contradicts
            .then_some(())
            .ok_or(EvidenceError::NoContradiction)
    }
}

fn signed_by(
    note: &str,
    register: &str,
    keys: &[VerifyingKey],
) -> Result<Checkpoint, EvidenceError> {
    parse_origin(register).ok_or(EvidenceError::NotSigned)?;
    keys.iter()
        .find_map(|key| verify_checkpoint(note, register, key).ok())
        .ok_or(EvidenceError::NotSigned)
}

fn head(w: &mut Writer, pairs: u64, kind: u64, register: &str) {
    w.map(pairs);
    field_uint(w, 1, kind);
    field_text(w, 2, register);
}

fn field_uint(w: &mut Writer, key: u64, value: u64) {
    w.uint(key);
    w.uint(value);
}

fn field_text(w: &mut Writer, key: u64, value: &str) {
    w.uint(key);
    w.text(value);
}

fn field_bytes(w: &mut Writer, key: u64, value: &[u8]) {
    w.uint(key);
    w.bytes(value);
}

fn read(r: &mut Reader<'_>) -> Result<Evidence, FieldFault> {
    let (mut kind, mut register, mut held_note, mut offered_note) = (None, None, None, None);
    let (mut size, mut held_root, mut root, mut index, mut digest) = (None, None, None, None, None);
    r.map(|r, key| {
        match key {
            1 => kind = Some(r.u64()?),
            2 => register = Some(r.line(limits::MAX_LINE)?.to_owned()),
            3 => held_note = Some(r.text(limits::MAX_NOTE)?.to_owned()),
            4 => offered_note = Some(r.text(limits::MAX_NOTE)?.to_owned()),
            5 => size = Some(r.u64()?),
            6 => held_root = Some(Digest(r.fixed()?)),
            7 => root = Some(Digest(r.fixed()?)),
            8 => index = Some(r.u64()?),
            9 => digest = Some(Digest(r.fixed()?)),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let register = required(register, 2)?;
    let size = required(size, 5)?;
    match required(kind, 1)? {
        FORK => Ok(Evidence::Fork {
            register,
            held_note: required(held_note, 3)?,
            offered_note: required(offered_note, 4)?,
            at_size: size,
            held_root: required(held_root, 6)?,
            offered_root: required(root, 7)?,
        }),
        ROLLBACK => Ok(Evidence::Rollback {
            register,
            held_note: required(held_note, 3)?,
            claimed_size: size,
            claimed_note: offered_note,
        }),
        TAMPERED => Ok(Evidence::Tampered {
            register,
            held_note,
            offered_note: required(offered_note, 4)?,
            from: size,
            cause: match (root, index) {
                (Some(computed), _) => TamperCause::Root { computed },
                (None, index) => TamperCause::Header {
                    index: required(index, 8)?,
                },
            },
            batch_digest: required(digest, 9)?,
        }),
        _ => Err(FieldFault {
            key: 1,
            fault: Fault::OutOfRange,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_proof::checkpoint::{origin, sign_checkpoint};
    use entente_proof::sign::SigningKey;

    fn note(size: u64, root: u8) -> String {
        let checkpoint = Checkpoint::new(origin("ma", "fr", 0), size, Digest([root; 32]));
        sign_checkpoint(&checkpoint, &SigningKey::from_seed([7; 32])).unwrap()
    }

    fn fork(at_size: u64, offered_root: u8) -> Evidence {
        Evidence::Fork {
            register: origin("ma", "fr", 0),
            held_note: note(5, 1),
            offered_note: note(5, offered_root),
            at_size,
            held_root: Digest([1; 32]),
            offered_root: Digest([offered_root; 32]),
        }
    }

    fn samples() -> Vec<Evidence> {
        let tampered = |cause, held_note| Evidence::Tampered {
            register: origin("ma", "fr", 0),
            held_note,
            offered_note: note(9, 3),
            from: 4,
            cause,
            batch_digest: Digest([6; 32]),
        };
        let rollback = |claimed_size, claimed_note| Evidence::Rollback {
            register: origin("ma", "fr", 0),
            held_note: note(5, 1),
            claimed_size,
            claimed_note,
        };
        let computed = Digest([4; 32]);
        vec![
            fork(5, 2),
            rollback(0, None),
            rollback(3, Some(note(3, 9))),
            tampered(TamperCause::Root { computed }, None),
            tampered(TamperCause::Header { index: 8 }, Some(note(4, 8))),
        ]
    }

    #[test]
    fn round_trips_deterministically_and_proves_itself() {
        let key = SigningKey::from_seed([7; 32]).verifying_key();
        let stranger = SigningKey::from_seed([8; 32]).verifying_key();
        for evidence in samples() {
            let bytes = evidence.encode();
            assert_eq!(Evidence::decode(&bytes), Ok(evidence.clone()));
            assert_eq!(evidence.check(&[stranger, key]), Ok(()));
            assert_eq!(evidence.check(&[stranger]), Err(EvidenceError::NotSigned));
            for position in 0..bytes.len() {
                let mut cut = bytes.clone();
                cut.truncate(position);
                assert!(Evidence::decode(&cut).is_err());
                let mut flipped = bytes.clone();
                flipped[position] ^= 1;
                if let Ok(other) = Evidence::decode(&flipped) {
                    assert_ne!(other, evidence, "byte {position}");
                }
            }
        }
    }

    #[test]
    fn what_does_not_contradict_is_no_evidence() {
        let key = [SigningKey::from_seed([7; 32]).verifying_key()];
        let refused = Err(EvidenceError::NoContradiction);
        assert_eq!(fork(5, 1).check(&key), refused);
        assert_eq!(fork(6, 2).check(&key), refused);
        let mut lower = samples().remove(2);
        if let Evidence::Rollback { claimed_size, .. } = &mut lower {
            *claimed_size = 2;
        }
        assert_eq!(lower.check(&key), refused);
    }
}
