//! Large files through real processes: up by the form of a page, across the link, down again, in memory that does not grow with them; cut
//! short at any point, nothing of them stays, and none of it was ever on the disk in clear.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::served;

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use entente_node::demo::Api;
use entente_node::demo::world::{Nodes, World};
use served::{PROGRAM, run, served};

/// Size of the file, in MiB.
const MIB: u64 = 64;
/// Most that the peak of a process's memory may rise by, in KiB, while such a file passes through it, up, across and down: well below half
/// of it. Measured: 4 to 14 MiB, for 64 MiB as for 1 GiB; a file held whole adds all of its size, as it did twice over before.
const MOST_KIB: u64 = 24 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);
const BOUNDARY: &str = "a-boundary-that-no-file-has";

/// The bytes of a file, each made from its place.
struct Drawn {
    at: u64,
    size: u64,
}

impl Drawn {
    fn of(size: u64) -> Self {
        Self { at: 0, size }
    }
}

/// Eight bytes by their number (SplitMix64).
fn drawn(number: u64) -> [u8; 8] {
    let mut z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)).to_le_bytes()
}

impl Read for Drawn {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from(self.size - self.at).unwrap_or(usize::MAX);
        let most = left.min(out.len());
        let mut filled = 0;
        while filled < most {
            let within = usize::try_from(self.at % 8).unwrap();
            let length = (8 - within).min(most - filled);
            let word = drawn(self.at / 8);
            out[filled..filled + length].copy_from_slice(&word[within..within + length]);
            (filled, self.at) = (filled + length, self.at + length as u64);
        }
        Ok(most)
    }
}

/// Somebody signed in at a node, who sends what they like.
struct Browser {
    host: String,
    cookie: String,
    csrf: String,
}

impl Browser {
    async fn at(api: &Api) -> Self {
        let session = api.session("liaison").await.unwrap();
        let own = |name: &str| session[name].as_str().unwrap().to_owned();
        let host = api.url.strip_prefix("http://").unwrap().to_owned();
        let cookie = format!(
            "entente-{}={}; entente-{}-lang=en",
            api.node,
            own("token"),
            api.node
        );
        Self {
            host,
            cookie,
            csrf: own("csrf"),
        }
    }

    /// Begins to send a note with a file of this size; its fields go first.
    fn begin(&self, desk: &str, size: u64) -> (TcpStream, String) {
        let field = |name: &str, value: &str| {
            format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
        };
        let mut head = [
            ("_csrf", &*self.csrf),
            ("text", "A long record."),
            ("_lang", "en"),
        ]
        .map(|(name, value)| field(name, value))
        .concat();
        head.push_str(&format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"_files\"; filename=\"record.bin\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        ));
        let tail = format!("\r\n--{BOUNDARY}--\r\n");
        let length = head.len() as u64 + size + tail.len() as u64;
        let mut socket = TcpStream::connect(&self.host).unwrap();
        let request = format!(
            "POST /dossiers/{desk}/write/note HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nX-Entente-Sent: 1\r\n\
             Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{head}",
            self.host, self.cookie
        );
        socket.write_all(request.as_bytes()).unwrap();
        (socket, tail)
    }

    /// Sends a note with such a file; the entry that it became.
    fn send(&self, desk: &str, size: u64) -> String {
        let (mut socket, tail) = self.begin(desk, size);
        let mut pieces = Drawn::of(size);
        std::io::copy(&mut pieces, &mut socket).unwrap();
        socket.write_all(tail.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let place = answer
            .lines()
            .find_map(|line| line.strip_prefix("x-entente-go: "));
        place
            .unwrap()
            .rsplit("#e-")
            .next()
            .unwrap()
            .trim()
            .to_owned()
    }

    /// Reads a file, from this byte on, and compares it with what was sent.
    fn same(&self, entry: &str, (from, size): (u64, u64)) -> bool {
        let mut socket = TcpStream::connect(&self.host).unwrap();
        let request = format!(
            "GET /entries/{entry}/files/0 HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nRange: bytes={from}-\r\nConnection: close\r\n\r\n",
            self.host, self.cookie
        );
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = BufReader::new(socket);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(answer.read_line(&mut head).unwrap() > 0, "{head}");
        }
        assert!(head.starts_with("HTTP/1.1 206"), "{head}");
        assert!(
            head.contains(&format!(
                "content-range: bytes {from}-{}/{size}\r\n",
                size - 1
            )),
            "{head}"
        );
        let mut sent = Drawn::of(size);
        std::io::copy(&mut (&mut sent).take(from), &mut std::io::sink()).unwrap();
        let (mut one, mut other) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        let mut left = size - from;
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(one.len());
            sent.read_exact(&mut one[..most]).unwrap();
            answer.read_exact(&mut other[..most]).unwrap();
            if one[..most] != other[..most] {
                return false;
            }
            left -= most as u64;
        }
        answer.read_to_end(&mut other).unwrap() == 0
    }
}

