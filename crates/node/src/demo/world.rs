//! The two fictional nodes: their data directories, their people, their processes.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use entente_app::NewOfficer;
use entente_core::codes::Role;
use entente_core::label::{Label, Lang, label};
use entente_proof::card::Fingerprint;

use super::{Api, DemoError, alone};
use crate::clock::{read_offset, write_offset};
use crate::config::{self, Config, DemoConfig, Layout, NewFile, StoreConfig};
use crate::node::{self, NodeError, file_error};

/// The demonstration begins so long ago, in hours: a month has ended before the story proper, which takes its last twenty days.
pub const BEGINS_HOURS_AGO: i64 = (20 + 32) * 24;
const HOUR_MS: i64 = 3_600_000;
const READY: Duration = Duration::from_secs(30);
const LINKED: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(25);

/// The two names.
pub const NAMES: [&str; 2] = ["ma", "fr"];

/// The people of each node: sign-in, function in place of a name, services, roles, language. Functions only: nobody is named.
struct Post {
    id: &'static str,
    name: Label,
    services: &'static [&'static str],
    roles: &'static [Role],
}

const POSTS: [Post; 6] = [
    Post {
        id: "liaison",
        name: label("Officier de liaison", "ضابط الاتصال", "Liaison officer"),
        services: &["liaison"],
        roles: &[Role::Liaison],
    },
    Post {
        id: "enquete",
        name: label(
            "Cheffe de l’unité d’enquête",
            "رئيسة وحدة التحقيق",
            "Head of the investigation unit",
        ),
        services: &["investigation", "liaison"],
        roles: &[Role::Investigator],
    },
    Post {
        id: "magistrature",
        name: label(
            "Magistrate de liaison",
            "قاضية الاتصال",
            "Liaison magistrate",
        ),
        services: &["justice", "investigation", "liaison"],
        roles: &[Role::Magistrate],
    },
    Post {
        id: "coordination",
        name: label(
            "Coordonnatrice de la commission mixte",
            "منسقة اللجنة المشتركة",
            "Coordinator of the joint commission",
        ),
        services: &["coordination", "liaison"],
        roles: &[Role::Coordinator],
    },
    Post {
        id: "inspection",
        name: label("Inspecteur", "مفتش", "Inspector"),
        services: &["inspection"],
        roles: &[Role::Inspector],
    },
    Post {
        id: "administration",
        name: label("Administratrice", "مديرة النظام", "Administrator"),
        services: &["administration"],
        roles: &[Role::Administrator],
    },
];

/// Where the demonstration lives.
#[derive(Clone, Debug)]
pub struct World {
    dir: PathBuf,
    /// Keeps other demonstrations out of the folder.
    _alone: Arc<File>,
    /// Fingerprints of the two cards, `ma` first.
    pub fingerprints: [Fingerprint; 2],
}

/// Both nodes running.
pub struct Nodes {
    /// The API of `ma`.
    pub ma: Api,
    /// The API of `fr`.
    pub fr: Api,
    /// The processes, `ma` first.
    pub processes: [Process; 2],
    clock_file: PathBuf,
}

/// A serving process; ends with this value.
pub struct Process {
    data: PathBuf,
    child: Option<Child>,
}

fn ports(base: u16) -> Result<[u16; 4], NodeError> {
    if base != 0 {
        return Ok([
            base,
            base.saturating_add(1),
            base.saturating_add(2),
            base.saturating_add(3),
        ]);
    }
    // Held open together, so that the four differ.
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(TcpListener::bind("127.0.0.1:0").map_err(file_error(Path::new("127.0.0.1")))?);
    }
    let mut free = [0; 4];
    for (place, listener) in free.iter_mut().zip(&held) {
        *place = listener
            .local_addr()
            .map_err(file_error(Path::new("127.0.0.1")))?
            .port();
    }
    Ok(free)
}

