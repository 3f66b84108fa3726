//! Signed notes: text with signature lines, as in C2SP `signed-note`.
//!
//! In scope: parsing and emitting, key ids, verifier keys (vkeys), Ed25519 note signatures (type 0x01).
//! Signatures by keys that we do not know are kept as they are. Not in scope: what the text says (see
//! `checkpoint`) and timestamped cosignatures (see `cosign`).
//! `emit(parse(note)) == note` for every note that parses.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::blame::Blame;
use crate::digest::sha256;
use crate::sign::{SignError, Signature, SigningKey, VerifyingKey};

/// Most bytes of a note.
pub const MAX_NOTE: usize = 64 * 1024;
/// Most signature lines of a note (the specification demands that 16 be accepted).
pub const MAX_SIGNATURES: usize = 16;
/// Most bytes of a key name.
pub const MAX_NAME: usize = 255;
/// Most bytes of a verifier key string.
pub const MAX_VKEY: usize = 512;
/// Signature type of Ed25519 over the note text.
pub const ED25519: u8 = 0x01;
/// Signature type of timestamped Ed25519 cosignatures (C2SP `tlog-cosignature`).
pub const COSIGNATURE_V1: u8 = 0x04;

const LINE_START: &str = "\u{2014} ";

/// Why a note is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A control character other than newline, or no newline at the end.
    #[error("note text has a control character or no final newline")]
    Characters,
    /// A key name that is empty, too long, or has a space or a plus.
    #[error("key name is empty, too long, or has a space or plus")]
    KeyName,
    /// The key name and id are of the expected key, more than once.
    #[error("more than one signature by the same key")]
    Repeated,
    /// A signature that fails the rule of `sign`.
    #[error("note signature: {0}")]
    Signature(#[from] SignError),
    /// A signature line that is not "— name base64".
    #[error("signature line malformed")]
    SignatureLine,
    /// The blank line before the signatures, or all signatures, are missing.
    #[error("note has no signatures")]
    Unsigned,
    /// No signature by the expected key.
    #[error("note not signed by the expected key")]
    UnknownKey,
    /// More than [`MAX_NOTE`] bytes.
    #[error("note too large")]
    TooLarge,
    /// More than [`MAX_SIGNATURES`] signatures.
    #[error("note has too many signatures")]
    TooManySignatures,
    /// A verifier key string not of the form name+id+base64, or of another signature type.
    #[error("verifier key malformed")]
    Vkey,
}

impl NoteError {
    /// Failing or absent signatures are the peer's deviation, the rest is malformed.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Signature(error) => error.blame(),
            Self::Repeated | Self::UnknownKey => Blame::PeerDeviates,
            _ => Blame::Malformed,
        }
    }
}

/// A parsed note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature line, of a known key or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// Key name.
    pub name: String,
    /// Key id, see [`key_id`].
    pub key_id: u32,
    /// What follows the key id; never empty.
    pub bytes: Vec<u8>,
}

/// A verifier key string, `name+hex(id)+base64(type ‖ key)`, of an Ed25519 key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vkey {
    /// Key name.
    pub name: String,
    /// Signature type: [`ED25519`] or [`COSIGNATURE_V1`].
    pub kind: u8,
    /// The key.
    pub key: VerifyingKey,
}

/// First four bytes, big-endian, of SHA-256(name ‖ 0x0A ‖ type ‖ public key).
#[must_use]
pub fn key_id(name: &str, kind: u8, key: &VerifyingKey) -> u32 {
    let mut input = Vec::with_capacity(name.len() + 34);
    input.extend_from_slice(name.as_bytes());
    input.push(b'\n');
    input.push(kind);
    input.extend_from_slice(key.as_bytes());
    let [a, b, c, d, ..] = sha256(&input).0;
    u32::from_be_bytes([a, b, c, d])
}

impl Note {
    /// Text without signatures yet; sign it before emitting.
    ///
    /// # Errors
    /// [`NoteError::Characters`], [`NoteError::TooLarge`].
    pub fn new(text: String) -> Result<Self, NoteError> {
        check_text(&text)?;
        Ok(Self {
            text,
            signatures: Vec::new(),
        })
    }

