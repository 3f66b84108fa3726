//! Views of what was corrected, of who received what was wrong, and of what a person is told.

use super::{DossierLine, ObligationView, RelatedDossier};
use entente_core::codes::{Delay, Ground};
use entente_core::ids::{EntryId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::label::Lang;

/// A correction of an entry, read before it.
#[derive(Clone, Debug)]
pub struct CorrectionView {
    /// Its own entry.
    pub entry: EntryId,
    /// What is right.
    pub text: String,
    /// Code of what was wrong: see the field of the correction.
    pub why: String,
    /// Language of the text.
    pub lang: Option<Lang>,
    /// Who wrote it.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
}

/// By what somebody received an entry of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// The entry itself.
    Itself,
    /// Its release into a dossier that continues its own.
    Release,
    /// Our translation of it, into this language if this version knows it.
    Translation(Option<Lang>),
}

impl Via {
    /// A stable name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::Release => "release",
            Self::Translation(_) => "translation",
        }
    }
}

/// A node that received an entry of ours, and what became of its correction there.
#[derive(Clone, Debug)]
pub struct RecipientView {
    /// The node.
    pub node: NodeName,
    /// What it received: the entry, a release or a translation of it.
    pub entry: EntryId,
    /// In which dossier.
    pub dossier: RelatedDossier,
    /// By what.
    pub via: Via,
    /// Files that went with it.
    pub files: u64,
    /// Received there, by receipt, whether by wire or courier, at, UTC.
    pub received: Option<Instant>,
    /// The newest correction that went there.
    pub correction: Option<EntryId>,
    /// What that correction asks of it.
    pub asked: Option<ObligationView>,
}

/// What a person is told in answer to their request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A decision, by its code, and the competent authority where the request was transferred.
    Decided(String, Option<String>),
    /// Refused on a ground.
    Refused(Ground),
    /// Neither confirmed nor denied: the supervisory authority checks.
    Neither,
    /// A new date, with its reason.
    Extended(Instant, Delay),
}

/// The letter to a person, as data: words come from codes in the person's language, and from the officer.
#[derive(Clone, Debug)]
pub struct LetterView {
    /// The dossier.
    pub dossier: DossierLine,
    /// The language of the person.
    pub lang: Lang,
    /// Code of the right exercised.
    pub right: String,
    /// Day on which the request came, `YYYY-MM-DD`.
    pub received: String,
    /// The entry that decides, refuses or extends.
    pub entry: EntryId,
    /// The service that answers.
    pub service: ServiceName,
    /// When it did, UTC.
    pub at: Instant,
    /// What it says by codes.
    pub told: Told,
    /// The officer's paragraphs, with their language; a translation of them where there is one into the language of the person.
    pub words: Option<(Option<Lang>, String)>,
}

impl LetterView {
    /// Whether the officer's paragraphs are in another language than the person's: then they are to be translated first.
    #[must_use]
    pub fn untranslated(&self) -> bool {
        let lang = self.words.as_ref().and_then(|(lang, _)| *lang);
        lang.is_some_and(|lang| lang != self.lang)
    }
}
