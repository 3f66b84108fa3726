//! Invariant 6 between two nodes: the conditions of an originator at its recipient. What waits for a confirmation is shown nowhere, what
//! needs permission is asked for and opened exactly as far as it was given, what was tightened or has ended is closed again.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_app::views::{BodyView, DossierQuery, EntryView};
use entente_core::act::{Act, Acts, OnAct};
use entente_core::codes::{Ask, Outcome, Role};
use entente_core::conditions::{Answer, Use, Uses};
use entente_core::field::Problem;
use entente_core::handling::HandlingCodes;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::{Instant, Span};
use entente_core::judge::{Irregular, Verdict};
use entente_core::kind::{ComposeError, RULES_OF_CONDITIONS};
use entente_core::obligation::State;
use entente_proof::card::{armour_card, dearmour_card, sign_card, verify_card};
use entente_store::BodyState;
use entente_testkit::desk::person;
use entente_testkit::liar::{Liar, commit, next_header};
use entente_testkit::node::{TestNode, Writing};
use entente_testkit::pair::{Side, TestPair};

/// A word that stands in the content and nowhere else.
const SECRET: &str = "Zanzibar";
const CONDITION: &str = "Ne rien entreprendre avant notre accord.";
const DAY: i64 = 86_400_000;

/// A request of Morocco's, and the answer that France gave under conditions, with a file.
struct Place {
    pair: TestPair,
    dossier: DossierId,
    answer: EntryId,
}

fn answered(seed: u64, handling: &str) -> Place {
    let mut pair = TestPair::linked(seed);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let text = format!("Le contact part de {SECRET}.");
    let fields = [
        ("text", text.as_str()),
        ("handling", handling),
        ("condition", CONDITION),
    ];
    let answer = Writing::on(dossier, &fields)
        .target(asked)
        .file("zanzibar.txt", SECRET.as_bytes().to_vec());
    let answer = pair.write(Side::Fr, "request.answer", &answer).entry;
    pair.settle();
    Place {
        pair,
        dossier,
        answer,
    }
}

impl Place {
    fn node(&self, side: Side) -> &TestNode {
        self.pair.node(side)
    }
    fn shown(&self, side: Side, officer: &str) -> EntryView {
        let node = self.node(side);
        let officer = node.officer(officer).unwrap();
        node.app.entry(&officer, self.answer).unwrap()
    }
    fn answer_to(&self, what: Use) -> Answer {
        self.shown(Side::Ma, "liaison").conditions.answer(what)
    }
    fn proof(&self) -> Result<String, AppError> {
        let liaison = self.node(Side::Ma).officer("liaison").unwrap();
        self.node(Side::Ma).app.proof(&liaison, self.answer)
    }
    fn confirm(&mut self, officer: &str) {
        let of = self.answer.to_string();
        let confirm = Writing::on(self.dossier, &[("entry", &of)]).by(officer);
        self.pair.write(Side::Ma, "confirm_condition", &confirm);
        self.pair.settle();
    }
    fn ask(&mut self, fields: &[(&str, &str)]) -> ObligationId {
        let of = self.answer.to_string();
        let fields = [&[("entry", of.as_str())], fields].concat();
        let ask = Writing::on(self.dossier, &fields);
        let entry = self.pair.write(Side::Ma, "ask_permission", &ask).entry;
        self.pair.settle();
        ObligationId { entry, index: 0 }
    }
    fn permit(&mut self, on: ObligationId, fields: &[(&str, &str)]) -> EntryId {
        let permit = Writing::on(self.dossier, fields).target(on);
        let entry = self.pair.write(Side::Fr, "permit", &permit).entry;
        self.pair.settle();
        entry
    }
    fn tighten(&mut self, fields: &[(&str, &str)]) -> EntryId {
        let of = self.answer.to_string();
        let fields = [&[("entry", of.as_str())], fields].concat();
        let entry = self
            .pair
            .write(Side::Fr, "tighten", &Writing::on(self.dossier, &fields))
            .entry;
        self.pair.settle();
        entry
    }
    fn day(&self, days: i64) -> String {
        let at = Instant(self.pair.time.now().0 + days * DAY);
        at.to_civil().chars().take(10).collect()
    }
}

fn readable(view: &EntryView) -> bool {
    matches!(view.body, BodyView::Here(_))
}

