//! What is wrong with what is written into a programme, in words.

use crate::field::Problem;
use crate::label::{Lang, label};

/// What is wrong with figures, an evaluation, a version or a step of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgrammeProblem {
    /// A count of few.
    Few,
    /// Answers of few to one question.
    FewAnswers,
    /// More of them than were selected.
    MoreThanSelected,
    /// Of a cohort that the other side opened.
    NotOurs,
    /// The cohort begins later.
    NotBegun,
    /// No version that everybody signed.
    NotSigned,
    /// No clause that is accepted.
    NoClause,
}

impl From<ProgrammeProblem> for Problem {
    fn from(problem: ProgrammeProblem) -> Self {
        Self::Programme(problem)
    }
}

impl ProgrammeProblem {
    /// The problem in words.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        let said = match self {
            Self::Few => label(
                "moins de dix ne se dit pas : laissez vide",
                "ما دون العشرة لا يذكر: اتركوه فارغا",
                "less than ten is not told: leave it empty",
            ),
            Self::FewAnswers => label(
                "au moins dix réponses par question",
                "عشرة أجوبة على الأقل لكل سؤال",
                "at least ten answers to each question",
            ),
            Self::MoreThanSelected => label(
                "plus que de retenus",
                "أكثر من المقبولين",
                "more than were selected",
            ),
            Self::NotOurs => label(
                "une promotion est comptée par la partie qui l’a ouverte",
                "يحصي الفوج الطرف الذي فتحه",
                "a cohort is counted by the side that opened it",
            ),
            Self::NotBegun => label(
                "cette promotion n’a pas commencé",
                "لم يبدأ هذا الفوج بعد",
                "this cohort has not begun",
            ),
            Self::NotSigned => label(
                "aucun accord signé par toutes les parties",
                "لا يوجد اتفاق وقعه جميع الأطراف",
                "no agreement that all sides signed",
            ),
            Self::NoClause => label(
                "aucune clause n’est acceptée : rien à signer",
                "لم يقبل أي بند: لا شيء للتوقيع",
                "no clause is accepted: there is nothing to sign",
            ),
        };
        said.get(lang).to_owned()
    }
}
