//! What investigations and duties to inform have on the command line, by real processes: the magistrates' files, a review taken out and verified, what
//! may be produced in court, the bundle and verifying it, packages of evidence held against attached files, a dossier taken out as one. Between the
//! two nodes everything is carried in files.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use crate::bundles;
use crate::post;
use crate::program;

use std::path::Path;

use bundles::{exchanged, introduced, made};
use post::Post;
use program::ends;
use serde_json::Value;

/// Two nodes whose charter has the duties to inform, with a magistrate for the duties and one for investigations at either, and an inspector.
fn chartered(folder: &Path, number: &mut u32) -> (Post, Post) {
    let (ma, fr) = made(folder);
    introduced(&ma, &fr);
    introduced(&fr, &ma);
    for post in [&ma, &fr] {
        for (id, unit, role) in [
            ("judge", "justice", "magistrate"),
            ("court", "liaison", "magistrate"),
            ("watcher", "inspection", "inspector"),
        ] {
            let service = format!("{}/{unit}", post.name);
            post.says(&[
                "officer",
                "invite",
                id,
                "--service",
                &service,
                "--role",
                role,
            ]);
        }
    }
    let terms = ma.acts("charter terms", &[]);
    let mut terms: Value = serde_json::from_str(&terms).unwrap();
    terms["inform"] = true.into();
    terms["compare"] = true.into();
    let file = folder.join("terms.json");
    std::fs::write(&file, terms.to_string()).unwrap();
    ma.does("charter propose", &["--terms", file.to_str().unwrap()]);
    exchanged(&ma, &fr, number);
    // The proposal, and nothing else, waits for a signature.
    fr.only_open();
    fr.does("charter sign --yes", &[]);
    exchanged(&ma, &fr, number);
    ma.does("charter enact --yes", &[]);
    exchanged(&ma, &fr, number);
    (ma, fr)
}

/// Runs a command as an officer, with JSON back.
fn told(post: &Post, officer: &str, (line, free): (&str, &[&str])) -> Value {
    serde_json::from_str(&run(post, officer, (0, line, free)).0).unwrap()
}

fn run(post: &Post, officer: &str, (code, line, free): (i32, &str, &[&str])) -> (String, String) {
    let words: Vec<&str> = line.split_whitespace().chain(["--as", officer]).collect();
    post.ends(code, &[&["--json"], &words[..], free].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A magistrate's file from the report to the letter; then the review: read, taken out once with its proofs, verified, and found where it is altered.
///
/// Take out: in `cli/duties.rs::verify`, the check; in `cli/made.rs`, that a file that was there is kept; in `app/src/show/duties.rs`, the record.
#[test]
fn a_duty_is_carried_out_reviewed_and_verified_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let number = &mut 0;
    let (ma, fr) = chartered(folder.path(), number);
    let report = [
        "--title",
        "Dossier 117",
        "--facts",
        "Un dépôt constaté là-bas.",
        "--conditions",
        "Réunies.",
    ];
    let file = ma.does(
        "write duty.open --partner fr --trigger inform --magistrates ma/justice",
        &report,
    );
    let file = file["number"].as_str().unwrap().to_owned();
    let listed = told(&ma, "judge", ("duties list", &[]));
    assert_eq!(listed["files"][0]["state"]["code"], "owed", "{listed}");
    let decision = format!("write duty.transmit --dossier {file}");
    let decision = told(
        &ma,
        "judge",
        (&decision, &["--reasons", "Rien n’y fait obstacle."]),
    );
    let letter = format!(
        "write proceedings.open --partner fr --trigger inform --to fr/justice --decision {}",
        decision["entry"].as_str().unwrap()
    );
    told(
        &ma,
        "judge",
        (
            &letter,
            &["--title", "Dépôt", "--facts", "Constaté chez vous."],
        ),
    );
    exchanged(&ma, &fr, number);
    assert_eq!(
        told(&ma, "judge", ("duties list", &[]))["files"][0]["state"]["code"],
        "sent"
    );
    let theirs = told(&fr, "judge", ("duties list", &[]));
    assert_eq!(
        theirs["files"].as_array().unwrap().len(),
        0,
        "our file is ours alone"
    );

    let review = format!("duties review {file}");
    let seen = told(&ma, "judge", (&review, &[]));
    assert_eq!(seen["entries"].as_array().unwrap().len(), 3, "{seen}");
    let out = folder.path().join("review.json");
    let out = out.to_str().unwrap();
    let take = format!("{review} --out {out}");
    let (_, refused) = run(&ma, "judge", (1, &take, &[]));
    assert!(refused.contains("reason"), "{refused}");
    assert!(!Path::new(out).exists(), "nothing half done is left");
    let taken = told(&ma, "judge", (&take, &["--reason", "court"]));
    assert_eq!(
        (&taken["entries"], &taken["proofs"]),
        (&3.into(), &1.into())
    );
    run(&ma, "judge", (1, &take, &["--reason", "court"]));
    let exports = told(&ma, "watcher", ("access list --operation export", &[]));
    assert_eq!(exports["records"].as_array().unwrap().len(), 1, "{exports}");

    let text = std::fs::read_to_string(out).unwrap();
    let verified = json(&ends(0, &["--json", "duties", "verify", out], "").0);
    assert_eq!(
        (&verified["valid"], &verified["proofs"]),
        (&true.into(), &1.into())
    );
    let altered = folder.path().join("altered.json");
    std::fs::write(
        &altered,
        text.replace("Constaté chez vous.", "Constaté ailleurs."),
    )
    .unwrap();
    let (said, _) = ends(
        1,
        &["--json", "duties", "verify", altered.to_str().unwrap()],
        "",
    );
    assert_eq!(
        (&json(&said)["valid"], &json(&said)["check"]),
        (&false.into(), &"words".into())
    );
}

/// A package of evidence that names a file by the SHA-256 of `abc`.
const PACKAGE: &str = r#"{"@context":{"kb":"http://example.org/kb/","ob":"https://ontology.unifiedcyberontology.org/uco/observable/","ty":"https://ontology.unifiedcyberontology.org/uco/types/"},"@graph":[
{"@id":"kb:f","@type":"ob:File","maker:part":1.50,"ob:hasFacet":{"@type":"ob:FileFacet"},"https://ontology.unifiedcyberontology.org/uco/core/hasFacet":[{"@type":"ob:FileFacet","ob:fileName":"vue.png"},{"@type":"ob:ContentDataFacet","ob:hash":{"ty:hashMethod":"SHA256","ty:hashValue":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}}]}]}"#;

