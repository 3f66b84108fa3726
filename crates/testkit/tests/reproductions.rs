//! Failures that the simulation found, each shrunk to a named test. They run for ever.

use entente_testkit::pair::Side;
use entente_testkit::sim::event::Event;
use entente_testkit::sim::op::Op;
use entente_testkit::sim::{run_among, run_strict};

fn reproduce(seed: u64, ops: &[Op]) {
    if let Err(failure) = run_strict(seed, ops) {
        panic!("step {}: {}", failure.step, failure.what);
    }
}

/// Among as many states as the seed is of.
fn reproduce_among(seed: u64, list: &[Event]) {
    if let Err(failure) = run_among(seed, list, true) {
        panic!("step {}: {}", failure.step, failure.what);
    }
}

/// The liar signed a history that ends before its last change of key with the key after it: refused, and no proof of anything.
#[test]
fn seed_18671_a_rollback_across_a_change_of_key() {
    reproduce(
        18_671,
        &[
            Op::Rotate { by: Side::Fr },
            Op::DeliverAll,
            Op::Rollback { by: Side::Fr },
        ],
    );
}

/// Two nodes restored one after the other: what the first had receipted both lost, and it took what came in its place for a fork.
#[test]
fn seed_105514_two_restores_and_a_change_of_key() {
    reproduce_among(
        105_514,
        &[
            Event::Backup { at: 149 },
            Event::Open {
                at: 14,
                to: 172,
                kind: 42,
                detail: 2_522_832_906,
            },
            Event::Pass { ms: 36_000_000 },
            Event::Backup { at: 78 },
            Event::Round,
            Event::Rotate { at: 222 },
            Event::Restore { at: 120 },
            Event::Round,
            Event::DeliverAll { way: 205 },
            Event::Restore { at: 212 },
            Event::Round,
        ],
    );
}

/// The same, where what came in its place was refused again on each connection, and the link came up no more.
#[test]
fn seed_1972_two_restores_and_no_session() {
    reproduce_among(
        1_972,
        &[
            Event::Gather { at: 7 },
            Event::Round,
            Event::Round,
            Event::Backup { at: 42 },
            Event::Act {
                at: 152,
                pick: 39_464,
                entry: 4,
                detail: 1_298_557_489,
            },
            Event::Backup { at: 91 },
            Event::Round,
            Event::Round,
            Event::Round,
            Event::Round,
            Event::Restore { at: 226 },
            Event::DeliverAll { way: 219 },
            Event::Round,
            Event::Restore { at: 207 },
        ],
    );
}

/// What a node sent before its disk was lost is read after it was restored: its partner holds more of its register than it has, and the
/// checker took that for another history.
#[test]
fn seed_308792_sent_before_a_restore_and_read_after_it() {
    reproduce_among(
        308_792,
        &[
            Event::Backup { at: 44 },
            Event::Break {
                at: 149,
                after: 4,
                persisted: true,
                crash: true,
            },
            Event::Open {
                at: 239,
                to: 238,
                kind: 31,
                detail: 3_436_840_089,
            },
            Event::Write {
                at: 85,
                dossier: 5_947,
                entry: 143,
                detail: 65_521_764,
            },
            Event::Act {
                at: 125,
                pick: 40_830,
                entry: 22,
                detail: 3_706_340_109,
            },
            Event::Tear {
                way: 113,
                lose: false,
            },
            Event::Act {
                at: 182,
                pick: 54_237,
                entry: 128,
                detail: 1_892_419_389,
            },
            Event::Restore { at: 80 },
            Event::Round,
        ],
    );
}

/// A partner that takes a restart's answer from before its own restore holds less of the new generation than it gave its word for, and the
/// checker took that for a broken promise.
#[test]
fn seed_617836_restored_within_a_new_generation() {
    reproduce_among(
        617_836,
        &[
            Event::Propose { at: 125, to: 181 },
            Event::Backup { at: 232 },
            Event::Pass { ms: 1_200_000 },
            Event::Sign {
                pick: 200,
                again: false,
            },
            Event::Sign {
                pick: 11,
                again: false,
            },
            Event::Round,
            Event::Alone { at: 10, to: 78 },
        ],
    );
}

