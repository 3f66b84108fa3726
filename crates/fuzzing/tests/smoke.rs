//! Every fuzz target on its samples and thousands of mutations of them, in a fixed order: the smoke run of `make test`.
//!
//! Samples are harvested from two nodes that worked together, so that they are what partners really send; what was found by
//! fuzzing stands in `fuzz/corpus/` and is tried for ever.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use entente_app::restart::RestartStep;
use entente_app::views::AccessQuery;
use entente_app::{Stretch, TokenCipher, TokenKey, Wrapped, WrappedBy};
use entente_core::field::{Value, Values};
use entente_fuzzing::mutate::mutated;
use entente_fuzzing::{COURIER_SEED, KEY_FILE_KEY, SIGNER_SEED, TARGETS, proved_presence};
use entente_link::courier::{Opening, Packer};
use entente_link::frame::{
    Batch, Cosignature, FRAME_HEAD, Flags, Frame, HeldClaim, Hello, LedgerDigest,
};
use entente_link::{Blame, Body, Evidence, Item, WIRE_VERSIONS};
use entente_proof::beginning::{Beginning, Ground, Offer, Point, Proposal};
use entente_proof::card::dearmour_card;
use entente_proof::checkpoint::origin;
use entente_proof::compromise::{COMPROMISE_VERSION, Declaration, Declared};
use entente_proof::digest::Digest;
use entente_proof::extract::Extract;
use entente_proof::intersect::{self, Seed};
use entente_proof::leaf::{KeyChange, Leaf};
use entente_proof::manifest::{Indexed, MANIFEST_VERSION, Manifest};
use entente_proof::merkle::empty_root;
use entente_proof::presence::Proof;
use entente_proof::seal::ObjectKey;
use entente_proof::sealed::{SealedExtract, armour_key, armour_secret};
use entente_proof::sealing::SealingKey;
use entente_proof::sign::{Signature, SigningKey};
use entente_proof::tls_change::TlsChange;
use entente_store::{AttachmentState, Direction};
use entente_testkit::node::Writing;
use entente_testkit::pair::{Side, TestPair};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Mutations of each sample.
const EACH: u64 = 400;
/// Most bytes of a harvested sample: small ones are mutated to more effect.
const LARGEST: usize = 24 * 1024;
/// Most samples of each target.
const SAMPLES: usize = 24;

type Samples = BTreeMap<&'static str, Vec<Vec<u8>>>;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus")
}

#[test]
fn invariant_12_hostile_bytes_never_hurt_any_decoder() {
    let samples = samples();
    let mut tried = 0u64;
    for (name, target) in TARGETS {
        let own = samples.get(name).cloned().unwrap_or_default();
        assert!(!own.is_empty(), "no sample for {name}");
        for (place, sample) in own.iter().enumerate() {
            attempt(name, *target, sample);
            // The importers read slowly what is long: fewer of those.
            let each = if *name == "declaration" {
                EACH / 8
            } else {
                EACH
            };
            for number in 0..each {
                let number = number * 1_000 + place as u64;
                attempt(name, *target, &mutated(sample, &own, number));
                tried += 1;
            }
        }
    }
    println!("{tried} mutations, {} targets", TARGETS.len());
    assert!(tried > 20_000, "{tried}");
}

fn attempt(name: &str, target: fn(&[u8]), data: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| target(data))).is_err() {
        panic!(
            "{name} does not come back: keep these bytes in fuzz/corpus/{name}/ before you mend it\n{}",
            hex::encode(data)
        );
    }
}

/// Samples as harvested, and the corpus as it is kept.
fn samples() -> Samples {
    let mut all = harvested();
    for (name, _) in TARGETS {
        let Ok(folder) = std::fs::read_dir(corpus().join(name)) else {
            continue;
        };
        let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let kept = all.entry(name).or_default();
        for file in files {
            let bytes = std::fs::read(file).unwrap();
            if !kept.contains(&bytes) {
                kept.push(bytes);
            }
        }
    }
    all
}

