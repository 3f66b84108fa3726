//! What a release wraps, held against the header that wraps it (rule 16): the same reading on every node that has the body.
//!
//! Bodies have no part in control state (rule 2). So a release that wraps something else than it names is regular and stays where it
//! is; its content is not shown, and every reader sees what does not fit.

use crate::act::Act;
use crate::field::{Problem, Values};
use crate::handling::{Handling, HandlingCodes};
use crate::header::Header;
use crate::ids::{Commitment, DossierId, EntryId};
use crate::kinds::common::TRANSLATION;
use crate::kinds::erasure::{ASK_ERASURE, ATTEST_ERASURE, ERASE};
use crate::kinds::release::RELEASE;
use crate::label::{Label, Lang, label};

/// Declares the ways in which a release does not fit, with names for programs and words for people.
macro_rules! mismatches {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $fr:literal, $ar:literal, $en:literal;)+) => {
        /// Why what a release wraps is not shown.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Mismatch { $($(#[$doc])* $variant,)+ }
        impl Mismatch {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// A stable name for programs.
            #[must_use]
            pub fn name(self) -> &'static str { match self { $(Self::$variant => $name,)+ } }
            /// What a person reads.
            #[must_use]
            pub fn label(self) -> Label { match self { $(Self::$variant => label($fr, $ar, $en),)+ } }
        }
    };
}

mismatches! {
    /// No wrapped entry can be read in the body.
    Unreadable = "unreadable", "l’écriture communiquée est illisible", "القيد المعروض غير مقروء", "what was released cannot be read";
    /// The header has another digest than the identifier that is named.
    Header = "header", "son en-tête n’est pas celui de l’écriture nommée", "ترويسته ليست ترويسة القيد المذكور", "its header is not that of the entry named";
    /// The original was written by another state.
    Author = "author", "un autre État l’a écrite", "كتبته دولة أخرى", "another state wrote it";
    /// The original is of another dossier than the one named.
    Dossier = "dossier", "elle est d’un autre dossier que celui nommé", "هو من ملف غير المذكور", "it is of another dossier than the one named";
    /// The original was never released to anybody: national eyes only, or for its own node.
    Kept = "kept", "elle ne devait jamais quitter son pays", "لم يكن له أن يغادر بلده", "it was never to leave its state";
    /// The original says again what another said, or is about an erasure.
    Derived = "derived", "elle reprend les mots d’une autre", "يعيد كلام غيره", "it repeats what another said";
    /// The original was written for another purpose.
    Purpose = "purpose", "elle a une autre finalité", "له غاية أخرى", "it has another purpose";
    /// The release is handled less strictly than the original.
    Handling = "handling", "ses conditions d’usage seraient relâchées", "شروط استعماله مخففة", "its handling would be laxer than it was";
    /// The body is not the one that the original's header commits to.
    Body = "body", "son contenu n’est pas celui qui fut signé", "مضمونه ليس ما وقع", "its content is not what was signed";
    /// The files are not those that the original's header commits to.
    Files = "files", "ses fichiers ne sont pas ceux qui furent signés", "ملفاته ليست ما وقع", "its files are not those that were signed";
}

/// What is wrong with an earlier dossier that an opening names, or with an entry of it that is to be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlierProblem {
    /// Two states alone continue no earlier dossier.
    NeedsThird,
    /// Released here already.
    Released,
    /// Its content, or one of its files, is not here whole.
    Incomplete,
    /// An entry that cannot be released.
    NotReleasable(Mismatch),
}

impl From<EarlierProblem> for Problem {
    fn from(problem: EarlierProblem) -> Self {
        Self::Earlier(problem)
    }
}

impl From<Mismatch> for Problem {
    fn from(why: Mismatch) -> Self {
        Self::Earlier(EarlierProblem::NotReleasable(why))
    }
}

