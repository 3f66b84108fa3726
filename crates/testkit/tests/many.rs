//! Rule 16: dossiers of three states and four. Each originator speaks for itself over its own links, all compute the same, nobody is
//! bound by what it did not sign, and nobody relays.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{AppError, Recorded, Recording};
use entente_core::codes::{Ask, Phase};
use entente_core::ids::{DossierId, EntryId, NodeName};
use entente_core::judge::{Irregular, Verdict};
use entente_core::kind::ComposeError;
use entente_core::obligation::State;
use entente_core::terms::TermsDraft;
use entente_core::told::Told;
use entente_link::{Body, Item};
use entente_proof::digest::Digest;
use entente_proof::leaf::Leaf;
use entente_store::{AttachmentState, BodyState, Direction, WAITING};
use entente_testkit::backup::Backup;
use entente_testkit::liar::{Liar, commit};
use entente_testkit::many::TestMany;
use entente_testkit::node::{Writing, node_name};

const MA: usize = 0;
const FR: usize = 1;
const ES: usize = 2;

fn contribution(dossier: DossierId) -> Writing<'static> {
    let fields = [("title", "Relevé"), ("text", "Trois départs du quai.")];
    Writing::on(dossier, &fields)
}

/// Three states that joined one investigation, convened by `ma`.
fn joined(seed: u64) -> (TestMany, DossierId) {
    let mut world = TestMany::linked(seed, &["ma", "fr", "es"]);
    let dossier = world.investigation(MA);
    world.settle();
    world.join(FR, dossier);
    world.join(ES, dossier);
    world.settle();
    (world, dossier)
}

#[test]
fn rule_16_three_states_hold_one_dossier_and_one_ledger() {
    let (mut world, dossier) = joined(1);
    let given = world.write(FR, "investigation.contribute", &contribution(dossier));
    world.settle();
    world.assert_same(dossier);

    // Both others owe feedback on it, and a second contribution joins what is open.
    world.write(FR, "investigation.contribute", &contribution(dossier));
    world.settle();
    let owed = world.owed(ES, dossier, Ask::Feedback);
    assert_ne!(owed, world.owed(MA, dossier, Ask::Feedback));
    let useful = Writing::on(dossier, &[("outcome", "arrest"), ("text", "Utile.")]);
    let fields_of = |target| useful.clone().target(target);
    let told = world.write_to(ES, "feedback", &fields_of(owed), None);
    assert!(told.is_ok(), "{told:?}");
    world.settle();
    world.assert_same(dossier);
    for at in [MA, FR, ES] {
        let rows = world.obligations(at, dossier);
        let state = |id| rows.iter().find(|r| r.id == id).map(|r| r.state);
        assert_eq!(state(owed), Some(State::Answered));
        assert_eq!(rows.iter().filter(|r| r.state.is_open()).count(), 1);
    }

    // Each entry came from its author, over the link with it.
    for (at, other) in [(MA, ES), (ES, MA)] {
        let (fr, third) = (&world.nodes[FR].name, &world.nodes[other].name);
        let place =
            |from| world.nodes[at].look(|tx| tx.leaf_place(from, Direction::In, given.entry));
        assert!(place(fr).unwrap().is_some());
        assert!(place(third).unwrap().is_none());
    }
}

#[test]
fn rule_16_four_states_and_no_fifth() {
    let mut world = TestMany::linked(2, &["ma", "fr", "es", "pt"]);
    let dossier = world.investigation(FR);
    world.settle();
    for at in [MA, ES, 3] {
        world.join(at, dossier);
    }
    world.settle();
    world.write(3, "investigation.contribute", &contribution(dossier));
    let asks = Writing::on(
        dossier,
        &[("text", "Qui a vu ce navire ?"), ("needs_answer", "on")],
    );
    world.write(ES, "note", &asks);
    world.settle();
    world.assert_same(dossier);
    let answers = world.obligations(MA, dossier);
    let asked = answers.iter().filter(|r| r.ask == Ask::Answer).count();
    assert_eq!(asked, 3, "what is asked of all is asked of each");

    let opened = open_with(&mut world, "es/police,pt/police,it/police");
    assert!(matches!(opened, Err(AppError::Link(_))), "{opened:?}");
}

