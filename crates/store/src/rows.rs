//! Rows: what the store keeps, as plain data. Encoded blobs are opaque here; `app` writes and reads them.

use crate::{Result, StoreError};
use entente_core::balance::{Line, Tally, year_of};
use entente_core::codes::{Ask, Ground, Outcome, Phase, Purpose, Urgency};
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::{Instant, Span};
use entente_core::obligation::{Side, State};

/// Which of the registers of a link: the two that are written, or what was agreed of one that began anew (rule 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Ours towards the partner.
    Out,
    /// The partner's towards us.
    In,
    /// Ours, in a generation that was closed.
    OutClosed(u32),
    /// The partner's, in a generation that was closed.
    InClosed(u32),
}

impl Direction {
    /// A closed generation of the same side's register.
    #[must_use]
    pub fn closed(self, generation: u32) -> Self {
        match self {
            Self::Out | Self::OutClosed(_) => Self::OutClosed(generation),
            Self::In | Self::InClosed(_) => Self::InClosed(generation),
        }
    }

    /// The register that is written, of the same side.
    #[must_use]
    pub fn written(self) -> Self {
        match self {
            Self::Out | Self::OutClosed(_) => Self::Out,
            Self::In | Self::InClosed(_) => Self::In,
        }
    }

    /// Whether this generation was closed.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::OutClosed(_) | Self::InClosed(_))
    }

    /// As both backends write it: even numbers are ours, from 2 on the generations that were closed.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Out => 0,
            Self::In => 1,
            Self::OutClosed(generation) => 2 + 2 * i64::from(generation),
            Self::InClosed(generation) => 3 + 2 * i64::from(generation),
        }
    }

    /// Reads [`Direction::number`].
    pub(crate) fn of(number: i64) -> Option<Self> {
        let generation = || u32::try_from(number / 2 - 1).ok();
        match (number, number % 2) {
            (0, _) => Some(Self::Out),
            (1, _) => Some(Self::In),
            (_, 0) => generation().map(Self::OutClosed),
            (_, 1) => generation().map(Self::InClosed),
            _ => None,
        }
    }
}

/// Highest generation of a register that both backends can write.
pub const MAX_GENERATION: u32 = 16_000;

/// [`ReceiptRow::leaf`] of a receipt whose leaf is in a generation that was closed: it counts at every cut.
pub const EARLIER: u64 = i64::MAX as u64;

/// Where an entry's leaf is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeafPlace {
    /// In which register.
    pub register: Direction,
    /// At which index.
    pub position: u64,
}

/// Where a register ends, when its generation is closed or what lies beyond is cut off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Leaves that both sides agreed on; those beyond a closed generation are kept and count no more.
    pub size: u64,
    /// Encoded frontier of that size.
    pub frontier: Vec<u8>,
    /// Signed checkpoint of that size, if it is known; empty else.
    pub note: String,
}

impl Closing {
    /// Refuses a register that was closed already or has had all its generations, and a size that it does not have.
    pub(crate) fn check(&self, side: Direction, head: &RegisterRow) -> Result<()> {
        if side.is_closed() || head.generation >= MAX_GENERATION || self.size > head.size {
            let why = "this register cannot be closed at that size".to_owned();
            return Err(StoreError::Failed(why));
        }
        Ok(())
    }

    /// The generation that is written again; refuses where something is in the one after it, or nothing was closed.
    pub(crate) fn reopens(side: Direction, head: &RegisterRow) -> Result<Direction> {
        let before = head.generation.checked_sub(1);
        let before = before.filter(|_| head.size == 0 && !side.is_closed());
        let why = || StoreError::Failed("this register cannot be opened again".to_owned());
        before
            .map(|generation| side.closed(generation))
            .ok_or_else(why)
    }
}

/// A dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierRow {
    /// Identifier.
    pub id: DossierId,
    /// Kind.
    pub kind: String,
    /// Purpose.
    pub purpose: Purpose,
    /// Phase of the latest configuration.
    pub phase: Phase,
    /// Node that opened and convenes it.
    pub convenor: NodeName,
    /// The convenor's number for it.
    pub number: u32,
    /// Nodes that take part, comma-joined, ascending.
    pub nodes: String,
    /// Participating services, comma-joined.
    pub services: String,
    /// Title, sealed under the dossier's key; empty while unknown.
    pub title: Vec<u8>,
    /// Author's time of the opening, UTC ms.
    pub opened_ms: i64,
    /// Local time of the last entry, UTC ms.
    pub updated_ms: i64,
}

