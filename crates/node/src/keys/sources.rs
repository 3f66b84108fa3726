//! Where a passphrase or a PIN comes from: a file descriptor, a credential of systemd, or the terminal. Never an argument or a variable of
//! the environment, which every process of the same user can read.

use std::fs::File;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::KeysError;
use crate::cli::asked_for_keys;

/// Name of the credential that opens the keys.
pub const CREDENTIAL: &str = "entente.keys";
/// Name of the credential that the keys are wrapped by from now on: of `entente key wrap` alone.
pub const NEW_CREDENTIAL: &str = "entente.keys.new";
/// Longest passphrase or PIN, in bytes.
const MOST: u64 = 4_096;

/// A passphrase or a PIN; wiped when it is dropped, never printed.
pub type Secret = Zeroizing<String>;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The passphrase of the key file.
    Passphrase,
    /// The passphrase under which the key file is to be from now on.
    NewPassphrase,
    /// The PIN of a token.
    Pin,
}

/// Where one secret may come from, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// A file descriptor that this process was given.
    pub descriptor: Option<u32>,
    /// A file of credentials that the service manager made for this process.
    pub credential: Option<PathBuf>,
    /// Whether somebody may be asked on the terminal.
    pub terminal: bool,
}

impl Sources {
    /// The sources of a process: a descriptor, a credential of this name in the folder that the service manager gave, the terminal.
    #[must_use]
    pub fn new(descriptor: Option<u32>, credentials: Option<&Path>, name: &str) -> Self {
        Self {
            descriptor,
            credential: credentials.map(|folder| folder.join(name)),
            terminal: true,
        }
    }

    /// Whether a person types it, who sees what happens; all else may be tried again by a machine.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        self.file().is_none()
    }

    fn file(&self) -> Option<PathBuf> {
        let descriptor = self
            .descriptor
            .map(|n| PathBuf::from(format!("/proc/self/fd/{n}")));
        descriptor.or_else(|| self.credential.clone().filter(|file| file.exists()))
    }

    /// Gets it, `twice` if it is typed and nothing else would find a slip.
    ///
    /// # Errors
    /// [`KeysError::NoSecret`], [`KeysError::SecretUnreadable`], [`KeysError::SecretsDiffer`].
    pub fn secret(&self, wanted: Wanted, twice: bool) -> Result<Secret, KeysError> {
        if let Some(file) = self.file() {
            return read(&file);
        }
        if !(self.terminal && std::io::stdin().is_terminal()) {
            return Err(KeysError::NoSecret);
        }
        let first = prompt(wanted, false)?;
        if twice && prompt(wanted, true)? != first {
            return Err(KeysError::SecretsDiffer);
        }
        Ok(first)
    }
}

fn prompt(wanted: Wanted, again: bool) -> Result<Secret, KeysError> {
    let question = asked_for_keys(wanted, again);
    let typed = rpassword::prompt_password(format!("{question} "));
    typed.map(Zeroizing::new).map_err(|_| KeysError::NoSecret)
}

/// The first line of a file; a line end is no part of it.
fn read(file: &Path) -> Result<Secret, KeysError> {
    let unreadable = |_| KeysError::SecretUnreadable(file.to_owned());
    let reader = File::open(file).map_err(unreadable)?;
    // As large as it may get, so that no copy is left behind where it grew.
    let mut text = Zeroizing::new(String::with_capacity(4_096 + 1));
    let read = reader.take(MOST + 1).read_to_string(&mut text);
    let read = read.map_err(unreadable)?;
    let line = text.lines().next().unwrap_or_default();
    match line.is_empty() || read as u64 > MOST {
        true => Err(KeysError::SecretUnreadable(file.to_owned())),
        false => Ok(Zeroizing::new(line.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_credential_counts_and_an_empty_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources::new(None, Some(folder.path()), CREDENTIAL);
        let file = folder.path().join(CREDENTIAL);
        for (text, expected) in [
            ("six words and a number 7\n", "six words and a number 7"),
            ("no end of line", "no end of line"),
            ("with windows\r\nand more\n", "with windows"),
            (" blanks are part of it ", " blanks are part of it "),
        ] {
            std::fs::write(&file, text).unwrap();
            let secret = sources.secret(Wanted::Passphrase, true).unwrap();
            assert_eq!(*secret, expected);
        }
        let long = "x".repeat(5_000);
        for text in ["", "\nafter", &long] {
            std::fs::write(&file, text).unwrap();
            let refused = sources.secret(Wanted::Pin, false).unwrap_err();
            assert!(matches!(refused, KeysError::SecretUnreadable(_)));
        }
    }

    #[test]
    fn without_any_source_nobody_waits() {
        let none = Sources::default();
        let refused = none.secret(Wanted::Passphrase, false).unwrap_err();
        assert!(matches!(refused, KeysError::NoSecret));
        let absent = Sources {
            descriptor: Some(4_000_000),
            ..Sources::default()
        };
        let refused = absent.secret(Wanted::Passphrase, false).unwrap_err();
        assert!(matches!(refused, KeysError::SecretUnreadable(_)));
    }
}
