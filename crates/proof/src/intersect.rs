//! Private set intersection by Diffie-Hellman on ristretto255: two sides learn which of their items are the same, and of the others nothing
//! but how many there may be at most.
//!
//! The asker sends a·H(x) for each of its items. The other side returns b·a·H(x) in the same order, and b·H(y) for each of its own in an order
//! that says nothing. The asker raises those to a and compares: a·b·H(x) = b·a·H(y) where x = y. Both sides fill their lists with random
//! points up to a size class, so that what is sent says the class and not the number. Sources: Meadows, "A more efficient cryptographic
//! matchmaking protocol" (1986); Huberman, Franklin, Hogg, "Enhancing privacy and trust in electronic communities" (1999); the group is
//! RFC 9496. Safe against a side that keeps to the protocol and is curious; one that lies about its items is not stopped here, as in every
//! protocol of this kind.
//!
//! Pure: all randomness follows from a [`Seed`] that the caller draws, one for each comparison and never used again.

use aws_lc_rs::digest::{Context, SHA512};
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// Length of a point in bytes.
pub const POINT: usize = 32;
/// How many points a list has: the least class that holds its items.
pub const CLASSES: [usize; 4] = [64, 256, 1024, 4096];
/// Most items of one side.
pub const MOST: usize = 4096;

const DOMAIN: &[u8] = b"entente/intersect/1";

/// What cannot be compared; never says which point or item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntersectError {
    /// Not whole points, or not as many as a class has.
    #[error("not a list of points of a size that exists")]
    Size,
    /// A point that is none, is written in another way than the one, or is the identity.
    #[error("a point that is none")]
    Point,
    /// The same point or item twice.
    #[error("the same point twice")]
    Twice,
    /// More items than a list may have.
    #[error("more items than can be compared at once")]
    TooMany,
    /// A reply that has not one point for each that was asked.
    #[error("the reply is not one to this question")]
    Reply,
}

/// From which everything secret of one side of one comparison follows. Wiped when dropped.
#[derive(Clone)]
pub struct Seed(Zeroizing<[u8; 32]>);

impl Seed {
    /// A seed of 32 random bytes.
    #[must_use]
    pub fn new(random: [u8; 32]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// The bytes, to be sealed.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    fn wide(&self, purpose: &[u8], number: usize) -> Zeroizing<[u8; 64]> {
        hashed(&[&*self.0, purpose, &(number as u64).to_be_bytes()])
    }

    fn scalar(&self) -> Zeroizing<Scalar> {
        Zeroizing::new(Scalar::from_bytes_mod_order_wide(&self.wide(b"scalar", 0)))
    }

    /// A point of which nobody knows anything.
    fn filler(&self, number: usize) -> RistrettoPoint {
        RistrettoPoint::from_uniform_bytes(&self.wide(b"filler", number))
    }

    /// Where each of so many things goes: an order that follows from the seed alone.
    fn places(&self, many: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..many).collect();
        order.sort_by_cached_key(|number| *self.wide(b"order", *number));
        let mut places = vec![0; many];
        for (place, number) in order.into_iter().enumerate() {
            if let Some(slot) = places.get_mut(number) {
                *slot = place;
            }
        }
        places
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(hidden)")
    }
}

/// SHA-512 over the domain and parts, each after its length, so that no two lists of parts are read alike.
fn hashed(parts: &[&[u8]]) -> Zeroizing<[u8; 64]> {
    let mut context = Context::new(&SHA512);
    for part in std::iter::once(&DOMAIN).chain(parts) {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut out = Zeroizing::new([0; 64]);
    out.copy_from_slice(context.finish().as_ref());
    out
}

fn of_item(item: &[u8]) -> RistrettoPoint {
    RistrettoPoint::from_uniform_bytes(&hashed(&[b"item", item]))
}

/// A list of points of a size class, all different, none the identity.
#[derive(Clone, PartialEq, Eq)]
pub struct Points(Vec<(CompressedRistretto, RistrettoPoint)>);

impl std::fmt::Debug for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Points({})", self.0.len())
    }
}

impl Points {
    /// Reads points one after the other.
    ///
    /// # Errors
    /// [`IntersectError`] for any size that is no class, before anything is read; for points that are none; for the same one twice.
    pub fn decode(bytes: &[u8]) -> Result<Self, IntersectError> {
        let (whole, rest) = bytes.as_chunks::<POINT>();
        if !rest.is_empty() || !CLASSES.contains(&whole.len()) {
            return Err(IntersectError::Size);
        }
        let mut seen = BTreeSet::new();
        let mut out = Vec::with_capacity(whole.len());
        for bytes in whole {
            let compressed = CompressedRistretto(*bytes);
            let point = compressed.decompress().ok_or(IntersectError::Point)?;
            if point.is_identity() {
                return Err(IntersectError::Point);
            }
            if !seen.insert(*bytes) {
                return Err(IntersectError::Twice);
            }
            out.push((compressed, point));
        }
        Ok(Self(out))
    }

