//! Two real processes over loopback TLS: the whole demonstration, and nodes killed at random while entries flow.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::flow;
use crate::post;
use crate::program;
use crate::served;

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use entente_node::config::Config;
use entente_node::demo::Writing;
use entente_node::demo::world::{Nodes, World};
use entente_node::links::TICK;
use post::Post;
use serde_json::{Value, json};
use served::{PROGRAM, run, served};

/// How often a node is killed.
const KILLS: usize = 60;

/// What `entente demo --check` says of the story, in its order.
const STORY: [&str; 37] = [
    "an investigation in mid-life: 27 things and 41 links at both nodes, an agreement signed and extended",
    "exhibits: two at both nodes, handed over with receipts and without a gap; a copy to be erased and a return stay owed",
    "tasks: done, accepted, asked, and one that each side lets pass, in both ledgers",
    "action days: one over with results, one ahead, each on by a go of both sides",
    "court: what was permitted is produced, and the decision is the feedback on it",
    "duties: each side’s file for its magistrate stays at home; what fr informed ma of was received and answered",
    "governance: both call the study of an agreement kept, by the programme that came of it",
    "governance: the chain from the twelfth to the fourteenth meeting is told alike by both",
    "governance: minutes of three High-Level Meetings approved by both, both invited to the next",
    "governance: an agreement on the training of imams in force with its cohort, and a lesson being tried",
    "meetings: minutes approved by both, each side owes what was decided, the next is attended",
    "intelligence: fr evaluates a report of ma otherwise, and both agree on an evaluation",
    "intelligence: fr corrects a report of its own, and ma has corrected it too",
    "intelligence: each side is told what became of its report, and nothing of either is open",
    "the statistics of a month tell a figure, hide a small one and withhold the total over it",
    "a charter signed by both is in force, the same on both",
    "fingerprints match what each pinned",
    "no alarm and no irregular entry on either side",
    "registers are equal on both sides",
    "the nodes compared their ledgers: digests equal, seen by both",
    "both show the same ledger, line by line",
    "every receipt verifies offline",
    "one tampered byte is detected, whichever it is",
    "ma owes one answer that is overdue, escalated to the next meeting",
    "ma refused once, with a ground",
    "ma gave one new date",
    "ma gave good feedback",
    "fr owes one answer that is overdue, escalated to the next meeting",
    "fr refused once, with a ground",
    "fr gave one new date",
    "fr gave good feedback",
    "the opening story: fr sees what became of its contribution",
    "the commitments stand at fr in three languages",
    "two promises are claimed by both and agreed by both, the others are open",
    "one request of each side is left without an answer, and both ledgers say who owes it",
    "the files of both answers arrived byte for byte",
    "the demo clock has caught up with the system's",
];
/// What it says more with the folder of real inputs.
const INPUTS: [&str; 18] = [
    r#"press report: proposals by class {"appeal": 1, "commitment": 5, "reaffirmation": 1, "studies_towards": 1}"#,
    "press report: the text stands at the other side byte for byte",
    "register: 13 instruments, 25 points at the other side",
    "register: RHN12/6 is answered by IMAM-2015/1",
    "register: and acknowledged by RHN13/1",
    "register: RHN12/1 is restated by INT-2015/1",
    "register: and still open",
    "register and story: 19 ties between points, alike at both sides",
    "register: the chain says that IMAM-2015/1 answers RHN12/6",
    "register: the chain says that RHN13/1 acknowledges IMAM-2015/1",
    "register: the chain says that INT-2015/1 restates RHN12/1",
    "evidence: the package stands at the other side byte for byte",
    "evidence: 83 graph nodes, 22 provenance records",
    "Caviar: 104 participants and 482 contacts of 11 phases stand at both nodes",
    "Caviar: every phase has its feedback, or an open obligation to give it",
    "registers are equal on both sides",
    "the nodes compared their ledgers: digests equal, seen by both",
    "both show the same ledger, line by line",
];
/// What it says last.
const END: [&str; 1] = ["both nodes stopped in order"];

#[test]
fn the_demonstration_holds_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(PROGRAM);
    command
        .args(["demo", "--check", "--port-base", "0", "--dir"])
        .arg(folder.path());
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if shared.is_dir() {
        command.arg("--data").arg(&shared);
    } else {
        println!("skipped: shared data absent");
    }
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // What stands in brackets at the end of a fact are counts that differ from run to run.
    let mut found: Vec<&str> = Vec::new();
    for line in text.lines() {
        let fact = line.strip_prefix("ok   ");
        let fact = fact.unwrap_or_else(|| panic!("{line}"));
        found.push(fact.split(" (").next().unwrap_or(fact));
    }
    let with_inputs = shared.is_dir().then_some(INPUTS).into_iter().flatten();
    for fact in STORY.into_iter().chain(with_inputs).chain(END) {
        let place = found.iter().position(|f| *f == fact);
        let place = place.unwrap_or_else(|| panic!("no longer said: {fact}\n{text}"));
        found.remove(place);
    }
    assert!(
        found.is_empty(),
        "facts without a name here, which could be lost unseen: {found:?}"
    );
}

