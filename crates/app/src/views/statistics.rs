//! Published statistics as they are shown.

use entente_core::statistics::{Month, Published};

/// What was published for a month, and which months there are.
#[derive(Clone, Debug, Default)]
pub struct StatisticsView {
    /// All months published, the oldest first.
    pub months: Vec<Month>,
    /// The month asked for, or the last; none before the first was published.
    pub published: Option<Published>,
}
