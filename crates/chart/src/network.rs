//! A network of things and of typed links between them, each with where it comes from and how it was evaluated.

use crate::day::Span;
use crate::{Filter, View};
use std::collections::BTreeSet;

/// Most things that a network takes: beyond, a question is put before the network is read.
pub const THINGS: usize = 200_000;
/// Most links that a network takes.
const LINKS: usize = 1_000_000;
/// Longest label, in characters: longer ones are cut where they are read, not here.
const LABEL: usize = 1_000;

/// What a thing is; each has a symbol of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A natural person.
    Person,
    /// A company, an association, a group.
    Organisation,
    /// A number of a telephone.
    Phone,
    /// An account, at a bank or online.
    Account,
    /// A vehicle.
    Vehicle,
    /// A vessel or an aircraft.
    Vessel,
    /// An address.
    Address,
    /// A device.
    Device,
    /// A document.
    Document,
    /// Something that happened.
    Event,
    /// A place.
    Place,
    /// Another thing.
    Other,
}

impl Sort {
    /// Every sort, in the order of legends.
    pub const ALL: [Self; 12] = [
        Self::Person,
        Self::Organisation,
        Self::Phone,
        Self::Account,
        Self::Vehicle,
        Self::Vessel,
        Self::Address,
        Self::Device,
        Self::Document,
        Self::Event,
        Self::Place,
        Self::Other,
    ];

    /// The code that addresses, classes and exports carry.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Phone => "phone",
            Self::Account => "account",
            Self::Vehicle => "vehicle",
            Self::Vessel => "vessel",
            Self::Address => "address",
            Self::Device => "device",
            Self::Document => "document",
            Self::Event => "event",
            Self::Place => "place",
            Self::Other => "other",
        }
    }

    /// The sort of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }
}

/// The provider's 4x4 evaluation: source `A`, `B`, `C` or `X`, information 1 to 4. Ordered from the best to what is not assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evaluation {
    source: u8,
    accuracy: u8,
}

impl Evaluation {
    /// Not assessed: what nothing is said of counts as this.
    pub const X4: Self = Self {
        source: 3,
        accuracy: 4,
    };

    /// The evaluation written as a code such as `B2`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let mut letters = code.chars();
        let source = match letters.next()? {
            'A' => 0,
            'B' => 1,
            'C' => 2,
            'X' => 3,
            _ => return None,
        };
        let accuracy = match letters.next()? {
            '1' => 1,
            '2' => 2,
            '3' => 3,
            '4' => 4,
            _ => return None,
        };
        letters
            .next()
            .is_none()
            .then_some(Self { source, accuracy })
    }

    /// Written as one code, such as `B2`.
    #[must_use]
    pub fn code(self) -> String {
        let source = match self.source {
            0 => 'A',
            1 => 'B',
            2 => 'C',
            _ => 'X',
        };
        format!("{source}{}", self.accuracy)
    }

    /// Whether neither its source nor its information is worse than asked.
    #[must_use]
    pub fn as_good_as(self, least: Self) -> bool {
        self.source <= least.source && self.accuracy <= least.accuracy
    }
}

/// A thing of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Opaque and unique in its network. The order of ids is the order of everything that is computed.
    pub id: String,
    /// What its reader calls it.
    pub label: String,
    /// What it is.
    pub sort: Sort,
    /// The node that brought it.
    pub origin: String,
    /// How its provider evaluated it.
    pub evaluation: Option<Evaluation>,
    /// When it existed or was known, where that is said.
    pub span: Span,
}

/// A link between two things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// One end.
    pub from: String,
    /// The other end.
    pub to: String,
    /// What relates them, by a code such as `calls`.
    pub relation: String,
    /// Whether it leads from one end to the other only.
    pub directed: bool,
    /// The node that brought it.
    pub origin: String,
    /// How its provider evaluated it.
    pub evaluation: Option<Evaluation>,
    /// When it held, where that is said.
    pub span: Span,
    /// Where it is said: numbers of entries.
    pub sources: Vec<String>,
}

/// Why things and links make no network. Texts name no thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Two things under one id.
    #[error("two things have one id")]
    Twice,
    /// A link to a thing that is not there.
    #[error("a link ends at no thing of this network")]
    Loose,
    /// Too many.
    #[error("more things or links than a chart takes")]
    TooMany,
    /// A text that is empty where it must not be, or too long.
    #[error("an id or a label is empty or too long")]
    Text,
}

/// Things by ascending id, links between them as they came, by place.
#[derive(Clone, Debug)]
pub struct Network {
    things: Vec<Thing>,
    links: Vec<Held>,
}

/// A link with the places of its ends.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) link: Link,
}

impl Network {
    /// A network of these things and links.
    ///
    /// # Errors
    /// Where an id is there twice, a link ends nowhere, or there is too much of something.
    pub fn new(mut things: Vec<Thing>, links: Vec<Link>) -> Result<Self, Unfit> {
        if things.len() > THINGS || links.len() > LINKS {
            return Err(Unfit::TooMany);
        }
        things.sort_by(|a, b| a.id.cmp(&b.id));
        if things.iter().any(|thing| !sound(thing)) {
            return Err(Unfit::Text);
        }
        if things
            .windows(2)
            .any(|two| matches!(two, [a, b] if a.id == b.id))
        {
            return Err(Unfit::Twice);
        }
        let place = |id: &str| {
            things
                .binary_search_by(|thing| thing.id.as_str().cmp(id))
                .map_err(|_| Unfit::Loose)
        };
        let links = links
            .into_iter()
            .map(|link| {
                Ok(Held {
                    from: place(&link.from)?,
                    to: place(&link.to)?,
                    link,
                })
            })
            .collect::<Result<_, Unfit>>()?;
        Ok(Self { things, links })
    }

    /// Every thing, by ascending id.
    #[must_use]
    pub fn things(&self) -> &[Thing] {
        &self.things
    }

    /// Every link, in the order in which it came.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().map(|held| &held.link)
    }

    /// How many links there are.
    #[must_use]
    pub fn link_count(&self) -> usize {
        self.links.len()
    }

    /// The thing of an id.
    #[must_use]
    pub fn thing(&self, id: &str) -> Option<&Thing> {
        self.place(id).and_then(|place| self.things.get(place))
    }

    /// What of it the filter lets through.
    #[must_use]
    pub fn view(&self, filter: &Filter) -> View<'_> {
        View::of(self, filter)
    }

    /// The relations that its links have, for the choices of a filter.
    #[must_use]
    pub fn relations(&self) -> BTreeSet<&str> {
        self.links().map(|link| link.relation.as_str()).collect()
    }

    /// The nodes that brought its things and links.
    #[must_use]
    pub fn origins(&self) -> BTreeSet<&str> {
        let things = self.things.iter().map(|thing| thing.origin.as_str());
        things
            .chain(self.links().map(|link| link.origin.as_str()))
            .collect()
    }

    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        self.things
            .binary_search_by(|thing| thing.id.as_str().cmp(id))
            .ok()
    }

    pub(crate) fn held(&self) -> &[Held] {
        &self.links
    }
}

fn sound(thing: &Thing) -> bool {
    !thing.id.is_empty() && thing.id.len() <= LABEL && thing.label.chars().count() <= LABEL
}
