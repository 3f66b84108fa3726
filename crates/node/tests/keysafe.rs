//! `node.keys` in its three forms, with the real program: put into another form, opened, refused, backed up and restored.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::pinned;
use crate::safe;

use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use entente_store::postgres::server::Server;
use pinned::{init, introduced};
use safe::Safe;

const PASSPHRASE: &str = "seven odd words that nobody lists here";
const ANOTHER: &str = "quite other words of the same length";

/// The seeds of a key file in clear: what must be in no other form of it.
fn seeds(file: &Path) -> Vec<Vec<u8>> {
    let bytes = std::fs::read(file).unwrap();
    let keys = entente_app::NodeKeys::from_seed_file_bytes(&bytes).unwrap();
    let seeds = [keys.signing.seed(), keys.tls.seed(), &keys.index];
    seeds.map(|seed| seed[..8].to_vec()).to_vec()
}

fn holds(file: &Path, seeds: &[Vec<u8>]) -> bool {
    let bytes = std::fs::read(file).unwrap();
    let found = |seed: &Vec<u8>| bytes.windows(8).any(|eight| eight == seed);
    seeds.iter().any(found)
}

fn made(folder: &Path) -> Safe {
    let data = init(folder, "ma");
    Safe::new(folder, data)
}

#[test]
fn a_passphrase_opens_the_keys_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let node = made(folder.path());
    let (before, print) = (seeds(&node.keys()), node.fingerprint());
    assert!(holds(&node.keys(), &before), "the search finds them");
    assert_eq!(node.form()["form"], "file");

    // The keys open: 3 would tell a service manager that they do not.
    let said = node.ends(2, "key wrap --passphrase").1;
    assert!(said.contains("entente.keys.new"), "{said}");
    assert!(said.contains("--new-fd"), "{said}");
    for (weak, why) in [
        ("too short", "16 characters"),
        ("administrator administrator", "guessed first"),
    ] {
        node.new_secret(weak);
        node.refused("key wrap --passphrase", why);
    }
    assert_eq!(node.form()["form"], "file", "nothing was changed");

    node.new_secret(PASSPHRASE);
    node.ends(0, "key wrap --passphrase");
    assert!(!holds(&node.keys(), &before));
    let form = node.form();
    assert_eq!(form["form"], "passphrase");
    assert!(form["memory_kib"].as_u64().unwrap() >= 65_536, "{form}");
    node.closed("key list", "nothing gives one");
    node.closed("serve", "nothing gives one");
    node.secret(ANOTHER);
    node.closed("key list", "not the passphrase");
    node.secret(PASSPHRASE);
    assert_eq!(node.fingerprint(), print);

    // Another passphrase touches nothing else, and the old one opens nothing any more.
    let database = Path::new(&node.data).join("entente.db");
    let untouched = std::fs::read(&database).unwrap();
    node.new_secret(ANOTHER);
    node.ends(0, "key wrap --passphrase");
    assert_eq!(std::fs::read(&database).unwrap(), untouched);
    node.closed("key list", "not the passphrase");
    node.secret(ANOTHER);
    assert_eq!(node.fingerprint(), print);

    node.ends(0, "key wrap --file");
    assert_eq!(seeds(&node.keys()), before, "the same keys");
    std::fs::remove_dir_all(&node.credentials).unwrap();
    assert_eq!(node.fingerprint(), print);
}

/// Neither an argument nor a variable of the environment holds it: a descriptor does.
#[test]
fn a_descriptor_gives_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let node = made(folder.path());
    let print = node.fingerprint();
    let given = folder.path().join("given");
    std::fs::write(&given, format!("{PASSPHRASE}\n")).unwrap();
    let (program, data, given) = (safe::PROGRAM, &node.data, given.display());
    node.shell(
        0,
        &format!("{program} --data {data} key wrap --passphrase --new-fd 7 7<{given}"),
    );
    node.closed("key list", "nothing gives one");
    // From a pipe, as a password manager gives it.
    let (list, _) = node.shell(
        0,
        &format!("cat {given} | ENTENTE_KEYS_FD=0 {program} --data {data} key list"),
    );
    assert!(list.contains(&print), "{list}");
    node.shell(
        1,
        &format!("ENTENTE_KEYS_FD=secret {program} --data {data} key status"),
    );
}

