//! What inspectors are told of by itself: patterns in access records that are worth a look (invariant 11). Pure.
//!
//! A finding is a line for people to read, with its why. It measures nobody, ranks nobody and closes no door: whoever looked may have
//! had every reason, and the record says which one they gave. Words of searches come as keyed digests: they are compared, never read.
//! Looks at odd hours are no pattern unless an operator says which hours are.

use crate::access::{Operation, Reason};
use crate::codes::codes;
use crate::ids::DossierId;
use crate::instant::{Instant, Span};
use crate::label::Label;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

codes! {
    /// The patterns: a closed list.
    Pattern {
        /// Several dossiers read in which one does not work.
        Outside = 0, "outside", "lectures hors de ses dossiers", "اطلاع خارج ملفاته", "reading outside one’s dossiers";
        /// Much read or taken out in a short time.
        Bulk = 1, "bulk", "lecture en masse", "اطلاع بالجملة", "bulk reading";
        /// The same word sought across dossiers, time and again.
        Hunting = 2, "hunting", "un même nom cherché à travers les dossiers", "بحث عن اسم واحد عبر الملفات", "hunting for one name across dossiers";
        /// Looks at hours that the operator names as odd.
        Hours = 3, "hours", "hors des heures fixées", "خارج الأوقات المحددة", "outside the hours set";
        /// Access asked for by number, time and again: somebody may be trying numbers.
        Asking = 4, "asking", "demandes d’accès répétées", "طلبات ولوج متكررة", "repeated requests for access";
        /// Much tried that was refused.
        Probing = 5, "probing", "essais refusés en nombre", "محاولات مرفوضة متعددة", "trying what is refused";
    }
}

/// A look, as far as patterns need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When, UTC.
    pub at: Instant,
    /// What.
    pub operation: Operation,
    /// The dossier looked at or, of a search, the one that it was for.
    pub dossier: Option<DossierId>,
    /// What was looked at in it.
    pub object: Option<String>,
    /// Whether the officer does not work in that dossier.
    pub outside: bool,
    /// Why, as far as it was said.
    pub reason: Option<Reason>,
    /// Keyed digests of the words sought.
    pub words: Vec<[u8; 8]>,
}

/// Hours of the day that an operator names as odd, in UTC; they may lead over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// First minute of the day.
    pub from: u16,
    /// First minute that is not odd any more.
    pub to: u16,
}

/// From how much on something is worth a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Dossiers read outside one's own within [`Thresholds::OUTSIDE`].
    pub outside: u32,
    /// Different things read within [`Thresholds::BULK`].
    pub bulk: u32,
    /// Things taken out within a day.
    pub exports: u32,
    /// Searches for one word outside a dossier, or dossiers that one word was sought for, within [`Thresholds::HUNTING`].
    pub hunting: u32,
    /// Requests for access by number within [`Thresholds::ASKING`].
    pub asking: u32,
    /// Different things tried and refused within [`Thresholds::PROBING`].
    pub refused: u32,
    /// Odd hours; none unless an operator sets them.
    pub hours: Option<Hours>,
}

impl Thresholds {
    /// Within how long dossiers outside one's own count together.
    pub const OUTSIDE: Span = Span::days(7);
    /// Within how long reading counts together.
    pub const BULK: Span = Span::hours(1);
    /// Within how long exports count together.
    pub const EXPORTS: Span = Span::hours(24);
    /// Within how long searches count together.
    pub const HUNTING: Span = Span::days(7);
    /// Within how long requests for access count together.
    pub const ASKING: Span = Span::days(7);
    /// Within how long refused attempts count together.
    pub const PROBING: Span = Span::hours(1);
    /// The longest of these: older looks change nothing.
    pub const LONGEST: Span = Span::days(7);
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            outside: 5,
            bulk: 120,
            exports: 20,
            hunting: 4,
            asking: 6,
            refused: 10,
            hours: None,
        }
    }
}

