//! `node.keys` under a key of a PKCS#11 token, with SoftHSM: a whole node started with it, restarted, backed up and restored; and all that
//! can go wrong with a token. Where SoftHSM is not installed the tests say that they were skipped (`scripts/need.sh token` installs it).

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Safe;
use crate::pinned::{init, introduced};

const TOKEN: &str = "entente test";
const PIN: &str = "493817";
const WRONG: &str = "493818";

/// Where Debian puts the module.
const MODULES: [&str; 3] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
];

struct Token {
    module: &'static str,
    store: PathBuf,
    environment: Vec<(String, String)>,
}

/// A token of its own; nothing where there is no SoftHSM.
fn token(folder: &Path) -> Option<Token> {
    let found = MODULES.into_iter().find(|path| Path::new(path).exists());
    let tools = ["softhsm2-util", "pkcs11-tool"].map(|tool| {
        let mut found = Command::new("sh");
        found.args(["-c", &format!("command -v {tool}")]);
        found.output().is_ok_and(|output| output.status.success())
    });
    let Some(module) = found.filter(|_| tools == [true, true]) else {
        println!("skipped: SoftHSM is not installed");
        return None;
    };
    let store = folder.join("tokens");
    std::fs::create_dir(&store).unwrap();
    let config = folder.join("softhsm2.conf");
    let text = format!("directories.tokendir = {}\n", store.display());
    std::fs::write(&config, text).unwrap();
    let path = config.to_str().unwrap().to_owned();
    let token = Token {
        module,
        store,
        environment: vec![("SOFTHSM2_CONF".to_owned(), path)],
    };
    token.tool(
        "softhsm2-util",
        &[
            "--init-token",
            "--free",
            "--label",
            TOKEN,
            "--so-pin",
            "8392741",
            "--pin",
            PIN,
        ],
    );
    Some(token)
}

impl Token {
    fn tool(&self, tool: &str, words: &[&str]) {
        let mut command = Command::new(tool);
        command.args(words).envs(self.environment.iter().cloned());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{words:?}: {output:?}");
    }

    /// A pair of RSA keys made in the token.
    fn pair(&self, label: &str, id: &str) {
        self.keys(&["--keypairgen", "--key-type", "rsa:3072"], label, id);
    }

    fn keys(&self, words: &[&str], label: &str, id: &str) {
        let named = ["--label", label, "--id", id];
        let login = [
            "--module",
            self.module,
            "--token-label",
            TOKEN,
            "--login",
            "--pin",
            PIN,
        ];
        self.tool("pkcs11-tool", &[&login, words, &named[..]].concat());
    }

    fn node(&self, folder: &Path, name: &str) -> Safe {
        let data = init(folder, name);
        let mut node = Safe::new(&folder.join(format!("{name}-given")), data);
        node.environment = self.environment.clone();
        node
    }

    fn wrap(&self, object: &str, more: &str) -> String {
        let module = self.module;
        format!("key wrap --pkcs11 --module {module} --token '{TOKEN}' --object {object} {more}")
    }
}

#[test]
fn a_node_serves_with_a_token_restarts_and_needs_it_at_the_start_only() {
    let folder = tempfile::tempdir().unwrap();
    let Some(token) = token(folder.path()) else {
        return;
    };
    let node = token.node(folder.path(), "fr");
    introduced(&node.data, &init(folder.path(), "ma"));
    let print = node.fingerprint();
    node.new_secret(PIN);
    let (said, _) = node.ends(0, &token.wrap("wrapping", "--make"));
    assert!(said.contains("AES-GCM"), "{said}");
    assert_eq!(node.form()["cipher"], "AES-GCM");
    node.closed("serve", "nothing gives one");
    node.secret(PIN);
    node.serve().stop();

    // The token goes while the node runs: nothing breaks, and the next start says what is missing.
    let serving = node.serve();
    let away = folder.path().join("away");
    std::fs::rename(&token.store, &away).unwrap();
    std::fs::create_dir(&token.store).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    assert!(serving.answers());
    serving.stop();
    node.closed("serve", "is not there");
    std::fs::remove_dir(&token.store).unwrap();
    std::fs::rename(&away, &token.store).unwrap();
    assert_eq!(node.fingerprint(), print);
    node.serve().stop();

    // Another key of the token, then a passphrase, then in clear: the same keys all the time.
    token.pair("pair", "0a");
    node.ends(0, &token.wrap("pair", "--object-id 0a"));
    assert_eq!(node.form()["cipher"], "RSA-OAEP");
    assert_eq!(node.fingerprint(), print);
    node.new_secret("seven odd words that nobody lists here");
    node.ends(0, "key wrap --passphrase");
    node.secret("seven odd words that nobody lists here");
    node.ends(0, "key wrap --file");
    assert_eq!(node.fingerprint(), print);
}