/// Issue 2: either node killed with SIGKILL at random while entries flow: nothing lost, doubled or unequal.
#[test]
fn nodes_killed_at_random_lose_and_double_nothing() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, desk) = served(folder.path()).await;
        let stop = Arc::new(AtomicBool::new(false));
        let writers = [("ma", &nodes.ma), ("fr", &nodes.fr)].map(|(who, api)| {
            let flow = flow::write(api.clone(), who, None, desk.clone(), stop.clone());
            tokio::spawn(flow)
        });
        for _ in 0..KILLS {
            tokio::time::sleep(Duration::from_millis(flow::random(250))).await;
            let side = usize::try_from(flow::random(2)).unwrap();
            nodes.processes[side].kill();
            nodes.processes[side]
                .start_again(Path::new(PROGRAM))
                .unwrap();
            // Sometimes killed again before it serves.
            if flow::random(4) > 0 {
                nodes.ready().await.unwrap();
            }
        }
        nodes.ready().await.unwrap();
        stop.store(true, Ordering::Release);
        let mut kept = BTreeSet::new();
        for writer in writers {
            kept.extend(writer.await.unwrap());
        }
        nodes.linked().await.unwrap();
        nodes.settled().await.unwrap();
        let both = (&mut nodes.ma, &mut nodes.fr);
        flow::nothing_lost_or_doubled(both, &desk, &kept, KILLS).await;
        compared(&mut nodes).await;
        assert!(nodes.stop());
        for name in ["ma", "fr"] {
            let doctor = Command::new(PROGRAM)
                .arg("--data")
                .arg(world.data(name))
                .arg("doctor")
                .output()
                .unwrap();
            assert!(
                doctor.status.success(),
                "{}",
                String::from_utf8_lossy(&doctor.stdout)
            );
        }
    });
}

async fn compared(nodes: &mut Nodes) {
    let begun = Instant::now();
    loop {
        let (ma, fr) = nodes.links().await.unwrap();
        let equal = |link: &Value| {
            link["agreement"]["equal"] == true && link["agreement"]["in_size"] == link["in_size"]
        };
        if equal(&ma) && equal(&fr) {
            return;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "the nodes never agreed: {} {}",
            ma["agreement"],
            fr["agreement"]
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// One entry at a time, when idle: how long until the partner's word that it durably holds it. The figure is printed (the aim, 10 ms
/// at the median, is measured by `make bench`); what is asserted is that it comes at once, not at some tick.
#[test]
fn a_single_entry_is_receipted_at_once() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (_world, mut nodes, desk) = served(folder.path()).await;
        let mut waits = Vec::new();
        for number in 0..21 {
            let values = json!({"text": format!("note {number}")});
            let begun = Instant::now();
            let writing = Writing {
                dossier: Some(&desk),
                lang: "fr",
                values,
                ..Writing::default()
            };
            let recorded = nodes.ma.record("liaison", "note", writing).await.unwrap();
            loop {
                let entry = nodes
                    .ma
                    .get("liaison", &format!("/api/v1/entries/{}", recorded.entry))
                    .await
                    .unwrap();
                if !entry["ladder"][0]["received"].is_null() {
                    break;
                }
                assert!(
                    begun.elapsed() < Duration::from_secs(10),
                    "no receipt: {}",
                    entry["ladder"]
                );
            }
            waits.push(begun.elapsed());
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        waits.sort();
        println!(
            "receipted after {:?} at the median, recording and polling included",
            waits[waits.len() / 2]
        );
        assert!(waits[waits.len() / 4] < TICK, "{waits:?}");
        assert!(nodes.stop());
    });
}

/// Neither over the same folder, kept or not, nor elsewhere on the same ports.
fn a_second_demonstration_touches_nothing(world: &World) {
    let (dir, other) = (world.data(""), tempfile::tempdir().unwrap());
    let config = |name| Config::load(&world.data(name), &BTreeMap::new()).unwrap();
    let taken = config("fr").link.port();
    let files = || {
        ["ma/node.keys", "fr/node.keys", "ma/entente.db", "clock"]
            .map(|name| std::fs::metadata(dir.join(name)).unwrap().ino())
    };
    let before = files();
    let refused = |dir: &Path, more: &[&str]| {
        let demo = Command::new(PROGRAM)
            .arg("demo")
            .arg("--dir")
            .arg(dir)
            .args(more)
            .output()
            .unwrap();
        assert_eq!(demo.status.code(), Some(1));
        assert!(demo.stdout.is_empty());
        String::from_utf8(demo.stderr).unwrap()
    };
    for more in [["--port-base", "0"].as_slice(), &["--keep"]] {
        let said = refused(&dir, more);
        assert!(said.contains("a demonstration is running"), "{said}");
    }
    for base in [taken, taken - 3] {
        let said = refused(other.path(), &["--port-base", &base.to_string()]);
        assert!(said.contains("in use: nothing was changed"), "{said}");
    }
    assert_eq!(files(), before);
    assert_eq!(std::fs::read_dir(other.path()).unwrap().count(), 0);
}

/// The parent's end, however it comes, ends the nodes: they hold its standard input.
#[test]
fn a_node_ends_with_its_parent_and_only_one_serves_a_directory() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let world = World::create(folder.path(), 0).unwrap();
        let mut nodes = world.start_with(Path::new(PROGRAM)).await.unwrap();
        let second = Command::new(PROGRAM)
            .arg("--data")
            .arg(world.data("ma"))
            .arg("serve")
            .output()
            .unwrap();
        assert_eq!(second.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&second.stderr).contains("another process is serving"));
        a_second_demonstration_touches_nothing(&world);
        let metrics = nodes.ma.page("/metrics").await.unwrap();
        assert!(
            metrics.contains("entente_link_up{partner=\"fr\"} 1"),
            "{metrics}"
        );
        assert!(nodes.stop());
        assert!(!nodes.ma.is_ready().await);
    });
}