impl EarlierProblem {
    /// The problem in words.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        let said = match self {
            Self::NeedsThird => label(
                "un dossier antérieur se poursuit à trois États ou plus : nommez aussi l’État que vous faites entrer",
                "يواصل الملف السابق بين ثلاث دول أو أكثر: سموا أيضا الدولة التي تدخلونها",
                "an earlier dossier is continued among three states or more: name the state that you bring in as well",
            ),
            Self::Released => label(
                "déjà communiquée dans ce dossier",
                "سبق عرضه في هذا الملف",
                "released in this dossier already",
            ),
            Self::Incomplete => label(
                "son contenu ou l’un de ses fichiers n’est plus ici en entier",
                "مضمونه أو أحد ملفاته لم يعد هنا كاملا",
                "its content or one of its files is not here whole",
            ),
            Self::NotReleasable(why) => {
                let cannot = label(
                    "ne peut pas être communiquée :",
                    "لا يمكن عرضه:",
                    "cannot be released:",
                );
                return format!("{} {}", cannot.get(lang), why.label().get(lang));
            }
        };
        said.get(lang).to_owned()
    }
}

/// What a release wraps, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// Digest of the header bytes: the identifier that the original has.
    pub id: EntryId,
    /// The original's header.
    pub header: Header,
    /// What salt and body commit to.
    pub commitment: Commitment,
    /// The original's body; none where it is no body of ours.
    pub values: Option<Values>,
}

/// What a header releases, if it releases something: the entry and its dossier.
#[must_use]
pub fn released(header: &Header) -> Option<(EntryId, DossierId)> {
    header.acts.known.iter().find_map(|act| match act {
        Act::Release { entry, dossier } => Some((*entry, *dossier)),
        _ => None,
    })
}

/// Holds what is wrapped against the header that releases it.
///
/// # Errors
/// The first thing that does not fit; then nothing of it is shown.
pub fn holds(release: &Header, wrapped: Option<&Wrapped>) -> Result<(), Mismatch> {
    let (Some((entry, dossier)), Some(wrapped)) = (released(release), wrapped) else {
        return Err(Mismatch::Unreadable);
    };
    let original = &wrapped.header;
    require(wrapped.id == entry, Mismatch::Header)?;
    require(original.node() == release.node(), Mismatch::Author)?;
    require(original.dossier_of(entry) == dossier, Mismatch::Dossier)?;
    releasable(original)?;
    require(original.purpose == release.purpose, Mismatch::Purpose)?;
    require(
        as_strict(release.handling, original.handling),
        Mismatch::Handling,
    )?;
    require(original.body == Some(wrapped.commitment), Mismatch::Body)?;
    require(original.attachments == release.attachments, Mismatch::Files)
}

/// Whether an entry may be released by its author's node at all.
///
/// # Errors
/// Why not.
pub fn releasable(original: &Header) -> Result<(), Mismatch> {
    let sent = original.audience.len() > 1 && original.release.is_some();
    require(sent && original.handling.sendable(), Mismatch::Kept)?;
    let derived = [
        &TRANSLATION,
        &RELEASE,
        &ERASE,
        &ASK_ERASURE,
        &ATTEST_ERASURE,
    ];
    let repeats = derived.iter().any(|t| t.name == original.kind);
    require(!repeats, Mismatch::Derived)
}

/// The handling of a release: the original's, and what is asked for beyond it.
#[must_use]
pub fn handling(original: Handling, more: HandlingCodes) -> Handling {
    Handling {
        codes: original.codes.union(more),
        ..original
    }
}

fn as_strict(release: Handling, original: Handling) -> bool {
    release.class >= original.class
        && release.codes.contains(original.codes)
        && release.evaluation == original.evaluation
}

