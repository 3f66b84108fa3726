//! Passkeys (WebAuthn): a key pair in a phone, a computer or a security key, unlocked there by its owner, which counts as both factors.
//!
//! The challenge and all that the answer is held against stay here, in the token's row; the browser gets the challenge alone. Each
//! challenge is answered once. Passkeys are bound to the name under which browsers reach the node (`http.public_url`): without it there are
//! none. Verification is webauthn-rs's: origin, challenge, user verification, signature, counter.

use crate::env::random;
use crate::error::{AppError, Result};
use crate::factors::{Reauthenticating, factor};
use crate::fault::{InputFault, PeopleFault};
use crate::people::acts_on;
use crate::sessions::{end_sessions, has_factor, note_proved, session_name, token_digest};
use crate::weight::HeldWeighty;
use crate::{Actor, App, SignedIn};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entente_core::instant::Span;
use entente_proof::digest::tagged;
use entente_proof::weight::{Credential, EDDSA, ES256, ES384, RS256};
use entente_store::{FactorRow, FactorSort, Read, SessionRow, SessionSort, StoreExt, Write};
use serde::{Deserialize, Serialize};
use serde_json::json;
use webauthn_rs::prelude::{
    COSEAlgorithm, COSEKeyType, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

/// How long a challenge may be answered.
const CHALLENGE: Span = Span::minutes(5);
/// The same where an act of weight is read before it is signed.
const WEIGHING: Span = Span::minutes(15);
/// Most challenges of an officer that wait at a time: whoever asks for more ends the oldest.
const WAITING: usize = 16;
/// Most passkeys of an officer.
const MOST: usize = 10;
/// Most letters of what an officer calls a passkey.
const LABEL: usize = 60;
/// Most bytes of a browser's answer.
const ANSWER: usize = 64 << 10;

/// A challenge for a browser.
#[derive(Clone)]
pub struct Challenge {
    /// What the answer is sent back with.
    pub token: String,
    /// Options of `navigator.credentials`, as JSON.
    pub options: String,
}

impl std::fmt::Debug for Challenge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Challenge(hidden)")
    }
}

/// A browser's answer to the challenge for a new passkey.
#[derive(Clone, Copy)]
pub struct NewPasskey<'a> {
    /// The challenge's token.
    pub token: &'a str,
    /// What `navigator.credentials` gave, as JSON.
    pub answer: &'a str,
    /// What its officer calls it.
    pub label: &'a str,
}

impl std::fmt::Debug for NewPasskey<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPasskey(hidden)")
    }
}

/// How the state of a challenge begins that anybody may ask for at the door.
const AT_DOOR: &[u8] = b"{\"SignIn\"";

/// What the answer to a challenge is held against.
#[derive(Serialize, Deserialize)]
enum Asked {
    Register(PasskeyRegistration),
    SignIn(PasskeyAuthentication),
    /// For an act of weight: what is held until it is signed, sealed, in base64.
    Weigh(PasskeyAuthentication, String),
    /// That somebody signed in is there still, in the session of this name.
    Again(PasskeyAuthentication, String),
}

/// A passkey's answer that fits, with all that proves it.
pub(crate) struct Asserted {
    row: FactorRow,
    key: Passkey,
    /// The name that passkeys are bound to here.
    pub(crate) host: String,
    pub(crate) credential: Credential,
    pub(crate) authenticator_data: Vec<u8>,
    pub(crate) client_data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl Asserted {
    /// When the officer registered it.
    pub(crate) fn registered_ms(&self) -> i64 {
        self.row.since_ms
    }
}

impl App {
    /// Whether browsers can use passkeys here: the node knows under which name they reach it.
    #[must_use]
    pub fn has_passkeys(&self) -> bool {
        self.webauthn().is_ok()
    }

    /// The name that passkeys are bound to here.
    fn passkey_host(&self) -> Result<String> {
        let webauthn = self.webauthn()?;
        let origin = webauthn.get_allowed_origins().first();
        let host = origin.and_then(Url::domain);
        Ok(host.ok_or(PeopleFault::NoPasskeys)?.to_owned())
    }

