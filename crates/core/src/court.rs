//! What of an investigation may be produced in court: one table, pure. It permits nothing that [`crate::conditions`] bars: producing is
//! reading, printing and taking out with the proof, of the content and of every file.
//!
//! What somebody wrote counts in three ways: it may be produced; its originator's permission is missing, which can be asked for; or it is
//! barred, and why. An entry that was corrected is produced with its corrections or not at all.

use crate::conditions::{Answer, Conditions, Use};
use crate::ids::EntryId;
use crate::instant::Instant;
use crate::kinds::investigation::court::is_of_court;
use crate::kinds::investigation::phases::{TO_EVALUATION, TO_OPERATIONAL, TO_PROSECUTION};
use crate::label::{Label, label};

/// What is known of an entry that somebody would produce.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// Whether the node's policies let the officer read, print and export it.
    pub permitted: bool,
    /// What its originator said of it.
    pub conditions: &'a Conditions,
    /// Whether its content is here.
    pub content: bool,
    /// Its files, if it has any: whether all of them are here, whole.
    pub files: Option<bool>,
    /// Whether the other side's word that it holds it is here: what never left proves nothing to anybody.
    pub proved: bool,
}

/// A condition that bars, by the entry that sets it and its code.
pub type Barring = (EntryId, &'static str);

/// Whether an entry may be produced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may, by these permissions where one was needed.
    May(Vec<EntryId>),
    /// It may once its originator permits it: the conditions that bar it.
    Asks(Vec<Barring>),
    /// It may not.
    Barred(Bar),
}

/// Why an entry may not be produced, which no permission changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// The officer's role does not read or export it.
    Role,
    /// A condition that this entry sets was not read and confirmed.
    Unread(EntryId),
    /// Its time is over since then.
    Ended(Instant),
    /// Its content is not here, or no more.
    NoContent,
    /// A file of it is not here, or no more.
    NoFile,
    /// No proof of it exists yet: the other side has not confirmed that it holds it, or it never left.
    NoProof,
    /// A correction of it may not be produced.
    Correction,
}

impl Bar {
    /// What a person reads.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Role => label(
                "votre rôle ne permet pas de l’exporter",
                "دوركم لا يسمح بتصديره",
                "your role does not export it",
            ),
            Self::Unread(_) => label(
                "lisez et confirmez d’abord la condition de son auteur",
                "اقرؤوا شرط صاحبه وأكدوه أولا",
                "first read and confirm its originator’s condition",
            ),
            Self::Ended(_) => label(
                "le délai d’usage fixé par son auteur est passé",
                "انقضى أجل الاستعمال الذي حدده صاحبه",
                "the time of use that its originator set is over",
            ),
            Self::NoContent => label(
                "son contenu n’est pas ici, ou ne l’est plus",
                "مضمونه غير موجود هنا أو لم يعد موجودا",
                "its content is not here, or no longer",
            ),
            Self::NoFile => label(
                "un de ses fichiers n’est pas ici en entier",
                "أحد مرفقاته غير موجود هنا كاملا",
                "one of its files is not here in full",
            ),
            Self::NoProof => label(
                "pas encore de preuve : l’autre partie n’a pas confirmé qu’elle le détient",
                "لا إثبات بعد: لم يؤكد الطرف الآخر حيازته",
                "no proof yet: the other side has not confirmed that it holds it",
            ),
            Self::Correction => label(
                "elle a été corrigée, et la correction ne peut être produite",
                "صحح ولا يجوز الإدلاء بالتصحيح",
                "it was corrected, and the correction may not be produced",
            ),
        }
    }
    /// Its name for programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Unread(_) => "unread",
            Self::Ended(_) => "ended",
            Self::NoContent => "no_content",
            Self::NoFile => "no_file",
            Self::NoProof => "no_proof",
            Self::Correction => "correction",
        }
    }
}

impl Standing {
    /// Whether it may be produced now.
    #[must_use]
    pub fn may(&self) -> bool {
        matches!(self, Self::May(_))
    }
    /// Its name for programs.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::May(_) => "may",
            Self::Asks(_) => "asks",
            Self::Barred(bar) => bar.as_str(),
        }
    }
    /// The same beside corrections, each as it stands: what is known to be wrong goes to no court without what is right.
    #[must_use]
    pub fn with_corrections<'s>(self, mut corrections: impl Iterator<Item = &'s Self>) -> Self {
        match self {
            Self::May(_) if !corrections.all(Self::may) => Self::Barred(Bar::Correction),
            other => other,
        }
    }
}

/// What producing makes use of: files only where there are some.
fn uses(piece: &Piece<'_>) -> impl Iterator<Item = Use> {
    let files = piece.files.map(|_| Use::OpenFile);
    [Use::Read, Use::Print, Use::Prove].into_iter().chain(files)
}

