//! The command line as a process: exit codes, errors, help, and two nodes made and linked with nothing else.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::pinned;
use crate::program;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use entente_node::config::Config;
use entente_node::demo::world::Process;
use entente_store::StoreExt as _;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use pinned::{PASSWORDS, init, introduced};
use program::ends;
use serde_json::Value;

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&ends(0, arguments, "").0).unwrap()
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
        panic!(
            "the help changed: compare {} with help.txt, and replace it if you meant that",
            new.display()
        );
    }
}

#[test]
fn wrong_usage_is_two_and_a_refusal_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let absent = folder.path().join("absent");
    let absent = absent.to_str().unwrap();
    let one_sentence = |(_, error): (String, String)| {
        assert!(
            error.starts_with("entente: ") && error.trim_end().lines().count() == 1,
            "{error}"
        );
    };
    ends(2, &[], "");
    ends(2, &["fly"], "");
    one_sentence(ends(2, &["--data", absent, "serve"], ""));
    one_sentence(ends(2, &["--data", absent, "ledger"], ""));
    one_sentence(ends(
        2,
        &["--data", absent, "init", "--node", "ma", "--password-stdin"],
        "too short\n",
    ));
    one_sentence(ends(
        2,
        &["--data", absent, "init", "--password-stdin"],
        PASSWORDS,
    ));
    one_sentence(ends(
        1,
        &["--data", absent, "init", "--node", "ma", "--password-stdin"],
        "a long enough one\nliaison-2026-ma\n",
    ));
    assert!(!folder.path().join("absent").exists(), "nothing was made");
    one_sentence(ends(1, &["verify", absent], ""));
    one_sentence(ends(2, &["write", "no.such.type"], ""));
    one_sentence(ends(1, &["--data", absent, "restore", absent], ""));
    ends(0, &["write", "request.open", "--help"], "");
    ends(0, &["request", "feedback", "--help"], "");
}

#[test]
fn proofs_that_prove_nothing_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("text", b"no proof"),
        ("binary", &[0, 255, 1]),
        (
            "armour",
            b"-----BEGIN ENTENTE BUNDLE-----\nAAAA\n-----END ENTENTE BUNDLE-----\n",
        ),
    ] {
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
    let proposal = json(&[
        "--data",
        absent.to_str().unwrap(),
        "import",
        "declaration",
        "--propose",
        "--json",
        text,
    ]);
    assert_eq!(proposal["paragraphs"].as_array().unwrap().len(), 2);
    assert_eq!(proposal["commitments"].as_array().unwrap().len(), 1);
    assert!(!absent.exists());
    let several = json(&["import", "declaration", "--propose", "--json", text, text]);
    assert_eq!(several.as_array().unwrap().len(), 2);
    let broken = folder.path().join("broken.txt");
    std::fs::write(&broken, [0xff, 0xfe, 0x00]).unwrap();
    ends(
        1,
        &[
            "import",
            "declaration",
            "--propose",
            broken.to_str().unwrap(),
        ],
        "",
    );
}

/// Runs a command written as one line, words apart by spaces.
fn said(code: i32, line: &str, input: &str) -> (String, String) {
    let words: Vec<&str> = line.split_whitespace().collect();
    ends(code, &words, input)
}

fn answered(line: &str) -> Value {
    serde_json::from_str(&said(0, line, "").0).unwrap()
}

#[test]
fn two_nodes_are_made_and_linked() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, fr) = (init(folder.path(), "ma"), init(folder.path(), "fr"));
    let again = format!("--data {ma} init --node ma --password-stdin");
    said(1, &again, PASSWORDS);
    let mode = |name: &str| {
        use std::os::unix::fs::PermissionsExt as _;
        let meta = std::fs::metadata(Path::new(&ma).join(name)).unwrap();
        meta.permissions().mode() & 0o777
    };
    let modes = (mode("node.keys"), mode("entente.toml"), mode(""));
    assert_eq!(modes, (0o600, 0o600, 0o700));

    let card = answered(&format!("--data {fr} --json card"));
    let path = folder.path().join("fr.card");
    std::fs::write(&path, card["card"].as_str().unwrap()).unwrap();
    let path = path.to_str().unwrap();
    let print = card["fingerprint"].as_str().unwrap().replace(' ', "-");
    let add = format!("--data {ma} link add {path}");
    let (_, error) = said(1, &format!("{add} --fingerprint {}", "0".repeat(32)), "");
    assert!(error.contains("fingerprints differ"), "{error}");
    said(2, &format!("{add} --fingerprint zzz"), "");
    said(
        2,
        &format!("{add} --address nowhere --fingerprint {print}"),
        "",
    );
    let list = format!("--data {ma} --json link list");
    assert_eq!(answered(&list), Value::Array(Vec::new()));
    said(
        0,
        &format!("{add} --address 127.0.0.1:1 --fingerprint {print}"),
        "",
    );
    assert_eq!(answered(&list)[0]["partner"], "fr");
}

