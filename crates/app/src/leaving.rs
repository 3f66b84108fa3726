//! Who works on a dossier here: services that come in, and reading that ends when one has left.
//!
//! A service that leaves stops seeing the dossier, what was there and what comes. While it still owes something there or is owed
//! something, it goes on: nothing asked goes unanswered. The last such obligation that ends takes its sight with it. An ask, a
//! hand-over or a new invitation brings it back. Each node decides this for its own officers; no shared state depends on it.

use crate::App;
use crate::apply::services;
use crate::codec::names;
use crate::error::Result;
use entente_core::ids::{DossierId, ServiceName};
use entente_store::{ObligationFilter, Read, Write};

impl App {
    /// A service left.
    pub(crate) fn left(
        &self,
        tx: &mut dyn Write,
        dossier: DossierId,
        service: &ServiceName,
    ) -> Result<()> {
        tx.put_left(dossier, service)?;
        self.end_reading(tx, dossier)
    }

    /// Takes out of a dossier the services that left and have nothing open in it any more.
    pub(crate) fn end_reading(&self, tx: &mut dyn Write, dossier: DossierId) -> Result<()> {
        let mut gone = Vec::new();
        for service in tx.left(dossier)? {
            if !has_open(tx.as_read(), dossier, &service)? {
                gone.push(service);
            }
        }
        let Some(mut row) = tx.dossier(dossier)?.filter(|_| !gone.is_empty()) else {
            return Ok(());
        };
        let mut working: Vec<ServiceName> = names(&row.services);
        let before = working.len();
        working.retain(|s| !gone.contains(s));
        if working.len() < before {
            row.services = services(&working);
            tx.put_dossier(&row)?;
        }
        Ok(())
    }
}

/// Services work on a dossier from now on, those that had left too.
pub(crate) fn involve(tx: &mut dyn Write, dossier: DossierId, who: &[&ServiceName]) -> Result<()> {
    let Some(mut row) = tx.dossier(dossier)? else {
        return Ok(());
    };
    for service in who {
        tx.drop_left(dossier, service)?;
    }
    let mut working: Vec<ServiceName> = names(&row.services);
    let before = working.len();
    working.extend(who.iter().map(|s| (*s).clone()));
    working.sort();
    working.dedup();
    if working.len() > before {
        row.services = services(&working);
        tx.put_dossier(&row)?;
    }
    Ok(())
}

fn has_open(tx: &dyn Read, dossier: DossierId, service: &ServiceName) -> Result<bool> {
    let open = ObligationFilter {
        dossier: Some(dossier),
        open: Some(true),
        ..ObligationFilter::default()
    };
    let owing = ObligationFilter {
        owing: vec![service.clone()],
        ..open.clone()
    };
    let asking = ObligationFilter {
        asking: vec![service.clone()],
        ..open
    };
    Ok(tx.count_obligations(&owing)? + tx.count_obligations(&asking)? > 0)
}
