//! What the session wants of this node: each output is served from the store, and answered with inputs.

use super::{Action, Fetching, LinkDriver};
use crate::error::{AppError, Result};
use crate::evidence::evidence_name;
use entente_link::frame::BlobRefusalCode;
use entente_link::{Blame, Deviation, Evidence, InBatch, Input, LinkError, Output, Reason};
use entente_store::Direction;

impl LinkDriver {
    /// One output of the session; gives the inputs that answer it.
    pub(super) fn serve(
        &mut self,
        output: Output,
        actions: &mut Vec<Action>,
    ) -> Result<Vec<Input>> {
        let app = self.app.clone();
        Ok(match output {
            Output::Send(bytes) => {
                actions.push(Action::Send(bytes));
                Vec::new()
            }
            Output::PauseReading => {
                actions.push(Action::PauseReading);
                Vec::new()
            }
            Output::ResumeReading => {
                actions.push(Action::ResumeReading);
                Vec::new()
            }
            Output::Established { peer_size, .. } => {
                app.heard(&self.partner, peer_size)?;
                self.peer_size = peer_size;
                self.established = true;
                app.link_up(&self.partner);
                app.tell_link_up(&self.partner, self.epoch)?;
                self.digest_due = Some(app.now().0);
                let mut inputs = self.tell_card()?;
                // Before a receipt of what comes: those given again come first.
                inputs.extend(self.begin_generation()?);
                let grown = app.lost_by_both(&self.partner, self.epoch, peer_size)?;
                inputs.extend(grown.map(|size| Input::OwnGrown { size }));
                inputs
            }
            Output::WantPresence(presence) => vec![Input::Present(app.prove(&presence)?)],
            Output::WantBatch {
                from,
                max_items,
                max_bytes,
            } => {
                let batch = app.read_batch(&self.partner, from, max_items, max_bytes)?;
                self.notes.insert(
                    batch.from + batch.items.len() as u64,
                    batch.checkpoint_note.clone(),
                );
                vec![Input::Batch(batch)]
            }
            Output::Deliver(batch) => self.deliver(*batch)?,
            Output::Again(batch) => app.came_again(&self.partner, self.epoch, *batch)?,
            Output::Cosigned { size, line, .. } => {
                let note = self.notes.get(&size).cloned();
                self.notes.retain(|kept, _| *kept > size);
                app.cosigned(&self.partner, self.epoch, size, note, line)?;
                self.digest_due.get_or_insert(app.now().0);
                Vec::new()
            }
            Output::WantOwnRoot { size } => {
                vec![Input::OwnRoot {
                    size,
                    root: app.register_root(&self.partner, Direction::Out, size)?,
                }]
            }
            Output::WantHeldFrontier { size } => {
                vec![Input::HeldFrontier {
                    size,
                    frontier: app.register_frontier(&self.partner, Direction::In, size)?,
                }]
            }
            Output::Recovering { .. }
            | Output::PartnerLost(_)
            | Output::Recover(_)
            | Output::WantOwnFrontier { .. }
            | Output::WantLent { .. } => return self.serve_recovery(output),
            other => return self.serve_more(other, actions),
        })
    }

    /// The outputs that are not about registers: files, ledgers, alarms, the end.
    fn serve_more(&mut self, output: Output, actions: &mut Vec<Action>) -> Result<Vec<Input>> {
        let app = self.app.clone();
        match output {
            Output::WantBlobChunks(request) => return app.serve_blob(&self.partner, &request),
            Output::BlobChunk(chunk) => {
                let (entry, index, last) = (chunk.entry, chunk.index, chunk.last);
                let end = chunk.chunk + 1;
                let goes_on = match app.take_chunk(&self.partner, &chunk) {
                    // Entries go on while files cannot be kept: their place may be away, or full.
                    Err(AppError::Store(_)) => false,
                    taken => taken?,
                };
                let asked =
                    |f: &Fetching| f.entry == entry && f.index == index && (last || end == f.end);
                if !goes_on || self.fetching.as_ref().is_some_and(asked) {
                    self.fetching = None;
                }
                if !goes_on {
                    // After a while: a disk that loses everything, or is away, must not keep the line busy.
                    self.asks_files = false;
                    self.files_refused = app.now().0;
                }
            }
            Output::BlobRefused(refusal) => {
                app.chunk_refused(&self.partner, &refusal)?;
                // What cannot be had now is asked for again after a while, not in a loop.
                let asked = |f: &Fetching| f.entry == refusal.entry && f.index == refusal.index;
                if self.fetching.as_ref().is_some_and(asked) {
                    self.fetching = None;
                }
                self.asks_files = !matches!(
                    refusal.code,
                    BlobRefusalCode::SUSPENDED | BlobRefusalCode::UNAVAILABLE
                );
                self.files_refused = app.now().0;
            }
            Output::Card(card) => app.take_card(&self.partner, card)?,
            Output::LedgerDigest(theirs) => {
                self.digest_pending = Some(theirs);
                self.compare_theirs(app.now().0)?;
            }
            Output::OwnBehind { partner_holds } => {
                let evidence = partner_holds.to_be_bytes().to_vec();
                app.keep_evidence(&self.partner, "own-register-behind", evidence)?;
            }
            Output::Alarm(evidence) => {
                app.keep_evidence(&self.partner, evidence_name(&evidence), evidence.encode())?;
                if matches!(*evidence, Evidence::Tampered { .. }) {
                    app.ask_further_back(&self.partner)?;
                }
            }
            Output::Close(reason) => self.close(actions, words(&reason)),
            _ => {}
        }
        Ok(Vec::new())
    }

