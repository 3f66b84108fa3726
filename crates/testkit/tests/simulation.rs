//! The simulation, a thousand seeds of it: see `entente_testkit::sim`. More by `make sim SEEDS=n`, one by `make sim SEED=x`.

use entente_testkit::sim::event::events;
use entente_testkit::sim::op::generate;
use entente_testkit::sim::{run, run_among, run_seeds, shrunk};

/// Seeds in every test run.
const SEEDS: u64 = 1_000;

#[test]
fn a_thousand_seeds_hold_every_invariant() {
    match run_seeds(1, SEEDS) {
        Ok(tally) => {
            println!("{SEEDS} seeds: {tally:?}");
            assert!(tally.accepted > 20 * SEEDS, "too little happens: {tally:?}");
            assert!(
                tally.compared > 3 * SEEDS,
                "too little is compared: {tally:?}"
            );
            assert!(
                tally.restarts > SEEDS / 10 && tally.broken > SEEDS / 10,
                "too little breaks: {tally:?}"
            );
            assert!(
                tally.packed > SEEDS / 4 && tally.carried > SEEDS / 4 && tally.spoiled > SEEDS / 40,
                "too little is carried: {tally:?}"
            );
            assert!(tally.rotated > SEEDS / 4, "too few keys change: {tally:?}");
            assert!(
                tally.of_many > SEEDS / 4,
                "too few are of three states: {tally:?}"
            );
            assert!(
                tally.restored > SEEDS / 50
                    && tally.versions > SEEDS / 20
                    && tally.skewed > SEEDS / 20,
                "too little goes back, changes version or is dated wrongly: {tally:?}"
            );
        }
        Err((seed, failure)) => panic!(
            "seed {seed}, step {}: {}\nput this into tests/reproductions.rs:\n\n{}",
            failure.step,
            failure.what,
            shrunk(seed, &failure)
        ),
    }
}

/// The same seed is the same run: without that, no failure could be shrunk.
#[test]
fn a_seed_is_one_run() {
    for seed in [2, 5, 7] {
        let ops = generate(seed);
        assert_eq!(ops, generate(seed));
        assert_eq!(run(seed, &ops).unwrap(), run(seed, &ops).unwrap());
    }
    for seed in [2, 6, 14] {
        let list = events(seed);
        assert_eq!(list, events(seed));
        let again = || run_among(seed, &list, false).unwrap();
        assert_eq!(again(), again());
    }
}
