//! The verbs of Entente: the only place that joins `core`, `proof`, `store` and `link`. One file each.
//!
//! Everything here is synchronous and free of ambient time and randomness: both come in through [`Clock`] and [`Random`], so
//! that the simulation runs exactly this code. Callers on an async runtime use a blocking thread.

mod absence;
pub mod access;
mod admission;
mod again;
mod ahead;
mod apply;
mod assurances;
mod attach;
mod attempts;
mod authorise;
mod bridges;
pub mod carry;
mod charter;
mod chunks;
mod clock;
mod codec;
mod compare;
mod compromise;
mod conditions;
pub mod courier;
pub mod court;
mod custody;
mod cutting;
mod digests;
mod drafts;
pub mod driver;
mod duties;
pub mod env;
pub mod erase;
mod error;
mod evaluations;
mod evidence;
mod evidenced;
mod factors;
mod fault;
mod files;
mod fold;
mod freeing;
mod guessable;
mod heads;
pub mod import;
mod incoming;
mod inquiry;
mod invitations;
mod keeping;
mod keyfile;
mod keyless;
pub mod keys;
mod leaving;
mod lessons;
mod lexicon;
mod limits;
mod lost;
mod many;
mod marks;
mod memory;
mod minutes;
mod nameable;
mod news;
mod node;
mod notices;
mod officers;
mod oversight;
mod own_card;
mod own_register;
mod passkeys;
mod password;
mod past;
mod people;
mod plan;
mod programme;
mod provider;
mod reasons;
mod receive;
mod record;
mod recovery;
mod rectify;
mod refold;
mod relations;
mod relayed;
mod release;
mod reopening;
mod replica;
pub mod restart;
pub mod review_file;
mod search;
mod sendable;
mod sessions;
mod show;
mod statistics;
mod storage_key;
mod suspension;
mod things;
mod told;
mod translation;
mod tree;
mod unevaluated;
mod vault;
pub mod views;
mod waiting;
mod weight;

pub use absence::Absence;
pub use admission::Asking;
pub use authorise::{On, Reasons};
pub use compromise::CompromiseView;
pub use drafts::{DraftId, Submitted};
pub use driver::{Action, Event, LinkDriver};
pub use entente_proof::card::Fingerprint;
pub use entente_proof::commit::CHUNK;
pub use env::{Clock, NodeKeys, Random};
pub use error::{AppError, Result};
pub use factors::Reauthenticating;
pub use fault::{CardFault, CompromiseFault, InputFault, LinkFault, PeopleFault, SigningFault};
pub use import::DeclarationImport;
pub use incoming::{Arrived, Content, Incoming, NewFile};
pub use keeping::{KeepingSettings, Stays};
pub use keyfile::{
    KeyFile, KeyFileError, MAX_KEY_FILE, MOST_PASSES, Stretch, TokenCipher, TokenKey, Wrapped,
    WrappedBy,
};
pub use keys::{KeyChangeView, SigningKeysView, TlsChangeView, TlsKeysView};
pub use lessons::YOUNG;
pub use node::CheckLine;
pub use notices::{Mail, MailFailure, MailOutcome, NoticeSettings, Outgoing, is_address};
pub use officers::{By, OfficerChange};
pub use oversight::{OversightSettings, Tried};
pub use passkeys::{Challenge, NewPasskey};
pub use people::{NewOfficer, called, check_password};
pub use provider::{
    Asked, AtProvider, Brought, Came, Errand, Going, Line, LineFault, Provider, ProviderSettings,
};
pub use reasons::{GivenReason, Giving, ReasonWanted};
pub use release::{Releasing, Unreleasable, unwrap as unwrap_released};
pub use reopening::{Heard, Reopening};
pub use replica::Seen;
pub use storage_key::{StorageChange, StorageKeys, storage_change};
pub use weight::{AskedAgain, OfficerSigned, SignatureAsked, SignedState, Weighed};

