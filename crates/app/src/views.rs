//! What pages, the API and the command line are given to show. Plain data, already authorised for the actor who asked.

mod account;
mod balance;
mod chart;
mod commitments;
mod conditions;
mod court;
mod custody;
mod draft;
mod duties;
mod evidence;
mod inquiry;
mod lessons;
mod meetings;
mod notices;
mod oversight;
mod plan;
mod programme;
mod release;
mod rights;
mod statistics;
mod things;
mod walls;

pub use account::{
    AbsenceView, Absences, AccountView, BoundLine, Colleague, OfferedView, OfficerLine,
    OfficerView, PasskeyLine, ResetView, SessionView,
};
pub use balance::{BalanceView, MeetingTarget, ThemesView};
pub use chart::{ChartUse, ChartView, sort as chart_sort};
pub(crate) use commitments::Ties;
pub use commitments::{CommitmentsView, Committed, FigureView, Follow, FollowUp, Tied};
pub use conditions::{ConditionText, ConditionsView, Granted, Wanted};
pub use court::{CourtPart, CourtView, CourtWord, PieceView, VenueState, VenueView};
pub use custody::{CustodyDeed, CustodyMoment, Derived, Exhibit, ExhibitView, Exhibits};
pub use draft::{DraftLine, DraftState, DraftView, PreviewFile, PreviewView};
pub(crate) use duties::decides;
pub use duties::{DutyFile, DutyHead, DutyState, DutyTask, ReviewEntry, ReviewView};
pub(crate) use evidence::package_name;
pub use evidence::{CaseFile, HeldFile, HeldFiles, PackageLine, Reading, Unread};
pub use inquiry::{
    AgreementSignature, AgreementState, AgreementVersion, AgreementView, CaseFigures,
    EvaluationView,
};
pub use lessons::{LessonView, LessonsView, NearLesson, ObservingView};
pub use meetings::{
    AgendaItem, AllMeetings, CalendarAnswer, CalendarFile, DatesAnswer, Decision, Meeting,
    MeetingsView, Minutes, NotTaken, OnAgenda, ProposedDates, SeriesLine, Standing,
};
pub use notices::{FeedFile, FeedView, NoticesView};
pub use oversight::{
    AccessCheck, AccessLine, AccessList, AccessPlace, AccessQuery, FindingView, InspectionFigure,
    LaneCheck, WitnessView,
};
pub use plan::{
    ComparisonView, Comparisons, DayLine, DayStanding, DayView, DroppedStep, Found, NearOther,
    NearView, NearbyLine, PlanView, ResultView, SaidOfStep, StepView, TaskView, TypedView,
};
pub use programme::{
    ClauseView, CohortView, CommitmentView, Evidence, EvidenceView, FollowUpView, JudgedLater,
    ProgrammeVersion, ProgrammeView, Said,
};
pub use release::{
    EarlierView, OriginalView, RelatedDossier, ReleasableView, ReleaseView, ReleasedView,
};

pub use walls::{
    AdmissionBar, AdmissionFigures, AdmissionLine, AdmissionTask, Admissions, BroughtView,
};

pub use rights::{CorrectionView, LetterView, RecipientView, Told, Via};
pub use statistics::StatisticsView;
pub use things::{
    BroughtBy, Groups, Join, SpeakingLine, SpeaksOf, Thing, ThingLink, ThingName, ThingPages,
    ThingView, Things, Undone, page_of,
};

use crate::keeping::Stays;
use entente_core::act::{Act, Config};
use entente_core::charter::Terms;
use entente_core::codes::{
    Ask, Contested, Delay, Ground, Outcome, Phase, Purpose, Relation, Role, Urgency,
};
use entente_core::field::{FieldError, Values};
use entente_core::handling::{Evaluation, Handling};
use entente_core::header::Release;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::Instant;
use entente_core::judge::Verdict;
use entente_core::keeping::Because;
use entente_core::kind::{EntryType, Kind};
use entente_core::label::Lang;
use entente_core::obligation::{Chase, ProposedTime, Side, State};
use entente_core::wall::Across;

pub use crate::fold::DoubtfulReceipt;

