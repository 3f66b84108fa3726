//! What is given to show of a joint investigation as a whole: its agreement by versions, and its evaluation from the record.

use super::{DossierLine, EntryView, ObligationView};
use entente_core::field::Values;
use entente_core::ids::{EntryId, NodeName, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use serde::Serialize;

/// The agreement of an investigation.
#[derive(Clone, Debug)]
pub struct AgreementView {
    /// The dossier.
    pub dossier: DossierLine,
    /// Every version that was proposed, in order.
    pub versions: Vec<AgreementVersion>,
    /// Types of entries by which the reader may propose one now.
    pub forms: Vec<&'static EntryType>,
}

impl AgreementView {
    /// The version in force: the last proposed of those that everybody signed.
    #[must_use]
    pub fn in_force(&self) -> Option<&AgreementVersion> {
        self.versions
            .iter()
            .rfind(|v| v.state == AgreementState::Signed)
    }
    /// How a version stands, now that later ones are known.
    #[must_use]
    pub fn standing(&self, version: &AgreementVersion) -> AgreementState {
        match version.state {
            AgreementState::Signed if self.in_force().map(|v| v.entry) != Some(version.entry) => {
                AgreementState::Replaced
            }
            state => state,
        }
    }
    /// A version by its entry.
    #[must_use]
    pub fn version(&self, entry: EntryId) -> Option<&AgreementVersion> {
        self.versions.iter().find(|v| v.entry == entry)
    }
    /// What a version is read against: the one that it names, else the one proposed before it.
    #[must_use]
    pub fn before(&self, version: &AgreementVersion) -> Option<&AgreementVersion> {
        let named = version.changes.and_then(|entry| self.version(entry));
        let place = self.versions.iter().position(|v| v.entry == version.entry);
        let earlier = place.and_then(|place| place.checked_sub(1));
        named.or_else(|| self.versions.get(earlier?))
    }
}

/// How a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgreementState {
    /// It waits for a signature.
    Proposed,
    /// Everybody signed it.
    Signed,
    /// It was signed, and so was a later one.
    Replaced,
    /// It was refused, answered otherwise, withdrawn or waived.
    NotAgreed,
    /// Its own words cannot be read here, so that it cannot be told.
    Unread,
}

/// One version of the agreement.
#[derive(Clone, Debug)]
pub struct AgreementVersion {
    /// The entry that proposes it, by which its author signed.
    pub entry: EntryId,
    /// Its number, from 1.
    pub number: u32,
    /// The version that it changes, by its own word.
    pub changes: Option<EntryId>,
    /// What it says; nothing where the reader may not read it, or it is gone.
    pub values: Option<Values>,
    /// Whether it may be printed, by its originator's conditions.
    pub printed: bool,
    /// Who signed it, its author first.
    pub signatures: Vec<AgreementSignature>,
    /// How it stands by itself.
    pub state: AgreementState,
    /// What it asks, each with what may be done about it.
    pub asks: Vec<ObligationView>,
}

/// A signature of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementSignature {
    /// The entry.
    pub entry: EntryId,
    /// Whose.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
}

/// An investigation looked back upon: figures of the record, and what each side says.
#[derive(Clone, Debug)]
pub struct EvaluationView {
    /// The dossier.
    pub dossier: DossierLine,
    /// Figures of each node that takes part, as of now: both sides compute the same.
    pub figures: Vec<(NodeName, CaseFigures)>,
    /// The evaluations, mid-term and final, of all sides, in order.
    pub evaluations: Vec<EntryView>,
    /// Types of entries by which the reader may evaluate now.
    pub forms: Vec<&'static EntryType>,
}

/// What one side gave and owed in an investigation, from headers and the ledger alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CaseFigures {
    /// Contributions.
    pub contributions: u64,
    /// Records of things.
    pub things: u64,
    /// Links.
    pub links: u64,
    /// What it was asked for.
    pub asked: u64,
    /// Of that, ended.
    pub ended: u64,
    /// Of that, still open.
    pub open: u64,
    /// Of that, past its date.
    pub overdue: u64,
    /// Ended by its date, of what had one.
    pub on_time: u64,
    /// Ended after it.
    pub late: u64,
    /// Feedback that it was asked for.
    pub feedback_asked: u64,
    /// Feedback that it gave.
    pub feedback_given: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_core::codes::{Phase, Purpose};
    use entente_core::ids::DossierId;
    use entente_core::kinds;

    fn view(states: &[AgreementState]) -> AgreementView {
        let version = |(n, state): (u8, &AgreementState)| AgreementVersion {
            entry: EntryId([n; 32]),
            number: u32::from(n),
            changes: (n == 3).then_some(EntryId([1; 32])),
            values: None,
            printed: true,
            signatures: Vec::new(),
            state: *state,
            asks: Vec::new(),
        };
        AgreementView {
            dossier: DossierLine {
                id: DossierId([7; 32]),
                number: "FR-1".into(),
                title: String::new(),
                kind: kinds::find("investigation").unwrap(),
                purpose: Purpose::Justice,
                phase: Phase::Open,
                nodes: Vec::new(),
                opened: Instant(0),
                updated: Instant(0),
                open: 0,
                overdue: 0,
            },
            versions: (1..).zip(states).map(version).collect(),
            forms: Vec::new(),
        }
    }

    #[test]
    fn a_later_version_replaces_an_earlier_one_only_once_it_is_signed() {
        use AgreementState::{NotAgreed, Proposed, Replaced, Signed};
        let proposed = view(&[Signed, NotAgreed, Proposed]);
        assert_eq!(proposed.in_force().unwrap().number, 1);
        let signed = view(&[Signed, NotAgreed, Signed]);
        assert_eq!(signed.in_force().unwrap().number, 3);
        assert_eq!(signed.standing(&signed.versions[0]), Replaced);
        assert_eq!(signed.before(&signed.versions[2]).unwrap().number, 1);
        assert_eq!(signed.before(&signed.versions[1]).unwrap().number, 1);
        assert!(signed.before(&signed.versions[0]).is_none());
        assert!(view(&[Proposed]).in_force().is_none());
    }
}
