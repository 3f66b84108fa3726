//! What is given to show of meetings: each with who comes, its minutes and what was decided; the agenda as the ledger fills it; how often a
//! series meets beside how often it is meant to.

use super::{DossierLine, ObligationView};
use entente_core::cadence::Cadence;
use entente_core::field::Values;
use entente_core::ids::{EntryId, ObligationId, ServiceName};
use entente_core::instant::Instant;
use entente_core::kind::EntryType;
use entente_core::label::Lang;

/// A series, a contact group or one meeting.
#[derive(Clone, Debug)]
pub struct MeetingsView {
    /// The dossier.
    pub dossier: DossierLine,
    /// What its opening says; `None` where the reader may not read it or it is gone.
    pub opened: Option<Values>,
    /// How often it meets.
    pub cadence: Cadence,
    /// The meetings, by when they are, those that say no time last.
    pub meetings: Vec<Meeting>,
    /// Dates that were proposed, the newest first.
    pub proposals: Vec<ProposedDates>,
    /// What was decided, with what became of it, what is open first and of that what is due first.
    pub decisions: Vec<Decision>,
    /// What the next meeting has to look at: overdue, escalated, contested, due before it.
    pub agenda: Vec<AgendaItem>,
    /// Types of entries that the reader may write now.
    pub forms: Vec<&'static EntryType>,
}

impl MeetingsView {
    /// The next meeting that stands.
    #[must_use]
    pub fn next(&self) -> Option<&Meeting> {
        self.meetings
            .iter()
            .find(|meeting| meeting.standing == Standing::Ahead)
    }

    /// The last meeting of which there are minutes.
    #[must_use]
    pub fn last(&self) -> Option<&Meeting> {
        let minuted = |m: &&Meeting| matches!(m.standing, Standing::Minuted | Standing::Approved);
        let held = |m: &&Meeting| m.minutes.iter().filter_map(|one| one.held).max().or(m.at);
        self.meetings.iter().filter(minuted).max_by_key(held)
    }

    /// What was decided at a meeting: decisions that name its minutes or one of its invitations.
    pub fn decided_at<'v>(&'v self, meeting: &'v Meeting) -> impl Iterator<Item = &'v Decision> {
        let same = |m: &Meeting, of| {
            m.first == meeting.first && (m.entry == of || m.minutes.iter().any(|x| x.entry == of))
        };
        self.decisions.iter().filter(move |decision| {
            let of = decision.of;
            of.is_some_and(|of| self.meetings.iter().any(|m| same(m, of)))
        })
    }

    /// What the next meeting opens with: what was decided at the last one, however it stands, and what is still owed of earlier ones.
    #[must_use]
    pub fn follow_up(&self) -> Vec<&Decision> {
        let last: Vec<EntryId> = match self.last() {
            Some(last) => self.decided_at(last).map(|one| one.entry).collect(),
            None => Vec::new(),
        };
        let owed = |one: &Decision| one.asks.iter().any(|ask| ask.state.is_open());
        let follows = |one: &&Decision| owed(one) || last.contains(&one.entry);
        self.decisions.iter().filter(follows).collect()
    }

    /// Minutes of a meeting, with it.
    #[must_use]
    pub fn minutes(&self, entry: EntryId) -> Option<(&Meeting, &Minutes)> {
        self.meetings.iter().find_map(|meeting| {
            let found = meeting.minutes.iter().find(|one| one.entry == entry);
            found.map(|minutes| (meeting, minutes))
        })
    }
}

/// The meetings of every series that somebody works in.
#[derive(Clone, Debug, Default)]
pub struct AllMeetings {
    /// The series, those first in which something came last.
    pub series: Vec<SeriesLine>,
    /// Decisions that are open, or that a search found, with the series: what is open first and of that what is due first.
    pub decisions: Vec<(DossierLine, Decision)>,
}

/// A series among others.
#[derive(Clone, Debug)]
pub struct SeriesLine {
    /// The dossier.
    pub dossier: DossierLine,
    /// What its opening says; `None` where the reader may not read it or it is gone.
    pub opened: Option<Values>,
    /// At most so many days from one meeting to the next, if it aims at that.
    pub target: Option<i64>,
    /// How often it meets.
    pub cadence: Cadence,
    /// The next meeting that stands.
    pub next: Option<Meeting>,
}

/// How a meeting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is still to come.
    Ahead,
    /// Its time is over and no minutes are there.
    Unminuted,
    /// Minutes were proposed.
    Minuted,
    /// Minutes were approved by everybody who was asked.
    Approved,
    /// Another invitation took its place.
    Moved(EntryId),
    /// It was cancelled.
    Cancelled(EntryId),
    /// Its words are gone or may not be read: nobody can say.
    Unknown,
}

