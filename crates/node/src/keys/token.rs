//! A key in a PKCS#11 token, such as a smart card or a hardware module: it wraps the key of `node.keys` and never leaves the token.
//!
//! The module, the token's library, is loaded only where `node.keys` names one, and let go of as soon as the key was unwrapped: the token is
//! needed at the start and not while the node runs. Tokens lock after some wrong PINs; therefore a PIN is tried once, and one that no
//! person typed is not tried at all when the token says that the last one was wrong.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsOaepParams, PkcsOaepSource};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use cryptoki::types::AuthPin;
use entente_app::{TokenCipher, TokenKey};
use entente_proof::seal::{NONCE, ObjectKey};
use zeroize::Zeroizing;

use super::sources::Wanted;
use super::{Asking, KeysError};

/// What a person names of a key in a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Path of the module.
    pub module: String,
    /// Label of the token.
    pub token: String,
    /// Label of the key.
    pub object: String,
    /// Its identifier; empty: any.
    pub id: Vec<u8>,
}

impl Named {
    /// What a key file says of its key.
    #[must_use]
    pub fn of(key: &TokenKey) -> Self {
        Self {
            module: key.module.clone(),
            token: key.token.clone(),
            object: key.object.clone(),
            id: key.id.clone(),
        }
    }
}

/// Wraps a file's key by a key of a token; with `make` the token makes that one first: AES, 256 bits, never to leave it.
///
/// # Errors
/// [`KeysError`].
pub fn wrap(
    named: &Named,
    (key, nonce): (&ObjectKey, [u8; NONCE]),
    make: bool,
    asking: &mut Asking<'_>,
) -> Result<TokenKey, KeysError> {
    let open = OpenToken::new(named, make, asking)?;
    if make {
        open.make(named)?;
    }
    let (cipher, with, _) = open.key(named)?;
    let wrapped = match cipher {
        TokenCipher::AesGcm => {
            let mut iv = nonce;
            let params = GcmParams::new(&mut iv, &[], GCM_TAG_BITS.into()).map_err(failed)?;
            let sealed = open
                .session
                .encrypt(&Mechanism::AesGcm(params), with, key.as_bytes());
            [&nonce[..], &sealed.map_err(failed)?].concat()
        }
        TokenCipher::RsaOaep => open
            .session
            .encrypt(&oaep(), with, key.as_bytes())
            .map_err(failed)?,
    };
    let described = TokenKey {
        module: named.module.clone(),
        token: named.token.clone(),
        object: named.object.clone(),
        id: named.id.clone(),
        cipher,
        wrapped,
    };
    open.close();
    Ok(described)
}

/// Unwraps a file's key.
///
/// # Errors
/// [`KeysError`].
pub fn unwrap(key: &TokenKey, asking: &mut Asking<'_>) -> Result<ObjectKey, KeysError> {
    let mut named = Named::of(key);
    if let Some(module) = asking.module() {
        named.module = module.display().to_string();
    }
    let open = OpenToken::new(&named, false, asking)?;
    let (cipher, _, with) = open.key(&named)?;
    if cipher != key.cipher {
        return Err(KeysError::TokenKeyOther);
    }
    let plain = match cipher {
        TokenCipher::AesGcm => {
            let (iv, sealed) = key
                .wrapped
                .split_at_checked(NONCE)
                .ok_or(KeysError::TokenKeyOther)?;
            let mut iv = iv.to_vec();
            let params = GcmParams::new(&mut iv, &[], GCM_TAG_BITS.into()).map_err(failed)?;
            open.session
                .decrypt(&Mechanism::AesGcm(params), with, sealed)
        }
        TokenCipher::RsaOaep => open.session.decrypt(&oaep(), with, &key.wrapped),
    };
    let plain = Zeroizing::new(plain.map_err(undecrypted)?);
    open.close();
    let bytes = plain.as_slice().try_into();
    Ok(ObjectKey::new(bytes.map_err(|_| KeysError::TokenKeyOther)?))
}

const GCM_TAG_BITS: u64 = 128;

fn oaep() -> Mechanism<'static> {
    Mechanism::RsaPkcsOaep(PkcsOaepParams::new(
        MechanismType::SHA1,
        PkcsMgfType::MGF1_SHA1,
        PkcsOaepSource::empty(),
    ))
}

/// A session with a token, signed in.
struct OpenToken {
    module: Pkcs11,
    session: Session,
}

impl OpenToken {
    fn new(named: &Named, writes: bool, asking: &mut Asking<'_>) -> Result<Self, KeysError> {
        let module = load(Path::new(&named.module))?;
        let (slot, info) = find(&module, &named.token)?;
        if info.user_pin_locked() {
            return Err(KeysError::PinLocked);
        }
        let doubtful = info.user_pin_count_low() || info.user_pin_final_try();
        if doubtful && !asking.is_typed() {
            return Err(KeysError::PinDoubtful);
        }
        let session = match writes {
            true => module.open_rw_session(slot),
            false => module.open_ro_session(slot),
        };
        let session = session.map_err(failed)?;
        let pin = match info.protected_authentication_path() {
            // The token has keys of its own to type it on.
            true => None,
            false => Some(asking.secret(Wanted::Pin)?),
        };
        let auth = pin.as_ref().map(|pin| AuthPin::from(pin.as_str()));
        session
            .login(UserType::User, auth.as_ref())
            .map_err(refused)?;
        Ok(Self { module, session })
    }

