//! Invariant 7 in a working node: access asked for by number says nothing of what there is; acts on the bridges take two officers, give the
//! other side what the list says and nothing else, and close again with what they rest on.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::access::Operation;
use entente_app::views::{AdmissionBar, BroughtView, DossierQuery};
use entente_app::{Actor, AppError, Asking, DraftId, InputFault, SigningFault, Submitted};
use entente_core::access::Reason;
use entente_core::codes::{Ask, Role, Urgency};
use entente_core::conditions::{Answer, Uses};
use entente_core::floor::Bar;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::instant::Span;
use entente_core::wall::{Across, BridgeGround, SecurityPurpose};
use entente_testkit::desk::{absent, person};
use entente_testkit::many::TestMany;
use entente_testkit::node::{TestNode, Writing, recording};
use entente_testkit::pair::{Side, TestPair};

/// A word that only what must not cross holds.
const SECRET: &str = "Zanzibarite";
/// The title of the dossier behind the wall.
const TITLE: &str = "Quetzalcoatl";

fn add(node: &TestNode, id: &str, unit: &str, role: Role) -> Actor {
    node.app.add_officer(person(node, id, unit, role)).unwrap();
    node.officer(id).unwrap()
}

/// Two linked nodes; at `ma` an investigation of the liaison service, with its coordinator, and officers of other services.
struct Place {
    pair: TestPair,
    dossier: DossierId,
    number: String,
}

fn place(seed: u64) -> Place {
    let mut pair = TestPair::linked(seed);
    let open = Writing::new(&[("title", TITLE), ("aim", SECRET)]);
    let dossier = pair.write(Side::Ma, "investigation.open", &open).dossier;
    pair.settle();
    let ma = pair.ma();
    for (id, unit, role) in [
        ("chef", "liaison", Role::Coordinator),
        ("analyste", "analyse", Role::Analyst),
        ("sauveteur", "mer", Role::RescueCoordinator),
        ("commission", "commission", Role::Coordinator),
        ("inspecte", "inspection", Role::Inspector),
    ] {
        add(ma, id, unit, role);
    }
    let liaison = ma.officer("liaison").unwrap();
    let number = ma.app.dossier_number(&liaison, dossier).unwrap();
    Place {
        pair,
        dossier,
        number,
    }
}

impl Place {
    fn ma(&self) -> &TestNode {
        self.pair.ma()
    }
    fn officer(&self, id: &str) -> Actor {
        self.ma().officer(id).unwrap()
    }
    fn ask(&self, who: &str, number: &str) -> Result<(), AppError> {
        let asking = Asking {
            number: number.into(),
            service: None,
            reason: Reason::Coordination,
        };
        self.ma().app.ask_admission(&self.officer(who), &asking)
    }
    /// What a request looks like to whoever made it, its name and number aside.
    fn own(&self, who: &str) -> Vec<String> {
        let all = self.ma().app.admissions(&self.officer(who)).unwrap();
        assert!(all.tasks.is_empty(), "{who} answers for nothing");
        let blank = |line: &entente_app::views::AdmissionLine| {
            let text = format!("{line:?}");
            text.replace(&line.name, "").replace(&line.number, "")
        };
        all.own.iter().map(blank).collect()
    }
    /// The one request that an officer is to answer.
    fn task(&self, who: &str) -> entente_app::views::AdmissionTask {
        let tasks = self.ma().app.today(&self.officer(who)).unwrap().admissions;
        assert_eq!(tasks.len(), 1, "{tasks:?}");
        tasks.into_iter().next().unwrap()
    }
    fn sees(&self, who: &str) -> bool {
        let officer = self.officer(who);
        let listed = self.ma().app.dossiers(&officer, &DossierQuery::default());
        let lines = listed.unwrap().lines;
        let listed = lines.iter().any(|line| line.id == self.dossier);
        let opened = self.ma().app.dossier(&officer, self.dossier, None).is_ok();
        assert_eq!(listed, opened);
        listed
    }
    /// Access records of an operation, as the inspector reads them.
    fn records(&self, operation: Operation) -> Vec<entente_app::access::AccessRecord> {
        let all = self
            .ma()
            .app
            .access_records(&self.officer("inspecte"), 1_000, 0);
        let all = all.unwrap().into_iter().map(|(_, record)| record);
        all.filter(|record| record.operation == operation).collect()
    }
}