/// A pattern found in one officer's looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which.
    pub pattern: Pattern,
    /// First look that counts, UTC.
    pub from: Instant,
    /// The look that made it so many, UTC.
    pub to: Instant,
    /// How many.
    pub count: u32,
    /// Of these, with a reason that was typed.
    pub with_reason: u32,
    /// Whether things were taken out, and not only read.
    pub exported: bool,
    /// Dossiers concerned, where the pattern is of dossiers; at most [`Finding::NAMED`].
    pub dossiers: Vec<String>,
}

impl Finding {
    /// Most dossiers named.
    pub const NAMED: usize = 12;
}

/// What one officer's looks show, in any order given: the first time that each pattern is complete after a pause of its span, so that a
/// long stretch is one line and not one per look.
#[must_use]
pub fn find(looks: &[Look], thresholds: &Thresholds) -> Vec<Finding> {
    let mut looks: Vec<&Look> = looks.iter().collect();
    looks.sort_by_key(|look| look.at);
    let mut found = outside(&looks, thresholds);
    found.extend(bulk(&looks, thresholds));
    found.extend(hunting(&looks, thresholds));
    found.extend(asking(&looks, thresholds));
    found.extend(odd_hours(&looks, thresholds));
    found.extend(probing(&looks, thresholds));
    found
}

/// One look that counts: the look, and what it counts as. Several of the same count once.
type Counted<'l> = (&'l Look, String);

/// How many count together: pattern, span, and from how many on.
#[derive(Clone, Copy)]
struct Rule {
    pattern: Pattern,
    span: Span,
    most: u32,
    exported: bool,
}

fn outside(looks: &[&Look], thresholds: &Thresholds) -> Vec<Finding> {
    let counted = looks.iter().filter(|look| look.outside && reads(look));
    let of = |look: &&&'_ Look| look.dossier.map(|dossier| dossier.to_string());
    windows(
        counted
            .filter_map(|look| Some((*look, of(&look)?)))
            .collect(),
        Rule {
            pattern: Pattern::Outside,
            span: Thresholds::OUTSIDE,
            most: thresholds.outside,
            exported: false,
        },
    )
}

fn bulk(looks: &[&Look], thresholds: &Thresholds) -> Vec<Finding> {
    let what = |look: &Look| {
        let object = look.object.clone();
        object.or_else(|| look.dossier.map(|dossier| dossier.to_string()))
    };
    let of = |wanted: fn(&&&Look) -> bool| {
        let counted = looks.iter().filter(wanted);
        counted
            .filter_map(|look| Some((*look, what(look)?)))
            .collect()
    };
    let mut found = windows(
        of(|look| reads(look)),
        Rule {
            pattern: Pattern::Bulk,
            span: Thresholds::BULK,
            most: thresholds.bulk,
            exported: false,
        },
    );
    found.extend(windows(
        of(|look| look.operation == Operation::Export),
        Rule {
            pattern: Pattern::Bulk,
            span: Thresholds::EXPORTS,
            most: thresholds.exports,
            exported: true,
        },
    ));
    found
}

/// Requests for access by number, whether the numbers exist or not: the records do not say which.
fn asking(looks: &[&Look], thresholds: &Thresholds) -> Vec<Finding> {
    let asked = looks.iter().filter(|l| l.operation == Operation::Ask);
    let each = asked.enumerate();
    windows(
        each.map(|(n, look)| (*look, n.to_string())).collect(),
        Rule {
            pattern: Pattern::Asking,
            span: Thresholds::ASKING,
            most: thresholds.asking,
            exported: false,
        },
    )
}