/// Posts a form as a browser would, and gives status line, headers and page.
fn post(url: &str, path: &str, cookie: &str, form: &str) -> String {
    use std::io::{Read as _, Write as _};
    let host = url.strip_prefix("http://").unwrap();
    let mut socket = std::net::TcpStream::connect(host).unwrap();
    let length = form.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {url}\r\nCookie: {cookie}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
    );
    socket.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The buttons of the tour: the cut link stays cut and mends, the clock of both nodes jumps, a changed byte is caught.
#[test]
fn the_tours_buttons_do_what_they_say() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (_world, mut nodes, _desk) = served(folder.path()).await;
        let signed = nodes.ma.session("liaison").await.unwrap();
        let word = |name: &str| signed[name].as_str().unwrap().to_owned();
        let (cookie, csrf) = (format!("entente-ma={}", word("token")), word("csrf"));
        let url = nodes.ma.url.clone();
        let press = |path: &str, value: &str| {
            post(&url, path, &cookie, &format!("_csrf={csrf}&_value={value}"))
        };
        let goes_on = |answer: String| assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");

        goes_on(press("/tour/cut", "yes"));
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let (ma, fr) = nodes.links().await.unwrap();
        assert_eq!(
            (&ma["connected"], &fr["connected"]),
            (&json!(false), &json!(false))
        );
        goes_on(press("/tour/cut", "no"));
        nodes.linked().await.unwrap();

        let before = nodes.offset_ms();
        goes_on(press("/tour/jump", ""));
        assert_eq!(nodes.offset_ms() - before, 8 * 3_600_000);
        tokio::time::sleep(Duration::from_millis(600)).await;
        nodes.linked().await.unwrap();
        let now = nodes.fr.get("liaison", "/api/v1/me").await.unwrap();
        let ahead: jiff::Timestamp = now["now"].as_str().unwrap().parse().unwrap();
        let expected = entente_node::clock::SystemClock::read().0 + nodes.offset_ms();
        assert!((ahead.as_millisecond() - expected).abs() < 5_000, "{now}");

        let page = press("/tour/tamper", "");
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(
            page.contains("Un bit a été changé dans une copie"),
            "{page}"
        );
        assert!(page.contains("le contenu n’est pas celui"), "{page}");
        assert!(nodes.stop());
    });
}

