//! Rule 16: a state that comes later receives what each originator releases to it, as history that binds nothing; a release that
//! lies is shown for what it is; and whoever erases an original erases what was released of it (invariant 10).

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::views::{BodyView, DossierQuery, EntryView};
use entente_app::{AppError, LinkFault, Releasing, Unreleasable};
use entente_core::act::{Act, Acts};
use entente_core::codes::{Ask, Class};
use entente_core::field::{Problem, Value, Values};
use entente_core::handling::HandlingCodes;
use entente_core::header::Header;
use entente_core::ids::{Commitment, DossierId, EntryId};
use entente_core::judge::{Irregular, Verdict};
use entente_core::kind::RULES_OF_RELEASES;
use entente_core::kinds::release::{BODY, HEADER, SALT};
use entente_core::obligation::State;
use entente_core::released::{EarlierProblem, Mismatch};
use entente_proof::card::{armour_card, dearmour_card, sign_card, verify_card};
use entente_store::{AttachmentState, BodyState};
use entente_testkit::backup::Backup;
use entente_testkit::liar::{Liar, commit, id_of};
use entente_testkit::many::TestMany;
use entente_testkit::node::{Said, Writing};

const MA: usize = 0;
const FR: usize = 1;
const ES: usize = 2;
const PT: usize = 3;

/// An investigation of three, and a wider one with a fourth that continues it.
fn widened(seed: u64) -> (TestMany, DossierId, DossierId) {
    let mut world = TestMany::linked(seed, &["ma", "fr", "es", "pt"]);
    let earlier = world.joined(MA, &[FR, ES], None);
    let wider = world.joined(MA, &[FR, ES, PT], Some(earlier));
    (world, earlier, wider)
}

fn contribution(dossier: DossierId) -> Writing<'static> {
    let fields = [
        ("title", "Relevé"),
        ("text", "Trois départs du quai des Brumes."),
    ];
    Writing::on(dossier, &fields)
}

fn release(world: &mut TestMany, at: usize, wider: DossierId, entry: EntryId) -> Said<EntryId> {
    let wanted = Writing::on(wider, &[("entry", &entry.to_string())]);
    Ok(world.write_to(at, "release", &wanted, None)?.entry)
}

fn seen(world: &TestMany, at: usize, entry: EntryId) -> EntryView {
    let node = &world.nodes[at];
    let actor = node.officer("liaison").unwrap();
    node.app.entry(&actor, entry).unwrap()
}

fn hits(world: &TestMany, at: usize, text: &str) -> Vec<EntryId> {
    let node = &world.nodes[at];
    let query = DossierQuery {
        text: text.into(),
        ..DossierQuery::default()
    };
    let found = node.app.dossiers(&node.officer("liaison").unwrap(), &query);
    found.unwrap().hits.iter().map(|h| h.entry).collect()
}

/// The content of an entry is destroyed at a node.
fn erased(world: &TestMany, at: usize, entry: EntryId) {
    let node = &world.nodes[at];
    let row = node.entry(entry).unwrap().unwrap();
    assert_eq!(row.body, BodyState::Erased, "{}", node.name);
}

/// And so is its one file.
fn erased_with_its_file(world: &TestMany, at: usize, entry: EntryId) {
    erased(world, at, entry);
    let files = world.nodes[at].look(|tx| tx.attachments(entry)).unwrap();
    assert!(files.iter().all(|f| f.state == AttachmentState::Erased) && files.len() == 1);
}

/// Take out: in `app/src/show/entry.rs::entry_view`, the call of `released_view`.
#[test]
fn rule_16_a_later_state_reads_what_each_originator_releases_and_nothing_else() {
    let (mut world, earlier, wider) = widened(1);
    let filed = contribution(earlier).file("plan.bin", vec![7; 200_000]);
    let given = world.write(FR, "investigation.contribute", &filed);
    let kept = world.write(
        ES,
        "note",
        &Writing::on(earlier, &[("text", "Entre nous.")]),
    );
    world.settle();
    let before = world.obligations(PT, wider);
    let released = release(&mut world, FR, wider, given.entry).unwrap();
    let opening = release(&mut world, MA, wider, earlier.opening()).unwrap();
    world.settle();
    world.assert_same(wider);
    of_three(&world, earlier);

    // Nothing of the earlier dossier is here but what was released.
    for entry in [given.entry, kept.entry, earlier.opening()] {
        assert!(world.nodes[PT].entry(entry).unwrap().is_none());
    }
    assert_eq!(
        world.obligations(PT, wider),
        before,
        "nothing is owed for it"
    );

    let view = seen(&world, PT, released);
    let history = view.released.as_ref().unwrap();
    assert_eq!((history.entry, history.mismatch), (given.entry, None));
    let actor = world.nodes[MA].officer("liaison").unwrap();
    let number = world.nodes[MA]
        .app
        .dossier(&actor, earlier, None)
        .unwrap()
        .line
        .number;
    assert_eq!(history.dossier.number, number, "as its opening says");
    assert!(!history.held && !history.dossier.visible);
    let original = history.original.as_ref().unwrap();
    assert_eq!(original.type_name, "investigation.contribute");
    assert_eq!(original.at, world.nodes[FR].header(given.entry).at);
    assert!(original.at < view.at);
    assert_eq!(view.read_by().unwrap().name, "investigation.contribute");
    let values = view.body.values().expect("it is read as what it was");
    assert_eq!(values.text("title"), Some("Relevé"));
    assert_eq!(view.files.len(), 1);
    assert_eq!(
        (view.files[0].name.as_str(), view.files[0].state),
        ("plan.bin", "held")
    );
    let actor = world.nodes[PT].officer("liaison").unwrap();
    let file = world.nodes[PT].app.file(&actor, released, 0).unwrap();
    let bytes: Vec<u8> = file.chunks.flat_map(Result::unwrap).collect();
    assert_eq!(bytes, vec![7; 200_000]);
    assert_eq!(hits(&world, PT, "Brumes"), [released]);

    // Where both are, each shows the other.
    let view = seen(&world, ES, opening);
    let history = view.released.unwrap();
    assert!(history.held && history.dossier.visible);
    let node = &world.nodes[ES];
    let actor = node.officer("liaison").unwrap();
    let first = node.app.dossier(&actor, earlier, None).unwrap();
    assert_eq!(
        first.continued_by.iter().map(|d| d.id).collect::<Vec<_>>(),
        [wider]
    );
    let second = node.app.dossier(&actor, wider, None).unwrap();
    assert_eq!(
        second.continues.iter().map(|d| d.id).collect::<Vec<_>>(),
        [earlier]
    );
}

