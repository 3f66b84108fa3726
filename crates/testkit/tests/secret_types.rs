//! No type that holds a secret prints itself, and what holds a key wipes it: the source of every crate is searched for fields that are
//! named as secrets are.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

/// Names that fields with secrets have, in types that texts and bytes have.
const SECRETS: [&str; 10] = [
    "seed",
    "secret",
    "passphrase",
    "pin",
    "password",
    "token",
    "signing",
    "tls",
    "storage",
    "csrf",
];
const BARE: [&str; 6] = [
    "String",
    "Option<String>",
    "&'a str",
    "Vec<u8>",
    "[u8; 32]",
    "&str",
];

/// Named like a secret, and none: the labels of a token.
const NO_SECRETS: [(&str, &str); 3] = [
    ("node/src/cli/wrap.rs", "Wrap"),
    ("app/src/keyfile.rs", "TokenKey"),
    ("node/src/keys/token.rs", "Named"),
];

/// Types that hold a key, which is wiped when they are dropped.
const WIPED: [(&str, &str, &str); 6] = [
    ("proof/src/seal.rs", "ObjectKey", "ZeroizeOnDrop"),
    ("proof/src/sealing.rs", "SealingKey", "ZeroizeOnDrop"),
    (
        "proof/src/sign.rs",
        "SigningKey",
        "seed: Zeroizing<[u8; 32]>",
    ),
    ("app/src/env.rs", "NodeKeys", "impl Drop for NodeKeys"),
    ("app/src/env.rs", "SeedFile", "impl Drop for SeedFile"),
    (
        "node/src/keys/sources.rs",
        "Secret",
        "type Secret = Zeroizing<String>",
    ),
];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match path.is_dir() {
            true if name != "tests" && name != "target" => sources(&path, found),
            false if name.ends_with(".rs") => found.push(path),
            _ => {}
        }
    }
}

/// The structures of a file that derive `Debug`, each with its fields: name and type.
fn printed(source: &str) -> Vec<(String, Vec<(String, String)>)> {
    let lines: Vec<&str> = source.lines().collect();
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !(line.trim().starts_with("#[derive(") && line.contains("Debug")) {
            continue;
        }
        let mut after = lines[at + 1..].iter();
        let head = after.find(|line| !line.trim().starts_with(['#', '/']));
        let Some((_, name)) = head.and_then(|head| head.split_once("struct ")) else {
            continue;
        };
        let name = name.split([' ', '<', '(', ';']).next().unwrap().to_owned();
        let indent = line.len() - line.trim_start().len();
        let end = format!("{}}}", " ".repeat(indent));
        let fields = after.take_while(|line| **line != end);
        let fields = fields.filter_map(|line| {
            let line = line.trim().trim_start_matches("pub ");
            let (name, sort) = line.strip_suffix(',')?.split_once(": ")?;
            Some((name.to_owned(), sort.to_owned()))
        });
        out.push((name, fields.collect()));
    }
    out
}

#[test]
fn nothing_prints_a_secret() {
    let mut files = Vec::new();
    sources(&crates(), &mut files);
    assert!(files.len() > 300, "{} files were searched", files.len());
    let (mut printing, mut structures) = (Vec::new(), 0);
    for file in &files {
        let path = file.strip_prefix(crates()).unwrap().to_str().unwrap();
        // Worlds of tests hold nothing real.
        if path.starts_with("testkit") || path.starts_with("fuzzing") {
            continue;
        }
        for (name, fields) in printed(&std::fs::read_to_string(file).unwrap()) {
            structures += 1;
            let secret = |(field, sort): &(String, String)| {
                SECRETS.contains(&field.as_str()) && BARE.contains(&sort.as_str())
            };
            if fields.iter().any(secret) && !NO_SECRETS.contains(&(path, &name)) {
                printing.push(format!("{path}: {name}"));
            }
        }
    }
    assert!(structures > 200, "{structures} structures were searched");
    assert!(printing.is_empty(), "these print a secret: {printing:#?}");
}

/// The search finds what it is for.
#[test]
fn a_secret_that_would_be_printed_is_found() {
    let source = "/// One.\n#[derive(Clone, Debug)]\n#[cbor(map)]\npub struct Held<'a> {\n    /// It.\n    pub seed: [u8; 32],\n}\n\
        #[derive(Clone)]\nstruct Quiet {\n    seed: [u8; 32],\n}\n";
    let found = printed(source);
    let fields = vec![("seed".to_owned(), "[u8; 32]".to_owned())];
    assert_eq!(found, [("Held".to_owned(), fields)]);
}

#[test]
fn what_holds_a_key_wipes_it() {
    for (file, name, how) in WIPED {
        let source = std::fs::read_to_string(crates().join(file)).unwrap();
        assert!(source.contains(how), "{file}: {name}");
    }
    let hidden = [
        format!("{:?}", entente_proof::seal::ObjectKey::new([0x5a; 32])),
        format!(
            "{:?}",
            entente_proof::sign::SigningKey::from_seed([0x5a; 32])
        ),
        format!(
            "{:?}",
            entente_proof::sealing::SealingKey::from_seed([0x5a; 32])
        ),
    ];
    for text in hidden {
        assert!(
            text.contains("hidden") && !text.contains("5a5a") && !text.contains("90, 90"),
            "{text}"
        );
    }
}