/// The command line beside serving nodes: one asks, the other answers, feedback; then proof, backup, restore.
#[test]
fn the_command_line_works_beside_serving_nodes() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, _desk) = served(folder.path()).await;
        let [ma, fr] = ["ma", "fr"].map(|name| Post::new(folder.path(), name));
        let words = ["--facts", "Un relevé manque.", "--country-link", "Départs."];
        let ask = "request open --title Horaires --question Lesquels --offence fraud";
        let asked = ma.does(ask, &words);
        nodes.settled().await.unwrap();
        let file = folder.path().join("relevé.csv");
        std::fs::write(&file, "jour;depart\n1;08:00\n").unwrap();
        let answer = format!("request answer --on {} --text Voici", fr.only_open());
        fr.acts(&answer, &["--file", file.to_str().unwrap()]);
        nodes.settled().await.unwrap();
        let show = format!("request show {}", asked["dossier"].as_str().unwrap());
        let shown = ma.acts(&show, &[]);
        assert!(
            shown.contains("Horaires") && shown.contains("answered"),
            "{shown}"
        );
        let feedback = format!(
            "request feedback --on {} --outcome corroborated",
            ma.only_open()
        );
        ma.acts(&feedback, &[]);
        nodes.settled().await.unwrap();
        assert!(fr.acts("ledger --open", &[]).starts_with("0 obligation"));
        let balance = fr.acts("balance", &[]);
        assert!(
            balance.contains("Asks: 1") && balance.contains("Answered or done: 1"),
            "{balance}"
        );
        proven(&ma, &world, asked["entry"].as_str().unwrap());
        let backup = folder.path().join("backup");
        let again = Post::new(folder.path(), "again");
        ma.says(&["backup", backup.to_str().unwrap()]);
        again.says(&["restore", backup.to_str().unwrap()]);
        assert!(
            again
                .says(&["doctor"])
                .lines()
                .all(|line| line.starts_with("ok"))
        );
        again.says(&["recover", "--alone", "--reason", "drill"]);
        assert_eq!(
            again.acts(&show, &[]),
            ma.acts(&show, &[]),
            "restored as it was"
        );
        assert!(nodes.stop());
    });
}

/// The proof of an entry of `ma` verifies offline, with the right fingerprints only.
fn proven(ma: &Post, world: &World, entry: &str) {
    let proof = ma.folder.join("proof.txt");
    std::fs::write(
        &proof,
        ma.acts(&format!("proof {entry} --reason court"), &[]),
    )
    .unwrap();
    let [own, other] = world.fingerprints.map(|print| print.to_string());
    let verify = ["verify", proof.to_str().unwrap()];
    let pins = ["--signed-by", &own, "--cosigned-by", &other];
    assert!(
        ma.says(&[&verify[..], &pins].concat())
            .starts_with("Valid.")
    );
    let swapped = [&verify[..], &["--signed-by", &other]].concat();
    program::ends(1, &swapped, "");
}

/// A new signing key beside serving nodes: the partner follows over the line, what was proved before still is, and a backup takes the key
/// along.
#[test]
fn a_signing_key_changes_beside_serving_nodes() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let (world, mut nodes, _desk) = served(folder.path()).await;
        let [ma, fr] = ["ma", "fr"].map(|name| Post::new(folder.path(), name));
        let words = ["--facts", "Un relevé manque.", "--country-link", "Départs."];
        let ask = "request open --title Horaires --question Lesquels --offence fraud";
        let asked = ma.does(ask, &words);
        nodes.settled().await.unwrap();
        let entry = asked["entry"].as_str().unwrap();
        let before = ma.acts(&format!("proof {entry} --reason court"), &[]);
        assert!(ma.says(&["key", "list"]).contains("never changed"));
        let rotated = ma.says(&["key", "rotate"]);
        assert!(rotated.contains("new signing key"), "{rotated}");
        let asked_again = ma.does(ask, &words);
        nodes.settled().await.unwrap();
        let listed = ma.says(&["key", "list"]);
        assert!(
            listed.contains("signed by both keys") && listed.contains("fr confirmed"),
            "{listed}"
        );
        let followed = fr.says(&["key", "list"]);
        assert!(
            followed.contains("ma changed its signing key on"),
            "{followed}"
        );
        // Both the proof of before and new ones hold for whoever knows the fingerprint of before.
        proven(&ma, &world, entry);
        proven(&ma, &world, asked_again["entry"].as_str().unwrap());
        let kept = ma.folder.join("before.txt");
        std::fs::write(&kept, before).unwrap();
        assert!(
            ma.says(&["verify", kept.to_str().unwrap()])
                .starts_with("Valid.")
        );
        let backup = folder.path().join("backup");
        let again = Post::new(folder.path(), "again");
        ma.says(&["backup", backup.to_str().unwrap()]);
        again.says(&["restore", backup.to_str().unwrap()]);
        assert_eq!(again.says(&["key", "list"]), listed, "the key came along");
        assert!(nodes.stop());
    });
}