/// A register is restarted while what a restore made stale is still recomputed, and the check-up took that for damage.
#[test]
fn seed_312468_a_restart_makes_totals_lag() {
    reproduce_among(
        312_468,
        &[
            Event::Gather { at: 64 },
            Event::Open {
                at: 132,
                to: 138,
                kind: 0,
                detail: 949_798_224,
            },
            Event::Open {
                at: 23,
                to: 162,
                kind: 1,
                detail: 3_604_532_929,
            },
            Event::Gather { at: 7 },
            Event::Round,
            Event::Write {
                at: 156,
                dossier: 45_860,
                entry: 177,
                detail: 2_831_811_078,
            },
            Event::Propose { at: 96, to: 210 },
            Event::Pass { ms: 30_000 },
            Event::Pass { ms: 30_000 },
            Event::Sign {
                pick: 186,
                again: false,
            },
        ],
    );
}

/// Two branches of one register with a key change each at another place: neither side can verify the other, nothing is stopped, and what
/// came back for the restart was refused.
#[test]
fn seed_600024_two_branches_with_a_key_change_each() {
    reproduce_among(
        600_024,
        &[
            Event::Gather { at: 58 },
            Event::Backup { at: 212 },
            Event::Pass { ms: 1_000 },
            Event::Round,
            Event::Rotate { at: 107 },
            Event::Round,
            Event::Round,
            Event::Alone { at: 35, to: 122 },
        ],
    );
}

/// A node that was opened without waiting for its partners was closed again by the first that it heard, and stayed closed: the other
/// sessions were up already.
#[test]
fn seed_600446_opened_alone_and_closed_again() {
    reproduce_among(
        600_446,
        &[
            Event::Gather { at: 153 },
            Event::Backup { at: 131 },
            Event::Break {
                at: 20,
                after: 5,
                persisted: false,
                crash: true,
            },
            Event::Round,
            Event::Alone { at: 167, to: 41 },
        ],
    );
}

/// Right after its upgrade a node has still to judge what it had set aside, and the checker compared its ledger before.
#[test]
fn seed_733370_judged_after_an_upgrade() {
    reproduce_among(
        733_370,
        &[
            Event::Open {
                at: 180,
                to: 158,
                kind: 1,
                detail: 2_128_212_349,
            },
            Event::Act {
                at: 84,
                pick: 26_519,
                entry: 140,
                detail: 405_862_709,
            },
            Event::Cut { way: 99 },
            Event::Round,
            Event::Round,
            Event::Round,
            Event::Version {
                at: 82,
                older: true,
            },
            Event::Mend { way: 111 },
            Event::Round,
            Event::Version {
                at: 55,
                older: false,
            },
        ],
    );
}

/// A thief told an entry that follows what its victim had told nobody else; then the victim lost its disk. What is with nobody can be judged
/// by nobody: the forged entry waits at both for good, with no effect, and the checker took that for something left undone.
#[test]
fn seed_649254_what_follows_a_forged_entry_waits() {
    reproduce_among(
        649_254,
        &[
            Event::Backup { at: 231 },
            Event::Flag {
                at: 240,
                to: 183,
                up: false,
            },
            Event::Steal { at: 233, to: 158 },
            Event::Round,
            Event::Restore { at: 201 },
        ],
    );
}

/// Whoever has a stolen key shows a node that was restored less than that once receipted, and the checker took its note of it for a false
/// alarm.
#[test]
fn seed_1000486_a_thief_holds_less_than_was_receipted() {
    reproduce_among(
        1_000_486,
        &[
            Event::Backup { at: 114 },
            Event::Gather { at: 200 },
            Event::Round,
            Event::Alone { at: 150, to: 106 },
            Event::Round,
            Event::Pass { ms: 30_000 },
            Event::Round,
            Event::Steal { at: 92, to: 134 },
        ],
    );
}

/// The owner is restored to before it proposed what the partner accepted: the answer began where its register of then ended, and the leaves
/// before that came with no file.
#[test]
fn seed_1001746_restored_to_before_the_proposal_that_was_accepted() {
    reproduce_among(
        1_001_746,
        &[
            Event::Backup { at: 147 },
            Event::Gather { at: 255 },
            Event::Propose { at: 234, to: 117 },
            Event::Steal { at: 188, to: 161 },
            Event::DeliverAll { way: 67 },
            Event::Sign {
                pick: 69,
                again: false,
            },
            Event::Restore { at: 219 },
        ],
    );
}

