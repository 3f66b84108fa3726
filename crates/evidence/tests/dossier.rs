//! A dossier written as a package is read again by our own reader as what it was: things, links, who brought them and when.

use entente_evidence::Package;
use entente_evidence::canon::compare;
use entente_evidence::custody::custody;
use entente_evidence::dossier::{
    Dates, Decision, Dossier, Exhibit, FileOf, Link, Moment, Recorded, Seals, Thing, package,
};
use entente_evidence::proposals::proposals;
use entente_evidence::union::union;
use proptest::prelude::*;
use std::collections::BTreeSet;

const SORTS: [&str; 11] = [
    "person",
    "organisation",
    "phone",
    "account",
    "vehicle",
    "vessel",
    "address",
    "device",
    "document",
    "event",
    "place",
];
/// Sorts that our reader proposes as things again; of the others the package says what they are, under names of our own.
const PROPOSED: [&str; 8] = [
    "person",
    "organisation",
    "phone",
    "account",
    "address",
    "device",
    "document",
    "place",
];

fn recorded(n: usize) -> impl Strategy<Value = Recorded> {
    (0..3_usize, 0..86_400_u32, any::<bool>()).prop_map(move |(by, second, assessment)| Recorded {
        entry: format!("{n:064x}"),
        by: ["fr/liaison", "ma/liaison", "ma/enquete"][by].into(),
        at: format!(
            "2015-06-03T{:02}:{:02}:{:02}Z",
            second / 3_600,
            second / 60 % 60,
            second % 60
        ),
        handling: vec!["restricted".into(), "H0".into()],
        assessment: Some(assessment),
        evaluation: assessment.then(|| ("B".into(), "2".into())),
        text: assessment.then(|| ("Vu \"deux\" fois.".into(), "fr".into())),
        ..Recorded::default()
    })
}

/// Names as people write them, with everything that JSON has to hide.
fn name() -> impl Strategy<Value = (String, String)> {
    let text = prop_oneof![
        Just("Exemple \"Inventé\" \\ <b>".to_owned()),
        Just("مثال مختلق".to_owned()),
        "[a-zé0-9 @_:/#-]{1,20}[a-z]",
    ];
    let script = prop_oneof![Just(""), Just("ar-Arab"), Just("fr-Latn")];
    (text, script.prop_map(str::to_owned))
}

fn thing(n: usize) -> impl Strategy<Value = Thing> {
    let names = proptest::collection::vec(name(), 1..4);
    (recorded(n), 0..SORTS.len(), names).prop_map(|(recorded, sort, names)| Thing {
        recorded,
        sort: SORTS[sort].into(),
        names,
        ..Thing::default()
    })
}

fn dossier() -> impl Strategy<Value = (Vec<Thing>, Vec<Link>)> {
    (1..8_usize).prop_flat_map(|count| {
        let things: Vec<_> = (0..count).map(thing).collect();
        let link = (recorded(0), 0..count, 0..count, any::<bool>());
        let links = proptest::collection::vec(link, 0..6);
        (things, links).prop_map(|(things, links)| {
            let links = links.into_iter().enumerate();
            let links = links.map(|(n, (recorded, from, to, directed))| Link {
                recorded: Recorded {
                    entry: format!("{:064x}", 1_000 + n),
                    ..recorded
                },
                kind: "calls".into(),
                directed,
                from: things[from].recorded.entry.clone(),
                to: things[to].recorded.entry.clone(),
                dates: Dates {
                    from: Some("2015-03".into()),
                    until: None,
                },
            });
            let links = links.collect();
            (things, links)
        })
    })
}

fn short(iri: &str) -> String {
    iri.trim_start_matches("urn:entente:entry:").to_owned()
}

proptest! {
    /// Take out: `of_link`, `brought`, or a line of `TYPES` in `dossier.rs`.
    #[test]
    fn what_is_written_of_a_dossier_is_read_again((things, links) in dossier()) {
        let dossier = Dossier { things: things.clone(), links: links.clone(), ..Dossier::default() };
        let text = package(&dossier).to_text();
        let read = Package::decode(text.as_bytes()).unwrap();
        let all = proposals(read.graph());
        let of = |node| short(&read.shown(node));

        let proposed: BTreeSet<String> = all.things.iter().map(|thing| of(thing.node)).collect();
        for thing in things.iter().filter(|thing| PROPOSED.contains(&thing.sort.as_str())) {
            prop_assert!(proposed.contains(&thing.recorded.entry), "{text}");
            let found = all.things.iter().find(|one| of(one.node) == thing.recorded.entry).unwrap();
            let label = found.label.as_deref().unwrap();
            let names: Vec<&str> = thing.names.iter().map(|(name, _)| name.trim()).collect();
            prop_assert!(names.contains(&label), "{label} of {names:?}");
        }
        let found: BTreeSet<(String, String, String)> =
            all.links.iter().map(|link| (of(link.node), of(link.from), of(link.to))).collect();
        let given: BTreeSet<(String, String, String)> = links
            .iter()
            .map(|link| (link.recorded.entry.clone(), link.from.clone(), link.to.clone()))
            .collect();
        prop_assert_eq!(found, given);

        let custody = custody(read.graph());
        let when = |action: &entente_evidence::custody::Action<'_>| action.when().map(|when| when.text.to_owned());
        let done: BTreeSet<(String, Option<String>)> =
            custody.actions.iter().map(|action| (of(action.objects[0]), when(action))).collect();
        let records = things.iter().map(|thing| &thing.recorded).chain(links.iter().map(|link| &link.recorded));
        let brought: BTreeSet<(String, Option<String>)> =
            records.map(|recorded| (recorded.entry.clone(), Some(recorded.at.clone()))).collect();
        prop_assert_eq!(done, brought);
        // Handed on by our own reader it says the same.
        let again = Package::decode(read.to_text().as_bytes()).unwrap();
        let difference = compare(read.graph(), again.graph()).unwrap();
        prop_assert!(difference.is_none(), "{difference:?}");
        // Given out by another node that took it in, once or twice, it says the same under the same names.
        for parts in [vec![read.graph()], vec![read.graph(), again.graph()]] {
            let whole = Package::decode(union(&parts).to_line().as_bytes()).unwrap();
            let difference = compare(read.graph(), whole.graph()).unwrap();
            prop_assert!(difference.is_none(), "{difference:?}");
        }
    }
}