/// Take out: in `core/src/judge.rs::acts`, the call of `ask_of_member`.
#[test]
fn rule_16_nobody_is_asked_under_terms_that_it_did_not_sign() {
    let mut world = TestMany::linked(3, &["ma", "fr", "es"]);
    let dossier = world.investigation(MA);
    world.settle();
    let question = Writing::on(dossier, &[("text", "Et vous ?"), ("needs_answer", "on")]);
    let es = node_name("es");
    let asked = world.write_to(MA, "note", &question, Some(&es));
    assert!(
        matches!(
            asked,
            Err(AppError::Irregular(Irregular::Asked) | AppError::Compose(ComposeError::Nobody))
        ),
        "{asked:?}"
    );
    // A contribution asks nobody yet; once one has joined, that one.
    world.write(MA, "investigation.contribute", &contribution(dossier));
    world.join(FR, dossier);
    world.settle();
    world.write(MA, "investigation.contribute", &contribution(dossier));
    world.settle();
    let feedback = |world: &TestMany| {
        let rows = world.obligations(ES, dossier);
        let owed = rows.into_iter().filter(|r| r.ask == Ask::Feedback);
        let mut services: Vec<String> = owed.map(|r| r.debtor.to_string()).collect();
        services.sort();
        services
    };
    assert_eq!(feedback(&world), ["fr/liaison"]);

    // One that refuses is asked nothing more; what it refused is settled everywhere, and the others go on.
    let target = world.owed(ES, dossier, Ask::Decide);
    let refusal = Writing::on(dossier, &[("ground", "not_available")]).target(target);
    world.write(ES, "refuse", &refusal);
    world.settle();
    world.write(FR, "investigation.contribute", &contribution(dossier));
    world.settle();
    assert_eq!(feedback(&world), ["fr/liaison", "ma/liaison"]);
    world.assert_same(dossier);
}

/// What follows an entry of a third that did not come yet is stored, receipted and waits; no ledger is called different meanwhile.
#[test]
fn rule_16_what_misses_an_ancestor_waits_and_nothing_alarms() {
    let (mut world, dossier) = joined(4);
    world.set_cut((FR, ES), true);
    let first = world.write(FR, "investigation.contribute", &contribution(dossier));
    world.settle();
    let target = world.owed(MA, dossier, Ask::Feedback);
    let told = Writing::on(dossier, &[("outcome", "not_yet")]).target(target);
    let second = world.write(MA, "feedback", &told);
    world.settle();
    let row = |world: &TestMany, id: EntryId| world.nodes[ES].entry(id).unwrap();
    assert!(row(&world, first.entry).is_none(), "the way is cut");
    let waits = row(&world, second.entry).expect("it came from its author");
    assert_eq!(waits.verdict, WAITING);
    let (es, ma) = (&world.nodes[ES].name, &world.nodes[MA]);
    let (held, size, _) = ma.app.receipted(es).unwrap();
    assert_eq!(held, size, "what waits is receipted");
    assert_eq!(world.evidence(), []);

    world.set_cut((FR, ES), false);
    world.settle();
    assert_eq!(
        row(&world, second.entry).unwrap().verdict,
        Verdict::Regular.number()
    );
    world.assert_same(dossier);
}

