//! The clocks of rule 10, the merge table and the transition table.

use super::*;
use crate::codes::Urgency;
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;

fn entry(n: u8) -> EntryId {
    EntryId([n; 32])
}

fn terms() -> Terms {
    let (ma, fr) = ("ma".parse().unwrap(), "fr".parse().unwrap());
    Terms::modelled(&ma, &fr, &ma, vec!["request".into()])
}

fn ask(kind: Ask, received: Option<i64>) -> AskFacts {
    AskFacts {
        id: ObligationId {
            entry: entry(1),
            index: 0,
        },
        dossier: DossierId([9; 32]),
        ask: kind,
        creditor: "ma/inquiry".parse().unwrap(),
        debtor: "fr/liaison".parse().unwrap(),
        urgency: Urgency::UrgentDirect,
        number: 1,
        at: Instant(0),
        by: None,
        about: None,
        received: received.map(Instant),
    }
}

fn act(n: u8, node: &str, at: i64, received: Option<i64>, act: OnAct) -> ActFacts {
    ActFacts {
        entry: entry(n),
        index: 0,
        seq: u64::from(n),
        depth: u64::from(n),
        node: node.parse().unwrap(),
        at: Instant(at),
        received: received.map(Instant),
        act,
    }
}

fn run(ask: AskFacts, acts: &[ActFacts]) -> Obligation {
    let terms = terms();
    fold(
        ask,
        acts,
        ClockContext {
            terms: Some(&terms),
            suspended: &[],
        },
    )
}

fn answer(partial: bool) -> OnAct {
    OnAct::Answer {
        partial,
        outcome: Outcome::None,
    }
}

/// Rule 10: an ask that nobody received runs no clock against its debtor, only the delivery clock of its author.
#[test]
fn rule_10_unreceived_ask_is_not_overdue_but_chased() {
    let ob = run(ask(Ask::Answer, None), &[]);
    assert!(!ob.overdue(Instant(1000 * HOUR)));
    assert!(!ob.not_received(Instant(14 * 60_000), &terms()));
    assert!(ob.not_received(Instant(16 * 60_000), &terms()));
}

/// Rule 10: starts at the later of own time and receipt; a sender's clock that runs ahead does not shorten it.
#[test]
fn rule_10_clock_starts_at_the_later_time() {
    assert_eq!(
        run(ask(Ask::Answer, Some(2 * HOUR)), &[]).due,
        Some(Instant(10 * HOUR))
    );
    assert_eq!(
        run(ask(Ask::Answer, Some(-2 * HOUR)), &[]).due,
        Some(Instant(8 * HOUR))
    );
}

/// Rule 10: an answer written in time whose receipt is late counts by its receipt less the transit allowance.
#[test]
fn rule_10_clock_ends_at_receipt_less_transit() {
    let quick = run(
        ask(Ask::Answer, Some(0)),
        &[act(
            2,
            "fr",
            7 * HOUR,
            Some(8 * HOUR + 10 * 60_000),
            answer(false),
        )],
    );
    assert_eq!(quick.on_time(), Some(true));
    let held_back = run(
        ask(Ask::Answer, Some(0)),
        &[act(2, "fr", 7 * HOUR, Some(9 * HOUR), answer(false))],
    );
    assert_eq!(held_back.on_time(), Some(false));
}

fn propose(of: u8, at: i64) -> OnAct {
    OnAct::ProposeTime {
        of: entry(of),
        at: Instant(at),
    }
}

fn agree(proposal: u8) -> OnAct {
    OnAct::AgreeTime {
        proposal: entry(proposal),
    }
}

