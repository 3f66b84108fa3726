//! The hello: who we are, what we hold and have; and the checks of the partner's, before anything else may happen.

use super::presence::PRESENCE;
use super::receiving::Receiving;
use super::recovery::RECOVERY;
use super::{Config, Stop, Terms};
use crate::error::{Deviation, LinkError};
use crate::evidence::Evidence;
use crate::frame::{Flags, HeldClaim, Hello};
use entente_proof::checkpoint::{Checkpoint, CheckpointError, verify_checkpoint};
use entente_proof::digest::Digest;
use entente_proof::merkle::{Frontier, empty_root};
use entente_proof::note::{Note, NoteError};

/// Our hello.
pub(super) fn own(config: &Config, receiving: &Receiving, size: u64, flags: Flags) -> Hello {
    Hello {
        versions: config.versions.clone(),
        node: config.node.clone(),
        to: config.peer.clone(),
        own_generation: config.own_generation,
        peer_generation: config.peer_generation,
        held: HeldClaim {
            size: receiving.held_size(),
            root: receiving.held_root(),
            note: receiving.held_note().cloned(),
            cosignature: receiving.cosignature().cloned(),
        },
        size,
        note: config.own.note.clone(),
        card: config.card,
        flags,
    }
}

/// Checks who speaks to whom, and how. Returns the wire version.
pub(super) fn greet(hello: &Hello, config: &Config) -> Result<u16, Stop> {
    let version =
        highest_common(&config.versions, &hello.versions).ok_or(LinkError::NoCommonVersion {
            ours: config.versions.clone(),
            theirs: hello.versions.clone(),
        })?;
    if hello.node != config.peer {
        return Err(Deviation::WrongNode.into());
    }
    if hello.to != config.node {
        return Err(Deviation::WrongAddressee.into());
    }
    if hello.own_generation != config.peer_generation
        || hello.peer_generation != config.own_generation
    {
        return Err(Deviation::WrongGeneration.into());
    }
    // Who has an older program than its card says is somebody else, or must show its people's newer card.
    if version < PRESENCE && config.peer_proves && !config.courier {
        return Err(Deviation::Downgrade.into());
    }
    Ok(version)
}

/// Checks what the partner's hello says of both registers, as far as it needs no look into our store.
pub(super) fn check(
    hello: &Hello,
    version: u16,
    config: &Config,
    terms: &Terms,
    receiving: &Receiving,
) -> Result<(), Stop> {
    // A courier's file may be old, and nothing can be asked back through it.
    let recovers = version >= RECOVERY && !config.courier;
    check_their_register(hello, terms, receiving, config.courier || recovers)?;
    check_claim(&hello.held, config, terms, recovers)
}

/// The claim names a root of ours other than our own at that size: either the claim lies, or we signed two histories.
pub(super) fn own_fork(claim: &HeldClaim, config: &Config, root: Digest, terms: &Terms) -> Stop {
    Stop::Alarm(Box::new(Evidence::Fork {
        register: terms.own_origin.clone(),
        held_note: claim.note.clone().unwrap_or_default(),
        offered_note: config.own.note.clone().unwrap_or_default(),
        at_size: claim.size,
        held_root: claim.root,
        offered_root: root,
    }))
}

/// The partner says that its register is shorter than what we hold of it, and signed another beginning than ours.
pub(super) fn their_fork(
    hello: &Hello,
    held: &Frontier,
    receiving: &Receiving,
    terms: &Terms,
) -> Stop {
    Stop::Alarm(Box::new(Evidence::Fork {
        register: terms.peer_origin.clone(),
        held_note: receiving.held_note().cloned().unwrap_or_default(),
        offered_note: hello.note.clone().unwrap_or_default(),
        at_size: hello.size,
        held_root: held.root(),
        offered_root: signed_root(hello).unwrap_or_else(empty_root),
    }))
}

/// The root in the partner's own checkpoint, verified before.
pub(super) fn signed_root(hello: &Hello) -> Option<Digest> {
    let note = hello.note.as_deref()?;
    unverified(note).map(|checkpoint| checkpoint.root)
}

/// What a partner shows that has less of its register than we hold: kept, since its history went back.
pub(super) fn rollback(hello: &Hello, receiving: &Receiving, terms: &Terms) -> Evidence {
    Evidence::Rollback {
        register: terms.peer_origin.clone(),
        held_note: receiving.held_note().cloned().unwrap_or_default(),
        claimed_size: hello.size,
        claimed_note: hello.note.clone(),
    }
}