/// Invariant 5: a partner that relays a third's entry is held to it, and the entry counts all the same once its author sends it.
/// Take out: in `app/src/apply.rs::apply`, the case of what was relayed before.
#[test]
fn invariant_05_a_relayed_entry_waits_for_its_author() {
    let (mut world, dossier) = joined(5);
    world.set_cut((FR, ES), true);
    let given = world.write(FR, "investigation.contribute", &contribution(dossier));
    world.settle();
    let row = world.nodes[MA]
        .entry(given.entry)
        .unwrap()
        .expect("it came to ma");

    // `ma` shows it to `es` in its own register.
    let mut liar = Liar::between(&world.nodes[MA], &world.nodes[ES]);
    let held = liar.size();
    liar.items.push(Item {
        leaf: Leaf::Entry(Digest(row.id.0)).encode(),
        header: Some(row.header),
        body: Body::Absent,
    });
    world.set_cut((MA, ES), true);
    drop(liar.tell_from(&world.nodes[ES], held));
    let verdict = |world: &TestMany| {
        world.nodes[ES]
            .entry(given.entry)
            .unwrap()
            .map(|r| r.verdict)
    };
    let audience = Verdict::Irregular(Irregular::Audience).number();
    assert_eq!(verdict(&world), Some(audience));
    let (es, ma) = (node_name("es"), node_name("ma"));
    assert_eq!(world.evidence(), [(es.clone(), ma, "relayed".into())]);
    assert_eq!(
        world.obligations(ES, dossier).len(),
        2,
        "it asks nothing of anybody"
    );

    world.set_cut((FR, ES), false);
    world.settle();
    assert_eq!(verdict(&world), Some(Verdict::Regular.number()));
    let entry = world.nodes[ES].entry(given.entry).unwrap().unwrap();
    assert_eq!(entry.body, BodyState::Here);
    assert_eq!(world.obligations(ES, dossier).len(), 4);
}

/// A restored node has an entry back from one recipient that the other never got: it sends it, once.
/// Take out: in `app/src/recovery.rs`, the call of `owe_others`.
#[test]
fn invariant_04_what_comes_back_from_one_recipient_still_reaches_the_other() {
    let (mut world, dossier) = joined(10);
    let backup = Backup::of(&world.nodes[MA]);
    let both = world.write(MA, "investigation.contribute", &contribution(dossier));
    world.settle();
    world.set_cut((MA, ES), true);
    let one = world.write(MA, "investigation.contribute", &contribution(dossier));
    world.settle();
    assert!(world.nodes[ES].entry(one.entry).unwrap().is_none());

    world.restore(MA, &backup);
    assert!(world.nodes[MA].entry(one.entry).unwrap().is_none());
    world.set_cut((MA, ES), false);
    world.settle();
    assert!(world.nodes[ES].entry(one.entry).unwrap().is_some());
    world.same(dossier).unwrap_or_else(|e| panic!("{e}"));
    let (ma, es) = (&world.nodes[MA], node_name("es"));
    let leaves = ma
        .look(|tx| tx.leaves(&es, Direction::Out, 0, u32::MAX))
        .unwrap();
    for entry in [both.entry, one.entry] {
        let sent = leaves.iter().filter(|l| l.entry == Some(entry)).count();
        assert_eq!(sent, 1, "sent once");
    }
    // And it goes on from there.
    world.write(MA, "investigation.contribute", &contribution(dossier));
    world.settle();
    world.same(dossier).unwrap_or_else(|e| panic!("{e}"));
}

/// Files come from their author to each, an erasure destroys at all, one state alone may be asked, and what is over is closed.
#[test]
fn rule_16_files_erasure_one_asked_and_closing() {
    let (mut world, dossier) = joined(11);
    let filed = contribution(dossier).file("plan.bin", vec![7; 200_000]);
    let given = world.write(FR, "investigation.contribute", &filed);
    let question = Writing::on(dossier, &[("text", "Et vous ?"), ("needs_answer", "on")]);
    let asked = world.write_to(MA, "note", &question, Some(&node_name("es")));
    let asked = asked.unwrap().entry;
    world.settle();
    let rows = world.obligations(FR, dossier);
    let of: Vec<String> = rows
        .iter()
        .filter(|r| r.id.entry == asked)
        .map(|r| r.debtor.node().to_string())
        .collect();
    assert_eq!(of, ["es"]);
    for at in [MA, ES] {
        let files = world.nodes[at]
            .look(|tx| tx.attachments(given.entry))
            .unwrap();
        let states: Vec<AttachmentState> = files.iter().map(|f| f.state).collect();
        assert_eq!(states, [AttachmentState::Held]);
    }

    let erased = Writing::on(
        dossier,
        &[("entry", &given.entry.to_string()), ("reason", "Erreur.")],
    );
    world.write(FR, "erase", &erased);
    world.settle();
    for at in [MA, FR, ES] {
        let row = world.nodes[at].entry(given.entry).unwrap().unwrap();
        assert_eq!(row.body, BodyState::Erased);
    }
    let early = world.write_to(MA, "close", &Writing::on(dossier, &[]), None);
    assert!(
        matches!(early, Err(AppError::Irregular(Irregular::StillOwed))),
        "{early:?}"
    );
    for at in [MA, ES] {
        while tell_something(&mut world, at, dossier) {}
    }
    world.settle();
    let foreign = world.write_to(FR, "close", &Writing::on(dossier, &[]), None);
    assert!(
        matches!(foreign, Err(AppError::Irregular(Irregular::NotConvenor))),
        "{foreign:?}"
    );
    world.write(MA, "close", &Writing::on(dossier, &[]));
    world.settle();
    world.assert_same(dossier);
    for at in [MA, FR, ES] {
        let row = world.nodes[at]
            .look(|tx| tx.dossier(dossier))
            .unwrap()
            .unwrap();
        assert_eq!(row.phase, Phase::Closed);
    }
}

