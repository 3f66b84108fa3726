//! A node on this machine: its data directory made, opened and locked.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use entente_app::{App, AppConfig, AppError, Clock, NodeKeys, NodeSettings, NoticeSettings};
use entente_core::calendar::Calendar;
use entente_policy::PolicyError;
use entente_proof::card::{Card, Fingerprint, dearmour_card, verify_card};
use entente_store::blobs::bucket::BucketError;
use entente_store::postgres::{Options, PostgresStore};
use entente_store::sqlite::SqliteStore;
use entente_store::{Store, StoreError, StoreExt as _};

use crate::clock::{DemoClock, OsRandom, SystemClock};
use crate::config::{Config, ConfigError, Layout, NewFile, StoreConfig};
use crate::files::Files;
use crate::keys::{self, Kept, KeysError};

/// Why a node cannot be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// A verb of the application failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// Another process serves this data directory.
    #[error("another process is serving this node already")]
    Busy,
    /// Another demonstration, or a node, runs from the demonstration's folder.
    #[error(
        "a demonstration is running in {0}: nothing was changed; end it, or name another --dir"
    )]
    DemoRuns(PathBuf),
    /// A port of the demonstration is taken.
    #[error(
        "port {0} of this machine is in use: nothing was changed; end what runs there, or name another --port-base"
    )]
    PortTaken(u16),
    /// Our own card cannot be read back.
    #[error("internal error: our own card is not valid")]
    Card,
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A file of credentials does not hold them.
    #[error("{0} does not hold aws_access_key_id = ... and aws_secret_access_key = ...")]
    Credentials(PathBuf),
    /// The bucket of the sealed files.
    #[error("setting `files.s3`: {0}")]
    Files(#[from] BucketError),
    /// There is a node already.
    #[error("{0} holds a node already: nothing was changed")]
    Exists(PathBuf),
    /// There is a node in the database already.
    #[error(
        "the database holds a node already: nothing was changed; for a further replica copy the first one's entente.toml and node.keys"
    )]
    DatabaseTaken,
    /// A file or folder.
    #[error("{path}: {reason}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why, in the words of the operating system.
        reason: String,
    },
    /// Its keys cannot be opened.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// Credentials can be read by others on this machine.
    #[error("{0} can be read by others: make it readable by its owner only (chmod 600)")]
    KeysOpen(PathBuf),
    /// A policy file.
    #[error("policies: {0}")]
    Policy(#[from] PolicyError),
    /// A file of certificate authorities.
    #[error("{0} cannot be read as certificate authorities")]
    Authorities(PathBuf),
    /// The address that mails are from.
    #[error("mail.from is no address that mail can be from")]
    MailFrom,
    /// A file of a secret has none.
    #[error("{0} does not hold a secret in its first line")]
    Secret(PathBuf),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An open node.
pub struct Node {
    /// Configuration.
    pub config: Config,
    /// The verbs.
    pub app: App,
    /// The store, for figures and backups.
    pub store: Arc<dyn Store>,
    /// The file of its keys, for a storage key that is made while it is open.
    pub keys: Arc<Kept>,
    /// Where its sealed files are.
    pub files: Files,
    /// Why signing in at the OpenID provider is off, if it is.
    pub provider_off: Option<NodeError>,
    /// The demonstration's clock, if this is one.
    pub demo_clock: Option<Arc<DemoClock>>,
}

/// Turns an input or output error into one that names the file.
pub fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> NodeError + '_ {
    move |error| NodeError::File {
        path: path.to_owned(),
        reason: error.kind().to_string(),
    }
}

/// Makes a data directory with fresh keys, and opens it.
///
/// # Errors
/// [`NodeError::Exists`] if there is a node already; [`NodeError::File`].
pub fn create(data: &Path, file: &NewFile) -> Result<Node, NodeError> {
    let layout = Layout::new(data);
    for taken in [layout.config(), layout.keys(), layout.database()] {
        if taken.exists() {
            return Err(NodeError::Exists(data.to_owned()));
        }
    }
    let text = file.render();
    let config = Config::parse(&text, data, &std::collections::BTreeMap::new())?;
    if let StoreConfig::Postgres { .. } = &config.store {
        // Before any file is made: most mistakes are in the address.
        let found = open_store(&config)?.view("taken", |tx| tx.setting("card"))?;
        if found.is_some() {
            return Err(NodeError::DatabaseTaken);
        }
    }
    make_private_folder(data)?;
    write_private(&layout.keys(), &NodeKeys::generate(&OsRandom))?;
    write_private(&layout.config(), text.as_bytes())?;
    open(config, "cli")
}

/// Makes a folder, and those above it, that only its owner may enter.
///
/// # Errors
/// [`NodeError::File`].
pub fn make_private_folder(path: &Path) -> Result<(), NodeError> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(file_error(path))
}

/// Writes a new file that only its owner may read, durably.
///
/// # Errors
/// [`NodeError::File`], also if it exists.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), NodeError> {
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let mut file = opened.map_err(file_error(path))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(file_error(path))
}

/// Opens the node of a configuration. `process` names the process in access records and holds leases: `serve` for the one that
/// holds the lock of [`lock`], `cli` for others.
///
/// # Errors
/// [`NodeError`].
pub fn open(config: Config, process: &str) -> Result<Node, NodeError> {
    open_node(config, process, None)
}

