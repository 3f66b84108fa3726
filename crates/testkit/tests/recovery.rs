//! A node restored from an old backup gets its register back from its partner, and shows nothing before (rules 5 and 6).

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::{AppError, Reopening};
use entente_core::ids::{DossierId, EntryId};
use entente_store::{BodyState, Direction};
use entente_testkit::backup::Backup;
use entente_testkit::many::TestMany;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

/// What each step of the story did.
type Step = fn(&mut TestPair, &mut Story);

/// What the steps share.
#[derive(Default)]
struct Story {
    dossier: Option<DossierId>,
    target: Option<entente_core::ids::ObligationId>,
    secret: Option<EntryId>,
}

impl Story {
    fn note(&self, text: &str) -> Writing<'static> {
        Writing::on(self.dossier.unwrap(), &[("text", text)])
    }
}

const STORY: &[Step] = &[
    |pair, story| {
        let (dossier, target) = pair.ask(Side::Fr, "normal");
        (story.dossier, story.target) = (Some(dossier), Some(target));
    },
    |pair, story| {
        let note = story
            .note("Première note.")
            .file("piece.txt", b"contenu".to_vec());
        story.secret = Some(pair.write(Side::Ma, "note", &note).entry);
    },
    |pair, story| {
        pair.answer(Side::Ma, story.dossier.unwrap(), story.target.unwrap());
    },
    |pair, story| {
        pair.write(Side::Fr, "note", &story.note("Réponse reçue, merci."));
        pair.ask(Side::Ma, "urgent_direct");
    },
    |pair, story| {
        let entry = story.secret.unwrap().to_string();
        let erase = Writing::on(story.dossier.unwrap(), &[("entry", &entry)]);
        pair.write(Side::Ma, "erase", &erase);
    },
    |pair, story| {
        pair.write(Side::Ma, "note", &story.note("Après l’effacement."));
    },
];

fn play(pair: &mut TestPair, story: &mut Story, steps: &[Step]) {
    for step in steps {
        step(pair, story);
        pair.settle();
    }
}

fn reopening(pair: &TestPair, side: Side) -> Reopening {
    pair.node(side).app.reopening().unwrap().unwrap()
}

fn own_size(pair: &TestPair, side: Side) -> u64 {
    let partner = pair.node(side.other()).name.clone();
    let head = pair
        .node(side)
        .look(|tx| tx.register(&partner, Direction::Out));
    head.unwrap().size
}

/// The backup of any moment, restored at the end of the story: both sides hold the same again, and go on with each other.
///
/// Take out: in `app/src/recovery.rs`, the receipts, the numbers or the outbox; in `receive.rs::receive_in`, `receipted_before`.
#[test]
fn rule_05_a_restore_at_any_point_of_a_story_ends_equal() {
    for side in Side::BOTH {
        for point in 0..STORY.len() {
            let mut pair = TestPair::linked(500 + point as u64);
            let mut story = Story::default();
            play(&mut pair, &mut story, &STORY[..point]);
            let backup = Backup::of(pair.node(side));
            play(&mut pair, &mut story, &STORY[point..]);
            let (size, held) = (own_size(&pair, side), pair.held(side).unwrap());
            backup.restore(&mut pair, side);
            assert!(own_size(&pair, side) < size || pair.held(side).unwrap() < held);
            pair.settle();
            pair.assert_same();
            assert!(!reopening(&pair, side).is_closed());
            assert_eq!(own_size(&pair, side), size, "nothing new was signed");
            pair.node(side).check().unwrap();
            let (again, _) = pair.ask(side, "normal");
            pair.settle();
            pair.assert_same();
            let row = pair
                .node(side)
                .look(|tx| tx.dossier(again))
                .unwrap()
                .unwrap();
            let others = pair.node(side).entries().unwrap();
            assert!(others.len() > 8);
            assert!(row.number > 0);
            no_branch(&pair, side.other());
        }
    }
}