/// One word, sought outside a dossier time and again or for dossier after dossier. Within the dossier one works in, anybody may look
/// for a name as often as they like.
fn hunting(looks: &[&Look], thresholds: &Thresholds) -> Vec<Finding> {
    let mut by_word: BTreeMap<[u8; 8], Vec<Counted<'_>>> = BTreeMap::new();
    for look in looks.iter().filter(|l| l.operation == Operation::Search) {
        let counts_as = match look.dossier {
            Some(dossier) => dossier.to_string(),
            None => format!("at {}", look.at.0),
        };
        for word in look.words.iter().collect::<BTreeSet<_>>() {
            let of = by_word.entry(*word).or_default();
            of.push((*look, counts_as.clone()));
        }
    }
    let found = by_word.into_values().flat_map(|counted| {
        windows(
            counted,
            Rule {
                pattern: Pattern::Hunting,
                span: Thresholds::HUNTING,
                most: thresholds.hunting,
                exported: false,
            },
        )
    });
    // Two words of one name are one hunt.
    let mut out: Vec<Finding> = Vec::new();
    for finding in found {
        if !out
            .iter()
            .any(|f| (f.from, f.to) == (finding.from, finding.to))
        {
            out.push(finding);
        }
    }
    out
}

fn odd_hours(looks: &[&Look], thresholds: &Thresholds) -> Vec<Finding> {
    let Some(hours) = thresholds.hours else {
        return Vec::new();
    };
    let odd = looks.iter().filter(|look| {
        let looked = reads(look) || matches!(look.operation, Operation::Search | Operation::Export);
        looked && hours.holds(look.at)
    });
    windows(
        odd.map(|look| (*look, String::new())).collect(),
        Rule {
            pattern: Pattern::Hours,
            span: Span::hours(24),
            most: 1,
            exported: false,
        },
    )
}

/// Different things tried, of which none was open: identifiers gone through one by one, or pages of other roles.
fn probing(looks: &[&Look], thresholds: &Thresholds) -> Vec<Finding> {
    let refused = looks.iter().filter(|l| l.operation == Operation::Refused);
    let what = |look: &Look| {
        let dossier = look.dossier.map(|dossier| dossier.to_string());
        format!("{:?} {dossier:?}", look.object)
    };
    windows(
        refused.map(|look| (*look, what(look))).collect(),
        Rule {
            pattern: Pattern::Probing,
            span: Thresholds::PROBING,
            most: thresholds.refused,
            exported: false,
        },
    )
}

fn reads(look: &Look) -> bool {
    matches!(look.operation, Operation::Consult | Operation::Decrypt)
}

/// Slides over looks in their order. A finding stands where so many different ones come together within the span; looks that are told
/// already do not make a second line before the span has passed.
fn windows(counted: Vec<Counted<'_>>, rule: Rule) -> Vec<Finding> {
    let most = usize::try_from(rule.most.max(1)).unwrap_or(usize::MAX);
    let mut window: Vec<&Counted<'_>> = Vec::new();
    let mut told: Option<Instant> = None;
    let mut found = Vec::new();
    for one in &counted {
        let at = one.0.at;
        window.retain(|other| at - other.0.at <= rule.span);
        window.push(one);
        let quiet = told.is_none_or(|told| at - told > rule.span);
        let different: BTreeSet<&str> = window.iter().map(|(_, what)| what.as_str()).collect();
        if quiet && different.len() >= most {
            told = Some(at);
            found.push(finding(&window, rule, different.len()));
        }
    }
    found
}