/// The front page: what we owe, what we are owed, what is new, the links.
#[derive(Clone, Debug)]
pub struct TodayView {
    /// Obligations where it is our turn, most pressing first, at most [`TodayView::LINES`]; `we_owe_total`
    /// counts them up to [`TodayView::COUNTED`] in each of two lists.
    pub we_owe: Vec<ObligationView>,
    /// How many there are in all.
    pub we_owe_total: u64,
    /// Obligations where it is the partner's turn.
    pub owed_to_us: Vec<ObligationView>,
    /// How many there are in all.
    pub owed_to_us_total: u64,
    /// What waits for signatures: those that the reader may give, and what they wrote.
    pub drafts: Vec<DraftLine>,
    /// Asks of ours that nobody received although the delivery clock ran out.
    pub not_received: Vec<ObligationView>,
    /// Entries that have waited for long for one that is not here, at most [`TodayView::LINES`].
    pub waits: Waits,
    /// Plans of the reader's services near which something is planned that they did not look after yet.
    pub nearby: Vec<NearbyLine>,
    /// Escalated to the next meeting, both directions.
    pub meeting: Vec<ObligationView>,
    /// What else is on its agenda, of other groups of purposes: for those who prepare it.
    pub across: Across,
    /// Requests for access that the reader is to answer.
    pub admissions: Vec<AdmissionTask>,
    /// What is new, grouped by dossier: at most 20 lines.
    pub news: Vec<NewsLine>,
    /// Whose contents are due for review, in figures: a list of its own says which.
    pub reviews: ReviewsDue,
    /// What of the duties to inform waits for a magistrate, or for whoever carries a decision out.
    pub duties: Vec<DutyTask>,
    /// Whether a charter of ours has the duties to inform.
    pub informs: bool,
    /// Whether more dossiers have something new than there is room for.
    pub news_more: bool,
    /// From when on something is new to the reader.
    pub news_since: Instant,
    /// The moment of this view: what came later is not in it.
    pub at: Instant,
    /// The links.
    pub links: Vec<LinkView>,
}

impl TodayView {
    /// Most lines of one list on the front page.
    pub const LINES: u32 = 20;
    /// Totals are counted so far; one more means "more than".
    pub const COUNTED: u32 = 1_000;
}

/// Entries that wait for others that are not here.
#[derive(Clone, Debug, Default)]
pub struct Waits {
    /// Those that wait longest, the longest first.
    pub lines: Vec<WaitLine>,
    /// How many more of those that were looked at the reader sees.
    pub more: u64,
    /// Whether more are awaited here than were looked at: there may be more that the reader sees.
    pub uncounted: bool,
}

/// An entry that waits for one that is not here.
#[derive(Clone, Debug)]
pub struct WaitLine {
    /// Its dossier; none if that is not known here.
    pub dossier: Option<DossierLine>,
    /// The entry.
    pub entry: EntryId,
    /// Who wrote it.
    pub service: String,
    /// When it came, UTC.
    pub came: Instant,
    /// The one that it waits for.
    pub missing: EntryId,
}

/// What is new in one dossier.
#[derive(Clone, Debug)]
pub struct NewsLine {
    /// The dossier.
    pub dossier: DossierLine,
    /// New entries from the partner, see [`TodayView::news_since`].
    pub count: u64,
    /// Type of the newest.
    pub newest: String,
    /// Who wrote it.
    pub service: String,
    /// When it came, UTC.
    pub at: Instant,
}

/// An obligation as a person sees it.
#[derive(Clone, Debug)]
pub struct ObligationView {
    /// Identifier.
    pub id: ObligationId,
    /// Number for reading, such as `MA-12`.
    pub number: String,
    /// Dossier.
    pub dossier: DossierId,
    /// Title of the dossier; empty where the actor sees only the ledger line.
    pub title: String,
    /// Kind of the dossier.
    pub kind: String,
    /// What is asked.
    pub ask: Ask,
    /// Who asks.
    pub creditor: ServiceName,
    /// Who owes now.
    pub owing: ServiceName,
    /// How pressing.
    pub urgency: Urgency,
    /// State.
    pub state: State,
    /// Whose turn.
    pub turn: Option<Side>,
    /// Our side.
    pub ours: Option<Side>,
    /// Asked at, UTC.
    pub asked: Instant,
    /// Received by the debtor's node at, UTC.
    pub received: Option<Instant>,
    /// Due at, UTC.
    pub due: Option<Instant>,
    /// Clock stands still since, UTC.
    pub stopped: Option<Instant>,
    /// Ended at, UTC.
    pub ended: Option<Instant>,
    /// Late now.
    pub overdue: bool,
    /// Ended in time, if it ended and had a date.
    pub on_time: Option<bool>,
    /// How far chasing has come.
    pub chase: Chase,
    /// New date and its reason.
    pub extended: Option<(Instant, Delay)>,
    /// Contested.
    pub contested: Option<Contested>,
    /// Receipt times that one side proposed and the other has not agreed (rule 10), the latest last.
    pub proposed: Vec<ProposedTime>,
    /// Receipt times that both agreed, by the entry received.
    pub agreed: Vec<(EntryId, Instant)>,
    /// A receipt of ours whose time cannot be true by our clock.
    pub doubtful: Option<DoubtfulReceipt>,
    /// Ground of refusal; whether the reason is withheld.
    pub refused: Option<(Ground, bool)>,
    /// What became of it.
    pub outcome: Outcome,
    /// No receipt although the delivery clock ran out.
    pub not_received: bool,
    /// The entry that asked.
    pub asked_by: EntryId,
    /// The entry that ended or last answered it.
    pub answered_by: Option<EntryId>,
    /// Entries that one feedback covers.
    pub joined: Vec<EntryId>,
    /// Entry types by which the actor's side may act on it now, in the order in which they are offered.
    pub offers: Vec<&'static EntryType>,
    /// The debtor's entry that asked for details, while nobody answered it.
    pub pause: Option<EntryId>,
    /// Token of the state shown; an act on it sends it back, so that a stale one is refused with the news.
    pub seen: String,
}

