//! The register: relations, states, errors by name.

use super::super::register::{Due, RelationKind, import};
use super::super::{ImportError, JsonFault};
use super::shared_bytes;

/// A register of our own with the points given as (id, kind, follows, due, English text).
fn register(points: &[(&str, &str, &[&str], &str, &str)]) -> Vec<u8> {
    let points: Vec<serde_json::Value> = points
        .iter()
        .map(|(id, kind, follows, due, text)| {
            let due = if due.is_empty() { serde_json::Value::Null } else { serde_json::json!(due) };
            serde_json::json!({"id": id, "instrument": "I", "kind": kind, "follows": follows, "due": due, "text_en": text, "debtor": ["AA"], "creditor": ["BB"]})
        })
        .collect();
    serde_json::to_vec(
        &serde_json::json!({"instruments": [{"id": "I", "date": "2030-01-01"}], "points": points}),
    )
    .expect("json")
}

#[test]
fn a_chain_is_answered_and_acknowledged() {
    let r = import(&register(&[
        ("P", "commitment", &[], "", "Study it."),
        ("M", "milestone", &["P"], "2030-02-01", "Draft sent."),
        (
            "R",
            "restatement",
            &["P"],
            "",
            "Said again, widened to ports.",
        ),
        ("F", "fulfilment", &["P"], "", "Signed."),
        ("A", "acknowledgement", &["F"], "", "Both welcome it."),
    ]))
    .expect("register");
    let p = r.status("P").expect("point");
    assert!(!p.open);
    assert_eq!(
        (p.answered_by, p.acknowledged_by),
        (vec!["F".to_owned()], vec!["A".to_owned()])
    );
    assert_eq!(
        (p.restated_by, p.widened_by, p.prepared_by),
        (
            vec!["R".to_owned()],
            vec!["R".to_owned()],
            vec!["M".to_owned()]
        )
    );
    assert!(r.status("none").is_none());
    assert_eq!(r.statuses().len(), 5);
}

#[test]
fn a_restatement_closes_nothing() {
    let r = import(&register(&[
        ("P", "commitment", &[], "", ""),
        ("R", "restatement", &["P"], "", "Again."),
    ]))
    .expect("register");
    let p = r.status("P").expect("point");
    assert!(p.open && p.restated_by == ["R"] && p.widened_by.is_empty());
}

#[test]
fn due_times_are_parsed() {
    let r = import(&register(&[
        ("A", "commitment", &[], "2014-02-20", ""),
        ("B", "commitment", &[], "before 2018", ""),
        ("C", "commitment", &[], "immediately", ""),
        ("D", "commitment", &[], "2014-02-30", ""),
    ]))
    .expect("register");
    let due = |id: &str| r.point(id).and_then(|p| p.due.clone()).expect("due");
    assert_eq!(due("A"), Due::Date("2014-02-20".into()));
    assert_eq!(due("B"), Due::Before("2018".into()));
    assert_eq!(due("C"), Due::Phrase("immediately".into()));
    assert_eq!(
        due("D"),
        Due::Phrase("2014-02-30".into()),
        "a day that does not exist is words"
    );
}

#[test]
fn faults_are_named() {
    let twice = register(&[
        ("P", "commitment", &[], "", ""),
        ("P", "commitment", &[], "", ""),
    ]);
    assert_eq!(
        import(&twice),
        Err(ImportError::DuplicateId { id: "P".into() })
    );
    let lost = register(&[("P", "commitment", &["Q"], "", "")]);
    assert_eq!(
        import(&lost),
        Err(ImportError::UnknownPoint {
            point: "P".into(),
            follows: "Q".into()
        })
    );
    let circle = register(&[
        ("P", "commitment", &["Q"], "", ""),
        ("Q", "commitment", &["P"], "", ""),
        ("Z", "commitment", &[], "", ""),
    ]);
    assert_eq!(
        import(&circle),
        Err(ImportError::Cycle { point: "P".into() })
    );
    let own = register(&[("P", "commitment", &["P"], "", "")]);
    assert_eq!(import(&own), Err(ImportError::Cycle { point: "P".into() }));
    let unknown =
        br#"{"instruments":[],"points":[{"id":"P","instrument":"X","kind":"commitment"}]}"#;
    assert_eq!(
        import(unknown),
        Err(ImportError::UnknownInstrument {
            point: "P".into(),
            instrument: "X".into()
        })
    );
    assert!(matches!(
        import(b"{"),
        Err(ImportError::Json {
            reason: JsonFault::Cut,
            ..
        })
    ));
    assert!(matches!(
        import(b"nonsense"),
        Err(ImportError::Json {
            reason: JsonFault::Syntax,
            ..
        })
    ));
    assert!(matches!(
        import(br#"{"instruments":3,"points":[]}"#),
        Err(ImportError::Json { .. })
    ));
    assert!(matches!(
        import(&[0xff, 0xfe]),
        Err(ImportError::NotUtf8 { offset: 0 })
    ));
    assert!(matches!(
        import(&vec![b' '; 3 << 20]),
        Err(ImportError::TooLarge { .. })
    ));
    let deep = "[".repeat(100_000);
    assert!(matches!(
        import(deep.as_bytes()),
        Err(ImportError::Json { .. })
    ));
}

#[test]
fn a_long_chain_stays_small() {
    let names: Vec<String> = (0..3000).map(|n| format!("P{n:05}")).collect();
    let follows: Vec<Vec<&str>> = (0..3000)
        .map(|n: usize| {
            n.checked_sub(1)
                .map(|m| vec![names[m].as_str()])
                .unwrap_or_default()
        })
        .collect();
    let points: Vec<(&str, &str, &[&str], &str, &str)> = names
        .iter()
        .zip(&follows)
        .map(|(n, f)| (n.as_str(), "acknowledgement", f.as_slice(), "", ""))
        .collect();
    let r = import(&register(&points)).expect("register");
    assert!(r.relations.len() <= 3000 * 66);
}

#[test]
fn the_shared_register_has_its_chain() {
    let Some(bytes) = shared_bytes("fr-ma_commitment-register.derived.json") else {
        return;
    };
    let r = import(&bytes).expect("register");
    assert_eq!((r.instruments.len(), r.points.len()), (13, 25));
    let imam = r.status("RHN12/6").expect("point");
    assert!(!imam.open);
    assert_eq!(
        (imam.answered_by, imam.acknowledged_by),
        (vec!["IMAM-2015/1".to_owned()], vec!["RHN13/1".to_owned()])
    );
    let feedback = r.status("RHN12/1").expect("point");
    assert!(feedback.open);
    assert_eq!(
        (feedback.restated_by, feedback.widened_by),
        (vec!["INT-2015/1".to_owned()], vec!["INT-2015/1".to_owned()])
    );
    assert_eq!(
        r.status("FM-2015/ratify").expect("point").prepared_by,
        ["RATIF-FR-1"]
    );
    assert!(
        r.relations
            .iter()
            .any(|x| x.kind == RelationKind::Prepares && x.from == "FU-2019/1")
    );
    assert_eq!(
        r.point("RHN13/2").and_then(|p| p.due.clone()),
        Some(Due::Before("2018".into()))
    );
    assert_eq!(
        r.point("PROT-2015/23bis-2").and_then(|p| p.due.clone()),
        Some(Due::Phrase("immediately".into()))
    );
}
