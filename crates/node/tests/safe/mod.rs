//! The program with keys that something must open: credentials as a service manager gives them, tokens of SoftHSM, a process that serves.

mod token;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A data directory, and what its processes are given.
pub struct Safe {
    pub data: String,
    pub credentials: PathBuf,
    pub environment: Vec<(String, String)>,
}

impl Safe {
    pub fn new(folder: &Path, data: String) -> Self {
        let credentials = folder.join("credentials");
        std::fs::create_dir_all(&credentials).unwrap();
        Self {
            data,
            credentials,
            environment: Vec::new(),
        }
    }

    /// What opens the keys from now on.
    pub fn secret(&self, text: &str) {
        std::fs::write(self.credentials.join("entente.keys"), text).unwrap();
    }

    pub fn new_secret(&self, text: &str) {
        std::fs::write(self.credentials.join("entente.keys.new"), text).unwrap();
    }

    pub fn keys(&self) -> PathBuf {
        Path::new(&self.data).join("node.keys")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env("LANG", "C.UTF-8")
            .env("CREDENTIALS_DIRECTORY", &self.credentials)
            .envs(self.environment.iter().cloned());
        command
    }

    /// Runs a command on the data directory, which must end with this code; its output and its error text.
    pub fn ends(&self, code: i32, words: &str) -> (String, String) {
        let line = format!("{PROGRAM} --data {} {words}", self.data);
        self.shell(code, &line)
    }

    /// The same of a line of the shell.
    pub fn shell(&self, code: i32, line: &str) -> (String, String) {
        let mut command = self.command("sh");
        let output = command.args(["-c", line]).stdin(Stdio::null()).output();
        let output = output.unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{line}\n{out}\n{error}");
        (out, error)
    }

    /// A command that must end with 3 for this reason, in one sentence.
    pub fn closed(&self, words: &str, why: &str) {
        self.says(3, words, why);
    }

    /// The same with 1: the keys open, and something else is refused.
    pub fn refused(&self, words: &str, why: &str) {
        self.says(1, words, why);
    }

    fn says(&self, code: i32, words: &str, why: &str) {
        let (_, error) = self.ends(code, words);
        // What serves logs beside it.
        let mut said = error.lines().filter(|line| line.starts_with("entente: "));
        let (first, second) = (said.next(), said.next());
        assert!(first.is_some_and(|line| line.contains(why)), "{error}");
        assert_eq!(second, None, "{error}");
        assert_eq!(error.trim_end().lines().next_back(), first, "{error}");
    }

    pub fn fingerprint(&self) -> String {
        let (list, _) = self.ends(0, "--json key list");
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        list["fingerprint"].as_str().unwrap().to_owned()
    }

    pub fn form(&self) -> serde_json::Value {
        let (status, _) = self.ends(0, "--json key status");
        serde_json::from_str(&status).unwrap()
    }

    /// Serves until it is dropped; ready when this returns.
    pub fn serve(&self) -> Serving {
        let port = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = port.local_addr().unwrap().to_string();
        drop(port);
        let child = self
            .command(PROGRAM)
            .args(["--data", &self.data, "serve", "--until-stdin-closes"])
            .env("ENTENTE_HTTP_LISTEN", &address)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut serving = Serving {
            child: child.unwrap(),
            address,
        };
        serving.ready();
        serving
    }
}

/// A process that serves.
pub struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn ready(&mut self) {
        let begun = Instant::now();
        while !self.answers() {
            let ended = self.child.try_wait().unwrap();
            if let Some(status) = ended {
                let mut said = String::new();
                let error = self.child.stderr.take().unwrap();
                BufReader::new(error).read_to_string(&mut said).unwrap();
                panic!("{status}: {said}");
            }
            assert!(begun.elapsed() < PATIENCE, "it does not serve");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Whether it says that it can do its work: its store answers.
    pub fn answers(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(&self.address) else {
            return false;
        };
        let asked = format!(
            "GET /readyz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(asked.as_bytes()).unwrap();
        let mut first = String::new();
        let read = BufReader::new(stream).read_line(&mut first);
        read.is_ok() && first.contains("200")
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a parent does.
    pub fn stop(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ended_already = self.child.wait();
    }
}
