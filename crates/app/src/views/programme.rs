//! What is given to show of a programme: how its clauses and versions stand, its cohorts in numbers, what it cost and the commitments it keeps.

use super::{AgreementSignature, AgreementState, DossierLine, ObligationView, PointStatus};
use entente_core::codes::Phase;
use entente_core::field::{Problem, Values};
use entente_core::ids::{DossierId, EntryId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::kinds::programme::clauses::Standing;

/// A programme, from the idea to its results.
#[derive(Clone, Debug)]
pub struct ProgrammeView {
    /// The dossier.
    pub dossier: DossierLine,
    /// The opening.
    pub opened: Option<Said>,
    /// Who owes the study, and their answers.
    pub study: Vec<ObligationView>,
    /// The commitments that it answers, of declarations that the reader belongs to.
    pub commitments: Vec<CommitmentView>,
    /// Every clause that was proposed, in causal order.
    pub clauses: Vec<ClauseView>,
    /// The clauses that both sides agree on now, in the order of the agreement.
    pub agreed: Vec<EntryId>,
    /// What bars composing or signing a version: an accepted clause that cannot be read, or two of one number.
    pub unclear: Option<Problem>,
    /// Versions for signature, in causal order.
    pub versions: Vec<ProgrammeVersion>,
    /// Cohorts, in causal order.
    pub cohorts: Vec<CohortView>,
    /// What studies found.
    pub studies: Vec<Said>,
    /// What was asked to be followed up, the last first.
    pub follow_ups: Vec<FollowUpView>,
    /// Expenses.
    pub costs: Vec<Said>,
    /// Results and reviews.
    pub results: Vec<Said>,
    /// Types of entries that the reader may write now.
    pub forms: Vec<&'static EntryType>,
}

impl ProgrammeView {
    /// What shows that a commitment was kept: the agreement in force, and the last cohort that was opened under it. Nothing before it is in
    /// force.
    #[must_use]
    pub fn evidence(&self) -> Vec<EntryId> {
        let runs = matches!(
            self.dossier.phase,
            Phase::InForce | Phase::Evaluation | Phase::Closed
        );
        let Some(version) = self.in_force().filter(|_| runs) else {
            return Vec::new();
        };
        let cohort = self.cohorts.last().map(|cohort| cohort.said.entry);
        std::iter::once(version.said.entry).chain(cohort).collect()
    }
    /// The agreement that holds: the last version that both sides signed.
    #[must_use]
    pub fn in_force(&self) -> Option<&ProgrammeVersion> {
        let signed = |version: &&ProgrammeVersion| version.state == AgreementState::Signed;
        self.versions.iter().rfind(signed)
    }
    /// How a version stands among the others: what was signed and is in force no more was replaced.
    #[must_use]
    pub fn standing(&self, version: &ProgrammeVersion) -> AgreementState {
        let holds = self.in_force().map(|held| held.said.entry) == Some(version.said.entry);
        match version.state {
            AgreementState::Signed if !holds => AgreementState::Replaced,
            state => state,
        }
    }
    /// A clause by its entry.
    #[must_use]
    pub fn clause(&self, entry: EntryId) -> Option<&ClauseView> {
        self.clauses.iter().find(|one| one.said.entry == entry)
    }
}

/// An entry with what it says, where that may be read.
#[derive(Clone, Debug)]
pub struct Said {
    /// The entry.
    pub entry: EntryId,
    /// Its type.
    pub kind: String,
    /// Who wrote it.
    pub by: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// What it says; `None` where the reader may not read it or it is gone.
    pub values: Option<Values>,
    /// Whether it may be printed.
    pub printed: bool,
}

/// A clause.
#[derive(Clone, Debug)]
pub struct ClauseView {
    /// Its entry and both texts.
    pub said: Said,
    /// How it stands.
    pub standing: Standing,
    /// Who was asked, and their answers.
    pub asks: Vec<ObligationView>,
}

/// A version for signature.
#[derive(Clone, Debug)]
pub struct ProgrammeVersion {
    /// The entry.
    pub said: Said,
    /// The clauses that it holds, in their order.
    pub clauses: Vec<EntryId>,
    /// Whether each of them was accepted and their digest is right: nothing else can be in force.
    pub sound: bool,
    /// The digest of those clauses in their order; none for an unsound version.
    pub digest: Option<String>,
    /// How it stands.
    pub state: AgreementState,
    /// Who signed.
    pub signatures: Vec<AgreementSignature>,
    /// Who was asked to sign, and their answers.
    pub asks: Vec<ObligationView>,
}

/// A cohort.
#[derive(Clone, Debug)]
pub struct CohortView {
    /// The entry.
    pub said: Said,
    /// Its sessions.
    pub sessions: Vec<Said>,
    /// How it is selected.
    pub selections: Vec<Said>,
    /// Its parts at universities.
    pub universities: Vec<Said>,
    /// Placements by contracts of three.
    pub placements: Vec<Said>,
    /// When those who took part are asked again, where they were not yet.
    pub later: Option<JudgedLater>,
    /// Its figures, the last that were given.
    pub figures: Option<Said>,
    /// How those who took part judge the course.
    pub evaluations: Vec<Said>,
    /// What our own records count, in the order of the figures: of our node alone, and none where nobody is enrolled here.
    pub here: Option<[usize; 4]>,
}

/// A point of the follow-up mechanism.
#[derive(Clone, Debug)]
pub struct FollowUpView {
    /// What is to be reported.
    pub said: Said,
    /// Who owes it.
    pub asks: Vec<ObligationView>,
    /// What was reported.
    pub reports: Vec<Said>,
}

/// The second evaluation of a cohort that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JudgedLater {
    /// From this day on.
    pub from: Instant,
    /// Until this day.
    pub until: Instant,
    /// Whether that day has passed.
    pub late: bool,
}

/// A commitment that a programme answers.
#[derive(Clone, Debug)]
pub struct CommitmentView {
    /// The declaration.
    pub dossier: DossierId,
    /// The commitment.
    pub entry: EntryId,
    /// What it promises.
    pub words: String,
    /// Where it stands: open, claimed, agreed.
    pub status: PointStatus,
    /// Who owes it, and their answers.
    pub asks: Vec<ObligationView>,
}

/// How an entry that a claim names as evidence stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A version of a programme's agreement.
    Agreement(AgreementState),
    /// A cohort.
    Cohort,
    /// An entry of another type.
    Other(String),
}

impl Evidence {
    /// Whether it shows anything: an agreement does once everybody signed it.
    #[must_use]
    pub fn holds(&self) -> bool {
        match self {
            Self::Agreement(state) => *state == AgreementState::Signed,
            Self::Cohort | Self::Other(_) => true,
        }
    }
}

/// What a claim names as evidence, in a dossier that the reader belongs to.
#[derive(Clone, Debug)]
pub struct EvidenceView {
    /// The claim.
    pub claim: EntryId,
    /// Who claims.
    pub by: ServiceName,
    /// The dossier of the evidence.
    pub dossier: DossierLine,
    /// The evidence.
    pub entry: EntryId,
    /// How it stands now.
    pub what: Evidence,
}
