//! Three real replicas of one node on one PostgreSQL database, linked to a partner on SQLite, behind a load balancer of the test's
//! own; killed with SIGKILL at random while entries flow from both sides; and they all show the same TLS key.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::flow;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use entente_node::config::{Config, StoreConfig};
use entente_node::demo::world::{Process, World};
use entente_node::demo::{Api, DemoError, Pair, Writing};
use entente_node::tls::{LinkTls, Pins, Tried, server_name};
use entente_proof::card::{Card, dearmour_card, verify_card};
use entente_proof::sign::{SigningKey, VerifyingKey};
use entente_store::postgres::server::Server;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");
/// How often a replica, or the partner, is killed.
const KILLS: usize = 30;
const REPLICAS: usize = 3;
/// How long anything may take to settle.
const PATIENCE: Duration = Duration::from_secs(90);

fn free_port() -> u16 {
    let held = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    held.local_addr().unwrap().port()
}

/// One serving process; all of them share the data directory.
struct Replica {
    data: PathBuf,
    http: u16,
    link: u16,
    child: Option<Child>,
}

impl Replica {
    fn new(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
            http: free_port(),
            link: free_port(),
            child: None,
        }
    }
    fn start(&mut self) {
        let log = self.data.join(format!("serve-{}.log", self.http));
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(log);
        let child = Command::new(PROGRAM)
            .args(["serve", "--until-stdin-closes", "--data"])
            .arg(&self.data)
            .env("ENTENTE_HTTP_LISTEN", format!("127.0.0.1:{}", self.http))
            .env("ENTENTE_LINK_LISTEN", format!("127.0.0.1:{}", self.link))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log.unwrap())
            .spawn();
        self.child = Some(child.unwrap());
    }
    fn kill(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
    /// Asks this replica alone; status line and answer, or nothing while it is away.
    fn ask(&self, path: &str, token: &str) -> String {
        let Ok(mut socket) = std::net::TcpStream::connect(("127.0.0.1", self.http)) else {
            return String::new();
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n",
            self.http
        );
        let mut answer = Vec::new();
        let _cut = socket.write_all(request.as_bytes());
        let _cut = socket.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
    fn is_ready(&self) -> bool {
        self.ask("/readyz", "").starts_with("HTTP/1.1 200")
    }
    fn drives_the_link(&self) -> bool {
        self.ask("/metrics", "")
            .contains("entente_link_up{partner=\"fr\"} 1")
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _dead_already = child.kill();
            let _reaped = child.wait();
        }
    }
}

/// Hands each connection to a replica that takes it, beginning with any.
async fn balance(listener: TcpListener, ports: Vec<u16>) {
    while let Ok((mut client, _)) = listener.accept().await {
        let ports = ports.clone();
        tokio::spawn(async move {
            let first = usize::try_from(flow::random(1_000)).unwrap();
            for n in 0..ports.len() {
                let port = ports[(first + n) % ports.len()];
                if let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)).await {
                    let _ended = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                    return;
                }
            }
        });
    }
}

struct Scene {
    replicas: Vec<Replica>,
    partner: Process,
    ma: Api,
    fr: Api,
    desk: String,
    world: World,
}

async fn scene(world: World) -> Scene {
    let load = |name: &str| Config::load(&world.data(name), &BTreeMap::new()).unwrap();
    let (ma, fr) = (load("ma"), load("fr"));
    let mut replicas: Vec<Replica> = (0..REPLICAS).map(|_| Replica::new(&ma.data)).collect();
    replicas.iter_mut().for_each(Replica::start);
    let ports = |port: fn(&Replica) -> u16| replicas.iter().map(port).collect::<Vec<u16>>();
    for (address, ports) in [(ma.http, ports(|r| r.http)), (ma.link, ports(|r| r.link))] {
        let listener = TcpListener::bind(address).await.unwrap();
        tokio::spawn(balance(listener, ports));
    }
    let partner = Process::start(Path::new(PROGRAM), &fr.data).unwrap();
    let url = |config: &Config| config.demo.as_ref().unwrap().own_url.clone();
    let (ma, fr) = (
        Api::new("ma", &url(&ma)).unwrap(),
        Api::new("fr", &url(&fr)).unwrap(),
    );
    let mut scene = Scene {
        replicas,
        partner,
        ma,
        fr,
        desk: String::new(),
        world,
    };
    scene.ready().await;
    scene.settled().await;
    scene.desk = entente_node::demo::desk(&mut scene).await.unwrap();
    scene
}

