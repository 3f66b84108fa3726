//! An investigation before the courts between two nodes: what may be produced, asked for and permitted; the bundle, verified without a node
//! and altered in every way; venues and decisions.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::court::archive::{MAX_ARCHIVE, Opened, Packing};
use entente_app::court::index::{INDEX, Index, PAGE, Part, PartOf, SIGNATURE};
use entente_app::court::{Bundling, CourtFault, CourtReport, Pages, verify_court};
use entente_app::views::{CourtPart, CourtView, PieceView, VenueState};
use entente_app::{AppError, Recorded};
use entente_core::codes::{Ask, Role};
use entente_core::conditions::{Answer, Uses};
use entente_core::court::{Bar, Standing};
use entente_core::field::{Problem, Values};
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::label::Lang;
use entente_core::obligation::State;
use entente_proof::bundle::Trusted;
use entente_proof::digest::sha256;
use entente_proof::manifest::Manifest;
use entente_proof::sign::SigningKey;
use entente_store::ObligationRow;
use entente_testkit::desk::person;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use std::collections::BTreeMap;
use std::io::Cursor;

const FILE: &[u8] = b"plan des quais";

/// An investigation of Morocco's with a contribution of France's under conditions, and one of Morocco's own.
struct Case {
    pair: TestPair,
    dossier: DossierId,
    given: EntryId,
    own: EntryId,
}

/// Pages as short as they can be: those of the product are tried with the product's.
struct Plain;

impl Pages for Plain {
    fn page(&self, index: &Index, said: &BTreeMap<u32, Values>) -> String {
        format!("{} {}", index.court, said.len())
    }
    fn instructions(&self) -> Vec<(String, String)> {
        vec![(
            "README.fr.txt".to_owned(),
            "entente court verify".to_owned(),
        )]
    }
}

impl Case {
    fn new(seed: u64, handling: &str) -> Self {
        let mut pair = TestPair::linked(seed);
        for side in Side::BOTH {
            let node = pair.node(side);
            let judge = person(node, "juge", "liaison", Role::Magistrate);
            node.app.add_officer(judge).unwrap();
        }
        let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
        let dossier = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
        let dossier = dossier.dossier;
        pair.settle();
        let mut fields = vec![("title", "Relevé"), ("text", "Trois départs.")];
        fields.extend((!handling.is_empty()).then_some(("handling", handling)));
        let words = ("condition", "Ne rien entreprendre avant notre accord.");
        fields.extend(handling.contains("H3").then_some(words));
        // What is under H1 leaves with a magistrate's approval.
        let given = Writing::on(dossier, &fields).by("juge");
        let given = given.file("plan.txt", FILE.to_vec());
        let given = pair
            .write(Side::Fr, "investigation.contribute", &given)
            .entry;
        pair.settle();
        let own = [("title", "Liste"), ("text", "Deux noms de navires.")];
        let own = Writing::on(dossier, &own);
        let own = pair.write(Side::Ma, "investigation.contribute", &own).entry;
        pair.settle();
        Self {
            pair,
            dossier,
            given,
            own,
        }
    }

    fn view(&self, side: Side, officer: &str) -> CourtView {
        let node = self.pair.node(side);
        node.app
            .court(
                &node.officer(officer).unwrap(),
                self.dossier,
                &CourtPart::All,
            )
            .unwrap()
    }

    fn piece(&self, entry: EntryId) -> PieceView {
        let view = self.view(Side::Ma, "juge");
        view.pieces
            .into_iter()
            .find(|piece| piece.entry == entry)
            .unwrap()
    }

    fn write(
        &mut self,
        side: Side,
        entry_type: &str,
        (fields, on): (&[(&str, &str)], Option<ObligationId>),
    ) -> Result<Recorded, AppError> {
        let mut writing = Writing::on(self.dossier, fields).by("juge");
        if let Some(on) = on {
            writing = writing.target(on);
        }
        let done = self.pair.try_write(side, entry_type, &writing)?;
        self.pair.settle();
        Ok(done)
    }