/// Two nodes on this machine that pinned each other; nothing serves them.
fn linked(folder: &Path) -> (String, String) {
    let (ma, fr) = (init(folder, "ma"), init(folder, "fr"));
    introduced(&ma, &fr);
    introduced(&fr, &ma);
    (ma, fr)
}

/// Marks a link as an alarm would.
fn stop_link(data: &str, partner: &'static str) {
    let config = Config::load(Path::new(data), &BTreeMap::new()).unwrap();
    let node = entente_node::node::open(config, "cli").unwrap();
    let stopped = node.store.update("stop", move |tx| {
        let mut row = tx.partner(&partner.parse().unwrap())?.unwrap();
        row.stopped = true;
        tx.put_partner(&row)
    });
    stopped.unwrap();
}

#[test]
fn a_link_that_an_alarm_stopped_is_said_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, _fr) = linked(folder.path());
    let alarm = "stopped by an alarm";
    let list = format!("--data {ma} link list");
    assert!(!said(0, &list, "").0.contains(alarm));
    assert!(
        !said(0, &format!("--data {ma} doctor"), "")
            .0
            .contains(alarm)
    );
    let propose = format!("--data {ma} charter propose --as liaison");
    assert_eq!(said(0, &propose, "").1, "");

    stop_link(&ma, "fr");
    assert!(said(0, &list, "").0.contains(alarm));
    let listed = answered(&format!("--data {ma} --json link list"));
    assert_eq!(listed[0]["stopped"], true);
    let (lines, _) = said(1, &format!("--data {ma} doctor"), "");
    assert!(
        lines
            .lines()
            .any(|l| l.starts_with("FAIL link with fr") && l.contains(alarm)),
        "{lines}"
    );
    // Written all the same, and said with it.
    let (out, error) = said(0, &propose, "");
    assert!(!out.is_empty() && error.contains(alarm), "{out}{error}");
    assert!(error.contains("entente link resume"), "{error}");

    let mut serving =
        Process::start(Path::new(env!("CARGO_BIN_EXE_entente")), Path::new(&ma)).unwrap();
    let log = Path::new(&ma).join("serve.log");
    let begun = std::time::Instant::now();
    let logged = || {
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        text.lines()
            .any(|l| l.contains("ERROR") && l.contains(alarm))
    };
    while !logged() {
        assert!(begun.elapsed().as_secs() < 60 && serving.runs());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(serving.stop());
}

#[test]
fn what_cannot_be_done_is_said_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, _fr) = linked(folder.path());
    let (_, error) = said(
        1,
        &format!("--data {ma} ledger --as liaison --partner zz"),
        "",
    );
    assert!(error.contains("zz"), "{error}");
    said(0, &format!("--data {ma} charter propose --as liaison"), "");
    let (_, error) = said(1, &format!("--data {ma} charter enact --as liaison"), "");
    assert!(
        error.contains("not signed yet by") && error.contains("fr"),
        "{error}"
    );
    let erase = format!("--data {ma} write erase --as liaison --dossier MA-1 --all");
    let (_, error) = said(2, &erase, "");
    assert!(error.contains("--yes"), "{error}");
    said(0, &format!("{erase} --yes"), "");
    let (help, _) = said(0, "write erase --help", "");
    assert!(help.contains("--all") && help.contains("--yes"), "{help}");
    assert!(help.contains("--file"), "one file of an entry: {help}");
    let piece = folder.path().join("piece.txt");
    std::fs::write(&piece, "contenu").unwrap();
    let note = format!(
        "--data {ma} write note --as liaison --dossier MA-1 --text Piece --file {} --json",
        piece.display()
    );
    let entry = answered(&note)["entry"].as_str().unwrap().to_owned();
    let erase = format!("--data {ma} write erase --as liaison --dossier MA-1 --entry {entry}");
    let (_, error) = said(2, &format!("{erase} --file 1"), "");
    assert!(error.contains("--yes"), "{error}");
    said(2, &format!("{erase} --file 2 --yes"), "");
    said(0, &format!("{erase} --file 1 --yes"), "");
    let (_, error) = said(2, &format!("{erase} --file 1 --yes"), "");
    assert!(error.contains("nothing of the kind"), "{error}");
    let (help, _) = said(0, "write --help", "");
    assert!(help.contains("Usage: entente write"), "{help}");
}