impl World {
    /// Makes both nodes afresh; what an earlier demonstration left in the directory is removed, nothing else, and not while it runs.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn create(dir: &Path, port_base: u16) -> Result<Self, NodeError> {
        Self::create_on(dir, port_base, &StoreConfig::Embedded)
    }

    /// The same, with the first node's store elsewhere, for tests.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn create_on(dir: &Path, port_base: u16, store: &StoreConfig) -> Result<Self, NodeError> {
        let ports = ports(port_base)?;
        alone::ports_are_free(&ports)?;
        let alone = alone::take(dir)?;
        for name in NAMES {
            let old = dir.join(name);
            if old.join(config::FILE).exists() {
                fs::remove_dir_all(&old).map_err(file_error(&old))?;
            }
        }
        let clock_file = fs::canonicalize(dir)
            .map_err(file_error(dir))?
            .join("clock");
        write_offset(&clock_file, -BEGINS_HOURS_AGO * HOUR_MS).map_err(file_error(&clock_file))?;
        let [ma_http, fr_http, ma_link, fr_link] = ports;
        // Another port is another origin: both are opened as `localhost`, so that one browser holds both cookies apart by name.
        let urls = [
            format!("http://localhost:{ma_http}"),
            format!("http://localhost:{fr_http}"),
        ];
        let links = [ma_link, fr_link];
        let mut cards = Vec::new();
        for (place, name) in NAMES.iter().enumerate() {
            let (own, other) = if place == 0 {
                (&urls[0], &urls[1])
            } else {
                (&urls[1], &urls[0])
            };
            let mut file = new_file(
                name,
                if place == 0 {
                    [ma_http, ma_link]
                } else {
                    [fr_http, fr_link]
                },
                DemoConfig {
                    clock_file: clock_file.clone(),
                    own_url: own.clone(),
                    partner_url: other.clone(),
                },
            )?;
            if place == 0 {
                file.store = store.clone();
            }
            let made = node::create(&dir.join(name), &file)?;
            for post in &POSTS {
                made.app.add_officer(officer(name, post)?)?;
            }
            cards.push((made, format!("127.0.0.1:{}", links[place])));
        }
        let [(ma, ma_address), (fr, fr_address)] =
            <[_; 2]>::try_from(cards).map_err(|_| NodeError::Card)?;
        let (ma_print, fr_print) = (node::own_card(&ma.app)?.1, node::own_card(&fr.app)?.1);
        ma.app
            .pin_partner(&fr.app.own_card(), &fr_address, &fr_print.to_string())?;
        fr.app
            .pin_partner(&ma.app.own_card(), &ma_address, &ma_print.to_string())?;
        Ok(Self {
            dir: dir.to_owned(),
            _alone: Arc::new(alone),
            fingerprints: [ma_print, fr_print],
        })
    }

    /// The nodes that an earlier demonstration made.
    ///
    /// # Errors
    /// [`NodeError`].
    pub fn open(dir: &Path) -> Result<Self, NodeError> {
        let alone = alone::take(dir)?;
        let print = |name: &str| -> Result<Fingerprint, NodeError> {
            let config = Config::load(&dir.join(name), &std::collections::BTreeMap::new())?;
            alone::ports_of(&config)?;
            Ok(node::own_card(&node::open(config, "cli")?.app)?.1)
        };
        Ok(Self {
            dir: dir.to_owned(),
            _alone: Arc::new(alone),
            fingerprints: [print("ma")?, print("fr")?],
        })
    }

    /// The data directory of a node.
    #[must_use]
    pub fn data(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Starts both nodes as processes of this program and waits until they are linked.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn start(&self) -> Result<Nodes, DemoError> {
        self.start_with(&std::env::current_exe().map_err(file_error(Path::new("this program")))?)
            .await
    }

    /// Starts both nodes as processes of a program, for tests.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn start_with(&self, program: &Path) -> Result<Nodes, DemoError> {
        let mut configs = Vec::new();
        for name in NAMES {
            configs.push(
                Config::load(&self.data(name), &std::collections::BTreeMap::new())
                    .map_err(NodeError::from)?,
            );
        }
        let [ma, fr] = <[Config; 2]>::try_from(configs).map_err(|_| NodeError::Card)?;
        let clock_file = ma
            .demo
            .as_ref()
            .map(|demo| demo.clock_file.clone())
            .unwrap_or_default();
        let url = |config: &Config| {
            config
                .demo
                .as_ref()
                .map(|demo| demo.own_url.clone())
                .unwrap_or_default()
        };
        let apis = (Api::new("ma", &url(&ma))?, Api::new("fr", &url(&fr))?);
        let processes = [
            Process::start(program, &ma.data)?,
            Process::start(program, &fr.data)?,
        ];
        let mut nodes = Nodes {
            ma: apis.0,
            fr: apis.1,
            processes,
            clock_file,
        };
        nodes.ready().await?;
        nodes.linked().await?;
        Ok(nodes)
    }
}