/// One meeting.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// The invitation.
    pub entry: EntryId,
    /// Who invited.
    pub by: ServiceName,
    /// When it was written, UTC.
    pub written: Instant,
    /// What the invitation says; `None` where the reader may not read it or it is gone.
    pub values: Option<Values>,
    /// When it begins, UTC.
    pub at: Option<Instant>,
    /// How it stands.
    pub standing: Standing,
    /// How often it was moved before: the sequence number of its messages.
    pub sequence: u32,
    /// The invitation that began it: the same for every one that takes its place.
    pub first: EntryId,
    /// Who was asked to come, and their answers.
    pub asks: Vec<ObligationView>,
    /// Whether its words may be printed, by their originator's conditions.
    pub printed: bool,
    /// Its minutes in the order in which they were written.
    pub minutes: Vec<Minutes>,
}

/// Minutes of a meeting as one side wrote them.
#[derive(Clone, Debug)]
pub struct Minutes {
    /// The entry.
    pub entry: EntryId,
    /// Who wrote them.
    pub by: ServiceName,
    /// When it was held, UTC.
    pub held: Option<Instant>,
    /// What they say; `None` where the reader may not read them or they are gone.
    pub values: Option<Values>,
    /// Whether their words may be printed.
    pub printed: bool,
    /// Whether everybody who was asked approved them.
    pub approved: bool,
    /// Who approved them, and when, UTC.
    pub approvals: Vec<(ServiceName, Instant)>,
    /// Who was asked to approve them.
    pub asks: Vec<ObligationView>,
}

/// Dates that were proposed.
#[derive(Clone, Debug)]
pub struct ProposedDates {
    /// The entry.
    pub entry: EntryId,
    /// Who proposed them.
    pub by: ServiceName,
    /// What it says; `None` where the reader may not read it or it is gone.
    pub values: Option<Values>,
    /// The dates by the names of their fields, UTC.
    pub dates: Vec<(&'static str, Instant)>,
    /// Who was asked.
    pub asks: Vec<ObligationView>,
    /// The answers: who, and the names of the dates that suit them.
    pub answers: Vec<DatesAnswer>,
}

/// Which of some dates suit a service.
#[derive(Clone, Debug)]
pub struct DatesAnswer {
    /// Who answered.
    pub by: ServiceName,
    /// The names of the dates that suit.
    pub suit: Vec<String>,
    /// What was said with it.
    pub remark: Option<String>,
    /// In which language.
    pub lang: Option<Lang>,
}

impl ProposedDates {
    /// Whether a date suits everybody who was asked.
    #[must_use]
    pub fn suits_all(&self, name: &str) -> bool {
        let suits = |answer: &DatesAnswer| answer.suit.iter().any(|one| one == name);
        !self.asks.is_empty()
            && self.answers.len() == self.asks.len()
            && self.answers.iter().all(suits)
    }
}

/// What was decided, and what became of it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The entry.
    pub entry: EntryId,
    /// What it says; `None` where the reader may not read it or it is gone.
    pub values: Option<Values>,
    /// The minutes or the invitation in which it was decided.
    pub of: Option<EntryId>,
    /// Whether its words may be printed.
    pub printed: bool,
    /// Who owes it by when, and how it stands.
    pub asks: Vec<ObligationView>,
}

/// Why something is on the agenda. The first that holds is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OnAgenda {
    /// Chasing brought it onto the list for the next meeting.
    Escalated,
    /// The sides do not agree how it stands.
    Contested,
    /// It is late.
    Overdue,
    /// It is due before the next meeting.
    DueBefore,
}

/// One obligation on the agenda; its history is the page of the entry that asked.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// Why it is there.
    pub because: OnAgenda,
    /// The obligation.
    pub obligation: ObligationView,
    /// Whether what opened its dossier may stand on paper, and so its title.
    pub printed: bool,
}

/// A meeting as a file for calendars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFile {
    /// Its method on the wire: `REQUEST`, `CANCEL`, or `PUBLISH` where nobody is known to be invited.
    pub method: &'static str,
    /// The file.
    pub text: String,
}

/// What the answer of a calendar program says: the ordinary form that it fills. Nothing is recorded by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarAnswer {
    /// One comes: the form that says so, to this invitation.
    Attends(ObligationId),
    /// One does not come: the form that refuses, to this invitation.
    Declines(ObligationId),
    /// Another time is proposed: the form that proposes dates.
    Proposes {
        /// When it would begin, UTC.
        at: Instant,
        /// How long it would last, if the file says so.
        minutes: Option<i64>,
    },
}

/// Why the answer of a calendar program is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It is no calendar, or a broken or too long one.
    Unreadable,
    /// It is no answer: neither `REPLY` nor `COUNTER`.
    NoAnswer,
    /// It is about no event, several, or one of a series alone; or the answer of nobody or of several.
    NotOne,
    /// It is about no meeting of this dossier.
    OfNoMeeting,
    /// The meeting was changed since.
    Older,
    /// The meeting was cancelled, or is over.
    Over,
    /// Nobody of the reader's services is asked to come any more.
    NothingAsked,
    /// It neither accepts nor declines.
    Undecided,
    /// The time it proposes is no instant, or over.
    NoTime,
}
