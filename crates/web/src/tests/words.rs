//! Words that readers confused: what is said of one thing is said of no other, in the messages and in the definitions.

use entente_core::access::Operation;
use entente_core::codes::{Ask, Ground, Outcome};
use entente_core::deeds::deed;
use entente_core::judge::Irregular;
use entente_core::kinds;
use entente_core::label::Label;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every message as French, Arabic and English, and every label of the definitions.
fn said() -> Vec<(String, [String; 3])> {
    let [fr, ar, en] = [
        include_str!("../../messages/fr.ftl"),
        include_str!("../../messages/ar.ftl"),
        include_str!("../../messages/en.ftl"),
    ]
    .map(messages);
    let mut out: Vec<_> = en
        .into_iter()
        .map(|(key, en)| {
            let of = |words: &BTreeMap<String, String>| words[&key].clone();
            (key.clone(), [of(&fr), of(&ar), en])
        })
        .collect();
    out.extend(labels().map(|l| (l.en.to_owned(), [l.fr, l.ar, l.en].map(str::to_owned))));
    out
}

fn messages(source: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut key = String::new();
    for line in source.lines() {
        if let Some((name, text)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            name.clone_into(&mut key);
            out.insert(key.clone(), text.to_owned());
        } else if let Some(text) = out.get_mut(&key).filter(|_| line.starts_with(' ')) {
            text.push_str(line);
        }
    }
    out
}

fn labels() -> impl Iterator<Item = Label> {
    let entries = kinds::ALL.iter().flat_map(|kind| kind.entries.iter());
    let of_entry = entries.flat_map(|entry| {
        let fields = entry.fields.iter().flat_map(|f| [f.label, f.help]);
        [entry.label, entry.verb].into_iter().chain(fields)
    });
    let kinds = kinds::ALL.iter().flat_map(|k| [k.label, k.purpose_text]);
    let codes = Ask::ALL.iter().map(|c| c.label());
    let codes = codes.chain(Ground::ALL.iter().map(|c| c.label()));
    let codes = codes.chain(Outcome::ALL.iter().map(|c| c.label()));
    let reasons = Irregular::ALL.iter().map(|c| c.label());
    kinds.chain(of_entry).chain(codes).chain(reasons)
}

/// A dossier is a ملف; a file attached or read in is a مرفق or a وثيقة, never a ملف.
#[test]
fn a_dossier_and_a_file_have_different_words_in_arabic() {
    for (key, [_, ar, en]) in said() {
        let (en, names) = (en.to_lowercase(), ar.contains("ملف"));
        if names {
            assert!(
                en.contains("dossier") || en.contains("where it goes"),
                "{key}: {ar}"
            );
        }
        if en.contains("dossier") && !en.contains("--dossier") && !en.contains("dossier:") {
            assert!(names, "{key}: {ar}");
        }
    }
}

/// A node gives a récépissé (وصل); a person's "we have it" is an accusé de réception (إشعار بالتوصل).
#[test]
fn a_receipt_and_an_acknowledgement_have_different_words() {
    for (key, [fr, ar, en]) in said() {
        let en = en.to_lowercase();
        let person = en.contains("acknowledg");
        assert_eq!(fr.contains("accus"), person, "{key}: {fr}");
        assert!(!ar.contains("إيصال"), "{key}: {ar}");
        let noun = ["a receipt", "receipts", "’s receipt", "no receipt"];
        let en = en.replace("receipt time", "");
        if !person && noun.iter().any(|n| en.contains(n)) {
            assert!(fr.to_lowercase().contains("récépissé"), "{key}: {fr}");
            assert!(ar.contains("وصل") || ar.contains("الوصولات"), "{key}: {ar}");
        }
    }
    let words = include_str!("../../../../docs/words.md");
    for row in [
        "| receipt | récépissé | وصل |",
        "| acknowledge | accuser réception | إشعار بالتوصل |",
        "| file | fichier | مرفق؛ وثيقة |",
        "| dossier | dossier | ملف |",
    ] {
        assert!(words.contains(row), "{row}");
    }
}

/// An entry is an écriture, a link a lien, a card a carte: one word each, as `docs/words.md` has them.
#[test]
fn one_thing_has_one_word_in_french() {
    for (key, [fr, _, en]) in said() {
        let (fr, en) = (fr.to_lowercase(), en.to_lowercase());
        if en.contains("entries") && !en.contains("tries again") {
            assert!(fr.contains("écriture"), "{key}: {fr}");
        }
        assert!(
            !fr.contains("la liaison") && !fr.contains("une liaison"),
            "{key}: {fr}"
        );
        assert!(
            !fr.contains("fiche ") && !fr.contains("drapeau"),
            "{key}: {fr}"
        );
        assert!(!fr.contains("genre"), "{key}: {fr}");
    }
}

/// The inspector's desk shows no code of ours: whatever the verbs put on record as what was looked at or done has words. Take out: a line of
/// `DEEDS` in core/src/deeds.rs.
#[test]
fn whatever_stands_on_record_has_words_at_the_desk() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut codes = BTreeSet::new();
    for file in sources(&app) {
        let source = std::fs::read_to_string(&file).unwrap();
        // What stands under a test is recorded by nobody.
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        codes.extend(recorded(source));
    }
    for known in ["absences", "ask_admission", "register", "sign_in"] {
        assert!(codes.contains(known), "the search finds {known}");
    }
    assert!(codes.len() > 100, "{}", codes.len());
    let unnamed: Vec<&String> = codes.iter().filter(|code| deed(code).is_none()).collect();
    assert!(
        unnamed.is_empty(),
        "add them to core/src/deeds.rs: {unnamed:?}"
    );
    for one in Operation::ALL {
        let words = one.label();
        assert!(
            [words.fr, words.ar, words.en]
                .iter()
                .all(|w| !w.contains('_'))
        );
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => out.extend(sources(&path)),
            false if path.extension().is_some_and(|e| e == "rs") => out.push(path),
            false => {}
        }
    }
    out
}

/// What makes an access record, with the code that it names it by.
const RECORDS: [&str; 12] = [
    "looked(",
    "did(",
    "AccessRecord::of(",
    "AccessRecord::by(",
    "signs(",
    "acts_on(",
    "administers(",
    "traced(",
    ".looks(",
    "by.record(",
    ".alter(",
    ".refused(",
];

/// The codes in a source: the literal after the operation, or the first one where the operation is known; and those that `verb` may be.
fn recorded(source: &str) -> Vec<String> {
    let calls = RECORDS.iter().flat_map(|begins| {
        let rest = source.split(begins).skip(1);
        rest.filter_map(|rest| {
            let within = within(rest);
            let after = within
                .split_once("Operation::")
                .map_or(within, |(_, after)| after);
            literals(after).next()
        })
    });
    let chosen = source.split("let verb = ").skip(1);
    let chosen = chosen.flat_map(|rest| literals(rest.split(';').next().unwrap_or_default()));
    calls.chain(chosen).collect()
}

/// What stands before the bracket that closes a call.
fn within(rest: &str) -> &str {
    let mut depth = 1;
    let end = rest.find(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// Literals that are codes, and no texts to fill in.
fn literals(source: &str) -> impl Iterator<Item = String> {
    let code = |text: &&str| {
        let fits = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '-');
        !text.is_empty() && text.chars().all(fits)
    };
    let between = source.split('"').skip(1).step_by(2);
    between.filter(code).map(str::to_owned)
}