    fn produce(&mut self, entries: &[EntryId]) -> Result<EntryId, AppError> {
        let named: Vec<String> = entries.iter().map(ToString::to_string).collect();
        let named = named.join(", ");
        let fields = [
            ("court", "tribunal du port"),
            ("reference", "12/2016"),
            ("entries", named.as_str()),
        ];
        Ok(self
            .write(Side::Ma, "investigation.produced", (&fields, None))?
            .entry)
    }

    /// Morocco asks to produce what France gave, and France permits it.
    fn permitted(&mut self) -> EntryId {
        let of = self.given.to_string();
        let ask = [("entry", of.as_str()), ("court", "on")];
        let asked = self
            .write(Side::Ma, "ask_permission", (&ask, None))
            .unwrap();
        let on = ObligationId {
            entry: asked.entry,
            index: 0,
        };
        assert!(self.piece(self.given).waits());
        let permit = self.write(Side::Fr, "permit", (&[("court", "on")], Some(on)));
        permit.unwrap().entry
    }

    fn bundle(&self, produced: EntryId) -> Result<Vec<u8>, AppError> {
        let node = self.pair.ma();
        let wanted = Bundling {
            produced,
            lang: Lang::Fr,
            pages: &Plain,
            most: MAX_ARCHIVE,
        };
        let mut out = Cursor::new(Vec::new());
        node.app
            .court_bundle(&node.officer("juge").unwrap(), &wanted, &mut out)?;
        Ok(out.into_inner())
    }

    /// A bundle of both contributions.
    fn whole(&mut self) -> Vec<u8> {
        if matches!(self.piece(self.given).standing, Standing::Asks(_)) {
            self.permitted();
        }
        let produced = self.produce(&[self.given, self.own]).unwrap();
        self.bundle(produced).unwrap()
    }
}

fn verified(bytes: &[u8]) -> Result<CourtReport, CourtFault> {
    verify_court(Cursor::new(bytes), &Trusted::default())
}

/// Invariant 6, from end to end: barred, asked for, permitted, produced by a magistrate alone, verified without a node, told to whom it came
/// from; and once tightened, given out no more, though it was produced. Take out: in `app/src/court/make.rs::pack`, the look at the
/// standing; in `app/src/court/mod.rs::told_of_court`, the same; in `policies/70-court.cedar`, the role.
#[test]
fn invariant_06_what_is_permitted_is_produced_and_what_is_tightened_is_not() {
    let mut case = Case::new(701, "H1");
    let (given, own) = (case.given, case.own);
    assert_eq!(
        case.piece(given).standing,
        Standing::Asks(vec![(given, "H1")])
    );
    assert_eq!(case.piece(own).standing, Standing::May(Vec::new()));
    match case.produce(&[own, given]) {
        Err(AppError::Fields(errors)) => {
            assert_eq!(
                (errors[0].field, errors[0].problem),
                ("entries", Problem::NotInList)
            );
        }
        other => panic!("{other:?}"),
    }
    let permit = case.permitted();
    assert_eq!(case.piece(given).standing, Standing::May(vec![permit]));

    let named = given.to_string();
    let fields = [("court", "tribunal"), ("entries", named.as_str())];
    let liaison = Writing::on(case.dossier, &fields);
    let refused = case
        .pair
        .try_write(Side::Ma, "investigation.produced", &liaison);
    assert!(matches!(refused, Err(AppError::Forbidden)), "{refused:?}");
    let produced = case.produce(&[given, own]).unwrap();
    let bytes = case.bundle(produced).unwrap();
    assert_eq!(bytes, case.bundle(produced).unwrap(), "the same each time");
    let report = verified(&bytes).unwrap();
    let roles: Vec<PartOf> = report.index.entries.iter().map(|item| item.role).collect();
    assert_eq!(
        roles,
        [PartOf::Produced, PartOf::Produced, PartOf::Production]
    );
    assert_eq!(report.proofs.len(), 3);
    let item = report
        .index
        .entries
        .iter()
        .find(|i| i.entry == named)
        .unwrap();
    assert_eq!(item.permissions, [permit.to_string()]);
    assert_eq!(
        (item.conditions.as_str(), item.files[0].name.as_str()),
        ("H1", "plan.txt")
    );

    // The other side sees where what it gave has gone, at the entry and on its own page.
    let fr = case.pair.fr();
    let shown = fr
        .app
        .entry(&fr.officer("liaison").unwrap(), given)
        .unwrap();
    assert_eq!(shown.in_court.len(), 1);
    assert_eq!(shown.in_court[0].text("court"), Some("tribunal du port"));
    assert_eq!(
        case.view(Side::Fr, "liaison").produced[0].about,
        vec![given, own]
    );

    let tighten = [("entry", named.as_str()), ("handling", "H1")];
    case.write(Side::Fr, "tighten", (&tighten, None)).unwrap();
    assert!(matches!(case.piece(given).standing, Standing::Asks(_)));
    let refused = case.bundle(produced);
    let asks = Answer::Permission(Uses::COURT);
    assert!(
        matches!(&refused, Err(AppError::Condition(answer)) if *answer == asks),
        "{refused:?}"
    );
    assert!(case.produce(&[given]).is_err());
    verified(&bytes).unwrap();
    case.pair.assert_same();
}

