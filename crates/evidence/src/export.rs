//! A package with Entente's own records added: who gave it, when, its hash, and the receipts of those who hold it. What came stays as it
//! came; what is added are nodes of their own, by identifiers in full, so that no context can give them another meaning.

use crate::canon::{Difference, compare};
use crate::context::{Context, Key, Keyword};
use crate::error::EvidenceError;
use crate::graph::{Graph, build};
use crate::json::Json;
use crate::package::Package;
use crate::vocabulary as v;
use entente_proof::digest::Digest;

/// Where the names of what is added begin.
pub const OURS: &str = "urn:entente:";
/// The vocabulary of what CASE and UCO have no word for. Readers of packages keep what they do not know.
pub const OWN: &str = "urn:entente:evidence:";

/// A transfer of a package from one service to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The entry that gave it.
    pub entry: Digest,
    /// The service that gave it, such as `fr/liaison`: a function, no person.
    pub by: String,
    /// When, as RFC 3339 in UTC.
    pub at: String,
    /// The package's bytes as they were given.
    pub digest: Digest,
    /// How many they are.
    pub size: u64,
    /// Who holds it.
    pub receipts: Vec<Receipt>,
}

/// A partner's word that it durably holds what was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The node that gave the receipt.
    pub node: String,
    /// Entries of the register that it holds.
    pub size: u64,
    /// Root of the register at that size.
    pub root: Digest,
    /// Since when, as RFC 3339 in UTC.
    pub at: String,
}

/// The package with a transfer added as provenance.
///
/// # Errors
/// [`EvidenceError::Taken`] if it has been added before, or if the package's own terms would change what is added or what came;
/// [`EvidenceError::TooAlike`] if that cannot be told.
pub fn with_provenance(package: &Package, given: &Given) -> Result<Json, EvidenceError> {
    let base = format!("{OURS}entry:{}", given.entry);
    let ours = added(&base, given);
    let mut document = Vec::new();
    let mut entries = Vec::new();
    match package.document() {
        Json::Object(members) => {
            let (context, rest): (Vec<_>, Vec<_>) = members
                .iter()
                .cloned()
                .partition(|(name, _)| name == "@context");
            document.extend(context);
            entries.extend(listed(package.context(), rest)?);
        }
        Json::List(items) => entries.extend(items.iter().cloned()),
        _ => {}
    }
    entries.extend(ours.iter().cloned());
    document.push(("@graph".to_owned(), Json::List(entries)));
    let document = Json::Object(document);
    unchanged(package.graph(), &Json::List(ours), &document)?;
    Ok(document)
}

/// What came and what is added both say in the whole what they say alone, and nothing of one is in the other.
fn unchanged(came: &Graph, ours: &Json, whole: &Json) -> Result<(), EvidenceError> {
    let (_, whole) = build(whole)?;
    let (_, ours) = build(ours)?;
    let (from_came, from_ours) = (compare(came, &whole)?, compare(&ours, &whole)?);
    let kept = |d: &Difference| d.only_first.is_empty() && d.changed.is_empty();
    let count = |graph: &Graph| graph.described().filter(|(_, n)| n.iri().is_some()).count();
    let apart = count(came).saturating_add(count(&ours)) == count(&whole);
    match kept(&from_came) && !from_came.unnamed && kept(&from_ours) && apart {
        true => Ok(()),
        false => Err(EvidenceError::Taken),
    }
}

/// The entries as they came; a package that is one node becomes a graph of that one.
fn listed(context: &Context, members: Vec<(String, Json)>) -> Result<Vec<Json>, EvidenceError> {
    if let [(name, value)] = members.as_slice()
        && let Key::Keyword(Keyword::Graph) = context.key(name)?
    {
        return Ok(match value {
            Json::List(items) => items.clone(),
            one => vec![one.clone()],
        });
    }
    Ok(match members.is_empty() {
        true => Vec::new(),
        false => vec![Json::Object(members)],
    })
}

