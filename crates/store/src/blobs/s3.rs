//! Blobs in a bucket of an S3-compatible store, one object for each chunk.
//!
//! An object is written at once and never appended to or renamed; what arrives over days must be durable chunk by chunk. So a chunk
//! is an object, and a name is a small object that says where the chunks are:
//!
//! | Key, after the prefix | Holds |
//! |---|---|
//! | `open/tmp-ID` | a mark: the blob is being written |
//! | `files/NAME` | `ID`: the blob is whole, its chunks are there |
//! | `parts/ID/00000000` and so on | a sealed chunk each |
//!
//! Giving a lasting name copies nothing: what was read back before is what stays. **The chunks belong to the mark while there is one,
//! and to the name after that.** Each step leaves a state that the next attempt finishes:
//!
//! - `begin`: mark. Then chunks; writing one again replaces it by the same bytes, since sealing a chunk again gives the same.
//! - `finish`: name, then the mark goes. Died between: both are there, the mark owns the chunks, `finish` again ends it.
//! - `remove`: chunks, then mark or name. Died between: the name is still listed, and removing it again ends it.
//!
//! No multipart upload is ever begun, whose cut remains no listing of objects would show.

use super::bucket::{Bucket, BucketError, Options, Versions};
use super::{
    Blobs, MAX_SEALED_CHUNK, TEMPORARY, check_lasting, check_name, check_temporary, gap,
    is_temporary, length_of, not_there,
};
use crate::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most bytes of a mark or name.
const MAX_MARK: usize = 256;
/// So many marks and names are remembered; beyond that all are asked for again.
const REMEMBERED: usize = 1_000;

/// Blobs in a bucket.
pub struct S3Blobs {
    bucket: Bucket,
    prefix: String,
    known: Mutex<Known>,
    /// The bucket was seen to keep versions: until it no longer does, nothing is begun and nothing removed, since what is deleted then
    /// would stay, hidden, and what was written before it is gone for good if it is deleted after.
    keeps: AtomicBool,
}

/// What this process saw itself. Another process may have ended a blob since: a chunk then reads as missing, and one written too late
/// is the same that is there.
#[derive(Default)]
struct Known {
    /// Blobs being written, and how many chunks each has at least.
    open: BTreeMap<String, u32>,
    /// Where the chunks of a name are.
    names: BTreeMap<String, String>,
}

impl Known {
    fn trim(&mut self) {
        if self.open.len() > REMEMBERED {
            self.open.clear();
        }
        if self.names.len() > REMEMBERED {
            self.names.clear();
        }
    }
}

impl S3Blobs {
    /// Prepares to use a bucket; asks nothing of it yet, so that a node starts while its files cannot be reached.
    ///
    /// # Errors
    /// [`BucketError::Options`].
    pub fn open(options: &Options) -> std::result::Result<Self, BucketError> {
        if !is_prefix(&options.prefix) {
            return Err(BucketError::Options(
                "the prefix in the bucket is not of the form name/ or name/name/",
            ));
        }
        Ok(Self {
            bucket: Bucket::new(options)?,
            prefix: options.prefix.clone(),
            known: Mutex::default(),
            keeps: AtomicBool::new(false),
        })
    }

    /// Asks whether versions are kept, and holds to the answer: while they are, no blob is begun or removed.
    ///
    /// # Errors
    /// [`BucketError`]; what was seen last stands.
    pub fn look_at_versions(&self) -> std::result::Result<Versions, BucketError> {
        let versions = self.bucket.versions()?;
        self.keeps
            .store(versions == Versions::Kept, Ordering::Relaxed);
        Ok(versions)
    }

    /// Refuses what must not be done in a bucket that keeps versions.
    fn refuse_versions(&self) -> std::result::Result<(), BucketError> {
        match self.keeps.load(Ordering::Relaxed) {
            true => Err(BucketError::Versions),
            false => Ok(()),
        }
    }

    /// Remembers that a server named a version of what was written or deleted.
    fn notice<T>(
        &self,
        outcome: std::result::Result<T, BucketError>,
    ) -> std::result::Result<T, BucketError> {
        if matches!(outcome, Err(BucketError::Versions)) {
            self.keeps.store(true, Ordering::Relaxed);
        }
        outcome
    }

    /// Removes the objects of trials whose process died before it did so: those found now that were found the last time. Gives those
    /// found now, for the next time; the two times must lie further apart than a trial takes.
    ///
    /// # Errors
    /// [`BucketError`].
    pub fn sweep_probes(
        &self,
        last: &BTreeSet<String>,
    ) -> std::result::Result<BTreeSet<String>, BucketError> {
        self.refuse_versions()?;
        let folder = self.key("probe/");
        let mut found = BTreeSet::new();
        for name in self.bucket.list(folder.clone())? {
            if last.contains(&name) {
                self.notice(self.bucket.delete(format!("{folder}{name}")))?;
            } else {
                found.insert(name);
            }
        }
        Ok(found)
    }