/// Where the number is of a dossier, of one behind a wall, of one that is gone, or of none: the same rows, the same records, the same view,
/// and the same after it was refused. Take out: in `app/src/admission.rs`, that `line_of` leaves `decided` out.
#[test]
fn invariant_07_a_request_for_access_says_nothing_of_what_there_is() {
    let place = place(701);
    let nothing = format!("{}9", place.number);
    // Of a kind that the floor closes to the analyst, and of none.
    for (who, number) in [
        ("analyste", place.number.as_str()),
        ("analyste", nothing.as_str()),
        ("analyste", "FR-77"),
        ("sauveteur", place.number.as_str()),
        ("sauveteur", nothing.as_str()),
    ] {
        place.ask(who, number).unwrap();
        // Asked twice, it is one.
        place.ask(who, &number.to_lowercase()).unwrap();
    }
    let same = |who: &str, wanted: usize| {
        let own = place.own(who);
        assert_eq!(own.len(), wanted);
        assert!(own.windows(2).all(|two| two[0] == two[1]), "{own:?}");
        own
    };
    let (before, walled) = (same("analyste", 3), same("sauveteur", 2));
    // Neither rows nor records differ but by the digits asked for.
    let rows = place.ma().look(|tx| tx.access_asks()).unwrap();
    let of = |row: &entente_store::SessionRow| {
        let state = String::from_utf8(row.state.clone()).unwrap();
        let number = state.split("\"number\":\"").nth(1).unwrap();
        let number = number.split('"').next().unwrap().to_owned();
        (row.officer.clone(), state.replace(&number, ""), row.ends_ms)
    };
    let mut rows: Vec<_> = rows.iter().map(of).collect();
    rows.sort();
    rows.dedup();
    assert_eq!(rows.len(), 2, "one form for each officer: {rows:?}");
    let mut records: Vec<String> = place
        .records(Operation::Ask)
        .iter()
        .map(|record| serde_json::to_string(record).unwrap())
        .collect();
    assert_eq!(records.len(), 10, "each leaves its record");
    assert!(records.iter().all(|r| !r.contains(place.number.as_str())));
    records.sort();
    records.dedup();
    assert_eq!(records.len(), 2, "one record for each officer: {records:?}");
    // Answered: whoever asked sees the same, and no more.
    for task in place
        .ma()
        .app
        .today(&place.officer("chef"))
        .unwrap()
        .admissions
    {
        let name = task.line.name;
        let chef = place.officer("chef");
        assert!(
            place
                .ma()
                .app
                .decide_admission(&chef, &name, false)
                .unwrap()
                .is_none()
        );
        absent(place.ma().app.decide_admission(&chef, &name, false));
    }
    assert_eq!(
        (same("analyste", 3), same("sauveteur", 2)),
        (before, walled)
    );
    assert!(!place.sees("analyste"));
    let tasks = place.ma().app.today(&place.officer("chef")).unwrap();
    assert!(tasks.admissions.is_empty());
}