    /// A register that began again: its first leaves, now that the partner said what it holds of it.
    fn begin_generation(&mut self) -> Result<Vec<Input>> {
        let mut inputs = Vec::new();
        if self.app.begins_generation(&self.partner)? {
            while let Some(size) = self.app.append_outbox(&self.partner, self.epoch)? {
                inputs.push(Input::OwnGrown { size });
            }
        }
        Ok(inputs)
    }

    /// Our register comes back, or theirs goes back to them (rule 5).
    fn serve_recovery(&mut self, output: Output) -> Result<Vec<Input>> {
        let app = &self.app;
        Ok(match output {
            Output::Recovering { partner_holds } => {
                self.recovering = true;
                if partner_holds.is_some() {
                    app.own_lost(&self.partner)?;
                }
                Vec::new()
            }
            Output::PartnerLost(evidence) => {
                app.partner_lost(&self.partner, &evidence)?;
                Vec::new()
            }
            Output::WantOwnFrontier { size } => vec![Input::OwnFrontier {
                size,
                frontier: app.register_frontier(&self.partner, Direction::Out, size)?,
            }],
            Output::Recover(batch) => vec![Input::Recovered {
                size: app.store_recovered(&self.partner, self.epoch, *batch)?,
            }],
            Output::WantLent {
                from,
                max_items,
                max_bytes,
            } => vec![Input::Lent(app.lent(
                &self.partner,
                from,
                max_items,
                max_bytes,
            )?)],
            _ => Vec::new(),
        })
    }

    fn deliver(&mut self, batch: InBatch) -> Result<Vec<Input>> {
        let stored = self.app.store_batch(&self.partner, self.epoch, batch)?;
        self.digest_due.get_or_insert(self.app.now().0);
        let mut inputs = vec![Input::Stored {
            size: stored.size,
            cosignature_line: stored.line,
        }];
        let over = self.app.over_quota(&self.partner)?;
        if over != self.over_quota {
            self.over_quota = over;
            inputs.insert(0, Input::OverQuota { over });
        }
        if let Some(size) = stored.own_grown {
            inputs.push(Input::OwnGrown { size });
        }
        Ok(inputs)
    }
}

/// Whether the partner closed because we deviated like this.
fn said(blame: Blame, detail: u16, deviation: Deviation) -> bool {
    blame == Blame::DEVIATES && detail == deviation.detail()
}

fn words(reason: &Reason) -> String {
    match reason {
        Reason::Alarmed => "alarm: histories contradict each other; evidence kept".into(),
        Reason::Busy => "busy".into(),
        Reason::Disconnected => "disconnected".into(),
        Reason::Error(LinkError::PeerDeviates(Deviation::BadHeldClaim)) => {
            "the partner shows a checkpoint of ours that no key we know signed; if this node was restored, its signing key changed after the backup: put the newest copy of the keys folder in place".into()
        }
        Reason::Error(LinkError::PeerDeviates(Deviation::BadPresence)) => {
            "whoever connected has the partner's TLS key and not its newest signing key: somebody else with an old key, or the partner restored with an old copy of its keys folder".into()
        }
        Reason::Error(LinkError::PeerDeviates(Deviation::CompromisedKey)) => {
            "the partner's register goes on under a key that was declared compromised: somebody else has it, or more waits there than one batch brings past the change; then that register must begin again".into()
        }
        Reason::Error(error) => error.to_string(),
        Reason::HelloTimeout => "no hello in time".into(),
        Reason::OwnRegisterBehind => "the partner holds more of our register than we do".into(),
        Reason::PeerReported { blame, detail } if said(*blame, *detail, Deviation::BadPresence) => {
            "the partner knows a newer signing key of this node than this one has: if it was restored, put the newest copy of the keys folder in place".into()
        }
        Reason::PeerReported { blame, detail } if said(*blame, *detail, Deviation::Downgrade) => {
            "the partner pinned a card of this node that a newer program issued: give its people the card of now, to be pinned again".into()
        }
        Reason::PeerReported { blame, detail }
            if said(*blame, *detail, Deviation::CompromisedKey) =>
        {
            "the partner takes nothing more that our key of before signed, which was declared compromised: our register must begin again".into()
        }
        Reason::PeerReported { blame, detail } => {
            format!("the partner closed: blame {blame:?}, detail {detail}")
        }
        Reason::Recovered => "our register is recovered: the next connection goes on".into(),
        Reason::Requested => "closed on purpose".into(),
        Reason::Silence => "silence".into(),
        Reason::StorageFailed => "storage failed".into(),
    }
}