/// Suspended towards one, a state goes on with the other; on resumption all have the same.
#[test]
fn rule_11_a_suspended_link_holds_back_one_of_two_recipients() {
    let (mut world, dossier) = joined(12);
    let es = node_name("es");
    let charter = world.nodes[MA]
        .look(|tx| tx.terms_with(&es))
        .unwrap()
        .unwrap();
    world.write(
        MA,
        "charter.suspend",
        &Writing::on(charter.dossier, &[("text", "Désaccord.")]),
    );
    world.settle();
    let given = world.write(MA, "investigation.contribute", &contribution(dossier));
    for _ in 0..10 {
        world.round();
    }
    assert!(world.nodes[FR].entry(given.entry).unwrap().is_some());
    assert!(world.nodes[ES].entry(given.entry).unwrap().is_none());
    world.write(
        MA,
        "charter.resume",
        &Writing::on(charter.dossier, &[("text", "Accord.")]),
    );
    world.settle();
    world.assert_same(dossier);
}

/// A lying originator: one number, two entries, one for each of its readers. Both find out, name it, and go on.
/// Take out: in `app/src/told.rs::spread`, the call of `tell_others` or of `hear_told`.
#[test]
fn rule_16_recipients_find_out_that_they_were_told_different_things() {
    let (mut world, dossier) = joined(8);
    world.set_cut((MA, ES), true);
    let told = world.write(MA, "investigation.contribute", &contribution(dossier));
    world.settle();
    assert!(world.nodes[FR].entry(told.entry).unwrap().is_some());

    let mut header = world.nodes[MA].header(told.entry);
    header.at = header.at + entente_core::instant::Span::minutes(1);
    commit(&mut header, &[1; 16], b"");
    let mut liar = Liar::between(&world.nodes[MA], &world.nodes[ES]);
    let held = liar.size();
    let other = liar.push(&header, [1; 16], b"");
    drop(liar.tell_from(&world.nodes[ES], held));
    let row = world.nodes[ES]
        .entry(other)
        .unwrap()
        .expect("it is authentic");
    assert_eq!(
        row.verdict,
        Verdict::Regular.number(),
        "and regular by itself"
    );
    world.settle();

    let [ma, fr, es] = ["ma", "fr", "es"].map(node_name);
    let against = |who| (who, ma.clone(), "told-otherwise".to_owned());
    assert_eq!(world.evidence(), [against(fr), against(es)]);
    for at in [FR, ES] {
        let row = world.nodes[at].look(|tx| tx.partner(&ma)).unwrap().unwrap();
        assert!(!row.stopped, "people decide what to think of it");
        assert!(world.nodes[at].entry(told.entry).unwrap().is_some() || at == ES);
    }
    // What is said once is not said again and again.
    let size = |world: &TestMany| {
        let (_, size, _) = world.nodes[FR].app.receipted(&node_name("es")).unwrap();
        size
    };
    let before = size(&world);
    world.settle();
    assert_eq!(size(&world), before);
}

