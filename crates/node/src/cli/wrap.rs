//! `entente key wrap` and `entente key status`: the form in which `node.keys` is kept, and what is said when it does not open.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use entente_app::{
    KeyFileError, StorageChange, TokenCipher, TokenKey, WrappedBy, check_password, storage_change,
};
use entente_store::StoreExt as _;
use serde_json::json;

use super::{CliError, Context, say};
use crate::config::{self, Config, Layout, StoreConfig};
use crate::keys::sources::{NEW_CREDENTIAL, Sources, Wanted};
use crate::keys::token::Named;
use crate::keys::{self, Form, KeysError, Opening, Wish, WrapError, passphrase};
use crate::node::{self, NodeError};

/// Flags of `entente key wrap`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("form").required(true).args(["passphrase", "pkcs11", "file"])))]
pub struct Wrap {
    /// Under a passphrase of 16 characters or more; opening then takes about a second
    #[arg(long)]
    passphrase: bool,
    /// Under a key of a PKCS#11 token that cannot leave it: AES, or RSA for OAEP
    #[arg(long, requires = "module", requires = "token", requires = "object")]
    pkcs11: bool,
    /// In clear, readable by the node's user only
    #[arg(long)]
    file: bool,
    /// Path of the token's library
    #[arg(long, value_name = "PATH", requires = "pkcs11")]
    module: Option<PathBuf>,
    /// Label of the token
    #[arg(long, value_name = "LABEL", requires = "pkcs11")]
    token: Option<String>,
    /// Label of the key in the token
    #[arg(long, value_name = "LABEL", requires = "pkcs11")]
    object: Option<String>,
    /// Identifier of the key in hexadecimal digits, where several have that label
    #[arg(long, value_name = "HEX", requires = "pkcs11", value_parser = identifier)]
    object_id: Option<Identifier>,
    /// Let the token make the key first: AES, 256 bits, not extractable
    #[arg(long, requires = "pkcs11")]
    make: bool,
    /// File descriptor whose first line is the new passphrase or PIN
    #[arg(long, value_name = "N")]
    new_fd: Option<u32>,
}

/// A `CKA_ID`.
#[derive(Clone, Debug)]
struct Identifier(Vec<u8>);

fn identifier(text: &str) -> Result<Identifier, String> {
    let bytes = hex::decode(text).map_err(|_| "expected hexadecimal digits".to_owned());
    bytes.map(Identifier)
}

impl Wrap {
    fn wish(&self) -> Wish {
        if self.file {
            return Wish::Clear;
        }
        if self.passphrase {
            return Wish::Passphrase;
        }
        let module = self.module.as_ref().map(|path| path.display().to_string());
        let id = self.object_id.as_ref().map(|id| id.0.clone());
        Wish::Token {
            named: Named {
                module: module.unwrap_or_default(),
                token: self.token.clone().unwrap_or_default(),
                object: self.object.clone().unwrap_or_default(),
                id: id.unwrap_or_default(),
            },
            make: self.make,
        }
    }
}

/// Runs `entente key wrap`; the node may be serving meanwhile.
pub fn run(context: &Context, wrap: &Wrap) -> Result<(), CliError> {
    let config = context.config()?;
    let layout = Layout::new(&config.data);
    let new = Opening {
        sources: Sources::new(
            wrap.new_fd,
            config::credentials().as_deref(),
            NEW_CREDENTIAL,
        ),
        // What is named now counts, not what the configuration says of another token.
        module: None,
    };
    let weak = |text: &str| is_weak(text, &config);
    keys::wrap(&layout, (&config.keys, &new), &wrap.wish(), &weak)?;
    status(context)?;
    if !context.json {
        say::line(&say::t("cli-keys-wrapped-next"));
    }
    Ok(())
}

/// Whoever has the file guesses at leisure: longer than a password, and no text that is guessed first.
fn is_weak(text: &str, config: &Config) -> bool {
    text.chars().count() < passphrase::LEAST
        || check_password(text, "", &config.node, &config.title).is_err()
}