    fn webauthn(&self) -> Result<Webauthn> {
        let none = || AppError::from(PeopleFault::NoPasskeys);
        let url = self.inner.settings.public_url.as_deref().ok_or_else(none)?;
        let origin = Url::parse(url).map_err(|_| none())?;
        let id = origin.domain().ok_or_else(none)?;
        let built = WebauthnBuilder::new(id, &origin).and_then(WebauthnBuilder::build);
        built.map_err(|_| none())
    }

    /// A challenge for a new passkey of an officer who shows the password, and a code where there is an app.
    ///
    /// # Errors
    /// [`PeopleFault`], [`AppError::Wait`].
    pub fn begin_passkey(&self, actor: &Actor, by: &Reauthenticating<'_>) -> Result<Challenge> {
        let webauthn = self.webauthn()?;
        self.check_again(actor, by)?;
        let here = self.passkeys(&actor.id)?;
        if here.len() >= MOST {
            return Err(PeopleFault::PasskeysMost.into());
        }
        let known = here.iter().map(|(_, key)| key.cred_id().clone()).collect();
        let begun = webauthn.start_passkey_registration(
            self.user_handle(&actor.id),
            &actor.id,
            actor.called(),
            Some(known),
        );
        let (options, state) = begun.map_err(|_| AppError::Bug("passkey"))?;
        let options = serde_json::to_string(&options).map_err(|_| AppError::Bug("passkey"))?;
        self.challenge(&actor.id, &Asked::Register(state), options)
    }

    /// Keeps a new passkey. Every session of the officer but the one of this token ends; recovery codes are given where there are none.
    ///
    /// # Errors
    /// [`PeopleFault::PasskeyWrong`] if the answer does not fit, or came too late.
    pub fn add_passkey(
        &self,
        actor: &Actor,
        session: &str,
        new: &NewPasskey<'_>,
    ) -> Result<Vec<String>> {
        let wrong = || AppError::from(PeopleFault::PasskeyWrong);
        let (officer, asked) = self.answered(new.token)?;
        let (true, Asked::Register(state)) = (officer == actor.id, asked) else {
            return Err(wrong());
        };
        let answer: RegisterPublicKeyCredential = read(new.answer)?;
        let key = self
            .webauthn()?
            .finish_passkey_registration(&answer, &state);
        let key = key.map_err(|_| wrong())?;
        let row = FactorRow {
            id: key.cred_id().to_vec(),
            label: new
                .label
                .chars()
                .filter(|c| !c.is_control())
                .take(LABEL)
                .collect(),
            last: self.now().0,
            ..factor(&actor.id, FactorSort::Passkey, self.now())
        };
        let (app, keep) = (self.clone(), token_digest(session));
        self.inner.store.update("add_passkey", move |tx| {
            app.record_access(tx, &acts_on(&row.officer, "add_passkey", &row.officer))?;
            app.put_passkey(tx, &row, &key)?;
            end_sessions(tx, &row.officer, Some(&keep))?;
            let mut factors = tx.factors(&row.officer)?.into_iter();
            match factors.any(|f| f.sort == FactorSort::Recovery) {
                true => Ok(Vec::new()),
                false => app.fresh_recovery_codes(tx, &row.officer),
            }
        })
    }

    /// Takes a passkey away, by its name in the account's view.
    ///
    /// # Errors
    /// [`PeopleFault::FactorRequired`] for the last factor where one is required; [`PeopleFault::ProviderLast`] where nothing else opens the
    /// account; [`PeopleFault::PasswordWrong`].
    pub fn remove_passkey(
        &self,
        actor: &Actor,
        by: &Reauthenticating<'_>,
        name: &str,
    ) -> Result<()> {
        self.check_again(actor, by)?;
        let (app, id, name) = (self.clone(), actor.id.clone(), name.to_owned());
        self.inner.store.update("remove_passkey", move |tx| {
            app.record_access(tx, &acts_on(&id, "remove_passkey", &id))?;
            let mut factors = tx.factors(&id)?.into_iter();
            let found = factors.find(|f| f.sort == FactorSort::Passkey && passkey_name(f) == name);
            let found = found.ok_or(AppError::NotFound)?;
            tx.drop_factor(&id, FactorSort::Passkey, &found.id)?;
            refuse_locked_out(tx.as_read(), &id)?;
            app.left_without(tx, &id)
        })
    }

