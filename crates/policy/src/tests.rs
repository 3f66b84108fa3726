//! The default policies, their matrix, and what is refused of an operator's files.

use super::*;
use entente_core::codes::{Class, Purpose, Role};
use entente_core::floor::{About, Handled, Matter, Roles, matters};
use entente_core::handling::HandlingCodes;
use entente_core::ids::ServiceName;
use std::collections::BTreeMap;
use std::fmt::Write as _;

fn services() -> Vec<ServiceName> {
    vec!["fr/liaison".parse().unwrap()]
}

fn facts(kind: &str, purpose: Purpose, entry: Option<Handled>) -> Facts<'_> {
    Facts {
        matter: Some(Matter {
            kind,
            purpose,
            member: true,
        }),
        entry,
    }
}

fn handled(codes: HandlingCodes, ours: bool) -> Handled {
    Handled {
        class: Class::Restricted,
        codes,
        ours,
        entry_type: "",
    }
}

/// Every way in which an entry may be handled that the matrix tells apart: classes without a code, then the codes one by one.
fn handlings() -> Vec<(String, Handled)> {
    let mut all = Vec::new();
    for (whose, ours) in [("ours", true), ("theirs", false)] {
        for &class in Class::ALL {
            let plain = Handled {
                class,
                ..handled(HandlingCodes::default(), ours)
            };
            all.push((format!("{whose}:{class}"), plain));
        }
        for (code, name, _) in HandlingCodes::ALL {
            all.push((format!("{whose}:{name}"), handled(code, ours)));
        }
    }
    all
}

/// The roles one by one, as letters in the order of their numbers; a dot where one may not.
const LETTERS: &str = "ialmcrwxd";

fn letters(may: impl Fn(Role) -> bool) -> String {
    let one = |(role, letter): (&Role, char)| if may(*role) { letter } else { '.' };
    Role::ALL.iter().zip(LETTERS.chars()).map(one).collect()
}

/// Lines that say the same of several cells are one line.
fn grouped(cells: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut order = Vec::new();
    for (cell, may) in cells {
        if !by.contains_key(&may) {
            order.push(may.clone());
        }
        by.entry(may).or_default().push(cell);
    }
    let joined = |may: String| (by.get(&may).unwrap().join(" "), may);
    order.into_iter().map(joined).collect()
}

/// Types of entries of a kind about whose leaving another decision is made than about those of no type.
fn types_apart(
    kind: &str,
    untyped: &[(String, String)],
    one: &dyn Fn((String, Handled)) -> (String, String),
) -> Vec<(String, String)> {
    let entries = entente_core::kinds::find(kind).map_or(&[][..], |kind| kind.entries);
    let mut apart = Vec::new();
    for entry in entries {
        for (handling, handled) in handlings() {
            let typed = Handled {
                entry_type: entry.name,
                ..handled
            };
            let (name, may) = one((format!("{handling}/{}", entry.name), typed));
            let same = untyped.iter().find(|(known, _)| *known == handling);
            if same.is_some_and(|(_, known)| *known != may) {
                apart.push((name, may));
            }
        }
    }
    apart
}