    /// Parses a note; size and number of signatures are checked first.
    ///
    /// # Errors
    /// Any [`NoteError`] of form; no signature is verified here.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        check_text(note)?;
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Unsigned)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Unsigned)?;
        if lines.split('\n').take(MAX_SIGNATURES + 1).count() > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        let signatures: Result<_, _> = lines.split('\n').map(NoteSignature::parse_line).collect();
        Ok(Self {
            text: format!("{text}\n"),
            signatures: signatures?,
        })
    }

    /// The text, with its final newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signature lines in order.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The note as text: what [`Note::parse`] reads.
    #[must_use]
    pub fn emit(&self) -> String {
        let mut note = format!("{}\n", self.text);
        for signature in &self.signatures {
            note.push_str(&signature.line());
        }
        note
    }

    /// Adds a signature line.
    ///
    /// # Errors
    /// [`NoteError::Repeated`] if this key signed already, [`NoteError::TooManySignatures`],
    /// [`NoteError::KeyName`], [`NoteError::SignatureLine`] for an empty signature,
    /// [`NoteError::TooLarge`].
    pub fn add(&mut self, signature: NoteSignature) -> Result<(), NoteError> {
        check_name(&signature.name)?;
        if signature.bytes.is_empty() {
            return Err(NoteError::SignatureLine);
        }
        let same = |other: &NoteSignature| {
            other.name == signature.name && other.key_id == signature.key_id
        };
        if self.signatures.iter().any(same) {
            return Err(NoteError::Repeated);
        }
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        if self.emit().len() + signature.line().len() > MAX_NOTE {
            return Err(NoteError::TooLarge);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// Signs the text (type 0x01) and adds the line.
    ///
    /// # Errors
    /// As [`Note::add`].
    pub fn sign(&mut self, name: &str, key: &SigningKey) -> Result<(), NoteError> {
        let signature = key.sign(self.text.as_bytes());
        self.add(NoteSignature {
            name: name.to_owned(),
            key_id: key_id(name, ED25519, &key.verifying_key()),
            bytes: signature.0.to_vec(),
        })
    }

    /// Verifies the one signature (type 0x01) by this name and key.
    ///
    /// # Errors
    /// [`NoteError::UnknownKey`], [`NoteError::Repeated`], [`NoteError::Signature`].
    pub fn verify(&self, name: &str, key: &VerifyingKey) -> Result<(), NoteError> {
        let found = self.find(name, key_id(name, ED25519, key))?;
        let signature = Signature::from_slice(&found.bytes).ok_or(NoteError::SignatureLine)?;
        Ok(key.verify(self.text.as_bytes(), &signature)?)
    }

    /// The one signature line with this name and key id.
    ///
    /// # Errors
    /// [`NoteError::UnknownKey`], [`NoteError::Repeated`].
    pub fn find(&self, name: &str, key_id: u32) -> Result<&NoteSignature, NoteError> {
        let mut found = self
            .signatures
            .iter()
            .filter(|line| line.name == name && line.key_id == key_id);
        let first = found.next().ok_or(NoteError::UnknownKey)?;
        match found.next() {
            None => Ok(first),
            Some(_) => Err(NoteError::Repeated),
        }
    }
}

impl NoteSignature {
    /// The line with its final newline.
    #[must_use]
    pub fn line(&self) -> String {
        let mut bytes = self.key_id.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.bytes);
        format!("{LINE_START}{} {}\n", self.name, STANDARD.encode(bytes))
    }

    /// Parses one line, with or without its final newline.
    ///
    /// # Errors
    /// [`NoteError::SignatureLine`], [`NoteError::KeyName`], [`NoteError::TooLarge`].
    pub fn parse_line(line: &str) -> Result<Self, NoteError> {
        if line.len() > MAX_NOTE {
            return Err(NoteError::TooLarge);
        }
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line
            .strip_prefix(LINE_START)
            .ok_or(NoteError::SignatureLine)?;
        let (name, encoded) = line.split_once(' ').ok_or(NoteError::SignatureLine)?;
        check_name(name)?;
        let decoded = STANDARD
            .decode(encoded)
            .map_err(|_| NoteError::SignatureLine)?;
        let (id, bytes) = decoded
            .split_first_chunk::<4>()
            .ok_or(NoteError::SignatureLine)?;
        if bytes.is_empty() {
            return Err(NoteError::SignatureLine);
        }
        Ok(Self {
            name: name.to_owned(),
            key_id: u32::from_be_bytes(*id),
            bytes: bytes.to_vec(),
        })
    }
}

impl Vkey {
    /// Parses a verifier key string; its id must be that of name, type and key.
    ///
    /// # Errors
    /// [`NoteError::Vkey`], [`NoteError::KeyName`], [`NoteError::Signature`] for a key the rule refuses.
    pub fn parse(vkey: &str) -> Result<Self, NoteError> {
        if vkey.len() > MAX_VKEY {
            return Err(NoteError::Vkey);
        }
        // Names have no plus; base64 has, so split from the left.
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(id), Some(encoded)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(NoteError::Vkey);
        };
        check_name(name)?;
        let material = STANDARD.decode(encoded).map_err(|_| NoteError::Vkey)?;
        let (kind, key) = material.split_first().ok_or(NoteError::Vkey)?;
        if *kind != ED25519 && *kind != COSIGNATURE_V1 {
            return Err(NoteError::Vkey);
        }
        let key = VerifyingKey::parse(key.try_into().map_err(|_| NoteError::Vkey)?)?;
        let vkey = Self {
            name: name.to_owned(),
            kind: *kind,
            key,
        };
        if id != vkey.hex_id() {
            return Err(NoteError::Vkey);
        }
        Ok(vkey)
    }

    fn hex_id(&self) -> String {
        hex::encode(key_id(&self.name, self.kind, &self.key).to_be_bytes())
    }
}