/// H3: every officer reads and confirms the condition before anything of the content is shown or found; the confirmation reaches the
/// originator. Take out: in `core/src/conditions.rs::answer`, what looks for an unread restriction.
#[test]
fn invariant_06_a_condition_is_confirmed_before_the_content_is_shown() {
    let mut place = answered(601, "H1+H3");
    let magistrate = person(place.node(Side::Ma), "juge", "liaison", Role::Magistrate);
    place.node(Side::Ma).app.add_officer(magistrate).unwrap();
    let found = |place: &Place, officer: &str| {
        let node = place.node(Side::Ma);
        let query = DossierQuery {
            text: SECRET.into(),
            ..DossierQuery::default()
        };
        let officer = node.officer(officer).unwrap();
        node.app.dossiers(&officer, &query).unwrap().hits.len()
    };
    for officer in ["liaison", "juge"] {
        let shown = place.shown(Side::Ma, officer);
        assert!(!readable(&shown) && shown.rights.by_policy && !shown.rights.read);
        let text = shown.conditions.unread().unwrap();
        assert_eq!((text.by, text.text.as_str()), (place.answer, CONDITION));
        assert!(shown.files.iter().all(|f| f.name.is_empty()));
        let node = place.node(Side::Ma);
        let actor = node.officer(officer).unwrap();
        let whole = format!(
            "{:?}",
            node.app.dossier(&actor, place.dossier, None).unwrap()
        );
        assert!(!whole.contains(SECRET) && whole.contains(CONDITION));
        assert_eq!(found(&place, officer), 0);
        let file = node.app.file(&actor, place.answer, 0).map(|_| ());
        let waits = AppError::Condition(Answer::Acknowledge(place.answer)).to_string();
        assert_eq!(file.unwrap_err().to_string(), waits);
        let translated = [
            ("of", place.answer.to_string()),
            ("into", "ar".into()),
            ("origin", "human".into()),
            ("text", "نص".into()),
        ];
        let pairs: Vec<(&str, &str)> = translated.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let translation = Writing::on(place.dossier, &pairs).by(officer);
        let refused = place.pair.try_write(Side::Ma, "translation", &translation);
        assert!(
            matches!(refused, Err(AppError::Condition(_))),
            "{refused:?}"
        );
    }
    assert!(readable(&place.shown(Side::Fr, "liaison")), "it is theirs");

    place.confirm("liaison");
    assert!(readable(&place.shown(Side::Ma, "liaison")));
    assert_eq!(found(&place, "liaison"), 1);
    let liaison = place.node(Side::Ma).officer("liaison").unwrap();
    assert!(
        place
            .node(Side::Ma)
            .app
            .file(&liaison, place.answer, 0)
            .is_ok()
    );
    assert!(
        !readable(&place.shown(Side::Ma, "juge")),
        "each for themselves"
    );
    assert_eq!(found(&place, "juge"), 0);
    let there = place.node(Side::Fr).entries().unwrap();
    let told = there.iter().find(|row| row.kind == "confirm_condition");
    assert_eq!(told.map(|row| row.verdict), Some(Verdict::Regular.number()));
    // H1 stands beside it, and is another matter.
    assert_eq!(place.answer_to(Use::Prove), Answer::Permission(Uses::COURT));
    let inspector = person(place.node(Side::Ma), "ins", "archives", Role::Inspector);
    place.node(Side::Ma).app.add_officer(inspector).unwrap();
    let inspector = place.node(Side::Ma).officer("ins").unwrap();
    let records = place.node(Side::Ma).app.access_records(&inspector, 100, 0);
    let records = records.unwrap();
    assert!(records.iter().any(|(_, r)| r.verb == "confirm_condition"));
}