/// Runs `entente key status`.
pub fn status(context: &Context) -> Result<(), CliError> {
    let config = context.config()?;
    let layout = Layout::new(&config.data);
    let form = keys::form(&layout)?;
    // Needs the store and none of the keys.
    let store = node::open_store(&config)?;
    let change = store.view("storage_change", storage_change);
    let change = change.map_err(NodeError::from)?;
    if context.json {
        let mut all = as_json(&form);
        all["storage_change"] = change.as_ref().map_or(serde_json::Value::Null, change_json);
        say::json(&all);
        return Ok(());
    }
    say_form(&form, config.keys.module.as_deref());
    say_change(change.as_ref());
    Ok(())
}

/// How far the change of the storage key is, and what is next.
fn say_change(change: Option<&StorageChange>) {
    let Some(change) = change else {
        return say::line(&say::t("cli-keys-change-none"));
    };
    if let Some(ended) = change.ended {
        return say::line(&say::s("cli-keys-change-ended", say::time(ended)));
    }
    let begun = say::time(change.begun);
    say::line(&say::two("cli-keys-change-on", begun, change.rewrapped));
    if change.complete {
        say::line(&say::t("cli-keys-change-complete"));
    }
}

fn change_json(change: &StorageChange) -> serde_json::Value {
    json!({
        "begun": say::time(change.begun), "rewrapped": change.rewrapped, "complete": change.complete,
        "ended": change.ended.map(say::time),
    })
}

/// Runs `entente key rotate --storage`: begins a change of the storage key or goes on with it; `end` gives up the key of before. The node
/// may be serving meanwhile.
pub fn rotate_storage(context: &Context, end: bool) -> Result<(), CliError> {
    let node = context.open()?;
    let layout = Layout::new(&node.config.data);
    if !end {
        node.app.begin_storage_key()?;
        // Before anything is under it.
        node.keys.keep(node.app.key_file())?;
        while !node.app.rewrap_some()? {}
    }
    // Nothing else of this node runs: whoever starts later reads what is written now.
    let alone = match node.config.store {
        StoreConfig::Embedded => node::lock(&layout).ok(),
        StoreConfig::Postgres { .. } => None,
    };
    if end || alone.is_some() {
        node.app.end_storage_key(alone.is_some())?;
        node.keys.keep(node.app.key_file())?;
    }
    let change = node.app.storage_change()?;
    if context.json {
        say::json(&change.as_ref().map_or(serde_json::Value::Null, change_json));
        return Ok(());
    }
    say_change(change.as_ref());
    say::line(&say::t("cli-keys-change-next"));
    Ok(())
}

fn say_form(form: &Form, module: Option<&Path>) {
    match form {
        Form::Clear => say::line(&say::t("cli-keys-clear")),
        Form::Wrapped(WrappedBy::Passphrase(stretch)) => {
            let memory = stretch.memory_kib / 1_024;
            say::line(&say::two("cli-keys-passphrase", memory, stretch.passes));
        }
        Form::Wrapped(WrappedBy::Token(key)) => {
            let named = format!("{} ({})", key.object, cipher(key));
            let (token, named) = (say::free(&key.token), say::free(named));
            say::line(&say::two("cli-keys-token", token, named));
            let module = module.map(|path| path.display().to_string());
            let module = module.unwrap_or_else(|| key.module.clone());
            say::line(&say::s("cli-keys-module", say::plain(module)));
        }
    }
}

fn as_json(form: &Form) -> serde_json::Value {
    match form {
        Form::Clear => json!({"form": "file"}),
        Form::Wrapped(WrappedBy::Passphrase(stretch)) => json!({
            "form": "passphrase", "memory_kib": stretch.memory_kib, "passes": stretch.passes, "lanes": stretch.lanes,
        }),
        Form::Wrapped(WrappedBy::Token(key)) => json!({
            "form": "pkcs11", "module": key.module, "token": key.token, "object": key.object,
            "object_id": hex::encode(&key.id), "cipher": cipher(key),
        }),
    }
}

