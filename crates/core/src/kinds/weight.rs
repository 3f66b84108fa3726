//! Acts of weight, and the officer's own signature beside them.
//!
//! What binds a state, opens what a condition shut, shows an earlier matter to a later one or destroys is signed by the officer's own
//! passkey over the entry's id. The signature cannot stand in the entry that it signs; so it is another entry, which the program
//! writes beside: for our own node the whole signature, for the partner the whole or, where pseudonyms must stay apart, a commitment to it.

use super::common::plain;
use super::investigation::agreement::binds;
use super::investigation::day::GO;
use super::programme;
use crate::field::{Field, FieldType};
use crate::kind::{Effect, EntryType};
use crate::label::label;

/// Field of an officer's signature: the entry that is signed.
pub const OF: &str = "of";
/// Field of an officer's signature: the whole of it, hexadecimal.
pub const WHOLE: &str = "signature";
/// Field of an officer's signature: what commits to it, hexadecimal.
pub const COMMITMENT: &str = "commitment";
/// Field of an officer's signature: what the commitment is salted with, hexadecimal.
pub const SALT: &str = "salt";

/// The officer's own signature of another entry. Nobody fills its form: the program writes it where a passkey has signed.
pub static OFFICER_SIGNATURE: EntryType = plain(
    "officer_signature",
    label(
        "signature personnelle",
        "توقيع شخصي",
        "officer’s own signature",
    ),
    label(
        "signer par clé d’accès",
        "التوقيع بمفتاح مرور",
        "sign with a passkey",
    ),
    &[
        Field::new(
            OF,
            label("écriture signée", "القيد الموقع", "entry signed"),
            FieldType::Entry,
        )
        .required(),
        Field::new(
            WHOLE,
            label(
                "signature, avec la clé publique et l’attestation du nœud",
                "التوقيع مع المفتاح العمومي وشهادة العقدة",
                "signature, with the public key and the node’s attestation",
            ),
            FieldType::Text(MOST),
        ),
        Field::new(
            COMMITMENT,
            label(
                "engagement sur la signature, qui reste à son nœud",
                "التزام بالتوقيع الذي يبقى لدى عقدته",
                "commitment to the signature, which stays at its node",
            ),
            FieldType::Line(64),
        ),
        Field::new(
            SALT,
            label(
                "sel de l’engagement",
                "ملح الالتزام",
                "salt of the commitment",
            ),
            FieldType::Line(32),
        ),
    ],
    &[],
);

/// Digits of the largest signature.
const MOST: usize = 16 * 1024;

impl EntryType {
    /// Whether writing it is an act of weight: a closed list of effects, and what binds to the agreement of an investigation or a
    /// programme, and the go of an action day.
    #[must_use]
    pub fn is_of_weight(&self) -> bool {
        let weighs = |effect: &Effect| {
            matches!(
                effect,
                Effect::Sign | Effect::Enact | Effect::Release | Effect::Permit | Effect::Erase
            )
        };
        self.effects.iter().any(weighs)
            || binds(self.name)
            || programme::binds(self.name)
            || self.name == GO.name
    }

    /// Whether the program alone writes it.
    #[must_use]
    pub fn is_written_beside(&self) -> bool {
        self.name == OFFICER_SIGNATURE.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds;
    use std::collections::BTreeSet;

    /// The closed list, by name: whoever adds a type that binds, opens or destroys decides here whether it is one.
    #[test]
    fn acts_of_weight_are_these() {
        let all = kinds::ALL.iter().flat_map(|kind| kind.entries);
        let weighty: BTreeSet<&str> = all
            .filter(|entry| entry.is_of_weight())
            .map(|entry| entry.name)
            .collect();
        let listed = [
            "charter.enact",
            "charter.sign",
            "erase",
            "investigation.agreement",
            "investigation.counter",
            "investigation.go",
            "investigation.sign",
            "permit",
            "programme.sign",
            "programme.version",
            "release",
        ];
        assert_eq!(weighty, BTreeSet::from(listed));
    }

    /// A signature beside an act is possible wherever the act is, in every phase, and has no effect.
    #[test]
    fn every_kind_takes_the_signature_beside() {
        assert!(OFFICER_SIGNATURE.effects.is_empty() && !OFFICER_SIGNATURE.is_of_weight());
        for kind in kinds::ALL {
            assert!(
                kind.entry(OFFICER_SIGNATURE.name).is_some(),
                "{}",
                kind.name
            );
            for entry in kind.entries.iter().filter(|e| e.is_of_weight()) {
                let beside = |phase| OFFICER_SIGNATURE.phases.contains(phase);
                assert!(entry.phases.iter().all(beside), "{}", entry.name);
            }
        }
    }
}
