//! Proof of the newest signing key on each connection, before anything but the hello (wire version 3; DESIGN section 5 rule 15).
//!
//! TLS proves who is at the other end as long as nobody else has the key of that end. A copy of `node.keys` holds it, and the first
//! signing key; so once keys were changed, who comes must also prove the newest. Until then nothing is sent but our hello and our own
//! proof, and nothing that came counts: no register is shown or taken, no alarm raised, nothing of ours signed but the proof, which is
//! bound to this connection.

use super::{Config, Output, Phase, Role, Session, Stop};
use crate::error::{Bug, Deviation};
use crate::frame::{Frame, Hello};
use entente_proof::digest::Digest;
use entente_proof::presence::{Presence, Proof};

/// First wire version in which both sides prove their newest signing key.
pub const PRESENCE: u16 = 3;

impl Session {
    /// The partner's hello came: our own proof comes first, so that both sides may wait for each other's.
    pub(super) fn want_presence(
        &mut self,
        hello: Box<Hello>,
        out: &mut Vec<Output>,
    ) -> Result<(), Stop> {
        let presence = self.own_presence()?;
        self.phase = Phase::Sign(hello);
        out.push(Output::WantPresence(Box::new(presence)));
        Ok(())
    }

    /// The driver signed it: checked, so that a bug of ours never reaches the partner, and sent.
    pub(super) fn present(&mut self, proof: Proof, out: &mut Vec<Output>) -> Result<(), Stop> {
        let phase = std::mem::replace(&mut self.phase, Phase::AwaitHello);
        let Phase::Sign(hello) = phase else {
            return Err(Bug::NotAsked.into());
        };
        let changed = proof.changes.last().map(|change| &change.new_key);
        let newest = changed.unwrap_or(self.terms.own_keys.newest());
        let verified = self.own_presence()?.verify(&proof, newest);
        verified.or(Err(Bug::BadOwnPresence))?;
        self.phase = Phase::AwaitPresence(hello);
        self.send(&Frame::Presence(Box::new(proof)), out)?;
        self.read_frames(out)
    }

    /// The partner's proof: by the newest key that we know of it, or one that took its place.
    pub(super) fn peer_present(
        &mut self,
        proof: &Proof,
        out: &mut Vec<Output>,
    ) -> Result<(), Stop> {
        let phase = std::mem::replace(&mut self.phase, Phase::AwaitHello);
        let Phase::AwaitPresence(hello) = phase else {
            return Err(Deviation::BeforeHello.into());
        };
        let Config { node, peer, .. } = &self.config;
        let presence = self.presence((peer, node, Role::Accepted), self.heard)?;
        let verified = presence.verify(proof, &self.config.peer_newest);
        verified.or(Err(Deviation::BadPresence))?;
        self.take_hello(hello, out)
    }

    fn own_presence(&self) -> Result<Presence, Bug> {
        let Config { node, peer, .. } = &self.config;
        self.presence((node, peer, Role::Dialled), self.said)
    }

    /// What `node` signs for `to`; it dialled if that is our role `when_we`.
    fn presence(
        &self,
        (node, to, when_we): (&str, &str, Role),
        hello: Digest,
    ) -> Result<Presence, Bug> {
        Ok(Presence {
            binding: self.binding.ok_or(Bug::NotOpen)?,
            node: node.to_owned(),
            to: to.to_owned(),
            dialled: self.role.ok_or(Bug::NotOpen)? == when_we,
            hello,
        })
    }
}