/// Which dossiers.
#[derive(Clone, Debug, Default)]
pub struct DossierFilter {
    /// Of this kind.
    pub kind: Option<String>,
    /// In this phase.
    pub phase: Option<Phase>,
    /// With this purpose.
    pub purpose: Option<Purpose>,
    /// With this number, whichever node gave it.
    pub number: Option<u32>,
    /// In which this node takes part.
    pub node: Option<NodeName>,
    /// In which any of these services takes part (empty: no condition).
    pub services: Vec<ServiceName>,
    /// Of one of these kinds with one of these purposes, where only some may be seen (none at all: nothing is found).
    pub among: Option<Vec<(String, Purpose)>>,
    /// At most so many (0: 100).
    pub limit: u32,
    /// From this one on.
    pub offset: u32,
}

/// A pair of [`DossierFilter::among`] as one text, by which both backends compare it.
pub(crate) fn pair_texts(among: &[(String, Purpose)]) -> Vec<String> {
    let text = |(kind, purpose): &(String, Purpose)| format!("{kind}/{}", purpose.number());
    among.iter().map(text).collect()
}

/// Whether a body is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyState {
    /// The entry has none.
    None,
    /// Here and matching its commitment.
    Here,
    /// Destroyed.
    Erased,
    /// Came without matching its commitment, or not at all: owed.
    Owed,
}

impl BodyState {
    /// Stable number.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Here => 1,
            Self::Erased => 2,
            Self::Owed => 3,
        }
    }
    /// The state of a number.
    #[must_use]
    pub fn from_number(n: u8) -> Option<Self> {
        [Self::None, Self::Here, Self::Erased, Self::Owed]
            .into_iter()
            .find(|s| s.number() == n)
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// Local position in order of arrival; given by the store on insert, 0 before.
    pub position: u64,
    /// Dossier.
    pub dossier: DossierId,
    /// Identifier.
    pub id: EntryId,
    /// Type, such as `request.answer`.
    pub kind: String,
    /// Authoring service; its node is the author's.
    pub service: String,
    /// Author's time, UTC ms.
    pub at_ms: i64,
    /// When this node recorded or received it, UTC ms.
    pub here_ms: i64,
    /// Verdict number (see `core::judge::Verdict::number`); 254 while it waits for ancestors.
    pub verdict: u8,
    /// Causal depth.
    pub depth: u64,
    /// Encoded `core::judge::Causal`.
    pub causal: Vec<u8>,
    /// Header bytes as signed.
    pub header: Vec<u8>,
    /// Whether the body is here.
    pub body: BodyState,
}

/// Verdict number of an entry that waits for missing ancestors.
pub const WAITING: u8 = 254;

/// A sealed body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyRow {
    /// State.
    pub state: BodyState,
    /// Sealed salt and bytes; empty unless here.
    pub sealed: Vec<u8>,
}

/// A dossier's configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigRow {
    /// The entry that set it.
    pub entry: EntryId,
    /// Dossier.
    pub dossier: DossierId,
    /// Counted from 1.
    pub number: u32,
    /// Kind of the dossier.
    pub kind: String,
    /// Encoded lane and number of the setting entry.
    pub set_by: Vec<u8>,
    /// Encoded `core::act::Config`.
    pub config: Vec<u8>,
}

/// Enacted terms of a charter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsRow {
    /// The enacting entry.
    pub entry: EntryId,
    /// The charter's dossier.
    pub dossier: DossierId,
    /// The other party.
    pub partner: NodeName,
    /// Version.
    pub version: u32,
    /// Encoded `core::charter::Terms`.
    pub terms: Vec<u8>,
}

/// A suspension flag going up or down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlagRow {
    /// The other party of the link.
    pub partner: NodeName,
    /// The entry.
    pub entry: EntryId,
    /// Whose flag.
    pub node: NodeName,
    /// Up or down.
    pub set: bool,
    /// Author's time, UTC ms.
    pub at_ms: i64,
}

