//! Translations between two nodes (DESIGN section 5, "Languages"): beside the original, obliging nobody, going no further than it
//! may, and gone when it is erased.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_app::views::{EntryView, TranslationView};
use entente_core::field::{Problem, Value, Values};
use entente_core::ids::{Commitment, DossierId, EntryId};
use entente_core::label::Lang;
use entente_link::frame::{Body, Frame};
use entente_proof::commit::{attachment_commitment, chunk_digest};
use entente_store::{AttachmentState, BodyState};
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const ARABIC: &str = "لمن كانت هذه السيارة مكتراة؟";

fn ready() -> (TestPair, DossierId) {
    let mut pair = TestPair::linked(21);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    (pair, dossier)
}

fn entry(pair: &TestPair, side: Side, id: EntryId) -> EntryView {
    let node = pair.node(side);
    node.app
        .entry(&node.officer("liaison").unwrap(), id)
        .unwrap()
}

fn shown(pair: &TestPair, side: Side, id: EntryId) -> Vec<TranslationView> {
    entry(pair, side, id).translations
}

fn fields(of: &EntryId) -> [(&'static str, String); 4] {
    [
        ("of", of.to_string()),
        ("into", "ar".to_owned()),
        ("origin", "human".to_owned()),
        ("text", ARABIC.to_owned()),
    ]
}

fn with<'a>(
    pairs: &'a [(&'static str, String)],
    change: &'a [(&'static str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = pairs
        .iter()
        .filter(|(name, _)| !change.iter().any(|(n, _)| n == name))
        .map(|(name, value)| (*name, value.as_str()));
    kept.chain(change.iter().copied()).collect()
}

fn translate(pair: &mut TestPair, side: Side, dossier: DossierId, of: EntryId) -> EntryId {
    let fields = fields(&of);
    let wanted = with(&fields, &[]);
    pair.write(side, "translation", &Writing::on(dossier, &wanted))
        .entry
}