/// Highest version in both lists.
#[must_use]
pub fn highest_common(ours: &[u16], theirs: &[u16]) -> Option<u16> {
    ours.iter()
        .filter(|version| theirs.contains(version))
        .max()
        .copied()
}

/// Their newest checkpoint against what we hold: a lower size is a rollback, or to be recovered; another root at our size a
/// fork, whichever of its keys signed it: two branches may have changed the key at different places. A greater size is proved by the
/// batches that follow; it may be signed by a key that only those batches introduce.
fn check_their_register(
    hello: &Hello,
    terms: &Terms,
    receiving: &Receiving,
    may_be_less: bool,
) -> Result<(), Stop> {
    let grown = hello.size > receiving.held_size();
    let checkpoint = signed(
        hello.note.as_deref(),
        hello.size,
        |note| match verify_checkpoint(note, &terms.peer_origin, terms.peer_keys.at(hello.size)) {
            Err(CheckpointError::Note(NoteError::UnknownKey)) if grown => {
                unverified(note).ok_or(Deviation::BadCheckpoint)
            }
            Err(CheckpointError::Note(NoteError::UnknownKey)) => {
                of_another_branch(note, terms).ok_or(Deviation::BadCheckpoint)
            }
            verified => verified.or(Err(Deviation::BadCheckpoint)),
        },
    )?;
    let Some(held_note) = receiving.held_note() else {
        return Ok(());
    };
    if hello.size < receiving.held_size() {
        if may_be_less {
            return Ok(());
        }
        let evidence = rollback(hello, receiving, terms);
        return Err(Stop::Alarm(Box::new(evidence)));
    }
    match checkpoint {
        Some(Checkpoint { size, root, .. })
            if size == receiving.held_size() && root != receiving.held_root() =>
        {
            Err(Stop::Alarm(Box::new(Evidence::Fork {
                register: terms.peer_origin.clone(),
                held_note: held_note.clone(),
                offered_note: hello.note.clone().unwrap_or_default(),
                at_size: size,
                held_root: receiving.held_root(),
                offered_root: root,
            })))
        }
        _ => Ok(()),
    }
}

/// A checkpoint that a key of theirs signed at a place where by our history it had another one.
fn of_another_branch(note: &str, terms: &Terms) -> Option<Checkpoint> {
    let by = |key| verify_checkpoint(note, &terms.peer_origin, key).ok();
    terms.peer_keys.all().find_map(by)
}

/// What they say they hold of ours must be something we signed. More than we have means that we lost it.
fn check_claim(
    claim: &HeldClaim,
    config: &Config,
    terms: &Terms,
    recovers: bool,
) -> Result<(), Stop> {
    let checkpoint = signed(claim.note.as_deref(), claim.size, |note| {
        own_checkpoint(note, claim.size, config.own.size, terms).ok_or(Deviation::BadHeldClaim)
    })?;
    let root = checkpoint.map_or_else(empty_root, |checkpoint| checkpoint.root);
    if root != claim.root || (claim.size == 0 && claim.cosignature.is_some()) {
        return Err(Deviation::BadHeldClaim.into());
    }
    if claim.size > config.own.size && !recovers {
        return Err(Stop::Behind {
            partner_holds: claim.size,
        });
    }
    Ok(())
}

/// A checkpoint of our own register. Of sizes that we have, our history says who signed them; beyond, only the newest key of that history
/// or one that took its place later can have signed anything: a replaced key, in whoever's hands it is now, adds nothing to our register.
fn own_checkpoint(note: &str, size: u64, own: u64, terms: &Terms) -> Option<Checkpoint> {
    let by = |key| verify_checkpoint(note, &terms.own_origin, key).ok();
    if size <= own {
        return by(terms.own_keys.at(size));
    }
    let newest = terms.own_keys.newest();
    let later = terms.own_ring.iter().skip_while(|key| *key != newest);
    std::iter::once(newest).chain(later).find_map(by)
}

/// The checkpoint that a note states, whoever signed it.
pub(super) fn unverified(note: &str) -> Option<Checkpoint> {
    let note = Note::parse(note).ok()?;
    Checkpoint::parse(note.text()).ok()
}

/// A note is there exactly when the size is not 0, verifies, and states that size.
fn signed(
    note: Option<&str>,
    size: u64,
    verify: impl FnOnce(&str) -> Result<Checkpoint, Deviation>,
) -> Result<Option<Checkpoint>, Deviation> {
    let Some(note) = note else {
        return match size {
            0 => Ok(None),
            _ => Err(Deviation::SizeMismatch),
        };
    };
    let checkpoint = verify(note)?;
    if checkpoint.size != size {
        return Err(Deviation::SizeMismatch);
    }
    Ok(Some(checkpoint))
}