/// A dossier in a list.
#[derive(Clone, Debug)]
pub struct DossierLine {
    /// Identifier.
    pub id: DossierId,
    /// Number for reading, such as `FR-3`.
    pub number: String,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: &'static Kind,
    /// Purpose.
    pub purpose: Purpose,
    /// Phase.
    pub phase: Phase,
    /// Nodes that take part.
    pub nodes: Vec<NodeName>,
    /// Opened at, UTC.
    pub opened: Instant,
    /// Last entry at, UTC.
    pub updated: Instant,
    /// Open obligations in it.
    pub open: u64,
    /// Of these, past their date.
    pub overdue: u64,
}

/// A page of dossiers.
#[derive(Clone, Debug)]
pub struct DossierList {
    /// The lines.
    pub lines: Vec<DossierLine>,
    /// How many the filter finds.
    pub total: u64,
    /// Entries that full text found, when text was searched: dossier, entry, type, first words.
    pub hits: Vec<Hit>,
    /// Obligations whose number was searched.
    pub numbered: Vec<ObligationView>,
}

/// An entry that full text found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Its dossier.
    pub dossier: DossierLine,
    /// The entry.
    pub entry: EntryId,
    /// Its type.
    pub kind: String,
    /// Words around the match.
    pub words: String,
    /// Whether these may be printed, by its originator's conditions.
    pub printed: bool,
    /// Whether it was wrong and has been corrected.
    pub corrected: bool,
    /// When written, UTC.
    pub at: Instant,
}

/// Which dossiers to list.
#[derive(Clone, Debug, Default)]
pub struct DossierQuery {
    /// Full text.
    pub text: String,
    /// Kind.
    pub kind: Option<String>,
    /// Phase.
    pub phase: Option<Phase>,
    /// Partner that takes part.
    pub partner: Option<NodeName>,
    /// Page, from 0; 50 lines each.
    pub page: u32,
    /// The dossier for which somebody searches, if it is for one.
    pub within: Option<DossierId>,
}

/// A dossier's page.
#[derive(Clone, Debug)]
pub struct DossierView {
    /// Of a magistrate's file: how it stands.
    pub duty: Option<DutyHead>,
    /// Head line.
    pub line: DossierLine,
    /// Configuration in force.
    pub config: Config,
    /// Entries of this page, oldest first.
    pub entries: Vec<EntryView>,
    /// Entries in all.
    pub total: u64,
    /// Page shown, from 0; [`DossierView::PAGE`] entries each; the last page is the newest.
    pub page: u32,
    /// Obligations, open ones first.
    pub obligations: Vec<ObligationView>,
    /// Entry types that the actor may write now, those on obligations left out.
    pub forms: Vec<&'static EntryType>,
    /// What our side gave and what came of it (contributions and answers with their feedback), at most [`GivenList::MOST`].
    pub given: Vec<Given>,
    /// How many there are in all.
    pub given_total: u64,
    /// What we got and have not answered yet, at most as many.
    pub got: Vec<Given>,
    /// How many there are in all.
    pub got_total: u64,
    /// Points and commitments, for declarations.
    pub points: Vec<PointView>,
    /// Texts and proposals, for declarations.
    pub declaration: Option<DeclarationView>,
    /// Charter, for charters.
    pub charter: Option<CharterView>,
    /// Token of the configuration and terms that the page was drawn from; what changes them sends it back, so that a stale one is
    /// refused with the news. Acts on an obligation have a token of their own: [`ObligationView::seen`].
    pub seen: String,
    /// Our suspension flag and the partner's: while one is set, what is written waits.
    pub suspended: (bool, bool),
    /// Whether both nodes hold the same of this dossier: number of our entries not yet receipted.
    pub unreceipted: u64,
    /// Dossiers that it continues, by its opening's word, the nearest first; the reader may not belong to them.
    pub continues: Vec<RelatedDossier>,
    /// Dossiers that continue it, to which the reader belongs.
    pub continued_by: Vec<RelatedDossier>,
    /// Entries of other dossiers that are used for the purpose of this one.
    pub brought: Vec<BroughtView>,
    /// Whether a wider dossier may continue it: it is of a kind that several states join.
    pub may_widen: bool,
    /// When its contents are reviewed here; none where nothing is left to review.
    pub review: Option<ReviewHead>,
}