/// How two points of declarations relate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationRow {
    /// The relating entry.
    pub entry: EntryId,
    /// The later point.
    pub from: EntryId,
    /// The earlier point.
    pub to: EntryId,
    /// The earlier point's dossier.
    pub to_dossier: DossierId,
    /// Number of `core::codes::Relation`.
    pub relation: u8,
}

/// An obligation: facts of the ask and the folded columns by which lists are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObligationRow {
    /// Identifier.
    pub id: ObligationId,
    /// Dossier.
    pub dossier: DossierId,
    /// Kind of the dossier.
    pub kind: String,
    /// The two nodes and whoever else may see it, comma-joined.
    pub audience: String,
    /// What is asked.
    pub ask: Ask,
    /// The asking service.
    pub creditor: ServiceName,
    /// The service first asked.
    pub debtor: ServiceName,
    /// The service that owes now.
    pub owing: ServiceName,
    /// How pressing.
    pub urgency: Urgency,
    /// The asking node's number.
    pub number: u32,
    /// Author's time of the ask, UTC ms.
    pub asked_ms: i64,
    /// A date in place of the clock, UTC ms.
    pub by_ms: Option<i64>,
    /// The obligation whose answer gave rise to it.
    pub about: Option<ObligationId>,
    /// Terms that the ask was written under.
    pub charter: Option<EntryId>,
    /// Encoded lane and number of the asking entry.
    pub asked_in: Vec<u8>,
    /// Receipt time of the ask, UTC ms (folded).
    pub received_ms: Option<i64>,
    /// State (folded).
    pub state: State,
    /// Whose turn (folded).
    pub turn: Option<Side>,
    /// Due, UTC ms (folded).
    pub due_ms: Option<i64>,
    /// When the clock ended, UTC ms (folded).
    pub ended_ms: Option<i64>,
    /// Outcome number (folded).
    pub outcome: u8,
    /// Ground number of a refusal (folded).
    pub ground: Option<u8>,
    /// Whether it is contested (folded).
    pub contested: bool,
}

impl ObligationRow {
    /// What the balance counts of it at an instant.
    #[must_use]
    pub fn line(&self, now: Instant) -> Line {
        let due = self.due_ms;
        let span = |from: i64, to: i64| Span(to.saturating_sub(from).max(0));
        let (asked, received) = (self.asked_ms, self.received_ms);
        let delay = self.ended_ms.zip(received);
        Line {
            tally: Tally {
                year: year_of(Instant(asked)),
                debtor: self.debtor.node(),
                kind: self.kind.clone(),
                ask: self.ask,
                state: self.state,
                outcome: Outcome::from_number(self.outcome).unwrap_or(Outcome::None),
                ground: self.ground.and_then(Ground::from_number),
                contested: self.contested,
                on_time: self.ended_ms.zip(due).map(|(ended, due)| ended <= due),
                overdue: self.turn == Some(Side::Debtor) && due.is_some_and(|due| now.0 > due),
                received: received.is_some(),
                follows: self.about.is_some(),
                many: 1,
            },
            owing: self.owing.clone(),
            delay: delay.map(|(ended, received)| span(received.max(asked), ended)),
            gap: received.map(|received| span(asked, received)),
        }
    }
}

/// An entry that came lately, without its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatelyRow {
    /// Dossier.
    pub dossier: DossierId,
    /// Identifier.
    pub id: EntryId,
    /// Type.
    pub kind: String,
    /// Author's service.
    pub service: String,
    /// When it came here, UTC ms.
    pub here_ms: i64,
}

/// What is open in a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenRow {
    /// Dossier.
    pub dossier: DossierId,
    /// Open obligations.
    pub open: u64,
    /// Those that are due, and whose turn is the debtor's.
    pub overdue: u64,
}