/// Peak of a process's memory so far, in KiB.
fn peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.unwrap()
        .trim()
        .strip_suffix(" kB")
        .unwrap()
        .parse()
        .unwrap()
}

fn peaks(nodes: &Nodes) -> Vec<u64> {
    let ids = nodes.processes.iter().map(|p| p.id().unwrap());
    ids.map(peak).collect()
}

/// Files that are being written at a node.
fn begun(world: &World, node: &str) -> Vec<PathBuf> {
    let folder = world.data(node).join("blobs").join("tmp");
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

/// Whether a file somewhere under a folder holds these bytes.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        let read = std::fs::read(&path).unwrap_or_default();
        read.windows(bytes.len()).any(|window| window == bytes)
    })
}

fn until(what: &str, reached: impl Fn() -> bool) {
    let begun = Instant::now();
    while !reached() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The full name of an entry of a dossier that begins like this.
async fn entry_named(api: &mut Api, desk: &str, short: &str) -> String {
    let entries = api.entries("liaison", desk).await.unwrap();
    let mut ids = entries.iter().filter_map(|entry| entry["id"].as_str());
    ids.find(|id| id.starts_with(short)).unwrap().to_owned()
}

/// Take out: in `web/src/upload.rs::Reading::file`, that a full piece is handed on; in `web/src/pages/download.rs`, that chunks are sent as
/// they are read; in `app/src/chunks.rs`, that so many chunks are asked for at once and no more.
#[test]
fn a_large_file_goes_up_across_and_down_in_little_memory() {
    let size = MIB << 20;
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (_world, mut nodes, desk) = served(folder.path()).await;
        let (ma, fr) = (Browser::at(&nodes.ma).await, Browser::at(&nodes.fr).await);
        // A small one first, so that what every first file costs is no part of it.
        ma.send(&desk, 1 << 20);
        nodes.settled().await.unwrap();
        let before = peaks(&nodes);
        let at = Instant::now();
        let short = ma.send(&desk, size);
        let up = (at.elapsed(), peaks(&nodes));
        nodes.settled().await.unwrap();
        let across = (at.elapsed() - up.0, peaks(&nodes));
        let entry = entry_named(&mut nodes.ma, &desk, &short).await;
        let at = Instant::now();
        assert!(ma.same(&entry, (0, size)), "ma differs");
        let down = (at.elapsed(), peaks(&nodes));
        assert!(fr.same(&entry, (0, size)), "fr differs");
        // From where a download broke off, in the middle of a chunk and at its edge.
        for from in [size / 2 + 12_345, size - (256 << 10), size - 1] {
            assert!(ma.same(&entry, (from, size)), "from {from}");
        }
        let after = peaks(&nodes);
        println!(
            "mib={} up={:?} across={:?} down={:?}",
            size >> 20,
            up.0,
            across.0,
            down.0
        );
        println!(
            "peak_kib before={before:?} up={:?} across={:?} down={:?} after={after:?}",
            up.1, across.1, down.1
        );
        for (before, after) in before.iter().zip(&after) {
            assert!(after - before < MOST_KIB, "{before} KiB, then {after} KiB");
        }
        assert!(nodes.stop());
    });
}

/// Take out: in `app/src/incoming.rs`, what `Begun` does when it goes; that chunks are sealed before they are written.
#[test]
fn a_file_cut_short_leaves_nothing_and_was_never_in_clear() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, desk) = served(folder.path()).await;
        let ma = Browser::at(&nodes.ma).await;
        let entries = nodes.ma.entries("liaison", &desk).await.unwrap().len();
        let half = |socket: &mut TcpStream| {
            let mut pieces = Drawn::of(8 << 20);
            std::io::copy(&mut (&mut pieces).take(4 << 20), socket).unwrap();
        };
        // The browser goes away.
        let (mut socket, _) = ma.begin(&desk, 8 << 20);
        half(&mut socket);
        until("a file being written", || !begun(&world, "ma").is_empty());
        assert!(
            !holds(&world.data("ma"), &drawn(100)),
            "in clear on the disk"
        );
        drop(socket);
        until("nothing left of it", || begun(&world, "ma").is_empty());
        // The process is killed: what is left is sealed under a key that nobody has, and swept in its time (`app/src/freeing.rs`).
        let (mut socket, _) = ma.begin(&desk, 8 << 20);
        half(&mut socket);
        until("a file being written", || !begun(&world, "ma").is_empty());
        let ma_runs = nodes
            .processes
            .iter_mut()
            .find(|p| p.layout().root() == world.data("ma"));
        let process = ma_runs.unwrap();
        process.kill();
        assert!(
            !holds(&world.data("ma"), &drawn(100)),
            "in clear on the disk"
        );
        process.start_again(Path::new(PROGRAM)).unwrap();
        nodes.ready().await.unwrap();
        assert_eq!(begun(&world, "ma").len(), 1);
        let now = nodes.ma.entries("liaison", &desk).await.unwrap().len();
        assert_eq!(now, entries, "an entry of half a file");
        assert!(nodes.stop());
    });
}
