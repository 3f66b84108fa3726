//! The index of a court bundle as programs read it: what it is, every entry with where it stands in the archive, and every part with its
//! digest. The page for people is made from it and is itself a part.

use entente_core::field::Values;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form that this version writes and reads.
pub const INDEX_FORM: &str = "entente-court-bundle/1";
/// Name of the index in the archive.
pub const INDEX: &str = "index.json";
/// Name of the page for people.
pub const PAGE: &str = "index.html";
/// Name of the signature under the index.
pub const SIGNATURE: &str = "index.sig";
/// Most bytes of an index.
pub const MAX_INDEX: u64 = 8 << 20;
/// Most bytes of a part that is text: a proof, contents, the page.
pub const MAX_TEXT: u64 = 16 << 20;

/// The index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// [`INDEX_FORM`].
    pub form: String,
    /// The language of the case, in which the page is.
    pub lang: String,
    /// The node that produces.
    pub node: String,
    /// The service that does.
    pub service: String,
    /// The dossier's number and identifier.
    pub dossier: Dossier,
    /// The court, by its function.
    pub court: String,
    /// Reference of the proceedings, as far as it was said.
    pub reference: String,
    /// When the entries were produced, UTC, RFC 3339.
    pub produced_at: String,
    /// The entries, those that were chosen first, in the order of the dossier.
    pub entries: Vec<Item>,
    /// Keys that were declared compromised, as the producing node knows.
    pub compromised: Vec<Declared>,
    /// Every other part of the archive but the index and its signature, by name.
    pub parts: BTreeMap<String, Part>,
}

/// A dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// Its number, such as `MA-12`.
    pub number: String,
    /// Its identifier.
    pub id: String,
}

/// What an entry is in the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOf {
    /// Chosen to be produced.
    Produced,
    /// Corrects one that is.
    Correction,
    /// Translates one that is; the original alone is authentic.
    Translation,
    /// Says how an exhibit passed from hand to hand.
    Custody,
    /// The producing service's own record that it produces this.
    Production,
}

/// An entry of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number in the bundle, from 1.
    pub number: u32,
    /// Its identifier.
    pub entry: String,
    /// What it is here.
    #[serde(rename = "as")]
    pub role: PartOf,
    /// The number of the entry that it goes with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<u32>,
    /// Its type, by name.
    #[serde(rename = "type")]
    pub entry_type: String,
    /// Its title, or first words.
    pub title: String,
    /// The service that wrote it.
    pub service: String,
    /// When it was written, UTC, RFC 3339.
    pub at: String,
    /// Its originator's conditions by now, such as `H1+H2`; empty without any.
    pub conditions: String,
    /// The entries by which its originator permitted what conditions bar.
    pub permissions: Vec<String>,
    /// What it says: a part of the archive.
    pub content: String,
    /// Its proof: a part of the archive; none only of the record of production, before the other side has confirmed it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub proof: Option<String>,
    /// Its files, in their order.
    pub files: Vec<File>,
}

/// A file of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The name that it had.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its bytes: a part of the archive.
    pub part: String,
}

/// A key that was declared compromised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// Whose.
    pub node: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Since when it counts for nothing, UTC, RFC 3339.
    pub since: String,
}

/// A part of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl Index {
    /// Its bytes: the same index gives the same.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }

    /// The entry of a number.
    #[must_use]
    pub fn item(&self, number: u32) -> Option<&Item> {
        self.entries.iter().find(|item| item.number == number)
    }
}

/// What an entry says, as its part of the archive has it: language, and values by field. Descriptions of files are left out: the index has
/// names and digests, and the proof the commitments.
#[must_use]
pub fn content(values: &Values) -> Vec<u8> {
    let mut said = values.clone();
    said.values.remove(crate::files::FILES);
    let values: serde_json::Map<String, serde_json::Value> = said
        .values
        .iter()
        .map(|(name, value)| (name.clone(), value_json(value)))
        .collect();
    let lang = said.lang.map(|lang| lang.as_str());
    let all = serde_json::json!({"lang": lang, "values": values});
    serde_json::to_vec_pretty(&all).unwrap_or_default()
}

fn value_json(value: &entente_core::field::Value) -> serde_json::Value {
    use entente_core::field::Value;
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Flag(flag) => (*flag).into(),
        Value::Number(number) => (*number).into(),
        Value::List(items) => items.clone().into(),
    }
}