fn problem(result: Result<entente_app::Recorded, AppError>) -> (&'static str, Problem) {
    match result {
        Err(AppError::Fields(errors)) => (errors[0].field, errors[0].problem),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_translation_is_an_entry_beside_its_original_and_obliges_nobody() {
    let (mut pair, dossier) = ready();
    let original = dossier.opening();
    let before = pair.fr().obligations(None).unwrap().len();
    let id = translate(&mut pair, Side::Fr, dossier, original);
    pair.settle();
    for side in [Side::Ma, Side::Fr] {
        let found = shown(&pair, side, original);
        assert_eq!(found.len(), 1, "{side:?}");
        let t = &found[0];
        assert_eq!(
            (t.entry, t.lang, t.origin.as_str(), t.text.as_str()),
            (id, Some(Lang::Ar), "human", ARABIC)
        );
        assert!(shown(&pair, side, id).is_empty());
        let own = entry(&pair, side, id);
        assert!(own.acts.is_empty() && own.opened.is_empty());
        assert_eq!(own.body.values().unwrap().lang, Some(Lang::Ar));
    }
    let after = pair.ma().obligations(None).unwrap().len();
    assert_eq!(before, after);
    pair.assert_same();
}

#[test]
fn what_cannot_be_translated_is_refused_by_field() {
    let (mut pair, dossier) = ready();
    let (elsewhere, _) = pair.ask(Side::Ma, "normal");
    let done = translate(&mut pair, Side::Ma, dossier, dossier.opening());
    let (absent, foreign) = (EntryId([7; 32]), elsewhere.opening());
    for of in [done, absent, foreign] {
        let fields = fields(&of);
        let wanted = with(&fields, &[]);
        let tried = pair.try_write(Side::Ma, "translation", &Writing::on(dossier, &wanted));
        assert_eq!(problem(tried), ("of", Problem::NotInList));
    }
    let fields = fields(&dossier.opening());
    let wanted = with(&fields, &[("origin", "machine")]);
    let tried = pair.try_write(Side::Ma, "translation", &Writing::on(dossier, &wanted));
    assert_eq!(problem(tried), ("machine", Problem::Missing));
    let wanted = with(&fields, &[("origin", "machine"), ("machine", "modèle 3")]);
    pair.write(Side::Ma, "translation", &Writing::on(dossier, &wanted));
    let found = shown(&pair, Side::Ma, dossier.opening());
    assert_eq!(
        found.iter().map(|t| t.machine.as_str()).collect::<Vec<_>>(),
        ["", "modèle 3"]
    );
}

/// Invariants 5 and 6: a translation goes no further than its original, and says what its original's author demands.
#[test]
fn invariants_05_and_06_a_translation_goes_no_further_than_its_original() {
    let (mut pair, dossier) = ready();
    let words = [("text", "Réservé à notre nœud.")];
    let private = Writing::on(dossier, &words).own_only();
    let ours = pair.write(Side::Fr, "note", &private).entry;
    let id = translate(&mut pair, Side::Fr, dossier, ours);
    assert_eq!(entry(&pair, Side::Fr, id).audience.len(), 1);

    let asked = pair.open_one(Side::Fr, dossier, entente_core::codes::Ask::Answer);
    let guarded = [("text", "À ne pas transmettre."), ("handling", "H2")];
    let answer = Writing::on(dossier, &guarded).target(asked.id);
    let theirs = pair.write(Side::Fr, "request.answer", &answer).entry;
    let own = translate(&mut pair, Side::Fr, dossier, theirs);
    pair.settle();
    let quoted = translate(&mut pair, Side::Ma, dossier, theirs);
    pair.settle();
    let codes = |side, id| entry(&pair, side, id).handling.codes;
    assert_eq!(
        codes(Side::Ma, own),
        codes(Side::Fr, theirs),
        "H2 goes along"
    );
    assert_eq!(entry(&pair, Side::Ma, quoted).audience.len(), 1);
    assert!(
        pair.fr().entry(quoted).unwrap().is_none(),
        "never quoted back"
    );
    assert!(pair.ma().entry(id).unwrap().is_none(), "never sent");
    assert_eq!(shown(&pair, Side::Ma, theirs).len(), 2);
    assert_eq!(shown(&pair, Side::Fr, theirs).len(), 1);
    pair.assert_same();
}

/// Invariant 10: what was erased is not readable in another language either, whichever arrives first.
#[test]
fn invariant_10_a_translation_does_not_outlive_its_original() {
    let (mut pair, dossier) = ready();
    let words = [("text", "À oublier.")];
    let note = pair
        .write(Side::Ma, "note", &Writing::on(dossier, &words))
        .entry;
    pair.settle();
    let known = translate(&mut pair, Side::Fr, dossier, note);
    pair.settle();
    // Written at fr while the erasure is on its way from ma.
    let crossing = translate(&mut pair, Side::Fr, dossier, note);
    let target = note.to_string();
    let erasing = [("entry", target.as_str())];
    pair.write(Side::Ma, "erase", &Writing::on(dossier, &erasing));
    pair.settle();
    for side in [Side::Ma, Side::Fr] {
        for id in [note, known, crossing] {
            let row = pair.node(side).entry(id).unwrap().unwrap();
            assert_eq!(row.body, BodyState::Erased, "{side:?} {id}");
        }
        assert!(shown(&pair, side, note).is_empty());
        pair.node(side).check().unwrap();
    }
    pair.assert_same();
}

/// A translation with a file, bent so that it has no effect, or waits for what never comes.
fn strange(
    pair: &TestPair,
    liar: &mut Liar,
    dossier: DossierId,
    of: EntryId,
    waits: bool,
) -> EntryId {
    let (salt, bytes) = ([7; 16], b"a piece");
    let digest = chunk_digest(&salt, 0, bytes);
    let file = serde_json::json!({"name": "piece", "media": "text/plain", "size": bytes.len(),
        "salt": "07".repeat(16), "chunks": [digest.to_string()]});
    let mut body = Values::default();
    for (name, value) in fields(&of) {
        body.values.insert(name.to_owned(), Value::Text(value));
    }
    let named = Value::List(vec![file.to_string()]);
    body.values.insert("files".into(), named);
    let body = body.to_bytes();
    let mut header = next_header(pair, Side::Fr, dossier, "translation", Vec::new());
    if waits {
        header.after.push(EntryId([0xee; 32]));
    } else {
        header.seq += 7;
    }
    let committed = attachment_commitment(&salt, bytes.len() as u64, &[digest]);
    header.attachments = vec![Commitment(committed.0)];
    commit(&mut header, &[1; 16], &body);
    liar.push(&header, [1; 16], &body)
}

/// Invariant 10: nor is it readable in a translation that has no effect or that waits, whichever arrives first, and its files go too.
#[test]
fn invariant_10_no_translation_outlives_its_original_whatever_the_verdict() {
    for waits in [false, true] {
        for erased_first in [false, true] {
            let (mut pair, dossier) = ready();
            let words = [("text", "À oublier.")];
            let note = pair
                .write(Side::Ma, "note", &Writing::on(dossier, &words))
                .entry;
            pair.settle();
            pair.wire.tear(true);
            let mut liar = Liar::of(&pair, Side::Fr);
            let id = strange(&pair, &mut liar, dossier, note, waits);
            let target = note.to_string();
            let fields = [("entry", target.as_str())];
            let erasing = Writing::on(dossier, &fields);
            if erased_first {
                pair.write(Side::Ma, "erase", &erasing);
            }
            let held = pair.held(Side::Ma).unwrap();
            let mut visit = liar.visit(pair.ma()).unwrap();
            visit.say(&liar.batch(held, liar.size()));
            drop(visit);
            let row = pair.ma().entry(id).unwrap().unwrap();
            assert_ne!(row.verdict, 0, "it has no effect");
            if !erased_first {
                assert_eq!(row.body, BodyState::Here);
                assert!(shown(&pair, Side::Ma, note).is_empty(), "nor is it shown");
                pair.write(Side::Ma, "erase", &erasing);
            }
            let row = pair.ma().entry(id).unwrap().unwrap();
            assert_eq!(row.body, BodyState::Erased, "{waits} {erased_first}");
            let files = pair.ma().look(|tx| tx.attachments(id)).unwrap();
            assert_eq!(files.len(), 1);
            assert_eq!(files[0].state, AttachmentState::Erased);
            pair.ma().check().unwrap();
        }
    }
}

/// The same where its body was owed and came later, while it had no effect or waited.
///
/// Take out: in `app/src/apply.rs::came_late`, the call of `came_translation`, or put it behind the verdict.
#[test]
fn invariant_10_a_translation_whose_body_came_late_does_not_outlive_its_original() {
    for waits in [false, true] {
        let (mut pair, dossier) = ready();
        let words = [("text", "À oublier.")];
        let note = pair.write(Side::Ma, "note", &Writing::on(dossier, &words));
        pair.settle();
        let mut liar = Liar::of(&pair, Side::Fr);
        let id = strange(&pair, &mut liar, dossier, note.entry, waits);
        let came = std::mem::replace(&mut liar.items.last_mut().unwrap().body, Body::Absent);
        drop(liar.tell(&mut pair));
        let state = |pair: &TestPair| pair.ma().entry(id).unwrap().unwrap().body;
        assert_eq!(state(&pair), BodyState::Owed, "{waits}");

        liar.items.last_mut().unwrap().body = came;
        let mut visit = liar.visit(pair.ma()).unwrap();
        let asked = visit.heard.iter().find_map(|frame| match frame {
            Frame::Hello(hello) => Some(hello.held.size),
            _ => None,
        });
        visit.say(&liar.batch(asked.unwrap(), liar.size()));
        assert_eq!(visit.closed, None);
        drop(visit);
        assert_eq!(state(&pair), BodyState::Here, "{waits}");

        let target = note.entry.to_string();
        let erasing = [("entry", target.as_str())];
        pair.write(Side::Ma, "erase", &Writing::on(dossier, &erasing));
        assert_eq!(state(&pair), BodyState::Erased, "{waits}");
        let files = pair.ma().look(|tx| tx.attachments(id)).unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].state, AttachmentState::Erased);
        pair.ma().check().unwrap();
    }
}
