//! Two nodes of this machine, each with its own folder, store and threads, linked over loopback TLS with a charter in force.

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
use entente_store::sqlite::SqliteStore;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

/// One node.
pub struct Side {
    /// Its verbs.
    pub app: App,
    /// Its officer.
    pub officer: Actor,
    tls_seed: [u8; 32],
}

/// Two linked nodes; dropping it stops their links.
pub struct Pair {
    /// The first.
    pub a: Side,
    /// The second.
    pub b: Side,
    stop: watch::Sender<bool>,
    _runtime: Runtime,
    _folder: tempfile::TempDir,
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// A node in a folder, unlinked.
pub fn side(folder: &Path, name: &str) -> Result<Side, String> {
    std::fs::create_dir_all(folder).map_err(text)?;
    let store: Arc<dyn Store> =
        Arc::new(SqliteStore::open(&folder.join("entente.db")).map_err(text)?);
    let blobs = Arc::new(FolderBlobs::open(&folder.join("blobs")).map_err(text)?);
    let (keys, tls_seed) =
        NodeKeys::from_seed_file_bytes(&NodeKeys::generate(&OsRandom)).map_err(text)?;
    let me: NodeName = name.parse().map_err(text)?;
    let settings = NodeSettings {
        title: name.into(),
        demo: false,
        lang: Lang::En,
        clocks: Vec::new(),
    };
    let config = AppConfig {
        me,
        settings,
        process: "bench".into(),
    };
    let app = App::open(
        config,
        store,
        blobs,
        keys,
        Arc::new(entente_node::clock::SystemClock),
        Arc::new(OsRandom),
    )
    .map_err(text)?;
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
    Ok(Side {
        app,
        officer,
        tls_seed: *tls_seed,
    })
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

impl Pair {
    /// Two fresh nodes, linked, with a charter in force.
    pub fn start() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(text)?;
        let a = side(&folder.path().join("ma"), "ma")?;
        let b = side(&folder.path().join("fr"), "fr")?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(text)?;
        let (stop, stopping) = watch::channel(false);
        let listener_b = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .map_err(text)?;
        let listener_a = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .map_err(text)?;
        pin(&a, &b, &listener_b.local_addr().map_err(text)?.to_string())?;
        for (side, listener) in [(&a, listener_a), (&b, listener_b)] {
            let tls = LinkTls::new(&side.tls_seed, Pins::default()).map_err(text)?;
            let links = Links::new(side.app.clone(), tls, Metrics::default(), stopping.clone());
            runtime.spawn(links.run(listener));
        }
        let pair = Self {
            a,
            b,
            stop,
            _runtime: runtime,
            _folder: folder,
        };
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

impl Drop for Pair {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        std::thread::sleep(Duration::from_millis(300));
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
        target: None,
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
