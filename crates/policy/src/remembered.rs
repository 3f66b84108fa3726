//! Decisions that were made already. They follow from few facts, so that those of a whole day fit in little memory.

use entente_core::codes::Purpose;
use entente_core::floor::{Action, Facts, Handled, Roles, Who};
use entente_core::ids::ServiceName;
use entente_core::kinds;
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// So many sorts of officers are remembered; beyond, all are forgotten.
const MOST: usize = 4_096;

/// All that a decision follows from, but for who asks. A dossier of a kind that is not known here has no place in it.
type Asked = (Action, Option<(usize, Purpose)>, Option<Handled>);

/// By services, then roles.
type Known = BTreeMap<Vec<ServiceName>, BTreeMap<Roles, BTreeMap<Asked, bool>>>;

#[derive(Default)]
pub(crate) struct Remembered(RwLock<Known>);

impl Remembered {
    /// The decision, made by `decide` where it is not known. What the floor bars is not asked here.
    pub(crate) fn get_or(
        &self,
        who: &Who<'_>,
        action: Action,
        facts: &Facts<'_>,
        decide: impl FnOnce() -> bool,
    ) -> bool {
        let Some(asked) = asked(action, facts) else {
            return decide();
        };
        {
            let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let of = known.get(who.services).and_then(|of| of.get(&who.roles));
            if let Some(decided) = of.and_then(|of| of.get(&asked)) {
                return *decided;
            }
        }
        let decided = decide();
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        let of = known.entry(who.services.to_vec()).or_default();
        of.entry(who.roles).or_default().insert(asked, decided);
        decided
    }
}

fn asked(action: Action, facts: &Facts<'_>) -> Option<Asked> {
    let matter = match facts.matter {
        Some(matter) => {
            let kind = kinds::ALL.iter().position(|k| k.name == matter.kind)?;
            Some((kind, matter.purpose))
        }
        None => None,
    };
    Some((action, matter, facts.entry))
}