/// Rule 10: a receipt time pushed five hours on starts the clock there, until both agree on another; then it starts there.
#[test]
fn rule_10_an_agreed_time_replaces_the_receipts() {
    let late = || ask(Ask::Answer, Some(5 * HOUR));
    assert_eq!(run(late(), &[]).due, Some(Instant(13 * HOUR)));

    let proposed = [act(2, "ma", 6 * HOUR, None, propose(1, HOUR))];
    let ob = run(late(), &proposed);
    assert_eq!(
        ob.due,
        Some(Instant(13 * HOUR)),
        "one side alone moves nothing"
    );
    assert_eq!(ob.contested, Some(Contested::ReceiptTime));
    assert_eq!(
        ob.proposed.iter().map(|p| (p.of, p.at)).collect::<Vec<_>>(),
        [(entry(1), Instant(HOUR))]
    );

    let itself = [proposed[0].clone(), act(3, "ma", 6 * HOUR, None, agree(2))];
    assert_eq!(
        run(late(), &itself).due,
        Some(Instant(13 * HOUR)),
        "nobody agrees with themselves"
    );

    let both = [proposed[0].clone(), act(3, "fr", 7 * HOUR, None, agree(2))];
    let ob = run(late(), &both);
    assert_eq!(
        (ob.due, ob.ask.received),
        (Some(Instant(9 * HOUR)), Some(Instant(HOUR)))
    );
    assert_eq!((ob.contested, ob.proposed), (None, Vec::new()));
}

/// Rule 10: one side alone changes nothing that was agreed: an agreement fits the other side's last word, once.
#[test]
fn rule_10_what_was_superseded_is_not_agreed() {
    let (ma, fr) = ("ma".parse().unwrap(), "fr".parse().unwrap());
    let corrected = vec![
        act(2, "ma", HOUR, None, propose(1, 10 * HOUR)),
        act(3, "ma", HOUR, None, propose(1, 12 * HOUR)),
        act(4, "fr", 2 * HOUR, None, agree(3)),
    ];
    let asked = || ask(Ask::Answer, Some(0));
    let agreed = |facts: &[ActFacts]| run(asked(), facts).agreed.get(&entry(1)).copied();
    assert_eq!(agreed(&corrected), Some(Instant(12 * HOUR)));
    for proposal in [2, 3] {
        assert!(!time_fits(&asked(), &corrected, &agree(proposal), &fr));
        let mut alone = corrected.clone();
        alone.push(act(5, "fr", 900 * HOUR, None, agree(proposal)));
        assert_eq!(agreed(&alone), Some(Instant(12 * HOUR)));
    }

    // A newer proposal stays pending and contested whatever is said of an older one.
    let mut newer = corrected.clone();
    newer.push(act(5, "ma", 3 * HOUR, None, propose(1, 14 * HOUR)));
    newer.push(act(6, "fr", 4 * HOUR, None, agree(3)));
    let ob = run(asked(), &newer);
    assert_eq!(
        ob.proposed.iter().map(|p| p.entry).collect::<Vec<_>>(),
        [entry(5)]
    );
    assert_eq!(ob.contested, Some(Contested::ReceiptTime));
    assert!(
        time_fits(&asked(), &newer, &agree(5), &fr) && !time_fits(&asked(), &newer, &agree(5), &ma)
    );

    // Whoever agrees to another time no longer says their own.
    let traded = [
        act(2, "ma", HOUR, None, propose(1, 10 * HOUR)),
        act(3, "fr", HOUR, None, propose(1, 12 * HOUR)),
        act(4, "ma", 2 * HOUR, None, agree(3)),
    ];
    assert!(!time_fits(&asked(), &traded, &agree(2), &fr));
    let ob = run(asked(), &traded);
    assert_eq!((ob.contested, ob.proposed), (None, Vec::new()));
}