/// Only the third's own readers speak of its entries, and nobody makes us search for what it invents, nor accuses us to ourselves.
#[test]
fn invariant_12_sayings_about_strangers_and_ourselves_change_nothing() {
    let (world, dossier) = joined(9);
    let names = ["es", "fr", "ma"].map(node_name).to_vec();
    let saying = |author: &str, audience: &[NodeName]| Told {
        dossier,
        author: node_name(author),
        audience: audience.to_vec(),
        seq: 1,
        entry: EntryId([3; 32]),
    };
    let mut liar = Liar::between(&world.nodes[ES], &world.nodes[FR]);
    let held = liar.size();
    for told in [
        saying("fr", &names),
        saying("es", &names),
        saying("ma", &names[..1]),
        saying("ma", &["es", "ma", "pt"].map(node_name)),
        saying("pt", &["es", "fr", "pt"].map(node_name)),
    ] {
        liar.push_leaf(told.to_leaf());
    }
    liar.push_leaf(vec![6, 0xff, 0, 1]);
    let mut world = world;
    world.set_cut((FR, ES), true);
    let visit = liar.tell_from(&world.nodes[FR], held);
    assert!(visit.is_open(), "{:?}", visit.closed);
    drop(visit);
    assert_eq!(world.evidence(), []);
    let es = node_name("es");
    let register = world.nodes[FR].look(|tx| tx.register(&es, Direction::In));
    assert_eq!(register.unwrap().size, liar.size(), "all of it is held");
}

/// A state is not added to a dossier that began without it: it could judge nothing of it.
#[test]
fn rule_16_a_dossier_does_not_grow() {
    let mut world = TestMany::linked(6, &["ma", "fr", "es"]);
    let opened = world.write_to(
        MA,
        "investigation.open",
        &Writing::new(&[("title", "Estuaire"), ("aim", "À deux.")]),
        Some(&node_name("fr")),
    );
    let dossier = opened.unwrap().dossier;
    let invite = Writing::on(dossier, &[("services", "es/police")]);
    let refused = world.write_to(MA, "invite", &invite, None);
    let reason = AppError::Irregular(Irregular::NotAdmitted);
    assert_eq!(format!("{:?}", refused.unwrap_err()), format!("{reason:?}"));
    let two = world.nodes[MA].header(dossier.opening());
    assert_eq!(two.audience.len(), 2);
    assert!(two.under.charter.is_some(), "between two the charter rules");
}

/// Nobody is invited with whom the convenor has no charter.
#[test]
fn rule_16_a_convenor_invites_only_whom_it_has_a_charter_with() {
    let mut world = TestMany::linked(7, &["ma", "fr", "es"]);
    let opened = open_with(&mut world, "pt/police");
    assert!(matches!(opened, Err(AppError::Link(_))), "{opened:?}");
}

/// `ma` opens an investigation towards `fr` and these others.
fn open_with(world: &mut TestMany, others: &str) -> Result<Recorded, AppError> {
    let fields = [
        ("title", "Estuaire"),
        ("aim", "Trop, ou un inconnu."),
        ("others", others),
    ];
    let towards = node_name("fr");
    world.write_to(
        MA,
        "investigation.open",
        &Writing::new(&fields),
        Some(&towards),
    )
}

/// Changes which kinds the charter between `fr` and `es` admits.
fn admit(world: &mut TestMany, kinds: Vec<String>) {
    let es = node_name("es");
    let row = world.nodes[FR].look(|tx| tx.terms_with(&es));
    let dossier = row.unwrap().unwrap().dossier;
    let actor = world.nodes[FR].officer("liaison").unwrap();
    let proposal = Recording {
        dossier: Some(dossier),
        entry_type: "charter.propose".into(),
        terms: Some(TermsDraft {
            kinds: Some(kinds),
            ..TermsDraft::default()
        }),
        ..Recording::default()
    };
    world.nodes[FR].app.record(&actor, proposal).unwrap();
    rounds(world);
    world.write(ES, "charter.sign", &Writing::on(dossier, &[]));
    rounds(world);
    world.write(FR, "charter.enact", &Writing::on(dossier, &[]));
    rounds(world);
}