/// Which obligations.
#[derive(Clone, Debug, Default)]
pub struct ObligationFilter {
    /// In this dossier.
    pub dossier: Option<DossierId>,
    /// Whose debtor is at this node.
    pub debtor_node: Option<NodeName>,
    /// Whose creditor is at this node.
    pub creditor_node: Option<NodeName>,
    /// Owed by one of these services (empty: no condition).
    pub owing: Vec<ServiceName>,
    /// Asked by one of these services (empty: no condition).
    pub asking: Vec<ServiceName>,
    /// Open ones only, or ended ones only.
    pub open: Option<bool>,
    /// Whose turn it is.
    pub turn: Option<Side>,
    /// Due before this, UTC ms.
    pub due_before_ms: Option<i64>,
    /// Of this ask.
    pub ask: Option<Ask>,
    /// Asked from this time on, UTC ms.
    pub asked_from_ms: Option<i64>,
    /// Asked before this time, UTC ms.
    pub asked_to_ms: Option<i64>,
    /// In dossiers in which any of these services takes part (empty: no condition).
    pub visible_to: Vec<ServiceName>,
    /// See [`DossierFilter::among`].
    pub among: Option<Vec<(String, Purpose)>>,
    /// Without receipt.
    pub unreceived: bool,
    /// Asked under this number, by whichever node.
    pub number: Option<u32>,
    /// Contested ones only.
    pub contested: bool,
    /// At most so many (0: no limit).
    pub limit: u32,
    /// From this one on.
    pub offset: u32,
    /// Counting stops here (0: never): who reads "more than a thousand" needs no more.
    pub count_most: u32,
}

/// What two nodes asked each other within a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The two nodes: either may have asked.
    pub between: [NodeName; 2],
    /// Asked from this time on, UTC ms.
    pub from_ms: i64,
    /// Asked before this time, UTC ms.
    pub to_ms: i64,
    /// The instant at which something is overdue or is not, UTC ms.
    pub now_ms: i64,
}

/// A regular act on an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActRow {
    /// Dossier.
    pub dossier: DossierId,
    /// Obligation.
    pub obligation: ObligationId,
    /// Acting entry.
    pub entry: EntryId,
    /// Place among its acts.
    pub index: u8,
    /// Acting node.
    pub node: NodeName,
    /// Author's time, UTC ms.
    pub at_ms: i64,
    /// Causal depth of the entry.
    pub depth: u64,
    /// Number of the entry in its lane.
    pub seq: u64,
    /// Encoded `core::judge::Lane` of the entry.
    pub lane: Vec<u8>,
    /// Encoded `core::act::OnAct`.
    pub act: Vec<u8>,
}

/// Head of a register.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RegisterRow {
    /// Generation (rule 15).
    pub generation: u32,
    /// Leaves.
    pub size: u64,
    /// Encoded `proof::merkle::Frontier`.
    pub frontier: Vec<u8>,
    /// Newest signed checkpoint; empty at size 0.
    pub note: String,
    /// Size up to which it is cosigned (outgoing: by the partner; incoming: by us).
    pub cosigned: u64,
}

/// A leaf of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafRow {
    /// Position.
    pub position: u64,
    /// Leaf bytes.
    pub leaf: Vec<u8>,
    /// The entry, for entry leaves.
    pub entry: Option<EntryId>,
}

/// A signed checkpoint, with cosignature where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointRow {
    /// Size.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// The cosignature line; empty if none.
    pub cosignature: String,
}

/// What is appended to a register in one go.
#[derive(Clone, Debug)]
pub struct Append {
    /// Position of the first leaf: must be the present size.
    pub from: u64,
    /// The leaves.
    pub leaves: Vec<LeafRow>,
    /// Interior nodes completed: level, index, hash.
    pub nodes: Vec<(u8, u64, [u8; 32])>,
    /// Frontier after it.
    pub frontier: Vec<u8>,
    /// Signed checkpoint of the new size.
    pub note: String,
}

/// A receipt: "I durably hold this register up to `size` since `time`".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Size covered.
    pub size: u64,
    /// Root at that size.
    pub root: [u8; 32],
    /// Time, UTC ms.
    pub time_ms: i64,
    /// Position of the receipt's own leaf, in the other register of the link (a receipt of ours is a leaf of theirs); [`EARLIER`] where
    /// that is in a closed generation.
    pub leaf: u64,
    /// When it came here by our clock, UTC ms: of a partner's receipts only. Shown, never folded.
    pub arrived_ms: Option<i64>,
}

