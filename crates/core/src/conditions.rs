//! What may be done with an entry of another node's under its originator's conditions (invariant 6): one table, pure, asked by every
//! way out.
//!
//! An entry's conditions are its own handling codes and whatever its originator added later; the strictest counts. A permission
//! opens the uses that it names and no other, of the conditions that its author had seen when giving it, and until its day is over:
//! who tightens once more has closed again what was open. Our own entries have no conditions here: whoever set one is not bound by it.

use crate::handling::HandlingCodes;
use crate::ids::EntryId;
use crate::instant::Instant;
use crate::label::{Label, label};
use minicbor::{Decode, Encode};
use serde::Serialize;

/// What somebody is about to do with what an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Read it, on a page, by the API, in a list or by searching.
    Read,
    /// Open or take out a file of it.
    OpenFile,
    /// Print it.
    Print,
    /// Quote it to others: translating it for whoever else may hold it is quoting.
    Quote,
    /// Take it out with its proof, which convinces a court or anybody else.
    Prove,
    /// Pass it on to a service outside its dossier.
    Forward,
    /// Use it for another purpose than its dossier's.
    OtherPurpose,
}

impl Use {
    /// Every use.
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::OpenFile,
        Self::Print,
        Self::Quote,
        Self::Prove,
        Self::Forward,
        Self::OtherPurpose,
    ];

    /// Its name for programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::OpenFile => "open_file",
            Self::Print => "print",
            Self::Quote => "quote",
            Self::Prove => "prove",
            Self::Forward => "forward",
            Self::OtherPurpose => "other_purpose",
        }
    }

    /// What a person reads: completes "may".
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Read => label("lire", "القراءة", "read"),
            Self::OpenFile => label("ouvrir les fichiers", "فتح المرفقات", "open the files"),
            Self::Print => label("imprimer", "الطباعة", "print"),
            Self::Quote => label(
                "citer, traduire pour autrui",
                "الاقتباس والترجمة للغير",
                "quote, translate for others",
            ),
            Self::Prove => label(
                "exporter avec la preuve",
                "التصدير مع الإثبات",
                "export with its proof",
            ),
            Self::Forward => label(
                "transmettre à un autre service",
                "الإحالة على مصلحة أخرى",
                "pass on to another service",
            ),
            Self::OtherPurpose => label(
                "employer à une autre fin",
                "الاستعمال لغاية أخرى",
                "use for another purpose",
            ),
        }
    }
}

/// Uses that can be asked for and permitted; they combine. Each is a bit that never changes its meaning.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Encode, Decode, Serialize,
)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Uses(#[n(0)] u8);

impl Uses {
    /// Producing it in court.
    pub const COURT: Self = Self(1);
    /// Passing it on.
    pub const FORWARD: Self = Self(2);
    /// Quoting it.
    pub const QUOTE: Self = Self(4);
    /// Using it for another purpose.
    pub const PURPOSE: Self = Self(8);

    /// Each with its name and meaning.
    pub const ALL: [(Self, &'static str, Label); 4] = [
        (
            Self::COURT,
            "court",
            label(
                "produire en justice",
                "الإدلاء به أمام القضاء",
                "produce in court",
            ),
        ),
        (
            Self::FORWARD,
            "forward",
            label(
                "transmettre à un autre service",
                "الإحالة على مصلحة أخرى",
                "pass on to another service",
            ),
        ),
        (
            Self::QUOTE,
            "quote",
            label(
                "citer, traduire pour autrui",
                "الاقتباس والترجمة للغير",
                "quote, translate for others",
            ),
        ),
        (
            Self::PURPOSE,
            "purpose",
            label(
                "employer à une autre fin",
                "الاستعمال لغاية أخرى",
                "use for another purpose",
            ),
        ),
    ];

    /// Both sets together.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// Whether all of `other` is in it.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
    /// Whether any of `other` is in it.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
    /// Whether it is what a header may carry: something, and nothing that this version does not know.
    #[must_use]
    pub fn is_known(self) -> bool {
        self.0 != 0 && self.0 < 16
    }
    /// Those that are set, by name.
    pub fn names(self) -> impl Iterator<Item = (&'static str, Label)> {
        let set = Self::ALL
            .into_iter()
            .filter(move |(u, ..)| self.contains(*u));
        set.map(|(_, name, label)| (name, label))
    }
}

/// Conditions that an entry has from one act of its originator's: its own codes, or what was added later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// The entry that says so.
    pub by: EntryId,
    /// The codes.
    pub codes: HandlingCodes,
    /// From then on nothing of it may be used.
    pub until: Option<Instant>,
    /// Whether whoever asks has confirmed that they read its H3 text.
    pub read: bool,
}

/// A permission that its originator gave to our node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The entry that gives it.
    pub by: EntryId,
    /// What it opens.
    pub uses: Uses,
    /// How long.
    pub until: Option<Instant>,
    /// The restrictions that its author had seen: those added later or at the same time it does not lift.
    pub lifts: Vec<EntryId>,
}

