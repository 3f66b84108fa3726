//! What is given to show of an investigation's things: records as each side brought them, links between them, and what people decided
//! about two of them. Nothing is ranked, scored or merged.

use super::{DossierLine, EntryView};
use entente_core::handling::Handling;
use entente_core::ids::{EntryId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::investigation::lists::LinkSort;
use entente_core::kinds::investigation::things::ThingSort;
use entente_core::label::Lang;
use entente_core::partial::PartialDate;
use std::collections::{BTreeMap, BTreeSet};

/// The things of a dossier with their links, as far as the reader may read them. A link whose ends are not both here is left out, and so
/// is a decision: what may not be seen does not exist.
#[derive(Clone, Debug)]
pub struct Things {
    /// The dossier.
    pub dossier: DossierLine,
    /// The records, in the order in which they were brought: by sort they are grouped by whoever shows them.
    pub things: Vec<Thing>,
    /// The links, in the order in which they were brought.
    pub links: Vec<ThingLink>,
    /// What people decided about two records, in order, with what was undone.
    pub joins: Vec<Join>,
    /// Records, links and decisions that are here and whose words the reader may not read, or that are gone. Nothing else is said of them.
    pub withheld: u64,
    /// Types of entries about things that the reader may write now.
    pub forms: Vec<&'static EntryType>,
    /// Where somebody searched: the records that it found.
    pub found: Option<BTreeSet<EntryId>>,
}

/// One record of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// The entry that records it.
    pub entry: EntryId,
    /// Its sort.
    pub sort: ThingSort,
    /// Its names, the first of which is its label; never empty.
    pub names: Vec<ThingName>,
    /// When it began (of a person: was born), as far as it is known.
    pub from: Option<PartialDate>,
    /// When it ended, as far as it is known.
    pub to: Option<PartialDate>,
    /// Of a person: category of FIELD B5, article 6, by its code.
    pub category: Option<String>,
    /// Who brought it, and when.
    pub brought: BroughtBy,
}

/// A name in its language and script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingName {
    /// The name as it is written.
    pub text: String,
    /// Its language and script as BCP 47 writes them, such as `ar-Arab`; empty where it was not said.
    pub script: String,
}

/// One link from a thing to another.
#[derive(Clone, Debug)]
pub struct ThingLink {
    /// The entry that records it.
    pub entry: EntryId,
    /// How; nothing for a code of a newer version, which [`ThingLink::code`] names.
    pub sort: Option<&'static LinkSort>,
    /// Its code.
    pub code: String,
    /// The record that it leads from.
    pub from: EntryId,
    /// The record that it leads to.
    pub to: EntryId,
    /// Since when, as far as it is known.
    pub since: Option<PartialDate>,
    /// Until when, as far as it is known.
    pub until: Option<PartialDate>,
    /// What was said about it; empty in a list, which would hold the words of all.
    pub text: String,
    /// Who brought it, and when.
    pub brought: BroughtBy,
}

/// Who brought a record or a link, from what, and how it may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtBy {
    /// The node: what one side brought is told apart by it.
    pub origin: NodeName,
    /// Whether that is ours.
    pub ours: bool,
    /// The service.
    pub service: ServiceName,
    /// When it was written, UTC.
    pub at: Instant,
    /// Whether it is an assessment rather than a fact.
    pub assessment: bool,
    /// Sensitivity, conditions, and the 4x4 evaluation.
    pub handling: Handling,
    /// Language of the free text.
    pub lang: Option<Lang>,
    /// The entry of the dossier that it rests on, if one was named.
    pub rests_on: Option<EntryId>,
    /// Whether it was wrong and has been corrected: the entry's own page says what is right.
    pub corrected: bool,
    /// Whether its words may be printed, by its originator's conditions.
    pub printed: bool,
}

/// A decision of people about two records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The entry that says so.
    pub entry: EntryId,
    /// The one record.
    pub one: EntryId,
    /// The other.
    pub other: EntryId,
    /// Whether they are of the same thing; otherwise they are not.
    pub same: bool,
    /// Why; empty in a list, as [`ThingLink::text`].
    pub reason: String,
    /// Language of the reason.
    pub lang: Option<Lang>,
    /// Who decided.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// The entry that undid it, if one did.
    pub undone: Option<Undone>,
}

/// What undid a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The entry.
    pub entry: EntryId,
    /// Why; empty in a list, as [`ThingLink::text`].
    pub reason: String,
    /// Language of the reason.
    pub lang: Option<Lang>,
    /// Who.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
}

impl Thing {
    /// What it is called: its first name.
    #[must_use]
    pub fn label(&self) -> &str {
        self.names.first().map_or("", |name| name.text.as_str())
    }
}

impl Join {
    /// Whether it stands.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.undone.is_none()
    }
    /// Whether it is about these two, in either order.
    #[must_use]
    pub fn is_of(&self, one: EntryId, other: EntryId) -> bool {
        (self.one, self.other) == (one, other) || (self.one, self.other) == (other, one)
    }
    /// Whether it is about this record.
    #[must_use]
    pub fn names(&self, thing: EntryId) -> bool {
        self.one == thing || self.other == thing
    }
}

