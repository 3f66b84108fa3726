//! The graph that a package states: nodes with types, properties and references, by identifiers in full.
//!
//! What JSON-LD lets fall is kept: names to which no context gives a meaning, values that are `null`, nodes of which only the name is said.

mod build;

use crate::error::EvidenceError;
use crate::json::Json;
use crate::limits::MAX_EACH;
use crate::vocabulary;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use build::build;

/// An identifier in full, or a name without meaning as it stands.
pub type Iri = Arc<str>;

/// A node's place in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(pub(crate) usize);

/// What a node is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// By an identifier.
    Iri(Iri),
    /// By nothing that holds outside its file: the number is ours.
    Blank(usize),
}

/// A value that is no node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Literal {
    /// As it is written; numbers in their one writing.
    pub text: String,
    /// The datatype; none for texts.
    pub datatype: Option<Iri>,
    /// The language, in lower case.
    pub language: Option<String>,
}

/// What a property says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Another node.
    Node(NodeId),
    /// A text, a number, a time.
    Literal(Literal),
    /// Values in an order that counts.
    List(Vec<Value>),
    /// JSON as a value, the names of objects in order.
    Json(Json),
    /// `null`: JSON-LD lets it fall.
    Null,
}

/// A node of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is called.
    pub name: Name,
    /// Types, in order, none twice.
    pub types: Vec<Iri>,
    /// What is said of it. Of equal values, lists apart, one is kept: a graph is a set of statements.
    pub properties: BTreeMap<Iri, Vec<Value>>,
    /// Names that no context gives a meaning.
    pub unmapped: BTreeMap<Iri, Vec<Value>>,
    /// Whether the package says something of it, or lists it; else it is only referred to.
    pub described: bool,
}

impl Node {
    fn new(name: Name) -> Self {
        Self {
            name,
            types: Vec::new(),
            properties: BTreeMap::new(),
            unmapped: BTreeMap::new(),
            described: false,
        }
    }

    /// The identifier, if it has one.
    #[must_use]
    pub fn iri(&self) -> Option<&str> {
        match &self.name {
            Name::Iri(iri) => Some(iri),
            Name::Blank(_) => None,
        }
    }

    /// Whether it is of this type.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.types.iter().any(|t| &**t == kind)
    }

    /// Values of a property.
    #[must_use]
    pub fn values(&self, property: &str) -> &[Value] {
        self.properties.get(property).map_or(&[], Vec::as_slice)
    }

    /// Texts of a property, and what is written of its numbers and times.
    pub fn texts<'a>(&'a self, property: &str) -> impl Iterator<Item = &'a str> {
        self.values(property)
            .iter()
            .filter_map(|value| match value {
                Value::Literal(literal) => Some(literal.text.as_str()),
                Value::Node(_) | Value::List(_) | Value::Json(_) | Value::Null => None,
            })
    }

    /// Nodes to which a property refers, lists included.
    pub fn refers(&self, property: &str) -> impl Iterator<Item = NodeId> {
        self.values(property).iter().flat_map(|value| {
            let mut found = Vec::new();
            nodes_in(value, &mut found);
            found
        })
    }
}

/// Every node in a value, those in lists included.
pub(crate) fn nodes_in(value: &Value, found: &mut Vec<NodeId>) {
    match value {
        Value::Node(node) => found.push(*node),
        Value::List(items) => {
            for item in items {
                nodes_in(item, found);
            }
        }
        Value::Literal(_) | Value::Json(_) | Value::Null => {}
    }
}

/// The nodes of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    nodes: Vec<Node>,
    by_name: BTreeMap<Name, NodeId>,
    /// Those listed at the top, in their order.
    listed: Vec<NodeId>,
}

impl Graph {
    /// Every node, also those that are only referred to.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        let ids = (0..self.nodes.len()).map(NodeId);
        ids.zip(&self.nodes)
    }

    /// Nodes of which the package says something.
    pub fn described(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes().filter(|(_, node)| node.described)
    }

    /// The entries of `@graph` in their order; the one node of a package without it.
    #[must_use]
    pub fn listed(&self) -> &[NodeId] {
        &self.listed
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0)
    }

    /// The node of this identifier.
    #[must_use]
    pub fn find(&self, iri: &str) -> Option<(NodeId, &Node)> {
        let id = *self.by_name.get(&Name::Iri(Arc::from(iri)))?;
        Some((id, self.node(id)?))
    }

    /// Facets of a node: what is said of it in one respect.
    pub fn facets<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a Node> {
        node.refers(vocabulary::HAS_FACET)
            .filter_map(|id| self.node(id))
    }

    /// Texts of a property of a node and of its facets: of each at most [`MAX_EACH`], since many nodes can share one facet.
    pub fn texts<'a>(&'a self, node: &'a Node, property: &'a str) -> impl Iterator<Item = &'a str> {
        let all = std::iter::once(node).chain(self.facets(node));
        all.flat_map(move |holder| holder.texts(property).take(MAX_EACH))
    }
}

/// Shorthand for what the builders may return.
pub(crate) type Read<T> = Result<T, EvidenceError>;
