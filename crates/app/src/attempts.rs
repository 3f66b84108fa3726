//! How often passwords, and the codes of a second factor, may be tried: after some wrong ones, the next attempts are refused unread for a time that grows.
//!
//! An officer's wrong passwords are counted apart for each *browser* that the officer signed in with before (or program: whoever
//! sends back the mark that signing in gave, `marks.rs`), and together for everybody else. Whoever guesses from elsewhere therefore slows
//! down only who comes from elsewhere too: the officer, at a desk used before, is never shut out by another's guesses, however
//! long they last. At a desk never used before, the officer shares the turns of the guesser, one in five minutes at worst.
//! Counting by network address would not do: nodes stand behind a proxy, and an agency behind one address. Locking an officer
//! would do the guesser's work.
//!
//! Who tries one password on many officers is counted together too; browsers known to us are no part of that. An unknown
//! officer is counted like a known one, so that refusals say nothing of who exists. What is counted stays in the memory of this
//! process, is bounded, and is forgotten with it: replicas each count for themselves.

use entente_core::instant::{Instant, Span};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Most officers and browsers counted at a time; beyond, those nearest to be forgotten give way. Strangers alone never fill it:
/// [`EVERYBODY`] lets fewer attempts through than are forgotten.
const MOST: usize = 4_096;
/// The first wait; each further wrong password doubles it.
const FIRST: i64 = 1_000;

/// How many wrong passwords are free, how long each is remembered, and the longest wait.
struct Allowance {
    free: i64,
    each: Span,
    longest: Span,
}

/// Towards one officer, from one browser or from all unknown ones: at most twelve guesses an hour in the long run.
const OFFICER: Allowance = Allowance {
    free: 5,
    each: Span::minutes(10),
    longest: Span::minutes(5),
};
/// Towards the second factor of one officer, from one browser or from all unknown ones, by whoever has the password already: one guess
/// an hour in the long run, of codes of which two or three in a million fit at a time.
const CODE: Allowance = Allowance {
    free: 5,
    each: Span::hours(1),
    longest: Span::hours(1),
};
/// Of one calendar address, by all programs that fetch it: a few devices, each some times an hour.
const FEED: Allowance = Allowance {
    free: 20,
    each: Span::minutes(3),
    longest: Span::minutes(5),
};
/// From all unknown browsers, whomever they name: a morning's slips of a big service, and then one in 15 seconds.
const EVERYBODY: Allowance = Allowance {
    free: 50,
    each: Span(15_000),
    longest: Span::minutes(1),
};

/// Who tries, as a digest: names stay out of this memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// From a browser that this officer signed in with before.
    Known([u8; 32]),
    /// From anywhere, naming this officer.
    Stranger([u8; 32]),
    /// With a code of this officer's second factor, from such a browser or from anywhere.
    Code([u8; 32]),
    /// By a calendar address that there is: nothing is wrong, but each costs as much as a look at *Today*.
    Feed([u8; 32]),
    /// By an answer of an OpenID provider that was not believed, whoever brought it: counts how many leave a trace, and makes nobody wait.
    Provider,
}

impl Who {
    fn allowance(self) -> &'static Allowance {
        match self {
            Self::Known(_) | Self::Stranger(_) => &OFFICER,
            Self::Code(_) => &CODE,
            Self::Feed(_) => &FEED,
            Self::Provider => &EVERYBODY,
        }
    }
}

/// Wrong passwords, counted.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    everybody: Tally,
    each: BTreeMap<Who, Tally>,
}

impl Attempts {
    /// Takes an attempt, counted as wrong until [`Attempts::fitted`] says otherwise, so that many at once are no way around it;
    /// says how long the next one waits then. Or refuses it, with how long to wait.
    pub(crate) fn take(&self, who: Who, now: Instant) -> Result<Span, Span> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stranger = matches!(who, Who::Stranger(_));
        let mut all = counted.everybody.as_of(now);
        let mut own = counted
            .each
            .get(&who)
            .copied()
            .unwrap_or_default()
            .as_of(now);
        let wait = |own: &Tally, all: &Tally| {
            let shared = stranger.then(|| all.wait(now, &EVERYBODY));
            own.wait(now, who.allowance())
                .max(shared.unwrap_or_default())
        };
        let refused = wait(&own, &all);
        if refused > Span(0) {
            return Err(refused);
        }
        if stranger {
            all.count(now, &EVERYBODY);
            counted.everybody = all;
        }
        own.count(now, who.allowance());
        counted.make_room(who, now);
        counted.each.insert(who, own);
        Ok(wait(&own, &all))
    }

    /// The password fitted: what was counted against this browser is forgotten, and of the others only this attempt.
    pub(crate) fn fitted(&self, who: Who) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.each.remove(&who);
        if matches!(who, Who::Stranger(_)) {
            counted.everybody.take_back(&EVERYBODY);
        }
    }
}