    /// Whether the bucket is fit for use: asks whether versions are kept, and unless they are writes, lists, reads and deletes an
    /// object. `probe` names the object, so that two that look at once do not meet.
    ///
    /// # Errors
    /// [`BucketError`].
    pub fn check(&self, probe: &str) -> std::result::Result<Versions, BucketError> {
        let (folder, bytes) = (self.key("probe/"), b"entente".to_vec());
        let key = format!("{folder}{probe}");
        // Some servers make a bucket that is written to.
        self.bucket.list(folder.clone())?;
        let versions = self.look_at_versions()?;
        if versions == Versions::Kept {
            // Nothing is to stay in a bucket that is not used.
            return Ok(versions);
        }
        let written = self.bucket.put(key.clone(), bytes.clone());
        let read = written.and_then(|()| {
            let listed = self.bucket.list(folder)?.iter().any(|name| name == probe);
            let read = self.bucket.get(key.clone(), bytes.len())?;
            Ok(listed && read == Some(bytes))
        });
        let deleted = self.bucket.delete(key.clone());
        if !read? {
            return Err(BucketError::Garbled);
        }
        deleted?;
        match self.bucket.get(key, MAX_MARK)? {
            None => Ok(versions),
            Some(_) => Err(BucketError::Stays),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, rest: &str) -> String {
        format!("{}{rest}", self.prefix)
    }
    fn mark(&self, temp: &str) -> String {
        self.key(&format!("open/{temp}"))
    }
    fn name(&self, name: &str) -> String {
        self.key(&format!("files/{name}"))
    }
    fn parts(&self, id: &str) -> String {
        self.key(&format!("parts/{id}/"))
    }
    fn part(&self, id: &str, index: u32) -> String {
        self.key(&format!("parts/{id}/{index:08x}"))
    }

    /// Whether a blob is being written, as the bucket says now.
    fn is_open(&self, temp: &str) -> Result<bool> {
        let open = self.bucket.get(self.mark(temp), MAX_MARK)?.is_some();
        if !open {
            self.known().open.remove(temp);
        }
        Ok(open)
    }

    /// Chunks that a blob being written has at least, as far as this process knows; asks only the first time.
    fn reached(&self, temp: &str) -> Result<u32> {
        let known = self.known().open.get(temp).copied();
        match known {
            Some(chunks) => Ok(chunks),
            None if self.is_open(temp)? => Ok(0),
            None => Err(not_there()),
        }
    }

    fn reach(&self, temp: &str, chunks: u32) {
        let mut known = self.known();
        let least = known.open.entry(temp.to_owned()).or_default();
        *least = chunks.max(*least);
        known.trim();
    }

    /// Where the chunks of a name are, as the bucket says now.
    fn place(&self, name: &str) -> Result<Option<String>> {
        let found = self.bucket.get(self.name(name), MAX_MARK)?;
        let place = found.and_then(|bytes| String::from_utf8(bytes).ok());
        let place = place.filter(|id| check_name(id).is_ok());
        let mut known = self.known();
        match &place {
            Some(id) => known.names.insert(name.to_owned(), id.clone()),
            None => known.names.remove(name),
        };
        known.trim();
        Ok(place)
    }

    fn chunk(&self, id: &str, index: u32) -> Result<Option<Vec<u8>>> {
        let found = self.bucket.get(self.part(id, index), MAX_SEALED_CHUNK)?;
        Ok(found.filter(|sealed| !sealed.is_empty()))
    }

    /// Whether the name that a mark says it was given points to these chunks.
    fn is_named(&self, mark: &[u8], id: &str) -> Result<bool> {
        let name = std::str::from_utf8(mark).ok();
        match name.filter(|name| check_lasting(name).is_ok()) {
            Some(name) => Ok(self.place(name)?.as_deref() == Some(id)),
            None => Ok(false),
        }
    }

    /// Deletes chunks that no mark owns.
    fn drop_parts(&self, id: &str) -> Result<()> {
        if self.is_open(&format!("{TEMPORARY}{id}"))? {
            return Ok(());
        }
        Ok(self.notice(self.bucket.delete_all(self.parts(id)))?)
    }
}

impl Blobs for S3Blobs {
    fn begin(&self, temp: &str) -> Result<()> {
        check_temporary(temp)?;
        self.refuse_versions()?;
        let begun = self.bucket.put(self.mark(temp), b"open".to_vec());
        if let Err(error) = self.notice(begun) {
            if error == BucketError::Versions {
                // Nothing is to stay in a bucket that is not used.
                self.bucket.delete(self.mark(temp))?;
            }
            return Err(error.into());
        }
        self.reach(temp, 0);
        Ok(())
    }

