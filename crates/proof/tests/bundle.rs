//! A bundle of an invented entry between invented nodes: what it shows, and that no byte of it can change.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod passkey;

use std::sync::LazyLock;

use entente_proof::bundle::{
    BUNDLE_VERSION, BodyShown, Bundle, BundleBody, BundleError, BundleReport, Compromised,
    MAX_DECLARATIONS, Trusted, verify_bundle,
};
use entente_proof::card::{CARD_VERSION, Card, CardError, Fingerprint, sign_card};
use entente_proof::checkpoint::{Checkpoint, CheckpointError, origin, sign_checkpoint};
use entente_proof::commit::body_commitment;
use entente_proof::compromise::{COMPROMISE_VERSION, Declaration, Declared};
use entente_proof::cosign::{CosignError, cosign, cosigner_name};
use entente_proof::digest::{Digest, entry_id, sha256};
use entente_proof::leaf::{KeyChange, Leaf};
use entente_proof::merkle::{MerkleError, inclusion_proof, root_of};
use entente_proof::note::NoteError;
use entente_proof::sign::SigningKey;
use entente_proof::weight::{OfficerSignature, Signed, WEIGHT_VERSION, WeightError, challenge};
use passkey::{Algorithm, Passkey};
use proptest::prelude::*;

const COSIGNED_AT: u64 = 1_432_771_200;
const INDEX: usize = 5;
const SALT: [u8; 16] = [4; 16];
const BODY: &[u8] = b"the body of an invented request";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

fn card(node: &str, signing: &SigningKey) -> Card {
    Card {
        version: CARD_VERSION,
        node: node.to_owned(),
        signing_key: signing.verifying_key(),
        tls_key: key(77).verifying_key(),
        sealing_key: None,
        versions: vec![1],
        rules: vec![1],
        kinds: vec!["request".to_owned()],
        languages: vec!["fr".to_owned()],
        contact_function: format!("{node}/liaison"),
        issued_ms: 0,
        sealing_until_ms: None,
        changes: None,
        tls_changes: None,
    }
}

/// A header as `core` writes it, as far as proof reads it: {0: version, 2: kind, 14: body commitment}.
fn header(version: u8) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    encoder.map(3).unwrap().u8(0).unwrap().u8(version).unwrap();
    encoder.u8(2).unwrap().str("request.ask").unwrap();
    let body = body_commitment(&SALT, BODY);
    encoder.u8(14).unwrap().bytes(&body.0).unwrap();
    encoder.into_writer()
}

struct Parties {
    /// Cards name these keys.
    owner_card_key: SigningKey,
    cosigner_card_key: SigningKey,
    /// Checkpoint and cosignature are by these.
    owner: SigningKey,
    cosigner: SigningKey,
}

fn bundle_by(parties: &Parties, header: Vec<u8>) -> Bundle {
    let mut leaves: Vec<Digest> = (0..9_u8)
        .map(|n| Leaf::Entry(sha256(&[n])).hash())
        .collect();
    leaves[INDEX] = Leaf::Entry(entry_id(&header)).hash();
    let checkpoint = Checkpoint::new(origin("ma", "fr", 2), 9, root_of(&leaves));
    let note = sign_checkpoint(&checkpoint, &parties.owner).unwrap();
    let note = cosign(&note, &cosigner_name("fr"), &parties.cosigner, COSIGNED_AT).unwrap();
    let owner_card = card("ma", &parties.owner_card_key);
    let cosigner_card = card("fr", &parties.cosigner_card_key);
    Bundle {
        version: BUNDLE_VERSION,
        header,
        body: Some(BundleBody {
            salt: SALT,
            bytes: BODY.to_vec(),
        }),
        leaf_index: INDEX as u64,
        inclusion: inclusion_proof(INDEX as u64, &leaves).unwrap(),
        note,
        owner_card: sign_card(&owner_card, &parties.owner_card_key).unwrap(),
        cosigner_card: sign_card(&cosigner_card, &parties.cosigner_card_key).unwrap(),
        owner_history: Vec::new(),
        cosigner_history: Vec::new(),
        beginnings: None,
        begun: None,
        declarations: None,
        officer: None,
    }
}