fn rounds(world: &mut TestMany) {
    for _ in 0..20 {
        world.round();
    }
}

/// The charter of a link decides whether a dossier that a third opened crosses it: what is written meanwhile waits, and goes on to
/// its end once it has crossed, whatever the charter says then.
/// Take out: in `app/src/sendable.rs::lets`, the part about what follows.
#[test]
fn rule_16_a_links_charter_decides_whether_a_dossier_crosses_it() {
    let mut world = TestMany::linked(13, &["ma", "fr", "es"]);
    let every = entente_core::kinds::chartered();
    let but_this = every.iter().filter(|k| *k != "investigation").cloned();
    admit(&mut world, but_this.collect());
    let dossier = world.investigation(MA);
    rounds(&mut world);
    let joined = world.join(FR, dossier);
    rounds(&mut world);
    let has = |world: &TestMany, at: usize, id| world.nodes[at].entry(id).unwrap().is_some();
    assert!(has(&world, MA, joined.entry), "that link admits it");
    assert!(!has(&world, ES, joined.entry), "this one does not");

    admit(&mut world, every.clone());
    world.join(ES, dossier);
    world.settle();
    assert!(has(&world, ES, joined.entry));
    world.assert_same(dossier);
    let but_this = every.iter().filter(|k| *k != "investigation").cloned();
    admit(&mut world, but_this.collect());
    let given = world.write(FR, "investigation.contribute", &contribution(dossier));
    world.settle();
    assert!(
        has(&world, ES, given.entry),
        "what has begun is brought to its end"
    );
    world.assert_same(dossier);
}

/// A number from a seed and a step, for a run that is the same each time.
fn pick(seed: u64, step: u64, most: usize) -> usize {
    let text = format!("{seed}/{step}");
    let number = entente_testkit::node::seed_of(&text) % most as u64;
    usize::try_from(number).unwrap_or(0)
}

/// Random writing by all while links are cut one by one and nodes start again: in the end all hold the same, and at no time does
/// anybody see two that differ.
#[test]
fn rule_16_simulated_cuts_and_restarts_end_in_one_ledger() {
    for seed in 1..=8 {
        let (mut world, dossier) = joined(100 + seed);
        let links = [(MA, FR), (MA, ES), (FR, ES)];
        for step in 0..40 {
            let at = pick(seed, step * 3, 3);
            match pick(seed, step * 3 + 1, 8) {
                0 => {
                    let link = links[pick(seed, step * 3 + 2, 3)];
                    let on = !world.cut.contains(&link);
                    world.set_cut(link, on);
                }
                1 => world.restart(at),
                2 | 3 => {
                    world.write(at, "investigation.contribute", &contribution(dossier));
                }
                4 | 5 => {
                    tell_something(&mut world, at, dossier);
                }
                6 => {
                    let note = [("text", "Qui a vu ce navire ?"), ("needs_answer", "on")];
                    world.write(at, "note", &Writing::on(dossier, &note));
                }
                _ => world.round(),
            }
        }
        for link in links {
            world.set_cut(link, false);
        }
        world.settle();
        world.assert_same(dossier);
        for node in &world.nodes {
            node.check().unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        }
    }
}

/// A node ends one of the obligations that it owes, if it owes any.
fn tell_something(world: &mut TestMany, at: usize, dossier: DossierId) -> bool {
    let name = world.nodes[at].name.clone();
    let mut owed = world.obligations(at, dossier);
    owed.retain(|r| r.debtor.node() == name && r.state.is_open());
    let Some(row) = owed.first() else {
        return false;
    };
    let written = match row.ask {
        Ask::Feedback => {
            let told = Writing::on(dossier, &[("outcome", "too_late")]).target(row.id);
            world.write_to(at, "feedback", &told, None)
        }
        _ => {
            let told = Writing::on(dossier, &[("ground", "not_available")]).target(row.id);
            world.write_to(at, "refuse", &told, None)
        }
    };
    assert!(written.is_ok(), "{written:?}");
    true
}
