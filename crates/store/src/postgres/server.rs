//! A PostgreSQL server of the tests' own: in a temporary directory, on a free port, gone after them however they end.
//!
//! The programs come from Debian's package `postgresql` or from the path. The server refuses to run as root, so then it runs as
//! `postgres`. A shell that waits for the end of its standard input stops the server and removes the directory: it outlives a test
//! process that is killed.

#![expect(clippy::unwrap_used, reason = "for tests only: any failure ends them")]

use super::Options;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Stops the server and removes its directory once its standard input ends.
const KEEPER: &str =
    r#"cat >/dev/null; "$2/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null 2>&1; rm -rf "$1""#;
/// Two authorities, and a certificate of the first.
const CERTIFY: &str = "set -e
umask 077
new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
openssl req -x509 $new -keyout ca.key -out ca.pem -days 2 -subj /CN=authority
openssl req -x509 $new -keyout other.key -out other-ca.pem -days 2 -subj /CN=another
openssl req $new -keyout server.key -out server.csr -subj /CN=server
printf 'subjectAltName=IP:127.0.0.1' >server.ext
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out server.crt
";
/// Where Debian puts the programs, newest version last.
const DEBIAN: &str = "/usr/lib/postgresql";

/// A running server.
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
    made: AtomicU32,
    keeper: Child,
}

static SHARED: OnceLock<Option<Server>> = OnceLock::new();

impl Server {
    /// The server that all tests of this process share; none, with a line that says so, where PostgreSQL is not installed.
    ///
    /// # Panics
    /// When PostgreSQL is installed and does not start.
    pub fn shared() -> Option<&'static Self> {
        SHARED.get_or_init(|| Self::start(&[])).as_ref()
    }

    /// A server for one test that stops or changes it, with further settings such as `max_connections=20`.
    ///
    /// # Panics
    /// When PostgreSQL is installed and does not start.
    #[must_use]
    pub fn start(settings: &[&str]) -> Option<Self> {
        Self::make(settings, |_| ())
    }

    /// A server for one test that speaks TLS: its certificate is for `127.0.0.1` and from the authority `ca.pem` in its data; beside
    /// it is `other-ca.pem`.
    ///
    /// # Panics
    /// As [`Server::start`]; when `openssl` is missing.
    #[must_use]
    pub fn encrypted() -> Option<Self> {
        Self::make(&["ssl = on"], |server| {
            let script = server.data().join("certify.sh");
            std::fs::write(&script, CERTIFY).unwrap();
            let mut certify = as_server(Path::new("sh"));
            let certify = certify.current_dir(server.data()).arg(&script);
            let said = certify.stdin(Stdio::null()).output().unwrap();
            assert!(
                said.status.success(),
                "{}",
                String::from_utf8_lossy(&said.stderr)
            );
        })
    }

    fn make(settings: &[&str], prepare: impl FnOnce(&Self)) -> Option<Self> {
        let Some(programs) = programs() else {
            println!("skipped: PostgreSQL is not installed (scripts/need.sh postgres)");
            return None;
        };
        let folder = folder();
        let mut keeper = as_server(Path::new("sh"));
        let keeper = keeper
            .args(["-c", KEEPER, "keeper"])
            .args([&folder, &programs])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C, or whatever else ends the tests as a group, is not meant for it.
            .process_group(0);
        let mut server = Self {
            keeper: keeper.spawn().unwrap(),
            folder,
            programs,
            port: 0,
            made: AtomicU32::new(0),
        };
        server.program(
            "initdb",
            &[
                "--no-sync",
                "-A",
                "trust",
                "-U",
                "entente",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ],
        );
        let file = server.data().join("postgresql.conf");
        let mut text = std::fs::OpenOptions::new().append(true).open(file).unwrap();
        writeln!(
            text,
            "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''"
        )
        .unwrap();
        for setting in settings {
            writeln!(text, "{setting}").unwrap();
        }
        prepare(&server);
        server.begin();
        Some(server)
    }

    /// Where its files are.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Address of a database.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://entente@127.0.0.1:{}/{database}", self.port)
    }

    /// A fresh, empty database.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn database(&self) -> Options {
        let name = format!("test{}", self.made.fetch_add(1, Ordering::Relaxed));
        let status = self
            .command("createdb")
            .args(["-h", "127.0.0.1", "-U", "entente", "-p"])
            .arg(self.port.to_string())
            .arg(&name)
            .status();
        assert!(status.unwrap().success(), "createdb");
        Options::new(&self.url(&name))
    }

    /// Starts it, on another port if the one it had, or was to have, was taken meanwhile.
    fn begin(&mut self) {
        for _ in 0..5 {
            if self.port == 0 {
                let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
                self.port = free.local_addr().unwrap().port();
            }
            if self.resume() {
                return;
            }
            self.port = 0;
        }
        panic!("PostgreSQL does not start: see its log");
    }

    /// Starts it again after [`Server::stop`]; whether it runs.
    pub fn resume(&self) -> bool {
        let options = format!("-p {}", self.port);
        let log = self.folder.join("log");
        let status = self
            .command("pg_ctl")
            .arg("-D")
            .arg(self.data())
            .args(["-w", "-s", "-o", &options, "-l"])
            .arg(log)
            .arg("start")
            .status();
        status.is_ok_and(|status| status.success())
    }

    /// Stops it at once, as a crash would.
    ///
    /// # Panics
    /// When it does not stop.
    pub fn stop(&self) {
        self.program("pg_ctl", &["-w", "-s", "-m", "immediate", "stop"]);
    }

    /// A program of PostgreSQL's, run as the server's user.
    #[must_use]
    pub fn command(&self, name: &str) -> Command {
        let mut command = as_server(&self.programs.join(name));
        command.current_dir("/").stdin(Stdio::null());
        command
    }

    fn program(&self, name: &str, args: &[&str]) {
        let mut command = self.command(name);
        command.arg("-D").arg(self.data()).args(args);
        let status = command.stdout(Stdio::null()).status();
        assert!(status.unwrap().success(), "{name}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ended = self.keeper.wait();
    }
}

/// The folder of PostgreSQL's programs: the newest that Debian installed, else the one on the path.
fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = debian
        .filter_map(|version| {
            let number = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = || std::env::split_paths(&path).find(|bin| bin.join("initdb").exists());
    found.pop().map(|(_, bin)| bin).or_else(on_path)
}

/// A new folder that the server's user owns.
fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "entente-postgres-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = std::env::temp_dir().join(name);
    let status = as_server(Path::new("mkdir"))
        .arg("-m")
        .arg("700")
        .arg(&folder)
        .status();
    assert!(status.unwrap().success(), "mkdir");
    folder
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0
}

/// A command run as a user that PostgreSQL accepts.
fn as_server(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid=postgres",
        "--regid=postgres",
        "--clear-groups",
        "--",
    ]);
    command.arg(program);
    command
}
