//! The node itself: opening it, its card, its partners, who is told when something changes.

use crate::codec::{names, scope};
use crate::env::{Clock, NodeKeys, Random};
use crate::error::{AppError, Result};
use crate::fault::InputFault;
use crate::keys::{Related, begins_with, keep_first_key, related, their_keys};
use crate::people::administers;
use crate::receive::receipted_up_to;
use crate::{App, AppConfig, Change, Inner, LinkState, NodeSettings};
use entente_core::header::Header;
use entente_core::ids::{DossierId, NodeName};
use entente_core::instant::Instant;
use entente_link::PRESENCE;
use entente_proof::card::{
    CARD_VERSION, Card, Fingerprint, armour_card, dearmour_card, sign_card, verify_card,
};
use entente_proof::digest::{Digest, sha256};
use entente_proof::merkle::{Frontier, leaf_hash};
use entente_store::blobs::Blobs;
use entente_store::{
    BodyState, Direction, EntryRow, LeafRow, PartnerRow, Read, Store, StoreExt, Write,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// One line of a check-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckLine {
    /// What was checked.
    pub what: String,
    /// Whether it holds.
    pub ok: bool,
    /// Figures, or what is wrong; never contents.
    pub detail: String,
}

pub(crate) const CARD_SETTING: &str = "card";