fn matrix(policies: &Policies) -> String {
    let services = services();
    let may = |role: Role, action: Action, facts: &Facts<'_>| {
        let who = Who {
            roles: Roles::from_iter([role]),
            services: &services,
        };
        let anew = policies.allows_anew(&who, action, facts);
        assert_eq!(policies.allows(&who, action, facts), anew);
        assert_eq!(policies.explain(&who, action, facts).allowed, anew);
        anew
    };
    let mut out = String::from(
        "# Who may do what by the default policies, above the floor, where one of their services takes part.\n\
         # role: i investigator, a analyst, l liaison, m magistrate, c coordinator, r rescue_coordinator, w case_worker,\n\
         #       x inspector, d administrator. A dot: they may not. Kinds that exist, then every purpose for a kind to come.\n\
         # Outside a dossier (no service takes part) every line about dossiers and entries would be dots.\n",
    );
    let mut dossiers: Vec<(&str, Purpose)> = matters().into_iter().collect();
    dossiers.extend(Purpose::ALL.iter().map(|purpose| ("any-other", *purpose)));
    for action in Action::ALL {
        let mut cells = Vec::new();
        match action.about() {
            About::Node => cells.push((
                "node".to_owned(),
                letters(|role| may(role, *action, &Facts::default())),
            )),
            About::Dossier => {
                for (kind, purpose) in &dossiers {
                    let facts = facts(kind, *purpose, None);
                    let cell = format!("{kind}/{purpose}");
                    cells.push((cell, letters(|role| may(role, *action, &facts))));
                }
            }
            About::Entry => {
                for (kind, purpose) in &dossiers {
                    let one = |(handling, entry)| {
                        let facts = facts(kind, *purpose, Some(entry));
                        (handling, letters(|role| may(role, *action, &facts)))
                    };
                    let mut said: Vec<(String, String)> =
                        handlings().into_iter().map(one).collect();
                    if matches!(action, Action::Approve | Action::ApproveAlone) {
                        said.retain(|(handling, _)| handling.starts_with("ours:"));
                        said.extend(types_apart(kind, &said, &one));
                    }
                    let by_handling = grouped(said);
                    let line = |(handlings, may)| format!("\n    {may}  {handlings}");
                    let block: String = by_handling.into_iter().map(line).collect();
                    cells.push((format!("{kind}/{purpose}"), block));
                }
            }
        }
        writeln!(out, "\n[{}]", action.as_str()).unwrap();
        for (cells, may) in grouped(cells) {
            match action.about() {
                About::Entry => writeln!(out, "{cells}{may}").unwrap(),
                _ => writeln!(out, "{may}  {cells}").unwrap(),
            }
        }
    }
    out
}

#[test]
fn the_whole_matrix_is_the_golden_file() {
    let got = matrix(&Policies::embedded().unwrap());
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/matrix.txt");
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    if got != expected {
        let new = golden.with_file_name("matrix.new.txt");
        std::fs::write(&new, &got).unwrap();
        panic!("who may do what has changed: read {new:?} and copy it over matrix.txt on purpose");
    }
}

/// However wide a policy permits, the floor stands: the widest one there is gives nobody outside, inspecting, administering or of
/// another group a look at contents.
#[test]
fn invariant_07_no_policy_loosens_the_floor() {
    let wide =
        r#"@id("all") @fr("tout") @ar("الكل") @en("all") permit (principal, action, resource);"#;
    let policies = Policies::read(&[("wide.cedar", wide)]).unwrap();
    let services = services();
    for action in Action::ALL {
        for role in Role::ALL {
            for (kind, purpose) in Purpose::ALL.iter().map(|p| ("any-other", *p)) {
                let who = Who {
                    roles: Roles::from_iter([*role]),
                    services: &services,
                };
                let mut facts = facts(kind, purpose, Some(handled(HandlingCodes::H0, false)));
                let inside = policies.allows(&who, *action, &facts);
                let expected = floor::bar(who.roles, *action, &facts).is_none();
                assert_eq!(inside, expected, "{role} {action:?} {purpose}");
                facts.matter.as_mut().unwrap().member = false;
                let outside = policies.allows(&who, *action, &facts);
                assert!(!outside || !action.is_of_contents(), "{role} {action:?}");
            }
        }
    }
}

#[test]
fn one_that_forbids_wins_and_says_why() {
    let policies = Policies::embedded().unwrap();
    let services = services();
    let of = |roles: &[Role], codes| {
        let who = Who {
            roles: roles.iter().copied().collect(),
            services: &services,
        };
        let facts = facts(
            "investigation",
            Purpose::Justice,
            Some(handled(codes, false)),
        );
        policies.explain(&who, Action::Read, &facts)
    };
    let names = |said: &Explanation| -> Vec<String> {
        said.by.iter().map(|titled| titled.id.clone()).collect()
    };
    let plain = of(&[Role::Coordinator], HandlingCodes::default());
    assert!(plain.allowed);
    assert_eq!(names(&plain), ["justice"]);
    let police = of(&[Role::Coordinator], HandlingCodes::H0);
    assert!(!police.allowed && police.bar.is_none());
    assert_eq!(names(&police), ["h0-police-only"]);
    assert!(police.by[0].forbids);
    assert!(
        police.by[0]
            .title(Lang::Fr)
            .starts_with("H0, usage policier")
    );
    let both = of(&[Role::Coordinator, Role::Liaison], HandlingCodes::H0);
    assert!(both.allowed);
    let barred = of(&[Role::CaseWorker], HandlingCodes::default());
    assert_eq!((barred.bar, barred.by.len()), (Some(Bar::Walled), 0));
    // Nothing permits: nothing is named.
    let who = Who {
        roles: Roles::from_iter([Role::Magistrate]),
        services: &services,
    };
    let rescue = facts("any-other", Purpose::Rescue, None);
    let silent = policies.explain(&who, Action::See, &rescue);
    assert_eq!(
        (silent.allowed, silent.bar, silent.by.len()),
        (false, None, 0)
    );
}