impl Attempts {
    /// The password fitted, and a code is asked next: of what was counted only this attempt is forgotten, since whoever has the password
    /// alone is not the officer yet.
    pub(crate) fn passed(&self, who: Who) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = counted.each.get_mut(&who) {
            own.take_back(who.allowance());
        }
        if matches!(who, Who::Stranger(_)) {
            counted.everybody.take_back(&EVERYBODY);
        }
    }
}

impl Counted {
    fn make_room(&mut self, who: Who, now: Instant) {
        if self.each.len() < MOST || self.each.contains_key(&who) {
            return;
        }
        self.each.retain(|_, tally| tally.forgotten > now);
        if self.each.len() >= MOST {
            let nearest = self.each.iter().min_by_key(|(_, tally)| tally.forgotten);
            if let Some(who) = nearest.map(|(who, _)| *who) {
                self.each.remove(&who);
            }
        }
    }
}

/// Wrong passwords that are not forgotten yet, as the time when all of them will be.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    forgotten: Instant,
    last: Instant,
}

impl Tally {
    /// The same when the clock was put back meanwhile: nobody waits for the hour that comes twice.
    fn as_of(self, now: Instant) -> Self {
        let back = (self.last - now).max(Span(0));
        Self {
            forgotten: self.forgotten - back,
            last: self.last - back,
        }
    }

    fn wait(&self, now: Instant, allowance: &Allowance) -> Span {
        let remembered = (self.forgotten - self.last).0.max(0);
        // Rounded up: a wrong password half forgotten is not forgotten.
        let wrong = (remembered + allowance.each.0 - 1) / allowance.each.0;
        let Ok(over) = u32::try_from(wrong - allowance.free) else {
            return Span(0);
        };
        let wait = FIRST.saturating_mul(1_i64.checked_shl(over).unwrap_or(i64::MAX));
        let until = self.last + Span(wait).min(allowance.longest);
        (until - now).max(Span(0))
    }

    fn count(&mut self, now: Instant, allowance: &Allowance) {
        // Beyond the longest wait nothing is added: a guesser who goes on does not make it last longer afterwards.
        let doublings = i64::from((allowance.longest.0 / FIRST).max(1).ilog2()) + 1;
        let most = Span(allowance.each.0 * (allowance.free + doublings));
        let until = self.forgotten.max(now) + allowance.each;
        (self.forgotten, self.last) = (until.min(now + most), now);
    }