/// The three that began the earlier dossier hold the same of it, and the fourth nothing.
fn of_three(world: &TestMany, earlier: DossierId) {
    let rows = |at: usize| {
        world
            .entries(at, earlier)
            .keys()
            .copied()
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(MA), rows(FR));
    assert_eq!(rows(MA), rows(ES));
    assert_eq!(rows(PT), []);
}

/// A dossier of two is continued by one of three all the same, and the chain goes on.
#[test]
fn rule_16_what_a_dossier_continues_goes_back_to_the_first() {
    let mut world = TestMany::linked(2, &["ma", "fr", "es", "pt"]);
    let fields = [("title", "Estuaire"), ("aim", "À deux.")];
    let fr = world.nodes[FR].name.clone();
    let first = world.write_to(MA, "investigation.open", &Writing::new(&fields), Some(&fr));
    let first = first.unwrap().dossier;
    world.settle();
    let given = world.write(FR, "investigation.contribute", &contribution(first));
    world.settle();
    let alone = [
        ("title", "Estuaire"),
        ("aim", "À deux encore."),
        ("continues", &first.to_string()),
    ];
    let refused = world.write_to(MA, "investigation.open", &Writing::new(&alone), Some(&fr));
    assert_eq!(
        problem(refused.unwrap_err()),
        Problem::Earlier(EarlierProblem::NeedsThird)
    );

    let second = world.joined(FR, &[MA, ES], Some(first));
    let third = world.joined(ES, &[MA, FR, PT], Some(second));
    let released = release(&mut world, FR, third, given.entry).unwrap();
    world.settle();
    world.assert_same(third);
    let view = seen(&world, PT, released);
    assert_eq!(view.released.unwrap().mismatch, None);
    assert!(matches!(view.body, BodyView::Here(_)));
    let actor = world.nodes[PT].officer("liaison").unwrap();
    let view = world.nodes[PT].app.dossier(&actor, third, None).unwrap();
    let numbers: Vec<String> = view.continues.into_iter().map(|d| d.number).collect();
    assert_eq!(numbers.len(), 2, "{numbers:?}");
    let stranger = world.write_to(
        ES,
        "investigation.open",
        &Writing::new(&[
            ("title", "Estuaire"),
            ("aim", "Sans y avoir été."),
            ("others", "pt/liaison"),
            ("continues", &first.to_string()),
        ]),
        Some(&fr),
    );
    assert_eq!(problem(stranger.unwrap_err()), Problem::NothingHere);
}

fn problem(error: AppError) -> Problem {
    match error {
        AppError::Fields(errors) => errors[0].problem,
        other => panic!("{other:?}"),
    }
}