/// What is decided for one sort of officer is not taken for another.
#[test]
fn decisions_are_remembered_by_all_that_they_follow_from() {
    let own = r#"@id("own") @fr("le bureau") @ar("المكتب") @en("the desk")
        permit (principal, action == Action::"see", resource)
        when { principal.services.contains("fr/desk") && resource.kind == "desk" };"#;
    let policies = Policies::read(&[("own.cedar", own)]).unwrap();
    for _ in 0..2 {
        for (service, kind, may) in [
            ("fr/desk", "desk", true),
            ("fr/desk", "request", false),
            ("fr/liaison", "desk", false),
            ("fr/desk", "later-kind", false),
        ] {
            let services: Vec<ServiceName> = vec![service.parse().unwrap()];
            let who = Who {
                roles: Roles::from_iter([Role::Liaison]),
                services: &services,
            };
            let facts = facts(kind, Purpose::Governance, None);
            assert_eq!(
                policies.allows(&who, Action::See, &facts),
                may,
                "{service} {kind}"
            );
        }
    }
}

#[test]
fn what_is_wrong_in_a_file_is_named_by_file_and_line() {
    let good = |id: &str| {
        format!(
            "@id(\"{id}\")\n@fr(\"a\") @ar(\"b\") @en(\"c\")\npermit (principal, action, resource);\n"
        )
    };
    let said = |files: &[(&str, &str)]| Policies::read(files).map(|_| ()).unwrap_err();
    let twice = good("one") + &good("one");
    let misspelt = good("one")
        + "@id(\"two\")\n@fr(\"a\") @ar(\"b\") @en(\"c\")\npermit (principal, action, resource)\nwhen {\n  resource.porpose == \"x\" };\n";
    let stranger = good("x").replace("action,", "action == Action::\"look\",");
    let cases: [(&str, String, usize); 7] = [
        ("broken.cedar", good("one") + "permit (principal", 4),
        (
            "nameless.cedar",
            "permit (principal, action, resource);".into(),
            0,
        ),
        ("twice.cedar", twice, 1),
        ("wordless.cedar", good("one").replace("@ar(\"b\")", ""), 1),
        ("misspelt.cedar", misspelt, 8),
        ("stranger.cedar", stranger, 3),
        (
            "template.cedar",
            good("one").replace("principal,", "principal == ?principal,"),
            0,
        ),
    ];
    for (file, text, line) in &cases {
        let error = said(&[("first.cedar", &good("first")), (file, text)]);
        assert_eq!((error.file.as_str(), error.line), (*file, *line), "{error}");
        assert!(error.to_string().starts_with(file), "{error}");
    }
    let none: [(&str, &str); 0] = [];
    assert_eq!(said(&none).why, Why::None);
    assert_eq!(said(&[("empty.cedar", "// nothing\n")]).why, Why::None);
    let many: String = (0..=MOST).map(|n| good(&n.to_string())).collect();
    assert_eq!(said(&[("many.cedar", &many)]).why, Why::TooMany);
}

/// What the schema says of actions is what `core` says of them.
#[test]
fn the_schema_names_every_action_in_its_group() {
    for action in Action::ALL {
        let line = SCHEMA.lines().find(|line| {
            let Some(names) = line.strip_prefix("action ") else {
                return false;
            };
            let names = names.split(" in ").next().unwrap();
            let names = names.split(" appliesTo ").next().unwrap();
            names.split(", ").any(|name| name == action.as_str())
        });
        let line = line.unwrap_or_else(|| panic!("{action:?} is not in the schema"));
        let group = line
            .split(" in [")
            .nth(1)
            .and_then(|rest| rest.split(']').next());
        assert_eq!(group, engine::group(*action), "{action:?}");
        let about = format!("resource: {:?} ", action.about());
        assert!(line.contains(&about), "{action:?}");
    }
}

#[test]
fn the_default_policies_are_few_and_named() {
    let policies = Policies::embedded().unwrap();
    assert!(policies.titles().len() < 30);
    for titled in policies.titles() {
        for lang in Lang::ALL {
            assert!(titled.title(lang).ends_with('.'), "{} {lang}", titled.id);
        }
    }
}