/// Before a bundle goes out, it is on record: the bundle, each entry, and the permission by which one goes. Take out: in
/// `app/src/court/make.rs`, the call of `note_bundle`.
#[test]
fn invariant_11_a_bundle_leaves_its_records_first() {
    let mut case = Case::new(702, "H1");
    case.whole();
    let ma = case.pair.ma();
    ma.app
        .add_officer(person(ma, "ins", "archives", Role::Inspector))
        .unwrap();
    let records = ma
        .app
        .access_records(&ma.officer("ins").unwrap(), 200, 0)
        .unwrap();
    let count = |verb: &str| records.iter().filter(|(_, r)| r.verb == verb).count();
    assert_eq!(
        (
            count("court_bundle"),
            count("court_piece"),
            count("permitted")
        ),
        (1, 2, 1)
    );
    assert!(count("court") > 0);
}

/// What has not arrived, what is kept at home, what waits for a word and what has ended is not producible, each for its own reason. Take out:
/// in `app/src/show/court.rs::stands_alone`, `proved` or `permitted`.
#[test]
fn each_entry_says_why_it_may_not_be_produced() {
    let mut case = Case::new(703, "H3");
    assert_eq!(
        case.piece(case.given).standing,
        Standing::Barred(Bar::Unread(case.given))
    );
    let note = [("text", "Pour nous.")];
    let home = Writing::on(case.dossier, &note).own_only().by("juge");
    let home = case.pair.write(Side::Ma, "note", &home).entry;
    let early = Writing::on(case.dossier, &note).by("juge");
    let early = case.pair.write(Side::Ma, "note", &early).entry;
    for entry in [home, early] {
        assert_eq!(case.piece(entry).standing, Standing::Barred(Bar::NoProof));
    }
    case.pair.settle();
    assert!(case.piece(early).standing.may());
    assert_eq!(case.piece(home).standing, Standing::Barred(Bar::NoProof));
    let of = early.to_string();
    case.write(Side::Ma, "erase", (&[("entry", of.as_str())], None))
        .unwrap();
    assert_eq!(case.piece(early).standing, Standing::Barred(Bar::NoContent));
}