#[test]
fn invariant_07_whoever_answers_for_a_dossier_brings_a_service_in_where_the_floor_lets_it() {
    let mut place = place(702);
    place.ask("analyste", &place.number).unwrap();
    // Nobody else finds it: not whoever has no part in it, nor whoever asks.
    for other in ["commission", "sauveteur", "inspecte", "analyste"] {
        let officer = place.officer(other);
        let today = place.ma().app.today(&officer).unwrap();
        assert!(today.admissions.is_empty(), "{other}");
    }
    // A coordinator and whoever works in it do.
    let task = place.task("chef");
    let other = place.task("liaison");
    assert_eq!(format!("{task:?}"), format!("{other:?}"));
    assert_eq!(
        (task.who.id.as_str(), task.line.reason),
        ("analyste", Reason::Coordination)
    );
    assert!(task.barred.is_none());
    let outsider = place.officer("commission");
    absent(
        place
            .ma()
            .app
            .decide_admission(&outsider, &task.line.name, true),
    );
    let own = place.own("analyste");
    let chef = place.officer("chef");
    let done = place
        .ma()
        .app
        .decide_admission(&chef, &task.line.name, true);
    assert!(matches!(done.unwrap(), Some(Submitted::Recorded(_))));
    assert!(place.sees("analyste"), "their service takes part now");
    assert_eq!(place.own("analyste"), own, "and the request says no more");
    let granted = place.records(Operation::Permit);
    assert!(
        granted
            .iter()
            .any(|r| r.verb == "grant_admission" && r.object.as_deref() == Some("analyste"))
    );
    place.pair.settle();
    place.pair.assert_same();

    // What the floor keeps out is refused, whoever would grant it.
    place.ask("sauveteur", &place.number).unwrap();
    let task = place.task("chef");
    assert_eq!(task.barred, Some(AdmissionBar::Floor(Bar::Walled)));
    let refused = place
        .ma()
        .app
        .decide_admission(&chef, &task.line.name, true);
    assert!(matches!(refused, Err(AppError::Forbidden)), "{refused:?}");
    assert!(!place.sees("sauveteur"));
}

/// Only the convenor brings services in: where that is the other state, it is proposed there.
#[test]
fn a_dossier_that_the_other_state_convenes_is_not_opened_from_here() {
    let mut place = place(703);
    let (theirs, _) = place.pair.ask(Side::Fr, "normal");
    place.pair.settle();
    let liaison = place.officer("liaison");
    let number = place.ma().app.dossier_number(&liaison, theirs).unwrap();
    place.ask("analyste", &number).unwrap();
    let task = place.task("chef");
    assert_eq!(
        task.barred,
        Some(AdmissionBar::Convenor(place.pair.fr().name.clone()))
    );
    let chef = place.officer("chef");
    let refused = place
        .ma()
        .app
        .decide_admission(&chef, &task.line.name, true);
    assert!(matches!(refused, Err(AppError::Forbidden)));
}

/// Five within a day, whatever the numbers; the inspector has figures of numbers that are none, and a pattern, and no number.
#[test]
fn invariant_07_trying_numbers_is_slow_and_seen_as_a_figure() {
    let place = place(704);
    place.ask("analyste", &place.number).unwrap();
    for n in 100..104 {
        place.ask("analyste", &format!("MA-{n}")).unwrap();
    }
    for number in [&place.number, "MA-105"] {
        let refused = place.ask("analyste", number).unwrap_err();
        let most = InputFault::AdmissionMost { most: 5 };
        assert!(
            matches!(refused, AppError::Input(fault) if fault == most),
            "{refused:?}"
        );
    }
    // A request is no session that its officer could end, to ask once more.
    let asks = place.officer("analyste");
    for line in place.ma().app.admissions(&asks).unwrap().own {
        let ended = place.ma().app.end_own_session(&asks, &line.name);
        assert!(matches!(ended, Err(AppError::NotFound)), "{ended:?}");
    }
    for wrong in ["12", "", "MA", "zz top", &"9".repeat(30)] {
        let refused = place.ask("sauveteur", wrong).unwrap_err();
        assert!(
            matches!(refused, AppError::Input(InputFault::AdmissionNumber)),
            "{wrong}"
        );
    }
    let inspects = place.officer("inspecte");
    let refused = place.ask("inspecte", &place.number);
    assert!(
        matches!(refused, Err(AppError::Forbidden)),
        "no rights on contents"
    );
    let figures = place.ma().app.admission_figures(&inspects).unwrap();
    assert_eq!((figures.asked, figures.for_nothing), (5, 4));
    let other = place.ma().app.admission_figures(&place.officer("chef"));
    assert!(matches!(other, Err(AppError::Forbidden)));
    let found = place.ma().app.access_findings(&inspects, 0).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|f| (f.actor.as_str(), f.finding.pattern.as_str()))
        .collect();
    assert_eq!(found, [("analyste", "asking")], "{found:?}");
    // After a day there are five more; after thirty, none of these is left.
    place.pair.time.advance(Span::hours(25).0);
    place.ask("analyste", "MA-106").unwrap();
    place.pair.time.advance(Span::days(31).0);
    assert!(place.own("analyste").is_empty());
    assert_eq!(
        place.ma().app.admission_figures(&inspects).unwrap().asked,
        0
    );
}

