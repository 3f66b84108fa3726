//! A whole node in memory: its app over a store that survives restarts, on a clock and randomness of the test.

use crate::blobs::FaultyBlobs;
use crate::fault::FaultyStore;
use entente_app::keys::{every_key, secret_at};
use entente_app::restart::MOST_RETURNED;
use entente_app::{
    Actor, App, AppConfig, AppError, AtProvider, Clock, Incoming, NewFile, NewOfficer, NodeKeys,
    NodeSettings, NoticeSettings, Provider, Random, Recorded, Recording,
};
use entente_core::able::Able;
use entente_core::codes::Role;
use entente_core::field::Values;
use entente_core::header::Header;
use entente_core::ids::{DossierId, EntryId, NodeName, ObligationId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kinds;
use entente_core::label::Lang;
use entente_policy::{DEFAULT, Policies};
use entente_proof::digest::{sha256, tagged};
use entente_proof::sign::{SigningKey, VerifyingKey};
use entente_store::blobs::{Blobs, MemoryBlobs};
use entente_store::sqlite::SqliteStore;
use entente_store::{
    Direction, EntryRow, ObligationFilter, ObligationRow, Read, Store, StoreError, StoreExt,
};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// 28 May 2015, 08:00 UTC: when every test world begins.
pub const START: Instant = Instant(1_432_800_000_000);

/// A clock that all nodes of a test share.
#[derive(Clone, Debug)]
pub struct SharedTime(Arc<AtomicI64>);

impl Default for SharedTime {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(START.0)))
    }
}

