//! `meeting`: meetings of those in charge, multiplied as the declaration of 2015 asks (DESIGN section 1), prepared from the ledger, with
//! minutes that both sides approve and decisions that somebody owes by a day.
//!
//! A dossier is a series, a permanent contact group or one meeting. To be invited to it or to a meeting asks to take part; to propose dates
//! asks which of them suit, so that nobody shows a diary; minutes ask to be approved; each decision is an act that its owner owes the other
//! side. When a meeting is, what was said and decided are in bodies; who owes what by when is in headers.

mod types;

use super::common as c;
use crate::codes::Purpose;
use crate::keeping::Keeps;
use crate::kind::Kind;
use crate::label::label;
pub use types::{
    AMEND, APPROVE, AT, ATTEND, CADENCE, CANCEL, CONVENE, DATES, DECISION, DONE, HELD,
    INTERPRETERS, LANGUAGES, LASTS, LEVEL, MINUTES, MODE, MOVES, OF, OPEN, PLACE, PROPOSED, SUITS,
    minutes_like,
};

/// The kind.
pub static KIND: Kind = Kind {
    name: "meeting",
    label: label("rencontres", "اجتماعات", "meetings"),
    purpose_text: label(
        "se rencontrer plus souvent, et tenir ce qui y est décidé",
        "الاجتماع أكثر والوفاء بما يتقرر فيه",
        "meet more often, and keep what is decided there",
    ),
    purposes: &[Purpose::Governance],
    entries: c::of_governance![
        &OPEN,
        &CONVENE,
        &ATTEND,
        &CANCEL,
        &DATES,
        &SUITS,
        &MINUTES,
        &APPROVE,
        &AMEND,
        &DECISION,
        &DONE,
        &c::AGREE,
        &c::NOTE,
        &c::TRANSLATION,
    ],
    samples: types::SAMPLES,
    needs_charter: true,
    closed_to: &[],
    keeps: Keeps {
        days: 3_650,
        after_closing: 1_825,
        each: false,
        personal: false,
    },
    extends_once: false,
};