    /// A challenge for whoever says to be this officer. Who is unknown or has no passkey gets one that nothing fits, so that nobody
    /// learns who exists.
    ///
    /// # Errors
    /// [`PeopleFault::NoPasskeys`].
    pub fn ask_passkey(&self, id: &str) -> Result<Challenge> {
        let webauthn = self.webauthn()?;
        let keys = self.passkeys(id)?;
        if keys.is_empty() {
            return Ok(self.decoy(id, &webauthn));
        }
        let (options, state) = asking_of(&webauthn, keys)?;
        self.challenge(id, &Asked::SignIn(state), options)
    }

    /// A challenge for whoever is signed in, in the session of this token, and has no password to type again.
    ///
    /// # Errors
    /// [`AppError::NotFound`] to whoever has a password, or no passkey; [`PeopleFault::NoPasskeys`]; [`AppError::SignIn`].
    pub fn ask_passkey_again(&self, actor: &Actor, session: &str) -> Result<Challenge> {
        let webauthn = self.webauthn()?;
        let keys = self.passkeys(&actor.id)?;
        let (bare, of) = self.inner.store.view("ask_again", |tx| {
            let officer = tx.officer(&actor.id)?.ok_or(AppError::NotFound)?;
            let row = self.awaited(tx, session, SessionSort::SignedIn)?;
            let row = row.ok_or(AppError::SignIn)?;
            Ok::<_, AppError>((officer.password.is_empty(), session_name(&row)))
        })?;
        if !bare || keys.is_empty() {
            return Err(AppError::NotFound);
        }
        let (options, state) = asking_of(&webauthn, keys)?;
        self.challenge(&actor.id, &Asked::Again(state, of), options)
    }

    /// Notes in a session that its officer was shown again by a passkey, so that it stands in for a password: for one change, within
    /// minutes. `answer`: the challenge's token, and what `navigator.credentials` gave.
    ///
    /// # Errors
    /// [`PeopleFault::PasskeyWrong`] if it does not fit, came too late, or is of another session.
    pub fn prove_by_passkey(
        &self,
        actor: &Actor,
        session: &str,
        answer: (&str, &str),
    ) -> Result<()> {
        let (officer, asked) = self.answered(answer.0)?;
        let fits = self.shown_again(actor, (&officer, asked), (session, answer.1));
        if let Err(AppError::Input(InputFault::People(PeopleFault::PasskeyWrong))) = &fits {
            self.note_passkey(&actor.id, "")?;
        }
        let (row, key) = fits?;
        let (app, digest, now) = (self.clone(), token_digest(session), self.now());
        self.inner.store.update("prove_by_passkey", move |tx| {
            app.keep_used(tx, &row, &key)?;
            note_proved(tx, &digest, now)
        })
    }

    fn shown_again(
        &self,
        actor: &Actor,
        (officer, asked): (&str, Asked),
        (session, answer): (&str, &str),
    ) -> Result<(FactorRow, Passkey)> {
        let row = self.inner.store.view("session", |tx| {
            self.awaited(tx, session, SessionSort::SignedIn)
        })?;
        let row = row.ok_or(AppError::SignIn)?;
        match asked {
            Asked::Again(state, of)
                if officer == actor.id && row.officer == officer && of == session_name(&row) =>
            {
                self.fitting(officer, &state, &read(answer)?)
            }
            _ => Err(PeopleFault::PasskeyWrong.into()),
        }
    }

    /// Signs in with the answer to a challenge: it counts as both factors.
    ///
    /// # Errors
    /// [`PeopleFault::PasskeyWrong`].
    pub fn passkey_sign_in(&self, token: &str, answer: &str, known: &str) -> Result<SignedIn> {
        let (officer, asked) = self.answered(token)?;
        let fits = self.take_passkey(&officer, asked, answer);
        if let Err(AppError::Input(InputFault::People(PeopleFault::PasskeyWrong))) = &fits {
            self.note_passkey(&officer, known)?;
        }
        fits?;
        self.begin_session(&officer, known)
    }

    /// Leaves a trace of an answer that did not fit, as seldom as wrong passwords are read: whoever asks gets a challenge to answer, so
    /// that a trace of each would fill the disk.
    fn note_passkey(&self, officer: &str, known: &str) -> Result<()> {
        let who = self.who(officer, known);
        match self.inner.attempts.take(who, self.now()) {
            Ok(_) => self.refused("passkey_refused", Some(officer.to_owned())),
            Err(_) => Ok(()),
        }
    }