/// A period that `--from` and `--to` name has its own figures, the last day included, and more than ten years are refused by the verb. Take out: the day that
/// `period` adds in src/cli/balance.rs; `too_long` in `App::balance`.
#[test]
fn the_balance_of_a_period_is_told_and_of_more_than_ten_years_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, _fr) = linked(folder.path());
    said(0, &format!("--data {ma} charter propose --as liaison"), "");
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let year = 1970 + since.as_secs() / 31_556_952;
    let of = |from: String, to: String| {
        answered(&format!(
            "--data {ma} --json balance --as liaison --from {from} --to {to}"
        ))
    };
    let near = of(format!("{}-01-01", year - 1), format!("{}-12-31", year + 1));
    assert_eq!(near["theirs"]["asked"], 1, "{near}");
    assert!(near["commitments_by_theme"]["period"].is_object());
    let far = of(format!("{}-01-01", year - 5), format!("{}-12-31", year - 3));
    assert_eq!(far["theirs"]["asked"], 0, "{far}");
    let today = near["years"].as_array().unwrap().len();
    assert_eq!(today, 1, "the years are those up to now");
    let long = format!(
        "--data {ma} balance --as liaison --from {}-01-01",
        year - 11
    );
    assert!(said(1, &long, "").1.contains("ten years"));
}