/// H3 says what it is: without its text nothing is sent.
#[test]
fn invariant_06_a_condition_has_a_text() {
    let mut pair = TestPair::linked(602);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    for handling in ["H3", "H0+H3"] {
        let fields = [("text", "Sous condition."), ("handling", handling)];
        let answer = Writing::on(dossier, &fields).target(asked);
        let refused = pair.try_write(Side::Fr, "request.answer", &answer);
        let Err(AppError::Fields(errors)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(
            (errors[0].field, errors[0].problem),
            ("condition", Problem::Missing)
        );
    }
}

/// Asking is an obligation to the originator with the charter's clock. Refused, nothing opens; permitted, exactly what was said, for as
/// long as was said. Take out: in `core/src/conditions.rs::lifted`, any condition; in `core/src/judge/conditions.rs::permits`, any line.
#[test]
fn invariant_06_permission_is_an_obligation_and_opens_exactly_what_it_says() {
    let mut place = answered(603, "H1+H2");
    let barred = |place: &Place| {
        let shown = place.shown(Side::Ma, "liaison").conditions;
        let all = Use::ALL.into_iter();
        let names = all.filter(|u| !shown.answer(*u).allowed());
        names.map(Use::as_str).collect::<Vec<_>>().join(" ")
    };
    let everything = "print quote prove forward other_purpose";
    assert_eq!(barred(&place), everything);
    assert!(matches!(
        place.proof(),
        Err(AppError::Condition(Answer::Permission(Uses::COURT)))
    ));
    let on = place.ask(&[("court", "on"), ("quote", "on"), ("proceedings", "12/2026")]);
    for side in Side::BOTH {
        let row = place.pair.obligation(side, on);
        assert_eq!((row.ask, row.state), (Ask::Decide, State::Open));
        let view = place.pair.shown(side, place.dossier, on);
        let due = view.received.unwrap().max(view.asked) + Span::days(30);
        assert_eq!(view.due, Some(due), "the charter's clock for a decision");
    }
    let offered = place.pair.shown(Side::Fr, place.dossier, on).offers;
    let offered: Vec<&str> = offered.iter().map(|e| e.name).collect();
    assert!(offered.contains(&"permit") && offered.contains(&"refuse"));
    assert!(!offered.contains(&"reply"), "it is permitted or refused");

    let refuse = Writing::on(place.dossier, &[("ground", "jeopardises")]).target(on);
    place.pair.write(Side::Fr, "refuse", &refuse);
    place.pair.settle();
    assert_eq!(barred(&place), everything);
    assert_eq!(place.pair.obligation(Side::Ma, on).state, State::Refused);

    let on = place.ask(&[("court", "on"), ("proceedings", "12/2026")]);
    let more = Writing::on(place.dossier, &[("court", "on"), ("forward", "on")]).target(on);
    let refused = place.pair.try_write(Side::Fr, "permit", &more);
    let Err(AppError::Compose(ComposeError::Field(error))) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((error.field, error.problem), ("forward", Problem::NotAsked));
    // Nobody permits themselves.
    let own = Writing::on(place.dossier, &[("court", "on")]).target(on);
    assert!(place.pair.try_write(Side::Ma, "permit", &own).is_err());

    let until = place.day(10);
    let permit = place.permit(
        on,
        &[
            ("court", "on"),
            ("until", &until),
            ("proceedings", "12/2026"),
        ],
    );
    assert_eq!(barred(&place), "quote forward other_purpose");
    assert!(place.proof().is_ok());
    let inspector = person(place.node(Side::Ma), "ins", "archives", Role::Inspector);
    place.node(Side::Ma).app.add_officer(inspector).unwrap();
    let inspector = place.node(Side::Ma).officer("ins").unwrap();
    let records = place.node(Side::Ma).app.access_records(&inspector, 100, 0);
    let mut used = records
        .unwrap()
        .into_iter()
        .filter(|(_, r)| r.verb == "permitted");
    assert_eq!(
        used.next().and_then(|(_, r)| r.object),
        Some(permit.to_string())
    );
    let granted = place.shown(Side::Ma, "liaison").conditions.granted;
    assert_eq!((granted.len(), granted[0].entry), (1, permit));
    assert!(granted[0].holds && granted[0].proceedings == "12/2026");
    assert_eq!(place.pair.obligation(Side::Ma, on).state, State::Answered);
    place.pair.time.advance(11 * DAY);
    assert_eq!(barred(&place), everything, "its day is over");
    assert!(place.proof().is_err());
    assert!(!place.shown(Side::Ma, "liaison").conditions.granted[0].holds);
}

/// The originator adds conditions and they hold at once, also against a permission that was given before. Take out: in
/// `app/src/conditions.rs::permitted`, the look at what the permission had seen.
#[test]
fn invariant_06_what_is_tightened_later_closes_what_was_open() {
    let mut place = answered(604, "H1");
    let on = place.ask(&[("court", "on")]);
    place.permit(on, &[("court", "on")]);
    assert!(place.proof().is_ok());
    place.tighten(&[("handling", "H1")]);
    assert_eq!(place.answer_to(Use::Prove), Answer::Permission(Uses::COURT));
    assert!(place.proof().is_err());
    assert!(place.answer_to(Use::Print).allowed());
    place.tighten(&[("handling", "H2")]);
    assert!(!place.answer_to(Use::Print).allowed() && !place.answer_to(Use::Quote).allowed());
    let again = place.ask(&[("court", "on")]);
    place.permit(again, &[("court", "on")]);
    assert!(place.proof().is_ok(), "what it had seen, it lifts");
    // A free text that was added later is confirmed like one that came with the entry.
    let text = [("handling", "H3"), ("condition", "Pas avant le procès.")];
    let added = place.tighten(&text);
    let shown = place.shown(Side::Ma, "liaison");
    assert!(!readable(&shown));
    assert_eq!(shown.conditions.unread().unwrap().by, added);
    let confirm = Writing::on(place.dossier, &[("entry", &added.to_string())]);
    place.pair.write(Side::Ma, "confirm_condition", &confirm);
    assert!(readable(&place.shown(Side::Ma, "liaison")));
    // Only the originator tightens, and nothing is loosened by it.
    let theirs = [
        ("entry", place.answer.to_string()),
        ("handling", "H0".into()),
    ];
    let pairs: Vec<(&str, &str)> = theirs.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let refused = place
        .pair
        .try_write(Side::Ma, "tighten", &Writing::on(place.dossier, &pairs));
    assert!(matches!(refused, Err(AppError::Fields(_))), "{refused:?}");
    let codes = place.shown(Side::Ma, "liaison").conditions.codes;
    let names: Vec<&str> = codes.names().map(|(n, _)| n).collect();
    assert_eq!(names, ["H1", "H2", "H3"]);
}

/// An end closes everything when it comes; what is here is erased, and the other side attests it. Take out: in
/// `app/src/conditions.rs::ended`, the comparison of instants.
#[test]
fn invariant_06_an_end_closes_and_erases_what_was_sent() {
    let mut place = answered(605, "H1");
    let end = place.day(3);
    place.tighten(&[("end", &end)]);
    assert!(readable(&place.shown(Side::Ma, "liaison")), "not yet");
    assert_eq!(place.node(Side::Ma).app.erase_ended().unwrap(), 0);
    let asked = place.pair.open_one(Side::Ma, place.dossier, Ask::Erase);
    let until = place.shown(Side::Ma, "liaison").conditions.until.unwrap();
    assert_eq!(asked.by_ms, Some((until + Span::days(7)).0));
    place.pair.time.advance(4 * DAY);
    let shown = place.shown(Side::Ma, "liaison");
    assert!(!readable(&shown) && shown.rights.by_policy);
    assert_eq!(shown.conditions.answer(Use::Read), Answer::Ended(until));
    assert!(readable(&place.shown(Side::Fr, "liaison")), "it is theirs");
    let node = place.node(Side::Ma);
    assert_eq!(node.app.erase_ended().unwrap(), 1);
    assert_eq!(node.app.erase_ended().unwrap(), 0, "once");
    let body = node.entry(place.answer).unwrap().unwrap().body;
    assert_eq!(body, BodyState::Erased);
    assert_eq!(node.file(place.answer, 0), None);
    let attest = Writing::on(place.dossier, &[("copies", "none")]).target(asked.id);
    place.pair.write(Side::Ma, "attest_erasure", &attest);
    place.pair.settle();
    let state = place.pair.obligation(Side::Fr, asked.id).state;
    assert_eq!(state, State::Answered, "the originator has its proof");
}

/// Rule 8: for a partner whose program does not know these acts nothing of them is written; a confirmation stays at home, and opens the
/// content all the same.
#[test]
fn rule_08_with_an_earlier_program_a_confirmation_stays_at_home() {
    let mut place = answered(606, "H1+H3");
    let (ma, fr) = (place.node(Side::Ma), place.node(Side::Fr));
    let mut card = verify_card(&dearmour_card(&fr.app.own_card()).unwrap()).unwrap();
    card.rules.retain(|rules| *rules < RULES_OF_CONDITIONS);
    card.issued_ms = place.pair.time.now().0;
    let old = sign_card(&card, &fr.signing_key()).unwrap();
    let fingerprint = fr.app.own_fingerprint().unwrap();
    ma.app
        .pin_partner(&armour_card(&old), "", &fingerprint)
        .unwrap();
    let of = place.answer.to_string();
    let ask = Writing::on(place.dossier, &[("entry", &of), ("court", "on")]);
    let refused = place.pair.try_write(Side::Ma, "ask_permission", &ask);
    assert!(matches!(refused, Err(AppError::Link(_))), "{refused:?}");
    place.confirm("liaison");
    assert!(readable(&place.shown(Side::Ma, "liaison")));
    let there = place.node(Side::Fr).entries().unwrap();
    assert!(there.iter().all(|row| row.kind != "confirm_condition"));
}

/// Files of the app in which content is decrypted, how often, and why that is no way round the conditions.
const OPENED: [(&str, usize, &str); 18] = [
    (
        "attach.rs",
        1,
        "checks files that came against the body that describes them",
    ),
    (
        "bridges.rs",
        3,
        "a decision of our own, and the entry that it is about, once its conditions allow another purpose; which obligation our own decision put on the agenda",
    ),
    (
        "compare.rs",
        6,
        "own plans and what is asked, compared as points and shown to nobody; what our node keeps for itself",
    ),
    (
        "conditions.rs",
        3,
        "a condition's own text and a permission's limits, and what a translation translates",
    ),
    (
        "keeping/beside.rs",
        1,
        "what a translation or a correction is about, so that both are held together",
    ),
    ("node.rs", 1, "checks that every body opens"),
    ("own_register.rs", 1, "sends what our own node wrote"),
    (
        "rectify.rs",
        1,
        "a correction of our own, which a later release takes along",
    ),
    ("release.rs", 2, "of our own entries, which are read first"),
    ("search.rs", 1, "makes the index; hits are authorised"),
    (
        "show/day.rs",
        1,
        "which action day was called off, so that it stops for everybody",
    ),
    (
        "show/dossier.rs",
        2,
        "reading by way of `read_by`, which authorises",
    ),
    (
        "show/entry.rs",
        4,
        "the entry's view and its proof, which authorise; the reason of an erasure",
    ),
    (
        "show/near.rs",
        2,
        "compares places and times within the node, and gives out none of it",
    ),
    ("show/release.rs", 1, "whether our own entry says anything"),
    (
        "show/things.rs",
        1,
        "a record, once policies and its conditions allow reading it",
    ),
    ("waiting.rs", 1, "judges what waited"),
    (
        "weight/shown.rs",
        1,
        "an officer's signature, which says nothing of what was signed",
    ),
];

/// Every verb that opens a body, a file or a title is here with what it asks: a new one fails until somebody says so.
#[test]
fn invariant_06_every_verb_that_opens_content_asks_its_conditions() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src/");
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![std::path::PathBuf::from(root)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|end| end != "rs") {
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            let opens = [
                "self.body(tx",
                ".values_of(tx",
                ".body(tx,",
                ".body(tx.",
                "file_reader(dossier",
            ];
            let lines = source
                .lines()
                .filter(|l| !l.contains("fn ") && !l.trim_start().starts_with("//"));
            let times = lines
                .filter(|l| opens.iter().any(|o| l.contains(o)))
                .count();
            let name = path.strip_prefix(root).unwrap().display().to_string();
            if times > 0 {
                found.insert(name, times);
            }
        }
    }
    let known = OPENED.iter().filter(|(_, times, _)| *times > 0);
    let known: std::collections::BTreeMap<String, usize> = known
        .map(|(file, times, _)| ((*file).to_owned(), *times))
        .collect();
    assert_eq!(found, known);
}