    /// The key of this name: what it does, the handle that encrypts and the one that decrypts.
    fn key(&self, named: &Named) -> Result<(TokenCipher, ObjectHandle, ObjectHandle), KeysError> {
        let secret = self.only(named, ObjectClass::SECRET_KEY, KeyType::AES)?;
        let private = self.only(named, ObjectClass::PRIVATE_KEY, KeyType::RSA)?;
        let (cipher, decrypts) = match (secret, private) {
            (Some(secret), None) => (TokenCipher::AesGcm, secret),
            (None, Some(private)) => (TokenCipher::RsaOaep, private),
            (None, None) => return Err(KeysError::TokenKeyAbsent),
            (Some(_), Some(_)) => return Err(KeysError::TokenKeySeveral),
        };
        self.never_leaves(decrypts)?;
        let encrypts = match cipher {
            TokenCipher::AesGcm => decrypts,
            TokenCipher::RsaOaep => self
                .only(named, ObjectClass::PUBLIC_KEY, KeyType::RSA)?
                .ok_or(KeysError::TokenKeyAbsent)?,
        };
        Ok((cipher, encrypts, decrypts))
    }

    fn only(
        &self,
        named: &Named,
        class: ObjectClass,
        sort: KeyType,
    ) -> Result<Option<ObjectHandle>, KeysError> {
        let mut wanted = vec![
            Attribute::Class(class),
            Attribute::KeyType(sort),
            Attribute::Label(named.object.clone().into_bytes()),
        ];
        if !named.id.is_empty() {
            wanted.push(Attribute::Id(named.id.clone()));
        }
        match &self.session.find_objects(&wanted).map_err(failed)?[..] {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            _ => Err(KeysError::TokenKeySeveral),
        }
    }

    /// A key that can be taken out of the token protects no more than a file.
    fn never_leaves(&self, key: ObjectHandle) -> Result<(), KeysError> {
        let asked = [AttributeType::Sensitive, AttributeType::Extractable];
        let found = self.session.get_attributes(key, &asked).map_err(failed)?;
        let stays = found.contains(&Attribute::Sensitive(true))
            && found.contains(&Attribute::Extractable(false));
        stays.then_some(()).ok_or(KeysError::TokenKeyLeaves)
    }

    fn make(&self, named: &Named) -> Result<(), KeysError> {
        let sorts = [
            (ObjectClass::SECRET_KEY, KeyType::AES),
            (ObjectClass::PRIVATE_KEY, KeyType::RSA),
        ];
        for (class, sort) in sorts {
            if self.only(named, class, sort)?.is_some() {
                return Err(KeysError::TokenKeyTaken);
            }
        }
        let mut template = vec![
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Encrypt(true),
            Attribute::Decrypt(true),
            Attribute::ValueLen(32.into()),
            Attribute::Label(named.object.clone().into_bytes()),
        ];
        if !named.id.is_empty() {
            template.push(Attribute::Id(named.id.clone()));
        }
        let made = self.session.generate_key(&Mechanism::AesKeyGen, &template);
        made.map(|_| ()).map_err(failed)
    }

    /// Lets go of token and module.
    fn close(self) {
        // What was wanted is there; a token that is gone by now has nothing left to do.
        let _best_effort = self.session.logout();
        drop(self.session);
        let _best_effort = self.module.finalize();
    }
}

/// Loads a module. It runs as a part of this program: whoever may change the file is the node.
fn load(path: &Path) -> Result<Pkcs11, KeysError> {
    let absent = || KeysError::Module(path.to_owned());
    let mode = std::fs::metadata(path).map_err(|_| absent())?.permissions();
    if !path.is_absolute() || mode.mode() & 0o022 != 0 {
        return Err(KeysError::ModuleOpen(path.to_owned()));
    }
    let module = Pkcs11::new(path).map_err(|_| absent())?;
    let ready = module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
    match ready {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(module),
        Err(error) => Err(failed(error)),
    }
}

fn find(module: &Pkcs11, label: &str) -> Result<(Slot, TokenInfo), KeysError> {
    let mut found = Vec::new();
    for slot in module.get_slots_with_initialized_token().map_err(failed)? {
        let info = module.get_token_info(slot).map_err(failed)?;
        if info.label() == label {
            found.push((slot, info));
        }
    }
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(KeysError::TokenAbsent(label.to_owned())),
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err(KeysError::TokenSeveral(label.to_owned())),
    }
}

fn refused(error: Error) -> KeysError {
    match error {
        Error::Pkcs11(RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange, _) => {
            KeysError::PinWrong
        }
        Error::Pkcs11(RvError::PinLocked, _) => KeysError::PinLocked,
        other => failed(other),
    }
}

/// The token was reached and does not take what the file holds: it is not that key, or not that file.
fn undecrypted(error: Error) -> KeysError {
    match error {
        Error::Pkcs11(
            RvError::EncryptedDataInvalid
            | RvError::EncryptedDataLenRange
            | RvError::DataInvalid
            | RvError::GeneralError
            | RvError::FunctionFailed,
            _,
        ) => KeysError::TokenKeyOther,
        other => failed(other),
    }
}

/// The name of what failed; it holds nothing of a secret.
fn failed(error: Error) -> KeysError {
    match error {
        Error::Pkcs11(value, function) => {
            KeysError::TokenFailed(format!("{function:?}: {value:?}"))
        }
        _ => KeysError::TokenFailed("module".to_owned()),
    }
}
