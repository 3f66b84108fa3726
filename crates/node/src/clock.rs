//! Where time and randomness come from: the one place that asks the operating system for either.
//!
//! [`DemoClock`] is the system's clock plus an offset from a file that both demo processes read, so that they jump together.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use entente_app::{Clock, Random};
use entente_core::instant::Instant;

/// How old a cached offset of the demo clock may be.
const OFFSET_CACHE: Duration = Duration::from_millis(200);
/// Largest offset of the demo clock taken seriously: ten years in milliseconds.
pub const MAX_OFFSET_MS: i64 = 10 * 366 * 86_400_000;

/// The operating system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl SystemClock {
    /// Now, UTC.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where ambient time enters; everything else gets a Clock"
    )]
    pub fn read() -> Instant {
        let since_1970 = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Instant(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Self::read()
    }
}

/// The demonstration's clock: the system's plus an offset in milliseconds, read from a file at most every 200 ms.
#[derive(Debug)]
pub struct DemoClock {
    file: PathBuf,
    cached: Mutex<Cached>,
}

#[derive(Debug)]
struct Cached {
    offset_ms: i64,
    read_at: Option<std::time::Instant>,
    latest: Instant,
}

impl DemoClock {
    /// A clock with its offset in `file`; an absent or unreadable file means no offset.
    #[must_use]
    pub fn new(file: &Path) -> Self {
        let cached = Cached {
            offset_ms: 0,
            read_at: None,
            latest: Instant(i64::MIN),
        };
        Self {
            file: file.to_owned(),
            cached: Mutex::new(cached),
        }
    }

    /// The offset now in force, milliseconds.
    #[must_use]
    pub fn offset_ms(&self) -> i64 {
        let mut cached = lock(&self.cached);
        self.refresh(&mut cached);
        cached.offset_ms
    }

    fn refresh(&self, cached: &mut Cached) {
        let fresh = cached.read_at.is_some_and(|at| at.elapsed() < OFFSET_CACHE);
        if !fresh {
            cached.offset_ms = read_offset(&self.file).unwrap_or(cached.offset_ms);
            cached.read_at = Some(std::time::Instant::now());
        }
    }
}

impl Clock for DemoClock {
    /// Never goes back within a process, even if the file's offset does.
    fn now(&self) -> Instant {
        let mut cached = lock(&self.cached);
        self.refresh(&mut cached);
        let now = Instant(SystemClock::read().0.saturating_add(cached.offset_ms));
        cached.latest = cached.latest.max(now);
        cached.latest
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The offset in a clock file, if it holds one within reason.
#[must_use]
pub fn read_offset(file: &Path) -> Option<i64> {
    let text = std::fs::read_to_string(file).ok()?;
    let offset: i64 = text.trim().parse().ok()?;
    (-MAX_OFFSET_MS..=MAX_OFFSET_MS)
        .contains(&offset)
        .then_some(offset)
}

/// Replaces the offset of a clock file in one step, so that no reader sees half of it.
///
/// # Errors
/// Of the file system.
pub fn write_offset(file: &Path, offset_ms: i64) -> std::io::Result<()> {
    let mut random = [0; 8];
    fill(&mut random);
    let aside = file.with_extension(format!("new-{}", hex::encode(random)));
    std::fs::write(&aside, format!("{offset_ms}\n"))?;
    std::fs::rename(aside, file)
}

/// What some work gives, and how long it took.
pub fn lasts<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = std::time::Instant::now();
    let done = work();
    (done, begun.elapsed())
}

/// The operating system's random generator, by aws-lc.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, out: &mut [u8]) {
        fill(out);
    }
}

/// Fills with random bytes. Going on without randomness would endanger every key: the process stops instead.
pub fn fill(out: &mut [u8]) {
    if aws_lc_rs::rand::fill(out).is_err() {
        tracing::error!("the random generator failed: stopping");
        std::process::abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_demo_clocks_jump_together_and_never_go_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        let (one, other) = (DemoClock::new(&file), DemoClock::new(&file));
        assert!((one.now() - SystemClock::read()).0.abs() < 1_000);
        write_offset(&file, 8 * 3_600_000).unwrap();
        std::thread::sleep(OFFSET_CACHE + Duration::from_millis(20));
        for clock in [&one, &other] {
            assert_eq!(clock.offset_ms(), 8 * 3_600_000);
            let ahead = (clock.now() - SystemClock::read()).0;
            assert!((28_799_000..=28_801_000).contains(&ahead), "{ahead}");
        }
        let before = one.now();
        write_offset(&file, 0).unwrap();
        std::thread::sleep(OFFSET_CACHE + Duration::from_millis(20));
        assert!(one.now() >= before);
    }

    #[test]
    fn a_damaged_clock_file_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        for text in [
            "",
            "tomorrow",
            "9223372036854775807",
            "-9223372036854775808",
        ] {
            std::fs::write(&file, text).unwrap();
            assert_eq!(read_offset(&file), None, "{text}");
            assert_eq!(DemoClock::new(&file).offset_ms(), 0);
        }
    }

    #[test]
    fn randomness_differs() {
        let (mut one, mut other) = ([0; 32], [0; 32]);
        OsRandom.fill(&mut one);
        OsRandom.fill(&mut other);
        assert_ne!(one, other);
    }
}