/// A correction goes with what it corrects, and so does a translation, each marked. Take out: in `app/src/court/make.rs::goes_beside`,
/// either list.
#[test]
fn corrections_and_translations_stand_beside_their_originals() {
    let mut case = Case::new(704, "");
    let of = case.own.to_string();
    let right = [
        ("of", of.as_str()),
        ("text", "Trois navires."),
        ("why", "wrong"),
    ];
    case.write(Side::Ma, "rectify", (&right, None)).unwrap();
    let arabic = [
        ("of", of.as_str()),
        ("into", "ar"),
        ("origin", "human"),
        ("text", "اسما سفينتين."),
    ];
    case.write(Side::Ma, "translation", (&arabic, None))
        .unwrap();
    assert!(case.piece(case.own).corrected);
    let produced = case.produce(&[case.own]).unwrap();
    let report = verified(&case.bundle(produced).unwrap()).unwrap();
    let items = &report.index.entries;
    let roles: Vec<(PartOf, Option<u32>)> = items.iter().map(|item| (item.role, item.of)).collect();
    let wanted = [
        (PartOf::Produced, None),
        (PartOf::Correction, Some(1)),
        (PartOf::Translation, Some(1)),
        (PartOf::Production, None),
    ];
    assert_eq!(roles, wanted);
}

/// An archive taken apart, to be put together again otherwise.
struct Parts(Vec<(String, Vec<u8>)>);

impl Parts {
    fn of(bytes: &[u8]) -> Self {
        let mut archive = Opened::open(Cursor::new(bytes)).unwrap();
        let parts = archive.parts().to_vec();
        let read = |part: &_| archive.whole(part, MAX_ARCHIVE).unwrap();
        let contents: Vec<Vec<u8>> = parts.iter().map(read).collect();
        Self(
            parts
                .into_iter()
                .map(|part| part.name)
                .zip(contents)
                .collect(),
        )
    }

    fn at(&mut self, end: &str) -> &mut (String, Vec<u8>) {
        self.0
            .iter_mut()
            .find(|(name, _)| name.ends_with(end))
            .unwrap()
    }

    fn packed(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut packing = Packing::new(Cursor::new(&mut bytes), MAX_ARCHIVE);
        for (name, part) in &self.0 {
            packing.whole(name, part).unwrap();
        }
        packing.finish().unwrap();
        bytes
    }

    fn fault(&self) -> CourtFault {
        match verified(&self.packed()) {
            Err(fault) => fault,
            Ok(_) => panic!("nothing found it out"),
        }
    }

    /// Changes the index, names every part's digest in it anew, and signs it with a key: what a hostile hand could do that has the key.
    fn signed_anew(mut self, key: &SigningKey, change: impl FnOnce(&mut Index)) -> Self {
        let mut index: Index = serde_json::from_slice(&self.at(INDEX).1).unwrap();
        let beside = self
            .0
            .iter()
            .filter(|(name, _)| name != INDEX && name != SIGNATURE);
        index.parts = beside
            .map(|(name, bytes)| {
                let sha256 = sha256(bytes).to_string();
                (
                    name.clone(),
                    Part {
                        size: bytes.len() as u64,
                        sha256,
                    },
                )
            })
            .collect();
        change(&mut index);
        self.at(INDEX).1 = index.to_bytes();
        let text = String::from_utf8(self.at(SIGNATURE).1.clone()).unwrap();
        let mut indexed = Manifest::dearmour(&text).unwrap().indexed;
        indexed.index = sha256(&self.at(INDEX).1);
        indexed.signer = key.verifying_key();
        let signed = Manifest::sign(indexed, key).unwrap();
        self.at(SIGNATURE).1 = signed.armour().into_bytes();
        self
    }
}