/// Invariants 5 to 7 where it is written: only one's own, what left its node before, once, and never laxer.
/// Take out: in `app/src/release.rs::cannot_release`, any of its conditions.
#[test]
fn invariant_05_only_what_is_ones_own_to_release_is_released() {
    let (mut world, earlier, wider) = widened(3);
    let theirs = world.write(FR, "investigation.contribute", &contribution(earlier));
    let strict = contribution(earlier);
    let mut strict = Writing { ..strict };
    strict.fields.push(("handling", "H2".into()));
    let ours = world.write(MA, "investigation.contribute", &strict);
    let note = Writing::on(earlier, &[("text", "Pour nous.")]).own_only();
    let alone = world.write(MA, "note", &note);
    world.settle();
    let translated = [
        ("of", theirs.entry.to_string()),
        ("into", "ar".to_owned()),
        ("origin", "human".to_owned()),
        ("text", "ثلاث مغادرات".to_owned()),
    ];
    let translation = Writing {
        dossier: Some(earlier),
        fields: translated.to_vec(),
        ..Writing::default()
    };
    let translation = world.write(MA, "translation", &translation);
    world.settle();
    let why = |world: &mut TestMany, entry| problem(release(world, MA, wider, entry).unwrap_err());
    let not = |why| Problem::Earlier(EarlierProblem::NotReleasable(why));
    assert_eq!(why(&mut world, theirs.entry), not(Mismatch::Author));
    assert_eq!(why(&mut world, alone.entry), not(Mismatch::Kept));
    assert_eq!(why(&mut world, translation.entry), not(Mismatch::Derived));
    assert_eq!(why(&mut world, EntryId([7; 32])), Problem::NothingHere);
    // What speaks of other entries goes no further than these.
    let mut phone = |number| {
        let fields = [("name", number), ("nature", "fact")];
        let phone = Writing::on(earlier, &fields);
        world.write(MA, "investigation.phone", &phone).entry
    };
    let [one, two] =
        ["+212 5 00 00 00 01", "+212 5 00 00 00 02"].map(|number| phone(number).to_string());
    let fields = [
        ("from_thing", one.as_str()),
        ("how", "called"),
        ("to_thing", two.as_str()),
        ("nature", "fact"),
    ];
    let link = world.write(MA, "investigation.link", &Writing::on(earlier, &fields));
    let fields = [
        ("one", one.as_str()),
        ("other", two.as_str()),
        ("text", "Non."),
    ];
    let parted = world.write(MA, "investigation.not_same", &Writing::on(earlier, &fields));
    for entry in [link.entry, parted.entry] {
        assert_eq!(why(&mut world, entry), Problem::NothingHere);
    }

    // A proof of another's entry is another's word, whose ever entry it is attached to; one of our own is ours.
    let proved = |world: &TestMany, entry| {
        let actor = world.nodes[MA].officer("liaison").unwrap();
        world.nodes[MA]
            .app
            .proof(&actor, entry)
            .unwrap()
            .into_bytes()
    };
    let quoting = contribution(earlier).file("preuve.txt", proved(&world, theirs.entry));
    let quoting = world.write(MA, "investigation.contribute", &quoting);
    assert_eq!(why(&mut world, quoting.entry), not(Mismatch::Derived));
    let proving = contribution(earlier).file("preuve.txt", proved(&world, ours.entry));
    let proving = world.write(MA, "investigation.contribute", &proving);
    release(&mut world, MA, wider, proving.entry).unwrap();

    let released = release(&mut world, MA, wider, ours.entry).unwrap();
    assert_eq!(
        why(&mut world, ours.entry),
        Problem::Earlier(EarlierProblem::Released)
    );
    let header = world.nodes[MA].header(released);
    assert!(header.handling.codes.contains(HandlingCodes::H2));
    assert!(header.release.is_some(), "invariant 8");
    // A release is none of what may be released, and a dossier that continues none takes none.
    let into_first = release(&mut world, MA, earlier, ours.entry);
    assert!(
        matches!(into_first, Err(AppError::Irregular(Irregular::Earlier))),
        "{into_first:?}"
    );
    let own_only = Writing::on(wider, &[("entry", &ours.entry.to_string())]).own_only();
    let own_only = world.write_to(MA, "release", &own_only, None);
    assert_eq!(problem(own_only.unwrap_err()), not(Mismatch::Kept));
}

/// The list says what may be released and why the rest may not; what is another's or never left is not in it.
#[test]
fn rule_16_what_may_be_released_is_listed_and_released_under_one_decision() {
    let (mut world, earlier, wider) = widened(13);
    world.write(FR, "investigation.contribute", &contribution(earlier));
    let ours = world.write(MA, "investigation.contribute", &contribution(earlier));
    let note = Writing::on(earlier, &[("text", "Pour nous.")]).own_only();
    world.write(MA, "note", &note);
    world.settle();
    release(&mut world, MA, wider, ours.entry).unwrap();
    let actor = world.nodes[MA].officer("liaison").unwrap();
    let view = world.nodes[MA].app.releasable(&actor, wider).unwrap();
    assert_eq!(view.recipients.len(), 3);
    let listed: Vec<(EntryId, Option<Unreleasable>)> = view.earlier[0]
        .entries
        .iter()
        .map(|e| (e.entry.id, e.cannot))
        .collect();
    let released = Some(Unreleasable::Says(Problem::Earlier(
        EarlierProblem::Released,
    )));
    assert_eq!(listed, [(earlier.opening(), None), (ours.entry, released)]);
    let nowhere = Releasing {
        dossier: earlier,
        entries: vec![ours.entry],
        handling: None,
        necessity: None,
        basis: None,
    };
    let nowhere = world.nodes[MA].app.release(&actor, &nowhere);
    assert!(matches!(
        nowhere,
        Err(AppError::Irregular(Irregular::Earlier))
    ));
    let all = Releasing {
        dossier: wider,
        entries: vec![earlier.opening()],
        handling: Some(HandlingCodes::H3),
        necessity: None,
        basis: None,
    };
    let done = world.nodes[MA].app.release(&actor, &all).unwrap();
    let header = world.nodes[MA].header(done[0].clone().recorded().unwrap().entry);
    assert!(header.handling.codes.contains(HandlingCodes::H3));
}

