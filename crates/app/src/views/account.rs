//! What officers see of their own account, and administrators of all.

use entente_core::codes::Role;
use entente_core::ids::ServiceName;
use entente_core::instant::Instant;
use entente_core::label::Lang;

/// An officer's own account.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// Whether there is a password to sign in with.
    pub has_password: bool,
    /// Since when an authenticator app is the second factor; none if it is not.
    pub app_since: Option<Instant>,
    /// Recovery codes that are left.
    pub recovery_left: u64,
    /// The secret offered to an app, while it is not confirmed.
    pub offered: Option<OfferedView>,
    /// Whether this node requires a second factor.
    pub required: bool,
    /// Passkeys.
    pub passkeys: Vec<PasskeyLine>,
    /// Whether this node can use passkeys.
    pub has_passkeys: bool,
    /// The account at the OpenID provider that opens this one, if one does.
    pub provider: Option<BoundLine>,
    /// Until when the provider's word that its officer is there stands in for the password in this session, if it does.
    pub proved_until: Option<Instant>,
    /// Sessions, the newest first.
    pub sessions: Vec<SessionView>,
}

/// An account at the OpenID provider: what it is called there is not kept.
#[derive(Clone, Copy, Debug)]
pub struct BoundLine {
    /// Since when.
    pub since: Instant,
    /// When it was used last.
    pub used: Instant,
}

/// A passkey.
#[derive(Clone, Debug)]
pub struct PasskeyLine {
    /// What names it when it is to be taken away.
    pub name: String,
    /// What its officer calls it.
    pub label: String,
    /// Since when.
    pub since: Instant,
    /// When it was used last.
    pub used: Instant,
}

/// A secret for an authenticator app: its officer alone is shown it.
#[derive(Clone)]
pub struct OfferedView {
    /// In base32, as it is typed.
    pub secret: String,
    /// Until when it may be confirmed.
    pub until: Instant,
}

impl std::fmt::Debug for OfferedView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OfferedView(hidden)")
    }
}

/// A session.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// What names it when it is to be ended: no token.
    pub name: String,
    /// When it began.
    pub begun: Instant,
    /// When it was last used, to some minutes.
    pub seen: Instant,
    /// Browser and system that used it last, in a few words; empty while unknown.
    pub device: String,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// An officer in an administrator's list.
#[derive(Clone, Debug)]
pub struct OfficerLine {
    /// Identifier.
    pub id: String,
    /// Name, or function in several languages: see [`crate::called`].
    pub name: String,
    /// Services, the usual one first.
    pub services: Vec<ServiceName>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether a reset waits for a second administrator.
    pub reset_waits: bool,
}

/// An officer as administrators see them.
#[derive(Clone, Debug)]
pub struct OfficerView {
    /// As in the list.
    pub line: OfficerLine,
    /// Preferred language.
    pub lang: Lang,
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether there is a second factor.
    pub has_factor: bool,
    /// Since when an account at the OpenID provider opens theirs, if one does.
    pub bound_since: Option<Instant>,
    /// Until when an invitation may be taken up, if one may.
    pub invited_until: Option<Instant>,
    /// Sessions that are open.
    pub sessions: u64,
    /// A reset that waits for a second administrator.
    pub reset: Option<ResetView>,
    /// Whether it is the administrator who reads.
    pub oneself: bool,
}

/// A reset that waits.
#[derive(Clone, Debug)]
pub struct ResetView {
    /// Who asked for it.
    pub by: String,
    /// Until when it may be confirmed.
    pub until: Instant,
    /// Whether the reader asked for it.
    pub own: bool,
}

/// Somebody who works at this node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Identifier.
    pub id: String,
    /// Name, or function in several languages: see [`crate::called`].
    pub name: String,
}

/// A colleague who stands in for an officer.
#[derive(Clone, Debug)]
pub struct AbsenceView {
    /// What names it when it is to be ended.
    pub name: String,
    /// Who is absent.
    pub officer: Colleague,
    /// Who acts for them.
    pub colleague: Colleague,
    /// From then on.
    pub from: Instant,
    /// Until then.
    pub until: Instant,
    /// Whether it has begun.
    pub now: bool,
}

/// Absences that concern an officer.
#[derive(Clone, Debug, Default)]
pub struct Absences {
    /// Who acts for the officer, by when it begins.
    pub own: Vec<AbsenceView>,
    /// For whom the officer acts.
    pub others: Vec<AbsenceView>,
    /// Whom the officer could appoint.
    pub colleagues: Vec<Colleague>,
}