impl SharedTime {
    /// True time.
    #[must_use]
    pub fn now(&self) -> Instant {
        Instant(self.0.load(Ordering::SeqCst))
    }
    /// Lets so many milliseconds pass.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

/// One node's clock: the shared time, plus how wrong this one is.
#[derive(Debug)]
pub struct TestClock {
    shared: SharedTime,
    skew: AtomicI64,
}

impl TestClock {
    /// A clock without skew.
    #[must_use]
    pub fn new(shared: SharedTime) -> Self {
        Self {
            shared,
            skew: AtomicI64::new(0),
        }
    }
    /// Sets how far it is ahead (behind, if negative), in milliseconds.
    pub fn set_skew(&self, ms: i64) {
        self.skew.store(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant(self.shared.now().0 + self.skew.load(Ordering::SeqCst))
    }
}

/// Randomness that a seed fixes.
#[derive(Debug)]
pub struct TestRandom {
    seed: [u8; 32],
    counter: AtomicU64,
}

impl TestRandom {
    /// The stream of a seed and a name.
    #[must_use]
    pub fn new(seed: u64, name: &str) -> Self {
        Self {
            seed: tagged("entente/testkit/1", &[&seed.to_be_bytes(), name.as_bytes()]).0,
            counter: AtomicU64::new(0),
        }
    }
}

impl Random for TestRandom {
    fn fill(&self, out: &mut [u8]) {
        for chunk in out.chunks_mut(32) {
            let n = self.counter.fetch_add(1, Ordering::SeqCst);
            let block = tagged("entente/testkit/block/1", &[&self.seed, &n.to_be_bytes()]).0;
            chunk
                .iter_mut()
                .zip(block)
                .for_each(|(to, from)| *to = from);
        }
    }
}

/// A file on its way into a store that nobody else has: for pages tried without a node.
///
/// # Errors
/// As [`Incoming::begin`].
pub fn incoming(name: &str, media: &str) -> Said<Incoming> {
    let blobs: Arc<dyn Blobs> = Arc::new(MemoryBlobs::default());
    Incoming::begin(&blobs, &TestRandom::new(1, name), (name, media))
}

/// Result of a verb of the app.
pub type Said<T> = entente_app::Result<T>;

/// A node.
pub struct TestNode {
    /// Its name.
    pub name: NodeName,
    /// The running process; replaced by [`TestNode::restart`].
    pub app: App,
    /// Its disk, kept across restarts, with planned faults.
    pub disk: Arc<FaultyStore>,
    /// The same disk without faults, for looking at.
    pub store: Arc<dyn Store>,
    /// Its files.
    pub blobs: Arc<FaultyBlobs>,
    /// Its clock.
    pub clock: Arc<TestClock>,
    random: Arc<TestRandom>,
    seed_file: Vec<u8>,
    starts: u32,
    older: bool,
    most_returned: usize,
    second_factor: bool,
    asks_reasons: bool,
    demands_passkeys: bool,
    own_policy: Option<&'static str>,
    provider_off: bool,
    public_url: Option<String>,
    notices: NoticeSettings,
    provider: Option<Arc<Provider>>,
    /// Where a restored disk lives.
    home: Option<tempfile::TempDir>,
}

/// Roles with an officer of their own in a full node: identifier, invented name, service unit, role.
pub const OFFICERS: [(&str, &str, &str, Role); 9] = [
    ("liaison", "Salma Imaginaire", "liaison", Role::Liaison),
    ("investigator", "Hugo Fictif", "police", Role::Investigator),
    ("analyst", "Nora Inventée", "police", Role::Analyst),
    (
        "magistrate",
        "Idris Imaginaire",
        "justice",
        Role::Magistrate,
    ),
    (
        "coordinator",
        "Lina Fictive",
        "coordination",
        Role::Coordinator,
    ),
    ("rescue", "Marin Inventé", "rescue", Role::RescueCoordinator),
    ("caseworker", "Yara Fictive", "support", Role::CaseWorker),
    ("inspector", "Omar Inventé", "inspection", Role::Inspector),
    (
        "administrator",
        "Anaïs Fictive",
        "machines",
        Role::Administrator,
    ),
];

/// Builds a [`TestNode`].
pub struct Builder {
    name: NodeName,
    seed: u64,
    time: SharedTime,
    officers: Vec<&'static str>,
    second_factor: bool,
    public_url: Option<String>,
    notices: NoticeSettings,
    provider: Option<Arc<Provider>>,
    store: Option<Arc<dyn Store>>,
}

impl Builder {
    /// The seed of its keys and of all its randomness.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }
    /// A clock shared with other nodes.
    #[must_use]
    pub fn time(mut self, time: &SharedTime) -> Self {
        self.time = time.clone();
        self
    }
    /// Only these officers instead of one per role.
    #[must_use]
    pub fn officers(mut self, ids: &[&'static str]) -> Self {
        self.officers = ids.to_vec();
        self
    }
    /// Asking every officer for a second factor.
    #[must_use]
    pub fn second_factor(mut self) -> Self {
        self.second_factor = true;
        self
    }
    /// Reached by browsers under this address.
    #[must_use]
    pub fn public_url(mut self, url: &str) -> Self {
        self.public_url = Some(url.to_owned());
        self
    }
    /// Tells its officers over these channels.
    #[must_use]
    pub fn notices(mut self, notices: NoticeSettings) -> Self {
        self.notices = notices;
        self
    }
    /// With an OpenID provider.
    #[must_use]
    pub fn provider(mut self, provider: &Arc<Provider>) -> Self {
        self.provider = Some(Arc::clone(provider));
        self
    }
    /// Over this store instead of a fresh one in memory.
    #[must_use]
    pub fn store(mut self, store: Arc<dyn Store>) -> Self {
        self.store = Some(store);
        self
    }
    /// Opens the node and adds its officers.
    ///
    /// # Errors
    /// Whatever the app says; none on a fresh store.
    pub fn open(self) -> Said<TestNode> {
        let store: Arc<dyn Store> = match self.store {
            Some(store) => store,
            None => Arc::new(SqliteStore::open_in_memory()?),
        };
        let disk = Arc::new(FaultyStore::new(Arc::clone(&store)));
        let random = Arc::new(TestRandom::new(self.seed, self.name.as_str()));
        let seed_file = NodeKeys::generate(&*random).to_vec();
        let clock = Arc::new(TestClock::new(self.time));
        let blobs = Arc::new(FaultyBlobs::default());
        let parts = Parts {
            older: false,
            most_returned: MOST_RETURNED,
            second_factor: self.second_factor,
            asks_reasons: false,
            demands_passkeys: false,
            own_policy: None,
            provider_off: false,
            public_url: self.public_url.clone(),
            notices: self.notices.clone(),
            provider: self.provider.clone(),
            name: &self.name,
            disk: &disk,
            blobs: &blobs,
            clock: &clock,
            random: &random,
            seed_file: &seed_file,
        };
        let app = parts.open(1, None)?;
        for (id, name, unit, role) in OFFICERS
            .into_iter()
            .filter(|(id, ..)| self.officers.contains(id))
        {
            app.add_officer(NewOfficer {
                id: id.into(),
                name: name.into(),
                services: vec![service(&self.name, unit)],
                roles: vec![role],
                password: None,
                lang: Lang::Fr,
            })?;
        }
        Ok(TestNode {
            name: self.name,
            app,
            disk,
            store,
            blobs,
            clock,
            random,
            seed_file,
            starts: 1,
            older: false,
            most_returned: MOST_RETURNED,
            second_factor: self.second_factor,
            asks_reasons: false,
            demands_passkeys: false,
            own_policy: None,
            provider_off: false,
            public_url: self.public_url,
            notices: self.notices,
            provider: self.provider,
            home: None,
        })
    }
}

struct Parts<'a> {
    older: bool,
    most_returned: usize,
    second_factor: bool,
    asks_reasons: bool,
    demands_passkeys: bool,
    own_policy: Option<&'static str>,
    provider_off: bool,
    public_url: Option<String>,
    notices: NoticeSettings,
    provider: Option<Arc<Provider>>,
    name: &'a NodeName,
    disk: &'a Arc<FaultyStore>,
    blobs: &'a Arc<FaultyBlobs>,
    clock: &'a Arc<TestClock>,
    random: &'a Arc<TestRandom>,
    seed_file: &'a [u8],
}

impl Parts<'_> {
    /// An older program knows one kind less, the rules of two states alone, and the first version of the wire.
    fn able(&self) -> Able {
        match self.older {
            true => Able::before("declaration"),
            false => Able::newest(),
        }
    }

