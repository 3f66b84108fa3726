//! The chain of custody of one exhibit: its moments in order of time, and where the record has a gap. Pure, and never a guess: a gap says
//! which two moments do not meet and in what; nothing is said of what happened between them.

use super::lists::hash_is_weak;
use crate::instant::Instant;

/// One moment of an exhibit, as far as it says who had it and how it was sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// When it was, by whoever wrote it down; none if that is not said.
    pub at: Option<Instant>,
    /// Who had it before.
    pub from: Option<String>,
    /// Who has it since.
    pub to: Option<String>,
    /// State of the seal as found, by its code.
    pub seal_found: Option<String>,
    /// State of the seal as left, by its code.
    pub seal_left: Option<String>,
    /// Number of the seal as found.
    pub number_found: Option<String>,
    /// Number of the seal as left.
    pub number_left: Option<String>,
}

/// What does not meet between two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// It was last with the one, and next with the other.
    Holder(String, String),
    /// The seal was left in the one state, and found in the other.
    Seal(String, String),
    /// The seal had the one number, and then the other.
    Number(String, String),
}

/// A gap between two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The earlier moment, by its place in what was given.
    pub after: usize,
    /// The later one.
    pub before: usize,
    /// What does not meet.
    pub what: Break,
}

/// The places of moments in order of time; of the same time as they were given, and those without a time last.
#[must_use]
pub fn order(moments: &[Moment]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..moments.len()).collect();
    let at = |place: &usize| moments.get(*place).and_then(|moment| moment.at);
    places.sort_by_key(|place| (at(place).is_none(), at(place)));
    places
}

/// The gaps of a chain, in order of time. Moments without a time belong nowhere and close none.
#[must_use]
pub fn gaps(moments: &[Moment]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut last = Last::default();
    for place in order(moments) {
        let Some(moment) = moments.get(place).filter(|moment| moment.at.is_some()) else {
            continue;
        };
        last.meets(place, moment, &mut gaps);
    }
    gaps
}

/// What was last said, and by which moment.
#[derive(Default)]
struct Last {
    holder: Option<(usize, String)>,
    seal: Option<(usize, String)>,
    number: Option<(usize, String)>,
}

impl Last {
    fn meets(&mut self, place: usize, moment: &Moment, gaps: &mut Vec<Gap>) {
        let mut found = |last: &Option<(usize, String)>,
                         next: Option<&String>,
                         what: fn(String, String) -> Break| {
            if let (Some((after, had)), Some(next)) = (last, next)
                && !alike(had, next)
            {
                gaps.push(Gap {
                    after: *after,
                    before: place,
                    what: what(had.clone(), next.clone()),
                });
            }
        };
        let held = moment.from.as_ref().or(moment.to.as_ref());
        found(&self.holder, held, Break::Holder);
        found(&self.seal, known(moment.seal_found.as_ref()), Break::Seal);
        found(&self.number, moment.number_found.as_ref(), Break::Number);
        let told = |one: Option<&String>| one.map(|text| (place, text.clone()));
        let seal = known(moment.seal_left.as_ref()).or(known(moment.seal_found.as_ref()));
        let number = moment.number_left.as_ref().or(moment.number_found.as_ref());
        self.holder = told(moment.to.as_ref().or(held)).or(self.holder.take());
        self.seal = told(seal).or(self.seal.take());
        self.number = told(number).or(self.number.take());
    }
}

/// A state that somebody looked at.
fn known(state: Option<&String>) -> Option<&String> {
    state.filter(|state| state.as_str() != "unchecked")
}

/// Whether two names are written alike, whatever their case and blanks.
fn alike(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").to_lowercase()
    };
    plain(one) == plain(other)
}

/// A hash with its method, by its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hash {
    /// Method.
    pub method: String,
    /// Hexadecimal digits.
    pub digits: String,
}

/// How a hash that was computed anew compares with that of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The same.
    Equal,
    /// The same, by a method for which somebody can make another file with the same hash.
    EqualButWeak,
    /// Another.
    Different,
    /// By another method: they cannot be compared.
    OtherMethod,
}

