//! The outcomes expected on the shared inputs.

use super::super::{
    Act, Actor, Class, Format, Lang, ObligationType, Topic, align as align_versions,
    import as import_text, propose,
};
use super::{of, shared_bytes, shared_text};

const REPORT: &str = "fr-ma_2015-05-28_press-report.fr.txt";

#[test]
fn press_report_yields_the_expected_commitments() {
    let Some(text) = shared_text(REPORT, Lang::Fr) else {
        return;
    };
    assert_eq!(text.paragraphs.len(), 8);
    assert_eq!(text.date.as_deref(), Some("2015-05-28"));
    let p = propose(&text);
    let topics: Vec<Topic> = of(&p, Class::Commitment).iter().map(|c| c.topic).collect();
    assert_eq!(
        topics,
        [
            Topic::Feedback,
            Topic::Meetings,
            Topic::Coordination,
            Topic::Deradicalisation,
            Topic::OrganisedCrime
        ]
    );
    assert!(
        of(&p, Class::Commitment)
            .iter()
            .all(|c| c.owners == Actor::Both && c.due.is_empty())
    );
    let one = |class| {
        let list = of(&p, class);
        assert_eq!(list.len(), 1);
        list[0]
    };
    assert_eq!(
        (
            one(Class::Reaffirmation).paragraph,
            one(Class::Reaffirmation).topic
        ),
        (5, Topic::Deradicalisation)
    );
    assert_eq!(
        (
            one(Class::StudiesTowards).paragraph,
            one(Class::StudiesTowards).topic
        ),
        (5, Topic::ImamTraining)
    );
    let appeal = one(Class::Appeal);
    assert_eq!(
        (appeal.paragraph, appeal.obligation),
        (6, ObligationType::Report)
    );
}

#[test]
fn press_report_positions_have_act_speaker_and_addressee() {
    let Some(text) = shared_text(REPORT, Lang::Fr) else {
        return;
    };
    let p = propose(&text);
    let acts: Vec<(u32, Act)> = p
        .paragraphs
        .iter()
        .flat_map(|q| q.statements.iter().map(|s| (q.number, s.act)))
        .collect();
    let expected = [
        (1, Act::Commits),
        (2, Act::Commits),
        (3, Act::IsConcerned),
        (3, Act::Condemns),
        (4, Act::Commits),
        (4, Act::Supports),
        (5, Act::Reaffirms),
        (5, Act::StudiesTowards),
        (6, Act::IsConcerned),
        (6, Act::CallsOn),
        (7, Act::Welcomes),
        (8, Act::Commits),
    ];
    assert_eq!(acts, expected);
    let support = &p.paragraphs[3].statements[1];
    assert!(matches!(&support.speaker, Actor::One { code: Some(c), .. } if c == "FR"));
    assert!(matches!(&support.addressee, Some(Actor::One { code: Some(c), .. }) if c == "MA"));
    let appeal = &p.paragraphs[5].statements[1];
    assert_eq!(appeal.speaker, Actor::Both);
    assert!(matches!(&appeal.addressee, Some(Actor::Third { .. })));
    // What the agency says about its source is in no statement.
    assert!(!p.paragraphs[1].statements[0].text.contains("lit-on"));
    assert!(
        p.paragraphs[3]
            .statements
            .iter()
            .all(|s| !s.text.contains("source"))
    );
}

#[test]
fn universal_declaration_aligns_thirty_articles_in_three_languages() {
    let mut versions = Vec::new();
    for (name, lang) in [
        ("udhr.fr.html", Lang::Fr),
        ("udhr.ar.html", Lang::Ar),
        ("udhr.en.html", Lang::En),
    ] {
        let Some(text) = shared_text(name, lang) else {
            return;
        };
        let keys: Vec<String> = text
            .paragraphs
            .iter()
            .filter_map(|p| p.key.clone())
            .collect();
        assert_eq!(
            keys,
            (1..=30).map(|n| n.to_string()).collect::<Vec<_>>(),
            "{name}"
        );
        assert!(text.title.is_some());
        versions.push(text);
    }
    let a = align_versions(&versions);
    let numbered: Vec<_> = a.rows.iter().filter(|r| r.key.is_some()).collect();
    assert_eq!(numbered.len(), 30);
    assert!(
        numbered
            .iter()
            .all(|r| !r.by_order && r.paragraphs.iter().all(|p| p.len() == 1))
    );
    assert!(a.missing.iter().chain(&a.extra).all(Vec::is_empty));
    // The preamble has no numbers: by order, and said so.
    assert!(a.by_order && a.rows[0].by_order);
}

#[test]
fn dated_promise_of_one_statement_is_found() {
    let Some(text) = shared_text(
        "us-mx_2021-10-08_high-level-security-dialogue.en.md",
        Lang::En,
    ) else {
        return;
    };
    let p = propose(&text);
    let cyber: Vec<_> = p
        .commitments
        .iter()
        .filter(|c| c.topic == Topic::Cybercrime)
        .collect();
    assert_eq!(cyber.len(), 1);
    assert_eq!(cyber[0].due[0].text, "by 2022");
    assert_eq!(cyber[0].due[0].date.as_deref(), Some("2022"));
    let mexico = p
        .commitments
        .iter()
        .filter(|c| matches!(&c.owners, Actor::One { code: Some(c), .. } if c == "MX"))
        .count();
    assert_eq!(mexico, 1);
}

#[test]
fn one_declaration_in_two_languages_aligns_by_order() {
    let (Some(en), Some(fr)) = (
        shared_text(
            "los-angeles_2022-06-10_migration-protection.en.md",
            Lang::En,
        ),
        shared_text(
            "los-angeles_2022-06-10_migration-protection.fr.md",
            Lang::Fr,
        ),
    ) else {
        return;
    };
    let a = align_versions(&[en, fr]);
    assert_eq!(a.rows.len(), 18);
    assert!(
        a.by_order
            && a.rows.iter().all(|r| r.by_order
                && r.paragraphs == vec![r.paragraphs[0].clone(), r.paragraphs[0].clone()])
    );
}

#[test]
fn every_span_is_the_text_it_names() {
    for name in [
        REPORT,
        "udhr.ar.html",
        "udhr.fr.html",
        "us-fr_2021-10-29_joint-statement.en.md",
        "los-angeles_2022-06-10_migration-protection.fr.md",
    ] {
        let Some(bytes) = shared_bytes(name) else {
            return;
        };
        let p = propose(&import_text(&bytes, Format::Auto, None).expect("read"));
        let text_of = |n: u32| {
            p.paragraphs
                .iter()
                .find(|q| q.number == n)
                .map(|q| q.text.clone())
                .expect("paragraph")
        };
        for q in &p.paragraphs {
            for s in &q.statements {
                assert_eq!(
                    q.text.get(s.start..s.end),
                    Some(s.text.as_str()),
                    "{name} {}",
                    q.number
                );
                for b in &s.because {
                    assert_eq!(
                        text_of(b.paragraph).get(b.start..b.end),
                        Some(b.text.as_str())
                    );
                }
            }
        }
        for c in &p.commitments {
            assert_eq!(
                text_of(c.paragraph).get(c.start..c.end),
                Some(c.text.as_str())
            );
            assert!(!c.because.is_empty() && c.title.chars().count() <= 120 && !c.title.is_empty());
            for d in &c.due {
                assert_eq!(
                    text_of(c.paragraph).get(d.start..d.end),
                    Some(d.text.as_str())
                );
            }
        }
    }
}