/// Writes the harvested samples as the corpora that `cargo fuzz` starts from: `cargo test -p entente-fuzzing -- --ignored`.
#[test]
#[ignore = "writes fuzz/corpus"]
fn write_corpora() {
    for (name, samples) in harvested() {
        let folder = corpus().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (number, sample) in samples.iter().enumerate().take(4) {
            std::fs::write(folder.join(format!("sample-{number}")), sample).unwrap();
        }
    }
}

fn harvested() -> Samples {
    let mut all = Samples::new();
    let mut add = |name: &'static str, bytes: Vec<u8>| {
        let known = all.entry(name).or_default();
        if bytes.len() <= LARGEST && known.len() < SAMPLES && !known.contains(&bytes) {
            known.push(bytes);
        }
    };
    from_pair(&mut add);
    frames(&mut add);
    evidence(&mut add);
    texts(&mut add);
    all
}

/// Headers, bodies, leaves, notes, cosignatures, cards, a proof and a bundle of two nodes that worked together.
fn from_pair(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    let mut pair = TestPair::linked(1);
    let (dossier, asked) = pair.ask(Side::Ma, "normal");
    pair.settle();
    let note = Writing::on(dossier, &[("text", "Pièce jointe.")]).file("p.txt", vec![7; 900]);
    let noted = pair.write(Side::Ma, "note", &note);
    pair.answer(Side::Fr, dossier, asked);
    pair.settle();
    assert_eq!(pair.files(Side::Fr, AttachmentState::Held).unwrap(), 1);
    let (ma, fr) = (pair.ma(), pair.fr());
    for row in ma.entries().unwrap() {
        add("header", row.header);
    }
    let rows = ma.look(|tx| tx.leaves(&fr.name, Direction::Out, 0, 100));
    let leaves: Vec<Vec<u8>> = rows.unwrap().into_iter().map(|row| row.leaf).collect();
    for leaf in &leaves {
        add("leaf", leaf.clone());
    }
    let change = KeyChange::sign(
        "ma",
        &SigningKey::from_seed([1; 32]),
        &SigningKey::from_seed([2; 32]),
        5,
    );
    add("leaf", Leaf::KeyChange(change.unwrap()).encode());
    let [one, two, three] = [1, 2, 3].map(|seed| SigningKey::from_seed([seed; 32]));
    let change = TlsChange::sign("ma", (&one, &two), &three, (5, 9)).unwrap();
    add("leaf", Leaf::TlsChange(Box::new(change)).encode());
    add("told", told_sample());
    let head = ma.look(|tx| tx.register(&fr.name, Direction::Out)).unwrap();
    let cosigned = ma.look(|tx| tx.checkpoint(&fr.name, Direction::Out, head.size));
    let cosigned = cosigned.unwrap().unwrap();
    add("checkpoint", head.note.clone().into_bytes());
    add("cosignature", cosigned.cosignature.clone().into_bytes());
    let card = ma.app.own_card();
    add("card", dearmour_card(&card).unwrap());
    add("card", card.into_bytes());
    let declared = declaration();
    add("compromise", declared.encode());
    add("compromise", declared.armour().into_bytes());
    let inspector = ma.officer("inspector").unwrap();
    let extract = ma.app.access_export(&inspector, &AccessQuery::default());
    let extract = extract.unwrap();
    let key = SealingKey::from_seed([7; 32]).public().unwrap();
    let sealed = Extract::dearmour(&extract).unwrap();
    let sealed = SealedExtract::seal(&sealed, &key, [9; 64]).unwrap();
    add("extract", sealed.encode());
    add("extract", sealed.armour().into_bytes());
    add("extract", armour_key(&key).into_bytes());
    add("extract", armour_secret(&[7; 32]).into_bytes());
    add("extract", Extract::dearmour(&extract).unwrap().encode());
    add("extract", extract.into_bytes());
    let officer = ma.officer("liaison").unwrap();
    let proof = ma.app.proof(&officer, noted.entry).unwrap();
    let bundle = entente_proof::bundle::Bundle::dearmour(&proof).unwrap();
    if let Some(body) = &bundle.body {
        add("body", body.bytes.clone());
    }
    add("bundle", bundle.encode());
    add("bundle", proof.into_bytes());
    courts(add);
    key_files(add, &entente_app::NodeKeys::generate(&*ma.random()));
    couriers(add, &head.note);
    restarts(add, &mut pair);
}

