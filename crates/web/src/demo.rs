//! What the demonstration lets a visitor do to the link and the clock. Supplied by the node; absent outside the demonstration.

/// Controls of the demonstration.
pub trait DemoControl: Send + Sync {
    /// How things stand.
    fn state(&self) -> DemoState;
    /// Cuts the link on purpose, or mends it.
    ///
    /// # Errors
    /// Why it could not be done, in words.
    fn cut(&self, cut: bool) -> Result<(), String>;
    /// Moves the clocks of both nodes forward by so many hours.
    ///
    /// # Errors
    /// Why it could not be done, in words.
    fn jump(&self, hours: i64) -> Result<(), String>;
    /// Falsifies a copy of something exchanged, and says who caught it; no node's own data is touched.
    ///
    /// # Errors
    /// Why it could not be done, in words.
    fn tamper(&self) -> Result<TamperReport, String>;
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
    /// What was changed.
    pub what: String,
    /// Whether it was noticed.
    pub caught: bool,
    /// By which check.
    pub by: String,
}
