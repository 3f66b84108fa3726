//! The end of access records: the key of a month is destroyed when the retention that the operator set has passed. What it sealed can
//! be read by nobody then, and found by nothing; the lanes and the journal stay whole, and can still be checked.

use crate::App;
use crate::access::{MONTH_MS, month_at, month_name, month_vault};
use crate::error::Result;
use entente_store::StoreExt;

impl App {
    /// Destroys the keys of months whose retention has passed; how many.
    ///
    /// # Errors
    /// Storage.
    pub fn end_access_records(&self) -> Result<u32> {
        let months = i64::from(self.inner.oversight.months);
        let last = month_at(self.now().0) - months - 1;
        if months == 0 {
            return Ok(0);
        }
        let old: Vec<i64> = self.inner.store.view("old_months", |tx| {
            let Some(oldest) = tx.oldest_access()? else {
                return Ok::<_, crate::AppError>(Vec::new());
            };
            let mut old = Vec::new();
            for month in month_at(oldest)..=last {
                let key = tx.object_key(month_vault(), &month_name(month))?;
                if key.is_some_and(|wrapped| !wrapped.is_empty()) {
                    old.push(month);
                }
            }
            Ok(old)
        })?;
        if old.is_empty() {
            return Ok(0);
        }
        let ended = u32::try_from(old.len()).unwrap_or(u32::MAX);
        self.inner.store.update("end_months", move |tx| {
            for month in &old {
                tx.put_object_key(month_vault(), &month_name(*month), &[])?;
            }
            Ok::<_, crate::AppError>(tx.drop_marks((last + 1).saturating_mul(MONTH_MS))?)
        })?;
        self.inner.memory.destroyed();
        Ok(ended)
    }
}