    fn take_passkey(&self, officer: &str, asked: Asked, answer: &str) -> Result<()> {
        let Asked::SignIn(state) = asked else {
            return Err(PeopleFault::PasskeyWrong.into());
        };
        let (row, key) = self.fitting(officer, &state, &read(answer)?)?;
        let app = self.clone();
        self.inner
            .store
            .update("passkey", move |tx| app.keep_used(tx, &row, &key))
    }

    /// The officer's passkey that an answer is of, if it fits what was asked; as it is to be kept after this use.
    fn fitting(
        &self,
        officer: &str,
        state: &PasskeyAuthentication,
        answer: &PublicKeyCredential,
    ) -> Result<(FactorRow, Passkey)> {
        let wrong = || AppError::from(PeopleFault::PasskeyWrong);
        let webauthn = self.webauthn()?;
        let found = webauthn.finish_passkey_authentication(answer, state);
        let found = found.map_err(|_| wrong())?;
        let mut keys = self.passkeys(officer)?.into_iter();
        let key = keys.find(|(_, key)| key.cred_id() == found.cred_id());
        let (row, mut key) = key.filter(|_| found.user_verified()).ok_or_else(wrong)?;
        key.update_credential(&found);
        let last = self.now().0;
        Ok((FactorRow { last, ..row }, key))
    }

    fn keep_used(&self, tx: &mut dyn Write, row: &FactorRow, key: &Passkey) -> Result<()> {
        // Taken away in between.
        let mut factors = tx.factors(&row.officer)?.into_iter();
        if !factors.any(|f| f.sort == row.sort && f.id == row.id) {
            return Err(PeopleFault::PasskeyWrong.into());
        }
        self.put_passkey(tx, row, key)
    }

    /// A challenge that follows from an entry: the library checks all else, and its own random challenge is replaced in what the
    /// browser gets and in what its answer is held against.
    pub(crate) fn challenge_of_weight(
        &self,
        actor: &Actor,
        over: [u8; 32],
        held: &HeldWeighty,
        blobs: Vec<String>,
    ) -> Result<Challenge> {
        let bug = |_| AppError::Bug("passkey");
        let keys = self.passkeys(&actor.id)?;
        if keys.is_empty() {
            // Taken away in between.
            return Err(PeopleFault::PasskeyWrong.into());
        }
        let keys: Vec<Passkey> = keys.into_iter().map(|(_, key)| key).collect();
        let begun = self.webauthn()?.start_passkey_authentication(&keys);
        let (options, state) = begun.map_err(|_| AppError::Bug("passkey"))?;
        let mut options = serde_json::to_value(options).map_err(bug)?;
        let mut state = serde_json::to_value(state).map_err(bug)?;
        let over = json!(URL_SAFE_NO_PAD.encode(over));
        let places = [
            options.pointer_mut("/publicKey/challenge"),
            state.pointer_mut("/ast/challenge"),
        ];
        for place in places {
            *place.ok_or(AppError::Bug("challenge of a passkey"))? = over.clone();
        }
        let state = serde_json::from_value(state).map_err(bug)?;
        let (token, row) = self.fresh_token(&actor.id, SessionSort::Passkey, WEIGHING);
        let sealed = URL_SAFE_NO_PAD.encode(held.seal(self, &token)?);
        let asked = Asked::Weigh(state, sealed);
        self.keep_challenge(row, &asked, blobs)?;
        Ok(Challenge {
            token,
            options: options.to_string(),
        })
    }

    /// What was held for such a challenge, and its answer, if that fits; the challenge is used up, whatever the answer.
    pub(crate) fn asserted(
        &self,
        actor: &Actor,
        token: &str,
        answer: &str,
    ) -> Result<(Vec<u8>, Result<Asserted>)> {
        let wrong = || AppError::from(PeopleFault::PasskeyWrong);
        let (officer, asked) = self.answered(token)?;
        let (true, Asked::Weigh(state, sealed)) = (officer == actor.id, asked) else {
            return Err(wrong());
        };
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| wrong())?;
        Ok((sealed, self.asserted_by(&officer, &state, answer)))
    }

