//! Reading ahead: nothing to do. The database is in this process, where a row costs microseconds and no journey.

use super::cells::Tx;
use crate::{Ahead, Result};

impl Tx<'_> {
    pub(super) fn far(&self) -> Result<bool> {
        Ok(false)
    }

    #[expect(clippy::unused_self, reason = "a verb of every backend")]
    pub(super) fn ahead(&self, _wanted: &Ahead) -> Result<()> {
        Ok(())
    }

    #[expect(clippy::unused_self, reason = "a verb of every backend")]
    pub(super) fn let_go(&self) -> Result<()> {
        Ok(())
    }
}