    fn wire(&self) -> Vec<u16> {
        match self.older {
            true => vec![1],
            false => entente_link::WIRE_VERSIONS.to_vec(),
        }
    }

    /// With a reason: with another signing key in the place of a lost one.
    fn open(&self, start: u32, new_key: Option<&str>) -> Said<App> {
        let keys = NodeKeys::from_seed_file_bytes(self.seed_file)?;
        let settings = NodeSettings {
            title: format!("Node {}", self.name),
            demo: false,
            lang: Lang::Fr,
            clocks: Vec::new(),
            second_factor: self.second_factor,
            public_url: self.public_url.clone(),
            notices: self.notices.clone(),
        };
        let config = AppConfig {
            me: self.name.clone(),
            settings,
            process: format!("{}-{start}", self.name),
            able: self.able(),
            policies: match (self.own_policy, self.demands_passkeys) {
                (Some(own), _) => with_own(own)?,
                (None, true) => demanding()?,
                (None, false) => policies(self.asks_reasons)?,
            },
            most_returned: self.most_returned,
            oversight: entente_app::OversightSettings::default(),
            provider: match (&self.provider, self.provider_off) {
                (_, true) => AtProvider::Off("Annuaire | الدليل | Directory".to_owned()),
                (Some(provider), false) => AtProvider::On(provider.clone()),
                (None, false) => AtProvider::None,
            },
            wire: self.wire(),
        };
        let (disk, blobs, clock, random) = (
            self.disk.clone(),
            self.blobs.clone(),
            self.clock.clone(),
            self.random.clone(),
        );
        match new_key {
            None => App::open(config, disk, blobs, keys, clock, random),
            Some(reason) => {
                App::open_with_new_key(config, (disk, blobs), keys, clock, random, reason)
            }
        }
    }
}

/// The default policies but for the one by which acts of weight are done without a passkey.
fn demanding() -> Said<Arc<Policies>> {
    let files: Vec<(&str, &str)> = DEFAULT
        .into_iter()
        .filter(|(name, _)| *name != "60-weight.cedar")
        .collect();
    let read = Policies::read(&files).map(Arc::new);
    read.map_err(|_| AppError::Bug("policies"))
}

/// The default policies and one more of an operator's own.
fn with_own(own: &str) -> Said<Arc<Policies>> {
    let files: Vec<(&str, &str)> = DEFAULT.into_iter().chain([("90-own.cedar", own)]).collect();
    let read = Policies::read(&files).map(Arc::new);
    read.map_err(|_| AppError::Bug("policies"))
}

/// The default policies and, where reasons are not asked, one more that lets everybody go unasked.
fn policies(asks_reasons: bool) -> Said<Arc<Policies>> {
    const UNASKED: &str = r#"@id("unasked") @fr("sans motif") @ar("دون سبب") @en("unasked") permit (principal, action in
        [Action::"search_unasked", Action::"enter_unasked", Action::"export_unasked"], resource);"#;
    static READ: OnceLock<Option<Arc<Policies>>> = OnceLock::new();
    let wrong = || AppError::Bug("policies");
    if asks_reasons {
        return Policies::embedded().map_err(|_| wrong());
    }
    let read = READ.get_or_init(|| {
        let files: Vec<(&str, &str)> = DEFAULT
            .into_iter()
            .chain([("99-unasked.cedar", UNASKED)])
            .collect();
        Policies::read(&files).map(Arc::new).ok()
    });
    read.clone().ok_or_else(wrong)
}