/// What waits for a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutboxItem {
    /// An entry of ours.
    Entry(EntryId),
    /// Any other leaf, as bytes.
    Leaf(Vec<u8>),
}

/// One queued item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Number, ascending.
    pub number: u64,
    /// When it was queued, UTC ms.
    pub queued_ms: i64,
    /// What.
    pub item: OutboxItem,
}

/// Ledger digests of both sides at one cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestRow {
    /// Partner.
    pub partner: NodeName,
    /// Size of our register at the cut.
    pub out_size: u64,
    /// Size of the partner's register at the cut.
    pub in_size: u64,
    /// Instant named, UTC ms.
    pub at_ms: i64,
    /// Our digest.
    pub ours: [u8; 32],
    /// Theirs, once it came.
    pub theirs: Option<[u8; 32]>,
}

/// A lease: whoever holds it, until when, and the epoch that fences those before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseRow {
    /// The process.
    pub holder: String,
    /// Grows with every change of holder and every lapse.
    pub epoch: u64,
    /// End, UTC ms.
    pub until_ms: i64,
}

/// Whether an attachment is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachmentState {
    /// Still to be fetched, from `next_chunk` on.
    Wanted,
    /// Here.
    Held,
    /// Destroyed.
    Erased,
    /// The sender no longer has it, or its chunks do not match.
    Failed,
    /// Larger than the charter lets one file be: not fetched, until the charter lets it.
    Above,
}

impl AttachmentState {
    /// Stable number.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Wanted => 0,
            Self::Held => 1,
            Self::Erased => 2,
            Self::Failed => 3,
            Self::Above => 4,
        }
    }
    /// The state of a number.
    #[must_use]
    pub fn from_number(n: u8) -> Option<Self> {
        [
            Self::Wanted,
            Self::Held,
            Self::Erased,
            Self::Failed,
            Self::Above,
        ]
        .into_iter()
        .find(|s| s.number() == n)
    }
}

/// An attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentRow {
    /// Dossier.
    pub dossier: DossierId,
    /// Entry.
    pub entry: EntryId,
    /// Place among the entry's attachments.
    pub index: u32,
    /// Partner to fetch it from; `None` for our own.
    pub partner: Option<NodeName>,
    /// Size in bytes.
    pub size: u64,
    /// State.
    pub state: AttachmentState,
    /// First chunk not here yet.
    pub next_chunk: u32,
    /// Name of the blob: digest of its ciphertext once held, a temporary name before.
    pub blob: String,
}

/// An officer of this node.
#[derive(Clone, PartialEq, Eq)]
pub struct OfficerRow {
    /// Identifier to sign in with.
    pub id: String,
    /// Name as shown inside the node.
    pub name: String,
    /// Services, comma-joined; the first is the usual one.
    pub services: String,
    /// Role numbers, ascending.
    pub roles: Vec<u8>,
    /// Password hash (PHC string); empty: cannot sign in with a password.
    pub password: String,
    /// Preferred language.
    pub lang: String,
    /// May sign in.
    pub active: bool,
}

impl std::fmt::Debug for OfficerRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OfficerRow({}, hidden)", self.id)
    }
}

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionSort {
    /// Somebody is signed in.
    SignedIn,
    /// The password fitted; a code of the second factor is awaited. Opens nothing.
    Code,
    /// A person invited may set a password. Opens nothing.
    Invitation,
    /// A passkey is to sign a challenge. Opens nothing.
    Passkey,
    /// An administrator asked that all the officer signs in with be reset; another is to confirm it. Nobody has the token.
    Reset,
    /// The officer is absent between its beginning and its end, and the colleague in its state may act for them. Nobody has the token.
    StandIn,
    /// The officer asks for access to a dossier by the number in its state, whether there is one or not. Nobody has the token.
    Asks,
    /// An answer of an OpenID provider was taken: it opens nothing a second time. Nobody has the token.
    Provider,
    /// The officer is to type the code that was sent to the address in its state. Opens nothing.
    Address,
    /// A calendar program may fetch what the officer may be told outside. One of each officer; opens nothing else.
    Feed,
    /// The officer saw what was new until the time in its state. Nobody has the token.
    News,
}