/// Whoever writes around our program gains nothing: only the originator permits and tightens, no more than was asked for, and only the
/// other side asks and confirms. Take out: in `core/src/judge/conditions.rs`, any line that requires something.
#[test]
fn invariant_06_what_others_say_of_conditions_has_no_effect() {
    let mut place = answered(607, "H1+H2");
    let on = place.ask(&[("court", "on")]);
    let (theirs, ours) = (place.answer, place.dossier.opening());
    let both = Uses::COURT.union(Uses::FORWARD);
    let answers = |obligation| Act::On {
        obligation,
        act: OnAct::Answer {
            partial: false,
            outcome: Outcome::None,
        },
    };
    let permits = |entry, uses| Act::Permit {
        entry,
        uses,
        until: None,
    };
    let tightens = |entry, codes| Act::Tighten {
        entry,
        codes,
        until: None,
    };
    let wants = |entry| Act::Wants {
        entry,
        uses: Uses::COURT,
    };
    let none = HandlingCodes::default();
    let lies: [(&str, Vec<Act>, Irregular); 9] = [
        (
            "permit",
            vec![answers(on), permits(theirs, both)],
            Irregular::Obligation,
        ),
        (
            "permit",
            vec![permits(theirs, Uses::COURT)],
            Irregular::Obligation,
        ),
        (
            "permit",
            vec![answers(on), permits(ours, Uses::COURT)],
            Irregular::NotOriginator,
        ),
        (
            "permit",
            vec![answers(on), permits(theirs, Uses::default())],
            Irregular::Act,
        ),
        (
            "tighten",
            vec![tightens(ours, HandlingCodes::H2)],
            Irregular::NotOriginator,
        ),
        ("tighten", vec![tightens(theirs, none)], Irregular::Act),
        (
            "tighten",
            vec![tightens(theirs, HandlingCodes::NATIONAL)],
            Irregular::Act,
        ),
        ("ask_permission", vec![wants(ours)], Irregular::Asked),
        (
            "confirm_condition",
            vec![Act::Confirm { condition: theirs }],
            Irregular::NotOriginator,
        ),
    ];
    let mut liar = Liar::of(&place.pair, Side::Fr);
    let honest = next_header(&place.pair, Side::Fr, place.dossier, "tighten", Vec::new());
    let mut told: Vec<(EntryId, Irregular)> = Vec::new();
    for (n, (kind, acts, why)) in (0u8..).zip(lies) {
        let mut header = honest.clone();
        (header.kind, header.seq) = (kind.to_owned(), honest.seq + u64::from(n));
        header.acts = Acts::new(acts);
        header.after.extend(told.last().map(|(id, _)| *id));
        commit(&mut header, &[n; 16], b"");
        told.push((liar.push(&header, [n; 16], b""), why));
    }
    drop(liar.tell(&mut place.pair));
    for (n, (id, why)) in told.into_iter().enumerate() {
        let row = place.node(Side::Ma).entry(id).unwrap().unwrap();
        assert_eq!(
            row.verdict,
            Verdict::Irregular(why).number(),
            "{n}: {why:?}"
        );
    }
    assert_eq!(place.answer_to(Use::Prove), Answer::Permission(Uses::COURT));
    assert_eq!(place.pair.obligation(Side::Ma, on).state, State::Open);
}

