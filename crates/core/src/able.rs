//! What a version of the program can judge (rule 8). Ours is [`Able::newest`]; a partner's stands on its card.
//!
//! What a version cannot judge it keeps, shows as not evaluated, and judges once it is upgraded (invariant 14).

use crate::act::Acts;
use crate::kind::{RULES_KNOWN, RULES_OF_MANY, RULES_OF_TWO};
use crate::kinds;
use minicbor::{Decode, Encode};

/// Versions of the rules and kinds of dossier that a program knows.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Able {
    /// Versions of the rules, ascending.
    #[n(0)]
    pub rules: Vec<u16>,
    /// Names of the kinds.
    #[n(1)]
    pub kinds: Vec<String>,
}

impl Able {
    /// What this version knows.
    #[must_use]
    pub fn newest() -> Self {
        Self {
            rules: RULES_KNOWN.to_vec(),
            kinds: kinds::ALL.iter().map(|k| k.name.to_owned()).collect(),
        }
    }

    /// What this version knows but for one kind, by the rules of two states alone: a version of before, for tests.
    #[must_use]
    pub fn before(kind: &str) -> Self {
        let mut able = Self::newest();
        able.rules = vec![RULES_OF_TWO];
        able.kinds.retain(|known| known != kind);
        able
    }

    /// Whether it judges dossiers of this kind under this version of the rules.
    #[must_use]
    pub fn judges(&self, kind: &str, rules: u16) -> bool {
        self.rules.contains(&rules) && self.kinds.iter().any(|known| known == kind)
    }

    /// Whether it knows these acts: those of the second list came with the rules of several states.
    #[must_use]
    pub fn knows(&self, acts: &Acts) -> bool {
        self.rules.contains(&RULES_OF_MANY) || !acts.has_later()
    }
}