impl App {
    /// Opens the node over its store. The card is signed once and kept.
    ///
    /// # Errors
    /// [`AppError::Store`], or [`AppError::Input`] when the store belongs to another node or other keys.
    pub fn open(
        config: AppConfig,
        store: Arc<dyn Store>,
        blobs: Arc<dyn Blobs>,
        keys: NodeKeys,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self> {
        let app = Self::over(config, store, blobs, keys, clock, random)?;
        app.start()?;
        Ok(app)
    }

    /// Opens a node whose newest signing key is lost or known to others, with another one in its place: every partner must agree then that
    /// our register begins again.
    ///
    /// # Errors
    /// As [`App::open`]; [`AppError::Input`] without a reason or after as many keys as a node can have.
    pub fn open_with_new_key(
        config: AppConfig,
        (store, blobs): (Arc<dyn Store>, Arc<dyn Blobs>),
        keys: NodeKeys,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        reason: &str,
    ) -> Result<Self> {
        let app = Self::over(config, store, blobs, keys, clock, random)?;
        app.begin_signing_key(reason)?;
        app.start()?;
        Ok(app)
    }

    fn over(
        config: AppConfig,
        store: Arc<dyn Store>,
        blobs: Arc<dyn Blobs>,
        keys: NodeKeys,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self> {
        let card = own_card(&config, &*store, &keys, clock.now())?;
        Ok(Self {
            inner: Arc::new(Inner {
                me: config.me,
                settings: config.settings,
                process: config.process,
                able: config.able,
                policies: config.policies,
                most_returned: config.most_returned,
                oversight: config.oversight,
                provider: config.provider,
                wire: config.wire,
                store,
                blobs,
                keys,
                card,
                clock,
                random,
                attempts: crate::attempts::Attempts::default(),
                refusals: crate::oversight::Refusals::default(),
                memory: crate::memory::Memory::default(),
                lexicon: crate::lexicon::Lexicon::default(),
                links: Mutex::new(BTreeMap::new()),
                on_change: Mutex::new(Vec::new()),
                on_wake: Mutex::new(Vec::new()),
            }),
        })
    }

    fn start(&self) -> Result<()> {
        self.learn_storage_key()?;
        self.find_restore()?;
        self.settle_keys()?;
        self.fill_lanes()?;
        self.find_upgrade()?;
        self.rebuild_index()?;
        if let Err(error) = self.keep_sealing_keys() {
            // Nothing but the courier needs them, and it is tried again by the hour.
            tracing::warn!(%error, "the courier's sealing keys could not be kept");
        }
        Ok(())
    }

    /// This node's name.
    #[must_use]
    pub fn me(&self) -> &NodeName {
        &self.inner.me
    }
    /// The node's time.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.inner.clock.now()
    }
    /// What the node tells its pages about itself.
    #[must_use]
    pub fn settings(&self) -> &NodeSettings {
        &self.inner.settings
    }
    /// This node's card in text armour, with its newest sealing key.
    #[must_use]
    pub fn own_card(&self) -> String {
        // While the disk fails, the card as it was at the start is as true.
        armour_card(
            &self
                .present_card()
                .unwrap_or_else(|_| self.inner.card.clone()),
        )
    }
    /// The signed card as it is now: rotation of sealing keys, by any process, issues a new one with the same fingerprint.
    pub(crate) fn present_card(&self) -> Result<Vec<u8>> {
        self.inner.store.view("present_card", |tx| self.card_in(tx))
    }
    pub(crate) fn card_in(&self, tx: &dyn Read) -> Result<Vec<u8>> {
        let stored = tx.setting(CARD_SETTING)?;
        Ok(stored.unwrap_or_else(|| self.inner.card.clone()))
    }
    /// Fingerprint of this node's card, to be read aloud.
    ///
    /// # Errors
    /// [`AppError::Bug`] if the stored card is damaged; storage.
    pub fn own_fingerprint(&self) -> Result<String> {
        Ok(verify_card(&self.present_card()?)
            .map_err(|_| AppError::Bug("own card"))?
            .fingerprint()
            .to_string())
    }
    pub(crate) fn card_digest(&self) -> Result<Digest> {
        Ok(sha256(&self.present_card()?))
    }

    /// Pins a partner's card after people compared fingerprints. Of a known partner it changes the address, if one is given; what
    /// an alarm stopped stays stopped: see [`App::resume_link`].
    ///
    /// # Errors
    /// [`AppError::Input`] if the card does not verify, is our own, or does not have the fingerprint that was read aloud.
    pub fn pin_partner(
        &self,
        card_armour: &str,
        address: &str,
        fingerprint: &str,
    ) -> Result<NodeName> {
        let bytes = dearmour_card(card_armour).map_err(InputFault::from)?;
        let card = verify_card(&bytes).map_err(InputFault::from)?;
        compared(&card, fingerprint)?;
        let node: NodeName = card.node.parse().map_err(|_| InputFault::CardName)?;
        if node == self.inner.me {
            return Err(InputFault::OwnCard.into());
        }
        let mut row = PartnerRow {
            node: node.clone(),
            card: bytes,
            address: address.to_owned(),
            pinned_ms: self.now().0,
            stopped: false,
        };
        let app = self.clone();
        self.inner.store.update("pin_partner", move |tx| {
            if let Some(known) = tx.partner(&row.node)? {
                row.card = renew(tx, &known, &row.card)?.ok_or(InputFault::OtherCard)?;
                row.stopped = known.stopped;
                if row.address.is_empty() {
                    row.address = known.address;
                }
            }
            tx.put_partner(&row)?;
            app.begin_keys(tx, &row.node)?;
            app.record_access(tx, &administers("pin_partner", row.node.as_str()))
        })?;
        Ok(node)
    }

    /// Takes a partner's present card, as it comes with every session.
    pub(crate) fn take_card(&self, node: &NodeName, card: Vec<u8>) -> Result<()> {
        let known = self.inner.store.view("known_card", |tx| {
            Ok::<_, AppError>(tx.partner(node)?.map(|row| row.card))
        })?;
        // Told again with every session: nearly always known.
        if known.as_ref() == Some(&card) {
            return Ok(());
        }
        let (app, node) = (self.clone(), node.clone());
        self.inner
            .store
            .update("take_card", move |tx| app.refresh_card(tx, &node, &card))
    }

    /// Takes a partner's present card if it is newer and has the pinned keys: it brings sealing keys.
    pub(crate) fn refresh_card(
        &self,
        tx: &mut dyn Write,
        node: &NodeName,
        card: &[u8],
    ) -> Result<()> {
        let Some(mut row) = tx.partner(node)? else {
            return Ok(());
        };
        if verify_card(card).is_err() {
            return Ok(());
        }
        if let Some(newest) = renew(tx, &row, card)?.filter(|newest| *newest != row.card) {
            row.card = newest;
            tx.put_partner(&row)?;
        }
        Ok(())
    }

    /// Every partner with its card, the address dialled, and whether an alarm stopped its link.
    ///
    /// # Errors
    /// Storage only.
    pub fn partners(&self) -> Result<Vec<(NodeName, Card, String, bool)>> {
        let rows = self
            .inner
            .store
            .view("partners", |tx| Ok::<_, AppError>(tx.partners()?))?;
        rows.into_iter()
            .map(|row| {
                verify_card(&row.card)
                    .map(|card| (row.node, card, row.address, row.stopped))
                    .map_err(|_| AppError::Bug("pinned card"))
            })
            .collect()
    }

    /// The partners of a dossier whose link an alarm stopped: what is written there does not leave.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub fn stopped_in(&self, dossier: DossierId) -> Result<Vec<NodeName>> {
        self.inner.store.view("stopped", |tx| {
            let mut stopped = Vec::new();
            for name in self.partners_of(tx, dossier)? {
                let row = tx.partner(&name)?.filter(|row| row.stopped);
                stopped.extend(row.map(|row| row.node));
            }
            Ok(stopped)
        })
    }