    fn asserted_by(
        &self,
        officer: &str,
        state: &PasskeyAuthentication,
        answer: &str,
    ) -> Result<Asserted> {
        let answer: PublicKeyCredential = read(answer)?;
        let (row, key) = self.fitting(officer, state, &answer)?;
        let credential = credential_of(&key).ok_or(PeopleFault::PasskeyWrong)?;
        Ok(Asserted {
            host: self.passkey_host()?,
            credential,
            authenticator_data: answer.response.authenticator_data,
            client_data: answer.response.client_data_json,
            signature: answer.response.signature,
            row,
            key,
        })
    }

    /// Keeps a passkey that signed an act of weight, after this use.
    pub(crate) fn keep_asserted(&self, tx: &mut dyn Write, asserted: &Asserted) -> Result<()> {
        self.keep_used(tx, &asserted.row, &asserted.key)
    }

    /// Keeps what an answer is held against; the oldest of too many waits no more.
    fn challenge(&self, officer: &str, asked: &Asked, options: String) -> Result<Challenge> {
        let (token, row) = self.fresh_token(officer, SessionSort::Passkey, CHALLENGE);
        self.keep_challenge(row, asked, Vec::new())?;
        Ok(Challenge { token, options })
    }

    fn keep_challenge(&self, row: SessionRow, asked: &Asked, blobs: Vec<String>) -> Result<()> {
        let state = serde_json::to_vec(asked).map_err(|_| AppError::Bug("passkey"))?;
        let row = SessionRow { state, ..row };
        let app = self.clone();
        self.inner.store.update("challenge", move |tx| {
            app.note_held_files(tx, blobs.clone(), row.ends_ms)?;
            let mut waiting = tx.sessions(&row.officer)?;
            // Anybody may begin to sign in as an officer: that ends nothing that the officer began within.
            let at_door = |state: &[u8]| state.starts_with(AT_DOOR);
            waiting.retain(|r| {
                r.sort == SessionSort::Passkey && at_door(&r.state) == at_door(&row.state)
            });
            for old in waiting.iter().rev().skip(WAITING - 1) {
                tx.end_session(&old.digest)?;
            }
            Ok::<_, AppError>(tx.insert_session(&row)?)
        })
    }

    /// Whom a challenge was given to and what its answer is held against; it is used up by that, whatever the answer.
    fn answered(&self, token: &str) -> Result<(String, Asked)> {
        let (app, token) = (self.clone(), token.to_owned());
        let row = self.inner.store.update("answered", move |tx| {
            let row = app.awaited(tx.as_read(), &token, SessionSort::Passkey)?;
            if let Some(row) = &row {
                tx.end_session(&row.digest)?;
            }
            Ok::<_, AppError>(row)
        })?;
        let row = row.ok_or(PeopleFault::PasskeyWrong)?;
        let asked = serde_json::from_slice(&row.state);
        Ok((row.officer, asked.map_err(|_| PeopleFault::PasskeyWrong)?))
    }

    /// A challenge that waits for nothing, in the form of every other.
    fn decoy(&self, id: &str, webauthn: &Webauthn) -> Challenge {
        let key = &self.inner.keys.index;
        let credential = tagged("entente/no-passkey/1", &[key, id.as_bytes()]).0;
        let challenge = random::<32>(&*self.inner.random);
        let origin = webauthn.get_allowed_origins().first();
        let options = json!({"publicKey": {
            "challenge": URL_SAFE_NO_PAD.encode(challenge),
            "timeout": 300_000,
            "rpId": origin.and_then(Url::domain),
            "allowCredentials": [{"type": "public-key", "id": URL_SAFE_NO_PAD.encode(credential)}],
            "userVerification": "required",
        }});
        let (token, _) = self.fresh_token(id, SessionSort::Passkey, CHALLENGE);
        Challenge {
            token,
            options: options.to_string(),
        }
    }

    /// The passkeys of an officer.
    fn passkeys(&self, officer: &str) -> Result<Vec<(FactorRow, Passkey)>> {
        self.inner.store.view("passkeys", |tx| {
            let active = tx.officer(officer)?.is_some_and(|row| row.active);
            let rows = tx.factors(officer)?.into_iter();
            let rows = rows.filter(|row| active && row.sort == FactorSort::Passkey);
            rows.map(|row| Ok((row.clone(), self.open_passkey(tx, &row)?)))
                .collect()
        })
    }