#[test]
fn terms_are_printed_changed_in_a_file_and_proposed() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, _fr) = linked(folder.path());
    let file = folder.path().join("terms.json");
    let propose = format!(
        "--data {ma} charter propose --as liaison --terms {}",
        file.display()
    );
    let printed = answered(&format!("--data {ma} charter terms --as liaison"));
    assert_eq!(printed["transit"], "15min");
    let mut changed = printed.clone();
    changed["transit"] = "2h".into();
    std::fs::write(&file, changed.to_string()).unwrap();
    said(0, &propose, "");
    let shown = answered(&format!("--data {ma} --json charter show --as liaison"));
    let terms = &shown["proposals"][0]["terms"];
    assert_eq!(terms["transit"], 7_200_000);
    assert_eq!(
        terms["clocks"].as_array().unwrap().len(),
        printed["clocks"].as_array().unwrap().len()
    );

    for (wrong, why) in [
        (r#"{"transit": "a while"}"#, "a length of time"),
        (r#"{"transits": "1h"}"#, "unknown field `transits`"),
        (r#"{"transit": "#, "line 1"),
        (r#"{"convenor": "fr"}"#, "does not match this charter"),
        (r#"{"clocks": []}"#, "ordinary clock"),
    ] {
        std::fs::write(&file, wrong).unwrap();
        let (_, error) = said(2, &propose, "");
        assert!(error.contains(why), "{wrong}: {error}");
    }
    let shown = answered(&format!("--data {ma} --json charter show --as liaison"));
    assert_eq!(shown["proposals"].as_array().unwrap().len(), 1);
    std::fs::remove_file(&file).unwrap();
    assert!(said(1, &propose, "").1.contains("terms.json"));
}

#[test]
fn an_opened_dossier_is_named_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, fr) = linked(folder.path());
    let open = "write charter.open --as liaison --title x";
    let opened = answered(&format!("--data {ma} --json {open}"));
    assert_eq!(opened["number"], "MA-1");
    let (out, _) = said(0, &format!("--data {fr} {open}"), "");
    assert!(out.contains("FR-1"), "{out}");
}

/// An officer invited, made an administrator, let in no more and again, and reset: at the machine, one person is enough.
fn invited_by_the_machine(ma: &str) {
    let invite =
        format!("--data {ma} --json officer invite agent --service ma/archives --role analyst");
    let invited = answered(&invite);
    assert_eq!(invited["id"], "agent");
    let link = |answer: &Value| {
        let path = answer["path"].as_str().unwrap().to_owned();
        assert!(path.starts_with("/welcome/") && path.len() > 50, "{path}");
        path
    };
    said(1, &invite, "");
    let change = format!("--data {ma} officer change agent --role administrator --role inspector");
    said(0, &change, "");
    let listed = || answered(&format!("--data {ma} --json officer list"));
    let roles = |officers: &Value| {
        let mut all = officers.as_array().unwrap().iter();
        all.find(|o| o["id"] == "agent").map(|o| o["roles"].clone())
    };
    let both = serde_json::json!(["administrator", "inspector"]);
    assert_eq!(
        roles(&listed()),
        Some(both.clone()),
        "and the service stays"
    );
    said(0, &format!("--data {ma} officer deactivate agent"), "");
    assert_eq!(roles(&listed()), None);
    said(1, &format!("--data {ma} officer reset agent"), "");
    said(0, &format!("--data {ma} officer reactivate agent"), "");
    assert_eq!(roles(&listed()), Some(both));
    let again = answered(&format!("--data {ma} --json officer reset agent"));
    assert_ne!(link(&again), link(&invited));
    let (_, error) = said(1, &format!("--data {ma} officer reset nobody"), "");
    assert!(!error.is_empty());
}

#[test]
fn a_node_of_one_gets_officers_and_asks_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let ma = init(folder.path(), "ma");
    let add = format!(
        "--data {ma} officer add analyste --service ma/analyse --role analyst --password-stdin"
    );
    said(0, &add, "one more long password\n");
    said(1, &add, "one more long password\n");
    let officers = answered(&format!("--data {ma} --json officer list"));
    assert_eq!(officers.as_array().unwrap().len(), 3);
    invited_by_the_machine(&ma);
    // Two officers could act: one must be named.
    said(2, &format!("--data {ma} request open --title x"), "");
    let ask = "request open --as liaison --title x --question q --facts f --country-link l --offence fraud";
    let (_, error) = said(1, &format!("--data {ma} {ask}"), "");
    assert!(error.contains("no partner"), "{error}");
    said(0, &format!("--data {ma} doctor"), "");
}

#[test]
fn a_node_is_backed_up_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    let ma = init(folder.path(), "ma");
    let (backup, again) = (folder.path().join("backup"), folder.path().join("again"));
    let (backup, again) = (backup.to_str().unwrap(), again.to_str().unwrap());
    said(0, &format!("--data {ma} backup {backup}"), "");
    said(1, &format!("--data {ma} backup {backup}"), "");
    said(1, &format!("--data {ma} restore {backup}"), "");
    said(0, &format!("--data {again} restore {backup}"), "");
    let before = answered(&format!("--data {ma} --json card"));
    let after = answered(&format!("--data {again} --json card"));
    assert_eq!(after["fingerprint"], before["fingerprint"]);
    // The secrets of sealing keys are in no backup: the restored node has a new one, and its card says so.
    assert_ne!(after["card"], before["card"]);
    said(0, &format!("--data {again} doctor"), "");
    // Closed until the partners were heard, or an administrator says why not.
    let (_, error) = said(1, &format!("--data {again} ledger --as liaison"), "");
    assert!(error.contains("was restored from a backup"), "{error}");
    let (state, _) = said(0, &format!("--data {again} recover"), "");
    assert!(
        state.contains("Closed") && state.contains("What cannot come back"),
        "{state}"
    );
    said(2, &format!("--data {again} recover --alone"), "");
    said(
        0,
        &format!("--data {again} recover --alone --reason drill"),
        "",
    );
    said(
        1,
        &format!("--data {again} recover --alone --reason again"),
        "",
    );
    said(0, &format!("--data {again} ledger --as liaison"), "");
    let (state, _) = said(0, &format!("--data {ma} recover"), "");
    assert!(state.contains("never restored"), "{state}");
    // Keys that others can read are refused.
    use std::os::unix::fs::PermissionsExt as _;
    let keys = Path::new(again).join("node.keys");
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o644)).unwrap();
    let (_, error) = said(3, &format!("--data {again} ledger --as liaison"), "");
    assert!(error.contains("chmod 600"), "{error}");
}

