//! The transport between two nodes: TLS 1.3 only, raw Ed25519 public keys on both sides (RFC 7250), pinned against partners' cards.
//!
//! In scope: the two rustls configurations, which of our keys is shown, the pins, ALPN `entente/1`, the key exchange X25519MLKEM768 and no other. No X.509, no
//! certificate authority, no resumption (a pin taken back would live on in a ticket), no early data. Not in scope: sockets (`links`).
//!
//! While a node changes its key, and after either was restored from before a change, one end may know another key than the other shows
//! (rule 15). So a partner has several pins, and a dialler that met a key which it does not know asks for another one the next time, by a
//! second protocol name that is never chosen, `entente/other-1` and so on; it also shows another one of its own. To show a key proves
//! nothing to whoever does not take it, and the names say nothing of who asks.
//!
//! A trap of TLS 1.3: a client's handshake completes before the server has judged the client's key. So a refused client sees an
//! alert at its first read, not at `connect`.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use entente_core::ids::NodeName;
use entente_proof::presence::{Binding, EXPORTER_LABEL};
use entente_proof::sign::{SigningKey, VerifyingKey};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{AlwaysResolvesClientRawPublicKeys, Resumption};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs};
use rustls::pki_types::{
    CertificateDer, PrivatePkcs8KeyDer, ServerName, SubjectPublicKeyInfoDer, UnixTime,
};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{ClientHello, NoServerSessionStorage, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{
    CertificateError, ClientConfig, ConnectionCommon, DigitallySignedStruct, DistinguishedName,
    Error, ServerConfig, SignatureScheme,
};

/// The protocol of the link, as ALPN names it.
pub const ALPN: &[u8] = b"entente/1";
/// Before a number: the dialler does not know the key that was shown, and asks for another one.
const OTHER: &str = "entente/other-";
/// Most keys of one node that are tried in turn.
pub const MOST_KEYS: usize = 32;
/// Named in the handshake where TLS wants a server name; never sent, never checked: keys are pinned.
const SERVER_NAME: &str = "entente.invalid";

/// First bytes of an Ed25519 SubjectPublicKeyInfo (RFC 8410 section 4).
const SPKI_PREFIX: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
/// First bytes of an Ed25519 private key in PKCS #8 (RFC 8410 section 7).
const PKCS8_PREFIX: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// The TLS keys of the partners, by name. Changes count for the next connection.
#[derive(Clone, Debug, Default)]
pub struct Pins(Arc<RwLock<BTreeMap<NodeName, Vec<VerifyingKey>>>>);

impl Pins {
    /// Replaces all pins.
    pub fn set(&self, pins: BTreeMap<NodeName, Vec<VerifyingKey>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = pins;
    }

    /// The partner whose key this is, and the key.
    #[must_use]
    pub fn owner(&self, spki: &[u8]) -> Option<(NodeName, VerifyingKey)> {
        let pins = self.0.read().unwrap_or_else(PoisonError::into_inner);
        pins.iter().find_map(|(node, keys)| {
            let key = keys.iter().find(|key| spki_of(key) == spki)?;
            Some((node.clone(), *key))
        })
    }

    /// The keys of a partner.
    #[must_use]
    pub fn of(&self, node: &NodeName) -> Vec<VerifyingKey> {
        let pins = self.0.read().unwrap_or_else(PoisonError::into_inner);
        pins.get(node).cloned().unwrap_or_default()
    }
}

/// The keys of this end, in the order in which they are shown: the first to everybody, the others to whoever asks.
#[derive(Clone, Debug, Default)]
struct Ends(Arc<RwLock<Vec<End>>>);

/// A key of ours, as the library wants it.
type End = (VerifyingKey, Arc<CertifiedKey>);

impl Ends {
    /// The key at a place, counted round.
    fn at(&self, place: usize) -> Option<Arc<CertifiedKey>> {
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let place = place.checked_rem(keys.len())?;
        keys.get(place).map(|(_, key)| key.clone())
    }
}

impl ResolvesServerCert for Ends {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let mut names = hello.alpn().into_iter().flatten();
        self.at(names.find_map(other_in).unwrap_or(0))
    }
    fn only_raw_public_keys(&self) -> bool {
        true
    }
}