/// The owner changed its key twice (1 to 2 to 3); its card names the first, the third signed.
/// The partner's card names its newest key (12), the older (11) cosigned.
fn sample() -> Bundle {
    let parties = Parties {
        owner_card_key: key(1),
        cosigner_card_key: key(12),
        owner: key(3),
        cosigner: key(11),
    };
    let mut bundle = bundle_by(&parties, header(1));
    bundle.owner_history = vec![
        KeyChange::sign("ma", &key(1), &key(2), 1).unwrap(),
        KeyChange::sign("ma", &key(2), &key(3), 2).unwrap(),
    ];
    bundle.cosigner_history = vec![KeyChange::sign("fr", &key(11), &key(12), 3).unwrap()];
    bundle
}

static ENCODED: LazyLock<Vec<u8>> = LazyLock::new(|| sample().encode());

fn verify_bytes(bytes: &[u8]) -> Result<BundleReport, BundleError> {
    verify_bundle(&Bundle::decode(bytes)?)
}

#[test]
fn a_bundle_says_what_it_shows() {
    let report = verify_bytes(&ENCODED).unwrap();
    assert_eq!(report.entry, entry_id(&header(1)));
    assert_eq!(report.register.from, "ma");
    assert_eq!(report.register.to, "fr");
    assert_eq!(report.register.generation, 2);
    assert_eq!((report.index, report.size), (5, 9));
    assert_eq!(report.signed_by, card("ma", &key(1)).fingerprint());
    assert_eq!(report.signing_key, key(3).verifying_key());
    assert_eq!(report.cosigned_by, card("fr", &key(12)).fingerprint());
    assert_eq!(report.cosigned_at_s, COSIGNED_AT);
    assert_eq!(report.body, BodyShown::Matches);
    assert_eq!(report.key_changes, 3);
    assert_eq!(Bundle::dearmour(&sample().armour()), Ok(sample()));
}

/// Rule 15: only what was cosigned before the declaration, and no step that a compromised key alone vouches for.
#[test]
fn rule_15_a_compromised_key_proves_what_was_cosigned_before_and_nothing_else() {
    let report = verify_bytes(&ENCODED).unwrap();
    let owner = |seed| card("ma", &key(seed)).fingerprint();
    let partner = |seed| card("fr", &key(seed)).fingerprint();
    assert_eq!(report.owner_prints, [owner(1), owner(2), owner(3)]);
    assert_eq!(
        (report.signing_print, report.cosigning_print),
        (owner(3), partner(11))
    );
    let trusts = |signed_by: &[_], cosigned_by: &[_], compromised: &[(_, u64)]| {
        report.trusts(&Trusted {
            signed_by: signed_by.to_vec(),
            cosigned_by: cosigned_by.to_vec(),
            compromised: compromised
                .iter()
                .map(|(print, since_s)| Compromised {
                    print: *print,
                    since_s: *since_s,
                })
                .collect(),
        })
    };
    let (late, early) = (COSIGNED_AT + 1, COSIGNED_AT);
    assert_eq!(trusts(&[], &[], &[]), Ok(()));
    for seed in 1..=3 {
        assert_eq!(
            trusts(&[owner(seed)], &[partner(12)], &[]),
            Ok(()),
            "{seed}"
        );
    }
    assert_eq!(
        trusts(&[owner(9)], &[], &[]),
        Err(BundleError::SignedByOther)
    );
    assert_eq!(
        trusts(&[], &[owner(1)], &[]),
        Err(BundleError::CosignedByOther)
    );
    // What signed: by the date of the partner's word.
    assert_eq!(trusts(&[owner(3)], &[], &[(owner(3), late)]), Ok(()));
    assert_eq!(
        trusts(&[owner(3)], &[], &[(owner(3), early)]),
        Err(BundleError::Compromised { since_s: early })
    );
    // What cosigned: whoever has it chooses its date.
    assert_eq!(
        trusts(&[], &[], &[(partner(11), late)]),
        Err(BundleError::CosignerCompromised { since_s: late })
    );
    assert_eq!(
        trusts(&[], &[partner(12)], &[(partner(12), early)]),
        Err(BundleError::CosignedByOther),
        "it may have invented the key before it"
    );
    assert_eq!(
        trusts(&[], &[partner(11)], &[(partner(12), early)]),
        Ok(()),
        "it came later"
    );
    // A step away from a compromised key: the reader must know what came after it.
    let second = [(owner(2), early)];
    assert_eq!(trusts(&[owner(3)], &[], &second), Ok(()));
    assert_eq!(
        trusts(&[owner(1), owner(2)], &[], &second),
        Err(BundleError::SignedByOther)
    );
    assert_eq!(trusts(&[], &[], &second), Err(BundleError::SignedByOther));
    // Declared twice: the earliest counts, in whichever order.
    for both in [[late, early], [early, late]] {
        let both = both.map(|declared| (owner(3), declared));
        assert_eq!(
            trusts(&[owner(3)], &[], &both),
            Err(BundleError::Compromised { since_s: early })
        );
    }
}