/// A service of a node.
///
/// # Panics
/// If the unit is no name.
#[must_use]
pub fn service(node: &NodeName, unit: &str) -> ServiceName {
    let name = format!("{node}/{unit}");
    name.parse()
        .unwrap_or_else(|_| panic!("{name} is no service"))
}

/// A node's name.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn node_name(name: &str) -> NodeName {
    name.parse().unwrap_or_else(|_| panic!("{name} is no node"))
}

impl TestNode {
    /// A node of this name, to be opened.
    #[must_use]
    pub fn build(name: &str) -> Builder {
        let officers = OFFICERS.iter().map(|(id, ..)| *id).collect();
        Builder {
            name: node_name(name),
            seed: 1,
            time: SharedTime::default(),
            officers,
            second_factor: false,
            public_url: None,
            notices: NoticeSettings::default(),
            provider: None,
            store: None,
        }
    }

    /// Makes a partner known, as people do after comparing fingerprints.
    ///
    /// # Errors
    /// Whatever the app says.
    pub fn pin(&self, partner: &Self) -> Said<()> {
        self.app
            .pin_partner(&partner.app.own_card(), "", &partner.app.own_fingerprint()?)
            .map(|_| ())
    }

    /// Starts the process again over the same disk. Whoever holds its old connections must drop them before.
    ///
    /// # Errors
    /// Whatever the app says.
    pub fn restart(&mut self) -> Said<()> {
        self.start_again(None)
    }

    /// The same with another signing key, since the secret of the newest is lost or known to others.
    ///
    /// # Errors
    /// Whatever the app says.
    pub fn restart_with_new_key(&mut self, reason: &str) -> Said<()> {
        self.start_again(Some(reason))
    }

    fn start_again(&mut self, new_key: Option<&str>) -> Said<()> {
        self.starts += 1;
        self.disk.restart();
        let parts = Parts {
            older: self.older,
            most_returned: self.most_returned,
            second_factor: self.second_factor,
            asks_reasons: self.asks_reasons,
            demands_passkeys: self.demands_passkeys,
            own_policy: self.own_policy,
            provider_off: self.provider_off,
            public_url: self.public_url.clone(),
            notices: self.notices.clone(),
            provider: self.provider.clone(),
            name: &self.name,
            disk: &self.disk,
            blobs: &self.blobs,
            clock: &self.clock,
            random: &self.random,
            seed_file: &self.seed_file,
        };
        self.app = parts.open(self.starts, new_key)?;
        Ok(())
    }