/// How an entry stands at an instant. What no permission mends comes first, so that nothing is asked for in vain.
#[must_use]
pub fn standing(piece: &Piece<'_>, now: Instant) -> Standing {
    if !piece.permitted {
        return Standing::Barred(Bar::Role);
    }
    for what in uses(piece) {
        match piece.conditions.answer(what, now) {
            Answer::Ended(since) => return Standing::Barred(Bar::Ended(since)),
            Answer::Acknowledge(by) => return Standing::Barred(Bar::Unread(by)),
            Answer::Allowed | Answer::Permission(_) => {}
        }
    }
    if !piece.content {
        return Standing::Barred(Bar::NoContent);
    }
    let mut barring: Vec<Barring> = Vec::new();
    for what in uses(piece) {
        for (by, code, _) in piece.conditions.missing(what, now) {
            if !barring.contains(&(by, code)) {
                barring.push((by, code));
            }
        }
    }
    match (barring.is_empty(), piece.files, piece.proved) {
        (false, ..) => Standing::Asks(barring),
        (_, Some(false), _) => Standing::Barred(Bar::NoFile),
        (_, _, false) => Standing::Barred(Bar::NoProof),
        _ => Standing::May(by_permission(piece, now)),
    }
}

fn by_permission(piece: &Piece<'_>, now: Instant) -> Vec<EntryId> {
    let mut by: Vec<EntryId> = Vec::new();
    for what in uses(piece) {
        for grant in piece.conditions.by_which(what, now) {
            if !by.contains(&grant.by) {
                by.push(grant.by);
            }
        }
    }
    by
}

/// Names of types that say how an exhibit passed from hand to hand: a bundle lists entries of them in their order, wherever there are any.
pub const CUSTODY: [&str; 5] = [
    "investigation.exhibit",
    "investigation.custody",
    "investigation.transfer",
    "investigation.received",
    "investigation.returned",
];

