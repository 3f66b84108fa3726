//! From JSON to the graph: the expansion of JSON-LD 1.1 and the flattening into nodes, in one walk. Depth is bounded by the reader of JSON.

use super::{Graph, Iri, Literal, Name, Node, NodeId, Read, Value};
use crate::context::{Coerce, Context, Key, Keyword, Term};
use crate::error::{EvidenceError, Feature, Many, Shape};
use crate::json::{self, Json};
use crate::limits::MAX_IRIS;
use crate::vocabulary::{XSD_BOOLEAN, XSD_DOUBLE, XSD_INTEGER, XSD_STRING};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The graph of a whole package, and its context.
pub(crate) fn build(document: &Json) -> Read<(Context, Graph)> {
    let context = match document.get("@context") {
        Some(value) => Context::read(value)?,
        None => Context::default(),
    };
    let mut builder = Builder {
        context: &context,
        graph: Graph::default(),
        labels: BTreeMap::new(),
        iris: BTreeSet::new(),
        bytes: 0,
    };
    match document {
        Json::Object(members) => builder.top(members)?,
        Json::List(items) => {
            for item in items {
                builder.entry(item)?;
            }
        }
        _ => return Err(EvidenceError::Shape(Shape::Top)),
    }
    let graph = builder.finish();
    Ok((context, graph))
}

struct Builder<'c> {
    context: &'c Context,
    graph: Graph,
    /// Labels of nodes without a name, as this file writes them.
    labels: BTreeMap<String, NodeId>,
    /// Every identifier once.
    iris: BTreeSet<Iri>,
    bytes: usize,
}

