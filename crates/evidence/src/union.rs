//! Several packages as one, without loss: every name in full, so that no context is needed and none of one can change another; what two of them say
//! alike is said once; names stay what they were, and nodes without one get labels of their own, since their numbers hold in no other file.
//!
//! A node without a name to which one other refers is written inside that one, so that it is the same wherever it was read from.

use crate::export::{OURS, reference, text, typed};
use crate::graph::{Graph, Name, Node, NodeId, Value, nodes_in};
use crate::json::Json;
use crate::vocabulary as v;
use std::collections::{BTreeMap, BTreeSet};

/// Where our names of entries and of services begin.
const ENTRY: &str = "urn:entente:entry:";
const SERVICE: &str = "urn:entente:service:";
/// How deep nodes without a name are written inside others; deeper ones get a label, since a package may not be nested without end.
const DEEPEST: usize = 16;

/// Everything that these graphs state, as one document. The order of the result follows from what they say alone.
#[must_use]
pub fn union(parts: &[&Graph]) -> Json {
    let mut whole = Whole::default();
    for (part, graph) in parts.iter().enumerate() {
        Writing::new(graph, part).add_to(&mut whole);
    }
    Json::Object(vec![("@graph".to_owned(), Json::List(whole.entries()))])
}

/// Values by their writing, each as often as the part says it that says it most often: only lists are said more than once.
#[derive(Default)]
struct Values(BTreeMap<String, (Json, usize)>);

impl Values {
    fn cover(&self, other: &Self) -> bool {
        let own = |line: &String| self.0.get(line).map_or(0, |(_, count)| *count);
        other.0.iter().all(|(line, (_, count))| *count <= own(line))
    }

    fn add(&mut self, values: Vec<Json>) {
        let mut here: BTreeMap<String, (Json, usize)> = BTreeMap::new();
        for value in values {
            let of = here.entry(value.to_line()).or_insert((value, 0));
            of.1 = of.1.saturating_add(1);
        }
        for (line, (value, count)) in here {
            let of = self.0.entry(line).or_insert((value, 0));
            of.1 = of.1.max(count);
        }
    }

    fn list(self) -> Json {
        let each = self.0.into_values();
        Json::List(
            each.flat_map(|(value, count)| std::iter::repeat_n(value, count))
                .collect(),
        )
    }
}

/// What is said of one node.
#[derive(Default)]
struct Said {
    types: BTreeSet<String>,
    properties: BTreeMap<String, Values>,
}

impl Said {
    /// Whether the other says nothing that this does not.
    fn covers(&self, other: &Self) -> bool {
        let covered = |(name, values): (&String, &Values)| {
            let own = self.properties.get(name);
            own.is_some_and(|own| own.cover(values))
        };
        self.types.is_superset(&other.types) && other.properties.iter().all(covered)
    }

    fn object(self, id: Option<&str>) -> Json {
        let mut members: Vec<(String, Json)> = Vec::new();
        members.extend(id.map(|id| ("@id".to_owned(), text(id))));
        if !self.types.is_empty() {
            let types = self.types.iter().map(|kind| text(kind)).collect();
            members.push(("@type".to_owned(), Json::List(types)));
        }
        let said = self.properties.into_iter();
        members.extend(said.map(|(name, values)| (name, values.list())));
        Json::Object(members)
    }
}

#[derive(Default)]
struct Whole {
    named: BTreeMap<String, Said>,
    unnamed: Values,
}

impl Whole {
    fn entries(self) -> Vec<Json> {
        let named = self.named.into_iter();
        let mut all: Vec<Json> = named.map(|(id, said)| said.object(Some(&id))).collect();
        if let Json::List(unnamed) = self.unnamed.list() {
            all.extend(unnamed);
        }
        all
    }
}

/// What we say ourselves, for packages to be held against before they go out beside it.
pub struct Ours<'g> {
    graph: &'g Graph,
    said: BTreeMap<String, Said>,
}

impl<'g> Ours<'g> {
    /// Of our own graph.
    #[must_use]
    pub fn of(graph: &'g Graph) -> Self {
        let said = said(graph);
        Self { graph, said }
    }

    /// Entries of other dossiers of which a package speaks under names of ours; none where it says of ours what we do not, or makes a record that
    /// is about ours.
    #[must_use]
    pub fn beside(&self, brought: &Graph) -> Option<BTreeSet<String>> {
        let mut entries = BTreeSet::new();
        for (iri, said) in said(brought) {
            if !named_ours(&iri) {
                continue;
            }
            if let Some(own) = self.said.get(&iri) {
                if !own.covers(&said) {
                    return None;
                }
            } else if let Some(name) = iri.strip_prefix(SERVICE) {
                if !of_service(name).covers(&said) {
                    return None;
                }
            } else {
                let entry = iri.strip_prefix(ENTRY)?;
                let entry = entry.split_once('#').map_or(entry, |(entry, _)| entry);
                entries.insert(entry.to_owned());
                if self.is_referred(brought, &iri) {
                    return None;
                }
            }
        }
        Some(entries)
    }

    /// Whether this node refers to an entry of which we speak.
    fn is_referred(&self, brought: &Graph, iri: &str) -> bool {
        let mut found = Vec::new();
        let node = brought.find(iri).map(|(_, node)| node);
        for value in node.into_iter().flat_map(said_of).flat_map(|(_, all)| all) {
            nodes_in(value, &mut found);
        }
        let named = found.into_iter().filter_map(|id| brought.node(id)?.iri());
        let mut ours = named.filter(|iri| iri.starts_with(ENTRY));
        ours.any(|iri| self.graph.find(iri).is_some_and(|(_, node)| node.described))
    }
}