/// Two nodes are restored one after the other: `ma` said that it holds what then neither has any more. Nothing proves that `fr` did not
/// lose it, so that nobody is called a liar: what `ma` had said is kept, the link goes on, and both ledgers end equal. So also where the
/// same leaves come again, since they waited when the backup was made.
///
/// Take out: in `app/src/driver/serve.rs`, `lost_by_both`; in `app/src/lost.rs::receipted_before`, what is dropped; in
/// `app/src/driver.rs::append_waiting`, whom it must hear.
#[test]
fn rule_05_what_both_lost_is_nobodys_lie_and_counts_nowhere() {
    for waiting in [false, true] {
        let mut pair = TestPair::linked(515);
        let desk = pair.charter.unwrap();
        pair.note(Side::Fr, "Avant les sauvegardes.");
        pair.settle();
        let backup_of_ma = Backup::of(pair.ma());
        if waiting {
            pair.cut(true);
            for _ in 0..12 {
                pair.round();
            }
            let note = Writing::on(desk, &[("text", "Attend lors de la sauvegarde.")]);
            pair.write(Side::Fr, "note", &note);
        }
        let backup_of_fr = Backup::of(pair.fr());
        pair.cut(false);
        if !waiting {
            pair.ask(Side::Fr, "normal");
        }
        pair.settle();
        let (said, sent) = (own_size(&pair, Side::Ma), own_size(&pair, Side::Fr));
        backup_of_ma.restore(&mut pair, Side::Ma);
        pair.round();
        assert_eq!(own_size(&pair, Side::Ma), said, "its own word is back");
        assert!(pair.held(Side::Ma).unwrap() < sent, "what it covers is not");
        backup_of_fr.restore(&mut pair, Side::Fr);
        pair.settle();
        pair.assert_same();
        let (dossier, asked) = pair.ask(Side::Fr, "normal");
        pair.settle();
        pair.answer(Side::Ma, dossier, asked);
        pair.settle();
        pair.assert_same();
        for side in Side::BOTH {
            assert!(!pair.stopped(side) && !reopening(&pair, side).is_closed());
            pair.node(side).check().unwrap();
        }
        let found = |side, what| pair.evidence(side).iter().any(|e| e.what == what);
        assert!(found(Side::Ma, "lost-by-both"), "people see what was said");
        let lies = ["fork", "rollback", "ledgers-differ"];
        assert!(!lies.iter().any(|what| found(Side::Ma, *what)));
    }
}

/// People did not wait for a partner: that it proves what they know does not close the node again.
///
/// Take out: in `app/src/reopening.rs::own_lost`, `awaits`.
#[test]
fn rule_05_a_node_opened_alone_stays_open_when_the_partner_is_heard() {
    let mut pair = TestPair::linked(545);
    let backup = Backup::of(pair.fr());
    pair.note(Side::Fr, "Perdue avec le disque.");
    pair.settle();
    backup.restore(&mut pair, Side::Fr);
    pair.fr().app.open_alone("danger pour la vie").unwrap();
    for _ in 0..3 {
        assert!(!reopening(&pair, Side::Fr).is_closed());
        pair.round();
    }
    pair.settle();
    pair.assert_same();
    let state = reopening(&pair, Side::Fr);
    assert!(state.alone && !state.is_closed());
    let heard = &state.partners["ma"];
    assert!(heard.done && heard.recovered > 0, "{heard:?}");
    // What is lost after that is another matter.
    pair.wire.die(Side::Fr.index(), true);
    backup.as_snapshot(&mut pair.nodes[Side::Fr.index()]);
    assert!(pair.fr().app.reopening().unwrap().is_none());
    pair.settle();
    assert!(!reopening(&pair, Side::Fr).alone);
}

/// A machine went back to a snapshot, and the first partner that is heard holds no more than that: when another one proves what was lost,
/// the node closes, and the session that is up already is heard too.
///
/// Take out: in `app/src/driver.rs::seldom`, `heard`.
#[test]
fn rule_05_a_session_that_is_up_is_heard_when_another_proves_a_loss() {
    let mut many = TestMany::linked(546, &["ma", "fr", "es"]);
    let (fr, es) = (many.at("fr"), many.at("es"));
    let backup = Backup::of(&many.nodes[fr]);
    let terms = many.nodes[fr].look(|tx| tx.terms_with(&many.nodes[es].name));
    let lost = Writing::on(
        terms.unwrap().unwrap().dossier,
        &[("text", "Pour es seul.")],
    );
    let lost = many.write(fr, "note", &lost).entry;
    many.settle();
    many.die(fr, true);
    backup.as_snapshot(&mut many.nodes[fr]);
    many.set_cut((fr, es), true);
    (0..6).for_each(|_| many.round());
    assert!(many.nodes[fr].app.reopening().unwrap().is_none());
    many.set_cut((fr, es), false);
    many.settle();
    assert!(many.nodes[fr].entry(lost).unwrap().is_some());
    let state = many.nodes[fr].app.reopening().unwrap().unwrap();
    assert!(!state.is_closed(), "{state:?}");
}

