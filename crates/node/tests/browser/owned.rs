//! Processes that end with this test process, however it ends: a shell watches our end of a pipe and then ends their group.

use std::process::{Child, Command, Stdio};

/// Run by `sh`: starts the words after it as a process group of its own, and ends the group when standard input closes.
const WATCH: &str = r#"setsid "$@" & group=$!
while read -r _; do :; done
kill -TERM -$group 2>/dev/null; wait"#;

/// Starts a program that ends when this process does. Its standard output is piped to the caller.
pub fn start(program: &str, words: &[&str]) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", WATCH, "sh", program]).args(words);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
        .spawn()
        .unwrap_or_else(|error| panic!("{program} does not start: {error}"))
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
    listener.local_addr().expect("its address").port()
}
