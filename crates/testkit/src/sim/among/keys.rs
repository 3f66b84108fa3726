//! Keys that change among several states: of registers, and of TLS ends (rule 15).

use super::{Among, Step};
use crate::node::Said;
use entente_app::AppError;

impl Among {
    /// A node gives itself a new signing key.
    pub(super) fn rotate(&mut self, at: usize) -> Step {
        // What a broken write says did not happen may have happened.
        self.tally.rotated += 1;
        let said = self.many.nodes[at].app.rotate_signing_key();
        self.new_key(at, said)
    }

    /// A node gives its TLS end a new key.
    pub(super) fn rotate_tls(&mut self, at: usize, at_once: bool) -> Step {
        self.tally.tls += 1;
        let said = self.many.nodes[at].app.rotate_tls_key(at_once);
        self.new_key(at, said)
    }

    fn new_key(&mut self, at: usize, said: Said<()>) -> Step {
        match said {
            Ok(()) => {
                self.many.wake(at);
                Ok(())
            }
            Err(AppError::Input(_)) => Ok(()),
            Err(AppError::Store(_)) if self.just_broke(at) => Ok(()),
            Err(AppError::Closed) if self.restored[at] => Ok(()),
            Err(error) => Err(format!(
                "a new key for {}: {error}",
                self.many.nodes[at].name
            )),
        }
    }

    /// As the program does now and then: a TLS key is shown once every partner confirmed it, or its time has come.
    pub(super) fn show_tls_keys(&mut self) -> Step {
        for at in 0..self.many.nodes.len() {
            if self.tally.tls == 0 || !self.is_running(at) {
                continue;
            }
            match self.many.nodes[at].app.show_newest_tls_key() {
                Ok(_) => {}
                Err(AppError::Store(_)) if self.just_broke(at) => {}
                Err(error) => {
                    let name = &self.many.nodes[at].name;
                    return Err(format!("showing the TLS key of {name}: {error}"));
                }
            }
        }
        Ok(())
    }

    /// At the end every partner has confirmed every change: the newest is shown, and once it was met, nobody takes another one. Nobody had
    /// to compare a card for that, whatever was lost.
    pub(super) fn newest_tls_keys(&mut self) -> Step {
        if self.tally.tls == 0 {
            return Ok(());
        }
        self.show_tls_keys()?;
        self.many.try_settle(false)?;
        let ways: Vec<_> = self.many.wires.keys().copied().collect();
        for (low, high) in &ways {
            self.hang_up(*low, *high);
        }
        self.many.try_settle(false)?;
        for (low, high) in ways {
            for (at, to) in [(low, high), (high, low)] {
                let (node, partner) = (&self.many.nodes[at], &self.many.nodes[to]);
                let (shown, taken) = tls_of(node, partner).map_err(|e| e.to_string())?;
                if taken != [shown] {
                    let (name, other) = (&node.name, &partner.name);
                    let many = taken.len();
                    return Err(format!(
                        "rule 15: {other} takes {many} TLS keys of {name}, and not the one that is shown alone"
                    ));
                }
                let keys = node.app.signing_keys().map_err(|e| e.to_string())?;
                if keys.tls.next.is_some() {
                    return Err(format!(
                        "rule 15: the newest TLS key of {} is not shown",
                        node.name
                    ));
                }
            }
        }
        Ok(())
    }
}

type Key = entente_proof::sign::VerifyingKey;

/// The TLS key that a node shows first, and those of it that a partner takes.
fn tls_of(node: &crate::node::TestNode, partner: &crate::node::TestNode) -> Said<(Key, Vec<Key>)> {
    let shown = node.app.tls_ends()?;
    let first = shown.first().ok_or(AppError::Bug("no TLS key"))?;
    Ok((*first, partner.app.tls_accepted(&node.name)?))
}
