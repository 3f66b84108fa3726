//! Failures that the simulation found, each shrunk to a named test. They run for ever.

use entente_testkit::pair::Side;
use entente_testkit::sim::op::Op;
use entente_testkit::sim::run_strict;

fn reproduce(seed: u64, ops: &[Op]) {
    if let Err(failure) = run_strict(seed, ops) {
        panic!("step {}: {}", failure.step, failure.what);
    }
}

/// An own-only entry erased a shared body on one side only.
#[test]
fn seed_1_own_only_erasure_of_a_shared_entry() {
    reproduce(
        1,
        &[Op::Write {
            by: Side::Ma,
            dossier: 14736,
            entry: 69,
            detail: 319674553,
        }],
    );
}

/// An own-only invitation changed the configuration on one side only.
#[test]
fn seed_5_own_only_configuration() {
    reproduce(
        5,
        &[
            Op::Open {
                by: Side::Ma,
                kind: 0,
                detail: 1274975543,
            },
            Op::Open {
                by: Side::Ma,
                kind: 89,
                detail: 2853589445,
            },
            Op::Write {
                by: Side::Ma,
                dossier: 3519,
                entry: 10,
                detail: 3714198244,
            },
        ],
    );
}

/// A file without bytes could never be attested.
#[test]
fn seed_3_empty_file() {
    reproduce(
        3,
        &[Op::Attach {
            by: Side::Fr,
            dossier: 4549,
            size: 0,
        }],
    );
}

/// While suspended, an erasure left before content that it builds on: at that cut the ledgers differed.
#[test]
fn seed_113_an_entry_before_its_ancestors() {
    reproduce(
        113,
        &[
            Op::Open {
                by: Side::Ma,
                kind: 0,
                detail: 2628897436,
            },
            Op::Open {
                by: Side::Ma,
                kind: 1,
                detail: 2712812535,
            },
            Op::Open {
                by: Side::Fr,
                kind: 2,
                detail: 407851289,
            },
            Op::DeliverAll,
            Op::Suspend { by: Side::Fr },
            Op::Write {
                by: Side::Fr,
                dossier: 42564,
                entry: 242,
                detail: 3691730042,
            },
            Op::Write {
                by: Side::Fr,
                dossier: 39748,
                entry: 207,
                detail: 3646012396,
            },
            Op::Act {
                by: Side::Fr,
                pick: 26688,
                entry: 157,
                detail: 3979569256,
            },
            Op::DeliverAll,
        ],
    );
}

/// Seed 119: a body that was owed comes when the register is asked for again, and the checker took that for a changed entry.
#[test]
fn an_owed_body_comes_and_changes_nothing_else() {
    reproduce(
        119,
        &[
            Op::Open {
                by: Side::Fr,
                kind: 0,
                detail: 4252281379,
            },
            Op::Open {
                by: Side::Fr,
                kind: 1,
                detail: 1182585493,
            },
            Op::Open {
                by: Side::Fr,
                kind: 2,
                detail: 1443565980,
            },
            Op::DeliverAll,
            Op::Write {
                by: Side::Fr,
                dossier: 48104,
                entry: 114,
                detail: 3618169676,
            },
            Op::Act {
                by: Side::Fr,
                pick: 22806,
                entry: 96,
                detail: 3148813546,
            },
            Op::Act {
                by: Side::Ma,
                pick: 16760,
                entry: 38,
                detail: 2950296130,
            },
            Op::DeliverAll,
            Op::Open {
                by: Side::Ma,
                kind: 53,
                detail: 184158744,
            },
            Op::Act {
                by: Side::Fr,
                pick: 18653,
                entry: 28,
                detail: 46612401,
            },
            Op::DeliverAll,
            Op::Replay {
                to: Side::Ma,
                pick: 33,
            },
            Op::Act {
                by: Side::Fr,
                pick: 29634,
                entry: 153,
                detail: 3960520623,
            },
            Op::Write {
                by: Side::Fr,
                dossier: 48648,
                entry: 29,
                detail: 2631180775,
            },
            Op::Bend {
                to: Side::Ma,
                at: 37288,
                with: 109,
            },
            Op::DeliverAll,
        ],
    );
}

/// A change of key while two connections race: an older hello is no sign of a restore.
#[test]
fn seed_3971_key_change_while_both_dial() {
    reproduce(
        3971,
        &[
            Op::Open {
                by: Side::Fr,
                kind: 0,
                detail: 3_698_167_564,
            },
            Op::Open {
                by: Side::Fr,
                kind: 1,
                detail: 1_446_436_917,
            },
            Op::Attach {
                by: Side::Fr,
                dossier: 48_563,
                size: 600_000,
            },
            Op::Attach {
                by: Side::Fr,
                dossier: 61_904,
                size: 262_144,
            },
            Op::DialBoth,
            Op::Deliver {
                to: Side::Fr,
                bytes: 4_000,
            },
            Op::Act {
                by: Side::Fr,
                pick: 38_844,
                entry: 145,
                detail: 2_722_995_405,
            },
            Op::Act {
                by: Side::Fr,
                pick: 57_098,
                entry: 36,
                detail: 2_954_914_721,
            },
            Op::Rotate { by: Side::Fr },
            Op::Deliver {
                to: Side::Ma,
                bytes: 100_000,
            },
        ],
    );
}