/// An investigation with a contribution: a package, and a file that it names, as it is or with a wrong byte.
fn investigated(ma: &Post, fr: &Post, (bytes, number): (&str, &mut u32)) -> (String, String) {
    let opened = ma.does(
        "write investigation.open --partner fr",
        &["--title", "Estuaire", "--aim", "Comprendre."],
    );
    let dossier = opened["number"].as_str().unwrap().to_owned();
    let (package, file) = (ma.folder.join("case.json"), ma.folder.join("vue.png"));
    std::fs::write(&package, PACKAGE).unwrap();
    std::fs::write(&file, bytes).unwrap();
    let line = format!("write investigation.contribute --dossier {dossier}");
    let files = [
        "--title",
        "Relevé",
        "--text",
        "Trois départs.",
        "--file",
        package.to_str().unwrap(),
        "--file",
        file.to_str().unwrap(),
    ];
    let given = ma.does(&line, &files);
    exchanged(ma, fr, number);
    (dossier, given["entry"].as_str().unwrap().to_owned())
}

/// What may be produced is listed; a bundle is made once, verified without a node, and refused where a byte of it is altered.
///
/// Take out: in `cli/court.rs::verify`, the check, or in `written`, the bundle.
#[test]
fn entries_are_produced_in_court_and_verified_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let number = &mut 0;
    let (ma, fr) = chartered(folder.path(), number);
    let (dossier, entry) = investigated(&ma, &fr, ("abc", number));
    let listed = told(
        &ma,
        "court",
        (&format!("court list {dossier}"), &["--reason", "court"]),
    );
    let pieces = listed.as_array().unwrap();
    let own = pieces.iter().find(|piece| piece["entry"] == *entry);
    assert!(own.is_some(), "{listed}");
    let out = folder.path().join("court.zip");
    let out = out.to_str().unwrap();
    let line = format!("court bundle {dossier} --entries {entry} --out {out}");
    let produced = told(
        &ma,
        "court",
        (&line, &["--court", "tribunal du port", "--reason", "court"]),
    );
    let bytes = std::fs::read(out).unwrap();
    assert_eq!(produced["bytes"], bytes.len());
    run(
        &ma,
        "court",
        (
            1,
            &line,
            &["--court", "tribunal du port", "--reason", "court"],
        ),
    );

    let verified = json(&ends(0, &["--json", "court", "verify", out], "").0);
    assert_eq!(
        (&verified["valid"], &verified["node"]),
        (&true.into(), &"ma".into())
    );
    assert_eq!(verified["court"], "tribunal du port");
    let items = verified["entries"].as_array().unwrap();
    assert!(
        items
            .iter()
            .any(|item| item["entry"] == *entry && item["files"] == 2),
        "{verified}"
    );
    let at = bytes.windows(3).position(|three| three == b"abc").unwrap();
    let mut bytes = bytes;
    bytes[at] = b'b';
    let altered = folder.path().join("altered.zip");
    std::fs::write(&altered, bytes).unwrap();
    let (said, _) = ends(
        1,
        &["--json", "court", "verify", altered.to_str().unwrap()],
        "",
    );
    assert_eq!(json(&said)["valid"], false, "{said}");
}