#[test]
fn a_file_that_is_cut_altered_or_newer_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let node = made(folder.path());
    node.new_secret(PASSPHRASE);
    node.ends(0, "key wrap --passphrase");
    node.secret(PASSPHRASE);
    let whole = std::fs::read(node.keys()).unwrap();
    let put = |bytes: &[u8]| std::fs::write(node.keys(), bytes).unwrap();
    put(&whole[..whole.len() / 2]);
    node.closed("key list", "only a part of one");
    put(b"");
    node.closed("key status", "only a part of one");
    let mut altered = whole.clone();
    *altered.last_mut().unwrap() ^= 1;
    put(&altered);
    node.closed("key list", "was altered");
    let newer = String::from_utf8_lossy(&whole[..30]).contains("entente-wrapped-keys/1");
    assert!(newer);
    let mut newer = whole.clone();
    let place = whole.windows(2).position(|two| two == b"/1").unwrap();
    newer[place + 1] = b'7';
    put(&newer);
    node.closed("key list", "newer version");
    node.closed("key wrap --file", "newer version");
    put(&whole);
    node.fingerprint();

    // Of a crash between writing and renaming the file of before is whole, and the other one in nobody's way.
    let left = node.keys().with_extension("keys.new");
    std::fs::write(&left, &whole[..20]).unwrap();
    node.fingerprint();
    node.ends(0, "key wrap --file");
    assert!(!left.exists());
    node.fingerprint();
}

/// Who runs has the keys: another form is the next start's matter.
#[test]
fn a_node_serves_on_while_its_keys_are_wrapped_and_starts_again_with_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let node = made(folder.path());
    introduced(&node.data, &init(folder.path(), "fr"));
    let serving = node.serve();
    node.new_secret(PASSPHRASE);
    node.ends(0, "key wrap --passphrase");
    assert!(serving.answers());
    node.secret(PASSPHRASE);
    node.ends(0, "ledger --as liaison");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", serving.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core"));
    let core: Vec<&str> = core.unwrap().split_whitespace().collect();
    assert_eq!(core[4..6], ["0", "0"], "it leaves no core");
    serving.stop();
    node.serve().stop();
    // A wrong one ends with the code that a service manager does not try again.
    node.secret(ANOTHER);
    node.closed("serve", "not the passphrase");
}

#[test]
fn a_backup_is_restored_in_the_form_that_it_was_made_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut node = made(folder.path());
    let print = node.fingerprint();
    let before = seeds(&node.keys());
    node.new_secret(PASSPHRASE);
    node.ends(0, "key wrap --passphrase");
    node.secret(PASSPHRASE);
    let backup = folder.path().join("backup");
    node.ends(0, &format!("backup {}", backup.display()));
    let copy = backup.join("keys").join("node.keys");
    assert!(
        !holds(&copy, &before),
        "the backup holds no secret in clear"
    );
    // Changed since: the backup opens with what it was made under.
    node.new_secret(ANOTHER);
    node.ends(0, "key wrap --passphrase");
    node.data = folder.path().join("restored").to_str().unwrap().to_owned();
    node.ends(0, &format!("restore {}", backup.display()));
    assert_eq!(node.form()["form"], "passphrase");
    node.secret(ANOTHER);
    node.closed("key list", "not the passphrase");
    node.secret(PASSPHRASE);
    assert_eq!(node.fingerprint(), print);
    node.ends(0, "recover");
}

fn change(node: &Safe) -> serde_json::Value {
    node.form()["storage_change"].clone()
}