/// What is wrong with an imported file is said in the language chosen, by every command that imports.
#[test]
fn a_broken_file_is_refused_in_the_chosen_language() {
    let folder = tempfile::tempdir().unwrap();
    let [ma, fr] = ["ma", "fr"].map(|name| init(folder.path(), name));
    introduced(&ma, &fr);
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let text = file("wrong.txt", b"Les deux pays \xff conviennent");
    let register = file("wrong.json", b"{\n  \"instruments\": nonsense");
    let title = ["--title", "x", "--as", "liaison"];
    let good = file("good.txt", b"We agree to meet before the end of 2030.");
    for (lang, utf8, json, no_day) in [
        ("fr", "n’est pas en UTF-8", "à la ligne 2, colonne", "date"),
        ("ar", "ليست بترميز UTF-8", "في السطر", "التاريخ"),
        ("en", "is not UTF-8", "at line 2, column", "please correct"),
    ] {
        let refused = |words: &[&str]| {
            let line = [&["--data", &ma, "--lang", lang, "import"], words].concat();
            let (_, error) = ends(1, &line, "");
            assert_eq!(error.trim_end().lines().count(), 1, "{error}");
            assert!(lang == "en" || !error.contains("the "), "{lang}: {error}");
            error
        };
        let read = refused(&["declaration", "--propose", &text]);
        assert!(read.contains(utf8) && read.contains(&text), "{read}");
        let stored = refused(&[&["declaration", &text][..], &title].concat());
        assert!(stored.contains(utf8), "{stored}");
        let wrong = refused(&["register", &register, "--as", "liaison"]);
        assert!(wrong.contains(json), "{wrong}");
        let day = ["--date", "2026-02-30"];
        let line = [
            &[
                "--data",
                &ma,
                "--lang",
                lang,
                "import",
                "declaration",
                &good,
            ][..],
            &title,
            &day,
        ];
        let (_, error) = ends(2, &line.concat(), "");
        assert!(error.contains(no_day), "{error}");
    }
}

/// Results and errors follow `--lang`, else the locale; JSON is the same in all of them.
#[test]
fn results_and_errors_speak_the_chosen_language() {
    let folder = tempfile::tempdir().unwrap();
    let ma = init(folder.path(), "ma");
    let ask = "request open --as liaison --title x";
    let said_in = |lang: &str, line: &str, code: i32| {
        let (out, error) = said(code, &format!("--data {ma} --lang {lang} {line}"), "");
        format!("{out}{error}")
    };
    for (lang, missing, none) in [
        ("fr", "à corriger", "aucun partenaire"),
        ("ar", "يرجى التصحيح", "لا شريك"),
        ("en", "please correct", "no partner"),
    ] {
        assert!(said_in(lang, ask, 2).contains(missing), "{lang}");
        assert!(
            said_in(lang, "balance --as liaison", 1).contains(none),
            "{lang}"
        );
    }
    assert!(said_in("fr", "ledger --as liaison", 0).contains("0 obligation"));
    assert!(said_in("ar", "ledger --as liaison", 0).contains("التزام"));
    let flags = said_in("fr", "request open --help", 0);
    assert!(flags.contains("exposé des faits"), "{flags}");
    let json = |lang: &str| said_in(lang, "--json ledger --as liaison", 0);
    let without_time = |text: &str| {
        let mut value: Value = serde_json::from_str(text).unwrap();
        value.as_object_mut().unwrap().remove("now");
        value
    };
    assert_eq!(without_time(&json("fr")), without_time(&json("ar")));
    said(2, &format!("--data {ma} --lang de ledger"), "");

    let mut locale = Command::new(env!("CARGO_BIN_EXE_entente"));
    locale.args(["--data", &ma, "balance", "--as", "liaison"]);
    locale.env_remove("LC_ALL").env_remove("LC_MESSAGES");
    let output = locale.env("LANG", "fr_MA.UTF-8").output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("aucun partenaire"), "{error}");
}

