//! Who did what with which thing, when, with what and to what end: investigative actions, provenance records, chains of custody.

use crate::graph::{Graph, Node, NodeId};
use crate::limits::{MAX_EACH, MAX_STEPS};
use crate::vocabulary as v;
use crate::when::When;
use std::collections::{BTreeMap, BTreeSet};

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action<'g> {
    /// Its node.
    pub node: NodeId,
    /// Whether it is said to be part of the investigation.
    pub investigative: bool,
    /// What it is called, such as `seized` or `imaged`.
    pub names: Vec<&'g str>,
    /// What it was for: its own description, and what annotations say of it.
    pub purposes: Vec<&'g str>,
    /// When it began.
    pub start: Option<When<'g>>,
    /// When it ended.
    pub end: Option<When<'g>>,
    /// By whom.
    pub performers: Vec<NodeId>,
    /// With what.
    pub instruments: Vec<NodeId>,
    /// On what.
    pub objects: Vec<NodeId>,
    /// With which results.
    pub results: Vec<NodeId>,
    /// Where.
    pub locations: Vec<NodeId>,
    /// On which installation.
    pub environments: Vec<NodeId>,
}

impl<'g> Action<'g> {
    /// When, for an order.
    #[must_use]
    pub fn when(&self) -> Option<&When<'g>> {
        self.start.as_ref().or(self.end.as_ref())
    }
}

/// A record that an exhibit has its place in the investigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenanceRecord<'g> {
    /// Its node.
    pub node: NodeId,
    /// Exhibit numbers.
    pub exhibits: Vec<&'g str>,
    /// What it says of the exhibit.
    pub descriptions: Vec<&'g str>,
    /// The exhibit.
    pub objects: Vec<NodeId>,
    /// Actions that it came out of.
    pub from: Vec<NodeId>,
    /// When: its own time, else that of the first action it came out of.
    pub when: Option<When<'g>>,
}

/// What an action was to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It was worked on.
    Object,
    /// It came out of it.
    Result,
}

/// One step of a chain of custody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The place of the action in [`Custody::actions`].
    pub action: usize,
    /// What the action was to the thing.
    pub part: Part,
}

/// The chains of custody of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Custody<'g> {
    /// Every action, in order of time.
    pub actions: Vec<Action<'g>>,
    /// Every provenance record, in order of time.
    pub records: Vec<ProvenanceRecord<'g>>,
    /// The steps of each thing, in order of time.
    pub chains: BTreeMap<NodeId, Vec<Step>>,
    /// Whether all steps are there; some are left out beyond [`MAX_STEPS`].
    pub complete: bool,
}

/// Reads who had what.
#[must_use]
pub fn custody(graph: &Graph) -> Custody<'_> {
    let actions = actions(graph);
    let records = records(graph, &actions);
    let (chains, complete) = chains(graph, &actions);
    Custody {
        actions,
        records,
        chains,
        complete,
    }
}

/// What counts as an action: by its type, or, for types of vocabularies that we do not know, by what is said of it.
fn is_action(node: &Node) -> bool {
    let typed = [v::INVESTIGATIVE_ACTION, v::ACTION, v::ANALYSIS];
    let says = [v::ACTION_PERFORMER, v::ACTION_OBJECT, v::ACTION_RESULT];
    let done = [
        v::ACTION_INSTRUMENT,
        v::ACTION_START,
        v::ACTION_END,
        v::CREATED,
    ];
    let has = |all: &[&str]| all.iter().any(|p| !node.values(p).is_empty());
    // A name for a phase, with nothing that was done, is no action.
    has(&says) || (typed.iter().any(|t| node.is(t)) && has(&done))
}