/// Whether entries of a type say something that somebody could produce, whatever kind they were written in. Steps, asks and
/// permissions do not; translations and corrections go with their originals.
#[must_use]
pub fn is_material(entry_type: &str) -> bool {
    let steps = [
        TO_OPERATIONAL.name,
        TO_PROSECUTION.name,
        TO_EVALUATION.name,
        "investigation.join",
        "investigation.sign",
        "investigation.ask_return",
        "investigation.task_agreed",
        "investigation.go",
        "investigation.no_go",
        "investigation.call_off",
        "investigation.ask_results",
    ];
    match entry_type {
        "note" | "reply" | "release" | "feedback" => true,
        of_court if is_of_court(of_court) => false,
        step if steps.contains(&step) => false,
        other => other.starts_with("investigation."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conditions::{Grant, Restriction, Uses};
    use crate::handling::HandlingCodes;

    const OWN: EntryId = EntryId([1; 32]);
    const LATER: EntryId = EntryId([2; 32]);
    const NOW: Instant = Instant(1_000);

    fn restrictions() -> Vec<Vec<Restriction>> {
        let mut all = vec![Vec::new()];
        for codes in ["", "H0", "H1", "H2", "H3", "H1+H2", "H2+H3", "H0+H1+H2+H3"] {
            for (read, until) in [
                (false, None),
                (true, None),
                (true, Some(NOW)),
                (true, Some(Instant(2_000))),
            ] {
                let one = |by, codes: &str| Restriction {
                    by,
                    codes: HandlingCodes::parse(codes).unwrap_or_default(),
                    until,
                    read,
                };
                all.push(vec![one(OWN, codes)]);
                all.push(vec![one(OWN, codes), one(LATER, "H1")]);
            }
        }
        all
    }

    fn grants() -> Vec<Vec<Grant>> {
        let mut all = vec![Vec::new()];
        for uses in [
            Uses::COURT,
            Uses::FORWARD,
            Uses::QUOTE.union(Uses::PURPOSE),
            Uses::COURT.union(Uses::FORWARD),
        ] {
            for until in [None, Some(Instant(999)), Some(NOW)] {
                for lifts in [vec![OWN], vec![OWN, LATER]] {
                    all.push(vec![Grant {
                        by: EntryId([9; 32]),
                        uses,
                        until,
                        lifts,
                    }]);
                }
            }
        }
        all
    }

    /// Runs over every combination of what an originator may have said, of permissions and of what is here.
    fn every(mut check: impl FnMut(&Piece<'_>, &Standing)) -> usize {
        let mut count = 0;
        for restrictions in restrictions() {
            for grants in grants() {
                let conditions = Conditions {
                    restrictions: restrictions.clone(),
                    grants,
                };
                for bits in 0u8..8 {
                    for files in [None, Some(true), Some(false)] {
                        let piece = Piece {
                            permitted: bits & 1 != 0,
                            content: bits & 2 != 0,
                            proved: bits & 4 != 0,
                            conditions: &conditions,
                            files,
                        };
                        check(&piece, &standing(&piece, NOW));
                        count += 1;
                    }
                }
            }
        }
        count
    }

    /// Invariant 6: nothing is producible that conditions bar in any of the uses that producing makes, and whatever they do not bar is.
    /// Take out: in [`standing`], the list `barring`; in [`uses`], `Use::Prove`.
    #[test]
    fn invariant_06_nothing_is_producible_that_a_condition_bars() {
        let count = every(|piece, standing| {
            let all = [Use::Read, Use::Print, Use::Prove, Use::OpenFile];
            let open = all.into_iter().all(|what| {
                (what == Use::OpenFile && piece.files.is_none())
                    || piece.conditions.answer(what, NOW).allowed()
            });
            let here =
                piece.permitted && piece.content && piece.proved && piece.files != Some(false);
            assert_eq!(standing.may(), open && here, "{piece:?}");
        });
        assert!(count > 20_000, "{count}");
    }

    /// The same from the codes themselves, without asking the table of conditions: under H1 only who was permitted a court, by somebody who
    /// had seen that H1; under H2 a court or passing on. Take out: in `conditions.rs::opens`, the line of H1.
    #[test]
    fn invariant_06_h1_is_opened_by_a_permission_for_courts_alone() {
        every(|piece, standing| {
            if !standing.may() {
                return;
            }
            for restriction in &piece.conditions.restrictions {
                assert!(restriction.until.is_none_or(|until| until > NOW));
                let given = |uses: &[Uses]| {
                    piece.conditions.grants.iter().any(|g| {
                        uses.iter().any(|one| g.uses.contains(*one))
                            && g.until.is_none_or(|until| NOW <= until)
                            && g.lifts.contains(&restriction.by)
                    })
                };
                let has = |code| restriction.codes.contains(code);
                assert!(!has(HandlingCodes::H1) || given(&[Uses::COURT]));
                assert!(!has(HandlingCodes::H2) || given(&[Uses::COURT, Uses::FORWARD]));
                assert!(!has(HandlingCodes::H3) || restriction.read);
            }
        });
    }

    /// Permission is asked for only where it would help: of what is here, of an officer who may read it, and while it may be used at all.
    /// Take out: in [`standing`], the look at `content` before the permissions.
    #[test]
    fn permission_is_asked_for_only_where_it_would_help() {
        every(|piece, standing| {
            if let Standing::Asks(barring) = standing {
                assert!(!barring.is_empty() && piece.permitted && piece.content);
                let opened = Conditions {
                    grants: vec![Grant {
                        by: EntryId([8; 32]),
                        uses: Uses::COURT,
                        until: None,
                        lifts: vec![OWN, LATER],
                    }],
                    ..piece.conditions.clone()
                };
                let then = super::standing(
                    &Piece {
                        conditions: &opened,
                        ..*piece
                    },
                    NOW,
                );
                assert!(!matches!(then, Standing::Asks(_)), "{piece:?} {then:?}");
            }
        });
    }

    /// What is known to be wrong goes to no court without what is right. Take out: in [`Standing::with_corrections`], its first line.
    #[test]
    fn a_corrected_entry_is_produced_with_its_corrections_or_not_at_all() {
        let may = Standing::May(Vec::new());
        let asks = Standing::Asks(vec![(OWN, "H1")]);
        let with = |all: &[&Standing]| may.clone().with_corrections(all.iter().copied());
        assert!(with(&[]).may() && with(&[&may, &may]).may());
        assert_eq!(with(&[&may, &asks]), Standing::Barred(Bar::Correction));
        let barred = Standing::Barred(Bar::Role);
        assert_eq!(
            barred.clone().with_corrections(std::iter::once(&asks)),
            barred
        );
    }

    /// Types that come later in investigations are listed without this table being told; steps and acts on obligations are not.
    /// Take out: in [`is_material`], `of_court` or `step`.
    #[test]
    fn what_says_something_is_material_and_what_leads_is_not() {
        for name in
            CUSTODY
                .into_iter()
                .chain(["investigation.contribute", "investigation.phone", "note"])
        {
            assert!(is_material(name), "{name}");
        }
        for name in [
            "investigation.produced",
            "investigation.to_prosecution",
            "acknowledge",
            "permit",
            "translation",
            "close",
        ] {
            assert!(!is_material(name), "{name}");
        }
    }
}
