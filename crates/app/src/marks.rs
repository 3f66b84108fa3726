//! Marks of browsers (and programs) that an officer signed in with: whoever sends one back is not made to wait for the guesses of
//! others (see `attempts.rs`).
//!
//! A mark is of one officer in one browser, so that an officer may have any number of them. A browser keeps one of each officer who
//! signs in there, the newest first, and so many: at a desk that several share, nobody's pushes out another's at once. Nothing of it
//! is stored here.

use crate::App;
use crate::attempts::Who;
use crate::env::random;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_proof::digest::tagged;

/// Most marks in one browser: officers who share a desk.
const MOST: usize = 8;
/// Bytes of a mark: a nonce and a digest.
const LENGTH: usize = 16 + 32;
const BETWEEN: char = '.';

impl App {
    /// As whom wrong passwords are counted.
    pub(crate) fn who(&self, id: &str, known: &str) -> Who {
        match self.own_mark(id, known).and_then(nonce) {
            Some(nonce) => Who::Known(tagged("entente/known/1", &[id.as_bytes(), &nonce]).0),
            None => Who::Stranger(tagged("entente/stranger/1", &[id.as_bytes()]).0),
        }
    }

    /// As whom wrong codes of the second factor are counted.
    pub(crate) fn who_types(&self, id: &str, known: &str) -> Who {
        let nonce = self.own_mark(id, known).and_then(nonce);
        let nonce = nonce.as_ref().map_or(&[][..], |nonce| &nonce[..]);
        Who::Code(tagged("entente/code/1", &[id.as_bytes(), nonce]).0)
    }

    /// What a browser keeps from now on, after this officer signed in with it: the officer's mark, and those of others.
    pub(crate) fn marks_after(&self, officer: &str, known: &str) -> String {
        let own = self.own_mark(officer, known);
        let first = match own {
            Some(mark) => mark.to_owned(),
            None => self.mark(officer, random(&*self.inner.random)),
        };
        let others = marks(known).filter(|mark| Some(*mark) != own);
        let kept: Vec<&str> = std::iter::once(first.as_str())
            .chain(others)
            .take(MOST)
            .collect();
        kept.join(&BETWEEN.to_string())
    }

    /// The mark among these that this node gave to this officer.
    fn own_mark<'a>(&self, officer: &str, known: &'a str) -> Option<&'a str> {
        let ours =
            |mark: &&str| nonce(mark).is_some_and(|nonce| same(&self.mark(officer, nonce), mark));
        marks(known).find(ours)
    }

    /// The mark of a browser that an officer signed in with: a nonce, and its keyed digest. No secret by itself: it opens nothing,
    /// whoever holds it is only counted apart.
    fn mark(&self, officer: &str, nonce: [u8; 16]) -> String {
        let key = &self.inner.keys.index;
        let digest = tagged("entente/mark/1", &[key, officer.as_bytes(), &nonce]);
        URL_SAFE_NO_PAD.encode([&nonce[..], &digest.0].concat())
    }
}

/// What may be marks of what a browser sent.
fn marks(known: &str) -> impl Iterator<Item = &str> {
    known
        .split(BETWEEN)
        .filter(|mark| nonce(mark).is_some())
        .take(MOST)
}

fn nonce(mark: &str) -> Option<[u8; 16]> {
    let bytes = URL_SAFE_NO_PAD.decode(mark).ok()?;
    bytes
        .first_chunk()
        .filter(|_| bytes.len() == LENGTH)
        .copied()
}

/// Compares without saying how far they agree.
pub(crate) fn same(ours: &str, theirs: &str) -> bool {
    let differ = ours.bytes().zip(theirs.bytes());
    ours.len() == theirs.len() && differ.fold(0, |acc, (a, b)| acc | (a ^ b)) == 0
}
