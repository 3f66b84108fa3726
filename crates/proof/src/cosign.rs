//! Cosignatures: the partner's dated word on a checkpoint, as in C2SP `tlog-cosignature` (`cosignature/v1`).
//!
//! In Entente a cosignature further says that everything below the checkpoint's size is durably held
//! by the cosigner (DESIGN section 5, rule 1); it is stored first and resent unchanged. In scope: making
//! and verifying the Ed25519 signature line (type 0x04). Not in scope: deciding whether to cosign.
//! The signed message does not hold the cosigner's name, so one key cosigns under one name only.

use crate::blame::Blame;
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{COSIGNATURE_V1, Note, NoteError, NoteSignature, key_id};
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};

/// Greatest time the format allows, in seconds since 1970.
pub const MAX_TIME_S: u64 = u64::MAX >> 1;

/// Why a cosignature is refused or cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CosignError {
    /// The cosigned note is not a checkpoint.
    #[error("cosigned note: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The note, or its signature line by this cosigner.
    #[error("cosigned note: {0}")]
    Note(#[from] NoteError),
    /// The line is not a time and an Ed25519 signature.
    #[error("cosignature malformed")]
    Shape,
    /// The signature fails the rule of `sign`.
    #[error("cosignature: {0}")]
    Signature(#[from] SignError),
    /// A time beyond [`MAX_TIME_S`].
    #[error("cosignature time out of range")]
    Time,
}

impl CosignError {
    /// See the inner errors; shape and time are malformed.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Checkpoint(error) => error.blame(),
            Self::Note(error) => error.blame(),
            Self::Signature(error) => error.blame(),
            Self::Shape | Self::Time => Blame::Malformed,
        }
    }
}

/// The name under which a node cosigns: `entente.cosigner/{node}`.
#[must_use]
pub fn cosigner_name(node: &str) -> String {
    format!("entente.cosigner/{node}")
}

/// The cosignature line (with its final newline) on a checkpoint note, dated `time_s` seconds since 1970.
///
/// The caller has verified the checkpoint and its consistency with what it held before.
///
/// # Errors
/// [`CosignError`] if the note is not a checkpoint, or the name or time is not allowed.
pub fn cosign_line(
    note: &str,
    cosigner: &str,
    key: &SigningKey,
    time_s: u64,
) -> Result<String, CosignError> {
    let note = Note::parse(note)?;
    Ok(cosign_note(&note, cosigner, key, time_s)?.line())
}

/// The note with the cosignature line added.
///
/// # Errors
/// As [`cosign_line`], and if this cosigner's line is there already or there are too many.
pub fn cosign(
    note: &str,
    cosigner: &str,
    key: &SigningKey,
    time_s: u64,
) -> Result<String, CosignError> {
    let mut note = Note::parse(note)?;
    let signature = cosign_note(&note, cosigner, key, time_s)?;
    note.add(signature)?;
    Ok(note.emit())
}

/// The note with a received cosignature line added; the line is not verified.
///
/// # Errors
/// [`CosignError::Note`] if note or line is malformed or the line is there already.
pub fn add_line(note: &str, line: &str) -> Result<String, CosignError> {
    let mut note = Note::parse(note)?;
    note.add(NoteSignature::parse_line(line)?)?;
    Ok(note.emit())
}

/// Verifies the one cosignature by this name and key in a note; its time in seconds since 1970.
///
/// The log's own signature is not looked at: see `checkpoint`.
///
/// # Errors
/// [`CosignError`].
pub fn verify_cosignature(
    note: &str,
    cosigner: &str,
    key: &VerifyingKey,
) -> Result<u64, CosignError> {
    let note = Note::parse(note)?;
    let line = note.find(cosigner, key_id(cosigner, COSIGNATURE_V1, key))?;
    verify_line(note.text(), line, key)
}

/// Verifies a cosignature line that travels apart from its note; its time in seconds since 1970.
///
/// # Errors
/// [`CosignError`].
pub fn verify_cosignature_line(
    note: &str,
    line: &str,
    cosigner: &str,
    key: &VerifyingKey,
) -> Result<u64, CosignError> {
    let note = Note::parse(note)?;
    let line = NoteSignature::parse_line(line)?;
    if line.name != cosigner || line.key_id != key_id(cosigner, COSIGNATURE_V1, key) {
        return Err(NoteError::UnknownKey.into());
    }
    verify_line(note.text(), &line, key)
}

fn cosign_note(
    note: &Note,
    cosigner: &str,
    key: &SigningKey,
    time_s: u64,
) -> Result<NoteSignature, CosignError> {
    Checkpoint::parse(note.text())?;
    let signature = key.sign(&message(note.text(), time_s)?);
    let mut bytes = time_s.to_be_bytes().to_vec();
    bytes.extend_from_slice(&signature.0);
    let signature = NoteSignature {
        name: cosigner.to_owned(),
        key_id: key_id(cosigner, COSIGNATURE_V1, &key.verifying_key()),
        bytes,
    };
    // Emitting a line that cannot be read back would lose the receipt.
    NoteSignature::parse_line(&signature.line())?;
    Ok(signature)
}