/// Who has a compromised key can invent a key that it says to have replaced, and sign anything at any time with that one.
#[test]
fn rule_15_a_compromised_key_vouches_for_no_key_before_it() {
    let parties = Parties {
        owner_card_key: key(3),
        cosigner_card_key: key(12),
        owner: key(1),
        cosigner: key(11),
    };
    let mut bundle = bundle_by(&parties, header(1));
    bundle.owner_history = sample().owner_history;
    bundle.cosigner_history = sample().cosigner_history;
    let report = verify_bytes(&bundle.encode()).unwrap();
    let owner = |seed| card("ma", &key(seed)).fingerprint();
    let partner = |seed| card("fr", &key(seed)).fingerprint();
    let trusts = |trusted: u8, compromised: Fingerprint| {
        report.trusts(&Trusted {
            signed_by: vec![owner(trusted)],
            cosigned_by: vec![partner(12)],
            compromised: vec![Compromised {
                print: compromised,
                since_s: COSIGNED_AT + 1,
            }],
        })
    };
    assert_eq!(trusts(3, owner(2)), Err(BundleError::SignedByOther));
    assert_eq!(trusts(2, owner(2)), Err(BundleError::SignedByOther));
    assert_eq!(trusts(3, owner(3)), Err(BundleError::SignedByOther));
    assert_eq!(trusts(3, partner(12)), Err(BundleError::CosignedByOther));
    // What lies on the other side of the compromised key vouches.
    assert_eq!(trusts(1, owner(2)), Ok(()));
    assert_eq!(trusts(2, owner(3)), Ok(()));
    assert_eq!(
        trusts(3, owner(1)),
        Ok(()),
        "cosigned before it was declared"
    );
}

/// What its maker knew of compromised keys travels with a bundle, and counts for a reader who was told nothing.
#[test]
fn rule_15_a_bundle_brings_the_declarations_that_its_maker_knew() {
    let declared = |by: &str, node: &str, since_s| {
        let declared = Declared {
            version: COMPROMISE_VERSION,
            node: node.to_owned(),
            key: key(3).verifying_key(),
            tls_key: card("ma", &key(3)).tls_key,
            since_s,
            by: by.to_owned(),
            signer: key(4).verifying_key(),
            time_ms: i64::MAX,
        };
        Declaration::sign(declared, &key(4)).unwrap()
    };
    let with = |declarations: Vec<Vec<u8>>| {
        let mut bundle = sample();
        let all = declarations.into_iter().map(Into::into).collect();
        bundle.declarations = Some(all);
        let read = Bundle::dearmour(&bundle.armour()).unwrap();
        verify_bundle(&read)
    };
    let nobody = Trusted::default();
    let since = COSIGNED_AT + 1;
    let late = with(vec![declared("ma", "ma", since).encode()]).unwrap();
    assert_eq!(late.declarations.len(), 1);
    assert_eq!(late.trusts(&nobody), Ok(()));
    // By its own node or by the other, whichever came earlier.
    for by in ["ma", "fr"] {
        let both = [declared("ma", "ma", since), declared(by, "ma", COSIGNED_AT)];
        let both = with(both.iter().map(Declaration::encode).collect()).unwrap();
        let refused = BundleError::Compromised {
            since_s: COSIGNED_AT,
        };
        assert_eq!(both.trusts(&nobody), Err(refused));
    }
    // Not of these two nodes, altered, none at all, or too many.
    for (by, node) in [("es", "ma"), ("ma", "es")] {
        let other = with(vec![declared(by, node, since).encode()]);
        assert_eq!(other, Err(BundleError::Parties));
    }
    let mut altered = declared("ma", "ma", since).encode();
    *altered.last_mut().unwrap() ^= 1;
    let refused = with(vec![altered]);
    assert!(
        matches!(refused, Err(BundleError::Declaration(_))),
        "{refused:?}"
    );
    let one = declared("ma", "ma", since).encode();
    for count in [0, MAX_DECLARATIONS + 1] {
        let refused = with(vec![one.clone(); count]);
        assert_eq!(refused, Err(BundleError::TooLarge));
    }
}

