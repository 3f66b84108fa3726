//! Things of a dossier and the links between them, written as a package: so that a tool of the field reads what an investigation came to. Names are in
//! full, so that no context is needed and none can change them. What CASE and UCO have no word for, such as how a record is to be handled, is said under
//! names of our own, which readers keep.
//!
//! What is given here was allowed to leave by whoever calls: this writes, and decides nothing.

use crate::export::{OURS, OWN, node, plain, reference, text, typed};
use crate::json::Json;
use crate::vocabulary as v;
use std::collections::BTreeMap;

/// A record of a thing, or of a link, as it stands in a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The entry that records it, in hexadecimal digits.
    pub entry: String,
    /// The service that brought it: a function, no person.
    pub by: String,
    /// When, as RFC 3339 in UTC.
    pub at: String,
    /// How it is to be handled, in words.
    pub handling: String,
    /// Whether it is an assessment rather than a fact.
    pub assessment: bool,
}

/// A thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// Its record.
    pub recorded: Recorded,
    /// The code of its sort, such as `person`.
    pub sort: String,
    /// Its names, each with its language and script (`ar-Arab`) or nothing.
    pub names: Vec<(String, String)>,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its record.
    pub recorded: Recorded,
    /// Its code.
    pub kind: String,
    /// Whether it leads one way.
    pub directed: bool,
    /// Entry of the thing that it leads from.
    pub from: String,
    /// Entry of the thing that it leads to.
    pub to: String,
}

/// Types of the ontologies for sorts of ours. A sort that they have no word for is an object under a name of our own alone.
const TYPES: &[(&str, &str)] = &[
    ("person", "identity/Person"),
    ("organisation", "identity/Organization"),
    ("phone", "observable/PhoneAccount"),
    ("account", "observable/DigitalAccount"),
    ("address", "location/Location"),
    ("device", "observable/Device"),
    ("document", "observable/ContentData"),
    ("event", "core/Event"),
    ("place", "location/Location"),
];

/// The package: things, links, and for each an action that says who brought it and when.
#[must_use]
pub fn package(things: &[Thing], links: &[Link]) -> Json {
    let mut services: BTreeMap<&str, Json> = BTreeMap::new();
    let records = things.iter().map(|thing| &thing.recorded);
    for recorded in records.chain(links.iter().map(|link| &link.recorded)) {
        let name = vec![(v::NAME, plain(&recorded.by))];
        services
            .entry(&recorded.by)
            .or_insert_with(|| node(&service(&recorded.by), &[v::ORGANIZATION], name));
    }
    let mut entries: Vec<Json> = services.into_values().collect();
    entries.extend(things.iter().flat_map(of_thing));
    entries.extend(links.iter().flat_map(of_link));
    Json::Object(vec![("@graph".to_owned(), Json::List(entries))])
}

fn of_thing(thing: &Thing) -> [Json; 2] {
    let own = format!("{OWN}{}", thing.sort);
    let known = TYPES.iter().find(|(sort, _)| *sort == thing.sort);
    let known = known.map(|(_, name)| format!("{}{name}", v::UCO));
    let types: Vec<&str> = known
        .iter()
        .map(String::as_str)
        .chain([own.as_str()])
        .collect();
    let names = thing
        .names
        .iter()
        .map(|(name, script)| match script.is_empty() {
            true => plain(name),
            false => Json::Object(vec![
                ("@value".to_owned(), text(name)),
                ("@language".to_owned(), text(script)),
            ]),
        });
    let said = vec![(v::NAME, Json::List(names.collect()))];
    [
        with_record(&types, said, &thing.recorded),
        brought(&thing.recorded),
    ]
}

fn of_link(link: &Link) -> [Json; 2] {
    let said = vec![
        (v::KIND_OF_RELATIONSHIP, plain(&link.kind)),
        (v::RELATION_SOURCE, reference(&entry(&link.from))),
        (v::RELATION_TARGET, reference(&entry(&link.to))),
        (v::IS_DIRECTIONAL, Json::Bool(link.directed)),
    ];
    [
        with_record(&[v::RELATIONSHIP], said, &link.recorded),
        brought(&link.recorded),
    ]
}

/// A node under the name of its entry, with how it is to be handled.
fn with_record(types: &[&str], said: Vec<(&str, Json)>, recorded: &Recorded) -> Json {
    let (handling, assessment) = (format!("{OWN}handling"), format!("{OWN}assessment"));
    let own: [(&str, Json); 2] = [
        (&handling, plain(&recorded.handling)),
        (&assessment, Json::Bool(recorded.assessment)),
    ];
    let said = said.into_iter().chain(own).collect();
    node(&entry(&recorded.entry), types, said)
}

/// Who brought it, and when.
fn brought(recorded: &Recorded) -> Json {
    let said = vec![
        (v::NAME, plain("recorded")),
        (v::ACTION_START, typed(&recorded.at, v::XSD_TIME)),
        (v::ACTION_PERFORMER, reference(&service(&recorded.by))),
        (v::ACTION_OBJECT, reference(&entry(&recorded.entry))),
    ];
    let name = format!("{}#recorded", entry(&recorded.entry));
    node(&name, &[v::INVESTIGATIVE_ACTION], said)
}

fn entry(id: &str) -> String {
    format!("{OURS}entry:{id}")
}

fn service(name: &str) -> String {
    format!("{OURS}service:{name}")
}