/// What the verbs refuse, not the flags: of input, of links and of cards.
#[test]
fn what_a_verb_refuses_is_said_in_the_chosen_language() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, _fr) = linked(folder.path());
    let torn = folder.path().join("torn.card");
    std::fs::write(&torn, "no card").unwrap();
    let officer = "officer add liaison --service ma/liaison --password-stdin";
    let pin = format!(
        "link add {} --fingerprint {}",
        torn.display(),
        "0".repeat(32)
    );
    for (lang, taken, no_alarm, no_card) in [
        (
            "fr",
            "identifiant est déjà pris",
            "Aucune alarme",
            "pas une carte entière",
        ),
        (
            "ar",
            "هذا المعرف مستعمل",
            "لم يوقف أي إنذار",
            "ليست بطاقة كاملة",
        ),
        (
            "en",
            "identifier is taken",
            "No alarm stopped",
            "no whole card",
        ),
    ] {
        let refused = |line: &str| {
            let (_, error) = said(1, &format!("--data {ma} --lang {lang} {line}"), PASSWORDS);
            assert_eq!(error.trim_end().lines().count(), 1, "{error}");
            assert!(lang == "en" || !error.contains("the "), "{lang}: {error}");
            error
        };
        let error = refused(officer);
        assert!(error.contains(taken), "{error}");
        let error = refused("link resume --partner fr --reason x");
        assert!(error.contains(no_alarm), "{error}");
        let error = refused(&pin);
        assert!(error.contains(no_card), "{error}");
    }
}

/// Access records go out sealed to a key that was made where no node is: it alone opens them, and what comes out verifies.
#[test]
fn access_records_are_sealed_to_an_inspector_who_opens_them() {
    let folder = tempfile::tempdir().unwrap();
    let ma = init(folder.path(), "ma");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let add = "officer invite watcher --service ma/inspection --role inspector";
    said(0, &format!("--data {ma} {add}"), "");
    let (key, other) = (at("key"), at("other"));
    let made = answered(&format!("--json oversight key {key}"));
    said(0, &format!("oversight key {other}"), "");
    said(1, &format!("oversight key {key}"), "");
    let mode = {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(&key).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode, 0o600);
    let export = format!("--data {ma} oversight export --as watcher --to");
    let (sealed, _) = said(0, &format!("{export} {key}.pub"), "");
    assert!(!sealed.contains("watcher"));
    let refused = said(1, &format!("{export} {key}"), "").1;
    assert!(
        refused.contains("no public key of an inspector"),
        "{refused}"
    );
    let file = at("sealed");
    std::fs::write(&file, &sealed).unwrap();
    said(1, &format!("verify {file}"), "");
    let (_, error) = said(1, &format!("oversight open {file} --key {other}"), "");
    assert!(error.contains("other key"), "{error}");
    let (opened, _) = said(0, &format!("oversight open {file} --key {key}"), "");
    let extract = at("extract");
    std::fs::write(&extract, opened).unwrap();
    let verified = answered(&format!("--json verify {extract}"));
    assert_eq!(verified["valid"], true);
    // The export itself is on record, with the key that it was sealed to.
    let list = format!("--data {ma} --json access list --as watcher --operation inspect");
    let id = made["key"].as_str().unwrap();
    let records = answered(&list)["records"].to_string();
    assert!(records.contains(&format!("to={id}")), "{records}");
}

/// Who received an entry is told on the command line as on its page; a dossier without a letter has none.
#[test]
fn recipients_and_letters_are_told_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (ma, _fr) = linked(folder.path());
    let open = "write charter.open --as liaison --title x";
    let opened = answered(&format!("--data {ma} --json {open}"));
    let entry = opened["entry"].as_str().unwrap();
    let told = format!("--data {ma} --json rights recipients {entry} --as liaison");
    let told = answered(&told);
    let recipients = told["recipients"].as_array().unwrap();
    assert_eq!(recipients.len(), 1, "{told}");
    assert_eq!(recipients[0]["node"], "fr");
    assert!(recipients[0]["received"].is_null());
    let line = format!("--data {ma} --lang fr rights recipients {entry} --as liaison");
    assert!(said(0, &line, "").0.contains("fr"));
    let letter = answered(&format!(
        "--data {ma} --json rights letter MA-1 --as liaison"
    ));
    assert!(letter["letter"].is_null());
    said(
        1,
        &format!("--data {ma} rights letter MA-9 --as liaison"),
        "",
    );
}