    /// The other nodes of a dossier.
    pub(crate) fn partners_of(&self, tx: &dyn Read, dossier: DossierId) -> Result<Vec<NodeName>> {
        let nodes = tx.dossier(dossier)?.map(|row| row.nodes);
        let nodes = nodes.iter().flat_map(|nodes| names::<NodeName>(nodes));
        Ok(nodes.filter(|node| *node != self.inner.me).collect())
    }

    /// Whether an alarm stopped the link.
    ///
    /// # Errors
    /// Storage only.
    pub fn is_stopped(&self, partner: &NodeName) -> Result<bool> {
        self.inner.store.view("stopped", |tx| {
            Ok(tx.partner(partner)?.is_some_and(|p| p.stopped))
        })
    }

    /// Leaves of ours that the partner says it holds, our size, and what waits.
    ///
    /// # Errors
    /// Storage only.
    pub fn receipted(&self, partner: &NodeName) -> Result<(u64, u64, u64)> {
        self.inner.store.view("receipted", |tx| {
            let out = tx.register(partner, Direction::Out)?;
            Ok((
                out.cosigned.max(receipted_up_to(tx, partner)?),
                out.size,
                tx.outbox_size(partner)?.0,
            ))
        })
    }

    /// Calls `f` after every commit that changes what people see, from any thread. It must not block.
    pub fn on_change(&self, f: Box<dyn Fn(Change) + Send + Sync>) {
        if let Ok(mut listeners) = self.inner.on_change.lock() {
            listeners.push(f);
        }
    }

    /// Calls `f` when something was queued for a partner. It must not block.
    pub fn on_wake(&self, f: Box<dyn Fn(&NodeName) + Send + Sync>) {
        if let Ok(mut listeners) = self.inner.on_wake.lock() {
            listeners.push(f);
        }
    }

    pub(crate) fn changed(&self, change: Change) {
        if let Ok(listeners) = self.inner.on_change.lock() {
            listeners.iter().for_each(|f| f(change));
        }
    }

    /// Something changed that is of no one dossier.
    pub(crate) fn told(&self) {
        self.changed(Change {
            position: 0,
            dossier: None,
        });
    }

    pub(crate) fn wake(&self, partner: &NodeName) {
        if let Ok(listeners) = self.inner.on_wake.lock() {
            listeners.iter().for_each(|f| f(partner));
        }
    }

    pub(crate) fn link_up(&self, partner: &NodeName) {
        self.set_link(partner, |state, now| {
            state.up = true;
            state.since = Some(now);
        });
    }

    pub(crate) fn link_down(&self, partner: &NodeName) {
        self.set_link(partner, |state, now| {
            if state.up {
                state.since = Some(now);
            }
            state.up = false;
        });
    }

    /// Cuts a link in this process only, or lets it be dialled again: for demonstrations and drills. See [`App::cut_link`].
    pub fn set_cut(&self, partner: &NodeName, cut: bool) {
        self.set_link(partner, |state, _| state.cut = cut);
        self.wake(partner);
    }

    /// Whether a link is cut in this process, for a demonstration or drill.
    #[must_use]
    pub fn is_cut(&self, partner: &NodeName) -> bool {
        self.link_state(partner).cut
    }

    /// Whether a session with the partner is up.
    #[must_use]
    pub fn is_up(&self, partner: &NodeName) -> bool {
        self.link_state(partner).up
    }

    fn set_link(&self, partner: &NodeName, change: impl FnOnce(&mut LinkState, Instant)) {
        let now = self.now();
        if let Ok(mut links) = self.inner.links.lock() {
            change(links.entry(partner.clone()).or_default(), now);
        }
        self.told();
    }

