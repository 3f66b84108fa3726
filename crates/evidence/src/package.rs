//! A package as it came: the document to the value, its context and its graph.

use crate::context::Context;
use crate::error::EvidenceError;
use crate::graph::{Graph, Iri, Node, NodeId, build};
use crate::json::Json;
use crate::limits::MAX_BYTES;
use crate::vocabulary::{is_known, namespace};
use std::collections::BTreeMap;

/// A CASE/UCO package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    document: Json,
    context: Context,
    graph: Graph,
}

/// What this reader does not know, and keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// Types and properties of other vocabularies, by vocabulary, with how often each is used.
    pub vocabularies: BTreeMap<String, BTreeMap<String, usize>>,
    /// Names to which the package gives no meaning.
    pub unmapped: BTreeMap<String, usize>,
}

impl Package {
    /// Reads a package.
    ///
    /// # Errors
    /// [`EvidenceError`], which says who is at fault; never a panic.
    pub fn decode(bytes: &[u8]) -> Result<Self, EvidenceError> {
        let document = Json::parse(bytes)?;
        let (context, graph) = build(&document)?;
        Ok(Self {
            document,
            context,
            graph,
        })
    }

    /// The JSON that came, in its order and with its numbers as they were written.
    #[must_use]
    pub fn document(&self) -> &Json {
        &self.document
    }

    /// What short names stand for.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// What it states.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The package as text, as it came but for blanks between values and the way of writing the same letters. In lines, as people read it,
    /// unless the blanks alone would make it larger than a package may be.
    #[must_use]
    pub fn to_text(&self) -> String {
        let text = self.document.to_text();
        match text.len() > MAX_BYTES {
            true => self.document.to_line(),
            false => text,
        }
    }

    /// A node's name for people: short by the package's own prefixes; a number for one without a name.
    #[must_use]
    pub fn shown(&self, id: NodeId) -> String {
        match self.graph.node(id).and_then(Node::iri) {
            Some(iri) => self.context.short(iri),
            None => format!("_:{}", id.0),
        }
    }

    /// Described nodes by type, types short; nodes without a type under none.
    #[must_use]
    pub fn by_type(&self) -> BTreeMap<Option<String>, usize> {
        let short = |(kind, count): (Option<&Iri>, usize)| {
            let kind = kind.map(|kind| self.context.short(kind));
            (kind, count)
        };
        self.types().into_iter().map(short).collect()
    }

    /// Described nodes by the whole name of their type; nodes without a type under none.
    #[must_use]
    pub fn types(&self) -> BTreeMap<Option<&Iri>, usize> {
        let mut all: BTreeMap<Option<&Iri>, usize> = BTreeMap::new();
        for (_, node) in self.graph.described() {
            if node.types.is_empty() {
                count(all.entry(None).or_default());
            }
            for kind in &node.types {
                count(all.entry(Some(kind)).or_default());
            }
        }
        all
    }

    /// What this reader does not know. All of it is kept.
    #[must_use]
    pub fn unknown(&self) -> Unknown {
        let mut names: BTreeMap<&Iri, usize> = BTreeMap::new();
        let mut unknown = Unknown::default();
        for (_, node) in self.graph.nodes() {
            for name in node.types.iter().chain(node.properties.keys()) {
                if !is_known(name) {
                    count(names.entry(name).or_default());
                }
            }
            for name in node.unmapped.keys() {
                count(unknown.unmapped.entry(name.to_string()).or_default());
            }
        }
        for (name, used) in names {
            let of = unknown.vocabularies.entry(namespace(name).to_owned());
            of.or_default().insert(self.context.short(name), used);
        }
        unknown
    }
}

fn count(count: &mut usize) {
    *count = count.saturating_add(1);
}
