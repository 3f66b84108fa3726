//! What the demonstration lets a visitor do to the link and the clock. Supplied by the node; absent outside the demonstration.

use entente_app::AppError;

/// Controls of the demonstration.
pub trait DemoControl: Send + Sync {
    /// How things stand.
    fn state(&self) -> DemoState;
    /// Cuts the link on purpose, or mends it.
    ///
    /// # Errors
    /// Why it could not be done.
    fn cut(&self, cut: bool) -> Result<(), DemoError>;
    /// Moves the clocks of both nodes forward by so many hours.
    ///
    /// # Errors
    /// Why it could not be done.
    fn jump(&self, hours: i64) -> Result<(), DemoError>;
    /// Falsifies a copy of something exchanged, and says who caught it; no node's own data is touched.
    ///
    /// # Errors
    /// Why it could not be done.
    fn tamper(&self) -> Result<TamperReport, DemoError>;
}

/// Why a control did nothing.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The application refused.
    #[error(transparent)]
    App(#[from] AppError),
    /// The demonstration itself.
    #[error(transparent)]
    Demo(#[from] DemoFault),
}

/// What the demonstration itself refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DemoFault {
    /// The file that both nodes read the clock from.
    #[error("the clock's file cannot be written")]
    ClockFile,
    /// After many jumps.
    #[error("the clock is far enough ahead")]
    FarAhead,
    /// Back, or by too much.
    #[error("the clock jumps forward only, by at most a year")]
    Jump,
    /// Nobody here may export a proof.
    #[error("no liaison officer here")]
    NoLiaison,
    /// There is no proof yet to falsify.
    #[error("nothing was exchanged and receipted yet: ask something first")]
    NothingYet,
    /// Not even the original holds: the check that failed, as a code.
    #[error("the unaltered proof does not verify: {0}")]
    Unverified(&'static str),
}

impl DemoFault {
    /// A stable name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ClockFile => "clock-file",
            Self::FarAhead => "far-ahead",
            Self::Jump => "jump",
            Self::NoLiaison => "no-liaison",
            Self::NothingYet => "nothing-yet",
            Self::Unverified(_) => "unverified",
        }
    }
}

/// How the demonstration stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoState {
    /// Whether the link is cut on purpose.
    pub link_cut: bool,
    /// How far the nodes' clocks are ahead, in milliseconds.
    pub clock_offset_ms: i64,
    /// Where the partner's pages are.
    pub partner_url: String,
    /// Where our pages are.
    pub own_url: String,
}

/// What became of a byte that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TamperReport {
    /// Entry in whose proof one bit was changed, shortened.
    pub entry: String,
    /// The byte that holds the bit.
    pub byte: usize,
    /// Bytes of the proof.
    pub bytes: usize,
    /// The check of the proof that noticed it, as a code; none if none did.
    pub caught_by: Option<&'static str>,
}