    pub(crate) fn link_state(&self, partner: &NodeName) -> LinkState {
        self.inner
            .links
            .lock()
            .ok()
            .and_then(|l| l.get(partner).copied())
            .unwrap_or_default()
    }

    /// A full check-up: registers recomputed from their leaves, headers and bodies against what names them, folds against their
    /// entries, files against their digests.
    ///
    /// # Errors
    /// Storage only; whatever does not hold is a line of the result.
    pub fn check(&self) -> Result<Vec<CheckLine>> {
        let mut lines = Vec::new();
        self.inner.store.view("check", |tx| {
            lines.clear();
            for partner in tx.partners()? {
                for direction in [Direction::Out, Direction::In] {
                    lines.push(check_register(tx, &partner.node, direction)?);
                    for generation in 0..tx.register(&partner.node, direction)?.generation {
                        let closed = direction.closed(generation);
                        lines.push(check_register(tx, &partner.node, closed)?);
                    }
                }
            }
            self.check_entries(tx, &mut lines)?;
            self.check_folds(tx, &mut lines)
        })?;
        Ok(lines)
    }

    fn check_entries(&self, tx: &dyn Read, lines: &mut Vec<CheckLine>) -> Result<()> {
        let (mut position, mut count, mut bad) = (0, 0u64, 0u64);
        loop {
            let rows = tx.entries_since(position, 1_000)?;
            let Some(last) = rows.last() else { break };
            position = last.position;
            for row in &rows {
                count += 1;
                bad += u64::from(!self.entry_holds(tx, row)?);
            }
        }
        lines.push(CheckLine {
            what: "entries and bodies".into(),
            ok: bad == 0,
            detail: format!("{count} checked, {bad} altered"),
        });
        Ok(())
    }

    /// Whether header and body are the ones that identifier and commitment name.
    fn entry_holds(&self, tx: &dyn Read, row: &EntryRow) -> Result<bool> {
        if crate::codec::entry_id(&row.header) != row.id {
            return Ok(false);
        }
        let Ok(header) = Header::from_bytes(&row.header) else {
            return Ok(true);
        };
        if row.body != BodyState::Here {
            return Ok(true);
        }
        let body = match self.body(tx, row.dossier, row.id) {
            Ok(body) => body,
            Err(AppError::Store(entente_store::StoreError::Damaged { .. })) => return Ok(false),
            Err(error) => return Err(error),
        };
        let Some((salt, bytes)) = body else {
            // After a restore the keys may be newer than the data: what was erased in between has none. Its erasure may have been
            // lost with the disk, where no partner had it yet.
            return self.was_restored(tx);
        };
        // A partner may send a body that nobody can read: it is what its header commits to all the same.
        Ok(header.body == Some(crate::codec::body_commitment(&salt, &bytes)))
    }

    fn check_folds(&self, tx: &dyn Read, lines: &mut Vec<CheckLine>) -> Result<()> {
        let (mut count, mut bad) = (0u64, 0u64);
        let lagging = crate::refold::lagging(tx)?;
        for row in tx.obligations(&entente_store::ObligationFilter::default())? {
            count += 1;
            let partner = self.other_side(&row);
            if lagging.contains(&partner) {
                continue;
            }
            let folded = crate::fold::Folding::new(self, tx, &partner, None)?.obligation(&row)?;
            let mut again = row.clone();
            if let Some(ob) = &folded {
                crate::fold::fill(&mut again, ob);
            }
            bad += u64::from(again != row);
        }
        lines.push(CheckLine {
            what: "obligations".into(),
            ok: bad == 0,
            detail: format!("{count} folded again, {bad} different"),
        });
        Ok(())
    }
}