    /// Starts again over another disk, such as one restored from a backup. Its old connections must be dropped before.
    ///
    /// # Errors
    /// Whatever the app says.
    pub fn move_to(&mut self, store: Arc<dyn Store>, home: tempfile::TempDir) -> Said<()> {
        self.disk = Arc::new(FaultyStore::new(Arc::clone(&store)));
        self.store = store;
        self.home = Some(home);
        self.restart()
    }

    /// From the next start on the program is an older version, or the newest again.
    pub fn set_older(&mut self, older: bool) {
        self.older = older;
    }

    /// From the next start on one answer to a restart brings back no more than this, and what one checkpoint covers.
    pub fn set_most_returned(&mut self, bytes: usize) {
        self.most_returned = bytes;
    }

    /// From the next start on every officer is asked for a second factor, or none.
    pub fn set_second_factor(&mut self, required: bool) {
        self.second_factor = required;
    }

    /// From the next start on reasons are asked as by the default policies, or none: most tests are about something else.
    pub fn set_asks_reasons(&mut self, asks: bool) {
        self.asks_reasons = asks;
    }

    /// From the next start on officers are told over these channels.
    pub fn set_notices(&mut self, notices: NoticeSettings) {
        self.notices = notices;
    }

    /// From the next start on browsers reach it under this address: passkeys are bound to its name.
    pub fn set_public_url(&mut self, url: &str) {
        self.public_url = Some(url.to_owned());
    }

    /// From the next start on what it needs to speak to its OpenID provider cannot be read, or can again.
    pub fn set_provider_off(&mut self, off: bool) {
        self.provider_off = off;
    }

    /// From the next start on an operator's own policy decides beside the default ones.
    pub fn set_own_policy(&mut self, text: &'static str) {
        self.own_policy = Some(text);
    }

    /// From the next start on no policy permits acts of weight without a passkey.
    pub fn set_demands_passkeys(&mut self) {
        self.demands_passkeys = true;
    }

    /// Whether the program is an older version.
    #[must_use]
    pub fn is_older(&self) -> bool {
        self.older
    }

    /// The node's source of randomness.
    #[must_use]
    pub fn random(&self) -> Arc<TestRandom> {
        Arc::clone(&self.random)
    }

    /// Makes `node.keys` hold what its process has: after a change of the storage key.
    pub fn keep_keys(&mut self) {
        self.seed_file = self.app.key_file().to_vec();
    }

    /// The bytes of `node.keys`, to be put back with [`TestNode::set_key_file`].
    #[must_use]
    pub fn key_file(&self) -> Vec<u8> {
        self.seed_file.clone()
    }

    /// Puts another `node.keys` in place, for the next start.
    pub fn set_key_file(&mut self, bytes: &[u8]) {
        self.seed_file = bytes.to_vec();
    }

    fn keys(&self) -> NodeKeys {
        let opened = NodeKeys::from_seed_file_bytes(&self.seed_file);
        opened.unwrap_or_else(|e| panic!("own seed file: {e}"))
    }

