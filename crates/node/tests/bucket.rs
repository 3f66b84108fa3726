//! Real processes, one of which keeps its files in a bucket of a real S3 server, the other in a folder.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::program;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use entente_bucket::{BUCKET, Fault, KEY, Line, SECRET, Server};
use entente_node::demo::world::{Nodes, World};
use entente_node::demo::{Api, Attachment, Recorded, Writing};
use program::ends;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");
/// How often something breaks while a file is under way.
const BREAKS: usize = 12;
const FILE: usize = 24 << 20;
const PATIENCE: Duration = Duration::from_secs(90);

/// Sends a node's files into a bucket, from its next start on.
fn into_bucket(data: &Path, endpoint: &str) {
    let secret = data.join("s3.credentials");
    let text = format!("[default]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n");
    std::fs::write(&secret, text).unwrap();
    std::fs::set_permissions(&secret, PermissionsExt::from_mode(0o600)).unwrap();
    let file = data.join("entente.toml");
    let before = std::fs::read_to_string(&file).unwrap();
    let table = format!(
        "{before}\n[files.s3]\nendpoint = \"{endpoint}\"\nbucket = \"{BUCKET}\"\nprefix = \"node\"\n\
         credentials_file = \"s3.credentials\"\n"
    );
    std::fs::write(&file, table).unwrap();
}

/// A command on a node's data that ends with this code; its output and its error text.
fn command(code: i32, data: &Path, words: &[&str]) -> (String, String) {
    let data = ["--data", data.to_str().unwrap()];
    ends(code, &[&data, words].concat(), "")
}

/// The output of a command that goes well.
fn says(data: &Path, words: &[&str]) -> String {
    command(0, data, words).0
}

/// A number from 0, below this.
fn random(below: u64) -> u64 {
    let mut bytes = [0; 8];
    entente_node::clock::fill(&mut bytes);
    u64::from_le_bytes(bytes) % below
}

/// Bytes that no two seeds share.
fn bytes(seed: u64, size: usize) -> Vec<u8> {
    let mut state = seed;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    (0..size.div_ceil(8)).flat_map(next).take(size).collect()
}

async fn send(api: &mut Api, desk: &str, file: &[u8]) -> Recorded {
    let files: [Attachment<'_>; 1] = [("piece.bin", "application/octet-stream", file)];
    let writing = Writing {
        dossier: Some(desk),
        lang: "fr",
        values: json!({"text": "Une pièce."}),
        files: &files,
        ..Writing::default()
    };
    api.record("liaison", "note", writing).await.unwrap()
}

async fn note(api: &mut Api, desk: &str, text: &str) -> Recorded {
    let writing = Writing {
        dossier: Some(desk),
        lang: "fr",
        values: json!({"text": text}),
        ..Writing::default()
    };
    api.record("liaison", "note", writing).await.unwrap()
}

async fn erase(api: &mut Api, desk: &str, entry: &str) {
    let writing = Writing {
        dossier: Some(desk),
        lang: "fr",
        values: json!({"entry": entry}),
        ..Writing::default()
    };
    api.record("liaison", "erase", writing).await.unwrap();
}

async fn read(api: &mut Api, entry: &str) -> Vec<u8> {
    let path = format!("/api/v1/entries/{entry}/files/0");
    let read = api.call("liaison", reqwest::Method::GET, &path, None);
    read.await.unwrap()
}

/// Files in a folder and below, as they lie on the disk.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_in(&path));
        } else {
            found.push(path);
        }
    }
    found
}

struct Scene {
    server: Server,
    line: Line,
    _folder: tempfile::TempDir,
    world: World,
    nodes: Nodes,
    desk: String,
}

async fn scene() -> Scene {
    let server = Server::start();
    let line = Line::to(server.port());
    let folder = tempfile::tempdir().unwrap();
    let world = World::create(folder.path(), 0).unwrap();
    into_bucket(&world.data("ma"), &line.url());
    let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
    let desk = entente_node::demo::desk(&mut nodes).await.unwrap();
    Scene {
        server,
        line,
        _folder: folder,
        world,
        nodes,
        desk,
    }
}

impl Scene {
    /// Kills either node, cuts the line to the bucket, or stops the bucket's server, at random.
    async fn break_something(&mut self) {
        tokio::time::sleep(Duration::from_millis(random(250))).await;
        match random(4) {
            side @ (0 | 1) => {
                let process = &mut self.nodes.processes[usize::try_from(side).unwrap()];
                process.kill();
                process.start_again(Path::new(PROGRAM)).unwrap();
            }
            2 => {
                let fault = usize::try_from(random(5)).unwrap();
                self.line.plan(random(12), 8, Fault::QUICK[fault]);
            }
            _ => {
                self.server.stop();
                tokio::time::sleep(Duration::from_millis(random(400))).await;
                self.server.resume();
            }
        }
    }

    /// A file's way from one side to the other while everything breaks.
    async fn survive(&mut self) {
        for _ in 0..BREAKS {
            self.break_something().await;
        }
        self.line.heal();
        self.nodes.ready().await.unwrap();
        self.nodes.linked().await.unwrap();
        self.nodes.settled().await.unwrap();
    }

