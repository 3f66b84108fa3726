//! Unpacking a bundle: read once from end to end without changing anything, then applied batch by batch as a session would.
//!
//! The first reading opens every segment, checks the sender's signature and lets a session judge every frame against what we hold, so
//! that a bundle that is cut short, altered, forged or out of order changes nothing. The second stores: each batch in a transaction of
//! its own, with its receipt; when the process dies in between, unpacking again goes on after what is stored.

use super::files::MAX_ASKED;
use super::keys::Found;
use super::state::{Asked, remember};
use super::{CourierFault, CourierReport, Lease, Progress, Source, carried};
use crate::access::Operation;
use crate::error::{AppError, Result};
use crate::evidence::evidence_name;
use crate::{Actor, App};
use entente_core::floor::Action;
use entente_core::ids::NodeName;
use entente_link::courier::{CourierError, Head, MAX_HEAD, Opening, Piece, Unpacker, head_length};
use entente_link::frame::{FRAME_HEAD, Frame, FrameType, Hello, LedgerDigest};
use entente_link::{
    Config, Deviation, Evidence, InBatch, Input, Item, KeyHistory, Output, Reason, Role, Session,
};
use entente_proof::checkpoint::{Checkpoint, origin};
use entente_proof::digest::Running;
use entente_proof::note::Note;
use entente_proof::sealing::SealingKey;
use entente_proof::sign::VerifyingKey;
use entente_store::{Direction, StoreExt};
use std::collections::VecDeque;
use std::io::{Read as _, SeekFrom};

/// Bytes read from the file at once.
const STEP: usize = 128 * 1024;

/// What is known of a bundle from its head.
struct Addressed {
    head: Head,
    partner: NodeName,
    key: SealingKey,
    signers: Vec<VerifyingKey>,
}

/// A session over the frames of a bundle: it looks only, or stores under a lease.
struct Reading {
    app: App,
    partner: NodeName,
    session: Option<Session>,
    lease: Lease,
    stores: bool,
    held: u64,
    /// The sender's newest key by what came after the verdict.
    followed: Option<VerifyingKey>,
    /// Keys of the sender that were declared compromised.
    refused: Vec<VerifyingKey>,
    begins: u64,
    evidence: Option<(&'static str, Vec<u8>)>,
    asked: Vec<Asked>,
    /// The last one named: compared once, at the end, since each comparison folds the whole ledger.
    digest: Option<LedgerDigest>,
    report: CourierReport,
    last_file: Option<([u8; 32], u32)>,
}

impl App {
    /// Unpacks a bundle, of that partner if one is named. Nothing of a refused bundle is applied; one that comes again, or late, changes
    /// nothing. What can still fail after the first reading leaves whole batches applied: unpacking the same file again goes on.
    ///
    /// # Errors
    /// [`AppError::Courier`] saying who is at fault, [`CourierFault::Interrupted`] when a part is applied, [`AppError::Forbidden`], [`AppError::Link`] when a session or another process drives the
    /// link or an alarm stopped it; storage.
    pub fn courier_unpack(
        &self,
        actor: &Actor,
        from: Option<&NodeName>,
        source: &mut dyn Source,
        progress: Progress<'_>,
    ) -> Result<CourierReport> {
        self.authorise(actor, Action::Carry)?;
        let head = read_head(source);
        let named = head.as_ref().ok().and_then(named);
        self.did(actor, Operation::Decrypt, "courier_unpack", named)?;
        self.keep_sealing_keys()?;
        let length = source.seek(SeekFrom::End(0)).map_err(CourierFault::from)?;
        let addressed = self.addressed(head?)?;
        if from.is_some_and(|from| *from != addressed.partner) {
            return Err(CourierFault::FromAnother(addressed.partner).into());
        }
        let lease = Lease::take(self, &addressed.partner)?;
        if self.over_quota(&addressed.partner)? {
            return Err(CourierFault::OverQuota.into());
        }
        let mut looking = Reading::new(self, &addressed, lease, false)?;
        let (mut judged, mut digest) = (None, Running::default());
        digest.update(&addressed.head.encode());
        // The session's verdict counts only if the sender signed what it judged: the envelope is read to its end all the same.
        walk(
            source,
            &addressed,
            &mut |b| digest.update(b),
            &mut |piece, done| {
                progress(done, length * 2);
                looking.look(piece, &mut judged);
                Ok(looking.signer())
            },
        )
        .map_err(|error| unknown_signer(error, judged.as_ref()))?;
        if let Some(error) = judged {
            if let Some((what, bytes)) = looking.evidence {
                self.keep_evidence(&addressed.partner, what, bytes)?;
            }
            return Err(error);
        }
        let object = carried(&addressed.partner, addressed.head.bundle, digest.finish());
        self.did(actor, Operation::Collect, "courier_apply", Some(object))?;
        let mut storing = Reading::new(self, &addressed, looking.lease, true)?;
        walk(source, &addressed, &mut |_| {}, &mut |piece, done| {
            progress(length + done, length * 2);
            storing.take(piece)?;
            Ok(storing.signer())
        })
        .map_err(CourierFault::interrupted)?;
        storing.report.bytes = length;
        if let Some(theirs) = storing.digest.take() {
            storing.lease.hold()?;
            // With entries still to be judged, ours would differ for no fault of theirs.
            self.settle_some(u32::MAX)?;
            self.their_digest(&addressed.partner, &theirs)?;
        }
        self.unpacked(storing)
    }

