//! Two nodes of this machine, each with its own folder, store and threads, linked over loopback TLS with a charter in force; on
//! SQLite or on PostgreSQL.

use crate::text;
use entente_app::{Actor, App, FormQuery, NewOfficer, Recording};
use entente_core::codes::Role;
use entente_core::field::Values;
use entente_core::ids::{DossierId, NodeName};

use entente_app::{AppConfig, NodeKeys, NodeSettings};
use entente_core::label::Lang;
use entente_node::clock::OsRandom;
use entente_node::links::Links;
use entente_node::metrics::Metrics;
use entente_node::tls::{LinkTls, Pins};
use entente_store::Store;
use entente_store::blobs::FolderBlobs;
use entente_store::postgres::PostgresStore;
use entente_store::postgres::server::Server;
use entente_store::sqlite::SqliteStore;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use zeroize::Zeroizing;

/// One node.
pub struct Side {
    /// Its verbs.
    pub app: App,
    /// Its officer.
    pub officer: Actor,
    /// Its store.
    pub store: Arc<dyn Store>,
    seeds: Arc<Zeroizing<Vec<u8>>>,
}

/// On what nodes keep their rows.
pub enum Base {
    /// A file of each node's own.
    Sqlite,
    /// A database of each node's own, on one server of this run's, as durable as PostgreSQL is by default.
    Postgres(Box<Server>),
}

impl Base {
    /// Starts the server of the second sort.
    pub fn postgres() -> Result<Self, String> {
        let server = Server::start(&[]).ok_or("PostgreSQL is not installed")?;
        Ok(Self::Postgres(Box::new(server)))
    }

    fn open(&self, folder: &Path) -> Result<Arc<dyn Store>, String> {
        Ok(match self {
            Self::Sqlite => Arc::new(SqliteStore::open(&folder.join("entente.db")).map_err(text)?),
            Self::Postgres(server) => {
                Arc::new(PostgresStore::open(&server.database()).map_err(text)?)
            }
        })
    }
}

/// The sockets between two nodes; dropping it stops them.
pub struct Net {
    stop: watch::Sender<bool>,
    _runtime: Runtime,
}

/// Two linked nodes.
pub struct Pair {
    /// The first.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// What links them.
    pub net: Net,
    /// Where their files are.
    pub folder: tempfile::TempDir,
}

/// A fresh node in a folder, unlinked, with one officer.
pub fn side(folder: &Path, name: &str, base: &Base) -> Result<Side, String> {
    std::fs::create_dir_all(folder).map_err(text)?;
    let store = base.open(folder)?;
    let seeds = Arc::new(NodeKeys::generate(&OsRandom));
    let app = open(folder, name, store.clone(), &seeds)?;
    app.add_officer(NewOfficer {
        id: "bench".into(),
        name: "Bench".into(),
        services: vec![format!("{name}/liaison").parse().map_err(text)?],
        roles: vec![Role::Liaison],
        password: None,
        lang: Lang::En,
    })
    .map_err(text)?;
    let officer = app.actor("bench").map_err(text)?;
    of(app, officer, store, seeds)
}

/// A node that was there before, on a restored store.
pub fn restored(
    folder: &Path,
    name: &str,
    store: Arc<dyn Store>,
    before: &Side,
) -> Result<Side, String> {
    let seeds = before.seeds.clone();
    let app = open(folder, name, store.clone(), &seeds)?;
    of(app, before.officer.clone(), store, seeds)
}

fn of(
    app: App,
    officer: Actor,
    store: Arc<dyn Store>,
    seeds: Arc<Zeroizing<Vec<u8>>>,
) -> Result<Side, String> {
    Ok(Side {
        app,
        officer,
        store,
        seeds,
    })
}

fn open(folder: &Path, name: &str, store: Arc<dyn Store>, seeds: &[u8]) -> Result<App, String> {
    let blobs = Arc::new(FolderBlobs::open(&folder.join("blobs")).map_err(text)?);
    let keys = NodeKeys::from_seed_file_bytes(seeds).map_err(text)?;
    let me: NodeName = name.parse().map_err(text)?;
    let settings = NodeSettings {
        title: name.into(),
        demo: false,
        lang: Lang::En,
        clocks: Vec::new(),
        second_factor: false,
        public_url: None,
        notices: entente_app::NoticeSettings::default(),
    };
    let config = AppConfig {
        me,
        settings,
        process: "bench".into(),
        able: entente_core::able::Able::newest(),
        policies: entente_policy::Policies::embedded().map_err(text)?,
        provider: entente_app::AtProvider::None,
        most_returned: entente_app::restart::MOST_RETURNED,
        oversight: entente_app::OversightSettings::default(),
        wire: entente_link::WIRE_VERSIONS.to_vec(),
    };
    App::open(
        config,
        store,
        blobs,
        keys,
        Arc::new(entente_node::clock::SystemClock),
        Arc::new(OsRandom),
    )
    .map_err(text)
}

