//! The command line as a process: exit codes, errors, help, and two nodes made and linked with nothing else.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn entente(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    let started = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Runs a command that must end with this code; its output and its error text.
fn ends(code: i32, arguments: &[&str], input: &str) -> (String, String) {
    let output = entente(arguments, input);
    let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{out}\n{error}");
    (out, error)
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&ends(0, arguments, "").0).unwrap()
}

const PASSWORDS: &str = "correct horse battery\nstaple correct horse\n";

fn init(folder: &Path, node: &str) -> String {
    let data = folder.join(node).to_str().unwrap().to_owned();
    let init = ["--data", &data, "init", "--node", node, "--clock", "Rabat=Africa/Casablanca", "--password-stdin", "--http", "127.0.0.1:0", "--link", "127.0.0.1:0"];
    ends(0, &init, PASSWORDS);
    data
}

#[test]
fn help_is_as_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/help.txt");
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let found = entente_node::cli::help();
    if found != expected {
        let new = path.with_extension("new.txt");
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&new, &found).unwrap();
        panic!("the help changed: compare {} with help.txt, and replace it if you meant that", new.display());
    }
}

#[test]
fn wrong_usage_is_two_and_a_refusal_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    let absent = absent.to_str().unwrap();
    let one_sentence = |(_, error): (String, String)| {
        assert!(error.starts_with("entente: ") && error.trim_end().lines().count() == 1, "{error}");
    };
    ends(2, &[], "");
    ends(2, &["fly"], "");
    one_sentence(ends(2, &["--data", absent, "serve"], ""));
    one_sentence(ends(2, &["--data", absent, "ledger"], ""));
    one_sentence(ends(2, &["--data", absent, "init", "--node", "ma", "--password-stdin"], "too short\n"));
    one_sentence(ends(2, &["--data", absent, "init", "--password-stdin"], PASSWORDS));
    one_sentence(ends(1, &["verify", absent], ""));
    one_sentence(ends(2, &["write", "no.such.type"], ""));
    one_sentence(ends(1, &["--data", absent, "restore", absent], ""));
    ends(0, &["write", "request.open", "--help"], "");
    ends(0, &["request", "feedback", "--help"], "");
}

#[test]
fn proofs_that_prove_nothing_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("empty", &b""[..]), ("text", b"no proof"), ("binary", &[0, 255, 1]), ("armour", b"-----BEGIN ENTENTE BUNDLE-----\nAAAA\n-----END ENTENTE BUNDLE-----\n")] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        ends(1, &["verify", path.to_str().unwrap()], "");
    }
    let path = folder.path().join("text");
    let (out, _) = ends(1, &["--json", "verify", path.to_str().unwrap()], "");
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["valid"], false);
}

/// Needs no node and stores nothing.
#[test]
fn proposing_needs_no_data_directory() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("declaration.en.md");
    std::fs::write(&text, "1. The two parties agreed to meet every year.\n2. The two parties are concerned about the drought.\n").unwrap();
    let text = text.to_str().unwrap();
    let absent = folder.path().join("absent");
    let proposal = json(&["--data", absent.to_str().unwrap(), "import", "declaration", "--propose", "--json", text]);
    assert_eq!(proposal["paragraphs"].as_array().unwrap().len(), 2);
    assert_eq!(proposal["commitments"].as_array().unwrap().len(), 1);
    assert!(!absent.exists());
    let several = json(&["import", "declaration", "--propose", "--json", text, text]);
    assert_eq!(several.as_array().unwrap().len(), 2);
    let broken = folder.path().join("broken.txt");
    std::fs::write(&broken, [0xff, 0xfe, 0x00]).unwrap();
    ends(1, &["import", "declaration", "--propose", broken.to_str().unwrap()], "");
}

#[test]
fn two_nodes_are_made_linked_backed_up_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, fr) = (init(folder.path(), "ma"), init(folder.path(), "fr"));
    ends(1, &["--data", &ma, "init", "--node", "ma", "--password-stdin"], PASSWORDS);
    let mode = |name: &str| {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(Path::new(&ma).join(name)).unwrap().permissions().mode() & 0o777
    };
    assert_eq!((mode("node.keys"), mode("entente.toml"), mode("")), (0o600, 0o600, 0o700));
    let card = json(&["--data", &fr, "--json", "card"]);
    let path = folder.path().join("fr.card");
    std::fs::write(&path, card["card"].as_str().unwrap()).unwrap();
    let (path, fingerprint) = (path.to_str().unwrap(), card["fingerprint"].as_str().unwrap());
    let (_, error) = ends(1, &["--data", &ma, "link", "add", path, "--fingerprint", "0000 0000 0000 0000 0000 0000 0000 0000"], "");
    assert!(error.contains("fingerprints differ"), "{error}");
    ends(2, &["--data", &ma, "link", "add", path, "--fingerprint", "zzz"], "");
    ends(2, &["--data", &ma, "link", "add", path, "--address", "nowhere", "--fingerprint", fingerprint], "");
    assert_eq!(json(&["--data", &ma, "--json", "link", "list"]), Value::Array(Vec::new()));
    ends(0, &["--data", &ma, "link", "add", path, "--address", "127.0.0.1:1", "--fingerprint", fingerprint], "");
    assert_eq!(json(&["--data", &ma, "--json", "link", "list"])[0]["partner"], "fr");
    let add = ["--data", &ma, "officer", "add", "analyste", "--service", "ma/analyse", "--role", "analyst", "--password-stdin"];
    ends(0, &add, "one more long password\n");
    ends(1, &add, "one more long password\n");
    assert_eq!(json(&["--data", &ma, "--json", "officer", "list"]).as_array().unwrap().len(), 3);
    ends(2, &["--data", &ma, "request", "open", "--title", "x"], "");
    let (_, error) = ends(1, &["--data", &ma, "request", "open", "--as", "liaison", "--title", "x", "--question", "q", "--facts", "f", "--country-link", "l", "--offence", "fraud"], "");
    assert!(error.contains("charter"), "{error}");
    ends(0, &["--data", &ma, "doctor"], "");
    backed_up(folder.path(), &ma);
}

fn backed_up(folder: &Path, ma: &str) {
    let (backup, again) = (folder.join("backup"), folder.join("again"));
    let (backup, again) = (backup.to_str().unwrap(), again.to_str().unwrap());
    ends(0, &["--data", ma, "backup", backup], "");
    ends(1, &["--data", ma, "backup", backup], "");
    ends(1, &["--data", ma, "restore", backup], "");
    ends(0, &["--data", again, "restore", backup], "");
    let before = json(&["--data", ma, "--json", "card"]);
    assert_eq!(json(&["--data", again, "--json", "card"]), before);
    ends(0, &["--data", again, "doctor"], "");
    // Keys that others can read are refused, and the check-up says so.
    use std::os::unix::fs::PermissionsExt as _;
    let keys = Path::new(again).join("node.keys");
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o644)).unwrap();
    let (_, error) = ends(1, &["--data", again, "ledger", "--as", "liaison"], "");
    assert!(error.contains("chmod 600"), "{error}");
}