/// Opens a node with another signing key in the place of one that is lost or known to others.
///
/// # Errors
/// [`NodeError`].
pub fn open_with_new_key(config: Config, reason: &str) -> Result<Node, NodeError> {
    open_node(config, "cli", Some(reason))
}

fn open_node(config: Config, process: &str, new_key: Option<&str>) -> Result<Node, NodeError> {
    let layout = Layout::new(&config.data);
    let (keys, kept) = keys::open(&layout, &config.keys)?;
    let store = open_store(&config)?;
    let files = Files::open(&config)?;
    let demo_clock = config
        .demo
        .as_ref()
        .map(|demo| Arc::new(DemoClock::new(&demo.clock_file)));
    let clock: Arc<dyn Clock> = match &demo_clock {
        Some(demo) => demo.clone(),
        None => Arc::new(SystemClock),
    };
    let settings = NodeSettings {
        title: config.title.clone(),
        demo: config.demo.is_some(),
        lang: config.language,
        clocks: config.clocks.clone(),
        second_factor: config.second_factor,
        public_url: config.public_url.clone(),
        notices: NoticeSettings {
            mail: config.mail.as_ref().map(|mail| mail.class),
            feed: config.calendar,
            domains: config
                .mail
                .as_ref()
                .map_or_else(Vec::new, |mail| mail.domains.clone()),
            calendar: own_calendar(&config),
        },
    };
    let (provider, provider_off) = crate::provider::open(&config);
    if let Some(why) = &provider_off {
        tracing::error!(%why, "signing in at the OpenID provider is off; all other ways in go on");
    }
    let app_config = AppConfig {
        me: config.node.clone(),
        settings,
        process: process.to_owned(),
        able: entente_core::able::Able::newest(),
        policies: crate::policies::of(&layout)?,
        most_returned: entente_app::restart::MOST_RETURNED,
        oversight: config.oversight,
        provider,
        wire: entente_link::WIRE_VERSIONS.to_vec(),
    };
    let random = Arc::new(OsRandom);
    let app = match new_key {
        None => App::open(
            app_config,
            store.clone(),
            files.blobs(),
            keys,
            clock,
            random,
        )?,
        Some(reason) => {
            let places = (store.clone(), files.blobs());
            App::open_with_new_key(app_config, places, keys, clock, random, reason)?
        }
    };
    // A storage key that another process made, and that this machine's file does not hold yet. This process has it all the same.
    if let Err(error) = kept.keep(app.key_file()) {
        tracing::warn!(%error, "node.keys could not be made to hold the new storage key; it is tried again");
    }
    Ok(Node {
        config,
        app,
        store,
        keys: Arc::new(kept),
        files,
        provider_off,
        demo_clock,
    })
}

/// The working days of the node's own state.
fn own_calendar(config: &Config) -> Option<Calendar> {
    let own = config.calendars.iter().find(|c| c.node == config.node);
    own.cloned()
}

/// Opens the store that a configuration names.
///
/// # Errors
/// [`NodeError::Store`], [`NodeError::File`] for the password's file.
pub fn open_store(config: &Config) -> Result<Arc<dyn Store>, NodeError> {
    Ok(match database(config)? {
        Some(options) => Arc::new(PostgresStore::open(&options)?),
        None => Arc::new(SqliteStore::open(&Layout::new(&config.data).database())?),
    })
}

/// How to reach the PostgreSQL database of a configuration; none if it has none.
///
/// # Errors
/// [`NodeError::File`] for the password's file.
pub fn database(config: &Config) -> Result<Option<Options>, NodeError> {
    let StoreConfig::Postgres {
        url,
        password_file,
        authorities_file,
    } = &config.store
    else {
        return Ok(None);
    };
    let password = match password_file {
        Some(file) => Some(fs::read_to_string(file).map_err(file_error(file))?),
        None => None,
    };
    Ok(Some(Options {
        password: password.and_then(|text| text.lines().next().map(str::to_owned)),
        authorities: authorities_file.clone(),
        ..Options::new(url)
    }))
}

/// The name of a serving process. Where several serve one database, each start has a name of its own: it holds leases.
#[must_use]
pub fn serving_name(config: &Config) -> String {
    if config.store == StoreConfig::Embedded {
        return "serve".to_owned();
    }
    let mut random = [0; 8];
    crate::clock::fill(&mut random);
    format!("serve-{}", hex::encode(random))
}

/// Locks a data directory for serving; the lock ends with the process, however it ends.
///
/// # Errors
/// [`NodeError::Busy`] while another process holds it.
pub fn lock(layout: &Layout) -> Result<File, NodeError> {
    lock_file(&layout.lock())
}

/// Locks a file, made if it is absent, until the process ends or the file is dropped.
///
/// # Errors
/// [`NodeError::Busy`] while another process holds it.
pub fn lock_file(path: &Path) -> Result<File, NodeError> {
    let opened = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path);
    let file = opened.map_err(file_error(path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(NodeError::Busy),
        Err(fs::TryLockError::Error(error)) => Err(file_error(path)(error)),
    }
}

/// A node's own card, read back.
///
/// # Errors
/// [`NodeError::Card`]: our bug.
pub fn own_card(app: &App) -> Result<(Card, Fingerprint), NodeError> {
    let bytes = dearmour_card(&app.own_card()).map_err(|_| NodeError::Card)?;
    let card = verify_card(&bytes).map_err(|_| NodeError::Card)?;
    let fingerprint = card.fingerprint();
    Ok((card, fingerprint))
}