impl DossierView {
    /// Entries on one page.
    pub const PAGE: u32 = 100;
}

/// What one side gave, as far as one page shows it.
#[derive(Clone, Debug, Default)]
pub struct GivenList {
    /// The lines that are shown.
    pub lines: Vec<Given>,
    /// How many there are in all.
    pub total: u64,
}

impl GivenList {
    /// Most lines that are shown.
    pub const MOST: usize = 200;
}

/// Something given, with what became of it.
#[derive(Clone, Debug)]
pub struct Given {
    /// The giving entry.
    pub entry: EntryId,
    /// Its title or first words.
    pub title: String,
    /// Whether it was wrong and has been corrected.
    pub corrected: bool,
    /// Giving service.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// The feedback obligation that covers it.
    pub feedback: Option<ObligationView>,
    /// Words of the feedback, if any.
    pub words: String,
    /// Whether title and words may be printed, by their originators' conditions.
    pub printed: bool,
    /// Whether it waits for the reader to confirm its originator's condition.
    pub waits: bool,
}

/// An entry as a person sees it.
#[derive(Clone, Debug)]
pub struct EntryView {
    /// Identifier.
    pub id: EntryId,
    /// Dossier.
    pub dossier: DossierId,
    /// Type name as written.
    pub type_name: String,
    /// Its definition, if this version knows it.
    pub entry_type: Option<&'static EntryType>,
    /// Whether our node wrote it.
    pub ours: bool,
    /// Writing service.
    pub service: ServiceName,
    /// The officer: a name inside our node, a pseudonym otherwise.
    pub officer: String,
    /// In what role.
    pub role: Role,
    /// Written at, UTC.
    pub at: Instant,
    /// Recorded or received here at, UTC.
    pub here: Instant,
    /// Handling.
    pub handling: Handling,
    /// The decision to send.
    pub release: Option<Release>,
    /// Nodes that may hold it.
    pub audience: Vec<NodeName>,
    /// The judge's word.
    pub verdict: Option<Verdict>,
    /// The body.
    pub body: BodyView,
    /// Its effects.
    pub acts: Vec<Act>,
    /// Obligations that it opened.
    pub opened: Vec<ObligationId>,
    /// Files.
    pub files: Vec<FileView>,
    /// How far it came, per recipient node.
    pub ladder: Vec<Rung>,
    /// Its translations, oldest first. The original alone is authentic.
    pub translations: Vec<TranslationView>,
    /// How others evaluate it, oldest first.
    pub evaluations: Vec<OtherwiseView>,
    /// Its corrections, oldest first: they are read before it. Of a translation, those of its original.
    pub corrections: Vec<CorrectionView>,
    /// What is known of the officer's own signature, where it is read by itself and of weight.
    pub signed: Option<crate::SignedState>,
    /// Of one of ours that is shown alone: everyone who received it.
    pub recipients: Vec<RecipientView>,
    /// Whether our node may correct it.
    pub rectifiable: bool,
    /// Where it was produced in court and what courts decided of it, where it is read by itself.
    pub in_court: Vec<CourtWord>,
    /// What the entries are called that its fields name, where it is read by itself or is a record of a thing.
    pub named: std::sync::Arc<std::collections::BTreeMap<EntryId, NamedEntry>>,
    /// What it releases, if it does: body and files are then those of the original.
    pub released: Option<ReleasedView>,
    /// What the reader may do with it.
    pub rights: Rights,
    /// Its originator's conditions.
    pub conditions: ConditionsView,
    /// Of a review that names an earlier day than the one that stood: that day, which it leaves as it is.
    pub left_standing: Option<Instant>,
}

impl EntryView {
    /// The definition by which its body is read: that of the original, where it releases one.
    #[must_use]
    pub fn read_by(&self) -> Option<&'static EntryType> {
        let original = self.released.as_ref().and_then(|r| r.original.as_ref());
        original.map_or(self.entry_type, |o| o.entry_type)
    }
}

impl EntryView {
    /// Whether the reader may erase what it says: ours, still here, and theirs to erase.
    #[must_use]
    pub fn is_erasable(&self) -> bool {
        self.ours && self.rights.erase && matches!(self.body, BodyView::Here(_))
    }
}