    fn unpacked(&self, storing: Reading) -> Result<CourierReport> {
        let (kept, asked, partner) = (storing.report.clone(), storing.asked, storing.partner);
        let epoch = storing.lease.epoch;
        self.inner.store.update("courier_unpacked", move |tx| {
            tx.check_lease(&Self::lease_name(&partner), epoch)?;
            remember(tx, &partner, &kept, &asked)
        })?;
        Ok(storing.report)
    }

    /// Whom a bundle is from, if it is for us from a partner, with our key to open it.
    fn addressed(&self, head: Head) -> Result<Addressed> {
        if head.from == self.inner.me.as_str() {
            return Err(CourierFault::Own.into());
        }
        if head.to != self.inner.me.as_str() {
            // A name that is none is not repeated.
            let to: std::result::Result<NodeName, _> = head.to.parse();
            return Err(match to {
                Ok(to) => CourierFault::ForAnother(to.to_string()),
                Err(_) => CourierFault::File(CourierError::Head),
            }
            .into());
        }
        let partner: NodeName = head.from.parse().map_err(|_| CourierFault::Stranger)?;
        let config = self.session_config(&partner).map_err(|error| match error {
            AppError::NotFound => CourierFault::Stranger.into(),
            other => other,
        })?;
        let key = match self.sealing_secret(head.key)? {
            Found::Here(key) => key,
            Found::Destroyed => return Err(CourierFault::KeyDestroyed.into()),
            Found::Unknown => return Err(CourierFault::KeyUnknown.into()),
        };
        Ok(Addressed {
            head,
            partner,
            key,
            signers: signers(&config),
        })
    }
}

/// The sender's keys, newest first. One that was declared compromised signs nothing more, also before its change came by the register.
fn signers(config: &Config) -> Vec<VerifyingKey> {
    let mut signers: Vec<VerifyingKey> = config.peer_keys.all().copied().collect();
    if signers
        .first()
        .is_some_and(|newest| config.peer_refused.contains(newest))
    {
        signers.insert(0, config.peer_newest);
    }
    signers
}

/// A bundle by its sender and its name, for the record of who tried to unpack it; `None` if the sender's name is none.
fn named(head: &Head) -> Option<String> {
    let from: NodeName = head.from.parse().ok()?;
    Some(format!("{from} {}", hex::encode(head.bundle)))
}

/// A bundle that begins after what we hold may be signed with a key that we have not met yet: then the gap is what people can mend.
fn unknown_signer(error: AppError, judged: Option<&AppError>) -> AppError {
    let gap = match judged {
        Some(AppError::Courier(gap @ CourierFault::Gap { .. })) => Some(gap.clone()),
        _ => None,
    };
    match (error, gap) {
        (AppError::Courier(CourierFault::File(CourierError::NotSigned)), Some(gap)) => gap.into(),
        (error, _) => error,
    }
}

fn read_head(source: &mut dyn Source) -> Result<Head> {
    source.rewind().map_err(CourierFault::from)?;
    let mut first = Vec::with_capacity(MAX_HEAD);
    let max = u64::try_from(MAX_HEAD).unwrap_or(u64::MAX);
    source
        .take(max)
        .read_to_end(&mut first)
        .map_err(CourierFault::from)?;
    let length = head_length(&first)
        .map_err(CourierFault::from)?
        .ok_or(CourierFault::File(CourierError::CutShort))?;
    let head = first
        .get(..length)
        .ok_or(CourierFault::File(CourierError::CutShort))?;
    Ok(Head::decode(head).map_err(CourierFault::from)?)
}

/// Reads a bundle from its head to its end and hands out its pieces with the number of bytes read so far; `take` gives back the key that
/// its sender signs with, as far as the pieces say.
fn walk(
    source: &mut dyn Source,
    addressed: &Addressed,
    read_bytes: &mut dyn FnMut(&[u8]),
    take: &mut dyn FnMut(Piece, u64) -> Result<Option<VerifyingKey>>,
) -> Result<()> {
    let mut done = addressed.head.encode().len() as u64;
    source
        .seek(SeekFrom::Start(done))
        .map_err(CourierFault::from)?;
    let mut unpacker = Unpacker::begin(&addressed.head, &addressed.key, addressed.signers.clone())
        .map_err(CourierFault::from)?;
    let mut step = vec![0; STEP];
    loop {
        let read = source.read(&mut step).map_err(CourierFault::from)?;
        if read == 0 {
            break;
        }
        done += read as u64;
        let bytes = step.get(..read).unwrap_or_default();
        read_bytes(bytes);
        unpacker.push(bytes);
        while let Some(piece) = unpacker.next_piece().map_err(CourierFault::from)? {
            if let Some(signer) = take(piece, done)? {
                unpacker.now_signed_by(signer);
            }
        }
    }
    Ok(unpacker.finish().map_err(CourierFault::from)?)
}

impl Reading {
    fn new(app: &App, addressed: &Addressed, lease: Lease, stores: bool) -> Result<Self> {
        let mut config = app.session_config(&addressed.partner)?;
        config.courier = true;
        let refused = config.peer_refused.clone();
        let held = config.held.frontier.size();
        let now = app.now().0;
        let session =
            Session::new(config, now).map_err(|_| AppError::Bug("session configuration"))?;
        // Our own hello goes nowhere.
        let (session, _) = session.handle(Input::Connected {
            role: Role::Accepted,
            binding: None,
        });
        Ok(Self {
            app: app.clone(),
            partner: addressed.partner.clone(),
            session: Some(session),
            lease,
            stores,
            held,
            followed: None,
            refused,
            begins: 0,
            evidence: None,
            asked: Vec::new(),
            digest: None,
            report: CourierReport {
                bundle: hex::encode(addressed.head.bundle),
                partner: addressed.partner.to_string(),
                here_ms: now,
                ..CourierReport::default()
            },
            last_file: None,
        })
    }