use entente_core::able::Able;
use entente_core::codes::{Basis, Necessity, Role};
use entente_core::field::Values;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::Instant;
use entente_core::label::Lang;
use entente_core::terms::TermsDraft;
use entente_policy::Policies;
use entente_store::Store;
use entente_store::blobs::Blobs;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use views::FileView;

/// One node, opened. Cheap to clone: all clones are the same node.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

/// Told after a commit.
pub(crate) type OnChange = Box<dyn Fn(Change) + Send + Sync>;
/// Told when something was queued for a partner.
pub(crate) type OnWake = Box<dyn Fn(&NodeName) + Send + Sync>;

pub(crate) struct Inner {
    pub me: NodeName,
    pub settings: NodeSettings,
    pub process: String,
    pub able: Able,
    pub policies: Arc<Policies>,
    pub wire: Vec<u16>,
    pub most_returned: usize,
    pub store: Arc<dyn Store>,
    pub blobs: Arc<dyn Blobs>,
    pub keys: NodeKeys,
    pub card: Vec<u8>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub oversight: OversightSettings,
    pub provider: AtProvider,
    pub attempts: attempts::Attempts,
    pub refusals: oversight::Refusals,
    pub memory: memory::Memory,
    pub lexicon: lexicon::Lexicon,
    pub links: Mutex<BTreeMap<NodeName, LinkState>>,
    pub on_change: Mutex<Vec<OnChange>>,
    pub on_wake: Mutex<Vec<OnWake>>,
}

/// How a link is in this process; what other replicas do is in the store (`replica.rs`).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LinkState {
    pub up: bool,
    pub cut: bool,
    pub since: Option<Instant>,
}

/// What opening a node needs besides its store and keys.
#[derive(Clone, Debug)]
pub struct AppConfig {
    /// The node's name.
    pub me: NodeName,
    /// What it tells its pages.
    pub settings: NodeSettings,
    /// Name of this process, another at every start: names its access lane and holds its leases.
    pub process: String,
    /// What this program judges by: [`Able::newest`]; less stands for an older version, in tests.
    pub able: Able,
    /// Who may do what: [`Policies::embedded`], or an operator's.
    pub policies: Arc<Policies>,
    /// Wire versions spoken, the preferred one first: [`entente_link::WIRE_VERSIONS`], or fewer in tests.
    pub wire: Vec<u16>,
    /// Most bytes that one answer to a restart brings back: [`restart::MOST_RETURNED`], or fewer in tests.
    pub most_returned: usize,
    /// How access records are watched over.
    pub oversight: OversightSettings,
    /// Where officers may sign in too, if anywhere.
    pub provider: AtProvider,
}

/// Who acts: an officer of this node, signed in.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Identifier.
    pub id: String,
    /// Name, shown inside the node only; or function in several languages: see [`called`].
    pub name: String,
    /// Service acted for.
    pub service: ServiceName,
    /// All services of the officer.
    pub services: Vec<ServiceName>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Language of the interface.
    pub lang: Lang,
    /// In whose absence they act: services and roles are then that officer's, and none of their own.
    pub acts_for: Option<ActsFor>,
    /// Reasons that they gave for looks outside the dossiers that they work in, while these last.
    pub reasons: Vec<GivenReason>,
}

/// In whose absence an officer acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActsFor {
    /// Identifier.
    pub id: String,
    /// Name, or function in several languages: see [`called`].
    pub name: String,
    /// Until when.
    pub until: Instant,
}

impl Actor {
    /// Whether the roles have rights on contents at all: whoever inspects or administers has none.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.who().roles.read_contents()
    }

    /// The officer's own name, in the language of their pages.
    #[must_use]
    pub fn called(&self) -> &str {
        called(&self.name, self.lang)
    }
}