fn new_file(name: &str, [http, link]: [u16; 2], demo: DemoConfig) -> Result<NewFile, NodeError> {
    let address = |port: u16| std::net::SocketAddr::from(([127, 0, 0, 1], port));
    Ok(NewFile {
        node: name.parse().map_err(|_| NodeError::Card)?,
        title: format!("Nœud {name} (fictif) | العقدة {name} (خيالية) | Node {name} (invented)"),
        language: Lang::Fr,
        clocks: vec![
            ("Rabat".into(), "Africa/Casablanca".into()),
            ("Paris".into(), "Europe/Paris".into()),
        ],
        http: address(http),
        link: address(link),
        demo: Some(demo),
        store: StoreConfig::Embedded,
    })
}

fn officer(node: &str, post: &Post) -> Result<NewOfficer, NodeError> {
    let services = post
        .services
        .iter()
        .map(|unit| format!("{node}/{unit}").parse())
        .collect::<Result<_, _>>();
    Ok(NewOfficer {
        id: post.id.to_owned(),
        name: Lang::ALL
            .map(|lang| format!("{} ({node})", post.name.get(lang)))
            .join(" | "),
        services: services.map_err(|_| NodeError::Card)?,
        roles: post.roles.to_vec(),
        password: None,
        lang: Lang::Fr,
    })
}

impl Process {
    /// Starts `program serve` on a data directory; its log goes to `serve.log` there.
    ///
    /// # Errors
    /// [`NodeError::File`].
    pub fn start(program: &Path, data: &Path) -> Result<Self, NodeError> {
        let mut process = Self {
            data: data.to_owned(),
            child: None,
        };
        process.start_again(program)?;
        Ok(process)
    }

    /// Starts it again after it ended.
    ///
    /// # Errors
    /// [`NodeError::File`].
    pub fn start_again(&mut self, program: &Path) -> Result<(), NodeError> {
        let log_path = self.data.join("serve.log");
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log_path)
            .map_err(file_error(&log_path))?;
        let mut command = Command::new(program);
        command
            .arg("serve")
            .arg("--data")
            .arg(&self.data)
            .arg("--until-stdin-closes");
        for name in config::environment().keys() {
            command.env_remove(format!("{}{name}", config::PREFIX));
        }
        let started = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        self.child = Some(started.map_err(file_error(program))?);
        Ok(())
    }

    /// Its number to the operating system, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Kills it at once, as a power cut would (SIGKILL), and waits for its end.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _dead_already = child.kill();
            let _reaped = child.wait();
        }
    }

    /// Lets it end in order; kills it if it does not. Whether it ended by itself and well.
    pub fn stop(&mut self) -> bool {
        let Some(mut child) = self.child.take() else {
            return false;
        };
        drop(child.stdin.take());
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            match child.try_wait() {
                Ok(Some(status)) => return status.success(),
                Ok(None) => std::thread::sleep(LOOK),
                Err(_) => break,
            }
        }
        let _dead_already = child.kill();
        let _reaped = child.wait();
        false
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child
            .as_mut()
            .is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// Its data directory.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::new(&self.data)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The other of the two nodes.
pub fn other(node: &str) -> &'static str {
    if node == "ma" { "fr" } else { "ma" }
}