impl SessionSort {
    const ALL: [Self; 11] = [
        Self::SignedIn,
        Self::Code,
        Self::Invitation,
        Self::Passkey,
        Self::Reset,
        Self::StandIn,
        Self::Asks,
        Self::Provider,
        Self::Address,
        Self::Feed,
        Self::News,
    ];

    /// Stable number.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::SignedIn => 0,
            Self::Code => 1,
            Self::Invitation => 2,
            Self::Passkey => 3,
            Self::Reset => 4,
            Self::StandIn => 5,
            Self::Asks => 6,
            Self::Provider => 7,
            Self::Address => 8,
            Self::Feed => 9,
            Self::News => 10,
        }
    }
    /// The sort of a number.
    #[must_use]
    pub fn from_number(n: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.number() == n)
    }
}

/// A token and what it is good for.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Digest of the token; the token itself is nowhere stored.
    pub digest: Vec<u8>,
    /// Officer.
    pub officer: String,
    /// Secret against forged forms.
    pub csrf: String,
    /// Begun, UTC ms.
    pub begun_ms: i64,
    /// Ends, UTC ms.
    pub ends_ms: i64,
    /// What it is good for.
    pub sort: SessionSort,
    /// When it was last used, UTC ms, to some minutes; 0 before that.
    pub seen_ms: i64,
    /// Browser and system that used it last, in a few words; empty while unknown.
    pub device: String,
    /// What its sort keeps: how somebody signed in, a passkey's challenge, who asked for a reset, whom a delegate acts for, to which number
    /// access is asked.
    pub state: Vec<u8>,
}

impl std::fmt::Debug for SessionRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SessionRow({}, hidden)", self.officer)
    }
}

/// What a factor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactorSort {
    /// The secret of an authenticator app, shown and not confirmed yet. Opens nothing.
    Offered,
    /// The secret of an authenticator app.
    App,
    /// A recovery code: its row goes when it is used.
    Recovery,
    /// A passkey.
    Passkey,
    /// An account at an OpenID provider. No second factor of ours: the provider says what it asked for.
    Provider,
}

impl FactorSort {
    const ALL: [Self; 5] = [
        Self::Offered,
        Self::App,
        Self::Recovery,
        Self::Passkey,
        Self::Provider,
    ];

    /// Stable number.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Offered => 0,
            Self::App => 1,
            Self::Recovery => 2,
            Self::Passkey => 3,
            Self::Provider => 4,
        }
    }
    /// The sort of a number.
    #[must_use]
    pub fn from_number(n: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.number() == n)
    }
}

/// Something that an officer signs in with beside a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorRow {
    /// Officer.
    pub officer: String,
    /// What it is.
    pub sort: FactorSort,
    /// Which of its sort: nothing for an app, the keyed digest of a recovery code, the identifier of a passkey, the keyed digest of
    /// issuer and subject.
    pub id: Vec<u8>,
    /// What its officer calls it.
    pub label: String,
    /// Since when, UTC ms.
    pub since_ms: i64,
    /// Of an app, the last step whose code was taken; of a passkey or an account elsewhere, when it was last used, UTC ms.
    pub last: i64,
    /// The secret, sealed.
    pub sealed: Vec<u8>,
}

/// How something stands that waits for a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DraftSort {
    /// It has not left, and waits for a second officer.
    Waits,
    /// It has not left: a second officer gave it back to its author, with a ground.
    Returned,
    /// It left by one signature, and the second is owed.
    Unsigned,
    /// It left by one signature, and the second was refused, with a ground.
    Refused,
}

impl DraftSort {
    const ALL: [Self; 4] = [Self::Waits, Self::Returned, Self::Unsigned, Self::Refused];

    /// Stable number.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Waits => 0,
            Self::Returned => 1,
            Self::Unsigned => 2,
            Self::Refused => 3,
        }
    }
    /// The sort of a number.
    #[must_use]
    pub fn from_number(n: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.number() == n)
    }
}

/// Something that waits for a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Identifier, random.
    pub id: [u8; 16],
    /// How it stands.
    pub sort: DraftSort,
    /// The dossier that it is in; empty for one to be opened.
    pub dossier: Vec<u8>,
    /// The entry as which it left; empty before.
    pub entry: Vec<u8>,
    /// Officer who wrote it.
    pub officer: String,
    /// In the name of which service.
    pub service: String,
    /// When, UTC ms.
    pub at_ms: i64,
    /// When the signature is due, UTC ms.
    pub due_ms: i64,
    /// Codes by which it is decided who may sign: nothing that a header would not hold.
    pub about: Vec<u8>,
    /// What was written, or the ground, sealed.
    pub sealed: Vec<u8>,
}

