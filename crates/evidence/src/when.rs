//! Times as packages write them: kept as text, put in order where they name an instant.

use crate::graph::{Graph, Node};

/// A time of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When<'g> {
    /// As it is written.
    pub text: &'g str,
    /// Milliseconds since 1970 in UTC; none if the text names no instant, as one without its distance from UTC does not.
    pub at_ms: Option<i64>,
}

/// Longest text that is tried as a time.
const LONGEST: usize = 64;

impl<'g> When<'g> {
    /// Reads a time of RFC 3339 or ISO 8601; any other text has no instant.
    #[must_use]
    pub fn of(text: &'g str) -> Self {
        let short = (text.len() <= LONGEST).then_some(text);
        let read = short.and_then(|text| text.parse::<jiff::Timestamp>().ok());
        Self {
            text,
            at_ms: read.map(jiff::Timestamp::as_millisecond),
        }
    }

    /// The first time of the first of these properties that has one.
    pub(crate) fn first(graph: &'g Graph, node: &'g Node, properties: &[&'g str]) -> Option<Self> {
        let mut all = properties.iter().flat_map(|p| graph.texts(node, p));
        all.next().map(Self::of)
    }

    /// For sorting: instants first, then texts, then what has no time.
    pub(crate) fn order(when: Option<&Self>) -> (u8, i64, &'g str) {
        match when {
            Some(when) => match when.at_ms {
                Some(at) => (0, at, ""),
                None => (1, 0, when.text),
            },
            None => (2, 0, ""),
        }
    }
}

/// An instant as packages of ours write it: RFC 3339 in UTC, to the second. Empty where it is none that a calendar has.
#[must_use]
pub fn written(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms)
        .map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}