    /// The points one after the other.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let bytes = self.0.iter().flat_map(|(point, _)| point.to_bytes());
        bytes.collect()
    }

    /// How many there are: a class.
    #[must_use]
    pub fn class(&self) -> usize {
        self.0.len()
    }

    fn of(points: impl IntoIterator<Item = RistrettoPoint>) -> Self {
        let points = points.into_iter().map(|point| (point.compress(), point));
        Self(points.collect())
    }

    fn raised(&self, by: &Scalar) -> Self {
        Self::of(self.0.iter().map(|(_, point)| point * by))
    }
}

/// The least class that holds so many items.
///
/// # Errors
/// [`IntersectError::TooMany`] beyond [`MOST`].
pub fn class_of(items: usize) -> Result<usize, IntersectError> {
    let mut classes = CLASSES.into_iter();
    classes
        .find(|class| *class >= items)
        .ok_or(IntersectError::TooMany)
}

/// One side's items, blinded and filled up to their class; item `n` at place `n`.
fn blinded(seed: &Seed, items: &[Vec<u8>]) -> Result<Vec<RistrettoPoint>, IntersectError> {
    let class = class_of(items.len())?;
    let different: BTreeSet<&Vec<u8>> = items.iter().collect();
    if different.len() < items.len() {
        return Err(IntersectError::Twice);
    }
    let secret = seed.scalar();
    let mut points: Vec<RistrettoPoint> =
        items.iter().map(|item| of_item(item) * *secret).collect();
    points.extend((items.len()..class).map(|number| seed.filler(number)));
    Ok(points)
}

/// The asker's points: item `n` is point `n`, and what comes after the last item is filler.
///
/// # Errors
/// [`IntersectError`] if there are too many items or one twice.
pub fn ask(seed: &Seed, items: &[Vec<u8>]) -> Result<Points, IntersectError> {
    blinded(seed, items).map(Points::of)
}

/// What the other side returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The asker's points raised to the other side's secret, in their order.
    pub raised: Points,
    /// The other side's own, in an order that says nothing.
    pub own: Points,
}

/// A reply, and at which place of [`Reply::own`] each item is.
///
/// # Errors
/// [`IntersectError`] if there are too many items or one twice.
pub fn reply(
    seed: &Seed,
    asked: &Points,
    items: &[Vec<u8>],
) -> Result<(Reply, Vec<usize>), IntersectError> {
    let points = blinded(seed, items)?;
    let mut places = seed.places(points.len());
    let mut own = points.clone();
    for (point, place) in points.into_iter().zip(&places) {
        if let Some(slot) = own.get_mut(*place) {
            *slot = point;
        }
    }
    places.truncate(items.len());
    let raised = asked.raised(&seed.scalar());
    let own = Points::of(own);
    Ok((Reply { raised, own }, places))
}

/// An item that both sides have: its place in the asker's points, and in [`Reply::own`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Same {
    /// Place in what was asked.
    pub asked: usize,
    /// Place in what the other side returned as its own.
    pub own: usize,
}