/// An assurance obliges whoever receives: the words of what is required stand before the content, nothing is shown or given out before an
/// officer confirmed them, and that confirmation is an entry which both sides hold. Take out: `oblige` in app/src/record.rs.
#[test]
fn invariant_06_an_assurance_is_committed_to_before_anything_is_shown() {
    let mut pair = TestPair::linked(4741);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let text = format!("Le contact part de {SECRET}.");
    let fields = [
        ("text", text.as_str()),
        ("assurances", "no_death_penalty,fair_trial"),
    ];
    let answer = Writing::on(dossier, &fields).target(asked);
    let answer = pair.write(Side::Fr, "request.answer", &answer).entry;
    pair.settle();
    let mut place = Place {
        pair,
        dossier,
        answer,
    };
    let codes = place.node(Side::Ma).header(answer).handling.codes;
    assert_eq!(codes, HandlingCodes::H3);
    let before = place.shown(Side::Ma, "liaison");
    assert!(!format!("{:?}", before.body).contains(SECRET));
    let required = &before.conditions.texts[0];
    assert!(required.text.contains("s’y engage"), "{}", required.text);
    assert!(
        required
            .text
            .contains("pas de peine de mort ; procès équitable")
    );
    assert!(!required.read && matches!(place.answer_to(Use::Read), Answer::Acknowledge(_)));
    assert!(place.proof().is_err());
    place.confirm("liaison");
    assert!(format!("{:?}", place.shown(Side::Ma, "liaison").body).contains(SECRET));
    assert!(place.proof().is_ok());
    // Each officer commits for themselves, and the originator holds the commitment.
    let magistrate = person(place.node(Side::Ma), "juge", "liaison", Role::Magistrate);
    place.node(Side::Ma).app.add_officer(magistrate).unwrap();
    assert!(!readable(&place.shown(Side::Ma, "juge")));
    let held = place.node(Side::Fr).entries().unwrap();
    let confirmed = held.iter().filter(|row| row.kind == "confirm_condition");
    assert_eq!(confirmed.count(), 1);
    place.pair.assert_same();
}