/// Two dossiers of different purposes, and an entry of the first.
struct Two {
    place: Place,
    /// The other dossier, of another purpose.
    other: DossierId,
    /// The entry.
    entry: EntryId,
}

fn contribution(dossier: DossierId, handling: &str) -> Writing<'static> {
    Writing::on(
        dossier,
        &[
            ("title", "Relevé"),
            ("text", SECRET),
            ("source", "B"),
            ("accuracy", "2"),
            ("handling", handling),
            ("condition", "Ne pas citer."),
        ],
    )
}

/// Two investigations of `ma`; the second is of the analysts, who have no part in the first. `by` wrote an entry in the first.
fn two(seed: u64, by: Side, handling: &str) -> Two {
    let mut place = place(seed);
    let open = Writing::new(&[("title", "Delta"), ("aim", "Poursuivre.")]).by("analyste");
    let other = place
        .pair
        .write(Side::Ma, "investigation.open", &open)
        .dossier;
    let written = contribution(place.dossier, handling);
    let entry = place
        .pair
        .write(by, "investigation.contribute", &written)
        .entry;
    place.pair.settle();
    Two {
        place,
        other,
        entry,
    }
}

impl Two {
    fn fields<'f>(&'f self, entry: &'f str, into: &'f str) -> Writing<'f> {
        Writing::on(
            self.place.dossier,
            &[
                ("entry", entry),
                ("used_in", into),
                ("purpose", "prosecution"),
                ("ground", "court"),
                ("reason", "Ordonnance du juge."),
            ],
        )
    }
    /// The liaison officer decides that the entry is used in the other dossier.
    fn decide(&self) -> Result<DraftId, AppError> {
        let (entry, into) = (self.entry.to_string(), self.other.to_string());
        let what = recording("change_purpose", &self.fields(&entry, &into)).unwrap();
        let liaison = self.place.officer("liaison");
        match self.place.ma().app.submit(&liaison, what, None)? {
            Submitted::Waits(draft) => Ok(draft),
            Submitted::Recorded(_) | Submitted::Signs(_) => {
                panic!("one officer went over a bridge alone")
            }
        }
    }
    fn approve(&self, who: &str, draft: DraftId) -> Result<EntryId, AppError> {
        let officer = self.place.officer(who);
        let done = self.place.ma().app.approve_draft(&officer, draft);
        done.map(|recorded| recorded.entry)
    }
    /// What somebody who takes part in the other dossier alone reads there.
    fn brought(&self) -> Vec<BroughtView> {
        let analyst = self.place.officer("analyste");
        let view = self.place.ma().app.dossier(&analyst, self.other, None);
        view.unwrap().brought
    }
    fn readable(&self) -> bool {
        let said = self.brought().iter().filter(|b| b.said.is_some()).count();
        said == 1
    }
}

