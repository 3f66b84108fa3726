//! `lesson`: what was observed becomes a lesson identified, endorsed by the other side, tried, reported on, and learned only where something
//! changed (FIELD B18, after NATO's process of lessons).
//!
//! One dossier is one subject. Every step answers what the step before asked, so that how far a lesson has come follows from headers and
//! obligations alone, alike at both nodes ([`path`]); words are in bodies. Whoever did not take a step judges it: the other side analyses an
//! observation or is owed the analysis, endorses a lesson, and says that it is learned. A lesson is about how services work together: no
//! field is of a person.

pub mod path;
mod samples;
mod steps;

use super::common as c;
use super::investigation::phases::evaluates;
use super::programme::REVIEW;
use crate::codes::Purpose;
use crate::keeping::Keeps;
use crate::kind::Kind;
use crate::label::label;
pub use steps::{
    ACTION, CHANGED, DUE, ENDORSE, ENTRUST, IDENTIFIED, LEARNED, NOT_ENDORSED, NOTED, OBSERVATION,
    OBSERVED, OPEN, OWN_OBSERVATION, OWNER, REJECTED, REMEDY, REPORT, RESULT, ROOT_CAUSE, SOURCE,
    TITLE, observes, tries,
};

/// Name of the kind.
pub const NAME: &str = "lesson";

/// The kind.
pub static KIND: Kind = Kind {
    name: NAME,
    label: label("enseignements", "دروس مستخلصة", "lessons"),
    purpose_text: label(
        "tirer ensemble les enseignements de la coopération, les mettre à l’épreuve et les retrouver",
        "استخلاص دروس التعاون معا وتجريبها والعثور عليها من جديد",
        "draw lessons from cooperation together, try them, and find them again",
    ),
    purposes: &[Purpose::Governance],
    entries: c::of_governance![
        &OPEN,
        &OBSERVATION,
        &OWN_OBSERVATION,
        &IDENTIFIED,
        &REJECTED,
        &ENDORSE,
        &NOT_ENDORSED,
        &ACTION,
        &ENTRUST,
        &REPORT,
        &LEARNED,
        &NOTED,
        &c::NOTE,
        &c::TRANSLATION,
        &c::REPLY,
    ],
    samples: &samples::ALL,
    needs_charter: true,
    closed_to: &[],
    keeps: Keeps {
        days: 3_650,
        after_closing: 3_650,
        each: false,
        personal: false,
    },
    extends_once: false,
};

/// Whether an entry of this type looks back on what was done: an evaluation, a review or feedback may be submitted as an observation.
#[must_use]
pub fn teaches(entry_type: &str) -> bool {
    evaluates(entry_type) || [REVIEW.name, c::FEEDBACK.name].contains(&entry_type)
}

/// Whether entries of this type belong on the page of lessons.
#[must_use]
pub fn is_of_lessons(entry_type: &str) -> bool {
    entry_type.starts_with("lesson.")
}