/// Whoever has no key changes nothing unseen: each way of altering has its own word. Take out: in `app/src/court/verify.rs::same_parts`, any
/// line; in `signed_index`, the comparison of the digest.
#[test]
fn an_altered_bundle_is_found_out_case_by_case() {
    let bytes = Case::new(705, "").whole();
    let altered = |change: &dyn Fn(&mut Parts)| {
        let mut parts = Parts::of(&bytes);
        change(&mut parts);
        parts.fault()
    };
    let first = "entries/0001/content.json".to_owned();
    assert_eq!(
        altered(&|p| p.at("0001/content.json").1.push(b' ')),
        CourtFault::Altered(first.clone())
    );
    assert_eq!(
        altered(&|p| p.0.retain(|(name, _)| *name != first)),
        CourtFault::Missing(first.clone())
    );
    let added = altered(&|p| {
        p.0.push(("entries/0009/content.json".to_owned(), b"{}".to_vec()))
    });
    assert_eq!(
        added,
        CourtFault::Added("entries/0009/content.json".to_owned())
    );
    let to = "entries/0001/said.json".to_owned();
    let renamed = altered(&|p| p.at("0001/content.json").0.clone_from(&to));
    assert_eq!(renamed, CourtFault::Renamed { from: first, to });
    assert_eq!(
        altered(&|p| p.at(PAGE).1.push(b'!')),
        CourtFault::Altered(PAGE.to_owned())
    );
    assert_eq!(
        altered(&|p| p.at(INDEX).1.push(b' ')),
        CourtFault::IndexAltered
    );
    assert_eq!(
        altered(&|p| p.0.retain(|(name, _)| name != SIGNATURE)),
        CourtFault::NoIndex
    );
    let broken = altered(&|p| p.at(SIGNATURE).1[60] ^= 1);
    assert!(
        matches!(broken, CourtFault::Signature(_) | CourtFault::NoIndex),
        "{broken:?}"
    );
    // Two entries of one bundle in each other's place.
    let swapped = altered(&|p| {
        let other = p.at("0002/content.json").1.clone();
        p.at("0001/content.json").1 = other;
    });
    assert!(matches!(swapped, CourtFault::Altered(_)));
}

/// Not even the node that produces can: contents, files and authors are what their own authors signed. Another's signature under the index
/// counts for nothing. Take out: in `app/src/court/verify.rs::entry`, any comparison; `files`; `signs`.
#[test]
fn a_bundle_signed_anew_still_says_only_what_the_authors_signed() {
    let mut case = Case::new(706, "");
    let bytes = case.whole();
    let key = case.pair.ma().signing_key();
    let forged = |change: &dyn Fn(&mut Parts), index: &dyn Fn(&mut Index)| {
        let mut parts = Parts::of(&bytes);
        change(&mut parts);
        parts.signed_anew(&key, |i| index(i)).fault()
    };
    let nothing = |_: &mut Parts| {};
    let as_it_is = |_: &mut Index| {};
    let content = |p: &mut Parts| {
        let part = p.at("0001/content.json");
        part.1 = String::from_utf8(part.1.clone())
            .unwrap()
            .replace("départs", "arrivées")
            .into_bytes();
    };
    assert_eq!(forged(&content, &as_it_is), CourtFault::Content(1));
    let file = |p: &mut Parts| p.at("files/1.txt").1[0] ^= 1;
    assert_eq!(
        forged(&file, &as_it_is),
        CourtFault::File { number: 1, file: 1 }
    );
    let longer = |p: &mut Parts| p.at("files/1.txt").1.push(b'!');
    assert_eq!(
        forged(&longer, &as_it_is),
        CourtFault::File { number: 1, file: 1 }
    );
    assert_eq!(
        forged(&nothing, &|i| i.entries[0].files.clear()),
        CourtFault::File { number: 1, file: 1 }
    );
    let renamed = |i: &mut Index| i.entries[0].files[0].name = "autre.txt".to_owned();
    assert_eq!(
        forged(&nothing, &renamed),
        CourtFault::File { number: 1, file: 1 }
    );
    let author = |i: &mut Index| i.entries[0].service = "ma/liaison".to_owned();
    assert_eq!(forged(&nothing, &author), CourtFault::OtherEntry(1));
    let time = |i: &mut Index| i.entries[0].at = "2015-01-01T00:00:00Z".to_owned();
    assert_eq!(forged(&nothing, &time), CourtFault::OtherEntry(1));
    let proof = |i: &mut Index| i.entries[0].proof = i.entries[1].proof.clone();
    assert_eq!(forged(&nothing, &proof), CourtFault::OtherEntry(1));
    assert_eq!(
        forged(&nothing, &|i| i.entries[0].proof = None),
        CourtFault::NoProof(1)
    );
    let twice = |i: &mut Index| i.entries[1].number = 1;
    assert_eq!(forged(&nothing, &twice), CourtFault::Index);
    assert_eq!(
        forged(&nothing, &|i| i.form = "entente-court-bundle/2".to_owned()),
        CourtFault::Version
    );
    let unlisted = |i: &mut Index| drop(i.parts.remove(PAGE));
    assert!(matches!(forged(&nothing, &unlisted), CourtFault::Added(_)));

    let strange = SigningKey::from_seed([9; 32]);
    let signed = Parts::of(&bytes).signed_anew(&strange, |_| {});
    assert_eq!(signed.fault(), CourtFault::Signer);
    let anew = Parts::of(&bytes).signed_anew(&key, |_| {});
    assert!(verified(&anew.packed()).is_ok());
}

