//! Any order of what came gives the same; what was refused is in no agreement.

use super::*;
use proptest::prelude::*;

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Open),
        Just(Answer::Agreed),
        Just(Answer::Countered),
        Just(Answer::Otherwise),
    ]
}

fn id(n: u8) -> EntryId {
    EntryId([n; 32])
}

/// Up to twelve clauses, each of which may replace another, itself, or one that is not there.
fn clauses() -> impl Strategy<Value = Vec<Clause>> {
    let one = (
        proptest::option::of(1i64..6),
        proptest::option::of(0u8..14),
        proptest::collection::vec(answer(), 0..3),
    );
    proptest::collection::vec(one, 0..12).prop_map(|all| {
        let clause = |(n, (number, replaces, answers)): (usize, (_, Option<u8>, _))| Clause {
            entry: id(u8::try_from(n).unwrap()),
            number,
            replaces: replaces.map(id),
            answers,
        };
        all.into_iter().enumerate().map(clause).collect()
    })
}

proptest! {
    /// Both nodes hear the same in different orders, and see the same. Take out: in [`agreed`], the sorting.
    #[test]
    fn invariant_02_clauses_stand_alike_in_any_order(
        (one, other) in clauses().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        prop_assert_eq!(agreed(&one), agreed(&other));
        let held = agreed(&one);
        prop_assert_eq!(holds_only_accepted(&held, &one), holds_only_accepted(&held, &other));
        for clause in &one {
            let mut turned = clause.answers.clone();
            turned.reverse();
            prop_assert_eq!(standing(&clause.answers), standing(&turned));
        }
    }

    /// Nothing that somebody refused, answered otherwise or has not answered is in what is signed. Take out: in [`agreed`], the filter
    /// of accepted clauses.
    #[test]
    fn a_refused_clause_is_never_in_what_is_signed(all in clauses()) {
        let held = agreed(&all);
        prop_assert!(held.is_empty() || holds_only_accepted(&held, &all));
        for clause in &all {
            if clause.answers.is_empty() || clause.answers.iter().any(|a| *a != Answer::Agreed) {
                prop_assert!(!held.contains(&clause.entry));
                prop_assert!(!holds_only_accepted(&[clause.entry], &all));
            }
        }
    }
}

/// What takes the place of an accepted clause does so once it is accepted itself. Take out: in [`agreed`], the filter of what was replaced.
#[test]
fn a_clause_is_replaced_only_by_an_accepted_one() {
    let clause = |n: u8, replaces: Option<u8>, answer: Answer| Clause {
        entry: id(n),
        number: Some(1),
        replaces: replaces.map(id),
        answers: vec![answer],
    };
    let first = clause(1, None, Answer::Agreed);
    let waits = [first.clone(), clause(2, Some(1), Answer::Open)];
    assert_eq!(agreed(&waits), [id(1)]);
    let taken = [first, clause(2, Some(1), Answer::Agreed)];
    assert_eq!(agreed(&taken), [id(2)]);
    assert!(!holds_only_accepted(&[id(2), id(2)], &taken), "each once");
    assert!(!holds_only_accepted(&[], &taken) && !holds_only_accepted(&[id(9)], &taken));
}