/// Decided by one, approved by another; read on the far side, where nobody learns of the dossier that it is from. Take out: in
/// `app/src/drafts/gate.rs`, either line about bridges.
#[test]
fn invariant_07_an_entry_is_used_for_another_purpose_by_a_decision_of_two() {
    let two = two(705, Side::Ma, "");
    let app = two.place.ma().app.clone();
    let liaison = two.place.officer("liaison");
    let (entry, into) = (two.entry.to_string(), two.other.to_string());
    let what = || recording("change_purpose", &two.fields(&entry, &into)).unwrap();
    // No way around the second officer: neither at once, nor alone for want of time.
    for refused in [
        app.record(&liaison, what()).map(Submitted::Recorded),
        app.submit(&liaison, what(), Some("Le temps presse.")),
    ] {
        let signing = AppError::Signing(SigningFault::NeedsSecond);
        assert_eq!(
            format!("{:?}", refused.unwrap_err()),
            format!("{signing:?}")
        );
    }
    add(two.place.ma(), "collegue", "liaison", Role::Liaison);
    add(two.place.ma(), "enqueteur", "liaison", Role::Investigator);
    let draft = two.decide().unwrap();
    assert!(two.brought().is_empty(), "nothing before it is approved");
    assert!(matches!(
        two.approve("liaison", draft),
        Err(AppError::Signing(SigningFault::Own) | AppError::NotFound)
    ));
    for other in ["collegue", "enqueteur", "commission", "analyste"] {
        absent(two.approve(other, draft));
    }
    let before = two.place.pair.fr().entries().unwrap().len();
    let decision = two.approve("chef", draft).unwrap();
    let brought = two.brought();
    assert_eq!(brought.len(), 1);
    let one = &brought[0];
    assert_eq!(one.said.as_ref().and_then(|v| v.text("text")), Some(SECRET));
    assert_eq!(
        (one.ground, one.purpose),
        (BridgeGround::Court, SecurityPurpose::Prosecution)
    );
    assert!(
        one.from.is_none(),
        "of its dossier the reader learns nothing"
    );
    let analyst = two.place.officer("analyste");
    let page = format!("{:?}", app.dossier(&analyst, two.other, None).unwrap());
    for hidden in [
        TITLE,
        two.place.number.as_str(),
        &two.place.dossier.to_string(),
    ] {
        assert!(!page.contains(&format!("\"{hidden}\"")), "{hidden}");
    }
    absent(app.entry(&analyst, two.entry));
    absent(app.dossier(&analyst, two.place.dossier, None));
    // Both officers stand in its header, and reading it is on record in the dossier that one works in.
    let header = two.place.ma().header(decision);
    let release = header.release.unwrap();
    assert_ne!(release.approver, header.author.officer);
    assert_eq!(header.audience, [two.place.ma().name.clone()]);
    let read = two.place.records(Operation::Consult);
    let reads = |r: &&entente_app::access::AccessRecord| r.verb == "other_purpose";
    let read: Vec<_> = read.iter().filter(reads).collect();
    assert!(!read.is_empty());
    let object = two.entry.to_string();
    assert!(
        read.iter()
            .all(|r| r.actor == "analyste" && r.object.as_ref() == Some(&object))
    );
    // The other state learns nothing of it, and both still hold the same.
    let mut two = two;
    two.place.pair.settle();
    assert_eq!(two.place.pair.fr().entries().unwrap().len(), before);
    assert!(two.place.pair.fr().entry(decision).unwrap().is_none());
    two.place.pair.assert_same();
    // With the decision's words gone, it is closed.
    let erase = Writing::on(
        two.place.dossier,
        &[("entry", &decision.to_string()), ("ground", "other")],
    );
    two.place.pair.write(Side::Ma, "erase", &erase);
    assert!(two.brought().is_empty());
}

