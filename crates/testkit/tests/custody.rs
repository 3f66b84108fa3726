//! Exhibits and their custody between two nodes: both sides see one chain, a transfer owes its receipt, a copy in transit is overdue until it
//! is attested to be gone and is then really gone, an exhibit that is asked for comes back with a receipt, and gaps are said.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use entente_app::AppError;
use entente_app::views::{CaseFile, CustodyDeed, Exhibit, Exhibits, PackageLine, Reading, Unread};
use entente_core::codes::{Ask, Role};
use entente_core::field::Problem;
use entente_core::ids::{DossierId, EntryId, ObligationId};
use entente_core::kinds::investigation::chain::{Break, Compared};
use entente_core::obligation::State;
use entente_evidence::Package;
use entente_evidence::canon::compare;
use entente_evidence::files::files;
use entente_evidence::held::Found;
use entente_store::AttachmentState;
use entente_testkit::desk::person;
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// An investigation that Morocco opened, with an exhibit of its own.
struct Inquiry {
    pair: TestPair,
    dossier: DossierId,
    exhibit: EntryId,
}

impl Inquiry {
    fn new(seed: u64) -> Self {
        let mut pair = TestPair::linked(seed);
        let fields = [("title", "Estuaire"), ("aim", "Comprendre une filière.")];
        let opened = pair.write(Side::Ma, "investigation.open", &Writing::new(&fields));
        let dossier = opened.dossier;
        let fields = [
            ("name", "Téléphone, écran fendu"),
            ("mark", "EST-7"),
            ("seized_at", "2015-06-03T06:40"),
            ("seized_by", "unité d’enquête"),
            ("seal", "bag"),
            ("seal_number", "S-0412"),
            ("hash_method", "sha256"),
            ("hash", HASH),
        ];
        let exhibit = pair.write(
            Side::Ma,
            "investigation.exhibit",
            &Writing::on(dossier, &fields),
        );
        pair.settle();
        Self {
            pair,
            dossier,
            exhibit: exhibit.entry,
        }
    }

    /// Writes an entry about the exhibit.
    fn about(
        &mut self,
        side: Side,
        entry_type: &str,
        fields: &[(&str, &str)],
    ) -> Result<EntryId, AppError> {
        self.writes(side, entry_type, fields, |writing| writing)
    }