    /// The sender's newest key, with those that the bundle itself brings.
    fn signer(&self) -> Option<VerifyingKey> {
        let signer = self.session.as_ref().map(Session::peer_key);
        let signer = self.followed.or(signer);
        signer.filter(|key| !self.refused.contains(key))
    }

    /// Judges the next piece. Once there is a verdict, what follows still says by its changes of key who signs the bundle: the verdict may be
    /// about something else than the register that brings them, or about the very batch that does.
    fn look(&mut self, piece: Piece, judged: &mut Option<AppError>) {
        let batch = match &piece {
            Piece::Frame(FrameType::BATCH, bytes) => Some(bytes.clone()),
            _ => None,
        };
        if judged.is_none() {
            *judged = self.take(piece).err();
        }
        if judged.is_some() {
            self.follow(batch.as_deref());
        }
    }

    fn follow(&mut self, frame: Option<&[u8]>) {
        let payload = frame.and_then(|bytes| bytes.get(FRAME_HEAD..));
        let read = payload.and_then(|payload| Frame::decode(FrameType::BATCH, payload).ok());
        let (Some(Frame::Batch(batch)), Some(newest)) = (read, self.signer()) else {
            return;
        };
        let partner = self.partner.as_str();
        let mut keys = KeyHistory::new(newest);
        for (index, item) in (batch.from..).zip(&batch.items) {
            keys = keys.followed(partner, index, &item.leaf).unwrap_or(keys);
        }
        self.followed = Some(*keys.newest());
    }