    fn write(&self, temp: &str, index: u32, sealed: &[u8]) -> Result<()> {
        check_temporary(temp)?;
        length_of(sealed)?;
        let reached = self.reached(temp)?;
        let id = id_of(temp);
        if let Some(before) = index.checked_sub(1).filter(|_| index > reached)
            && !self.bucket.has(self.part(id, before))?
        {
            return Err(gap());
        }
        self.notice(self.bucket.put(self.part(id, index), sealed.to_vec()))?;
        self.reach(temp, index.saturating_add(1));
        Ok(())
    }

    /// A chunk is durable once it is written.
    fn sync(&self, temp: &str) -> Result<()> {
        check_temporary(temp)?;
        self.reached(temp).map(drop)
    }

    fn read(&self, name: &str, index: u32) -> Result<Option<Vec<u8>>> {
        check_name(name)?;
        if is_temporary(name) {
            let known = self.known().open.contains_key(name);
            return if known || self.is_open(name)? {
                self.chunk(id_of(name), index)
            } else {
                Ok(None)
            };
        }
        let known = self.known().names.get(name).cloned();
        if let Some(id) = &known
            && let Some(sealed) = self.chunk(id, index)?
        {
            return Ok(Some(sealed));
        }
        // Past the end, not here yet, or another process changed it: only then there is another place to look.
        match self.place(name)? {
            Some(id) if known.as_ref() != Some(&id) => self.chunk(&id, index),
            _ => Ok(None),
        }
    }

    fn finish(&self, temp: &str, name: &str) -> Result<()> {
        check_lasting(name)?;
        check_temporary(temp)?;
        let before = self.place(name)?;
        if !self.is_open(temp)? {
            return before.map(drop).ok_or_else(not_there);
        }
        let id = id_of(temp);
        // First the mark learns its name: cut after the next line, the chunks are the name's and removing the mark keeps them.
        self.bucket.put(self.mark(temp), name.as_bytes().to_vec())?;
        self.bucket.put(self.name(name), id.as_bytes().to_vec())?;
        self.known().names.remove(name);
        self.bucket.delete(self.mark(temp))?;
        self.known().open.remove(temp);
        match before {
            Some(old) if old != id => self.drop_parts(&old),
            _ => Ok(()),
        }
    }

    fn remove(&self, name: &str) -> Result<()> {
        check_name(name)?;
        self.refuse_versions()?;
        if is_temporary(name) {
            if let Some(mark) = self.bucket.get(self.mark(name), MAX_MARK)? {
                if !self.is_named(&mark, id_of(name))? {
                    self.notice(self.bucket.delete_all(self.parts(id_of(name))))?;
                }
                self.notice(self.bucket.delete(self.mark(name)))?;
                self.known().open.remove(name);
            }
            return Ok(());
        }
        if let Some(id) = self.place(name)? {
            self.drop_parts(&id)?;
        }
        self.notice(self.bucket.delete(self.name(name)))?;
        self.known().names.remove(name);
        Ok(())
    }

    fn exists(&self, name: &str) -> Result<bool> {
        check_name(name)?;
        if is_temporary(name) {
            self.is_open(name)
        } else {
            Ok(self.place(name)?.is_some())
        }
    }

    fn list(&self) -> Result<Vec<String>> {
        let mut names = self.bucket.list(self.key("files/"))?;
        names.extend(self.bucket.list(self.key("open/"))?);
        // Whatever else lies there is not ours to name.
        names.retain(|name| check_name(name).is_ok());
        names.sort();
        Ok(names)
    }
}

/// What a blob's chunks are kept under: the digits of its temporary name.
fn id_of(temp: &str) -> &str {
    temp.strip_prefix(TEMPORARY).unwrap_or(temp)
}

/// Whether this can be put before keys: empty, or names with a `/` after each.
#[must_use]
pub fn is_prefix(prefix: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let part = |part: &str| !matches!(part, "" | "." | "..") && part.bytes().all(plain);
    let names = |prefix: &str| prefix.split('/').all(part);
    prefix.is_empty() || (prefix.len() <= 200 && prefix.strip_suffix('/').is_some_and(names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_never_leads_elsewhere() {
        for good in ["", "a/", "node-ma/files.1/"] {
            assert!(is_prefix(good), "{good}");
        }
        for bad in ["a", "/", "/a/", "a//", "../", "a/../b/", "é/", "a b/"] {
            assert!(!is_prefix(bad), "{bad}");
        }
    }
}