/// Rule 10: each receipt has proposals of its own, and a contest that names no time ends with the ask's.
#[test]
fn rule_10_each_receipt_has_proposals_of_its_own() {
    let contest = OnAct::Contest {
        what: Contested::ReceiptTime,
    };
    let mut facts = vec![
        act(2, "fr", HOUR, Some(HOUR), answer(false)),
        act(3, "ma", 2 * HOUR, None, contest),
        act(4, "ma", 2 * HOUR, None, propose(1, HOUR)),
        act(5, "fr", 3 * HOUR, None, propose(2, HOUR)),
    ];
    let pending = |facts: &[ActFacts]| {
        let ob = run(ask(Ask::Answer, Some(0)), facts);
        let of: Vec<EntryId> = ob.proposed.iter().map(|p| p.of).collect();
        (of, ob.contested.is_some())
    };
    assert_eq!(pending(&facts), (vec![entry(1), entry(2)], true));
    facts.push(act(6, "ma", 4 * HOUR, None, agree(5)));
    assert_eq!(pending(&facts), (vec![entry(1)], true));
    let mut withdrawn = facts.clone();
    facts.push(act(7, "fr", 5 * HOUR, None, agree(4)));
    assert_eq!(pending(&facts), (Vec::new(), false));
    // With nothing pending the plain contest stands until the ask's own time is agreed.
    withdrawn.retain(|f| f.entry != entry(4));
    assert_eq!(pending(&withdrawn), (Vec::new(), true));
    // Of two proposals in one entry an agreement can mean only one.
    let mut both = act(8, "fr", 6 * HOUR, None, propose(2, 3 * HOUR));
    facts.push(both.clone());
    (both.index, both.act) = (1, propose(1, 3 * HOUR));
    facts.push(both);
    assert_eq!(pending(&facts), (vec![entry(2)], true));
}

/// The debtor may start it too, and the time of an answer's receipt is agreed the same way, after it has ended.
#[test]
fn rule_10_times_are_agreed_in_both_directions_and_after_the_end() {
    let facts = [
        act(2, "fr", 7 * HOUR, Some(12 * HOUR), answer(false)),
        act(3, "fr", 13 * HOUR, None, propose(2, 7 * HOUR)),
    ];
    let before = run(ask(Ask::Answer, Some(0)), &facts);
    assert_eq!(
        (before.on_time(), before.contested),
        (Some(false), Some(Contested::ReceiptTime))
    );
    let mut agreed = facts.to_vec();
    agreed.push(act(4, "ma", 14 * HOUR, None, agree(3)));
    let ob = run(ask(Ask::Answer, Some(0)), &agreed);
    assert_eq!(
        (ob.on_time(), ob.contested, ob.state),
        (Some(true), None, State::Answered)
    );
}

/// Agreed or not, what nobody received has no time to replace.
#[test]
fn rule_10_without_a_receipt_there_is_nothing_to_replace() {
    let both = [
        act(2, "ma", HOUR, None, propose(1, 0)),
        act(3, "fr", HOUR, None, agree(2)),
    ];
    let ob = run(ask(Ask::Answer, None), &both);
    assert_eq!((ob.ask.received, ob.due), (None, None));
}

/// A proposal names an ask or an act whose receipt moves a clock; an agreement names a proposal of the other side.
#[test]
fn rule_10_a_time_is_about_what_moves_a_clock() {
    let facts = [
        act(2, "fr", HOUR, None, OnAct::Acknowledge),
        act(3, "fr", HOUR, None, answer(false)),
        act(4, "fr", HOUR, None, propose(1, 0)),
    ];
    let (ma, fr) = ("ma".parse().unwrap(), "fr".parse().unwrap());
    let asked = ask(Ask::Answer, Some(0));
    let fits = |act: OnAct, node: &NodeName| time_fits(&asked, &facts, &act, node);
    assert!(fits(propose(1, 0), &fr) && fits(propose(3, 0), &ma));
    assert!(!fits(propose(2, 0), &fr) && !fits(propose(9, 0), &ma));
    assert!(fits(agree(4), &ma) && !fits(agree(4), &fr) && !fits(agree(3), &ma));
}

/// By our own clock a receipt came neither after it reached us nor before we wrote; late on its way is no fault.
#[test]
fn rule_10_what_cannot_be_true_is_doubted() {
    let of = |received, arrived| {
        plausible(
            Instant(received),
            Instant(0),
            Instant(arrived),
            Span::minutes(15),
        )
    };
    assert!(of(HOUR, HOUR) && of(HOUR, 9 * HOUR) && of(HOUR, HOUR - 15 * 60_000));
    assert!(!of(HOUR, HOUR - 16 * 60_000) && !of(-HOUR, 9 * HOUR));
}