/// A package of evidence with two files: one with hashes by two methods, one with a hash that nobody here computes.
fn evidence(file: &str, value: &str) -> String {
    format!(
        r#"{{"@context":{{"kb":"http://example.org/kb/","core":"https://ontology.unifiedcyberontology.org/uco/core/","case":"https://ontology.caseontology.org/case/investigation/","ob":"https://ontology.unifiedcyberontology.org/uco/observable/","ty":"https://ontology.unifiedcyberontology.org/uco/types/"}},"@graph":[
{{"@id":"kb:r","@type":"case:ProvenanceRecord","case:exhibitNumber":"X-1","core:description":"Photo\u202e","core:object":{{"@id":"kb:f"}}}},
{{"@id":"kb:f","@type":"ob:File","core:hasFacet":[{{"@type":"ob:FileFacet","ob:fileName":"{file}"}},{{"@type":"ob:ContentDataFacet","ob:sizeInBytes":3,"ob:hash":[{{"ty:hashMethod":"SHA-256","ty:hashValue":"{value}"}},{{"ty:hashMethod":"md5","ty:hashValue":"900150983CD24FB0D6963F7D28E17F72"}}]}}]}},
{{"@id":"kb:g","@type":"ob:File","core:hasFacet":{{"@type":"ob:ContentDataFacet","ob:hash":{{"ty:hashMethod":"SSDEEP","ty:hashValue":"3:a:b"}}}},"acme:part":1.50,"nowhere":null}}]}}"#
    )
}

/// What is in a package of evidence, and whether files in a folder are those that it names: without a node, in three languages.
#[test]
fn a_package_of_evidence_is_read_and_its_files_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let (package, files) = (folder.path().join("p.json"), folder.path().join("files"));
    std::fs::create_dir_all(files.join("deep")).unwrap();
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    std::fs::write(&package, evidence("photo.jpg", abc)).unwrap();
    // Under another name: what counts is the content.
    std::fs::write(files.join("deep/renamed.bin"), "abc").unwrap();
    std::fs::write(files.join("more.txt"), "other").unwrap();
    let absent = folder.path().join("absent");
    let (package, files) = (package.to_str().unwrap(), files.to_str().unwrap());
    let absent = absent.to_str().unwrap();
    let read = [
        "--data", absent, "--json", "evidence", "read", package, "--files", files,
    ];
    let told = json(&read);
    assert_eq!(
        (&told["listed"], &told["described"]),
        (&3.into(), &9.into())
    );
    let photo = &told["files"][0];
    assert_eq!(photo["checked"]["found"], "here", "{told}");
    assert_eq!(photo["checked"]["path"], "deep/renamed.bin");
    assert_eq!(photo["checked"]["weak"], false);
    assert_eq!(told["files"][1]["checked"]["found"], "unchecked");
    assert_eq!(told["other_files"], serde_json::json!(["more.txt"]));
    assert_eq!(told["records"][0]["exhibits"][0], "X-1");
    assert_eq!(told["unknown"]["without_meaning"]["nowhere"], 1);
    // Files are evidence and no things: the same count as on the page of a package.
    assert_eq!(told["proposed"]["to_take"], 0);
    let (out, _) = ends(0, &["--lang", "en", "evidence", "read", package], "");
    assert!(
        out.contains("proposed for a dossier: 0; links: 0."),
        "{out}"
    );
    assert!(out.contains("which stay in the package: 2."), "{out}");
    assert!(
        out.contains("provenance record (case:ProvenanceRecord)"),
        "{out}"
    );
    for (lang, word) in [("fr", "Relevés"), ("ar", "سجلات"), ("en", "Provenance")] {
        let (out, _) = ends(
            0,
            &[
                "--lang", lang, "evidence", "read", package, "--files", files,
            ],
            "",
        );
        assert!(out.contains(word) && out.contains("acme:part"), "{out}");
        assert!(
            !out.contains('\u{202e}'),
            "a package does not turn our lines"
        );
    }

    // The same name with another content: a check failed.
    std::fs::write(std::path::Path::new(files).join("photo.jpg"), "abd").unwrap();
    std::fs::remove_dir_all(std::path::Path::new(files).join("deep")).unwrap();
    let (out, _) = ends(1, &read, "");
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told["files"][0]["checked"]["found"], "differs");
    std::fs::remove_file(std::path::Path::new(files).join("photo.jpg")).unwrap();
    let (out, _) = ends(1, &["evidence", "read", package, "--files", files], "");
    assert!(out.contains('✗'), "{out}");
}

