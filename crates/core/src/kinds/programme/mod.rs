//! `programme`: from an idea under study to an agreement signed, in force, reviewed (DESIGN section 1, FIELD B13 and B20): the training of
//! imams of 2015 is the model, and beside it the training of police and magistrates, visits, seconded experts, inclusive development.
//!
//! What answers a commitment of a declaration is drawn up clause by clause in two languages, signed by both sides, run in cohorts and
//! sessions, evaluated by those who took part, and given back as evidence. Participants are recorded at the node that trains them and
//! nowhere else; numbers and places cross. Nothing here has a field for what anybody believes, thinks or does.
//!
//! The training of imams is a kind of its own, so that the floor can hold to it by its name whatever policies say: whoever investigates or
//! analyses never sees such a dossier, and a charter admits it by name.

mod arrangements;
pub mod clauses;
mod drafting;
mod home;
mod opening;
mod problems;
mod running;
pub mod templates;

use super::common as c;
use crate::codes::{Phase, Purpose, Role};
use crate::keeping::Keeps;
use crate::kind::{EntryType, Kind};
use crate::label::{Label, label};
pub use arrangements::{
    CURRICULUM, FOLLOW_UP, FOLLOWED, HOURS, PARTIES, PLACED, PLACEMENT, RULES, SELECTED_BY,
    SELECTION, UNIVERSITIES, UNIVERSITY, UNTIL,
};
pub use drafting::{
    ACCEPT, CLAUSE, CONTENT, COUNTER, HEADING, NUMBER, OTHER_HEADING, OTHER_LANG, OTHER_TEXT,
    REPLACES, SIGN, VERSION, binds, proposes_clause,
};
pub use home::{ATTENDANCE, CERTIFIED, CONSENTED, PARTICIPANT, PRESENT, WITHDREW};
pub use opening::{
    COMMITMENT, OPEN, OPEN_IMAMS, STUDIED, TEMPLATE, TO_DRAFTING, TO_FORCE, TO_REVIEW,
};
pub use problems::ProgrammeProblem;
pub use running::{
    ANSWERED, BEGINS, COHORT, COST, CURRENCY, ENDS, EVALUATION, FIGURES, LATER, OF, PLACE, PLACES,
    QUESTIONS, RESULT, REVIEW, SELECTED, SESSION, SPENT, TALLY, WHEN,
};

/// Name of the kind whose dossiers are of the training of imams.
pub const IMAMS: &str = "imam_training";

/// The types after the opening, alike in both kinds.
macro_rules! programme {
    ($open:expr) => {
        c::of_governance![
            $open,
            &STUDIED,
            &TO_DRAFTING,
            &CLAUSE,
            &ACCEPT,
            &COUNTER,
            &VERSION,
            &SIGN,
            &TO_FORCE,
            &COHORT,
            &SELECTION,
            &UNIVERSITY,
            &SESSION,
            &PARTICIPANT,
            &ATTENDANCE,
            &CERTIFIED,
            &WITHDREW,
            &FIGURES,
            &EVALUATION,
            &COST,
            &RESULT,
            &PLACEMENT,
            &FOLLOW_UP,
            &FOLLOWED,
            &TO_REVIEW,
            &REVIEW,
            &c::NOTE,
            &c::TRANSLATION,
            &c::REPLY,
        ]
    };
}

const KEEPS: Keeps = Keeps {
    days: 1_095,
    after_closing: 1_095,
    each: false,
    personal: true,
};

/// The kind of every template but the training of imams.
pub static KIND: Kind = Kind {
    name: "programme",
    label: label("programme", "برنامج", "programme"),
    purpose_text: label(
        "mener un engagement de l’étude à un accord, puis à des résultats",
        "السير بالتزام من الدراسة إلى اتفاق ثم إلى نتائج",
        "lead a commitment from study to an agreement, and on to results",
    ),
    purposes: &[Purpose::Governance],
    entries: programme![&OPEN],
    samples: &samples::PROGRAMME,
    needs_charter: true,
    closed_to: &[],
    keeps: KEEPS,
    extends_once: false,
};

/// The training of imams: closed to security services by the floor.
pub static IMAM_TRAINING: Kind = Kind {
    name: IMAMS,
    label: label("formation d’imams", "تكوين الأئمة", "training of imams"),
    purpose_text: label(
        "former des imams par un accord entre ministères, instituts et universités",
        "تكوين أئمة باتفاق بين الوزارات والمعاهد والجامعات",
        "train imams by an agreement between ministries, institutes and universities",
    ),
    purposes: &[Purpose::Governance],
    entries: programme![&OPEN_IMAMS],
    samples: &samples::IMAMS,
    needs_charter: true,
    closed_to: &[Role::Investigator, Role::Analyst],
    keeps: KEEPS,
    extends_once: false,
};

/// Whether dossiers of a kind are programmes.
#[must_use]
pub fn is_programme(kind: &str) -> bool {
    kind == KIND.name || kind == IMAMS
}

/// Whether no security service may be a member of dossiers of a kind.
#[must_use]
pub fn keeps_security_out(kind: &str) -> bool {
    kind == IMAMS
}

/// Whether entries of this type are about single participants: they are for the eyes of the node that writes them.
#[must_use]
pub fn is_at_home(entry_type: &str) -> bool {
    [
        PARTICIPANT.name,
        ATTENDANCE.name,
        CERTIFIED.name,
        WITHDREW.name,
    ]
    .contains(&entry_type)
}

/// Whether entries of this type open a programme.
#[must_use]
pub fn opens(entry_type: &str) -> bool {
    entry_type == OPEN.name || entry_type == OPEN_IMAMS.name
}

/// Whether entries of this type belong on the page of a programme.
#[must_use]
pub fn is_of_programme(entry_type: &str) -> bool {
    entry_type.starts_with("programme.")
}

/// What a phase of a programme is called.
#[must_use]
pub fn called(phase: Phase) -> Label {
    match phase {
        Phase::Open => label("à l’étude", "قيد الدراسة", "under study"),
        Phase::Draft => label("en rédaction", "قيد التحرير", "being drafted"),
        Phase::Evaluation => label("en bilan", "قيد التقييم", "under review"),
        Phase::Closed => label("terminé", "منته", "ended"),
        other => other.label(),
    }
}

/// Whether entries of this type are steps by which the convenor leads the programme on.
#[must_use]
pub fn is_step(entry: &EntryType) -> bool {
    [TO_DRAFTING.name, TO_FORCE.name, TO_REVIEW.name].contains(&entry.name)
}

mod samples;
