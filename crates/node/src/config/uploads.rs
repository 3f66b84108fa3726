//! `[uploads]` of the configuration: how much one form may bring, and how many may bring files at a time.

use serde::Deserialize;

use super::ConfigError;

/// Most bytes that one form brings, unless the configuration says otherwise: two files of the largest size.
const BYTES: u64 = 2 << 30;
/// Forms with files that are taken at a time, unless the configuration says otherwise.
const AT_ONCE: usize = 8;
/// Most MiB that may be set: an entry's body, at most 1 MiB, names the digest of every chunk of its files.
const MOST_MIB: u64 = 3_072;
/// Most uploads at a time that may be set: each keeps a connection, and a thread while a piece of it is sealed.
const MOST_AT_ONCE: usize = 64;

/// The settings as written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UploadsFile {
    pub(super) mib: Option<u64>,
    pub(super) at_once: Option<usize>,
}

/// What forms may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadsConfig {
    /// Most bytes of all files of one form.
    pub bytes: u64,
    /// Forms with files at a time.
    pub at_once: usize,
}

/// The settings checked.
pub(super) fn checked(file: &UploadsFile) -> Result<UploadsConfig, ConfigError> {
    let wrong = |setting, expected| ConfigError::Setting { setting, expected };
    let bytes = match file.mib {
        None => BYTES,
        Some(mib @ 1..=MOST_MIB) => mib << 20,
        Some(_) => return Err(wrong("uploads.mib", "expected 1 to 3072 MiB")),
    };
    let at_once = match file.at_once {
        None => AT_ONCE,
        Some(at_once @ 1..=MOST_AT_ONCE) => at_once,
        Some(_) => return Err(wrong("uploads.at_once", "expected 1 to 64")),
    };
    Ok(UploadsConfig { bytes, at_once })
}
