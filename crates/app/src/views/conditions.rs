//! An originator's conditions as a person sees them.

use entente_core::conditions::{Answer, Use, Uses};
use entente_core::handling::HandlingCodes;
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::instant::Instant;
use entente_core::label::{Label, Lang};

/// The conditions of an entry.
#[derive(Clone, Debug, Default)]
pub struct ConditionsView {
    /// All codes together, those added later among them.
    pub codes: HandlingCodes,
    /// From when on nothing of it may be used.
    pub until: Option<Instant>,
    /// The entries that tightened it.
    pub tightened: Vec<EntryId>,
    /// The free texts of H3.
    pub texts: Vec<ConditionText>,
    /// What each use comes to for the reader's node.
    pub answers: Vec<(Use, Answer)>,
    /// Permissions that were given.
    pub granted: Vec<Granted>,
    /// Permissions that were asked for, while nobody has answered.
    pub wanted: Vec<Wanted>,
}

impl ConditionsView {
    /// What a use comes to for the reader's node.
    #[must_use]
    pub fn answer(&self, what: Use) -> Answer {
        let found = self.answers.iter().find(|(one, _)| *one == what);
        found.map_or(Answer::Allowed, |(_, answer)| *answer)
    }

    /// Every use that the originator could permit, of those that its conditions bar.
    #[must_use]
    pub fn permittable(&self) -> Uses {
        let barred = self.answers.iter().filter_map(|(_, answer)| match answer {
            Answer::Permission(uses) => Some(*uses),
            _ => None,
        });
        barred.fold(Uses::default(), Uses::union)
    }

    /// The first free text that the reader has not confirmed yet.
    #[must_use]
    pub fn unread(&self) -> Option<&ConditionText> {
        self.texts.iter().find(|text| !text.read)
    }
}

/// The free text of a condition.
#[derive(Clone, Debug)]
pub struct ConditionText {
    /// The entry that holds it.
    pub by: EntryId,
    /// Its dossier, in which it is confirmed.
    pub dossier: DossierId,
    /// The text; empty where its originator gave none or it is gone.
    pub text: String,
    /// Its language.
    pub lang: Option<Lang>,
    /// The assurances of the closed list that it says, by code.
    pub assured: Vec<(&'static str, Label)>,
    /// Whether the reader confirmed it.
    pub read: bool,
}

/// A permission that was given.
#[derive(Clone, Debug)]
pub struct Granted {
    /// The entry that gives it.
    pub entry: EntryId,
    /// The node that it is given to.
    pub to: NodeName,
    /// What it opens.
    pub uses: Uses,
    /// How long.
    pub until: Option<Instant>,
    /// Whether its time is not over.
    pub holds: bool,
    /// For which proceedings, in its author's words.
    pub proceedings: String,
    /// For whom, in its author's words.
    pub to_whom: String,
    /// Language of these words.
    pub lang: Option<Lang>,
}

/// A permission that was asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The asking entry.
    pub entry: EntryId,
    /// What it asks for.
    pub uses: Uses,
}
