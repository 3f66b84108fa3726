//! What must hold of every package: nothing is lost, order and labels never matter, a changed value always does.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use entente_evidence::Package;
use entente_evidence::canon::{canonical, compare};
use entente_evidence::json::Json;
use entente_proof::digest::Digest;
use proptest::prelude::*;

/// Any JSON value, its names such that JSON-LD gives them no meaning of its own.
fn any_json() -> impl Strategy<Value = Json> {
    let number = prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>()
            .prop_filter("JSON has no infinities", |n| n.is_finite())
            .prop_map(|n| format!("{n:e}")),
        "-?(0|[1-9][0-9]{0,40})\\.[0-9]{1,30}([eE][+-]?[0-9]{1,3})?",
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        number.prop_map(Json::Number),
        any::<String>().prop_map(Json::Text),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let members = prop::collection::btree_map("[a-zA-Z:/#é ]{0,12}", inner.clone(), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Json::List),
            members.prop_map(|m| Json::Object(m.into_iter().collect())),
        ]
    })
}

/// A graph of nodes by number: some with names, some without; references to any of them, texts, and nodes nested in others.
#[derive(Clone, Debug)]
struct Made {
    /// How many nodes; the first half has names.
    count: usize,
    /// From, property, to.
    edges: Vec<(usize, u8, usize)>,
    /// Whose, property, text.
    texts: Vec<(usize, u8, u8)>,
    /// Whose nested node, and what it says.
    nested: Vec<(usize, u8)>,
}

fn made() -> impl Strategy<Value = Made> {
    (2usize..9).prop_flat_map(|count| {
        let edges = prop::collection::vec((0..count, 0u8..2, 0..count), 0..12);
        let texts = prop::collection::vec((0..count, 0u8..2, 0u8..3), 0..6);
        let nested = prop::collection::vec((0..count, 0u8..3), 0..4);
        (edges, texts, nested).prop_map(move |(edges, texts, nested)| Made {
            count,
            edges,
            texts,
            nested,
        })
    })
}

impl Made {
    /// The package, nodes in this order, the nodes without a name under these labels.
    fn package(&self, order: &[usize], labels: &[usize], backwards: bool) -> Package {
        let name = |n: usize| match n < self.count / 2 {
            true => format!("ex:named-{n}"),
            false => format!("_:l{}", labels[n]),
        };
        let text = |t: &str| Json::Text(t.to_owned());
        let nodes = order.iter().map(|n| {
            let mut said: Vec<(String, Json)> = vec![("@id".into(), text(&name(*n)))];
            for property in 0u8..2 {
                let mut values = Vec::new();
                for (_, p, to) in self.edges.iter().filter(|e| e.0 == *n) {
                    if *p == property {
                        values.push(Json::Object(vec![("@id".into(), text(&name(*to)))]));
                    }
                }
                for (_, p, what) in self.texts.iter().filter(|t| t.0 == *n) {
                    if *p == property {
                        values.push(text(&format!("t{what}")));
                    }
                }
                if property == 0 {
                    for (_, what) in self.nested.iter().filter(|x| x.0 == *n) {
                        values.push(Json::Object(vec![(
                            "ex:n".into(),
                            text(&format!("t{what}")),
                        )]));
                    }
                }
                if backwards {
                    values.reverse();
                }
                said.push((format!("ex:p{property}"), Json::List(values)));
            }
            if backwards {
                said.reverse();
            }
            Json::Object(said)
        });
        let graph = Json::List(nodes.collect());
        let context = Json::Object(vec![("ex".into(), text("https://example.org/"))]);
        let document = Json::Object(vec![("@context".into(), context), ("@graph".into(), graph)]);
        Package::decode(document.to_line().as_bytes()).unwrap()
    }

    fn digest(&self) -> Digest {
        let all: Vec<usize> = (0..self.count).collect();
        canonical(self.package(&all, &all, false).graph())
            .unwrap()
            .digest
    }

    /// The statements under a renaming of the nodes without a name, as a set: what a reader of RDF would compare.
    fn statements(&self, to: &[usize]) -> Vec<(usize, String)> {
        let mut all: Vec<(usize, String)> = Vec::new();
        for (from, p, end) in &self.edges {
            all.push((to[*from], format!("{p} node {}", to[*end])));
        }
        for (whose, p, what) in &self.texts {
            all.push((to[*whose], format!("{p} text {what}")));
        }
        all.sort();
        all.dedup();
        // Each nested node is a node of its own.
        for (whose, what) in &self.nested {
            all.push((to[*whose], format!("nested {what}")));
        }
        all.sort();
        all
    }
}