impl Scene {
    /// The end of each replica's log.
    fn last_words(&self) -> Vec<String> {
        let log =
            |r: &Replica| std::fs::read_to_string(r.data.join(format!("serve-{}.log", r.http)));
        let logs = self.replicas.iter().map(|r| log(r).unwrap_or_default());
        let last = |log: String| log.lines().rev().take(3).collect::<Vec<_>>().join(" / ");
        logs.map(last).collect()
    }

    async fn ready(&self) {
        let begun = Instant::now();
        while !(self.replicas.iter().all(Replica::is_ready) && self.fr.is_ready().await) {
            assert!(
                begun.elapsed() < PATIENCE,
                "not every process serves: {:?}",
                self.last_words()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn links(&mut self) -> (Value, Value) {
        let first = |links: Value| links.pointer("/links/0").cloned().unwrap_or_default();
        let ma = self.ma.get("liaison", "/api/v1/links").await.unwrap();
        let fr = self.fr.get("liaison", "/api/v1/links").await.unwrap();
        (first(ma), first(fr))
    }

    /// Linked, and each side holds all of the other's register and says so.
    async fn settled(&mut self) {
        let begun = Instant::now();
        loop {
            let (ma, fr) = self.links().await;
            let quiet = |one: &Value, other: &Value| {
                one["connected"] == true
                    && one["waiting"] == 0
                    && one["files_wanted"] == 0
                    && one["out_size"] == other["in_size"]
                    && one["out_held"] == one["out_size"]
            };
            let agreed = |link: &Value| {
                link["out_size"] == 0
                    || (link["agreement"]["equal"] == true
                        && link["agreement"]["in_size"] == link["in_size"])
            };
            if quiet(&ma, &fr) && quiet(&fr, &ma) && agreed(&ma) && agreed(&fr) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "never settled: {ma} {fr}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

impl Pair for Scene {
    fn ma(&mut self) -> &mut Api {
        &mut self.ma
    }
    fn fr(&mut self) -> &mut Api {
        &mut self.fr
    }
    async fn settle(&mut self) -> Result<(), DemoError> {
        self.settled().await;
        Ok(())
    }
}

/// A page open at one replica hears of what was written at another.
async fn live_updates_cross(scene: &mut Scene, token: &str) {
    let replica = &scene.replicas[0];
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", replica.http)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    write!(
        stream,
        "GET /events HTTP/1.1\r\nHost: localhost\r\nCookie: entente-ma={token}\r\nAccept: text/event-stream\r\n\r\n"
    )
    .unwrap();
    let mut other = Api::new(
        "ma",
        &format!("http://localhost:{}", scene.replicas[1].http),
    )
    .unwrap();
    let desk = scene.desk.clone();
    let note = Writing {
        dossier: Some(&desk),
        lang: "fr",
        values: json!({"text": "vu d'ailleurs"}),
        ..Writing::default()
    };
    other.record("liaison", "note", note).await.unwrap();
    let heard = tokio::task::spawn_blocking(move || {
        let (mut all, mut piece) = (Vec::new(), [0; 1024]);
        loop {
            let read = stream.read(&mut piece).unwrap();
            all.extend_from_slice(&piece[..read]);
            let text = String::from_utf8_lossy(&all).into_owned();
            if read == 0 || text.contains("event: change") {
                return text;
            }
        }
    });
    let heard = heard.await.unwrap();
    assert!(heard.contains("event: change"), "{heard}");
}

async fn kill_at_random(scene: &mut Scene) {
    for _ in 0..KILLS {
        tokio::time::sleep(Duration::from_millis(flow::random(600))).await;
        let victim = usize::try_from(flow::random(REPLICAS as u64 + 1)).unwrap();
        match scene.replicas.get_mut(victim) {
            Some(replica) => {
                replica.kill();
                // Sometimes it stays away longer than its lease.
                let away = match flow::random(10) {
                    0..=4 => 0,
                    5..=8 => 500,
                    _ => 7_000,
                };
                tokio::time::sleep(Duration::from_millis(away)).await;
                scene.replicas[victim].start();
            }
            None => {
                scene.partner.kill();
                scene.partner.start_again(Path::new(PROGRAM)).unwrap();
            }
        }
    }
}

/// The card of `ma`, as any process of it says it.
fn card(data: &Path) -> Card {
    let said = Command::new(PROGRAM)
        .arg("--data")
        .arg(data)
        .arg("card")
        .output()
        .unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    verify_card(&dearmour_card(&text).unwrap()).unwrap()
}

/// Runs a test on replicas of one node over PostgreSQL, where that can be had.
fn on_replicas<F: Future<Output = ()>>(test: impl FnOnce(Scene) -> F) {
    let Some(server) = Server::shared() else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = StoreConfig::Postgres {
        url: server.database().url,
        password_file: None,
        authorities_file: None,
    };
    let world = World::create_on(folder.path(), 0, &store).unwrap();
    runtime.block_on(async {
        let scene = scene(world).await;
        test(scene).await;
    });
}

/// Whether a replica shows this key to whoever comes.
fn shows(replica: &Replica, key: VerifyingKey) -> bool {
    let stranger = LinkTls::new(&[SigningKey::from_seed([9; 32])], Pins::default()).unwrap();
    let config = stranger.client(&[key], Tried::default()).unwrap();
    let mut tls = rustls::ClientConnection::new(config, server_name().unwrap()).unwrap();
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", replica.link)).unwrap();
    while tls.is_handshaking() {
        if tls.complete_io(&mut socket).is_err() {
            return false;
        }
    }
    true
}

/// Rule 15: a key that one process made is shown by all of them, once the partner confirmed it to whichever drives the link.
#[test]
fn rule_15_every_replica_shows_the_new_tls_key() {
    on_replicas(|mut scene| async move {
        let data = scene.world.data("ma");
        let old = card(&data).tls_key;
        assert!(scene.replicas.iter().all(|replica| shows(replica, old)));
        let mut rotate = Command::new(PROGRAM);
        let rotate = rotate
            .arg("--data")
            .arg(&data)
            .args(["key", "rotate", "--tls"]);
        assert!(rotate.status().unwrap().success());
        let begun = Instant::now();
        let new = loop {
            let card = card(&data);
            if card.tls_key != old && scene.replicas.iter().all(|r| shows(r, card.tls_key)) {
                break card.tls_key;
            }
            assert!(begun.elapsed() < PATIENCE, "the new key is not shown");
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        assert!(!scene.replicas.iter().any(|replica| shows(replica, old)));
        // The link goes on, also at a replica that starts now.
        scene.replicas[0].kill();
        scene.replicas[0].start();
        scene.ready().await;
        scene.settled().await;
        assert!(shows(&scene.replicas[0], new));
        scene.replicas.clear();
        assert!(scene.partner.stop());
    });
}

/// Issue 3: nothing lost, doubled or unequal, nobody signed out, each link driven by exactly one.
#[test]
fn replicas_killed_at_random_lose_and_double_nothing() {
    on_replicas(|mut scene| async move {
        let session = scene.ma.session("liaison").await.unwrap();
        let token = session["token"].as_str().unwrap().to_owned();
        live_updates_cross(&mut scene, &token).await;
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = [("ma-1", &scene.ma), ("ma-2", &scene.ma), ("fr", &scene.fr)]
            .into_iter()
            .map(|(who, api)| {
                // Enough to be always in the middle of something; the check at the end reads every page.
                let pause = Some(Duration::from_millis(10));
                tokio::spawn(flow::write(
                    api.clone(),
                    who,
                    pause,
                    scene.desk.clone(),
                    stop.clone(),
                ))
            })
            .collect();
        kill_at_random(&mut scene).await;
        scene.ready().await;
        stop.store(true, Ordering::Release);
        let mut kept = BTreeSet::new();
        for writer in writers {
            kept.extend(writer.await.unwrap());
        }
        scene.settled().await;
        for replica in &scene.replicas {
            let me = replica.ask("/api/v1/me", &token);
            assert!(me.starts_with("HTTP/1.1 200"), "signed out: {me}");
        }
        let driving = scene
            .replicas
            .iter()
            .filter(|r| r.drives_the_link())
            .count();
        assert_eq!(driving, 1, "each link is driven by exactly one");
        let both = (&mut scene.ma, &mut scene.fr);
        flow::nothing_lost_or_doubled(both, &scene.desk, &kept, KILLS).await;
        scene.replicas.clear();
        assert!(scene.partner.stop());
        for name in ["ma", "fr"] {
            let mut doctor = Command::new(PROGRAM);
            let doctor = doctor
                .arg("--data")
                .arg(scene.world.data(name))
                .arg("doctor");
            let said = doctor.output().unwrap();
            let text = String::from_utf8_lossy(&said.stdout).into_owned();
            assert!(
                said.status.success(),
                "{text}{}",
                String::from_utf8_lossy(&said.stderr)
            );
            assert_eq!(text.contains("PostgreSQL"), name == "ma", "{text}");
        }
    });
}