/// All that was said of an entry by its originator.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Conditions {
    /// What restricts it.
    pub restrictions: Vec<Restriction>,
    /// What opens it again.
    pub grants: Vec<Grant>,
}

/// Whether something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It may.
    Allowed,
    /// It may once the reader has confirmed the condition that this entry holds.
    Acknowledge(EntryId),
    /// It may if the originator permits one of these.
    Permission(Uses),
    /// Never again: its time is over since then.
    Ended(Instant),
}

impl Answer {
    /// Whether it may be done now.
    #[must_use]
    pub fn allowed(self) -> bool {
        self == Self::Allowed
    }
    /// What a person reads.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Allowed => label("permis", "مسموح به", "allowed"),
            Self::Acknowledge(_) => label(
                "son auteur y a mis une condition : lisez-la et confirmez-la d’abord",
                "وضع صاحبه شرطا: اقرؤوه وأكدوه أولا",
                "its originator set a condition: read it and confirm it first",
            ),
            Self::Permission(_) => label(
                "les conditions de son auteur l’interdisent sans son autorisation",
                "شروط صاحبه تمنع ذلك دون إذنه",
                "the conditions of its originator forbid this without its permission",
            ),
            Self::Ended(_) => label(
                "le délai fixé par son auteur est passé",
                "انقضى الأجل الذي حدده صاحبه",
                "the time that its originator set is over",
            ),
        }
    }
    /// Its name for programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Acknowledge(_) => "acknowledge",
            Self::Permission(_) => "permission",
            Self::Ended(_) => "ended",
        }
    }
}

impl Conditions {
    /// What a use comes to at an instant. The one place that says so.
    #[must_use]
    pub fn answer(&self, what: Use, now: Instant) -> Answer {
        if let Some(end) = self.until().filter(|end| *end <= now) {
            return Answer::Ended(end);
        }
        if let Some(unread) = self.restrictions.iter().find(|r| r.unread()) {
            return Answer::Acknowledge(unread.by);
        }
        let missing = self.missing(what, now).next();
        missing.map_or(Answer::Allowed, |(_, _, uses)| Answer::Permission(uses))
    }

    /// What bars a use now, permissions apart that were given: each condition by the entry that sets it and its code, with the uses of which
    /// its originator would have to permit one.
    pub fn missing(
        &self,
        what: Use,
        now: Instant,
    ) -> impl Iterator<Item = (EntryId, &'static str, Uses)> {
        let barred = self.restrictions.iter().flat_map(move |r| {
            let needed = r.codes.names();
            needed.filter_map(move |(name, _)| Some((r.by, name, opens(name, what)?)))
        });
        barred.filter(move |(by, _, uses)| !self.lifted(*by, *uses, now))
    }

    /// Whether a partner's entry may be used for another purpose (invariant 7): where its conditions allow it, and its originator gave its
    /// permission, whatever its codes are. The same purpose is what it was given for; another is for its originator to decide.
    #[must_use]
    pub fn other_purpose(&self, now: Instant) -> Answer {
        let permitted = self
            .grants
            .iter()
            .any(|g| g.uses.meets(Uses::PURPOSE) && g.holds(now));
        match self.answer(Use::OtherPurpose, now) {
            Answer::Allowed if !permitted => Answer::Permission(Uses::PURPOSE),
            answer => answer,
        }
    }

    /// All codes together: conditions only ever add up.
    #[must_use]
    pub fn codes(&self) -> HandlingCodes {
        let all = self.restrictions.iter().map(|r| r.codes);
        all.fold(HandlingCodes::default(), HandlingCodes::union)
    }