/// The later of a partner's pinned card and one offered, both verified; `None` if they are of different nodes. A card of another
/// signing key is of the same node if the changes that it names lead there from every key that we know, each signed by both keys; one of
/// another TLS key as well, and only under the newest signing key.
fn renew(tx: &mut dyn Write, known: &PartnerRow, offered: &[u8]) -> Result<Option<Vec<u8>>> {
    let card = |bytes| verify_card(bytes).map_err(|_| AppError::Bug("pinned card"));
    let (old, new) = (card(&known.card)?, card(offered)?);
    if old.node != new.node {
        return Ok(None);
    }
    match related(tx.as_read(), &known.node, (&old, &new))? {
        Related::Fits => {}
        Related::Behind => return Ok(Some(known.card.clone())),
        Related::Other => return Ok(None),
    }
    if old.signing_key == new.signing_key {
        let later = match new.issued_ms > old.issued_ms {
            true => offered,
            false => &known.card,
        };
        return Ok(Some(later.to_vec()));
    }
    let followed = *their_keys(tx.as_read(), &known.node)?.history().newest();
    let former = |card: &Card| card.keys().unwrap_or_default();
    if former(&old).contains(&new.signing_key) {
        // A card of before: what we have is newer.
        return Ok(Some(known.card.clone()));
    }
    let keys = former(&new);
    if !keys.contains(&old.signing_key) || !keys.contains(&followed) {
        return Ok(None);
    }
    keep_first_key(tx, &known.node)?;
    Ok(Some(offered.to_vec()))
}

/// People read it to each other: the fingerprint typed here is the one of the card in the file.
pub(crate) fn compared(card: &Card, fingerprint: &str) -> Result<()> {
    let read: Fingerprint = fingerprint
        .parse()
        .map_err(|_| InputFault::FingerprintForm)?;
    match read == card.fingerprint() {
        true => Ok(()),
        false => Err(InputFault::FingerprintDiffers.into()),
    }
}

fn check_register(tx: &dyn Read, partner: &NodeName, direction: Direction) -> Result<CheckLine> {
    let head = tx.register(partner, direction)?;
    let mut edge = Frontier::new();
    let mut from = 0;
    loop {
        let leaves = tx.leaves(partner, direction, from, 4_096)?;
        if leaves.is_empty() {
            break;
        }
        from += leaves.len() as u64;
        // Of a closed generation, what was agreed counts.
        let agreed = |leaf: &&LeafRow| !direction.is_closed() || leaf.position < head.size;
        leaves
            .iter()
            .filter(agreed)
            .for_each(|leaf| edge.append(leaf_hash(&leaf.leaf)));
    }
    let holds = edge.size() == head.size && edge == crate::tree::frontier(&head.frontier)?;
    let which = match direction.written() {
        Direction::Out => "ours towards",
        _ => "theirs, of",
    };
    let closed = match direction {
        Direction::OutClosed(generation) | Direction::InClosed(generation) => {
            format!(", generation {generation}")
        }
        Direction::Out | Direction::In => String::new(),
    };
    let name = scope(std::slice::from_ref(partner));
    Ok(CheckLine {
        what: format!("register {which} {name}{closed}"),
        ok: holds,
        detail: format!("{} leaves, {} cosigned", head.size, head.cosigned),
    })
}

fn own_card(
    config: &AppConfig,
    store: &dyn Store,
    keys: &NodeKeys,
    now: Instant,
) -> Result<Vec<u8>> {
    let stored = store.view("own_card", |tx| {
        Ok::<_, AppError>(tx.setting(CARD_SETTING)?)
    })?;
    if let Some(bytes) = stored {
        let card = verify_card(&bytes).map_err(|_| AppError::Bug("own card"))?;
        let first = card.keys().unwrap_or_default().first().copied();
        let begins = |key| store.view("own_card", |tx| begins_with(keys, tx, &key));
        let begun = first.map_or(Ok(false), begins)?;
        return if card.node == config.me.as_str() && begun {
            Ok(bytes)
        } else {
            Err(InputFault::OtherStore.into())
        };
    }
    let card = Card {
        version: CARD_VERSION,
        node: config.me.to_string(),
        signing_key: keys.signing.verifying_key(),
        tls_key: keys.tls.verifying_key(),
        sealing_key: None,
        versions: config.wire.clone(),
        rules: config.able.rules.clone(),
        kinds: config.able.kinds.clone(),
        languages: vec!["fr".into(), "ar".into(), "en".into()],
        contact_function: "liaison".into(),
        issued_ms: now.0,
        sealing_until_ms: None,
        changes: None,
        tls_changes: config.wire.contains(&PRESENCE).then(Vec::new),
    };
    let bytes = sign_card(&card, &keys.signing).map_err(|_| AppError::Bug("card"))?;
    let kept = bytes.clone();
    store.update("own_card", move |tx| {
        Ok::<_, AppError>(tx.set_setting(CARD_SETTING, &kept)?)
    })?;
    Ok(bytes)
}
