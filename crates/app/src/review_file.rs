//! A review that was taken out, verified offline without a node: that each proof in it holds, that it is of the entry beside which it stands, and
//! that service, type, time and words are the ones that were signed. What never left has no proof, and the report says which those are.

use crate::court::said;
use entente_core::header::Header;
use entente_proof::bundle::{Bundle, BundleError, BundleReport, verify_bundle};
use serde_json::Value;

/// Most bytes of a file that is read.
pub const MAX_REVIEW: u64 = 64 << 20;

/// Why a file proves nothing, or not what it says.
#[derive(Debug, thiserror::Error)]
pub enum ReviewFault {
    /// It is no review that was taken out.
    #[error("not a review that was taken out")]
    NotAReview,
    /// A proof does not hold.
    #[error("the proof of paper {place} does not hold: {error}")]
    Proof {
        /// Which paper, by its place.
        place: usize,
        /// What failed.
        error: BundleError,
    },
    /// The proof is of another entry, or of another author or time.
    #[error("the proof beside paper {0} is of another entry")]
    OtherEntry(usize),
    /// The words are not those that were signed.
    #[error("the words of paper {0} are not those that were signed")]
    Words(usize),
}

impl ReviewFault {
    /// A short fixed name.
    #[must_use]
    pub fn check(&self) -> &'static str {
        match self {
            Self::NotAReview => "not-a-review",
            Self::Proof { .. } => "proof",
            Self::OtherEntry(_) => "other-entry",
            Self::Words(_) => "words",
        }
    }

    /// Which paper, where it is about one.
    #[must_use]
    pub fn place(&self) -> Option<usize> {
        match self {
            Self::NotAReview => None,
            Self::Proof { place, .. } | Self::OtherEntry(place) | Self::Words(place) => {
                Some(*place)
            }
        }
    }
}

/// A paper of a review, and what was found of it.
#[derive(Debug)]
pub struct Paper {
    /// Its place, from 1.
    pub place: usize,
    /// Its entry, in hexadecimal.
    pub entry: String,
    /// Type of the entry.
    pub entry_type: String,
    /// Whose.
    pub service: String,
    /// When it was written.
    pub at: String,
    /// What its proof shows; none where the file brings none.
    pub proof: Option<BundleReport>,
}

/// Verifies a review that was taken out as JSON.
///
/// # Errors
/// [`ReviewFault`], at the first paper that is not as the file says.
pub fn verify_review(text: &str) -> Result<Vec<Paper>, ReviewFault> {
    let read: Value = serde_json::from_str(text).map_err(|_| ReviewFault::NotAReview)?;
    let entries = read.get("entries").and_then(Value::as_array);
    let entries = entries.filter(|all| !all.is_empty());
    let entries = entries.ok_or(ReviewFault::NotAReview)?;
    (1..).zip(entries).map(|(n, one)| paper(n, one)).collect()
}

fn paper(place: usize, one: &Value) -> Result<Paper, ReviewFault> {
    let entry = one.get("entry").ok_or(ReviewFault::NotAReview)?;
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    let text = |name: &str| text(name).unwrap_or_default().to_owned();
    let mut paper = Paper {
        place,
        entry: text("id"),
        entry_type: text("type"),
        service: text("service"),
        at: text("at"),
        proof: None,
    };
    if let Some(armour) = one.get("proof").and_then(Value::as_str) {
        paper.proof = Some(proved(&paper, armour, entry)?);
    }
    Ok(paper)
}

fn proved(paper: &Paper, armour: &str, entry: &Value) -> Result<BundleReport, ReviewFault> {
    let place = paper.place;
    let failed = |error| ReviewFault::Proof { place, error };
    let bundle = Bundle::dearmour(armour).map_err(failed)?;
    let report = verify_bundle(&bundle).map_err(failed)?;
    let header = Header::from_bytes(&bundle.header).map_err(|_| ReviewFault::OtherEntry(place))?;
    let same = report.entry.to_string() == paper.entry
        && header.author.service.as_str() == paper.service
        && header.kind == paper.entry_type
        && format!("{}Z", header.at.to_civil()) == paper.at;
    if !same {
        return Err(ReviewFault::OtherEntry(place));
    }
    // Words that the file does not show cannot be other words.
    if let Some(shown) = entry.pointer("/body/values") {
        let values = said(&bundle, &report, &header).ok_or(ReviewFault::Words(place))?;
        let signed = values.values.iter().map(|(n, v)| (n.clone(), v.json()));
        if *shown != Value::Object(signed.collect()) {
            return Err(ReviewFault::Words(place));
        }
    }
    Ok(report)
}
