//! Tests over all kinds: complete labels, samples that parse, forms that round-trip, invariant 1.

use super::*;
use crate::codes::{Ask, Phase};
use crate::field::{FieldType, Values};
use crate::kind::{Effect, On, When};
use crate::label::Lang;
use std::collections::BTreeMap;

fn raw(pairs: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), vec![(*v).to_owned()]))
        .collect()
}

/// A field that names entries by type names types of its own kind, holds entries, and a form has one list of them.
/// Take out: one letter of a type in `naming`.
#[test]
fn what_a_field_names_is_of_its_own_kind() {
    let mut named = 0;
    for kind in ALL {
        for entry in kind.entries {
            let lists: std::collections::BTreeSet<_> = entry
                .fields
                .iter()
                .filter(|field| !field.of.is_empty())
                .inspect(|field| {
                    let holds = matches!(field.holds, FieldType::Entry | FieldType::Entries);
                    assert!(holds, "{} {}", entry.name, field.name);
                    for of in field.of {
                        assert!(
                            kind.entry(of).is_some(),
                            "{} {} {of}",
                            entry.name,
                            field.name
                        );
                    }
                })
                .map(|field| field.of)
                .collect();
            named += lists.len();
        }
    }
    assert!(named > 15, "{named}");
}

#[test]
fn labels_are_complete_and_names_unique() {
    for kind in ALL {
        let mut names = std::collections::BTreeSet::new();
        for entry in kind.entries {
            assert!(
                names.insert(entry.name),
                "{} twice in {}",
                entry.name,
                kind.name
            );
            for lang in Lang::ALL {
                assert!(!entry.label.get(lang).is_empty(), "{} {lang}", entry.name);
                for field in entry.fields {
                    assert!(
                        !field.label.get(lang).is_empty(),
                        "{} {} {lang}",
                        entry.name,
                        field.name
                    );
                    for (_, label) in field.choices().unwrap_or_default() {
                        assert!(!label.get(lang).is_empty());
                    }
                }
            }
            let mut fields = std::collections::BTreeSet::new();
            assert!(
                entry.fields.iter().all(|f| fields.insert(f.name)),
                "{} repeats a field",
                entry.name
            );
        }
    }
}

#[test]
fn samples_parse_and_round_trip() {
    for kind in ALL {
        assert!(
            kind.samples
                .iter()
                .any(|(name, _)| kind.opening().is_some_and(|o| o.name == *name)),
            "{}: no sample",
            kind.name
        );
        for (name, pairs) in kind.samples {
            let entry = kind.entry(name).expect("a sample names a type of its kind");
            let values =
                Values::parse(entry.fields, &raw(pairs), Some(Lang::Fr)).expect("samples parse");
            let body = values.body_of(entry.fields);
            assert_eq!(Values::from_bytes(&body.to_bytes()).as_ref(), Ok(&body));
            let unknown = raw(&[("title", &"x".repeat(5000))]);
            if entry.fields.iter().any(|f| f.name == "title") {
                assert!(Values::parse(entry.fields, &unknown, None).is_err());
            }
        }
    }
}

/// DESIGN section 6: a request leaves after at most six fields typed by a person.
#[test]
fn a_request_takes_at_most_six_fields() {
    let open = find("request").and_then(|k| k.opening()).unwrap();
    let typed = open.fields.iter().filter(|f| !f.folded).count();
    assert!(typed <= 6, "{typed} fields to fill");
}

/// Invariant 1 by kind: whatever an entry of the kind can ask, some entry type of the same kind, in every phase that the kind
/// can be in, lets the debtor answer or refuse it and lets the creditor end it.
#[test]
fn invariant_1_every_ask_of_every_kind_has_its_answers_in_every_phase() {
    for kind in ALL {
        let mut phases: Vec<Phase> = Vec::new();
        let mut asks: Vec<Ask> = Vec::new();
        for effect in kind.entries.iter().flat_map(|e| e.effects) {
            match effect {
                Effect::Open(phase) | Effect::SetPhase(phase) => phases.push(*phase),
                Effect::Ask(ask, _) => asks.push(*ask),
                _ => {}
            }
        }
        for phase in &phases {
            for ask in &asks {
                let can = |wanted: On| {
                    kind.in_phase(*phase).any(|e| e.effects.iter().any(|f| matches!(f, Effect::On(on, of) if *on == wanted && (of.is_empty() || of.contains(ask)))))
                };
                let by_debtor = can(On::Answer) || can(On::Refuse);
                let by_creditor = can(On::Waive) || can(On::Withdraw);
                assert!(
                    by_debtor && by_creditor,
                    "{}: {ask:?} in {phase:?}",
                    kind.name
                );
                if *ask == Ask::Act && *phase != Phase::Closed {
                    assert!(
                        can(On::Answer) && can(On::Accept),
                        "{}: a promise is claimed and agreed",
                        kind.name
                    );
                }
            }
        }
    }
}

/// The transition table as text, compared with the golden file.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test leaves what it found beside the golden file"
)]
fn transition_tables_match_the_golden_file() {
    let mut out = String::new();
    for kind in ALL {
        out.push_str(&format!("{}\n", kind.name));
        for entry in kind.entries {
            let phases: Vec<&str> = entry.phases.iter().map(|p| p.as_str()).collect();
            out.push_str(&format!(
                "  {} v{} in [{}]{}\n",
                entry.name,
                entry.version,
                phases.join(" "),
                if entry.files { " +files" } else { "" }
            ));
            for effect in entry.effects {
                let text = match effect {
                    Effect::Ask(ask, When::Always) => format!("asks {ask}"),
                    Effect::Ask(ask, when) => format!("asks {ask} if {when:?}"),
                    Effect::On(on, asks) => format!(
                        "{on:?} of [{}]",
                        asks.iter()
                            .map(|a| a.as_str())
                            .collect::<Vec<_>>()
                            .join(" ")
                    ),
                    other => format!("{other:?}"),
                };
                out.push_str(&format!("    {text}\n"));
            }
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/transitions.txt");
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    if golden != out {
        std::fs::write(
            concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/golden/transitions.new.txt"
            ),
            &out,
        )
        .unwrap();
    }
    assert!(
        golden == out,
        "transitions changed: compare tests/golden/transitions.new.txt with transitions.txt"
    );
}

/// The documentation in the repository is the one that the definitions give.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test leaves what it found beside the golden file"
)]
fn documentation_is_the_definitions() {
    let made = document::markdown();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/kinds.md");
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    if kept != made {
        std::fs::write(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/kinds.new.txt"),
            &made,
        )
        .unwrap();
    }
    assert!(
        kept == made,
        "definitions changed: copy crates/core/tests/golden/kinds.new.txt to docs/kinds.md"
    );
}

/// A schema says the same as the form: what the sample holds is what it allows.
#[test]
fn schemas_name_every_field_of_a_sample() {
    for kind in ALL {
        for (name, pairs) in kind.samples {
            let schema = document::schema(kind.entry(name).unwrap(), Lang::En);
            assert!(
                pairs
                    .iter()
                    .all(|(field, _)| schema["properties"].get(field).is_some()),
                "{name}"
            );
        }
    }
}