impl Things {
    /// What a link or a decision says, in words: one thing, how, the other.
    #[must_use]
    pub fn said_by(&self, entry: EntryId, lang: Lang) -> Option<String> {
        let label = |id| self.thing(id).map(Thing::label);
        if let Some(link) = self.links.iter().find(|link| link.entry == entry) {
            let how = link
                .sort
                .map_or(link.code.as_str(), |sort| sort.label.get(lang));
            return Some(format!("{} {how} {}", label(link.from)?, label(link.to)?));
        }
        let join = self.joins.iter().find(|join| join.entry == entry)?;
        let sign = if join.same { '=' } else { '≠' };
        Some(format!(
            "{} {sign} {}",
            label(join.one)?,
            label(join.other)?
        ))
    }

    /// One record.
    #[must_use]
    pub fn thing(&self, entry: EntryId) -> Option<&Thing> {
        self.things.iter().find(|thing| thing.entry == entry)
    }

    /// What is listed: what a search found, everything without one. By sort, then in the order in which it was brought.
    #[must_use]
    pub fn listed(&self) -> Vec<&Thing> {
        let found = |thing: &&Thing| {
            let found = self.found.as_ref();
            found.is_none_or(|found| found.contains(&thing.entry))
        };
        let mut listed: Vec<&Thing> = self.things.iter().filter(found).collect();
        listed.sort_by_key(|thing| thing.sort);
        listed
    }

    /// Whether two records count as of the same thing: somebody decided so, and no decision that stands says otherwise of these two.
    #[must_use]
    pub fn same(&self, one: EntryId, other: EntryId) -> bool {
        let mut said = self
            .joins
            .iter()
            .filter(|join| join.stands() && join.is_of(one, other))
            .peekable();
        said.peek().is_some() && said.all(|join| join.same)
    }

    /// Which records are of the same thing by way of decisions, for all of them at once.
    #[must_use]
    pub fn groups(&self) -> Groups {
        let beside = self.beside();
        let mut groups = Groups::default();
        for thing in &self.things {
            if beside.contains_key(&thing.entry) && !groups.of.contains_key(&thing.entry) {
                groups.add(reached(&beside, thing.entry));
            }
        }
        for thing in &self.things {
            if let Some(all) = groups
                .of
                .get(&thing.entry)
                .and_then(|at| groups.all.get_mut(*at))
            {
                all.push(thing.entry);
            }
        }
        groups
    }

    /// Of each record, those that count as of the same thing by a decision about these two.
    fn beside(&self) -> BTreeMap<EntryId, Vec<EntryId>> {
        let mut said: BTreeMap<(EntryId, EntryId), bool> = BTreeMap::new();
        for join in self.joins.iter().filter(|join| join.stands()) {
            let two = (join.one.min(join.other), join.one.max(join.other));
            let same = said.entry(two).or_insert(true);
            *same &= join.same;
        }
        let mut beside: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
        for ((one, other), _) in said.into_iter().filter(|(_, same)| *same) {
            beside.entry(one).or_default().push(other);
            beside.entry(other).or_default().push(one);
        }
        beside
    }

    /// A record with all that are of the same thing by way of decisions, itself first, the others in the order of [`Things::things`].
    #[must_use]
    pub fn joined(&self, entry: EntryId) -> Vec<EntryId> {
        let groups = self.groups();
        let others = groups.with(entry).iter().copied();
        let others = others.filter(|other| *other != entry);
        std::iter::once(entry).chain(others).collect()
    }
}

/// Records that are of the same thing.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    all: Vec<Vec<EntryId>>,
    of: BTreeMap<EntryId, usize>,
}

impl Groups {
    /// All records of the same thing as this one, itself among them, in the order of [`Things::things`]; none where it stands alone.
    #[must_use]
    pub fn with(&self, entry: EntryId) -> &[EntryId] {
        let place = self.of.get(&entry);
        let all = place.and_then(|place| self.all.get(*place));
        all.map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, records: BTreeSet<EntryId>) {
        let place = self.all.len();
        self.of
            .extend(records.into_iter().map(|record| (record, place)));
        self.all.push(Vec::new());
    }
}

/// Everything that is reached from a record.
fn reached(beside: &BTreeMap<EntryId, Vec<EntryId>>, from: EntryId) -> BTreeSet<EntryId> {
    let mut found = BTreeSet::from([from]);
    let mut look = vec![from];
    while let Some(one) = look.pop() {
        for other in beside.get(&one).into_iter().flatten() {
            if found.insert(*other) {
                look.push(*other);
            }
        }
    }
    found
}

/// One thing: its record, those joined to it, and where they are used. Lists are shown by pages, so that one look holds the words of what it
/// shows.
#[derive(Clone, Debug)]
pub struct ThingView {
    /// All things of the dossier, for labels and links.
    pub all: Things,
    /// The record that was asked for.
    pub entry: EntryId,
    /// Which pages these are.
    pub at: ThingPages,
    /// It and the records joined to it, itself first.
    pub joined: Vec<EntryId>,
    /// A page of these, each as its side brought it.
    pub records: Vec<EntryView>,
    /// A page of the links of all these, with their words.
    pub links: Vec<ThingLink>,
    /// How many links there are.
    pub all_links: u64,
    /// A page of the decisions about them, with their reasons.
    pub decisions: Vec<Join>,
    /// How many decisions there are.
    pub all_decisions: u64,
}

