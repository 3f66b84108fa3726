//! `node.keys`: opened in whichever of its three forms it has, and put into another one in place.
//!
//! | form | what opens it | what it is good for |
//! |---|---|---|
//! | in clear | whoever can read the file | a disk that is encrypted otherwise |
//! | passphrase | a text of people or of the service manager, stretched by Argon2id | copies of the file, backups of it |
//! | token | a key in a PKCS#11 token that does not leave it, and a PIN | the same, and nobody opens a copy elsewhere |
//!
//! Whatever the form, the secrets are in memory while the node runs. A process that runs has them already: another form, or a token that is
//! taken away, concerns the next start.

pub mod passphrase;
mod place;
pub mod sources;
pub mod token;

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use entente_app::{KeyFile, KeyFileError, MAX_KEY_FILE, NodeKeys, TokenKey, Wrapped, WrappedBy};
use entente_proof::seal::ObjectKey;
use zeroize::Zeroizing;

use crate::clock;
use crate::config::Layout;
use sources::{Secret, Sources, Wanted};
use token::Named;

/// Why `node.keys` cannot be opened, or not be put into another form.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// Its bytes.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// It cannot be read or written.
    #[error("{path}: {reason}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why, in the words of the operating system.
        reason: String,
    },
    /// Others on this machine can read it.
    #[error("{0} can be read by others: make it readable by its owner only (chmod 600)")]
    Open(PathBuf),
    /// Nothing gives the passphrase or the PIN.
    #[error("no passphrase or PIN: no file descriptor, credential or terminal gives one")]
    NoSecret,
    /// A descriptor or a credential gives nothing.
    #[error("{0} gives no passphrase or PIN: it must hold one line")]
    SecretUnreadable(PathBuf),
    /// Typed twice and not the same.
    #[error("the two are not the same: nothing was changed")]
    SecretsDiffer,
    /// A new passphrase that is too short or guessed early.
    #[error("this passphrase is too short or among those that are guessed first")]
    PassphraseWeak,
    /// The token's library.
    #[error("{0}: no PKCS#11 module can be loaded from there")]
    Module(PathBuf),
    /// A library that others may change.
    #[error("{0}: a module must be named by its whole path, and its owner alone may write it")]
    ModuleOpen(PathBuf),
    /// No token of this label is there.
    #[error("no token {0}: plug it in, or name another module")]
    TokenAbsent(String),
    /// Several tokens of this label are there.
    #[error("several tokens {0}: plug in one of them only")]
    TokenSeveral(String),
    /// The token has no such key.
    #[error("the token has no key of this name that it could use")]
    TokenKeyAbsent,
    /// The token has several such keys.
    #[error("the token has several keys of this name: name an identifier as well")]
    TokenKeySeveral,
    /// The token has such a key already.
    #[error("the token has a key of this name already: nothing was made")]
    TokenKeyTaken,
    /// The key could be taken out of the token.
    #[error("this key can be taken out of the token: it must be sensitive and not extractable")]
    TokenKeyLeaves,
    /// Another key than the one that wrapped the file.
    #[error("the token's key does not open this file: it is another key, or the file was altered")]
    TokenKeyOther,
    /// The token refused the PIN. Nobody tries it again.
    #[error("the token refused the PIN; it was tried once")]
    PinWrong,
    /// The token counts a wrong PIN, and no person typed this one.
    #[error("the token says that the last PIN was wrong: the next one must be typed by a person")]
    PinDoubtful,
    /// The token takes no PIN any more.
    #[error("the token is locked after too many wrong PINs")]
    PinLocked,
    /// The token did not do what it was asked.
    #[error("the token failed ({0})")]
    TokenFailed(String),
    /// A process would write a new storage key into a file that it could not open itself.
    #[error("node.keys has another form than when this process started: start it again")]
    ChangedForm,
    /// What was written does not open to the same secrets.
    #[error("the new file does not open to the same secrets: the one of before stays")]
    Differs,
}

/// Why `node.keys` was not put into another form.
#[derive(Debug)]
pub enum WrapError {
    /// As it is, it does not open.
    Present(KeysError),
    /// It opened; what was named, given or asked for the form that it is to have is not enough.
    New(KeysError),
}

/// How the keys of a node are opened on this machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Where passphrase and PIN come from.
    pub sources: Sources,
    /// Where the token's library is here, if not where `node.keys` says.
    pub module: Option<PathBuf>,
}

/// What a key file says of itself without being opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// In clear.
    Clear,
    /// By a passphrase or a token.
    Wrapped(WrappedBy),
}