    fn writes(
        &mut self,
        side: Side,
        entry_type: &str,
        fields: &[(&str, &str)],
        with: impl FnOnce(Writing<'_>) -> Writing<'_>,
    ) -> Result<EntryId, AppError> {
        let exhibit = self.exhibit.to_string();
        let fields = [&[("exhibit", exhibit.as_str())], fields].concat();
        let writing = with(Writing::on(self.dossier, &fields));
        let written = self.pair.try_write(side, entry_type, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    fn answer(
        &mut self,
        side: Side,
        entry_type: &str,
        (to, ask): (EntryId, Ask),
        fields: &[(&str, &str)],
    ) -> Result<EntryId, AppError> {
        let target = self.asked(side, to, ask);
        let writing = Writing::on(self.dossier, fields).target(target);
        let written = self.pair.try_write(side, entry_type, &writing)?;
        self.pair.settle();
        Ok(written.entry)
    }

    fn asked(&self, side: Side, by: EntryId, ask: Ask) -> ObligationId {
        let exhibits = self.exhibits(side);
        let one = exhibits.exhibit(self.exhibit).unwrap();
        let moment = one.moments.iter().find(|moment| moment.entry == by);
        let asks = &moment.unwrap().asks;
        asks.iter().find(|asked| asked.ask == ask).unwrap().id
    }

    fn exhibits(&self, side: Side) -> Exhibits {
        let node = self.pair.node(side);
        let officer = node.officer("liaison").unwrap();
        node.app.exhibits(&officer, self.dossier).unwrap()
    }

    fn exhibit(&self, side: Side) -> Exhibit {
        let all = self.exhibits(side);
        all.exhibit(self.exhibit).unwrap().clone()
    }

    fn transit_copy(&mut self) -> EntryId {
        let fields = [
            ("handed", "transit_copy"),
            ("done_at", "2015-06-05T10:00"),
            ("copy_until", "2030-01-31"),
        ];
        self.writes(
            Side::Ma,
            "investigation.transfer",
            &fields,
            writing_with_file,
        )
        .unwrap()
    }
}

fn writing_with_file(writing: Writing<'_>) -> Writing<'_> {
    writing.file("copie.bin", vec![7; 300_000])
}

/// What both sides must see alike of an exhibit.
fn alike(one: &Exhibit) -> Vec<String> {
    let moments = one.moments.iter();
    let said = moments.map(|m| format!("{} {:?} {:?} {} {}", m.entry, m.what, m.at, m.from, m.to));
    let gaps = one.gaps.iter().map(|gap| format!("{gap:?}"));
    said.chain(gaps).collect()
}

fn problem(refused: Result<EntryId, AppError>, field: &str) -> Problem {
    match refused.unwrap_err() {
        AppError::Fields(errors) => errors.iter().find(|e| e.field == field).unwrap().problem,
        other => panic!("{other:?}"),
    }
}

/// Steps by both sides make one chain, the same at both nodes; where a step is missing both say where and in what.
/// Take out: `gaps` in `exhibit_of`.
#[test]
fn both_sides_see_one_chain_and_its_gap() {
    let mut at = Inquiry::new(801);
    let step = |done: &'static str, from: &'static str, to: &'static str| {
        [
            ("step", "handed_over"),
            ("done_at", done),
            ("from_whom", from),
            ("to_whom", to),
            ("what_for", "copie du support"),
        ]
    };
    // The later step is written first: the chain is by time.
    at.about(
        Side::Fr,
        "investigation.custody",
        &step("2015-06-04T08:00", "greffe", "laboratoire"),
    )
    .unwrap();
    let gap = &at.exhibit(Side::Fr).gaps;
    let holder = Break::Holder("unité d’enquête".into(), "greffe".into());
    assert_eq!(gap.iter().map(|g| &g.what).collect::<Vec<_>>(), [&holder]);
    assert_eq!(alike(&at.exhibit(Side::Ma)), alike(&at.exhibit(Side::Fr)));
    at.about(
        Side::Ma,
        "investigation.custody",
        &step("2015-06-03T09:15", "Unité d’enquête", "greffe"),
    )
    .unwrap();
    for side in [Side::Ma, Side::Fr] {
        assert_eq!(at.exhibit(side).gaps, [], "{side:?}");
    }
    at.pair.assert_same();
}

/// A transfer stands in both ledgers until its receipt is there; a reply is none, and a receipt with another seal and hash is said.
/// Take out: `fits` in `app/src/custody.rs`, or `compare` in `show/custody.rs`.
#[test]
fn a_transfer_owes_a_receipt_that_says_what_was_found() {
    let mut at = Inquiry::new(802);
    let fields = [
        ("handed", "original"),
        ("done_at", "2015-06-05T10:00"),
        ("from_whom", "unité d’enquête"),
        ("to_whom", "laboratoire"),
        ("seal", "bag"),
        ("seal_number", "S-0500"),
    ];
    let given = at
        .about(Side::Ma, "investigation.transfer", &fields)
        .unwrap();
    let asked = at.asked(Side::Fr, given, Ask::Acknowledge);
    let reply = Writing::on(at.dossier, &[("text", "bien reçu")]).target(asked);
    at.pair.try_write(Side::Fr, "reply", &reply).unwrap_err();
    let receipt = [
        ("done_at", "2015-06-05T16:20"),
        ("to_whom", "laboratoire"),
        ("seal_found", "broken"),
        ("seal_number", "S-0501"),
        ("hash_method", "sha256"),
        ("hash", &HASH.replace('9', "8")),
    ];
    let to = (given, Ask::Acknowledge);
    at.answer(Side::Fr, "investigation.received", to, &receipt)
        .unwrap();
    for side in [Side::Ma, Side::Fr] {
        let one = at.exhibit(side);
        let received = one.moments.last().unwrap();
        assert_eq!(received.what, CustodyDeed::Received(given));
        assert_eq!(received.compared, Some(Compared::Different));
        let ask = &one.moments[1].asks[0];
        assert_eq!(ask.state, State::Answered);
        let gaps: Vec<&Break> = one.gaps.iter().map(|gap| &gap.what).collect();
        let seal = Break::Seal("intact".into(), "broken".into());
        let number = Break::Number("S-0500".into(), "S-0501".into());
        assert_eq!(gaps, [&seal, &number]);
    }
    at.pair.assert_same();
}

/// A copy in transit whose day is over is overdue at both nodes, stays so while nobody attests, and once our officer attests its bytes and
/// key are gone here, while the sender keeps the original. A hold stops the attestation.
/// Take out: `erase_transit_copy`, or `refuse_held` in `refuse_strange_custody`.
#[test]
fn invariant_10_a_transit_copy_is_overdue_until_it_is_gone() {
    let mut at = Inquiry::new(803);
    let given = at.transit_copy();
    assert_eq!(at.pair.fr().file(given, 0), Some(vec![7; 300_000]));
    let until = entente_core::kind::end_of_day("2030-01-31").unwrap();
    let time = at.pair.ma().app.now();
    let left = until.0 - time.0;
    at.pair
        .time
        .advance(left + entente_core::instant::Span::days(60).0);
    at.pair.settle();
    let erase = at.asked(Side::Fr, given, Ask::Erase);
    for side in [Side::Ma, Side::Fr] {
        assert!(at.pair.shown(side, at.dossier, erase).overdue, "{side:?}");
    }
    let attests = [("copies", "none")];
    let to = (given, Ask::Erase);
    let id = given.to_string();
    let hold = [
        ("entry", id.as_str()),
        ("ground", "proceedings"),
        ("until", "2030-12-31"),
    ];
    let hold = at
        .pair
        .write(Side::Fr, "hold", &Writing::on(at.dossier, &hold));
    at.pair.settle();
    at.answer(Side::Fr, "attest_erasure", to, &attests)
        .unwrap_err();
    assert_eq!(at.pair.fr().file(given, 0), Some(vec![7; 300_000]), "held");
    let hold = hold.entry.to_string();
    let lift = Writing::on(at.dossier, &[("hold", hold.as_str())]);
    at.pair.write(Side::Fr, "lift_hold", &lift);
    at.pair.settle();
    at.answer(Side::Fr, "attest_erasure", to, &attests).unwrap();
    assert_eq!(at.pair.fr().file(given, 0), None, "gone here");
    let gone = at.pair.files(Side::Fr, AttachmentState::Erased).unwrap();
    assert_eq!(gone, 1);
    assert_eq!(at.pair.ma().file(given, 0), Some(vec![7; 300_000]));
    for side in [Side::Ma, Side::Fr] {
        let shown = at.pair.shown(side, at.dossier, erase);
        assert_eq!((shown.state, shown.overdue), (State::Answered, false));
    }
    at.pair.assert_same();
}

/// What is asked back comes back by a return that itself owes a receipt; nothing else answers it.
/// Take out: `Ask::Return` in `answered_by`.
#[test]
fn what_is_asked_back_is_returned_with_a_receipt() {
    let mut at = Inquiry::new(804);
    let fields = [("by", "2040-09-30"), ("text", "Audience fixée.")];
    let asked = at
        .about(Side::Fr, "investigation.ask_return", &fields)
        .unwrap();
    let to = (asked, Ask::Return);
    at.answer(Side::Ma, "reply", to, &[("text", "fait")])
        .unwrap_err();
    let given = [
        ("done_at", "2015-09-14T11:00"),
        ("from_whom", "unité d’enquête"),
        ("to_whom", "greffe"),
    ];
    let returned = at
        .answer(Side::Ma, "investigation.returned", to, &given)
        .unwrap();
    let to = (returned, Ask::Acknowledge);
    let receipt = [("done_at", "2015-09-15T09:00"), ("seal_found", "intact")];
    at.answer(Side::Fr, "investigation.received", to, &receipt)
        .unwrap();
    let one = at.exhibit(Side::Ma);
    let deeds: Vec<&CustodyDeed> = one.moments.iter().map(|moment| &moment.what).collect();
    assert!(deeds.contains(&&CustodyDeed::Returned(asked)));
    assert!(deeds.contains(&&CustodyDeed::Received(returned)));
    let open = one.moments.iter().flat_map(|moment| &moment.asks);
    assert_eq!(open.filter(|ask| ask.state.is_open()).count(), 0);
    at.pair.assert_same();
}

/// A form on an exhibit says which field is wrong: a hash with too few digits, a copy in transit without its day, a day without such a copy,
/// an exhibit that is none.
/// Take out: the call of `wrong` in `refuse_strange_custody`, or `names_exhibit` in `fits` of `app/src/things.rs`.
#[test]
fn what_does_not_fit_together_is_refused_by_field() {
    let mut at = Inquiry::new(805);
    let transfer = "investigation.transfer";
    let told = |more: &[(&'static str, &'static str)]| {
        let base = [("done_at", "2015-06-05T10:00")];
        [&base, more].concat()
    };
    let short = told(&[
        ("handed", "copy"),
        ("hash_method", "sha256"),
        ("hash", "abcd"),
    ]);
    let refused = at.about(Side::Ma, transfer, &short);
    assert_eq!(problem(refused, "hash"), Problem::NotAHash(64));
    let endless = told(&[("handed", "transit_copy")]);
    let refused = at.about(Side::Ma, transfer, &endless);
    assert_eq!(problem(refused, "copy_until"), Problem::Missing);
    let ending = told(&[("handed", "copy"), ("copy_until", "2040-01-01")]);
    let refused = at.about(Side::Ma, transfer, &ending);
    assert_eq!(problem(refused, "copy_until"), Problem::NotBoth);
    at.exhibit = at.dossier.opening();
    let refused = at.about(Side::Ma, transfer, &told(&[("handed", "copy")]));
    assert_eq!(problem(refused, "exhibit"), Problem::NotInList);
}

/// What was kept at home does not exist for the partner, and what names it stays at home too: it asks nobody.
/// Take out: `is_of_custody` in `meant_for`.
#[test]
fn what_names_an_exhibit_goes_no_further_than_it() {
    let mut at = Inquiry::new(806);
    let fields = [("name", "Carnet"), ("mark", "EST-8")];
    let writing = Writing::on(at.dossier, &fields).own_only();
    let kept = at.pair.write(Side::Ma, "investigation.exhibit", &writing);
    at.exhibit = kept.entry;
    let step = [
        ("step", "stored"),
        ("done_at", "2015-06-04T08:00"),
        ("what_for", "dépôt"),
    ];
    at.about(Side::Ma, "investigation.custody", &step).unwrap();
    assert_eq!(at.exhibits(Side::Ma).exhibits.len(), 2);
    let theirs = at.exhibits(Side::Fr);
    assert_eq!((theirs.exhibits.len(), theirs.withheld), (1, 0));
    at.pair.assert_same();
}

/// A published example of CASE, unaltered: it names a database by the SHA-256 of `123456` and an image by that of `12345678`. None, with a line,
/// where the shared data is not here.
fn published() -> Option<Vec<u8>> {
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = ["../../../shared", "../../../../shared"];
    let found = places
        .iter()
        .find_map(|place| std::fs::read(own.join(place).join("data/evidence/case_file.json")).ok());
    if found.is_none() {
        println!("skipped: shared data absent");
    }
    found
}

impl Inquiry {
    fn contributes(&mut self, side: Side, given: &[(&'static str, &[u8])]) -> EntryId {
        let fields = [("title", "Pièces"), ("text", "Voir les fichiers.")];
        let mut writing = Writing::on(self.dossier, &fields);
        for (name, bytes) in given {
            writing = writing.file(name, bytes.to_vec());
        }
        let written = self.pair.write(side, "investigation.contribute", &writing);
        self.pair.settle();
        written.entry
    }

    fn packages(&self, side: Side, reading: Reading) -> Vec<PackageLine> {
        let node = self.pair.node(side);
        let officer = node.officer("liaison").unwrap();
        let mut all = Vec::new();
        let of = (self.dossier, reading);
        let take = &mut |line| all.push(line);
        node.app.packages(&officer, of, take).unwrap();
        all
    }

    fn case(&self, side: Side, dossier: DossierId) -> CaseFile {
        let node = self.pair.node(side);
        let officer = node.officer("liaison").unwrap();
        node.app.case(&officer, dossier, u64::MAX).unwrap()
    }
}

/// What was found of a file by its name.
fn found(line: &PackageLine, name: &str) -> (Found, Option<EntryId>) {
    let (package, held) = line.read.as_ref().unwrap();
    let named = files(package.graph());
    let file = named
        .iter()
        .find(|file| file.names.contains(&name))
        .unwrap();
    let (found, here) = held.of(file.node).unwrap();
    (found, here.map(|here| here.entry))
}

/// A package's files are the attached ones of the same hash, in its own entry or in another of either side; one wrong byte is said, so is what is
/// not attached, and what was not read is not said to be anything.
/// Take out: in `evidence/src/held.rs::hold`, any case; in `app/src/show/held.rs::files_in`, what the officer may open.
#[test]
fn files_that_a_package_names_are_held_against_those_attached() {
    let Some(package) = published() else { return };
    let mut at = Inquiry::new(331);
    let given: &[(&'static str, &[u8])] = &[("case.json", &package), ("messages.db", b"123456")];
    let with = at.contributes(Side::Ma, given);
    let size = package.len() as u64;
    let reading = |package, all| Reading { package, all };
    let unread = at.packages(Side::Fr, reading(size, size));
    assert!(matches!(found(&unread[0], "messages.db"), (Found::NotRead(_), Some(e)) if e == with));
    for side in Side::BOTH {
        let lines = at.packages(side, Reading::WHOLE);
        assert_eq!(lines.len(), 1);
        let (same, entry) = found(&lines[0], "messages.db");
        assert!(matches!(same, Found::Same { weak: false, .. }) && entry == Some(with));
        let image = found(&lines[0], "DFL-20140712-001C.img");
        assert_eq!(image, (Found::Absent, None));
        assert!(!lines[0].read.as_ref().unwrap().1.holds());
    }
    let image: &[(&'static str, &[u8])] = &[("DFL-20140712-001C.img", b"12345678")];
    let image = at.contributes(Side::Fr, image);
    let lines = at.packages(Side::Ma, Reading::WHOLE);
    let (same, entry) = found(&lines[0], "DFL-20140712-001C.img");
    assert!(matches!(same, Found::Same { .. }) && entry == Some(image));

    let mut at = Inquiry::new(332);
    let wrong: &[(&'static str, &[u8])] = &[("case.json", &package), ("messages.db", b"123457")];
    let with = at.contributes(Side::Ma, wrong);
    let lines = at.packages(Side::Fr, Reading::WHOLE);
    let (differs, entry) = found(&lines[0], "messages.db");
    assert!(matches!(differs, Found::Differs(_)) && entry == Some(with));
}

/// One look reads so much of packages: of one, and of all; what is beyond is said not to be read, and the rest is.
/// Take out: in `app/src/show/held.rs`, either case of `read_of`, or what a package takes of what is left.
#[test]
fn one_look_at_packages_reads_so_much_and_says_what_it_does_not() {
    let mut at = Inquiry::new(333);
    let (short, long) = (&b"[]"[..], &b"[ ]"[..]);
    let empty: &[(&'static str, &[u8])] = &[("a.json", short), ("b.json", long), ("c.json", short)];
    at.contributes(Side::Ma, empty);
    let reads = |package, all| {
        let lines = at.packages(Side::Fr, Reading { package, all });
        let why = |line: PackageLine| (line.file.name, line.read.err());
        lines.into_iter().map(why).collect::<Vec<_>>()
    };
    let line = |name: &str, why| (name.to_owned(), why);
    let large = Some(Unread::TooLarge(2));
    assert_eq!(
        reads(2, 4),
        [
            line("a.json", None),
            line("b.json", large),
            line("c.json", None)
        ]
    );
    let no_more = Some(Unread::NoMore);
    assert_eq!(
        reads(3, 4),
        [
            line("a.json", None),
            line("b.json", no_more),
            line("c.json", None)
        ]
    );
}

fn same(one: &CaseFile, other: &CaseFile) {
    let [one, other] = [one, other].map(|case| Package::decode(case.text.as_bytes()).unwrap());
    let difference = compare(one.graph(), other.graph()).unwrap();
    assert!(difference.is_none(), "{difference:?}");
}

/// Whether all that one says is in the other, as it is.
fn within(one: &CaseFile, other: &CaseFile) {
    let [one, other] = [one, other].map(|case| Package::decode(case.text.as_bytes()).unwrap());
    let difference = compare(one.graph(), other.graph()).unwrap();
    let kept = difference.only_first.is_empty() && difference.changed.is_empty();
    assert!(kept, "{difference:?}");
}

/// Two devices, each with a file, one brought by either side, and a link between them.
fn two_devices_linked(at: &mut Inquiry) {
    let mut devices = Vec::new();
    for (side, name) in [(Side::Ma, "Appareil 7"), (Side::Fr, "Appareil 8")] {
        let fields = [
            ("name", name),
            ("nature", "assessment"),
            ("source", "B"),
            ("accuracy", "2"),
            ("text", "Vu deux fois."),
        ];
        let writing = Writing::on(at.dossier, &fields).file("vue.png", b"abc".to_vec());
        devices.push(
            at.pair
                .write(side, "investigation.device", &writing)
                .entry
                .to_string(),
        );
        at.pair.settle();
    }
    let link = [
        ("from_thing", &*devices[0]),
        ("how", "uses"),
        ("to_thing", &*devices[1]),
        ("nature", "fact"),
        ("from_date", "2015-03"),
    ];
    let link = at.pair.try_write(
        Side::Fr,
        "investigation.link",
        &Writing::on(at.dossier, &link),
    );
    link.unwrap();
    at.pair.settle();
}

/// A dossier is given out with its exhibits, their custody, links, decisions, files with hashes and what its packages say; both nodes give out the
/// same graph, and whoever takes it into another dossier gives it out again as it was, under the same names.
/// Take out: in `app/src/show/case.rs`, `put_exhibits`, the union with what packages say, or what an officer may take out.
#[test]
fn a_dossier_goes_out_whole_and_comes_back_the_same_from_another_node() {
    let Some(package) = published() else { return };
    let mut at = Inquiry::new(333);
    let given: &[(&'static str, &[u8])] = &[("case.json", &package), ("messages.db", b"123456")];
    at.contributes(Side::Ma, given);
    let handed = [
        ("handed", "original"),
        ("done_at", "2015-06-05T10:00"),
        ("to_whom", "laboratoire"),
    ];
    let transfer = at
        .about(Side::Ma, "investigation.transfer", &handed)
        .unwrap();
    let receipt = [
        ("done_at", "2015-06-05T11:00"),
        ("to_whom", "laboratoire"),
        ("seal_found", "intact"),
    ];
    at.answer(
        Side::Fr,
        "investigation.received",
        (transfer, Ask::Acknowledge),
        &receipt,
    )
    .unwrap();
    two_devices_linked(&mut at);

    let ours = at.case(Side::Ma, at.dossier);
    let theirs = at.case(Side::Fr, at.dossier);
    same(&ours, &theirs);
    whole_or_refused(&at, &ours.text);
    assert_eq!((ours.left_out, ours.unhashed), (0, 0));
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let published = "8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92";
    for said in [
        "EST-7",
        "S-0412",
        HASH,
        "laboratoire",
        "sealFound",
        "sourceReliability",
        "2015-03",
        "Vu deux fois.",
        abc,
        published,
        "ontology/drafting/",
    ] {
        assert!(ours.text.contains(said), "{said}: {}", ours.text);
    }

    // Taken into another dossier at the other node, and given out there.
    let fields = [("title", "Suite"), ("aim", "Reprendre.")];
    let opened = at
        .pair
        .write(Side::Fr, "investigation.open", &Writing::new(&fields));
    at.pair.settle();
    let fields = [("title", "Reçu"), ("text", "Paquet de l’autre dossier.")];
    let taken = Writing::on(opened.dossier, &fields).file("case.jsonld", ours.text.clone().into());
    at.pair.write(Side::Fr, "investigation.contribute", &taken);
    at.pair.settle();
    for side in Side::BOTH {
        let again = at.case(side, opened.dossier);
        within(&ours, &again);
        assert_eq!((again.left_out, again.unhashed), (0, 0));
    }

    // Taken into its own dossier it says nothing that we do not.
    let taken = Writing::on(at.dossier, &fields).file("case.jsonld", ours.text.clone().into());
    at.pair.write(Side::Fr, "investigation.contribute", &taken);
    at.pair.settle();
    let again = at.case(Side::Ma, at.dossier);
    within(&ours, &again);
    assert_eq!((again.left_out, again.unhashed), (0, 0));

    // What its originator does not let out stays, and is counted for whoever may read it.
    let fields = [
        ("name", "Appareil 9"),
        ("nature", "fact"),
        ("handling", "H2"),
    ];
    at.pair.write(
        Side::Fr,
        "investigation.device",
        &Writing::on(at.dossier, &fields),
    );
    at.pair.settle();
    let barred = at.case(Side::Ma, at.dossier);
    assert!(!barred.text.contains("Appareil 9") && barred.left_out == 1);
    assert!(barred.text.contains("urn:entente:evidence:leftOut"));
    within(&ours, &barred);
}

/// What is more than a package may be is refused with the limit, no part of it is given, and nothing is lost: the same dossier is given out
/// whole where it fits, to the byte. Take out: in `show/case.rs::written_out`, the limit.
fn whole_or_refused(at: &Inquiry, whole: &str) {
    let node = at.pair.node(Side::Ma);
    let officer = node.officer("liaison").unwrap();
    let at_most = |most| node.app.case_within(&officer, at.dossier, (u64::MAX, most));
    let size = whole.len();
    let refused = at_most(size - 1).map(|case| case.text.len());
    assert!(
        matches!(refused, Err(AppError::TooLarge(most)) if most == size as u64 - 1),
        "{refused:?}"
    );
    assert_eq!(at_most(size).unwrap().text, whole);
}

/// A package that a partner attaches says nothing in the name of our records: not of an exhibit, its seizure, a service or an entry of this dossier
/// that is not in what goes out, and no new record about an exhibit. What it says under names of its own goes out, and which file says it.
/// Take out: in `app/src/show/case.rs`, `unforged`; in `evidence/src/union.rs`, any case of `Ours::beside`.
#[test]
fn a_package_adds_nothing_to_our_own_records() {
    let mut at = Inquiry::new(334);
    let name = "https://ontology.unifiedcyberontology.org/uco/core/name";
    let exhibit = format!("urn:entente:entry:{}", at.exhibit);
    let opening = format!("urn:entente:entry:{}", at.dossier.opening());
    let says = |id: &str, more: &str| {
        format!(r#"{{"@graph": [{{"@id": "{id}", "{name}": "forged"{more}}}]}}"#)
    };
    let about = format!(r#", "urn:x:of": {{"@id": "{exhibit}"}}"#);
    let unknown = format!("urn:entente:entry:{}", "ab".repeat(32));
    let forged = [
        says(&exhibit, ""),
        says(&format!("{exhibit}#seized"), ""),
        says(&format!("{exhibit}#file-0"), ""),
        says(&opening, ""),
        says("urn:entente:service:ma/autre", ""),
        says("URN:Entente:entry:1", ""),
        says(&unknown, &about),
    ];
    let clean = at.case(Side::Fr, at.dossier);
    for text in &forged {
        at.contributes(Side::Ma, &[("paquet.json", text.as_bytes())]);
    }
    let with = at.case(Side::Fr, at.dossier);
    assert!(!with.text.contains("forged"), "{}", with.text);
    assert_eq!(with.left_out, 7);
    within(&clean, &with);

    let own = says("urn:x:own", &about);
    let entry = at.contributes(Side::Ma, &[("paquet.json", own.as_bytes())]);
    let with = at.case(Side::Fr, at.dossier);
    assert_eq!(with.left_out, 7);
    let package = Package::decode(with.text.as_bytes()).unwrap();
    let file = format!("urn:entente:entry:{entry}#file-0");
    let (_, file) = package.graph().find(&file).unwrap();
    let holds = file.refers("urn:entente:evidence:holds");
    let holds: Vec<_> = holds
        .filter_map(|id| package.graph().node(id)?.iri())
        .collect();
    assert_eq!(holds, ["urn:x:own"]);
}

impl Inquiry {
    fn permits(&mut self, of: EntryId) {
        let of = of.to_string();
        let asks = [("entry", &*of), ("court", "on"), ("proceedings", "12/2026")];
        let ask = self.pair.write(
            Side::Ma,
            "ask_permission",
            &Writing::on(self.dossier, &asks),
        );
        self.pair.settle();
        let on = ObligationId {
            entry: ask.entry,
            index: 0,
        };
        let permit = Writing::on(self.dossier, &asks[1..]).target(on);
        self.pair.write(Side::Fr, "permit", &permit);
        self.pair.settle();
    }

    /// How often a permission of a partner was used, as inspectors read it.
    fn permitted(&self) -> usize {
        let inspector = self.pair.ma().officer("ins").unwrap();
        let records = self
            .pair
            .ma()
            .app
            .access_records(&inspector, 200, 0)
            .unwrap();
        records
            .iter()
            .filter(|(_, r)| r.verb == "permitted")
            .count()
    }
}

/// A step whose originator keeps it out of court is counted and not in the chain, which says of itself that it is not whole; once its originator
/// permits it the step goes out, and by which permission is on record before.
/// Take out: in `app/src/show/case.rs`, `incomplete |= own.is_none()`, or the loop over `permitted`.
#[test]
fn a_chain_that_may_not_go_out_whole_says_so_until_its_originator_permits_it() {
    let mut at = Inquiry::new(335);
    let inspector = person(at.pair.ma(), "ins", "archives", Role::Inspector);
    at.pair.ma().app.add_officer(inspector).unwrap();
    let step = [
        ("step", "handed_over"),
        ("done_at", "2015-06-03T09:15"),
        ("to_whom", "greffe du tribunal"),
        ("what_for", "dépôt"),
        ("handling", "H2"),
    ];
    let step = at.about(Side::Fr, "investigation.custody", &step).unwrap();
    let incomplete = "urn:entente:evidence:incomplete";
    let without = at.case(Side::Ma, at.dossier);
    assert!(!without.text.contains("greffe du tribunal"));
    assert!(without.text.contains(incomplete) && without.left_out == 1);
    assert_eq!(at.permitted(), 0);
    at.permits(step);
    let with = at.case(Side::Ma, at.dossier);
    assert!(with.text.contains("greffe du tribunal"), "{}", with.text);
    assert!(!with.text.contains(incomplete) && with.left_out == 0);
    assert_eq!(at.permitted(), 1);
}