fn other_in(name: &[u8]) -> Option<usize> {
    let number = std::str::from_utf8(name).ok()?.strip_prefix(OTHER)?;
    number.parse().ok().filter(|place| *place <= MOST_KEYS)
}

/// Which keys a dialler tries: its own, and the partner's that it asks for, each by its place in the order of its owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// Place of ours.
    pub own: usize,
    /// Place of the partner's.
    pub other: usize,
}

/// This node's end of TLS: its keys, and whom it trusts.
#[derive(Clone, Debug)]
pub struct LinkTls {
    provider: Arc<CryptoProvider>,
    ends: Ends,
    pins: Pins,
}

impl LinkTls {
    /// From the TLS keys, in the order in which they are shown.
    ///
    /// # Errors
    /// When the library refuses a key: our bug, or a damaged key file.
    pub fn new(keys: &[SigningKey], pins: Pins) -> Result<Self, Error> {
        let tls = Self {
            provider: Arc::new(provider()),
            ends: Ends::default(),
            pins,
        };
        tls.show(keys)?;
        Ok(tls)
    }

    /// Replaces the keys: they count for the next connection.
    ///
    /// # Errors
    /// As [`LinkTls::new`].
    pub fn show(&self, keys: &[SigningKey]) -> Result<(), Error> {
        let certified = keys
            .iter()
            .map(|key| Ok((key.verifying_key(), certified(key)?)));
        let certified: Vec<_> = certified.collect::<Result<_, Error>>()?;
        *self.ends.0.write().unwrap_or_else(PoisonError::into_inner) = certified;
        Ok(())
    }

    /// The public halves, in that order.
    #[must_use]
    pub fn shown(&self) -> Vec<VerifyingKey> {
        let keys = self.ends.0.read().unwrap_or_else(PoisonError::into_inner);
        keys.iter().map(|(key, _)| *key).collect()
    }

    /// The pins.
    #[must_use]
    pub fn pins(&self) -> &Pins {
        &self.pins
    }

    /// Configuration of the accepting end: any pinned partner may connect.
    ///
    /// # Errors
    /// When the library refuses the configuration: our bug.
    pub fn server(&self) -> Result<Arc<ServerConfig>, Error> {
        let verifier = Pinned {
            trusted: Trusted::AnyOf(self.pins.clone()),
            algorithms: self.provider.signature_verification_algorithms,
        };
        let mut config = ServerConfig::builder_with_provider(self.provider.clone())
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_client_cert_verifier(Arc::new(verifier))
            .with_cert_resolver(Arc::new(self.ends.clone()));
        config.alpn_protocols = vec![ALPN.to_vec()];
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Arc::new(config))
    }

    /// Configuration of the dialling end: one of these keys must answer.
    ///
    /// # Errors
    /// When the library refuses the configuration: our bug.
    pub fn client(
        &self,
        expected: &[VerifyingKey],
        tried: Tried,
    ) -> Result<Arc<ClientConfig>, Error> {
        let key = self
            .ends
            .at(tried.own)
            .ok_or(Error::General("no TLS key".to_owned()))?;
        let verifier = Pinned {
            trusted: Trusted::Only(expected.iter().map(spki_of).collect()),
            algorithms: self.provider.signature_verification_algorithms,
        };
        let mut config = ClientConfig::builder_with_provider(self.provider.clone())
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_client_cert_resolver(Arc::new(AlwaysResolvesClientRawPublicKeys::new(key)));
        config.alpn_protocols = vec![ALPN.to_vec()];
        if tried.other > 0 {
            let asked = format!("{OTHER}{}", tried.other);
            config.alpn_protocols.push(asked.into_bytes());
        }
        config.resumption = Resumption::disabled();
        config.enable_sni = false;
        Ok(Arc::new(config))
    }
}

/// The server name that a dialler gives to the library.
///
/// # Errors
/// Never, but the library's constructor is fallible.
pub fn server_name() -> Result<ServerName<'static>, rustls::pki_types::InvalidDnsNameError> {
    ServerName::try_from(SERVER_NAME)
}

