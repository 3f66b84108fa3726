//! Whether two packages say the same: one form of a graph that neither the order of nodes and names nor the labels of nodes without a
//! name can change, and that every changed value does.
//!
//! A named node is compared by what is said of it. Nodes without a name that hang below one other node, as JSON nests them, are folded
//! into it by the digest of their content, those that say the same counted, not merged. What is left are nodes without a name that are
//! referred to twice or in a circle: they are told apart by what surrounds them, round by round, and where that leaves a tie, by trying
//! each of the tied and taking the least result. This is exact, as RDF Dataset Canonicalization (RDFC-1.0) is, and simpler: nobody outside
//! has to compute the same bytes, and packages of evidence name nearly all their nodes. Where ties are so many that trying takes too long
//! the comparison is refused, since such a package was made to take long.

use crate::error::EvidenceError;
use crate::graph::{Graph, Iri, Name, Node, NodeId, Value, nodes_in};
use crate::limits::MAX_COMPARED;
use entente_proof::digest::{Digest, tagged};
use std::collections::BTreeMap;
use std::sync::Arc;

const NODE_DOMAIN: &str = "entente/evidence/node/1";
const GRAPH_DOMAIN: &str = "entente/evidence/graph/1";
const COLOUR_DOMAIN: &str = "entente/evidence/colour/1";

/// The one form of a graph, as digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    /// Of the whole graph: equal if and only if two graphs say the same.
    pub digest: Digest,
    /// What is said of each named node.
    nodes: BTreeMap<Iri, Digest>,
    /// What is said of nodes without a name to which no other refers, or several, in order.
    blanks: Vec<Digest>,
}

/// What one graph says and the other does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Nodes of which only the first says something.
    pub only_first: Vec<Iri>,
    /// Nodes of which only the second says something.
    pub only_second: Vec<Iri>,
    /// Nodes of which both say something, and not the same.
    pub changed: Vec<Iri>,
    /// Whether nodes without a name differ that hang below no named one.
    pub unnamed: bool,
}

impl Difference {
    /// Whether both say the same.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// What differs between two graphs.
///
/// # Errors
/// [`EvidenceError::TooAlike`].
pub fn compare(first: &Graph, second: &Graph) -> Result<Difference, EvidenceError> {
    let (first, second) = (canonical(first)?, canonical(second)?);
    let missing = |from: &Canonical, to: &Canonical| -> Vec<Iri> {
        let names = from.nodes.keys().filter(|n| !to.nodes.contains_key(*n));
        names.cloned().collect()
    };
    let changed = first.nodes.iter().filter_map(|(name, said)| {
        let other = second.nodes.get(name)?;
        (other != said).then(|| Arc::clone(name))
    });
    Ok(Difference {
        only_first: missing(&first, &second),
        only_second: missing(&second, &first),
        changed: changed.collect(),
        unnamed: first.blanks != second.blanks,
    })
}

/// The one form of a graph.
///
/// # Errors
/// [`EvidenceError::TooAlike`].
pub fn canonical(graph: &Graph) -> Result<Canonical, EvidenceError> {
    let mut walk = Walk::of(graph);
    let labels = walk.labels()?;
    let mut nodes = BTreeMap::new();
    let mut blanks = Vec::new();
    for (id, node) in graph.nodes() {
        match (&node.name, walk.kinds.get(id.0)) {
            (Name::Iri(iri), _) if node.described => {
                nodes.insert(Arc::clone(iri), walk.content(node, &labels));
            }
            (Name::Iri(_), _) => {}
            (Name::Blank(_), Some(Kind::Folded(digest))) => {
                if walk.owners.get(id.0).is_none_or(Vec::is_empty) {
                    blanks.push(*digest);
                }
            }
            (Name::Blank(_), _) => {
                let label = walk.label(id, &labels);
                let content = walk.content(node, &labels);
                blanks.push(tagged(NODE_DOMAIN, &[&label.0, &content.0]));
            }
        }
    }
    blanks.sort();
    let mut parts: Vec<&[u8]> = Vec::new();
    for (iri, said) in &nodes {
        parts.push(iri.as_bytes());
        parts.push(&said.0);
    }
    parts.push(b"");
    parts.extend(blanks.iter().map(|digest| digest.0.as_slice()));
    Ok(Canonical {
        digest: tagged(GRAPH_DOMAIN, &parts),
        nodes,
        blanks,
    })
}

/// What stands for a node where another refers to it.
#[derive(Clone, Copy)]
enum Kind {
    /// Its identifier.
    Named,
    /// The digest of its content.
    Folded(Digest),
    /// Its label, by its place among those that need one.
    Hard(usize),
}

/// Labels of hard nodes, by place.
type Labels = Vec<Digest>;

struct Walk<'g> {
    graph: &'g Graph,
    kinds: Vec<Kind>,
    /// Who refers to a node without a name, as often as it does, and by which property.
    owners: Vec<Vec<(NodeId, &'g Iri)>>,
    hard: Vec<NodeId>,
    /// Statements looked at so far.
    spent: usize,
}

impl<'g> Walk<'g> {
    fn of(graph: &'g Graph) -> Self {
        let count = graph.nodes().count();
        let mut walk = Self {
            graph,
            kinds: vec![Kind::Named; count],
            owners: vec![Vec::new(); count],
            hard: Vec::new(),
            spent: 0,
        };
        let waits = walk.refer();
        walk.fold(waits);
        walk
    }