fn by(entry: &str, service: &str) -> Recorded {
    Recorded {
        entry: entry.repeat(64),
        by: service.into(),
        at: "2015-06-03T10:00:00Z".into(),
        handling: vec!["restricted".into()],
        ..Recorded::default()
    }
}

/// An exhibit that was seized, examined and handed over, with a file and the copy that was made of it.
fn exhibits() -> Dossier {
    let seized = Recorded {
        files: vec![FileOf {
            index: 0,
            name: "vue.png".into(),
            media: "image/png".into(),
            size: 3,
            sha256: Some("ab".repeat(32)),
        }],
        ..by("a", "fr/liaison")
    };
    let moment = |recorded: &Recorded, what: &str, at: &str| Moment {
        recorded: recorded.clone(),
        what: what.into(),
        at: Some(at.into()),
        to: "laboratoire".into(),
        ..Moment::default()
    };
    let examined = Moment {
        purpose: "lecture".into(),
        seals: Seals {
            found: Some("intact".into()),
            left: Some("broken".into()),
            number: "S-7".into(),
            ..Seals::default()
        },
        ..moment(&by("b", "fr/liaison"), "examined", "2015-06-04T09:00:00Z")
    };
    let phone = Exhibit {
        name: "Téléphone".into(),
        mark: "X-1".into(),
        hash: Some(("sha256".into(), "cd".repeat(32))),
        moments: vec![moment(&seized, "seized", "2015-06-03T08:00:00Z"), examined],
        recorded: seized,
        ..Exhibit::default()
    };
    let copied = by("c", "ma/liaison");
    let copy = Exhibit {
        name: "Image du téléphone".into(),
        mark: "X-1/1".into(),
        derived: Some((Some("a".repeat(64)), "outil 3.1".into())),
        moments: vec![moment(&copied, "seized", "2015-06-05T08:00:00Z")],
        recorded: copied,
        ..Exhibit::default()
    };
    Dossier {
        decisions: vec![Decision {
            recorded: by("d", "ma/liaison"),
            same: true,
            of: ["e".repeat(64), "f".repeat(64)],
            undone: Some(by("0", "fr/liaison")),
        }],
        exhibits: vec![phone, copy],
        ..Dossier::default()
    }
}

/// A chain of custody is read again by our own reader as what it was: exhibit numbers, each step in order of time with its performer, what was
/// derived from what, and the files with their hashes.
/// Take out: `of_moment`, `derived` or `of_file` in `dossier.rs`.
#[test]
fn exhibits_are_read_again_with_their_chain_of_custody() {
    let read = Package::decode(package(&exhibits()).to_text().as_bytes()).unwrap();
    let (graph, held) = (read.graph(), custody(read.graph()));
    let marks: Vec<&str> = held.records.iter().map(|r| r.exhibits[0]).collect();
    assert_eq!(marks, ["X-1", "X-1/1"]);
    let (phone, _) = graph
        .find(&format!("urn:entente:entry:{}", "a".repeat(64)))
        .unwrap();
    let steps: Vec<&str> = held.chains[&phone]
        .iter()
        .map(|step| held.actions[step.action].names[0])
        .collect();
    // The seizure twice: on the exhibit, and with its provenance record as the result.
    let expected = ["seized", "seized", "recorded", "examined", "derived"];
    assert_eq!(steps, expected);
    let examined = held
        .actions
        .iter()
        .find(|a| a.names[0] == "examined")
        .unwrap();
    let by = graph.node(examined.performers[0]).unwrap();
    assert_eq!(
        by.texts(entente_evidence::vocabulary::NAME).next(),
        Some("laboratoire")
    );
    let files = entente_evidence::files::files(graph);
    let hashes: Vec<&str> = files
        .iter()
        .flat_map(|f| &f.hashes)
        .map(|h| h.value)
        .collect();
    assert_eq!(hashes, ["cd".repeat(32), "ab".repeat(32)]);
    let text = read.to_text();
    for said in [
        "sealFound",
        "sealLeft",
        "S-7",
        "CDCD",
        "undoneBy",
        "outil 3.1",
    ] {
        let found = text.contains(said) || text.contains(&said.to_lowercase());
        assert!(found, "{said}: {text}");
    }
    // Taken in and given out again, beside another package, nothing of it is lost.
    let other =
        Package::decode(br#"{"@id":"http://example.org/n","maker:part":1.50,"loose":null}"#);
    let other = other.unwrap();
    let whole = union(&[graph, other.graph()]);
    let whole = Package::decode(whole.to_line().as_bytes()).unwrap();
    for part in [graph, other.graph()] {
        let difference = compare(part, whole.graph()).unwrap();
        let kept = difference.only_first.is_empty() && difference.changed.is_empty();
        assert!(kept && !difference.unnamed, "{difference:?}");
    }
}
