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
    /// Entry in whose proof one bit was changed, shortened.
    pub entry: String,
    /// The byte that holds the bit.
    pub byte: usize,
    /// Bytes of the proof.
    pub bytes: usize,
    /// The check of the proof that noticed it, as a code; none if none did.
    pub caught_by: Option<&'static str>,
}