impl fmt::Display for Vkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut material = vec![self.kind];
        material.extend_from_slice(self.key.as_bytes());
        let encoded = STANDARD.encode(material);
        write!(f, "{}+{}+{encoded}", self.name, self.hex_id())
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if text.len() > MAX_NOTE {
        return Err(NoteError::TooLarge);
    }
    let is_control = |byte: u8| byte < 0x20 && byte != b'\n';
    if !text.ends_with('\n') || text.bytes().any(is_control) {
        return Err(NoteError::Characters);
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), NoteError> {
    let refused = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.len() > MAX_NAME || name.contains(refused) {
        return Err(NoteError::KeyName);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed([seed; 32])
    }

    fn signed() -> Note {
        let mut note = Note::new("first\n\nthird\n".to_owned()).unwrap();
        note.sign("example.org/a", &key(1)).unwrap();
        note.sign("example.org/b", &key(2)).unwrap();
        note
    }

    #[test]
    fn text_with_empty_lines_and_two_signatures_round_trips() {
        let emitted = signed().emit();
        let parsed = Note::parse(&emitted).unwrap();
        assert_eq!(parsed, signed());
        assert_eq!(parsed.emit(), emitted);
        for (name, seed) in [("example.org/a", 1), ("example.org/b", 2)] {
            assert_eq!(parsed.verify(name, &key(seed).verifying_key()), Ok(()));
        }
        let stranger = parsed.verify("example.org/a", &key(2).verifying_key());
        assert_eq!(stranger, Err(NoteError::UnknownKey));
    }

    #[test]
    fn unknown_signature_types_are_kept() {
        let mut note = signed();
        let unknown = NoteSignature {
            name: "later".to_owned(),
            key_id: 9,
            bytes: vec![0; 2000],
        };
        note.add(unknown.clone()).unwrap();
        let parsed = Note::parse(&note.emit()).unwrap();
        assert_eq!(parsed.signatures().last(), Some(&unknown));
        assert_eq!(parsed.emit(), note.emit());
    }

    #[test]
    fn the_same_key_twice_is_refused() {
        let mut note = signed();
        assert_eq!(
            note.sign("example.org/a", &key(1)),
            Err(NoteError::Repeated)
        );
        let line = note.signatures().first().unwrap().line();
        let doubled = Note::parse(&(note.emit() + &line)).unwrap();
        let verified = doubled.verify("example.org/a", &key(1).verifying_key());
        assert_eq!(verified, Err(NoteError::Repeated));
    }

    #[test]
    fn limits_and_forms_have_exact_errors() {
        let large = "x".repeat(MAX_NOTE) + "\n";
        assert_eq!(Note::parse(&large), Err(NoteError::TooLarge));
        let many = "t\n\n".to_owned() + &"\u{2014} a AAAAAAA=\n".repeat(MAX_SIGNATURES + 1);
        assert_eq!(Note::parse(&many), Err(NoteError::TooManySignatures));
        for (note, error) in [
            ("", NoteError::Characters),
            ("text\n", NoteError::Unsigned),
            ("text\n\n", NoteError::Unsigned),
            ("te\txt\n\n\u{2014} a AAAAAAA=\n", NoteError::Characters),
            ("t\n\n- a AAAAAAA=\n", NoteError::SignatureLine),
            ("t\n\n\u{2014} a AAAA\n", NoteError::SignatureLine),
            ("t\n\n\u{2014} a AAAAAAA=\nx\n", NoteError::SignatureLine),
            ("t\n\n\u{2014} a+b AAAAAAA=\n", NoteError::KeyName),
            ("t\n\n\u{2014}  AAAAAAA=\n", NoteError::KeyName),
            // Not the canonical base64 of its bytes: it would not be emitted alike.
            ("t\n\n\u{2014} a AAAAAAB=\n", NoteError::SignatureLine),
        ] {
            assert_eq!(Note::parse(note), Err(error), "{note:?}");
        }
    }

    #[test]
    fn vkeys_round_trip_and_check_their_id() {
        let vkey = Vkey {
            name: "example.org/a".to_owned(),
            kind: ED25519,
            key: key(1).verifying_key(),
        };
        let text = vkey.to_string();
        assert_eq!(Vkey::parse(&text), Ok(vkey));
        let renamed = text.replace("org/a", "org/b");
        assert_eq!(Vkey::parse(&renamed), Err(NoteError::Vkey));
    }

    proptest! {
        #[test]
        fn what_parses_is_emitted_alike(text in "\\PC{0,60}\n(\n\u{2014} [a-z]{1,3} [A-Za-z0-9+/]{8}\n){0,2}") {
            if let Ok(note) = Note::parse(&text) {
                prop_assert_eq!(note.emit(), text);
            }
        }
    }
}