fn verify_line(text: &str, line: &NoteSignature, key: &VerifyingKey) -> Result<u64, CosignError> {
    Checkpoint::parse(text)?;
    let (time, signature) = line
        .bytes
        .split_first_chunk::<8>()
        .ok_or(CosignError::Shape)?;
    let signature = Signature::from_slice(signature).ok_or(CosignError::Shape)?;
    let time_s = u64::from_be_bytes(*time);
    key.verify(&message(text, time_s)?, &signature)?;
    Ok(time_s)
}

fn message(text: &str, time_s: u64) -> Result<Vec<u8>, CosignError> {
    if time_s > MAX_TIME_S {
        return Err(CosignError::Time);
    }
    Ok(format!("cosignature/v1\ntime {time_s}\n{text}").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::{origin, sign_checkpoint};
    use crate::digest::sha256;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    const TIME: u64 = 1_679_315_147;

    fn note() -> String {
        let checkpoint = Checkpoint::new(origin("ma", "fr", 0), 3, sha256(b"r"));
        sign_checkpoint(&checkpoint, &SigningKey::from_seed([1; 32])).unwrap()
    }

    fn partner() -> SigningKey {
        SigningKey::from_seed([2; 32])
    }

    /// The line built by hand from the text of the specification, byte by byte.
    #[test]
    fn line_follows_the_specification() {
        let key = partner();
        let name = "entente.cosigner/fr";
        let (text, _) = {
            let note = note();
            let (text, rest) = note.split_once("\n\n").unwrap();
            (format!("{text}\n"), rest.to_owned())
        };
        let message = ["cosignature/v1\n", "time 1679315147\n", &text].concat();
        let mut id_input = name.as_bytes().to_vec();
        id_input.extend_from_slice(&[0x0a, 0x04]);
        id_input.extend_from_slice(key.verifying_key().as_bytes());
        let mut bytes = sha256(&id_input).0[..4].to_vec();
        bytes.extend_from_slice(&[0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb]);
        bytes.extend_from_slice(&key.sign(message.as_bytes()).0);
        let expected = format!("\u{2014} {name} {}\n", STANDARD.encode(&bytes));
        assert_eq!(cosign_line(&note(), name, &key, TIME), Ok(expected.clone()));
        assert_eq!(cosign(&note(), name, &key, TIME), Ok(note() + &expected));
        assert_eq!(add_line(&note(), &expected), Ok(note() + &expected));
    }

    #[test]
    fn verifies_inside_the_note_and_apart_from_it() {
        let (key, name) = (partner(), cosigner_name("fr"));
        let public = key.verifying_key();
        let line = cosign_line(&note(), &name, &key, TIME).unwrap();
        let both = cosign(&note(), &name, &key, TIME).unwrap();
        assert_eq!(verify_cosignature(&both, &name, &public), Ok(TIME));
        let apart = verify_cosignature_line(&note(), &line, &name, &public);
        assert_eq!(apart, Ok(TIME));
        let missing = verify_cosignature(&note(), &name, &public);
        assert_eq!(missing, Err(CosignError::Note(NoteError::UnknownKey)));
        let twice = cosign(&both, &name, &key, TIME + 1);
        assert_eq!(twice, Err(CosignError::Note(NoteError::Repeated)));
    }

    #[test]
    fn each_altered_byte_is_found() {
        let (key, name) = (partner(), cosigner_name("fr"));
        let both = cosign(&note(), &name, &key, TIME).unwrap();
        let own_line = note().len()..both.len();
        let own_text = 0..note().find("\n\n").unwrap();
        for position in own_text.chain(own_line) {
            let mut bytes = both.clone().into_bytes();
            bytes[position] ^= 1;
            let Ok(altered) = String::from_utf8(bytes) else {
                continue;
            };
            let verified = verify_cosignature(&altered, &name, &key.verifying_key());
            assert!(verified.is_err(), "byte {position}");
        }
    }

    #[test]
    fn times_beyond_the_format_and_foreign_notes_are_refused() {
        let name = cosigner_name("fr");
        let late = cosign_line(&note(), &name, &partner(), MAX_TIME_S + 1);
        assert_eq!(late, Err(CosignError::Time));
        let mut other = Note::new("not a checkpoint\n".to_owned()).unwrap();
        other.sign("x", &partner()).unwrap();
        let cosigned = cosign_line(&other.emit(), &name, &partner(), TIME);
        assert_eq!(
            cosigned,
            Err(CosignError::Checkpoint(CheckpointError::Text))
        );
    }

    /// A key id has 32 bits only, so that an id may fit without the name.
    #[test]
    fn a_line_under_another_name_is_refused_even_if_its_id_fits() {
        let (key, name) = (partner(), cosigner_name("fr"));
        let line = cosign_line(&note(), &name, &key, TIME).unwrap();
        let mut renamed = NoteSignature::parse_line(&line).unwrap();
        renamed.name = cosigner_name("es");
        let public = key.verifying_key();
        let verified = verify_cosignature_line(&note(), &renamed.line(), &name, &public);
        assert_eq!(verified, Err(CosignError::Note(NoteError::UnknownKey)));
    }
}