/// What a lie wraps, and what its readers say of it.
struct Lie {
    header: Header,
    body: Values,
    salt: [u8; 16],
    expected: Mismatch,
}

fn wrap(header: &[u8], salt: &[u8; 16], body: &[u8]) -> Values {
    use base64::Engine as _;
    let coded = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let mut values = Values::default();
    for (name, text) in [
        (HEADER, coded(header)),
        (SALT, salt.iter().map(|b| format!("{b:02x}")).collect()),
        (BODY, coded(body)),
    ] {
        values.values.insert(name.to_owned(), Value::Text(text));
    }
    values
}

/// Every lie that a release can tell in its body is caught by whoever reads it, who need not hold the original; it stays regular and
/// without effect, and nothing of it is shown or found.
/// Take out: in `core/src/released.rs::holds`, any of its conditions.
#[test]
fn rule_16_a_release_that_lies_is_shown_for_what_it_is() {
    let (mut world, earlier, wider) = widened(4);
    let given = world.write(FR, "investigation.contribute", &contribution(earlier));
    let theirs = world.write(ES, "investigation.contribute", &contribution(earlier));
    world.settle();
    world.set_cut((FR, PT), true);
    let honest = release(&mut world, FR, wider, given.entry).unwrap();
    world.settle();
    let model = world.nodes[FR].header(honest);
    let original = world.nodes[FR].header(given.entry);
    let lies = lies(
        &model,
        &original,
        &world.nodes[ES].header(theirs.entry),
        earlier,
    );
    assert_eq!(lies.len(), Mismatch::ALL.len() + 1);

    let mut liar = Liar::between(&world.nodes[FR], &world.nodes[PT]);
    let held = liar.size();
    let (mut told, mut after, mut seq) = (Vec::new(), model.after.clone(), model.seq);
    for mut lie in lies {
        let body = lie.body.to_bytes();
        (lie.header.after, lie.header.seq) = (after, seq);
        commit(&mut lie.header, &lie.salt, &body);
        let id = liar.push(&lie.header, lie.salt, &body);
        told.push((id, lie.expected));
        (after, seq) = (vec![id], seq + 1);
    }
    drop(liar.tell_from(&world.nodes[PT], held));
    for (id, expected) in told {
        let row = world.nodes[PT].entry(id).unwrap().expect("it is authentic");
        assert_eq!(row.verdict, Verdict::Regular.number(), "{expected:?}");
        let view = seen(&world, PT, id);
        let history = view.released.as_ref().unwrap();
        assert_eq!(history.mismatch, Some(expected));
        assert!(history.original.is_none() && view.body.values().is_none());
    }
    assert_eq!(hits(&world, PT, "Brumes"), []);
    assert!(
        world
            .obligations(PT, wider)
            .iter()
            .all(|r| r.ask == Ask::Decide)
    );
}

/// A lie of each sort, told by the author of `original`.
fn lies(model: &Header, original: &Header, theirs: &Header, earlier: DossierId) -> Vec<Lie> {
    let salt = [3; 16];
    let text = Values {
        lang: None,
        values: std::iter::once(("text".to_owned(), Value::Text("Brumes".into()))).collect(),
    };
    let bytes = text.to_bytes();
    // What a node signs in its own name may say anything; what it says must still be what it names.
    let lie = |bend: &dyn Fn(&mut Header), release: &dyn Fn(&mut Header), expected| {
        let mut inner = original.clone();
        commit(&mut inner, &salt, &bytes);
        bend(&mut inner);
        let mut header = model.clone();
        header.acts = Acts::new(vec![Act::Release {
            entry: id_of(&inner),
            dossier: earlier,
        }]);
        release(&mut header);
        Lie {
            header,
            body: wrap(&inner.to_bytes(), &salt, &bytes),
            salt,
            expected,
        }
    };
    let as_is = |_: &mut Header| {};
    let lax = |h: &mut Header| h.handling.class = Class::Open;
    let mut out = vec![
        lie(
            &|h| h.dossier = Some(DossierId([9; 32])),
            &as_is,
            Mismatch::Dossier,
        ),
        lie(&|h| h.audience = vec![h.node()], &as_is, Mismatch::Kept),
        lie(
            &|h| h.handling.codes = HandlingCodes::NATIONAL,
            &|h| h.handling.codes = HandlingCodes::H1,
            Mismatch::Kept,
        ),
        lie(
            &|h| h.kind = "translation".into(),
            &as_is,
            Mismatch::Derived,
        ),
        lie(
            &|h| h.purpose = entente_core::codes::Purpose::Governance,
            &as_is,
            Mismatch::Purpose,
        ),
        lie(&as_is, &lax, Mismatch::Handling),
        lie(
            &|h| h.attachments = vec![Commitment([1; 32])],
            &as_is,
            Mismatch::Files,
        ),
    ];
    // Another's entry as its author signed it, another header than the one named, another body than the one signed, nothing at all.
    let named = |inner: &Header| {
        let mut header = model.clone();
        header.acts = Acts::new(vec![Act::Release {
            entry: id_of(inner),
            dossier: earlier,
        }]);
        header
    };
    let mut foreign = theirs.clone();
    commit(&mut foreign, &salt, &bytes);
    let mut altered = original.clone();
    commit(&mut altered, &salt, &bytes);
    let of = |header, body, expected| Lie {
        header,
        body,
        salt,
        expected,
    };
    let wrapped = |h: &Header| wrap(&h.to_bytes(), &salt, &bytes);
    out.push(of(named(&foreign), wrapped(&foreign), Mismatch::Author));
    out.push(of(named(original), wrapped(&altered), Mismatch::Header));
    out.push(of(named(original), wrapped(original), Mismatch::Body));
    out.push(of(named(original), text.clone(), Mismatch::Unreadable));
    out
}

