//! iCalendar (RFC 5545) and its scheduling messages (iTIP, RFC 5546): reading what any client wrote, writing what any client accepts.
//!
//! Reading is tolerant line by line and strict about the whole: a line that nobody can read costs what it says and is named; a file that
//! ends in the middle, or that holds no calendar at all, is refused with its reason. What is unknown is counted, never guessed. Lines are
//! split and decoded by the library `calcard`; what an event is, and what may be believed of it, is decided here.
//!
//! Pure: no files, clock, or network. Texts of errors hold no contents.

pub mod event;
pub mod read;
mod when;
pub mod write;
mod zone;

pub use event::{Attendee, Calendar, Event, Method, Part, Person, Status, Unread, Why};
pub use read::{Refused, read};
pub use when::When;
pub use write::{Lacking, Message, write};

/// Most bytes of a file that is read: a year of a busy officer has a twentieth of it.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Most components (events, alarms, time zones and others) of a file.
pub const MAX_COMPONENTS: usize = 20_000;
/// Most levels of components inside components; RFC 5545 has three.
pub const MAX_DEPTH: usize = 8;
