//! Public instruments on which proposed clocks are modelled: for reading beside a charter's clocks, never computed with.
//!
//! None of them requires its clock between the parties of a link, unless they are bound by it anyway: see `docs/clocks.md`.

use crate::charter::ClockRule;
use crate::codes::{Ask, Urgency};
use crate::instant::Span;
use crate::label::{Label, label};

/// An instrument that served as a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Instrument {
    /// Exchange of information between law enforcement authorities.
    Exchange,
    /// The reasons that Europol is to be given, preferably within a month.
    Reasons,
    /// Yearly aggregate feedback on reports.
    AntiMoneyLaundering,
    /// Where operational data leave after four weeks.
    JointTeams,
}

impl Instrument {
    /// As it is cited.
    #[must_use]
    pub const fn label(self) -> Label {
        match self {
            Self::Exchange => label(
                "directive (UE) 2023/977",
                "التوجيه (الاتحاد الأوروبي) 2023/977",
                "Directive (EU) 2023/977",
            ),
            Self::Reasons => label(
                "règlement (UE) 2016/794, article 6, paragraphe 3",
                "اللائحة (الاتحاد الأوروبي) 2016/794، المادة 6(3)",
                "Regulation (EU) 2016/794, article 6(3)",
            ),
            Self::AntiMoneyLaundering => label(
                "règles contre le blanchiment de capitaux",
                "قواعد مكافحة غسل الأموال",
                "anti-money-laundering rules",
            ),
            Self::JointTeams => label(
                "plateforme de l’UE des équipes communes d’enquête",
                "منصة الاتحاد الأوروبي لفرق التحقيق المشتركة",
                "EU platform of joint investigation teams",
            ),
        }
    }
}

/// The instrument on which a clock is modelled; none for the project's own proposals, and none once the parties chose another limit.
#[must_use]
pub fn modelled_on(clock: &ClockRule) -> Option<Instrument> {
    let (instrument, allowed) = match (clock.ask, clock.urgency) {
        (Ask::Answer, Urgency::UrgentDirect) => (Instrument::Exchange, Span::hours(8)),
        (Ask::Answer, Urgency::UrgentIndirect) => (Instrument::Exchange, Span::days(3)),
        (Ask::Answer, Urgency::Normal) => (Instrument::Exchange, Span::days(7)),
        (Ask::Decide, Urgency::Normal) => (Instrument::Reasons, Span::days(30)),
        (Ask::Report, Urgency::Normal) => (Instrument::AntiMoneyLaundering, Span::days(365)),
        (Ask::Return, Urgency::Normal) => (Instrument::JointTeams, Span::days(28)),
        _ => return None,
    };
    (clock.allowed == allowed).then_some(instrument)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charter::Terms;
    use crate::ids::NodeName;

    /// The table of the documentation and the code name the same model for the same clock.
    #[test]
    fn models_are_those_of_the_documentation() {
        let (ma, fr): (NodeName, NodeName) = ("ma".parse().unwrap(), "fr".parse().unwrap());
        let terms = Terms::modelled(&ma, &fr, &ma, Vec::new());
        let modelled: Vec<Instrument> = terms.clocks.iter().filter_map(modelled_on).collect();
        assert_eq!(modelled.len(), 6, "three of answer, decide, report, return");
        let documentation = include_str!("../../../docs/clocks.md");
        for instrument in modelled {
            let cited = instrument.label().en;
            assert!(documentation.contains(cited), "{cited}");
        }
        for clock in &terms.clocks {
            let other = ClockRule {
                allowed: Span(clock.allowed.0 + 1),
                ..*clock
            };
            assert_eq!(modelled_on(&other), None, "another limit has no model");
        }
    }
}