#[test]
fn clock_stops_while_details_are_awaited() {
    let paused = run(
        ask(Ask::Answer, Some(0)),
        &[act(2, "fr", HOUR, Some(HOUR), OnAct::Pause)],
    );
    assert_eq!(
        (paused.state, paused.turn),
        (State::AwaitingRequester, Some(Side::Creditor))
    );
    assert_eq!((paused.due, paused.stopped), (None, Some(Instant(HOUR))));
    assert!(!paused.overdue(Instant(100 * HOUR)));
    let resumed = run(
        ask(Ask::Answer, Some(0)),
        &[
            act(2, "fr", HOUR, Some(HOUR), OnAct::Pause),
            act(
                3,
                "ma",
                4 * HOUR,
                Some(5 * HOUR),
                OnAct::Resume { pause: entry(2) },
            ),
        ],
    );
    assert_eq!(
        (resumed.state, resumed.due),
        (State::Open, Some(Instant(12 * HOUR)))
    );
}

#[test]
fn suspension_stops_the_clock() {
    let terms = terms();
    let stops = [Stop {
        from: Instant(2 * HOUR),
        to: Some(Instant(30 * HOUR)),
    }];
    let ob = fold(
        ask(Ask::Answer, Some(0)),
        &[],
        ClockContext {
            terms: Some(&terms),
            suspended: &stops,
        },
    );
    assert_eq!(ob.due, Some(Instant(36 * HOUR)));
}

/// Rule 3: concurrent answer and withdrawal: the discharge wins.
#[test]
fn rule_3_discharge_beats_withdrawal() {
    let both = [
        act(2, "ma", HOUR, None, OnAct::Withdraw),
        act(3, "fr", HOUR, None, answer(false)),
    ];
    assert_eq!(run(ask(Ask::Answer, Some(0)), &both).state, State::Answered);
}

#[test]
fn a_promise_is_claimed_then_agreed() {
    let claim = act(2, "fr", HOUR, None, answer(false));
    let claimed = run(ask(Ask::Act, Some(0)), std::slice::from_ref(&claim));
    assert_eq!(
        (claimed.state, claimed.turn),
        (State::Claimed, Some(Side::Creditor))
    );
    assert!(claimed.state.is_open());
    let agreed = run(
        ask(Ask::Act, Some(0)),
        &[claim, act(3, "ma", 2 * HOUR, None, OnAct::Accept)],
    );
    assert_eq!((agreed.state, agreed.turn), (State::Agreed, None));
}

#[test]
fn new_date_takes_the_place_of_the_clock() {
    let until = Instant(50 * HOUR);
    let ob = run(
        ask(Ask::Answer, Some(0)),
        &[act(
            2,
            "fr",
            HOUR,
            None,
            OnAct::Extend {
                until,
                reason: Delay::Translation,
            },
        )],
    );
    assert_eq!(
        (ob.due, ob.extended),
        (Some(until), Some((until, Delay::Translation)))
    );
    assert!(!ob.overdue(until));
    assert_eq!(ob.chase(Instant(58 * HOUR), &terms()), Chase::Liaison);
    assert_eq!(ob.chase(until + Span::days(8), &terms()), Chase::Meeting);
}

