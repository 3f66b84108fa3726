//! Packing a bundle: what waits is appended and signed as the driver does it, then everything that the partner is not known to hold.

use super::files::files_of;
use super::state::{Asked, asked, believed, remember_packed};
use super::{CourierFault, CourierReport, Lease, Progress, carried};
use crate::access::Operation;
use crate::env::random;
use crate::error::{AppError, Result};
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_link::courier::{Opening, Packer};
use entente_link::frame::{FRAME_HEAD, Frame, FrameType};
use entente_link::{Config, Input, Item, Output, Role, Session, limits};
use entente_proof::card::verify_card;
use entente_proof::digest::{Digest, Running};
use entente_proof::sealing::SealingPublic;
use entente_store::StoreExt;
use std::collections::BTreeSet;
use std::io::Write;

/// A bundle on its way into a file.
struct Writing<'a> {
    packer: Packer,
    out: &'a mut dyn Write,
    lease: Lease,
    name: [u8; 16],
    digest: Running,
    written: u64,
    total: u64,
    progress: Progress<'a>,
}

impl Writing<'_> {
    fn put(&mut self, frame: &Frame) -> Result<()> {
        self.lease.hold()?;
        let bytes = self.packer.frame(frame).map_err(CourierFault::from)?;
        self.write(&bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.write_all(bytes).map_err(CourierFault::from)?;
        self.digest.update(bytes);
        self.written += bytes.len() as u64;
        self.total = self.total.max(self.written);
        (self.progress)(self.written, self.total);
        Ok(())
    }
}

impl App {
    /// Packs a bundle for a partner: entries, receipts, cosignatures, files and the ledger's digest, sealed to the partner's key and
    /// signed. Memory does not grow with the bundle. Packing twice is harmless: the partner skips what it knows.
    ///
    /// # Errors
    /// [`AppError::Courier`], [`AppError::Forbidden`], [`AppError::NotFound`] for an unknown partner, [`AppError::Link`] when a session or
    /// another process drives the link or an alarm stopped it; storage.
    pub fn courier_pack(
        &self,
        actor: &Actor,
        partner: &NodeName,
        out: &mut dyn Write,
        progress: Progress<'_>,
    ) -> Result<CourierReport> {
        self.authorise(actor, Action::Carry)?;
        let to = Some(partner.to_string());
        self.did(actor, Operation::Disclose, "courier_pack", to)?;
        self.keep_sealing_keys()?;
        let key = self.key_of(partner)?;
        let lease = Lease::take(self, partner)?;
        while self.append_outbox(partner, lease.epoch)?.is_some() {}
        let mut config = self.session_config(partner)?;
        config.courier = true;
        let (from, size) = (self.begins(partner)?, config.own.size);
        let mut report = CourierReport {
            bundle: String::new(),
            partner: partner.to_string(),
            made_ms: self.now().0,
            here_ms: self.now().0,
            held: config.held.frontier.size(),
            ..CourierReport::default()
        };
        let opening = Opening {
            made_ms: report.made_ms,
            believed: from,
            card: self.present_card()?,
        };
        let name: [u8; 16] = random(&*self.inner.random);
        report.bundle = hex::encode(name);
        let names = (self.inner.me.as_str(), partner.as_str());
        let (packer, head) =
            Packer::begin(names, &key, name, random(&*self.inner.random), &opening)
                .map_err(CourierFault::from)?;
        let mut writing = Writing {
            packer,
            out,
            lease,
            name,
            digest: Running::default(),
            written: 0,
            total: 0,
            progress,
        };
        writing.write(&head)?;
        writing.put(&hello(config, report.made_ms)?)?;
        let files = self.pack_batches(partner, &mut writing, (from, size), &mut report)?;
        self.pack_files(partner, &mut writing, files, &mut report)?;
        if let Some(digest) = self.own_digest(partner, report.made_ms)? {
            writing.put(&Frame::LedgerDigest(digest))?;
        }
        self.end(actor, writing, partner, report)
    }