fn actions(graph: &Graph) -> Vec<Action<'_>> {
    let mut notes: BTreeMap<NodeId, Vec<&str>> = BTreeMap::new();
    for (_, node) in graph.described().filter(|(_, n)| n.is(v::ANNOTATION)) {
        for about in node.refers(v::OBJECT) {
            let texts = node.texts(v::DESCRIPTION).take(MAX_EACH);
            notes.entry(about).or_default().extend(texts);
        }
    }
    let found = graph.described().filter(|(_, node)| is_action(node));
    let mut all: Vec<Action<'_>> = found
        .map(|(id, node)| {
            let refers = |property| -> Vec<NodeId> { node.refers(property).collect() };
            let mut purposes: Vec<&str> = node.texts(v::DESCRIPTION).collect();
            purposes.extend(notes.remove(&id).unwrap_or_default());
            let performers = refers(v::ACTION_PERFORMER);
            Action {
                node: id,
                investigative: node.is(v::INVESTIGATIVE_ACTION),
                names: node.texts(v::NAME).collect(),
                purposes,
                start: When::first(graph, node, &[v::ACTION_START, v::CORE_START]),
                end: When::first(graph, node, &[v::ACTION_END, v::CORE_END, v::CREATED]),
                performers: match performers.is_empty() {
                    true => refers(v::CREATED_BY),
                    false => performers,
                },
                instruments: refers(v::ACTION_INSTRUMENT),
                objects: refers(v::ACTION_OBJECT),
                results: refers(v::ACTION_RESULT),
                locations: refers(v::ACTION_LOCATION),
                environments: refers(v::ACTION_ENVIRONMENT),
            }
        })
        .collect();
    all.sort_by(|a, b| {
        let order = |action| When::order(Action::when(action));
        order(a).cmp(&order(b)).then(a.node.cmp(&b.node))
    });
    all
}

fn records<'g>(graph: &'g Graph, actions: &[Action<'g>]) -> Vec<ProvenanceRecord<'g>> {
    let mut from: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
    for (place, action) in actions.iter().enumerate() {
        for result in &action.results {
            from.entry(*result).or_default().push(place);
        }
    }
    let found = graph
        .described()
        .filter(|(_, node)| node.is(v::PROVENANCE_RECORD));
    let mut all: Vec<ProvenanceRecord<'_>> = found
        .map(|(id, node)| {
            let places = from.get(&id).map_or(&[][..], Vec::as_slice);
            let of: Vec<&Action<'_>> = places.iter().filter_map(|p| actions.get(*p)).collect();
            let exhibits = node.texts(v::EXHIBIT).chain(node.texts(v::ROOT_EXHIBIT));
            let own = When::first(graph, node, &[v::CREATED]);
            ProvenanceRecord {
                node: id,
                exhibits: exhibits.collect(),
                descriptions: node.texts(v::DESCRIPTION).collect(),
                objects: node.refers(v::OBJECT).collect(),
                from: of.iter().map(|action| action.node).collect(),
                when: own.or_else(|| of.iter().find_map(|action| action.when().copied())),
            }
        })
        .collect();
    all.sort_by(|a, b| {
        let order =
            |record: &ProvenanceRecord<'_>| record.exhibits.first().map(|e| (*e).to_owned());
        let times = When::order(a.when.as_ref()).cmp(&When::order(b.when.as_ref()));
        times
            .then_with(|| order(a).cmp(&order(b)))
            .then(a.node.cmp(&b.node))
    });
    all
}

/// The steps of each thing. A provenance record stands for its exhibit, and is no thing of its own.
fn chains(graph: &Graph, actions: &[Action<'_>]) -> (BTreeMap<NodeId, Vec<Step>>, bool) {
    let mut chains: BTreeMap<NodeId, Vec<Step>> = BTreeMap::new();
    let mut left = MAX_STEPS;
    for (place, action) in actions.iter().enumerate() {
        let mut seen = BTreeSet::new();
        let parts = [
            (Part::Object, &action.objects),
            (Part::Result, &action.results),
        ];
        for (part, nodes) in parts {
            for id in nodes {
                let record = graph.node(*id).filter(|n| n.is(v::PROVENANCE_RECORD));
                let things: Vec<NodeId> = match record {
                    Some(record) => record.refers(v::OBJECT).collect(),
                    None => vec![*id],
                };
                for thing in things {
                    // Counted before it is known to be new: looking takes time too.
                    let Some(fewer) = left.checked_sub(1) else {
                        return (chains, false);
                    };
                    left = fewer;
                    if seen.insert((thing, part)) {
                        let action = place;
                        chains.entry(thing).or_default().push(Step { action, part });
                    }
                }
            }
        }
    }
    (chains, true)
}
