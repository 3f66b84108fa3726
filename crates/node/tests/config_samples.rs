//! Every configuration shown in the documentation is read without error, and shows only settings that do something.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use entente_node::config::Config;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

fn files_below(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
}

fn parse(text: &str, path: &Path) -> Config {
    Config::parse(text, Path::new("/data"), &BTreeMap::new())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_sample_file_is_read() {
    let mut samples = Vec::new();
    files_below(&docs(), "toml", &mut samples);
    assert!(samples.len() >= 3, "samples are missing from docs/samples");
    let configs: Vec<Config> = samples
        .iter()
        .map(|path| parse(&std::fs::read_to_string(path).unwrap(), path))
        .collect();
    assert!(configs.iter().any(|c| c.demo.is_some()) && configs.iter().any(|c| c.behind_https));
}

#[test]
fn every_sample_in_a_text_is_read() {
    let mut texts = Vec::new();
    files_below(&docs(), "md", &mut texts);
    for path in texts {
        let text = std::fs::read_to_string(&path).unwrap();
        let blocks = text
            .split("```toml\n")
            .skip(1)
            .filter_map(|rest| rest.split("```").next());
        for block in blocks.filter(|block| block.lines().any(|line| line.starts_with("node ="))) {
            parse(block, &path);
        }
    }
}

/// The table of settings names every variable, and every variable that it names is one.
#[test]
fn the_table_of_variables_is_complete() {
    let path = docs().join("configuration.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let names = text
        .split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'))
        .filter_map(|word| word.strip_prefix("ENTENTE_"));
    let mut seen = BTreeMap::new();
    for name in names.filter(|name| !name.is_empty()) {
        let needed = [
            ("FILES_S3_ENDPOINT", "http://localhost:9"),
            ("FILES_S3_BUCKET", "files"),
            ("FILES_S3_CREDENTIALS_FILE", "file"),
        ];
        let values = [
            "on",
            "http://localhost:9",
            "files",
            "127.0.0.1:1",
            "fr/liaison",
            "fr",
            "plain",
            "required",
            "https://node.example",
            "postgres://entente@db/entente",
            "3",
        ];
        let known = values.iter().any(|value| {
            let mut environment = BTreeMap::from([(name.to_owned(), (*value).to_owned())]);
            for (name, value) in needed.iter().filter(|_| name.starts_with("FILES_S3_")) {
                let set = environment.entry((*name).to_owned());
                set.or_insert_with(|| (*value).to_owned());
            }
            Config::parse("node = \"fr\"", Path::new("/data"), &environment).is_ok()
        });
        assert!(
            known,
            "docs/configuration.md names ENTENTE_{name}, which is no setting"
        );
        seen.insert(name.to_owned(), ());
    }
    assert!(seen.len() == 29, "{seen:?}");
}