/// A key file in clear, under a passphrase, and under a token.
fn key_files(add: &mut dyn FnMut(&'static str, Vec<u8>), clear: &[u8]) {
    add("key_file", clear.to_vec());
    let keys = entente_app::NodeKeys::from_seed_file_bytes(clear).unwrap();
    let stretch = Stretch {
        salt: [1; 16],
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    };
    let token = TokenKey {
        module: "/usr/lib/module.so".into(),
        token: "token".into(),
        object: "key".into(),
        id: vec![1],
        cipher: TokenCipher::RsaOaep,
        wrapped: vec![2; 256],
    };
    for by in [WrappedBy::Passphrase(stretch), WrappedBy::Token(token)] {
        let wrapped = Wrapped::seal(&keys, by, &ObjectKey::new(KEY_FILE_KEY), [3; 12]);
        add("key_file", wrapped.unwrap().encode());
    }
}

/// The files of a restart with what they hold, a release and the proof of presence, as two nodes make them.
fn restarts(add: &mut dyn FnMut(&'static str, Vec<u8>), pair: &mut TestPair) {
    let fr = pair.fr();
    let coordinator = fr.app.coordinator("coordinator").unwrap();
    let proposal = fr
        .app
        .propose_restart(&coordinator, &pair.ma().name, Ground::Fork);
    let proposal = proposal.unwrap();
    pair.wire.tear(true);
    pair.time.advance(10_000);
    let (ma, print) = (pair.ma(), pair.fr().app.own_fingerprint().unwrap());
    let coordinator = ma.app.coordinator("coordinator").unwrap();
    let step = ma.app.accept_restart(&coordinator, &proposal, &print);
    let RestartStep::Answer(answer) = step.unwrap() else {
        panic!("a proposal is answered")
    };
    let part = answer.replace("REGISTER ANSWER", "REGISTER ANSWER PART");
    for text in [proposal, answer, part] {
        add("restart", text.into_bytes());
    }
    let signer = SigningKey::from_seed(SIGNER_SEED);
    let points = vec![Point::start()];
    let offer = Offer::new(
        ("fr", "ma"),
        (0, None),
        Ground::Fork,
        signer.verifying_key(),
        points,
        5,
    );
    let proposal = Proposal::sign(offer, &signer).unwrap();
    add("beginning", proposal.encode());
    let other = SigningKey::from_seed([2; 32]);
    let accepted = Beginning::accept(proposal, Point::start(), &other, 6);
    add("beginning", accepted.unwrap().encode());

    let entry = ma.entries().unwrap().remove(0);
    let wrapped = json_body(&[
        ("released_header", STANDARD.encode(&entry.header)),
        ("released_salt", "07".repeat(16)),
        ("released_body", STANDARD.encode([0xa0])),
    ]);
    add("released", wrapped);

    add("ical", INVITATION.as_bytes().to_vec());
    let asked = intersect::ask(&Seed::new([4; 32]), &[b"here".to_vec()]).unwrap();
    add("intersect", asked.encode());
    let presence = proved_presence();
    let change = KeyChange::sign("ma", &signer, &SigningKey::from_seed([8; 32]), 5).unwrap();
    for proof in [
        presence.prove(&signer, Vec::new()),
        presence.prove(&SigningKey::from_seed([8; 32]), vec![change]),
    ] {
        let frame = Frame::Presence(Box::new(proof)).encode().unwrap();
        add("presence", frame[FRAME_HEAD..].to_vec());
    }
}

/// An answer as a client writes it, with a zone of its own, a rule, an alarm and a folded line.
const INVITATION: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Client//EN\r\nMETHOD:REPLY\r\nBEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\n\
DTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
BEGIN:VEVENT\r\nUID:1@entente\r\nSEQUENCE:2\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Ours:20260110T100000\r\nDURATION:PT1H30M\r\n\
RRULE:FREQ=MONTHLY;COUNT=3\r\nSUMMARY:Une rencontre\\, deux\r\n  suites\r\nORGANIZER;CN=\"fr/liaison\":urn:uuid:6ba7b810-9dad-81d1-80b4-00c04fd430c8\r\n\
ATTENDEE;PARTSTAT=ACCEPTED:mailto:somebody@mail.example\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// A body of texts.
fn json_body(texts: &[(&str, String)]) -> Vec<u8> {
    let values = texts
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Value::Text(text.clone())));
    let values = Values {
        lang: None,
        values: values.collect(),
    };
    values.to_bytes()
}