/// Pages of the lists of one thing, each from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThingPages {
    /// Of the records joined.
    pub records: u32,
    /// Of the links.
    pub links: u32,
    /// Of the decisions.
    pub decisions: u32,
}

impl ThingPages {
    /// Records on a page: each is a whole entry.
    pub const RECORDS: u32 = 20;
    /// Links, and decisions, on a page.
    pub const LINES: u32 = 100;
}

/// A page of a list, and how long the list is. A page that is not there is empty.
#[must_use]
pub fn page_of<T>(all: impl Iterator<Item = T>, page: u32, each: u32) -> (Vec<T>, u64) {
    let from = u64::from(page) * u64::from(each);
    let (mut shown, mut count) = (Vec::new(), 0_u64);
    for one in all {
        if (from..from + u64::from(each)).contains(&count) {
            shown.push(one);
        }
        count += 1;
    }
    (shown, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::codes::{Phase, Purpose};
    use entente_core::ids::DossierId;
    use entente_core::kinds;

    fn id(n: u8) -> EntryId {
        EntryId([n; 32])
    }

    fn thing(n: u8) -> Thing {
        let service: ServiceName = "fr/liaison".parse().unwrap();
        Thing {
            entry: id(n),
            sort: ThingSort::Phone,
            names: vec![ThingName {
                text: format!("numéro {n}"),
                script: String::new(),
            }],
            from: None,
            to: None,
            category: None,
            brought: BroughtBy {
                origin: service.node(),
                ours: true,
                service,
                at: Instant(0),
                assessment: false,
                handling: Handling {
                    class: entente_core::codes::Class::Open,
                    codes: entente_core::handling::HandlingCodes::default(),
                    evaluation: None,
                },
                lang: None,
                rests_on: None,
                corrected: false,
                printed: true,
            },
        }
    }

    fn join(n: u8, one: u8, other: u8, same: bool) -> Join {
        Join {
            entry: id(n),
            one: id(one),
            other: id(other),
            same,
            reason: "parce que".into(),
            lang: None,
            service: "ma/liaison".parse().unwrap(),
            at: Instant(0),
            undone: None,
        }
    }

    fn things(joins: Vec<Join>) -> Things {
        Things {
            dossier: DossierLine {
                id: DossierId([7; 32]),
                number: "FR-1".into(),
                title: String::new(),
                kind: kinds::find("investigation").unwrap(),
                purpose: Purpose::Justice,
                phase: Phase::Open,
                nodes: Vec::new(),
                opened: Instant(0),
                updated: Instant(0),
                open: 0,
                overdue: 0,
            },
            things: (1..=4).map(thing).collect(),
            links: Vec::new(),
            joins,
            withheld: 0,
            forms: Vec::new(),
            found: None,
        }
    }

    #[test]
    fn records_are_joined_by_decisions_alone_and_parted_by_their_undoing() {
        let all = things(vec![join(10, 1, 2, true), join(11, 3, 2, true)]);
        assert_eq!(all.joined(id(2)), [id(2), id(1), id(3)]);
        assert_eq!(all.joined(id(4)), [id(4)]);
        let mut joins = vec![join(10, 1, 2, true), join(11, 3, 2, true)];
        joins[0].undone = Some(Undone {
            entry: id(12),
            reason: String::new(),
            lang: None,
            service: "fr/liaison".parse().unwrap(),
            at: Instant(0),
        });
        assert_eq!(things(joins).joined(id(2)), [id(2), id(3)]);
    }

    #[test]
    fn what_one_side_says_is_not_the_same_is_not_joined_by_the_other() {
        let all = things(vec![join(10, 1, 2, true), join(11, 2, 1, false)]);
        assert_eq!(all.joined(id(1)), [id(1)]);
        assert!(!all.same(id(1), id(2)));
    }
}

/// What speaks of an entry that is to be erased.
#[derive(Clone, Debug, Default)]
pub struct SpeaksOf {
    /// Entries of our own side that name it, in their order.
    pub ours: Vec<SpeakingLine>,
    /// How many of the other sides do: theirs to erase.
    pub theirs: u64,
    /// Whether the entry itself never left our node.
    pub here: bool,
}

/// An entry of our own side that names what is to be erased.
#[derive(Clone, Debug)]
pub struct SpeakingLine {
    /// The entry.
    pub entry: EntryId,
    /// Its definition, if this version knows it.
    pub entry_type: Option<&'static EntryType>,
    /// Its type.
    pub type_name: String,
    /// Who wrote it.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// Whether it never left our node.
    pub here: bool,
    /// Whether other states hold it than hold what is erased: then it is erased by itself.
    pub apart: bool,
    /// Whether it says nothing but what it says of what it names: then it is chosen unless the officer says otherwise.
    pub chosen: bool,
}