/// A card that names its changes names all of them: a history cannot put another beginning before them.
#[test]
fn a_history_agrees_with_the_changes_that_the_card_names() {
    let change = |old, new| KeyChange::sign("ma", &key(old), &key(new), 1).unwrap();
    let parties = |owner| Parties {
        owner_card_key: key(2),
        cosigner_card_key: key(11),
        owner: key(owner),
        cosigner: key(11),
    };
    let verified = |signer, history: &[(u8, u8)]| {
        let mut bundle = bundle_by(&parties(signer), header(1));
        let mut named = card("ma", &key(2));
        named.changes = Some(vec![change(0, 1), change(1, 2)]);
        bundle.owner_card = sign_card(&named, &key(2)).unwrap();
        bundle.owner_history = history
            .iter()
            .map(|(old, new)| change(*old, *new))
            .collect();
        verify_bytes(&bundle.encode()).map(|report| report.signing_print)
    };
    let print = |seed| Ok(card("ma", &key(seed)).fingerprint());
    assert_eq!(verified(0, &[(0, 1), (1, 2)]), print(0));
    assert_eq!(
        verified(1, &[(1, 2)]),
        print(1),
        "a register that began later"
    );
    assert_eq!(verified(2, &[]), print(2));
    assert_eq!(
        verified(3, &[(1, 2), (2, 3)]),
        print(3),
        "changed since the card"
    );
    let invented = Err(BundleError::History);
    assert_eq!(verified(9, &[(9, 1), (1, 2)]), invented);
    assert_eq!(verified(9, &[(9, 2)]), invented);
    assert_eq!(verified(9, &[(9, 0), (0, 1), (1, 2)]), invented);
}

#[test]
fn without_its_body_an_entry_is_still_proved() {
    let mut bundle = sample();
    bundle.body = None;
    let report = verify_bytes(&bundle.encode()).unwrap();
    assert_eq!(report.body, BodyShown::Absent);
    assert_eq!(report.entry, entry_id(&header(1)));
}

/// Detected, or harmless: the same report.
#[test]
fn every_flipped_byte_is_detected_or_harmless() {
    let report = verify_bytes(&ENCODED).unwrap();
    let mut harmless = 0;
    for position in 0..ENCODED.len() {
        for flip in [1 << (position % 8), 0xff] {
            let mut altered = ENCODED.clone();
            altered[position] ^= flip;
            if let Ok(other) = verify_bytes(&altered) {
                assert_eq!(other, report, "byte {position} ^ {flip}");
                harmless += 1;
            }
        }
    }
    // Every part of this bundle is signed or hashed: nothing may slip through at all.
    assert_eq!(harmless, 0);
}

#[test]
fn every_cut_is_refused() {
    for length in 0..ENCODED.len() {
        assert!(Bundle::decode(&ENCODED[..length]).is_err());
    }
}

fn refused(alter: impl FnOnce(&mut Bundle), error: BundleError) {
    let mut bundle = sample();
    alter(&mut bundle);
    assert_eq!(verify_bundle(&bundle), Err(error));
}