    /// When its time is over: the earliest end that was set.
    #[must_use]
    pub fn until(&self) -> Option<Instant> {
        self.restrictions.iter().filter_map(|r| r.until).min()
    }

    /// The permissions by which something may be done that its codes would bar.
    pub fn by_which(&self, what: Use, now: Instant) -> impl Iterator<Item = &Grant> {
        let needed = self
            .codes()
            .names()
            .filter_map(move |(n, _)| opens(n, what));
        let any = needed.fold(Uses::default(), Uses::union);
        self.grants
            .iter()
            .filter(move |g| g.uses.meets(any) && g.holds(now))
    }

    fn lifted(&self, by: EntryId, uses: Uses, now: Instant) -> bool {
        let lifts = |g: &Grant| g.uses.meets(uses) && g.holds(now) && g.lifts.contains(&by);
        self.grants.iter().any(lifts)
    }
}

impl Restriction {
    fn unread(&self) -> bool {
        self.codes.contains(HandlingCodes::H3) && !self.read
    }
}

impl Grant {
    /// Whether its time is not over yet.
    #[must_use]
    pub fn holds(&self, now: Instant) -> bool {
        self.until.is_none_or(|until| now <= until)
    }
}

/// The table: of what code bars a use, the permissions of which one opens it; nothing where the code does not bar it. Whoever may
/// produce something in court may print and prove it for that; so may whoever may pass it on, where no court was excluded.
fn opens(code: &str, what: Use) -> Option<Uses> {
    let copied = Uses::COURT.union(Uses::FORWARD);
    match (code, what) {
        ("H1", Use::Prove) => Some(Uses::COURT),
        ("H2", Use::Prove | Use::Print) => Some(copied),
        ("H2", Use::Forward) => Some(Uses::FORWARD),
        ("H2", Use::Quote) => Some(Uses::QUOTE),
        ("H0" | "H1" | "H2" | "H3", Use::OtherPurpose) => Some(Uses::PURPOSE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: EntryId = EntryId([1; 32]);
    const LATER: EntryId = EntryId([2; 32]);
    const GRANT: EntryId = EntryId([9; 32]);
    const NOW: Instant = Instant(1_000);

    fn codes(names: &str) -> HandlingCodes {
        HandlingCodes::parse(names).unwrap_or_default()
    }

    fn of(by: EntryId, names: &str, read: bool) -> Restriction {
        Restriction {
            by,
            codes: codes(names),
            until: None,
            read,
        }
    }

    fn grant(uses: Uses, lifts: &[EntryId]) -> Grant {
        Grant {
            by: GRANT,
            uses,
            until: None,
            lifts: lifts.to_vec(),
        }
    }

    fn under(names: &str) -> Conditions {
        Conditions {
            restrictions: vec![of(OWN, names, false)],
            grants: Vec::new(),
        }
    }

    /// The whole table, code by use.
    #[test]
    fn invariant_06_what_each_condition_bars() {
        let line = |names: &str| {
            let answers = Use::ALL.map(|u| match under(names).answer(u, NOW) {
                Answer::Allowed => "may".to_owned(),
                Answer::Acknowledge(_) => "read".to_owned(),
                Answer::Permission(uses) => {
                    let names: Vec<&str> = uses.names().map(|(n, _)| n).collect();
                    names.join("|")
                }
                Answer::Ended(_) => "ended".to_owned(),
            });
            answers.join(" ")
        };
        assert_eq!(line(""), "may may may may may may may");
        assert_eq!(line("H0"), "may may may may may may purpose");
        assert_eq!(line("H1"), "may may may may court may purpose");
        assert_eq!(
            line("H2"),
            "may may court|forward quote court|forward forward purpose"
        );
        assert_eq!(line("H3"), "read read read read read read read");
        assert_eq!(line("H1+H3"), "read read read read read read read");
        assert_eq!(
            line("H1+H2"),
            "may may court|forward quote court forward purpose"
        );
    }

    /// A permission opens what it names, and no other use.
    #[test]
    fn invariant_06_a_permission_opens_exactly_what_it_says() {
        let uses_of = |granted: Uses| {
            let mut all = under("H1+H2");
            all.grants.push(grant(granted, &[OWN]));
            let open = Use::ALL
                .into_iter()
                .filter(|u| all.answer(*u, NOW).allowed());
            let names: Vec<&str> = open.map(Use::as_str).collect();
            names.join(" ")
        };
        assert_eq!(uses_of(Uses::COURT), "read open_file print prove");
        assert_eq!(uses_of(Uses::FORWARD), "read open_file print forward");
        assert_eq!(uses_of(Uses::QUOTE), "read open_file quote");
        assert_eq!(uses_of(Uses::PURPOSE), "read open_file other_purpose");
    }

    #[test]
    fn invariant_06_a_permission_ends_and_lifts_only_what_its_author_had_seen() {
        let mut all = under("H1");
        all.grants.push(Grant {
            until: Some(NOW),
            ..grant(Uses::COURT, &[OWN])
        });
        assert!(all.answer(Use::Prove, NOW).allowed());
        let after = Instant(NOW.0 + 1);
        let missing = Answer::Permission(Uses::COURT);
        assert_eq!(all.answer(Use::Prove, after), missing);
        assert_eq!(all.by_which(Use::Prove, NOW).count(), 1);
        assert_eq!(all.by_which(Use::Prove, after).count(), 0);
        // The same code once more, unseen by the permission: closed again.
        all.restrictions.push(of(LATER, "H1", false));
        assert_eq!(all.answer(Use::Prove, NOW), missing);
        all.grants.push(grant(Uses::COURT, &[OWN, LATER]));
        assert!(all.answer(Use::Prove, NOW).allowed());
    }

    #[test]
    fn invariant_06_each_free_text_is_confirmed_and_the_earliest_end_counts() {
        let mut all = under("");
        all.restrictions.push(of(LATER, "H3", false));
        assert_eq!(all.answer(Use::Read, NOW), Answer::Acknowledge(LATER));
        all.restrictions[1].read = true;
        assert!(all.answer(Use::Read, NOW).allowed());
        for until in [2_000, 1_500] {
            all.restrictions.push(Restriction {
                until: Some(Instant(until)),
                ..of(LATER, "", false)
            });
        }
        assert_eq!(all.until(), Some(Instant(1_500)));
        let over = Answer::Ended(Instant(1_500));
        for what in Use::ALL {
            assert!(all.answer(what, Instant(1_499)).allowed() || what == Use::OtherPurpose);
            assert_eq!(all.answer(what, Instant(1_500)), over);
        }
        // No permission outlives the end.
        let every = Uses::ALL.into_iter().map(|(u, ..)| u);
        let every = every.fold(Uses::default(), Uses::union);
        all.grants.push(grant(every, &[OWN, LATER]));
        assert_eq!(all.answer(Use::Read, Instant(1_500)), over);
    }

    /// Without a code too, its originator decides; and a permission opens no condition that was added after it.
    #[test]
    fn invariant_07_another_purpose_takes_its_originators_permission_whatever_the_codes() {
        let asks = Answer::Permission(Uses::PURPOSE);
        let mut plain = Conditions::default();
        assert_eq!(plain.other_purpose(NOW), asks);
        plain.grants.push(Grant {
            until: Some(NOW),
            ..grant(Uses::PURPOSE.union(Uses::COURT), &[])
        });
        assert_eq!(plain.other_purpose(NOW), Answer::Allowed);
        assert_eq!(plain.other_purpose(Instant(NOW.0 + 1)), asks);
        plain.restrictions.push(of(LATER, "H1", false));
        assert_eq!(plain.other_purpose(NOW), asks);
        let mut other = Conditions::default();
        other.grants.push(grant(Uses::COURT, &[]));
        assert_eq!(other.other_purpose(NOW), asks, "another use was permitted");
        let mut waits = under("H3");
        waits.grants.push(grant(Uses::PURPOSE, &[OWN]));
        assert_eq!(waits.other_purpose(NOW), Answer::Acknowledge(OWN));
    }

    #[test]
    fn uses_are_known_bits() {
        assert!(!Uses::default().is_known() && !Uses(16).is_known() && Uses(15).is_known());
        let names: Vec<&str> = Uses(5).names().map(|(n, _)| n).collect();
        assert_eq!(names, ["court", "quote"]);
    }
}