/// Where a release comes from is judged from headers, by all alike: out of a dossier that this one continues.
/// Take out: in `core/src/judge/many.rs::release`, the last condition.
#[test]
fn rule_16_a_release_from_a_dossier_that_is_not_continued_is_irregular() {
    let (mut world, earlier, wider) = widened(5);
    let given = world.write(FR, "investigation.contribute", &contribution(earlier));
    world.settle();
    world.set_cut((FR, PT), true);
    let honest = release(&mut world, FR, wider, given.entry).unwrap();
    let model = world.nodes[FR].header(honest);
    let mut liar = Liar::between(&world.nodes[FR], &world.nodes[PT]);
    let held = liar.size();
    let mut told = Vec::new();
    let act = |dossier| Act::Release {
        entry: given.entry,
        dossier,
    };
    let mut contributes = model.clone();
    contributes.kind = "investigation.contribute".into();
    let mut twice = model.clone();
    twice.acts = Acts::new(vec![act(earlier), act(earlier)]);
    let mut nowhere = model.clone();
    nowhere.acts = Acts::new(vec![act(DossierId([9; 32]))]);
    let mut here = model.clone();
    here.acts = Acts::new(vec![act(wider)]);
    let mut none = model.clone();
    none.acts = Acts::default();
    let (mut after, mut seq) = (model.after.clone(), model.seq);
    for (mut header, reason) in [
        (nowhere, Irregular::Earlier),
        (here, Irregular::Earlier),
        (contributes, Irregular::Act),
        (twice, Irregular::Act),
        (none, Irregular::Act),
    ] {
        (header.after, header.seq) = (after, seq);
        commit(&mut header, &[1; 16], b"");
        let id = liar.push(&header, [1; 16], b"");
        told.push((id, reason));
        (after, seq) = (vec![id], seq + 1);
    }
    drop(liar.tell_from(&world.nodes[PT], held));
    for (id, reason) in told {
        let row = world.nodes[PT].entry(id).unwrap().unwrap();
        assert_eq!(
            row.verdict,
            Verdict::Irregular(reason).number(),
            "{reason:?}"
        );
    }
}

