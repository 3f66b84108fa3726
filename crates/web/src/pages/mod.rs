//! One file per page.

pub mod absence;
pub mod account;
pub mod admission;
pub mod agreement;
pub mod balance;
pub mod chart;
pub mod charter;
pub mod clock_models;
pub mod commitments;
pub mod compromise;
pub mod compromised;
pub mod courier;
pub mod court;
pub mod day;
pub mod declaration;
pub mod dossier;
pub mod dossiers;
pub mod download;
pub mod drafts;
pub mod duties;
pub mod entry;
pub mod evaluation;
pub mod exhibits;
pub mod feed;
pub mod import;
pub mod in_place;
pub mod ledger;
pub mod lessons;
pub mod letter;
pub mod meetings;
pub mod notices;
pub mod officers;
pub mod oversight;
pub mod package;
pub mod partners;
pub mod passkey;
pub mod pdf;
pub mod plan;
pub mod probes;
pub mod programme;
pub mod provider;
pub mod reason;
pub mod release;
pub mod restart;
pub mod reviews;
pub mod sign_in;
pub mod statistics;
pub mod terms;
pub mod things;
pub mod today;
pub mod tour;
pub mod weigh;
pub mod welcome;
pub mod write;

use crate::fail::Fail;
use std::collections::BTreeMap;
use std::str::FromStr;

/// A page's query.
pub type Query = axum::extract::Query<BTreeMap<String, String>>;

/// Reads an identifier of an address: what has not the form of one does not exist.
///
/// # Errors
/// Not found.
pub fn id<T: FromStr>(text: &str) -> Result<T, Fail> {
    text.parse().map_err(|_| Fail::not_found())
}

/// The same of an identifier that a query may hold.
///
/// # Errors
/// Not found.
pub fn named<T: FromStr>(query: &BTreeMap<String, String>, name: &str) -> Result<Option<T>, Fail> {
    query.get(name).map(|text| id(text)).transpose()
}

/// Page number of a query, counted from 1 there and from 0 here.
pub fn page_of(query: &BTreeMap<String, String>) -> Option<u32> {
    query.get("page")?.parse::<u32>().ok()?.checked_sub(1)
}

/// The query without its page, for links to other pages of the same list.
pub fn with_page(path: &str, query: &BTreeMap<String, String>, page: u32) -> String {
    let mut out = format!("{path}?");
    for (name, value) in query.iter().filter(|(n, v)| *n != "page" && !v.is_empty()) {
        out.push_str(&format!(
            "{}={}&",
            crate::context::percent(name),
            crate::context::percent(value)
        ));
    }
    out.push_str(&format!("page={}", page.saturating_add(1)));
    out
}
