//! The list of bridges, held to invariant 7: over the list, over every type of entry that there is, over every role.

use super::*;
use crate::codes::Class;
use crate::floor::{Action, Bar, Facts, Handled, Matter, Roles, bar};
use crate::handling::HandlingCodes;
use crate::kind::Effect;
use crate::kinds;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The two groups that help persons.
const HELPING: [Purpose; 2] = [Purpose::Rescue, Purpose::Support];

fn crossing(bridge: &Bridge) -> String {
    match bridge.crosses {
        Crosses::Entry => "the entry, read where it stands".to_owned(),
        Crosses::Line => "the ledger line".to_owned(),
        Crosses::Count => "a count above the floor".to_owned(),
        Crosses::Fields(fields) => format!("the fields {}", fields.join(", ")),
    }
}

fn printed() -> String {
    let mut out = String::from(
        "# Every bridge between the groups of purposes: from, to, what crosses, on which grounds, approved by whom, by what.\n\n",
    );
    for bridge in BRIDGES {
        let grounds: Vec<&str> = bridge.grounds.iter().map(|g| g.as_str()).collect();
        let roles: Vec<&str> = bridge.approvers.iter().map(|r| r.as_str()).collect();
        let by = match bridge.carried {
            Carried::By(name) => format!("entries {name}"),
            Carried::Awaits(kind) => format!("nothing yet: awaits the kind {kind}"),
        };
        out.push_str(&format!(
            "{}: {} -> {}\n    crosses: {}\n    grounds: {}\n    approved by another officer: {}\n    by: {by}\n",
            bridge.name,
            bridge.from,
            bridge.to,
            crossing(bridge),
            grounds.join(", "),
            roles.join(", "),
        ));
    }
    out.push_str("\n# What is shown of obligations of one group (rows) in another (columns).\n\n");
    for from in Purpose::ALL {
        let cells = Purpose::ALL.iter().map(|to| {
            let what = match (from == to, passes(*from, *to)) {
                (true, _) => "own",
                (_, Passes::Line) => "line",
                (_, Passes::Count) => "count",
                (_, Passes::Nothing) => "nothing",
            };
            format!("{to}: {what}")
        });
        let cells: Vec<String> = cells.collect();
        out.push_str(&format!("{from}: {}\n", cells.join(", ")));
    }
    out
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test leaves what it found beside the golden file"
)]
fn the_list_of_bridges_is_the_golden_one() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let golden = std::fs::read_to_string(format!("{folder}/bridges.txt")).unwrap_or_default();
    let now = printed();
    if golden != now {
        std::fs::write(format!("{folder}/bridges.new.txt"), &now).unwrap();
    }
    assert_eq!(
        golden, now,
        "the bridges changed: read tests/golden/bridges.new.txt and copy it on purpose"
    );
}

/// Directly or by any chain of bridges: nothing of the groups that help persons reaches justice and security, and no content of theirs
/// leaves them.
#[test]
fn invariant_07_no_bridge_leads_from_rescue_or_support_into_justice() {
    for bridge in BRIDGES.iter().filter(|b| HELPING.contains(&b.from)) {
        assert_ne!(bridge.to, Purpose::Justice, "{}", bridge.name);
        assert_eq!(bridge.crosses, Crosses::Count, "{}", bridge.name);
    }
    for helping in HELPING {
        assert_eq!(passes(helping, Purpose::Justice), Passes::Nothing);
        for &to in Purpose::ALL {
            assert_ne!(passes(helping, to), Passes::Line, "{helping} {to}");
        }
        let content = |b: &&Bridge| !matches!(b.crosses, Crosses::Count | Crosses::Line);
        let mut reached = BTreeSet::from([helping]);
        loop {
            let next = BRIDGES.iter().filter(content);
            let next = next.filter(|b| reached.contains(&b.from)).map(|b| b.to);
            let more: BTreeSet<Purpose> = next.chain(reached.iter().copied()).collect();
            if more == reached {
                break;
            }
            reached = more;
        }
        assert_eq!(reached, BTreeSet::from([helping]), "contents of {helping}");
    }
}

/// What an entry says never leaves its group: that is a matter within justice and security.
#[test]
fn invariant_07_an_entry_crosses_within_justice_and_security_alone() {
    for bridge in BRIDGES.iter().filter(|b| b.crosses == Crosses::Entry) {
        assert_eq!(
            (bridge.from, bridge.to),
            (Purpose::Justice, Purpose::Justice)
        );
    }
    // And nothing comes back over the bridge by which a person is referred to support: no bridge, no line, no count.
    for bridge in BRIDGES.iter().filter(|b| b.to == Purpose::Support) {
        let back = BRIDGES.iter().filter(|b| b.from == Purpose::Support);
        assert!(back.clone().all(|b| b.to != bridge.from), "{}", bridge.name);
        assert_eq!(passes(Purpose::Support, bridge.from), Passes::Nothing);
    }
}

