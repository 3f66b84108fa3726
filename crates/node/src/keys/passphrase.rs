//! How much work a new passphrase costs: as much as takes about a second on the machine where it is set.

use std::time::Duration;

use entente_app::{KeyFileError, MOST_PASSES, Stretch};

use crate::clock;

/// Shortest passphrase, in characters. Whoever has the file guesses without anybody noticing, so it is longer than a password.
pub const LEAST: usize = 16;
/// Memory, in KiB: 256 MiB. It is what makes guessing dear on other hardware than ours.
const MEMORY_KIB: u32 = 256 * 1_024;
/// Fewest passes over it, whatever the machine.
const FEWEST: u32 = 3;
/// How often it is measured; the fastest counts, since whatever else the machine does only slows it.
const TRIES: u32 = 3;
/// How long one stretching may take.
const WANTED: Duration = Duration::from_secs(1);

/// Parameters that take about a second here, with a fresh salt.
///
/// # Errors
/// [`KeyFileError::Memory`].
pub fn measured() -> Result<Stretch, KeyFileError> {
    let mut salt = [0; 16];
    clock::fill(&mut salt);
    let stretch = |passes| Stretch {
        salt,
        memory_kib: MEMORY_KIB,
        passes,
        lanes: 1,
    };
    let mut fastest = WANTED;
    for _ in 0..TRIES {
        let (tried, lasted) = clock::lasts(|| stretch(1).key("measured"));
        tried?;
        fastest = fastest.min(lasted);
    }
    Ok(stretch(passes(fastest)))
}

/// How many passes fill the time wanted, if one takes so long.
fn passes(one: Duration) -> u32 {
    let fit = WANTED.as_millis() / one.as_millis().max(1);
    u32::try_from(fit)
        .unwrap_or(MOST_PASSES)
        .clamp(FEWEST, MOST_PASSES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_machines_do_less_and_none_does_too_little() {
        for (one, expected) in [(0, 64), (1, 64), (100, 10), (150, 6), (400, 3), (5_000, 3)] {
            assert_eq!(passes(Duration::from_millis(one)), expected, "{one} ms");
        }
    }
}