/// Whether a name is one of ours, in whichever letters.
fn named_ours(iri: &str) -> bool {
    let start = iri.get(..OURS.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(OURS))
}

fn said(graph: &Graph) -> BTreeMap<String, Said> {
    let mut whole = Whole::default();
    Writing::new(graph, 0).add_to(&mut whole);
    whole.named
}

/// All that may be said of a service.
fn of_service(name: &str) -> Said {
    let mut values = Values::default();
    values.add(vec![crate::export::plain(name)]);
    Said {
        types: BTreeSet::from([v::ORGANIZATION.to_owned()]),
        properties: BTreeMap::from([(v::NAME.to_owned(), values)]),
    }
}

/// One graph while it is written.
struct Writing<'g> {
    graph: &'g Graph,
    part: usize,
    /// How often each node is referred to.
    referred: BTreeMap<NodeId, usize>,
    /// Nodes without a name that have a label, and those written already.
    labelled: BTreeSet<NodeId>,
    written: BTreeSet<NodeId>,
}

impl<'g> Writing<'g> {
    fn new(graph: &'g Graph, part: usize) -> Self {
        let mut referred: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (_, node) in graph.nodes() {
            for value in said_of(node).flat_map(|(_, values)| values) {
                let mut found = Vec::new();
                nodes_in(value, &mut found);
                for id in found {
                    let count = referred.entry(id).or_default();
                    *count = count.saturating_add(1);
                }
            }
        }
        Self {
            graph,
            part,
            referred,
            labelled: BTreeSet::new(),
            written: BTreeSet::new(),
        }
    }

    fn add_to(&mut self, whole: &mut Whole) {
        let graph = self.graph;
        for (_, node) in graph.described() {
            let Some(iri) = node.iri() else { continue };
            let of = whole.named.entry(iri.to_owned()).or_default();
            of.types.extend(node.types.iter().map(ToString::to_string));
            for (name, values) in said_of(node) {
                let values = values.iter().map(|value| self.value(value, 0)).collect();
                of.properties
                    .entry(name.to_owned())
                    .or_default()
                    .add(values);
            }
        }
        // First what is written inside no other; then what is left, which refers to itself in a circle or lies too deep.
        let mut unnamed = Vec::new();
        for circles in [false, true] {
            for (id, node) in graph.described() {
                let open = node.iri().is_none() && !self.written.contains(&id);
                if open && (circles || !self.waits(id)) {
                    if self.referred.contains_key(&id) {
                        self.labelled.insert(id);
                    }
                    unnamed.push(self.unnamed(id, node, 0));
                }
            }
        }
        whole.unnamed.add(unnamed);
    }

    /// Whether it is still to be written inside another.
    fn waits(&self, id: NodeId) -> bool {
        self.referred.get(&id) == Some(&1)
    }

    fn unnamed(&mut self, id: NodeId, node: &Node, depth: usize) -> Json {
        self.written.insert(id);
        let mut said = Said {
            types: node.types.iter().map(ToString::to_string).collect(),
            properties: BTreeMap::new(),
        };
        for (name, values) in said_of(node) {
            let values = values.iter().map(|value| self.value(value, depth));
            let values = values.collect();
            said.properties
                .entry(name.to_owned())
                .or_default()
                .add(values);
        }
        let label = self.labelled.contains(&id).then(|| self.label(id));
        said.object(label.as_deref())
    }

    fn label(&self, id: NodeId) -> String {
        format!("_:p{}n{}", self.part, id.0)
    }

    fn value(&mut self, value: &Value, depth: usize) -> Json {
        match value {
            Value::Node(id) => self.node(*id, depth),
            Value::Literal(literal) => match (&literal.datatype, &literal.language) {
                (Some(datatype), _) => typed(&literal.text, datatype),
                (None, Some(language)) => Json::Object(vec![
                    ("@language".to_owned(), text(language)),
                    ("@value".to_owned(), text(&literal.text)),
                ]),
                (None, None) => crate::export::plain(&literal.text),
            },
            Value::List(items) => {
                let items = items.iter().map(|item| self.value(item, depth)).collect();
                Json::Object(vec![("@list".to_owned(), Json::List(items))])
            }
            Value::Json(json) => Json::Object(vec![
                ("@type".to_owned(), text("@json")),
                ("@value".to_owned(), json.clone()),
            ]),
            Value::Null => Json::Null,
        }
    }

    fn node(&mut self, id: NodeId, depth: usize) -> Json {
        let Some(node) = self.graph.node(id) else {
            return Json::Null;
        };
        if let Name::Iri(iri) = &node.name {
            return reference(iri);
        }
        // One that says nothing would be no node where it stands alone.
        let says = !node.types.is_empty() || said_of(node).next().is_some();
        let inside = self.waits(id) && says && depth < DEEPEST && !self.written.contains(&id);
        if inside && !self.labelled.contains(&id) {
            return self.unnamed(id, node, depth.saturating_add(1));
        }
        self.labelled.insert(id);
        reference(&self.label(id))
    }
}

/// What a node says, with names that have a meaning and those that have none.
fn said_of(node: &Node) -> impl Iterator<Item = (&str, &Vec<Value>)> {
    let all = node.properties.iter().chain(&node.unmapped);
    all.map(|(name, values)| (&**name, values))
}
