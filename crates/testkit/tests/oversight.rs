//! Oversight on real nodes (invariant 11, rule 13): every look leaves its record before it is answered, reasons are asked outside the
//! dossiers one works in, and inspectors find, check and are told, and are themselves seen.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::access::{AccessRecord, Operation};
use entente_app::views::{AccessLine, AccessQuery, DossierQuery, LedgerQuery};
use entente_app::{Actor, AppError, By, FormQuery, GivenReason, Giving, NewOfficer, ReasonWanted};
use entente_core::access::{Reason, Wanted};
use entente_core::anomaly::Pattern;
use entente_core::codes::Role;
use entente_core::ids::{DossierId, NodeName};
use entente_core::instant::Span;
use entente_core::label::Lang;
use entente_proof::extract::Extract;
use entente_store::{AccessRow, StoreExt};
use entente_testkit::desk::PASSWORD;
use entente_testkit::node::{TestNode, service};
use entente_testkit::pair::{Side, TestPair};

/// A pair whose nodes ask for reasons.
fn asking(seed: u64) -> TestPair {
    let mut pair = TestPair::linked(seed);
    for side in [Side::Ma, Side::Fr] {
        pair.nodes[side.index()].set_asks_reasons(true);
        pair.restart(side);
    }
    pair
}

/// An investigator of the liaison desk's service, who has written nothing.
fn colleague(node: &TestNode, id: &str) -> Actor {
    let added = NewOfficer {
        id: id.into(),
        name: "Personne inventée".into(),
        services: vec![service(&node.name, "liaison")],
        roles: vec![Role::Investigator],
        password: Some(PASSWORD.into()),
        lang: Lang::Fr,
    };
    node.app.add_officer(added).unwrap();
    node.officer(id).unwrap()
}

fn inspector(node: &TestNode) -> Actor {
    node.officer("inspector").unwrap()
}

fn found(node: &TestNode, query: &AccessQuery) -> Vec<AccessLine> {
    let query = AccessQuery {
        limit: AccessQuery::MOST,
        ..query.clone()
    };
    node.app
        .access_list(&inspector(node), &query)
        .unwrap()
        .lines
}

fn of(actor: &str) -> AccessQuery {
    AccessQuery {
        actor: actor.into(),
        ..AccessQuery::default()
    }
}

fn giving(wanted: Wanted, dossier: Option<DossierId>, reason: Reason) -> Giving {
    Giving {
        on: ReasonWanted { wanted, dossier },
        reason,
        text: String::new(),
    }
}

fn needs<T>(answer: Result<T, AppError>) -> Option<ReasonWanted> {
    match answer {
        Err(AppError::ReasonNeeded(on)) => Some(on),
        _ => None,
    }
}

