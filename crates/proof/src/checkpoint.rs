//! Checkpoints: signed size and root of a register, as in C2SP `tlog-checkpoint`.
//!
//! In scope: the text, its origin, signing and verifying by one log key. The key name is the origin.
//! Not in scope: whether two checkpoints agree (see `merkle`), the partner's cosignature (see `cosign`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::blame::Blame;
use crate::card::is_node_name;
use crate::digest::Digest;
use crate::merkle::{MAX_SIZE, TreeHead};
use crate::note::{Note, NoteError};
use crate::sign::{SigningKey, VerifyingKey};

/// First part of every register's origin.
pub const ORIGIN_PREFIX: &str = "entente.register";
/// Most extension lines of a checkpoint.
pub const MAX_EXTENSIONS: usize = 16;

/// Why a checkpoint is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The text is not origin, size, root and non-empty extension lines.
    #[error("checkpoint text malformed")]
    Text,
    /// The note or its signature.
    #[error("checkpoint note: {0}")]
    Note(#[from] NoteError),
    /// Correctly signed, but of another register.
    #[error("checkpoint of another origin")]
    Origin,
    /// More than [`MAX_SIZE`] leaves or [`MAX_EXTENSIONS`] extension lines.
    #[error("checkpoint claims too much")]
    TooLarge,
}

impl CheckpointError {
    /// Another origin is the peer's deviation; form is malformed.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Text | Self::TooLarge => Blame::Malformed,
            Self::Note(error) => error.blame(),
            Self::Origin => Blame::PeerDeviates,
        }
    }
}

/// Size and root of a register at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which register, see [`origin`].
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Root of the tree of that size.
    pub root: Digest,
    /// Further lines, kept and covered by the signature; we write none.
    pub extensions: Vec<String>,
}

/// What an origin of ours names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginParts {
    /// The node that writes the register.
    pub from: String,
    /// The partner it is written to.
    pub to: String,
    /// Rises after a fork (DESIGN section 5, rule 15).
    pub generation: u32,
}

/// `entente.register/{from}/{to}/{generation}`: origin line and key name of a register.
#[must_use]
pub fn origin(from: &str, to: &str, generation: u32) -> String {
    format!("{ORIGIN_PREFIX}/{from}/{to}/{generation}")
}

/// Reads [`origin`]; `None` unless both node names are valid and the bytes are exactly those of `origin`.
#[must_use]
pub fn parse_origin(text: &str) -> Option<OriginParts> {
    let mut parts = text.split('/').skip(1);
    let (from, to) = (parts.next()?, parts.next()?);
    let generation = parts.next()?.parse().ok()?;
    let valid = is_node_name(from) && is_node_name(to) && origin(from, to, generation) == text;
    valid.then(|| OriginParts {
        from: from.to_owned(),
        to: to.to_owned(),
        generation,
    })
}

impl Checkpoint {
    /// A checkpoint without extension lines.
    #[must_use]
    pub fn new(origin: String, size: u64, root: Digest) -> Self {
        Self {
            origin,
            size,
            root,
            extensions: Vec::new(),
        }
    }

    /// Size and root.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root,
        }
    }

    /// The note text, with its final newline.
    #[must_use]
    pub fn text(&self) -> String {
        let root = STANDARD.encode(self.root.0);
        let mut text = format!("{}\n{}\n{root}\n", self.origin, self.size);
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Parses a note text; `parse(text).text() == text`.
    ///
    /// # Errors
    /// [`CheckpointError::Text`], [`CheckpointError::TooLarge`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let body = text.strip_suffix('\n').ok_or(CheckpointError::Text)?;
        let mut lines = body.split('\n');
        let mut line = || lines.next().filter(|line| !line.is_empty());
        let (Some(origin), Some(size), Some(root)) = (line(), line(), line()) else {
            return Err(CheckpointError::Text);
        };
        let extensions: Vec<String> = lines
            .take(MAX_EXTENSIONS + 1)
            .map(ToOwned::to_owned)
            .collect();
        let size = parse_size(size)?;
        let root = STANDARD.decode(root).map_err(|_| CheckpointError::Text)?;
        let root = Digest::from_slice(&root).ok_or(CheckpointError::Text)?;
        if size > MAX_SIZE || extensions.len() > MAX_EXTENSIONS {
            return Err(CheckpointError::TooLarge);
        }
        if extensions.iter().any(String::is_empty) {
            return Err(CheckpointError::Text);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            extensions,
        })
    }
}