    /// Whatever is of files in the bucket. The object by which a starting node tries its bucket is none: one killed in the middle of
    /// that leaves it.
    fn objects(&self) -> Vec<String> {
        let mut objects = self.server.objects();
        objects.retain(|name| !name.contains("/probe/"));
        objects
    }

    /// Until neither side has a byte of a file, but for what a killed process began before a row named it: nobody has its key, and it goes
    /// when it was found unnamed twice, hours apart (`app/src/freeing.rs`). At most one for each kill.
    async fn nothing_left(&self, unnamed: usize) {
        let begun = Instant::now();
        let blobs = self.world.data("fr").join("blobs");
        loop {
            let (ours, theirs) = (self.objects(), files_in(&blobs));
            let begun_only = |path: &&PathBuf| path.parent() == Some(&blobs.join("tmp"));
            let begun_only = theirs.iter().filter(begun_only).count();
            if ours.len() <= unnamed && theirs.len() == begun_only && begun_only <= 2 * BREAKS {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "left: {ours:?} {theirs:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.unwrap().block_on(work)
}

/// A large file each way, everything killed and cut in between: both ends hold the same bytes, the bucket none in clear; erased, neither
/// end has an object left.
#[test]
fn invariant_03_10_files_cross_whatever_breaks_and_go_when_erased() {
    run(async {
        let mut scene = scene().await;
        let desk = scene.desk.clone();
        let (one, other) = (bytes(1, FILE), bytes(2, FILE));
        let from_fr = send(&mut scene.nodes.fr, &desk, &one).await;
        scene.survive().await;
        let begun = Instant::now();
        let from_ma = send(&mut scene.nodes.ma, &desk, &other).await;
        println!("{FILE} bytes into the bucket in {:?}", begun.elapsed());
        scene.survive().await;
        for (entry, file) in [(&from_fr.entry, &one), (&from_ma.entry, &other)] {
            assert!(
                read(&mut scene.nodes.ma, entry).await == *file,
                "ma differs"
            );
            assert!(
                read(&mut scene.nodes.fr, entry).await == *file,
                "fr differs"
            );
        }
        // 96 chunks and a name each; what a killed process began besides is named by no row.
        let unnamed = scene.objects().len().checked_sub(194);
        let unnamed = unnamed.expect("every chunk of both files");
        assert!(
            unnamed <= 2 * BREAKS,
            "{unnamed} objects more than two files have"
        );
        assert!(!scene.server.holds(&one[..64]) && !scene.server.holds(&other[..64]));

        erase(&mut scene.nodes.fr, &desk, &from_fr.entry).await;
        erase(&mut scene.nodes.ma, &desk, &from_ma.entry).await;
        scene.nodes.settled().await.unwrap();
        scene.nothing_left(unnamed).await;
        assert!(scene.nodes.stop());
        for name in ["ma", "fr"] {
            let said = says(&scene.world.data(name), &["doctor"]);
            assert!(said.lines().all(|line| line.starts_with("ok")), "{said}");
            assert_eq!(said.contains("the bucket of files writes"), name == "ma");
        }
    });
}

/// The bucket is away: entries flow both ways on a link that stays, files wait; nothing is lost.
///
/// Take out: in `app/src/driver/serve.rs` and `chunks.rs`, what a chunk that cannot be kept, or read, leads to.
#[test]
fn invariant_13_entries_flow_while_files_wait_for_their_bucket() {
    run(async {
        let mut scene = scene().await;
        let desk = scene.desk.clone();
        let ours = send(&mut scene.nodes.ma, &desk, &bytes(3, 600_000)).await;
        scene.nodes.settled().await.unwrap();
        scene.server.stop();
        let theirs = send(&mut scene.nodes.fr, &desk, &bytes(4, 600_000)).await;
        for n in 0..3 {
            note(&mut scene.nodes.ma, &desk, &format!("aller {n}")).await;
            note(&mut scene.nodes.fr, &desk, &format!("retour {n}")).await;
        }
        let begun = Instant::now();
        loop {
            let (ma, fr) = scene.nodes.links().await.unwrap();
            let held = |link: &Value| link["waiting"] == 0 && link["out_held"] == link["out_size"];
            if held(&ma) && held(&fr) {
                assert_eq!(ma["files_wanted"], 1);
                assert_eq!(
                    (&ma["connected"], &fr["connected"]),
                    (&json!(true), &json!(true))
                );
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "{ma} {fr}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let path = format!("/api/v1/entries/{}/files/0", ours.entry);
        let away = scene
            .nodes
            .ma
            .call("liaison", reqwest::Method::GET, &path, None);
        assert!(away.await.is_err(), "not an empty file");
        scene.server.resume();
        scene.nodes.settled().await.unwrap();
        assert!(read(&mut scene.nodes.ma, &theirs.entry).await == bytes(4, 600_000));
        assert!(read(&mut scene.nodes.ma, &ours.entry).await == bytes(3, 600_000));
        assert!(scene.nodes.stop());
    });
}

/// What `serve` says on a data directory where it must not start.
fn refuses(data: &Path) -> String {
    let serve = Command::new(PROGRAM)
        .args(["serve", "--until-stdin-closes", "--data"])
        .arg(data)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(serve.status.code(), Some(1));
    String::from_utf8(serve.stderr).unwrap()
}

#[test]
fn a_bucket_that_must_not_be_used_is_refused_at_the_start() {
    let server = Server::start();
    let line = Line::to(server.port());
    let folder = tempfile::tempdir().unwrap();
    let world = World::create(folder.path(), 0).unwrap();
    let data = world.data("ma");
    into_bucket(&data, &line.url());
    let doctor = || command(1, &data, &["doctor"]).0;

    line.say_versions("Enabled");
    let said = refuses(&data);
    assert!(said.contains("the bucket keeps versions"), "{said}");
    let told = doctor();
    let kept = "FAIL the bucket of files does not keep what is deleted  versions are kept";
    assert!(told.contains(kept), "{told}");
    assert_eq!(server.objects(), [""; 0], "it is not written to");
    line.say_versions("Suspended");
    assert!(doctor().contains("FAIL the bucket of files does not keep"));

    let secret = data.join("s3.credentials");
    let right = std::fs::read_to_string(&secret).unwrap();
    std::fs::write(&secret, right.replace(SECRET, "another-secret")).unwrap();
    let said = refuses(&data);
    assert!(said.contains("status 403, SignatureDoesNotMatch"), "{said}");
    assert!(
        !said.contains("another-secret") && !said.contains(KEY),
        "{said}"
    );
    std::fs::write(&secret, "aws_access_key_id = only\n").unwrap();
    assert!(refuses(&data).contains("does not hold aws_access_key_id"));
    std::fs::write(&secret, right).unwrap();
    std::fs::set_permissions(&secret, PermissionsExt::from_mode(0o644)).unwrap();
    assert!(refuses(&data).contains("can be read by others"));
}

/// From a folder into a bucket and back by the command line; a backup brings files out of it, and a restore back into it.
#[test]
fn files_move_into_a_bucket_and_back() {
    run(async {
        let server = Server::start();
        let folder = tempfile::tempdir().unwrap();
        let world = World::create(folder.path(), 0).unwrap();
        let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
        let desk = entente_node::demo::desk(&mut nodes).await.unwrap();
        let file = bytes(5, 700_000);
        let entry = send(&mut nodes.ma, &desk, &file).await.entry;
        nodes.settled().await.unwrap();
        assert!(nodes.stop());

        let data = world.data("ma");
        let (blobs, out) = (data.join("blobs"), folder.path().join("out"));
        into_bucket(&data, &server.url());
        let absent = command(1, &data, &["files", "--from", "/nowhere"]).1;
        assert!(absent.contains("/nowhere is not a folder"), "{absent}");
        let from = ["files", "--from", blobs.to_str().unwrap()];
        assert!(says(&data, &from).contains("read back: 1; there already: 0"));
        assert!(says(&data, &from).contains("read back: 0; there already: 1"));
        std::fs::remove_dir_all(&blobs).unwrap();

        let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
        assert!(read(&mut nodes.ma, &entry).await == file);
        assert!(nodes.stop());
        let to = ["files", "--to", out.to_str().unwrap()];
        assert!(says(&data, &to).contains("read back: 1"));
        let [copy] = files_in(&out).try_into().unwrap();
        let mut spoilt = std::fs::read(&copy).unwrap();
        spoilt[300] ^= 1;
        std::fs::write(&copy, spoilt).unwrap();

        let (backup, bare) = (folder.path().join("backup"), folder.path().join("bare"));
        assert!(says(&data, &["backup", backup.to_str().unwrap()]).contains("files: 1."));
        says(&data, &["backup", "--no-files", bare.to_str().unwrap()]);
        assert_eq!(files_in(&bare.join("data/blobs")).len(), 0);
        let before = server.objects();
        let restored = |prefix: &str| {
            let mut restore = Command::new(PROGRAM);
            restore
                .env("ENTENTE_FILES_S3_PREFIX", prefix)
                .env(
                    "ENTENTE_FILES_S3_CREDENTIALS_FILE",
                    data.join("s3.credentials"),
                )
                .arg("--data")
                .arg(folder.path().join("again"))
                .args(["restore", backup.to_str().unwrap()]);
            restore.output().unwrap()
        };
        let said = restored("drill");
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(
            said.status.success() && text.contains("1 file(s)"),
            "{text}"
        );
        let drill: Vec<String> = server
            .objects()
            .into_iter()
            .filter(|key| key.starts_with("drill/"))
            .collect();
        assert_eq!(drill.len() * 2, server.objects().len(), "{before:?}");

        // A spoilt copy is not taken for the file.
        let wiped = ["files", "--from", out.to_str().unwrap()];
        for key in server.objects() {
            if key.starts_with("node/files/") {
                server.delete(&key);
            }
        }
        let (told, _) = command(1, &data, &wiped);
        assert!(told.contains("damaged: 1"), "{told}");
    });
}