    /// What signs this node's register towards a partner at a size: what a liar needs to sign another history in its name.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn signing_key_at(&self, partner: &NodeName, size: u64) -> SigningKey {
        let keys = self.keys();
        let found = self
            .store
            .view("signing_key", |tx| secret_at(&keys, tx, partner, size));
        found.unwrap_or_else(|e| panic!("signing key: {e}"))
    }

    /// The secret of one of this node's signing keys towards a partner, if it has it.
    #[must_use]
    pub fn secret_of(&self, partner: &NodeName, key: &VerifyingKey) -> Option<SigningKey> {
        let size = self
            .look(|tx| tx.register(partner, Direction::Out))
            .ok()?
            .size;
        let sizes = (0..=size).chain([u64::MAX]);
        let mut secrets = sizes.map(|size| self.signing_key_at(partner, size));
        secrets.find(|secret| secret.verifying_key() == *key)
    }

    /// Takes a card of a partner for the pinned one, whoever issued it.
    ///
    /// # Panics
    /// If the disk cannot be written.
    pub fn pin_card(&self, partner: &NodeName, card: Vec<u8>) {
        let name = partner.clone();
        let pinned = self.store.update("pin_card", move |tx| {
            let Some(mut row) = tx.partner(&name)? else {
                return Ok::<_, StoreError>(());
            };
            row.card = card.clone();
            tx.put_partner(&row)
        });
        pinned.unwrap_or_else(|e| panic!("card of {partner}: {e}"));
    }

    /// The node's first signing key.
    #[must_use]
    pub fn signing_key(&self) -> SigningKey {
        self.keys().signing.clone()
    }

    /// Every signing key that the node ever had.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn verifying_keys(&self) -> Vec<VerifyingKey> {
        let keys = self.keys();
        let every = self.store.view("keys", |tx| every_key(&keys, tx));
        every.unwrap_or_else(|e| panic!("keys: {e}"))
    }

    /// An officer.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none of this identifier.
    pub fn officer(&self, id: &str) -> Said<Actor> {
        self.app.actor(id)
    }

    /// Records an entry as the liaison officer, from field texts.
    ///
    /// # Errors
    /// As [`App::record`]; [`AppError::Fields`] when the texts do not fit the form.
    pub fn write(&self, entry_type: &str, wanted: &Writing<'_>) -> Said<Recorded> {
        let actor = self.officer(wanted.officer)?;
        self.app.record(&actor, recording(entry_type, wanted)?)
    }

    /// Every entry in order of arrival.
    ///
    /// # Errors
    /// Storage only.
    pub fn entries(&self) -> Result<Vec<EntryRow>, StoreError> {
        self.look(|tx| tx.entries_since(0, 1_000_000))
    }

    /// One entry.
    ///
    /// # Errors
    /// Storage only.
    pub fn entry(&self, id: EntryId) -> Result<Option<EntryRow>, StoreError> {
        self.look(|tx| tx.entry(id))
    }

    /// The header of an entry that is here.
    ///
    /// # Panics
    /// If it is not here or unreadable.
    #[must_use]
    pub fn header(&self, id: EntryId) -> Header {
        let row = self
            .entry(id)
            .ok()
            .flatten()
            .unwrap_or_else(|| panic!("{} has no entry {id}", self.name));
        Header::from_bytes(&row.header).unwrap_or_else(|e| panic!("entry {id}: {e}"))
    }

    /// A file of an entry as the liaison officer reads it; none if it is not shown or a chunk of it cannot be had.
    ///
    /// # Panics
    /// If there is no such officer.
    #[must_use]
    pub fn file(&self, entry: EntryId, index: u32) -> Option<Vec<u8>> {
        let actor = self.officer("liaison").unwrap_or_else(|e| panic!("{e:?}"));
        let chunks = self.app.file(&actor, entry, index).ok()?.chunks;
        let chunks: Result<Vec<Vec<u8>>, AppError> = chunks.collect();
        chunks.ok().map(|chunks| chunks.concat())
    }

    /// Obligations of a dossier, or all.
    ///
    /// # Errors
    /// Storage only.
    pub fn obligations(
        &self,
        dossier: Option<DossierId>,
    ) -> Result<Vec<ObligationRow>, StoreError> {
        self.look(|tx| {
            let mut rows = tx.obligations(&ObligationFilter {
                dossier,
                ..ObligationFilter::default()
            })?;
            rows.sort_by_key(|r| r.id);
            Ok(rows)
        })
    }

    /// Looks into the disk, past all planned faults.
    ///
    /// # Errors
    /// What the closure returns.
    pub fn look<T>(
        &self,
        job: impl FnMut(&dyn Read) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.view("look", job)
    }

    /// Whether every line of the node's own check-up holds; the lines that do not, otherwise.
    ///
    /// # Errors
    /// The failing lines in words.
    pub fn check(&self) -> Result<(), String> {
        let lines = self
            .app
            .check()
            .map_err(|e| format!("check of {}: {e}", self.name))?;
        let bad: Vec<String> = lines
            .iter()
            .filter(|l| !l.ok)
            .map(|l| format!("{}: {}", l.what, l.detail))
            .collect();
        if bad.is_empty() {
            Ok(())
        } else {
            Err(format!("check of {}: {}", self.name, bad.join("; ")))
        }
    }
}