#[test]
fn invariant_11_the_dossier_one_works_in_is_the_reason_and_elsewhere_one_is_asked() {
    let mut pair = asking(4101);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let ma = pair.ma();
    let other = colleague(ma, "other");
    // Who wrote in it enters, and so does whoever deals with what is new: at the partner, nobody wrote in it yet.
    let author = ma.officer("liaison").unwrap();
    assert!(ma.app.dossier(&author, dossier, None).is_ok());
    let theirs = pair.fr().officer("liaison").unwrap();
    assert!(pair.fr().app.dossier(&theirs, dossier, None).is_ok());
    let wanted = Some(ReasonWanted {
        wanted: Wanted::Enter,
        dossier: Some(dossier),
    });
    assert_eq!(needs(ma.app.dossier(&other, dossier, None)), wanted);
    assert_eq!(needs(ma.app.entry(&other, asked.entry)), wanted);

    let token = ma.app.sign_in("other", PASSWORD, "").unwrap().token;
    let enter = giving(Wanted::Enter, Some(dossier), Reason::StandIn);
    let given = ma.app.give_reason(&other, &token, &enter).unwrap();
    assert_eq!(given.until, ma.app.now() + Span::hours(8));
    let session = || ma.app.signed_in(&token, "a desk").unwrap().actor;
    assert!(ma.app.dossier(&session(), dossier, None).is_ok());
    assert!(ma.app.entry(&session(), asked.entry).is_ok());
    // Remembered for that dossier, of that session, for that time.
    let (elsewhere, _) = pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let session = || ma.app.signed_in(&token, "a desk").unwrap().actor;
    assert!(needs(ma.app.dossier(&session(), elsewhere, None)).is_some());
    // Used all the while: an hour unused would end the session itself.
    for _ in 0..10 {
        pair.time.advance(Span::minutes(50).0);
        session();
    }
    assert_eq!(
        needs(pair.ma().app.dossier(&session(), dossier, None)),
        wanted
    );

    let ma = pair.ma();
    let records = found(ma, &of("other"));
    let read: Vec<&AccessRecord> = records.iter().map(|line| &line.record).collect();
    let explained: Vec<_> = read
        .iter()
        .filter(|r| r.operation == Operation::Explain)
        .collect();
    assert_eq!(explained.len(), 1);
    assert_eq!(explained[0].reason, Some(Reason::StandIn));
    let looks: Vec<_> = read
        .iter()
        .filter(|r| r.operation == Operation::Consult)
        .collect();
    assert_eq!(looks.len(), 2, "what was refused was no look");
    assert!(
        looks
            .iter()
            .all(|r| r.outside && r.reason == Some(Reason::StandIn))
    );
    let own = found(ma, &of("liaison"));
    assert!(own.iter().all(|line| !line.record.outside));
}

#[test]
fn invariant_11_a_search_is_for_a_dossier_or_has_a_reason_and_its_words_are_not_kept() {
    let mut pair = asking(4102);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let author = ma.officer("liaison").unwrap();
    let search = |text: &str, within| DossierQuery {
        text: text.into(),
        within,
        ..DossierQuery::default()
    };
    let bare = search("Zanzibarite", None);
    assert_eq!(
        needs(ma.app.dossiers(&author, &bare)),
        Some(ReasonWanted {
            wanted: Wanted::Search,
            dossier: None
        })
    );
    // A number is nobody's name; and the dossier one works in is a reason.
    assert!(ma.app.dossiers(&author, &search("MA-12", None)).is_ok());
    let within = search("Zanzibarite", Some(dossier));
    assert!(ma.app.dossiers(&author, &within).is_ok());
    let other = colleague(ma, "other");
    assert!(needs(ma.app.dossiers(&other, &within)).is_some());
    let reason = giving(Wanted::Search, None, Reason::Other);
    let refused = ma.app.with_reason(&author, &reason);
    assert!(
        matches!(refused, Err(AppError::Input(_))),
        "other needs a line"
    );
    let reason = Giving {
        text: "Recoupement demandé ce matin".into(),
        ..reason
    };
    let reasoned = ma.app.with_reason(&author, &reason).unwrap();
    assert!(ma.app.dossiers(&reasoned, &bare).is_ok());

    let searches = found(
        ma,
        &AccessQuery {
            operation: Some(Operation::Search),
            ..AccessQuery::default()
        },
    );
    let said: Vec<_> = searches.iter().map(|line| line.record.reason).collect();
    assert_eq!(said, [Some(Reason::Other), Some(Reason::OwnDossier), None]);
    let words: Vec<_> = searches.iter().map(|line| &line.record.words).collect();
    assert_eq!(words[0], words[1], "the same word has the same digest");
    assert_eq!(searches[1].record.dossier, Some(dossier.to_string()));
    let all = format!("{searches:?}");
    assert!(
        !all.contains("Zanzibarite"),
        "words are known by digests alone"
    );
}

