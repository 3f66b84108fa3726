//! What a browser keeps between going to the provider and coming back: sealed under a key of the node, so that neither it nor anybody
//! else reads or changes it, and nothing is stored here for people who are nobody yet.

use crate::App;
use crate::env::random;
use crate::error::{AppError, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_core::instant::{Instant, Span};
use entente_proof::digest::tagged;
use entente_proof::seal::{self, ObjectKey};
use serde::{Deserialize, Serialize};

/// How long somebody may take at the provider.
pub(super) const FLOW: Span = Span::minutes(10);
/// Most bytes of what a browser kept, as text.
const KEPT: usize = 4 << 10;
/// Most bytes of where to go on; whoever wants to go further begins at the front page.
const NEXT: usize = 1 << 10;

/// One way to the provider and back.
#[derive(Serialize, Deserialize)]
pub(super) struct Flow {
    /// Ties the answer to this browser.
    pub state: String,
    /// Ties the identity token to this way.
    pub nonce: String,
    /// Of PKCE: ties the code to this way.
    pub verifier: String,
    pub begun_ms: i64,
    pub next: String,
    pub purpose: Purpose,
}

/// What for.
#[derive(Serialize, Deserialize)]
pub(super) enum Purpose {
    SignIn,
    Invitation { token: String },
    Bind(OfSession),
    Prove(OfSession),
}

/// Where to go on, if that is not too long to be kept.
pub(super) fn short(next: &str) -> String {
    let next = Some(next).filter(|next| next.len() <= NEXT);
    next.unwrap_or("/").to_owned()
}

impl Purpose {
    /// Whether the provider is to ask for everything anew.
    pub fn anew(&self) -> bool {
        !matches!(self, Self::SignIn)
    }

    /// Whether it must say when it did.
    pub fn proves(&self) -> bool {
        matches!(self, Self::Prove(_))
    }
}

/// Whose session asked.
#[derive(Serialize, Deserialize)]
pub(super) struct OfSession {
    pub officer: String,
    /// Its name, from which no token follows.
    pub session: String,
}

impl App {
    pub(super) fn seal_flow(&self, flow: &Flow) -> Result<String> {
        let plain = serde_json::to_vec(flow).map_err(|_| AppError::Bug("flow"))?;
        let nonce = random(&*self.inner.random);
        let sealed = seal::seal(&self.flow_key(), nonce, &cell(), &plain);
        Ok(URL_SAFE_NO_PAD.encode(sealed.map_err(|_| AppError::Bug("seal"))?))
    }

    /// The way that a browser came back from, if it is the one that it went; or what is wrong, by a closed word.
    pub(super) fn open_flow(
        &self,
        kept: &str,
        state: &str,
    ) -> std::result::Result<Flow, &'static str> {
        let sealed = Some(kept).filter(|kept| kept.len() <= KEPT);
        let sealed = sealed.and_then(|kept| URL_SAFE_NO_PAD.decode(kept).ok());
        let plain = sealed.and_then(|sealed| seal::open(&self.flow_key(), &cell(), &sealed).ok());
        let flow: Option<Flow> = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
        let flow = flow.ok_or("kept")?;
        let age = self.now() - Instant(flow.begun_ms);
        // A clock put back a little meanwhile shuts nobody out.
        if age >= FLOW || age < Span(-FLOW.0) {
            return Err("late");
        }
        match crate::marks::same(&flow.state, state) {
            true => Ok(flow),
            false => Err("state"),
        }
    }

    fn flow_key(&self) -> ObjectKey {
        ObjectKey::new(tagged("entente/provider-flow/1", &[&self.inner.keys.index]).0)
    }
}

fn cell() -> Vec<u8> {
    seal::cell("provider-flow", &[], &[], 0)
}