    fn is_blank(&self, id: NodeId) -> bool {
        let node = self.graph.node(id);
        node.is_some_and(|n| matches!(n.name, Name::Blank(_)))
    }

    /// Notes who refers to whom; how many references to nodes without a name each node makes.
    fn refer(&mut self) -> Vec<usize> {
        let mut waits = vec![0usize; self.kinds.len()];
        let graph = self.graph;
        for (id, node) in graph.nodes() {
            for (property, values) in node.properties.iter().chain(&node.unmapped) {
                let mut found = Vec::new();
                for value in values {
                    nodes_in(value, &mut found);
                }
                for target in found {
                    if !self.is_blank(target) {
                        continue;
                    }
                    if let Some(owners) = self.owners.get_mut(target.0) {
                        owners.push((id, property));
                    }
                    if let Some(count) = waits.get_mut(id.0) {
                        *count = count.saturating_add(1);
                    }
                }
            }
        }
        waits
    }

    /// From the leaves up: what hangs below one node and refers to nothing hard is folded; the others are hard.
    fn fold(&mut self, mut waits: Vec<usize>) {
        let graph = self.graph;
        let blank =
            |id: &NodeId| matches!(graph.node(*id), Some(n) if matches!(n.name, Name::Blank(_)));
        let ids = (0..self.kinds.len()).map(NodeId);
        let blanks: Vec<NodeId> = ids.filter(|id| blank(id)).collect();
        let free = |id: &NodeId| waits.get(id.0).copied() == Some(0);
        let mut ready: Vec<NodeId> = blanks.iter().copied().filter(free).collect();
        let none = Labels::new();
        while let Some(id) = ready.pop() {
            let owners = self.owners.get(id.0).map_or(0, Vec::len);
            let (Some(node), 0..=1) = (graph.node(id), owners) else {
                continue;
            };
            let folded = Kind::Folded(self.content(node, &none));
            if let Some(kind) = self.kinds.get_mut(id.0) {
                *kind = folded;
            }
            let owner = self.owners.get(id.0).and_then(|o| o.first()).map(|o| o.0);
            if let Some(owner) = owner.filter(blank)
                && let Some(count) = waits.get_mut(owner.0)
            {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.push(owner);
                }
            }
        }
        for id in blanks {
            if let Some(kind @ Kind::Named) = self.kinds.get_mut(id.0) {
                *kind = Kind::Hard(self.hard.len());
                self.hard.push(id);
            }
        }
    }

    /// What is said of a node, whatever the order: its types, its properties, and names without meaning apart from those with one.
    fn content(&self, node: &Node, labels: &Labels) -> Digest {
        let mut said: Vec<Vec<u8>> = Vec::new();
        for kind in &node.types {
            said.push(statement(b'T', kind));
        }
        for (mark, all) in [(b'P', &node.properties), (b'U', &node.unmapped)] {
            for (property, values) in all {
                for value in values {
                    let mut bytes = statement(mark, property);
                    self.encode(value, labels, &mut bytes);
                    said.push(bytes);
                }
            }
        }
        said.sort();
        let parts: Vec<&[u8]> = said.iter().map(Vec::as_slice).collect();
        tagged(NODE_DOMAIN, &parts)
    }

    fn encode(&self, value: &Value, labels: &Labels, out: &mut Vec<u8>) {
        match value {
            Value::Node(id) => match (self.kinds.get(id.0), self.graph.node(*id)) {
                (Some(Kind::Named), Some(node)) => put(out, b'I', node.iri().unwrap_or_default()),
                (Some(Kind::Folded(digest)), _) => {
                    out.push(b'B');
                    out.extend(digest.0);
                }
                _ => {
                    out.push(b'H');
                    out.extend(self.label(*id, labels).0);
                }
            },
            Value::Literal(literal) => {
                put(out, b'L', &literal.text);
                put(out, b'D', literal.datatype.as_deref().unwrap_or_default());
                put(out, b'@', literal.language.as_deref().unwrap_or_default());
            }
            Value::List(items) => {
                out.push(b'(');
                for item in items {
                    self.encode(item, labels, out);
                }
                out.push(b')');
            }
            Value::Json(json) => put(out, b'J', &json.to_line()),
            Value::Null => out.push(b'0'),
        }
    }