#[test]
fn invariant_11_an_export_says_why() {
    let mut pair = asking(4103);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let ma = pair.ma();
    let author = ma.officer("liaison").unwrap();
    let wanted = Some(ReasonWanted {
        wanted: Wanted::Export,
        dossier: Some(dossier),
    });
    assert_eq!(needs(ma.app.proof(&author, asked.entry)), wanted);
    let reason = giving(Wanted::Export, Some(dossier), Reason::Court);
    let reasoned = ma.app.with_reason(&author, &reason).unwrap();
    assert!(ma.app.proof(&reasoned, asked.entry).is_ok());
    // Governance is about no person: the charter's proof needs none by the default policies.
    let charter = pair.charter.unwrap().opening();
    assert!(ma.app.proof(&author, charter).is_ok());
    let exports = found(
        ma,
        &AccessQuery {
            operation: Some(Operation::Export),
            ..AccessQuery::default()
        },
    );
    let said: Vec<_> = exports.iter().map(|line| line.record.reason).collect();
    assert_eq!(said, [None, Some(Reason::Court)]);
    // A reason for what one may not see gives nothing away.
    let nowhere = giving(Wanted::Enter, Some(DossierId([9; 32])), Reason::Court);
    let refused = ma.app.with_reason(&author, &nowhere);
    assert!(matches!(refused, Err(AppError::NotFound)));
}

/// A look by its name, and whether it is answered.
type Look<'a> = (&'static str, Box<dyn Fn() -> bool + 'a>);

fn look<'a, T>(name: &'static str, ask: impl Fn() -> Result<T, AppError> + 'a) -> Look<'a> {
    (name, Box::new(move || ask().is_ok()))
}

/// Invariant 11: where the record of a look cannot be written, there is no look.
#[test]
fn invariant_11_no_look_is_answered_before_its_record_is_durable() {
    let mut pair = TestPair::linked(4104);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let ma = pair.ma();
    let (app, fr): (_, NodeName) = (&ma.app, "fr".parse().unwrap());
    let officer = ma.officer("liaison").unwrap();
    let admin = ma.officer("administrator").unwrap();
    let inspects = inspector(ma);
    let token = "none";
    let form = FormQuery {
        dossier: Some(dossier),
        entry_type: "note".into(),
        ..FormQuery::default()
    };
    let period = entente_core::balance::window(ma.app.now());
    let search = DossierQuery {
        text: "exemple".into(),
        ..DossierQuery::default()
    };
    let looks = vec![
        look("today", || app.today(&officer)),
        look("dossiers", || {
            app.dossiers(&officer, &DossierQuery::default())
        }),
        look("search", || app.dossiers(&officer, &search)),
        look("dossier", || app.dossier(&officer, dossier, None)),
        look("entry", || app.entry(&officer, asked.entry)),
        look("obligation", || app.obligation(&officer, asked)),
        look("form", || app.form(&officer, &form)),
        look("releasable", || app.releasable(&officer, dossier)),
        look("ledger", || app.ledger(&officer, &LedgerQuery::default())),
        look("meeting", || app.meeting_list(&officer)),
        look("balance", || app.balance(&officer, &fr, period.0, period.1)),
        look("links", || app.links(&officer)),
        look("partner", || app.partner(&officer, &fr)),
        look("courier", || app.courier(&officer, &fr)),
        look("proof", || app.proof(&officer, asked.entry)),
        look("account", || app.account(&officer, token)),
        look("officers", || app.all_officers(By::Officer(&admin))),
        look("officer", || {
            app.one_officer(By::Officer(&admin), "liaison")
        }),
        look("access", || {
            app.access_list(&inspects, &AccessQuery::default())
        }),
        look("record", || app.access_record(&inspects, 1)),
        look("findings", || app.access_findings(&inspects, 0)),
        look("check", || app.access_check(&inspects)),
        look("inspections", || app.inspections(&inspects)),
    ];
    let count = || ma.look(|tx| tx.access(100_000, 0)).unwrap().len();
    for (name, answered) in &looks {
        let before = count();
        assert!(answered(), "{name} is open on a disk with room");
        assert!(count() > before, "{name} leaves no record");
    }
    ma.disk.fill_up();
    for (name, answered) in &looks {
        assert!(!answered(), "{name} is answered without a record");
    }
    ma.disk.restart();
}