/// Packages of a dossier are listed with what is attached, at either node; the dossier is taken out as a package that this program reads again.
///
/// Take out: in `cli/evidence/dossier.rs`, the code of the list, or what is written; in `cli/chart.rs`, the call of `taken_out`.
#[test]
fn packages_are_held_against_files_and_a_dossier_is_taken_out_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let number = &mut 0;
    let (ma, fr) = chartered(folder.path(), number);
    let (right, _) = investigated(&ma, &fr, ("abc", number));
    let (wrong, _) = investigated(&ma, &fr, ("abd", number));
    let listed = fr.does(&format!("evidence list {right}"), &[]);
    let found = |listed: &Value| listed["packages"][0]["files"][0]["found"].clone();
    assert_eq!(
        (found(&listed), &listed["packages"][0]["holds"]),
        ("same".into(), &true.into())
    );
    let (said, _) = run(&fr, "liaison", (1, &format!("evidence list {wrong}"), &[]));
    assert_eq!(found(&json(&said)), "differs");
    for (lang, word) in [
        ("fr", "autre fichier"),
        ("ar", "وثيقة أخرى"),
        ("en", "another file"),
    ] {
        let (said, _) = fr.ends(
            1,
            &[
                "--lang", lang, "evidence", "list", &wrong, "--as", "liaison",
            ],
        );
        assert!(said.contains(word), "{said}");
    }

    let out = folder.path().join("case.jsonld");
    let out = out.to_str().unwrap();
    let line = format!("evidence dossier {right} --out {out} --reason court");
    let taken = fr.does(&line, &[]);
    assert_eq!(taken["left_out"], 0, "{taken}");
    run(&fr, "liaison", (1, &line, &[]));
    let read = json(&ends(0, &["--json", "evidence", "read", out], "").0);
    assert_eq!(read["files"][0]["names"][0], "vue.png", "{read}");
    assert!(read["unknown"].to_string().contains("maker:part"), "{read}");
    let theirs = folder.path().join("ma.jsonld");
    let theirs = theirs.to_str().unwrap();
    ma.does(
        &format!("evidence dossier {right} --out {theirs} --reason court"),
        &[],
    );
    let compared = json(&ends(0, &["--json", "evidence", "compare", out, theirs], "").0);
    assert_eq!(compared["same"], true);
    // By the chart it is the same, and nothing is written over.
    let by_chart = folder.path().join("by-chart-case.jsonld");
    let by_chart = by_chart.to_str().unwrap();
    let line = format!("chart {right} --out {by_chart} --reason court");
    assert_eq!(ma.does(&line, &[])["left_out"], 0);
    let compared = json(&ends(0, &["--json", "evidence", "compare", out, by_chart], "").0);
    assert_eq!(compared["same"], true);
    run(&ma, "liaison", (1, &line, &[]));
}

