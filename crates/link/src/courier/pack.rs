//! Packing: frames in, bytes of the file out, one segment at a time.

use super::{
    CourierError, END, Head, LAST, MORE, OPENING, Opening, SEGMENT, chained, segment_aad,
    signed_message,
};
use crate::frame::{FRAME_HEAD, Frame, FrameType, push_frame};
use crate::wire::Writer;
use entente_proof::digest::Digest;
use entente_proof::sealing::{ENCAP_RANDOM, Sealer, SealingPublic};
use entente_proof::sign::SigningKey;

/// A bundle being packed.
pub struct Packer {
    sealer: Sealer,
    head: Digest,
    waiting: Vec<u8>,
    segment: u64,
    chain: Digest,
    frames: u64,
}

impl std::fmt::Debug for Packer {
    /// Positions only: contents never reach a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packer")
            .field("segment", &self.segment)
            .field("frames", &self.frames)
            .finish_non_exhaustive()
    }
}

impl Packer {
    /// Begins a bundle; gives the bytes with which the file begins. `bundle` and `random` are random bytes of this bundle alone.
    ///
    /// # Errors
    /// [`CourierError::OurBug`].
    pub fn begin(
        (from, to): (&str, &str),
        key: &SealingPublic,
        bundle: [u8; 16],
        random: [u8; ENCAP_RANDOM],
        opening: &Opening,
    ) -> Result<(Self, Vec<u8>), CourierError> {
        let (sealer, encapped) = Sealer::new(key, &Head::info(from, to, &bundle), random)
            .map_err(|_| CourierError::OurBug)?;
        let head = Head {
            from: from.to_owned(),
            to: to.to_owned(),
            bundle,
            key: key.id(),
            encapped,
        };
        let mut packer = Self {
            sealer,
            head: head.digest(),
            waiting: Vec::new(),
            segment: 0,
            chain: Digest([0; 32]),
            frames: 0,
        };
        packer.add(OPENING, &opening.encode());
        Ok((packer, head.encode()))
    }

    /// Adds a frame; gives the bytes that are ready for the file.
    ///
    /// # Errors
    /// [`CourierError::OurBug`] if the frame is above its limit.
    pub fn frame(&mut self, frame: &Frame) -> Result<Vec<u8>, CourierError> {
        let bytes = frame.encode().map_err(|_| CourierError::OurBug)?;
        let payload = bytes.get(FRAME_HEAD..).ok_or(CourierError::OurBug)?;
        self.add(frame.frame_type(), payload);
        let mut out = Vec::new();
        let waiting = std::mem::take(&mut self.waiting);
        let rest = self.seal_full(&waiting, &mut out)?;
        self.waiting = rest.to_vec();
        Ok(out)
    }

    /// Signs and ends the bundle; gives the last bytes.
    ///
    /// # Errors
    /// [`CourierError::OurBug`].
    pub fn finish(mut self, key: &SigningKey) -> Result<Vec<u8>, CourierError> {
        let signature = key.sign(&signed_message(&self.head, &self.chain, self.frames));
        let mut w = Writer::after(Vec::new());
        w.map(2);
        w.uint(1);
        w.uint(self.frames);
        w.uint(2);
        w.bytes(&signature.0);
        self.add(END, &w.finish());
        let mut out = Vec::new();
        let waiting = std::mem::take(&mut self.waiting);
        let rest = self.seal_full(&waiting, &mut out)?;
        self.seal(rest, LAST, &mut out)?;
        Ok(out)
    }

    fn add(&mut self, frame_type: FrameType, payload: &[u8]) {
        push_frame(&mut self.waiting, frame_type, payload);
        self.chain = chained(&self.chain, frame_type, payload);
        self.frames = self.frames.saturating_add(1);
    }

    /// Seals every full segment that more follows; gives what is left, at most one segment.
    fn seal_full<'b>(
        &mut self,
        mut rest: &'b [u8],
        out: &mut Vec<u8>,
    ) -> Result<&'b [u8], CourierError> {
        while let Some((full, more)) = rest
            .split_at_checked(SEGMENT)
            .filter(|(_, m)| !m.is_empty())
        {
            self.seal(full, MORE, out)?;
            rest = more;
        }
        Ok(rest)
    }

    fn seal(&mut self, segment: &[u8], kind: u8, out: &mut Vec<u8>) -> Result<(), CourierError> {
        let aad = segment_aad(&self.head, self.segment, kind);
        let sealed = self
            .sealer
            .seal(&aad, segment)
            .map_err(|_| CourierError::OurBug)?;
        let length = u32::try_from(sealed.len()).map_err(|_| CourierError::OurBug)?;
        out.push(kind);
        out.extend_from_slice(&length.to_be_bytes());
        out.extend_from_slice(&sealed);
        self.segment = self.segment.saturating_add(1);
        Ok(())
    }
}