/// A partner's entry, with a code or without: its originator permits the other purpose, for as long as it says, and may close it again.
/// Take out: in `app/src/bridges.rs`, `refuse_unpermitted`; in `brought_view`, what `other_purpose` answers.
#[test]
fn invariant_07_another_purpose_takes_the_originators_permission_and_ends_with_it() {
    for (seed, handling) in [(706, ""), (707, "H2")] {
        let mut two = two(seed, Side::Fr, handling);
        let refused = two.decide().unwrap_err();
        let asks = AppError::Condition(Answer::Permission(Uses::PURPOSE));
        assert_eq!(format!("{refused:?}"), format!("{asks:?}"), "{handling}");
        let of = two.entry.to_string();
        let ask = Writing::on(two.place.dossier, &[("entry", &of), ("purpose", "on")]);
        let asked = two.place.pair.write(Side::Ma, "ask_permission", &ask).entry;
        two.place.pair.settle();
        let until = two.place.pair.time.now() + Span::days(20);
        let until: String = until.to_civil().chars().take(10).collect();
        let target = ObligationId {
            entry: asked,
            index: 0,
        };
        let permit = Writing::on(two.place.dossier, &[("purpose", "on"), ("until", &until)]);
        two.place
            .pair
            .write(Side::Fr, "permit", &permit.target(target));
        two.place.pair.settle();
        let draft = two.decide().unwrap();
        two.approve("chef", draft).unwrap();
        assert!(two.readable(), "{handling}");
        // Tightened: closed at once, though the decision stands.
        if !handling.is_empty() {
            let tighten = Writing::on(two.place.dossier, &[("entry", &of), ("handling", "H1")]);
            two.place.pair.write(Side::Fr, "tighten", &tighten);
            two.place.pair.settle();
            assert!(!two.readable() && two.brought().len() == 1);
            assert_eq!(two.brought()[0].answer, Answer::Permission(Uses::PURPOSE));
            continue;
        }
        two.place.pair.time.advance(Span::days(22).0);
        assert!(!two.readable(), "its time is over");
    }
}

/// H0 is read by police roles alone, there as here; what was erased is gone there too.
#[test]
fn invariant_06_conditions_and_erasure_hold_on_the_far_side() {
    let mut two = two(708, Side::Ma, "H0");
    let draft = two.decide().unwrap();
    two.approve("chef", draft).unwrap();
    assert!(two.readable());
    let coordinator = add(two.place.ma(), "chef2", "analyse", Role::Coordinator);
    let view = two
        .place
        .ma()
        .app
        .dossier(&coordinator, two.other, None)
        .unwrap();
    assert!(view.brought[0].said.is_none(), "H0 is no coordinator's");
    let of = two.entry.to_string();
    let erase = Writing::on(two.place.dossier, &[("entry", &of), ("ground", "other")]);
    two.place.pair.write(Side::Ma, "erase", &erase);
    two.place.pair.settle();
    assert!(!two.readable());
}

#[test]
fn invariant_07_a_change_of_purpose_leads_from_justice_to_justice_alone() {
    let two = two(709, Side::Ma, "");
    let app = two.place.ma().app.clone();
    let liaison = two.place.officer("liaison");
    let desk = Writing::new(&[("title", "Bureau")]);
    let desk = two.place.ma().write("desk.open", &desk).unwrap().dossier;
    let entry = two.entry.to_string();
    let other = two.other.to_string();
    let stranger = two.place.officer("commission");
    let apart = recording(
        "investigation.open",
        &Writing::new(&[("title", "Loin"), ("aim", "Autre.")]),
    )
    .unwrap();
    let apart = app.record(&stranger, apart).unwrap().dossier.to_string();
    let (desk, own, none) = (desk.to_string(), two.place.dossier.to_string(), "MA-999");
    for into in [desk.as_str(), own.as_str(), none, ""] {
        let what = recording("change_purpose", &two.fields(&entry, into));
        let refused = what.map_or_else(Err, |what| app.submit(&liaison, what, None));
        assert!(
            matches!(refused, Err(AppError::Fields(_))),
            "{into}: {refused:?}"
        );
    }
    // The liaison service takes part in every dossier of its node; an officer of another cannot name what they do not see.
    let elsewhere = add(two.place.ma(), "ailleurs", "analyse", Role::Liaison);
    let note = Writing::on(two.other, &[("text", "Rien.")]).by("ailleurs");
    let note = two
        .place
        .ma()
        .write("note", &note)
        .unwrap()
        .entry
        .to_string();
    let mut away = two.fields(&note, &apart);
    away.dossier = Some(two.other);
    let refused = app.submit(
        &elsewhere,
        recording("change_purpose", &away).unwrap(),
        None,
    );
    assert!(matches!(refused, Err(AppError::Fields(_))), "{refused:?}");
    // An entry of another dossier is none of this one's.
    let strange = recording("change_purpose", &two.fields(&note, &other)).unwrap();
    let refused = app.submit(&liaison, strange, None);
    assert!(matches!(refused, Err(AppError::Fields(_))), "{refused:?}");
}