/// A form that the keys are to have.
pub enum Wish {
    /// In clear, to be read by the owner of the file alone.
    Clear,
    /// By a passphrase.
    Passphrase,
    /// By a token's key; `make`: the token makes it first.
    Token {
        /// Which.
        named: Named,
        /// Whether it is to be made.
        make: bool,
    },
}

/// Opens `node.keys`: the secrets, and what else can be written into the same file without asking anybody again.
///
/// # Errors
/// [`KeysError`].
pub fn open(layout: &Layout, opening: &Opening) -> Result<(NodeKeys, Kept), KeysError> {
    let mut asking = Asking::new(opening, false);
    let opened = unwrapped(&layout.keys(), &mut asking)?;
    let kept = Kept {
        path: layout.keys(),
        by: opened.by,
        holds: Mutex::new(opened.keys.to_seed_file_bytes()),
    };
    Ok((opened.keys, kept))
}

/// `node.keys` as this process opened it. A storage key that is made while it runs goes into the file, under what sealed it before.
pub struct Kept {
    path: PathBuf,
    by: Option<(WrappedBy, ObjectKey)>,
    holds: Mutex<Zeroizing<Vec<u8>>>,
}

impl Kept {
    /// Makes the file hold these secrets, if it does not yet.
    ///
    /// # Errors
    /// [`KeysError::ChangedForm`] if it was put into another form since this process started; as [`wrap`].
    pub fn keep(&self, secrets: Zeroizing<Vec<u8>>) -> Result<(), KeysError> {
        let mut holds = self.holds.lock().unwrap_or_else(PoisonError::into_inner);
        if *holds == secrets {
            return Ok(());
        }
        // Two that rewrite the same file take turns.
        let _turn = taking_turns(&self.path)?;
        let keys = NodeKeys::from_seed_file_bytes(&secrets).map_err(|_| KeysError::Differs)?;
        let bytes = match (&self.by, KeyFile::decode(&read(&self.path)?)?) {
            (None, KeyFile::Open(_)) => secrets.clone(),
            (Some((by, key)), KeyFile::Wrapped(now)) if now.open(key).is_ok() => {
                let wrapped = Wrapped::seal(&keys, by.clone(), key, random())?;
                Zeroizing::new(wrapped.encode())
            }
            _ => return Err(KeysError::ChangedForm),
        };
        place::replace(&self.path, &bytes, |beside| self.opens(beside, &secrets))?;
        *holds = secrets;
        Ok(())
    }

    fn opens(&self, beside: &Path, secrets: &[u8]) -> Result<(), KeysError> {
        let keys = match (&self.by, KeyFile::decode(&read(beside)?)?) {
            (None, KeyFile::Open(keys)) => *keys,
            (Some((_, key)), KeyFile::Wrapped(wrapped)) => wrapped.open(key)?,
            _ => return Err(KeysError::Differs),
        };
        let same = keys.to_seed_file_bytes().as_slice() == secrets;
        same.then_some(()).ok_or(KeysError::Differs)
    }
}

/// Held by whoever rewrites a key file, waited for a moment by whoever comes second.
fn taking_turns(path: &Path) -> Result<File, KeysError> {
    let lock = path.with_extension("keys.lock");
    let failed = place::failed(&lock);
    let file = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&lock)
        .map_err(&failed)?;
    file.lock().map_err(&failed)?;
    Ok(file)
}

/// The form of `node.keys`, for which nothing needs to be known.
///
/// # Errors
/// [`KeysError`].
pub fn form(layout: &Layout) -> Result<Form, KeysError> {
    Ok(match KeyFile::decode(&read(&layout.keys())?)? {
        KeyFile::Open(_) => Form::Clear,
        KeyFile::Wrapped(wrapped) => Form::Wrapped(wrapped.by),
    })
}

/// Puts `node.keys` into another form, or under another passphrase or key: beside it, checked, then in its place. `weak` judges a new
/// passphrase. Processes that run are not concerned.
///
/// # Errors
/// [`WrapError`]; then the file is as it was.
pub fn wrap(
    layout: &Layout,
    (present, new): (&Opening, &Opening),
    wish: &Wish,
    weak: &dyn Fn(&str) -> bool,
) -> Result<(), WrapError> {
    let path = layout.keys();
    let _turn = taking_turns(&path).map_err(WrapError::Present)?;
    let present = unwrapped(&path, &mut Asking::new(present, false));
    let keys = present.map_err(WrapError::Present)?.keys;
    let mut asking = Asking::new(new, true);
    let bytes = written(&keys, wish, &mut asking, weak).map_err(WrapError::New)?;
    let same = |beside: &Path| {
        let again = unwrapped(beside, &mut asking)?.keys;
        let same = again.to_seed_file_bytes() == keys.to_seed_file_bytes();
        same.then_some(()).ok_or(KeysError::Differs)
    };
    place::replace(&path, &bytes, same).map_err(WrapError::New)
}