#[test]
fn each_missing_link_has_its_own_error() {
    let unknown = NoteError::UnknownKey;
    refused(|b| b.version = 2, BundleError::Version);
    refused(|b| b.header = vec![0; 20_000], BundleError::TooLarge);
    refused(
        |b| b.leaf_index = 4,
        BundleError::Inclusion(MerkleError::RootMismatch),
    );
    refused(
        |b| b.inclusion.truncate(1),
        BundleError::Inclusion(MerkleError::ProofLength),
    );
    refused(
        |b| b.body.as_mut().unwrap().salt = [5; 16],
        BundleError::Body,
    );
    refused(
        |b| b.owner_history.clear(),
        BundleError::Checkpoint(CheckpointError::Note(unknown)),
    );
    refused(
        |b| b.cosigner_history.clear(),
        BundleError::Cosignature(CosignError::Note(unknown)),
    );
    refused(|b| drop(b.owner_history.remove(0)), BundleError::History);
    refused(|b| b.owner_history.swap(0, 1), BundleError::History);
    refused(
        |b| b.owner_history.append(&mut b.cosigner_history),
        BundleError::History,
    );
    refused(
        |b| {
            b.owner_history = vec![KeyChange::sign("es", &key(1), &key(3), 1).unwrap()];
        },
        BundleError::History,
    );
    refused(
        |b| std::mem::swap(&mut b.owner_card, &mut b.cosigner_card),
        BundleError::Parties,
    );
    refused(
        |b| b.owner_card = sign_card(&card("es", &key(1)), &key(1)).unwrap(),
        BundleError::Parties,
    );
    refused(
        |b| {
            let r = b.owner_card.len() - 64;
            b.owner_card[r] ^= 1;
        },
        BundleError::Card(CardError::Signature(
            entente_proof::sign::SignError::Mismatch,
        )),
    );
    let lines = |b: &Bundle| b.note.lines().map(ToOwned::to_owned).collect::<Vec<_>>();
    refused(
        |b| b.note = lines(b)[..5].join("\n") + "\n",
        BundleError::Cosignature(CosignError::Note(unknown)),
    );
}

#[test]
fn a_body_under_a_newer_header_is_not_called_matching() {
    let parties = Parties {
        owner_card_key: key(1),
        cosigner_card_key: key(11),
        owner: key(1),
        cosigner: key(11),
    };
    let mut bundle = bundle_by(&parties, header(2));
    assert_eq!(verify_bundle(&bundle), Err(BundleError::HeaderVersion));
    bundle.body = None;
    assert_eq!(verify_bundle(&bundle).unwrap().body, BodyShown::Absent);
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(verify_bytes(&bytes).is_err());
    }

    #[test]
    fn several_changes_at_once_are_detected_or_harmless(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut altered = ENCODED.clone();
        for (position, byte) in changes {
            altered[position.index(ENCODED.len())] = byte;
        }
        if let Ok(report) = verify_bytes(&altered) {
            prop_assert_eq!(report, verify_bytes(&ENCODED).unwrap());
        }
    }
}

/// A header as `core` writes it, with who wrote it and who approved it: {0, 1: dossier, 4: [service, pseudonym, role], 12: [necessity, basis, pseudonym]}.
fn written_by(dossier: Option<Digest>, author: [u8; 8], approver: [u8; 8]) -> Vec<u8> {
    let mut encoder = minicbor::Encoder::new(Vec::new());
    let keys = if dossier.is_some() { 4 } else { 3 };
    encoder.map(keys).unwrap().u8(0).unwrap().u8(1).unwrap();
    if let Some(dossier) = dossier {
        encoder.u8(1).unwrap().bytes(&dossier.0).unwrap();
    }
    encoder.u8(4).unwrap().array(3).unwrap();
    encoder.str("ma/liaison").unwrap().bytes(&author).unwrap();
    encoder.u8(3).unwrap();
    encoder.u8(12).unwrap().array(3).unwrap().u8(1).unwrap();
    encoder.u8(1).unwrap().bytes(&approver).unwrap();
    encoder.into_writer()
}

fn unbroken() -> Parties {
    Parties {
        owner_card_key: key(1),
        cosigner_card_key: key(12),
        owner: key(1),
        cosigner: key(12),
    }
}

fn officer(header: &[u8], dossier: Digest, pseudonym: [u8; 8], by: &SigningKey) -> Vec<u8> {
    let passkey = Passkey::new(Algorithm::Es256);
    let entry = entry_id(header);
    let client = passkey::client_data(&challenge(&entry).0, "https://ma.example", false);
    let data = passkey::authenticator_data("ma.example", 5, 1);
    let message = [data.as_slice(), &sha256(client.as_bytes()).0].concat();
    let signed = Signed {
        version: WEIGHT_VERSION,
        entry,
        node: "ma".to_owned(),
        dossier,
        officer: pseudonym,
        host: "ma.example".to_owned(),
        credential: passkey.credential(),
        registered_ms: 1,
        authenticator_data: data.into(),
        client_data: client.into_bytes().into(),
        assertion: passkey.sign(&message).into(),
        by: by.verifying_key(),
    };
    OfficerSignature::sign(signed, by).unwrap().encode()
}