/// Every order of the last `count - half` numbers, the first `half` as they are.
fn renamings(half: usize, count: usize) -> Vec<Vec<usize>> {
    fn go(taken: &mut Vec<usize>, count: usize, out: &mut Vec<Vec<usize>>) {
        if taken.len() == count {
            out.push(taken.clone());
            return;
        }
        for next in 0..count {
            if !taken.contains(&next) {
                taken.push(next);
                go(taken, count, out);
                taken.pop();
            }
        }
    }
    let mut out = Vec::new();
    go(&mut (0..half).collect(), count, &mut out);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Take out: in `union.rs`, the labels, or the pass for circles.
    #[test]
    fn a_graph_given_out_with_every_name_in_full_says_the_same(made in made()) {
        let all: Vec<usize> = (0..made.count).collect();
        let package = made.package(&all, &all, false);
        let whole = entente_evidence::union::union(&[package.graph()]);
        let again = Package::decode(whole.to_line().as_bytes()).unwrap();
        let difference = compare(package.graph(), again.graph()).unwrap();
        prop_assert!(difference.is_none(), "{difference:?} {}", whole.to_text());
    }

    /// Invariant 14: whatever stands in a part that nobody knows comes back as it came.
    #[test]
    fn invariant_14_any_json_survives_as_an_unknown_part(value in any_json()) {
        let node = Json::Object(vec![("@id".into(), Json::Text("urn:a".into())), ("other:part".into(), value.clone())]);
        let document = Json::Object(vec![("@graph".into(), Json::List(vec![node]))]);
        let package = Package::decode(document.to_text().as_bytes()).unwrap();
        prop_assert_eq!(package.document(), &document);
        let again = Package::decode(package.to_text().as_bytes()).unwrap();
        prop_assert_eq!(&again, &package);
        prop_assert!(compare(package.graph(), again.graph()).unwrap().is_none());
    }

    /// JSON as a value, and JSON under a name without meaning, are compared too.
    #[test]
    fn json_as_a_value_is_compared(value in any_json(), other in any_json()) {
        let package = |value: &Json| {
            let value = Json::Object(vec![("@type".into(), Json::Text("@json".into())), ("@value".into(), value.clone())]);
            let node = Json::Object(vec![("@id".into(), Json::Text("urn:a".into())), ("nowhere".into(), value)]);
            Package::decode(node.to_line().as_bytes()).unwrap()
        };
        let (first, second) = (package(&value), package(&other));
        let same = compare(first.graph(), second.graph()).unwrap().is_none();
        prop_assert_eq!(same, value.ordered() == other.ordered());
    }

    #[test]
    fn order_and_labels_never_matter(made in made(), seed in any::<u64>()) {
        let mut order: Vec<usize> = (0..made.count).collect();
        let mut labels = order.clone();
        let mut state = seed;
        for place in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let with = usize::try_from(state >> 33).unwrap() % (place + 1);
            order.swap(place, with);
            labels.swap(place / 2, with / 2);
        }
        let other = canonical(made.package(&order, &labels, true).graph()).unwrap();
        prop_assert_eq!(made.digest(), other.digest);
    }

    /// Two graphs have one form if and only if some renaming of the nodes without a name makes their statements the same: tried by trying all.
    #[test]
    fn one_form_means_the_same_statements(first in made(), second in made(), near in any::<bool>(), which in 0usize..12) {
        let mut second = if near { first.clone() } else { second };
        if near && !second.edges.is_empty() {
            // One reference leads elsewhere: often another graph, sometimes the same with other labels.
            let place = which % second.edges.len();
            second.edges[place].2 = (second.edges[place].2 + 1) % second.count;
        }
        let same = first.count == second.count && {
            let wanted = first.statements(&(0..first.count).collect::<Vec<_>>());
            renamings(first.count / 2, first.count).iter().any(|to| second.statements(to) == wanted)
        };
        prop_assert_eq!(first.digest() == second.digest(), same);
    }
}