#[test]
fn what_can_go_wrong_with_a_token_is_said_and_a_pin_is_tried_once() {
    let folder = tempfile::tempdir().unwrap();
    let Some(token) = token(folder.path()) else {
        return;
    };
    let mut node = token.node(folder.path(), "fr");
    let clear = std::fs::read(node.keys()).unwrap();
    let refused = |node: &Safe, words: &str, why: &str| {
        // The keys open in clear: it is the form that they were to have which is refused.
        node.refused(words, why);
        assert_eq!(std::fs::read(node.keys()).unwrap(), clear, "not touched");
    };
    node.new_secret(PIN);
    refused(&node, &token.wrap("absent", ""), "no AES or RSA key");
    let elsewhere = token.wrap("absent", "").replace(TOKEN, "another");
    refused(&node, &elsewhere, "is not there");
    let module = |path: &str| token.wrap("x", "").replace(token.module, path);
    refused(&node, &module("/nowhere.so"), "no PKCS#11 module");
    refused(&node, &module("/usr/lib/os-release"), "no PKCS#11 module");
    let open = folder.path().join("open.so");
    std::fs::copy(token.module, &open).unwrap();
    let anybody = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(&open, anybody).unwrap();
    refused(&node, &module(open.to_str().unwrap()), "writable by others");
    // A key that can be taken out protects nothing.
    token.keys(
        &["--keygen", "--key-type", "AES:32", "--extractable"],
        "loose",
        "0b",
    );
    refused(&node, &token.wrap("loose", ""), "taken out of the token");
    token.pair("twice", "0c");
    token.pair("twice", "0d");
    refused(&node, &token.wrap("twice", ""), "several keys");

    node.ends(0, &token.wrap("twice", "--object-id 0c"));
    node.secret(PIN);
    node.fingerprint();
    node.new_secret(PIN);
    node.refused(&token.wrap("twice", "--object-id 0c --make"), "--make");

    // A wrong PIN is tried once; then no machine tries any, not even the right one: a person must.
    node.secret(WRONG);
    node.closed("serve", "refused the PIN");
    node.closed("serve", "unless a person types it");
    node.secret(PIN);
    node.closed("serve", "unless a person types it");
    // A person signs in to the token: its count begins anew.
    token.keys(&["--list-objects", "--type", "privkey"], "twice", "0c");
    node.fingerprint();

    // The key is another one of the same name and identifier: it opens nothing.
    token.keys(&["--delete-object", "--type", "privkey"], "twice", "0c");
    token.keys(&["--delete-object", "--type", "pubkey"], "twice", "0c");
    node.closed("key list", "no AES or RSA key");
    token.pair("twice", "0c");
    node.closed("key list", "another key of the same name");
    // The module is elsewhere on this machine.
    node.environment
        .push(("ENTENTE_KEYS_MODULE".to_owned(), "/elsewhere.so".to_owned()));
    node.closed("key list", "/elsewhere.so");
}

/// The runbook of restoring, with a token: whoever has both folders of the backup reads nothing without it.
#[test]
fn a_backup_under_a_token_is_restored_where_the_token_is() {
    let folder = tempfile::tempdir().unwrap();
    let Some(token) = token(folder.path()) else {
        return;
    };
    let mut node = token.node(folder.path(), "fr");
    let print = node.fingerprint();
    node.new_secret(PIN);
    node.secret(PIN);
    node.ends(0, &token.wrap("wrapping", "--make"));
    let backup = folder.path().join("backup");
    node.ends(0, &format!("backup {}", backup.display()));
    // Restoring moves bytes and opens nothing.
    std::fs::remove_file(node.credentials.join("entente.keys")).unwrap();
    node.data = folder.path().join("restored").to_str().unwrap().to_owned();
    node.ends(0, &format!("restore {}", backup.display()));
    node.closed("recover", "nothing gives one");
    node.secret(PIN);
    node.ends(0, "recover");
    node.ends(0, "doctor");
    assert_eq!(node.fingerprint(), print);
    // Before the machine with the token is given up: out of it, into another form.
    node.new_secret("seven odd words that nobody lists here");
    node.ends(0, "key wrap --passphrase");
    std::fs::remove_dir_all(&token.store).unwrap();
    node.secret("seven odd words that nobody lists here");
    assert_eq!(node.fingerprint(), print);
}