impl Hash {
    /// Compares it with one that was computed anew.
    #[must_use]
    pub fn compared(&self, anew: &Self) -> Compared {
        match (
            self.method == anew.method,
            self.digits.eq_ignore_ascii_case(&anew.digits),
        ) {
            (false, _) => Compared::OtherMethod,
            (true, false) => Compared::Different,
            (true, true) if hash_is_weak(&self.method) => Compared::EqualButWeak,
            (true, true) => Compared::Equal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(n: u8) -> String {
        format!("service {n}")
    }

    /// A chain of hand-overs in which each takes over from the one before, an hour apart.
    fn whole(holders: &[u8]) -> Vec<Moment> {
        let pairs = holders.windows(2);
        (0i64..)
            .zip(pairs)
            .map(|(hour, pair)| Moment {
                at: Some(Instant(hour * 3_600_000)),
                from: Some(name(pair[0])),
                to: Some(name(pair[1])),
                seal_found: Some("intact".into()),
                seal_left: Some("intact".into()),
                ..Moment::default()
            })
            .collect()
    }

    fn holders() -> impl Strategy<Value = Vec<u8>> {
        // All different, so that each missing step is one that nothing else stands in for.
        (3usize..9).prop_map(|n| (0..u8::try_from(n).unwrap()).collect())
    }

    proptest! {
        /// A chain in which everybody takes over from the one before has no gap, in whatever order it was written.
        /// Take out: the sort in `order`.
        #[test]
        fn a_whole_chain_has_no_gap(holders in holders(), seed in any::<u64>()) {
            let mut moments = whole(&holders);
            let turn = usize::try_from(seed % 7).unwrap() % moments.len();
            moments.rotate_left(turn);
            prop_assert_eq!(gaps(&moments), vec![]);
            moments.reverse();
            prop_assert_eq!(gaps(&moments), vec![]);
        }

        /// Where one step between two others is missing there is exactly one gap, between these two, and it names both.
        /// Take out: the comparison of holders in `Last::meets`.
        #[test]
        fn a_missing_step_is_one_gap_in_its_place(holders in (4usize..9), at in any::<prop::sample::Index>()) {
            let holders: Vec<u8> = (0..u8::try_from(holders).unwrap()).collect();
            let mut moments = whole(&holders);
            let missing = 1 + at.index(moments.len() - 2);
            moments.remove(missing);
            let n = |place: usize| name(holders[place]);
            prop_assert_eq!(gaps(&moments), vec![Gap {
                after: missing - 1,
                before: missing,
                what: Break::Holder(n(missing), n(missing + 1)),
            }]);
        }

        /// Order is by time alone: the same set of moments has the same gaps, however it is told.
        #[test]
        fn gaps_do_not_depend_on_the_order_in_which_it_was_told(holders in proptest::collection::vec(0u8..3, 2..8), turn in 0usize..8) {
            let moments = whole(&holders);
            let mut told = moments.clone();
            let turn = turn % told.len();
            told.rotate_left(turn);
            let said = |all: &[Moment]| -> Vec<Break> { gaps(all).into_iter().map(|gap| gap.what).collect() };
            prop_assert_eq!(said(&moments), said(&told));
        }
    }

    /// A seal that was left intact and is found broken is said; one that nobody looked at says nothing.
    /// Take out: `known`, or the line on seals in `Last::meets`.
    #[test]
    fn a_seal_that_changed_between_two_moments_is_said() {
        let mut moments = whole(&[0, 1, 2]);
        moments[1].seal_found = Some("unchecked".into());
        assert_eq!(gaps(&moments), []);
        moments[1].seal_found = Some("broken".into());
        let seal = Break::Seal("intact".into(), "broken".into());
        assert_eq!(gaps(&moments)[0].what, seal);
    }

    /// Take out: the line on numbers in `Last::meets`.
    #[test]
    fn another_seal_than_the_one_put_is_said() {
        let mut moments = whole(&[0, 1, 2]);
        moments[0].number_left = Some("S-1".into());
        moments[1].number_found = Some("s-1 ".into());
        assert_eq!(gaps(&moments), []);
        moments[1].number_found = Some("S-2".into());
        let number = Break::Number("S-1".into(), "S-2".into());
        assert_eq!(gaps(&moments)[0].what, number);
    }

    /// What says no time has no place in the chain.
    #[test]
    fn a_moment_without_a_time_closes_no_gap_and_opens_none() {
        let mut moments = whole(&[0, 1, 2]);
        moments[0].at = None;
        assert_eq!(gaps(&moments), []);
        assert_eq!(order(&moments), [1, 0]);
    }

    /// Take out: the comparison of methods, or that of the case of digits, in `Hash::compared`.
    #[test]
    fn hashes_are_compared_by_method_and_digits() {
        let hash = |method: &str, digits: &str| Hash {
            method: method.into(),
            digits: digits.into(),
        };
        let source = hash("sha256", "AB");
        assert_eq!(source.compared(&hash("sha256", "ab")), Compared::Equal);
        assert_eq!(source.compared(&hash("sha256", "ac")), Compared::Different);
        assert_eq!(source.compared(&hash("md5", "ab")), Compared::OtherMethod);
        let weak = hash("md5", "ab");
        assert_eq!(weak.compared(&weak), Compared::EqualButWeak);
    }
}