fn declaration() -> Declaration {
    let (old, new) = (
        SigningKey::from_seed([1; 32]),
        SigningKey::from_seed([2; 32]),
    );
    let declared = Declared {
        version: COMPROMISE_VERSION,
        node: "ma".to_owned(),
        key: old.verifying_key(),
        tls_key: SigningKey::from_seed([3; 32]).verifying_key(),
        since_s: 1_432_800_000,
        by: "ma".to_owned(),
        signer: new.verifying_key(),
        time_ms: 1_432_800_000_000,
    };
    Declaration::sign(declared, &new).unwrap()
}

fn couriers(add: &mut dyn FnMut(&'static str, Vec<u8>), note: &str) {
    let opening = Opening {
        made_ms: 1_432_800_000_000,
        believed: 3,
        card: vec![1; 600],
    };
    add("courier", opening.encode());
    let key = SealingKey::from_seed(COURIER_SEED).public().unwrap();
    let (mut packer, mut file) =
        Packer::begin(("ma", "fr"), &key, [3; 16], [4; 64], &opening).unwrap();
    for frame in all_frames(note) {
        file.extend(packer.frame(&frame).unwrap());
    }
    file.extend(packer.finish(&SigningKey::from_seed(SIGNER_SEED)).unwrap());
    add("courier", file);
}

fn hello() -> Frame {
    Frame::Hello(Box::new(Hello {
        versions: WIRE_VERSIONS.to_vec(),
        node: "ma".into(),
        to: "fr".into(),
        own_generation: 0,
        peer_generation: 0,
        held: HeldClaim {
            size: 0,
            root: empty_root(),
            note: None,
            cosignature: None,
        },
        size: 0,
        note: None,
        card: Digest([5; 32]),
        flags: Flags(0),
    }))
}

fn all_frames(note: &str) -> Vec<Frame> {
    use entente_link::frame::{BlobChunk, BlobRefusal, BlobRefusalCode, BlobRequest};
    let (entry, index) = (Digest([6; 32]), 0);
    let item = Item {
        leaf: Leaf::Entry(entry).encode(),
        header: Some(vec![0xa0]),
        body: Body::Present {
            salt: [1; 16],
            bytes: vec![2; 40],
        },
    };
    let bare = Item {
        leaf: vec![9, 9],
        header: None,
        body: Body::Erased,
    };
    vec![
        hello(),
        Frame::Batch(Batch {
            from: 0,
            items: vec![item, bare],
            note: note.to_owned(),
        }),
        Frame::Cosignature(Cosignature {
            size: 2,
            line: "— fr AAAA".into(),
        }),
        Frame::Presence(Box::new(Proof {
            signature: Signature([3; 64]),
            changes: vec![
                KeyChange::sign(
                    "ma",
                    &SigningKey::from_seed(SIGNER_SEED),
                    &SigningKey::from_seed([8; 32]),
                    5,
                )
                .unwrap(),
            ],
        })),
        Frame::BlobRequest(BlobRequest {
            entry,
            index,
            first: 0,
            count: 4,
        }),
        Frame::BlobChunk(BlobChunk {
            entry,
            index,
            chunk: 0,
            last: true,
            bytes: vec![3; 100],
        }),
        Frame::BlobRefused(BlobRefusal {
            entry,
            index,
            code: BlobRefusalCode::ERASED,
        }),
        Frame::LedgerDigest(LedgerDigest {
            out_size: 4,
            in_size: 2,
            instant_ms: -1,
            digest: Digest([7; 32]),
        }),
        Frame::Ping,
        Frame::Flags(Flags(u64::MAX)),
        Frame::Card(vec![8; 40]),
        Frame::Error {
            blame: Blame::DEVIATES,
            detail: 3,
        },
    ]
}

fn frames(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    let note = "entente.register/ma/fr/0\n2\nAAAA\n\n— ma AAAA\n";
    let mut stream = Vec::new();
    for frame in all_frames(note) {
        let bytes = frame.encode().unwrap();
        add("frame", bytes[4..].to_vec());
        add(
            "session",
            [hello().encode().unwrap(), bytes.clone()].concat(),
        );
        stream.extend(bytes);
    }
    add("session", stream);
}

fn evidence(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    let register = origin("ma", "fr", 0);
    let (held_note, offered_note) = ("held".to_owned(), "offered".to_owned());
    add(
        "evidence",
        Evidence::Fork {
            register: register.clone(),
            held_note: held_note.clone(),
            offered_note,
            at_size: 4,
            held_root: Digest([1; 32]),
            offered_root: Digest([2; 32]),
        }
        .encode(),
    );
    add(
        "evidence",
        Evidence::Rollback {
            register,
            held_note,
            claimed_size: 0,
            claimed_note: None,
        }
        .encode(),
    );
}

/// Packages of evidence: custody and hashes; lists and nodes without a name; the forms that a context gives.
const PACKAGES: [&str; 3] = [
    r##"{"@context":{"@vocab":"http://example.org/local#","kb":"http://example.org/kb/","core":"https://ontology.unifiedcyberontology.org/uco/core/","act":"https://ontology.unifiedcyberontology.org/uco/action/","case":"https://ontology.caseontology.org/case/investigation/","ob":"https://ontology.unifiedcyberontology.org/uco/observable/","ty":"https://ontology.unifiedcyberontology.org/uco/types/","xsd":"http://www.w3.org/2001/XMLSchema#"},"@graph":[{"@id":"kb:a","@type":"case:InvestigativeAction","core:name":"imaged","act:startTime":{"@type":"xsd:dateTime","@value":"2010-01-15T17:59:43.25Z"},"act:performer":{"@id":"kb:p"},"act:object":[{"@id":"kb:d"}],"act:result":[{"@id":"kb:r"}]},{"@id":"kb:r","@type":"case:ProvenanceRecord","case:exhibitNumber":"X-1","core:object":{"@id":"kb:f"}},{"@id":"kb:f","@type":["ob:File","ob:Image"],"core:hasFacet":[{"@type":"ob:ContentDataFacet","ob:sizeInBytes":35002,"ob:hash":[{"@type":"ty:Hash","ty:hashMethod":"SHA256","ty:hashValue":{"@type":"xsd:hexBinary","@value":"6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"}}]}]}]}"##,
    r##"[{"@id":"_:a","u:p":{"@list":[1,-2.50e+10,null,[true]]}},{"@id":"_:b","u:p":[{"@id":"_:a"},{"@id":"_:b"}],"p":{"@value":{"b":1,"a":"\ud83d\ude00"},"@type":"@json"}}]"##,
    r##"{"@context":[null,{"@version":1.1,"@base":"http://e.org/x","@language":"FR","id":"@id","to":{"@id":"u:to","@type":"@id","@container":"@list"},"d":{"@id":"u:d","@type":"u:t"}}],"id":"a","to":["b","#c"],"d":["x",5],"u:s":{"@set":["نص",{"@value":"t","@language":"ar"}]}}"##,
];

fn texts(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    for form in [
        "title=Estuaire&aim=Comprendre.&others=es/liaison,fr/police&urgency=life&needs_answer=on",
        "text=Note نص&date=2015-05-28&until=2015-06-28T12:30&copies=none&file=3&entry=00",
    ] {
        add("form", form.as_bytes().to_vec());
    }
    add(
        "form",
        br#"{"title":"Estuaire","aim":"Comprendre.","others":["es/liaison"],"file":3,"needs_answer":true}"#
            .to_vec(),
    );
    for id in [
        "ma".to_owned(),
        "fr/liaison".to_owned(),
        "07".repeat(32),
        format!("{}#1", "07".repeat(32)),
        "5f1c 90aa 5f1c 90aa 5f1c 90aa 5f1c 90aa".to_owned(),
        "2015-05-28T12:30:00Z".to_owned(),
        "3d".to_owned(),
    ] {
        add("ids", id.into_bytes());
    }
    add(
        "terms",
        br#"{"purposes":["governance"],"kinds":["desk"],"clocks":[{"ask":"answer","urgency":"normal","allowed":"5d"}],"transit":"1h","quotas":{"entries_a_day":5000,"body_bytes":1048576,"file_bytes":100},"feedback":false}"#
            .to_vec(),
    );
    let declarations = [
        "1. Les deux parties conviennent de multiplier les rencontres avant le 31 décembre 2026.\n2. Elles condamnent les attentats.\n",
        "# Joint declaration\n\n- The two sides agreed to meet every year.\n- They *welcome* the training of 120 officers by 1 March 2027.\n",
        "---\ntitle: Déclaration\ndate: 2015-05-28\n---\nLes ministres s'engagent à échanger, sous trois mois, les listes.\n",
        "<html lang=\"ar\"><body><p>اتفق الجانبان على تبادل المعلومات قبل 30 يونيو 2026.</p><table><tr><td>1<td>x</table></body></html>",
    ];
    for text in declarations {
        add("declaration", text.as_bytes().to_vec());
    }
    add(
        "register",
        br#"{"instruments":[{"id":"i1","title":{"fr":"D"},"date":"2015-05-28","points":[{"id":"p1","text":{"fr":"x"},"by":"fr","to":"ma","due":"2016-01-01","follows":["p0"]}]}]}"#
            .to_vec(),
    );
    for text in PACKAGES {
        add("package", text.as_bytes().to_vec());
    }
    let shared = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/declarations/fr-ma_commitment-register.derived.json");
    match std::fs::read(shared) {
        Ok(bytes) => add("register", bytes),
        Err(_) => println!("skipped: shared data absent"),
    }
}

/// What one recipient says to another of a third's entries.
fn told_sample() -> Vec<u8> {
    let node = |name: &str| name.parse().unwrap();
    let told = entente_core::told::Told {
        dossier: entente_core::ids::DossierId([7; 32]),
        author: node("ma"),
        audience: ["es", "fr", "ma"].map(node).to_vec(),
        seq: 3,
        entry: entente_core::ids::EntryId([9; 32]),
    };
    told.to_leaf()
}

/// A court bundle that is whole as an archive and names no entry; its index and signature alone.
fn courts(add: &mut dyn FnMut(&'static str, Vec<u8>)) {
    use entente_app::court::archive::{MAX_ARCHIVE, Packing};
    use entente_app::court::index::{Dossier, INDEX, INDEX_FORM, Index, SIGNATURE};
    let key = SigningKey::from_seed([5; 32]);
    let index = Index {
        form: INDEX_FORM.to_owned(),
        lang: "fr".to_owned(),
        node: "ma".to_owned(),
        service: "ma/liaison".to_owned(),
        dossier: Dossier {
            number: "MA-1".to_owned(),
            id: "0".to_owned(),
        },
        court: "tribunal".to_owned(),
        reference: String::new(),
        produced_at: "2016-11-07T10:00:00Z".to_owned(),
        entries: Vec::new(),
        compromised: Vec::new(),
        parts: std::collections::BTreeMap::new(),
    };
    let bytes = index.to_bytes();
    let indexed = Indexed {
        version: MANIFEST_VERSION,
        node: "ma".to_owned(),
        made_ms: 5,
        index: entente_proof::digest::sha256(&bytes),
        signer: key.verifying_key(),
        tls_key: key.verifying_key(),
    };
    let signature = Manifest::sign(indexed, &key).unwrap().armour();
    let mut archive = Vec::new();
    let mut packing = Packing::new(std::io::Cursor::new(&mut archive), MAX_ARCHIVE);
    packing.whole(INDEX, &bytes).unwrap();
    packing.whole(SIGNATURE, signature.as_bytes()).unwrap();
    packing.finish().unwrap();
    add("court", archive);
    add("court", bytes);
    add("court", signature.into_bytes());
}