/// Two packages compared, and what is no package: one sentence that says who is at fault and repeats nothing.
#[test]
fn packages_of_evidence_are_compared_and_bad_ones_refused() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| -> String {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let text = evidence("a", "00");
    let first = write("first.json", &text);
    let other: Value = serde_json::from_str(&text).unwrap();
    let mut graph = other["@graph"].as_array().unwrap().clone();
    graph.reverse();
    let turned = serde_json::json!({"@graph": graph, "@context": other["@context"]});
    let second = write("second.json", &turned.to_string());
    let third = write("third.json", &text.replace("X-1", "X-2"));
    assert_eq!(
        json(&["--json", "evidence", "compare", &first, &second])["same"],
        true
    );
    let (out, _) = ends(1, &["evidence", "compare", &first, &third], "");
    assert!(out.contains("kb:r"), "{out}");
    let remote = write("remote.json", r#"{"@context":"https://secret.example/"}"#);
    for lang in ["fr", "ar", "en"] {
        let (out, error) = ends(1, &["--lang", lang, "evidence", "read", &remote], "");
        assert!(out.is_empty() && !error.contains("secret"), "{error}");
        assert!(error.contains("JSON-LD") && error.trim_end().lines().count() == 1);
    }
    let (out, _) = ends(1, &["--json", "evidence", "read", &remote], "");
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&told["read"], &told["blame"]),
        (&false.into(), &"NoCommonVersion".into())
    );
}

/// A package given in a dossier goes on with its transfer as provenance: only the very package that the entry committed to.
#[test]
fn a_package_that_was_given_is_exported_with_its_transfer() {
    let text = evidence("a", "00");
    let mut pair = TestPair::linked(1);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let note = Writing::on(dossier, &[("text", "Scellé.")]).file("p.json", text.clone().into());
    let noted = pair.write(Side::Ma, "note", &note);
    pair.settle();
    let officer = pair.ma().officer("liaison").unwrap();
    let armour = pair.ma().app.proof(&officer, noted.entry).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| -> String {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (package, proof) = (write("p.json", &text), write("proof.txt", &armour));
    let out = folder.path().join("out.json");
    let out = out.to_str().unwrap();
    let export = [
        "evidence", "export", &package, "--proof", &proof, "--out", out,
    ];
    ends(0, &export, "");
    // Never over what is there.
    ends(1, &export, "");
    let told = json(&["--json", "evidence", "read", out]);
    let names: Vec<&str> = told["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|action| action["names"][0].as_str().unwrap())
        .collect();
    assert_eq!(names, ["transferred", "received"], "{told}");
    let sha256 = entente_proof::digest::sha256(text.as_bytes()).to_string();
    assert!(told["files"].to_string().contains(&sha256));
    let (told, _) = ends(1, &["--json", "evidence", "compare", &package, out], "");
    let told: Value = serde_json::from_str(&told).unwrap();
    let nothing = serde_json::json!([]);
    assert_eq!(
        (&told["only_first"], &told["changed"]),
        (&nothing, &nothing)
    );

    // Another package, though it says the same; and a proof that is none.
    let other = write("other.json", &format!("{text} "));
    let (_, error) = ends(1, &["evidence", "export", &other, "--proof", &proof], "");
    assert!(error.contains("byte for byte"), "{error}");
    ends(
        1,
        &["evidence", "export", &package, "--proof", &package],
        "",
    );
    // Once: what was exported is another package, and the same names are in it.
    let (_, error) = ends(1, &["evidence", "export", out, "--proof", &proof], "");
    assert!(error.contains("byte for byte"), "{error}");
}