/// Transmission is the driver's act, and is on record before anything leaves; what was written by people is told apart from it.
#[test]
fn invariant_11_what_the_driver_passes_on_is_on_record() {
    let mut pair = TestPair::linked(4105);
    let (dossier, _) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let ma = pair.ma();
    let by_dossier = AccessQuery {
        dossier: dossier.to_string(),
        operation: Some(Operation::Transmit),
        ..AccessQuery::default()
    };
    let passed = found(ma, &by_dossier);
    assert_eq!(passed.len(), 1, "{passed:?}");
    assert_eq!(passed[0].record.actor, "driver");
    assert_eq!(passed[0].record.recipients, ["fr"]);
    let number = passed[0].numbers.first().unwrap().clone();
    let by_number = AccessQuery {
        dossier: number.to_lowercase(),
        ..by_dossier
    };
    assert_eq!(found(ma, &by_number).len(), 1, "found by {number} too");
    let unknown = AccessQuery {
        dossier: "MA-99999".into(),
        ..AccessQuery::default()
    };
    assert!(found(ma, &unknown).is_empty());
}

#[test]
fn rule_13_lanes_are_bound_in_the_journal_and_witnessed_by_the_partner() {
    let mut pair = TestPair::linked(4106);
    pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let waits = ma.app.access_check(&inspector(ma)).unwrap();
    assert!(waits.holds() && waits.witnesses.is_empty());
    assert!(ma.app.witness_journal().unwrap());
    assert!(!ma.app.witness_journal().unwrap(), "once a day");
    pair.settle();
    let ma = pair.ma();
    let check = ma.app.access_check(&inspector(ma)).unwrap();
    assert!(check.holds(), "{check:?}");
    assert!(check.journal_lines > 0);
    let records = ma.look(|tx| tx.access(100_000, 0)).unwrap().len();
    assert_eq!(check.records, records as u64);
    let fr = &check.witnesses[0];
    assert!(fr.cosigned && fr.same && fr.position.is_some(), "{fr:?}");

    // Another day another witness; and after a restart another lane, bound as the first.
    pair.time.advance(Span::days(1).0);
    pair.restart(Side::Ma);
    assert!(pair.ma().app.witness_journal().unwrap());
    let ma = pair.ma();
    let check = ma.app.access_check(&inspector(ma)).unwrap();
    let lanes: Vec<&str> = check.lanes.iter().map(|lane| lane.lane.as_str()).collect();
    assert_eq!(lanes, ["ma-1", "ma-2"]);
    assert!(check.holds());

    // A record that somebody put into the lane afterwards does not follow from the one before it.
    let head = ma.look(|tx| tx.lane_head("ma-1")).unwrap().unwrap();
    let forged = AccessRow {
        seq: head.seq + 1,
        hash: [9; 32],
        ..head
    };
    let put = ma
        .store
        .update("forged", move |tx| tx.append_access(&forged));
    put.unwrap();
    let check = ma.app.access_check(&inspector(ma)).unwrap();
    assert!(!check.holds());
    let broken = check.lanes.iter().filter(|lane| !lane.unbroken);
    assert_eq!(
        broken.map(|lane| lane.lane.as_str()).collect::<Vec<_>>(),
        ["ma-1"]
    );
}