fn added(base: &str, given: &Given) -> Vec<Json> {
    let name = |part: &str| format!("{base}#{part}");
    let giver = node(
        &name("giver"),
        &[v::ORGANIZATION],
        vec![(v::NAME, plain(&given.by))],
    );
    let hash = node(
        &name("hash"),
        &[v::HASH_TYPE],
        vec![
            (v::HASH_METHOD, plain("SHA256")),
            (v::HASH_VALUE, typed(&given.digest.to_string(), v::XSD_HEX)),
        ],
    );
    let facet = node(
        &name("content"),
        &[v::CONTENT_DATA_FACET],
        vec![
            (v::SIZE, Json::Number(given.size.to_string())),
            (v::HASH, hash),
        ],
    );
    let data = node(
        &name("package"),
        &[v::CONTENT_DATA],
        vec![(v::HAS_FACET, facet)],
    );
    let record = node(
        &name("record"),
        &[v::PROVENANCE_RECORD],
        vec![
            (v::CREATED, typed(&given.at, v::XSD_TIME)),
            (v::DESCRIPTION, plain("Evidence package as it was given")),
            (v::OBJECT, reference(&name("package"))),
        ],
    );
    let action = node(
        base,
        &[v::INVESTIGATIVE_ACTION],
        vec![
            (v::NAME, plain("transferred")),
            (v::ACTION_START, typed(&given.at, v::XSD_TIME)),
            (v::ACTION_PERFORMER, reference(&name("giver"))),
            (v::ACTION_OBJECT, reference(&name("package"))),
            (v::ACTION_RESULT, reference(&name("record"))),
        ],
    );
    let receipts = given.receipts.iter().zip(1usize..);
    let received = receipts.map(|(receipt, number)| received(base, number, receipt));
    [giver, data, record, action]
        .into_iter()
        .chain(received.flatten())
        .collect()
}

/// A receipt, as an action of the node that holds the package.
fn received(base: &str, number: usize, receipt: &Receipt) -> [Json; 2] {
    let holder = format!("{base}#holder-{number}");
    let own = |name: &str| format!("{OWN}{name}");
    let node_of = node(
        &holder,
        &[v::ORGANIZATION],
        vec![(v::NAME, plain(&receipt.node))],
    );
    let mut action = vec![
        ("@id".to_owned(), text(&format!("{base}#receipt-{number}"))),
        ("@type".to_owned(), text(v::INVESTIGATIVE_ACTION)),
        (v::NAME.to_owned(), plain("received")),
        (v::ACTION_START.to_owned(), typed(&receipt.at, v::XSD_TIME)),
        (v::ACTION_PERFORMER.to_owned(), reference(&holder)),
        (
            v::ACTION_OBJECT.to_owned(),
            reference(&format!("{base}#package")),
        ),
    ];
    action.push((own("registerSize"), Json::Number(receipt.size.to_string())));
    let root = typed(&receipt.root.to_string(), v::XSD_HEX);
    action.push((own("registerRoot"), root));
    [node_of, Json::Object(action)]
}

pub(crate) fn node(id: &str, types: &[&str], said: Vec<(&str, Json)>) -> Json {
    let types = types.iter().map(|kind| text(kind)).collect();
    let mut members = vec![
        ("@id".to_owned(), text(id)),
        ("@type".to_owned(), Json::List(types)),
    ];
    let said = said
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    members.extend(said);
    Json::Object(members)
}

pub(crate) fn reference(id: &str) -> Json {
    Json::Object(vec![("@id".to_owned(), text(id))])
}

pub(crate) fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

/// A text that no default language of the context changes.
pub(crate) fn plain(value: &str) -> Json {
    Json::Object(vec![("@value".to_owned(), text(value))])
}

pub(crate) fn typed(value: &str, datatype: &str) -> Json {
    Json::Object(vec![
        ("@type".to_owned(), text(datatype)),
        ("@value".to_owned(), text(value)),
    ])
}