/// Beside a node that serves, then alone; backups of before open as before, and the `node.keys` of before opens nothing.
#[test]
fn rule_06_the_storage_key_is_changed_beside_a_serving_node_in_any_form() {
    let folder = tempfile::tempdir().unwrap();
    let mut node = made(folder.path());
    introduced(&node.data, &init(folder.path(), "fr"));
    node.new_secret(PASSPHRASE);
    node.ends(0, "key wrap --passphrase");
    node.secret(PASSPHRASE);
    node.ends(0, "key rotate");
    let backup = folder.path().join("before");
    node.ends(0, &format!("backup {}", backup.display()));
    let old = std::fs::read(node.keys()).unwrap();

    let serving = node.serve();
    let (said, _) = node.ends(0, "key rotate --storage");
    assert!(said.contains("still opens on machines"), "{said}");
    assert_eq!(
        (&change(&node)["complete"], &change(&node)["ended"]),
        (&true.into(), &serde_json::Value::Null)
    );
    let (_, early) = node.ends(1, "key rotate --storage --end");
    assert!(early.contains("ten minutes"), "{early}");
    assert!(serving.answers());
    node.ends(
        0,
        &format!("backup {}", folder.path().join("between").display()),
    );
    serving.stop();
    // Nothing else runs: the same command goes on, and ends it.
    node.ends(0, "key rotate --storage");
    assert!(change(&node)["ended"].is_string(), "{}", change(&node));
    assert_eq!(node.form()["form"], "passphrase");
    node.ends(0, "doctor");
    node.serve().stop();

    let new = std::fs::read(node.keys()).unwrap();
    std::fs::write(node.keys(), &old).unwrap();
    let (_, gone) = node.ends(1, "key list");
    assert!(gone.contains("has only the one of before"), "{gone}");
    std::fs::write(node.keys(), &new).unwrap();
    node.ends(0, "key list");
    for backup in ["before", "between"] {
        node.data = folder
            .path()
            .join(format!("again-{backup}"))
            .to_str()
            .unwrap()
            .to_owned();
        node.ends(
            0,
            &format!("restore {}", folder.path().join(backup).display()),
        );
        node.ends(0, "recover --alone --reason drill");
        node.ends(0, "doctor");
    }
}

/// Two machines on one PostgreSQL database, each with a passphrase of its own: one changes the storage key, the other takes it over.
#[test]
fn rule_06_machines_with_forms_of_their_own_take_over_a_storage_key() {
    let Some(server) = Server::shared() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let first = made(folder.path());
    // To the other machine under a passphrase for the way, and under its own one there.
    first.new_secret(PASSPHRASE);
    first.ends(0, "key wrap --passphrase");
    first.secret(PASSPHRASE);
    let url = server.database().url;
    first.ends(0, &format!("migrate --to '{url}'"));
    let data = folder.path().join("second").to_str().unwrap().to_owned();
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(&data)
        .unwrap();
    let second = Safe::new(&folder.path().join("given"), data);
    for file in ["node.keys", "entente.toml"] {
        let (from, to) = (
            Path::new(&first.data).join(file),
            Path::new(&second.data).join(file),
        );
        std::fs::copy(from, to).unwrap();
    }
    second.secret(PASSPHRASE);
    second.new_secret(ANOTHER);
    second.ends(0, "key wrap --passphrase");
    second.secret(ANOTHER);
    let before = std::fs::read(second.keys()).unwrap();
    let serving = second.serve();

    first.ends(0, "key rotate --storage");
    assert_eq!(change(&first)["complete"], true);
    // Every start takes it over, into the file of this machine in the form of this machine.
    assert_eq!(second.fingerprint(), first.fingerprint());
    assert_ne!(std::fs::read(second.keys()).unwrap(), before);
    assert!(serving.answers());
    serving.stop();
    second.ends(0, "doctor");
    let (_, early) = first.ends(1, "key rotate --storage --end");
    assert!(early.contains("ten minutes"), "{early}");
}