/// Fingerprints that a reader names are compared: with both nodes' the bundle stands, with a stranger's it does not. Take out: in
/// `app/src/court/verify.rs::verify_court`, the call of `trusts`.
#[test]
fn fingerprints_that_are_named_are_compared() {
    let mut case = Case::new(707, "");
    let bytes = case.whole();
    let report = verified(&bytes).unwrap();
    let prints: Vec<_> = report
        .proofs
        .values()
        .flat_map(|p| [p.signed_by, p.cosigned_by])
        .collect();
    let trusting = |prints: Vec<_>| Trusted {
        signed_by: prints.clone(),
        cosigned_by: prints,
        compromised: Vec::new(),
    };
    assert!(verify_court(Cursor::new(&bytes), &trusting(prints.clone())).is_ok());
    let strangers = Case::new(708, "").whole();
    let stranger = verified(&strangers).unwrap().signed_by;
    let refused = verify_court(Cursor::new(&bytes), &trusting(vec![stranger]));
    assert!(matches!(refused, Err(CourtFault::Proof { .. })));
}

/// Invariant 1: a venue is owed a decision in both ledgers; it is agreed, answered by another or refused, and by nothing else. Take out: in
/// `app/src/court/mod.rs::decided_by`, the line of venues; in `app/src/show/court.rs::venue_state`, that the answer must agree.
#[test]
fn invariant_01_a_venue_is_agreed_countered_or_refused() {
    let mut case = Case::new(709, "");
    let fields = [
        ("part", "Fabrication."),
        ("authority", "fr/liaison"),
        ("grounds", "place, evidence"),
    ];
    let first = case
        .write(Side::Ma, "investigation.venue", (&fields, None))
        .unwrap();
    let on = |entry| ObligationId { entry, index: 0 };
    for side in Side::BOTH {
        assert_eq!(case.pair.obligation(side, on(first.entry)).ask, Ask::Decide);
        assert_eq!(
            case.view(side, "juge").venues[0].state,
            VenueState::Proposed
        );
    }
    let offers = &case.view(Side::Fr, "juge").venues[0].asks[0].offers;
    let offers: Vec<&str> = offers.iter().map(|entry| entry.name).collect();
    assert!(offers.contains(&"investigation.venue_agree") && offers.contains(&"refuse"));
    assert!(!offers.contains(&"investigation.sign") && !offers.contains(&"reply"));
    for other in ["reply", "investigation.sign"] {
        let tried = case.write(
            Side::Fr,
            other,
            (&[("text", "Oui.")], Some(on(first.entry))),
        );
        assert!(
            matches!(tried, Err(AppError::Compose(_))),
            "{other}: {tried:?}"
        );
    }
    let other = [
        ("part", "Fabrication."),
        ("authority", "ma/liaison"),
        ("grounds", "accused"),
    ];
    let second = case.write(
        Side::Fr,
        "investigation.venue_counter",
        (&other, Some(on(first.entry))),
    );
    let second = second.unwrap();
    let index = case
        .pair
        .fr()
        .header(second.entry)
        .acts
        .asks()
        .next()
        .unwrap()
        .0;
    let asked = ObligationId {
        entry: second.entry,
        index,
    };
    let agreed = case.write(
        Side::Ma,
        "investigation.venue_agree",
        (&[("text", "Soit.")], Some(asked)),
    );
    agreed.unwrap();
    for side in Side::BOTH {
        let states: Vec<VenueState> = case
            .view(side, "juge")
            .venues
            .iter()
            .map(|v| v.state)
            .collect();
        assert_eq!(states, [VenueState::NotAgreed, VenueState::Agreed]);
    }
    let third = case
        .write(Side::Ma, "investigation.venue", (&fields, None))
        .unwrap();
    let refuse = [("ground", "disproportionate"), ("reason", "Trop loin.")];
    case.write(Side::Fr, "refuse", (&refuse, Some(on(third.entry))))
        .unwrap();
    assert_eq!(
        case.view(Side::Ma, "juge").venues[2].state,
        VenueState::NotAgreed
    );
    case.pair.assert_same();
}