/// Rule 8: a state whose card does not list the rules of releases is not brought in, and may still take part in a dossier that
/// continues none. Take out: in `app/src/many.rs::links_with`, the comparison of rules.
#[test]
fn rule_08_a_state_of_an_earlier_version_is_not_brought_in() {
    let mut world = TestMany::linked(11, &["ma", "fr", "es", "pt"]);
    let earlier = world.joined(MA, &[FR, ES], None);
    let stored = dearmour_card(&world.nodes[PT].app.own_card()).unwrap();
    let mut card = verify_card(&stored).unwrap();
    card.rules.retain(|rules| *rules < RULES_OF_RELEASES);
    card.issued_ms = world.time.now().0;
    let old = sign_card(&card, &world.nodes[PT].signing_key()).unwrap();
    let ma = &world.nodes[MA].app;
    let fingerprint = world.nodes[PT].app.own_fingerprint().unwrap();
    ma.pin_partner(&armour_card(&old), "", &fingerprint)
        .unwrap();
    let fr = world.nodes[FR].name.clone();
    let mut open = |continues: &[(&'static str, &str)]| {
        let mut fields = vec![
            ("title", "Estuaire"),
            ("aim", "À quatre."),
            ("others", "es/liaison,pt/liaison"),
        ];
        fields.extend(continues);
        world.write_to(MA, "investigation.open", &Writing::new(&fields), Some(&fr))
    };
    let refused = open(&[("continues", &earlier.to_string())]);
    let continues = LinkFault::StateContinues;
    assert!(
        matches!(refused, Err(AppError::Link(fault)) if fault == continues),
        "{refused:?}"
    );
    let plain = open(&[]);
    assert!(plain.is_ok(), "{plain:?}");
}

/// Rule 8: what an opening continues is judged by the rules that its dossier names: under earlier ones it has no effect, as it has where
/// it names nothing, or one dossier twice. Take out: in `core/src/judge/many.rs::continues`, any condition.
#[test]
fn rule_08_an_opening_continues_only_under_the_rules_that_know_it() {
    let (mut world, earlier, wider) = widened(12);
    let model = world.nodes[MA].header(wider.opening());
    let bent = |rules: u16, times: usize| {
        let mut header = model.clone();
        for act in &mut header.acts.known {
            match act {
                Act::Open { config, .. } => config.rules = rules,
                Act::Continues { earlier } => *earlier = vec![earlier[0].clone(); times],
                _ => {}
            }
        }
        header
    };
    world.set_cut((MA, FR), true);
    let mut liar = Liar::between(&world.nodes[MA], &world.nodes[FR]);
    let held = liar.size();
    let irregular = Verdict::Irregular(Irregular::Act);
    let mut told = Vec::new();
    for (rules, times, verdict) in [
        (RULES_OF_RELEASES, 1, Verdict::Regular),
        (RULES_OF_RELEASES - 1, 1, irregular),
        (RULES_OF_RELEASES, 0, irregular),
        (RULES_OF_RELEASES, 2, irregular),
    ] {
        let mut header = bent(rules, times);
        header.at = header.at + entente_core::instant::Span::minutes(1);
        commit(&mut header, &[1; 16], b"");
        told.push((liar.push(&header, [1; 16], b""), verdict));
    }
    // Nor is anything released into a dossier of those rules, whatever it names.
    let mut release = world.nodes[MA].header(earlier.opening());
    release.dossier = Some(earlier);
    release.kind = "release".into();
    release.after = world.nodes[FR]
        .look(|tx| tx.heads(earlier, "es,fr,ma", 64))
        .unwrap();
    release.seq = 2;
    (release.under.charter, release.under.config) =
        (Some(earlier.opening()), Some(earlier.opening()));
    release.acts = Acts::new(vec![Act::Release {
        entry: EntryId([7; 32]),
        dossier: DossierId([9; 32]),
    }]);
    commit(&mut release, &[1; 16], b"");
    told.push((liar.push(&release, [1; 16], b""), irregular));
    drop(liar.tell_from(&world.nodes[FR], held));
    for (id, verdict) in told {
        let row = world.nodes[FR].entry(id).unwrap().unwrap();
        assert_eq!(row.verdict, verdict.number());
    }
}

/// Invariant 10: erasing the original erases what was released of it, with files, translations and index, at every recipient, each of
/// which owes its attestation; also where the officer who erases works on none of it.
/// Take out: in `app/src/record.rs::record_prepared`, the call of `erase_releases`.
#[test]
fn invariant_10_erasing_an_original_erases_what_was_released_of_it() {
    let (mut world, earlier, wider) = widened(6);
    let filed = contribution(earlier).file("plan.bin", vec![7; 200_000]);
    let given = world.write(FR, "investigation.contribute", &filed);
    world.settle();
    let released = release(&mut world, FR, wider, given.entry).unwrap();
    world.settle();
    let translated = [
        ("of", released.to_string()),
        ("into", "ar".to_owned()),
        ("origin", "human".to_owned()),
        ("text", "ثلاث مغادرات من رصيف الضباب".to_owned()),
    ];
    let translation = Writing {
        dossier: Some(wider),
        fields: translated.to_vec(),
        ..Writing::default()
    };
    let translation = world.write(PT, "translation", &translation);
    world.settle();
    assert_eq!(hits(&world, PT, "Brumes"), [released]);
    assert_eq!(hits(&world, MA, "الضباب"), [translation.entry]);

    let erase = Writing::on(earlier, &[("entry", &given.entry.to_string())]);
    world.write(FR, "erase", &erase);
    world.settle();
    world.assert_same(wider);
    for at in [MA, FR, ES, PT] {
        erased_with_its_file(&world, at, released);
        erased(&world, at, translation.entry);
        assert_eq!(
            (hits(&world, at, "Brumes"), hits(&world, at, "الضباب")),
            (vec![], vec![])
        );
        let view = seen(&world, at, released);
        assert!(matches!(view.body, BodyView::Erased), "{:?}", view.body);
        assert!(view.released.unwrap().original.is_none());
    }
    // Each owes its attestation, of the original and of the release, to a service that can read it.
    for (at, dossier) in [
        (MA, earlier),
        (ES, earlier),
        (MA, wider),
        (ES, wider),
        (PT, wider),
    ] {
        let owed = world.owed(at, dossier, Ask::Erase);
        let attest = Writing::on(dossier, &[("copies", "none")]).target(owed);
        world.write(at, "attest_erasure", &attest);
    }
    world.settle();
    let open = |r: &entente_store::ObligationRow| r.ask == Ask::Erase && r.state != State::Answered;
    assert!(!world.obligations(FR, wider).iter().any(open));
    world.assert_same(wider);
    // And it may not be released again.
    let again = release(&mut world, FR, wider, given.entry);
    assert_eq!(
        problem(again.unwrap_err()),
        Problem::Earlier(EarlierProblem::Incomplete)
    );
}

/// Invariant 10: a file erased alone is in no release either: these carry it under a place of their own, and go whole.
/// Take out: in `app/src/erase.rs::named`, what an erasure of one file names.
#[test]
fn invariant_10_a_file_erased_alone_is_in_no_release() {
    let (mut world, earlier, wider) = widened(11);
    let filed = contribution(earlier).file("plan.bin", vec![7; 200_000]);
    let given = world.write(FR, "investigation.contribute", &filed);
    world.settle();
    let released = release(&mut world, FR, wider, given.entry).unwrap();
    world.settle();
    let named = given.entry.to_string();
    let erase = Writing::on(earlier, &[("entry", &named), ("file", "1")]);
    world.write(FR, "erase", &erase);
    world.settle();
    world.assert_same(wider);
    for at in [MA, FR, ES, PT] {
        erased_with_its_file(&world, at, released);
    }
    for at in [MA, FR, ES] {
        let row = world.nodes[at].entry(given.entry).unwrap().unwrap();
        assert_eq!(row.body, BodyState::Here, "the text stays");
    }
}

/// Invariant 10: the same once a state left, which keeps what it held: there too.
#[test]
fn invariant_10_a_file_erased_alone_is_in_no_release_that_a_state_left() {
    let (mut world, earlier, wider) = widened(12);
    let filed = contribution(earlier).file("plan.bin", vec![7; 2_000]);
    let given = world.write(FR, "investigation.contribute", &filed);
    world.settle();
    let released = release(&mut world, FR, wider, given.entry).unwrap();
    world.settle();
    world.write(ES, "leave", &Writing::on(wider, &[]));
    world.settle();
    let named = given.entry.to_string();
    let erase = Writing::on(earlier, &[("entry", &named), ("file", "1")]);
    world.write(FR, "erase", &erase);
    world.settle();
    for at in [MA, FR, ES] {
        erased(&world, at, released);
    }
}

/// The erasure of the one file of an entry by its author, told to a state alone, without that of its releases.
fn erases_file_alone(world: &mut TestMany, to: usize, given: EntryId, earlier: DossierId) {
    let original = world.nodes[FR].header(given);
    let mut header = original.clone();
    header.kind = "erase".into();
    header.attachments.clear();
    header.acts = Acts::new(vec![Act::EraseFile {
        entry: given,
        index: 0,
    }]);
    let written = world.entries(FR, earlier);
    let own = written
        .keys()
        .filter(|id| world.nodes[FR].header(**id).node() == original.node());
    header.seq = 1 + own.count() as u64;
    let heads = world.nodes[to].look(|tx| tx.heads(earlier, "es,fr,ma", 64));
    header.after = heads.unwrap();
    commit(&mut header, &[3; 16], b"\xa0");
    world.set_cut((FR, to), true);
    let mut liar = Liar::between(&world.nodes[FR], &world.nodes[to]);
    let held = liar.size();
    let id = liar.push(&header, [3; 16], b"\xa0");
    drop(liar.tell_from(&world.nodes[to], held));
    let row = world.nodes[to].entry(id).unwrap().unwrap();
    assert_eq!(row.verdict, Verdict::Regular.number());
}

/// Invariant 10: whoever holds a release destroys it with the file that it carries, also if its author does not say so there.
/// Take out: in `app/src/erase.rs::erase_file_here`, the releases.
#[test]
fn invariant_10_a_file_erased_alone_takes_its_releases_along_wherever_it_is_heard() {
    let (mut world, earlier, wider) = widened(13);
    let filed = contribution(earlier).file("plan.bin", vec![7; 2_000]);
    let given = world.write(FR, "investigation.contribute", &filed).entry;
    world.settle();
    let released = release(&mut world, FR, wider, given).unwrap();
    world.settle();
    erases_file_alone(&mut world, ES, given, earlier);
    erased_with_its_file(&world, ES, released);
}

/// A release that an older program kept without knowing what it is: judged after an upgrade it can be read with its file, and goes with its
/// original like any other.
/// Take out: in `app/src/waiting.rs::judge_late`, the call of `known_as_release`.
#[test]
fn invariant_10_a_release_judged_late_goes_with_its_original() {
    let (mut world, earlier, wider) = widened(14);
    let filed = contribution(earlier).file("plan.bin", vec![7; 2_000]);
    let given = world.write(FR, "investigation.contribute", &filed).entry;
    world.settle();
    let program = |world: &mut TestMany, older: bool| {
        world.die(ES, true);
        world.nodes[ES].set_older(older);
        world.nodes[ES].restart().unwrap();
        for at in [MA, FR, PT].into_iter().filter(|_| older) {
            world.nodes[at].pin(&world.nodes[ES]).unwrap();
        }
    };
    program(&mut world, true);
    let released = release(&mut world, FR, wider, given).unwrap();
    for _ in 0..20 {
        world.round();
    }
    let kept = world.nodes[ES].entry(released).unwrap().unwrap();
    assert_eq!(kept.verdict, Verdict::NotEvaluated.number());
    program(&mut world, false);
    world.settle();
    world.assert_same(wider);
    let view = seen(&world, ES, released);
    assert!(view.released.unwrap().mismatch.is_none());
    let files = world.nodes[ES].look(|tx| tx.attachments(released)).unwrap();
    assert!(files.iter().all(|f| f.state == AttachmentState::Held) && files.len() == 1);
    assert_eq!(hits(&world, ES, "Brumes").len(), 2, "and found");
    erases_file_alone(&mut world, ES, given, earlier);
    erased_with_its_file(&world, ES, released);
}

/// Erasing everything in the earlier dossier reaches what was released of it, and a release that comes after its original's erasure
/// is not read.
/// Take out: in `app/src/release.rs::came_release`, the part about what was destroyed.
#[test]
fn invariant_10_everything_means_what_was_released_too() {
    let (mut world, earlier, wider) = widened(7);
    let one = world.write(FR, "investigation.contribute", &contribution(earlier));
    let two = world.write(FR, "investigation.contribute", &contribution(earlier));
    world.settle();
    let first = release(&mut world, FR, wider, one.entry).unwrap();
    let second = release(&mut world, FR, wider, two.entry).unwrap();
    world.settle();
    world.write(FR, "erase", &Writing::on(earlier, &[("all", "on")]));
    world.settle();
    world.assert_same(wider);
    for at in [MA, ES, PT] {
        for entry in [first, second] {
            erased(&world, at, entry);
        }
        assert_eq!(hits(&world, at, "Brumes"), []);
    }
    assert_ne!(world.owed(PT, wider, Ask::Erase).entry, first);

    // A liar that erased its original and goes on releasing it: whoever knows of the erasure does not show it.
    let model = world.nodes[FR].header(first);
    let mut header = model.clone();
    let rows = world.entries(FR, wider);
    header.seq = 1 + rows
        .keys()
        .filter(|id| world.nodes[FR].header(**id).node() == model.node())
        .count() as u64;
    let heads = world.nodes[ES]
        .look(|tx| tx.heads(wider, "es,fr,ma,pt", 64))
        .unwrap();
    header.after = heads;
    let original = world.nodes[FR].header(one.entry);
    let body = wrap(&original.to_bytes(), &[3; 16], b"").to_bytes();
    commit(&mut header, &[3; 16], &body);
    world.set_cut((FR, ES), true);
    let mut liar = Liar::between(&world.nodes[FR], &world.nodes[ES]);
    let held = liar.size();
    let late = liar.push(&header, [3; 16], &body);
    drop(liar.tell_from(&world.nodes[ES], held));
    let row = world.nodes[ES].entry(late).unwrap().unwrap();
    assert_eq!((row.verdict, row.body), (0, BodyState::Erased));
}

/// No backup brings a release back to a reader: a restored node hears of the erasure before anything is shown.
#[test]
fn invariant_10_a_restored_recipient_reads_no_release_of_what_was_erased() {
    let (mut world, earlier, wider) = widened(10);
    let given = world.write(FR, "investigation.contribute", &contribution(earlier));
    world.settle();
    let released = release(&mut world, FR, wider, given.entry).unwrap();
    world.settle();
    let backups = [PT, ES].map(|at| (at, Backup::of(&world.nodes[at])));
    let erase = Writing::on(earlier, &[("entry", &given.entry.to_string())]);
    world.write(FR, "erase", &erase);
    world.settle();
    for (at, backup) in &backups {
        world.restore(*at, backup);
        let row = world.nodes[*at].entry(released).unwrap().unwrap();
        assert_eq!(row.body, BodyState::Here, "the backup had it");
        world.settle();
        let row = world.nodes[*at].entry(released).unwrap().unwrap();
        assert_eq!(row.body, BodyState::Erased);
        assert_eq!(hits(&world, *at, "Brumes"), []);
    }
}

/// In a dossier of three states an erasure asks each that joined for its attestation.
/// Take out: in `app/src/record.rs::asks_somebody`, the case of several.
#[test]
fn invariant_10_an_erasure_among_three_is_attested_by_each() {
    let mut world = TestMany::linked(8, &["ma", "fr", "es"]);
    let dossier = world.joined(MA, &[FR, ES], None);
    let given = world.write(FR, "investigation.contribute", &contribution(dossier));
    world.settle();
    let erase = Writing::on(dossier, &[("entry", &given.entry.to_string())]);
    world.write(FR, "erase", &erase);
    world.settle();
    assert_ne!(
        world.owed(MA, dossier, Ask::Erase),
        world.owed(ES, dossier, Ask::Erase)
    );
    world.assert_same(dossier);
}

/// An officer of another service erases: what was released goes all the same, and whoever works on it hears the attestation.
#[test]
fn invariant_10_who_erases_need_not_work_where_it_was_released() {
    let (mut world, earlier, wider) = widened(9);
    let given = world.write(FR, "investigation.contribute", &contribution(earlier));
    world.settle();
    let released = release(&mut world, FR, wider, given.entry).unwrap();
    world.settle();
    // The investigator's service is brought into the earlier dossier only.
    let invite = Writing::on(earlier, &[("services", "fr/police")]);
    let invited = world.write_to(MA, "invite", &invite, None);
    assert!(invited.is_ok(), "{invited:?}");
    world.settle();
    let erase = Writing::on(earlier, &[("entry", &given.entry.to_string())]).by("investigator");
    let recorded = world.write_to(FR, "erase", &erase, None);
    assert!(recorded.is_ok(), "{recorded:?}");
    world.settle();
    erased(&world, PT, released);
    let owed = world.owed(PT, wider, Ask::Erase);
    let rows = world.obligations(PT, wider);
    let asked = rows.iter().find(|r| r.id == owed).unwrap();
    assert_eq!(asked.creditor.to_string(), "fr/liaison");
}
