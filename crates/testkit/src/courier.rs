//! Couriers between the two of a pair: bundles as bytes in hand, to be carried, lost, repeated, bent or brought to somebody else.

use crate::node::{Said, TestNode, Writing};
use crate::pair::{Side, TestPair};
use entente_app::courier::CourierReport;
use entente_core::ids::{DossierId, NodeName};
use entente_link::courier::{Opening, Packer};
use entente_link::frame::Frame;
use entente_proof::card::{dearmour_card, verify_card};
use entente_proof::sign::SigningKey;
use entente_store::Direction;
use std::io::Cursor;

/// Rounds of couriers after which a pair that has not settled never will: entries, receipts, the word on these, files asked for.
const ROUNDS: usize = 8;

impl TestNode {
    /// Packs a bundle for a partner.
    ///
    /// # Errors
    /// What the app says.
    pub fn pack(&self, partner: &NodeName) -> Said<Vec<u8>> {
        let mut file = Vec::new();
        let actor = self.officer("liaison")?;
        self.app
            .courier_pack(&actor, partner, &mut file, &mut |_, _| {})?;
        Ok(file)
    }

    /// Unpacks bytes.
    ///
    /// # Errors
    /// What the app says.
    pub fn unpack(&self, file: &[u8]) -> Said<CourierReport> {
        let actor = self.officer("liaison")?;
        self.app
            .courier_unpack(&actor, None, &mut Cursor::new(file), &mut |_, _| {})
    }
}

impl TestPair {
    /// Packs a bundle at a side for the other.
    ///
    /// # Errors
    /// What the app says.
    pub fn pack(&self, side: Side) -> Said<Vec<u8>> {
        self.node(side).pack(&self.node(side.other()).name)
    }

    /// A bundle in the name of `from` for the other side, of these frames, made when one likes and signed by whom one likes.
    ///
    /// # Panics
    /// If a card is none or a frame too large.
    #[must_use]
    pub fn bundle(&self, from: Side, made_ms: i64, frames: &[Frame], key: &SigningKey) -> Vec<u8> {
        let card = |side| {
            dearmour_card(&self.node(side).app.own_card()).unwrap_or_else(|e| panic!("card: {e}"))
        };
        let to = verify_card(&card(from.other())).unwrap_or_else(|e| panic!("card: {e}"));
        let (sealing, _) = to.sealing().unwrap_or_else(|| panic!("no sealing key"));
        let opening = Opening {
            made_ms,
            believed: 0,
            card: card(from),
        };
        let name = |side| self.node(side).name.as_str();
        let names = (name(from), name(from.other()));
        let (mut packer, mut file) = Packer::begin(names, &sealing, [4; 16], [5; 64], &opening)
            .unwrap_or_else(|e| panic!("bundle: {e}"));
        for frame in frames {
            file.extend(packer.frame(frame).unwrap_or_else(|e| panic!("frame: {e}")));
        }
        file.extend(packer.finish(key).unwrap_or_else(|e| panic!("end: {e}")));
        file
    }

    /// Unpacks bytes at a side.
    ///
    /// # Errors
    /// What the app says.
    pub fn unpack(&self, side: Side, file: &[u8]) -> Said<CourierReport> {
        self.node(side).unpack(file)
    }

    /// A bundle from a side arrives at the other.
    ///
    /// # Panics
    /// If it is not packed or not taken.
    pub fn carry(&self, from: Side) -> CourierReport {
        let file = self
            .pack(from)
            .unwrap_or_else(|e| panic!("{from:?} packs: {e}"));
        self.unpack(from.other(), &file)
            .unwrap_or_else(|e| panic!("{:?} unpacks: {e}", from.other()))
    }

    /// Couriers go to and fro until both hold everything of each other by the other's word.
    ///
    /// # Panics
    /// If they never do.
    pub fn settle_by_courier(&self) {
        self.try_settle_by_courier()
            .unwrap_or_else(|e| panic!("{e}"));
    }

    /// [`TestPair::settle_by_courier`] without panic.
    ///
    /// # Errors
    /// What is still missing.
    pub fn try_settle_by_courier(&self) -> Result<(), String> {
        for _ in 0..ROUNDS {
            for side in Side::BOTH {
                self.time.advance(60_000);
                let file = self
                    .pack(side)
                    .map_err(|e| format!("{side:?} packs: {e}"))?;
                self.unpack(side.other(), &file)
                    .map_err(|e| format!("{:?} unpacks: {e}", side.other()))?;
            }
            if self.rests_by_courier()? {
                return Ok(());
            }
        }
        Err("the pair does not settle by courier".into())
    }

    /// Whether both hold everything of each other and know it.
    fn rests_by_courier(&self) -> Result<bool, String> {
        for side in Side::BOTH {
            let (node, partner) = (self.node(side), &self.node(side.other()).name);
            let (held, size, waiting) = node.app.receipted(partner).map_err(|e| e.to_string())?;
            let wanted = node
                .look(|tx| Ok(tx.wanted(partner, 1)?.len()))
                .map_err(|e| e.to_string())?;
            let suspended = self.suspended(side)?;
            let rests = held == size && self.held(side.other())? == size;
            if !rests || (!suspended && (waiting > 0 || wanted > 0)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A charter in force that only couriers carried.
    ///
    /// # Panics
    /// If any step fails.
    pub fn charter_by_courier(&mut self) -> DossierId {
        let title = Writing::new(&[("title", "Charte")]);
        let opened = self.write(Side::Ma, "charter.open", &title);
        self.settle_by_courier();
        self.write(Side::Fr, "charter.sign", &Writing::on(opened.dossier, &[]));
        self.settle_by_courier();
        self.write(Side::Ma, "charter.enact", &Writing::on(opened.dossier, &[]));
        self.settle_by_courier();
        self.charter = Some(opened.dossier);
        opened.dossier
    }

    /// A pair with a charter in force between which there never was a connection.
    ///
    /// # Panics
    /// If they do not come that far.
    #[must_use]
    pub fn by_courier(seed: u64) -> Self {
        let mut pair = Self::strangers(seed, &["liaison", "investigator"])
            .unwrap_or_else(|e| panic!("two nodes: {e}"));
        pair.charter_by_courier();
        pair
    }

    /// Sizes of both registers at a side, and how many entries it has: what must not change when a bundle is refused.
    ///
    /// # Panics
    /// If the disk cannot be read.
    #[must_use]
    pub fn holdings(&self, side: Side) -> (u64, u64, usize) {
        let partner = &self.node(side.other()).name;
        let sizes = self.node(side).look(|tx| {
            Ok((
                tx.register(partner, Direction::Out)?.size,
                tx.register(partner, Direction::In)?.size,
                tx.entries_since(0, 1_000_000)?.len(),
            ))
        });
        sizes.unwrap_or_else(|e| panic!("registers of {side:?}: {e}"))
    }
}