fn finding(window: &[&Counted<'_>], rule: Rule, count: usize) -> Finding {
    let looks = || window.iter().map(|(look, _)| *look);
    let typed = |look: &&Look| look.reason.is_some_and(|r| r != Reason::OwnDossier);
    let dossiers: BTreeSet<DossierId> = looks().filter_map(|look| look.dossier).collect();
    let dossiers = dossiers.iter().take(Finding::NAMED);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Finding {
        pattern: rule.pattern,
        from: looks().map(|look| look.at).min().unwrap_or(Instant(0)),
        to: looks().map(|look| look.at).max().unwrap_or(Instant(0)),
        count: number(count),
        with_reason: number(looks().filter(typed).count()),
        exported: rule.exported,
        dossiers: dossiers.map(ToString::to_string).collect(),
    }
}

impl Hours {
    /// Whether an instant is in them.
    #[must_use]
    pub fn holds(self, at: Instant) -> bool {
        let minute = at.0.div_euclid(60_000).rem_euclid(24 * 60);
        let (from, to) = (i64::from(self.from), i64::from(self.to));
        if from <= to {
            (from..to).contains(&minute)
        } else {
            minute >= from || minute < to
        }
    }

    /// Reads `22:00-05:30`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let minute = |text: &str| {
            let (hours, minutes) = text.trim().split_once(':')?;
            let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
            (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
        };
        let (from, to) = text.split_once('-')?;
        Some(Self {
            from: minute(from)?,
            to: minute(to)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Instant = Instant(1_800_000_000_000 - 1_800_000_000_000 % 86_400_000 + 43_200_000);

    fn look(minutes: i64, operation: Operation) -> Look {
        Look {
            at: NOON + Span::minutes(minutes),
            operation,
            dossier: None,
            object: None,
            outside: false,
            reason: None,
            words: Vec::new(),
        }
    }

    fn dossier(n: u8) -> DossierId {
        DossierId([n; 32])
    }

    fn reading(minutes: i64, of: u8, outside: bool) -> Look {
        Look {
            dossier: Some(dossier(of)),
            outside,
            ..look(minutes, Operation::Consult)
        }
    }

    fn search(minutes: i64, word: u8, for_dossier: Option<u8>) -> Look {
        Look {
            dossier: for_dossier.map(dossier),
            words: vec![[word; 8]],
            ..look(minutes, Operation::Search)
        }
    }

    fn patterns(looks: &[Look]) -> Vec<Pattern> {
        let found = find(looks, &Thresholds::default());
        found.iter().map(|f| f.pattern).collect()
    }

    #[test]
    fn reading_outside_ones_dossiers_is_told_and_within_them_not() {
        let mut outside: Vec<Look> = (1..=5)
            .map(|n| reading(i64::from(n) * 600, n, true))
            .collect();
        for (place, look) in outside.iter_mut().enumerate() {
            look.reason = (place < 2).then_some(Reason::Assigned);
        }
        let found = find(&outside, &Thresholds::default());
        assert_eq!(found.len(), 1);
        let one = &found[0];
        assert_eq!(
            (one.pattern, one.count, one.with_reason),
            (Pattern::Outside, 5, 2)
        );
        assert_eq!((one.from, one.to), (outside[0].at, outside[4].at));
        assert_eq!(one.dossiers.len(), 5);
        // Near it: as many dossiers of one's own; one fewer; the same ones over weeks; one dossier ever again.
        let own: Vec<Look> = (1..=9)
            .map(|n| reading(i64::from(n) * 600, n, false))
            .collect();
        assert_eq!(patterns(&own), []);
        assert_eq!(patterns(&outside[..4]), []);
        let weeks: Vec<Look> = (1..=9)
            .map(|n| reading(i64::from(n) * 6 * 1_440, n, true))
            .collect();
        assert_eq!(patterns(&weeks), []);
        let again: Vec<Look> = (1..=50).map(|n| reading(n, 1, true)).collect();
        assert_eq!(patterns(&again), []);
    }

    #[test]
    fn a_bulk_reader_is_told_once_and_a_busy_day_not() {
        let object = |n: i64, minutes: i64, operation| Look {
            object: Some(format!("entry {n}")),
            ..look(minutes, operation)
        };
        let bulk: Vec<Look> = (0..400)
            .map(|n| object(n, n / 8, Operation::Consult))
            .collect();
        assert_eq!(patterns(&bulk), [Pattern::Bulk], "one line for one stretch");
        let day: Vec<Look> = (0..400).map(|n| object(n, n, Operation::Consult)).collect();
        assert_eq!(patterns(&day), []);
        let reload: Vec<Look> = (0..400)
            .map(|n| object(n % 9, n / 8, Operation::Consult))
            .collect();
        assert_eq!(
            patterns(&reload),
            [],
            "the same nine things looked at again"
        );
        let taken = |most: i64| (0..most).map(|n| object(n, n * 30, Operation::Export));
        let exports = find(&taken(20).collect::<Vec<_>>(), &Thresholds::default());
        assert!(exports[0].exported && exports[0].count == 20);
        assert_eq!(patterns(&taken(19).collect::<Vec<_>>()), []);
    }

    #[test]
    fn trying_numbers_is_told_and_a_few_requests_are_not() {
        let asked = |most: i64, minutes: i64| -> Vec<Look> {
            (0..most)
                .map(|n| look(n * minutes, Operation::Ask))
                .collect()
        };
        assert_eq!(patterns(&asked(6, 60)), [Pattern::Asking]);
        assert_eq!(patterns(&asked(6, 0)), [Pattern::Asking], "at one moment");
        assert_eq!(patterns(&asked(5, 60)), []);
        assert_eq!(patterns(&asked(12, 2 * 1_440)), [], "one in two days");
    }

    #[test]
    fn one_name_across_dossiers_is_told_and_many_names_or_ones_own_dossier_not() {
        let across: Vec<Look> = (1..=4)
            .map(|n| search(i64::from(n) * 60, 7, Some(n)))
            .collect();
        assert_eq!(patterns(&across), [Pattern::Hunting]);
        let nowhere: Vec<Look> = (1..=4).map(|n| search(n * 60, 7, None)).collect();
        assert_eq!(patterns(&nowhere), [Pattern::Hunting]);
        let names: Vec<Look> = (1..=9)
            .map(|n| search(i64::from(n) * 60, n, None))
            .collect();
        assert_eq!(patterns(&names), []);
        let own: Vec<Look> = (1..=9).map(|n| search(n * 60, 7, Some(1))).collect();
        assert_eq!(patterns(&own), []);
        // First and family name together are one hunt.
        let both: Vec<Look> = across
            .iter()
            .map(|look| Look {
                words: vec![[7; 8], [8; 8]],
                ..look.clone()
            })
            .collect();
        assert_eq!(patterns(&both), [Pattern::Hunting]);
    }

    #[test]
    fn going_through_what_is_refused_is_told_and_a_slip_not() {
        let refused = |n: i64, minutes: i64| Look {
            object: Some(format!("entry {n}")),
            ..look(minutes, Operation::Refused)
        };
        let probing: Vec<Look> = (0..60).map(|n| refused(n, n / 2)).collect();
        assert_eq!(
            patterns(&probing),
            [Pattern::Probing],
            "one line for one stretch"
        );
        assert_eq!(find(&probing, &Thresholds::default())[0].count, 10);
        // Near it: one fewer; the same thing ever again; as many over a day; as many that were open.
        assert_eq!(patterns(&probing[..9]), []);
        let again: Vec<Look> = (0..60).map(|n| refused(1, n)).collect();
        assert_eq!(patterns(&again), []);
        let day: Vec<Look> = (0..20).map(|n| refused(n, n * 60)).collect();
        assert_eq!(patterns(&day), []);
        let open: Vec<Look> = (0..60).map(|n| reading(n, 1, false)).collect();
        assert_eq!(patterns(&open), []);
    }

    #[test]
    fn odd_hours_are_nothing_unless_they_are_set() {
        let night = [reading(12 * 60, 1, false), reading(13 * 60, 1, false)];
        assert_eq!(patterns(&night), []);
        let set = Thresholds {
            hours: Hours::parse("22:00-05:30"),
            ..Thresholds::default()
        };
        let told = find(&night, &set);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].pattern, Pattern::Hours);
        assert_eq!(find(&[reading(0, 1, false)], &set), []);
        for wrong in ["", "22-5", "24:00-05:00", "22:00", "22:61-05:00"] {
            assert_eq!(Hours::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_order_in_which_looks_are_given_changes_nothing() {
        let mut looks: Vec<Look> = (1..=9)
            .map(|n| reading(i64::from(n) * 60, n, true))
            .collect();
        let straight = find(&looks, &Thresholds::default());
        looks.reverse();
        assert_eq!(find(&looks, &Thresholds::default()), straight);
        assert!(!straight.is_empty());
    }
}
