//! What a package could bring into a dossier as things and links: a list of proposals, each with why. Nothing is confirmed by itself
//! (invariant 9): people take or leave each. Of a person only what they are called is proposed: no nationality, no birth, no description,
//! no language, whatever the package says, and no two things are ever taken for one.

use crate::graph::{Graph, Iri, Node, NodeId};
use crate::limits::{MAX_EACH, MAX_LABEL, MAX_LINKS};
use crate::vocabulary as v;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What sort of thing is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A device or a card in one.
    Device,
    /// An account, a telephone number among them.
    Account,
    /// An address on a network.
    Address,
    /// A message or a thread of them.
    Message,
    /// A call.
    Call,
    /// A file or other content.
    File,
    /// A place.
    Place,
}

impl Sort {
    /// Every sort, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Organisation,
        Self::Device,
        Self::Account,
        Self::Address,
        Self::Message,
        Self::Call,
        Self::File,
        Self::Place,
    ];

    /// The name by which programs know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Device => "device",
            Self::Account => "account",
            Self::Address => "address",
            Self::Message => "message",
            Self::Call => "call",
            Self::File => "file",
            Self::Place => "place",
        }
    }

    /// Whether a dossier records such a thing. Messages, calls and files are evidence: they stay in their package.
    #[must_use]
    pub const fn is_recorded(self) -> bool {
        !matches!(self, Self::Message | Self::Call | Self::File)
    }
}

/// Last parts of the types of UCO that make a thing of a sort.
const TYPES: &[(Sort, &[&str])] = &[
    (Sort::Person, &["identity/Person", "victim/Victim"]),
    (Sort::Organisation, &["identity/Organization"]),
    (
        Sort::Device,
        &[
            "observable/Device",
            "observable/MobileDevice",
            "observable/MobilePhone",
            "observable/Computer",
            "observable/Laptop",
            "observable/Tablet",
            "observable/SmartDevice",
            "observable/SIMCard",
            "observable/StorageMedium",
        ],
    ),
    (
        Sort::Account,
        &[
            "observable/Account",
            "observable/ApplicationAccount",
            "observable/DigitalAccount",
            "observable/EmailAccount",
            "observable/MobileAccount",
            "observable/PhoneAccount",
            "observable/UserAccount",
        ],
    ),
    (
        Sort::Address,
        &[
            "observable/DomainName",
            "observable/EmailAddress",
            "observable/IPv4Address",
            "observable/IPv6Address",
            "observable/MACAddress",
            "observable/URL",
        ],
    ),
    (
        Sort::Message,
        &[
            "observable/EmailMessage",
            "observable/MMSMessage",
            "observable/Message",
            "observable/MessageThread",
            "observable/SMSMessage",
        ],
    ),
    (Sort::Call, &["observable/Call"]),
    (
        Sort::File,
        &[
            "observable/ContentData",
            "observable/File",
            "observable/Image",
            "observable/RasterPicture",
        ],
    ),
    (Sort::Place, &["location/Location", "observable/CellSite"]),
];

/// A thing that could be taken into a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its node.
    pub node: NodeId,
    /// What sort of thing.
    pub sort: Sort,
    /// The type that makes it one.
    pub because: Iri,
    /// What to call it; none if the package calls it nothing.
    pub label: Option<String>,
}

impl Thing {
    /// Whether a dossier could take it: it records such things, and the package says what this one is called.
    #[must_use]
    pub fn can_be_taken(&self) -> bool {
        self.sort.is_recorded() && self.label.is_some()
    }
}

/// A link that could be taken into a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The node that says so.
    pub node: NodeId,
    /// From here.
    pub from: NodeId,
    /// To there.
    pub to: NodeId,
    /// What it is, as the package says: the kind of a relationship, or the property that refers.
    pub kind: String,
}

/// Things and links, for people to take or leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// Things, sort by sort.
    pub things: Vec<Thing>,
    /// Links between nodes that are things, or that the package only refers to.
    pub links: Vec<Link>,
    /// Whether all links are there; some are left out beyond [`MAX_LINKS`].
    pub complete: bool,
}

impl Proposals {
    /// The things that a dossier could take: the one list, and the one count, of every way in which a package is read.
    pub fn to_take(&self) -> impl Iterator<Item = &Thing> {
        self.things.iter().filter(|thing| thing.can_be_taken())
    }

    /// How many others the package has: what is evidence and no record, and what it gives no name.
    #[must_use]
    pub fn left(&self) -> usize {
        self.things.len() - self.to_take().count()
    }
}

/// What a package could bring into a dossier.
#[must_use]
pub fn proposals(graph: &Graph) -> Proposals {
    let mut things: Vec<Thing> = graph
        .described()
        .filter_map(|(id, node)| {
            let (sort, because) = sort(node)?;
            Some(Thing {
                node: id,
                sort,
                because: Arc::clone(because),
                label: label(graph, node),
            })
        })
        .collect();
    things.sort_by_key(|thing| (thing.sort, thing.node));
    let (links, complete) = links(graph);
    Proposals {
        things,
        links,
        complete,
    }
}