/// What an officer is told of by mail.
#[derive(Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Officer.
    pub officer: String,
    /// When to look next whether something is to be sent, UTC ms.
    pub next_ms: i64,
    /// Address, wishes, what was told and what is on its way, sealed.
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for NoticeRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NoticeRow({}, hidden)", self.officer)
    }
}

/// When the contents of a dossier are due for review here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// Dossier.
    pub dossier: DossierId,
    /// When, UTC ms.
    pub due_ms: i64,
    /// Since when that is announced, UTC ms; 0: not yet.
    pub told_ms: i64,
}

/// Which reviews.
#[derive(Clone, Debug, Default)]
pub struct ReviewFilter {
    /// Due before this, UTC ms.
    pub before_ms: i64,
    /// Behind this one, in the order of the list.
    pub after: Option<(i64, DossierId)>,
    /// Only those that are announced.
    pub told: bool,
    /// Of dossiers in which any of these services takes part (empty: no condition).
    pub services: Vec<ServiceName>,
    /// Of dossiers of one of these kinds with one of these purposes, where only some may be seen (none at all: nothing is found).
    pub among: Option<Vec<(String, Purpose)>>,
    /// At most so many (0: 100).
    pub limit: u32,
}

/// A partner node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerRow {
    /// Name.
    pub node: NodeName,
    /// Card bytes, pinned.
    pub card: Vec<u8>,
    /// Address to dial, `host:port`; empty: only accepts.
    pub address: String,
    /// When people compared fingerprints, UTC ms.
    pub pinned_ms: i64,
    /// Whether the link was stopped by an alarm.
    pub stopped: bool,
}

/// Proof of a deviation, kept for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Partner.
    pub partner: NodeName,
    /// When, UTC ms.
    pub at_ms: i64,
    /// What: `fork`, `rollback`, `tampered`, `digest`...
    pub what: String,
    /// Encoded evidence.
    pub evidence: Vec<u8>,
    /// Whether it stopped the link, or lifted what did: then it is never dropped.
    pub stops: bool,
}

/// An access record in its lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRow {
    /// Lane: one per process.
    pub lane: String,
    /// Number in the lane, from 1.
    pub seq: u64,
    /// When, UTC ms.
    pub at_ms: i64,
    /// Chain value after this record.
    pub hash: [u8; 32],
    /// The record, sealed to the inspectors.
    pub sealed: Vec<u8>,
}

/// An access record with its place among all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedAccess {
    /// Its number here, ascending in the order of commits.
    pub n: u64,
    /// The record.
    pub row: AccessRow,
}

/// What a record can be found by: a keyed digest, under the key of its month.
pub type AccessMark = [u8; 8];

/// A place in the list of access records, which runs from the newest to the oldest: everything listed comes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessPlace {
    /// Time, UTC ms.
    pub at_ms: i64,
    /// Number among those of that time.
    pub n: u64,
}

impl AccessPlace {
    /// Before which nothing is: the newest record comes after it.
    pub const NEWEST: Self = Self {
        at_ms: i64::MAX,
        n: 0,
    };
}

/// A line of the journal: where the lanes stood that moved since the line before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRow {
    /// Number, from 1 without gaps.
    pub n: u64,
    /// When, UTC ms.
    pub at_ms: i64,
    /// Number of the last access record that it covers.
    pub through: u64,
    /// Lane, its last sequence number and its hash after it, a line each.
    pub heads: String,
    /// Hash of the journal after this line.
    pub hash: [u8; 32],
}

/// A pattern found in access records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingRow {
    /// Number, ascending; given by the store.
    pub n: u64,
    /// When the look was that completed it, UTC ms.
    pub at_ms: i64,
    /// What makes it this one: found again, it is not kept twice.
    pub name: [u8; 32],
    /// What it says, sealed to the inspectors.
    pub sealed: Vec<u8>,
}