    fn take(&mut self, piece: Piece) -> Result<()> {
        match piece {
            Piece::Opening(opening) => self.opening(opening),
            // What comes after the quota waits for the same bundle tomorrow.
            Piece::Frame(..) if self.report.stopped_by_quota => Ok(()),
            Piece::Frame(frame_type, bytes) => {
                self.lease.hold()?;
                let hello = match frame_type {
                    FrameType::HELLO => hello_of(&bytes),
                    _ => None,
                };
                self.run(bytes)?;
                hello.map_or(Ok(()), |hello| self.hello(hello))
            }
            Piece::End => Ok(()),
        }
    }

    fn opening(&mut self, opening: Opening) -> Result<()> {
        self.report.made_ms = opening.made_ms;
        self.begins = opening.believed;
        if !self.stores {
            return Ok(());
        }
        let (app, partner) = (self.app.clone(), self.partner.clone());
        self.app.inner.store.update("courier_card", move |tx| {
            app.refresh_card(tx, &partner, &opening.card)
        })
    }

    /// A hello that the session accepted. If it is older than what we hold, its checkpoint must still be of the same history.
    fn hello(&mut self, hello: Hello) -> Result<()> {
        self.report.held = hello.held.size;
        let Some(note) = hello.note.filter(|_| hello.size <= self.held) else {
            return Ok(());
        };
        let signed = Note::parse(&note)
            .ok()
            .and_then(|n| Checkpoint::parse(n.text()).ok());
        let ours = self
            .app
            .register_root(&self.partner, Direction::In, hello.size)?;
        match (signed, ours) {
            (Some(signed), Some(ours)) if signed.root != ours => {
                let held_note = self.app.inner.store.view("courier_held", |tx| {
                    Ok::<_, AppError>(tx.register(&self.partner, Direction::In)?.note)
                })?;
                let me = self.app.inner.me.as_str();
                self.alarm(&Evidence::Fork {
                    register: origin(self.partner.as_str(), me, hello.own_generation),
                    held_note,
                    offered_note: note,
                    at_size: hello.size,
                    held_root: ours,
                    offered_root: signed.root,
                });
                Err(CourierFault::Contradiction.into())
            }
            _ => Ok(()),
        }
    }

    fn alarm(&mut self, evidence: &Evidence) {
        self.evidence = Some((evidence_name(evidence), evidence.encode()));
    }

    /// Feeds one frame and answers the session until it wants nothing more.
    fn run(&mut self, bytes: Vec<u8>) -> Result<()> {
        let mut inputs = VecDeque::from([Input::Bytes(bytes)]);
        while let Some(input) = inputs.pop_front() {
            let session = self
                .session
                .take()
                .ok_or(AppError::Bug("courier session"))?;
            let (session, outputs) = session.handle(input);
            self.session = Some(session);
            for output in outputs {
                inputs.extend(self.serve(output)?);
            }
        }
        Ok(())
    }

