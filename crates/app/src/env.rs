//! What comes in from outside: time, randomness and the node's keys.

use crate::error::Result;
use crate::fault::InputFault;
use crate::storage_key::StorageKeys;
use entente_core::instant::Instant;
use entente_proof::seal::ObjectKey;
use entente_proof::sign::SigningKey;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use zeroize::{Zeroize, Zeroizing};

/// The node's clock.
pub trait Clock: Send + Sync {
    /// The time now, UTC.
    fn now(&self) -> Instant;
}

/// A source of randomness fit for keys.
pub trait Random: Send + Sync {
    /// Fills `out` with random bytes.
    fn fill(&self, out: &mut [u8]);
}

/// So many random bytes.
pub(crate) fn random<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut out = [0u8; N];
    random.fill(&mut out);
    out
}

/// The node's own secrets.
pub struct NodeKeys {
    /// Signs registers, cosignatures and the card.
    pub signing: SigningKey,
    /// The first key of the TLS end; later ones are in the ring.
    pub tls: SigningKey,
    /// Wrap dossier keys and rings: the newest, and those of before as long as a change goes on.
    pub storage: StorageKeys,
    /// Keys the search tokens.
    pub index: [u8; 32],
}

impl std::fmt::Debug for NodeKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NodeKeys(hidden)")
    }
}

impl Drop for NodeKeys {
    fn drop(&mut self) {
        self.index.zeroize();
    }
}

const SEED_FILE: &str = "entente-keys/1";
/// The same with storage keys of before, which an older version would lose.
const SEED_FILE_CHANGING: &str = "entente-keys/2";
/// Number of the newest form of a key file that this version reads.
pub(crate) const NEWEST_SEED_FILE: u32 = 2;

#[derive(Encode, Decode)]
#[cbor(map)]
struct SeedFile {
    #[n(0)]
    form: String,
    #[cbor(n(1), with = "minicbor::bytes")]
    signing: [u8; 32],
    #[cbor(n(2), with = "minicbor::bytes")]
    tls: [u8; 32],
    #[cbor(n(3), with = "minicbor::bytes")]
    storage: [u8; 32],
    #[cbor(n(4), with = "minicbor::bytes")]
    index: [u8; 32],
    /// Storage keys of before, newest first, 32 bytes each.
    #[n(5)]
    earlier: Option<ByteVec>,
}

impl Drop for SeedFile {
    fn drop(&mut self) {
        for seed in [
            &mut self.signing,
            &mut self.tls,
            &mut self.storage,
            &mut self.index,
        ] {
            seed.zeroize();
        }
        if let Some(earlier) = &mut self.earlier {
            earlier.as_mut_slice().zeroize();
        }
    }
}

impl SeedFile {
    /// Its bytes, in memory of which no copy stays behind: it does not grow.
    fn written(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(crate::keyfile::MAX_KEY_FILE));
        // Writing into memory does not fail.
        let _written = minicbor::encode(self, &mut *out);
        out
    }
}

impl NodeKeys {
    /// Bytes of a fresh seed file; keep it readable by the node's user only.
    #[must_use]
    pub fn generate(source: &dyn Random) -> Zeroizing<Vec<u8>> {
        let file = SeedFile {
            form: SEED_FILE.to_owned(),
            signing: random(source),
            tls: random(source),
            storage: random(source),
            index: random(source),
            earlier: None,
        };
        file.written()
    }

    /// The bytes of the seed file that holds these keys.
    #[must_use]
    pub fn to_seed_file_bytes(&self) -> Zeroizing<Vec<u8>> {
        let keys = self.storage.all();
        // As large as it gets, so that no copy stays behind where it grew.
        let (mut storage, mut earlier) = ([0; 32], Vec::with_capacity(32 * keys.len()));
        for (place, key) in keys.iter().enumerate() {
            match place {
                0 => storage = *key.as_bytes(),
                _ => earlier.extend_from_slice(key.as_bytes()),
            }
        }
        let form = match earlier.is_empty() {
            true => SEED_FILE,
            false => SEED_FILE_CHANGING,
        };
        let file = SeedFile {
            form: form.to_owned(),
            signing: *self.signing.seed(),
            tls: *self.tls.seed(),
            storage,
            index: self.index,
            earlier: (!earlier.is_empty()).then(|| earlier.into()),
        };
        storage.zeroize();
        file.written()
    }

    /// Keys of a seed file.
    ///
    /// # Errors
    /// [`crate::AppError::Input`] if these are not the bytes of a seed file.
    pub fn from_seed_file_bytes(bytes: &[u8]) -> Result<Self> {
        let file: SeedFile = minicbor::decode(bytes)
            .ok()
            .filter(|f: &SeedFile| [SEED_FILE, SEED_FILE_CHANGING].contains(&f.form.as_str()))
            .ok_or(InputFault::KeyFile)?;
        let earlier = file.earlier.as_ref().map(|keys| keys.as_slice());
        let (earlier, rest) = earlier.unwrap_or_default().as_chunks::<32>();
        if !rest.is_empty() {
            return Err(InputFault::KeyFile.into());
        }
        let storage = std::iter::once(&file.storage).chain(earlier);
        Ok(Self {
            signing: SigningKey::from_seed(file.signing),
            tls: SigningKey::from_seed(file.tls),
            storage: StorageKeys::new(storage.map(|key| ObjectKey::new(*key)).collect()),
            index: file.index,
        })
    }
}