    fn label(&self, id: NodeId, labels: &Labels) -> Digest {
        match self.kinds.get(id.0) {
            Some(Kind::Hard(place)) => labels.get(*place).copied().unwrap_or(Digest([0; 32])),
            _ => Digest([0; 32]),
        }
    }

    /// Labels for hard nodes that two graphs which say the same give alike.
    fn labels(&mut self) -> Result<Labels, EvidenceError> {
        if self.hard.is_empty() {
            return Ok(Labels::new());
        }
        let start = vec![Digest([0; 32]); self.hard.len()];
        Ok(self.search(start)?.1)
    }

    /// Tells nodes apart by their surroundings; where a tie stays, by trying each of the tied. The least result, and its labels.
    fn search(&mut self, colours: Labels) -> Result<(Digest, Labels), EvidenceError> {
        let colours = self.refine(colours)?;
        let mut alike: BTreeMap<Digest, Vec<usize>> = BTreeMap::new();
        for (place, colour) in colours.iter().enumerate() {
            alike.entry(*colour).or_default().push(place);
        }
        let Some(tied) = alike.into_values().find(|places| places.len() > 1) else {
            return Ok((self.certificate(&colours), colours));
        };
        let mut least: Option<(Digest, Labels)> = None;
        for place in tied {
            let mut tried = colours.clone();
            if let Some(colour) = tried.get_mut(place) {
                *colour = tagged(COLOUR_DOMAIN, &[b"chosen", &colour.0]);
            }
            let found = self.search(tried)?;
            if least.as_ref().is_none_or(|best| found.0 < best.0) {
                least = Some(found);
            }
        }
        least.ok_or(EvidenceError::TooAlike)
    }

    /// Gives each hard node the colour of what it says and of who refers to it, until no more are told apart.
    fn refine(&mut self, mut colours: Labels) -> Result<Labels, EvidenceError> {
        let mut told = distinct(&colours);
        loop {
            let mut next = Labels::with_capacity(colours.len());
            for (place, id) in self.hard.iter().enumerate() {
                let (Some(node), Some(own)) = (self.graph.node(*id), colours.get(place)) else {
                    continue;
                };
                let owners = self.owners.get(id.0).map_or(&[][..], Vec::as_slice);
                let mut referring: Vec<Vec<u8>> = Vec::with_capacity(owners.len());
                for (owner, property) in owners {
                    let mut bytes = statement(b'R', property);
                    self.encode(&Value::Node(*owner), &colours, &mut bytes);
                    referring.push(bytes);
                }
                referring.sort();
                let said = self.content(node, &colours);
                let mut parts: Vec<&[u8]> = vec![b"round", &own.0, &said.0];
                parts.extend(referring.iter().map(Vec::as_slice));
                next.push(tagged(COLOUR_DOMAIN, &parts));
                let values = node.properties.values().map(Vec::len).sum::<usize>();
                let cost = values.saturating_add(owners.len()).saturating_add(1);
                self.spent = self.spent.saturating_add(cost);
            }
            if self.spent > MAX_COMPARED {
                return Err(EvidenceError::TooAlike);
            }
            let now = distinct(&next);
            colours = next;
            if now == told {
                return Ok(colours);
            }
            told = now;
        }
    }

    /// What all hard nodes say, and all named ones that refer to one, under these labels.
    fn certificate(&self, labels: &Labels) -> Digest {
        let mut said: Vec<Vec<u8>> = Vec::new();
        for (place, id) in self.hard.iter().enumerate() {
            let (Some(node), Some(label)) = (self.graph.node(*id), labels.get(place)) else {
                continue;
            };
            let mut bytes = vec![b'H'];
            bytes.extend(label.0);
            bytes.extend(self.content(node, labels).0);
            said.push(bytes);
            let owners = self.owners.get(id.0).map_or(&[][..], Vec::as_slice);
            for (owner, _) in owners.iter().filter(|(owner, _)| !self.is_blank(*owner)) {
                if let Some(node) = self.graph.node(*owner) {
                    let mut bytes = Vec::new();
                    put(&mut bytes, b'I', node.iri().unwrap_or_default());
                    bytes.extend(label.0);
                    said.push(bytes);
                }
            }
        }
        said.sort();
        let parts: Vec<&[u8]> = said.iter().map(Vec::as_slice).collect();
        tagged(GRAPH_DOMAIN, &parts)
    }
}

fn distinct(colours: &Labels) -> usize {
    let all: std::collections::BTreeSet<&Digest> = colours.iter().collect();
    all.len()
}

fn statement(mark: u8, property: &str) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, mark, property);
    out
}

/// A text with its length before it, so that it can be read in one way only.
fn put(out: &mut Vec<u8>, mark: u8, text: &str) {
    out.push(mark);
    out.extend(text.len().to_be_bytes());
    out.extend(text.as_bytes());
}