impl Builder<'_> {
    /// The object at the top: its graph, or itself as the one node.
    fn top(&mut self, members: &[(String, Json)]) -> Read<()> {
        let mut graph = None;
        let mut others = false;
        for (name, value) in members {
            match self.context.key(name)? {
                Key::Keyword(Keyword::Context) => {}
                Key::Keyword(Keyword::Graph) if graph.is_none() => graph = Some(value),
                Key::Keyword(Keyword::Graph) => return Err(EvidenceError::Shape(Shape::Twice)),
                Key::Keyword(_) | Key::Property(..) | Key::Unmapped(_) => others = true,
            }
        }
        match (graph, others) {
            (Some(_), true) => Err(EvidenceError::Refused(Feature::NamedGraph)),
            (Some(Json::List(items)), false) => {
                for item in items {
                    self.entry(item)?;
                }
                Ok(())
            }
            (Some(one), false) => self.entry(one),
            (None, true) => {
                let id = self.node(members, true)?;
                self.list(id);
                Ok(())
            }
            (None, false) => Ok(()),
        }
    }

    fn entry(&mut self, item: &Json) -> Read<()> {
        let Json::Object(members) = item else {
            return Err(EvidenceError::Shape(Shape::Node));
        };
        let id = self.node(members, false)?;
        self.list(id);
        Ok(())
    }

    fn list(&mut self, id: NodeId) {
        self.graph.listed.push(id);
        if let Some(node) = self.graph.nodes.get_mut(id.0) {
            node.described = true;
        }
    }

    /// A node object; at the top, it has the package's context beside it.
    fn node(&mut self, members: &[(String, Json)], top: bool) -> Read<NodeId> {
        let id = self.named(members)?;
        let mut typed = false;
        for (name, value) in members {
            match self.context.key(name)? {
                Key::Keyword(Keyword::Context) if top => {}
                Key::Keyword(Keyword::Context) => {
                    return Err(EvidenceError::Refused(Feature::ScopedContext));
                }
                Key::Keyword(Keyword::Id) => {}
                Key::Keyword(Keyword::Type) if typed => {
                    return Err(EvidenceError::Shape(Shape::Twice));
                }
                Key::Keyword(Keyword::Type) => {
                    typed = true;
                    self.types(id, value)?;
                }
                Key::Keyword(Keyword::Graph) => {
                    return Err(EvidenceError::Refused(Feature::NamedGraph));
                }
                Key::Keyword(Keyword::Value | Keyword::Language | Keyword::List | Keyword::Set) => {
                    return Err(EvidenceError::Shape(Shape::Value));
                }
                Key::Property(iri, term) => {
                    let property = self.iri(iri)?;
                    let values = self.property(term, value)?;
                    self.say(id, property, values, true);
                }
                Key::Unmapped(name) => {
                    let property = self.iri(name.to_owned())?;
                    let values = self.property(None, value)?;
                    self.say(id, property, values, false);
                }
            }
        }
        Ok(id)
    }

    /// The node that an object names, or a new one without a name.
    fn named(&mut self, members: &[(String, Json)]) -> Read<NodeId> {
        let mut found = None;
        for (name, value) in members {
            if let Key::Keyword(Keyword::Id) = self.context.key(name)? {
                let Json::Text(text) = value else {
                    return Err(EvidenceError::Shape(Shape::Id));
                };
                if found.replace(text).is_some() {
                    return Err(EvidenceError::Shape(Shape::Twice));
                }
            }
        }
        match found {
            Some(text) => self.reference(text),
            None => Ok(self.blank()),
        }
    }

    fn reference(&mut self, text: &str) -> Read<NodeId> {
        let full = self.context.name(text)?;
        if !full.starts_with("_:") {
            let name = Name::Iri(self.iri(full)?);
            return Ok(self.place(name));
        }
        if let Some(known) = self.labels.get(&full) {
            return Ok(*known);
        }
        let id = self.blank();
        self.labels.insert(full, id);
        Ok(id)
    }

    fn blank(&mut self) -> NodeId {
        self.place(Name::Blank(self.graph.nodes.len()))
    }

    fn place(&mut self, name: Name) -> NodeId {
        if let Some(known) = self.graph.by_name.get(&name) {
            return *known;
        }
        let id = NodeId(self.graph.nodes.len());
        self.graph.nodes.push(Node::new(name.clone()));
        self.graph.by_name.insert(name, id);
        id
    }

    /// An identifier, kept once; all of them together are bounded.
    fn iri(&mut self, text: String) -> Read<Iri> {
        if let Some(known) = self.iris.get(text.as_str()) {
            return Ok(Arc::clone(known));
        }
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > MAX_IRIS {
            return Err(EvidenceError::TooMany(Many::Iris));
        }
        let iri: Iri = text.into();
        self.iris.insert(Arc::clone(&iri));
        Ok(iri)
    }

    fn types(&mut self, id: NodeId, value: &Json) -> Read<()> {
        let items = match value {
            Json::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items {
            let Json::Text(text) = item else {
                return Err(EvidenceError::Shape(Shape::Type));
            };
            let full = self.context.vocabulary(text)?;
            let iri = self.iri(full)?;
            if let Some(node) = self.graph.nodes.get_mut(id.0) {
                node.types.push(iri);
                node.described = true;
            }
        }
        Ok(())
    }

    fn say(&mut self, id: NodeId, property: Iri, values: Vec<Value>, mapped: bool) {
        let Some(node) = self.graph.nodes.get_mut(id.0) else {
            return;
        };
        node.described |= !values.is_empty();
        let all = if mapped {
            &mut node.properties
        } else {
            &mut node.unmapped
        };
        if !values.is_empty() {
            all.entry(property).or_default().extend(values);
        }
    }

    /// Everything that one property of one object says.
    fn property(&mut self, term: Option<&Term>, value: &Json) -> Read<Vec<Value>> {
        let mut out = Vec::new();
        let json = term.is_some_and(|t| t.coerce == Coerce::Json);
        match (value, term.is_some_and(|t| t.list)) {
            (value, _) if json => out.push(Value::Json(value.ordered())),
            (Json::List(items), true) => out.push(self.ordered(term, items)?),
            (Json::Object(members), true) if self.has(members, Keyword::List)? => {
                self.value(term, value, &mut out)?;
            }
            (one, true) => out.push(self.ordered(term, std::slice::from_ref(one))?),
            (value, false) => self.value(term, value, &mut out)?,
        }
        Ok(out)
    }

    /// Values in an order that counts; an array inside is a list of its own.
    fn ordered(&mut self, term: Option<&Term>, items: &[Json]) -> Read<Value> {
        let mut out = Vec::new();
        for item in items {
            match item {
                Json::List(inner) => out.push(self.ordered(term, inner)?),
                other => self.value(term, other, &mut out)?,
            }
        }
        Ok(Value::List(out))
    }

    fn value(&mut self, term: Option<&Term>, value: &Json, out: &mut Vec<Value>) -> Read<()> {
        match value {
            Json::Null => out.push(Value::Null),
            Json::List(items) => {
                for item in items {
                    self.value(term, item, out)?;
                }
            }
            Json::Object(members) => self.object(term, members, out)?,
            Json::Text(text) => {
                let made = self.text(term, text)?;
                out.push(made);
            }
            bare @ (Json::Bool(_) | Json::Number(_)) => {
                let datatype = match term.map(|t| &t.coerce) {
                    Some(Coerce::Type(datatype)) => Some(datatype.clone()),
                    _ => None,
                };
                let made = self.bare(bare, datatype)?;
                out.push(made);
            }
        }
        Ok(())
    }

    fn object(
        &mut self,
        term: Option<&Term>,
        members: &[(String, Json)],
        out: &mut Vec<Value>,
    ) -> Read<()> {
        if self.has(members, Keyword::Value)? {
            let made = self.valued(members)?;
            out.push(made);
            return Ok(());
        }
        let list = self.has(members, Keyword::List)?;
        if !list && !self.has(members, Keyword::Set)? {
            let id = self.node(members, false)?;
            out.push(Value::Node(id));
            return Ok(());
        }
        // Either stands alone in its object.
        let [(_, inner)] = members else {
            return Err(EvidenceError::Shape(Shape::Value));
        };
        match inner {
            Json::List(items) if list => {
                let made = self.ordered(term, items)?;
                out.push(made);
            }
            one if list => {
                let made = self.ordered(term, std::slice::from_ref(one))?;
                out.push(made);
            }
            any => self.value(term, any, out)?,
        }
        Ok(())
    }

    fn has(&self, members: &[(String, Json)], keyword: Keyword) -> Read<bool> {
        for (name, _) in members {
            if let Key::Keyword(found) = self.context.key(name)?
                && found == keyword
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// An object with `@value`.
    fn valued(&mut self, members: &[(String, Json)]) -> Read<Value> {
        let wrong = EvidenceError::Shape(Shape::Value);
        let (mut value, mut kind, mut language) = (None, None, None);
        for (name, member) in members {
            let place = match self.context.key(name)? {
                Key::Keyword(Keyword::Value) => &mut value,
                Key::Keyword(Keyword::Type) => &mut kind,
                Key::Keyword(Keyword::Language) => &mut language,
                Key::Keyword(_) | Key::Property(..) | Key::Unmapped(_) => return Err(wrong),
            };
            if place.replace(member).is_some() {
                return Err(EvidenceError::Shape(Shape::Twice));
            }
        }
        match (value, kind, language) {
            (Some(any), Some(Json::Text(kind)), None) if kind == "@json" => {
                Ok(Value::Json(any.ordered()))
            }
            (Some(Json::Text(text)), None, Some(Json::Text(language))) => {
                Ok(Value::Literal(Literal {
                    text: text.clone(),
                    datatype: None,
                    language: Some(language.to_lowercase()),
                }))
            }
            (Some(value), Some(Json::Text(kind)), None) => {
                let datatype = self.context.vocabulary(kind)?;
                match value {
                    Json::Text(text) => self.typed(text.clone(), datatype),
                    Json::Null => Ok(Value::Null),
                    bare @ (Json::Bool(_) | Json::Number(_)) => self.bare(bare, Some(datatype)),
                    Json::List(_) | Json::Object(_) => Err(wrong),
                }
            }
            (Some(Json::Text(text)), None, None) => Ok(plain(text, None)),
            (Some(Json::Null), None, None) => Ok(Value::Null),
            (Some(bare @ (Json::Bool(_) | Json::Number(_))), None, None) => self.bare(bare, None),
            _ => Err(wrong),
        }
    }

    /// A bare text: what the term says it is.
    fn text(&mut self, term: Option<&Term>, text: &str) -> Read<Value> {
        match term.map_or(&Coerce::None, |t| &t.coerce) {
            Coerce::None | Coerce::Json => Ok(plain(text, self.context.language())),
            Coerce::Id => Ok(Value::Node(self.reference(text)?)),
            Coerce::Vocab => {
                let full = self.context.vocabulary(text)?;
                Ok(Value::Node(self.reference(&full)?))
            }
            Coerce::Type(datatype) => self.typed(text.to_owned(), datatype.clone()),
        }
    }

    /// A bare number or word, in its one writing.
    fn bare(&mut self, value: &Json, datatype: Option<String>) -> Read<Value> {
        let (text, own) = match value {
            Json::Bool(word) => (word.to_string(), XSD_BOOLEAN),
            Json::Number(written) => {
                let (text, whole) = json::number(written);
                (text, if whole { XSD_INTEGER } else { XSD_DOUBLE })
            }
            Json::Null | Json::Text(_) | Json::List(_) | Json::Object(_) => {
                return Err(EvidenceError::Shape(Shape::Value));
            }
        };
        self.typed(text, datatype.unwrap_or_else(|| own.to_owned()))
    }

    fn typed(&mut self, text: String, datatype: String) -> Read<Value> {
        let datatype = match datatype.as_str() {
            XSD_STRING => None,
            _ => Some(self.iri(datatype)?),
        };
        Ok(Value::Literal(Literal {
            text,
            datatype,
            language: None,
        }))
    }

    /// Of equal statements one is kept; lists are never equal, since each is a thing of its own.
    fn finish(mut self) -> Graph {
        for node in &mut self.graph.nodes {
            node.types.sort();
            node.types.dedup();
            let all = node.properties.values_mut();
            for values in all.chain(node.unmapped.values_mut()) {
                once(values);
            }
        }
        self.graph
    }
}

fn once(values: &mut Vec<Value>) {
    if values.len() < 2 {
        return;
    }
    let mut seen = BTreeSet::new();
    let first: Vec<bool> = values
        .iter()
        .map(|value| matches!(value, Value::List(_)) || seen.insert(value.clone()))
        .collect();
    let mut keep = first.into_iter();
    values.retain(|_| keep.next().unwrap_or(true));
}

fn plain(text: &str, language: Option<&str>) -> Value {
    Value::Literal(Literal {
        text: text.to_owned(),
        datatype: None,
        language: language.map(str::to_owned),
    })
}