/// An entry that another names, by what it is called.
#[derive(Clone, Debug)]
pub struct NamedEntry {
    /// Its definition, if this version knows it.
    pub entry_type: Option<&'static EntryType>,
    /// Its name or title, as far as the reader may read it and it has one.
    pub label: Option<String>,
    /// Whether its conditions allow that name on paper.
    pub printed: bool,
    /// Whether it was erased.
    pub erased: bool,
    /// Whether it was corrected since, where the reader may read it.
    pub corrected: bool,
    /// Who wrote it.
    pub origin: NodeName,
    /// Written at, UTC.
    pub at: Instant,
    /// When what it says takes place, where it says so to the reader, UTC.
    pub when: Option<Instant>,
}

/// How another node than its provider evaluates a report, shown below it.
#[derive(Clone, Debug)]
pub struct OtherwiseView {
    /// Its own entry.
    pub entry: EntryId,
    /// Who evaluates it so.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// The paragraph, from 1; none if all of it is meant.
    pub paragraph: Option<i64>,
    /// The evaluation.
    pub evaluation: Evaluation,
    /// Language of the reason.
    pub lang: Option<Lang>,
    /// Why.
    pub text: String,
    /// What the provider answered.
    pub settled: Option<SettledView>,
}

/// What the provider of a report answered to another evaluation.
#[derive(Clone, Debug)]
pub struct SettledView {
    /// Its own entry.
    pub entry: EntryId,
    /// Who answered.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
    /// The evaluation that both agree on; none where the provider keeps its own.
    pub agreed: Option<Evaluation>,
    /// Language of the reason.
    pub lang: Option<Lang>,
    /// Why; may be empty.
    pub text: String,
}

/// A translation, shown beside its original.
#[derive(Clone, Debug)]
pub struct TranslationView {
    /// Its own entry.
    pub entry: EntryId,
    /// Language that it is into; none if this version does not know it.
    pub lang: Option<Lang>,
    /// `human`, `machine` or `uncertain`.
    pub origin: String,
    /// Which machine.
    pub machine: String,
    /// The text.
    pub text: String,
    /// Who wrote the entry.
    pub service: ServiceName,
    /// When, UTC.
    pub at: Instant,
}

/// The body of an entry, as far as it is here.
#[derive(Clone, Debug)]
pub enum BodyView {
    /// The entry has none.
    None,
    /// Here, readable.
    Here(Values),
    /// Here, but not readable by this version: `unreadable`.
    Unreadable,
    /// Destroyed with evidence.
    Erased,
    /// Owed by the sender.
    Owed,
    /// Here, and not for this reader.
    Withheld,
}

/// What a reader who sees the dossier may do with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Read what it says once its originator's conditions are met.
    pub by_policy: bool,
    /// Read what it says.
    pub read: bool,
    /// Open its files.
    pub open_files: bool,
    /// Take it out with its proof.
    pub export: bool,
    /// Destroy it, where our node wrote it.
    pub erase: bool,
}

/// A file of an entry.
#[derive(Clone, Debug)]
pub struct FileView {
    /// Place among the entry's files.
    pub index: u32,
    /// Name.
    pub name: String,
    /// Media type.
    pub media: String,
    /// Size in bytes.
    pub size: u64,
    /// `held`, `wanted`, `erased`, `failed`, or `above` what the charter lets one file be.
    pub state: &'static str,
    /// Share already here, in percent.
    pub percent: u8,
    /// What erased it, if it was erased alone: name, type and size are not shown then.
    pub erased: Option<FileErased>,
    /// The charter's limit in bytes, where the file is above it, and the nodes that therefore do not fetch it.
    pub limit: Option<(u64, Vec<NodeName>)>,
}

impl FileView {
    /// Whether it may be a package of evidence, by its name: its bytes decide.
    #[must_use]
    pub fn is_package(&self) -> bool {
        package_name(&self.name)
    }
}

/// The erasure of one file, whose entry stays.
#[derive(Clone, Debug)]
pub struct FileErased {
    /// The erasing entry.
    pub by: EntryId,
    /// Its author's service.
    pub service: ServiceName,
    /// Its author: the name inside our node, else the pseudonym.
    pub officer: String,
    /// Its author's time, UTC.
    pub at: Instant,
    /// The ground that it gives, with its language; none if it gives none or its body is not here.
    pub reason: Option<(String, Option<Lang>)>,
}

/// The ladder of evidence of one entry towards one node (DESIGN section 5).
#[derive(Clone, Debug)]
pub struct Rung {
    /// Recipient.
    pub node: NodeName,
    /// Accepted by our node at, UTC.
    pub accepted: Instant,
    /// Position in the register, once appended.
    pub position: Option<u64>,
    /// Received there, by receipt, at, UTC.
    pub received: Option<Instant>,
    /// Answered at, UTC.
    pub answered: Option<Instant>,
}

