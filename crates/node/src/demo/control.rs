//! What the tour's buttons do: cut the link, jump the clock, change a byte.

use std::sync::Arc;

use entente_app::views::DossierQuery;
use entente_app::{Actor, App, Giving, ReasonWanted};
use entente_core::access::{Reason, Wanted};
use entente_core::codes::Role;
use entente_proof::bundle::{Bundle, BundleError, verify_bundle};
use entente_web::{DemoControl, DemoError, DemoFault, DemoState, TamperReport};

use crate::clock::{DemoClock, MAX_OFFSET_MS, write_offset};
use crate::config::DemoConfig;

/// Most hours of one jump.
const MAX_JUMP: i64 = 24 * 366;

/// The demonstration's controls in a serving node.
pub struct Control {
    app: App,
    config: DemoConfig,
    clock: Arc<DemoClock>,
}

impl Control {
    /// Controls of a node.
    #[must_use]
    pub fn new(app: App, config: DemoConfig, clock: Arc<DemoClock>) -> Self {
        Self { app, config, clock }
    }

    fn partners(&self) -> Result<Vec<entente_core::ids::NodeName>, DemoError> {
        let partners = self.app.partners()?;
        Ok(partners.into_iter().map(|(node, ..)| node).collect())
    }

    /// Somebody who may export a proof: the liaison officer.
    fn actor(&self) -> Result<Actor, DemoError> {
        let officers = self.app.officers()?;
        let liaison = officers
            .iter()
            .find(|o| o.roles.contains(&Role::Liaison))
            .ok_or(DemoFault::NoLiaison)?;
        Ok(self.app.actor(&liaison.id)?)
    }

    /// The newest entry with a proof, as an armoured bundle.
    fn newest_proof(&self) -> Result<(String, String), DemoError> {
        let actor = self.actor()?;
        let list = self.app.dossiers(&actor, &DossierQuery::default())?;
        for line in list.lines {
            // An export says why, also in a demonstration.
            let giving = Giving {
                on: ReasonWanted {
                    wanted: Wanted::Export,
                    dossier: Some(line.id),
                },
                reason: Reason::Supervision,
                text: String::new(),
            };
            let actor = self.app.with_reason(&actor, &giving)?;
            let view = self.app.dossier(&actor, line.id, None)?;
            for entry in view.entries.iter().rev() {
                if let Ok(armour) = self.app.proof(&actor, entry.id) {
                    return Ok((entry.id.short(), armour));
                }
            }
        }
        Err(DemoFault::NothingYet.into())
    }
}

impl DemoControl for Control {
    fn state(&self) -> DemoState {
        let cut = self
            .partners()
            .is_ok_and(|partners| partners.iter().any(|partner| self.app.is_cut(partner)));
        DemoState {
            link_cut: cut,
            clock_offset_ms: self.clock.offset_ms(),
            partner_url: self.config.partner_url.clone(),
            own_url: self.config.own_url.clone(),
        }
    }

    fn cut(&self, cut: bool) -> Result<(), DemoError> {
        for partner in self.partners()? {
            self.app.set_cut(&partner, cut);
        }
        Ok(())
    }

    fn jump(&self, hours: i64) -> Result<(), DemoError> {
        if !(1..=MAX_JUMP).contains(&hours) {
            return Err(DemoFault::Jump.into());
        }
        let offset = self.clock.offset_ms().saturating_add(hours * 3_600_000);
        if offset > MAX_OFFSET_MS {
            return Err(DemoFault::FarAhead.into());
        }
        write_offset(&self.config.clock_file, offset).map_err(|error| {
            tracing::error!(kind = %error.kind(), "the demonstration's clock cannot be written");
            DemoFault::ClockFile.into()
        })
    }

    /// Exports the proof of the newest exchanged entry, flips one bit in a copy, and verifies both: the original must hold, the copy
    /// must not. No node's own data is touched.
    fn tamper(&self) -> Result<TamperReport, DemoError> {
        let (entry, armour) = self.newest_proof()?;
        let unverified = |error: BundleError| DemoFault::Unverified(error.check());
        let bundle = Bundle::dearmour(&armour).map_err(unverified)?;
        verify_bundle(&bundle).map_err(unverified)?;
        let (altered, place) = altered(&bundle);
        let total = bundle.encode().len();
        let verified = Bundle::decode(&altered).and_then(|bundle| verify_bundle(&bundle));
        Ok(TamperReport {
            entry,
            byte: place,
            bytes: total,
            caught_by: verified.err().map(|error| error.check()),
        })
    }
}

/// The bundle's bytes with one bit flipped in the middle of the entry's body, or of its header if the body is not there.
fn altered(bundle: &Bundle) -> (Vec<u8>, usize) {
    let mut bytes = bundle.encode();
    let content = bundle
        .body
        .as_ref()
        .map_or(bundle.header.as_slice(), |body| body.bytes.as_slice());
    let begin = if content.is_empty() {
        None
    } else {
        bytes
            .windows(content.len())
            .position(|window| window == content)
    };
    let place = begin.unwrap_or(0) + content.len() / 2;
    if let Some(byte) = bytes.get_mut(place) {
        *byte ^= 1;
    }
    (bytes, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_testkit::node::TestNode;
    use std::path::Path;

    fn control(node: &TestNode, clock_file: &Path) -> Control {
        let config = DemoConfig {
            clock_file: clock_file.to_owned(),
            own_url: String::new(),
            partner_url: String::new(),
        };
        let clock = Arc::new(DemoClock::new(clock_file));
        Control::new(node.app.clone(), config, clock)
    }

    fn refused<T: std::fmt::Debug>(done: Result<T, DemoError>) -> DemoFault {
        match done {
            Err(DemoError::Demo(fault)) => fault,
            other => panic!("a fault of the demonstration was expected, not {other:?}"),
        }
    }

    #[test]
    fn a_control_that_does_nothing_says_which_fault_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        let node = TestNode::build("ma").open().unwrap();
        let buttons = control(&node, &file);
        for hours in [i64::MIN, -1, 0, MAX_JUMP + 1] {
            assert_eq!(refused(buttons.jump(hours)), DemoFault::Jump, "{hours}");
        }
        assert_eq!(refused(buttons.tamper()), DemoFault::NothingYet);
        buttons.jump(8).unwrap();
        assert!(file.exists());

        write_offset(&file, MAX_OFFSET_MS).unwrap();
        let late = control(&node, &file);
        assert_eq!(refused(late.jump(1)), DemoFault::FarAhead);
        let nowhere = control(&node, &folder.path().join("absent/clock"));
        assert_eq!(refused(nowhere.jump(1)), DemoFault::ClockFile);

        let empty = TestNode::build("fr").officers(&[]).open().unwrap();
        let alone = control(&empty, &file);
        assert_eq!(refused(alone.tamper()), DemoFault::NoLiaison);
    }
}
