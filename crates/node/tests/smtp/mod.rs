//! A real SMTP server for tests: Debian's aiosmtpd in a process of its own on a free port (`server.py`), with a certificate of the tests' authority.
//! `scripts/need.sh mail` installs it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use tempfile::TempDir;

use super::glewlwyd::certify;
use super::owned;

const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp/server.py");
/// Debian's own, whatever else stands in the path.
pub const PYTHON: &str = "/usr/bin/python3";
const PASSWORD: &str = "a fictional password";

/// The server, until this is dropped.
pub struct Smtp {
    /// How its line is kept: `tls`, `starttls` or `plain`.
    pub mode: &'static str,
    folder: TempDir,
    port: u16,
    child: Option<Child>,
}

impl Smtp {
    /// None, with a line that says so, where it is not installed.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start(mode: &'static str) -> Option<Self> {
        let there = Command::new(PYTHON)
            .args(["-c", "import aiosmtpd"])
            .output();
        if !there.is_ok_and(|out| out.status.success()) {
            println!("skipped: aiosmtpd is not installed (scripts/need.sh mail)");
            return None;
        }
        let folder = tempfile::tempdir().expect("a folder");
        certify(folder.path());
        write_secret(folder.path(), PASSWORD);
        let mut server = Self {
            mode,
            folder,
            port: owned::free_port(),
            child: None,
        };
        server.begin();
        Some(server)
    }

    /// Starts it again, where it was.
    ///
    /// # Panics
    /// If it does not start.
    pub fn begin(&mut self) {
        let (folder, port) = (self.path(), self.port.to_string());
        let folder = folder.to_str().expect("a name");
        let mut child = owned::start(PYTHON, &[SERVER, folder, self.mode, &port]);
        let mut line = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        assert_eq!(line, "ready\n");
        self.child = Some(child);
    }

    /// Ends it.
    pub fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.stdin.take());
            let _ended = child.wait();
        }
    }

    /// Where its files are: `password`, `ca.pem`, `other-ca.pem`, `fault`.
    pub fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Every mail that it took, in their order.
    ///
    /// # Panics
    /// If one cannot be read.
    pub fn taken(&self) -> Vec<String> {
        let files = fs::read_dir(self.path().join("taken")).expect("its folder");
        let mut names: Vec<PathBuf> = files.map(|one| one.expect("a file").path()).collect();
        names.retain(|name| name.extension().is_none());
        names.sort();
        let text = |name: &PathBuf| fs::read_to_string(name).expect("a mail");
        names.iter().map(text).collect()
    }

    /// The table of a configuration that names it.
    pub fn table(&self, security: &str, authority: &str) -> String {
        let (port, folder) = (self.port, self.path());
        let folder = folder.display();
        format!(
            "[mail]\nserver = \"localhost\"\nport = {port}\nsecurity = \"{security}\"\nfrom = \"entente@node.example\"\n\
             user = \"entente\"\npassword_file = \"{folder}/password\"\nauthorities_file = \"{folder}/{authority}\"\n"
        )
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.end();
    }
}

/// The password that a node shows there.
///
/// # Panics
/// If it cannot be written.
pub fn write_secret(folder: &Path, secret: &str) {
    let path = folder.join("password");
    fs::write(&path, secret).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
}

/// The code in a mail that confirms an address.
///
/// # Panics
/// If there is none.
pub fn code_in(mail: &str) -> String {
    let (_, body) = mail.split_once("\r\n\r\n").expect("a body");
    let is_code = |word: &&str| {
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        word.len() == 8 && word.chars().all(plain)
    };
    body.split_whitespace()
        .find(is_code)
        .expect("a code")
        .to_owned()
}