/// A point of a declaration.
#[derive(Clone, Debug)]
pub struct PointView {
    /// The entry.
    pub entry: EntryId,
    /// Its label, such as `RHN12/6`.
    pub point: String,
    /// Title, as it was written.
    pub title: String,
    /// What it is about, in the reader's language where an aligned version is, else the title.
    pub heading: String,
    /// Class code, such as `commitment`.
    pub class: String,
    /// Topic.
    pub topic: String,
    /// Verbatim text by language code.
    pub texts: Vec<(String, String)>,
    /// Words that made it be proposed.
    pub because: String,
    /// Who owes, by party codes as given.
    pub debtors: String,
    /// Due, in words.
    pub due_text: String,
    /// The obligations that it opened or that were pledged for it: one per promising party.
    pub obligations: Vec<ObligationView>,
    /// Relations in which it is the later point: how, and to which label.
    pub relates: Vec<(Relation, String)>,
    /// Relations in which it is the earlier point: how, and from which label.
    pub related_by: Vec<(Relation, String)>,
    /// `open`, `claimed`, `agreed`, `answered`, `none`: see [`PointView::status`] for how it is computed.
    pub status: PointStatus,
    /// Programmes that answer it, of those that the reader belongs to.
    pub programmes: Vec<DossierLine>,
    /// What claims name as evidence that it was kept.
    pub evidence: Vec<EvidenceView>,
    /// Figures that sides gave for it, of a series the latest.
    pub figures: Vec<FigureView>,
    /// Whether there is more of either than is shown.
    pub cut: bool,
    /// The other declarations of which labels are told.
    pub tied: std::collections::BTreeSet<DossierId>,
}

impl PointView {
    /// The other dossiers of which something is told with it.
    pub(crate) fn drawn_on(&self) -> impl Iterator<Item = DossierId> + '_ {
        let programmes = self.programmes.iter().map(|line| line.id);
        let evidence = self.evidence.iter().map(|shown| shown.dossier.id);
        let tied = self.tied.iter().copied();
        programmes.chain(evidence).chain(tied)
    }
}

/// Where a commitment stands. Claims of one side and agreement are different states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointStatus {
    /// It obliges nobody.
    None,
    /// Nothing claimed yet.
    Open,
    /// Claimed done by these nodes, not agreed by all.
    Claimed(Vec<NodeName>),
    /// Agreed by both.
    Agreed,
}

/// A charter's page.
#[derive(Clone, Debug)]
pub struct CharterView {
    /// Terms in force.
    pub in_force: Option<Terms>,
    /// Proposals that wait: for a signature, for their entry into force, or for a word.
    pub proposals: Vec<Proposal>,
    /// Those declined or withdrawn, the latest first, at most [`CharterView::LAPSED`].
    pub lapsed: Vec<Lapsed>,
    /// Our suspension flag, and the partner's.
    pub suspended: (bool, bool),
}

impl CharterView {
    /// Most proposals shown that were declined or withdrawn.
    pub const LAPSED: usize = 5;
}

/// How a proposal ended without being signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The side asked declined it.
    Declined,
    /// The side that proposed it took it back.
    Withdrawn,
}

/// A proposal that was declined or withdrawn.
#[derive(Clone, Debug)]
pub struct Lapsed {
    /// The proposing entry.
    pub proposal: EntryId,
    /// Proposing node.
    pub by: NodeName,
    /// Version that the terms would have had.
    pub version: u32,
    /// How it ended.
    pub how: Ending,
    /// The entry that ended it, with the reason if one was given.
    pub entry: EntryId,
}

/// A proposal of charter terms.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The proposing entry.
    pub entry: EntryId,
    /// The decision that it asks for, while nobody has decided.
    pub asks: Option<ObligationId>,
    /// Proposing node.
    pub by: NodeName,
    /// The terms.
    pub terms: Terms,
    /// Nodes that signed it.
    pub signed: Vec<NodeName>,
    /// Whether we may sign it now.
    pub may_sign: bool,
    /// Whether we may enact it now.
    pub may_enact: bool,
    /// Whether we may decline it: it is the partner's and waits for our word.
    pub may_decline: bool,
    /// Whether we may take it back: it is ours and waits for the partner's word.
    pub may_withdraw: bool,
    /// Other terms came into force meanwhile: this can no longer be signed.
    pub overtaken: bool,
    /// Why it cannot be signed here.
    pub faults: Vec<FieldError>,
}