    fn open_passkey(&self, tx: &dyn Read, row: &FactorRow) -> Result<Passkey> {
        let plain = self.open_factor(tx, row)?;
        serde_json::from_slice(&plain).map_err(|_| AppError::Bug("passkey"))
    }

    fn put_passkey(&self, tx: &mut dyn Write, row: &FactorRow, key: &Passkey) -> Result<()> {
        let plain = serde_json::to_vec(key).map_err(|_| AppError::Bug("passkey"))?;
        let sealed = self.seal_factor(tx, &row.officer, &plain)?;
        Ok(tx.put_factor(&FactorRow {
            sealed,
            ..row.clone()
        })?)
    }

    /// What authenticators keep an officer's passkey under: says nothing of the officer to whoever holds the device.
    fn user_handle(&self, officer: &str) -> Uuid {
        let key = &self.inner.keys.index;
        let digest = tagged("entente/passkey/1", &[key, officer.as_bytes()]).0;
        Uuid::from_slice(digest.get(..16).unwrap_or_default()).unwrap_or_default()
    }

    /// What is left once a factor is gone: one, where one is required; and no recovery codes of nothing.
    pub(crate) fn left_without(&self, tx: &mut dyn Write, officer: &str) -> Result<()> {
        if has_factor(tx.as_read(), officer)? {
            return Ok(());
        }
        if self.requires_factor() {
            return Err(PeopleFault::FactorRequired.into());
        }
        crate::factors::drop_recovery_codes(tx, officer)
    }
}

/// Refuses what leaves an officer without any way in: neither password nor passkey, nor an account at the provider.
fn refuse_locked_out(tx: &dyn Read, officer: &str) -> Result<()> {
    let row = tx.officer(officer)?.ok_or(AppError::NotFound)?;
    let opens = |f: &FactorRow| matches!(f.sort, FactorSort::Passkey | FactorSort::Provider);
    match row.password.is_empty() && !tx.factors(officer)?.iter().any(opens) {
        true => Err(PeopleFault::ProviderLast.into()),
        false => Ok(()),
    }
}

/// Options for a browser that ask for one of these passkeys, and what the answer is held against.
fn asking_of(
    webauthn: &Webauthn,
    keys: Vec<(FactorRow, Passkey)>,
) -> Result<(String, PasskeyAuthentication)> {
    let keys: Vec<Passkey> = keys.into_iter().map(|(_, key)| key).collect();
    let begun = webauthn.start_passkey_authentication(&keys);
    let (options, state) = begun.map_err(|_| AppError::Bug("passkey"))?;
    let options = serde_json::to_string(&options).map_err(|_| AppError::Bug("passkey"))?;
    Ok((options, state))
}

/// The public key of a passkey, as proofs have it.
fn credential_of(key: &Passkey) -> Option<Credential> {
    let key = key.get_public_key();
    let algorithm = match key.type_ {
        COSEAlgorithm::ES256 => ES256,
        COSEAlgorithm::ES384 => ES384,
        COSEAlgorithm::EDDSA => EDDSA,
        COSEAlgorithm::RS256 => RS256,
        _ => return None,
    };
    let (first, second) = match &key.key {
        COSEKeyType::EC_EC2(key) => (key.x.clone(), key.y.clone()),
        COSEKeyType::EC_OKP(key) => (key.x.clone(), Vec::new()),
        COSEKeyType::RSA(key) => (key.n.clone(), key.e.to_vec()),
    };
    Some(Credential {
        algorithm,
        first: first.into(),
        second: second.into(),
    })
}

/// What names a passkey to its officer.
pub(crate) fn passkey_name(row: &FactorRow) -> String {
    let digest = tagged("entente/passkey-name/1", &[&row.id]).0;
    hex::encode(digest).chars().take(16).collect()
}

/// A browser's answer, as its script writes it.
fn read<T: for<'a> Deserialize<'a>>(answer: &str) -> Result<T> {
    let fits = Some(answer).filter(|a| a.len() <= ANSWER);
    let read = fits.and_then(|a| serde_json::from_str(a).ok());
    read.ok_or_else(|| PeopleFault::PasskeyWrong.into())
}