/// A place and a time that are typed are compared with what the other node plans, from the ask to its outcome, by commands at two nodes: found, told
/// to whoever planned there, nothing left open; and what the commands need is said by them.
///
/// Take out: in `cli/compare.rs`, `moment`, or the act of `Answer` or `Tell`; in `cli/chart.rs`, `no_chart`.
#[test]
fn a_comparison_goes_from_the_ask_to_its_outcome_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let number = &mut 0;
    let (ma, fr) = chartered(folder.path(), number);
    let opened = |post: &Post, partner: &str| {
        let line = format!("write investigation.open --partner {partner}");
        let opened = post.does(&line, &["--title", "Estuaire", "--aim", "Comprendre."]);
        opened["number"].as_str().unwrap().to_owned()
    };
    let (shared, elsewhere) = (opened(&ma, "fr"), opened(&fr, "ma"));
    exchanged(&ma, &fr, number);
    let task = [
        "--title",
        "Surveillance",
        "--place",
        "Hangar B (36.842, -2.458)",
    ];
    let line = format!(
        "write investigation.task --dossier {elsewhere} --to fr/liaison --by 2099-07-15 --starts 2099-07-10T04:00Z --ends 2099-07-10T06:00Z"
    );
    fr.does(&line, &task);

    says_what_it_expects(&ma, &shared);
    let ask = format!("compare ask {shared}");
    let typed = [
        "--place",
        "Quai 3 (36.834, -2.463)",
        "--from",
        "2099-07-10T04:30",
    ];
    ma.does(&ask, &typed);
    exchanged(&ma, &fr, number);
    let list = format!("compare list {shared}");
    // The number of what a node still owes of it.
    let owed = |post: &Post| {
        let told = post.does(&list, &[]);
        let asks = told["compared"].as_array().unwrap().iter();
        let asks = asks.flat_map(|one| one["asks"].as_array().unwrap());
        let service = format!("{}/liaison", post.name);
        let mut open = asks.filter(|ask| ask["owing"] == *service && ask["state"] != "answered");
        open.next()
            .map(|ask| ask["number"].as_str().unwrap().to_owned())
    };
    let on = owed(&fr).expect("asked there");
    fr.does(&format!("compare answer {on}"), &[]);
    exchanged(&ma, &fr, number);
    let told = ma.does(&list, &[]);
    assert_eq!(told["compared"][0]["found"], "near", "{told}");
    let on = owed(&ma).expect("what came of it is asked here");
    ma.does(&format!("compare tell {on}"), &[]);
    exchanged(&ma, &fr, number);
    assert!(
        owed(&fr).is_none() && owed(&ma).is_none(),
        "nothing stays open"
    );
    let told = fr.does(&list, &[]).to_string();
    assert!(!told.contains("Quai") && !told.contains("36.834"), "{told}");
    let plan = fr.does(&format!("plan {elsewhere}"), &[]).to_string();
    assert!(plan.contains("\"abroad\":true"), "{plan}");

    refuses_a_chart_of_another_kind(&ma);
}

/// What is expected is said: by the help, and of what is none.
fn says_what_it_expects(ma: &Post, shared: &str) {
    let (help, _) = ma.ends(0, &["compare", "ask", "--help"]);
    assert!(
        help.contains("in UTC") && help.contains("North depot (35.785, -5.809)"),
        "{help}"
    );
    for reason in entente_core::access::Reason::given() {
        assert!(help.contains(reason.as_str()), "{help}");
    }
    let ask = format!("compare ask {shared}");
    let (_, said) = run(
        ma,
        "liaison",
        (2, &ask, &["--place", "Quai 3", "--from", "le matin"]),
    );
    assert!(
        said.contains("expected a moment in UTC, as in 2026-03-01T05:30"),
        "{said}"
    );
    let (_, said) = run(ma, "liaison", (2, &ask, &[]));
    assert!(said.contains("--plan"), "{said}");
    let (_, said) = run(
        ma,
        "liaison",
        (2, &ask, &["--plan", "x", "--reason", "curious"]),
    );
    assert!(
        said.contains("supervision") && said.contains("court"),
        "{said}"
    );
}

/// A dossier of another kind has no chart, and says so.
fn refuses_a_chart_of_another_kind(ma: &Post) {
    let desk = ma.does(
        "write request.open --partner fr",
        &[
            "--title",
            "Question",
            "--question",
            "Laquelle ?",
            "--facts",
            "Aucun.",
            "--country-link",
            "Départs.",
            "--offence",
            "fraud",
        ],
    );
    let desk = desk["number"].as_str().unwrap();
    let (_, said) = ma.ends(1, &["chart", desk, "--as", "liaison", "--lang", "en"]);
    assert!(
        said.contains(&format!("Dossier {desk} is no investigation")),
        "{said}"
    );
}