/// Whether a connection agreed on our protocol. A peer that offers none is let through by the library, not by us.
#[must_use]
pub fn speaks_entente(alpn: Option<&[u8]>) -> bool {
    alpn == Some(ALPN)
}

/// What this connection has and no other: both ends export the same value (RFC 9266; RFC 8446 section 7.5), and nobody between them knows it.
///
/// # Errors
/// Before the handshake is complete: our bug.
pub fn binding<Data>(connection: &ConnectionCommon<Data>) -> Result<Binding, Error> {
    let value = connection.export_keying_material([0; 32], EXPORTER_LABEL, Some(&[]))?;
    Ok(Binding(value))
}

/// The key that the other end of a connection showed and proved to have, if it is one of these.
pub fn shown_by<Data>(
    connection: &ConnectionCommon<Data>,
    of: &[VerifyingKey],
) -> Option<VerifyingKey> {
    let shown = connection.peer_certificates()?.first()?;
    of.iter()
        .find(|key| spki_of(key) == shown.as_ref())
        .copied()
}

/// Whether a dialler refused the key that was shown to it: the partner may have another one that it knows.
#[must_use]
pub fn is_unknown_key(error: &std::io::Error) -> bool {
    let inner = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Error>());
    matches!(inner, Some(Error::InvalidCertificate(_)))
}

fn certified(key: &SigningKey) -> Result<Arc<CertifiedKey>, Error> {
    let pkcs8 = PrivatePkcs8KeyDer::from([&PKCS8_PREFIX[..], key.seed()].concat());
    let spki = CertificateDer::from(spki_of(&key.verifying_key()));
    let key = aws_lc_rs::sign::any_eddsa_type(&pkcs8)?;
    Ok(Arc::new(CertifiedKey::new(vec![spki], key)))
}

/// The SubjectPublicKeyInfo of an Ed25519 key.
#[must_use]
pub fn spki_of(key: &VerifyingKey) -> Vec<u8> {
    [&SPKI_PREFIX[..], key.as_bytes()].concat()
}

fn provider() -> CryptoProvider {
    CryptoProvider {
        kx_groups: vec![aws_lc_rs::kx_group::X25519MLKEM768],
        ..aws_lc_rs::default_provider()
    }
}

/// Accepts pinned keys and nothing else.
#[derive(Debug)]
struct Pinned {
    trusted: Trusted,
    algorithms: WebPkiSupportedAlgorithms,
}

#[derive(Debug)]
enum Trusted {
    /// The accepting end: any partner.
    AnyOf(Pins),
    /// The dialling end: one of these, each a SubjectPublicKeyInfo.
    Only(Vec<Vec<u8>>),
}

impl Pinned {
    fn check(
        &self,
        end_entity: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
    ) -> Result<(), Error> {
        let trusted = match &self.trusted {
            Trusted::AnyOf(pins) => pins.owner(end_entity).is_some(),
            Trusted::Only(keys) => keys.iter().any(|spki| spki == end_entity.as_ref()),
        };
        if trusted && others.is_empty() {
            Ok(())
        } else {
            Err(Error::InvalidCertificate(
                CertificateError::ApplicationVerificationFailure,
            ))
        }
    }

    fn signature(
        &self,
        message: &[u8],
        key: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let spki = SubjectPublicKeyInfoDer::from(key.as_ref());
        rustls::crypto::verify_tls13_signature_with_raw_key(message, &spki, dss, &self.algorithms)
    }
}

fn no_tls12() -> Error {
    Error::PeerIncompatible(rustls::PeerIncompatible::Tls12NotOffered)
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.check(end_entity, intermediates)
            .map(|()| ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(no_tls12())
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        key: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.signature(message, key, dss)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}

impl ClientCertVerifier for Pinned {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }
    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.check(end_entity, intermediates)
            .map(|()| ClientCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(no_tls12())
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        key: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.signature(message, key, dss)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
    fn requires_raw_public_keys(&self) -> bool {
        true
    }
}
