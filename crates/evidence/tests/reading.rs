//! JSON-LD as packages write it, what is refused of it, and bytes that were made to hurt (invariant 12).

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use entente_evidence::canon::{canonical, compare};
use entente_evidence::custody::custody;
use entente_evidence::export::{Given, Receipt, with_provenance};
use entente_evidence::files::files;
use entente_evidence::graph::{Graph, Value};
use entente_evidence::proposals::{Sort, cut, label, proposals};
use entente_evidence::{EvidenceError, Feature, Many, Package, Shape, vocabulary as v};
use entente_proof::blame::Blame;
use entente_proof::digest::Digest;

fn read(text: &str) -> Package {
    Package::decode(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn refused(text: &str) -> EvidenceError {
    Package::decode(text.as_bytes()).unwrap_err()
}

/// Whether two packages say the same.
fn same(first: &str, second: &str) -> bool {
    compare(read(first).graph(), read(second).graph())
        .unwrap()
        .is_none()
}

#[test]
fn one_thing_said_in_two_ways_is_the_same() {
    let short = r#"{"@context":{"k":"http://e.org/","p":"http://e.org/p#","x":"http://www.w3.org/2001/XMLSchema#"},"@graph":[{"@id":"k:a","@type":"p:T","p:n":5,"p:to":{"@id":"k:b"},"p:s":"text"}]}"#;
    for other in [
        // In full, without a context, as an array.
        r#"[{"@id":"http://e.org/a","@type":["http://e.org/p#T"],"http://e.org/p#n":[{"@value":"5","@type":"http://www.w3.org/2001/XMLSchema#integer"}],"http://e.org/p#to":[{"@id":"http://e.org/b"}],"http://e.org/p#s":[{"@value":"text"}]}]"#,
        // By terms, aliases of keywords, a vocabulary and coercion.
        r#"{"@context":{"@version":1.1,"@vocab":"http://e.org/p#","id":"@id","type":"@type","k":"http://e.org/","to":{"@type":"@id"}},"@graph":[{"id":"k:a","type":"T","n":5.0,"to":"k:b","s":"text"}]}"#,
        // By a base, and said twice.
        r#"{"@context":{"@base":"http://e.org/x","p":"http://e.org/p#"},"@graph":[{"@id":"a","@type":"p:T","p:n":[5,5]},{"@id":"a","p:to":{"@id":"b"},"p:s":{"@set":["text","text"]}}]}"#,
        // The one node at the top; an array of contexts.
        r#"{"@context":[null,{"p":"http://e.org/p#"},{"q":"p:"}],"@id":"http://e.org/a","@type":"q:T","q:n":50e-1,"p:to":[{"@id":"http://e.org/b"}],"p:s":["text"]}"#,
    ] {
        assert!(same(short, other), "{other}");
    }
}

/// A term begins other names only where JSON-LD 1.1 says so: another reader would take the name as it stands.
#[test]
fn not_every_term_is_a_prefix() {
    let of = |context: &str| format!(r#"{{"@context":{context},"@id":"a:x","u:p":1}}"#);
    let whole = r#"{"@id":"http://e.org/x","u:p":1}"#;
    assert!(same(&of(r#"{"a":"http://e.org/"}"#), whole));
    let prefix = r#"{"a":{"@id":"http://e.org/","@prefix":true}}"#;
    assert!(same(&of(prefix), whole));
    let bare = r#"{"@id":"a:x","u:p":1}"#;
    assert!(same(&of(r#"{"a":{"@id":"http://e.org/"}}"#), bare));
    assert!(same(&of(r#"{"a":"http://e.org/y"}"#), bare));
}

#[test]
fn what_differs_differs() {
    let of = |value: &str| format!(r#"{{"@id":"u:a","u:p":{value}}}"#);
    let values = [
        r#""5""#,
        "5",
        "5.5",
        "true",
        r#""true""#,
        "null",
        r#"{"@value":"5","@language":"fr"}"#,
        r#"{"@value":"5","@type":"u:t"}"#,
        r#"{"@list":["5"]}"#,
        r#"{"@list":["5","5"]}"#,
        r#"{"@list":[["5"],"5"]}"#,
        r#"{"@list":[]}"#,
        r#"{"@id":"5"}"#,
        "{}",
        r#"[{},{}]"#,
        r#"{"u:p":{}}"#,
        r#"{"@value":5,"@type":"@json"}"#,
        r#"{"@value":[5],"@type":"@json"}"#,
        "[5,6]",
        r#"{"@list":[5,6]}"#,
        r#"{"@list":[6,5]}"#,
        "123456789012345678901234567890",
        "123456789012345678901234567891",
        "0.1",
        "0.10000000000000000001",
    ];
    for (place, first) in values.iter().enumerate() {
        for second in &values[place + 1..] {
            assert!(!same(&of(first), &of(second)), "{first} {second}");
        }
    }
    // With a name that no context gives a meaning, and where only the name of a node is said.
    assert!(!same(r#"{"@id":"u:a","p":1}"#, r#"{"@id":"u:a","p":2}"#));
    assert!(!same(
        r#"{"@graph":[{"@id":"u:a"}]}"#,
        r#"{"@graph":[{"@id":"u:b"}]}"#
    ));
}

/// A circle of six nodes without a name is not two circles of three, though every node looks alike.
#[test]
fn circles_of_nodes_without_a_name_are_told_apart() {
    let circle = |names: &[&str]| -> String {
        let nodes = names.iter().zip(names.iter().cycle().skip(1));
        let nodes = nodes.map(|(a, b)| format!(r#"{{"@id":"_:{a}","u:p":{{"@id":"_:{b}"}}}}"#));
        nodes.collect::<Vec<_>>().join(",")
    };
    let graph = |parts: &[String]| format!(r#"{{"@graph":[{}]}}"#, parts.join(","));
    let six = graph(&[circle(&["a", "b", "c", "d", "e", "f"])]);
    let other = graph(&[circle(&["q", "z", "c", "y", "e", "a"])]);
    let threes = graph(&[circle(&["a", "b", "c"]), circle(&["d", "e", "f"])]);
    assert!(same(&six, &other));
    assert!(!same(&six, &threes));
}

/// Made to take for ever: a thousand nodes without a name, all alike, each referring to all others of its group.
#[test]
fn invariant_12_nodes_made_too_alike_to_compare_are_refused() {
    let mut nodes = String::new();
    for n in 0..400 {
        let others = (0..20).map(|k| format!(r#"{{"@id":"_:b{}"}}"#, (n / 20) * 20 + k));
        let others = others.collect::<Vec<_>>().join(",");
        nodes += &format!(
            r#"{}{{"@id":"_:b{n}","u:p":[{others}]}}"#,
            if n == 0 { "" } else { "," }
        );
    }
    let package = read(&format!(r#"{{"@graph":[{nodes}]}}"#));
    let error = canonical(package.graph()).unwrap_err();
    assert_eq!(
        (error, error.blame()),
        (EvidenceError::TooAlike, Blame::Malformed)
    );
}

#[test]
fn what_is_not_read_is_named() {
    let with = |context: &str| format!(r#"{{"@context":{context},"@graph":[]}}"#);
    let node = |inside: &str| format!(r#"{{"@graph":[{{"@id":"u:a",{inside}}}]}}"#);
    for (text, feature) in [
        (
            with(r#""https://e.org/context.jsonld""#),
            Feature::RemoteContext,
        ),
        (with(r#"["https://e.org/c"]"#), Feature::RemoteContext),
        (
            with(r#"{"@import":"https://e.org/c"}"#),
            Feature::ContextKeyword,
        ),
        (with(r#"{"@version":1.2}"#), Feature::ContextKeyword),
        (
            with(r#"{"a":{"@id":"u:a","@context":{}}}"#),
            Feature::ScopedContext,
        ),
        (with(r#"{"a":{"@reverse":"u:a"}}"#), Feature::Keyword),
        (
            with(r#"{"a":{"@id":"u:a","@container":"@language"}}"#),
            Feature::Container,
        ),
        (
            with(r#"{"a":{"@id":"u:a","@container":["@graph","@id"]}}"#),
            Feature::Container,
        ),
        (node(r#""@context":{}"#), Feature::ScopedContext),
        (node(r#""@graph":[]"#), Feature::NamedGraph),
        (node(r#""@reverse":{}"#), Feature::Keyword),
        (node(r#""@index":"1""#), Feature::Keyword),
        (node(r#""@future":1"#), Feature::Keyword),
        (
            r#"{"@id":"u:a","@graph":[]}"#.to_owned(),
            Feature::NamedGraph,
        ),
        (
            r#"{"@context":{"@base":"http://e.org/"},"@id":"../a"}"#.to_owned(),
            Feature::RelativeName,
        ),
    ] {
        let error = refused(&text);
        assert_eq!(error, EvidenceError::Refused(feature), "{text}");
        assert_eq!(error.blame(), Blame::NoCommonVersion);
    }
}

#[test]
fn invariant_12_hostile_packages_get_a_clear_error() {
    let prefix = "p".repeat(5_000);
    let terms: Vec<String> = (0..2_001).map(|n| format!(r#""t{n}":"u:{n}""#)).collect();
    for (text, error) in [
        ("1".to_owned(), EvidenceError::Shape(Shape::Top)),
        ("[1]".to_owned(), EvidenceError::Shape(Shape::Node)),
        (
            r#"{"@graph":"x"}"#.to_owned(),
            EvidenceError::Shape(Shape::Node),
        ),
        (r#"{"@id":5}"#.to_owned(), EvidenceError::Shape(Shape::Id)),
        (
            r#"{"@id":"u:a","@type":{}}"#.to_owned(),
            EvidenceError::Shape(Shape::Type),
        ),
        (
            r#"{"@id":"u:a","u:p":{"@value":1,"u:q":2}}"#.to_owned(),
            EvidenceError::Shape(Shape::Value),
        ),
        (
            r#"{"@id":"u:a","u:p":{"@value":[1]}}"#.to_owned(),
            EvidenceError::Shape(Shape::Value),
        ),
        (
            r#"{"@id":"u:a","u:p":{"@list":[],"u:q":2}}"#.to_owned(),
            EvidenceError::Shape(Shape::Value),
        ),
        (
            r#"{"@context":{"id":"@id"},"@id":"u:a","id":"u:b"}"#.to_owned(),
            EvidenceError::Shape(Shape::Twice),
        ),
        // Terms that are defined by each other.
        (
            r#"{"@context":{"a":"b:x","b":"a:x"}}"#.to_owned(),
            EvidenceError::Shape(Shape::Context),
        ),
        (
            r#"{"@context":{"a":5}}"#.to_owned(),
            EvidenceError::Shape(Shape::Context),
        ),
        (
            format!(r#"{{"@context":{{{}}}}}"#, terms.join(",")),
            EvidenceError::TooMany(Many::Terms),
        ),
        (
            format!(r#"{{"@context":{{"p":"u:{prefix}"}}}}"#),
            EvidenceError::TooMany(Many::Iris),
        ),
    ] {
        assert_eq!(refused(&text), error, "{}", text.get(..80).unwrap_or(&text));
        assert_eq!(error.blame(), Blame::Malformed);
    }
}

/// A long prefix used many times would fill the memory: what identifiers take together is bounded.
#[test]
fn invariant_12_a_prefix_does_not_multiply_a_file() {
    let long = "p".repeat(4_000);
    let nodes: Vec<String> = (0..40_000)
        .map(|n| format!(r#"{{"@id":"p:{n}"}}"#))
        .collect();
    let text = format!(
        r#"{{"@context":{{"p":"u:{long}/"}},"@graph":[{}]}}"#,
        nodes.join(",")
    );
    assert!(text.len() < 1_000_000);
    assert_eq!(refused(&text), EvidenceError::TooMany(Many::Iris));
}

/// A chain of a hundred thousand nodes without a name costs neither the stack nor the patience of whoever compares it.
#[test]
fn invariant_12_long_chains_are_compared_without_recursion() {
    let nodes =
        (0..100_000).map(|n| format!(r#"{{"@id":"_:b{n}","u:p":{{"@id":"_:b{}"}}}}"#, n + 1));
    let text = format!(r#"{{"@graph":[{}]}}"#, nodes.collect::<Vec<_>>().join(","));
    let one = canonical(read(&text).graph()).unwrap();
    let other = canonical(read(&text.replace("_:b", "_:x")).graph()).unwrap();
    assert_eq!(one.digest, other.digest);
    let cut = text.replace(r#""_:b100000"}"#, r#""_:b99998"}"#);
    // Its end in a circle: too many rounds, and said so.
    assert_eq!(
        canonical(read(&cut).graph()).unwrap_err(),
        EvidenceError::TooAlike
    );
}

/// Errors hold nothing of what the package says.
#[test]
fn no_error_repeats_the_package() {
    for text in [
        r#"{"@context":"https://secret.example/"}"#,
        r#"{"secret":secret}"#,
        r#"{"@id":"u:secret","@secret":"secret"}"#,
        r#"{"@id":"u:secret","@graph":[]}"#,
    ] {
        let said = format!("{0} {0:?}", refused(text));
        assert!(!said.contains("secret"), "{said}");
    }
}

const PERSON: &str = r#"{"@context":{"kb":"http://e.org/kb/","core":"https://ontology.unifiedcyberontology.org/uco/core/","id":"https://ontology.unifiedcyberontology.org/uco/identity/","ob":"https://ontology.unifiedcyberontology.org/uco/observable/"},"@graph":[
 {"@id":"kb:p","@type":"id:Person","core:hasFacet":[
   {"@type":"id:SimpleNameFacet","id:givenName":"A\u202e\n","id:familyName":"B"},
   {"@type":"id:NationalityFacet","id:nationality":"NATIONALITY"},
   {"@type":"id:BirthInformationFacet","id:birthdate":"1970-01-01"},
   {"@type":"id:PersonalDetailsFacet","id:religion":"RELIGION"}]},
 {"@id":"kb:q","@type":"id:Person","core:hasFacet":{"@type":"id:SimpleNameFacet","id:givenName":"A","id:familyName":"B"}},
 {"@id":"kb:m","@type":"ob:Message","core:hasFacet":{"@type":"ob:MessageFacet","ob:from":{"@id":"kb:a1"},"ob:to":[{"@id":"kb:a2"}],"ob:messageText":"hello"}},
 {"@id":"kb:a1","@type":["ob:PhoneAccount","ob:Account"],"core:hasFacet":{"@type":"ob:PhoneAccountFacet","ob:phoneNumber":"1234"}},
 {"@id":"kb:r","@type":"core:Relationship","core:source":{"@id":"kb:a1"},"core:target":{"@id":"kb:p"},"core:kindOfRelationship":"Used_By"}]}"#;

/// Proposals carry what things are called and nothing of what people are; two of one name stay two.
#[test]
fn invariant_09_proposals_judge_nobody() {
    let package = read(PERSON);
    let all = proposals(package.graph());
    let of = |sort| -> Vec<Option<&str>> {
        let things = all.things.iter().filter(|t| t.sort == sort);
        things.map(|t| t.label.as_deref()).collect()
    };
    assert_eq!(of(Sort::Person), [Some("A B"), Some("A B")]);
    assert_eq!(
        of(Sort::Account),
        [Some("1234")],
        "named once, whatever its types"
    );
    assert_eq!(of(Sort::Message), [Some("hello")]);
    let links: Vec<(String, String, &str)> = all
        .links
        .iter()
        .map(|l| (package.shown(l.from), package.shown(l.to), l.kind.as_str()))
        .collect();
    let link = |from: &str, to: &str, kind| (from.to_owned(), to.to_owned(), kind);
    assert_eq!(
        links,
        [
            link("kb:a1", "kb:m", "from"),
            link("kb:m", "kb:a2", "to"),
            link("kb:a1", "kb:p", "Used_By")
        ]
    );
    let said = format!("{all:?}");
    for never in ["NATIONALITY", "RELIGION", "1970"] {
        assert!(!said.contains(never), "{never}");
        assert!(package.to_text().contains(never), "kept in the package");
    }
}

/// A device is called by the number that it bears, whatever address its radio has beside it; by that where it bears none.
/// Take out: what comes first, or last, in `proposals.rs::label`.
#[test]
fn a_device_is_called_by_its_own_number() {
    let uco = "https://ontology.unifiedcyberontology.org/uco/observable/";
    let device = |says: &str| {
        let text = format!(
            r#"{{"@id":"u:d","@type":"{uco}MobileDevice","{uco}addressValue":"02:00:00:00:00:01"{says}}}"#
        );
        let package = read(&text);
        let (_, node) = package.graph().find("u:d").unwrap();
        label(package.graph(), node).unwrap()
    };
    let serial = format!(r#","{uco}serialNumber":"F1"}}"#);
    let both = format!(r#","{uco}IMEI":"35"{}"#, serial.trim_end_matches('}'));
    assert_eq!(device(serial.trim_end_matches('}')), "F1");
    assert_eq!(device(&both), "35");
    assert_eq!(device(""), "02:00:00:00:00:01");
}

#[test]
fn labels_are_one_short_line() {
    assert_eq!(cut(" a\u{202e}b\n\u{0}c "), "ab c");
    assert_eq!(cut(&"é".repeat(300)).chars().count(), 201);
}

fn given() -> Given {
    Given {
        entry: Digest([7; 32]),
        by: "fr/liaison".into(),
        at: "2026-11-26T18:00:00Z".into(),
        digest: Digest([8; 32]),
        size: 1_234,
        receipts: vec![Receipt {
            node: "ma".into(),
            size: 12,
            root: Digest([9; 32]),
            at: "2026-11-26T18:00:05Z".into(),
        }],
    }
}

/// What is added to a package stands beside what came: as records, custody and hashes that the same views read.
#[test]
fn our_provenance_is_added_and_nothing_that_came_is_changed() {
    for text in [
        PERSON,
        // One node at the top; a language for bare texts; a term for one of the properties that we add.
        r#"{"@context":{"@language":"fr","n":{"@id":"https://ontology.unifiedcyberontology.org/uco/core/name","@type":"@id"}},"@id":"u:a","u:p":["x"]}"#,
        r#"[{"@id":"u:a","u:p":"x"},{"u:p":{"@id":"_:b"}},{"u:q":{"@id":"_:b"}}]"#,
        r#"{"@context":{"items":"@graph"},"items":{"@id":"u:a","u:p":1}}"#,
        "{}",
    ] {
        let package = read(text);
        let whole = with_provenance(&package, &given()).unwrap();
        let whole = read(&whole.to_text());
        let difference = compare(package.graph(), whole.graph()).unwrap();
        assert!(difference.only_first.is_empty() && difference.changed.is_empty());
        assert!(!difference.unnamed, "{text}");
        let held = custody(whole.graph());
        let ours = |g: &Graph| {
            custody(g)
                .actions
                .iter()
                .filter(|a| a.investigative)
                .count()
        };
        assert_eq!(ours(whole.graph()), ours(package.graph()) + 2);
        let record = held.records.last().unwrap();
        assert_eq!(record.when.unwrap().text, "2026-11-26T18:00:00Z");
        let file = files(whole.graph()).pop().unwrap();
        assert_eq!(file.hashes[0].value, Digest([8; 32]).to_string());
        assert_eq!(file.sizes, ["1234"]);
        let (_, action) = whole
            .graph()
            .find(&format!("urn:entente:entry:{}#receipt-1", Digest([7; 32])))
            .unwrap();
        assert!(
            matches!(action.values("urn:entente:evidence:registerSize"), [Value::Literal(l)] if l.text == "12")
        );
        // A second time would be said of the same nodes.
        assert_eq!(
            with_provenance(&whole, &given()).unwrap_err(),
            EvidenceError::Taken
        );
    }
}

/// A package whose context gives our names another meaning is not added to.
#[test]
fn a_context_cannot_change_what_we_add() {
    for context in [
        r#"{"urn":"http://e.org/"}"#.to_owned(),
        format!(r#"{{"{}":null}}"#, v::ACTION_PERFORMER),
        format!(r#"{{"{}":{{"@id":"u:other"}}}}"#, v::HASH_VALUE),
        format!(r#"{{"{}":{{"@container":"@list"}}}}"#, v::NAME),
    ] {
        let package = read(&format!(r#"{{"@context":{context},"@graph":[]}}"#));
        let error = with_provenance(&package, &given()).unwrap_err();
        assert_eq!(error, EvidenceError::Taken, "{context}");
    }
}