/// Seed 36784: an erasure that was not sent is lost with the disk, and the keys are newer than the backup. What cannot be read is erased,
/// and whoever does not hold it hears so, instead of waiting for it for ever; whoever holds it hears of it when people erase it once more.
///
/// Take out: in `app/src/reopening.rs::close`, `destroy_keyless`; in `app/src/erase.rs::erasable`, `untold`.
#[test]
fn seed_36784_an_erasure_lost_with_a_disk_leaves_nothing_owed() {
    for held in [false, true] {
        let mut pair = TestPair::linked(530);
        let (dossier, _) = pair.ask(Side::Fr, "normal");
        let kept = Writing::on(dossier, &[("text", "Reste lisible.")]);
        let kept = pair.write(Side::Fr, "note", &kept).entry;
        pair.settle();
        let note = Writing::on(dossier, &[("text", "Sera effacée.")]);
        let cut = |pair: &mut TestPair| {
            pair.cut(true);
            (0..12).for_each(|_| pair.round());
        };
        if !held {
            cut(&mut pair);
        }
        let note = pair.write(Side::Fr, "note", &note).entry;
        if held {
            pair.settle();
            cut(&mut pair);
        }
        let backup = Backup::of(pair.fr());
        let named = note.to_string();
        let erase = Writing::on(dossier, &[("entry", &named)]);
        pair.write(Side::Fr, "erase", &erase);
        let newest = Backup::of(pair.fr());
        backup.restore_with_keys_of(&newest, &mut pair, Side::Fr);
        pair.cut(false);
        pair.settle();
        let body = |pair: &TestPair, side, id| pair.node(side).entry(id).unwrap().unwrap().body;
        assert_eq!(body(&pair, Side::Fr, note), BodyState::Erased);
        let there = if held {
            BodyState::Here
        } else {
            BodyState::Erased
        };
        assert_eq!(body(&pair, Side::Ma, note), there);
        let untold = |pair: &TestPair| pair.fr().app.untold_erasures(None).unwrap();
        assert_eq!(untold(&pair), [(dossier, note)], "people are told");
        pair.write(Side::Fr, "erase", &erase);
        pair.settle();
        pair.assert_same();
        assert_eq!(untold(&pair), []);
        for side in Side::BOTH {
            assert_eq!(body(&pair, side, note), BodyState::Erased);
            assert_eq!(body(&pair, side, kept), BodyState::Here);
            pair.node(side).check().unwrap();
        }
    }
}

/// Lanes and numbers went on after what was recovered: the partner saw no number twice.
fn no_branch(pair: &TestPair, side: Side) {
    let evidence = pair.evidence(side);
    assert!(
        evidence.iter().all(|e| e.what == "restored"),
        "{evidence:?}"
    );
}

/// Entries that were recorded before the backup and sent after it are not sent twice.
#[test]
fn rule_05_what_waited_in_the_backup_and_was_sent_is_not_sent_again() {
    let mut pair = TestPair::linked(520);
    let charter = pair.charter.unwrap();
    let partner = pair.fr().name.clone();
    pair.ma().app.set_cut(&partner, true);
    pair.wire.tear(true);
    let note = Writing::on(charter, &[("text", "En attente.")]);
    pair.write(Side::Ma, "note", &note);
    let backup = Backup::of(pair.ma());
    pair.ma().app.set_cut(&partner, false);
    pair.settle();
    let size = own_size(&pair, Side::Ma);
    backup.restore(&mut pair, Side::Ma);
    pair.settle();
    pair.assert_same();
    assert_eq!(own_size(&pair, Side::Ma), size);
}

/// While it waits for its partner a restored node shows nothing and takes nothing, whatever is asked of it; once every partner was
/// heard it opens by itself, and the inspector can read that it was so.
///
/// Take out: `refuse_closed` in `people.rs` or `record.rs`.
#[test]
fn rule_06_nothing_is_readable_before_the_partner_was_heard() {
    let mut pair = TestPair::linked(530);
    let mut story = Story::default();
    play(&mut pair, &mut story, &STORY[..2]);
    let (dossier, secret) = (story.dossier.unwrap(), story.secret.unwrap());
    let actor = pair.ma().officer("liaison").unwrap();
    assert!(pair.ma().app.entry(&actor, secret).is_ok());
    let backup = Backup::of(pair.ma());
    play(&mut pair, &mut story, &STORY[2..]);
    backup.restore(&mut pair, Side::Ma);

    assert!(reopening(&pair, Side::Ma).is_closed());
    assert!(matches!(
        pair.ma().officer("liaison"),
        Err(AppError::Closed)
    ));
    let said = pair.ma().app.record(
        &actor,
        entente_app::Recording {
            dossier: Some(dossier),
            entry_type: "note".into(),
            ..Default::default()
        },
    );
    assert!(matches!(said, Err(AppError::Closed)), "{said:?}");

    pair.settle();
    let state = reopening(&pair, Side::Ma);
    assert!(!state.is_closed() && !state.alone);
    assert!(state.partners["fr"].recovered > 0);
    let body = pair
        .ma()
        .look(|tx| tx.body(dossier, secret))
        .unwrap()
        .unwrap();
    assert_eq!((body.state, body.sealed.len()), (BodyState::Erased, 0));
    let inspector = pair.ma().officer("inspector").unwrap();
    let records = pair.ma().app.access_records(&inspector, 100, 0).unwrap();
    let of = |verb: &str| records.iter().find(|(_, r)| r.verb == verb).unwrap();
    of("restored");
    let why = of("reopened").1.object.clone().unwrap_or_default();
    let back = format!("fr gave back {}", state.partners["fr"].recovered);
    assert!(
        why.contains(&back) && why.contains("what was not sent"),
        "{why}"
    );
}