/// An entry to record.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// Dossier; none to open one.
    pub dossier: Option<DossierId>,
    /// Partner towards whom a dossier is opened.
    pub partner: Option<NodeName>,
    /// Entry type.
    pub entry_type: String,
    /// Values of the form.
    pub values: Values,
    /// Obligation acted on.
    pub target: Option<ObligationId>,
    /// Files.
    pub files: Vec<NewFile>,
    /// For our own node only: never sent.
    pub own_only: bool,
    /// State that the form was drawn from (`seen` of the view); empty: no check.
    pub seen: String,
    /// Why sending is necessary, where the officer says otherwise than the default.
    pub necessity: Option<Necessity>,
    /// On what basis, where the officer says otherwise than the default.
    pub basis: Option<Basis>,
    /// What changes in the charter terms to propose, from those in force or, in a first charter, the modelled ones.
    pub terms: Option<TermsDraft>,
    /// Charter proposal to sign or enact; the newest if absent.
    pub proposal: Option<EntryId>,
    /// Own entries to erase, up to [`App::MOST_ERASED`], where the form names none or more than one.
    pub erases: Vec<EntryId>,
    /// Those of them that never left our node: an erasure of their own, for our node alone, follows in the same transaction. Given by the
    /// program alone.
    pub erases_here: Vec<EntryId>,
    /// Of our node's word that it destroyed what it held: what began before this. Given by the program alone.
    pub expired: Option<Instant>,
}

/// What was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Dossier.
    pub dossier: DossierId,
    /// Entry.
    pub entry: EntryId,
}

/// Which form is wanted.
#[derive(Clone, Debug, Default)]
pub struct FormQuery {
    /// Dossier; none to open one.
    pub dossier: Option<DossierId>,
    /// Partner for an opening; the only partner if none is named.
    pub partner: Option<NodeName>,
    /// Entry type, such as `request.open`.
    pub entry_type: String,
    /// Obligation to act on.
    pub target: Option<ObligationId>,
    /// Proposal of charter terms to sign or bring into force; one that may be, if none is named.
    pub proposal: Option<EntryId>,
    /// Dossier that the one to be opened continues.
    pub continues: Option<DossierId>,
    /// Things that were chosen already: the form lists them, however long ago they were brought.
    pub chosen: Vec<EntryId>,
}

/// A fresh session.
#[derive(Clone)]
pub struct SignedIn {
    /// Token for the cookie; stored nowhere.
    pub token: String,
    /// Secret that forms send back.
    pub csrf: String,
    /// Marks of this browser or program, to send with the next password, whoever's: see [`App::sign_in`].
    pub known: String,
    /// Whether a code of the second factor is asked next ([`App::second_step`]); before it the token opens nothing.
    pub code_next: bool,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignedIn(hidden)")
    }
}

/// Whose session it is.
#[derive(Clone)]
pub struct Session {
    /// The officer.
    pub actor: Actor,
    /// Secret that its forms send back.
    pub csrf: String,
    /// Whether the officer has no second factor and must: nothing else is open before.
    pub must_enrol: bool,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session({:?}, hidden)", self.actor)
    }
}

/// What the node tells its pages about itself.
#[derive(Clone, Debug)]
pub struct NodeSettings {
    /// Shown as the node's title, a function such as "Nœud ma".
    pub title: String,
    /// Whether this is the fictional demonstration: offers personas and says so on every page.
    pub demo: bool,
    /// Language offered first.
    pub lang: Lang,
    /// Clocks shown: name and IANA time zone, such as `("Rabat", "Africa/Casablanca")`.
    pub clocks: Vec<(String, String)>,
    /// Whether officers need a second factor.
    pub second_factor: bool,
    /// Where browsers reach the node, such as `https://node.example`: passkeys are bound to it.
    pub public_url: Option<String>,
    /// Over which channels officers are told, and what these may carry.
    pub notices: NoticeSettings,
}

/// Something changed: for live updates.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Local position of the newest entry.
    pub position: u64,
    /// The dossier concerned; none for links.
    pub dossier: Option<DossierId>,
}

/// A file being read, chunk by chunk.
pub struct FileReader {
    /// Name, media type, size.
    pub view: FileView,
    /// Decrypted chunks in order; those that are skipped (`nth`, `skip`) are not read.
    pub chunks: Box<dyn Iterator<Item = Result<Vec<u8>>> + Send>,
}