/// Makes each known to the other.
pub fn pin(a: &Side, b: &Side, b_address: &str) -> Result<(), String> {
    let print_b = b.app.own_fingerprint().map_err(text)?;
    let print_a = a.app.own_fingerprint().map_err(text)?;
    a.app
        .pin_partner(&b.app.own_card(), b_address, &print_b)
        .map_err(text)?;
    b.app
        .pin_partner(&a.app.own_card(), "", &print_a)
        .map_err(text)?;
    Ok(())
}

impl Net {
    /// Makes two nodes known to each other and links them: the first dials.
    pub fn between(a: &Side, b: &Side) -> Result<Self, String> {
        Self::dialling(a, b, |address| pin(a, b, address))
    }

    /// Links two nodes of which the first learns the second's address so.
    pub fn dialling(
        a: &Side,
        b: &Side,
        learn: impl FnOnce(&str) -> Result<(), String>,
    ) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(text)?;
        let (stop, stopping) = watch::channel(false);
        let listen = || runtime.block_on(TcpListener::bind("127.0.0.1:0"));
        let (at_a, at_b) = (listen().map_err(text)?, listen().map_err(text)?);
        learn(&at_b.local_addr().map_err(text)?.to_string())?;
        for (side, listener) in [(a, at_a), (b, at_b)] {
            let keys = side.app.tls_secrets().map_err(text)?;
            let tls = LinkTls::new(&keys, Pins::default()).map_err(text)?;
            let links = Links::new(side.app.clone(), tls, Metrics::default(), stopping.clone());
            runtime.spawn(links.run(listener));
        }
        Ok(Self {
            stop,
            _runtime: runtime,
        })
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        std::thread::sleep(Duration::from_millis(300));
    }
}

impl Pair {
    /// Two fresh nodes, linked, with a charter in force.
    pub fn start(base: &Base) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(text)?;
        let a = side(&folder.path().join("ma"), "ma", base)?;
        let b = side(&folder.path().join("fr"), "fr", base)?;
        let net = Net::between(&a, &b)?;
        let pair = Self { a, b, net, folder };
        pair.charter()?;
        Ok(pair)
    }

    fn charter(&self) -> Result<(), String> {
        let opened = write(&self.a, None, "charter.open", &[("title", "Charter")])?;
        self.received(Duration::from_secs(20))?;
        write(&self.b, Some(opened), "charter.sign", &[])?;
        wait(Duration::from_secs(20), || {
            Ok(write(&self.a, Some(opened), "charter.enact", &[]).is_ok())
        })?;
        self.received(Duration::from_secs(20))
    }

    /// Waits until the second node holds everything of the first, durably, by its word.
    pub fn received(&self, patience: Duration) -> Result<(), String> {
        let partner: NodeName = "fr".parse().map_err(text)?;
        wait(patience, || {
            let (held, size, waiting) = self.a.app.receipted(&partner).map_err(text)?;
            Ok(waiting == 0 && held == size && size > 0)
        })
    }
}

/// Waits until something holds.
pub fn wait(
    patience: Duration,
    mut holds: impl FnMut() -> Result<bool, String>,
) -> Result<(), String> {
    let begun = Instant::now();
    while !holds()? {
        if begun.elapsed() > patience {
            return Err("it took too long".into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// Records an entry from a filled form.
pub fn write(
    side: &Side,
    dossier: Option<DossierId>,
    entry_type: &str,
    fields: &[(&str, &str)],
) -> Result<DossierId, String> {
    let query = FormQuery {
        dossier,
        partner: None,
        entry_type: entry_type.into(),
        ..FormQuery::default()
    };
    let form = side.app.form(&side.officer, &query).map_err(text)?;
    let raw: BTreeMap<String, Vec<String>> = fields
        .iter()
        .map(|(k, v)| ((*k).to_owned(), vec![(*v).to_owned()]))
        .collect();
    let values = Values::parse(form.entry_type.fields, &raw, Some(Lang::En))
        .map_err(|e| format!("{e:?}"))?;
    record(side, dossier, entry_type, values)
}

/// Records an entry from values.
pub fn record(
    side: &Side,
    dossier: Option<DossierId>,
    entry_type: &str,
    values: Values,
) -> Result<DossierId, String> {
    let recording = Recording {
        dossier,
        entry_type: entry_type.into(),
        values,
        ..Recording::default()
    };
    side.app
        .record(&side.officer, recording)
        .map(|r| r.dossier)
        .map_err(text)
}