#[test]
fn every_bridge_has_a_ground_an_approver_and_a_way() {
    let mut names = BTreeSet::new();
    for bridge in BRIDGES {
        assert!(names.insert(bridge.name), "{} twice", bridge.name);
        assert!(!bridge.grounds.is_empty() && !bridge.approvers.is_empty());
        for role in bridge.approvers {
            let of_wall = crate::floor::is_walled(*role, bridge.from);
            assert!(!of_wall, "{}: {role} does not see that side", bridge.name);
        }
        match bridge.carried {
            // It is written wherever dossiers of that group are.
            Carried::By(name) => {
                for kind in kinds::ALL {
                    // A magistrate's file is read nowhere but where it is.
                    let of_group =
                        kind.purposes.contains(&bridge.from) && !kinds::stays_home(kind.name);
                    assert_eq!(kind.entry(name).is_some(), of_group, "{name} {}", kind.name);
                }
            }
            // Whoever adds that kind builds the bridge, or takes it off the list.
            Carried::Awaits(kind) => assert!(
                kinds::find(kind).is_none(),
                "{kind} is here: build {}",
                bridge.name
            ),
        }
    }
}

/// Over every type of entry of every kind: what takes something from one dossier into another is on the list, or holds both to one
/// purpose (`Mismatch::Purpose` of a release), or is about points of published texts.
#[test]
fn invariant_07_no_other_type_of_entry_leads_from_one_dossier_into_another() {
    for kind in kinds::ALL {
        for entry in kind.entries {
            let leads = entry.effects.iter().any(|effect| {
                matches!(effect, Effect::Release | Effect::Continues | Effect::Relate)
            });
            assert!(!leads || entry.bridge().is_none(), "{}", entry.name);
            let published = kind.purposes == [Purpose::Governance];
            let one = kind.purposes == [Purpose::Justice];
            assert!(!leads || published || one, "{} {}", kind.name, entry.name);
            // An act on a bridge does nothing in the shared record: it asks nobody, and nobody can tell it from there.
            assert!(entry.bridge().is_none() || entry.effects.is_empty());
        }
    }
}

fn approves(roles: Roles, action: Action, entry_type: &'static str) -> Option<Bar> {
    let facts = Facts {
        matter: Some(Matter {
            kind: "investigation",
            purpose: Purpose::Justice,
            member: true,
        }),
        entry: Some(Handled {
            class: Class::Restricted,
            codes: HandlingCodes::default(),
            ours: true,
            entry_type,
        }),
    };
    bar(roles, action, &facts)
}

/// The floor: whoever is not named there approves nothing on a bridge, and nobody alone.
#[test]
fn invariant_07_the_floor_bars_every_other_approver() {
    for bridge in BRIDGES {
        let Carried::By(name) = bridge.carried else {
            continue;
        };
        for &role in Role::ALL {
            let roles: Roles = std::iter::once(role).collect();
            let by_role = approves(roles, Action::Approve, name);
            let named = bridge.approvers.contains(&role);
            assert_eq!(by_role.is_none(), named, "{name} {role} {by_role:?}");
            assert!(
                approves(roles, Action::ApproveAlone, name).is_some(),
                "{role}"
            );
        }
        let investigator: Roles = std::iter::once(Role::Investigator).collect();
        assert_eq!(
            approves(investigator, Action::Approve, name),
            Some(Bar::Bridge)
        );
        assert_eq!(approves(investigator, Action::Approve, "note"), None);
    }
}

fn line(n: u32) -> Line {
    Line {
        number: format!("MA-{n}"),
        ask: Ask::Answer,
        service: "fr/liaison".parse().unwrap(),
        due: Some(Instant(i64::from(n))),
        state: State::Open,
    }
}

proptest! {
    /// What governance is shown of rescue and support does not depend on which obligations there are, nor on how many below the next ten.
    #[test]
    fn invariant_07_of_rescue_and_support_there_are_counts_alone(
        rescue in 0u64..60, support in 0u64..60, justice in 0u32..20, to in 0u8..4
    ) {
        let of = |group, count: u64| (0..count).map(move |n| (group, line(u32::try_from(n).unwrap_or(0) + 1_000)));
        let lines = (0..justice).map(|n| (Purpose::Justice, line(justice - n)));
        let to = Purpose::from_number(to).unwrap();
        let all = of(Purpose::Rescue, rescue).chain(of(Purpose::Support, support)).chain(lines);
        let shown = across(to, all);
        let known = if to == Purpose::Governance { justice } else { 0 };
        prop_assert_eq!(shown.lines.len(), usize::try_from(known).unwrap());
        prop_assert!(shown.lines.is_sorted_by_key(|l| l.due));
        for (group, count) in [(Purpose::Rescue, rescue), (Purpose::Support, support)] {
            let seen = shown.counts.iter().find(|(g, _)| *g == group).map(|(_, n)| *n);
            let wanted = (to == Purpose::Governance && count >= FLOOR).then_some(count / FLOOR * FLOOR);
            prop_assert_eq!(seen, wanted);
        }
    }
}

/// The words of a line, as a program gets them: nothing else can stand in it.
#[test]
fn invariant_07_a_line_has_five_cells() {
    let value = serde_json::to_value(line(3)).unwrap();
    let cells: BTreeSet<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        cells,
        BTreeSet::from(["number", "ask", "service", "due", "state"])
    );
}