fn with_officer(header: &[u8], officer: Vec<u8>) -> Result<BundleReport, BundleError> {
    let mut bundle = bundle_by(&unbroken(), header.to_vec());
    bundle.body = None;
    bundle.officer = Some(officer.into());
    verify_bytes(&bundle.encode())
}

#[test]
fn an_officers_signature_is_of_who_wrote_or_approved_it() {
    let dossier = Digest([8; 32]);
    let header = written_by(Some(dossier), [1; 8], [2; 8]);
    for (pseudonym, wrote) in [([1; 8], true), ([2; 8], false)] {
        let report = with_officer(&header, officer(&header, dossier, pseudonym, &key(1)));
        let shown = report.unwrap().officer.unwrap();
        assert_eq!(
            (shown.wrote, shown.signature.signed.officer),
            (wrote, pseudonym)
        );
        assert_eq!(shown.vouching_print, card("ma", &key(1)).fingerprint());
    }
    let of_other = |header: &[u8], dossier, pseudonym, seed| {
        let made = officer(header, dossier, pseudonym, &key(seed));
        with_officer(&written_by(Some(Digest([8; 32])), [1; 8], [2; 8]), made)
    };
    let other = Err(BundleError::WeightOfOther);
    assert_eq!(
        of_other(&header, dossier, [3; 8], 1),
        other,
        "another officer"
    );
    assert_eq!(
        of_other(&header, dossier, [1; 8], 12),
        other,
        "the partner's word"
    );
    assert_eq!(
        of_other(&header, Digest([9; 32]), [1; 8], 1),
        other,
        "another dossier"
    );
    let another = written_by(Some(dossier), [1; 8], [4; 8]);
    assert_eq!(
        of_other(&another, dossier, [1; 8], 1),
        other,
        "another entry"
    );
    // The entry that opens a dossier names none.
    let opening = written_by(None, [1; 8], [1; 8]);
    let its = Digest(entry_id(&opening).0);
    let made = officer(&opening, its, [1; 8], &key(1));
    assert!(with_officer(&opening, made).unwrap().officer.unwrap().wrote);
}

#[test]
fn an_officers_signature_that_was_changed_proves_nothing() {
    let dossier = Digest([8; 32]);
    let header = written_by(Some(dossier), [1; 8], [2; 8]);
    let mut made = officer(&header, dossier, [1; 8], &key(1));
    *made.last_mut().unwrap() ^= 1;
    let refused = with_officer(&header, made).unwrap_err();
    assert!(
        matches!(refused, BundleError::Weight(WeightError::Node(_))),
        "{refused:?}"
    );
    let bundle = bundle_by(&unbroken(), header);
    assert_eq!(
        verify_bytes(
            &Bundle {
                body: None,
                ..bundle
            }
            .encode()
        )
        .unwrap()
        .officer,
        None
    );
}

/// Rule 15: nobody cosigned when a node vouched for its officer, so that the word of a compromised key counts for nothing.
#[test]
fn rule_15_a_compromised_key_vouches_for_no_officer() {
    let dossier = Digest([8; 32]);
    let header = written_by(Some(dossier), [1; 8], [2; 8]);
    let report = with_officer(&header, officer(&header, dossier, [1; 8], &key(1))).unwrap();
    let knows = |seed| Trusted {
        compromised: vec![Compromised {
            print: card("ma", &key(seed)).fingerprint(),
            since_s: COSIGNED_AT + 1,
        }],
        ..Trusted::default()
    };
    assert!(report.doubts_officer(&knows(1)) && !report.doubts_officer(&knows(2)));
    assert_eq!(
        report.trusts(&knows(1)),
        Ok(()),
        "the entry itself is proved"
    );
}

#[test]
fn passkeys_of_every_algorithm_have_keys_of_their_own() {
    let prints: Vec<Digest> = Algorithm::ALL
        .iter()
        .map(|a| Passkey::new(*a).credential().print())
        .collect();
    for (place, print) in prints.iter().enumerate() {
        assert!(!prints[..place].contains(print));
    }
}