    fn end(
        &self,
        actor: &Actor,
        mut writing: Writing<'_>,
        partner: &NodeName,
        mut report: CourierReport,
    ) -> Result<CourierReport> {
        writing.lease.hold()?;
        let Writing {
            packer,
            out,
            name,
            mut digest,
            written,
            progress,
            ..
        } = writing;
        // The newest that our register has: the bundle brings the change to a key that the partner does not know.
        let signer = self.inner.store.view("courier_signer", |tx| {
            let history = self.our_keys(tx, partner)?.history();
            self.secret_of(tx, history.newest())
        })?;
        let last = packer.finish(&signer).map_err(CourierFault::from)?;
        digest.update(&last);
        // Before its last bytes, without which nobody takes it.
        let object = carried(partner, name, digest.finish());
        self.did(actor, Operation::Disclose, "courier_packed", Some(object))?;
        out.write_all(&last)
            .and_then(|()| out.flush())
            .map_err(CourierFault::from)?;
        report.bytes = written + last.len() as u64;
        progress(report.bytes, report.bytes);
        let (kept, partner) = (report.clone(), partner.clone());
        self.inner.store.update("courier_packed", move |tx| {
            remember_packed(tx, &partner, &kept)
        })?;
        Ok(report)
    }

    /// The partner's key to seal to, within its term.
    fn key_of(&self, partner: &NodeName) -> Result<SealingPublic> {
        let row = self
            .inner
            .store
            .view("courier_partner", |tx| {
                Ok::<_, AppError>(tx.partner(partner)?)
            })?
            .ok_or(AppError::NotFound)?;
        let card = verify_card(&row.card).map_err(|_| AppError::Bug("pinned card"))?;
        let (key, until) = card
            .sealing()
            .ok_or_else(|| CourierFault::NoKey(partner.clone()))?;
        if until <= self.now().0 {
            return Err(CourierFault::KeyPast(partner.clone()).into());
        }
        Ok(key)
    }

    fn begins(&self, partner: &NodeName) -> Result<u64> {
        self.inner
            .store
            .view("courier_begins", |tx| believed(tx, partner))
    }

    /// Every leaf from where the partner is to our end; gives the files to carry, those it asked for first.
    fn pack_batches(
        &self,
        partner: &NodeName,
        writing: &mut Writing<'_>,
        (mut from, size): (u64, u64),
        report: &mut CourierReport,
    ) -> Result<Vec<Asked>> {
        let mut files = self
            .inner
            .store
            .view("courier_asked", |tx| asked(tx, partner))?;
        let mut known: BTreeSet<_> = files.iter().map(Asked::file).collect();
        while from < size {
            let batch = self.read_batch(
                partner,
                from,
                limits::MAX_BATCH_ITEMS,
                limits::MAX_BATCH_WEIGHT,
            )?;
            from += batch.items.len() as u64;
            let entries: Vec<Digest> = batch.items.iter().filter_map(Item::entry).collect();
            report.entries += entries.len() as u64;
            let carried = self
                .inner
                .store
                .view("courier_files", |tx| files_of(tx, &entries))?;
            files.extend(carried.into_iter().filter(|file| known.insert(file.file())));
            writing.put(&Frame::Batch(batch.into()))?;
        }
        Ok(files)
    }

    fn pack_files(
        &self,
        partner: &NodeName,
        writing: &mut Writing<'_>,
        files: Vec<Asked>,
        report: &mut CourierReport,
    ) -> Result<()> {
        for request in self.wanted_files(partner)? {
            writing.put(&Frame::BlobRequest(request))?;
        }
        let suspended = self
            .inner
            .store
            .view("suspension", |tx| self.flags_up(tx, partner))?;
        if suspended.0 || suspended.1 {
            // Files are content (rule 11): they are asked for again once the flags are down.
            return Ok(());
        }
        for file in &files {
            writing.total += self.bytes_from(file)?;
        }
        for file in files {
            let mut chunk = file.first;
            while let Some(frame) = self.file_frame(partner, &file, chunk)? {
                let last = !matches!(&frame, Frame::BlobChunk(chunk) if !chunk.last);
                writing.put(&frame)?;
                if last {
                    break;
                }
                chunk += 1;
            }
            report.files += 1;
        }
        Ok(())
    }
}

/// Our hello, as a session would say it.
fn hello(config: Config, now: i64) -> Result<Frame> {
    let bug = || AppError::from(CourierFault::OurBug("courier hello"));
    let session = Session::new(config, now).map_err(|_| bug())?;
    let role = Role::Dialled;
    let (_, outputs) = session.handle(Input::Connected {
        role,
        binding: None,
    });
    let Some(Output::Send(bytes)) = outputs.into_iter().next() else {
        return Err(bug());
    };
    let payload = bytes.get(FRAME_HEAD..).ok_or_else(bug)?;
    Frame::decode(FrameType::HELLO, payload).map_err(|_| bug())
}