/// Invariant 1, at its root: in every open state of every ask, the debtor can end it, or it is the creditor's turn and the
/// creditor can; and nothing at all may be done to what has ended but contest it.
#[test]
fn invariant_1_every_open_state_has_a_way_out() {
    for ask in Ask::ALL {
        for state in State::ALL {
            let ends = |side, act: &OnAct| may(state, *ask, side, act);
            let refuse = OnAct::Refuse {
                ground: Ground::NotAvailable,
                withheld: false,
            };
            if state.is_open() {
                let debtor = ends(Side::Debtor, &answer(false)) && ends(Side::Debtor, &refuse);
                let creditor =
                    ends(Side::Creditor, &OnAct::Waive) && ends(Side::Creditor, &OnAct::Withdraw);
                assert!(creditor, "{ask:?} {state:?}");
                assert!(
                    debtor || state == State::Claimed && ends(Side::Creditor, &OnAct::Accept),
                    "{ask:?} {state:?}"
                );
            } else {
                for side in [Side::Debtor, Side::Creditor] {
                    assert!(
                        !ends(side, &answer(false))
                            && !ends(side, &refuse)
                            && !ends(side, &OnAct::Withdraw)
                    );
                }
            }
        }
    }
}

fn any_act() -> impl Strategy<Value = (bool, OnAct)> {
    prop_oneof![
        Just((false, OnAct::Acknowledge)),
        Just((false, OnAct::Progress)),
        Just((false, OnAct::Pause)),
        (0i64..100).prop_map(|h| (
            false,
            OnAct::Extend {
                until: Instant(h * HOUR),
                reason: Delay::Other
            }
        )),
        Just((false, answer(false))),
        Just((false, answer(true))),
        Just((
            false,
            OnAct::Refuse {
                ground: Ground::Torture,
                withheld: false
            }
        )),
        Just((true, OnAct::Waive)),
        Just((true, OnAct::Withdraw)),
        Just((true, OnAct::Join)),
        Just((true, OnAct::Accept)),
        (2u8..9).prop_map(|n| (true, OnAct::Resume { pause: entry(n) })),
        (any::<bool>(), 1u8..9, 0i64..50).prop_map(|(c, n, h)| (c, propose(n, h * HOUR))),
        (any::<bool>(), 2u8..9).prop_map(|(c, n)| (c, agree(n))),
    ]
}

/// Two nodes that talk about the times of two receipts: what each wrote, and how much of the other's each has seen.
#[derive(Default)]
struct Talk {
    facts: Vec<ActFacts>,
    seen: [usize; 2],
}

const NODES: [&str; 2] = ["ma", "fr"];

impl Talk {
    fn past(&self, node: usize) -> Vec<ActFacts> {
        let (mine, other) = (NODES[node], NODES[1 - node]);
        let theirs = self.facts.iter().filter(|f| f.node.as_str() == other);
        let own = self.facts.iter().filter(|f| f.node.as_str() == mine);
        theirs.take(self.seen[node]).chain(own).cloned().collect()
    }

    /// Writes an act if it fits what its author has seen, as the judge would have it.
    fn write(&mut self, node: usize, what: OnAct) -> bool {
        let past = self.past(node);
        let author = NODES[node].parse().unwrap();
        let fits = time_fits(&ask(Ask::Answer, Some(0)), &past, &what, &author);
        if fits {
            let n = u8::try_from(self.facts.len() + 10).unwrap();
            let mut fact = act(n, NODES[node], 0, Some(0), what);
            fact.depth = past.iter().map(|f| f.depth).max().unwrap_or(1) + 1;
            self.facts.push(fact);
        }
        fits
    }

    fn hear(&mut self, node: usize) {
        let theirs = |f: &&ActFacts| f.node.as_str() != NODES[node];
        self.seen[node] = self.facts.iter().filter(theirs).count();
    }
}

/// Whether a proposal is still its author's last word on that receipt: they proposed and agreed nothing for it since.
fn is_last_word(facts: &[ActFacts], proposal: &ActFacts) -> bool {
    let about = |f: &ActFacts| match f.act {
        OnAct::ProposeTime { of, .. } => Some(of),
        OnAct::AgreeTime { proposal } => {
            let named = facts.iter().find(|p| p.entry == proposal)?;
            match named.act {
                OnAct::ProposeTime { of, .. } => Some(of),
                _ => None,
            }
        }
        _ => None,
    };
    let own = facts.iter().filter(|f| f.node == proposal.node);
    let later = own.skip_while(|f| f.entry != proposal.entry).skip(1);
    !later.map(about).any(|of| of == about(proposal))
}

