//! Who may do what: policies that a lawyer can read, evaluated by Cedar above the hard floor of `core`.
//!
//! An action is allowed where the floor does not bar it, some policy permits it, and none forbids it. The default policies are those
//! of the folder `policies/` beside this file; an operator replaces them all by files of their own. Both are held against the schema
//! before anything is decided by them. Decisions are remembered: they follow from few facts, so that a page asks Cedar once.

mod advice;
mod engine;
mod error;
mod read;
mod remembered;

pub use advice::Advice;
pub use error::{PolicyError, Why};

use engine::Engine;
use entente_core::floor::{self, Action, Bar, Facts, Who};
use entente_core::label::Lang;
use remembered::Remembered;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The default policies: name of the file and its text.
pub const DEFAULT: [(&str, &str); 7] = [
    (
        "10-contents.cedar",
        include_str!("../policies/10-contents.cedar"),
    ),
    (
        "20-charter.cedar",
        include_str!("../policies/20-charter.cedar"),
    ),
    (
        "30-handling.cedar",
        include_str!("../policies/30-handling.cedar"),
    ),
    ("40-node.cedar", include_str!("../policies/40-node.cedar")),
    (
        "50-reasons.cedar",
        include_str!("../policies/50-reasons.cedar"),
    ),
    (
        "60-weight.cedar",
        include_str!("../policies/60-weight.cedar"),
    ),
    ("70-court.cedar", include_str!("../policies/70-court.cedar")),
];

/// What policies may speak of.
pub const SCHEMA: &str = include_str!("../policies/schema.cedarschema");

/// Most policies of a node: more than a lawyer can hold in mind are more than one can answer for.
pub const MOST: usize = 200;

/// The policies that a node decides by.
pub struct Policies {
    engine: Engine,
    known: Remembered,
    asked: AtomicU64,
}

impl std::fmt::Debug for Policies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Policies({})", self.engine.titles().len())
    }
}

/// A policy by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titled {
    /// Its `@id`.
    pub id: String,
    /// Whether it forbids; the others permit.
    pub forbids: bool,
    /// Name of the file that it stands in.
    pub file: String,
    titles: [String; 3],
}

impl Titled {
    /// What it says, in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        let [fr, ar, en] = &self.titles;
        match lang {
            Lang::Fr => fr,
            Lang::Ar => ar,
            Lang::En => en,
        }
    }
}

/// Why somebody may, or may not, do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Whether they may.
    pub allowed: bool,
    /// What the floor says, if it bars.
    pub bar: Option<Bar>,
    /// The policies that decided: those that permit or, where one does, those that forbid. None where nothing permits.
    pub by: Vec<Titled>,
}

impl Policies {
    /// The default policies, read once in a process.
    ///
    /// # Errors
    /// Never where the tests of this crate pass.
    pub fn embedded() -> Result<Arc<Self>, PolicyError> {
        static READ: OnceLock<Result<Arc<Policies>, PolicyError>> = OnceLock::new();
        READ.get_or_init(|| Self::read(&DEFAULT).map(Arc::new))
            .clone()
    }

    /// The policies of files, each by its name and text, held against the schema.
    ///
    /// # Errors
    /// The first thing that is wrong, by file and line.
    pub fn read(files: &[(impl AsRef<str>, impl AsRef<str>)]) -> Result<Self, PolicyError> {
        Ok(Self {
            engine: Engine::new(read::read(files)?)?,
            known: Remembered::default(),
            asked: AtomicU64::new(0),
        })
    }

    /// Every policy in the order of its files.
    #[must_use]
    pub fn titles(&self) -> &[Titled] {
        self.engine.titles()
    }

    /// What to look at in a set of one's own: what it permits nobody though the default one does since, and what it need not have any more.
    #[must_use]
    pub fn advice(&self) -> Vec<Advice> {
        advice::of(&self.engine)
    }

    /// How many decisions were asked for so far: what a page asks, times what one takes, is the price of asking.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// Whether somebody may do something.
    #[must_use]
    pub fn allows(&self, who: &Who<'_>, action: Action, facts: &Facts<'_>) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if floor::bar(who.roles, action, facts).is_some() {
            return false;
        }
        self.known.get_or(who, action, facts, || {
            self.engine.decide(who, action, facts).0
        })
    }

    /// The same asked of Cedar each time: for measuring, and for holding what is remembered against it.
    #[must_use]
    pub fn allows_anew(&self, who: &Who<'_>, action: Action, facts: &Facts<'_>) -> bool {
        floor::bar(who.roles, action, facts).is_none() && self.engine.decide(who, action, facts).0
    }

    /// Why somebody may, or may not, do something.
    #[must_use]
    pub fn explain(&self, who: &Who<'_>, action: Action, facts: &Facts<'_>) -> Explanation {
        if let Some(bar) = floor::bar(who.roles, action, facts) {
            return Explanation {
                allowed: false,
                bar: Some(bar),
                by: Vec::new(),
            };
        }
        let (allowed, by) = self.engine.decide(who, action, facts);
        Explanation {
            allowed,
            bar: None,
            by,
        }
    }
}

#[cfg(test)]
mod tests;