/// Which of the asker's first `items` points the other side has too, in their order.
///
/// # Errors
/// [`IntersectError::Reply`] if the reply has not one point for each that was asked.
pub fn same(
    seed: &Seed,
    asked: &Points,
    items: usize,
    reply: &Reply,
) -> Result<Vec<Same>, IntersectError> {
    if reply.raised.class() != asked.class() || items > asked.class() {
        return Err(IntersectError::Reply);
    }
    let theirs = reply.own.raised(&seed.scalar());
    let theirs = theirs.0.iter().enumerate();
    let theirs: BTreeMap<[u8; POINT], usize> = theirs
        .map(|(place, (point, _))| (point.to_bytes(), place))
        .collect();
    let raised = reply.raised.0.iter().take(items).enumerate();
    let found = raised.filter_map(|(asked, (point, _))| {
        let own = *theirs.get(&point.to_bytes())?;
        Some(Same { asked, own })
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn items(of: &BTreeSet<u16>) -> Vec<Vec<u8>> {
        of.iter().map(|n| n.to_be_bytes().to_vec()).collect()
    }

    fn sets() -> impl Strategy<Value = (BTreeSet<u16>, BTreeSet<u16>)> {
        let set = || proptest::collection::btree_set(0..60u16, 0..24);
        (set(), set())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// What both have is found, where it is, and nothing else. Take out: in `reply`, that points go to their places; in `same`, that
        /// the other side's points are raised; the `take` that leaves filler out.
        #[test]
        fn the_intersection_is_exact((one, other) in sets(), a in any::<[u8; 32]>(), b in any::<[u8; 32]>()) {
            prop_assume!(a != b);
            let (a, b) = (Seed::new(a), Seed::new(b));
            let (asking, holding) = (items(&one), items(&other));
            let asked = ask(&a, &asking).unwrap();
            let asked = Points::decode(&asked.encode()).unwrap();
            let (answer, places) = reply(&b, &asked, &holding).unwrap();
            let answer = Reply {
                raised: Points::decode(&answer.raised.encode()).unwrap(),
                own: Points::decode(&answer.own.encode()).unwrap(),
            };
            let found = same(&a, &asked, asking.len(), &answer).unwrap();
            let expected: Vec<Same> = asking.iter().enumerate().filter_map(|(at, item)| {
                let held = holding.iter().position(|other| other == item)?;
                Some(Same { asked: at, own: places[held] })
            }).collect();
            prop_assert_eq!(found, expected);
        }

        /// What is sent says the class and no number, and the same items never look the same again. Take out: the filler in `blinded`; the
        /// multiplication by the secret.
        #[test]
        fn what_is_sent_differs_each_time_and_hides_the_number(set in proptest::collection::btree_set(0..500u16, 1..64), a in any::<[u8; 32]>(), b in any::<[u8; 32]>()) {
            prop_assume!(a != b);
            let items = items(&set);
            let one = ask(&Seed::new(a), &items).unwrap();
            let other = ask(&Seed::new(b), &items).unwrap();
            prop_assert_eq!(one.class(), 64);
            let known: BTreeSet<[u8; POINT]> = one.0.iter().map(|(point, _)| point.to_bytes()).collect();
            prop_assert_eq!(known.len(), 64);
            prop_assert!(other.0.iter().all(|(point, _)| !known.contains(&point.to_bytes())));
            prop_assert!(items.iter().all(|item| !known.contains(&of_item(item).compress().to_bytes())));
        }

        /// Invariant 12: whatever bytes come, they are points or an error. Take out: the check of the size; of the identity.
        #[test]
        fn invariant_12_hostile_points_are_an_error(at in 0..64usize * POINT, with in 1..=255u8, seed in any::<[u8; 32]>()) {
            let sound = ask(&Seed::new(seed), &[]).unwrap().encode();
            let mut bytes = sound.clone();
            bytes[at] ^= with;
            match Points::decode(&bytes) {
                Ok(points) => prop_assert_eq!(points.encode(), bytes),
                Err(error) => prop_assert_eq!(error, IntersectError::Point),
            }
        }
    }

    /// The order in which the other side returns its own is not that of its items, and another for each comparison. Take out: in `reply`, the
    /// places.
    #[test]
    fn the_order_of_the_reply_says_nothing() {
        let holding: Vec<Vec<u8>> = (0..40u8).map(|n| vec![n]).collect();
        let asked = ask(&Seed::new([1; 32]), &[]).unwrap();
        let places = |seed: u8| reply(&Seed::new([seed; 32]), &asked, &holding).unwrap().1;
        let in_order: Vec<usize> = (0..40).collect();
        assert_ne!(places(2), in_order);
        assert_ne!(places(2), places(3));
    }

    /// Take out: in `Points::decode`, any one of its checks; in `same`, that a reply has as many points.
    #[test]
    fn sizes_identity_and_repetition_are_refused() {
        let sound = ask(&Seed::new([5; 32]), &[]).unwrap();
        let bytes = sound.encode();
        assert_eq!(Points::decode(&bytes[..POINT]), Err(IntersectError::Size));
        assert_eq!(Points::decode(&bytes[1..]), Err(IntersectError::Size));
        let mut identity = bytes.clone();
        identity[..POINT].fill(0);
        assert_eq!(Points::decode(&identity), Err(IntersectError::Point));
        let mut twice = bytes.clone();
        twice.copy_within(..POINT, POINT);
        assert_eq!(Points::decode(&twice), Err(IntersectError::Twice));
        let many: Vec<Vec<u8>> = (0..=MOST).map(|n| n.to_be_bytes().to_vec()).collect();
        assert_eq!(
            ask(&Seed::new([5; 32]), &many),
            Err(IntersectError::TooMany)
        );
        let other = ask(&Seed::new([6; 32]), &many[..65]).unwrap();
        let wrong = Reply {
            raised: other,
            own: sound.clone(),
        };
        assert_eq!(
            same(&Seed::new([5; 32]), &sound, 0, &wrong),
            Err(IntersectError::Reply)
        );
    }

    /// Bytes that RFC 9496 (appendix A.2) says are no element: not canonical, negative, or not on the curve. Take out: `decompress`.
    #[test]
    fn what_rfc_9496_refuses_is_refused() {
        let sound = ask(&Seed::new([7; 32]), &[]).unwrap().encode();
        for bad in [
            "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
        ] {
            let mut bytes = sound.clone();
            bytes[..POINT].copy_from_slice(&hex::decode(bad).unwrap());
            assert_eq!(Points::decode(&bytes), Err(IntersectError::Point), "{bad}");
        }
    }

    /// The group is that of RFC 9496: multiples of its generator (appendix A.1) are read and written as there. Take out: nothing of ours; it
    /// fails when the library changes its group.
    #[test]
    fn multiples_of_the_generator_are_those_of_rfc_9496() {
        use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT as G;
        let expected = [
            "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
            "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919",
        ];
        for (times, expected) in (1u8..).zip(expected) {
            let point = G * Scalar::from(times);
            assert_eq!(hex::encode(point.compress().to_bytes()), expected);
        }
    }
}
