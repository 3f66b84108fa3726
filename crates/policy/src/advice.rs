//! What a set of policies lacks that the program came to ask since it was made, and what it still has that the program keeps by itself. Said to
//! whoever checks a set of their own; it changes no decision.

use crate::engine::{Engine, group};
use cedar_policy::{ActionConstraint, Effect, EntityUid};
use entente_core::floor::Action;

/// Actions that came after the first policies, each with the default policy that permits it.
const LATER: [(Action, &str); 5] = [
    (Action::ApproveAlone, "justice"),
    (Action::EnterUnasked, "liaison-unasked"),
    (Action::ExportUnasked, "governance-unasked"),
    (Action::Statistics, "statistics"),
    (Action::WeighWithoutPasskey, "weight-without-passkey"),
];

/// Policies that were among the default ones and are no more.
const RETIRED: [&str; 1] = ["h1-h2-no-proof"];

/// One thing to look at in a set of policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// No policy permits this to anybody.
    Lacks {
        /// What.
        action: Action,
        /// The default policy that does.
        policy: &'static str,
    },
    /// A policy of this id was made for a program of before.
    Retired(&'static str),
}

/// What to look at, in the order in which it is said.
pub(crate) fn of(engine: &Engine) -> Vec<Advice> {
    let lacks = LATER
        .iter()
        .filter(|(action, _)| !is_named(engine, *action));
    let lacks = lacks.map(|(action, policy)| Advice::Lacks {
        action: *action,
        policy,
    });
    let kept = |id: &&&str| engine.titles().iter().any(|titled| titled.id == **id);
    let retired = RETIRED.iter().filter(kept).map(|id| Advice::Retired(id));
    lacks.chain(retired).collect()
}

/// Whether any policy that permits names an action, its group, or all of them. What its conditions are is the operator's own matter.
fn is_named(engine: &Engine, action: Action) -> bool {
    let is = |uid: &EntityUid| {
        let id = uid.id().unescaped();
        id == action.as_str() || group(action) == Some(id)
    };
    let mut permits = engine.set().policies();
    permits.any(|policy| {
        policy.effect() == Effect::Permit
            && match policy.action_constraint() {
                ActionConstraint::Any => true,
                ActionConstraint::Eq(uid) => is(&uid),
                ActionConstraint::In(uids) => uids.iter().any(is),
            }
    })
}