#[test]
fn invariant_11_inspectors_find_records_by_every_filter_page_by_page_and_are_seen_themselves() {
    let mut pair = TestPair::linked(4107);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let author = ma.officer("liaison").unwrap();
    for _ in 0..30 {
        ma.app.entry(&author, asked.entry).unwrap();
    }
    let inspects = inspector(ma);
    let mut query = AccessQuery {
        limit: 7,
        dossier: dossier.to_string(),
        operation: Some(Operation::Consult),
        service: Some(service(&ma.name, "liaison")),
        ..of("liaison")
    };
    let mut seen = Vec::new();
    loop {
        let list = ma.app.access_list(&inspects, &query).unwrap();
        assert!(list.lines.len() <= 7);
        seen.extend(list.lines.iter().map(|line| line.n));
        query.before = list.next;
        if list.next.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 30);
    assert!(seen.is_sorted_by(|a, b| a > b), "newest first, each once");
    // Months later the newest are still found first, across the months' keys.
    pair.time.advance(Span::days(70).0);
    let ma = pair.ma();
    ma.app.entry(&author, asked.entry).unwrap();
    let later = found(ma, &of("liaison"));
    assert_eq!(later.len(), found(ma, &of("liaison")).len());
    assert_eq!(later[0].record.verb, "entry");
    let since = AccessQuery {
        from: Some(ma.app.now() - Span::days(1)),
        ..of("liaison")
    };
    assert_eq!(found(ma, &since).len(), 1);
    let until = AccessQuery {
        to: Some(ma.app.now() - Span::days(1)),
        ..of("liaison")
    };
    assert_eq!(found(ma, &until).len(), later.len() - 1);

    // Their own looks, for the others.
    let looks = AccessQuery {
        operation: Some(Operation::Inspect),
        ..AccessQuery::default()
    };
    let looks = found(ma, &looks);
    assert!(looks.iter().all(|line| line.record.actor == "inspector"));
    let object = looks
        .iter()
        .filter_map(|line| line.record.object.as_deref());
    assert!(
        object
            .clone()
            .any(|words| words.contains(&dossier.to_string()))
    );
    let figures = ma.app.inspections(&inspects).unwrap();
    assert_eq!(figures[0].inspector, "inspector");
    assert!(figures[0].looks > 10, "{figures:?}");
    for (other, role) in [("liaison", "l"), ("administrator", "d")] {
        let other = ma.officer(other).unwrap();
        let list = ma.app.access_list(&other, &AccessQuery::default());
        assert!(matches!(list, Err(AppError::Forbidden)), "{role}");
    }
}

#[test]
fn invariant_11_a_bulk_reader_is_told_to_inspectors_and_a_busy_one_is_not() {
    let mut pair = TestPair::linked(4108);
    let charter = pair.charter.unwrap();
    let entries: Vec<_> = (0..125)
        .map(|n| pair.note(Side::Ma, &format!("note {n}")))
        .collect();
    let ma = pair.ma();
    let (greedy, busy) = (colleague(ma, "greedy"), colleague(ma, "busy"));
    for entry in &entries {
        ma.app.entry(&greedy, *entry).unwrap();
    }
    // The same number of looks, at few things.
    for n in 0..125 {
        ma.app.entry(&busy, entries[n % 40]).unwrap();
    }
    let told = ma.app.access_findings(&inspector(ma), 0).unwrap();
    let said: Vec<_> = told
        .iter()
        .map(|f| (f.actor.as_str(), f.finding.pattern))
        .collect();
    assert_eq!(said, [("greedy", Pattern::Bulk)]);
    assert!(told[0].finding.dossiers.contains(&charter.to_string()));
    // Looked for again, and after a restart, it is one line still.
    ma.app.find_patterns().unwrap();
    pair.restart(Side::Ma);
    let ma = pair.ma();
    ma.app.entry(&greedy, entries[0]).unwrap();
    assert_eq!(ma.app.access_findings(&inspector(ma), 0).unwrap().len(), 1);
}