/// What to write, besides the type.
#[derive(Clone, Debug)]
pub struct Writing<'a> {
    /// Dossier; none to open one.
    pub dossier: Option<DossierId>,
    /// Obligation acted on.
    pub target: Option<ObligationId>,
    /// Field texts by name.
    pub fields: Vec<(&'a str, String)>,
    /// Own node only.
    pub own_only: bool,
    /// Files: name and bytes.
    pub files: Vec<(&'a str, Vec<u8>)>,
    /// The officer.
    pub officer: &'a str,
    /// Token of the state that the page showed; empty: no check.
    pub seen: String,
}

impl Default for Writing<'_> {
    fn default() -> Self {
        Self {
            dossier: None,
            target: None,
            fields: Vec::new(),
            own_only: false,
            files: Vec::new(),
            officer: "liaison",
            seen: String::new(),
        }
    }
}

impl<'a> Writing<'a> {
    /// To open something, with these fields.
    #[must_use]
    pub fn new(fields: &[(&'a str, &str)]) -> Self {
        Self {
            fields: fields.iter().map(|(k, v)| (*k, (*v).to_owned())).collect(),
            ..Self::default()
        }
    }
    /// In a dossier, with these fields.
    #[must_use]
    pub fn on(dossier: DossierId, fields: &[(&'a str, &str)]) -> Self {
        Self {
            dossier: Some(dossier),
            ..Self::new(fields)
        }
    }
    /// Acting on an obligation.
    #[must_use]
    pub fn target(mut self, target: ObligationId) -> Self {
        self.target = Some(target);
        self
    }
    /// For one's own node only.
    #[must_use]
    pub fn own_only(mut self) -> Self {
        self.own_only = true;
        self
    }
    /// With a file.
    #[must_use]
    pub fn file(mut self, name: &'a str, bytes: Vec<u8>) -> Self {
        self.files.push((name, bytes));
        self
    }
    /// From a page that showed this state.
    #[must_use]
    pub fn seen(mut self, token: &str) -> Self {
        token.clone_into(&mut self.seen);
        self
    }
    /// By another officer.
    #[must_use]
    pub fn by(mut self, officer: &'a str) -> Self {
        self.officer = officer;
        self
    }
}

/// The recording of a filled form; the entry type is looked for in every kind.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown type, [`AppError::Fields`] for texts that do not fit.
pub fn recording(entry_type: &str, wanted: &Writing<'_>) -> Said<Recording> {
    let found = kinds::ALL
        .iter()
        .find_map(|k| k.entry(entry_type))
        .ok_or(AppError::NotFound)?;
    let raw: BTreeMap<String, Vec<String>> = wanted
        .fields
        .iter()
        .map(|(k, v)| ((*k).to_owned(), vec![v.clone()]))
        .collect();
    let values = Values::parse(found.fields, &raw, Some(Lang::Fr)).map_err(AppError::Fields)?;
    let media = "application/octet-stream";
    let files = wanted.files.iter();
    let files = files.map(|(name, bytes)| NewFile::of(name, media, bytes.clone()));
    Ok(Recording {
        dossier: wanted.dossier,
        entry_type: entry_type.to_owned(),
        values,
        target: wanted.target,
        files: files.collect(),
        own_only: wanted.own_only,
        seen: wanted.seen.clone(),
        ..Recording::default()
    })
}

/// A number made from a text, for worlds that want their own seed.
#[must_use]
pub fn seed_of(text: &str) -> u64 {
    let digest = sha256(text.as_bytes()).0;
    u64::from_be_bytes([
        digest[0], digest[1], digest[2], digest[3], digest[4], digest[5], digest[6], digest[7],
    ])
}