/// Proceedings in two states are noticed by both, until one has ended. Take out: in `app/src/views/court.rs::parallel`, `goes_on`.
#[test]
fn parallel_proceedings_are_noticed() {
    let mut case = Case::new(710, "");
    let of = |stage| {
        [
            ("court", "juge d’instruction"),
            ("stage", stage),
            ("since", "2015-09-01"),
        ]
    };
    case.write(
        Side::Ma,
        "investigation.proceedings",
        (&of("judicial"), None),
    )
    .unwrap();
    assert!(!case.view(Side::Ma, "juge").parallel());
    case.write(Side::Fr, "investigation.proceedings", (&of("ended"), None))
        .unwrap();
    assert!(!case.view(Side::Ma, "juge").parallel());
    case.write(Side::Fr, "investigation.proceedings", (&of("trial"), None))
        .unwrap();
    for side in Side::BOTH {
        assert!(case.view(side, "juge").parallel());
    }
}

/// A decision answers the feedback that is owed on what it names, in one entry, and is told all the same where none is owed. Take out: in
/// `app/src/record/scene.rs`, the call of `feedback_owed`; in `core/src/kinds/investigation/court.rs::tells_unasked`, the name.
#[test]
fn a_decision_answers_the_feedback_that_is_owed() {
    let mut case = Case::new(711, "");
    let rows = case.pair.ma().obligations(Some(case.dossier)).unwrap();
    let of_ours =
        |row: &ObligationRow| row.ask == Ask::Feedback && row.debtor.node().as_str() == "ma";
    let owed = rows.into_iter().find(of_ours).unwrap();
    let named = case.given.to_string();
    let decision = |result| {
        [
            ("result", result),
            ("day", "2016-11-07"),
            ("court", "tribunal du port"),
            ("entries", named.as_str()),
            ("outcome", "supported_case"),
        ]
    };
    let silent = case.write(
        Side::Ma,
        "investigation.outcome",
        (&decision("evidence_excluded"), None),
    );
    match silent {
        Err(AppError::Fields(errors)) => assert_eq!(errors[0].field, "excluded"),
        other => panic!("{other:?}"),
    }
    case.write(
        Side::Ma,
        "investigation.outcome",
        (&decision("conviction"), None),
    )
    .unwrap();
    for side in Side::BOTH {
        assert_eq!(case.pair.obligation(side, owed.id).state, State::Answered);
    }
    // Nothing is owed any more: it is told all the same.
    case.write(
        Side::Ma,
        "investigation.outcome",
        (&decision("appeal"), None),
    )
    .unwrap();
    let fr = case.pair.fr();
    let shown = fr
        .app
        .entry(&fr.officer("liaison").unwrap(), case.given)
        .unwrap();
    let results: Vec<Option<&str>> = shown
        .in_court
        .iter()
        .map(|word| word.text("result"))
        .collect();
    assert_eq!(results, [Some("conviction"), Some("appeal")]);
    case.pair.assert_same();
}