    fn take_back(&mut self, allowance: &Allowance) {
        self.forgotten = self.forgotten - allowance.each;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICER_A: Who = Who::Stranger([1; 32]);
    const OFFICER_B: Who = Who::Stranger([2; 32]);
    const DESK: Who = Who::Known([3; 32]);
    const START: Instant = Instant(1_800_000_000_000);

    /// Tries wrong passwords as soon as it may; the waits in seconds, and when it ended.
    fn guess(attempts: &Attempts, who: Who, times: usize, mut now: Instant) -> (Vec<i64>, Instant) {
        let mut waits = Vec::new();
        for _ in 0..times {
            if let Err(wait) = attempts.take(who, now) {
                waits.push(wait.0 / 1_000);
                now = now + wait;
                assert!(attempts.take(who, now).is_ok(), "after the wait");
            }
        }
        (waits, now)
    }

    #[test]
    fn waits_grow_to_five_minutes_and_end() {
        let attempts = Attempts::default();
        let (waits, now) = guess(&attempts, OFFICER_A, 18, START);
        assert_eq!(
            waits,
            [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]
        );
        // A refusal adds nothing to the wait.
        for _ in 0..100 {
            assert_eq!(attempts.take(OFFICER_A, now), Err(Span::minutes(5)));
        }
        // However long somebody guessed, a quiet afternoon ends it all.
        let (_, now) = guess(&attempts, OFFICER_A, 500, now);
        let later = now + Span::hours(3);
        assert!(guess(&attempts, OFFICER_A, 5, later).0.is_empty());
    }

    #[test]
    fn a_right_password_forgets_the_slips_before_it() {
        let attempts = Attempts::default();
        for _ in 0..20 {
            for _ in 0..4 {
                attempts.take(OFFICER_A, START).unwrap();
            }
            attempts.take(OFFICER_A, START).unwrap();
            attempts.fitted(OFFICER_A);
            // What the others see is forgotten by time only.
            attempts.0.lock().unwrap().everybody = Tally::default();
        }
    }

    /// Whoever has the password and guesses codes: signing in with it again and again forgets nothing, and a code is an hour apart.
    #[test]
    fn codes_are_guessed_once_an_hour_and_the_password_forgets_no_slip() {
        const CODE_A: Who = Who::Code([4; 32]);
        let attempts = Attempts::default();
        let (waits, mut now) = guess(&attempts, CODE_A, 30, START);
        assert!(waits[13..].iter().all(|wait| *wait == 3_600), "{waits:?}");
        assert_eq!(attempts.take(OFFICER_A, now), Ok(Span(0)));
        for _ in 0..4 {
            attempts.take(OFFICER_A, now).unwrap();
        }
        for _ in 0..3 {
            let Err(wait) = attempts.take(OFFICER_A, now) else {
                panic!("five wrong ones are counted");
            };
            now = now + wait;
            attempts.take(OFFICER_A, now).unwrap();
            attempts.passed(OFFICER_A);
            assert!(attempts.take(OFFICER_A, now).is_err(), "still counted");
        }
    }

    #[test]
    fn guesses_from_elsewhere_never_shut_out_a_known_desk_or_another_officer() {
        let attempts = Attempts::default();
        let (_, now) = guess(&attempts, OFFICER_A, 30, START);
        assert!(attempts.take(OFFICER_A, now).is_err());
        assert_eq!(attempts.take(DESK, now), Ok(Span(0)));
        assert_eq!(attempts.take(OFFICER_B, now), Ok(Span(0)));
        // A desk that was used before does not make guessing free.
        assert_eq!(guess(&attempts, DESK, 7, now).0, [1, 2, 4]);
    }

    #[test]
    fn many_officers_tried_by_one_guesser_are_counted_together() {
        let attempts = Attempts::default();
        let other = |n: usize| {
            let mut digest = [9; 32];
            digest[..8].copy_from_slice(&n.to_be_bytes());
            Who::Stranger(digest)
        };
        let mut now = START;
        let mut through = 0;
        while now < START + Span::hours(10) {
            match attempts.take(other(through), now) {
                Ok(_) => through += 1,
                Err(wait) => now = now + wait,
            }
            assert!(attempts.0.lock().unwrap().each.len() <= MOST);
        }
        assert!((2_000..2_500).contains(&through), "{through} in ten hours");
        // Browsers known to us are no part of it.
        attempts.take(other(through), now).unwrap();
        assert!(attempts.take(other(through + 1), now).is_err());
        assert_eq!(attempts.take(DESK, now), Ok(Span(0)));
    }

    #[test]
    fn many_known_browsers_are_bounded_too() {
        let attempts = Attempts::default();
        for n in 0..2 * MOST {
            let mut digest = [7; 32];
            digest[..8].copy_from_slice(&n.to_be_bytes());
            attempts.take(Who::Known(digest), START).unwrap();
            assert!(attempts.0.lock().unwrap().each.len() <= MOST);
        }
    }

    #[test]
    fn a_clock_put_back_keeps_nobody_waiting() {
        let attempts = Attempts::default();
        let (_, now) = guess(&attempts, OFFICER_A, 8, START);
        let back = now - Span::days(300);
        let Err(wait) = attempts.take(OFFICER_A, back) else {
            panic!("the wrong passwords are still counted");
        };
        assert!(wait <= Span(8_000), "{wait:?}");
    }
}
