//! What inspectors are shown of access records.

use crate::access::AccessRecord;
use entente_core::access::{Operation, Reason};
use entente_core::anomaly::Finding;
use entente_core::codes::Role;
use entente_core::ids::{NodeName, ServiceName};
use entente_core::instant::Instant;
pub use entente_store::AccessPlace;

/// Which access records to list.
#[derive(Clone, Debug, Default)]
pub struct AccessQuery {
    /// Of this officer or process; empty: of anybody.
    pub actor: String,
    /// Of whoever acted for this service.
    pub service: Option<ServiceName>,
    /// From this instant on.
    pub from: Option<Instant>,
    /// Before this instant.
    pub to: Option<Instant>,
    /// What was done.
    pub operation: Option<Operation>,
    /// About this dossier, by its number or identifier; empty: about anything.
    pub dossier: String,
    /// Only where the officer does not work in the dossier.
    pub outside: bool,
    /// With this reason.
    pub reason: Option<Reason>,
    /// Where the page begins; none: with the newest.
    pub before: Option<AccessPlace>,
    /// Lines wanted, up to [`AccessQuery::MOST`]; 0: [`AccessQuery::PAGE`].
    pub limit: u32,
}

impl AccessQuery {
    /// Lines on a page, unless another number is wanted.
    pub const PAGE: u32 = 50;
    /// Most lines at once.
    pub const MOST: u32 = 1_000;

    /// What is looked for, for the record of the look itself: filters only, no words.
    #[must_use]
    pub fn words(&self) -> String {
        let mut said = Vec::new();
        let mut say = |name: &str, value: String| {
            if !value.is_empty() {
                said.push(format!("{name}={value}"));
            }
        };
        say("actor", self.actor.clone());
        say(
            "service",
            self.service
                .as_ref()
                .map_or(String::new(), ToString::to_string),
        );
        let code = |text: Option<&str>| text.unwrap_or_default().to_owned();
        say("operation", code(self.operation.map(Operation::as_str)));
        say("dossier", self.dossier.clone());
        say("reason", code(self.reason.map(Reason::as_str)));
        let flag = if self.outside { "yes" } else { "" };
        say("outside", flag.to_owned());
        let time = |at: Option<Instant>| at.map_or(String::new(), |at| at.0.to_string());
        say("from", time(self.from));
        say("to", time(self.to));
        said.join(" ")
    }
}

/// A page of access records.
#[derive(Clone, Debug, Default)]
pub struct AccessList {
    /// The lines, newest first.
    pub lines: Vec<AccessLine>,
    /// Where the next page begins, if there may be one.
    pub next: Option<AccessPlace>,
}

/// An access record as an inspector sees it.
#[derive(Clone, Debug)]
pub struct AccessLine {
    /// Its number here.
    pub n: u64,
    /// When, UTC.
    pub at: Instant,
    /// Its lane.
    pub lane: String,
    /// Its number in the lane.
    pub seq: u64,
    /// Numbers of the dossiers that it is about, those that are here.
    pub numbers: Vec<String>,
    /// Roles of the officer now.
    pub roles: Vec<Role>,
    /// What it says.
    pub record: AccessRecord,
}

/// A pattern found in somebody's looks.
#[derive(Clone, Debug)]
pub struct FindingView {
    /// Its number.
    pub n: u64,
    /// Whose looks.
    pub actor: String,
    /// Numbers of the dossiers concerned, those that are here.
    pub numbers: Vec<String>,
    /// What was found.
    pub finding: Finding,
}

/// How often an inspector looked at access records within a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InspectionFigure {
    /// Who.
    pub inspector: String,
    /// How often.
    pub looks: u64,
}

/// Whether the records are whole.
#[derive(Clone, Debug)]
pub struct AccessCheck {
    /// Records in all lanes.
    pub records: u64,
    /// Every lane.
    pub lanes: Vec<LaneCheck>,
    /// Lines of the journal.
    pub journal_lines: u64,
    /// Whether its chain holds.
    pub journal_unbroken: bool,
    /// What each partner holds of the journal.
    pub witnesses: Vec<WitnessView>,
}

impl AccessCheck {
    /// Whether everything holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.journal_unbroken
            && self.lanes.iter().all(|lane| lane.unbroken)
            && self.witnesses.iter().all(|witness| witness.same)
    }
}

/// A lane, followed from its beginning.
#[derive(Clone, Debug, Default)]
pub struct LaneCheck {
    /// Which.
    pub lane: String,
    /// Number of its first record.
    pub from: u64,
    /// Number of its last.
    pub to: u64,
    /// Time of its first record, UTC.
    pub first: Option<Instant>,
    /// Time of its last, UTC.
    pub last: Option<Instant>,
    /// Whether each record leads to the next, and to what the journal says.
    pub unbroken: bool,
}

/// What a partner holds of our journal.
#[derive(Clone, Debug)]
pub struct WitnessView {
    /// The partner.
    pub partner: NodeName,
    /// The day for which it was given, UTC.
    pub day: Instant,
    /// Line of the journal that it is of.
    pub line: u64,
    /// Whether that line still says the same.
    pub same: bool,
    /// Where our register towards the partner has it.
    pub position: Option<u64>,
    /// Whether the partner cosigned it.
    pub cosigned: bool,
    /// Time of the partner's receipt that covers it, UTC.
    pub receipted: Option<Instant>,
}
