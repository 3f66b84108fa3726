//! Decisions: how many a second one core makes, remembered and each time anew by Cedar, over every role, action and matter there is.
//! The price of asking on a page is in `read`, whose pages ask for all that they show: decisions of a page times what one takes.

use crate::{Figures, round, size, text};
use entente_core::codes::{Class, Role};
use entente_core::floor::{Action, Facts, Handled, Matter, Roles, Who, matters};
use entente_core::handling::HandlingCodes;
use entente_core::ids::ServiceName;
use entente_policy::Policies;
use std::time::Instant;

/// Decides for so long in each way.
const SECONDS: u64 = 2;

pub(crate) fn run() -> Result<Figures, String> {
    let seconds = size("SECONDS", SECONDS).max(1);
    let policies = Policies::embedded().map_err(text)?;
    let services: Vec<ServiceName> = vec!["fr/liaison".parse().map_err(text)?];
    let asked = every(&services);
    let known = rate(&asked, seconds, |(who, action, facts)| {
        policies.allows(who, *action, facts)
    });
    let anew = rate(&asked, seconds, |(who, action, facts)| {
        policies.allows_anew(who, *action, facts)
    });
    println!(
        "{} policies, {} different questions",
        policies.titles().len(),
        asked.len()
    );
    Ok(vec![
        ("policies", policies.titles().len().to_string()),
        ("decisions_per_second_core", round(known)),
        ("anew_per_second_core", round(anew)),
    ])
}

/// Milliseconds that a remembered decision takes, on average over every role, action and matter.
pub(crate) fn each_ms() -> Result<f64, String> {
    let policies = Policies::embedded().map_err(text)?;
    let services: Vec<ServiceName> = vec!["fr/liaison".parse().map_err(text)?];
    let known = rate(&every(&services), 1, |(who, action, facts)| {
        policies.allows(who, *action, facts)
    });
    Ok(1_000.0 / known)
}

type Asked<'a> = (Who<'a>, Action, Facts<'static>);

fn every(services: &[ServiceName]) -> Vec<Asked<'_>> {
    let mut asked = Vec::new();
    let entry = Some(Handled {
        entry_type: "note",
        class: Class::Restricted,
        codes: HandlingCodes::H0,
        ours: false,
    });
    for role in Role::ALL {
        let roles = Roles::from_iter([*role]);
        for action in Action::ALL {
            for (kind, purpose) in matters() {
                let matter = Some(Matter {
                    kind,
                    purpose,
                    member: true,
                });
                let who = Who { roles, services };
                asked.push((who, *action, Facts { matter, entry }));
            }
        }
    }
    asked
}

/// Decisions a second, of which those that the floor makes alone are the cheapest.
#[expect(clippy::cast_precision_loss, reason = "a count of decisions")]
fn rate(asked: &[Asked<'_>], seconds: u64, decide: impl Fn(&Asked<'_>) -> bool) -> f64 {
    let start = Instant::now();
    let (mut done, mut allowed) = (0u64, 0u64);
    while start.elapsed().as_secs() < seconds {
        for one in asked {
            allowed += u64::from(decide(one));
            done += 1;
        }
    }
    // Read, so that no decision is left out as useless.
    std::hint::black_box(allowed);
    done as f64 / start.elapsed().as_secs_f64()
}