/// A link and how it is.
#[derive(Clone, Debug)]
pub struct LinkView {
    /// Partner.
    pub partner: NodeName,
    /// Whether a session is up now.
    pub connected: bool,
    /// Cut on purpose (demonstration), or stopped by an alarm.
    pub stopped: Option<&'static str>,
    /// Since when the last session has been up or down, UTC.
    pub since: Option<Instant>,
    /// Our register towards them: leaves, and how many of them they hold.
    pub out_size: u64,
    /// How many of ours they hold, by their word.
    pub out_held: u64,
    /// Their register: leaves we hold.
    pub in_size: u64,
    /// Waiting to be appended, counted up to one more than [`LinkView::COUNTED`].
    pub waiting: u64,
    /// Files still to come.
    pub files_wanted: u64,
    /// The latest comparison of ledgers.
    pub agreement: Option<Agreement>,
    /// How far the newest instant that they named lies in our future, in milliseconds: then one of the two clocks is wrong.
    pub ahead_ms: Option<i64>,
    /// Our suspension flag, and theirs.
    pub suspended: (bool, bool),
    /// Keys of theirs that were declared compromised, oldest first.
    pub compromised: Vec<crate::compromise::CompromiseView>,
    /// A register of this link that is to begin again waits for somebody.
    pub restart_waits: Option<crate::restart::RestartWaits>,
}

impl LinkView {
    /// What waits is counted so far; one more means "more than".
    pub const COUNTED: u64 = entente_store::OUTBOX_COUNTED - 1;
}

/// A comparison of ledgers at one cut.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Size of our register at the cut.
    pub out_size: u64,
    /// Size of theirs.
    pub in_size: u64,
    /// Instant named.
    pub at: Instant,
    /// First digits of our digest.
    pub digest: String,
    /// Equal, different, or not answered yet.
    pub equal: Option<bool>,
}

/// A partner's page.
#[derive(Clone, Debug)]
pub struct PartnerView {
    /// The link.
    pub link: LinkView,
    /// Fingerprint of their card, in groups.
    pub fingerprint: String,
    /// Changes of their signing key that their register brought, newest first.
    pub key_changes: Vec<crate::keys::KeyChangeView>,
    /// Changes of their TLS key, newest first.
    pub tls_changes: Vec<crate::keys::TlsChangeView>,
    /// Fingerprint of their card once the newest TLS key is shown, if it is not yet.
    pub next_fingerprint: Option<String>,
    /// Fingerprint of ours.
    pub own_fingerprint: String,
    /// The same of ours.
    pub own_next: Option<String>,
    /// Their card in text armour.
    pub card: String,
    /// Address dialled.
    pub address: String,
    /// Pinned at, UTC.
    pub pinned: Instant,
    /// Terms in force.
    pub terms: Option<Terms>,
    /// The charter's dossier.
    pub charter: Option<DossierId>,
    /// The standing desk.
    pub desk: Option<DossierId>,
    /// Evidence kept, newest first.
    pub evidence: Vec<EvidenceLine>,
    /// Whether the reader may propose a first charter.
    pub may_propose: bool,
    /// Entries from either side that have no effect, with the reason.
    pub irregular: Vec<(EntryId, DossierId, Verdict)>,
}

/// A piece of evidence against a partner, or people's word that the link may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLine {
    /// When it was kept, UTC.
    pub at: Instant,
    /// What it is.
    pub what: String,
    /// Why an alarm was lifted, in the words of whoever did.
    pub reason: Option<String>,
}

/// The ledger with one partner or all.
#[derive(Clone, Debug)]
pub struct LedgerView {
    /// The lines of this page.
    pub lines: Vec<ObligationView>,
    /// How many the filter finds.
    pub total: u64,
}

/// Which ledger lines.
#[derive(Clone, Debug, Default)]
pub struct LedgerQuery {
    /// With this partner.
    pub partner: Option<NodeName>,
    /// Which side we are on.
    pub side: Option<Side>,
    /// Open or ended only.
    pub open: Option<bool>,
    /// What is asked.
    pub ask: Option<Ask>,
    /// Only overdue ones.
    pub overdue: bool,
    /// Page, from 0; 100 lines each.
    pub page: u32,
}