fn written(
    keys: &NodeKeys,
    wish: &Wish,
    asking: &mut Asking<'_>,
    weak: &dyn Fn(&str) -> bool,
) -> Result<Zeroizing<Vec<u8>>, KeysError> {
    let (by, key) = match wish {
        Wish::Clear => return Ok(keys.to_seed_file_bytes()),
        Wish::Passphrase => {
            let passphrase = asking.secret(Wanted::Passphrase)?;
            if weak(&passphrase) {
                return Err(KeysError::PassphraseWeak);
            }
            let stretch = passphrase::measured()?;
            let key = stretch.key(&passphrase)?;
            (WrappedBy::Passphrase(stretch), key)
        }
        Wish::Token { named, make } => {
            let key = ObjectKey::new(random());
            let token = token::wrap(named, (&key, random()), *make, asking)?;
            (WrappedBy::Token(token), key)
        }
    };
    let wrapped = Wrapped::seal(keys, by, &key, random())?;
    Ok(Zeroizing::new(wrapped.encode()))
}

/// A key file, opened, and what opened it.
struct Unwrapped {
    keys: NodeKeys,
    by: Option<(WrappedBy, ObjectKey)>,
}

fn unwrapped(path: &Path, asking: &mut Asking<'_>) -> Result<Unwrapped, KeysError> {
    let wrapped = match KeyFile::decode(&read(path)?)? {
        KeyFile::Open(keys) => {
            return Ok(Unwrapped {
                keys: *keys,
                by: None,
            });
        }
        KeyFile::Wrapped(wrapped) => wrapped,
    };
    let key = match &wrapped.by {
        WrappedBy::Passphrase(stretch) => stretch.key(&asking.secret(Wanted::Passphrase)?)?,
        WrappedBy::Token(key) => token::unwrap(key, asking)?,
    };
    let keys = wrapped
        .open(&key)
        .map_err(|error| of_token(error, &wrapped))?;
    let by = Some((wrapped.by, key));
    Ok(Unwrapped { keys, by })
}

/// Of a token's key, "another passphrase" is not what went wrong.
fn of_token(error: KeyFileError, wrapped: &Wrapped) -> KeysError {
    match (error, &wrapped.by) {
        (KeyFileError::Secret, WrappedBy::Token(TokenKey { .. })) => KeysError::TokenKeyOther,
        _ => error.into(),
    }
}

/// One secret, asked for once and known from then on: what was wrong is not asked for again.
pub struct Asking<'a> {
    opening: &'a Opening,
    new: bool,
    known: Option<Secret>,
}

impl<'a> Asking<'a> {
    fn new(opening: &'a Opening, new: bool) -> Self {
        Self {
            opening,
            new,
            known: None,
        }
    }

    /// The secret, from where it comes the first time.
    ///
    /// # Errors
    /// Those of [`Sources::secret`].
    pub fn secret(&mut self, wanted: Wanted) -> Result<Secret, KeysError> {
        if let Some(known) = &self.known {
            return Ok(known.clone());
        }
        // A slip in a PIN is found by the token.
        let twice = self.new && wanted == Wanted::Passphrase;
        let wanted = match twice {
            true => Wanted::NewPassphrase,
            false => wanted,
        };
        let secret = self.opening.sources.secret(wanted, twice)?;
        self.known = Some(secret.clone());
        Ok(secret)
    }

    /// Whether a person types it, or typed it just now.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        self.known.is_some() || self.opening.sources.is_typed()
    }

    fn module(&self) -> Option<&Path> {
        self.opening.module.as_deref()
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    clock::fill(&mut out);
    out
}

/// The bytes of a key file that nobody else may read.
fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeysError> {
    let failed = place::failed(path);
    let file = File::open(path).map_err(failed)?;
    let mode = file
        .metadata()
        .map_err(place::failed(path))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        return Err(KeysError::Open(path.to_owned()));
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_KEY_FILE + 2));
    let most = MAX_KEY_FILE as u64 + 1;
    file.take(most)
        .read_to_end(&mut bytes)
        .map_err(place::failed(path))?;
    Ok(bytes)
}