fn cipher(key: &TokenKey) -> &'static str {
    match key.cipher {
        TokenCipher::AesGcm => "AES-GCM",
        TokenCipher::RsaOaep => "RSA-OAEP",
    }
}

/// What is asked on the terminal.
pub(crate) fn asked_for_keys(wanted: Wanted, again: bool) -> String {
    match (again, wanted) {
        (true, _) => say::t("cli-once-more"),
        (false, Wanted::Passphrase) => say::t("cli-keys-ask-passphrase"),
        (false, Wanted::NewPassphrase) => say::t("cli-keys-ask-new-passphrase"),
        (false, Wanted::Pin) => say::t("cli-keys-ask-pin"),
    }
}

impl From<KeysError> for CliError {
    fn from(error: KeysError) -> Self {
        let says = explained(&error);
        match error {
            // The keys opened; what is to be written into their file is refused.
            KeysError::ChangedForm | KeysError::Differs => Self::Refused(says),
            _ => Self::Keys(says),
        }
    }
}

impl From<WrapError> for CliError {
    fn from(error: WrapError) -> Self {
        match error {
            WrapError::Present(error) => error.into(),
            WrapError::New(KeysError::NoSecret) => Self::Usage(say::t("cli-keys-no-new-secret")),
            WrapError::New(error) => Self::Refused(explained(&error)),
        }
    }
}

/// What went wrong with the keys, and what to do.
fn explained(error: &KeysError) -> String {
    let path = |path: &std::path::Path| say::plain(path.display());
    match error {
        KeysError::File(error) => of_file(*error),
        KeysError::Unreadable { path: file, reason } => {
            format!("{}: {reason}", file.display())
        }
        KeysError::Open(file) => say::s("cli-keys-open", path(file)),
        KeysError::NoSecret => say::t("cli-keys-no-secret"),
        KeysError::SecretUnreadable(file) => say::s("cli-keys-secret-unreadable", path(file)),
        KeysError::SecretsDiffer => say::t("cli-keys-secrets-differ"),
        KeysError::PassphraseWeak => say::s("cli-keys-passphrase-weak", passphrase::LEAST),
        KeysError::Module(file) => say::s("cli-keys-module-absent", path(file)),
        KeysError::ModuleOpen(file) => say::s("cli-keys-module-open", path(file)),
        KeysError::Differs => say::t("cli-keys-differs"),
        KeysError::ChangedForm => say::t("cli-keys-changed-form"),
        other => of_token(other),
    }
}

fn of_file(error: KeyFileError) -> String {
    say::t(match error {
        KeyFileError::Damaged => "cli-keys-damaged",
        KeyFileError::Newer => "cli-keys-newer",
        KeyFileError::Secret => "cli-keys-wrong-passphrase",
        KeyFileError::Altered => "cli-keys-altered",
        KeyFileError::Greedy => "cli-keys-greedy",
        KeyFileError::Memory => "cli-keys-memory",
        KeyFileError::Backend => "cli-keys-bug",
    })
}

fn of_token(error: &KeysError) -> String {
    match error {
        KeysError::TokenAbsent(token) => say::s("cli-keys-token-absent", say::free(token)),
        KeysError::TokenSeveral(token) => say::s("cli-keys-token-several", say::free(token)),
        KeysError::TokenKeyAbsent => say::t("cli-keys-object-absent"),
        KeysError::TokenKeySeveral => say::t("cli-keys-object-several"),
        KeysError::TokenKeyTaken => say::t("cli-keys-object-taken"),
        KeysError::TokenKeyLeaves => say::t("cli-keys-object-leaves"),
        KeysError::TokenKeyOther => say::t("cli-keys-object-other"),
        KeysError::PinWrong => say::t("cli-keys-pin-wrong"),
        KeysError::PinDoubtful => say::t("cli-keys-pin-doubtful"),
        KeysError::PinLocked => say::t("cli-keys-pin-locked"),
        KeysError::TokenFailed(what) => say::s("cli-keys-token-failed", say::plain(what)),
        other => other.to_string(),
    }
}