/// Signs a checkpoint as a note whose key name is the origin.
///
/// # Errors
/// [`CheckpointError`] if the checkpoint is one that [`verify_checkpoint`] would refuse.
pub fn sign_checkpoint(
    checkpoint: &Checkpoint,
    key: &SigningKey,
) -> Result<String, CheckpointError> {
    let text = checkpoint.text();
    if Checkpoint::parse(&text)? != *checkpoint {
        return Err(CheckpointError::Text);
    }
    let mut note = Note::new(text)?;
    note.sign(&checkpoint.origin, key)?;
    Ok(note.emit())
}

/// Verifies that the note is a checkpoint of the register `origin`, signed by `key` under that name.
///
/// Other signature lines are neither needed nor verified.
///
/// # Errors
/// [`CheckpointError`]; see [`CheckpointError::blame`].
pub fn verify_checkpoint(
    note: &str,
    origin: &str,
    key: &VerifyingKey,
) -> Result<Checkpoint, CheckpointError> {
    let note = Note::parse(note)?;
    note.verify(origin, key)?;
    let checkpoint = Checkpoint::parse(note.text())?;
    if checkpoint.origin != origin {
        return Err(CheckpointError::Origin);
    }
    Ok(checkpoint)
}

fn parse_size(text: &str) -> Result<u64, CheckpointError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if !plain || leading_zero {
        return Err(CheckpointError::Text);
    }
    text.parse().map_err(|_| CheckpointError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;

    fn sample() -> Checkpoint {
        Checkpoint::new(origin("ma", "fr", 0), 12, sha256(b"root"))
    }

    #[test]
    fn signs_and_verifies_under_its_origin_only() {
        let key = SigningKey::from_seed([1; 32]);
        let note = sign_checkpoint(&sample(), &key).unwrap();
        let public = key.verifying_key();
        assert_eq!(
            verify_checkpoint(&note, "entente.register/ma/fr/0", &public),
            Ok(sample())
        );
        let elsewhere = verify_checkpoint(&note, "entente.register/ma/es/0", &public);
        assert_eq!(elsewhere, Err(CheckpointError::Note(NoteError::UnknownKey)));
        let mut borrowed = Note::new(sample().text()).unwrap();
        borrowed.sign("entente.register/ma/es/0", &key).unwrap();
        let elsewhere = verify_checkpoint(&borrowed.emit(), "entente.register/ma/es/0", &public);
        assert_eq!(elsewhere, Err(CheckpointError::Origin));
    }

    #[test]
    fn malformed_texts_have_exact_errors() {
        let root = STANDARD.encode([0; 32]);
        for (text, error) in [
            (String::new(), CheckpointError::Text),
            ("o\n1\n".to_owned(), CheckpointError::Text),
            (format!("\n1\n{root}\n"), CheckpointError::Text),
            (format!("o\n01\n{root}\n"), CheckpointError::Text),
            (format!("o\n+1\n{root}\n"), CheckpointError::Text),
            (format!("o\n1\n{root}"), CheckpointError::Text),
            (format!("o\n1\n{root}\n\n"), CheckpointError::Text),
            ("o\n1\nAAAA\n".to_owned(), CheckpointError::Text),
            (
                format!("o\n99999999999999999999\n{root}\n"),
                CheckpointError::TooLarge,
            ),
            (
                format!("o\n1\n{root}\n{}", "x\n".repeat(17)),
                CheckpointError::TooLarge,
            ),
        ] {
            assert_eq!(Checkpoint::parse(&text), Err(error), "{text:?}");
        }
        let extended = format!("o\n0\n{root}\nmore\n");
        assert_eq!(Checkpoint::parse(&extended).unwrap().text(), extended);
    }

    #[test]
    fn an_unsignable_checkpoint_is_refused_before_signing() {
        let mut checkpoint = sample();
        checkpoint.extensions = vec!["two\nlines".to_owned()];
        let signed = sign_checkpoint(&checkpoint, &SigningKey::from_seed([1; 32]));
        assert_eq!(signed, Err(CheckpointError::Text));
    }

    #[test]
    fn origins_parse_back_exactly() {
        let parts = parse_origin("entente.register/ma/fr/7").unwrap();
        assert_eq!((parts.from.as_str(), parts.to.as_str()), ("ma", "fr"));
        assert_eq!(parts.generation, 7);
        for wrong in [
            "entente.register/ma/fr/07",
            "entente.register/ma/fr",
            "x/ma/fr/7",
            "entente.register/Ma/fr/7",
            "entente.register/ma/fr/7/8",
        ] {
            assert_eq!(parse_origin(wrong), None, "{wrong}");
        }
    }
}
