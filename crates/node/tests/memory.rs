//! How much memory a serving process keeps after nobody in particular tried many passwords, several at a time.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::program;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use program::ends;

/// Wrong passwords that are all read: fewer than what makes the next ones wait.
const ATTEMPTS: usize = 40;
/// How many are under way at once.
const AT_ONCE: usize = 8;
/// Most memory of its own that the process may hold at rest, in KiB: attempts that kept what they took would add up to 19 MiB each.
/// Pages of the program's file are not counted: they are as many as the program is large, and no attempt adds any.
const MOST_KIB: u64 = 24 * 1_024;

const PASSWORDS: &str = "correct horse battery\nstaple correct horse\n";
/// Of the officer `liaison`.
const PASSWORD: &str = "staple correct horse";

struct Serving {
    child: Child,
    port: u16,
}

impl Serving {
    fn start(data: &str) -> Self {
        let held = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = held.local_addr().unwrap().port();
        drop(held);
        let child = Command::new(env!("CARGO_BIN_EXE_entente"))
            .args(["serve", "--until-stdin-closes", "--data", data])
            .env("ENTENTE_HTTP_LISTEN", format!("127.0.0.1:{port}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut serving = Self { child, port };
        while !serving
            .ask("GET", "/readyz", "")
            .starts_with("HTTP/1.1 200")
        {
            assert!(serving.child.try_wait().unwrap().is_none(), "it ended");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        serving
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let Ok(mut socket) = TcpStream::connect(("127.0.0.1", self.port)) else {
            return String::new();
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        );
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status of an attempt to sign in.
    fn try_password(&self, id: &str, password: &str) -> String {
        let body = serde_json::json!({"id": id, "password": password}).to_string();
        let answer = self.ask("POST", "/api/v1/session", &body);
        let status = answer.split_whitespace().nth(1).unwrap_or_default();
        if status == "429" {
            assert!(answer.to_lowercase().contains("retry-after: "), "{answer}");
        }
        status.to_owned()
    }

    /// What it keeps in memory, in KiB, by the kernel's names.
    fn memory(&self) -> BTreeMap<String, u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kib = |line: &str| {
            let (name, rest) = line.split_once(':')?;
            let kib = rest.trim().strip_suffix(" kB")?.parse().ok()?;
            Some((name.to_owned(), kib))
        };
        status.lines().filter_map(kib).collect()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _dead_already = self.child.kill();
        let _reaped = self.child.wait();
    }
}

#[test]
fn wrong_passwords_leave_no_memory_behind() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("ma").to_str().unwrap().to_owned();
    let init = ["--data", &data, "init", "--node", "ma", "--password-stdin"];
    let own = [
        "--clock",
        "Rabat=Africa/Casablanca",
        "--link",
        "127.0.0.1:0",
    ];
    ends(0, &[&init[..], &own].concat(), PASSWORDS);
    let serving = Serving::start(&data);
    let before = serving.memory();
    let next = Mutex::new(0..ATTEMPTS);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(n) = { next.lock().unwrap().next() } {
                    assert_eq!(serving.try_password(&format!("name-{n}"), "wrong"), "401");
                }
            });
        }
    });
    for _ in 0..6 {
        let right = serving.try_password("liaison", PASSWORD);
        assert_eq!(right, "200");
    }
    let after = serving.memory();
    for name in ["VmRSS", "RssAnon", "RssFile"] {
        println!("{name}: {} KiB, then {} KiB", before[name], after[name]);
    }
    assert!(after["RssAnon"] < MOST_KIB, "{after:?}");
    assert!(
        after["RssAnon"] < before["RssAnon"] + 12 * 1_024,
        "{before:?} {after:?}"
    );
    // Many more are refused, and cost nothing.
    let refused = (0..200).filter(|n| serving.try_password(&format!("more-{n}"), "wrong") == "429");
    assert!(refused.count() > 150);
}
