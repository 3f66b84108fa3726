//! A node worked with by the command line, in the place of its liaison officer.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::ends;

/// One node, its data directory under its name in a folder.
pub struct Post {
    pub folder: PathBuf,
    pub name: &'static str,
}

impl Post {
    pub fn new(folder: &Path, name: &'static str) -> Self {
        Self {
            folder: folder.to_owned(),
            name,
        }
    }

    /// Its data directory.
    pub fn data(&self) -> String {
        let data = self.folder.join(self.name);
        data.to_str().unwrap().to_owned()
    }

    /// Runs a command on this node's data that must end with this code; its output and its error text.
    pub fn ends(&self, code: i32, words: &[&str]) -> (String, String) {
        ends(code, &[&["--data", &*self.data()], words].concat(), "")
    }

    /// The output of a command that goes well.
    pub fn says(&self, words: &[&str]) -> String {
        self.ends(0, words).0
    }

    /// The same as the liaison officer: in one line of words without spaces, then those that have some.
    pub fn acts(&self, line: &str, free: &[&str]) -> String {
        let words: Vec<&str> = line.split_whitespace().chain(["--as", "liaison"]).collect();
        self.says(&[&words[..], free].concat())
    }

    /// The same with JSON back.
    pub fn does(&self, line: &str, free: &[&str]) -> Value {
        serde_json::from_str(&self.acts(&format!("--json {line}"), free)).unwrap()
    }

    /// The number of the one open obligation.
    pub fn only_open(&self) -> String {
        let ledger = self.does("ledger --open", &[]);
        let open = ledger["obligations"].as_array().unwrap();
        assert_eq!(open.len(), 1, "{ledger}");
        open[0]["number"].as_str().unwrap().to_owned()
    }
}