/// The same, with a thief between the backup and the proposal.
#[test]
fn seed_1015492_restored_to_before_a_theft_and_the_proposal_after_it() {
    reproduce_among(
        1_015_492,
        &[
            Event::Gather { at: 220 },
            Event::Round,
            Event::Act {
                at: 2,
                pick: 23_280,
                entry: 250,
                detail: 1_126_407_115,
            },
            Event::Round,
            Event::Backup { at: 121 },
            Event::Round,
            Event::Steal { at: 80, to: 93 },
            Event::Propose { at: 235, to: 39 },
            Event::Sign {
                pick: 93,
                again: false,
            },
            Event::Restore { at: 133 },
        ],
    );
}

/// Two nodes restored one after the other: what both lost is lost, and the checker took what came in its place for a fork.
#[test]
fn seed_35408_both_lost_the_same() {
    reproduce_among(
        35_408,
        &[
            Event::Backup { at: 70 },
            Event::Backup { at: 169 },
            Event::Write {
                at: 248,
                dossier: 2_148,
                entry: 80,
                detail: 3_171_676_339,
            },
            Event::DeliverAll { way: 177 },
            Event::Restore { at: 67 },
            Event::Restore { at: 250 },
        ],
    );
}

/// Partners note that a node was restored, and the checker took that for an alarm.
#[test]
fn seed_120_a_restore_is_no_alarm() {
    reproduce_among(
        120,
        &[
            Event::Rotate { at: 55 },
            Event::Backup { at: 230 },
            Event::Round,
            Event::Restore { at: 2 },
        ],
    );
}

