//! Hashing passwords with argon2id, one at a time, in memory that goes back to the system.
//!
//! Every run fills 19 MiB on purpose. Runs of several threads at once would each take as much, and the allocator keeps what it
//! once gave out: a node that anybody may knock at would grow with every wrong password. So runs take turns, and the memory of
//! each is reserved so large that the allocator maps it on its own and unmaps it when the run is over.

use crate::error::{AppError, Result};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{Mutex, PoisonError};

/// Blocks of 1 KiB reserved for a run, 33 MiB. Only those used are ever touched, so that they cost no more than their number.
/// glibc maps by itself, and gives back at once, what is larger than 32 MiB (`DEFAULT_MMAP_THRESHOLD_MAX`); below that, it
/// learns after the first run to keep it. Other allocators map far smaller pieces by themselves.
const RESERVED: usize = 33 * 1_024;
/// Most blocks that a stored hash may ask for: hashes are our own, and one that asks for more is damaged.
const MOST: usize = 64 * 1_024;

/// One run at a time in this process, however many threads ask.
static TURN: Mutex<()> = Mutex::new(());

/// The hash of a password, as a PHC string.
pub(crate) fn hash(password: &str, salt: &[u8]) -> Result<String> {
    let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
    run(&Argon2::default(), password, salt, &mut out)?;
    written(salt, &out)
}

/// A hash that no password is known to fit, with the parameters of all others: unknown officers take as long as known ones.
pub(crate) fn decoy() -> Result<String> {
    written(b"entente decoy 16", &[0; Params::DEFAULT_OUTPUT_LEN])
}

fn written(salt: &[u8], out: &[u8]) -> Result<String> {
    let ours = |_| AppError::Bug("argon2");
    let hash = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(&Params::default()).map_err(|_| AppError::Bug("argon2"))?,
        salt: Some(Salt::new(salt).map_err(ours)?),
        hash: Some(Output::new(out).map_err(ours)?),
    };
    Ok(hash.to_string())
}

/// Whether a password has this stored hash, by the hash's own parameters.
pub(crate) fn fits(password: &str, stored: &str) -> Result<bool> {
    let damaged = || AppError::Bug("password hash");
    let stored = PasswordHash::new(stored).map_err(|_| damaged())?;
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(|_| damaged())?;
    let version = stored
        .version
        .map_or(Ok(Version::default()), Version::try_from)
        .map_err(|_| damaged())?;
    let params = Params::try_from(&stored).map_err(|_| damaged())?;
    let (salt, wanted) = (
        stored.salt.ok_or_else(damaged)?,
        stored.hash.ok_or_else(damaged)?,
    );
    let mut buffer = [0; Output::MAX_LENGTH];
    let out = buffer.get_mut(..wanted.len()).ok_or_else(damaged)?;
    run(
        &Argon2::new(algorithm, version, params),
        password,
        &salt,
        out,
    )?;
    // Outputs compare in constant time.
    Ok(Output::new(out).map_err(|_| damaged())? == wanted)
}

fn run(argon2: &Argon2<'_>, password: &str, salt: &[u8], out: &mut [u8]) -> Result<()> {
    let blocks = argon2.params().block_count();
    if blocks > MOST {
        return Err(AppError::Bug("password hash"));
    }
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut memory = Vec::new();
    memory
        .try_reserve_exact(blocks.max(RESERVED))
        .map_err(|_| AppError::Bug("no memory to check a password"))?;
    memory.resize(blocks, Block::new());
    argon2
        .hash_password_into_with_memory(password.as_bytes(), salt, out, &mut memory)
        .map_err(|_| AppError::Bug("argon2"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::PasswordHasher;

    const PASSWORD: &str = "a fictional password";
    /// Of `PASSWORD`, made before runs shared their memory.
    const STORED: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2l4dGVlbiBieXRlcyAxNg$UCkswe1LTqCc5SuJOVzzCTieuvtQJ0UV0ermRvHqa8E";

    #[test]
    fn a_stored_hash_is_judged_as_before() {
        assert!(fits(PASSWORD, STORED).unwrap());
        assert!(!fits("a fictional passwore", STORED).unwrap());
        assert!(!fits("", STORED).unwrap());
        assert_eq!(hash(PASSWORD, b"sixteen bytes 16").unwrap(), STORED);
    }

    #[test]
    fn the_decoy_costs_what_a_stored_hash_costs() {
        let decoy = decoy().unwrap();
        assert!(!fits(PASSWORD, &decoy).unwrap());
        let parameters = |hash: &str| hash.split('$').nth(3).map(str::to_owned);
        assert_eq!(parameters(&decoy), parameters(STORED));
    }

    #[test]
    fn the_parameters_are_those_of_the_stored_hash() {
        let params = Params::new(64, 3, 2, Some(20)).unwrap();
        let older = Argon2::new(Algorithm::Argon2i, Version::V0x10, params)
            .hash_password_with_salt(PASSWORD.as_bytes(), b"another salt")
            .unwrap()
            .to_string();
        assert!(fits(PASSWORD, &older).unwrap(), "{older}");
        assert!(!fits("another", &older).unwrap());
    }

    #[test]
    fn a_damaged_hash_is_our_bug_and_takes_no_memory() {
        let greedy = STORED.replace("m=19456", "m=4194304");
        for damaged in ["", "nothing", "$argon2id$v=19$m=19456,t=2,p=1", &greedy] {
            assert!(
                matches!(fits(PASSWORD, damaged), Err(AppError::Bug(_))),
                "{damaged}"
            );
        }
    }
}