fn sort(node: &Node) -> Option<(Sort, &Iri)> {
    TYPES.iter().find_map(|(sort, names)| {
        let of = |kind: &&Iri| {
            let name = kind.strip_prefix(v::UCO);
            name.is_some_and(|name| names.contains(&name))
        };
        node.types.iter().find(of).map(|kind| (*sort, kind))
    })
}

/// What a node is called: the first of these that it says, at itself or in a facet. It may say what someone wrote, never what someone is.
pub(crate) const LABELS: &[&str] = &[
    v::NAME,
    v::DISPLAY_NAME,
    v::PHONE_NUMBER,
    v::ADDRESS_VALUE,
    v::FULL_VALUE,
    v::ACCOUNT_IDENTIFIER,
    v::FILE_NAME,
    v::MSISDN,
    v::IMEI,
    v::SERIAL_NUMBER,
    v::MODEL,
    v::LOCALITY,
    v::MESSAGE_TEXT,
];

/// A label for people, without letters that change how what stands beside it is shown.
#[must_use]
pub fn label(graph: &Graph, node: &Node) -> Option<String> {
    let mut person = [v::GIVEN_NAME, v::FAMILY_NAME]
        .into_iter()
        .filter_map(|part| graph.texts(node, part).next());
    let named = match (person.next(), person.next()) {
        (Some(given), Some(family)) => Some(format!("{} {}", cut(given), cut(family))),
        (Some(one), None) => Some(cut(one)),
        _ => None,
    };
    // A device is known by the number that it bears; an address of its radio is no such number.
    let device = matches!(sort(node), Some((Sort::Device, _)));
    let first: &[&str] = if device {
        &[v::IMEI, v::SERIAL_NUMBER]
    } else {
        &[]
    };
    let later = LABELS.iter().filter(|p| !device || **p != v::ADDRESS_VALUE);
    let last = device.then_some(&v::ADDRESS_VALUE);
    let mut all = first.iter().chain(later).chain(last);
    let mut said = || all.find_map(|p| graph.texts(node, p).next());
    let label = named.or_else(|| said().map(cut))?;
    Some(cut(&label)).filter(|label| !label.is_empty())
}

/// A text as one line of at most [`MAX_LABEL`] letters; control characters and those that turn the direction of a line are taken out.
#[must_use]
pub fn cut(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    let kept = line.filter(|c| !c.is_control() && !turns(*c));
    let mut out: String = kept.take(MAX_LABEL).collect();
    if text.chars().nth(MAX_LABEL).is_some() {
        out.push('…');
    }
    out.trim().to_owned()
}

fn links(graph: &Graph) -> (Vec<Link>, bool) {
    let mut out = Vec::new();
    // What a facet says is said of the node that has it.
    let nodes = graph.described().flat_map(|(_, n)| n.refers(v::HAS_FACET));
    let facets: BTreeSet<NodeId> = nodes.collect();
    for (id, node) in graph.described().filter(|(id, _)| !facets.contains(id)) {
        let whole = match node.is(v::RELATIONSHIP) || node.is(v::OBSERVABLE_RELATIONSHIP) {
            true => relationship(id, node, &mut out),
            false => referring(graph, id, node, &mut out),
        };
        if !whole {
            return (out, false);
        }
    }
    (out, true)
}

/// What a relationship says: from each of its sources to each of its targets.
fn relationship(id: NodeId, node: &Node, out: &mut Vec<Link>) -> bool {
    let kind = node
        .texts(v::KIND_OF_RELATIONSHIP)
        .next()
        .unwrap_or_default();
    for from in node.refers(v::RELATION_SOURCE) {
        for to in node.refers(v::RELATION_TARGET) {
            if !link(out, (id, from, to), kind) {
                return false;
            }
        }
    }
    true
}

/// What messages, calls, threads and accounts say in their facets: from whom, to whom, whose.
fn referring(graph: &Graph, id: NodeId, node: &Node, out: &mut Vec<Link>) -> bool {
    for holder in std::iter::once(node).chain(graph.facets(node)) {
        for property in [v::FROM, v::TO, v::PARTICIPANT, v::OWNER] {
            let kind = property.rsplit('/').next().unwrap_or(property);
            for other in holder.refers(property).take(MAX_EACH) {
                // A message comes from someone, and goes to someone: the arrow says which.
                let ends = match property == v::FROM {
                    true => (id, other, id),
                    false => (id, id, other),
                };
                if !link(out, ends, kind) {
                    return false;
                }
            }
        }
    }
    true
}

fn link(out: &mut Vec<Link>, (node, from, to): (NodeId, NodeId, NodeId), kind: &str) -> bool {
    if out.len() >= MAX_LINKS {
        return false;
    }
    out.push(Link {
        node,
        from,
        to,
        kind: cut(kind),
    });
    true
}
