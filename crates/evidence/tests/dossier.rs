//! A dossier written as a package is read again by our own reader as what it was: things, links, who brought them and when.

use entente_evidence::Package;
use entente_evidence::custody::custody;
use entente_evidence::dossier::{Link, Recorded, Thing, package};
use entente_evidence::proposals::proposals;
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
        handling: "restreint · H0".into(),
        assessment,
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
        let text = package(&things, &links).to_text();
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
        let difference = entente_evidence::canon::compare(read.graph(), again.graph()).unwrap();
        prop_assert!(difference.is_none(), "{difference:?}");
    }
}