/// The language that the officers of a node write in.
pub fn language(node: &str) -> &'static str {
    if node == "ma" { "ar" } else { "fr" }
}

impl Nodes {
    /// The API of a node.
    pub fn api(&mut self, node: &str) -> &mut Api {
        if node == "ma" {
            &mut self.ma
        } else {
            &mut self.fr
        }
    }

    /// Waits until both answer.
    ///
    /// # Errors
    /// [`DemoError::Waited`].
    pub async fn ready(&mut self) -> Result<(), DemoError> {
        let begun = Instant::now();
        while !(self.ma.is_ready().await && self.fr.is_ready().await) {
            let alive = self.processes.iter_mut().all(Process::runs);
            if !alive {
                return Err(DemoError::Story(
                    "a node ended at its start: see serve.log in its data directory".into(),
                ));
            }
            if begun.elapsed() > READY {
                return Err(DemoError::Waited("both nodes to answer"));
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }

    /// Waits until the link is up at both ends.
    ///
    /// # Errors
    /// [`DemoError::Waited`].
    pub async fn linked(&mut self) -> Result<(), DemoError> {
        let begun = Instant::now();
        loop {
            let (ma, fr) = self.links().await?;
            if ma["connected"] == true && fr["connected"] == true {
                return Ok(());
            }
            if begun.elapsed() > LINKED {
                return Err(DemoError::Waited("the link"));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Both ends' view of the link, `ma` first.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn links(&mut self) -> Result<(serde_json::Value, serde_json::Value), DemoError> {
        let ma = self.ma.get("liaison", "/api/v1/links").await?;
        let fr = self.fr.get("liaison", "/api/v1/links").await?;
        let first =
            |links: &serde_json::Value| links.pointer("/links/0").cloned().unwrap_or_default();
        Ok((first(&ma), first(&fr)))
    }

    /// Waits until both registers are held and receipted by the other side and no file is under way.
    ///
    /// # Errors
    /// [`DemoError::Waited`].
    pub async fn settled(&mut self) -> Result<(), DemoError> {
        let begun = Instant::now();
        loop {
            let (ma, fr) = self.links().await?;
            let number = |view: &serde_json::Value, name: &str| {
                view.get(name)
                    .and_then(serde_json::Value::as_u64)
                    .unwrap_or(u64::MAX)
            };
            let quiet = |one: &serde_json::Value, other: &serde_json::Value| {
                number(one, "waiting") == 0
                    && number(one, "files_wanted") == 0
                    && number(one, "out_size") == number(other, "in_size")
                    && entries_held(one)
            };
            if quiet(&ma, &fr) && quiet(&fr, &ma) {
                return Ok(());
            }
            if begun.elapsed() > LINKED {
                return Err(DemoError::Waited(
                    "both registers to be held by the other side",
                ));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// How far the demo clock is ahead of the system's, milliseconds.
    #[must_use]
    pub fn offset_ms(&self) -> i64 {
        read_offset(&self.clock_file).unwrap_or(0)
    }

    /// Moves both nodes' clock forward and waits until the link is up again.
    ///
    /// # Errors
    /// [`DemoError`].
    pub async fn jump(&mut self, hours: i64) -> Result<(), DemoError> {
        let offset = self.offset_ms() + hours * HOUR_MS;
        write_offset(&self.clock_file, offset).map_err(file_error(&self.clock_file))?;
        // Longer than either node caches the offset, and than a session needs to notice.
        tokio::time::sleep(Duration::from_millis(600)).await;
        self.linked().await
    }

    /// Ends both processes in order; whether both ended well.
    pub fn stop(&mut self) -> bool {
        let ended: Vec<bool> = self.processes.iter_mut().map(Process::stop).collect();
        ended.into_iter().all(|well| well)
    }
}

/// Whether all that we wrote is covered by the partner's receipts.
fn entries_held(link: &serde_json::Value) -> bool {
    let number = |name: &str| {
        link.get(name)
            .and_then(serde_json::Value::as_u64)
            .unwrap_or(0)
    };
    number("out_held") >= number("out_size")
}
