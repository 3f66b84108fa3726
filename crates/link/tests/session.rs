//! Two sessions against each other, and one against hostile bytes: see the modules.
#![expect(
    clippy::unwrap_used,
    reason = "test helpers outside test functions fail loudly"
)]

#[path = "session/hostile.rs"]
mod hostile;
#[path = "session/presence.rs"]
mod presence;
#[path = "session/recovery.rs"]
mod recovery;
#[path = "session/resume.rs"]
mod resume;
#[path = "session/transcripts.rs"]
mod transcripts;
#[path = "session/world.rs"]
mod world;
