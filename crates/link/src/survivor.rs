//! Which of two connections of one link survives (DESIGN section 5 rule 14).
//!
//! Pure: both nodes, fed with the same two connections, choose the same one. The lease among replicas is the driver's.

use crate::session::Role;
use entente_proof::digest::Digest;

/// One of the two connections, as one node sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contender {
    /// Whether this node dialled it or accepted it.
    pub role: Role,
    /// Whether the session on it is established ([`crate::session::Output::Established`] was given).
    pub hello_complete: bool,
}

/// What to do with the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Keep both for now: the one that should survive has not completed its hello.
    KeepBoth,
    /// Close the newer one.
    KeepOlder,
    /// Close the older one.
    KeepNewer,
}

/// Decides between an older and a newer connection to the same partner.
///
/// Opened from both sides: the connection dialled by the node with the lower key fingerprint survives once its hello
/// completes. Opened twice from one side: the newer survives once its hello completes, because a node dials again only
/// when its older connection is dead to it.
#[must_use]
pub fn survivor(
    own_fingerprint: &Digest,
    peer_fingerprint: &Digest,
    older: Contender,
    newer: Contender,
) -> Verdict {
    let preferred_role = if own_fingerprint <= peer_fingerprint {
        Role::Dialled
    } else {
        Role::Accepted
    };
    let older_preferred = older.role != newer.role && older.role == preferred_role;
    match (older_preferred, older.hello_complete, newer.hello_complete) {
        (true, true, _) => Verdict::KeepOlder,
        (false, _, true) => Verdict::KeepNewer,
        _ => Verdict::KeepBoth,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOW: Digest = Digest([1; 32]);
    const HIGH: Digest = Digest([2; 32]);

    fn contender(role: Role, hello_complete: bool) -> Contender {
        Contender {
            role,
            hello_complete,
        }
    }

    /// Simultaneous open, seen from both nodes in every order of arrival: the same connection survives.
    #[test]
    fn rule_14_both_nodes_keep_the_connection_dialled_by_the_lower_fingerprint() {
        for done in [true, false] {
            let own = contender(Role::Dialled, done);
            let other = contender(Role::Accepted, true);
            let kept = if done {
                Verdict::KeepOlder
            } else {
                Verdict::KeepBoth
            };
            assert_eq!(survivor(&LOW, &HIGH, own, other), kept);
            let flipped = if done {
                Verdict::KeepNewer
            } else {
                Verdict::KeepBoth
            };
            assert_eq!(survivor(&LOW, &HIGH, other, own), flipped);
            // The higher node sees the same two with the roles exchanged.
            let own = contender(Role::Accepted, done);
            let other = contender(Role::Dialled, true);
            assert_eq!(survivor(&HIGH, &LOW, own, other), kept);
            assert_eq!(survivor(&HIGH, &LOW, other, own), flipped);
        }
    }

    #[test]
    fn rule_14_redialling_replaces_a_dead_connection_only_after_hello() {
        for role in [Role::Dialled, Role::Accepted] {
            for old_done in [true, false] {
                let older = contender(role, old_done);
                let waiting = contender(role, false);
                let ready = contender(role, true);
                assert_eq!(survivor(&LOW, &HIGH, older, waiting), Verdict::KeepBoth);
                assert_eq!(survivor(&LOW, &HIGH, older, ready), Verdict::KeepNewer);
            }
        }
    }
}