/// With the keys of a newer backup nothing that was erased in between is readable, even before the partner was heard.
#[test]
fn rule_06_newer_keys_keep_erased_bodies_unreadable() {
    let mut pair = TestPair::linked(540);
    let mut story = Story::default();
    play(&mut pair, &mut story, &STORY[..2]);
    let older = Backup::of(pair.ma());
    play(&mut pair, &mut story, &STORY[2..]);
    let newer = Backup::of(pair.ma());
    let partner = pair.fr().name.clone();
    older.restore_with_keys_of(&newer, &mut pair, Side::Ma);
    pair.ma().app.set_cut(&partner, true);
    pair.ma().app.open_alone("exercice").unwrap();
    let secret = story.secret.unwrap();
    let actor = pair.ma().officer("liaison").unwrap();
    let shown = pair.ma().app.entry(&actor, secret);
    let shown = shown.map(|view| format!("{view:?}")).unwrap_or_default();
    assert!(!shown.contains("Première note"), "{shown}");
    pair.ma().app.set_cut(&partner, false);
    pair.settle();
    pair.assert_same();
}

/// Opened alone, with a reason for the inspector; the partner's erasures come later all the same.
#[test]
fn an_administrator_opens_a_restored_node_alone() {
    let mut pair = TestPair::linked(550);
    let mut story = Story::default();
    play(&mut pair, &mut story, &STORY[..4]);
    let backup = Backup::of(pair.fr());
    play(&mut pair, &mut story, &STORY[4..]);
    backup.restore(&mut pair, Side::Fr);
    assert!(matches!(
        pair.fr().app.open_alone("  "),
        Err(AppError::Input(_))
    ));
    pair.fr()
        .app
        .open_alone("Partenaire injoignable, vie en danger")
        .unwrap();
    assert!(pair.fr().app.open_alone("encore").is_err(), "it is open");
    assert!(pair.fr().officer("liaison").is_ok());
    let state = reopening(&pair, Side::Fr);
    assert!(state.alone && !state.is_closed());
    pair.settle();
    pair.assert_same();
}

/// Cut after every handful of bytes, the recovery goes on where it was.
#[test]
fn rule_05_a_recovery_survives_cuts() {
    let mut pair = TestPair::linked(560);
    let mut story = Story::default();
    let backup = Backup::of(pair.ma());
    play(&mut pair, &mut story, STORY);
    for n in 0..40 {
        pair.write(Side::Ma, "note", &story.note(&format!("Note {n}.")));
        pair.round();
    }
    pair.settle();
    backup.restore(&mut pair, Side::Ma);
    let mut sizes = std::collections::BTreeSet::new();
    for cut in 0..60 {
        pair.time.advance(20_000);
        pair.wire.dial(&pair.nodes, 0).unwrap();
        pair.wire.accept(&pair.nodes);
        for _ in 0..cut {
            pair.wire.read(1, usize::MAX);
            pair.wire.read(0, 3_000);
        }
        pair.wire.tear(true);
        sizes.insert(own_size(&pair, Side::Ma));
    }
    pair.settle();
    pair.assert_same();
    assert!(sizes.len() > 1, "{sizes:?}");
}

/// Both restored from old backups: each gives the other what it still has.
#[test]
fn rule_05_both_restored() {
    let mut pair = TestPair::linked(570);
    let mut story = Story::default();
    play(&mut pair, &mut story, &STORY[..2]);
    let backups = [Backup::of(pair.ma()), Backup::of(pair.fr())];
    play(&mut pair, &mut story, &STORY[2..3]);
    let fr = Backup::of(pair.fr());
    play(&mut pair, &mut story, &STORY[3..]);
    backups[0].restore(&mut pair, Side::Ma);
    fr.restore(&mut pair, Side::Fr);
    pair.settle();
    pair.assert_same();
}
