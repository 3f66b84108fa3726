//! Rule 8: what a version of the rules was released with never changes. A type of entry that a released program lacks in a kind that it knows
//! is irregular there for good; so whoever adds one to a kind raises the rules, and cards say who knows it.

use entente_core::able::Able;
use entente_core::kind::RULES_KNOWN;
use entente_core::kinds;
use std::collections::{BTreeMap, BTreeSet};

/// The rules that the newest released program knows, on the first line of the golden file.
const MARK: &str = "released up to rules ";

/// A kind's name and its types with their versions, by the rules that each came with.
type Types = BTreeMap<(String, u16), BTreeSet<String>>;

/// The rules that a version of a type came with, in a program as it is now.
fn came_with(entry: &entente_core::kind::EntryType, version: u16) -> u16 {
    let knows = |rules: &&u16| {
        let mut able = Able::newest();
        able.rules = vec![**rules];
        able.version_of(entry).is_some_and(|known| known >= version)
    };
    let came = RULES_KNOWN.iter().find(knows);
    *came.expect("a type of rules that this program does not know")
}

fn types() -> Types {
    let mut all = Types::new();
    for kind in kinds::ALL {
        for entry in kind.entries {
            for version in 1..=entry.version {
                let place = (kind.name.to_owned(), came_with(entry, version));
                let types = all.entry(place).or_default();
                types.insert(format!("{}@{version}", entry.name));
            }
        }
    }
    all
}

fn printed(released: u16, types: &Types) -> String {
    let mut text = format!("{MARK}{released}\n");
    for ((kind, rules), types) in types {
        let types: Vec<&str> = types.iter().map(String::as_str).collect();
        text.push_str(&format!("{kind} {rules}: {}\n", types.join(" ")));
    }
    text
}

/// The golden file: what is released, and the types.
fn read(text: &str) -> (u16, Types) {
    let mut lines = text.lines();
    let mark = lines.next().and_then(|line| line.strip_prefix(MARK));
    let released = mark.and_then(|rules| rules.parse().ok());
    let types = lines.map(|line| {
        let (place, types) = line.split_once(": ").expect("kind and types");
        let (kind, rules) = place.split_once(' ').expect("kind and rules");
        let rules = rules.parse().expect("a number");
        let types = types.split(' ').map(str::to_owned);
        ((kind.to_owned(), rules), types.collect())
    });
    (released.expect("what is released"), types.collect())
}

/// What of released rules changed in a kind that was there: programs of before would judge it otherwise.
fn changed<'a>(released: u16, before: &'a Types, now: &'a Types) -> Vec<String> {
    let known: BTreeSet<&String> = before.keys().map(|(kind, _)| kind).collect();
    let old = |place: &&(String, u16)| place.1 <= released && known.contains(&place.0);
    let places: BTreeSet<&(String, u16)> = before.keys().chain(now.keys()).filter(old).collect();
    let differ = places
        .into_iter()
        .filter(|place| before.get(*place) != now.get(*place));
    let none = BTreeSet::new();
    let said = differ.map(|place| {
        let (then, now) = (
            before.get(place).unwrap_or(&none),
            now.get(place).unwrap_or(&none),
        );
        let more: Vec<&String> = now.difference(then).collect();
        let less: Vec<&String> = then.difference(now).collect();
        format!(
            "{} under rules {}: new {more:?}, gone {less:?}",
            place.0, place.1
        )
    });
    said.collect()
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test leaves what it found beside the golden file"
)]
fn rule_08_types_of_a_released_kind_change_with_new_rules_alone() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let golden = std::fs::read_to_string(format!("{folder}/entry_types.txt")).expect("golden");
    let ((released, before), now) = (read(&golden), types());
    let changed = changed(released, &before, &now);
    assert!(
        changed.is_empty(),
        "entry types of a kind changed under rules that are released:\n  {}\n\
         A program of these rules exists that has no such type and finds it irregular for good, so two sides would differ. Leave what was \
         released as it is. A new type or version comes with rules of its own: raise RULES and RULES_KNOWN in crates/core/src/kind.rs, give \
         the type a line in LATER of crates/core/src/able.rs, and copy entry_types.new.txt over entry_types.txt.",
        changed.join("\n  ")
    );
    let printed = printed(released, &now);
    if printed != golden {
        std::fs::write(format!("{folder}/entry_types.new.txt"), &printed).expect("written");
        panic!(
            "types came with rules that are not released yet, or with a new kind: read tests/golden/entry_types.new.txt and copy it over \
             entry_types.txt. The first line is raised with each release that has new rules."
        );
    }
}

/// What the test above is for.
#[test]
fn a_type_added_at_released_rules_is_found_and_one_of_later_rules_or_a_new_kind_is_not() {
    let (released, before) =
        read("released up to rules 3\nrequest 1: note@1 refuse@1\nrequest 3: release@1\n");
    assert_eq!(printed(released, &before).lines().count(), 3);
    let with = |kind: &str, rules: u16, name: &str| {
        let mut now = before.clone();
        now.entry((kind.to_owned(), rules))
            .or_default()
            .insert(name.to_owned());
        changed(released, &before, &now)
    };
    assert_eq!(
        with("request", 3, "later@1"),
        ["request under rules 3: new [\"later@1\"], gone []"]
    );
    assert_eq!(with("request", 2, "later@1").len(), 1);
    assert_eq!(with("request", 1, "note@2").len(), 1);
    assert_eq!(with("request", 4, "later@1"), [""; 0]);
    assert_eq!(with("rescue", 1, "rescue.open@1"), [""; 0]);
    let gone = Types::from([(
        ("request".to_owned(), 1),
        before[&("request".to_owned(), 1)].clone(),
    )]);
    assert_eq!(changed(released, &before, &gone).len(), 1);
}