fn require(holds: bool, otherwise: Mismatch) -> Result<(), Mismatch> {
    match holds {
        true => Ok(()),
        false => Err(otherwise),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::Acts;
    use crate::codes::{Accuracy, Basis, Class, Necessity, Purpose, Role, Source};
    use crate::handling::Evaluation;
    use crate::header::{Author, HEADER_VERSION, Release, Under};
    use crate::ids::Pseudonym;
    use crate::instant::Instant;

    const FIRST: DossierId = DossierId([1; 32]);
    const ENTRY: EntryId = EntryId([2; 32]);
    const BODY: Commitment = Commitment([3; 32]);

    fn header(kind: &str, dossier: DossierId, acts: Vec<Act>) -> Header {
        let node = |name: &str| name.parse().unwrap();
        Header {
            version: HEADER_VERSION,
            dossier: Some(dossier),
            kind: kind.to_owned(),
            kind_version: 1,
            author: Author {
                service: "fr/liaison".parse().unwrap(),
                officer: Pseudonym([9; 8]),
                role: Role::Liaison,
            },
            at: Instant(5),
            seq: 4,
            after: Vec::new(),
            under: Under::default(),
            audience: vec![node("fr"), node("ma")],
            purpose: Purpose::Justice,
            handling: Handling {
                class: Class::Restricted,
                codes: HandlingCodes::H1,
                evaluation: Some(Evaluation {
                    source: Source::B,
                    accuracy: Accuracy::Two,
                }),
            },
            release: Some(Release {
                necessity: Necessity::JointInquiry,
                basis: Basis::Instrument,
                approver: Pseudonym([9; 8]),
            }),
            acts: Acts::new(acts),
            body: Some(BODY),
            attachments: vec![Commitment([4; 32])],
        }
    }

    fn pair() -> (Header, Wrapped) {
        let act = Act::Release {
            entry: ENTRY,
            dossier: FIRST,
        };
        let wrapped = Wrapped {
            id: ENTRY,
            header: header("investigation.contribute", FIRST, Vec::new()),
            commitment: BODY,
            values: None,
        };
        (header("release", DossierId([8; 32]), vec![act]), wrapped)
    }

    /// Invariants 5 to 7: a true release holds, stricter handling too, and each lie has its own name.
    #[test]
    fn each_lie_is_caught() {
        let (release, wrapped) = pair();
        assert_eq!(holds(&release, Some(&wrapped)), Ok(()));
        let mut stricter = release.clone();
        stricter.handling = handling(stricter.handling, HandlingCodes::H2);
        stricter.handling.class = Class::Confidential;
        assert_eq!(holds(&stricter, Some(&wrapped)), Ok(()));
        assert_eq!(holds(&release, None), Err(Mismatch::Unreadable));

        type Bend = fn(&mut Header, &mut Wrapped);
        let lies: [(Bend, Mismatch); 16] = [
            (|r, _| r.acts = Acts::default(), Mismatch::Unreadable),
            (|_, w| w.id = EntryId([7; 32]), Mismatch::Header),
            (
                |_, w| w.header.author.service = "es/liaison".parse().unwrap(),
                Mismatch::Author,
            ),
            (
                |_, w| w.header.dossier = Some(DossierId([7; 32])),
                Mismatch::Dossier,
            ),
            (|_, w| w.header.dossier = None, Mismatch::Dossier),
            (|_, w| w.header.audience.truncate(1), Mismatch::Kept),
            (|_, w| w.header.release = None, Mismatch::Kept),
            (
                |_, w| w.header.handling.codes = HandlingCodes::NATIONAL,
                Mismatch::Kept,
            ),
            (
                |_, w| w.header.kind = "translation".into(),
                Mismatch::Derived,
            ),
            (|_, w| w.header.kind = "release".into(), Mismatch::Derived),
            (
                |_, w| w.header.purpose = Purpose::Support,
                Mismatch::Purpose,
            ),
            (
                |r, _| r.handling.class = Class::Internal,
                Mismatch::Handling,
            ),
            (
                |r, _| r.handling.codes = HandlingCodes::H2,
                Mismatch::Handling,
            ),
            (|r, _| r.handling.evaluation = None, Mismatch::Handling),
            (|_, w| w.commitment = Commitment([7; 32]), Mismatch::Body),
            (|r, _| r.attachments.clear(), Mismatch::Files),
        ];
        for (bend, expected) in lies {
            let (mut release, mut wrapped) = pair();
            bend(&mut release, &mut wrapped);
            assert_eq!(holds(&release, Some(&wrapped)), Err(expected));
        }
        let (release, mut wrapped) = pair();
        wrapped.header.body = None;
        assert_eq!(holds(&release, Some(&wrapped)), Err(Mismatch::Body));
    }

    #[test]
    fn every_reason_has_a_name_and_words() {
        let names: std::collections::BTreeSet<&str> =
            Mismatch::ALL.iter().map(|m| m.name()).collect();
        assert_eq!(names.len(), Mismatch::ALL.len());
        for mismatch in Mismatch::ALL {
            let label = mismatch.label();
            assert!(![label.fr, label.ar, label.en].contains(&""));
        }
    }
}