#[test]
fn records_end_with_the_key_of_their_month_and_the_lanes_stay_whole() {
    let mut pair = TestPair::linked(4109);
    let (_, asked) = pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let author = ma.officer("liaison").unwrap();
    ma.app.entry(&author, asked.entry).unwrap();
    let before = found(ma, &AccessQuery::default()).len();
    assert_eq!(ma.app.end_access_records().unwrap(), 0);
    pair.time.advance(Span::days(38 * 30).0);
    let ma = pair.ma();
    ma.app.entry(&author, asked.entry).unwrap();
    assert!(found(ma, &AccessQuery::default()).len() > before);
    assert!(ma.app.end_access_records().unwrap() > 0);
    let left = found(ma, &AccessQuery::default());
    let recent = ma.app.now() - Span::days(1);
    assert!(!left.is_empty() && left.iter().all(|line| line.at > recent));
    assert!(ma.app.access_check(&inspector(ma)).unwrap().holds());
    let first = ma.app.access_record(&inspector(ma), 1);
    assert!(matches!(first, Err(AppError::NotFound)));
    assert_eq!(ma.app.end_access_records().unwrap(), 0);
}

#[test]
fn invariant_11_records_taken_out_are_signed_and_their_lanes_whole() {
    let mut pair = TestPair::linked(4111);
    let (_, asked) = pair.ask(Side::Ma, "normal");
    let ma = pair.ma();
    let author = ma.officer("liaison").unwrap();
    for n in 0..9 {
        ma.app.entry(&author, asked.entry).unwrap();
        if n % 3 == 0 {
            ma.app.today(&author).unwrap();
        }
    }
    let query = AccessQuery {
        dossier: asked.entry.to_string(),
        operation: Some(Operation::Consult),
        ..of("liaison")
    };
    let text = ma.app.access_export(&inspector(ma), &query).unwrap();
    let extract = Extract::dearmour(&text).unwrap();
    assert_eq!(
        extract.print().to_string(),
        ma.app.own_fingerprint().unwrap()
    );
    let lanes = &extract.extracted.lanes;
    assert_eq!(lanes.len(), 1);
    let plain: Vec<_> = lanes[0]
        .records
        .iter()
        .filter_map(|r| r.plain.as_ref())
        .collect();
    assert_eq!(plain.len(), 9, "what was asked for");
    assert!(lanes[0].records.len() > 9, "and what stands between");
    let said: AccessRecord = serde_json::from_str(plain[0]).unwrap();
    assert_eq!(
        (said.actor.as_str(), said.verb.as_str()),
        ("liaison", "entry")
    );
    let looks = found(ma, &of("inspector"));
    assert!(looks.iter().any(|line| line.record.verb == "access_export"));
    let refused = ma.app.access_export(&author, &query);
    assert!(matches!(refused, Err(AppError::Forbidden)));
    let nothing = ma.app.access_export(&inspector(ma), &of("nobody"));
    assert!(matches!(nothing, Err(AppError::NotFound)));
}

/// What a session keeps of reasons survives that the time of its last use is noted, and is gone with it.
#[test]
fn reasons_stay_with_their_session() {
    let pair = asking(4110);
    let ma = pair.ma();
    let officer = colleague(ma, "other");
    let sign_in = || ma.app.sign_in("other", PASSWORD, "").unwrap().token;
    let (token, second) = (sign_in(), sign_in());
    let search = giving(Wanted::Search, None, Reason::Assigned);
    ma.app.give_reason(&officer, &token, &search).unwrap();
    let kept = |token: &str| -> Vec<GivenReason> {
        ma.app.signed_in(token, "a desk").unwrap().actor.reasons
    };
    assert_eq!(kept(&token).len(), 1);
    assert_eq!(kept(&token).len(), 1, "after it was noted from where");
    assert!(kept(&second).is_empty());
    let again = giving(Wanted::Search, None, Reason::Court);
    ma.app.give_reason(&officer, &token, &again).unwrap();
    let reasons = kept(&token);
    assert_eq!(reasons.len(), 1);
    assert_eq!(reasons[0].reason, Reason::Court);
    ma.app.sign_out(&token).unwrap();
    let gone = ma.app.give_reason(&officer, &token, &again);
    assert!(matches!(gone, Err(AppError::SignIn)));
    let out = found(ma, &of("other"));
    assert!(out.iter().any(|line| line.record.verb == "sign_out"));
}