fn agenda(place: &Place, who: &str) -> Across {
    place.ma().app.agenda_across(&place.officer(who)).unwrap()
}

/// An obligation on the agenda: to a coordinator without a part in its dossier its line, five cells, and to nobody else anything. Take out:
/// in `app/src/bridges.rs::across_walls`, the look at `reads_across`.
#[test]
fn invariant_07_on_the_agenda_an_obligation_of_another_group_is_a_line() {
    let mut place = place(710);
    let (dossier, asked) = place.pair.ask(Side::Ma, Urgency::Normal.as_str());
    place.pair.settle();
    let number = place.pair.shown(Side::Ma, dossier, asked).number;
    assert_eq!(agenda(&place, "commission"), Across::default());
    let fields = [
        ("number", number.as_str()),
        ("ground", "commission"),
        ("reason", SECRET),
    ];
    let what = recording("put_forward", &Writing::on(dossier, &fields)).unwrap();
    let liaison = place.officer("liaison");
    let Submitted::Waits(draft) = place.ma().app.submit(&liaison, what, None).unwrap() else {
        panic!("one officer went over a bridge alone");
    };
    assert_eq!(
        agenda(&place, "commission"),
        Across::default(),
        "not approved yet"
    );
    let chef = place.officer("chef");
    place.ma().app.approve_draft(&chef, draft).unwrap();
    let shown = agenda(&place, "commission");
    assert_eq!(shown.lines.len(), 1);
    let line = &shown.lines[0];
    assert_eq!(
        (line.number.as_str(), line.service.as_str()),
        (number.as_str(), "fr/liaison")
    );
    let text = serde_json::to_string(&shown).unwrap();
    for hidden in ["Véhicule", SECRET, &dossier.to_string(), "ma/liaison"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    // Who takes part has it in the ledger; other roles are shown nothing.
    for other in ["liaison", "chef", "analyste", "sauveteur", "inspecte"] {
        assert_eq!(agenda(&place, other), Across::default(), "{other}");
    }
    // Answered, it is no longer on it.
    place.pair.answer(Side::Fr, dossier, asked);
    place.pair.settle();
    assert_eq!(agenda(&place, "commission"), Across::default());
    // What chasing brings there comes by itself.
    let (later, asked) = place.pair.ask(Side::Ma, Urgency::Normal.as_str());
    place.pair.settle();
    place.pair.time.advance(Span::days(120).0);
    let number = place.pair.shown(Side::Ma, later, asked).number;
    let lines = agenda(&place, "commission").lines;
    assert!(lines.iter().any(|line| line.number == number), "{lines:?}");
}

/// A number without its node names a dossier of each: no decision goes over a bridge by it, though it fits one here alone.
/// Take out: in `app/src/bridges.rs::bridged`, `named`.
#[test]
fn invariant_07_a_bare_number_brings_no_entry_into_another_dossier() {
    let two = two(711, Side::Ma, "");
    let app = two.place.ma().app.clone();
    let liaison = two.place.officer("liaison");
    let whole = app.dossier_number(&liaison, two.other).unwrap();
    let bare = whole.rsplit('-').next().unwrap();
    let entry = two.entry.to_string();
    let brings = |into: &str| {
        let what = recording("change_purpose", &two.fields(&entry, into)).unwrap();
        app.submit(&liaison, what, None)
    };
    for into in [bare, &format!(" {bare} "), &format!("-{bare}")] {
        let refused = brings(into);
        let field = |error: &AppError| match error {
            AppError::Fields(fields) => fields[0].field == "used_in",
            _ => false,
        };
        assert!(refused.as_ref().is_err_and(field), "{into}: {refused:?}");
    }
    // By its whole number the same entry goes there.
    let draft = match brings(&whole.to_lowercase()).unwrap() {
        Submitted::Waits(draft) => draft,
        other => panic!("{other:?}"),
    };
    two.approve("chef", draft).unwrap();
    assert!(two.readable());
}

/// Puts an obligation on the agenda: written by the liaison officer, approved by the coordinator of its dossier.
fn put_forward(node: &TestNode, dossier: DossierId, number: &str) {
    let fields = [
        ("number", number),
        ("ground", "commission"),
        ("reason", "À traiter."),
    ];
    let what = recording("put_forward", &Writing::on(dossier, &fields)).unwrap();
    let liaison = node.officer("liaison").unwrap();
    let Submitted::Waits(draft) = node.app.submit(&liaison, what, None).unwrap() else {
        panic!("one officer went over a bridge alone");
    };
    let chef = node.officer("chef").unwrap();
    node.app.approve_draft(&chef, draft).unwrap();
}

/// However many obligations are due before it, what officers put on the agenda is there. Take out: in `app/src/bridges.rs::across_walls`, the
/// first loop.
#[test]
fn invariant_07_what_is_put_on_the_agenda_is_there_behind_any_number_of_others() {
    let mut place = place(712);
    for _ in 0..201 {
        place.pair.ask(Side::Ma, Urgency::UrgentDirect.as_str());
    }
    let (dossier, asked) = place.pair.ask(Side::Ma, Urgency::Normal.as_str());
    place.pair.settle();
    let number = place.pair.shown(Side::Ma, dossier, asked).number;
    put_forward(place.ma(), dossier, &number);
    let shown = agenda(&place, "commission");
    let numbers: Vec<_> = shown.lines.iter().map(|line| &line.number).collect();
    assert_eq!(numbers, [&number]);
    assert!(!shown.more);
    // What chasing brings there comes beside it, all of it and once.
    place.pair.time.advance(Span::days(120).0);
    let shown = agenda(&place, "commission");
    let rows = place.ma().obligations(None).unwrap();
    let open = rows.iter().filter(|row| row.state.is_open()).count();
    assert!(open > 201, "{open}");
    assert_eq!((shown.lines.len(), shown.more), (open, false));
    let again = |line: &&entente_core::wall::Line| line.number == number;
    assert_eq!(shown.lines.iter().filter(again).count(), 1);
}

/// Of an entry that asked several, the line of the one that the decision names is on the agenda, and of no other. Take out: in
/// `app/src/bridges.rs::forwarded`, `is_numbered`.
#[test]
fn invariant_07_of_an_entry_that_asked_several_the_numbered_line_alone_is_put_forward() {
    let mut world = TestMany::linked(713, &["ma", "fr", "es"]);
    let dossier = world.investigation(0);
    world.settle();
    let node = &world.nodes[0];
    add(node, "chef", "liaison", Role::Coordinator);
    let commission = add(node, "commission", "commission", Role::Coordinator);
    let liaison = node.officer("liaison").unwrap();
    let view = node.app.dossier(&liaison, dossier, None).unwrap();
    let asked = view.obligations.iter().filter(|ob| ob.ask == Ask::Decide);
    let mut numbers: Vec<(String, String)> = asked
        .map(|ob| (ob.owing.to_string(), ob.number.clone()))
        .collect();
    numbers.sort();
    assert_eq!(numbers.len(), 2, "{numbers:?}");
    for (count, (_, number)) in numbers.iter().enumerate() {
        put_forward(node, dossier, number);
        let lines = node.app.agenda_across(&commission).unwrap().lines;
        let mut shown: Vec<(String, String)> = lines
            .iter()
            .map(|line| (line.service.to_string(), line.number.clone()))
            .collect();
        shown.sort();
        assert_eq!(shown, numbers[..=count]);
    }
    // Twice is once.
    put_forward(node, dossier, &numbers[0].1);
    let lines = node.app.agenda_across(&commission).unwrap().lines;
    assert_eq!(lines.len(), 2);
}