/// A form to fill: definition, preset values, what it acts on.
#[derive(Clone, Debug)]
pub struct FormView {
    /// The entry type.
    pub entry_type: &'static EntryType,
    /// Kind of the dossier.
    pub kind: &'static Kind,
    /// The dossier; none when this opens one.
    pub dossier: Option<DossierLine>,
    /// The obligation acted on.
    pub target: Option<ObligationView>,
    /// Preset values by field name.
    pub preset: Values,
    /// Partner towards whom a new dossier is opened; in a dossier of three states or more, the one that is named.
    pub partner: Option<NodeName>,
    /// In such a dossier, the states of which one may be named to be asked alone.
    pub others: Vec<NodeName>,
    /// Services that may be named, ours and the partner's.
    pub services: Vec<ServiceName>,
    /// Entries that may be ticked: identifier and words.
    pub entries: Vec<(EntryId, String)>,
    /// When what a choice stands for takes place, by the value of the choice: an invitation's day, the date that a box stands for. A list of codes
    /// some of which have one offers those alone.
    pub moments: Vec<(String, Instant)>,
    /// Things of the dossier that may be named: identifier and words.
    pub things: Vec<(EntryId, String)>,
    /// See [`DossierView::seen`].
    pub seen: String,
    /// Our suspension flag and the partner's: while one is set, what is written waits.
    pub suspended: (bool, bool),
    /// What is recorded with it without being typed, as one line: purpose, necessity, basis, approver.
    pub release: ReleaseDefaults,
    /// For a proposal of charter terms: what it starts from, as the next version.
    pub terms: Option<Box<Terms>>,
    /// For a signature or an entry into force: what becomes binding.
    pub binds: Option<Box<Binding>>,
    /// The dossier that the one to be opened continues.
    pub continues: Option<RelatedDossier>,
    /// Whether another state wrote the opening of that one: its words are not taken over (invariant 5).
    pub others_words: bool,
    /// Why no dossier of this kind can be opened towards the partner now; nothing of it would cross.
    pub barred: Option<Barred>,
    /// Of a review that may prolong: the one that stands.
    pub review: Option<ReviewHead>,
}

/// Why no dossier of a kind can be opened towards a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// No charter is in force.
    NoCharter,
    /// The charter in force does not name the kind: a change of its terms is proposed in this dossier.
    NotInCharter(DossierId),
    /// The partner's program does not know the kind, by its card.
    PartnerOlder,
}

/// The proposal that a signature or an entry into force is about, and what it would replace.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The proposal.
    pub proposal: Proposal,
    /// Terms in force.
    pub in_force: Option<Terms>,
}

/// Defaults of the decision to send.
#[derive(Clone, Debug)]
pub struct ReleaseDefaults {
    /// Purpose.
    pub purpose: Purpose,
    /// Necessity code.
    pub necessity: entente_core::codes::Necessity,
    /// Legal basis code.
    pub basis: entente_core::codes::Basis,
    /// Who approves: the officer.
    pub approver: String,
    /// Whether words or files of this officer leave only with a second signature, as far as is known before the form is filled.
    pub second: bool,
}

/// A declaration's texts as imported, for reading and for confirming proposals.
#[derive(Clone, Debug)]
pub struct DeclarationView {
    /// One per language version: language code and the proposal made of it (see `core::kinds::declaration::text`).
    pub versions: Vec<(String, serde_json::Value)>,
}

/// A person of the demonstration, for one-click sign-in.
#[derive(Clone, Debug)]
pub struct Persona {
    /// Identifier.
    pub id: String,
    /// Name, or function in several languages: see [`crate::called`].
    pub name: String,
    /// Service.
    pub service: ServiceName,
    /// Roles.
    pub roles: Vec<Role>,
}

impl Persona {
    /// Name as a reader of this language calls it.
    #[must_use]
    pub fn called(&self, reader: Lang) -> &str {
        crate::called(&self.name, reader)
    }
}

/// What is due for review soon, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewsDue {
    /// Dossiers whose day comes soon or has passed.
    pub soon: u64,
    /// Of these, those whose day is only days away or has passed.
    pub pressing: u64,
    /// Of these, those whose day has passed: they are erased after a time of grace.
    pub passed: u64,
}

/// When a dossier's contents are reviewed, and why then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewHead {
    /// The end of the day.
    pub due: Instant,
    /// What sets it.
    pub because: Because,
    /// Each entry has a term of its own; that is when the oldest go together.
    pub each: bool,
    /// What it held was erased before: that is a term later, for what came since.
    pub again: bool,
    /// Not before this is it erased, once its day is announced and where nobody decides.
    pub erased_from: Option<Instant>,
    /// Why it stays all the same: a hold at any time, the others once the day has passed.
    pub stays: Vec<Stays>,
}

/// A dossier whose contents are due for review.
#[derive(Clone, Debug)]
pub struct ReviewLine {
    /// The dossier.
    pub dossier: DossierLine,
    /// The day.
    pub due: Instant,
    /// Not before this are the contents erased here, where nobody decides.
    pub erased_from: Instant,
    /// Whether the day has passed.
    pub passed: bool,
    /// Why they stay although it has.
    pub stays: Vec<Stays>,
}

/// The dossiers whose contents are due for review, the earliest first.
#[derive(Clone, Debug)]
pub struct ReviewList {
    /// A page of them.
    pub lines: Vec<ReviewLine>,
    /// In figures.
    pub due: ReviewsDue,
}

impl ReviewList {
    /// Most lines of the list.
    pub const LINES: u32 = 200;
}
