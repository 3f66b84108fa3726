//! Text armour: binary documents that travel through mail, paper and copy-and-paste.
//!
//! `-----BEGIN ENTENTE {LABEL}-----`, base64 (RFC 4648 section 4) in lines of 64, `-----END ...-----`.
//! Reading tolerates text before and after, indentation and CRLF; the base64 itself must be canonical.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::blame::Blame;

const LINE: usize = 64;

/// Why armour cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArmourError {
    /// What is between the marks is not canonical base64.
    #[error("armour is not base64")]
    Base64,
    /// The BEGIN or END mark of this label is missing.
    #[error("armour marks missing")]
    Marks,
    /// More than the document may have.
    #[error("armoured text too large")]
    TooLarge,
}

impl ArmourError {
    /// Always the writer of the text.
    #[must_use]
    pub fn blame(&self) -> Blame {
        Blame::Malformed
    }
}

/// Writes armour; `label` is upper-case letters.
#[must_use]
pub fn encode(label: &str, bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    let mut text = format!("-----BEGIN ENTENTE {label}-----\n");
    for (count, character) in encoded.chars().enumerate() {
        if count > 0 && count % LINE == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text.push_str(&format!("\n-----END ENTENTE {label}-----\n"));
    text
}

/// Reads the first armour of this label; the decoded document has at most `max_bytes`.
///
/// # Errors
/// [`ArmourError`]; the size of the text is checked first.
pub fn decode(label: &str, text: &str, max_bytes: usize) -> Result<Vec<u8>, ArmourError> {
    // Base64 and line ends take under twice the bytes; the rest is room for a covering letter.
    if text.len() > max_bytes.saturating_mul(2).saturating_add(64 * 1024) {
        return Err(ArmourError::TooLarge);
    }
    let begin = format!("-----BEGIN ENTENTE {label}-----");
    let end = format!("-----END ENTENTE {label}-----");
    let mut lines = text.lines().map(str::trim);
    if !lines.by_ref().any(|line| line == begin) {
        return Err(ArmourError::Marks);
    }
    let mut encoded = String::new();
    for line in lines {
        if line == end {
            let bytes = STANDARD.decode(encoded).map_err(|_| ArmourError::Base64)?;
            return if bytes.len() > max_bytes {
                Err(ArmourError::TooLarge)
            } else {
                Ok(bytes)
            };
        }
        encoded.push_str(line);
    }
    Err(ArmourError::Marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn survives_mail() {
        let text = encode("CARD", &[7; 100]);
        assert!(text.lines().all(|line| line.len() <= LINE));
        let mailed = format!(
            "Dear colleague,\r\n\r\n  {}\r\nRegards",
            text.replace('\n', "\r\n  ")
        );
        assert_eq!(decode("CARD", &mailed, 100), Ok(vec![7; 100]));
        assert_eq!(decode("CARD", &text, 99), Err(ArmourError::TooLarge));
        assert_eq!(decode("BUNDLE", &text, 100), Err(ArmourError::Marks));
        let cut = text.replace("-----END", "---END");
        assert_eq!(decode("CARD", &cut, 100), Err(ArmourError::Marks));
        let spoiled = text.replace("Bw", "?w");
        assert_eq!(decode("CARD", &spoiled, 100), Err(ArmourError::Base64));
        let flood = " ".repeat(70_000);
        assert_eq!(decode("CARD", &flood, 100), Err(ArmourError::TooLarge));
    }

    proptest! {
        #[test]
        fn round_trips(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
            prop_assert_eq!(decode("CARD", &encode("CARD", &bytes), 500), Ok(bytes));
        }
    }
}