    fn serve(&mut self, output: Output) -> Result<Vec<Input>> {
        Ok(match output {
            Output::Deliver(batch) => self.deliver(*batch)?,
            Output::WantOwnRoot { size } => {
                let root = self
                    .app
                    .register_root(&self.partner, Direction::Out, size)?;
                vec![Input::OwnRoot { size, root }]
            }
            Output::WantHeldFrontier { size } => {
                let frontier = self
                    .app
                    .register_frontier(&self.partner, Direction::In, size)?;
                // Only a bundle that repeats its own batches asks for what is not stored yet.
                let frontier = Some(frontier.ok_or(CourierFault::File(CourierError::Order))?);
                vec![Input::HeldFrontier { size, frontier }]
            }
            Output::Alarm(evidence) => {
                self.alarm(&evidence);
                Vec::new()
            }
            Output::OwnBehind { partner_holds } => {
                let evidence = partner_holds.to_be_bytes().to_vec();
                self.evidence = Some(("own-register-behind", evidence));
                Vec::new()
            }
            Output::Close(reason) => return Err(self.closed(&reason).into()),
            other => {
                if self.stores {
                    self.store(other)?;
                }
                Vec::new()
            }
        })
    }

    fn closed(&self, reason: &Reason) -> CourierFault {
        match CourierFault::of_reason(reason) {
            CourierFault::Deviates(Deviation::Gap) => CourierFault::Gap {
                begins: self.begins,
                held: self.held,
            },
            other => other,
        }
    }

    fn deliver(&mut self, batch: InBatch) -> Result<Vec<Input>> {
        // A receipt covers headers: one that is missing is the sender's fault, found before anything is stored.
        if batch.items.iter().any(Item::lacks_header) {
            return Err(CourierFault::MissingHeader.into());
        }
        let fresh = batch.items.iter().filter(|item| item.names_entry()).count() as u64;
        if !self.stores {
            let size = batch.end();
            return Ok(vec![Input::Passed { size }]);
        }
        if self.app.over_quota(&self.partner)? {
            self.report.stopped_by_quota = true;
            return Ok(Vec::new());
        }
        self.report.entries += fresh;
        let stored = self
            .app
            .store_batch(&self.partner, self.lease.epoch, batch)?;
        let mut inputs = vec![Input::Stored {
            size: stored.size,
            cosignature_line: stored.line,
        }];
        inputs.extend(stored.own_grown.map(|size| Input::OwnGrown { size }));
        Ok(inputs)
    }

    /// What is not about the partner's register.
    fn store(&mut self, output: Output) -> Result<()> {
        match output {
            Output::Cosigned { size, line, .. } => {
                self.app
                    .cosigned(&self.partner, self.lease.epoch, size, None, line)
            }
            Output::BlobChunk(chunk) => {
                let file = (chunk.entry.0, chunk.index);
                if self.last_file.replace(file) != Some(file) {
                    self.report.files += 1;
                }
                // What turned out to be lost here stays wanted: a later bundle asks for it.
                self.app.take_chunk(&self.partner, &chunk).map(drop)
            }
            Output::BlobRefused(refusal) => self.app.chunk_refused(&self.partner, &refusal),
            Output::WantBlobChunks(request) => {
                if self.asked.len() < MAX_ASKED as usize {
                    self.asked.push(Asked::of(&request));
                }
                Ok(())
            }
            Output::LedgerDigest(theirs) => {
                self.digest = Some(theirs);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn hello_of(frame: &[u8]) -> Option<Hello> {
    match Frame::decode(FrameType::HELLO, frame.get(FRAME_HEAD..)?).ok()? {
        Frame::Hello(hello) => Some(*hello),
        _ => None,
    }
}