/// After a restore with newer keys, a body whose key was destroyed since the backup was called altered.
#[test]
fn seed_10448_erased_since_the_backup_is_not_altered() {
    reproduce_among(
        10_448,
        &[
            Event::Gather { at: 58 },
            Event::Open {
                at: 249,
                to: 250,
                kind: 0,
                detail: 175_259_143,
            },
            Event::DeliverAll { way: 33 },
            Event::Backup { at: 56 },
            Event::Write {
                at: 70,
                dossier: 57_318,
                entry: 33,
                detail: 2_142_900_155,
            },
            Event::Restore { at: 58 },
        ],
    );
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

/// After a restore the body of what was lost and came back was owed at one node for ever.
#[test]
fn seed_472656_an_opening_owed_after_a_restore() {
    reproduce_among(
        472_656,
        &[
            Event::Open {
                at: 189,
                to: 143,
                kind: 63,
                detail: 1_171_094_417,
            },
            Event::Backup { at: 221 },
            Event::Write {
                at: 29,
                dossier: 22_775,
                entry: 172,
                detail: 439_676_277,
            },
            Event::Restore { at: 179 },
        ],
    );
}

/// The same of a note beside a file.
#[test]
fn seed_415232_a_note_owed_after_a_restore() {
    reproduce_among(
        415_232,
        &[
            Event::Attach {
                at: 61,
                dossier: 24_386,
                size: 300_000,
            },
            Event::Backup { at: 25 },
            Event::Write {
                at: 79,
                dossier: 64_138,
                entry: 214,
                detail: 3_418_115_384,
            },
            Event::Restore { at: 159 },
        ],
    );
}

/// After a restore what was written since the backup comes back and its access records do not: the checker counted both.
#[test]
fn seed_416320_access_records_are_lost_with_the_disk() {
    reproduce_among(
        416_320,
        &[
            Event::Gather { at: 233 },
            Event::Open {
                at: 174,
                to: 235,
                kind: 0,
                detail: 584_474_163,
            },
            Event::Round,
            Event::Round,
            Event::Open {
                at: 63,
                to: 194,
                kind: 8,
                detail: 3_126_419_655,
            },
            Event::Act {
                at: 201,
                pick: 7_323,
                entry: 144,
                detail: 3_619_593_127,
            },
            Event::Backup { at: 145 },
            Event::Write {
                at: 85,
                dossier: 58_712,
                entry: 175,
                detail: 1_623_011_833,
            },
            Event::Attach {
                at: 223,
                dossier: 14_558,
                size: 900,
            },
            Event::Round,
            Event::Round,
            Event::Write {
                at: 9,
                dossier: 15_339,
                entry: 234,
                detail: 1_087_180_593,
            },
            Event::Write {
                at: 187,
                dossier: 27_010,
                entry: 98,
                detail: 3_550_854_126,
            },
            Event::Round,
            Event::Flag {
                at: 49,
                to: 0,
                up: false,
            },
            Event::Act {
                at: 169,
                pick: 43_183,
                entry: 36,
                detail: 1_028_426_914,
            },
            Event::DeliverAll { way: 212 },
            Event::Restore { at: 241 },
            Event::Round,
            Event::Round,
        ],
    );
}

/// A register that began again was first compared after its owner had been restored: the checker did not know what it had said in it.
#[test]
fn seed_900490_a_generation_first_seen_after_a_restore() {
    reproduce_among(
        900_490,
        &[
            Event::Steal { at: 186, to: 5 },
            Event::Propose { at: 187, to: 250 },
            Event::Sign {
                pick: 168,
                again: false,
            },
            Event::Sign {
                pick: 173,
                again: false,
            },
            Event::Backup { at: 25 },
            Event::Round,
            Event::Restore { at: 247 },
        ],
    );
}

/// A key that was stolen, then changed; its node is put back to a backup and opened alone before its partner heard of the change, and packs a
/// bundle by the new key. The leaves in it prove that its register went two ways, and the change is among them: it was refused as signed by
/// nobody, and no proof was kept.
#[test]
fn seed_1023450_a_bundle_by_a_key_that_the_partner_never_heard_of() {
    reproduce_among(
        1_023_450,
        &[
            Event::Steal { at: 229, to: 250 },
            Event::Rotate { at: 95 },
            Event::Backup { at: 200 },
            Event::Pass { ms: 259_200_000 },
            Event::Alone { at: 14, to: 13 },
            Event::Hand {
                pick: 124,
                again: false,
            },
        ],
    );
}

/// A node attested before the day that the copy which its partner had set an end to is destroyed; its author keeps it, and the checker took that
/// for a body lost.
#[expect(clippy::too_many_lines, reason = "a list that the simulation shrank")]
#[test]
fn seed_5006266_a_body_that_was_attested_to_be_destroyed() {
    reproduce_among(
        5_006_266,
        &[
            Event::Open {
                at: 46,
                to: 29,
                kind: 0,
                detail: 2625286258,
            },
            Event::Round,
            Event::Round,
            Event::Round,
            Event::Write {
                at: 30,
                dossier: 27201,
                entry: 95,
                detail: 1225561201,
            },
            Event::Act {
                at: 86,
                pick: 47411,
                entry: 212,
                detail: 4195193077,
            },
            Event::Act {
                at: 179,
                pick: 34868,
                entry: 30,
                detail: 870624574,
            },
            Event::Act {
                at: 32,
                pick: 61849,
                entry: 120,
                detail: 2799329333,
            },
            Event::Act {
                at: 32,
                pick: 9295,
                entry: 248,
                detail: 4257855194,
            },
            Event::Pass { ms: 30000 },
            Event::Propose { at: 213, to: 103 },
            Event::Sign {
                pick: 131,
                again: false,
            },
            Event::Act {
                at: 230,
                pick: 37757,
                entry: 166,
                detail: 3677913003,
            },
            Event::Round,
            Event::Round,
            Event::Round,
            Event::Act {
                at: 74,
                pick: 16732,
                entry: 50,
                detail: 2193904744,
            },
            Event::Flag {
                at: 209,
                to: 52,
                up: true,
            },
            Event::Open {
                at: 209,
                to: 5,
                kind: 146,
                detail: 1356770968,
            },
            Event::Round,
            Event::Round,
            Event::Act {
                at: 206,
                pick: 29189,
                entry: 86,
                detail: 365949568,
            },
            Event::Round,
            Event::Write {
                at: 119,
                dossier: 3078,
                entry: 144,
                detail: 3404443166,
            },
            Event::Act {
                at: 173,
                pick: 28798,
                entry: 38,
                detail: 3397902587,
            },
            Event::Write {
                at: 137,
                dossier: 43196,
                entry: 131,
                detail: 520483951,
            },
            Event::Write {
                at: 104,
                dossier: 31529,
                entry: 177,
                detail: 4103028263,
            },
            Event::Round,
            Event::Act {
                at: 4,
                pick: 24083,
                entry: 237,
                detail: 3538910413,
            },
        ],
    );
}

/// A register began again with the key that was lost at the very instant of its proposal, and the simulation took that for the new one.
#[test]
fn seed_6004122_a_key_lost_at_the_instant_of_a_proposal() {
    reproduce_among(
        6_004_122,
        &[
            Event::Propose { at: 11, to: 254 },
            Event::LoseKey { at: 170 },
            Event::Round,
            Event::Pass { ms: 30_000 },
            Event::Sign {
                pick: 15,
                again: true,
            },
        ],
    );
}

/// A condition ended what the partner held: its people attested that their copy is gone, and the author keeps its own.
#[test]
fn seed_4000343_a_copy_given_back_before_its_end() {
    reproduce(
        4_000_343,
        &[
            Op::Write {
                by: Side::Ma,
                dossier: 56_111,
                entry: 117,
                detail: 2_334_925_714,
            },
            Op::DeliverAll,
            Op::Act {
                by: Side::Fr,
                pick: 20_182,
                entry: 218,
                detail: 3_556_849_856,
            },
        ],
    );
}

/// The same among three states: whoever attests has no copy any more, the others keep theirs.
#[test]
fn seed_4002356_a_copy_given_back_among_three() {
    reproduce_among(
        4_002_356,
        &[
            Event::Gather { at: 221 },
            Event::Open {
                at: 6,
                to: 95,
                kind: 0,
                detail: 2_942_387_982,
            },
            Event::Round,
            Event::Round,
            Event::Cut { way: 0 },
            Event::Round,
            Event::Act {
                at: 121,
                pick: 34_093,
                entry: 165,
                detail: 1_168_181_292,
            },
            Event::Write {
                at: 31,
                dossier: 19_504,
                entry: 45,
                detail: 2_495_869_748,
            },
            Event::Round,
            Event::Act {
                at: 8,
                pick: 23_689,
                entry: 37,
                detail: 703_545_829,
            },
        ],
    );
}

/// A thief put itself twice in a node's place.
#[test]
fn seed_4002502_stolen_twice() {
    reproduce_among(
        4_002_502,
        &[
            Event::Flag {
                at: 119,
                to: 183,
                up: false,
            },
            Event::Steal { at: 145, to: 68 },
            Event::Steal { at: 188, to: 161 },
        ],
    );
}

/// A dossier's opening was lost with two disks: what a third and a fourth state have of it waits for good, and does not leave again.
#[test]
fn seed_4000606_an_opening_that_two_disks_lost() {
    reproduce_among(
        4_000_606,
        &[
            Event::Gather { at: 232 },
            Event::Backup { at: 252 },
            Event::Cut { way: 224 },
            Event::Open {
                at: 117,
                to: 161,
                kind: 147,
                detail: 3_897_357_134,
            },
            Event::Open {
                at: 152,
                to: 30,
                kind: 78,
                detail: 2_832_200_764,
            },
            Event::Flag {
                at: 86,
                to: 16,
                up: true,
            },
            Event::Round,
            Event::Gather { at: 12 },
            Event::Backup { at: 1 },
            Event::Round,
            Event::Write {
                at: 121,
                dossier: 11_079,
                entry: 122,
                detail: 3_199_650_055,
            },
            Event::Restore { at: 60 },
            Event::Round,
            Event::Restore { at: 181 },
        ],
    );
}

/// With a copy given back goes what translates it, also where its holder wrote the translation; its readers keep theirs.
#[test]
fn seed_4018860_a_translation_goes_with_a_copy_given_back() {
    reproduce_among(
        4_018_860,
        &[
            Event::Gather { at: 101 },
            Event::Open {
                at: 67,
                to: 169,
                kind: 0,
                detail: 751_225_757,
            },
            Event::Round,
            Event::Write {
                at: 156,
                dossier: 55_279,
                entry: 41,
                detail: 1_555_451_381,
            },
            Event::Pass { ms: 36_000_000 },
            Event::Write {
                at: 240,
                dossier: 2_743,
                entry: 77,
                detail: 2_434_249_492,
            },
            Event::Round,
            Event::Act {
                at: 58,
                pick: 52_243,
                entry: 48,
                detail: 2_813_239_974,
            },
        ],
    );
}

/// A partner accepted a restart, lost its key, and its own register began again with another one before the owner concluded: its acceptance is
/// signed by the key of before, of a generation that is closed, and stands (`app/src/restart/conclude.rs::fits`).
#[test]
fn seed_7000640_an_acceptance_by_a_key_that_was_lost_since() {
    reproduce_among(
        7_000_640,
        &[
            Event::Propose { at: 27, to: 92 },
            Event::Pass { ms: 1_728_000_000 },
            Event::Sign {
                pick: 141,
                again: true,
            },
            Event::Propose { at: 102, to: 86 },
            Event::LoseKey { at: 56 },
        ],
    );
}

/// A program that cannot say that it destroyed what it held destroys nothing: it had destroyed first, and was then refused.
#[test]
fn seed_6_what_cannot_be_told_is_not_done() {
    reproduce_among(
        6,
        &[
            Event::Version { at: 0, older: true },
            Event::Act {
                at: 15,
                pick: 47_332,
                entry: 89,
                detail: 4_178_150_376,
            },
        ],
    );
}

/// All goes or nothing: an officer's decision destroyed what was not owed, and was then refused for what was.
#[test]
fn seed_25_what_is_owed_keeps_the_rest_too() {
    reproduce(
        25,
        &[
            Op::Write {
                by: Side::Fr,
                dossier: 61164,
                entry: 200,
                detail: 2288702761,
            },
            Op::DeliverAll,
            Op::Act {
                by: Side::Ma,
                pick: 15189,
                entry: 215,
                detail: 1196168692,
            },
        ],
    );
}

/// A node destroyed its copies, and lost its disk before it could say so: newer keys tell it, and nobody else knows.
#[test]
fn seed_944_copies_destroyed_before_a_restore() {
    reproduce_among(
        944,
        &[
            Event::Backup { at: 179 },
            Event::Act {
                at: 253,
                pick: 22_905,
                entry: 242,
                detail: 2_061_096_993,
            },
            Event::Restore { at: 171 },
        ],
    );
}

/// The process died between the destruction of what the partner wrote and the word of it: gone, and nobody said so.
#[test]
fn seed_8100109_died_before_it_said_what_it_destroyed() {
    reproduce(
        8_100_109,
        &[
            Op::Open {
                by: Side::Ma,
                kind: 0,
                detail: 791_094_199,
            },
            Op::DeliverAll,
            Op::Act {
                by: Side::Fr,
                pick: 62_593,
                entry: 173,
                detail: 473_466_173,
            },
            Op::DeliverAll,
            Op::Break {
                by: Side::Ma,
                after: 2,
                persisted: false,
                crash: true,
            },
            Op::Act {
                by: Side::Ma,
                pick: 23_602,
                entry: 207,
                detail: 2_245_265_970,
            },
        ],
    );
}

/// The same among three states.
#[test]
fn seed_8000770_died_before_it_said_what_it_destroyed_among_three() {
    reproduce_among(
        8_000_770,
        &[
            Event::Break {
                at: 25,
                after: 3,
                persisted: false,
                crash: false,
            },
            Event::Act {
                at: 208,
                pick: 10_943,
                entry: 244,
                detail: 738_186_888,
            },
            Event::Act {
                at: 25,
                pick: 5077,
                entry: 116,
                detail: 3_191_010_263,
            },
        ],
    );
}

/// A key was lost after a register had begun with it, and the partner its disk: nothing brought the link back, since no card had that key any more.
#[test]
fn seed_8000116_key_lost_after_it_began_and_the_partner_restored() {
    reproduce_among(
        8_000_116,
        &[
            Event::Backup { at: 84 },
            Event::Propose { at: 70, to: 1 },
            Event::Steal { at: 236, to: 68 },
            Event::Sign {
                pick: 140,
                again: false,
            },
            Event::LoseKey { at: 61 },
            Event::Sign {
                pick: 54,
                again: false,
            },
            Event::Alone { at: 75, to: 47 },
        ],
    );
}

/// A register began again after its owner was restored: what it had written and tells again follows, there, from what a third state has.
#[test]
fn seed_8002170_told_again_while_it_waits_for_a_third_state() {
    reproduce_among(
        8_002_170,
        &[
            Event::Gather { at: 85 },
            Event::Round,
            Event::Backup { at: 60 },
            Event::Write {
                at: 19,
                dossier: 46_324,
                entry: 119,
                detail: 3_043_672_964,
            },
            Event::Round,
            Event::RotateTls {
                at: 97,
                at_once: true,
            },
            Event::Pass { ms: 36_000_000 },
            Event::Cut { way: 223 },
            Event::Act {
                at: 69,
                pick: 43_098,
                entry: 235,
                detail: 2_096_516_575,
            },
            Event::Round,
            Event::Round,
            Event::Restore { at: 174 },
            Event::Round,
            Event::DeliverAll { way: 30 },
            Event::Round,
            Event::Propose { at: 13, to: 71 },
        ],
    );
}