proptest! {
    /// Rule 10, over interleavings: both nodes fold the same, every agreed time was said by both, and once all is known to both,
    /// one side alone can bring about only what is the other's last word and was not agreed before.
    #[test]
    fn rule_10_no_time_changes_without_both_sides(
        steps in proptest::collection::vec((0usize..2, 0u8..4, 0usize..24, 0i64..50), 0..24),
    ) {
        let mut talk = Talk::default();
        talk.facts.push(act(2, "fr", HOUR, Some(HOUR), answer(false)));
        talk.hear(0);
        for (node, what, which, hour) in steps {
            match what {
                0 => talk.hear(node),
                1 => { talk.write(node, propose(1 + u8::try_from(which % 2).unwrap(), hour * HOUR)); }
                _ => {
                    let named = talk.facts.get(which).map_or(entry(99), |f| f.entry);
                    talk.write(node, OnAct::AgreeTime { proposal: named });
                }
            }
        }
        let fold_of = |facts: &[ActFacts]| run(ask(Ask::Answer, Some(0)), facts);
        talk.hear(0);
        talk.hear(1);
        let both = [fold_of(&talk.past(0)), fold_of(&talk.past(1))];
        prop_assert_eq!(&both[0], &both[1]);
        for (node, name) in NODES.into_iter().enumerate() {
            let past = talk.past(node);
            for proposal in &past {
                let OnAct::ProposeTime { of, at } = proposal.act else { continue };
                let words = agree_of(proposal);
                let author: NodeName = name.parse().unwrap();
                if !time_fits(&ask(Ask::Answer, Some(0)), &past, &words, &author) {
                    continue;
                }
                prop_assert!(proposal.node != author && is_last_word(&talk.facts, proposal));
                prop_assert!(!talk.facts.iter().any(|f| f.node == author && f.act == words));
                let mut alone = Talk { facts: talk.facts.clone(), seen: talk.seen };
                prop_assert!(alone.write(node, words));
                let (was, is) = (&both[0].agreed, fold_of(&alone.facts).agreed);
                prop_assert_eq!(is.get(&of), Some(&at));
                prop_assert!(is.iter().all(|(e, t)| *e == of || was.get(e) == Some(t)));
            }
        }
    }
}

fn agree_of(proposal: &ActFacts) -> OnAct {
    OnAct::AgreeTime {
        proposal: proposal.entry,
    }
}

proptest! {
    /// Invariant 2: the order of arrival never matters.
    #[test]
    fn invariant_2_order_of_arrival_is_nothing(
        acts in proptest::collection::vec((any_act(), 0i64..50, proptest::option::of(0i64..60)), 0..8),
        swap in proptest::collection::vec((0usize..8, 0usize..8), 0..8),
    ) {
        let facts: Vec<ActFacts> = (2u8..).zip(acts)
            .map(|(n, ((creditor, a), at, received))| act(n, if creditor { "ma" } else { "fr" }, at * HOUR, received.map(|r| r * HOUR), a))
            .collect();
        let mut shuffled = facts.clone();
        for (a, b) in swap {
            if a < shuffled.len() && b < shuffled.len() { shuffled.swap(a, b); }
        }
        let one = run(ask(Ask::Answer, Some(0)), &facts);
        prop_assert_eq!(&one, &run(ask(Ask::Answer, Some(0)), &shuffled));
        prop_assert_eq!(one.turn.is_some(), one.state.is_open());
        // Rule 10: every time that stands in place of a receipt's was proposed by one node and agreed by the other.
        for (of, at) in &one.agreed {
            let proposals: Vec<&ActFacts> = facts.iter().filter(|f| f.act == OnAct::ProposeTime { of: *of, at: *at }).collect();
            let backed = proposals.iter().any(|p| facts.iter()
                .any(|f| f.node != p.node && f.act == OnAct::AgreeTime { proposal: p.entry }));
            prop_assert!(backed);
        }
    }
}
