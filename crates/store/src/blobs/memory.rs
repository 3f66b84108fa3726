//! Blobs in memory, for simulation.

use super::{Blobs, check_lasting, check_name, check_temporary, gap, length_of, not_there};
use crate::Result;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Blobs in memory, for simulation.
#[derive(Default)]
pub struct MemoryBlobs {
    blobs: Mutex<BTreeMap<String, Vec<Vec<u8>>>>,
}

impl MemoryBlobs {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Vec<u8>>>> {
        self.blobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Blobs for MemoryBlobs {
    fn begin(&self, temp: &str) -> Result<()> {
        check_temporary(temp)?;
        self.lock().entry(temp.to_owned()).or_default();
        Ok(())
    }

    fn write(&self, temp: &str, index: u32, sealed: &[u8]) -> Result<()> {
        check_temporary(temp)?;
        length_of(sealed)?;
        let mut blobs = self.lock();
        let chunks = blobs.get_mut(temp).ok_or_else(not_there)?;
        let index = usize::try_from(index).map_err(|_| gap())?;
        if index > chunks.len() {
            return Err(gap());
        }
        match chunks.get_mut(index) {
            Some(chunk) => *chunk = sealed.to_vec(),
            None => chunks.push(sealed.to_vec()),
        }
        Ok(())
    }

    fn sync(&self, temp: &str) -> Result<()> {
        if self.exists(temp)? {
            Ok(())
        } else {
            Err(not_there())
        }
    }

    fn read(&self, name: &str, index: u32) -> Result<Option<Vec<u8>>> {
        check_name(name)?;
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        Ok(self
            .lock()
            .get(name)
            .and_then(|chunks| chunks.get(index).cloned()))
    }

    fn finish(&self, temp: &str, name: &str) -> Result<()> {
        check_lasting(name)?;
        check_temporary(temp)?;
        let mut blobs = self.lock();
        match blobs.remove(temp) {
            Some(chunks) => {
                blobs.insert(name.to_owned(), chunks);
                Ok(())
            }
            None if blobs.contains_key(name) => Ok(()),
            None => Err(not_there()),
        }
    }

    fn remove(&self, name: &str) -> Result<()> {
        check_name(name)?;
        self.lock().remove(name);
        Ok(())
    }

    fn exists(&self, name: &str) -> Result<bool> {
        check_name(name)?;
        Ok(self.lock().contains_key(name))
    }

    fn list(&self) -> Result<Vec<String>> {
        Ok(self.lock().keys().cloned().collect())
    }
}
