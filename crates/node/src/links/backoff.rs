//! How long to wait before dialling again: doubling, with jitter, so that two nodes do not meet in step.

use std::time::Duration;

/// First wait.
const FIRST: Duration = Duration::from_millis(100);
/// Longest wait between attempts.
const LONGEST: Duration = Duration::from_secs(15);
/// Wait where only people can mend the cause.
const REST: Duration = Duration::from_secs(60);

/// Waits between attempts to dial one partner.
#[derive(Debug)]
pub struct Backoff {
    next: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { next: FIRST }
    }
}

impl Backoff {
    /// A session ran: the next attempt may come at once.
    pub fn reset(&mut self) -> Duration {
        self.next = FIRST;
        jittered(FIRST)
    }

    /// Nothing came of it: wait, and longer next time.
    pub fn failed(&mut self) -> Duration {
        let wait = self.next;
        self.next = (self.next * 2).min(LONGEST);
        jittered(wait)
    }

    /// The link was stopped by an alarm: no hurry.
    pub fn rest(&mut self) -> Duration {
        self.next = LONGEST;
        jittered(REST)
    }
}

/// Between one half and three halves of it.
fn jittered(wait: Duration) -> Duration {
    let mut byte = [0];
    crate::clock::fill(&mut byte);
    wait / 2 + wait * u32::from(byte[0]) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_start_again() {
        let mut backoff = Backoff::default();
        let mut last = Duration::ZERO;
        for _ in 0..20 {
            last = backoff.failed();
            assert!(last >= FIRST / 2 && last <= LONGEST * 3 / 2);
        }
        assert!(last >= LONGEST / 2);
        assert!(backoff.reset() <= FIRST * 3 / 2);
        assert!(backoff.failed() <= FIRST * 3 / 2);
        assert!(backoff.rest() >= REST / 2);
    }
}
